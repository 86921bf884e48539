/* SPDX-License-Identifier: MIT */
#ifndef _KERNEL_RCU_TASKS_H
#define _KERNEL_RCU_TASKS_H

/*
 * The three Tasks flavours of RCU: what they share. tasks.c tells how they work.
 */

#include <linux/completion.h>
#include <linux/irq_work.h>
#include <linux/list.h>
#include <linux/mutex.h>
#include <linux/percpu.h>
#include <linux/rcupdate_trace.h>
#include <linux/rcuwait.h>
#include <linux/smp.h>
#include <linux/spinlock.h>
#include <linux/timer.h>
#include <linux/workqueue.h>

#include "rcu.h"
#include "rcu_segcblist.h"

struct rcu_tasks;
struct seq_file;
struct task_struct;

typedef void (*rcu_tasks_gp_func_t)(struct rcu_tasks *rtp);
typedef void (*pregp_func_t)(struct list_head *hop);
typedef void (*pertask_func_t)(struct task_struct *t, struct list_head *hop);
typedef void (*postscan_func_t)(struct list_head *hop);
typedef void (*holdouts_func_t)(struct list_head *hop, bool needreport, bool *firstreport);
typedef void (*postgp_func_t)(struct rcu_tasks *rtp);

/**
 * struct rcu_tasks_percpu - a CPU's part of a flavour
 *
 * A queue of callbacks, and the tasks that a grace period has to know of beyond the list of all.
 */
struct rcu_tasks_percpu {
	struct rcu_segcblist cblist;		/* L: lock */
	raw_spinlock_t lock;			/* taken by the scheduler too: a leaf */
	unsigned long rtp_jiffies;		/* L: when the contention below was counted from */
	unsigned long rtp_n_lock_retries;	/* L: how often the lock was busy in that tick */
	struct timer_list lazy_timer;		/* wakes the thread for callbacks in no hurry */
	unsigned int urgent_gp;			/* L: so many periods not lazily */
	struct work_struct rtp_work;		/* invokes this queue's callbacks */
	struct irq_work rtp_irq_work;		/* wakes the thread from where one mustn't */
	struct rcu_head barrier_q_head;		/* the barrier's callback in this queue */
	struct list_head rtp_blkd_tasks;	/* L: trace readers that somebody has noted */
	struct list_head rtp_exit_list;		/* L: tasks on their way out, off the list of all */
	int cpu;
	struct rcu_tasks *rtpp;
};

/* A thread's state, for show. */
#define RCU_TASKS_STATES(X)							\
	X(INIT) X(WAIT_CBS) X(WAIT_GP) X(PRE_WAIT_GP) X(SCAN_TASKLIST)		\
	X(POST_SCAN_TASKLIST) X(WAIT_SCAN_HOLDOUTS) X(SCAN_HOLDOUTS) X(POST_GP) X(INVOKE_CBS)

#define X(name)	RTGS_##name,
enum rcu_tasks_gp_state { RCU_TASKS_STATES(X) };
#undef X

/**
 * struct rcu_tasks - a flavour
 *
 * The step functions, each of which may be absent but gp_func, are called in their order by
 * rcu_tasks_wait_gp(); a flavour that needs no holdouts has a gp_func of its own.
 */
struct rcu_tasks {
	struct rcuwait cbs_wait;		/* the thread, waiting for callbacks */
	raw_spinlock_t cbs_gbl_lock;		/* guards the change of how many queues there are */
	struct mutex tasks_gp_mutex;		/* held all through a grace period */
	int gp_state;				/* RTGS_*; tasks_gp_mutex */
	unsigned long gp_jiffies;		/* when gp_state last changed */
	unsigned long gp_start;			/* when this grace period began */
	unsigned int gp_sleep;			/* pause after each, in jiffies */
	unsigned int init_fract;		/* first pause between scans; doubles */
	unsigned long tasks_gp_seq;		/* numbers of grace periods, see rcu.h */
	unsigned long n_ipis;			/* CPUs interrupted so far */
	struct task_struct *kthread_ptr;	/* NULL until it runs; then for ever */
	unsigned long lazy_jiffies;		/* what lazy callbacks may wait; 0: no */

