/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_FIND_H
#define _LINUX_FIND_H

/*
 * Searching bitmaps. Every function returns a bit number below @size (also called @nbits), or
 * something >= @size if there is none; bits of the last word from @size up never matter. A bitmap
 * of one word with a constant size is searched inline, longer ones in lib/find_bit.c.
 *
 * Another CPU may change the bitmap meanwhile: each word is read once.
 */

#include <linux/bitops.h>
#include <linux/compiler.h>
#include <linux/minmax.h>

/* Is a bitmap's size known now, and one word enough? */
#ifndef small_const_nbits
#define small_const_nbits(nbits)						\
	(__builtin_constant_p(nbits) && (nbits) <= BITS_PER_LONG && (nbits) > 0)
#endif

unsigned long _find_next_bit(const unsigned long *addr1, unsigned long nbits, unsigned long start);
unsigned long _find_next_and_bit(const unsigned long *addr1, const unsigned long *addr2,
				 unsigned long nbits, unsigned long start);
unsigned long _find_next_andnot_bit(const unsigned long *addr1, const unsigned long *addr2,
				    unsigned long nbits, unsigned long start);
unsigned long _find_next_or_bit(const unsigned long *addr1, const unsigned long *addr2,
				unsigned long nbits, unsigned long start);
unsigned long _find_next_zero_bit(const unsigned long *addr, unsigned long nbits,
				  unsigned long start);
unsigned long _find_first_bit(const unsigned long *addr, unsigned long size);
unsigned long _find_first_and_bit(const unsigned long *addr1, const unsigned long *addr2,
				  unsigned long size);
unsigned long _find_first_and_and_bit(const unsigned long *addr1, const unsigned long *addr2,
				      const unsigned long *addr3, unsigned long size);
unsigned long _find_first_andnot_bit(const unsigned long *addr1, const unsigned long *addr2,
				     unsigned long size);
unsigned long _find_first_zero_bit(const unsigned long *addr, unsigned long size);
unsigned long _find_last_bit(const unsigned long *addr, unsigned long size);
unsigned long __find_nth_bit(const unsigned long *addr, unsigned long size, unsigned long n);
unsigned long __find_nth_and_bit(const unsigned long *addr1, const unsigned long *addr2,
				 unsigned long size, unsigned long n);
unsigned long __find_nth_andnot_bit(const unsigned long *addr1, const unsigned long *addr2,
				    unsigned long size, unsigned long n);
unsigned long __find_nth_and_andnot_bit(const unsigned long *addr1, const unsigned long *addr2,
					const unsigned long *addr3, unsigned long size,
					unsigned long n);

/*
 * A bitmap's only word, read once like the words of longer ones: others may change it meanwhile.
 * What the compiler knows it may go on knowing.
 */
#define __find_word(addr)	(__builtin_constant_p(*(addr)) ? *(addr) : READ_ONCE(*(addr)))

/** __find_in_word - the first set bit of @word from @start to @size - 1; @size if there is none */
static __always_inline unsigned long __find_in_word(unsigned long word, unsigned long size,
						    unsigned long start)
{
	if (unlikely(start >= size))
		return size;
	word &= GENMASK(size - 1, start);
	return word ? __ffs(word) : size;
}

/** find_next_bit - the first set bit at or after @offset, or @size */
static __always_inline unsigned long find_next_bit(const unsigned long *addr, unsigned long size,
						   unsigned long offset)
{
	if (small_const_nbits(size))
		return __find_in_word(__find_word(addr), size, offset);
	return _find_next_bit(addr, size, offset);
}

/** find_next_and_bit - the first bit at or after @offset set in both bitmaps, or @size */
static __always_inline unsigned long find_next_and_bit(const unsigned long *addr1,
						       const unsigned long *addr2,
						       unsigned long size, unsigned long offset)
{
	if (small_const_nbits(size))
		return __find_in_word(__find_word(addr1) & __find_word(addr2), size, offset);
	return _find_next_and_bit(addr1, addr2, size, offset);
}

/** find_next_andnot_bit - the first bit at or after @offset set in the first bitmap only */
static __always_inline unsigned long find_next_andnot_bit(const unsigned long *addr1,
							  const unsigned long *addr2,
							  unsigned long size, unsigned long offset)
{
	if (small_const_nbits(size))
		return __find_in_word(__find_word(addr1) & ~__find_word(addr2), size, offset);
	return _find_next_andnot_bit(addr1, addr2, size, offset);
}

/** find_next_or_bit - the first bit at or after @offset set in either bitmap, or @size */
static __always_inline unsigned long find_next_or_bit(const unsigned long *addr1,
						      const unsigned long *addr2,
						      unsigned long size, unsigned long offset)
{
	if (small_const_nbits(size))
		return __find_in_word(__find_word(addr1) | __find_word(addr2), size, offset);
	return _find_next_or_bit(addr1, addr2, size, offset);
}

