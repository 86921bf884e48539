// SPDX-License-Identifier: MIT
/*
 * The system calls: decoding of arguments.
 *
 * futex(2) has six arguments whose meaning depends on the operation; what it calls "utime" is a
 * timeout for some and a number for others.
 */

#include "futex.h"

#include <linux/errno.h>
#include <linux/ktime.h>
#include <linux/overflow.h>
#include <linux/pid.h>
#include <linux/ptrace.h>
#include <linux/sched/task.h>
#include <linux/slab.h>
#include <linux/syscalls.h>
#include <linux/time.h>
#include <linux/uaccess.h>

/**
 * do_futex - futex(2), with the timeout in the kernel
 * @uaddr: the word
 * @op: FUTEX_*
 * @val: value, or number of waiters
 * @timeout: absolute, or NULL
 * @uaddr2: the second word
 * @val2: the second number
 * @val3: bitset, value, or encoded operation
 *
 * Return: by operation; -ENOSYS for those that are not there.
 */
long do_futex(u32 __user *uaddr, int op, u32 val, ktime_t *timeout, u32 __user *uaddr2, u32 val2,
	      u32 val3)
{
	unsigned int flags = op & FUTEX_PRIVATE_FLAG ? 0 : FLAGS_SHARED;
	int cmd = op & FUTEX_CMD_MASK;

	if (op & FUTEX_CLOCK_REALTIME) {
		flags |= FLAGS_CLOCKRT;
		if (cmd != FUTEX_WAIT_BITSET && cmd != FUTEX_WAIT_REQUEUE_PI &&
		    cmd != FUTEX_LOCK_PI2)
			return -ENOSYS;
	}
	switch (cmd) {
	case FUTEX_WAIT:
		return futex_wait(uaddr, flags, val, timeout, FUTEX_BITSET_MATCH_ANY);
	case FUTEX_WAIT_BITSET:
		return futex_wait(uaddr, flags, val, timeout, val3);
	case FUTEX_WAKE:
		return futex_wake(uaddr, flags, val, FUTEX_BITSET_MATCH_ANY);
	case FUTEX_WAKE_BITSET:
		return futex_wake(uaddr, flags, val, val3);
	case FUTEX_REQUEUE:
		return futex_requeue(uaddr, flags, uaddr2, flags, val, val2, NULL);
	case FUTEX_CMP_REQUEUE:
		return futex_requeue(uaddr, flags, uaddr2, flags, val, val2, &val3);
	case FUTEX_WAKE_OP:
		return futex_wake_op(uaddr, flags, uaddr2, val, val2, val3);
	case FUTEX_LOCK_PI:	/* the old call knows one clock only */
		return futex_lock_pi(uaddr, flags | FLAGS_CLOCKRT, timeout, false);
	case FUTEX_LOCK_PI2:
		return futex_lock_pi(uaddr, flags, timeout, false);
	case FUTEX_TRYLOCK_PI:
		return futex_lock_pi(uaddr, flags, NULL, true);
	case FUTEX_UNLOCK_PI:
		return futex_unlock_pi(uaddr, flags);
	case FUTEX_WAIT_REQUEUE_PI:
		return futex_wait_requeue_pi(uaddr, flags, val, timeout, FUTEX_BITSET_MATCH_ANY,
					     uaddr2);
	case FUTEX_CMP_REQUEUE_PI:
		return futex_cmp_requeue_pi(uaddr, flags, uaddr2, val, val2, val3);
	default:
		return -ENOSYS;
	}
}

static bool has_timeout(int cmd)
{
	return cmd == FUTEX_WAIT || cmd == FUTEX_WAIT_BITSET || cmd == FUTEX_LOCK_PI ||
	       cmd == FUTEX_LOCK_PI2 || cmd == FUTEX_WAIT_REQUEUE_PI;
}

/* FUTEX_WAIT counts from now on, the others name a moment. */
static int timeout_of(int cmd, const struct __kernel_timespec __user *utime, ktime_t *t)
{
	struct timespec64 ts;

	if (get_timespec64(&ts, utime))
		return -EFAULT;
	if (!timespec64_valid(&ts))
		return -EINVAL;
	*t = timespec64_to_ktime(ts);
	if (cmd == FUTEX_WAIT)
		*t = ktime_add_safe(ktime_get(), *t);
	return 0;
}

/* futex(2) */
SYSCALL_DEFINE6(futex, u32 __user *, uaddr, int, op, u32, val,
		const struct __kernel_timespec __user *, utime, u32 __user *, uaddr2, u32, val3)
{
	ktime_t t, *tp = NULL;
	int ret, cmd = op & FUTEX_CMD_MASK;

	if (utime && has_timeout(cmd)) {
		ret = timeout_of(cmd, utime, &t);
		if (ret)
			return ret;
		tp = &t;
	}
	return do_futex(uaddr, op, val, tp, uaddr2, (unsigned long)utime, val3);
}

/*
 * --- The newer calls ---------------------------------------------------------------------------
 */

#define FUTEX2_VALID_MASK	(FUTEX2_SIZE_MASK | FUTEX2_PRIVATE)

/* Return: FLAGS_*, or -EINVAL. Words of 32 bits are the only ones. */
static int futex2_to_flags(unsigned int flags2)
{
	if (flags2 & ~FUTEX2_VALID_MASK)
		return -EINVAL;
	if ((flags2 & FUTEX2_SIZE_MASK) != FUTEX2_SIZE_U32)
		return -EINVAL;
	return flags2 & FUTEX2_PRIVATE ? 0 : FLAGS_SHARED;
}

