// SPDX-License-Identifier: MIT
/*
 * vmalloc space: addresses, and what is mapped at them.
 *
 * Addresses. The space is cut into ranges (struct vmap_area), each in exactly one place:
 *
 *	busy tree	in use, by address
 *	free tree	free, by address; neighbours are merged. Each node knows the largest range
 *			below it, so the lowest range that fits is found without looking at others
 *	lazy list	given back and unmapped, but some CPU's TLB may still know the addresses
 *
 *	      alloc: lowest fit              free: unmap, no flush
 *	free ------------------> busy ------------------------------> lazy
 *	  ^                                                             |
 *	  +-------------------------------------------------------------+
 *	      purge: one TLB flush for all, when LAZY_MAX is reached or space runs out
 *
 * Memory. A vm_struct says what is mapped in a busy range: pages that are ours (vmalloc), the
 * caller's (vmap), or no RAM at all (ioremap). The range is one page longer than the mapping:
 * the guard, so that a run past the end faults.
 *
 * Kernel stacks come from here too, see alloc_thread_stack_vm().
 *
 * vmap_lock guards the two trees and the lazy list; it is taken in process context only, vfree()
 * from interrupts being deferred. purge_lock serialises purges and is taken first.
 */

#define pr_fmt(fmt) "vmalloc: " fmt

#include <linux/cpuhotplug.h>
#include <linux/err.h>
#include <linux/init.h>
#include <linux/io.h>
#include <linux/kasan.h>
#include <linux/kernel.h>
#include <linux/llist.h>
#include <linux/mm.h>
#include <linux/mutex.h>
#include <linux/panic.h>
#include <linux/percpu.h>
#include <linux/printk.h>
#include <linux/rbtree_augmented.h>
#include <linux/sched/mm.h>
#include <linux/slab.h>
#include <linux/spinlock.h>
#include <linux/string.h>
#include <linux/vmalloc.h>
#include <linux/workqueue.h>
#include <asm/pgalloc.h>
#include <asm/tlbflush.h>

#include "internal.h"

#define LAZY_MAX_PAGES	2048UL		/* 8 MiB of addresses wait at most */

static DEFINE_SPINLOCK(vmap_lock);
static struct rb_root busy_root = RB_ROOT;	/* vmap_lock */
static struct rb_root free_root = RB_ROOT;	/* vmap_lock */
static LIST_HEAD(lazy_list);			/* vmap_lock */
static unsigned long lazy_pages;		/* vmap_lock */
static long nr_busy;				/* vmap_lock */

static DEFINE_MUTEX(purge_lock);
static struct kmem_cache *vmap_area_cachep;

/* ---- the free tree; under vmap_lock ---- */

static inline unsigned long va_size(const struct vmap_area *va)
{
	return va->va_end - va->va_start;
}

RB_DECLARE_CALLBACKS_MAX(static, free_callbacks, struct vmap_area, rb_node, unsigned long,
			 subtree_max_size, va_size)

static inline struct vmap_area *to_va(struct rb_node *node)
{
	return rb_entry(node, struct vmap_area, rb_node);
}

static unsigned long subtree_max(struct rb_node *node)
{
	return node ? to_va(node)->subtree_max_size : 0;
}

/* A free range has changed its size: so has the largest of every node above it. */
static void free_resized(struct vmap_area *va)
{
	free_callbacks.propagate(&va->rb_node, NULL);
}

static void free_tree_insert(struct vmap_area *va)
{
	struct rb_node **link = &free_root.rb_node, *parent = NULL;

	while (*link) {
		parent = *link;
		link = va->va_start < to_va(parent)->va_start ? &parent->rb_left :
								&parent->rb_right;
	}
	rb_link_node(&va->rb_node, parent, link);
	va->subtree_max_size = va_size(va);
	free_callbacks.propagate(parent, NULL);
	rb_insert_augmented(&va->rb_node, &free_root, &free_callbacks);
}

static void free_tree_erase(struct vmap_area *va)
{
	rb_erase_augmented(&va->rb_node, &free_root, &free_callbacks);
}

/* Where in @va a range of @size fits, not below @vstart; 0 if it doesn't. */
static unsigned long fit(const struct vmap_area *va, unsigned long size, unsigned long align,
			 unsigned long vstart)
{
	unsigned long start = ALIGN(max(va->va_start, vstart), align);

	if (start < va->va_start || start >= va->va_end || va->va_end - start < size)
		return 0;
	return start;
}

