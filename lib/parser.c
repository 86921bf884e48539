// SPDX-License-Identifier: MIT
/* Options in text. See <linux/parser.h>. */

#include <linux/parser.h>

#include <linux/ctype.h>
#include <linux/errno.h>
#include <linux/export.h>
#include <linux/kernel.h>
#include <linux/kstrtox.h>
#include <linux/limits.h>
#include <linux/slab.h>
#include <linux/string.h>

/* Longest number that is looked at: a sign, "0x" and 64 bits in octal, with room to spare. */
#define NUMBER_MAX	24

/* The end of a number at @s in @base; @s if there is none. */
static char *number_end(char *s, unsigned int base, bool negative)
{
	char *p = s, *digits;

	if (negative && *p == '-')
		p++;
	if ((base == 0 || base == 16) && p[0] == '0' && tolower(p[1]) == 'x' && isxdigit(p[2])) {
		p += 2;
		base = 16;
	} else if (base == 0) {
		base = *p == '0' ? 8 : 10;
	}
	for (digits = p; isxdigit(*p) && hex_to_bin(*p) < (int)base; p++)
		;
	return p == digits ? s : p;
}

/* A string argument of @max characters at most, which ends where the pattern goes on. */
static char *string_end(char *s, const char *rest, int max)
{
	char *end;

	if (max >= 0)
		return s + strnlen(s, max);
	end = *rest ? strchr(s, *rest) : NULL;
	return end ?: s + strlen(s);
}

static bool match_one(char *s, const char *p, substring_t args[])
{
	int argc = 0;

	for (; *p; p++) {
		char *end;
		int max = -1;

		if (*p != '%') {
			if (*s++ != *p)
				return false;
			continue;
		}
		p++;
		if (*p == '%') {
			if (*s++ != '%')
				return false;
			continue;
		}
		if (isdigit(*p))
			max = simple_strtoul(p, (char **)&p, 10);
		if (argc >= MAX_OPT_ARGS)
			return false;
		switch (*p) {
		case 's':
			end = string_end(s, p + 1, max);
			break;
		case 'd':
			end = number_end(s, 0, true);
			break;
		case 'u':
			end = number_end(s, 0, false);
			break;
		case 'o':
			end = number_end(s, 8, false);
			break;
		case 'x':
			end = number_end(s, 16, false);
			break;
		default:
			return false;
		}
		if (end == s)
			return false;	/* no argument may be empty */
		args[argc].from = s;
		args[argc].to = end;
		argc++;
		s = end;
	}
	return !*s;
}

/**
 * match_token() - which pattern does an option match?
 * @s: the option
 * @table: patterns; the last has NULL and the token for "none"
 * @args: gets up to MAX_OPT_ARGS arguments
 *
 * Return: the first matching pattern's token.
 */
int match_token(char *s, const match_table_t table, substring_t args[])
{
	const struct match_token *p;

	for (p = table; p->pattern; p++) {
		if (match_one(s, p->pattern, args))
			break;
	}
	return p->token;
}
EXPORT_SYMBOL(match_token);

/* The argument as a string, for the number parsers. -ERANGE if it is too long to be a number. */
static int copy_number(const substring_t *s, char buf[NUMBER_MAX + 1])
{
	return match_strlcpy(buf, s, NUMBER_MAX + 1) > NUMBER_MAX ? -ERANGE : 0;
}

static int match_number(const substring_t *s, int *result, int base)
{
	char buf[NUMBER_MAX + 1];
	long value;
	int ret = copy_number(s, buf) ?: kstrtol(buf, base, &value);

	if (ret)
		return ret;
	if (value < INT_MIN || value > INT_MAX)
		return -ERANGE;
	*result = value;
	return 0;
}

/** match_int() - an argument as decimal, 0octal or 0xhex number: 0, -EINVAL, -ERANGE */
int match_int(substring_t *s, int *result)
{
	return match_number(s, result, 0);
}
EXPORT_SYMBOL(match_int);

/** match_uint() - an argument as unsigned decimal number: 0, -EINVAL, -ERANGE */
int match_uint(substring_t *s, unsigned int *result)
{
	char buf[NUMBER_MAX + 1];

	return copy_number(s, buf) ?: kstrtouint(buf, 10, result);
}
EXPORT_SYMBOL(match_uint);

/** match_u64() - an argument as number of 64 bits, decimal, 0octal or 0xhex: 0, -EINVAL, -ERANGE */
int match_u64(substring_t *s, u64 *result)
{
	char buf[NUMBER_MAX + 1];

	return copy_number(s, buf) ?: kstrtou64(buf, 0, result);
}
EXPORT_SYMBOL(match_u64);

/** match_octal() - an argument as octal number: 0, -EINVAL, -ERANGE if it is no int */
int match_octal(substring_t *s, int *result)
{
	return match_number(s, result, 8);
}
EXPORT_SYMBOL(match_octal);

/**
 * match_hex() - an argument as hexadecimal number, 0x or not: 0, -EINVAL, -ERANGE if it is no int
 */
int match_hex(substring_t *s, int *result)
{
	return match_number(s, result, 16);
}
EXPORT_SYMBOL(match_hex);

/**
 * match_wildcard() - does a string match a pattern of '*' and '?'?
 *
 * A star first stands for nothing; where the rest fails it takes one character more. Only the last
 * star need be tried again: what matched before it stays matched.
 */
bool match_wildcard(const char *pattern, const char *str)
{
	const char *star = NULL, *taken = NULL;

	while (*str) {
		if (*pattern == '*') {
			star = ++pattern;
			taken = str;
		} else if (*pattern == '?' || *pattern == *str) {
			pattern++;
			str++;
		} else if (star) {
			pattern = star;
			str = ++taken;
		} else {
			return false;
		}
	}
	while (*pattern == '*')
		pattern++;
	return !*pattern;
}
EXPORT_SYMBOL(match_wildcard);

/** match_strlcpy() - an argument as a string of at most @size bytes; returns its whole length */
size_t match_strlcpy(char *dest, const substring_t *src, size_t size)
{
	size_t len = src->to - src->from;

	if (size) {
		size_t n = min(len, size - 1);

		memcpy(dest, src->from, n);
		dest[n] = '\0';
	}
	return len;
}
EXPORT_SYMBOL(match_strlcpy);

/** match_strdup() - an argument as a string, for kfree(); NULL: no memory */
char *match_strdup(const substring_t *s)
{
	return kmemdup_nul(s->from, s->to - s->from, GFP_KERNEL);
}
EXPORT_SYMBOL(match_strdup);
