// SPDX-License-Identifier: MIT
/*
 * Tests of <linux/bitops.h>: each operation on its own, at bit 0, round a word's border and far
 * beyond the first word; and the atomic ones by four CPUs at once.
 */

#include <kunit/test.h>

#include <linux/atomic.h>
#include <linux/bitmap.h>
#include <linux/bitops.h>
#include <linux/bitrev.h>
#include <linux/swab.h>

#include "storm.h"

#define BITS	300
static const int places[] = { 0, 1, 31, 32, 63, 64, 65, 127, 128, 299 };

#define for_each_place(i)	for (i = 0; i < ARRAY_SIZE(places); i++)

static DECLARE_BITMAP(map, BITS);

/* Only @bit is set, or nothing if it is negative. */
static bool holds_only(int bit)
{
	return bit < 0 ? bitmap_empty(map, BITS) :
			 bitmap_weight(map, BITS) == 1 && test_bit(bit, map);
}

static int clear_map(struct kunit *test)
{
	bitmap_zero(map, BITS);
	return 0;
}

#define TEST_SET_AND_CLEAR(name, set, clear)					\
static void name(struct kunit *test)						\
{										\
	int i;									\
										\
	for_each_place(i) {							\
		set(places[i], map);						\
		KUNIT_EXPECT_TRUE(test, holds_only(places[i]));			\
		set(places[i], map);						\
		KUNIT_EXPECT_TRUE(test, holds_only(places[i]));			\
		clear(places[i], map);						\
		KUNIT_EXPECT_TRUE(test, holds_only(-1));			\
		clear(places[i], map);						\
		KUNIT_EXPECT_TRUE(test, holds_only(-1));			\
	}									\
}

TEST_SET_AND_CLEAR(set_bit_and_clear_bit_touch_one_bit, set_bit, clear_bit)
TEST_SET_AND_CLEAR(plain_set_and_clear_touch_one_bit, __set_bit, __clear_bit)
TEST_SET_AND_CLEAR(clear_bit_unlock_clears_one_bit, set_bit, clear_bit_unlock)
TEST_SET_AND_CLEAR(plain_clear_bit_unlock_clears_one_bit, set_bit, __clear_bit_unlock)

#define TEST_CHANGE(name, change)						\
static void name(struct kunit *test)						\
{										\
	int i;									\
										\
	for_each_place(i) {							\
		change(places[i], map);						\
		KUNIT_EXPECT_TRUE(test, holds_only(places[i]));			\
		change(places[i], map);						\
		KUNIT_EXPECT_TRUE(test, holds_only(-1));			\
	}									\
}

TEST_CHANGE(change_bit_flips_one_bit, change_bit)
TEST_CHANGE(plain_change_bit_flips_one_bit, __change_bit)

/* What the bit was before, and what it is after @op on 0 and on 1. */
#define TEST_TEST_AND(name, op, after_0, after_1)				\
static void name(struct kunit *test)						\
{										\
	int i;									\
										\
	for_each_place(i) {							\
		KUNIT_EXPECT_FALSE(test, op(places[i], map));			\
		KUNIT_EXPECT_TRUE(test, holds_only((after_0) ? places[i] : -1)); \
		set_bit(places[i], map);					\
		KUNIT_EXPECT_TRUE(test, op(places[i], map));			\
		KUNIT_EXPECT_TRUE(test, holds_only((after_1) ? places[i] : -1)); \
		clear_bit(places[i], map);					\
	}									\
}

TEST_TEST_AND(test_and_set_bit_returns_the_old_bit, test_and_set_bit, 1, 1)
TEST_TEST_AND(test_and_clear_bit_returns_the_old_bit, test_and_clear_bit, 0, 0)
TEST_TEST_AND(test_and_change_bit_returns_the_old_bit, test_and_change_bit, 1, 0)
TEST_TEST_AND(test_and_set_bit_lock_returns_the_old_bit, test_and_set_bit_lock, 1, 1)
TEST_TEST_AND(plain_test_and_set_bit_returns_the_old_bit, __test_and_set_bit, 1, 1)
TEST_TEST_AND(plain_test_and_clear_bit_returns_the_old_bit, __test_and_clear_bit, 0, 0)
TEST_TEST_AND(plain_test_and_change_bit_returns_the_old_bit, __test_and_change_bit, 1, 0)

