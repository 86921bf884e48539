// SPDX-License-Identifier: MIT
/*
 * Bitmaps as text.
 *
 * A mask is hexadecimal numbers of 32 bits with commas between, the highest first:
 *	"00000000,000000ff"
 * A list is bit numbers and ranges with commas between:
 *	"0-3,7,16-31:2/8"	(of each 8 bits from 16 to 31, the first 2)
 *	"all", and "N" for the last bit, work too
 */

#include <linux/bitmap-str.h>

#include <linux/bitmap.h>
#include <linux/ctype.h>
#include <linux/errno.h>
#include <linux/export.h>
#include <linux/hex.h>
#include <linux/kernel.h>
#include <linux/mm.h>
#include <linux/slab.h>
#include <linux/string.h>

#include "kstrtox.h"

/* --- Masks ------------------------------------------------------------------------------------ */

static bool ends_text(char c)
{
	return c == '\0' || c == '\n';
}

/* The last character of a text of at most @len characters; its first newline or NUL ends it. */
static const char *last_char(const char *start, unsigned int len)
{
	const char *end = start;

	while (len-- && !ends_text(*end))
		end++;
	return end - 1;
}

/*
 * Read one number backwards, from @end down to a comma or blank or @start. *@num gets it; the
 * place before it is returned.
 */
static const char *read_number_backwards(const char *start, const char *end, u32 *num)
{
	u32 value = 0;
	int shift;

	for (shift = 0; end >= start && !isspace(*end) && *end != ','; shift += 4, end--) {
		int digit = hex_to_bin(*end);

		if (digit < 0)
			return ERR_PTR(-EINVAL);
		if (shift >= 32)
			return ERR_PTR(-EOVERFLOW);
		value |= (u32)digit << shift;
	}
	*num = value;
	return end;
}

/**
 * bitmap_parse() - mask text to bitmap
 * @start: text
 * @buflen: characters of it at most
 * @maskp: gets the bits
 * @nmaskbits: its size
 *
 * Return: 0; -EINVAL for what is no digit; -EOVERFLOW if a bit beyond @nmaskbits is set.
 */
int bitmap_parse(const char *start, unsigned int buflen, unsigned long *maskp, int nmaskbits)
{
	const char *end = last_char(start, buflen);
	int bit;

	bitmap_zero(maskp, nmaskbits);
	for (bit = 0; ; bit += 32) {
		u32 num;

		while (end >= start && (isspace(*end) || *end == ','))
			end--;
		if (end < start)
			return 0;

		end = read_number_backwards(start, end, &num);
		if (IS_ERR(end))
			return PTR_ERR(end);
		if (bit >= nmaskbits ? num : nmaskbits - bit < 32 && num >> (nmaskbits - bit))
			return -EOVERFLOW;
		if (bit < nmaskbits)
			maskp[bit / BITS_PER_LONG] |= (unsigned long)num << (bit % BITS_PER_LONG);
	}
}
EXPORT_SYMBOL(bitmap_parse);

/** bitmap_parse_user() - bitmap_parse() of a text in user space; also -EFAULT, -ENOMEM */
int bitmap_parse_user(const char __user *ubuf, unsigned int ulen, unsigned long *maskp,
		      int nmaskbits)
{
	char *buf = memdup_user_nul(ubuf, ulen);
	int ret;

	if (IS_ERR(buf))
		return PTR_ERR(buf);
	ret = bitmap_parse(buf, UINT_MAX, maskp, nmaskbits);
	kfree(buf);
	return ret;
}
EXPORT_SYMBOL(bitmap_parse_user);

/* --- Lists ------------------------------------------------------------------------------------ */

/* start-end:off/group: from start to end, the first @off bits of each @group. */
struct region {
	unsigned int start, end, off, group_len;
	unsigned int nbits;
};

static int set_region(const struct region *r, unsigned long *bitmap)
{
	u64 start;			/* so that a huge group can't wrap it round */

	if (r->start > r->end || r->group_len == 0 || r->off > r->group_len)
		return -EINVAL;
	if (r->end >= r->nbits)
		return -ERANGE;
	for (start = r->start; start <= r->end; start += r->group_len)
		bitmap_set(bitmap, start, min_t(u64, r->end - start + 1, r->off));
	return 0;
}

/* A bit number, or N for the last bit. */
static const char *parse_bit_number(const char *s, unsigned int *num, unsigned int last)
{
	unsigned long long value;
	unsigned int digits;

	if (s[0] == 'N') {
		*num = last;
		return s + 1;
	}
	if (!isdigit(*s))
		return ERR_PTR(-EINVAL);
	digits = parse_digits(s, 10, &value, INT_MAX);
	if (digits & KSTRTOX_OVERFLOW || value != (u32)value)
		return ERR_PTR(-EOVERFLOW);
	*num = value;
	return s + digits;
}

