// SPDX-License-Identifier: MIT
/*
 * Tests of <linux/refcount.h>, kref.h and ratelimit.h: each call, each kind of misuse (which has to
 * be reported and to saturate the count), and four CPUs on one count.
 */

#include <kunit/test.h>

#include <linux/jiffies.h>
#include <linux/kref.h>
#include <linux/mutex.h>
#include <linux/ratelimit.h>
#include <linux/refcount.h>
#include <linux/spinlock.h>

#include "storm.h"

void refcount_warn_rearm(void);

static bool is_saturated(const refcount_t *r)
{
	return refcount_read(r) == (unsigned int)REFCOUNT_SATURATED;
}

static int rearm(struct kunit *test)
{
	refcount_warn_rearm();
	return 0;
}

static void set_and_read_agree(struct kunit *test)
{
	refcount_t r = REFCOUNT_INIT(3);

	KUNIT_EXPECT_EQ(test, refcount_read(&r), 3);
	refcount_set(&r, 1);
	KUNIT_EXPECT_EQ(test, refcount_read(&r), 1);
	refcount_set_release(&r, 9);
	KUNIT_EXPECT_EQ(test, refcount_read(&r), 9);
}

static void inc_and_dec_count(struct kunit *test)
{
	refcount_t r = REFCOUNT_INIT(1);

	refcount_inc(&r);
	KUNIT_EXPECT_EQ(test, refcount_read(&r), 2);
	refcount_dec(&r);
	KUNIT_EXPECT_EQ(test, refcount_read(&r), 1);
	refcount_add(5, &r);
	KUNIT_EXPECT_EQ(test, refcount_read(&r), 6);
}

static void inc_not_zero_refuses_zero(struct kunit *test)
{
	refcount_t r = REFCOUNT_INIT(0);

	KUNIT_EXPECT_FALSE(test, refcount_inc_not_zero(&r));
	KUNIT_EXPECT_FALSE(test, refcount_add_not_zero(4, &r));
	KUNIT_EXPECT_EQ(test, refcount_read(&r), 0);
	refcount_set(&r, 1);
	KUNIT_EXPECT_TRUE(test, refcount_inc_not_zero(&r));
	KUNIT_EXPECT_TRUE(test, refcount_add_not_zero(4, &r));
	KUNIT_EXPECT_EQ(test, refcount_read(&r), 6);
}

static void acquire_forms_do_the_same(struct kunit *test)
{
	refcount_t r = REFCOUNT_INIT(0);

	KUNIT_EXPECT_FALSE(test, refcount_inc_not_zero_acquire(&r));
	refcount_set(&r, 1);
	KUNIT_EXPECT_TRUE(test, refcount_inc_not_zero_acquire(&r));
	KUNIT_EXPECT_TRUE(test, refcount_add_not_zero_acquire(2, &r));
	KUNIT_EXPECT_EQ(test, refcount_read(&r), 4);
}

static void dec_and_test_is_true_for_the_last(struct kunit *test)
{
	refcount_t r = REFCOUNT_INIT(2);

	KUNIT_EXPECT_FALSE(test, refcount_dec_and_test(&r));
	KUNIT_EXPECT_TRUE(test, refcount_dec_and_test(&r));
	KUNIT_EXPECT_EQ(test, refcount_read(&r), 0);
}

static void sub_and_test_is_true_for_all(struct kunit *test)
{
	refcount_t r = REFCOUNT_INIT(5);

	KUNIT_EXPECT_FALSE(test, refcount_sub_and_test(3, &r));
	KUNIT_EXPECT_TRUE(test, refcount_sub_and_test(2, &r));
}

static void dec_if_one_takes_the_last_only(struct kunit *test)
{
	refcount_t r = REFCOUNT_INIT(2);

	KUNIT_EXPECT_FALSE(test, refcount_dec_if_one(&r));
	KUNIT_EXPECT_EQ(test, refcount_read(&r), 2);
	refcount_set(&r, 1);
	KUNIT_EXPECT_TRUE(test, refcount_dec_if_one(&r));
	KUNIT_EXPECT_FALSE(test, refcount_dec_if_one(&r));
}