static void assign_bit_takes_the_value(struct kunit *test)
{
	assign_bit(70, map, true);
	KUNIT_EXPECT_TRUE(test, holds_only(70));
	__assign_bit(70, map, false);
	KUNIT_EXPECT_TRUE(test, holds_only(-1));
	__assign_bit(3, map, 8);
	KUNIT_EXPECT_TRUE(test, holds_only(3));
}

static void test_bit_reads_one_bit(struct kunit *test)
{
	set_bit(64, map);
	KUNIT_EXPECT_FALSE(test, test_bit(63, map));
	KUNIT_EXPECT_TRUE(test, test_bit(64, map));
	KUNIT_EXPECT_TRUE(test, test_bit_acquire(64, map));
	KUNIT_EXPECT_FALSE(test, test_bit(65, map));
}

/* --- Words ------------------------------------------------------------------------------------ */

static void ffs_counts_from_one_and_zero_has_none(struct kunit *test)
{
	int zero = 0, top = INT_MIN;

	OPTIMIZER_HIDE_VAR(zero);
	OPTIMIZER_HIDE_VAR(top);
	KUNIT_EXPECT_EQ(test, ffs(zero), 0);
	KUNIT_EXPECT_EQ(test, ffs(top), 32);
	KUNIT_EXPECT_EQ(test, ffs(12), 3);
}

static void fls_counts_from_one_and_zero_has_none(struct kunit *test)
{
	unsigned int zero = 0, top = 0x80000000;

	OPTIMIZER_HIDE_VAR(zero);
	OPTIMIZER_HIDE_VAR(top);
	KUNIT_EXPECT_EQ(test, fls(zero), 0);
	KUNIT_EXPECT_EQ(test, fls(top), 32);
	KUNIT_EXPECT_EQ(test, fls(12), 4);
}

static void fls64_knows_both_halves(struct kunit *test)
{
	int i;

	KUNIT_EXPECT_EQ(test, fls64(0), 0);
	for (i = 0; i < 64; i++)
		KUNIT_EXPECT_EQ(test, fls64(1ull << i), i + 1);
}

static void ffs_and_fls_of_a_long_count_from_zero(struct kunit *test)
{
	unsigned long w;
	int i;

	for (i = 0; i < BITS_PER_LONG; i++) {
		w = 1ul << i;
		OPTIMIZER_HIDE_VAR(w);
		KUNIT_EXPECT_EQ(test, __ffs(w), i);
		KUNIT_EXPECT_EQ(test, __fls(w), i);
		KUNIT_EXPECT_EQ(test, ffz(~w), i);
		KUNIT_EXPECT_EQ(test, __ffs64(w), i);
		KUNIT_EXPECT_EQ(test, fls_long(w), i + 1);
	}
}

static void fns_finds_the_nth_set_bit(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, fns(0x8421, 0), 0);
	KUNIT_EXPECT_EQ(test, fns(0x8421, 2), 10);
	KUNIT_EXPECT_EQ(test, fns(0x8421, 3), 15);
	KUNIT_EXPECT_GE(test, fns(0x8421, 4), BITS_PER_LONG);
	KUNIT_EXPECT_GE(test, fns(0, 0), BITS_PER_LONG);
}

static void hweight_counts_each_width(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, hweight8(0xff), 8);
	KUNIT_EXPECT_EQ(test, hweight16(0xf00f), 8);
	KUNIT_EXPECT_EQ(test, hweight32(0x80000001), 2);
	KUNIT_EXPECT_EQ(test, hweight64(~0ull), 64);
	KUNIT_EXPECT_EQ(test, hweight_long(0), 0);
}

/* They are for constants: an array's size can be made of them. */
static void hweights_of_constants_are_constants(struct kunit *test)
{
	static const char ones[HWEIGHT8(0x1f) + HWEIGHT16(0xf00f) + HWEIGHT32(~0U)] = "";

	KUNIT_EXPECT_EQ(test, sizeof(ones), 5 + 8 + 32);
	KUNIT_EXPECT_EQ(test, HWEIGHT64(~0ULL), 64);
	KUNIT_EXPECT_EQ(test, HWEIGHT(0x8000000000000001), 2);
}

