// SPDX-License-Identifier: MIT
/*
 * Steering, on clocks of this file's own whose seconds go by as fast as the sums are done; and on
 * the real one, that it follows.
 */
#include <kunit/test.h>

#include <linux/delay.h>
#include <linux/jiffies.h>
#include <linux/math64.h>
#include <linux/timekeeping.h>
#include <linux/timex.h>

#include "../ntp_internal.h"

/* 2000-01-01, a Saturday: midnight. */
#define MIDNIGHT	946684800LL
#define DAY		86400

/**
 * struct sim - a clock and the counter below it
 * @ntp: its discipline
 * @raw: the counter, ns
 * @gain: ns that the clock gained on the counter, 2^-32, leap seconds left out
 * @late: ns by which the end of a second is seen too late
 * @tai: TAI less UTC
 */
struct sim {
	struct ntp_clock ntp;
	u64 raw;
	s64 gain;
	u64 late;
	s32 tai;
};

static struct sim *sim_start(struct kunit *test, time64_t second)
{
	struct sim *sim = kunit_kzalloc(test, sizeof(*sim), GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, sim);
	ntp_init(&sim->ntp, second);
	return sim;
}

/* @ns of the counter go by at the pace of now. */
static void sim_run(struct sim *sim, u64 ns)
{
	s64 rate = ntp_pace(&sim->ntp) - NTP_NOMINAL_PACE;

	sim->raw += ns;
	sim->gain += mul_u64_u64_div_u64(abs(rate), ns, NSEC_PER_SEC) * (rate < 0 ? -1 : 1);
}

/* Return: leap seconds. */
static int sim_seconds(struct sim *sim, int n)
{
	int jump = 0;

	while (n--) {
		sim_run(sim, NSEC_PER_SEC + sim->late);
		jump += ntp_pass_seconds(&sim->ntp, sim->ntp.second + 1, sim->raw);
	}
	return jump;
}

/* To the nearest: the sums round in the last of 32 bits. */
static s64 gain_ns(const struct sim *sim)
{
	return (sim->gain + (1LL << (NTP_SCALE_SHIFT - 1))) >> NTP_SCALE_SHIFT;
}

static int sim_adjust(struct sim *sim, struct __kernel_timex *tx)
{
	struct timespec64 now = { sim->ntp.second, 0 };

	return ntp_adjust(&sim->ntp, tx, &now, sim->raw, &sim->tai);
}

static int set_status(struct sim *sim, int status)
{
	struct __kernel_timex tx = { .modes = ADJ_STATUS | ADJ_NANO, .status = status };

	return sim_adjust(sim, &tx);
}

/* What adjtimex() would return if somebody vouched for the clock. */
static int state_of(struct sim *sim)
{
	struct __kernel_timex tx = { .modes = ADJ_MAXERROR | ADJ_STATUS };

	tx.status = sim->ntp.status & ~STA_UNSYNC;
	return sim_adjust(sim, &tx);
}

static void adjtime(struct sim *sim, s64 us)
{
	struct __kernel_timex tx = { .modes = ADJ_OFFSET_SINGLESHOT, .offset = us };

	sim_adjust(sim, &tx);
}

static s64 adjtime_left(struct sim *sim)
{
	struct __kernel_timex tx = { .modes = ADJ_OFFSET_SS_READ };

	sim_adjust(sim, &tx);
	return tx.offset;
}

/* ---- the pace ---- */

static void a_clock_nobody_steers_keeps_the_counters_pace(struct kunit *test)
{
	struct sim *sim = sim_start(test, 1000);

	sim_seconds(sim, 100);
	KUNIT_EXPECT_EQ(test, ntp_pace(&sim->ntp), NTP_NOMINAL_PACE);
	KUNIT_EXPECT_EQ(test, sim->gain, 0);
	KUNIT_EXPECT_FALSE(test, ntp_is_busy(&sim->ntp));
}

static void a_frequency_is_gained_each_second(struct kunit *test)
{
	struct __kernel_timex tx = { .modes = ADJ_FREQUENCY, .freq = -(100 << 16) };
	struct sim *sim = sim_start(test, 1000);

	sim_adjust(sim, &tx);
	KUNIT_EXPECT_EQ(test, tx.freq, -(100 << 16));
	sim_seconds(sim, 10);
	KUNIT_EXPECT_EQ(test, gain_ns(sim), -10 * 100 * NSEC_PER_USEC);
	/* The pace is steady: nobody need wake up for it. */
	KUNIT_EXPECT_FALSE(test, ntp_is_busy(&sim->ntp));
}

