/* SPDX-License-Identifier: MIT */
#ifndef _KERNEL_SCHED_SCHED_H
#define _KERNEL_SCHED_SCHED_H

/*
 * What the scheduler's files share. See README.md for the map of the folder.
 *
 * Each CPU has a run queue, struct rq, and rq->__lock guards it together with the Q fields (see
 * linux/sched.h) of every task whose task_cpu() is that CPU. A task therefore changes queues only
 * with its old queue locked; task_rq_lock() shows how a reader finds the right lock.
 *
 * Lock order: p->pi_lock, rq->__lock, another rq->__lock of a higher CPU number
 * (double_rq_lock()). No lock of anything else is taken inside, so that anything may wake a task.
 */

#include <linux/cpumask.h>
#include <linux/interrupt.h>
#include <linux/kernel_stat.h>
#include <linux/kthread.h>
#include <linux/plist.h>
#include <linux/rbtree_augmented.h>
#include <linux/sched.h>
#include <linux/sched/clock.h>
#include <linux/sched/debug.h>
#include <linux/sched/hotplug.h>
#include <linux/sched/idle.h>
#include <linux/sched/loadavg.h>
#include <linux/sched/mm.h>
#include <linux/sched/nohz.h>
#include <linux/sched/rt.h>
#include <linux/sched/signal.h>
#include <linux/sched/stat.h>
#include <linux/sched/task.h>
#include <linux/sched/task_stack.h>
#include <linux/sched/wake_q.h>
#include <linux/smp.h>
#include <linux/spinlock.h>
#include <linux/stop_machine.h>
#include <uapi/linux/sched/types.h>

struct rq;

/* ---- classes ---- */

/* Flags of enqueue_task() and dequeue_task(). */
#define DEQUEUE_SLEEP		0x01	/* the task blocks */
#define DEQUEUE_SAVE		0x02	/* taken off to be changed, comes back at once */
#define ENQUEUE_WAKEUP		0x01
#define ENQUEUE_RESTORE		0x02	/* partner of DEQUEUE_SAVE */
#define ENQUEUE_HEAD		0x04	/* at the head of its real-time priority */
#define ENQUEUE_INITIAL		0x08	/* a new task's first time */
#define ENQUEUE_MIGRATED	0x10
#define DEQUEUE_MIGRATING	0x20

/* Flags of select_task_rq() and wakeup_preempt(). */
#define WF_EXEC			0x02
#define WF_FORK			0x04
#define WF_TTWU			0x08
#define WF_SYNC			0x10	/* the waker is about to sleep */
#define WF_MIGRATED		0x20
#define WF_CURRENT_CPU		0x40

/**
 * struct sched_class - how a policy queues and picks tasks
 *
 * All run with rq->__lock held, except select_task_rq (p->pi_lock only).
 * @rank: a class with a higher rank always runs first
 * @next: the class below
 * @enqueue_task: @p becomes runnable on @rq
 * @dequeue_task: it no longer is
 * @yield_task: the running task steps back
 * @wakeup_preempt: @p of the same class woke up; should it run instead of rq->curr?
 * @pick_next_task: choose and take the class's best, or NULL
 * @put_prev_task: @p stops running but stays runnable
 * @set_next_task: @p starts to run by other means than pick_next_task
 * @balance: pull work before picking; true if there is something to pick
 * @select_task_rq: the CPU on which to wake @p
 * @task_woken: @p woke on @rq and does not run yet: push others?
 * @rq_online: the CPU begins to take part, @rq_offline: it stops
 * @task_tick: a tick hit while @p ran
 * @task_fork: set up a new task
 * @switched_to: @p came to this class, @prio_changed: it changed priority within it
 * @update_curr: charge the running task up to now
 */
struct sched_class {
	int rank;
	const struct sched_class *next;
	void (*enqueue_task)(struct rq *rq, struct task_struct *p, int flags);
	void (*dequeue_task)(struct rq *rq, struct task_struct *p, int flags);
	void (*yield_task)(struct rq *rq);
	void (*wakeup_preempt)(struct rq *rq, struct task_struct *p, int flags);
	struct task_struct *(*pick_next_task)(struct rq *rq);
	void (*put_prev_task)(struct rq *rq, struct task_struct *p);
	void (*set_next_task)(struct rq *rq, struct task_struct *p);
	bool (*balance)(struct rq *rq, struct task_struct *prev);
	int (*select_task_rq)(struct task_struct *p, int prev_cpu, int flags);
	void (*task_woken)(struct rq *rq, struct task_struct *p);
	void (*rq_online)(struct rq *rq);
	void (*rq_offline)(struct rq *rq);
	void (*task_tick)(struct rq *rq, struct task_struct *p);
	void (*task_fork)(struct task_struct *p);
	void (*switched_to)(struct rq *rq, struct task_struct *p);
	void (*prio_changed)(struct rq *rq, struct task_struct *p, int oldprio);
	void (*update_curr)(struct rq *rq);
};

extern const struct sched_class stop_sched_class;
extern const struct sched_class rt_sched_class;
extern const struct sched_class fair_sched_class;
extern const struct sched_class idle_sched_class;

