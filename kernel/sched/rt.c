// SPDX-License-Identifier: MIT
/*
 * The real-time class: SCHED_FIFO and SCHED_RR, priorities 1 to 99.
 *
 * Each CPU has a list per priority and a bitmap of the lists in use; the first task of the first
 * list runs until it sleeps, yields (to the tail of its list) or something more urgent wakes. A
 * SCHED_RR task also goes to the tail when its slice of sched_rr_timeslice ticks is over.
 *
 * Over all CPUs the class keeps one promise: the N most urgent tasks that may run on N CPUs do.
 * So a task that can't run where it is moves at once:
 *
 *	push	after a wake-up or a switch, this CPU hands its most urgent waiting task to a CPU
 *		that runs something less urgent
 *	pull	before it picks something less urgent than it ran, a CPU asks the overloaded ones
 *		(rt_overload_mask) for a waiting task that is more urgent than its own best
 *
 * pushable_tasks holds the tasks that wait here and may run elsewhere, most urgent first.
 *
 * The limit. A real-time task that never sleeps would own its CPU, and nobody could log in to stop
 * it. So while fair tasks wait, the class gets sysctl_sched_rt_runtime of each
 * sysctl_sched_rt_period, and is passed over for the rest ("throttled"):
 *
 *	|<----------------- period ----------------->|
 *	| real time, up to the runtime | fair tasks  | real time ...
 *
 * With no fair task there, nothing is withheld. The period begins with the first run after the last
 * one ended; the tick, which runs while anybody does, ends it. Stoppers are of another class.
 */

#include <linux/cpu.h>
#include <linux/mutex.h>
#include <linux/sched/sysctl.h>
#include <linux/sysctl.h>

#include "sched.h"

/* CPUs with pushable tasks. Set under the CPU's own lock, read by anyone. */
static struct cpumask rt_overload_mask;

/* Microseconds; a runtime below 0 is no limit. */
unsigned int sysctl_sched_rt_period = 1000000;
int sysctl_sched_rt_runtime = 950000;
int sysctl_sched_rr_timeslice = RR_TIMESLICE * MSEC_PER_SEC / HZ;
int sched_rr_timeslice = RR_TIMESLICE;

/* ---- the limit ---- */

static bool rt_throttled(struct rq *rq)
{
	return rq->rt.throttled && rq->cfs.nr_running;
}

static void begin_rt_period(struct rq *rq)
{
	rq->rt.period_start = rq_clock(rq);
	rq->rt.time_used = 0;
	rq->rt.throttled = false;
}

static bool rt_period_is_over(struct rq *rq)
{
	return rq_clock(rq) - rq->rt.period_start >=
	       (u64)READ_ONCE(sysctl_sched_rt_period) * NSEC_PER_USEC;
}

/* The running real-time task has used @delta more. */
static void charge_rt_time(struct rq *rq, u64 delta)
{
	struct rt_rq *rt_rq = &rq->rt;
	int limit = READ_ONCE(sysctl_sched_rt_runtime);

	if (rt_period_is_over(rq))
		begin_rt_period(rq);
	rt_rq->time_used += delta;
	if (limit < 0 || rt_rq->throttled || !rq->cfs.nr_running ||
	    rt_rq->time_used <= (u64)limit * NSEC_PER_USEC)
		return;
	rt_rq->throttled = true;
	rt_rq->nr_throttled++;
	resched_curr(rq);
}

/**
 * sched_rt_period_tick - the tick's part: a throttled class comes back
 * @rq: this CPU's queue, locked
 */
void sched_rt_period_tick(struct rq *rq)
{
	if (!rq->rt.throttled || !rt_period_is_over(rq))
		return;
	begin_rt_period(rq);
	if (rq->rt.nr_running)
		resched_curr(rq);
}

/* ---- the pushable list ---- */

static void update_overload(struct rq *rq)
{
	bool overloaded = rq->online && !plist_head_empty(&rq->rt.pushable_tasks);

	if (overloaded == rq->rt.overloaded)
		return;
	rq->rt.overloaded = overloaded;
	if (overloaded)
		cpumask_set_cpu(rq->cpu, &rt_overload_mask);
	else
		cpumask_clear_cpu(rq->cpu, &rt_overload_mask);
}

static void add_pushable(struct rq *rq, struct task_struct *p)
{
	if (!plist_node_empty(&p->pushable_tasks))
		plist_del(&p->pushable_tasks, &rq->rt.pushable_tasks);
	plist_node_init(&p->pushable_tasks, p->prio);
	plist_add(&p->pushable_tasks, &rq->rt.pushable_tasks);
	update_overload(rq);
}

