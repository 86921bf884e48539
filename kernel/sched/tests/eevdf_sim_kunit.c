// SPDX-License-Identifier: MIT
/*
 * The fair class in simulation: a run queue of our own, whose clock we move.
 *
 * The real code (fair_sched_class) queues and picks tasks that never run; time passes by adding to
 * rq->clock. So nothing disturbs the figures, and the bounds can be exact.
 *
 * The bounds are those of the scheme: a task is never ahead of its due by more than its own
 * request, nor behind by more than the longest request of any (which may run to its end first),
 * plus the granularity with which requests end, here one tick; all in its own virtual time.
 */

#include <kunit/test.h>

#include <linux/slab.h>

#include "../sched.h"

#define SIM_TASKS	8

struct sim {
	struct rq *rq;
	struct task_struct *idle;
	struct task_struct *task[SIM_TASKS];
	int n;
	u64 tick;		/* ns */
	u64 ran[SIM_TASKS];	/* ns */
};

static struct task_struct *sim_task_alloc(struct kunit *test)
{
	struct task_struct *p = kunit_kzalloc(test, sizeof(*p), GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, p);
	raw_spin_lock_init(&p->pi_lock);
	INIT_LIST_HEAD(&p->se.group_node);
	p->cpus_ptr = &p->cpus_mask;
	return p;
}

static void sim_init(struct kunit *test, struct sim *sim, u64 tick)
{
	memset(sim, 0, sizeof(*sim));
	sim->rq = kunit_kzalloc(test, sizeof(*sim->rq), GFP_KERNEL);
	KUNIT_ASSERT_NOT_NULL(test, sim->rq);
	raw_spin_lock_init(&sim->rq->__lock);
	INIT_LIST_HEAD(&sim->rq->cfs_tasks);
	init_cfs_rq(&sim->rq->cfs);
	sim->rq->clock = 1000000000;
	sim->idle = sim_task_alloc(test);
	sim->idle->sched_class = &idle_sched_class;
	sim->rq->idle = sim->idle;
	RCU_INIT_POINTER(sim->rq->curr, sim->idle);
	sim->tick = tick;
}

/*
 * The queue passes for this CPU's own, so that a request to reschedule sends no interrupt; it also
 * makes this CPU reschedule once, which does no harm.
 */
static void sim_lock(struct sim *sim)
{
	raw_spin_rq_lock_irq(sim->rq);
	sim->rq->cpu = smp_processor_id();
}

static void sim_unlock(struct sim *sim)
{
	raw_spin_rq_unlock_irq(sim->rq);
}

static struct task_struct *sim_curr(struct sim *sim)
{
	return rcu_dereference_protected(sim->rq->curr, true);
}

/* Creates a task; it is not queued yet. */
static int sim_add(struct kunit *test, struct sim *sim, int nice, u64 slice)
{
	struct task_struct *p = sim_task_alloc(test);
	int i = sim->n++;

	p->static_prio = p->normal_prio = p->prio = NICE_TO_PRIO(nice);
	p->policy = SCHED_NORMAL;
	p->sched_class = &fair_sched_class;
	set_load_weight(p);
	p->se.custom_slice = slice != 0;
	p->se.slice = slice ? slice : sysctl_sched_base_slice;
	sim->task[i] = p;
	return i;
}

static void sim_wake(struct sim *sim, int i, int flags)
{
	struct rq *rq = sim->rq;
	struct task_struct *p = sim->task[i];

	sim_lock(sim);
	activate_task(rq, p, flags);
	wakeup_preempt(rq, p, 0);
	sim_unlock(sim);
}

/* What __schedule() does about classes, for a queue that has fair tasks only. */
static void sim_schedule(struct sim *sim)
{
	struct task_struct *prev = sim_curr(sim);
	struct task_struct *next;

	prev->sched_class->put_prev_task(sim->rq, prev);
	next = fair_sched_class.pick_next_task(sim->rq);
	if (!next)
		next = sim->idle;
	clear_tsk_need_resched(prev);
	RCU_INIT_POINTER(sim->rq->curr, next);
}

static void sim_sleep_curr(struct sim *sim)
{
	struct task_struct *p = sim_curr(sim);

	sim_lock(sim);
	dequeue_task(sim->rq, p, DEQUEUE_SLEEP);
	p->on_rq = 0;
	sim_schedule(sim);
	sim_unlock(sim);
}

static void sim_advance(struct sim *sim, u64 ns)
{
	struct task_struct *curr = sim_curr(sim);
	int i;

	sim->rq->clock += ns;
	for (i = 0; i < sim->n; i++) {
		if (sim->task[i] == curr)
			sim->ran[i] += ns;
	}
}

