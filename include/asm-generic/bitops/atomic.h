/* SPDX-License-Identifier: MIT */
#ifndef _ASM_GENERIC_BITOPS_ATOMIC_H
#define _ASM_GENERIC_BITOPS_ATOMIC_H

/*
 * Atomic bit operations made of the arch's atomic long operations: find the word, then or/and/xor
 * it. These are the uninstrumented arch_ forms; instrumented-atomic.h wraps them.
 * An arch with something better for one of them defines it, and a macro of its name.
 */

#include <linux/atomic.h>
#include <linux/bits.h>
#include <linux/compiler.h>
#include <asm/barrier.h>

#define __atomic_bit_word(nr, addr)	((atomic_long_t *)((unsigned long *)(addr) + BIT_WORD(nr)))

#ifndef arch_set_bit
static __always_inline void arch_set_bit(unsigned int nr, volatile unsigned long *addr)
{
	raw_atomic_long_or(BIT_MASK(nr), __atomic_bit_word(nr, addr));
}
#endif

#ifndef arch_clear_bit
static __always_inline void arch_clear_bit(unsigned int nr, volatile unsigned long *addr)
{
	raw_atomic_long_andnot(BIT_MASK(nr), __atomic_bit_word(nr, addr));
}
#endif

#ifndef arch_change_bit
static __always_inline void arch_change_bit(unsigned int nr, volatile unsigned long *addr)
{
	raw_atomic_long_xor(BIT_MASK(nr), __atomic_bit_word(nr, addr));
}
#endif

#ifndef arch_test_and_set_bit
/** arch_test_and_set_bit() - set a bit, fully ordered. Return: was it set? */
static __always_inline int arch_test_and_set_bit(unsigned int nr, volatile unsigned long *addr)
{
	long old = raw_atomic_long_fetch_or(BIT_MASK(nr), __atomic_bit_word(nr, addr));

	return !!(old & BIT_MASK(nr));
}
#endif

#ifndef arch_test_and_clear_bit
/** arch_test_and_clear_bit() - clear a bit, fully ordered. Return: was it set? */
static __always_inline int arch_test_and_clear_bit(unsigned int nr, volatile unsigned long *addr)
{
	long old = raw_atomic_long_fetch_andnot(BIT_MASK(nr), __atomic_bit_word(nr, addr));

	return !!(old & BIT_MASK(nr));
}
#endif

#ifndef arch_test_and_change_bit
/** arch_test_and_change_bit() - flip a bit, fully ordered. Return: was it set? */
static __always_inline int arch_test_and_change_bit(unsigned int nr, volatile unsigned long *addr)
{
	long old = raw_atomic_long_fetch_xor(BIT_MASK(nr), __atomic_bit_word(nr, addr));

	return !!(old & BIT_MASK(nr));
}
#endif

#endif
