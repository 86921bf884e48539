/* SPDX-License-Identifier: MIT */
#ifndef _ASM_GENERIC_GETORDER_H
#define _ASM_GENERIC_GETORDER_H

#ifndef __ASSEMBLY__
#include <linux/compiler.h>
#include <linux/log2.h>

/**
 * get_order() - the smallest order whose block holds @size bytes
 * @size: bytes; 0 gives an undefined result
 *
 * 1..PAGE_SIZE: 0; to 2 * PAGE_SIZE: 1; and so on.
 */
static __always_inline __attribute_const__ int get_order(unsigned long size)
{
	if (!size)
		return BITS_PER_LONG - PAGE_SHIFT;
	if (size <= (1UL << PAGE_SHIFT))
		return 0;
	return ilog2((size - 1) >> PAGE_SHIFT) + 1;
}
#endif

#endif /* _ASM_GENERIC_GETORDER_H */
