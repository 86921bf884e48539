// SPDX-License-Identifier: MIT
/*
 * Bitmaps of more than one word: algebra, shifts, maps between bitmaps, conversions.
 *
 * The rules are in <linux/bitmap.h>: unused bits of the last word are "don't care", results that
 * are booleans or numbers never depend on them. Nothing here locks; only the allocation may sleep.
 */

#include <linux/bitmap.h>

#include <linux/bitops.h>
#include <linux/bug.h>
#include <linux/export.h>
#include <linux/kernel.h>
#include <linux/slab.h>
#include <linux/string.h>

/* --- Algebra ---------------------------------------------------------------------------------- */

/*
 * The words that two bitmaps' operation gives: whole ones, then the part of a last one that is in
 * use. @visit is a statement about `word`.
 */
#define for_each_word(k, nbits, visit) do {					\
	unsigned int __whole = (nbits) / BITS_PER_LONG;				\
	for (k = 0; k < __whole; k++) {						\
		const unsigned long mask = ~0UL;				\
		visit;								\
	}									\
	if ((nbits) % BITS_PER_LONG) {						\
		const unsigned long mask = BITMAP_LAST_WORD_MASK(nbits);	\
		visit;								\
	}									\
} while (0)

/** __bitmap_equal() - are the first @nbits bits of two bitmaps the same? */
bool __bitmap_equal(const unsigned long *bitmap1, const unsigned long *bitmap2,
		    unsigned int nbits)
{
	unsigned int k;

	for_each_word(k, nbits, if ((bitmap1[k] ^ bitmap2[k]) & mask) return false);
	return true;
}
EXPORT_SYMBOL(__bitmap_equal);

/** __bitmap_or_equal() - is @src1 | @src2 the same as @src3, in the first @nbits bits? */
bool __bitmap_or_equal(const unsigned long *src1, const unsigned long *src2,
		       const unsigned long *src3, unsigned int nbits)
{
	unsigned int k;

	for_each_word(k, nbits, if (((src1[k] | src2[k]) ^ src3[k]) & mask) return false);
	return true;
}
EXPORT_SYMBOL(__bitmap_or_equal);

/** __bitmap_intersects() - is a bit below @nbits set in both bitmaps? */
bool __bitmap_intersects(const unsigned long *bitmap1, const unsigned long *bitmap2,
			 unsigned int nbits)
{
	unsigned int k;

	for_each_word(k, nbits, if (bitmap1[k] & bitmap2[k] & mask) return true);
	return false;
}
EXPORT_SYMBOL(__bitmap_intersects);

/** __bitmap_subset() - is each bit below @nbits that @bitmap1 has set in @bitmap2 too? */
bool __bitmap_subset(const unsigned long *bitmap1, const unsigned long *bitmap2,
		     unsigned int nbits)
{
	unsigned int k;

	for_each_word(k, nbits, if (bitmap1[k] & ~bitmap2[k] & mask) return false);
	return true;
}
EXPORT_SYMBOL(__bitmap_subset);

/**
 * __bitmap_and() - @dst = @bitmap1 & @bitmap2
 * @dst: may be one of the sources; the unused bits of its last word become 0
 * @bitmap1: a source
 * @bitmap2: the other
 * @nbits: size of each, in bits
 *
 * Return: is a bit of the result set?
 */
bool __bitmap_and(unsigned long *dst, const unsigned long *bitmap1,
		  const unsigned long *bitmap2, unsigned int nbits)
{
	unsigned long any = 0;
	unsigned int k;

	for_each_word(k, nbits, any |= (dst[k] = bitmap1[k] & bitmap2[k] & mask));
	return any != 0;
}
EXPORT_SYMBOL(__bitmap_and);

/**
 * __bitmap_andnot() - @dst = @bitmap1 & ~@bitmap2
 * @dst: may be one of the sources; the unused bits of its last word become 0
 * @bitmap1: what to take bits of
 * @bitmap2: those to leave out
 * @nbits: size of each, in bits
 *
 * Return: is a bit of the result set?
 */
bool __bitmap_andnot(unsigned long *dst, const unsigned long *bitmap1,
		     const unsigned long *bitmap2, unsigned int nbits)
{
	unsigned long any = 0;
	unsigned int k;

	for_each_word(k, nbits, any |= (dst[k] = bitmap1[k] & ~bitmap2[k] & mask));
	return any != 0;
}
EXPORT_SYMBOL(__bitmap_andnot);