/** find_next_zero_bit - the first clear bit at or after @offset, or @size */
static __always_inline unsigned long find_next_zero_bit(const unsigned long *addr,
							unsigned long size, unsigned long offset)
{
	if (small_const_nbits(size))
		return __find_in_word(~__find_word(addr), size, offset);
	return _find_next_zero_bit(addr, size, offset);
}

/** find_first_bit - the first set bit, or @size */
static __always_inline unsigned long find_first_bit(const unsigned long *addr, unsigned long size)
{
	if (small_const_nbits(size))
		return __find_in_word(__find_word(addr), size, 0);
	return _find_first_bit(addr, size);
}

/** find_first_and_bit - the first bit set in both bitmaps, or @size */
static __always_inline unsigned long find_first_and_bit(const unsigned long *addr1,
							const unsigned long *addr2,
							unsigned long size)
{
	if (small_const_nbits(size))
		return __find_in_word(__find_word(addr1) & __find_word(addr2), size, 0);
	return _find_first_and_bit(addr1, addr2, size);
}

/** find_first_andnot_bit - the first bit set in the first bitmap only, or @size */
static __always_inline unsigned long find_first_andnot_bit(const unsigned long *addr1,
							   const unsigned long *addr2,
							   unsigned long size)
{
	if (small_const_nbits(size))
		return __find_in_word(__find_word(addr1) & ~__find_word(addr2), size, 0);
	return _find_first_andnot_bit(addr1, addr2, size);
}

/** find_first_and_and_bit - the first bit set in all three bitmaps, or @size */
static __always_inline unsigned long find_first_and_and_bit(const unsigned long *addr1,
							    const unsigned long *addr2,
							    const unsigned long *addr3,
							    unsigned long size)
{
	if (small_const_nbits(size))
		return __find_in_word(__find_word(addr1) & __find_word(addr2) & __find_word(addr3),
				      size, 0);
	return _find_first_and_and_bit(addr1, addr2, addr3, size);
}

/** find_first_zero_bit - the first clear bit, or @size */
static __always_inline unsigned long find_first_zero_bit(const unsigned long *addr,
							 unsigned long size)
{
	if (small_const_nbits(size))
		return __find_in_word(~__find_word(addr), size, 0);
	return _find_first_zero_bit(addr, size);
}

/** find_last_bit - the last set bit, or @size */
static __always_inline unsigned long find_last_bit(const unsigned long *addr, unsigned long size)
{
	if (small_const_nbits(size)) {
		unsigned long val = __find_word(addr) & GENMASK(size - 1, 0);

		return val ? __fls(val) : size;
	}
	return _find_last_bit(addr, size);
}

/** find_nth_bit - the @n-th set bit (n from 0), or @size */
static __always_inline unsigned long find_nth_bit(const unsigned long *addr, unsigned long size,
						  unsigned long n)
{
	if (n >= size)
		return size;
	if (small_const_nbits(size)) {
		unsigned long val = __find_word(addr) & GENMASK(size - 1, 0);

		return val ? min(fns(val, n), size) : size;
	}
	return __find_nth_bit(addr, size, n);
}

/** find_nth_and_bit - the @n-th bit set in both bitmaps, or @size */
static __always_inline unsigned long find_nth_and_bit(const unsigned long *addr1,
						      const unsigned long *addr2,
						      unsigned long size, unsigned long n)
{
	if (n >= size)
		return size;
	return __find_nth_and_bit(addr1, addr2, size, n);
}

/** find_nth_andnot_bit - the @n-th bit set in the first bitmap only, or @size */
static __always_inline unsigned long find_nth_andnot_bit(const unsigned long *addr1,
							 const unsigned long *addr2,
							 unsigned long size, unsigned long n)
{
	if (n >= size)
		return size;
	return __find_nth_andnot_bit(addr1, addr2, size, n);
}

/** find_nth_and_andnot_bit - the @n-th bit of addr1 & addr2 & ~addr3, or @size */
static __always_inline unsigned long
find_nth_and_andnot_bit(const unsigned long *addr1, const unsigned long *addr2,
			const unsigned long *addr3, unsigned long size, unsigned long n)
{
	if (n >= size)
		return size;
	return __find_nth_and_andnot_bit(addr1, addr2, addr3, size, n);
}

/** find_next_bit_wrap - find_next_bit() that goes on at bit 0 up to @offset */
static __always_inline unsigned long find_next_bit_wrap(const unsigned long *addr,
							unsigned long size, unsigned long offset)
{
	unsigned long bit = find_next_bit(addr, size, offset);

	if (bit < size || offset == 0)
		return bit;
	bit = find_first_bit(addr, offset);
	return bit < offset ? bit : size;
}

