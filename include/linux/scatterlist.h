/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_SCATTERLIST_H
#define _LINUX_SCATTERLIST_H

/*
 * Lists of pieces of memory, for devices that gather and scatter.
 *
 * A list is an array of struct scatterlist. The low bits of page_link say what an entry is: a
 * piece, the last piece (SG_END), or not a piece at all but a link to the next array (SG_CHAIN).
 * Walk with sg_next() or for_each_sg(), never by adding one.
 */

#include <linux/bug.h>
#include <linux/mm.h>
#include <linux/string.h>
#include <linux/types.h>
#include <asm/io.h>

struct scatterlist {
	unsigned long page_link;	/* struct page, or the next array; flags in bits 0 and 1 */
	unsigned int offset;		/* of the piece in its page */
	unsigned int length;		/* bytes of the piece */
	dma_addr_t dma_address;
	unsigned int dma_length;
	unsigned int dma_flags;
};

/* Entries of the arrays that lists are chained of, and bytes of a piece, at most. */
#define SG_MAX_SINGLE_ALLOC	(PAGE_SIZE / sizeof(struct scatterlist))
#define SG_MAX_SEGMENTS		2048
#define SG_CHUNK_SIZE		128
#define SCATTERLIST_MAX_SEGMENT	(UINT_MAX & PAGE_MASK)

#define sg_dma_address(sg)	((sg)->dma_address)
#define sg_dma_len(sg)		((sg)->dma_length)

struct sg_table {
	struct scatterlist *sgl;
	unsigned int nents;		/* mapped entries */
	unsigned int orig_nents;	/* entries of the list */
};

/**
 * struct sg_append_table - a table that pages are added to in several calls
 * @sgt: the table so far
 * @prv: its last entry in use
 * @total_nents: entries there is room for, links not counted
 */
struct sg_append_table {
	struct sg_table sgt;
	struct scatterlist *prv;
	unsigned int total_nents;
};

typedef struct scatterlist *(sg_alloc_fn)(unsigned int nents, gfp_t gfp_mask);
typedef void (sg_free_fn)(struct scatterlist *sgl, unsigned int nents);

#define SG_CHAIN		0x01UL
#define SG_END			0x02UL
#define SG_PAGE_LINK_MASK	(SG_CHAIN | SG_END)

/** __sg_flags - the two flags in the low bits of an entry's page word */
static inline unsigned int __sg_flags(struct scatterlist *sg)
{
	return sg->page_link & SG_PAGE_LINK_MASK;
}

/** sg_chain_ptr - the array that a chain entry links to */
static inline struct scatterlist *sg_chain_ptr(struct scatterlist *sg)
{
	return (struct scatterlist *)(sg->page_link & ~SG_PAGE_LINK_MASK);
}

/** sg_is_chain - does the entry lead to the next array instead of having memory? */
static inline bool sg_is_chain(struct scatterlist *sg)
{
	return __sg_flags(sg) & SG_CHAIN;
}

/** sg_is_last - is it the list's last entry? */
static inline bool sg_is_last(struct scatterlist *sg)
{
	return __sg_flags(sg) & SG_END;
}

/** sg_assign_page - let an entry name a page, keeping its flags */
static inline void sg_assign_page(struct scatterlist *sg, struct page *page)
{
	unsigned long flags = sg->page_link & SG_END;

	WARN_ON((unsigned long)page & SG_PAGE_LINK_MASK);
	sg->page_link = flags | (unsigned long)page;
}

/** sg_set_page - let an entry name @len bytes at @offset of a page */
static inline void sg_set_page(struct scatterlist *sg, struct page *page, unsigned int len,
			       unsigned int offset)
{
	sg_assign_page(sg, page);
	sg->offset = offset;
	sg->length = len;
}

/** sg_page - the (first) page of an entry's memory */
static inline struct page *sg_page(struct scatterlist *sg)
{
	WARN_ON(sg_is_chain(sg));
	return (struct page *)(sg->page_link & ~SG_PAGE_LINK_MASK);
}

