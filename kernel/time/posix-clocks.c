// SPDX-License-Identifier: MIT
/*
 * The clocks of programs: reading, setting and sleeping by them.
 *
 * A clock id of 0 or more names a clock of the table at the end of this file. A negative one is the
 * CPU clock of a process or thread (posix-cpu-timers.c): the pid is in it.
 *
 * A relative sleep that a signal interrupts is continued by restart_syscall(2), which needs to know
 * only when it was to end (restart_block). An absolute one just starts over.
 */

#include "posix-timers.h"

#include <linux/capability.h>
#include <linux/errno.h>
#include <linux/init.h>
#include <linux/jiffies.h>
#include <linux/ktime.h>
#include <linux/sched/signal.h>
#include <linux/sched/rt.h>
#include <linux/string.h>
#include <linux/syscalls.h>
#include <linux/time.h>
#include <linux/timekeeping.h>
#include <linux/timex.h>
#include <linux/uaccess.h>
#include <linux/user_field.h>

/* --- Time from and to programs ---------------------------------------------------------------- */

/**
 * get_timespec64 - read a program's timespec
 * @ts: ours; not checked: see timespec64_valid()
 * @uts: the program's
 *
 * Context: may sleep.
 * Return: 0, -EFAULT.
 */
int get_timespec64(struct timespec64 *ts, const struct __kernel_timespec __user *uts)
{
	struct __kernel_timespec kts;

	if (copy_from_user(&kts, uts, sizeof(kts)))
		return -EFAULT;
	ts->tv_sec = kts.tv_sec;
	ts->tv_nsec = kts.tv_nsec;
	return 0;
}

/**
 * put_timespec64 - hand a timespec to a program
 * @ts: ours
 * @uts: the program's
 *
 * Context: may sleep.
 * Return: 0, -EFAULT.
 */
int put_timespec64(const struct timespec64 *ts, struct __kernel_timespec __user *uts)
{
	struct __kernel_timespec kts = { .tv_sec = ts->tv_sec, .tv_nsec = ts->tv_nsec };

	return copy_to_user(uts, &kts, sizeof(kts)) ? -EFAULT : 0;
}

/**
 * get_itimerspec64 - read a program's itimerspec
 * @it: ours; not checked
 * @uit: the program's
 *
 * Context: may sleep.
 * Return: 0, -EFAULT.
 */
int get_itimerspec64(struct itimerspec64 *it, const struct __kernel_itimerspec __user *uit)
{
	return get_timespec64(&it->it_interval, user_field(uit, it_interval)) ?:
	       get_timespec64(&it->it_value, user_field(uit, it_value));
}

/**
 * put_itimerspec64 - hand an itimerspec to a program
 * @it: ours
 * @uit: the program's
 *
 * Context: may sleep.
 * Return: 0, -EFAULT.
 */
int put_itimerspec64(const struct itimerspec64 *it, struct __kernel_itimerspec __user *uit)
{
	return put_timespec64(&it->it_interval, user_field(uit, it_interval)) ?:
	       put_timespec64(&it->it_value, user_field(uit, it_value));
}

/* --- Sleeping --------------------------------------------------------------------------------- */

/**
 * nanosleep_copyout - tell how much of an interrupted sleep is left
 * @restart: knows where to
 * @ts: how much
 *
 * Return: -ERESTART_RESTARTBLOCK or -EFAULT.
 */
long nanosleep_copyout(struct restart_block *restart, struct timespec64 *ts)
{
	if (restart->nanosleep.type == TT_NATIVE && put_timespec64(ts, restart->nanosleep.rmtp))
		return -EFAULT;
	return -ERESTART_RESTARTBLOCK;
}

/* Until the timer, which is set up, or a signal. */
static long do_nanosleep(struct hrtimer_sleeper *t, enum hrtimer_mode mode)
{
	struct restart_block *restart = &current->restart_block;

	do {
		set_current_state(TASK_INTERRUPTIBLE | TASK_FREEZABLE);
		hrtimer_sleeper_start_expires(t, mode);
		if (likely(t->task))
			schedule();
		hrtimer_cancel(&t->timer);
		mode = HRTIMER_MODE_ABS;
	} while (t->task && !signal_pending(current));
	__set_current_state(TASK_RUNNING);

	if (!t->task)
		return 0;
	if (restart->nanosleep.type != TT_NONE) {
		ktime_t left = hrtimer_expires_remaining(&t->timer);
		struct timespec64 ts;

		if (left <= 0)
			return 0;
		ts = ktime_to_timespec64(left);
		return nanosleep_copyout(restart, &ts);
	}
	return -ERESTART_RESTARTBLOCK;
}

