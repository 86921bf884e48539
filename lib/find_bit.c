// SPDX-License-Identifier: MIT
/*
 * Searching bitmaps of more than one word.
 *
 * All searches are one loop over words; what differs is how a word is made from the sources
 * (FETCH, in terms of the word index idx). The first word is masked from below, and a hit in the
 * last word may lie beyond the end: then min() turns it into "not found". Each source word is read
 * once per step, so a bitmap that others change meanwhile gives a result that was true of it.
 */

#include <linux/find.h>

#include <linux/bitmap.h>
#include <linux/export.h>
#include <linux/math.h>
#include <linux/minmax.h>

/* The first set bit of FETCH at or after @start. */
#define FIND_NEXT(FETCH, size, start) ({					\
	unsigned long sz = (size), from = (start), found = sz;			\
										\
	if (from < sz) {							\
		unsigned long idx = from / BITS_PER_LONG;			\
		unsigned long word = (FETCH) & BITMAP_FIRST_WORD_MASK(from);	\
										\
		while (!word && (idx + 1) * BITS_PER_LONG < sz) {		\
			idx++;							\
			word = (FETCH);						\
		}								\
		if (word)							\
			found = min(idx * BITS_PER_LONG + __ffs(word), sz);	\
	}									\
	found;									\
})

/* The n-th set bit of FETCH, n counting from 0. */
#define FIND_NTH(FETCH, size, num) ({						\
	unsigned long sz = (size), left = (num), found = sz;			\
	unsigned long idx;							\
										\
	for (idx = 0; idx * BITS_PER_LONG < sz; idx++) {			\
		unsigned long word = (FETCH);					\
		unsigned long weight;						\
										\
		if (idx == sz / BITS_PER_LONG)					\
			word &= BITMAP_LAST_WORD_MASK(sz);			\
		weight = hweight_long(word);					\
		if (left < weight) {						\
			found = idx * BITS_PER_LONG + fns(word, left);		\
			break;							\
		}								\
		left -= weight;							\
	}									\
	found;									\
})

/** _find_first_bit() - find_first_bit() of more than a word: the bit's number, or @size */
unsigned long _find_first_bit(const unsigned long *addr, unsigned long size)
{
	return FIND_NEXT(READ_ONCE(addr[idx]), size, 0);
}
EXPORT_SYMBOL(_find_first_bit);

/** _find_first_and_bit() - the first bit set in both bitmaps, or @size */
unsigned long _find_first_and_bit(const unsigned long *addr1, const unsigned long *addr2,
				  unsigned long size)
{
	return FIND_NEXT(READ_ONCE(addr1[idx]) & READ_ONCE(addr2[idx]), size, 0);
}
EXPORT_SYMBOL(_find_first_and_bit);

/** _find_first_andnot_bit() - the first bit set in @addr1 and clear in @addr2, or @size */
unsigned long _find_first_andnot_bit(const unsigned long *addr1, const unsigned long *addr2,
				     unsigned long size)
{
	return FIND_NEXT(READ_ONCE(addr1[idx]) & ~READ_ONCE(addr2[idx]), size, 0);
}
EXPORT_SYMBOL(_find_first_andnot_bit);

/** _find_first_and_and_bit() - the first bit set in all three bitmaps, or @size */
unsigned long _find_first_and_and_bit(const unsigned long *addr1, const unsigned long *addr2,
				      const unsigned long *addr3, unsigned long size)
{
	return FIND_NEXT(READ_ONCE(addr1[idx]) & READ_ONCE(addr2[idx]) & READ_ONCE(addr3[idx]),
			 size, 0);
}
EXPORT_SYMBOL(_find_first_and_and_bit);

/** _find_first_zero_bit() - the first clear bit, or @size */
unsigned long _find_first_zero_bit(const unsigned long *addr, unsigned long size)
{
	return FIND_NEXT(~READ_ONCE(addr[idx]), size, 0);
}
EXPORT_SYMBOL(_find_first_zero_bit);

/**
 * _find_next_bit() - the first set bit at or after @start; @nbits if there is none, also if @start
 * >= @nbits
 */
unsigned long _find_next_bit(const unsigned long *addr, unsigned long nbits, unsigned long start)
{
	return FIND_NEXT(READ_ONCE(addr[idx]), nbits, start);
}
EXPORT_SYMBOL(_find_next_bit);

/** _find_next_and_bit() - the first bit at or after @start that both bitmaps have, or @nbits */
unsigned long _find_next_and_bit(const unsigned long *addr1, const unsigned long *addr2,
				 unsigned long nbits, unsigned long start)
{
	return FIND_NEXT(READ_ONCE(addr1[idx]) & READ_ONCE(addr2[idx]), nbits, start);
}
EXPORT_SYMBOL(_find_next_and_bit);

