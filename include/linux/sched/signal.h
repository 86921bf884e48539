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
 *
 * siglock is taken with interrupts off, nests inside tasklist_lock and outside pi_lock and
 * run-queue locks (waking).
 */

#include <linux/hrtimer.h>
#include <linux/mutex.h>
#include <linux/posix-timers_types.h>
#include <linux/rculist.h>
#include <linux/refcount.h>
#include <linux/resource.h>
#include <linux/rwsem.h>
#include <linux/sched.h>
#include <linux/sched/jobctl.h>
#include <linux/sched/task.h>
#include <linux/sched/types.h>
#include <linux/seqlock.h>
#include <linux/signal.h>
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

	struct posix_cputimers posix_cputimers;	/* s: timers on the process' CPU time */
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
	struct task_io_accounting ioac;		/* q: of dead threads and waited-for children */
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

/** own_sighand - the handlers of the running task: nobody else takes them away */
static inline struct sighand_struct *own_sighand(void)
{
	return rcu_dereference_protected(current->sighand, true);
}

/** locked_sighand - a task's handlers, when siglock is held or tasklist_lock keeps them */
static inline struct sighand_struct *locked_sighand(struct task_struct *t)
{
	return rcu_dereference_protected(t->sighand, 1);
}

/** task_rlimit - soft limit RLIMIT_* of a task that stays: current, or one with a reference */
static inline unsigned long task_rlimit(const struct task_struct *task, unsigned int limit)
{
	return READ_ONCE(task->signal->rlim[limit].rlim_cur);
}

/** task_rlimit_max - hard limit RLIMIT_* of such a task */
static inline unsigned long task_rlimit_max(const struct task_struct *task, unsigned int limit)
{
	return READ_ONCE(task->signal->rlim[limit].rlim_max);
}

/** rlimit - current's soft limit RLIMIT_* */
static inline unsigned long rlimit(unsigned int limit)
{
	return task_rlimit(current, limit);
}

/** rlimit_max - current's hard limit RLIMIT_* */
static inline unsigned long rlimit_max(unsigned int limit)
{
	return task_rlimit_max(current, limit);
}

/** task_sigpending - has a task a signal to look at? */
static inline int task_sigpending(struct task_struct *p)
{
	return unlikely(test_tsk_thread_flag(p, TIF_SIGPENDING));
}

/** signal_pending - is a task to leave an interruptible sleep? For a signal, or for task work */
static inline int signal_pending(struct task_struct *p)
{
	/*
	 * TIF_NOTIFY_SIGNAL asks for task work from a sleep as a signal would, without being one.
	 */
	if (unlikely(test_tsk_thread_flag(p, TIF_NOTIFY_SIGNAL)))
		return 1;
	return unlikely(test_tsk_thread_flag(p, TIF_SIGPENDING));
}

/**
 * __fatal_signal_pending - is SIGKILL on its way? Every fatal signal becomes one
 * (complete_signal())
 */
static inline int __fatal_signal_pending(struct task_struct *p)
{
	return unlikely(sigismember(&p->pending.signal, SIGKILL));
}

/** fatal_signal_pending - is a task about to die of a signal? */
static inline int fatal_signal_pending(struct task_struct *p)
{
	return signal_pending(p) && __fatal_signal_pending(p);
}

/**
 * signal_pending_state - may a task not stay asleep in a state?
 * @state: TASK_*
 * @p: the task
 *
 * Return: nonzero if a signal has come that the state lets through.
 */
static inline int signal_pending_state(unsigned int state, struct task_struct *p)
{
	if (!(state & (TASK_INTERRUPTIBLE | TASK_WAKEKILL)))
		return 0;
	if (!signal_pending(p))
		return 0;
	return (state & TASK_INTERRUPTIBLE) || __fatal_signal_pending(p);
}

/**
 * signal_set_stop_flags - how far the process has got in stopping or going on
 * @sig: siglock is held; not while it exits
 * @flags: SIGNAL_STOP_*, SIGNAL_CLD_*
 */
static inline void signal_set_stop_flags(struct signal_struct *sig, unsigned int flags)
{
	WARN_ON(sig->flags & SIGNAL_GROUP_EXIT);
	sig->flags = (sig->flags & ~SIGNAL_STOP_MASK) | flags;
}

/* ---- threads of a process, members of groups ---- */

/** thread_group_leader - is a thread the one whose number is the process's? */
static inline bool thread_group_leader(struct task_struct *p)
{
	return p->exit_signal >= 0;
}

