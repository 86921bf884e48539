/* SPDX-License-Identifier: MIT */
/* CRC-32C by the crc32 instruction of SSE4.2, which uses general registers: no FPU state to save. */
#ifndef _ASM_X86_CRC32_H
#define _ASM_X86_CRC32_H

#include <linux/types.h>
#include <linux/unaligned.h>
#include <asm/cpufeature.h>

static inline bool arch_has_crc32c(void)
{
	return boot_cpu_has(X86_FEATURE_XMM4_2);
}
#define arch_has_crc32c arch_has_crc32c

static inline u32 arch_crc32c_le(u32 crc, const u8 *p, size_t len)
{
	u64 crc64 = crc;

	for (; len >= 8; len -= 8, p += 8)
		asm("crc32q %1, %0" : "+r" (crc64) : "rm" (get_unaligned((const u64 *)p)));
	crc = crc64;
	while (len--)
		asm("crc32b %1, %0" : "+r" (crc) : "qm" (*p++));
	return crc;
}
#define arch_crc32c_le arch_crc32c_le

#endif
