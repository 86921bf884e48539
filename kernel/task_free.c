// SPDX-License-Identifier: MIT
/*
 * The end of a task's memory, in the order in which it goes:
 *
 *	task_struct.rcu_users	2: one of the scheduler, gone with its last switch; one of whoever
 *				reaps it. Then, after a grace period, one less of
 *	task_struct.usage	whoever called get_task_struct(). Then, after another, the struct
 *	stack_refcount		the stack has its own, since it goes as soon as the dead task is
 *				switched away from, while the struct may be looked at for long
 *
 * Making all this is fork.c, dying is exit.c.
 */

#include "fork.h"

#include <linux/bug.h>
#include <linux/cred.h>
#include <linux/export.h>
#include <linux/kthread.h>
#include <linux/mm.h>
#include <linux/rcupdate.h>
#include <linux/refcount.h>
#include <linux/sched.h>
#include <linux/sched/signal.h>
#include <linux/sched/task.h>
#include <linux/sched/task_stack.h>
#include <linux/security.h>
#include <linux/slab.h>

/* ---- kernel stacks ---- */

static void free_thread_stack(struct task_struct *tsk)
{
	free_thread_stack_vm(tsk->stack_vm_area);
	tsk->stack = NULL;
	tsk->stack_vm_area = NULL;
}

/**
 * try_get_task_stack - keep the stack of a task that may be exiting
 * @tsk: the task, referenced
 *
 * Return: the stack, for put_task_stack(), or NULL if it is gone.
 */
void *try_get_task_stack(struct task_struct *tsk)
{
	return refcount_inc_not_zero(&tsk->stack_refcount) ? task_stack_page(tsk) : NULL;
}

/**
 * put_task_stack - give a reference to a task's stack back
 * @tsk: the task; the stack is freed with the last one
 *
 * Context: any but NMI.
 */
void put_task_stack(struct task_struct *tsk)
{
	if (refcount_dec_and_test(&tsk->stack_refcount))
		free_thread_stack(tsk);
}

/**
 * set_task_stack_end_magic - mark the end of a task's stack, so that an overflow is seen later
 * @tsk: the task
 */
void set_task_stack_end_magic(struct task_struct *tsk)
{
	*end_of_stack(tsk) = STACK_END_MAGIC;
}

/* ---- the end of a task_struct ---- */

/** arch_release_task_struct - what a machine keeps in a task goes; nothing by default */
void __weak arch_release_task_struct(struct task_struct *tsk)
{
	(void)tsk;
}

/**
 * free_task - free the struct of a task that nobody can reach
 * @tsk: the task, its stack already given back
 */
void free_task(struct task_struct *tsk)
{
	WARN_ON_ONCE(refcount_read(&tsk->stack_refcount) != 0);
	if (tsk->flags & PF_KTHREAD)
		free_kthread_struct(tsk);
	arch_release_task_struct(tsk);
	kmem_cache_free(task_struct_cachep, tsk);
}
EXPORT_SYMBOL(free_task);

/**
 * __put_task_struct_rcu_cb - the RCU callback of __put_task_struct()
 * @rhp: in the task
 */
void __put_task_struct_rcu_cb(struct rcu_head *rhp)
{
	free_task(container_of(rhp, struct task_struct, rcu));
}

/**
 * __put_task_struct - the last reference to a dead task has gone
 * @tsk: the task; not current
 *
 * Credentials and the signal struct go here. The rest is left to an RCU callback, since this may
 * run in any context, and a reader may still look at the task.
 */
void __put_task_struct(struct task_struct *tsk)
{
	WARN_ON(!tsk->exit_state);
	WARN_ON(refcount_read(&tsk->usage));
	WARN_ON(tsk == current);
	security_task_free(tsk);
	exit_creds(tsk);
	put_signal_struct(tsk->signal);
	call_rcu(&tsk->rcu, __put_task_struct_rcu_cb);
}
EXPORT_SYMBOL(__put_task_struct);

static void delayed_put_task_struct(struct rcu_head *rhp)
{
	put_task_struct(container_of(rhp, struct task_struct, rcu));
}

/**
 * put_task_struct_rcu_user - one of the two users of a living task, the scheduler and whoever reaps
 * it, is done
 * @task: the task
 *
 * After the second, RCU readers that found the task in a list or in rq->curr may still look at it.
 *
 * Context: any but NMI.
 */
void put_task_struct_rcu_user(struct task_struct *task)
{
	if (refcount_dec_and_test(&task->rcu_users))
		call_rcu(&task->rcu, delayed_put_task_struct);
}
