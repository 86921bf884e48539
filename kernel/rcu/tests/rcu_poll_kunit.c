// SPDX-License-Identifier: MIT
/* Polled grace periods: cookies of one word and full ones, of both kinds. */

#include <kunit/test.h>

#include <linux/rcupdate.h>

#include "../rcu.h"
#include "../tree.h"
#include "reader.h"

static void a_completed_cookie_is_complete(struct kunit *test)
{
	struct rcu_gp_oldstate full;

	KUNIT_EXPECT_TRUE(test, poll_state_synchronize_rcu(get_completed_synchronize_rcu()));
	get_completed_synchronize_rcu_full(&full);
	KUNIT_EXPECT_TRUE(test, poll_state_synchronize_rcu_full(&full));
	cond_synchronize_rcu(get_completed_synchronize_rcu());
	cond_synchronize_rcu_full(&full);
	cond_synchronize_rcu_expedited(get_completed_synchronize_rcu());
	cond_synchronize_rcu_expedited_full(&full);
}

static void cookies_can_be_compared(struct kunit *test)
{
	struct rcu_gp_oldstate a = { 4, 8 }, b = { 4, 8 }, c = { 4, 12 }, d = { 8, 8 };

	KUNIT_EXPECT_TRUE(test, same_state_synchronize_rcu(4, 4));
	KUNIT_EXPECT_FALSE(test, same_state_synchronize_rcu(4, 8));
	KUNIT_EXPECT_TRUE(test, same_state_synchronize_rcu_full(&a, &b));
	KUNIT_EXPECT_FALSE(test, same_state_synchronize_rcu_full(&a, &c));
	KUNIT_EXPECT_FALSE(test, same_state_synchronize_rcu_full(&a, &d));
}

/* Inside a reader no cookie can become complete, however long one asks. */
static void a_reader_holds_cookies_up(struct kunit *test)
{
	struct rcu_gp_oldstate full, full_exp;
	unsigned long s, s_exp;
	int i;

	rcu_read_lock();
	s = start_poll_synchronize_rcu();
	s_exp = start_poll_synchronize_rcu_expedited();
	start_poll_synchronize_rcu_full(&full);
	start_poll_synchronize_rcu_expedited_full(&full_exp);
	for (i = 0; i < 20; i++) {
		be_preempted();
		rcu_force_quiescent_state();
		KUNIT_EXPECT_FALSE(test, poll_state_synchronize_rcu(s));
		KUNIT_EXPECT_FALSE(test, poll_state_synchronize_rcu(s_exp));
		KUNIT_EXPECT_FALSE(test, poll_state_synchronize_rcu_full(&full));
		KUNIT_EXPECT_FALSE(test, poll_state_synchronize_rcu_full(&full_exp));
	}
	rcu_read_unlock();
	KUNIT_EXPECT_TRUE(test, eventually(poll_state_synchronize_rcu(s)));
	KUNIT_EXPECT_TRUE(test, eventually(poll_state_synchronize_rcu(s_exp)));
	KUNIT_EXPECT_TRUE(test, eventually(poll_state_synchronize_rcu_full(&full)));
	KUNIT_EXPECT_TRUE(test, eventually(poll_state_synchronize_rcu_full(&full_exp)));
}

static void a_started_cookie_completes_by_itself(struct kunit *test)
{
	struct rcu_gp_oldstate full;
	unsigned long s = start_poll_synchronize_rcu();

	KUNIT_EXPECT_TRUE(test, eventually(poll_state_synchronize_rcu(s)));
	s = start_poll_synchronize_rcu_expedited();
	KUNIT_EXPECT_TRUE(test, eventually(poll_state_synchronize_rcu(s)));
	start_poll_synchronize_rcu_full(&full);
	KUNIT_EXPECT_TRUE(test, eventually(poll_state_synchronize_rcu_full(&full)));
	start_poll_synchronize_rcu_expedited_full(&full);
	KUNIT_EXPECT_TRUE(test, eventually(poll_state_synchronize_rcu_full(&full)));
}

static void any_grace_period_completes_a_full_cookie(struct kunit *test)
{
	struct rcu_gp_oldstate full;
	int i;

	for (i = 0; i < 20; i++) {
		get_state_synchronize_rcu_full(&full);
		if (i & 1)
			synchronize_rcu();
		else
			synchronize_rcu_expedited();
		KUNIT_EXPECT_TRUE(test, poll_state_synchronize_rcu_full(&full));
	}
}

/*
 * One taken while an expedited period runs needs two ends: nobody but the cookie asks for the
 * second.
 */
