// SPDX-License-Identifier: MIT
/*
 * REQUEUE: waiters of one futex become waiters of another, without waking.
 *
 * What a condition variable is for: a broadcast would wake all its waiters, of which all but one
 * would go to sleep again for the mutex. Instead one is woken and the others are hung over to the
 * mutex, whose owner wakes them one by one.
 */

#include "futex.h"

#include <linux/errno.h>
#include <linux/uaccess.h>

/* Both buckets are locked. */
void futex_requeue_one(struct futex_q *q, struct futex_hash_bucket *hb1,
		       struct futex_hash_bucket *hb2, const union futex_key *key2)
{
	if (hb1 != hb2) {
		plist_del(&q->list, &hb1->chain);
		futex_hb_waiters_dec(hb1);
		futex_hb_waiters_inc(hb2);
		plist_add(&q->list, &hb2->chain);
		q->lock_ptr = &hb2->lock;
	}
	q->key = *key2;
}

/* Is the first word as the caller thinks? Both buckets are locked, and unlocked on failure. */
static int check_value(u32 __user *uaddr1, u32 cmpval, struct futex_hash_bucket *hb1,
		       struct futex_hash_bucket *hb2)
{
	u32 curval;

	if (unlikely(futex_get_value_locked(&curval, uaddr1))) {
		double_unlock_hb(hb1, hb2);
		return get_user(curval, uaddr1) ? -EFAULT : -ERESTART;
	}
	if (curval != cmpval) {
		double_unlock_hb(hb1, hb2);
		return -EAGAIN;
	}
	return 0;
}

/**
 * futex_requeue - wake some, hang the others over
 * @uaddr1: the word they wait for
 * @flags1: FLAGS_*
 * @uaddr2: the word they will wait for
 * @flags2: FLAGS_*
 * @nr_wake: how many to wake
 * @nr_requeue: how many of the others to move
 * @cmpval: what the first word must hold; NULL: anything
 *
 * Return: how many woke or moved; -EAGAIN if the word differs; -EINVAL, -EFAULT.
 */
int futex_requeue(u32 __user *uaddr1, unsigned int flags1, u32 __user *uaddr2, unsigned int flags2,
		  int nr_wake, int nr_requeue, u32 *cmpval)
{
	union futex_key key1 = FUTEX_KEY_INIT, key2 = FUTEX_KEY_INIT;
	struct futex_hash_bucket *hb1, *hb2;
	struct futex_q *this, *next;
	DEFINE_WAKE_Q(wake_q);
	int ret, done = 0;

	if (nr_wake < 0 || nr_requeue < 0)
		return -EINVAL;
	for (;;) {
		ret = get_futex_key(uaddr1, flags1, &key1, FUTEX_READ);
		if (unlikely(ret))
			return ret;
		ret = get_futex_key(uaddr2, flags2, &key2, FUTEX_READ);
		if (unlikely(ret))
			return ret;
		hb1 = futex_hash(&key1);
		hb2 = futex_hash(&key2);
		/* The second bucket gets waiters: its wakers have to see that before we unlock. */
		futex_hb_waiters_inc(hb2);
		double_lock_hb(hb1, hb2);
		ret = cmpval ? check_value(uaddr1, *cmpval, hb1, hb2) : 0;
		if (likely(!ret))
			break;
		futex_hb_waiters_dec(hb2);
		if (ret != -ERESTART)
			return ret;
	}
	plist_for_each_entry_safe(this, next, &hb1->chain, list) {
		if (done >= nr_wake && done - nr_wake >= nr_requeue)
			break;
		if (!futex_match(&this->key, &key1))
			continue;
		if (unlikely(futex_q_is_pi(this))) {
			ret = -EINVAL;
			break;
		}
		if (++done <= nr_wake)
			futex_wake_mark(&wake_q, this);
		else
			futex_requeue_one(this, hb1, hb2, &key2);
	}
	double_unlock_hb(hb1, hb2);
	wake_up_q(&wake_q);
	futex_hb_waiters_dec(hb2);
	return ret ? ret : done;
}
