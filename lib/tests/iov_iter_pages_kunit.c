// SPDX-License-Identifier: MIT
/*
 * Tests of <linux/uio.h>: the pages that an iterator names, referenced, pinned, or in a scatter
 * list.
 */

#include "iov_iter_world.h"

#include <linux/folio_queue.h>
#include <linux/page_ref.h>
#include <linux/pagemap.h>
#include <linux/scatterlist.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/uio.h>
#include <linux/vmalloc.h>

/* ---- pages ---- */

IN_USER_SPACE(pages_of_user_memory_are_referenced)
{
	struct iovec iov[] = { { NULL, 0 }, { USER(BASE + 100), PAGE_SIZE }, { USER(RDONLY), 7 } };
	struct page *pages[4], **array;
	struct iov_iter i;
	size_t start = 0;
	int refs = page_count(w->page);

	iov_iter_init(&i, ITER_SOURCE, iov, 3, PAGE_SIZE + 7);
	KUNIT_EXPECT_EQ(test, iov_iter_get_pages2(&i, pages, LONG_MAX, 4, &start),
			(ssize_t)PAGE_SIZE);
	KUNIT_EXPECT_EQ(test, start, 100UL);
	KUNIT_EXPECT_PTR_EQ(test, pages[0], w->page);
	KUNIT_EXPECT_PTR_EQ(test, pages[1], w->page + 1);
	KUNIT_EXPECT_EQ(test, page_count(w->page), refs + 2);
	put_page(pages[0]);
	put_page(pages[1]);
	KUNIT_EXPECT_EQ(test, iov_iter_get_pages_alloc2(&i, &array, LONG_MAX, &start), 7);
	KUNIT_EXPECT_EQ(test, start, 0UL);
	KUNIT_EXPECT_PTR_EQ(test, array[0], w->rdonly);
	put_page(array[0]);
	kvfree(array);
	KUNIT_EXPECT_EQ(test, iov_iter_count(&i), 0UL);

	/* one page at most: the rest of it */
	iov_iter_init(&i, ITER_SOURCE, iov, 3, PAGE_SIZE + 7);
	KUNIT_EXPECT_EQ(test, iov_iter_get_pages2(&i, pages, LONG_MAX, 1, &start),
			(ssize_t)PAGE_SIZE - 100);
	put_page(pages[0]);

	/* into read-only memory, or a hole */
	iov_iter_ubuf(&i, ITER_DEST, USER(RDONLY), 7);
	KUNIT_EXPECT_EQ(test, iov_iter_get_pages2(&i, pages, 7, 4, &start), -EFAULT);
	KUNIT_EXPECT_EQ(test, iov_iter_get_pages_alloc2(&i, &array, 7, &start), -EFAULT);
	KUNIT_EXPECT_NULL(test, array);
	iov_iter_ubuf(&i, ITER_SOURCE, USER(BASE + ARENA - 1), 7);
	i.nofault = true;
	KUNIT_EXPECT_EQ(test, iov_iter_get_pages2(&i, pages, 7, 4, &start), 1);
	put_page(pages[0]);
	KUNIT_EXPECT_EQ(test, iov_iter_get_pages2(&i, pages, 7, 4, &start), -EFAULT);
}

