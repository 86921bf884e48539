/* SPDX-License-Identifier: MIT */
#ifndef _ASM_X86_CACHE_H
#define _ASM_X86_CACHE_H

#include <asm/layout.h>

#define L1_CACHE_BYTES		(1 << L1_CACHE_SHIFT)
#define SMP_CACHE_BYTES		L1_CACHE_BYTES
#define INTERNODE_CACHE_SHIFT	L1_CACHE_SHIFT
#define INTERNODE_CACHE_BYTES	(1 << INTERNODE_CACHE_SHIFT)

#ifndef __read_mostly
#define __read_mostly		__section(".data..read_mostly")
#endif

#endif /* _ASM_X86_CACHE_H */