/** sg_set_folio - the entry's memory is @len bytes of a folio from @offset on */
static inline void sg_set_folio(struct scatterlist *sg, struct folio *folio, size_t len,
				size_t offset)
{
	WARN_ON_ONCE(len > UINT_MAX || offset > UINT_MAX);
	sg_set_page(sg, &folio->page, len, offset);
}

/** sg_set_buf - let an entry name memory of the direct map */
static inline void sg_set_buf(struct scatterlist *sg, const void *buf, unsigned int buflen)
{
	sg_set_page(sg, virt_to_page(buf), buflen, offset_in_page(buf));
}

#define for_each_sg(sglist, sg, nr, __i)					\
	for (__i = 0, sg = (sglist); __i < (nr); __i++, sg = sg_next(sg))

#define for_each_sgtable_sg(sgt, sg, i)						\
	for_each_sg((sgt)->sgl, sg, (sgt)->orig_nents, i)

#define for_each_sgtable_dma_sg(sgt, sg, i)					\
	for_each_sg((sgt)->sgl, sg, (sgt)->nents, i)

/** sg_mark_end - the list ends with this entry */
static inline void sg_mark_end(struct scatterlist *sg)
{
	sg->page_link |= SG_END;
	sg->page_link &= ~SG_CHAIN;
}

/** sg_unmark_end - the list goes on behind this entry */
static inline void sg_unmark_end(struct scatterlist *sg)
{
	sg->page_link &= ~SG_END;
}

/** __sg_chain - make an entry a link to another array */
static inline void __sg_chain(struct scatterlist *chain_sg, struct scatterlist *sgl)
{
	chain_sg->offset = 0;
	chain_sg->length = 0;
	chain_sg->page_link = ((unsigned long)sgl | SG_CHAIN) & ~SG_END;
}

/** sg_chain - let the last of @prv_nents entries link to another array */
static inline void sg_chain(struct scatterlist *prv, unsigned int prv_nents,
			    struct scatterlist *sgl)
{
	__sg_chain(&prv[prv_nents - 1], sgl);
}

/*
 * What the DMA layer notes of a mapped entry: a bus address of a peer's; bytes bounced through a
 * copy.
 */
#define SG_DMA_BUS_ADDRESS	(1 << 0)
#define SG_DMA_SWIOTLB		(1 << 1)

/** sg_dma_is_bus_address - is the entry's DMA address one of the bus, which nobody mapped? */
static inline bool sg_dma_is_bus_address(struct scatterlist *sg)
{
	return sg->dma_flags & SG_DMA_BUS_ADDRESS;
}

/** sg_dma_mark_bus_address - the DMA address is one of the bus: there is nothing to unmap */
static inline void sg_dma_mark_bus_address(struct scatterlist *sg)
{
	sg->dma_flags |= SG_DMA_BUS_ADDRESS;
}

/** sg_dma_unmark_bus_address - undo sg_dma_mark_bus_address() */
static inline void sg_dma_unmark_bus_address(struct scatterlist *sg)
{
	sg->dma_flags &= ~SG_DMA_BUS_ADDRESS;
}

/** sg_dma_is_swiotlb - does DMA go through a bounce buffer? */
static inline bool sg_dma_is_swiotlb(struct scatterlist *sg)
{
	return sg->dma_flags & SG_DMA_SWIOTLB;
}

/** sg_dma_mark_swiotlb - DMA goes through a bounce buffer */
static inline void sg_dma_mark_swiotlb(struct scatterlist *sg)
{
	sg->dma_flags |= SG_DMA_SWIOTLB;
}

/** sg_phys - the physical address of an entry's memory */
static inline phys_addr_t sg_phys(struct scatterlist *sg)
{
	return page_to_phys(sg_page(sg)) + sg->offset;
}

