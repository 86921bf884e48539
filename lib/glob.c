// SPDX-License-Identifier: MIT
/*
 * Shell-style patterns: ? any character, * any run, [abc] [a-z] [!x] a class, \x the character x.
 *
 * A '*' is tried with the shortest run first. On a mismatch only the latest '*' needs to take one
 * more character: whatever an earlier one could give, the later one can take too. So there is no
 * recursion, and the time is at most the product of the lengths.
 */

#include <linux/glob.h>

#include <linux/export.h>

/* Match @c against the class behind a '['; *@pat is moved behind it. -1: not a class after all. */
static int match_class(const char **pat, unsigned char c)
{
	const char *p = *pat;
	bool invert = *p == '!';
	bool match = false;
	unsigned char a, b;

	p += invert;
	a = *p++;
	do {
		b = a;
		if (a == '\0')
			return -1;
		if (p[0] == '-' && p[1] != ']') {
			b = p[1];
			if (b == '\0')
				return -1;
			p += 2;
		}
		match |= a <= c && c <= b;
	} while ((a = *p++) != ']');

	*pat = p;
	return match != invert;
}

/**
 * glob_match() - does a string match a pattern?
 * @pat: pattern
 * @str: string, which has to match as a whole
 */
bool __pure glob_match(char const *pat, char const *str)
{
	const char *star_pat = NULL, *star_str = NULL;

	for (;;) {
		unsigned char c = *str++;
		unsigned char d = *pat++;
		int in_class;

		switch (d) {
		case '?':
			if (c == '\0')
				return false;
			continue;
		case '*':
			if (*pat == '\0')
				return true;
			star_pat = pat;
			star_str = --str;	/* take nothing yet */
			continue;
		case '[':
			if (c == '\0')
				return false;
			in_class = match_class(&pat, c);
			if (in_class > 0)
				continue;
			if (in_class < 0 && c == d)
				continue;	/* a literal '[' */
			break;
		case '\\':
			d = *pat++;
			fallthrough;
		default:
			if (c == d) {
				if (d == '\0')
					return true;
				continue;
			}
			break;
		}

		/* let the latest '*' take one more */
		if (c == '\0' || !star_pat)
			return false;
		pat = star_pat;
		str = ++star_str;
	}
}
EXPORT_SYMBOL(glob_match);
