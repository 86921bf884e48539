// SPDX-License-Identifier: MIT
/*
 * Strings and memory blocks, portable versions.
 *
 * Each function that a machine may do better is written here as __generic_<name>, and the plain
 * name is an alias of it unless the machine's <asm/string.h> defines __HAVE_ARCH_<NAME>. Both are
 * always linked where the tests compare them. The block functions work by words once the
 * pointers allow it; everything else is written for being read.
 *
 * Nothing here sleeps, allocates or locks.
 */

#define __NO_FORTIFY
#include <linux/string.h>

#include <linux/bitops.h>
#include <linux/bug.h>
#include <linux/ctype.h>
#include <linux/errno.h>
#include <linux/export.h>
#include <linux/limits.h>
#include <linux/types.h>
#include <linux/unaligned.h>
#include <linux/wordpart.h>

#include <asm/page.h>

/* The implementations must not be compiled into calls of themselves: see the Makefile. */

#undef memcpy
#undef memmove
#undef memset

#define WORD	sizeof(unsigned long)

/* Any byte of the word zero? The lowest 0x80 marks the lowest zero byte (Mycroft's test). */
static inline unsigned long zero_bytes(unsigned long word)
{
	return (word - REPEAT_BYTE(0x01)) & ~word & REPEAT_BYTE(0x80);
}

/* --- Blocks ------------------------------------------------------------------------------- */

/*
 * The public names when the arch has none: thin, and not aliases, so that a sanitizer build can
 * wrap them.
 */

/* Copy upwards by words: correct for overlapping blocks if @dest is below @src. */
static void copy_up(u8 *dest, const u8 *src, size_t count)
{
	while (count >= WORD) {
		put_unaligned(get_unaligned((const unsigned long *)src), (unsigned long *)dest);
		dest += WORD;
		src += WORD;
		count -= WORD;
	}
	while (count--)
		*dest++ = *src++;
}

/* Copy downwards by words: correct for overlapping blocks if @dest is above @src. */
static void copy_down(u8 *dest, const u8 *src, size_t count)
{
	while (count >= WORD) {
		count -= WORD;
		put_unaligned(get_unaligned((const unsigned long *)(src + count)),
			      (unsigned long *)(dest + count));
	}
	while (count--)
		dest[count] = src[count];
}

/**
 * __generic_memcpy() - copy a block
 * @dest: where to
 * @src: where from; must not overlap @dest
 * @count: bytes
 *
 * Return: @dest.
 */
void *__generic_memcpy(void *dest, const void *src, size_t count)
{
	copy_up(dest, src, count);
	return dest;
}

/**
 * __generic_memmove() - copy a block that may overlap
 * @dest: where to
 * @src: where from
 * @count: bytes
 *
 * Return: @dest.
 */
void *__generic_memmove(void *dest, const void *src, size_t count)
{
	if (dest <= src)
		copy_up(dest, src, count);
	else
		copy_down(dest, src, count);
	return dest;
}

/**
 * __generic_memset() - fill a block with a byte
 * @s: where
 * @c: byte
 * @count: bytes
 *
 * Return: @s.
 */
void *__generic_memset(void *s, int c, size_t count)
{
	unsigned long pattern = REPEAT_BYTE((u8)c);
	u8 *p = s;

	while (count >= WORD) {
		put_unaligned(pattern, (unsigned long *)p);
		p += WORD;
		count -= WORD;
	}
	while (count--)
		*p++ = c;
	return s;
}

/** __generic_clear_page() - fill a page with zeros: the portable clear_page() */
void __generic_clear_page(void *page)
{
	__generic_memset(page, 0, PAGE_SIZE);
}

/** __generic_copy_page() - copy a page to another: the portable copy_page() */
void __generic_copy_page(void *to, const void *from)
{
	__generic_memcpy(to, from, PAGE_SIZE);
}

/**
 * __generic_memcmp() - compare two blocks
 * @cs: one
 * @ct: the other
 * @count: bytes
 *
 * Return: the difference of the first bytes that differ, as unsigned char; 0 if none do.
 */
