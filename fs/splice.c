// SPDX-License-Identifier: MIT
/*
 * splice(2), tee(2), vmsplice(2): bytes between a pipe and something else.
 *
 *	file -> pipe	copy_splice_read(): read into fresh pages, which become pieces of the pipe
 *	pipe -> file	iter_file_splice_write(): the pieces, as a vector, are written from where
 *			they are
 *	pipe -> pipe	pieces change their pipe, or are shared where only a part is wanted
 *	memory <-> pipe	vmsplice: a read or write of the pipe; pages are never mapped into it, which
 *			a program can't tell but by speed
 *
 * A piece that is shared between two pipes is never written to again: CAN_MERGE goes, and a page
 * with a second reference isn't reused.
 */

#include <linux/bvec.h>
#include <linux/export.h>
#include <linux/file.h>
#include <linux/fs.h>
#include <linux/fsnotify.h>
#include <linux/gfp.h>
#include <linux/mm.h>
#include <linux/poll.h>
#include <linux/sched/signal.h>
#include <linux/security.h>
#include <linux/slab.h>
#include <linux/splice.h>
#include <linux/syscalls.h>
#include <linux/uaccess.h>
#include <linux/uio.h>

#include "internal.h"

static const struct pipe_buf_operations splice_pipe_buf_ops = {
	.release	= generic_pipe_buf_release,
	.try_steal	= generic_pipe_buf_try_steal,
	.get		= generic_pipe_buf_get,
};

static void wakeup_pipe_readers(struct pipe_inode_info *pipe)
{
	/* Pairs with the barrier of whoever queues itself and then looks at the pipe. */
	smp_mb();
	if (waitqueue_active(&pipe->rd_wait))
		wake_up_interruptible(&pipe->rd_wait);
	kill_fasync(&pipe->fasync_readers, SIGIO, POLL_IN);
}

static void wakeup_pipe_writers(struct pipe_inode_info *pipe)
{
	smp_mb();
	if (waitqueue_active(&pipe->wr_wait))
		wake_up_interruptible(&pipe->wr_wait);
	kill_fasync(&pipe->fasync_writers, SIGIO, POLL_OUT);
}

/* Wait until @pipe has a free slot; locked. Return: 0, -EPIPE, -EAGAIN, -ERESTARTSYS. */
static int wait_for_space(struct pipe_inode_info *pipe, unsigned int flags)
{
	for (;;) {
		if (unlikely(!pipe->readers)) {
			send_sig(SIGPIPE, current, 0);
			return -EPIPE;
		}
		if (!pipe_full(pipe->head, pipe->tail, pipe->max_usage))
			return 0;
		if (flags & SPLICE_F_NONBLOCK)
			return -EAGAIN;
		if (signal_pending(current))
			return -ERESTARTSYS;
		pipe_wait_writable(pipe);
	}
}

/* Wait until @pipe has something; locked. Return: 1; 0: it ended; -EAGAIN, -ERESTARTSYS. */
static int wait_for_data(struct pipe_inode_info *pipe, unsigned int flags)
{
	for (;;) {
		if (!pipe_empty(pipe->head, pipe->tail))
			return 1;
		if (!pipe->writers)
			return 0;
		if (flags & SPLICE_F_NONBLOCK)
			return -EAGAIN;
		if (signal_pending(current))
			return -ERESTARTSYS;
		pipe_wait_readable(pipe);
	}
}

static void push_piece(struct pipe_inode_info *pipe, const struct pipe_buffer *buf)
{
	*pipe_head_buf(pipe) = *buf;
	WRITE_ONCE(pipe->head, pipe->head + 1);
}

/* The first piece is used up, or given away. */
static void pop_piece(struct pipe_inode_info *pipe)
{
	WRITE_ONCE(pipe->tail, pipe->tail + 1);
}

/* ---- file to pipe ---- */

/**
 * copy_splice_read - ->splice_read of any file with ->read_iter
 * @in: the file
 * @ppos: where; moves
 * @pipe: locked, with a free slot
 * @len: at most
 * @flags: SPLICE_F_*
 *
 * Return: bytes, 0 at the end, -errno.
 */
