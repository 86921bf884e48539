// SPDX-License-Identifier: MIT
/*
 * The torture scenarios as test cases. `rcutorture.seconds=` says how long each takes: a second by
 * default, 0 skips them; `make torture MINUTES=` and make test-full give them time.
 *
 * Each prints its counts. A case fails if a reader held an element through a grace period or found
 * one that was free, if a callback was lost, or if there were too few grace periods.
 */

#include <kunit/test.h>

#include <linux/moduleparam.h>

#include "../rcutorture.h"

#undef MODULE_PARAM_PREFIX
#define MODULE_PARAM_PREFIX "rcutorture."

static uint seconds = 1;
module_param(seconds, uint, 0644);

static const struct rcu_torture_scenario *find(struct kunit *test, const char *name)
{
	unsigned int i;

	for (i = 0; i < rcu_torture_nr_scenarios; i++) {
		if (!strcmp(rcu_torture_scenarios[i].name, name))
			return &rcu_torture_scenarios[i];
	}
	KUNIT_FAIL_AND_ABORT(test, "no scenario %s", name);
	return NULL;
}

static void torture(struct kunit *test, const char *name)
{
	struct rcu_torture_result result;

	if (!seconds)
		kunit_skip(test, "rcutorture.seconds=0");
	KUNIT_ASSERT_EQ(test, rcu_torture_run(find(test, name), seconds, &result), 0);
	rcu_torture_show(name, &result);
	KUNIT_EXPECT_EQ(test, result.errors, 0);
}

#define SCENARIO(name)				\
static void torture_##name(struct kunit *test)	\
{						\
	torture(test, #name);			\
}

SCENARIO(normal)
SCENARIO(callbacks)
SCENARIO(expedited)
SCENARIO(polled)
SCENARIO(mixed)
SCENARIO(idle)
SCENARIO(preempted)
SCENARIO(interrupts)
SCENARIO(hotplug)
SCENARIO(flood)
SCENARIO(kvfree)
SCENARIO(srcu)
SCENARIO(srcu_dynamic)
SCENARIO(srcu_hotplug)
SCENARIO(srcu_flood)
SCENARIO(srcu_lite)
SCENARIO(srcu_nmisafe)
SCENARIO(srcu_updown)
SCENARIO(tasks)
SCENARIO(tasks_rude)
SCENARIO(tasks_trace)

#define CASE(_name)	{ .run_case = torture_##_name, .name = #_name }

static struct kunit_case rcutorture_cases[] = {
	CASE(normal),
	CASE(callbacks),
	CASE(expedited),
	CASE(polled),
	CASE(mixed),
	CASE(idle),
	CASE(preempted),
	CASE(interrupts),
	CASE(hotplug),
	CASE(flood),
	CASE(kvfree),
	CASE(srcu),
	CASE(srcu_dynamic),
	CASE(srcu_hotplug),
	CASE(srcu_flood),
	CASE(srcu_lite),
	CASE(srcu_nmisafe),
	CASE(srcu_updown),
	CASE(tasks),
	CASE(tasks_rude),
	CASE(tasks_trace),
	{}
};

static struct kunit_suite rcutorture_suite = {
	.name = "rcutorture",
	.test_cases = rcutorture_cases,
};
kunit_test_suite(rcutorture_suite);