IN_USER_SPACE(extracted_user_pages_are_pinned)
{
	struct page *room[2], **pages = room;
	struct iov_iter i;
	size_t start;
	int refs = page_count(w->rdonly);

	iov_iter_ubuf(&i, ITER_DEST, USER(BASE + 8), 2 * PAGE_SIZE);
	KUNIT_EXPECT_TRUE(test, iov_iter_extract_will_pin(&i));
	KUNIT_EXPECT_EQ(test, iov_iter_extract_pages(&i, &pages, LONG_MAX, 2, 0, &start),
			2 * (ssize_t)PAGE_SIZE - 8);
	KUNIT_EXPECT_TRUE(test, folio_maybe_dma_pinned(page_folio(w->page)));
	unpin_user_pages(pages, 2);
	KUNIT_EXPECT_FALSE(test, folio_maybe_dma_pinned(page_folio(w->page)));

	iov_iter_ubuf(&i, ITER_SOURCE, USER(RDONLY), 9);
	pages = NULL;
	KUNIT_EXPECT_EQ(test, iov_iter_extract_pages(&i, &pages, 9, 2, ITER_ALLOW_P2PDMA, &start),
			9);
	KUNIT_EXPECT_TRUE(test, folio_maybe_dma_pinned(page_folio(w->rdonly)));
	unpin_user_page(pages[0]);
	kvfree(pages);
	KUNIT_EXPECT_EQ(test, page_count(w->rdonly), refs);
}

static void kernel_pages_are_named_not_held(struct kunit *test)
{
	struct world *w = test->priv;
	u8 *v = vmalloc(2 * PAGE_SIZE);
	struct kvec kv[] = { { w->mem + 3, 0 }, { w->mem + 3, 5 }, { v + 9, PAGE_SIZE } };
	struct page *room[4], **pages = room;
	struct iov_iter i;
	size_t start;
	int refs = page_count(w->page);

	KUNIT_ASSERT_NOT_NULL(test, v);
	iov_iter_kvec(&i, ITER_SOURCE, kv, 3, PAGE_SIZE + 5);
	KUNIT_EXPECT_FALSE(test, iov_iter_extract_will_pin(&i));
	KUNIT_EXPECT_EQ(test, iov_iter_get_pages2(&i, pages, 5, 4, &start), -EFAULT);
	KUNIT_EXPECT_EQ(test, iov_iter_extract_pages(&i, &pages, LONG_MAX, 4, 0, &start), 5);
	KUNIT_EXPECT_EQ(test, start, 3UL);
	KUNIT_EXPECT_PTR_EQ(test, pages[0], w->page);
	KUNIT_EXPECT_EQ(test, page_count(w->page), refs);
	KUNIT_EXPECT_EQ(test, iov_iter_extract_pages(&i, &pages, LONG_MAX, 4, 0, &start),
			(ssize_t)PAGE_SIZE);
	KUNIT_EXPECT_PTR_EQ(test, pages[0], vmalloc_to_page(v));
	KUNIT_EXPECT_PTR_EQ(test, pages[1], vmalloc_to_page(v + PAGE_SIZE));
	KUNIT_EXPECT_EQ(test, iov_iter_extract_pages(&i, &pages, LONG_MAX, 4, 0, &start), 0);
	vfree(v);
	iov_iter_discard(&i, ITER_DEST, 5);
	KUNIT_EXPECT_EQ(test, iov_iter_extract_pages(&i, &pages, 5, 4, 0, &start), -EFAULT);
}

static void fragments_give_their_pages(struct kunit *test)
{
	struct world *w = test->priv;
	struct page *room[4], **pages = room;
	struct bio_vec bv[2];
	struct iov_iter i;
	size_t start;
	int refs = page_count(w->page);

	bvec_set_page(&bv[0], w->page, 0, 0);
	bvec_set_folio(&bv[1], page_folio(w->page), 2 * PAGE_SIZE, PAGE_SIZE + 16);
	iov_iter_bvec(&i, ITER_SOURCE, bv, 2, 2 * PAGE_SIZE);
	KUNIT_EXPECT_EQ(test, iov_iter_get_pages2(&i, pages, LONG_MAX, 2, &start),
			2 * (ssize_t)PAGE_SIZE - 16);
	KUNIT_EXPECT_EQ(test, start, 16UL);
	KUNIT_EXPECT_PTR_EQ(test, pages[0], w->page + 1);
	KUNIT_EXPECT_PTR_EQ(test, pages[1], w->page + 2);
	KUNIT_EXPECT_EQ(test, page_count(w->page), refs + 2);
	put_page(pages[0]);
	put_page(pages[1]);
	KUNIT_EXPECT_EQ(test, iov_iter_extract_pages(&i, &pages, LONG_MAX, 2, 0, &start), 16);
	KUNIT_EXPECT_PTR_EQ(test, pages[0], w->page + 3);
	KUNIT_EXPECT_EQ(test, page_count(w->page), refs);
}

