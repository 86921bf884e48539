// SPDX-License-Identifier: MIT
/*
 * Strings to integers.
 *
 * parse_digits() is the one loop. The strict functions (kstrto*) wrap it in rules about what may
 * stand around the digits; the lenient ones (simple_strto*) take the digits that are there and say
 * where they end. No locks; only the _from_user forms may sleep.
 */

#include <linux/kstrtox.h>

#include <linux/ctype.h>
#include <linux/errno.h>
#include <linux/export.h>
#include <linux/hex.h>
#include <linux/kernel.h>
#include <linux/limits.h>
#include <linux/overflow.h>
#include <linux/string.h>
#include <linux/types.h>
#include <linux/uaccess.h>

#include "kstrtox.h"

/* Have we "0x", within the characters that may be looked at? */
static bool has_hex_prefix(const char *s, size_t max_chars)
{
	return max_chars > 1 && s[0] == '0' && _tolower(s[1]) == 'x';
}

/**
 * skip_radix_prefix() - find the base of a number from its first characters
 * @s: number
 * @max_chars: characters that may be looked at
 * @base: base; 0 is replaced by 16, 8 or 10
 *
 * "0x" begins a number of base 16 if a digit follows, or if that may not be looked at.
 *
 * Return: the first digit, behind "0x" if the base is 16 and that is there.
 */
const char *skip_radix_prefix(const char *s, size_t max_chars, unsigned int *base)
{
	bool hex = has_hex_prefix(s, max_chars);

	if (*base == 0) {
		if (hex && (max_chars == 2 || isxdigit(s[2])))
			*base = 16;
		else if (max_chars && s[0] == '0')
			*base = 8;
		else
			*base = 10;
	}
	return *base == 16 && hex ? s + 2 : s;
}

/**
 * parse_digits() - parse digits of a base as far as there are any
 * @s: digits
 * @base: 2 to 16
 * @res: gets the number, modulo 2^64
 * @max_chars: characters that may be looked at
 *
 * Return: how many digits there were, with KSTRTOX_OVERFLOW or-ed in if the number doesn't fit.
 */
unsigned int parse_digits(const char *s, unsigned int base, unsigned long long *res,
			  size_t max_chars)
{
	unsigned long long number = 0;
	unsigned int overflow = 0;
	unsigned int count;

	for (count = 0; count < max_chars; count++) {
		int digit = hex_to_bin(s[count]);

		if (digit < 0 || digit >= base)
			break;
		if (check_mul_overflow(number, base, &number))
			overflow = KSTRTOX_OVERFLOW;
		if (check_add_overflow(number, digit, &number))
			overflow = KSTRTOX_OVERFLOW;
	}
	*res = number;
	return count | overflow;
}

/* An unsigned number that is the whole string, but for one newline at its end. */
static int parse_whole(const char *s, unsigned int base, unsigned long long *res)
{
	unsigned long long number;
	unsigned int count;

	s = skip_radix_prefix(s, SIZE_MAX, &base);
	count = parse_digits(s, base, &number, SIZE_MAX);
	if (count & KSTRTOX_OVERFLOW)
		return -ERANGE;
	if (count == 0)
		return -EINVAL;

	s += count;
	if (*s == '\n')
		s++;
	if (*s)
		return -EINVAL;
	*res = number;
	return 0;
}

/**
 * kstrtoull() - string to unsigned long long
 * @s: string: digits, perhaps with '+' before and one newline behind
 * @base: 2 to 16, or 0 to tell it from "0x" and "0"
 * @res: gets the number
 *
 * Return: 0; -ERANGE if the number is too large; -EINVAL if @s is anything else.
 */
int kstrtoull(const char *s, unsigned int base, unsigned long long *res)
{
	if (*s == '+')
		s++;
	return parse_whole(s, base, res);
}
EXPORT_SYMBOL(kstrtoull);

