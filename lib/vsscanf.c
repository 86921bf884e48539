// SPDX-License-Identifier: MIT
/*
 * scanf: text in, values out.
 *
 * A format is blanks (which match any blanks), characters that must match, and conversions: '%', an
 * optional '*' (parse, don't store), a width, a size, and one of d i u o x X c s [ n %. A
 * conversion that finds nothing ends the parse. Pure function, any context.
 */

#include <linux/sprintf.h>

#include <linux/bitmap.h>
#include <linux/ctype.h>
#include <linux/export.h>
#include <linux/kernel.h>
#include <linux/limits.h>
#include <linux/string.h>
#include <linux/types.h>

#include "kstrtox.h"

struct conversion {
	char letter;
	bool discard;		/* '*' */
	int width;		/* characters at most; 0: none given */
	int size;		/* bytes of the variable of a number */
};

/* Width and size letters and the conversion's letter; the place behind it. */
static const char *parse_conversion(const char *fmt, struct conversion *c)
{
	*c = (struct conversion) { .size = sizeof(int) };

	if (*fmt == '*') {
		c->discard = true;
		fmt++;
	}
	while (isdigit(*fmt))
		c->width = min(c->width * 10 + (*fmt++ - '0'), (int)SHRT_MAX);

	switch (*fmt) {
	case 'h':
		c->size = fmt[1] == 'h' ? sizeof(char) : sizeof(short);
		fmt += 1 + (fmt[1] == 'h');
		break;
	case 'l':
		c->size = sizeof(long);
		fmt += 1 + (fmt[1] == 'l');
		break;
	case 'L':
	case 'z':
	case 'Z':
	case 't':
		c->size = sizeof(long long);
		fmt++;
		break;
	}
	c->letter = *fmt;
	return *fmt ? fmt + 1 : fmt;
}

static void store_number(void *to, int size, unsigned long long value)
{
	switch (size) {
	case sizeof(u8):
		*(u8 *)to = value;
		break;
	case sizeof(u16):
		*(u16 *)to = value;
		break;
	case sizeof(u32):
		*(u32 *)to = value;
		break;
	default:
		*(u64 *)to = value;
		break;
	}
}

static unsigned int base_of(char letter)
{
	switch (letter) {
	case 'o':
		return 8;
	case 'x':
	case 'X':
		return 16;
	case 'i':
		return 0;		/* as its prefix says */
	default:
		return 10;
	}
}

/* A number; the place behind it, or NULL if there is none. */
static const char *scan_number(const char *s, const struct conversion *c, va_list *args)
{
	size_t limit = c->width ? c->width : INT_MAX;
	unsigned int base = base_of(c->letter);
	bool is_signed = c->letter == 'd' || c->letter == 'i';
	bool negative = false;
	unsigned long long value;
	char *end;

	s = skip_spaces(s);
	if (is_signed && (*s == '-' || *s == '+') && limit > 1) {
		negative = *s == '-';
		s++;
		limit--;
	}

	value = parse_lenient(s, &end, base, limit);
	if (end == s)
		return NULL;
	if (!c->discard)
		store_number(va_arg(*args, void *), c->size, negative ? -value : value);
	return end;
}

/* %c: characters as they come, one if there is no width. */
static const char *scan_chars(const char *s, const struct conversion *c, va_list *args)
{
	char *to = c->discard ? NULL : va_arg(*args, char *);
	int count = c->width ? c->width : 1;

	while (count-- && *s) {
		if (to)
			*to++ = *s;
		s++;
	}
	return s;
}

/* %s: characters up to the next blank. */
static const char *scan_word(const char *s, const struct conversion *c, va_list *args)
{
	char *to = c->discard ? NULL : va_arg(*args, char *);
	int limit = c->width ? c->width : SHRT_MAX;

	for (s = skip_spaces(s); *s && !isspace(*s) && limit; s++, limit--) {
		if (to)
			*to++ = *s;
	}
	if (to)
		*to = '\0';
	return s;
}

/* The set between '[' and ']'; the place behind it, or NULL if it doesn't end. */
static const char *parse_set(const char *fmt, unsigned long *set)
{
	bool invert = *fmt == '^';

	bitmap_zero(set, 256);
	fmt += invert;
	/* ']' in the first place is a member */
	if (*fmt == ']')
		__set_bit((u8)*fmt++, set);
	for (; *fmt != ']'; fmt++) {
		if (!*fmt)
			return NULL;
		__set_bit((u8)*fmt, set);
	}
	if (invert)
		bitmap_complement(set, set, 256);
	__clear_bit(0, set);
	return fmt + 1;
}

/*
 * %N[set]: one to N characters of the set. A width is demanded, so that the buffer's size is seen.
 */
static const char *scan_set(const char *s, const struct conversion *c, const char **fmt,
			    va_list *args)
{
	DECLARE_BITMAP(set, 256);
	int limit = c->width;
	const char *start = s;
	char *to;

	*fmt = parse_set(*fmt, set);
	if (!*fmt || !limit)
		return NULL;

	to = c->discard ? NULL : va_arg(*args, char *);
	for (; test_bit((u8)*s, set) && limit; s++, limit--) {
		if (to)
			*to++ = *s;
	}
	if (s == start)
		return NULL;
	if (to)
		*to = '\0';
	return s;
}

/**
 * vsscanf() - parse a string
 * @buf: string
 * @fmt: format
 * @args: where the values go
 *
 * A size letter is needed for anything but an int. Overflow is not noticed. %[ needs a width.
 *
 * Return: how many values were stored.
 */
int vsscanf(const char *buf, const char *fmt, va_list args)
{
	const char *s = buf;
	va_list copy;
	int stored = 0;

	va_copy(copy, args);
	while (*fmt) {
		struct conversion c;

		if (isspace(*fmt)) {
			fmt = skip_spaces(fmt);
			s = skip_spaces(s);
			continue;
		}
		if (*fmt != '%') {
			if (*s++ != *fmt++)
				break;
			continue;
		}

		fmt = parse_conversion(fmt + 1, &c);
		if (c.letter == '%') {
			s = skip_spaces(s);
			if (*s++ != '%')
				break;
			continue;
		}
		if (c.letter == 'n') {
			if (!c.discard)
				store_number(va_arg(copy, void *), c.size, s - buf);
			continue;
		}
		/* nothing left to convert */
		if (!*s)
			break;

		switch (c.letter) {
		case 'd': case 'i': case 'u': case 'o': case 'x': case 'X':
			s = scan_number(s, &c, &copy);
			break;
		case 'c':
			s = scan_chars(s, &c, &copy);
			break;
		case 's':
			s = scan_word(s, &c, &copy);
			break;
		case '[':
			s = scan_set(s, &c, &fmt, &copy);
			break;
		default:
			s = NULL;
			break;
		}
		if (!s)
			break;
		stored += !c.discard;
	}
	va_end(copy);
	return stored;
}
EXPORT_SYMBOL(vsscanf);

/** sscanf() - vsscanf() with the variables written out */
int sscanf(const char *buf, const char *fmt, ...)
{
	va_list args;
	int stored;

	va_start(args, fmt);
	stored = vsscanf(buf, fmt, args);
	va_end(args);
	return stored;
}
EXPORT_SYMBOL(sscanf);
