// SPDX-License-Identifier: MIT
/*
 * A test's resources: add, find, remove, and the short form, actions.
 *
 * The list and the references are as <kunit/resource.h> says. test->lock guards
 * the list; free functions run without it, since they may sleep or use the list.
 */

#include <kunit/resource.h>
#include <kunit/test.h>

#include <linux/kref.h>

/**
 * kunit_release_resource() - the last reference is gone: free what the resource holds
 * @kref: that of a struct kunit_resource; the struct goes too if it was allocated here
 */
void kunit_release_resource(struct kref *kref)
{
	struct kunit_resource *res = container_of(kref, struct kunit_resource, refcount);
	bool ours = res->should_kfree;	/* what embeds @res may be freed by its function */

	if (res->free)
		res->free(res);
	if (ours)
		kfree(res);
}

/**
 * __kunit_add_resource() - kunit_add_resource() after name and should_kfree are set
 * @test: who has to give it back
 * @init: fills @res from @data; NULL: @data is the resource's data
 * @free: called for the last reference; may be NULL
 * @res: the resource
 * @data: for @init
 *
 * Context: as @init; takes the test's lock, interrupts off.
 * Return: 0, or what @init returned: then nothing was added and a kmalloc()ed @res is freed.
 */
int __kunit_add_resource(struct kunit *test, kunit_resource_init_t init,
			 kunit_resource_free_t free, struct kunit_resource *res, void *data)
{
	unsigned long flags;
	int err;

	res->free = free;
	kref_init(&res->refcount);
	if (init) {
		err = init(res, data);
		if (err) {
			if (res->should_kfree)
				kfree(res);
			return err;
		}
	} else {
		res->data = data;
	}
	spin_lock_irqsave(&test->lock, flags);
	list_add_tail(&res->node, &test->resources);
	spin_unlock_irqrestore(&test->lock, flags);
	return 0;
}

/**
 * kunit_add_named_resource() - add a resource that can be found by name
 * @test: the test
 * @init: as for kunit_add_resource()
 * @free: likewise
 * @res: the resource
 * @name: a name that no other resource of the test has
 * @data: as for kunit_add_resource()
 *
 * Return: 0, -EINVAL without a name, -EEXIST if there is one of that name, or what @init returned.
 */
int kunit_add_named_resource(struct kunit *test, kunit_resource_init_t init,
			     kunit_resource_free_t free, struct kunit_resource *res,
			     const char *name, void *data)
{
	struct kunit_resource *existing;

	if (!name)
		return -EINVAL;
	existing = kunit_find_named_resource(test, name);
	if (existing) {
		kunit_put_resource(existing);
		return -EEXIST;
	}
	res->name = name;
	res->should_kfree = false;
	return __kunit_add_resource(test, init, free, res, data);
}

static struct kunit_resource *alloc_resource(struct kunit *test, kunit_resource_init_t init,
					     kunit_resource_free_t free, gfp_t internal_gfp,
					     void *context)
{
	struct kunit_resource *res = kzalloc(sizeof(*res), internal_gfp);

	if (!res)
		return NULL;
	res->should_kfree = true;
	if (__kunit_add_resource(test, init, free, res, context))
		return NULL;
	return res;
}

/**
 * kunit_alloc_and_get_resource() - allocate and add a resource, with a reference for the caller
 * @test: the test
 * @init: sets its data from @context
 * @free: undoes that
 * @internal_gfp: how to allocate the struct
 * @context: for @init
 *
 * Return: the resource, to be put; NULL if there is no memory or @init failed.
 */
struct kunit_resource *kunit_alloc_and_get_resource(struct kunit *test,
						    kunit_resource_init_t init,
						    kunit_resource_free_t free,
						    gfp_t internal_gfp, void *context)
{
	struct kunit_resource *res = alloc_resource(test, init, free, internal_gfp, context);

	if (res)
		kunit_get_resource(res);
	return res;
}

/**
 * kunit_alloc_resource() - allocate and add a resource
 * @test: the test
 * @init: sets its data from @context
 * @free: undoes that
 * @internal_gfp: how to allocate the struct
 * @context: for @init
 *
 * Return: the resource's data; NULL if there is no memory or @init failed.
 */
void *kunit_alloc_resource(struct kunit *test, kunit_resource_init_t init,
			   kunit_resource_free_t free, gfp_t internal_gfp, void *context)
{
	struct kunit_resource *res = alloc_resource(test, init, free, internal_gfp, context);

	return res ? res->data : NULL;
}

/**
 * kunit_resource_instance_match() - for kunit_find_resource(): the one whose data is @match_data
 */
bool kunit_resource_instance_match(struct kunit *test, struct kunit_resource *res,
				   void *match_data)
{
	return res->data == match_data;
}

/** kunit_resource_name_match() - for kunit_find_resource(): the one named @match_name */
bool kunit_resource_name_match(struct kunit *test, struct kunit_resource *res, void *match_name)
{
	return res->name && !strcmp(res->name, match_name);
}