/* One tick: time passes, the running task is charged, and perhaps another one takes over. */
static void sim_tick(struct sim *sim)
{
	struct task_struct *curr;

	sim_lock(sim);
	curr = sim_curr(sim);
	if (!test_tsk_need_resched(curr)) {
		sim_advance(sim, sim->tick);
		curr->sched_class->task_tick(sim->rq, curr);
	}
	if (test_tsk_need_resched(curr))
		sim_schedule(sim);
	sim_unlock(sim);
}

static s64 sim_lag(struct sim *sim, int i)
{
	return (s64)(avg_vruntime(&sim->rq->cfs) - sim->task[i]->se.vruntime);
}

/* A request of @slice and a tick, in the task's virtual time, and a little for rounding. */
static s64 sim_bound(struct sim *sim, int i, u64 slice)
{
	struct sched_entity *se = &sim->task[i]->se;

	return div64_u64((slice + sim->tick) * NICE_0_LOAD, se->load.weight) + NICE_0_LOAD;
}

static u64 longest_slice(struct sim *sim)
{
	u64 longest = 0;
	int i;

	for (i = 0; i < sim->n; i++)
		longest = max(longest, sim->task[i]->se.slice);
	return longest;
}

static void sim_expect_bounded_lag(struct kunit *test, struct sim *sim)
{
	u64 longest = longest_slice(sim);
	int i;

	for (i = 0; i < sim->n; i++) {
		if (!sim->task[i]->se.on_rq)
			continue;
		KUNIT_ASSERT_LE(test, sim_lag(sim, i), sim_bound(sim, i, longest));
		KUNIT_ASSERT_GE(test, sim_lag(sim, i),
				-sim_bound(sim, i, sim->task[i]->se.slice));
	}
}

/* ---- fairness ---- */

static void shares_follow_weights_to_one_request(struct kunit *test)
{
	static const int nice[] = { 0, 0, 5, -5, 10 };
	struct sim sim;
	u64 total = 0, weights = 0;
	int i;

	sim_init(test, &sim, NSEC_PER_MSEC);
	for (i = 0; i < (int)ARRAY_SIZE(nice); i++) {
		sim_add(test, &sim, nice[i], 0);
		sim_wake(&sim, i, ENQUEUE_INITIAL);
		weights += sim.task[i]->se.load.weight;
	}
	for (i = 0; i < 20000; i++)
		sim_tick(&sim);
	for (i = 0; i < sim.n; i++)
		total += sim.ran[i];
	for (i = 0; i < sim.n; i++) {
		u64 due = div64_u64(total * sim.task[i]->se.load.weight, weights);
		u64 off = abs((s64)(due - sim.ran[i]));

		/* A request and a tick, twice: at the beginning and at the end. */
		KUNIT_EXPECT_LE(test, off, 2 * (sysctl_sched_base_slice + sim.tick));
	}
}

static void lag_is_bounded_at_every_tick(struct kunit *test)
{
	static const int nice[] = { 0, 0, 0, -10, 5, 10, 19 };
	struct sim sim;
	int i;

	sim_init(test, &sim, NSEC_PER_MSEC);
	for (i = 0; i < (int)ARRAY_SIZE(nice); i++) {
		sim_add(test, &sim, nice[i], 0);
		sim_wake(&sim, i, ENQUEUE_INITIAL);
	}
	for (i = 0; i < 20000; i++) {
		sim_tick(&sim);
		sim_expect_bounded_lag(test, &sim);
	}
}

static void lag_is_bounded_with_long_and_short_slices(struct kunit *test)
{
	static const u64 slice[] = {
		100 * NSEC_PER_USEC, 500 * NSEC_PER_USEC, 0, 10 * NSEC_PER_MSEC, 50 * NSEC_PER_MSEC,
	};
	struct sim sim;
	int i;

	sim_init(test, &sim, 4 * NSEC_PER_MSEC);
	for (i = 0; i < (int)ARRAY_SIZE(slice); i++) {
		sim_add(test, &sim, 0, slice[i]);
		sim_wake(&sim, i, ENQUEUE_INITIAL);
	}
	for (i = 0; i < 20000; i++) {
		sim_tick(&sim);
		sim_expect_bounded_lag(test, &sim);
	}
	/* The slice changes how often a task runs, not how much. */
	for (i = 1; i < sim.n; i++)
		KUNIT_EXPECT_LE(test, (u64)abs((s64)(sim.ran[i] - sim.ran[0])),
				2 * (50 * NSEC_PER_MSEC + sim.tick));
}

