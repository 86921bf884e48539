// SPDX-License-Identifier: MIT
/*
 * The machine's own versions held against the portable ones.
 *
 * What is called by its plain name is whatever arch/X/lib and the boot-time patching made of it;
 * the __generic_ and _base forms are C. Both get the same blocks: every length up to some words,
 * odd and round lengths beyond, every alignment of a word, blocks that end at the last byte before
 * an unmapped page, and overlaps. Blocks lie between guard bytes, which have to survive.
 */

#include <kunit/test.h>

#include <linux/crc32.h>
#include <linux/crc32c.h>
#include <linux/gfp.h>
#include <linux/mm.h>
#include <linux/prandom.h>
#include <linux/string.h>
#include <linux/vmalloc.h>
#include <net/checksum.h>

#define SEED	20241122
#define ROOM	(3 * PAGE_SIZE)
#define GUARD	64

/* vmalloc()ed: behind the last byte of each is an unmapped page. */
static u8 *source, *mine, *theirs;

static int make_areas(struct kunit_suite *suite)
{
	struct rnd_state rnd;

	source = vmalloc(ROOM);
	mine = vmalloc(ROOM);
	theirs = vmalloc(ROOM);
	if (!source || !mine || !theirs)
		return -ENOMEM;
	prandom_seed_state(&rnd, SEED);
	prandom_bytes_state(&rnd, source, ROOM);
	return 0;
}

static void free_areas(struct kunit_suite *suite)
{
	vfree(source);
	vfree(mine);
	vfree(theirs);
}

/* Each length once: all short ones, then round ones and their neighbours. */
static size_t next_length(size_t len)
{
	if (len < 160)
		return len + 1;
	switch (len % 64) {
	case 63: case 0:
		return len + 1;
	default:
		return round_up(len + 1, 64) + (len > 600 ? 64 * 7 : 0) - 1;
	}
}

#define LONGEST		(PAGE_SIZE + 200)

/* The same area twice, different from the source everywhere. */
static void wash(size_t n)
{
	__generic_memset(mine, 0xa5, n);
	__generic_memset(theirs, 0xa5, n);
}

static bool areas_agree(size_t n)
{
	return !__generic_memcmp(mine, theirs, n);
}

/* --- Copies ----------------------------------------------------------------------------------- */

static void memcpy_agrees_at_all_lengths_and_alignments(struct kunit *test)
{
	size_t len, to, from;

	for (len = 0; len <= LONGEST; len = next_length(len)) {
		for (to = 0; to < 8; to++) {
			for (from = 0; from < 8; from += 1 + (len > 64)) {
				wash(len + 2 * GUARD);
				(memcpy)(mine + GUARD + to, source + from, len);
				__generic_memcpy(theirs + GUARD + to, source + from, len);
				if (!areas_agree(len + 2 * GUARD))
					KUNIT_FAIL_AND_ABORT(test, "len %zu to %zu from %zu", len,
							     to, from);
			}
		}
	}
}

static void memcpy_stops_at_an_unmapped_page(struct kunit *test)
{
	size_t len;

	for (len = 0; len <= LONGEST; len = next_length(len)) {
		wash(ROOM);
		KUNIT_EXPECT_PTR_EQ(test, (memcpy)(mine + ROOM - len, source + ROOM - len, len),
				    (void *)(mine + ROOM - len));
		__generic_memcpy(theirs + ROOM - len, source + ROOM - len, len);
		if (!areas_agree(ROOM))
			KUNIT_FAIL_AND_ABORT(test, "len %zu", len);
	}
}

/* Both areas start as the source; then a part moves by a distance within it. */
static void check_move(struct kunit *test, size_t from, ssize_t distance, size_t len)
{
	size_t used = 2 * GUARD + len + 512;

	__generic_memcpy(mine, source, used);
	__generic_memcpy(theirs, source, used);
	(memmove)(mine + from + distance, mine + from, len);
	__generic_memmove(theirs + from + distance, theirs + from, len);
	if (!areas_agree(used))
		KUNIT_FAIL_AND_ABORT(test, "len %zu from %zu by %zd", len, from, distance);
}

static void memmove_agrees_at_every_short_distance_downwards(struct kunit *test)
{
	size_t len;
	ssize_t distance;

	for (len = 0; len <= LONGEST; len = next_length(len))
		for (distance = -40; distance <= 0; distance += 1 + (len > 200) * 6)
			check_move(test, GUARD, distance, len);
}

