// SPDX-License-Identifier: MIT
/*
 * Pipes and FIFOs: reading, writing, waiting. (pipe_open.c makes, opens and resizes them.)
 *
 * The ring's slots are pieces of pages. A writer puts what it has behind the last piece, if that is
 * a page of ours with room, else into new pages; a reader takes from the first piece and gives a
 * page back when it is empty, or keeps it for the next writer: two pages stand by.
 *
 *	    tail             head
 *	| . | pppp | pppp | pp.. | . |	 slots; max_usage of them may be filled
 *
 * All of it happens under the pipe's mutex, copies from and to user memory as well. What follows:
 *
 *  P1  A write of up to PIPE_BUF bytes needs one slot, or room in the last page, and waits until
 *      that is there before it copies anything: it is whole or not at all.
 *  P2  A larger write goes on as slots come free and may mix with others' between two pages.
 *  P3  Waking is for changes that somebody may sleep for: readers when the pipe was empty, writers
 *      when it was full. A ping-pong of one byte costs one wake-up each way.
 *  P4  Sleepers are exclusive: one event wakes one. Whoever was woken and leaves something for the
 *      next one (more bytes, more room) wakes that one itself.
 *  P5  poll(2) sees edges with EPOLLET: once somebody polls (poll_usage), each write wakes.
 *
 * Lock order: pipe->mutex of two pipes by address; then mmap_lock.
 */

#include <asm/ioctls.h>
#include <linux/export.h>
#include <linux/fs.h>
#include <linux/gfp.h>
#include <linux/mm.h>
#include <linux/mount.h>
#include <linux/pipe_fs_i.h>
#include <linux/poll.h>
#include <linux/sched/signal.h>
#include <linux/slab.h>
#include <linux/uaccess.h>
#include <linux/uio.h>

#include "internal.h"
#include "pipe.h"

/* ---- locks and waiting ---- */

/**
 * pipe_lock - keep everybody else out of a pipe
 * @pipe: the pipe
 *
 * Context: may sleep.
 */
void pipe_lock(struct pipe_inode_info *pipe)
{
	mutex_lock(&pipe->mutex);
}
EXPORT_SYMBOL(pipe_lock);

/**
 * pipe_unlock - undo that
 * @pipe: the pipe
 */
void pipe_unlock(struct pipe_inode_info *pipe)
{
	mutex_unlock(&pipe->mutex);
}
EXPORT_SYMBOL(pipe_unlock);

/**
 * pipe_double_lock - lock two different pipes, in the order of their addresses
 * @a: the one
 * @b: the other
 *
 * Context: may sleep.
 */
void pipe_double_lock(struct pipe_inode_info *a, struct pipe_inode_info *b)
{
	BUG_ON(a == b);
	if (a > b)
		swap(a, b);
	mutex_lock_nested(&a->mutex, 0);
	mutex_lock_nested(&b->mutex, 1);
}

/* Without the mutex: whoever is told yes looks again under it. */
static bool pipe_readable(const struct pipe_inode_info *pipe)
{
	return !pipe_empty(READ_ONCE(pipe->head), READ_ONCE(pipe->tail)) ||
	       !READ_ONCE(pipe->writers);
}

static bool pipe_writable(const struct pipe_inode_info *pipe)
{
	return !pipe_full(READ_ONCE(pipe->head), READ_ONCE(pipe->tail),
			  READ_ONCE(pipe->max_usage)) ||
	       !READ_ONCE(pipe->readers);
}

/* With the mutex. */
static bool pipe_is_empty(const struct pipe_inode_info *pipe)
{
	return pipe_empty(pipe->head, pipe->tail);
}

static bool pipe_is_full(const struct pipe_inode_info *pipe)
{
	return pipe_full(pipe->head, pipe->tail, pipe->max_usage);
}

static bool must_not_wait(const struct kiocb *iocb)
{
	return (iocb->ki_filp->f_flags & O_NONBLOCK) || (iocb->ki_flags & IOCB_NOWAIT);
}

static void wake_readers(struct pipe_inode_info *pipe)
{
	wake_up_interruptible_sync_poll(&pipe->rd_wait, EPOLLIN | EPOLLRDNORM);
	kill_fasync(&pipe->fasync_readers, SIGIO, POLL_IN);
}

