/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_IDR_H
#define _LINUX_IDR_H

/*
 * IDR: hands out small integers, each for a pointer. IDA: hands out integers only, at a bit each.
 *
 * Rules of use
 *  - IDR: callers exclude each other's idr_alloc(), idr_remove(), idr_replace() by a lock of their
 *    own, or by idr_lock(). idr_find() and the loops may run beside them under rcu_read_lock().
 *  - IDR: pointers are NULL or aligned to 4 bytes; values (xa_mk_value()) may be stored too.
 *  - IDR under a spin lock: idr_preload() before taking it, GFP_NOWAIT inside.
 *  - IDA locks itself, and may be used from any context that its gfp allows.
 *
 * New users of IDR might prefer an XArray that allocates: <linux/xarray.h>.
 */

#include <linux/gfp.h>
#include <linux/percpu.h>
#include <linux/radix-tree.h>
#include <linux/types.h>

/**
 * struct idr - integers with a pointer each
 * @idr_rt: array of pointers; an index is an id less @idr_base
 * @idr_base: the lowest id
 * @idr_next: where idr_alloc_cyclic() goes on
 */
struct idr {
	struct radix_tree_root	idr_rt;
	unsigned int		idr_base;
	unsigned int		idr_next;
};

#define IDR_FREE	0		/* the tag of free ids */

#define IDR_RT_MARKER	(XA_FLAGS_ALLOC | XA_FLAGS_OWN_LOCK)

#define IDR_INIT_BASE(name, base) {				\
	.idr_rt = XARRAY_INIT(name.idr_rt, IDR_RT_MARKER),	\
	.idr_base = (base),					\
	.idr_next = 0,						\
}

#define IDR_INIT(name)		IDR_INIT_BASE(name, 0)
#define DEFINE_IDR(name)	struct idr name = IDR_INIT(name)

/** idr_get_cursor - where idr_alloc_cyclic() is going to begin to look */
static inline unsigned int idr_get_cursor(const struct idr *idr)
{
	return READ_ONCE(idr->idr_next);
}

/** idr_set_cursor - let idr_alloc_cyclic() begin at @val */
static inline void idr_set_cursor(struct idr *idr, unsigned int val)
{
	WRITE_ONCE(idr->idr_next, val);
}

/* A lock for users who have none of their own. idr_alloc() and the others don't take it. */
#define idr_lock(idr)			xa_lock(&(idr)->idr_rt)
#define idr_unlock(idr)			xa_unlock(&(idr)->idr_rt)
#define idr_lock_bh(idr)		xa_lock_bh(&(idr)->idr_rt)
#define idr_unlock_bh(idr)		xa_unlock_bh(&(idr)->idr_rt)
#define idr_lock_irq(idr)		xa_lock_irq(&(idr)->idr_rt)
#define idr_unlock_irq(idr)		xa_unlock_irq(&(idr)->idr_rt)
#define idr_lock_irqsave(idr, flags)	xa_lock_irqsave(&(idr)->idr_rt, flags)
#define idr_unlock_irqrestore(idr, flags) xa_unlock_irqrestore(&(idr)->idr_rt, flags)

void idr_preload(gfp_t gfp_mask);

int idr_alloc(struct idr *idr, void *ptr, int start, int end, gfp_t gfp);
int __must_check idr_alloc_u32(struct idr *idr, void *ptr, u32 *nextid, unsigned long max,
			       gfp_t gfp);
int idr_alloc_cyclic(struct idr *idr, void *ptr, int start, int end, gfp_t gfp);
void *idr_remove(struct idr *idr, unsigned long id);
void *idr_find(const struct idr *idr, unsigned long id);
int idr_for_each(const struct idr *idr, int (*fn)(int id, void *p, void *data), void *data);
void *idr_get_next(struct idr *idr, int *nextid);
void *idr_get_next_ul(struct idr *idr, unsigned long *nextid);
void *idr_replace(struct idr *idr, void *ptr, unsigned long id);
void idr_destroy(struct idr *idr);

/** idr_init_base - make an empty IDR whose lowest id is @base */
static inline void idr_init_base(struct idr *idr, int base)
{
	xa_init_flags(&idr->idr_rt, IDR_RT_MARKER);
	idr->idr_base = base;
	idr->idr_next = 0;
}

