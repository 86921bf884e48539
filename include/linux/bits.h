/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_BITS_H
#define _LINUX_BITS_H

/* Masks made of bit numbers. Usable from assembly as far as the assembler knows the operators. */

#include <linux/const.h>
#include <asm/bitsperlong.h>

/** BIT() - the word with bit @nr alone */
#define BIT(nr)			(UL(1) << (nr))
/** BIT_ULL() - 64 bits with bit @nr alone */
#define BIT_ULL(nr)		(ULL(1) << (nr))
/** BIT_MASK() - bit @nr of a bitmap, in its word */
#define BIT_MASK(nr)		(UL(1) << ((nr) % BITS_PER_LONG))
/** BIT_WORD() - the number of the word that has bit @nr of a bitmap */
#define BIT_WORD(nr)		((nr) / BITS_PER_LONG)
#define BIT_ULL_MASK(nr)	(ULL(1) << ((nr) % BITS_PER_LONG_LONG))
#define BIT_ULL_WORD(nr)	((nr) / BITS_PER_LONG_LONG)
#define BITS_PER_BYTE		8

/*
 * GENMASK(h, l): bits l to h, both included. Arguments in the wrong order, if constant, don't
 * compile.
 */
#ifndef __ASSEMBLY__
#include <linux/build_bug.h>
#include <linux/compiler.h>
#define GENMASK_INPUT_CHECK(h, l)						\
	(BUILD_BUG_ON_ZERO(__builtin_choose_expr(				\
		__is_constexpr((l) > (h)), (l) > (h), 0)))
#else
#define GENMASK_INPUT_CHECK(h, l)	0
#endif

#define __GENMASK(h, l)								\
	(((~UL(0)) - (UL(1) << (l)) + 1) & (~UL(0) >> (BITS_PER_LONG - 1 - (h))))
#define GENMASK(h, l)		(GENMASK_INPUT_CHECK(h, l) + __GENMASK(h, l))

#define __GENMASK_ULL(h, l)							\
	(((~ULL(0)) - (ULL(1) << (l)) + 1) & (~ULL(0) >> (BITS_PER_LONG_LONG - 1 - (h))))
#define GENMASK_ULL(h, l)	(GENMASK_INPUT_CHECK(h, l) + __GENMASK_ULL(h, l))

#ifndef __ASSEMBLY__
/* 128 bits wide; for compilers with __int128 only. */
#define __GENMASK_U128(h, l)							\
	((((unsigned __int128)~0ULL << 64 | ~0ULL) >> (127 - (h))) >> (l) << (l))
#define GENMASK_U128(h, l)	(GENMASK_INPUT_CHECK(h, l) + __GENMASK_U128(h, l))
#endif

#endif
