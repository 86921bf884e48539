// SPDX-License-Identifier: MIT
/* Tests of <linux/bitmap.h>, <linux/find.h>, <linux/bitops.h> and <linux/cpumask.h>. */

#include <kunit/test.h>

#include <linux/bitmap.h>
#include <linux/bitops.h>
#include <linux/bits.h>
#include <linux/cpumask.h>
#include <linux/find.h>
#include <linux/prandom.h>
#include <linux/slab.h>
#include <linux/sprintf.h>

#define SEED	7
#define NBITS	200		/* not a multiple of a word */
#define WORDS	BITS_TO_LONGS(NBITS)

/* --- Single bits ------------------------------------------------------------------------------ */

static void atomic_bit_operations_change_one_bit(struct kunit *test)
{
	DECLARE_BITMAP(map, 192);
	long nr;

	for (nr = 0; nr < 192; nr += 7) {
		bitmap_zero(map, 192);
		set_bit(nr, map);
		KUNIT_EXPECT_TRUE(test, test_bit(nr, map));
		KUNIT_EXPECT_TRUE(test, test_bit_acquire(nr, map));
		KUNIT_EXPECT_EQ(test, bitmap_weight(map, 192), 1);
		KUNIT_EXPECT_TRUE(test, test_and_set_bit(nr, map));
		KUNIT_EXPECT_TRUE(test, test_and_clear_bit(nr, map));
		KUNIT_EXPECT_FALSE(test, test_and_clear_bit(nr, map));
		KUNIT_EXPECT_FALSE(test, test_and_set_bit(nr, map));
		change_bit(nr, map);
		KUNIT_EXPECT_FALSE(test, test_bit(nr, map));
		KUNIT_EXPECT_FALSE(test, test_and_change_bit(nr, map));
		KUNIT_EXPECT_TRUE(test, test_and_change_bit(nr, map));
		assign_bit(nr, map, 1);
		KUNIT_EXPECT_TRUE(test, test_bit(nr, map));
		clear_bit(nr, map);
		KUNIT_EXPECT_TRUE(test, bitmap_empty(map, 192));
	}
}

static void plain_bit_operations_change_one_bit(struct kunit *test)
{
	DECLARE_BITMAP(map, 192);
	long nr;

	for (nr = 0; nr < 192; nr += 7) {
		bitmap_zero(map, 192);
		___set_bit(nr, map);
		KUNIT_EXPECT_TRUE(test, _test_bit(nr, map));
		KUNIT_EXPECT_TRUE(test, _test_bit_acquire(nr, map));
		KUNIT_EXPECT_TRUE(test, ___test_and_set_bit(nr, map));
		KUNIT_EXPECT_TRUE(test, ___test_and_clear_bit(nr, map));
		KUNIT_EXPECT_FALSE(test, ___test_and_change_bit(nr, map));
		___change_bit(nr, map);
		KUNIT_EXPECT_FALSE(test, _test_bit(nr, map));
		__set_bit(nr, map);
		__change_bit(nr, map);
		__assign_bit(nr, map, true);
		KUNIT_EXPECT_EQ(test, bitmap_weight(map, 192), 1);
		___clear_bit(nr, map);
		KUNIT_EXPECT_TRUE(test, bitmap_empty(map, 192));
	}
}

static void bit_locks_take_and_release(struct kunit *test)
{
	unsigned long word = 0x80;

	KUNIT_EXPECT_FALSE(test, test_and_set_bit_lock(3, &word));
	KUNIT_EXPECT_TRUE(test, test_and_set_bit_lock(3, &word));
	clear_bit_unlock(3, &word);
	KUNIT_EXPECT_EQ(test, word, 0x80);
	KUNIT_EXPECT_FALSE(test, test_and_set_bit_lock(0, &word));
	__clear_bit_unlock(0, &word);
	KUNIT_EXPECT_EQ(test, word, 0x80);
	KUNIT_EXPECT_TRUE(test, xor_unlock_is_negative_byte(0x11, &word));
	KUNIT_EXPECT_EQ(test, word, 0x91);
	word = 0x11;
	KUNIT_EXPECT_FALSE(test, xor_unlock_is_negative_byte(0x01, &word));
	KUNIT_EXPECT_EQ(test, word, 0x10);
}

static void words_are_searched(struct kunit *test)
{
	int i;

	for (i = 0; i < 64; i++) {
		unsigned long bit = 1UL << i;

		KUNIT_EXPECT_EQ(test, __ffs(bit | 1UL << 63), i);
		KUNIT_EXPECT_EQ(test, __fls(bit | 1), i);
		KUNIT_EXPECT_EQ(test, ffz(~bit), i);
		KUNIT_EXPECT_EQ(test, fls64(bit), i + 1);
		KUNIT_EXPECT_EQ(test, fls_long(bit), i + 1);
		KUNIT_EXPECT_EQ(test, __ffs64(bit), i);
		KUNIT_EXPECT_EQ(test, fns(bit | 1UL << 63, 0), i);
		if (i < 32) {
			KUNIT_EXPECT_EQ(test, ffs(bit), i + 1);
			KUNIT_EXPECT_EQ(test, fls(bit), i + 1);
		}
	}
	KUNIT_EXPECT_EQ(test, ffs(0), 0);
	KUNIT_EXPECT_EQ(test, fls(0), 0);
	KUNIT_EXPECT_EQ(test, fls64(0), 0);
	KUNIT_EXPECT_EQ(test, fns(0x15, 1), 2);
	KUNIT_EXPECT_EQ(test, fns(0x15, 3), BITS_PER_LONG);
}

