// SPDX-License-Identifier: MIT
/*
 * Yama: who may attach to whom, beside what user ids and capabilities say.
 *
 *	ptrace_scope	PTRACE_ATTACH, SEIZE, and	PTRACE_TRACEME
 *			what asks like them
 *	0		as ever				as ever
 *	1		own descendants, who has	as ever
 *			declared us its tracer
 *	2		with CAP_SYS_PTRACE		a parent with CAP_SYS_PTRACE
 *	3		nobody				nobody; and it stays so until the next boot
 *
 * In scope 1 CAP_SYS_PTRACE opens every process too. A process declares its tracer by
 * prctl(PR_SET_PTRACER, pid): that one and its descendants may attach, as a crash handler that was
 * forked for it would; PR_SET_PTRACER_ANY: everybody; 0: nobody any more. The last word counts.
 *
 * Declarations are few and asked for seldom, so they are one list under one lock. They name
 * processes by the task_struct of their first thread without holding a reference: the hook that
 * tells of the end of such a struct takes them out, before the memory can be another's.
 *
 *	declare				freeing of a task		attach
 *	exceptions_lock: list_add	exceptions_lock: list_del	exceptions_lock: compare
 *					memory is free
 */

#include <linux/lsm_hooks.h>

#include <linux/capability.h>
#include <linux/cred.h>
#include <linux/errno.h>
#include <linux/init.h>
#include <linux/list.h>
#include <linux/pid.h>
#include <linux/printk.h>
#include <linux/ptrace.h>
#include <linux/rcupdate.h>
#include <linux/sched.h>
#include <linux/sched/signal.h>
#include <linux/sched/task.h>
#include <linux/slab.h>
#include <linux/spinlock.h>
#include <linux/sysctl.h>
#include <uapi/linux/prctl.h>

enum ptrace_scope {
	SCOPE_CLASSIC,
	SCOPE_RELATED,
	SCOPE_CAPABLE,
	SCOPE_NOBODY,
};

static int ptrace_scope = SCOPE_CLASSIC;

/* "@tracee may be attached to by @tracer and its descendants." */
struct exception {
	struct list_head list;
	struct task_struct *tracee;	/* both are first threads, and only compared */
	struct task_struct *tracer;	/* NULL: anybody */
};

/*
 * Guards the list and the tasks in it. Taken with interrupts off: tasks are freed in any context.
 */
static DEFINE_SPINLOCK(exceptions_lock);
static LIST_HEAD(exceptions);

/* ---- declarations ---- */

static void withdraw_locked(struct exception *e)
{
	list_del(&e->list);
	kfree(e);
}

/* With exceptions_lock. A process has one at most. */
static struct exception *declared_by(const struct task_struct *tracee)
{
	struct exception *e;

	list_for_each_entry(e, &exceptions, list) {
		if (e->tracee == tracee)
			return e;
	}
	return NULL;
}

static void withdraw(const struct task_struct *tracee)
{
	struct exception *e;
	unsigned long flags;

	spin_lock_irqsave(&exceptions_lock, flags);
	e = declared_by(tracee);
	if (e)
		withdraw_locked(e);
	spin_unlock_irqrestore(&exceptions_lock, flags);
}

/* @tracer: referenced, or NULL. */
static int declare(struct task_struct *tracee, struct task_struct *tracer)
{
	struct exception *fresh = kmalloc(sizeof(*fresh), GFP_KERNEL), *old;
	unsigned long flags;

	if (!fresh)
		return -ENOMEM;
	fresh->tracee = tracee;
	fresh->tracer = tracer;
	spin_lock_irqsave(&exceptions_lock, flags);
	old = declared_by(tracee);
	if (old)
		withdraw_locked(old);
	list_add(&fresh->list, &exceptions);
	spin_unlock_irqrestore(&exceptions_lock, flags);
	return 0;
}

static int declare_by_pid(struct task_struct *tracee, pid_t pid)
{
	struct task_struct *task, *tracer = NULL;
	int ret;

	/* A thread that is still there keeps its first thread, until a grace period after. */
	rcu_read_lock();
	task = find_task_by_vpid(pid);
	if (task && pid_alive(task))
		tracer = get_task_struct(READ_ONCE(task->group_leader));
	rcu_read_unlock();
	if (!tracer)
		return -EINVAL;
	ret = declare(tracee, tracer);
	put_task_struct(tracer);
	return ret;
}

static int yama_task_prctl(int option, unsigned long arg2, unsigned long arg3, unsigned long arg4,
			   unsigned long arg5)
{
	struct task_struct *self = current->group_leader;

	(void)arg3;
	(void)arg4;
	(void)arg5;
	if (option != PR_SET_PTRACER)
		return -ENOSYS;
	if (arg2 == PR_SET_PTRACER_ANY)
		return declare(self, NULL);
	if (arg2)
		return declare_by_pid(self, arg2);
	withdraw(self);
	return 0;
}

