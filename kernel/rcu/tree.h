/* SPDX-License-Identifier: MIT */
#ifndef _KERNEL_RCU_TREE_H
#define _KERNEL_RCU_TREE_H

/*
 * The data of the hierarchical RCU, and the doors between its files. tree.c says how it works.
 *
 * Locks: an rcu_node's lock is taken with interrupts off. Order: from a leaf towards the root, and
 * most functions hold one at a time. Inside them nothing but the scheduler's locks (by waking
 * the grace-period thread) and timer locks may be taken. Legend of guards:
 *
 *	L  the node's lock
 *	R  the root node's lock
 *	C  on that CPU with interrupts off
 *	G  the grace-period thread alone
 *	X  exp_mutex
 *	-  constant after boot
 */

#include <linux/cache.h>
#include <linux/completion.h>
#include <linux/context_tracking.h>
#include <linux/cpumask.h>
#include <linux/irq_work.h>
#include <linux/llist.h>
#include <linux/moduleparam.h>
#include <linux/mutex.h>
#include <linux/percpu.h>
#include <linux/rcu_segcblist.h>
#include <linux/rcupdate.h>
#include <linux/rcupdate_wait.h>
#include <linux/rtmutex.h>
#include <linux/sched.h>
#include <linux/smp.h>
#include <linux/spinlock.h>
#include <linux/swait.h>
#include <linux/timer.h>
#include <linux/workqueue.h>

#include "break.h"
#include "rcu.h"
#include "rcu_segcblist.h"
#include "trace.h"

/* Parameters have Linux's names: rcutree.qhimark=. */
#undef MODULE_PARAM_PREFIX
#define MODULE_PARAM_PREFIX	"rcutree."

/* ---- the tree ---- */

#define RCU_NUM_LVLS_MAX	8
/* With at least two children each, all inner nodes together are no more than the leaves. */
#define NUM_RCU_NODES	(2 * DIV_ROUND_UP(NR_CPUS, CONFIG_RCU_FANOUT_LEAF) + RCU_NUM_LVLS_MAX)

/**
 * struct rcu_node - one node; a leaf stands for CPUs, another one for its children
 * @lock: L
 * @gp_seq: L: the grace period that the node has been told of
 * @gp_seq_needed: L: the latest one that somebody below asked for
 * @qsmask: L: who has yet to report for the current grace period
 * @qsmaskinit: L: with whom it began
 * @qsmaskinitnext: L, leaf: the CPUs that are up now
 * @expmask: L: who has yet to report for the expedited one
 * @childmask: - all children there can be
 * @grpmask: - the bit of this node in its parent
 * @grplo: - first CPU below
 * @grphi: - last CPU below
 * @level: - 0 is the root
 * @parent: - NULL in the root
 * @wait_blkd: L, leaf: took part in the grace period for a blocked reader's sake
 * @blkd_tasks: L, leaf: readers that were preempted on one of its CPUs; see readers.c for the order
 * @gp_tasks: L: the first of them that the current grace period waits for, NULL if for none
 * @exp_tasks: L: the same for the expedited one
 * @boost_tasks: L: the next one to boost
 * @boost_mtx: what a boosted reader owns, see boost.c
 * @n_boosts: L: how often, for show
 * @boost_kthread: - who does it
 */
struct rcu_node {
	raw_spinlock_t lock;
	unsigned long gp_seq;
	unsigned long gp_seq_needed;
	unsigned long qsmask;
	unsigned long qsmaskinit;
	unsigned long qsmaskinitnext;
	unsigned long expmask;
	unsigned long childmask;
	unsigned long grpmask;
	int grplo;
	int grphi;
	int level;
	struct rcu_node *parent;
	bool wait_blkd;
	struct list_head blkd_tasks;
	struct list_head *gp_tasks;
	struct list_head *exp_tasks;
	struct list_head *boost_tasks;
	struct rt_mutex boost_mtx;
	unsigned long n_boosts;
	struct task_struct *boost_kthread;
} ____cacheline_internodealigned_in_smp;

