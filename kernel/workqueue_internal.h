/* SPDX-License-Identifier: MIT */
#ifndef _KERNEL_WORKQUEUE_INTERNAL_H
#define _KERNEL_WORKQUEUE_INTERNAL_H

/*
 * Between workqueue*.c (queues: who may run when) and workqueue_pool.c (workers: who runs it).
 *
 *	workqueue  --- pool_workqueue ---  worker_pool
 *	"events"	one for each	     CPU 0, CPU 1, ... ; unbound
 *			pair in use	     each with its worklist and workers
 *
 * Locks, outermost first:
 *   wq_pool_mutex	the list of workqueues
 *   wq->mutex		a queue's flushing and draining
 *   wq_attach_mutex	which workers belong to which pool, and where they may run
 *   pool->lock		everything else of a pool and its pool_workqueues; raw, irqs off; two of
 *			them are never held at once
 *   wq_mayday_lock	the lists of calls for rescuers; raw, irqs off
 */

#include <linux/atomic.h>
#include <linux/completion.h>
#include <linux/hashtable.h>
#include <linux/kthread.h>
#include <linux/list.h>
#include <linux/mutex.h>
#include <linux/preempt.h>
#include <linux/sched.h>
#include <linux/spinlock.h>
#include <linux/timer.h>
#include <linux/wait.h>
#include <linux/workqueue.h>

#define WQ_NAME_LEN		32
#define BUSY_WORKER_HASH_ORDER	6

/* A barrier work of flush_work() is not counted for flush_workqueue(). */
#define WORK_NO_COLOR		(WORK_NR_COLORS - 1)
#define WORK_COLORS_USED	2

/* worker->flags; changed by the worker under pool->lock, or by hot-plug with both locks */
enum {
	WORKER_DIE		= 1 << 1,	/* end when you wake */
	WORKER_IDLE		= 1 << 2,	/* in pool->idle_list */
	WORKER_PREP		= 1 << 3,	/* not running works yet, or no more */
	WORKER_CPU_INTENSIVE	= 1 << 6,	/* its work takes long: don't wait for it */
	WORKER_UNBOUND		= 1 << 7,	/* may run anywhere */
	WORKER_REBOUND		= 1 << 8,	/* bound again while it had a work */

	/* Any of these: not counted in pool->nr_running. */
	WORKER_NOT_RUNNING	= WORKER_PREP | WORKER_CPU_INTENSIVE | WORKER_UNBOUND |
				  WORKER_REBOUND,
};

/**
 * struct worker - one kthread
 * @entry: in pool->idle_list while idle
 * @hentry: in pool->busy_hash while busy
 * @current_work: what it runs
 * @current_func: its function, since the work may be freed by it
 * @current_pwq: where it came from
 * @current_start: jiffies when it began
 * @sleeping: has told nr_running that it sleeps; the worker itself
 * @scheduled: works that it will run next, whatever else waits
 * @task: the kthread
 * @pool: whose; NULL for a rescuer that has nothing to do
 * @node: in pool->workers; wq_attach_mutex
 * @last_active: jiffies when it became idle
 * @flags: WORKER_*
 * @id: for its name
 * @desc: what set_worker_desc() said
 * @rescue_wq: the queue that it rescues
 *
 * pool->lock, where nothing else is said.
 */
struct worker {
	union {
		struct list_head entry;
		struct hlist_node hentry;
	};
	struct work_struct *current_work;
	work_func_t current_func;
	struct pool_workqueue *current_pwq;
	unsigned long current_start;
	int sleeping;
	struct list_head scheduled;
	struct task_struct *task;
	struct worker_pool *pool;
	struct list_head node;
	unsigned long last_active;
	unsigned int flags;
	int id;
	char desc[WORKER_DESC_LEN];
	struct workqueue_struct *rescue_wq;
};

enum {
	POOL_MANAGER_ACTIVE	= 1 << 1,	/* a worker is making another one */
	POOL_DISASSOCIATED	= 1 << 2,	/* its CPU is offline, or it has none */
};

/**
 * struct worker_pool - works that wait, and the workers that run them
 * @lock: guards everything here
 * @cpu: whose; -1: unbound
 * @id: stands in the data of a work that was here last
 * @nice: of its workers
 * @flags: POOL_*
 * @nr_running: bound workers that are on the CPU or want it; see wq_worker_sleeping()
 * @worklist: works in order
 * @nr_workers: all
 * @nr_idle: of them, idle
 * @idle_list: last used first
 * @idle_timer: culls those who have idled too long
 * @idle_cull_work: the part of that which sleeps
 * @mayday_timer: calls rescuers when no worker can be made
 * @busy_hash: busy workers by work
 * @workers: all; wq_attach_mutex
 * @next_id: for names
 */
struct worker_pool {
	raw_spinlock_t lock;
	int cpu;
	int id;
	int nice;
	unsigned int flags;
	atomic_t nr_running;
	struct list_head worklist;
	int nr_workers;
	int nr_idle;
	struct list_head idle_list;
	struct timer_list idle_timer;
	struct work_struct idle_cull_work;
	struct timer_list mayday_timer;
	DECLARE_HASHTABLE(busy_hash, BUSY_WORKER_HASH_ORDER);
	struct list_head workers;
	int next_id;
};

