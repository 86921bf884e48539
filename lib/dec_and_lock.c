// SPDX-License-Identifier: MIT
/*
 * atomic_dec_and_lock() and its forms: drop a count, and come out with a lock held if it reached
 * zero. A count above one goes down without the lock; the step to zero is made only under it.
 */

#include <linux/atomic.h>
#include <linux/export.h>
#include <linux/spinlock.h>

/**
 * _atomic_dec_and_lock() - take one off a count; the last one is taken with the lock held
 * @atomic: a count of at least 1
 * @lock: what the object of the count is found under
 *
 * A count above 1 falls without the lock.
 *
 * Context: any where @lock may be taken; doesn't sleep.
 * Return: 1 if the count is 0 now, and then @lock is held; else 0, and it isn't.
 */
int _atomic_dec_and_lock(atomic_t *atomic, spinlock_t *lock)
{
	if (atomic_add_unless(atomic, -1, 1))
		return 0;
	spin_lock(lock);
	if (atomic_dec_and_test(atomic))
		return 1;
	spin_unlock(lock);
	return 0;
}
EXPORT_SYMBOL(_atomic_dec_and_lock);

/**
 * _atomic_dec_and_lock_irqsave() - _atomic_dec_and_lock(), with interrupts off while locked
 * @atomic: a count of at least 1
 * @lock: what the object of the count is found under
 * @flags: gets the interrupt state if the lock is taken, for spin_unlock_irqrestore()
 *
 * Context: any that may take @lock.
 * Return: 1 if the count is 0 now, and then @lock is held and interrupts are off; else 0.
 */
int _atomic_dec_and_lock_irqsave(atomic_t *atomic, spinlock_t *lock, unsigned long *flags)
{
	if (atomic_add_unless(atomic, -1, 1))
		return 0;
	spin_lock_irqsave(lock, *flags);
	if (atomic_dec_and_test(atomic))
		return 1;
	spin_unlock_irqrestore(lock, *flags);
	return 0;
}
EXPORT_SYMBOL(_atomic_dec_and_lock_irqsave);

/** _atomic_dec_and_raw_lock() - _atomic_dec_and_lock() for a raw spin lock */
int _atomic_dec_and_raw_lock(atomic_t *atomic, raw_spinlock_t *lock)
{
	if (atomic_add_unless(atomic, -1, 1))
		return 0;
	raw_spin_lock(lock);
	if (atomic_dec_and_test(atomic))
		return 1;
	raw_spin_unlock(lock);
	return 0;
}
EXPORT_SYMBOL(_atomic_dec_and_raw_lock);

/** _atomic_dec_and_raw_lock_irqsave() - _atomic_dec_and_lock_irqsave() for a raw spin lock */
int _atomic_dec_and_raw_lock_irqsave(atomic_t *atomic, raw_spinlock_t *lock, unsigned long *flags)
{
	if (atomic_add_unless(atomic, -1, 1))
		return 0;
	raw_spin_lock_irqsave(lock, *flags);
	if (atomic_dec_and_test(atomic))
		return 1;
	raw_spin_unlock_irqrestore(lock, *flags);
	return 0;
}
EXPORT_SYMBOL(_atomic_dec_and_raw_lock_irqsave);
