// SPDX-License-Identifier: MIT
/*
 * Scatter lists page by page: numbers of pages (sg_page_iter) and mapped bytes (sg_mapping_iter).
 */

#include <linux/scatterlist.h>

#include <linux/export.h>
#include <linux/highmem.h>
#include <linux/minmax.h>
#include <asm/cacheflush.h>

/* ---- pages ---- */

/** __sg_page_iter_start() - begin at page @pgoffset of @nents pieces; see for_each_sg_page() */
void __sg_page_iter_start(struct sg_page_iter *piter, struct scatterlist *sglist,
			  unsigned int nents, unsigned long pgoffset)
{
	piter->__pg_advance = 0;
	piter->__nents = nents;
	piter->sg = sglist;
	piter->sg_pgoffset = pgoffset;
}
EXPORT_SYMBOL(__sg_page_iter_start);

static unsigned int pages_in(struct scatterlist *sg, bool dma)
{
	unsigned long bytes;

	if (dma)
		bytes = offset_in_page(sg_dma_address(sg)) + (unsigned long)sg_dma_len(sg);
	else
		bytes = (unsigned long)sg->offset + sg->length;
	return PAGE_ALIGN(bytes) >> PAGE_SHIFT;
}

static bool next_page(struct sg_page_iter *piter, bool dma)
{
	if (!piter->__nents || !piter->sg)
		return false;
	piter->sg_pgoffset += piter->__pg_advance;
	piter->__pg_advance = 1;
	while (piter->sg_pgoffset >= pages_in(piter->sg, dma)) {
		piter->sg_pgoffset -= pages_in(piter->sg, dma);
		piter->sg = sg_next(piter->sg);
		if (!--piter->__nents || !piter->sg)
			return false;
	}
	return true;
}

/** __sg_page_iter_next() - to the next page of the list's memory. Return: false at its end */
bool __sg_page_iter_next(struct sg_page_iter *piter)
{
	return next_page(piter, false);
}
EXPORT_SYMBOL(__sg_page_iter_next);

/**
 * __sg_page_iter_dma_next() - to the next page of the list's DMA addresses. Return: false at its
 * end
 */
bool __sg_page_iter_dma_next(struct sg_dma_page_iter *dma_iter)
{
	return next_page(&dma_iter->base, true);
}
EXPORT_SYMBOL(__sg_page_iter_dma_next);

/* ---- mapped bytes ---- */

/**
 * sg_miter_start() - begin a walk over the bytes of a list
 * @miter: the walk, which sg_miter_stop() ends
 * @sgl: the list
 * @nents: its pieces
 * @flags: SG_MITER_*; one of TO_SG and FROM_SG
 */
void sg_miter_start(struct sg_mapping_iter *miter, struct scatterlist *sgl, unsigned int nents,
		    unsigned int flags)
{
	WARN_ON(!(flags & (SG_MITER_TO_SG | SG_MITER_FROM_SG)));
	*miter = (struct sg_mapping_iter) { .__flags = flags };
	__sg_page_iter_start(&miter->piter, sgl, nents, 0);
}
EXPORT_SYMBOL(sg_miter_start);

/* Goes to a page with bytes of the list, unless the last one has some left. */
static bool find_bytes(struct sg_mapping_iter *miter)
{
	struct sg_page_iter *at = &miter->piter;
	unsigned long begin, end, page_begin;

	while (!miter->__remaining) {
		if (!__sg_page_iter_next(at))
			return false;
		/* in bytes from the piece's first page */
		begin = at->sg->offset;
		end = begin + at->sg->length;
		page_begin = (unsigned long)at->sg_pgoffset << PAGE_SHIFT;
		begin = max(begin, page_begin);
		end = min(end, page_begin + PAGE_SIZE);
		if (begin >= end)
			continue;	/* the piece begins on a later page */
		miter->__offset = begin - page_begin;
		miter->__remaining = end - begin;
	}
	return true;
}

/** sg_miter_next() - map the next bytes, at most to the end of a page; false at the end */
bool sg_miter_next(struct sg_mapping_iter *miter)
{
	sg_miter_stop(miter);
	if (!find_bytes(miter))
		return false;
	miter->page = sg_page_iter_page(&miter->piter);
	miter->addr = kmap_local_page(miter->page) + miter->__offset;
	miter->length = miter->consumed = miter->__remaining;
	return true;
}
EXPORT_SYMBOL(sg_miter_next);

/** sg_miter_skip() - step over @offset bytes before the next ones; false if there are fewer */
bool sg_miter_skip(struct sg_mapping_iter *miter, off_t offset)
{
	sg_miter_stop(miter);
	while (offset) {
		off_t part;

		if (!find_bytes(miter))
			return false;
		part = min_t(off_t, offset, miter->__remaining);
		miter->__offset += part;
		miter->__remaining -= part;
		offset -= part;
	}
	return true;
}
EXPORT_SYMBOL(sg_miter_skip);

/** sg_miter_stop() - unmap; what wasn't consumed comes again with the next sg_miter_next() */
void sg_miter_stop(struct sg_mapping_iter *miter)
{
	if (!miter->addr)
		return;
	WARN_ON(miter->consumed > miter->length);
	miter->__offset += miter->consumed;
	miter->__remaining -= miter->consumed;
	if (miter->__flags & SG_MITER_TO_SG)
		flush_dcache_page(miter->page);
	kunmap_local(miter->addr);
	miter->page = NULL;
	miter->addr = NULL;
	miter->length = 0;
	miter->consumed = 0;
}
EXPORT_SYMBOL(sg_miter_stop);
