/* SPDX-License-Identifier: MIT */
#ifndef _KERNEL_RCU_TREE_H
#define _KERNEL_RCU_TREE_H

/*
 * The data of the hierarchical RCU, and the doors between its files. tree.c says how it works.
 *
 * Locks: an rcu_node's lock is taken with interrupts off. Order: from a leaf towards the root, and
 * most functions hold one at a time. Inside them nothing but polled_lock and the scheduler's locks
 * (by waking a booster) may be taken, so whoever holds those may end a reader but not report for
 * it: rcu_read_unlock_special(). Legend of guards:
 *
 *	L  the node's lock
 *	R  the root node's lock
 *	C  on that CPU with interrupts off
 *	G  the grace-period thread alone
 *	X  exp_mutex
 *	-  constant after boot
 */

#include <linux/completion.h>
#include <linux/context_tracking.h>
#include <linux/cpu.h>
#include <linux/event_ring.h>
#include <linux/init.h>
#include <linux/irq_work.h>
#include <linux/jiffies.h>
#include <linux/kthread.h>
#include <linux/llist.h>
#include <linux/moduleparam.h>
#include <linux/mutex.h>
#include <linux/percpu.h>
#include <linux/rcupdate_wait.h>
#include <linux/rtmutex.h>
#include <linux/sched.h>
#include <linux/smp.h>
#include <linux/spinlock.h>
#include <linux/swait.h>
#include <linux/timer.h>

#include "torture/break.h"
#include "rcu.h"
#include "rcu_segcblist.h"

/* Parameters have Linux's names: rcutree.qhimark=. */
#undef MODULE_PARAM_PREFIX
#define MODULE_PARAM_PREFIX	"rcutree."

/*
 * Steps that can be recorded, rcu_trace(event, number of the grace period, detail), and are read
 * in /proc/trace/rcu: <linux/event_ring.h>. Off, each costs a nop.
 */
#define RCU_TRACE_EVENTS(X)				\
	X(GP_REQUEST,	"gp requested")			\
	X(GP_START,	"gp starts")			\
	X(GP_INIT,	"gp node init, mask")		\
	X(GP_FQS,	"gp looks at CPUs, round")	\
	X(GP_END,	"gp ends")			\
	X(CPU_START,	"cpu hears of gp")		\
	X(CPU_QS,	"cpu quiescent")		\
	X(CPU_EQS,	"cpu found idle, cpu")		\
	X(CPU_KICK,	"cpu kicked, cpu")		\
	X(CPU_UP,	"cpu up, cpu")			\
	X(CPU_DOWN,	"cpu down, cpu")		\
	X(NODE_QS,	"node quiescent, left")		\
	X(TASK_BLOCK,	"reader preempted, pid")	\
	X(TASK_UNBLOCK,	"preempted reader done, pid")	\
	X(BOOST,	"reader boosted, pid")		\
	X(EXP_START,	"expedited starts")		\
	X(EXP_END,	"expedited ends")		\
	X(CB_QUEUE,	"callback queued, length")	\
	X(CB_BATCH,	"callbacks begin, length")	\
	X(CB_INVOKE,	"callback invoked, function")	\
	X(CB_DONE,	"callbacks end, count")		\
	X(BARRIER,	"barrier, pending")		\
	X(STALL,	"stall, jiffies")

enum rcu_trace_event {
#define X(name, text)	RCU_TRACE_##name,
	RCU_TRACE_EVENTS(X)
#undef X
	RCU_TRACE_NR
};

#define RCU_TRACE_TEXT(name, text)	[RCU_TRACE_##name] = text,

extern struct event_ring_set rcu_ring;

