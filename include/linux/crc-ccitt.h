/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_CRC_CCITT_H
#define _LINUX_CRC_CCITT_H

/* CRC-CCITT: x^16 + x^12 + x^5 + 1, lowest bit first. */

#include <linux/types.h>

extern u16 const crc_ccitt_table[256];

u16 crc_ccitt(u16 crc, const u8 *buffer, size_t len);

/** crc_ccitt_byte() - one more byte: x^16 + x^12 + x^5 + 1, low bit first */
static inline u16 crc_ccitt_byte(u16 crc, const u8 c)
{
	return (crc >> 8) ^ crc_ccitt_table[(crc ^ c) & 0xff];
}

#endif