/* What a CPU has to do before the callbacks in its list move: rcu_data.cb_mode. */
enum rcu_cb_mode {
	RCU_CB_NONE,		/* nothing waits */
	RCU_CB_LAZY,		/* some wait for lazy_timer */
	RCU_CB_ASKED,		/* a grace period has been, or is just being, asked for */
};

/**
 * struct rcu_data - one CPU
 * @gp_seq: C: the grace period it knows of
 * @core_needs_qs: C: it owes that one a quiescent state
 * @exp_needed: C sets it to false, the expediter to true: it owes an expedited one
 * @mynode: - its leaf
 * @grpmask: - its bit there
 * @cpu: -
 * @watching_snap: G: its context word when the grace period first looked
 * @exp_snap: X: likewise for the expedited one
 * @ticks_this_gp: C: ticks since it heard of this grace period
 * @cblist: C; by others only when the CPU is down, under barrier_lock
 * @cb_mode: C, enum rcu_cb_mode; read by G under the leaf's lock
 * @hurry: C: something in cblist's NEXT must not wait for lazy_timer
 * @flush_lazy: set by others: NEXT must not wait any longer
 * @qlen_limit: C: the length at which to make noise
 * @blimit: C: how many callbacks to invoke in a row
 * @kick: asks this CPU for a quiescent state, by interrupt
 * @cb_work: has this CPU look at its callbacks, by interrupt
 * @defer: an interrupt for its own sake: see rcu_read_unlock_special()
 * @lazy_timer: when lazy callbacks have waited long enough
 * @barrier_head: rcu_barrier()'s callback
 * @barrier_seq: under barrier_lock: the last barrier that saw to this CPU
 * @last_kick: G: jiffies of the last kick
 * @n_cbs_invoked: C, for show, like the following
 */
struct rcu_data {
	unsigned long gp_seq;
	bool core_needs_qs;
	bool exp_needed;
	struct rcu_node *mynode;
	unsigned long grpmask;
	int cpu;
	int watching_snap;
	int exp_snap;
	unsigned long ticks_this_gp;

	struct rcu_segcblist cblist;
	u8 cb_mode;
	bool hurry;
	bool flush_lazy;
	long qlen_limit;
	long blimit;

	struct irq_work kick;
	struct irq_work cb_work;
	struct irq_work defer;
	struct timer_list lazy_timer;

	struct rcu_head barrier_head;
	unsigned long barrier_seq;

	unsigned long last_kick;
	unsigned long n_cbs_invoked;
	unsigned long n_kicks;
	unsigned long n_qs;
};

DECLARE_PER_CPU_SHARED_ALIGNED(struct rcu_data, rcu_data);

/* Where the grace-period thread is. Names: gp_state_names[] in stats.c. */
enum rcu_gp_state {
	RCU_GP_IDLE,		/* nobody wants anything */
	RCU_GP_WAIT_GPS,	/* waits to be asked */
	RCU_GP_DONE_GPS,	/* was asked */
	RCU_GP_ONOFF,		/* takes note of CPUs that came and went */
	RCU_GP_INIT,		/* tells the nodes */
	RCU_GP_WAIT_FQS,	/* waits for reports */
	RCU_GP_DOING_FQS,	/* looks for quiescent states itself */
	RCU_GP_CLEANUP,		/* tells the nodes of the end */
	RCU_GP_CLEANED,
	RCU_GP_NR_STATES
};

/* rcu_state.gp_flags */
#define RCU_GP_FLAG_INIT	1	/* begin a grace period */
#define RCU_GP_FLAG_FQS		2	/* look at the CPUs now */

/* One sleeper in synchronize_rcu(). */
struct rcu_sync_waiter {
	struct llist_node node;
	struct completion done;
};