ssize_t copy_splice_read(struct file *in, loff_t *ppos, struct pipe_inode_info *pipe, size_t len,
			 unsigned int flags)
{
	size_t slots = pipe->max_usage - pipe_occupancy(pipe->head, pipe->tail);
	size_t i, n = min_t(size_t, DIV_ROUND_UP(len, PAGE_SIZE), slots), left;
	struct bio_vec *bv;
	struct iov_iter to;
	struct kiocb kiocb;
	ssize_t ret = -ENOMEM;

	len = min_t(size_t, len, n * PAGE_SIZE);
	bv = kcalloc(n, sizeof(*bv), GFP_KERNEL);
	if (!bv)
		return -ENOMEM;
	for (i = 0; i < n; i++) {
		bv[i].bv_page = alloc_page(GFP_USER | __GFP_ACCOUNT);
		if (!bv[i].bv_page)
			break;
		bv[i].bv_len = min_t(size_t, len - i * PAGE_SIZE, PAGE_SIZE);
	}
	n = i;
	if (n) {
		len = min_t(size_t, len, n * PAGE_SIZE);
		iov_iter_bvec(&to, ITER_DEST, bv, n, len);
		init_sync_kiocb(&kiocb, in);
		kiocb.ki_pos = *ppos;
		/* A socket is the one input that SPLICE_F_NONBLOCK speaks of, too. */
		if ((flags & SPLICE_F_NONBLOCK) && S_ISSOCK(file_inode(in)->i_mode))
			kiocb.ki_flags |= IOCB_NOWAIT;
		ret = in->f_op->read_iter(&kiocb, &to);
	}
	left = max_t(ssize_t, ret, 0);
	if (ret > 0)
		*ppos = kiocb.ki_pos;
	for (i = 0; i < n; i++) {
		size_t here = min_t(size_t, left, PAGE_SIZE);

		left -= here;
		if (here)
			push_piece(pipe, &(struct pipe_buffer){
				.page = bv[i].bv_page, .len = here, .ops = &splice_pipe_buf_ops });
		else
			__free_page(bv[i].bv_page);
	}
	kfree(bv);
	return ret;
}
EXPORT_SYMBOL(copy_splice_read);

/**
 * filemap_splice_read - ->splice_read() of files in the page cache
 * @in: the file
 * @ppos: position, moved on
 * @pipe: locked, with a free slot
 * @len: bytes
 * @flags: SPLICE_F_*
 *
 * Context: may sleep.
 * Return: bytes, 0 at the end; or an error of reading.
 */
ssize_t filemap_splice_read(struct file *in, loff_t *ppos, struct pipe_inode_info *pipe, size_t len,
			    unsigned int flags)
{
	loff_t size = i_size_read(in->f_mapping->host);

	if (*ppos >= size)
		return 0;
	return copy_splice_read(in, ppos, pipe, min_t(loff_t, len, size - *ppos), flags);
}
EXPORT_SYMBOL(filemap_splice_read);

/**
 * vfs_splice_read - a file's ->splice_read(), with the checks of a read
 * @in: the file
 * @ppos: position, moved on
 * @pipe: locked, with a free slot
 * @len: bytes
 * @flags: SPLICE_F_*
 *
 * Context: may sleep.
 * Return: bytes, 0 at the end; -EBADF, -EINVAL if it can't, or an error of reading. splice(2).
 */
ssize_t vfs_splice_read(struct file *in, loff_t *ppos, struct pipe_inode_info *pipe, size_t len,
			unsigned int flags)
{
	ssize_t ret;

	if (unlikely(!(in->f_mode & FMODE_READ)))
		return -EBADF;
	if (!len)
		return 0;
	ret = rw_verify_area(READ, in, ppos, len);
	if (unlikely(ret < 0))
		return ret;
	len = min_t(size_t, len, MAX_RW_COUNT);
	if (in->f_op->splice_read)
		return in->f_op->splice_read(in, ppos, pipe, len, flags);
	return in->f_op->read_iter ? copy_splice_read(in, ppos, pipe, len, flags) : -EINVAL;
}
EXPORT_SYMBOL_GPL(vfs_splice_read);

