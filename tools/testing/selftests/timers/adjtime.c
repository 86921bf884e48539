// SPDX-License-Identifier: MIT
/*
 * Steering the wall clock: adjtime(3), adjtimex(2), clock_adjtime(2).
 *
 * What a change of pace does is measured against CLOCK_MONOTONIC_RAW, which nobody steers, so the
 * time that the test itself takes doesn't matter. Every test puts back what it changed.
 */
#include <pthread.h>
#include <stdint.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <sys/timex.h>
#include <time.h>

#include "../kselftest.h"

#define NSEC	1000000000LL

static void need_root(void)
{
	if (geteuid())
		SKIP("only root may steer the clock");
}

static int64_t now(clockid_t clock)
{
	struct timespec ts;

	CHECK_EQ(clock_gettime(clock, &ts), 0);
	return ts.tv_sec * NSEC + ts.tv_nsec;
}

/* What a clock was ahead of the raw one, and by that when. */
struct reading {
	int64_t ahead, raw;
};

/* The two aren't read at one moment: of many readings the one with the least between. */
static struct reading read_both(clockid_t clock)
{
	struct reading least = { .ahead = INT64_MAX };
	int i;

	for (i = 0; i < 2000; i++) {
		int64_t raw = now(CLOCK_MONOTONIC_RAW), ahead = now(clock) - raw;

		if (ahead < least.ahead)
			least = (struct reading){ ahead, raw };
	}
	return least;
}

static int64_t ahead_of_raw(clockid_t clock)
{
	return read_both(clock).ahead;
}

static void sleep_ms(long ms)
{
	struct timespec ts = { ms / 1000, ms % 1000 * 1000000 };

	nanosleep(&ts, NULL);
}

static int adjust(struct timex *tx, unsigned int modes)
{
	tx->modes = modes;
	return adjtimex(tx);
}

static void set_frequency(long ppm)
{
	struct timex tx = { .freq = ppm * 65536 };

	CHECK(adjust(&tx, ADJ_FREQUENCY) >= 0);
}

/* And vouch for the clock: an error at its limit would set STA_UNSYNC with the next second. */
static void set_status(int status)
{
	struct timex tx = { .status = status, .maxerror = 0 };

	CHECK(adjust(&tx, ADJ_STATUS | ADJ_MAXERROR) >= 0);
}

/* What @clock gained on the raw one, in parts in a million of the time that went by. */
static double gain_ppm(clockid_t clock, long ms)
{
	struct reading from = read_both(clock), to;

	sleep_ms(ms);
	to = read_both(clock);
	return (to.ahead - from.ahead) * 1e6 / (to.raw - from.raw);
}

/* Not more than 25 ppm off: that's 12 us in half a second, for a host that stops us. */
static void check_gain(clockid_t clock, double ppm)
{
	double gain = gain_ppm(clock, 500);

	if (gain < ppm - 25 || gain > ppm + 25)
		gain = gain_ppm(clock, 1500);
	printf("# %+.1f ppm of %+.1f\n", gain, ppm);
	CHECK(gain > ppm - 25 && gain < ppm + 25);
}

static void asking_needs_no_right(void)
{
	struct timex tx = { .modes = 0 };
	int ret;

	if (!geteuid())
		CHECK_EQ(setresuid(65534, 65534, 65534), 0);
	ret = adjtimex(&tx);
	CHECK(ret >= TIME_OK && ret <= TIME_ERROR);
	CHECK_EQ(tx.precision, 1);
	CHECK_EQ(tx.tolerance, 32768000);
	CHECK(tx.tick >= 9000 && tx.tick <= 11000);
	CHECK(llabs(tx.time.tv_sec - time(NULL)) <= 2);
	CHECK(tx.time.tv_usec >= 0 &&
	      tx.time.tv_usec < (tx.status & STA_NANO ? 1000000000 : 1000000));
	CHECK((ret == TIME_ERROR) == !!(tx.status & (STA_UNSYNC | STA_CLOCKERR)));
	tx.modes = ADJ_OFFSET_SS_READ;
	CHECK(adjtimex(&tx) >= 0);
	CHECK(clock_adjtime(CLOCK_REALTIME, &tx) >= 0);
}

