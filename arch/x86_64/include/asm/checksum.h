/* SPDX-License-Identifier: MIT */
#ifndef _ASM_X86_CHECKSUM_H
#define _ASM_X86_CHECKSUM_H

/* The sum of a block by additions with carry: arch/x86_64/lib/csum.asm. */

#include <linux/types.h>

__wsum csum_partial_x86(const void *buff, int len, __wsum sum);
#define arch_csum_partial	csum_partial_x86

#include <asm-generic/checksum.h>

#endif
