/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_MM_VMA_H
#define _LINUX_MM_VMA_H

/*
 * The areas of an address space: what their flags say, how one is found, how they are mapped and
 * unmapped. Included by <linux/mm.h>, which has the rules of use.
 */

#include <linux/align.h>
#include <linux/mm_types.h>
#include <linux/pgtable.h>
#include <linux/sched.h>
#include <linux/types.h>

struct rlimit;

/* ---- user memory: VMAs ---- */

/* What may be done now; the same four bits up, what mprotect() may ever allow. */
#define VM_NONE		0x00000000
#define VM_READ		0x00000001
#define VM_WRITE	0x00000002
#define VM_EXEC		0x00000004
#define VM_SHARED	0x00000008	/* writes go to the object, not to a copy */
#define VM_MAYREAD	0x00000010
#define VM_MAYWRITE	0x00000020
#define VM_MAYEXEC	0x00000040
#define VM_MAYSHARE	0x00000080	/* mapped with MAP_SHARED */
#define VM_GROWSDOWN	0x00000100	/* a stack: a fault below extends it */
#define VM_PFNMAP	0x00000400	/* frames without struct page, or not counted */
#define VM_LOCKED	0x00002000	/* mlock() */
#define VM_IO		0x00004000	/* device memory: nobody may read it behind its back */
#define VM_SEQ_READ	0x00008000	/* MADV_SEQUENTIAL */
#define VM_RAND_READ	0x00010000	/* MADV_RANDOM */
#define VM_DONTCOPY	0x00020000	/* not for the child: MADV_DONTFORK */
#define VM_DONTEXPAND	0x00040000	/* mremap() may not make it longer */
#define VM_LOCKONFAULT	0x00080000	/* locked page by page as it is touched */
#define VM_ACCOUNT	0x00100000	/* its pages are in vm_committed_as */
#define VM_NORESERVE	0x00200000	/* MAP_NORESERVE: they are not */
#define VM_SYNC		0x00800000
#define VM_WIPEONFORK	0x02000000	/* the child finds zeroes */
#define VM_DONTDUMP	0x04000000	/* not in core dumps */
#define VM_SOFTDIRTY	0x08000000
#define VM_MIXEDMAP	0x10000000	/* both frames with and without struct page */
#define VM_HUGEPAGE	0x20000000	/* MADV_HUGEPAGE */
#define VM_NOHUGEPAGE	0x40000000
#define VM_MERGEABLE	0x80000000

#define VM_STACK	VM_GROWSDOWN
#define VM_STACK_FLAGS	(VM_STACK | VM_STACK_DEFAULT_FLAGS | VM_ACCOUNT)
#ifndef VM_STACK_DEFAULT_FLAGS
#define VM_STACK_DEFAULT_FLAGS	VM_DATA_DEFAULT_FLAGS
#endif
#define VM_DATA_FLAGS_NON_EXEC	(VM_READ | VM_WRITE | VM_MAYREAD | VM_MAYWRITE | VM_MAYEXEC)
/* Old programs want to execute what they can read: <linux/personality.h> with it. */
#define VM_DATA_FLAGS_TSK_EXEC	(VM_DATA_FLAGS_NON_EXEC | \
				 (current->personality & READ_IMPLIES_EXEC ? VM_EXEC : 0))
#ifndef VM_DATA_DEFAULT_FLAGS
#define VM_DATA_DEFAULT_FLAGS	VM_DATA_FLAGS_TSK_EXEC
#endif
#define VM_ACCESS_FLAGS	(VM_READ | VM_WRITE | VM_EXEC)
/* Never joined with a neighbour, never locked. */
#define VM_SPECIAL	(VM_IO | VM_DONTEXPAND | VM_PFNMAP | VM_MIXEDMAP)
#define VM_LOCKED_MASK	(VM_LOCKED | VM_LOCKONFAULT)

/* The gap that is kept below a stack, so that it can't run into what lies there. */
extern unsigned long stack_guard_gap;

/** vm_flags_init - the flags of an area that nobody sees yet */
static inline void vm_flags_init(struct vm_area_struct *vma, vm_flags_t flags)
{
	vma->vm_flags = flags;
}

/**
 * vm_flags_reset - other flags for an area
 * @vma: mmap_lock is held for writing; racing readers without it see the old or the new word
 * @flags: VM_*
 */
