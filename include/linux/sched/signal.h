/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_SCHED_SIGNAL_H
#define _LINUX_SCHED_SIGNAL_H

/*
 * What the threads of a process share beside memory and files: signals, limits, accounts, the
 * places in the tables of process groups and sessions. And the walks over all tasks.
 *
 * Every task has a signal_struct and a sighand_struct, kernel threads too; those share
 * init_sighand, which ignores everything.
 *
 * task->signal stays until the task_struct goes (sigcnt). task->sighand becomes NULL when the task
 * is reaped: who isn't the task itself uses lock_task_sighand(), or holds tasklist_lock.
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

extern struct signal_struct init_signals;
extern struct sighand_struct init_sighand;

void __cleanup_sighand(struct sighand_struct *sighand);
void put_signal_struct(struct signal_struct *sig);

/* A limit of a task that stays: current, or one with a reference. */
static inline unsigned long task_rlimit(const struct task_struct *task, unsigned int limit)
{
	return READ_ONCE(task->signal->rlim[limit].rlim_cur);
}

static inline unsigned long task_rlimit_max(const struct task_struct *task, unsigned int limit)
{
	return READ_ONCE(task->signal->rlim[limit].rlim_max);
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

static inline void signal_set_stop_flags(struct signal_struct *sig, unsigned int flags)
{
	WARN_ON(sig->flags & SIGNAL_GROUP_EXIT);
	sig->flags = (sig->flags & ~SIGNAL_STOP_MASK) | flags;
}

/* ---- threads of a process, members of groups ---- */

static inline bool thread_group_leader(struct task_struct *p)
{
	return p->exit_signal >= 0;
}

static inline bool same_thread_group(struct task_struct *p1, struct task_struct *p2)
{
	return p1->signal == p2->signal;
}

static inline int thread_group_empty(struct task_struct *p)
{
	return thread_group_leader(p) && list_is_last(&p->thread_node, &p->signal->thread_head);
}

/* With tasklist_lock: a dead leader that is kept until its last thread has gone. */
#define delay_group_leader(p)	(thread_group_leader(p) && !thread_group_empty(p))

static inline struct pid *task_tgid(struct task_struct *task)
{
	return task->signal->pids[PIDTYPE_TGID];
}

/* Stable under tasklist_lock or RCU; the group of current's own session is always stable. */
static inline struct pid *task_pgrp(struct task_struct *task)
{
	return task->signal->pids[PIDTYPE_PGID];
}

static inline struct pid *task_session(struct task_struct *task)
{
	return task->signal->pids[PIDTYPE_SID];
}

static inline int get_nr_threads(struct task_struct *task)
{
	return task->signal->nr_threads;
}

#define tasklist_empty()	list_empty(&init_task.tasks)

#define next_task(p) \
	list_entry_rcu((p)->tasks.next, struct task_struct, tasks)

/* All thread-group leaders but init_task. Under tasklist_lock or RCU. */
#define for_each_process(p) \
	for ((p) = &init_task; ((p) = next_task(p)) != &init_task; )

/* The threads of a process: under siglock, tasklist_lock or RCU. */
#define __for_each_thread(signal, t) \
	list_for_each_entry_rcu(t, &(signal)->thread_head, thread_node, \
				lockdep_is_held(&tasklist_lock))
#define for_each_thread(p, t)		__for_each_thread((p)->signal, t)
#define for_each_process_thread(p, t)	for_each_process(p) for_each_thread(p, t)

/* All threads but @p itself; the walk begins behind it and goes round. */
static inline struct task_struct *__next_thread(struct task_struct *p)
{
	return list_next_or_null_rcu(&p->signal->thread_head, &p->thread_node,
				     struct task_struct, thread_node);
}

static inline struct task_struct *next_thread(struct task_struct *p)
{
	struct task_struct *next = __next_thread(p);

	return next ? next : p->group_leader;
}

#define while_each_thread(g, t)		while (((t) = next_thread(t)) != (g))

/* ---- another task's signal lock ---- */

struct sighand_struct *__lock_task_sighand(struct task_struct *task, unsigned long *flags);

/* NULL if the task is reaped already. */
#define lock_task_sighand(task, flags)	__lock_task_sighand((task), (flags))

static inline void unlock_task_sighand(struct task_struct *task, unsigned long *flags)
{
	spin_unlock_irqrestore(&rcu_dereference_protected(task->sighand, 1)->siglock, *flags);
}

/* ---- processes ---- */

struct rusage;
struct pid_namespace;

long kernel_wait4(pid_t upid, int __user *stat_addr, int options, struct rusage *ru);
int kernel_wait(pid_t pid, int *stat);
void getrusage(struct task_struct *p, int who, struct rusage *ru);
void __wake_up_parent(struct task_struct *p, struct task_struct *parent);
bool thread_group_exited(struct pid *pid);
void thread_group_cputime(struct task_struct *tsk, u64 *utime, u64 *stime);
void thread_group_cputime_adjusted(struct task_struct *p, u64 *ut, u64 *st);
void walk_process_tree(struct task_struct *top, bool (*visitor)(struct task_struct *, void *),
		       void *data);

#endif /* _LINUX_SCHED_SIGNAL_H */
