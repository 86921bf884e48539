/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_OSQ_LOCK_H
#define _LINUX_OSQ_LOCK_H

/*
 * A queue for those who spin on the owner of a sleeping lock; see kernel/locking/osq_lock.c.
 * Unlike a spin lock's queue, a waiter may leave it when it should rather sleep.
 */

#include <linux/atomic.h>

struct optimistic_spin_queue {
	atomic_t tail;		/* CPU + 1 of the last in the queue */
};

#define OSQ_UNLOCKED_VAL	(0)
#define OSQ_LOCK_UNLOCKED	{ ATOMIC_INIT(OSQ_UNLOCKED_VAL) }

/** osq_lock_init() - an empty queue */
static inline void osq_lock_init(struct optimistic_spin_queue *lock)
{
	atomic_set(&lock->tail, OSQ_UNLOCKED_VAL);
}

bool osq_lock(struct optimistic_spin_queue *lock);
void osq_unlock(struct optimistic_spin_queue *lock);

/** osq_is_locked() - does anybody spin? */
static inline bool osq_is_locked(struct optimistic_spin_queue *lock)
{
	return atomic_read(&lock->tail) != OSQ_UNLOCKED_VAL;
}

#endif /* _LINUX_OSQ_LOCK_H */
