/* SPDX-License-Identifier: MIT */
#ifndef _KERNEL_WORKQUEUE_INTERNAL_H
#define _KERNEL_WORKQUEUE_INTERNAL_H

/*
 * What the workqueue*.c files share. The words of this model:
 *
 *	crew	the workers of a CPU (a normal and a high-priority crew each), or of no CPU at all.
 *		Crews are made at boot and stay for ever.
 *	lane	where a queue meets a crew: the queue's works that wait for that crew, in order,
 *		and how many of them may run at once.
 *
 *	               crew CPU 0        crew CPU 1        unbound crew
 *	queue "events"   lane  W W         lane
 *	queue "disk"     lane  W           lane  W W W
 *	queue "x" (unbound)                                  lane  W
 *
 * A lane that has something to start stands in its crew's list of ready lanes. A worker takes the
 * first lane and of it the first work; the lane then goes to the end. So a queue keeps its order
 * and one that is flooded does not hold up the others.
 *
 * Locks, outermost first:
 *   wq_list_mutex	the list of queues
 *   wq->mutex		who flushes, drains, or changes the limit of a queue
 *   wq_roster_mutex	which workers belong to which crew, and where they may run
 *   crew->lock		a crew with its workers and lanes; raw, interrupts off, never two at once
 *   wq_distress_lock	which lanes have called for their rescuer; raw, interrupts off
 */

#include <linux/atomic.h>
#include <linux/completion.h>
#include <linux/hashtable.h>
#include <linux/kthread.h>
#include <linux/list.h>
#include <linux/mutex.h>
#include <linux/percpu.h>
#include <linux/preempt.h>
#include <linux/sched.h>
#include <linux/spinlock.h>
#include <linux/timer.h>
#include <linux/workqueue.h>

#define WQ_NAME_LEN	32
#define CREW_HASH_BITS	6
#define NR_GENERATIONS	2

/* Crews are numbered from 1: two for each CPU (normal, high priority), then the unbound two. */
#define NR_CREWS	(2 * (NR_CPUS + 1))

/* ---- the word of a work ---- */

/*
 * work->data has one layout at all times, of numbers only, so that it may be read without a lock
 * and never leads to memory that is gone:
 *
 *	  0	PENDING		taken by who wants to queue; only he changes the word from then on
 *	  1	WAITING		in a lane, or handed to a busy worker: the crew's lock owns it
 *	  2	GENERATION	while WAITING: which flush_workqueue() has to wait for it
 *	 8-23	disable depth	how many disable_work() are in force
 *	24-39	crew number	where it waits, runs, or ran last; 0: it never did
 *	40-63	queue number	while WAITING
 *
 * WAITING and the crew number change together, under that crew's lock: who holds the lock and
 * reads both knows that the work stays. All zero is a work that is idle.
 */
#define WORK_PENDING		BIT(WORK_STRUCT_PENDING_BIT)
#define WORK_WAITING		BIT(1)
#define WORK_GENERATION_SHIFT	2
#define WORK_DISABLE_SHIFT	8
#define WORK_DISABLE_MAX	0xfffful
#define WORK_DISABLE_MASK	(WORK_DISABLE_MAX << WORK_DISABLE_SHIFT)
#define WORK_CREW_SHIFT		24
#define WORK_CREW_MAX		0xfffful		/* the field's; NR_CREWS are less */
#define WORK_CREW_MASK		(WORK_CREW_MAX << WORK_CREW_SHIFT)
#define WORK_QUEUE_SHIFT	40
#define WORK_QUEUE_MAX		0xfffffful

/* ---- workers ---- */

/* worker->off: why it is not counted in crew->awake. Counted are those with none of these. */
enum {
	OFF_DUTY	= BIT(0),	/* has no work, and looks for none */
	OFF_LONG_WORK	= BIT(1),	/* computes for long: nobody should wait for it */
	OFF_ADRIFT	= BIT(2),	/* not tied to the crew's CPU (or has not looked since) */
};

/**
 * struct worker - a thread that runs works
 * @node: in crew->idle while idle
 * @busy_node: in crew->busy while it runs a work
 * @work: the work it runs; its memory may be gone
 * @func: that work's function
 * @lane: where that work came from
 * @generation: of that work
 * @since: jiffies when that work began
 * @again: the lane through which @work was queued and started again while it runs: this worker
 *	runs it once more; or NULL
 * @flushers: those that wait for what it runs to end
 * @off: OFF_*; written under crew->lock, or while OFF_DUTY under wq_roster_mutex; the worker itself
 *	reads it without
 * @asleep: it was counted and is not while it sleeps; only the worker itself
 * @dismissed: it ends as soon as it wakes
 * @idle_since: jiffies
 * @crew: whose it is; NULL for a rescuer at rest
 * @roster_node: in crew->roster; wq_roster_mutex
 * @rescues: the queue whose rescuer it is, or NULL; fixed
 * @task: the thread; fixed
 * @id: for its name; fixed
 * @desc: what set_worker_desc() said; only the worker itself
 *
 * Where nothing else is said crew->lock guards it.
 */