/* A value for a word of 32 bits. */
static bool fits_word(unsigned long val)
{
	return val <= U32_MAX;
}

static int futex2_timeout(const struct __kernel_timespec __user *timeout, clockid_t clockid,
			  int *flags, ktime_t *t)
{
	struct timespec64 ts;

	if (clockid == CLOCK_REALTIME)
		*flags |= FLAGS_CLOCKRT;
	else if (clockid != CLOCK_MONOTONIC)
		return -EINVAL;
	if (get_timespec64(&ts, timeout))
		return -EFAULT;
	if (!timespec64_valid(&ts))
		return -EINVAL;
	*t = timespec64_to_ktime(ts);
	return 0;
}

/* futex_wake(2) */
SYSCALL_DEFINE4(futex_wake, void __user *, uaddr, unsigned long, mask, int, nr, unsigned int, flags)
{
	int f = futex2_to_flags(flags);

	if (f < 0)
		return f;
	if (!fits_word(mask))
		return -EINVAL;
	/* "So many at most" is strict here: none is none. */
	if (nr <= 0)
		return 0;
	return futex_wake(uaddr, f, nr, mask);
}

/* futex_wait(2) */
SYSCALL_DEFINE6(futex_wait, void __user *, uaddr, unsigned long, val, unsigned long, mask,
		unsigned int, flags, struct __kernel_timespec __user *, timeout,
		clockid_t, clockid)
{
	int ret, f = futex2_to_flags(flags);
	ktime_t t, *tp = NULL;

	if (f < 0)
		return f;
	if (!fits_word(val) || !fits_word(mask))
		return -EINVAL;
	if (timeout) {
		ret = futex2_timeout(timeout, clockid, &f, &t);
		if (ret)
			return ret;
		tp = &t;
	}
	return futex_wait(uaddr, f, val, tp, mask);
}

static int parse_waitv(struct futex_vector *vs, struct futex_waitv __user *uwaiters,
		       unsigned int count)
{
	struct futex_waitv w;
	unsigned int i;
	int flags;

	for (i = 0; i < count; i++) {
		if (copy_from_user(&w, &uwaiters[i], sizeof(w)))
			return -EFAULT;
		if (w.__reserved || !fits_word(w.val))
			return -EINVAL;
		flags = futex2_to_flags(w.flags);
		if (flags < 0)
			return flags;
		vs[i].flags = flags;
		vs[i].val = w.val;
		vs[i].uaddr = (u32 __user *)w.uaddr;
		vs[i].q = FUTEX_Q_INIT;
	}
	return 0;
}

/* futex_waitv(2) */
SYSCALL_DEFINE5(futex_waitv, struct futex_waitv __user *, waiters, unsigned int, nr_futexes,
		unsigned int, flags, struct __kernel_timespec __user *, timeout, clockid_t, clockid)
{
	struct hrtimer_sleeper sleeper, *to = NULL;
	struct futex_vector *vs;
	int ret, tflags = 0;
	ktime_t t;

	if (flags)
		return -EINVAL;
	if (!nr_futexes || nr_futexes > FUTEX_WAITV_MAX || !waiters)
		return -EINVAL;
	if (timeout) {
		ret = futex2_timeout(timeout, clockid, &tflags, &t);
		if (ret)
			return ret;
		to = futex_setup_timer(&t, &sleeper, tflags, current->timer_slack_ns);
	}
	vs = kcalloc(nr_futexes, sizeof(*vs), GFP_KERNEL);
	if (!vs)
		return -ENOMEM;
	ret = parse_waitv(vs, waiters, nr_futexes);
	if (!ret)
		ret = futex_wait_multiple(vs, nr_futexes, to);
	kfree(vs);
	if (to)
		hrtimer_cancel(&to->timer);
	return ret;
}

/* futex_requeue(2): from the first of two to the second. */
SYSCALL_DEFINE4(futex_requeue, struct futex_waitv __user *, waiters, unsigned int, flags,
		int, nr_wake, int, nr_requeue)
{
	struct futex_vector vs[2];
	u32 cmpval;
	int ret;

	if (flags || !waiters)
		return -EINVAL;
	ret = parse_waitv(vs, waiters, 2);
	if (ret)
		return ret;
	cmpval = vs[0].val;
	return futex_requeue(vs[0].uaddr, vs[0].flags, vs[1].uaddr, vs[1].flags, nr_wake,
			     nr_requeue, &cmpval);
}

/*
 * --- Robust lists --------------------------------------------------------------------------------
 */

/* set_robust_list(2) */
SYSCALL_DEFINE2(set_robust_list, struct robust_list_head __user *, head, size_t, len)
{
	if (unlikely(len != sizeof(*head)))
		return -EINVAL;
	current->robust_list = head;
	return 0;
}

/* get_robust_list(2): another task's for those who may trace it. */
SYSCALL_DEFINE3(get_robust_list, int, pid, struct robust_list_head __user *__user *, head_ptr,
		size_t __user *, len_ptr)
{
	struct robust_list_head __user *head;
	struct task_struct *p;
	int ret = -ESRCH;

	rcu_read_lock();
	p = pid ? find_task_by_vpid(pid) : current;
	if (!p)
		goto out;
	ret = -EPERM;
	if (p != current && !ptrace_may_access(p, PTRACE_MODE_READ_REALCREDS))
		goto out;
	head = p->robust_list;
	rcu_read_unlock();
	if (put_user(sizeof(*head), len_ptr))
		return -EFAULT;
	return put_user(head, head_ptr);
out:
	rcu_read_unlock();
	return ret;
}
