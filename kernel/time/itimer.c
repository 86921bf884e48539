// SPDX-License-Identifier: MIT
/*
 * The three interval timers that each process has always had: setitimer(2), getitimer(2), alarm(2).
 *
 *	ITIMER_REAL	an hrtimer; SIGALRM. It is armed again when the signal is taken, see
 *			dequeue_signal().
 *	ITIMER_VIRTUAL	user CPU time of all threads; SIGVTALRM
 *	ITIMER_PROF	user and system CPU time; SIGPROF. Both are looked at by the tick, see
 *			posix-cpu-timers.c.
 */

#include "posix-timers.h"

#include <linux/errno.h>
#include <linux/ktime.h>
#include <linux/syscalls.h>
#include <linux/uaccess.h>

static spinlock_t *own_siglock(void)
{
	return &rcu_dereference_protected(current->sighand, 1)->siglock;
}

/**
 * it_real_fn - ITIMER_REAL has expired
 * @timer: the process' real_timer
 *
 * Return: HRTIMER_NORESTART: a periodic one is armed anew when the signal is taken.
 */
enum hrtimer_restart it_real_fn(struct hrtimer *timer)
{
	struct signal_struct *sig = container_of(timer, struct signal_struct, real_timer);
	struct pid *leader = sig->pids[PIDTYPE_TGID];

	kill_pid_info(SIGALRM, SEND_SIG_PRIV, leader);
	return HRTIMER_NORESTART;
}

static struct timespec64 real_timer_left(struct hrtimer *timer)
{
	ktime_t left = __hrtimer_get_remaining(timer, true);

	if (!hrtimer_active(timer))
		return (struct timespec64) { };
	/* Due at any moment; 0 would say that it is off. */
	if (left <= 0)
		left = NSEC_PER_USEC;
	return ktime_to_timespec64(left);
}

/* --- CPU time -------------------------------------------------------------------------------- */

static unsigned int cpu_clock_of(int which)
{
	return which == ITIMER_VIRTUAL ? CPUCLOCK_VIRT : CPUCLOCK_PROF;
}

/* it[] has the profiling one first, as the clocks have. */
static void get_cpu_itimer(struct task_struct *tsk, unsigned int clock, struct itimerspec64 *value)
{
	u64 expires, interval, now;

	spin_lock_irq(own_siglock());
	expires = tsk->signal->it[clock].expires;
	interval = tsk->signal->it[clock].incr;
	if (expires) {
		now = cpu_clock_of_group(clock, tsk);
		expires = expires > now ? expires - now : TICK_NSEC;
	}
	spin_unlock_irq(own_siglock());
	value->it_value = ns_to_timespec64(expires);
	value->it_interval = ns_to_timespec64(interval);
}

static void set_cpu_itimer(struct task_struct *tsk, unsigned int clock,
			   const struct itimerspec64 *value, struct itimerspec64 *old)
{
	u64 interval = timespec64_to_ns(&value->it_interval);
	u64 expires = timespec64_to_ns(&value->it_value);
	u64 old_expires, old_interval;

	spin_lock_irq(own_siglock());
	old_expires = tsk->signal->it[clock].expires;
	old_interval = tsk->signal->it[clock].incr;
	if (old_expires || expires) {
		/* A tick more: what is charged by ticks must not be reported early. */
		if (expires)
			expires += TICK_NSEC;
		set_process_cpu_timer(tsk, clock, &expires, &old_expires);
	}
	tsk->signal->it[clock].expires = expires;
	tsk->signal->it[clock].incr = interval;
	spin_unlock_irq(own_siglock());
	if (old) {
		old->it_value = ns_to_timespec64(old_expires);
		old->it_interval = ns_to_timespec64(old_interval);
	}
}

/*
 * --- Any of the three ----------------------------------------------------------------------------
 */

static int do_getitimer(int which, struct itimerspec64 *value)
{
	struct task_struct *tsk = current;

	switch (which) {
	case ITIMER_REAL:
		spin_lock_irq(own_siglock());
		value->it_value = real_timer_left(&tsk->signal->real_timer);
		value->it_interval = ktime_to_timespec64(tsk->signal->it_real_incr);
		spin_unlock_irq(own_siglock());
		return 0;
	case ITIMER_VIRTUAL:
	case ITIMER_PROF:
		get_cpu_itimer(tsk, cpu_clock_of(which), value);
		return 0;
	default:
		return -EINVAL;
	}
}

