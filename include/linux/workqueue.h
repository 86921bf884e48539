/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_WORKQUEUE_H
#define _LINUX_WORKQUEUE_H

/*
 * "Do this soon, in a context that may sleep."
 *
 *   schedule_work(&w)				on the shared queue
 *   queue_work(wq, &w), queue_delayed_work()	on your own, see alloc_workqueue()
 *   cancel_work_sync(&w)			before freeing what holds it
 *
 * A work item that is pending is not queued twice; one that is running may be queued again, and
 * never runs on two CPUs at once. See kernel/workqueue.c.
 */

#include <linux/atomic.h>
#include <linux/bitops.h>
#include <linux/cpumask.h>
#include <linux/lockdep.h>
#include <linux/rcupdate.h>
#include <linux/timer.h>
#include <linux/workqueue_types.h>

/* Bit 0 of work->data; kernel/workqueue_internal.h tells the rest. All zero is an idle work. */
#define WORK_STRUCT_PENDING_BIT	0

#define WORK_DATA_INIT()	ATOMIC_LONG_INIT(0)
#define WORK_DATA_STATIC_INIT()	WORK_DATA_INIT()

enum wq_misc_consts {
	WORK_CPU_UNBOUND	= NR_CPUS,
	WORK_BUSY_PENDING	= 1 << 0,
	WORK_BUSY_RUNNING	= 1 << 1,
	WORKER_DESC_LEN		= 32,
};

struct delayed_work {
	struct work_struct work;
	struct timer_list timer;
	struct workqueue_struct *wq;	/* where the timer queues it */
	int cpu;
};

struct rcu_work {
	struct work_struct work;
	struct rcu_head rcu;
	struct workqueue_struct *wq;	/* where the RCU callback queues it */
};

/* What execute_in_process_context() needs to put a call off. */
struct execute_work {
	struct work_struct work;
};

/*
 * WQ_UNBOUND queues' wishes: how nice the workers are, where they may run, and whether a queue
 * keeps its order.
 */
struct workqueue_attrs {
	int nice;
	cpumask_var_t cpumask;
	bool affn_strict;
	bool ordered;
};

/** to_delayed_work - the delayed work that a work is part of */
static inline struct delayed_work *to_delayed_work(struct work_struct *work)
{
	return container_of(work, struct delayed_work, work);
}

/** to_rcu_work - the RCU work that a work is part of */
static inline struct rcu_work *to_rcu_work(struct work_struct *work)
{
	return container_of(work, struct rcu_work, work);
}

#ifdef CONFIG_LOCKDEP
#define __WORK_INIT_LOCKDEP_MAP(n, k)	.lockdep_map = STATIC_LOCKDEP_MAP_INIT(n, k),
#else
#define __WORK_INIT_LOCKDEP_MAP(n, k)
#endif

#define __WORK_INITIALIZER(n, f) {				\
	.data = WORK_DATA_STATIC_INIT(),			\
	.entry = { &(n).entry, &(n).entry },			\
	.func = (f),						\
	__WORK_INIT_LOCKDEP_MAP(#n, &(n))			\
}

#define __DELAYED_WORK_INITIALIZER(n, f, tflags) {		\
	.work = __WORK_INITIALIZER((n).work, (f)),		\
	.timer = __TIMER_INITIALIZER(delayed_work_timer_fn, (tflags) | TIMER_IRQSAFE), \
}

/** DECLARE_WORK - a static work @n that runs @f */
#define DECLARE_WORK(n, f)		struct work_struct n = __WORK_INITIALIZER(n, f)
/** DECLARE_DELAYED_WORK - a static delayed work @n that runs @f */
#define DECLARE_DELAYED_WORK(n, f)	\
	struct delayed_work n = __DELAYED_WORK_INITIALIZER(n, f, 0)
/** DECLARE_DEFERRABLE_WORK - DECLARE_DELAYED_WORK() with a timer that doesn't wake an idle CPU */
#define DECLARE_DEFERRABLE_WORK(n, f)	\
	struct delayed_work n = __DELAYED_WORK_INITIALIZER(n, f, TIMER_DEFERRABLE)

