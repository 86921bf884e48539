// SPDX-License-Identifier: MIT
/*
 * Small things on top of the allocators: copies of strings and memory, kvmalloc().
 *
 * kvmalloc() asks the slab allocator first, which is cheap and physically contiguous, but not
 * with all force: a block of pages that can't be had easily isn't worth reclaim when vmalloc()
 * needs single pages only.
 */

#include <linux/err.h>
#include <linux/export.h>
#include <linux/kasan.h>
#include <linux/mm.h>
#include <linux/printk.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/uaccess.h>
#include <linux/vmalloc.h>
#include <asm/sections.h>

#include "internal.h"

/**
 * kstrdup() - a copy of a string
 * @s: the string, or NULL
 * @gfp: how
 *
 * Return: the copy, to be freed by kfree(); NULL if there is no memory, or nothing to copy.
 */
char *kstrdup(const char *s, gfp_t gfp)
{
	size_t len;
	char *buf;

	if (!s)
		return NULL;
	len = strlen(s) + 1;
	buf = kmalloc_track_caller(len, gfp);
	if (buf) {
		memcpy(buf, s, len);
		/* Whoever changes @s while we copy doesn't get an unterminated string out of it. */
		buf[len - 1] = '\0';
	}
	return buf;
}

/**
 * kstrdup_const() - kstrdup(), but a string constant is its own copy
 * @s: the string
 * @gfp: how
 *
 * Return: for kfree_const(); NULL if there is no memory.
 */
const char *kstrdup_const(const char *s, gfp_t gfp)
{
	return is_kernel_rodata((unsigned long)s) ? s : kstrdup(s, gfp);
}

/**
 * kfree_const() - free what kstrdup_const() gave
 * @x: that
 */
void kfree_const(const void *x)
{
	if (!is_kernel_rodata((unsigned long)x))
		kfree(x);
}

/**
 * kstrndup() - a copy of at most so many characters of a string
 * @s: the string, or NULL
 * @max: characters
 * @gfp: how
 */
char *kstrndup(const char *s, size_t max, gfp_t gfp)
{
	return s ? kmemdup_nul(s, strnlen(s, max), gfp) : NULL;
}

/**
 * kmemdup() - a copy of memory
 * @src: the memory
 * @len: bytes
 * @gfp: how
 */
void *(kmemdup)(const void *src, size_t len, gfp_t gfp)
{
	void *p = kmalloc_track_caller(len, gfp);

	return p ? memcpy(p, src, len) : NULL;
}

/**
 * kmemdup_array() - a copy of an array
 * @src: the array
 * @count: elements
 * @element_size: bytes of one
 * @gfp: how
 *
 * Return: the copy, to be freed by kfree(); NULL if there is no memory, or the size overflows.
 */
void *kmemdup_array(const void *src, size_t count, size_t element_size, gfp_t gfp)
{
	return kmemdup(src, size_mul(element_size, count), gfp);
}

/**
 * kvmemdup() - a copy of memory that may be large
 * @src: the memory
 * @len: bytes
 * @gfp: how
 *
 * Return: the copy, to be freed by kvfree(); NULL.
 */
void *kvmemdup(const void *src, size_t len, gfp_t gfp)
{
	void *p = kvmalloc(len, gfp);

	return p ? memcpy(p, src, len) : NULL;
}

/**
 * kmemdup_nul() - a string of characters that needn't be terminated
 * @s: the characters, or NULL
 * @len: how many
 * @gfp: how
 *
 * Return: the string, to be freed by kfree(); NULL if there is no memory, or nothing to copy.
 */
char *kmemdup_nul(const char *s, size_t len, gfp_t gfp)
{
	char *buf;

	if (!s)
		return NULL;
	buf = kmalloc_track_caller(len + 1, gfp);
	if (buf) {
		memcpy(buf, s, len);
		buf[len] = '\0';
	}
	return buf;
}

/**
 * memdup_user() - a copy of user memory
 * @src: user address
 * @len: bytes
 *
 * Context: May sleep.
 * Return: the copy, to be freed by kfree(); -ENOMEM or -EFAULT as an ERR_PTR.
 */
void *memdup_user(const void __user *src, size_t len)
{
	void *p = kmalloc_track_caller(len, GFP_USER | __GFP_NOWARN);

	if (!p)
		return ERR_PTR(-ENOMEM);
	if (copy_from_user(p, src, len)) {
		kfree(p);
		return ERR_PTR(-EFAULT);
	}
	return p;
}

/**
 * vmemdup_user() - memdup_user() for large copies
 * @src: user address
 * @len: bytes
 *
 * Context: may sleep.
 * Return: the copy, to be freed by kvfree(); ERR_PTR(-ENOMEM), ERR_PTR(-EFAULT).
 */
void *vmemdup_user(const void __user *src, size_t len)
{
	void *p = kvmalloc(len, GFP_USER);

	if (!p)
		return ERR_PTR(-ENOMEM);
	if (copy_from_user(p, src, len)) {
		kvfree(p);
		return ERR_PTR(-EFAULT);
	}
	return p;
}

