// SPDX-License-Identifier: MIT
/*
 * madvise(2): what a program knows of its future.
 *
 * Three kinds of advice. Some change flags of the VMA (how to read ahead, what fork() and core
 * dumps do); some act on the pages at once (DONTNEED drops them, POPULATE brings them); the rest
 * is about things that are not here (huge pages by hand, merging), and is accepted where Linux
 * without the option refuses it with -EINVAL.
 */

#include <linux/capability.h>
#include <linux/err.h>
#include <linux/fadvise.h>
#include <linux/falloc.h>
#include <linux/file.h>
#include <linux/fs.h>
#include <linux/mman.h>
#include <linux/mm.h>
#include <linux/mmap_lock.h>
#include <linux/pid.h>
#include <linux/ptrace.h>
#include <linux/sched/mm.h>
#include <linux/sched/signal.h>
#include <linux/sched/task.h>
#include <linux/slab.h>
#include <linux/syscalls.h>
#include <linux/uaccess.h>
#include <linux/uio.h>

#include "vma.h"

/* ---- flags ---- */

/* The flags that the advice asks for; -EINVAL if this VMA can't have it. */
static int advised_flags(const struct vm_area_struct *vma, int behavior, vm_flags_t *flags)
{
	switch (behavior) {
	case MADV_NORMAL:
		*flags &= ~(VM_RAND_READ | VM_SEQ_READ);
		return 0;
	case MADV_SEQUENTIAL:
		*flags = (*flags & ~VM_RAND_READ) | VM_SEQ_READ;
		return 0;
	case MADV_RANDOM:
		*flags = (*flags & ~VM_SEQ_READ) | VM_RAND_READ;
		return 0;
	case MADV_DONTFORK:
		*flags |= VM_DONTCOPY;
		return 0;
	case MADV_DOFORK:
		if (vma->vm_flags & VM_IO)
			return -EINVAL;
		*flags &= ~VM_DONTCOPY;
		return 0;
	case MADV_WIPEONFORK:
		if (vma->vm_file || (vma->vm_flags & VM_SHARED))
			return -EINVAL;
		*flags |= VM_WIPEONFORK;
		return 0;
	case MADV_KEEPONFORK:
		*flags &= ~VM_WIPEONFORK;
		return 0;
	case MADV_DONTDUMP:
		*flags |= VM_DONTDUMP;
		return 0;
	case MADV_DODUMP:
		if (vma->vm_flags & VM_SPECIAL)
			return -EINVAL;
		*flags &= ~VM_DONTDUMP;
		return 0;
	default:
		return -EINVAL;
	}
}

/* ---- pages ---- */

static int advise_dontneed(struct vm_area_struct *vma, unsigned long start, unsigned long end,
			   int behavior)
{
	vm_flags_t forbidden = VM_PFNMAP;

	if (behavior != MADV_DONTNEED_LOCKED)
		forbidden |= VM_LOCKED;
	if (vma->vm_flags & forbidden)
		return -EINVAL;
	zap_page_range_single(vma, start, end - start);
	return 0;
}

/* The program may lose what it wrote; without swap the moment is now, as it may be. */
static int advise_free(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	if (!vma_is_anonymous(vma))
		return -EINVAL;
	return advise_dontneed(vma, start, end, MADV_DONTNEED_LOCKED);
}

/* A hole in the file. The lock can't be held while the file system works. */
static int advise_remove(struct vm_area_struct *vma, unsigned long start, unsigned long end,
			 bool *unlocked)
{
	struct mm_struct *mm = vma->vm_mm;
	struct file *file = vma->vm_file;
	loff_t offset;
	int err;

	if (vma->vm_flags & VM_LOCKED)
		return -EINVAL;
	if (!file || !file->f_mapping || !file->f_mapping->host)
		return -EINVAL;
	if ((vma->vm_flags & (VM_SHARED | VM_WRITE)) != (VM_SHARED | VM_WRITE))
		return -EACCES;
	offset = (loff_t)linear_page_index(vma, start) << PAGE_SHIFT;
	get_file(file);
	mmap_read_unlock(mm);
	*unlocked = true;
	err = vfs_fallocate(file, FALLOC_FL_PUNCH_HOLE | FALLOC_FL_KEEP_SIZE, offset, end - start);
	fput(file);
	mmap_read_lock(mm);
	return err;
}

static int advise_willneed(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	struct file *file = vma->vm_file;

	if (!file)
		return 0;
	return vfs_fadvise(file, (loff_t)linear_page_index(vma, start) << PAGE_SHIFT, end - start,
			   POSIX_FADV_WILLNEED);
}

/* Advice that has no effect without swap, but is checked. */
static int advise_cold(struct vm_area_struct *vma)
{
	return vma->vm_flags & (VM_LOCKED | VM_PFNMAP) ? -EINVAL : 0;
}

/* ---- the call ---- */

static bool changes_flags(int behavior)
{
	switch (behavior) {
	case MADV_NORMAL:
	case MADV_SEQUENTIAL:
	case MADV_RANDOM:
	case MADV_DONTFORK:
	case MADV_DOFORK:
	case MADV_WIPEONFORK:
	case MADV_KEEPONFORK:
	case MADV_DONTDUMP:
	case MADV_DODUMP:
		return true;
	default:
		return false;
	}
}

static bool known(int behavior)
{
	switch (behavior) {
	case MADV_WILLNEED:
	case MADV_DONTNEED:
	case MADV_DONTNEED_LOCKED:
	case MADV_FREE:
	case MADV_REMOVE:
	case MADV_COLD:
	case MADV_PAGEOUT:
	case MADV_POPULATE_READ:
	case MADV_POPULATE_WRITE:
		return true;
	default:
		return changes_flags(behavior);
	}
}

