/* SPDX-License-Identifier: MIT */
#ifndef _ASM_GENERIC_QRWLOCK_H
#define _ASM_GENERIC_QRWLOCK_H

/*
 * The queued read-write lock: the uncontended half. Waiters of both kinds stand in one queue, so
 * neither starves; a reader in an interrupt passes the queue, because the reader that it
 * interrupted might be what the queue waits for. See kernel/locking/qrwlock.c.
 */

#include <linux/atomic.h>

#include <asm-generic/qrwlock_types.h>

#define _QW_WAITING	0x100U		/* a writer is next */
#define _QW_LOCKED	0x0ffU		/* a writer is inside */
#define _QW_WMASK	0x1ffU
#define _QR_SHIFT	9
#define _QR_BIAS	(1U << _QR_SHIFT)

void queued_read_lock_slowpath(struct qrwlock *lock);
void queued_write_lock_slowpath(struct qrwlock *lock);

/** queued_read_trylock - enter as a reader if no writer is there or waits. Return: 1 inside */
static __always_inline int queued_read_trylock(struct qrwlock *lock)
{
	int cnts = atomic_read(&lock->cnts);

	if (unlikely(cnts & _QW_WMASK))
		return 0;
	cnts = (u32)atomic_add_return_acquire(_QR_BIAS, &lock->cnts);
	if (likely(!(cnts & _QW_WMASK)))
		return 1;
	atomic_sub(_QR_BIAS, &lock->cnts);
	return 0;
}

/** queued_write_trylock - enter as the writer if nobody is there. Return: 1 inside */
static __always_inline int queued_write_trylock(struct qrwlock *lock)
{
	int cnts = atomic_read(&lock->cnts);

	if (unlikely(cnts))
		return 0;
	return likely(atomic_try_cmpxchg_acquire(&lock->cnts, &cnts, _QW_LOCKED));
}

/** queued_read_lock - enter as a reader; what follows stays behind it */
static __always_inline void queued_read_lock(struct qrwlock *lock)
{
	int cnts = atomic_add_return_acquire(_QR_BIAS, &lock->cnts);

	if (likely(!(cnts & _QW_WMASK)))
		return;
	queued_read_lock_slowpath(lock);
}

/** queued_write_lock - enter as the writer; what follows stays behind it */
static __always_inline void queued_write_lock(struct qrwlock *lock)
{
	int cnts = 0;

	if (likely(atomic_try_cmpxchg_acquire(&lock->cnts, &cnts, _QW_LOCKED)))
		return;
	queued_write_lock_slowpath(lock);
}

/** queued_read_unlock - leave as a reader; what came before stays before it */
static __always_inline void queued_read_unlock(struct qrwlock *lock)
{
	(void)atomic_sub_return_release(_QR_BIAS, &lock->cnts);
}

/** queued_write_unlock - leave as the writer; what came before stays before it */
static __always_inline void queued_write_unlock(struct qrwlock *lock)
{
	smp_store_release(&lock->wlocked, 0);
}

/** queued_rwlock_is_contended - does anybody stand in the queue? */
static __always_inline int queued_rwlock_is_contended(struct qrwlock *lock)
{
	return arch_spin_is_locked(&lock->wait_lock);
}

#define arch_read_lock(l)		queued_read_lock(l)
#define arch_write_lock(l)		queued_write_lock(l)
#define arch_read_trylock(l)		queued_read_trylock(l)
#define arch_write_trylock(l)		queued_write_trylock(l)
#define arch_read_unlock(l)		queued_read_unlock(l)
#define arch_write_unlock(l)		queued_write_unlock(l)
#define arch_rwlock_is_contended(l)	queued_rwlock_is_contended(l)

#endif /* _ASM_GENERIC_QRWLOCK_H */
