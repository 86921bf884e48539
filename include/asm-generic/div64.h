/* SPDX-License-Identifier: MIT */
#ifndef _ASM_GENERIC_DIV64_H
#define _ASM_GENERIC_DIV64_H

#include <linux/types.h>

/**
 * do_div - divide a 64-bit variable in place by a 32-bit number
 * @n: uint64_t variable: dividend, then quotient; evaluated more than once
 * @base: uint32_t divisor, not zero
 *
 * Return: the remainder, uint32_t.
 */
#define do_div(n, base) ({							\
	uint32_t __base = (base);						\
	uint32_t __rem = ((uint64_t)(n)) % __base;				\
	(n) = ((uint64_t)(n)) / __base;						\
	__rem;									\
})

#endif
