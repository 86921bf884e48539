// SPDX-License-Identifier: MIT
/*
 * The relation of tracer and traced: how it begins and ends.
 *
 * A traced task has its tracer as ->parent, while ->real_parent stays who made it; it hangs by
 * ->ptrace_entry in the tracer's ->ptraced. So it tells the tracer of its stops and its end by the
 * same means as a child its parent.
 *
 *	begins		PTRACE_TRACEME		the child asks its parent
 *			PTRACE_ATTACH, _SEIZE	the tracer asks; ATTACH sends SIGSTOP as well
 *			fork of a traced task	by the options PTRACE_O_TRACE*, or CLONE_PTRACE
 *	ends		PTRACE_DETACH, or the death of either
 *
 * All of it under tasklist_lock for writing; ->ptrace under siglock too, since senders of signals
 * look at it.
 *
 * Attaching to a task that is stopped already by job control must not leave a window in which it
 * runs, nor one in which the tracer's next request finds it in the wrong kind of stop:
 *
 *	tracer				the task, in TASK_STOPPED
 *	TRAP_STOP and TRAPPING on
 *	wake it
 *	wait for TRAPPING to go		looks at its jobctl, enters TASK_TRACED
 *					clears TRAPPING, wakes the waiter
 */

#include "ptrace.h"

#include <linux/cred.h>
#include <linux/errno.h>
#include <linux/mutex.h>
#include <linux/sched/signal.h>
#include <linux/sched/task.h>
#include <linux/security.h>
#include <linux/signal.h>
#include <linux/wait_bit.h>

static struct task_struct *parent_of(struct task_struct *t)
{
	return rcu_dereference_protected(t->parent, lockdep_is_held(&tasklist_lock));
}

static struct task_struct *real_parent_of(struct task_struct *t)
{
	return rcu_dereference_protected(t->real_parent, lockdep_is_held(&tasklist_lock));
}

/* ---- linking ---- */

/* With tasklist_lock for writing. @cred: what the tracer may do, kept for ptracer_capable(). */
static void link_to_tracer(struct task_struct *child, struct task_struct *tracer,
			   const struct cred *cred)
{
	WARN_ON_ONCE(!list_empty(&child->ptrace_entry));
	list_add(&child->ptrace_entry, &tracer->ptraced);
	RCU_INIT_POINTER(child->parent, tracer);
	rcu_assign_pointer(child->ptracer_cred, get_cred(cred));
}

/*
 * The task goes back to what job control wants of it: a process that is stopped, or stopping, takes
 * it in again; else it runs.
 */
static void resume_job_control(struct task_struct *child)
{
	struct signal_struct *signal = child->signal;

	task_clear_jobctl_pending(child, JOBCTL_TRAP_MASK);
	task_clear_jobctl_trapping(child);
	if (!(child->flags & PF_EXITING) &&
	    ((signal->flags & SIGNAL_STOP_STOPPED) || signal->group_stop_count)) {
		child->jobctl |= JOBCTL_STOP_PENDING;
		/* It may never have been told which signal it was. */
		if (!(child->jobctl & JOBCTL_STOP_SIGMASK))
			child->jobctl |= SIGSTOP;
	}
	if ((child->jobctl & JOBCTL_STOP_PENDING) || task_is_traced(child))
		ptrace_signal_wake_up(child, true);
}

/**
 * ptrace_unlink_locked - the end of the relation
 * @child: a traced task, not yet released
 *
 * Context: tasklist_lock held for writing.
 */
void ptrace_unlink_locked(struct task_struct *child)
{
	const struct cred *old = rcu_dereference_protected(child->ptracer_cred,
							   lockdep_is_held(&tasklist_lock));

	clear_task_syscall_work(child, SYSCALL_TRACE);
	clear_task_syscall_work(child, SYSCALL_EMU);
	RCU_INIT_POINTER(child->parent, real_parent_of(child));
	list_del_init(&child->ptrace_entry);
	RCU_INIT_POINTER(child->ptracer_cred, NULL);
	put_cred(old);

	spin_lock(&locked_sighand(child)->siglock);
	child->ptrace = 0;
	resume_job_control(child);
	spin_unlock(&locked_sighand(child)->siglock);
}

