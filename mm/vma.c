// SPDX-License-Identifier: MIT
/*
 * VMAs: the tree of them, finding, cutting and joining.
 *
 * An address space keeps its VMAs in a red-black tree by address, and linked in a list in the same
 * order. Each node of the tree also knows the largest gap before any VMA of its subtree, so that
 * room for a new mapping is found on one way down:
 *
 *	rb_subtree_gap = max( gap before this one, children's rb_subtree_gap )
 *	gap before     = vm_start_gap(this) - vm_end(the one before), 0 if that is negative
 *
 * The gap changes when the VMA or the one before it changes; whoever changes an end calls
 * vma_set_range(), which sets both right.
 *
 * Two neighbours are joined whenever they say the same: the same rights, the same object, and the
 * second goes on in the object where the first ends. So the number of VMAs depends on what is
 * mapped and not on how it came about.
 *
 * All changes are made with mmap_lock held for writing. For each file VMA a reference to the file
 * is held, and it stands in the file's i_mmap, where truncation finds it.
 */

#include "vma.h"

#include <linux/err.h>
#include <linux/fs.h>
#include <linux/init.h>
#include <linux/pagemap.h>
#include <linux/rbtree_augmented.h>
#include <linux/security.h>
#include <linux/slab.h>

static struct kmem_cache *vm_area_cachep;

static int __init vma_cache_init(void)
{
	vm_area_cachep = KMEM_CACHE(vm_area_struct, SLAB_PANIC | SLAB_ACCOUNT);
	return 0;
}
pure_initcall(vma_cache_init);

/**
 * vm_area_alloc - a VMA that is in no tree yet
 * @mm: where it will be
 *
 * Context: may sleep.
 * Return: the VMA, zeroed but for its mm; NULL without memory.
 */
struct vm_area_struct *vm_area_alloc(struct mm_struct *mm)
{
	struct vm_area_struct *vma = kmem_cache_zalloc(vm_area_cachep, GFP_KERNEL);

	if (vma)
		vma->vm_mm = mm;
	return vma;
}

/**
 * vm_area_dup - a copy of a VMA, in no tree
 * @orig: the original
 *
 * The copy holds no reference to the file; vma_adopt_object() takes it.
 *
 * Context: may sleep.
 * Return: the copy; NULL without memory.
 */
struct vm_area_struct *vm_area_dup(struct vm_area_struct *orig)
{
	struct vm_area_struct *new = kmem_cache_alloc(vm_area_cachep, GFP_KERNEL);

	if (!new)
		return NULL;
	*new = *orig;
	new->vm_next = new->vm_prev = NULL;
	return new;
}

/**
 * vm_area_free - free an area's struct
 * @vma: in no tree; nobody looks at it
 */
void vm_area_free(struct vm_area_struct *vma)
{
	kmem_cache_free(vm_area_cachep, vma);
}

/* A copied VMA becomes one more user of the object. */
void vma_adopt_object(struct vm_area_struct *vma)
{
	if (vma->vm_file)
		get_file(vma->vm_file);
	if (vma->vm_ops && vma->vm_ops->open)
		vma->vm_ops->open(vma);
}

/* ---- the tree ---- */

static unsigned long gap_before(const struct vm_area_struct *vma)
{
	unsigned long prev_end = vma->vm_prev ? vma->vm_prev->vm_end : 0;
	unsigned long start = vm_start_gap(vma);

	return start > prev_end ? start - prev_end : 0;
}

static unsigned long subtree_gap(const struct rb_node *rb)
{
	return rb ? rb_entry(rb, struct vm_area_struct, vm_rb)->rb_subtree_gap : 0;
}

static bool vma_compute_gap(struct vm_area_struct *vma, bool exit)
{
	unsigned long gap = max3(gap_before(vma), subtree_gap(vma->vm_rb.rb_left),
				 subtree_gap(vma->vm_rb.rb_right));

	if (exit && vma->rb_subtree_gap == gap)
		return true;
	vma->rb_subtree_gap = gap;
	return false;
}

RB_DECLARE_CALLBACKS(static, vma_gap, struct vm_area_struct, vm_rb, rb_subtree_gap,
		     vma_compute_gap)

static void vma_gap_update(struct vm_area_struct *vma)
{
	if (vma)
		vma_gap_propagate(&vma->vm_rb, NULL);
}

