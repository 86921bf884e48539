// SPDX-License-Identifier: MIT
/*
 * Managed resources of devices. What they are for is in <linux/device/devres.h>.
 *
 * A device has one list of entries, in the order in which they were added:
 *
 *	resource   [   resource   [   resource   ]   resource   ]   resource
 *	           |              '--- group 2 --'              |
 *	           '---------------- group 1 -------------------'
 *
 * A resource is a piece of memory behind a header; only the memory is seen outside. A group is two
 * brackets, of which the second is missing while the group is open: then it reaches to the end.
 *
 * Letting go has two steps. The entries leave the list at once, under the lock; then, without it,
 * the release functions are called from the last to the first, and the memory is freed. So a
 * release function may use the list, and nobody can find what is about to go.
 *
 * Lock: dev->devres_lock guards the list. It nests inside everything and is taken with interrupts
 * off, since drivers add resources in any context.
 */

#include <linux/device.h>

#include <linux/bug.h>
#include <linux/cleanup.h>
#include <linux/errno.h>
#include <linux/export.h>
#include <linux/list.h>
#include <linux/slab.h>
#include <linux/spinlock.h>

#include "base.h"

struct entry {
	struct list_head node;		/* devres_lock; empty: on no list */
	enum { RESOURCE, GROUP_OPENS, GROUP_CLOSES } kind;
};

struct resource_head {
	struct entry entry;
	dr_release_t release;
	const char *name;		/* of the release function, for who looks with a debugger */
	size_t size;
	u8 data[] __aligned(__alignof__(unsigned long long));
};

struct group {
	struct entry opens;
	struct entry closes;		/* on the list when the group is closed */
	void *id;
	bool met;			/* devres_lock: sweep() came past the first bracket */
};

static struct resource_head *head_of(void *res)
{
	return container_of(res, struct resource_head, data);
}

static struct resource_head *entry_resource(struct entry *e)
{
	return container_of(e, struct resource_head, entry);
}

static struct group *entry_group(struct entry *e)
{
	return e->kind == GROUP_OPENS ? container_of(e, struct group, opens) :
					container_of(e, struct group, closes);
}

static bool group_is_open(struct group *g)
{
	return list_empty(&g->closes.node);
}

/* ---- resources ---- */

/* A resource on no list; its memory is what kmalloc() with @gfp gives. NULL without memory. */
void *devres_new(dr_release_t release, size_t size, gfp_t gfp, const char *name)
{
	struct resource_head *r;
	size_t all;

	if (check_add_overflow(sizeof(*r), size, &all))
		return NULL;
	r = kmalloc(all, gfp);
	if (!r)
		return NULL;
	INIT_LIST_HEAD(&r->entry.node);
	r->entry.kind = RESOURCE;
	r->release = release;
	r->name = name;
	r->size = size;
	return r->data;
}

/** __devres_alloc_node - what devres_alloc() and devres_alloc_node() call
 * @release: called before the resource is freed
 * @size: bytes
 * @gfp: how to allocate
 * @nid: node of memory; there is one
 * @name: of @release
 *
 * Return: zeroed memory, for devres_add() or devres_free(); NULL if there is none.
 */
void *__devres_alloc_node(dr_release_t release, size_t size, gfp_t gfp, int nid, const char *name)
{
	(void)nid;
	return devres_new(release, size, gfp | __GFP_ZERO, name);
}
EXPORT_SYMBOL_GPL(__devres_alloc_node);

/** devres_free - free a resource that was not added, or was removed; NULL is nothing */
void devres_free(void *res)
{
	if (res && !WARN(!list_empty(&head_of(res)->entry.node), "the device still has it\n"))
		kfree(head_of(res));
}
EXPORT_SYMBOL_GPL(devres_free);

static void append(struct device *dev, struct entry *e)
{
	lockdep_assert_held(&dev->devres_lock);
	if (!WARN(!list_empty(&e->node), "added twice\n"))
		list_add_tail(&e->node, &dev->devres_head);
}

/** devres_add - give a resource to a device, which releases it when its driver lets go */
void devres_add(struct device *dev, void *res)
{
	guard(spinlock_irqsave)(&dev->devres_lock);
	append(dev, &head_of(res)->entry);
}
EXPORT_SYMBOL_GPL(devres_add);

