/* SPDX-License-Identifier: MIT */
#ifndef _ASM_GENERIC_BITOPS_HWEIGHT_H
#define _ASM_GENERIC_BITOPS_HWEIGHT_H

/*
 * Counting set bits. Neither baseline machine (x86-64-v1, ARMv8.0 without FP in the kernel) has an
 * instruction for it, so variables go to the functions in lib/hweight.c. Constants are folded by
 * the compiler, and the HWEIGHTx() names fail to build if their argument is not constant.
 */

#include <linux/build_bug.h>
#include <linux/types.h>

#ifndef __arch_hweight64
#define __arch_hweight8(w)	__sw_hweight8(w)
#define __arch_hweight16(w)	__sw_hweight16(w)
#define __arch_hweight32(w)	__sw_hweight32(w)
#define __arch_hweight64(w)	__sw_hweight64(w)
#endif

#define __const_hweight8(w)	((unsigned int)__builtin_popcount((__u8)(w)))
#define __const_hweight16(w)	((unsigned int)__builtin_popcount((__u16)(w)))
#define __const_hweight32(w)	((unsigned int)__builtin_popcount((__u32)(w)))
#define __const_hweight64(w)	((unsigned long)__builtin_popcountll((__u64)(w)))

#define hweight8(w)	(__builtin_constant_p(w) ? __const_hweight8(w) : __arch_hweight8(w))
#define hweight16(w)	(__builtin_constant_p(w) ? __const_hweight16(w) : __arch_hweight16(w))
#define hweight32(w)	(__builtin_constant_p(w) ? __const_hweight32(w) : __arch_hweight32(w))
#define hweight64(w)	(__builtin_constant_p(w) ? __const_hweight64(w) : __arch_hweight64(w))

#define HWEIGHT8(w)	(BUILD_BUG_ON_ZERO(!__builtin_constant_p(w)) + __const_hweight8(w))
#define HWEIGHT16(w)	(BUILD_BUG_ON_ZERO(!__builtin_constant_p(w)) + __const_hweight16(w))
#define HWEIGHT32(w)	(BUILD_BUG_ON_ZERO(!__builtin_constant_p(w)) + __const_hweight32(w))
#define HWEIGHT64(w)	(BUILD_BUG_ON_ZERO(!__builtin_constant_p(w)) + __const_hweight64(w))
#define HWEIGHT(w)	HWEIGHT64((__u64)(w))

#endif
