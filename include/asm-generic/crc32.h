/* SPDX-License-Identifier: MIT */
#ifndef _ASM_GENERIC_CRC32_H
#define _ASM_GENERIC_CRC32_H

/*
 * A machine with CRC instructions defines, as macros of their own name as well,
 *	bool arch_has_crc32(void)	u32 arch_crc32_le(u32 crc, const u8 *p, size_t len)
 *	bool arch_has_crc32c(void)	u32 arch_crc32c_le(u32 crc, const u8 *p, size_t len)
 * This one has none.
 */

#endif
