/* SPDX-License-Identifier: MIT */
#ifndef _LIB_VSPRINTF_H
#define _LIB_VSPRINTF_H

/*
 * Shared by the files that make up printf: vsprintf.c, vsprintf_pointer.c, vsprintf_object.c,
 * vsprintf_net.c.
 */

#include <linux/types.h>

/* Flags of a directive. */
#define SIGNED	1	/* the number has a sign */
#define LEFT	2	/* '-': blanks on the right */
#define PLUS	4	/* '+': a sign also if positive */
#define SPACE	8	/* ' ': a blank in place of '+' */
#define ZEROPAD	16	/* '0': zeros instead of blanks */
#define SMALL	32	/* lower-case letters in numbers */
#define SPECIAL	64	/* '#': "0x" or "0" before the number */
#define SIZED	128	/* a width was given, be it 0 */

/*
 * The largest width and precision: more is a mistake, and would only fill a log with blanks. A
 * width has to hold the number of bits of a large bitmap (%*pbl).
 */
#define MAX_WIDTH	((1 << 23) - 1)
#define MAX_PRECISION	((1 << 15) - 1)

/* How an argument is to be printed. */
struct spec {
	u8 flags;
	u8 base;
	int width;
	int precision;		/* -1: none given */
};

/* Where text goes: @len counts on when @size is reached. */
struct sink {
	char *buf;
	size_t size;
	size_t len;
};

static inline void put_char(struct sink *out, char c)
{
	if (out->len < out->size)
		out->buf[out->len] = c;
	out->len++;
}

static inline void put_bytes(struct sink *out, const char *s, size_t len)
{
	while (len--)
		put_char(out, *s++);
}

void put_repeated(struct sink *out, char c, int count);
void put_string_nocheck(struct sink *out, const char *s, const struct spec *spec);
bool put_if_bad_pointer(struct sink *out, const void *ptr, struct spec spec);
void put_string(struct sink *out, const char *s, const struct spec *spec);
void put_number(struct sink *out, unsigned long long num, const struct spec *spec);

void put_pointer(struct sink *out, const char *letters, void *ptr, const struct spec *spec);
void put_flags(struct sink *out, const char *letters, const void *ptr, const struct spec *spec);
void put_device_node(struct sink *out, const char *letters, const void *ptr,
		     const struct spec *spec);
void put_fwnode(struct sink *out, const char *letters, const void *ptr, const struct spec *spec);
void put_dentry(struct sink *out, const char *letters, const void *ptr, const struct spec *spec);
void put_mac(struct sink *out, const char *letters, const void *ptr, const struct spec *spec);
void put_ip(struct sink *out, const char *letters, const void *addr, const struct spec *spec);
void put_netdev_bits(struct sink *out, const char *letters, const void *ptr,
		     const struct spec *spec);
void put_widened(struct sink *out, void (*put)(struct sink *out, const char *letters,
					      const void *ptr),
		 const char *letters, const void *ptr, const struct spec *spec);
void put_fixed_hex(struct sink *out, u64 value, int size);
bool pointer_is_rendered_early(const char *letters);

#endif
