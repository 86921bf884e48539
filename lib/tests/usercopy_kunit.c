// SPDX-License-Identifier: MIT
/*
 * The machine's copies from and to programs, held against the portable ones: every short length at
 * every alignment, and where the user's memory ends.
 */

#include "iov_iter_world.h"

#include <linux/string.h>
#include <linux/uaccess.h>

#define SHORT	72

/* 0 to SHORT, then some that take the loops for large blocks. */
static size_t next_length(size_t len)
{
	return len < SHORT ? len + 1 : len * 2 + 3;
}

IN_USER_SPACE(copies_from_a_program_agree)
{
	u8 *mine = w->buf, *theirs = w->buf + ARENA / 2;
	size_t len, at;

	fill_pattern(w->mem, ARENA, 7);
	for (len = 0; len < ARENA / 4; len = next_length(len)) {
		for (at = 0; at < 16; at++) {
			memset(w->buf, 0xee, ARENA);
			KUNIT_EXPECT_EQ(test, raw_copy_from_user(mine + 3, USER(BASE + at),
								 len), 0);
			KUNIT_EXPECT_EQ(test, __generic_copy_from_user(theirs + 3, USER(BASE + at),
								       len), 0);
			KUNIT_EXPECT_MEMEQ(test, theirs + 3, w->mem + at, len);
			KUNIT_EXPECT_MEMEQ(test, mine, theirs, len + 16);
		}
	}
}

IN_USER_SPACE(copies_to_a_program_agree)
{
	u8 *mine = w->mem, *theirs = w->mem + ARENA / 2;
	size_t len, at;

	fill_pattern(w->buf, ARENA, 9);
	for (len = 0; len < ARENA / 4; len = next_length(len)) {
		for (at = 0; at < 16; at++) {
			memset(w->mem, 0xee, ARENA);
			KUNIT_EXPECT_EQ(test, raw_copy_to_user(USER(BASE + at), w->buf + 5,
							       len), 0);
			KUNIT_EXPECT_EQ(test, __generic_copy_to_user(USER(BASE + ARENA / 2 + at),
								     w->buf + 5, len), 0);
			KUNIT_EXPECT_MEMEQ(test, theirs + at, w->buf + 5, len);
			KUNIT_EXPECT_MEMEQ(test, mine, theirs, len + 32);
		}
	}
}

/* The portable one finds the very end. The machine's may stop before, but not lie about it. */
IN_USER_SPACE(copies_end_where_the_memory_does)
{
	size_t there, left;

	fill_pattern(w->mem, ARENA, 11);
	for (there = 0; there <= SHORT; there++) {
		const unsigned long from = BASE + ARENA - there;

		memset(w->buf, 0xee, 2 * SHORT);
		left = __generic_copy_from_user(w->buf, USER(from), SHORT + 8);
		KUNIT_EXPECT_EQ(test, left, SHORT + 8 - there);
		KUNIT_EXPECT_MEMEQ(test, w->buf, w->mem + ARENA - there, there);
		KUNIT_EXPECT_EQ(test, w->buf[there], 0xee);

		memset(w->buf, 0xee, 2 * SHORT);
		left = raw_copy_from_user(w->buf, USER(from), SHORT + 8);
		KUNIT_EXPECT_GE(test, left, SHORT + 8 - there);
		KUNIT_EXPECT_LE(test, left, SHORT + 8UL);
		KUNIT_EXPECT_MEMEQ(test, w->buf, w->mem + ARENA - there, SHORT + 8 - left);
	}
	fill_pattern(w->buf, ARENA, 13);
	for (there = 0; there <= SHORT; there++) {
		u8 *const end = w->mem + ARENA;

		memset(end - SHORT, 0xee, SHORT);
		left = __generic_copy_to_user(USER(BASE + ARENA - there), w->buf, SHORT + 8);
		KUNIT_EXPECT_EQ(test, left, SHORT + 8 - there);
		KUNIT_EXPECT_MEMEQ(test, end - there, w->buf, there);

		memset(end - SHORT, 0xee, SHORT);
		left = raw_copy_to_user(USER(BASE + ARENA - there), w->buf, SHORT + 8);
		KUNIT_EXPECT_GE(test, left, SHORT + 8 - there);
		KUNIT_EXPECT_LE(test, left, SHORT + 8UL);
		KUNIT_EXPECT_MEMEQ(test, end - there, w->buf, SHORT + 8 - left);
	}
}

IN_USER_SPACE(kernel_memory_is_nobodys)
{
	KUNIT_EXPECT_EQ(test, __generic_copy_from_user(w->buf, (void __user *)w->mem, 9), 9);
	KUNIT_EXPECT_EQ(test, __generic_copy_to_user((void __user *)w->mem, w->buf, 9), 9);
	KUNIT_EXPECT_EQ(test, __generic_copy_to_user(USER(RDONLY), w->buf, 9), 9);
}

static struct kunit_case usercopy_cases[] = {
	KUNIT_CASE(copies_from_a_program_agree),
	KUNIT_CASE(copies_to_a_program_agree),
	KUNIT_CASE(copies_end_where_the_memory_does),
	KUNIT_CASE(kernel_memory_is_nobodys),
	{}
};

static struct kunit_suite usercopy_suite = {
	.name = "usercopy",
	.init = world_init,
	.exit = world_exit,
	.test_cases = usercopy_cases,
};
kunit_test_suite(usercopy_suite);

MODULE_LICENSE("MIT");
