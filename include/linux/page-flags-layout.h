/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_PAGE_FLAGS_LAYOUT_H
#define _LINUX_PAGE_FLAGS_LAYOUT_H

/*
 * What shares the word page->flags with the flags (<linux/page-flags.h>, from bit 0 up).
 *
 * From the top bit down stand numbers of the page: of its section, node and zone, of who used it
 * last, and KASAN's tag. One that this kernel doesn't keep has no bits: its width and its shift
 * are 0, so that what is written for all of them holds. Here that is all but the zone: memory is
 * one flat map of one node.
 */

#define SECTIONS_WIDTH		0
#define NODES_WIDTH		0
#define ZONES_SHIFT		2
#define ZONES_WIDTH		ZONES_SHIFT
#define LAST_CPUPID_WIDTH	0
#define KASAN_TAG_WIDTH		0

#define SECTIONS_PGSHIFT	0
#define NODES_PGSHIFT		0
#define ZONES_PGSHIFT		(8 * sizeof(unsigned long) - ZONES_WIDTH)
#define LAST_CPUPID_PGSHIFT	0
#define KASAN_TAG_PGSHIFT	0

#define SECTIONS_MASK		((1UL << SECTIONS_WIDTH) - 1)
#define NODES_MASK		((1UL << NODES_WIDTH) - 1)
#define ZONES_MASK		((1UL << ZONES_WIDTH) - 1)
#define LAST_CPUPID_MASK	((1UL << LAST_CPUPID_WIDTH) - 1)
#define KASAN_TAG_MASK		((1UL << KASAN_TAG_WIDTH) - 1)

#endif
