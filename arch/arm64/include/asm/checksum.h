/* SPDX-License-Identifier: MIT */
#ifndef _ASM_CHECKSUM_H
#define _ASM_CHECKSUM_H

/* The sum of a block by additions with carry: arch/arm64/lib/csum.S. */

#include <linux/types.h>

__wsum csum_partial_arm64(const void *buff, int len, __wsum sum);
#define arch_csum_partial	csum_partial_arm64

#include <asm-generic/checksum.h>

#endif
