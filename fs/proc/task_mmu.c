// SPDX-License-Identifier: MIT
/*
 * /proc/PID/maps: a line for each mapping; smaps: and what is in memory of it; smaps_rollup: the
 * sum of all. A read holds mmap_lock for as long as its buffer fills and
 * goes on, next time, with the mapping that ends above the last one's end: the position is an
 * address.
 */

#include <linux/errno.h>
#include <linux/fs.h>
#include <linux/kdev_t.h>
#include <linux/mm.h>
#include <linux/mmap_lock.h>
#include <linux/pgtable.h>
#include <linux/ptrace.h>
#include <linux/sched/mm.h>
#include <linux/sched/task.h>
#include <linux/seq_file.h>
#include <linux/slab.h>

#include "internal.h"

/* One open file. mm is kept by mmgrab(); its mappings only while a read is under way. */
struct maps_private {
	struct mm_struct *mm;
};

static void *m_start(struct seq_file *m, loff_t *ppos)
{
	struct maps_private *priv = m->private;
	struct mm_struct *mm = priv->mm;
	struct vm_area_struct *vma;

	if (*ppos < 0 || !mm || !mmget_not_zero(mm))
		return NULL;
	if (mmap_read_lock_killable(mm)) {
		mmput(mm);
		return ERR_PTR(-EINTR);
	}
	vma = find_vma(mm, *ppos);
	if (vma)
		return vma;
	mmap_read_unlock(mm);
	mmput(mm);
	return NULL;
}

static void *m_next(struct seq_file *m, void *v, loff_t *ppos)
{
	struct maps_private *priv = m->private;
	struct vm_area_struct *vma = v;

	*ppos = vma->vm_end;
	vma = find_vma(priv->mm, vma->vm_end);
	if (!vma) {
		/* The end; stop() finds nothing to give back. */
		mmap_read_unlock(priv->mm);
		mmput(priv->mm);
		*ppos = -1;
	}
	return vma;
}

static void m_stop(struct seq_file *m, void *v)
{
	struct maps_private *priv = m->private;

	if (IS_ERR_OR_NULL(v))
		return;
	mmap_read_unlock(priv->mm);
	mmput(priv->mm);
}

/* What a mapping without a file is called. */
static const char *anon_name(struct vm_area_struct *vma)
{
	struct mm_struct *mm = vma->vm_mm;
	const char *name = NULL;

	if (vma->vm_ops && vma->vm_ops->name)
		name = vma->vm_ops->name(vma);
	if (name)
		return name;
	if (vma->vm_start < mm->brk && vma->vm_end > mm->start_brk)
		return "[heap]";
	if (vma->vm_start <= mm->start_stack && vma->vm_end >= mm->start_stack)
		return "[stack]";
	return NULL;
}

static int show_map(struct seq_file *m, void *v)
{
	struct vm_area_struct *vma = v;
	struct file *file = vma->vm_file;
	vm_flags_t flags = vma->vm_flags;
	unsigned long ino = 0;
	loff_t pgoff = 0;
	const char *name;
	dev_t dev = 0;

	if (file) {
		struct inode *inode = file_inode(file);

		dev = inode->i_sb->s_dev;
		ino = inode->i_ino;
		pgoff = (loff_t)vma->vm_pgoff << PAGE_SHIFT;
	}
	seq_setwidth(m, 25 + sizeof(void *) * 6 - 1);
	seq_put_hex_ll(m, NULL, vma->vm_start, 8);
	seq_put_hex_ll(m, "-", vma->vm_end, 8);
	seq_putc(m, ' ');
	seq_putc(m, flags & VM_READ ? 'r' : '-');
	seq_putc(m, flags & VM_WRITE ? 'w' : '-');
	seq_putc(m, flags & VM_EXEC ? 'x' : '-');
	seq_putc(m, flags & VM_MAYSHARE ? 's' : 'p');
	seq_put_hex_ll(m, " ", pgoff, 8);
	seq_put_hex_ll(m, " ", MAJOR(dev), 2);
	seq_put_hex_ll(m, ":", MINOR(dev), 2);
	seq_put_decimal_ull(m, " ", ino);
	seq_putc(m, ' ');
	if (file) {
		seq_pad(m, ' ');
		seq_file_path(m, file, "\n");
	} else {
		name = anon_name(vma);
		if (name) {
			seq_pad(m, ' ');
			seq_puts(m, name);
		}
	}
	seq_putc(m, '\n');
	return 0;
}

static const struct seq_operations proc_pid_maps_op = {
	.start	= m_start,
	.next	= m_next,
	.stop	= m_stop,
	.show	= show_map,
};

