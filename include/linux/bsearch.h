/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_BSEARCH_H
#define _LINUX_BSEARCH_H

#include <linux/types.h>

/**
 * __inline_bsearch - search a sorted array by halving
 * @key: passed to @cmp as its first argument
 * @base: array
 * @num: number of elements
 * @size: bytes of one
 * @cmp: < 0, 0 or > 0 as the key is below, equal to or above an element
 *
 * Return: an element that compares equal, or NULL.
 */
static __always_inline void *__inline_bsearch(const void *key, const void *base, size_t num,
					      size_t size, cmp_func_t cmp)
{
	const char *low = base;

	while (num > 0) {
		const char *pivot = low + (num >> 1) * size;
		int result = cmp(key, pivot);

		if (result == 0)
			return (void *)pivot;
		if (result > 0) {
			low = pivot + size;
			num--;
		}
		num >>= 1;
	}
	return NULL;
}

void *bsearch(const void *key, const void *base, size_t num, size_t size, cmp_func_t cmp);

#endif