/**
 * kstrtoll() - string to long long
 * @s: string: digits, perhaps with '+' or '-' before and one newline behind
 * @base: 2 to 16, or 0 to tell it from "0x" and "0"
 * @res: gets the number
 *
 * Return: 0; -ERANGE if the number doesn't fit; -EINVAL if @s is anything else.
 */
int kstrtoll(const char *s, unsigned int base, long long *res)
{
	unsigned long long number;
	bool negative = *s == '-';
	int ret;

	ret = negative ? parse_whole(s + 1, base, &number) : kstrtoull(s, base, &number);
	if (ret)
		return ret;

	if (number > (unsigned long long)LLONG_MAX + negative)
		return -ERANGE;
	*res = negative ? -number : number;
	return 0;
}
EXPORT_SYMBOL(kstrtoll);

/*
 * The narrower types: parse as the widest, then see whether the number survives the conversion.
 */
#define DEFINE_KSTRTO(name, type, wide_name, wide_type)				\
int name(const char *s, unsigned int base, type *res)				\
{										\
	wide_type wide;								\
	int ret = wide_name(s, base, &wide);					\
										\
	if (ret)								\
		return ret;							\
	if (wide != (wide_type)(type)wide)					\
		return -ERANGE;							\
	*res = wide;								\
	return 0;								\
}										\
EXPORT_SYMBOL(name)

/* Declared in the header with their kernel-doc rules; see kstrtoull() and kstrtoll(). */
DEFINE_KSTRTO(_kstrtoul, unsigned long, kstrtoull, unsigned long long);
DEFINE_KSTRTO(_kstrtol, long, kstrtoll, long long);
DEFINE_KSTRTO(kstrtouint, unsigned int, kstrtoull, unsigned long long);
DEFINE_KSTRTO(kstrtoint, int, kstrtoll, long long);
DEFINE_KSTRTO(kstrtou16, u16, kstrtoull, unsigned long long);
DEFINE_KSTRTO(kstrtos16, s16, kstrtoll, long long);
DEFINE_KSTRTO(kstrtou8, u8, kstrtoull, unsigned long long);
DEFINE_KSTRTO(kstrtos8, s8, kstrtoll, long long);

/**
 * kstrtobool() - string to bool
 * @s: string; what counts is its first character, or two for on and off
 * @res: gets the value
 *
 * y, t, 1 and on are true, n, f, 0 and off are false, in either case of letters.
 *
 * Return: 0, or -EINVAL (then *@res is unchanged).
 */
int kstrtobool(const char *s, bool *res)
{
	if (!s)
		return -EINVAL;

	switch (s[0]) {
	case 'y': case 'Y': case 't': case 'T': case '1':
		*res = true;
		return 0;
	case 'n': case 'N': case 'f': case 'F': case '0':
		*res = false;
		return 0;
	case 'o': case 'O':
		switch (s[1]) {
		case 'n': case 'N':
			*res = true;
			return 0;
		case 'f': case 'F':
			*res = false;
			return 0;
		}
		break;
	}
	return -EINVAL;
}
EXPORT_SYMBOL(kstrtobool);

/* --- From user space -------------------------------------------------------------------------- */

/*
 * Room for the longest number: 64 binary digits, a sign, a newline and a NUL. A longer text can't
 * be a number; its beginning is parsed, and fails.
 */
#define NUMBER_TEXT_SIZE	(1 + 64 + 1 + 1)

static int fetch_number_text(char *buf, size_t size, const char __user *s, size_t count)
{
	count = min(count, size - 1);
	if (copy_from_user(buf, s, count))
		return -EFAULT;
	buf[count] = '\0';
	return 0;
}

#define DEFINE_KSTRTO_FROM_USER(name, kstrto, type)				\
int name(const char __user *s, size_t count, unsigned int base, type *res)	\
{										\
	char buf[NUMBER_TEXT_SIZE];						\
	int ret = fetch_number_text(buf, sizeof(buf), s, count);		\
										\
	return ret ? ret : kstrto(buf, base, res);				\
}										\
EXPORT_SYMBOL(name)

