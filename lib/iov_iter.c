// SPDX-License-Identifier: MIT
/*
 * iov_iter: copying, moving, measuring. See <linux/uio.h> for the model, <linux/iov_iter.h> for the
 * walk that all copies share; getting at the pages is in iov_iter_pages.c, vectors from user space
 * in iov_iter_import.c.
 *
 * Functions that only look at the segments (alignment, pages spanned, bytes that can be faulted in)
 * see every kind through one eye: struct piece, made by first_piece() and next_piece(), is a
 * stretch of the remaining bytes with its address, be it a user's, a kernel's or an offset in a
 * page.
 */

#include <linux/iov_iter.h>

#include <linux/bug.h>
#include <linux/export.h>
#include <linux/highmem.h>
#include <linux/math.h>
#include <linux/pagemap.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/uaccess.h>
#include <linux/uio.h>

/* ---- steps ---- */

static __always_inline size_t copy_to_user_iter(void __user *iter_to, size_t progress, size_t len,
						void *from, void *priv2)
{
	(void)priv2;
	if (!access_ok(iter_to, len))
		return len;
	instrument_copy_to_user(iter_to, from + progress, len);
	return raw_copy_to_user(iter_to, from + progress, len);
}

/* All of the piece or none: what copy_to_user_nofault() can say. */
static __always_inline size_t copy_to_user_iter_nofault(void __user *iter_to, size_t progress,
							size_t len, void *from, void *priv2)
{
	(void)priv2;
	return copy_to_user_nofault(iter_to, from + progress, len) ? len : 0;
}

static __always_inline size_t copy_from_user_iter(void __user *iter_from, size_t progress,
						  size_t len, void *to, void *priv2)
{
	size_t left;

	(void)priv2;
	if (!access_ok(iter_from, len))
		return len;
	to += progress;
	instrument_copy_from_user_before(to, iter_from, len);
	left = raw_copy_from_user(to, iter_from, len);
	instrument_copy_from_user_after(to, iter_from, len, left);
	return left;
}

static __always_inline size_t zero_to_user_iter(void __user *iter_to, size_t progress, size_t len,
						void *priv, void *priv2)
{
	(void)progress;
	(void)priv;
	(void)priv2;
	return clear_user(iter_to, len);
}

static __always_inline size_t memcpy_to_iter(void *iter_to, size_t progress, size_t len,
					     void *from, void *priv2)
{
	(void)priv2;
	memcpy(iter_to, from + progress, len);
	return 0;
}

static __always_inline size_t memcpy_from_iter(void *iter_from, size_t progress, size_t len,
					       void *to, void *priv2)
{
	(void)priv2;
	memcpy(to + progress, iter_from, len);
	return 0;
}

static __always_inline size_t zero_to_iter(void *iter_to, size_t progress, size_t len, void *priv,
					   void *priv2)
{
	(void)progress;
	(void)priv;
	(void)priv2;
	memset(iter_to, 0, len);
	return 0;
}

/* ---- copying ---- */

static size_t do_copy_to_iter(const void *addr, size_t bytes, struct iov_iter *i)
{
	return iterate_and_advance(i, bytes, (void *)addr, copy_to_user_iter, memcpy_to_iter);
}

static size_t do_copy_from_iter(void *addr, size_t bytes, struct iov_iter *i)
{
	return iterate_and_advance(i, bytes, addr, copy_from_user_iter, memcpy_from_iter);
}

/** _copy_to_iter() - see copy_to_iter() */
size_t _copy_to_iter(const void *addr, size_t bytes, struct iov_iter *i)
{
	if (WARN_ON_ONCE(i->data_source))
		return 0;
	if (user_backed_iter(i))
		might_fault();
	return do_copy_to_iter(addr, bytes, i);
}
EXPORT_SYMBOL(_copy_to_iter);

/** _copy_from_iter() - see copy_from_iter() */
size_t _copy_from_iter(void *addr, size_t bytes, struct iov_iter *i)
{
	if (WARN_ON_ONCE(!i->data_source))
		return 0;
	if (user_backed_iter(i))
		might_fault();
	return do_copy_from_iter(addr, bytes, i);
}
EXPORT_SYMBOL(_copy_from_iter);

/** _copy_from_iter_nocache() - see copy_from_iter_nocache(); a hint that our machines don't take */
size_t _copy_from_iter_nocache(void *addr, size_t bytes, struct iov_iter *i)
{
	return _copy_from_iter(addr, bytes, i);
}
EXPORT_SYMBOL(_copy_from_iter_nocache);