/* Into list and tree. The range overlaps nobody's. */
static void vma_insert(struct mm_struct *mm, struct vm_area_struct *vma)
{
	struct rb_node **link = &mm->mm_rb.rb_node, *parent = NULL;
	struct vm_area_struct *prev = NULL, *next;

	while (*link) {
		struct vm_area_struct *at = rb_entry(*link, struct vm_area_struct, vm_rb);

		parent = *link;
		if (vma->vm_end <= at->vm_start) {
			link = &parent->rb_left;
		} else {
			VM_WARN_ON_ONCE(vma->vm_start < at->vm_end);
			prev = at;
			link = &parent->rb_right;
		}
	}
	next = prev ? prev->vm_next : mm->mmap;
	vma->vm_prev = prev;
	vma->vm_next = next;
	if (prev)
		prev->vm_next = vma;
	else
		mm->mmap = vma;
	if (next)
		next->vm_prev = vma;

	vma->rb_subtree_gap = 0;
	rb_link_node(&vma->vm_rb, parent, link);
	vma_gap_update(vma);
	rb_insert_augmented(&vma->vm_rb, &mm->mm_rb, &vma_gap);
	vma_gap_update(next);
	mm->map_count++;
}

static void vma_erase(struct vm_area_struct *vma)
{
	struct mm_struct *mm = vma->vm_mm;

	if (vma->vm_prev)
		vma->vm_prev->vm_next = vma->vm_next;
	else
		mm->mmap = vma->vm_next;
	if (vma->vm_next)
		vma->vm_next->vm_prev = vma->vm_prev;
	rb_erase_augmented(&vma->vm_rb, &mm->mm_rb, &vma_gap);
	vma_gap_update(vma->vm_next);
	if (mm->vma_hint == vma)
		mm->vma_hint = NULL;
	mm->map_count--;
}

/**
 * find_vma - the first VMA that ends above an address
 * @mm: the address space
 * @addr: the address; may lie before the VMA that is found
 *
 * Context: mmap_lock held.
 * Return: the VMA or NULL.
 */
struct vm_area_struct *find_vma(struct mm_struct *mm, unsigned long addr)
{
	struct vm_area_struct *vma = READ_ONCE(mm->vma_hint), *found = NULL;
	struct rb_node *rb;

	mmap_assert_locked(mm);
	/* Faults come in runs. The hint only changes hands between VMAs that the lock keeps. */
	if (vma && vma->vm_start <= addr && addr < vma->vm_end)
		return vma;
	for (rb = mm->mm_rb.rb_node; rb; ) {
		vma = rb_entry(rb, struct vm_area_struct, vm_rb);
		if (addr >= vma->vm_end) {
			rb = rb->rb_right;
			continue;
		}
		found = vma;
		if (addr >= vma->vm_start)
			break;
		rb = rb->rb_left;
	}
	if (found)
		WRITE_ONCE(mm->vma_hint, found);
	return found;
}
EXPORT_SYMBOL(find_vma);

/**
 * find_vma_prev - find_vma(), and the VMA before it
 * @mm: the address space
 * @addr: the address
 * @pprev: set to the VMA before the one that is found, or to the last of all; NULL if none
 *
 * Context: mmap_lock held.
 * Return: as find_vma().
 */
struct vm_area_struct *find_vma_prev(struct mm_struct *mm, unsigned long addr,
				     struct vm_area_struct **pprev)
{
	struct vm_area_struct *vma = find_vma(mm, addr);
	struct rb_node *last;

	if (vma) {
		*pprev = vma->vm_prev;
		return vma;
	}
	last = rb_last(&mm->mm_rb);
	*pprev = last ? rb_entry(last, struct vm_area_struct, vm_rb) : NULL;
	return NULL;
}

/**
 * vma_next - the next VMA of a walk
 * @vmi: the walk
 *
 * Context: mmap_lock held.
 * Return: the VMA; NULL after the last.
 */
struct vm_area_struct *vma_next(struct vma_iterator *vmi)
{
	vmi->vma = find_vma(vmi->mm, vmi->index);
	if (vmi->vma)
		vmi->index = vmi->vma->vm_end;
	return vmi->vma;
}

/* ---- the file's side ---- */

static void vma_link_file(struct vm_area_struct *vma)
{
	struct address_space *mapping;

	if (!vma->vm_file)
		return;
	mapping = vma->vm_file->f_mapping;
	i_mmap_lock_write(mapping);
	if (vma_is_shared_maywrite(vma))
		mapping_allow_writable(mapping);
	vma_interval_tree_insert(vma, &mapping->i_mmap);
	i_mmap_unlock_write(mapping);
}

