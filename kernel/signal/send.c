// SPDX-License-Identifier: MIT
/*
 * Sending a signal.
 *
 *	prepare_signal()	stop and continue signals undo each other; does anybody care?
 *	the queue		an entry, by queue.c
 *	complete_signal()	which thread is to look; a fatal one is decided on here, for all
 *
 * A signal that is blocked is queued even if it is ignored now: by the time it is unblocked there
 * may be a handler.
 *
 * "force" as an argument means that the sender is the kernel: then even init, which is otherwise
 * touched only by what it handles (SIGNAL_UNKILLABLE), gets SIGKILL and SIGSTOP.
 */

#include "signal.h"

#include <linux/cred.h>
#include <linux/export.h>
#include <linux/pid.h>
#include <linux/posix-timers.h>
#include <linux/ptrace.h>
#include <linux/sched/task.h>
#include <linux/signalfd.h>
#include <linux/uidgid.h>

/* --- Does it matter? ------------------------------------------------------------------------ */

/*
 * Would the task do nothing at all about @sig? By its handler:
 *
 *	SIG_IGN			yes
 *	SIG_DFL			init: nobody may kill or stop it; an unkillable one (init of a
 *				container) listens to the kernel's SIGKILL and SIGSTOP alone;
 *				others: if that is the default
 *	SIG_KTHREAD_KERNEL	a kernel thread that listens to the kernel alone
 *	its own			no
 */
static bool has_no_effect(struct task_struct *t, int sig, bool from_kernel)
{
	__sighandler_t handler = sig_handler(t, sig);

	if (handler == SIG_DFL) {
		if (is_global_init(t) && sig_kernel_only(sig))
			return true;
		if (t->signal->flags & SIGNAL_UNKILLABLE)
			return !from_kernel || !sig_kernel_only(sig);
		return sig_kernel_ignore(sig);
	}
	if (handler == SIG_KTHREAD_KERNEL && (t->flags & PF_KTHREAD))
		return !from_kernel;
	return handler == SIG_IGN;
}

/* May @sig be forgotten at once? Not if it could matter later, or to a tracer. */
static bool is_worth_nothing(struct task_struct *t, int sig, bool from_kernel)
{
	bool may_matter_later = sigismember(&t->blocked, sig) || sigismember(&t->real_blocked, sig);
	bool is_shown_to_tracer = t->ptrace && sig != SIGKILL;

	return !may_matter_later && !is_shown_to_tracer && has_no_effect(t, sig, from_kernel);
}

/* --- Stop and continue ---------------------------------------------------------------------- */

static void flush_from_all(struct task_struct *p, unsigned long mask)
{
	struct task_struct *t;
	sigset_t set;

	siginitset(&set, mask);
	flush_sigqueue_mask(&set, &p->signal->shared_pending);
	for_each_thread(p, t)
		flush_sigqueue_mask(&set, &t->pending);
}

/*
 * SIGCONT continues when it is sent, whatever becomes of the signal itself: blocked, ignored or
 * handled. The parent learns of it from the first thread that runs (get_signal()), since it can't
 * be told under this lock.
 */
static void continue_process(struct task_struct *p)
{
	struct signal_struct *signal = p->signal;
	unsigned int why = 0;
	struct task_struct *t;

	flush_from_all(p, SIG_KERNEL_STOP_MASK);
	for_each_thread(p, t) {
		task_clear_jobctl_pending(t, JOBCTL_STOP_PENDING);
		if (likely(!ptrace_seized(t))) {
			t->jobctl &= ~JOBCTL_STOPPED;
			wake_up_state(t, __TASK_STOPPED);
		} else {
			ptrace_trap_notify(t);
		}
	}
	/* A stop that was not complete ends as one that was: stopped, then continued. */
	if (signal->flags & SIGNAL_STOP_STOPPED)
		why = SIGNAL_CLD_CONTINUED;
	else if (signal->group_stop_count)
		why = SIGNAL_CLD_STOPPED;
	if (why) {
		signal_set_stop_flags(signal, why | SIGNAL_STOP_CONTINUED);
		signal->group_stop_count = 0;
		signal->group_exit_code = 0;
	}
}