#ifdef CONFIG_LOCKDEP
#define __INIT_WORK_KEY(_work, _func, _key)				\
do {									\
	(_work)->data = (atomic_long_t)WORK_DATA_INIT();		\
	lockdep_init_map(&(_work)->lockdep_map, "(work_completion)" #_work, (_key), 0); \
	INIT_LIST_HEAD(&(_work)->entry);				\
	(_work)->func = (_func);					\
} while (0)
#else
#define __INIT_WORK_KEY(_work, _func, _key)				\
do {									\
	(void)(_key);							\
	(_work)->data = (atomic_long_t)WORK_DATA_INIT();		\
	INIT_LIST_HEAD(&(_work)->entry);				\
	(_work)->func = (_func);					\
} while (0)
#endif

#define __INIT_WORK(_work, _func)					\
do {									\
	static __maybe_unused struct lock_class_key __key;		\
	__INIT_WORK_KEY(_work, _func, &__key);				\
} while (0)

/**
 * INIT_WORK - make a work; not while it is pending or runs
 * @_work: memory for it, which outlives its run or is freed by it
 * @_func: gets @_work; in task context, may sleep (unless on a WQ_BH queue)
 */
#define INIT_WORK(_work, _func)			__INIT_WORK((_work), (_func))
#define INIT_WORK_ONSTACK(_work, _func)		__INIT_WORK((_work), (_func))

#define __INIT_DELAYED_WORK(_work, _func, _tflags)			\
do {									\
	INIT_WORK(&(_work)->work, (_func));				\
	__init_timer(&(_work)->timer, delayed_work_timer_fn, (_tflags) | TIMER_IRQSAFE); \
} while (0)

/** INIT_DELAYED_WORK - make a delayed work; as INIT_WORK() */
#define INIT_DELAYED_WORK(_work, _func)		__INIT_DELAYED_WORK(_work, _func, 0)
#define INIT_DELAYED_WORK_ONSTACK(_work, _func)	__INIT_DELAYED_WORK(_work, _func, 0)
#define INIT_DEFERRABLE_WORK(_work, _func)	\
	__INIT_DELAYED_WORK(_work, _func, TIMER_DEFERRABLE)
#define INIT_DEFERRABLE_WORK_ONSTACK(_work, _func)	INIT_DEFERRABLE_WORK(_work, _func)

/** INIT_RCU_WORK - make a work for queue_rcu_work() */
#define INIT_RCU_WORK(_work, _func)		INIT_WORK(&(_work)->work, (_func))
#define INIT_RCU_WORK_ONSTACK(_work, _func)	INIT_WORK(&(_work)->work, (_func))

/**
 * destroy_work_on_stack - the end of INIT_WORK_ONSTACK(), for a debugger of objects; there is none
 */
static inline void destroy_work_on_stack(struct work_struct *work) { (void)work; }

/** destroy_delayed_work_on_stack - the end of INIT_DELAYED_WORK_ONSTACK(), likewise */
static inline void destroy_delayed_work_on_stack(struct delayed_work *work) { (void)work; }

/** work_pending - does a work wait for its turn? A hint */
#define work_pending(work) \
	test_bit(WORK_STRUCT_PENDING_BIT, (unsigned long *)&(work)->data)

/** delayed_work_pending - does a delayed work wait for its time or its turn? A hint */
#define delayed_work_pending(w)	work_pending(&(w)->work)

/*
 * alloc_workqueue() flags. UNBOUND: workers run anywhere, not counted against the CPU.
 * MEM_RECLAIM: has a rescuer, so that it makes progress without memory. HIGHPRI: nice -20.
 * CPU_INTENSIVE: its works don't hold back others. BH: runs in softirq context. PERCPU: says that
 * a queue is meant to be without UNBOUND; it is nothing that the flags don't say already.
 */
enum wq_flags {
	WQ_BH			= 1 << 0,
	WQ_UNBOUND		= 1 << 1,
	WQ_FREEZABLE		= 1 << 2,
	WQ_MEM_RECLAIM		= 1 << 3,
	WQ_HIGHPRI		= 1 << 4,
	WQ_CPU_INTENSIVE	= 1 << 5,
	WQ_SYSFS		= 1 << 6,
	WQ_POWER_EFFICIENT	= 1 << 7,
	WQ_PERCPU		= 1 << 8,

	__WQ_DESTROYING		= 1 << 15,
	__WQ_DRAINING		= 1 << 16,
	__WQ_ORDERED		= 1 << 17,
	__WQ_LEGACY		= 1 << 18,
};

/* Limits and defaults of max_active as workqueue.rst gives them: 512, and 256 for 0. */
enum wq_consts {
	WQ_MAX_ACTIVE		= 512,
	WQ_UNBOUND_MAX_ACTIVE	= WQ_MAX_ACTIVE,
	WQ_DFL_ACTIVE		= WQ_MAX_ACTIVE / 2,
	WQ_DFL_MIN_ACTIVE	= 8,
};

/*
 * system_wq: short works, bound. _long_wq: long ones. _highpri_wq. _unbound_wq: no CPU, no
 * concurrency management. _power_efficient_wq: as system_wq.
 */
extern struct workqueue_struct *system_wq;
extern struct workqueue_struct *system_highpri_wq;
extern struct workqueue_struct *system_long_wq;
extern struct workqueue_struct *system_unbound_wq;
extern struct workqueue_struct *system_freezable_wq;
extern struct workqueue_struct *system_power_efficient_wq;
extern struct workqueue_struct *system_freezable_power_efficient_wq;

__printf(1, 4) struct workqueue_struct *alloc_workqueue(const char *fmt, unsigned int flags,
							int max_active, ...);

/**
 * alloc_ordered_workqueue - a queue that runs one work at a time, in the order of queueing
 * @fmt: printf format of its name
 * @flags: WQ_*
 * @args: for @fmt
 *
 * Context: may sleep.
 * Return: the queue, for destroy_workqueue(); NULL.
 */
#define alloc_ordered_workqueue(fmt, flags, args...)	\
	alloc_workqueue(fmt, WQ_UNBOUND | __WQ_ORDERED | (flags), 1, ##args)

#ifdef CONFIG_LOCKDEP
__printf(1, 5) struct workqueue_struct *
alloc_workqueue_lockdep_map(const char *fmt, unsigned int flags, int max_active,
			    struct lockdep_map *lockdep_map, ...);

/** alloc_ordered_workqueue_lockdep_map - alloc_ordered_workqueue() with the caller's lock class */
#define alloc_ordered_workqueue_lockdep_map(fmt, flags, lockdep_map, args...)	\
	alloc_workqueue_lockdep_map(fmt, WQ_UNBOUND | __WQ_ORDERED | (flags), 1, lockdep_map, \
				    ##args)
#endif

#define create_workqueue(name)	\
	alloc_workqueue("%s", __WQ_LEGACY | WQ_MEM_RECLAIM, 1, (name))
#define create_freezable_workqueue(name)	\
	alloc_workqueue("%s", __WQ_LEGACY | WQ_FREEZABLE | WQ_UNBOUND | WQ_MEM_RECLAIM, 1, (name))
#define create_singlethread_workqueue(name)	\
	alloc_ordered_workqueue("%s", __WQ_LEGACY | WQ_MEM_RECLAIM, name)

void destroy_workqueue(struct workqueue_struct *wq);
void workqueue_set_max_active(struct workqueue_struct *wq, int max_active);
void workqueue_set_min_active(struct workqueue_struct *wq, int min_active);

bool queue_work_on(int cpu, struct workqueue_struct *wq, struct work_struct *work);
bool queue_work_node(int node, struct workqueue_struct *wq, struct work_struct *work);
bool queue_delayed_work_on(int cpu, struct workqueue_struct *wq, struct delayed_work *work,
			   unsigned long delay);
bool mod_delayed_work_on(int cpu, struct workqueue_struct *wq, struct delayed_work *dwork,
			 unsigned long delay);
bool queue_rcu_work(struct workqueue_struct *wq, struct rcu_work *rwork);

void __flush_workqueue(struct workqueue_struct *wq);
void drain_workqueue(struct workqueue_struct *wq);

/** flush_workqueue - wait for all that was queued before. Context: may sleep */
#define flush_workqueue(wq)	__flush_workqueue(wq)

int schedule_on_each_cpu(work_func_t func);
int execute_in_process_context(work_func_t fn, struct execute_work *ew);

bool flush_work(struct work_struct *work);
bool cancel_work(struct work_struct *work);
bool cancel_work_sync(struct work_struct *work);
bool flush_delayed_work(struct delayed_work *dwork);
bool cancel_delayed_work(struct delayed_work *dwork);
bool cancel_delayed_work_sync(struct delayed_work *dwork);
bool flush_rcu_work(struct rcu_work *rwork);

bool disable_work(struct work_struct *work);
bool disable_work_sync(struct work_struct *work);
bool enable_work(struct work_struct *work);
bool disable_delayed_work(struct delayed_work *dwork);
bool disable_delayed_work_sync(struct delayed_work *dwork);
bool enable_delayed_work(struct delayed_work *dwork);

struct work_struct *current_work(void);
bool current_is_workqueue_rescuer(void);
bool workqueue_congested(int cpu, struct workqueue_struct *wq);
unsigned int work_busy(struct work_struct *work);
__printf(1, 2) void set_worker_desc(const char *fmt, ...);
void print_worker_info(const char *log_lvl, struct task_struct *task);
void show_all_workqueues(void);
void show_one_workqueue(struct workqueue_struct *wq);

/**
 * queue_work - queue on this CPU, or on the unbound workers
 *
 * Return: false if @work was pending already.
 */
static inline bool queue_work(struct workqueue_struct *wq, struct work_struct *work)
{
	return queue_work_on(WORK_CPU_UNBOUND, wq, work);
}

/** queue_delayed_work - queue_work(), @delay jiffies later */
static inline bool queue_delayed_work(struct workqueue_struct *wq, struct delayed_work *dwork,
				      unsigned long delay)
{
	return queue_delayed_work_on(WORK_CPU_UNBOUND, wq, dwork, delay);
}

/** mod_delayed_work - queue, or change the delay of one that is pending */
static inline bool mod_delayed_work(struct workqueue_struct *wq, struct delayed_work *dwork,
				    unsigned long delay)
{
	return mod_delayed_work_on(WORK_CPU_UNBOUND, wq, dwork, delay);
}

/** schedule_work_on - queue_work_on() on system_wq */
static inline bool schedule_work_on(int cpu, struct work_struct *work)
{
	return queue_work_on(cpu, system_wq, work);
}

/** schedule_work - queue_work() on system_wq */
static inline bool schedule_work(struct work_struct *work)
{
	return queue_work(system_wq, work);
}

/**
 * enable_and_queue_work - undo one disable_work() and queue, if that was the last
 *
 * Return: was it queued?.
 */
static inline bool enable_and_queue_work(struct workqueue_struct *wq, struct work_struct *work)
{
	return enable_work(work) && queue_work(wq, work);
}

/** schedule_delayed_work_on - queue_delayed_work_on() on system_wq */
static inline bool schedule_delayed_work_on(int cpu, struct delayed_work *dwork,
					    unsigned long delay)
{
	return queue_delayed_work_on(cpu, system_wq, dwork, delay);
}

/** schedule_delayed_work - queue_delayed_work() on system_wq */
static inline bool schedule_delayed_work(struct delayed_work *dwork, unsigned long delay)
{
	return queue_delayed_work(system_wq, dwork, delay);
}

/** flush_scheduled_work - flush_workqueue() of system_wq, with everybody's works */
#define flush_scheduled_work()	__flush_workqueue(system_wq)

long work_on_cpu_key(int cpu, long (*fn)(void *), void *arg, struct lock_class_key *key);
long work_on_cpu_safe_key(int cpu, long (*fn)(void *), void *arg, struct lock_class_key *key);

/**
 * work_on_cpu - call a function in a thread on a CPU, and wait
 * @_cpu: online and staying so
 * @_fn: long (*)(void *); waiting for it counts, for lockdep, as a lock of this place in the source
 * @_arg: its argument
 *
 * Context: may sleep; no lock held that @_fn takes.
 * Return: what @_fn returned.
 */
#define work_on_cpu(_cpu, _fn, _arg)					\
({									\
	static struct lock_class_key __work_key;			\
	work_on_cpu_key(_cpu, _fn, _arg, &__work_key);			\
})

/** work_on_cpu_safe - work_on_cpu() for a CPU that may go: kept while it is up, else -ENODEV */
#define work_on_cpu_safe(_cpu, _fn, _arg)				\
({									\
	static struct lock_class_key __work_key;			\
	work_on_cpu_safe_key(_cpu, _fn, _arg, &__work_key);		\
})

void workqueue_init_early(void);
void workqueue_init(void);
void workqueue_init_topology(void);
int workqueue_prepare_cpu(unsigned int cpu);
int workqueue_online_cpu(unsigned int cpu);
int workqueue_offline_cpu(unsigned int cpu);

/*
 * From the scheduler: a worker (PF_WQ_WORKER) is about to sleep, and woke up again. Context: the
 * worker itself, in schedule() before and after.
 */
void wq_worker_sleeping(struct task_struct *task);
void wq_worker_running(struct task_struct *task);
void wq_worker_tick(struct task_struct *task);

#endif /* _LINUX_WORKQUEUE_H */
