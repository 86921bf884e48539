// SPDX-License-Identifier: MIT
/* The reaper of oom_kill.c: what it takes from a victim, what it leaves, what is seen after. */

#include "user.h"

#include <linux/completion.h>
#include <linux/mmap_lock.h>

#include "../internal.h"

static void private_pages_go_and_shared_ones_stay(struct kunit *test)
{
	unsigned long own = map_anon(64, PROT_RW), shared, i;

	shared = vm_mmap(NULL, 0, 4 << PAGE_SHIFT, PROT_RW, MAP_SHARED | MAP_ANONYMOUS, 0);
	KUNIT_ASSERT_FALSE(test, IS_ERR_VALUE(own));
	KUNIT_ASSERT_FALSE(test, IS_ERR_VALUE(shared));
	for (i = 0; i < 64; i++)
		KUNIT_EXPECT_EQ(test, poke(own + i * PAGE_SIZE, i), 0);
	KUNIT_EXPECT_EQ(test, poke(shared, 7), 0);
	KUNIT_EXPECT_EQ(test, rss(MM_ANONPAGES), 64);
	KUNIT_EXPECT_TRUE(test, oom_reap_mm(current->mm));
	KUNIT_EXPECT_EQ(test, rss(MM_ANONPAGES), 0);
	KUNIT_EXPECT_EQ(test, rss(MM_SHMEMPAGES), 1);
	KUNIT_EXPECT_EQ(test, peek(shared), 7);
}

static void what_was_taken_is_an_error_and_no_zero(struct kunit *test)
{
	unsigned long addr = map_anon(2, PROT_RW);

	KUNIT_ASSERT_FALSE(test, IS_ERR_VALUE(addr));
	KUNIT_EXPECT_EQ(test, poke(addr, 5), 0);
	KUNIT_EXPECT_TRUE(test, oom_reap_mm(current->mm));
	KUNIT_EXPECT_EQ(test, peek(addr), -1);
	KUNIT_EXPECT_EQ(test, poke(addr, 5), -EFAULT);
	/* Nor does it get a page that it never had. */
	KUNIT_EXPECT_EQ(test, poke(addr + PAGE_SIZE, 5), -EFAULT);
	KUNIT_EXPECT_EQ(test, rss(MM_ANONPAGES), 0);
}

struct holder {
	struct mm_struct *mm;
	struct completion held, enough;
};

static int hold_mmap_lock(void *arg)
{
	struct holder *h = arg;

	mmap_write_lock(h->mm);
	complete(&h->held);
	wait_for_completion(&h->enough);
	mmap_write_unlock(h->mm);
	return 0;
}

static void a_victim_that_holds_its_lock_is_left_alone_till_it_lets_go(struct kunit *test)
{
	struct holder h = { .mm = current->mm };
	unsigned long addr = map_anon(1, PROT_RW);
	struct task_struct *t;
	bool reaped;

	KUNIT_ASSERT_FALSE(test, IS_ERR_VALUE(addr));
	KUNIT_EXPECT_EQ(test, poke(addr, 5), 0);
	init_completion(&h.held);
	init_completion(&h.enough);
	t = kthread_create(hold_mmap_lock, &h, "mmap_lock_holder");
	KUNIT_ASSERT_FALSE(test, IS_ERR(t));
	get_task_struct(t);
	wake_up_process(t);
	wait_for_completion(&h.held);
	reaped = oom_reap_mm(current->mm);
	complete(&h.enough);
	KUNIT_EXPECT_EQ(test, kthread_stop(t), 0);
	put_task_struct(t);
	KUNIT_EXPECT_FALSE(test, reaped);
	KUNIT_EXPECT_EQ(test, peek(addr), 5);
	KUNIT_EXPECT_TRUE(test, oom_reap_mm(current->mm));
	KUNIT_EXPECT_EQ(test, rss(MM_ANONPAGES), 0);
}

static struct kunit_case oom_reaper_cases[] = {
	KUNIT_CASE(private_pages_go_and_shared_ones_stay),
	KUNIT_CASE(what_was_taken_is_an_error_and_no_zero),
	KUNIT_CASE(a_victim_that_holds_its_lock_is_left_alone_till_it_lets_go),
	{}
};

static struct kunit_suite oom_reaper_suite = {
	.name = "oom_reaper",
	.init = mm_suite_init,
	.exit = mm_suite_exit,
	.test_cases = oom_reaper_cases,
};
kunit_test_suites(&oom_reaper_suite);

MODULE_LICENSE("MIT");