static bool resource_is(struct device *dev, struct entry *e, dr_release_t release,
			dr_match_t match, void *match_data)
{
	struct resource_head *r = entry_resource(e);

	return e->kind == RESOURCE && r->release == release &&
	       (!match || match(dev, r->data, match_data));
}

/* The newest one. */
static struct resource_head *lookup(struct device *dev, dr_release_t release, dr_match_t match,
				    void *match_data)
{
	struct entry *e;

	lockdep_assert_held(&dev->devres_lock);
	list_for_each_entry_reverse(e, &dev->devres_head, node) {
		if (resource_is(dev, e, release, match, match_data))
			return entry_resource(e);
	}
	return NULL;
}

/**
 * devres_find - the newest resource with this release function
 * @dev: the device
 * @release: the function
 * @match: is it this one? Called with devres_lock held. NULL: each is
 * @match_data: for @match
 *
 * Return: the resource, which stays the device's; NULL if there is none.
 */
void *devres_find(struct device *dev, dr_release_t release, dr_match_t match, void *match_data)
{
	struct resource_head *r;

	guard(spinlock_irqsave)(&dev->devres_lock);
	r = lookup(dev, release, match, match_data);
	return r ? r->data : NULL;
}
EXPORT_SYMBOL_GPL(devres_find);

/**
 * devres_get - find a resource, or add this one, as one step
 * @dev: the device
 * @new_res: added if there is none of its release function that matches, and else freed
 * @match: as for devres_find()
 * @match_data: for @match
 *
 * Return: what the device has now.
 */
void *devres_get(struct device *dev, void *new_res, dr_match_t match, void *match_data)
{
	struct resource_head *new = head_of(new_res), *old = NULL;

	scoped_guard(spinlock_irqsave, &dev->devres_lock) {
		old = lookup(dev, new->release, match, match_data);
		if (!old)
			append(dev, &new->entry);
	}
	if (!old)
		return new_res;
	devres_free(new_res);
	return old->data;
}
EXPORT_SYMBOL_GPL(devres_get);

/**
 * devres_remove - take a resource from its device
 * @dev: the device
 * @release: as for devres_find()
 * @match: likewise
 * @match_data: likewise
 *
 * Return: the newest that matches, the caller's now; NULL if there is none.
 */
void *devres_remove(struct device *dev, dr_release_t release, dr_match_t match,
		    void *match_data)
{
	struct resource_head *r;

	guard(spinlock_irqsave)(&dev->devres_lock);
	r = lookup(dev, release, match, match_data);
	if (!r)
		return NULL;
	list_del_init(&r->entry.node);
	return r->data;
}
EXPORT_SYMBOL_GPL(devres_remove);

/** devres_destroy - remove a resource and free it, without its release function: 0, -ENOENT */
int devres_destroy(struct device *dev, dr_release_t release, dr_match_t match, void *match_data)
{
	void *res = devres_remove(dev, release, match, match_data);

	devres_free(res);
	return res ? 0 : -ENOENT;
}
EXPORT_SYMBOL_GPL(devres_destroy);

/** devres_release - remove a resource, call its release function and free it: 0, -ENOENT */
int devres_release(struct device *dev, dr_release_t release, dr_match_t match, void *match_data)
{
	void *res = devres_remove(dev, release, match, match_data);

	if (!res)
		return -ENOENT;
	release(dev, res);
	devres_free(res);
	return 0;
}
EXPORT_SYMBOL_GPL(devres_release);

/**
 * devres_for_each_res - call a function for each resource with this release function
 * @dev: the device
 * @release: the function that says of which kind
 * @match: as for devres_find()
 * @match_data: for @match
 * @fn: called with devres_lock held, from the newest to the oldest
 * @data: for @fn
 */
void devres_for_each_res(struct device *dev, dr_release_t release, dr_match_t match,
			 void *match_data, void (*fn)(struct device *dev, void *res, void *data),
			 void *data)
{
	struct entry *e, *older;

	guard(spinlock_irqsave)(&dev->devres_lock);
	list_for_each_entry_safe_reverse(e, older, &dev->devres_head, node) {
		if (resource_is(dev, e, release, match, match_data))
			fn(dev, entry_resource(e)->data, data);
	}
}
EXPORT_SYMBOL_GPL(devres_for_each_res);

