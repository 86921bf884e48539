// SPDX-License-Identifier: MIT
/* Reading, writing and seeking: from system calls and the kernel to a file's methods. */

#include <linux/export.h>
#include <linux/file.h>
#include <linux/fs.h>
#include <linux/fsnotify.h>
#include <linux/mount.h>
#include <linux/pagemap.h>
#include <linux/resource.h>
#include <linux/sched/signal.h>
#include <linux/security.h>
#include <linux/slab.h>
#include <linux/syscalls.h>
#include <linux/uaccess.h>
#include <linux/uio.h>

#include "internal.h"

/* ---- positions ---- */

/**
 * vfs_setpos - set a file's position
 * @file: the file
 * @offset: the position
 * @maxsize: the largest that is allowed
 *
 * Context: the position's lock, or f_lock, is held.
 * Return: @offset; -EINVAL.
 */
loff_t vfs_setpos(struct file *file, loff_t offset, loff_t maxsize)
{
	if (offset < 0 && !(file->f_op->fop_flags & FOP_UNSIGNED_OFFSET))
		return -EINVAL;
	if (offset > maxsize)
		return -EINVAL;
	if (offset != file->f_pos)
		file->f_pos = offset;
	return offset;
}
EXPORT_SYMBOL(vfs_setpos);

/**
 * generic_file_llseek_size - ->llseek() of a file without holes
 * @file: the file
 * @offset: from where @whence says
 * @whence: SEEK_SET, SEEK_CUR, SEEK_END, SEEK_DATA, SEEK_HOLE
 * @maxsize: the largest position that is allowed
 * @eof: bytes of the file
 *
 * Return: the new position; -EINVAL, -EOVERFLOW; -ENXIO for data or a hole behind the end.
 * lseek(2).
 */
loff_t generic_file_llseek_size(struct file *file, loff_t offset, int whence, loff_t maxsize,
				loff_t eof)
{
	loff_t ret;

	switch (whence) {
	case SEEK_SET:
		break;
	case SEEK_END:
		if (check_add_overflow(offset, eof, &offset))
			return -EOVERFLOW;
		break;
	case SEEK_CUR:
		/* Two seeks of one file at once don't lose each other. */
		spin_lock(&file->f_lock);
		ret = check_add_overflow(offset, file->f_pos, &offset) ? -EOVERFLOW :
		      vfs_setpos(file, offset, maxsize);
		spin_unlock(&file->f_lock);
		return ret;
	case SEEK_DATA:
		if ((unsigned long long)offset >= (unsigned long long)eof)
			return -ENXIO;
		break;
	case SEEK_HOLE:
		if ((unsigned long long)offset >= (unsigned long long)eof)
			return -ENXIO;
		offset = eof;
		break;
	default:
		return -EINVAL;
	}
	return vfs_setpos(file, offset, maxsize);
}
EXPORT_SYMBOL(generic_file_llseek_size);

/**
 * generic_file_llseek - llseek of a file without holes that may be as large as its file system
 * lets it
 * @file: the file
 * @offset: where to
 * @whence: SEEK_*
 *
 * Return: the position; -EINVAL, -EOVERFLOW, -ENXIO for SEEK_DATA and SEEK_HOLE behind the end.
 */
loff_t generic_file_llseek(struct file *file, loff_t offset, int whence)
{
	struct inode *inode = file->f_mapping->host;

	return generic_file_llseek_size(file, offset, whence, inode->i_sb->s_maxbytes,
					i_size_read(inode));
}
EXPORT_SYMBOL(generic_file_llseek);

/**
 * fixed_size_llseek - llseek of what has a size that doesn't change
 * @file: the file
 * @offset: where to
 * @whence: SEEK_SET, SEEK_CUR, SEEK_END
 * @size: its bytes
 *
 * Return: the position; -EINVAL, -EOVERFLOW.
 */
