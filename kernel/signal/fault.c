// SPDX-License-Identifier: MIT
/*
 * Signals that a program has caused itself: a bad address, a division by zero, a breakpoint.
 *
 * Such a signal can't be refused: to go on would only repeat the instruction. So one that is
 * blocked or ignored gets its default action, which is to die. Whoever wants to handle it must
 * leave it unblocked, in its handler too, where it would come for a fault in the handler.
 *
 * The force_sig_*() differ in what siginfo says about the fault; send_sig_*() are the same without
 * force, for a task that may go on (memory that went bad, but was not touched yet).
 */

#include "signal.h"

#include <linux/export.h>
#include <linux/ptrace.h>

/* How much say the program has in its own fault. */
enum say {
	ITS_HANDLER,	/* it handles it, unless it blocks or ignores it */
	NO_HANDLER,	/* the default action ends it; a debugger is asked */
	NO_APPEAL,	/* that, and no debugger may stop it */
};

static int force_on(struct task_struct *t, struct kernel_siginfo *info, enum say say)
{
	int ret, sig = info->si_signo;
	struct k_sigaction *action;
	unsigned long flags;

	if (!lock_task_sighand(t, &flags))
		return -ESRCH;
	action = &locked_sighand(t)->action[sig - 1];
	if (say != ITS_HANDLER || action->sa.sa_handler == SIG_IGN ||
	    sigismember(&t->blocked, sig)) {
		action->sa.sa_handler = SIG_DFL;
		sigdelset(&t->blocked, sig);
	}
	if (say == NO_APPEAL)
		action->sa.sa_flags |= SA_IMMUTABLE;
	/* Not even init survives its own fault. A debugger may still let it go on. */
	if (action->sa.sa_handler == SIG_DFL && (!t->ptrace || say == NO_APPEAL))
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
 * Return: 0; -EAGAIN if a real-time signal can't be queued; -ESRCH if current has exited.
 */
int force_sig_info(struct kernel_siginfo *info)
{
	return force_on(current, info, ITS_HANDLER);
}

static void force_from_kernel(int sig, enum say say)
{
	struct kernel_siginfo info;

	clear_siginfo(&info);
	info.si_signo = sig;
	info.si_code = SI_KERNEL;
	force_on(current, &info, say);
}

/**
 * force_sig - a signal to the current task that it can't refuse, with nothing to say about it
 * @sig: the signal
 *
 * Context: task context.
 */
void force_sig(int sig)
{
	force_from_kernel(sig, ITS_HANDLER);
}
EXPORT_SYMBOL(force_sig);

/**
 * force_fatal_sig - end the current task by a signal; a debugger may step in
 * @sig: the signal
 *
 * Context: task context.
 */
void force_fatal_sig(int sig)
{
	force_from_kernel(sig, NO_HANDLER);
}

/**
 * force_exit_sig - end the current task by a signal, and nobody may step in
 * @sig: the signal
 *
 * Context: task context.
 */
void force_exit_sig(int sig)
{
	force_from_kernel(sig, NO_APPEAL);
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

/**
 * force_sig_fault_to_task - force_sig_fault() on any task
 * @sig: the signal
 * @code: si_code
 * @addr: si_addr
 * @t: the task
 *
 * Return: 0; -ESRCH if it has exited.
 */
int force_sig_fault_to_task(int sig, int code, void __user *addr, struct task_struct *t)
{
	struct kernel_siginfo info;

	init_fault_siginfo(&info, sig, code, addr);
	return force_on(t, &info, ITS_HANDLER);
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

/**
 * send_sig_fault - a fault's siginfo, but by a signal that may be blocked or ignored
 * @sig: the signal
 * @code: si_code
 * @addr: si_addr
 * @t: the task
 *
 * Return: as send_sig_info().
 */
int send_sig_fault(int sig, int code, void __user *addr, struct task_struct *t)
{
	struct kernel_siginfo info;

	init_fault_siginfo(&info, sig, code, addr);
	return send_sig_info(sig, &info, t);
}

/**
 * force_sig_mceerr - SIGBUS for memory that has gone bad
 * @code: BUS_MCEERR_AR: the program has read it; BUS_MCEERR_AO: not yet
 * @addr: where
 * @lsb: how much, as the lowest valid bit of @addr: PAGE_SHIFT for a page
 *
 * Return: as force_sig_info(). sigaction(2).
 */
int force_sig_mceerr(int code, void __user *addr, short lsb)
{
	struct kernel_siginfo info;

	WARN_ON(code != BUS_MCEERR_AO && code != BUS_MCEERR_AR);
	init_fault_siginfo(&info, SIGBUS, code, addr);
	info.si_addr_lsb = lsb;
	return force_sig_info(&info);
}

/**
 * send_sig_mceerr - force_sig_mceerr() by a signal that may be blocked or ignored
 * @code: BUS_MCEERR_*
 * @addr: where
 * @lsb: lowest valid bit of @addr
 * @t: the task
 *
 * Return: as send_sig_info().
 */
int send_sig_mceerr(int code, void __user *addr, short lsb, struct task_struct *t)
{
	struct kernel_siginfo info;

	WARN_ON(code != BUS_MCEERR_AO && code != BUS_MCEERR_AR);
	init_fault_siginfo(&info, SIGBUS, code, addr);
	info.si_addr_lsb = lsb;
	return send_sig_info(SIGBUS, &info, t);
}

/**
 * force_sig_bnderr - SIGSEGV for a pointer outside its bounds
 * @addr: the pointer
 * @lower: bound, for si_lower
 * @upper: bound, for si_upper
 *
 * Return: as force_sig_info().
 */
int force_sig_bnderr(void __user *addr, void __user *lower, void __user *upper)
{
	struct kernel_siginfo info;

	init_fault_siginfo(&info, SIGSEGV, SEGV_BNDERR, addr);
	info.si_lower = lower;
	info.si_upper = upper;
	return force_sig_info(&info);
}

/**
 * force_sig_pkuerr - SIGSEGV for memory that a protection key forbids
 * @addr: where
 * @pkey: the key, for si_pkey
 *
 * Return: as force_sig_info(). pkeys(7).
 */
int force_sig_pkuerr(void __user *addr, u32 pkey)
{
	struct kernel_siginfo info;

	init_fault_siginfo(&info, SIGSEGV, SEGV_PKUERR, addr);
	info.si_pkey = pkey;
	return force_sig_info(&info);
}

/**
 * force_sig_ptrace_errno_trap - SIGTRAP of a hardware breakpoint
 * @errno: for si_errno: which
 * @addr: where
 *
 * Return: as force_sig_info().
 */
int force_sig_ptrace_errno_trap(int errno, void __user *addr)
{
	struct kernel_siginfo info;

	init_fault_siginfo(&info, SIGTRAP, TRAP_HWBKPT, addr);
	info.si_errno = errno;
	return force_sig_info(&info);
}

/**
 * force_sig_fault_trapno - force_sig_fault() with si_trapno
 * @sig: the signal
 * @code: si_code
 * @addr: si_addr
 * @trapno: si_trapno
 *
 * Return: as force_sig_info().
 */
int force_sig_fault_trapno(int sig, int code, void __user *addr, int trapno)
{
	struct kernel_siginfo info;

	init_fault_siginfo(&info, sig, code, addr);
	info.si_trapno = trapno;
	return force_sig_info(&info);
}
