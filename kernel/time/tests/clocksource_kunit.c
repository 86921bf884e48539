// SPDX-License-Identifier: MIT
/* Clock source arithmetic: factors are exact enough and never overflow where promised. */
#include <kunit/test.h>

#include <linux/clocksource.h>
#include <linux/math64.h>

#include "../../tests/patience.h"
#include "../timekeeping_internal.h"

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

/* ---- the watchdog ---- */

/* A counter of nanoseconds that we move. Each reading takes @read_ns of them. */
struct fake_counter {
	struct clocksource cs;
	u64 *now;
	u64 read_ns;
	u32 percent;		/* its rate, 100 is right */
};

static u64 fake_read(struct clocksource *cs)
{
	struct fake_counter *f = container_of(cs, struct fake_counter, cs);

	*f->now += f->read_ns;
	return div_u64(*f->now * f->percent, 100);
}

static void fake_init(struct fake_counter *f, const char *name, u64 *now, u64 read_ns)
{
	*f = (struct fake_counter){
		.cs = { .name = name, .read = fake_read, .mask = CLOCKSOURCE_MASK(48),
			.mult = 1 << 10, .shift = 10 },
		.now = now, .read_ns = read_ns, .percent = 100,
	};
}

static void a_counter_that_keeps_pace_is_good(struct kunit *test)
{
	struct fake_counter cs, ref;
	u64 now = 12345;
	int i;

	fake_init(&cs, "kunit-cs", &now, 100);
	fake_init(&ref, "kunit-ref", &now, 1000);
	KUNIT_EXPECT_EQ(test, clocksource_compare(&cs.cs, &ref.cs), CS_UNKNOWN);
	for (i = 0; i < 5; i++) {
		now += NSEC_PER_SEC / 2;
		KUNIT_EXPECT_EQ(test, clocksource_compare(&cs.cs, &ref.cs), CS_GOOD);
	}
}

static void a_counter_that_drifts_or_stops_is_bad(struct kunit *test)
{
	static const u32 percent[] = { 99, 101, 0, 200 };
	int i;

	for (i = 0; i < ARRAY_SIZE(percent); i++) {
		struct fake_counter cs, ref;
		u64 now = NSEC_PER_SEC;

		fake_init(&cs, "kunit-cs", &now, 100);
		fake_init(&ref, "kunit-ref", &now, 1000);
		cs.percent = percent[i];
		KUNIT_EXPECT_EQ(test, clocksource_compare(&cs.cs, &ref.cs), CS_UNKNOWN);
		now += NSEC_PER_SEC / 2;
		KUNIT_EXPECT_EQ_MSG(test, clocksource_compare(&cs.cs, &ref.cs), CS_BAD, "%u %%",
				    percent[i]);
	}
}

/* A host takes the CPU away in the middle of each reading: no verdict, however long. */
static void a_slow_reading_gives_no_verdict(struct kunit *test)
{
	struct fake_counter cs, ref;
	u64 now = 0;
	int i;

	fake_init(&cs, "kunit-cs", &now, 50 * NSEC_PER_MSEC);
	fake_init(&ref, "kunit-ref", &now, 1000);
	for (i = 0; i < 5; i++) {
		now += NSEC_PER_SEC / 2;
		KUNIT_EXPECT_EQ(test, clocksource_compare(&cs.cs, &ref.cs), CS_UNKNOWN);
	}
}

static void another_reference_begins_anew(struct kunit *test)
{
	struct fake_counter cs, ref, other;
	u64 now = 0, elsewhere = 77;

	fake_init(&cs, "kunit-cs", &now, 100);
	fake_init(&ref, "kunit-ref", &now, 1000);
	fake_init(&other, "kunit-other", &elsewhere, 1000);
	clocksource_compare(&cs.cs, &ref.cs);
	KUNIT_EXPECT_EQ(test, clocksource_compare(&cs.cs, &other.cs), CS_UNKNOWN);
}

/* The whole way: registered, watched, found out. It stands still, and has the lowest rating. */
static void a_stopped_counter_is_marked_unstable(struct kunit *test)
{
	static struct fake_counter cs;
	static u64 now;

	fake_init(&cs, "kunit-stopped", &now, 0);
	cs.cs.rating = 1;
	cs.cs.flags = CLOCK_SOURCE_IS_CONTINUOUS | CLOCK_SOURCE_MUST_VERIFY;
	KUNIT_ASSERT_EQ(test, __clocksource_register_scale(&cs.cs, 1, 0), 0);
	KUNIT_EXPECT_TRUE(test, eventually(READ_ONCE(cs.cs.flags) & CLOCK_SOURCE_UNSTABLE));
	KUNIT_EXPECT_EQ(test, clocksource_unregister(&cs.cs), 0);
}

static struct kunit_case clocksource_cases[] = {
	KUNIT_CASE(factors_fit_and_are_exact),
	KUNIT_CASE(factors_use_all_the_room),
	KUNIT_CASE(max_nsecs_is_within_the_counter),
	KUNIT_CASE(steering_leaves_room_in_mult),
	KUNIT_CASE(khz_and_hz_agree),
	KUNIT_CASE(hz2mult_matches_division),
	KUNIT_CASE(a_counter_that_keeps_pace_is_good),
	KUNIT_CASE(a_counter_that_drifts_or_stops_is_bad),
	KUNIT_CASE(a_slow_reading_gives_no_verdict),
	KUNIT_CASE(another_reference_begins_anew),
	KUNIT_CASE(a_stopped_counter_is_marked_unstable),
	{}
};

static struct kunit_suite clocksource_suite = {
	.name = "clocksource",
	.test_cases = clocksource_cases,
};
kunit_test_suite(clocksource_suite);
