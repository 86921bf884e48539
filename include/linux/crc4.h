/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_CRC4_H
#define _LINUX_CRC4_H

#include <linux/types.h>

uint8_t crc4(uint8_t c, uint64_t x, int bits);

#endif
