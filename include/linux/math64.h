/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_MATH64_H
#define _LINUX_MATH64_H

/*
 * 64-bit division and products wider than 64 bits. Both our machines divide 64-bit numbers with
 * one instruction, so the divisions are one-liners; the names keep callers honest about operand
 * widths. A divisor must not be zero. Any context.
 */

#include <linux/math.h>
#include <linux/types.h>
#include <asm/div64.h>

#define div64_long(x, y)	div64_s64((x), (y))
#define div64_ul(x, y)		div64_u64((x), (y))

/**
 * div_u64_rem - unsigned 64 by 32 bit division with remainder
 * @dividend: dividend
 * @divisor: divisor, not zero
 * @remainder: where the remainder goes
 *
 * Return: the quotient.
 */
static inline u64 div_u64_rem(u64 dividend, u32 divisor, u32 *remainder)
{
	*remainder = dividend % divisor;
	return dividend / divisor;
}

/** div_s64_rem - signed 64 by 32 bit division; the remainder has the dividend's sign */
static inline s64 div_s64_rem(s64 dividend, s32 divisor, s32 *remainder)
{
	*remainder = dividend % divisor;
	return dividend / divisor;
}

/** div64_u64_rem - unsigned 64 by 64 bit division with remainder */
static inline u64 div64_u64_rem(u64 dividend, u64 divisor, u64 *remainder)
{
	*remainder = dividend % divisor;
	return dividend / divisor;
}

/** div64_u64 - unsigned 64 by 64 bit division */
static inline u64 div64_u64(u64 dividend, u64 divisor)
{
	return dividend / divisor;
}

/** div64_s64 - signed 64 by 64 bit division, rounding towards zero */
static inline s64 div64_s64(s64 dividend, s64 divisor)
{
	return dividend / divisor;
}

/** div_u64 - unsigned 64 by 32 bit division; the one to prefer */
static inline u64 div_u64(u64 dividend, u32 divisor)
{
	return dividend / divisor;
}

/** div_s64 - signed 64 by 32 bit division, rounding towards zero */
static inline s64 div_s64(s64 dividend, s32 divisor)
{
	return dividend / divisor;
}

/** iter_div_u64_rem - division by subtraction, for quotients of nearly always 0 or 1 */
static __always_inline u32 __iter_div_u64_rem(u64 dividend, u32 divisor, u64 *remainder)
{
	u32 quotient = 0;

	while (dividend >= divisor) {
		/* keeps the compiler from turning the loop back into a division */
		asm("" : "+rm"(dividend));
		dividend -= divisor;
		quotient++;
	}
	*remainder = dividend;
	return quotient;
}

u32 iter_div_u64_rem(u64 dividend, u32 divisor, u64 *remainder);

/** mul_u32_u32 - full 64-bit product of two 32-bit numbers */
#ifndef mul_u32_u32
static inline u64 mul_u32_u32(u32 a, u32 b)
{
	return (u64)a * b;
}
#endif

/** add_u64_u32 - sum; exists because some compilers widen it badly */
static inline u64 add_u64_u32(u64 a, u32 b)
{
	return a + b;
}

/** mul_u64_u32_shr - (a * mul) >> shift with a product of up to 96 bits; shift < 128 */
static __always_inline u64 mul_u64_u32_shr(u64 a, u32 mul, unsigned int shift)
{
	return (u64)(((unsigned __int128)a * mul) >> shift);
}

/** mul_u64_u64_shr - (a * mul) >> shift with a 128-bit product; shift < 128 */
static __always_inline u64 mul_u64_u64_shr(u64 a, u64 mul, unsigned int shift)
{
	return (u64)(((unsigned __int128)a * mul) >> shift);
}

/** mul_s64_u64_shr - the same for a signed @a: the magnitude is scaled, the sign kept */
static inline u64 mul_s64_u64_shr(s64 a, u64 b, unsigned int shift)
{
	u64 magnitude = a < 0 ? -(u64)a : (u64)a;
	u64 ret = mul_u64_u64_shr(magnitude, b, shift);

	return a < 0 ? -ret : ret;
}

/** mul_u64_u32_div - a * mul / divisor with a 96-bit product; the quotient's low 64 bits */
static inline u64 mul_u64_u32_div(u64 a, u32 mul, u32 divisor)
{
	/*
	 * Long division in base 2^32 by hand: a 128-bit '/' would call the compiler's library,
	 * which the kernel doesn't have.
	 */
	u64 low = (a & 0xffffffff) * mul;
	u64 high = (a >> 32) * mul + (low >> 32);
	u64 q_high = high / divisor;
	u64 rest = (high % divisor) << 32 | (low & 0xffffffff);

	return (q_high << 32) + rest / divisor;
}

u64 mul_u64_u64_div_u64(u64 a, u64 mul, u64 div);

/** mul_u64_u64_div_u64_roundup - a * mul / div, rounded up; kept here beside its sibling */
u64 mul_u64_u64_div_u64_roundup(u64 a, u64 mul, u64 div);

/** DIV64_U64_ROUND_UP - unsigned 64 by 64 bit division, rounded up */
#define DIV64_U64_ROUND_UP(ll, d)						\
	({ u64 _tmp = (d); div64_u64((ll) + _tmp - 1, _tmp); })

/** DIV_U64_ROUND_UP - unsigned 64 by 32 bit division, rounded up */
#define DIV_U64_ROUND_UP(ll, d)							\
	({ u32 _tmp = (d); div_u64((ll) + _tmp - 1, _tmp); })

/** DIV64_U64_ROUND_CLOSEST - unsigned 64 by 64 bit division, rounded to nearest */
#define DIV64_U64_ROUND_CLOSEST(dividend, divisor)				\
	({ u64 _tmp = (divisor); div64_u64((dividend) + _tmp / 2, _tmp); })

/** DIV_U64_ROUND_CLOSEST - unsigned 64 by 32 bit division, rounded to nearest */
#define DIV_U64_ROUND_CLOSEST(dividend, divisor)				\
	({ u32 _tmp = (divisor); div_u64((u64)(dividend) + _tmp / 2, _tmp); })

/** DIV_S64_ROUND_CLOSEST - signed 64 by 32 bit division, rounded to nearest */
#define DIV_S64_ROUND_CLOSEST(dividend, divisor) ({				\
	s64 __x = (dividend);							\
	s32 __d = (divisor);							\
	(__x > 0) == (__d > 0) ? div_s64(__x + __d / 2, __d) :			\
				 div_s64(__x - __d / 2, __d);			\
})

/** roundup_u64 - round up to a multiple of a 32-bit number */
static inline u64 roundup_u64(u64 x, u32 y)
{
	return DIV_U64_ROUND_UP(x, y) * y;
}

#endif