static void del_pushable(struct rq *rq, struct task_struct *p)
{
	if (plist_node_empty(&p->pushable_tasks))
		return;
	plist_del(&p->pushable_tasks, &rq->rt.pushable_tasks);
	update_overload(rq);
}

static struct task_struct *first_pushable(struct rq *rq)
{
	if (plist_head_empty(&rq->rt.pushable_tasks))
		return NULL;
	return plist_first_entry(&rq->rt.pushable_tasks, struct task_struct, pushable_tasks);
}

/* ---- queueing ---- */

static void update_curr_rt(struct rq *rq)
{
	struct task_struct *curr = rcu_dereference_protected(rq->curr, true);
	s64 delta;

	if (curr->sched_class != &rt_sched_class)
		return;
	delta = (s64)(rq_clock(rq) - curr->se.exec_start);
	if (unlikely(delta <= 0))
		return;
	curr->se.exec_start = rq_clock(rq);
	curr->se.sum_exec_runtime += delta;
	charge_rt_time(rq, delta);
}

static void update_highest_prio(struct rt_rq *rt_rq)
{
	rt_rq->highest_prio = rt_rq->nr_running ?
		(int)find_first_bit(rt_rq->bitmap, MAX_RT_PRIO) : MAX_RT_PRIO;
}

static void queue_rt(struct rt_rq *rt_rq, struct task_struct *p, bool head)
{
	struct list_head *queue = &rt_rq->queue[p->prio];

	if (head)
		list_add(&p->rt.run_list, queue);
	else
		list_add_tail(&p->rt.run_list, queue);
	__set_bit(p->prio, rt_rq->bitmap);
}

static void unqueue_rt(struct rt_rq *rt_rq, struct task_struct *p)
{
	list_del_init(&p->rt.run_list);
	if (list_empty(&rt_rq->queue[p->prio]))
		__clear_bit(p->prio, rt_rq->bitmap);
}

static void enqueue_task_rt(struct rq *rq, struct task_struct *p, int flags)
{
	struct rt_rq *rt_rq = &rq->rt;

	queue_rt(rt_rq, p, flags & ENQUEUE_HEAD);
	p->rt.on_rq = 1;
	WRITE_ONCE(rt_rq->nr_running, rt_rq->nr_running + 1);
	update_highest_prio(rt_rq);
	if (!task_current(rq, p) && p->nr_cpus_allowed > 1)
		add_pushable(rq, p);
	add_nr_running(rq, 1);
}

static void dequeue_task_rt(struct rq *rq, struct task_struct *p, int flags)
{
	struct rt_rq *rt_rq = &rq->rt;

	(void)flags;
	update_curr_rt(rq);
	unqueue_rt(rt_rq, p);
	p->rt.on_rq = 0;
	WRITE_ONCE(rt_rq->nr_running, rt_rq->nr_running - 1);
	update_highest_prio(rt_rq);
	del_pushable(rq, p);
	sub_nr_running(rq, 1);
}

static void requeue_tail(struct rq *rq, struct task_struct *p)
{
	list_move_tail(&p->rt.run_list, &rq->rt.queue[p->prio]);
}

static void yield_task_rt(struct rq *rq)
{
	requeue_tail(rq, current);
}

/* ---- placing ---- */

static int cpu_prio(int cpu)
{
	struct rq *rq = cpu_rq(cpu);
	struct task_struct *curr;
	int prio;

	rcu_read_lock();
	curr = rcu_dereference(rq->curr);
	prio = min(READ_ONCE(curr->prio), READ_ONCE(rq->rt.highest_prio));
	rcu_read_unlock();
	return prio;
}

/* The CPU that runs the least urgent thing, if that is less urgent than @p; -1 if there is none. */
static int find_lowest_cpu(struct task_struct *p, int from)
{
	int worst = p->prio;
	int cpu, best = -1;

	for_each_cpu_wrap(cpu, p->cpus_ptr, from) {
		int prio;

		if (!cpu_active(cpu))
			continue;
		prio = cpu_prio(cpu);
		if (prio > worst) {
			worst = prio;
			best = cpu;
		}
	}
	return best;
}

static int select_task_rq_rt(struct task_struct *p, int cpu, int flags)
{
	int target;

	(void)flags;
	if (cpu_prio(cpu) > p->prio)
		return cpu;
	target = find_lowest_cpu(p, cpu);
	return target >= 0 ? target : cpu;
}

/* ---- push and pull ---- */

/*
 * Takes the lock of a CPU that @p may go to, as well as @rq's, which may be dropped for it. NULL
 * if there is no such CPU, or @p meanwhile moved, started or changed.
 */
