// SPDX-License-Identifier: MIT
/*
 * Spreading fair tasks over the CPUs.
 *
 * Where a task wakes (select_task_rq_fair()) does most of it: its last CPU if that is idle, else
 * any idle one, else the lighter of the last CPU and the waker's. What goes wrong later is
 * repaired by pulling, always in one direction: the CPU with less to do takes from the busiest.
 *
 *	new idle	in __schedule(), when the queue ran empty
 *	periodic	from the tick, by softirq, every few ticks
 *	nohz		a busy CPU asks one tickless idle CPU to pull for all of them
 *
 * Load is the sum of the weights of the runnable tasks, as it is now: no history. A weighted
 * average over time would judge a queue of short sleepers better; with wake-ups going to idle CPUs
 * first, the momentary figure has served.
 *
 * A queue gives away tasks that wait, coldest first, while it has at least one more than it runs.
 * If only its running task may leave (the others are bound), its stopper pushes that one.
 *
 * Lock order and moving: tasks leave the busiest queue under its lock alone, as
 * TASK_ON_RQ_MIGRATING, and enter ours under ours; the two locks are never held together.
 *
 * Pulling must not make things worse, and there are two ways in which it would:
 *
 *	Convoy. All CPUs find the same queue the busiest. If they waited for its lock, that CPU
 *	would stand in line behind all of them for its own next tick; where the hand-over of a
 *	lock is slow (virtual CPUs share a host's), the line never ends and nobody runs a task.
 *	So a balancer only tries the lock: if it is taken, somebody is at work there already.
 *
 *	Storm. A CPU whose tasks sleep often runs empty often, and a queue that has a task too
 *	many may have none that can move. So a pull that moved nothing puts the next one off: to
 *	the next tick when new idle, and by twice the time from the tick, up to MAX_BACKOFF.
 */

#include <linux/cpu.h>
#include <linux/jiffies.h>
#include <linux/smp.h>

#include "sched.h"

#define IMBALANCE_PCT	117	/* a busy CPU pulls only if the other has 17 % more */
#define MAX_MOVES	32	/* per visit, with interrupts off */
#define MAX_BACKOFF	3	/* doublings of the interval while nothing can be moved */

bool sched_overload;

/* CPUs whose tick is stopped, and how many. */
static struct cpumask nohz_idle_mask;
static atomic_t nohz_nr_cpus = ATOMIC_INIT(0);
static unsigned long nohz_next_balance;	/* jiffies; racy on purpose, a hint */
static DEFINE_PER_CPU(call_single_data_t, nohz_csd);

/* ---- placing a task that wakes or is born ---- */

static bool cpu_usable(struct task_struct *p, int cpu)
{
	return cpumask_test_cpu(cpu, p->cpus_ptr) && cpu_active(cpu);
}

static unsigned long cpu_load(int cpu)
{
	return READ_ONCE(cpu_rq(cpu)->cfs.load);
}

/* For a new task nothing is warm anywhere: the CPU with the least to do, near @cpu on a tie. */
static int find_least_loaded(struct task_struct *p, int cpu)
{
	unsigned long least = ULONG_MAX;
	int i, best = cpu;

	for_each_cpu_wrap(i, p->cpus_ptr, cpu) {
		unsigned long load;

		if (!cpu_active(i))
			continue;
		load = cpu_load(i) + READ_ONCE(cpu_rq(i)->rt.nr_running) * NICE_0_LOAD;
		if (load < least) {
			least = load;
			best = i;
		}
		if (!load && available_idle_cpu(i))
			return i;
	}
	return best;
}

static int find_idle_cpu(struct task_struct *p, int from)
{
	int i;

	for_each_cpu_wrap(i, p->cpus_ptr, from) {
		if (cpu_active(i) && available_idle_cpu(i))
			return i;
	}
	return -1;
}

/**
 * select_task_rq_fair - where a fair task that wakes, or is new, had better run
 *
 * Context: pi_lock held.
 */
int select_task_rq_fair(struct task_struct *p, int prev_cpu, int wake_flags)
{
	int this_cpu = smp_processor_id();
	int cpu;

	if (wake_flags & (WF_FORK | WF_EXEC))
		return find_least_loaded(p, this_cpu);

	/*
	 * A waker that is about to sleep and has the CPU for itself leaves an idle CPU with warm
	 * data behind.
	 */
	if ((wake_flags & WF_SYNC) && READ_ONCE(this_rq()->nr_running) == 1 &&
	    cpu_usable(p, this_cpu))
		return this_cpu;
	if (available_idle_cpu(prev_cpu) && cpu_usable(p, prev_cpu))
		return prev_cpu;

	cpu = find_idle_cpu(p, prev_cpu);
	if (cpu >= 0)
		return cpu;
	if (this_cpu != prev_cpu && cpu_usable(p, this_cpu) &&
	    cpu_load(this_cpu) + p->se.load.weight < cpu_load(prev_cpu))
		return this_cpu;
	return prev_cpu;
}