struct worker {
	union {
		struct list_head node;
		struct hlist_node busy_node;
	};
	struct work_struct *work;
	work_func_t func;
	struct lane *lane;
	int generation;
	unsigned long since;
	struct lane *again;
	struct list_head flushers;
	unsigned int off;
	bool asleep;
	bool dismissed;
	unsigned long idle_since;
	struct worker_crew *crew;
	struct list_head roster_node;
	struct workqueue_struct *rescues;
	struct task_struct *task;
	int id;
	char desc[WORKER_DESC_LEN];
};

/**
 * struct worker_crew - the workers of a CPU
 * @lock: guards all that is not said to be fixed or another lock's
 * @cpu: whose; -1: of none. Fixed
 * @nr: its number in a work's word, and its place in wq_crews[]. Fixed
 * @nice: of its workers. Fixed
 * @bound: workers run on @cpu and are counted in @awake; written under wq_roster_mutex too
 * @awake: counted workers that run or want to; see workqueue_crew.c. Goes up without the lock
 * @ready: lanes that have a work to start, in turn
 * @idle: idle workers, used last first
 * @nr_workers: all, but rescuers
 * @nr_idle: of them in @idle
 * @next_id: the next worker's
 * @idle_timer: dismisses those who have idled too long
 * @busy: workers that run a work, by its address
 * @flushers: those that wait for a work that waits
 * @roster: all workers, rescuers that help among them; wq_roster_mutex
 */
struct worker_crew {
	raw_spinlock_t lock;
	int cpu;
	int nr;
	int nice;
	bool bound;
	atomic_t awake;
	struct list_head ready;
	struct list_head idle;
	int nr_workers;
	int nr_idle;
	int next_id;
	struct timer_list idle_timer;
	DECLARE_HASHTABLE(busy, CREW_HASH_BITS);
	struct list_head flushers;
	struct list_head roster;
};

/**
 * struct work_flusher - somebody waits for one work
 * @node: in crew->flushers until @work is started, in worker->flushers from then on
 * @work: the work
 * @done: told when it has run, or has been taken back
 *
 * The crew's lock.
 */
struct work_flusher {
	struct list_head node;
	struct work_struct *work;
	struct completion done;
};

/* ---- queues ---- */

/**
 * struct lane - the works of one queue for one crew
 * @wq: the queue; fixed
 * @crew: the crew; fixed
 * @tag: a waiting work's word but for the generation: both numbers and the flags. Fixed
 * @waiting: works in the order in which they came
 * @ready_node: in crew->ready if and only if the first of @waiting may be started
 * @running: how many have been started and not ended
 * @limit: of @running
 * @generation: what works get that come now; 0 or 1
 * @unfinished: how many wait or run, by generation
 * @flush: the flush_workqueue() that waits for the other generation, or NULL
 * @wq_node: in wq->lanes; fixed
 * @distress_node: in wq->distressed; wq_distress_lock
 *
 * Where nothing else is said crew->lock guards it.
 */
struct lane {
	struct workqueue_struct *wq;
	struct worker_crew *crew;
	unsigned long tag;
	struct list_head waiting;
	struct list_head ready_node;
	int running;
	int limit;
	int generation;
	int unfinished[NR_GENERATIONS];
	struct queue_flush *flush;
	struct list_head wq_node;
	struct list_head distress_node;
};

/**
 * struct queue_flush - a flush_workqueue() that waits
 * @lanes_behind: lanes that have not finished the old generation, and one for who still asks
 * @done: told when there are none
 */
struct queue_flush {
	atomic_t lanes_behind;
	struct completion done;
};

/**
 * struct workqueue_struct - a queue
 * @flags: WQ_*; written under @mutex, looked at without
 * @max_active: of each lane; @mutex
 * @nr: its number in a work's word; fixed
 * @cpu_lanes: one for each CPU; NULL if it is unbound. Fixed
 * @unbound_lane: the one that an unbound queue has; fixed
 * @lanes: all that it has; fixed
 * @mutex: one flusher at a time; and the fields that name it
 * @drainers: how many drain_workqueue() are under way; @mutex
 * @distressed: lanes that call for @rescuer; wq_distress_lock
 * @rescuer: NULL without WQ_MEM_RECLAIM; fixed from workqueue_init() on
 * @list: in the list of all; wq_list_mutex
 * @name: for show; fixed
 * @lockdep_map: taken by each work of it and by who waits for them; @own_map or its maker's. Fixed
 */