static void weights_are_counted(struct kunit *test)
{
	struct rnd_state rnd;
	int i, j;

	prandom_seed_state(&rnd, SEED);
	for (i = 0; i < 200; i++) {
		u64 v = (u64)prandom_u32_state(&rnd) << 32 | prandom_u32_state(&rnd);
		int n[4] = { };

		for (j = 0; j < 64; j++) {
			n[0] += j < 8 && v >> j & 1;
			n[1] += j < 16 && v >> j & 1;
			n[2] += j < 32 && v >> j & 1;
			n[3] += v >> j & 1;
		}
		KUNIT_EXPECT_EQ(test, hweight8(v & 0xff), n[0]);
		KUNIT_EXPECT_EQ(test, hweight16(v & 0xffff), n[1]);
		KUNIT_EXPECT_EQ(test, hweight32((u32)v), n[2]);
		KUNIT_EXPECT_EQ(test, hweight64(v), n[3]);
		KUNIT_EXPECT_EQ(test, hweight_long(v), n[3]);
	}
	KUNIT_EXPECT_EQ(test, HWEIGHT32(0xf0f0f0f0), 16);
}

static void rotations_and_sign_extension(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, rol32(0x80000001, 1), 3);
	KUNIT_EXPECT_EQ(test, ror32(3, 1), 0x80000001);
	KUNIT_EXPECT_EQ(test, rol32(5, 0), 5);
	KUNIT_EXPECT_EQ(test, rol64(1, 63), 1ull << 63);
	KUNIT_EXPECT_EQ(test, ror64(1, 1), 1ull << 63);
	KUNIT_EXPECT_EQ(test, rol16(0x8001, 1), 3);
	KUNIT_EXPECT_EQ(test, ror16(1, 1), 0x8000);
	KUNIT_EXPECT_EQ(test, rol8(0x81, 1), 3);
	KUNIT_EXPECT_EQ(test, ror8(1, 1), 0x80);
	KUNIT_EXPECT_EQ(test, sign_extend32(0xff, 7), -1);
	KUNIT_EXPECT_EQ(test, sign_extend32(0x7f, 7), 127);
	KUNIT_EXPECT_EQ(test, sign_extend64(0x80, 7), -128);
	KUNIT_EXPECT_EQ(test, get_count_order(5), 3);
	KUNIT_EXPECT_EQ(test, get_count_order(0), -1);
	KUNIT_EXPECT_EQ(test, get_count_order_long(1UL << 40), 40);
}

static void masks_are_exact(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, GENMASK(7, 4), 0xf0);
	KUNIT_EXPECT_EQ(test, GENMASK(63, 0), ~0UL);
	KUNIT_EXPECT_EQ(test, GENMASK(0, 0), 1);
	KUNIT_EXPECT_EQ(test, GENMASK_ULL(39, 21), 0x000000ffffe00000ull);
	KUNIT_EXPECT_EQ(test, BIT(5), 32);
	KUNIT_EXPECT_EQ(test, BIT_WORD(130), 2);
	KUNIT_EXPECT_EQ(test, BIT_MASK(130), 4);
}

static void words_change_by_masks(struct kunit *test)
{
	unsigned long w = 0xff;

	KUNIT_EXPECT_EQ(test, set_mask_bits(&w, 0xf0, 0x500), 0xff);
	KUNIT_EXPECT_EQ(test, w, 0x50f);
	KUNIT_EXPECT_TRUE(test, bit_clear_unless(&w, 0x500, 0x10));
	KUNIT_EXPECT_EQ(test, w, 0xf);
	KUNIT_EXPECT_FALSE(test, bit_clear_unless(&w, 0x1, 0x2));
	KUNIT_EXPECT_EQ(test, w, 0xf);
}

/* --- A naive model: one bool per bit ---------------------------------------------------------- */

struct model {
	bool bit[NBITS];
};

struct state {
	struct rnd_state rnd;
	struct model a, b, c;
	DECLARE_BITMAP(ma, NBITS);
	DECLARE_BITMAP(mb, NBITS);
	DECLARE_BITMAP(mc, NBITS);
	DECLARE_BITMAP(md, NBITS);
};

