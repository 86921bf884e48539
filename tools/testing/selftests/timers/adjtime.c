// SPDX-License-Identifier: MIT
/*
 * Steering the wall clock: adjtime(3), adjtimex(2), clock_adjtime(2).
 *
 * What a change of pace does is measured against CLOCK_MONOTONIC_RAW, which nobody steers, so the
 * time that the test itself takes doesn't matter. Every test puts back what it changed.
 *
 * Most of it happens when a second of the wall clock begins. Tests that wait for that set the clock
 * forward to shortly before it, and put it back by the monotonic one.
 */
#include <pthread.h>
#include <stdint.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <sys/timex.h>
#include <time.h>

#include "../kselftest.h"

#define NSEC	1000000000LL

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

static double gain_ppm(struct reading from, struct reading to)
{
	return (to.ahead - from.ahead) * 1e6 / (to.raw - from.raw);
}

static bool is_near(double gain, double ppm)
{
	return gain > ppm - 25 && gain < ppm + 25;
}

/* Do both clocks gain that on the raw one, in parts in a million of the time that goes by? */
static bool gain_is_near(double ppm, long ms)
{
	struct reading real = read_both(CLOCK_REALTIME), mono = read_both(CLOCK_MONOTONIC);
	double real_gain, mono_gain;

	sleep_ms(ms);
	real_gain = gain_ppm(real, read_both(CLOCK_REALTIME));
	mono_gain = gain_ppm(mono, read_both(CLOCK_MONOTONIC));
	printf("# %+.1f and %+.1f ppm of %+.1f\n", real_gain, mono_gain, ppm);
	return is_near(real_gain, ppm) && is_near(mono_gain, ppm);
}

/*
 * Not more than 25 ppm off: that's 5 us in a fifth of a second. A host that stops us for just those
 * makes us look longer.
 */
static void check_gain(double ppm)
{
	CHECK(gain_is_near(ppm, 200) || gain_is_near(ppm, 1500));
}

/* --- Seconds of the wall clock ---------------------------------------------------------------- */

static void set_clock(int64_t ns)
{
	struct timespec ts = { ns / NSEC, ns % NSEC };

	CHECK_EQ(clock_settime(CLOCK_REALTIME, &ts), 0);
}

/* The clocks before a test sets the wall clock. */
struct before {
	int64_t real, mono;
};

static struct before remember(void)
{
	return (struct before){ now(CLOCK_REALTIME), now(CLOCK_MONOTONIC) };
}

/* The wall clock as if nobody had set it. */
static void put_back(const struct before *b)
{
	set_clock(b->real + now(CLOCK_MONOTONIC) - b->mono);
}

#define SHORTLY		(NSEC / 20)

/* To shortly before the next second. Setting the clock ends whatever steered it. */
static void go_before_a_second(void)
{
	set_clock((now(CLOCK_REALTIME) / NSEC + 1) * NSEC - SHORTLY);
}

/* And a little on, until a tick has seen that. */
static void wait_until_next_second(void)
{
	int64_t second = now(CLOCK_REALTIME) / NSEC;

	while (now(CLOCK_REALTIME) / NSEC == second)
		sleep_ms(10);
	sleep_ms(50);
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
	check_gain(400);
	set_frequency(-400);
	check_gain(-400);
	set_frequency(0);
	check_gain(0);
}

static void a_tick_changes_the_pace(void)
{
	struct timex tx = { .tick = 10005 };

	need_root();
	CHECK(adjust(&tx, ADJ_TICK) >= 0);
	CHECK_EQ(tx.tick, 10005);
	check_gain(500);
	tx.tick = 10000;
	CHECK(adjust(&tx, ADJ_TICK) >= 0);
	check_gain(0);
}

/*
 * What the clock has gained since it was @ahead is that, or is so a few seconds later: a second
 * whose end is seen late slews too far.
 */
static void check_slewed(int64_t ahead, long us)
{
	int64_t gain;
	int more;

	for (more = 5;; more--) {
		gain = ahead_of_raw(CLOCK_REALTIME) - ahead;
		printf("# gained %lld ns\n", (long long)gain);
		if (llabs(gain - us * 1000) < 40000)
			return;
		CHECK(more);
		wait_until_next_second();
	}
}

