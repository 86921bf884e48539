// SPDX-License-Identifier: MIT
/*
 * Stopping and continuing a process, and what its parent hears of it.
 *
 * A stop signal is taken by one thread; the whole process stops. That thread asks the others to
 * (JOBCTL_STOP_PENDING) and counts them; each stops on its way to user mode, and the last one tells
 * the parent:
 *
 *	thread 1			thread 2
 *	takes SIGTSTP
 *	group_stop_count = 2
 *	asks thread 2			(wakes, or is interrupted)
 *	participates: 1			participates: 0 -> SIGNAL_STOP_STOPPED
 *	sleeps, TASK_STOPPED		tells the parent; sleeps
 *
 * SIGCONT undoes all that where it is sent (send.c). SIGKILL wakes stopped threads.
 *
 * Groups that nobody could continue are kernel/orphans.c's.
 */

#include "signal.h"

#include <linux/cred.h>
#include <linux/jiffies.h>
#include <linux/pid.h>
#include <linux/poll.h>
#include <linux/ptrace.h>
#include <linux/sched/cputime.h>
#include <linux/sched/task.h>
#include <linux/wait_bit.h>

/* --- jobctl: all locked ------------------------------------------------------------------- */

/**
 * task_set_jobctl_pending - ask a task to take part in a stop
 * @task: the task, locked
 * @mask: JOBCTL_*, with the signal of the stop in the low bits
 *
 * Return: false if it is dying and won't.
 */
bool task_set_jobctl_pending(struct task_struct *task, unsigned long mask)
{
	WARN_ON(mask & ~(JOBCTL_PENDING_MASK | JOBCTL_STOP_CONSUME | JOBCTL_STOP_SIGMASK |
			 JOBCTL_TRAPPING));
	if (unlikely(fatal_signal_pending(task) || (task->flags & PF_EXITING)))
		return false;
	if (mask & JOBCTL_STOP_SIGMASK)
		task->jobctl &= ~JOBCTL_STOP_SIGMASK;
	task->jobctl |= mask;
	return true;
}

/**
 * task_clear_jobctl_trapping - the task has got where its tracer wants it: wake the tracer, if it
 * waits for that
 * @task: the task, locked
 */
void task_clear_jobctl_trapping(struct task_struct *task)
{
	if (likely(!(task->jobctl & JOBCTL_TRAPPING)))
		return;
	task->jobctl &= ~JOBCTL_TRAPPING;
	smp_mb();	/* before the look at the queue; partner: wait_on_bit() of the tracer */
	wake_up_bit(&task->jobctl, JOBCTL_TRAPPING_BIT);
}

/**
 * task_clear_jobctl_pending - it needn't
 * @task: the task, locked
 * @mask: what
 */
void task_clear_jobctl_pending(struct task_struct *task, unsigned long mask)
{
	if (mask & JOBCTL_STOP_PENDING)
		mask |= JOBCTL_STOP_CONSUME | JOBCTL_STOP_DEQUEUED;
	task->jobctl &= ~mask;
	if (!(task->jobctl & JOBCTL_PENDING_MASK))
		task_clear_jobctl_trapping(task);
}

/* --- The stop ----------------------------------------------------------------------------- */

/**
 * task_participate_group_stop - a task does its part of a group stop
 * @task: the task, locked; JOBCTL_STOP_PENDING is set
 *
 * Return: whether it was the last one; then the parent is to be told.
 */
bool task_participate_group_stop(struct task_struct *task)
{
	struct signal_struct *sig = task->signal;
	bool counts = task->jobctl & JOBCTL_STOP_CONSUME;

	WARN_ON_ONCE(!(task->jobctl & JOBCTL_STOP_PENDING));
	task_clear_jobctl_pending(task, JOBCTL_STOP_PENDING);
	if (!counts)
		return false;
	if (!WARN_ON_ONCE(sig->group_stop_count == 0))
		sig->group_stop_count--;
	if (sig->group_stop_count || (sig->flags & SIGNAL_STOP_STOPPED))
		return false;
	signal_set_stop_flags(sig, SIGNAL_STOP_STOPPED);
	return true;
}

/**
 * task_join_group_stop - a new thread of a process that stops, stops too
 * @task: the thread, a copy of current, locked
 */
