/* SPDX-License-Identifier: MIT */
#ifndef _KUNIT_RESOURCE_H
#define _KUNIT_RESOURCE_H

/*
 * Resources: what a test has to give back. They are kept in a list at the test
 * and freed, last one first, when it ends, however it ends.
 *
 * A resource is counted: the list holds one reference, kunit_find_resource()
 * gives another. It is freed by its own function when the last is put. An
 * action is the short form: a function and its argument.
 */
#include <kunit/test.h>

#include <linux/kref.h>
#include <linux/list.h>
#include <linux/slab.h>
#include <linux/spinlock.h>

struct kunit_resource;

typedef int (*kunit_resource_init_t)(struct kunit_resource *res, void *context);
typedef void (*kunit_resource_free_t)(struct kunit_resource *res);
typedef bool (*kunit_resource_match_t)(struct kunit *test, struct kunit_resource *res,
				       void *match_data);
typedef void (kunit_action_t)(void *context);

/**
 * struct kunit_resource - something that a test has to give back
 * @data: for the user
 * @name: optional, to find it by
 * @free: called when the last reference is put; may be NULL
 * @refcount: the list's reference and those of finders
 * @node: in the test's list; under the test's lock
 * @should_kfree: this struct was allocated by us
 */
struct kunit_resource {
	void *data;
	const char *name;
	kunit_resource_free_t free;

	/* private: internal use only. */
	struct kref refcount;
	struct list_head node;
	bool should_kfree;
};

int __kunit_add_resource(struct kunit *test, kunit_resource_init_t init,
			 kunit_resource_free_t free, struct kunit_resource *res, void *data);
struct kunit_resource *kunit_find_resource(struct kunit *test, kunit_resource_match_t match,
					   void *match_data);
void kunit_remove_resource(struct kunit *test, struct kunit_resource *res);
int kunit_destroy_resource(struct kunit *test, kunit_resource_match_t match, void *match_data);
void kunit_release_resource(struct kref *kref);
int kunit_add_named_resource(struct kunit *test, kunit_resource_init_t init,
			     kunit_resource_free_t free, struct kunit_resource *res,
			     const char *name, void *data);
struct kunit_resource *kunit_alloc_and_get_resource(struct kunit *test,
						    kunit_resource_init_t init,
						    kunit_resource_free_t free,
						    gfp_t internal_gfp, void *context);
void *kunit_alloc_resource(struct kunit *test, kunit_resource_init_t init,
			   kunit_resource_free_t free, gfp_t internal_gfp, void *context);

/** kunit_get_resource() - one more reference */
static inline void kunit_get_resource(struct kunit_resource *res)
{
	kref_get(&res->refcount);
}

/**
 * kunit_put_resource() - drop a reference; the last one frees. Context: as the resource's own
 * function
 */
static inline void kunit_put_resource(struct kunit_resource *res)
{
	kref_put(&res->refcount, kunit_release_resource);
}

/**
 * kunit_add_resource() - give the test a resource that the caller embeds
 * @test: the test
 * @init: sets @res->data from @data; if NULL, @data itself becomes it
 * @free: undoes it; may be NULL
 * @res: the resource
 * @data: see @init
 *
 * Return: 0, or what @init returned.
 */
static inline int kunit_add_resource(struct kunit *test, kunit_resource_init_t init,
				     kunit_resource_free_t free, struct kunit_resource *res,
				     void *data)
{
	res->name = NULL;
	res->should_kfree = false;
	return __kunit_add_resource(test, init, free, res, data);
}

/* A match function: the resource whose data is @match_data itself. */
bool kunit_resource_instance_match(struct kunit *test, struct kunit_resource *res,
				   void *match_data);
/* A match function: the resource named @match_name. */
bool kunit_resource_name_match(struct kunit *test, struct kunit_resource *res, void *match_name);

/** kunit_find_named_resource() - the resource named @name, with a reference to put; NULL: none */
static inline struct kunit_resource *kunit_find_named_resource(struct kunit *test,
							       const char *name)
{
	return kunit_find_resource(test, kunit_resource_name_match, (void *)name);
}

/**
 * kunit_destroy_named_resource() - free the resource named @name before the test ends: 0, -ENOENT
 */
static inline int kunit_destroy_named_resource(struct kunit *test, const char *name)
{
	return kunit_destroy_resource(test, kunit_resource_name_match, (void *)name);
}

int __must_check kunit_add_action(struct kunit *test, kunit_action_t *action, void *ctx);
int __must_check kunit_add_action_or_reset(struct kunit *test, kunit_action_t *action, void *ctx);
void kunit_remove_action(struct kunit *test, kunit_action_t *action, void *ctx);
void kunit_release_action(struct kunit *test, kunit_action_t *action, void *ctx);

/* Make an action of a function with another argument type, without a cast of the function. */
#define KUNIT_DEFINE_ACTION_WRAPPER(wrapper, orig, arg_type)		\
	static void wrapper(void *in)					\
	{								\
		arg_type arg = (arg_type)in;				\
		orig(arg);						\
	}

#endif /* _KUNIT_RESOURCE_H */