static void changing_needs_the_right(void)
{
	static const unsigned int modes[] = { ADJ_OFFSET, ADJ_FREQUENCY, ADJ_MAXERROR, ADJ_ESTERROR,
					      ADJ_STATUS, ADJ_TIMECONST, ADJ_TAI, ADJ_SETOFFSET,
					      ADJ_MICRO, ADJ_NANO, ADJ_TICK,
					      ADJ_OFFSET_SINGLESHOT };
	struct timeval delta = { 0, 1 };
	struct timex tx = { .tick = 10000 };
	unsigned int i;

	if (!geteuid())
		CHECK_EQ(setresuid(65534, 65534, 65534), 0);
	for (i = 0; i < sizeof(modes) / sizeof(modes[0]); i++)
		CHECK_ERR(adjust(&tx, modes[i]), EPERM);
	CHECK_ERR(adjtime(&delta, NULL), EPERM);
	CHECK_EQ(adjtime(NULL, &delta), 0);
}

static void nonsense_is_refused(void)
{
	struct timex tx = { .tick = 8999 };

	need_root();
	CHECK_ERR(adjust(&tx, ADJ_TICK), EINVAL);
	tx.tick = 11001;
	CHECK_ERR(adjust(&tx, ADJ_TICK), EINVAL);
	tx.time.tv_usec = -1;
	CHECK_ERR(adjust(&tx, ADJ_SETOFFSET), EINVAL);
	tx.time.tv_usec = 1000000;
	CHECK_ERR(adjust(&tx, ADJ_SETOFFSET), EINVAL);
	tx.time.tv_usec = 1000000000;
	CHECK_ERR(adjust(&tx, ADJ_SETOFFSET | ADJ_NANO), EINVAL);
	tx.freq = INT64_MAX;
	CHECK_ERR(adjust(&tx, ADJ_FREQUENCY), EINVAL);
	tx.freq = INT64_MIN;
	CHECK_ERR(adjust(&tx, ADJ_FREQUENCY), EINVAL);
	/* adjtime()'s bit without the offset's */
	CHECK_ERR(adjust(&tx, 0x8000), EINVAL);
	tx.modes = 0;
	CHECK_ERR(clock_adjtime(CLOCK_MONOTONIC, &tx), EOPNOTSUPP);
	CHECK_ERR(clock_adjtime(12345, &tx), EINVAL);
	CHECK_ERR(syscall(SYS_adjtimex, NULL), EFAULT);
	CHECK_ERR(syscall(SYS_clock_adjtime, CLOCK_REALTIME, 8), EFAULT);
}

static void values_are_kept_and_clamped(void)
{
	struct timex was, tx = { .modes = 0 };

	need_root();
	CHECK(adjust(&tx, 0) >= 0);
	was = tx;
	tx.freq = 1 << 30;
	tx.maxerror = 12345;
	tx.esterror = 54;
	tx.status = was.status;
	CHECK(adjust(&tx, ADJ_FREQUENCY | ADJ_MAXERROR | ADJ_ESTERROR) >= 0);
	CHECK_EQ(tx.freq, 32768000);
	CHECK_EQ(tx.maxerror, 12345);
	CHECK_EQ(tx.esterror, 54);
	tx.freq = -(1 << 30);
	CHECK(adjust(&tx, ADJ_FREQUENCY) >= 0);
	CHECK_EQ(tx.freq, -32768000);
	tx.freq = 123457;
	CHECK(adjust(&tx, ADJ_FREQUENCY) >= 0);
	CHECK_EQ(tx.freq, 123457);
	tx.constant = 3;
	CHECK(adjust(&tx, ADJ_TIMECONST | ADJ_NANO) >= 0);
	CHECK_EQ(tx.constant, 3);
	CHECK(tx.status & STA_NANO);
	tx.constant = 3;
	CHECK(adjust(&tx, ADJ_TIMECONST | ADJ_MICRO) >= 0);
	CHECK_EQ(tx.constant, 7);
	CHECK(!(tx.status & STA_NANO));
	tx.constant = 99;
	CHECK(adjust(&tx, ADJ_TIMECONST) >= 0);
	CHECK_EQ(tx.constant, 10);
	set_frequency(0);
	tx.constant = 2;
	CHECK(adjust(&tx, ADJ_TIMECONST | ADJ_NANO) >= 0);
	CHECK(adjust(&tx, ADJ_MICRO) >= 0);
}

