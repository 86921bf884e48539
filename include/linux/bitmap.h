/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_BITMAP_H
#define _LINUX_BITMAP_H

/*
 * Bitmaps: arrays of unsigned long, bit n being bit n % BITS_PER_LONG of word n / BITS_PER_LONG.
 *
 * @nbits need not fill the last word. The unused bits there are "don't care": they never change a
 * boolean or number that a function returns, and a function that writes whole words (zero, fill,
 * copy, and, or, ...) may write anything into them. bitmap_set(), bitmap_clear() and
 * bitmap_write() touch exactly the bits that they name.
 *
 * A bitmap whose size is a constant of at most one word is handled inline as one word; the
 * functions with two underscores in lib/bitmap.c do the rest. dst may be one of the sources unless
 * said otherwise. Locking is the caller's; any context, except for the _user and _alloc functions.
 */

#ifndef __ASSEMBLY__

#include <linux/align.h>
#include <linux/bitops.h>
#include <linux/cleanup.h>
#include <linux/errno.h>
#include <linux/find.h>
#include <linux/limits.h>
#include <linux/string.h>
#include <linux/types.h>
#include <linux/bitmap-str.h>

struct device;

/* Allocation: bitmap_zalloc() gives a zeroed one; free with bitmap_free(). May sleep by @flags. */
unsigned long *bitmap_alloc(unsigned int nbits, gfp_t flags);
unsigned long *bitmap_zalloc(unsigned int nbits, gfp_t flags);
unsigned long *bitmap_alloc_node(unsigned int nbits, gfp_t flags, int node);
unsigned long *bitmap_zalloc_node(unsigned int nbits, gfp_t flags, int node);
void bitmap_free(const unsigned long *bitmap);

/* The same, freed when the driver lets go of @dev: <linux/device/devres.h>. */
unsigned long *devm_bitmap_alloc(struct device *dev, unsigned int nbits, gfp_t flags);
unsigned long *devm_bitmap_zalloc(struct device *dev, unsigned int nbits, gfp_t flags);

DEFINE_FREE(bitmap, unsigned long *, if (_T) bitmap_free(_T))

bool __bitmap_equal(const unsigned long *bitmap1, const unsigned long *bitmap2,
		    unsigned int nbits);
bool __bitmap_or_equal(const unsigned long *src1, const unsigned long *src2,
		       const unsigned long *src3, unsigned int nbits);
void __bitmap_complement(unsigned long *dst, const unsigned long *src, unsigned int nbits);
void __bitmap_shift_right(unsigned long *dst, const unsigned long *src, unsigned int shift,
			  unsigned int nbits);
void __bitmap_shift_left(unsigned long *dst, const unsigned long *src, unsigned int shift,
			 unsigned int nbits);
void bitmap_cut(unsigned long *dst, const unsigned long *src, unsigned int first,
		unsigned int cut, unsigned int nbits);
bool __bitmap_and(unsigned long *dst, const unsigned long *bitmap1,
		  const unsigned long *bitmap2, unsigned int nbits);
void __bitmap_or(unsigned long *dst, const unsigned long *bitmap1,
		 const unsigned long *bitmap2, unsigned int nbits);
void __bitmap_xor(unsigned long *dst, const unsigned long *bitmap1,
		  const unsigned long *bitmap2, unsigned int nbits);
bool __bitmap_andnot(unsigned long *dst, const unsigned long *bitmap1,
		     const unsigned long *bitmap2, unsigned int nbits);
void __bitmap_replace(unsigned long *dst, const unsigned long *old, const unsigned long *new,
		      const unsigned long *mask, unsigned int nbits);
bool __bitmap_intersects(const unsigned long *bitmap1, const unsigned long *bitmap2,
			 unsigned int nbits);
bool __bitmap_subset(const unsigned long *bitmap1, const unsigned long *bitmap2,
		     unsigned int nbits);
unsigned int __bitmap_weight(const unsigned long *bitmap, unsigned int nbits);
unsigned int __bitmap_weight_and(const unsigned long *bitmap1, const unsigned long *bitmap2,
				 unsigned int nbits);
unsigned int __bitmap_weight_andnot(const unsigned long *bitmap1, const unsigned long *bitmap2,
				    unsigned int nbits);
void __bitmap_set(unsigned long *map, unsigned int start, int len);
void __bitmap_clear(unsigned long *map, unsigned int start, int len);

unsigned long bitmap_find_next_zero_area_off(unsigned long *map, unsigned long size,
					     unsigned long start, unsigned int nr,
					     unsigned long align_mask, unsigned long align_offset);