static long hrtimer_nanosleep_restart(struct restart_block *restart)
{
	struct hrtimer_sleeper t;

	hrtimer_init_sleeper_on_stack(&t, restart->nanosleep.clockid, HRTIMER_MODE_ABS);
	hrtimer_set_expires(&t.timer, restart->nanosleep.expires);
	return do_nanosleep(&t, HRTIMER_MODE_ABS);
}

static u64 sleep_slack(void)
{
	/* Real-time tasks asked for that time and no other. */
	return rt_task(current) ? 0 : current->timer_slack_ns;
}

/**
 * hrtimer_nanosleep - sleep by a clock
 * @rqtp: how long, or until when
 * @mode: HRTIMER_MODE_REL or _ABS
 * @clockid: the clock
 *
 * Context: system call; current->restart_block.nanosleep says where the rest is to be told.
 * Return: 0; -EFAULT; -ERESTARTNOHAND or -ERESTART_RESTARTBLOCK after a signal.
 */
long hrtimer_nanosleep(ktime_t rqtp, const enum hrtimer_mode mode, const clockid_t clockid)
{
	struct restart_block *restart = &current->restart_block;
	struct hrtimer_sleeper t;
	long ret;

	hrtimer_init_sleeper_on_stack(&t, clockid, mode);
	hrtimer_set_expires_range_ns(&t.timer, rqtp, sleep_slack());
	ret = do_nanosleep(&t, mode);
	if (ret != -ERESTART_RESTARTBLOCK)
		return ret;
	/* Absolute: the same arguments will do, and a handler that ran ends it. */
	if (mode == HRTIMER_MODE_ABS)
		return -ERESTARTNOHAND;
	restart->nanosleep.clockid = t.timer.base->clockid;
	restart->nanosleep.expires = hrtimer_get_expires(&t.timer);
	restart->fn = hrtimer_nanosleep_restart;
	return -ERESTART_RESTARTBLOCK;
}

static void prepare_restart(struct __kernel_timespec __user *rmtp)
{
	struct restart_block *restart = &current->restart_block;

	restart->fn = do_no_restart_syscall;
	restart->nanosleep.type = rmtp ? TT_NATIVE : TT_NONE;
	restart->nanosleep.rmtp = rmtp;
}

/* nanosleep(2) */
SYSCALL_DEFINE2(nanosleep, struct __kernel_timespec __user *, rqtp,
		struct __kernel_timespec __user *, rmtp)
{
	struct timespec64 ts;

	if (get_timespec64(&ts, rqtp))
		return -EFAULT;
	if (!timespec64_valid(&ts))
		return -EINVAL;
	prepare_restart(rmtp);
	return hrtimer_nanosleep(timespec64_to_ktime(ts), HRTIMER_MODE_REL, CLOCK_MONOTONIC);
}

static int common_nsleep(clockid_t which, int flags, const struct timespec64 *rqtp)
{
	return hrtimer_nanosleep(timespec64_to_ktime(*rqtp),
				 flags & TIMER_ABSTIME ? HRTIMER_MODE_ABS : HRTIMER_MODE_REL,
				 which);
}

/*
 * --- Setting ------------------------------------------------------------------------------------
 */

static int realtime_set(clockid_t which, const struct timespec64 *tp)
{
	(void)which;
	return do_sys_settimeofday64(tp, NULL);
}

static int realtime_adj(clockid_t which, struct __kernel_timex *tx)
{
	(void)which;
	return do_adjtimex(tx);
}

/*
 * --- Reading ------------------------------------------------------------------------------------
 */

static int realtime_get(clockid_t which, struct timespec64 *tp)
{
	ktime_get_real_ts64(tp);
	return 0;
}

static int monotonic_get(clockid_t which, struct timespec64 *tp)
{
	ktime_get_ts64(tp);
	return 0;
}

static int monotonic_raw_get(clockid_t which, struct timespec64 *tp)
{
	ktime_get_raw_ts64(tp);
	return 0;
}

static int realtime_coarse_get(clockid_t which, struct timespec64 *tp)
{
	ktime_get_coarse_real_ts64(tp);
	return 0;
}

static int monotonic_coarse_get(clockid_t which, struct timespec64 *tp)
{
	ktime_get_coarse_ts64(tp);
	return 0;
}

static int boottime_get(clockid_t which, struct timespec64 *tp)
{
	ktime_get_boottime_ts64(tp);
	return 0;
}

static int tai_get(clockid_t which, struct timespec64 *tp)
{
	ktime_get_clocktai_ts64(tp);
	return 0;
}

static int hrtimer_getres(clockid_t which, struct timespec64 *tp)
{
	tp->tv_sec = 0;
	tp->tv_nsec = hrtimer_resolution;
	return 0;
}

static int coarse_getres(clockid_t which, struct timespec64 *tp)
{
	tp->tv_sec = 0;
	tp->tv_nsec = TICK_NSEC;
	return 0;
}

