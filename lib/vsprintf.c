// SPDX-License-Identifier: MIT
/*
 * printf and its kin.
 *
 * A format is a sequence of directives: literal text, or '%' flags width .precision size
 * conversion. parse_directive() turns the next one into a struct directive; format_directive()
 * fetches the argument and appends text to a struct sink, which counts what is cut off. The width
 * and precision rules live in two functions, put_number() and put_string(); %p's extensions, in
 * vsprintf_pointer.c, end in one of these two.
 *
 * vbin_printf() walks the same directives, but stores the arguments as 32-bit words; bstr_printf()
 * reads them from there. All three get an argument through struct arguments, which hides whether
 * it is on the stack or in words.
 *
 * Nothing here sleeps or allocates; any context.
 */

#include <linux/sprintf.h>

#include <linux/align.h>
#include <linux/bug.h>
#include <linux/ctype.h>
#include <linux/err.h>
#include <linux/export.h>
#include <linux/hex.h>
#include <linux/kernel.h>
#include <linux/limits.h>
#include <linux/minmax.h>
#include <linux/string.h>
#include <linux/types.h>

#include <asm/page.h>

#include "vsprintf.h"

/* --- Appending ------------------------------------------------------------------------------ */

/* @count times the character @c. */
void put_repeated(struct sink *out, char c, int count)
{
	while (count-- > 0)
		put_char(out, c);
}

/* Text between blanks (or the other way round) as the width asks. */
static void put_padded(struct sink *out, const char *text, int len, const struct spec *spec)
{
	int blanks = spec->width - len;

	if (!(spec->flags & LEFT))
		put_repeated(out, ' ', blanks);
	while (len--)
		put_char(out, *text++);
	if (spec->flags & LEFT)
		put_repeated(out, ' ', blanks);
}

/* A string that is known to be readable. */
void put_string_nocheck(struct sink *out, const char *s, const struct spec *spec)
{
	size_t limit = spec->precision < 0 ? INT_MAX : spec->precision;

	put_padded(out, s, strnlen(s, limit), spec);
}

/*
 * What to print instead of following a pointer that can't be good, or NULL if it may be. A wild
 * pointer in a log message must not turn the message into an oops.
 */
static const char *bad_pointer_text(const void *ptr)
{
	if (!ptr)
		return "(null)";
	if ((unsigned long)ptr < PAGE_SIZE || IS_ERR_VALUE(ptr))
		return "(efault)";
	return NULL;
}

/* Print the replacement of a bad pointer; was it one? */
bool put_if_bad_pointer(struct sink *out, const void *ptr, struct spec spec)
{
	const char *text = bad_pointer_text(ptr);

	if (!text)
		return false;
	if (spec.precision == -1)
		spec.precision = strlen(text);
	put_string_nocheck(out, text, &spec);
	return true;
}

/* %s */
void put_string(struct sink *out, const char *s, const struct spec *spec)
{
	if (!put_if_bad_pointer(out, s, *spec))
		put_string_nocheck(out, s, spec);
}

/* Digits of @num, lowest first; how many. */
static int digits_backwards(char *digits, unsigned long long num, unsigned int base, bool upper)
{
	const char *alphabet = upper ? hex_asc_upper : hex_asc;
	int n = 0;

	do {
		digits[n++] = alphabet[num % base];
		num /= base;
	} while (num);
	return n;
}

/*
 * A number: blanks, sign, "0x" or "0", zeros, digits, blanks; each part may be missing. Zeros come
 * from the precision (digits at least), or with the '0' flag from the width.
 */
void put_number(struct sink *out, unsigned long long num, const struct spec *spec)
{
	char digits[64 + 1];		/* base 2 would fill it */
	bool prefix = (spec->flags & SPECIAL) && spec->base != 10;
	bool hex_prefix = prefix && spec->base == 16;
	bool zero_prefix = prefix && (spec->base == 16 || num != 0);
	char sign = 0;
	int zeros, blanks, n;

	if (spec->flags & SIGNED) {
		if ((long long)num < 0) {
			sign = '-';
			num = -num;
		} else if (spec->flags & PLUS) {
			sign = '+';
		} else if (spec->flags & SPACE) {
			sign = ' ';
		}
	}

	n = digits_backwards(digits, num, spec->base, !(spec->flags & SMALL));
	zeros = max(spec->precision - n, 0);
	blanks = spec->width - n - zeros - (sign != 0) - zero_prefix - hex_prefix;
	if ((spec->flags & (ZEROPAD | LEFT)) == ZEROPAD && spec->precision < 0 && blanks > 0) {
		zeros = blanks;
		blanks = 0;
	}

	if (!(spec->flags & LEFT))
		put_repeated(out, ' ', blanks);
	if (sign)
		put_char(out, sign);
	if (zero_prefix)
		put_char(out, '0');
	if (hex_prefix)
		put_char(out, spec->flags & SMALL ? 'x' : 'X');
	put_repeated(out, '0', zeros);
	while (n)
		put_char(out, digits[--n]);
	if (spec->flags & LEFT)
		put_repeated(out, ' ', blanks);
}

