// SPDX-License-Identifier: MIT
/*
 * /proc/sys: tables of variables (<linux/sysctl.h>) as files.
 *
 * A table's rows are entries of /proc like any other: what looks names up, lists them and waits for
 * calls under way when they go (generic.c) is the same. What is special here:
 *
 *	rights		the mode alone decides, for root too: no capability helps to write what is
 *			0444. They are looked at again with every call, whoever opened the file.
 *	folders		come with the first table in them and go with the last
 *	data		the handler works on a copy in kernel memory; the user's is copied once
 *
 * Lock: sysctl_lock orders registering and unregistering, so that a folder that is empty isn't
 * filled while it goes. It is not taken by readers.
 */

#include <linux/sysctl.h>

#include <linux/cred.h>
#include <linux/errno.h>
#include <linux/export.h>
#include <linux/fs.h>
#include <linux/init.h>
#include <linux/mm.h>
#include <linux/mutex.h>
#include <linux/poll.h>
#include <linux/printk.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/uaccess.h>

#include "internal.h"

/**
 * struct ctl_table_header - a table that is registered
 * @dir: the folder it is in
 * @nr: of rows
 * @files: the entry of each row
 */
struct ctl_table_header {
	struct proc_dir_entry *dir;
	size_t nr;
	struct proc_dir_entry *files[];
};

static DEFINE_MUTEX(sysctl_lock);
static struct proc_dir_entry *sys_root;		/* made by the first table */

/* ---- rights ---- */

/* What of MAY_READ, MAY_WRITE, MAY_EXEC @mode leaves to the current task. */
static int rights_of(umode_t mode)
{
	if (uid_eq(current_euid(), GLOBAL_ROOT_UID))
		mode >>= 6;
	else if (in_egroup_p(GLOBAL_ROOT_GID))
		mode >>= 3;
	return mode & 7;
}

static int proc_sys_permission(struct mnt_idmap *idmap, struct inode *inode, int mask)
{
	mask &= MAY_READ | MAY_WRITE | MAY_EXEC;
	return mask & ~rights_of(inode->i_mode) ? -EACCES : 0;
}

static int proc_sys_setattr(struct mnt_idmap *idmap, struct dentry *dentry, struct iattr *attr)
{
	if (attr->ia_valid & (ATTR_MODE | ATTR_UID | ATTR_GID))
		return -EPERM;
	return proc_notify_change(idmap, dentry, attr);
}

static const struct inode_operations proc_sys_inode_operations = {
	.permission	= proc_sys_permission,
	.setattr	= proc_sys_setattr,
};

static const struct inode_operations proc_sys_dir_operations = {
	.lookup		= proc_lookup,
	.getattr	= proc_getattr,
	.permission	= proc_sys_permission,
	.setattr	= proc_sys_setattr,
};

/* ---- reading and writing ---- */

static const struct ctl_table *table_of(struct file *file)
{
	return pde_data(file_inode(file));
}

static int call_handler(struct file *file, int write, void *buffer, size_t *count, loff_t *ppos)
{
	const struct ctl_table *table = table_of(file);
	int wanted = write ? MAY_WRITE : MAY_READ;

	if (wanted & ~rights_of(table->mode))
		return -EPERM;
	if (!table->proc_handler)
		return -EINVAL;
	return table->proc_handler(table, write, buffer, count, ppos);
}

static ssize_t proc_sys_read(struct file *file, char __user *buf, size_t count, loff_t *ppos)
{
	ssize_t ret = -ENOMEM;
	char *buffer;

	if (count >= KMALLOC_MAX_SIZE)
		return ret;
	buffer = kvzalloc(count + 1, GFP_KERNEL);
	if (!buffer)
		return ret;
	ret = call_handler(file, 0, buffer, &count, ppos);
	if (!ret)
		ret = copy_to_user(buf, buffer, count) ? -EFAULT : count;
	kvfree(buffer);
	return ret;
}

static ssize_t proc_sys_write(struct file *file, const char __user *buf, size_t count,
			      loff_t *ppos)
{
	ssize_t ret = -ENOMEM;
	char *buffer;

	if (count >= KMALLOC_MAX_SIZE)
		return ret;
	buffer = kvzalloc(count + 1, GFP_KERNEL);
	if (!buffer)
		return ret;
	ret = -EFAULT;
	if (!copy_from_user(buffer, buf, count))
		ret = call_handler(file, 1, buffer, &count, ppos);
	kvfree(buffer);
	return ret ? ret : count;
}

/* ---- waiting for a change ---- */

static int proc_sys_open(struct inode *inode, struct file *file)
{
	const struct ctl_table *table = pde_data(inode);

	if (table->poll)
		file->private_data = proc_sys_poll_event(table->poll);
	return 0;
}

