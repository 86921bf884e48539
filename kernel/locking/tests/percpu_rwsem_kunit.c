// SPDX-License-Identifier: MIT
/*
 * rcu_sync, whose states are tested one by one, and the per-CPU rwsem on top of it.
 */

#include <kunit/test.h>

#include <linux/cpumask.h>
#include <linux/percpu-rwsem.h>
#include <linux/rcu_sync.h>
#include <linux/slab.h>

#include "../../rcu/rcu.h"
#include "../../rcu/tests/wait.h"
#include "storm.h"

static bool idle(struct rcu_sync *rsp)
{
	bool is;

	rcu_read_lock();
	is = rcu_sync_is_idle(rsp);
	rcu_read_unlock();
	return is;
}

/* ---- rcu_sync ---- */

static void a_switch_goes_slow_at_once_and_fast_later(struct kunit *test)
{
	struct rcu_sync *rsp = kunit_kzalloc(test, sizeof(*rsp), GFP_KERNEL);

	rcu_sync_init(rsp);
	KUNIT_EXPECT_TRUE(test, idle(rsp));
	rcu_sync_enter(rsp);
	KUNIT_EXPECT_FALSE(test, idle(rsp));
	rcu_sync_exit(rsp);
	KUNIT_EXPECT_TRUE(test, wait_until(idle(rsp)));
	rcu_sync_dtor(rsp);
}

static void updaters_share_the_slow_time(struct kunit *test)
{
	struct rcu_sync *rsp = kunit_kzalloc(test, sizeof(*rsp), GFP_KERNEL);

	rcu_sync_init(rsp);
	rcu_sync_enter(rsp);
	rcu_sync_enter(rsp);
	rcu_sync_exit(rsp);
	rcu_barrier();
	KUNIT_EXPECT_FALSE(test, idle(rsp));
	rcu_sync_exit(rsp);
	rcu_sync_dtor(rsp);
	KUNIT_EXPECT_TRUE(test, idle(rsp));
}

/* The callback's arrival can't be timed, so it is called in its place. */
static void an_exit_during_another_exits_grace_period_waits_for_one_more(struct kunit *test)
{
	struct rcu_sync *rsp = kunit_kzalloc(test, sizeof(*rsp), GFP_KERNEL);
	int exit_state;

	rcu_sync_init(rsp);
	rcu_sync_enter(rsp);
	preempt_disable();	/* no grace period ends here */
	rcu_sync_exit(rsp);
	exit_state = rsp->gp_state;
	rsp->gp_count++;	/* rcu_sync_enter(), which would not wait, but might sleep */
	rcu_sync_exit(rsp);
	KUNIT_EXPECT_NE(test, rsp->gp_state, exit_state);
	preempt_enable();
	KUNIT_EXPECT_TRUE(test, wait_until(idle(rsp)));
	rcu_sync_dtor(rsp);
}

static void a_grace_period_with_updaters_inside_keeps_readers_slow(struct kunit *test)
{
	struct rcu_sync *rsp = kunit_kzalloc(test, sizeof(*rsp), GFP_KERNEL);

	rcu_sync_init(rsp);
	/* As if rcu_sync_enter() had just been called by somebody who waits. */
	rsp->gp_state = 1;
	rsp->gp_count = 1;
	rcu_sync_func(&rsp->cb_head);
	KUNIT_EXPECT_FALSE(test, idle(rsp));
	rcu_sync_enter(rsp);		/* doesn't wait for anything */
	rcu_sync_exit(rsp);
	rcu_sync_exit(rsp);
	rcu_sync_dtor(rsp);
	KUNIT_EXPECT_TRUE(test, idle(rsp));
}

static DEFINE_RCU_SYNC(static_switch);