static void memmove_agrees_at_every_short_distance_upwards(struct kunit *test)
{
	size_t len;
	ssize_t distance;

	for (len = 0; len <= LONGEST; len = next_length(len))
		for (distance = 1; distance <= 40; distance += 1 + (len > 200) * 6)
			check_move(test, GUARD, distance, len);
}

static void memmove_agrees_where_the_blocks_just_touch(struct kunit *test)
{
	size_t len;

	for (len = 1; len <= 300; len++) {
		check_move(test, GUARD, len, len);
		check_move(test, GUARD, len - 1, len);
		check_move(test, GUARD + len, -(ssize_t)len, len);
		check_move(test, GUARD + len, -(ssize_t)len + 1, len);
	}
}

static void memmove_at_an_unmapped_page_goes_both_ways(struct kunit *test)
{
	size_t len;

	for (len = 1; len <= 300; len++) {
		__generic_memcpy(mine, source, ROOM);
		__generic_memcpy(theirs, source, ROOM);
		(memmove)(mine + ROOM - len, mine + ROOM - len - 5, len);
		__generic_memmove(theirs + ROOM - len, theirs + ROOM - len - 5, len);
		(memmove)(mine + ROOM - 2 * len - 3, mine + ROOM - len, len);
		__generic_memmove(theirs + ROOM - 2 * len - 3, theirs + ROOM - len, len);
		if (!areas_agree(ROOM))
			KUNIT_FAIL_AND_ABORT(test, "len %zu", len);
	}
}

/* --- Fills ------------------------------------------------------------------------------------ */

static void fills_agree(struct kunit *test, int byte)
{
	size_t len, at;

	for (len = 0; len <= LONGEST; len = next_length(len)) {
		for (at = 0; at < 16; at += 1 + (len > 100) * 4) {
			wash(len + 2 * GUARD);
			KUNIT_EXPECT_PTR_EQ(test, (memset)(mine + GUARD + at, byte, len),
					    (void *)(mine + GUARD + at));
			__generic_memset(theirs + GUARD + at, byte, len);
			if (!areas_agree(len + 2 * GUARD))
				KUNIT_FAIL_AND_ABORT(test, "len %zu at %zu", len, at);
		}
	}
}

static void memset_to_zero_agrees(struct kunit *test)
{
	fills_agree(test, 0);
}

static void memset_uses_the_low_byte_of_its_value(struct kunit *test)
{
	fills_agree(test, 0x1c3);
}

static void memset_stops_at_an_unmapped_page(struct kunit *test)
{
	size_t len;

	for (len = 0; len <= LONGEST; len = next_length(len)) {
		wash(ROOM);
		(memset)(mine + ROOM - len, 0, len);
		__generic_memset(theirs + ROOM - len, 0, len);
		if (!areas_agree(ROOM))
			KUNIT_FAIL_AND_ABORT(test, "len %zu", len);
	}
}

static void clear_page_clears_one_page(struct kunit *test)
{
	wash(ROOM);
	clear_page(mine + PAGE_SIZE);
	__generic_clear_page(theirs + PAGE_SIZE);
	KUNIT_EXPECT_TRUE(test, areas_agree(ROOM));
}

static void copy_page_copies_one_page(struct kunit *test)
{
	wash(ROOM);
	copy_page(mine + PAGE_SIZE, source + PAGE_SIZE);
	__generic_copy_page(theirs + PAGE_SIZE, source + PAGE_SIZE);
	KUNIT_EXPECT_TRUE(test, areas_agree(ROOM));
}

/* --- Comparisons ------------------------------------------------------------------------------ */

static int sign(int x)
{
	return (x > 0) - (x < 0);
}

static bool orders_agree(const u8 *a, const u8 *b, size_t len)
{
	return sign((memcmp)(a, b, len)) == sign(__generic_memcmp(a, b, len));
}

/* A difference of one byte at each place; the answer depends on it alone. */
static void memcmp_finds_each_difference(struct kunit *test)
{
	size_t len, at, shift;

	for (len = 1; len <= 150; len++) {
		for (at = 0; at < len; at++) {
			for (shift = 0; shift < 8; shift += 3) {
				u8 *a = mine + ROOM - len, *b = theirs + shift;

				__generic_memcpy(a, source, len);
				__generic_memcpy(b, source, len);
				a[at] ^= 0x80;
				if (at + 1 < len)
					a[at + 1] ^= 0x41;	/* behind it: must not count */
				if (!orders_agree(a, b, len) || !orders_agree(b, a, len))
					KUNIT_FAIL_AND_ABORT(test, "len %zu at %zu shift %zu", len,
							     at, shift);
			}
		}
	}
}

