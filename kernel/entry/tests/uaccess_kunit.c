// SPDX-License-Identifier: MIT
/*
 * User memory from the kernel, on an address space made for the test:
 *
 *	BASE		two writable pages
 *	BASE + 2 pages	nothing
 *	BASE + 3 pages	one read-only page
 *
 * A case borrows the address space with kthread_use_mm(), so it must give it back on
 * every path: only EXPECTs between the two.
 */

#include <kunit/test.h>

#include <linux/gfp.h>
#include <linux/kthread.h>
#include <linux/mm.h>
#include <linux/pgtable.h>
#include <linux/sched/mm.h>
#include <linux/string.h>
#include <linux/uaccess.h>
#include <linux/vmalloc.h>

#define BASE		0x10000000UL
#define HOLE		(BASE + 2 * PAGE_SIZE)
#define RDONLY		(BASE + 3 * PAGE_SIZE)
#define USER(addr)	((void __user *)(addr))

struct user_space {
	struct mm_struct *mm;
	struct page *pages[3];
};

static int uaccess_init(struct kunit *test)
{
	static const unsigned long where[] = { BASE, BASE + PAGE_SIZE, RDONLY };
	struct user_space *us = kunit_kzalloc(test, sizeof(*us), GFP_KERNEL);
	unsigned int i;

	KUNIT_ASSERT_NOT_NULL(test, us);
	us->mm = mm_alloc();
	KUNIT_ASSERT_NOT_NULL(test, us->mm);
	test->priv = us;
	for (i = 0; i < ARRAY_SIZE(where); i++) {
		us->pages[i] = alloc_page(GFP_KERNEL | __GFP_ZERO);
		KUNIT_ASSERT_NOT_NULL(test, us->pages[i]);
		KUNIT_ASSERT_EQ(test, 0, mm_map_user_page(us->mm, where[i], us->pages[i],
							  where[i] == RDONLY ? PAGE_READONLY :
									       PAGE_SHARED));
	}
	return 0;
}

static void uaccess_exit(struct kunit *test)
{
	struct user_space *us = test->priv;
	unsigned int i;

	if (!us)
		return;
	for (i = 0; i < ARRAY_SIZE(us->pages); i++) {
		if (us->pages[i])
			__free_page(us->pages[i]);
	}
	mmput(us->mm);
}

static void *kernel_view(struct kunit *test, unsigned int page)
{
	struct user_space *us = test->priv;

	return page_address(us->pages[page]);
}

/* A case whose body runs in the address space. */
#define IN_USER_SPACE(name)							\
static void __##name(struct kunit *test);					\
static void name(struct kunit *test)						\
{										\
	struct user_space *us = test->priv;					\
										\
	kthread_use_mm(us->mm);							\
	__##name(test);								\
	kthread_unuse_mm(us->mm);						\
}										\
static void __##name(struct kunit *test)

