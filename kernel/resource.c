// SPDX-License-Identifier: MIT
/*
 * Who has which part of the machine's address spaces: memory (iomem_resource) and, where there are
 * any, I/O ports (ioport_resource). Each is a tree of ranges:
 *
 *	iomem	00000000-ffffffffffffffff
 *		 |- 00100000-0fffffff System RAM
 *		 |	`- 01000000-01a3ffff Kernel code
 *		 `- fec00000-fec003ff IOAPIC 0
 *
 * Invariants:
 *	R1  a child lies within its parent;
 *	R2  the children of a parent are sorted by address and don't overlap.
 *
 * There are two ways in. Who takes a range to use it requests it: nobody else may have any of it
 * (request_resource(); __request_region() for a driver, whose ranges are BUSY and may lie in a
 * range that isn't). Who tells what the machine is made of inserts it: what lies within becomes its
 * children (insert_resource()).
 *
 * Lock: resource_lock, for the links of both trees.
 */

#include <linux/capability.h>
#include <linux/errno.h>
#include <linux/export.h>
#include <linux/init.h>
#include <linux/ioport.h>
#include <linux/memblock.h>
#include <linux/mm.h>
#include <linux/printk.h>
#include <linux/proc_fs.h>
#include <linux/seq_file.h>
#include <linux/slab.h>
#include <linux/spinlock.h>

#include <asm/io.h>
#include <asm/sections.h>

#include "resource.h"

#define IO_SPACE_END	0xffff

struct resource ioport_resource = DEFINE_RES_NAMED(0, IO_SPACE_END + 1, "PCI IO", IORESOURCE_IO);
EXPORT_SYMBOL(ioport_resource);

struct resource iomem_resource = {
	.start	= 0,
	.end	= -1,
	.name	= "PCI mem",
	.flags	= IORESOURCE_MEM,
};
EXPORT_SYMBOL(iomem_resource);

DEFINE_RWLOCK(resource_lock);

/* ---- the tree; resource_lock is held ---- */

/* The link to the first child that doesn't end before @start, or to none. */
static struct resource **slot_for(struct resource *parent, resource_size_t start)
{
	struct resource **slot = &parent->child;

	while (*slot && (*slot)->end < start)
		slot = &(*slot)->sibling;
	return slot;
}

/* Return: NULL, and @new is a child of @parent; or who is in the way, @parent if it doesn't fit. */
struct resource *resource_place(struct resource *parent, struct resource *new)
{
	struct resource **slot;

	if (new->end < new->start || new->start < parent->start || new->end > parent->end)
		return parent;
	slot = slot_for(parent, new->start);
	if (*slot && (*slot)->start <= new->end)
		return *slot;
	new->sibling = *slot;
	new->parent = parent;
	*slot = new;
	return NULL;
}

/*
 * The children of @parent that lie within @new become its own. Return: NULL; one that sticks out.
 */
static struct resource *place_around(struct resource *parent, struct resource *new)
{
	struct resource **first = slot_for(parent, new->start), **end, *p;

	for (end = first; *end && (*end)->start <= new->end; end = &(*end)->sibling)
		if ((*end)->start < new->start || (*end)->end > new->end)
			return *end;
	new->child = *first;
	new->sibling = *end;
	new->parent = parent;
	*end = NULL;
	*first = new;
	for (p = new->child; p; p = p->sibling)
		p->parent = new;
	return NULL;
}

static struct resource *insert(struct resource *parent, struct resource *new)
{
	for (;;) {
		struct resource *other = resource_place(parent, new);

		if (!other || other == parent)
			return other;
		if (WARN_ON_ONCE(other == new))
			return other;
		/* Only a range that is larger takes @new in; an equal one becomes its child. */
		if (other->start > new->start || other->end < new->end ||
		    resource_size(other) == resource_size(new))
			return place_around(parent, new);
		parent = other;
	}
}

/* The link that leads to @old; NULL if none does. */
struct resource **resource_link_to(struct resource *old)
{
	struct resource **link;

	if (!old->parent)
		return NULL;
	link = &old->parent->child;
	while (*link && *link != old)
		link = &(*link)->sibling;
	return *link ? link : NULL;
}

/* ---- claims ---- */

/**
 * request_resource_conflict - claim a range
 * @root: within which it lies
 * @new: the claim; start, end, name and flags are set
 *
 * Context: any but hard interrupts.
 * Return: NULL; or the range that is in the way, @root if @new isn't within it.
 */