static void wake_writers(struct pipe_inode_info *pipe)
{
	wake_up_interruptible_sync_poll(&pipe->wr_wait, EPOLLOUT | EPOLLWRNORM);
	kill_fasync(&pipe->fasync_writers, SIGIO, POLL_OUT);
}

/**
 * pipe_wait_readable - sleep until there is something to read or nobody to write, or a signal; the
 * caller looks again
 * @pipe: locked; not while it sleeps
 *
 * Context: may sleep.
 */
void pipe_wait_readable(struct pipe_inode_info *pipe)
{
	pipe_unlock(pipe);
	wait_event_interruptible(pipe->rd_wait, pipe_readable(pipe));
	pipe_lock(pipe);
}

/**
 * pipe_wait_writable - sleep until there is room or nobody to read, or a signal; the caller looks
 * again
 * @pipe: locked; not while it sleeps
 *
 * Context: may sleep.
 */
void pipe_wait_writable(struct pipe_inode_info *pipe)
{
	pipe_unlock(pipe);
	wait_event_interruptible(pipe->wr_wait, pipe_writable(pipe));
	pipe_lock(pipe);
}

/* ---- pages ---- */

static struct page *pipe_get_page(struct pipe_inode_info *pipe)
{
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(pipe->tmp_page); i++) {
		struct page *page = pipe->tmp_page[i];

		if (page) {
			pipe->tmp_page[i] = NULL;
			return page;
		}
	}
	return alloc_page(GFP_HIGHUSER | __GFP_ACCOUNT);
}

/* Keep it for the next writer, if it is nobody else's, and there is a place. */
static void pipe_put_page(struct pipe_inode_info *pipe, struct page *page)
{
	unsigned int i;

	if (page_count(page) == 1) {
		for (i = 0; i < ARRAY_SIZE(pipe->tmp_page); i++) {
			if (!pipe->tmp_page[i]) {
				pipe->tmp_page[i] = page;
				return;
			}
		}
	}
	put_page(page);
}

static void anon_pipe_buf_release(struct pipe_inode_info *pipe, struct pipe_buffer *buf)
{
	pipe_put_page(pipe, buf->page);
}

static bool anon_pipe_buf_try_steal(struct pipe_inode_info *pipe, struct pipe_buffer *buf)
{
	(void)pipe;
	return page_count(buf->page) == 1;
}

/**
 * generic_pipe_buf_get - ->get() of a buffer that is a page: one reference more
 * @pipe: ignored
 * @buf: the buffer
 *
 * Return: true.
 */
bool generic_pipe_buf_get(struct pipe_inode_info *pipe, struct pipe_buffer *buf)
{
	(void)pipe;
	get_page(buf->page);
	return true;
}

/**
 * generic_pipe_buf_try_steal - ->try_steal(): may the page leave the pipe?
 * @pipe: ignored
 * @buf: the buffer
 *
 * Return: true if nobody else uses the page.
 */
bool generic_pipe_buf_try_steal(struct pipe_inode_info *pipe, struct pipe_buffer *buf)
{
	(void)pipe;
	return page_count(buf->page) == 1;
}

/**
 * generic_pipe_buf_release - ->release(): one reference less
 * @pipe: ignored
 * @buf: the buffer
 */
void generic_pipe_buf_release(struct pipe_inode_info *pipe, struct pipe_buffer *buf)
{
	(void)pipe;
	put_page(buf->page);
}

static const struct pipe_buf_operations anon_pipe_buf_ops = {
	.release	= anon_pipe_buf_release,
	.try_steal	= anon_pipe_buf_try_steal,
	.get		= generic_pipe_buf_get,
};

const struct pipe_buf_operations nosteal_pipe_buf_ops = {
	.release	= generic_pipe_buf_release,
	.get		= generic_pipe_buf_get,
};

/* ---- reading ---- */

/*
 * Take up to *@want bytes from the first piece. Mutex held, the pipe isn't empty. Return: bytes,
 * and
 * *@want is what is to be read further; -errno.
 */
