/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_KTHREAD_H
#define _LINUX_KTHREAD_H

/*
 * Kernel threads.
 *
 * Rules of use:
 *  - kthread_create() makes a thread that sleeps until its first wake_up_process(); in between it
 *    may be bound or given a policy. It starts as SCHED_NORMAL, nice 0, on all CPUs.
 *  - Either the thread returns by itself, or somebody calls kthread_stop() once and the thread
 *    looks at kthread_should_stop() between sleeps. If it may do both, the stopper holds a task
 *    reference (kthread_stop_put() drops it).
 *  - A parked thread sleeps in kthread_parkme() until kthread_unpark(); per-CPU threads park while
 *    their CPU is down.
 *  - The sleep of a stoppable thread is: set_current_state(); if (kthread_should_stop()) ...;
 *    schedule(). kthread_stop() sets the flag before it wakes.
 */

#include <linux/err.h>
#include <linux/sched.h>
#include <linux/spinlock.h>
#include <linux/timer.h>
#include <linux/workqueue.h>

struct mm_struct;

__printf(4, 5)
struct task_struct *kthread_create_on_node(int (*threadfn)(void *data), void *data, int node,
					   const char namefmt[], ...);

/**
 * kthread_create - kthread_create_on_node() anywhere
 * @threadfn: its function
 * @data: for @threadfn
 * @namefmt: printf format of its name
 * @arg: for @namefmt
 *
 * Context: may sleep.
 * Return: as kthread_create_on_node().
 */
#define kthread_create(threadfn, data, namefmt, arg...) \
	kthread_create_on_node(threadfn, data, NUMA_NO_NODE, namefmt, ##arg)

struct task_struct *kthread_create_on_cpu(int (*threadfn)(void *data), void *data,
					  unsigned int cpu, const char *namefmt);

bool set_kthread_struct(struct task_struct *p);
void free_kthread_struct(struct task_struct *k);
void kthread_exited(struct task_struct *tsk);
void kthread_set_per_cpu(struct task_struct *k, int cpu);
bool kthread_is_per_cpu(struct task_struct *k);

/**
 * kthread_run - kthread_create(), and start it
 * @threadfn: its function
 * @data: for @threadfn
 * @namefmt: printf format of its name
 *
 * Context: may sleep.
 * Return: as kthread_create_on_node(); it may have ended already: see kthread_stop().
 */
#define kthread_run(threadfn, data, namefmt, ...) \
({ \
	struct task_struct *__k = kthread_create(threadfn, data, namefmt, ##__VA_ARGS__); \
	\
	if (!IS_ERR(__k)) \
		wake_up_process(__k); \
	__k; \
})

/**
 * kthread_run_on_cpu - kthread_create_on_cpu(), and start it
 * @threadfn: its function
 * @data: for @threadfn
 * @cpu: the CPU
 * @namefmt: name with one %u for the CPU
 *
 * Context: may sleep.
 * Return: as kthread_create_on_node().
 */
static inline struct task_struct *kthread_run_on_cpu(int (*threadfn)(void *data), void *data,
						     unsigned int cpu, const char *namefmt)
{
	struct task_struct *p = kthread_create_on_cpu(threadfn, data, cpu, namefmt);

	if (!IS_ERR(p))
		wake_up_process(p);
	return p;
}

void kthread_bind(struct task_struct *k, unsigned int cpu);
void kthread_bind_mask(struct task_struct *k, const struct cpumask *mask);
int kthread_stop(struct task_struct *k);
int kthread_stop_put(struct task_struct *k);
bool kthread_should_stop(void);
bool kthread_should_park(void);
bool kthread_should_stop_or_park(void);
void *kthread_func(struct task_struct *k);
void *kthread_data(struct task_struct *k);
void *kthread_probe_data(struct task_struct *k);
int kthread_park(struct task_struct *k);
void kthread_unpark(struct task_struct *k);
void kthread_parkme(void);
void kthread_exit(long result) __noreturn;
void kthread_complete_and_exit(struct completion *comp, long code) __noreturn;
void kthread_use_mm(struct mm_struct *mm);
void kthread_unuse_mm(struct mm_struct *mm);

int kthreadd(void *unused);
extern struct task_struct *kthreadd_task;

/* ---- a thread that runs queued work, one piece at a time, in order ---- */

struct kthread_work;
typedef void (*kthread_work_func_t)(struct kthread_work *work);
void kthread_delayed_work_timer_fn(struct timer_list *t);

enum {
	KTW_FREEZABLE = 1 << 0,
};

struct kthread_worker {
	unsigned int flags;
	raw_spinlock_t lock;			/* guards all below and every work's fields */
	struct list_head work_list;
	struct list_head delayed_work_list;
	struct task_struct *task;
	struct kthread_work *current_work;
};

struct kthread_work {
	struct list_head node;
	kthread_work_func_t func;
	struct kthread_worker *worker;		/* where it was last queued */
	int canceling;				/* > 0: queueing is refused */
};

struct kthread_delayed_work {
	struct kthread_work work;
	struct timer_list timer;
};

#define KTHREAD_WORK_INIT(work, fn) { \
	.node = LIST_HEAD_INIT((work).node), \
	.func = (fn), \
	}

#define KTHREAD_DELAYED_WORK_INIT(dwork, fn) { \
	.work = KTHREAD_WORK_INIT((dwork).work, (fn)), \
	.timer = __TIMER_INITIALIZER(kthread_delayed_work_timer_fn, TIMER_IRQSAFE), \
	}

