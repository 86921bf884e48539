// SPDX-License-Identifier: MIT
/*
 * The stop class: one task per CPU, the stopper, that preempts everything and is preempted by
 * nothing. kernel/stop_machine.c makes the threads; here is only how they are chosen.
 */

#include "sched.h"

static void update_curr_stop(struct rq *rq)
{
	struct task_struct *curr = rcu_dereference_protected(rq->curr, true);
	s64 delta = (s64)(rq_clock(rq) - curr->se.exec_start);

	if (unlikely(delta <= 0))
		return;
	curr->se.exec_start = rq_clock(rq);
	curr->se.sum_exec_runtime += delta;
}

static void enqueue_task_stop(struct rq *rq, struct task_struct *p, int flags)
{
	(void)p;
	(void)flags;
	add_nr_running(rq, 1);
}

static void dequeue_task_stop(struct rq *rq, struct task_struct *p, int flags)
{
	(void)p;
	(void)flags;
	sub_nr_running(rq, 1);
}

static void yield_task_stop(struct rq *rq)
{
	(void)rq;
	BUG();		/* it has nobody to yield to */
}

static void wakeup_preempt_stop(struct rq *rq, struct task_struct *p, int flags)
{
	(void)rq;
	(void)p;
	(void)flags;
}

static void set_next_task_stop(struct rq *rq, struct task_struct *p)
{
	p->se.exec_start = rq_clock(rq);
}

static struct task_struct *pick_next_task_stop(struct rq *rq)
{
	if (!rq->stop || !task_on_rq_queued(rq->stop))
		return NULL;
	set_next_task_stop(rq, rq->stop);
	return rq->stop;
}

static void put_prev_task_stop(struct rq *rq, struct task_struct *p)
{
	(void)p;
	update_curr_stop(rq);
}

static bool balance_stop(struct rq *rq, struct task_struct *prev)
{
	(void)prev;
	return rq->stop && task_on_rq_queued(rq->stop);
}

static int select_task_rq_stop(struct task_struct *p, int cpu, int flags)
{
	(void)cpu;
	(void)flags;
	return task_cpu(p);
}

static void task_tick_stop(struct rq *rq, struct task_struct *p)
{
	(void)p;
	update_curr_stop(rq);
}

static void switched_to_stop(struct rq *rq, struct task_struct *p)
{
	(void)p;
	resched_curr(rq);
}

static void prio_changed_stop(struct rq *rq, struct task_struct *p, int oldprio)
{
	(void)rq;
	(void)p;
	(void)oldprio;
	BUG();		/* the class has one priority */
}

const struct sched_class stop_sched_class = {
	.rank			= 3,
	.next			= &rt_sched_class,
	.enqueue_task		= enqueue_task_stop,
	.dequeue_task		= dequeue_task_stop,
	.yield_task		= yield_task_stop,
	.wakeup_preempt		= wakeup_preempt_stop,
	.pick_next_task		= pick_next_task_stop,
	.put_prev_task		= put_prev_task_stop,
	.set_next_task		= set_next_task_stop,
	.balance		= balance_stop,
	.select_task_rq		= select_task_rq_stop,
	.task_tick		= task_tick_stop,
	.switched_to		= switched_to_stop,
	.prio_changed		= prio_changed_stop,
	.update_curr		= update_curr_stop,
};
