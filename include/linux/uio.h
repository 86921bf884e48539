/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_UIO_H
#define _LINUX_UIO_H

/*
 * iov_iter: where the data of a read or write come from or go to, and how far it has got.
 *
 *	ITER_UBUF	one buffer of the user's
 *	ITER_IOVEC	a vector of buffers of the user's
 *	ITER_KVEC	a vector of buffers of the kernel's
 *	ITER_BVEC	a vector of page fragments
 *	ITER_FOLIOQ	a queue of folios
 *	ITER_XARRAY	pages of a page cache, by index
 *	ITER_DISCARD	nowhere: what is copied to it is counted and gone
 *
 * The one who starts the operation makes the iterator; those below it copy, and the position moves
 * with each copy. An iterator is either a destination (ITER_DEST, as for READ) or a source
 * (ITER_SOURCE, as for WRITE), seen from memory.
 *
 * Rules of use:
 *  - Copies return the bytes that were copied; fewer than asked means the end, or a bad user
 *    address. The iterator stands behind what was copied. copy_*_iter_full() copies all or moves
 *    nothing.
 *  - Copies from and to the user's kinds may sleep, unless page faults are disabled.
 *  - One user at a time: there is no lock. A copy of the struct (or iov_iter_save_state()) is a
 *    bookmark, good while the vector behind it lives.
 *  - iov_iter_revert() goes back over what was advanced, never before the start.
 *
 * struct iov_iter's order of fields lets an ITER_UBUF be read as a vector of one element:
 * __ubuf_iovec overlays the address and the count.
 */

#include <linux/bvec.h>
#include <linux/kernel.h>
#include <linux/limits.h>
#include <linux/minmax.h>
#include <linux/mm_types.h>
#include <linux/types.h>
#include <uapi/linux/uio.h>

struct folio_queue;
struct page;
struct scatterlist;
struct sg_table;
struct xarray;

typedef unsigned int __bitwise iov_iter_extraction_t;

/* The most that one read or write moves. */
#ifndef MAX_RW_COUNT
#define MAX_RW_COUNT (INT_MAX & PAGE_MASK)
#endif

struct kvec {
	void *iov_base;	/* of the kernel, never of a user */
	size_t iov_len;
};

enum iter_type {
	ITER_UBUF,
	ITER_IOVEC,
	ITER_BVEC,
	ITER_KVEC,
	ITER_FOLIOQ,
	ITER_XARRAY,
	ITER_DISCARD,
};

#define ITER_SOURCE	1	/* == WRITE */
#define ITER_DEST	0	/* == READ */

struct iov_iter_state {
	size_t iov_offset;
	size_t count;
	unsigned long nr_segs;
};

struct iov_iter {
	u8 iter_type;		/* enum iter_type */
	bool nofault;		/* don't fault pages in when getting them */
	bool data_source;	/* ITER_SOURCE or ITER_DEST */
	size_t iov_offset;	/* done of the current segment; ubuf, xarray: done in all */
	union {
		struct iovec __ubuf_iovec;
		struct {
			union {		/* the current segment */
				const struct iovec *__iov;
				const struct kvec *kvec;
				const struct bio_vec *bvec;
				const struct folio_queue *folioq;
				struct xarray *xarray;
				void __user *ubuf;
			};
			size_t count;	/* bytes left */
		};
	};
	union {
		unsigned long nr_segs;	/* left, the current one included */
		u8 folioq_slot;		/* the current one; may be one behind the last */
		loff_t xarray_start;	/* file position of the first byte */
	};
};

/** iter_iov - the current segment of a user's iterator, of either kind */
static inline const struct iovec *iter_iov(const struct iov_iter *iter)
{
	if (iter->iter_type == ITER_UBUF)
		return (const struct iovec *)&iter->__ubuf_iovec;
	return iter->__iov;
}

#define iter_iov_addr(iter)	(iter_iov(iter)->iov_base + (iter)->iov_offset)

/** iter_iov_len - bytes left of the current segment of a user's iterator */
static inline size_t iter_iov_len(const struct iov_iter *i)
{
	if (i->iter_type == ITER_UBUF)
		return i->count;
	return min(i->__iov->iov_len - i->iov_offset, i->count);
}

/** iov_iter_type - which kind of memory it goes over */
static inline enum iter_type iov_iter_type(const struct iov_iter *i)
{
	return i->iter_type;
}

/** iov_iter_save_state - a bookmark for iov_iter_restore() */
static inline void iov_iter_save_state(struct iov_iter *iter, struct iov_iter_state *state)
{
	state->iov_offset = iter->iov_offset;
	state->count = iter->count;
	state->nr_segs = iter->nr_segs;
}

