// SPDX-License-Identifier: MIT
/*
 * Strings for people and from people: trimming and matching input, escaping and unescaping, sizes
 * with units, arrays of strings.
 *
 * Functions that take a gfp_t or a __user pointer may sleep; the others may be called anywhere.
 */

#include <linux/string_helpers.h>

#include <linux/bitops.h>
#include <linux/bug.h>
#include <linux/ctype.h>
#include <linux/dcache.h>
#include <linux/err.h>
#include <linux/errno.h>
#include <linux/export.h>
#include <linux/fs.h>
#include <linux/hex.h>
#include <linux/kernel.h>
#include <linux/limits.h>
#include <linux/math64.h>
#include <linux/minmax.h>
#include <linux/mm.h>
#include <linux/slab.h>
#include <linux/string.h>

/* --- Trimming and matching -------------------------------------------------------------------- */

/** skip_spaces() - the first character that is no blank */
char *skip_spaces(const char *str)
{
	while (isspace(*str))
		++str;
	return (char *)str;
}
EXPORT_SYMBOL(skip_spaces);

/**
 * strim() - take blanks off both ends
 * @s: string; its trailing blanks are overwritten
 *
 * Return: its first character that is no blank.
 */
char *strim(char *s)
{
	char *end = s + strlen(s);

	while (end > s && isspace(end[-1]))
		end--;
	*end = '\0';
	return skip_spaces(s);
}
EXPORT_SYMBOL(strim);

/* The length of a string without one newline at its end. */
static size_t line_length(const char *s)
{
	size_t len = strlen(s);

	return len && s[len - 1] == '\n' ? len - 1 : len;
}

/**
 * sysfs_streq() - are two strings equal, but for a newline at the end?
 * @s1: one, as written to a sysfs file
 * @s2: the other
 */
bool sysfs_streq(const char *s1, const char *s2)
{
	size_t len = line_length(s1);

	return len == line_length(s2) && !memcmp(s1, s2, len);
}
EXPORT_SYMBOL(sysfs_streq);

/**
 * match_string() - find a string in an array
 * @array: strings; searched up to the first NULL
 * @n: elements of @array at most; (size_t)-1 if a NULL ends it
 * @string: string
 *
 * Return: its index, or -EINVAL.
 */
int match_string(const char * const *array, size_t n, const char *string)
{
	size_t i;

	for (i = 0; i < n && array[i]; i++) {
		if (!strcmp(array[i], string))
			return i;
	}
	return -EINVAL;
}
EXPORT_SYMBOL(match_string);

/** __sysfs_match_string() - match_string() that compares with sysfs_streq() */
int __sysfs_match_string(const char * const *array, size_t n, const char *str)
{
	size_t i;

	for (i = 0; i < n && array[i]; i++) {
		if (sysfs_streq(array[i], str))
			return i;
	}
	return -EINVAL;
}
EXPORT_SYMBOL(__sysfs_match_string);

/** strreplace() - replace every @old in a string by @new; returns the string */
char *strreplace(char *str, char old, char new)
{
	char *s;

	for (s = str; *s; s++) {
		if (*s == old)
			*s = new;
	}
	return str;
}
EXPORT_SYMBOL(strreplace);

/**
 * memcpy_and_pad() - fill a block with a copy and a pad byte
 * @dest: block
 * @dest_len: its size
 * @src: what to copy
 * @count: bytes of it; no more than @dest_len are copied
 * @pad: byte for the rest
 */
void memcpy_and_pad(void *dest, size_t dest_len, const void *src, size_t count, int pad)
{
	count = min(count, dest_len);
	memcpy(dest, src, count);
	memset(dest + count, pad, dest_len - count);
}
EXPORT_SYMBOL(memcpy_and_pad);

/**
 * memory_read_from_buffer() - serve a read of a file from a block
 * @to: where the data goes
 * @count: bytes wanted
 * @ppos: position, moved on
 * @from: block
 * @available: its size
 *
 * Return: bytes copied, 0 at the end; -EINVAL for a negative position.
 */
ssize_t memory_read_from_buffer(void *to, size_t count, loff_t *ppos, const void *from,
				size_t available)
{
	loff_t pos = *ppos;

	if (pos < 0)
		return -EINVAL;
	if (pos >= available)
		return 0;
	count = min_t(u64, count, available - pos);
	memcpy(to, from + pos, count);
	*ppos = pos + count;
	return count;
}
EXPORT_SYMBOL(memory_read_from_buffer);

