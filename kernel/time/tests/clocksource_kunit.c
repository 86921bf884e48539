// SPDX-License-Identifier: MIT
/* Clock source arithmetic: factors are exact enough and never overflow where promised. */
#include <kunit/test.h>

#include <linux/clocksource.h>
#include <linux/math64.h>

struct rate {
	u32 from, to, maxsec;
};

static const struct rate rates[] = {
	{ 1000, NSEC_PER_SEC, 600 },
	{ 32768, NSEC_PER_SEC, 600 },
	{ 1193182, NSEC_PER_SEC, 600 },
	{ 62500000, NSEC_PER_SEC, 600 },
	{ 100000000, NSEC_PER_SEC, 42 },
	{ 2600042000u, NSEC_PER_SEC, 600 },
	{ 4294967295u, NSEC_PER_SEC, 1 },
	{ 2600042, NSEC_PER_MSEC, 600000 },
	{ NSEC_PER_SEC, 62500000, 600 },
};

static void factors_fit_and_are_exact(struct kunit *test)
{
	u32 mult, shift;
	int i;

	for (i = 0; i < ARRAY_SIZE(rates); i++) {
		const struct rate *r = &rates[i];
		u64 cycles = (u64)r->from * r->maxsec, result, expect;

		clocks_calc_mult_shift(&mult, &shift, r->from, r->to, r->maxsec);
		KUNIT_ASSERT_GT_MSG(test, mult, 0, "rate %d", i);
		/* The whole range converts without overflow ... */
		KUNIT_EXPECT_LE_MSG(test, cycles, div_u64(U64_MAX, mult), "rate %d", i);
		/* ... and comes out within a part in a million. */
		result = (cycles * mult) >> shift;
		expect = (u64)r->to * r->maxsec;
		KUNIT_EXPECT_LE_MSG(test, result > expect ? result - expect : expect - result,
				    expect / 1000000, "rate %d: %llu for %llu", i, result, expect);
	}
}

static void factors_use_all_the_room(struct kunit *test)
{
	u32 mult, shift;

	/* A bigger shift would either need more than 32 bits of mult or overflow. */
	clocks_calc_mult_shift(&mult, &shift, 62500000, NSEC_PER_SEC, 600);
	KUNIT_EXPECT_TRUE(test, mult >= 1u << 26);
	clocks_calc_mult_shift(&mult, &shift, 1000000000, NSEC_PER_SEC, 1);
	KUNIT_EXPECT_TRUE(test, mult >= 1u << 31);
}

static void max_nsecs_is_within_the_counter(struct kunit *test)
{
	u64 max_cycles, ns;

	/* 1 GHz, 32 bits wide: it wraps after 4.29 s, and half of that is the limit. */
	ns = clocks_calc_max_nsecs(1, 0, 0, CLOCKSOURCE_MASK(32), &max_cycles);
	KUNIT_EXPECT_EQ(test, max_cycles, CLOCKSOURCE_MASK(32));
	KUNIT_EXPECT_EQ(test, ns, CLOCKSOURCE_MASK(32) / 2);

	/* 64 bits wide: the product is the limit. */
	ns = clocks_calc_max_nsecs(1 << 24, 24, 0, CLOCKSOURCE_MASK(64), &max_cycles);
	KUNIT_EXPECT_EQ(test, max_cycles, U64_MAX >> 24);
	KUNIT_EXPECT_EQ(test, ns, (U64_MAX >> 24) / 2);
}

static void steering_leaves_room_in_mult(struct kunit *test)
{
	struct clocksource cs = {
		.mask = CLOCKSOURCE_MASK(56),
		.mult = U32_MAX - 10,
		.shift = 31,
	};

	__clocksource_update_freq_scale(&cs, 1, 0);
	KUNIT_EXPECT_GT(test, cs.mult + cs.maxadj, cs.mult);
	KUNIT_EXPECT_EQ(test, cs.shift, 30);
}

static void khz_and_hz_agree(struct kunit *test)
{
	struct clocksource a = { .mask = CLOCKSOURCE_MASK(64) };
	struct clocksource b = { .mask = CLOCKSOURCE_MASK(64) };
	u64 cycles = 2600000000ULL;

	__clocksource_update_freq_scale(&a, 1, 2600000000u);
	__clocksource_update_freq_scale(&b, 1000, 2600000);
	KUNIT_EXPECT_LE(test, abs_diff(clocksource_cyc2ns(cycles, a.mult, a.shift),
				       clocksource_cyc2ns(cycles, b.mult, b.shift)), 100);
	KUNIT_EXPECT_LE(test, abs_diff(clocksource_cyc2ns(cycles, a.mult, a.shift),
				       (s64)NSEC_PER_SEC), 100);
	KUNIT_EXPECT_GE(test, a.max_idle_ns, 300 * (u64)NSEC_PER_SEC);
}

static void hz2mult_matches_division(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, clocksource_hz2mult(1000000000, 10), 1024);
	KUNIT_EXPECT_EQ(test, clocksource_khz2mult(1000000, 10), 1024);
	KUNIT_EXPECT_EQ(test, clocksource_hz2mult(3, 0), 333333333);
}

static struct kunit_case clocksource_cases[] = {
	KUNIT_CASE(factors_fit_and_are_exact),
	KUNIT_CASE(factors_use_all_the_room),
	KUNIT_CASE(max_nsecs_is_within_the_counter),
	KUNIT_CASE(steering_leaves_room_in_mult),
	KUNIT_CASE(khz_and_hz_agree),
	KUNIT_CASE(hz2mult_matches_division),
	{}
};

static struct kunit_suite clocksource_suite = {
	.name = "clocksource",
	.test_cases = clocksource_cases,
};
kunit_test_suite(clocksource_suite);
