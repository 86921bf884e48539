// SPDX-License-Identifier: MIT
/*
 * refcount_t: what is too large to be inline. The idea is in <linux/refcount.h>.
 */

#include <linux/refcount.h>

#include <linux/bitops.h>
#include <linux/bug.h>
#include <linux/export.h>
#include <linux/mutex.h>
#include <linux/spinlock.h>

/* Kinds of misuse that were reported: one bit each. */
static unsigned long refcount_warned;

static const char * const refcount_misuse[] = {
	[REFCOUNT_ADD_NOT_ZERO_OVF]	= "saturated; leaking memory",
	[REFCOUNT_ADD_OVF]		= "saturated; leaking memory",
	[REFCOUNT_ADD_UAF]		= "addition on 0; use-after-free",
	[REFCOUNT_SUB_UAF]		= "underflow; use-after-free",
	[REFCOUNT_DEC_LEAK]		= "decrement hit 0; leaking memory",
};

static void refcount_warn(enum refcount_saturation_type t)
{
	if (!test_and_set_bit(t, &refcount_warned))
		WARN(1, "refcount_t: %s.\n", refcount_misuse[t]);
}

#ifdef CONFIG_KUNIT
/** refcount_warn_rearm() - let every kind of misuse warn again */
void refcount_warn_rearm(void)
{
	WRITE_ONCE(refcount_warned, 0);
}
#endif

/**
 * refcount_warn_saturate() - a count went wrong: saturate it, and say so once for each kind
 * @r: the count
 * @t: what happened
 *
 * Context: Any.
 */
void refcount_warn_saturate(refcount_t *r, enum refcount_saturation_type t)
{
	refcount_set(r, REFCOUNT_SATURATED);
	refcount_warn(t);
}
EXPORT_SYMBOL(refcount_warn_saturate);

/**
 * refcount_dec_if_one() - give back the last reference, if it is the last
 * @r: the count
 *
 * Return: true if the count was one and is zero now. No warning for any value.
 */
bool refcount_dec_if_one(refcount_t *r)
{
	int one = 1;

	return atomic_try_cmpxchg_release(&r->refs, &one, 0);
}
EXPORT_SYMBOL(refcount_dec_if_one);

/**
 * refcount_dec_not_one() - give back a reference that isn't the last
 * @r: the count
 *
 * Return: false if it is the last one: it is still ours.
 */
bool refcount_dec_not_one(refcount_t *r)
{
	unsigned int val = atomic_read(&r->refs);

	do {
		/* Saturated: stays so, and nobody frees it. */
		if (unlikely(val == (unsigned int)REFCOUNT_SATURATED))
			return true;
		if (val == 1)
			return false;
		if (val == 0) {
			refcount_warn(REFCOUNT_SUB_UAF);
			return true;
		}
	} while (!atomic_try_cmpxchg_release(&r->refs, (int *)&val, val - 1));
	return true;
}
EXPORT_SYMBOL(refcount_dec_not_one);

/**
 * refcount_dec_and_mutex_lock() - give back a reference; hold the mutex if it was the last
 * @r: the count
 * @lock: the mutex
 *
 * Context: Task. May sleep.
 * Return: true with the mutex held if the count is zero now.
 */
bool refcount_dec_and_mutex_lock(refcount_t *r, struct mutex *lock)
{
	if (refcount_dec_not_one(r))
		return false;
	mutex_lock(lock);
	if (!refcount_dec_and_test(r)) {
		mutex_unlock(lock);
		return false;
	}
	return true;
}
EXPORT_SYMBOL(refcount_dec_and_mutex_lock);

/**
 * refcount_dec_and_lock() - give back a reference; hold the spin lock if it was the last
 * @r: the count
 * @lock: the lock
 *
 * Return: true with the lock held if the count is zero now.
 */
bool refcount_dec_and_lock(refcount_t *r, spinlock_t *lock)
{
	if (refcount_dec_not_one(r))
		return false;
	spin_lock(lock);
	if (!refcount_dec_and_test(r)) {
		spin_unlock(lock);
		return false;
	}
	return true;
}
EXPORT_SYMBOL(refcount_dec_and_lock);

/**
 * refcount_dec_and_lock_irqsave() - the same with interrupts off
 * @r: the count
 * @lock: the lock
 * @flags: gets the interrupt flag if the lock is held
 *
 * Return: true with the lock held if the count is zero now.
 */
bool refcount_dec_and_lock_irqsave(refcount_t *r, spinlock_t *lock, unsigned long *flags)
{
	if (refcount_dec_not_one(r))
		return false;
	spin_lock_irqsave(lock, *flags);
	if (!refcount_dec_and_test(r)) {
		spin_unlock_irqrestore(lock, *flags);
		return false;
	}
	return true;
}
EXPORT_SYMBOL(refcount_dec_and_lock_irqsave);
