/* SPDX-License-Identifier: MIT */
#ifndef _LIB_TESTS_IOV_ITER_WORLD_H
#define _LIB_TESTS_IOV_ITER_WORLD_H

/*
 * What the suites about iterators work on, the arena: one block of pages that can be seen at a
 * kernel address and at a user address.
 *
 *	BASE			the arena, ARENA bytes, writable
 *	BASE + ARENA		nothing
 *	RDONLY			one read-only page
 */

#include <kunit/test.h>

#include <linux/kthread.h>
#include <linux/mm.h>
#include <linux/xarray.h>

#define ORDER		2
#define ARENA		(PAGE_SIZE << ORDER)
#define BASE		0x20000000UL
#define RDONLY		(BASE + ARENA + PAGE_SIZE)
#define USER(addr)	((void __user *)(addr))
#define XA_INDEX	100	/* of the arena in the page cache */

struct world {
	struct mm_struct *mm;
	struct page *page;	/* the arena's first, head of a folio */
	u8 *mem;		/* the arena */
	struct page *rdonly;
	u8 *buf;		/* ARENA bytes of the test's own */
};

int world_init(struct kunit *test);
void world_exit(struct kunit *test);
void fill_pattern(void *p, size_t n, u8 seed);
int store_folio_in(struct xarray *xa, struct folio *folio);

/* A case that sees the arena at BASE: only EXPECTs in its body, so that the space is given back. */
#define IN_USER_SPACE(name)							\
static void __##name(struct kunit *test, struct world *w);			\
static void name(struct kunit *test)						\
{										\
	struct world *w = test->priv;						\
										\
	kthread_use_mm(w->mm);							\
	__##name(test, w);							\
	kthread_unuse_mm(w->mm);						\
}										\
static void __##name(struct kunit *test, struct world *w)

#endif
