/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_FORTIFY_STRING_H
#define _LINUX_FORTIFY_STRING_H

/*
 * String calls that know their buffers' sizes.
 *
 * Where the compiler can tell the size of an object (__builtin_object_size, or the dynamic kind),
 * each call is held against it: a copy that is certain to overflow does not compile; one that
 * overflows at run time is stopped by fortify_panic() before it happens. Where the size is unknown
 * (SIZE_MAX) nothing changes.
 *
 * With CONFIG_FORTIFY_SOURCE <linux/string.h> includes this file last; a file that must not be
 * checked defines __NO_FORTIFY first. Included alone it only brings the plain declarations.
 */

#include <linux/bug.h>
#include <linux/compiler.h>
#include <linux/const.h>
#include <linux/limits.h>
#include <linux/string.h>
#include <linux/types.h>

/**
 * unsafe_memcpy - memcpy() past these checks
 * @dst: where to
 * @src: where from
 * @bytes: how many
 * @justification: text that says why the sizes are right though the compiler thinks otherwise
 */
#undef unsafe_memcpy
#define unsafe_memcpy(dst, src, bytes, justification)	__builtin_memcpy(dst, src, bytes)

void fortify_panic(const char *func, bool write, size_t avail, size_t size) __cold __noreturn;

#if defined(CONFIG_FORTIFY_SOURCE) && !defined(__NO_FORTIFY)

void __write_overflow(void) __compiletime_error("detected write beyond size of object (1st parameter)");
void __read_overflow2(void) __compiletime_error("detected read beyond size of object (2nd parameter)");

/* Is @bytes too much for @size, at compile time? */
#define __compiletime_over(size, bytes)						\
	(__builtin_constant_p(bytes) && (size) != SIZE_MAX && (size) < (bytes))
/* ... or at run time? */
#define __runtime_over(size, bytes)	((size) != SIZE_MAX && (size) < (bytes))

#define __fortify_copy(func, dst, src, bytes, dst_size, src_size) ({		\
	const size_t __bytes = (bytes);						\
	const size_t __dst_size = (dst_size);					\
	const size_t __src_size = (src_size);					\
										\
	if (__compiletime_over(__dst_size, __bytes))				\
		__write_overflow();						\
	if (__compiletime_over(__src_size, __bytes))				\
		__read_overflow2();						\
	if (__runtime_over(__dst_size, __bytes))				\
		fortify_panic(#func, true, __dst_size, __bytes);		\
	if (__runtime_over(__src_size, __bytes))				\
		fortify_panic(#func, false, __src_size, __bytes);		\
	__builtin_##func(dst, src, __bytes);					\
})

/* The whole object: copying over several members of a struct is common and meant. */
#define memcpy(dst, src, bytes)							\
	__fortify_copy(memcpy, dst, src, bytes, __struct_size(dst), __struct_size(src))
#define memmove(dst, src, bytes)						\
	__fortify_copy(memmove, dst, src, bytes, __struct_size(dst), __struct_size(src))

#define memset(dst, c, bytes) ({						\
	const size_t __set_bytes = (bytes);					\
	const size_t __set_size = __struct_size(dst);				\
										\
	if (__compiletime_over(__set_size, __set_bytes))			\
		__write_overflow();						\
	if (__runtime_over(__set_size, __set_bytes))				\
		fortify_panic("memset", true, __set_size, __set_bytes);		\
	__builtin_memset(dst, c, __set_bytes);					\
})

static __always_inline __kernel_size_t __fortify_strnlen(const char *p, __kernel_size_t maxlen,
							 size_t size)
{
	size_t len = strnlen(p, maxlen < size ? maxlen : size);

	if (size <= len && maxlen != len)
		fortify_panic("strnlen", false, size, len + 1);
	return len;
}
#define strnlen(p, maxlen)	__fortify_strnlen(p, maxlen, __member_size(p))

static __always_inline __kernel_size_t __fortify_strlen(const char *p, size_t size)
{
	size_t len;

	if (size == SIZE_MAX)
		return __builtin_strlen(p);
	len = (strnlen)(p, size);
	if (size <= len)
		fortify_panic("strlen", false, size, len + 1);
	return len;
}
#define strlen(p)								\
	__builtin_choose_expr(__is_constexpr(__builtin_strlen(p)),		\
			      __builtin_strlen(p), __fortify_strlen(p, __member_size(p)))

static __always_inline char *__fortify_strcpy(char *p, const char *q, size_t p_size)
{
	size_t len = __builtin_strlen(q) + 1;

	if (p_size != SIZE_MAX && p_size < len)
		fortify_panic("strcpy", true, p_size, len);
	return __builtin_memcpy(p, q, len);
}
#define strcpy(p, q)	__fortify_strcpy(p, q, __member_size(p))

static __always_inline char *__fortify_strncpy(char *p, const char *q, size_t size, size_t p_size)
{
	if (__compiletime_over(p_size, size))
		__write_overflow();
	if (__runtime_over(p_size, size))
		fortify_panic("strncpy", true, p_size, size);
	return (strncpy)(p, q, size);
}
#define strncpy(p, q, size)	__fortify_strncpy(p, q, size, __member_size(p))

static __always_inline char *__fortify_strncat(char *p, const char *q, size_t count, size_t p_size)
{
	size_t len = __builtin_strlen(p) + (strnlen)(q, count) + 1;

	if (__runtime_over(p_size, len))
		fortify_panic("strncat", true, p_size, len);
	return (strncat)(p, q, count);
}
#define strncat(p, q, count)	__fortify_strncat(p, q, count, __member_size(p))
#define strcat(p, q)		__fortify_strncat(p, q, SIZE_MAX, __member_size(p))

static __always_inline size_t __fortify_strlcat(char *p, const char *q, size_t avail,
						size_t p_size)
{
	if (__compiletime_over(p_size, avail))
		__write_overflow();
	if (__runtime_over(p_size, avail))
		fortify_panic("strlcat", true, p_size, avail);
	return (strlcat)(p, q, avail);
}
#define strlcat(p, q, avail)	__fortify_strlcat(p, q, avail, __member_size(p))

static __always_inline ssize_t __fortify_strscpy(char *p, const char *q, size_t size,
						 size_t p_size)
{
	if (__compiletime_over(p_size, size))
		__write_overflow();
	if (__runtime_over(p_size, size))
		fortify_panic("strscpy", true, p_size, size);
	return (sized_strscpy)(p, q, size);
}
#define sized_strscpy(p, q, size)	__fortify_strscpy(p, q, size, __member_size(p))

#endif /* CONFIG_FORTIFY_SOURCE */

#endif