/* ---- pulling ---- */

struct balance_env {
	struct rq *dst_rq;
	struct rq *src_rq;
	unsigned long imbalance;	/* weight still to move */
	bool idle;			/* dst has nothing to run: any task will do */
	bool pinned;			/* some task was not allowed on dst */
	struct list_head tasks;		/* what was taken, by se.group_node */
	int nr_moved;
};

static bool can_migrate(struct balance_env *env, struct task_struct *p)
{
	if (task_on_cpu(p) || task_current(env->src_rq, p))
		return false;
	if (is_migration_disabled(p) || kthread_is_per_cpu(p) ||
	    !cpumask_test_cpu(env->dst_rq->cpu, p->cpus_ptr)) {
		env->pinned = true;
		return false;
	}
	return true;
}

/* Moving it must bring the two queues nearer to each other, or give an idle CPU its first task. */
static bool worth_moving(struct balance_env *env, struct task_struct *p)
{
	if (env->idle && !env->nr_moved)
		return true;
	return p->se.load.weight <= env->imbalance;
}

/* With src_rq locked: coldest tasks first, from the tail. */
static void detach_tasks(struct balance_env *env)
{
	struct rq *src = env->src_rq;
	struct task_struct *p, *n;

	list_for_each_entry_safe_reverse(p, n, &src->cfs_tasks, se.group_node) {
		if (src->nr_running <= 1 || env->nr_moved >= MAX_MOVES)
			break;
		if (!can_migrate(env, p) || !worth_moving(env, p))
			continue;
		env->imbalance -= min(env->imbalance, p->se.load.weight);
		deactivate_task(src, p, 0);
		set_task_cpu(p, env->dst_rq->cpu);
		list_add(&p->se.group_node, &env->tasks);
		env->nr_moved++;
		if (!env->imbalance)
			break;
	}
}

/* With dst_rq locked. */
static void attach_tasks(struct balance_env *env)
{
	struct task_struct *p, *n;

	list_for_each_entry_safe(p, n, &env->tasks, se.group_node) {
		list_del_init(&p->se.group_node);
		activate_task(env->dst_rq, p, 0);
		wakeup_preempt(env->dst_rq, p, 0);
	}
}

/* The CPU with the greatest load of those that have a task to spare, or NULL. */
static struct rq *find_busiest(struct rq *dst_rq)
{
	unsigned long max_load = 0;
	struct rq *busiest = NULL;
	bool overload = false;
	int cpu;

	for_each_cpu(cpu, cpu_active_mask) {
		struct rq *rq = cpu_rq(cpu);

		if (READ_ONCE(rq->nr_running) < 2)
			continue;
		overload = true;
		if (rq == dst_rq || !READ_ONCE(rq->cfs.nr_running))
			continue;
		if (cpu_load(cpu) > max_load) {
			max_load = cpu_load(cpu);
			busiest = rq;
		}
	}
	if (!overload)
		WRITE_ONCE(sched_overload, false);
	return busiest;
}

static unsigned long imbalance_between(struct rq *src, struct rq *dst, bool idle)
{
	unsigned long src_load = READ_ONCE(src->cfs.load);
	unsigned long dst_load = READ_ONCE(dst->cfs.load);

	if (!idle && src_load * 100 <= dst_load * IMBALANCE_PCT)
		return 0;
	if (src_load <= dst_load)
		return 0;
	return (src_load - dst_load) / 2;
}

/*
 * Stopper on the busy CPU: its running task is now merely queued and may be moved. It keeps the
 * place of push_cpu's owner.
 */
static int push_running_stop(void *data)
{
	struct rq *rq = data;
	struct balance_env env = {
		.src_rq = rq,
		.dst_rq = cpu_rq(rq->push_cpu),
		.idle = true,
		.imbalance = 1,
		.tasks = LIST_HEAD_INIT(env.tasks),
	};

	raw_spin_rq_lock_irq(rq);
	rq->push_pending = false;
	update_rq_clock(rq);
	if (cpu_active(rq->push_cpu) && rq->cfs.nr_running)
		detach_tasks(&env);
	raw_spin_rq_unlock(rq);

	if (env.nr_moved) {
		raw_spin_rq_lock(env.dst_rq);
		update_rq_clock(env.dst_rq);
		attach_tasks(&env);
		raw_spin_rq_unlock(env.dst_rq);
	}
	local_irq_enable();
	return 0;
}