static ssize_t read_piece(struct pipe_inode_info *pipe, struct iov_iter *to, size_t *want)
{
	struct pipe_buffer *buf = pipe_buf(pipe, pipe->tail);
	size_t chars = min_t(size_t, buf->len, *want);
	int error = pipe_buf_confirm(pipe, buf);

	if (error)
		return error == -ENODATA ? -EIO : error;
	if (copy_page_to_iter(buf->page, buf->offset, chars, to) < chars)
		return -EFAULT;
	buf->offset += chars;
	buf->len -= chars;
	*want -= chars;
	/* A packet is read by one read(2), which gets no more; what it has no room for is lost. */
	if (buf->flags & PIPE_BUF_FLAG_PACKET) {
		*want = 0;
		buf->len = 0;
	}
	if (!buf->len) {
		pipe_buf_release(pipe, buf);
		WRITE_ONCE(pipe->tail, pipe->tail + 1);
	}
	return chars;
}

/* All that there is, or is wanted. Mutex held. @done grows by the bytes. Return: 0, -errno. */
static __always_inline int read_pieces(struct pipe_inode_info *pipe, struct iov_iter *to,
				       size_t *want, ssize_t *done)
{
	ssize_t n;

	while (*want && !pipe_is_empty(pipe)) {
		n = read_piece(pipe, to, want);
		if (unlikely(n < 0))
			return n;
		*done += n;
	}
	return 0;
}

static ssize_t pipe_read(struct kiocb *iocb, struct iov_iter *to)
{
	struct pipe_inode_info *pipe = iocb->ki_filp->private_data;
	size_t want = iov_iter_count(to);
	bool was_full, slept = false, leaves_some;
	ssize_t done = 0;
	int err;

	if (unlikely(!want))
		return 0;
	mutex_lock(&pipe->mutex);
	for (;;) {
		was_full = pipe_is_full(pipe);
		err = read_pieces(pipe, to, &want, &done);
		if (done || err || !pipe->writers)
			break;
		if (must_not_wait(iocb)) {
			err = -EAGAIN;
			break;
		}
		/* It is empty, so nobody waits for room. */
		mutex_unlock(&pipe->mutex);
		if (wait_event_interruptible_exclusive(pipe->rd_wait, pipe_readable(pipe)) < 0)
			return -ERESTARTSYS;
		slept = true;
		mutex_lock(&pipe->mutex);
	}
	leaves_some = !pipe_is_empty(pipe);
	mutex_unlock(&pipe->mutex);
	if (was_full)
		wake_writers(pipe);
	if (slept && leaves_some)
		wake_up_interruptible_sync_poll(&pipe->rd_wait, EPOLLIN | EPOLLRDNORM);	/* P4 */
	if (!done)
		return err;
	file_accessed(iocb->ki_filp);
	return done;
}

/* ---- writing ---- */

/*
 * The part of the write that isn't whole pages goes behind the last piece, if that has room for all
 * of it. Mutex held. Return: bytes, 0: it has not; -errno.
 */
static ssize_t append_to_last(struct pipe_inode_info *pipe, struct iov_iter *from)
{
	size_t chars = iov_iter_count(from) & (PAGE_SIZE - 1);
	struct pipe_buffer *buf;
	unsigned int offset;
	int error;

	if (!chars || pipe_is_empty(pipe))
		return 0;
	buf = pipe_buf(pipe, pipe->head - 1);
	offset = buf->offset + buf->len;
	if (!(buf->flags & PIPE_BUF_FLAG_CAN_MERGE) || offset + chars > PAGE_SIZE)
		return 0;
	error = pipe_buf_confirm(pipe, buf);
	if (error)
		return error;
	if (copy_page_from_iter(buf->page, offset, chars, from) < chars)
		return -EFAULT;
	buf->len += chars;
	return chars;
}

