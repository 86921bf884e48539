// SPDX-License-Identifier: MIT
/*
 * Stopping for the tracer, both sides.
 *
 * All stops are ptrace_stop(): the task leaves in exit_code what wait4() of the tracer gives, in
 * last_siginfo and ptrace_message what it may ask further, and sleeps in TASK_TRACED. What differs
 * is who calls and why:
 *
 *	a signal was taken		ptrace_signal()		signr
 *	a system call, an event		ptrace_notify()		SIGTRAP, | 0x80, | event << 8
 *	job control stops the process	ptrace_jobctl_trap()	the stop signal; if seized with
 *	  or something changed in it				PTRACE_EVENT_STOP << 8
 *
 * The tracer sets exit_code to the signal that the task shall go on with, and wakes it.
 *
 * While the tracer looks at a stopped task, that must not run, not even to die:
 *
 *	tracer: check_attach		somebody: SIGKILL		the task
 *	siglock: traced? frozen				
 *	waits until it is off its CPU	signal pending, but not woken	sleeps
 *	reads and writes registers
 *	unfreeze: a SIGKILL came? wake					dies
 *
 * JOBCTL_TRACED says that the task is in such a stop, or on its last steps to the sleep. It is set
 * and cleared under siglock, together with the state: whoever clears it wakes the task.
 */

#include "ptrace.h"

#include <linux/cred.h>
#include <linux/errno.h>
#include <linux/pid.h>
#include <linux/preempt.h>
#include <linux/sched/signal.h>
#include <linux/sched/task.h>
#include <linux/signal.h>
#include <linux/task_work.h>

/* ---- the task's side ---- */

/* Tell the tracer; and the real parent, if this completed the process' stop and it is another. */
static void tell_of_stop(int why, bool group_stopped)
{
	read_lock(&tasklist_lock);
	if (current->ptrace)
		do_notify_parent_cldstop(current, true, why);
	if (group_stopped && (!current->ptrace || ptrace_reparented(current)))
		do_notify_parent_cldstop(current, false, CLD_STOPPED);
	read_unlock(&tasklist_lock);
}

/* Is this the stop that an event of job control is told by? Then it needn't be told again. */
static bool tells_job_control(const struct kernel_siginfo *info)
{
	return info && info->si_code >> 8 == PTRACE_EVENT_STOP;
}

/*
 * Stop until the tracer lets us go. siglock is held, dropped meanwhile, and held again.
 *
 * @why: CLD_TRAPPED, or CLD_STOPPED if job control is behind it
 * @info: shown by PTRACE_GETSIGINFO, and changed by SETSIGINFO; NULL: a group stop
 * Return: the signal to go on with, 0 for none; @exit_code unchanged if there is no tracer any more
 * or the task is to die.
 */
static int ptrace_stop(int exit_code, int why, unsigned long message, struct kernel_siginfo *info)
{
	spinlock_t *lock = &own_sighand()->siglock;
	bool group_stopped = false;

	if (!current->ptrace || __fatal_signal_pending(current))
		return exit_code;

	set_special_state(TASK_TRACED);
	current->jobctl |= JOBCTL_TRACED;
	current->ptrace_message = message;
	current->last_siginfo = info;
	current->exit_code = exit_code;

	/* To the rest of the process we take part in its stop by this one. */
	if (why == CLD_STOPPED && (current->jobctl & JOBCTL_STOP_PENDING))
		group_stopped = task_participate_group_stop(current);
	task_clear_jobctl_pending(current, JOBCTL_TRAP_STOP);
	if (tells_job_control(info))
		task_clear_jobctl_pending(current, JOBCTL_TRAP_NOTIFY);
	/* A tracer that attached to a stopped task waits for this. */
	task_clear_jobctl_trapping(current);
	spin_unlock_irq(lock);

	/*
	 * If the tracer dies or detaches from here on, it finds JOBCTL_TRACED and wakes us: then
	 * schedule() returns at once. It waits for us to sleep, so don't be preempted on the way.
	 */
	preempt_disable();
	tell_of_stop(why, group_stopped);
	preempt_enable_no_resched();
	schedule();

	spin_lock_irq(lock);
	exit_code = current->exit_code;
	current->last_siginfo = NULL;
	current->ptrace_message = 0;
	current->exit_code = 0;
	current->jobctl &= ~(JOBCTL_LISTENING | JOBCTL_PTRACE_FROZEN);
	/*
	 * The tracer may have changed our mask or queue. Never take TIF_SIGPENDING away: with it
	 * goes the restart of the system call that was broken off for this stop.
	 */
	if (!test_thread_flag(TIF_SIGPENDING))
		recalc_sigpending();
	return exit_code;
}