/* ---- beginning ---- */

/** options_are_valid - may PTRACE_SETOPTIONS and PTRACE_SEIZE set these? */
bool options_are_valid(unsigned long options)
{
	/* SUSPEND_SECCOMP: there are no filters that could be suspended. */
	return !(options & ~(unsigned long)PTRACE_O_MASK) && !(options & PTRACE_O_SUSPEND_SECCOMP);
}

/* With tasklist_lock for writing, and cred_guard_mutex so that no exec changes what was judged. */
static int begin_tracing(struct task_struct *task, bool seize, unsigned int flags)
{
	if (task->exit_state || task->ptrace)
		return -EPERM;
	link_to_tracer(task, current, current_cred());
	spin_lock(&locked_sighand(task)->siglock);
	task->ptrace = flags;
	if (!seize)
		send_signal_locked(SIGSTOP, SEND_SIG_PRIV, task, PIDTYPE_PID);
	if (task_is_stopped(task) &&
	    task_set_jobctl_pending(task, JOBCTL_TRAP_STOP | JOBCTL_TRAPPING)) {
		task->jobctl &= ~JOBCTL_STOPPED;
		signal_wake_up_state(task, __TASK_STOPPED);
	}
	spin_unlock(&locked_sighand(task)->siglock);
	return 0;
}

/**
 * ptrace_attach - PTRACE_ATTACH and PTRACE_SEIZE
 * @task: whom, referenced
 * @seize: without stopping it, with the newer rules of group stops
 * @addr: must be 0 if seized
 * @flags: options, if seized
 *
 * Context: may sleep.
 * Return: 0; -EIO for bad arguments, -EPERM if it may not or can't be traced, -ERESTARTNOINTR.
 */
int ptrace_attach(struct task_struct *task, bool seize, unsigned long addr, unsigned long flags)
{
	unsigned int ptrace_flags = PT_PTRACED;
	int ret;

	if (seize) {
		if (addr || !options_are_valid(flags))
			return -EIO;
		ptrace_flags |= PT_SEIZED | (flags << PT_OPT_FLAG_SHIFT);
	}
	if ((task->flags & PF_KTHREAD) || same_thread_group(task, current))
		return -EPERM;
	if (mutex_lock_interruptible(&task->signal->cred_guard_mutex))
		return -ERESTARTNOINTR;

	task_lock(task);
	ret = __ptrace_may_access(task, PTRACE_MODE_ATTACH_REALCREDS);
	task_unlock(task);
	if (!ret) {
		write_lock_irq(&tasklist_lock);
		ret = begin_tracing(task, seize, ptrace_flags);
		write_unlock_irq(&tasklist_lock);
	}
	mutex_unlock(&task->signal->cred_guard_mutex);

	/* Only we clear it by force (by dying), so an interrupted wait does no harm. */
	if (!ret)
		wait_on_bit(&task->jobctl, JOBCTL_TRAPPING_BIT, TASK_KILLABLE);
	return ret;
}

/**
 * ptrace_traceme - PTRACE_TRACEME: the parent shall trace us
 *
 * A parent that exits is taken for one that traced us for a moment: 0, and nothing done.
 *
 * Return: 0; -EPERM if we are traced already, or a security module says so.
 */
int ptrace_traceme(void)
{
	struct task_struct *parent;
	int ret = -EPERM;

	write_lock_irq(&tasklist_lock);
	if (!current->ptrace) {
		parent = real_parent_of(current);
		ret = security_ptrace_traceme(parent);
		/* exit_ptrace() of the parent may have been by already. */
		if (!ret && !(parent->flags & PF_EXITING)) {
			link_to_tracer(current, parent, current_cred());
			spin_lock(&own_sighand()->siglock);
			current->ptrace = PT_PTRACED;
			spin_unlock(&own_sighand()->siglock);
		}
	}
	write_unlock_irq(&tasklist_lock);
	return ret;
}

