// SPDX-License-Identifier: MIT
/*
 * WAIT and WAKE. See core.c for how they miss each other never.
 */

#include "futex.h"

#include <linux/errno.h>
#include <linux/sched/signal.h>
#include <linux/uaccess.h>

/**
 * futex_wake - wake who waits
 * @uaddr: the word
 * @flags: FLAGS_*
 * @nr_wake: so many at most; at least one
 * @bitset: only those with one of these bits
 *
 * Return: how many; -EINVAL, -EFAULT.
 */
int futex_wake(u32 __user *uaddr, unsigned int flags, int nr_wake, u32 bitset)
{
	union futex_key key = FUTEX_KEY_INIT;
	struct futex_hash_bucket *hb;
	struct futex_q *this, *next;
	DEFINE_WAKE_Q(wake_q);
	int ret;

	if (!bitset)
		return -EINVAL;
	ret = get_futex_key(uaddr, flags, &key, FUTEX_READ);
	if (unlikely(ret))
		return ret;
	hb = futex_hash(&key);
	if (!futex_hb_waiters_pending(hb))
		return 0;

	spin_lock(&hb->lock);
	plist_for_each_entry_safe(this, next, &hb->chain, list) {
		if (!futex_match(&this->key, &key) || !(this->bitset & bitset))
			continue;
		if (unlikely(futex_q_is_pi(this))) {
			ret = -EINVAL;
			break;
		}
		futex_wake_mark(&wake_q, this);
		if (++ret >= nr_wake)
			break;
	}
	spin_unlock(&hb->lock);
	wake_up_q(&wake_q);
	return ret;
}

/*
 * --- WAKE_OP: change a second word, then wake by the first, and by the second if it was so
 * ---------
 */

static int sign_extend12(unsigned int v)
{
	return (int)(v << 20) >> 20;
}

static int apply_op(unsigned int op, int oparg, u32 old, u32 *new)
{
	switch (op) {
	case FUTEX_OP_SET:
		*new = oparg;
		return 0;
	case FUTEX_OP_ADD:
		*new = old + oparg;
		return 0;
	case FUTEX_OP_OR:
		*new = old | oparg;
		return 0;
	case FUTEX_OP_ANDN:
		*new = old & ~oparg;
		return 0;
	case FUTEX_OP_XOR:
		*new = old ^ oparg;
		return 0;
	default:
		return -ENOSYS;
	}
}

static int compare_old(unsigned int cmp, int old, int cmparg)
{
	switch (cmp) {
	case FUTEX_OP_CMP_EQ:
		return old == cmparg;
	case FUTEX_OP_CMP_NE:
		return old != cmparg;
	case FUTEX_OP_CMP_LT:
		return old < cmparg;
	case FUTEX_OP_CMP_GE:
		return old >= cmparg;
	case FUTEX_OP_CMP_LE:
		return old <= cmparg;
	case FUTEX_OP_CMP_GT:
		return old > cmparg;
	default:
		return -ENOSYS;
	}
}

/*
 * Both buckets are locked.
 * Return: does the old value compare; -ENOSYS, -EFAULT, or -EAGAIN to breathe and try again.
 */
static int futex_op_in_user(unsigned int encoded, u32 __user *uaddr)
{
	unsigned int op = (encoded >> 28) & 7, cmp = (encoded >> 24) & 15;
	int oparg = sign_extend12((encoded >> 12) & 0xfff), cmparg = sign_extend12(encoded & 0xfff);
	u32 old, new, found;
	int ret;

	if (encoded & (FUTEX_OP_OPARG_SHIFT << 28))
		oparg = 1U << (oparg & 31);
	ret = futex_get_value_locked(&old, uaddr);
	if (ret)
		return ret;
	for (;;) {
		ret = apply_op(op, oparg, old, &new);
		if (ret)
			return ret;
		ret = futex_cmpxchg_value_locked(&found, uaddr, old, new);
		if (ret)
			return ret;
		if (found == old)
			return compare_old(cmp, old, cmparg);
		old = found;
	}
}

static int wake_matching(struct futex_hash_bucket *hb, const union futex_key *key, int nr,
			 struct wake_q_head *wake_q)
{
	struct futex_q *this, *next;
	int woken = 0;

	plist_for_each_entry_safe(this, next, &hb->chain, list) {
		if (!futex_match(&this->key, key))
			continue;
		if (unlikely(futex_q_is_pi(this)))
			return -EINVAL;
		futex_wake_mark(wake_q, this);
		if (++woken >= nr)
			break;
	}
	return woken;
}

/**
 * futex_wake_op - FUTEX_WAKE_OP
 * @uaddr1: first word
 * @flags: FLAGS_*
 * @uaddr2: second word, which is changed
 * @nr_wake: of the first's waiters
 * @nr_wake2: of the second's, if its old value compares
 * @op: FUTEX_OP()
 *
 * Return: how many woke; -EINVAL, -EFAULT, -ENOSYS.
 */