/* Return: is the signal to be queued at all? */
static bool prepare_signal(int sig, struct task_struct *p, bool force)
{
	struct signal_struct *signal = p->signal;

	/* It dies already. A core dump in progress may be broken off. */
	if (signal->flags & SIGNAL_GROUP_EXIT)
		return signal->core_state && sig == SIGKILL;
	if (sig_kernel_stop(sig))
		flush_from_all(p, sigmask(SIGCONT));
	else if (sig == SIGCONT)
		continue_process(p);
	return !is_worth_nothing(p, sig, force);
}

/* --- Who looks -------------------------------------------------------------------------------- */

/*
 * Would the thread take @sig soon? One that has other signals to see to is passed over, unless it
 * runs right now: then it is on its way to them.
 */
static bool is_ready_for(int sig, struct task_struct *t)
{
	if ((t->flags & PF_EXITING) || sigismember(&t->blocked, sig))
		return false;
	return sig == SIGKILL ||
	       (!task_is_stopped_or_traced(t) && (!task_sigpending(t) || task_curr(t)));
}

/* The thread that shall take a signal that is queued, or NULL: nobody wants it now. */
static struct task_struct *choose_thread(int sig, struct task_struct *p, enum pid_type type)
{
	struct task_struct *first = p->signal->curr_target, *t = first;

	/* The one it was sent to, which for a process is its first: cheapest and usually right. */
	if (is_ready_for(sig, p))
		return p;
	if (type == PIDTYPE_PID || thread_group_empty(p))
		return NULL;
	/* The others in turn, from where the last search ended: no thread gets them all. */
	do {
		if (is_ready_for(sig, t)) {
			p->signal->curr_target = t;
			return t;
		}
		t = next_thread(t);
	} while (t != first);
	return NULL;
}

static bool sig_fatal(struct task_struct *t, int sig)
{
	return !siginmask(sig, SIG_KERNEL_IGNORE_MASK | SIG_KERNEL_STOP_MASK) &&
	       sig_handler(t, sig) == SIG_DFL;
}

/* Will it end the process as soon as @t looks, without a dump or a tracer in the way? */
static bool ends_process(int sig, struct task_struct *p, struct task_struct *t)
{
	struct signal_struct *signal = p->signal;

	return sig_fatal(p, sig) && (signal->core_state || !(signal->flags & SIGNAL_GROUP_EXIT)) &&
	       !sigismember(&t->real_blocked, sig) && (sig == SIGKILL || !p->ptrace) &&
	       !(unlikely(signal->flags & SIGNAL_UNKILLABLE) && !sig_kernel_only(sig)) &&
	       !sig_kernel_coredump(sig);
}

static void kill_all_threads(struct task_struct *p, int sig)
{
	struct signal_struct *signal = p->signal;
	struct task_struct *t;

	signal->flags = SIGNAL_GROUP_EXIT;
	signal->group_exit_code = sig;
	signal->group_stop_count = 0;
	__for_each_thread(signal, t) {
		task_clear_jobctl_pending(t, JOBCTL_PENDING_MASK);
		sigaddset(&t->pending.signal, SIGKILL);
		signal_wake_up(t, 1);
	}
}

static void complete_signal(int sig, struct task_struct *p, enum pid_type type)
{
	struct task_struct *t = choose_thread(sig, p, type);

	if (!t)
		return;
	if (ends_process(sig, p, t)) {
		kill_all_threads(p, sig);
		return;
	}
	signal_wake_up(t, sig == SIGKILL);
}

/**
 * signal_wake_up_state - make a task look at its signals
 * @t: the task, locked
 * @state: states to wake it from, beside TASK_INTERRUPTIBLE
 *
 * If it runs, in user mode say, on another CPU, that CPU is interrupted.
 */
void signal_wake_up_state(struct task_struct *t, unsigned int state)
{
	set_tsk_thread_flag(t, TIF_SIGPENDING);
	if (!wake_up_state(t, state | TASK_INTERRUPTIBLE))
		kick_process(t);
}

/* --- Sending ------------------------------------------------------------------------------------ */

static bool is_queued_already(struct sigpending *pending, int sig)
{
	return sig < SIGRTMIN && sigismember(&pending->signal, sig);
}

static void fill_siginfo(kernel_siginfo_t *to, int sig, struct kernel_siginfo *info)
{
	if (info != SEND_SIG_NOINFO && info != SEND_SIG_PRIV) {
		copy_siginfo(to, info);
		return;
	}
	clear_siginfo(to);
	to->si_signo = sig;
	if (info == SEND_SIG_NOINFO) {
		to->si_code = SI_USER;
		to->si_pid = task_tgid_nr(current);
		to->si_uid = from_kuid_munged(&init_user_ns, current_uid());
	} else {
		to->si_code = SI_KERNEL;
	}
}