struct resource *request_resource_conflict(struct resource *root, struct resource *new)
{
	struct resource *conflict;

	write_lock(&resource_lock);
	conflict = resource_place(root, new);
	write_unlock(&resource_lock);
	return conflict;
}

/**
 * request_resource - request_resource_conflict() for those who don't care with whom
 * @root: in what
 * @new: the range
 *
 * Return: 0, -EBUSY.
 */
int request_resource(struct resource *root, struct resource *new)
{
	return request_resource_conflict(root, new) ? -EBUSY : 0;
}
EXPORT_SYMBOL(request_resource);

/**
 * release_resource - give a claim back
 * @old: it goes with all that is below it
 *
 * Return: 0; -EINVAL: it isn't in a tree.
 */
int release_resource(struct resource *old)
{
	struct resource **link;

	write_lock(&resource_lock);
	link = resource_link_to(old);
	if (link) {
		*link = old->sibling;
		old->parent = NULL;
	}
	write_unlock(&resource_lock);
	return link ? 0 : -EINVAL;
}
EXPORT_SYMBOL(release_resource);

/**
 * insert_resource_conflict - tell of a range that is there
 * @parent: within which it lies, at any depth
 * @new: the range
 *
 * Return: NULL; or a range that overlaps it in part.
 */
struct resource *insert_resource_conflict(struct resource *parent, struct resource *new)
{
	struct resource *conflict;

	write_lock(&resource_lock);
	conflict = insert(parent, new);
	write_unlock(&resource_lock);
	return conflict;
}

/**
 * insert_resource - insert_resource_conflict() for those who don't care with whom
 * @parent: in what
 * @new: the range
 *
 * Return: 0, -EBUSY.
 */
int insert_resource(struct resource *parent, struct resource *new)
{
	return insert_resource_conflict(parent, new) ? -EBUSY : 0;
}
EXPORT_SYMBOL_GPL(insert_resource);

/**
 * remove_resource - undo insert_resource()
 * @old: its children take its place
 *
 * Return: 0; -EINVAL: it isn't in a tree.
 */
int remove_resource(struct resource *old)
{
	struct resource **link, **end, *p;

	write_lock(&resource_lock);
	link = resource_link_to(old);
	if (link) {
		for (p = old->child; p; p = p->sibling)
			p->parent = old->parent;
		*link = old->child;
		for (end = link; *end; end = &(*end)->sibling)
			;
		*end = old->sibling;
		old->parent = old->child = old->sibling = NULL;
	}
	write_unlock(&resource_lock);
	return link ? 0 : -EINVAL;
}
EXPORT_SYMBOL_GPL(remove_resource);

/**
 * lookup_resource - the child of a range that begins at an address
 * @root: the range
 * @start: the address
 *
 * Return: the child; NULL.
 */
struct resource *lookup_resource(struct resource *root, resource_size_t start)
{
	struct resource *res;

	read_lock(&resource_lock);
	res = *slot_for(root, start);
	if (res && res->start != start)
		res = NULL;
	read_unlock(&resource_lock);
	return res;
}

/**
 * __request_region - a driver takes a range
 * @parent: the tree
 * @start: first address
 * @n: how many
 * @name: whose; it must stay
 * @flags: IORESOURCE_* beside those of the tree and BUSY
 *
 * Context: may sleep.
 * Return: the range; NULL if another driver has some of it, or without memory.
 */
struct resource *__request_region(struct resource *parent, resource_size_t start,
				  resource_size_t n, const char *name, int flags)
{
	struct resource *res = kzalloc(sizeof(*res), GFP_KERNEL), *other;

	if (!res)
		return NULL;
	res->name = name;
	res->start = start;
	res->end = start + n - 1;
	res->flags = (parent->flags & (IORESOURCE_TYPE_BITS | IORESOURCE_EXT_TYPE_BITS)) |
		     IORESOURCE_BUSY | flags;
	write_lock(&resource_lock);
	for (;;) {
		other = resource_place(parent, res);
		/* A range that only tells what is there may be used; a part of it doesn't help. */
		if (!other || other == parent || (other->flags & IORESOURCE_BUSY))
			break;
		parent = other;
	}
	write_unlock(&resource_lock);
	if (!other)
		return res;
	kfree(res);
	return NULL;
}
EXPORT_SYMBOL(__request_region);

/**
 * __release_region - give back exactly what __request_region() gave
 * @parent: in what
 * @start: first address
 * @n: how many; a range that isn't there is reported
 *
 * Context: doesn't sleep; takes resource_lock.
 */
