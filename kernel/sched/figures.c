// SPDX-License-Identifier: MIT
/*
 * Questions about CPUs and tasks.
 *
 * Nothing is locked unless said otherwise: an answer was true a moment ago, and is meant for a
 * decision that may be wrong, or for people.
 */

#include <linux/cpumask.h>
#include <linux/percpu.h>
#include <linux/rcupdate.h>

#include "sched.h"

/* ---- who runs where ---- */

/** task_curr - does a task run now? Return: 1 or 0 */
int task_curr(const struct task_struct *p)
{
	return rcu_access_pointer(cpu_curr(task_cpu(p))) == p;
}

/**
 * idle_cpu - is nothing running or queued on a CPU, at a glance
 * @cpu: the CPU
 *
 * Return: 1 if idle.
 */
int idle_cpu(int cpu)
{
	struct rq *rq = cpu_rq(cpu);

	return rcu_access_pointer(rq->curr) == rq->idle && !READ_ONCE(rq->nr_running);
}

/** available_idle_cpu - the same, and would a task that is sent there run at once? */
int available_idle_cpu(int cpu)
{
	return idle_cpu(cpu) && !vcpu_is_preempted(cpu);
}

/** idle_task - the idle thread of a CPU */
struct task_struct *idle_task(int cpu)
{
	return cpu_rq(cpu)->idle;
}

/** curr_task - the task that runs on a CPU. Context: RCU, or the CPU is held still */
struct task_struct *curr_task(int cpu)
{
	return rcu_access_pointer(cpu_curr(cpu));
}

/** cpus_share_cache - does a task stay warm that moves between them? As far as we know */
bool cpus_share_cache(int this_cpu, int that_cpu)
{
	(void)this_cpu;
	(void)that_cpu;
	return true;
}

/* ---- figures ---- */

/** nr_context_switches - since boot, on all CPUs */
unsigned long long nr_context_switches(void)
{
	unsigned long long sum = 0;
	int cpu;

	for_each_possible_cpu(cpu)
		sum += READ_ONCE(cpu_rq(cpu)->nr_switches);
	return sum;
}

/** nr_running - tasks that run or want to, on all CPUs */
unsigned int nr_running(void)
{
	unsigned int sum = 0;
	int cpu;

	for_each_online_cpu(cpu)
		sum += READ_ONCE(cpu_rq(cpu)->nr_running);
	return sum;
}

/** single_task_running - does nobody else want this CPU? */
bool single_task_running(void)
{
	return READ_ONCE(raw_rq()->nr_running) == 1;
}

/** nr_iowait_cpu - tasks that sleep for I/O and slept in on a CPU */
unsigned int nr_iowait_cpu(int cpu)
{
	return atomic_read(&cpu_rq(cpu)->nr_iowait);
}

/** nr_iowait - tasks that sleep for I/O */
unsigned int nr_iowait(void)
{
	unsigned int sum = 0;
	int cpu;

	for_each_possible_cpu(cpu)
		sum += nr_iowait_cpu(cpu);
	return sum;
}

/**
 * task_sched_runtime - CPU time of a task, exact even while it runs
 * @p: the task; it is held still for a moment
 *
 * Return: nanoseconds.
 */
unsigned long long task_sched_runtime(struct task_struct *p)
{
	unsigned long flags;
	struct rq *rq = task_rq_lock(p, &flags);
	u64 ns;

	if (task_current(rq, p) && task_on_rq_queued(p)) {
		update_rq_clock(rq);
		p->sched_class->update_curr(rq);
	}
	ns = p->se.sum_exec_runtime;
	task_rq_unlock(rq, p, &flags);
	return ns;
}
