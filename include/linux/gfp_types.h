/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_GFP_TYPES_H
#define _LINUX_GFP_TYPES_H

/*
 * gfp_t: what an allocation may do to succeed.
 *
 * A caller normally names one of the ready-made sets at the end of this file:
 *
 *	GFP_KERNEL	task context, may sleep, may reclaim
 *	GFP_ATOMIC	any context but NMI, never sleeps, may use the reserves
 *	GFP_NOWAIT	never sleeps, keeps out of the reserves
 *	GFP_NOIO/NOFS	may sleep, but must not recurse into the block layer / a file system
 *
 * and adds modifiers (__GFP_ZERO, __GFP_NOWARN, ...). The bits fall into four groups: where the
 * page may lie (zone), how it is going to be used (mobility), how deep the watermarks may be cut
 * (reserves), and how hard to try (reclaim).
 */

#include <linux/bits.h>
#include <linux/types.h>

enum {
	___GFP_DMA_BIT,
	___GFP_HIGHMEM_BIT,
	___GFP_DMA32_BIT,
	___GFP_MOVABLE_BIT,
	___GFP_RECLAIMABLE_BIT,
	___GFP_HIGH_BIT,
	___GFP_IO_BIT,
	___GFP_FS_BIT,
	___GFP_ZERO_BIT,
	___GFP_UNUSED_BIT,
	___GFP_DIRECT_RECLAIM_BIT,
	___GFP_KSWAPD_RECLAIM_BIT,
	___GFP_WRITE_BIT,
	___GFP_NOWARN_BIT,
	___GFP_RETRY_MAYFAIL_BIT,
	___GFP_NOFAIL_BIT,
	___GFP_NORETRY_BIT,
	___GFP_MEMALLOC_BIT,
	___GFP_COMP_BIT,
	___GFP_NOMEMALLOC_BIT,
	___GFP_HARDWALL_BIT,
	___GFP_THISNODE_BIT,
	___GFP_ACCOUNT_BIT,
	___GFP_ZEROTAGS_BIT,
	___GFP_SKIP_ZERO_BIT,
	___GFP_SKIP_KASAN_BIT,
	___GFP_NOLOCKDEP_BIT,
	___GFP_LAST_BIT
};

#define __GFP_BIT(name)		((__force gfp_t)BIT(___GFP_##name##_BIT))

/* Where the page may lie. Without ZONE_DMA, __GFP_DMA asks for nothing special. */
#define __GFP_DMA		__GFP_BIT(DMA)
#define __GFP_HIGHMEM		__GFP_BIT(HIGHMEM)
#define __GFP_DMA32		__GFP_BIT(DMA32)
#define __GFP_MOVABLE		__GFP_BIT(MOVABLE)
#define GFP_ZONEMASK		(__GFP_DMA | __GFP_HIGHMEM | __GFP_DMA32 | __GFP_MOVABLE)

/* What it is for. */
#define __GFP_RECLAIMABLE	__GFP_BIT(RECLAIMABLE)
#define __GFP_WRITE		__GFP_BIT(WRITE)
#define __GFP_HARDWALL		__GFP_BIT(HARDWALL)
#define __GFP_THISNODE		__GFP_BIT(THISNODE)
#define __GFP_ACCOUNT		__GFP_BIT(ACCOUNT)

/* Reserves: HIGH may cut into them, MEMALLOC ignores them, NOMEMALLOC overrules both. */
#define __GFP_HIGH		__GFP_BIT(HIGH)
#define __GFP_MEMALLOC		__GFP_BIT(MEMALLOC)
#define __GFP_NOMEMALLOC	__GFP_BIT(NOMEMALLOC)

/* Reclaim: how hard to try. */
#define __GFP_IO		__GFP_BIT(IO)
#define __GFP_FS		__GFP_BIT(FS)
#define __GFP_DIRECT_RECLAIM	__GFP_BIT(DIRECT_RECLAIM)
#define __GFP_KSWAPD_RECLAIM	__GFP_BIT(KSWAPD_RECLAIM)
#define __GFP_RECLAIM		(__GFP_DIRECT_RECLAIM | __GFP_KSWAPD_RECLAIM)
#define __GFP_RETRY_MAYFAIL	__GFP_BIT(RETRY_MAYFAIL)
#define __GFP_NOFAIL		__GFP_BIT(NOFAIL)
#define __GFP_NORETRY		__GFP_BIT(NORETRY)

/* What to do with the page, and what to say. */
#define __GFP_NOWARN		__GFP_BIT(NOWARN)
#define __GFP_COMP		__GFP_BIT(COMP)
#define __GFP_ZERO		__GFP_BIT(ZERO)
#define __GFP_ZEROTAGS		__GFP_BIT(ZEROTAGS)
#define __GFP_SKIP_ZERO		__GFP_BIT(SKIP_ZERO)
#define __GFP_SKIP_KASAN	__GFP_BIT(SKIP_KASAN)
#define __GFP_NOLOCKDEP		__GFP_BIT(NOLOCKDEP)

#define __GFP_BITS_SHIFT	___GFP_LAST_BIT
#define __GFP_BITS_MASK		((__force gfp_t)((1 << __GFP_BITS_SHIFT) - 1))

#define GFP_ATOMIC		(__GFP_HIGH | __GFP_KSWAPD_RECLAIM)
#define GFP_KERNEL		(__GFP_RECLAIM | __GFP_IO | __GFP_FS)
#define GFP_KERNEL_ACCOUNT	(GFP_KERNEL | __GFP_ACCOUNT)
#define GFP_NOWAIT		(__GFP_KSWAPD_RECLAIM | __GFP_NOWARN)
#define GFP_NOIO		(__GFP_RECLAIM)
#define GFP_NOFS		(__GFP_RECLAIM | __GFP_IO)
#define GFP_USER		(__GFP_RECLAIM | __GFP_IO | __GFP_FS | __GFP_HARDWALL)
#define GFP_DMA			__GFP_DMA
#define GFP_DMA32		__GFP_DMA32
#define GFP_HIGHUSER		(GFP_USER | __GFP_HIGHMEM)
#define GFP_HIGHUSER_MOVABLE	(GFP_HIGHUSER | __GFP_MOVABLE | __GFP_SKIP_KASAN)
#define GFP_TRANSHUGE_LIGHT	((GFP_HIGHUSER_MOVABLE | __GFP_COMP | __GFP_NOMEMALLOC | \
				  __GFP_NOWARN) & ~__GFP_RECLAIM)
#define GFP_TRANSHUGE		(GFP_TRANSHUGE_LIGHT | __GFP_DIRECT_RECLAIM)

#endif /* _LINUX_GFP_TYPES_H */