/** same_thread_group - are two threads of one process? */
static inline bool same_thread_group(struct task_struct *p1, struct task_struct *p2)
{
	return p1->signal == p2->signal;
}

/** thread_group_empty - is a thread its process's only one? */
static inline int thread_group_empty(struct task_struct *p)
{
	return thread_group_leader(p) && list_is_last(&p->thread_node, &p->signal->thread_head);
}

/**
 * delay_group_leader - a dead leader that is kept until its last thread has gone? Context:
 * tasklist_lock
 */
#define delay_group_leader(p)	(thread_group_leader(p) && !thread_group_empty(p))

/** task_tgid - the pid of a task's process */
static inline struct pid *task_tgid(struct task_struct *task)
{
	return task->signal->pids[PIDTYPE_TGID];
}

/** task_pgrp - the pid of a task's process group. Context: tasklist_lock or RCU keeps it */
static inline struct pid *task_pgrp(struct task_struct *task)
{
	return task->signal->pids[PIDTYPE_PGID];
}

/**
 * task_session - the pid of a task's session
 *
 * Context: tasklist_lock or RCU keeps it; current's own stays.
 */
static inline struct pid *task_session(struct task_struct *task)
{
	return task->signal->pids[PIDTYPE_SID];
}

/** get_nr_threads - threads of a task's process */
static inline int get_nr_threads(struct task_struct *task)
{
	return task->signal->nr_threads;
}

#define tasklist_empty()	list_empty(&init_task.tasks)

#define next_task(p) \
	list_entry_rcu((p)->tasks.next, struct task_struct, tasks)

/** for_each_process - all thread-group leaders but init_task. Context: tasklist_lock or RCU */
#define for_each_process(p) \
	for ((p) = &init_task; ((p) = next_task(p)) != &init_task; )

/* The threads of a process: under siglock, tasklist_lock or RCU. */
#define __for_each_thread(signal, t) \
	list_for_each_entry_rcu(t, &(signal)->thread_head, thread_node, \
				lockdep_is_held(&tasklist_lock))

/** for_each_thread - the threads of @p's process. Context: siglock, tasklist_lock or RCU */
#define for_each_thread(p, t)		__for_each_thread((p)->signal, t)
/** for_each_process_thread - all threads of all processes; to stop early, goto */
#define for_each_process_thread(p, t)	for_each_process(p) for_each_thread(p, t)

/**
 * __next_thread - the thread behind this one in its process's list; NULL at the end
 *
 * Context: RCU.
 */
static inline struct task_struct *__next_thread(struct task_struct *p)
{
	return list_next_or_null_rcu(&p->signal->thread_head, &p->thread_node,
				     struct task_struct, thread_node);
}

/** next_thread - the thread behind this one, round and round. Context: RCU */
static inline struct task_struct *next_thread(struct task_struct *p)
{
	struct task_struct *next = __next_thread(p);

	return next ? next : p->group_leader;
}

#define while_each_thread(g, t)		while (((t) = next_thread(t)) != (g))

/* ---- another task's signal lock ---- */

struct sighand_struct *__lock_task_sighand(struct task_struct *task, unsigned long *flags);

/**
 * lock_task_sighand - take the siglock of a task that may be exiting
 * @task: the task
 * @flags: as of spin_lock_irqsave()
 *
 * Return: its sighand, which stays while locked; NULL, nothing locked, if it is beyond signals.
 */
static inline struct sighand_struct *lock_task_sighand(struct task_struct *task,
						       unsigned long *flags)
{
	struct sighand_struct *ret;

	ret = __lock_task_sighand(task, flags);
	(void)__cond_lock(&task->sighand->siglock, ret);
	return ret;
}

/** unlock_task_sighand - undo lock_task_sighand() */
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
void thread_group_cputime(struct task_struct *tsk, struct task_cputime *times);
void thread_group_cputime_adjusted(struct task_struct *p, u64 *ut, u64 *st);
void walk_process_tree(struct task_struct *top, bool (*visitor)(struct task_struct *, void *),
		       void *data);

/* ---- sending ---- */

/*
 * Instead of a siginfo: nothing more than kill() would tell, from the current task or the kernel.
 */
#define SEND_SIG_NOINFO	((struct kernel_siginfo *)0)
#define SEND_SIG_PRIV	((struct kernel_siginfo *)1)

