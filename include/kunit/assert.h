/* SPDX-License-Identifier: MIT */
#ifndef _KUNIT_ASSERT_H
#define _KUNIT_ASSERT_H

/*
 * What an expectation knows when it fails, and how that becomes text. The
 * macros of <kunit/test.h> fill one of these structs on the stack, on the
 * failing path only; each kind has a function that prints it.
 */
#include <linux/err.h>
#include <linux/printk.h>

struct kunit;
struct seq_buf;

enum kunit_assert_type {
	KUNIT_ASSERTION,	/* the test ends */
	KUNIT_EXPECTATION,	/* the test goes on */
};

struct kunit_loc {
	int line;
	const char *file;
};

#define KUNIT_CURRENT_LOC { .file = __FILE__, .line = __LINE__ }

struct kunit_assert {};

typedef void (*assert_format_t)(const struct kunit_assert *assert, struct seq_buf *out);

struct kunit_fail_assert {
	struct kunit_assert assert;
};

struct kunit_unary_assert {
	struct kunit_assert assert;
	const char *condition;
	bool expected_true;
};

struct kunit_ptr_not_err_assert {
	struct kunit_assert assert;
	const char *text;
	const void *value;
};

struct kunit_binary_assert_text {
	const char *operation;
	const char *left_text;
	const char *right_text;
};

struct kunit_binary_assert {
	struct kunit_assert assert;
	const struct kunit_binary_assert_text *text;
	long long left_value;
	long long right_value;
};

struct kunit_binary_ptr_assert {
	struct kunit_assert assert;
	const struct kunit_binary_assert_text *text;
	const void *left_value;
	const void *right_value;
};

struct kunit_binary_str_assert {
	struct kunit_assert assert;
	const struct kunit_binary_assert_text *text;
	const char *left_value;
	const char *right_value;
};

struct kunit_mem_assert {
	struct kunit_assert assert;
	const struct kunit_binary_assert_text *text;
	const void *left_value;
	const void *right_value;
	const size_t size;
};

void kunit_fail_assert_format(const struct kunit_assert *assert, struct seq_buf *out);
void kunit_unary_assert_format(const struct kunit_assert *assert, struct seq_buf *out);
void kunit_ptr_not_err_assert_format(const struct kunit_assert *assert, struct seq_buf *out);
void kunit_binary_assert_format(const struct kunit_assert *assert, struct seq_buf *out);
void kunit_binary_ptr_assert_format(const struct kunit_assert *assert, struct seq_buf *out);
void kunit_binary_str_assert_format(const struct kunit_assert *assert, struct seq_buf *out);
void kunit_mem_assert_format(const struct kunit_assert *assert, struct seq_buf *out);

#endif /* _KUNIT_ASSERT_H */
