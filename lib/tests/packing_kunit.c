// SPDX-License-Identifier: MIT
/*
 * Fields in devices' layouts: the eight layouts of 64 bits as the documentation prints them, and
 * random fields against a model that sets one bit at a time.
 */

#include <kunit/test.h>

#include <linux/packing.h>
#include <linux/prandom.h>
#include <linux/string.h>

#define ALL_QUIRKS	(QUIRK_MSB_ON_THE_RIGHT | QUIRK_LITTLE_ENDIAN | QUIRK_LSW32_IS_FIRST)

/* Which byte of the number is at each offset, and which of its bits is a byte's highest. */
static const struct layout {
	u8 quirks;
	u8 bytes[8];
	u8 top_bit;
} layouts[] = {
	{ 0,							{ 7, 6, 5, 4, 3, 2, 1, 0 }, 7 },
	{ QUIRK_MSB_ON_THE_RIGHT,				{ 7, 6, 5, 4, 3, 2, 1, 0 }, 0 },
	{ QUIRK_LITTLE_ENDIAN,					{ 4, 5, 6, 7, 0, 1, 2, 3 }, 7 },
	{ QUIRK_LITTLE_ENDIAN | QUIRK_MSB_ON_THE_RIGHT,		{ 4, 5, 6, 7, 0, 1, 2, 3 }, 0 },
	{ QUIRK_LSW32_IS_FIRST,					{ 3, 2, 1, 0, 7, 6, 5, 4 }, 7 },
	{ QUIRK_LSW32_IS_FIRST | QUIRK_MSB_ON_THE_RIGHT,	{ 3, 2, 1, 0, 7, 6, 5, 4 }, 0 },
	{ QUIRK_LSW32_IS_FIRST | QUIRK_LITTLE_ENDIAN,		{ 0, 1, 2, 3, 4, 5, 6, 7 }, 7 },
	{ ALL_QUIRKS,						{ 0, 1, 2, 3, 4, 5, 6, 7 }, 0 },
};

static void layout_name(const struct layout *l, char *desc)
{
	snprintf(desc, KUNIT_PARAM_DESC_SIZE, "quirks %u", l->quirks);
}

KUNIT_ARRAY_PARAM(layouts, layouts, layout_name);

static void each_bit_has_its_place(struct kunit *test)
{
	const struct layout *l = test->param_value;
	u8 buf[8], want[8];
	int offset, bit, logical;
	u64 value;

	for (offset = 0; offset < 8; offset++) {
		for (bit = 0; bit < 8; bit++) {
			logical = 8 * l->bytes[offset] + (l->top_bit ? bit : 7 - bit);
			memset(want, 0, sizeof(want));
			want[offset] = 1 << bit;
			memset(buf, 0, sizeof(buf));
			value = 1;
			KUNIT_ASSERT_EQ(test, packing(buf, &value, logical, logical, 8, PACK,
						      l->quirks), 0);
			KUNIT_ASSERT_MEMEQ(test, buf, want, 8);
			KUNIT_ASSERT_EQ(test, packing(buf, &value, 63, 0, 8, UNPACK, l->quirks), 0);
			KUNIT_ASSERT_EQ(test, value, 1ULL << logical);
		}
	}
}

static void a_field_leaves_its_neighbours_alone(struct kunit *test)
{
	const struct layout *l = test->param_value;
	int startbit, endbit, bit;
	u64 value, all;
	u8 buf[8];

	for (startbit = 0; startbit < 64; startbit++) {
		for (endbit = 0; endbit <= startbit; endbit++) {
			memset(buf, 0xff, sizeof(buf));
			KUNIT_ASSERT_EQ(test, pack(buf, 0, startbit, endbit, 8, l->quirks), 0);
			KUNIT_ASSERT_EQ(test, unpack(buf, &value, startbit, endbit, 8, l->quirks),
					0);
			KUNIT_ASSERT_EQ(test, value, 0ULL);
			KUNIT_ASSERT_EQ(test, unpack(buf, &all, 63, 0, 8, l->quirks), 0);
			for (bit = 0; bit < 64; bit++)
				KUNIT_ASSERT_EQ(test, all >> bit & 1,
						bit < endbit || bit > startbit);
		}
	}
}

