/* SPDX-License-Identifier: MIT */
/*
 * CRCs by the CPU's instructions; only with cpus_have_cap(ARM64_HAS_CRC32). No inversion before or
 * after.
 */
#ifndef _ASM_CRC32_H
#define _ASM_CRC32_H

#include <linux/types.h>
#include <asm/cpufeature.h>

u32 crc32_le_arm64(u32 crc, const u8 *p, size_t len);
u32 crc32c_le_arm64(u32 crc, const u8 *p, size_t len);

static inline bool arch_has_crc32(void)
{
	return cpus_have_cap(ARM64_HAS_CRC32);
}
#define arch_has_crc32		arch_has_crc32
#define arch_has_crc32c		arch_has_crc32
#define arch_crc32_le		crc32_le_arm64
#define arch_crc32c_le		crc32c_le_arm64

#endif /* _ASM_CRC32_H */