DEFINE_KSTRTO_FROM_USER(kstrtoull_from_user, kstrtoull, unsigned long long);
DEFINE_KSTRTO_FROM_USER(kstrtoll_from_user, kstrtoll, long long);
DEFINE_KSTRTO_FROM_USER(kstrtoul_from_user, kstrtoul, unsigned long);
DEFINE_KSTRTO_FROM_USER(kstrtol_from_user, kstrtol, long);
DEFINE_KSTRTO_FROM_USER(kstrtouint_from_user, kstrtouint, unsigned int);
DEFINE_KSTRTO_FROM_USER(kstrtoint_from_user, kstrtoint, int);
DEFINE_KSTRTO_FROM_USER(kstrtou16_from_user, kstrtou16, u16);
DEFINE_KSTRTO_FROM_USER(kstrtos16_from_user, kstrtos16, s16);
DEFINE_KSTRTO_FROM_USER(kstrtou8_from_user, kstrtou8, u8);
DEFINE_KSTRTO_FROM_USER(kstrtos8_from_user, kstrtos8, s8);

/** kstrtobool_from_user() - kstrtobool() of up to @count bytes of user space; also -EFAULT */
int kstrtobool_from_user(const char __user *s, size_t count, bool *res)
{
	char buf[4];
	int ret = fetch_number_text(buf, sizeof(buf), s, count);

	return ret ? ret : kstrtobool(buf, res);
}
EXPORT_SYMBOL(kstrtobool_from_user);

/* --- The lenient ones ------------------------------------------------------------------------- */

/*
 * Parse what digits there are; overflow wraps. Where @max_chars ends with the prefix, that is a
 * 0 without digits, and what follows is the caller's: "0x12" by "%2i%i" is 0 and 12.
 */
unsigned long long parse_lenient(const char *s, char **endp, unsigned int base, size_t max_chars)
{
	const char *digits = skip_radix_prefix(s, max_chars, &base);
	unsigned long long number = 0;
	size_t prefix = digits - s;

	s = digits + (parse_digits(digits, base, &number, max_chars - prefix) & ~KSTRTOX_OVERFLOW);
	if (endp)
		*endp = (char *)s;
	return number;
}

/**
 * simple_strtoull() - parse an unsigned long long that something may follow
 * @cp: text
 * @endp: gets the place behind the digits; may be NULL
 * @base: 2 to 16, or 0 to tell it from "0x" and "0"
 *
 * Overflow is not noticed: use kstrtoull() for a whole string.
 *
 * Return: the number; 0 if there are no digits.
 */
unsigned long long simple_strtoull(const char *cp, char **endp, unsigned int base)
{
	return parse_lenient(cp, endp, base, INT_MAX);
}
EXPORT_SYMBOL(simple_strtoull);

/** simple_strtoul() - simple_strtoull() of an unsigned long */
unsigned long simple_strtoul(const char *cp, char **endp, unsigned int base)
{
	return simple_strtoull(cp, endp, base);
}
EXPORT_SYMBOL(simple_strtoul);

/** simple_strntoul() - simple_strtoul() that looks at @max_chars characters at most */
unsigned long simple_strntoul(const char *cp, char **endp, unsigned int base, size_t max_chars)
{
	return parse_lenient(cp, endp, base, max_chars);
}
EXPORT_SYMBOL(simple_strntoul);

/** simple_strtoll() - simple_strtoull() that also takes a '-' */
long long simple_strtoll(const char *cp, char **endp, unsigned int base)
{
	if (*cp == '-')
		return -simple_strtoull(cp + 1, endp, base);
	return simple_strtoull(cp, endp, base);
}
EXPORT_SYMBOL(simple_strtoll);

/** simple_strtol() - simple_strtoll() of a long */
long simple_strtol(const char *cp, char **endp, unsigned int base)
{
	return simple_strtoll(cp, endp, base);
}
EXPORT_SYMBOL(simple_strtol);
