/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_IOV_ITER_H
#define _LINUX_IOV_ITER_H

/*
 * The walk under every copy: iterate_and_advance() calls a step function for each contiguous piece
 * of the next @len bytes and moves the iterator behind what the steps did.
 *
 * A step gets the address of the piece, how far into the walk it is, its length, and the caller's
 * two pointers. It returns the number of bytes it did NOT do; anything but 0 ends the walk there.
 * The steps are inlined into the walk, so pass functions whose bodies the compiler sees: one for
 * user addresses, one for kernel addresses.
 */

#include <linux/bvec.h>
#include <linux/folio_queue.h>
#include <linux/uio.h>
#include <linux/xarray.h>

typedef size_t (*iov_step_f)(void *iter_base, size_t progress, size_t len, void *priv,
			     void *priv2);
typedef size_t (*iov_ustep_f)(void __user *iter_base, size_t progress, size_t len, void *priv,
			      void *priv2);

/* Each iterate_*() walks @len bytes, 0 < @len <= iter->count, moves all of the position but the
 * count, and returns what was done. */

/**
 * iterate_ubuf - take one step over a single buffer in user space
 * @iter: what to go through; moves on by what was handled
 * @len: bytes, at most what is left
 * @priv: for @step; so is @priv2
 * @priv2: see @priv
 * @step: gets an address, how far it is from the beginning, and bytes there; returns how many of
 * these it did not handle, which ends the walk
 *
 * The functions of the other kinds are alike; those for kernel memory have kernel addresses for
 * @step.
 *
 * Context: as @step.
 * Return: bytes handled.
 */
static __always_inline size_t iterate_ubuf(struct iov_iter *iter, size_t len, void *priv,
					   void *priv2, iov_ustep_f step)
{
	size_t done = len - step(iter->ubuf + iter->iov_offset, 0, len, priv, priv2);

	iter->iov_offset += done;
	return done;
}

/** iterate_iovec - the same over an array of buffers in user space */
static __always_inline size_t iterate_iovec(struct iov_iter *iter, size_t len, void *priv,
					    void *priv2, iov_ustep_f step)
{
	const struct iovec *seg = iter->__iov;
	size_t skip = iter->iov_offset, progress = 0;

	while (progress < len) {
		size_t part = min(len - progress, seg->iov_len - skip);

		if (likely(part)) {
			part -= step(seg->iov_base + skip, progress, part, priv, priv2);
			progress += part;
			skip += part;
			if (skip < seg->iov_len)
				break;
		}
		seg++;
		skip = 0;
	}
	iter->nr_segs -= seg - iter->__iov;
	iter->__iov = seg;
	iter->iov_offset = skip;
	return progress;
}

/** iterate_kvec - the same over an array of buffers in the kernel */
static __always_inline size_t iterate_kvec(struct iov_iter *iter, size_t len, void *priv,
					   void *priv2, iov_step_f step)
{
	const struct kvec *seg = iter->kvec;
	size_t skip = iter->iov_offset, progress = 0;

	while (progress < len) {
		size_t part = min(len - progress, seg->iov_len - skip);

		if (likely(part)) {
			part -= step(seg->iov_base + skip, progress, part, priv, priv2);
			progress += part;
			skip += part;
			if (skip < seg->iov_len)
				break;
		}
		seg++;
		skip = 0;
	}
	iter->nr_segs -= seg - iter->kvec;
	iter->kvec = seg;
	iter->iov_offset = skip;
	return progress;
}

/** iterate_bvec - the same over pieces of pages: a step sees one mapped page at a time */
static __always_inline size_t iterate_bvec(struct iov_iter *iter, size_t len, void *priv,
					   void *priv2, iov_step_f step)
{
	const struct bio_vec *seg = iter->bvec;
	size_t skip = iter->iov_offset, progress = 0;

	while (progress < len) {
		size_t offset = seg->bv_offset + skip, part, left;
		void *base;

		if (unlikely(skip >= seg->bv_len)) {
			seg++;
			skip = 0;
			continue;
		}
		part = min3(len - progress, seg->bv_len - skip,
			    (size_t)(PAGE_SIZE - offset % PAGE_SIZE));
		base = kmap_local_page(seg->bv_page + offset / PAGE_SIZE);
		left = step(base + offset % PAGE_SIZE, progress, part, priv, priv2);
		kunmap_local(base);
		progress += part - left;
		skip += part - left;
		if (skip >= seg->bv_len) {
			seg++;
			skip = 0;
		}
		if (left)
			break;
	}
	iter->nr_segs -= seg - iter->bvec;
	iter->bvec = seg;
	iter->iov_offset = skip;
	return progress;
}

/**
 * folioq_settle - let a place be one that exists
 * @folioq: the segment; becomes the next one if *@slot is behind its last
 * @slot: the slot in there
 *
 * The acquire pairs with the release by which a producer hangs in a segment that it has filled.
 *
 * Return: false if there is no such segment yet.
 */
static __always_inline bool folioq_settle(const struct folio_queue **folioq, unsigned int *slot)
{
	const struct folio_queue *next;

	if (*slot < folioq_nr_slots(*folioq))
		return true;
	next = smp_load_acquire(&(*folioq)->next);
	if (!next)
		return false;
	*folioq = next;
	*slot = 0;
	return true;
}