static void dec_not_one_leaves_the_last(struct kunit *test)
{
	refcount_t r = REFCOUNT_INIT(2);

	KUNIT_EXPECT_TRUE(test, refcount_dec_not_one(&r));
	KUNIT_EXPECT_FALSE(test, refcount_dec_not_one(&r));
	KUNIT_EXPECT_EQ(test, refcount_read(&r), 1);
}

static void dec_and_mutex_lock_locks_for_the_last(struct kunit *test)
{
	refcount_t r = REFCOUNT_INIT(2);
	struct mutex lock;

	mutex_init(&lock);
	KUNIT_EXPECT_FALSE(test, refcount_dec_and_mutex_lock(&r, &lock));
	KUNIT_EXPECT_FALSE(test, mutex_is_locked(&lock));
	KUNIT_EXPECT_TRUE(test, refcount_dec_and_mutex_lock(&r, &lock));
	KUNIT_EXPECT_TRUE(test, mutex_is_locked(&lock));
	mutex_unlock(&lock);
}

static DEFINE_SPINLOCK(a_lock);

static void dec_and_lock_locks_for_the_last(struct kunit *test)
{
	refcount_t r = REFCOUNT_INIT(2);
	unsigned long flags;

	KUNIT_EXPECT_FALSE(test, refcount_dec_and_lock(&r, &a_lock));
	KUNIT_EXPECT_FALSE(test, spin_is_locked(&a_lock));
	if (refcount_dec_and_lock_irqsave(&r, &a_lock, &flags))
		spin_unlock_irqrestore(&a_lock, flags);
	else
		KUNIT_FAIL(test, "the last reference was not given back");
	KUNIT_EXPECT_EQ(test, refcount_read(&r), 0);
}

static void inc_on_zero_is_reported_and_saturates(struct kunit *test)
{
	refcount_t r = REFCOUNT_INIT(0);

	kunit_expect_report(test, REPORT_WARN);
	refcount_inc(&r);
	KUNIT_EXPECT_TRUE(test, is_saturated(&r));
}

static void inc_beyond_the_maximum_is_reported_and_saturates(struct kunit *test)
{
	refcount_t r = REFCOUNT_INIT(REFCOUNT_MAX);

	kunit_expect_report(test, REPORT_WARN);
	refcount_inc(&r);
	KUNIT_EXPECT_TRUE(test, is_saturated(&r));
}

static void dec_below_zero_is_reported_and_saturates(struct kunit *test)
{
	refcount_t r = REFCOUNT_INIT(0);

	kunit_expect_report(test, REPORT_WARN);
	KUNIT_EXPECT_FALSE(test, refcount_dec_and_test(&r));
	KUNIT_EXPECT_TRUE(test, is_saturated(&r));
}

static void dec_to_zero_is_reported_as_a_leak(struct kunit *test)
{
	refcount_t r = REFCOUNT_INIT(1);

	kunit_expect_report(test, REPORT_WARN);
	refcount_dec(&r);
	KUNIT_EXPECT_TRUE(test, is_saturated(&r));
}

static void a_saturated_count_stays_so(struct kunit *test)
{
	refcount_t r = REFCOUNT_INIT(REFCOUNT_SATURATED);

	kunit_expect_reports(test, REPORT_WARN, 3);
	refcount_inc(&r);
	KUNIT_EXPECT_TRUE(test, is_saturated(&r));
	KUNIT_EXPECT_TRUE(test, refcount_inc_not_zero(&r));
	KUNIT_EXPECT_TRUE(test, is_saturated(&r));
	KUNIT_EXPECT_FALSE(test, refcount_dec_and_test(&r));
	KUNIT_EXPECT_TRUE(test, is_saturated(&r));
}

#define STORM_ROUNDS	20000

static refcount_t shared;
static atomic_t last_ones;

static void get_and_put(int which)
{
	int i;

	for (i = 0; i < STORM_ROUNDS; i++) {
		refcount_inc(&shared);
		if (refcount_dec_and_test(&shared))
			atomic_inc(&last_ones);
	}
}

static void four_cpus_lose_no_reference(struct kunit *test)
{
	refcount_set(&shared, 1);
	atomic_set(&last_ones, 0);
	run_storm(test, get_and_put);
	KUNIT_EXPECT_EQ(test, refcount_read(&shared), 1);
	KUNIT_EXPECT_EQ(test, atomic_read(&last_ones), 0);
}