/* --- Parsing a format ------------------------------------------------------------------------ */

enum kind {
	LITERAL,		/* text up to the next '%' */
	PERCENT,		/* %% */
	CHARACTER,
	STRING,
	POINTER,
	NUMBER,
	COUNT,			/* %n: refused, its argument skipped */
	INVALID,		/* unknown: the rest of the format can't be trusted */
};

struct directive {
	enum kind kind;
	const char *text;	/* LITERAL: the text; POINTER: the extension letters */
	int len;		/* LITERAL: its length */
	int size;		/* NUMBER: bytes of the argument's type */
	bool width_is_arg;	/* '*' instead of a number */
	bool precision_is_arg;
	struct spec spec;
};

static const char *parse_flags(const char *fmt, struct spec *spec)
{
	for (;; fmt++) {
		switch (*fmt) {
		case '-':
			spec->flags |= LEFT;
			break;
		case '+':
			spec->flags |= PLUS;
			break;
		case ' ':
			spec->flags |= SPACE;
			break;
		case '#':
			spec->flags |= SPECIAL;
			break;
		case '0':
			spec->flags |= ZEROPAD;
			break;
		default:
			return fmt;
		}
	}
}

/* Decimal digits; the value is cut off where it would be absurd. */
static const char *parse_count(const char *fmt, int *count, int max)
{
	int value = 0;

	for (; isdigit(*fmt); fmt++)
		value = min(value * 10 + (*fmt - '0'), max);
	*count = value;
	return fmt;
}

static const char *parse_width_and_precision(const char *fmt, struct directive *d)
{
	d->width_is_arg = *fmt == '*';
	if (d->width_is_arg || isdigit(*fmt))
		d->spec.flags |= SIZED;
	if (d->width_is_arg)
		fmt++;
	else
		fmt = parse_count(fmt, &d->spec.width, MAX_WIDTH);

	if (*fmt != '.')
		return fmt;
	fmt++;
	d->precision_is_arg = *fmt == '*';
	if (d->precision_is_arg)
		return fmt + 1;
	/* "%.s" has no precision: as in Linux, against C, where it would be 0. */
	if (!isdigit(*fmt))
		return fmt;
	return parse_count(fmt, &d->spec.precision, MAX_PRECISION);
}

/* The size letters: hh h l ll L z Z t. */
static const char *parse_size(const char *fmt, int *size)
{
	char c = *fmt;

	*size = sizeof(int);
	if (c == 'h' || c == 'l') {
		bool twice = fmt[1] == c;

		if (c == 'h')
			*size = twice ? sizeof(char) : sizeof(short);
		else
			*size = twice ? sizeof(long long) : sizeof(long);
		return fmt + 1 + twice;
	}
	if (c == 'L')
		*size = sizeof(long long);
	else if (_tolower(c) == 'z' || c == 't')
		*size = sizeof(size_t);
	else
		return fmt;
	return fmt + 1;
}

static const char *parse_literal(const char *fmt, struct directive *d)
{
	const char *end = strchrnul(fmt, '%');

	d->kind = LITERAL;
	d->text = fmt;
	d->len = end - fmt;
	return end;
}

