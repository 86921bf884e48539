/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_SCHED_MM_H
#define _LINUX_SCHED_MM_H

/*
 * References to address spaces, and the task flags that narrow what an allocation may do.
 *
 *	mmget/mmput	the user mappings (mm_users); the last mmput() tears them down, may sleep
 *	mmgrab/mmdrop	the struct and its page table (mm_count)
 */

#include <linux/gfp_types.h>
#include <linux/mm_types.h>
#include <linux/sched.h>

struct mm_struct *mm_alloc(void);
struct mm_struct *get_task_mm(struct task_struct *task);
struct mm_struct *mm_access(struct task_struct *task, unsigned int mode);
/* The old address space goes: at exit, at exec. */
void exit_mm_release(struct task_struct *tsk, struct mm_struct *mm);
void exec_mm_release(struct task_struct *tsk, struct mm_struct *mm);
void __mmdrop(struct mm_struct *mm);
void mmput(struct mm_struct *mm);

/** mmgrab - one reference more to the struct, not to what is mapped: see mmget(). Context: any */
static inline void mmgrab(struct mm_struct *mm)
{
	atomic_inc(&mm->mm_count);
}

/**
 * mmdrop - undo mmgrab(); the last one frees the struct
 * @mm: the address space
 *
 * Context: any but NMI.
 */
static inline void mmdrop(struct mm_struct *mm)
{
	/*
	 * Fully ordered: what a CPU did with the address space comes before the free, and
	 * membarrier() rests on the switch away from it being a barrier.
	 */
	if (unlikely(atomic_dec_and_test(&mm->mm_count)))
		__mmdrop(mm);
}

/** mmdrop_sched - mmdrop() from the scheduler */
static inline void mmdrop_sched(struct mm_struct *mm)
{
	mmdrop(mm);
}

/** mmgrab_lazy_tlb - mmgrab() for a kernel thread that borrows the address space */
static inline void mmgrab_lazy_tlb(struct mm_struct *mm)
{
	mmgrab(mm);
}

/** mmdrop_lazy_tlb - undo mmgrab_lazy_tlb() */
static inline void mmdrop_lazy_tlb(struct mm_struct *mm)
{
	mmdrop(mm);
}

/** mmdrop_lazy_tlb_sched - mmdrop_lazy_tlb() from the scheduler */
static inline void mmdrop_lazy_tlb_sched(struct mm_struct *mm)
{
	mmdrop_sched(mm);
}

/**
 * mmget - one user more, for mmput(): what is mapped stays
 * @mm: the caller is, or has, a user already; else see mmget_not_zero()
 *
 * Context: any.
 */
static inline void mmget(struct mm_struct *mm)
{
	atomic_inc(&mm->mm_users);
}

/** mmget_not_zero - mmget() of an address space that may be going. Return: false if it is */
static inline bool mmget_not_zero(struct mm_struct *mm)
{
	return atomic_inc_not_zero(&mm->mm_users);
}

/** current_gfp_context - the flags less what the task's PF_MEMALLOC_* forbid */
static inline gfp_t current_gfp_context(gfp_t flags)
{
	unsigned int pflags = READ_ONCE(current->flags);

	if (unlikely(pflags & (PF_MEMALLOC_NOIO | PF_MEMALLOC_NOFS))) {
		if (pflags & PF_MEMALLOC_NOIO)
			flags &= ~(__GFP_IO | __GFP_FS);
		else
			flags &= ~__GFP_FS;
	}
	return flags;
}

/**
 * memalloc_flags_save - set PF_* of current
 *
 * Return: which weren't set, for memalloc_flags_restore().
 */
static inline unsigned int memalloc_flags_save(unsigned int flags)
{
	unsigned int oldflags = ~current->flags & flags;

	current->flags |= flags;
	return oldflags;
}

/** memalloc_flags_restore - clear what memalloc_flags_save() set; the pairs nest */
static inline void memalloc_flags_restore(unsigned int flags)
{
	current->flags &= ~flags;
}

/**
 * memalloc_noio_save - allocations of current start no I/O from here on
 *
 * Return: for memalloc_noio_restore().
 */
static inline unsigned int memalloc_noio_save(void)
{
	return memalloc_flags_save(PF_MEMALLOC_NOIO);
}

/** memalloc_noio_restore - end memalloc_noio_save() */
static inline void memalloc_noio_restore(unsigned int flags)
{
	memalloc_flags_restore(flags);
}

/**
 * memalloc_nofs_save - allocations of current call no file system from here on
 *
 * Return: for memalloc_nofs_restore().
 */
static inline unsigned int memalloc_nofs_save(void)
{
	return memalloc_flags_save(PF_MEMALLOC_NOFS);
}

/** memalloc_nofs_restore - end memalloc_nofs_save() */
static inline void memalloc_nofs_restore(unsigned int flags)
{
	memalloc_flags_restore(flags);
}

/**
 * memalloc_noreclaim_save - allocations of current take from the reserve, as it frees more
 *
 * Return: for its restore.
 */
static inline unsigned int memalloc_noreclaim_save(void)
{
	return memalloc_flags_save(PF_MEMALLOC);
}

/** memalloc_noreclaim_restore - end memalloc_noreclaim_save() */
static inline void memalloc_noreclaim_restore(unsigned int flags)
{
	memalloc_flags_restore(flags);
}

/** might_alloc - an allocation may happen here: complain at once if it might sleep and mustn't */
static inline void might_alloc(gfp_t gfp_mask)
{
	might_sleep_if(gfp_mask & __GFP_DIRECT_RECLAIM);
}

#endif /* _LINUX_SCHED_MM_H */
