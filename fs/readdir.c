// SPDX-License-Identifier: MIT
/* Reading directories. */

#include <linux/dirent.h>
#include <linux/export.h>
#include <linux/file.h>
#include <linux/fs.h>
#include <linux/fsnotify.h>
#include <linux/sched/signal.h>
#include <linux/security.h>
#include <linux/syscalls.h>
#include <linux/uaccess.h>
#include <linux/user_field.h>

#include "internal.h"

/**
 * fs_umode_to_dtype - a file's type as getdents(2) tells it
 * @mode: S_IF*
 *
 * Return: DT_*.
 */
unsigned char fs_umode_to_dtype(umode_t mode)
{
	return (mode & S_IFMT) >> 12;
}
EXPORT_SYMBOL_GPL(fs_umode_to_dtype);

/**
 * parent_ino - inode number of a dentry's directory
 * @dentry: referenced
 *
 * Context: doesn't sleep; takes d_lock.
 */
ino_t parent_ino(struct dentry *dentry)
{
	ino_t res;

	spin_lock(&dentry->d_lock);
	res = dentry->d_parent->d_inode->i_ino;
	spin_unlock(&dentry->d_lock);
	return res;
}
EXPORT_SYMBOL(parent_ino);

/**
 * iterate_dir - tell a directory's entries from its position on
 * @file: the directory
 * @ctx: whom; ctx->actor says when it is enough
 *
 * Context: may sleep; takes i_rwsem shared.
 * Return: 0; -ENOTDIR; -ENOENT if it was removed; what a security module or the file system said.
 */
int iterate_dir(struct file *file, struct dir_context *ctx)
{
	struct inode *inode = file_inode(file);
	int res;

	if (!file->f_op->iterate_shared)
		return -ENOTDIR;
	res = security_file_permission(file, MAY_READ);
	if (res)
		return res;
	inode_lock_shared(inode);
	res = -ENOENT;
	if (!IS_DEADDIR(inode)) {
		ctx->pos = file->f_pos;
		res = file->f_op->iterate_shared(file, ctx);
		file->f_pos = ctx->pos;
		fsnotify_access(file, 1);
		file_accessed(file);
	}
	inode_unlock_shared(inode);
	return res;
}
EXPORT_SYMBOL(iterate_dir);

/* A record's d_off is known when the next one comes: @prev waits for it. */
struct getdents_callback64 {
	struct dir_context ctx;
	struct linux_dirent64 __user *current_dir;
	int prev_reclen;
	int count;		/* bytes left */
	int error;
};

static bool filldir64(struct dir_context *ctx, const char *name, int namlen, loff_t offset,
		      u64 ino, unsigned int d_type)
{
	struct getdents_callback64 *buf = container_of(ctx, struct getdents_callback64, ctx);
	struct linux_dirent64 __user *dirent = buf->current_dir;
	struct linux_dirent64 head;
	size_t name_at = offsetof(struct linux_dirent64, d_name);
	int reclen = ALIGN(name_at + namlen + 1, sizeof(u64));

	if (!namlen || memchr(name, '/', namlen)) {
		buf->error = -EIO;
		return false;
	}
	buf->error = -EINVAL;	/* not even one record fits */
	if (reclen > buf->count)
		return false;
	if (buf->prev_reclen && signal_pending(current))
		return false;
	buf->error = -EFAULT;
	if (buf->prev_reclen) {
		struct linux_dirent64 __user *prev = (void __user *)dirent - buf->prev_reclen;

		if (put_user((s64)offset, user_field(prev, d_off)))
			return false;
	}
	head = (struct linux_dirent64){ .d_ino = ino, .d_reclen = reclen, .d_type = d_type };
	if (copy_to_user(dirent, &head, name_at) ||
	    copy_to_user((void __user *)dirent + name_at, name, namlen) ||
	    clear_user((void __user *)dirent + name_at + namlen, reclen - name_at - namlen))
		return false;
	buf->error = 0;
	buf->current_dir = (void __user *)dirent + reclen;
	buf->prev_reclen = reclen;
	buf->count -= reclen;
	return true;
}

SYSCALL_DEFINE3(getdents64, unsigned int, fd, struct linux_dirent64 __user *, dirent,
		unsigned int, count)
{
	struct fd f = fdget_pos(fd);
	struct getdents_callback64 buf = {
		.ctx.actor = filldir64,
		.count = min(count, (unsigned int)INT_MAX),
		.current_dir = dirent,
	};
	int error, room = buf.count;

	if (fd_empty(f))
		return -EBADF;
	error = iterate_dir(fd_file(f), &buf.ctx);
	if (error >= 0)
		error = buf.error;
	if (buf.prev_reclen) {
		struct linux_dirent64 __user *last =
			(void __user *)buf.current_dir - buf.prev_reclen;

		error = put_user((s64)buf.ctx.pos, user_field(last, d_off)) ? -EFAULT :
			room - buf.count;
	}
	fdput_pos(f);
	return error;
}