/* Parse one directive; the place behind it. */
static const char *parse_directive(const char *fmt, struct directive *d)
{
	*d = (struct directive) {
		.spec = { .base = 10, .width = 0, .precision = -1 },
	};

	if (*fmt != '%')
		return parse_literal(fmt, d);

	fmt = parse_flags(fmt + 1, &d->spec);
	fmt = parse_width_and_precision(fmt, d);
	fmt = parse_size(fmt, &d->size);

	d->kind = NUMBER;
	switch (*fmt) {
	case 'c':
		d->kind = CHARACTER;
		break;
	case 's':
		d->kind = STRING;
		break;
	case 'p':
		d->kind = POINTER;
		d->text = ++fmt;
		while (isalnum(*fmt))
			fmt++;
		return fmt;
	case '%':
		d->kind = PERCENT;
		break;
	case 'o':
		d->spec.base = 8;
		break;
	case 'x':
		d->spec.flags |= SMALL;
		d->spec.base = 16;
		break;
	case 'X':
		d->spec.base = 16;
		break;
	case 'd':
	case 'i':
		d->spec.flags |= SIGNED;
		break;
	case 'u':
		break;
	case 'n':
		WARN_ONCE(1, "%%n is not supported\n");
		d->kind = COUNT;
		break;
	default:
		WARN_ONCE(1, "Please remove unsupported %%%c in format string\n", *fmt);
		d->kind = INVALID;
		return fmt;
	}
	return fmt + 1;
}

/* --- Arguments: on the stack, or in words ----------------------------------------------------- */

/*
 * Words: an argument of up to 32 bits takes one, a longer one two, low half first; a string its
 * characters with the NUL, rounded up to words.
 */
struct arguments {
	va_list *stack;		/* NULL: from words */
	const u32 *words;
};

static u32 next_word(struct arguments *args)
{
	return *args->words++;
}

static int next_int(struct arguments *args)
{
	return args->stack ? va_arg(*args->stack, int) : (int)next_word(args);
}

static u64 next_u64(struct arguments *args)
{
	u64 low;

	if (args->stack)
		return va_arg(*args->stack, u64);
	low = next_word(args);
	return low | (u64)next_word(args) << 32;
}

/* A string in words stays where it is; skip it. */
static const char *next_string(struct arguments *args)
{
	const char *s;

	if (args->stack)
		return va_arg(*args->stack, const char *);
	s = (const char *)args->words;
	args->words += DIV_ROUND_UP(strlen(s) + 1, sizeof(u32));
	return s;
}

/* A number of the directive's type, sign or zero extended. */
static unsigned long long next_number(struct arguments *args, const struct directive *d)
{
	bool is_signed = d->spec.flags & SIGNED;
	int value;

	if (d->size == sizeof(u64))
		return next_u64(args);

	value = next_int(args);
	switch (d->size) {
	case sizeof(u8):
		return is_signed ? (long long)(s8)value : (u8)value;
	case sizeof(u16):
		return is_signed ? (long long)(s16)value : (u16)value;
	default:
		return is_signed ? (long long)value : (unsigned int)value;
	}
}

/*
 * A negative width argument means '-' and its magnitude; a negative precision, 0: as in Linux,
 * against C, where it would be none.
 */
static void fetch_width_and_precision(struct directive *d, struct arguments *args)
{
	if (d->width_is_arg) {
		int width = next_int(args);

		if (width < 0) {
			d->spec.flags |= LEFT;
			width = width == INT_MIN ? INT_MAX : -width;
		}
		WARN_ONCE(width > MAX_WIDTH, "field width %d too large\n", width);
		d->spec.width = min(width, MAX_WIDTH);
	}
	if (d->precision_is_arg) {
		int precision = next_int(args);

		WARN_ONCE(precision > MAX_PRECISION, "precision %d too large\n", precision);
		d->spec.precision = clamp(precision, 0, MAX_PRECISION);
	}
}

/* --- printf ----------------------------------------------------------------------------------- */

/* Fetch a directive's argument and append its text. */
static void format_directive(struct sink *out, struct directive *d, struct arguments *args)
{
	char c;

	fetch_width_and_precision(d, args);
	switch (d->kind) {
	case LITERAL:
		put_bytes(out, d->text, d->len);
		break;
	case PERCENT:
		put_char(out, '%');
		break;
	case CHARACTER:
		c = next_int(args);
		put_padded(out, &c, 1, &d->spec);
		break;
	case STRING:
		put_string(out, next_string(args), &d->spec);
		break;
	case POINTER:
		if (!args->stack && pointer_is_rendered_early(d->text))
			put_string_nocheck(out, next_string(args), &(struct spec) {
				.precision = -1 });
		else
			put_pointer(out, d->text, (void *)(unsigned long)next_u64(args),
				    &d->spec);
		break;
	case NUMBER:
		put_number(out, next_number(args, d), &d->spec);
		break;
	case COUNT:
		(void)next_u64(args);
		break;
	case INVALID:
		break;
	}
}