/* 500 us a second, from the next one on: it takes one second, and two. */
static void adjtime_slews(void)
{
	static const long amounts[] = { -300, 700 };
	struct before before = remember();
	struct timeval delta, left;
	int64_t ahead;
	int i, second;

	need_root();
	for (i = 0; i < rounds(2); i++) {
		delta.tv_sec = amounts[i] < 0 ? -1 : 0;
		delta.tv_usec = amounts[i] < 0 ? 1000000 + amounts[i] : amounts[i];
		go_before_a_second();
		ahead = ahead_of_raw(CLOCK_REALTIME);
		CHECK_EQ(adjtime(&delta, NULL), 0);
		for (second = 0; second < 2 + i; second++)
			wait_until_next_second();
		check_slewed(ahead, amounts[i]);
		CHECK_EQ(adjtime(NULL, &left), 0);
		CHECK(llabs(left.tv_sec * 1000000LL + left.tv_usec) < 40);
	}
	put_back(&before);
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
	struct before before = remember();
	int64_t ahead, gain;
	long left = 2000000;
	int i;

	need_root();
	go_before_a_second();
	ahead = ahead_of_raw(CLOCK_REALTIME);
	CHECK(adjust(&tx, ADJ_STATUS | ADJ_NANO | ADJ_TIMECONST | ADJ_OFFSET) >= 0);
	CHECK_EQ(tx.offset, 2000000);
	for (i = 0; i < 2; i++) {
		wait_until_next_second();
		CHECK(adjust(&tx, 0) >= 0);
		CHECK(tx.offset > 0 && tx.offset < left);
		left = tx.offset;
	}
	wait_until_next_second();
	gain = ahead_of_raw(CLOCK_REALTIME) - ahead;
	printf("# gained %lld, left %ld\n", (long long)gain, left);
	/* On Linux a second's share is taken off when it begins. */
	CHECK(gain > 2000000 - left - 50000 && gain < 2000000);
	tx.offset = 0;
	CHECK(adjust(&tx, ADJ_OFFSET) >= 0);
	tx.status = STA_UNSYNC;
	tx.constant = 2;
	CHECK(adjust(&tx, ADJ_STATUS | ADJ_TIMECONST) >= 0);
	CHECK(adjust(&tx, ADJ_MICRO) >= 0);
	put_back(&before);
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
	struct before before = remember();
	int i;

	need_root();
	go_before_a_second();
	CHECK_EQ(adjust(&tx, ADJ_STATUS | ADJ_MAXERROR | ADJ_ESTERROR), TIME_OK);
	/* At the next second, and the one after it. */
	for (i = 0; i < 600 && tx.maxerror < 100 + 2 * 500; i++) {
		sleep_ms(10);
		CHECK_EQ(adjust(&tx, 0), TIME_OK);
		CHECK_EQ(tx.maxerror % 500, 100);
	}
	CHECK(tx.maxerror >= 100 + 2 * 500);
	CHECK_EQ(tx.esterror, 10);
	set_status(STA_UNSYNC);
	put_back(&before);
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

/* The wall clock shortly before a second before midnight, and nothing left of earlier leaps. */
static void go_before_midnight(int seconds, int flag)
{
	int64_t second = (MIDNIGHT - seconds) * NSEC;

	/* Again if a slow host let it begin without the flag. */
	do {
		set_status(STA_PLL);
		set_status(0);
		set_clock(second - SHORTLY);
		set_status(flag);
	} while (now(CLOCK_REALTIME) >= second);
}

/* What the wall clock jumped against the monotonic one since, to the nearest second. */
static long jumped(const struct before *b)
{
	int64_t jump = now(CLOCK_REALTIME) - b->real - (now(CLOCK_MONOTONIC) - b->mono);

	return (jump + (jump < 0 ? -NSEC / 2 : NSEC / 2)) / NSEC;
}

static void go_back(const struct before *b)
{
	struct timex tx = { .constant = 0 };

	set_status(STA_PLL);
	set_status(STA_UNSYNC);
	CHECK(adjust(&tx, ADJ_TAI) >= 0);
	put_back(b);
}

/* Or one behind it: a state can be over before we look again. */
static void wait_until_state(int wanted)
{
	int i;

	for (i = 0; i < 600 && state() < wanted; i++)
		sleep_ms(10);
	CHECK(state() >= wanted && state() <= TIME_WAIT);
}

/* With the next second: let that come soon. */
static void wait_until_ok(void)
{
	int i;

	go_before_a_second();
	set_status(0);
	for (i = 0; i < 600 && state() != TIME_OK; i++)
		sleep_ms(10);
	CHECK_EQ(state(), TIME_OK);
}

#define WAKE_UP		(MIDNIGHT * NSEC + NSEC / 2)

/* A sleeper by the wall clock wakes by its new time. Returns the monotonic time of that. */
static void *sleep_past_midnight(void *woke)
{
	struct timespec until = { WAKE_UP / NSEC, WAKE_UP % NSEC };

	CHECK_EQ(clock_nanosleep(CLOCK_REALTIME, TIMER_ABSTIME, &until, NULL), 0);
	CHECK(now(CLOCK_REALTIME) >= WAKE_UP);
	*(int64_t *)woke = now(CLOCK_MONOTONIC);
	return NULL;
}

static void a_leap_second_is_inserted(void)
{
	struct before at_first, at_night;
	pthread_t sleeper;
	int64_t woke;
	long jump;

	need_root();
	at_first = remember();
	go_before_midnight(1, STA_INS);
	at_night = remember();
	CHECK_EQ(pthread_create(&sleeper, NULL, sleep_past_midnight, &woke), 0);
	wait_until_state(TIME_INS);
	jump = jumped(&at_night);
	if (state() == TIME_INS)
		CHECK_EQ(jump, 0);
	wait_until_state(TIME_OOP);
	wait_until_state(TIME_WAIT);
	CHECK_EQ(jumped(&at_night), -1);
	CHECK_EQ((now(CLOCK_TAI) - now(CLOCK_REALTIME) + NSEC / 2) / NSEC, 1);
	pthread_join(sleeper, NULL);
	/* A second of the clock took two. */
	CHECK(woke - at_night.mono > WAKE_UP - at_night.real + NSEC / 2);
	wait_until_ok();
	go_back(&at_first);
}

static void a_leap_second_is_left_out(void)
{
	struct before at_first, at_night;

	need_root();
	at_first = remember();
	go_before_midnight(2, STA_DEL);
	at_night = remember();
	wait_until_state(TIME_DEL);
	wait_until_state(TIME_WAIT);
	/* Linux tells so before the tick that does it. */
	sleep_ms(50);
	CHECK_EQ(jumped(&at_night), 1);
	go_back(&at_first);
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