	rcu_tasks_gp_func_t gp_func;
	pregp_func_t pregp_func;		/* what the list of tasks lacks */
	pertask_func_t pertask_func;		/* for each task: is it one to wait for? */
	postscan_func_t postscan_func;		/* behind them: those in between */
	holdouts_func_t holdouts_func;		/* who of those is done? */
	postgp_func_t postgp_func;		/* order everything before the callbacks */
	call_rcu_func_t call_func;
	unsigned int wait_state;		/* how synchronize_ waits */

	struct rcu_tasks_percpu __percpu *rtpcpu;
	int percpu_enqueue_shift;		/* queue of a CPU: cpu >> this */
	int percpu_enqueue_lim;			/* callbacks go to queues below this: 1 or all */
	int percpu_dequeue_lim;			/* and may be found in those below this */
	unsigned long percpu_dequeue_gpseq;	/* RCU cookie: by then nobody uses the old shift */

	struct mutex barrier_q_mutex;		/* one barrier at a time */
	atomic_t barrier_q_count;		/* callbacks it waits for, and one */
	struct completion barrier_q_completion;
	unsigned long barrier_q_seq;		/* barriers, numbered like grace periods */

	const char *name;			/* "RCU Tasks" */
	const char *kname;			/* "rcu_tasks" */
};

/* Doors of a flavour that has callbacks: see <linux/rcupdate.h>, <linux/rcupdate_trace.h>. */
#define RCU_TASKS_DOORS(x)								\
void call_rcu_##x(struct rcu_head *rhp, rcu_callback_t func)				\
{											\
	rcu_tasks_call(rhp, func, &rcu_##x);						\
}											\
void rcu_barrier_##x(void)								\
{											\
	rcu_tasks_barrier(&rcu_##x);							\
}

/* The rest: what differs from the common, as designated initialisers. */
#define DEFINE_RCU_TASKS(rt_name, gp, call, n, ...)					\
static DEFINE_PER_CPU(struct rcu_tasks_percpu, rt_name##__percpu);			\
struct rcu_tasks rt_name = {							\
	.cbs_wait = __RCUWAIT_INITIALIZER(rt_name.cbs_wait),				\
	.cbs_gbl_lock = __RAW_SPIN_LOCK_UNLOCKED(rt_name.cbs_gbl_lock),			\
	.tasks_gp_mutex = __MUTEX_INITIALIZER(rt_name.tasks_gp_mutex),			\
	.gp_func = gp,									\
	.call_func = call,								\
	.rtpcpu = &rt_name##__percpu,							\
	.percpu_enqueue_lim = 1,							\
	.percpu_dequeue_lim = 1,							\
	.barrier_q_mutex = __MUTEX_INITIALIZER(rt_name.barrier_q_mutex),		\
	.barrier_q_seq = RCU_SEQ_INIT,							\
	.tasks_gp_seq = RCU_SEQ_INIT,							\
	.name = n,									\
	.kname = #rt_name,								\
	__VA_ARGS__									\
};											\
struct task_struct *get_##rt_name##_gp_kthread(void)					\
{											\
	return READ_ONCE(rt_name.kthread_ptr);						\
}

extern struct rcu_tasks rcu_tasks;
extern struct rcu_tasks rcu_tasks_rude;
extern struct rcu_tasks rcu_tasks_trace;

/* tasks.c, for the flavours */
void rcu_tasks_wait_gp(struct rcu_tasks *rtp);
void rcu_tasks_call(struct rcu_head *rhp, rcu_callback_t func, struct rcu_tasks *rtp);
void rcu_tasks_synchronize(struct rcu_tasks *rtp);
void rcu_tasks_barrier(struct rcu_tasks *rtp);
void rcu_tasks_stall_begin(const char *kname, bool *firstreport);

/* What tests and statistics ask. */
const char *rcu_tasks_state_name(struct rcu_tasks *rtp);
void rcu_tasks_show(struct seq_file *m);

/* A grace period that lasts longer is reported, in jiffies; 0: never. */
extern int rcu_task_stall_timeout;
/* Busy locks within a tick before each CPU gets a queue. */
extern int rcu_task_contend_lim;

#endif /* _KERNEL_RCU_TASKS_H */
