/* SPDX-License-Identifier: MIT */
#ifndef _ASM_X86_FPU_COMPACT_H
#define _ASM_X86_FPU_COMPACT_H

#include <linux/types.h>

/**
 * struct xstate_place - where a component lies in the standard form, as CPUID leaf 0xd says
 * @offset: from the image's start
 * @size: bytes
 * @aligned: in the compacted form it begins at a multiple of 64
 */
struct xstate_place {
	unsigned int offset;
	unsigned int size;
	bool aligned;
};

int xstate_expand(void *to, size_t to_size, const void *from, size_t from_size,
		  const struct xstate_place *places, u64 supported);

#endif /* _ASM_X86_FPU_COMPACT_H */