static bool ends_region(char c)
{
	return isspace(c) || c == ',' || ends_text(c);
}

/* One part of a list; the place behind it. */
static const char *parse_region(const char *s, struct region *r)
{
	unsigned int last = r->nbits - 1;

	if (!strncasecmp(s, "all", 3)) {
		r->start = 0;
		r->end = last;
		s += 3;
	} else {
		s = parse_bit_number(s, &r->start, last);
		if (IS_ERR(s))
			return s;
		r->end = r->start;
		if (ends_region(*s))
			goto whole;
		if (*s++ != '-')
			return ERR_PTR(-EINVAL);
		s = parse_bit_number(s, &r->end, last);
		if (IS_ERR(s))
			return s;
	}

	if (ends_region(*s))
		goto whole;
	if (*s++ != ':')
		return ERR_PTR(-EINVAL);
	s = parse_bit_number(s, &r->off, last);
	if (IS_ERR(s))
		return s;
	if (*s++ != '/')
		return ERR_PTR(-EINVAL);
	s = parse_bit_number(s, &r->group_len, last);
	if (IS_ERR(s))
		return s;
	return ends_region(*s) ? s : ERR_PTR(-EINVAL);

whole:
	r->off = r->group_len = r->end + 1;
	return s;
}

/**
 * bitmap_parselist() - list text to bitmap
 * @buf: text
 * @maskp: gets the bits
 * @nmaskbits: its size
 *
 * Return: 0; -EINVAL for a syntax error or an empty range; -ERANGE for a bit beyond @nmaskbits;
 * -EOVERFLOW for a number beyond 32 bits.
 */
int bitmap_parselist(const char *buf, unsigned long *maskp, int nmaskbits)
{
	struct region r = { .nbits = nmaskbits };
	int ret;

	bitmap_zero(maskp, nmaskbits);
	for (;;) {
		while (*buf == ',' || (isspace(*buf) && !ends_text(*buf)))
			buf++;
		if (ends_text(*buf))
			return 0;

		buf = parse_region(buf, &r);
		if (IS_ERR(buf))
			return PTR_ERR(buf);
		ret = set_region(&r, maskp);
		if (ret)
			return ret;
	}
}
EXPORT_SYMBOL(bitmap_parselist);

/** bitmap_parselist_user() - bitmap_parselist() of a text in user space; also -EFAULT, -ENOMEM */
int bitmap_parselist_user(const char __user *ubuf, unsigned int ulen, unsigned long *maskp,
			  int nmaskbits)
{
	char *buf = memdup_user_nul(ubuf, ulen);
	int ret;

	if (IS_ERR(buf))
		return PTR_ERR(buf);
	ret = bitmap_parselist(buf, maskp, nmaskbits);
	kfree(buf);
	return ret;
}
EXPORT_SYMBOL(bitmap_parselist_user);

/* --- Printing --------------------------------------------------------------------------------- */

/**
 * bitmap_print_to_pagebuf() - print a mask or list and a newline into the rest of a page
 * @list: list or mask?
 * @buf: place within a page
 * @maskp: bitmap
 * @nmaskbits: its size
 *
 * Return: characters written.
 */
int bitmap_print_to_pagebuf(bool list, char *buf, const unsigned long *maskp, int nmaskbits)
{
	size_t room = PAGE_SIZE - offset_in_page(buf);

	return list ? scnprintf(buf, room, "%*pbl\n", nmaskbits, maskp) :
		      scnprintf(buf, room, "%*pb\n", nmaskbits, maskp);
}
EXPORT_SYMBOL(bitmap_print_to_pagebuf);

/* Print the whole into memory and copy the part that the reader asked for. */
static int print_part(bool list, char *buf, const unsigned long *maskp, int nmaskbits,
		      loff_t off, size_t count)
{
	const char *fmt = list ? "%*pbl\n" : "%*pb\n";
	char *text = kasprintf(GFP_KERNEL, fmt, nmaskbits, maskp);
	ssize_t size;

	if (!text)
		return -ENOMEM;
	size = memory_read_from_buffer(buf, count, &off, text, strlen(text) + 1);
	kfree(text);
	return size;
}

/** bitmap_print_bitmask_to_buf() - @count characters, from @off on, of a mask's text */
int bitmap_print_bitmask_to_buf(char *buf, const unsigned long *maskp, int nmaskbits,
				loff_t off, size_t count)
{
	return print_part(false, buf, maskp, nmaskbits, off, count);
}
EXPORT_SYMBOL(bitmap_print_bitmask_to_buf);

/** bitmap_print_list_to_buf() - @count characters, from @off on, of a list's text */
int bitmap_print_list_to_buf(char *buf, const unsigned long *maskp, int nmaskbits, loff_t off,
			     size_t count)
{
	return print_part(true, buf, maskp, nmaskbits, off, count);
}
EXPORT_SYMBOL(bitmap_print_list_to_buf);
