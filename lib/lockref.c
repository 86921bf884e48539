// SPDX-License-Identifier: MIT
/*
 * Lock and count in one word. See <linux/lockref.h>.
 *
 * Each function is a rule "if the count is so, make it that", tried first on the whole word while
 * its lock half reads unlocked. If the lock is taken, or the word changes under us too often, it is
 * done under the lock.
 *
 * Who holds the lock changes the count by plain accesses. Looks at the whole word race with those
 * for KCSAN only, so data_race(): what they read then is not used, for the lock half is not free,
 * and the exchange of a word whose lock is taken fails.
 */

#include <linux/lockref.h>

#include <linux/atomic.h>
#include <linux/export.h>
#include <linux/limits.h>

/* Fairness has an end: after so many lost races the queue of the lock is the shorter way. */
#define MAX_TRIES	100

enum outcome {
	DONE,		/* the count was changed */
	REFUSED,	/* the rule doesn't allow it */
	LOCKED,		/* somebody holds the lock, or it was tried too often */
};

/* The rule: add @add if the count is at least @least. *@count becomes the new count. */
static __always_inline enum outcome try_change(struct lockref *lockref, int least, int add,
					       int *count)
{
#if USE_CMPXCHG_LOCKREF
	struct lockref old, new;
	int tries;

	static_assert(sizeof(struct lockref) == 8);
	old.lock_count = data_race(READ_ONCE(lockref->lock_count));
	for (tries = 0; tries < MAX_TRIES; tries++) {
		if (!arch_spin_value_unlocked(old.lock.rlock.raw_lock))
			return LOCKED;
		if (old.count < least)
			return REFUSED;
		new.lock_count = old.lock_count;
		new.count += add;
		/* fully ordered: a put comes after all uses of the object, a get before them */
		if (data_race(try_cmpxchg64(&lockref->lock_count, &old.lock_count,
					    new.lock_count))) {
			*count = new.count;
			return DONE;
		}
	}
#else
	(void)lockref;
	(void)least;
	(void)add;
	(void)count;
#endif
	return LOCKED;
}

/* The same under the lock, which stays taken if @keep_if_refused and so it is. */
static bool change_locked(struct lockref *lockref, int least, int add, bool keep_if_refused)
{
	bool allowed;

	spin_lock(&lockref->lock);
	allowed = lockref->count >= least;
	if (allowed)
		lockref->count += add;
	if (allowed || !keep_if_refused)
		spin_unlock(&lockref->lock);
	return allowed;
}

static __always_inline bool change(struct lockref *lockref, int least, int add)
{
	int count;

	switch (try_change(lockref, least, add, &count)) {
	case DONE:
		return true;
	case REFUSED:
		return false;
	default:
		return change_locked(lockref, least, add, false);
	}
}

/** lockref_get() - one more reference; the caller has one, so that the count isn't 0 */
void lockref_get(struct lockref *lockref)
{
	change(lockref, INT_MIN, 1);
}
EXPORT_SYMBOL(lockref_get);

/** lockref_get_not_zero() - one more reference unless the count is 0 or the object dead */
bool lockref_get_not_zero(struct lockref *lockref)
{
	return change(lockref, 1, 1);
}
EXPORT_SYMBOL(lockref_get_not_zero);

/** lockref_get_not_dead() - one more reference unless the object is dead */
bool lockref_get_not_dead(struct lockref *lockref)
{
	return change(lockref, 0, 1);
}
EXPORT_SYMBOL(lockref_get_not_dead);

/** lockref_put_not_zero() - one reference less unless it is the last */
bool lockref_put_not_zero(struct lockref *lockref)
{
	return change(lockref, 2, -1);
}
EXPORT_SYMBOL(lockref_put_not_zero);

/**
 * lockref_put_return() - one reference less, without the lock
 *
 * Return: the new count; -1 if the count was not above 0, or the lock was held: nothing is changed.
 */
int lockref_put_return(struct lockref *lockref)
{
	int count;

	return try_change(lockref, 1, -1, &count) == DONE ? count : -1;
}
EXPORT_SYMBOL(lockref_put_return);

/**
 * lockref_put_or_lock() - one reference less, or the lock
 *
 * Return: true: there is one less, and others are left. False: the count was 1 or less and is as it
 * was; the caller holds the lock and decides.
 */
bool lockref_put_or_lock(struct lockref *lockref)
{
	int count;

	if (try_change(lockref, 2, -1, &count) == DONE)
		return true;
	return change_locked(lockref, 2, -1, true);
}
EXPORT_SYMBOL(lockref_put_or_lock);

/** lockref_mark_dead() - no more references; the caller holds the lock */
void lockref_mark_dead(struct lockref *lockref)
{
	assert_spin_locked(&lockref->lock);
	lockref->count = -128;
}
EXPORT_SYMBOL(lockref_mark_dead);