static void toggle(struct storm *s, int id)
{
	int i;

	for (i = 0; i < 30; i++) {
		rcu_sync_enter(&static_switch);
		if (idle(&static_switch))
			atomic_inc(s->data);
		if ((i + id) % 3 == 0)
			schedule_timeout_uninterruptible(1);
		rcu_sync_exit(&static_switch);
	}
}

static void readers_are_slow_whenever_an_updater_is_inside(struct kunit *test)
{
	atomic_t bad = ATOMIC_INIT(0);

	storm_run(test, toggle, &bad);
	KUNIT_EXPECT_EQ(test, atomic_read(&bad), 0);
	KUNIT_EXPECT_TRUE(test, wait_until(idle(&static_switch)));
}

/* ---- percpu_rw_semaphore ---- */

DEFINE_STATIC_PERCPU_RWSEM(fixed_rwsem);

static struct percpu_rw_semaphore *new_rwsem(struct kunit *test)
{
	struct percpu_rw_semaphore *sem = kunit_kzalloc(test, sizeof(*sem), GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, sem);
	KUNIT_ASSERT_EQ(test, percpu_init_rwsem(sem), 0);
	return sem;
}

static void readers_share_and_are_seen(struct kunit *test)
{
	struct percpu_rw_semaphore *sem = new_rwsem(test);

	percpu_down_read(sem);
	KUNIT_EXPECT_TRUE(test, percpu_is_read_locked(sem));
	KUNIT_EXPECT_TRUE(test, percpu_rwsem_is_held(sem));
	percpu_up_read(sem);
	KUNIT_EXPECT_FALSE(test, percpu_is_read_locked(sem));
	KUNIT_EXPECT_TRUE(test, percpu_down_read_trylock(sem));
	percpu_up_read(sem);
	percpu_free_rwsem(sem);
	percpu_free_rwsem(sem);
}

static void a_writer_keeps_readers_out(struct kunit *test)
{
	struct percpu_rw_semaphore *sem = new_rwsem(test);

	percpu_down_write(sem);
	KUNIT_EXPECT_TRUE(test, percpu_is_write_locked(sem));
	KUNIT_EXPECT_FALSE(test, percpu_is_read_locked(sem));
	KUNIT_EXPECT_FALSE(test, percpu_down_read_trylock(sem));
	percpu_up_write(sem);
	KUNIT_EXPECT_FALSE(test, percpu_is_write_locked(sem));
	KUNIT_EXPECT_TRUE(test, percpu_down_read_trylock(sem));
	percpu_up_read(sem);
	percpu_free_rwsem(sem);
}

static void a_reader_may_leave_on_another_cpu(struct kunit *test)
{
	int cpu;

	percpu_down_read(&fixed_rwsem);
	for_each_online_cpu(cpu)
		set_cpus_allowed_ptr(current, cpumask_of(cpu));
	KUNIT_EXPECT_TRUE(test, percpu_is_read_locked(&fixed_rwsem));
	percpu_up_read(&fixed_rwsem);
	set_cpus_allowed_ptr(current, cpu_possible_mask);
	KUNIT_EXPECT_FALSE(test, percpu_is_read_locked(&fixed_rwsem));
	percpu_down_write(&fixed_rwsem);
	percpu_up_write(&fixed_rwsem);
}

struct pair {
	struct percpu_rw_semaphore sem;
	struct completion started, in;
	bool wrote;
	unsigned long a, b;		/* equal, except for the writer's eyes */
	atomic_t bad, reads;
};

static int writer_fn(void *arg)
{
	struct pair *p = arg;

	complete(&p->started);
	percpu_down_write(&p->sem);
	WRITE_ONCE(p->wrote, true);
	percpu_up_write(&p->sem);
	complete(&p->in);
	return 0;
}