/**
 * _find_next_andnot_bit() - the first bit at or after @start that is set in @addr1 and clear in
 * @addr2, or @nbits
 */
unsigned long _find_next_andnot_bit(const unsigned long *addr1, const unsigned long *addr2,
				    unsigned long nbits, unsigned long start)
{
	return FIND_NEXT(READ_ONCE(addr1[idx]) & ~READ_ONCE(addr2[idx]), nbits, start);
}
EXPORT_SYMBOL(_find_next_andnot_bit);

/** _find_next_or_bit() - the first bit at or after @start that either bitmap has, or @nbits */
unsigned long _find_next_or_bit(const unsigned long *addr1, const unsigned long *addr2,
				unsigned long nbits, unsigned long start)
{
	return FIND_NEXT(READ_ONCE(addr1[idx]) | READ_ONCE(addr2[idx]), nbits, start);
}
EXPORT_SYMBOL(_find_next_or_bit);

/** _find_next_zero_bit() - the first clear bit at or after @start, or @nbits */
unsigned long _find_next_zero_bit(const unsigned long *addr, unsigned long nbits,
				  unsigned long start)
{
	return FIND_NEXT(~READ_ONCE(addr[idx]), nbits, start);
}
EXPORT_SYMBOL(_find_next_zero_bit);

/** _find_last_bit() - the last set bit below @size, or @size */
unsigned long _find_last_bit(const unsigned long *addr, unsigned long size)
{
	unsigned long mask = BITMAP_LAST_WORD_MASK(size);
	unsigned long idx = BITS_TO_LONGS(size);

	while (idx--) {
		unsigned long word = READ_ONCE(addr[idx]) & mask;

		if (word)
			return idx * BITS_PER_LONG + __fls(word);
		mask = ~0UL;
	}
	return size;
}
EXPORT_SYMBOL(_find_last_bit);

/** __find_nth_bit() - the @n-th set bit, @n counting from 0; @size if there are not so many */
unsigned long __find_nth_bit(const unsigned long *addr, unsigned long size, unsigned long n)
{
	return FIND_NTH(READ_ONCE(addr[idx]), size, n);
}
EXPORT_SYMBOL(__find_nth_bit);

/** __find_nth_and_bit() - the @n-th bit (from 0) that both bitmaps have, or @size */
unsigned long __find_nth_and_bit(const unsigned long *addr1, const unsigned long *addr2,
				 unsigned long size, unsigned long n)
{
	return FIND_NTH(READ_ONCE(addr1[idx]) & READ_ONCE(addr2[idx]), size, n);
}
EXPORT_SYMBOL(__find_nth_and_bit);

/** __find_nth_andnot_bit() - the @n-th bit (from 0) set in @addr1 and clear in @addr2, or @size */
unsigned long __find_nth_andnot_bit(const unsigned long *addr1, const unsigned long *addr2,
				    unsigned long size, unsigned long n)
{
	return FIND_NTH(READ_ONCE(addr1[idx]) & ~READ_ONCE(addr2[idx]), size, n);
}
EXPORT_SYMBOL(__find_nth_andnot_bit);

/**
 * __find_nth_and_andnot_bit() - the @n-th bit (from 0) set in @addr1 and @addr2 and clear in
 * @addr3, or @size
 */
unsigned long __find_nth_and_andnot_bit(const unsigned long *addr1, const unsigned long *addr2,
					const unsigned long *addr3, unsigned long size,
					unsigned long n)
{
	return FIND_NTH(READ_ONCE(addr1[idx]) & READ_ONCE(addr2[idx]) & ~READ_ONCE(addr3[idx]),
			size, n);
}
EXPORT_SYMBOL(__find_nth_and_andnot_bit);

/**
 * find_next_clump8() - the next aligned group of eight bits that are not all clear
 * @clump: gets the eight bits
 * @addr: bitmap
 * @size: its size in bits
 * @offset: where to begin looking
 *
 * Return: the group's first bit, or @size.
 */
unsigned long find_next_clump8(unsigned long *clump, const unsigned long *addr,
			       unsigned long size, unsigned long offset)
{
	offset = find_next_bit(addr, size, offset);
	if (offset == size)
		return size;

	offset = round_down(offset, 8);
	*clump = bitmap_get_value8(addr, offset);
	return offset;
}
EXPORT_SYMBOL(find_next_clump8);
