// SPDX-License-Identifier: MIT
/*
 * The address space of a task, from fork to exit.
 *
 * fork() gives the child a copy of the address space or, with CLONE_VM, the same one. References by
 * others (get_task_mm()) are taken under task_lock(), which the task holds when it changes or drops
 * its own.
 *
 * A task leaves its address space when it executes a program and when it exits. Two things are due
 * then, while user memory can still be written: the word at clear_child_tid is zeroed and its
 * waiter woken (pthread_join() sleeps there), and a parent that sleeps in vfork() goes on.
 */

#include "fork.h"

#include <linux/completion.h>
#include <linux/err.h>
#include <linux/errno.h>
#include <linux/futex.h>
#include <linux/mm.h>
#include <linux/mmu_context.h>
#include <linux/ptrace.h>
#include <linux/sched/mm.h>
#include <linux/sched/signal.h>
#include <linux/sched/task.h>
#include <linux/uaccess.h>

/* ---- references to another task's ---- */

/**
 * get_task_mm - a task's address space
 * @task: the task
 *
 * Return: the address space, for mmput(); NULL if it has none or is a kernel thread.
 */
struct mm_struct *get_task_mm(struct task_struct *task)
{
	struct mm_struct *mm;

	if (task->flags & PF_KTHREAD)
		return NULL;
	task_lock(task);
	mm = task->mm;
	if (mm)
		mmget(mm);
	task_unlock(task);
	return mm;
}
EXPORT_SYMBOL_GPL(get_task_mm);

/**
 * mm_access - get_task_mm() for somebody who asks from outside
 * @task: the task
 * @mode: PTRACE_MODE_*: what is wanted
 *
 * An exec under way is waited for, so that credentials and address space belong together.
 *
 * Return: the address space; NULL if there is none; ERR_PTR(-EACCES) or -EINTR.
 */
struct mm_struct *mm_access(struct task_struct *task, unsigned int mode)
{
	struct mm_struct *mm;
	int err = down_read_killable(&task->signal->exec_update_lock);

	if (err)
		return ERR_PTR(err);
	mm = get_task_mm(task);
	if (mm && mm != current->mm && !ptrace_may_access(task, mode)) {
		mmput(mm);
		mm = ERR_PTR(-EACCES);
	}
	up_read(&task->signal->exec_update_lock);
	return mm;
}

/* ---- taking and leaving one's own ---- */

/**
 * take_current_mm - the running task's address space is another from here on
 * @mm: the new one; its user count is the caller's to give
 *
 * mm and active_mm change in one step for interrupts (a TLB flush looks at active_mm) and for those
 * who look at the task from outside (task_lock).
 *
 * Context: task context, interrupts on.
 * Return: the page tables that were loaded until now, its own old ones or lazily somebody's.
 */
struct mm_struct *take_current_mm(struct mm_struct *mm)
{
	struct task_struct *tsk = current;
	struct mm_struct *loaded;

	task_lock(tsk);
	local_irq_disable();
	loaded = tsk->active_mm;
	tsk->active_mm = mm;
	tsk->mm = mm;
	switch_mm_irqs_off(loaded, mm, tsk);
	local_irq_enable();
	task_unlock(tsk);
	return loaded;
}

/**
 * drop_current_mm - the running task has no user memory any more
 *
 * The page tables stay loaded until the next switch, as a kernel thread keeps those that it finds;
 * that takes a lazy reference. The user count that the task held is the caller's to put.
 *
 * Context: task context, interrupts on.
 */
void drop_current_mm(void)
{
	struct task_struct *tsk = current;
	struct mm_struct *mm = tsk->mm;

	WARN_ON_ONCE(mm != tsk->active_mm);
	mmgrab_lazy_tlb(mm);
	task_lock(tsk);
	/*
	 * What it did to user memory comes before the store to ->mm. Partner: membarrier(), which
	 * leaves a CPU alone if its task has another mm, after a barrier of its own.
	 */
	smp_mb__after_spinlock();
	local_irq_disable();
	tsk->mm = NULL;
	enter_lazy_tlb(mm, tsk);
	local_irq_enable();
	task_unlock(tsk);
}

/* ---- leaving ---- */

static void complete_vfork_done(struct task_struct *tsk)
{
	struct completion *vfork;

	task_lock(tsk);
	vfork = tsk->vfork_done;
	if (vfork) {
		tsk->vfork_done = NULL;
		complete(vfork);
	}
	task_unlock(tsk);
}

/**
 * wait_for_vfork_done - sleep until the child needs our memory no more
 * @child: the child, with a reference that goes
 * @vfork: its vfork_done, on our stack
 *
 * A fatal signal ends the wait. The completion goes with our stack then, so the child must forget
 * it; task_lock decides who is first.
 *
 * Return: 0, or not if a signal came.
 */
int wait_for_vfork_done(struct task_struct *child, struct completion *vfork)
{
	int killed = wait_for_completion_killable(vfork);

	if (killed) {
		task_lock(child);
		child->vfork_done = NULL;
		task_unlock(child);
	}
	put_task_struct(child);
	return killed;
}

static void mm_release(struct task_struct *tsk, struct mm_struct *mm)
{
	deactivate_mm(tsk, mm);
	if (tsk->clear_child_tid) {
		/* With no other user left nobody could see it. */
		if (atomic_read(&mm->mm_users) > 1) {
			put_user(0, tsk->clear_child_tid);
			do_futex((u32 __user *)tsk->clear_child_tid, FUTEX_WAKE, 1, NULL, NULL, 0,
				 0);
		}
		tsk->clear_child_tid = NULL;
	}
	if (tsk->vfork_done)
		complete_vfork_done(tsk);
}

/**
 * exit_mm_release - a task that exits leaves its address space: robust futexes, and what
 * mm_release() does
 * @tsk: current
 * @mm: its address space
 *
 * Context: may sleep.
 */
void exit_mm_release(struct task_struct *tsk, struct mm_struct *mm)
{
	futex_exit_release(tsk);
	mm_release(tsk, mm);
}

/**
 * exec_mm_release - likewise for a task that runs another program
 * @tsk: current
 * @mm: its address space, or NULL
 *
 * Context: may sleep.
 */
void exec_mm_release(struct task_struct *tsk, struct mm_struct *mm)
{
	futex_exec_release(tsk);
	mm_release(tsk, mm);
}

/* ---- copying ---- */

/**
 * copy_mm - a new task's address space
 * @clone_flags: CLONE_VM shares the caller's
 * @tsk: the task
 *
 * Context: may sleep.
 * Return: 0 or -ENOMEM.
 */
int copy_mm(unsigned long clone_flags, struct task_struct *tsk)
{
	struct mm_struct *oldmm = current->mm, *mm;

	tsk->mm = NULL;
	tsk->active_mm = NULL;
	/* A kernel thread has none to give, and is given none. */
	if (!oldmm || (tsk->flags & PF_KTHREAD))
		return 0;
	if (clone_flags & CLONE_VM) {
		mmget(oldmm);
		mm = oldmm;
	} else {
		mm = dup_mm(tsk, oldmm);
		if (!mm)
			return -ENOMEM;
	}
	tsk->mm = mm;
	tsk->active_mm = mm;
	return 0;
}