static void every_frequency_is_told_as_it_was_set(struct kunit *test)
{
	struct sim *sim = sim_start(test, 1000);
	s64 freq;

	for (freq = -32768000; freq <= 32768000; freq += 9973) {
		struct __kernel_timex tx = { .modes = ADJ_FREQUENCY, .freq = freq };

		sim_adjust(sim, &tx);
		KUNIT_ASSERT_EQ(test, tx.freq, freq);
	}
}

static void a_frequency_beyond_500_ppm_is_clamped(struct kunit *test)
{
	struct __kernel_timex tx = { .modes = ADJ_FREQUENCY, .freq = 600 << 16 };
	struct sim *sim = sim_start(test, 1000);

	sim_adjust(sim, &tx);
	KUNIT_EXPECT_EQ(test, tx.freq, tx.tolerance);
	tx.freq = -(600 << 16);
	sim_adjust(sim, &tx);
	KUNIT_EXPECT_EQ(test, tx.freq, -tx.tolerance);
}

static void a_tick_makes_all_seconds_longer(struct kunit *test)
{
	struct __kernel_timex tx = { .modes = ADJ_TICK, .tick = 10010 };
	struct sim *sim = sim_start(test, 1000);

	sim_adjust(sim, &tx);
	sim_seconds(sim, 5);
	KUNIT_EXPECT_EQ(test, gain_ns(sim), 5 * NSEC_PER_MSEC);
}

static void all_extremes_together_stay_within_a_ninth(struct kunit *test)
{
	struct __kernel_timex tx = {
		.modes = ADJ_TICK | ADJ_FREQUENCY | ADJ_STATUS | ADJ_NANO | ADJ_TIMECONST |
			 ADJ_OFFSET,
		.tick = 11000, .freq = 500 << 16, .status = STA_PLL, .constant = 0,
		.offset = 500000000,
	};
	struct sim *sim = sim_start(test, 1000);
	s64 room = NTP_NOMINAL_PACE / 100 * 11;

	adjtime(sim, S64_MAX);
	sim_adjust(sim, &tx);
	KUNIT_EXPECT_GT(test, ntp_pace(&sim->ntp), NTP_NOMINAL_PACE + room / 11 * 10);
	KUNIT_EXPECT_LT(test, ntp_pace(&sim->ntp), NTP_NOMINAL_PACE + room);
	adjtime(sim, S64_MIN);
	tx.tick = 9000;
	tx.freq = -(500 << 16);
	tx.offset = -500000000;
	sim_adjust(sim, &tx);
	KUNIT_EXPECT_LT(test, ntp_pace(&sim->ntp), NTP_NOMINAL_PACE - room / 11 * 10);
	KUNIT_EXPECT_GT(test, ntp_pace(&sim->ntp), NTP_NOMINAL_PACE - room);
}

/* ---- adjtime(3) ---- */

static void adjtime_slews_half_a_millisecond_a_second(struct kunit *test)
{
	struct sim *sim = sim_start(test, 1000);

	adjtime(sim, 2200);
	KUNIT_EXPECT_TRUE(test, ntp_is_busy(&sim->ntp));
	sim_seconds(sim, 1);
	KUNIT_EXPECT_EQ(test, gain_ns(sim), 500 * NSEC_PER_USEC);
	KUNIT_EXPECT_EQ(test, adjtime_left(sim), 1700);
	sim_seconds(sim, 3);
	KUNIT_EXPECT_EQ(test, adjtime_left(sim), 200);
	sim_seconds(sim, 5);
	KUNIT_EXPECT_EQ(test, adjtime_left(sim), 0);
	KUNIT_EXPECT_EQ(test, sim->gain, 2200LL * NSEC_PER_USEC << NTP_SCALE_SHIFT);
	KUNIT_EXPECT_FALSE(test, ntp_is_busy(&sim->ntp));
}

static void adjtime_slews_backwards_too(struct kunit *test)
{
	struct sim *sim = sim_start(test, 1000);

	adjtime(sim, -1234);
	sim_seconds(sim, 1);
	KUNIT_EXPECT_EQ(test, adjtime_left(sim), -734);
	sim_seconds(sim, 4);
	KUNIT_EXPECT_EQ(test, gain_ns(sim), -1234 * NSEC_PER_USEC);
}