static ssize_t splice_file_to_pipe(struct file *in, struct pipe_inode_info *opipe, loff_t *offset,
				   size_t len, unsigned int flags)
{
	ssize_t ret;

	pipe_lock(opipe);
	ret = wait_for_space(opipe, flags);
	if (!ret)
		ret = vfs_splice_read(in, offset, opipe, len, flags);
	pipe_unlock(opipe);
	fsnotify_access(in, ret);
	if (ret > 0)
		wakeup_pipe_readers(opipe);
	return ret;
}

/* ---- pipe to file ---- */

#define WRITE_PIECES	16	/* in one vector */

/* The first pieces, as a vector of at most @len bytes. Pipe locked. Return: entries, -errno. */
static int gather(struct pipe_inode_info *pipe, struct bio_vec *bv, size_t len, size_t *total)
{
	unsigned int slot = pipe->tail;
	int n = 0;

	*total = 0;
	for (; slot != pipe->head && n < WRITE_PIECES && *total < len; slot++, n++) {
		struct pipe_buffer *buf = pipe_buf(pipe, slot);
		size_t here = min_t(size_t, buf->len, len - *total);
		int err = pipe_buf_confirm(pipe, buf);

		if (err)
			return n ? n : err;
		bv[n] = (struct bio_vec){ buf->page, here, buf->offset };
		*total += here;
	}
	return n;
}

/* @n bytes were written: they leave the pipe. */
static void consume(struct pipe_inode_info *pipe, size_t n)
{
	while (n) {
		struct pipe_buffer *buf = pipe_buf(pipe, pipe->tail);
		size_t here = min_t(size_t, n, buf->len);

		buf->offset += here;
		buf->len -= here;
		n -= here;
		if (!buf->len) {
			pipe_buf_release(pipe, buf);
			pop_piece(pipe);
		}
	}
}

/**
 * iter_file_splice_write - ->splice_write of any file with ->write_iter
 * @pipe: from
 * @out: to
 * @ppos: where; moves
 * @len: at most
 * @flags: SPLICE_F_*
 *
 * Return: bytes, 0: the pipe ended; -errno.
 */
ssize_t iter_file_splice_write(struct pipe_inode_info *pipe, struct file *out, loff_t *ppos,
			       size_t len, unsigned int flags)
{
	ssize_t ret = 0, done = 0;

	pipe_lock(pipe);
	while (len) {
		struct bio_vec bv[WRITE_PIECES];
		struct iov_iter from;
		size_t total;
		int n;

		/* Once something was moved nobody waits for more. */
		if (done && pipe_empty(pipe->head, pipe->tail))
			break;
		ret = wait_for_data(pipe, flags);
		if (ret <= 0)
			break;
		n = gather(pipe, bv, len, &total);
		if (n < 0) {
			ret = n;
			break;
		}
		iov_iter_bvec(&from, ITER_SOURCE, bv, n, total);
		ret = call_iter(out, &from, ppos, WRITE, 0);
		if (ret <= 0)
			break;
		consume(pipe, ret);
		done += ret;
		len -= ret;
		if ((size_t)ret < total)
			break;
	}
	pipe_unlock(pipe);
	if (done)
		wakeup_pipe_writers(pipe);
	return done ? done : ret;
}
EXPORT_SYMBOL(iter_file_splice_write);

static ssize_t splice_pipe_to_file(struct pipe_inode_info *ipipe, struct file *out, loff_t *offset,
				   size_t len, unsigned int flags)
{
	ssize_t ret = rw_verify_area(WRITE, out, offset, len);

	if (ret < 0)
		return ret;
	if (out->f_op->splice_write)
		ret = out->f_op->splice_write(ipipe, out, offset, len, flags);
	else if (out->f_op->write_iter)
		ret = iter_file_splice_write(ipipe, out, offset, len, flags);
	else
		return -EINVAL;
	fsnotify_modify(out, ret);
	return ret;
}

/* ---- pipe to pipe ---- */

