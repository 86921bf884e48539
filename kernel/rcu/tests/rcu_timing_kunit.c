// SPDX-License-Identifier: MIT
/*
 * What RCU leaves alone, on a clock that counts instructions: an idle system starts no grace period
 * and takes no tick for RCU, not even with a lazy callback waiting; and how soon a wait is over, or
 * a callback invoked: one in a hurry at once, a lazy one when its company's time has come.
 */

#include <kunit/test.h>

#include <linux/completion.h>
#include <linux/cpu.h>
#include <linux/delay.h>
#include <linux/ktime.h>
#include <linux/rcupdate.h>
#include <linux/slab.h>
#include <linux/smp.h>

#include "../rcu.h"
#include "../tree.h"

#define QUIET_MS	2000

static bool invoked;

static void note_invoked(struct rcu_head *head)
{
	WRITE_ONCE(invoked, true);
}

/*
 * Ticks that RCU heard of, on all CPUs, since the last grace period: they are counted from there.
 */
static unsigned long ticks(void)
{
	unsigned long sum = 0;
	int cpu;

	for_each_online_cpu(cpu)
		sum += READ_ONCE(per_cpu(rcu_data, cpu).ticks_this_gp);
	return sum;
}

static void an_idle_system_starts_no_grace_period_and_takes_no_tick(struct kunit *test)
{
	unsigned long normal, exp, before, most = num_online_cpus() * msecs_to_jiffies(QUIET_MS);
	struct rcu_head *head = kunit_kzalloc(test, sizeof(*head), GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, head);
	/* What others have asked for, first. */
	kvfree_rcu_barrier();
	rcu_barrier();
	msleep(QUIET_MS);
	WRITE_ONCE(invoked, false);
	call_rcu(head, note_invoked);
	msleep(20);

	normal = rcu_get_gp_seq();
	exp = rcu_exp_batches_completed();
	before = ticks();
	msleep(QUIET_MS);
	KUNIT_EXPECT_EQ(test, rcu_get_gp_seq(), normal);
	KUNIT_EXPECT_EQ(test, rcu_exp_batches_completed(), exp);
	KUNIT_EXPECT_FALSE(test, READ_ONCE(invoked));
	/* Somebody else's timers wake a CPU now and then, and its last tick may run out. */
	kunit_info(test, "%lu ticks of %lu\n", ticks() - before, most);
	KUNIT_EXPECT_LT(test, ticks() - before, most / 10);
	rcu_barrier();
	KUNIT_EXPECT_TRUE(test, READ_ONCE(invoked));
}

/* The others are idle: the thread sees that by itself, and no tick has to pass. */
static void waits_on_an_idle_system_take_less_than_a_millisecond(struct kunit *test)
{
	u64 sum = 0, exp = 0;
	int i;

	for (i = 0; i < 20; i++) {
		u64 began;

		msleep(20);
		began = ktime_get_ns();
		synchronize_rcu();
		sum += ktime_get_ns() - began;
		began = ktime_get_ns();
		synchronize_rcu_expedited();
		exp += ktime_get_ns() - began;
	}
	kunit_info(test, "%u CPUs: synchronize_rcu %llu ns, expedited %llu ns\n", num_online_cpus(),
		   sum / 20, exp / 20);
	KUNIT_EXPECT_LT(test, sum / 20, NSEC_PER_MSEC);
	KUNIT_EXPECT_LT(test, exp / 20, NSEC_PER_MSEC);
}

struct timed_call {
	struct rcu_head head;
	u64 invoked_at;
	struct completion done;
};

static void note_time(struct rcu_head *head)
{
	struct timed_call *c = container_of(head, struct timed_call, head);

	c->invoked_at = ktime_get_ns();
	complete(&c->done);
}

static void queue_hurried(void *arg)
{
	call_rcu_hurry(&((struct timed_call *)arg)->head, note_time);
}

static void queue_any(void *arg)
{
	call_rcu(&((struct timed_call *)arg)->head, note_time);
}

/* How long a callback waits that an interrupt queues on a CPU which else is idle. ns. */
static u64 wait_of_callback(struct kunit *test, int cpu, smp_call_func_t queue)
{
	struct timed_call *c = kunit_kzalloc(test, sizeof(*c), GFP_KERNEL);
	u64 began;

	KUNIT_ASSERT_NOT_NULL(test, c);
	init_completion(&c->done);
	msleep(20);
	began = ktime_get_ns();
	KUNIT_ASSERT_EQ(test, smp_call_function_single(cpu, queue, c, 1), 0);
	wait_for_completion(&c->done);
	return c->invoked_at - began;
}

/* All are in a hurry while anybody asks for it, as a boot with rcutree.enable_rcu_lazy=0 does. */
static void hurried_callbacks_of_idle_cpus_are_invoked_within_some_jiffies(struct kunit *test)
{
	int cpu;

	cpus_read_lock();
	for_each_online_cpu(cpu) {
		KUNIT_EXPECT_LT_MSG(test, wait_of_callback(test, cpu, queue_hurried), 4 * TICK_NSEC,
				    "call_rcu_hurry() on CPU %d", cpu);
		rcu_async_hurry();
		KUNIT_EXPECT_LT_MSG(test, wait_of_callback(test, cpu, queue_any), 4 * TICK_NSEC,
				    "call_rcu() on CPU %d", cpu);
		rcu_async_relax();
	}
	cpus_read_unlock();
}

/* Ten seconds by a wheel timer, which may be late by one of its buckets, a quarter of a second. */
static void a_lone_lazy_callback_is_invoked_when_its_time_has_come(struct kunit *test)
{
	int cpu;

	cpus_read_lock();
	cpu = cpumask_last(cpu_online_mask);
	rcu_barrier();
	KUNIT_EXPECT_LT(test, wait_of_callback(test, cpu, queue_any), 10300 * NSEC_PER_MSEC);
	cpus_read_unlock();
}

static struct kunit_case timing_cases[] = {
	KUNIT_CASE(an_idle_system_starts_no_grace_period_and_takes_no_tick),
	KUNIT_CASE(waits_on_an_idle_system_take_less_than_a_millisecond),
	KUNIT_CASE(hurried_callbacks_of_idle_cpus_are_invoked_within_some_jiffies),
	KUNIT_CASE(a_lone_lazy_callback_is_invoked_when_its_time_has_come),
	{}
};

static struct kunit_suite timing_suite = {
	.name = "rcu_timing",
	.test_cases = timing_cases,
};
kunit_test_suite(timing_suite);

MODULE_LICENSE("MIT");
