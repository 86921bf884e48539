// SPDX-License-Identifier: MIT
/*
 * What is in a process's memory: cmdline, environ, auxv, mem. Who may read is asked when the file
 * is opened and stays with it: a file keeps the struct mm, not its pages. When the process has
 * gone, or has executed another program, the old memory is empty.
 */

#include <linux/auxvec.h>
#include <linux/errno.h>
#include <linux/fs.h>
#include <linux/kstrtox.h>
#include <linux/mm.h>
#include <linux/ptrace.h>
#include <linux/sched/coredump.h>
#include <linux/sched/mm.h>
#include <linux/sched/task.h>
#include <linux/sprintf.h>
#include <linux/string.h>
#include <linux/uaccess.h>

#include "internal.h"

/*
 * cmdline: the arguments, each with its zero. A program may write a longer text over them and over
 * the environment behind them (setproctitle(3)): then the last byte isn't zero, and the text goes
 * on to the first zero.
 */
static ssize_t mm_cmdline(struct mm_struct *mm, u8 *page, size_t size, loff_t pos)
{
	unsigned long start, end, env_end;
	u8 last = 0;
	ssize_t got;

	spin_lock(&mm->arg_lock);
	start = mm->arg_start;
	end = mm->arg_end;
	env_end = mm->env_end;
	spin_unlock(&mm->arg_lock);
	if (start >= end)
		return 0;
	if (access_remote_vm(mm, end - 1, &last, 1, FOLL_ANON) == 1 && last)
		end = max(end, env_end);
	else
		last = 0;
	if (pos >= end - start)
		return 0;
	got = access_remote_vm(mm, start + pos, page, min_t(size_t, size, end - start - pos),
			       FOLL_ANON);
	if (got > 0 && last) {
		u8 *nul = memchr(page, 0, got);

		if (nul)
			got = nul - page + (pos ? 0 : 1);
	}
	return got;
}

static ssize_t mm_environ(struct mm_struct *mm, u8 *page, size_t size, loff_t pos)
{
	unsigned long start, end;

	spin_lock(&mm->arg_lock);
	start = mm->env_start;
	end = mm->env_end;
	spin_unlock(&mm->arg_lock);
	if (start >= end || pos >= end - start)
		return 0;
	return access_remote_vm(mm, start + pos, page, min_t(size_t, size, end - start - pos),
				FOLL_ANON);
}

static ssize_t read_mm(struct mm_struct *mm, char __user *buf, size_t count, loff_t *pos,
		       ssize_t (*get)(struct mm_struct *mm, u8 *page, size_t size, loff_t pos))
{
	u8 *page = (u8 *)__get_free_page(GFP_KERNEL);
	ssize_t ret = 0;

	if (!page)
		return -ENOMEM;
	while (count) {
		ssize_t n = get(mm, page, min_t(size_t, count, PAGE_SIZE), *pos);

		if (n <= 0)
			break;
		if (copy_to_user(buf, page, n)) {
			ret = ret ? ret : -EFAULT;
			break;
		}
		buf += n;
		count -= n;
		*pos += n;
		ret += n;
	}
	free_page((unsigned long)page);
	return ret;
}

static ssize_t proc_pid_cmdline_read(struct file *file, char __user *buf, size_t count,
				     loff_t *pos)
{
	struct task_struct *task = get_proc_task(file_inode(file));
	struct mm_struct *mm;
	ssize_t ret;

	if (!task)
		return -ESRCH;
	mm = get_task_mm(task);
	put_task_struct(task);
	if (!mm)
		return 0;
	ret = read_mm(mm, buf, count, pos, mm_cmdline);
	mmput(mm);
	return ret;
}

const struct file_operations proc_pid_cmdline_ops = {
	.read	= proc_pid_cmdline_read,
	.llseek	= generic_file_llseek,
};

/* The right to see it is that of open(), and stays with the file; so does the memory's struct. */
int proc_mm_open_mode(struct inode *inode, struct file *file, unsigned int mode)
{
	struct task_struct *task = get_proc_task(inode);
	struct mm_struct *mm;

	if (!task)
		return -ESRCH;
	mm = mm_access(task, mode);
	put_task_struct(task);
	if (IS_ERR(mm))
		return PTR_ERR(mm);
	if (mm) {
		mmgrab(mm);	/* not its contents: they go with the process */
		mmput(mm);
	}
	file->private_data = mm;
	return 0;
}

static int proc_mm_open(struct inode *inode, struct file *file)
{
	return proc_mm_open_mode(inode, file, PTRACE_MODE_READ_FSCREDS);
}

/** proc_mm_release - ->release() of the files that hold on to an address space */
int proc_mm_release(struct inode *inode, struct file *file)
{
	if (file->private_data)
		mmdrop(file->private_data);
	return 0;
}

static ssize_t environ_read(struct file *file, char __user *buf, size_t count, loff_t *ppos)
{
	struct mm_struct *mm = file->private_data;
	ssize_t ret;

	if (!mm || !mmget_not_zero(mm))
		return 0;
	ret = read_mm(mm, buf, count, ppos, mm_environ);
	mmput(mm);
	return ret;
}