/** is_si_special - is it no siginfo but SEND_SIG_NOINFO or SEND_SIG_PRIV? */
static inline int is_si_special(const struct kernel_siginfo *info)
{
	return info <= SEND_SIG_PRIV;
}

int send_sig_info(int sig, struct kernel_siginfo *info, struct task_struct *p);
int send_sig(int sig, struct task_struct *p, int priv);
int zap_other_threads(struct task_struct *p);
int kill_pgrp_info(int sig, struct kernel_siginfo *info, struct pid *pgrp);
int __kill_pgrp_info(int sig, struct kernel_siginfo *info, struct pid *pgrp);
int kill_pid_info(int sig, struct kernel_siginfo *info, struct pid *pid);
int kill_pid_info_type(int sig, struct kernel_siginfo *info, struct pid *pid, enum pid_type type);
int kill_pgrp(struct pid *pid, int sig, int priv);
int kill_pid(struct pid *pid, int sig, int priv);

/* To the current task, which can't refuse: unblocked, and set to default if ignored. */
void force_sig(int sig);
void force_fatal_sig(int sig);
void force_exit_sig(int sig);
void force_sigsegv(int sig);
int force_sig_info(struct kernel_siginfo *info);
int force_sig_fault(int sig, int code, void __user *addr);
int force_sig_fault_to_task(int sig, int code, void __user *addr, struct task_struct *t);
int send_sig_fault(int sig, int code, void __user *addr, struct task_struct *t);
int force_sig_mceerr(int code, void __user *addr, short lsb);
int send_sig_mceerr(int code, void __user *addr, short lsb, struct task_struct *t);
int force_sig_bnderr(void __user *addr, void __user *lower, void __user *upper);
int force_sig_pkuerr(void __user *addr, u32 pkey);
int force_sig_ptrace_errno_trap(int errno, void __user *addr);
int force_sig_fault_trapno(int sig, int code, void __user *addr, int trapno);

/* ---- taking, stopping ---- */

int dequeue_signal(sigset_t *mask, kernel_siginfo_t *info, enum pid_type *type);
int kernel_dequeue_signal(void);
void recalc_sigpending(void);
void calculate_sigpending(void);
void recalc_sigpending_and_wake(struct task_struct *t);
void signal_wake_up_state(struct task_struct *t, unsigned int state);
void flush_signals(struct task_struct *t);
void flush_signal_handlers(struct task_struct *t, int force_default);
void ignore_signals(struct task_struct *t);
bool unhandled_signal(struct task_struct *tsk, int sig);
bool sigaltstack_size_valid(size_t ss_size);

/**
 * signal_wake_up - have a task look at its signals
 * @t: the task; siglock is held
 * @fatal: it is to die: also out of a stop, and of TASK_KILLABLE
 */
static inline void signal_wake_up(struct task_struct *t, bool fatal)
{
	unsigned int state = 0;

	/* A tracer that has frozen the task lets it run when it has looked. */
	if (fatal && !(t->jobctl & JOBCTL_PTRACE_FROZEN)) {
		t->jobctl &= ~(JOBCTL_STOPPED | JOBCTL_TRACED);
		state = TASK_WAKEKILL | __TASK_TRACED;
	}
	signal_wake_up_state(t, state);
}

/**
 * ptrace_signal_wake_up - the tracer has something for a task
 * @t: the task; siglock is held
 * @resume: also out of its trap
 */
static inline void ptrace_signal_wake_up(struct task_struct *t, bool resume)
{
	unsigned int state = 0;

	if (resume) {
		t->jobctl &= ~JOBCTL_TRACED;
		state = __TASK_TRACED;
	}
	signal_wake_up_state(t, state);
}

/**
 * restart_syscall - a system call that starts over because of a signal, not before that was dealt
 * with
 *
 * Return: what the system call is to return.
 */
static inline int restart_syscall(void)
{
	set_tsk_thread_flag(current, TIF_SIGPENDING);
	return -ERESTARTNOINTR;
}

/* ---- parents and groups ---- */

bool do_notify_parent(struct task_struct *tsk, int sig);
void do_notify_parent_cldstop(struct task_struct *tsk, bool for_ptracer, int why);
int is_current_pgrp_orphaned(void);
/* clone(): a new thread takes part in a stop that is under way. Under siglock. */
void task_join_group_stop(struct task_struct *task);
void kill_orphaned_pgrp(struct task_struct *tsk, struct task_struct *parent);