/*
 * --- Alarm clocks: they would wake a suspended machine, which we never are ----------------------
 */

static clockid_t base_of_alarm(clockid_t which)
{
	return which == CLOCK_REALTIME_ALARM ? CLOCK_REALTIME : CLOCK_BOOTTIME;
}

static int alarm_get(clockid_t which, struct timespec64 *tp)
{
	return which == CLOCK_REALTIME_ALARM ? realtime_get(which, tp) : boottime_get(which, tp);
}

static int alarm_nsleep(clockid_t which, int flags, const struct timespec64 *rqtp)
{
	if (flags & ~TIMER_ABSTIME)
		return -EINVAL;
	if (!capable(CAP_WAKE_ALARM))
		return -EPERM;
	return common_nsleep(base_of_alarm(which), flags, rqtp);
}

static int alarm_timer_create(struct k_itimer *timr)
{
	if (!capable(CAP_WAKE_ALARM))
		return -EPERM;
	timr->it_clock = base_of_alarm(timr->it_clock);
	return common_timer_create(timr);
}

/*
 * --- The table
 * ------------------------------------------------------------------------------------
 */

#define COMMON_TIMER						\
	.timer_set	= common_timer_set,			\
	.timer_get	= common_timer_get,			\
	.timer_del	= common_timer_del,			\
	.timer_rearm	= common_timer_rearm

static const struct posix_clock_ops clock_realtime = {
	.getres = hrtimer_getres,
	.get = realtime_get,
	.set = realtime_set,
	.adj = realtime_adj,
	.nsleep = common_nsleep,
	.timer_create = common_timer_create,
	COMMON_TIMER,
};

static const struct posix_clock_ops clock_monotonic = {
	.getres = hrtimer_getres,
	.get = monotonic_get,
	.nsleep = common_nsleep,
	.timer_create = common_timer_create,
	COMMON_TIMER,
};

static const struct posix_clock_ops clock_monotonic_raw = {
	.getres = hrtimer_getres,
	.get = monotonic_raw_get,
};

static const struct posix_clock_ops clock_realtime_coarse = {
	.getres = coarse_getres,
	.get = realtime_coarse_get,
};

static const struct posix_clock_ops clock_monotonic_coarse = {
	.getres = coarse_getres,
	.get = monotonic_coarse_get,
};

static const struct posix_clock_ops clock_boottime = {
	.getres = hrtimer_getres,
	.get = boottime_get,
	.nsleep = common_nsleep,
	.timer_create = common_timer_create,
	COMMON_TIMER,
};

static const struct posix_clock_ops clock_tai = {
	.getres = hrtimer_getres,
	.get = tai_get,
	.nsleep = common_nsleep,
	.timer_create = common_timer_create,
	COMMON_TIMER,
};

static const struct posix_clock_ops clock_alarm = {
	.getres = hrtimer_getres,
	.get = alarm_get,
	.nsleep = alarm_nsleep,
	.timer_create = alarm_timer_create,
	COMMON_TIMER,
};

static const struct posix_clock_ops *const posix_clocks[] = {
	[CLOCK_REALTIME]		= &clock_realtime,
	[CLOCK_MONOTONIC]		= &clock_monotonic,
	[CLOCK_PROCESS_CPUTIME_ID]	= &clock_process,
	[CLOCK_THREAD_CPUTIME_ID]	= &clock_thread,
	[CLOCK_MONOTONIC_RAW]		= &clock_monotonic_raw,
	[CLOCK_REALTIME_COARSE]		= &clock_realtime_coarse,
	[CLOCK_MONOTONIC_COARSE]	= &clock_monotonic_coarse,
	[CLOCK_BOOTTIME]		= &clock_boottime,
	[CLOCK_REALTIME_ALARM]		= &clock_alarm,
	[CLOCK_BOOTTIME_ALARM]		= &clock_alarm,
	[CLOCK_TAI]			= &clock_tai,
};

/** clockid_to_ops - a clock by its id, or NULL */
const struct posix_clock_ops *clockid_to_ops(clockid_t id)
{
	/* Clocks behind file descriptors (11 in the low bits) are devices' clocks: none. */
	if (id < 0)
		return (id & 3) == 3 ? NULL : &clock_posix_cpu;
	return (unsigned int)id < ARRAY_SIZE(posix_clocks) ? posix_clocks[id] : NULL;
}

/*
 * --- System calls
 * ----------------------------------------------------------------------------------
 */

/* clock_gettime(2) */
SYSCALL_DEFINE2(clock_gettime, clockid_t, which_clock, struct __kernel_timespec __user *, tp)
{
	const struct posix_clock_ops *kc = clockid_to_ops(which_clock);
	struct timespec64 ts;
	int ret;

	if (!kc)
		return -EINVAL;
	ret = kc->get(which_clock, &ts);
	if (!ret && put_timespec64(&ts, tp))
		ret = -EFAULT;
	return ret;
}

