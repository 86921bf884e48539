/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_MATH_H
#define _LINUX_MATH_H

/* Small arithmetic: rounding, dividing with a chosen rounding, roots. No locks, any context. */

#include <linux/types.h>
#include <asm/div64.h>
#include <uapi/linux/kernel.h>

/* These two are for powers of two; for other divisors use roundup() and rounddown(). */
#define __round_mask(x, y)	((__typeof__(x))((y) - 1))
/** round_up - round up to a multiple of the power of two @y */
#define round_up(x, y)		((((x) - 1) | __round_mask(x, y)) + 1)
/** round_down - round down to a multiple of the power of two @y */
#define round_down(x, y)	((x) & ~__round_mask(x, y))

#define DIV_ROUND_UP		__KERNEL_DIV_ROUND_UP

#define DIV_ROUND_DOWN_ULL(ll, d)						\
	({ unsigned long long _tmp = (ll); do_div(_tmp, d); _tmp; })
#define DIV_ROUND_UP_ULL(ll, d)							\
	DIV_ROUND_DOWN_ULL((unsigned long long)(ll) + (d) - 1, (d))
#define DIV_ROUND_UP_SECTOR_T(ll, d)	DIV_ROUND_UP_ULL(ll, d)

/** roundup - round up to a multiple of any @y */
#define roundup(x, y) ({							\
	typeof(y) __y = y;							\
	(((x) + (__y - 1)) / __y) * __y;					\
})

/** rounddown - round down to a multiple of any @y */
#define rounddown(x, y) ({							\
	typeof(x) __x = (x);							\
	__x - (__x % (y));							\
})

/**
 * DIV_ROUND_CLOSEST - divide and round to the nearest integer, halves away from zero
 *
 * The divisor may be negative only if both arguments have signed types.
 */
#define DIV_ROUND_CLOSEST(x, divisor) ({					\
	typeof(x) __x = x;							\
	typeof(divisor) __d = divisor;						\
	(((typeof(x))-1) > 0 || ((typeof(divisor))-1) > 0 ||			\
	 (((__x) > 0) == ((__d) > 0))) ?					\
		(((__x) + ((__d) / 2)) / (__d)) :				\
		(((__x) - ((__d) / 2)) / (__d));				\
})

#define DIV_ROUND_CLOSEST_ULL(x, divisor) ({					\
	typeof(divisor) __d = divisor;						\
	unsigned long long _tmp = (x) + (__d) / 2;				\
	do_div(_tmp, __d);							\
	_tmp;									\
})

#define __STRUCT_FRACT(type)							\
struct type##_fract {								\
	__##type numerator;							\
	__##type denominator;							\
};
__STRUCT_FRACT(s8)
__STRUCT_FRACT(u8)
__STRUCT_FRACT(s16)
__STRUCT_FRACT(u16)
__STRUCT_FRACT(s32)
__STRUCT_FRACT(u32)
#undef __STRUCT_FRACT

/** mult_frac - x * n / d without the overflow of x * n, and exact to the last place */
#define mult_frac(x, n, d) ({							\
	typeof(x) x_ = (x);							\
	typeof(n) n_ = (n);							\
	typeof(d) d_ = (d);							\
	typeof(x_) q = x_ / d_;							\
	typeof(x_) r = x_ % d_;							\
	q * n_ + r * n_ / d_;							\
})

#define sector_div(a, b)	do_div(a, b)

/** abs - absolute value, in the signed type of x's width; the most negative value stays */
#define abs(x)	__abs_choose_expr(x, long long,					\
		__abs_choose_expr(x, long,					\
		__abs_choose_expr(x, int,					\
		__abs_choose_expr(x, short,					\
		__abs_choose_expr(x, char,					\
		__builtin_choose_expr(						\
			__builtin_types_compatible_p(typeof(x), char),		\
			(char)({ signed char __x = (x); __x < 0 ? -__x : __x; }), \
			((void)0)))))))

#define __abs_choose_expr(x, type, other) __builtin_choose_expr(		\
	__builtin_types_compatible_p(typeof(x), signed type) ||			\
	__builtin_types_compatible_p(typeof(x), unsigned type),			\
	({ signed type __x = (x); __x < 0 ? -__x : __x; }), other)

/** abs_diff - |a - b| for values of one type, without overflow for unsigned ones */
#define abs_diff(a, b) ({							\
	typeof(a) __a = (a);							\
	typeof(b) __b = (b);							\
	(void)(&__a == &__b);							\
	__a > __b ? (__a - __b) : (__b - __a);					\
})

/**
 * reciprocal_scale - map a 32-bit number onto 0 .. @ep_ro - 1, keeping its distribution
 * @val: value spread over all 32 bits
 * @ep_ro: end of the wanted range, not included
 *
 * Return: @val * @ep_ro / 2^32: a multiplication where a modulo would divide.
 */
static inline u32 reciprocal_scale(u32 val, u32 ep_ro)
{
	return (u32)(((u64)val * ep_ro) >> 32);
}

u64 int_pow(u64 base, unsigned int exp);
unsigned long int_sqrt(unsigned long x);

#if BITS_PER_LONG < 64
u32 int_sqrt64(u64 x);
#else
/** int_sqrt64 - floor of the square root of a 64-bit number */
static inline u32 int_sqrt64(u64 x)
{
	return (u32)int_sqrt(x);
}
#endif

#endif