struct workqueue_struct {
	unsigned int flags;
	int max_active;
	u32 nr;
	struct lane __percpu *cpu_lanes;
	struct lane unbound_lane;
	struct list_head lanes;
	struct mutex mutex;
	int drainers;
	struct list_head distressed;
	struct worker *rescuer;
	struct list_head list;
	char name[WQ_NAME_LEN];
#ifdef CONFIG_LOCKDEP
	struct lock_class_key key;
	struct lockdep_map own_map;
	struct lockdep_map *lockdep_map;
#endif
};

/* ---- small readers ---- */

static inline unsigned int work_disable_depth(unsigned long word)
{
	return (word & WORK_DISABLE_MASK) >> WORK_DISABLE_SHIFT;
}

static inline int work_generation(unsigned long word)
{
	return (word >> WORK_GENERATION_SHIFT) & 1;
}

extern struct worker_crew *wq_crews[1 + NR_CREWS];

/* The crew that a word names; NULL if none. */
static inline struct worker_crew *work_crew(unsigned long word)
{
	return wq_crews[(word & WORK_CREW_MASK) >> WORK_CREW_SHIFT];
}

static inline struct worker_crew *cpu_crew(int cpu, bool highpri)
{
	return wq_crews[1 + 2 * cpu + highpri];
}

static inline struct worker_crew *unbound_crew(bool highpri)
{
	return cpu_crew(NR_CPUS, highpri);
}

/* Crews of CPUs that can't be are not there. */
#define for_each_crew(crew, nr)						\
	for ((nr) = 1; (nr) <= NR_CREWS; (nr)++)			\
		if (((crew) = wq_crews[nr]))

/* The lane of a queue on a CPU (bound queues), or its only one. */
static inline struct lane *wq_lane(struct workqueue_struct *wq, int cpu)
{
	return wq->cpu_lanes ? per_cpu_ptr(wq->cpu_lanes, cpu) : &wq->unbound_lane;
}

/* Has the crew works to start and nobody awake to start them? Its lock is held. */
static inline bool crew_needs_worker(struct worker_crew *crew)
{
	return !list_empty(&crew->ready) && !atomic_read(&crew->awake);
}

/* The worker that runs this, or NULL. */
static inline struct worker *current_wq_worker(void)
{
	if (in_task() && current->flags & PF_WQ_WORKER)
		return kthread_data(current);
	return NULL;
}

/* Waiting for @wq means waiting for whatever its works lock: tell lockdep. */
static inline void wq_touch_lockdep_map(struct workqueue_struct *wq)
{
#ifdef CONFIG_LOCKDEP
	lock_map_acquire(wq->lockdep_map);
	lock_map_release(wq->lockdep_map);
#endif
}

/* workqueue.c: works and their lanes */
void __queue_work(int cpu, struct workqueue_struct *wq, struct work_struct *work);
void work_release(struct work_struct *work, unsigned long word);
bool work_seize(struct work_struct *work, struct delayed_work *dwork, unsigned long *irq_flags);
struct work_struct *lane_start_work(struct lane *lane);
void lane_finish_work(struct lane *lane, int generation);
void lane_settle(struct lane *lane);

/* workqueue_flush.c: waiting for works */
void flushers_follow_work(struct worker *worker, struct work_struct *work);
void flushers_forget_work(struct worker_crew *crew, struct work_struct *work);
void flushers_release(struct list_head *flushers);
void lane_report_flushed(struct lane *lane);
bool wq_is_empty(struct workqueue_struct *wq);

/* workqueue_crew.c: workers */
struct worker *crew_find_worker(struct worker_crew *crew, struct work_struct *work);
void crew_wake_worker(struct worker_crew *crew);
struct worker *alloc_worker(void);
bool crew_hire(struct worker_crew *crew);
void worker_join_crew(struct worker *worker, struct worker_crew *crew);
void worker_leave_crew(struct worker *worker);
void worker_run_work(struct worker *worker, struct lane *lane, struct work_struct *work);
void crews_init_early(void);
void crews_start(void);
void show_crew(struct worker_crew *crew);

/* workqueue_recruit.c: making workers, and doing without */
void recruiter_call(void);
void recruiter_start(void);
int wq_add_rescuer(struct workqueue_struct *wq);
void wq_remove_rescuer(struct workqueue_struct *wq);

/* workqueue_setup.c: queues */
extern bool wq_online;
struct workqueue_struct *wq_by_nr(u32 nr);

#endif /* _KERNEL_WORKQUEUE_INTERNAL_H */