/* Up to a page into a new piece. Mutex held, there is a slot. Return: bytes, -errno. */
static ssize_t write_piece(struct pipe_inode_info *pipe, struct iov_iter *from, bool packet)
{
	size_t chars = min_t(size_t, iov_iter_count(from), PAGE_SIZE);
	struct page *page = pipe_get_page(pipe);

	if (unlikely(!page))
		return -ENOMEM;
	if (unlikely(copy_page_from_iter(page, 0, chars, from) < chars)) {
		pipe_put_page(pipe, page);
		return -EFAULT;
	}
	*pipe_head_buf(pipe) = (struct pipe_buffer){
		.page	= page,
		.len	= chars,
		.ops	= &anon_pipe_buf_ops,
		.flags	= packet ? PIPE_BUF_FLAG_PACKET : PIPE_BUF_FLAG_CAN_MERGE,
	};
	WRITE_ONCE(pipe->head, pipe->head + 1);
	return chars;
}

/*
 * As much as there is room for. Mutex held. @done grows by the bytes. Only the beginning of a write
 * goes behind what is there: later the last piece is full, or somebody else's.
 * Return: 0, -errno.
 */
static __always_inline int write_pieces(struct pipe_inode_info *pipe, struct iov_iter *from,
					bool packet, ssize_t *done)
{
	ssize_t n;

	if (unlikely(!pipe->readers)) {
		send_sig(SIGPIPE, current, 0);
		return -EPIPE;
	}
	n = *done ? 0 : append_to_last(pipe, from);
	if (n < 0)
		return n;
	*done += n;
	while (iov_iter_count(from) && !pipe_is_full(pipe)) {
		n = write_piece(pipe, from, packet);
		if (unlikely(n < 0))
			return n;
		*done += n;
	}
	return 0;
}

/* There is more to write than room for it. Return: 0: wait; -EAGAIN, -ERESTARTSYS. */
static int may_wait_for_room(struct kiocb *iocb)
{
	if (must_not_wait(iocb))
		return -EAGAIN;
	return signal_pending(current) ? -ERESTARTSYS : 0;
}

static ssize_t pipe_write(struct kiocb *iocb, struct iov_iter *from)
{
	struct file *filp = iocb->ki_filp;
	struct pipe_inode_info *pipe = filp->private_data;
	bool was_empty, slept = false, leaves_room;
	/* Read once: F_SETFL may change it on the way. */
	bool packet = READ_ONCE(filp->f_flags) & O_DIRECT;
	ssize_t done = 0;
	int err;

	if (unlikely(!iov_iter_count(from)))
		return 0;
	mutex_lock(&pipe->mutex);
	for (;;) {
		was_empty = pipe_is_empty(pipe);
		err = write_pieces(pipe, from, packet, &done);
		if (err || !iov_iter_count(from))
			break;
		err = may_wait_for_room(iocb);
		if (err)
			break;
		mutex_unlock(&pipe->mutex);
		if (was_empty)
			wake_readers(pipe);
		wait_event_interruptible_exclusive(pipe->wr_wait, pipe_writable(pipe));
		slept = true;
		mutex_lock(&pipe->mutex);
	}
	leaves_room = !pipe_is_full(pipe);
	mutex_unlock(&pipe->mutex);
	if (was_empty || READ_ONCE(pipe->poll_usage))
		wake_up_interruptible_sync_poll(&pipe->rd_wait, EPOLLIN | EPOLLRDNORM);
	kill_fasync(&pipe->fasync_readers, SIGIO, POLL_IN);
	if (slept && leaves_room)
		wake_up_interruptible_sync_poll(&pipe->wr_wait, EPOLLOUT | EPOLLWRNORM); /* P4 */
	if (!done)
		return err;
	err = file_update_time(filp);
	return err ? err : done;
}

/* ---- the rest of the methods ---- */

static long pipe_ioctl(struct file *filp, unsigned int cmd, unsigned long arg)
{
	struct pipe_inode_info *pipe = filp->private_data;
	unsigned int slot, count = 0;

	if (cmd != FIONREAD)
		return -ENOIOCTLCMD;
	mutex_lock(&pipe->mutex);
	for (slot = pipe->tail; slot != pipe->head; slot++)
		count += pipe_buf(pipe, slot)->len;
	mutex_unlock(&pipe->mutex);
	return put_user(count, (int __user *)arg);
}