static void a_mask_of_bytes_covers_the_first_in_memory(struct kunit *test)
{
	unsigned long word;
	int n;

	for (n = 0; n < 8; n++) {
		word = ~0UL & aligned_byte_mask(n);
		KUNIT_EXPECT_NULL(test, memchr_inv(&word, 0xff, n));
		KUNIT_EXPECT_NULL(test, memchr_inv((u8 *)&word + n, 0, 8 - n));
	}
}

static void software_hweights_agree_with_the_machine(struct kunit *test)
{
	u64 w = 0x0123456789abcdefull;
	int i;

	for (i = 0; i < 64; i++, w = rol64(w, 7) + i) {
		KUNIT_EXPECT_EQ(test, __sw_hweight64(w), hweight64(w));
		KUNIT_EXPECT_EQ(test, __sw_hweight32(w), hweight32(w));
		KUNIT_EXPECT_EQ(test, __sw_hweight16(w), hweight16(w));
		KUNIT_EXPECT_EQ(test, __sw_hweight8(w), hweight8(w));
	}
}

static void rotations_by_zero_and_by_the_width_change_nothing(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, rol64(0x123456789abcdef0ull, 0), 0x123456789abcdef0ull);
	KUNIT_EXPECT_EQ(test, rol32(0x12345678, 32), 0x12345678u);
	KUNIT_EXPECT_EQ(test, ror8(0x12, 8), 0x12);
}

static void rotations_carry_bits_round(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, rol64(1ull << 63, 1), 1ull);
	KUNIT_EXPECT_EQ(test, ror64(1, 1), 1ull << 63);
	KUNIT_EXPECT_EQ(test, rol32(0x80000001, 4), 0x00000018u);
	KUNIT_EXPECT_EQ(test, ror32(0x00000018, 4), 0x80000001u);
	KUNIT_EXPECT_EQ(test, rol16(0x8001, 1), 0x0003);
	KUNIT_EXPECT_EQ(test, ror16(0x0003, 1), 0x8001);
	KUNIT_EXPECT_EQ(test, rol8(0x81, 1), 0x03);
}

static void sign_extension_copies_the_named_bit_up(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, sign_extend32(0xff, 7), -1);
	KUNIT_EXPECT_EQ(test, sign_extend32(0x7f, 7), 127);
	KUNIT_EXPECT_EQ(test, sign_extend32(0x80000000, 31), INT_MIN);
	KUNIT_EXPECT_EQ(test, sign_extend64(0x800, 11), -2048);
	KUNIT_EXPECT_EQ(test, sign_extend64(0, 0), 0);
	KUNIT_EXPECT_EQ(test, sign_extend64(1, 0), -1);
}

static void count_orders_round_up(struct kunit *test)
{
	static const int row[] = { -1, 0, 1, 2, 2, 3, 3, 3, 3, 4 };
	int n;

	for (n = 0; n < ARRAY_SIZE(row); n++) {
		KUNIT_EXPECT_EQ(test, get_count_order(n), row[n]);
		KUNIT_EXPECT_EQ(test, get_count_order_long(n), row[n]);
	}
	KUNIT_EXPECT_EQ(test, get_bitmask_order(0xff), 8);
}

static void bytes_are_swapped(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, swab16(0x1234), 0x3412);
	KUNIT_EXPECT_EQ(test, swab32(0x12345678), 0x78563412u);
	KUNIT_EXPECT_EQ(test, swab64(0x0123456789abcdefull), 0xefcdab8967452301ull);
}

static void bits_are_reversed(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, bitrev8(0x01), 0x80);
	KUNIT_EXPECT_EQ(test, bitrev16(0x0001), 0x8000);
	KUNIT_EXPECT_EQ(test, bitrev32(0x00000003), 0xc0000000u);
}

static void set_mask_bits_replaces_a_field(struct kunit *test)
{
	unsigned int word = 0xabcd;

	KUNIT_EXPECT_EQ(test, set_mask_bits(&word, 0xf0, 0x10), 0xabcd);
	KUNIT_EXPECT_EQ(test, word, 0xab1d);
}