int __generic_memcmp(const void *cs, const void *ct, size_t count)
{
	const u8 *a = cs, *b = ct;

	/* skip what is equal by words; the differing byte is found below */
	while (count >= WORD && get_unaligned((const unsigned long *)a) ==
				get_unaligned((const unsigned long *)b)) {
		a += WORD;
		b += WORD;
		count -= WORD;
	}
	for (; count; count--, a++, b++) {
		if (*a != *b)
			return *a - *b;
	}
	return 0;
}

/**
 * __generic_memchr() - find a byte in a block
 * @s: block
 * @c: byte
 * @n: bytes of the block
 *
 * Return: the first such byte, or NULL.
 */
void *__generic_memchr(const void *s, int c, size_t n)
{
	const u8 *p = s;

	for (; n; n--, p++) {
		if (*p == (u8)c)
			return (void *)p;
	}
	return NULL;
}

#ifndef __HAVE_ARCH_MEMCPY
/** memcpy() - copy @count bytes to memory that doesn't overlap. Return: @dest. C11 7.24.2.1 */
void *memcpy(void *dest, const void *src, size_t count)
{
	copy_up(dest, src, count);
	return dest;
}
EXPORT_SYMBOL(memcpy);
#endif

#ifndef __HAVE_ARCH_MEMMOVE
/** memmove() - copy @count bytes; the two may overlap. Return: @dest. C11 7.24.2.2 */
void *memmove(void *dest, const void *src, size_t count)
{
	return __generic_memmove(dest, src, count);
}
EXPORT_SYMBOL(memmove);
#endif

#ifndef __HAVE_ARCH_MEMSET
/** memset() - fill @count bytes with the low byte of @c. Return: @s. C11 7.24.6.1 */
void *memset(void *s, int c, size_t count)
{
	return __generic_memset(s, c, count);
}
EXPORT_SYMBOL(memset);
#endif

#ifndef __HAVE_ARCH_MEMCMP
/** memcmp() - compare @count bytes as unsigned: <0, 0 or >0. C11 7.24.4.1 */
int memcmp(const void *cs, const void *ct, size_t count)
{
	return __generic_memcmp(cs, ct, count);
}
EXPORT_SYMBOL(memcmp);
#endif

#ifndef __HAVE_ARCH_BCMP
/**
 * bcmp() - are two blocks different?
 * @a: one
 * @b: the other
 * @len: bytes
 *
 * The compiler turns memcmp() into it where only equality counts.
 *
 * Return: 0 if they are equal; else something else that means nothing more.
 */
int bcmp(const void *a, const void *b, size_t len)
{
	return memcmp(a, b, len);
}
EXPORT_SYMBOL(bcmp);
#endif

#ifndef __HAVE_ARCH_MEMCHR
/** memchr() - the first byte that is (unsigned char)@c among @n, or NULL. C11 7.24.5.1 */
void *memchr(const void *s, int c, size_t n)
{
	return __generic_memchr(s, c, n);
}
EXPORT_SYMBOL(memchr);
#endif

#ifndef __HAVE_ARCH_MEMSCAN
/**
 * memscan() - find a byte in a block
 * @addr: block
 * @c: byte
 * @size: bytes of the block
 *
 * Return: the first such byte, or the end of the block.
 */
void *memscan(void *addr, int c, size_t size)
{
	void *found = memchr(addr, c, size);

	return found ? found : addr + size;
}
EXPORT_SYMBOL(memscan);
#endif

/**
 * memchr_inv() - find a byte that differs
 * @start: block
 * @c: byte that the block should consist of
 * @bytes: bytes of the block
 *
 * Return: the first byte that is not @c, or NULL if all are.
 */
void *memchr_inv(const void *start, int c, size_t bytes)
{
	unsigned long pattern = REPEAT_BYTE((u8)c);
	const u8 *p = start;

	while (bytes >= WORD && get_unaligned((const unsigned long *)p) == pattern) {
		p += WORD;
		bytes -= WORD;
	}
	for (; bytes; bytes--, p++) {
		if (*p != (u8)c)
			return (void *)p;
	}
	return NULL;
}
EXPORT_SYMBOL(memchr_inv);

