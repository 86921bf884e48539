// SPDX-License-Identifier: MIT
/*
 * Misuse of RCU is reported: each check with the use that it lets pass, and a planted one that it
 * doesn't.
 *
 * The first half needs the lock checker; sleeping as a reader is found without it.
 */

#include <kunit/test.h>

#include <linux/kthread.h>
#include <linux/percpu-rwsem.h>
#include <linux/rcu_sync.h>
#include <linux/rculist.h>
#include <linux/rculist_bl.h>
#include <linux/rcuref.h>
#include <linux/rcupdate_trace.h>
#include <linux/report.h>
#include <linux/smp.h>
#include <linux/spinlock.h>
#include <linux/srcu.h>

DEFINE_STATIC_SRCU(dom);

/* ---- sleeping ---- */

static void sleeping_as_a_reader_is_reported(struct kunit *test)
{
	might_sleep();
	kunit_expect_report(test, REPORT_ATOMIC);
	rcu_read_lock();
	might_sleep();
	rcu_read_unlock();
}

static void srcu_and_trace_readers_may_sleep(struct kunit *test)
{
	int idx = srcu_read_lock(&dom);

	might_sleep();
	schedule_timeout_uninterruptible(1);
	srcu_read_unlock(&dom, idx);
	rcu_read_lock_trace();
	might_sleep();
	schedule_timeout_uninterruptible(1);
	rcu_read_unlock_trace();
}

#ifdef CONFIG_PROVE_RCU

static int value = 3;
static int __rcu *pointer = RCU_INITIALIZER(&value);

/* ---- am I a reader? ---- */

static void held_tells_which_reader(struct kunit *test)
{
	KUNIT_EXPECT_FALSE(test, rcu_read_lock_held());
	KUNIT_EXPECT_FALSE(test, rcu_read_lock_bh_held());
	KUNIT_EXPECT_FALSE(test, rcu_read_lock_sched_held());
	KUNIT_EXPECT_FALSE(test, rcu_read_lock_any_held());

	rcu_read_lock();
	KUNIT_EXPECT_TRUE(test, rcu_read_lock_held());
	KUNIT_EXPECT_FALSE(test, rcu_read_lock_bh_held());
	KUNIT_EXPECT_TRUE(test, rcu_read_lock_any_held());
	rcu_read_unlock();

	rcu_read_lock_bh();
	KUNIT_EXPECT_TRUE(test, rcu_read_lock_bh_held());
	KUNIT_EXPECT_FALSE(test, rcu_read_lock_held());
	KUNIT_EXPECT_TRUE(test, rcu_read_lock_any_held());
	rcu_read_unlock_bh();

	rcu_read_lock_sched();
	KUNIT_EXPECT_TRUE(test, rcu_read_lock_sched_held());
	KUNIT_EXPECT_FALSE(test, rcu_read_lock_held());
	rcu_read_unlock_sched();
}

static void regions_with_something_off_are_readers(struct kunit *test)
{
	preempt_disable();
	KUNIT_EXPECT_TRUE(test, rcu_read_lock_sched_held());
	KUNIT_EXPECT_TRUE(test, rcu_read_lock_any_held());
	lockdep_assert_in_rcu_reader();
	preempt_enable();
	local_bh_disable();
	KUNIT_EXPECT_TRUE(test, rcu_read_lock_bh_held());
	lockdep_assert_in_rcu_reader();
	local_bh_enable();
	local_irq_disable();
	KUNIT_EXPECT_TRUE(test, rcu_read_lock_any_held());
	lockdep_assert_in_rcu_reader();
	local_irq_enable();
}

static void held_is_true_for_the_domain_alone(struct kunit *test)
{
	int idx = srcu_read_lock(&dom);

	KUNIT_EXPECT_TRUE(test, srcu_read_lock_held(&dom));
	KUNIT_EXPECT_FALSE(test, rcu_read_lock_held());
	srcu_read_unlock(&dom, idx);
	KUNIT_EXPECT_FALSE(test, srcu_read_lock_held(&dom));
	KUNIT_EXPECT_FALSE(test, rcu_read_lock_trace_held());
	rcu_read_lock_trace();
	KUNIT_EXPECT_TRUE(test, rcu_read_lock_trace_held());
	rcu_read_unlock_trace();
}

/* ---- assertions ---- */

static void assertions_pass_in_their_readers(struct kunit *test)
{
	rcu_read_lock();
	lockdep_assert_in_rcu_read_lock();
	lockdep_assert_in_rcu_reader();
	rcu_read_unlock();
	rcu_read_lock_bh();
	lockdep_assert_in_rcu_read_lock_bh();
	rcu_read_unlock_bh();
	rcu_read_lock_sched();
	lockdep_assert_in_rcu_read_lock_sched();
	rcu_read_unlock_sched();
	KUNIT_SUCCEED(test);
}