static void bits_of_the_kernel_cannot_be_set(void)
{
	struct timex tx = { .status = 0xff00 | STA_UNSYNC };

	need_root();
	CHECK_EQ(adjust(&tx, ADJ_STATUS), TIME_ERROR);
	CHECK_EQ(tx.status & ~(STA_NANO | STA_MODE), STA_UNSYNC);
}

static void a_frequency_changes_the_pace(void)
{
	need_root();
	set_frequency(400);
	check_gain(CLOCK_REALTIME, 400);
	check_gain(CLOCK_MONOTONIC, 400);
	set_frequency(-400);
	check_gain(CLOCK_REALTIME, -400);
	set_frequency(0);
	check_gain(CLOCK_REALTIME, 0);
}

static void a_tick_changes_the_pace(void)
{
	struct timex tx = { .tick = 10005 };

	need_root();
	CHECK(adjust(&tx, ADJ_TICK) >= 0);
	CHECK_EQ(tx.tick, 10005);
	check_gain(CLOCK_REALTIME, 500);
	tx.tick = 10000;
	CHECK(adjust(&tx, ADJ_TICK) >= 0);
	check_gain(CLOCK_REALTIME, 0);
}

/* 500 us a second: two seconds of slewing, and one. */
static void adjtime_slews(void)
{
	static const long amounts[] = { 700, -300 };
	struct timeval delta = { 0, 0 }, left;
	int64_t ahead, gain;
	int i, k;

	need_root();
	for (i = 0; i < 2; i++) {
		delta.tv_sec = amounts[i] < 0 ? -1 : 0;
		delta.tv_usec = amounts[i] < 0 ? 1000000 + amounts[i] : amounts[i];
		ahead = ahead_of_raw(CLOCK_REALTIME);
		CHECK_EQ(adjtime(&delta, NULL), 0);
		CHECK_EQ(adjtime(NULL, &left), 0);
		CHECK(left.tv_usec || left.tv_sec);
		for (k = 0; k < 200; k++) {
			sleep_ms(100);
			CHECK_EQ(adjtime(NULL, &left), 0);
			if (!left.tv_sec && !left.tv_usec)
				break;
		}
		/* Linux says that nothing is left when the last second begins. */
		sleep_ms(1200);
		gain = ahead_of_raw(CLOCK_REALTIME) - ahead;
		printf("# gained %lld ns\n", (long long)gain);
		CHECK(llabs(gain - amounts[i] * 1000) < 40000);
	}
}

static void adjtime_tells_what_was_left(void)
{
	struct timeval delta = { 5, 0 }, left = { 9, 9 };

	need_root();
	CHECK_EQ(adjtime(&delta, NULL), 0);
	delta.tv_sec = 0;
	CHECK_EQ(adjtime(&delta, &left), 0);
	CHECK((left.tv_sec == 5 && left.tv_usec == 0) ||
	      (left.tv_sec == 4 && left.tv_usec > 900000));
	CHECK_EQ(adjtime(NULL, &left), 0);
	CHECK(left.tv_sec == 0 && left.tv_usec == 0);
}

/* With the shortest time constant a quarter of the phase goes each second. */
static void the_loop_slews_a_phase_away(void)
{
	struct timex tx = { .status = STA_PLL | STA_FREQHOLD, .constant = 0, .offset = 2000000 };
	int64_t ahead = ahead_of_raw(CLOCK_REALTIME), gain;
	long before = 2000000;
	int i;

	need_root();
	CHECK(adjust(&tx, ADJ_STATUS | ADJ_NANO | ADJ_TIMECONST | ADJ_OFFSET) >= 0);
	CHECK_EQ(tx.offset, 2000000);
	for (i = 0; i < 3; i++) {
		sleep_ms(1100);
		CHECK(adjust(&tx, 0) >= 0);
		CHECK(tx.offset > 0 && tx.offset < before);
		before = tx.offset;
	}
	sleep_ms(1100);
	CHECK(adjust(&tx, 0) >= 0);
	gain = ahead_of_raw(CLOCK_REALTIME) - ahead;
	printf("# gained %lld, left %lld\n", (long long)gain, (long long)tx.offset);
	/* On Linux a second's share is taken off when it begins. */
	CHECK(gain > 2000000 - before - 50000 && gain < 2000000);
	tx.offset = 0;
	CHECK(adjust(&tx, ADJ_OFFSET) >= 0);
	tx.status = STA_UNSYNC;
	tx.constant = 2;
	CHECK(adjust(&tx, ADJ_STATUS | ADJ_TIMECONST) >= 0);
	CHECK(adjust(&tx, ADJ_MICRO) >= 0);
}

