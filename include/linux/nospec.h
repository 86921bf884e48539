/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_NOSPEC_H
#define _LINUX_NOSPEC_H

#include <asm/barrier.h>

/* @index if it is below @size, 0 if a CPU only speculates that it is. */
#define array_index_nospec(index, size)						\
({										\
	typeof(index) _i = (index);						\
	unsigned long _mask = array_index_mask_nospec(_i, (size));		\
										\
	(typeof(_i))(_i & _mask);						\
})

#endif /* _LINUX_NOSPEC_H */