static void asking_what_is_left_does_not_put_it_off(struct kunit *test)
{
	struct sim *sim = sim_start(test, 1000);
	int i;

	adjtime(sim, 200);
	for (i = 1; i <= 10; i++) {
		sim_run(sim, NSEC_PER_SEC / 10);
		KUNIT_EXPECT_EQ(test, adjtime_left(sim), 200 - 20 * i);
	}
	KUNIT_EXPECT_EQ(test, gain_ns(sim), 200 * NSEC_PER_USEC);
}

static void what_a_late_second_paid_too_much_is_paid_back(struct kunit *test)
{
	static const u64 late[] = { 1, 4 * NSEC_PER_MSEC, NSEC_PER_SEC / 3, NSEC_PER_SEC - 1 };
	int i;

	for (i = 0; i < ARRAY_SIZE(late); i++) {
		struct sim *sim = sim_start(test, 1000);

		sim->late = late[i];
		adjtime(sim, 100);
		sim_seconds(sim, 1);
		KUNIT_EXPECT_GE_MSG(test, gain_ns(sim), 100 * NSEC_PER_USEC, "late %llu", late[i]);
		sim->late = 4 * NSEC_PER_MSEC;
		sim_seconds(sim, 20);
		KUNIT_EXPECT_EQ_MSG(test, gain_ns(sim), 100 * NSEC_PER_USEC, "late %llu",
				    late[i]);
		KUNIT_EXPECT_FALSE_MSG(test, ntp_is_busy(&sim->ntp), "late %llu", late[i]);
	}
}

static void a_new_amount_replaces_what_was_left(struct kunit *test)
{
	struct __kernel_timex tx = { .modes = ADJ_OFFSET_SINGLESHOT, .offset = -300 };
	struct sim *sim = sim_start(test, 1000);

	adjtime(sim, 5000);
	sim_seconds(sim, 1);
	/* Half a second into the next. */
	sim_run(sim, NSEC_PER_SEC / 2);
	sim_adjust(sim, &tx);
	KUNIT_EXPECT_EQ(test, tx.offset, 4250);
	sim_seconds(sim, 10);
	KUNIT_EXPECT_EQ(test, gain_ns(sim), (750 - 300) * NSEC_PER_USEC);
}

static void the_greatest_amounts_do_not_overflow(struct kunit *test)
{
	struct sim *sim = sim_start(test, 1000);

	adjtime(sim, S64_MAX);
	KUNIT_EXPECT_EQ(test, adjtime_left(sim), S64_MAX);
	sim_seconds(sim, 2);
	KUNIT_EXPECT_EQ(test, adjtime_left(sim), S64_MAX - 1000);
	adjtime(sim, S64_MIN);
	sim_seconds(sim, 2);
	KUNIT_EXPECT_EQ(test, adjtime_left(sim), S64_MIN + 1000);
}

/* ---- the loop ---- */

static int take_phase(struct sim *sim, s64 ns)
{
	struct __kernel_timex tx = { .modes = ADJ_OFFSET, .offset = ns };

	return sim_adjust(sim, &tx);
}

static s64 phase_left(struct sim *sim)
{
	struct __kernel_timex tx = {};

	sim_adjust(sim, &tx);
	return tx.offset;
}

static struct sim *sim_with_loop(struct kunit *test, int status, int constant)
{
	struct __kernel_timex tx = { .modes = ADJ_TIMECONST, .constant = constant };
	struct sim *sim = sim_start(test, 1000);

	set_status(sim, STA_PLL | status);
	sim_adjust(sim, &tx);
	return sim;
}

static void a_phase_without_the_loop_is_ignored(struct kunit *test)
{
	struct sim *sim = sim_start(test, 1000);

	take_phase(sim, 1000000);
	sim_seconds(sim, 3);
	KUNIT_EXPECT_EQ(test, sim->gain, 0);
}

