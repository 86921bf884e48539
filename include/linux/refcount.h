/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_REFCOUNT_H
#define _LINUX_REFCOUNT_H

/*
 * Reference counts that a bug cannot turn into a use after free.
 *
 * A count that overflows, goes below zero, or is raised from zero is set to REFCOUNT_SATURATED,
 * half-way between INT_MIN and zero, and stays thereabouts for ever: the object leaks, and a
 * WARN says so once for each kind of misuse.
 *
 *	INT_MAX          REFCOUNT_SATURATED          UINT_MAX
 *	   |  (0x7fff_ffff)     |  (0xc000_0000)        |  (0xffff_ffff)
 *	---+--------------------+-----------------------+---
 *	   |<--- bad value: back to the middle, with a WARN --->|
 *
 * The operation and the repair are two steps. In between others may move the count further, but
 * to leave the bad half it would take 2^30 of them in one such gap, and there are fewer tasks
 * (PID_MAX_LIMIT is 2^22), each with at most one operation under way.
 *
 * Ordering. An increment orders nothing: to have the object means that it is ordered already. A
 * decrement is a release, and the one that gets to zero is also an acquire, so that all uses by
 * all owners are before the destruction. Lookups of objects that may be reused without a
 * grace period (SLAB_TYPESAFE_BY_RCU) want the _acquire forms.
 */

#include <linux/atomic.h>
#include <linux/bug.h>
#include <linux/compiler.h>
#include <linux/limits.h>
#include <linux/refcount_types.h>
#include <linux/spinlock_types.h>

struct mutex;

#define REFCOUNT_INIT(n)	{ .refs = ATOMIC_INIT(n), }
#define REFCOUNT_MAX		INT_MAX
#define REFCOUNT_SATURATED	(INT_MIN / 2)

enum refcount_saturation_type {
	REFCOUNT_ADD_NOT_ZERO_OVF,
	REFCOUNT_ADD_OVF,
	REFCOUNT_ADD_UAF,
	REFCOUNT_SUB_UAF,
	REFCOUNT_DEC_LEAK,
};

void refcount_warn_saturate(refcount_t *r, enum refcount_saturation_type t);
#ifdef CONFIG_KUNIT
void refcount_warn_rearm(void);
#endif

/**
 * refcount_set() - give a count its first value
 * @r: the count
 * @n: the value, usually 1
 *
 * Context: Any; the object isn't shared yet, or is otherwise guarded.
 */
static inline void refcount_set(refcount_t *r, int n)
{
	atomic_set(&r->refs, n);
}

/**
 * refcount_set_release() - the same, after all that was done to the object before
 * @r: the count
 * @n: the value
 */
static inline void refcount_set_release(refcount_t *r, int n)
{
	atomic_set_release(&r->refs, n);
}

/**
 * refcount_read() - the count, already history
 * @r: the count
 */
static inline unsigned int refcount_read(const refcount_t *r)
{
	return atomic_read(&r->refs);
}

/**
 * __refcount_add_not_zero() - refcount_add_not_zero() that tells the old value
 * @i: how much, above 0
 * @r: the counter
 * @oldp: gets the value before; NULL: nobody asks
 *
 * Return: false if the counter was 0, and then it still is.
 */
static inline __must_check bool __refcount_add_not_zero(int i, refcount_t *r, int *oldp)
{
	int old = refcount_read(r);

	do {
		if (!old)
			break;
	} while (!atomic_try_cmpxchg_relaxed(&r->refs, &old, old + i));

	if (oldp)
		*oldp = old;
	if (unlikely(old < 0 || old + i < 0))
		refcount_warn_saturate(r, REFCOUNT_ADD_NOT_ZERO_OVF);
	return old;
}

/** __refcount_add_not_zero_acquire() - the same, and what follows can't be moved before it */
static inline __must_check bool __refcount_add_not_zero_acquire(int i, refcount_t *r, int *oldp)
{
	int old = refcount_read(r);

	do {
		if (!old)
			break;
	} while (!atomic_try_cmpxchg_acquire(&r->refs, &old, old + i));

	if (oldp)
		*oldp = old;
	if (unlikely(old < 0 || old + i < 0))
		refcount_warn_saturate(r, REFCOUNT_ADD_NOT_ZERO_OVF);
	return old;
}

/**
 * refcount_add_not_zero() - take @i references unless the object is dying
 * @i: how many
 * @r: the count
 *
 * Return: false if the count was zero.
 */
static inline __must_check bool refcount_add_not_zero(int i, refcount_t *r)
{
	return __refcount_add_not_zero(i, r, NULL);
}

/**
 * refcount_add_not_zero_acquire() - refcount_add_not_zero(), and what follows can't be moved before
 * it
 */
static inline __must_check bool refcount_add_not_zero_acquire(int i, refcount_t *r)
{
	return __refcount_add_not_zero_acquire(i, r, NULL);
}

