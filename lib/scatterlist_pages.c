// SPDX-License-Identifier: MIT
/* Scatter lists made of pages: of given ones, where neighbours in memory join, and of new ones. */

#include <linux/scatterlist.h>

#include <linux/align.h>
#include <linux/err.h>
#include <linux/errno.h>
#include <linux/export.h>
#include <linux/gfp.h>
#include <linux/math.h>
#include <linux/minmax.h>
#include <linux/slab.h>
#include <linux/string.h>

/* How many of @n pages follow each other in memory, at most @max? */
static unsigned int run_length(struct page **pages, unsigned int n, unsigned int max)
{
	unsigned int i;

	for (i = 1; i < n && i < max; i++)
		if (page_to_pfn(pages[i]) != page_to_pfn(pages[i - 1]) + 1)
			break;
	return i;
}

/*
 * The entry behind the last one in use, in a new array if the present one is full; @needed more are
 * going to be. The last entry of an array is kept for the link unless it is the last that is
 * needed.
 */
static struct scatterlist *next_entry(struct sg_append_table *table, unsigned int needed,
				      gfp_t gfp_mask)
{
	struct scatterlist *prev = table->prv, *link = NULL, *array;
	unsigned int entries = min_t(unsigned int, needed, SG_MAX_SINGLE_ALLOC);

	if (prev) {
		/* the table was said to be whole; now it goes on */
		if (WARN_ON_ONCE(table->sgt.orig_nents == table->total_nents))
			return ERR_PTR(-EINVAL);
		sg_unmark_end(prev);
		link = prev + 1;
		if (!sg_is_last(link) || needed == 1)
			return link;
	}
	array = kmalloc_array(entries, sizeof(*array), gfp_mask);
	if (!array)
		return ERR_PTR(-ENOMEM);
	sg_init_table(array, entries);
	if (link) {
		__sg_chain(link, array);
		table->total_nents--;
	} else {
		table->sgt.sgl = array;
	}
	table->total_nents += entries;
	return array;
}

/*
 * Pages that go on where the last entry ends lengthen it. Returns how many of @n; 0 if it is full.
 */
static unsigned int join_last(struct sg_append_table *table, struct page **pages, unsigned int n,
			      unsigned int max_segment, unsigned long size)
{
	struct scatterlist *last = table->prv;
	unsigned long end = sg_phys(last) + last->length, bytes;
	unsigned int run;

	if (end % PAGE_SIZE || page_to_phys(pages[0]) != end ||
	    last->length + PAGE_SIZE > max_segment)
		return 0;
	run = run_length(pages, n, (max_segment - last->length) / PAGE_SIZE);
	bytes = min(size, (unsigned long)run << PAGE_SHIFT);
	last->length += bytes;
	return run;
}

/**
 * sg_alloc_append_table_from_pages() - make a list of given pages, or add more to it
 * @sgt_append: the list; all zero before the first call
 * @pages: the pages, which stay the caller's
 * @n_pages: how many
 * @offset: of the first byte in the first page; 0 but in the first call
 * @size: bytes in all; at most what the pages hold
 * @max_segment: bytes of a piece at most; rounded down to pages
 * @left_pages: pages that later calls add, at most: the list's end is marked once that is 0
 * @gfp_mask: how to allocate
 *
 * Pages that follow each other in memory join into one entry, across calls too.
 *
 * Return: 0, -EINVAL, -ENOMEM; sg_free_append_table() in any case.
 */
int sg_alloc_append_table_from_pages(struct sg_append_table *sgt_append, struct page **pages,
				     unsigned int n_pages, unsigned int offset,
				     unsigned long size, unsigned int max_segment,
				     unsigned int left_pages, gfp_t gfp_mask)
{
	unsigned int pieces = 0, max_pages, at = 0, run;
	struct scatterlist *sg = sgt_append->prv;

	max_segment = ALIGN_DOWN(max_segment, PAGE_SIZE);
	max_pages = max_segment / PAGE_SIZE;
	if (!max_pages || (sg && WARN_ON_ONCE(offset)))
		return -EINVAL;

	if (sg && n_pages) {
		at = join_last(sgt_append, pages, n_pages, max_segment, size);
		size -= min(size, (unsigned long)at << PAGE_SHIFT);
	}
	for (run = at; run < n_pages; pieces++)
		run += run_length(pages + run, n_pages - run, max_pages);

	for (; pieces; pieces--, at += run) {
		unsigned long bytes;

		sg = next_entry(sgt_append, pieces + left_pages, gfp_mask);
		if (IS_ERR(sg))
			return PTR_ERR(sg);
		run = run_length(pages + at, n_pages - at, max_pages);
		bytes = min(size, ((unsigned long)run << PAGE_SHIFT) - offset);
		sg_set_page(sg, pages[at], bytes, offset);
		size -= bytes;
		offset = 0;
		sgt_append->prv = sg;
		sgt_append->sgt.nents = ++sgt_append->sgt.orig_nents;
	}
	if (!left_pages && sg)
		sg_mark_end(sg);
	return 0;
}
EXPORT_SYMBOL(sg_alloc_append_table_from_pages);

/** sg_free_append_table() - free the list; its pages stay the caller's */
void sg_free_append_table(struct sg_append_table *table)
{
	struct scatterlist *array = table->sgt.sgl, *sg, *next;

	/* an array goes as far as its link, or as the end that is marked */
	for (; array; array = next) {
		for (sg = array; !sg_is_chain(sg) && !sg_is_last(sg); sg++)
			;
		next = sg_is_chain(sg) ? sg_chain_ptr(sg) : NULL;
		kfree(array);
	}
	memset(table, 0, sizeof(*table));
}
EXPORT_SYMBOL(sg_free_append_table);

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
	struct sg_append_table append = {};
	int ret;

	ret = n_pages ? sg_alloc_append_table_from_pages(&append, pages, n_pages, offset, size,
							 max_segment, 0, gfp_mask) : -EINVAL;
	if (ret) {
		sg_free_append_table(&append);
		return ret;
	}
	*sgt = append.sgt;
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

/**
 * sgl_free_n_order() - free a list of sgl_alloc_order() and the memory of its first @nents pieces
 */
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

/**
 * sgl_free_order() - free a list of sgl_alloc_order() with all its memory, of blocks of 2^@order
 * pages
 */
void sgl_free_order(struct scatterlist *sgl, int order)
{
	sgl_free_n_order(sgl, INT_MAX, order);
}
EXPORT_SYMBOL(sgl_free_order);

/** sgl_free() - free a list of sgl_alloc() with all its memory */
void sgl_free(struct scatterlist *sgl)
{
	sgl_free_order(sgl, 0);
}
EXPORT_SYMBOL(sgl_free);