/* The lowest free range that fits. Recursion is as deep as the tree: twice its logarithm. */
static struct vmap_area *lowest_fit(struct rb_node *node, unsigned long size,
				    unsigned long align, unsigned long vstart)
{
	struct vmap_area *found;

	if (subtree_max(node) < size)
		return NULL;
	if (to_va(node)->va_start > vstart) {
		found = lowest_fit(node->rb_left, size, align, vstart);
		if (found)
			return found;
	}
	if (fit(to_va(node), size, align, vstart))
		return to_va(node);
	return lowest_fit(node->rb_right, size, align, vstart);
}

/*
 * Cut [start, end) out of the free range @va. Of up to two pieces left over one stays in @va, the
 * other goes into *@spare, which is NULL afterwards. Returns @va if nothing of it is left.
 */
static struct vmap_area *carve(struct vmap_area *va, unsigned long start, unsigned long end,
			       struct vmap_area **spare)
{
	unsigned long old_end = va->va_end;

	if (va->va_start == start && va->va_end == end) {
		free_tree_erase(va);
		return va;
	}
	if (va->va_start == start) {
		va->va_start = end;
		free_resized(va);
		return NULL;
	}
	va->va_end = start;
	free_resized(va);
	if (old_end != end) {
		(*spare)->va_start = end;
		(*spare)->va_end = old_end;
		free_tree_insert(*spare);
		*spare = NULL;
	}
	return NULL;
}

/* Put @va into the free tree, or into its neighbours there. Returns a node that is spare now. */
static void free_tree_merge(struct vmap_area *va, struct list_head *spare)
{
	struct rb_node *node = free_root.rb_node;
	struct vmap_area *prev = NULL, *next = NULL;

	while (node) {
		if (va->va_start < to_va(node)->va_start) {
			next = to_va(node);
			node = node->rb_left;
		} else {
			prev = to_va(node);
			node = node->rb_right;
		}
	}
	if (prev && prev->va_end == va->va_start) {
		prev->va_end = va->va_end;
		list_add(&va->list, spare);
		va = prev;
		free_resized(va);
	}
	if (next && next->va_start == va->va_end) {
		if (va == prev) {
			free_tree_erase(next);
			va->va_end = next->va_end;
			free_resized(va);
			list_add(&next->list, spare);
		} else {
			next->va_start = va->va_start;
			free_resized(next);
			list_add(&va->list, spare);
		}
		return;
	}
	if (va != prev)
		free_tree_insert(va);
}

/* ---- the busy tree; under vmap_lock ---- */

static void busy_insert(struct vmap_area *va)
{
	struct rb_node **link = &busy_root.rb_node, *parent = NULL;

	while (*link) {
		parent = *link;
		link = va->va_start < to_va(parent)->va_start ? &parent->rb_left :
								&parent->rb_right;
	}
	rb_link_node(&va->rb_node, parent, link);
	rb_insert_color(&va->rb_node, &busy_root);
	nr_busy++;
}

/* The busy range that @addr lies in. */
static struct vmap_area *busy_find(unsigned long addr)
{
	struct rb_node *node = busy_root.rb_node;

	while (node) {
		struct vmap_area *va = to_va(node);

		if (addr < va->va_start)
			node = node->rb_left;
		else if (addr >= va->va_end)
			node = node->rb_right;
		else
			return va;
	}
	return NULL;
}

/* ---- ranges come and go ---- */

static void free_spares(struct list_head *spare)
{
	struct vmap_area *va, *next;

	list_for_each_entry_safe(va, next, spare, list)
		kmem_cache_free(vmap_area_cachep, va);
}

/* Make the lazy ranges usable again. Returns how many pages of addresses that were. */
static unsigned long purge_locked(void)
{
	unsigned long start = ULONG_MAX, end = 0, pages;
	struct vmap_area *va, *next;
	LIST_HEAD(list);
	LIST_HEAD(spare);

	lockdep_assert_held(&purge_lock);
	spin_lock(&vmap_lock);
	list_splice_init(&lazy_list, &list);
	pages = lazy_pages;
	lazy_pages = 0;
	spin_unlock(&vmap_lock);
	if (list_empty(&list))
		return 0;

	list_for_each_entry(va, &list, list) {
		start = min(start, va->va_start);
		end = max(end, va->va_end);
	}
	flush_tlb_kernel_range(start, end);

	spin_lock(&vmap_lock);
	list_for_each_entry_safe(va, next, &list, list) {
		list_del(&va->list);
		free_tree_merge(va, &spare);
	}
	spin_unlock(&vmap_lock);
	free_spares(&spare);
	return pages;
}