/** __bitmap_complement() - @dst = ~@src; in whole words, so unused bits change too */
void __bitmap_complement(unsigned long *dst, const unsigned long *src, unsigned int nbits)
{
	unsigned int k;

	for (k = 0; k < BITS_TO_LONGS(nbits); k++)
		dst[k] = ~src[k];
}
EXPORT_SYMBOL(__bitmap_complement);

/** __bitmap_or() - @dst = @bitmap1 | @bitmap2; in whole words */
void __bitmap_or(unsigned long *dst, const unsigned long *bitmap1,
		 const unsigned long *bitmap2, unsigned int nbits)
{
	unsigned int k;

	for (k = 0; k < BITS_TO_LONGS(nbits); k++)
		dst[k] = bitmap1[k] | bitmap2[k];
}
EXPORT_SYMBOL(__bitmap_or);

/** __bitmap_xor() - @dst = @bitmap1 ^ @bitmap2; in whole words */
void __bitmap_xor(unsigned long *dst, const unsigned long *bitmap1,
		  const unsigned long *bitmap2, unsigned int nbits)
{
	unsigned int k;

	for (k = 0; k < BITS_TO_LONGS(nbits); k++)
		dst[k] = bitmap1[k] ^ bitmap2[k];
}
EXPORT_SYMBOL(__bitmap_xor);

/**
 * __bitmap_replace() - @dst takes the bits of @new where @mask has a one, and those of @old
 * elsewhere
 * @dst: may be any of the others
 * @old: used where @mask is 0
 * @new: used where @mask is 1
 * @mask: chooses
 * @nbits: size of each, in bits; handled in whole words
 */
void __bitmap_replace(unsigned long *dst, const unsigned long *old, const unsigned long *new,
		      const unsigned long *mask, unsigned int nbits)
{
	unsigned int k;

	for (k = 0; k < BITS_TO_LONGS(nbits); k++)
		dst[k] = (old[k] & ~mask[k]) | (new[k] & mask[k]);
}
EXPORT_SYMBOL(__bitmap_replace);

/** __bitmap_weight() - how many of the first @nbits bits are set? */
unsigned int __bitmap_weight(const unsigned long *bitmap, unsigned int nbits)
{
	unsigned int k, weight = 0;

	for_each_word(k, nbits, weight += hweight_long(bitmap[k] & mask));
	return weight;
}
EXPORT_SYMBOL(__bitmap_weight);

/** __bitmap_weight_and() - how many bits below @nbits are set in both bitmaps? */
unsigned int __bitmap_weight_and(const unsigned long *bitmap1, const unsigned long *bitmap2,
				 unsigned int nbits)
{
	unsigned int k, weight = 0;

	for_each_word(k, nbits, weight += hweight_long(bitmap1[k] & bitmap2[k] & mask));
	return weight;
}
EXPORT_SYMBOL(__bitmap_weight_and);

/** __bitmap_weight_andnot() - how many bits below @nbits does @bitmap1 have that @bitmap2 lacks? */
unsigned int __bitmap_weight_andnot(const unsigned long *bitmap1, const unsigned long *bitmap2,
				    unsigned int nbits)
{
	unsigned int k, weight = 0;

	for_each_word(k, nbits, weight += hweight_long(bitmap1[k] & ~bitmap2[k] & mask));
	return weight;
}
EXPORT_SYMBOL(__bitmap_weight_andnot);

/* The bits of the word at @word that belong to [start, end). */
static unsigned long range_mask(unsigned int word, unsigned int start, unsigned int end)
{
	unsigned long mask = ~0UL;

	/* an end at a word's beginning has no bits there, and the loops don't reach that word */
	if (word == start / BITS_PER_LONG)
		mask &= BITMAP_FIRST_WORD_MASK(start);
	if (word == end / BITS_PER_LONG)
		mask &= BITMAP_LAST_WORD_MASK(end);
	return mask;
}

/** __bitmap_set() - set @len bits from bit @start on, and touch no other */
void __bitmap_set(unsigned long *map, unsigned int start, int len)
{
	unsigned int end = start + len;
	unsigned int k;

	for (k = start / BITS_PER_LONG; k * BITS_PER_LONG < end; k++)
		map[k] |= range_mask(k, start, end);
}
EXPORT_SYMBOL(__bitmap_set);

