// SPDX-License-Identifier: MIT
/*
 * Tests of <linux/kstrtox.h>, type by type: the ends of the type, one beyond, the bases, and what
 * no number is. The result may only be stored on success.
 */

#include <kunit/test.h>

#include <linux/kstrtox.h>
#include <linux/limits.h>
#include <linux/sprintf.h>

#define UNTOUCHED	77

#define TEST_UNSIGNED(name, type, call, highest)				\
static void name##_takes_its_whole_range(struct kunit *test)			\
{										\
	char text[32];								\
	type v;									\
										\
	KUNIT_EXPECT_EQ(test, call("0", 10, &v), 0);				\
	KUNIT_EXPECT_EQ(test, v, 0);						\
	snprintf(text, sizeof(text), "%llu", (u64)(highest));			\
	KUNIT_EXPECT_EQ(test, call(text, 10, &v), 0);				\
	KUNIT_EXPECT_EQ(test, v, (type)(highest));				\
	snprintf(text, sizeof(text), "+%#llx\n", (u64)(highest));		\
	KUNIT_EXPECT_EQ(test, call(text, 0, &v), 0);				\
	KUNIT_EXPECT_EQ(test, v, (type)(highest));				\
}										\
										\
static void name##_refuses_one_more(struct kunit *test)			\
{										\
	char text[32];								\
	type v = UNTOUCHED;							\
										\
	/* one hex digit more than the type has */				\
	snprintf(text, sizeof(text), "0x1%0*d", (int)sizeof(type) * 2, 0);	\
	KUNIT_EXPECT_EQ(test, call(text, 0, &v), -ERANGE);			\
	KUNIT_EXPECT_EQ(test, call("99999999999999999999999", 10, &v), -ERANGE); \
	KUNIT_EXPECT_EQ(test, v, UNTOUCHED);					\
}										\
										\
static void name##_refuses_a_sign_and_other_text(struct kunit *test)		\
{										\
	static const char * const bad[] = {					\
		"", "-1", "-0", "+", "++1", " 1", "1 ", "1\n\n", "\n",		\
		"x", "0x", "1x", "0b1", "08.",					\
	};									\
	type v = UNTOUCHED;							\
	int i;									\
										\
	for (i = 0; i < ARRAY_SIZE(bad); i++)					\
		KUNIT_EXPECT_EQ_MSG(test, call(bad[i], 0, &v), -EINVAL, "\"%s\"", bad[i]); \
	KUNIT_EXPECT_EQ(test, v, UNTOUCHED);					\
}

#define TEST_SIGNED(name, type, call, lowest, highest)				\
static void name##_takes_its_whole_range(struct kunit *test)			\
{										\
	char text[32];								\
	type v;									\
										\
	snprintf(text, sizeof(text), "%lld", (s64)(highest));			\
	KUNIT_EXPECT_EQ(test, call(text, 10, &v), 0);				\
	KUNIT_EXPECT_EQ(test, v, (type)(highest));				\
	snprintf(text, sizeof(text), "%lld\n", (s64)(lowest));			\
	KUNIT_EXPECT_EQ(test, call(text, 10, &v), 0);				\
	KUNIT_EXPECT_EQ(test, v, (type)(lowest));				\
	KUNIT_EXPECT_EQ(test, call("-0", 10, &v), 0);				\
	KUNIT_EXPECT_EQ(test, v, 0);						\
}										\
										\
static void name##_refuses_one_more(struct kunit *test)			\
{										\
	char text[32];								\
	type v = UNTOUCHED;							\
										\
	snprintf(text, sizeof(text), "%llu", (u64)(highest) + 1);		\
	KUNIT_EXPECT_EQ(test, call(text, 10, &v), -ERANGE);			\
	snprintf(text, sizeof(text), "-%llu", (u64)(highest) + 2);		\
	KUNIT_EXPECT_EQ(test, call(text, 10, &v), -ERANGE);			\
	KUNIT_EXPECT_EQ(test, v, UNTOUCHED);					\
}										\
										\
static void name##_refuses_other_text(struct kunit *test)			\
{										\
	static const char * const bad[] = {					\
		"", "-", "+", "--1", "+-1", " 1", "1 ", "1\n\n", "x", "-0x", "1e3", \
	};									\
	type v = UNTOUCHED;							\
	int i;									\
										\
	for (i = 0; i < ARRAY_SIZE(bad); i++)					\
		KUNIT_EXPECT_EQ_MSG(test, call(bad[i], 0, &v), -EINVAL, "\"%s\"", bad[i]); \
	KUNIT_EXPECT_EQ(test, v, UNTOUCHED);					\
}