/** iterate_folioq - the same over a queue of folios, page by page within each */
static __always_inline size_t iterate_folioq(struct iov_iter *iter, size_t len, void *priv,
					     void *priv2, iov_step_f step)
{
	const struct folio_queue *folioq = iter->folioq;
	unsigned int slot = iter->folioq_slot;
	size_t skip = iter->iov_offset, progress = 0, left = 0;

	while (progress < len && !left && folioq_settle(&folioq, &slot)) {
		size_t size = folioq_folio_size(folioq, slot), part;
		void *base;

		if (skip < size) {
			part = min3(len - progress, size - skip,
				    (size_t)(PAGE_SIZE - skip % PAGE_SIZE));
			base = kmap_local_folio(folioq_folio(folioq, slot), skip);
			left = step(base, progress, part, priv, priv2);
			kunmap_local(base);
			progress += part - left;
			skip += part - left;
		}
		if (skip >= size) {
			skip = 0;
			slot++;
		}
	}
	iter->folioq = folioq;
	iter->folioq_slot = slot;
	iter->iov_offset = skip;
	return progress;
}

/**
 * iterate_xarray - the same over folios of a page cache; a hole or a value entry ends the walk
 *
 * The caller keeps the folios in place. Context: @step runs under RCU and doesn't sleep.
 */
static __always_inline size_t iterate_xarray(struct iov_iter *iter, size_t len, void *priv,
					     void *priv2, iov_step_f step)
{
	loff_t pos = iter->xarray_start + iter->iov_offset;
	XA_STATE(xas, iter->xarray, pos / PAGE_SIZE);
	size_t progress = 0, left = 0;
	struct folio *folio;

	rcu_read_lock();
	xas_for_each(&xas, folio, ULONG_MAX) {
		size_t offset, end;

		if (xas_retry(&xas, folio))
			continue;
		if (WARN_ON_ONCE(xa_is_value(folio) || pos / PAGE_SIZE < folio->index))
			break;
		offset = pos - ((loff_t)folio->index << PAGE_SHIFT);
		end = min(folio_size(folio), offset + len - progress);
		while (offset < end && !left) {
			size_t part = min_t(size_t, end - offset, PAGE_SIZE - offset % PAGE_SIZE);
			void *base = kmap_local_folio(folio, offset);

			left = step(base, progress, part, priv, priv2);
			kunmap_local(base);
			progress += part - left;
			offset += part - left;
			pos += part - left;
		}
		if (left || progress == len)
			break;
	}
	rcu_read_unlock();
	iter->iov_offset += progress;
	return progress;
}

/** iterate_discard - all @len bytes count as handled */
static __always_inline size_t iterate_discard(struct iov_iter *iter, size_t len, void *priv,
					      void *priv2, iov_step_f step)
{
	(void)iter;
	(void)priv;
	(void)priv2;
	(void)step;
	return len;
}

/** iterate_kernel - the same over any kind that isn't a user's */
static __always_inline size_t iterate_kernel(struct iov_iter *iter, size_t len, void *priv,
					     void *priv2, iov_step_f step)
{
	if (iov_iter_is_bvec(iter))
		return iterate_bvec(iter, len, priv, priv2, step);
	if (iov_iter_is_kvec(iter))
		return iterate_kvec(iter, len, priv, priv2, step);
	if (iov_iter_is_folioq(iter))
		return iterate_folioq(iter, len, priv, priv2, step);
	if (iov_iter_is_xarray(iter))
		return iterate_xarray(iter, len, priv, priv2, step);
	return iterate_discard(iter, len, priv, priv2, step);
}

/**
 * iterate_and_advance2 - walk the next bytes of an iterator and move behind them
 * @iter: the iterator
 * @len: bytes, cut to what is left
 * @priv: for the step
 * @priv2: for the step
 * @ustep: step for pieces of user memory
 * @step: step for pieces of kernel memory
 *
 * Return: bytes done.
 */
static __always_inline size_t iterate_and_advance2(struct iov_iter *iter, size_t len, void *priv,
						   void *priv2, iov_ustep_f ustep, iov_step_f step)
{
	size_t progress;

	if (unlikely(iter->count < len))
		len = iter->count;
	if (unlikely(!len))
		return 0;

	if (likely(iter_is_ubuf(iter)))
		progress = iterate_ubuf(iter, len, priv, priv2, ustep);
	else if (likely(iter_is_iovec(iter)))
		progress = iterate_iovec(iter, len, priv, priv2, ustep);
	else
		progress = iterate_kernel(iter, len, priv, priv2, step);
	iter->count -= progress;
	return progress;
}

/** iterate_and_advance - the same with one pointer for the steps */
static __always_inline size_t iterate_and_advance(struct iov_iter *iter, size_t len, void *priv,
						  iov_ustep_f ustep, iov_step_f step)
{
	return iterate_and_advance2(iter, len, priv, NULL, ustep, step);
}

/**
 * iterate_and_advance_kernel - the same for an iterator that is known not to be a user's
 * @iter: the iterator
 * @len: bytes, cut to what is left
 * @priv: for the step
 * @priv2: for the step
 * @step: step
 *
 * Return: bytes done.
 */
static __always_inline size_t iterate_and_advance_kernel(struct iov_iter *iter, size_t len,
							  void *priv, void *priv2, iov_step_f step)
{
	size_t progress;

	if (unlikely(iter->count < len))
		len = iter->count;
	if (unlikely(!len))
		return 0;
	progress = iterate_kernel(iter, len, priv, priv2, step);
	iter->count -= progress;
	return progress;
}

#endif /* _LINUX_IOV_ITER_H */
