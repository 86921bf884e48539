// SPDX-License-Identifier: MIT
/*
 * Which CRC instructions this machine has, decided once, and the part of CRC-32 around the folding.
 *
 * Taking the FPU costs a save of the task's registers if they are live, so short blocks go by the
 * table: from FOLD_MIN on folding pays even then.
 */

#include <asm/crc32.h>

#include <linux/crc32.h>
#include <linux/init.h>

#include <asm/cpufeature.h>
#include <asm/fpu/api.h>

#define FOLD_MIN	256	/* bytes */

DEFINE_STATIC_KEY_FALSE(x86_has_crc32c);
DEFINE_STATIC_KEY_FALSE(x86_has_pclmul);

/* Is it worth taking the FPU, and may we? */
static bool folding_pays(size_t len)
{
	return len >= FOLD_MIN && irq_fpu_usable();
}

/**
 * crc32_le_pclmul() - crc32_le() by carry-less multiplication
 * @crc: CRC so far
 * @p: bytes
 * @len: how many
 *
 * Context: any; where the FPU can't be taken the table does the work.
 */
u32 crc32_le_pclmul(u32 crc, const u8 *p, size_t len)
{
	size_t whole = len & ~(size_t)15;
	u8 rest[16];

	if (!folding_pays(len))
		return crc32_le_base(crc, p, len);
	kernel_fpu_begin();
	crc32_le_fold(crc, p, whole, rest);
	kernel_fpu_end();
	crc = crc32_le_base(0, rest, sizeof(rest));
	return crc32_le_base(crc, p + whole, len - whole);
}

/** crc32_be_pclmul() - crc32_be() likewise */
u32 crc32_be_pclmul(u32 crc, const u8 *p, size_t len)
{
	size_t whole = len & ~(size_t)15;
	u8 rest[16];

	if (!folding_pays(len))
		return crc32_be_base(crc, p, len);
	kernel_fpu_begin();
	crc32_be_fold(crc, p, whole, rest);
	kernel_fpu_end();
	crc = crc32_be_base(0, rest, sizeof(rest));
	return crc32_be_base(crc, p + whole, len - whole);
}

static int __init choose_crc32(void)
{
	if (boot_cpu_has(X86_FEATURE_XMM4_2))
		static_branch_enable(&x86_has_crc32c);
	/* every CPU with the one has the other; a hypervisor may hide either */
	if (boot_cpu_has(X86_FEATURE_PCLMULQDQ) && boot_cpu_has(X86_FEATURE_SSSE3))
		static_branch_enable(&x86_has_pclmul);
	return 0;
}
arch_initcall(choose_crc32);
