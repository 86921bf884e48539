/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_CRC32_H
#define _LINUX_CRC32_H

/*
 * CRC-32 (Ethernet's polynomial) with the lowest bit first (_le) or the highest (_be), and CRC-32C
 * (Castagnoli's). None inverts its seed or result: Ethernet's CRC is ~crc32_le(~0, ...).
 *
 * The functions choose the CPU's instructions when it has some; the _base forms are the portable
 * ones, which also go by the name that all portable versions have, __generic_<name>. Any context.
 */

#include <linux/bitrev.h>
#include <linux/types.h>

u32 __pure crc32_le(u32 crc, unsigned char const *p, size_t len);
u32 __pure crc32_le_base(u32 crc, unsigned char const *p, size_t len);
u32 __pure crc32_be(u32 crc, unsigned char const *p, size_t len);
u32 __pure crc32_be_base(u32 crc, unsigned char const *p, size_t len);
u32 __pure __crc32c_le(u32 crc, unsigned char const *p, size_t len);
u32 __pure __crc32c_le_base(u32 crc, unsigned char const *p, size_t len);

u32 __pure __generic_crc32_le(u32 crc, unsigned char const *p, size_t len);
u32 __pure __generic_crc32_be(u32 crc, unsigned char const *p, size_t len);
u32 __pure __generic_crc32c(u32 crc, unsigned char const *p, size_t len);

u32 __attribute_const__ crc32_le_shift(u32 crc, size_t len);
u32 __attribute_const__ __crc32c_le_shift(u32 crc, size_t len);

/** crc32_le_combine - the CRC of two blocks joined, from @crc1 and from @crc2 (seed 0) of @len2 */
static inline u32 crc32_le_combine(u32 crc1, u32 crc2, size_t len2)
{
	return crc32_le_shift(crc1, len2) ^ crc2;
}

/**
 * __crc32c_le_combine - the CRC-32C of two blocks from theirs
 * @crc1: of the first block
 * @crc2: of the second, begun with 0
 * @len2: bytes of the second
 */
static inline u32 __crc32c_le_combine(u32 crc1, u32 crc2, size_t len2)
{
	return __crc32c_le_shift(crc1, len2) ^ crc2;
}

#define crc32(seed, data, length)	crc32_le(seed, (unsigned char const *)(data), length)

/* Ethernet's filters number bits the other way round. */
#define ether_crc(length, data)		bitrev32(crc32_le(~0, data, length))
#define ether_crc_le(length, data)	crc32_le(~0, data, length)

#endif