/** find_next_and_bit_wrap - find_next_and_bit() that goes on at bit 0 up to @offset */
static __always_inline unsigned long find_next_and_bit_wrap(const unsigned long *addr1,
							    const unsigned long *addr2,
							    unsigned long size,
							    unsigned long offset)
{
	unsigned long bit = find_next_and_bit(addr1, addr2, size, offset);

	if (bit < size || offset == 0)
		return bit;
	bit = find_first_and_bit(addr1, addr2, offset);
	return bit < offset ? bit : size;
}

/**
 * __for_each_wrap - one step of for_each_set_bit_wrap(): @n runs from @start to @size, then from 0
 * to @start
 */
static __always_inline unsigned long __for_each_wrap(const unsigned long *bitmap,
						     unsigned long size, unsigned long start,
						     unsigned long n)
{
	unsigned long bit;

	if (n > start) {
		/* not wrapped yet: bits in (start, size) come first */
		bit = find_next_bit(bitmap, size, n);
		if (bit < size)
			return bit;
		n = 0;
	}
	bit = find_next_bit(bitmap, start, n);
	return bit < start ? bit : size;
}

unsigned long find_next_clump8(unsigned long *clump, const unsigned long *addr,
			       unsigned long size, unsigned long offset);
#define find_first_clump8(clump, bits, size)	find_next_clump8((clump), (bits), (size), 0)

/* Little-endian bitmaps are native here. */
#define find_next_zero_bit_le(addr, size, offset)				\
	find_next_zero_bit((const unsigned long *)(addr), size, offset)
#define find_next_bit_le(addr, size, offset)					\
	find_next_bit((const unsigned long *)(addr), size, offset)
#define find_first_zero_bit_le(addr, size)					\
	find_first_zero_bit((const unsigned long *)(addr), size)

/* Walks; the _from forms begin at the caller's @bit. */
#define for_each_set_bit(bit, addr, size)					\
	for ((bit) = 0; (bit) = find_next_bit((addr), (size), (bit)), (bit) < (size); (bit)++)

#define for_each_and_bit(bit, addr1, addr2, size)				\
	for ((bit) = 0;								\
	     (bit) = find_next_and_bit((addr1), (addr2), (size), (bit)), (bit) < (size); \
	     (bit)++)

#define for_each_andnot_bit(bit, addr1, addr2, size)				\
	for ((bit) = 0;								\
	     (bit) = find_next_andnot_bit((addr1), (addr2), (size), (bit)), (bit) < (size); \
	     (bit)++)

#define for_each_or_bit(bit, addr1, addr2, size)				\
	for ((bit) = 0;								\
	     (bit) = find_next_or_bit((addr1), (addr2), (size), (bit)), (bit) < (size); \
	     (bit)++)

#define for_each_set_bit_from(bit, addr, size)					\
	for (; (bit) = find_next_bit((addr), (size), (bit)), (bit) < (size); (bit)++)

#define for_each_clear_bit(bit, addr, size)					\
	for ((bit) = 0;								\
	     (bit) = find_next_zero_bit((addr), (size), (bit)), (bit) < (size);	\
	     (bit)++)

#define for_each_clear_bit_from(bit, addr, size)				\
	for (; (bit) = find_next_zero_bit((addr), (size), (bit)), (bit) < (size); (bit)++)

/* Runs of set (clear) bits: @b is the first bit of a run, @e the first one after it. */
#define for_each_set_bitrange(b, e, addr, size)					\
	for ((b) = 0;								\
	     (b) = find_next_bit((addr), (size), b),				\
	     (e) = find_next_zero_bit((addr), (size), (b) + 1), (b) < (size);	\
	     (b) = (e) + 1)

#define for_each_set_bitrange_from(b, e, addr, size)				\
	for (; (b) = find_next_bit((addr), (size), (b)),			\
	     (e) = find_next_zero_bit((addr), (size), (b) + 1), (b) < (size);	\
	     (b) = (e) + 1)

#define for_each_clear_bitrange(b, e, addr, size)				\
	for ((b) = 0;								\
	     (b) = find_next_zero_bit((addr), (size), (b)),			\
	     (e) = find_next_bit((addr), (size), (b) + 1), (b) < (size);	\
	     (b) = (e) + 1)

#define for_each_clear_bitrange_from(b, e, addr, size)				\
	for (; (b) = find_next_zero_bit((addr), (size), (b)),			\
	     (e) = find_next_bit((addr), (size), (b) + 1), (b) < (size);	\
	     (b) = (e) + 1)

/* All set bits beginning at @start, round the end of the bitmap to just before @start. */
#define for_each_set_bit_wrap(bit, addr, size, start)				\
	for ((bit) = find_next_bit_wrap((addr), (size), (start));		\
	     (bit) < (size);							\
	     (bit) = __for_each_wrap((addr), (size), (start), (bit) + 1))

/* Eight bits at a time, where they are not all zero. */
#define for_each_set_clump8(start, clump, bits, size)				\
	for ((start) = find_first_clump8(&(clump), (bits), (size));		\
	     (start) < (size);							\
	     (start) = find_next_clump8(&(clump), (bits), (size), (start) + 8))

#endif