static inline void vm_flags_reset(struct vm_area_struct *vma, vm_flags_t flags)
{
	WRITE_ONCE(vma->vm_flags, flags);
}

/** vm_flags_set - add flags to an area. Context: as vm_flags_reset() */
static inline void vm_flags_set(struct vm_area_struct *vma, vm_flags_t flags)
{
	WRITE_ONCE(vma->vm_flags, vma->vm_flags | flags);
}

/** vm_flags_clear - take flags from an area. Context: as vm_flags_reset() */
static inline void vm_flags_clear(struct vm_area_struct *vma, vm_flags_t flags)
{
	WRITE_ONCE(vma->vm_flags, vma->vm_flags & ~flags);
}

/** vma_is_anonymous - does an area show no object, only memory of its own? */
static inline bool vma_is_anonymous(const struct vm_area_struct *vma)
{
	return !vma->vm_ops;
}

/** vma_is_accessible - may a program do anything with an area but have it? */
static inline bool vma_is_accessible(const struct vm_area_struct *vma)
{
	return vma->vm_flags & VM_ACCESS_FLAGS;
}

/** vma_pages - pages of an area */
static inline unsigned long vma_pages(const struct vm_area_struct *vma)
{
	return (vma->vm_end - vma->vm_start) >> PAGE_SHIFT;
}

/** is_cow_mapping - private and writable at some time: a fault may put a copy here */
static inline bool is_cow_mapping(vm_flags_t flags)
{
	return (flags & (VM_SHARED | VM_MAYWRITE)) == VM_MAYWRITE;
}

/** is_data_mapping - does an area with these flags count against RLIMIT_DATA? */
static inline bool is_data_mapping(vm_flags_t flags)
{
	return (flags & (VM_WRITE | VM_SHARED | VM_STACK)) == VM_WRITE;
}

/** is_exec_mapping - does an area with these flags count as code? */
static inline bool is_exec_mapping(vm_flags_t flags)
{
	return (flags & (VM_EXEC | VM_WRITE | VM_STACK)) == VM_EXEC;
}

/** is_stack_mapping - does an area with these flags count as stack? */
static inline bool is_stack_mapping(vm_flags_t flags)
{
	return flags & VM_STACK;
}

/** vm_start_gap - where an area begins with the gap that others keep from it */
static inline unsigned long vm_start_gap(const struct vm_area_struct *vma)
{
	if (!(vma->vm_flags & VM_GROWSDOWN))
		return vma->vm_start;
	return vma->vm_start > stack_guard_gap ? vma->vm_start - stack_guard_gap : 0;
}

/** linear_page_index - the page of the object that an area shows at an address */
static inline pgoff_t linear_page_index(const struct vm_area_struct *vma, unsigned long address)
{
	return ((address - vma->vm_start) >> PAGE_SHIFT) + vma->vm_pgoff;
}

pgprot_t vm_get_page_prot(vm_flags_t vm_flags);
void vma_set_page_prot(struct vm_area_struct *vma);
bool vma_wants_writenotify(const struct vm_area_struct *vma, pgprot_t vm_page_prot);

struct vm_area_struct *vm_area_alloc(struct mm_struct *mm);
struct vm_area_struct *vm_area_dup(struct vm_area_struct *orig);
void vm_area_free(struct vm_area_struct *vma);
int insert_vm_struct(struct mm_struct *mm, struct vm_area_struct *vma);

/* All these: mmap_lock held, reading is enough. */
struct vm_area_struct *find_vma(struct mm_struct *mm, unsigned long addr);
struct vm_area_struct *find_vma_prev(struct mm_struct *mm, unsigned long addr,
				     struct vm_area_struct **pprev);

/** vma_lookup - the area that has an address; NULL. Context: mmap_lock held */
static inline struct vm_area_struct *vma_lookup(struct mm_struct *mm, unsigned long addr)
{
	struct vm_area_struct *vma = find_vma(mm, addr);

	return vma && addr >= vma->vm_start ? vma : NULL;
}

/**
 * find_vma_intersection - the first area that has an address in [@start, @end); NULL
 *
 * Context: mmap_lock held.
 */
static inline struct vm_area_struct *find_vma_intersection(struct mm_struct *mm,
							   unsigned long start, unsigned long end)
{
	struct vm_area_struct *vma = find_vma(mm, start);

	return vma && vma->vm_start < end ? vma : NULL;
}

