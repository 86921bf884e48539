// SPDX-License-Identifier: MIT
/*
 * signalfd: signals by read().
 *
 * The file has a set; read() takes signals of that set from the queues of whoever reads, which
 * should block them so that nothing else does. So what a descriptor yields depends on the reader:
 * after a fork it is the child's signals for the child.
 *
 * Waiters are on a queue in the reader's sighand_struct. That may go (exit, exec) while an epoll
 * still has an entry in it: signalfd_cleanup() makes those take themselves off.
 */

#include <linux/seq_file.h>
#include <linux/signalfd.h>

#include <linux/anon_inodes.h>
#include <linux/errno.h>
#include <linux/file.h>
#include <linux/fs.h>
#include <linux/poll.h>
#include <linux/sched/signal.h>
#include <linux/signal.h>
#include <linux/slab.h>
#include <linux/syscalls.h>
#include <linux/uio.h>

/**
 * signalfd_cleanup - a process ends: its signalfds, open elsewhere, leave its queue
 * @sighand: with the queue, about to be freed
 */
void signalfd_cleanup(struct sighand_struct *sighand)
{
	wake_up_pollfree(&sighand->signalfd_wqh);
}

/**
 * struct signalfd_ctx - what a descriptor stands for
 * @sigmask: the signals that it does not yield, as a mask; current's siglock when it is changed
 */
struct signalfd_ctx {
	sigset_t sigmask;
};

static int signalfd_release(struct inode *inode, struct file *file)
{
	kfree(file->private_data);
	return 0;
}

static __poll_t signalfd_poll(struct file *file, poll_table *wait)
{
	struct signalfd_ctx *ctx = file->private_data;
	__poll_t events = 0;

	poll_wait(file, &own_sighand()->signalfd_wqh, wait);
	spin_lock_irq(&own_sighand()->siglock);
	if (next_signal(&current->pending, &ctx->sigmask) ||
	    next_signal(&current->signal->shared_pending, &ctx->sigmask))
		events |= EPOLLIN;
	spin_unlock_irq(&own_sighand()->siglock);
	return events;
}

/* A siginfo in the form that is read. What its kind doesn't have is zero. */
static void convert_siginfo(struct signalfd_siginfo *new, const kernel_siginfo_t *info)
{
	memset(new, 0, sizeof(*new));
	new->ssi_signo = info->si_signo;
	new->ssi_errno = info->si_errno;
	new->ssi_code = info->si_code;
	switch (siginfo_layout(info->si_signo, info->si_code)) {
	case SIL_KILL:
		new->ssi_pid = info->si_pid;
		new->ssi_uid = info->si_uid;
		break;
	case SIL_TIMER:
		new->ssi_tid = info->si_tid;
		new->ssi_overrun = info->si_overrun;
		new->ssi_ptr = (unsigned long)info->_sifields._timer._sigval.sival_ptr;
		new->ssi_int = info->_sifields._timer._sigval.sival_int;
		break;
	case SIL_POLL:
		new->ssi_band = info->si_band;
		new->ssi_fd = info->si_fd;
		break;
	case SIL_CHLD:
		new->ssi_pid = info->si_pid;
		new->ssi_uid = info->si_uid;
		new->ssi_status = info->si_status;
		new->ssi_utime = info->si_utime;
		new->ssi_stime = info->si_stime;
		break;
	case SIL_RT:
		new->ssi_pid = info->si_pid;
		new->ssi_uid = info->si_uid;
		new->ssi_ptr = (unsigned long)info->si_ptr;
		new->ssi_int = info->si_int;
		break;
	case SIL_SYS:
		new->ssi_call_addr = (unsigned long)info->si_call_addr;
		new->ssi_syscall = info->si_syscall;
		new->ssi_arch = info->si_arch;
		break;
	case SIL_FAULT_TRAPNO:
		new->ssi_addr = (unsigned long)info->si_addr;
		new->ssi_trapno = info->si_trapno;
		break;
	case SIL_FAULT_MCEERR:
		new->ssi_addr = (unsigned long)info->si_addr;
		new->ssi_addr_lsb = info->si_addr_lsb;
		break;
	default:
		new->ssi_addr = (unsigned long)info->si_addr;
		break;
	}
}

