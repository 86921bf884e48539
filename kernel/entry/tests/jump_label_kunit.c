// SPDX-License-Identifier: MIT
/* Static keys, alone and while other CPUs run through the code that changes. */

#include <kunit/test.h>

#include <linux/atomic.h>
#include <linux/cpumask.h>
#include <linux/jump_label.h>
#include <linux/kthread.h>
#include <linux/sched.h>
#include <linux/smp.h>

static DEFINE_STATIC_KEY_FALSE(off_key);
static DEFINE_STATIC_KEY_TRUE(on_key);
static DEFINE_STATIC_KEY_FALSE(counted_key);
static DEFINE_STATIC_KEY_FALSE(busy_key);

static noinline bool off_likely(void)
{
	if (static_branch_likely(&off_key))
		return true;
	return false;
}

static noinline bool off_unlikely(void)
{
	if (static_branch_unlikely(&off_key))
		return true;
	return false;
}

static noinline bool on_likely(void)
{
	if (static_branch_likely(&on_key))
		return true;
	return false;
}

static noinline bool on_unlikely(void)
{
	if (static_branch_unlikely(&on_key))
		return true;
	return false;
}

static void keys_start_as_defined(struct kunit *test)
{
	KUNIT_EXPECT_FALSE(test, off_likely());
	KUNIT_EXPECT_FALSE(test, off_unlikely());
	KUNIT_EXPECT_TRUE(test, on_likely());
	KUNIT_EXPECT_TRUE(test, on_unlikely());
	KUNIT_EXPECT_FALSE(test, static_key_enabled(&off_key));
	KUNIT_EXPECT_TRUE(test, static_key_enabled(&on_key));
}

static void both_kinds_follow_both_ways(struct kunit *test)
{
	static_branch_enable(&off_key);
	static_branch_disable(&on_key);
	KUNIT_EXPECT_TRUE(test, off_likely());
	KUNIT_EXPECT_TRUE(test, off_unlikely());
	KUNIT_EXPECT_FALSE(test, on_likely());
	KUNIT_EXPECT_FALSE(test, on_unlikely());
	static_branch_disable(&off_key);
	static_branch_enable(&on_key);
	KUNIT_EXPECT_FALSE(test, off_likely());
	KUNIT_EXPECT_FALSE(test, off_unlikely());
	KUNIT_EXPECT_TRUE(test, on_likely());
	KUNIT_EXPECT_TRUE(test, on_unlikely());
}

static void enabling_twice_is_once(struct kunit *test)
{
	static_branch_enable(&off_key);
	static_branch_enable(&off_key);
	KUNIT_EXPECT_EQ(test, 1, static_key_count(&off_key.key));
	static_branch_disable(&off_key);
	static_branch_disable(&off_key);
	KUNIT_EXPECT_FALSE(test, off_unlikely());
}

static noinline bool counted(void)
{
	if (static_branch_unlikely(&counted_key))
		return true;
	return false;
}

static void counted_users_keep_the_key_on(struct kunit *test)
{
	static_branch_inc(&counted_key);
	static_branch_inc(&counted_key);
	KUNIT_EXPECT_EQ(test, 2, static_key_count(&counted_key.key));
	static_branch_dec(&counted_key);
	KUNIT_EXPECT_TRUE(test, counted());
	static_branch_dec(&counted_key);
	KUNIT_EXPECT_FALSE(test, counted());
}

static void the_table_is_sorted_by_key(struct kunit *test)
{
	struct jump_entry *e;

	for (e = __start___jump_table + 1; e < __stop___jump_table; e++)
		KUNIT_EXPECT_LE(test, (unsigned long)jump_entry_key(e - 1),
				(unsigned long)jump_entry_key(e));
}

static void reserved_text_is_found(struct kunit *test)
{
	unsigned long code = jump_entry_code(__start___jump_table);

	KUNIT_EXPECT_TRUE(test, jump_label_text_reserved((void *)code, (void *)code));
	KUNIT_EXPECT_TRUE(test, jump_label_text_reserved((void *)code - 1, (void *)code + 1));
	KUNIT_EXPECT_FALSE(test, jump_label_text_reserved(NULL, (void *)4096));
}

/* --- Under the feet of others ------------------------------------------------------------ */

static noinline unsigned int busy_branch(void)
{
	if (static_branch_unlikely(&busy_key))
		return 1;
	return 2;
}

static int run_branch(void *arg)
{
	atomic_t *bad = arg;

	while (!kthread_should_stop()) {
		unsigned int i, v;

		for (i = 0; i < 1000; i++) {
			v = busy_branch();
			if (v != 1 && v != 2)
				atomic_inc(bad);
		}
		cond_resched();
	}
	return 0;
}

struct look {
	atomic_t on, off;
};

static void look_at_branch(void *arg)
{
	struct look *look = arg;

	atomic_inc(busy_branch() == 1 ? &look->on : &look->off);
}

/* When the change has returned no CPU sees the old code. */
static void every_cpu_sees_the_change_when_it_returns(struct kunit *test)
{
	struct task_struct *threads[16];
	atomic_t bad = ATOMIC_INIT(0);
	unsigned int cpu, n = 0, round;

	for_each_online_cpu(cpu) {
		if (n == ARRAY_SIZE(threads))
			break;
		threads[n] = kthread_create_on_cpu(run_branch, &bad, cpu, "jump_label/%u");
		if (IS_ERR(threads[n]))
			continue;
		wake_up_process(threads[n++]);
	}
	for (round = 0; round < 10; round++) {
		struct look look = { ATOMIC_INIT(0), ATOMIC_INIT(0) };

		static_branch_enable(&busy_key);
		on_each_cpu(look_at_branch, &look, 1);
		if (atomic_read(&look.off))
			KUNIT_FAIL(test, "round %u: old code after enabling", round);
		atomic_set(&look.on, 0);
		static_branch_disable(&busy_key);
		on_each_cpu(look_at_branch, &look, 1);
		if (atomic_read(&look.on))
			KUNIT_FAIL(test, "round %u: old code after disabling", round);
	}
	while (n--)
		kthread_stop(threads[n]);
	KUNIT_EXPECT_EQ(test, 0, atomic_read(&bad));
}

static struct kunit_case jump_label_cases[] = {
	KUNIT_CASE(keys_start_as_defined),
	KUNIT_CASE(both_kinds_follow_both_ways),
	KUNIT_CASE(enabling_twice_is_once),
	KUNIT_CASE(counted_users_keep_the_key_on),
	KUNIT_CASE(the_table_is_sorted_by_key),
	KUNIT_CASE(reserved_text_is_found),
	KUNIT_CASE(every_cpu_sees_the_change_when_it_returns),
	{}
};

static struct kunit_suite jump_label_suite = {
	.name = "jump_label",
	.test_cases = jump_label_cases,
};
kunit_test_suite(jump_label_suite);