static struct rq *find_lock_lowest_rq(struct rq *rq, struct task_struct *p)
{
	struct rq *lowest;
	int cpu;

	cpu = find_lowest_cpu(p, rq->cpu);
	if (cpu < 0 || cpu == rq->cpu)
		return NULL;
	lowest = cpu_rq(cpu);
	double_lock_balance(rq, lowest);
	if (likely(p == first_pushable(rq) && task_rq(p) == rq && !task_on_cpu(p) &&
		   task_on_rq_queued(p) && rt_task(p) && !is_migration_disabled(p) &&
		   cpumask_test_cpu(cpu, p->cpus_ptr) && lowest->online &&
		   lowest->rt.highest_prio > p->prio))
		return lowest;
	double_unlock_balance(rq, lowest);
	return NULL;
}

/* Hand one waiting task away. True if it may be worth to try the next. */
static bool push_rt_task(struct rq *rq)
{
	struct task_struct *p = first_pushable(rq);
	struct rq *lowest;

	if (!p || is_migration_disabled(p))
		return false;
	get_task_struct(p);
	lowest = find_lock_lowest_rq(rq, p);
	if (lowest) {
		deactivate_task(rq, p, 0);
		set_task_cpu(p, lowest->cpu);
		update_rq_clock(lowest);
		activate_task(lowest, p, 0);
		wakeup_preempt(lowest, p, 0);
		double_unlock_balance(rq, lowest);
	}
	put_task_struct(p);
	return lowest != NULL;
}

static void push_rt_tasks(struct rq *rq)
{
	while (push_rt_task(rq))
		;
}

/* Take the best waiting task of @src if it beats what we have. @this_rq stays or is re-locked. */
static void pull_rt_task_from(struct rq *this_rq, struct rq *src)
{
	struct task_struct *p;

	double_lock_balance(this_rq, src);
	p = first_pushable(src);
	if (p && p->prio < this_rq->rt.highest_prio && !task_on_cpu(p) &&
	    !is_migration_disabled(p) && cpumask_test_cpu(this_rq->cpu, p->cpus_ptr)) {
		update_rq_clock(src);
		deactivate_task(src, p, 0);
		set_task_cpu(p, this_rq->cpu);
		activate_task(this_rq, p, 0);
	}
	double_unlock_balance(this_rq, src);
}

static void pull_rt_task(struct rq *this_rq)
{
	int cpu;

	for_each_cpu(cpu, &rt_overload_mask) {
		if (cpu != this_rq->cpu)
			pull_rt_task_from(this_rq, cpu_rq(cpu));
	}
}

static bool balance_rt(struct rq *rq, struct task_struct *prev)
{
	bool prev_stays = task_on_rq_queued(prev) && rt_task(prev);

	if (!prev_stays && !cpumask_empty(&rt_overload_mask) && rq->online)
		pull_rt_task(rq);
	return rq->nr_running != rq->cfs.nr_running;
}

/* ---- class: running ---- */

static void wakeup_preempt_rt(struct rq *rq, struct task_struct *p, int flags)
{
	struct task_struct *curr = rcu_dereference_protected(rq->curr, true);

	(void)flags;
	if (p->prio < curr->prio)
		resched_curr(rq);
}

static void task_woken_rt(struct rq *rq, struct task_struct *p)
{
	struct task_struct *curr = rcu_dereference_protected(rq->curr, true);

	if (!task_on_cpu(p) && !test_tsk_need_resched(curr) && p->nr_cpus_allowed > 1 &&
	    rt_task(curr))
		push_rt_tasks(rq);
}

static void set_next_task_rt(struct rq *rq, struct task_struct *p)
{
	p->se.exec_start = rq_clock(rq);
	p->se.prev_sum_exec_runtime = p->se.sum_exec_runtime;
	del_pushable(rq, p);
}

static struct task_struct *pick_next_task_rt(struct rq *rq)
{
	struct rt_rq *rt_rq = &rq->rt;
	struct task_struct *p;

	if (!rt_rq->nr_running || rt_throttled(rq))
		return NULL;
	p = list_first_entry(&rt_rq->queue[rt_rq->highest_prio], struct task_struct, rt.run_list);
	set_next_task_rt(rq, p);
	return p;
}

static void put_prev_task_rt(struct rq *rq, struct task_struct *p)
{
	update_curr_rt(rq);
	if (p->rt.on_rq && p->nr_cpus_allowed > 1)
		add_pushable(rq, p);
}