/* clock_settime(2) */
SYSCALL_DEFINE2(clock_settime, clockid_t, which_clock, const struct __kernel_timespec __user *, tp)
{
	const struct posix_clock_ops *kc = clockid_to_ops(which_clock);
	struct timespec64 ts;

	if (!kc || !kc->set)
		return -EINVAL;
	if (get_timespec64(&ts, tp))
		return -EFAULT;
	return kc->set(which_clock, &ts);
}

/* clock_getres(2) */
SYSCALL_DEFINE2(clock_getres, clockid_t, which_clock, struct __kernel_timespec __user *, tp)
{
	const struct posix_clock_ops *kc = clockid_to_ops(which_clock);
	struct timespec64 ts;
	int ret;

	if (!kc)
		return -EINVAL;
	ret = kc->getres(which_clock, &ts);
	if (!ret && tp && put_timespec64(&ts, tp))
		ret = -EFAULT;
	return ret;
}

/* clock_nanosleep(2) */
SYSCALL_DEFINE4(clock_nanosleep, clockid_t, which_clock, int, flags,
		const struct __kernel_timespec __user *, rqtp,
		struct __kernel_timespec __user *, rmtp)
{
	const struct posix_clock_ops *kc = clockid_to_ops(which_clock);
	struct timespec64 ts;

	if (!kc)
		return -EINVAL;
	if (!kc->nsleep)
		return -EOPNOTSUPP;
	if (get_timespec64(&ts, rqtp))
		return -EFAULT;
	if (!timespec64_valid(&ts))
		return -EINVAL;
	prepare_restart(flags & TIMER_ABSTIME ? NULL : rmtp);
	return kc->nsleep(which_clock, flags, &ts);
}

static int do_clock_adjtime(clockid_t which, struct __kernel_timex __user *utx)
{
	const struct posix_clock_ops *kc = clockid_to_ops(which);
	struct __kernel_timex tx;
	int ret;

	if (!kc)
		return -EINVAL;
	if (!kc->adj)
		return -EOPNOTSUPP;
	if (copy_from_user(&tx, utx, sizeof(tx)))
		return -EFAULT;
	ret = kc->adj(which, &tx);
	if (ret >= 0 && copy_to_user(utx, &tx, sizeof(tx)))
		return -EFAULT;
	return ret;
}

/* clock_adjtime(2) */
SYSCALL_DEFINE2(clock_adjtime, clockid_t, which_clock, struct __kernel_timex __user *, utx)
{
	return do_clock_adjtime(which_clock, utx);
}

/* adjtimex(2) */
SYSCALL_DEFINE1(adjtimex, struct __kernel_timex __user *, txc_p)
{
	return do_clock_adjtime(CLOCK_REALTIME, txc_p);
}

/* gettimeofday(2) */
SYSCALL_DEFINE2(gettimeofday, struct __kernel_old_timeval __user *, tv,
		struct timezone __user *, tz)
{
	if (tv) {
		struct __kernel_old_timeval now;
		struct timespec64 ts;

		ktime_get_real_ts64(&ts);
		now.tv_sec = ts.tv_sec;
		now.tv_usec = ts.tv_nsec / NSEC_PER_USEC;
		if (copy_to_user(tv, &now, sizeof(now)))
			return -EFAULT;
	}
	if (tz && copy_to_user(tz, &sys_tz, sizeof(sys_tz)))
		return -EFAULT;
	return 0;
}

/* settimeofday(2) */
SYSCALL_DEFINE2(settimeofday, struct __kernel_old_timeval __user *, tv,
		struct timezone __user *, tz)
{
	struct __kernel_old_timeval new_tv;
	struct timespec64 new_ts;
	struct timezone new_tz;

	if (tv) {
		if (copy_from_user(&new_tv, tv, sizeof(new_tv)))
			return -EFAULT;
		if (new_tv.tv_usec > USEC_PER_SEC || new_tv.tv_usec < 0)
			return -EINVAL;
		new_ts.tv_sec = new_tv.tv_sec;
		new_ts.tv_nsec = new_tv.tv_usec * NSEC_PER_USEC;
	}
	if (tz && copy_from_user(&new_tz, tz, sizeof(new_tz)))
		return -EFAULT;
	return do_sys_settimeofday64(tv ? &new_ts : NULL, tz ? &new_tz : NULL);
}

/* time(2) */
SYSCALL_DEFINE1(time, __kernel_old_time_t __user *, tloc)
{
	__kernel_old_time_t now = ktime_get_real_seconds();

	if (tloc && put_user(now, tloc))
		return -EFAULT;
	return now;
}