/**
 * struct pool_workqueue - a workqueue's share of a pool
 * @pool: the pool; never changes
 * @wq: the queue; never changes
 * @work_color: the color that works get which come now
 * @flush_color: the color that a flusher waits for, -1: none
 * @nr_in_flight: works by color, waiting or running
 * @nr_active: works that the pool has; at most @max_active
 * @max_active: the limit
 * @inactive_works: works beyond it, in order
 * @nr_works: works and barriers that are in a list or that a worker hasn't let go
 * @unused: of who destroys the queue, told when there are none; NULL
 * @rcu: get_work_pool() finds a pool through its pool_workqueue without a lock
 * @pwqs_node: in wq->pwqs; wq->mutex
 * @mayday_node: in wq->maydays; wq_mayday_lock
 *
 * pool->lock, where nothing else is said. Its cache aligns it to 1 << WORK_STRUCT_PWQ_SHIFT, so
 * that flags fit beside its address.
 */
struct pool_workqueue {
	struct worker_pool *pool;
	struct workqueue_struct *wq;
	int work_color;
	int flush_color;
	int nr_in_flight[WORK_COLORS_USED];
	int nr_active;
	int max_active;
	struct list_head inactive_works;
	int nr_works;
	struct completion *unused;
	struct rcu_head rcu;
	struct list_head pwqs_node;
	struct list_head mayday_node;
};

/**
 * struct workqueue_struct - one queue
 * @list: in the list of all; wq_pool_mutex
 * @flags: WQ_*
 * @max_active: per CPU, or in all if unbound
 * @cpu_pwq: bound: one for each CPU
 * @unbound_pwq: unbound: the one
 * @mutex: one flusher at a time
 * @pwqs: all of them; fixed
 * @nr_pwqs_to_flush: that have not reported to the flusher
 * @flush_done: what the flusher waits for
 * @nr_drainers: drain_workqueue()s under way; @mutex
 * @maydays: pool_workqueues in distress; wq_mayday_lock
 * @rescuer: NULL without WQ_MEM_RECLAIM
 * @name: for show
 */
struct workqueue_struct {
	struct list_head list;
	unsigned int flags;
	int max_active;
	struct pool_workqueue * __percpu *cpu_pwq;
	struct pool_workqueue *unbound_pwq;
	struct mutex mutex;
	struct list_head pwqs;
	atomic_t nr_pwqs_to_flush;
	struct completion flush_done;
	int nr_drainers;
	struct list_head maydays;
	struct worker *rescuer;
	char name[WQ_NAME_LEN];
#ifdef CONFIG_LOCKDEP
	struct lock_class_key key;
	struct lockdep_map lockdep_map;
#endif
};

/* What work_grab_pending() and those above it do. */
#define WORK_CANCEL_DELAYED	(1 << 0)	/* it is a delayed work */
#define WORK_CANCEL_DISABLE	(1 << 1)	/* and may not be queued from now on */

/* ---- work->data, see workqueue.c ---- */

static inline unsigned long *work_data_bits(struct work_struct *work)
{
	return (unsigned long *)&work->data;
}

static inline unsigned long color_bits(int color)
{
	return (unsigned long)color << WORK_STRUCT_COLOR_SHIFT;
}

static inline unsigned int work_disable_depth(unsigned long data)
{
	return (data & WORK_OFFQ_DISABLE_MASK) >> WORK_OFFQ_DISABLE_SHIFT;
}

static inline unsigned long offq_pool_id(unsigned long data)
{
	return (data >> WORK_OFFQ_POOL_SHIFT) & WORK_OFFQ_POOL_NONE;
}

/* workqueue.c */
void __queue_work(int cpu, struct workqueue_struct *wq, struct work_struct *work);
void insert_work(struct pool_workqueue *pwq, struct work_struct *work, struct list_head *head,
		 unsigned long flags);
void pwq_activate_first_inactive(struct pool_workqueue *pwq);
bool work_grab_pending(struct work_struct *work, u32 cflags, unsigned long *irq_flags);
struct pool_workqueue *wq_pwq(struct workqueue_struct *wq, int cpu);
struct pool_workqueue *get_work_pwq(struct work_struct *work);
struct worker_pool *get_work_pool(struct work_struct *work);
void set_work_pool_and_clear_pending(struct work_struct *work, int pool_id, unsigned long flags);
void pwq_put_work(struct pool_workqueue *pwq, unsigned long work_data);
void pwq_wait_until_unused(struct pool_workqueue *pwq);
void move_linked_works(struct work_struct *work, struct list_head *head,
		       struct work_struct **nextp);

/* workqueue_flush.c */
bool wq_is_empty(struct workqueue_struct *wq);

/* workqueue_pool.c */
extern raw_spinlock_t wq_mayday_lock;
extern bool wq_online;
struct worker_pool *cpu_worker_pool(int cpu, bool highpri);
struct worker_pool *unbound_worker_pool(bool highpri);
struct worker_pool *worker_pool_by_id(int id);
struct worker *find_worker_executing_work(struct worker_pool *pool, struct work_struct *work);
void kick_pool(struct worker_pool *pool);
int init_rescuer(struct workqueue_struct *wq);
void wq_pools_init_early(void);
void wq_pools_start(void);
void show_pool(struct worker_pool *pool);

/* The worker that runs this, or NULL. */
static inline struct worker *current_wq_worker(void)
{
	if (in_task() && current->flags & PF_WQ_WORKER)
		return kthread_data(current);
	return NULL;
}

#endif /* _KERNEL_WORKQUEUE_INTERNAL_H */
