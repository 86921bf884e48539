// SPDX-License-Identifier: MIT
/*
 * Cutting up the command line and the values on it: words, numbers with sizes, lists with ranges.
 * No locks, no memory; callable before anything else is up.
 */

#include <linux/string.h>

#include <linux/ctype.h>
#include <linux/export.h>
#include <linux/kernel.h>
#include <linux/kstrtox.h>
#include <linux/limits.h>
#include <linux/types.h>

/**
 * get_option() - parse one integer of a list
 * @str: the list; moved behind the integer and a comma that follows it
 * @pint: gets the integer; may be NULL
 *
 * A '-' that no digit follows is no integer, but is skipped.
 *
 * Return: 0 no integer, 1 an integer, 2 an integer and a comma, 3 an integer and a '-' (which is
 * not skipped: the beginning of a range).
 */
int get_option(char **str, int *pint)
{
	char *cur = *str;
	bool negative;
	char *digits;
	int value;

	if (!cur || !*cur)
		return 0;

	negative = *cur == '-';
	digits = cur + negative;
	value = simple_strtoull(digits, str, 0);
	if (pint)
		*pint = negative ? -value : value;

	if (*str == digits)
		return 0;
	if (**str == ',') {
		(*str)++;
		return 2;
	}
	return **str == '-' ? 3 : 1;
}
EXPORT_SYMBOL(get_option);

/**
 * get_options() - parse a list of integers and ranges
 * @str: list such as "1,3-5,7"
 * @nints: elements of @ints; 0 to count and check only
 * @ints: @ints[0] gets the number of integers, the others follow
 *
 * A range "3-5" gives each of its numbers; its end may not be below its beginning. Parsing ends
 * when @ints is full or at what is no integer.
 *
 * Return: where parsing ended: the NUL if all was well.
 */
char *get_options(const char *str, int nints, int *ints)
{
	bool validate = nints == 0;
	int n = 1;		/* next element, ints[0] being the count */
	int kind;

	do {
		int first, last;

		if (n >= nints && !validate)
			break;
		kind = get_option((char **)&str, &first);
		if (kind == 0)
			break;
		/* There even if no range comes of it: it was parsed, but isn't counted. */
		if (!validate)
			ints[n] = first;
		last = first;
		if (kind == 3) {
			str++;
			kind = get_option((char **)&str, &last);
			if (kind == 0 || last < first)
				break;
		}
		if (validate) {
			n += last - first + 1;
			continue;
		}
		for (n++; first < last && n < nints; n++)
			ints[n] = ++first;
	} while (kind == 2);

	ints[0] = n - 1;
	return (char *)str;
}
EXPORT_SYMBOL(get_options);

/**
 * memparse() - parse a number that may have a size suffix
 * @ptr: text
 * @retptr: gets the place behind what was parsed; may be NULL
 *
 * K, M, G, T, P and E, in either case, multiply by powers of 1024.
 *
 * Return: the number; overflow wraps.
 */
unsigned long long memparse(const char *ptr, char **retptr)
{
	static const char suffixes[] = "kmgtpe";
	unsigned long long number;
	const char *suffix;
	char *end;

	number = simple_strtoull(ptr, &end, 0);
	suffix = *end ? strchr(suffixes, tolower(*end)) : NULL;
	if (suffix) {
		number <<= 10 * (suffix - suffixes + 1);
		end++;
	}
	if (retptr)
		*retptr = end;
	return number;
}
EXPORT_SYMBOL(memparse);

/**
 * parse_option_str() - is a word in a comma-separated list?
 * @str: list
 * @option: word
 */
bool parse_option_str(const char *str, const char *option)
{
	size_t len = strlen(option);

	while (*str) {
		const char *end = strchrnul(str, ',');

		if (end - str == len && !memcmp(str, option, len))
			return true;
		str = *end ? end + 1 : end;
	}
	return false;
}

/* The end of a word: the first blank outside of double quotes, or the NUL. */
static char *end_of_word(char *s)
{
	bool quoted = false;

	for (; *s; s++) {
		if (*s == '"')
			quoted = !quoted;
		else if (isspace(*s) && !quoted)
			break;
	}
	return s;
}

/**
 * next_arg() - cut the next word off a command line
 * @args: command line; it is written to
 * @param: gets the word, or what is before its '='
 * @val: gets what is behind the first '=', or NULL if there is none
 *
 * Double quotes keep blanks together. They may be round the whole word or round the value, and are
 * taken away there.
 *
 * Return: the rest of the command line, blanks skipped.
 */
char *next_arg(char *args, char **param, char **val)
{
	char *word = args;
	char *end = end_of_word(args);
	char *rest = *end ? end + 1 : end;
	char *equals;

	*end = '\0';
	if (*word == '"') {
		word++;
		if (end > word && end[-1] == '"')
			*--end = '\0';
	}

	equals = strchr(word, '=');
	if (equals) {
		char *value = equals + 1;

		*equals = '\0';
		if (*value == '"') {
			value++;
			if (end > value && end[-1] == '"')
				end[-1] = '\0';
		}
		*val = value;
	} else {
		*val = NULL;
	}
	*param = word;

	return skip_spaces(rest);
}
EXPORT_SYMBOL(next_arg);