/**
 * kunit_find_resource() - the newest resource that matches
 * @test: the test
 * @match: is it this one? Called with the test's lock held
 * @match_data: for @match
 *
 * Return: the resource with a reference for the caller, or NULL.
 */
struct kunit_resource *kunit_find_resource(struct kunit *test, kunit_resource_match_t match,
					   void *match_data)
{
	struct kunit_resource *res, *found = NULL;
	unsigned long flags;

	spin_lock_irqsave(&test->lock, flags);
	list_for_each_entry_reverse(res, &test->resources, node) {
		if (match(test, res, match_data)) {
			found = res;
			kunit_get_resource(found);
			break;
		}
	}
	spin_unlock_irqrestore(&test->lock, flags);
	return found;
}

/**
 * kunit_remove_resource() - take a resource off the test and drop the list's reference
 * @test: the test
 * @res: the resource; nothing happens if it was removed before
 */
void kunit_remove_resource(struct kunit *test, struct kunit_resource *res)
{
	unsigned long flags;
	bool was_linked;

	spin_lock_irqsave(&test->lock, flags);
	was_linked = !list_empty(&res->node);
	list_del_init(&res->node);
	spin_unlock_irqrestore(&test->lock, flags);
	if (was_linked)
		kunit_put_resource(res);
}

/**
 * kunit_destroy_resource() - find a resource and remove it
 * @test: the test
 * @match: which
 * @match_data: for @match
 *
 * Return: 0, or -ENOENT if none matches.
 */
int kunit_destroy_resource(struct kunit *test, kunit_resource_match_t match, void *match_data)
{
	struct kunit_resource *res = kunit_find_resource(test, match, match_data);

	if (!res)
		return -ENOENT;
	kunit_remove_resource(test, res);
	kunit_put_resource(res);	/* the reference of finding it */
	return 0;
}

/* --- Actions ------------------------------------------------------------------ */

struct action {
	struct kunit_resource res;
	kunit_action_t *func;
	void *ctx;
};

static void action_free(struct kunit_resource *res)
{
	struct action *action = container_of(res, struct action, res);

	action->func(action->ctx);
	kfree(action);
}

static bool action_match(struct kunit *test, struct kunit_resource *res, void *match_data)
{
	struct action *wanted = match_data;
	struct action *action = container_of(res, struct action, res);

	return res->free == action_free && action->func == wanted->func &&
	       action->ctx == wanted->ctx;
}

/**
 * kunit_add_action() - have a function called when the test ends
 * @test: the test
 * @func: the function
 * @ctx: its argument
 *
 * Return: 0, or -ENOMEM (then @func was not and will not be called).
 */
int kunit_add_action(struct kunit *test, kunit_action_t *func, void *ctx)
{
	struct action *action = kzalloc(sizeof(*action), GFP_KERNEL);

	if (!action)
		return -ENOMEM;
	action->func = func;
	action->ctx = ctx;
	return __kunit_add_resource(test, NULL, action_free, &action->res, action);
}

/**
 * kunit_add_action_or_reset() - kunit_add_action(), but without memory @func is called at once
 * @test: at whose end @func runs
 * @func: undoes something
 * @ctx: its argument
 *
 * Context: may sleep.
 * Return: 0, -ENOMEM.
 */
int kunit_add_action_or_reset(struct kunit *test, kunit_action_t *func, void *ctx)
{
	int err = kunit_add_action(test, func, ctx);

	if (err)
		func(ctx);
	return err;
}

static struct action *unlink_action(struct kunit *test, kunit_action_t *func, void *ctx)
{
	struct action wanted = { .func = func, .ctx = ctx };
	struct kunit_resource *res = kunit_find_resource(test, action_match, &wanted);
	struct action *action;

	if (!res)
		return NULL;
	action = container_of(res, struct action, res);
	return action;
}

/**
 * kunit_remove_action() - forget an action, without calling it
 * @test: the test
 * @func: as given to kunit_add_action(); of several equal ones the newest goes
 * @ctx: likewise
 */
void kunit_remove_action(struct kunit *test, kunit_action_t *func, void *ctx)
{
	struct action *action = unlink_action(test, func, ctx);

	if (!action)
		return;
	/* Both references go; the release would call the function. */
	action->res.free = NULL;
	kunit_remove_resource(test, &action->res);
	kunit_put_resource(&action->res);
	kfree(action);
}

/**
 * kunit_release_action() - call an action now instead of at the end
 * @test: the test
 * @func: as given to kunit_add_action(); of several equal ones the newest is called
 * @ctx: likewise
 */
void kunit_release_action(struct kunit *test, kunit_action_t *func, void *ctx)
{
	struct action *action = unlink_action(test, func, ctx);

	if (!action)
		return;
	kunit_remove_resource(test, &action->res);
	kunit_put_resource(&action->res);
}