static void a_phase_without_the_loop_does_nothing(void)
{
	struct timex tx = { .status = STA_UNSYNC, .offset = 100000 };

	need_root();
	CHECK(adjust(&tx, ADJ_STATUS | ADJ_OFFSET) >= 0);
	CHECK_EQ(tx.offset, 0);
}

static void setoffset_steps_the_clock(void)
{
	struct timex tx = { .time = { .tv_sec = 3600, .tv_usec = 250000 } };
	int64_t real = now(CLOCK_REALTIME), mono = now(CLOCK_MONOTONIC), step;

	need_root();
	CHECK(adjust(&tx, ADJ_SETOFFSET) >= 0);
	step = now(CLOCK_REALTIME) - real - (now(CLOCK_MONOTONIC) - mono);
	CHECK(llabs(step - (3600 * NSEC + NSEC / 4)) < NSEC);
	/* Back: the fraction is never negative. */
	tx.time.tv_sec = -3601;
	tx.time.tv_usec = 750000000;
	CHECK(adjust(&tx, ADJ_SETOFFSET | ADJ_NANO) >= 0);
	step = now(CLOCK_REALTIME) - real - (now(CLOCK_MONOTONIC) - mono);
	CHECK(llabs(step) < NSEC);
	CHECK(adjust(&tx, ADJ_MICRO) >= 0);
}

static void setting_the_clock_ends_the_slewing(void)
{
	struct timeval delta = { 1, 0 }, left;
	struct timex tx = { .status = 0, .maxerror = 1 };
	struct timespec ts;

	need_root();
	CHECK(adjust(&tx, ADJ_STATUS | ADJ_MAXERROR) >= 0);
	CHECK_EQ(adjtime(&delta, NULL), 0);
	clock_gettime(CLOCK_REALTIME, &ts);
	CHECK_EQ(clock_settime(CLOCK_REALTIME, &ts), 0);
	CHECK_EQ(adjtime(NULL, &left), 0);
	CHECK(left.tv_sec == 0 && left.tv_usec == 0);
	CHECK_EQ(adjust(&tx, 0), TIME_ERROR);
	CHECK(tx.status & STA_UNSYNC);
	CHECK_EQ(tx.maxerror, 16000000);
}

static void the_error_grows(void)
{
	struct timex tx = { .status = 0, .maxerror = 100, .esterror = 10 };

	need_root();
	CHECK_EQ(adjust(&tx, ADJ_STATUS | ADJ_MAXERROR | ADJ_ESTERROR), TIME_OK);
	sleep_ms(2200);
	CHECK_EQ(adjust(&tx, 0), TIME_OK);
	CHECK(tx.maxerror >= 100 + 2 * 500);
	CHECK_EQ(tx.maxerror % 500, 100);
	CHECK_EQ(tx.esterror, 10);
	set_status(STA_UNSYNC);
}

static void tai_is_kept_and_used(void)
{
	struct timex tx = { .constant = 37 };

	need_root();
	CHECK(adjust(&tx, ADJ_TAI) >= 0);
	CHECK_EQ(tx.tai, 37);
	CHECK_EQ((now(CLOCK_TAI) - now(CLOCK_REALTIME) + NSEC / 2) / NSEC, 37);
	tx.constant = -1;
	CHECK(adjust(&tx, ADJ_TAI) >= 0);
	CHECK_EQ(tx.tai, 37);
	tx.constant = 0;
	CHECK(adjust(&tx, ADJ_TAI) >= 0);
}

/* --- Leap seconds --------------------------------------------------------------------------- */

#define DAY		86400
#define MIDNIGHT	(20000LL * DAY)		/* of some day in 2024 */

static int state(void)
{
	struct timex tx = { .modes = 0 };

	return adjust(&tx, 0);
}

/* The wall clock some seconds before midnight, and nothing left of earlier leap seconds. */
static void go_before_midnight(int seconds, int flag)
{
	struct timespec ts = { MIDNIGHT - seconds, 0 };

	set_status(STA_PLL);
	set_status(0);
	CHECK_EQ(clock_settime(CLOCK_REALTIME, &ts), 0);
	set_status(flag);
}