static __poll_t pipe_poll(struct file *filp, poll_table *wait)
{
	struct pipe_inode_info *pipe = filp->private_data;
	unsigned int head, tail;
	__poll_t mask = 0;

	WRITE_ONCE(pipe->poll_usage, true);
	if (filp->f_mode & FMODE_READ)
		poll_wait(filp, &pipe->rd_wait, wait);
	if (filp->f_mode & FMODE_WRITE)
		poll_wait(filp, &pipe->wr_wait, wait);
	/* After poll_wait()'s barrier; a change between the two reads wakes us. */
	head = READ_ONCE(pipe->head);
	tail = READ_ONCE(pipe->tail);
	if (filp->f_mode & FMODE_READ) {
		if (!pipe_empty(head, tail))
			mask |= EPOLLIN | EPOLLRDNORM;
		/* A FIFO that no writer has opened yet hasn't hung up. */
		if (!pipe->writers && filp->f_pipe != pipe->w_counter)
			mask |= EPOLLHUP;
	}
	if (filp->f_mode & FMODE_WRITE) {
		if (!pipe_full(head, tail, pipe->max_usage))
			mask |= EPOLLOUT | EPOLLWRNORM;
		if (!pipe->readers)
			mask |= EPOLLERR;
	}
	return mask;
}

static int pipe_fasync(int fd, struct file *filp, int on)
{
	struct pipe_inode_info *pipe = filp->private_data;
	int retval = 0;

	mutex_lock(&pipe->mutex);
	if (filp->f_mode & FMODE_READ)
		retval = fasync_helper(fd, filp, on, &pipe->fasync_readers);
	if (retval >= 0 && (filp->f_mode & FMODE_WRITE)) {
		retval = fasync_helper(fd, filp, on, &pipe->fasync_writers);
		if (retval < 0 && (filp->f_mode & FMODE_READ))
			fasync_helper(-1, filp, 0, &pipe->fasync_readers);
	}
	mutex_unlock(&pipe->mutex);
	return retval;
}

/**
 * pipe_wait_for_readers - end a pipe, and wait until nobody has its reading end open
 * @file: its only writing end
 *
 * The readers find the end of the file from now on.
 *
 * Context: may sleep; a signal ends the wait.
 */
void pipe_wait_for_readers(struct file *file)
{
	struct pipe_inode_info *pipe = file->private_data;

	mutex_lock(&pipe->mutex);
	WRITE_ONCE(pipe->writers, pipe->writers - 1);
	wake_up_interruptible_all(&pipe->rd_wait);
	kill_fasync(&pipe->fasync_readers, SIGIO, POLL_IN);
	mutex_unlock(&pipe->mutex);
	wait_event_interruptible(pipe->wr_wait, !READ_ONCE(pipe->readers));
	/* Closing @file takes it away again. */
	mutex_lock(&pipe->mutex);
	WRITE_ONCE(pipe->writers, pipe->writers + 1);
	mutex_unlock(&pipe->mutex);
}

static int pipe_release(struct inode *inode, struct file *file)
{
	struct pipe_inode_info *pipe = file->private_data;

	mutex_lock(&pipe->mutex);
	if (file->f_mode & FMODE_READ)
		WRITE_ONCE(pipe->readers, pipe->readers - 1);
	if (file->f_mode & FMODE_WRITE)
		WRITE_ONCE(pipe->writers, pipe->writers - 1);
	/* One side is gone: the other has to know. So has who has left the writers to wait here. */
	if (!pipe->readers || !pipe->writers) {
		wake_up_interruptible_all(&pipe->rd_wait);
		wake_up_interruptible_all(&pipe->wr_wait);
		kill_fasync(&pipe->fasync_readers, SIGIO, POLL_IN);
		kill_fasync(&pipe->fasync_writers, SIGIO, POLL_OUT);
	}
	mutex_unlock(&pipe->mutex);
	put_pipe_info(inode, pipe);
	return 0;
}

const struct file_operations pipefifo_fops = {
	.open		= fifo_open,
	.read_iter	= pipe_read,
	.write_iter	= pipe_write,
	.poll		= pipe_poll,
	.unlocked_ioctl	= pipe_ioctl,
	.release	= pipe_release,
	.fasync		= pipe_fasync,
};