/* Random bits; the unused ones of the last word are garbage. */
static void randomize(struct state *s, struct model *model, unsigned long *map, u32 density)
{
	int i;

	prandom_bytes_state(&s->rnd, map, WORDS * sizeof(long));
	for (i = 0; i < NBITS; i++) {
		model->bit[i] = prandom_u32_state(&s->rnd) % 8 < density;
		__assign_bit(i, map, model->bit[i]);
	}
}

static struct state *make_state(struct kunit *test)
{
	struct state *s = kunit_kzalloc(test, sizeof(*s), GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, s);
	prandom_seed_state(&s->rnd, SEED);
	return s;
}

static void expect_bits(struct kunit *test, const unsigned long *map, const bool *want,
			unsigned int nbits)
{
	unsigned int i;

	for (i = 0; i < nbits; i++)
		KUNIT_ASSERT_EQ_MSG(test, test_bit(i, map), want[i], "bit %u of %u", i, nbits);
}

static void algebra_matches_the_model(struct kunit *test)
{
	struct state *s = make_state(test);
	struct model want;
	int round, i;

	for (round = 0; round < 60; round++) {
		unsigned int n = 1 + prandom_u32_state(&s->rnd) % NBITS;
		bool any = false, equal = true, meets = false, subset = true, or_equal = true;
		unsigned int weight = 0, weight_and = 0, weight_andnot = 0;

		randomize(s, &s->a, s->ma, round % 9);
		randomize(s, &s->b, s->mb, round % 7);
		randomize(s, &s->c, s->mc, 4);
		if (round % 5 == 0) {
			bitmap_copy(s->mb, s->ma, NBITS);
			s->b = s->a;
		}

		for (i = 0; i < n; i++) {
			bool a = s->a.bit[i], b = s->b.bit[i];

			any |= a && b;
			equal &= a == b;
			meets |= a && b;
			subset &= !a || b;
			or_equal &= (a || b) == s->c.bit[i];
			weight += a;
			weight_and += a && b;
			weight_andnot += a && !b;
		}
		KUNIT_EXPECT_EQ(test, bitmap_and(s->md, s->ma, s->mb, n), any);
		for (i = 0; i < n; i++)
			want.bit[i] = s->a.bit[i] && s->b.bit[i];
		expect_bits(test, s->md, want.bit, n);

		bitmap_or(s->md, s->ma, s->mb, n);
		for (i = 0; i < n; i++)
			want.bit[i] = s->a.bit[i] || s->b.bit[i];
		expect_bits(test, s->md, want.bit, n);
		KUNIT_EXPECT_TRUE(test, bitmap_or_equal(s->ma, s->mb, s->md, n));
		KUNIT_EXPECT_EQ(test, bitmap_or_equal(s->ma, s->mb, s->mc, n), or_equal);

		bitmap_xor(s->md, s->ma, s->mb, n);
		for (i = 0; i < n; i++)
			want.bit[i] = s->a.bit[i] != s->b.bit[i];
		expect_bits(test, s->md, want.bit, n);

		KUNIT_EXPECT_EQ(test, bitmap_andnot(s->md, s->ma, s->mb, n), weight_andnot != 0);
		for (i = 0; i < n; i++)
			want.bit[i] = s->a.bit[i] && !s->b.bit[i];
		expect_bits(test, s->md, want.bit, n);

		bitmap_complement(s->md, s->ma, n);
		for (i = 0; i < n; i++)
			want.bit[i] = !s->a.bit[i];
		expect_bits(test, s->md, want.bit, n);

		bitmap_replace(s->md, s->ma, s->mb, s->mc, n);
		for (i = 0; i < n; i++)
			want.bit[i] = s->c.bit[i] ? s->b.bit[i] : s->a.bit[i];
		expect_bits(test, s->md, want.bit, n);

		KUNIT_EXPECT_EQ(test, bitmap_equal(s->ma, s->mb, n), equal);
		KUNIT_EXPECT_EQ(test, bitmap_intersects(s->ma, s->mb, n), meets);
		KUNIT_EXPECT_EQ(test, bitmap_subset(s->ma, s->mb, n), subset);
		KUNIT_EXPECT_EQ(test, bitmap_weight(s->ma, n), weight);
		KUNIT_EXPECT_EQ(test, bitmap_weight_and(s->ma, s->mb, n), weight_and);
		KUNIT_EXPECT_EQ(test, bitmap_weight_andnot(s->ma, s->mb, n), weight_andnot);
		KUNIT_EXPECT_EQ(test, bitmap_empty(s->ma, n), weight == 0);
		KUNIT_EXPECT_EQ(test, bitmap_full(s->ma, n), weight == n);
	}
}

