/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_CRC_ITU_T_H
#define _LINUX_CRC_ITU_T_H

/* CRC ITU-T V.41: x^16 + x^12 + x^5 + 1, highest bit first. */

#include <linux/types.h>

extern const u16 crc_itu_t_table[256];

u16 crc_itu_t(u16 crc, const u8 *buffer, size_t len);

/** crc_itu_t_byte() - one more byte: x^16 + x^12 + x^5 + 1, high bit first */
static inline u16 crc_itu_t_byte(u16 crc, const u8 data)
{
	return (crc << 8) ^ crc_itu_t_table[((crc >> 8) ^ data) & 0xff];
}

#endif