#ifndef __HAVE_ARCH_MEMSET16
/**
 * memset16() - fill with a 16-bit value
 * @s: where
 * @v: value
 * @count: how many values
 *
 * Return: @s.
 */
void *memset16(uint16_t *s, uint16_t v, size_t count)
{
	size_t i;

	for (i = 0; i < count; i++)
		s[i] = v;
	return s;
}
EXPORT_SYMBOL(memset16);
#endif

#ifndef __HAVE_ARCH_MEMSET32
/**
 * memset32() - fill with a 32-bit value
 * @s: where
 * @v: value
 * @count: how many values
 *
 * Return: @s.
 */
void *memset32(uint32_t *s, uint32_t v, size_t count)
{
	size_t i;

	for (i = 0; i < count; i++)
		s[i] = v;
	return s;
}
EXPORT_SYMBOL(memset32);
#endif

#ifndef __HAVE_ARCH_MEMSET64
/**
 * memset64() - fill with a 64-bit value
 * @s: where
 * @v: value
 * @count: how many values
 *
 * Return: @s.
 */
void *memset64(uint64_t *s, uint64_t v, size_t count)
{
	size_t i;

	for (i = 0; i < count; i++)
		s[i] = v;
	return s;
}
EXPORT_SYMBOL(memset64);
#endif

/* --- Length -------------------------------------------------------------------------------- */

/**
 * __generic_strlen() - length of a string
 * @s: string
 *
 * Whole aligned words are read once @s is aligned: they may reach past the NUL but never into
 * another page.
 *
 * Return: characters before the NUL.
 */
size_t __no_sanitize_address __generic_strlen(const char *s)
{
	const char *p = s;
	const unsigned long *words;
	unsigned long zeros;

	for (; (unsigned long)p % WORD; p++) {
		if (!*p)
			return p - s;
	}

	for (words = (const unsigned long *)p; !(zeros = zero_bytes(*words)); words++)
		;
	return (const char *)words - s + __ffs(zeros) / 8;
}

/**
 * __generic_strnlen() - length of a string that may be unterminated
 * @s: string
 * @count: bytes that may be looked at
 *
 * Return: characters before the NUL, or @count if there is none among them.
 */
size_t __generic_strnlen(const char *s, size_t count)
{
	size_t len;

	for (len = 0; len < count && s[len]; len++)
		;
	return len;
}

#ifndef __HAVE_ARCH_STRLEN
/** strlen() - bytes before the terminating zero. C11 7.24.6.3 */
size_t strlen(const char *s)
{
	return __generic_strlen(s);
}
EXPORT_SYMBOL(strlen);
#endif

#ifndef __HAVE_ARCH_STRNLEN
/** strnlen() - strlen(), but @count at most, and not a byte beyond is read. POSIX.1-2008 */
size_t strnlen(const char *s, size_t count)
{
	return __generic_strnlen(s, count);
}
EXPORT_SYMBOL(strnlen);
#endif

/* --- Copying -------------------------------------------------------------------------------- */

#ifndef __HAVE_ARCH_STRCPY
/**
 * strcpy() - copy a string without looking at the room for it
 * @dest: where to
 * @src: string
 *
 * Return: @dest.
 */
char *strcpy(char *dest, const char *src)
{
	char *to = dest;

	while ((*to++ = *src++) != '\0')
		;
	return dest;
}
EXPORT_SYMBOL(strcpy);
#endif

/**
 * stpcpy() - strcpy() that returns the end
 * @dest: where to
 * @src: string; must not overlap
 *
 * For the compiler, which turns other calls into it.
 *
 * Return: the NUL in @dest.
 */
char *stpcpy(char *__restrict__ dest, const char *__restrict__ src)
{
	while ((*dest = *src++) != '\0')
		dest++;
	return dest;
}
EXPORT_SYMBOL(stpcpy);

#ifndef __HAVE_ARCH_STRNCPY
/**
 * strncpy() - fill a field with a string
 * @dest: field
 * @src: string
 * @count: size of the field; if @src is shorter NULs follow, if not there is none
 *
 * Return: @dest.
 */
