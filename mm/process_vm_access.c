// SPDX-License-Identifier: MIT
/*
 * process_vm_readv(2) and process_vm_writev(2): from memory to memory of two processes.
 *
 * Of the other process pages are taken hold of, a few at a time; its mmap_lock is dropped again
 * before they are copied, as the copy may fault, and the "other" process may be the caller itself.
 * A page that is held stays what it was, even if the process lets go of it meanwhile.
 *
 *	remote iovec:	|----a----|---b---|	one after the other, until a page can't be had
 *	local iovec:	|--x--|------y------|	an iov_iter, which keeps its own place
 */

#include <linux/errno.h>
#include <linux/mm.h>
#include <linux/mmap_lock.h>
#include <linux/pagemap.h>
#include <linux/ptrace.h>
#include <linux/sched.h>
#include <linux/sched/mm.h>
#include <linux/sched/task.h>
#include <linux/slab.h>
#include <linux/syscalls.h>
#include <linux/uio.h>

#define PAGES_AT_ONCE	16

/* Between @iter and @nr pages, @offset bytes into the first. Return: bytes. */
static size_t copy_pages(struct page **pages, long nr, size_t offset, size_t len,
			 struct iov_iter *iter, bool write)
{
	size_t done = 0;
	long i;

	for (i = 0; i < nr && iov_iter_count(iter); i++, offset = 0) {
		size_t want = min_t(size_t, PAGE_SIZE - offset, len - done), got;

		want = min(want, iov_iter_count(iter));
		got = write ? copy_page_from_iter(pages[i], offset, want, iter) :
			      copy_page_to_iter(pages[i], offset, want, iter);
		done += got;
		if (got < want)
			break;
	}
	return done;
}

static void put_pages(struct page **pages, long nr, bool dirty)
{
	while (nr--) {
		if (dirty)
			set_page_dirty(pages[nr]);
		put_page(pages[nr]);
	}
}

/*
 * One range of the other process. Return: bytes; fewer than asked and than @iter takes: -EFAULT
 * next.
 */
static ssize_t copy_range(struct mm_struct *mm, unsigned long addr, size_t len,
			  struct iov_iter *iter, bool write)
{
	struct page *pages[PAGES_AT_ONCE];
	size_t done = 0;

	while (done < len && iov_iter_count(iter)) {
		size_t offset = offset_in_page(addr), chunk, got;
		long nr;

		chunk = min_t(size_t, len - done, PAGES_AT_ONCE * PAGE_SIZE - offset);
		if (mmap_read_lock_killable(mm))
			return done ? (ssize_t)done : -EINTR;
		nr = get_user_pages_remote(mm, addr, DIV_ROUND_UP(offset + chunk, PAGE_SIZE),
					   write ? FOLL_WRITE : 0, pages, NULL);
		mmap_read_unlock(mm);
		if (nr <= 0)
			return done ? (ssize_t)done : -EFAULT;
		chunk = min_t(size_t, chunk, nr * PAGE_SIZE - offset);
		chunk = min(chunk, iov_iter_count(iter));
		got = copy_pages(pages, nr, offset, chunk, iter, write);
		put_pages(pages, nr, write);
		done += got;
		addr += got;
		if (got < chunk)
			return done ? (ssize_t)done : -EFAULT;
	}
	return done;
}

/* All ranges, until one ends early. Return: bytes, or why there was not even one. */
static ssize_t copy_ranges(struct mm_struct *mm, const struct iovec *rvec, unsigned long riovcnt,
			   struct iov_iter *iter, bool write)
{
	ssize_t ret = 0, done = 0;
	unsigned long i;

	for (i = 0; i < riovcnt && iov_iter_count(iter); i++) {
		size_t want = min(rvec[i].iov_len, iov_iter_count(iter));

		if (!want)
			continue;
		ret = copy_range(mm, (unsigned long)rvec[i].iov_base, want, iter, write);
		if (ret < 0)
			break;
		done += ret;
		if ((size_t)ret < want)
			break;
	}
	return done ? done : ret;
}

static ssize_t copy_with_task(pid_t pid, const struct iovec *rvec, unsigned long riovcnt,
			      struct iov_iter *iter, bool write)
{
	struct task_struct *task = find_get_task_by_vpid(pid);
	struct mm_struct *mm;
	ssize_t ret;

	if (!task)
		return -ESRCH;
	mm = mm_access(task, PTRACE_MODE_ATTACH_REALCREDS);
	if (IS_ERR_OR_NULL(mm)) {
		ret = mm ? PTR_ERR(mm) : -ESRCH;
		/* The call's own word for it. */
		if (ret == -EACCES)
			ret = -EPERM;
	} else {
		ret = copy_ranges(mm, rvec, riovcnt, iter, write);
		mmput(mm);
	}
	put_task_struct(task);
	return ret;
}

static ssize_t process_vm_rw(pid_t pid, const struct iovec __user *lvec, unsigned long liovcnt,
			     const struct iovec __user *rvec, unsigned long riovcnt,
			     unsigned long flags, bool write)
{
	struct iovec lstack[UIO_FASTIOV], rstack[UIO_FASTIOV], *liov = lstack, *riov;
	struct iov_iter iter;
	ssize_t ret;

	if (flags)
		return -EINVAL;
	ret = import_iovec(write ? ITER_SOURCE : ITER_DEST, lvec, liovcnt, UIO_FASTIOV, &liov,
			   &iter);
	if (ret < 0)
		return ret;
	if (!iov_iter_count(&iter))
		goto out_local;
	riov = iovec_from_user(rvec, riovcnt, UIO_FASTIOV, rstack, false);
	if (IS_ERR(riov)) {
		ret = PTR_ERR(riov);
		goto out_local;
	}
	ret = copy_with_task(pid, riov, riovcnt, &iter, write);
	if (riov != rstack)
		kfree(riov);
out_local:
	kfree(liov);
	return ret;
}

/* process_vm_readv(2) */
SYSCALL_DEFINE6(process_vm_readv, pid_t, pid, const struct iovec __user *, lvec,
		unsigned long, liovcnt, const struct iovec __user *, rvec, unsigned long, riovcnt,
		unsigned long, flags)
{
	return process_vm_rw(pid, lvec, liovcnt, rvec, riovcnt, flags, false);
}

/* process_vm_writev(2) */
SYSCALL_DEFINE6(process_vm_writev, pid_t, pid, const struct iovec __user *, lvec,
		unsigned long, liovcnt, const struct iovec __user *, rvec, unsigned long, riovcnt,
		unsigned long, flags)
{
	return process_vm_rw(pid, lvec, liovcnt, rvec, riovcnt, flags, true);
}
