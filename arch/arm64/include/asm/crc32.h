/* SPDX-License-Identifier: MIT */
/*
 * CRCs by the CPU's instructions, no inversion before or after. The branch is patched once all CPUs
 * are known to have them; until then the tables are used.
 */
#ifndef _ASM_CRC32_H
#define _ASM_CRC32_H

#include <linux/jump_label.h>
#include <linux/types.h>

DECLARE_STATIC_KEY_FALSE(arm64_has_crc32);

u32 crc32_le_arm64(u32 crc, const u8 *p, size_t len);
u32 crc32_be_arm64(u32 crc, const u8 *p, size_t len);
u32 crc32c_le_arm64(u32 crc, const u8 *p, size_t len);

/** arch_has_crc32 - have all CPUs the CRC-32 instructions? */
static inline bool arch_has_crc32(void)
{
	return static_branch_likely(&arm64_has_crc32);
}
#define arch_has_crc32		arch_has_crc32
#define arch_has_crc32c		arch_has_crc32
#define arch_crc32_le		crc32_le_arm64
#define arch_crc32_be		crc32_be_arm64
#define arch_crc32c_le		crc32c_le_arm64

#endif /* _ASM_CRC32_H */