/** memweight() - how many bits of a block are set */
size_t memweight(const void *ptr, size_t bytes)
{
	const u8 *p = ptr;
	size_t weight = 0;

	while (bytes--)
		weight += hweight8(*p++);
	return weight;
}
EXPORT_SYMBOL(memweight);

/* --- Sizes ------------------------------------------------------------------------------------ */

/* How three significant digits of a number below 1000 are split by its decimal point. */
static int fraction_digits(u64 number)
{
	return number < 10 ? 2 : number < 100 ? 1 : 0;
}

/**
 * string_get_size() - a size with three significant digits and a unit
 * @size: number of blocks
 * @blk_size: bytes of a block
 * @units: powers of 1000 or 1024, perhaps with STRING_UNITS_NO_SPACE or _NO_BYTES
 * @buf: gets the text, at least 9 bytes
 * @len: size of @buf
 *
 * The product may need 128 bits: it is kept as such and divided by the base until what is left is
 * below the base; the last remainder gives the fraction. The value is rounded to nearest.
 *
 * Return: length of the text, or what it would be if there were room.
 */
int string_get_size(u64 size, u64 blk_size, const enum string_size_units units, char *buf,
		    int len)
{
	static const char prefixes[] = "\0KMGTPEZYRQ";
	const bool binary = (units & STRING_UNITS_MASK) == STRING_UNITS_2;
	const u32 base = binary ? 1024 : 1000;
	unsigned __int128 number = (unsigned __int128)size * blk_size;
	u64 high = number >> 64, low = number;
	u64 whole, thousandths;
	u32 remainder = 0;
	char prefix[3] = "";
	int power = 0, digits;

	/* a 128-bit division by a small number, in three steps of 64 by 32 bits */
	while (high || low >= base) {
		u64 part;

		part = high;
		high = part / base;
		part = (part % base) << 32 | low >> 32;
		whole = part / base;
		part = (part % base) << 32 | (u32)low;
		low = whole << 32 | part / base;
		remainder = part % base;
		power++;
	}

	/* round half up, at the place after the last digit that is shown */
	digits = fraction_digits(low);
	thousandths = low * 1000 + (u64)remainder * 1000 / base;
	thousandths += digits == 2 ? 5 : digits == 1 ? 50 : 500;
	whole = thousandths / 1000;
	if (!power) {
		whole = low;			/* plain bytes have no fraction */
		digits = 0;
	} else if (whole >= base) {
		whole = 1;
		thousandths = 1000;
		digits = 2;
		power++;
	} else {
		digits = fraction_digits(whole);
	}

	if (power) {
		prefix[0] = !binary && power == 1 ? 'k' : prefixes[power];
		if (binary)
			prefix[1] = 'i';
	}
	if (digits)
		return snprintf(buf, len, "%llu.%0*llu%s%s%s", whole, digits,
				thousandths % 1000 / (digits == 2 ? 10 : 100),
				units & STRING_UNITS_NO_SPACE ? "" : " ", prefix,
				units & STRING_UNITS_NO_BYTES ? "" : "B");
	return snprintf(buf, len, "%llu%s%s%s", whole, units & STRING_UNITS_NO_SPACE ? "" : " ",
			prefix, units & STRING_UNITS_NO_BYTES ? "" : "B");
}
EXPORT_SYMBOL(string_get_size);

/* --- Unescaping ------------------------------------------------------------------------------- */

/* Each takes the text behind a backslash and moves both ends on if it is what it undoes. */

static bool unescape_space(char **src, char **dst)
{
	static const char letters[] = "nrtvf", meaning[] = "\n\r\t\v\f";
	const char *at = **src ? strchr(letters, **src) : NULL;

	if (!at)
		return false;
	*(*dst)++ = meaning[at - letters];
	*src += 1;
	return true;
}

static bool unescape_octal(char **src, char **dst)
{
	char *p = *src;
	u8 num;

	if (!isodigit(*p))
		return false;
	num = *p++ & 7;
	/* three digits, while the value fits a byte */
	while (num < 32 && isodigit(*p) && p - *src < 3)
		num = num << 3 | (*p++ & 7);
	*(*dst)++ = num;
	*src = p;
	return true;
}

static bool unescape_hex(char **src, char **dst)
{
	char *p = *src;
	int digit;
	u8 num;

	if (*p++ != 'x')
		return false;
	num = digit = hex_to_bin(*p++);
	if (digit < 0)
		return false;
	digit = hex_to_bin(*p);
	if (digit >= 0) {
		p++;
		num = num << 4 | digit;
	}
	*(*dst)++ = num;
	*src = p;
	return true;
}

