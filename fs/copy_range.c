// SPDX-License-Identifier: MIT
/* sendfile(2) and copy_file_range(2): from file to file without a stop in user memory. */

#include <linux/export.h>
#include <linux/file.h>
#include <linux/fs.h>
#include <linux/fsnotify.h>
#include <linux/mm.h>
#include <linux/sched/signal.h>
#include <linux/slab.h>
#include <linux/splice.h>
#include <linux/syscalls.h>
#include <linux/uaccess.h>
#include <linux/uio.h>

#include "internal.h"

#define BOUNCE_SIZE	(64 * 1024)

static ssize_t rw_kernel(struct file *file, void *buf, size_t len, loff_t *pos, int type)
{
	struct kvec vec = { .iov_base = buf, .iov_len = len };
	struct iov_iter iter;

	iov_iter_kvec(&iter, type == WRITE ? ITER_SOURCE : ITER_DEST, &vec, 1, len);
	return call_iter(file, &iter, pos, type, 0);
}

/**
 * do_splice_direct - copy from file to file
 * @in: opened for reading
 * @ppos: where; moves
 * @out: opened for writing
 * @opos: where; moves
 * @len: at most
 * @flags: of SPLICE_F_*; they make no difference
 *
 * What was read and couldn't be written is read again by the next call, if @in has positions.
 *
 * Return: bytes, -errno if there were none.
 */
ssize_t do_splice_direct(struct file *in, loff_t *ppos, struct file *out, loff_t *opos, size_t len,
			 unsigned int flags)
{
	ssize_t ret = 0, done = 0;
	size_t size = min_t(size_t, len, BOUNCE_SIZE);
	void *buf;

	(void)flags;
	if (!in->f_op->read_iter || !out->f_op->write_iter)
		return -EINVAL;
	if (!len)
		return 0;
	buf = kvmalloc(size, GFP_KERNEL);
	if (!buf)
		return -ENOMEM;
	while (len) {
		ssize_t got, put = 0;

		if (done && signal_pending(current))
			break;
		got = ret = rw_kernel(in, buf, min(len, size), ppos, READ);
		if (got <= 0)
			break;
		while (put < got) {
			ret = rw_kernel(out, buf + put, got - put, opos, WRITE);
			if (ret <= 0)
				break;
			put += ret;
		}
		done += put;
		len -= put;
		if (put < got) {
			*ppos -= got - put;
			break;
		}
		cond_resched();
	}
	kvfree(buf);
	fsnotify_access(in, done);
	fsnotify_modify(out, done);
	return done ? done : ret;
}
EXPORT_SYMBOL(do_splice_direct);

/* ---- sendfile(2) ---- */

static ssize_t sendfile_checked(struct file *in, struct file *out, loff_t *pos, size_t count)
{
	loff_t max = min(file_inode(in)->i_sb->s_maxbytes, file_inode(out)->i_sb->s_maxbytes);
	loff_t out_pos = out->f_pos;
	ssize_t ret = rw_verify_area(READ, in, pos, count);

	if (ret < 0)
		return ret;
	count = min_t(size_t, count, MAX_RW_COUNT);
	if (out->f_flags & O_APPEND)
		return -EINVAL;
	ret = rw_verify_area(WRITE, out, &out_pos, count);
	if (ret < 0)
		return ret;
	if (*pos >= max)
		return -EOVERFLOW;
	count = min_t(loff_t, count, max - *pos);
	ret = do_splice_direct(in, pos, out, &out_pos, count, 0);
	if (ret > 0 && !(out->f_mode & FMODE_STREAM))
		out->f_pos = out_pos;
	return ret;
}

static ssize_t do_sendfile(int out_fd, int in_fd, loff_t *ppos, size_t count)
{
	struct fd in = fdget(in_fd), out;
	ssize_t ret = -EBADF;
	loff_t pos;

	if (fd_empty(in))
		return -EBADF;
	if (!(fd_file(in)->f_mode & FMODE_READ))
		goto out_in;
	ret = -ESPIPE;
	if (ppos && !(fd_file(in)->f_mode & FMODE_PREAD))
		goto out_in;
	pos = ppos ? *ppos : fd_file(in)->f_pos;
	out = fdget(out_fd);
	ret = -EBADF;
	if (fd_empty(out))
		goto out_in;
	if (fd_file(out)->f_mode & FMODE_WRITE) {
		/*
		 * What was read and can't be sent would be lost: only from files with a place. (A
		 * terminal's end of file would be, too.)
		 */
		ret = get_pipe_info(fd_file(in), true) || !(fd_file(in)->f_mode & FMODE_LSEEK) ?
		      -EINVAL :
		      sendfile_checked(fd_file(in), fd_file(out), &pos, count);
		if (ret > 0) {
			if (ppos)
				*ppos = pos;
			else
				fd_file(in)->f_pos = pos;
		}
		account_rw(READ, ret);
		account_rw(WRITE, ret);
	}
	fdput(out);
out_in:
	fdput(in);
	return ret;
}

SYSCALL_DEFINE4(sendfile, int, out_fd, int, in_fd, loff_t __user *, offset, size_t, count)
{
	ssize_t ret;
	loff_t pos;

	if (!offset)
		return do_sendfile(out_fd, in_fd, NULL, count);
	if (unlikely(copy_from_user(&pos, offset, sizeof(pos))))
		return -EFAULT;
	ret = do_sendfile(out_fd, in_fd, &pos, count);
	if (unlikely(put_user(pos, offset)))
		return -EFAULT;
	return ret;
}

/* ---- copy_file_range(2) ---- */

