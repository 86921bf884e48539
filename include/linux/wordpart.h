/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_WORDPART_H
#define _LINUX_WORDPART_H

/** upper_32_bits - bits 32 to 63 of a number; also right for a 32-bit type */
#define upper_32_bits(n)	((u32)(((n) >> 16) >> 16))
/** lower_32_bits - bits 0 to 31 of a number */
#define lower_32_bits(n)	((u32)((n) & 0xffffffff))
/** upper_16_bits - bits 16 to 31 of a number */
#define upper_16_bits(n)	((u16)((n) >> 16))
/** lower_16_bits - bits 0 to 15 of a number */
#define lower_16_bits(n)	((u16)((n) & 0xffff))

/** REPEAT_BYTE - a long with every byte equal to @x */
#define REPEAT_BYTE(x)		((~0ul / 0xff) * (x))
#define REPEAT_BYTE_U32(x)	lower_32_bits(REPEAT_BYTE(x))

#endif