/** range_in_vma - does an area have all of [@start, @end)? Not if it is NULL */
static inline bool range_in_vma(const struct vm_area_struct *vma, unsigned long start,
				unsigned long end)
{
	return vma && vma->vm_start <= start && end <= vma->vm_end;
}

/*
 *	VMA_ITERATOR(vmi, mm, addr);
 *
 *	for_each_vma(vmi, vma) ...
 *	for_each_vma_range(vmi, vma, end) ...
 *
 * visits the VMAs that end above addr, in order. What was found last may be removed meanwhile.
 */
#define VMA_ITERATOR(name, __mm, __addr)	\
	struct vma_iterator name = { .mm = (__mm), .index = (__addr) }

/**
 * vma_iter_init - begin a walk over areas at an address
 *
 * Context: mmap_lock held, until the walk ends.
 */
static inline void vma_iter_init(struct vma_iterator *vmi, struct mm_struct *mm,
				 unsigned long addr)
{
	*vmi = (struct vma_iterator){ .mm = mm, .index = addr };
}

struct vm_area_struct *vma_next(struct vma_iterator *vmi);

/** vma_find - the next area of a walk, if it begins below @max; NULL */
static inline struct vm_area_struct *vma_find(struct vma_iterator *vmi, unsigned long max)
{
	struct vm_area_struct *vma = vma_next(vmi);

	return vma && vma->vm_start < max ? vma : NULL;
}

#define for_each_vma(__vmi, __vma)		\
	while (((__vma) = vma_next(&(__vmi))) != NULL)
#define for_each_vma_range(__vmi, __vma, __end)	\
	while (((__vma) = vma_find(&(__vmi), (__end))) != NULL)

/* ---- user memory: mapping and unmapping ---- */

extern int sysctl_max_map_count;
extern unsigned long mmap_min_addr;
unsigned long arch_mmap_rnd(void);
extern int randomize_va_space;	/* 0: nothing; 1: mappings and stack; 2: the heap too */

unsigned long do_mmap(struct file *file, unsigned long addr, unsigned long len, unsigned long prot,
		      unsigned long flags, vm_flags_t vm_flags, unsigned long pgoff,
		      unsigned long *populate);
unsigned long vm_mmap(struct file *file, unsigned long addr, unsigned long len, unsigned long prot,
		      unsigned long flag, unsigned long offset);
unsigned long vm_mmap_pgoff(struct file *file, unsigned long addr, unsigned long len,
			    unsigned long prot, unsigned long flag, unsigned long pgoff);
int do_munmap(struct mm_struct *mm, unsigned long start, size_t len);
int vm_munmap(unsigned long start, size_t len);
int vm_brk_flags(unsigned long addr, unsigned long request, vm_flags_t flags);
unsigned long get_unmapped_area(struct file *file, unsigned long addr, unsigned long len,
				unsigned long pgoff, unsigned long flags);
bool may_expand_vm(struct mm_struct *mm, vm_flags_t flags, unsigned long npages);
void vm_stat_account(struct mm_struct *mm, vm_flags_t flags, long npages);
bool can_do_mlock(void);
int do_madvise(struct mm_struct *mm, unsigned long start, size_t len_in, int behavior);
int expand_stack_locked(struct vm_area_struct *vma, unsigned long address);
struct vm_area_struct *expand_stack(struct mm_struct *mm, unsigned long addr);
int mm_populate_range(struct mm_struct *mm, unsigned long start, unsigned long len);
struct vm_area_struct *_install_special_mapping(struct mm_struct *mm, unsigned long addr,
						unsigned long len, unsigned long vm_flags,
						const struct vm_special_mapping *spec);
int dup_mmap(struct mm_struct *mm, struct mm_struct *oldmm);
struct mm_struct *dup_mm(struct task_struct *tsk, struct mm_struct *oldmm);
void set_mm_exe_file(struct mm_struct *mm, struct file *new_exe_file);
struct file *get_mm_exe_file(struct mm_struct *mm);
struct file *get_task_exe_file(struct task_struct *task);
void exit_mmap(struct mm_struct *mm);
void arch_pick_mmap_layout(struct mm_struct *mm, const struct rlimit *rlim_stack);

/**
 * mm_populate - bring the pages of a range of current in, as far as that goes
 *
 * Context: may sleep.
 */
static inline void mm_populate(unsigned long addr, unsigned long len)
{
	mm_populate_range(current->mm, addr, len);	/* best effort */
}

#endif /* _LINUX_MM_VMA_H */
