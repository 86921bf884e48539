// SPDX-License-Identifier: MIT
/*
 * The text of a failed expectation: one function for each kind of assertion.
 *
 * The reader sees first what was expected, in the words of the source, then
 * what each side was. A side whose source is already its value ("5", "NULL") is
 * not repeated.
 */

#include <kunit/assert.h>
#include <kunit/test.h>

#include <linux/minmax.h>
#include <linux/seq_buf.h>
#include <linux/string.h>

#define INDENT KUNIT_SUBTEST_INDENT

/* Is the source text @text nothing but the number @value? */
static bool is_literal(const char *text, long long value)
{
	char number[24];

	snprintf(number, sizeof(number), "%lld", value);
	return !strcmp(text, number);
}

/* Is the source text @text the string literal of @value? */
static bool is_str_literal(const char *text, const char *value)
{
	size_t len = strlen(text);

	return len >= 2 && text[0] == '"' && text[len - 1] == '"' &&
	       strlen(value) == len - 2 && !strncmp(text + 1, value, len - 2);
}

static void print_expected(const struct kunit_binary_assert_text *text, struct seq_buf *out)
{
	seq_buf_printf(out, INDENT "Expected %s %s %s, but\n",
		       text->left_text, text->operation, text->right_text);
}

/** kunit_fail_assert_format() - the text of KUNIT_FAIL(): none beside the message */
void kunit_fail_assert_format(const struct kunit_assert *assert, struct seq_buf *out)
{
	/* The message of the caller says it all. */
}

/** kunit_unary_assert_format() - write what KUNIT_EXPECT_TRUE() or _FALSE() wanted to @out */
void kunit_unary_assert_format(const struct kunit_assert *assert, struct seq_buf *out)
{
	const struct kunit_unary_assert *unary =
		container_of(assert, struct kunit_unary_assert, assert);

	seq_buf_printf(out, INDENT "Expected %s to be %s, but is %s\n", unary->condition,
		       unary->expected_true ? "true" : "false",
		       unary->expected_true ? "false" : "true");
}

/**
 * kunit_ptr_not_err_assert_format() - write whether the pointer was NULL, or which error, to @out
 */
void kunit_ptr_not_err_assert_format(const struct kunit_assert *assert, struct seq_buf *out)
{
	const struct kunit_ptr_not_err_assert *ptr =
		container_of(assert, struct kunit_ptr_not_err_assert, assert);

	if (!ptr->value)
		seq_buf_printf(out, INDENT "Expected %s is not null, but is\n", ptr->text);
	else
		seq_buf_printf(out, INDENT "Expected %s is not error, but is: %ld\n",
			       ptr->text, PTR_ERR(ptr->value));
}

/**
 * kunit_binary_assert_format() - write a failed comparison of two integers to @out
 * @assert: is in a struct kunit_binary_assert
 * @out: gets the comparison's text, then the value of each side that isn't a literal
 */
void kunit_binary_assert_format(const struct kunit_assert *assert, struct seq_buf *out)
{
	const struct kunit_binary_assert *binary =
		container_of(assert, struct kunit_binary_assert, assert);

	print_expected(binary->text, out);
	if (!is_literal(binary->text->left_text, binary->left_value))
		seq_buf_printf(out, INDENT INDENT "%s == %lld (0x%llx)\n",
			       binary->text->left_text, binary->left_value, binary->left_value);
	if (!is_literal(binary->text->right_text, binary->right_value))
		seq_buf_printf(out, INDENT INDENT "%s == %lld (0x%llx)\n",
			       binary->text->right_text, binary->right_value,
			       binary->right_value);
}

/** kunit_binary_ptr_assert_format() - write a failed comparison of two pointers to @out */
void kunit_binary_ptr_assert_format(const struct kunit_assert *assert, struct seq_buf *out)
{
	const struct kunit_binary_ptr_assert *binary =
		container_of(assert, struct kunit_binary_ptr_assert, assert);

	print_expected(binary->text, out);
	seq_buf_printf(out, INDENT INDENT "%s == %px\n", binary->text->left_text,
		       binary->left_value);
	seq_buf_printf(out, INDENT INDENT "%s == %px\n", binary->text->right_text,
		       binary->right_value);
}

static void print_str_side(const char *text, const char *value, struct seq_buf *out)
{
	if (!value)
		seq_buf_printf(out, INDENT INDENT "%s == NULL\n", text);
	else if (!is_str_literal(text, value))
		seq_buf_printf(out, INDENT INDENT "%s == \"%s\"\n", text, value);
}

/** kunit_binary_str_assert_format() - write a failed comparison of two strings to @out */
void kunit_binary_str_assert_format(const struct kunit_assert *assert, struct seq_buf *out)
{
	const struct kunit_binary_str_assert *binary =
		container_of(assert, struct kunit_binary_str_assert, assert);

	print_expected(binary->text, out);
	print_str_side(binary->text->left_text, binary->left_value, out);
	print_str_side(binary->text->right_text, binary->right_value, out);
}

/* Sixteen bytes a line; those that differ from the other side stand in <>. */
static void print_bytes(const u8 *bytes, const u8 *other, size_t size, struct seq_buf *out)
{
	size_t i;

	for (i = 0; i < size; i++) {
		if (i % 16 == 0)
			seq_buf_printf(out, "%s" INDENT INDENT, i ? "\n" : "");
		if (bytes[i] != other[i])
			seq_buf_printf(out, "<%02x>", bytes[i]);
		else
			seq_buf_printf(out, " %02x ", bytes[i]);
	}
	seq_buf_printf(out, "\n");
}

/**
 * kunit_mem_assert_format() - write two blocks of memory that differ to @out
 * @assert: is in a struct kunit_mem_assert; either block may be NULL, which is what is said then
 * @out: gets up to 256 bytes of each, those that differ marked
 */
void kunit_mem_assert_format(const struct kunit_assert *assert, struct seq_buf *out)
{
	const struct kunit_mem_assert *mem =
		container_of(assert, struct kunit_mem_assert, assert);
	/* As much as the message buffer holds beside the rest. */
	size_t shown = min_t(size_t, mem->size, 256);

	if (!mem->left_value || !mem->right_value) {
		seq_buf_printf(out, INDENT "Expected %s is not null, but is\n",
			       mem->left_value ? mem->text->right_text : mem->text->left_text);
		return;
	}
	print_expected(mem->text, out);
	seq_buf_printf(out, INDENT INDENT "%s ==\n", mem->text->left_text);
	print_bytes(mem->left_value, mem->right_value, shown, out);
	seq_buf_printf(out, INDENT INDENT "%s ==\n", mem->text->right_text);
	print_bytes(mem->right_value, mem->left_value, shown, out);
	if (shown < mem->size)
		seq_buf_printf(out, INDENT INDENT "(%zu more bytes)\n", mem->size - shown);
}
