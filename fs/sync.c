// SPDX-License-Identifier: MIT
/* Storing what is newer in memory. */

#include <linux/export.h>
#include <linux/fadvise.h>
#include <linux/file.h>
#include <linux/fs.h>
#include <linux/pagemap.h>
#include <linux/syscalls.h>

#include "internal.h"

/**
 * sync_filesystem - write a file system's changes and wait for them
 * @sb: s_umount is held
 *
 * The inodes on the super block's list, one after the other; then ->sync_fs(). A read-only one has
 * none.
 *
 * Context: may sleep; takes s_sync_lock.
 * Return: 0, or the first error; the rest is written all the same. syncfs(2).
 */
int sync_filesystem(struct super_block *sb)
{
	struct inode *inode;
	int ret = 0, err;

	if (sb_rdonly(sb))
		return 0;
	mutex_lock(&sb->s_sync_lock);
	spin_lock(&sb->s_inode_wblist_lock);
	while (!list_empty(&sb->s_inodes_wb)) {
		inode = list_first_entry(&sb->s_inodes_wb, struct inode, i_io_list);
		list_del_init(&inode->i_io_list);
		spin_unlock(&sb->s_inode_wblist_lock);
		inode = igrab(inode);
		if (inode) {
			spin_lock(&inode->i_lock);
			inode->i_state &= ~I_DIRTY_ALL;
			spin_unlock(&inode->i_lock);
			err = filemap_write_and_wait_range(inode->i_mapping, 0, LLONG_MAX);
			if (!err && sb->s_op->write_inode)
				err = sb->s_op->write_inode(inode, NULL);
			ret = ret ? ret : err;
			iput(inode);
		}
		spin_lock(&sb->s_inode_wblist_lock);
	}
	spin_unlock(&sb->s_inode_wblist_lock);
	mutex_unlock(&sb->s_sync_lock);
	if (sb->s_op->sync_fs) {
		err = sb->s_op->sync_fs(sb, 1);
		ret = ret ? ret : err;
	}
	return ret;
}
EXPORT_SYMBOL(sync_filesystem);

/**
 * vfs_fsync_range - store a part of a file
 * @file: the file
 * @start: first byte
 * @end: last byte, inclusive
 * @datasync: 1: of the attributes only those that reading the data needs
 *
 * Context: may sleep.
 * Return: 0; -EINVAL if the file has no ->fsync(); an error of writing. fdatasync(2).
 */
int vfs_fsync_range(struct file *file, loff_t start, loff_t end, int datasync)
{
	return file->f_op->fsync ? file->f_op->fsync(file, start, end, datasync) : -EINVAL;
}
EXPORT_SYMBOL(vfs_fsync_range);

/**
 * vfs_fsync - vfs_fsync_range() of a whole file
 * @file: the file
 * @datasync: 1: of the attributes only those that reading the data needs
 *
 * Context: may sleep.
 * Return: 0, -EINVAL if the file has no ->fsync(), or an error of writing. fsync(2).
 */
int vfs_fsync(struct file *file, int datasync)
{
	return vfs_fsync_range(file, 0, LLONG_MAX, datasync);
}
EXPORT_SYMBOL(vfs_fsync);

static int do_fsync(unsigned int fd, int datasync)
{
	struct fd f = fdget(fd);
	int ret;

	if (fd_empty(f))
		return -EBADF;
	ret = vfs_fsync(fd_file(f), datasync);
	fdput(f);
	return ret;
}

SYSCALL_DEFINE1(fsync, unsigned int, fd)
{
	return do_fsync(fd, 0);
}

SYSCALL_DEFINE1(fdatasync, unsigned int, fd)
{
	return do_fsync(fd, 1);
}

static void sync_one(struct super_block *sb, void *arg)
{
	(void)arg;
	sync_filesystem(sb);
}

SYSCALL_DEFINE0(sync)
{
	iterate_supers(sync_one, NULL);
	return 0;
}

SYSCALL_DEFINE1(syncfs, int, fd)
{
	struct fd f = fdget(fd);
	struct super_block *sb;
	int ret, err;

	if (fd_empty(f))
		return -EBADF;
	sb = file_inode(fd_file(f))->i_sb;
	down_read(&sb->s_umount);
	ret = sync_filesystem(sb);
	up_read(&sb->s_umount);
	/* What went wrong since this file was opened, or said so last. */
	err = errseq_check_and_advance(&sb->s_wb_err, &fd_file(f)->f_sb_err);
	fdput(f);
	return ret ? ret : err;
}