/** __bitmap_clear() - clear @len bits from bit @start on, and touch no other */
void __bitmap_clear(unsigned long *map, unsigned int start, int len)
{
	unsigned int end = start + len;
	unsigned int k;

	for (k = start / BITS_PER_LONG; k * BITS_PER_LONG < end; k++)
		map[k] &= ~range_mask(k, start, end);
}
EXPORT_SYMBOL(__bitmap_clear);

/* --- Shifts ----------------------------------------------------------------------------------- */

/* Word @k of a bitmap of @words words, bits beyond @nbits cleared; 0 outside. */
static unsigned long word_or_zero(const unsigned long *src, unsigned int k, unsigned int nbits)
{
	unsigned int words = BITS_TO_LONGS(nbits);

	if (k >= words)
		return 0;
	return k == words - 1 ? src[k] & BITMAP_LAST_WORD_MASK(nbits) : src[k];
}

/**
 * __bitmap_shift_right() - move all bits down
 * @dst: result; may be @src
 * @src: bitmap
 * @shift: by how many places
 * @nbits: size of both
 *
 * Bits shifted out at the bottom are lost, zeros come in at the top.
 */
void __bitmap_shift_right(unsigned long *dst, const unsigned long *src, unsigned int shift,
			  unsigned int nbits)
{
	unsigned int skip = shift / BITS_PER_LONG, rem = shift % BITS_PER_LONG;
	unsigned int k;

	/* upwards: word k is written when words below it are no longer needed */
	for (k = 0; k < BITS_TO_LONGS(nbits); k++) {
		unsigned long low = word_or_zero(src, k + skip, nbits);
		unsigned long high = word_or_zero(src, k + skip + 1, nbits);

		dst[k] = rem ? low >> rem | high << (BITS_PER_LONG - rem) : low;
	}
}
EXPORT_SYMBOL(__bitmap_shift_right);

/**
 * __bitmap_shift_left() - move all bits up
 * @dst: result; may be @src
 * @src: bitmap
 * @shift: by how many places
 * @nbits: size of both
 *
 * Bits shifted out at the top are lost, zeros come in at the bottom.
 */
void __bitmap_shift_left(unsigned long *dst, const unsigned long *src, unsigned int shift,
			 unsigned int nbits)
{
	unsigned int skip = shift / BITS_PER_LONG, rem = shift % BITS_PER_LONG;
	unsigned int k = BITS_TO_LONGS(nbits);

	while (k--) {
		unsigned long high = k >= skip ? src[k - skip] : 0;
		unsigned long low = k > skip ? src[k - skip - 1] : 0;

		dst[k] = rem ? high << rem | low >> (BITS_PER_LONG - rem) : high;
	}
}
EXPORT_SYMBOL(__bitmap_shift_left);

/**
 * bitmap_cut() - take bits out of a bitmap and close the gap
 * @dst: result; may overlap @src
 * @src: bitmap
 * @first: first bit to take out
 * @cut: how many
 * @nbits: size of both
 *
 * Bit n of the result is bit n of @src below @first, and bit n + @cut from there on.
 */
void bitmap_cut(unsigned long *dst, const unsigned long *src, unsigned int first,
		unsigned int cut, unsigned int nbits)
{
	unsigned int word = first / BITS_PER_LONG;
	unsigned long below = BITMAP_LAST_WORD_MASK(first);
	unsigned long keep = first % BITS_PER_LONG ? src[word] & below : 0;
	unsigned int skip = cut / BITS_PER_LONG, rem = cut % BITS_PER_LONG;
	unsigned int k;

	memmove(dst, src, BITS_TO_LONGS(nbits) * sizeof(*dst));

	/* shift everything from the word of @first on, then put the bits below @first back */
	for (k = word; k < BITS_TO_LONGS(nbits); k++) {
		unsigned long low = word_or_zero(dst, k + skip, nbits);
		unsigned long high = word_or_zero(dst, k + skip + 1, nbits);

		dst[k] = rem ? low >> rem | high << (BITS_PER_LONG - rem) : low;
	}
	if (first % BITS_PER_LONG)
		dst[word] = (dst[word] & ~below) | keep;
}
EXPORT_SYMBOL(bitmap_cut);

/**
 * bitmap_find_next_zero_area_off() - find an aligned run of clear bits
 * @map: bitmap
 * @size: its size in bits
 * @start: where to begin looking
 * @nr: how long the run must be
 * @align_mask: alignment minus 1; the alignment is a power of two
 * @align_offset: what is aligned is the position plus this
 *
 * Return: the position of the first such run; larger than @size if there is none.
 */
