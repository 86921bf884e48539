// SPDX-License-Identifier: MIT
/*
 * Integer arithmetic: powers, roots, logarithms, common divisors, wide products. Pure functions,
 * callable from any context.
 */

#include <linux/math.h>

#include <linux/bitops.h>
#include <linux/bug.h>
#include <linux/export.h>
#include <linux/gcd.h>
#include <linux/int_log.h>
#include <linux/lcm.h>
#include <linux/math64.h>
#include <linux/minmax.h>
#include <linux/reciprocal_div.h>
#include <linux/types.h>

/**
 * int_pow() - power of an integer, modulo 2^64
 * @base: base
 * @exp: exponent
 *
 * Squares the base once for each bit of the exponent.
 */
u64 int_pow(u64 base, unsigned int exp)
{
	u64 result = 1;

	for (; exp; exp >>= 1) {
		if (exp & 1)
			result *= base;
		base *= base;
	}
	return result;
}
EXPORT_SYMBOL_GPL(int_pow);

/**
 * int_sqrt() - floor of the square root
 * @x: number
 *
 * Digit by digit in base 4. Invariant: root is the part found so far times bit's weight, and @x
 * is what is left after subtracting the square of that part.
 */
unsigned long int_sqrt(unsigned long x)
{
	unsigned long root = 0;
	unsigned long bit;

	if (x == 0)
		return 0;

	/* the highest power of four that is not above x */
	for (bit = 1UL << (__fls(x) & ~1UL); bit; bit >>= 2) {
		unsigned long trial = root + bit;

		root >>= 1;
		if (x >= trial) {
			x -= trial;
			root += bit;
		}
	}
	return root;
}
EXPORT_SYMBOL(int_sqrt);

/**
 * gcd() - greatest common divisor
 * @a: one number
 * @b: the other
 *
 * Stein's algorithm: common factors of two are set aside; then the larger of two odd numbers is
 * replaced by their difference, which is even and is halved until odd. gcd(a, 0) is a.
 */
unsigned long gcd(unsigned long a, unsigned long b)
{
	unsigned int twos;

	if (!a || !b)
		return a | b;

	twos = __ffs(a | b);
	a >>= __ffs(a);
	while (b) {
		b >>= __ffs(b);
		if (a > b)
			swap(a, b);
		b -= a;
	}
	return a << twos;
}
EXPORT_SYMBOL_GPL(gcd);

/** lcm() - least common multiple; 0 if either number is 0 */
unsigned long lcm(unsigned long a, unsigned long b)
{
	return a && b ? a / gcd(a, b) * b : 0;
}
EXPORT_SYMBOL_GPL(lcm);

/** lcm_not_zero() - least common multiple, or the number that is not 0 */
unsigned long lcm_not_zero(unsigned long a, unsigned long b)
{
	unsigned long l = lcm(a, b);

	return l ? l : (b ? b : a);
}
EXPORT_SYMBOL_GPL(lcm_not_zero);

/** iter_div_u64_rem() - division by repeated subtraction, for small quotients */
u32 iter_div_u64_rem(u64 dividend, u32 divisor, u64 *remainder)
{
	return __iter_div_u64_rem(dividend, divisor, remainder);
}
EXPORT_SYMBOL(iter_div_u64_rem);

/*
 * 128 by 64 bit division, one quotient bit at a time: shift the 128-bit number left, and where the
 * upper half (with the bit that falls out) reaches the divisor, subtract it and set the low bit.
 * @high < @div, so that the quotient fits.
 */
static u64 div_u128_u64(u64 high, u64 low, u64 div, u64 *rem)
{
	int i;

	for (i = 0; i < 64; i++) {
		bool carry = high >> 63;

		high = high << 1 | low >> 63;
		low <<= 1;
		if (carry || high >= div) {
			high -= div;
			low |= 1;
		}
	}
	*rem = high;
	return low;
}

