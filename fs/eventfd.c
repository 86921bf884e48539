// SPDX-License-Identifier: MIT
/*
 * eventfd: a 64-bit counter that is read and written through a descriptor.
 *
 *	write(n)	adds; waits while the sum would be above the largest value, 2^64 - 2
 *	read()		takes all, or 1 with EFD_SEMAPHORE; waits while it is 0
 *
 * The kernel adds 1 without waiting (eventfd_signal()), and so may reach 2^64 - 1, which poll()
 * reports as an error: it overflowed.
 */

#include <linux/eventfd.h>

#include <linux/anon_inodes.h>
#include <linux/errno.h>
#include <linux/export.h>
#include <linux/file.h>
#include <linux/fs.h>
#include <linux/kref.h>
#include <linux/poll.h>
#include <linux/sched/signal.h>
#include <linux/seq_file.h>
#include <linux/slab.h>
#include <linux/syscalls.h>
#include <linux/uio.h>
#include <linux/wait.h>

/**
 * struct eventfd_ctx - the counter
 * @kref: the file, and kernel code that adds
 * @wqh: who waits; its lock guards @count
 * @count: the value
 * @flags: EFD_*
 */
struct eventfd_ctx {
	struct kref kref;
	wait_queue_head_t wqh;
	u64 count;
	unsigned int flags;
};

/**
 * eventfd_signal - add 1
 * @ctx: the counter
 *
 * Context: any but NMI.
 */
void eventfd_signal(struct eventfd_ctx *ctx)
{
	unsigned long flags;

	spin_lock_irqsave(&ctx->wqh.lock, flags);
	if (ctx->count < U64_MAX)
		ctx->count++;
	if (waitqueue_active(&ctx->wqh))
		wake_up_locked_poll(&ctx->wqh, EPOLLIN);
	spin_unlock_irqrestore(&ctx->wqh.lock, flags);
}
EXPORT_SYMBOL_GPL(eventfd_signal);

static void eventfd_free(struct kref *kref)
{
	kfree(container_of(kref, struct eventfd_ctx, kref));
}

/**
 * eventfd_ctx_put - give a reference to a counter back
 * @ctx: the counter, freed with its last reference
 *
 * Context: any but NMI.
 */
void eventfd_ctx_put(struct eventfd_ctx *ctx)
{
	kref_put(&ctx->kref, eventfd_free);
}
EXPORT_SYMBOL_GPL(eventfd_ctx_put);

static int eventfd_release(struct inode *inode, struct file *file)
{
	struct eventfd_ctx *ctx = file->private_data;

	wake_up_poll(&ctx->wqh, EPOLLHUP);
	eventfd_ctx_put(ctx);
	return 0;
}

static __poll_t eventfd_poll(struct file *file, poll_table *wait)
{
	struct eventfd_ctx *ctx = file->private_data;
	__poll_t events = 0;
	u64 count;

	poll_wait(file, &ctx->wqh, wait);
	count = READ_ONCE(ctx->count);
	if (count > 0)
		events |= EPOLLIN;
	if (count == U64_MAX)
		events |= EPOLLERR;
	if (count < U64_MAX - 1)
		events |= EPOLLOUT;
	return events;
}

/* The lock is held. What a read gets, taken off. */
static u64 take_count(struct eventfd_ctx *ctx)
{
	u64 taken = ctx->flags & EFD_SEMAPHORE && ctx->count ? 1 : ctx->count;

	ctx->count -= taken;
	return taken;
}

static ssize_t eventfd_read(struct kiocb *iocb, struct iov_iter *to)
{
	struct file *file = iocb->ki_filp;
	struct eventfd_ctx *ctx = file->private_data;
	u64 taken;

	if (iov_iter_count(to) < sizeof(taken))
		return -EINVAL;
	spin_lock_irq(&ctx->wqh.lock);
	if (!ctx->count) {
		if ((file->f_flags & O_NONBLOCK) || (iocb->ki_flags & IOCB_NOWAIT)) {
			spin_unlock_irq(&ctx->wqh.lock);
			return -EAGAIN;
		}
		if (wait_event_interruptible_locked_irq(ctx->wqh, ctx->count)) {
			spin_unlock_irq(&ctx->wqh.lock);
			return -ERESTARTSYS;
		}
	}
	taken = take_count(ctx);
	if (waitqueue_active(&ctx->wqh))
		wake_up_locked_poll(&ctx->wqh, EPOLLOUT);
	spin_unlock_irq(&ctx->wqh.lock);
	if (unlikely(copy_to_iter(&taken, sizeof(taken), to) != sizeof(taken)))
		return -EFAULT;
	return sizeof(taken);
}