static void shifts_and_cuts_match_the_model(struct kunit *test)
{
	struct state *s = make_state(test);
	struct model want;
	int round, i;

	for (round = 0; round < 100; round++) {
		unsigned int n = 1 + prandom_u32_state(&s->rnd) % NBITS;
		unsigned int shift = prandom_u32_state(&s->rnd) % (n + 1);
		unsigned int first = prandom_u32_state(&s->rnd) % n;
		unsigned int cut = prandom_u32_state(&s->rnd) % (n - first + 1);

		randomize(s, &s->a, s->ma, 4);
		bitmap_shift_right(s->md, s->ma, shift, n);
		for (i = 0; i < n; i++)
			want.bit[i] = i + shift < n && s->a.bit[i + shift];
		expect_bits(test, s->md, want.bit, n);

		__bitmap_shift_left(s->md, s->ma, shift, n);
		for (i = 0; i < n; i++)
			want.bit[i] = i >= shift && s->a.bit[i - shift];
		expect_bits(test, s->md, want.bit, n);

		/* in place */
		bitmap_copy(s->md, s->ma, NBITS);
		bitmap_shift_left(s->md, s->md, shift, n);
		expect_bits(test, s->md, want.bit, n);
		bitmap_copy(s->md, s->ma, NBITS);
		__bitmap_shift_right(s->md, s->md, shift, n);

		bitmap_cut(s->md, s->ma, first, cut, n);
		for (i = 0; i < n; i++)
			want.bit[i] = i < first ? s->a.bit[i] : i + cut < n && s->a.bit[i + cut];
		expect_bits(test, s->md, want.bit, n);
		bitmap_copy(s->md, s->ma, NBITS);
		bitmap_cut(s->md, s->md, first, cut, n);
		expect_bits(test, s->md, want.bit, n);
	}
}

static void bitmap_cut_gives_the_documented_words(struct kunit *test)
{
	/* as words of 32 bits */
	unsigned long in[1] = { 0x80c1721580c1f215ul };
	unsigned long out[1];
	u32 words[2];

	bitmap_from_arr32(in, ((u32[]) { 0x80c1f215, 0x80c17215 }), 64);
	bitmap_cut(out, in, 14, 3, 64);
	bitmap_to_arr32(words, out, 64);
	KUNIT_EXPECT_EQ(test, words[0], 0xb0183215);
	KUNIT_EXPECT_EQ(test, words[1], 0x10182e42);
}

static void ranges_touch_exactly_their_bits(struct kunit *test)
{
	struct state *s = make_state(test);
	int round, i;

	for (round = 0; round < 200; round++) {
		unsigned int start = prandom_u32_state(&s->rnd) % NBITS;
		unsigned int len = prandom_u32_state(&s->rnd) % (NBITS - start + 1);

		randomize(s, &s->a, s->ma, 4);
		if (round & 1)
			bitmap_set(s->ma, start, len);
		else
			bitmap_clear(s->ma, start, len);
		for (i = start; i < start + len; i++)
			s->a.bit[i] = round & 1;
		expect_bits(test, s->ma, s->a.bit, NBITS);
	}
	bitmap_zero(s->ma, NBITS);
	KUNIT_EXPECT_TRUE(test, mem_is_zero(s->ma, WORDS * sizeof(long)));
	bitmap_fill(s->ma, NBITS);
	KUNIT_EXPECT_EQ(test, s->ma[WORDS - 1], ~0UL);
}

static void numbers_are_read_and_written_anywhere(struct kunit *test)
{
	struct state *s = make_state(test);
	int round, i;

	for (round = 0; round < 200; round++) {
		unsigned int width = 1 + prandom_u32_state(&s->rnd) % BITS_PER_LONG;
		unsigned int start = prandom_u32_state(&s->rnd) % (NBITS - width + 1);
		unsigned long value = (unsigned long)prandom_u32_state(&s->rnd) << 32 |
				      prandom_u32_state(&s->rnd);

		randomize(s, &s->a, s->ma, 4);
		bitmap_write(s->ma, value, start, width);
		for (i = 0; i < width; i++)
			s->a.bit[start + i] = value >> i & 1;
		expect_bits(test, s->ma, s->a.bit, NBITS);
		KUNIT_ASSERT_EQ(test, bitmap_read(s->ma, start, width),
				value & BITMAP_LAST_WORD_MASK(width));
	}
	bitmap_copy(s->mb, s->ma, NBITS);
	bitmap_write(s->ma, ~0UL, 3, 0);
	KUNIT_EXPECT_TRUE(test, bitmap_equal(s->ma, s->mb, NBITS));
	bitmap_set_value8(s->ma, 0xa5, 60);
	KUNIT_EXPECT_EQ(test, bitmap_get_value8(s->ma, 60), 0xa5);
}

