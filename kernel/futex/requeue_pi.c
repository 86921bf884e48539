// SPDX-License-Identifier: MIT
/*
 * From a condition variable to a PI futex.
 *
 * Waiters of a condition variable need its mutex before they may go on. Were they just woken, or
 * hung over to the mutex as waiters of the usual kind (requeue.c), the mutex' owner would not
 * inherit their priority, and a woken one would find the mutex without its id in the word. So here
 *
 *	WAIT_REQUEUE_PI		waits for word 1 and says beforehand: I expect to be moved to word
 *				2; it brings its place among the waiters of word 2 along (rt_waiter)
 *	CMP_REQUEUE_PI		takes word 2 for the first of them if it is free, and lets all
 *				others wait for it, by that place, while they sleep on
 *
 * What the waiter finds when it wakes:
 *
 *	out of any queue (lock_ptr NULL)	word 2 was taken for it: done
 *	q->pi_state set				it waits for word 2 now, and goes on to
 *	neither					a timeout or a signal before anybody moved it
 *
 * All three are settled under the bucket's lock, which a requeuer holds, both buckets', while it
 * moves.
 */

#include "futex.h"

#include <linux/errno.h>
#include <linux/pagemap.h>
#include <linux/sched/signal.h>
#include <linux/sched/task.h>
#include <linux/uaccess.h>

#include "../locking/rtmutex_common.h"

/* --- WAIT_REQUEUE_PI -------------------------------------------------------------------------- */

enum outcome {
	LOCK_IS_OURS,
	NOT_MOVED,
	MOVED,
};

/* Awake: settle which of the three it is. NOT_MOVED has left the queue. */
static enum outcome how_it_ended(struct futex_q *q)
{
	enum outcome outcome;
	spinlock_t *lock_ptr;

	while ((lock_ptr = READ_ONCE(q->lock_ptr))) {
		spin_lock(lock_ptr);
		if (lock_ptr != q->lock_ptr) {
			spin_unlock(lock_ptr);
			continue;
		}
		outcome = q->pi_state ? MOVED : NOT_MOVED;
		if (outcome == NOT_MOVED)
			__futex_unqueue(q);
		spin_unlock(lock_ptr);
		return outcome;
	}
	return LOCK_IS_OURS;
}

/**
 * futex_wait_requeue_pi - WAIT_REQUEUE_PI
 * @uaddr: word 1
 * @flags: FLAGS_*
 * @val: sleep only if word 1 has it
 * @abs_time: until then; NULL: for ever
 * @bitset: not 0
 * @uaddr2: word 2, a PI futex
 *
 * Return: 0: word 2 is ours. -EWOULDBLOCK: word 1 differs, or a signal came after the move.
 * -ETIMEDOUT, -EINVAL, -EFAULT; -ERESTARTNOINTR for a signal before the move.
 */
int futex_wait_requeue_pi(u32 __user *uaddr, unsigned int flags, u32 val, ktime_t *abs_time,
			  u32 bitset, u32 __user *uaddr2)
{
	union futex_key key2 = FUTEX_KEY_INIT;
	struct hrtimer_sleeper timeout, *to;
	struct futex_q q = FUTEX_Q_INIT;
	struct rt_mutex_waiter rt_waiter;
	struct futex_hash_bucket *hb;
	int ret;

	if (uaddr == uaddr2 || !bitset)
		return -EINVAL;
	ret = get_futex_key(uaddr2, flags, &key2, FUTEX_WRITE);
	if (ret)
		return ret;
	rt_mutex_init_waiter(&rt_waiter);
	q.bitset = bitset;
	q.rt_waiter = &rt_waiter;
	q.requeue_pi_key = &key2;
	to = futex_setup_timer(abs_time, &timeout, flags, current->timer_slack_ns);
	ret = futex_wait_setup(uaddr, val, flags, &q, &hb);
	if (ret)
		goto out;
	if (futex_match(&q.key, &key2)) {
		futex_q_unlock(hb);
		ret = -EINVAL;
		goto out;
	}
	futex_sleep_in_queue(hb, &q, to);

	switch (how_it_ended(&q)) {
	case LOCK_IS_OURS:
		ret = 0;
		break;
	case MOVED:
		ret = futex_finish_pi_wait(uaddr2, &q, to);
		/* Word 1 isn't waited for any more: the call can't be done again as it was. */
		if (ret == -EINTR)
			ret = -EWOULDBLOCK;
		break;
	case NOT_MOVED:
		if (to && !to->task)
			ret = -ETIMEDOUT;
		else
			ret = signal_pending(current) ? -ERESTARTNOINTR : -EWOULDBLOCK;
		break;
	}
out:
	if (to) {
		hrtimer_cancel(&to->timer);
		destroy_hrtimer_on_stack(&to->timer);
	}
	return ret;
}

/* --- CMP_REQUEUE_PI --------------------------------------------------------------------------- */

struct pi_move {
	u32 __user *uaddr2;
	union futex_key key1, key2;
	struct futex_hash_bucket *hb1, *hb2;
	struct task_struct *exiting;	/* referenced: to be waited for */
	int limit;			/* so many at most */
	int done;
};

/* Does it wait for word 1, expecting to be moved to word 2? */
static bool expects_move(const struct futex_q *q, const struct pi_move *m)
{
	return q->rt_waiter && !q->pi_state && q->requeue_pi_key &&
	       futex_match(q->requeue_pi_key, &m->key2);
}