const struct file_operations proc_environ_operations = {
	.open		= proc_mm_open,
	.read		= environ_read,
	.llseek		= generic_file_llseek,
	.release	= proc_mm_release,
};

static ssize_t auxv_read(struct file *file, char __user *buf, size_t count, loff_t *ppos)
{
	struct mm_struct *mm = file->private_data;
	unsigned int n = 0;

	if (!mm)
		return 0;
	while (n + 2 <= AT_VECTOR_SIZE && mm->saved_auxv[n])
		n += 2;
	/* Up to and including AT_NULL. */
	n = min_t(unsigned int, n + 2, AT_VECTOR_SIZE);
	return simple_read_from_buffer(buf, count, ppos, mm->saved_auxv,
				       n * sizeof(mm->saved_auxv[0]));
}

const struct file_operations proc_auxv_operations = {
	.open		= proc_mm_open,
	.read		= auxv_read,
	.llseek		= generic_file_llseek,
	.release	= proc_mm_release,
};

/* ---- mem: all of it ---- */

static int mem_open(struct inode *inode, struct file *file)
{
	file->f_mode |= FMODE_UNSIGNED_OFFSET;	/* an offset is an address */
	return proc_mm_open_mode(inode, file, PTRACE_MODE_ATTACH_FSCREDS);
}

/* Past what isn't mapped nothing is moved; a debugger may write where the program may not. */
static ssize_t mem_rw(struct file *file, char __user *buf, size_t count, loff_t *ppos, bool write)
{
	unsigned int flags = FOLL_FORCE | (write ? FOLL_WRITE : 0);
	struct mm_struct *mm = file->private_data;
	unsigned long addr = *ppos;
	ssize_t copied = 0;
	char *page;

	if (!mm)
		return 0;
	page = (char *)__get_free_page(GFP_KERNEL);
	if (!page)
		return -ENOMEM;
	if (!mmget_not_zero(mm))
		goto free;
	while (count) {
		size_t n = min_t(size_t, count, PAGE_SIZE);

		if (write && copy_from_user(page, buf, n)) {
			copied = copied ? copied : -EFAULT;
			break;
		}
		n = access_remote_vm(mm, addr, page, n, flags);
		if (!n) {
			copied = copied ? copied : -EIO;
			break;
		}
		if (!write && copy_to_user(buf, page, n)) {
			copied = copied ? copied : -EFAULT;
			break;
		}
		buf += n;
		addr += n;
		copied += n;
		count -= n;
	}
	*ppos = addr;
	mmput(mm);
free:
	free_page((unsigned long)page);
	return copied;
}

static ssize_t mem_read(struct file *file, char __user *buf, size_t count, loff_t *ppos)
{
	return mem_rw(file, buf, count, ppos, false);
}

static ssize_t mem_write(struct file *file, const char __user *buf, size_t count, loff_t *ppos)
{
	return mem_rw(file, (char __user *)buf, count, ppos, true);
}

/* An address may be what a signed offset calls negative. */
static loff_t mem_lseek(struct file *file, loff_t offset, int whence)
{
	if (whence == SEEK_CUR)
		offset += file->f_pos;
	else if (whence != SEEK_SET)
		return -EINVAL;
	file->f_pos = offset;
	return offset;
}

const struct file_operations proc_mem_operations = {
	.open		= mem_open,
	.read		= mem_read,
	.write		= mem_write,
	.llseek		= mem_lseek,
	.release	= proc_mm_release,
};

/* ---- coredump_filter: which mappings a dump holds ---- */

static ssize_t coredump_filter_read(struct file *file, char __user *buf, size_t count,
				    loff_t *ppos)
{
	struct task_struct *task = get_proc_task(file_inode(file));
	struct mm_struct *mm;
	char text[16];
	int len = 0;

	if (!task)
		return -ESRCH;
	mm = get_task_mm(task);
	put_task_struct(task);
	if (mm) {
		len = snprintf(text, sizeof(text), "%08lx\n",
			       (mm->flags & MMF_DUMP_FILTER_MASK) >> MMF_DUMP_FILTER_SHIFT);
		mmput(mm);
	}
	return len ? simple_read_from_buffer(buf, count, ppos, text, len) : 0;
}

static ssize_t coredump_filter_write(struct file *file, const char __user *buf, size_t count,
				     loff_t *ppos)
{
	struct task_struct *task;
	struct mm_struct *mm;
	unsigned int value;
	int bit, err = kstrtouint_from_user(buf, count, 0, &value);

	if (err)
		return err;
	task = get_proc_task(file_inode(file));
	if (!task)
		return -ESRCH;
	mm = get_task_mm(task);
	put_task_struct(task);
	if (!mm)
		return count;
	for (bit = 0; bit < MMF_DUMP_FILTER_BITS; bit++) {
		if (value & BIT(bit))
			set_bit(bit + MMF_DUMP_FILTER_SHIFT, &mm->flags);
		else
			clear_bit(bit + MMF_DUMP_FILTER_SHIFT, &mm->flags);
	}
	mmput(mm);
	return count;
}

const struct file_operations proc_coredump_filter_operations = {
	.read	= coredump_filter_read,
	.write	= coredump_filter_write,
	.llseek	= generic_file_llseek,
};
