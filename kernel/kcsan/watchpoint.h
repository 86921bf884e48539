/* SPDX-License-Identifier: MIT */
#ifndef _KERNEL_KCSAN_WATCHPOINT_H
#define _KERNEL_KCSAN_WATCHPOINT_H

/*
 * A watchpoint is one word, so that setting, finding and taking one is one atomic operation:
 *
 *	63      62       61 .. 48      47 .. 0
 *	write   marked   size          address, low bits
 *
 * Kernel addresses differ only in the low 48 bits. Two words can't be watchpoints: 0, a free slot,
 * and 1, a watchpoint that another CPU ran into.
 *
 * A watchpoint never crosses a page (a longer access is watched up to the end of its first page),
 * and its page number picks its slot, or the next one if that is taken. So who accesses within one
 * page looks at two slots.
 */

#include <linux/atomic.h>
#include <linux/bits.h>
#include <linux/kcsan-checks.h>
#include <linux/minmax.h>
#include <linux/mm.h>

#define WATCHPOINTS		128	/* a power of two */
#define WATCH_TRIES		2	/* slots that a page may use */

#define WATCH_FREE		0L
#define WATCH_TAKEN		1L

#define WATCH_WRITE		BIT(63)
#define WATCH_MARKED		BIT(62)
#define WATCH_SIZE_SHIFT	48
#define WATCH_SIZE_BITS		14
#define WATCH_ADDRESS		GENMASK(47, 0)

static_assert(PAGE_SIZE < BIT(WATCH_SIZE_BITS));

static inline unsigned int watch_slot(unsigned long addr, unsigned int try)
{
	return ((addr >> PAGE_SHIFT) + try) & (WATCHPOINTS - 1);
}

/* The bytes of [addr, addr + size) that lie in addr's page. */
static inline size_t watch_in_page(unsigned long addr, size_t size)
{
	return min_t(size_t, size, PAGE_SIZE - (addr & (PAGE_SIZE - 1)));
}

/* @size as by watch_in_page(). */
static inline long watch_encode(unsigned long addr, size_t size, int type)
{
	unsigned long word = addr & WATCH_ADDRESS;

	word |= (unsigned long)size << WATCH_SIZE_SHIFT;
	if (type & KCSAN_ACCESS_WRITE)
		word |= WATCH_WRITE;
	if (type & KCSAN_ACCESS_ATOMIC)
		word |= WATCH_MARKED;
	return word;
}

/* Does an access race with a watchpoint? Common bytes, one write, one plain (a claim counts so). */
static inline bool watch_conflicts(long watch, unsigned long addr, size_t size, int type)
{
	unsigned long word = watch, from = word & WATCH_ADDRESS;
	size_t len = (word >> WATCH_SIZE_SHIFT) & (BIT(WATCH_SIZE_BITS) - 1);

	addr &= WATCH_ADDRESS;
	if (addr >= from + len || from >= addr + size)
		return false;
	if (!(word & WATCH_WRITE) && !(type & KCSAN_ACCESS_WRITE))
		return false;
	return !(word & WATCH_MARKED) || !(type & KCSAN_ACCESS_ATOMIC);
}

#endif /* _KERNEL_KCSAN_WATCHPOINT_H */
