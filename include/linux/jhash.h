/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_JHASH_H
#define _LINUX_JHASH_H

/*
 * Bob Jenkins' lookup3: a fast unkeyed hash of bytes or words, written from the public description
 * of the algorithm. @initval lets one key give several hashes.
 *
 * Three words of state take in twelve bytes a round (__jhash_mix) and are stirred once more at the
 * end (__jhash_final); the rotation counts are the algorithm's.
 */

#include <linux/bitops.h>
#include <linux/types.h>
#include <linux/unaligned.h>

/* Size of a table and its mask. */
#define jhash_size(n)	((u32)1 << (n))
#define jhash_mask(n)	(jhash_size(n) - 1)

#define __jhash_mix(a, b, c)							\
{										\
	a -= c;  a ^= rol32(c, 4);  c += b;					\
	b -= a;  b ^= rol32(a, 6);  a += c;					\
	c -= b;  c ^= rol32(b, 8);  b += a;					\
	a -= c;  a ^= rol32(c, 16); c += b;					\
	b -= a;  b ^= rol32(a, 19); a += c;					\
	c -= b;  c ^= rol32(b, 4);  b += a;					\
}

#define __jhash_final(a, b, c)							\
{										\
	c ^= b; c -= rol32(b, 14);						\
	a ^= c; a -= rol32(c, 11);						\
	b ^= a; b -= rol32(a, 25);						\
	c ^= b; c -= rol32(b, 16);						\
	a ^= c; a -= rol32(c, 4);						\
	b ^= a; b -= rol32(a, 14);						\
	c ^= b; c -= rol32(b, 24);						\
}

#define JHASH_INITVAL	0xdeadbeef

/**
 * jhash - hash of bytes
 * @key: bytes, at any alignment
 * @length: how many
 * @initval: the previous hash, or any value
 */
static inline u32 jhash(const void *key, u32 length, u32 initval)
{
	const u8 *k = key;
	u32 a, b, c;
	u8 tail[12] = { 0 };
	u32 i;

	a = b = c = JHASH_INITVAL + length + initval;

	while (length > 12) {
		a += get_unaligned_le32(k);
		b += get_unaligned_le32(k + 4);
		c += get_unaligned_le32(k + 8);
		__jhash_mix(a, b, c);
		length -= 12;
		k += 12;
	}
	if (!length)
		return c;

	/* The last 1 to 12 bytes, zeros behind them. */
	for (i = 0; i < length; i++)
		tail[i] = k[i];
	a += get_unaligned_le32(tail);
	b += get_unaligned_le32(tail + 4);
	c += get_unaligned_le32(tail + 8);
	__jhash_final(a, b, c);
	return c;
}

/** jhash2 - hash of @length 32-bit words */
static inline u32 jhash2(const u32 *k, u32 length, u32 initval)
{
	u32 a, b, c;

	a = b = c = JHASH_INITVAL + (length << 2) + initval;

	while (length > 3) {
		a += k[0];
		b += k[1];
		c += k[2];
		__jhash_mix(a, b, c);
		length -= 3;
		k += 3;
	}

	switch (length) {
	case 3:
		c += k[2];
		fallthrough;
	case 2:
		b += k[1];
		fallthrough;
	case 1:
		a += k[0];
		__jhash_final(a, b, c);
		break;
	case 0:
		break;
	}
	return c;
}

/** __jhash_nwords - the end of the three functions below */
static inline u32 __jhash_nwords(u32 a, u32 b, u32 c, u32 initval)
{
	a += initval;
	b += initval;
	c += initval;

	__jhash_final(a, b, c);
	return c;
}

/** jhash_3words - hash three words */
static inline u32 jhash_3words(u32 a, u32 b, u32 c, u32 initval)
{
	return __jhash_nwords(a, b, c, initval + JHASH_INITVAL + (3 << 2));
}

/** jhash_2words - hash two words */
static inline u32 jhash_2words(u32 a, u32 b, u32 initval)
{
	return __jhash_nwords(a, b, 0, initval + JHASH_INITVAL + (2 << 2));
}

/** jhash_1word - hash one word */
static inline u32 jhash_1word(u32 a, u32 initval)
{
	return __jhash_nwords(a, 0, 0, initval + JHASH_INITVAL + (1 << 2));
}

#endif