static void assertion_of_a_reader_fails_outside(struct kunit *test)
{
	kunit_expect_report(test, REPORT_WARN);
	lockdep_assert_in_rcu_read_lock();
}

static void assertion_of_a_bh_reader_wants_more_than_softirqs_off(struct kunit *test)
{
	kunit_expect_report(test, REPORT_WARN);
	local_bh_disable();
	lockdep_assert_in_rcu_read_lock_bh();
	local_bh_enable();
}

static void assertion_of_a_sched_reader_wants_more_than_preemption_off(struct kunit *test)
{
	kunit_expect_report(test, REPORT_WARN);
	preempt_disable();
	lockdep_assert_in_rcu_read_lock_sched();
	preempt_enable();
}

static void assertion_of_any_reader_fails_outside(struct kunit *test)
{
	kunit_expect_report(test, REPORT_WARN);
	lockdep_assert_in_rcu_reader();
}

/* ---- suspicious use: reported as such, with the place of the use ---- */

static void dereference_outside_is_suspicious(struct kunit *test)
{
	kunit_expect_report(test, REPORT_LOCKDEP);
	KUNIT_EXPECT_EQ(test, *rcu_dereference(pointer), 3);
	KUNIT_EXPECT_STREQ(test, report_last_what(), "suspicious RCU usage");
}

static void dereference_bh_and_sched_want_their_readers(struct kunit *test)
{
	rcu_read_lock();
	kunit_expect_report(test, REPORT_LOCKDEP);
	KUNIT_EXPECT_EQ(test, *rcu_dereference_bh(pointer), 3);
	kunit_expect_report(test, REPORT_LOCKDEP);
	KUNIT_EXPECT_EQ(test, *rcu_dereference_sched(pointer), 3);
	rcu_read_unlock();
}

static void dereference_with_another_reason_is_fine(struct kunit *test)
{
	static DEFINE_SPINLOCK(lock);

	spin_lock(&lock);
	KUNIT_EXPECT_EQ(test, *rcu_dereference_check(pointer, lockdep_is_held(&lock)), 3);
	KUNIT_EXPECT_EQ(test, *rcu_dereference_protected(pointer, lockdep_is_held(&lock)), 3);
	spin_unlock(&lock);
	KUNIT_EXPECT_NOT_NULL(test, rcu_access_pointer(pointer));
}

static void dereference_protected_without_the_lock_is_suspicious(struct kunit *test)
{
	static DEFINE_SPINLOCK(lock);

	kunit_expect_report(test, REPORT_LOCKDEP);
	KUNIT_EXPECT_EQ(test, *rcu_dereference_protected(pointer, lockdep_is_held(&lock)), 3);
}

static void srcu_dereference_wants_the_domains_reader(struct kunit *test)
{
	int idx = srcu_read_lock(&dom);

	KUNIT_EXPECT_EQ(test, *srcu_dereference(pointer, &dom), 3);
	srcu_read_unlock(&dom, idx);
	kunit_expect_report(test, REPORT_LOCKDEP);
	KUNIT_EXPECT_EQ(test, *srcu_dereference(pointer, &dom), 3);
}

struct link {
	struct list_head list;
	struct hlist_node node;
};

static void a_walk_outside_is_suspicious(struct kunit *test)
{
	LIST_HEAD(head);
	HLIST_HEAD(chain);
	struct link *pos;

	kunit_expect_report(test, REPORT_LOCKDEP);
	list_for_each_entry_rcu(pos, &head, list)
		;
	kunit_expect_report(test, REPORT_LOCKDEP);
	hlist_for_each_entry_rcu(pos, &chain, node)
		;
	KUNIT_EXPECT_STREQ(test, report_last_what(), "suspicious RCU usage");
}

static void a_walk_with_the_lock_held_says_so(struct kunit *test)
{
	static DEFINE_SPINLOCK(lock);
	LIST_HEAD(head);
	HLIST_HEAD(chain);
	struct link *pos;

	/* A lock that leaves preemption on would be suspicious without the condition. */
	list_for_each_entry_rcu(pos, &head, list, true)
		;
	spin_lock(&lock);
	list_for_each_entry_rcu(pos, &head, list, lockdep_is_held(&lock))
		;
	hlist_for_each_entry_rcu(pos, &chain, node, lockdep_is_held(&lock))
		;
	spin_unlock(&lock);
	KUNIT_SUCCEED(test);
}