static void a_page_cache_gives_its_pages(struct kunit *test)
{
	struct world *w = test->priv;
	struct page *room[4], **pages = room;
	struct iov_iter i;
	struct xarray xa;
	int refs = page_count(w->page);
	char buf[8];
	size_t start;

	xa_init(&xa);
	page_folio(w->page)->index = XA_INDEX;
	KUNIT_EXPECT_EQ(test, store_folio_in(&xa, page_folio(w->page)), 0);
	iov_iter_xarray(&i, ITER_SOURCE, &xa, (XA_INDEX + 1) * PAGE_SIZE + 7, 4 * PAGE_SIZE);
	KUNIT_EXPECT_TRUE(test, iov_iter_is_xarray(&i) && !user_backed_iter(&i));
	KUNIT_EXPECT_EQ(test, iov_iter_npages(&i, 9), 5);
	KUNIT_EXPECT_EQ(test, iov_iter_get_pages2(&i, pages, LONG_MAX, 2, &start),
			2 * (ssize_t)PAGE_SIZE - 7);
	KUNIT_EXPECT_EQ(test, start, 7UL);
	KUNIT_EXPECT_PTR_EQ(test, pages[1], w->page + 2);
	KUNIT_EXPECT_EQ(test, page_count(w->page), refs + 2);
	put_page(pages[0]);
	put_page(pages[1]);
	/* one page more, then the cache has nothing */
	KUNIT_EXPECT_EQ(test, iov_iter_extract_pages(&i, &pages, LONG_MAX, 4, 0, &start),
			(ssize_t)PAGE_SIZE);
	KUNIT_EXPECT_PTR_EQ(test, pages[0], w->page + 3);
	KUNIT_EXPECT_EQ(test, page_count(w->page), refs);
	KUNIT_EXPECT_EQ(test, iov_iter_extract_pages(&i, &pages, LONG_MAX, 4, 0, &start), 0);
	KUNIT_EXPECT_EQ(test, copy_from_iter(buf, 8, &i), 0UL);
	iov_iter_revert(&i, 3);
	KUNIT_EXPECT_EQ(test, copy_from_iter(buf, 8, &i), 3UL);
	xa_destroy(&xa);
}

/* ---- scatter lists ---- */

/* What a list names, in one string of bytes. */
static size_t gather(struct scatterlist *sg, unsigned int n, u8 *to)
{
	size_t bytes = 0;

	for (; n--; sg++) {
		memcpy(to + bytes, sg_virt(sg), sg->length);
		bytes += sg->length;
	}
	return bytes;
}

IN_USER_SPACE(user_memory_becomes_a_list_of_pinned_pages)
{
	struct iovec iov[] = { { USER(BASE + 100), PAGE_SIZE }, { USER(RDONLY), 7 } };
	struct scatterlist sgl[4];
	struct sg_table table = { .sgl = sgl };
	struct iov_iter i;
	unsigned int k;

	fill_pattern(w->mem, ARENA, 9);
	sg_init_table(sgl, 4);
	iov_iter_init(&i, ITER_SOURCE, iov, 2, PAGE_SIZE + 7);
	KUNIT_EXPECT_EQ(test, extract_iter_to_sg(&i, LONG_MAX, &table, 4, 0),
			(ssize_t)PAGE_SIZE + 7);
	KUNIT_EXPECT_EQ(test, table.nents, 3U);
	KUNIT_EXPECT_EQ(test, table.orig_nents, 0U);
	KUNIT_EXPECT_EQ(test, gather(sgl, 2, w->buf), (size_t)PAGE_SIZE);
	KUNIT_EXPECT_MEMEQ(test, w->buf, w->mem + 100, PAGE_SIZE);
	KUNIT_EXPECT_PTR_EQ(test, sg_page(&sgl[2]), w->rdonly);
	KUNIT_EXPECT_TRUE(test, folio_maybe_dma_pinned(page_folio(w->rdonly)));
	KUNIT_EXPECT_EQ(test, iov_iter_count(&i), 0UL);
	for (k = 0; k < table.nents; k++)
		unpin_user_page(sg_page(&sgl[k]));
}