static int maps_open(struct inode *inode, struct file *file, const struct seq_operations *ops)
{
	struct maps_private *priv;
	struct task_struct *task;
	struct mm_struct *mm;

	task = get_proc_task(inode);
	if (!task)
		return -ESRCH;
	mm = mm_access(task, PTRACE_MODE_READ_FSCREDS);
	put_task_struct(task);
	if (IS_ERR(mm))
		return PTR_ERR(mm);
	priv = __seq_open_private(file, ops, sizeof(*priv));
	if (!priv) {
		if (mm)
			mmput(mm);
		return -ENOMEM;
	}
	if (mm) {
		mmgrab(mm);
		mmput(mm);
	}
	priv->mm = mm;
	return 0;
}

static int pid_maps_release(struct inode *inode, struct file *file)
{
	struct maps_private *priv = ((struct seq_file *)file->private_data)->private;

	if (priv->mm)
		mmdrop(priv->mm);
	return seq_release_private(inode, file);
}

/* ---- smaps ---- */

#define PSS_SHIFT	12	/* a shared page counts in parts: fixed point */

/* Bytes. */
struct mem_size_stats {
	unsigned long resident, referenced, anonymous;
	unsigned long shared_clean, shared_dirty, private_clean, private_dirty;
	u64 pss, pss_dirty, pss_anon, pss_file, pss_shmem, pss_locked;
};

static void smaps_entry(struct vm_area_struct *vma, unsigned long addr, pte_t *ptep, void *arg)
{
	struct mem_size_stats *mss = arg;
	pte_t pte = ptep_get(ptep);
	struct page *page = pte_present(pte) ? vm_normal_page(vma, addr, pte) : NULL;
	struct folio *folio;
	int mapcount;
	bool dirty;
	u64 pss;

	if (!page)
		return;		/* nothing, the zero page, a device's memory */
	folio = page_folio(page);
	mapcount = max(folio_mapcount(folio), 1);
	dirty = pte_dirty(pte) || folio_test_dirty(folio);
	mss->resident += PAGE_SIZE;
	if (pte_young(pte) || folio_test_referenced(folio))
		mss->referenced += PAGE_SIZE;
	if (mapcount > 1)
		*(dirty ? &mss->shared_dirty : &mss->shared_clean) += PAGE_SIZE;
	else
		*(dirty ? &mss->private_dirty : &mss->private_clean) += PAGE_SIZE;
	pss = ((u64)PAGE_SIZE << PSS_SHIFT) / mapcount;
	mss->pss += pss;
	if (dirty)
		mss->pss_dirty += pss;
	if (vma->vm_flags & VM_LOCKED)
		mss->pss_locked += pss;
	if (folio_test_anon(folio)) {
		mss->anonymous += PAGE_SIZE;
		mss->pss_anon += pss;
	} else if (folio_test_swapbacked(folio)) {
		mss->pss_shmem += pss;
	} else {
		mss->pss_file += pss;
	}
}

static void put_kb(struct seq_file *m, const char *name, u64 bytes)
{
	seq_printf(m, "%-15s %8llu kB\n", name, bytes >> 10);
}

/*
 * Figures that smaps and smaps_rollup have in common. Of huge pages, KSM and swap there are none.
 */
static void show_mss(struct seq_file *m, const struct mem_size_stats *mss, bool rollup)
{
	put_kb(m, "Rss:", mss->resident);
	put_kb(m, "Pss:", mss->pss >> PSS_SHIFT);
	put_kb(m, "Pss_Dirty:", mss->pss_dirty >> PSS_SHIFT);
	if (rollup) {
		put_kb(m, "Pss_Anon:", mss->pss_anon >> PSS_SHIFT);
		put_kb(m, "Pss_File:", mss->pss_file >> PSS_SHIFT);
		put_kb(m, "Pss_Shmem:", mss->pss_shmem >> PSS_SHIFT);
	}
	put_kb(m, "Shared_Clean:", mss->shared_clean);
	put_kb(m, "Shared_Dirty:", mss->shared_dirty);
	put_kb(m, "Private_Clean:", mss->private_clean);
	put_kb(m, "Private_Dirty:", mss->private_dirty);
	put_kb(m, "Referenced:", mss->referenced);
	put_kb(m, "Anonymous:", mss->anonymous);
	put_kb(m, "KSM:", 0);
	put_kb(m, "LazyFree:", 0);
	put_kb(m, "AnonHugePages:", 0);
	put_kb(m, "ShmemPmdMapped:", 0);
	put_kb(m, "FilePmdMapped:", 0);
	put_kb(m, "Shared_Hugetlb:", 0);
	seq_puts(m, "Private_Hugetlb:       0 kB\n");
	put_kb(m, "Swap:", 0);
	put_kb(m, "SwapPss:", 0);
	put_kb(m, "Locked:", mss->pss_locked >> PSS_SHIFT);
}