void task_join_group_stop(struct task_struct *task)
{
	unsigned long mask = current->jobctl & JOBCTL_STOP_SIGMASK;
	struct signal_struct *sig = current->signal;

	if (sig->group_stop_count) {
		sig->group_stop_count++;
		mask |= JOBCTL_STOP_CONSUME;
	} else if (!(sig->flags & SIGNAL_STOP_STOPPED)) {
		return;
	}
	task_set_jobctl_pending(task, mask | JOBCTL_STOP_PENDING);
}

/* Return: does @t take part? It doesn't if it is stopped already, or dying. Locked. */
static bool ask_to_stop(struct task_struct *t, int signr)
{
	if (task_is_stopped(t) ||
	    !task_set_jobctl_pending(t, JOBCTL_STOP_PENDING | JOBCTL_STOP_CONSUME | signr))
		return false;
	if (t == current)
		return true;
	if (unlikely(ptrace_seized(t)))
		ptrace_trap_notify(t);
	else
		signal_wake_up(t, 0);
	return true;
}

/*
 * Ask all threads, and count those that will come. Locked.
 * Return: false if the stop was called off between taking the signal and now: by SIGCONT, an exit,
 * an exec.
 */
static bool start_group_stop(int signr)
{
	struct signal_struct *sig = current->signal;
	struct task_struct *t;
	int nr = 0;

	if (!(current->jobctl & JOBCTL_STOP_DEQUEUED) || unlikely(sig->flags & SIGNAL_GROUP_EXIT) ||
	    unlikely(sig->group_exec_task))
		return false;
	/* A traced thread may be running in a stopped process: the first stop's code stays. */
	if (!(sig->flags & SIGNAL_STOP_STOPPED))
		sig->group_exit_code = signr;
	__for_each_thread(sig, t)
		nr += ask_to_stop(t, signr);
	sig->group_stop_count = nr;
	return true;
}

/* Tell the parent that all threads have stopped. Not locked. */
void tell_parent_of_stop(struct task_struct *tsk)
{
	read_lock(&tasklist_lock);
	do_notify_parent_cldstop(tsk, false, CLD_STOPPED);
	read_unlock(&tasklist_lock);
}

/**
 * do_signal_stop - stop, if it is still wanted
 * @signr: the stop signal that was taken; 0 if another thread asks
 *
 * Context: siglock held; dropped if the answer is true.
 * Return: true: stopped and continued again, look anew; false: nothing happened.
 */
bool do_signal_stop(int signr)
{
	bool is_last;

	if (!(current->jobctl & JOBCTL_STOP_PENDING) && !start_group_stop(signr))
		return false;
	/* A traced thread stops for its tracer, which is get_signal()'s next look. */
	if (unlikely(current->ptrace)) {
		task_set_jobctl_pending(current, JOBCTL_TRAP_STOP);
		return false;
	}
	is_last = task_participate_group_stop(current);
	current->jobctl |= JOBCTL_STOPPED;
	set_special_state(TASK_STOPPED);
	spin_unlock_irq(&own_sighand()->siglock);
	/* A SIGCONT from here on sets the state to running: schedule() comes back at once. */
	if (is_last)
		tell_parent_of_stop(current);
	schedule();
	return true;
}

/* --- The parent ----------------------------------------------------------------------------- */

static void init_sigchld(struct kernel_siginfo *info, struct task_struct *tsk, int sig, int code)
{
	u64 utime, stime;

	clear_siginfo(info);
	info->si_signo = sig;
	info->si_code = code;
	info->si_pid = task_pid_nr(tsk);
	info->si_uid = from_kuid_munged(&init_user_ns, task_uid(tsk));
	task_cputime(tsk, &utime, &stime);
	info->si_utime = nsec_to_clock_t(utime + tsk->signal->utime);
	info->si_stime = nsec_to_clock_t(stime + tsk->signal->stime);
}

/**
 * do_notify_pidfd - who polls a pidfd of the process: it has ended
 * @task: its leader
 */
void do_notify_pidfd(struct task_struct *task)
{
	struct pid *pid = task_pid(task);

	WARN_ON(!task->exit_state);
	__wake_up(&pid->wait_pidfd, TASK_NORMAL, 0, poll_to_key(EPOLLIN | EPOLLRDNORM));
}

static void set_exit_status(struct kernel_siginfo *info, int exit_code)
{
	info->si_status = exit_code & 0x7f;
	if (exit_code & 0x80) {
		info->si_code = CLD_DUMPED;
	} else if (exit_code & 0x7f) {
		info->si_code = CLD_KILLED;
	} else {
		info->si_code = CLD_EXITED;
		info->si_status = exit_code >> 8;
	}
}

