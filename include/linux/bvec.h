/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_BVEC_H
#define _LINUX_BVEC_H

/*
 * A bio_vec names a run of physically contiguous memory: it starts bv_offset bytes into bv_page and
 * may go on over any number of following pages. A vector of them is what an I/O works on.
 *
 * The array itself is never changed by walking it: a struct bvec_iter says how far the walk has
 * come (bi_idx, and bi_bvec_done bytes of that element) and how much is left (bi_size). There are
 * two views of the same memory:
 *
 *	mp_bvec_iter_bvec(), for_each_mp_bvec()	pieces as they are in the array
 *	bvec_iter_bvec(), for_each_bvec()	pieces that don't cross a page
 *
 * Who owns the pages is the user's business; nothing here takes or drops a reference.
 */

#include <linux/bug.h>
#include <linux/errno.h>
#include <linux/highmem.h>
#include <linux/limits.h>
#include <linux/minmax.h>
#include <linux/mm.h>
#include <linux/types.h>

struct page;

struct bio_vec {
	struct page *bv_page;
	unsigned int bv_len;
	unsigned int bv_offset;
};

/** bvec_set_page - let an element name @len bytes from @offset of a page on */
static inline void bvec_set_page(struct bio_vec *bv, struct page *page, unsigned int len,
				 unsigned int offset)
{
	bv->bv_page = page;
	bv->bv_len = len;
	bv->bv_offset = offset;
}

/** bvec_set_folio - let an element name @len bytes from @offset of a folio on */
static inline void bvec_set_folio(struct bio_vec *bv, struct folio *folio, unsigned int len,
				  unsigned int offset)
{
	bvec_set_page(bv, &folio->page, len, offset);
}

/** bvec_set_virt - let an element name memory of the direct map */
static inline void bvec_set_virt(struct bio_vec *bv, void *vaddr, unsigned int len)
{
	bvec_set_page(bv, virt_to_page(vaddr), len, offset_in_page(vaddr));
}

struct bvec_iter {
	sector_t bi_sector;		/* the device address, in units of 512 bytes */
	unsigned int bi_size;		/* bytes left */
	unsigned int bi_idx;		/* element of the array */
	unsigned int bi_bvec_done;	/* bytes of it that are done */
} __packed __aligned(4);

struct bvec_iter_all {
	struct bio_vec bv;
	int idx;
	unsigned int done;
};

#define __bvec_iter_bvec(bvec, iter)	(&(bvec)[(iter).bi_idx])

/* A whole element, less what is done and what is beyond the end of the walk. */
#define mp_bvec_iter_page(bvec, iter)	(__bvec_iter_bvec((bvec), (iter))->bv_page)
#define mp_bvec_iter_len(bvec, iter)					\
	min((iter).bi_size,						\
	    __bvec_iter_bvec((bvec), (iter))->bv_len - (iter).bi_bvec_done)
#define mp_bvec_iter_offset(bvec, iter)					\
	(__bvec_iter_bvec((bvec), (iter))->bv_offset + (iter).bi_bvec_done)
#define mp_bvec_iter_page_idx(bvec, iter)				\
	(mp_bvec_iter_offset((bvec), (iter)) / PAGE_SIZE)
#define mp_bvec_iter_bvec(bvec, iter)					\
((struct bio_vec) {							\
	.bv_page = mp_bvec_iter_page((bvec), (iter)),			\
	.bv_len = mp_bvec_iter_len((bvec), (iter)),			\
	.bv_offset = mp_bvec_iter_offset((bvec), (iter)),		\
})

/* The same, cut at the end of its first page. */
#define bvec_iter_offset(bvec, iter)					\
	(mp_bvec_iter_offset((bvec), (iter)) % PAGE_SIZE)
#define bvec_iter_len(bvec, iter)					\
	min_t(unsigned int, mp_bvec_iter_len((bvec), (iter)),		\
	      PAGE_SIZE - bvec_iter_offset((bvec), (iter)))
#define bvec_iter_page(bvec, iter)					\
	(mp_bvec_iter_page((bvec), (iter)) + mp_bvec_iter_page_idx((bvec), (iter)))
#define bvec_iter_bvec(bvec, iter)					\
((struct bio_vec) {							\
	.bv_page = bvec_iter_page((bvec), (iter)),			\
	.bv_len = bvec_iter_len((bvec), (iter)),			\
	.bv_offset = bvec_iter_offset((bvec), (iter)),			\
})

/**
 * bvec_iter_advance - move on by any number of bytes
 * @bv: the array
 * @iter: the position
 * @bytes: at most iter->bi_size
 *
 * Return: true; false, and nothing is left, if there were not so many.
 */
static inline bool bvec_iter_advance(const struct bio_vec *bv, struct bvec_iter *iter,
				     unsigned int bytes)
{
	unsigned int idx = iter->bi_idx;

	if (WARN_ONCE(bytes > iter->bi_size, "Attempted to advance past end of bvec iter\n")) {
		iter->bi_size = 0;
		return false;
	}

	iter->bi_size -= bytes;
	bytes += iter->bi_bvec_done;
	while (bytes && bytes >= bv[idx].bv_len) {
		bytes -= bv[idx].bv_len;
		idx++;
	}
	iter->bi_idx = idx;
	iter->bi_bvec_done = bytes;
	return true;
}

