/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_STRING_H
#define _LINUX_STRING_H

/*
 * Strings and memory blocks.
 *
 * Each function in lib/string.c has a portable body named __generic_<name>; the name itself is an
 * alias of it unless the arch's <asm/string.h> says __HAVE_ARCH_<NAME> and brings a better one.
 * The tests hold the two against each other.
 *
 * To copy a string into a buffer use strscpy(). strcpy(), strcat(), strncpy() and their like are
 * here for code that needs their exact behaviour. Functions with a gfp_t or __user argument may
 * sleep; all others may be called from any context.
 */

#include <linux/args.h>
#include <linux/array_size.h>
#include <linux/cleanup.h>	/* for DEFINE_FREE() */
#include <linux/compiler.h>
#include <linux/types.h>
#include <linux/stddef.h>
#include <linux/errno.h>
#include <linux/err.h>
#include <linux/overflow.h>
#include <linux/stdarg.h>
#include <uapi/linux/string.h>

char *strndup_user(const char __user *s, long n);
void *memdup_user(const void __user *src, size_t len);
void *vmemdup_user(const void __user *src, size_t len);
void *memdup_user_nul(const void __user *src, size_t len);

/**
 * memdup_array_user - copy an array from user space
 * @src: where the array is
 * @n: number of elements
 * @size: bytes of one element
 *
 * Context: may sleep.
 * Return: a new buffer to kfree(), or ERR_PTR(): -EOVERFLOW, -ENOMEM, -EFAULT.
 */
static inline void *memdup_array_user(const void __user *src, size_t n, size_t size)
{
	size_t nbytes;

	if (check_mul_overflow(n, size, &nbytes))
		return ERR_PTR(-EOVERFLOW);
	return memdup_user(src, nbytes);
}

/**
 * vmemdup_array_user - memdup_array_user() into a buffer that may be vmalloc()ed
 * @src: user address
 * @n: elements
 * @size: bytes of one
 *
 * Context: may sleep.
 * Return: the copy, for kvfree(); ERR_PTR(-EOVERFLOW), ERR_PTR(-ENOMEM), ERR_PTR(-EFAULT).
 */
static inline void *vmemdup_array_user(const void __user *src, size_t n, size_t size)
{
	size_t nbytes;

	if (check_mul_overflow(n, size, &nbytes))
		return ERR_PTR(-EOVERFLOW);
	return vmemdup_user(src, nbytes);
}

/* The arch's own versions. */
#include <asm/string.h>

#ifndef __HAVE_ARCH_STRCPY
char *strcpy(char *dest, const char *src);
#endif
#ifndef __HAVE_ARCH_STRNCPY
char *strncpy(char *dest, const char *src, __kernel_size_t count);
#endif
ssize_t sized_strscpy(char *dest, const char *src, size_t count);

#define __strscpy0(dst, src, ...)						\
	sized_strscpy(dst, src, sizeof(dst) + __must_be_array(dst) +		\
				__must_be_cstr(dst) + __must_be_cstr(src))
#define __strscpy1(dst, src, size)						\
	sized_strscpy(dst, src, size + __must_be_cstr(dst) + __must_be_cstr(src))

#define __strscpy_pad0(dst, src, ...)						\
	sized_strscpy_pad(dst, src, sizeof(dst) + __must_be_array(dst) +	\
				    __must_be_cstr(dst) + __must_be_cstr(src))
#define __strscpy_pad1(dst, src, size)						\
	sized_strscpy_pad(dst, src, size + __must_be_cstr(dst) + __must_be_cstr(src))

/* A build error for an operand marked __nonstring, where the compiler can tell. */
#ifndef __must_be_cstr
#define __must_be_cstr(p)	0
#endif

/**
 * strscpy - copy a string into a buffer that has a size
 * @dst: buffer; always NUL terminated afterwards unless its size is 0
 * @src: string; must not overlap @dst
 * @...: size of @dst in bytes; may be left out if @dst is an array
 *
 * Return: the number of characters copied without the NUL, or -E2BIG if @src was cut (or the size
 * is 0 or above INT_MAX).
 */
#define strscpy(dst, src, ...)							\
	CONCATENATE(__strscpy, COUNT_ARGS(__VA_ARGS__))(dst, src, __VA_ARGS__)

#define sized_strscpy_pad(dest, src, count) ({					\
	char *__dst = (dest);							\
	const char *__src = (src);						\
	const size_t __count = (count);						\
	ssize_t __wrote;							\
										\
	__wrote = sized_strscpy(__dst, __src, __count);				\
	if (__wrote >= 0 && (size_t)__wrote < __count)				\
		memset(__dst + __wrote + 1, 0, __count - __wrote - 1);		\
	__wrote;								\
})