/* ---- birth and death of the structs ---- */

int copy_sighand(u64 clone_flags, struct task_struct *tsk);
int copy_signal(u64 clone_flags, struct task_struct *tsk);
void free_signal_struct(struct signal_struct *sig);
int unshare_sighand(struct task_struct *me);
void sighand_cache_init(void);
void signals_init(void);

/* ---- the mask of a call like ppoll() ---- */

/**
 * set_restore_sigmask - current's mask is to be saved_sigmask again when it returns to user mode
 */
static inline void set_restore_sigmask(void)
{
	set_thread_flag(TIF_RESTORE_SIGMASK);
}

/** clear_tsk_restore_sigmask - undo set_restore_sigmask() for a task that doesn't run */
static inline void clear_tsk_restore_sigmask(struct task_struct *task)
{
	clear_tsk_thread_flag(task, TIF_RESTORE_SIGMASK);
}

/** clear_restore_sigmask - undo set_restore_sigmask() */
static inline void clear_restore_sigmask(void)
{
	clear_thread_flag(TIF_RESTORE_SIGMASK);
}

/** test_tsk_restore_sigmask - is a task's mask to be restored? */
static inline bool test_tsk_restore_sigmask(struct task_struct *task)
{
	return test_tsk_thread_flag(task, TIF_RESTORE_SIGMASK);
}

/** test_restore_sigmask - is current's mask to be restored? */
static inline bool test_restore_sigmask(void)
{
	return test_thread_flag(TIF_RESTORE_SIGMASK);
}

/** test_and_clear_restore_sigmask - undo set_restore_sigmask(). Return: whether there was one */
static inline bool test_and_clear_restore_sigmask(void)
{
	return test_and_clear_thread_flag(TIF_RESTORE_SIGMASK);
}

/** restore_saved_sigmask - restore current's mask if it is to be restored */
static inline void restore_saved_sigmask(void)
{
	if (test_and_clear_restore_sigmask())
		__set_current_blocked(&current->saved_sigmask);
}

/**
 * restore_saved_sigmask_unless - the end of a call such as ppoll(2), which had a mask for its sleep
 * @interrupted: by a signal, whose handler runs first; its return restores the mask
 */
static inline void restore_saved_sigmask_unless(bool interrupted)
{
	if (interrupted)
		WARN_ON(!signal_pending(current));
	else
		restore_saved_sigmask();
}

/** sigmask_to_save - the mask that a handler's frame has to restore */
static inline sigset_t *sigmask_to_save(void)
{
	return unlikely(test_restore_sigmask()) ? &current->saved_sigmask : &current->blocked;
}

/* ---- the alternate stack ---- */

/** __on_sig_stack - is a stack pointer in current's alternate stack? */
static inline int __on_sig_stack(unsigned long sp)
{
	return sp > current->sas_ss_sp && sp - current->sas_ss_sp <= current->sas_ss_size;
}

/**
 * on_sig_stack - does current run on its alternate stack?
 * @sp: its stack pointer
 *
 * With SS_AUTODISARM being on it doesn't count: the handler may leave it by any way.
 * sigaltstack(2).
 */
static inline int on_sig_stack(unsigned long sp)
{
	if (current->sas_ss_flags & SS_AUTODISARM)
		return 0;
	return __on_sig_stack(sp);
}

/** sas_ss_flags - what sigaltstack(2) says of current: SS_DISABLE, SS_ONSTACK, 0 */
static inline int sas_ss_flags(unsigned long sp)
{
	if (!current->sas_ss_size)
		return SS_DISABLE;
	return on_sig_stack(sp) ? SS_ONSTACK : 0;
}

/** sas_ss_reset - a task has no alternate stack */
static inline void sas_ss_reset(struct task_struct *p)
{
	p->sas_ss_sp = 0;
	p->sas_ss_size = 0;
	p->sas_ss_flags = SS_DISABLE;
}

/**
 * sigsp - where a handler's frame goes: downwards from here
 * @sp: the program's stack pointer
 * @ksig: the signal; SA_ONSTACK counts
 */
static inline unsigned long sigsp(unsigned long sp, struct ksignal *ksig)
{
	if (unlikely((ksig->ka.sa.sa_flags & SA_ONSTACK)) && !sas_ss_flags(sp))
		return current->sas_ss_sp + current->sas_ss_size;
	return sp;
}

#endif /* _LINUX_SCHED_SIGNAL_H */