IN_USER_SPACE(a_list_ends_where_the_user_memory_does)
{
	struct scatterlist sgl[4];
	struct sg_table table = { .sgl = sgl };
	struct iov_iter i;

	sg_init_table(sgl, 4);
	iov_iter_ubuf(&i, ITER_SOURCE, USER(BASE + ARENA - 5), 20);
	KUNIT_EXPECT_EQ(test, extract_iter_to_sg(&i, 20, &table, 4, 0), 5);
	KUNIT_EXPECT_EQ(test, table.nents, 1U);
	KUNIT_EXPECT_EQ(test, extract_iter_to_sg(&i, 15, &table, 3, 0), -EFAULT);
	KUNIT_EXPECT_EQ(test, table.nents, 1U);
	unpin_user_page(sg_page(&sgl[0]));
}

static void memory_of_the_kernels_becomes_a_list(struct kunit *test)
{
	struct world *w = test->priv;
	u8 *v = vmalloc(2 * PAGE_SIZE);
	struct kvec kv[] = { { w->mem + 3, 5 }, { NULL, 0 }, { v + 9, PAGE_SIZE } };
	struct scatterlist sgl[4];
	struct sg_table table = { .sgl = sgl };
	struct bio_vec bv[2];
	struct iov_iter i;
	int refs = page_count(w->page);

	KUNIT_ASSERT_NOT_NULL(test, v);
	fill_pattern(w->mem, ARENA, 1);
	fill_pattern(v, 2 * PAGE_SIZE, 2);
	sg_init_table(sgl, 4);
	iov_iter_kvec(&i, ITER_SOURCE, kv, 3, PAGE_SIZE + 5);
	KUNIT_EXPECT_EQ(test, extract_iter_to_sg(&i, LONG_MAX, &table, 4, 0),
			(ssize_t)PAGE_SIZE + 5);
	KUNIT_EXPECT_EQ(test, table.nents, 3U);
	KUNIT_EXPECT_EQ(test, gather(sgl, 3, w->buf), (size_t)PAGE_SIZE + 5);
	KUNIT_EXPECT_MEMEQ(test, w->buf, w->mem + 3, 5);
	KUNIT_EXPECT_MEMEQ(test, w->buf + 5, v + 9, PAGE_SIZE);
	vfree(v);

	/* pages of a fragment share an entry; no more entries than there is room for */
	bvec_set_page(&bv[0], w->page, 3 * PAGE_SIZE, 100);
	bvec_set_page(&bv[1], w->page, 10, 20);
	iov_iter_bvec(&i, ITER_SOURCE, bv, 2, 3 * PAGE_SIZE + 10);
	table.nents = 1;
	KUNIT_EXPECT_EQ(test, extract_iter_to_sg(&i, 2 * PAGE_SIZE, &table, 3, 0),
			2 * (ssize_t)PAGE_SIZE);
	KUNIT_EXPECT_EQ(test, table.nents, 2U);
	KUNIT_EXPECT_EQ(test, sgl[1].length, 2 * (unsigned int)PAGE_SIZE);
	KUNIT_EXPECT_EQ(test, sgl[1].offset, 100U);
	KUNIT_EXPECT_EQ(test, extract_iter_to_sg(&i, LONG_MAX, &table, 1, 0), (ssize_t)PAGE_SIZE);
	KUNIT_EXPECT_EQ(test, table.nents, 3U);
	KUNIT_EXPECT_EQ(test, iov_iter_count(&i), 10UL);
	KUNIT_EXPECT_EQ(test, page_count(w->page), refs);
}

