// SPDX-License-Identifier: MIT
/*
 * Files of kernfs: read(2), write(2), poll(2). Each call takes an active reference to its node
 * first, and answers -ENODEV when the node was removed.
 *
 * Polling tells of events, not of data: a file can always be read. kernfs_notify() counts one; who
 * has not read the file since gets EPOLLERR | EPOLLPRI.
 */

#include <linux/errno.h>
#include <linux/export.h>
#include <linux/fs.h>
#include <linux/mm.h>
#include <linux/poll.h>
#include <linux/seq_file.h>
#include <linux/slab.h>
#include <linux/uaccess.h>

#include "kernfs-internal.h"

static struct kernfs_open_file *of_of(struct file *file)
{
	return ((struct seq_file *)file->private_data)->private;
}

/* ---- open ---- */

static int kernfs_seq_show(struct seq_file *sf, void *v)
{
	struct kernfs_open_file *of = sf->private;

	of->event = atomic_read(&of->kn->event);
	return of->kn->ops->seq_show(sf, v);
}

/* What the node has no function for can't be opened for, whatever the rights. */
static int check_access(struct file *file, struct inode *inode)
{
	const struct kernfs_ops *ops = kn_of(inode)->ops;

	if ((file->f_mode & FMODE_WRITE) && !((inode->i_mode & S_IWUGO) && ops->write))
		return -EACCES;
	if ((file->f_mode & FMODE_READ) &&
	    !((inode->i_mode & S_IRUGO) && (ops->seq_show || ops->read)))
		return -EACCES;
	return 0;
}

static int kernfs_fop_open(struct inode *inode, struct file *file)
{
	struct kernfs_node *kn = kn_of(inode);
	struct kernfs_open_file *of;
	int error = -ENODEV;

	if (!kernfs_get_active(kn))
		return error;
	error = check_access(file, inode);
	if (error)
		goto out;
	error = -ENOMEM;
	of = kzalloc(sizeof(*of), GFP_KERNEL);
	if (!of)
		goto out;
	of->kn = kn;	/* the inode's reference keeps it, and the file keeps the inode */
	of->file = file;
	of->event = atomic_read(&kn->event);
	mutex_init(&of->mutex);
	error = single_open(file, kernfs_seq_show, of);
	if (error)
		kfree(of);
	else
		of->seq_file = file->private_data;
out:
	kernfs_put_active(kn);
	return error;
}

static int kernfs_fop_release(struct inode *inode, struct file *file)
{
	struct kernfs_open_file *of = of_of(file);
	int ret = single_release(inode, file);

	kfree(of);
	return ret;
}

/* ---- read ---- */

/* A page at a time, through a buffer of the kernel's. */
static ssize_t read_raw(struct kernfs_open_file *of, struct kiocb *iocb, struct iov_iter *to)
{
	size_t len = min_t(size_t, iov_iter_count(to), PAGE_SIZE);
	char *buf = kmalloc(len, GFP_KERNEL);
	ssize_t ret;

	if (!buf)
		return -ENOMEM;
	mutex_lock(&of->mutex);
	ret = of->kn->ops->read(of, buf, len, iocb->ki_pos);
	mutex_unlock(&of->mutex);
	if (ret > 0 && copy_to_iter(buf, ret, to) != ret)
		ret = -EFAULT;
	if (ret > 0)
		iocb->ki_pos += ret;
	kfree(buf);
	return ret;
}

static ssize_t kernfs_fop_read_iter(struct kiocb *iocb, struct iov_iter *to)
{
	struct kernfs_open_file *of = of_of(iocb->ki_filp);
	ssize_t ret;

	if (!kernfs_get_active(of->kn))
		return -ENODEV;
	ret = of->kn->ops->seq_show ? seq_read_iter(iocb, to) : read_raw(of, iocb, to);
	kernfs_put_active(of->kn);
	return ret;
}

/* ---- write ---- */

static ssize_t kernfs_fop_write(struct file *file, const char __user *user, size_t count,
				loff_t *ppos)
{
	struct kernfs_open_file *of = of_of(file);
	size_t whole = of->kn->ops->atomic_write_len, len;
	ssize_t ret = -ENOMEM;
	char *buf;

	if (whole && count > whole)
		return -E2BIG;
	len = whole ? count : min_t(size_t, count, PAGE_SIZE);
	buf = kmalloc(len + 1, GFP_KERNEL);
	if (!buf)
		return ret;
	ret = -EFAULT;
	if (copy_from_user(buf, user, len))
		goto out;
	buf[len] = '\0';
	mutex_lock(&of->mutex);
	ret = -ENODEV;
	if (kernfs_get_active(of->kn)) {
		ret = of->kn->ops->write ? of->kn->ops->write(of, buf, len, *ppos) : -EINVAL;
		kernfs_put_active(of->kn);
	}
	mutex_unlock(&of->mutex);
	if (ret > 0)
		*ppos += ret;
out:
	kfree(buf);
	return ret;
}

/* ---- poll ---- */

static __poll_t kernfs_fop_poll(struct file *file, poll_table *wait)
{
	struct kernfs_open_file *of = of_of(file);
	__poll_t mask = DEFAULT_POLLMASK;

	if (!kernfs_get_active(of->kn))
		return mask | EPOLLERR | EPOLLPRI;
	poll_wait(file, &of->kn->root->poll_wait, wait);
	if (of->event != atomic_read(&of->kn->event))
		mask |= EPOLLERR | EPOLLPRI;
	kernfs_put_active(of->kn);
	return mask;
}

/**
 * kernfs_notify - something happened to a node: its pollers wake
 * @kn: the node, or NULL
 *
 * Context: any but NMI.
 */
void kernfs_notify(struct kernfs_node *kn)
{
	if (!kn)
		return;
	atomic_inc(&kn->event);
	wake_up_interruptible(&kn->root->poll_wait);
}
EXPORT_SYMBOL_GPL(kernfs_notify);

static loff_t kernfs_fop_llseek(struct file *file, loff_t offset, int whence)
{
	if (of_of(file)->kn->ops->seq_show)
		return seq_lseek(file, offset, whence);
	return generic_file_llseek(file, offset, whence);
}

const struct file_operations kernfs_file_fops = {
	.open		= kernfs_fop_open,
	.read_iter	= kernfs_fop_read_iter,
	.write		= kernfs_fop_write,
	.llseek		= kernfs_fop_llseek,
	.poll		= kernfs_fop_poll,
	.release	= kernfs_fop_release,
};