loff_t fixed_size_llseek(struct file *file, loff_t offset, int whence, loff_t size)
{
	if (whence != SEEK_SET && whence != SEEK_CUR && whence != SEEK_END)
		return -EINVAL;
	return generic_file_llseek_size(file, offset, whence, size, size);
}
EXPORT_SYMBOL(fixed_size_llseek);

/**
 * default_llseek - llseek under the inode's lock, to any place
 * @file: the file
 * @offset: where to
 * @whence: SEEK_*
 *
 * Context: may sleep. Return: as generic_file_llseek().
 */
loff_t default_llseek(struct file *file, loff_t offset, int whence)
{
	loff_t ret;

	inode_lock(file_inode(file));
	ret = generic_file_llseek_size(file, offset, whence, LLONG_MAX,
				       i_size_read(file_inode(file)));
	inode_unlock(file_inode(file));
	return ret;
}
EXPORT_SYMBOL(default_llseek);

/**
 * noop_llseek - llseek that succeeds and changes nothing
 * @file: the file
 * @offset: ignored
 * @whence: ignored
 *
 * Return: the position.
 */
loff_t noop_llseek(struct file *file, loff_t offset, int whence)
{
	(void)offset;
	(void)whence;
	return file->f_pos;
}
EXPORT_SYMBOL(noop_llseek);

/**
 * vfs_llseek - lseek(2) of an open file
 * @file: the file
 * @offset: where to
 * @whence: SEEK_*
 *
 * Return: the position; -ESPIPE, what the method says.
 */
loff_t vfs_llseek(struct file *file, loff_t offset, int whence)
{
	return file->f_mode & FMODE_LSEEK ? file->f_op->llseek(file, offset, whence) : -ESPIPE;
}
EXPORT_SYMBOL(vfs_llseek);

SYSCALL_DEFINE3(lseek, unsigned int, fd, off_t, offset, unsigned int, whence)
{
	struct fd f = fdget_pos(fd);
	off_t retval = -EINVAL;

	if (fd_empty(f))
		return -EBADF;
	if (whence <= SEEK_MAX)
		retval = vfs_llseek(fd_file(f), offset, whence);
	fdput_pos(f);
	return retval;
}

/* ---- checks ---- */

/**
 * file_permission - may current do that with an open file's inode?
 * @file: the file
 * @mask: MAY_*
 *
 * Context: may sleep.
 * Return: 0, -EACCES, -EROFS, -EPERM, or what a security module said.
 */
int file_permission(struct file *file, int mask)
{
	return inode_permission(&nop_mnt_idmap, file_inode(file), mask);
}

static __always_inline int verify_area(int read_write, struct file *file, const loff_t *ppos,
				       size_t count)
{
	if (unlikely((ssize_t)count < 0))
		return -EINVAL;
	if (ppos) {
		loff_t pos = *ppos, end;

		if (unlikely(pos < 0)) {
			if (!(file->f_op->fop_flags & FOP_UNSIGNED_OFFSET))
				return -EINVAL;
			if (count >= (size_t)-pos)
				return -EOVERFLOW;
		} else if (unlikely(check_add_overflow(pos, (loff_t)count, &end)) &&
			   !(file->f_op->fop_flags & FOP_UNSIGNED_OFFSET)) {
			return -EINVAL;
		}
	}
	return security_file_permission(file, read_write == WRITE ? MAY_WRITE : MAY_READ);
}

/**
 * rw_verify_area - may so much be read or written there, by its size and by the modules?
 * @read_write: READ or WRITE
 * @file: the file
 * @ppos: position, or NULL for a file without
 * @count: bytes
 *
 * Return: 0; -EINVAL, -EOVERFLOW, or what a security module said.
 */
int rw_verify_area(int read_write, struct file *file, const loff_t *ppos, size_t count)
{
	return verify_area(read_write, file, ppos, count);
}
EXPORT_SYMBOL(rw_verify_area);

/**
 * iocb_flags - IOCB_* of a file's O_*
 * @file: the file
 */
