/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_VMALLOC_H
#define _LINUX_VMALLOC_H

/*
 * Virtually contiguous memory, in [VMALLOC_START, VMALLOC_END).
 *
 * Every area is followed by one unmapped guard page, unless VM_NO_GUARD says otherwise.
 *
 *	vmalloc family	pages from the page allocator, mapped for the caller
 *	vmap/vunmap	the caller's pages
 *	ioremap		physical addresses that aren't RAM
 *
 * All may sleep, but for vfree(), which is allowed in interrupt context too (it defers itself).
 * Freed addresses keep their stale TLB entries until enough of them have gathered; one flush
 * then serves all, and only after it the addresses are used again.
 */

#include <linux/gfp_types.h>
#include <linux/init.h>
#include <linux/list.h>
#include <linux/rbtree.h>
#include <linux/types.h>
#include <linux/overflow.h>
#include <asm/page.h>
#include <asm/pgtable-types.h>

struct page;
struct vm_struct;

/* vm_struct.flags */
#define VM_IOREMAP		0x00000001
#define VM_ALLOC		0x00000002	/* vmalloc() */
#define VM_MAP			0x00000004	/* vmap() */
#define VM_USERMAP		0x00000008
#define VM_DMA_COHERENT		0x00000010
#define VM_UNINITIALIZED	0x00000020	/* pages not all there yet */
#define VM_NO_GUARD		0x00000040
#define VM_KASAN		0x00000080	/* has shadow of its own */
#define VM_MAP_PUT_PAGES	0x00000200	/* vfree() frees the caller's pages */
#define VM_ALLOW_HUGE_VMAP	0x00000400

struct vm_struct {
	struct vm_struct *next;
	void *addr;
	unsigned long size;		/* guard page included */
	unsigned long flags;
	struct page **pages;
	unsigned int nr_pages;
	phys_addr_t phys_addr;
	const void *caller;
};

/*
 * One range of the vmalloc space. Busy areas are in an rb tree by address; free ones in another;
 * purged ones wait on a list for the TLB flush.
 */
struct vmap_area {
	unsigned long va_start;
	unsigned long va_end;
	struct rb_node rb_node;
	struct list_head list;
	union {
		unsigned long subtree_max_size;	/* free tree: largest range below this node */
		struct vm_struct *vm;		/* busy tree */
	};
};

void __init vmalloc_init(void);

void *vmalloc_noprof(unsigned long size) __attribute__((alloc_size(1)));
void *vzalloc_noprof(unsigned long size) __attribute__((alloc_size(1)));
void *vmalloc_user_noprof(unsigned long size) __attribute__((alloc_size(1)));
void *__vmalloc_noprof(unsigned long size, gfp_t gfp) __attribute__((alloc_size(1)));
void *__vmalloc_node_range_noprof(unsigned long size, unsigned long align, unsigned long start,
				  unsigned long end, gfp_t gfp, pgprot_t prot,
				  unsigned long vm_flags, int node, const void *caller)
	__attribute__((alloc_size(1)));
void *__vmalloc_node_noprof(unsigned long size, unsigned long align, gfp_t gfp, int node,
			    const void *caller) __attribute__((alloc_size(1)));

/**
 * vmalloc - memory, contiguous by its addresses
 * @size: bytes, rounded up to pages
 *
 * Context: may sleep.
 * Return: the memory, for vfree(); NULL.
 */
#define vmalloc(size)			vmalloc_noprof(size)
/** vzalloc - vmalloc(), zeroed */
#define vzalloc(size)			vzalloc_noprof(size)
/** vmalloc_node - vmalloc(); there is one node */
#define vmalloc_node(size, node)	((void)(node), vmalloc_noprof(size))
/** vzalloc_node - vzalloc(); there is one node */
#define vzalloc_node(size, node)	((void)(node), vzalloc_noprof(size))
/** vmalloc_user - vzalloc(), marked as fit to be mapped into user space */
#define vmalloc_user(size)		vmalloc_user_noprof(size)
/** __vmalloc - vmalloc() with a choice how to get the pages */
#define __vmalloc(size, gfp)		__vmalloc_noprof(size, gfp)
#define __vmalloc_node_range(...)	__vmalloc_node_range_noprof(__VA_ARGS__)
#define __vmalloc_node(...)		__vmalloc_node_noprof(__VA_ARGS__)

/** vmalloc_array - vmalloc() of @n elements; NULL, too, if the product overflows */
static inline void *vmalloc_array(size_t n, size_t size)
{
	size_t bytes;

	return check_mul_overflow(n, size, &bytes) ? NULL : vmalloc(bytes);
}

/** vcalloc - vmalloc_array(), zeroed */
static inline void *vcalloc(size_t n, size_t size)
{
	size_t bytes;

	return check_mul_overflow(n, size, &bytes) ? NULL : vzalloc(bytes);
}

void vfree(const void *addr);
void vfree_atomic(const void *addr);

void *vmap(struct page **pages, unsigned int count, unsigned long flags, pgprot_t prot);
void vunmap(const void *addr);
void *vm_map_ram(struct page **pages, unsigned int count, int node);
void vm_unmap_ram(const void *mem, unsigned int count);

struct vm_struct *get_vm_area(unsigned long size, unsigned long flags);
struct vm_struct *get_vm_area_caller(unsigned long size, unsigned long flags, const void *caller);
void free_vm_area(struct vm_struct *area);
struct vm_struct *remove_vm_area(const void *addr);
struct vm_struct *find_vm_area(const void *addr);
struct vmap_area *find_vmap_area(unsigned long addr);

bool is_vmalloc_addr(const void *x);
bool is_vmalloc_or_module_addr(const void *x);
struct page *vmalloc_to_page(const void *addr);
unsigned long vmalloc_to_pfn(const void *addr);
unsigned long vmalloc_nr_pages(void);
void vm_unmap_aliases(void);
bool vmalloc_dump_obj(void *object);
void vmallocinfo_show(void);

int vmap_pages_range(unsigned long addr, unsigned long end, pgprot_t prot, struct page **pages,
		     unsigned int page_shift);
int vmap_page_range(unsigned long addr, unsigned long end, phys_addr_t phys, pgprot_t prot);
void vunmap_range(unsigned long addr, unsigned long end);
void vunmap_range_noflush(unsigned long addr, unsigned long end);

/** get_vm_area_size - bytes of an area that are memory: without the guard page behind it */
static inline size_t get_vm_area_size(const struct vm_struct *area)
{
	return (area->flags & VM_NO_GUARD) ? area->size : area->size - PAGE_SIZE;
}

#endif /* _LINUX_VMALLOC_H */
