// SPDX-License-Identifier: MIT
/*
 * Asking a CPU to schedule.
 *
 * Whoever finds that another task should run on a CPU sets TIF_NEED_RESCHED in the task that runs
 * there, and makes sure that the CPU sees it:
 *
 *	this CPU		the flag is folded into the preempt count: the next
 *				preempt_enable() or interrupt exit schedules
 *	another, busy		a reschedule interrupt, which folds it there
 *	another, polling	nothing: the idle loop watches the flag (linux/sched/idle.h draws
 *				the race with its falling asleep)
 */

#include <linux/cpu.h>
#include <linux/percpu.h>
#include <linux/rcupdate.h>

#include "sched.h"

/* ---- the flag ---- */

static inline atomic_long_t *task_flags(struct task_struct *p)
{
	return (atomic_long_t *)&task_thread_info(p)->flags;
}

/* Set the flag. Return: must the CPU be interrupted to see it? */
static bool mark_and_ask_if_blind(struct task_struct *p)
{
#ifdef TIF_POLLING_NRFLAG
	long old = atomic_long_fetch_or(BIT(TIF_NEED_RESCHED), task_flags(p));

	return !(old & BIT(TIF_POLLING_NRFLAG));
#else
	set_tsk_need_resched(p);
	return true;
#endif
}

/* ---- CPUs ---- */

/**
 * resched_curr - make a CPU call schedule() soon
 * @rq: its run queue, locked by the caller
 */
void resched_curr(struct rq *rq)
{
	struct task_struct *curr = rcu_dereference_protected(rq->curr, true);
	int cpu = cpu_of(rq);

	lockdep_assert_rq_held(rq);
	if (test_tsk_need_resched(curr))
		return;
	if (cpu == smp_processor_id()) {
		set_tsk_need_resched(curr);
		set_preempt_need_resched();
	} else if (mark_and_ask_if_blind(curr)) {
		smp_send_reschedule(cpu);
	}
}

/**
 * resched_cpu - resched_curr() for a caller without the lock
 * @cpu: the CPU; one that is down is left alone
 *
 * Context: any but NMI, no run queue locked.
 */
void resched_cpu(int cpu)
{
	struct rq *rq = cpu_rq(cpu);
	unsigned long flags;

	raw_spin_rq_lock_irqsave(rq, flags);
	if (cpu_online(cpu) || cpu == smp_processor_id())
		resched_curr(rq);
	raw_spin_rq_unlock_irqrestore(rq, flags);
}

/** scheduler_ipi - the reschedule interrupt's handler; the interrupt's exit path then schedules */
void scheduler_ipi(void)
{
	preempt_fold_need_resched();
}

/**
 * kick_process - make the CPU on which a task runs enter the kernel once
 * @p: the task
 *
 * Context: any but NMI.
 */
void kick_process(struct task_struct *p)
{
	int cpu;

	preempt_disable();
	cpu = task_cpu(p);
	if (cpu != smp_processor_id() && task_curr(p))
		smp_send_reschedule(cpu);
	preempt_enable();
}

/**
 * wake_up_if_idle - make a CPU leave its idle loop once
 * @cpu: the CPU
 *
 * Context: any but NMI, no run queue locked.
 */
void wake_up_if_idle(int cpu)
{
	struct rq *rq = cpu_rq(cpu);
	unsigned long flags;

	raw_spin_rq_lock_irqsave(rq, flags);
	if (is_idle_task(rcu_dereference_protected(rq->curr, true)))
		resched_curr(rq);
	raw_spin_rq_unlock_irqrestore(rq, flags);
}