static ssize_t eventfd_write(struct file *file, const char __user *buf, size_t count, loff_t *ppos)
{
	struct eventfd_ctx *ctx = file->private_data;
	ssize_t ret = sizeof(u64);
	u64 n;

	if (count != sizeof(n))
		return -EINVAL;
	if (copy_from_user(&n, buf, sizeof(n)))
		return -EFAULT;
	if (n == U64_MAX)
		return -EINVAL;
	spin_lock_irq(&ctx->wqh.lock);
	if (U64_MAX - ctx->count <= n) {
		if (file->f_flags & O_NONBLOCK)
			ret = -EAGAIN;
		else if (wait_event_interruptible_locked_irq(ctx->wqh, U64_MAX - ctx->count > n))
			ret = -ERESTARTSYS;
	}
	if (likely(ret > 0)) {
		ctx->count += n;
		if (waitqueue_active(&ctx->wqh))
			wake_up_locked_poll(&ctx->wqh, EPOLLIN);
	}
	spin_unlock_irq(&ctx->wqh.lock);
	return ret;
}

static void eventfd_show_fdinfo(struct seq_file *m, struct file *f)
{
	struct eventfd_ctx *ctx = f->private_data;
	u64 count;

	spin_lock_irq(&ctx->wqh.lock);
	count = ctx->count;
	spin_unlock_irq(&ctx->wqh.lock);
	seq_printf(m, "eventfd-count: %16llx\neventfd-semaphore: %d\n",
		   (unsigned long long)count, !!(ctx->flags & EFD_SEMAPHORE));
}

static const struct file_operations eventfd_fops = {
	.show_fdinfo	= eventfd_show_fdinfo,
	.release	= eventfd_release,
	.poll		= eventfd_poll,
	.read_iter	= eventfd_read,
	.write		= eventfd_write,
	.llseek		= noop_llseek,
};

/**
 * eventfd_fget - the file of a descriptor, if it is an eventfd
 * @fd: the descriptor
 *
 * Return: the file, referenced; ERR_PTR(-EBADF), ERR_PTR(-EINVAL).
 */
struct file *eventfd_fget(int fd)
{
	struct file *file = fget(fd);

	if (!file)
		return ERR_PTR(-EBADF);
	if (file->f_op != &eventfd_fops) {
		fput(file);
		return ERR_PTR(-EINVAL);
	}
	return file;
}
EXPORT_SYMBOL_GPL(eventfd_fget);

/**
 * eventfd_ctx_fileget - the counter of an eventfd's file
 * @file: the file
 *
 * Return: the counter, referenced; ERR_PTR(-EINVAL) if it is no eventfd. eventfd(2).
 */
struct eventfd_ctx *eventfd_ctx_fileget(struct file *file)
{
	struct eventfd_ctx *ctx;

	if (file->f_op != &eventfd_fops)
		return ERR_PTR(-EINVAL);
	ctx = file->private_data;
	kref_get(&ctx->kref);
	return ctx;
}
EXPORT_SYMBOL_GPL(eventfd_ctx_fileget);

/**
 * eventfd_ctx_fdget - the counter of a descriptor
 * @fd: of current
 *
 * Context: task context; may sleep.
 * Return: the counter, referenced; ERR_PTR(-EBADF), ERR_PTR(-EINVAL) if it is no eventfd.
 */
struct eventfd_ctx *eventfd_ctx_fdget(int fd)
{
	struct file *file = fget(fd);
	struct eventfd_ctx *ctx;

	if (!file)
		return ERR_PTR(-EBADF);
	ctx = eventfd_ctx_fileget(file);
	fput(file);
	return ctx;
}
EXPORT_SYMBOL_GPL(eventfd_ctx_fdget);

static int do_eventfd(unsigned int count, int flags)
{
	struct eventfd_ctx *ctx;
	int fd;

	if (flags & ~(EFD_SEMAPHORE | EFD_CLOEXEC | EFD_NONBLOCK))
		return -EINVAL;
	ctx = kzalloc(sizeof(*ctx), GFP_KERNEL);
	if (!ctx)
		return -ENOMEM;
	kref_init(&ctx->kref);
	init_waitqueue_head(&ctx->wqh);
	ctx->count = count;
	ctx->flags = flags;
	fd = anon_inode_getfd("[eventfd]", &eventfd_fops, ctx,
			      O_RDWR | (flags & (O_CLOEXEC | O_NONBLOCK)));
	if (fd < 0)
		eventfd_ctx_put(ctx);
	return fd;
}

/* eventfd2(2) */
SYSCALL_DEFINE2(eventfd2, unsigned int, count, int, flags)
{
	return do_eventfd(count, flags);
}

/* eventfd(2) */
SYSCALL_DEFINE1(eventfd, unsigned int, count)
{
	return do_eventfd(count, 0);
}
