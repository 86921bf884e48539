// SPDX-License-Identifier: MIT
/*
 * Acting upon signals: on the way to user mode, in the task they are for.
 *
 * kernel/entry calls the machine's arch_do_signal_or_restart(), which asks get_signal() here. What
 * has a default action is done here and doesn't come back (the task ends) or comes back changed
 * (it stopped and was continued); get_signal() then looks for the next. What has a handler is
 * returned: the machine builds its frame, signal_setup_done() sets the mask for the handler's time.
 */

#include "signal.h"

#include <linux/coredump.h>
#include <linux/printk.h>
#include <linux/ptrace.h>
#include <linux/sched/task.h>
#include <linux/task_work.h>

static int print_fatal_signals __read_mostly;

/**
 * show_unhandled_signals - are fatal faults of programs to be logged?
 *
 * Return: kernel.print-fatal-signals.
 */
int show_unhandled_signals(void)
{
	return print_fatal_signals;
}

static int __init setup_print_fatal_signals(char *str)
{
	return !kstrtoint(str, 0, &print_fatal_signals);
}
__setup("print-fatal-signals=", setup_print_fatal_signals);

/*
 * A parent is to be told that its child goes on, or that a stop was complete before it did. The
 * sender of SIGCONT couldn't; the first thread that runs does. Locked, dropped and not retaken.
 */
static void tell_parent_of_change(struct signal_struct *signal)
{
	int why = signal->flags & SIGNAL_CLD_CONTINUED ? CLD_CONTINUED : CLD_STOPPED;

	signal->flags &= ~SIGNAL_CLD_MASK;
	spin_unlock_irq(&own_sighand()->siglock);

	read_lock(&tasklist_lock);
	do_notify_parent_cldstop(current, false, why);
	if (ptrace_reparented(current->group_leader))
		do_notify_parent_cldstop(current->group_leader, true, why);
	read_unlock(&tasklist_lock);
}

/* The end, by a signal. Not locked. */
static void __noreturn die_by_signal(struct ksignal *ksig)
{
	int sig = ksig->info.si_signo;

	current->flags |= PF_SIGNALED;
	if (sig_kernel_coredump(sig)) {
		if (print_fatal_signals)
			pr_info("%s[%d]: fatal signal %d\n", current->comm, task_pid_nr(current),
				sig);
		/*
		 * If it dumps, it has all other threads stopped and the code in the process;
		 * do_group_exit() below ends what is left.
		 */
		do_coredump(&ksig->info);
	}
	do_group_exit(sig);
}

/* Locked. The next one that isn't blocked. */
static int take_signal(struct ksignal *ksig)
{
	enum pid_type type = PIDTYPE_PID;
	int sig = dequeue_synchronous_signal(&ksig->info);

	if (!sig)
		sig = dequeue_signal(&current->blocked, &ksig->info, &type);
	if (sig && unlikely(current->ptrace) && sig != SIGKILL &&
	    !(own_sighand()->action[sig - 1].sa.sa_flags & SA_IMMUTABLE))
		return ptrace_signal(sig, &ksig->info, type) ?: -1;
	return sig;
}

/* What get_signal() has to do about one that it took. */
enum verdict {
	NOTHING,	/* look for the next */
	LOOK_AGAIN,	/* the same, siglock dropped */
	HANDLE,
	DIE,
};

static enum verdict stop_by_default(int sig)
{
	if (sig != SIGSTOP) {
		/* The lock order wants tasklist_lock first. */
		spin_unlock_irq(&own_sighand()->siglock);
		if (is_current_pgrp_orphaned())
			return LOOK_AGAIN;
		spin_lock_irq(&own_sighand()->siglock);
	}
	return do_signal_stop(sig) ? LOOK_AGAIN : NOTHING;
}

static enum verdict judge(struct ksignal *ksig, int sig)
{
	struct k_sigaction *ka = &own_sighand()->action[sig - 1];

	if (ka->sa.sa_handler == SIG_IGN)
		return NOTHING;
	if (ka->sa.sa_handler != SIG_DFL) {
		ksig->ka = *ka;
		if (ka->sa.sa_flags & SA_ONESHOT)
			ka->sa.sa_handler = SIG_DFL;
		return HANDLE;
	}
	if (sig_kernel_ignore(sig))
		return NOTHING;
	if (unlikely(current->signal->flags & SIGNAL_UNKILLABLE) && !sig_kernel_only(sig))
		return NOTHING;
	if (sig_kernel_stop(sig))
		return stop_by_default(sig);
	return DIE;
}