static void memcmp_of_equal_blocks_is_zero_up_to_an_unmapped_page(struct kunit *test)
{
	size_t len;

	__generic_memcpy(mine, source, ROOM);
	for (len = 0; len <= LONGEST; len = next_length(len)) {
		KUNIT_EXPECT_EQ(test, (memcmp)(mine + ROOM - len, source + ROOM - len, len), 0);
		KUNIT_EXPECT_EQ(test, bcmp(mine + ROOM - len, source + ROOM - len, len), 0);
	}
}

static void memcmp_compares_bytes_as_unsigned(struct kunit *test)
{
	u8 low[16] = { [9] = 0x7f }, high[16] = { [9] = 0x80 };

	OPTIMIZER_HIDE_VAR(low[0]);
	KUNIT_EXPECT_LT(test, (memcmp)(low, high, 16), 0);
	KUNIT_EXPECT_GT(test, (memcmp)(high, low, 16), 0);
}

/* --- Strings ---------------------------------------------------------------------------------- */

/* Every byte value before the end, high ones too, at every alignment. */
static void strlen_agrees_at_all_lengths_and_alignments(struct kunit *test)
{
	size_t len, at;

	for (len = 0; len <= LONGEST; len = next_length(len)) {
		for (at = 0; at < 33; at += 1 + (len > 64) * 3) {
			char *s = (char *)mine + at;
			size_t i;

			for (i = 0; i < len; i++)
				s[i] = source[i] ?: 0x80;
			s[len] = '\0';
			s[len + 1] = 0x80;
			if ((strlen)(s) != len || __generic_strlen(s) != len)
				KUNIT_FAIL_AND_ABORT(test, "len %zu at %zu", len, at);
		}
	}
}

static void strlen_is_not_misled_by_bytes_near_zero(struct kunit *test)
{
	static const u8 near[] = { 0x01, 0x7f, 0x80, 0x81, 0xff };
	char *s = (char *)mine;
	size_t i, len;

	for (i = 0; i < ARRAY_SIZE(near); i++) {
		for (len = 0; len < 100; len++) {
			__generic_memset(s, near[i], 200);
			s[len] = '\0';
			if ((strlen)(s) != len)
				KUNIT_FAIL_AND_ABORT(test, "byte %#x len %zu", near[i], len);
		}
	}
}

static void strlen_ends_at_the_last_byte_before_an_unmapped_page(struct kunit *test)
{
	size_t len;

	__generic_memset(mine, 'x', ROOM);
	mine[ROOM - 1] = '\0';
	for (len = 0; len < 300; len++)
		KUNIT_EXPECT_EQ(test, (strlen)((char *)mine + ROOM - 1 - len), len);
}

/* --- Check sums ------------------------------------------------------------------------------- */

static void crc32_le_agrees_at_all_lengths_and_alignments(struct kunit *test)
{
	size_t len, at;

	for (len = 0; len <= LONGEST; len = next_length(len)) {
		for (at = 0; at < 16; at += 1 + (len > 100) * 4) {
			u32 seed = len * 0x9e3779b9u;

			if (crc32_le(seed, source + at, len) !=
			    crc32_le_base(seed, source + at, len))
				KUNIT_FAIL_AND_ABORT(test, "len %zu at %zu", len, at);
		}
	}
}

static void crc32_be_agrees_at_all_lengths_and_alignments(struct kunit *test)
{
	size_t len, at;

	for (len = 0; len <= LONGEST; len = next_length(len)) {
		for (at = 0; at < 16; at += 1 + (len > 100) * 4) {
			u32 seed = len * 0x9e3779b9u;

			if (crc32_be(seed, source + at, len) !=
			    crc32_be_base(seed, source + at, len))
				KUNIT_FAIL_AND_ABORT(test, "len %zu at %zu", len, at);
		}
	}
}

static void crc32c_agrees_at_all_lengths_and_alignments(struct kunit *test)
{
	size_t len, at;

	for (len = 0; len <= LONGEST; len = next_length(len)) {
		for (at = 0; at < 8; at++) {
			u32 seed = len * 0x9e3779b9u;

			if (crc32c(seed, source + at, len) !=
			    __generic_crc32c(seed, source + at, len))
				KUNIT_FAIL_AND_ABORT(test, "len %zu at %zu", len, at);
		}
	}
}

