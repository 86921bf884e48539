// SPDX-License-Identifier: MIT
/*
 * Memory as a managed resource: <linux/device/devres.h> has the list, devres.c the mechanism.
 *
 * devm_kmalloc() gives the resource's own memory, so that it costs one allocation. The other kinds
 * of memory come from elsewhere, and the resource remembers how they are given back.
 */

#include <linux/device.h>

#include <linux/bitmap.h>
#include <linux/bug.h>
#include <linux/export.h>
#include <linux/gfp.h>
#include <linux/minmax.h>
#include <linux/percpu.h>
#include <linux/slab.h>
#include <linux/sprintf.h>
#include <linux/string.h>
#include <linux/string_helpers.h>

#include <asm/sections.h>

#include "base.h"

/* ---- kmalloc ---- */

/* The memory is the resource's and goes with it. */
static void kmalloc_release(struct device *dev, void *res)
{
	(void)dev;
	(void)res;
}

/**
 * devm_kmalloc - kmalloc() for as long as the driver has the device
 * @dev: the device
 * @size: bytes
 * @gfp: how to allocate
 *
 * Return: memory aligned for every type up to 8 bytes; ZERO_SIZE_PTR for no bytes, NULL if there is
 * no memory. devm_kfree() gives it back early.
 */
void *devm_kmalloc(struct device *dev, size_t size, gfp_t gfp)
{
	void *p;

	if (!size)
		return ZERO_SIZE_PTR;
	p = devres_new(kmalloc_release, size, gfp, "devm_kmalloc");
	if (p)
		devres_add(dev, p);
	return p;
}
EXPORT_SYMBOL_GPL(devm_kmalloc);

/**
 * devm_krealloc - more (or less) of what devm_kmalloc() gave
 * @dev: its device
 * @ptr: the memory; NULL or ZERO_SIZE_PTR: there is none yet
 * @new_size: bytes; 0: free it
 * @gfp: how to allocate
 *
 * The new memory is released when it would have been the old one's turn.
 *
 * Return: the memory, with the old contents as far as they fit; ZERO_SIZE_PTR for no bytes; NULL if
 * there is no memory or @ptr isn't the device's: then nothing has changed.
 */
void *devm_krealloc(struct device *dev, void *ptr, size_t new_size, gfp_t gfp)
{
	size_t old_size;
	void *new;

	if (ZERO_OR_NULL_PTR(ptr))
		return devm_kmalloc(dev, new_size, gfp);
	if (!new_size) {
		devm_kfree(dev, ptr);
		return ZERO_SIZE_PTR;
	}
	if (WARN(!devres_find(dev, kmalloc_release, devres_match_itself, ptr),
		 "not from devm_kmalloc()\n"))
		return NULL;
	old_size = devres_size(ptr);
	if (new_size <= old_size)
		return ptr;
	new = devres_new(kmalloc_release, new_size, gfp, "devm_kmalloc");
	if (!new)
		return NULL;
	memcpy(new, ptr, old_size);
	if (WARN(!devres_replace(dev, ptr, new), "freed meanwhile\n")) {
		devres_free(new);
		return NULL;
	}
	devres_free(ptr);
	return new;
}
EXPORT_SYMBOL_GPL(devm_krealloc);

/** devm_kfree - free what a devm_k*() call gave; NULL, no bytes and string constants are nothing */
void devm_kfree(struct device *dev, const void *p)
{
	if (ZERO_OR_NULL_PTR(p) || is_kernel_rodata((unsigned long)p))
		return;
	WARN(devres_destroy(dev, kmalloc_release, devres_match_itself, (void *)p),
	     "not from devm_kmalloc()\n");
}
EXPORT_SYMBOL_GPL(devm_kfree);

/** devm_kmemdup - kmemdup() for as long as the driver has the device: a copy, NULL */
void *devm_kmemdup(struct device *dev, const void *src, size_t len, gfp_t gfp)
{
	void *p = devm_kmalloc(dev, len, gfp);

	if (!ZERO_OR_NULL_PTR(p))
		memcpy(p, src, len);
	return p;
}
EXPORT_SYMBOL_GPL(devm_kmemdup);

/* ---- strings ---- */

/** devm_kstrdup - kstrdup() for as long as the driver has the device: a copy; NULL, also of NULL */
char *devm_kstrdup(struct device *dev, const char *s, gfp_t gfp)
{
	return s ? devm_kmemdup(dev, s, strlen(s) + 1, gfp) : NULL;
}
EXPORT_SYMBOL_GPL(devm_kstrdup);

/** devm_kstrdup_const - devm_kstrdup(), but a constant of the kernel is its own copy */
const char *devm_kstrdup_const(struct device *dev, const char *s, gfp_t gfp)
{
	return is_kernel_rodata((unsigned long)s) ? s : devm_kstrdup(dev, s, gfp);
}
EXPORT_SYMBOL_GPL(devm_kstrdup_const);

/** devm_kvasprintf - kvasprintf() for as long as the driver has the device: the text, NULL */
char *devm_kvasprintf(struct device *dev, gfp_t gfp, const char *fmt, va_list ap)
{
	va_list again;
	int len;
	char *p;

	va_copy(again, ap);
	len = vsnprintf(NULL, 0, fmt, again);
	va_end(again);
	p = devm_kmalloc(dev, len + 1, gfp);
	if (p)
		vsnprintf(p, len + 1, fmt, ap);
	return p;
}
EXPORT_SYMBOL_GPL(devm_kvasprintf);

