/* SPDX-License-Identifier: MIT */
#ifndef _LIB_CRC32_INTERNAL_H
#define _LIB_CRC32_INTERNAL_H

/* What crc32.c shows to its test. */

#include <linux/types.h>

#if IS_ENABLED(CONFIG_KUNIT)
u32 __pure crc32_le_generic(u32 crc, unsigned char const *p, size_t len, const u32 (*tab)[256],
			    u32 polynomial);
u32 __pure crc32_be_generic(u32 crc, unsigned char const *p, size_t len, const u32 (*tab)[256],
			    u32 polynomial);
u32 __attribute_const__ crc32_generic_shift(u32 crc, size_t len, u32 polynomial);
#endif

#endif
