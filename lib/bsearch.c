// SPDX-License-Identifier: MIT
/* Binary search out of line; the algorithm is __inline_bsearch() in the header. */

#include <linux/bsearch.h>

#include <linux/export.h>

/** bsearch() - search a sorted array: see __inline_bsearch() */
void *bsearch(const void *key, const void *base, size_t num, size_t size, cmp_func_t cmp)
{
	return __inline_bsearch(key, base, num, size, cmp);
}
EXPORT_SYMBOL(bsearch);