/* Planted: a queue that picks at random breaks the bound; so the check above can fail. */
static void the_lag_check_catches_an_unfair_pick(struct kunit *test)
{
	struct sim sim;
	int i;

	sim_init(test, &sim, NSEC_PER_MSEC);
	for (i = 0; i < 3; i++) {
		sim_add(test, &sim, 0, 0);
		sim_wake(&sim, i, ENQUEUE_INITIAL);
	}
	sim_tick(&sim);
	for (i = 0; i < 100; i++) {
		struct task_struct *curr = sim_curr(&sim);

		/* The same task again, whatever the class wants. */
		sim_lock(&sim);
		sim_advance(&sim, sim.tick);
		curr->sched_class->task_tick(sim.rq, curr);
		clear_tsk_need_resched(curr);
		sim_unlock(&sim);
	}
	for (i = 0; i < 3; i++) {
		if (sim_curr(&sim) == sim.task[i])
			KUNIT_EXPECT_LT(test, sim_lag(&sim, i),
					-sim_bound(&sim, i, sim.task[i]->se.slice));
	}
}

/* ---- sleeping ---- */

static void sleeping_keeps_the_lag(struct kunit *test)
{
	struct sim sim;
	int i, s;
	s64 lag;

	sim_init(test, &sim, NSEC_PER_MSEC);
	for (i = 0; i < 4; i++) {
		sim_add(test, &sim, 0, 0);
		sim_wake(&sim, i, ENQUEUE_INITIAL);
	}
	for (i = 0; i < 50; i++) {
		struct task_struct *p;

		sim_tick(&sim);
		p = sim_curr(&sim);
		for (s = 0; s < sim.n && sim.task[s] != p; s++)
			;
		KUNIT_ASSERT_LT(test, s, sim.n);
		sim_sleep_curr(&sim);
		lag = p->se.vlag;
		sim_tick(&sim);
		sim_tick(&sim);
		sim_wake(&sim, s, ENQUEUE_WAKEUP);
		/* The same again, but for the rounding of two divisions. */
		KUNIT_EXPECT_LE(test, (u64)abs(sim_lag(&sim, s) - lag), 16);
	}
}

/* A task that sleeps at the end of every request must not get more than its share, nor less. */
static void sleepers_gain_and_lose_nothing(struct kunit *test)
{
	struct sim sim;
	u64 slept = 0;
	int i, asleep = 0;

	sim_init(test, &sim, NSEC_PER_MSEC);
	for (i = 0; i < 3; i++) {
		sim_add(test, &sim, 0, 0);
		sim_wake(&sim, i, ENQUEUE_INITIAL);
	}
	for (i = 0; i < 10000; i++) {
		sim_tick(&sim);
		if (asleep) {
			slept += sim.tick;
			sim_wake(&sim, 0, ENQUEUE_WAKEUP);
			asleep = 0;
		} else if (sim_curr(&sim) == sim.task[0] && !(i % 3)) {
			sim_sleep_curr(&sim);
			asleep = 1;
		}
	}
	/* The two that never sleep get the same. */
	KUNIT_EXPECT_LE(test, (u64)abs((s64)(sim.ran[1] - sim.ran[2])),
			2 * (sysctl_sched_base_slice + sim.tick));
	/* The sleeper gets at most as much as they do. */
	KUNIT_EXPECT_LE(test, sim.ran[0], sim.ran[1] + 2 * (sysctl_sched_base_slice + sim.tick));
	KUNIT_EXPECT_GT(test, sim.ran[0] + slept, sim.ran[1] / 2);
}

/* ---- latency ---- */

/* Wakes task 0 again and again among @hogs others; the longest time until it runs. */
static u64 longest_wait(struct kunit *test, int hogs, u64 slice, u64 tick)
{
	struct sim sim;
	u64 longest = 0;
	int i, round;

	sim_init(test, &sim, tick);
	sim_add(test, &sim, 0, slice);
	for (i = 1; i <= hogs; i++) {
		sim_add(test, &sim, 0, 0);
		sim_wake(&sim, i, ENQUEUE_INITIAL);
	}
	for (round = 0; round < 200; round++) {
		u64 woken;

		for (i = 0; i < 7 + round % 5; i++)
			sim_tick(&sim);
		woken = sim.rq->clock;
		sim_wake(&sim, 0, round ? ENQUEUE_WAKEUP : ENQUEUE_INITIAL);
		for (i = 0; i < 1000 && sim_curr(&sim) != sim.task[0]; i++)
			sim_tick(&sim);
		KUNIT_ASSERT_PTR_EQ(test, sim_curr(&sim), sim.task[0]);
		longest = max(longest, sim.rq->clock - woken);
		sim_lock(&sim);
		sim_advance(&sim, 50 * NSEC_PER_USEC);
		sim_unlock(&sim);
		sim_sleep_curr(&sim);
	}
	return longest;
}