#define SCALAR_CASE(type, value)						\
IN_USER_SPACE(type##_goes_out_and_comes_back)					\
{										\
	type __user *p = USER(BASE + 8);					\
	type out = (type)(value), in = 0;					\
										\
	KUNIT_EXPECT_EQ(test, 0, put_user(out, p));				\
	KUNIT_EXPECT_EQ(test, 0, get_user(in, p));				\
	KUNIT_EXPECT_EQ(test, out, in);						\
	KUNIT_EXPECT_EQ(test, 0, memcmp(kernel_view(test, 0) + 8, &out, sizeof(out)));	\
}
SCALAR_CASE(u8, 0xa5)
SCALAR_CASE(u16, 0xbeef)
SCALAR_CASE(u32, 0xdeadbeef)
SCALAR_CASE(u64, 0x0123456789abcdefULL)

IN_USER_SPACE(get_user_of_a_hole_fails_and_gives_zero)
{
	u64 v = 1;

	KUNIT_EXPECT_EQ(test, -EFAULT, get_user(v, (u64 __user *)USER(HOLE)));
	KUNIT_EXPECT_EQ(test, 0ULL, v);
}

IN_USER_SPACE(get_user_of_a_kernel_address_is_refused)
{
	static u32 secret = 42;
	u32 v = 1;

	KUNIT_EXPECT_EQ(test, -EFAULT, get_user(v, (u32 __user *)&secret));
	KUNIT_EXPECT_EQ(test, 0U, v);
	KUNIT_EXPECT_EQ(test, -EFAULT, put_user(7U, (u32 __user *)&secret));
	KUNIT_EXPECT_EQ(test, 42U, secret);
}

IN_USER_SPACE(put_user_to_a_read_only_page_fails)
{
	KUNIT_EXPECT_EQ(test, -EFAULT, put_user(1, (int __user *)USER(RDONLY)));
	KUNIT_EXPECT_EQ(test, 0, *(int *)kernel_view(test, 2));
}

IN_USER_SPACE(put_user_to_a_hole_fails)
{
	KUNIT_EXPECT_EQ(test, -EFAULT, put_user((u8)1, (u8 __user *)USER(HOLE)));
}

IN_USER_SPACE(access_ok_knows_the_borders)
{
	KUNIT_EXPECT_TRUE(test, access_ok(USER(0), 0));
	KUNIT_EXPECT_TRUE(test, access_ok(USER(TASK_SIZE_MAX - 1), 1));
	KUNIT_EXPECT_FALSE(test, access_ok(USER(TASK_SIZE_MAX - 1), 2));
	KUNIT_EXPECT_FALSE(test, access_ok(USER(TASK_SIZE_MAX), 1));
	KUNIT_EXPECT_FALSE(test, access_ok(USER(~0UL), 1));
	KUNIT_EXPECT_FALSE(test, access_ok(USER(8), ~0UL));
	KUNIT_EXPECT_FALSE(test, access_ok(USER(~0UL - 7), 16));
}

IN_USER_SPACE(copies_cross_a_page_border)
{
	u8 *buf = kunit_kmalloc(test, 3000, GFP_KERNEL);
	u8 *back = kunit_kzalloc(test, 3000, GFP_KERNEL);
	void __user *p = USER(BASE + PAGE_SIZE - 1501);
	unsigned int i;

	for (i = 0; i < 3000; i++)
		buf[i] = i * 7;
	KUNIT_EXPECT_EQ(test, 0UL, copy_to_user(p, buf, 3000));
	KUNIT_EXPECT_EQ(test, 0UL, copy_from_user(back, p, 3000));
	KUNIT_EXPECT_MEMEQ(test, back, buf, 3000);
}

/* Every alignment and small length, against the kernel's own view of the page. */
IN_USER_SPACE(copies_of_every_small_length_are_exact)
{
	u8 src[80], dst[80];
	u8 *view = kernel_view(test, 0);
	unsigned int len, off, i;

	for (i = 0; i < sizeof(src); i++)
		src[i] = i + 1;
	for (off = 0; off < 9; off++) {
		for (len = 0; len <= 64; len++) {
			memset(view, 0, 128);
			memset(dst, 0, sizeof(dst));
			KUNIT_EXPECT_EQ(test, 0UL,
					copy_to_user(USER(BASE + off), src + 1, len));
			if (memcmp(view + off, src + 1, len) || view[off + len])
				KUNIT_FAIL(test, "to_user offset %u length %u", off, len);
			KUNIT_EXPECT_EQ(test, 0UL,
					copy_from_user(dst, USER(BASE + off), len));
			if (memcmp(dst, src + 1, len) || dst[len])
				KUNIT_FAIL(test, "from_user offset %u length %u", off, len);
		}
	}
}

IN_USER_SPACE(copy_from_user_counts_to_the_byte_and_zeroes_the_rest)
{
	u8 *buf = kunit_kmalloc(test, 256, GFP_KERNEL);
	unsigned int before;

	memset(kernel_view(test, 1), 0x5a, PAGE_SIZE);
	for (before = 0; before < 40; before++) {
		memset(buf, 0xff, 256);
		KUNIT_EXPECT_EQ(test, 100UL - before,
				copy_from_user(buf, USER(HOLE - before), 100));
		KUNIT_EXPECT_NULL(test, memchr_inv(buf, 0x5a, before));
		KUNIT_EXPECT_NULL(test, memchr_inv(buf + before, 0, 100 - before));
		KUNIT_EXPECT_EQ(test, 0xff, buf[100]);
	}
}

IN_USER_SPACE(copy_to_user_counts_to_the_byte)
{
	u8 *buf = kunit_kmalloc(test, 256, GFP_KERNEL);
	unsigned int before;

	memset(buf, 0x77, 256);
	for (before = 0; before < 40; before++)
		KUNIT_EXPECT_EQ(test, 100UL - before,
				copy_to_user(USER(HOLE - before), buf, 100));
	KUNIT_EXPECT_EQ(test, 100UL, copy_to_user(USER(RDONLY), buf, 100));
}

IN_USER_SPACE(copies_with_kernel_addresses_move_nothing)
{
	char a[16] = "untouched", b[16] = "other";

	KUNIT_EXPECT_EQ(test, 16UL, copy_to_user((void __user *)a, b, 16));
	KUNIT_EXPECT_STREQ(test, a, "untouched");
	KUNIT_EXPECT_EQ(test, 16UL, copy_from_user(a, (void __user *)b, 16));
	KUNIT_EXPECT_EQ(test, 0, a[0]);
}

IN_USER_SPACE(clear_user_counts_to_the_byte)
{
	u8 *view = kernel_view(test, 1);

	memset(view, 0xee, PAGE_SIZE);
	KUNIT_EXPECT_EQ(test, 0UL, clear_user(USER(BASE + PAGE_SIZE + 3), 29));
	KUNIT_EXPECT_EQ(test, 0xee, view[2]);
	KUNIT_EXPECT_NULL(test, memchr_inv(view + 3, 0, 29));
	KUNIT_EXPECT_EQ(test, 0xee, view[32]);
	KUNIT_EXPECT_EQ(test, 50UL - 13, clear_user(USER(HOLE - 13), 50));
	KUNIT_EXPECT_NULL(test, memchr_inv(view + PAGE_SIZE - 13, 0, 13));
}

IN_USER_SPACE(strings_are_measured_and_copied)
{
	char buf[16];

	strcpy(kernel_view(test, 0), "lectern");
	KUNIT_EXPECT_EQ(test, 7L, strncpy_from_user(buf, USER(BASE), sizeof(buf)));
	KUNIT_EXPECT_STREQ(test, buf, "lectern");
	KUNIT_EXPECT_EQ(test, 4L, strncpy_from_user(buf, USER(BASE), 4));
	KUNIT_EXPECT_EQ(test, 8L, strnlen_user(USER(BASE), 100));
	KUNIT_EXPECT_GT(test, strnlen_user(USER(BASE), 4), 4L);
	KUNIT_EXPECT_EQ(test, 0L, strncpy_from_user(buf, USER(BASE), 0));
}

IN_USER_SPACE(strings_that_run_into_a_hole_fail)
{
	char buf[16];

	memset(kernel_view(test, 1), 'x', PAGE_SIZE);
	KUNIT_EXPECT_EQ(test, (long)-EFAULT, strncpy_from_user(buf, USER(HOLE - 5), 16));
	KUNIT_EXPECT_EQ(test, 5L, strncpy_from_user(buf, USER(HOLE - 5), 5));
	KUNIT_EXPECT_EQ(test, 0L, strnlen_user(USER(HOLE - 5), 16));
	KUNIT_EXPECT_EQ(test, (long)-EFAULT, strncpy_from_user(buf, USER(~0UL - 100), 16));
}

static int sum_two(const u32 __user *p, u32 *sum)
{
	u32 a, b;

	if (!user_access_begin(p, 8))
		return -EFAULT;
	unsafe_get_user(a, p, fault);
	unsafe_get_user(b, p + 1, fault);
	user_access_end();
	*sum = a + b;
	return 0;
fault:
	user_access_end();
	return -EFAULT;
}

IN_USER_SPACE(unsafe_accesses_share_one_check)
{
	u32 *view = kernel_view(test, 0), sum = 0;

	view[0] = 40;
	view[1] = 2;
	KUNIT_EXPECT_EQ(test, 0, sum_two(USER(BASE), &sum));
	KUNIT_EXPECT_EQ(test, 42U, sum);
	KUNIT_EXPECT_EQ(test, -EFAULT, sum_two(USER(HOLE - 4), &sum));
	KUNIT_EXPECT_EQ(test, -EFAULT, sum_two((u32 __user *)view, &sum));
}

struct versioned {
	u64 old;
	u64 new;
};

IN_USER_SPACE(struct_of_an_older_program_is_filled_with_zeroes)
{
	struct versioned v = { 1, 1 };

	*(u64 *)kernel_view(test, 0) = 9;
	KUNIT_EXPECT_EQ(test, 0, copy_struct_from_user(&v, sizeof(v), USER(BASE), 8));
	KUNIT_EXPECT_EQ(test, 9ULL, v.old);
	KUNIT_EXPECT_EQ(test, 0ULL, v.new);
}

IN_USER_SPACE(struct_of_a_newer_program_must_be_zero_beyond)
{
	u64 *view = kernel_view(test, 0);
	struct versioned v;

	view[0] = 5;
	view[1] = 6;
	view[2] = 0;
	KUNIT_EXPECT_EQ(test, 0, copy_struct_from_user(&v, sizeof(v), USER(BASE), 24));
	KUNIT_EXPECT_EQ(test, 6ULL, v.new);
	((u8 *)view)[23] = 1;
	KUNIT_EXPECT_EQ(test, -E2BIG, copy_struct_from_user(&v, sizeof(v), USER(BASE), 24));
	KUNIT_EXPECT_EQ(test, -EFAULT,
			copy_struct_from_user(&v, sizeof(v), USER(HOLE - 16), 24));
}

IN_USER_SPACE(faults_are_disabled_by_count)
{
	KUNIT_EXPECT_FALSE(test, pagefault_disabled());
	pagefault_disable();
	pagefault_disable();
	pagefault_enable();
	KUNIT_EXPECT_TRUE(test, pagefault_disabled());
	pagefault_enable();
	KUNIT_EXPECT_FALSE(test, pagefault_disabled());
}

IN_USER_SPACE(nofault_copies_say_efault)
{
	u32 v = 3, back = 0;

	KUNIT_EXPECT_EQ(test, 0L, copy_to_user_nofault(USER(BASE), &v, sizeof(v)));
	KUNIT_EXPECT_EQ(test, 0L, copy_from_user_nofault(&back, USER(BASE), sizeof(back)));
	KUNIT_EXPECT_EQ(test, 3U, back);
	KUNIT_EXPECT_EQ(test, (long)-EFAULT, copy_from_user_nofault(&v, USER(HOLE), sizeof(v)));
	KUNIT_EXPECT_EQ(test, (long)-EFAULT, copy_to_user_nofault(USER(RDONLY), &v, sizeof(v)));
}

IN_USER_SPACE(a_page_taken_away_faults_at_once)
{
	struct user_space *us = test->priv;
	struct page *page;
	u32 v;

	KUNIT_EXPECT_EQ(test, 0, get_user(v, (u32 __user *)USER(BASE)));
	page = mm_unmap_user_page(us->mm, BASE);
	KUNIT_EXPECT_PTR_EQ(test, page, us->pages[0]);
	put_page(page);
	KUNIT_EXPECT_EQ(test, -EFAULT, get_user(v, (u32 __user *)USER(BASE)));
	KUNIT_EXPECT_EQ(test, 0U, v);
}

static struct kunit_case uaccess_cases[] = {
	KUNIT_CASE(u8_goes_out_and_comes_back),
	KUNIT_CASE(u16_goes_out_and_comes_back),
	KUNIT_CASE(u32_goes_out_and_comes_back),
	KUNIT_CASE(u64_goes_out_and_comes_back),
	KUNIT_CASE(get_user_of_a_hole_fails_and_gives_zero),
	KUNIT_CASE(get_user_of_a_kernel_address_is_refused),
	KUNIT_CASE(put_user_to_a_read_only_page_fails),
	KUNIT_CASE(put_user_to_a_hole_fails),
	KUNIT_CASE(access_ok_knows_the_borders),
	KUNIT_CASE(copies_cross_a_page_border),
	KUNIT_CASE(copies_of_every_small_length_are_exact),
	KUNIT_CASE(copy_from_user_counts_to_the_byte_and_zeroes_the_rest),
	KUNIT_CASE(copy_to_user_counts_to_the_byte),
	KUNIT_CASE(copies_with_kernel_addresses_move_nothing),
	KUNIT_CASE(clear_user_counts_to_the_byte),
	KUNIT_CASE(strings_are_measured_and_copied),
	KUNIT_CASE(strings_that_run_into_a_hole_fail),
	KUNIT_CASE(unsafe_accesses_share_one_check),
	KUNIT_CASE(struct_of_an_older_program_is_filled_with_zeroes),
	KUNIT_CASE(struct_of_a_newer_program_must_be_zero_beyond),
	KUNIT_CASE(faults_are_disabled_by_count),
	KUNIT_CASE(nofault_copies_say_efault),
	KUNIT_CASE(a_page_taken_away_faults_at_once),
	{}
};

static struct kunit_suite uaccess_suite = {
	.name = "uaccess",
	.init = uaccess_init,
	.exit = uaccess_exit,
	.test_cases = uaccess_cases,
};

/* --- Kernel addresses ------------------------------------------------------------------ */

static void nofault_reads_a_good_address(struct kunit *test)
{
	static const char text[] = "a line of text";
	char buf[sizeof(text)];
	u32 v = 0, there = 77;

	KUNIT_EXPECT_EQ(test, 0L, copy_from_kernel_nofault(buf, text, sizeof(buf)));
	KUNIT_EXPECT_STREQ(test, buf, text);
	KUNIT_EXPECT_EQ(test, 0L, (long)get_kernel_nofault(v, &there));
	KUNIT_EXPECT_EQ(test, 77U, v);
}

static void nofault_refuses_null_and_user_addresses(struct kunit *test)
{
	u64 v;

	KUNIT_EXPECT_LT(test, copy_from_kernel_nofault(&v, NULL, sizeof(v)), 0L);
	KUNIT_EXPECT_LT(test, copy_from_kernel_nofault(&v, (void *)0x1234, sizeof(v)), 0L);
}

static void nofault_survives_the_page_behind_an_area(struct kunit *test)
{
	u8 *area = vmalloc(PAGE_SIZE);
	u64 v;

	KUNIT_ASSERT_NOT_NULL(test, area);
	KUNIT_EXPECT_EQ(test, (long)-EFAULT,
			copy_from_kernel_nofault(&v, area + PAGE_SIZE, sizeof(v)));
	KUNIT_EXPECT_EQ(test, (long)-EFAULT,
			copy_from_kernel_nofault(&v, area + PAGE_SIZE - 4, sizeof(v)));
	KUNIT_EXPECT_EQ(test, (long)-EFAULT,
			copy_to_kernel_nofault(area + PAGE_SIZE, &v, sizeof(v)));
	KUNIT_EXPECT_EQ(test, 0L, copy_to_kernel_nofault(area, &v, sizeof(v)));
	vfree(area);
}

static void nofault_strings_are_cut_and_terminated(struct kunit *test)
{
	char buf[8];

	KUNIT_EXPECT_EQ(test, 4L, strncpy_from_kernel_nofault(buf, "abc", sizeof(buf)));
	KUNIT_EXPECT_STREQ(test, buf, "abc");
	KUNIT_EXPECT_EQ(test, 8L, strncpy_from_kernel_nofault(buf, "abcdefghijk", sizeof(buf)));
	KUNIT_EXPECT_STREQ(test, buf, "abcdefg");
}

static struct kunit_case maccess_cases[] = {
	KUNIT_CASE(nofault_reads_a_good_address),
	KUNIT_CASE(nofault_refuses_null_and_user_addresses),
	KUNIT_CASE(nofault_survives_the_page_behind_an_area),
	KUNIT_CASE(nofault_strings_are_cut_and_terminated),
	{}
};

static struct kunit_suite maccess_suite = {
	.name = "maccess",
	.test_cases = maccess_cases,
};

kunit_test_suites(&uaccess_suite, &maccess_suite);