unsigned long bitmap_find_next_zero_area_off(unsigned long *map, unsigned long size,
					     unsigned long start, unsigned int nr,
					     unsigned long align_mask, unsigned long align_offset)
{
	unsigned long index, end, obstacle;

	for (;;) {
		index = find_next_zero_bit(map, size, start);
		index = __ALIGN_MASK(index + align_offset, align_mask) - align_offset;

		end = index + nr;
		if (end > size)
			return end;
		obstacle = find_next_bit(map, end, index);
		if (obstacle >= end)
			return index;
		start = obstacle + 1;
	}
}
EXPORT_SYMBOL(bitmap_find_next_zero_area_off);

/* --- Maps between bitmaps --------------------------------------------------------------------- */

/**
 * bitmap_pos_to_ord() - which of the set bits is this one?
 * @buf: bitmap
 * @pos: bit
 * @nbits: size of @buf
 *
 * Return: how many bits below @pos are set; -1 if @pos is not set or out of range.
 */
int bitmap_pos_to_ord(const unsigned long *buf, unsigned int pos, unsigned int nbits)
{
	if (pos >= nbits || !test_bit(pos, buf))
		return -1;
	return bitmap_weight(buf, pos);
}

/* The position that @bit maps to under old -> new; @w is the weight of @new. */
static unsigned int map_bit(unsigned int bit, const unsigned long *old,
			    const unsigned long *new, unsigned int w, unsigned int nbits)
{
	int n = bitmap_pos_to_ord(old, bit, nbits);

	if (n < 0 || w == 0)
		return bit;			/* identity */
	return find_nth_bit(new, nbits, n % w);
}

/**
 * bitmap_remap() - move bits as one bitmap maps onto another
 * @dst: result; not @src
 * @src: bits to move
 * @old: domain of the map
 * @new: range of the map
 * @nbits: size of all
 *
 * The n-th set bit of @old goes to the (n mod weight)-th set bit of @new; positions outside @old,
 * and all positions if @new is empty, stay.
 */
void bitmap_remap(unsigned long *dst, const unsigned long *src, const unsigned long *old,
		  const unsigned long *new, unsigned int nbits)
{
	unsigned int bit, w;

	if (dst == src)
		return;
	bitmap_zero(dst, nbits);
	w = bitmap_weight(new, nbits);
	for_each_set_bit(bit, src, nbits)
		__set_bit(map_bit(bit, old, new, w, nbits), dst);
}
EXPORT_SYMBOL(bitmap_remap);

/**
 * bitmap_bitremap() - bitmap_remap() of one bit
 * @oldbit: bit
 * @old: domain of the map
 * @new: range of the map
 * @bits: size of both
 *
 * Return: where @oldbit goes.
 */
int bitmap_bitremap(int oldbit, const unsigned long *old, const unsigned long *new, int bits)
{
	return map_bit(oldbit, old, new, bitmap_weight(new, bits), bits);
}
EXPORT_SYMBOL(bitmap_bitremap);

/**
 * bitmap_onto() - number the set bits of a map, and take those whose number is set
 * @dst: result; not @relmap
 * @orig: numbers
 * @relmap: map
 * @bits: size of all
 *
 * Bit n of the result is set if n is the m-th set bit of @relmap and bit m of @orig is set.
 * Numbers from the weight of @relmap up have no place; fold them in first (bitmap_fold()) to keep
 * them.
 */
void bitmap_onto(unsigned long *dst, const unsigned long *orig, const unsigned long *relmap,
		 unsigned int bits)
{
	unsigned int n, m = 0;

	if (dst == orig)
		return;
	bitmap_zero(dst, bits);
	for_each_set_bit(n, relmap, bits) {
		if (test_bit(m, orig))
			__set_bit(n, dst);
		m++;
	}
}

/**
 * bitmap_fold() - fold a bitmap into its first bits
 * @dst: result; not @orig
 * @orig: bitmap
 * @sz: how many bits the result may use
 * @nbits: size of both
 *
 * Each set bit of @orig sets bit (its number mod @sz).
 */