/**
 * vmap_purge_lazy() - flush the TLBs and reuse the addresses that wait for it
 *
 * Context: May sleep. Does nothing if somebody is at it already.
 * Return: pages of addresses.
 */
unsigned long vmap_purge_lazy(void)
{
	unsigned long pages;

	if (!mutex_trylock(&purge_lock))
		return 0;
	pages = purge_locked();
	mutex_unlock(&purge_lock);
	return pages;
}

/**
 * vm_unmap_aliases() - no stale alias of any page that was ever mapped here is left in a TLB
 * afterwards
 *
 * Context: may sleep; takes purge_lock.
 */
void vm_unmap_aliases(void)
{
	mutex_lock(&purge_lock);
	purge_locked();
	mutex_unlock(&purge_lock);
}

static bool take_range(struct vmap_area *va, struct vmap_area **spare, unsigned long size,
		       unsigned long align, unsigned long vstart, unsigned long vend,
		       struct vmap_area **left)
{
	struct vmap_area *hole;
	unsigned long start;

	lockdep_assert_held(&vmap_lock);
	hole = lowest_fit(free_root.rb_node, size, align, vstart);
	start = hole ? fit(hole, size, align, vstart) : 0;
	if (!start || start > vend || vend - start < size)
		return false;
	*left = carve(hole, start, start + size, spare);
	va->va_start = start;
	va->va_end = start + size;
	va->vm = NULL;
	busy_insert(va);
	return true;
}

static struct vmap_area *alloc_vmap_area(unsigned long size, unsigned long align,
					 unsigned long vstart, unsigned long vend, gfp_t gfp)
{
	struct vmap_area *va, *spare, *left = NULL;
	bool purged = false, ok;

	might_sleep_if(gfpflags_allow_blocking(gfp));
	gfp &= GFP_RECLAIM_MASK;
	va = kmem_cache_alloc(vmap_area_cachep, gfp);
	spare = kmem_cache_alloc(vmap_area_cachep, gfp);
	if (!va || !spare)
		goto fail;
retry:
	spin_lock(&vmap_lock);
	ok = take_range(va, &spare, size, align, vstart, vend, &left);
	spin_unlock(&vmap_lock);
	if (!ok) {
		if (!purged) {
			vm_unmap_aliases();
			purged = true;
			goto retry;
		}
		pr_warn_ratelimited("allocation of %lu bytes failed: no room in vmalloc space\n",
				    size);
		goto fail;
	}
	if (left)
		kmem_cache_free(vmap_area_cachep, left);
	if (spare)
		kmem_cache_free(vmap_area_cachep, spare);
	return va;
fail:
	if (va)
		kmem_cache_free(vmap_area_cachep, va);
	if (spare)
		kmem_cache_free(vmap_area_cachep, spare);
	return NULL;
}

/* The range is unmapped; its addresses wait for a flush. */
static void free_vmap_area_lazy(struct vmap_area *va)
{
	bool full;

	spin_lock(&vmap_lock);
	list_add(&va->list, &lazy_list);
	lazy_pages += va_size(va) >> PAGE_SHIFT;
	full = lazy_pages > LAZY_MAX_PAGES;
	spin_unlock(&vmap_lock);
	if (full)
		vmap_purge_lazy();
}

/* A range that nothing was mapped in yet. */
static void discard_vmap_area(struct vmap_area *va)
{
	spin_lock(&vmap_lock);
	rb_erase(&va->rb_node, &busy_root);
	nr_busy--;
	spin_unlock(&vmap_lock);
	free_vmap_area_lazy(va);
}

/**
 * find_vmap_area() - the addresses in use round an address
 * @addr: the address
 *
 * Context: doesn't sleep; takes vmap_lock.
 * Return: the entry, or NULL. The caller makes sure that it isn't freed meanwhile.
 */
