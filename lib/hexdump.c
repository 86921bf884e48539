// SPDX-License-Identifier: MIT
/* Hexadecimal digits: to bytes and back, and dumps of memory for people. */

#include <linux/hex.h>

#include <linux/bitops.h>
#include <linux/ctype.h>
#include <linux/errno.h>
#include <linux/export.h>
#include <linux/kernel.h>
#include <linux/log2.h>
#include <linux/minmax.h>
#include <linux/printk.h>
#include <linux/sprintf.h>
#include <linux/string.h>
#include <linux/types.h>
#include <linux/unaligned.h>

#include "hexdump.h"

const char hex_asc[] = "0123456789abcdef";
EXPORT_SYMBOL(hex_asc);
const char hex_asc_upper[] = "0123456789ABCDEF";
EXPORT_SYMBOL(hex_asc_upper);

/**
 * hex_to_bin() - value of a hex digit
 * @ch: character
 *
 * It may be part of a secret key, so there is no branch or table look-up that depends on it: each
 * range test is the sign of a difference, spread over a word.
 *
 * Return: 0 to 15, or -1.
 */
int hex_to_bin(unsigned char ch)
{
	unsigned char lower = ch | 0x20;
	int is_digit = (('0' - 1 - ch) & (ch - '9' - 1)) >> 8;		/* all ones or zero */
	int is_letter = (('a' - 1 - lower) & (lower - 'f' - 1)) >> 8;

	return -1 + (is_digit & (ch - '0' + 1)) + (is_letter & (lower - 'a' + 11));
}
EXPORT_SYMBOL(hex_to_bin);

/**
 * hex2bin() - hex digits to bytes
 * @dst: gets @count bytes
 * @src: 2 * @count digits
 * @count: bytes
 *
 * Return: 0, or -EINVAL at the first character that is no digit.
 */
int hex2bin(u8 *dst, const char *src, size_t count)
{
	while (count--) {
		int high = hex_to_bin(*src++);
		int low;

		if (unlikely(high < 0))
			return -EINVAL;
		low = hex_to_bin(*src++);
		if (unlikely(low < 0))
			return -EINVAL;
		*dst++ = high << 4 | low;
	}
	return 0;
}
EXPORT_SYMBOL(hex2bin);

/**
 * bin2hex() - bytes to hex digits
 * @dst: gets 2 * @count lower-case digits, no NUL
 * @src: bytes
 * @count: how many
 *
 * Return: the place behind the digits.
 */
char *bin2hex(char *dst, const void *src, size_t count)
{
	const u8 *bytes = src;

	while (count--)
		dst = hex_byte_pack(dst, *bytes++);
	return dst;
}
EXPORT_SYMBOL(bin2hex);

/**
 * mac_pton() - an Ethernet address from its text
 * @s: six pairs of hex digits with ':' between them; what comes behind them doesn't matter
 * @mac: gets 6 bytes, or nothing at all
 *
 * Context: any.
 * Return: is it one?
 */
bool mac_pton(const char *s, u8 *mac)
{
	u8 bytes[6];
	int i;

	for (i = 0; i < ARRAY_SIZE(bytes); i++, s += 3) {
		if (hex2bin(&bytes[i], s, 1))
			return false;
		if (i < ARRAY_SIZE(bytes) - 1 && s[2] != ':')
			return false;
	}
	memcpy(mac, bytes, sizeof(bytes));
	return true;
}
EXPORT_SYMBOL(mac_pton);

/* A line under construction; @len counts what would be there if there were room. */
struct line {
	char *buf;
	size_t size;
	size_t len;
};

static void put(struct line *line, char c)
{
	if (line->len + 1 < line->size)
		line->buf[line->len] = c;
	line->len++;
}

/* One group of @size bytes as a number of the machine's byte order, highest digit first. */
static void put_group(struct line *line, const u8 *p, int size)
{
	u64 value;
	int shift;

	switch (size) {
	case 8:
		value = get_unaligned((const u64 *)p);
		break;
	case 4:
		value = get_unaligned((const u32 *)p);
		break;
	case 2:
		value = get_unaligned((const u16 *)p);
		break;
	default:
		value = *p;
		break;
	}
	for (shift = size * 8 - 4; shift >= 0; shift -= 4)
		put(line, hex_asc[(value >> shift) & 0xf]);
}

/**
 * hex_dump_to_buffer() - one line of a dump
 * @buf: bytes
 * @len: how many there are; a line takes no more than @rowsize
 * @rowsize: bytes per line, 16 or 32 (anything else means 16)
 * @groupsize: bytes per number: 1, 2, 4 or 8 (1 if @len is no multiple of it)
 * @linebuf: gets the line, terminated
 * @linebuflen: its size
 * @ascii: add the characters on the right?
 *
 * Return: the length of the line, or what it would be if there were room.
 */
int hex_dump_to_buffer(const void *buf, size_t len, int rowsize, int groupsize, char *linebuf,
		       size_t linebuflen, bool ascii)
{
	struct line line = { linebuf, linebuflen, 0 };
	const u8 *bytes = buf;
	size_t ascii_column, i;

	if (rowsize != 16 && rowsize != 32)
		rowsize = 16;
	len = min_t(size_t, len, rowsize);
	if (!is_power_of_2(groupsize) || groupsize > 8 || len % groupsize)
		groupsize = 1;

	for (i = 0; i < len; i += groupsize) {
		if (i)
			put(&line, ' ');
		put_group(&line, bytes + i, groupsize);
	}

	if (ascii && len) {
		/* behind the digits and blanks of a full row */
		ascii_column = rowsize * 2 + rowsize / groupsize + 1;
		while (line.len < ascii_column)
			put(&line, ' ');
		for (i = 0; i < len; i++)
			put(&line, isascii(bytes[i]) && isprint(bytes[i]) ? bytes[i] : '.');
	}

	if (linebuflen)
		linebuf[min(line.len, linebuflen - 1)] = '\0';
	return line.len;
}
EXPORT_SYMBOL(hex_dump_to_buffer);

void hex_dump_place(char place[HEX_DUMP_PLACE], int prefix_type, const void *at, size_t offset)
{
	switch (prefix_type) {
	case DUMP_PREFIX_ADDRESS:
		snprintf(place, HEX_DUMP_PLACE, "%p: ", at);
		break;
	case DUMP_PREFIX_OFFSET:
		snprintf(place, HEX_DUMP_PLACE, "%.8zx: ", offset);
		break;
	default:
		place[0] = '\0';
		break;
	}
}

/**
 * print_hex_dump() - dump memory to the log
 * @level: KERN_* level
 * @prefix_str: text before each line
 * @prefix_type: then the address, the offset, or nothing (DUMP_PREFIX_*)
 * @rowsize: bytes per line, 16 or 32
 * @groupsize: bytes per number: 1, 2, 4 or 8
 * @buf: bytes
 * @len: how many
 * @ascii: add the characters on the right?
 */
void print_hex_dump(const char *level, const char *prefix_str, int prefix_type, int rowsize,
		    int groupsize, const void *buf, size_t len, bool ascii)
{
	char line[HEX_DUMP_LINE], place[HEX_DUMP_PLACE];
	size_t i;

	if (rowsize != 16 && rowsize != 32)
		rowsize = 16;

	for (i = 0; i < len; i += rowsize) {
		hex_dump_to_buffer(buf + i, len - i, rowsize, groupsize, line, sizeof(line), ascii);
		hex_dump_place(place, prefix_type, buf + i, i);
		printk("%s%s%s%s\n", level, prefix_str, place, line);
	}
}
EXPORT_SYMBOL(print_hex_dump);
