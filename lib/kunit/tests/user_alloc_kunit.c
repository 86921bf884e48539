// SPDX-License-Identifier: MIT
/* User memory for tests: it is there in the case that asked for it, and gone in the next. */

#include <kunit/test.h>

#include <linux/mman.h>
#include <linux/sched.h>
#include <linux/uaccess.h>

static void a_mapping_can_be_written_and_read(struct kunit *test)
{
	unsigned long addr = kunit_vm_mmap(test, NULL, 0, 2 * PAGE_SIZE, PROT_READ | PROT_WRITE,
					   MAP_ANONYMOUS | MAP_PRIVATE, 0);
	char word[5] = "";

	KUNIT_ASSERT_NE(test, addr, 0);
	KUNIT_ASSERT_LT(test, addr, TASK_SIZE);
	KUNIT_EXPECT_EQ(test, copy_to_user((void __user *)addr + 7, "word", 5), 0);
	KUNIT_EXPECT_EQ(test, copy_from_user(word, (void __user *)addr + 7, 5), 0);
	KUNIT_EXPECT_STREQ(test, word, "word");
	KUNIT_EXPECT_EQ(test, clear_user((void __user *)addr, 2 * PAGE_SIZE + 3), 3);
}

/* The case before this one had one. */
static void each_case_begins_without_an_address_space(struct kunit *test)
{
	struct mm_struct *mm;

	KUNIT_EXPECT_NULL(test, current->mm);
	KUNIT_EXPECT_EQ(test, kunit_attach_mm(), 0);
	mm = current->mm;
	KUNIT_EXPECT_NOT_NULL(test, mm);
	KUNIT_EXPECT_EQ(test, kunit_attach_mm(), 0);
	KUNIT_EXPECT_PTR_EQ(test, current->mm, mm);
}

static void errors_of_the_mapping_are_told(struct kunit *test)
{
	unsigned long addr = kunit_vm_mmap(test, NULL, 0, 0, PROT_READ,
					   MAP_ANONYMOUS | MAP_PRIVATE, 0);

	KUNIT_EXPECT_EQ(test, (long)addr, -EINVAL);
}

static struct kunit_case user_alloc_cases[] = {
	KUNIT_CASE(a_mapping_can_be_written_and_read),
	KUNIT_CASE(each_case_begins_without_an_address_space),
	KUNIT_CASE(errors_of_the_mapping_are_told),
	{}
};

static struct kunit_suite user_alloc_suite = {
	.name = "kunit_user_alloc",
	.test_cases = user_alloc_cases,
};
kunit_test_suite(user_alloc_suite);
