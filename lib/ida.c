// SPDX-License-Identifier: MIT
/*
 * IDA: which integers are taken, at a bit each.
 *
 * An XArray whose index is the id divided by 1024. While only some of the first 63 ids of such a
 * chunk are taken, they are the bits of a value in the array; after that there is a bitmap. A chunk
 * with none taken holds NULL. XA_FREE_MARK says that a chunk has a bit to give.
 */

#include <linux/idr.h>

#include <linux/bitmap.h>
#include <linux/bug.h>
#include <linux/export.h>
#include <linux/slab.h>

#define VALUE_BITS	BITS_PER_XA_VALUE

/* The state at a chunk and a bit in it. */
struct ida_place {
	struct xa_state	xas;
	unsigned int	bit;
	struct ida_bitmap *spare;	/* allocated without the lock */
};

/* Take the lowest bit from @at->bit on in the chunk @entry. Returns -EAGAIN: there is none. */
static int take_in_bitmap(struct ida_place *at, struct ida_bitmap *map, unsigned int last)
{
	unsigned int bit = find_next_zero_bit(map->bitmap, IDA_BITMAP_BITS, at->bit);

	at->bit = bit;
	if (bit > last)
		return -EAGAIN;
	__set_bit(bit, map->bitmap);
	if (bitmap_full(map->bitmap, IDA_BITMAP_BITS))
		xas_clear_mark(&at->xas, XA_FREE_MARK);
	return 0;
}

/* The chunk has no bitmap: @value has its bits. -ENOBUFS: it needs one now. */
static int take_in_value(struct ida_place *at, unsigned long value, unsigned int last)
{
	struct ida_bitmap *map = at->spare;
	unsigned int bit = find_next_zero_bit(&value, VALUE_BITS, at->bit);

	if (at->bit < VALUE_BITS && bit < VALUE_BITS) {
		at->bit = bit;
		if (bit > last)
			return -EAGAIN;
		xas_store(&at->xas, xa_mk_value(value | 1UL << bit));
		return xas_error(&at->xas);
	}
	if (max_t(unsigned int, at->bit, VALUE_BITS) > last) {
		at->bit = IDA_BITMAP_BITS;
		return -EAGAIN;
	}
	if (!map)
		return -ENOBUFS;
	xas_store(&at->xas, map);
	if (xas_error(&at->xas))
		return xas_error(&at->xas);
	at->spare = NULL;
	map->bitmap[0] = value;
	return take_in_bitmap(at, map, last);
}

/* With the lock: the lowest free id of @min..@max, or -ENOSPC, -ENOBUFS, -ENOMEM. */
static int take(struct ida_place *at, unsigned int min, unsigned int max)
{
	struct xa_state *xas = &at->xas;
	void *entry;
	int ret;

	xas_set(xas, min / IDA_BITMAP_BITS);
	at->bit = min % IDA_BITMAP_BITS;
	for (;;) {
		unsigned long chunk;
		unsigned int last = IDA_BITMAP_BITS - 1;

		entry = xas_find_marked(xas, max / IDA_BITMAP_BITS, XA_FREE_MARK);
		if (xas->xa_node == XAS_RESTART)
			return -ENOSPC;
		chunk = xas->xa_index;
		if (chunk > min / IDA_BITMAP_BITS)
			at->bit = 0;
		if (chunk == max / IDA_BITMAP_BITS)
			last = max % IDA_BITMAP_BITS;

		if (!entry || xa_is_value(entry))
			ret = take_in_value(at, xa_to_value(entry), last);
		else
			ret = take_in_bitmap(at, entry, last);
		if (!ret)
			return chunk * IDA_BITMAP_BITS + at->bit;
		if (ret != -EAGAIN)
			return ret;
		/* What is free in this chunk lies below @min or above @max. */
		if (chunk >= max / IDA_BITMAP_BITS)
			return -ENOSPC;
		xas_set(xas, chunk + 1);
		at->bit = 0;
	}
}

/**
 * ida_alloc_range() - take the lowest free id of a range
 * @ida: the IDA
 * @min: the lowest id
 * @max: the highest id, included; above INT_MAX it is INT_MAX
 * @gfp: how to allocate; may sleep
 *
 * Context: any that @gfp allows; takes the lock with interrupts off.
 * Return: the id; -ENOSPC: none is free, -ENOMEM.
 */