static int advise_vma(struct vm_area_struct **pvma, unsigned long start, unsigned long end,
		      int behavior, bool *unlocked)
{
	struct vm_area_struct *vma = *pvma;
	vm_flags_t flags = vma->vm_flags;
	int err;

	switch (behavior) {
	case MADV_WILLNEED:
		return advise_willneed(vma, start, end);
	case MADV_DONTNEED:
	case MADV_DONTNEED_LOCKED:
		return advise_dontneed(vma, start, end, behavior);
	case MADV_FREE:
		return advise_free(vma, start, end);
	case MADV_REMOVE:
		return advise_remove(vma, start, end, unlocked);
	case MADV_COLD:
	case MADV_PAGEOUT:
		return advise_cold(vma);
	}
	err = advised_flags(vma, behavior, &flags);
	if (err)
		return err;
	vma = vma_change_flags(vma, start, end, flags);
	if (IS_ERR(vma))
		return PTR_ERR(vma) == -ENOMEM ? -EAGAIN : PTR_ERR(vma);
	*pvma = vma;
	return 0;
}

/* Holes are skipped, and make the result -ENOMEM. */
static int advise_range(struct mm_struct *mm, unsigned long start, unsigned long end, int behavior)
{
	struct vm_area_struct *vma;
	bool unlocked;
	int hole = 0, err;

	while (start < end) {
		unsigned long upto;

		vma = find_vma(mm, start);
		if (!vma)
			return -ENOMEM;
		if (start < vma->vm_start) {
			hole = -ENOMEM;
			start = vma->vm_start;
			if (start >= end)
				break;
		}
		upto = min(end, vma->vm_end);
		err = advise_vma(&vma, start, upto, behavior, &unlocked);
		if (err)
			return err;
		start = upto;
	}
	return hole;
}

/**
 * do_madvise - madvise(2) on an address space
 * @mm: whose
 * @start: page aligned
 * @len_in: bytes
 * @behavior: MADV_*
 *
 * Context: may sleep.
 * Return: 0; -EINVAL, -ENOMEM, -EAGAIN, -EACCES, -EBADF, -EFAULT, -EIO, -EPERM, -EINTR as
 * madvise(2) says.
 */
int do_madvise(struct mm_struct *mm, unsigned long start, size_t len_in, int behavior)
{
	size_t len = PAGE_ALIGN(len_in);
	unsigned long end = start + len;
	int err;

	start = untagged_addr(start);
	end = start + len;
	if (!known(behavior))
		return -EINVAL;
	if (offset_in_page(start) || (len_in && !len) || end < start)
		return -EINVAL;
	if (end == start)
		return 0;
	if (behavior == MADV_POPULATE_READ || behavior == MADV_POPULATE_WRITE)
		return faultin_range(mm, start, end, behavior == MADV_POPULATE_WRITE);
	if (changes_flags(behavior)) {
		if (mmap_write_lock_killable(mm))
			return -EINTR;
		err = advise_range(mm, start, end, behavior);
		mmap_write_unlock(mm);
	} else {
		mmap_read_lock(mm);
		err = advise_range(mm, start, end, behavior);
		mmap_read_unlock(mm);
	}
	return err;
}

SYSCALL_DEFINE3(madvise, unsigned long, start, size_t, len_in, int, behavior)
{
	return do_madvise(current->mm, start, len_in, behavior);
}

/* Hints that may be given for another process: they change nothing that it could see. */
static bool process_madvise_known(int behavior)
{
	return behavior == MADV_COLD || behavior == MADV_PAGEOUT || behavior == MADV_WILLNEED ||
	       behavior == MADV_COLLAPSE;
}

/* Return: bytes advised, or why there were none. */
static ssize_t advise_ranges(struct mm_struct *mm, struct iov_iter *iter, int behavior)
{
	size_t total = iov_iter_count(iter);
	int err = 0;

	while (iov_iter_count(iter)) {
		size_t len = iter_iov_len(iter);

		err = do_madvise(mm, (unsigned long)iter_iov_addr(iter), len, behavior);
		if (err < 0)
			break;
		iov_iter_advance(iter, len);
	}
	total -= iov_iter_count(iter);
	return total ? (ssize_t)total : err;
}

static ssize_t madvise_task(struct task_struct *task, struct iov_iter *iter, int behavior)
{
	struct mm_struct *mm = mm_access(task, PTRACE_MODE_READ_FSCREDS);
	ssize_t ret = -EPERM;

	if (IS_ERR_OR_NULL(mm))
		return mm ? PTR_ERR(mm) : -ESRCH;
	/* To look is not enough: it may get slower. */
	if (mm == current->mm || capable(CAP_SYS_NICE))
		ret = advise_ranges(mm, iter, behavior);
	mmput(mm);
	return ret;
}

/* process_madvise(2) */
SYSCALL_DEFINE5(process_madvise, int, pidfd, const struct iovec __user *, vec, size_t, vlen,
		int, behavior, unsigned int, flags)
{
	struct iovec iovstack[UIO_FASTIOV], *iov = iovstack;
	struct task_struct *task;
	struct iov_iter iter;
	unsigned int f_flags;
	ssize_t ret;

	if (flags)
		return -EINVAL;
	ret = import_iovec(ITER_DEST, vec, vlen, ARRAY_SIZE(iovstack), &iov, &iter);
	if (ret < 0)
		return ret;
	task = pidfd_get_task(pidfd, &f_flags);
	if (IS_ERR(task)) {
		ret = PTR_ERR(task);
	} else {
		ret = process_madvise_known(behavior) ? madvise_task(task, &iter, behavior) :
			-EINVAL;
		put_task_struct(task);
	}
	kfree(iov);
	return ret;
}