static void searches_match_the_model(struct kunit *test)
{
	struct state *s = make_state(test);
	int round;

	for (round = 0; round < 40; round++) {
		unsigned long n = 1 + prandom_u32_state(&s->rnd) % NBITS;
		unsigned long from, i, nth = 0, nth_and = 0, last = n;

		randomize(s, &s->a, s->ma, round % 9);
		randomize(s, &s->b, s->mb, round % 8);
		for (from = 0; from <= n; from += 1 + round % 3) {
			unsigned long next = n, zero = n, both = n, andnot = n, either = n;

			for (i = n; i-- > from; ) {
				bool a = s->a.bit[i], b = s->b.bit[i];

				next = a ? i : next;
				zero = !a ? i : zero;
				both = a && b ? i : both;
				andnot = a && !b ? i : andnot;
				either = a || b ? i : either;
			}
			KUNIT_ASSERT_EQ(test, find_next_bit(s->ma, n, from), next);
			KUNIT_ASSERT_EQ(test, find_next_zero_bit(s->ma, n, from), zero);
			KUNIT_ASSERT_EQ(test, find_next_and_bit(s->ma, s->mb, n, from), both);
			KUNIT_ASSERT_EQ(test, find_next_andnot_bit(s->ma, s->mb, n, from), andnot);
			KUNIT_ASSERT_EQ(test, find_next_or_bit(s->ma, s->mb, n, from), either);
			if (from == 0) {
				KUNIT_ASSERT_EQ(test, find_first_bit(s->ma, n), next);
				KUNIT_ASSERT_EQ(test, find_first_zero_bit(s->ma, n), zero);
				KUNIT_ASSERT_EQ(test, find_first_and_bit(s->ma, s->mb, n), both);
				KUNIT_ASSERT_EQ(test, find_first_andnot_bit(s->ma, s->mb, n),
						andnot);
				KUNIT_ASSERT_EQ(test, both,
						find_first_and_and_bit(s->ma, s->mb, s->mb, n));
			}
		}
		for (i = 0; i < n; i++) {
			if (s->a.bit[i]) {
				last = i;
				KUNIT_ASSERT_EQ(test, find_nth_bit(s->ma, n, nth++), i);
				KUNIT_ASSERT_EQ(test, bitmap_pos_to_ord(s->ma, i, n), nth - 1);
			} else {
				KUNIT_ASSERT_EQ(test, bitmap_pos_to_ord(s->ma, i, n), -1);
			}
			if (s->a.bit[i] && s->b.bit[i])
				KUNIT_ASSERT_EQ(test, find_nth_and_bit(s->ma, s->mb, n, nth_and++),
						i);
		}
		KUNIT_ASSERT_EQ(test, find_last_bit(s->ma, n), last);
		KUNIT_ASSERT_GE(test, find_nth_bit(s->ma, n, nth), n);
		KUNIT_ASSERT_EQ(test, bitmap_pos_to_ord(s->ma, n, n), -1);
	}
}

static void walks_visit_every_bit_and_run(struct kunit *test)
{
	DECLARE_BITMAP(map, 100);
	unsigned int b, e, sum = 0, runs = 0, bit;
	unsigned long start, clump;

	bitmap_zero(map, 100);
	bitmap_set(map, 0, 3);
	bitmap_set(map, 60, 10);
	__set_bit(99, map);
	for_each_set_bit(bit, map, 100)
		sum += bit;
	KUNIT_EXPECT_EQ(test, sum, 0 + 1 + 2 + 645 + 99);
	for_each_set_bitrange(b, e, map, 100)
		runs = runs * 1000 + b + e;
	KUNIT_EXPECT_EQ(test, runs, 3 * 1000000 + 130 * 1000 + 199);
	runs = 0;
	for_each_clear_bitrange(b, e, map, 100)
		runs = runs * 1000 + b + e;
	KUNIT_EXPECT_EQ(test, runs, 63 * 1000 + 169);
	sum = 0;
	for_each_set_bit_wrap(bit, map, 100, 65)
		sum = sum * 3 + bit;
	b = 0;
	for (bit = 65; bit < 70; bit++)
		b = b * 3 + bit;
	b = b * 3 + 99;
	for (bit = 0; bit < 65; bit++)
		if (test_bit(bit, map))
			b = b * 3 + bit;
	KUNIT_EXPECT_EQ(test, sum, b);
	sum = 0;
	for_each_set_clump8(start, clump, map, 100)
		sum++;
	KUNIT_EXPECT_EQ(test, sum, 4);
	sum = 0;
	for_each_clear_bit(bit, map, 100)
		sum++;
	KUNIT_EXPECT_EQ(test, sum, 86);
}

/* --- Maps ------------------------------------------------------------------------------------- */

static void list_to_map(struct kunit *test, unsigned long *map, const char *list)
{
	KUNIT_ASSERT_EQ_MSG(test, bitmap_parselist(list, map, 256), 0, "\"%s\"", list);
}

static void expect_map(struct kunit *test, const unsigned long *map, const char *list)
{
	char buf[128];

	snprintf(buf, sizeof(buf), "%256pbl", map);
	KUNIT_EXPECT_STREQ(test, buf, list);
}

