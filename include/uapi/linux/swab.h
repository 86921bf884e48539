/* SPDX-License-Identifier: MIT */
#ifndef _UAPI_LINUX_SWAB_H
#define _UAPI_LINUX_SWAB_H

/* Reversing the bytes of a number; the compiler has an instruction for each. */

#include <linux/types.h>

#define __swab16(x)	((__u16)__builtin_bswap16((__u16)(x)))
#define __swab32(x)	((__u32)__builtin_bswap32((__u32)(x)))
#define __swab64(x)	((__u64)__builtin_bswap64((__u64)(x)))

/* Exchange the two halves, or the bytes within each half, of a 32-bit number. */
#define __swahw32(x)	((__u32)(((__u32)(x) << 16) | ((__u32)(x) >> 16)))
#define __swahb32(x)								\
	((__u32)((((__u32)(x) & 0x00ff00ffU) << 8) | (((__u32)(x) & 0xff00ff00U) >> 8)))

static __inline__ unsigned long __swab(const unsigned long y)
{
	return __swab64(y);
}

static __inline__ __u16 __swab16p(const __u16 *p) { return __swab16(*p); }
static __inline__ __u32 __swab32p(const __u32 *p) { return __swab32(*p); }
static __inline__ __u64 __swab64p(const __u64 *p) { return __swab64(*p); }
static __inline__ __u32 __swahw32p(const __u32 *p) { return __swahw32(*p); }
static __inline__ __u32 __swahb32p(const __u32 *p) { return __swahb32(*p); }
static __inline__ void __swab16s(__u16 *p) { *p = __swab16p(p); }
static __inline__ void __swab32s(__u32 *p) { *p = __swab32p(p); }
static __inline__ void __swab64s(__u64 *p) { *p = __swab64p(p); }
static __inline__ void __swahw32s(__u32 *p) { *p = __swahw32p(p); }
static __inline__ void __swahb32s(__u32 *p) { *p = __swahb32p(p); }

#endif
