// SPDX-License-Identifier: MIT
/*
 * Tests of <linux/uio.h> over user memory that isn't what it should be, and of vectors imported
 * from it.
 */

#include "iov_iter_world.h"

#include <linux/pagemap.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/uio.h>

/* ---- bad user memory ---- */

IN_USER_SPACE(a_copy_stops_where_the_memory_does)
{
	struct iovec iov[] = { { USER(BASE + ARENA - 6), 10 }, { USER(BASE), 4 } };
	struct iov_iter i;
	size_t n;

	fill_pattern(w->mem, ARENA, 3);
	iov_iter_init(&i, ITER_SOURCE, iov, 2, 14);
	memset(w->buf, 0xee, 16);
	n = copy_from_iter(w->buf, 14, &i);
	KUNIT_EXPECT_LE(test, n, 6UL);
	KUNIT_EXPECT_MEMEQ(test, w->buf, w->mem + ARENA - 6, n);
	KUNIT_EXPECT_EQ(test, w->buf[10], 0xee);
	KUNIT_EXPECT_EQ(test, iov_iter_count(&i), 14 - n);
	KUNIT_EXPECT_EQ(test, i.iov_offset, n);
	iov_iter_revert(&i, n);
	KUNIT_EXPECT_FALSE(test, copy_from_iter_full(w->buf, 14, &i));
	KUNIT_EXPECT_EQ(test, iov_iter_count(&i), 14UL);

	iov_iter_ubuf(&i, ITER_DEST, USER(RDONLY), 8);
	KUNIT_EXPECT_EQ(test, copy_to_iter("12345678", 8, &i), 0UL);
	KUNIT_EXPECT_EQ(test, iov_iter_zero(8, &i), 0UL);
	iov_iter_ubuf(&i, ITER_DEST, (void __user *)w->mem, 8);
	KUNIT_EXPECT_EQ(test, copy_to_iter("12345678", 8, &i), 0UL);
	i.data_source = true;
	KUNIT_EXPECT_EQ(test, copy_from_iter(w->buf, 8, &i), 0UL);
}

IN_USER_SPACE(copies_without_faults_say_what_was_not_there)
{
	struct iovec iov[] = { { USER(BASE), 4 }, { USER(BASE + ARENA), 4 } };
	struct iov_iter i;

	iov_iter_init(&i, ITER_DEST, iov, 2, 8);
	memcpy(w->mem + 100, "firstsecond", 11);
	KUNIT_EXPECT_EQ(test, copy_page_to_iter_nofault(w->page, 100, 8, &i), 4UL);
	KUNIT_EXPECT_MEMEQ(test, w->mem, "firs", 4);
	iov_iter_init(&i, ITER_SOURCE, iov, 2, 8);
	KUNIT_EXPECT_EQ(test, copy_page_from_iter_atomic(w->page, 200, 8, &i), 4UL);
	KUNIT_EXPECT_MEMEQ(test, w->mem + 200, "firs", 4);
	KUNIT_EXPECT_EQ(test, preempt_count(), 0);
}