/** idr_init - make an empty IDR */
static inline void idr_init(struct idr *idr)
{
	idr_init_base(idr, 0);
}

/** idr_is_empty - is no id taken? */
static inline bool idr_is_empty(const struct idr *idr)
{
	return xa_empty(&idr->idr_rt);
}

/** idr_preload_end - give up what idr_preload() promised; preemption is on again */
static inline void idr_preload_end(void)
{
	radix_tree_preload_end();
}

/* All ids in order; ids that were given to NULL are left out. @entry is NULL after a whole loop. */
#define idr_for_each_entry(idr, entry, id)					\
	for (id = 0; ((entry) = idr_get_next(idr, &(id))) != NULL; id += 1U)

/* The same with an unsigned long id; @tmp is one too, and tells when that wraps. */
#define idr_for_each_entry_ul(idr, entry, tmp, id)				\
	for (tmp = 0, id = 0;							\
	     ((entry) = tmp <= id ? idr_get_next_ul(idr, &(id)) : NULL) != NULL; \
	     tmp = id, ++id)

/* From @id on. */
#define idr_for_each_entry_continue(idr, entry, id)				\
	for ((entry) = idr_get_next((idr), &(id));				\
	     entry;								\
	     ++id, (entry) = idr_get_next((idr), &(id)))

#define idr_for_each_entry_continue_ul(idr, entry, tmp, id)			\
	for (tmp = id;								\
	     ((entry) = tmp <= id ? idr_get_next_ul(idr, &(id)) : NULL) != NULL; \
	     tmp = id, ++id)

/* ---- IDA ---- */

#define IDA_CHUNK_SIZE		128	/* bytes of a bitmap */
#define IDA_BITMAP_LONGS	(IDA_CHUNK_SIZE / sizeof(long))
#define IDA_BITMAP_BITS		(IDA_BITMAP_LONGS * sizeof(long) * 8)

struct ida_bitmap {
	unsigned long	bitmap[IDA_BITMAP_LONGS];
};

/**
 * struct ida - integers
 * @xa: for each 1024 ids NULL, a value whose bits are the first 63, or a struct ida_bitmap. Its
 *	xa_lock guards all. XA_FREE_MARK: there is a bit that is 0.
 */
struct ida {
	struct xarray xa;
};

#define IDA_INIT_FLAGS	(XA_FLAGS_LOCK_IRQ | XA_FLAGS_ALLOC)

#define IDA_INIT(name)	{ .xa = XARRAY_INIT(name, IDA_INIT_FLAGS) }
#define DEFINE_IDA(name) struct ida name = IDA_INIT(name.xa)

int ida_alloc_range(struct ida *ida, unsigned int min, unsigned int max, gfp_t gfp);
void ida_free(struct ida *ida, unsigned int id);
void ida_destroy(struct ida *ida);
int ida_find_first_range(struct ida *ida, unsigned int min, unsigned int max);

/** ida_alloc - take the lowest free id. Return: 0 to INT_MAX, -ENOMEM, -ENOSPC */
static inline int ida_alloc(struct ida *ida, gfp_t gfp)
{
	return ida_alloc_range(ida, 0, ~0, gfp);
}

/** ida_alloc_min - the same, not below @min */
static inline int ida_alloc_min(struct ida *ida, unsigned int min, gfp_t gfp)
{
	return ida_alloc_range(ida, min, ~0, gfp);
}

/** ida_alloc_max - the same, not above @max */
static inline int ida_alloc_max(struct ida *ida, unsigned int max, gfp_t gfp)
{
	return ida_alloc_range(ida, 0, max, gfp);
}

/** ida_init - no identifier is in use */
static inline void ida_init(struct ida *ida)
{
	xa_init_flags(&ida->xa, IDA_INIT_FLAGS);
}

/** ida_is_empty - is no id taken? */
static inline bool ida_is_empty(const struct ida *ida)
{
	return xa_empty(&ida->xa);
}

/** ida_exists - is @id taken? */
static inline bool ida_exists(struct ida *ida, unsigned int id)
{
	return ida_find_first_range(ida, id, id) == (int)id;
}

/** ida_find_first - the lowest id that is taken, -ENOENT if none is */
static inline int ida_find_first(struct ida *ida)
{
	return ida_find_first_range(ida, 0, ~0);
}

#endif /* _LINUX_IDR_H */