static void a_phase_dies_away_by_the_time_constant(struct kunit *test)
{
	int constant;

	for (constant = 0; constant <= 4; constant++) {
		struct sim *sim = sim_with_loop(test, STA_FREQHOLD, constant);
		s64 phase = 64 * NSEC_PER_MSEC, share = phase >> (2 + constant);

		take_phase(sim, phase);
		KUNIT_EXPECT_EQ(test, phase_left(sim), phase);
		sim_seconds(sim, 1);
		KUNIT_EXPECT_EQ_MSG(test, gain_ns(sim), share, "constant %d", constant);
		KUNIT_EXPECT_EQ_MSG(test, phase_left(sim), phase - share, "constant %d", constant);
		/* A second later the share is one of what is left. */
		sim_seconds(sim, 1);
		KUNIT_EXPECT_EQ_MSG(test, phase_left(sim),
				    phase - share - ((phase - share) >> (2 + constant)),
				    "constant %d", constant);
		/* tau is 2^(2 + constant) seconds; after 25 of them there are some 10^-11. */
		sim_seconds(sim, 25 << (2 + constant));
		KUNIT_EXPECT_EQ_MSG(test, phase_left(sim), 0, "constant %d", constant);
		KUNIT_EXPECT_FALSE_MSG(test, ntp_is_busy(&sim->ntp), "constant %d", constant);
		KUNIT_EXPECT_LE(test, abs(gain_ns(sim) - phase), 1);
	}
}

static void a_phase_is_at_most_half_a_second(struct kunit *test)
{
	struct sim *sim = sim_with_loop(test, STA_FREQHOLD, 6);

	take_phase(sim, S64_MAX);
	KUNIT_EXPECT_EQ(test, phase_left(sim), NSEC_PER_SEC / 2);
	take_phase(sim, S64_MIN);
	KUNIT_EXPECT_EQ(test, phase_left(sim), -NSEC_PER_SEC / 2);
}

static void phases_are_told_in_the_resolution_chosen(struct kunit *test)
{
	struct __kernel_timex tx = { .modes = ADJ_MICRO | ADJ_OFFSET, .offset = 77 };
	struct sim *sim = sim_with_loop(test, 0, 6);

	sim_adjust(sim, &tx);
	KUNIT_EXPECT_EQ(test, tx.offset, 77);
	KUNIT_EXPECT_FALSE(test, tx.status & STA_NANO);
	tx.modes = ADJ_NANO;
	sim_adjust(sim, &tx);
	KUNIT_EXPECT_EQ(test, tx.offset, 77000);
	KUNIT_EXPECT_TRUE(test, tx.status & STA_NANO);
}

/*
 * A counter that is 80 ppm slow, and a daemon that measures the error every 16 s: the phase must
 * vanish and the frequency be found.
 */
static void the_loop_finds_the_counters_error(struct kunit *test)
{
	struct sim *sim = sim_with_loop(test, 0, 2);
	s64 slow = 80 * NSEC_PER_USEC, error = 0;
	int i;

	for (i = 1; i <= 200; i++) {
		sim_seconds(sim, 16);
		error = gain_ns(sim) - i * 16 * slow;
		take_phase(sim, -error);
	}
	KUNIT_EXPECT_LT(test, abs(error), 100);
	KUNIT_EXPECT_LT(test, abs((sim->ntp.freq >> NTP_SCALE_SHIFT) - slow), 10);
	KUNIT_EXPECT_FALSE(test, sim->ntp.status & STA_MODE);
}

static void the_frequency_loop_takes_over_for_rare_phases(struct kunit *test)
{
	static const struct {
		int flag, interval;
		bool fll;
	} cases[] = {
		{ 0, 1024, false }, { STA_FLL, 128, false }, { STA_FLL, 300, true },
		{ 0, 2048, false }, { 0, 2049, true },
	};
	int i;

	for (i = 0; i < ARRAY_SIZE(cases); i++) {
		struct sim *sim = sim_with_loop(test, cases[i].flag, 10);

		sim_seconds(sim, cases[i].interval);
		take_phase(sim, 1000000);
		KUNIT_EXPECT_EQ_MSG(test, !!(sim->ntp.status & STA_MODE), cases[i].fll,
				    "case %d", i);
	}
}

static void a_held_frequency_is_not_touched(struct kunit *test)
{
	struct sim *sim = sim_with_loop(test, STA_FREQHOLD, 2);

	sim_seconds(sim, 100);
	take_phase(sim, 1000000);
	KUNIT_EXPECT_EQ(test, sim->ntp.freq, 0);
}