/* Does the range lie in the folio that @page belongs to? */
static bool page_copy_sane(struct page *page, size_t offset, size_t bytes)
{
	struct page *head = compound_head(page);
	size_t from = ((page - head) << PAGE_SHIFT) + offset;

	return !WARN_ON_ONCE(from + bytes < from || from + bytes > page_size(head));
}

/*
 * Copies between an iterator and a range of a folio, page by page. @copy moves what it is told and
 * returns what it did.
 */
static __always_inline size_t copy_page_by_page(struct page *page, size_t offset, size_t bytes,
						struct iov_iter *i,
						size_t (*copy)(void *kaddr, size_t bytes,
							       struct iov_iter *i))
{
	size_t done = 0;

	if (!page_copy_sane(page, offset, bytes))
		return 0;
	page += offset / PAGE_SIZE;
	offset %= PAGE_SIZE;
	while (done < bytes) {
		size_t part = min_t(size_t, bytes - done, PAGE_SIZE - offset), copied;
		void *kaddr = kmap_local_page(page);

		copied = copy(kaddr + offset, part, i);
		kunmap_local(kaddr);
		done += copied;
		if (copied < part)
			break;
		page++;
		offset = 0;
	}
	return done;
}

static size_t copy_out(void *kaddr, size_t bytes, struct iov_iter *i)
{
	return _copy_to_iter(kaddr, bytes, i);
}

static size_t copy_out_nofault(void *kaddr, size_t bytes, struct iov_iter *i)
{
	return iterate_and_advance(i, bytes, kaddr, copy_to_user_iter_nofault, memcpy_to_iter);
}

static size_t copy_in_atomic(void *kaddr, size_t bytes, struct iov_iter *i)
{
	size_t copied;

	preempt_disable();
	pagefault_disable();
	copied = do_copy_from_iter(kaddr, bytes, i);
	pagefault_enable();
	preempt_enable();
	return copied;
}

/**
 * copy_page_to_iter() - copy a range of a folio to an iterator
 * @page: page of the folio that @offset counts from
 * @offset: bytes; may lie in a later page of the folio
 * @bytes: how many; the range must not leave the folio
 * @i: a destination
 *
 * Context: may sleep if @i is of a user's kind.
 * Return: bytes copied.
 */
size_t copy_page_to_iter(struct page *page, size_t offset, size_t bytes, struct iov_iter *i)
{
	if (WARN_ON_ONCE(i->data_source))
		return 0;
	return copy_page_by_page(page, offset, bytes, i, copy_out);
}
EXPORT_SYMBOL(copy_page_to_iter);

/**
 * copy_page_to_iter_nofault() - the same without faulting pages in
 *
 * Context: any in which user memory may be touched with page faults disabled.
 * Return: bytes copied; of a segment that isn't there in whole, none.
 */
size_t copy_page_to_iter_nofault(struct page *page, unsigned int offset, size_t bytes,
				 struct iov_iter *i)
{
	if (WARN_ON_ONCE(i->data_source))
		return 0;
	return copy_page_by_page(page, offset, bytes, i, copy_out_nofault);
}
EXPORT_SYMBOL(copy_page_to_iter_nofault);

/**
 * copy_page_from_iter() - copy from an iterator into a range of a folio; see copy_page_to_iter()
 */
size_t copy_page_from_iter(struct page *page, size_t offset, size_t bytes, struct iov_iter *i)
{
	return copy_page_by_page(page, offset, bytes, i, _copy_from_iter);
}
EXPORT_SYMBOL(copy_page_from_iter);

/**
 * copy_page_from_iter_atomic() - the same without faulting pages in, in atomic context
 *
 * For a caller that holds the folio's lock: taking a fault on that very folio would dead-lock. It
 * calls fault_in_iov_iter_readable() before, and again after a copy that came up short.
 *
 * Context: any; doesn't sleep.
 * Return: bytes copied.
 */
size_t copy_page_from_iter_atomic(struct page *page, size_t offset, size_t bytes,
				  struct iov_iter *i)
{
	if (WARN_ON_ONCE(!i->data_source))
		return 0;
	return copy_page_by_page(page, offset, bytes, i, copy_in_atomic);
}
EXPORT_SYMBOL(copy_page_from_iter_atomic);

/**
 * iov_iter_zero() - write zeroes to an iterator
 * @bytes: how many
 * @i: a destination
 *
 * Context: may sleep if @i is of a user's kind.
 * Return: bytes written.
 */