struct vmap_area *find_vmap_area(unsigned long addr)
{
	struct vmap_area *va;

	spin_lock(&vmap_lock);
	va = busy_find(addr);
	spin_unlock(&vmap_lock);
	return va;
}

/* ---- areas ---- */

static struct vm_struct *get_vm_area_aligned(unsigned long size, unsigned long align,
					     unsigned long flags, unsigned long start,
					     unsigned long end, gfp_t gfp, const void *caller)
{
	struct vm_struct *vm;
	struct vmap_area *va;

	size = PAGE_ALIGN(size);
	if (WARN_ON_ONCE(in_interrupt()) || !size)
		return NULL;
	if (!(flags & VM_NO_GUARD))
		size += PAGE_SIZE;
	vm = kzalloc(sizeof(*vm), gfp & GFP_RECLAIM_MASK);
	if (!vm)
		return NULL;
	va = alloc_vmap_area(size, max(align, PAGE_SIZE), start, end, gfp);
	if (!va || kasan_populate_vmalloc(va->va_start, size))
		goto fail;

	vm->addr = (void *)va->va_start;
	vm->size = size;
	vm->flags = flags;
	vm->caller = caller;
	spin_lock(&vmap_lock);
	va->vm = vm;
	spin_unlock(&vmap_lock);
	/*
	 * ioremap() and vmap() users may touch all of it; vmalloc() narrows it to what was asked.
	 */
	kasan_unpoison_vmalloc(vm->addr, flags & VM_ALLOC ? 0 : get_vm_area_size(vm));
	return vm;
fail:
	if (va)
		discard_vmap_area(va);
	kfree(vm);
	return NULL;
}

/**
 * get_vm_area_caller() - reserve addresses
 * @size: bytes, rounded up to pages
 * @flags: VM_*
 * @caller: for vmallocinfo
 *
 * Context: May sleep.
 * Return: the area, with nothing mapped; NULL if there is no room or memory.
 */
struct vm_struct *get_vm_area_caller(unsigned long size, unsigned long flags, const void *caller)
{
	return get_vm_area_aligned(size, PAGE_SIZE, flags, VMALLOC_START, VMALLOC_END, GFP_KERNEL,
				   caller);
}

/**
 * get_vm_area() - get_vm_area_caller() for this caller
 * @size: bytes, rounded up to pages
 * @flags: VM_*
 *
 * Context: may sleep.
 * Return: the area, with nothing mapped; NULL.
 */
struct vm_struct *get_vm_area(unsigned long size, unsigned long flags)
{
	return get_vm_area_caller(size, flags, __builtin_return_address(0));
}

/**
 * find_vm_area() - the area that begins at, or contains, an address
 * @addr: the address
 *
 * Return: the area or NULL. The caller makes sure that it isn't freed meanwhile.
 */
struct vm_struct *find_vm_area(const void *addr)
{
	struct vmap_area *va = find_vmap_area((unsigned long)addr);

	return va ? va->vm : NULL;
}

/**
 * remove_vm_area() - unmap an area and give its addresses back
 * @addr: where it begins
 *
 * Context: May sleep.
 * Return: the area, for the caller to free with its pages; NULL if none begins there.
 */
struct vm_struct *remove_vm_area(const void *addr)
{
	struct vmap_area *va;
	struct vm_struct *vm;

	might_sleep();
	spin_lock(&vmap_lock);
	va = busy_find((unsigned long)addr);
	if (!va || va->va_start != (unsigned long)addr || !va->vm) {
		spin_unlock(&vmap_lock);
		return NULL;
	}
	rb_erase(&va->rb_node, &busy_root);
	nr_busy--;
	vm = va->vm;
	spin_unlock(&vmap_lock);

	kasan_poison_vmalloc(vm->addr, get_vm_area_size(vm));
	vunmap_range_noflush(va->va_start, va->va_end);
	free_vmap_area_lazy(va);
	return vm;
}

/**
 * free_vm_area() - undo get_vm_area()
 * @area: the area; what is mapped there is unmapped
 *
 * Context: may sleep.
 */
void free_vm_area(struct vm_struct *area)
{
	struct vm_struct *vm = remove_vm_area(area->addr);

	WARN_ON(vm != area);
	kfree(area);
}

/* ---- vmalloc ---- */

