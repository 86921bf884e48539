// SPDX-License-Identifier: MIT
/*
 * Page by page: pagemap tells where each page of an address space is, clear_refs starts the count
 * of what is referenced afresh. walk_pages() is the one loop over page tables; smaps uses it too.
 */

#include <linux/bits.h>
#include <linux/capability.h>
#include <linux/cred.h>
#include <linux/errno.h>
#include <linux/fs.h>
#include <linux/kstrtox.h>
#include <linux/mm.h>
#include <linux/mmap_lock.h>
#include <linux/pgtable.h>
#include <linux/ptrace.h>
#include <linux/sched/mm.h>
#include <linux/sched/task.h>
#include <linux/slab.h>
#include <linux/spinlock.h>
#include <linux/uaccess.h>
#include <linux/user_namespace.h>

#include <asm/tlbflush.h>

#include "internal.h"

/**
 * walk_pages - call @fn for each entry of a range that has a table
 * @vma: mmap_lock held
 * @start: page-aligned, in @vma
 * @end: likewise
 * @fn: gets the entry's address and a pointer to it, present or not; the page-table lock is held
 * @arg: for @fn
 *
 * The lock is let go between tables, so that a large address space keeps nobody out for long.
 */
void walk_pages(struct vm_area_struct *vma, unsigned long start, unsigned long end,
		void (*fn)(struct vm_area_struct *vma, unsigned long addr, pte_t *pte, void *arg),
		void *arg)
{
	struct mm_struct *mm = vma->vm_mm;
	unsigned long addr = start, next;

	for (; addr < end; addr = next) {
		pte_t *pte = walk_user_pte(mm, addr);

		next = pmd_addr_end(addr, end);
		if (!pte)
			continue;
		spin_lock(&mm->page_table_lock);
		for (; addr < next; addr += PAGE_SIZE, pte++)
			fn(vma, addr, pte, arg);
		spin_unlock(&mm->page_table_lock);
		cond_resched();
	}
}

/* ---- pagemap ---- */

#define PM_PFN_MASK		GENMASK_ULL(54, 0)
#define PM_MMAP_EXCLUSIVE	BIT_ULL(56)
#define PM_FILE			BIT_ULL(61)
#define PM_PRESENT		BIT_ULL(63)

#define PAGEMAP_BATCH		64	/* entries a round */

/* One round: @buf has the entries from the page @start on. */
struct pagemap_read {
	u64 *buf;
	unsigned long start;
	bool show_pfn;
};

static void pagemap_entry(struct vm_area_struct *vma, unsigned long addr, pte_t *ptep, void *arg)
{
	struct pagemap_read *pm = arg;
	pte_t pte = ptep_get(ptep);
	struct page *page;
	u64 entry;

	if (!pte_present(pte))
		return;
	entry = PM_PRESENT;
	if (pm->show_pfn)
		entry |= pte_pfn(pte) & PM_PFN_MASK;
	page = vm_normal_page(vma, addr, pte);
	if (page && !PageAnon(page))
		entry |= PM_FILE;
	if (page && folio_mapcount(page_folio(page)) == 1)
		entry |= PM_MMAP_EXCLUSIVE;
	pm->buf[(addr - pm->start) >> PAGE_SHIFT] = entry;
}

/* Pages that no mapping has are zero, as the buffer is. */
static int fill_pagemap(struct mm_struct *mm, struct pagemap_read *pm, unsigned long end)
{
	struct vm_area_struct *vma;
	unsigned long addr = pm->start;

	if (mmap_read_lock_killable(mm))
		return -EINTR;
	for (vma = find_vma(mm, addr); vma && vma->vm_start < end; vma = find_vma(mm, addr)) {
		unsigned long last = min(vma->vm_end, end);

		walk_pages(vma, max(addr, vma->vm_start), last, pagemap_entry, pm);
		addr = last;
		if (addr >= end)
			break;
	}
	mmap_read_unlock(mm);
	return 0;
}

static ssize_t copy_pagemap(struct mm_struct *mm, struct pagemap_read *pm, char __user *buf,
			    size_t count, loff_t *ppos)
{
	unsigned long last = mm->task_size >> PAGE_SHIFT, page = *ppos / sizeof(u64);
	ssize_t copied = 0;
	int err = 0;

	while (copied < (ssize_t)count && page < last) {
		unsigned long n = min3((count - copied) / sizeof(u64), last - page,
				       (unsigned long)PAGEMAP_BATCH);

		memset(pm->buf, 0, n * sizeof(u64));
		pm->start = page << PAGE_SHIFT;
		err = fill_pagemap(mm, pm, (page + n) << PAGE_SHIFT);
		if (!err && copy_to_user(buf + copied, pm->buf, n * sizeof(u64)))
			err = -EFAULT;
		if (err)
			break;
		copied += n * sizeof(u64);
		page += n;
	}
	*ppos += copied;
	return copied ? copied : err;
}