static void vma_unlink_file(struct vm_area_struct *vma)
{
	struct address_space *mapping;

	if (!vma->vm_file)
		return;
	mapping = vma->vm_file->f_mapping;
	i_mmap_lock_write(mapping);
	if (vma_is_shared_maywrite(vma))
		mapping_unmap_writable(mapping);
	vma_interval_tree_remove(vma, &mapping->i_mmap);
	i_mmap_unlock_write(mapping);
}

/**
 * vma_link - make a VMA part of its address space
 * @mm: the address space
 * @vma: complete; its range is free
 */
void vma_link(struct mm_struct *mm, struct vm_area_struct *vma)
{
	mmap_assert_write_locked(mm);
	vma_insert(mm, vma);
	vma_link_file(vma);
}

/* Out of tree and file; the struct and its reference to the file stay. */
void vma_unlink(struct vm_area_struct *vma)
{
	vma_unlink_file(vma);
	vma_erase(vma);
}

/**
 * vma_remove - end a VMA whose pages are unmapped
 * @vma: in the tree no more
 */
void vma_remove(struct vm_area_struct *vma)
{
	if (vma->vm_ops && vma->vm_ops->close)
		vma->vm_ops->close(vma);
	if (vma->vm_file)
		fput(vma->vm_file);
	vm_area_free(vma);
}

/**
 * vma_set_range - move the ends of a VMA that is in the tree
 * @vma: the VMA; its order among the others doesn't change
 * @start: new start
 * @end: new end
 * @pgoff: page of the object at @start
 */
void vma_set_range(struct vm_area_struct *vma, unsigned long start, unsigned long end,
		   pgoff_t pgoff)
{
	vma_unlink_file(vma);
	vma->vm_start = start;
	vma->vm_end = end;
	vma->vm_pgoff = pgoff;
	vma_link_file(vma);
	vma_gap_update(vma);
	vma_gap_update(vma->vm_next);
}

/**
 * insert_vm_struct - add a VMA that was made by hand, as exec's stack is
 * @mm: the address space
 * @vma: complete but for vm_pgoff of anonymous memory
 *
 * Context: mmap_lock held for writing.
 * Return: 0; -ENOMEM if the range is not free or overcommit forbids it.
 */
int insert_vm_struct(struct mm_struct *mm, struct vm_area_struct *vma)
{
	if (find_vma_intersection(mm, vma->vm_start, vma->vm_end))
		return -ENOMEM;
	if ((vma->vm_flags & VM_ACCOUNT) && security_vm_enough_memory_mm(mm, vma_pages(vma)))
		return -ENOMEM;
	if (vma_is_anonymous(vma))
		vma->vm_pgoff = vma->vm_start >> PAGE_SHIFT;
	vma_link(mm, vma);
	return 0;
}

/* ---- cutting ---- */

/**
 * split_vma - cut a VMA in two
 * @vma: keeps the lower part
 * @addr: page aligned, inside of it: where the new one begins
 *
 * Context: mmap_lock held for writing; may sleep.
 * Return: 0; -ENOMEM without memory or with too many VMAs; what vm_ops->may_split said.
 */
int split_vma(struct vm_area_struct *vma, unsigned long addr)
{
	struct vm_area_struct *new;
	int err;

	if (vma->vm_mm->map_count >= sysctl_max_map_count)
		return -ENOMEM;
	if (vma->vm_ops && vma->vm_ops->may_split) {
		err = vma->vm_ops->may_split(vma, addr);
		if (err)
			return err;
	}
	new = vm_area_dup(vma);
	if (!new)
		return -ENOMEM;
	new->vm_start = addr;
	new->vm_pgoff = linear_page_index(vma, addr);
	vma_adopt_object(new);
	vma_set_range(vma, vma->vm_start, addr, vma->vm_pgoff);
	vma_link(vma->vm_mm, new);
	return 0;
}

/**
 * vma_isolate - make a range a VMA of its own
 * @vma: contains it
 * @start: page aligned
 * @end: page aligned
 *
 * Return: the VMA of just that range; an error pointer as split_vma().
 */
struct vm_area_struct *vma_isolate(struct vm_area_struct *vma, unsigned long start,
				   unsigned long end)
{
	int err;

	if (vma->vm_start < start) {
		err = split_vma(vma, start);
		if (err)
			return ERR_PTR(err);
		vma = vma->vm_next;
	}
	if (end < vma->vm_end) {
		err = split_vma(vma, end);
		if (err)
			return ERR_PTR(err);
	}
	return vma;
}

