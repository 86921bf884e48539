// SPDX-License-Identifier: MIT
/*
 * Tasks RCU, and its rude sister.
 *
 * Tasks RCU has no read-side calls. Whoever is somewhere in the kernel, or preempted there, is a
 * reader until he gives up the CPU of his own will (or says cond_resched_tasks_rcu_qs()): code
 * that patches trampolines knows that no trampoline does that. So a grace period has to see each
 * task do it, unless it sleeps, having done it already:
 *
 *	pregp		an RCU grace period: a task whose on_rq is just changing settles
 *	pertask		runnable, or running, and not idle: marked, with its count of voluntary
 *			switches, and put on the list of holdouts
 *	postscan	the same for tasks that die: they have left the list of all tasks, but can
 *			still be preempted on the way to their last switch
 *	holdouts	gone once the mark is cleared (rcu_tasks_qs(), by the task), the count has
 *			changed, or the task sleeps
 *	postgp		an RCU grace period: orders what the tasks did before against the callbacks
 *
 * Tasks that begin to run after the scan come from sleep or from fork(), which is fine. An idle
 * task isn't waited for: in its loop preemption is off, so pregp's and postgp's RCU cover what RCU
 * watches, and for what RCU doesn't watch there is the rude flavour.
 *
 * Rude: code that runs with preemption off in places where RCU doesn't watch, deep in idle or in
 * entry code. A task of ours scheduled once on each CPU has seen it out.
 */

#include "tasks.h"

#include <linux/sched/debug.h>
#include <linux/sched/task.h>

static void tasks_pregp(struct list_head *hop)
{
	synchronize_rcu();
}

static bool may_be_reader(struct task_struct *t)
{
	/* @t may be changing another of its flags; this one it was born with. */
	return READ_ONCE(t->on_rq) && !data_race(is_idle_task(t));
}

static void tasks_pertask(struct task_struct *t, struct list_head *hop)
{
	if (t == current || !may_be_reader(t))
		return;
	get_task_struct(t);
	t->rcu_tasks_nvcsw = READ_ONCE(t->nvcsw);
	WRITE_ONCE(t->rcu_tasks_holdout, true);
	list_add(&t->rcu_tasks_holdout_list, hop);
}

static void tasks_postscan(struct list_head *hop)
{
	struct rcu_tasks_percpu *rtpcp;
	struct task_struct *t;
	int cpu;

	for_each_possible_cpu(cpu) {
		rtpcp = per_cpu_ptr(rcu_tasks.rtpcpu, cpu);
		scoped_guard(raw_spinlock_irq, &rtpcp->lock)
			list_for_each_entry(t, &rtpcp->rtp_exit_list, rcu_tasks_exit_list)
				if (list_empty(&t->rcu_tasks_holdout_list))
					tasks_pertask(t, hop);
	}
}

static void report_holdout(struct task_struct *t)
{
	pr_alert("%px: %c nvcsw: %lu/%lu holdout: %d cpu: %d\n", t, task_state_to_char(t),
		 t->rcu_tasks_nvcsw, READ_ONCE(t->nvcsw), READ_ONCE(t->rcu_tasks_holdout),
		 task_cpu(t));
	sched_show_task(t);
}

static void tasks_holdouts(struct list_head *hop, bool needreport, bool *firstreport)
{
	struct task_struct *t, *n;

	list_for_each_entry_safe(t, n, hop, rcu_tasks_holdout_list) {
		if (READ_ONCE(t->rcu_tasks_holdout) &&
		    t->rcu_tasks_nvcsw == READ_ONCE(t->nvcsw) && may_be_reader(t)) {
			if (needreport) {
				rcu_tasks_stall_begin("rcu_tasks", firstreport);
				report_holdout(t);
			}
			continue;
		}
		WRITE_ONCE(t->rcu_tasks_holdout, false);
		list_del_init(&t->rcu_tasks_holdout_list);
		put_task_struct(t);
	}
}

static void tasks_postgp(struct rcu_tasks *rtp)
{
	synchronize_rcu();
}

DEFINE_RCU_TASKS(rcu_tasks, rcu_tasks_wait_gp, call_rcu_tasks, "RCU Tasks",
	.pregp_func = tasks_pregp,
	.pertask_func = tasks_pertask,
	.postscan_func = tasks_postscan,
	.holdouts_func = tasks_holdouts,
	.postgp_func = tasks_postgp,
	.gp_sleep = HZ / 10,
	.init_fract = HZ / 10,
	.lazy_jiffies = HZ / 4,
	.wait_state = TASK_IDLE)

/** exit_tasks_rcu_start - the current task is about to leave the list of all tasks */
void exit_tasks_rcu_start(void)
{
	struct rcu_tasks_percpu *rtpcp;
	struct task_struct *t = current;
	guard(irqsave)();

	WARN_ON_ONCE(!list_empty(&t->rcu_tasks_exit_list));
	rtpcp = this_cpu_ptr(rcu_tasks.rtpcpu);
	t->rcu_tasks_exit_cpu = smp_processor_id();
	scoped_guard(raw_spinlock, &rtpcp->lock)
		list_add(&t->rcu_tasks_exit_list, &rtpcp->rtp_exit_list);
}

/** exit_tasks_rcu_finish - the current task can't be preempted any more */
void exit_tasks_rcu_finish(void)
{
	struct task_struct *t = current;

	WARN_ON_ONCE(list_empty(&t->rcu_tasks_exit_list));
	scoped_guard(raw_spinlock_irqsave,
		     &per_cpu_ptr(rcu_tasks.rtpcpu, t->rcu_tasks_exit_cpu)->lock)
		list_del_init(&t->rcu_tasks_exit_list);
	exit_tasks_rcu_finish_trace(t);
}

RCU_TASKS_DOORS(tasks)

/** synchronize_rcu_tasks - wait until every task has switched voluntarily, or slept. May sleep. */
void synchronize_rcu_tasks(void)
{
	rcu_tasks_synchronize(&rcu_tasks);
}

static void be_rude(struct work_struct *work)
{
}

static void rude_wait_gp(struct rcu_tasks *rtp)
{
	WRITE_ONCE(rtp->n_ipis, rtp->n_ipis + num_online_cpus());
	/* With one CPU, that we run here says it all. */
	if (num_online_cpus() > 1)
		schedule_on_each_cpu(be_rude);
}

static void call_rcu_tasks_rude(struct rcu_head *rhp, rcu_callback_t func)
{
	rcu_tasks_call(rhp, func, &rcu_tasks_rude);
}

DEFINE_RCU_TASKS(rcu_tasks_rude, rude_wait_gp, call_rcu_tasks_rude, "RCU Tasks Rude", .gp_sleep = 1)

/**
 * synchronize_rcu_tasks_rude - wait for a context switch on every CPU
 * Context: May sleep; CPU hot-plug isn't held off.
 */
void synchronize_rcu_tasks_rude(void)
{
	rcu_tasks_synchronize(&rcu_tasks_rude);
}
