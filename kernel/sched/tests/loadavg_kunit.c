// SPDX-License-Identifier: MIT
/* The load averages move with what runs: the tick has to age them every five seconds. */

#include <kunit/test.h>

#include <linux/sched/loadavg.h>

#include "hog.h"

static struct hog hog;

/* One hog and nothing else is a load of one: the average ends there from above and from below. */
static void the_average_follows_what_runs(struct kunit *test)
{
	unsigned long before[3], now[3];

	get_avenrun(before, 0, 0);
	hog_start(test, &hog, -1);
	KUNIT_EXPECT_TRUE(test, eventually(({ get_avenrun(now, 0, 0); now[0] != before[0]; }) ||
					   now[0] == FIXED_1));
	KUNIT_EXPECT_GT(test, now[0], 0UL);
}

static struct kunit_case loadavg_cases[] = {
	KUNIT_CASE_SLOW(the_average_follows_what_runs),
	{}
};

static struct kunit_suite loadavg_suite = {
	.name = "sched_loadavg",
	.test_cases = loadavg_cases,
};
kunit_test_suite(loadavg_suite);