/* Whose child tells it: its tracer's, or its parent's if nobody traces it. */
static struct task_struct *listener_of(struct task_struct *tsk)
{
	return rcu_dereference_protected(tsk->parent, lockdep_is_held(&tasklist_lock));
}

/* POSIX: who ignores SIGCHLD, or sets SA_NOCLDWAIT for it, wants no zombies. */
static bool wants_no_zombies(const struct k_sigaction *sigchld)
{
	return sigchld->sa.sa_handler == SIG_IGN || (sigchld->sa.sa_flags & SA_NOCLDWAIT);
}

/*
 * A child may have been made to end with another signal than SIGCHLD (clone(2)). The program that
 * wanted that may have become another by exec, which must not be killed by it.
 */
static int exit_signal_for(struct task_struct *parent, struct task_struct *tsk, int sig)
{
	return tsk->parent_exec_id == READ_ONCE(parent->self_exec_id) ? sig : SIGCHLD;
}

/**
 * do_notify_parent - tell the parent that a child has died
 * @tsk: the child
 * @sig: its exit signal, not -1
 *
 * Context: tasklist_lock held for writing.
 * Return: the parent doesn't want to wait for it: the child reaps itself.
 */
bool do_notify_parent(struct task_struct *tsk, int sig)
{
	struct task_struct *parent = listener_of(tsk);
	struct sighand_struct *theirs = locked_sighand(parent);
	struct k_sigaction *sigchld = &theirs->action[SIGCHLD - 1];
	struct kernel_siginfo info;
	bool autoreap;

	WARN_ON_ONCE(sig == -1);
	WARN_ON_ONCE(task_is_stopped_or_traced(tsk));
	if (thread_group_empty(tsk))
		do_notify_pidfd(tsk);

	sig = exit_signal_for(parent, tsk, sig);
	init_sigchld(&info, tsk, sig, 0);
	set_exit_status(&info, tsk->exit_code);

	spin_lock(&theirs->siglock);
	/* A tracer always gets to see its tracee's end. */
	autoreap = sig == SIGCHLD && !tsk->ptrace && wants_no_zombies(sigchld);
	/*
	 * With SA_NOCLDWAIT alone the signal is sent all the same. No permission is asked: who has
	 * a child has a right to hear of it.
	 */
	if (sig && valid_signal(sig) && !(autoreap && sigchld->sa.sa_handler == SIG_IGN))
		__send_signal_locked(sig, &info, parent, PIDTYPE_TGID, false);
	__wake_up_parent(tsk, parent);
	spin_unlock(&theirs->siglock);
	return autoreap;
}

static int cldstop_status(struct task_struct *tsk, int why)
{
	switch (why) {
	case CLD_CONTINUED:
		return SIGCONT;
	case CLD_STOPPED:
		return tsk->signal->group_exit_code & 0x7f;
	default:
		return tsk->exit_code & 0x7f;
	}
}

/**
 * do_notify_parent_cldstop - tell the parent that a process has stopped or goes on
 * @tsk: a thread of it
 * @for_ptracer: tell its tracer instead
 * @why: CLD_STOPPED, CLD_CONTINUED or CLD_TRAPPED
 *
 * Context: tasklist_lock held for reading.
 */
void do_notify_parent_cldstop(struct task_struct *tsk, bool for_ptracer, int why)
{
	struct task_struct *who = for_ptracer ? tsk : tsk->group_leader, *listener;
	struct sighand_struct *theirs;
	struct k_sigaction *sigchld;
	struct kernel_siginfo info;
	unsigned long flags;

	if (for_ptracer)
		listener = listener_of(who);
	else
		listener = rcu_dereference_protected(who->real_parent,
						     lockdep_is_held(&tasklist_lock));
	init_sigchld(&info, who, SIGCHLD, why);
	info.si_status = cldstop_status(who, why);

	theirs = locked_sighand(listener);
	spin_lock_irqsave(&theirs->siglock, flags);
	sigchld = &theirs->action[SIGCHLD - 1];
	if (!(sigchld->sa.sa_flags & SA_NOCLDSTOP) && sigchld->sa.sa_handler != SIG_IGN)
		send_signal_locked(SIGCHLD, &info, listener, PIDTYPE_TGID);
	/* wait() is woken without the signal too. */
	__wake_up_parent(who, listener);
	spin_unlock_irqrestore(&theirs->siglock, flags);
}
