// SPDX-License-Identifier: MIT
/* See iov_iter_world.h. */

#include "iov_iter_world.h"

#include <linux/gfp.h>
#include <linux/page_ref.h>
#include <linux/pagemap.h>
#include <linux/pgtable.h>
#include <linux/sched/mm.h>

/* Makes the world; of each suite the .init. */
int world_init(struct kunit *test)
{
	struct world *w = kunit_kzalloc(test, sizeof(*w), GFP_KERNEL);
	unsigned int k;

	KUNIT_ASSERT_NOT_NULL(test, w);
	w->buf = kunit_kzalloc(test, ARENA, GFP_KERNEL);
	KUNIT_ASSERT_NOT_NULL(test, w->buf);
	w->mm = mm_alloc();
	KUNIT_ASSERT_NOT_NULL(test, w->mm);
	test->priv = w;
	w->page = alloc_pages(GFP_KERNEL | __GFP_ZERO | __GFP_COMP, ORDER);
	w->rdonly = alloc_page(GFP_KERNEL | __GFP_ZERO);
	KUNIT_ASSERT_NOT_NULL(test, w->page);
	KUNIT_ASSERT_NOT_NULL(test, w->rdonly);
	w->mem = page_address(w->page);
	for (k = 0; k < 1 << ORDER; k++)
		KUNIT_ASSERT_EQ(test, 0, mm_map_user_page(w->mm, BASE + k * PAGE_SIZE,
							  w->page + k, PAGE_SHARED));
	KUNIT_ASSERT_EQ(test, 0, mm_map_user_page(w->mm, RDONLY, w->rdonly, PAGE_READONLY));
	return 0;
}

void world_exit(struct kunit *test)
{
	struct world *w = test->priv;

	if (!w)
		return;
	mmput(w->mm);
	if (w->page) {
		KUNIT_EXPECT_EQ(test, page_count(w->page), 1);
		put_page(w->page);
	}
	if (w->rdonly) {
		KUNIT_EXPECT_EQ(test, page_count(w->rdonly), 1);
		put_page(w->rdonly);
	}
}

void fill_pattern(void *p, size_t n, u8 seed)
{
	u8 *b = p;

	while (n--)
		*b++ = seed++ * 31 + 7;
}

/* As a page cache has it: one entry for all pages of the folio. */
int store_folio_in(struct xarray *xa, struct folio *folio)
{
	XA_STATE_ORDER(xas, xa, folio->index, folio_order(folio));

	do {
		xas_lock(&xas);
		xas_store(&xas, folio);
		xas_unlock(&xas);
	} while (xas_nomem(&xas, GFP_KERNEL));
	return xas_error(&xas);
}
