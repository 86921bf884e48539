/* SPDX-License-Identifier: MIT */
/*
 * EFLAGS.AC opens user memory to the kernel on processors with SMAP. stac()
 * and clac() are nothing on others.
 */
#ifndef _ASM_X86_SMAP_H
#define _ASM_X86_SMAP_H

#include <linux/compiler.h>
#include <asm/alternative.h>
#include <asm/processor-flags.h>

#define __ASM_CLAC	".byte 0x0f, 0x01, 0xca"
#define __ASM_STAC	".byte 0x0f, 0x01, 0xcb"

/** clac - the kernel may not touch user memory any more */
static __always_inline void clac(void)
{
	alternative("", __ASM_CLAC, X86_FEATURE_SMAP);
}

/** stac - the kernel may touch user memory */
static __always_inline void stac(void)
{
	alternative("", __ASM_STAC, X86_FEATURE_SMAP);
}

#define ASM_CLAC	ALTERNATIVE("", __ASM_CLAC, X86_FEATURE_SMAP)
#define ASM_STAC	ALTERNATIVE("", __ASM_STAC, X86_FEATURE_SMAP)

/** smap_save - close the door around a nested activity. Return: how it was */
static __always_inline unsigned long smap_save(void)
{
	unsigned long flags;

	asm volatile("pushfq; popq %0" : "=rm" (flags) : : "memory");
	clac();
	return flags;
}

/** smap_restore - leave the door as it was */
static __always_inline void smap_restore(unsigned long flags)
{
	if (flags & X86_EFLAGS_AC)
		stac();
}

#endif /* _ASM_X86_SMAP_H */
