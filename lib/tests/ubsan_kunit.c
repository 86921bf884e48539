// SPDX-License-Identifier: MIT
/*
 * Each kind of undefined behaviour that the build checks is planted, and must be reported.
 *
 * The values come through volatile variables, so that the compiler cannot see the bug coming. Each
 * place reports once, so the cases don't share code.
 */

#include <kunit/test.h>

#include <linux/types.h>

#include "../ubsan.h"

static void a_shift_by_the_width_is_reported(struct kunit *test)
{
	volatile int by = 32, value = 1;
	volatile int result;

	kunit_expect_report(test, REPORT_UBSAN);
	result = value << by;
	(void)result;
}

static void a_negative_shift_is_reported(struct kunit *test)
{
	volatile int by = -1;
	volatile unsigned long value = 1, result;

	kunit_expect_report(test, REPORT_UBSAN);
	result = value << by;
	(void)result;
}

static void a_64_bit_shift_by_63_is_fine(struct kunit *test)
{
	volatile int by = 63;
	volatile u64 value = 1, result;

	result = value << by;
	KUNIT_EXPECT_EQ(test, result, 1ULL << 63);
}

static void an_index_out_of_bounds_is_reported(struct kunit *test)
{
	struct {
		char before[4];
		char array[4];
		char after[4];
	} s = { };
	volatile int index = 4;

	kunit_expect_report(test, REPORT_UBSAN);
	s.array[index] = 1;
	OPTIMIZER_HIDE_VAR(index);
	KUNIT_EXPECT_EQ(test, s.array[3] + s.before[0], 0);
}

static void a_misaligned_access_is_reported(struct kunit *test)
{
	char bytes[16] __aligned(8) = { };
	volatile unsigned long offset = 1;
	volatile u32 *p = (u32 *)(bytes + offset);

	kunit_expect_report(test, REPORT_UBSAN);
	*p = 5;
}

static void an_invalid_bool_is_reported(struct kunit *test)
{
	union {
		volatile unsigned char byte;
		volatile bool truth;
	} u = { .byte = 7 };
	volatile bool result;

	kunit_expect_report(test, REPORT_UBSAN);
	result = u.truth;
	(void)result;
}

/*
 * A division that overflows traps on some machines after its report, so the handler is called as
 * the compiler would call it.
 */
static void a_division_by_zero_is_reported(struct kunit *test)
{
	static struct {
		struct type_descriptor type;
		char name[8];
	} desc = { { UBSAN_KIND_INT, 5 << 1 | 1 }, "'int'" };
	static struct overflow_data data = {
		.location = { __FILE__, __LINE__, 1 },
		.type = &desc.type,
	};

	data.location.column = 1;
	kunit_expect_report(test, REPORT_UBSAN);
	__ubsan_handle_divrem_overflow(&data, (void *)1UL, (void *)0UL);
}

static void a_place_reports_once(struct kunit *test)
{
	volatile int by = 40, value = 1;
	volatile int result;
	int i;

	kunit_expect_report(test, REPORT_UBSAN);
	for (i = 0; i < 3; i++)
		result = value << by;
	(void)result;
}

static struct kunit_case ubsan_cases[] = {
	KUNIT_CASE(a_shift_by_the_width_is_reported),
	KUNIT_CASE(a_negative_shift_is_reported),
	KUNIT_CASE(a_64_bit_shift_by_63_is_fine),
	KUNIT_CASE(an_index_out_of_bounds_is_reported),
	KUNIT_CASE(a_misaligned_access_is_reported),
	KUNIT_CASE(an_invalid_bool_is_reported),
	KUNIT_CASE(a_division_by_zero_is_reported),
	KUNIT_CASE(a_place_reports_once),
	{}
};

static struct kunit_suite ubsan_suite = {
	.name = "ubsan",
	.test_cases = ubsan_cases,
};
kunit_test_suite(ubsan_suite);

MODULE_LICENSE("MIT");