char *strncpy(char *dest, const char *src, size_t count)
{
	size_t i;

	for (i = 0; i < count && src[i]; i++)
		dest[i] = src[i];
	for (; i < count; i++)
		dest[i] = '\0';
	return dest;
}
EXPORT_SYMBOL(strncpy);
#endif

/* May a word be read at @p? Not if it would reach into the next page, nor under KASAN. */
static inline bool may_read_word(const char *p)
{
	if (IS_ENABLED(CONFIG_KASAN))
		return false;
	return ((unsigned long)p & (PAGE_SIZE - 1)) <= PAGE_SIZE - WORD;
}

/**
 * sized_strscpy() - what strscpy() calls
 * @dest: where to
 * @src: string; nothing behind its NUL or behind @count bytes is looked at, except for the rest
 *	of an aligned piece of the same page
 * @count: bytes of @dest
 *
 * Return: characters copied without the NUL; -E2BIG if @src was cut or @count is 0 or too large.
 */
ssize_t sized_strscpy(char *dest, const char *src, size_t count)
{
	size_t len = 0;

	if (count == 0 || WARN_ON_ONCE(count > INT_MAX))
		return -E2BIG;

	while (count >= WORD && may_read_word(src + len)) {
		unsigned long word = get_unaligned((const unsigned long *)(src + len));
		unsigned long zeros = zero_bytes(word);

		if (zeros) {
			unsigned int tail = __ffs(zeros) / 8;

			memcpy(dest + len, src + len, tail + 1);
			return len + tail;
		}
		put_unaligned(word, (unsigned long *)(dest + len));
		len += WORD;
		count -= WORD;
	}

	for (; count; count--, len++) {
		dest[len] = src[len];
		if (!src[len])
			return len;
	}

	/* Full, and no NUL among it. */
	dest[len - 1] = '\0';
	return -E2BIG;
}
EXPORT_SYMBOL(sized_strscpy);

#ifndef __HAVE_ARCH_STRCAT
/**
 * strcat() - append a string without looking at the room for it
 * @dest: string to append to
 * @src: string
 *
 * Return: @dest.
 */
char *strcat(char *dest, const char *src)
{
	strcpy(dest + strlen(dest), src);
	return dest;
}
EXPORT_SYMBOL(strcat);
#endif

#ifndef __HAVE_ARCH_STRNCAT
/**
 * strncat() - append at most @count characters, then a NUL
 * @dest: string to append to; it must have room for @count + 1 bytes more
 * @src: string, or @count bytes without a NUL
 * @count: most characters
 *
 * Return: @dest.
 */
char *strncat(char *dest, const char *src, size_t count)
{
	char *end = dest + strlen(dest);
	size_t len = strnlen(src, count);

	memcpy(end, src, len);
	end[len] = '\0';
	return dest;
}
EXPORT_SYMBOL(strncat);
#endif

#ifndef __HAVE_ARCH_STRLCAT
/**
 * strlcat() - append a string within a buffer
 * @dest: string in the buffer; if there is no NUL in it nothing is appended
 * @src: string
 * @count: size of the buffer
 *
 * Return: the length that the whole would have; >= @count means that it was cut.
 */
size_t strlcat(char *dest, const char *src, size_t count)
{
	size_t dlen = strnlen(dest, count);
	size_t len = strlen(src);
	size_t room = count - dlen;

	if (WARN_ON_ONCE(room == 0))
		return dlen + len;

	if (len < room) {
		memcpy(dest + dlen, src, len + 1);
	} else {
		memcpy(dest + dlen, src, room - 1);
		dest[count - 1] = '\0';
	}
	return dlen + len;
}
EXPORT_SYMBOL(strlcat);
#endif

/* --- Comparing ------------------------------------------------------------------------------ */

/**
 * __generic_strcmp() - compare two strings
 * @cs: one
 * @ct: the other
 *
 * Return: < 0, 0 or > 0 as @cs comes before, equals or comes after @ct; characters are unsigned.
 */