/** devm_kasprintf - kasprintf() for as long as the driver has the device: the text, NULL */
char *devm_kasprintf(struct device *dev, gfp_t gfp, const char *fmt, ...)
{
	va_list ap;
	char *p;

	va_start(ap, fmt);
	p = devm_kvasprintf(dev, gfp, fmt, ap);
	va_end(ap);
	return p;
}
EXPORT_SYMBOL_GPL(devm_kasprintf);

struct strarray {
	char **names;
	size_t n;
};

static void strarray_release(struct device *dev, void *res)
{
	struct strarray *a = res;

	(void)dev;
	kfree_strarray(a->names, a->n);
}

/**
 * devm_kasprintf_strarray - kasprintf_strarray() for as long as the driver has the device
 * @dev: the device
 * @prefix: what the names begin with
 * @n: how many
 *
 * Context: may sleep.
 * Return: the array, ERR_PTR(-ENOMEM).
 */
char **devm_kasprintf_strarray(struct device *dev, const char *prefix, size_t n)
{
	struct strarray *a = devres_alloc(strarray_release, sizeof(*a), GFP_KERNEL);

	if (!a)
		return ERR_PTR(-ENOMEM);
	a->n = n;
	a->names = kasprintf_strarray(GFP_KERNEL, prefix, n);
	if (!a->names) {
		devres_free(a);
		return ERR_PTR(-ENOMEM);
	}
	devres_add(dev, a);
	return a->names;
}
EXPORT_SYMBOL_GPL(devm_kasprintf_strarray);

/* ---- pages ---- */

struct pages {
	unsigned long addr;
	unsigned int order;
};

static void pages_release(struct device *dev, void *res)
{
	struct pages *p = res;

	(void)dev;
	free_pages(p->addr, p->order);
}

static int pages_match(struct device *dev, void *res, void *match_data)
{
	struct pages *p = res;

	(void)dev;
	return p->addr == *(unsigned long *)match_data;
}

/**
 * devm_get_free_pages - __get_free_pages() for as long as the driver has the device
 * @dev: the device
 * @gfp_mask: how to allocate
 * @order: 1 << @order pages
 *
 * Return: their address, 0 without memory.
 */
unsigned long devm_get_free_pages(struct device *dev, gfp_t gfp_mask, unsigned int order)
{
	struct pages *p = devres_alloc(pages_release, sizeof(*p), GFP_KERNEL);

	if (!p)
		return 0;
	p->order = order;
	p->addr = __get_free_pages(gfp_mask, order);
	if (!p->addr) {
		devres_free(p);
		return 0;
	}
	devres_add(dev, p);
	return p->addr;
}
EXPORT_SYMBOL_GPL(devm_get_free_pages);

/** devm_free_pages - free early what devm_get_free_pages() gave */
void devm_free_pages(struct device *dev, unsigned long addr)
{
	WARN(devres_release(dev, pages_release, pages_match, &addr),
	     "not from devm_get_free_pages()\n");
}
EXPORT_SYMBOL_GPL(devm_free_pages);

/* ---- per-CPU memory ---- */

static void percpu_release(struct device *dev, void *res)
{
	(void)dev;
	free_percpu(*(void __percpu **)res);
}

static int percpu_match(struct device *dev, void *res, void *match_data)
{
	(void)dev;
	return *(void **)res == match_data;
}

/** __devm_alloc_percpu - what devm_alloc_percpu() calls: zeroed per-CPU memory, NULL. May sleep. */
void __percpu *__devm_alloc_percpu(struct device *dev, size_t size, size_t align)
{
	void __percpu **res = devres_alloc(percpu_release, sizeof(*res), GFP_KERNEL);

	if (!res)
		return NULL;
	*res = __alloc_percpu(size, align);
	if (!*res) {
		devres_free(res);
		return NULL;
	}
	devres_add(dev, res);
	return *res;
}
EXPORT_SYMBOL_GPL(__devm_alloc_percpu);

/** devm_free_percpu - free early what devm_alloc_percpu() gave */
void devm_free_percpu(struct device *dev, void __percpu *pdata)
{
	WARN(devres_release(dev, percpu_release, percpu_match, (__force void *)pdata),
	     "not from devm_alloc_percpu()\n");
}
EXPORT_SYMBOL_GPL(devm_free_percpu);

/* ---- bitmaps: <linux/bitmap.h> ---- */

static void bitmap_action(void *bitmap)
{
	bitmap_free(bitmap);
}

/** devm_bitmap_alloc - bitmap_alloc() for as long as the driver has the device: a bitmap, NULL */
unsigned long *devm_bitmap_alloc(struct device *dev, unsigned int nbits, gfp_t flags)
{
	unsigned long *bitmap = bitmap_alloc(nbits, flags);

	if (!bitmap || devm_add_action_or_reset(dev, bitmap_action, bitmap))
		return NULL;
	return bitmap;
}
EXPORT_SYMBOL_GPL(devm_bitmap_alloc);

/** devm_bitmap_zalloc - the same, with every bit clear */
unsigned long *devm_bitmap_zalloc(struct device *dev, unsigned int nbits, gfp_t flags)
{
	return devm_bitmap_alloc(dev, nbits, flags | __GFP_ZERO);
}
EXPORT_SYMBOL_GPL(devm_bitmap_zalloc);
