// SPDX-License-Identifier: MIT
/*
 * Sending a signal.
 *
 *	is_to_be_queued()	stop and continue signals undo each other; does anybody care?
 *	add_to_queue()		one of each, or one for each sending; an entry, by queue.c
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

/* Out of a stop, or of one that has yet to come. A seized thread's tracer decides when it runs. */
static void continue_thread(struct task_struct *t)
{
	task_clear_jobctl_pending(t, JOBCTL_STOP_PENDING);
	if (unlikely(ptrace_seized(t))) {
		ptrace_trap_notify(t);
		return;
	}
	t->jobctl &= ~JOBCTL_STOPPED;
	wake_up_state(t, __TASK_STOPPED);
}

/*
 * SIGCONT continues when it is sent, whatever becomes of the signal itself: blocked, ignored or
 * handled. The parent learns of it from the first thread that runs (get_signal()), since it can't
 * be told under this lock. If not all threads have stopped yet the parent, who has not heard of the
 * stop either, hears that there was one.
 */
static void continue_process(struct task_struct *p)
{
	struct signal_struct *signal = p->signal;
	bool stopped = signal->flags & SIGNAL_STOP_STOPPED;
	struct task_struct *t;

	flush_from_all(p, SIG_KERNEL_STOP_MASK);
	for_each_thread(p, t)
		continue_thread(t);
	if (!stopped && !signal->group_stop_count)
		return;
	signal_set_stop_flags(signal, SIGNAL_STOP_CONTINUED |
				      (stopped ? SIGNAL_CLD_CONTINUED : SIGNAL_CLD_STOPPED));
	signal->group_stop_count = 0;
	signal->group_exit_code = 0;
}

/*
 * What a signal does by being sent, and whether there is more to come of it. @from_kernel: it may
 * kill and stop even init.
 */