size_t iov_iter_zero(size_t bytes, struct iov_iter *i)
{
	return iterate_and_advance(i, bytes, NULL, zero_to_user_iter, zero_to_iter);
}
EXPORT_SYMBOL(iov_iter_zero);

/* ---- moving ---- */

/* Empty segments behind the last byte are passed too: who goes by segments finds a byte in each. */
static void advance_vector(struct iov_iter *i, size_t size)
{
	const struct iovec *seg = i->__iov, *end = seg + i->nr_segs;

	size += i->iov_offset;		/* counted from the current segment's start */
	while (seg < end && size >= seg->iov_len) {
		size -= seg->iov_len;
		seg++;
	}
	i->iov_offset = size;
	i->nr_segs -= seg - i->__iov;
	i->__iov = seg;
}

static void advance_bvec(struct iov_iter *i, size_t size)
{
	const struct bio_vec *seg = i->bvec, *end = seg + i->nr_segs;

	size += i->iov_offset;
	while (seg < end && size >= seg->bv_len) {
		size -= seg->bv_len;
		seg++;
	}
	i->iov_offset = size;
	i->nr_segs -= seg - i->bvec;
	i->bvec = seg;
}

static void advance_folioq(struct iov_iter *i, size_t size)
{
	const struct folio_queue *folioq = i->folioq;
	unsigned int slot = i->folioq_slot;

	size += i->iov_offset;
	while (size && folioq_settle(&folioq, &slot) && size >= folioq_folio_size(folioq, slot)) {
		size -= folioq_folio_size(folioq, slot);
		slot++;
	}
	i->iov_offset = size;
	i->folioq = folioq;
	i->folioq_slot = slot;
}

/**
 * iov_iter_advance() - step over bytes without copying
 * @i: the iterator
 * @size: bytes, cut to what is left; 0 steps over empty segments only
 */
void iov_iter_advance(struct iov_iter *i, size_t size)
{
	size = min(size, i->count);
	if (!i->count)
		return;
	i->count -= size;
	switch (iov_iter_type(i)) {
	case ITER_UBUF:
	case ITER_XARRAY:
		i->iov_offset += size;
		break;
	case ITER_IOVEC:
	case ITER_KVEC:		/* laid out alike */
		advance_vector(i, size);
		break;
	case ITER_BVEC:
		advance_bvec(i, size);
		break;
	case ITER_FOLIOQ:
		advance_folioq(i, size);
		break;
	case ITER_DISCARD:
		break;
	}
}
EXPORT_SYMBOL(iov_iter_advance);

/* @unroll is what lies before the current segment. */
static void revert_vector(struct iov_iter *i, size_t unroll)
{
	const struct iovec *seg = i->__iov;

	do {
		seg--;
		i->nr_segs++;
		if (unroll <= seg->iov_len)
			break;
		unroll -= seg->iov_len;
	} while (1);
	i->__iov = seg;
	i->iov_offset = seg->iov_len - unroll;
}

static void revert_bvec(struct iov_iter *i, size_t unroll)
{
	const struct bio_vec *seg = i->bvec;

	do {
		seg--;
		i->nr_segs++;
		if (unroll <= seg->bv_len)
			break;
		unroll -= seg->bv_len;
	} while (1);
	i->bvec = seg;
	i->iov_offset = seg->bv_len - unroll;
}

static void revert_folioq(struct iov_iter *i, size_t unroll)
{
	const struct folio_queue *folioq = i->folioq;
	unsigned int slot = i->folioq_slot;
	size_t size;

	for (;; unroll -= size) {
		if (!slot) {
			folioq = folioq->prev;
			slot = folioq_nr_slots(folioq);
		}
		size = folioq_folio_size(folioq, --slot);
		if (unroll <= size)
			break;
	}
	i->folioq = folioq;
	i->folioq_slot = slot;
	i->iov_offset = size - unroll;
}

/**
 * iov_iter_revert() - go back over bytes that the iterator has advanced
 * @i: the iterator
 * @unroll: bytes; going back before the start is a bug that can't be noticed here for all kinds
 */
void iov_iter_revert(struct iov_iter *i, size_t unroll)
{
	if (!unroll)
		return;
	if (WARN_ON(unroll > MAX_RW_COUNT))
		return;
	i->count += unroll;
	if (iov_iter_is_discard(i))
		return;
	if (unroll <= i->iov_offset) {
		i->iov_offset -= unroll;
		return;
	}
	unroll -= i->iov_offset;
	switch (iov_iter_type(i)) {
	case ITER_IOVEC:
	case ITER_KVEC:
		revert_vector(i, unroll);
		break;
	case ITER_BVEC:
		revert_bvec(i, unroll);
		break;
	case ITER_FOLIOQ:
		revert_folioq(i, unroll);
		break;
	default:
		BUG();		/* before the start */
	}
}
EXPORT_SYMBOL(iov_iter_revert);

