/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_PACKING_H
#define _LINUX_PACKING_H

/*
 * Fields of registers that a device lays out in memory in its own way.
 *
 * A buffer of n bytes is thought of as one number of 8 * n bits, bit 0 the lowest. A field is the
 * bits from @startbit down to @endbit, both included, whatever byte borders lie between. Where a
 * bit of the number is in memory, the quirks say; without any, the highest byte comes first, as in
 * print:
 *
 *	number		byte 7  6  5  4  3  2  1  0
 *	offsets		     0  1  2  3  4  5  6  7	no quirk
 *			     3  2  1  0  7  6  5  4	QUIRK_LITTLE_ENDIAN: in words of 4 bytes
 *			     4  5  6  7  0  1  2  3	QUIRK_LSW32_IS_FIRST: low word first
 *			     7  6  5  4  3  2  1  0	both
 *
 * Words are counted from the low end; in a buffer of another size the highest is the shorter one.
 * QUIRK_MSB_ON_THE_RIGHT turns round the bits of each byte, and can be combined with all these.
 *
 * Context: any.
 */

#include <linux/bits.h>
#include <linux/types.h>

#define QUIRK_MSB_ON_THE_RIGHT	BIT(0)
#define QUIRK_LITTLE_ENDIAN	BIT(1)
#define QUIRK_LSW32_IS_FIRST	BIT(2)

enum packing_op {
	PACK,
	UNPACK,
};

int packing(void *pbuf, u64 *uval, int startbit, int endbit, size_t pbuflen,
	    enum packing_op op, u8 quirks);
int pack(void *pbuf, u64 uval, size_t startbit, size_t endbit, size_t pbuflen, u8 quirks);
int unpack(const void *pbuf, u64 *uval, size_t startbit, size_t endbit, size_t pbuflen,
	   u8 quirks);

#endif /* _LINUX_PACKING_H */