static void nothing_can_be_made_of_what_is_discarded(struct kunit *test)
{
	struct scatterlist sgl[1];
	struct sg_table table = { .sgl = sgl };
	struct iov_iter i;

	kunit_expect_report(test, REPORT_WARN);
	iov_iter_discard(&i, ITER_DEST, 5);
	KUNIT_EXPECT_EQ(test, extract_iter_to_sg(&i, 0, &table, 1, 0), 0);
	KUNIT_EXPECT_EQ(test, extract_iter_to_sg(&i, 5, &table, 1, 0), -EIO);
	KUNIT_EXPECT_EQ(test, table.nents, 0U);
}

/* ---- queues of folios ---- */

static void a_queue_names_the_pages_of_its_folios(struct kunit *test)
{
	struct world *w = test->priv;
	struct page *room[4], **pages = room;
	struct folio_queue queue;
	struct iov_iter i;
	size_t start;
	int refs = page_count(w->page);

	folioq_init(&queue);
	folioq_append(&queue, page_folio(w->rdonly));
	folioq_append(&queue, page_folio(w->page));
	iov_iter_folio_queue(&i, ITER_SOURCE, &queue, 0, PAGE_SIZE - 9, 9 + ARENA);
	KUNIT_EXPECT_FALSE(test, iov_iter_extract_will_pin(&i));
	KUNIT_EXPECT_EQ(test, iov_iter_npages(&i, 100), 1 + (1 << ORDER));
	KUNIT_EXPECT_EQ(test, iov_iter_extract_pages(&i, &pages, LONG_MAX, 4, 0, &start), 9);
	KUNIT_EXPECT_PTR_EQ(test, pages[0], w->rdonly);
	KUNIT_EXPECT_EQ(test, start, (size_t)PAGE_SIZE - 9);
	KUNIT_EXPECT_EQ(test, iov_iter_get_pages2(&i, pages, PAGE_SIZE + 1, 4, &start),
			(ssize_t)PAGE_SIZE + 1);
	KUNIT_EXPECT_EQ(test, start, 0UL);
	KUNIT_EXPECT_PTR_EQ(test, pages[1], w->page + 1);
	KUNIT_EXPECT_EQ(test, page_count(w->page), refs + 2);
	put_page(pages[0]);
	put_page(pages[1]);
	KUNIT_EXPECT_EQ(test, iov_iter_extract_pages(&i, &pages, LONG_MAX, 4, 0, &start),
			(ssize_t)(ARENA - PAGE_SIZE - 1));
	KUNIT_EXPECT_EQ(test, start, 1UL);
	KUNIT_EXPECT_EQ(test, iov_iter_count(&i), 0UL);
	KUNIT_EXPECT_EQ(test, page_count(w->page), refs);
}

static struct kunit_case iov_iter_pages_cases[] = {
	KUNIT_CASE(pages_of_user_memory_are_referenced),
	KUNIT_CASE(extracted_user_pages_are_pinned),
	KUNIT_CASE(kernel_pages_are_named_not_held),
	KUNIT_CASE(fragments_give_their_pages),
	KUNIT_CASE(a_page_cache_gives_its_pages),
	KUNIT_CASE(user_memory_becomes_a_list_of_pinned_pages),
	KUNIT_CASE(a_list_ends_where_the_user_memory_does),
	KUNIT_CASE(memory_of_the_kernels_becomes_a_list),
	KUNIT_CASE(nothing_can_be_made_of_what_is_discarded),
	KUNIT_CASE(a_queue_names_the_pages_of_its_folios),
	{}
};

static struct kunit_suite iov_iter_pages_suite = {
	.name = "iov_iter_pages",
	.init = world_init,
	.exit = world_exit,
	.test_cases = iov_iter_pages_cases,
};
kunit_test_suite(iov_iter_pages_suite);

MODULE_LICENSE("MIT");