static int format_all(char *buf, size_t size, const char *fmt, struct arguments *args)
{
	struct sink out = { buf, size, 0 };
	struct directive d;

	/* A size this large is a negative number: somebody's arithmetic went wrong. */
	if (WARN_ON_ONCE(size > INT_MAX))
		return 0;

	while (*fmt) {
		fmt = parse_directive(fmt, &d);
		if (d.kind == INVALID)
			break;
		format_directive(&out, &d, args);
	}

	if (size)
		buf[min(out.len, size - 1)] = '\0';
	return out.len;
}

/**
 * vsnprintf() - format into a buffer
 * @buf: buffer
 * @size: its size; what doesn't fit is dropped, and the text is terminated unless this is 0
 * @fmt: format: C99 without floating point and %n; %p takes letters, see put_pointer(). As in
 *	Linux, and not in C, "%.s" has no precision, a negative one from an argument is 0, and a 0
 *	with precision 0 is printed. Widths end at 8388607, precisions at 32767
 * @args: arguments
 *
 * Return: the length of the whole text without the NUL; >= @size means that it was cut.
 */
int vsnprintf(char *buf, size_t size, const char *fmt, va_list args)
{
	struct arguments arguments;
	va_list copy;
	int len;

	/* A va_list parameter may be an array in disguise: only a local one has an address. */
	va_copy(copy, args);
	arguments = (struct arguments) { .stack = &copy };
	len = format_all(buf, size, fmt, &arguments);
	va_end(copy);
	return len;
}
EXPORT_SYMBOL(vsnprintf);

/**
 * vscnprintf() - vsnprintf() that returns what is in the buffer
 *
 * Return: characters stored without the NUL; 0 if @size is 0.
 */
int vscnprintf(char *buf, size_t size, const char *fmt, va_list args)
{
	int len;

	if (unlikely(!size))
		return 0;
	len = vsnprintf(buf, size, fmt, args);
	return len < size ? len : size - 1;
}
EXPORT_SYMBOL(vscnprintf);

/** snprintf() - vsnprintf() with the arguments written out */
int snprintf(char *buf, size_t size, const char *fmt, ...)
{
	va_list args;
	int len;

	va_start(args, fmt);
	len = vsnprintf(buf, size, fmt, args);
	va_end(args);
	return len;
}
EXPORT_SYMBOL(snprintf);

/** scnprintf() - vscnprintf() with the arguments written out */
int scnprintf(char *buf, size_t size, const char *fmt, ...)
{
	va_list args;
	int len;

	va_start(args, fmt);
	len = vscnprintf(buf, size, fmt, args);
	va_end(args);
	return len;
}
EXPORT_SYMBOL(scnprintf);

/** vsprintf() - format into a buffer that is known to be large enough */
int vsprintf(char *buf, const char *fmt, va_list args)
{
	return vsnprintf(buf, INT_MAX, fmt, args);
}
EXPORT_SYMBOL(vsprintf);

/** sprintf() - vsprintf() with the arguments written out */
int sprintf(char *buf, const char *fmt, ...)
{
	va_list args;
	int len;

	va_start(args, fmt);
	len = vsnprintf(buf, INT_MAX, fmt, args);
	va_end(args);
	return len;
}
EXPORT_SYMBOL(sprintf);

/**
 * num_to_str() - a number in decimal, without a NUL
 * @buf: where it goes
 * @size: room there
 * @num: number
 * @width: blanks before it up to this width
 *
 * Return: characters written; 0 if there is no room.
 */
int num_to_str(char *buf, int size, unsigned long long num, unsigned int width)
{
	struct sink out = { buf, size, 0 };
	char digits[20];
	int n = digits_backwards(digits, num, 10, false);

	if (size < 0 || n > size || width > (unsigned int)size)
		return 0;
	put_repeated(&out, ' ', (int)width - n);
	while (n)
		put_char(&out, digits[--n]);
	return out.len;
}

/* --- Binary printf ---------------------------------------------------------------------------- */

/* Words under construction; @len counts what would be stored if there were room. */
struct words {
	u32 *buf;
	size_t size;
	size_t len;
};

static void store_word(struct words *words, u32 word)
{
	if (words->len < words->size)
		words->buf[words->len] = word;
	words->len++;
}

static void store_u64(struct words *words, u64 value)
{
	store_word(words, value);
	store_word(words, value >> 32);
}