/**
 * iov_iter_restore() - go to a bookmark
 * @i: the iterator, of a kind with a vector, or ITER_UBUF
 * @state: from iov_iter_save_state(), at an earlier position
 */
void iov_iter_restore(struct iov_iter *i, struct iov_iter_state *state)
{
	unsigned long back = state->nr_segs - i->nr_segs;

	if (WARN_ON_ONCE(iov_iter_is_folioq(i) || iov_iter_is_xarray(i) || iov_iter_is_discard(i)))
		return;
	i->iov_offset = state->iov_offset;
	i->count = state->count;
	if (iter_is_ubuf(i))
		return;
	if (iov_iter_is_bvec(i))
		i->bvec -= back;
	else
		i->__iov -= back;
	i->nr_segs = state->nr_segs;
}
EXPORT_SYMBOL(iov_iter_restore);

/* ---- making one ---- */

/** iov_iter_init() - an iterator over a vector of user buffers, of which @count bytes in all */
void iov_iter_init(struct iov_iter *i, unsigned int direction, const struct iovec *iov,
		   unsigned long nr_segs, size_t count)
{
	WARN_ON(direction & ~(READ | WRITE));
	*i = (struct iov_iter) {
		.iter_type = ITER_IOVEC,
		.data_source = direction,
		.__iov = iov,
		.nr_segs = nr_segs,
		.count = count,
	};
}
EXPORT_SYMBOL(iov_iter_init);

/** iov_iter_kvec() - an iterator over a vector of kernel buffers */
void iov_iter_kvec(struct iov_iter *i, unsigned int direction, const struct kvec *kvec,
		   unsigned long nr_segs, size_t count)
{
	WARN_ON(direction & ~(READ | WRITE));
	*i = (struct iov_iter) {
		.iter_type = ITER_KVEC,
		.data_source = direction,
		.kvec = kvec,
		.nr_segs = nr_segs,
		.count = count,
	};
}
EXPORT_SYMBOL(iov_iter_kvec);

/** iov_iter_bvec() - an iterator over a vector of page fragments */
void iov_iter_bvec(struct iov_iter *i, unsigned int direction, const struct bio_vec *bvec,
		   unsigned long nr_segs, size_t count)
{
	WARN_ON(direction & ~(READ | WRITE));
	*i = (struct iov_iter) {
		.iter_type = ITER_BVEC,
		.data_source = direction,
		.bvec = bvec,
		.nr_segs = nr_segs,
		.count = count,
	};
}
EXPORT_SYMBOL(iov_iter_bvec);

/**
 * iov_iter_folio_queue() - an iterator over a queue of folios
 * @i: the iterator
 * @direction: READ or WRITE
 * @folioq: the segment to begin in
 * @first_slot: the slot of it; may be one behind the last
 * @offset: of the first byte in that slot's folio
 * @count: bytes
 */
void iov_iter_folio_queue(struct iov_iter *i, unsigned int direction,
			  const struct folio_queue *folioq, unsigned int first_slot,
			  unsigned int offset, size_t count)
{
	WARN_ON(direction & ~(READ | WRITE));
	*i = (struct iov_iter) {
		.iter_type = ITER_FOLIOQ,
		.data_source = direction,
		.folioq = folioq,
		.folioq_slot = first_slot,
		.iov_offset = offset,
		.count = count,
	};
}
EXPORT_SYMBOL(iov_iter_folio_queue);

/**
 * iov_iter_xarray() - an iterator over the folios of a page cache
 * @i: the iterator
 * @direction: READ or WRITE
 * @xarray: the page cache: folios at their indices
 * @start: file position of the first byte
 * @count: bytes
 *
 * The caller keeps the folios of the range in place as long as the iterator is used, and holds
 * references on them.
 */
void iov_iter_xarray(struct iov_iter *i, unsigned int direction, struct xarray *xarray,
		     loff_t start, size_t count)
{
	WARN_ON(direction & ~(READ | WRITE));
	*i = (struct iov_iter) {
		.iter_type = ITER_XARRAY,
		.data_source = direction,
		.xarray = xarray,
		.xarray_start = start,
		.count = count,
	};
}
EXPORT_SYMBOL(iov_iter_xarray);

