// SPDX-License-Identifier: MIT
/*
 * Choosing by attribute: what kunit.filter= lets through.
 */

#include <kunit/attributes.h>
#include <kunit/test.h>

#include <linux/string.h>

static struct kunit_case one_case = { .name = "case", .module_name = "some_module" };

/* Does a case of a suite with this name and speed pass @text? -1: it's no filter. */
#define passes(suite_name, suite_speed, text)						\
	suite_passes(&(const struct kunit_suite){					\
		.name = suite_name, .attr.speed = suite_speed }, text)

static int suite_passes(const struct kunit_suite *suite, const char *text)
{
	struct kunit_attr_filter filter;
	char buf[64], *rest = buf;

	strscpy(buf, text, sizeof(buf));
	if (kunit_next_attr_filter(&rest, &filter))
		return -1;
	return kunit_attr_matches(suite, &one_case, &filter);
}

static void speeds_are_ordered(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, passes("a", KUNIT_SPEED_NORMAL, "speed>slow"), 1);
	KUNIT_EXPECT_EQ(test, passes("a", KUNIT_SPEED_SLOW, "speed>slow"), 0);
	KUNIT_EXPECT_EQ(test, passes("a", KUNIT_SPEED_SLOW, "speed>=slow"), 1);
	KUNIT_EXPECT_EQ(test, passes("a", KUNIT_SPEED_VERY_SLOW, "speed<slow"), 1);
	KUNIT_EXPECT_EQ(test, passes("a", KUNIT_SPEED_UNSET, "speed=normal"), 1);
}

static void module_is_compared_whole(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, passes("a", KUNIT_SPEED_UNSET, "module=some_module"), 1);
	KUNIT_EXPECT_EQ(test, passes("a", KUNIT_SPEED_UNSET, "module=some"), 0);
	KUNIT_EXPECT_EQ(test, passes("a", KUNIT_SPEED_UNSET, " module != some "), 1);
}

static void timing_goes_by_the_end_of_the_name(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, passes("wait_timing", KUNIT_SPEED_UNSET, "timing=true"), 1);
	KUNIT_EXPECT_EQ(test, passes("wait_timing", KUNIT_SPEED_UNSET, "timing=false"), 0);
	KUNIT_EXPECT_EQ(test, passes("timing_wheel", KUNIT_SPEED_UNSET, "timing=true"), 0);
	KUNIT_EXPECT_EQ(test, passes("timing", KUNIT_SPEED_UNSET, "timing=false"), 1);
}

static void what_is_no_filter_is_refused(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, passes("a", KUNIT_SPEED_UNSET, "colour=blue"), -1);
	KUNIT_EXPECT_EQ(test, passes("a", KUNIT_SPEED_UNSET, "speed"), -1);
	KUNIT_EXPECT_EQ(test, passes("a", KUNIT_SPEED_UNSET, "speed!slow"), -1);
	KUNIT_EXPECT_EQ(test, passes("a", KUNIT_SPEED_UNSET, "=slow"), -1);
}

static struct kunit_case filter_cases[] = {
	KUNIT_CASE(speeds_are_ordered),
	KUNIT_CASE(module_is_compared_whole),
	KUNIT_CASE(timing_goes_by_the_end_of_the_name),
	KUNIT_CASE(what_is_no_filter_is_refused),
	{}
};

static struct kunit_suite filter_suite = {
	.name = "kunit_filter",
	.test_cases = filter_cases,
};
kunit_test_suite(filter_suite);
