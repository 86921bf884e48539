/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_DEVICE_DEVRES_H
#define _LINUX_DEVICE_DEVRES_H

/*
 * Managed resources: what a driver takes for a device is given back by the core, last taken first,
 * when the driver lets go of the device, when its probe() fails, or when the device goes.
 *
 * - devm_<something>(dev, ...) takes <something> for @dev. Nothing has to be given back by hand;
 *   devm_add_action() makes any function part of the same order.
 * - devres_*() are what such functions are made of: a piece of memory with a release function,
 *   which is called before the memory is freed.
 * - A group brackets what is taken between devres_open_group() and devres_close_group(), to be
 *   given back together: a series that fails half-way leaves nothing behind.
 *
 * Each call is atomic by itself. What is in a resource, its owner protects. Any context, if the
 * gfp_t allows it; release functions run in the context of who lets go.
 */

#include <linux/compiler.h>
#include <linux/gfp_types.h>
#include <linux/numa.h>
#include <linux/overflow.h>
#include <linux/stdarg.h>
#include <linux/types.h>

struct device;

typedef void (*dr_release_t)(struct device *dev, void *res);
typedef int (*dr_match_t)(struct device *dev, void *res, void *match_data);

/* ---- resources ---- */

void *__devres_alloc_node(dr_release_t release, size_t size, gfp_t gfp, int nid,
			  const char *name) __alloc_size(2);
#define devres_alloc(release, size, gfp)				\
	__devres_alloc_node(release, size, gfp, NUMA_NO_NODE, #release)
#define devres_alloc_node(release, size, gfp, nid)			\
	__devres_alloc_node(release, size, gfp, nid, #release)
void devres_free(void *res);
void devres_add(struct device *dev, void *res);
void *devres_find(struct device *dev, dr_release_t release, dr_match_t match, void *match_data);
void *devres_get(struct device *dev, void *new_res, dr_match_t match, void *match_data);
void *devres_remove(struct device *dev, dr_release_t release, dr_match_t match,
		    void *match_data);
int devres_destroy(struct device *dev, dr_release_t release, dr_match_t match, void *match_data);
int devres_release(struct device *dev, dr_release_t release, dr_match_t match, void *match_data);
void devres_for_each_res(struct device *dev, dr_release_t release, dr_match_t match,
			 void *match_data, void (*fn)(struct device *dev, void *res, void *data),
			 void *data);

/* ---- groups ---- */

void * __must_check devres_open_group(struct device *dev, void *id, gfp_t gfp);
void devres_close_group(struct device *dev, void *id);
void devres_remove_group(struct device *dev, void *id);
int devres_release_group(struct device *dev, void *id);

/* ---- actions ---- */

int __devm_add_action(struct device *dev, void (*action)(void *data), void *data,
		      const char *name);
int devm_remove_action_nowarn(struct device *dev, void (*action)(void *data), void *data);
void devm_remove_action(struct device *dev, void (*action)(void *data), void *data);
void devm_release_action(struct device *dev, void (*action)(void *data), void *data);

#define devm_add_action(dev, action, data)	__devm_add_action(dev, action, data, #action)
#define devm_add_action_or_reset(dev, action, data)			\
	__devm_add_action_or_reset(dev, action, data, #action)

/**
 * __devm_add_action_or_reset() - __devm_add_action(), but without memory the action is done at once
 *
 * Either way the caller has nothing to undo.
 *
 * Context: may sleep.
 * Return: 0, -ENOMEM.
 */
static inline int __devm_add_action_or_reset(struct device *dev, void (*action)(void *data),
					     void *data, const char *name)
{
	int err = __devm_add_action(dev, action, data, name);

	if (err)
		action(data);
	return err;
}

/* ---- memory ---- */

void *devm_kmalloc(struct device *dev, size_t size, gfp_t gfp) __alloc_size(2);
void * __must_check devm_krealloc(struct device *dev, void *ptr, size_t new_size, gfp_t gfp)
	__realloc_size(3);
void devm_kfree(struct device *dev, const void *p);
void *devm_kmemdup(struct device *dev, const void *src, size_t len, gfp_t gfp) __alloc_size(3);
char *devm_kstrdup(struct device *dev, const char *s, gfp_t gfp) __malloc;
const char *devm_kstrdup_const(struct device *dev, const char *s, gfp_t gfp);
char *devm_kvasprintf(struct device *dev, gfp_t gfp, const char *fmt, va_list ap)
	__printf(3, 0) __malloc;
char *devm_kasprintf(struct device *dev, gfp_t gfp, const char *fmt, ...)
	__printf(3, 4) __malloc;
unsigned long devm_get_free_pages(struct device *dev, gfp_t gfp_mask, unsigned int order);
void devm_free_pages(struct device *dev, unsigned long addr);
void __percpu *__devm_alloc_percpu(struct device *dev, size_t size, size_t align);
void devm_free_percpu(struct device *dev, void __percpu *pdata);

#define devm_alloc_percpu(dev, type)					\
	((typeof(type) __percpu *)__devm_alloc_percpu((dev), sizeof(type), __alignof__(type)))

/** devm_kzalloc() - devm_kmalloc(), zeroed */
static inline __alloc_size(2) void *devm_kzalloc(struct device *dev, size_t size, gfp_t gfp)
{
	return devm_kmalloc(dev, size, gfp | __GFP_ZERO);
}

/** devm_kmalloc_array() - devm_kmalloc() of @n times @size bytes; NULL also if they overflow */
static inline __alloc_size(2, 3) void *devm_kmalloc_array(struct device *dev, size_t n,
							  size_t size, gfp_t flags)
{
	size_t bytes;

	return check_mul_overflow(n, size, &bytes) ? NULL : devm_kmalloc(dev, bytes, flags);
}

/** devm_kcalloc() - devm_kmalloc_array(), zeroed */
static inline __alloc_size(2, 3) void *devm_kcalloc(struct device *dev, size_t n, size_t size,
						    gfp_t flags)
{
	return devm_kmalloc_array(dev, n, size, flags | __GFP_ZERO);
}

/**
 * devm_krealloc_array() - devm_krealloc() to @new_n times @new_size bytes; NULL also if they
 * overflow
 */
static inline __realloc_size(3, 4) void * __must_check
devm_krealloc_array(struct device *dev, void *p, size_t new_n, size_t new_size, gfp_t flags)
{
	size_t bytes;

	if (check_mul_overflow(new_n, new_size, &bytes))
		return NULL;
	return devm_krealloc(dev, p, bytes, flags);
}

#endif /* _LINUX_DEVICE_DEVRES_H */