/**
 * struct rcu_state - the whole
 * @node: the tree, level by level, the root first
 * @level: - the first node of each level, and one more at the end
 * @num_lvls: -
 * @gp_seq: R: number of the normal grace period
 * @gp_seq_polled: under polled_lock: number that a cookie of one word refers to
 * @gp_seq_polled_snap: likewise: the end that the normal period owes it
 * @gp_seq_polled_exp_snap: likewise, the expedited one
 * @gp_kthread: -
 * @gp_wq: where it sleeps
 * @gp_flags: R: RCU_GP_FLAG_*
 * @gp_state: G
 * @gp_start: G: jiffies at which the current grace period began
 * @gp_activity: G: jiffies at which the thread last ran
 * @gp_req_activity: R: jiffies at which one was last asked for
 * @gp_end: G: jiffies at which the last one ended
 * @n_fqs: G: looks at the CPUs in this grace period
 * @n_fqs_gp: G: all of them
 * @sync_next: sleepers that came since the current period began, lock-free
 * @sync_wait: G: those that wait for its end
 * @expedited_sequence: X: number of the expedited grace period
 * @exp_mutex: one at a time
 * @exp_wq: where the one who runs it waits for reports
 * @exp_start: X: jiffies at which it began
 * @exp_waiting: X: it runs
 * @barrier_mutex: one rcu_barrier() at a time
 * @barrier_lock: callbacks of a CPU that is down; raw, interrupts off
 * @barrier_seq: under both
 * @barrier_count: callbacks that have not arrived
 * @barrier_done: for the last of them
 * @jiffies_stall: when to complain
 * @jiffies_kick_resched: when to say so to the scheduler
 * @nr_fqs_jiffies_stall: looks to come before the stall clock starts again
 */
struct rcu_state {
	struct rcu_node node[NUM_RCU_NODES];
	struct rcu_node *level[RCU_NUM_LVLS_MAX + 1];
	int num_lvls;

	unsigned long gp_seq ____cacheline_internodealigned_in_smp;
	raw_spinlock_t polled_lock;
	unsigned long gp_seq_polled;
	unsigned long gp_seq_polled_snap;
	unsigned long gp_seq_polled_exp_snap;
	struct task_struct *gp_kthread;
	struct swait_queue_head gp_wq;
	unsigned int gp_flags;
	unsigned int gp_state;
	unsigned long gp_start;
	unsigned long gp_activity;
	unsigned long gp_req_activity;
	unsigned long gp_end;
	unsigned long n_fqs;
	unsigned long n_fqs_gp;

	struct llist_head sync_next;
	struct llist_node *sync_wait;

	unsigned long expedited_sequence;
	struct mutex exp_mutex;
	struct swait_queue_head exp_wq;
	unsigned long exp_start;
	bool exp_waiting;

	struct mutex barrier_mutex;
	raw_spinlock_t barrier_lock;
	unsigned long barrier_seq;
	atomic_t barrier_count;
	struct completion barrier_done;

	unsigned long jiffies_stall;
	int nr_fqs_jiffies_stall;
};

extern struct rcu_state rcu_state;

static inline struct rcu_node *rcu_get_root(void)
{
	return &rcu_state.node[0];
}

static inline bool rcu_is_leaf_node(struct rcu_node *rnp)
{
	return rnp->level == rcu_state.num_lvls - 1;
}

#define rcu_for_each_node_breadth_first(rnp) \
	for ((rnp) = rcu_state.level[0]; (rnp) < rcu_state.level[rcu_state.num_lvls]; (rnp)++)

#define rcu_for_each_leaf_node(rnp) \
	for ((rnp) = rcu_state.level[rcu_state.num_lvls - 1]; \
	     (rnp) < rcu_state.level[rcu_state.num_lvls]; (rnp)++)

/* The children before their parents. */
#define rcu_for_each_inner_node_bottom_up(rnp) \
	for ((rnp) = rcu_state.level[rcu_state.num_lvls - 1] - 1; (rnp) >= rcu_state.level[0]; (rnp)--)

/* The CPUs of @mask, a mask of leaf @rnp. */
#define rcu_for_each_leaf_cpu(rnp, cpu, mask) \
	for ((cpu) = rcu_next_leaf_cpu((rnp), 0, (mask)); (cpu) <= (rnp)->grphi; \
	     (cpu) = rcu_next_leaf_cpu((rnp), (cpu) - (rnp)->grplo + 1, (mask)))

static inline int rcu_next_leaf_cpu(struct rcu_node *rnp, int from, unsigned long mask)
{
	return rnp->grplo + find_next_bit(&mask, BITS_PER_LONG, from);
}

static inline unsigned long rcu_leaf_mask(struct rcu_node *rnp, int cpu)
{
	return 1UL << (cpu - rnp->grplo);
}