int iocb_flags(struct file *file)
{
	int res = 0;

	if (file->f_flags & O_APPEND)
		res |= IOCB_APPEND;
	if (file->f_flags & O_DIRECT)
		res |= IOCB_DIRECT;
	if (file->f_flags & O_DSYNC)
		res |= IOCB_DSYNC;
	if (file->f_flags & __O_SYNC)
		res |= IOCB_SYNC;
	return res;
}

/**
 * kiocb_set_rw_flags - preadv2(2)'s and pwritev2(2)'s flags
 * @ki: the request
 * @flags: RWF_*
 * @rw_type: READ or WRITE
 *
 * Return: 0; -EOPNOTSUPP for flags that the file hasn't; -EINVAL for two that exclude each other;
 * -EPERM for RWF_NOAPPEND on an append-only file.
 */
int kiocb_set_rw_flags(struct kiocb *ki, rwf_t flags, int rw_type)
{
	int kiocb_flags;

	if (!flags)
		return 0;
	if (unlikely(flags & ~RWF_SUPPORTED))
		return -EOPNOTSUPP;
	if (unlikely((flags & RWF_APPEND) && (flags & RWF_NOAPPEND)))
		return -EINVAL;
	if ((flags & RWF_NOWAIT) && !(ki->ki_filp->f_mode & FMODE_NOWAIT))
		return -EOPNOTSUPP;
	if ((flags & RWF_ATOMIC) &&
	    (rw_type != WRITE || !(ki->ki_filp->f_mode & FMODE_CAN_ATOMIC_WRITE)))
		return -EOPNOTSUPP;
	kiocb_flags = (__force int)(flags & ~RWF_NOAPPEND);
	if (flags & RWF_SYNC)
		kiocb_flags |= IOCB_DSYNC;
	if ((flags & RWF_NOAPPEND) && (ki->ki_flags & IOCB_APPEND)) {
		if (IS_APPEND(file_inode(ki->ki_filp)))
			return -EPERM;
		ki->ki_flags &= ~IOCB_APPEND;
	}
	ki->ki_flags |= kiocb_flags;
	return 0;
}

/**
 * generic_write_checks_count - how much may be written?
 * @iocb: ki_pos is set to the end for O_APPEND
 * @count: bytes; fewer afterwards, if a limit says so
 *
 * Context: i_rwsem held for writing. At RLIMIT_FSIZE current gets SIGXFSZ.
 * Return: 0; -EFBIG, -EINVAL, -ETXTBSY.
 */
int generic_write_checks_count(struct kiocb *iocb, loff_t *count)
{
	struct file *file = iocb->ki_filp;
	struct inode *inode = file->f_mapping->host;
	loff_t max_size = inode->i_sb->s_maxbytes, limit = rlimit(RLIMIT_FSIZE);

	if (inode->i_flags & S_SWAPFILE)
		return -ETXTBSY;
	if (!*count)
		return 0;
	if (iocb->ki_flags & IOCB_APPEND)
		iocb->ki_pos = i_size_read(inode);
	if ((iocb->ki_flags & IOCB_NOWAIT) && !(iocb->ki_flags & IOCB_DIRECT))
		return -EINVAL;
	if (limit >= 0 && limit != (loff_t)RLIM_INFINITY) {
		if (iocb->ki_pos >= limit) {
			send_sig(SIGXFSZ, current, 0);
			return -EFBIG;
		}
		*count = min(*count, limit - iocb->ki_pos);
	}
	if (!(file->f_flags & O_LARGEFILE))
		max_size = min_t(loff_t, max_size, (1UL << 31) - 1);
	if (unlikely(iocb->ki_pos >= max_size))
		return -EFBIG;
	*count = min(*count, max_size - iocb->ki_pos);
	return 0;
}
EXPORT_SYMBOL(generic_write_checks_count);

/**
 * generic_write_checks - before a write to the page cache
 * @iocb: as for generic_write_checks_count()
 * @from: the data; cut off if a limit says so
 *
 * Context: i_rwsem held for writing.
 * Return: bytes to write; or an error as generic_write_checks_count().
 */
