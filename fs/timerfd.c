// SPDX-License-Identifier: MIT
/*
 * timerfd: a timer that is read().
 *
 * read() returns how often it has expired since the last read, and waits while that is 0. A
 * periodic timer is armed again by the read, or by who asks for its state: an expired one that
 * nobody reads costs nothing.
 *
 * One that is absolute on CLOCK_REALTIME may ask (TFD_TIMER_CANCEL_ON_SET) to be told when the
 * clock is set: its read() then fails with ECANCELED. Each reading of the clock's offset is
 * compared with the one at setting time.
 */

#include <linux/anon_inodes.h>
#include <linux/capability.h>
#include <linux/errno.h>
#include <linux/file.h>
#include <linux/fs.h>
#include <linux/hrtimer.h>
#include <linux/init.h>
#include <linux/ktime.h>
#include <linux/poll.h>
#include <linux/rcupdate.h>
#include <linux/rculist.h>
#include <linux/sched.h>
#include <linux/seq_file.h>
#include <linux/slab.h>
#include <linux/spinlock.h>
#include <linux/syscalls.h>
#include <linux/time.h>
#include <linux/timekeeping.h>
#include <linux/timerfd.h>
#include <linux/uaccess.h>
#include <linux/uio.h>
#include <uapi/linux/timerfd.h>

/**
 * struct timerfd_ctx - one timer; wqh.lock guards it but where noted
 * @tmr: the timer
 * @tintv: interval, 0 for once
 * @moffs: wall clock minus monotonic when it was set; KTIME_MAX once the clock was
 * @wqh: who waits
 * @ticks: expiries that weren't read
 * @clockid: as given
 * @expired: the timer has expired and isn't armed
 * @settime_flags: of the last timerfd_settime()
 * @might_cancel: on cancel_list; cancel_lock
 * @clist: RCU
 */
struct timerfd_ctx {
	struct hrtimer tmr;
	ktime_t tintv;
	ktime_t moffs;
	wait_queue_head_t wqh;
	u64 ticks;
	int clockid;
	bool expired;
	unsigned int settime_flags;
	bool might_cancel;
	struct list_head clist;
	struct rcu_head rcu;
};

static LIST_HEAD(cancel_list);
static DEFINE_SPINLOCK(cancel_lock);

/*
 * Alarm clocks would wake a suspended machine; otherwise they are the clocks they are named after.
 */
static clockid_t base_clock(int clockid)
{
	switch (clockid) {
	case CLOCK_REALTIME_ALARM:
		return CLOCK_REALTIME;
	case CLOCK_BOOTTIME_ALARM:
		return CLOCK_BOOTTIME;
	default:
		return clockid;
	}
}

static bool is_alarm(int clockid)
{
	return clockid == CLOCK_REALTIME_ALARM || clockid == CLOCK_BOOTTIME_ALARM;
}

static ktime_t wall_offset(void)
{
	return ktime_mono_to_real(0);
}

static enum hrtimer_restart timerfd_expired(struct hrtimer *htmr)
{
	struct timerfd_ctx *ctx = container_of(htmr, struct timerfd_ctx, tmr);
	unsigned long flags;

	spin_lock_irqsave(&ctx->wqh.lock, flags);
	ctx->expired = true;
	ctx->ticks++;
	wake_up_locked_poll(&ctx->wqh, EPOLLIN);
	spin_unlock_irqrestore(&ctx->wqh.lock, flags);
	return HRTIMER_NORESTART;
}

/* --- The clock was set ----------------------------------------------------------------------- */

/**
 * timerfd_clock_was_set - tell those who wanted to know
 *
 * Context: may not sleep.
 */