IN_USER_SPACE(faulting_in_says_what_is_left)
{
	struct iovec iov[] = {
		{ USER(BASE + 1), PAGE_SIZE }, { NULL, 0 }, { USER(RDONLY), 20 },
		{ USER(BASE + ARENA), 5 },
	};
	struct iov_iter i;
	u8 byte;

	iov_iter_init(&i, ITER_SOURCE, iov, 4, PAGE_SIZE + 25);
	KUNIT_EXPECT_EQ(test, fault_in_iov_iter_readable(&i, PAGE_SIZE + 20), 0UL);
	KUNIT_EXPECT_EQ(test, fault_in_iov_iter_readable(&i, PAGE_SIZE + 25), 5UL);
	KUNIT_EXPECT_EQ(test, fault_in_iov_iter_readable(&i, PAGE_SIZE + 30), 10UL);
	w->mem[1] = 0x55;
	KUNIT_EXPECT_EQ(test, fault_in_iov_iter_writeable(&i, PAGE_SIZE), 0UL);
	KUNIT_EXPECT_EQ(test, fault_in_iov_iter_writeable(&i, PAGE_SIZE + 2), 2UL);
	KUNIT_EXPECT_EQ(test, w->mem[1], 0x55);
	iov_iter_ubuf(&i, ITER_SOURCE, USER(BASE + ARENA - 8), 16);
	KUNIT_EXPECT_EQ(test, fault_in_iov_iter_readable(&i, 16), 8UL);
	iov_iter_kvec(&i, ITER_SOURCE, NULL, 0, 0);
	KUNIT_EXPECT_EQ(test, fault_in_iov_iter_readable(&i, 16), 0UL);

	KUNIT_EXPECT_EQ(test, fault_in_readable(USER(BASE), 0), 0UL);
	KUNIT_EXPECT_EQ(test, fault_in_readable(USER(BASE + ARENA - 1), 2), 1UL);
	KUNIT_EXPECT_EQ(test, fault_in_readable(USER(~0UL - 3), 8), 8UL);
	KUNIT_EXPECT_EQ(test, fault_in_writeable(USER(RDONLY), 3), 3UL);
	memset(w->mem, 0xff, 2 * PAGE_SIZE);
	KUNIT_EXPECT_EQ(test, fault_in_writeable(USER(BASE + 5), PAGE_SIZE), 0UL);
	byte = w->mem[5];
	KUNIT_EXPECT_EQ(test, byte, 0);
	KUNIT_EXPECT_EQ(test, fault_in_safe_writeable(USER(BASE), ARENA + 1), 1UL);
}

/* ---- vectors from user memory ---- */

static struct iovec *user_vector(struct world *w)
{
	return (struct iovec *)(w->mem + 64);
}

#define UVEC	((const struct iovec __user *)USER(BASE + 64))

IN_USER_SPACE(a_vector_is_imported_and_checked)
{
	struct iovec fast[4], *iovp = fast, *uvec = user_vector(w);
	struct iov_iter i;

	uvec[0] = (struct iovec) { USER(BASE + 1000), 3 };
	uvec[1] = (struct iovec) { NULL, 0 };
	uvec[2] = (struct iovec) { USER(BASE + 2000), 5 };
	KUNIT_EXPECT_EQ(test, import_iovec(ITER_DEST, UVEC, 3, 4, &iovp, &i), 8);
	KUNIT_EXPECT_NULL(test, iovp);
	KUNIT_EXPECT_TRUE(test, iter_is_iovec(&i));
	KUNIT_EXPECT_EQ(test, copy_to_iter("abcdefgh", 8, &i), 8UL);
	KUNIT_EXPECT_MEMEQ(test, w->mem + 2000, "defgh", 5);

	/* longer than the fast array: allocated */
	iovp = fast;
	KUNIT_EXPECT_EQ(test, import_iovec(ITER_DEST, UVEC, 3, 2, &iovp, &i), 8);
	KUNIT_EXPECT_NOT_NULL(test, iovp);
	kfree(iovp);

	/* one buffer needs no vector */
	iovp = fast;
	KUNIT_EXPECT_EQ(test, import_iovec(ITER_SOURCE, UVEC, 1, 4, &iovp, &i), 3);
	KUNIT_EXPECT_NULL(test, iovp);
	KUNIT_EXPECT_TRUE(test, iter_is_ubuf(&i));

	/* none at all is no error */
	iovp = fast;
	KUNIT_EXPECT_EQ(test, import_iovec(ITER_SOURCE, NULL, 0, 4, &iovp, &i), 0);
	KUNIT_EXPECT_EQ(test, iov_iter_count(&i), 0UL);
}