/* Locked. A stop whose siginfo says nothing but its code. */
static int stop_and_notify(int signr, int exit_code, int why, unsigned long message)
{
	struct kernel_siginfo info;

	clear_siginfo(&info);
	info.si_signo = signr;
	info.si_code = exit_code;
	info.si_pid = task_pid_vnr(current);
	info.si_uid = from_kuid_munged(current_user_ns(), current_uid());
	return ptrace_stop(exit_code, why, message, &info);
}

/**
 * ptrace_notify - stop to tell the tracer something
 * @exit_code: SIGTRAP with bits above it
 * @message: what PTRACE_GETEVENTMSG gives
 *
 * Context: task context, may sleep, no lock held.
 * Return: the signal that the tracer wants the task to have.
 */
int ptrace_notify(int exit_code, unsigned long message)
{
	int signr;

	WARN_ON_ONCE((exit_code & (0x7f | ~0xffff)) != SIGTRAP);
	if (unlikely(task_work_pending(current)))
		task_work_run();
	spin_lock_irq(&own_sighand()->siglock);
	signr = stop_and_notify(SIGTRAP, exit_code, CLD_TRAPPED, message);
	spin_unlock_irq(&own_sighand()->siglock);
	return signr;
}

/**
 * ptrace_signal - the current, traced task has taken a signal: what does the tracer say?
 * @sig: the signal
 * @info: its siginfo; changed if the tracer wants another one
 * @type: of the queue that it was in
 *
 * Context: siglock held; dropped meanwhile.
 * Return: the signal to act upon, 0 if there is none.
 */
int ptrace_signal(int sig, struct kernel_siginfo *info, enum pid_type type)
{
	struct task_struct *tracer;

	/* A SIGCONT while we are stopped here takes this away: a stop signal has no effect then. */
	current->jobctl |= JOBCTL_STOP_DEQUEUED;
	sig = ptrace_stop(sig, CLD_TRAPPED, 0, info);
	if (!sig)
		return 0;
	/* Another signal than the one it was told of: it comes from the tracer. */
	if (sig != info->si_signo) {
		clear_siginfo(info);
		info->si_signo = sig;
		info->si_code = SI_USER;
		rcu_read_lock();
		tracer = rcu_dereference(current->parent);
		info->si_pid = task_pid_vnr(tracer);
		info->si_uid = from_kuid_munged(current_user_ns(), task_uid(tracer));
		rcu_read_unlock();
	}
	/* That one may be blocked, or we be about to die: it waits in the queue. */
	if (sigismember(&current->blocked, sig) || fatal_signal_pending(current)) {
		send_signal_locked(sig, info, current, type);
		return 0;
	}
	return sig;
}

/**
 * ptrace_jobctl_trap - the current task has JOBCTL_TRAP_STOP or _NOTIFY: stop
 * @t: current
 * @siglock: held; not on return
 *
 * A seized task says by the signal whether its process is stopped: the stop signal, or SIGTRAP.
 */
void ptrace_jobctl_trap(struct task_struct *t, spinlock_t *siglock)
{
	int signr = t->jobctl & JOBCTL_STOP_SIGMASK;
	struct signal_struct *signal = t->signal;

	if (ptrace_seized(t)) {
		if (!signal->group_stop_count && !(signal->flags & SIGNAL_STOP_STOPPED))
			signr = SIGTRAP;
		WARN_ON_ONCE(!signr);
		stop_and_notify(signr, signr | (PTRACE_EVENT_STOP << 8), CLD_STOPPED, 0);
	} else {
		WARN_ON_ONCE(!signr);
		ptrace_stop(signr, CLD_STOPPED, 0, NULL);
	}
	spin_unlock_irq(siglock);
}

/**
 * ptrace_trap_notify - a seized task's process has been stopped or continued: it shall tell
 * @t: the task, locked
 *
 * In a stop that the tracer has left by PTRACE_LISTEN it stops anew; in another it does when that
 * one is over.
 */
void ptrace_trap_notify(struct task_struct *t)
{
	WARN_ON_ONCE(!ptrace_seized(t));
	task_set_jobctl_pending(t, JOBCTL_TRAP_NOTIFY);
	ptrace_signal_wake_up(t, t->jobctl & JOBCTL_LISTENING);
}

/**
 * __ptrace_event - the slow half of ptrace_event(): the task has a tracer
 * @event: PTRACE_EVENT_*
 * @message: what PTRACE_GETEVENTMSG gives
 *
 * Context: the task itself, may sleep, no lock held.
 */