static void put_all(int which)
{
	int i;

	for (i = 0; i < STORM_ROUNDS; i++)
		if (refcount_dec_and_test(&shared))
			atomic_inc(&last_ones);
}

static void one_of_four_cpus_sees_the_last_put(struct kunit *test)
{
	refcount_set(&shared, STORMERS * STORM_ROUNDS);
	atomic_set(&last_ones, 0);
	run_storm(test, put_all);
	KUNIT_EXPECT_EQ(test, refcount_read(&shared), 0);
	KUNIT_EXPECT_EQ(test, atomic_read(&last_ones), 1);
}

/* CPU 0 gives the last reference back in the middle; nobody gets one after that. */
static void race_with_the_last_put(int which)
{
	int i;

	for (i = 0; i < STORM_ROUNDS; i++) {
		if (which == 0 && i == STORM_ROUNDS / 2 && refcount_dec_and_test(&shared))
			atomic_inc(&last_ones);
		if (refcount_inc_not_zero(&shared) && refcount_dec_and_test(&shared))
			atomic_inc(&last_ones);
	}
}

static void a_dead_object_is_never_got_again(struct kunit *test)
{
	refcount_set(&shared, 1);
	atomic_set(&last_ones, 0);
	run_storm(test, race_with_the_last_put);
	KUNIT_EXPECT_EQ(test, refcount_read(&shared), 0);
	KUNIT_EXPECT_EQ(test, atomic_read(&last_ones), 1);
	KUNIT_EXPECT_FALSE(test, refcount_inc_not_zero(&shared));
}

/* --- kref ------------------------------------------------------------------------------------- */

static int released;

static void count_release(struct kref *kref)
{
	released++;
}

static void a_kref_starts_at_one(struct kunit *test)
{
	struct kref k;

	kref_init(&k);
	KUNIT_EXPECT_EQ(test, kref_read(&k), 1);
}

static void the_last_kref_put_releases(struct kunit *test)
{
	struct kref k;

	released = 0;
	kref_init(&k);
	kref_get(&k);
	KUNIT_EXPECT_EQ(test, kref_put(&k, count_release), 0);
	KUNIT_EXPECT_EQ(test, released, 0);
	KUNIT_EXPECT_EQ(test, kref_put(&k, count_release), 1);
	KUNIT_EXPECT_EQ(test, released, 1);
}

static void kref_get_unless_zero_refuses_a_dead_object(struct kunit *test)
{
	struct kref k = KREF_INIT(1);

	KUNIT_EXPECT_NE(test, kref_get_unless_zero(&k), 0);
	kref_put(&k, count_release);
	kref_put(&k, count_release);
	KUNIT_EXPECT_EQ(test, kref_get_unless_zero(&k), 0);
}

static DEFINE_MUTEX(a_mutex);

static void release_and_unlock_mutex(struct kref *kref)
{
	released += mutex_is_locked(&a_mutex);
	mutex_unlock(&a_mutex);
}

static void kref_put_mutex_releases_under_the_mutex(struct kunit *test)
{
	struct kref k = KREF_INIT(1);

	released = 0;
	KUNIT_EXPECT_EQ(test, kref_put_mutex(&k, release_and_unlock_mutex, &a_mutex), 1);
	KUNIT_EXPECT_EQ(test, released, 1);
	KUNIT_EXPECT_FALSE(test, mutex_is_locked(&a_mutex));
}

static void release_and_unlock_spinlock(struct kref *kref)
{
	released++;
	spin_unlock(&a_lock);
}

static void kref_put_lock_releases_under_the_lock(struct kunit *test)
{
	struct kref k = KREF_INIT(2);

	released = 0;
	KUNIT_EXPECT_EQ(test, kref_put_lock(&k, release_and_unlock_spinlock, &a_lock), 0);
	KUNIT_EXPECT_EQ(test, kref_put_lock(&k, release_and_unlock_spinlock, &a_lock), 1);
	KUNIT_EXPECT_EQ(test, released, 1);
}

/* --- ratelimit -------------------------------------------------------------------------------- */

/* A window so long that no host is slow enough to see its end. */
#define FOR_EVER	(24 * 3600 * HZ)