#define for_each_class(class) \
	for ((class) = &stop_sched_class; (class); (class) = (class)->next)

static inline bool sched_class_above(const struct sched_class *a, const struct sched_class *b)
{
	return a->rank > b->rank;
}

/* ---- run queues ---- */

/* The fair class; see fair.c for what the sums mean. */
struct cfs_rq {
	struct rb_root_cached timeline;	/* runnable entities but curr, by deadline */
	struct sched_entity *curr;	/* the running fair entity; it is not in the timeline */
	s64 avg_vruntime;		/* sum of weight * (vruntime - min_vruntime), timeline */
	u64 avg_load;			/* sum of weight, timeline */
	u64 min_vruntime;		/* the origin of the sums; only moves forward */
	unsigned long load;		/* sum of weight, curr included */
	unsigned int nr_running;	/* entities, curr included */
};

struct rt_rq {
	DECLARE_BITMAP(bitmap, MAX_RT_PRIO + 1);	/* priorities with a task; last bit set */
	struct list_head queue[MAX_RT_PRIO];
	unsigned int nr_running;
	int highest_prio;		/* of the queued tasks, MAX_RT_PRIO if none */
	struct plist_head pushable_tasks;	/* could run elsewhere, don't run here */
	bool overloaded;		/* in rt_overload_mask: has pushable tasks */
	bool throttled;			/* has had its share of this period */
	unsigned int nr_throttled;	/* how often that happened */
	u64 period_start;		/* ns of rq->clock */
	u64 time_used;			/* ns, in this period */
};

struct rq {
	raw_spinlock_t __lock;
	unsigned int nr_running;
	struct task_struct __rcu *curr;
	struct task_struct *idle;
	struct task_struct *stop;
	u64 clock;			/* ns; moves only with the lock held */
	u64 nr_switches;
	struct mm_struct *prev_mm;	/* to drop after the switch */
	struct cfs_rq cfs;
	struct rt_rq rt;
	int cpu;			/* constant */
	bool online;
	unsigned int nr_pinned;		/* tasks with migration disabled whose CPU this is */

	unsigned int nr_uninterruptible;	/* may wrap: only the sum over CPUs counts */
	atomic_t nr_iowait;

	/* Load balancing, see balance.c. */
	struct list_head cfs_tasks;	/* fair tasks, queued or running, coldest last */
	unsigned long next_balance;	/* jiffies */
	unsigned int balance_failed;
	unsigned int balance_backoff;	/* pulls from the tick that moved nothing; this CPU's */
	unsigned long newidle_failed;	/* jiffies of the last new idle pull that moved nothing */
	bool push_pending;		/* somebody has push_work in flight */
	struct cpu_stop_work push_work;
	int push_cpu;			/* where push_work takes the running task */
	atomic_t nohz_flags;
} ____cacheline_aligned;

DECLARE_PER_CPU_SHARED_ALIGNED(struct rq, runqueues);

#define cpu_rq(cpu)	(&per_cpu(runqueues, (cpu)))
#define this_rq()	this_cpu_ptr(&runqueues)
#define raw_rq()	raw_cpu_ptr(&runqueues)
#define task_rq(p)	cpu_rq(task_cpu(p))
#define cpu_curr(cpu)	(cpu_rq(cpu)->curr)

static inline int cpu_of(struct rq *rq)
{
	return rq->cpu;
}

static inline void raw_spin_rq_lock(struct rq *rq)
{
	raw_spin_lock(&rq->__lock);
}

static inline void raw_spin_rq_unlock(struct rq *rq)
{
	raw_spin_unlock(&rq->__lock);
}

#define raw_spin_rq_lock_irqsave(rq, flags)	raw_spin_lock_irqsave(&(rq)->__lock, flags)
#define raw_spin_rq_trylock_irqsave(rq, flags) \
	raw_spin_trylock_irqsave(&(rq)->__lock, flags)
#define raw_spin_rq_unlock_irqrestore(rq, flags) \
	raw_spin_unlock_irqrestore(&(rq)->__lock, flags)
#define raw_spin_rq_lock_irq(rq)	raw_spin_lock_irq(&(rq)->__lock)
#define raw_spin_rq_unlock_irq(rq)	raw_spin_unlock_irq(&(rq)->__lock)

static inline void lockdep_assert_rq_held(struct rq *rq)
{
	lockdep_assert_held(&rq->__lock);
}

struct rq *__task_rq_lock(struct task_struct *p);
struct rq *task_rq_lock(struct task_struct *p, unsigned long *flags);

static inline void __task_rq_unlock(struct rq *rq)
{
	raw_spin_rq_unlock(rq);
}

static inline void task_rq_unlock(struct rq *rq, struct task_struct *p, unsigned long *flags)
{
	raw_spin_rq_unlock(rq);
	raw_spin_unlock_irqrestore(&p->pi_lock, *flags);
}

void double_rq_lock(struct rq *rq1, struct rq *rq2);
void double_rq_unlock(struct rq *rq1, struct rq *rq2);
void double_lock_balance(struct rq *this_rq, struct rq *busiest);
void double_unlock_balance(struct rq *this_rq, struct rq *busiest);

