/* SPDX-License-Identifier: MIT */
#ifndef _ASM_GENERIC_QSPINLOCK_H
#define _ASM_GENERIC_QSPINLOCK_H

/*
 * The queued spin lock: its uncontended half. One compare-and-swap takes it, one byte store
 * gives it back; kernel/locking/qspinlock.c does the waiting.
 *
 * Context: preemption off, and the usual rule that whoever may interrupt the holder on its
 * CPU must not take the lock.
 */

#include <linux/atomic.h>

#include <asm-generic/qspinlock_types.h>

void queued_spin_lock_slowpath(struct qspinlock *lock, u32 val);

extern bool virt_spin_lock_enabled;
void virt_spin_lock_enable(void);

/** queued_spin_is_locked - held, pending or queued for? All mean that a newcomer would wait */
static __always_inline int queued_spin_is_locked(struct qspinlock *lock)
{
	return atomic_read(&lock->val) != 0;
}

/** queued_spin_value_unlocked - was the lock free when it was copied? */
static __always_inline int queued_spin_value_unlocked(struct qspinlock lock)
{
	return !lock.val.counter;
}

/** queued_spin_is_contended - does anybody wait? */
static __always_inline int queued_spin_is_contended(struct qspinlock *lock)
{
	return (atomic_read(&lock->val) & ~_Q_LOCKED_MASK) != 0;
}

/** queued_spin_trylock - take the lock if it is free. Return: 1 taken */
static __always_inline int queued_spin_trylock(struct qspinlock *lock)
{
	int old = atomic_read(&lock->val);

	if (unlikely(old))
		return 0;
	return likely(atomic_try_cmpxchg_acquire(&lock->val, &old, _Q_LOCKED_VAL));
}

/** queued_spin_lock - take the lock; what follows stays behind it */
static __always_inline void queued_spin_lock(struct qspinlock *lock)
{
	int old = 0;

	if (likely(atomic_try_cmpxchg_acquire(&lock->val, &old, _Q_LOCKED_VAL)))
		return;
	queued_spin_lock_slowpath(lock, old);
}

/** queued_spin_unlock - give the lock back; what came before stays before it */
static __always_inline void queued_spin_unlock(struct qspinlock *lock)
{
	/* A store of the byte, since others change the rest of the word meanwhile. */
	smp_store_release(&lock->locked, 0);
}

#define arch_spin_is_locked(l)		queued_spin_is_locked(l)
#define arch_spin_is_contended(l)	queued_spin_is_contended(l)
#define arch_spin_value_unlocked(l)	queued_spin_value_unlocked(l)
#define arch_spin_lock(l)		queued_spin_lock(l)
#define arch_spin_trylock(l)		queued_spin_trylock(l)
#define arch_spin_unlock(l)		queued_spin_unlock(l)

#endif /* _ASM_GENERIC_QSPINLOCK_H */
