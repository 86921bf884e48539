// SPDX-License-Identifier: MIT
/*
 * Looking into the trees of ranges (resource.c): where there is room for a new one, and what is
 * where.
 *
 *	root	|------------------------------------------------|
 *	children    |####|           |######||###|
 *	rooms	|...|    |...........|            |..............|
 *
 * Room is what no child of the root has, whatever is within the children. A range moves into the
 * first room that holds it at an address which suits it.
 */

#include <linux/ioport.h>

#include <linux/errno.h>
#include <linux/export.h>
#include <linux/minmax.h>
#include <linux/mm.h>

#include "resource.h"

/* ---- room ---- */

/* Puts @new into the room from @first to @last if it fits there. */
static bool fits(struct resource *new, resource_size_t first, resource_size_t last,
		 resource_size_t size, const struct resource_constraint *c)
{
	struct resource room = *new;

	room.start = max(first, c->min);
	room.end = min(last, c->max);
	if (c->align > 1) {
		resource_size_t rest = room.start % c->align;

		/* Beyond the end, or of all addresses. */
		if (rest && room.start + (c->align - rest) < room.start)
			return false;
		room.start += rest ? c->align - rest : 0;
	}
	if (room.start > room.end)
		return false;
	if (c->alignf)
		room.start = c->alignf(c->alignf_data, &room, size, c->align);
	if (room.start < first || room.start > room.end || room.end - room.start < size - 1)
		return false;
	new->start = room.start;
	new->end = room.start + size - 1;
	new->flags &= ~IORESOURCE_UNSET;
	return true;
}

/* The same with each room of @root. resource_lock is held. */
static int find_room(struct resource *root, struct resource *new, resource_size_t size,
		     const struct resource_constraint *c)
{
	resource_size_t first = root->start;
	struct resource *child;

	if (!size)
		return -EINVAL;
	for (child = root->child; child; child = child->sibling) {
		if (child->start > first && fits(new, first, child->start - 1, size, c))
			return 0;
		if (child->end >= root->end)
			return -EBUSY;
		first = child->end + 1;
	}
	return fits(new, first, root->end, size, c) ? 0 : -EBUSY;
}

/**
 * find_resource_space - find room for a range, which isn't claimed by that
 * @root: within which it is to lie
 * @new: gets start and end; IORESOURCE_UNSET is cleared
 * @size: how many addresses
 * @constraint: where it may be
 *
 * Return: 0; -EBUSY: there is no room; -EINVAL if @size is 0.
 */
int find_resource_space(struct resource *root, struct resource *new, resource_size_t size,
			struct resource_constraint *constraint)
{
	int err;

	read_lock(&resource_lock);
	err = find_room(root, new, size, constraint);
	read_unlock(&resource_lock);
	return err;
}
EXPORT_SYMBOL_GPL(find_resource_space);

/* Another size for a claim, where it is if that is possible. resource_lock is held. */
static int move(struct resource *root, struct resource *res, resource_size_t size,
		const struct resource_constraint *c)
{
	struct resource old = *res, *parent = res->parent, **link = resource_link_to(res);
	int err = 0;

	if (res->child || !size)
		return res->child ? -EBUSY : -EINVAL;
	*link = res->sibling;
	res->end = res->start + size - 1;
	/* Here, if the start suits as well as before. */
	if (res->start < c->min || res->end > c->max || (c->align && res->start % c->align) ||
	    resource_place(parent, res)) {
		err = find_room(root, res, size, c);
		if (err) {
			res->start = old.start;
			res->end = old.end;
		}
		resource_place(err ? parent : root, res);
	}
	return err;
}

/**
 * allocate_resource - find room for a range and claim it
 * @root: within which it is to lie
 * @new: the claim, with name and flags. If it is claimed already it gets another size, and another
 *	place if need be
 * @size: how many addresses
 * @min: lowest address
 * @max: highest
 * @align: of what its start is a multiple; 0: of anything
 * @alignf: asked for each room, or NULL
 * @alignf_data: for @alignf
 *
 * Context: any but hard interrupts.
 * Return: 0; -EBUSY: there is no room, or @new has children; -EINVAL if @size is 0.
 */
int allocate_resource(struct resource *root, struct resource *new, resource_size_t size,
		      resource_size_t min, resource_size_t max, resource_size_t align,
		      resource_alignf alignf, void *alignf_data)
{
	struct resource_constraint c = {
		.min = min, .max = max, .align = align, .alignf = alignf,
		.alignf_data = alignf_data,
	};
	int err;

	write_lock(&resource_lock);
	if (new->parent) {
		err = move(root, new, size, &c);
	} else {
		err = find_room(root, new, size, &c);
		if (!err && resource_place(root, new))
			err = -EBUSY;
	}
	write_unlock(&resource_lock);
	return err;
}
EXPORT_SYMBOL(allocate_resource);

/* May @res reach from @start to @end, between its neighbours and round its children? */
static bool may_reach(const struct resource *res, resource_size_t start, resource_size_t end)
{
	const struct resource *p;

	for (p = res->child; p; p = p->sibling) {
		if (p->start < start || p->end > end)
			return false;
	}
	if (!res->parent)
		return true;
	if (start < res->parent->start || end > res->parent->end)
		return false;
	for (p = res->parent->child; p; p = p->sibling) {
		if (p != res && p->start <= end && p->end >= start)
			return false;
	}
	return true;
}

/**
 * adjust_resource - change where a range begins and how long it is
 * @res: the range; its children stay where they are
 * @start: first address
 * @size: how many
 *
 * Return: 0; -EBUSY if it would leave its parent, meet a neighbour or lose a child.
 */
