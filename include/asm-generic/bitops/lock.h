/* SPDX-License-Identifier: MIT */
#ifndef _ASM_GENERIC_BITOPS_LOCK_H
#define _ASM_GENERIC_BITOPS_LOCK_H

/* Bits as locks: acquire when taken, release when given back. */

#include <linux/atomic.h>
#include <linux/bits.h>
#include <linux/compiler.h>
#include <linux/instrumented.h>
#include <asm/barrier.h>

#define __lock_bit_word(nr, addr)	((atomic_long_t *)((unsigned long *)(addr) + BIT_WORD(nr)))

#ifndef arch_test_and_set_bit_lock
/** arch_test_and_set_bit_lock - take a bit as a lock: acquire. Return: was it taken already? */
static __always_inline int arch_test_and_set_bit_lock(unsigned int nr,
						      volatile unsigned long *addr)
{
	atomic_long_t *word = __lock_bit_word(nr, addr);

	/* Taken: don't bounce the cache line with a write that changes nothing. */
	if (READ_ONCE(*(unsigned long *)word) & BIT_MASK(nr))
		return 1;
	return !!(raw_atomic_long_fetch_or_acquire(BIT_MASK(nr), word) & BIT_MASK(nr));
}
#endif

#ifndef arch_clear_bit_unlock
/** arch_clear_bit_unlock - give the bit back: release */
static __always_inline void arch_clear_bit_unlock(unsigned int nr, volatile unsigned long *addr)
{
	raw_atomic_long_fetch_andnot_release(BIT_MASK(nr), __lock_bit_word(nr, addr));
}
#endif

#ifndef arch___clear_bit_unlock
/** arch___clear_bit_unlock - give the bit back, while nobody else changes the word: release */
static __always_inline void arch___clear_bit_unlock(unsigned int nr, volatile unsigned long *addr)
{
	atomic_long_t *word = __lock_bit_word(nr, addr);
	unsigned long old = READ_ONCE(*(unsigned long *)word);

	raw_atomic_long_set_release(word, old & ~BIT_MASK(nr));
}
#endif

#ifndef arch_xor_unlock_is_negative_byte
static __always_inline bool arch_xor_unlock_is_negative_byte(unsigned long mask,
							     volatile unsigned long *addr)
{
	long old = raw_atomic_long_fetch_xor_release(mask, (atomic_long_t *)addr);

	return !!(old & BIT(7));
}
#endif

/** test_and_set_bit_lock - take a bit lock; acquires if it was free. Was it taken? */
static __always_inline bool test_and_set_bit_lock(long nr, volatile unsigned long *addr)
{
	instrument_atomic_read_write(addr + BIT_WORD(nr), sizeof(long));
	return arch_test_and_set_bit_lock(nr, addr);
}

/** clear_bit_unlock - give a bit lock back atomically, with release ordering */
static __always_inline void clear_bit_unlock(long nr, volatile unsigned long *addr)
{
	kcsan_release();
	instrument_atomic_write(addr + BIT_WORD(nr), sizeof(long));
	arch_clear_bit_unlock(nr, addr);
}

/** __clear_bit_unlock - the same when nobody else changes other bits of the word meanwhile */
static __always_inline void __clear_bit_unlock(long nr, volatile unsigned long *addr)
{
	kcsan_release();
	instrument_write(addr + BIT_WORD(nr), sizeof(long));
	arch___clear_bit_unlock(nr, addr);
}

/**
 * xor_unlock_is_negative_byte - release by toggling bits of a byte, and look at its bit 7
 * @mask: bits 0 to 6 to toggle
 * @addr: word whose lowest byte is meant
 *
 * Return: whether bit 7 was set.
 */
static __always_inline bool xor_unlock_is_negative_byte(unsigned long mask,
							volatile unsigned long *addr)
{
	kcsan_release();
	instrument_atomic_write(addr, sizeof(long));
	return arch_xor_unlock_is_negative_byte(mask, addr);
}

#endif