static void task_tick_rt(struct rq *rq, struct task_struct *p)
{
	update_curr_rt(rq);
	if (p->policy != SCHED_RR || --p->rt.time_slice)
		return;
	p->rt.time_slice = sched_rr_timeslice;
	if (list_is_singular(&rq->rt.queue[p->prio]))
		return;
	requeue_tail(rq, p);
	resched_curr(rq);
}

/* ---- class: changes ---- */

static void switched_to_rt(struct rq *rq, struct task_struct *p)
{
	struct task_struct *curr = rcu_dereference_protected(rq->curr, true);

	if (!task_on_rq_queued(p) || task_current(rq, p))
		return;
	if (p->prio < curr->prio)
		resched_curr(rq);
	else if (p->nr_cpus_allowed > 1)
		push_rt_tasks(rq);
}

static void prio_changed_rt(struct rq *rq, struct task_struct *p, int oldprio)
{
	struct task_struct *curr = rcu_dereference_protected(rq->curr, true);

	if (!task_on_rq_queued(p))
		return;
	if (task_current(rq, p)) {
		if (oldprio < p->prio)
			resched_curr(rq);	/* less urgent: look again, pull */
	} else if (p->prio < curr->prio) {
		resched_curr(rq);
	}
}

static void rq_online_rt(struct rq *rq)
{
	update_overload(rq);
}

static void rq_offline_rt(struct rq *rq)
{
	update_overload(rq);
}

/** init_rt_rq - an empty queue of the real-time classes */
void init_rt_rq(struct rt_rq *rt_rq)
{
	int i;

	for (i = 0; i < MAX_RT_PRIO; i++)
		INIT_LIST_HEAD(&rt_rq->queue[i]);
	bitmap_zero(rt_rq->bitmap, MAX_RT_PRIO + 1);
	__set_bit(MAX_RT_PRIO, rt_rq->bitmap);	/* a search always ends */
	rt_rq->highest_prio = MAX_RT_PRIO;
	plist_head_init(&rt_rq->pushable_tasks);
}

/** rt_balance_init - no CPU has real-time tasks to spare */
void __init rt_balance_init(void)
{
	cpumask_clear(&rt_overload_mask);
}

const struct sched_class rt_sched_class = {
	.rank			= 2,
	.next			= &fair_sched_class,
	.enqueue_task		= enqueue_task_rt,
	.dequeue_task		= dequeue_task_rt,
	.yield_task		= yield_task_rt,
	.wakeup_preempt		= wakeup_preempt_rt,
	.pick_next_task		= pick_next_task_rt,
	.put_prev_task		= put_prev_task_rt,
	.set_next_task		= set_next_task_rt,
	.balance		= balance_rt,
	.select_task_rq		= select_task_rq_rt,
	.task_woken		= task_woken_rt,
	.rq_online		= rq_online_rt,
	.rq_offline		= rq_offline_rt,
	.task_tick		= task_tick_rt,
	.switched_to		= switched_to_rt,
	.prio_changed		= prio_changed_rt,
	.update_curr		= update_curr_rt,
};

/* ---- /proc/sys/kernel ---- */

/**
 * proc_sched_rt - the handler of sched_rt_period_us and sched_rt_runtime_us
 *
 * A share above the whole is refused, and what was stays.
 *
 * Return: 0, -EINVAL.
 */
int proc_sched_rt(const struct ctl_table *table, int write, void *buffer, size_t *lenp,
		  loff_t *ppos)
{
	static DEFINE_MUTEX(lock);
	unsigned int old;
	int err;

	mutex_lock(&lock);
	old = READ_ONCE(*(unsigned int *)table->data);
	err = proc_dointvec_minmax(table, write, buffer, lenp, ppos);
	if (!err && sysctl_sched_rt_runtime > (int)sysctl_sched_rt_period)
		err = -EINVAL;
	if (err && write)
		WRITE_ONCE(*(unsigned int *)table->data, old);
	mutex_unlock(&lock);
	return err;
}

/** proc_sched_rr - the handler of sched_rr_timeslice_ms; 0 and less: as at boot */
int proc_sched_rr(const struct ctl_table *table, int write, void *buffer, size_t *lenp,
		  loff_t *ppos)
{
	static DEFINE_MUTEX(lock);
	int err;

	mutex_lock(&lock);
	err = proc_dointvec(table, write, buffer, lenp, ppos);
	if (!err && write) {
		int ms = sysctl_sched_rr_timeslice;

		WRITE_ONCE(sched_rr_timeslice,
			   ms > 0 ? max_t(int, msecs_to_jiffies(ms), 1) : RR_TIMESLICE);
		if (ms <= 0)
			sysctl_sched_rr_timeslice = jiffies_to_msecs(RR_TIMESLICE);
	}
	mutex_unlock(&lock);
	return err;
}
