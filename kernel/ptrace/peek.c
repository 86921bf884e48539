// SPDX-License-Identifier: MIT
/*
 * What a stopped task has: its register sets, the signals that wait for it, the system call that it
 * stands at.
 *
 * All structs that go out are zeroed first: their padding is seen by the tracer.
 */

#include "ptrace.h"

#include <linux/err.h>
#include <linux/errno.h>
#include <linux/minmax.h>
#include <linux/regset.h>
#include <linux/sched/signal.h>
#include <linux/signal.h>
#include <linux/uaccess.h>
#include <linux/uio.h>
#include <asm/syscall.h>

/* ---- registers ---- */

static const struct user_regset *find_regset(const struct user_regset_view *view,
					     unsigned long type, unsigned int *setno)
{
	unsigned int n;

	for (n = 0; n < view->n; n++) {
		if (view->regsets[n].core_note_type == type) {
			*setno = n;
			return &view->regsets[n];
		}
	}
	return NULL;
}

static int move_regset(struct task_struct *child, long request, unsigned long type,
		       struct iovec *iov)
{
	const struct user_regset_view *view = task_user_regset_view(child);
	const struct user_regset *regset;
	unsigned int setno;

	regset = type ? find_regset(view, type, &setno) : NULL;
	if (!regset || iov->iov_len % regset->size)
		return -EINVAL;
	iov->iov_len = min(iov->iov_len, (__kernel_size_t)regset->n * regset->size);
	if (request == PTRACE_GETREGSET)
		return copy_regset_to_user(child, view, setno, 0, iov->iov_len, iov->iov_base);
	return copy_regset_from_user(child, view, setno, 0, iov->iov_len, iov->iov_base);
}

/**
 * ptrace_regset_request - PTRACE_GETREGSET and SETREGSET
 * @child: stopped for us
 * @request: which
 * @type: NT_*
 * @data: user address of a struct iovec; its length is set to what was moved
 *
 * Return: 0; -EINVAL for a type that there isn't or a length that isn't a multiple of the slot's;
 * -EFAULT; what the set says.
 */
int ptrace_regset_request(struct task_struct *child, long request, unsigned long type,
			  unsigned long data)
{
	struct iovec __user *uiov = (struct iovec __user *)data;
	struct iovec iov;
	int ret;

	if (copy_from_user(&iov, uiov, sizeof(iov)))
		return -EFAULT;
	ret = move_regset(child, request, type, &iov);
	if (ret)
		return ret;
	return put_user(iov.iov_len, &uiov->iov_len);
}

/* ---- signals ---- */

/* The entry at @off of a queue. Return: is there one? */
static bool copy_queued(struct task_struct *child, bool shared, u64 off,
			struct kernel_siginfo *info)
{
	struct sigpending *pending;
	struct sigqueue *q;
	unsigned long flags;
	bool found = false;

	if (!lock_task_sighand(child, &flags))
		return false;
	pending = shared ? &child->signal->shared_pending : &child->pending;
	list_for_each_entry(q, &pending->list, list) {
		if (off-- == 0) {
			copy_siginfo(info, &q->info);
			found = true;
			break;
		}
	}
	unlock_task_sighand(child, &flags);
	return found;
}

/**
 * ptrace_peek_siginfo - PTRACE_PEEKSIGINFO: signals in a queue, not taken out
 * @child: stopped for us
 * @addr: user address of struct ptrace_peeksiginfo_args
 * @data: user address of an array of siginfo_t
 *
 * Return: how many were copied; -EFAULT if not even one could be; -EINVAL.
 */
int ptrace_peek_siginfo(struct task_struct *child, unsigned long addr, unsigned long data)
{
	siginfo_t __user *to = (siginfo_t __user *)data;
	struct ptrace_peeksiginfo_args arg;
	struct kernel_siginfo info;
	int i;

	if (copy_from_user(&arg, (void __user *)addr, sizeof(arg)))
		return -EFAULT;
	if ((arg.flags & ~PTRACE_PEEKSIGINFO_SHARED) || arg.nr < 0)
		return -EINVAL;
	/* A queue that long there isn't. */
	if (arg.off > ULONG_MAX - arg.nr)
		return 0;
	for (i = 0; i < arg.nr; i++) {
		if (!copy_queued(child, arg.flags & PTRACE_PEEKSIGINFO_SHARED, arg.off + i, &info))
			break;
		if (copy_siginfo_to_user(&to[i], &info))
			return i ?: -EFAULT;
		if (signal_pending(current)) {
			i++;
			break;
		}
		cond_resched();
	}
	return i;
}

/* ---- the system call ---- */

/* Which kind of stop is it? */
static u8 syscall_stop_kind(struct task_struct *child)
{
	int code = child->last_siginfo ? child->last_siginfo->si_code : 0;

	if (code == (SIGTRAP | 0x80)) {
		if (child->ptrace_message == PTRACE_EVENTMSG_SYSCALL_ENTRY)
			return PTRACE_SYSCALL_INFO_ENTRY;
		if (child->ptrace_message == PTRACE_EVENTMSG_SYSCALL_EXIT)
			return PTRACE_SYSCALL_INFO_EXIT;
	}
	if (code == (SIGTRAP | (PTRACE_EVENT_SECCOMP << 8)))
		return PTRACE_SYSCALL_INFO_SECCOMP;
	return PTRACE_SYSCALL_INFO_NONE;
}

static size_t fill_entry(struct task_struct *child, struct pt_regs *regs,
			 struct ptrace_syscall_info *info)
{
	unsigned long args[6];
	int i;

	info->entry.nr = syscall_get_nr(child, regs);
	syscall_get_arguments(child, regs, args);
	for (i = 0; i < 6; i++)
		info->entry.args[i] = args[i];
	return offsetofend(struct ptrace_syscall_info, entry.args);
}

static size_t fill_exit(struct task_struct *child, struct pt_regs *regs,
			struct ptrace_syscall_info *info)
{
	info->exit.rval = syscall_get_error(child, regs);
	info->exit.is_error = info->exit.rval != 0;
	if (!info->exit.is_error)
		info->exit.rval = syscall_get_return_value(child, regs);
	return offsetofend(struct ptrace_syscall_info, exit.is_error);
}

/**
 * ptrace_get_syscall_info - PTRACE_GET_SYSCALL_INFO
 * @child: stopped for us
 * @size: of the caller's buffer
 * @data: the buffer
 *
 * Return: how many bytes there are to tell, however few fit; -EFAULT.
 */
int ptrace_get_syscall_info(struct task_struct *child, unsigned long size, void __user *data)
{
	struct pt_regs *regs = task_pt_regs(child);
	struct ptrace_syscall_info info;
	size_t actual = offsetof(struct ptrace_syscall_info, entry);

	memset(&info, 0, sizeof(info));
	info.op = syscall_stop_kind(child);
	info.arch = syscall_get_arch(child);
	info.instruction_pointer = instruction_pointer(regs);
	info.stack_pointer = user_stack_pointer(regs);
	switch (info.op) {
	case PTRACE_SYSCALL_INFO_ENTRY:
		actual = fill_entry(child, regs, &info);
		break;
	case PTRACE_SYSCALL_INFO_EXIT:
		actual = fill_exit(child, regs, &info);
		break;
	case PTRACE_SYSCALL_INFO_SECCOMP:
		fill_entry(child, regs, &info);
		info.seccomp.ret_data = child->ptrace_message;
		actual = offsetofend(struct ptrace_syscall_info, seccomp.ret_data);
		break;
	}
	return copy_to_user(data, &info, min(actual, size)) ? -EFAULT : (int)actual;
}
