/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_SCHED_SIGNAL_H
#define _LINUX_SCHED_SIGNAL_H

/*
 * Whether a sleeping task should be woken because of a signal, and the walks over all tasks.
 * (Signal queues and delivery join here with user processes.)
 */

#include <linux/hrtimer.h>
#include <linux/rculist.h>
#include <linux/refcount.h>
#include <linux/resource.h>
#include <linux/rwsem.h>
#include <linux/sched.h>
#include <linux/sched/jobctl.h>
#include <linux/sched/task.h>
#include <linux/sched/types.h>
#include <linux/seqlock.h>
#include <linux/signal_types.h>
#include <linux/spinlock.h>
#include <linux/wait.h>

struct core_state;
struct tty_struct;

/* What each signal does to a process, and the lock of its signals. Shared by CLONE_SIGHAND. */
struct sighand_struct {
	spinlock_t siglock;		/* guards action, and what says so below */
	refcount_t count;
	wait_queue_head_t signalfd_wqh;
	struct k_sigaction action[_NSIG];
};

struct multiprocess_signals {
	sigset_t signal;
	struct hlist_node node;
};

/*
 * struct signal_struct - what the threads of a process share, beside memory and files
 *
 * Fields: s = siglock, L = tasklist_lock, a = atomic, g = the group leader's task_lock, q =
 * stats_lock.
 */
struct signal_struct {
	refcount_t sigcnt;			/* references to the struct */
	atomic_t live;				/* a: threads that have not begun to exit */
	int nr_threads;				/* s, L */
	int quick_threads;			/* s: not counted in group_exec_task's wait */
	struct list_head thread_head;		/* L */
	wait_queue_head_t wait_chldexit;	/* parents in wait4() */
	struct task_struct *curr_target;	/* s: whom the next signal for all goes to */
	struct sigpending shared_pending;	/* s: signals for any thread */
	struct hlist_head multiprocess;		/* s: fork()s under way that want to know */
	int group_exit_code;			/* s: of exit_group(), or a fatal signal */
	int notify_count;			/* s: exec waits until so many threads are left */
	struct task_struct *group_exec_task;	/* s: who execs */
	int group_stop_count;			/* s: threads that have yet to stop */
	unsigned int flags;			/* s: SIGNAL_* */
	struct core_state *core_state;		/* s: a core dump is under way */
	unsigned int is_child_subreaper:1;	/* s: PR_SET_CHILD_SUBREAPER */
	unsigned int has_child_subreaper:1;	/* s */

	unsigned int next_posix_timer_id;	/* s */
	struct hlist_head posix_timers;		/* s: POSIX timers */
	struct hlist_head ignored_posix_timers;	/* s */
	struct hrtimer real_timer;		/* ITIMER_REAL */
	ktime_t it_real_incr;			/* s */
	struct {
		u64 expires, incr;		/* ns */
	} it[2];				/* s: ITIMER_PROF, ITIMER_VIRTUAL */

	struct pid *pids[PIDTYPE_MAX];		/* L: process, group, session */
	struct pid *tty_old_pgrp;		/* s */
	int leader;				/* L: of its session */
	struct tty_struct *tty;			/* s: controlling terminal */

	seqlock_t stats_lock;
	u64 utime, stime, cutime, cstime;	/* q: ns, of dead threads and waited-for children */
	u64 gtime, cgtime;
	unsigned long nvcsw, nivcsw, cnvcsw, cnivcsw;
	unsigned long min_flt, maj_flt, cmin_flt, cmaj_flt;
	unsigned long inblock, oublock, cinblock, coublock;
	unsigned long maxrss, cmaxrss;
	unsigned long long sum_sched_runtime;
	struct rlimit rlim[RLIM_NLIMITS];	/* g */

	bool oom_flag_origin;
	short oom_score_adj;			/* s */
	short oom_score_adj_min;
	struct mm_struct *oom_mm;		/* kept for the OOM killer */
	struct mutex cred_guard_mutex;		/* against ptrace while exec changes credentials */
	struct rw_semaphore exec_update_lock;	/* exec changes mm and credentials */
};

/* signal_struct.flags */
#define SIGNAL_STOP_STOPPED	0x00000001	/* the process is stopped */
#define SIGNAL_STOP_CONTINUED	0x00000002	/* SIGCONT has come: for waitid() */
#define SIGNAL_GROUP_EXIT	0x00000004	/* all threads are to exit */
#define SIGNAL_CLD_STOPPED	0x00000010	/* the parent is to be told */
#define SIGNAL_CLD_CONTINUED	0x00000020
#define SIGNAL_CLD_MASK		(SIGNAL_CLD_STOPPED | SIGNAL_CLD_CONTINUED)
#define SIGNAL_UNKILLABLE	0x00000040	/* init: what it doesn't handle does nothing */
#define SIGNAL_STOP_MASK	(SIGNAL_CLD_MASK | SIGNAL_STOP_STOPPED | SIGNAL_STOP_CONTINUED)

/* A limit of a task whose signal_struct stays: current's, or under a lock. Kernel threads have none. */
static inline unsigned long task_rlimit(const struct task_struct *task, unsigned int limit)
{
	return task->signal ? READ_ONCE(task->signal->rlim[limit].rlim_cur) : RLIM_INFINITY;
}

static inline unsigned long task_rlimit_max(const struct task_struct *task, unsigned int limit)
{
	return task->signal ? READ_ONCE(task->signal->rlim[limit].rlim_max) : RLIM_INFINITY;
}

static inline unsigned long rlimit(unsigned int limit)
{
	return task_rlimit(current, limit);
}

static inline unsigned long rlimit_max(unsigned int limit)
{
	return task_rlimit_max(current, limit);
}

static inline int signal_pending(struct task_struct *p)
{
	/*
	 * TIF_NOTIFY_SIGNAL asks for task work from a sleep as a signal would, without being one.
	 */
	if (unlikely(test_tsk_thread_flag(p, TIF_NOTIFY_SIGNAL)))
		return 1;
	return unlikely(test_tsk_thread_flag(p, TIF_SIGPENDING));
}

/* A kernel thread takes no signals; a user task's queues will be asked for SIGKILL here. */
int __fatal_signal_pending(struct task_struct *p);

static inline int fatal_signal_pending(struct task_struct *p)
{
	return signal_pending(p) && __fatal_signal_pending(p);
}

/* May a task with this __state stay asleep? */
static inline int signal_pending_state(unsigned int state, struct task_struct *p)
{
	if (!(state & (TASK_INTERRUPTIBLE | TASK_WAKEKILL)))
		return 0;
	if (!signal_pending(p))
		return 0;
	return (state & TASK_INTERRUPTIBLE) || __fatal_signal_pending(p);
}

static inline int thread_group_empty(struct task_struct *p)
{
	return p->group_leader == p && list_empty(&p->thread_node);
}

static inline bool thread_group_leader(struct task_struct *p)
{
	return p->exit_signal >= 0;
}

#define tasklist_empty()	list_empty(&init_task.tasks)

#define next_task(p) \
	list_entry_rcu((p)->tasks.next, struct task_struct, tasks)

/* All thread-group leaders but init_task. Under tasklist_lock or RCU. */
#define for_each_process(p) \
	for ((p) = &init_task; ((p) = next_task(p)) != &init_task; )

/*
 * Every thread of every process. Kernel threads are groups of one; the inner walk over a group's
 * threads arrives with user threads.
 */
#define for_each_process_thread(p, t) \
	for_each_process(p) for ((t) = (p); (t); (t) = NULL)


#endif /* _LINUX_SCHED_SIGNAL_H */