/* How many bytes a resource was made for. */
size_t devres_size(void *res)
{
	return head_of(res)->size;
}

/* @new_res takes the place of @res, which must be there: true. It is the caller's then. */
bool devres_replace(struct device *dev, void *res, void *new_res)
{
	struct resource_head *old = head_of(res), *r;

	guard(spinlock_irqsave)(&dev->devres_lock);
	r = lookup(dev, old->release, devres_match_itself, res);
	if (r)
		list_replace_init(&r->entry.node, &head_of(new_res)->entry.node);
	return r;
}

/* A match function: the resource at this address. */
int devres_match_itself(struct device *dev, void *res, void *match_data)
{
	(void)dev;
	return res == match_data;
}

/* ---- letting go ---- */

/* Both brackets of @g leave. The first goes along with the resources, to be freed among them. */
static void take_group(struct group *g, struct list_head *gone)
{
	list_move_tail(&g->opens.node, gone);
	list_del_init(&g->closes.node);
}

/* With this bracket, has sweep() seen all of its group that there is? */
static bool group_is_complete(struct entry *e)
{
	struct group *g = entry_group(e);

	return g->met && (e->kind == GROUP_CLOSES || group_is_open(g));
}

/*
 * The entries from @first up to @end, which stays, go over to @gone: resources, and groups that lie
 * wholly within or are open. Of a group that reaches out only the resources go that lie within.
 */
static void sweep(struct device *dev, struct list_head *first, struct list_head *end,
		  struct list_head *gone)
{
	struct list_head *before = first->prev, *at, *next;

	lockdep_assert_held(&dev->devres_lock);
	for (at = first; at != end; at = next) {
		struct entry *e = list_entry(at, struct entry, node);

		next = at->next;
		if (e->kind == RESOURCE) {
			list_move_tail(at, gone);
			continue;
		}
		if (e->kind == GROUP_OPENS)
			entry_group(e)->met = true;
		if (group_is_complete(e))
			take_group(entry_group(e), gone);
	}
	/* What is left in between are single brackets. */
	for (at = before->next; at != end; at = at->next)
		entry_group(list_entry(at, struct entry, node))->met = false;
}

/* How many resources were released. */
static int release_all_of(struct device *dev, struct list_head *gone)
{
	struct entry *e, *older;
	int nr = 0;

	list_for_each_entry_safe_reverse(e, older, gone, node) {
		if (e->kind == RESOURCE) {
			entry_resource(e)->release(dev, entry_resource(e)->data);
			kfree(entry_resource(e));
			nr++;
		} else {
			kfree(entry_group(e));
		}
	}
	return nr;
}

/* All of them, when the driver lets go or the device ends: how many there were. */
int devres_release_all(struct device *dev)
{
	LIST_HEAD(gone);

	scoped_guard(spinlock_irqsave, &dev->devres_lock)
		sweep(dev, dev->devres_head.next, &dev->devres_head, &gone);
	return release_all_of(dev, &gone);
}

/* ---- groups ---- */

/**
 * devres_open_group - what is added from now on belongs to a group
 * @dev: the device
 * @id: by which it is known; NULL: the group gets one of its own
 * @gfp: how to allocate the brackets
 *
 * Return: its id; NULL without memory.
 */
void *devres_open_group(struct device *dev, void *id, gfp_t gfp)
{
	struct group *g = kzalloc(sizeof(*g), gfp);

	if (!g)
		return NULL;
	g->opens.kind = GROUP_OPENS;
	g->closes.kind = GROUP_CLOSES;
	INIT_LIST_HEAD(&g->opens.node);
	INIT_LIST_HEAD(&g->closes.node);
	g->id = id ? id : g;

	scoped_guard(spinlock_irqsave, &dev->devres_lock)
		append(dev, &g->opens);
	return g->id;
}
EXPORT_SYMBOL_GPL(devres_open_group);

/* The newest group with this id; without one, the newest that is open. */
static struct group *lookup_group(struct device *dev, void *id)
{
	struct entry *e;