/**
 * bitmap_find_next_zero_area - find an aligned run of clear bits
 * @map: bitmap
 * @size: its size in bits
 * @start: where to begin looking
 * @nr: how long the run must be
 * @align_mask: alignment of its position, minus 1; the alignment is a power of two
 *
 * Return: the position of the first such run; larger than @size if there is none.
 */
static __always_inline unsigned long
bitmap_find_next_zero_area(unsigned long *map, unsigned long size, unsigned long start,
			   unsigned int nr, unsigned long align_mask)
{
	return bitmap_find_next_zero_area_off(map, size, start, nr, align_mask, 0);
}

void bitmap_remap(unsigned long *dst, const unsigned long *src, const unsigned long *old,
		  const unsigned long *new, unsigned int nbits);
int bitmap_bitremap(int oldbit, const unsigned long *old, const unsigned long *new, int bits);
void bitmap_onto(unsigned long *dst, const unsigned long *orig, const unsigned long *relmap,
		 unsigned int bits);
void bitmap_fold(unsigned long *dst, const unsigned long *orig, unsigned int sz,
		 unsigned int nbits);
int bitmap_pos_to_ord(const unsigned long *buf, unsigned int pos, unsigned int nbits);

/* Masks of the valid bits of the first and the last word. */
#define BITMAP_FIRST_WORD_MASK(start)	(~0UL << ((start) & (BITS_PER_LONG - 1)))
#define BITMAP_LAST_WORD_MASK(nbits)	(~0UL >> (-(nbits) & (BITS_PER_LONG - 1)))

/* A bitmap of whole units of this many bits may be worked on as bytes, without masks. */
#define BITMAP_MEM_ALIGNMENT	8
#define BITMAP_MEM_MASK		(BITMAP_MEM_ALIGNMENT - 1)

#define bitmap_size(nbits)	(ALIGN(nbits, BITS_PER_LONG) / BITS_PER_BYTE)

/** bitmap_zero - clear all bits, and the unused ones of the last word */
static __always_inline void bitmap_zero(unsigned long *dst, unsigned int nbits)
{
	unsigned int len = bitmap_size(nbits);

	if (small_const_nbits(nbits))
		*dst = 0;
	else
		memset(dst, 0, len);
}

/** bitmap_fill - set all bits, and the unused ones of the last word */
static __always_inline void bitmap_fill(unsigned long *dst, unsigned int nbits)
{
	unsigned int len = bitmap_size(nbits);

	if (small_const_nbits(nbits))
		*dst = ~0UL;
	else
		memset(dst, 0xff, len);
}

/** bitmap_copy - dst = src */
static __always_inline void bitmap_copy(unsigned long *dst, const unsigned long *src,
					unsigned int nbits)
{
	unsigned int len = bitmap_size(nbits);

	if (small_const_nbits(nbits))
		*dst = *src;
	else
		memcpy(dst, src, len);
}

/** bitmap_copy_clear_tail - dst = src, unused bits of the last word cleared */
static __always_inline void bitmap_copy_clear_tail(unsigned long *dst, const unsigned long *src,
						   unsigned int nbits)
{
	bitmap_copy(dst, src, nbits);
	if (nbits % BITS_PER_LONG)
		dst[nbits / BITS_PER_LONG] &= BITMAP_LAST_WORD_MASK(nbits);
}

/** bitmap_copy_and_extend - dst = src for @count bits, zeros from there to @size */
static inline void bitmap_copy_and_extend(unsigned long *to, const unsigned long *from,
					  unsigned int count, unsigned int size)
{
	unsigned int copied = BITS_TO_LONGS(count);

	memcpy(to, from, copied * sizeof(long));
	if (count % BITS_PER_LONG)
		to[copied - 1] &= BITMAP_LAST_WORD_MASK(count);
	memset(to + copied, 0, bitmap_size(size) - copied * sizeof(long));
}

void bitmap_from_arr32(unsigned long *bitmap, const u32 *buf, unsigned int nbits);
void bitmap_to_arr32(u32 *buf, const unsigned long *bitmap, unsigned int nbits);
void bitmap_from_arr64(unsigned long *bitmap, const u64 *buf, unsigned int nbits);
void bitmap_to_arr64(u64 *buf, const unsigned long *bitmap, unsigned int nbits);