static inline bool rcu_preempt_blocked_readers_cgp(struct rcu_node *rnp)
{
	return READ_ONCE(rnp->gp_tasks) != NULL;
}

static inline bool rcu_gp_in_progress(void)
{
	return rcu_seq_state(READ_ONCE(rcu_state.gp_seq));
}

/* Does this CPU owe a report, as far as a look without the lock tells? */
static inline bool rcu_owes_qs(struct rcu_data *rdp)
{
	return READ_ONCE(rdp->core_needs_qs) || READ_ONCE(rdp->exp_needed) ||
	       rdp->gp_seq != READ_ONCE(rdp->mynode->gp_seq);
}

/* tree.c: grace periods */
bool rcu_start_this_gp(struct rcu_node *leaf, unsigned long gp_seq_req);
void rcu_gp_kthread_wake(void);
bool rcu_note_gp_changes(struct rcu_data *rdp);
void rcu_report_qs_rdp(struct rcu_data *rdp);
void rcu_report_qs_rnp(unsigned long mask, struct rcu_node *rnp, unsigned long gps,
		       unsigned long flags) __releases(rnp->lock);
void rcu_report_unblock_qs_rnp(struct rcu_node *rnp, unsigned long flags)
	__releases(rnp->lock);
bool rcu_cpu_in_eqs(int cpu);
bool rcu_watching_snap_stopped_since(struct rcu_data *rdp, int snap);
void rcu_request_gp(void);

/* readers.c: what readers and CPUs report */
void rcu_report_quiescent(struct rcu_data *rdp);
void rcu_kick_cpu(int cpu);
void rcu_kick_handler(struct irq_work *work);
void rcu_defer_handler(struct irq_work *work);
int rcu_is_cpu_rrupt_from_idle(void);
void rcu_preempt_check_blocked_tasks(struct rcu_node *rnp);

/* callbacks.c */
bool rcu_advance_cbs(struct rcu_node *rnp, struct rcu_data *rdp);
void rcu_callbacks_init_cpu(struct rcu_data *rdp);
void rcu_callbacks_init(void);
void rcu_hurry_lazy(void);
void rcu_wake_cb_cpus(struct rcu_node *rnp, unsigned long mask);
unsigned long rcu_cb_waiters(struct rcu_node *rnp);

/* exp.c */
void rcu_report_exp_rdp(struct rcu_data *rdp);
void rcu_exp_leaf_done(struct rcu_node *rnp);
void rcu_exp_cpu_gone(struct rcu_node *rnp, unsigned long mask);
void rcu_exp_init(void);

static inline bool rcu_exp_done_leaf(struct rcu_node *rnp)
{
	return !rnp->expmask && !rnp->exp_tasks;
}

/* poll.c */
void rcu_poll_gp_seq_start(unsigned long *snap);
void rcu_poll_gp_seq_end(unsigned long *snap);
void rcu_early_gp(void);

/* stall.c */
void rcu_stall_gp_begins(void);
void rcu_stall_gp_ends(void);
void rcu_check_gp_stall(struct rcu_data *rdp);
void rcu_stall_fqs(void);
void rcu_exp_stall(unsigned long since);
unsigned long rcu_exp_stall_jiffies(void);
void rcu_stall_set_timeouts(int normal_s, int exp_ms);

/* boost.c */
#ifdef CONFIG_RCU_BOOST
void rcu_initiate_boost(struct rcu_node *rnp);
void rcu_boost_spawn(void);
bool rcu_is_boosted(struct rcu_node *rnp, struct task_struct *t);
void rcu_unboost(struct rcu_node *rnp);
#else
static inline void rcu_initiate_boost(struct rcu_node *rnp)
{
	(void)rnp;
}

static inline void rcu_boost_spawn(void)
{
}

static inline bool rcu_is_boosted(struct rcu_node *rnp, struct task_struct *t)
{
	(void)rnp;
	(void)t;
	return false;
}

static inline void rcu_unboost(struct rcu_node *rnp)
{
	(void)rnp;
}
#endif

/* stats.c */
extern const char * const gp_state_names[RCU_GP_NR_STATES];

#endif /* _KERNEL_RCU_TREE_H */
