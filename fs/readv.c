// SPDX-License-Identifier: MIT
/* Reading and writing several pieces of memory at once: readv(2) and its kin. */

#include <linux/file.h>
#include <linux/fs.h>
#include <linux/fsnotify.h>
#include <linux/slab.h>
#include <linux/syscalls.h>
#include <linux/uio.h>

#include "internal.h"

/* A file without the iterator methods: one call of ->read or ->write for each piece. */
static ssize_t do_loop_readv_writev(struct file *filp, struct iov_iter *iter, loff_t *ppos,
				    int type, rwf_t flags)
{
	ssize_t nr, ret = 0;

	if (flags & ~RWF_HIPRI)
		return -EOPNOTSUPP;
	while (iov_iter_count(iter)) {
		void __user *base = iter_iov_addr(iter);
		size_t len = iter_iov_len(iter);

		if (type == READ)
			nr = filp->f_op->read(filp, base, len, ppos);
		else
			nr = filp->f_op->write(filp, base, len, ppos);
		if (nr < 0) {
			if (!ret)
				ret = nr;
			break;
		}
		ret += nr;
		if ((size_t)nr != len)
			break;
		iov_iter_advance(iter, nr);
	}
	return ret;
}

static ssize_t vfs_iovec(struct file *file, const struct iovec __user *vec, unsigned long vlen,
			 loff_t *pos, int type, rwf_t flags)
{
	fmode_t can = type == READ ? FMODE_CAN_READ : FMODE_CAN_WRITE;
	struct iovec iovstack[UIO_FASTIOV], *iov = iovstack;
	struct iov_iter iter;
	ssize_t ret;

	if (!(file->f_mode & (type == READ ? FMODE_READ : FMODE_WRITE)))
		return -EBADF;
	if (!(file->f_mode & can))
		return -EINVAL;
	ret = import_iovec(type == READ ? ITER_DEST : ITER_SOURCE, vec, vlen, ARRAY_SIZE(iovstack),
			   &iov, &iter);
	if (ret < 0)
		return ret;
	if (iov_iter_count(&iter)) {
		ret = rw_verify_area(type, file, pos, iov_iter_count(&iter));
		if (ret < 0)
			;
		else if (type == READ ? !!file->f_op->read_iter : !!file->f_op->write_iter)
			ret = call_iter(file, &iter, pos, type, flags);
		else
			ret = do_loop_readv_writev(file, &iter, pos, type, flags);
		if (type == READ)
			fsnotify_access(file, ret);
		else
			fsnotify_modify(file, ret);
	}
	kfree(iov);
	return ret;
}

/* At the file's position. */
static ssize_t do_rwv(unsigned long fd, const struct iovec __user *vec, unsigned long vlen,
		      int type,
		      rwf_t flags)
{
	struct fd f = fdget_pos(fd);
	struct file *file = fd_file(f);
	ssize_t ret = -EBADF;

	if (!fd_empty(f)) {
		ret = vfs_iovec(file, vec, vlen,
				file->f_mode & FMODE_STREAM ? NULL : &file->f_pos, type, flags);
		fdput_pos(f);
	}
	account_rw(type, ret);
	return ret;
}

static ssize_t do_prwv(unsigned long fd, const struct iovec __user *vec, unsigned long vlen,
		       loff_t pos, int type, rwf_t flags)
{
	ssize_t ret = -EBADF;
	struct fd f;

	if (pos < 0)
		return -EINVAL;
	f = fdget(fd);
	if (!fd_empty(f)) {
		ret = -ESPIPE;
		if (fd_file(f)->f_mode & (type == READ ? FMODE_PREAD : FMODE_PWRITE))
			ret = vfs_iovec(fd_file(f), vec, vlen, &pos, type, flags);
		fdput(f);
	}
	account_rw(type, ret);
	return ret;
}

SYSCALL_DEFINE3(readv, unsigned long, fd, const struct iovec __user *, vec, unsigned long, vlen)
{
	return do_rwv(fd, vec, vlen, READ, 0);
}

SYSCALL_DEFINE3(writev, unsigned long, fd, const struct iovec __user *, vec, unsigned long, vlen)
{
	return do_rwv(fd, vec, vlen, WRITE, 0);
}

/* The position comes in pos_l whole; pos_h is for 32-bit machines. */
SYSCALL_DEFINE5(preadv, unsigned long, fd, const struct iovec __user *, vec, unsigned long, vlen,
		unsigned long, pos_l, unsigned long, pos_h)
{
	(void)pos_h;
	return do_prwv(fd, vec, vlen, pos_l, READ, 0);
}

SYSCALL_DEFINE5(pwritev, unsigned long, fd, const struct iovec __user *, vec, unsigned long, vlen,
		unsigned long, pos_l, unsigned long, pos_h)
{
	(void)pos_h;
	return do_prwv(fd, vec, vlen, pos_l, WRITE, 0);
}

SYSCALL_DEFINE6(preadv2, unsigned long, fd, const struct iovec __user *, vec, unsigned long, vlen,
		unsigned long, pos_l, unsigned long, pos_h, int, flags)
{
	(void)pos_h;
	if ((loff_t)pos_l == -1)
		return do_rwv(fd, vec, vlen, READ, (__force rwf_t)flags);
	return do_prwv(fd, vec, vlen, pos_l, READ, (__force rwf_t)flags);
}

SYSCALL_DEFINE6(pwritev2, unsigned long, fd, const struct iovec __user *, vec, unsigned long, vlen,
		unsigned long, pos_l, unsigned long, pos_h, int, flags)
{
	(void)pos_h;
	if ((loff_t)pos_l == -1)
		return do_rwv(fd, vec, vlen, WRITE, (__force rwf_t)flags);
	return do_prwv(fd, vec, vlen, pos_l, WRITE, (__force rwf_t)flags);
}