int __generic_strcmp(const char *cs, const char *ct)
{
	const u8 *a = (const u8 *)cs, *b = (const u8 *)ct;

	while (*a && *a == *b) {
		a++;
		b++;
	}
	return (*a > *b) - (*a < *b);
}

/**
 * __generic_strncmp() - compare the beginnings of two strings
 * @cs: one
 * @ct: the other
 * @count: most characters to compare
 *
 * Return: < 0, 0 or > 0.
 */
int __generic_strncmp(const char *cs, const char *ct, size_t count)
{
	const u8 *a = (const u8 *)cs, *b = (const u8 *)ct;

	while (count && *a && *a == *b) {
		a++;
		b++;
		count--;
	}
	return count ? (*a > *b) - (*a < *b) : 0;
}

#ifndef __HAVE_ARCH_STRCMP
/** strcmp() - compare two strings by unsigned bytes: <0, 0 or >0. C11 7.24.4.2 */
int strcmp(const char *cs, const char *ct)
{
	return __generic_strcmp(cs, ct);
}
EXPORT_SYMBOL(strcmp);
#endif

#ifndef __HAVE_ARCH_STRNCMP
/** strncmp() - strcmp() of @count bytes at most. C11 7.24.4.4 */
int strncmp(const char *cs, const char *ct, size_t count)
{
	return __generic_strncmp(cs, ct, count);
}
EXPORT_SYMBOL(strncmp);
#endif

#ifndef __HAVE_ARCH_STRNCASECMP
/**
 * strncasecmp() - compare the beginnings of two strings, upper and lower case being the same
 * @s1: one
 * @s2: the other
 * @len: most characters to compare
 *
 * Return: < 0, 0 or > 0.
 */
int strncasecmp(const char *s1, const char *s2, size_t len)
{
	for (; len; len--, s1++, s2++) {
		int a = tolower(*s1), b = tolower(*s2);

		if (a != b)
			return a - b;
		if (!a)
			break;
	}
	return 0;
}
EXPORT_SYMBOL(strncasecmp);
#endif

#ifndef __HAVE_ARCH_STRCASECMP
/**
 * strcasecmp() - compare two strings, upper and lower case being the same
 * @s1: one
 * @s2: the other
 *
 * Return: < 0, 0 or > 0.
 */
int strcasecmp(const char *s1, const char *s2)
{
	return strncasecmp(s1, s2, SIZE_MAX);
}
EXPORT_SYMBOL(strcasecmp);
#endif

/* --- Searching ------------------------------------------------------------------------------ */

/**
 * __generic_strchr() - find a character in a string
 * @s: string
 * @c: character; 0 finds the NUL
 *
 * Return: its first place, or NULL.
 */
char *__generic_strchr(const char *s, int c)
{
	for (; *s != (char)c; s++) {
		if (!*s)
			return NULL;
	}
	return (char *)s;
}

/**
 * __generic_strrchr() - find the last place of a character in a string
 * @s: string
 * @c: character; 0 finds the NUL
 *
 * Return: its last place, or NULL.
 */
char *__generic_strrchr(const char *s, int c)
{
	const char *last = NULL;

	do {
		if (*s == (char)c)
			last = s;
	} while (*s++);
	return (char *)last;
}

#ifndef __HAVE_ARCH_STRCHR
/** strchr() - the first @c in a string, whose end counts, or NULL. C11 7.24.5.2 */
char *strchr(const char *s, int c)
{
	return __generic_strchr(s, c);
}
EXPORT_SYMBOL(strchr);
#endif

#ifndef __HAVE_ARCH_STRRCHR
/** strrchr() - the last @c in a string, whose end counts, or NULL. C11 7.24.5.5 */
char *strrchr(const char *s, int c)
{
	return __generic_strrchr(s, c);
}
EXPORT_SYMBOL(strrchr);
#endif

#ifndef __HAVE_ARCH_STRCHRNUL
/**
 * strchrnul() - find a character in a string, or its end
 * @s: string
 * @c: character
 *
 * Return: its first place, or the NUL.
 */