static int sync_range(struct file *file, loff_t offset, loff_t nbytes, unsigned int flags)
{
	struct address_space *mapping = file->f_mapping;
	umode_t mode = file_inode(file)->i_mode;
	loff_t end;
	int ret = 0;

	if (flags & ~(SYNC_FILE_RANGE_WAIT_BEFORE | SYNC_FILE_RANGE_WRITE |
		      SYNC_FILE_RANGE_WAIT_AFTER))
		return -EINVAL;
	if (offset < 0 || nbytes < 0 || check_add_overflow(offset, nbytes, &end))
		return -EINVAL;
	if (!S_ISREG(mode) && !S_ISBLK(mode) && !S_ISDIR(mode) && !S_ISLNK(mode))
		return -ESPIPE;
	end = nbytes ? end - 1 : LLONG_MAX;
	/* Waiting before and after a write comes to the same as writing and waiting. */
	if (flags)
		ret = filemap_write_and_wait_range(mapping, offset, end);
	return ret;
}

SYSCALL_DEFINE4(sync_file_range, int, fd, loff_t, offset, loff_t, nbytes, unsigned int, flags)
{
	struct fd f = fdget(fd);
	int ret;

	if (fd_empty(f))
		return -EBADF;
	ret = sync_range(fd_file(f), offset, nbytes, flags);
	fdput(f);
	return ret;
}

SYSCALL_DEFINE4(fadvise64, int, fd, loff_t, offset, size_t, len, int, advice)
{
	struct fd f = fdget(fd);
	int ret;

	if (fd_empty(f))
		return -EBADF;
	ret = vfs_fadvise(fd_file(f), offset, len, advice);
	fdput(f);
	return ret;
}

SYSCALL_DEFINE3(readahead, int, fd, loff_t, offset, size_t, count)
{
	struct fd f = fdget(fd);
	int ret = -EINVAL;

	if (fd_empty(f))
		return -EBADF;
	if (!(fd_file(f)->f_mode & FMODE_READ))
		ret = -EBADF;
	else if (S_ISREG(file_inode(fd_file(f))->i_mode) ||
		 S_ISBLK(file_inode(fd_file(f))->i_mode))
		ret = vfs_fadvise(fd_file(f), offset, count, POSIX_FADV_WILLNEED);
	fdput(f);
	return ret;
}

/**
 * vfs_fadvise - how a part of a file is going to be used
 * @file: the file
 * @offset: first byte
 * @len: bytes; 0: to the end
 * @advice: POSIX_FADV_*
 *
 * Context: may sleep.
 * Return: 0; -ESPIPE for a pipe, -EINVAL; or what the file system says. posix_fadvise(2).
 */
int vfs_fadvise(struct file *file, loff_t offset, loff_t len, int advice)
{
	struct address_space *mapping = file->f_mapping;
	loff_t end;

	if (file->f_op->fadvise)
		return file->f_op->fadvise(file, offset, len, advice);
	if (S_ISFIFO(file_inode(file)->i_mode))
		return -ESPIPE;
	if (!mapping || len < 0)
		return -EINVAL;
	if (!len || check_add_overflow(offset, len, &end))
		end = LLONG_MAX;
	switch (advice) {
	case POSIX_FADV_NORMAL:
	case POSIX_FADV_SEQUENTIAL:
	case POSIX_FADV_WILLNEED:
	case POSIX_FADV_NOREUSE:
		/* Nothing is read ahead: the advice changes nothing. */
		return 0;
	case POSIX_FADV_RANDOM:
		spin_lock(&file->f_lock);
		file->f_mode |= FMODE_RANDOM;
		spin_unlock(&file->f_lock);
		return 0;
	case POSIX_FADV_DONTNEED:
		if (!mapping_unevictable(mapping) && end > offset)
			invalidate_mapping_pages(mapping, (offset + PAGE_SIZE - 1) >> PAGE_SHIFT,
						 (end - 1) >> PAGE_SHIFT);
		return 0;
	}
	return -EINVAL;
}
EXPORT_SYMBOL(vfs_fadvise);
