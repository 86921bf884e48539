// SPDX-License-Identifier: MIT
/* Scatter lists made of pages: of given ones, where neighbours in memory join, and of new ones. */

#include <linux/scatterlist.h>

#include <linux/errno.h>
#include <linux/export.h>
#include <linux/gfp.h>
#include <linux/math.h>
#include <linux/minmax.h>
#include <linux/slab.h>

/* How many of @n pages follow each other in memory, at most @max? */
static unsigned int run_length(struct page **pages, unsigned int n, unsigned int max)
{
	unsigned int i;

	for (i = 1; i < n && i < max; i++)
		if (page_to_pfn(pages[i]) != page_to_pfn(pages[i - 1]) + 1)
			break;
	return i;
}

/**
 * sg_alloc_table_from_pages_segment() - make a list of given pages
 * @sgt: gets it; for sg_free_table()
 * @pages: the pages, which stay the caller's
 * @n_pages: how many
 * @offset: of the first byte in the first page
 * @size: bytes in all; at most what the pages hold
 * @max_segment: bytes of a piece at most; rounded down to pages
 * @gfp_mask: how to allocate
 *
 * Return: 0, -EINVAL, -ENOMEM.
 */
int sg_alloc_table_from_pages_segment(struct sg_table *sgt, struct page **pages,
				      unsigned int n_pages, unsigned int offset,
				      unsigned long size, unsigned int max_segment, gfp_t gfp_mask)
{
	unsigned int max_pages = max_segment / PAGE_SIZE, pieces = 0, at, run, i;
	struct scatterlist *sg;
	int ret;

	if (!max_pages)
		return -EINVAL;
	for (at = 0; at < n_pages; at += run, pieces++)
		run = run_length(pages + at, n_pages - at, max_pages);
	ret = sg_alloc_table(sgt, pieces, gfp_mask);
	if (ret)
		return ret;
	at = 0;
	for_each_sgtable_sg(sgt, sg, i) {
		unsigned long bytes;

		run = run_length(pages + at, n_pages - at, max_pages);
		bytes = min(size, ((unsigned long)run << PAGE_SHIFT) - offset);
		sg_set_page(sg, pages[at], bytes, offset);
		size -= bytes;
		offset = 0;
		at += run;
	}
	return 0;
}
EXPORT_SYMBOL(sg_alloc_table_from_pages_segment);

/**
 * sgl_alloc_order() - make a list with memory of its own
 * @length: bytes
 * @order: of the pages that it is made of
 * @chainable: leave an entry behind the last, for sg_chain()
 * @gfp: how to allocate
 * @nent_p: gets the number of entries, or NULL
 *
 * Return: the list, for sgl_free_order(); NULL for lack of memory or if @length is absurd.
 */
struct scatterlist *sgl_alloc_order(unsigned long long length, unsigned int order, bool chainable,
				    gfp_t gfp, unsigned int *nent_p)
{
	unsigned long long nent = DIV_ROUND_UP_ULL(length, PAGE_SIZE << order);
	struct scatterlist *sgl;
	unsigned int i;

	if (nent > UINT_MAX - 1 || length > nent * (PAGE_SIZE << order) || !(nent + chainable))
		return NULL;
	sgl = kmalloc_array(nent + chainable, sizeof(*sgl), gfp & ~__GFP_ZERO);
	if (!sgl)
		return NULL;
	sg_init_table(sgl, nent + chainable);
	for (i = 0; i < nent; i++) {
		unsigned int part = min_t(u64, length, PAGE_SIZE << order);
		struct page *page = alloc_pages(gfp, order);

		if (!page) {
			sgl_free_n_order(sgl, i, order);
			return NULL;
		}
		sg_set_page(&sgl[i], page, part, 0);
		length -= part;
	}
	if (nent_p)
		*nent_p = nent;
	return sgl;
}
EXPORT_SYMBOL(sgl_alloc_order);

/** sgl_alloc() - the same of single pages */
struct scatterlist *sgl_alloc(unsigned long long length, gfp_t gfp, unsigned int *nent_p)
{
	return sgl_alloc_order(length, 0, false, gfp, nent_p);
}
EXPORT_SYMBOL(sgl_alloc);

/** sgl_free_n_order() - free a list of sgl_alloc_order() and the memory of its first @nents pieces */
void sgl_free_n_order(struct scatterlist *sgl, int nents, int order)
{
	struct scatterlist *sg;
	int i;

	for_each_sg(sgl, sg, nents, i) {
		if (!sg)
			break;
		if (sg_page(sg))
			__free_pages(sg_page(sg), order);
	}
	kfree(sgl);
}
EXPORT_SYMBOL(sgl_free_n_order);

void sgl_free_order(struct scatterlist *sgl, int order)
{
	sgl_free_n_order(sgl, INT_MAX, order);
}
EXPORT_SYMBOL(sgl_free_order);

void sgl_free(struct scatterlist *sgl)
{
	sgl_free_order(sgl, 0);
}
EXPORT_SYMBOL(sgl_free);
