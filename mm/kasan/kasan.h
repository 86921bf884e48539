/* SPDX-License-Identifier: MIT */
#ifndef _MM_KASAN_KASAN_H
#define _MM_KASAN_KASAN_H

/*
 * KASAN among its own files.
 *
 *	init.c		page tables of the shadow
 *	shadow.c	writing it: pages, vmalloc, memcpy() and friends
 *	generic.c	reading it: the check, and what the compiler calls
 *	common.c	slab objects
 *	quarantine.c	freed objects wait before they are used again
 *	report.c	telling
 */

#include <linux/kasan.h>
#include <linux/stackdepot.h>
#include <linux/types.h>

/*
 * What a shadow byte says of its eight bytes: 0: all may be accessed; 1 to 7: the first so many;
 * negative: none, and why.
 */
#define KASAN_PAGE_FREE		0xff	/* in the page allocator */
#define KASAN_PAGE_REDZONE	0xfe	/* behind a large kmalloc() */
#define KASAN_SLAB_REDZONE	0xfc	/* round a slab object */
#define KASAN_SLAB_FREE		0xfb	/* a slab object that was freed */
#define KASAN_GLOBAL_REDZONE	0xf9	/* behind a global variable */
#define KASAN_VMALLOC_INVALID	0xf8	/* vmalloc space without memory, or behind an area */
/* Chosen by the compiler: */
#define KASAN_STACK_LEFT	0xf1
#define KASAN_STACK_MID		0xf2
#define KASAN_STACK_RIGHT	0xf3
#define KASAN_STACK_PARTIAL	0xf4
#define KASAN_ALLOCA_LEFT	0xca
#define KASAN_ALLOCA_RIGHT	0xcb

#define KASAN_GRANULE_MASK	(KASAN_GRANULE_SIZE - 1)
#define KASAN_ALLOCA_REDZONE	32
#define KASAN_STACK_FRAMES	32

struct kasan_track {
	u32 pid;
	depot_stack_handle_t stack;	/* 0: not recorded */
};

/* Behind each object, inside its red zone. */
struct kasan_meta {
	struct kasan_track alloc;
	struct kasan_track free;
	void *next;			/* in the quarantine, quarantine_lock */
};

/* The layout that the compilers agree on for each instrumented global variable. */
struct kasan_global {
	const void *beg;
	size_t size;
	size_t size_with_redzone;
	const void *name;
	const void *module_name;
	unsigned long has_dynamic_init;
	void *location;
	char *odr_indicator;
};

enum kasan_report_type {
	KASAN_REPORT_ACCESS,
	KASAN_REPORT_INVALID_FREE,
	KASAN_REPORT_DOUBLE_FREE,
};

/* Below this there is no shadow: user space and the hole. */
static inline bool addr_has_shadow(const void *addr)
{
	return addr >= kasan_shadow_to_mem((void *)KASAN_SHADOW_START);
}

void kasan_poison(const void *addr, size_t size, u8 value);
void kasan_unpoison(const void *addr, size_t size);
void kasan_poison_last_granule(const void *addr, size_t size);
bool kasan_check_range(const void *addr, size_t size, bool write, unsigned long ip);
bool kasan_byte_accessible(const void *addr);
void kasan_report_invalid_free(void *object, unsigned long ip, enum kasan_report_type type);
bool kasan_quarantine_put(struct kmem_cache *cache, void *object);
void kasan_quarantine_remove_cache(struct kmem_cache *cache);
struct kasan_meta *kasan_get_meta(struct kmem_cache *cache, const void *object);
void kasan_save_track(struct kasan_track *track, gfp_t gfp);

#endif /* _MM_KASAN_KASAN_H */