static bool is_to_be_queued(int sig, struct task_struct *p, bool from_kernel)
{
	struct signal_struct *signal = p->signal;

	/* It dies already. A core dump in progress may be broken off. */
	if (signal->flags & SIGNAL_GROUP_EXIT)
		return signal->core_state && sig == SIGKILL;
	if (sig_kernel_stop(sig))
		flush_from_all(p, sigmask(SIGCONT));
	else if (sig == SIGCONT)
		continue_process(p);
	return !is_worth_nothing(p, sig, from_kernel);
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

/*
 * Will @sig end the process as soon as @t looks, whatever happens until then? Not if there may be a
 * handler, a tracer who is asked, a core dump to be made, or init's immunity.
 */
static bool ends_process(int sig, struct task_struct *p, struct task_struct *t)
{
	struct signal_struct *signal = p->signal;

	if (siginmask(sig, SIG_KERNEL_IGNORE_MASK | SIG_KERNEL_STOP_MASK) ||
	    sig_kernel_coredump(sig) || sig_handler(p, sig) != SIG_DFL)
		return false;
	if ((signal->flags & SIGNAL_GROUP_EXIT) && !signal->core_state)
		return false;
	if (unlikely(signal->flags & SIGNAL_UNKILLABLE) && !sig_kernel_only(sig))
		return false;
	return !sigismember(&t->real_blocked, sig) && (!p->ptrace || sig == SIGKILL);
}

/* It dies at its next look, and looks soon: out of any stop, and of any sleep that can be left. */
static void kill_thread(struct task_struct *t)
{
	sigaddset(&t->pending.signal, SIGKILL);
	signal_wake_up(t, 1);
}

static void kill_process(struct task_struct *p, int sig)
{
	struct signal_struct *signal = p->signal;
	struct task_struct *t;

	signal->flags = SIGNAL_GROUP_EXIT;
	signal->group_exit_code = sig;
	signal->group_stop_count = 0;
	__for_each_thread(signal, t) {
		task_clear_jobctl_pending(t, JOBCTL_PENDING_MASK);
		kill_thread(t);
	}
}

/* It is in a queue. Who shall look? */
static void complete_signal(int sig, struct task_struct *p, enum pid_type type)
{
	struct task_struct *t = choose_thread(sig, p, type);

	if (!t)
		return;		/* nobody takes it now; who unblocks it will find it */
	if (ends_process(sig, p, t))
		kill_process(p, sig);
	else
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

/*
 * --- Sending ------------------------------------------------------------------------------------
 */

static struct sigpending *queue_of(struct task_struct *t, enum pid_type type)
{
	return type == PIDTYPE_PID ? &t->pending : &t->signal->shared_pending;
}

static void fill_siginfo(kernel_siginfo_t *to, int sig, struct kernel_siginfo *info)
{
	if (!is_si_special(info)) {
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

/* The kernel's own, and kill()'s: they come whatever the limit, if of each there is one at most. */
static bool may_exceed_limit(int sig, const struct kernel_siginfo *info)
{
	return sig < SIGRTMIN && (is_si_special(info) || info->si_code >= 0);
}

/* sigqueue() says if it could not queue; kill() of a real-time signal drops its siginfo instead. */
static bool must_have_entry(int sig, const struct kernel_siginfo *info)
{
	return sig >= SIGRTMIN && !is_si_special(info) && info->si_code != SI_USER;
}

/* Return: 0 or -EAGAIN. Without an entry the signal is still there: a bit, of unknown origin. */
static int add_to_queue(struct sigpending *queue, int sig, struct kernel_siginfo *info,
			struct task_struct *t)
{
	struct sigqueue *q;

	/* Nobody will ask what a SIGKILL was about, nor does a kernel thread. */
	if (sig == SIGKILL || (t->flags & PF_KTHREAD))
		return 0;
	q = sigqueue_alloc_for(t, GFP_ATOMIC, may_exceed_limit(sig, info));
	if (!q)
		return must_have_entry(sig, info) ? -EAGAIN : 0;
	fill_siginfo(&q->info, sig, info);
	list_add_tail(&q->list, &queue->list);
	return 0;
}

/* What a fork() that is under way will give to the child as well. */
static void add_to_forks(struct task_struct *t, int sig)
{
	struct multiprocess_signals *missed;

	hlist_for_each_entry(missed, &t->signal->multiprocess, node) {
		if (sig == SIGCONT)
			sigdelsetmask(&missed->signal, SIG_KERNEL_STOP_MASK);
		else if (sig_kernel_stop(sig))
			sigdelset(&missed->signal, SIGCONT);
		sigaddset(&missed->signal, sig);
	}
}

int __send_signal_locked(int sig, struct kernel_siginfo *info, struct task_struct *t,
			 enum pid_type type, bool force)
{
	struct sigpending *queue = queue_of(t, type);
	int err;

	lockdep_assert_held(&locked_sighand(t)->siglock);
	if (!is_to_be_queued(sig, t, force))
		return 0;
	/* An ordinary signal waits once, however often it is sent. */
	if (sig < SIGRTMIN && sigismember(&queue->signal, sig))
		return 0;
	err = add_to_queue(queue, sig, info, t);
	if (err)
		return err;
	if (type > PIDTYPE_TGID)
		add_to_forks(t, sig);
	sigaddset(&queue->signal, sig);
	signalfd_notify(t, sig);
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

/**
 * send_sig_info - send to a thread
 * @sig: the signal; 0: nothing is sent
 * @info: its siginfo, SEND_SIG_NOINFO or SEND_SIG_PRIV
 * @p: the receiver, referenced or under RCU
 *
 * Context: any but NMI.
 * Return: as do_send_sig_info(), -EINVAL for no signal.
 */
int send_sig_info(int sig, struct kernel_siginfo *info, struct task_struct *p)
{
	if (!valid_signal(sig))
		return -EINVAL;
	return do_send_sig_info(sig, info, p, PIDTYPE_PID);
}
EXPORT_SYMBOL(send_sig_info);

#define si_of_priv(priv)	((priv) ? SEND_SIG_PRIV : SEND_SIG_NOINFO)

/**
 * send_sig - send to a thread, with nothing to say
 * @sig: the signal
 * @p: the receiver, referenced or under RCU
 * @priv: from the kernel, not from the running task
 *
 * Context: any but NMI. Return: as send_sig_info().
 */
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
	struct sigpending *queue;
	struct task_struct *t;
	unsigned long flags;
	int ret = -1;

	rcu_read_lock();
	t = pid_task(pid, type);
	if (!t || !lock_task_sighand(t, &flags))
		goto out;
	ret = 1;
	if (!is_to_be_queued(sig, t, false))
		goto unlock;
	ret = 0;
	if (unlikely(!list_empty(&q->list))) {
		q->info.si_overrun++;
		goto unlock;
	}
	q->info.si_overrun = 0;
	queue = queue_of(t, type);
	list_add_tail(&q->list, &queue->list);
	sigaddset(&queue->signal, sig);
	signalfd_notify(t, sig);
	complete_signal(sig, t, type);
unlock:
	unlock_task_sighand(t, &flags);
out:
	rcu_read_unlock();
	return ret;
}

/*
 * --- The other threads --------------------------------------------------------------------------
 */

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
		count++;
		task_clear_jobctl_pending(t, JOBCTL_PENDING_MASK);
		if (!t->exit_state)
			kill_thread(t);
	}
	return count;
}
