// SPDX-License-Identifier: MIT
/* Are the CRC instructions there? Decided once, when all CPUs are up. */

#include <asm/crc32.h>

#include <linux/init.h>

#include <asm/cpufeature.h>

DEFINE_STATIC_KEY_FALSE(arm64_has_crc32);

static int __init choose_crc32(void)
{
	if (cpus_have_cap(ARM64_HAS_CRC32))
		static_branch_enable(&arm64_has_crc32);
	return 0;
}
arch_initcall(choose_crc32);