static bool unescape_special(char **src, char **dst)
{
	static const char letters[] = "\"\\ae", meaning[] = "\"\\\a\033";
	const char *at = **src ? strchr(letters, **src) : NULL;

	if (!at)
		return false;
	*(*dst)++ = meaning[at - letters];
	*src += 1;
	return true;
}

/**
 * string_unescape() - undo escape sequences
 * @src: string
 * @dst: gets the result, terminated; may be @src
 * @size: size of @dst; 0: it is large enough (the result is never longer than @src)
 * @flags: UNESCAPE_*: the kinds of sequences; others stay as they are
 *
 * Return: length of the result.
 */
int string_unescape(char *src, char *dst, size_t size, unsigned int flags)
{
	char *out = dst;

	if (!size)
		size = SIZE_MAX;

	while (*src && --size) {
		if (src[0] == '\\' && src[1] != '\0' && size > 1) {
			src++;
			size--;
			if ((flags & UNESCAPE_SPACE && unescape_space(&src, &out)) ||
			    (flags & UNESCAPE_OCTAL && unescape_octal(&src, &out)) ||
			    (flags & UNESCAPE_HEX && unescape_hex(&src, &out)) ||
			    (flags & UNESCAPE_SPECIAL && unescape_special(&src, &out)))
				continue;
			*out++ = '\\';
		}
		*out++ = *src++;
	}
	*out = '\0';
	return out - dst;
}
EXPORT_SYMBOL(string_unescape);

/* --- Escaping --------------------------------------------------------------------------------- */

/* Where escaped text goes; counts on when it is full. */
struct escape_sink {
	char *pos, *end;
	size_t len;
};

static void emit(struct escape_sink *out, char c)
{
	if (out->pos < out->end)
		*out->pos++ = c;
	out->len++;
}

/* A backslash and a letter that stands for @c; false if there is none. */
static bool escape_by_letter(struct escape_sink *out, u8 c, const char *meaning,
			     const char *letters)
{
	const char *at = c ? strchr(meaning, c) : NULL;

	if (!at)
		return false;
	emit(out, '\\');
	emit(out, letters[at - meaning]);
	return true;
}

static void escape_octal(struct escape_sink *out, u8 c)
{
	emit(out, '\\');
	emit(out, '0' + (c >> 6));
	emit(out, '0' + ((c >> 3) & 7));
	emit(out, '0' + (c & 7));
}

static void escape_hex(struct escape_sink *out, u8 c)
{
	emit(out, '\\');
	emit(out, 'x');
	emit(out, hex_asc_hi(c));
	emit(out, hex_asc_lo(c));
}

/* Do the flags that protect classes of characters let this one pass as it is? */
static bool passes_unescaped(u8 c, unsigned int flags)
{
	bool printable = isprint(c), ascii = isascii(c);

	if (printable && ascii && flags & ESCAPE_NAP)
		return true;
	if (printable && flags & ESCAPE_NP)
		return true;
	return ascii && flags & ESCAPE_NA;
}

static void escape_char(struct escape_sink *out, u8 c, unsigned int flags)
{
	if (flags & ESCAPE_SPACE && escape_by_letter(out, c, "\n\r\t\v\f", "nrtvf"))
		return;
	if (flags & ESCAPE_SPECIAL && escape_by_letter(out, c, "\\\a\033\"", "\\ae\""))
		return;
	if (flags & ESCAPE_NULL && !c) {
		emit(out, '\\');
		emit(out, '0');
	} else if (flags & ESCAPE_OCTAL) {
		escape_octal(out, c);
	} else if (flags & ESCAPE_HEX) {
		escape_hex(out, c);
	} else {
		emit(out, c);
	}
}

/**
 * string_escape_mem() - escape characters
 * @src: characters
 * @isz: how many
 * @dst: gets the result, not terminated
 * @osz: its size
 * @flags: ESCAPE_*
 * @only: if not empty: escape these only; with ESCAPE_APPEND: these whatever the flags protect
 *
 * For each character: is it in @only; is it protected by NAP, NP or NA (in that order); then the
 * first of SPACE, SPECIAL, NULL, OCTAL and HEX that knows it.
 *
 * Return: the length of the whole result; < @osz means that it is whole and a NUL fits behind it.
 */
