// SPDX-License-Identifier: MIT
/*
 * Waiting for one of several futexes.
 *
 * All are queued, one after the other, with the task's state set before the first: whoever wakes
 * one from then on makes schedule() return. Then all are taken off; those that are not there any
 * more were woken, and the last of them is the answer.
 */

#include "futex.h"

#include <linux/errno.h>
#include <linux/sched/signal.h>
#include <linux/uaccess.h>

/* Take the first @count off. Return: the last that was woken, or -1. */
static int unqueue_multiple(struct futex_vector *vs, int count)
{
	int i, woken = -1;

	for (i = 0; i < count; i++) {
		if (!futex_unqueue(&vs[i].q))
			woken = i;
	}
	return woken;
}

/*
 * Queue all.
 * Return: 0; 1 with *woken set if one was woken before all were queued; -EWOULDBLOCK, -EFAULT,
 * -EINVAL, with none queued.
 */
static int queue_multiple(struct futex_vector *vs, unsigned int count, int *woken)
{
	struct futex_hash_bucket *hb;
	unsigned int i;
	int ret;
	u32 uval;

retry:
	for (i = 0; i < count; i++) {
		ret = get_futex_key(vs[i].uaddr, vs[i].flags, &vs[i].q.key, FUTEX_READ);
		if (unlikely(ret))
			return ret;
	}
	set_current_state(TASK_INTERRUPTIBLE | TASK_FREEZABLE);
	for (i = 0; i < count; i++) {
		hb = futex_q_lock(&vs[i].q);
		ret = futex_get_value_locked(&uval, vs[i].uaddr);
		if (likely(!ret) && uval == vs[i].val) {
			futex_queue(&vs[i].q, hb);
			continue;
		}
		futex_q_unlock(hb);
		__set_current_state(TASK_RUNNING);

		*woken = unqueue_multiple(vs, i);
		if (*woken >= 0)
			return 1;
		if (!ret)
			return -EWOULDBLOCK;
		if (get_user(uval, vs[i].uaddr))
			return -EFAULT;
		goto retry;
	}
	return 0;
}

static bool any_is_woken(struct futex_vector *vs, unsigned int count)
{
	unsigned int i;

	for (i = 0; i < count; i++) {
		if (!READ_ONCE(vs[i].q.lock_ptr))
			return true;
	}
	return false;
}

/**
 * futex_wait_multiple - sleep as long as all words have their values
 * @vs: the words
 * @count: how many
 * @to: an alarm, or NULL
 *
 * Return: the index of one that was woken; -EWOULDBLOCK, -ETIMEDOUT, -ERESTARTSYS, -EFAULT,
 * -EINVAL.
 */
int futex_wait_multiple(struct futex_vector *vs, unsigned int count, struct hrtimer_sleeper *to)
{
	int ret, woken = -1;

	if (to)
		hrtimer_sleeper_start_expires(to, HRTIMER_MODE_ABS);
	for (;;) {
		ret = queue_multiple(vs, count, &woken);
		if (ret)
			return ret > 0 ? woken : ret;
		if (!any_is_woken(vs, count) && (!to || to->task))
			schedule();
		__set_current_state(TASK_RUNNING);

		woken = unqueue_multiple(vs, count);
		if (woken >= 0)
			return woken;
		if (to && !to->task)
			return -ETIMEDOUT;
		if (signal_pending(current))
			return -ERESTARTSYS;
	}
}
