// SPDX-License-Identifier: MIT
/*
 * The queued read-write lock: how to wait for it.
 *
 * Everybody who cannot have the lock at once goes through one queue, the spin lock wait_lock, so
 * readers and writers come in the order in which they arrived:
 *
 *	word: readers << 9 | waiting << 8 | writer
 *
 *	reader at the head	adds itself and waits till no writer is inside, then lets the next
 *				one come to the head: if that is a reader it joins at once
 *	writer at the head	sets "waiting", which sends new readers to the queue, and waits till
 *				the readers inside have left
 *
 * A reader in an interrupt doesn't queue: the CPU that it interrupted may be a reader inside, for
 * whom the writer at the head waits, who would keep us in the queue for ever. It waits only for a
 * writer inside, who cannot be on this CPU (a writer has such interrupts off).
 */

#include <linux/spinlock.h>

#include <linux/export.h>
#include <linux/preempt.h>

#include <asm/processor.h>

/**
 * queued_read_lock_slowpath() - wait as a reader
 * @lock: the lock, to whose word the caller has added itself
 */
void queued_read_lock_slowpath(struct qrwlock *lock)
{
	if (unlikely(in_interrupt())) {
		atomic_cond_read_acquire(&lock->cnts, !(VAL & _QW_LOCKED));
		return;
	}

	/* Not in yet: from here on we count as queued, not as inside. */
	atomic_sub(_QR_BIAS, &lock->cnts);
	arch_spin_lock(&lock->wait_lock);
	atomic_add(_QR_BIAS, &lock->cnts);

	/* Pairs with the writer's release. */
	atomic_cond_read_acquire(&lock->cnts, !(VAL & _QW_LOCKED));
	arch_spin_unlock(&lock->wait_lock);
}
EXPORT_SYMBOL(queued_read_lock_slowpath);

/**
 * queued_write_lock_slowpath() - wait as a writer
 * @lock: the lock
 */
void queued_write_lock_slowpath(struct qrwlock *lock)
{
	int cnts = 0;

	arch_spin_lock(&lock->wait_lock);
	/* It may be free by now. */
	if (!atomic_read(&lock->cnts) &&
	    atomic_try_cmpxchg_acquire(&lock->cnts, &cnts, _QW_LOCKED))
		goto unlock;

	/* No new readers; those inside leave sooner or later. */
	atomic_or(_QW_WAITING, &lock->cnts);
	do {
		cnts = atomic_cond_read_relaxed(&lock->cnts, VAL == _QW_WAITING);
	} while (!atomic_try_cmpxchg_acquire(&lock->cnts, &cnts, _QW_LOCKED));
unlock:
	arch_spin_unlock(&lock->wait_lock);
}
EXPORT_SYMBOL(queued_write_lock_slowpath);