TEST_UNSIGNED(kstrtou8, u8, kstrtou8, U8_MAX)
TEST_UNSIGNED(kstrtou16, u16, kstrtou16, U16_MAX)
TEST_UNSIGNED(kstrtouint, unsigned int, kstrtouint, UINT_MAX)
TEST_UNSIGNED(kstrtou32, u32, kstrtou32, U32_MAX)
TEST_UNSIGNED(kstrtoul, unsigned long, kstrtoul, ULONG_MAX)
TEST_UNSIGNED(kstrtoull, unsigned long long, kstrtoull, ULLONG_MAX)
TEST_UNSIGNED(kstrtou64, u64, kstrtou64, U64_MAX)
TEST_SIGNED(kstrtos8, s8, kstrtos8, S8_MIN, S8_MAX)
TEST_SIGNED(kstrtos16, s16, kstrtos16, S16_MIN, S16_MAX)
TEST_SIGNED(kstrtoint, int, kstrtoint, INT_MIN, INT_MAX)
TEST_SIGNED(kstrtos32, s32, kstrtos32, S32_MIN, S32_MAX)
TEST_SIGNED(kstrtol, long, kstrtol, LONG_MIN, LONG_MAX)
TEST_SIGNED(kstrtoll, long long, kstrtoll, LLONG_MIN, LLONG_MAX)
TEST_SIGNED(kstrtos64, s64, kstrtos64, S64_MIN, S64_MAX)

static void the_base_is_found_from_the_prefix(struct kunit *test)
{
	unsigned int v;

	KUNIT_EXPECT_EQ(test, kstrtouint("017", 0, &v), 0);
	KUNIT_EXPECT_EQ(test, v, 15);
	KUNIT_EXPECT_EQ(test, kstrtouint("0X1f", 0, &v), 0);
	KUNIT_EXPECT_EQ(test, v, 31);
	KUNIT_EXPECT_EQ(test, kstrtouint("0x1f", 16, &v), 0);
	KUNIT_EXPECT_EQ(test, v, 31);
	KUNIT_EXPECT_EQ(test, kstrtouint("19", 0, &v), 0);
	KUNIT_EXPECT_EQ(test, v, 19);
	KUNIT_EXPECT_EQ(test, kstrtouint("08", 0, &v), -EINVAL);
}

static void a_base_limits_the_digits(struct kunit *test)
{
	unsigned int v;

	KUNIT_EXPECT_EQ(test, kstrtouint("101", 2, &v), 0);
	KUNIT_EXPECT_EQ(test, v, 5);
	KUNIT_EXPECT_EQ(test, kstrtouint("102", 2, &v), -EINVAL);
	KUNIT_EXPECT_EQ(test, kstrtouint("8", 8, &v), -EINVAL);
	KUNIT_EXPECT_EQ(test, kstrtouint("0x10", 10, &v), -EINVAL);
	KUNIT_EXPECT_EQ(test, kstrtouint("FF", 16, &v), 0);
	KUNIT_EXPECT_EQ(test, v, 255);
}

#define UNSIGNED_CASES(name)							\
	KUNIT_CASE(name##_takes_its_whole_range), KUNIT_CASE(name##_refuses_one_more), \
	KUNIT_CASE(name##_refuses_a_sign_and_other_text)
#define SIGNED_CASES(name)							\
	KUNIT_CASE(name##_takes_its_whole_range), KUNIT_CASE(name##_refuses_one_more), \
	KUNIT_CASE(name##_refuses_other_text)

static struct kunit_case kstrtox_each_cases[] = {
	UNSIGNED_CASES(kstrtou8), UNSIGNED_CASES(kstrtou16), UNSIGNED_CASES(kstrtouint),
	UNSIGNED_CASES(kstrtou32), UNSIGNED_CASES(kstrtoul), UNSIGNED_CASES(kstrtoull),
	UNSIGNED_CASES(kstrtou64),
	SIGNED_CASES(kstrtos8), SIGNED_CASES(kstrtos16), SIGNED_CASES(kstrtoint),
	SIGNED_CASES(kstrtos32), SIGNED_CASES(kstrtol), SIGNED_CASES(kstrtoll),
	SIGNED_CASES(kstrtos64),
	KUNIT_CASE(the_base_is_found_from_the_prefix),
	KUNIT_CASE(a_base_limits_the_digits),
	{}
};

static struct kunit_suite kstrtox_each_suite = {
	.name = "kstrtox_each", .test_cases = kstrtox_each_cases,
};
kunit_test_suite(kstrtox_each_suite);

MODULE_LICENSE("MIT");