ssize_t generic_write_checks(struct kiocb *iocb, struct iov_iter *from)
{
	loff_t count = iov_iter_count(from);
	int ret = generic_write_checks_count(iocb, &count);

	if (ret)
		return ret;
	iov_iter_truncate(from, count);
	return iov_iter_count(from);
}
EXPORT_SYMBOL(generic_write_checks);

/**
 * generic_file_direct_write - write past the page cache: what is cached of the range is stored and
 * dropped first
 * @iocb: where
 * @from: the data
 *
 * Context: may sleep; i_rwsem held for writing.
 * Return: bytes; -EINVAL if the file system can't; or an error of writing.
 */
ssize_t generic_file_direct_write(struct kiocb *iocb, struct iov_iter *from)
{
	struct address_space *mapping = iocb->ki_filp->f_mapping;
	struct inode *inode = mapping->host;
	size_t count = iov_iter_count(from);
	loff_t pos = iocb->ki_pos, end = pos + count - 1;
	ssize_t written;

	if (!mapping->a_ops->direct_IO)
		return -EINVAL;
	written = filemap_write_and_wait_range(mapping, pos, end);
	if (written)
		return written;
	invalidate_mapping_pages(mapping, pos >> PAGE_SHIFT, end >> PAGE_SHIFT);
	written = mapping->a_ops->direct_IO(iocb, from);
	if (written > 0) {
		pos += written;
		if (pos > i_size_read(inode) && !S_ISBLK(inode->i_mode)) {
			i_size_write(inode, pos);
			mark_inode_dirty(inode);
		}
		iocb->ki_pos = pos;
	}
	return written;
}
EXPORT_SYMBOL(generic_file_direct_write);

/**
 * direct_write_fallback - the rest went through the cache: store it, as O_DIRECT promises
 * @iocb: ki_pos is behind all that was written
 * @iter: ignored
 * @direct_written: bytes that went past it
 * @buffered_written: bytes that went through it, or an error
 *
 * Context: may sleep.
 * Return: bytes; the error if there are none.
 */
ssize_t direct_write_fallback(struct kiocb *iocb, struct iov_iter *iter, ssize_t direct_written,
			      ssize_t buffered_written)
{
	struct address_space *mapping = iocb->ki_filp->f_mapping;
	loff_t pos = iocb->ki_pos - max_t(ssize_t, buffered_written, 0);
	int err;

	(void)iter;
	if (unlikely(buffered_written < 0))
		return direct_written ? direct_written : buffered_written;
	err = filemap_write_and_wait_range(mapping, pos, pos + buffered_written - 1);
	if (err < 0) {
		iocb->ki_pos = pos;
		return direct_written ? direct_written : err;
	}
	return direct_written + buffered_written;
}
EXPORT_SYMBOL_GPL(direct_write_fallback);

/* ---- one read or write ---- */

/* @ppos NULL: a stream. The checks are done. */
ssize_t call_iter(struct file *file, struct iov_iter *iter, loff_t *ppos, int type, rwf_t flags)
{
	struct kiocb kiocb;
	ssize_t ret;

	init_sync_kiocb(&kiocb, file);
	ret = kiocb_set_rw_flags(&kiocb, flags, type);
	if (ret)
		return ret;
	kiocb.ki_pos = ppos ? *ppos : 0;
	if (type == WRITE) {
		kiocb.ki_flags |= IOCB_WRITE;
		ret = file->f_op->write_iter(&kiocb, iter);
	} else {
		ret = file->f_op->read_iter(&kiocb, iter);
	}
	if (ppos)
		*ppos = kiocb.ki_pos;
	return ret;
}

/*
 * One buffer through an iterator. Apart, so that a file with plain ->read and ->write pays for no
 * iterator on the stack.
 */
static noinline ssize_t call_iter_of_buffer(struct file *file, void __user *buf, size_t count,
					    loff_t *pos, int type)
{
	struct iov_iter iter;

	iov_iter_ubuf(&iter, type == WRITE ? ITER_SOURCE : ITER_DEST, buf, count);
	return call_iter(file, &iter, pos, type, 0);
}