static ssize_t pagemap_read(struct file *file, char __user *buf, size_t count, loff_t *ppos)
{
	struct mm_struct *mm = file->private_data;
	struct pagemap_read pm;
	ssize_t ret;

	if (!mm || !mmget_not_zero(mm))
		return 0;
	ret = -EINVAL;
	if (*ppos % sizeof(u64) || count % sizeof(u64))
		goto out;
	ret = 0;
	if (!count)
		goto out;
	ret = -ENOMEM;
	pm.buf = kmalloc_array(PAGEMAP_BATCH, sizeof(u64), GFP_KERNEL);
	if (!pm.buf)
		goto out;
	/* Where in the machine's memory a page is, attackers like to know. */
	pm.show_pfn = file_ns_capable(file, &init_user_ns, CAP_SYS_ADMIN);
	ret = copy_pagemap(mm, &pm, buf, count, ppos);
	kfree(pm.buf);
out:
	mmput(mm);
	return ret;
}

static loff_t pagemap_lseek(struct file *file, loff_t offset, int whence)
{
	if (whence == SEEK_CUR)
		offset += file->f_pos;
	else if (whence != SEEK_SET)
		return -EINVAL;
	file->f_pos = offset;
	return offset;
}

static int pagemap_open(struct inode *inode, struct file *file)
{
	return proc_mm_open_mode(inode, file, PTRACE_MODE_READ_FSCREDS);
}

const struct file_operations proc_pagemap_operations = {
	.open		= pagemap_open,
	.read		= pagemap_read,
	.llseek		= pagemap_lseek,
	.release	= proc_mm_release,
};

/* ---- clear_refs ---- */

enum {
	CLEAR_REFS_ALL = 1,
	CLEAR_REFS_ANON,
	CLEAR_REFS_MAPPED,
	CLEAR_REFS_SOFT_DIRTY,		/* is not kept: nothing to clear */
	CLEAR_REFS_MM_HIWATER_RSS,
	CLEAR_REFS_LAST,
};

static void clear_young(struct vm_area_struct *vma, unsigned long addr, pte_t *pte, void *arg)
{
	if (pte_present(ptep_get(pte)))
		ptep_test_and_clear_young(vma, addr, pte);
}

static int clear_refs(struct mm_struct *mm, int type)
{
	VMA_ITERATOR(vmi, mm, 0);
	struct vm_area_struct *vma;

	if (mmap_read_lock_killable(mm))
		return -EINTR;
	for_each_vma(vmi, vma) {
		if ((vma->vm_flags & VM_PFNMAP) || (type == CLEAR_REFS_ANON && vma->vm_file) ||
		    (type == CLEAR_REFS_MAPPED && !vma->vm_file))
			continue;
		walk_pages(vma, vma->vm_start, vma->vm_end, clear_young, NULL);
		flush_tlb_range(vma, vma->vm_start, vma->vm_end);
	}
	mmap_read_unlock(mm);
	return 0;
}

static ssize_t clear_refs_write(struct file *file, const char __user *buf, size_t count,
				loff_t *ppos)
{
	struct task_struct *task;
	char text[16] = {};
	struct mm_struct *mm;
	int type, err;

	if (copy_from_user(text, buf, min(count, sizeof(text) - 1)))
		return -EFAULT;
	err = kstrtoint(strstrip(text), 10, &type);
	if (err)
		return err;
	if (type < CLEAR_REFS_ALL || type >= CLEAR_REFS_LAST)
		return -EINVAL;
	task = get_proc_task(file_inode(file));
	if (!task)
		return -ESRCH;
	mm = get_task_mm(task);
	put_task_struct(task);
	if (!mm)
		return count;
	if (type == CLEAR_REFS_MM_HIWATER_RSS) {
		/* VmHWM starts again from what is there now. */
		WRITE_ONCE(mm->hiwater_rss, get_mm_rss(mm));
	} else if (type != CLEAR_REFS_SOFT_DIRTY) {
		err = clear_refs(mm, type);
	}
	mmput(mm);
	return err ? err : count;
}

const struct file_operations proc_clear_refs_operations = {
	.write	= clear_refs_write,
	.llseek	= noop_llseek,
};
