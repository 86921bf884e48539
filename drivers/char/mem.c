// SPDX-License-Identifier: MIT
/*
 * The devices of major 1 that hold nothing, or nothing but zeroes:
 *
 *	null	reads end at once, writes vanish
 *	zero	reads give zeroes without end; mapped it is memory of one's own
 *	full	reads as zero, writes find no room
 *
 * random, urandom (random_dev.c) and kmsg (kernel/printk/devkmsg.c) are of the same major.
 */

#include <linux/cdev.h>
#include <linux/device.h>
#include <linux/errno.h>
#include <linux/fs.h>
#include <linux/init.h>
#include <linux/kernel.h>
#include <linux/major.h>
#include <linux/mm.h>
#include <linux/random.h>
#include <linux/sched/signal.h>
#include <linux/shmem_fs.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/uaccess.h>
#include <linux/uio.h>

#include "mem.h"

static ssize_t read_null(struct file *file, char __user *buf, size_t count, loff_t *ppos)
{
	return 0;
}

static ssize_t write_null(struct file *file, const char __user *buf, size_t count, loff_t *ppos)
{
	return count;
}

static ssize_t read_iter_null(struct kiocb *iocb, struct iov_iter *to)
{
	return 0;
}

static ssize_t write_iter_null(struct kiocb *iocb, struct iov_iter *from)
{
	size_t count = iov_iter_count(from);

	iov_iter_advance(from, count);
	return count;
}

/* A page at a time, so that a signal gets through. */
static ssize_t read_zero(struct file *file, char __user *buf, size_t count, loff_t *ppos)
{
	size_t written = 0;

	while (written < count) {
		size_t chunk = min_t(size_t, count - written, PAGE_SIZE);
		size_t left = clear_user(buf + written, chunk);

		written += chunk - left;
		if (unlikely(left))
			return written ? written : -EFAULT;
		if (signal_pending(current))
			break;
		cond_resched();
	}
	return written;
}

/* The same for vectors and splices. */
static ssize_t read_iter_zero(struct kiocb *iocb, struct iov_iter *to)
{
	size_t written = 0;

	while (iov_iter_count(to)) {
		size_t chunk = min_t(size_t, iov_iter_count(to), PAGE_SIZE);
		size_t n = iov_iter_zero(chunk, to);

		written += n;
		if (n != chunk)
			return written ? written : -EFAULT;
		if (signal_pending(current))
			return written;
		if (!need_resched())
			continue;
		if (iocb->ki_flags & IOCB_NOWAIT)
			return written;
		cond_resched();
	}
	return written;
}

/* Private: anonymous memory. Shared: an object in memory that the mappers share. */
static int mmap_zero(struct file *file, struct vm_area_struct *vma)
{
	if (vma->vm_flags & VM_SHARED)
		return shmem_zero_setup(vma);
	vma->vm_ops = NULL;
	return 0;
}

static ssize_t write_full(struct file *file, const char __user *buf, size_t count, loff_t *ppos)
{
	return -ENOSPC;
}

/* There is no place in them: any seek goes to the beginning. */
static loff_t null_lseek(struct file *file, loff_t offset, int whence)
{
	return file->f_pos = 0;
}

static const struct file_operations null_fops = {
	.llseek		= null_lseek,
	.read		= read_null,
	.write		= write_null,
	.read_iter	= read_iter_null,
	.write_iter	= write_iter_null,
};

static const struct file_operations zero_fops = {
	.llseek		= null_lseek,
	.read		= read_zero,
	.read_iter	= read_iter_zero,
	.write		= write_null,
	.write_iter	= write_iter_null,
	.mmap		= mmap_zero,
};

static const struct file_operations full_fops = {
	.llseek		= null_lseek,
	.read		= read_zero,
	.read_iter	= read_iter_zero,
	.write		= write_full,
};

static const struct memdev {
	const char *name;
	const struct file_operations *fops;
	fmode_t fmode;
	umode_t mode;
} devlist[] = {
	[3]	= { "null",	&null_fops,	FMODE_NOWAIT,	0666 },
	[5]	= { "zero",	&zero_fops,	FMODE_NOWAIT,	0666 },
	[7]	= { "full",	&full_fops,	0,		0666 },
	[8]	= { "random",	&random_fops,	FMODE_NOWAIT,	0666 },
	[9]	= { "urandom",	&urandom_fops,	FMODE_NOWAIT,	0666 },
	[11]	= { "kmsg",	&kmsg_fops,	0,		0644 },
};

/* The minor tells which of them it is to be. */
static int memory_open(struct inode *inode, struct file *filp)
{
	unsigned int minor = iminor(inode);
	const struct memdev *dev;

	if (minor >= ARRAY_SIZE(devlist) || !devlist[minor].fops)
		return -ENXIO;
	dev = &devlist[minor];
	filp->f_op = dev->fops;
	filp->f_mode |= dev->fmode;
	return dev->fops->open ? dev->fops->open(inode, filp) : 0;
}

static const struct file_operations memory_fops = {
	.open	= memory_open,
	.llseek	= noop_llseek,
};

static char *mem_devnode(const struct device *dev, umode_t *mode)
{
	*mode = devlist[MINOR(dev->devt)].mode;
	return NULL;
}

static const struct class mem_class = {
	.name		= "mem",
	.devnode	= mem_devnode,
};

static int __init chr_dev_init(void)
{
	unsigned int minor;
	int ret;

	if (register_chrdev(MEM_MAJOR, "mem", &memory_fops))
		pr_err("mem: can't get major %d\n", MEM_MAJOR);
	ret = class_register(&mem_class);
	if (ret)
		return ret;
	for (minor = 0; minor < ARRAY_SIZE(devlist); minor++) {
		if (devlist[minor].name)
			device_create(&mem_class, NULL, MKDEV(MEM_MAJOR, minor), NULL, "%s",
				      devlist[minor].name);
	}
	return 0;
}
fs_initcall(chr_dev_init);