/** iter_is_ubuf - is it a single buffer in user space? */
static inline bool iter_is_ubuf(const struct iov_iter *i)
{
	return iov_iter_type(i) == ITER_UBUF;
}

/** iter_is_iovec - is it an array of buffers in user space? */
static inline bool iter_is_iovec(const struct iov_iter *i)
{
	return iov_iter_type(i) == ITER_IOVEC;
}

/** iov_iter_is_kvec - is it an array of buffers in the kernel? */
static inline bool iov_iter_is_kvec(const struct iov_iter *i)
{
	return iov_iter_type(i) == ITER_KVEC;
}

/** iov_iter_is_bvec - is it an array of pieces of pages? */
static inline bool iov_iter_is_bvec(const struct iov_iter *i)
{
	return iov_iter_type(i) == ITER_BVEC;
}

/** iov_iter_is_discard - does it throw away what it is given? */
static inline bool iov_iter_is_discard(const struct iov_iter *i)
{
	return iov_iter_type(i) == ITER_DISCARD;
}

/** iov_iter_is_folioq - is it a queue of folios? */
static inline bool iov_iter_is_folioq(const struct iov_iter *i)
{
	return iov_iter_type(i) == ITER_FOLIOQ;
}

/** iov_iter_is_xarray - is it a page cache? */
static inline bool iov_iter_is_xarray(const struct iov_iter *i)
{
	return iov_iter_type(i) == ITER_XARRAY;
}

/** iov_iter_rw - READ or WRITE */
static inline unsigned char iov_iter_rw(const struct iov_iter *i)
{
	return i->data_source ? WRITE : READ;
}

/** user_backed_iter - is its memory in user space? */
static inline bool user_backed_iter(const struct iov_iter *i)
{
	return iter_is_ubuf(i) || iter_is_iovec(i);
}

/** iov_length - bytes of a whole vector; the sum must not overflow */
static inline size_t iov_length(const struct iovec *iov, unsigned long nr_segs)
{
	unsigned long seg;
	size_t ret = 0;

	for (seg = 0; seg < nr_segs; seg++)
		ret += iov[seg].iov_len;
	return ret;
}

/* ---- the position ---- */

/** iov_iter_count - bytes left */
static inline size_t iov_iter_count(const struct iov_iter *i)
{
	return i->count;
}

/** iov_iter_truncate - let at most @count bytes be left */
static inline void iov_iter_truncate(struct iov_iter *i, u64 count)
{
	if (i->count > count)
		i->count = count;
}

/** iov_iter_reexpand - undo iov_iter_truncate(): @count is what would be left without it */
static inline void iov_iter_reexpand(struct iov_iter *i, size_t count)
{
	i->count = count;
}

void iov_iter_advance(struct iov_iter *i, size_t bytes);
void iov_iter_revert(struct iov_iter *i, size_t bytes);
void iov_iter_restore(struct iov_iter *i, struct iov_iter_state *state);
size_t iov_iter_single_seg_count(const struct iov_iter *i);
bool iov_iter_is_aligned(const struct iov_iter *i, unsigned int addr_mask, unsigned int len_mask);
unsigned long iov_iter_alignment(const struct iov_iter *i);
unsigned long iov_iter_gap_alignment(const struct iov_iter *i);
int iov_iter_npages(const struct iov_iter *i, int maxpages);

/** iov_iter_npages_cap - pages that the first @max_bytes span, @maxpages at most */
static inline int iov_iter_npages_cap(struct iov_iter *i, int maxpages, size_t max_bytes)
{
	size_t shorted = 0;
	int npages;

	if (iov_iter_count(i) > max_bytes) {
		shorted = iov_iter_count(i) - max_bytes;
		iov_iter_truncate(i, max_bytes);
	}
	npages = iov_iter_npages(i, maxpages);
	if (shorted)
		iov_iter_reexpand(i, iov_iter_count(i) + shorted);
	return npages;
}

/* ---- making one ---- */

void iov_iter_init(struct iov_iter *i, unsigned int direction, const struct iovec *iov,
		   unsigned long nr_segs, size_t count);
void iov_iter_kvec(struct iov_iter *i, unsigned int direction, const struct kvec *kvec,
		   unsigned long nr_segs, size_t count);
void iov_iter_bvec(struct iov_iter *i, unsigned int direction, const struct bio_vec *bvec,
		   unsigned long nr_segs, size_t count);
void iov_iter_folio_queue(struct iov_iter *i, unsigned int direction,
			  const struct folio_queue *folioq, unsigned int first_slot,
			  unsigned int offset, size_t count);