/* ---- joining ---- */

/* Owners that count their VMAs, or keep something for each, want them as they were made. */
static bool may_join(const struct vm_area_struct *vma)
{
	return !(vma->vm_flags & VM_SPECIAL) && !(vma->vm_ops && vma->vm_ops->close);
}

static bool says_the_same(const struct vm_area_struct *vma, vm_flags_t flags, struct file *file)
{
	return may_join(vma) && !((vma->vm_flags ^ flags) & ~VM_SOFTDIRTY) &&
	       vma->vm_file == file;
}

/* Does @next go on where @vma ends? */
static bool can_join(const struct vm_area_struct *vma, const struct vm_area_struct *next)
{
	return vma && next && vma->vm_end == next->vm_start &&
	       says_the_same(vma, next->vm_flags, next->vm_file) && may_join(next) &&
	       vma->vm_ops == next->vm_ops && vma->vm_private_data == next->vm_private_data &&
	       vma->vm_pgoff + vma_pages(vma) == next->vm_pgoff;
}

/* @next becomes part of @vma. */
static void absorb_next(struct vm_area_struct *vma)
{
	struct vm_area_struct *next = vma->vm_next;

	if (next->vm_anon)
		vma->vm_anon = true;
	vma_unlink(next);
	vma_set_range(vma, vma->vm_start, next->vm_end, vma->vm_pgoff);
	vma_remove(next);
}

/**
 * vma_join - join a VMA with its neighbours where they say the same
 * @vma: may be freed
 *
 * Return: the VMA that contains it now.
 */
struct vm_area_struct *vma_join(struct vm_area_struct *vma)
{
	if (can_join(vma, vma->vm_next))
		absorb_next(vma);
	if (can_join(vma->vm_prev, vma)) {
		vma = vma->vm_prev;
		absorb_next(vma);
	}
	return vma;
}

/**
 * vma_extend - let a neighbour grow over a free range, instead of a new VMA
 * @mm: the address space
 * @start: of the range
 * @end: of the range
 * @flags: what the new mapping would have
 * @file: its object, NULL for anonymous memory
 * @pgoff: page of the object
 *
 * Only for mappings whose vm_ops depend on nothing but the file.
 *
 * Return: the VMA that covers the range now; NULL if there is no such neighbour.
 */
struct vm_area_struct *vma_extend(struct mm_struct *mm, unsigned long start, unsigned long end,
				  vm_flags_t flags, struct file *file, pgoff_t pgoff)
{
	struct vm_area_struct *prev, *next = find_vma_prev(mm, start, &prev);

	if (flags & VM_SPECIAL)
		return NULL;
	if (prev && prev->vm_end == start && says_the_same(prev, flags, file) &&
	    prev->vm_pgoff + vma_pages(prev) == pgoff) {
		vma_set_range(prev, prev->vm_start, end, prev->vm_pgoff);
		return vma_join(prev);
	}
	if (next && next->vm_start == end && says_the_same(next, flags, file) &&
	    pgoff + ((end - start) >> PAGE_SHIFT) == next->vm_pgoff) {
		vma_set_range(next, start, next->vm_end, pgoff);
		return next;
	}
	return NULL;
}

/**
 * vma_change_flags - give part of a VMA other flags
 * @vma: contains the range
 * @start: page aligned
 * @end: page aligned
 * @flags: all of the new flags
 *
 * The page table is the caller's to change. The part is cut out, and joined with what now says the
 * same.
 *
 * Return: the VMA that contains the range now; an error pointer as split_vma().
 */
struct vm_area_struct *vma_change_flags(struct vm_area_struct *vma, unsigned long start,
					unsigned long end, vm_flags_t flags)
{
	if (vma->vm_flags == flags)
		return vma;
	vma = vma_isolate(vma, start, end);
	if (IS_ERR(vma))
		return vma;
	/* The count of writable mappings in the file hangs on the flags. */
	vma_unlink_file(vma);
	vm_flags_reset(vma, flags);
	vma_set_page_prot(vma);
	vma_link_file(vma);
	return vma_join(vma);
}

/**
 * copy_vma - a second VMA of the same object elsewhere, for mremap()
 * @vma: the first
 * @addr: start of the second, free
 * @len: its length
 * @pgoff: page of the object at @addr
 *
 * Return: the VMA that covers the new range, which may be @vma itself if it could grow; NULL
 * without memory.
 */