/*
 * The queue's clock is read once per visit. Counters of different CPUs may differ a little, and
 * another CPU may update our clock: it never steps back.
 */
static inline void update_rq_clock(struct rq *rq)
{
	u64 now = sched_clock();

	if (likely((s64)(now - rq->clock) > 0))
		rq->clock = now;
}

static inline u64 rq_clock(struct rq *rq)
{
	return rq->clock;
}

static inline bool task_current(struct rq *rq, struct task_struct *p)
{
	return rcu_access_pointer(rq->curr) == p;
}

static inline bool task_on_cpu(struct task_struct *p)
{
	return READ_ONCE(p->on_cpu);
}

static inline bool task_on_rq_queued(struct task_struct *p)
{
	return p->on_rq == TASK_ON_RQ_QUEUED;
}

static inline bool task_on_rq_migrating(struct task_struct *p)
{
	return READ_ONCE(p->on_rq) == TASK_ON_RQ_MIGRATING;
}

static inline bool is_migration_disabled(struct task_struct *p)
{
	return p->migration_disabled;
}

/* Some queue may have a task to give away; cleared by a balancer that finds none. A hint. */
extern bool sched_overload;

static inline void add_nr_running(struct rq *rq, unsigned int count)
{
	WRITE_ONCE(rq->nr_running, rq->nr_running + count);
	if (rq->nr_running >= 2 && !READ_ONCE(sched_overload))
		WRITE_ONCE(sched_overload, true);
}

static inline void sub_nr_running(struct rq *rq, unsigned int count)
{
	WRITE_ONCE(rq->nr_running, rq->nr_running - count);
}

/* ---- policies and weights ---- */

static inline bool idle_policy(int policy)
{
	return policy == SCHED_IDLE;
}

static inline bool fair_policy(int policy)
{
	return policy == SCHED_NORMAL || policy == SCHED_BATCH || policy == SCHED_IDLE;
}

static inline bool rt_policy(int policy)
{
	return policy == SCHED_FIFO || policy == SCHED_RR;
}

static inline bool valid_policy(int policy)
{
	return fair_policy(policy) || rt_policy(policy);
}

#define NICE_0_LOAD		1024UL
#define WEIGHT_IDLEPRIO		3
#define NICE_TO_WEIGHT(nice)	sched_prio_to_weight[(nice) - MIN_NICE]

extern const unsigned int sched_prio_to_weight[NICE_WIDTH];

/* ---- rq.c ---- */

void activate_task(struct rq *rq, struct task_struct *p, int flags);
void deactivate_task(struct rq *rq, struct task_struct *p, int flags);
void wakeup_preempt(struct rq *rq, struct task_struct *p, int flags);
void __set_task_cpu(struct task_struct *p, unsigned int cpu);

/* Into and out of its class; the queue is locked. activate_task() and its kin tell others. */
static inline void enqueue_task(struct rq *rq, struct task_struct *p, int flags)
{
	p->sched_class->enqueue_task(rq, p, flags);
}

static inline void dequeue_task(struct rq *rq, struct task_struct *p, int flags)
{
	p->sched_class->dequeue_task(rq, p, flags);
}

/* ---- resched.c ---- */

void resched_curr(struct rq *rq);
void resched_cpu(int cpu);

/* ---- wakeup.c ---- */

int try_to_wake_up(struct task_struct *p, unsigned int state, int wake_flags);
int select_task_rq(struct task_struct *p, int cpu, int wake_flags);
int select_fallback_rq(int cpu, struct task_struct *p);

/* ---- affinity.c ---- */

bool is_cpu_allowed(struct task_struct *p, int cpu);
void set_cpus_allowed_common(struct task_struct *p, const struct cpumask *new_mask);
int __set_cpus_allowed_ptr(struct task_struct *p, const struct cpumask *new_mask, bool check);
void move_queued_task(struct rq *src_rq, struct task_struct *p, int new_cpu);

/* ---- policy.c ---- */

void set_load_weight(struct task_struct *p);
void __setscheduler_prio(struct task_struct *p, int prio);

/* ---- fair.c, balance.c ---- */

extern unsigned int sysctl_sched_base_slice;

void init_cfs_rq(struct cfs_rq *cfs_rq);
u64 avg_vruntime(struct cfs_rq *cfs_rq);
int entity_eligible(struct cfs_rq *cfs_rq, struct sched_entity *se);
void reweight_task_fair(struct rq *rq, struct task_struct *p);
int select_task_rq_fair(struct task_struct *p, int prev_cpu, int wake_flags);
bool newidle_balance(struct rq *this_rq);
void sched_balance_trigger(struct rq *rq);
void sched_balance_init(void);
void sched_balance_rq_init(struct rq *rq);

/* ---- rt.c ---- */

void init_rt_rq(struct rt_rq *rt_rq);
void sched_rt_period_tick(struct rq *rq);
void rt_balance_init(void);

/* ---- debug.c ---- */

void schedule_debug(struct task_struct *prev, bool preempt);

#endif /* _KERNEL_SCHED_SCHED_H */