void iov_iter_xarray(struct iov_iter *i, unsigned int direction, struct xarray *xarray,
		     loff_t start, size_t count);
void iov_iter_discard(struct iov_iter *i, unsigned int direction, size_t count);
const void *dup_iter(struct iov_iter *new, struct iov_iter *old, gfp_t flags);

/**
 * iov_iter_ubuf - go over one buffer in user space
 * @i: to be set up
 * @direction: ITER_DEST: it is written; ITER_SOURCE: it is read
 * @buf: the buffer
 * @count: its bytes
 */
static inline void iov_iter_ubuf(struct iov_iter *i, unsigned int direction, void __user *buf,
				 size_t count)
{
	WARN_ON(direction & ~(READ | WRITE));
	*i = (struct iov_iter) {
		.iter_type = ITER_UBUF,
		.data_source = direction,
		.ubuf = buf,
		.count = count,
		.nr_segs = 1,
	};
}

struct iovec *iovec_from_user(const struct iovec __user *uvector, unsigned long nr_segs,
			      unsigned long fast_segs, struct iovec *fast_iov, bool compat);
ssize_t import_iovec(int type, const struct iovec __user *uvec, unsigned int nr_segs,
		     unsigned int fast_segs, struct iovec **iovp, struct iov_iter *i);
ssize_t __import_iovec(int type, const struct iovec __user *uvec, unsigned int nr_segs,
		       unsigned int fast_segs, struct iovec **iovp, struct iov_iter *i,
		       bool compat);
int import_ubuf(int type, void __user *buf, size_t len, struct iov_iter *i);

/* ---- copying ---- */

size_t _copy_to_iter(const void *addr, size_t bytes, struct iov_iter *i);
size_t _copy_from_iter(void *addr, size_t bytes, struct iov_iter *i);
size_t _copy_from_iter_nocache(void *addr, size_t bytes, struct iov_iter *i);

/* No machine of ours has a copy that goes round the cache, or one that survives bad memory. */
#define _copy_from_iter_flushcache	_copy_from_iter_nocache
#define _copy_mc_to_iter		_copy_to_iter

size_t copy_page_to_iter(struct page *page, size_t offset, size_t bytes, struct iov_iter *i);
size_t copy_page_to_iter_nofault(struct page *page, unsigned int offset, size_t bytes,
				 struct iov_iter *i);
size_t copy_page_from_iter(struct page *page, size_t offset, size_t bytes, struct iov_iter *i);
size_t copy_page_from_iter_atomic(struct page *page, size_t offset, size_t bytes,
				  struct iov_iter *i);
size_t iov_iter_zero(size_t bytes, struct iov_iter *i);
size_t fault_in_iov_iter_readable(const struct iov_iter *i, size_t bytes);
size_t fault_in_iov_iter_writeable(const struct iov_iter *i, size_t bytes);

/** copy_folio_to_iter - copy_page_to_iter() from anywhere in a folio */
static inline size_t copy_folio_to_iter(struct folio *folio, size_t offset, size_t bytes,
					struct iov_iter *i)
{
	return copy_page_to_iter(&folio->page, offset, bytes, i);
}

/** copy_folio_from_iter - copy_page_from_iter() to anywhere in a folio */
static inline size_t copy_folio_from_iter(struct folio *folio, size_t offset, size_t bytes,
					  struct iov_iter *i)
{
	return copy_page_from_iter(&folio->page, offset, bytes, i);
}

/** copy_folio_from_iter_atomic - copy_page_from_iter_atomic() to anywhere in a folio */
static inline size_t copy_folio_from_iter_atomic(struct folio *folio, size_t offset, size_t bytes,
						 struct iov_iter *i)
{
	return copy_page_from_iter_atomic(&folio->page, offset, bytes, i);
}

/**
 * copy_to_iter - copy a buffer to an iterator
 * @addr: the buffer
 * @bytes: its length
 * @i: a destination
 *
 * Context: may sleep if @i is of a user's kind.
 * Return: bytes copied; the iterator stands behind them.
 */
static __always_inline __must_check size_t copy_to_iter(const void *addr, size_t bytes,
							 struct iov_iter *i)
{
	return _copy_to_iter(addr, bytes, i);
}

/**
 * copy_from_iter - copy from an iterator to a buffer
 * @addr: the buffer
 * @bytes: its length
 * @i: a source
 *
 * Context: may sleep if @i is of a user's kind.
 * Return: bytes copied; the iterator stands behind them, and the rest of the buffer is as it was.
 */