static void bitmap_remap_moves_as_documented(struct kunit *test)
{
	DECLARE_BITMAP(old, 256);
	DECLARE_BITMAP(new, 256);
	DECLARE_BITMAP(src, 256);
	DECLARE_BITMAP(dst, 256);

	list_to_map(test, old, "4-7");
	list_to_map(test, new, "12-15");
	list_to_map(test, src, "1,5,7");
	bitmap_remap(dst, src, old, new, 256);
	expect_map(test, dst, "1,13,15");
	KUNIT_EXPECT_EQ(test, bitmap_bitremap(5, old, new, 256), 13);
	KUNIT_EXPECT_EQ(test, bitmap_bitremap(1, old, new, 256), 1);
	KUNIT_EXPECT_EQ(test, bitmap_pos_to_ord(old, 7, 256), 3);
	bitmap_zero(new, 256);
	bitmap_remap(dst, src, old, new, 256);
	expect_map(test, dst, "1,5,7");
}

static void bitmap_onto_and_fold_give_the_documented_sets(struct kunit *test)
{
	static const char relmap_text[] = "40-43,45,48,53,61,74,95";
	static const struct { const char *orig, *folded; } cases[] = {
		{ "0", "40" }, { "1", "41" }, { "9", "95" }, { "10", "40" },
		{ "1,3,5,7", "41,43,48,61" }, { "0-4", "40-43,45" },
		{ "0,9,18,27", "40,61,74,95" }, { "0,10,20,30", "40" },
		{ "0,11,22,33", "40-43" }, { "0,12,24,36", "40,42,45,53" },
		{ "78,102,211", "41-42,74" },
	};
	DECLARE_BITMAP(relmap, 256);
	DECLARE_BITMAP(orig, 256);
	DECLARE_BITMAP(tmp, 256);
	DECLARE_BITMAP(dst, 256);
	int i;

	list_to_map(test, relmap, "30-39");
	list_to_map(test, orig, "1,3,5,7,9,11");
	bitmap_onto(dst, orig, relmap, 256);
	expect_map(test, dst, "31,33,35,37,39");

	list_to_map(test, relmap, relmap_text);
	for (i = 0; i < ARRAY_SIZE(cases); i++) {
		list_to_map(test, orig, cases[i].orig);
		bitmap_fold(tmp, orig, bitmap_weight(relmap, 256), 256);
		bitmap_onto(dst, tmp, relmap, 256);
		expect_map(test, dst, cases[i].folded);
	}
	list_to_map(test, orig, "10");
	bitmap_onto(dst, orig, relmap, 256);
	expect_map(test, dst, "");
	list_to_map(test, orig, "78,102,211");
	bitmap_onto(dst, orig, relmap, 256);
	expect_map(test, dst, "");
}

static void scatter_and_gather_are_inverse(struct kunit *test)
{
	unsigned long src = 0x005a, mask = 0x1313, dst = 0, back = 0;

	bitmap_scatter(&dst, &src, &mask, 16);
	KUNIT_EXPECT_EQ(test, dst, 0x0302);
	bitmap_gather(&back, &dst, &mask, 16);
	KUNIT_EXPECT_EQ(test, back, 0x001a);
	bitmap_scatter(&dst, &back, &mask, 16);
	KUNIT_EXPECT_EQ(test, dst, 0x0302);
}

static void regions_are_found_and_released(struct kunit *test)
{
	DECLARE_BITMAP(map, 256);

	bitmap_zero(map, 256);
	KUNIT_EXPECT_EQ(test, bitmap_allocate_region(map, 4, 2), 0);
	KUNIT_EXPECT_EQ(test, bitmap_allocate_region(map, 0, 3), -EBUSY);
	KUNIT_EXPECT_EQ(test, bitmap_find_free_region(map, 256, 2), 0);
	KUNIT_EXPECT_EQ(test, bitmap_find_free_region(map, 256, 3), 8);
	KUNIT_EXPECT_EQ(test, bitmap_find_free_region(map, 256, 8), -ENOMEM);
	bitmap_release_region(map, 0, 2);
	bitmap_release_region(map, 4, 2);
	bitmap_release_region(map, 8, 3);
	KUNIT_EXPECT_TRUE(test, bitmap_empty(map, 256));
	KUNIT_EXPECT_EQ(test, bitmap_find_free_region(map, 256, 8), 0);

	bitmap_zero(map, 256);
	bitmap_set(map, 0, 10);
	KUNIT_EXPECT_EQ(test, bitmap_find_next_zero_area(map, 256, 0, 4, 0), 10);
	KUNIT_EXPECT_EQ(test, bitmap_find_next_zero_area(map, 256, 0, 4, 7), 16);
	KUNIT_EXPECT_EQ(test, bitmap_find_next_zero_area_off(map, 256, 0, 4, 7, 3), 13);
	KUNIT_EXPECT_GT(test, bitmap_find_next_zero_area(map, 256, 250, 10, 0), 256);
}