int string_escape_mem(const char *src, size_t isz, char *dst, size_t osz, unsigned int flags,
		      const char *only)
{
	struct escape_sink out = { dst, dst + osz, 0 };
	bool is_dict = only && *only;
	bool is_append = flags & ESCAPE_APPEND;

	while (isz--) {
		u8 c = *src++;
		bool in_dict = is_dict && c && strchr(only, c);

		/*
		 * with a plain dictionary: no if it is not in it, yes by the class flags if it is
		 */
		if (!(is_append || in_dict) && is_dict)
			emit(&out, c);
		else if (!(is_append && in_dict) && passes_unescaped(c, flags))
			emit(&out, c);
		else
			escape_char(&out, c, flags);
	}
	return out.len;
}
EXPORT_SYMBOL(string_escape_mem);

/* --- Allocated strings ------------------------------------------------------------------------ */

/**
 * kstrdup_quotable() - a copy that may stand between quotes on one line of a log
 * @src: the string, or NULL
 * @gfp: how to allocate
 *
 * Control characters that a terminal obeys, quotes and backslashes are escaped in hex.
 *
 * Return: the copy, to be freed by kfree(); NULL if there is no memory, or nothing to copy.
 */
char *kstrdup_quotable(const char *src, gfp_t gfp)
{
	static const char unfit[] = "\a\t\n\v\f\r\e\"\\";
	size_t len, room;
	char *copy;

	if (!src)
		return NULL;
	len = strlen(src);
	room = string_escape_mem(src, len, NULL, 0, ESCAPE_HEX, unfit) + 1;
	copy = kmalloc(room, gfp);
	if (!copy)
		return NULL;
	string_escape_mem(src, len, copy, room - 1, ESCAPE_HEX, unfit);
	copy[room - 1] = '\0';
	return copy;
}
EXPORT_SYMBOL_GPL(kstrdup_quotable);

/**
 * kstrdup_quotable_cmdline() - the arguments of a task's program, with blanks between, quotable
 * @task: the task, referenced
 * @gfp: how to allocate
 *
 * Context: may sleep.
 * Return: the text, at most a page before it is escaped, to be freed by kfree(); "" for a task
 * without user memory; NULL if there is no memory.
 */
char *kstrdup_quotable_cmdline(struct task_struct *task, gfp_t gfp)
{
	char *args = kmalloc(PAGE_SIZE, GFP_KERNEL);
	char *quotable;
	int len;

	if (!args)
		return NULL;
	len = get_cmdline(task, args, PAGE_SIZE - 1);
	while (len && !args[len - 1])
		len--;
	args[len] = '\0';
	/* Each argument ends with its NUL. */
	while (len--) {
		if (!args[len])
			args[len] = ' ';
	}
	quotable = kstrdup_quotable(args, gfp);
	kfree(args);
	return quotable;
}
EXPORT_SYMBOL_GPL(kstrdup_quotable_cmdline);

/* What d_path() puts behind the name of a file that is gone. */
#define DELETED	" (deleted)"

/**
 * kstrdup_quotable_file() - the path of an open file, quotable
 * @file: the file, or NULL
 * @gfp: how to allocate
 *
 * Context: may sleep.
 * Return: the path, to be freed by kfree(); "<unknown>" of no file; "<too_long>"; NULL if there is
 * no memory.
 */
char *kstrdup_quotable_file(struct file *file, gfp_t gfp)
{
	char *room, *path, *quotable;

	if (!file)
		return kstrdup("<unknown>", gfp);
	room = kmalloc(PATH_MAX + sizeof(DELETED), GFP_KERNEL);
	if (!room)
		return NULL;
	path = d_path(&file->f_path, room, PATH_MAX + sizeof(DELETED));
	quotable = IS_ERR(path) ? kstrdup("<too_long>", gfp) : kstrdup_quotable(path, gfp);
	kfree(room);
	return quotable;
}
EXPORT_SYMBOL_GPL(kstrdup_quotable_file);

/** kstrdup_and_replace() - a copy with every @old replaced by @new; kfree() it */
char *kstrdup_and_replace(const char *src, char old, char new, gfp_t gfp)
{
	char *dst = kstrdup(src, gfp);

	return dst ? strreplace(dst, old, new) : NULL;
}
EXPORT_SYMBOL_GPL(kstrdup_and_replace);

/**
 * kasprintf_strarray() - an array of numbered names
 * @gfp: how to allocate
 * @prefix: what they begin with
 * @n: how many: "@prefix-0" to "@prefix-(n-1)"
 *
 * Return: the array, to be given to kfree_strarray(); NULL if there is no memory.
 */
char **kasprintf_strarray(gfp_t gfp, const char *prefix, size_t n)
{
	char **names = kcalloc(n + 1, sizeof(char *), gfp);
	size_t i;

	if (!names)
		return NULL;
	for (i = 0; i < n; i++) {
		names[i] = kasprintf(gfp, "%s-%zu", prefix, i);
		if (!names[i]) {
			kfree_strarray(names, i);
			return NULL;
		}
	}
	return names;
}
EXPORT_SYMBOL_GPL(kasprintf_strarray);

