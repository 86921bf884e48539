// SPDX-License-Identifier: MIT
/*
 * Inodes of /proc, and the functions of files that stand for an entry: each counts itself and calls
 * the entry's own.
 */

#include <linux/errno.h>
#include <linux/fs.h>
#include <linux/init.h>
#include <linux/mm.h>
#include <linux/pagemap.h>
#include <linux/poll.h>
#include <linux/slab.h>

#include "internal.h"

static struct kmem_cache *proc_inode_cachep __ro_after_init;

static struct inode *proc_alloc_inode(struct super_block *sb)
{
	struct proc_inode *ei = kmem_cache_alloc(proc_inode_cachep, GFP_KERNEL);

	if (!ei)
		return NULL;
	ei->pid = NULL;
	ei->fd = 0;
	ei->entry = NULL;
	ei->pde = NULL;
	INIT_HLIST_NODE(&ei->flush_node);
	return &ei->vfs_inode;
}

static void proc_free_inode(struct inode *inode)
{
	kmem_cache_free(proc_inode_cachep, PROC_I(inode));
}

static void proc_evict_inode(struct inode *inode)
{
	struct proc_inode *ei = PROC_I(inode);
	struct proc_dir_entry *de = ei->pde;

	truncate_inode_pages_final(&inode->i_data);
	clear_inode(inode);
	proc_pid_forget_inode(inode);
	put_pid(ei->pid);
	ei->pid = NULL;
	/* A walk under RCU reads it (proc_misc_d_revalidate()). */
	WRITE_ONCE(ei->pde, NULL);
	if (de && de != &proc_root)
		pde_put(de);
}

const struct super_operations proc_sops = {
	.alloc_inode	= proc_alloc_inode,
	.free_inode	= proc_free_inode,
	.drop_inode	= generic_delete_inode,
	.evict_inode	= proc_evict_inode,
	.statfs		= simple_statfs,
};

static void init_once(void *foo)
{
	inode_init_once(&((struct proc_inode *)foo)->vfs_inode);
}

void __init proc_init_kmemcache(void)
{
	proc_inode_cachep = kmem_cache_create("proc_inode_cache", sizeof(struct proc_inode), 0,
					      SLAB_RECLAIM_ACCOUNT | SLAB_ACCOUNT | SLAB_PANIC,
					      init_once);
}

/* ---- files of entries ---- */

#define CALL_PDE(file, type, error, call)				\
({									\
	struct proc_dir_entry *__de = PDE(file_inode(file));		\
	type __ret = (error);						\
									\
	if (pde_use(__de)) {						\
		__ret = (call);						\
		pde_unuse(__de);					\
	}								\
	__ret;								\
})

static loff_t proc_reg_llseek(struct file *file, loff_t offset, int whence)
{
	const struct proc_ops *ops = PDE(file_inode(file))->ops;

	return CALL_PDE(file, loff_t, -EINVAL,
			ops->proc_lseek ? ops->proc_lseek(file, offset, whence) : -ESPIPE);
}

static ssize_t proc_reg_read(struct file *file, char __user *buf, size_t count, loff_t *ppos)
{
	const struct proc_ops *ops = PDE(file_inode(file))->ops;

	return CALL_PDE(file, ssize_t, -EIO,
			ops->proc_read ? ops->proc_read(file, buf, count, ppos) : -EIO);
}

static ssize_t proc_reg_read_iter(struct kiocb *iocb, struct iov_iter *to)
{
	const struct proc_ops *ops = PDE(file_inode(iocb->ki_filp))->ops;

	return CALL_PDE(iocb->ki_filp, ssize_t, -EIO, ops->proc_read_iter(iocb, to));
}

static ssize_t proc_reg_write(struct file *file, const char __user *buf, size_t count,
			      loff_t *ppos)
{
	const struct proc_ops *ops = PDE(file_inode(file))->ops;

	return CALL_PDE(file, ssize_t, -EIO,
			ops->proc_write ? ops->proc_write(file, buf, count, ppos) : -EIO);
}

static __poll_t proc_reg_poll(struct file *file, struct poll_table_struct *pts)
{
	const struct proc_ops *ops = PDE(file_inode(file))->ops;

	return CALL_PDE(file, __poll_t, DEFAULT_POLLMASK,
			ops->proc_poll ? ops->proc_poll(file, pts) : DEFAULT_POLLMASK);
}