/** strscpy_pad - strscpy() that fills the rest of the buffer with NULs */
#define strscpy_pad(dst, src, ...)						\
	CONCATENATE(__strscpy_pad, COUNT_ARGS(__VA_ARGS__))(dst, src, __VA_ARGS__)

#ifndef __HAVE_ARCH_STRCAT
char *strcat(char *dest, const char *src);
#endif
#ifndef __HAVE_ARCH_STRNCAT
char *strncat(char *dest, const char *src, __kernel_size_t count);
#endif
#ifndef __HAVE_ARCH_STRLCAT
size_t strlcat(char *dest, const char *src, __kernel_size_t count);
#endif
#ifndef __HAVE_ARCH_STRCMP
int strcmp(const char *cs, const char *ct);
#endif
#ifndef __HAVE_ARCH_STRNCMP
int strncmp(const char *cs, const char *ct, __kernel_size_t count);
#endif
#ifndef __HAVE_ARCH_STRCASECMP
int strcasecmp(const char *s1, const char *s2);
#endif
#ifndef __HAVE_ARCH_STRNCASECMP
int strncasecmp(const char *s1, const char *s2, size_t len);
#endif
#ifndef __HAVE_ARCH_STRCHR
char *strchr(const char *s, int c);
#endif
#ifndef __HAVE_ARCH_STRCHRNUL
char *strchrnul(const char *s, int c);
#endif
char *strnchrnul(const char *s, size_t count, int c);
#ifndef __HAVE_ARCH_STRNCHR
char *strnchr(const char *s, size_t count, int c);
#endif
#ifndef __HAVE_ARCH_STRRCHR
char *strrchr(const char *s, int c);
#endif
char *__must_check skip_spaces(const char *str);
char *strim(char *s);

/** strstrip - strim(), for callers that must not lose the leading blanks' skip */
static inline __must_check char *strstrip(char *str)
{
	return strim(str);
}

#ifndef __HAVE_ARCH_STRSTR
char *strstr(const char *s1, const char *s2);
#endif
#ifndef __HAVE_ARCH_STRNSTR
char *strnstr(const char *s1, const char *s2, size_t len);
#endif
#ifndef __HAVE_ARCH_STRLEN
__kernel_size_t strlen(const char *s);
#endif
#ifndef __HAVE_ARCH_STRNLEN
__kernel_size_t strnlen(const char *s, __kernel_size_t count);
#endif
#ifndef __HAVE_ARCH_STRPBRK
char *strpbrk(const char *cs, const char *ct);
#endif
#ifndef __HAVE_ARCH_STRSEP
char *strsep(char **s, const char *ct);
#endif
#ifndef __HAVE_ARCH_STRSPN
__kernel_size_t strspn(const char *s, const char *accept);
#endif
#ifndef __HAVE_ARCH_STRCSPN
__kernel_size_t strcspn(const char *s, const char *reject);
#endif

/* For the compiler, which turns other calls into it. No prototype check: it has no users. */
char *stpcpy(char *__restrict__ dest, const char *__restrict__ src);

#ifndef __HAVE_ARCH_MEMSET
void *memset(void *s, int c, __kernel_size_t count);
#endif
#ifndef __HAVE_ARCH_MEMSET16
void *memset16(uint16_t *s, uint16_t v, __kernel_size_t count);
#endif
#ifndef __HAVE_ARCH_MEMSET32
void *memset32(uint32_t *s, uint32_t v, __kernel_size_t count);
#endif
#ifndef __HAVE_ARCH_MEMSET64
void *memset64(uint64_t *s, uint64_t v, __kernel_size_t count);
#endif

/** memset_l - fill @n longs with a value */
static inline void *memset_l(unsigned long *p, unsigned long v, __kernel_size_t n)
{
	return memset64((uint64_t *)p, v, n);
}

/** memset_p - fill @n pointers with a value */
static inline void *memset_p(void **p, void *v, __kernel_size_t n)
{
	return memset64((uint64_t *)p, (uintptr_t)v, n);
}

void **__memcat_p(void **a, void **b);

/** memcat_p - a new NULL-terminated array that joins two such arrays; kfree() it */
#define memcat_p(a, b) ({							\
	BUILD_BUG_ON_MSG(!__same_type(*(a), *(b)), "type mismatch in memcat_p()"); \
	(typeof(*a) *)__memcat_p((void **)(a), (void **)(b));			\
})

