// SPDX-License-Identifier: MIT
/* The exception table: its order and its search. What rows do is the uaccess suite's. */

#include <kunit/test.h>

#include <linux/extable.h>
#include <linux/kernel.h>
#include <linux/string.h>

#include <asm/extable.h>
#include <asm/sections.h>

static struct exception_table_entry *first(void)
{
	return (struct exception_table_entry *)__start___ex_table;
}

static size_t rows(void)
{
	return (struct exception_table_entry *)__stop___ex_table - first();
}

static unsigned long insn_of(const struct exception_table_entry *e)
{
	return (unsigned long)&e->insn + e->insn;
}

static unsigned long fixup_of(const struct exception_table_entry *e)
{
	return (unsigned long)&e->fixup + e->fixup;
}

static void the_table_is_sorted_by_instruction(struct kunit *test)
{
	size_t i;

	KUNIT_ASSERT_GT(test, rows(), 0UL);
	for (i = 1; i < rows(); i++)
		KUNIT_EXPECT_LE(test, insn_of(first() + i - 1), insn_of(first() + i));
}

static void every_row_names_kernel_code(struct kunit *test)
{
	size_t i;

	for (i = 0; i < rows(); i++) {
		KUNIT_EXPECT_TRUE(test, __kernel_text_address(insn_of(first() + i)));
		KUNIT_EXPECT_TRUE(test, __kernel_text_address(fixup_of(first() + i)));
	}
}

static void every_row_is_found_by_its_instruction(struct kunit *test)
{
	size_t i;

	for (i = 0; i < rows(); i++) {
		const struct exception_table_entry *e =
			search_exception_tables(insn_of(first() + i));

		KUNIT_ASSERT_NOT_NULL(test, e);
		KUNIT_EXPECT_EQ(test, insn_of(e), insn_of(first() + i));
	}
}

static void what_is_not_in_the_table_is_not_found(struct kunit *test)
{
	KUNIT_EXPECT_NULL(test, search_exception_tables(0));
	KUNIT_EXPECT_NULL(test, search_exception_tables(~0UL));
	KUNIT_EXPECT_NULL(test, search_exception_tables((unsigned long)first()));
	KUNIT_EXPECT_NULL(test, search_exception_tables(
					(unsigned long)what_is_not_in_the_table_is_not_found));
	KUNIT_EXPECT_NULL(test, search_extable(first(), 0, insn_of(first())));
}

/* Rows that move keep their meaning, which is relative to where they are. */
static void sorting_keeps_each_row_whole(struct kunit *test)
{
	static struct exception_table_entry table[5];
	static const int order[5] = { 3, 0, 4, 1, 2 };
	unsigned int i;

	memset(table, 0, sizeof(table));
	for (i = 0; i < 5; i++) {
		table[i].insn = _stext + order[i] * 16 - (char *)&table[i].insn;
		table[i].fixup = _stext + order[i] * 16 + 8 - (char *)&table[i].fixup;
	}
	sort_extable(table, table + 5);
	for (i = 0; i < 5; i++) {
		KUNIT_EXPECT_EQ(test, (unsigned long)_stext + i * 16, insn_of(&table[i]));
		KUNIT_EXPECT_EQ(test, (unsigned long)_stext + i * 16 + 8, fixup_of(&table[i]));
		KUNIT_EXPECT_PTR_EQ(test, (const struct exception_table_entry *)&table[i],
				    search_extable(table, 5, (unsigned long)_stext + i * 16));
	}
}

static void text_addresses_are_told_from_others(struct kunit *test)
{
	static int data;

	KUNIT_EXPECT_TRUE(test, kernel_text_address((unsigned long)sort_extable));
	KUNIT_EXPECT_FALSE(test, kernel_text_address((unsigned long)&data));
	KUNIT_EXPECT_FALSE(test, kernel_text_address((unsigned long)&test));
	KUNIT_EXPECT_FALSE(test, kernel_text_address(0));
}

static struct kunit_case extable_cases[] = {
	KUNIT_CASE(the_table_is_sorted_by_instruction),
	KUNIT_CASE(every_row_names_kernel_code),
	KUNIT_CASE(every_row_is_found_by_its_instruction),
	KUNIT_CASE(what_is_not_in_the_table_is_not_found),
	KUNIT_CASE(sorting_keeps_each_row_whole),
	KUNIT_CASE(text_addresses_are_told_from_others),
	{}
};

static struct kunit_suite extable_suite = {
	.name = "extable",
	.test_cases = extable_cases,
};
kunit_test_suite(extable_suite);