static __always_inline __must_check size_t copy_from_iter(void *addr, size_t bytes,
							   struct iov_iter *i)
{
	return _copy_from_iter(addr, bytes, i);
}

/**
 * __iov_iter_all_or_back - what a copy that wanted @bytes and got @copied makes of it: all, or back
 * to its begin
 */
static __always_inline bool __iov_iter_all_or_back(size_t copied, size_t bytes, struct iov_iter *i)
{
	if (likely(copied == bytes))
		return true;
	iov_iter_revert(i, copied);
	return false;
}

/** copy_to_iter_full - copy all of a buffer; false, and the iterator stands still, if not */
static __always_inline __must_check bool copy_to_iter_full(const void *addr, size_t bytes,
							    struct iov_iter *i)
{
	return __iov_iter_all_or_back(copy_to_iter(addr, bytes, i), bytes, i);
}

/** copy_from_iter_full - fill all of a buffer; false, and the iterator stands still, if not */
static __always_inline __must_check bool copy_from_iter_full(void *addr, size_t bytes,
							      struct iov_iter *i)
{
	return __iov_iter_all_or_back(copy_from_iter(addr, bytes, i), bytes, i);
}

/** copy_from_iter_nocache - copy what the CPU won't look at again soon */
static __always_inline __must_check size_t copy_from_iter_nocache(void *addr, size_t bytes,
								   struct iov_iter *i)
{
	return _copy_from_iter_nocache(addr, bytes, i);
}

/** copy_from_iter_full_nocache - copy_from_iter_full() past the caches */
static __always_inline __must_check bool copy_from_iter_full_nocache(void *addr, size_t bytes,
								      struct iov_iter *i)
{
	return __iov_iter_all_or_back(copy_from_iter_nocache(addr, bytes, i), bytes, i);
}

/** copy_from_iter_flushcache - copy_from_iter() to memory that outlives a power cut */
static __always_inline __must_check size_t copy_from_iter_flushcache(void *addr, size_t bytes,
								      struct iov_iter *i)
{
	return _copy_from_iter_flushcache(addr, bytes, i);
}

/** copy_mc_to_iter - copy_to_iter() from memory that may turn out to be broken */
static __always_inline __must_check size_t copy_mc_to_iter(void *addr, size_t bytes,
							    struct iov_iter *i)
{
	return _copy_mc_to_iter(addr, bytes, i);
}

/* ---- copying with a check sum ---- */

/** struct csum_state - the sum of what was copied so far, and how much that was */
struct csum_state {
	__wsum csum;
	size_t off;
};

size_t csum_and_copy_to_iter(const void *addr, size_t bytes, void *csstate, struct iov_iter *i);
size_t csum_and_copy_from_iter(void *addr, size_t bytes, __wsum *csum, struct iov_iter *i);

/**
 * csum_and_copy_from_iter_full - fill all of a buffer; else false, iterator and sum as they were
 */
static __always_inline __must_check bool csum_and_copy_from_iter_full(void *addr, size_t bytes,
								       __wsum *csum,
								       struct iov_iter *i)
{
	__wsum before = *csum;

	if (likely(__iov_iter_all_or_back(csum_and_copy_from_iter(addr, bytes, csum, i), bytes, i)))
		return true;
	*csum = before;
	return false;
}

/* ---- getting at the pages ---- */

ssize_t iov_iter_get_pages2(struct iov_iter *i, struct page **pages, size_t maxsize,
			    unsigned int maxpages, size_t *start);
ssize_t iov_iter_get_pages_alloc2(struct iov_iter *i, struct page ***pages, size_t maxsize,
				  size_t *start);

/* Peer-to-peer pages are welcome (there are none). */
#define ITER_ALLOW_P2PDMA	((__force iov_iter_extraction_t)0x01)

ssize_t iov_iter_extract_pages(struct iov_iter *i, struct page ***pages, size_t maxsize,
			       unsigned int maxpages, iov_iter_extraction_t extraction_flags,
			       size_t *offset0);

ssize_t extract_iter_to_sg(struct iov_iter *iter, size_t maxsize, struct sg_table *sgtable,
			   unsigned int sg_max, iov_iter_extraction_t extraction_flags);

/**
 * iov_iter_extract_will_pin - how to give back what iov_iter_extract_pages() got
 * @iter: the iterator
 *
 * Return: true if its pages are pinned: unpin_user_page() each. False if the caller has to see to
 * it otherwise that they stay.
 */
static inline bool iov_iter_extract_will_pin(const struct iov_iter *iter)
{
	return user_backed_iter(iter);
}

#endif /* _LINUX_UIO_H */