/* Two letters for each flag, in the order of their bits. */
static const struct {
	vm_flags_t flag;
	char name[3];
} vm_flag_names[] = {
	{ VM_READ, "rd" }, { VM_WRITE, "wr" }, { VM_EXEC, "ex" }, { VM_SHARED, "sh" },
	{ VM_MAYREAD, "mr" }, { VM_MAYWRITE, "mw" }, { VM_MAYEXEC, "me" }, { VM_MAYSHARE, "ms" },
	{ VM_GROWSDOWN, "gd" }, { VM_PFNMAP, "pf" }, { VM_LOCKED, "lo" }, { VM_IO, "io" },
	{ VM_SEQ_READ, "sr" }, { VM_RAND_READ, "rr" }, { VM_DONTCOPY, "dc" },
	{ VM_DONTEXPAND, "de" }, { VM_LOCKONFAULT, "lf" }, { VM_ACCOUNT, "ac" },
	{ VM_NORESERVE, "nr" }, { VM_SYNC, "sf" }, { VM_WIPEONFORK, "wf" },
	{ VM_DONTDUMP, "dd" }, { VM_SOFTDIRTY, "sd" }, { VM_MIXEDMAP, "mm" },
	{ VM_HUGEPAGE, "hg" }, { VM_NOHUGEPAGE, "nh" }, { VM_MERGEABLE, "mg" },
};

static void show_vm_flags(struct seq_file *m, vm_flags_t flags)
{
	unsigned int i;

	seq_puts(m, "VmFlags: ");
	for (i = 0; i < ARRAY_SIZE(vm_flag_names); i++) {
		if (flags & vm_flag_names[i].flag)
			seq_printf(m, "%s ", vm_flag_names[i].name);
	}
	seq_putc(m, '\n');
}

static void gather(struct vm_area_struct *vma, struct mem_size_stats *mss)
{
	walk_pages(vma, vma->vm_start, vma->vm_end, smaps_entry, mss);
}

static int show_smap(struct seq_file *m, void *v)
{
	struct vm_area_struct *vma = v;
	struct mem_size_stats mss = {};

	gather(vma, &mss);
	show_map(m, v);
	put_kb(m, "Size:", vma->vm_end - vma->vm_start);
	put_kb(m, "KernelPageSize:", PAGE_SIZE);
	put_kb(m, "MMUPageSize:", PAGE_SIZE);
	show_mss(m, &mss, false);
	seq_puts(m, "THPeligible:           0\n");
	show_vm_flags(m, vma->vm_flags);
	return 0;
}

static const struct seq_operations proc_pid_smaps_op = {
	.start	= m_start,
	.next	= m_next,
	.stop	= m_stop,
	.show	= show_smap,
};

static int pid_smaps_open(struct inode *inode, struct file *file)
{
	return maps_open(inode, file, &proc_pid_smaps_op);
}

const struct file_operations proc_pid_smaps_operations = {
	.open		= pid_smaps_open,
	.read_iter	= seq_read_iter,
	.llseek		= seq_lseek,
	.release	= pid_maps_release,
};

/* ---- smaps_rollup ---- */

static int rollup_show(struct seq_file *m, void *v)
{
	struct mm_struct *mm = m->private;
	struct mem_size_stats mss = {};
	unsigned long start = 0, end = 0;
	struct vm_area_struct *vma;

	if (!mm || !mmget_not_zero(mm))
		return -ESRCH;
	if (mmap_read_lock_killable(mm)) {
		mmput(mm);
		return -EINTR;
	}
	for (vma = find_vma(mm, 0); vma; vma = find_vma(mm, vma->vm_end)) {
		if (!end)
			start = vma->vm_start;
		end = vma->vm_end;
		gather(vma, &mss);
	}
	mmap_read_unlock(mm);
	mmput(mm);
	seq_setwidth(m, 25 + sizeof(void *) * 6 - 1);
	seq_printf(m, "%08lx-%08lx ---p 00000000 00:00 0 ", start, end);
	seq_pad(m, ' ');
	seq_puts(m, "[rollup]\n");
	show_mss(m, &mss, true);
	return 0;
}

static int rollup_open(struct inode *inode, struct file *file)
{
	int err = proc_mm_open_mode(inode, file, PTRACE_MODE_READ_FSCREDS);
	struct mm_struct *mm = file->private_data;

	if (err)
		return err;
	file->private_data = NULL;
	err = single_open(file, rollup_show, mm);
	if (err && mm)
		mmdrop(mm);
	return err;
}

static int rollup_release(struct inode *inode, struct file *file)
{
	struct mm_struct *mm = ((struct seq_file *)file->private_data)->private;

	if (mm)
		mmdrop(mm);
	return single_release(inode, file);
}

const struct file_operations proc_pid_smaps_rollup_operations = {
	.open		= rollup_open,
	.read_iter	= seq_read_iter,
	.llseek		= seq_lseek,
	.release	= rollup_release,
};

/* ---- maps ---- */

static int pid_maps_open(struct inode *inode, struct file *file)
{
	return maps_open(inode, file, &proc_pid_maps_op);
}

const struct file_operations proc_pid_maps_operations = {
	.open		= pid_maps_open,
	.read_iter	= seq_read_iter,
	.llseek		= seq_lseek,
	.release	= pid_maps_release,
};
