/* SPDX-License-Identifier: MIT */
#ifndef _ASM_X86_PROCESSOR_FLAGS_H
#define _ASM_X86_PROCESSOR_FLAGS_H

#include <uapi/asm/processor-flags.h>

/* CR3: the physical address of the top table, without the cache and PCID bits. */
#define CR3_ADDR_MASK		_AC(0x000ffffffffff000, UL)
#define CR3_PCID_MASK		_AC(0xfff, UL)

#endif /* _ASM_X86_PROCESSOR_FLAGS_H */
