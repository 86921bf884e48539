// SPDX-License-Identifier: MIT
/*
 * The load averages move with what runs: the tick has to age them every five seconds. The test
 * doesn't wait for these: it says that they are over.
 */

#include <kunit/test.h>

#include <linux/sched/loadavg.h>

#include "../../time/timekeeping_internal.h"
#include "hog.h"

static struct hog hog;

/* Return: when they ended, as the counting CPU sees it. */
static unsigned long end_the_five_seconds(void)
{
	unsigned long flags, due;

	raw_spin_lock_irqsave(&jiffies_lock, flags);
	due = jiffies - 10;
	WRITE_ONCE(calc_load_update, due);
	raw_spin_unlock_irqrestore(&jiffies_lock, flags);
	return due;
}

/* One hog and nothing else is a load of one: the average ends there from above and from below. */
static void the_average_follows_what_runs(struct kunit *test)
{
	unsigned long before[3], now[3], due;

	get_avenrun(before, 0, 0);
	hog_start(test, &hog, -1);
	due = end_the_five_seconds();
	KUNIT_EXPECT_TRUE(test, eventually(({ get_avenrun(now, 0, 0); now[0] != before[0]; }) ||
					   now[0] == FIXED_1));
	KUNIT_EXPECT_GT(test, now[0], 0UL);
	/* From there on it takes five seconds again. */
	KUNIT_EXPECT_TRUE(test, eventually(READ_ONCE(calc_load_update) != due));
	KUNIT_EXPECT_EQ(test, (READ_ONCE(calc_load_update) - due) % LOAD_FREQ, 0UL);
}

static struct kunit_case loadavg_cases[] = {
	KUNIT_CASE(the_average_follows_what_runs),
	{}
};

static struct kunit_suite loadavg_suite = {
	.name = "sched_loadavg",
	.test_cases = loadavg_cases,
};
kunit_test_suite(loadavg_suite);