/* Was the file opened for it, and is the buffer one? *@count is cut to what one call may move. */
static __always_inline int check_transfer(int type, struct file *file, const void __user *buf,
					  size_t *count, const loff_t *pos)
{
	fmode_t opened_for = type == WRITE ? FMODE_WRITE : FMODE_READ;
	fmode_t has_method = type == WRITE ? FMODE_CAN_WRITE : FMODE_CAN_READ;
	int err;

	if (!(file->f_mode & opened_for))
		return -EBADF;
	if (!(file->f_mode & has_method))
		return -EINVAL;
	if (unlikely(!access_ok(buf, *count)))
		return -EFAULT;
	err = verify_area(type, file, pos, *count);
	*count = min_t(size_t, *count, MAX_RW_COUNT);
	return err;
}

/**
 * vfs_read - read(2) with a position
 * @file: the file
 * @buf: where to, user memory
 * @count: bytes
 * @pos: the position, changed; NULL: a stream
 *
 * Return: bytes; -EBADF, -EINVAL, -EFAULT, what the method says.
 */
ssize_t vfs_read(struct file *file, char __user *buf, size_t count, loff_t *pos)
{
	ssize_t ret = check_transfer(READ, file, buf, &count, pos);

	if (ret)
		return ret;
	if (file->f_op->read)
		ret = file->f_op->read(file, buf, count, pos);
	else
		ret = call_iter_of_buffer(file, buf, count, pos, READ);
	fsnotify_access(file, ret);
	account_rw(READ, ret);
	return ret;
}

/**
 * vfs_write - write(2) with a position
 * @file: the file
 * @buf: where from, user memory
 * @count: bytes
 * @pos: the position, changed; NULL: a stream
 *
 * Return: bytes; -EBADF, -EINVAL, -EFAULT, what the method says.
 */
ssize_t vfs_write(struct file *file, const char __user *buf, size_t count, loff_t *pos)
{
	ssize_t ret = check_transfer(WRITE, file, buf, &count, pos);

	if (ret)
		return ret;
	if (file->f_op->write)
		ret = file->f_op->write(file, buf, count, pos);
	else
		ret = call_iter_of_buffer(file, (void __user *)buf, count, pos, WRITE);
	fsnotify_modify(file, ret);
	account_rw(WRITE, ret);
	return ret;
}

static ssize_t transfer_iter(int type, struct file *file, struct iov_iter *iter, loff_t *ppos,
			     rwf_t flags)
{
	bool has_method = type == WRITE ? file->f_op->write_iter : file->f_op->read_iter;
	ssize_t ret;

	if (!has_method)
		return -EINVAL;
	if (!(file->f_mode & (type == WRITE ? FMODE_WRITE : FMODE_READ)))
		return -EBADF;
	if (!iov_iter_count(iter))
		return 0;
	ret = rw_verify_area(type, file, ppos, iov_iter_count(iter));
	return ret < 0 ? ret : call_iter(file, iter, ppos, type, flags);
}

/**
 * vfs_iter_read - read through an iterator
 * @file: the file, which must have ->read_iter
 * @iter: where to; any kind of memory
 * @ppos: the position, changed
 * @flags: RWF_*
 *
 * Return: bytes; -EINVAL, -EBADF, -EOPNOTSUPP, what the method says.
 */
ssize_t vfs_iter_read(struct file *file, struct iov_iter *iter, loff_t *ppos, rwf_t flags)
{
	ssize_t ret = transfer_iter(READ, file, iter, ppos, flags);

	fsnotify_access(file, ret);
	return ret;
}
EXPORT_SYMBOL(vfs_iter_read);

/**
 * vfs_iter_write - write through an iterator
 * @file: the file, which must have ->write_iter
 * @iter: where from; any kind of memory
 * @ppos: the position, changed
 * @flags: RWF_*
 *
 * Return: as vfs_iter_read().
 */