char *strchrnul(const char *s, int c)
{
	while (*s && *s != (char)c)
		s++;
	return (char *)s;
}
EXPORT_SYMBOL(strchrnul);
#endif

/**
 * strnchrnul() - find a character among the first @count ones, or their end
 * @s: string
 * @count: most characters to look at
 * @c: character
 *
 * Return: its first place, or the NUL, or @s + @count.
 */
char *strnchrnul(const char *s, size_t count, int c)
{
	while (count-- && *s && *s != (char)c)
		s++;
	return (char *)s;
}

#ifndef __HAVE_ARCH_STRNCHR
/**
 * strnchr() - find a character among the first @count ones
 * @s: string
 * @count: most characters to look at
 * @c: character; 0 finds the NUL
 *
 * Return: its first place, or NULL.
 */
char *strnchr(const char *s, size_t count, int c)
{
	for (; count; count--, s++) {
		if (*s == (char)c)
			return (char *)s;
		if (!*s)
			break;
	}
	return NULL;
}
EXPORT_SYMBOL(strnchr);
#endif

#ifndef __HAVE_ARCH_STRSPN
/**
 * strspn() - how far does a string consist of given characters only?
 * @s: string
 * @accept: characters
 *
 * Return: the length of that beginning.
 */
size_t strspn(const char *s, const char *accept)
{
	const char *p;

	for (p = s; *p && strchr(accept, *p); p++)
		;
	return p - s;
}
EXPORT_SYMBOL(strspn);
#endif

#ifndef __HAVE_ARCH_STRCSPN
/**
 * strcspn() - how far does a string contain none of given characters?
 * @s: string
 * @reject: characters
 *
 * Return: the length of that beginning.
 */
size_t strcspn(const char *s, const char *reject)
{
	const char *p;

	for (p = s; *p && !strchr(reject, *p); p++)
		;
	return p - s;
}
EXPORT_SYMBOL(strcspn);
#endif

#ifndef __HAVE_ARCH_STRPBRK
/**
 * strpbrk() - find the first of several characters
 * @cs: string
 * @ct: characters
 *
 * Return: its place, or NULL.
 */
char *strpbrk(const char *cs, const char *ct)
{
	cs += strcspn(cs, ct);
	return *cs ? (char *)cs : NULL;
}
EXPORT_SYMBOL(strpbrk);
#endif

#ifndef __HAVE_ARCH_STRSEP
/**
 * strsep() - cut off the first part of a string
 * @s: string; moved behind the delimiter, or to NULL after the last part
 * @ct: delimiters, one of which is overwritten by a NUL
 *
 * Return: the part, which is empty between two adjacent delimiters; NULL when there are no more.
 */
char *strsep(char **s, const char *ct)
{
	char *token = *s;
	char *end;

	if (!token)
		return NULL;

	end = strpbrk(token, ct);
	if (end)
		*end++ = '\0';
	*s = end;
	return token;
}
EXPORT_SYMBOL(strsep);
#endif

#ifndef __HAVE_ARCH_STRNSTR
/**
 * strnstr() - find a string within the first @len characters of another
 * @s1: string to search
 * @s2: string to find
 * @len: most characters of @s1 to look at
 *
 * Return: its first place, or NULL; an empty @s2 is found at once.
 */
char *strnstr(const char *s1, const char *s2, size_t len)
{
	size_t l2 = strlen(s2);
	size_t l1 = strnlen(s1, len);

	for (; l1 >= l2; l1--, s1++) {
		if (!memcmp(s1, s2, l2))
			return (char *)s1;
	}
	return NULL;
}
EXPORT_SYMBOL(strnstr);
#endif

#ifndef __HAVE_ARCH_STRSTR
/**
 * strstr() - find a string within another
 * @s1: string to search
 * @s2: string to find
 *
 * Return: its first place, or NULL; an empty @s2 is found at once.
 */
char *strstr(const char *s1, const char *s2)
{
	return strnstr(s1, s2, SIZE_MAX);
}
EXPORT_SYMBOL(strstr);
#endif
