// SPDX-License-Identifier: MIT
/*
 * The end of a task.
 *
 *	do_exit()	in the task: gives back what it holds, tells who waits
 *	release_task()	takes it out of the lists and frees its pid; a kernel thread does that
 *			itself, a user process's parent will when it has waited
 *	do_task_dead()	the last schedule(); finish_task_switch() of the next task on this CPU
 *			frees the stack
 *
 * The struct stays until the last reference and an RCU grace period.
 */

#include <linux/atomic.h>
#include <linux/completion.h>
#include <linux/cred.h>
#include <linux/debug_locks.h>
#include <linux/kthread.h>
#include <linux/panic.h>
#include <linux/pid.h>
#include <linux/rculist.h>
#include <linux/sched.h>
#include <linux/sched/signal.h>
#include <linux/sched/task.h>
#include <linux/task_work.h>

/* Every oops leaks a little; after so many the machine is not to be trusted. */
static unsigned int oops_limit = 10000;

void __weak exit_thread(struct task_struct *tsk)
{
	(void)tsk;
}

/**
 * release_task - take a dead task out of all lists
 * @p: the task, in EXIT_ZOMBIE or EXIT_DEAD
 */
void release_task(struct task_struct *p)
{
	uncount_process(p);
	write_lock_irq(&tasklist_lock);
	list_del_init(&p->sibling);
	list_del_rcu(&p->tasks);
	detach_pid(p, PIDTYPE_PID);
	nr_threads--;
	write_unlock_irq(&tasklist_lock);
	put_task_struct_rcu_user(p);
}

/* Children of a dying thread go to kthreadd, or to the boot task if that is who dies. */
static void forget_original_parent(struct task_struct *father)
{
	struct task_struct *reaper = kthreadd_task && father != kthreadd_task ?
		kthreadd_task : &init_task;
	struct task_struct *p;

	lockdep_assert_held_write(&tasklist_lock);
	list_for_each_entry(p, &father->children, sibling) {
		RCU_INIT_POINTER(p->real_parent, reaper);
		RCU_INIT_POINTER(p->parent, reaper);
	}
	list_splice_tail_init(&father->children, &reaper->children);
}

/* Nobody waits for a kernel thread with wait(): it reaps itself. */
static void exit_notify(struct task_struct *tsk)
{
	write_lock_irq(&tasklist_lock);
	forget_original_parent(tsk);
	tsk->exit_state = EXIT_DEAD;
	write_unlock_irq(&tasklist_lock);
	release_task(tsk);
}

static void check_exit_context(struct task_struct *tsk)
{
	WARN_ON(irqs_disabled());
	WARN_ON(tsk->plug);
	if (unlikely(in_atomic())) {
		pr_info("note: %s[%d] exited with preempt_count %d\n", tsk->comm,
			task_pid_nr(tsk), preempt_count());
		preempt_count_set(PREEMPT_ENABLED);
	}
	if (unlikely(in_interrupt()))
		panic("Aiee, killing interrupt handler!");
	if (unlikely(!tsk->pid))
		panic("Attempted to kill the idle task!");
	if (unlikely(is_global_init(tsk)))
		panic("Attempted to kill init!");
}

/* A kernel thread that died with a borrowed address space hasn't given it back. */
static void exit_mm(struct task_struct *tsk)
{
	if (tsk->mm && (tsk->flags & PF_KTHREAD))
		kthread_unuse_mm(tsk->mm);
}

/**
 * do_exit - end the current task
 * @code: exit code
 *
 * Context: task context, no lock held.
 */
void __noreturn do_exit(long code)
{
	struct task_struct *tsk = current;

	check_exit_context(tsk);
	tsk->flags |= PF_EXITING;
	tsk->exit_code = code;

	exit_mm(tsk);
	exit_task_work(tsk);
	exit_thread(tsk);
	kthread_exited(tsk);
	debug_check_no_locks_held();
	exit_tasks_rcu_start();
	exit_notify(tsk);
	exit_rcu();
	/* Tasks RCU waits for us until nobody can preempt us any more. */
	preempt_disable();
	exit_tasks_rcu_finish();
	do_task_dead();
}
EXPORT_SYMBOL(do_exit);

/**
 * make_task_dead - end the current task after an oops
 * @signr: exit code
 *
 * The context may be anything: what the task held stays held. If its own exit oopses too, it is
 * left sleeping for ever with its resources.
 */
void __noreturn make_task_dead(int signr)
{
	static atomic_t oops_count = ATOMIC_INIT(0);
	struct task_struct *tsk = current;

	if (unlikely(in_interrupt()))
		panic("Aiee, killing interrupt handler!");
	if (unlikely(!tsk->pid))
		panic("Attempted to kill the idle task!");
	if (unlikely(irqs_disabled())) {
		pr_info("note: %s[%d] exited with irqs disabled\n", tsk->comm, task_pid_nr(tsk));
		local_irq_enable();
	}
	if (unlikely(in_atomic())) {
		pr_info("note: %s[%d] exited with preempt_count %d\n", tsk->comm,
			task_pid_nr(tsk), preempt_count());
		preempt_count_set(PREEMPT_ENABLED);
	}
	if (atomic_inc_return(&oops_count) >= READ_ONCE(oops_limit) && oops_limit)
		panic("Oopsed too often (kernel.oops_limit is %u)", oops_limit);

	if (unlikely(tsk->flags & PF_EXITING)) {
		pr_alert("Fixing recursive fault but reboot is needed!\n");
		tsk->exit_state = EXIT_DEAD;
		set_special_state(TASK_UNINTERRUPTIBLE);
		for (;;)
			schedule();
	}
	do_exit(signr);
}

/* One thread a process so far, so the group is the task. */
void __noreturn do_group_exit(int code)
{
	do_exit(code);
}

long do_no_restart_syscall(struct restart_block *param)
{
	(void)param;
	return -EINTR;
}
