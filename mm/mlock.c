// SPDX-License-Identifier: MIT
/*
 * mlock(2) and its kin: memory that stays.
 *
 * Nothing here is ever swapped, so a locked page differs from another in two ways only: it is
 * brought at once, and it is counted against RLIMIT_MEMLOCK. Reclaim of the page cache leaves
 * mapped pages alone.
 */

#include <linux/capability.h>
#include <linux/err.h>
#include <linux/mman.h>
#include <linux/mm.h>
#include <linux/mmap_lock.h>
#include <linux/sched/signal.h>
#include <linux/syscalls.h>
#include <linux/uaccess.h>

#include "vma.h"

/**
 * can_do_mlock - may current lock any memory at all?
 *
 * Return: true with a limit above zero, or CAP_IPC_LOCK. mlock(2).
 */
bool can_do_mlock(void)
{
	return rlimit(RLIMIT_MEMLOCK) != 0 || capable(CAP_IPC_LOCK);
}

/* Give every VMA of the range the flags, VM_LOCKED_MASK being what changes. */
static int lock_range(struct mm_struct *mm, unsigned long start, unsigned long end,
		      vm_flags_t locked)
{
	struct vm_area_struct *vma = find_vma(mm, start);

	while (start < end) {
		unsigned long upto;
		vm_flags_t old, new;

		if (!vma || vma->vm_start > start)
			return -ENOMEM;
		upto = min(end, vma->vm_end);
		old = vma->vm_flags;
		new = (old & ~VM_LOCKED_MASK) | locked;
		if (new != old && !(old & VM_SPECIAL)) {
			vma = vma_change_flags(vma, start, upto, new);
			if (IS_ERR(vma))
				return PTR_ERR(vma);
			if ((old ^ new) & VM_LOCKED)
				mm->locked_vm += (new & VM_LOCKED ? 1 : -1) *
						 ((upto - start) >> PAGE_SHIFT);
		}
		start = upto;
		if (vma->vm_end <= upto)
			vma = vma->vm_next;
	}
	return 0;
}

/* Pages of the range that are locked already. */
static unsigned long locked_in(struct mm_struct *mm, unsigned long start, unsigned long end)
{
	unsigned long pages = 0;
	struct vm_area_struct *vma;

	for (vma = find_vma(mm, start); vma && vma->vm_start < end; vma = vma->vm_next)
		if (vma->vm_flags & VM_LOCKED)
			pages += (min(end, vma->vm_end) - max(start, vma->vm_start)) >> PAGE_SHIFT;
	return pages;
}

/* What mm_populate_range() says, in mlock(2)'s words. */
static int mlock_error(int err)
{
	if (err == -EFAULT)
		return -ENOMEM;
	return err == -ENOMEM ? -EAGAIN : err;
}

/* Populating skips what has no rights at all; mlock(2) promised it, so it has to say no. */
static bool has_inaccessible(struct mm_struct *mm, unsigned long start, unsigned long end)
{
	struct vm_area_struct *vma;
	bool found = false;

	mmap_read_lock(mm);
	for (vma = find_vma(mm, start); vma && vma->vm_start < end && !found; vma = vma->vm_next)
		found = !vma_is_accessible(vma) && !(vma->vm_flags & VM_SPECIAL);
	mmap_read_unlock(mm);
	return found;
}

static int do_mlock(unsigned long start, size_t len, vm_flags_t flags)
{
	struct mm_struct *mm = current->mm;
	unsigned long limit, locked;
	int err = -ENOMEM;

	start = untagged_addr(start);
	if (!can_do_mlock())
		return -EPERM;
	len = PAGE_ALIGN(len + offset_in_page(start));
	start &= PAGE_MASK;
	if (start + len < start)
		return -EINVAL;
	if (!len)
		return 0;
	limit = rlimit(RLIMIT_MEMLOCK) >> PAGE_SHIFT;
	if (mmap_write_lock_killable(mm))
		return -EINTR;
	locked = mm->locked_vm + (len >> PAGE_SHIFT);
	if (locked > limit && !capable(CAP_IPC_LOCK))
		locked -= locked_in(mm, start, start + len);
	if (locked <= limit || capable(CAP_IPC_LOCK))
		err = lock_range(mm, start, start + len, flags);
	mmap_write_unlock(mm);
	if (err || (flags & VM_LOCKONFAULT))
		return err;
	err = mlock_error(mm_populate_range(mm, start, len));
	if (!err && has_inaccessible(mm, start, start + len))
		err = -ENOMEM;
	return err;
}

SYSCALL_DEFINE2(mlock, unsigned long, start, size_t, len)
{
	return do_mlock(start, len, VM_LOCKED);
}

SYSCALL_DEFINE3(mlock2, unsigned long, start, size_t, len, int, flags)
{
	if (flags & ~MLOCK_ONFAULT)
		return -EINVAL;
	return do_mlock(start, len, flags & MLOCK_ONFAULT ? VM_LOCKED_MASK : VM_LOCKED);
}

SYSCALL_DEFINE2(munlock, unsigned long, start, size_t, len)
{
	struct mm_struct *mm = current->mm;
	int err;

	start = untagged_addr(start);
	len = PAGE_ALIGN(len + offset_in_page(start));
	start &= PAGE_MASK;
	if (start + len < start)
		return -EINVAL;
	if (mmap_write_lock_killable(mm))
		return -EINTR;
	err = lock_range(mm, start, start + len, 0);
	mmap_write_unlock(mm);
	return err;
}

/* Every VMA that there is, each whole: none has to be cut, so it can't fail. */
static void lock_all(struct mm_struct *mm, vm_flags_t locked)
{
	struct vm_area_struct *vma;
	unsigned long addr = 0;

	while ((vma = find_vma(mm, addr)) != NULL) {
		/* Joining may free it. */
		addr = vma->vm_end;
		lock_range(mm, vma->vm_start, addr, locked);
	}
}

SYSCALL_DEFINE1(mlockall, int, flags)
{
	struct mm_struct *mm = current->mm;
	vm_flags_t locked = flags & MCL_ONFAULT ? VM_LOCKED_MASK : VM_LOCKED;
	int err = -ENOMEM;

	if (!flags || (flags & ~(MCL_CURRENT | MCL_FUTURE | MCL_ONFAULT)) || flags == MCL_ONFAULT)
		return -EINVAL;
	if (!can_do_mlock())
		return -EPERM;
	if (mmap_write_lock_killable(mm))
		return -EINTR;
	if (!(flags & MCL_CURRENT) || capable(CAP_IPC_LOCK) ||
	    mm->total_vm <= rlimit(RLIMIT_MEMLOCK) >> PAGE_SHIFT) {
		mm->def_flags = (mm->def_flags & ~VM_LOCKED_MASK) |
				(flags & MCL_FUTURE ? locked : 0);
		if (flags & MCL_CURRENT)
			lock_all(mm, locked);
		err = 0;
	}
	mmap_write_unlock(mm);
	if (!err && (flags & MCL_CURRENT) && !(flags & MCL_ONFAULT))
		mm_populate(0, mm->task_size);
	return err;
}

SYSCALL_DEFINE0(munlockall)
{
	struct mm_struct *mm = current->mm;

	if (mmap_write_lock_killable(mm))
		return -EINTR;
	mm->def_flags &= ~VM_LOCKED_MASK;
	lock_all(mm, 0);
	mmap_write_unlock(mm);
	return 0;
}