static void free_area_pages(struct vm_struct *vm)
{
	unsigned int i;

	for (i = 0; i < vm->nr_pages; i++) {
		__free_page(vm->pages[i]);
		cond_resched();
	}
	mm_stat_add(NR_VMALLOC_PAGES, -(long)vm->nr_pages);
	kvfree(vm->pages);
}

static bool fill_area_pages(struct vm_struct *vm, gfp_t gfp, unsigned int want)
{
	gfp_t bulk_gfp = gfp & ~__GFP_NOFAIL;

	while (vm->nr_pages < want) {
		unsigned int part = min(want - vm->nr_pages, 100U);
		unsigned int got = alloc_pages_bulk_array(bulk_gfp, part,
							  vm->pages + vm->nr_pages);

		if (!got && (gfp & __GFP_NOFAIL)) {
			vm->pages[vm->nr_pages] = alloc_page(gfp);
			got = vm->pages[vm->nr_pages] != NULL;
		}
		vm->nr_pages += got;
		mm_stat_add(NR_VMALLOC_PAGES, got);
		if (!got)
			return false;
	}
	return true;
}

static int populate_area(struct vm_struct *vm, gfp_t gfp, pgprot_t prot, const void *caller)
{
	unsigned long addr = (unsigned long)vm->addr, size = get_vm_area_size(vm);
	unsigned int want = size >> PAGE_SHIFT;
	size_t array = (size_t)want * sizeof(struct page *);
	gfp_t meta = (gfp & GFP_RECLAIM_MASK) | __GFP_ZERO;

	vm->pages = array > PAGE_SIZE ? __vmalloc_node_noprof(array, 1, meta, 0, caller) :
					kmalloc(array, meta);
	if (!vm->pages || !fill_area_pages(vm, gfp | __GFP_NOWARN, want))
		return -ENOMEM;
	return vmap_pages_range(addr, addr + size, prot, vm->pages, PAGE_SHIFT);
}

/**
 * __vmalloc_node_range_noprof() - virtually contiguous memory, every wish open
 * @size: bytes
 * @align: of the address, a power of two of at least 1
 * @start: lowest address
 * @end: highest address
 * @gfp: how to get the pages; must be able to sleep
 * @prot: of the mapping
 * @vm_flags: VM_* beside VM_ALLOC
 * @node: ignored
 * @caller: for vmallocinfo
 *
 * Return: the address or NULL.
 */
void *__vmalloc_node_range_noprof(unsigned long size, unsigned long align, unsigned long start,
				  unsigned long end, gfp_t gfp, pgprot_t prot,
				  unsigned long vm_flags, int node, const void *caller)
{
	struct vm_struct *vm;

	if (WARN_ON_ONCE(!size) || size >> PAGE_SHIFT > totalram_pages())
		goto fail;
	vm = get_vm_area_aligned(size, align, VM_ALLOC | VM_UNINITIALIZED | vm_flags, start, end,
				 gfp, caller);
	if (!vm)
		goto fail;
	if (populate_area(vm, gfp, prot, caller)) {
		vfree(vm->addr);
		goto fail;
	}
	kasan_unpoison_vmalloc(vm->addr, size);
	/* Whoever finds the area in the tree and sees the flag gone sees the pages too. */
	smp_wmb();
	vm->flags &= ~VM_UNINITIALIZED;
	return vm->addr;
fail:
	if (!(gfp & __GFP_NOWARN))
		pr_warn_ratelimited("%s: vmalloc error: size %lu, failed to allocate\n",
				    current->comm, size);
	return NULL;
}

/**
 * __vmalloc_node_noprof() - __vmalloc() with an alignment and a caller
 * @size: bytes
 * @align: of the address, a power of two of at least 1
 * @gfp: how to get the pages; must be able to sleep
 * @node: ignored
 * @caller: for vmallocinfo
 *
 * Return: as vmalloc().
 */
void *__vmalloc_node_noprof(unsigned long size, unsigned long align, gfp_t gfp, int node,
			    const void *caller)
{
	return __vmalloc_node_range_noprof(size, align, VMALLOC_START, VMALLOC_END, gfp,
					   PAGE_KERNEL, 0, node, caller);
}

/**
 * __vmalloc_noprof() - vmalloc() with a choice how to get the pages
 * @size: bytes
 * @gfp: must be able to sleep
 *
 * Return: as vmalloc().
 */