#ifndef __HAVE_ARCH_MEMCPY
void *memcpy(void *dest, const void *src, __kernel_size_t count);
#endif
#ifndef __HAVE_ARCH_MEMMOVE
void *memmove(void *dest, const void *src, __kernel_size_t count);
#endif
#ifndef __HAVE_ARCH_MEMSCAN
void *memscan(void *addr, int c, __kernel_size_t size);
#endif
#ifndef __HAVE_ARCH_MEMCMP
int memcmp(const void *cs, const void *ct, __kernel_size_t count);
#endif
#ifndef __HAVE_ARCH_BCMP
int bcmp(const void *a, const void *b, __kernel_size_t len);
#endif
#ifndef __HAVE_ARCH_MEMCHR
void *memchr(const void *s, int c, __kernel_size_t n);
#endif
#ifndef __HAVE_ARCH_MEMCPY_FLUSHCACHE
/** memcpy_flushcache - memcpy() to persistent memory; a plain copy where there is none */
static inline void memcpy_flushcache(void *dst, const void *src, size_t cnt)
{
	memcpy(dst, src, cnt);
}
#endif

/* The portable bodies, always linked. */
void *__generic_memcpy(void *dest, const void *src, size_t count);
void *__generic_memmove(void *dest, const void *src, size_t count);
void *__generic_memset(void *s, int c, size_t count);
int __generic_memcmp(const void *cs, const void *ct, size_t count);
void *__generic_memchr(const void *s, int c, size_t n);
size_t __generic_strlen(const char *s);
size_t __generic_strnlen(const char *s, size_t count);
int __generic_strcmp(const char *cs, const char *ct);
int __generic_strncmp(const char *cs, const char *ct, size_t count);
char *__generic_strchr(const char *s, int c);
char *__generic_strrchr(const char *s, int c);
void __generic_clear_page(void *page);
void __generic_copy_page(void *to, const void *from);

void *memchr_inv(const void *s, int c, size_t n);
char *strreplace(char *str, char old, char new);

/**
 * mem_is_zero - are @n bytes all zero?
 * @s: first byte
 * @n: number of bytes
 */
static inline bool mem_is_zero(const void *s, size_t n)
{
	return !memchr_inv(s, 0, n);
}

void kfree_const(const void *x);

char *kstrdup(const char *s, gfp_t gfp) __malloc;
const char *kstrdup_const(const char *s, gfp_t gfp);
char *kstrndup(const char *s, size_t len, gfp_t gfp);
void *kmemdup(const void *src, size_t len, gfp_t gfp);
void *kvmemdup(const void *src, size_t len, gfp_t gfp);
char *kmemdup_nul(const char *s, size_t len, gfp_t gfp);
void *kmemdup_array(const void *src, size_t count, size_t element_size, gfp_t gfp);

#define kmemdup_noprof	kmemdup

char **argv_split(gfp_t gfp, const char *str, int *argcp);
void argv_free(char **argv);

/* lib/cmdline.c */
int get_option(char **str, int *pint);
char *get_options(const char *str, int nints, int *ints);
unsigned long long memparse(const char *ptr, char **retptr);
bool parse_option_str(const char *str, const char *option);
char *next_arg(char *args, char **param, char **val);

bool sysfs_streq(const char *s1, const char *s2);
int match_string(const char * const *array, size_t n, const char *string);
int __sysfs_match_string(const char * const *array, size_t n, const char *s);

/** sysfs_match_string - __sysfs_match_string() over a whole array */
#define sysfs_match_string(_a, _s)	__sysfs_match_string(_a, ARRAY_SIZE(_a), _s)

/* Binary printf; here as well as in <linux/sprintf.h>. */
__printf(3, 0) int vbin_printf(u32 *bin_buf, size_t size, const char *fmt, va_list args);
__printf(3, 4) int bprintf(u32 *bin_buf, size_t size, const char *fmt, ...);
int bstr_printf(char *buf, size_t size, const char *fmt, const u32 *bin_buf);

ssize_t memory_read_from_buffer(void *to, size_t count, loff_t *ppos, const void *from,
				size_t available);

int ptr_to_hashval(const void *ptr, unsigned long *hashval_out);

size_t memweight(const void *ptr, size_t bytes);

/**
 * memzero_explicit - zero memory so that the compiler can't drop it as a dead store
 * @s: first byte
 * @count: number of bytes
 */
static inline void memzero_explicit(void *s, size_t count)
{
	memset(s, 0, count);
	barrier_data(s);
}

/** kbasename - the part of a path after its last slash */
static inline const char *kbasename(const char *path)
{
	const char *tail = strrchr(path, '/');

	return tail ? tail + 1 : path;
}