static void the_time_constant_is_clamped(struct kunit *test)
{
	struct __kernel_timex tx = { .modes = ADJ_TIMECONST | ADJ_NANO, .constant = -1 };
	struct sim *sim = sim_start(test, 1000);

	sim_adjust(sim, &tx);
	KUNIT_EXPECT_EQ(test, tx.constant, 0);
	tx.constant = S64_MAX;
	sim_adjust(sim, &tx);
	KUNIT_EXPECT_EQ(test, tx.constant, 10);
	/* Without STA_NANO it counts from 4. */
	tx.modes = ADJ_TIMECONST | ADJ_MICRO;
	tx.constant = 1;
	sim_adjust(sim, &tx);
	KUNIT_EXPECT_EQ(test, tx.constant, 5);
}

/* ---- error bounds ---- */

static void the_error_grows_until_nobody_vouches_for_the_clock(struct kunit *test)
{
	struct __kernel_timex tx = {
		.modes = ADJ_STATUS | ADJ_MAXERROR | ADJ_ESTERROR, .maxerror = 1000, .esterror = 7,
	};
	struct sim *sim = sim_start(test, 1000);

	KUNIT_EXPECT_EQ(test, sim_adjust(sim, &(struct __kernel_timex){}), TIME_ERROR);
	KUNIT_EXPECT_EQ(test, sim_adjust(sim, &tx), TIME_OK);
	sim_seconds(sim, 10);
	tx.modes = 0;
	KUNIT_EXPECT_EQ(test, sim_adjust(sim, &tx), TIME_OK);
	KUNIT_EXPECT_EQ(test, tx.maxerror, 6000);
	KUNIT_EXPECT_EQ(test, tx.esterror, 7);
	sim_seconds(sim, 32000);
	KUNIT_EXPECT_EQ(test, sim_adjust(sim, &tx), TIME_ERROR);
	KUNIT_EXPECT_EQ(test, tx.maxerror, 16000000);
}

static void setting_the_clock_forgets_its_error_but_not_its_frequency(struct kunit *test)
{
	struct __kernel_timex tx = { .modes = ADJ_FREQUENCY, .freq = 5 << 16 };
	struct sim *sim = sim_with_loop(test, 0, 2);

	sim_adjust(sim, &tx);
	adjtime(sim, 1000);
	take_phase(sim, 1000);
	ntp_clear(&sim->ntp, 5000);
	KUNIT_EXPECT_EQ(test, adjtime_left(sim), 0);
	KUNIT_EXPECT_EQ(test, phase_left(sim), 0);
	tx.modes = 0;
	KUNIT_EXPECT_EQ(test, sim_adjust(sim, &tx), TIME_ERROR);
	KUNIT_EXPECT_EQ(test, tx.freq, 5 << 16);
	KUNIT_EXPECT_TRUE(test, tx.status & STA_PLL);
}

/* ---- leap seconds ---- */

static void a_leap_second_is_inserted_at_midnight(struct kunit *test)
{
	struct sim *sim = sim_start(test, MIDNIGHT - 4);

	KUNIT_EXPECT_EQ(test, set_status(sim, STA_INS), TIME_OK);
	KUNIT_EXPECT_EQ(test, sim_seconds(sim, 1), 0);
	KUNIT_EXPECT_EQ(test, state_of(sim), TIME_INS);
	KUNIT_EXPECT_EQ(test, sim_seconds(sim, 2), 0);
	KUNIT_EXPECT_EQ(test, sim->ntp.second, MIDNIGHT - 1);
	/* 23:59:59 once more, under the name of 60. */
	KUNIT_EXPECT_EQ(test, sim_seconds(sim, 1), -1);
	KUNIT_EXPECT_EQ(test, sim->ntp.second, MIDNIGHT - 1);
	KUNIT_EXPECT_EQ(test, state_of(sim), TIME_OOP);
	KUNIT_EXPECT_EQ(test, sim_seconds(sim, 1), 0);
	KUNIT_EXPECT_EQ(test, sim->ntp.second, MIDNIGHT);
	KUNIT_EXPECT_EQ(test, state_of(sim), TIME_WAIT);
	/* Waits until the daemon has taken note, however long. */
	KUNIT_EXPECT_EQ(test, sim_seconds(sim, DAY + 10), 0);
	set_status(sim, 0);
	sim_seconds(sim, 1);
	KUNIT_EXPECT_EQ(test, state_of(sim), TIME_OK);
}