/** bitmap_and - dst = src1 & src2; is any bit set in the result? */
static __always_inline bool bitmap_and(unsigned long *dst, const unsigned long *src1,
				       const unsigned long *src2, unsigned int nbits)
{
	if (small_const_nbits(nbits))
		return (*dst = *src1 & *src2 & BITMAP_LAST_WORD_MASK(nbits)) != 0;
	return __bitmap_and(dst, src1, src2, nbits);
}

/** bitmap_or - dst = src1 | src2 */
static __always_inline void bitmap_or(unsigned long *dst, const unsigned long *src1,
				      const unsigned long *src2, unsigned int nbits)
{
	if (small_const_nbits(nbits))
		*dst = *src1 | *src2;
	else
		__bitmap_or(dst, src1, src2, nbits);
}

/** bitmap_xor - dst = src1 ^ src2 */
static __always_inline void bitmap_xor(unsigned long *dst, const unsigned long *src1,
				       const unsigned long *src2, unsigned int nbits)
{
	if (small_const_nbits(nbits))
		*dst = *src1 ^ *src2;
	else
		__bitmap_xor(dst, src1, src2, nbits);
}

/** bitmap_andnot - dst = src1 & ~src2; is any bit set in the result? */
static __always_inline bool bitmap_andnot(unsigned long *dst, const unsigned long *src1,
					  const unsigned long *src2, unsigned int nbits)
{
	if (small_const_nbits(nbits))
		return (*dst = *src1 & ~(*src2) & BITMAP_LAST_WORD_MASK(nbits)) != 0;
	return __bitmap_andnot(dst, src1, src2, nbits);
}

/** bitmap_complement - dst = ~src */
static __always_inline void bitmap_complement(unsigned long *dst, const unsigned long *src,
					      unsigned int nbits)
{
	if (small_const_nbits(nbits))
		*dst = ~(*src);
	else
		__bitmap_complement(dst, src, nbits);
}

/** bitmap_equal - are all bits equal? */
static __always_inline bool bitmap_equal(const unsigned long *src1, const unsigned long *src2,
					 unsigned int nbits)
{
	if (small_const_nbits(nbits))
		return !((*src1 ^ *src2) & BITMAP_LAST_WORD_MASK(nbits));
	if (__builtin_constant_p(nbits % BITS_PER_LONG) && nbits % BITS_PER_LONG == 0)
		return !memcmp(src1, src2, nbits / BITS_PER_BYTE);
	return __bitmap_equal(src1, src2, nbits);
}

/** bitmap_or_equal - is src1 | src2 equal to src3? */
static __always_inline bool bitmap_or_equal(const unsigned long *src1, const unsigned long *src2,
					    const unsigned long *src3, unsigned int nbits)
{
	if (!small_const_nbits(nbits))
		return __bitmap_or_equal(src1, src2, src3, nbits);
	return !(((*src1 | *src2) ^ *src3) & BITMAP_LAST_WORD_MASK(nbits));
}

/** bitmap_intersects - is any bit set in both? */
static __always_inline bool bitmap_intersects(const unsigned long *src1,
					      const unsigned long *src2, unsigned int nbits)
{
	if (small_const_nbits(nbits))
		return ((*src1 & *src2) & BITMAP_LAST_WORD_MASK(nbits)) != 0;
	return __bitmap_intersects(src1, src2, nbits);
}

/** bitmap_subset - is every bit of src1 also set in src2? */
static __always_inline bool bitmap_subset(const unsigned long *src1, const unsigned long *src2,
					  unsigned int nbits)
{
	if (small_const_nbits(nbits))
		return !((*src1 & ~(*src2)) & BITMAP_LAST_WORD_MASK(nbits));
	return __bitmap_subset(src1, src2, nbits);
}

/** bitmap_empty - is no bit set? */
static __always_inline bool bitmap_empty(const unsigned long *src, unsigned int nbits)
{
	if (small_const_nbits(nbits))
		return !(*src & BITMAP_LAST_WORD_MASK(nbits));
	return find_first_bit(src, nbits) == nbits;
}

/** bitmap_full - are all bits set? */
static __always_inline bool bitmap_full(const unsigned long *src, unsigned int nbits)
{
	if (small_const_nbits(nbits))
		return !(~(*src) & BITMAP_LAST_WORD_MASK(nbits));
	return find_first_zero_bit(src, nbits) == nbits;
}

/** bitmap_weight - how many bits are set? */
static __always_inline unsigned int bitmap_weight(const unsigned long *src, unsigned int nbits)
{
	if (small_const_nbits(nbits))
		return hweight_long(*src & BITMAP_LAST_WORD_MASK(nbits));
	return __bitmap_weight(src, nbits);
}