static void a_writer_waits_for_the_reader_inside(struct kunit *test)
{
	struct pair *p = kunit_kzalloc(test, sizeof(*p), GFP_KERNEL);

	KUNIT_ASSERT_EQ(test, percpu_init_rwsem(&p->sem), 0);
	init_completion(&p->started);
	init_completion(&p->in);
	percpu_down_read(&p->sem);
	KUNIT_ASSERT_FALSE(test, IS_ERR(kthread_run(writer_fn, p, "pcpu-writer")));
	wait_for_completion(&p->started);
	KUNIT_EXPECT_TRUE(test, wait_until(percpu_is_write_locked(&p->sem)));
	KUNIT_EXPECT_FALSE(test, READ_ONCE(p->wrote));
	percpu_up_read(&p->sem);
	wait_for_completion(&p->in);
	KUNIT_EXPECT_TRUE(test, p->wrote);
	percpu_free_rwsem(&p->sem);
}

static void read_and_write(struct storm *s, int id)
{
	struct pair *p = s->data;
	int i;

	for (i = 0; i < 400; i++) {
		if ((i + id) % 40 == 0) {
			percpu_down_write(&p->sem);
			WRITE_ONCE(p->a, p->a + 1);
			cond_resched();
			WRITE_ONCE(p->b, p->b + 1);
			percpu_up_write(&p->sem);
			continue;
		}
		if (i % 5 == 0) {
			if (!percpu_down_read_trylock(&p->sem))
				continue;
		} else {
			percpu_down_read(&p->sem);
		}
		if (READ_ONCE(p->a) != READ_ONCE(p->b))
			atomic_inc(&p->bad);
		if (i % 7 == 0)
			cond_resched();
		atomic_inc(&p->reads);
		percpu_up_read(&p->sem);
	}
}

static void readers_and_writers_exclude_one_another(struct kunit *test)
{
	struct pair *p = kunit_kzalloc(test, sizeof(*p), GFP_KERNEL);

	KUNIT_ASSERT_EQ(test, percpu_init_rwsem(&p->sem), 0);
	storm_run_threads(test, read_and_write, p, storm_threads() + 2, false);
	KUNIT_EXPECT_EQ(test, atomic_read(&p->bad), 0);
	KUNIT_EXPECT_EQ(test, p->a, p->b);
	KUNIT_EXPECT_GT(test, atomic_read(&p->reads), 0);
	KUNIT_EXPECT_FALSE(test, percpu_is_read_locked(&p->sem));
	percpu_free_rwsem(&p->sem);
}

static void guards_lock_and_unlock(struct kunit *test)
{
	{
		guard(percpu_read)(&fixed_rwsem);
		KUNIT_EXPECT_TRUE(test, percpu_is_read_locked(&fixed_rwsem));
	}
	{
		guard(percpu_write)(&fixed_rwsem);
		KUNIT_EXPECT_TRUE(test, percpu_is_write_locked(&fixed_rwsem));
	}
	KUNIT_EXPECT_FALSE(test, percpu_is_write_locked(&fixed_rwsem));
}

static struct kunit_case percpu_rwsem_cases[] = {
	KUNIT_CASE(a_switch_goes_slow_at_once_and_fast_later),
	KUNIT_CASE(updaters_share_the_slow_time),
	KUNIT_CASE(an_exit_during_another_exits_grace_period_waits_for_one_more),
	KUNIT_CASE(a_grace_period_with_updaters_inside_keeps_readers_slow),
	KUNIT_CASE(readers_are_slow_whenever_an_updater_is_inside),
	KUNIT_CASE(readers_share_and_are_seen),
	KUNIT_CASE(a_writer_keeps_readers_out),
	KUNIT_CASE(a_reader_may_leave_on_another_cpu),
	KUNIT_CASE(a_writer_waits_for_the_reader_inside),
	KUNIT_CASE(readers_and_writers_exclude_one_another),
	KUNIT_CASE(guards_lock_and_unlock),
	{}
};

static struct kunit_suite percpu_rwsem_suite = {
	.name = "percpu_rwsem",
	.test_cases = percpu_rwsem_cases,
};

kunit_test_suite(percpu_rwsem_suite);