static void a_leap_second_is_left_out_before_midnight(struct kunit *test)
{
	struct sim *sim = sim_start(test, MIDNIGHT - 4);

	set_status(sim, STA_DEL);
	KUNIT_EXPECT_EQ(test, sim_seconds(sim, 2), 0);
	KUNIT_EXPECT_EQ(test, sim->ntp.second, MIDNIGHT - 2);
	KUNIT_EXPECT_EQ(test, state_of(sim), TIME_DEL);
	KUNIT_EXPECT_EQ(test, sim_seconds(sim, 1), 1);
	KUNIT_EXPECT_EQ(test, sim->ntp.second, MIDNIGHT);
	KUNIT_EXPECT_EQ(test, state_of(sim), TIME_WAIT);
}

static void a_leap_second_can_be_called_off(struct kunit *test)
{
	static const int flags[] = { STA_INS, STA_DEL };
	int i;

	for (i = 0; i < ARRAY_SIZE(flags); i++) {
		struct sim *sim = sim_start(test, MIDNIGHT - 10);

		set_status(sim, flags[i]);
		sim_seconds(sim, 2);
		set_status(sim, 0);
		KUNIT_EXPECT_EQ(test, sim_seconds(sim, 20), 0);
		KUNIT_EXPECT_EQ(test, state_of(sim), TIME_OK);
		KUNIT_EXPECT_EQ(test, sim->ntp.second, MIDNIGHT + 12);
	}
}

static void a_leap_second_is_found_by_one_who_comes_late(struct kunit *test)
{
	struct sim *sim = sim_start(test, MIDNIGHT - 10);

	set_status(sim, STA_INS);
	sim_run(sim, 15 * NSEC_PER_SEC);
	KUNIT_EXPECT_EQ(test, ntp_pass_seconds(&sim->ntp, MIDNIGHT + 5, sim->raw), -1);
	KUNIT_EXPECT_EQ(test, sim->ntp.second, MIDNIGHT + 4);
	KUNIT_EXPECT_EQ(test, state_of(sim), TIME_WAIT);
}

static void tai_is_taken_if_it_is_possible(struct kunit *test)
{
	struct __kernel_timex tx = { .modes = ADJ_TAI, .constant = 37 };
	struct sim *sim = sim_start(test, 1000);

	sim_adjust(sim, &tx);
	KUNIT_EXPECT_EQ(test, tx.tai, 37);
	tx.constant = -1;
	sim_adjust(sim, &tx);
	KUNIT_EXPECT_EQ(test, tx.tai, 37);
}

/* ---- what is refused ---- */

static void nonsense_is_refused(struct kunit *test)
{
	static const struct __kernel_timex wrong[] = {
		{ .modes = 0x8000 },
		{ .modes = 0xa000 },
		{ .modes = ADJ_TICK, .tick = 8999 },
		{ .modes = ADJ_TICK, .tick = 11001 },
		{ .modes = ADJ_FREQUENCY, .freq = S64_MAX },
		{ .modes = ADJ_FREQUENCY, .freq = S64_MIN },
		{ .modes = ADJ_SETOFFSET, .time = { 0, -1 } },
		{ .modes = ADJ_SETOFFSET, .time = { 0, USEC_PER_SEC } },
		{ .modes = ADJ_SETOFFSET | ADJ_NANO, .time = { 0, NSEC_PER_SEC } },
	};
	static const struct __kernel_timex right[] = {
		{ .modes = 0 },
		{ .modes = ADJ_OFFSET_SS_READ },
		{ .modes = ADJ_TICK, .tick = 9000 },
		{ .modes = ADJ_TICK, .tick = 11000 },
		{ .modes = ADJ_SETOFFSET | ADJ_NANO, .time = { -5, NSEC_PER_SEC - 1 } },
	};
	int i;

	for (i = 0; i < ARRAY_SIZE(wrong); i++)
		KUNIT_EXPECT_EQ_MSG(test, ntp_validate(&wrong[i]), -EINVAL, "case %d", i);
	for (i = 0; i < ARRAY_SIZE(right); i++)
		KUNIT_EXPECT_EQ_MSG(test, ntp_validate(&right[i]), 0, "case %d", i);
}

/* ---- the real clock ---- */

/* What monotonic was ahead of raw, and by raw when. */
struct reading {
	s64 ahead, raw;
};

/* The two clocks are not read at one moment: of many readings the one with the least between. */
static struct reading read_both(void)
{
	struct reading least = { .ahead = S64_MAX };
	int i;