/* What a fork() that is under way will give to the child as well. */
static void add_to_forks(struct task_struct *t, int sig)
{
	struct multiprocess_signals *delayed;

	hlist_for_each_entry(delayed, &t->signal->multiprocess, node) {
		if (sig == SIGCONT)
			sigdelsetmask(&delayed->signal, SIG_KERNEL_STOP_MASK);
		else if (sig_kernel_stop(sig))
			sigdelset(&delayed->signal, SIGCONT);
		sigaddset(&delayed->signal, sig);
	}
}

int __send_signal_locked(int sig, struct kernel_siginfo *info, struct task_struct *t,
			 enum pid_type type, bool force)
{
	struct sigpending *pending;
	struct sigqueue *q = NULL;
	bool override;

	lockdep_assert_held(&locked_sighand(t)->siglock);
	if (!prepare_signal(sig, t, force))
		return 0;
	pending = type != PIDTYPE_PID ? &t->signal->shared_pending : &t->pending;
	if (is_queued_already(pending, sig))
		return 0;

	/* Nobody will ask what a SIGKILL was about. */
	if (sig != SIGKILL && !(t->flags & PF_KTHREAD)) {
		override = sig < SIGRTMIN && (is_si_special(info) || info->si_code >= 0);
		q = sigqueue_alloc_for(t, GFP_ATOMIC, override);
		if (q) {
			fill_siginfo(&q->info, sig, info);
			list_add_tail(&q->list, &pending->list);
		} else if (!is_si_special(info) && sig >= SIGRTMIN && info->si_code != SI_USER) {
			/* sigqueue() promises to say so. */
			return -EAGAIN;
		}
	}
	signalfd_notify(t, sig);
	sigaddset(&pending->signal, sig);
	if (type > PIDTYPE_TGID)
		add_to_forks(t, sig);
	complete_signal(sig, t, type);
	return 0;
}

static bool has_si_pid_and_uid(struct kernel_siginfo *info)
{
	switch (siginfo_layout(info->si_signo, info->si_code)) {
	case SIL_KILL:
	case SIL_CHLD:
	case SIL_RT:
		return true;
	default:
		return false;
	}
}

/**
 * send_signal_locked - send, under the receiver's siglock
 * @sig: the signal, valid and not 0
 * @info: its siginfo, SEND_SIG_NOINFO or SEND_SIG_PRIV
 * @t: the receiver, locked
 * @type: PIDTYPE_PID: this thread; PIDTYPE_TGID and up: its process
 *
 * Return: 0 (also if it doesn't matter to the receiver), -EAGAIN if a real-time signal can't be
 * queued.
 */
int send_signal_locked(int sig, struct kernel_siginfo *info, struct task_struct *t,
		       enum pid_type type)
{
	bool force;

	if (info == SEND_SIG_NOINFO)
		force = !task_pid_nr(current);
	else if (info == SEND_SIG_PRIV)
		force = true;
	else
		force = has_si_pid_and_uid(info) && !info->si_pid;
	return __send_signal_locked(sig, info, t, type, force);
}

/**
 * do_send_sig_info - send to a task that may be exiting
 * @sig: the signal
 * @info: as for send_signal_locked()
 * @p: the receiver, referenced or under RCU
 * @type: as for send_signal_locked()
 *
 * Context: any but NMI. Return: as send_signal_locked(); -ESRCH if it is gone.
 */
int do_send_sig_info(int sig, struct kernel_siginfo *info, struct task_struct *p,
		     enum pid_type type)
{
	unsigned long flags;
	int ret;

	if (!lock_task_sighand(p, &flags))
		return -ESRCH;
	ret = send_signal_locked(sig, info, p, type);
	unlock_task_sighand(p, &flags);
	return ret;
}

int send_sig_info(int sig, struct kernel_siginfo *info, struct task_struct *p)
{
	if (!valid_signal(sig))
		return -EINVAL;
	return do_send_sig_info(sig, info, p, PIDTYPE_PID);
}
EXPORT_SYMBOL(send_sig_info);

