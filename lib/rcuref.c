// SPDX-License-Identifier: MIT
/*
 * rcuref: where the count's zones meet.
 *
 * linux/rcuref.h has the map. get and put are one unconditional add each, so the value can be
 * pushed a little past the edge of a zone before somebody notices. It takes half a zone, 2^29
 * operations in flight at one time, to cross one; whoever notices puts the value back into the
 * middle. So the zone that is read back says what happened.
 *
 * The one race that matters is the last put against a get:
 *
 *	last put				get, an RCU reader
 *	0 -> NOREF
 *						NOREF -> 0: fine, it has a reference
 *	NOREF -> DEAD fails: not the last
 *
 *	NOREF -> DEAD succeeds: true
 *						DEAD + 1: negative, false
 *
 * The put stands in an RCU reader (or has preemption off), so between its two steps the object
 * can't be freed by a whole life of another get and put.
 */

#include <linux/rcuref.h>

#include <linux/bug.h>
#include <linux/export.h>

/**
 * rcuref_get_slowpath - a get found the sign bit set
 * @ref: the count, one too high
 *
 * Return: true if it is saturated: alive, for ever; false if it is dead.
 */
bool rcuref_get_slowpath(rcuref_t *ref)
{
	unsigned int cnt = atomic_read(&ref->refcnt);

	if (cnt >= RCUREF_RELEASED) {
		atomic_set(&ref->refcnt, RCUREF_DEAD);
		return false;
	}
	WARN_ONCE(1, "rcuref saturated - leaking memory");
	atomic_set(&ref->refcnt, RCUREF_SATURATED);
	return true;
}
EXPORT_SYMBOL_GPL(rcuref_get_slowpath);

/**
 * rcuref_put_slowpath - a put found the sign bit set
 * @ref: the count
 * @cnt: the value that this put left
 *
 * Context: An RCU reader, or preemption off.
 * Return: true if it was the last put.
 */
bool rcuref_put_slowpath(rcuref_t *ref, unsigned int cnt)
{
	if (cnt == RCUREF_NOREF) {
		int expected = RCUREF_NOREF;

		/* A get came in between: its put will be the last one, or a later one's. */
		if (!atomic_try_cmpxchg_release(&ref->refcnt, &expected, RCUREF_DEAD))
			return false;
		/*
		 * What the other holders did before what our caller does; pairs with their release.
		 */
		smp_acquire__after_ctrl_dep();
		return true;
	}
	if (cnt >= RCUREF_RELEASED) {
		WARN_ONCE(1, "rcuref - imbalanced put()");
		atomic_set(&ref->refcnt, RCUREF_DEAD);
		return false;
	}
	atomic_set(&ref->refcnt, RCUREF_SATURATED);
	return false;
}
EXPORT_SYMBOL_GPL(rcuref_put_slowpath);