/** bitmap_weight_and - how many bits are set in both? */
static __always_inline unsigned long bitmap_weight_and(const unsigned long *src1,
						       const unsigned long *src2,
						       unsigned int nbits)
{
	if (small_const_nbits(nbits))
		return hweight_long(*src1 & *src2 & BITMAP_LAST_WORD_MASK(nbits));
	return __bitmap_weight_and(src1, src2, nbits);
}

/** bitmap_weight_andnot - how many bits are set in src1 but not in src2? */
static __always_inline unsigned long bitmap_weight_andnot(const unsigned long *src1,
							  const unsigned long *src2,
							  unsigned int nbits)
{
	if (small_const_nbits(nbits))
		return hweight_long(*src1 & ~(*src2) & BITMAP_LAST_WORD_MASK(nbits));
	return __bitmap_weight_andnot(src1, src2, nbits);
}

/** bitmap_set - set @nbits bits from @start on, and no other */
static __always_inline void bitmap_set(unsigned long *map, unsigned int start,
				       unsigned int nbits)
{
	if (__builtin_constant_p(nbits) && nbits == 1)
		__set_bit(start, map);
	else if (small_const_nbits(start + nbits))
		*map |= nbits ? GENMASK(start + nbits - 1, start) : 0;
	else
		__bitmap_set(map, start, nbits);
}

/** bitmap_clear - clear @nbits bits from @start on, and no other */
static __always_inline void bitmap_clear(unsigned long *map, unsigned int start,
					 unsigned int nbits)
{
	if (__builtin_constant_p(nbits) && nbits == 1)
		__clear_bit(start, map);
	else if (small_const_nbits(start + nbits))
		*map &= nbits ? ~GENMASK(start + nbits - 1, start) : ~0UL;
	else
		__bitmap_clear(map, start, nbits);
}

/** bitmap_shift_right - dst = src >> shift, zeros coming in at the top */
static __always_inline void bitmap_shift_right(unsigned long *dst, const unsigned long *src,
					       unsigned int shift, unsigned int nbits)
{
	__bitmap_shift_right(dst, src, shift, nbits);
}

/** bitmap_shift_left - dst = src << shift, zeros coming in at the bottom */
static __always_inline void bitmap_shift_left(unsigned long *dst, const unsigned long *src,
					      unsigned int shift, unsigned int nbits)
{
	__bitmap_shift_left(dst, src, shift, nbits);
}

/** bitmap_replace - dst = @new where @mask is set, @old elsewhere */
static __always_inline void bitmap_replace(unsigned long *dst, const unsigned long *old,
					   const unsigned long *new, const unsigned long *mask,
					   unsigned int nbits)
{
	if (small_const_nbits(nbits))
		*dst = (*old & ~(*mask)) | (*new & *mask);
	else
		__bitmap_replace(dst, old, new, mask, nbits);
}

/**
 * bitmap_scatter - spread the low bits of a bitmap over the places that a mask names
 * @dst: result; not @src or @mask
 * @src: its bit k goes to the place of the k-th set bit of @mask
 * @mask: places
 * @nbits: size of all three
 *
 * Bits of @dst outside @mask are cleared. 0x005a over mask 0x1313 gives 0x0302.
 */
static __always_inline void bitmap_scatter(unsigned long *dst, const unsigned long *src,
					   const unsigned long *mask, unsigned int nbits)
{
	unsigned int n = 0;
	unsigned int bit;

	bitmap_zero(dst, nbits);
	for_each_set_bit(bit, mask, nbits)
		__assign_bit(bit, dst, test_bit(n++, src));
}

/**
 * bitmap_gather - collect the bits at the places that a mask names into low bits
 * @dst: result; not @src or @mask
 * @src: its bit at the place of the k-th set bit of @mask becomes bit k
 * @mask: places
 * @nbits: size of all three
 *
 * 0x0302 under mask 0x1313 gives 0x001a.
 */
static __always_inline void bitmap_gather(unsigned long *dst, const unsigned long *src,
					  const unsigned long *mask, unsigned int nbits)
{
	unsigned int n = 0;
	unsigned int bit;

	bitmap_zero(dst, nbits);
	for_each_set_bit(bit, mask, nbits)
		__assign_bit(n++, dst, test_bit(bit, src));
}