static void a_started_cookie_outlives_the_period_it_was_taken_in(struct kunit *test)
{
	struct reader r;
	struct waiter w;
	unsigned long s;

	synchronize_rcu();
	reader_start(test, &r, READER_PREEMPTED, -1);
	waiter_start(test, &w, synchronize_rcu_expedited);
	KUNIT_EXPECT_TRUE(test, eventually(rcu_seq_state(READ_ONCE(rcu_state.gp_seq_polled))));
	s = start_poll_synchronize_rcu();
	KUNIT_EXPECT_FALSE(test, poll_state_synchronize_rcu(s));
	reader_leave(&r);
	KUNIT_EXPECT_TRUE(test, eventually(poll_state_synchronize_rcu(s)));
	waiter_join(&w);
	reader_stop(&r);
}

/* One word may miss a period, but then cond_ waits for another. */
static void conditional_waits_leave_cookies_complete(struct kunit *test)
{
	struct rcu_gp_oldstate full;
	unsigned long s;

	s = get_state_synchronize_rcu();
	cond_synchronize_rcu(s);
	cond_synchronize_rcu(s);
	KUNIT_EXPECT_TRUE(test, eventually(poll_state_synchronize_rcu(s)));
	get_state_synchronize_rcu_full(&full);
	cond_synchronize_rcu_full(&full);
	KUNIT_EXPECT_TRUE(test, poll_state_synchronize_rcu_full(&full));
	s = get_state_synchronize_rcu();
	cond_synchronize_rcu_expedited(s);
	get_state_synchronize_rcu_full(&full);
	cond_synchronize_rcu_expedited_full(&full);
	KUNIT_EXPECT_TRUE(test, poll_state_synchronize_rcu_full(&full));
}

static void a_complete_cookie_spares_the_wait(struct kunit *test)
{
	struct rcu_gp_oldstate full;

	get_state_synchronize_rcu_full(&full);
	synchronize_rcu();
	/* Inside a reader: a wait would never end, and lockdep would say so. */
	rcu_read_lock();
	cond_synchronize_rcu_full(&full);
	cond_synchronize_rcu_expedited_full(&full);
	rcu_read_unlock();
}

/* The arithmetic, at the place where the number overflows. */
static void numbers_count_through_their_overflow(struct kunit *test)
{
	unsigned long seq = -8UL, snap;
	int i;

	for (i = 0; i < 5; i++) {
		unsigned long idle = seq;

		snap = rcu_seq_snap(&seq);
		KUNIT_EXPECT_EQ(test, snap, seq + 4);
		KUNIT_EXPECT_FALSE(test, rcu_seq_done(&seq, snap));
		rcu_seq_start(&seq);
		KUNIT_EXPECT_EQ(test, rcu_seq_state(seq), 1);
		KUNIT_EXPECT_TRUE(test, rcu_seq_new_gp(idle, seq));
		/* Whoever comes now needs the one after this. */
		KUNIT_EXPECT_EQ(test, rcu_seq_snap(&seq), snap + 4);
		KUNIT_EXPECT_FALSE(test, rcu_seq_done_exact(&seq, snap));
		rcu_seq_end(&seq);
		KUNIT_EXPECT_EQ(test, seq, snap);
		KUNIT_EXPECT_TRUE(test, rcu_seq_done(&seq, snap));
		KUNIT_EXPECT_TRUE(test, rcu_seq_done_exact(&seq, snap));
		KUNIT_EXPECT_FALSE(test, rcu_seq_new_gp(idle + 1, seq));
	}
	/* A cookie from half a round ago looks like the future; it must not wait for it. */
	KUNIT_EXPECT_TRUE(test, rcu_seq_done_exact(&seq, seq + LONG_MAX / 2));
}

static struct kunit_case poll_cases[] = {
	KUNIT_CASE(a_completed_cookie_is_complete),
	KUNIT_CASE(cookies_can_be_compared),
	KUNIT_CASE(a_reader_holds_cookies_up),
	KUNIT_CASE(a_started_cookie_completes_by_itself),
	KUNIT_CASE(a_started_cookie_outlives_the_period_it_was_taken_in),
	KUNIT_CASE(any_grace_period_completes_a_full_cookie),
	KUNIT_CASE(conditional_waits_leave_cookies_complete),
	KUNIT_CASE(a_complete_cookie_spares_the_wait),
	KUNIT_CASE(numbers_count_through_their_overflow),
	{}
};

static struct kunit_suite poll_suite = {
	.name = "rcu_poll",
	.test_cases = poll_cases,
};
kunit_test_suite(poll_suite);

MODULE_LICENSE("MIT");