#define DEFINE_KTHREAD_WORK(work, fn) \
	struct kthread_work work = KTHREAD_WORK_INIT(work, fn)

#define DEFINE_KTHREAD_DELAYED_WORK(dwork, fn) \
	struct kthread_delayed_work dwork = KTHREAD_DELAYED_WORK_INIT(dwork, fn)

void __kthread_init_worker(struct kthread_worker *worker, const char *name,
			   struct lock_class_key *key);

/** kthread_init_worker - make an empty worker, for kthread_worker_fn() */
#define kthread_init_worker(worker) \
do { \
	static struct lock_class_key __key; \
	__kthread_init_worker((worker), "(" #worker ")->lock", &__key); \
} while (0)

/** kthread_init_work - make a work that runs @fn; not while it is queued or runs */
#define kthread_init_work(work, fn) \
do { \
	memset((work), 0, sizeof(struct kthread_work)); \
	INIT_LIST_HEAD(&(work)->node); \
	(work)->func = (fn); \
} while (0)

/** kthread_init_delayed_work - make a delayed work that runs @fn */
#define kthread_init_delayed_work(dwork, fn) \
do { \
	kthread_init_work(&(dwork)->work, (fn)); \
	timer_setup(&(dwork)->timer, kthread_delayed_work_timer_fn, TIMER_IRQSAFE); \
} while (0)

int kthread_worker_fn(void *worker_ptr);

__printf(2, 3)
struct kthread_worker *kthread_create_worker(unsigned int flags, const char namefmt[], ...);
struct kthread_worker *kthread_create_worker_on_cpu(int cpu, unsigned int flags,
						    const char namefmt[]);
bool kthread_queue_work(struct kthread_worker *worker, struct kthread_work *work);
bool kthread_queue_delayed_work(struct kthread_worker *worker,
				struct kthread_delayed_work *dwork, unsigned long delay);
bool kthread_mod_delayed_work(struct kthread_worker *worker,
			      struct kthread_delayed_work *dwork, unsigned long delay);
void kthread_flush_work(struct kthread_work *work);
void kthread_flush_worker(struct kthread_worker *worker);
bool kthread_cancel_work_sync(struct kthread_work *work);
bool kthread_cancel_delayed_work_sync(struct kthread_delayed_work *work);
void kthread_destroy_worker(struct kthread_worker *worker);

#endif /* _LINUX_KTHREAD_H */