void __ptrace_event(int event, unsigned long message)
{
	if (ptrace_event_enabled(current, event)) {
		ptrace_notify((event << 8) | SIGTRAP, message);
	} else if (event == PTRACE_EVENT_EXEC && !ptrace_seized(current)) {
		/* The oldest way of telling: before the new program's first instruction. */
		send_sig(SIGTRAP, current, 0);
	}
}

/* Return: the call shall not be made. */
static int report_syscall(unsigned long message)
{
	int ptrace = current->ptrace, signr;

	if (!(ptrace & PT_PTRACED))
		return 0;
	signr = ptrace_notify(SIGTRAP | (ptrace & PT_TRACESYSGOOD ? 0x80 : 0), message);
	/* What the tracer goes on with is sent like an ordinary signal. */
	if (signr)
		send_sig(signr, current, 1);
	return fatal_signal_pending(current);
}

/**
 * ptrace_report_syscall_entry - stop before a system call
 * @regs: its frame; the tracer may change all of it
 *
 * Return: 0; nonzero: don't make the call.
 */
int ptrace_report_syscall_entry(struct pt_regs *regs)
{
	(void)regs;
	return report_syscall(PTRACE_EVENTMSG_SYSCALL_ENTRY);
}

/**
 * ptrace_report_syscall_exit - stop after a system call, with its result in place
 * @regs: the frame
 * @step: the tracer steps: the call was one instruction, and the signal of that is all
 */
void ptrace_report_syscall_exit(struct pt_regs *regs, int step)
{
	if (step)
		user_single_step_report(regs);
	else
		report_syscall(PTRACE_EVENTMSG_SYSCALL_EXIT);
}

/* ---- the tracer's side ---- */

/*
 * A thread that execs takes the process' number. A tracer that hasn't yet been told so, and asks
 * for the process, means the thread that had it before: that one is gone.
 */
static bool has_unread_exec(struct task_struct *task)
{
	return task->exit_code == ((PTRACE_EVENT_EXEC << 8) | SIGTRAP) &&
	       task->ptrace_message != (unsigned long)task_pid_vnr(task);
}

/* With tasklist_lock, so it has its sighand. */
static bool freeze(struct task_struct *task)
{
	bool frozen = false;

	spin_lock_irq(&locked_sighand(task)->siglock);
	/* One that listens isn't stopped, as far as requests go. */
	if (task_is_traced(task) && !(task->jobctl & JOBCTL_LISTENING) &&
	    !has_unread_exec(task) && !__fatal_signal_pending(task)) {
		task->jobctl |= JOBCTL_PTRACE_FROZEN;
		frozen = true;
	}
	spin_unlock_irq(&locked_sighand(task)->siglock);
	return frozen;
}

/**
 * ptrace_unfreeze - the request is done; the task may be killed again
 * @child: frozen by ptrace_check_attach(), or since then resumed, or not ours any more
 */
void ptrace_unfreeze(struct task_struct *child)
{
	unsigned long flags;

	/* The flag is ours as long as it is up: the task clears it when it runs again. */
	if (!(READ_ONCE(child->jobctl) & JOBCTL_PTRACE_FROZEN))
		return;
	if (!lock_task_sighand(child, &flags))
		return;
	if (child->jobctl & JOBCTL_PTRACE_FROZEN) {
		child->jobctl &= ~JOBCTL_PTRACE_FROZEN;
		if (__fatal_signal_pending(child)) {
			child->jobctl &= ~JOBCTL_TRACED;
			wake_up_state(child, __TASK_TRACED);
		}
	}
	unlock_task_sighand(child, &flags);
}

/**
 * ptrace_check_attach - is a task ours, and stopped?
 * @child: the task, referenced
 * @ignore_state: it needn't be stopped
 *
 * On success it stays stopped until ptrace_unfreeze().
 *
 * Context: may sleep. Return: 0 or -ESRCH.
 */
int ptrace_check_attach(struct task_struct *child, bool ignore_state)
{
	int ret = -ESRCH;

	read_lock(&tasklist_lock);
	if (child->ptrace && rcu_access_pointer(child->parent) == current &&
	    (ignore_state || freeze(child)))
		ret = 0;
	read_unlock(&tasklist_lock);
	/* It may be on its last steps to the sleep: its registers are not all saved then. */
	if (!ret && !ignore_state && !wait_task_inactive(child, __TASK_TRACED)) {
		ptrace_unfreeze(child);
		ret = -ESRCH;
	}
	return ret;
}