void timerfd_clock_was_set(void)
{
	ktime_t moffs = wall_offset();
	struct timerfd_ctx *ctx;
	unsigned long flags;

	rcu_read_lock();
	list_for_each_entry_rcu(ctx, &cancel_list, clist) {
		if (!READ_ONCE(ctx->might_cancel))
			continue;
		spin_lock_irqsave(&ctx->wqh.lock, flags);
		if (ctx->moffs != moffs) {
			ctx->moffs = KTIME_MAX;
			ctx->ticks++;
			wake_up_locked_poll(&ctx->wqh, EPOLLIN);
		}
		spin_unlock_irqrestore(&ctx->wqh.lock, flags);
	}
	rcu_read_unlock();
}

static void set_might_cancel(struct timerfd_ctx *ctx, bool might)
{
	spin_lock(&cancel_lock);
	if (might && !ctx->might_cancel)
		list_add_rcu(&ctx->clist, &cancel_list);
	else if (!might && ctx->might_cancel)
		list_del_rcu(&ctx->clist);
	WRITE_ONCE(ctx->might_cancel, might);
	spin_unlock(&cancel_lock);
}

/* The lock is held. Was the clock set? Asked once; from then on it is as if set now. */
static bool timerfd_canceled(struct timerfd_ctx *ctx)
{
	if (!ctx->might_cancel || ctx->moffs != KTIME_MAX)
		return false;
	ctx->moffs = wall_offset();
	return true;
}

/*
 * --- Setting -----------------------------------------------------------------------------------
 */

static void timerfd_setup(struct timerfd_ctx *ctx, int flags, const struct itimerspec64 *its)
{
	enum hrtimer_mode mode = flags & TFD_TIMER_ABSTIME ? HRTIMER_MODE_ABS : HRTIMER_MODE_REL;
	ktime_t when = timespec64_to_ktime(its->it_value);

	ctx->expired = false;
	ctx->ticks = 0;
	ctx->tintv = timespec64_to_ktime(its->it_interval);
	ctx->settime_flags = flags & (TFD_TIMER_ABSTIME | TFD_TIMER_CANCEL_ON_SET);
	hrtimer_setup(&ctx->tmr, timerfd_expired, base_clock(ctx->clockid), mode);
	if (when)
		hrtimer_start(&ctx->tmr, when, mode);
}

/* The lock is held. What is left, and the periods that nobody has counted yet. */
static void timerfd_state(struct timerfd_ctx *ctx, struct itimerspec64 *cur)
{
	ktime_t left;

	if (ctx->expired && ctx->tintv) {
		ctx->expired = false;
		ctx->ticks += hrtimer_forward_now(&ctx->tmr, ctx->tintv) - 1;
		hrtimer_restart(&ctx->tmr);
	}
	left = hrtimer_active(&ctx->tmr) ? hrtimer_expires_remaining(&ctx->tmr) : 0;
	cur->it_value = ktime_to_timespec64(max_t(ktime_t, left, 0));
	cur->it_interval = ktime_to_timespec64(ctx->tintv);
}

/*
 * --- The file ------------------------------------------------------------------------------------
 */

static int timerfd_release(struct inode *inode, struct file *file)
{
	struct timerfd_ctx *ctx = file->private_data;

	set_might_cancel(ctx, false);
	hrtimer_cancel(&ctx->tmr);
	kfree_rcu(ctx, rcu);
	return 0;
}

static __poll_t timerfd_poll(struct file *file, poll_table *wait)
{
	struct timerfd_ctx *ctx = file->private_data;

	poll_wait(file, &ctx->wqh, wait);
	return READ_ONCE(ctx->ticks) ? EPOLLIN : 0;
}