static void a_burst_passes_and_no_more(struct kunit *test)
{
	static DEFINE_RATELIMIT_STATE(rs, FOR_EVER, 3);
	int i, passed = 0;

	ratelimit_set_flags(&rs, RATELIMIT_MSG_ON_RELEASE);
	for (i = 0; i < 10; i++)
		passed += !!__ratelimit(&rs);
	KUNIT_EXPECT_EQ(test, passed, 3);
	KUNIT_EXPECT_EQ(test, rs.missed, 7);
	rs.missed = 0;
}

static void no_interval_means_no_limit(struct kunit *test)
{
	static DEFINE_RATELIMIT_STATE(rs, 0, 1);
	int i, passed = 0;

	for (i = 0; i < 100; i++)
		passed += !!__ratelimit(&rs);
	KUNIT_EXPECT_EQ(test, passed, 100);
}

static void no_burst_means_nothing_passes(struct kunit *test)
{
	static DEFINE_RATELIMIT_STATE(rs, FOR_EVER, 0);

	ratelimit_set_flags(&rs, RATELIMIT_MSG_ON_RELEASE);
	KUNIT_EXPECT_EQ(test, __ratelimit(&rs), 0);
	rs.missed = 0;
}

static void a_new_window_lets_a_new_burst_through(struct kunit *test)
{
	static DEFINE_RATELIMIT_STATE(rs, HZ, 1);

	ratelimit_set_flags(&rs, RATELIMIT_MSG_ON_RELEASE);
	KUNIT_EXPECT_NE(test, __ratelimit(&rs), 0);
	/* the window began long ago: no waiting */
	rs.begin = jiffies - 2 * HZ;
	KUNIT_EXPECT_NE(test, __ratelimit(&rs), 0);
}

static struct kunit_case refcount_cases[] = {
	KUNIT_CASE(set_and_read_agree),
	KUNIT_CASE(inc_and_dec_count),
	KUNIT_CASE(inc_not_zero_refuses_zero),
	KUNIT_CASE(acquire_forms_do_the_same),
	KUNIT_CASE(dec_and_test_is_true_for_the_last),
	KUNIT_CASE(sub_and_test_is_true_for_all),
	KUNIT_CASE(dec_if_one_takes_the_last_only),
	KUNIT_CASE(dec_not_one_leaves_the_last),
	KUNIT_CASE(dec_and_mutex_lock_locks_for_the_last),
	KUNIT_CASE(dec_and_lock_locks_for_the_last),
	KUNIT_CASE(inc_on_zero_is_reported_and_saturates),
	KUNIT_CASE(inc_beyond_the_maximum_is_reported_and_saturates),
	KUNIT_CASE(dec_below_zero_is_reported_and_saturates),
	KUNIT_CASE(dec_to_zero_is_reported_as_a_leak),
	KUNIT_CASE(a_saturated_count_stays_so),
	KUNIT_CASE(four_cpus_lose_no_reference),
	KUNIT_CASE(one_of_four_cpus_sees_the_last_put),
	KUNIT_CASE(a_dead_object_is_never_got_again),
	{}
};

static struct kunit_case kref_cases[] = {
	KUNIT_CASE(a_kref_starts_at_one),
	KUNIT_CASE(the_last_kref_put_releases),
	KUNIT_CASE(kref_get_unless_zero_refuses_a_dead_object),
	KUNIT_CASE(kref_put_mutex_releases_under_the_mutex),
	KUNIT_CASE(kref_put_lock_releases_under_the_lock),
	{}
};

static struct kunit_case ratelimit_cases[] = {
	KUNIT_CASE(a_burst_passes_and_no_more),
	KUNIT_CASE(no_interval_means_no_limit),
	KUNIT_CASE(no_burst_means_nothing_passes),
	KUNIT_CASE(a_new_window_lets_a_new_burst_through),
	{}
};

static struct kunit_suite refcount_suite = {
	.name = "refcount_each", .init = rearm, .test_cases = refcount_cases,
};
static struct kunit_suite kref_suite = { .name = "kref", .test_cases = kref_cases };
static struct kunit_suite ratelimit_suite = { .name = "ratelimit_each",
					     .test_cases = ratelimit_cases };
kunit_test_suites(&refcount_suite, &kref_suite, &ratelimit_suite);

MODULE_LICENSE("MIT");
