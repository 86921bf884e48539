/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_NOSPEC_H
#define _LINUX_NOSPEC_H

#include <asm/barrier.h>
#include <linux/bits.h>

#ifndef array_index_mask_nospec
/* All ones if @index < @size, else 0, by arithmetic that has nothing to predict. */
static inline unsigned long array_index_mask_nospec(unsigned long index, unsigned long size)
{
	return ~(long)(index | (size - 1UL - index)) >> (BITS_PER_LONG - 1);
}
#endif

/* @index if it is below @size, 0 if a CPU only speculates that it is. */
#define array_index_nospec(index, size)						\
({										\
	typeof(index) _i = (index);						\
	unsigned long _mask = array_index_mask_nospec(_i, (size));		\
										\
	(typeof(_i))(_i & _mask);						\
})

#endif /* _LINUX_NOSPEC_H */
