// SPDX-License-Identifier: MIT
/*
 * KASAN: writing the shadow, and the checked versions of memcpy(), memmove() and memset().
 *
 * The compiler turns large assignments into calls of those three, so they are where accesses in
 * assembly are caught; what isn't instrumented calls the __ forms (asm/string.h sees to it).
 */

#include <linux/kasan.h>
#include <linux/mm.h>
#include <linux/sched.h>
#include <linux/sched/task_stack.h>
#include <linux/string.h>

#include "kasan.h"

#undef memset
#undef memmove
#undef memcpy

/** memset() - __memset() for instrumented code: all that it touches is checked first */
void *memset(void *addr, int c, size_t len)
{
	kasan_check_range(addr, len, true, _RET_IP_);
	return __memset(addr, c, len);
}

/** memmove() - __memmove() for instrumented code: all that it touches is checked first */
void *memmove(void *dest, const void *src, size_t len)
{
	kasan_check_range(src, len, false, _RET_IP_);
	kasan_check_range(dest, len, true, _RET_IP_);
	return __memmove(dest, src, len);
}

/** memcpy() - __memcpy() for instrumented code: all that it touches is checked first */
void *memcpy(void *dest, const void *src, size_t len)
{
	kasan_check_range(src, len, false, _RET_IP_);
	kasan_check_range(dest, len, true, _RET_IP_);
	return __memcpy(dest, src, len);
}

/* Names under which newer compilers call them. */
void *__asan_memset(void *addr, int c, size_t len) __alias(memset);
void *__asan_memmove(void *dest, const void *src, size_t len) __alias(memmove);
void *__asan_memcpy(void *dest, const void *src, size_t len) __alias(memcpy);

/**
 * kasan_poison() - forbid a range
 * @addr: granule aligned
 * @size: bytes, a multiple of the granule
 * @value: why, KASAN_*
 */
void kasan_poison(const void *addr, size_t size, u8 value)
{
	if (WARN_ON_ONCE((unsigned long)addr & KASAN_GRANULE_MASK) || !kasan_ready)
		return;
	__memset(kasan_mem_to_shadow(addr), value, size >> KASAN_SHADOW_SCALE_SHIFT);
}

/* Of the granule that [addr, addr + size) ends in, only so much may be accessed. */
void kasan_poison_last_granule(const void *addr, size_t size)
{
	if (size & KASAN_GRANULE_MASK)
		*(u8 *)kasan_mem_to_shadow(addr + size) = size & KASAN_GRANULE_MASK;
}

/**
 * kasan_unpoison() - allow a range
 * @addr: granule aligned
 * @size: bytes; the rest of the last granule becomes forbidden
 */
void kasan_unpoison(const void *addr, size_t size)
{
	if (WARN_ON_ONCE((unsigned long)addr & KASAN_GRANULE_MASK) || !kasan_ready)
		return;
	__memset(kasan_mem_to_shadow(addr), 0, size >> KASAN_SHADOW_SCALE_SHIFT);
	kasan_poison_last_granule(addr, size);
}

/**
 * kasan_poison_range() - for others in the kernel: a part of an object isn't to be touched
 * @address: its first byte, a granule's
 * @size: bytes; an incomplete granule at the end is left as it is
 */
void kasan_poison_range(const void *address, size_t size)
{
	kasan_poison(address, round_down(size, KASAN_GRANULE_SIZE), KASAN_SLAB_REDZONE);
}

/**
 * kasan_unpoison_range() - undo kasan_poison_range()
 * @address: the first byte, a granule's
 * @size: bytes
 */
void kasan_unpoison_range(const void *address, size_t size)
{
	kasan_unpoison(address, size);
}

/**
 * kasan_poison_pages() - pages are free
 * @page: the first
 * @order: there are 2^order
 */
void kasan_poison_pages(struct page *page, unsigned int order)
{
	kasan_poison(page_address(page), PAGE_SIZE << order, KASAN_PAGE_FREE);
}

/**
 * kasan_unpoison_pages() - pages are allocated
 * @page: the first
 * @order: there are 2^order
 */
void kasan_unpoison_pages(struct page *page, unsigned int order)
{
	kasan_unpoison(page_address(page), PAGE_SIZE << order);
}

/**
 * kasan_unpoison_vmalloc() - an area of addresses is in use
 * @start: its first byte, with real shadow (kasan_populate_vmalloc())
 * @size: bytes; behind them nothing may be touched
 */
void kasan_unpoison_vmalloc(const void *start, unsigned long size)
{
	if (is_vmalloc_addr(start) && size)
		kasan_unpoison(start, size);
}

/**
 * kasan_poison_vmalloc() - an area of addresses is free
 * @start: its first byte
 * @size: bytes
 */
void kasan_poison_vmalloc(const void *start, unsigned long size)
{
	if (is_vmalloc_addr(start))
		kasan_poison(start, round_up(size, KASAN_GRANULE_SIZE), KASAN_VMALLOC_INVALID);
}

/**
 * kasan_unpoison_task_stack() - forget all frames of a stack, which were left without a
 * return
 * @task: the task
 */
void kasan_unpoison_task_stack(struct task_struct *task)
{
	kasan_unpoison(task_stack_page(task), THREAD_SIZE);
}

/**
 * kasan_unpoison_task_stack_below() - forget frames that were left without a return: the stack goes
 * on from here
 * @watermark: what is below, down to the stack's end, may be touched
 */
void kasan_unpoison_task_stack_below(const void *watermark)
{
	void *base = (void *)((unsigned long)watermark & ~(THREAD_SIZE - 1));

	kasan_unpoison(base, round_down((size_t)(watermark - base), KASAN_GRANULE_SIZE));
}
