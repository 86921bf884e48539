/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_ALIGN_H
#define _LINUX_ALIGN_H

/* Rounding to a power of two. */

#include <linux/const.h>

/** ALIGN() - @x rounded up to a multiple of @a, a power of two */
#define ALIGN(x, a)		__ALIGN_KERNEL((x), (a))
/** ALIGN_DOWN() - @x rounded down to a multiple of @a, a power of two */
#define ALIGN_DOWN(x, a)	__ALIGN_KERNEL((x) - ((a) - 1), (a))
#define __ALIGN_MASK(x, mask)	__ALIGN_KERNEL_MASK((x), (mask))
/** PTR_ALIGN() - ALIGN() of a pointer */
#define PTR_ALIGN(p, a)		((typeof(p))ALIGN((unsigned long)(p), (a)))
/** PTR_ALIGN_DOWN() - ALIGN_DOWN() of a pointer */
#define PTR_ALIGN_DOWN(p, a)	((typeof(p))ALIGN_DOWN((unsigned long)(p), (a)))
/** IS_ALIGNED() - is @x a multiple of @a, a power of two? */
#define IS_ALIGNED(x, a)	(((x) & ((typeof(x))(a) - 1)) == 0)

#endif
