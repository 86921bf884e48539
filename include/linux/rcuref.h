/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_RCUREF_H
#define _LINUX_RCUREF_H

/*
 * A reference count whose get is one unconditional atomic add: no compare-and-exchange loop.
 *
 * Rules of use:
 *  - For objects found by RCU readers: get inside a reader, free after a grace period.
 *  - rcuref_put() anywhere; it protects itself. rcuref_put_rcusafe() where an RCU reader, or
 *    preemption off, already does.
 *  - put has release order, and acquire if it returns true: what others did to the object is done.
 *    get orders nothing but later stores that depend on its answer.
 *
 * The value is the number of references less one, so that the common cases leave the sign alone:
 *
 *	0x00000000 ONEREF	one reference
 *	...			more
 *	0x7fffffff MAXREF	as many as there can be
 *	0x80000000 ...		saturated: stays here for ever, leaks, warns
 *	0xc0000000 RELEASED	end of saturated, begin of dead
 *	0xe0000000 DEAD		dead: every get fails
 *	0xffffffff NOREF	the last put left this, and turns it into DEAD unless a get came
 *				first
 *
 * A result with the sign bit clear is fine whatever else goes on; one with the bit set goes the
 * slow way (lib/rcuref.c), which moves the value back to the middle of its zone.
 */

#include <linux/atomic.h>
#include <linux/bug.h>
#include <linux/limits.h>
#include <linux/lockdep.h>
#include <linux/preempt.h>
#include <linux/rcupdate.h>
#include <linux/types.h>

#define RCUREF_ONEREF		0x00000000U
#define RCUREF_MAXREF		0x7FFFFFFFU
#define RCUREF_SATURATED	0xA0000000U
#define RCUREF_RELEASED		0xC0000000U
#define RCUREF_DEAD		0xE0000000U
#define RCUREF_NOREF		0xFFFFFFFFU

#define RCUREF_INIT(i)	{ .refcnt = ATOMIC_INIT((i) - 1) }

/**
 * rcuref_init - begin to count
 * @ref: the count
 * @cnt: references that exist, 1 to RCUREF_MAXREF + 1
 */
static inline void rcuref_init(rcuref_t *ref, unsigned int cnt)
{
	atomic_set(&ref->refcnt, cnt - 1);
}

/**
 * rcuref_read - how many references are there?
 * @ref: the count
 *
 * Return: the number at some moment; 0 once it is dead.
 */
static inline unsigned int rcuref_read(rcuref_t *ref)
{
	unsigned int c = atomic_read(&ref->refcnt);

	return c >= RCUREF_RELEASED ? 0 : c + 1;
}

bool rcuref_get_slowpath(rcuref_t *ref);
bool rcuref_put_slowpath(rcuref_t *ref, unsigned int cnt);

/**
 * rcuref_get - take a reference, unless the last one is gone
 * @ref: the count
 *
 * Context: Any; an RCU reader, or a reference held, keeps the memory.
 * Return: true if the caller has a reference now.
 */
static inline __must_check bool rcuref_get(rcuref_t *ref)
{
	if (likely(!atomic_add_negative_relaxed(1, &ref->refcnt)))
		return true;
	return rcuref_get_slowpath(ref);
}

/** __rcuref_put - rcuref_put() with preemption off or under RCU. Return: was it the last? */
static inline __must_check bool __rcuref_put(rcuref_t *ref)
{
	int cnt;

	RCU_LOCKDEP_WARN(!rcu_read_lock_held() && preemptible(),
			 "suspicious rcuref_put_rcusafe() usage");
	/* Whatever the caller did to the object comes before the count; pairs with the acquire. */
	cnt = atomic_sub_return_release(1, &ref->refcnt);
	if (likely(cnt >= 0))
		return false;
	return rcuref_put_slowpath(ref, cnt);
}

/**
 * rcuref_put_rcusafe - drop a reference, inside an RCU reader
 * @ref: the count
 *
 * Context: An RCU reader, or preemption off: no grace period may end between the count's reaching
 * NOREF and its turning DEAD, or the object could be freed twice.
 * Return: true if it was the last one: the caller frees the object after a grace period.
 */
static inline __must_check bool rcuref_put_rcusafe(rcuref_t *ref)
{
	return __rcuref_put(ref);
}

/**
 * rcuref_put - drop a reference
 * @ref: the count
 *
 * Context: Any.
 * Return: true if it was the last one: the caller frees the object after a grace period.
 */
static inline __must_check bool rcuref_put(rcuref_t *ref)
{
	bool last;

	preempt_disable();
	last = __rcuref_put(ref);
	preempt_enable();
	return last;
}

#endif /* _LINUX_RCUREF_H */