IN_USER_SPACE(bad_vectors_are_refused)
{
	struct iovec fast[4], *iovp, *uvec = user_vector(w);
	struct iov_iter i;

	iovp = fast;
	KUNIT_EXPECT_EQ(test, import_iovec(ITER_DEST, UVEC, UIO_MAXIOV + 1, 4, &iovp, &i), -EINVAL);
	KUNIT_EXPECT_NULL(test, iovp);
	iovp = fast;
	KUNIT_EXPECT_EQ(test, import_iovec(ITER_DEST, USER(BASE + ARENA - 8), 2, 4, &iovp, &i),
			-EFAULT);
	iovp = fast;
	KUNIT_EXPECT_EQ(test, import_iovec(ITER_DEST, USER(BASE + ARENA - 8), 6, 4, &iovp, &i),
			-EFAULT);
	KUNIT_EXPECT_NULL(test, iovp);
	uvec[0] = (struct iovec) { USER(BASE), 1 };
	uvec[1] = (struct iovec) { USER(BASE), (size_t)-1 };
	iovp = fast;
	KUNIT_EXPECT_EQ(test, import_iovec(ITER_DEST, UVEC, 2, 4, &iovp, &i), -EINVAL);
	uvec[1] = (struct iovec) { (void __user *)w->mem, 1 };
	iovp = fast;
	KUNIT_EXPECT_EQ(test, import_iovec(ITER_DEST, UVEC, 2, 4, &iovp, &i), -EFAULT);
	iovp = fast;
	KUNIT_EXPECT_EQ(test, import_iovec(ITER_DEST, UVEC, 2, 0, &iovp, &i), -EFAULT);
	KUNIT_EXPECT_NULL(test, iovp);
	iovp = fast;
	KUNIT_EXPECT_EQ(test, import_iovec(ITER_DEST, UVEC + 1, 1, 4, &iovp, &i), -EFAULT);
	iovp = fast;
	KUNIT_EXPECT_EQ(test, __import_iovec(ITER_DEST, UVEC, 1, 4, &iovp, &i, true), -EINVAL);
}

IN_USER_SPACE(an_import_is_cut_to_what_a_call_may_move)
{
	struct iovec fast[4], *iovp = fast, *uvec = user_vector(w);
	size_t big = (size_t)MAX_RW_COUNT - 10;
	struct iov_iter i;

	uvec[0] = (struct iovec) { USER(PAGE_SIZE), big };
	uvec[1] = (struct iovec) { USER(PAGE_SIZE), 30 };
	uvec[2] = (struct iovec) { USER(PAGE_SIZE), 30 };
	KUNIT_EXPECT_EQ(test, import_iovec(ITER_DEST, UVEC, 3, 4, &iovp, &i), MAX_RW_COUNT);
	KUNIT_EXPECT_EQ(test, fast[1].iov_len, 10UL);
	KUNIT_EXPECT_EQ(test, fast[2].iov_len, 0UL);
	KUNIT_EXPECT_EQ(test, import_ubuf(ITER_DEST, USER(PAGE_SIZE), 1UL << 33, &i), 0);
	KUNIT_EXPECT_EQ(test, iov_iter_count(&i), (size_t)MAX_RW_COUNT);
	KUNIT_EXPECT_EQ(test, import_ubuf(ITER_DEST, (void __user *)w->mem, 1, &i), -EFAULT);
	KUNIT_EXPECT_EQ(test, import_ubuf(ITER_DEST, USER(BASE), 0, &i), 0);
}

static struct kunit_case iov_iter_user_cases[] = {
	KUNIT_CASE(a_copy_stops_where_the_memory_does),
	KUNIT_CASE(copies_without_faults_say_what_was_not_there),
	KUNIT_CASE(faulting_in_says_what_is_left),
	KUNIT_CASE(a_vector_is_imported_and_checked),
	KUNIT_CASE(bad_vectors_are_refused),
	KUNIT_CASE(an_import_is_cut_to_what_a_call_may_move),
	{}
};

static struct kunit_suite iov_iter_user_suite = {
	.name = "iov_iter_user",
	.init = world_init,
	.exit = world_exit,
	.test_cases = iov_iter_user_cases,
};
kunit_test_suite(iov_iter_user_suite);

MODULE_LICENSE("MIT");
