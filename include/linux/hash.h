/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_HASH_H
#define _LINUX_HASH_H

/*
 * Multiplicative hashing: multiply by an odd constant near 2^n divided by the golden ratio and keep
 * the top bits, which depend on all bits of the value. Fast; not for keys that an adversary picks
 * (use siphash for those).
 */

#include <asm/types.h>
#include <linux/compiler.h>
#include <linux/types.h>

/* 2^32 and 2^64 times (3 - sqrt(5)) / 2, made odd. */
#define GOLDEN_RATIO_32		0x61C88647
#define GOLDEN_RATIO_64		0x61C8864680B583EBull
#define GOLDEN_RATIO_PRIME	GOLDEN_RATIO_64

#define hash_long(val, bits)	hash_64(val, bits)

#define __hash_32		__hash_32_generic
/** __hash_32_generic - @val times the golden ratio of 2^32: high bits depend on all of @val */
static inline u32 __hash_32_generic(u32 val)
{
	return val * GOLDEN_RATIO_32;
}

/** hash_32 - hash of a 32-bit value, @bits wide */
static inline u32 hash_32(u32 val, unsigned int bits)
{
	return __hash_32(val) >> (32 - bits);
}

#define hash_64			hash_64_generic
/** hash_64 - hash of a 64-bit value, @bits wide */
static __always_inline u32 hash_64_generic(u64 val, unsigned int bits)
{
	return val * GOLDEN_RATIO_64 >> (64 - bits);
}

/** hash_ptr - hash of an address, @bits wide */
static inline u32 hash_ptr(const void *ptr, unsigned int bits)
{
	return hash_long((unsigned long)ptr, bits);
}

/** hash32_ptr - an address folded to 32 bits; not mixed */
static inline u32 hash32_ptr(const void *ptr)
{
	unsigned long val = (unsigned long)ptr;

	return (u32)(val ^ (val >> 32));
}

#endif