/** bitmap_next_set_region - the next run of set bits at or after *@rs: [*rs, *re) */
static __always_inline void bitmap_next_set_region(unsigned long *bitmap, unsigned int *rs,
						   unsigned int *re, unsigned int end)
{
	*rs = find_next_bit(bitmap, end, *rs);
	*re = find_next_zero_bit(bitmap, end, *rs + 1);
}

/**
 * bitmap_release_region - clear an aligned region of bits
 * @bitmap: bitmap
 * @pos: first bit of the region
 * @order: its size is 2^@order bits
 */
static __always_inline void bitmap_release_region(unsigned long *bitmap, unsigned int pos,
						  int order)
{
	bitmap_clear(bitmap, pos, BIT(order));
}

/**
 * bitmap_allocate_region - set a region of bits if all of them are clear
 * @bitmap: bitmap
 * @pos: first bit of the region
 * @order: its size is 2^@order bits
 *
 * Return: 0, or -EBUSY if a bit was set already (then nothing changes).
 */
static __always_inline int bitmap_allocate_region(unsigned long *bitmap, unsigned int pos,
						  int order)
{
	unsigned int len = BIT(order);

	if (find_next_bit(bitmap, pos + len, pos) < pos + len)
		return -EBUSY;
	bitmap_set(bitmap, pos, len);
	return 0;
}

/**
 * bitmap_find_free_region - find and set a clear region, aligned to its own size
 * @bitmap: bitmap
 * @bits: size of @bitmap
 * @order: the region's size is 2^@order bits
 *
 * Return: the region's first bit, or -ENOMEM.
 */
static __always_inline int bitmap_find_free_region(unsigned long *bitmap, unsigned int bits,
						   int order)
{
	unsigned int pos, end;

	for (pos = 0; (end = pos + BIT(order)) <= bits; pos = end) {
		if (!bitmap_allocate_region(bitmap, pos, order))
			return pos;
	}
	return -ENOMEM;
}

/** BITMAP_FROM_U64 - a u64 as the words of a bitmap, in an initialiser */
#define BITMAP_FROM_U64(n)	(n)

/** bitmap_from_u64 - store a 64-bit mask as a bitmap of 64 bits */
static __always_inline void bitmap_from_u64(unsigned long *dst, u64 mask)
{
	bitmap_from_arr64(dst, &mask, 64);
}

/**
 * bitmap_read - read a number of up to a word's width from any bit position
 * @map: bitmap
 * @start: position of its lowest bit
 * @nbits: its width, 1 to BITS_PER_LONG
 *
 * Return: the number; 0 if @nbits is out of range.
 */
static __always_inline unsigned long bitmap_read(const unsigned long *map, unsigned long start,
						 unsigned long nbits)
{
	size_t index = BIT_WORD(start);
	unsigned long offset = start % BITS_PER_LONG;
	unsigned long space = BITS_PER_LONG - offset;
	unsigned long low, high;

	if (unlikely(!nbits || nbits > BITS_PER_LONG))
		return 0;

	if (space >= nbits)
		return (map[index] >> offset) & BITMAP_LAST_WORD_MASK(nbits);

	low = map[index] & BITMAP_FIRST_WORD_MASK(start);
	high = map[index + 1] & BITMAP_LAST_WORD_MASK(start + nbits);
	return (low >> offset) | (high << space);
}

/**
 * bitmap_write - write a number of up to a word's width at any bit position
 * @map: bitmap
 * @value: number; its bits from @nbits up are ignored
 * @start: position of its lowest bit
 * @nbits: its width; nothing is written if this is 0 or above BITS_PER_LONG
 */
static __always_inline void bitmap_write(unsigned long *map, unsigned long value,
					 unsigned long start, unsigned long nbits)
{
	size_t index = BIT_WORD(start);
	unsigned long offset = start % BITS_PER_LONG;
	unsigned long space = BITS_PER_LONG - offset;
	unsigned long mask;

	if (unlikely(!nbits || nbits > BITS_PER_LONG))
		return;

	mask = BITMAP_LAST_WORD_MASK(nbits);
	value &= mask;
	map[index] = (map[index] & ~(mask << offset)) | (value << offset);
	if (space >= nbits)
		return;

	map[index + 1] &= BITMAP_FIRST_WORD_MASK(start + nbits);
	map[index + 1] |= value >> space;
}

#define bitmap_get_value8(map, start)		bitmap_read(map, start, BITS_PER_BYTE)
#define bitmap_set_value8(map, value, start)	bitmap_write(map, value, start, BITS_PER_BYTE)

#endif /* !__ASSEMBLY__ */

#endif