int futex_wake_op(u32 __user *uaddr1, unsigned int flags, u32 __user *uaddr2, int nr_wake,
		  int nr_wake2, int op)
{
	union futex_key key1 = FUTEX_KEY_INIT, key2 = FUTEX_KEY_INIT;
	struct futex_hash_bucket *hb1, *hb2;
	DEFINE_WAKE_Q(wake_q);
	int ret, op_ret;

retry:
	ret = get_futex_key(uaddr1, flags, &key1, FUTEX_READ);
	if (unlikely(ret))
		return ret;
	ret = get_futex_key(uaddr2, flags, &key2, FUTEX_WRITE);
	if (unlikely(ret))
		return ret;
	hb1 = futex_hash(&key1);
	hb2 = futex_hash(&key2);

	double_lock_hb(hb1, hb2);
	op_ret = futex_op_in_user(op, uaddr2);
	if (unlikely(op_ret < 0)) {
		double_unlock_hb(hb1, hb2);
		if (op_ret == -EFAULT) {
			ret = fault_in_user_writeable(uaddr2);
			if (ret)
				return ret;
		} else if (op_ret != -EAGAIN) {
			return op_ret;
		}
		cond_resched();
		goto retry;
	}
	ret = wake_matching(hb1, &key1, nr_wake, &wake_q);
	if (ret >= 0 && op_ret > 0) {
		op_ret = wake_matching(hb2, &key2, nr_wake2, &wake_q);
		ret = op_ret < 0 ? op_ret : ret + op_ret;
	}
	double_unlock_hb(hb1, hb2);
	wake_up_q(&wake_q);
	return ret;
}

/*
 * --- WAIT
 * ---------------------------------------------------------------------------------------------
 */

/* On success the bucket is locked and the word has the value. */
int futex_wait_setup(u32 __user *uaddr, u32 val, unsigned int flags, struct futex_q *q,
		     struct futex_hash_bucket **hb)
{
	u32 uval;
	int ret;

	for (;;) {
		ret = get_futex_key(uaddr, flags, &q->key, FUTEX_READ);
		if (unlikely(ret))
			return ret;
		*hb = futex_q_lock(q);
		ret = futex_get_value_locked(&uval, uaddr);
		if (likely(!ret))
			break;
		futex_q_unlock(*hb);
		if (get_user(uval, uaddr))
			return -EFAULT;
	}
	if (uval == val)
		return 0;
	futex_q_unlock(*hb);
	return -EWOULDBLOCK;
}

/**
 * futex_sleep_in_queue - hang current into a bucket, unlock that, and sleep until woken, a signal
 * or the time
 */
void futex_sleep_in_queue(struct futex_hash_bucket *hb, struct futex_q *q,
			  struct hrtimer_sleeper *timeout)
{
	/*
	 * The state first: a waker that finds us in the queue sets it to running, and schedule()
	 * returns at once.
	 */
	set_current_state(TASK_INTERRUPTIBLE | TASK_FREEZABLE);
	futex_queue(q, hb);
	if (timeout)
		hrtimer_sleeper_start_expires(timeout, HRTIMER_MODE_ABS);
	if (likely(!plist_node_empty(&q->list)) && (!timeout || timeout->task))
		schedule();
	__set_current_state(TASK_RUNNING);
}

/*
 * Return: 0 if woken; -ETIMEDOUT; -ERESTARTSYS if there is a signal; what futex_wait_setup() says.
 */
static int wait_until(u32 __user *uaddr, unsigned int flags, u32 val, struct hrtimer_sleeper *to,
		      u32 bitset)
{
	struct futex_q q = FUTEX_Q_INIT;
	struct futex_hash_bucket *hb;
	int ret;

	if (!bitset)
		return -EINVAL;
	q.bitset = bitset;
	for (;;) {
		ret = futex_wait_setup(uaddr, val, flags, &q, &hb);
		if (ret)
			return ret;
		futex_sleep_in_queue(hb, &q, to);
		if (!futex_unqueue(&q))
			return 0;
		if (to && !to->task)
			return -ETIMEDOUT;
		/* Woken by neither: back to sleep, if the word is still so. */
		if (signal_pending(current))
			return -ERESTARTSYS;
	}
}

static long futex_wait_restart(struct restart_block *restart)
{
	ktime_t t, *tp = NULL;

	if (restart->futex.flags & FLAGS_TIMEOUT) {
		t = restart->futex.time;
		tp = &t;
	}
	restart->fn = do_no_restart_syscall;
	return futex_wait(restart->futex.uaddr, restart->futex.flags, restart->futex.val, tp,
			  restart->futex.bitset);
}

/**
 * futex_wait - sleep as long as the word has a value
 * @uaddr: the word
 * @flags: FLAGS_*
 * @val: the value
 * @abs_time: until then; NULL for ever
 * @bitset: which wakers wake us
 *
 * Return: 0 if woken; -EWOULDBLOCK, -ETIMEDOUT, -EFAULT, -EINVAL; -ERESTARTSYS or
 * -ERESTART_RESTARTBLOCK after a signal.
 */
int futex_wait(u32 __user *uaddr, unsigned int flags, u32 val, ktime_t *abs_time, u32 bitset)
{
	struct restart_block *restart = &current->restart_block;
	struct hrtimer_sleeper timeout, *to;
	int ret;

	to = futex_setup_timer(abs_time, &timeout, flags, current->timer_slack_ns);
	ret = wait_until(uaddr, flags, val, to, bitset);
	if (!to)
		return ret;
	hrtimer_cancel(&to->timer);
	if (ret != -ERESTARTSYS)
		return ret;
	/* The arguments may say "so long from now", which would begin anew. */
	restart->futex.uaddr = uaddr;
	restart->futex.val = val;
	restart->futex.time = *abs_time;
	restart->futex.bitset = bitset;
	restart->futex.flags = flags | FLAGS_TIMEOUT;
	restart->fn = futex_wait_restart;
	return -ERESTART_RESTARTBLOCK;
}
