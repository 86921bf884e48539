/* SPDX-License-Identifier: MIT */
/*
 * CRC-32 by carry-less multiplication (which needs the FPU's registers), CRC-32C by its own
 * instruction (which does not). The branches are patched at boot; until then the tables are used.
 */
#ifndef _ASM_X86_CRC32_H
#define _ASM_X86_CRC32_H

#include <linux/jump_label.h>
#include <linux/types.h>

DECLARE_STATIC_KEY_FALSE(x86_has_crc32c);
DECLARE_STATIC_KEY_FALSE(x86_has_pclmul);

u32 crc32_le_pclmul(u32 crc, const u8 *p, size_t len);
u32 crc32_be_pclmul(u32 crc, const u8 *p, size_t len);
u32 crc32c_le_sse42(u32 crc, const u8 *p, size_t len);
void crc32_le_fold(u32 crc, const u8 *p, size_t len, u8 rest[16]);
void crc32_be_fold(u32 crc, const u8 *p, size_t len, u8 rest[16]);

static inline bool arch_has_crc32(void)
{
	return static_branch_likely(&x86_has_pclmul);
}
#define arch_has_crc32	arch_has_crc32
#define arch_crc32_le	crc32_le_pclmul
#define arch_crc32_be	crc32_be_pclmul

/** arch_has_crc32c - has this CPU the CRC-32C instruction? */
static inline bool arch_has_crc32c(void)
{
	return static_branch_likely(&x86_has_crc32c);
}
#define arch_has_crc32c	arch_has_crc32c
#define arch_crc32c_le	crc32c_le_sse42

#endif