/*
 * Move or, for tee(2), share up to @len bytes. Both pipes are locked. @slot: the first piece that
 * wasn't looked at, of @ipipe. Return: bytes, -EFAULT.
 */
static ssize_t pass_pieces(struct pipe_inode_info *ipipe, struct pipe_inode_info *opipe, size_t len,
			   bool keep)
{
	unsigned int slot = ipipe->tail;
	ssize_t done = 0;

	while (len && slot != ipipe->head &&
	       !pipe_full(opipe->head, opipe->tail, opipe->max_usage)) {
		struct pipe_buffer *ibuf = pipe_buf(ipipe, slot), obuf = *ibuf;
		size_t here = min_t(size_t, len, ibuf->len);

		if (!keep && here == ibuf->len) {
			ibuf->ops = NULL;
			pop_piece(ipipe);
		} else {
			if (!pipe_buf_get(ipipe, ibuf))
				return done ? done : -EFAULT;
			obuf.flags &= ~(PIPE_BUF_FLAG_GIFT | PIPE_BUF_FLAG_CAN_MERGE);
			if (!keep) {
				ibuf->offset += here;
				ibuf->len -= here;
			}
		}
		obuf.len = here;
		push_piece(opipe, &obuf);
		slot++;
		len -= here;
		done += here;
	}
	return done;
}

/* Wait on either pipe, with no lock held, then look at both. */
static ssize_t splice_pipe_to_pipe(struct pipe_inode_info *ipipe, struct pipe_inode_info *opipe,
				   size_t len, unsigned int flags, bool keep)
{
	ssize_t ret;

	for (;;) {
		pipe_lock(ipipe);
		ret = wait_for_data(ipipe, flags);
		pipe_unlock(ipipe);
		if (ret <= 0)
			return ret;
		pipe_lock(opipe);
		ret = wait_for_space(opipe, flags);
		pipe_unlock(opipe);
		if (ret)
			return ret;
		pipe_double_lock(ipipe, opipe);
		ret = pass_pieces(ipipe, opipe, len, keep);
		pipe_unlock(ipipe);
		pipe_unlock(opipe);
		/* 0: somebody else was quicker. */
		if (ret)
			break;
	}
	if (ret > 0) {
		wakeup_pipe_readers(opipe);
		if (!keep)
			wakeup_pipe_writers(ipipe);
	}
	return ret;
}

/* ---- the calls ---- */

/* Positions: the caller's, or the file's. A pipe has none. Return: 0, -errno. */
static int get_offset(struct file *file, const loff_t __user *uoff, loff_t *pos, fmode_t can)
{
	if (!uoff) {
		*pos = file->f_pos;
		return 0;
	}
	if (!(file->f_mode & can))
		return -EINVAL;
	return copy_from_user(pos, uoff, sizeof(*pos)) ? -EFAULT : 0;
}

static int put_offset(struct file *file, loff_t __user *uoff, loff_t pos)
{
	if (!uoff) {
		file->f_pos = pos;
		return 0;
	}
	return copy_to_user(uoff, &pos, sizeof(pos)) ? -EFAULT : 0;
}

static ssize_t do_splice(struct file *in, loff_t __user *off_in, struct file *out,
			 loff_t __user *off_out, size_t len, unsigned int flags)
{
	struct pipe_inode_info *ipipe = get_pipe_info(in, true);
	struct pipe_inode_info *opipe = get_pipe_info(out, true);
	ssize_t ret;
	loff_t pos;

	if (!(in->f_mode & FMODE_READ) || !(out->f_mode & FMODE_WRITE))
		return -EBADF;
	if ((ipipe && off_in) || (opipe && off_out))
		return -ESPIPE;
	if ((in->f_flags | out->f_flags) & O_NONBLOCK && ipipe && opipe)
		flags |= SPLICE_F_NONBLOCK;
	if (ipipe && opipe)
		return ipipe == opipe ? -EINVAL :
					splice_pipe_to_pipe(ipipe, opipe, len, flags, false);
	if (ipipe) {
		ret = get_offset(out, off_out, &pos, FMODE_PWRITE);
		if (ret)
			return ret;
		if (out->f_flags & O_APPEND)
			return -EINVAL;
		if (in->f_flags & O_NONBLOCK)
			flags |= SPLICE_F_NONBLOCK;
		ret = splice_pipe_to_file(ipipe, out, &pos, len, flags);
		if (ret >= 0 && put_offset(out, off_out, pos))
			ret = -EFAULT;
		return ret;
	}
	if (opipe) {
		ret = get_offset(in, off_in, &pos, FMODE_PREAD);
		if (ret)
			return ret;
		if (out->f_flags & O_NONBLOCK)
			flags |= SPLICE_F_NONBLOCK;
		ret = splice_file_to_pipe(in, opipe, &pos, len, flags);
		if (ret >= 0 && put_offset(in, off_in, pos))
			ret = -EFAULT;
		return ret;
	}
	return -EINVAL;
}