/* Something other than a queued signal that wants the task. Locked; true: dropped, look again. */
static bool did_other_work(struct signal_struct *signal)
{
	if (unlikely(signal->flags & SIGNAL_CLD_MASK)) {
		tell_parent_of_change(signal);
		return true;
	}
	if (likely(!(current->jobctl & JOBCTL_PENDING_MASK)) ||
	    (signal->flags & SIGNAL_GROUP_EXIT) || signal->group_exec_task)
		return false;
	if ((current->jobctl & JOBCTL_STOP_PENDING) && do_signal_stop(0))
		return true;
	if (current->jobctl & JOBCTL_TRAP_MASK) {
		ptrace_jobctl_trap(current, &own_sighand()->siglock);
		return true;
	}
	return false;
}

/**
 * get_signal - act upon signals until there is a handler to run
 * @ksig: filled: the signal, its siginfo and its action
 *
 * Context: on the way to user mode, interrupts on. Doesn't return if a signal ends the task.
 * Return: is there one?
 */
bool get_signal(struct ksignal *ksig)
{
	struct signal_struct *signal = current->signal;
	spinlock_t *lock = &own_sighand()->siglock;
	int sig;

	clear_thread_flag(TIF_NOTIFY_SIGNAL);
	if (unlikely(task_work_pending(current)))
		task_work_run();
	if (!task_sigpending(current))
		return false;

	spin_lock_irq(lock);
	for (;;) {
		enum verdict verdict;

		if (did_other_work(signal)) {
			spin_lock_irq(lock);
			continue;
		}
		if (unlikely((signal->flags & SIGNAL_GROUP_EXIT) || signal->group_exec_task)) {
			clear_siginfo(&ksig->info);
			ksig->info.si_signo = SIGKILL;
			sigdelset(&current->pending.signal, SIGKILL);
			recalc_sigpending();
			verdict = DIE;
		} else {
			sig = take_signal(ksig);
			if (!sig)
				break;
			verdict = sig > 0 ? judge(ksig, sig) : NOTHING;
		}
		if (verdict == HANDLE) {
			spin_unlock_irq(lock);
			ksig->sig = sig;
			return true;
		}
		if (verdict == DIE) {
			spin_unlock_irq(lock);
			die_by_signal(ksig);
		}
		if (verdict == LOOK_AGAIN)
			spin_lock_irq(lock);
	}
	spin_unlock_irq(lock);
	ksig->sig = 0;
	return false;
}

/**
 * signal_setup_done - the handler's frame is ready, or couldn't be
 * @failed: it couldn't
 * @ksig: the signal
 * @stepping: the program is single-stepped
 */
void signal_setup_done(int failed, struct ksignal *ksig, int stepping)
{
	sigset_t blocked;

	if (failed) {
		force_sigsegv(ksig->sig);
		return;
	}
	/* The frame has the mask of before: a call's temporary one has done its duty. */
	clear_restore_sigmask();
	sigorsets(&blocked, &current->blocked, &ksig->ka.sa.sa_mask);
	if (!(ksig->ka.sa.sa_flags & SA_NODEFER))
		sigaddset(&blocked, ksig->sig);
	set_current_blocked(&blocked);
	if (current->sas_ss_flags & SS_AUTODISARM)
		sas_ss_reset(current);
	if (stepping)
		ptrace_notify(SIGTRAP, 0);
}

/**
 * exit_signals - an exiting task takes no signals any more
 * @tsk: current
 *
 * What its process got and it would have taken goes to its siblings, and it leaves a stop in which
 * it was to take part.
 */
void exit_signals(struct task_struct *tsk)
{
	spinlock_t *lock = &own_sighand()->siglock;
	bool stopped = false;
	sigset_t unblocked;

	if (thread_group_empty(tsk) || (tsk->signal->flags & SIGNAL_GROUP_EXIT)) {
		tsk->flags |= PF_EXITING;
		return;
	}
	spin_lock_irq(lock);
	/* From here on is_ready_for() says no. */
	tsk->flags |= PF_EXITING;
	if (task_sigpending(tsk)) {
		unblocked = tsk->blocked;
		signotset(&unblocked);
		retarget_shared_pending(tsk, &unblocked);
		if (unlikely(tsk->jobctl & JOBCTL_STOP_PENDING))
			stopped = task_participate_group_stop(tsk);
	}
	spin_unlock_irq(lock);

	/* All others have stopped: the process has. */
	if (unlikely(stopped))
		tell_parent_of_stop(tsk);
}

/**
 * unhandled_signal - will this signal end the program?
 * @tsk: current
 * @sig: of a fault
 */
bool unhandled_signal(struct task_struct *tsk, int sig)
{
	__sighandler_t handler = sig_handler(tsk, sig);

	if (is_global_init(tsk))
		return true;
	if (handler != SIG_IGN && handler != SIG_DFL)
		return false;
	return !tsk->ptrace;
}