/* Return: the signal; 0 with -EAGAIN's meaning if @nonblock; -ERESTARTSYS. */
static int signalfd_dequeue(struct signalfd_ctx *ctx, kernel_siginfo_t *info, bool nonblock)
{
	spinlock_t *lock = &own_sighand()->siglock;
	DECLARE_WAITQUEUE(wait, current);
	enum pid_type type;
	int sig;

	spin_lock_irq(lock);
	sig = dequeue_signal(&ctx->sigmask, info, &type);
	if (sig || nonblock) {
		spin_unlock_irq(lock);
		return sig;
	}
	add_wait_queue(&own_sighand()->signalfd_wqh, &wait);
	for (;;) {
		set_current_state(TASK_INTERRUPTIBLE);
		sig = dequeue_signal(&ctx->sigmask, info, &type);
		if (sig)
			break;
		if (signal_pending(current)) {
			sig = -ERESTARTSYS;
			break;
		}
		spin_unlock_irq(lock);
		schedule();
		spin_lock_irq(lock);
	}
	spin_unlock_irq(lock);
	remove_wait_queue(&own_sighand()->signalfd_wqh, &wait);
	__set_current_state(TASK_RUNNING);
	return sig;
}

static ssize_t signalfd_read_iter(struct kiocb *iocb, struct iov_iter *to)
{
	struct signalfd_ctx *ctx = iocb->ki_filp->private_data;
	size_t count = iov_iter_count(to) / sizeof(struct signalfd_siginfo);
	struct signalfd_siginfo out;
	kernel_siginfo_t info;
	ssize_t total = 0;
	bool nonblock;
	int ret;

	if (!count)
		return -EINVAL;
	nonblock = (iocb->ki_filp->f_flags & O_NONBLOCK) || (iocb->ki_flags & IOCB_NOWAIT);
	do {
		ret = signalfd_dequeue(ctx, &info, nonblock);
		if (unlikely(ret <= 0))
			break;
		convert_siginfo(&out, &info);
		if (copy_to_iter(&out, sizeof(out), to) != sizeof(out)) {
			ret = -EFAULT;
			break;
		}
		total += sizeof(out);
		/* Waiting is for the first only. */
		nonblock = true;
	} while (--count);
	if (total)
		return total;
	return ret ? ret : -EAGAIN;
}

/* The signals that it yields. */
static void signalfd_show_fdinfo(struct seq_file *m, struct file *f)
{
	struct signalfd_ctx *ctx = f->private_data;

	seq_printf(m, "sigmask:\t%016lx\n", ~ctx->sigmask.sig[0]);
}

static const struct file_operations signalfd_fops = {
	.show_fdinfo	= signalfd_show_fdinfo,
	.release	= signalfd_release,
	.poll		= signalfd_poll,
	.read_iter	= signalfd_read_iter,
	.llseek		= noop_llseek,
};

static int new_signalfd(const sigset_t *mask, int flags)
{
	struct signalfd_ctx *ctx = kmalloc(sizeof(*ctx), GFP_KERNEL);
	int fd;

	if (!ctx)
		return -ENOMEM;
	ctx->sigmask = *mask;
	fd = anon_inode_getfd("[signalfd]", &signalfd_fops, ctx,
			      O_RDWR | (flags & (O_CLOEXEC | O_NONBLOCK)));
	if (fd < 0)
		kfree(ctx);
	return fd;
}

static int change_signalfd(int ufd, const sigset_t *mask)
{
	struct fd f = fdget(ufd);
	struct signalfd_ctx *ctx;

	if (!fd_file(f))
		return -EBADF;
	if (fd_file(f)->f_op != &signalfd_fops) {
		fdput(f);
		return -EINVAL;
	}
	ctx = fd_file(f)->private_data;
	spin_lock_irq(&own_sighand()->siglock);
	ctx->sigmask = *mask;
	spin_unlock_irq(&own_sighand()->siglock);
	/* It may yield what waits already. */
	wake_up(&own_sighand()->signalfd_wqh);
	fdput(f);
	return ufd;
}

static int do_signalfd4(int ufd, sigset_t __user *user_mask, size_t sizemask, int flags)
{
	sigset_t mask;

	if (sizemask != sizeof(sigset_t))
		return -EINVAL;
	if (copy_from_user(&mask, user_mask, sizeof(mask)))
		return -EFAULT;
	if (flags & ~(SFD_CLOEXEC | SFD_NONBLOCK))
		return -EINVAL;
	sigdelsetmask(&mask, SIG_KERNEL_ONLY_MASK);
	signotset(&mask);
	return ufd == -1 ? new_signalfd(&mask, flags) : change_signalfd(ufd, &mask);
}

/* signalfd4(2) */
SYSCALL_DEFINE4(signalfd4, int, ufd, sigset_t __user *, user_mask, size_t, sizemask, int, flags)
{
	return do_signalfd4(ufd, user_mask, sizemask, flags);
}

/* signalfd(2) */
SYSCALL_DEFINE3(signalfd, int, ufd, sigset_t __user *, user_mask, size_t, sizemask)
{
	return do_signalfd4(ufd, user_mask, sizemask, 0);
}