/** sg_virt - the address of an entry's memory in the direct map */
static inline void *sg_virt(struct scatterlist *sg)
{
	return page_address(sg_page(sg)) + sg->offset;
}

/** sg_init_marker - a list of @nents entries ends with the last of them; @nents above 0 */
static inline void sg_init_marker(struct scatterlist *sgl, unsigned int nents)
{
	sg_mark_end(&sgl[nents - 1]);
}

int sg_nents(struct scatterlist *sg);
int sg_nents_for_len(struct scatterlist *sg, u64 len);
struct scatterlist *sg_next(struct scatterlist *sg);
struct scatterlist *sg_last(struct scatterlist *s, unsigned int nents);
void sg_init_table(struct scatterlist *sgl, unsigned int nents);
void sg_init_one(struct scatterlist *sg, const void *buf, unsigned int buflen);

int sg_split(struct scatterlist *in, const int in_mapped_nents, const off_t skip,
	     const int nb_splits, const size_t *split_sizes, struct scatterlist **out,
	     int *out_mapped_nents, gfp_t gfp_mask);

int __sg_alloc_table(struct sg_table *table, unsigned int nents, unsigned int max_ents,
		     struct scatterlist *first_chunk, unsigned int nents_first_chunk,
		     gfp_t gfp_mask, sg_alloc_fn *alloc_fn);
void __sg_free_table(struct sg_table *table, unsigned int max_ents,
		     unsigned int nents_first_chunk, sg_free_fn *free_fn,
		     unsigned int num_ents);
int sg_alloc_table(struct sg_table *table, unsigned int nents, gfp_t gfp_mask);
int sg_alloc_table_chained(struct sg_table *table, int nents, struct scatterlist *first_chunk,
			   unsigned int nents_first_chunk);
void sg_free_table_chained(struct sg_table *table, unsigned int nents_first_chunk);
void sg_free_table(struct sg_table *table);
int sg_alloc_append_table_from_pages(struct sg_append_table *sgt_append, struct page **pages,
				     unsigned int n_pages, unsigned int offset,
				     unsigned long size, unsigned int max_segment,
				     unsigned int left_pages, gfp_t gfp_mask);
void sg_free_append_table(struct sg_append_table *sgt_append);
int sg_alloc_table_from_pages_segment(struct sg_table *sgt, struct page **pages,
				      unsigned int n_pages, unsigned int offset,
				      unsigned long size, unsigned int max_segment, gfp_t gfp_mask);

/** sg_alloc_table_from_pages - the same with pieces of any length */
static inline int sg_alloc_table_from_pages(struct sg_table *sgt, struct page **pages,
					    unsigned int n_pages, unsigned int offset,
					    unsigned long size, gfp_t gfp_mask)
{
	return sg_alloc_table_from_pages_segment(sgt, pages, n_pages, offset, size,
						 SCATTERLIST_MAX_SEGMENT, gfp_mask);
}

struct scatterlist *sgl_alloc_order(unsigned long long length, unsigned int order, bool chainable,
				    gfp_t gfp, unsigned int *nent_p);
struct scatterlist *sgl_alloc(unsigned long long length, gfp_t gfp, unsigned int *nent_p);
void sgl_free_n_order(struct scatterlist *sgl, int nents, int order);
void sgl_free_order(struct scatterlist *sgl, int order);
void sgl_free(struct scatterlist *sgl);

size_t sg_copy_buffer(struct scatterlist *sgl, unsigned int nents, void *buf, size_t buflen,
		      off_t skip, bool to_buffer);
size_t sg_copy_from_buffer(struct scatterlist *sgl, unsigned int nents, const void *buf,
			   size_t buflen);
size_t sg_copy_to_buffer(struct scatterlist *sgl, unsigned int nents, void *buf, size_t buflen);
size_t sg_pcopy_from_buffer(struct scatterlist *sgl, unsigned int nents, const void *buf,
			    size_t buflen, off_t skip);