void *__vmalloc_noprof(unsigned long size, gfp_t gfp)
{
	return __vmalloc_node_noprof(size, 1, gfp, NUMA_NO_NODE, __builtin_return_address(0));
}

/**
 * vmalloc_noprof() - virtually contiguous memory
 * @size: bytes, rounded up to pages
 *
 * Context: May sleep.
 * Return: page-aligned address, to be freed by vfree(); NULL if there is no memory.
 */
void *vmalloc_noprof(unsigned long size)
{
	return __vmalloc_node_noprof(size, 1, GFP_KERNEL, NUMA_NO_NODE,
				     __builtin_return_address(0));
}

/**
 * vzalloc_noprof() - vmalloc(), zeroed
 * @size: bytes
 *
 * Context: may sleep.
 * Return: as vmalloc().
 */
void *vzalloc_noprof(unsigned long size)
{
	return __vmalloc_node_noprof(size, 1, GFP_KERNEL | __GFP_ZERO, NUMA_NO_NODE,
				     __builtin_return_address(0));
}

/**
 * vmalloc_user_noprof() - vmalloc(), zeroed, marked as fit to be mapped into user space
 * @size: bytes
 *
 * Context: may sleep.
 * Return: as vmalloc().
 */
void *vmalloc_user_noprof(unsigned long size)
{
	return __vmalloc_node_range_noprof(size, PAGE_SIZE, VMALLOC_START, VMALLOC_END,
					   GFP_KERNEL | __GFP_ZERO, PAGE_KERNEL, VM_USERMAP,
					   NUMA_NO_NODE, __builtin_return_address(0));
}

/* ---- vfree ---- */

/* Addresses that interrupt context wants freed; the work does it. */
static struct llist_head deferred_frees = { .first = NULL };

static void free_deferred(struct work_struct *work)
{
	struct llist_node *node, *next;

	(void)work;
	llist_for_each_safe(node, next, llist_del_all(&deferred_frees))
		vfree(node);
}
static DECLARE_WORK(free_deferred_work, free_deferred);

/* Carry out now what vfree_atomic() has put off. May sleep. */
void vfree_deferred_now(void)
{
	free_deferred(NULL);
}

/**
 * vfree_atomic() - vfree() for where sleeping is forbidden
 * @addr: what vmalloc() gave, or NULL
 *
 * The first bytes of the memory become the list link.
 *
 * Context: Any but NMI.
 */
void vfree_atomic(const void *addr)
{
	if (addr && llist_add((struct llist_node *)addr, &deferred_frees))
		schedule_work(&free_deferred_work);
}

/**
 * vfree() - free what vmalloc() gave
 * @addr: its address, or NULL
 *
 * Context: Process context, may sleep; from interrupts it defers the work.
 */
void vfree(const void *addr)
{
	struct vm_struct *vm;

	if (unlikely(in_interrupt())) {
		vfree_atomic(addr);
		return;
	}
	if (!addr)
		return;
	might_sleep();
	vm = PAGE_ALIGNED(addr) ? remove_vm_area(addr) : NULL;
	if (unlikely(!vm)) {
		WARN(1, "Trying to vfree() bad address (%p)\n", addr);
		return;
	}
	if (vm->pages)
		free_area_pages(vm);
	kfree(vm);
}

/* ---- vmap ---- */

/**
 * vmap() - map pages side by side
 * @pages: them
 * @count: how many
 * @flags: VM_MAP; with VM_MAP_PUT_PAGES vfree() frees @pages (from kvmalloc()) and what it names
 * @prot: of the mapping
 *
 * Context: May sleep.
 * Return: the address, to be given to vunmap(); or NULL.
 */
void *vmap(struct page **pages, unsigned int count, unsigned long flags, pgprot_t prot)
{
	unsigned long size = (unsigned long)count << PAGE_SHIFT, addr;
	struct vm_struct *vm;

	might_sleep();
	if (!count || count > totalram_pages())
		return NULL;
	vm = get_vm_area_caller(size, flags, __builtin_return_address(0));
	if (!vm)
		return NULL;
	addr = (unsigned long)vm->addr;
	if (vmap_pages_range(addr, addr + size, pgprot_nx(prot), pages, PAGE_SHIFT)) {
		vunmap(vm->addr);
		return NULL;
	}
	kasan_unpoison_vmalloc(vm->addr, size);
	if (flags & VM_MAP_PUT_PAGES) {
		vm->pages = pages;
		vm->nr_pages = count;
		mm_stat_add(NR_VMALLOC_PAGES, count);
	}
	return vm->addr;
}

