// SPDX-License-Identifier: MIT
/*
 * The scheduler's part in the birth and death of a task.
 */

#include "sched.h"

static void init_entities(struct task_struct *p)
{
	p->on_rq = 0;
	p->on_cpu = 0;
	p->se.on_rq = 0;
	p->se.exec_start = 0;
	p->se.sum_exec_runtime = 0;
	p->se.prev_sum_exec_runtime = 0;
	p->se.vruntime = 0;
	p->se.vlag = 0;
	p->se.rel_deadline = 0;
	INIT_LIST_HEAD(&p->se.group_node);
	RB_CLEAR_NODE(&p->se.run_node);
	p->rt.on_rq = 0;
	p->rt.time_slice = sched_rr_timeslice;
	INIT_LIST_HEAD(&p->rt.run_list);
	plist_node_init(&p->pushable_tasks, MAX_PRIO);
	p->sched_info.pcount = 0;
	p->sched_contributes_to_load = 0;
	p->sched_migrated = 0;
	p->migration_disabled = 0;
	p->migration_pending = 0;
	p->cpus_ptr = &p->cpus_mask;
}

/* SCHED_RESET_ON_FORK: the child is a plain task whatever the parent is. */
static void reset_policy(struct task_struct *p)
{
	if (rt_or_dl_task_policy(p)) {
		p->policy = SCHED_NORMAL;
		p->static_prio = NICE_TO_PRIO(0);
		p->rt_priority = 0;
	} else if (task_nice(p) < 0) {
		p->static_prio = NICE_TO_PRIO(0);
	}
	p->normal_prio = p->static_prio;
	p->se.custom_slice = 0;
	p->sched_reset_on_fork = 0;
}

/**
 * sched_fork - set up a new task for scheduling
 * @clone_flags: CLONE_*
 * @p: the task, which nobody sees yet
 *
 * Return: 0.
 */
int sched_fork(u64 clone_flags, struct task_struct *p)
{
	(void)clone_flags;
	init_entities(p);
	/* Neither running nor wakeable until wake_up_new_task(). */
	p->__state = TASK_NEW;
	/* An idle task's child is a normal task. */
	if (current->sched_class == &idle_sched_class)
		p->normal_prio = p->static_prio;
	if (unlikely(p->sched_reset_on_fork))
		reset_policy(p);
	set_load_weight(p);
	__setscheduler_prio(p, p->normal_prio);
	init_task_preempt_count(p);
	return 0;
}

/**
 * sched_post_fork - a new task has a pid and the parent is known: place it beside its parent, for
 * the time being
 * @p: the task, not yet woken
 *
 * Context: task context; takes pi_lock.
 */
void sched_post_fork(struct task_struct *p)
{
	unsigned long flags;

	raw_spin_lock_irqsave(&p->pi_lock, flags);
	__set_task_cpu(p, smp_processor_id());
	if (p->sched_class->task_fork)
		p->sched_class->task_fork(p);
	raw_spin_unlock_irqrestore(&p->pi_lock, flags);
}

/**
 * sched_dead - a dead task has been switched away from for the last time
 * @p: the task
 */
void sched_dead(struct task_struct *p)
{
	WARN_ON_ONCE(p->on_rq || p->migration_disabled);
}