static ssize_t timerfd_read_iter(struct kiocb *iocb, struct iov_iter *to)
{
	struct file *file = iocb->ki_filp;
	struct timerfd_ctx *ctx = file->private_data;
	ssize_t ret = 0;
	u64 ticks = 0;

	if (iov_iter_count(to) < sizeof(ticks))
		return -EINVAL;
	spin_lock_irq(&ctx->wqh.lock);
	if ((file->f_flags & O_NONBLOCK) || (iocb->ki_flags & IOCB_NOWAIT))
		ret = ctx->ticks ? 0 : -EAGAIN;
	else
		ret = wait_event_interruptible_locked_irq(ctx->wqh, ctx->ticks);
	if (timerfd_canceled(ctx)) {
		ctx->ticks = 0;
		ctx->expired = false;
		ret = -ECANCELED;
	}
	if (!ret && ctx->ticks) {
		ticks = ctx->ticks;
		if (ctx->expired && ctx->tintv) {
			ticks += hrtimer_forward_now(&ctx->tmr, ctx->tintv) - 1;
			hrtimer_restart(&ctx->tmr);
		}
		ctx->expired = false;
		ctx->ticks = 0;
	}
	spin_unlock_irq(&ctx->wqh.lock);
	if (!ticks)
		return ret;
	return copy_to_iter(&ticks, sizeof(ticks), to) == sizeof(ticks) ? (ssize_t)sizeof(ticks) :
									  -EFAULT;
}

/* A checkpointed process' timer gets its unread expiries back. */
static long timerfd_ioctl(struct file *file, unsigned int cmd, unsigned long arg)
{
	struct timerfd_ctx *ctx = file->private_data;
	u64 ticks;

	if (cmd != TFD_IOC_SET_TICKS)
		return -ENOTTY;
	if (copy_from_user(&ticks, (u64 __user *)arg, sizeof(ticks)))
		return -EFAULT;
	if (!ticks)
		return -EINVAL;
	spin_lock_irq(&ctx->wqh.lock);
	ctx->ticks = ticks;
	wake_up_locked_poll(&ctx->wqh, EPOLLIN);
	spin_unlock_irq(&ctx->wqh.lock);
	return 0;
}

static void timerfd_show_fdinfo(struct seq_file *m, struct file *f)
{
	struct timerfd_ctx *ctx = f->private_data;
	struct timespec64 value, interval;

	spin_lock_irq(&ctx->wqh.lock);
	value = ktime_to_timespec64(max_t(ktime_t, hrtimer_expires_remaining(&ctx->tmr), 0));
	interval = ktime_to_timespec64(ctx->tintv);
	spin_unlock_irq(&ctx->wqh.lock);
	seq_printf(m, "clockid: %d\nticks: %llu\nsettime flags: 0%o\n", ctx->clockid,
		   (unsigned long long)ctx->ticks, ctx->settime_flags);
	seq_printf(m, "it_value: (%llu, %llu)\nit_interval: (%llu, %llu)\n",
		   (unsigned long long)value.tv_sec, (unsigned long long)value.tv_nsec,
		   (unsigned long long)interval.tv_sec, (unsigned long long)interval.tv_nsec);
}

static const struct file_operations timerfd_fops = {
	.show_fdinfo	= timerfd_show_fdinfo,
	.release	= timerfd_release,
	.poll		= timerfd_poll,
	.read_iter	= timerfd_read_iter,
	.llseek		= noop_llseek,
	.unlocked_ioctl	= timerfd_ioctl,
};

/*
 * --- System calls
 * ----------------------------------------------------------------------------------
 */

static bool clock_has_timerfd(int clockid)
{
	return clockid == CLOCK_MONOTONIC || clockid == CLOCK_REALTIME ||
	       clockid == CLOCK_BOOTTIME || is_alarm(clockid);
}

/* timerfd_create(2) */
SYSCALL_DEFINE2(timerfd_create, int, clockid, int, flags)
{
	struct timerfd_ctx *ctx;
	int fd;

	if ((flags & ~(TFD_CLOEXEC | TFD_NONBLOCK)) || !clock_has_timerfd(clockid))
		return -EINVAL;
	if (is_alarm(clockid) && !capable(CAP_WAKE_ALARM))
		return -EPERM;
	ctx = kzalloc(sizeof(*ctx), GFP_KERNEL);
	if (!ctx)
		return -ENOMEM;
	init_waitqueue_head(&ctx->wqh);
	ctx->clockid = clockid;
	hrtimer_setup(&ctx->tmr, timerfd_expired, base_clock(clockid), HRTIMER_MODE_ABS);
	ctx->moffs = wall_offset();
	fd = anon_inode_getfd("[timerfd]", &timerfd_fops, ctx,
			      O_RDWR | (flags & (O_CLOEXEC | O_NONBLOCK)));
	if (fd < 0)
		kfree(ctx);
	return fd;
}

