/* SPDX-License-Identifier: MIT */
#ifndef _LOCKING_MCS_SPINLOCK_H
#define _LOCKING_MCS_SPINLOCK_H

/*
 * A node of an MCS queue (Mellor-Crummey and Scott): each waiter spins on a flag of its own, so
 * that an unlock disturbs one CPU and not all. Used inside the queued spin lock.
 */

#include <linux/atomic.h>

#include <asm/processor.h>

struct mcs_spinlock {
	struct mcs_spinlock *next;
	int locked;		/* 1: we are at the head of the queue */
	int count;		/* of the CPU's nodes in use; in its first node only */
};

/* Wait for the flag; an acquire, partner: arch_mcs_spin_unlock_contended(). */
#ifndef arch_mcs_spin_lock_contended
#define arch_mcs_spin_lock_contended(l)		smp_cond_load_acquire(l, VAL)
#endif

/* Raise the next one's flag. */
#ifndef arch_mcs_spin_unlock_contended
#define arch_mcs_spin_unlock_contended(l)	smp_store_release((l), 1)
#endif

#endif /* _LOCKING_MCS_SPINLOCK_H */