/** iov_iter_discard() - a destination that swallows @count bytes */
void iov_iter_discard(struct iov_iter *i, unsigned int direction, size_t count)
{
	WARN_ON(direction != READ);
	*i = (struct iov_iter) {
		.iter_type = ITER_DISCARD,
		.data_source = false,
		.count = count,
	};
}
EXPORT_SYMBOL(iov_iter_discard);

/**
 * dup_iter() - a copy of an iterator that has its own vector
 * @new: the copy
 * @old: the iterator
 * @flags: how to allocate
 *
 * Return: the vector, for kfree() when @new is done with; NULL for lack of memory, and for kinds
 * that have no vector.
 */
const void *dup_iter(struct iov_iter *new, struct iov_iter *old, gfp_t flags)
{
	*new = *old;
	if (iov_iter_is_bvec(new))
		return new->bvec = kmemdup(new->bvec, new->nr_segs * sizeof(*new->bvec), flags);
	if (iov_iter_is_kvec(new) || iter_is_iovec(new))
		return new->__iov = kmemdup(new->__iov, new->nr_segs * sizeof(*new->__iov), flags);
	return NULL;
}
EXPORT_SYMBOL(dup_iter);

/* ---- measuring ---- */

/* A contiguous stretch of what is left. */
struct piece {
	/* bvec: offset from its page; folioq: from its folio; xarray: file position */
	unsigned long addr;
	size_t len;		/* never 0 */
	unsigned long seg;	/* its segment's number */
	const struct folio_queue *folioq;	/* in which that is the slot's number */
};

static bool is_single(const struct iov_iter *i)
{
	return iter_is_ubuf(i) || iov_iter_is_xarray(i);
}

/* The segment's whole address range; that of a folio which isn't there yet is empty. */
static void load_segment(const struct iov_iter *i, struct piece *p)
{
	if (iov_iter_is_folioq(i)) {
		unsigned int slot = p->seg;

		p->addr = 0;
		p->len = folioq_settle(&p->folioq, &slot) ? folioq_folio_size(p->folioq, slot) : 0;
		p->seg = slot;
	} else if (iov_iter_is_bvec(i)) {
		p->addr = i->bvec[p->seg].bv_offset;
		p->len = i->bvec[p->seg].bv_len;
	} else {
		p->addr = (unsigned long)i->__iov[p->seg].iov_base;
		p->len = i->__iov[p->seg].iov_len;
	}
}

/* Loads segments from p->seg on until one has bytes, of which @skip don't count. */
static bool load_piece(const struct iov_iter *i, struct piece *p, size_t skip, size_t left)
{
	if (!left || iov_iter_is_discard(i))
		return false;
	for (;; p->seg++, skip = 0) {
		load_segment(i, p);
		if (p->len > skip)
			break;
		if (iov_iter_is_folioq(i) && !p->len)
			return false;
	}
	p->addr += skip;
	p->len = min(p->len - skip, left);
	return true;
}

static bool first_piece(const struct iov_iter *i, struct piece *p)
{
	p->seg = 0;
	if (iov_iter_is_folioq(i)) {
		p->folioq = i->folioq;
		p->seg = i->folioq_slot;
	}
	if (!is_single(i))
		return load_piece(i, p, i->iov_offset, i->count);
	if (iter_is_ubuf(i))
		p->addr = (unsigned long)i->ubuf + i->iov_offset;
	else
		p->addr = i->xarray_start + i->iov_offset;
	p->len = i->count;
	return p->len;
}

/* @left: bytes behind the piece; they are all in later segments. */
static bool next_piece(const struct iov_iter *i, struct piece *p, size_t left)
{
	p->seg++;
	return load_piece(i, p, 0, left);
}

/* For each piece of what is left; @left becomes what is behind it. */
#define for_each_piece(i, p, left)						\
	for (bool __more = ((left) = (i)->count, first_piece((i), (p)));	\
	     __more && ((left) -= (p)->len, true);				\
	     __more = (left) && next_piece((i), (p), (left)))

