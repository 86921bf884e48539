/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_CRC16_H
#define _LINUX_CRC16_H

/* CRC-16: x^16 + x^15 + x^2 + 1, lowest bit first. */

#include <linux/types.h>

extern u16 const crc16_table[256];

u16 crc16(u16 crc, const u8 *buffer, size_t len);

/** crc16_byte() - one more byte: x^16 + x^15 + x^2 + 1, low bit first */
static inline u16 crc16_byte(u16 crc, const u8 data)
{
	return (crc >> 8) ^ crc16_table[(crc ^ data) & 0xff];
}

#endif
