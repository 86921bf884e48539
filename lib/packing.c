// SPDX-License-Identifier: MIT
/*
 * Bit fields in a device's own layout: <linux/packing.h> shows the layouts.
 *
 * A field is handled byte by byte. Of each byte of the number some bits belong to the field, from
 * @low to @high:
 *
 *	bits of the number	23 22 21 20 19 18 17 16|15 14 13 12 11 10  9  8| 7  6  5 ...
 *	field from 18 to 6	               x  x  x| x  x  x  x  x  x  x  x| x  x
 *	low..high of the byte	               2 .. 0  | 7        ..         0| 7 6
 *
 * place_of() says where that byte is in memory; a device that numbers the bits of a byte from the
 * other end gets each byte turned round on its way.
 */

#include <linux/packing.h>

#include <linux/bitops.h>
#include <linux/bitrev.h>
#include <linux/errno.h>
#include <linux/export.h>
#include <linux/math.h>
#include <linux/minmax.h>

/* Where byte @byte of the number (0: the lowest) is in a buffer of @len bytes. */
static size_t place_of(size_t byte, size_t len, u8 quirks)
{
	size_t word = rounddown(byte, 4), end = min(word + 4, len);
	size_t before = quirks & QUIRK_LSW32_IS_FIRST ? word : len - end;

	return before + (quirks & QUIRK_LITTLE_ENDIAN ? byte - word : end - 1 - byte);
}

static int check(size_t startbit, size_t endbit, size_t len)
{
	if (startbit < endbit || startbit >= len * BITS_PER_BYTE)
		return -EINVAL;
	return startbit - endbit >= 64 ? -ERANGE : 0;
}

/* The bits of byte @byte that lie in the field, as a mask. */
static u8 bits_of(size_t byte, size_t startbit, size_t endbit)
{
	size_t first = byte * BITS_PER_BYTE;
	unsigned int low = max(endbit, first) - first;
	unsigned int high = min(startbit, first + 7) - first;

	return GENMASK(high, low);
}

static u8 turn(u8 byte, u8 quirks)
{
	return quirks & QUIRK_MSB_ON_THE_RIGHT ? bitrev8(byte) : byte;
}

/**
 * pack - write a field
 * @pbuf: the buffer; bits outside the field stay
 * @uval: the value
 * @startbit: highest bit of the field
 * @endbit: lowest bit
 * @pbuflen: bytes of the buffer
 * @quirks: of the device, QUIRK_*
 *
 * Return: 0; -EINVAL if @startbit is lower than @endbit or beyond the buffer; -ERANGE if the field
 * has more than 64 bits, or fewer than the value needs.
 */
int pack(void *pbuf, u64 uval, size_t startbit, size_t endbit, size_t pbuflen, u8 quirks)
{
	int err = check(startbit, endbit, pbuflen), shift;
	u8 *p, mask, bits;
	size_t byte;

	if (err)
		return err;
	if (startbit - endbit < 63 && uval >> (startbit - endbit + 1))
		return -ERANGE;
	for (byte = endbit / BITS_PER_BYTE; byte <= startbit / BITS_PER_BYTE; byte++) {
		/* How far bit 0 of the byte is above that of the value; below in the first. */
		shift = (int)(byte * BITS_PER_BYTE) - (int)endbit;
		bits = shift < 0 ? uval << -shift : uval >> shift;
		mask = bits_of(byte, startbit, endbit);
		p = (u8 *)pbuf + place_of(byte, pbuflen, quirks);
		*p = turn((turn(*p, quirks) & ~mask) | (bits & mask), quirks);
	}
	return 0;
}
EXPORT_SYMBOL(pack);

/**
 * unpack - read a field
 * @pbuf: the buffer
 * @uval: gets the value; untouched on error
 * @startbit: highest bit of the field
 * @endbit: lowest bit
 * @pbuflen: bytes of the buffer
 * @quirks: of the device, QUIRK_*
 *
 * Return: 0; -EINVAL and -ERANGE as for pack().
 */
int unpack(const void *pbuf, u64 *uval, size_t startbit, size_t endbit, size_t pbuflen,
	   u8 quirks)
{
	int err = check(startbit, endbit, pbuflen), shift;
	u64 value = 0, bits;
	size_t byte;

	if (err)
		return err;
	for (byte = endbit / BITS_PER_BYTE; byte <= startbit / BITS_PER_BYTE; byte++) {
		shift = (int)(byte * BITS_PER_BYTE) - (int)endbit;
		bits = turn(((const u8 *)pbuf)[place_of(byte, pbuflen, quirks)], quirks);
		bits &= bits_of(byte, startbit, endbit);
		value |= shift < 0 ? bits >> -shift : bits << shift;
	}
	*uval = value;
	return 0;
}
EXPORT_SYMBOL(unpack);

/**
 * packing - pack() or unpack()
 * @pbuf: the buffer
 * @uval: the value, written or read
 * @startbit: highest bit of the field
 * @endbit: lowest bit
 * @pbuflen: bytes of the buffer
 * @op: PACK or UNPACK
 * @quirks: of the device, QUIRK_*
 *
 * Return: as pack(); -EINVAL also for a negative bit.
 */
int packing(void *pbuf, u64 *uval, int startbit, int endbit, size_t pbuflen,
	    enum packing_op op, u8 quirks)
{
	if (startbit < 0 || endbit < 0)
		return -EINVAL;
	if (op == UNPACK)
		return unpack(pbuf, uval, startbit, endbit, pbuflen, quirks);
	return pack(pbuf, *uval, startbit, endbit, pbuflen, quirks);
}
EXPORT_SYMBOL(packing);