/* The timer of a descriptor, for fdput(); or an errno. */
static int timerfd_fdget(int fd, struct fd *f)
{
	*f = fdget(fd);
	if (!fd_file(*f))
		return -EBADF;
	if (fd_file(*f)->f_op != &timerfd_fops) {
		fdput(*f);
		return -EINVAL;
	}
	return 0;
}

static bool wants_cancel(struct timerfd_ctx *ctx, int flags)
{
	return base_clock(ctx->clockid) == CLOCK_REALTIME && (flags & TFD_TIMER_ABSTIME) &&
	       (flags & TFD_TIMER_CANCEL_ON_SET);
}

/* As timerfd_state(), of a timer that has just been cancelled. */
static void timerfd_old_state(struct timerfd_ctx *ctx, bool was_armed, struct itimerspec64 *old)
{
	ktime_t left = 0;

	if (ctx->expired && ctx->tintv) {
		hrtimer_forward_now(&ctx->tmr, ctx->tintv);
		was_armed = true;
	}
	if (was_armed)
		left = max_t(ktime_t, hrtimer_expires_remaining(&ctx->tmr), 0);
	old->it_value = ktime_to_timespec64(left);
	old->it_interval = ktime_to_timespec64(ctx->tintv);
}

static int do_timerfd_settime(int ufd, int flags, const struct itimerspec64 *new,
			      struct itimerspec64 *old)
{
	struct timerfd_ctx *ctx;
	struct fd f;
	int ret;

	if ((flags & ~(TFD_TIMER_ABSTIME | TFD_TIMER_CANCEL_ON_SET)) || !itimerspec64_valid(new))
		return -EINVAL;
	ret = timerfd_fdget(ufd, &f);
	if (ret)
		return ret;
	ctx = fd_file(f)->private_data;
	if (is_alarm(ctx->clockid) && !capable(CAP_WAKE_ALARM)) {
		fdput(f);
		return -EPERM;
	}
	set_might_cancel(ctx, wants_cancel(ctx, flags));
	for (;;) {
		spin_lock_irq(&ctx->wqh.lock);
		ret = hrtimer_try_to_cancel(&ctx->tmr);
		if (ret >= 0)
			break;
		/* Its callback waits for the lock. */
		spin_unlock_irq(&ctx->wqh.lock);
		cpu_relax();
	}
	timerfd_old_state(ctx, ret > 0, old);
	timerfd_setup(ctx, flags, new);
	ctx->moffs = wall_offset();
	spin_unlock_irq(&ctx->wqh.lock);
	fdput(f);
	return 0;
}

/* timerfd_settime(2) */
SYSCALL_DEFINE4(timerfd_settime, int, ufd, int, flags,
		const struct __kernel_itimerspec __user *, utmr,
		struct __kernel_itimerspec __user *, otmr)
{
	struct itimerspec64 new, old;
	int ret;

	if (get_itimerspec64(&new, utmr))
		return -EFAULT;
	ret = do_timerfd_settime(ufd, flags, &new, &old);
	if (!ret && otmr && put_itimerspec64(&old, otmr))
		return -EFAULT;
	return ret;
}

/* timerfd_gettime(2) */
SYSCALL_DEFINE2(timerfd_gettime, int, ufd, struct __kernel_itimerspec __user *, otmr)
{
	struct itimerspec64 cur;
	struct timerfd_ctx *ctx;
	struct fd f;
	int ret;

	ret = timerfd_fdget(ufd, &f);
	if (ret)
		return ret;
	ctx = fd_file(f)->private_data;
	spin_lock_irq(&ctx->wqh.lock);
	timerfd_state(ctx, &cur);
	spin_unlock_irq(&ctx->wqh.lock);
	fdput(f);
	return put_itimerspec64(&cur, otmr);
}