/* Only the running task of @src could move, and @dst would take it. Called without locks. */
static void push_running(struct rq *src, struct rq *dst)
{
	struct task_struct *curr;
	unsigned long flags;
	bool start = false;

	raw_spin_rq_lock_irqsave(src, flags);
	curr = rcu_dereference_protected(src->curr, true);
	if (!src->push_pending && src->nr_running > 1 &&
	    curr->sched_class == &fair_sched_class && !is_migration_disabled(curr) &&
	    cpumask_test_cpu(dst->cpu, curr->cpus_ptr)) {
		src->push_pending = true;
		src->push_cpu = dst->cpu;
		start = true;
	}
	raw_spin_rq_unlock_irqrestore(src, flags);
	if (start && !stop_one_cpu_nowait(src->cpu, push_running_stop, src, &src->push_work))
		WRITE_ONCE(src->push_pending, false);
}

/*
 * Take tasks off the busiest queue, unless somebody holds it. Leaves interrupts off if it gives
 * true.
 */
static bool detach_from_busiest(struct balance_env *env, unsigned long *flags)
{
	if (!raw_spin_rq_trylock_irqsave(env->src_rq, *flags))
		return false;
	update_rq_clock(env->src_rq);
	detach_tasks(env);
	raw_spin_rq_unlock(env->src_rq);
	return true;
}

/*
 * Pull to @dst_rq, which needn't be this CPU's. Called with no queue locked and interrupts off or
 * on; returns the number of tasks moved.
 */
static int balance_one(struct rq *dst_rq, bool idle)
{
	struct balance_env env = {
		.dst_rq = dst_rq,
		.idle = idle,
		.tasks = LIST_HEAD_INIT(env.tasks),
	};
	unsigned long flags;

	if (!READ_ONCE(sched_overload) || !cpu_active(dst_rq->cpu))
		return 0;
	env.src_rq = find_busiest(dst_rq);
	if (!env.src_rq)
		return 0;
	env.imbalance = imbalance_between(env.src_rq, dst_rq, idle);
	if (!env.imbalance)
		return 0;

	if (!detach_from_busiest(&env, &flags))
		return 0;
	if (env.nr_moved) {
		raw_spin_rq_lock(dst_rq);
		update_rq_clock(dst_rq);
		attach_tasks(&env);
		raw_spin_rq_unlock(dst_rq);
		dst_rq->balance_failed = 0;
	}
	local_irq_restore(flags);

	if (!env.nr_moved && idle && env.pinned && ++dst_rq->balance_failed > 3) {
		dst_rq->balance_failed = 0;
		push_running(env.src_rq, dst_rq);
	}
	return env.nr_moved;
}

/**
 * newidle_balance - the queue ran empty: look for work before going idle
 * @this_rq: this CPU's queue, locked; unlocked meanwhile
 *
 * Return: true if there is something to run now, pulled or woken while the lock was free.
 */
bool newidle_balance(struct rq *this_rq)
{
	if (!READ_ONCE(sched_overload) || !cpu_active(this_rq->cpu) ||
	    this_rq->newidle_failed == jiffies)
		return false;
	raw_spin_rq_unlock(this_rq);
	if (!balance_one(this_rq, true))
		this_rq->newidle_failed = jiffies;
	raw_spin_rq_lock(this_rq);
	update_rq_clock(this_rq);
	return this_rq->nr_running > 0;
}

/* ---- from the tick ---- */

static unsigned long balance_interval(bool idle)
{
	return max(1UL, msecs_to_jiffies(idle ? 4 : 32));
}

/*
 * Has this CPU nothing to do but balance? The softirq may be run by its thread, as it is when the
 * idle loop found the request itself: then the CPU isn't idle to the letter.
 */
static bool only_balancing(struct rq *rq)
{
	return idle_cpu(rq->cpu) ||
	       (READ_ONCE(rq->nr_running) == 1 && current == this_cpu_ksoftirqd());
}

static void balance_this(struct rq *rq)
{
	bool idle = only_balancing(rq);

	if (balance_one(rq, idle))
		rq->balance_backoff = 0;
	else if (rq->balance_backoff < MAX_BACKOFF)
		rq->balance_backoff++;
	rq->next_balance = jiffies + (balance_interval(idle) << rq->balance_backoff);
}

