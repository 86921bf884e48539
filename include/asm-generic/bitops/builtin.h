/* SPDX-License-Identifier: MIT */
#ifndef _ASM_GENERIC_BITOPS_BUILTIN_H
#define _ASM_GENERIC_BITOPS_BUILTIN_H

/*
 * Searching one word. The compiler knows the instruction (bsf, bsr, clz, rbit) and folds
 * constants. Numbering: ffs() and fls() count from 1 and give 0 for 0; __ffs(), __fls() and ffz()
 * count from 0 and are undefined if there is nothing to find.
 */

#include <linux/compiler.h>
#include <linux/types.h>

/** __ffs() - the lowest set bit, from 0; there is one */
static __always_inline __attribute_const__ unsigned int __ffs(unsigned long word)
{
	return __builtin_ctzl(word);
}

/** __fls() - the highest set bit, from 0; there is one */
static __always_inline __attribute_const__ unsigned int __fls(unsigned long word)
{
	return BITS_PER_LONG - 1 - __builtin_clzl(word);
}

/** ffs() - the lowest set bit, from 1; 0: there is none. POSIX */
static __always_inline __attribute_const__ int ffs(int x)
{
	return __builtin_ffs(x);
}

/** fls() - the highest set bit, from 1; 0: there is none */
static __always_inline __attribute_const__ int fls(unsigned int x)
{
	return x ? 32 - __builtin_clz(x) : 0;
}

/** fls64() - fls() of 64 bits */
static __always_inline __attribute_const__ int fls64(__u64 x)
{
	return x ? 64 - __builtin_clzll(x) : 0;
}

/* The lowest zero bit; undefined for ~0UL. */
#define ffz(x)	__ffs(~(x))

#endif