size_t sg_pcopy_to_buffer(struct scatterlist *sgl, unsigned int nents, void *buf,
			  size_t buflen, off_t skip);
size_t sg_zero_buffer(struct scatterlist *sgl, unsigned int nents, size_t buflen, off_t skip);

/* ---- page by page ---- */

/**
 * struct sg_page_iter - a walk over the pages of a list
 * @sg: the piece that the page belongs to
 * @sg_pgoffset: the page's number within it
 */
struct sg_page_iter {
	struct scatterlist *sg;
	unsigned int sg_pgoffset;

	/* private */
	unsigned int __nents;		/* pieces left, this one included */
	int __pg_advance;		/* pages to step over before the next */
};

/** struct sg_dma_page_iter - the same over what the device sees */
struct sg_dma_page_iter {
	struct sg_page_iter base;
};

bool __sg_page_iter_next(struct sg_page_iter *piter);
bool __sg_page_iter_dma_next(struct sg_dma_page_iter *dma_iter);
void __sg_page_iter_start(struct sg_page_iter *piter, struct scatterlist *sglist,
			  unsigned int nents, unsigned long pgoffset);

/** sg_page_iter_page - the page where the walk is */
static inline struct page *sg_page_iter_page(struct sg_page_iter *piter)
{
	return sg_page(piter->sg) + piter->sg_pgoffset;
}

/** sg_page_iter_dma_address - the DMA address of the page where the walk is */
static inline dma_addr_t sg_page_iter_dma_address(struct sg_dma_page_iter *dma_iter)
{
	return sg_dma_address(dma_iter->base.sg) +
	       ((dma_addr_t)dma_iter->base.sg_pgoffset << PAGE_SHIFT);
}

/* Over the pages of @nents pieces, from page number @pgoffset on. */
#define for_each_sg_page(sglist, piter, nents, pgoffset)			\
	for (__sg_page_iter_start((piter), (sglist), (nents), (pgoffset));	\
	     __sg_page_iter_next(piter); )

#define for_each_sg_dma_page(sglist, dma_iter, dma_nents, pgoffset)		\
	for (__sg_page_iter_start(&(dma_iter)->base, (sglist), (dma_nents), (pgoffset)); \
	     __sg_page_iter_dma_next(dma_iter); )

#define for_each_sgtable_page(sgt, piter, pgoffset)				\
	for_each_sg_page((sgt)->sgl, piter, (sgt)->orig_nents, pgoffset)

#define for_each_sgtable_dma_page(sgt, dma_iter, pgoffset)			\
	for_each_sg_dma_page((sgt)->sgl, dma_iter, (sgt)->nents, pgoffset)

/* ---- mapped, page by page ---- */

#define SG_MITER_ATOMIC		(1 << 0)	/* the caller doesn't sleep between the steps */
#define SG_MITER_TO_SG		(1 << 1)	/* it writes to the list */
#define SG_MITER_FROM_SG	(1 << 2)	/* it reads from the list */
#define SG_MITER_LOCAL		(1 << 3)

/**
 * struct sg_mapping_iter - a walk over the bytes of a list
 * @page: where they are
 * @addr: their address
 * @length: how many
 * @consumed: how many of them were used: all, unless the caller writes less
 * @piter: the page
 */
struct sg_mapping_iter {
	struct page *page;
	void *addr;
	size_t length;
	size_t consumed;
	struct sg_page_iter piter;

	/* private */
	unsigned int __offset, __remaining;
	unsigned int __flags;
};

void sg_miter_start(struct sg_mapping_iter *miter, struct scatterlist *sgl, unsigned int nents,
		    unsigned int flags);
bool sg_miter_skip(struct sg_mapping_iter *miter, off_t offset);
bool sg_miter_next(struct sg_mapping_iter *miter);
void sg_miter_stop(struct sg_mapping_iter *miter);

#endif
