/* SPDX-License-Identifier: MIT */
/* Finding a zero byte in eight at once, little-endian. */
#ifndef _ASM_WORD_AT_A_TIME_H
#define _ASM_WORD_AT_A_TIME_H

#include <linux/types.h>

struct word_at_a_time {
	const unsigned long one_bits, high_bits;
};

#define WORD_AT_A_TIME_CONSTANTS { 0x0101010101010101UL, 0x8080808080808080UL }

/** has_zero - non-zero if @a has a zero byte; its lowest set bit is that byte's top bit */
static inline unsigned long has_zero(unsigned long a, unsigned long *bits,
				     const struct word_at_a_time *c)
{
	unsigned long mask = (a - c->one_bits) & ~a & c->high_bits;

	*bits = mask;
	return mask;
}

#define prep_zero_mask(a, bits, c)	(bits)

/** create_zero_mask - ones below the lowest set bit of has_zero()'s */
static inline unsigned long create_zero_mask(unsigned long bits)
{
	return (bits - 1) & ~bits;
}

/** find_zero - how many bytes come before the zero byte */
static inline unsigned long find_zero(unsigned long mask)
{
	return __builtin_popcountl(mask) >> 3;
}

#define zero_bytemask(mask)	(mask)

/* Eight bytes whose end may lie in a page that is not there; what is missing reads as zero. */
unsigned long load_unaligned_zeropad(const void *addr);

#endif /* _ASM_WORD_AT_A_TIME_H */