	for (i = 0; i < 1000; i++) {
		s64 raw = ktime_get_raw(), ahead = ktime_get() - raw;

		if (ahead < least.ahead)
			least = (struct reading){ ahead, raw };
	}
	return least;
}

static void set_frequency(struct kunit *test, s64 ppm)
{
	struct __kernel_timex tx = { .modes = ADJ_FREQUENCY, .freq = ppm << 16 };

	KUNIT_EXPECT_GE(test, do_adjtimex(&tx), 0);
}

/* However long the host stopped us in between: the gain is measured against the raw clock. */
static void check_gain(struct kunit *test, s64 ppm)
{
	struct reading from, to;
	s64 passed, gain;

	set_frequency(test, ppm);
	from = read_both();
	msleep(400);
	to = read_both();
	passed = to.raw - from.raw;
	gain = to.ahead - from.ahead;
	/* The two readings of a pair are some 100 ns apart, on a slow host ten times that. */
	KUNIT_EXPECT_LT_MSG(test, abs(gain - div_s64(passed, 1000000) * ppm),
			    20000 + passed / 50000, "%lld ppm: %lld ns gained in %lld", ppm, gain,
			    passed);
	set_frequency(test, 0);
}

static void the_real_clock_gains_and_loses(struct kunit *test)
{
	check_gain(test, 500);
	check_gain(test, -500);
	check_gain(test, 0);
}

static void the_clock_never_goes_back_however_its_pace_changes(struct kunit *test)
{
	s64 before = ktime_get(), now;
	int i;

	for (i = 0; i < 20000; i++) {
		if (i % 100 == 0)
			set_frequency(test, i % 200 ? 500 : -500);
		now = ktime_get();
		KUNIT_ASSERT_GE(test, now, before);
		before = now;
	}
	set_frequency(test, 0);
}

static struct kunit_case ntp_cases[] = {
	KUNIT_CASE(a_clock_nobody_steers_keeps_the_counters_pace),
	KUNIT_CASE(a_frequency_is_gained_each_second),
	KUNIT_CASE(every_frequency_is_told_as_it_was_set),
	KUNIT_CASE(a_frequency_beyond_500_ppm_is_clamped),
	KUNIT_CASE(a_tick_makes_all_seconds_longer),
	KUNIT_CASE(all_extremes_together_stay_within_a_ninth),
	KUNIT_CASE(adjtime_slews_half_a_millisecond_a_second),
	KUNIT_CASE(adjtime_slews_backwards_too),
	KUNIT_CASE(asking_what_is_left_does_not_put_it_off),
	KUNIT_CASE(what_a_late_second_paid_too_much_is_paid_back),
	KUNIT_CASE(a_new_amount_replaces_what_was_left),
	KUNIT_CASE(the_greatest_amounts_do_not_overflow),
	KUNIT_CASE(a_phase_without_the_loop_is_ignored),
	KUNIT_CASE(a_phase_dies_away_by_the_time_constant),
	KUNIT_CASE(a_phase_is_at_most_half_a_second),
	KUNIT_CASE(phases_are_told_in_the_resolution_chosen),
	KUNIT_CASE(the_loop_finds_the_counters_error),
	KUNIT_CASE(the_frequency_loop_takes_over_for_rare_phases),
	KUNIT_CASE(a_held_frequency_is_not_touched),
	KUNIT_CASE(the_time_constant_is_clamped),
	KUNIT_CASE(the_error_grows_until_nobody_vouches_for_the_clock),
	KUNIT_CASE(setting_the_clock_forgets_its_error_but_not_its_frequency),
	KUNIT_CASE(a_leap_second_is_inserted_at_midnight),
	KUNIT_CASE(a_leap_second_is_left_out_before_midnight),
	KUNIT_CASE(a_leap_second_can_be_called_off),
	KUNIT_CASE(a_leap_second_is_found_by_one_who_comes_late),
	KUNIT_CASE(tai_is_taken_if_it_is_possible),
	KUNIT_CASE(nonsense_is_refused),
	KUNIT_CASE(the_real_clock_gains_and_loses),
	KUNIT_CASE(the_clock_never_goes_back_however_its_pace_changes),
	{}
};

static struct kunit_suite ntp_suite = {
	.name = "ntp",
	.test_cases = ntp_cases,
};
kunit_test_suite(ntp_suite);
