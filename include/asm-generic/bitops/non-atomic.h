/* SPDX-License-Identifier: MIT */
#ifndef _ASM_GENERIC_BITOPS_NON_ATOMIC_H
#define _ASM_GENERIC_BITOPS_NON_ATOMIC_H

/*
 * Bit operations by plain loads and stores. Two that run at once on one word may lose either
 * update. With a constant bitmap in a local variable the compiler folds them away.
 */

#include <linux/bits.h>
#include <linux/compiler.h>
#include <linux/instrumented.h>
#include <asm/barrier.h>

/* The word that holds bit @nr, as a plain lvalue. */
#define __bitop_word(nr, addr)	(((unsigned long *)(addr))[BIT_WORD(nr)])

/** ___set_bit - set a bit, not atomically (public name: __set_bit) */
static __always_inline void ___set_bit(unsigned long nr, volatile unsigned long *addr)
{
	__bitop_word(nr, addr) |= BIT_MASK(nr);
}

/** ___clear_bit - clear a bit, not atomically (public name: __clear_bit) */
static __always_inline void ___clear_bit(unsigned long nr, volatile unsigned long *addr)
{
	__bitop_word(nr, addr) &= ~BIT_MASK(nr);
}

/** ___change_bit - toggle a bit, not atomically (public name: __change_bit) */
static __always_inline void ___change_bit(unsigned long nr, volatile unsigned long *addr)
{
	__bitop_word(nr, addr) ^= BIT_MASK(nr);
}

/** ___test_and_set_bit - set a bit, not atomically; was it set? */
static __always_inline bool ___test_and_set_bit(unsigned long nr, volatile unsigned long *addr)
{
	unsigned long old = __bitop_word(nr, addr);

	__bitop_word(nr, addr) = old | BIT_MASK(nr);
	return (old & BIT_MASK(nr)) != 0;
}

/** ___test_and_clear_bit - clear a bit, not atomically; was it set? */
static __always_inline bool ___test_and_clear_bit(unsigned long nr, volatile unsigned long *addr)
{
	unsigned long old = __bitop_word(nr, addr);

	__bitop_word(nr, addr) = old & ~BIT_MASK(nr);
	return (old & BIT_MASK(nr)) != 0;
}

/** ___test_and_change_bit - toggle a bit, not atomically; was it set? */
static __always_inline bool ___test_and_change_bit(unsigned long nr, volatile unsigned long *addr)
{
	unsigned long old = __bitop_word(nr, addr);

	__bitop_word(nr, addr) = old ^ BIT_MASK(nr);
	return (old & BIT_MASK(nr)) != 0;
}

/**
 * __const_test_bit - test_bit() of what the compiler knows
 *
 * A bit of a constant (or of a local that the compiler knows whole) is read as a plain word, so
 * that the test folds; any other is one volatile read, since another CPU may write it.
 */
static __always_inline bool __const_test_bit(unsigned long nr, const volatile unsigned long *addr)
{
	const unsigned long *p = (const unsigned long *)addr + BIT_WORD(nr);

	return (*p & BIT_MASK(nr)) != 0;
}

/** _test_bit - is a bit set? (public name: test_bit) */
static __always_inline bool _test_bit(unsigned long nr, const volatile unsigned long *addr)
{
	if (__builtin_constant_p(nr) && __builtin_constant_p(addr != NULL) &&
	    __builtin_constant_p(((const unsigned long *)addr)[BIT_WORD(nr)]))
		return __const_test_bit(nr, addr);
	return (addr[BIT_WORD(nr)] >> (nr & (BITS_PER_LONG - 1))) & 1UL;
}

/** _test_bit_acquire - is a bit set? Later accesses are ordered after the read. */
static __always_inline bool _test_bit_acquire(unsigned long nr, const volatile unsigned long *addr)
{
	const unsigned long *p = (const unsigned long *)addr + BIT_WORD(nr);

	return (smp_load_acquire(p) >> (nr & (BITS_PER_LONG - 1))) & 1UL;
}

#endif