	lockdep_assert_held(&dev->devres_lock);
	list_for_each_entry_reverse(e, &dev->devres_head, node) {
		if (e->kind == GROUP_OPENS &&
		    (id ? entry_group(e)->id == id : group_is_open(entry_group(e))))
			return entry_group(e);
	}
	return NULL;
}

/** devres_close_group - what is added from now on is outside; @id NULL: of the newest open group */
void devres_close_group(struct device *dev, void *id)
{
	struct group *g;

	guard(spinlock_irqsave)(&dev->devres_lock);
	g = lookup_group(dev, id);
	if (!WARN(!g, "there is no such group\n"))
		append(dev, &g->closes);
}
EXPORT_SYMBOL_GPL(devres_close_group);

/** devres_remove_group - forget the brackets; what was between them stays the device's */
void devres_remove_group(struct device *dev, void *id)
{
	struct group *g = NULL;

	scoped_guard(spinlock_irqsave, &dev->devres_lock) {
		g = lookup_group(dev, id);
		if (g) {
			list_del(&g->opens.node);
			list_del(&g->closes.node);
		}
	}
	WARN(!g, "there is no such group\n");
	kfree(g);
}
EXPORT_SYMBOL_GPL(devres_remove_group);

/**
 * devres_release_group - release what belongs to a group
 * @dev: the device
 * @id: the group's; NULL: the newest open group
 *
 * The group is gone then, and so are those within it. A device that has nothing at all may have let
 * go of the group with everything else: that is no fault.
 *
 * Return: how many resources were released.
 */
int devres_release_group(struct device *dev, void *id)
{
	LIST_HEAD(gone);
	struct group *g;

	scoped_guard(spinlock_irqsave, &dev->devres_lock) {
		g = lookup_group(dev, id);
		WARN(!g && !list_empty(&dev->devres_head), "there is no such group\n");
		if (g)
			sweep(dev, &g->opens.node,
			      group_is_open(g) ? &dev->devres_head : g->closes.node.next, &gone);
	}
	return release_all_of(dev, &gone);
}
EXPORT_SYMBOL_GPL(devres_release_group);

/* ---- actions ---- */

struct action {
	void (*function)(void *data);
	void *data;
};

static void action_release(struct device *dev, void *res)
{
	struct action *a = res;

	(void)dev;
	a->function(a->data);
}

static int action_match(struct device *dev, void *res, void *match_data)
{
	struct action *a = res, *wanted = match_data;

	(void)dev;
	return a->function == wanted->function && a->data == wanted->data;
}

/**
 * __devm_add_action - what devm_add_action() calls: have a function called when the driver lets go
 * @dev: the device
 * @action: the function
 * @data: its argument
 * @name: of @action
 *
 * Context: may sleep.
 * Return: 0, -ENOMEM.
 */
int __devm_add_action(struct device *dev, void (*action)(void *data), void *data,
		      const char *name)
{
	struct action *a = devres_new(action_release, sizeof(*a), GFP_KERNEL, name);

	if (!a)
		return -ENOMEM;
	a->function = action;
	a->data = data;
	devres_add(dev, a);
	return 0;
}
EXPORT_SYMBOL_GPL(__devm_add_action);

/** devm_remove_action_nowarn - forget an action without calling it: 0, -ENOENT */
int devm_remove_action_nowarn(struct device *dev, void (*action)(void *data), void *data)
{
	struct action wanted = { .function = action, .data = data };

	return devres_destroy(dev, action_release, action_match, &wanted);
}
EXPORT_SYMBOL_GPL(devm_remove_action_nowarn);

/** devm_remove_action - the same, of an action that must be there */
void devm_remove_action(struct device *dev, void (*action)(void *data), void *data)
{
	WARN(devm_remove_action_nowarn(dev, action, data), "there is no such action\n");
}
EXPORT_SYMBOL_GPL(devm_remove_action);

/** devm_release_action - call an action, which must be there, now instead of later */
void devm_release_action(struct device *dev, void (*action)(void *data), void *data)
{
	struct action wanted = { .function = action, .data = data };

	WARN(devres_release(dev, action_release, action_match, &wanted),
	     "there is no such action\n");
}
EXPORT_SYMBOL_GPL(devm_release_action);