void __release_region(struct resource *parent, resource_size_t start, resource_size_t n)
{
	resource_size_t end = start + n - 1;
	struct resource **link, *res;

	write_lock(&resource_lock);
	for (;;) {
		link = slot_for(parent, start);
		res = *link;
		if (!res || res->start > start || res->end < end) {
			res = NULL;
			break;
		}
		if (res->flags & IORESOURCE_BUSY) {
			if (res->start == start && res->end == end)
				*link = res->sibling;
			else
				res = NULL;
			break;
		}
		parent = res;
	}
	write_unlock(&resource_lock);
	if (!res)
		pr_warn("resource: nobody has exactly [%#llx-%#llx]\n", (u64)start, (u64)end);
	kfree(res);
}
EXPORT_SYMBOL(__release_region);

/* ---- /proc/iomem, /proc/ioports ---- */

#define MAX_DEPTH	5	/* deeper ones are shown as if they were at this depth */

static struct resource *root_of(const struct seq_file *m)
{
	return pde_data(file_inode(m->file));
}

/* Parents first. */
static struct resource *next_resource(struct resource *p, struct resource *root)
{
	if (p->child)
		return p->child;
	while (!p->sibling && p->parent != root && p->parent)
		p = p->parent;
	return p->sibling;
}

static void *r_start(struct seq_file *m, loff_t *pos)
{
	struct resource *root = root_of(m), *p;
	loff_t n = *pos;

	read_lock(&resource_lock);
	for (p = root->child; p && n--; p = next_resource(p, root))
		;
	return p;
}

static void *r_next(struct seq_file *m, void *v, loff_t *pos)
{
	++*pos;
	return next_resource(v, root_of(m));
}

static void r_stop(struct seq_file *m, void *v)
{
	(void)m;
	(void)v;
	read_unlock(&resource_lock);
}

/* Where things are is for who opened the file with the right to know. */
static int r_show(struct seq_file *m, void *v)
{
	struct resource *root = root_of(m), *r = v, *p;
	bool may_know = file_ns_capable(m->file, &init_user_ns, CAP_SYS_ADMIN);
	int depth = 0, width = root->end < 0x10000 ? 4 : 8;

	for (p = r; depth < MAX_DEPTH && p->parent != root; p = p->parent)
		depth++;
	seq_printf(m, "%*s%0*llx-%0*llx : %s\n", 2 * depth, "", width,
		   may_know ? (u64)r->start : 0, width, may_know ? (u64)r->end : 0,
		   r->name ? r->name : "<BAD>");
	return 0;
}

static const struct seq_operations resource_op = {
	.start	= r_start,
	.next	= r_next,
	.stop	= r_stop,
	.show	= r_show,
};

/* ---- what every machine has ---- */

static struct resource kernel_ranges[4];

static void __init insert_part(unsigned int i, const char *name, const char *start,
			       const char *end)
{
	struct resource *res = &kernel_ranges[i];

	res->name = name;
	res->start = __pa_symbol(start);
	res->end = __pa_symbol(end) - 1;
	res->flags = IORESOURCE_SYSTEM_RAM | IORESOURCE_BUSY;
	insert_resource(&iomem_resource, res);
}

/* RAM, and in it the image. */
static int __init resource_init(void)
{
	phys_addr_t start, end;
	struct resource *res;
	u64 i;

	for_each_mem_range(i, &start, &end) {
		res = kzalloc(sizeof(*res), GFP_KERNEL);
		if (!res)
			return -ENOMEM;
		res->name = "System RAM";
		res->start = start;
		res->end = end - 1;
		res->flags = IORESOURCE_SYSTEM_RAM | IORESOURCE_BUSY;
		if (insert_resource(&iomem_resource, res))
			kfree(res);
	}
	insert_part(0, "Kernel code", _text, _etext);
	insert_part(1, "Kernel rodata", __start_rodata, __end_rodata);
	insert_part(2, "Kernel data", _sdata, _edata);
	insert_part(3, "Kernel bss", __bss_start, __bss_stop);
	return 0;
}
postcore_initcall(resource_init);

static int __init resource_proc_init(void)
{
	proc_create_seq_data("ioports", 0, NULL, &resource_op, &ioport_resource);
	proc_create_seq_data("iomem", 0, NULL, &resource_op, &iomem_resource);
	return 0;
}
fs_initcall(resource_proc_init);
