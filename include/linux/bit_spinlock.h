/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_BIT_SPINLOCK_H
#define _LINUX_BIT_SPINLOCK_H

/*
 * A spin lock in one bit of a word that has other uses: unfair, unseen by lockdep, and the
 * smallest there is. For words of which there are very many.
 */

#include <linux/atomic.h>
#include <linux/bitops.h>
#include <linux/bug.h>
#include <linux/preempt.h>

#include <asm/processor.h>

/**
 * bit_spin_lock() - take the lock, waiting
 * @bitnum: bit number
 * @addr: the word
 *
 * Context: Any that doesn't interrupt a holder. Preemption is off afterwards.
 */
static __always_inline void bit_spin_lock(int bitnum, unsigned long *addr)
{
	preempt_disable();
	while (unlikely(test_and_set_bit_lock(bitnum, addr))) {
		/* Wait by reading, and let others run meanwhile. */
		preempt_enable();
		do {
			cpu_relax();
		} while (test_bit(bitnum, addr));
		preempt_disable();
	}
	__acquire(bitlock);
}

/**
 * bit_spin_trylock() - take the lock if it is free
 * @bitnum: bit number
 * @addr: the word
 *
 * Return: 1 with the lock, 0 without.
 */
static __always_inline int bit_spin_trylock(int bitnum, unsigned long *addr)
{
	preempt_disable();
	if (unlikely(test_and_set_bit_lock(bitnum, addr))) {
		preempt_enable();
		return 0;
	}
	__acquire(bitlock);
	return 1;
}

/**
 * bit_spin_unlock() - give the lock back
 * @bitnum: bit number
 * @addr: the word
 */
static __always_inline void bit_spin_unlock(int bitnum, unsigned long *addr)
{
#ifdef CONFIG_DEBUG_SPINLOCK
	BUG_ON(!test_bit(bitnum, addr));
#endif
	clear_bit_unlock(bitnum, addr);
	preempt_enable();
	__release(bitlock);
}

/**
 * __bit_spin_unlock() - the same where nobody else writes the word meanwhile
 * @bitnum: bit number
 * @addr: the word, all of it guarded by the lock
 */
static __always_inline void __bit_spin_unlock(int bitnum, unsigned long *addr)
{
#ifdef CONFIG_DEBUG_SPINLOCK
	BUG_ON(!test_bit(bitnum, addr));
#endif
	__clear_bit_unlock(bitnum, addr);
	preempt_enable();
	__release(bitlock);
}

/** bit_spin_is_locked() - does anybody hold the bit? A hint */
static inline int bit_spin_is_locked(int bitnum, unsigned long *addr)
{
	return test_bit(bitnum, addr);
}

#endif /* _LINUX_BIT_SPINLOCK_H */
