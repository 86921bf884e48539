// SPDX-License-Identifier: MIT
/*
 * IDR: an XArray that allocates, with the user's lock instead of its own.
 *
 * An id less idr_base is the index. A free index has XA_FREE_MARK, so the lowest free one at or
 * after some index is found in one walk. An id given to NULL holds a zero entry.
 */

#include <linux/idr.h>

#include "xarray_internal.h"

#include <linux/bug.h>
#include <linux/err.h>
#include <linux/export.h>
#include <linux/kernel.h>
#include <linux/rcupdate.h>
#include <linux/slab.h>

/**
 * idr_alloc_u32() - take the lowest free id from *@nextid on
 * @idr: the IDR
 * @ptr: what to store there
 * @nextid: where to begin; set to the id before @ptr can be found
 * @max: the last id, included
 * @gfp: how to allocate; if it may sleep, callers may exclude each other only by a sleeping lock
 *
 * Return: 0; -ENOSPC: none is free, -ENOMEM; then *@nextid is unchanged.
 */
int idr_alloc_u32(struct idr *idr, void *ptr, u32 *nextid, unsigned long max, gfp_t gfp)
{
	unsigned long base = idr->idr_base, start = *nextid < base ? 0 : *nextid - base;
	XA_STATE(xas, &idr->idr_rt, start);

	if (WARN_ON_ONCE(xa_is_internal(ptr)))
		return -EINVAL;
	if (max < base)
		return -ENOSPC;
	do {
		xas.xa_index = start;
		xas_find_marked(&xas, max - base, XA_FREE_MARK);
		if (xas.xa_node == XAS_RESTART) {
			xas_set_err(&xas, -ENOSPC);
			continue;
		}
		/* *nextid may be part of the object: it comes before the object can be found. */
		if (xas_valid(&xas) || xas.xa_node == XAS_BOUNDS) {
			u32 old = *nextid;

			*nextid = xas.xa_index + base;
			xas_store(&xas, ptr ? ptr : XA_ZERO_ENTRY);
			if (xas_error(&xas))
				*nextid = old;
		}
		xas_clear_mark(&xas, XA_FREE_MARK);
	} while (xas_nomem(&xas, gfp));

	return xas_error(&xas);
}
EXPORT_SYMBOL_GPL(idr_alloc_u32);

/**
 * idr_alloc() - take the lowest free id
 * @idr: the IDR
 * @ptr: what to store there
 * @start: the lowest id, 0 to INT_MAX
 * @end: one more than the last id; 0 or less: INT_MAX is the last
 * @gfp: how to allocate; see idr_alloc_u32()
 *
 * Return: the id; -EINVAL: @start is negative, -ENOSPC: none is free, -ENOMEM.
 */
int idr_alloc(struct idr *idr, void *ptr, int start, int end, gfp_t gfp)
{
	u32 id = start;
	int ret;

	if (WARN_ON_ONCE(start < 0))
		return -EINVAL;
	ret = idr_alloc_u32(idr, ptr, &id, end > 0 ? end - 1 : INT_MAX, gfp);
	return ret ? ret : (int)id;
}
EXPORT_SYMBOL_GPL(idr_alloc);

/**
 * idr_alloc_cyclic() - take the next free id after the one taken last
 *
 * As idr_alloc(), but an id that was given back is taken again only when the search has come round.
 */
int idr_alloc_cyclic(struct idr *idr, void *ptr, int start, int end, gfp_t gfp)
{
	u32 id = idr->idr_next;
	int ret, max = end > 0 ? end - 1 : INT_MAX;

	if ((int)id < start)
		id = start;
	ret = idr_alloc_u32(idr, ptr, &id, max, gfp);
	if (ret == -ENOSPC && id > start) {
		id = start;
		ret = idr_alloc_u32(idr, ptr, &id, max, gfp);
	}
	if (ret)
		return ret;
	idr->idr_next = id + 1;
	return id;
}
EXPORT_SYMBOL(idr_alloc_cyclic);