int ida_alloc_range(struct ida *ida, unsigned int min, unsigned int max, gfp_t gfp)
{
	struct ida_place at = { .xas = __XA_STATE(&ida->xa, 0, 0, 0) };
	unsigned long flags;
	int ret;

	if (min > INT_MAX)
		return -ENOSPC;
	max = min_t(unsigned int, max, INT_MAX);
	if (max < min)
		return -ENOSPC;

	for (;;) {
		xas_lock_irqsave(&at.xas, flags);
		ret = take(&at, min, max);
		xas_unlock_irqrestore(&at.xas, flags);

		if (ret == -ENOBUFS) {
			at.spare = kzalloc(sizeof(*at.spare), gfp);
			if (!at.spare) {
				ret = -ENOMEM;
				break;
			}
		} else if (!xas_nomem(&at.xas, gfp)) {
			break;
		}
	}
	xas_destroy(&at.xas);
	kfree(at.spare);
	return ret;
}
EXPORT_SYMBOL(ida_alloc_range);

/* With the lock: false if the id was not taken. */
static bool give_back(struct xa_state *xas, unsigned int bit)
{
	void *entry = xas_load(xas);
	struct ida_bitmap *map;

	if (xa_is_value(entry) || !entry) {
		unsigned long value = xa_to_value(entry);

		if (bit >= VALUE_BITS || !(value & 1UL << bit))
			return false;
		value &= ~(1UL << bit);
		xas_store(xas, value ? xa_mk_value(value) : NULL);
		return true;
	}
	map = entry;
	if (!__test_and_clear_bit(bit, map->bitmap))
		return false;
	xas_set_mark(xas, XA_FREE_MARK);
	if (bitmap_empty(map->bitmap, IDA_BITMAP_BITS)) {
		xas_store(xas, NULL);
		kfree(map);
	}
	return true;
}

/**
 * ida_free() - give an id back. Context: any but NMI. An id that isn't taken is our caller's bug
 */
void ida_free(struct ida *ida, unsigned int id)
{
	XA_STATE(xas, &ida->xa, id / IDA_BITMAP_BITS);
	unsigned long flags;
	bool taken;

	if ((int)id < 0)
		return;
	xas_lock_irqsave(&xas, flags);
	taken = give_back(&xas, id % IDA_BITMAP_BITS);
	xas_unlock_irqrestore(&xas, flags);
	WARN(!taken, "ida_free: %u is not taken\n", id);
}
EXPORT_SYMBOL(ida_free);

/**
 * ida_find_first_range() - the lowest id of a range that is taken
 *
 * Context: any; takes the lock with interrupts off. Return: the id; -ENOENT: none is, -EINVAL: the
 * range is empty.
 */
int ida_find_first_range(struct ida *ida, unsigned int min, unsigned int max)
{
	XA_STATE(xas, &ida->xa, min / IDA_BITMAP_BITS);
	unsigned long flags, bit, id = ULONG_MAX;
	void *entry;

	if ((int)min < 0)
		return -EINVAL;
	max = min_t(unsigned int, max, INT_MAX);
	if (max < min)
		return -EINVAL;

	xas_lock_irqsave(&xas, flags);
	for (entry = xas_find(&xas, max / IDA_BITMAP_BITS); entry;
	     entry = xas_find(&xas, max / IDA_BITMAP_BITS)) {
		bool first = xas.xa_index == min / IDA_BITMAP_BITS;
		unsigned int from = first ? min % IDA_BITMAP_BITS : 0;
		unsigned long value = xa_to_value(entry);
		unsigned int bits = xa_is_value(entry) ? VALUE_BITS : IDA_BITMAP_BITS;

		bit = find_next_bit(xa_is_value(entry) ? &value :
				    ((struct ida_bitmap *)entry)->bitmap,
				    bits, from);
		if (bit < bits) {
			id = xas.xa_index * IDA_BITMAP_BITS + bit;
			break;
		}
	}
	xas_unlock_irqrestore(&xas, flags);
	return id <= max ? (int)id : -ENOENT;
}
EXPORT_SYMBOL(ida_find_first_range);

/**
 * ida_destroy() - give all ids back and free the memory; it can be used again. Context: any but NMI
 */
void ida_destroy(struct ida *ida)
{
	XA_STATE(xas, &ida->xa, 0);
	unsigned long flags;
	void *entry;

	xas_lock_irqsave(&xas, flags);
	xas_for_each(&xas, entry, ULONG_MAX) {
		if (!xa_is_value(entry))
			kfree(entry);
		xas_store(&xas, NULL);
	}
	xas_unlock_irqrestore(&xas, flags);
}
EXPORT_SYMBOL(ida_destroy);