void bitmap_fold(unsigned long *dst, const unsigned long *orig, unsigned int sz,
		 unsigned int nbits)
{
	unsigned int bit;

	if (dst == orig)
		return;
	bitmap_zero(dst, nbits);
	for_each_set_bit(bit, orig, nbits)
		__set_bit(bit % sz, dst);
}

/* --- Allocation ------------------------------------------------------------------------------- */

/** bitmap_alloc() - memory for a bitmap, contents undefined; bitmap_free() it */
unsigned long *bitmap_alloc(unsigned int nbits, gfp_t flags)
{
	return kmalloc_array(BITS_TO_LONGS(nbits), sizeof(unsigned long), flags);
}
EXPORT_SYMBOL(bitmap_alloc);

/** bitmap_zalloc() - memory for a bitmap, all bits clear; bitmap_free() it */
unsigned long *bitmap_zalloc(unsigned int nbits, gfp_t flags)
{
	return bitmap_alloc(nbits, flags | __GFP_ZERO);
}
EXPORT_SYMBOL(bitmap_zalloc);

/** bitmap_alloc_node() - bitmap_alloc() near a memory node, of which there is one */
unsigned long *bitmap_alloc_node(unsigned int nbits, gfp_t flags, int node)
{
	(void)node;
	return bitmap_alloc(nbits, flags);
}
EXPORT_SYMBOL(bitmap_alloc_node);

/** bitmap_zalloc_node() - bitmap_zalloc() near a memory node */
unsigned long *bitmap_zalloc_node(unsigned int nbits, gfp_t flags, int node)
{
	return bitmap_alloc_node(nbits, flags | __GFP_ZERO, node);
}
EXPORT_SYMBOL(bitmap_zalloc_node);

/** bitmap_free() - free what bitmap_alloc() or a relative gave; NULL is fine */
void bitmap_free(const unsigned long *bitmap)
{
	kfree(bitmap);
}
EXPORT_SYMBOL(bitmap_free);

/* --- Arrays of fixed-size numbers ------------------------------------------------------------- */

/**
 * bitmap_from_arr32() - 32-bit numbers, lowest first, as a bitmap
 * @bitmap: result; unused bits of its last word are cleared
 * @buf: numbers
 * @nbits: size of @bitmap
 */
void bitmap_from_arr32(unsigned long *bitmap, const u32 *buf, unsigned int nbits)
{
	unsigned int numbers = DIV_ROUND_UP(nbits, 32);
	unsigned int i;

	for (i = 0; i < numbers; i += 2) {
		bitmap[i / 2] = buf[i];
		if (i + 1 < numbers)
			bitmap[i / 2] |= (unsigned long)buf[i + 1] << 32;
	}
	if (nbits % BITS_PER_LONG)
		bitmap[nbits / BITS_PER_LONG] &= BITMAP_LAST_WORD_MASK(nbits);
}
EXPORT_SYMBOL(bitmap_from_arr32);

/**
 * bitmap_to_arr32() - a bitmap as 32-bit numbers, lowest first
 * @buf: result; unused bits of its last number are cleared
 * @bitmap: bitmap
 * @nbits: its size
 */
void bitmap_to_arr32(u32 *buf, const unsigned long *bitmap, unsigned int nbits)
{
	unsigned int numbers = DIV_ROUND_UP(nbits, 32);
	unsigned int i;

	for (i = 0; i < numbers; i++)
		buf[i] = bitmap[i / 2] >> (i % 2 * 32);
	if (nbits % 32)
		buf[numbers - 1] &= (u32)(U32_MAX >> (-nbits & 31));
}
EXPORT_SYMBOL(bitmap_to_arr32);

/** bitmap_from_arr64() - 64-bit numbers, lowest first, as a bitmap; unused bits are cleared */
void bitmap_from_arr64(unsigned long *bitmap, const u64 *buf, unsigned int nbits)
{
	bitmap_copy_clear_tail(bitmap, (const unsigned long *)buf, nbits);
}
EXPORT_SYMBOL(bitmap_from_arr64);

/** bitmap_to_arr64() - a bitmap as 64-bit numbers, lowest first; unused bits are cleared */
void bitmap_to_arr64(u64 *buf, const unsigned long *bitmap, unsigned int nbits)
{
	memcpy(buf, bitmap, BITS_TO_U64(nbits) * sizeof(u64));
	if (nbits % 64)
		buf[nbits / 64] &= GENMASK_ULL(nbits % 64 - 1, 0);
}
EXPORT_SYMBOL(bitmap_to_arr64);