/** idr_remove() - give an id back. Return: what was stored there, NULL if it was free */
void *idr_remove(struct idr *idr, unsigned long id)
{
	XA_STATE(xas, &idr->idr_rt, id - idr->idr_base);
	void *ptr = xas_store(&xas, NULL);

	return xa_is_zero(ptr) ? NULL : ptr;
}
EXPORT_SYMBOL_GPL(idr_remove);

/**
 * idr_find() - what is stored at an id. Context: any; see the rules. Return: NULL too if it is free
 */
void *idr_find(const struct idr *idr, unsigned long id)
{
	return xa_load((struct xarray *)&idr->idr_rt, id - idr->idr_base);
}
EXPORT_SYMBOL_GPL(idr_find);

/**
 * idr_for_each() - call a function for each id that is not NULL's
 *
 * @fn may remove the id that it is called for. Return: the first result that is not 0, or 0.
 */
int idr_for_each(const struct idr *idr, int (*fn)(int id, void *p, void *data), void *data)
{
	struct xarray *xa = (struct xarray *)&idr->idr_rt;
	unsigned long index;
	void *ptr;
	int ret;

	xa_for_each(xa, index, ptr) {
		unsigned long id = index + idr->idr_base;

		if (WARN_ON_ONCE(id > INT_MAX))
			break;
		ret = fn(id, ptr, data);
		if (ret)
			return ret;
	}
	return 0;
}
EXPORT_SYMBOL(idr_for_each);

/** idr_get_next_ul() - the first pointer at *@nextid or after; sets that. Return: NULL: no more */
void *idr_get_next_ul(struct idr *idr, unsigned long *nextid)
{
	unsigned long base = idr->idr_base;
	unsigned long index = *nextid < base ? 0 : *nextid - base;
	void *ptr = xa_find(&idr->idr_rt, &index, ULONG_MAX, XA_PRESENT);

	if (ptr)
		*nextid = index + base;
	return ptr;
}
EXPORT_SYMBOL(idr_get_next_ul);

/** idr_get_next() - the same for ids up to INT_MAX */
void *idr_get_next(struct idr *idr, int *nextid)
{
	unsigned long id = *nextid;
	void *ptr = idr_get_next_ul(idr, &id);

	if (WARN_ON_ONCE(ptr && id > INT_MAX))
		return NULL;
	*nextid = id;
	return ptr;
}
EXPORT_SYMBOL(idr_get_next);

/**
 * idr_replace() - store another pointer at an id that is taken
 *
 * Return: what was there; ERR_PTR(-ENOENT): the id is free, ERR_PTR(-EINVAL): not a pointer.
 */
void *idr_replace(struct idr *idr, void *ptr, unsigned long id)
{
	XA_STATE(xas, &idr->idr_rt, id - idr->idr_base);
	void *old;

	if (WARN_ON_ONCE(xa_is_internal(ptr)))
		return ERR_PTR(-EINVAL);
	old = xas_load(&xas);
	if (!old)
		return ERR_PTR(-ENOENT);
	xas_store(&xas, ptr ? ptr : XA_ZERO_ENTRY);
	if (xas_error(&xas))
		return ERR_PTR(xas_error(&xas));
	return xa_is_zero(old) ? NULL : old;
}
EXPORT_SYMBOL(idr_replace);

/**
 * idr_destroy() - give all ids back and free the memory
 *
 * What the pointers lead to is the caller's. Context: any; the user excludes all others.
 */
void idr_destroy(struct idr *idr)
{
	XA_STATE(xas, &idr->idr_rt, 0);

	xa_empty_locked(&xas);
}
EXPORT_SYMBOL(idr_destroy);

/**
 * idr_preload() - get memory for one idr_alloc() under a spin lock
 * @gfp_mask: how; may sleep
 *
 * Preemption is off until idr_preload_end(); an idr_alloc(GFP_NOWAIT) in between doesn't fail with
 * -ENOMEM unless this had no memory either.
 */
void idr_preload(gfp_t gfp_mask)
{
	if (radix_tree_preload(gfp_mask))
		preempt_disable();
}
EXPORT_SYMBOL(idr_preload);