static long proc_reg_ioctl(struct file *file, unsigned int cmd, unsigned long arg)
{
	const struct proc_ops *ops = PDE(file_inode(file))->ops;

	return CALL_PDE(file, long, -ENOTTY,
			ops->proc_ioctl ? ops->proc_ioctl(file, cmd, arg) : -ENOTTY);
}

static int proc_reg_open(struct inode *inode, struct file *file)
{
	const struct proc_ops *ops = PDE(inode)->ops;

	return CALL_PDE(file, int, -ENOENT, ops->proc_open ? ops->proc_open(inode, file) : 0);
}

/*
 * Also when the entry is gone: what open() made has to be freed. The owner's functions are there.
 */
static int proc_reg_release(struct inode *inode, struct file *file)
{
	const struct proc_ops *ops = PDE(inode)->ops;

	return CALL_PDE(file, int, 0, ops->proc_release ? ops->proc_release(inode, file) : 0);
}

static const struct file_operations proc_reg_file_ops = {
	.llseek		= proc_reg_llseek,
	.read		= proc_reg_read,
	.write		= proc_reg_write,
	.poll		= proc_reg_poll,
	.unlocked_ioctl	= proc_reg_ioctl,
	.open		= proc_reg_open,
	.release	= proc_reg_release,
};

/* Of an entry with ->proc_read_iter(). */
static const struct file_operations proc_iter_file_ops = {
	.llseek		= proc_reg_llseek,
	.read_iter	= proc_reg_read_iter,
	.write		= proc_reg_write,
	.poll		= proc_reg_poll,
	.unlocked_ioctl	= proc_reg_ioctl,
	.open		= proc_reg_open,
	.release	= proc_reg_release,
};

/* Sequences, and what one function prints. */

static int proc_seq_open(struct inode *inode, struct file *file)
{
	struct proc_dir_entry *de = PDE(inode);

	if (de->show)
		return single_open(file, de->show, de->data);
	if (de->state_size)
		return seq_open_private(file, de->seq_ops, de->state_size);
	return seq_open(file, de->seq_ops);
}

static int proc_seq_release(struct inode *inode, struct file *file)
{
	struct proc_dir_entry *de = PDE(inode);

	if (de->show)
		return single_release(inode, file);
	if (de->state_size)
		return seq_release_private(inode, file);
	return seq_release(inode, file);
}

static ssize_t proc_seq_read(struct kiocb *iocb, struct iov_iter *to)
{
	return CALL_PDE(iocb->ki_filp, ssize_t, -EIO, seq_read_iter(iocb, to));
}

static const struct file_operations proc_seq_fops = {
	.open		= proc_seq_open,
	.read_iter	= proc_seq_read,
	.llseek		= seq_lseek,
	.release	= proc_seq_release,
};

static const char *proc_get_link(struct dentry *dentry, struct inode *inode,
				 struct delayed_call *done)
{
	return PDE(inode)->link;	/* as long as the inode */
}

static const struct inode_operations proc_link_inode_operations = {
	.get_link	= proc_get_link,
};

static const struct inode_operations proc_file_inode_operations = {
	.setattr	= proc_notify_change,
};

/**
 * proc_get_inode - the inode of an entry
 * @sb: /proc
 * @de: with a reference that the inode takes over, or drops
 *
 * Return: the inode, NULL without memory.
 */
struct inode *proc_get_inode(struct super_block *sb, struct proc_dir_entry *de)
{
	struct inode *inode = new_inode(sb);

	if (!inode) {
		if (de != &proc_root)
			pde_put(de);
		return NULL;
	}
	inode->i_ino = de->ino;
	simple_inode_init_ts(inode);
	PROC_I(inode)->pde = de;
	inode->i_mode = de->mode;
	inode->i_uid = de->uid;
	inode->i_gid = de->gid;
	inode->i_size = de->size;
	set_nlink(inode, de->nlink);
	if (S_ISDIR(de->mode)) {
		inode->i_op = &proc_dir_inode_operations;
		inode->i_fop = &proc_dir_operations;
	} else if (S_ISLNK(de->mode)) {
		inode->i_op = &proc_link_inode_operations;
	} else {
		inode->i_op = &proc_file_inode_operations;
		if (!de->ops)
			inode->i_fop = &proc_seq_fops;
		else if (de->ops->proc_read_iter)
			inode->i_fop = &proc_iter_file_ops;
		else
			inode->i_fop = &proc_reg_file_ops;
	}
	if (de->iop)
		inode->i_op = de->iop;
	return inode;
}
