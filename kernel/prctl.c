// SPDX-License-Identifier: MIT
/*
 * prctl(2): what a process sets and asks about itself.
 *
 * The security modules are asked first (capabilities are theirs: security/commoncap.c). What isn't
 * known, or is of another machine, is -EINVAL, as on a Linux without it.
 */

#include <linux/capability.h>
#include <linux/cred.h>
#include <linux/errno.h>
#include <linux/mm_types.h>
#include <linux/pid.h>
#include <linux/prctl.h>
#include <linux/rcupdate.h>
#include <linux/sched.h>
#include <linux/sched/coredump.h>
#include <linux/sched/signal.h>
#include <linux/sched/task.h>
#include <linux/security.h>
#include <linux/signal.h>
#include <linux/string.h>
#include <linux/syscalls.h>
#include <linux/uaccess.h>

/**
 * walk_process_tree - visit all descendants of a process
 * @top: the process
 * @visitor: called with each; false skips its descendants
 * @data: for @visitor
 *
 * Parents before children.
 */
void walk_process_tree(struct task_struct *top, bool (*visitor)(struct task_struct *, void *),
		       void *data)
{
	struct task_struct *leader = top, *parent, *child;

	read_lock(&tasklist_lock);
down:
	for_each_thread(leader, parent) {
		list_for_each_entry(child, &parent->children, sibling) {
			if (!visitor(child, data))
				continue;
			leader = child;
			goto down;
up:
			;
		}
	}
	if (leader != top) {
		child = leader;
		parent = rcu_dereference_protected(child->real_parent,
						   lockdep_is_held(&tasklist_lock));
		leader = parent->group_leader;
		goto up;
	}
	read_unlock(&tasklist_lock);
}

/* Its descendants' orphans come to us: they have to look for us. Init's are its own anyhow. */
static bool note_subreaper(struct task_struct *p, void *data)
{
	(void)data;
	if (p->signal->has_child_subreaper || is_global_init(p))
		return false;
	p->signal->has_child_subreaper = 1;
	return true;
}

static int set_name(const char __user *name)
{
	char comm[TASK_COMM_LEN];

	comm[sizeof(comm) - 1] = '\0';
	if (strncpy_from_user(comm, name, sizeof(comm) - 1) < 0)
		return -EFAULT;
	set_task_comm(current, comm);
	return 0;
}

static int get_name(char __user *name)
{
	char comm[TASK_COMM_LEN];

	get_task_comm(comm, current);
	return copy_to_user(name, comm, sizeof(comm)) ? -EFAULT : 0;
}

static int get_auxv(void __user *addr, unsigned long len)
{
	struct mm_struct *mm = current->mm;
	unsigned long size = min(sizeof(mm->saved_auxv), len);

	if (copy_to_user(addr, mm->saved_auxv, size))
		return -EFAULT;
	return sizeof(mm->saved_auxv);
}

static int set_timerslack(unsigned long slack)
{
	/* Real-time tasks are never late on purpose. */
	if (current->policy == SCHED_FIFO || current->policy == SCHED_RR)
		return 0;
	current->timer_slack_ns = slack > 0 && (long)slack > 0 ? slack :
				  current->default_timer_slack_ns;
	return 0;
}

/** arch_prctl_option - prctl(2) options of the machine's own. Return: -EINVAL by default */
long __weak arch_prctl_option(int option, unsigned long arg2, unsigned long arg3,
			      unsigned long arg4, unsigned long arg5)
{
	return -EINVAL;
}

SYSCALL_DEFINE5(prctl, int, option, unsigned long, arg2, unsigned long, arg3,
		unsigned long, arg4, unsigned long, arg5)
{
	struct task_struct *me = current;
	int err = security_task_prctl(option, arg2, arg3, arg4, arg5);

	if (err != -ENOSYS)
		return err;
	switch (option) {
	case PR_SET_PDEATHSIG:
		if (!valid_signal(arg2))
			return -EINVAL;
		me->pdeath_signal = arg2;
		return 0;
	case PR_GET_PDEATHSIG:
		return put_user(me->pdeath_signal, (int __user *)arg2);
	case PR_GET_DUMPABLE:
		return get_dumpable(me->mm);
	case PR_SET_DUMPABLE:
		if (arg2 != SUID_DUMP_DISABLE && arg2 != SUID_DUMP_USER)
			return -EINVAL;
		set_dumpable(me->mm, arg2);
		return 0;
	case PR_GET_TIMING:
		return PR_TIMING_STATISTICAL;
	case PR_SET_TIMING:
		return arg2 == PR_TIMING_STATISTICAL ? 0 : -EINVAL;
	case PR_SET_NAME:
		return set_name((const char __user *)arg2);
	case PR_GET_NAME:
		return get_name((char __user *)arg2);
	case PR_GET_SECCOMP:
		return 0;
	case PR_GET_TIMERSLACK:
		return min(me->timer_slack_ns, (u64)ULONG_MAX);
	case PR_SET_TIMERSLACK:
		return set_timerslack(arg2);
	case PR_SET_CHILD_SUBREAPER:
		me->signal->is_child_subreaper = !!arg2;
		if (arg2)
			walk_process_tree(me, note_subreaper, NULL);
		return 0;
	case PR_GET_CHILD_SUBREAPER:
		return put_user(me->signal->is_child_subreaper, (int __user *)arg2);
	case PR_SET_NO_NEW_PRIVS:
		if (arg2 != 1 || arg3 || arg4 || arg5)
			return -EINVAL;
		task_set_no_new_privs(me);
		return 0;
	case PR_GET_NO_NEW_PRIVS:
		if (arg2 || arg3 || arg4 || arg5)
			return -EINVAL;
		return task_no_new_privs(me) ? 1 : 0;
	case PR_GET_TID_ADDRESS:
		return put_user(me->clear_child_tid, (int __user *__user *)arg2);
	case PR_GET_THP_DISABLE:
		if (arg2 || arg3 || arg4 || arg5)
			return -EINVAL;
		return !!test_bit(MMF_DISABLE_THP, &me->mm->flags);
	case PR_SET_THP_DISABLE:
		if (arg3 || arg4 || arg5)
			return -EINVAL;
		if (arg2)
			set_bit(MMF_DISABLE_THP, &me->mm->flags);
		else
			clear_bit(MMF_DISABLE_THP, &me->mm->flags);
		return 0;
	case PR_GET_AUXV:
		if (arg4 || arg5)
			return -EINVAL;
		return get_auxv((void __user *)arg2, arg3);
	default:
		return arch_prctl_option(option, arg2, arg3, arg4, arg5);
	}
}
