// SPDX-License-Identifier: MIT
/*
 * Counting set bits without an instruction for it: add neighbouring fields in parallel, pairs
 * first, then fours, then eights; one multiplication sums the bytes into the top one.
 */

#include <linux/bitops.h>
#include <linux/export.h>
#include <linux/types.h>

/* Each byte of the result holds the number of bits set in that byte of @w. */
static inline u64 count_per_byte(u64 w)
{
	w -= (w >> 1) & 0x5555555555555555ull;
	w = (w & 0x3333333333333333ull) + ((w >> 2) & 0x3333333333333333ull);
	return (w + (w >> 4)) & 0x0f0f0f0f0f0f0f0full;
}

/** __sw_hweight64() - number of bits set in a 64-bit value */
unsigned long __sw_hweight64(u64 w)
{
	return (count_per_byte(w) * 0x0101010101010101ull) >> 56;
}
EXPORT_SYMBOL(__sw_hweight64);

/** __sw_hweight32() - number of bits set in a 32-bit value */
unsigned int __sw_hweight32(unsigned int w)
{
	return __sw_hweight64(w);
}
EXPORT_SYMBOL(__sw_hweight32);

/** __sw_hweight16() - number of bits set in the low 16 bits */
unsigned int __sw_hweight16(unsigned int w)
{
	return __sw_hweight64(w & 0xffff);
}
EXPORT_SYMBOL(__sw_hweight16);

/** __sw_hweight8() - number of bits set in the low 8 bits */
unsigned int __sw_hweight8(unsigned int w)
{
	return __sw_hweight64(w & 0xff);
}
EXPORT_SYMBOL(__sw_hweight8);
