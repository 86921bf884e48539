// SPDX-License-Identifier: MIT
/*
 * ptrace(2): the requests.
 *
 * All but the ones that begin a relation want the task to be stopped for the caller, and keep it so
 * until they are done (stop.c). The machine's arch_ptrace() sees a request first, as some have
 * meanings of its own, and hands what it doesn't know to ptrace_request() here.
 *
 * Letting the task go on is setting what it shall do next (stop at system calls, step), the signal
 * that it shall have, and waking it: resume().
 */

#include "ptrace.h"

#include <linux/errno.h>
#include <linux/mm.h>
#include <linux/sched/signal.h>
#include <linux/sched/task.h>
#include <linux/signal.h>
#include <linux/syscalls.h>
#include <linux/uaccess.h>

/* ---- memory ---- */

static int peek_data(struct task_struct *child, unsigned long addr, unsigned long data)
{
	unsigned long word;

	if (ptrace_access_vm(child, addr, &word, sizeof(word), FOLL_FORCE) != sizeof(word))
		return -EIO;
	return put_user(word, (unsigned long __user *)data);
}

static int poke_data(struct task_struct *child, unsigned long addr, unsigned long word)
{
	int done = ptrace_access_vm(child, addr, &word, sizeof(word), FOLL_FORCE | FOLL_WRITE);

	return done == sizeof(word) ? 0 : -EIO;
}

/* ---- options, siginfo, mask ---- */

static int set_options(struct task_struct *child, unsigned long data)
{
	unsigned int flags;

	if (!options_are_valid(data))
		return -EINVAL;
	/* It is stopped, and nobody but its tracer changes these. */
	flags = child->ptrace & ~(PTRACE_O_MASK << PT_OPT_FLAG_SHIFT);
	child->ptrace = flags | (data << PT_OPT_FLAG_SHIFT);
	return 0;
}

static int get_siginfo(struct task_struct *child, struct kernel_siginfo *info)
{
	unsigned long flags;
	int ret = -EINVAL;

	if (!lock_task_sighand(child, &flags))
		return -ESRCH;
	if (child->last_siginfo) {
		copy_siginfo(info, child->last_siginfo);
		ret = 0;
	}
	unlock_task_sighand(child, &flags);
	return ret;
}

static int set_siginfo(struct task_struct *child, const struct kernel_siginfo *info)
{
	unsigned long flags;
	int ret = -EINVAL;

	if (!lock_task_sighand(child, &flags))
		return -ESRCH;
	if (child->last_siginfo) {
		copy_siginfo(child->last_siginfo, info);
		ret = 0;
	}
	unlock_task_sighand(child, &flags);
	return ret;
}

static int get_sigmask(struct task_struct *child, unsigned long size, sigset_t __user *to)
{
	/* While ppoll() waits the mask is a temporary one; the program's own is put by. */
	sigset_t *mask = test_tsk_restore_sigmask(child) ? &child->saved_sigmask :
							   &child->blocked;

	if (size != sizeof(sigset_t))
		return -EINVAL;
	return copy_to_user(to, mask, sizeof(*mask)) ? -EFAULT : 0;
}

static int set_sigmask(struct task_struct *child, unsigned long size,
		       const sigset_t __user *from)
{
	sigset_t new_set;

	if (size != sizeof(sigset_t))
		return -EINVAL;
	if (copy_from_user(&new_set, from, sizeof(new_set)))
		return -EFAULT;
	sigdelsetmask(&new_set, sigmask(SIGKILL) | sigmask(SIGSTOP));
	/* It looks at its pending signals anew when it goes on. */
	spin_lock_irq(&locked_sighand(child)->siglock);
	child->blocked = new_set;
	spin_unlock_irq(&locked_sighand(child)->siglock);
	clear_tsk_restore_sigmask(child);
	return 0;
}

/* A child that hasn't registered anything has an area of 0 bytes at 0. */
static long get_rseq_configuration(struct task_struct *child, unsigned long size, void __user *to)
{
	struct ptrace_rseq_configuration conf = {
		.rseq_abi_pointer = (__force unsigned long)child->rseq,
		.rseq_abi_size = child->rseq_len,
		.signature = child->rseq_sig,
	};

	if (copy_to_user(to, &conf, min(size, sizeof(conf))))
		return -EFAULT;
	return sizeof(conf);
}

/* ---- going on, stopping ---- */

#define is_syscall_request(r)	((r) == PTRACE_SYSCALL)
#define is_sysemu_request(r)	((r) == PTRACE_SYSEMU || (r) == PTRACE_SYSEMU_SINGLESTEP)
#define is_step_request(r)	((r) == PTRACE_SINGLESTEP || (r) == PTRACE_SYSEMU_SINGLESTEP)

static bool is_block_request(long request)
{
#ifdef PTRACE_SINGLEBLOCK
	return request == PTRACE_SINGLEBLOCK;
#else
	return false;
#endif
}

static int set_stepping(struct task_struct *child, long request)
{
	if (is_block_request(request)) {
#ifdef arch_has_block_step
		user_enable_block_step(child);
#else
		return -EIO;
#endif
	} else if (is_step_request(request)) {
		user_enable_single_step(child);
	} else {
		user_disable_single_step(child);
	}
	return 0;
}

static int resume(struct task_struct *child, long request, unsigned long signr)
{
	int ret;

	if (!valid_signal(signr))
		return -EIO;
	ret = set_stepping(child, request);
	if (ret)
		return ret;
	if (is_syscall_request(request))
		set_task_syscall_work(child, SYSCALL_TRACE);
	else
		clear_task_syscall_work(child, SYSCALL_TRACE);
	if (is_sysemu_request(request))
		set_task_syscall_work(child, SYSCALL_EMU);
	else
		clear_task_syscall_work(child, SYSCALL_EMU);

	/* A waiter of ours must not see the new exit_code of a task that is still "traced". */
	spin_lock_irq(&locked_sighand(child)->siglock);
	child->exit_code = signr;
	child->jobctl &= ~JOBCTL_TRACED;
	wake_up_state(child, __TASK_TRACED);
	spin_unlock_irq(&locked_sighand(child)->siglock);
	return 0;
}