#define rcu_trace(event, gp_seq, detail)					\
	event_ring_record(&rcu_ring, RCU_TRACE_##event, gp_seq, detail)
#define rcu_trace_enable(on)	event_ring_enable(&rcu_ring, on)
#define rcu_trace_free()	event_ring_free(&rcu_ring)
#define rcu_trace_count(event)	event_ring_count(&rcu_ring, event)

/* ---- the tree ---- */

/* The two kinds of grace period. They run at the same time, on the same tree. */
enum rcu_gp_kind { RCU_NORM, RCU_EXP, RCU_KINDS };

#define RCU_NUM_LVLS_MAX	8
/* With at least two children each, all inner nodes together are no more than the leaves. */
#define NUM_RCU_NODES	(2 * DIV_ROUND_UP(NR_CPUS, CONFIG_RCU_FANOUT_LEAF) + RCU_NUM_LVLS_MAX)

/* Whom a node waits for. Nobody: it has reported to its parent. */
struct rcu_wait {
	unsigned long mask;		/* L: CPUs, or children, that have yet to report */
	struct list_head *tasks;	/* L, leaf: the first of blkd_tasks to wait for, or NULL */
};

/* One node; a leaf stands for CPUs, another one for its children. */
struct rcu_node {
	raw_spinlock_t lock;
	unsigned long gp_seq;		/* L: the normal grace period that it has been told of */
	unsigned long gp_seq_needed;	/* L: the latest one that somebody below asked for */
	struct rcu_wait wait[RCU_KINDS];
	unsigned long qsmaskinitnext;	/* L, leaf: the CPUs that are up */
	unsigned long childmask;	/* - all children there can be */
	unsigned long grpmask;		/* - the bit of this node in its parent */
	int grplo, grphi;		/* - the first and the last CPU below */
	int level;			/* - 0 is the root */
	struct rcu_node *parent;	/* - NULL in the root */
	struct list_head blkd_tasks;	/* L, leaf: readers that were preempted: readers.c */
	struct list_head *boost_tasks;	/* L: the next one to boost: boost.c */
	struct rt_mutex boost_mtx;	/* what a boosted reader owns */
	unsigned long n_boosts;		/* L: how often, for show */
	struct task_struct *boost_kthread;	/* - who does it */
} ____cacheline_internodealigned_in_smp;

/* What a CPU has to do before the callbacks in its list move: rcu_data.cb_mode. */
enum rcu_cb_mode {
	RCU_CB_NONE,		/* nothing waits */
	RCU_CB_LAZY,		/* some wait for lazy_timer */
	RCU_CB_ASKED,		/* a grace period has been, or is just being, asked for */
};

/* One CPU. */
struct rcu_data {
	unsigned long gp_seq;		/* C: the normal grace period that it knows of */
	bool needs_qs[RCU_KINDS];	/* C; X sets its: a quiescent state that it owes */
	struct rcu_node *mynode;	/* - its leaf */
	unsigned long grpmask;		/* - its bit there */
	int cpu;			/* - */
	int watching_snap[RCU_KINDS];	/* G, X: its context word when the period first looked */
	unsigned long ticks_this_gp;	/* C: ticks since it heard of this grace period */

	struct rcu_segcblist cblist;	/* C; if the CPU is down, barrier_lock */
	u8 cb_mode;			/* C, enum rcu_cb_mode; read by G under the leaf's lock */
	bool hurry;			/* C: something in NEXT must not wait for lazy_timer */
	bool flush_lazy;		/* set by others: nothing must */
	long qlen_limit;		/* C: the length at which to make noise */
	long blimit;			/* C: how many callbacks to invoke in a row */

	struct irq_work kick;		/* asks this CPU for a quiescent state */
	struct irq_work cb_work;	/* has it look at its callbacks */
	struct irq_work defer;		/* an interrupt for its own sake: report_later() */
	struct timer_list lazy_timer;	/* when lazy callbacks have waited long enough */

	struct rcu_head barrier_head;	/* rcu_barrier()'s callback */
	unsigned long barrier_seq;	/* barrier_lock: the last barrier that saw to this CPU */

	unsigned long n_cbs_invoked;	/* C, for show, like the following */
	unsigned long n_kicks;
	unsigned long n_qs;
};

DECLARE_PER_CPU_SHARED_ALIGNED(struct rcu_data, rcu_data);

/* Where the grace-period thread is. */
#define RCU_GP_STATES(X)						\
	X(RCU_GP_IDLE)		/* not there yet */			\
	X(RCU_GP_WAIT_GPS)	/* waits to be asked */			\
	X(RCU_GP_DONE_GPS)	/* was asked */				\
	X(RCU_GP_INIT)		/* tells the nodes */			\
	X(RCU_GP_WAIT_FQS)	/* waits for reports */			\
	X(RCU_GP_DOING_FQS)	/* looks for quiescent states itself */	\
	X(RCU_GP_CLEANUP)	/* tells the nodes of the end */	\
	X(RCU_GP_CLEANED)

#define X(name)	name,
enum rcu_gp_state { RCU_GP_STATES(X) };
#undef X

/* rcu_state.gp_flags */
#define RCU_GP_FLAG_INIT	1	/* begin a grace period */
#define RCU_GP_FLAG_FQS		2	/* look at the CPUs now */

/* The whole. */
struct rcu_state {
	struct rcu_node node[NUM_RCU_NODES];	/* level by level, the root first */
	struct rcu_node *level[RCU_NUM_LVLS_MAX + 1];	/* - the first of each; and the end */
	int num_lvls;			/* - */

	/* R: number of the normal grace period */
	unsigned long gp_seq ____cacheline_internodealigned_in_smp;
	struct task_struct *gp_kthread;	/* - once it is there */
	struct swait_queue_head wq[RCU_KINDS];	/* where who runs a period waits for reports */
	atomic_t gp_flags;		/* RCU_GP_FLAG_* */
	unsigned int gp_state;		/* G */
	unsigned long gp_start;		/* G: jiffies at which the current period began */
	unsigned long gp_activity;	/* G: ... the thread last ran */
	unsigned long gp_req_activity;	/* ... one was last asked for */
	unsigned long gp_end;		/* G: ... the last one ended */
	unsigned long n_fqs;		/* G: looks at the CPUs in this period */
	unsigned long n_fqs_gp;		/* G: ... in all of them */
	struct llist_head sync_next;	/* sleepers that came since this period began, lock-free */
	struct llist_node *sync_wait;	/* G: those that wait for its end */

	raw_spinlock_t polled_lock;
	unsigned long gp_seq_polled;	/* polled_lock: number for cookies of one word: poll.c */
	unsigned long gp_seq_polled_snap[RCU_KINDS];	/* ... the end that a kind owes it */
	unsigned long gp_seq_polled_wanted;	/* ... up to which normal periods go on */

	struct mutex exp_mutex;		/* one expedited period at a time */
	unsigned long expedited_sequence;	/* X: its number */
	unsigned long exp_start;	/* X: jiffies at which it began */

	struct mutex barrier_mutex;	/* one rcu_barrier() at a time */
	raw_spinlock_t barrier_lock;	/* also: callbacks of a CPU that is down */
	unsigned long barrier_seq;	/* under both */
	atomic_t barrier_count;		/* callbacks that have not arrived */
	struct completion barrier_done;	/* for the last of them */

	unsigned long jiffies_stall;	/* when to complain */
	int nr_fqs_jiffies_stall;	/* looks to come before the stall clock starts again */
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

/* Whom must @rnp hear of before it is done with a period? Nobody: true. */
static inline bool rcu_node_done(struct rcu_node *rnp, enum rcu_gp_kind kind)
{
	return !READ_ONCE(rnp->wait[kind].mask) && !READ_ONCE(rnp->wait[kind].tasks);
}

static inline bool rcu_gp_in_progress(void)
{
	return rcu_seq_state(READ_ONCE(rcu_state.gp_seq));
}

/* Does this CPU owe a report, as far as a look without the lock tells? */
static inline bool rcu_owes_qs(struct rcu_data *rdp)
{
	return READ_ONCE(rdp->needs_qs[RCU_NORM]) || READ_ONCE(rdp->needs_qs[RCU_EXP]) ||
	       rdp->gp_seq != READ_ONCE(rdp->mynode->gp_seq);
}

/* tree.c: grace periods */
bool rcu_start_this_gp(struct rcu_node *leaf, unsigned long gp_seq_req);
void rcu_request(int flag);
void rcu_gp_kthread_wake(void);
bool rcu_note_gp_changes(struct rcu_data *rdp);
bool rcu_clear_wait(struct rcu_node *rnp, enum rcu_gp_kind kind, unsigned long mask);
void rcu_report_up(struct rcu_node *rnp, enum rcu_gp_kind kind);
void rcu_init_nodes(enum rcu_gp_kind kind);
void rcu_look_at_cpus(enum rcu_gp_kind kind, bool first);
bool rcu_watching_snap_stopped_since(struct rcu_data *rdp, int snap);

/* readers.c: what readers and CPUs report */
void rcu_report_cpu(struct rcu_data *rdp, enum rcu_gp_kind kind);
void rcu_report_quiescent(struct rcu_data *rdp);
void rcu_kick_cpu(int cpu);
void rcu_kick_handler(struct irq_work *work);
void rcu_defer_handler(struct irq_work *work);
int rcu_is_cpu_rrupt_from_idle(void);

/* callbacks.c */
bool rcu_advance_cbs(struct rcu_node *rnp, struct rcu_data *rdp);
void rcu_callbacks_init_cpu(struct rcu_data *rdp);
void rcu_callbacks_init(void);
void rcu_wake_cb_cpus(struct rcu_node *rnp);

/* poll.c */
void rcu_poll_gp_seq_start(enum rcu_gp_kind kind);
bool rcu_poll_gp_seq_end(enum rcu_gp_kind kind);
void rcu_early_gp(void);

/* stall.c */
void rcu_stall_gp_begins(void);
void rcu_stall_gp_ends(void);
void rcu_check_gp_stall(struct rcu_data *rdp);
void rcu_stall_fqs(void);
void rcu_exp_stall(unsigned long since);
unsigned long rcu_exp_stall_jiffies(void);
void rcu_stall_set_timeouts(int normal_s, int exp_ms);

/* boost.c; called under IS_ENABLED(CONFIG_RCU_BOOST) */
void rcu_initiate_boost(struct rcu_node *rnp);
void rcu_boost_spawn(void);
bool rcu_is_boosted(struct rcu_node *rnp, struct task_struct *t);
void rcu_unboost(struct rcu_node *rnp);

/* stats.c: one line about a CPU. @m, @level: as for seq_or_printk() */
void rcu_show_cpu(struct seq_file *m, const char *level, int cpu);

#endif /* _KERNEL_RCU_TREE_H */
