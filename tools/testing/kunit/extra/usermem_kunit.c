// SPDX-License-Identifier: MIT
/*
 * Copies to and from user memory that the test maps, with the includes of tests for Linux.
 */
#include <linux/mman.h>
#include <linux/module.h>
#include <linux/sched.h>
#include <linux/slab.h>
#include <linux/uaccess.h>
#include <kunit/test.h>

static void __user *usermem_map(struct kunit *test, unsigned long pages)
{
	unsigned long addr = kunit_vm_mmap(test, NULL, 0, pages * PAGE_SIZE,
					   PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, 0);

	KUNIT_ASSERT_NE(test, addr, 0);
	KUNIT_ASSERT_LT(test, addr, TASK_SIZE);
	return (void __user *)addr;
}

static void usermem_test_blocks_across_a_page(struct kunit *test)
{
	char __user *user = usermem_map(test, 2) + PAGE_SIZE;
	char *out = kunit_kmalloc(test, 64, GFP_KERNEL), *in = kunit_kzalloc(test, 64, GFP_KERNEL);
	int before, len;

	KUNIT_ASSERT_NOT_NULL(test, out);
	KUNIT_ASSERT_NOT_NULL(test, in);
	for (len = 0; len < 64; len++)
		out[len] = 3 * len + 1;
	for (before = 0; before < 20; before += 3) {
		for (len = 0; len < 64; len++) {
			KUNIT_ASSERT_EQ(test, copy_to_user(user - before, out, len), 0);
			memset(in, 0, len);
			KUNIT_ASSERT_EQ(test, copy_from_user(in, user - before, len), 0);
			KUNIT_ASSERT_MEMEQ(test, in, out, len);
		}
	}
}

static void usermem_test_single_values(struct kunit *test)
{
	u64 __user *user = usermem_map(test, 1);
	u64 whole;
	u8 byte;

	KUNIT_EXPECT_EQ(test, put_user(0x1122334455667788ULL, user), 0);
	KUNIT_EXPECT_EQ(test, get_user(whole, user), 0);
	KUNIT_EXPECT_EQ(test, whole, 0x1122334455667788ULL);
	KUNIT_EXPECT_EQ(test, get_user(byte, (u8 __user *)user + 7), 0);
	KUNIT_EXPECT_EQ(test, byte, 0x11);
	KUNIT_EXPECT_EQ(test, clear_user(user, 9), 0);
	KUNIT_EXPECT_EQ(test, check_zeroed_user(user, 9), 1);
}

static void usermem_test_kernel_memory_is_refused(struct kunit *test)
{
	u64 *kernel = kunit_kzalloc(test, 2 * sizeof(u64), GFP_KERNEL), value = 1;

	KUNIT_ASSERT_NOT_NULL(test, kernel);
	usermem_map(test, 1);
	KUNIT_EXPECT_NE(test, copy_from_user(&value, (void __user *)kernel, 8), 0);
	KUNIT_EXPECT_NE(test, copy_to_user((void __user *)kernel, &value, 8), 0);
	KUNIT_EXPECT_EQ(test, get_user(value, (u64 __user *)kernel), -EFAULT);
	KUNIT_EXPECT_EQ(test, put_user(value, (u64 __user *)kernel), -EFAULT);
}

static struct kunit_case usermem_test_cases[] = {
	KUNIT_CASE(usermem_test_blocks_across_a_page),
	KUNIT_CASE(usermem_test_single_values),
	KUNIT_CASE(usermem_test_kernel_memory_is_refused),
	{}
};

static struct kunit_suite usermem_test_suite = {
	.name = "extra_usermem",
	.test_cases = usermem_test_cases,
};
kunit_test_suites(&usermem_test_suite);

MODULE_DESCRIPTION("Copies to and from user memory");
MODULE_LICENSE("Dual MIT/GPL");