static __poll_t proc_sys_poll(struct file *file, poll_table *wait)
{
	struct ctl_table_poll *poll = table_of(file)->poll;

	if (!poll)
		return DEFAULT_POLLMASK;
	poll_wait(file, &poll->wait, wait);
	if (file->private_data == proc_sys_poll_event(poll))
		return EPOLLIN | EPOLLRDNORM;
	file->private_data = proc_sys_poll_event(poll);
	return EPOLLIN | EPOLLRDNORM | EPOLLERR | EPOLLPRI;
}

/**
 * proc_sys_poll_notify - a variable has changed: wake who polls its file
 * @poll: the variable's, or NULL
 *
 * Context: any but NMI.
 */
void proc_sys_poll_notify(struct ctl_table_poll *poll)
{
	if (!poll)
		return;
	atomic_inc(&poll->event);
	wake_up_interruptible(&poll->wait);
}

static const struct proc_ops proc_sys_ops = {
	.proc_open	= proc_sys_open,
	.proc_read	= proc_sys_read,
	.proc_write	= proc_sys_write,
	.proc_poll	= proc_sys_poll,
	.proc_lseek	= default_llseek,
};

/* ---- registering ---- */

static struct proc_dir_entry *get_dir(const char *name, struct proc_dir_entry *parent)
{
	struct proc_dir_entry *dir = proc_find_entry(name, parent);

	return dir ? dir : proc_mkdir_iop(name, parent, &proc_sys_dir_operations);
}

/* The folder of "net/unix", with those on the way to it. */
static struct proc_dir_entry *get_dirs(const char *path)
{
	struct proc_dir_entry *dir = sys_root;
	char part[64];
	size_t len;

	lockdep_assert_held(&sysctl_lock);
	if (!dir)
		dir = sys_root = get_dir("sys", NULL);
	for (; dir && *path; path += len) {
		path += *path == '/';
		len = strchrnul(path, '/') - path;
		if (WARN_ON(len >= sizeof(part)))
			return NULL;
		strscpy(part, path, len + 1);
		dir = get_dir(part, dir);
	}
	return dir;
}

/* Up from @dir: what is empty goes. */
static void put_dirs(struct proc_dir_entry *dir)
{
	lockdep_assert_held(&sysctl_lock);
	while (dir && dir != sys_root && list_empty(&dir->children)) {
		struct proc_dir_entry *parent = dir->parent;

		proc_remove(dir);
		dir = parent;
	}
}

static void drop_table(struct ctl_table_header *header)
{
	lockdep_assert_held(&sysctl_lock);
	while (header->nr)
		proc_remove(header->files[--header->nr]);
	put_dirs(header->dir);
	kfree(header);
}

static bool add_rows(struct ctl_table_header *header, const struct ctl_table *row, size_t nr)
{
	struct proc_dir_entry *de;

	for (; header->nr < nr; row++) {
		de = proc_create_iop(row->procname, row->mode, header->dir, &proc_sys_ops,
				     &proc_sys_inode_operations, (void *)row);
		if (!de)
			return false;
		header->files[header->nr++] = de;
	}
	return true;
}

/**
 * register_sysctl_sz - rows of a table become files below /proc/sys
 * @path: their folder, as "kernel" or "fs/epoll"; made if it isn't there
 * @table: constant until it is unregistered
 * @table_size: rows
 *
 * Context: may sleep.
 * Return: what unregister_sysctl_table() takes; NULL without memory or if a name is taken.
 */
struct ctl_table_header *register_sysctl_sz(const char *path, const struct ctl_table *table,
					    size_t table_size)
{
	struct ctl_table_header *header;

	header = kzalloc(struct_size(header, files, table_size), GFP_KERNEL);
	if (!header)
		return NULL;
	mutex_lock(&sysctl_lock);
	header->dir = get_dirs(path);
	if (!header->dir || !add_rows(header, table, table_size)) {
		drop_table(header);
		header = NULL;
	}
	mutex_unlock(&sysctl_lock);
	return header;
}
EXPORT_SYMBOL(register_sysctl_sz);

/**
 * __register_sysctl_init - register a table that never goes
 * @path: below /proc/sys
 * @table: its entries
 * @table_name: for the message if that fails
 * @table_size: how many
 *
 * Context: boot; may sleep.
 */
void __init __register_sysctl_init(const char *path, const struct ctl_table *table,
				   const char *table_name, size_t table_size)
{
	if (!register_sysctl_sz(path, table, table_size))
		pr_err("sysctl: %s of /proc/sys/%s could not be registered\n", table_name, path);
}

/**
 * unregister_sysctl_table - remove a table: its files go, and no handler of it runs after
 * @header: from register_sysctl(), or NULL
 *
 * Context: may sleep.
 */
void unregister_sysctl_table(struct ctl_table_header *header)
{
	if (!header)
		return;
	mutex_lock(&sysctl_lock);
	drop_table(header);
	mutex_unlock(&sysctl_lock);
}
EXPORT_SYMBOL(unregister_sysctl_table);