/* On an idle CPU, for all CPUs whose tick is off. Ends as soon as there is work for itself. */
static void balance_nohz_idle(int this_cpu)
{
	int cpu;

	for_each_online_cpu(cpu) {
		/* Bit by bit, here and below: others change the mask while we look. */
		if (!cpumask_test_cpu(cpu, &nohz_idle_mask) || cpu == this_cpu || !idle_cpu(cpu))
			continue;
		if (need_resched())
			break;
		balance_one(cpu_rq(cpu), true);
	}
}

static void sched_balance_softirq(void)
{
	struct rq *rq = this_rq();

	if (atomic_xchg(&rq->nohz_flags, 0))
		balance_nohz_idle(rq->cpu);
	balance_this(rq);
}

/*
 * On the CPU that was asked to balance for the idle ones. need_resched is no reason to refuse: a
 * CPU that polls is told of this very call by that flag.
 */
static void nohz_kick_func(void *info)
{
	struct rq *rq = info;

	if (idle_cpu(rq->cpu))
		raise_softirq_irqoff(SCHED_SOFTIRQ);
	else
		atomic_set(&rq->nohz_flags, 0);
}

static void kick_idle_balancer(void)
{
	int cpu;

	for_each_online_cpu(cpu) {
		if (!cpumask_test_cpu(cpu, &nohz_idle_mask) || !idle_cpu(cpu) || !cpu_active(cpu))
			continue;
		/* Nonzero: an earlier request is still on its way, and its csd in use. */
		if (atomic_xchg(&cpu_rq(cpu)->nohz_flags, 1))
			continue;
		if (!smp_call_function_single_async(cpu, &per_cpu(nohz_csd, cpu)))
			return;
		/* It has just gone offline. */
		atomic_set(&cpu_rq(cpu)->nohz_flags, 0);
	}
}

/**
 * sched_balance_trigger - the tick's part: is it time?
 * @rq: this CPU's queue
 */
void sched_balance_trigger(struct rq *rq)
{
	/* Others wake tasks here meanwhile: a hint is all that a look without the lock can be. */
	unsigned int nr_running = READ_ONCE(rq->nr_running);

	if (!cpu_active(rq->cpu))
		return;
	/*
	 * A balancer that looked at us just before our second task came has cleared the hint just
	 * after. Without this, nobody would look here again till the next one comes.
	 */
	if (nr_running >= 2 && !READ_ONCE(sched_overload))
		WRITE_ONCE(sched_overload, true);
	if (time_after_eq(jiffies, rq->next_balance))
		raise_softirq(SCHED_SOFTIRQ);
	if (idle_cpu(rq->cpu))
		return;
	nohz_balance_exit_idle(rq->cpu);
	if (nr_running < 2 || !atomic_read(&nohz_nr_cpus) ||
	    time_before(jiffies, READ_ONCE(nohz_next_balance)))
		return;
	WRITE_ONCE(nohz_next_balance, jiffies + 1);
	kick_idle_balancer();
}

/**
 * nohz_balance_enter_idle - this CPU's tick stops
 * @cpu: this CPU
 */
void nohz_balance_enter_idle(int cpu)
{
	if (!cpu_active(cpu) || cpumask_test_cpu(cpu, &nohz_idle_mask))
		return;
	cpumask_set_cpu(cpu, &nohz_idle_mask);
	atomic_inc(&nohz_nr_cpus);
}

/**
 * nohz_balance_exit_idle - its tick runs again and hit a busy CPU, or the CPU goes down
 * @cpu: the CPU
 */
void nohz_balance_exit_idle(int cpu)
{
	if (likely(!cpumask_test_cpu(cpu, &nohz_idle_mask)))
		return;
	if (cpumask_test_and_clear_cpu(cpu, &nohz_idle_mask))
		atomic_dec(&nohz_nr_cpus);
}

/**
 * wake_up_nohz_cpu - a timer was put on an idle CPU: make it look at its timers again
 * @cpu: the CPU; this one needs nothing
 *
 * Context: preemption off; takes its run queue's lock.
 */
void wake_up_nohz_cpu(int cpu)
{
	if (cpu != smp_processor_id())
		wake_up_if_idle(cpu);
}

/** sched_balance_rq_init - a CPU's state of balancing */
void sched_balance_rq_init(struct rq *rq)
{
	INIT_LIST_HEAD(&rq->cfs_tasks);
	rq->next_balance = jiffies;
	rq->newidle_failed = jiffies - 1;
	INIT_CSD(&per_cpu(nohz_csd, rq->cpu), nohz_kick_func, rq);
}

/** sched_balance_init - register the softirq that balances */
void __init sched_balance_init(void)
{
	open_softirq(SCHED_SOFTIRQ, sched_balance_softirq);
}