/**
 * kfree_strarray() - free an array of strings
 * @array: array; NULL is fine
 * @n: how many of its strings to free
 */
void kfree_strarray(char **array, size_t n)
{
	size_t i;

	if (!array)
		return;
	for (i = 0; i < n; i++)
		kfree(array[i]);
	kfree(array);
}
EXPORT_SYMBOL_GPL(kfree_strarray);

/**
 * __memcat_p() - join two NULL-terminated arrays of pointers
 * @a: first array
 * @b: second array
 *
 * Return: a new array, to be freed with kfree(); NULL if there is no memory.
 */
void **__memcat_p(void **a, void **b)
{
	void **joined, **p;
	size_t count = 1;		/* the NULL */

	for (p = a; *p; p++)
		count++;
	for (p = b; *p; p++)
		count++;

	joined = kmalloc_array(count, sizeof(*joined), GFP_KERNEL);
	if (!joined)
		return NULL;
	for (p = joined; *a; a++)
		*p++ = *a;
	while ((*p++ = *b++))
		;
	return joined;
}
EXPORT_SYMBOL_GPL(__memcat_p);

/* The number of blank-separated words of a text, and a walk over them. */
static const char *next_word(const char **text)
{
	const char *word = skip_spaces(*text);

	if (!*word)
		return NULL;
	for (*text = word; **text && !isspace(**text); ++*text)
		;
	return word;
}

/**
 * argv_split() - cut a text into words at its blanks
 * @gfp: how to allocate
 * @str: text
 * @argcp: gets the number of words; may be NULL
 *
 * Return: an array ended by NULL, to be given to argv_free(); NULL if there is no memory.
 */
char **argv_split(gfp_t gfp, const char *str, int *argcp)
{
	const char *p, *word;
	char **argv, *copy;
	int argc = 0;

	for (p = str; next_word(&p); )
		argc++;

	/* argv[-1] keeps the copy that the words point into */
	argv = kmalloc_array(argc + 2, sizeof(*argv), gfp);
	copy = kstrdup(str, gfp);
	if (!argv || !copy) {
		kfree(argv);
		kfree(copy);
		return NULL;
	}
	*argv++ = copy;

	argc = 0;
	for (p = copy; (word = next_word(&p)); ) {
		argv[argc++] = (char *)word;
		if (*p)
			*(char *)p++ = '\0';
	}
	argv[argc] = NULL;
	if (argcp)
		*argcp = argc;
	return argv;
}
EXPORT_SYMBOL(argv_split);

/** argv_free() - free what argv_split() made */
void argv_free(char **argv)
{
	if (!argv)
		return;
	argv--;
	kfree(argv[0]);
	kfree(argv);
}
EXPORT_SYMBOL(argv_free);

/* --- Numbers from user space ------------------------------------------------------------------ */

/**
 * parse_int_array() - a list of integers as an array
 * @buf: list as for get_options()
 * @count: its length
 * @array: gets the array: its length, then the integers; kfree() it
 *
 * Return: 0, -ENOENT if there is no integer, -ENOMEM.
 */
int parse_int_array(const char *buf, size_t count, int **array)
{
	char *text = kmemdup_nul(buf, count, GFP_KERNEL);
	int *ints, nints;
	int ret = 0;

	if (!text)
		return -ENOMEM;

	get_options(text, 0, &nints);
	if (!nints) {
		ret = -ENOENT;
		goto out_free;
	}
	ints = kcalloc(nints + 1, sizeof(*ints), GFP_KERNEL);
	if (!ints) {
		ret = -ENOMEM;
		goto out_free;
	}
	get_options(text, nints + 1, ints);
	*array = ints;

out_free:
	kfree(text);
	return ret;
}
EXPORT_SYMBOL(parse_int_array);

/**
 * parse_int_array_user() - parse_int_array() of a text in user space
 * @from: text
 * @count: its length
 * @array: gets the array
 *
 * Return: 0, -ENOENT, -ENOMEM, -EFAULT.
 */
int parse_int_array_user(const char __user *from, size_t count, int **array)
{
	char *buf = memdup_user_nul(from, count);
	int ret;

	if (IS_ERR(buf))
		return PTR_ERR(buf);
	ret = parse_int_array(buf, count, array);
	kfree(buf);
	return ret;
}
EXPORT_SYMBOL(parse_int_array_user);
