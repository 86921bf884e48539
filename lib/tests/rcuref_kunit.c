// SPDX-License-Identifier: MIT
/*
 * rcuref: counting, death, saturation, and the last put against a get.
 */

#include <kunit/test.h>

#include <linux/completion.h>
#include <linux/cpumask.h>
#include <linux/kthread.h>
#include <linux/rcuref.h>
#include <linux/report.h>
#include <linux/slab.h>

static void init_and_read_agree(struct kunit *test)
{
	rcuref_t ref = RCUREF_INIT(1);

	KUNIT_EXPECT_EQ(test, rcuref_read(&ref), 1U);
	rcuref_init(&ref, 5);
	KUNIT_EXPECT_EQ(test, rcuref_read(&ref), 5U);
}

static void only_the_last_put_is_true(struct kunit *test)
{
	rcuref_t ref = RCUREF_INIT(1);
	bool last;

	KUNIT_EXPECT_TRUE(test, rcuref_get(&ref));
	KUNIT_EXPECT_EQ(test, rcuref_read(&ref), 2U);
	KUNIT_EXPECT_FALSE(test, rcuref_put(&ref));
	rcu_read_lock();
	last = rcuref_put_rcusafe(&ref);
	rcu_read_unlock();
	KUNIT_EXPECT_TRUE(test, last);
	KUNIT_EXPECT_EQ(test, rcuref_read(&ref), 0U);
}

static void the_dead_stay_dead(struct kunit *test)
{
	rcuref_t ref = RCUREF_INIT(1);
	int i;

	KUNIT_EXPECT_TRUE(test, rcuref_put(&ref));
	for (i = 0; i < 1000; i++)
		KUNIT_EXPECT_FALSE(test, rcuref_get(&ref));
	KUNIT_EXPECT_EQ(test, rcuref_read(&ref), 0U);
	KUNIT_EXPECT_EQ(test, (unsigned int)atomic_read(&ref.refcnt), RCUREF_DEAD);
}

static void a_get_between_the_last_puts_two_steps_wins(struct kunit *test)
{
	rcuref_t ref;

	atomic_set(&ref.refcnt, RCUREF_NOREF);
	KUNIT_EXPECT_TRUE(test, rcuref_get(&ref));
	preempt_disable();
	KUNIT_EXPECT_FALSE(test, rcuref_put_slowpath(&ref, RCUREF_NOREF));
	preempt_enable();
	KUNIT_EXPECT_EQ(test, rcuref_read(&ref), 1U);
	KUNIT_EXPECT_TRUE(test, rcuref_put(&ref));
}

static void a_put_too_many_is_reported(struct kunit *test)
{
	rcuref_t ref = RCUREF_INIT(1);

	KUNIT_EXPECT_TRUE(test, rcuref_put(&ref));
	kunit_expect_report(test, REPORT_WARN);
	KUNIT_EXPECT_FALSE(test, rcuref_put(&ref));
	KUNIT_EXPECT_EQ(test, (unsigned int)atomic_read(&ref.refcnt), RCUREF_DEAD);
}

static void too_many_references_saturate_and_are_reported(struct kunit *test)
{
	rcuref_t ref;

	rcuref_init(&ref, RCUREF_MAXREF + 1);
	kunit_expect_report(test, REPORT_WARN);
	KUNIT_EXPECT_TRUE(test, rcuref_get(&ref));
	KUNIT_EXPECT_EQ(test, (unsigned int)atomic_read(&ref.refcnt), RCUREF_SATURATED);
	KUNIT_EXPECT_FALSE(test, rcuref_put(&ref));
	KUNIT_EXPECT_EQ(test, (unsigned int)atomic_read(&ref.refcnt), RCUREF_SATURATED);
	KUNIT_EXPECT_TRUE(test, rcuref_get(&ref));
}

/* ---- storm: threads get and put one object after the other; each dies once ---- */

#define OBJECTS	300

struct counted {
	rcuref_t ref;
	atomic_t deaths;
};

struct storm {
	struct counted object[OBJECTS];
	atomic_t running;
	struct completion done;
};

static void put_one(struct counted *c)
{
	if (rcuref_put(&c->ref))
		atomic_inc(&c->deaths);
}

static int storm_fn(void *arg)
{
	struct storm *s = arg;
	int i, j;

	for (i = 0; i < OBJECTS; i++) {
		for (j = 0; j < 50; j++) {
			if (!rcuref_get(&s->object[i].ref))
				break;
			put_one(&s->object[i]);
		}
		cond_resched();
	}
	if (atomic_dec_and_test(&s->running))
		complete(&s->done);
	return 0;
}

static void each_object_dies_once(struct kunit *test)
{
	struct storm *s = kunit_kzalloc(test, sizeof(*s), GFP_KERNEL);
	int i, n = num_online_cpus() + 1;

	KUNIT_ASSERT_NOT_NULL(test, s);
	for (i = 0; i < OBJECTS; i++)
		rcuref_init(&s->object[i].ref, 1);
	init_completion(&s->done);
	atomic_set(&s->running, n);
	for (i = 0; i < n; i++)
		KUNIT_ASSERT_FALSE(test, IS_ERR(kthread_run(storm_fn, s, "rcuref/%d", i)));
	for (i = 0; i < OBJECTS; i++) {
		put_one(&s->object[i]);
		cond_resched();
	}
	wait_for_completion(&s->done);
	for (i = 0; i < OBJECTS; i++) {
		KUNIT_EXPECT_EQ(test, atomic_read(&s->object[i].deaths), 1);
		KUNIT_EXPECT_EQ(test, rcuref_read(&s->object[i].ref), 0U);
	}
}

static struct kunit_case rcuref_cases[] = {
	KUNIT_CASE(init_and_read_agree),
	KUNIT_CASE(only_the_last_put_is_true),
	KUNIT_CASE(the_dead_stay_dead),
	KUNIT_CASE(a_get_between_the_last_puts_two_steps_wins),
	KUNIT_CASE(a_put_too_many_is_reported),
	KUNIT_CASE(too_many_references_saturate_and_are_reported),
	KUNIT_CASE(each_object_dies_once),
	{}
};

static struct kunit_suite rcuref_suite = {
	.name = "rcuref",
	.test_cases = rcuref_cases,
};

kunit_test_suite(rcuref_suite);