/* Return: 0, and *@len may be less; -errno. */
static int copy_file_checks(struct file *in, loff_t pos_in, struct file *out, loff_t pos_out,
			    size_t *len, unsigned int flags)
{
	struct inode *inode_in = file_inode(in), *inode_out = file_inode(out);
	loff_t size_in;

	if (flags)
		return -EINVAL;
	if (S_ISDIR(inode_in->i_mode) || S_ISDIR(inode_out->i_mode))
		return -EISDIR;
	if (!S_ISREG(inode_in->i_mode) || !S_ISREG(inode_out->i_mode))
		return -EINVAL;
	if (!(in->f_mode & FMODE_READ) || !(out->f_mode & FMODE_WRITE) ||
	    (out->f_flags & O_APPEND))
		return -EBADF;
	if (inode_in->i_sb != inode_out->i_sb)
		return -EXDEV;
	if (IS_IMMUTABLE(inode_out))
		return -EPERM;
	if ((inode_in->i_flags | inode_out->i_flags) & S_SWAPFILE)
		return -ETXTBSY;
	if ((u64)pos_in + *len < (u64)pos_in || (u64)pos_out + *len < (u64)pos_out)
		return -EOVERFLOW;
	size_in = i_size_read(inode_in);
	*len = pos_in >= size_in ? 0 : min_t(u64, *len, size_in - pos_in);
	*len = min_t(size_t, *len, MAX_RW_COUNT);
	if (inode_in == inode_out && pos_out + (loff_t)*len > pos_in &&
	    pos_out < pos_in + (loff_t)*len)
		return -EINVAL;
	return 0;
}

/**
 * splice_copy_file_range - copy from file to file by way of memory
 * @in: source, a regular file
 * @pos_in: position there
 * @out: destination, a regular file
 * @pos_out: position there
 * @len: bytes
 *
 * Context: may sleep.
 * Return: bytes, 0 at the end of @in, or an error of reading or writing.
 */
ssize_t splice_copy_file_range(struct file *in, loff_t pos_in, struct file *out, loff_t pos_out,
			       size_t len)
{
	return do_splice_direct(in, &pos_in, out, &pos_out, min_t(size_t, len, MAX_RW_COUNT), 0);
}
EXPORT_SYMBOL(splice_copy_file_range);

/* If both files are of one that can. Return: bytes, -errno; -EOPNOTSUPP, -EXDEV: copy yourself. */
static ssize_t copy_by_file_system(struct file *in, loff_t pos_in, struct file *out, loff_t pos_out,
				   size_t len, unsigned int flags)
{
	if (!out->f_op->copy_file_range || out->f_op->copy_file_range != in->f_op->copy_file_range)
		return -EOPNOTSUPP;
	return out->f_op->copy_file_range(in, pos_in, out, pos_out, len, flags);
}

/**
 * vfs_copy_file_range - copy from file to file, by the file system's own means if it has some
 * @file_in: source
 * @pos_in: position there
 * @file_out: destination
 * @pos_out: position there
 * @len: bytes
 * @flags: 0
 *
 * Context: may sleep.
 * Return: bytes, 0 at the end of @file_in; -EINVAL, -EISDIR, -EBADF, -EXDEV, -EPERM, -ETXTBSY,
 * -EOVERFLOW, or an error of reading or writing. copy_file_range(2).
 */
ssize_t vfs_copy_file_range(struct file *file_in, loff_t pos_in, struct file *file_out,
			    loff_t pos_out, size_t len, unsigned int flags)
{
	ssize_t ret = copy_file_checks(file_in, pos_in, file_out, pos_out, &len, flags);

	if (ret)
		return ret;
	ret = rw_verify_area(READ, file_in, &pos_in, len);
	if (!ret)
		ret = rw_verify_area(WRITE, file_out, &pos_out, len);
	if (ret || !len)
		return ret;
	ret = copy_by_file_system(file_in, pos_in, file_out, pos_out, len, flags);
	if (ret == -EOPNOTSUPP || ret == -EXDEV)
		ret = splice_copy_file_range(file_in, pos_in, file_out, pos_out, len);
	account_rw(READ, ret);
	account_rw(WRITE, ret);
	return ret;
}
EXPORT_SYMBOL(vfs_copy_file_range);

static ssize_t copy_range_files(struct file *in, loff_t __user *off_in, struct file *out,
				loff_t __user *off_out, size_t len, unsigned int flags)
{
	loff_t pos_in = in->f_pos, pos_out = out->f_pos;
	ssize_t ret;

	if (off_in && copy_from_user(&pos_in, off_in, sizeof(pos_in)))
		return -EFAULT;
	if (off_out && copy_from_user(&pos_out, off_out, sizeof(pos_out)))
		return -EFAULT;
	if (pos_in < 0 || pos_out < 0)
		return -EINVAL;
	ret = vfs_copy_file_range(in, pos_in, out, pos_out, len, flags);
	if (ret <= 0)
		return ret;
	pos_in += ret;
	pos_out += ret;
	if (!off_in)
		in->f_pos = pos_in;
	else if (copy_to_user(off_in, &pos_in, sizeof(pos_in)))
		ret = -EFAULT;
	if (!off_out)
		out->f_pos = pos_out;
	else if (copy_to_user(off_out, &pos_out, sizeof(pos_out)))
		ret = -EFAULT;
	return ret;
}

SYSCALL_DEFINE6(copy_file_range, int, fd_in, loff_t __user *, off_in, int, fd_out,
		loff_t __user *, off_out, size_t, len, unsigned int, flags)
{
	struct fd in = fdget(fd_in), out;
	ssize_t ret = -EBADF;

	if (fd_empty(in))
		return -EBADF;
	out = fdget(fd_out);
	if (!fd_empty(out)) {
		ret = copy_range_files(fd_file(in), off_in, fd_file(out), off_out, len, flags);
		fdput(out);
	}
	fdput(in);
	return ret;
}