/** iov_iter_single_seg_count() - bytes left of the current segment */
size_t iov_iter_single_seg_count(const struct iov_iter *i)
{
	if (i->nr_segs > 1) {
		if (iter_is_iovec(i) || iov_iter_is_kvec(i))
			return min(i->count, i->__iov->iov_len - i->iov_offset);
		if (iov_iter_is_bvec(i))
			return min_t(size_t, i->count, i->bvec->bv_len - i->iov_offset);
	}
	if (iov_iter_is_folioq(i)) {
		const struct folio_queue *folioq = i->folioq;
		unsigned int slot = i->folioq_slot;

		if (!i->count || !folioq_settle(&folioq, &slot))
			return 0;
		return min(i->count, folioq_folio_size(folioq, slot) - i->iov_offset);
	}
	return i->count;
}
EXPORT_SYMBOL(iov_iter_single_seg_count);

/**
 * iov_iter_is_aligned() - is every segment aligned?
 * @i: the iterator
 * @addr_mask: bits that must be 0 in every segment's first address
 * @len_mask: bits that must be 0 in every segment's length
 */
bool iov_iter_is_aligned(const struct iov_iter *i, unsigned int addr_mask, unsigned int len_mask)
{
	struct piece p;
	size_t left;

	for_each_piece(i, &p, left) {
		if ((p.addr & addr_mask) || (p.len & len_mask))
			return false;
	}
	return true;
}
EXPORT_SYMBOL(iov_iter_is_aligned);

/** iov_iter_alignment() - all addresses and lengths, or-ed: its low zeroes are what all share */
unsigned long iov_iter_alignment(const struct iov_iter *i)
{
	unsigned long res = 0;
	struct piece p;
	size_t left;

	for_each_piece(i, &p, left)
		res |= p.addr | p.len;
	return res;
}
EXPORT_SYMBOL(iov_iter_alignment);

/**
 * iov_iter_gap_alignment() - the addresses at the inner borders of a user's vector, or-ed
 * @i: an ITER_UBUF (no border: 0) or ITER_IOVEC
 *
 * A device that moves whole pages can take the vector if no border lies within a page.
 */
unsigned long iov_iter_gap_alignment(const struct iov_iter *i)
{
	unsigned long res = 0, prev_end = 0;
	struct piece p;
	size_t left;

	if (iter_is_ubuf(i))
		return 0;
	if (WARN_ON(!iter_is_iovec(i)))
		return ~0U;
	for_each_piece(i, &p, left) {
		if (prev_end)
			res |= p.addr | prev_end;
		prev_end = p.addr + p.len;
	}
	return res;
}
EXPORT_SYMBOL(iov_iter_gap_alignment);

/** iov_iter_npages() - pages that what is left spans, @maxpages at most */
int iov_iter_npages(const struct iov_iter *i, int maxpages)
{
	size_t npages = 0, left;
	struct piece p;

	for_each_piece(i, &p, left) {
		npages += DIV_ROUND_UP(offset_in_page(p.addr) + p.len, PAGE_SIZE);
		if (npages >= (size_t)maxpages)
			return maxpages;
	}
	return npages;
}
EXPORT_SYMBOL(iov_iter_npages);

static __always_inline size_t fault_in_pieces(const struct iov_iter *i, size_t size,
					      size_t (*fault_in)(unsigned long addr, size_t len))
{
	size_t wanted = min(size, i->count), left;
	struct piece p;

	if (!user_backed_iter(i))
		return 0;
	size -= wanted;
	for_each_piece(i, &p, left) {
		size_t len = min(p.len, wanted), refused;

		if (!len)
			break;
		refused = fault_in(p.addr, len);
		wanted -= len - refused;
		if (refused)
			break;
	}
	return size + wanted;
}

static size_t fault_in_for_reading(unsigned long addr, size_t len)
{
	return fault_in_readable((const char __user *)addr, len);
}

static size_t fault_in_for_writing(unsigned long addr, size_t len)
{
	return fault_in_safe_writeable((const char __user *)addr, len);
}

/**
 * fault_in_iov_iter_readable() - bring in user pages that are going to be read
 * @i: the iterator
 * @size: bytes
 *
 * Context: may sleep.
 * Return: how many of the bytes can't be read: 0 all can, @size not one; 0 for kinds of the
 * kernel's.
 */
size_t fault_in_iov_iter_readable(const struct iov_iter *i, size_t size)
{
	return fault_in_pieces(i, size, fault_in_for_reading);
}
EXPORT_SYMBOL(fault_in_iov_iter_readable);

/** fault_in_iov_iter_writeable() - bring in user pages for writing, changing nothing; likewise */
size_t fault_in_iov_iter_writeable(const struct iov_iter *i, size_t size)
{
	return fault_in_pieces(i, size, fault_in_for_writing);
}
EXPORT_SYMBOL(fault_in_iov_iter_writeable);