/** bvec_iter_advance_single - the same for no more than what is left of one element */
static inline void bvec_iter_advance_single(const struct bio_vec *bv, struct bvec_iter *iter,
					    unsigned int bytes)
{
	unsigned int done = iter->bi_bvec_done + bytes;

	if (done == bv[iter->bi_idx].bv_len) {
		done = 0;
		iter->bi_idx++;
	}
	iter->bi_bvec_done = done;
	iter->bi_size -= bytes;
}

/**
 * bvec_iter_skip_zero_bvec - step over an element of length zero: the walk would stand still on it
 */
static inline void bvec_iter_skip_zero_bvec(struct bvec_iter *iter)
{
	iter->bi_bvec_done = 0;
	iter->bi_idx++;
}

#define for_each_bvec(bvl, bio_vec, iter, start)			\
	for (iter = (start);						\
	     (iter).bi_size && ((bvl = bvec_iter_bvec((bio_vec), (iter))), 1); \
	     (bvl).bv_len ? bvec_iter_advance_single((bio_vec), &(iter), (bvl).bv_len) \
			  : bvec_iter_skip_zero_bvec(&(iter)))

/* The same without an end: behind the @nr_bvecs elements the first one follows again. */
#define for_each_bvec_wrap(bvl, bio_vec, iter, start, nr_bvecs)		\
	for (iter = (start);						\
	     (iter).bi_size && ((bvl = bvec_iter_bvec((bio_vec), (iter))), 1); \
	     ((bvl).bv_len ? bvec_iter_advance_single((bio_vec), &(iter), (bvl).bv_len) \
			   : bvec_iter_skip_zero_bvec(&(iter))),	\
	     (iter).bi_idx = (iter).bi_idx % (nr_bvecs))

#define for_each_mp_bvec(bvl, bio_vec, iter, start)			\
	for (iter = (start);						\
	     (iter).bi_size && ((bvl = mp_bvec_iter_bvec((bio_vec), (iter))), 1); \
	     (bvl).bv_len ? bvec_iter_advance_single((bio_vec), &(iter), (bvl).bv_len) \
			  : bvec_iter_skip_zero_bvec(&(iter)))

/* For walks whose length the caller counts in elements. */
#define BVEC_ITER_ALL_INIT (struct bvec_iter)				\
{									\
	.bi_sector = 0,							\
	.bi_size = UINT_MAX,						\
	.bi_idx = 0,							\
	.bi_bvec_done = 0,						\
}

/** bvec_init_iter_all - begin a walk with bvec_advance(). Return: where that puts each piece */
static inline struct bio_vec *bvec_init_iter_all(struct bvec_iter_all *iter_all)
{
	iter_all->done = 0;
	iter_all->idx = 0;
	return &iter_all->bv;
}

/** bvec_advance - let iter_all->bv be the next single-page piece of an element */
static inline void bvec_advance(const struct bio_vec *bvec, struct bvec_iter_all *iter_all)
{
	unsigned int from = bvec->bv_offset + iter_all->done;
	struct bio_vec *bv = &iter_all->bv;

	bv->bv_page = bvec->bv_page + from / PAGE_SIZE;
	bv->bv_offset = from % PAGE_SIZE;
	bv->bv_len = min_t(unsigned int, PAGE_SIZE - bv->bv_offset,
			   bvec->bv_len - iter_all->done);

	iter_all->done += bv->bv_len;
	if (iter_all->done == bvec->bv_len) {
		iter_all->idx++;
		iter_all->done = 0;
	}
}

/* Access to the content of an element that lies in one page. */

/** bvec_kmap_local - map the segment, which is within a page; kunmap_local() ends it */
static inline void *bvec_kmap_local(struct bio_vec *bvec)
{
	return kmap_local_page(bvec->bv_page) + bvec->bv_offset;
}

/** bvec_virt - the segment's address in the direct map */
static inline void *bvec_virt(struct bio_vec *bvec)
{
	return page_address(bvec->bv_page) + bvec->bv_offset;
}

/** bvec_phys - the segment's physical address */
static inline phys_addr_t bvec_phys(const struct bio_vec *bvec)
{
	return page_to_phys(bvec->bv_page) + bvec->bv_offset;
}

/** memcpy_from_bvec - copy the segment, which is within a page, to @to */
static inline void memcpy_from_bvec(char *to, struct bio_vec *bvec)
{
	memcpy_from_page(to, bvec->bv_page, bvec->bv_offset, bvec->bv_len);
}

/** memcpy_to_bvec - fill the segment, which is within a page, from @from */
static inline void memcpy_to_bvec(struct bio_vec *bvec, const char *from)
{
	memcpy_to_page(bvec->bv_page, bvec->bv_offset, from, bvec->bv_len);
}

/** memzero_bvec - clear the segment, which is within a page */
static inline void memzero_bvec(struct bio_vec *bvec)
{
	memzero_page(bvec->bv_page, bvec->bv_offset, bvec->bv_len);
}

#endif /* _LINUX_BVEC_H */
