/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_KREF_H
#define _LINUX_KREF_H

/*
 * A reference count inside an object that lives as long as somebody holds a reference.
 *
 * Take one with kref_get() only while you hold one already, or hold a lock under which the object
 * can't go. A lookup that races with the last put uses kref_get_unless_zero() under such a lock or
 * RCU. The put that drops the last reference calls release(), in the caller's context.
 */

#include <linux/refcount.h>
#include <linux/spinlock.h>

struct mutex;
struct kref {
	refcount_t refcount;
};

#define KREF_INIT(n)	{ .refcount = REFCOUNT_INIT(n), }

/** kref_init - start with one reference, the caller's */
static inline void kref_init(struct kref *kref)
{
	refcount_set(&kref->refcount, 1);
}

/** kref_read - the number of references now; for reports only */
static inline unsigned int kref_read(const struct kref *kref)
{
	return refcount_read(&kref->refcount);
}

/** kref_get - one more reference */
static inline void kref_get(struct kref *kref)
{
	refcount_inc(&kref->refcount);
}

/**
 * kref_put - give a reference back
 * @kref: count
 * @release: called if it was the last; usually frees the object
 *
 * Return: 1 if the object was released.
 */
static inline int kref_put(struct kref *kref, void (*release)(struct kref *kref))
{
	if (refcount_dec_and_test(&kref->refcount)) {
		release(kref);
		return 1;
	}
	return 0;
}

/** kref_put_mutex - kref_put() that calls release() with @mutex held; release() unlocks it */
static inline int kref_put_mutex(struct kref *kref, void (*release)(struct kref *kref),
				 struct mutex *mutex)
{
	if (refcount_dec_and_mutex_lock(&kref->refcount, mutex)) {
		release(kref);
		return 1;
	}
	return 0;
}

/** kref_put_lock - kref_put() that calls release() with @lock held; release() unlocks it */
static inline int kref_put_lock(struct kref *kref, void (*release)(struct kref *kref),
				spinlock_t *lock)
{
	if (refcount_dec_and_lock(&kref->refcount, lock)) {
		release(kref);
		return 1;
	}
	return 0;
}

/** kref_get_unless_zero - one more reference if there is one left; got it? */
static inline int __must_check kref_get_unless_zero(struct kref *kref)
{
	return refcount_inc_not_zero(&kref->refcount);
}

#endif