/**
 * ptrace_init_task - a new task: traced by its maker's tracer, or not
 * @child: the task, a copy of current that nobody else knows
 * @ptrace: CLONE_PTRACE, or an option of the tracer's for this kind of birth
 *
 * It begins with a stop: by SIGSTOP, or as PTRACE_EVENT_STOP if seized.
 *
 * Context: tasklist_lock held for writing, and current's siglock.
 */
void ptrace_init_task(struct task_struct *child, bool ptrace)
{
	child->ptrace = 0;
	RCU_INIT_POINTER(child->ptracer_cred, NULL);
	if (likely(!ptrace) || !current->ptrace)
		return;
	child->ptrace = current->ptrace;
	link_to_tracer(child, parent_of(current),
		       rcu_dereference_protected(current->ptracer_cred,
						 lockdep_is_held(&tasklist_lock)));
	if (ptrace_seized(child))
		task_set_jobctl_pending(child, JOBCTL_TRAP_STOP);
	else
		sigaddset(&child->pending.signal, SIGSTOP);
}

/* ---- ending ---- */

static bool ignores_children(struct task_struct *t)
{
	struct k_sigaction *sa = &locked_sighand(t)->action[SIGCHLD - 1];
	bool ignores;

	spin_lock(&locked_sighand(t)->siglock);
	ignores = sa->sa.sa_handler == SIG_IGN || (sa->sa.sa_flags & SA_NOCLDWAIT);
	spin_unlock(&locked_sighand(t)->siglock);
	return ignores;
}

/*
 * With tasklist_lock for writing. A zombie that was kept for the tracer only is nobody's now, or
 * its real parent's: that one is told now.
 * Return: it is EXIT_DEAD, and ours to release.
 */
static bool detach_locked(struct task_struct *tracer, struct task_struct *p)
{
	bool dead;

	ptrace_unlink_locked(p);
	if (p->exit_state != EXIT_ZOMBIE)
		return false;
	dead = !thread_group_leader(p);
	if (!dead && thread_group_empty(p)) {
		if (!same_thread_group(real_parent_of(p), tracer)) {
			dead = do_notify_parent(p, p->exit_signal);
		} else if (ignores_children(tracer)) {
			__wake_up_parent(p, tracer);
			dead = true;
		}
	}
	if (dead)
		p->exit_state = EXIT_DEAD;
	return dead;
}

/**
 * ptrace_detach - PTRACE_DETACH: let it go
 * @child: stopped for us, frozen
 * @data: the signal it goes on with, or 0
 *
 * Return: 0 or -EIO.
 */
int ptrace_detach(struct task_struct *child, unsigned int data)
{
	if (!valid_signal(data))
		return -EIO;
	/* Nothing that it has asked the machine for may go on. */
	user_disable_single_step(child);
	write_lock_irq(&tasklist_lock);
	/* It is frozen: not even SIGKILL has let it run. */
	WARN_ON(!child->ptrace || child->exit_state);
	child->exit_code = data;
	detach_locked(current, child);
	write_unlock_irq(&tasklist_lock);
	return 0;
}

/**
 * exit_ptrace - a tracer ends: all that it traces goes on alone, or dies with it
 * @tracer: current
 * @dead: gets those that are to be released, by ->ptrace_entry
 *
 * Context: tasklist_lock held for writing.
 */
void exit_ptrace(struct task_struct *tracer, struct list_head *dead)
{
	struct task_struct *p, *n;

	list_for_each_entry_safe(p, n, &tracer->ptraced, ptrace_entry) {
		if (unlikely(p->ptrace & PT_EXITKILL))
			send_sig_info(SIGKILL, SEND_SIG_PRIV, p);
		if (detach_locked(tracer, p))
			list_add(&p->ptrace_entry, dead);
	}
}

/**
 * ptrace_release_task - a task is taken out of all lists
 * @task: dead, its release ours
 *
 * Context: tasklist_lock held for writing; it has its sighand still.
 */
void ptrace_release_task(struct task_struct *task)
{
	WARN_ON_ONCE(!list_empty(&task->ptraced));
	if (unlikely(task->ptrace))
		ptrace_unlink_locked(task);
}
