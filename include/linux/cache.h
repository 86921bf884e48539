/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_CACHE_H
#define _LINUX_CACHE_H

/* Where data lies with respect to cache lines, and which data is read-only after boot. */
#include <uapi/linux/const.h>
#include <asm/cache.h>

#ifndef L1_CACHE_ALIGN
#define L1_CACHE_ALIGN(x) __ALIGN_KERNEL(x, L1_CACHE_BYTES)
#endif
#ifndef SMP_CACHE_BYTES
#define SMP_CACHE_BYTES L1_CACHE_BYTES
#endif

#define __read_mostly		__section(".data..read_mostly")
/* Written while booting, then mapped read-only with .rodata. */
#define __ro_after_init		__section(".data..ro_after_init")
#define ____cacheline_aligned	__attribute__((__aligned__(SMP_CACHE_BYTES)))
#define ____cacheline_aligned_in_smp ____cacheline_aligned
#define __cacheline_aligned						\
	__attribute__((__aligned__(SMP_CACHE_BYTES), __section__(".data..cacheline_aligned")))
#define __cacheline_aligned_in_smp __cacheline_aligned
#define INTERNODE_CACHE_SHIFT	L1_CACHE_SHIFT
#define ____cacheline_internodealigned_in_smp ____cacheline_aligned
#define __cacheline_group_begin(GROUP) __u8 __cacheline_group_begin__##GROUP[0]
#define __cacheline_group_end(GROUP) __u8 __cacheline_group_end__##GROUP[0]

#endif /* _LINUX_CACHE_H */