/* One bit after another, each by the layout of one bit. */
static void random_fields_agree_with_single_bits(struct kunit *test)
{
	const struct layout *l = test->param_value;
	u8 buf[23], model[23];
	struct rnd_state rnd;
	int round, startbit, endbit, bit;
	size_t len;
	u64 value, got;

	prandom_seed_state(&rnd, 815 + l->quirks);
	for (round = 0; round < 300; round++) {
		len = 1 + prandom_u32_state(&rnd) % sizeof(buf);
		endbit = prandom_u32_state(&rnd) % (8 * len);
		startbit = min_t(int, endbit + prandom_u32_state(&rnd) % 64, 8 * len - 1);
		value = (u64)prandom_u32_state(&rnd) << 32 | prandom_u32_state(&rnd);
		if (startbit - endbit < 63)
			value &= (1ULL << (startbit - endbit + 1)) - 1;
		prandom_bytes_state(&rnd, buf, sizeof(buf));
		memcpy(model, buf, sizeof(buf));

		KUNIT_ASSERT_EQ(test, pack(buf, value, startbit, endbit, len, l->quirks), 0);
		for (bit = endbit; bit <= startbit; bit++)
			KUNIT_ASSERT_EQ(test, pack(model, value >> (bit - endbit) & 1, bit, bit,
						   len, l->quirks), 0);
		KUNIT_ASSERT_MEMEQ(test, buf, model, sizeof(buf));
		KUNIT_ASSERT_EQ(test, unpack(buf, &got, startbit, endbit, len, l->quirks), 0);
		KUNIT_ASSERT_EQ(test, got, value);
	}
}

/* Every byte of the buffer is the place of one byte of the number, whatever the length. */
static void a_whole_buffer_is_covered(struct kunit *test)
{
	const struct layout *l = test->param_value;
	u8 buf[13], zero[13] = { 0 };
	size_t len, byte;

	for (len = 1; len <= sizeof(buf); len++) {
		memset(buf, 0, sizeof(buf));
		for (byte = 0; byte < len; byte++)
			KUNIT_ASSERT_EQ(test, pack(buf, 0xff, 8 * byte + 7, 8 * byte, len,
						   l->quirks), 0);
		KUNIT_EXPECT_NULL(test, memchr_inv(buf, 0xff, len));
		KUNIT_EXPECT_MEMEQ(test, buf + len, zero, sizeof(buf) - len);
	}
}

static void what_cannot_be_is_refused(struct kunit *test)
{
	u8 buf[16] = { 0 }, zero[16] = { 0 };
	u64 value = 7;

	KUNIT_EXPECT_EQ(test, packing(buf, &value, 3, 4, 16, PACK, 0), -EINVAL);
	KUNIT_EXPECT_EQ(test, packing(buf, &value, 128, 127, 16, PACK, 0), -EINVAL);
	KUNIT_EXPECT_EQ(test, packing(buf, &value, 3, -1, 16, PACK, 0), -EINVAL);
	KUNIT_EXPECT_EQ(test, packing(buf, &value, -1, -1, 16, UNPACK, 0), -EINVAL);
	KUNIT_EXPECT_EQ(test, packing(buf, &value, 64, 0, 16, UNPACK, 0), -ERANGE);
	/* Seven needs three bits. */
	KUNIT_EXPECT_EQ(test, packing(buf, &value, 1, 0, 16, PACK, 0), -ERANGE);
	KUNIT_EXPECT_MEMEQ(test, buf, zero, sizeof(buf));
	KUNIT_EXPECT_EQ(test, value, 7ULL);
	KUNIT_EXPECT_EQ(test, packing(buf, &value, 2, 0, 16, PACK, 0), 0);
	value = ~0ULL;
	KUNIT_EXPECT_EQ(test, packing(buf, &value, 70, 7, 16, PACK, 0), 0);
}

static struct kunit_case packing_cases[] = {
	KUNIT_CASE_PARAM(each_bit_has_its_place, layouts_gen_params),
	KUNIT_CASE_PARAM(a_field_leaves_its_neighbours_alone, layouts_gen_params),
	KUNIT_CASE_PARAM(random_fields_agree_with_single_bits, layouts_gen_params),
	KUNIT_CASE_PARAM(a_whole_buffer_is_covered, layouts_gen_params),
	KUNIT_CASE(what_cannot_be_is_refused),
	{}
};

static struct kunit_suite packing_suite = {
	.name = "packing",
	.test_cases = packing_cases,
};
kunit_test_suite(packing_suite);