static void bit_clear_unless_respects_its_test(struct kunit *test)
{
	unsigned int word = 0x0f;

	KUNIT_EXPECT_TRUE(test, bit_clear_unless(&word, 0x03, 0x10));
	KUNIT_EXPECT_EQ(test, word, 0x0c);
	KUNIT_EXPECT_FALSE(test, bit_clear_unless(&word, 0x0c, 0x08));
	KUNIT_EXPECT_EQ(test, word, 0x0c);
}

/* --- Four CPUs -------------------------------------------------------------------------------- */

#define ROUNDS		20000

static atomic_t taken;
static DECLARE_BITMAP(shared, 64);

/* Each thread flips its own bit of one word an odd number of times. */
static void flip_own_bit(int which)
{
	int i;

	for (i = 0; i < ROUNDS + 1; i++)
		change_bit(which, shared);
}

/* Each thread tries to take every bit; each may be taken once. */
static void take_bits(int which)
{
	int i;

	for (i = 0; i < 64; i++)
		if (!test_and_set_bit(i, shared))
			atomic_inc(&taken);
}

static void no_flip_is_lost_among_four_cpus(struct kunit *test)
{
	bitmap_zero(shared, 64);
	run_storm(test, flip_own_bit);
	KUNIT_EXPECT_EQ(test, shared[0], GENMASK(STORMERS - 1, 0));
}

static void each_bit_is_taken_by_one_cpu(struct kunit *test)
{
	atomic_set(&taken, 0);
	bitmap_zero(shared, 64);
	run_storm(test, take_bits);
	KUNIT_EXPECT_EQ(test, atomic_read(&taken), 64);
}

static struct kunit_case bitops_cases[] = {
	KUNIT_CASE(set_bit_and_clear_bit_touch_one_bit),
	KUNIT_CASE(plain_set_and_clear_touch_one_bit),
	KUNIT_CASE(clear_bit_unlock_clears_one_bit),
	KUNIT_CASE(plain_clear_bit_unlock_clears_one_bit),
	KUNIT_CASE(change_bit_flips_one_bit),
	KUNIT_CASE(plain_change_bit_flips_one_bit),
	KUNIT_CASE(test_and_set_bit_returns_the_old_bit),
	KUNIT_CASE(test_and_clear_bit_returns_the_old_bit),
	KUNIT_CASE(test_and_change_bit_returns_the_old_bit),
	KUNIT_CASE(test_and_set_bit_lock_returns_the_old_bit),
	KUNIT_CASE(plain_test_and_set_bit_returns_the_old_bit),
	KUNIT_CASE(plain_test_and_clear_bit_returns_the_old_bit),
	KUNIT_CASE(plain_test_and_change_bit_returns_the_old_bit),
	KUNIT_CASE(assign_bit_takes_the_value),
	KUNIT_CASE(test_bit_reads_one_bit),
	KUNIT_CASE(ffs_counts_from_one_and_zero_has_none),
	KUNIT_CASE(fls_counts_from_one_and_zero_has_none),
	KUNIT_CASE(fls64_knows_both_halves),
	KUNIT_CASE(ffs_and_fls_of_a_long_count_from_zero),
	KUNIT_CASE(fns_finds_the_nth_set_bit),
	KUNIT_CASE(hweight_counts_each_width),
	KUNIT_CASE(hweights_of_constants_are_constants),
	KUNIT_CASE(a_mask_of_bytes_covers_the_first_in_memory),
	KUNIT_CASE(software_hweights_agree_with_the_machine),
	KUNIT_CASE(rotations_by_zero_and_by_the_width_change_nothing),
	KUNIT_CASE(rotations_carry_bits_round),
	KUNIT_CASE(sign_extension_copies_the_named_bit_up),
	KUNIT_CASE(count_orders_round_up),
	KUNIT_CASE(bytes_are_swapped),
	KUNIT_CASE(bits_are_reversed),
	KUNIT_CASE(set_mask_bits_replaces_a_field),
	KUNIT_CASE(bit_clear_unless_respects_its_test),
	KUNIT_CASE(no_flip_is_lost_among_four_cpus),
	KUNIT_CASE(each_bit_is_taken_by_one_cpu),
	{}
};

static struct kunit_suite bitops_suite = {
	.name = "bitops_each", .init = clear_map, .test_cases = bitops_cases,
};
kunit_test_suite(bitops_suite);

MODULE_LICENSE("MIT");