int adjust_resource(struct resource *res, resource_size_t start, resource_size_t size)
{
	resource_size_t end = start + size - 1;
	int err = -EBUSY;

	write_lock(&resource_lock);
	if (size && end >= start && may_reach(res, start, end)) {
		res->start = start;
		res->end = end;
		err = 0;
	}
	write_unlock(&resource_lock);
	return err;
}
EXPORT_SYMBOL(adjust_resource);

/**
 * insert_resource_expand_to_fit - tell of a range, which grows over those that it meets in part
 * @root: within which it lies
 * @new: the range; it stays out of the tree if it would have to grow beyond @root
 */
void insert_resource_expand_to_fit(struct resource *root, struct resource *new)
{
	struct resource *met;

	if (new->parent)
		return;
	while ((met = insert_resource_conflict(root, new)) && met != root) {
		new->start = min(new->start, met->start);
		new->end = max(new->end, met->end);
	}
}
EXPORT_SYMBOL_GPL(insert_resource_expand_to_fit);

/** resource_alignment - of what the start must be a multiple, by the range's flags; 0: unknown */
resource_size_t resource_alignment(struct resource *res)
{
	switch (res->flags & (IORESOURCE_SIZEALIGN | IORESOURCE_STARTALIGN)) {
	case IORESOURCE_SIZEALIGN:
		return resource_size(res);
	case IORESOURCE_STARTALIGN:
		return res->start;
	default:
		return 0;
	}
}

/* ---- what is where ---- */

static bool is_kind(const struct resource *res, unsigned long flags, unsigned long desc)
{
	return (res->flags & flags) == flags && (desc == IORES_DESC_NONE || res->desc == desc);
}

/* Parents first. */
static struct resource *next_in_tree(struct resource *p)
{
	if (p->child)
		return p->child;
	while (!p->sibling && p->parent)
		p = p->parent;
	return p->sibling;
}

/* The first range of this kind that has some of @from to @to: that part of it, in @part. */
static bool first_part(u64 from, u64 to, unsigned long flags, unsigned long desc,
		       struct resource *part)
{
	struct resource *p;
	bool found = false;

	read_lock(&resource_lock);
	for (p = iomem_resource.child; p && p->start <= to; p = next_in_tree(p)) {
		if (p->end < from || !is_kind(p, flags, desc))
			continue;
		*part = (struct resource){
			.start = max_t(resource_size_t, from, p->start),
			.end = min_t(resource_size_t, to, p->end),
			.name = p->name, .flags = p->flags, .desc = p->desc, .parent = p->parent,
		};
		found = true;
		break;
	}
	read_unlock(&resource_lock);
	return found;
}

/**
 * walk_iomem_res_desc - go through ranges of memory of one kind, by address
 * @desc: IORES_DESC_*; IORES_DESC_NONE: any
 * @flags: IORESOURCE_* that they have all
 * @start: first address that is of interest
 * @end: last address
 * @arg: for @func
 * @func: called with a copy of the part of each that is of interest; anything but 0 ends the walk.
 * 	It may sleep, and change the tree
 *
 * Return: what @func returned last; -EINVAL if there is no such range.
 */
int walk_iomem_res_desc(unsigned long desc, unsigned long flags, u64 start, u64 end, void *arg,
			int (*func)(struct resource *, void *))
{
	struct resource part;
	int ret = -EINVAL;

	while (start <= end && first_part(start, end, flags, desc, &part)) {
		ret = func(&part, arg);
		if (ret || part.end >= end)
			break;
		start = part.end + 1;
	}
	return ret;
}
EXPORT_SYMBOL_GPL(walk_iomem_res_desc);

#define HAS_KIND	1
#define HAS_OTHER	2

/*
 * What there is of @res between @start and @end, all of which it has: of a range of the kind all
 * is, of another one what its children have of it. Trees are a few ranges deep.
 */
static int look_into(const struct resource *res, resource_size_t start, resource_size_t end,
		     unsigned long flags, unsigned long desc)
{
	resource_size_t at = start;
	const struct resource *c;
	int found = 0;

	if (is_kind(res, flags, desc))
		return HAS_KIND;
	for (c = res->child; c && c->start <= end; c = c->sibling) {
		if (c->end < at)
			continue;
		if (c->start > at)
			found |= HAS_OTHER;
		found |= look_into(c, max(at, c->start), min(end, c->end), flags, desc);
		if (c->end >= end)
			return found;
		at = c->end + 1;
	}
	return found | HAS_OTHER;
}

/**
 * region_intersects - has a region of memory ranges of this kind in it, or others, or both?
 * @start: first address
 * @size: how many
 * @flags: IORESOURCE_* of the kind
 * @desc: IORES_DESC_* of the kind; IORES_DESC_NONE: any
 *
 * Addresses that nobody has told of don't count. A range of the kind counts wherever in the tree.
 * Return: REGION_DISJOINT: none of the kind; REGION_INTERSECTS: of the kind, and no other;
 * REGION_MIXED: both.
 */
int region_intersects(resource_size_t start, size_t size, unsigned long flags,
		      unsigned long desc)
{
	resource_size_t end = start + size - 1;
	struct resource *p;
	int found = 0;

	read_lock(&resource_lock);
	for (p = iomem_resource.child; p && p->start <= end; p = p->sibling) {
		if (p->end >= start)
			found |= look_into(p, max(start, p->start), min(end, p->end), flags, desc);
	}
	read_unlock(&resource_lock);
	if (!(found & HAS_KIND))
		return REGION_DISJOINT;
	return found & HAS_OTHER ? REGION_MIXED : REGION_INTERSECTS;
}
EXPORT_SYMBOL_GPL(region_intersects);
