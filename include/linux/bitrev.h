/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_BITREV_H
#define _LINUX_BITREV_H

/* Turning the order of bits round: halves are exchanged, then halves of halves. */

#include <linux/types.h>

/** bitrev8() - the bits of a byte, in reverse */
static inline u8 bitrev8(u8 x)
{
	x = x >> 4 | x << 4;
	x = (x & 0xcc) >> 2 | (x & 0x33) << 2;
	return (x & 0xaa) >> 1 | (x & 0x55) << 1;
}

/** bitrev16() - the bits of 16, in reverse */
static inline u16 bitrev16(u16 x)
{
	return bitrev8(x & 0xff) << 8 | bitrev8(x >> 8);
}

/** bitrev32() - the bits of 32, in reverse */
static inline u32 bitrev32(u32 x)
{
	return (u32)bitrev16(x & 0xffff) << 16 | bitrev16(x >> 16);
}

/** bitrev8x4() - the bits of each byte in reverse, the bytes staying where they are */
static inline u32 bitrev8x4(u32 x)
{
	return __builtin_bswap32(bitrev32(x));
}

#endif
