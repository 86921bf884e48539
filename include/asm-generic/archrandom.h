/* SPDX-License-Identifier: MIT */
#ifndef _ASM_GENERIC_ARCHRANDOM_H
#define _ASM_GENERIC_ARCHRANDOM_H

/*
 * A machine without random instructions. Both functions return how many longs they filled in;
 * _seed_ ones come straight from an entropy source, the others from a generator that it seeds.
 */

#include <linux/types.h>

static inline size_t __must_check arch_get_random_longs(unsigned long *v, size_t max_longs)
{
	(void)v;
	(void)max_longs;
	return 0;
}

static inline size_t __must_check arch_get_random_seed_longs(unsigned long *v, size_t max_longs)
{
	(void)v;
	(void)max_longs;
	return 0;
}

#endif