/* Characters with their NUL, in whole words. */
static void store_chars(struct words *words, const char *s, size_t len)
{
	size_t needed = DIV_ROUND_UP(len + 1, sizeof(u32));

	if (words->len + needed <= words->size) {
		char *to = (char *)(words->buf + words->len);

		memcpy(to, s, len);
		memset(to + len, 0, needed * sizeof(u32) - len);
	}
	words->len += needed;
}

static void store_string(struct words *words, const char *s, const struct spec *spec)
{
	const char *replacement = bad_pointer_text(s);
	size_t limit = spec->precision < 0 ? INT_MAX : spec->precision;

	if (replacement)
		store_chars(words, replacement, strlen(replacement));
	else
		store_chars(words, s, strnlen(s, limit));
}

/*
 * A pointer whose text depends on what it points at is rendered now: later that may be gone. The
 * text goes straight into the words.
 */
static void store_rendered_pointer(struct words *words, const struct directive *d, void *ptr)
{
	size_t room = words->len < words->size ? (words->size - words->len) * sizeof(u32) : 0;
	char *to = room ? (char *)(words->buf + words->len) : NULL;
	struct sink out = { to, room, 0 };

	put_pointer(&out, d->text, ptr, &d->spec);
	if (out.len < room)
		memset(to + out.len, 0, round_up(out.len + 1, sizeof(u32)) - out.len);
	words->len += DIV_ROUND_UP(out.len + 1, sizeof(u32));
}

static void store_directive(struct words *words, struct directive *d, struct arguments *args)
{
	void *ptr;

	/* Kept in the words as well: bstr_printf() parses the same format. */
	if (d->width_is_arg || d->precision_is_arg) {
		struct directive parsed = *d;

		fetch_width_and_precision(d, args);
		if (parsed.width_is_arg)
			store_word(words, parsed.spec.flags == d->spec.flags ?
				   d->spec.width : -d->spec.width);
		if (parsed.precision_is_arg)
			store_word(words, d->spec.precision);
	}

	switch (d->kind) {
	case CHARACTER:
		store_word(words, next_int(args));
		break;
	case STRING:
		store_string(words, next_string(args), &d->spec);
		break;
	case POINTER:
		ptr = (void *)(unsigned long)next_u64(args);
		if (pointer_is_rendered_early(d->text))
			store_rendered_pointer(words, d, ptr);
		else
			store_u64(words, (unsigned long)ptr);
		break;
	case NUMBER:
		if (d->size == sizeof(u64))
			store_u64(words, next_u64(args));
		else
			store_word(words, next_int(args));
		break;
	case COUNT:
		store_u64(words, next_u64(args));
		break;
	case LITERAL:
	case PERCENT:
	case INVALID:
		break;
	}
}

/**
 * vbin_printf() - pack the arguments of a format into words
 * @bin_buf: words
 * @size: how many there is room for
 * @fmt: format
 * @args: arguments
 *
 * Return: the number of words needed; if it is above @size @bin_buf must not be used.
 */
int vbin_printf(u32 *bin_buf, size_t size, const char *fmt, va_list args)
{
	struct words words = { bin_buf, size, 0 };
	struct arguments arguments;
	struct directive d;
	va_list copy;

	va_copy(copy, args);
	arguments = (struct arguments) { .stack = &copy };
	while (*fmt) {
		fmt = parse_directive(fmt, &d);
		if (d.kind == INVALID)
			break;
		store_directive(&words, &d, &arguments);
	}
	va_end(copy);
	return words.len;
}
EXPORT_SYMBOL_GPL(vbin_printf);

/** bprintf() - vbin_printf() with the arguments written out */
int bprintf(u32 *bin_buf, size_t size, const char *fmt, ...)
{
	va_list args;
	int words;

	va_start(args, fmt);
	words = vbin_printf(bin_buf, size, fmt, args);
	va_end(args);
	return words;
}
EXPORT_SYMBOL_GPL(bprintf);

/**
 * bstr_printf() - format with arguments that vbin_printf() packed
 * @buf: buffer
 * @size: its size
 * @fmt: the same format
 * @bin_buf: words
 *
 * Return: as vsnprintf().
 */
int bstr_printf(char *buf, size_t size, const char *fmt, const u32 *bin_buf)
{
	struct arguments arguments = { .words = bin_buf };

	return format_all(buf, size, fmt, &arguments);
}
EXPORT_SYMBOL_GPL(bstr_printf);