static void crcs_stop_at_an_unmapped_page(struct kunit *test)
{
	size_t len;

	for (len = 0; len <= LONGEST; len = next_length(len)) {
		const u8 *p = source + ROOM - len;

		KUNIT_EXPECT_EQ(test, crc32_le(~0, p, len), crc32_le_base(~0, p, len));
		KUNIT_EXPECT_EQ(test, crc32_be(~0, p, len), crc32_be_base(~0, p, len));
		KUNIT_EXPECT_EQ(test, crc32c(~0, p, len), __crc32c_le_base(~0, p, len));
	}
}

/* The two may differ in which of the two zeroes a sum is, and in how far it is folded. */
static void csum_partial_agrees_at_all_lengths_and_alignments(struct kunit *test)
{
	size_t len, at;

	for (len = 0; len <= LONGEST; len = next_length(len)) {
		for (at = 0; at < 9; at++) {
			__wsum seed = (__force __wsum)(u32)(len * 0x9e3779b9u);
			__sum16 fast = csum_fold(csum_partial(source + at, len, seed));
			__sum16 slow = csum_fold(__generic_csum_partial(source + at, len, seed));

			if (fast != slow)
				KUNIT_FAIL_AND_ABORT(test, "len %zu at %zu", len, at);
		}
	}
}

static void csum_partial_stops_at_an_unmapped_page(struct kunit *test)
{
	size_t len;

	for (len = 0; len <= LONGEST; len = next_length(len)) {
		const u8 *p = source + ROOM - len;

		KUNIT_EXPECT_EQ(test, (__force u16)csum_fold(csum_partial(p, len, 0)),
				(__force u16)csum_fold(__generic_csum_partial(p, len, 0)));
	}
}

/* In an interrupt the vector registers may be somebody's: the answer has to be the same. */
static void crc32_agrees_with_interrupts_off(struct kunit *test)
{
	unsigned long flags;
	u32 crc;

	local_irq_save(flags);
	crc = crc32_le(~0, source, PAGE_SIZE);
	local_irq_restore(flags);
	KUNIT_EXPECT_EQ(test, crc, crc32_le_base(~0, source, PAGE_SIZE));
	local_irq_save(flags);
	crc = crc32_be(~0, source, PAGE_SIZE);
	local_irq_restore(flags);
	KUNIT_EXPECT_EQ(test, crc, crc32_be_base(~0, source, PAGE_SIZE));
}

static struct kunit_case fastpath_cases[] = {
	KUNIT_CASE(memcpy_agrees_at_all_lengths_and_alignments),
	KUNIT_CASE(memcpy_stops_at_an_unmapped_page),
	KUNIT_CASE(memmove_agrees_at_every_short_distance_downwards),
	KUNIT_CASE(memmove_agrees_at_every_short_distance_upwards),
	KUNIT_CASE(memmove_agrees_where_the_blocks_just_touch),
	KUNIT_CASE(memmove_at_an_unmapped_page_goes_both_ways),
	KUNIT_CASE(memset_to_zero_agrees),
	KUNIT_CASE(memset_uses_the_low_byte_of_its_value),
	KUNIT_CASE(memset_stops_at_an_unmapped_page),
	KUNIT_CASE(clear_page_clears_one_page),
	KUNIT_CASE(copy_page_copies_one_page),
	KUNIT_CASE(memcmp_finds_each_difference),
	KUNIT_CASE(memcmp_of_equal_blocks_is_zero_up_to_an_unmapped_page),
	KUNIT_CASE(memcmp_compares_bytes_as_unsigned),
	KUNIT_CASE(strlen_agrees_at_all_lengths_and_alignments),
	KUNIT_CASE(strlen_is_not_misled_by_bytes_near_zero),
	KUNIT_CASE(strlen_ends_at_the_last_byte_before_an_unmapped_page),
	KUNIT_CASE(crc32_le_agrees_at_all_lengths_and_alignments),
	KUNIT_CASE(crc32_be_agrees_at_all_lengths_and_alignments),
	KUNIT_CASE(csum_partial_agrees_at_all_lengths_and_alignments),
	KUNIT_CASE(csum_partial_stops_at_an_unmapped_page),
	KUNIT_CASE(crc32c_agrees_at_all_lengths_and_alignments),
	KUNIT_CASE(crcs_stop_at_an_unmapped_page),
	KUNIT_CASE(crc32_agrees_with_interrupts_off),
	{}
};

static struct kunit_suite fastpath_suite = {
	.name = "fastpath",
	.suite_init = make_areas,
	.suite_exit = free_areas,
	.test_cases = fastpath_cases,
};
kunit_test_suite(fastpath_suite);

MODULE_LICENSE("MIT");
