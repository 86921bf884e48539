/* SPDX-License-Identifier: MIT */
#ifndef _ASM_GENERIC_BITOPS_LE_H
#define _ASM_GENERIC_BITOPS_LE_H

/* Bitmaps in little-endian byte order, as disks have them. Both machines are little-endian. */

#define BITOP_LE_SWIZZLE	0

#define test_bit_le(nr, addr)			test_bit(nr, (const unsigned long *)(addr))
#define set_bit_le(nr, addr)			set_bit(nr, (unsigned long *)(addr))
#define clear_bit_le(nr, addr)			clear_bit(nr, (unsigned long *)(addr))
#define __set_bit_le(nr, addr)			__set_bit(nr, (unsigned long *)(addr))
#define __clear_bit_le(nr, addr)		__clear_bit(nr, (unsigned long *)(addr))
#define test_and_set_bit_le(nr, addr)		test_and_set_bit(nr, (unsigned long *)(addr))
#define test_and_clear_bit_le(nr, addr)		test_and_clear_bit(nr, (unsigned long *)(addr))
#define __test_and_set_bit_le(nr, addr)		__test_and_set_bit(nr, (unsigned long *)(addr))
#define __test_and_clear_bit_le(nr, addr)	__test_and_clear_bit(nr, (unsigned long *)(addr))

#endif