/* a * mul / div, and what remains of the division. Saturates where the quotient doesn't fit. */
static u64 mul_div_rem(u64 a, u64 mul, u64 div, u64 *rem)
{
	unsigned __int128 product = (unsigned __int128)a * mul;
	u64 high = product >> 64;
	u64 low = product;

	if (WARN_ON_ONCE(!div) || high >= div) {
		*rem = 0;
		return ~0ULL;
	}
	if (!high) {
		*rem = low % div;
		return low / div;
	}
	return div_u128_u64(high, low, div, rem);
}

/**
 * mul_u64_u64_div_u64() - a * mul / div with a 128-bit product
 * @a: factor
 * @mul: factor
 * @div: divisor, not 0
 *
 * Return: the quotient; U64_MAX if it does not fit.
 */
u64 mul_u64_u64_div_u64(u64 a, u64 mul, u64 div)
{
	u64 rem;

	return mul_div_rem(a, mul, div, &rem);
}
EXPORT_SYMBOL(mul_u64_u64_div_u64);

/** mul_u64_u64_div_u64_roundup() - the same, rounded up */
u64 mul_u64_u64_div_u64_roundup(u64 a, u64 mul, u64 div)
{
	u64 rem;
	u64 quotient = mul_div_rem(a, mul, div, &rem);

	return quotient + (rem != 0);
}
EXPORT_SYMBOL(mul_u64_u64_div_u64_roundup);

/* --- Logarithms ------------------------------------------------------------------------------- */

/**
 * intlog2() - base-2 logarithm in fixed point
 * @value: number; 0 has no logarithm: it warns and gives 0
 *
 * The integer part is the place of the highest bit. The fraction comes from squaring the mantissa
 * (1 <= m < 2, as 1.31 fixed point): squaring doubles the logarithm, so each time the square
 * reaches 2 the next binary place of the fraction is 1.
 *
 * Return: log2(@value) * 2^24, rounded down.
 */
unsigned int intlog2(u32 value)
{
	unsigned int log;
	unsigned int place;
	u64 mantissa;

	if (unlikely(value == 0)) {
		WARN_ON(1);
		return 0;
	}

	log = __fls(value);
	mantissa = (u64)value << (31 - log);
	log <<= 24;
	for (place = 1 << 23; place; place >>= 1) {
		mantissa = (mantissa * mantissa) >> 31;
		if (mantissa >> 32) {
			mantissa >>= 1;
			log |= place;
		}
	}
	return log;
}
EXPORT_SYMBOL(intlog2);

/**
 * intlog10() - base-10 logarithm in fixed point
 * @value: number; 0 has no logarithm: it warns and gives 0
 *
 * Return: about log10(@value) * 2^24; the last places may be off.
 */
unsigned int intlog10(u32 value)
{
	if (unlikely(value == 0)) {
		WARN_ON(1);
		return 0;
	}

	/* log10(2) * 2^31 */
	return ((u64)intlog2(value) * 646456993) >> 31;
}
EXPORT_SYMBOL(intlog10);

/* --- Division by a divisor that is known in advance ------------------------------------------- */

/**
 * reciprocal_value() - prepare for many divisions by one 32-bit number
 * @d: divisor, not 0
 *
 * With l = ceil(log2(d)), floor(n / d) for every 32-bit n is (t + ((n - t) >> sh1)) >> sh2 where
 * t is the high half of m * n and m = floor(2^32 * (2^l - d) / d) + 1: Granlund and Montgomery's
 * method, with the shifts split so that nothing overflows.
 */
struct reciprocal_value reciprocal_value(u32 d)
{
	int l = fls(d - 1);
	struct reciprocal_value r;

	r.m = div_u64((1ULL << 32) * ((1ULL << l) - d), d) + 1;
	r.sh1 = min(l, 1);
	r.sh2 = max(l - 1, 0);
	return r;
}
EXPORT_SYMBOL(reciprocal_value);