static void an_srcu_walk_wants_its_condition(struct kunit *test)
{
	LIST_HEAD(head);
	HLIST_HEAD(chain);
	struct link *pos;
	int idx = srcu_read_lock(&dom);

	list_for_each_entry_srcu(pos, &head, list, srcu_read_lock_held(&dom))
		;
	srcu_read_unlock(&dom, idx);
	kunit_expect_report(test, REPORT_LOCKDEP);
	list_for_each_entry_srcu(pos, &head, list, srcu_read_lock_held(&dom))
		;
	kunit_expect_report(test, REPORT_LOCKDEP);
	hlist_for_each_entry_srcu(pos, &chain, node, srcu_read_lock_held(&dom))
		;
}

static void asking_a_switch_outside_a_reader_is_suspicious(struct kunit *test)
{
	static DEFINE_RCU_SYNC(rsp);

	kunit_expect_report(test, REPORT_LOCKDEP);
	KUNIT_EXPECT_TRUE(test, rcu_sync_is_idle(&rsp));
}

static void putting_an_rcuref_outside_a_reader_is_suspicious(struct kunit *test)
{
	rcuref_t ref = RCUREF_INIT(2);

	kunit_expect_report(test, REPORT_LOCKDEP);
	KUNIT_EXPECT_FALSE(test, rcuref_put_rcusafe(&ref));
	KUNIT_EXPECT_TRUE(test, rcuref_put(&ref));
}

/* ---- balance and deadlock ---- */

static void an_unlock_too_many_is_reported(struct kunit *test)
{
	kunit_expect_report(test, REPORT_LOCKDEP);
	rcu_lock_release(&rcu_trace_lock_map);
}

DEFINE_STATIC_SRCU(left);
DEFINE_STATIC_SRCU(right);

static void readers_of_two_domains_that_wait_for_each_other_are_reported(struct kunit *test)
{
	int idx = srcu_read_lock(&left);

	synchronize_srcu(&right);
	srcu_read_unlock(&left, idx);
	kunit_expect_report(test, REPORT_LOCKDEP);
	idx = srcu_read_lock(&right);
	synchronize_srcu(&left);
	srcu_read_unlock(&right, idx);
}

static void the_kind_of_readers_is_noted(struct kunit *test)
{
	static struct srcu_struct ssp;
	int idx;

	KUNIT_ASSERT_EQ(test, init_srcu_struct(&ssp), 0);
	migrate_disable();
	idx = srcu_read_lock(&ssp);
	srcu_read_unlock(&ssp, idx);
	KUNIT_EXPECT_EQ(test, this_cpu_ptr(ssp.sda)->srcu_reader_flavor,
			SRCU_READ_FLAVOR_NORMAL);
	migrate_enable();
	cleanup_srcu_struct(&ssp);
}

#endif /* CONFIG_PROVE_RCU */

static struct kunit_case rcu_check_cases[] = {
	KUNIT_CASE(sleeping_as_a_reader_is_reported),
	KUNIT_CASE(srcu_and_trace_readers_may_sleep),
#ifdef CONFIG_PROVE_RCU
	KUNIT_CASE(held_tells_which_reader),
	KUNIT_CASE(regions_with_something_off_are_readers),
	KUNIT_CASE(held_is_true_for_the_domain_alone),
	KUNIT_CASE(assertions_pass_in_their_readers),
	KUNIT_CASE(assertion_of_a_reader_fails_outside),
	KUNIT_CASE(assertion_of_a_bh_reader_wants_more_than_softirqs_off),
	KUNIT_CASE(assertion_of_a_sched_reader_wants_more_than_preemption_off),
	KUNIT_CASE(assertion_of_any_reader_fails_outside),
	KUNIT_CASE(dereference_outside_is_suspicious),
	KUNIT_CASE(dereference_bh_and_sched_want_their_readers),
	KUNIT_CASE(dereference_with_another_reason_is_fine),
	KUNIT_CASE(dereference_protected_without_the_lock_is_suspicious),
	KUNIT_CASE(srcu_dereference_wants_the_domains_reader),
	KUNIT_CASE(a_walk_outside_is_suspicious),
	KUNIT_CASE(a_walk_with_the_lock_held_says_so),
	KUNIT_CASE(an_srcu_walk_wants_its_condition),
	KUNIT_CASE(asking_a_switch_outside_a_reader_is_suspicious),
	KUNIT_CASE(putting_an_rcuref_outside_a_reader_is_suspicious),
	KUNIT_CASE(an_unlock_too_many_is_reported),
	KUNIT_CASE(readers_of_two_domains_that_wait_for_each_other_are_reported),
	KUNIT_CASE(the_kind_of_readers_is_noted),
#endif
	{}
};

static struct kunit_suite rcu_check_suite = {
	.name = "rcu_check",
	.test_cases = rcu_check_cases,
};

kunit_test_suite(rcu_check_suite);