/** __refcount_inc_not_zero() - refcount_inc_not_zero() that tells the old value in *@oldp */
static inline __must_check bool __refcount_inc_not_zero(refcount_t *r, int *oldp)
{
	return __refcount_add_not_zero(1, r, oldp);
}

/**
 * refcount_inc_not_zero() - take a reference unless the object is dying
 * @r: the count
 *
 * Return: false if the count was zero.
 */
static inline __must_check bool refcount_inc_not_zero(refcount_t *r)
{
	return __refcount_add_not_zero(1, r, NULL);
}

/** __refcount_inc_not_zero_acquire() - refcount_inc_not_zero_acquire() that tells the old value */
static inline __must_check bool __refcount_inc_not_zero_acquire(refcount_t *r, int *oldp)
{
	return __refcount_add_not_zero_acquire(1, r, oldp);
}

/**
 * refcount_inc_not_zero_acquire() - refcount_inc_not_zero(), and what follows can't be moved before
 * it
 */
static inline __must_check bool refcount_inc_not_zero_acquire(refcount_t *r)
{
	return __refcount_add_not_zero_acquire(1, r, NULL);
}

/** __refcount_add() - refcount_add() that tells the old value in *@oldp, unless that is NULL */
static inline void __refcount_add(int i, refcount_t *r, int *oldp)
{
	int old = atomic_fetch_add_relaxed(i, &r->refs);

	if (oldp)
		*oldp = old;
	if (unlikely(!old))
		refcount_warn_saturate(r, REFCOUNT_ADD_UAF);
	else if (unlikely(old < 0 || old + i < 0))
		refcount_warn_saturate(r, REFCOUNT_ADD_OVF);
}

/**
 * refcount_add() - take @i references; the caller has one already
 * @i: how many
 * @r: the count
 */
static inline void refcount_add(int i, refcount_t *r)
{
	__refcount_add(i, r, NULL);
}

/** __refcount_inc() - refcount_inc() that tells the old value */
static inline void __refcount_inc(refcount_t *r, int *oldp)
{
	__refcount_add(1, r, oldp);
}

/**
 * refcount_inc() - take a reference; the caller has one already
 * @r: the count
 */
static inline void refcount_inc(refcount_t *r)
{
	__refcount_add(1, r, NULL);
}

/**
 * __refcount_sub_and_test() - refcount_sub_and_test() that tells the old value in *@oldp, unless
 * NULL
 */
static inline __must_check bool __refcount_sub_and_test(int i, refcount_t *r, int *oldp)
{
	int old = atomic_fetch_sub_release(i, &r->refs);

	if (oldp)
		*oldp = old;
	if (old > 0 && old == i) {
		/* Pairs with the releases of all former owners. */
		smp_acquire__after_ctrl_dep();
		return true;
	}
	if (unlikely(old <= 0 || old - i < 0))
		refcount_warn_saturate(r, REFCOUNT_SUB_UAF);
	return false;
}

/**
 * refcount_sub_and_test() - give back @i references
 * @i: how many
 * @r: the count
 *
 * Return: true if they were the last: the caller destroys the object.
 */
static inline __must_check bool refcount_sub_and_test(int i, refcount_t *r)
{
	return __refcount_sub_and_test(i, r, NULL);
}

/** __refcount_dec_and_test() - refcount_dec_and_test() that tells the old value */
static inline __must_check bool __refcount_dec_and_test(refcount_t *r, int *oldp)
{
	return __refcount_sub_and_test(1, r, oldp);
}

/**
 * refcount_dec_and_test() - give back a reference
 * @r: the count
 *
 * Return: true if it was the last: the caller destroys the object.
 */
static inline __must_check bool refcount_dec_and_test(refcount_t *r)
{
	return __refcount_sub_and_test(1, r, NULL);
}

/** __refcount_dec() - refcount_dec() that tells the old value */
static inline void __refcount_dec(refcount_t *r, int *oldp)
{
	int old = atomic_fetch_sub_release(1, &r->refs);

	if (oldp)
		*oldp = old;
	if (unlikely(old <= 1))
		refcount_warn_saturate(r, REFCOUNT_DEC_LEAK);
}

/**
 * refcount_dec() - give back a reference that cannot be the last
 * @r: the count
 */
static inline void refcount_dec(refcount_t *r)
{
	__refcount_dec(r, NULL);
}

__must_check bool refcount_dec_if_one(refcount_t *r);
__must_check bool refcount_dec_not_one(refcount_t *r);
__must_check bool refcount_dec_and_mutex_lock(refcount_t *r, struct mutex *lock)
	__cond_acquires(lock);
__must_check bool refcount_dec_and_lock(refcount_t *r, spinlock_t *lock) __cond_acquires(lock);
__must_check bool refcount_dec_and_lock_irqsave(refcount_t *r, spinlock_t *lock,
						unsigned long *flags) __cond_acquires(lock);

#endif /* _LINUX_REFCOUNT_H */