static void yama_task_free(struct task_struct *task)
{
	struct exception *e, *next;
	unsigned long flags;

	/*
	 * An entry with this task can't be new: whoever adds one holds a reference, or is the task.
	 */
	if (list_empty_careful(&exceptions))
		return;
	spin_lock_irqsave(&exceptions_lock, flags);
	list_for_each_entry_safe(e, next, &exceptions, list) {
		if (e->tracee == task || e->tracer == task)
			withdraw_locked(e);
	}
	spin_unlock_irqrestore(&exceptions_lock, flags);
}

/* ---- relations ---- */

/* With rcu_read_lock. Is @task of the process of @ancestor, a first thread, or one that it made? */
static bool descends_from(struct task_struct *task, const struct task_struct *ancestor)
{
	for (; task_pid_nr(task); task = rcu_dereference(task->real_parent)) {
		if (READ_ONCE(task->group_leader) == ancestor)
			return true;
	}
	return false;
}

static bool is_declared(struct task_struct *tracee, struct task_struct *tracer)
{
	struct exception *e;
	unsigned long flags;
	bool found;

	spin_lock_irqsave(&exceptions_lock, flags);
	e = declared_by(READ_ONCE(tracee->group_leader));
	found = e && (!e->tracer || descends_from(tracer, e->tracer));
	spin_unlock_irqrestore(&exceptions_lock, flags);
	return found;
}

static bool has_capability_over(struct task_struct *child)
{
	bool has;

	rcu_read_lock();
	has = ns_capable(__task_cred(child)->user_ns, CAP_SYS_PTRACE);
	rcu_read_unlock();
	return has;
}

static bool is_related(struct task_struct *child)
{
	bool related;

	rcu_read_lock();
	related = pid_alive(child) && (descends_from(child, READ_ONCE(current->group_leader)) ||
				       is_declared(child, current));
	rcu_read_unlock();
	return related;
}

/* ---- the questions ---- */

static int yama_ptrace_access_check(struct task_struct *child, unsigned int mode)
{
	bool permitted = false;

	if (!(mode & PTRACE_MODE_ATTACH))
		return 0;
	switch (READ_ONCE(ptrace_scope)) {
	case SCOPE_CLASSIC:
		return 0;
	case SCOPE_RELATED:
		permitted = is_related(child) || has_capability_over(child);
		break;
	case SCOPE_CAPABLE:
		permitted = has_capability_over(child);
		break;
	}
	if (permitted)
		return 0;
	if (!(mode & PTRACE_MODE_NOAUDIT))
		pr_notice_ratelimited("ptrace attach of \"%s\"[%d] was attempted by \"%s\"[%d]\n",
				      child->comm, task_pid_nr(child), current->comm,
				      task_pid_nr(current));
	return -EPERM;
}

static int yama_ptrace_traceme(struct task_struct *parent)
{
	switch (READ_ONCE(ptrace_scope)) {
	case SCOPE_CAPABLE:
		if (has_ns_capability(parent, current_user_ns(), CAP_SYS_PTRACE))
			return 0;
		break;
	case SCOPE_NOBODY:
		break;
	default:
		return 0;
	}
	pr_notice_ratelimited("ptrace of \"%s\"[%d] by its parent \"%s\"[%d] was refused\n",
			      current->comm, task_pid_nr(current), parent->comm,
			      task_pid_nr(parent));
	return -EPERM;
}

/* ---- the switch ---- */

/* Changing it takes the right that it is about; and nobody can leave the last scope. */
static int proc_ptrace_scope(const struct ctl_table *table, int write, void *buffer, size_t *lenp,
			     loff_t *ppos)
{
	struct ctl_table row = *table;

	if (write && !capable(CAP_SYS_PTRACE))
		return -EPERM;
	if (READ_ONCE(ptrace_scope) == SCOPE_NOBODY)
		row.extra1 = row.extra2;
	return proc_dointvec_minmax(&row, write, buffer, lenp, ppos);
}

static const struct ctl_table yama_table[] = {
	{
		.procname	= "ptrace_scope",
		.data		= &ptrace_scope,
		.maxlen		= sizeof(ptrace_scope),
		.mode		= 0644,
		.proc_handler	= proc_ptrace_scope,
		.extra1		= SYSCTL_ZERO,
		.extra2		= SYSCTL_THREE,
	},
};

static int __init yama_sysctl_init(void)
{
	register_sysctl_init("kernel/yama", yama_table);
	return 0;
}
fs_initcall(yama_sysctl_init);

static struct security_hook_list yama_hooks[] __ro_after_init = {
	LSM_HOOK_INIT(ptrace_access_check, yama_ptrace_access_check),
	LSM_HOOK_INIT(ptrace_traceme, yama_ptrace_traceme),
	LSM_HOOK_INIT(task_prctl, yama_task_prctl),
	LSM_HOOK_INIT(task_free, yama_task_free),
};

static const struct lsm_id yama_lsmid = { .name = "yama", .id = 105 };

static int __init yama_init(void)
{
	security_add_hooks(yama_hooks, ARRAY_SIZE(yama_hooks), &yama_lsmid);
	return 0;
}

DEFINE_LSM(yama) = {
	.name = "yama",
	.init = yama_init,
};