static void set_real_itimer(struct task_struct *tsk, const struct itimerspec64 *value,
			    struct itimerspec64 *old)
{
	struct hrtimer *timer = &tsk->signal->real_timer;
	ktime_t expires;

	for (;;) {
		spin_lock_irq(own_siglock());
		if (old) {
			old->it_value = real_timer_left(timer);
			old->it_interval = ktime_to_timespec64(tsk->signal->it_real_incr);
		}
		if (hrtimer_try_to_cancel(timer) >= 0)
			break;
		/* It fires at this moment, and wants the lock. */
		spin_unlock_irq(own_siglock());
		cpu_relax();
	}
	expires = timespec64_to_ktime(value->it_value);
	if (expires) {
		tsk->signal->it_real_incr = timespec64_to_ktime(value->it_interval);
		hrtimer_start(timer, expires, HRTIMER_MODE_REL);
	} else {
		tsk->signal->it_real_incr = 0;
	}
	spin_unlock_irq(own_siglock());
}

static int do_setitimer(int which, const struct itimerspec64 *value, struct itimerspec64 *old)
{
	switch (which) {
	case ITIMER_REAL:
		set_real_itimer(current, value, old);
		return 0;
	case ITIMER_VIRTUAL:
	case ITIMER_PROF:
		set_cpu_itimer(current, cpu_clock_of(which), value, old);
		return 0;
	default:
		return -EINVAL;
	}
}

/*
 * --- System calls
 * ------------------------------------------------------------------------------------
 */

static struct __kernel_old_timeval timeval_of(const struct timespec64 *ts)
{
	return (struct __kernel_old_timeval) { ts->tv_sec, ts->tv_nsec / NSEC_PER_USEC };
}

static int put_itimerval(struct __kernel_old_itimerval __user *uvalue,
			 const struct itimerspec64 *it)
{
	struct __kernel_old_itimerval v = {
		.it_interval = timeval_of(&it->it_interval),
		.it_value = timeval_of(&it->it_value),
	};

	return copy_to_user(uvalue, &v, sizeof(v)) ? -EFAULT : 0;
}

static bool timeval_valid(const struct __kernel_old_timeval *tv)
{
	return tv->tv_sec >= 0 && tv->tv_usec >= 0 && tv->tv_usec < USEC_PER_SEC;
}

static int get_itimerval(struct itimerspec64 *it,
			 const struct __kernel_old_itimerval __user *uvalue)
{
	struct __kernel_old_itimerval v;

	if (copy_from_user(&v, uvalue, sizeof(v)))
		return -EFAULT;
	if (!timeval_valid(&v.it_value) || !timeval_valid(&v.it_interval))
		return -EINVAL;
	it->it_value = (struct timespec64) { v.it_value.tv_sec,
					     v.it_value.tv_usec * NSEC_PER_USEC };
	it->it_interval = (struct timespec64) {
		v.it_interval.tv_sec, v.it_interval.tv_usec * NSEC_PER_USEC
	};
	return 0;
}

/* getitimer(2) */
SYSCALL_DEFINE2(getitimer, int, which, struct __kernel_old_itimerval __user *, value)
{
	struct itimerspec64 it;
	int ret = do_getitimer(which, &it);

	return ret ?: put_itimerval(value, &it);
}

/* setitimer(2). Without a value the timer is switched off. */
SYSCALL_DEFINE3(setitimer, int, which, struct __kernel_old_itimerval __user *, value,
		struct __kernel_old_itimerval __user *, ovalue)
{
	struct itimerspec64 set = { }, old;
	int ret;

	if (value) {
		ret = get_itimerval(&set, value);
		if (ret)
			return ret;
	}
	ret = do_setitimer(which, &set, ovalue ? &old : NULL);
	if (ret || !ovalue)
		return ret;
	return put_itimerval(ovalue, &old);
}

/* alarm(2): in whole seconds, rounded so that an alarm that is set never reads 0. */
SYSCALL_DEFINE1(alarm, unsigned int, seconds)
{
	struct itimerspec64 set = { }, old;

	set.it_value.tv_sec = seconds;
	do_setitimer(ITIMER_REAL, &set, &old);
	if ((!old.it_value.tv_sec && old.it_value.tv_nsec) ||
	    old.it_value.tv_nsec >= NSEC_PER_SEC / 2)
		old.it_value.tv_sec++;
	return old.it_value.tv_sec;
}
