// SPDX-License-Identifier: MIT
/* Sums in floating point, in a file of their own as <linux/fpu.h> wants it. */

#include "fpu_sums.h"

/** fpu_harmonic_millionths - 1 + 1/2 + ... + 1/@n, in millionths, rounded down */
int fpu_harmonic_millionths(int n)
{
	double sum = 0;
	int i;

	for (i = n; i > 0; i--)
		sum += 1.0 / i;
	return (int)(sum * 1000000.0);
}

/** fpu_root_is_exact - is the square root of @n squared, found by Newton's steps, @n again? */
int fpu_root_is_exact(int n)
{
	float root = n;
	int step;

	for (step = 0; step < 30; step++)
		root = (root + n / root) * 0.5f;
	return root * root == (float)n;
}
