// SPDX-License-Identifier: MIT
/*
 * Reading and writing the memory of another process, by its addresses: what ptrace, /proc/PID/mem
 * and /proc/PID/cmdline do. A page at a time: taken hold of as the other process would have faulted
 * it in, copied through the direct map, put back.
 */

#include <linux/errno.h>
#include <linux/export.h>
#include <linux/highmem.h>
#include <linux/mm.h>
#include <linux/minmax.h>
#include <linux/mmap_lock.h>
#include <linux/pagemap.h>
#include <linux/sched/mm.h>
#include <linux/string.h>
#include <asm/cacheflush.h>

/* The VMA of an address, after growing a stack to it. NULL without the lock. */
static struct vm_area_struct *vma_or_stack(struct mm_struct *mm, unsigned long addr)
{
	struct vm_area_struct *vma = find_vma(mm, addr);

	if (vma && vma->vm_start <= addr)
		return vma;
	if (vma && (vma->vm_flags & VM_GROWSDOWN))
		return expand_stack(mm, addr);
	mmap_read_unlock(mm);
	return NULL;
}

/* Inside of one page. mmap_lock is held. */
static int copy_page_part(struct vm_area_struct *vma, struct page *page, unsigned long addr,
			  void *buf, int bytes, bool write)
{
	void *at = page_address(page) + offset_in_page(addr);

	if (!write) {
		memcpy(buf, at, bytes);
		return bytes;
	}
	memcpy(at, buf, bytes);
	/* A breakpoint, perhaps. */
	if (vma->vm_flags & VM_EXEC)
		flush_icache_user_range((unsigned long)at, (unsigned long)at + bytes);
	set_page_dirty(page);
	return bytes;
}

/* Memory without pages is its owner's to access. */
static int access_special(struct vm_area_struct *vma, unsigned long addr, void *buf, int bytes,
			  bool write)
{
	if (!vma->vm_ops || !vma->vm_ops->access)
		return 0;
	return vma->vm_ops->access(vma, addr, buf, bytes, write);
}

/**
 * access_remote_vm() - read or write memory of an address space
 * @mm: it; the caller holds mm_users
 * @addr: where
 * @buf: to or from
 * @len: bytes
 * @gup_flags: FOLL_WRITE: @buf is written to it; FOLL_FORCE: past its protection
 *
 * Context: may sleep; mmap_lock is not held.
 * Return: bytes up to the first address that can't be accessed.
 */
int access_remote_vm(struct mm_struct *mm, unsigned long addr, void *buf, int len,
		     unsigned int gup_flags)
{
	bool write = gup_flags & FOLL_WRITE;
	int done = 0, bytes;

	addr = untagged_addr(addr);
	if (mmap_read_lock_killable(mm))
		return 0;
	while (done < len) {
		struct vm_area_struct *vma = vma_or_stack(mm, addr);
		struct page *page;

		if (!vma)
			return done;
		bytes = min_t(int, len - done, PAGE_SIZE - offset_in_page(addr));
		if (get_user_pages_remote(mm, addr, 1, gup_flags, &page, NULL) == 1) {
			bytes = copy_page_part(vma, page, addr, buf, bytes, write);
			put_page(page);
		} else {
			bytes = access_special(vma, addr, buf, bytes, write);
		}
		if (bytes <= 0)
			break;
		done += bytes;
		buf += bytes;
		addr += bytes;
	}
	mmap_read_unlock(mm);
	return done;
}
EXPORT_SYMBOL_GPL(access_remote_vm);

/**
 * access_process_vm() - access_remote_vm() by task
 * @tsk: the task, referenced
 * @addr: where
 * @buf: to or from
 * @len: bytes
 * @gup_flags: FOLL_WRITE, FOLL_FORCE
 *
 * Context: may sleep; the task's mmap_lock is not held.
 * Return: bytes up to the first address that can't be accessed; 0 also if it has no memory.
 */
int access_process_vm(struct task_struct *tsk, unsigned long addr, void *buf, int len,
		      unsigned int gup_flags)
{
	struct mm_struct *mm = get_task_mm(tsk);
	int done;

	if (!mm)
		return 0;
	done = access_remote_vm(mm, addr, buf, len, gup_flags);
	mmput(mm);
	return done;
}
EXPORT_SYMBOL_GPL(access_process_vm);

/**
 * get_cmdline() - the arguments of a task's program, each with its NUL
 * @task: the task, referenced
 * @buffer: where to; the text may fill it without a NUL at its end
 * @buflen: its size
 *
 * A program may have written a longer text over the arguments and the environment behind them, as
 * setproctitle(3) does: the last NUL is missing then, and the text goes on to the next one.
 *
 * Context: may sleep.
 * Return: characters; 0 if it has no user memory.
 */
int get_cmdline(struct task_struct *task, char *buffer, int buflen)
{
	struct mm_struct *mm = get_task_mm(task);
	unsigned long start, args, end;
	int len;

	if (!mm)
		return 0;
	spin_lock(&mm->arg_lock);
	start = mm->arg_start;
	args = mm->arg_end - start;
	end = mm->env_end - start;
	spin_unlock(&mm->arg_lock);

	len = access_remote_vm(mm, start, buffer, min_t(unsigned long, buflen, args), FOLL_FORCE);
	if (len > 0 && (unsigned long)len == args && buffer[len - 1]) {
		if (end > args)
			len += access_remote_vm(mm, start + len, buffer + len,
						min_t(unsigned long, buflen - len, end - args),
						FOLL_FORCE);
		len = strnlen(buffer, len);
	}
	mmput(mm);
	return len;
}