/* A seized task: stop where it is. One that stops already, or listens, stops once more. */
static int interrupt(struct task_struct *child)
{
	unsigned long flags;

	if (!ptrace_seized(child) || !lock_task_sighand(child, &flags))
		return -EIO;
	if (task_set_jobctl_pending(child, JOBCTL_TRAP_STOP))
		ptrace_signal_wake_up(child, child->jobctl & JOBCTL_LISTENING);
	unlock_task_sighand(child, &flags);
	return 0;
}

/* In the stop of a group stop: stay, but tell of the next change. */
static int listen(struct task_struct *child)
{
	struct kernel_siginfo *si;
	unsigned long flags;
	int ret = -EIO;

	if (!ptrace_seized(child) || !lock_task_sighand(child, &flags))
		return -EIO;
	si = child->last_siginfo;
	if (si && si->si_code >> 8 == PTRACE_EVENT_STOP) {
		child->jobctl |= JOBCTL_LISTENING;
		/* It has changed since this stop began. */
		if (child->jobctl & JOBCTL_TRAP_NOTIFY)
			ptrace_signal_wake_up(child, true);
		ret = 0;
	}
	unlock_task_sighand(child, &flags);
	return ret;
}

/**
 * ptrace_request - what no machine does differently
 * @child: stopped for us and frozen, but for PTRACE_KILL and INTERRUPT
 * @request: PTRACE_*
 * @addr: of the request
 * @data: of the request
 *
 * Return: 0 or a count; -EIO for a request that isn't there or has bad arguments, -EINVAL, -EFAULT,
 * -ESRCH.
 */
long ptrace_request(struct task_struct *child, long request, unsigned long addr,
		    unsigned long data)
{
	void __user *user = (void __user *)data;
	struct kernel_siginfo info;
	int ret;

	switch (request) {
	case PTRACE_PEEKTEXT:
	case PTRACE_PEEKDATA:
		return peek_data(child, addr, data);
	case PTRACE_POKETEXT:
	case PTRACE_POKEDATA:
		return poke_data(child, addr, data);

	case PTRACE_SETOPTIONS:
		return set_options(child, data);
	case PTRACE_GETEVENTMSG:
		return put_user(child->ptrace_message, (unsigned long __user *)user);
	case PTRACE_PEEKSIGINFO:
		return ptrace_peek_siginfo(child, addr, data);
	case PTRACE_GETSIGINFO:
		ret = get_siginfo(child, &info);
		return ret ?: copy_siginfo_to_user(user, &info);
	case PTRACE_SETSIGINFO:
		ret = copy_siginfo_from_user(&info, user);
		return ret ?: set_siginfo(child, &info);
	case PTRACE_GETSIGMASK:
		return get_sigmask(child, addr, user);
	case PTRACE_SETSIGMASK:
		return set_sigmask(child, addr, user);

	case PTRACE_INTERRUPT:
		return interrupt(child);
	case PTRACE_LISTEN:
		return listen(child);
	case PTRACE_DETACH:
		return ptrace_detach(child, data);
	case PTRACE_KILL:
		/* Like kill(), whatever state it is in. */
		send_sig_info(SIGKILL, SEND_SIG_NOINFO, child);
		return 0;
	case PTRACE_CONT:
	case PTRACE_SYSCALL:
	case PTRACE_SINGLESTEP:
	case PTRACE_SYSEMU:
	case PTRACE_SYSEMU_SINGLESTEP:
#ifdef PTRACE_SINGLEBLOCK
	case PTRACE_SINGLEBLOCK:
#endif
		return resume(child, request, data);

	case PTRACE_GETREGSET:
	case PTRACE_SETREGSET:
		return ptrace_regset_request(child, request, addr, data);
	case PTRACE_GET_SYSCALL_INFO:
		return ptrace_get_syscall_info(child, addr, user);
	case PTRACE_GET_RSEQ_CONFIGURATION:
		return get_rseq_configuration(child, addr, user);
	default:
		return -EIO;
	}
}

/** arch_ptrace - a machine that has requests of its own looks at them first; most have none */
long __weak arch_ptrace(struct task_struct *child, long request, unsigned long addr,
			unsigned long data)
{
	return ptrace_request(child, request, addr, data);
}

static long request_of_child(struct task_struct *child, long request, unsigned long addr,
			     unsigned long data)
{
	long ret;

	if (request == PTRACE_ATTACH || request == PTRACE_SEIZE)
		return ptrace_attach(child, request == PTRACE_SEIZE, addr, data);
	ret = ptrace_check_attach(child, request == PTRACE_KILL || request == PTRACE_INTERRUPT);
	if (ret)
		return ret;
	ret = arch_ptrace(child, request, addr, data);
	/* After a detach it isn't ours: somebody else may have frozen it. */
	if (ret || request != PTRACE_DETACH)
		ptrace_unfreeze(child);
	return ret;
}

/* ptrace(2) */
SYSCALL_DEFINE4(ptrace, long, request, long, pid, unsigned long, addr, unsigned long, data)
{
	struct task_struct *child;
	long ret;

	if (request == PTRACE_TRACEME)
		return ptrace_traceme();
	child = find_get_task_by_vpid(pid);
	if (!child)
		return -ESRCH;
	ret = request_of_child(child, request, addr, data);
	put_task_struct(child);
	return ret;
}