static void arrays_convert_and_clear_the_tail(struct kunit *test)
{
	DECLARE_BITMAP(map, 128);
	DECLARE_BITMAP(from_u64, 64) = { BITMAP_FROM_U64(0x123456789abcdef0ull) };
	u32 a32[4] = { 0x11111111, 0x22222222, 0x33333333, 0x44444444 }, b32[4];
	u64 a64[2] = { 0x2222222211111111ull, 0x4444444433333333ull }, b64[2];

	bitmap_from_arr32(map, a32, 100);
	KUNIT_EXPECT_EQ(test, map[0], 0x2222222211111111ull);
	KUNIT_EXPECT_EQ(test, map[1], 0x433333333ull);
	bitmap_to_arr32(b32, map, 90);
	KUNIT_EXPECT_EQ(test, b32[2], 0x03333333);
	bitmap_from_arr64(map, a64, 100);
	KUNIT_EXPECT_EQ(test, map[1], 0x433333333ull);
	bitmap_to_arr64(b64, map, 90);
	KUNIT_EXPECT_EQ(test, b64[1], 0x03333333);
	bitmap_from_u64(map, 0x123456789abcdef0ull);
	KUNIT_EXPECT_TRUE(test, bitmap_equal(map, from_u64, 64));
}

/* --- Text ------------------------------------------------------------------------------------- */

static void masks_are_parsed(struct kunit *test)
{
	static const struct { const char *text; int ret; const char *list; } cases[] = {
		{ "0", 0, "" }, { "1", 0, "0" }, { "ff", 0, "0-7" }, { "", 0, "" },
		{ "deadbeef", 0, "0-3,5-7,9-13,15-16,18-19,21,23,25-28,30-31" },
		{ "1,00000000", 0, "32" }, { "1,0", 0, "32" }, { " 1, 0 \n", 0, "32" },
		{ "80000000,00000000,00000000,00000000,00000000,00000000,00000000,00000000", 0,
		  "255" },
		{ "1,00000000,00000000,00000000,00000000,00000000,00000000,00000000,00000000",
		  -EOVERFLOW, "" },
		{ "123456789", -EOVERFLOW, "" }, { "g", -EINVAL, "" }, { "0x1", -EINVAL, "" },
	};
	DECLARE_BITMAP(map, 256);
	int i;

	for (i = 0; i < ARRAY_SIZE(cases); i++) {
		int ret = bitmap_parse(cases[i].text, UINT_MAX, map, 256);

		KUNIT_EXPECT_EQ_MSG(test, ret, cases[i].ret, "\"%s\"", cases[i].text);
		if (!ret)
			expect_map(test, map, cases[i].list);
	}
	KUNIT_EXPECT_EQ(test, bitmap_parse("3", UINT_MAX, map, 1), -EOVERFLOW);
	KUNIT_EXPECT_EQ(test, bitmap_parse("123", 2, map, 8), 0);
	KUNIT_EXPECT_EQ(test, map[0] & 0xff, 0x12);
}

static void lists_are_parsed(struct kunit *test)
{
	static const struct { const char *text; int ret; const char *list; } cases[] = {
		{ "", 0, "" }, { "\n", 0, "" }, { "0", 0, "0" }, { "0-3,7", 0, "0-3,7" },
		{ " 1 , 2\n", 0, "1-2" }, { "1,,3", 0, "1,3" }, { "255", 0, "255" },
		{ "0-15:2/8", 0, "0-1,8-9" }, { "all:1/64", 0, "0,64,128,192" },
		{ "all", 0, "0-255" }, { "N", 0, "255" }, { "250-N", 0, "250-255" },
		{ "0-3:0/2", 0, "" },
		{ "3-1", -EINVAL, "" }, { "1-", -EINVAL, "" }, { "-1", -EINVAL, "" },
		{ "a", -EINVAL, "" }, { "1-3:", -EINVAL, "" }, { "1-3:3/2", -EINVAL, "" },
		{ "1-3:1/0", -EINVAL, "" }, { "1-3x", -EINVAL, "" }, { "256", -ERANGE, "" },
		{ "0-256", -ERANGE, "" }, { "4294967296", -EOVERFLOW, "" },
		{ "0-7:1/4294967295", 0, "0" },
	};
	DECLARE_BITMAP(map, 256);
	int i;

	for (i = 0; i < ARRAY_SIZE(cases); i++) {
		int ret = bitmap_parselist(cases[i].text, map, 256);

		KUNIT_EXPECT_EQ_MSG(test, ret, cases[i].ret, "\"%s\"", cases[i].text);
		if (!ret)
			expect_map(test, map, cases[i].list);
	}
}

static void text_from_bad_user_addresses_faults(struct kunit *test)
{
	const char __user *bad = (const char __user *)test;
	unsigned long map;

	KUNIT_EXPECT_EQ(test, bitmap_parse_user(bad, 4, &map, 8), -EFAULT);
	KUNIT_EXPECT_EQ(test, bitmap_parselist_user(bad, 4, &map, 8), -EFAULT);
}