SYSCALL_DEFINE6(splice, int, fd_in, loff_t __user *, off_in, int, fd_out, loff_t __user *, off_out,
		size_t, len, unsigned int, flags)
{
	CLASS(fd, in)(fd_in);
	CLASS(fd, out)(fd_out);

	if (unlikely(flags & ~SPLICE_F_ALL))
		return -EINVAL;
	if (unlikely(!len))
		return 0;
	if (fd_empty(in) || fd_empty(out))
		return -EBADF;
	return do_splice(fd_file(in), off_in, fd_file(out), off_out, len, flags);
}

static ssize_t do_tee(struct file *in, struct file *out, size_t len, unsigned int flags)
{
	struct pipe_inode_info *ipipe = get_pipe_info(in, true);
	struct pipe_inode_info *opipe = get_pipe_info(out, true);

	if (!(in->f_mode & FMODE_READ) || !(out->f_mode & FMODE_WRITE))
		return -EBADF;
	if (!ipipe || !opipe || ipipe == opipe)
		return -EINVAL;
	if ((in->f_flags | out->f_flags) & O_NONBLOCK)
		flags |= SPLICE_F_NONBLOCK;
	return splice_pipe_to_pipe(ipipe, opipe, len, flags, true);
}

SYSCALL_DEFINE4(tee, int, fdin, int, fdout, size_t, len, unsigned int, flags)
{
	CLASS(fd, in)(fdin);
	CLASS(fd, out)(fdout);

	if (unlikely(flags & ~SPLICE_F_ALL))
		return -EINVAL;
	if (unlikely(!len))
		return 0;
	if (fd_empty(in) || fd_empty(out))
		return -EBADF;
	return do_tee(fd_file(in), fd_file(out), len, flags);
}

SYSCALL_DEFINE4(vmsplice, int, fd, const struct iovec __user *, uiov, unsigned long, nr_segs,
		unsigned int, flags)
{
	struct iovec iovstack[UIO_FASTIOV], *iov = iovstack;
	struct iov_iter iter;
	struct kiocb kiocb;
	struct file *file;
	bool writes;
	ssize_t ret;
	struct fd f;

	if (unlikely(flags & ~SPLICE_F_ALL))
		return -EINVAL;
	f = fdget(fd);
	if (fd_empty(f))
		return -EBADF;
	file = fd_file(f);
	writes = file->f_mode & FMODE_WRITE;
	ret = -EBADF;
	if (!(file->f_mode & (FMODE_READ | FMODE_WRITE)))
		goto out;
	ret = import_iovec(writes ? ITER_SOURCE : ITER_DEST, uiov, nr_segs, ARRAY_SIZE(iovstack),
			   &iov, &iter);
	if (ret < 0)
		goto out;
	ret = -EBADF;
	if (get_pipe_info(file, true)) {
		init_sync_kiocb(&kiocb, file);
		if (flags & SPLICE_F_NONBLOCK)
			kiocb.ki_flags |= IOCB_NOWAIT;
		ret = !iov_iter_count(&iter) ? 0 :
		      writes ? file->f_op->write_iter(&kiocb, &iter) :
			       file->f_op->read_iter(&kiocb, &iter);
	}
	kfree(iov);
out:
	fdput(f);
	return ret;
}