static struct futex_q *next_to_move(const struct pi_move *m)
{
	struct futex_q *this;

	plist_for_each_entry(this, &m->hb1->chain, list)
		if (futex_match(&this->key, &m->key1))
			return this;
	return NULL;
}

/* Word 2 is @q's: out of the queue with it. It may return, and *@q vanish, at once. */
static void wake_as_owner(struct futex_q *q, struct wake_q_head *wake_q)
{
	struct task_struct *p = q->task;

	get_task_struct(p);
	__futex_unqueue(q);
	/* Partner: the READ_ONCE() of how_it_ended(). */
	smp_store_release(&q->lock_ptr, NULL);
	wake_q_add_safe(wake_q, p);
}

/*
 * Take word 2 for the first one, if it is free; else let it wait for whoever has it.
 * Return: 0; errors of futex_lock_pi_atomic().
 */
static int move_one(struct pi_move *m, struct wake_q_head *wake_q)
{
	struct futex_q *q = next_to_move(m);
	struct futex_pi_state *ps = NULL;
	int ret;

	if (!expects_move(q, m))
		return -EINVAL;
	/* If others stay behind, somebody will want the lock. */
	ret = futex_lock_pi_atomic(m->uaddr2, m->hb2, &m->key2, &ps, q->task, &m->exiting,
				   m->limit > 1);
	if (ret < 0)
		return ret;
	if (ret > 0) {
		wake_as_owner(q, wake_q);
	} else {
		get_pi_state(ps);
		ret = futex_start_pi_wait(q, ps, q->task);
		if (!ret)
			futex_requeue_one(q, m->hb1, m->hb2, &m->key2);
		put_pi_state(ps);
		if (ret)
			return ret;
	}
	m->done++;
	return 0;
}

/* Both buckets are locked. */
static int move_waiters(struct pi_move *m, struct wake_q_head *wake_q)
{
	int ret = 0;

	while (!ret && m->done < m->limit && next_to_move(m)) {
		/* Each may be the first that waits for word 2. None can be allocated here. */
		if (!current->pi_state_cache)
			return -EAGAIN;
		ret = move_one(m, wake_q);
	}
	return ret;
}

/* Return: 0; -EAGAIN: the word differs; -EFAULT. */
static int compare_word(u32 __user *uaddr, u32 cmpval)
{
	u32 curval;

	if (futex_get_value_locked(&curval, uaddr))
		return -EFAULT;
	return curval == cmpval ? 0 : -EWOULDBLOCK;
}

static int fault_in_word(u32 __user *uaddr)
{
	return fault_in_readable((const char __user *)uaddr, sizeof(*uaddr)) ? -EFAULT : 0;
}

/**
 * futex_cmp_requeue_pi - CMP_REQUEUE_PI
 * @uaddr1: word 1
 * @flags: FLAGS_*
 * @uaddr2: word 2
 * @nr_wake: 1: only one can own word 2
 * @nr_requeue: how many more may be moved
 * @cmpval: what word 1 must hold
 *
 * Return: how many were moved or got the lock; -EAGAIN: word 1 differs; -EINVAL: a waiter doesn't
 * expect this; others as of futex_lock_pi().
 */
int futex_cmp_requeue_pi(u32 __user *uaddr1, unsigned int flags, u32 __user *uaddr2, int nr_wake,
			 int nr_requeue, u32 cmpval)
{
	struct pi_move m = { .uaddr2 = uaddr2 };
	DEFINE_WAKE_Q(wake_q);
	bool again;
	int ret;

	if (nr_wake != 1 || nr_requeue < 0 || uaddr1 == uaddr2)
		return -EINVAL;
	m.limit = nr_requeue < INT_MAX ? nr_requeue + 1 : INT_MAX;
	do {
		if (refill_pi_state_cache())
			return -ENOMEM;
		ret = get_futex_key(uaddr1, flags, &m.key1, FUTEX_READ);
		if (!ret)
			ret = get_futex_key(uaddr2, flags, &m.key2, FUTEX_WRITE);
		if (ret)
			return ret;
		if (futex_match(&m.key1, &m.key2))
			return -EINVAL;
		m.hb1 = futex_hash(&m.key1);
		m.hb2 = futex_hash(&m.key2);
		m.exiting = NULL;

		/* The second bucket gets waiters: its wakers have to see that before we unlock. */
		futex_hb_waiters_inc(m.hb2);
		double_lock_hb(m.hb1, m.hb2);
		ret = compare_word(uaddr1, cmpval);
		again = !ret;
		if (!ret)
			ret = move_waiters(&m, &wake_q);
		double_unlock_hb(m.hb1, m.hb2);
		futex_hb_waiters_dec(m.hb2);

		if (ret == -EFAULT) {
			ret = again ? fault_in_user_writeable(uaddr2) : fault_in_word(uaddr1);
			again = !ret;
		} else if (ret == -EBUSY) {
			wait_for_owner_exiting(m.exiting);
		} else if (ret != -EAGAIN) {
			again = false;
		}
		cond_resched();
	} while (again);
	wake_up_q(&wake_q);
	/* Whoever was moved in an earlier round was moved, whatever word 1 holds by now. */
	return m.done && ret == -EWOULDBLOCK ? m.done : ret ? ret : m.done;
}
