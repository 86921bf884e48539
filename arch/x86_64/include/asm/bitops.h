/* SPDX-License-Identifier: MIT */
/*
 * Bits in memory. The bt* instructions with a memory operand and a variable bit
 * number address a bit string of any length by themselves; a constant bit number
 * within a byte becomes a byte-wide logical operation, which is shorter.
 */
#ifndef _ASM_X86_BITOPS_H
#define _ASM_X86_BITOPS_H

#include <linux/bits.h>
#include <linux/compiler.h>
#include <asm/barrier.h>

#define __X86_BYTE(nr, addr)	(*((volatile char *)(addr) + ((nr) >> 3)))
#define __X86_BIT(nr)		((char)(1 << ((nr) & 7)))
#define __X86_WORD(addr)	(*(volatile long *)(addr))

/** arch_set_bit - set a bit of memory, atomically */
static __always_inline void arch_set_bit(long nr, volatile unsigned long *addr)
{
	if (__builtin_constant_p(nr))
		asm volatile("lock orb %b1, %0"
			     : "+m" (__X86_BYTE(nr, addr)) : "iq" (__X86_BIT(nr)) : "memory", "cc");
	else
		asm volatile("lock btsq %1, %0"
			     : "+m" (__X86_WORD(addr)) : "r" (nr) : "memory", "cc");
}
#define arch_set_bit arch_set_bit

/** arch_clear_bit - clear a bit of memory, atomically */
static __always_inline void arch_clear_bit(long nr, volatile unsigned long *addr)
{
	if (__builtin_constant_p(nr))
		asm volatile("lock andb %b1, %0"
			     : "+m" (__X86_BYTE(nr, addr))
			     : "iq" ((char)~__X86_BIT(nr)) : "memory", "cc");
	else
		asm volatile("lock btrq %1, %0"
			     : "+m" (__X86_WORD(addr)) : "r" (nr) : "memory", "cc");
}
#define arch_clear_bit arch_clear_bit

/** arch_change_bit - flip a bit of memory, atomically */
static __always_inline void arch_change_bit(long nr, volatile unsigned long *addr)
{
	asm volatile("lock btcq %1, %0" : "+m" (__X86_WORD(addr)) : "r" (nr) : "memory", "cc");
}
#define arch_change_bit arch_change_bit

#define __X86_TEST_OP(name, insn)						\
static __always_inline bool name(long nr, volatile unsigned long *addr)		\
{										\
	bool old;								\
										\
	asm volatile(insn " %2, %0"						\
		     : "+m" (__X86_WORD(addr)), "=@ccc" (old) : "r" (nr) : "memory");	\
	return old;								\
}
__X86_TEST_OP(arch_test_and_set_bit, "lock btsq")
__X86_TEST_OP(arch_test_and_clear_bit, "lock btrq")
__X86_TEST_OP(arch_test_and_change_bit, "lock btcq")
#undef __X86_TEST_OP
#define arch_test_and_set_bit arch_test_and_set_bit
#define arch_test_and_clear_bit arch_test_and_clear_bit
#define arch_test_and_change_bit arch_test_and_change_bit

/**
 * arch_xor_unlock_is_negative_byte - flip bits 0 to 6 by @mask, with release
 *
 * Return: is bit 7 set?.
 */
static __always_inline bool arch_xor_unlock_is_negative_byte(unsigned long mask,
							     volatile unsigned long *addr)
{
	bool negative;

	asm volatile("lock xorb %b2, %0"
		     : "+m" (*(volatile char *)addr), "=@ccs" (negative)
		     : "iq" ((char)mask) : "memory");
	return negative;
}
#define arch_xor_unlock_is_negative_byte arch_xor_unlock_is_negative_byte

#include <asm-generic/bitops/builtin.h>
#include <asm-generic/bitops/hweight.h>
#include <asm-generic/bitops/non-atomic.h>
#include <asm-generic/bitops/atomic.h>
#include <asm-generic/bitops/instrumented-atomic.h>
#include <asm-generic/bitops/lock.h>
#include <asm-generic/bitops/le.h>

#endif /* _ASM_X86_BITOPS_H */