#if defined(CONFIG_FORTIFY_SOURCE) && !defined(__NO_FORTIFY)
#include <linux/fortify-string.h>
#endif
#ifndef unsafe_memcpy
/** unsafe_memcpy - memcpy() past the fortified bounds; @justification says why that is right */
#define unsafe_memcpy(dst, src, bytes, justification)	memcpy(dst, src, bytes)
#endif

void memcpy_and_pad(void *dest, size_t dest_len, const void *src, size_t count, int pad);

/**
 * strtomem_pad - copy a string into a fixed array that needs no NUL, and pad the rest
 * @dest: array marked __nonstring
 * @src: string
 * @pad: byte that fills what @src leaves over
 */
#define strtomem_pad(dest, src, pad) do {					\
	const size_t _dest_len = __must_be_noncstr(dest) + ARRAY_SIZE(dest);	\
	const size_t _src_len = __builtin_object_size(src, 1);			\
										\
	BUILD_BUG_ON(!__builtin_constant_p(_dest_len) || _dest_len == (size_t)-1); \
	memcpy_and_pad(dest, _dest_len, src,					\
		       strnlen(src, min(_src_len, _dest_len)), pad);		\
} while (0)

#ifndef __must_be_noncstr
#define __must_be_noncstr(p)	0
#endif

/** strtomem - strtomem_pad() that leaves the rest of the array alone */
#define strtomem(dest, src) do {						\
	const size_t _dest_len = __must_be_noncstr(dest) + ARRAY_SIZE(dest);	\
	const size_t _src_len = __builtin_object_size(src, 1);			\
										\
	BUILD_BUG_ON(!__builtin_constant_p(_dest_len) || _dest_len == (size_t)-1); \
	memcpy(dest, src, strnlen(src, min(_src_len, _dest_len)));		\
} while (0)

/** memtostr - copy a fixed array that may lack a NUL into a string buffer */
#define memtostr(dest, src) do {						\
	const size_t _dest_len = __builtin_object_size(dest, 1);		\
	const size_t _src_len = __must_be_noncstr(src) + ARRAY_SIZE(src);	\
	const size_t _src_chars = strnlen(src, _src_len);			\
	const size_t _copy_len = min(_dest_len - 1, _src_chars);		\
										\
	BUILD_BUG_ON(!__builtin_constant_p(_dest_len) || !__builtin_constant_p(_src_len) || \
		     _dest_len == 0 || _dest_len == (size_t)-1 ||		\
		     _src_len == 0 || _src_len == (size_t)-1);			\
	memcpy(dest, src, _copy_len);						\
	(dest)[_copy_len] = '\0';						\
} while (0)

/** memtostr_pad - memtostr() that fills the rest of the buffer with NULs */
#define memtostr_pad(dest, src) do {						\
	const size_t _dest_len = __builtin_object_size(dest, 1);		\
	const size_t _src_len = __must_be_noncstr(src) + ARRAY_SIZE(src);	\
	const size_t _src_chars = strnlen(src, _src_len);			\
	const size_t _copy_len = min(_dest_len - 1, _src_chars);		\
										\
	BUILD_BUG_ON(!__builtin_constant_p(_dest_len) || !__builtin_constant_p(_src_len) || \
		     _dest_len == 0 || _dest_len == (size_t)-1 ||		\
		     _src_len == 0 || _src_len == (size_t)-1);			\
	memcpy(dest, src, _copy_len);						\
	memset(&(dest)[_copy_len], 0, _dest_len - _copy_len);			\
} while (0)

/** memset_after - set all bytes of *@obj behind @member to @v */
#define memset_after(obj, v, member) ({						\
	u8 *__ptr = (u8 *)(obj);						\
	typeof(v) __val = (v);							\
	memset(__ptr + offsetofend(typeof(*(obj)), member), __val,		\
	       sizeof(*(obj)) - offsetofend(typeof(*(obj)), member));		\
})

/** memset_startat - set all bytes of *@obj from @member on to @v */
#define memset_startat(obj, v, member) ({					\
	u8 *__ptr = (u8 *)(obj);						\
	typeof(v) __val = (v);							\
	memset(__ptr + offsetof(typeof(*(obj)), member), __val,			\
	       sizeof(*(obj)) - offsetof(typeof(*(obj)), member));		\
})

/** str_has_prefix - the length of @prefix if @str begins with it, else 0 */
static __always_inline size_t str_has_prefix(const char *str, const char *prefix)
{
	size_t len = strlen(prefix);

	return strncmp(str, prefix, len) == 0 ? len : 0;
}

/** strstarts - does @str begin with @prefix? */
static inline bool strstarts(const char *str, const char *prefix)
{
	return strncmp(str, prefix, strlen(prefix)) == 0;
}

#endif