static void bitmaps_print_into_pages(struct kunit *test)
{
	char *page = (char *)__get_free_page(GFP_KERNEL);
	unsigned long map = 0x8f;
	char part[8];

	KUNIT_ASSERT_NOT_NULL(test, page);
	KUNIT_EXPECT_EQ(test, bitmap_print_to_pagebuf(true, page, &map, 8), 6);
	KUNIT_EXPECT_STREQ(test, page, "0-3,7\n");
	KUNIT_EXPECT_EQ(test, bitmap_print_to_pagebuf(false, page, &map, 8), 3);
	KUNIT_EXPECT_STREQ(test, page, "8f\n");
	KUNIT_EXPECT_EQ(test, bitmap_print_list_to_buf(part, &map, 8, 2, 3), 3);
	KUNIT_EXPECT_MEMEQ(test, part, "3,7", 3);
	KUNIT_EXPECT_EQ(test, bitmap_print_bitmask_to_buf(part, &map, 8, 0, 2), 2);
	free_page((unsigned long)page);
}

static void bitmaps_are_allocated_zeroed(struct kunit *test)
{
	unsigned long *map = bitmap_zalloc(1000, GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, map);
	KUNIT_EXPECT_TRUE(test, bitmap_empty(map, 1000));
	bitmap_free(map);
	bitmap_free(NULL);
}

/* --- CPU masks -------------------------------------------------------------------------------- */

static void single_cpu_masks_have_one_cpu(struct kunit *test)
{
	unsigned int cpu;

	for (cpu = 0; cpu < nr_cpu_ids; cpu++) {
		KUNIT_EXPECT_EQ(test, cpumask_weight(cpumask_of(cpu)), 1);
		KUNIT_EXPECT_EQ(test, cpumask_first(cpumask_of(cpu)), cpu);
	}
	KUNIT_EXPECT_TRUE(test, cpumask_empty(cpu_none_mask));
	KUNIT_EXPECT_TRUE(test, cpumask_full(cpu_all_mask));
}

static void cpu_masks_wrap(struct kunit *test)
{
	cpumask_t mask = CPU_MASK_NONE;
	unsigned int cpu, n = 0, last;

	cpumask_copy(&mask, cpu_possible_mask);
	last = cpumask_last(&mask);
	for_each_cpu_wrap(cpu, &mask, last)
		n++;
	KUNIT_EXPECT_EQ(test, n, cpumask_weight(&mask));
	KUNIT_EXPECT_EQ(test, cpumask_any_but(&mask, 0), cpumask_next(0, &mask));
	KUNIT_EXPECT_EQ(test, cpumask_nth(0, &mask), 0);
	n = 0;
	for (cpu = cpumask_next_wrap(last - 1, &mask, last, false); cpu < nr_cpumask_bits;
	     cpu = cpumask_next_wrap(cpu, &mask, last, true))
		n++;
	KUNIT_EXPECT_EQ(test, n, cpumask_weight(&mask));
}

static struct kunit_case bitops_cases[] = {
	KUNIT_CASE(atomic_bit_operations_change_one_bit),
	KUNIT_CASE(plain_bit_operations_change_one_bit),
	KUNIT_CASE(bit_locks_take_and_release),
	KUNIT_CASE(words_are_searched),
	KUNIT_CASE(weights_are_counted),
	KUNIT_CASE(rotations_and_sign_extension),
	KUNIT_CASE(masks_are_exact),
	KUNIT_CASE(words_change_by_masks),
	{}
};

static struct kunit_case bitmap_cases[] = {
	KUNIT_CASE(algebra_matches_the_model),
	KUNIT_CASE(shifts_and_cuts_match_the_model),
	KUNIT_CASE(bitmap_cut_gives_the_documented_words),
	KUNIT_CASE(ranges_touch_exactly_their_bits),
	KUNIT_CASE(numbers_are_read_and_written_anywhere),
	KUNIT_CASE(searches_match_the_model),
	KUNIT_CASE(walks_visit_every_bit_and_run),
	KUNIT_CASE(bitmap_remap_moves_as_documented),
	KUNIT_CASE(bitmap_onto_and_fold_give_the_documented_sets),
	KUNIT_CASE(scatter_and_gather_are_inverse),
	KUNIT_CASE(regions_are_found_and_released),
	KUNIT_CASE(arrays_convert_and_clear_the_tail),
	KUNIT_CASE(masks_are_parsed),
	KUNIT_CASE(lists_are_parsed),
	KUNIT_CASE(text_from_bad_user_addresses_faults),
	KUNIT_CASE(bitmaps_print_into_pages),
	KUNIT_CASE(bitmaps_are_allocated_zeroed),
	KUNIT_CASE(single_cpu_masks_have_one_cpu),
	KUNIT_CASE(cpu_masks_wrap),
	{}
};

static struct kunit_suite bitops_suite = { .name = "bitops", .test_cases = bitops_cases };
static struct kunit_suite bitmap_suite = { .name = "bitmap", .test_cases = bitmap_cases };
kunit_test_suites(&bitops_suite, &bitmap_suite);