#define si_of_priv(priv)	((priv) ? SEND_SIG_PRIV : SEND_SIG_NOINFO)

int send_sig(int sig, struct task_struct *p, int priv)
{
	return send_sig_info(sig, si_of_priv(priv), p);
}
EXPORT_SYMBOL(send_sig);

/* --- The queue entry of a POSIX timer -------------------------------------------------------- */

/**
 * send_sigqueue - send the signal of a timer
 * @q: its entry, made by sigqueue_alloc(), info filled
 * @pid: of the thread or process
 * @type: which
 *
 * If the last one still waits, it is told that one more came.
 *
 * Context: any but NMI.
 * Return: 0; 1 if the signal is ignored; -1 if there is no such task.
 */
int send_sigqueue(struct sigqueue *q, struct pid *pid, enum pid_type type)
{
	int sig = q->info.si_signo;
	struct sigpending *pending;
	struct task_struct *t;
	unsigned long flags;
	int ret = -1;

	rcu_read_lock();
	t = pid_task(pid, type);
	if (!t || !lock_task_sighand(t, &flags))
		goto out;
	ret = 1;
	if (!prepare_signal(sig, t, false))
		goto unlock;
	ret = 0;
	if (unlikely(!list_empty(&q->list))) {
		q->info.si_overrun++;
		goto unlock;
	}
	q->info.si_overrun = 0;
	signalfd_notify(t, sig);
	pending = type != PIDTYPE_PID ? &t->signal->shared_pending : &t->pending;
	list_add_tail(&q->list, &pending->list);
	sigaddset(&pending->signal, sig);
	complete_signal(sig, t, type);
unlock:
	unlock_task_sighand(t, &flags);
out:
	rcu_read_unlock();
	return ret;
}

/* --- The current task's own fault -------------------------------------------------------------- */

enum sig_handler {
	HANDLER_CURRENT,	/* if it can be run */
	HANDLER_SIG_DFL,	/* the default, which ends the program */
	HANDLER_EXIT,		/* that, and no debugger may stop it */
};

/*
 * A fault can't be refused: to go on would only fault again. So a signal that is blocked or ignored
 * gets its default action, which is to die.
 */
static int force_sig_info_to_task(struct kernel_siginfo *info, struct task_struct *t,
				  enum sig_handler handler)
{
	int ret, sig = info->si_signo;
	struct k_sigaction *action;
	bool blocked, ignored;
	unsigned long flags;

	if (!lock_task_sighand(t, &flags))
		return -ESRCH;
	action = &locked_sighand(t)->action[sig - 1];
	ignored = action->sa.sa_handler == SIG_IGN;
	blocked = sigismember(&t->blocked, sig);
	if (blocked || ignored || handler != HANDLER_CURRENT) {
		action->sa.sa_handler = SIG_DFL;
		if (handler == HANDLER_EXIT)
			action->sa.sa_flags |= SA_IMMUTABLE;
		if (blocked)
			sigdelset(&t->blocked, sig);
	}
	/* Not even init survives its own fault. */
	if (action->sa.sa_handler == SIG_DFL && (!t->ptrace || handler == HANDLER_EXIT))
		t->signal->flags &= ~SIGNAL_UNKILLABLE;
	ret = send_signal_locked(sig, info, t, PIDTYPE_PID);
	/* It may have been pending, blocked, from before: then nothing has raised the flag. */
	if (!task_sigpending(t))
		signal_wake_up(t, 0);
	unlock_task_sighand(t, &flags);
	return ret;
}

/**
 * force_sig_info - a signal that the current task can't refuse
 * @info: the siginfo; si_signo says which
 *
 * Context: task context.
 */
int force_sig_info(struct kernel_siginfo *info)
{
	return force_sig_info_to_task(info, current, HANDLER_CURRENT);
}

static void init_kernel_siginfo(struct kernel_siginfo *info, int sig)
{
	clear_siginfo(info);
	info->si_signo = sig;
	info->si_code = SI_KERNEL;
}

static void force_sig_by(int sig, enum sig_handler handler)
{
	struct kernel_siginfo info;

	init_kernel_siginfo(&info, sig);
	force_sig_info_to_task(&info, current, handler);
}

void force_sig(int sig)
{
	force_sig_by(sig, HANDLER_CURRENT);
}
EXPORT_SYMBOL(force_sig);

