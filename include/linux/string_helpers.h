/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_STRING_HELPERS_H
#define _LINUX_STRING_HELPERS_H

/* Escaping and unescaping, sizes for people, arrays of strings. */

#include <linux/bits.h>
#include <linux/ctype.h>
#include <linux/string.h>
#include <linux/string_choices.h>
#include <linux/types.h>

struct device;
struct file;
struct task_struct;

/** string_is_terminated - is there a NUL among the first @len characters? */
static inline bool string_is_terminated(const char *s, int len)
{
	return memchr(s, '\0', len) ? true : false;
}

/* The units of string_get_size(). */
enum string_size_units {
	STRING_UNITS_10,	/* powers of 1000: kB */
	STRING_UNITS_2,		/* powers of 1024: KiB */
	STRING_UNITS_MASK	= BIT(0),
	STRING_UNITS_NO_SPACE	= BIT(30),	/* no blank before the unit */
	STRING_UNITS_NO_BYTES	= BIT(31),	/* no "B" at the end */
};

int string_get_size(u64 size, u64 blk_size, const enum string_size_units units, char *buf,
		    int len);

int parse_int_array(const char *buf, size_t count, int **array);
int parse_int_array_user(const char __user *from, size_t count, int **array);

/* What string_unescape() undoes. */
#define UNESCAPE_SPACE		BIT(0)	/* \f \n \r \t \v */
#define UNESCAPE_OCTAL		BIT(1)	/* \N \NN \NNN */
#define UNESCAPE_HEX		BIT(2)	/* \xH \xHH */
#define UNESCAPE_SPECIAL	BIT(3)	/* \" \\ \a \e */
#define UNESCAPE_ANY		(UNESCAPE_SPACE | UNESCAPE_OCTAL | UNESCAPE_HEX | UNESCAPE_SPECIAL)

#define UNESCAPE_ALL_MASK	GENMASK(3, 0)

int string_unescape(char *src, char *dst, size_t size, unsigned int flags);

/** string_unescape_inplace - string_unescape() onto itself */
static inline int string_unescape_inplace(char *buf, unsigned int flags)
{
	return string_unescape(buf, buf, 0, flags);
}

/** string_unescape_any - string_unescape() of all kinds of escapes */
static inline int string_unescape_any(char *src, char *dst, size_t size)
{
	return string_unescape(src, dst, size, UNESCAPE_ANY);
}

/** string_unescape_any_inplace - string_unescape_any() onto itself */
static inline int string_unescape_any_inplace(char *buf)
{
	return string_unescape_any(buf, buf, 0);
}

/* What string_escape_mem() escapes, and what it leaves alone. */
#define ESCAPE_SPACE		BIT(0)	/* \f \n \r \t \v */
#define ESCAPE_SPECIAL		BIT(1)	/* \" \\ \a \e */
#define ESCAPE_NULL		BIT(2)	/* \0 */
#define ESCAPE_OCTAL		BIT(3)	/* \NNN */
#define ESCAPE_ANY		(ESCAPE_SPACE | ESCAPE_OCTAL | ESCAPE_SPECIAL | ESCAPE_NULL)
#define ESCAPE_NP		BIT(4)	/* only what is not printable */
#define ESCAPE_ANY_NP		(ESCAPE_ANY | ESCAPE_NP)
#define ESCAPE_HEX		BIT(5)	/* \xHH */
#define ESCAPE_NA		BIT(6)	/* only what is not ASCII */
#define ESCAPE_NAP		BIT(7)	/* only what is not printable or not ASCII */
#define ESCAPE_APPEND		BIT(8)	/* the characters of @only besides */

#define ESCAPE_ALL_MASK		GENMASK(8, 0)

int string_escape_mem(const char *src, size_t isz, char *dst, size_t osz, unsigned int flags,
		      const char *only);

/** string_escape_mem_any_np - string_escape_mem() of what isn't printable, by any escape but \x */
static inline int string_escape_mem_any_np(const char *src, size_t isz, char *dst, size_t osz,
					   const char *only)
{
	return string_escape_mem(src, isz, dst, osz, ESCAPE_ANY_NP, only);
}

/** string_escape_str - string_escape_mem() of a string, without its zero */
static inline int string_escape_str(const char *src, char *dst, size_t sz, unsigned int flags,
				    const char *only)
{
	return string_escape_mem(src, strlen(src), dst, sz, flags, only);
}

/** string_escape_str_any_np - string_escape_mem_any_np() of a string, without its zero */
static inline int string_escape_str_any_np(const char *src, char *dst, size_t sz,
					   const char *only)
{
	return string_escape_str(src, dst, sz, ESCAPE_ANY_NP, only);
}

/** string_upper - copy a string in upper case */
static inline void string_upper(char *dst, const char *src)
{
	do {
		*dst++ = toupper(*src);
	} while (*src++);
}

/** string_lower - copy a string in lower case */
static inline void string_lower(char *dst, const char *src)
{
	do {
		*dst++ = tolower(*src);
	} while (*src++);
}

char *kstrdup_quotable(const char *src, gfp_t gfp);
char *kstrdup_quotable_cmdline(struct task_struct *task, gfp_t gfp);
char *kstrdup_quotable_file(struct file *file, gfp_t gfp);
char *kstrdup_and_replace(const char *src, char old, char new, gfp_t gfp);

char **kasprintf_strarray(gfp_t gfp, const char *prefix, size_t n);
void kfree_strarray(char **array, size_t n);

struct device;
char **devm_kasprintf_strarray(struct device *dev, const char *prefix, size_t n);

#endif
