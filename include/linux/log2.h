/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_LOG2_H
#define _LINUX_LOG2_H

/* Logarithms to base 2 and powers of two, for constants as well as variables. */

#include <linux/bitops.h>
#include <linux/types.h>

/* Non-constant halves. An arch with something better defines the name and a macro of it. */
#ifndef __ilog2_u32
/** __ilog2_u32 - the highest set bit of @n; -1 for 0 */
static __always_inline __attribute__((const)) int __ilog2_u32(u32 n)
{
	return fls(n) - 1;
}
#endif

#ifndef __ilog2_u64
/** __ilog2_u64 - the highest set bit of @n; -1 for 0 */
static __always_inline __attribute__((const)) int __ilog2_u64(u64 n)
{
	return fls64(n) - 1;
}
#endif

/** is_power_of_2 - has the number exactly one bit set? (Zero has none.) */
static __always_inline __attribute__((const)) bool is_power_of_2(unsigned long n)
{
	return n != 0 && (n & (n - 1)) == 0;
}

/** __roundup_pow_of_two - round a variable up to a power of two; 0 is undefined */
static inline __attribute__((const)) unsigned long __roundup_pow_of_two(unsigned long n)
{
	return 1UL << fls_long(n - 1);
}

/** __rounddown_pow_of_two - round a variable down to a power of two; 0 is undefined */
static inline __attribute__((const)) unsigned long __rounddown_pow_of_two(unsigned long n)
{
	return 1UL << (fls_long(n) - 1);
}

/*
 * const_ilog2 - ilog2() of a constant, as a true constant expression (array sizes, initialisers)
 *
 * Both compilers fold __builtin_clzll() of a constant early enough for that. 0 and 1 give 0.
 */
#define const_ilog2(n)								\
	(__builtin_constant_p(n) ? ((n) < 2 ? 0 : 63 - __builtin_clzll(n)) : -1)

/**
 * ilog2 - floor of the base-2 logarithm of a 32 or 64 bit unsigned number
 * @n: number, not 0; a constant gives a compile-time constant
 */
#define ilog2(n)								\
	(__builtin_constant_p(n) ? const_ilog2(n) :				\
	 (sizeof(n) <= 4) ? __ilog2_u32(n) : __ilog2_u64(n))

/** roundup_pow_of_two - round up to a power of two; 0 is undefined */
#define roundup_pow_of_two(n)							\
	(__builtin_constant_p(n) ?						\
	 (((n) == 1) ? 1UL : (1UL << (ilog2((n) - 1) + 1))) :			\
	 __roundup_pow_of_two(n))

/** rounddown_pow_of_two - round down to a power of two; 0 is undefined */
#define rounddown_pow_of_two(n)							\
	(__builtin_constant_p(n) ? (1UL << ilog2(n)) : __rounddown_pow_of_two(n))

/** __order_base_2 - order_base_2() of what isn't constant */
static inline __attribute_const__ int __order_base_2(unsigned long n)
{
	return n > 1 ? ilog2(n - 1) + 1 : 0;
}

/** order_base_2 - ceiling of the base-2 logarithm; 0 and 1 both give 0 */
#define order_base_2(n)								\
	(__builtin_constant_p(n) ?						\
	 (((n) == 0 || (n) == 1) ? 0 : ilog2((n) - 1) + 1) :			\
	 __order_base_2(n))

/** __bits_per - bits_per() of what isn't constant */
static inline __attribute__((const)) int __bits_per(unsigned long n)
{
	if (n < 2)
		return 1;
	if (is_power_of_2(n))
		return order_base_2(n) + 1;
	return order_base_2(n);
}

/** bits_per - how many bits the binary form of a number takes; 0 takes one */
#define bits_per(n)								\
	(__builtin_constant_p(n) ?						\
	 (((n) == 0 || (n) == 1) ? 1 : ilog2(n) + 1) :				\
	 __bits_per(n))

/** max_pow_of_two_factor - the largest power of two that divides @n; 0 gives 0 */
static inline __attribute__((const)) unsigned long max_pow_of_two_factor(unsigned long n)
{
	return n & -n;
}

#endif