void force_fatal_sig(int sig)
{
	force_sig_by(sig, HANDLER_SIG_DFL);
}

void force_exit_sig(int sig)
{
	force_sig_by(sig, HANDLER_EXIT);
}

/**
 * force_sigsegv - the frame of @sig's handler could not be written
 * @sig: the signal that was to be handled
 *
 * If it was SIGSEGV itself, its handler can't be run.
 */
void force_sigsegv(int sig)
{
	if (sig == SIGSEGV)
		force_fatal_sig(SIGSEGV);
	else
		force_sig(SIGSEGV);
}

static void init_fault_siginfo(struct kernel_siginfo *info, int sig, int code, void __user *addr)
{
	clear_siginfo(info);
	info->si_signo = sig;
	info->si_code = code;
	info->si_addr = addr;
}

int force_sig_fault_to_task(int sig, int code, void __user *addr, struct task_struct *t)
{
	struct kernel_siginfo info;

	init_fault_siginfo(&info, sig, code, addr);
	return force_sig_info_to_task(&info, t, HANDLER_CURRENT);
}

/**
 * force_sig_fault - a fault of the current task's program
 * @sig: SIGSEGV, SIGBUS, SIGILL, SIGFPE or SIGTRAP
 * @code: si_code
 * @addr: si_addr
 *
 * Context: task context. Return: 0.
 */
int force_sig_fault(int sig, int code, void __user *addr)
{
	return force_sig_fault_to_task(sig, code, addr, current);
}

int send_sig_fault(int sig, int code, void __user *addr, struct task_struct *t)
{
	struct kernel_siginfo info;

	init_fault_siginfo(&info, sig, code, addr);
	return send_sig_info(sig, &info, t);
}

/* Memory that has gone bad; @lsb: how much of it, as the lowest valid bit of @addr. */
int force_sig_mceerr(int code, void __user *addr, short lsb)
{
	struct kernel_siginfo info;

	WARN_ON(code != BUS_MCEERR_AO && code != BUS_MCEERR_AR);
	init_fault_siginfo(&info, SIGBUS, code, addr);
	info.si_addr_lsb = lsb;
	return force_sig_info(&info);
}

int send_sig_mceerr(int code, void __user *addr, short lsb, struct task_struct *t)
{
	struct kernel_siginfo info;

	WARN_ON(code != BUS_MCEERR_AO && code != BUS_MCEERR_AR);
	init_fault_siginfo(&info, SIGBUS, code, addr);
	info.si_addr_lsb = lsb;
	return send_sig_info(SIGBUS, &info, t);
}

int force_sig_bnderr(void __user *addr, void __user *lower, void __user *upper)
{
	struct kernel_siginfo info;

	init_fault_siginfo(&info, SIGSEGV, SEGV_BNDERR, addr);
	info.si_lower = lower;
	info.si_upper = upper;
	return force_sig_info(&info);
}

int force_sig_pkuerr(void __user *addr, u32 pkey)
{
	struct kernel_siginfo info;

	init_fault_siginfo(&info, SIGSEGV, SEGV_PKUERR, addr);
	info.si_pkey = pkey;
	return force_sig_info(&info);
}

int force_sig_ptrace_errno_trap(int errno, void __user *addr)
{
	struct kernel_siginfo info;

	init_fault_siginfo(&info, SIGTRAP, TRAP_HWBKPT, addr);
	info.si_errno = errno;
	return force_sig_info(&info);
}

int force_sig_fault_trapno(int sig, int code, void __user *addr, int trapno)
{
	struct kernel_siginfo info;

	init_fault_siginfo(&info, sig, code, addr);
	info.si_trapno = trapno;
	return force_sig_info(&info);
}

/* --- The other threads -------------------------------------------------------------------------- */

/**
 * zap_other_threads - let all threads but one die
 * @p: the one, its process locked
 *
 * Return: how many others there are, dead ones that aren't reaped included.
 */
int zap_other_threads(struct task_struct *p)
{
	struct task_struct *t = p;
	int count = 0;

	p->signal->group_stop_count = 0;
	while_each_thread(p, t) {
		task_clear_jobctl_pending(t, JOBCTL_PENDING_MASK);
		count++;
		if (t->exit_state)
			continue;
		sigaddset(&t->pending.signal, SIGKILL);
		signal_wake_up(t, 1);
	}
	return count;
}