/* What the wall clock jumped against the monotonic one since, to the nearest second. */
static long jumped(int64_t real, int64_t mono)
{
	int64_t jump = now(CLOCK_REALTIME) - real - (now(CLOCK_MONOTONIC) - mono);

	return (jump + (jump < 0 ? -NSEC / 2 : NSEC / 2)) / NSEC;
}

static void go_back(int64_t real, int64_t mono)
{
	int64_t ns = real + now(CLOCK_MONOTONIC) - mono;
	struct timespec ts = { ns / NSEC, ns % NSEC };
	struct timex tx = { .constant = 0 };

	set_status(STA_PLL);
	set_status(STA_UNSYNC);
	CHECK(adjust(&tx, ADJ_TAI) >= 0);
	CHECK_EQ(clock_settime(CLOCK_REALTIME, &ts), 0);
}

/* Or one behind it: a state can be over before we look again. */
static void wait_until_state(int wanted)
{
	int i;

	for (i = 0; i < 600 && state() < wanted; i++)
		sleep_ms(10);
	CHECK(state() >= wanted && state() <= TIME_WAIT);
}

static void wait_until_ok(void)
{
	int i;

	for (i = 0; i < 600 && state() != TIME_OK; i++)
		sleep_ms(10);
	CHECK_EQ(state(), TIME_OK);
}

/* A sleeper by the wall clock wakes by its new time. Returns the monotonic time of that. */
static void *sleep_past_midnight(void *woke)
{
	struct timespec until = { MIDNIGHT + 1, 0 };

	CHECK_EQ(clock_nanosleep(CLOCK_REALTIME, TIMER_ABSTIME, &until, NULL), 0);
	CHECK(now(CLOCK_REALTIME) >= (MIDNIGHT + 1) * NSEC);
	*(int64_t *)woke = now(CLOCK_MONOTONIC);
	return NULL;
}

static void a_leap_second_is_inserted(void)
{
	int64_t real0, mono0, real, mono, woke;
	pthread_t sleeper;
	long jump;

	need_root();
	real0 = now(CLOCK_REALTIME);
	mono0 = now(CLOCK_MONOTONIC);
	go_before_midnight(2, STA_INS);
	real = now(CLOCK_REALTIME);
	mono = now(CLOCK_MONOTONIC);
	CHECK_EQ(pthread_create(&sleeper, NULL, sleep_past_midnight, &woke), 0);
	wait_until_state(TIME_INS);
	jump = jumped(real, mono);
	if (state() == TIME_INS)
		CHECK_EQ(jump, 0);
	wait_until_state(TIME_OOP);
	wait_until_state(TIME_WAIT);
	CHECK_EQ(jumped(real, mono), -1);
	CHECK_EQ((now(CLOCK_TAI) - now(CLOCK_REALTIME) + NSEC / 2) / NSEC, 1);
	pthread_join(sleeper, NULL);
	/* Three seconds of the clock took four. */
	CHECK(woke - mono > 3 * NSEC + NSEC / 2);
	set_status(0);
	wait_until_ok();
	go_back(real0, mono0);
}

static void a_leap_second_is_left_out(void)
{
	int64_t real0, mono0, real, mono;

	need_root();
	real0 = now(CLOCK_REALTIME);
	mono0 = now(CLOCK_MONOTONIC);
	go_before_midnight(3, STA_DEL);
	real = now(CLOCK_REALTIME);
	mono = now(CLOCK_MONOTONIC);
	wait_until_state(TIME_DEL);
	wait_until_state(TIME_WAIT);
	/* Linux tells so before the tick that does it. */
	sleep_ms(50);
	CHECK_EQ(jumped(real, mono), 1);
	go_back(real0, mono0);
}

TESTS(
	TEST(asking_needs_no_right),
	TEST(changing_needs_the_right),
	TEST(nonsense_is_refused),
	TEST(values_are_kept_and_clamped),
	TEST(bits_of_the_kernel_cannot_be_set),
	TEST(a_frequency_changes_the_pace),
	TEST(a_tick_changes_the_pace),
	TEST(adjtime_slews),
	TEST(adjtime_tells_what_was_left),
	TEST(the_loop_slews_a_phase_away),
	TEST(a_phase_without_the_loop_does_nothing),
	TEST(setoffset_steps_the_clock),
	TEST(setting_the_clock_ends_the_slewing),
	TEST(the_error_grows),
	TEST(tai_is_kept_and_used),
	TEST(a_leap_second_is_inserted),
	TEST(a_leap_second_is_left_out),
)