/**
 * vm_map_ram() - vmap() of pages for a short while
 * @pages: them
 * @count: how many
 * @node: there is one
 *
 * Context: May sleep.
 * Return: the address, for vm_unmap_ram(); or NULL.
 */
void *vm_map_ram(struct page **pages, unsigned int count, int node)
{
	return vmap(pages, count, VM_MAP, PAGE_KERNEL);
}

/** vm_unmap_ram() - undo vm_map_ram() of @count pages. Context: May sleep */
void vm_unmap_ram(const void *mem, unsigned int count)
{
	vunmap(mem);
}

/**
 * vunmap() - undo vmap()
 * @addr: what it gave, or NULL
 *
 * Context: May sleep; not from interrupts.
 */
void vunmap(const void *addr)
{
	struct vm_struct *vm;

	BUG_ON(in_interrupt());
	if (!addr)
		return;
	vm = remove_vm_area(addr);
	if (!vm) {
		WARN(1, "Trying to vunmap() nonexistent vm area (%p)\n", addr);
		return;
	}
	kfree(vm);
}

/* ---- questions ---- */

/**
 * is_vmalloc_addr() - is an address one that vmalloc(), vmap() and ioremap() give?
 * @x: any address
 */
bool is_vmalloc_addr(const void *x)
{
	unsigned long addr = (unsigned long)x;

	return addr >= VMALLOC_START && addr < VMALLOC_END;
}

/**
 * is_vmalloc_or_module_addr() - is_vmalloc_addr(), or where modules would be
 * @x: any address
 */
bool is_vmalloc_or_module_addr(const void *x)
{
	unsigned long addr = (unsigned long)x;

	return is_vmalloc_addr(x) || (addr >= MODULES_VADDR && addr < MODULES_END);
}

/** vmalloc_nr_pages() - pages behind all vmalloc() memory */
unsigned long vmalloc_nr_pages(void)
{
	return mm_stat_read(NR_VMALLOC_PAGES);
}

/** vmap_area_count() - areas in use */
long vmap_area_count(void)
{
	return READ_ONCE(nr_busy);
}

/**
 * vmalloc_dump_obj() - print which area an address is in, behind what was printed before
 * @object: any address
 *
 * Return: whether it is in one.
 */
bool vmalloc_dump_obj(void *object)
{
	struct vm_struct *vm = find_vm_area(object);

	if (!vm)
		return false;
	pr_cont(" %u-page vmalloc region starting at %px allocated at %pS\n", vm->nr_pages,
		vm->addr, vm->caller);
	return true;
}

/**
 * vmallocinfo_show() - one line per area, for the monitor
 *
 * Context: takes vmap_lock.
 */
void vmallocinfo_show(void)
{
	struct rb_node *node;

	spin_lock(&vmap_lock);
	for (node = rb_first(&busy_root); node; node = rb_next(node)) {
		struct vm_struct *vm = to_va(node)->vm;

		if (vm)
			pr_info("%px-%px %8lu %pS pages=%u%s%s\n", vm->addr, vm->addr + vm->size,
				vm->size, vm->caller, vm->nr_pages,
				vm->flags & VM_IOREMAP ? " ioremap" : "",
				vm->flags & VM_ALLOC ? " vmalloc" : "");
	}
	spin_unlock(&vmap_lock);
}

/* ---- coming up ---- */

/**
 * vmalloc_init() - all addresses are free
 *
 * Context: boot, when slabs work.
 */
void __init vmalloc_init(void)
{
	struct vmap_area *va;

	vmap_area_cachep = KMEM_CACHE(vmap_area, SLAB_PANIC | SLAB_NOLEAKTRACE);
	va = kmem_cache_alloc(vmap_area_cachep, GFP_NOWAIT);
	if (!va)
		panic("vmalloc: no memory\n");
	va->va_start = VMALLOC_START;
	va->va_end = VMALLOC_END & PAGE_MASK;
	free_tree_insert(va);
}