struct vm_area_struct *copy_vma(struct vm_area_struct *vma, unsigned long addr,
				unsigned long len, pgoff_t pgoff)
{
	struct vm_area_struct *new = vm_area_dup(vma);

	if (!new)
		return NULL;
	/* Memory that was never touched belongs to no address yet. */
	if (vma_is_anonymous(vma) && !vma->vm_anon)
		pgoff = addr >> PAGE_SHIFT;
	new->vm_start = addr;
	new->vm_end = addr + len;
	new->vm_pgoff = pgoff;
	vma_adopt_object(new);
	vma_link(vma->vm_mm, new);
	return new;
}

/* ---- room for a new mapping ---- */

/* The lowest suitable start in [start, end); -ENOMEM if it doesn't fit. */
static unsigned long lowest_in(const struct vm_unmapped_area_info *info, unsigned long start,
			       unsigned long end)
{
	start = max(start, info->low_limit);
	end = min(end, info->high_limit);
	start += (info->align_offset - start) & info->align_mask;
	return start < end && end - start >= info->length ? start : -ENOMEM;
}

static unsigned long highest_in(const struct vm_unmapped_area_info *info, unsigned long start,
				unsigned long end)
{
	unsigned long addr;

	start = max(start, info->low_limit);
	end = min(end, info->high_limit);
	if (start >= end || end - start < info->length)
		return -ENOMEM;
	addr = end - info->length;
	addr -= (addr - info->align_offset) & info->align_mask;
	return addr >= start && addr < end ? addr : -ENOMEM;
}

static unsigned long end_of_prev(const struct vm_area_struct *vma)
{
	return vma->vm_prev ? vma->vm_prev->vm_end : 0;
}

/*
 * Visit the gaps from high to low: what is above the last VMA, then for each subtree that has a
 * gap of the size: right half, the gap before its root, left half.
 */
static unsigned long search_down(const struct vm_unmapped_area_info *info, struct rb_node *rb)
{
	struct vm_area_struct *vma;
	unsigned long addr;

	if (subtree_gap(rb) < info->length)
		return -ENOMEM;
	vma = rb_entry(rb, struct vm_area_struct, vm_rb);
	if (vma->vm_end < info->high_limit) {
		addr = search_down(info, rb->rb_right);
		if (!IS_ERR_VALUE(addr))
			return addr;
	}
	addr = highest_in(info, end_of_prev(vma), vm_start_gap(vma));
	if (!IS_ERR_VALUE(addr) || end_of_prev(vma) <= info->low_limit)
		return addr;
	return search_down(info, rb->rb_left);
}

static unsigned long search_up(const struct vm_unmapped_area_info *info, struct rb_node *rb)
{
	struct vm_area_struct *vma;
	unsigned long addr;

	if (subtree_gap(rb) < info->length)
		return -ENOMEM;
	vma = rb_entry(rb, struct vm_area_struct, vm_rb);
	if (end_of_prev(vma) > info->low_limit) {
		addr = search_up(info, rb->rb_left);
		if (!IS_ERR_VALUE(addr))
			return addr;
	}
	addr = lowest_in(info, end_of_prev(vma), vm_start_gap(vma));
	if (!IS_ERR_VALUE(addr) || vma->vm_end >= info->high_limit)
		return addr;
	return search_up(info, rb->rb_right);
}

/**
 * vm_unmapped_area - find room in current's address space
 * @info: how much, where, how aligned
 *
 * The recursion is as deep as the tree: twice the logarithm of the number of VMAs.
 *
 * Context: mmap_lock held for writing.
 * Return: the address, or -ENOMEM.
 */
unsigned long vm_unmapped_area(const struct vm_unmapped_area_info *info)
{
	struct mm_struct *mm = current->mm;
	struct rb_node *last = rb_last(&mm->mm_rb);
	unsigned long above = last ? rb_entry(last, struct vm_area_struct, vm_rb)->vm_end : 0;
	unsigned long addr;

	if (info->flags & VM_UNMAPPED_AREA_TOPDOWN) {
		addr = highest_in(info, above, info->high_limit);
		return IS_ERR_VALUE(addr) ? search_down(info, mm->mm_rb.rb_node) : addr;
	}
	addr = search_up(info, mm->mm_rb.rb_node);
	return IS_ERR_VALUE(addr) ? lowest_in(info, above, info->high_limit) : addr;
}
