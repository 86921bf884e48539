// SPDX-License-Identifier: MIT
/*
 * The fraction nearest to a given one among those whose terms fit a divider's registers.
 *
 * Expand x = num / den as a continued fraction, x = a0 + 1 / (a1 + 1 / (a2 + ...)): the a's are the
 * quotients of Euclid's algorithm. Cutting it off after a_k gives the convergent n_k / d_k, with
 *
 *	n_k = n_(k-2) + a_k * n_(k-1),	d_k = d_(k-2) + a_k * d_(k-1)
 *
 * starting from 0/1 and 1/0. Each is nearer to x than any fraction with a smaller denominator. When
 * a_k makes a term too big, a smaller t in its place gives a semiconvergent, which lies on the
 * other side of x than the last convergent. With r the rest of the expansion (r = num / den of that
 * step, a_k its whole part) the distances to x are
 *
 *	of n_(k-1) / d_(k-1):	1 / (d_(k-1) * D)			D = d_(k-2) + r * d_(k-1)
 *	of the semiconvergent:	(r - t) / ((d_(k-2) + t * d_(k-1)) * D)
 *
 * so it is the nearer one exactly if (r - 2t) * d_(k-1) < d_(k-2), which products of 128 bits
 * decide.
 */

#include <linux/rational.h>

#include <linux/export.h>
#include <linux/limits.h>
#include <linux/minmax.h>
#include <linux/types.h>

typedef unsigned __int128 u128_t;

/* base + a * by, if not more than max. */
static bool fits(unsigned long base, unsigned long a, unsigned long by, unsigned long max,
		 unsigned long *sum)
{
	u128_t wide = base + (u128_t)a * by;

	*sum = wide;
	return wide <= max;
}

/* How often does @by fit between @base and @max? */
static unsigned long room(unsigned long base, unsigned long by, unsigned long max)
{
	return by ? (max - base) / by : ULONG_MAX;
}

/*
 * Is the semiconvergent of @t nearer than the last convergent? See above; @d0 and @d1 its
 * denominators.
 */
static bool nearer(unsigned long num, unsigned long den, unsigned long t, unsigned long d0,
		   unsigned long d1)
{
	u128_t twice = 2 * (u128_t)t * den;

	return twice > num || (num - twice) * d1 < (u128_t)d0 * den;
}

/**
 * rational_best_approximation() - the nearest fraction with bounded terms
 * @given_numerator: of the given fraction
 * @given_denominator: likewise; 0 gives 1/0
 * @max_numerator: bound of the result's numerator, at least 1
 * @max_denominator: bound of the result's denominator, at least 1
 * @best_numerator: gets the result, in lowest terms
 * @best_denominator: likewise
 *
 * Of two that are equally near, the one with the smaller denominator wins. A fraction that is too
 * big gives max_numerator/1.
 */
void rational_best_approximation(unsigned long given_numerator, unsigned long given_denominator,
				 unsigned long max_numerator, unsigned long max_denominator,
				 unsigned long *best_numerator, unsigned long *best_denominator)
{
	unsigned long num = given_numerator, den = given_denominator;
	unsigned long n0 = 0, d0 = 1, n1 = 1, d1 = 0;

	while (den) {
		unsigned long a = num / den, rest = num % den, n2, d2, t;
		bool n_fits = fits(n0, a, n1, max_numerator, &n2);
		bool d_fits = fits(d0, a, d1, max_denominator, &d2);

		if (!n_fits || !d_fits) {
			t = min(room(n0, n1, max_numerator), room(d0, d1, max_denominator));
			if (nearer(num, den, t, d0, d1)) {
				n1 = n0 + t * n1;
				d1 = d0 + t * d1;
			}
			break;
		}
		n0 = n1;
		n1 = n2;
		d0 = d1;
		d1 = d2;
		num = den;
		den = rest;
	}
	*best_numerator = n1;
	*best_denominator = d1;
}
EXPORT_SYMBOL(rational_best_approximation);
