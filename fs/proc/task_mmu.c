// SPDX-License-Identifier: MIT
/*
 * /proc/PID/maps: a line for each mapping. A read holds mmap_lock for as long as its buffer fills and
 * goes on, next time, with the mapping that ends above the last one's end: the position is an address.
 */

#include <linux/errno.h>
#include <linux/fs.h>
#include <linux/kdev_t.h>
#include <linux/mm.h>
#include <linux/mmap_lock.h>
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

static int pid_maps_open(struct inode *inode, struct file *file)
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
	priv = __seq_open_private(file, &proc_pid_maps_op, sizeof(*priv));
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

const struct file_operations proc_pid_maps_operations = {
	.open		= pid_maps_open,
	.read_iter	= seq_read_iter,
	.llseek		= seq_lseek,
	.release	= pid_maps_release,
};