static void a_woken_task_waits_a_round_at_most(struct kunit *test)
{
	u64 tick = 4 * NSEC_PER_MSEC;

	/* Each of the others may end one request first, a tick late. */
	KUNIT_EXPECT_LE(test, longest_wait(test, 4, 0, tick),
			4 * (sysctl_sched_base_slice + tick));
}

static void a_short_request_waits_for_one_other_at_most(struct kunit *test)
{
	u64 tick = NSEC_PER_MSEC;

	KUNIT_EXPECT_LE(test, longest_wait(test, 6, 100 * NSEC_PER_USEC, tick),
			sysctl_sched_base_slice + 2 * tick);
}

static void shorter_requests_wait_less(struct kunit *test)
{
	u64 tick = NSEC_PER_MSEC;

	KUNIT_EXPECT_LT(test, longest_wait(test, 6, 100 * NSEC_PER_USEC, tick),
			longest_wait(test, 6, 20 * NSEC_PER_MSEC, tick));
}

/* ---- changes ---- */

static void reweighting_keeps_what_is_owed(struct kunit *test)
{
	struct sim sim;
	int i, s;

	sim_init(test, &sim, NSEC_PER_MSEC);
	for (i = 0; i < 3; i++) {
		sim_add(test, &sim, 0, 0);
		sim_wake(&sim, i, ENQUEUE_INITIAL);
	}
	for (i = 0; i < 100; i++) {
		struct task_struct *p;
		s64 owed, owes;

		sim_tick(&sim);
		s = i % 3;
		p = sim.task[s];
		if (p == sim_curr(&sim))
			continue;
		sim_lock(&sim);
		dequeue_task(sim.rq, p, DEQUEUE_SAVE);
		owed = p->se.vlag * (s64)p->se.load.weight;
		p->static_prio = NICE_TO_PRIO((i % 9) - 4);
		reweight_task_fair(sim.rq, p);
		owes = p->se.vlag * (s64)p->se.load.weight;
		enqueue_task(sim.rq, p, ENQUEUE_RESTORE);
		sim_unlock(&sim);
		/* Equal up to the rounding of one division by the new weight. */
		KUNIT_EXPECT_LE(test, (u64)abs(owed - owes), (u64)p->se.load.weight);
	}
}

static void the_clock_of_the_queue_may_wrap(struct kunit *test)
{
	struct sim sim;
	int i;

	/* init_cfs_rq() starts a millisecond before the wrap; pass it under load. */
	sim_init(test, &sim, 100 * NSEC_PER_USEC);
	for (i = 0; i < 4; i++) {
		sim_add(test, &sim, i, 0);
		sim_wake(&sim, i, ENQUEUE_INITIAL);
	}
	KUNIT_EXPECT_LT(test, (s64)sim.rq->cfs.min_vruntime, 0);
	for (i = 0; i < 1000; i++) {
		sim_tick(&sim);
		sim_expect_bounded_lag(test, &sim);
	}
	KUNIT_EXPECT_GT(test, (s64)sim.rq->cfs.min_vruntime, 0);
}

static struct kunit_case sim_cases[] = {
	KUNIT_CASE(shares_follow_weights_to_one_request),
	KUNIT_CASE(lag_is_bounded_at_every_tick),
	KUNIT_CASE(lag_is_bounded_with_long_and_short_slices),
	KUNIT_CASE(the_lag_check_catches_an_unfair_pick),
	KUNIT_CASE(sleeping_keeps_the_lag),
	KUNIT_CASE(sleepers_gain_and_lose_nothing),
	KUNIT_CASE(a_woken_task_waits_a_round_at_most),
	KUNIT_CASE(a_short_request_waits_for_one_other_at_most),
	KUNIT_CASE(shorter_requests_wait_less),
	KUNIT_CASE(reweighting_keeps_what_is_owed),
	KUNIT_CASE(the_clock_of_the_queue_may_wrap),
	{}
};

static struct kunit_suite sim_suite = {
	.name = "sched_eevdf_sim",
	.test_cases = sim_cases,
};
kunit_test_suite(sim_suite);