ssize_t vfs_iter_write(struct file *file, struct iov_iter *iter, loff_t *ppos, rwf_t flags)
{
	ssize_t ret = transfer_iter(WRITE, file, iter, ppos, flags);

	fsnotify_modify(file, ret);
	return ret;
}
EXPORT_SYMBOL(vfs_iter_write);

/* From kernel memory; files that have only ->read can't. */
static ssize_t kernel_rw(struct file *file, void *buf, size_t count, loff_t *pos, int type)
{
	struct kvec iov = { .iov_base = buf, .iov_len = min_t(size_t, count, MAX_RW_COUNT) };
	struct iov_iter iter;
	ssize_t ret;

	iov_iter_kvec(&iter, type == WRITE ? ITER_SOURCE : ITER_DEST, &iov, 1, iov.iov_len);
	ret = type == WRITE ? vfs_iter_write(file, &iter, pos, 0) :
			      vfs_iter_read(file, &iter, pos, 0);
	account_rw(type, ret);
	return ret;
}

/**
 * kernel_read - read into kernel memory
 * @file: open for reading
 * @buf: where to
 * @count: bytes
 * @pos: position, moved on
 *
 * Context: may sleep.
 * Return: bytes, 0 at the end; -EBADF, -EINVAL, or an error of reading.
 */
ssize_t kernel_read(struct file *file, void *buf, size_t count, loff_t *pos)
{
	return kernel_rw(file, buf, count, pos, READ);
}
EXPORT_SYMBOL(kernel_read);

/**
 * kernel_write - write from kernel memory
 * @file: open for writing
 * @buf: where from
 * @count: bytes
 * @pos: position, moved on
 *
 * Context: may sleep.
 * Return: bytes; -EBADF, -EINVAL, or an error of writing.
 */
ssize_t kernel_write(struct file *file, const void *buf, size_t count, loff_t *pos)
{
	return kernel_rw(file, (void *)buf, count, pos, WRITE);
}
EXPORT_SYMBOL(kernel_write);

static loff_t *file_ppos(struct file *file)
{
	return file->f_mode & FMODE_STREAM ? NULL : &file->f_pos;
}

SYSCALL_DEFINE3(read, unsigned int, fd, char __user *, buf, size_t, count)
{
	struct fd f = fdget_pos(fd);
	ssize_t ret;

	if (fd_empty(f))
		return -EBADF;
	ret = vfs_read(fd_file(f), buf, count, file_ppos(fd_file(f)));
	fdput_pos(f);
	return ret;
}

SYSCALL_DEFINE3(write, unsigned int, fd, const char __user *, buf, size_t, count)
{
	struct fd f = fdget_pos(fd);
	ssize_t ret;

	if (fd_empty(f))
		return -EBADF;
	ret = vfs_write(fd_file(f), buf, count, file_ppos(fd_file(f)));
	fdput_pos(f);
	return ret;
}

SYSCALL_DEFINE4(pread64, unsigned int, fd, char __user *, buf, size_t, count, loff_t, pos)
{
	struct fd f;
	ssize_t ret = -ESPIPE;

	if (pos < 0)
		return -EINVAL;
	f = fdget(fd);
	if (fd_empty(f))
		return -EBADF;
	if (fd_file(f)->f_mode & FMODE_PREAD)
		ret = vfs_read(fd_file(f), buf, count, &pos);
	fdput(f);
	return ret;
}

SYSCALL_DEFINE4(pwrite64, unsigned int, fd, const char __user *, buf, size_t, count, loff_t, pos)
{
	struct fd f;
	ssize_t ret = -ESPIPE;

	if (pos < 0)
		return -EINVAL;
	f = fdget(fd);
	if (fd_empty(f))
		return -EBADF;
	if (fd_file(f)->f_mode & FMODE_PWRITE)
		ret = vfs_write(fd_file(f), buf, count, &pos);
	fdput(f);
	return ret;
}