/**
 * memdup_user_nul() - memdup_user() with a zero byte after it
 * @src: user address
 * @len: bytes
 *
 * Context: may sleep.
 * Return: the copy, to be freed by kfree(); ERR_PTR(-ENOMEM), ERR_PTR(-EFAULT).
 */
void *memdup_user_nul(const void __user *src, size_t len)
{
	char *p = kmalloc_track_caller(len + 1, GFP_KERNEL);

	if (!p)
		return ERR_PTR(-ENOMEM);
	if (copy_from_user(p, src, len)) {
		kfree(p);
		return ERR_PTR(-EFAULT);
	}
	p[len] = '\0';
	return p;
}

/**
 * strndup_user() - a copy of a string in user memory
 * @s: user address
 * @n: bytes it may have, its end included
 *
 * Return: the copy; -EFAULT, -ENOMEM, or -EINVAL if it is longer, as an ERR_PTR.
 */
char *strndup_user(const char __user *s, long n)
{
	long length = strnlen_user(s, n);
	char *p;

	if (!length)
		return ERR_PTR(-EFAULT);
	if (length > n)
		return ERR_PTR(-EINVAL);
	p = memdup_user(s, length);
	if (!IS_ERR(p))
		p[length - 1] = '\0';	/* it may have changed meanwhile */
	return p;
}

/* ---- kvmalloc ---- */

static gfp_t kmalloc_gfp_adjust(gfp_t gfp, size_t size)
{
	if (size <= PAGE_SIZE)
		return gfp;
	gfp |= __GFP_NOWARN;
	if (!(gfp & __GFP_RETRY_MAYFAIL))
		gfp |= __GFP_NORETRY;
	return gfp & ~__GFP_NOFAIL;
}

/**
 * kvmalloc_node_noprof() - memory that needn't be physically contiguous
 * @size: bytes
 * @gfp: how; without __GFP_DIRECT_RECLAIM only the slab allocator is asked
 * @node: ignored
 *
 * Return: the memory, to be freed by kvfree(), or NULL.
 */
void *kvmalloc_node_noprof(size_t size, gfp_t gfp, int node)
{
	void *p = kmalloc_noprof(size, kmalloc_gfp_adjust(gfp, size));

	if (p || size <= PAGE_SIZE || !gfpflags_allow_blocking(gfp))
		return p;
	if (unlikely(size > INT_MAX)) {
		WARN_ON_ONCE(!(gfp & __GFP_NOWARN));
		return NULL;
	}
	return __vmalloc_node_noprof(size, 1, gfp, node, __builtin_return_address(0));
}

/**
 * kvfree() - free what kvmalloc(), kmalloc() or vmalloc() gave
 * @addr: the memory, or NULL
 */
void kvfree(const void *addr)
{
	if (is_vmalloc_addr(addr))
		vfree(addr);
	else
		kfree(addr);
}

/**
 * kvfree_sensitive() - clear memory, then kvfree() it
 * @addr: the memory, or NULL
 * @len: bytes to clear
 */
void kvfree_sensitive(const void *addr, size_t len)
{
	if (likely(!ZERO_OR_NULL_PTR(addr))) {
		memzero_explicit((void *)addr, len);
		kvfree(addr);
	}
}

/**
 * kvrealloc_noprof() - change the size of what kvmalloc() gave
 * @p: the memory, or NULL
 * @size: new size
 * @gfp: how
 *
 * Return: the memory, maybe elsewhere; NULL: no memory, @p is as it was.
 */
void *kvrealloc_noprof(const void *p, size_t size, gfp_t gfp)
{
	size_t old;
	void *n;

	if (!is_vmalloc_addr(p)) {
		n = krealloc_noprof(p, size, kmalloc_gfp_adjust(gfp, size));
		if (n || size <= PAGE_SIZE)
			return n;
		old = p ? __ksize(p) : 0;
	} else {
		old = get_vm_area_size(find_vm_area(p));
		if (old >= size) {
			kasan_unpoison_vmalloc(p, size);
			return (void *)p;
		}
	}
	n = kvmalloc_node_noprof(size, gfp, NUMA_NO_NODE);
	if (!n)
		return NULL;
	if (p) {
		kasan_disable_current();	/* beyond the old request there may be slack */
		memcpy(n, p, min(old, size));
		kasan_enable_current();
		kvfree(p);
	}
	return n;
}

/**
 * mem_dump_obj() - print what is known of the memory at an address, behind what was printed before
 * @object: any address
 */
void mem_dump_obj(void *object)
{
	if (kmem_dump_obj(object) || vmalloc_dump_obj(object))
		return;
	if (is_vmalloc_addr(object))
		pr_cont(" vmalloc memory\n");
	else if (object == NULL)
		pr_cont(" NULL pointer\n");
	else if (object == ZERO_SIZE_PTR)
		pr_cont(" zero-size pointer\n");
	else if (virt_addr_valid(object))
		pr_cont(" non-slab/vmalloc memory\n");
	else
		pr_cont(" non-paged memory\n");
}
