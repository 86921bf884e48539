/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_FORTIFY_STRING_H
#define _LINUX_FORTIFY_STRING_H

/*
 * String calls that know their buffers' sizes.
 *
 * Where the compiler can tell the size of an object, each call is held against it:
 *
 *	certain to go beyond the object		does not compile
 *	goes beyond it at run time		fortify_panic() before it happens: a report, and the
 *						task ends
 *	copies beyond the named member, but	a warning when compiling or, once for each place, at
 *	within the object			run time; say memcpy(&s->first, ...) less by
 *						struct_group(), or unsafe_memcpy()
 *
 * Where the size is unknown (SIZE_MAX) nothing changes. Sizes come from the place of the call: each
 * name is a macro that adds __struct_size() (to the end of the whole object) or __member_size() (of
 * the member) and calls the function of the same name with __fortify_ before it. A name in
 * parentheses, (memcpy)(...), is the plain function, and so is what __real_memcpy() calls.
 *
 * <linux/string.h> includes this file last. A file that implements such functions defines
 * __NO_FORTIFY first.
 *
 * A test may define fortify_panic() and fortify_warn_once() before it includes anything, to count
 * instead of dying: fortify_panic(function, write?, available, wanted, retfail) stands in the
 * __fortify_ function, may return from it with @retfail, and __fortify_report() prints the text.
 */

#include <linux/bug.h>
#include <linux/compiler.h>
#include <linux/const.h>
#include <linux/limits.h>
#include <linux/string.h>
#include <linux/stringify.h>
#include <linux/types.h>

/* --- What is said of a failure ---------------------------------------------------------------- */

#define EACH_FORTIFY_FUNC(macro)						\
	macro(strncpy), macro(strnlen), macro(strlen), macro(strscpy), macro(strlcat), \
	macro(strcat), macro(strncat), macro(memset), macro(memcpy), macro(memmove), \
	macro(memscan), macro(memcmp), macro(memchr), macro(memchr_inv), macro(kmemdup), \
	macro(strcpy), macro(UNKNOWN)

#define MAKE_FORTIFY_FUNC(func)	FORTIFY_FUNC_##func
enum fortify_func { EACH_FORTIFY_FUNC(MAKE_FORTIFY_FUNC) };

#define FORTIFY_READ		0
#define FORTIFY_WRITE		1

/* A call and its direction in one byte. */
#define FORTIFY_REASON(func, write)	((u8)((func) << 1 | (write)))
#define FORTIFY_REASON_FUNC(reason)	((reason) >> 1)
#define FORTIFY_REASON_DIR(reason)	((reason) & 1)

void __fortify_report(const u8 reason, const size_t avail, const size_t size);
void __fortify_panic(const u8 reason, const size_t avail, const size_t size) __cold __noreturn;

#ifndef fortify_panic
#define fortify_panic(func, write, avail, size, retfail)			\
	__fortify_panic(FORTIFY_REASON(func, write), avail, size)
#endif
#ifndef fortify_warn_once
#define fortify_warn_once(x...)		WARN_ONCE(x)
#endif

/**
 * unsafe_memcpy - memcpy() past these checks
 * @dst: where to
 * @src: where from
 * @bytes: how many
 * @justification: text that says why the sizes are right though the compiler thinks otherwise
 */
#undef unsafe_memcpy
#define unsafe_memcpy(dst, src, bytes, justification)	__builtin_memcpy(dst, src, bytes)

#if defined(CONFIG_FORTIFY_SOURCE) && !defined(__NO_FORTIFY)

void __read_overflow(void)
	__compiletime_error("detected read beyond size of object (1st parameter)");
void __read_overflow2(void)
	__compiletime_error("detected read beyond size of object (2nd parameter)");
void __write_overflow(void)
	__compiletime_error("detected write beyond size of object (1st parameter)");
void __read_overflow2_field(size_t avail, size_t wanted)
	__compiletime_warning("detected read beyond size of field (2nd parameter); maybe use struct_group()?");
void __write_overflow_field(size_t avail, size_t wanted)
	__compiletime_warning("detected write beyond size of field (1st parameter); maybe use struct_group()?");

/* Is @bytes certain to be too much for @size; or is it now? An unknown size is SIZE_MAX. */
#define __compiletime_over(size, bytes)						\
	(__builtin_constant_p((size) < (bytes)) && (size) < (bytes))
#define __runtime_over(size, bytes)	((size) != SIZE_MAX && (size) < (bytes))

/** __compiletime_strlen - the length of a string if the compiler knows it, else SIZE_MAX */
#define __compiletime_strlen(p) ({						\
	char *__str = (char *)(p);						\
	size_t __len = SIZE_MAX;						\
	const size_t __str_size = __member_size(p);				\
										\
	if (__str_size != SIZE_MAX && __builtin_constant_p(__str_size)) {	\
		size_t __last = __str_size - 1;					\
										\
		if (__builtin_constant_p(__str[__last]) && __str[__last] == '\0') \
			__len = __builtin_strlen(__str);			\
	}									\
	__len;									\
})

#define __underlying_memchr	__builtin_memchr
#define __underlying_memcmp	__builtin_memcmp
#define __underlying_memcpy	__builtin_memcpy
#define __underlying_memmove	__builtin_memmove
#define __underlying_memset	__builtin_memset
#define __underlying_strcat	__builtin_strcat
#define __underlying_strcpy	__builtin_strcpy
#define __underlying_strlen	__builtin_strlen
#define __underlying_strncat	__builtin_strncat
#define __underlying_strncpy	__builtin_strncpy

/* --- Strings ---------------------------------------------------------------------------------- */

/** __fortify_strnlen - strnlen() of an object of @p_size bytes; panics if it would read beyond */
static __always_inline __kernel_size_t
__fortify_strnlen(const char *p, __kernel_size_t maxlen, const size_t p_size)
{
	__kernel_size_t len = (strnlen)(p, maxlen < p_size ? maxlen : p_size);

	/* no NUL up to the end of the object, though more was to be looked at */
	if (p_size <= len && maxlen != len)
		fortify_panic(FORTIFY_FUNC_strnlen, FORTIFY_READ, p_size, len + 1, len);
	return len;
}
#define strnlen(p, maxlen)	__fortify_strnlen(p, maxlen, __member_size(p))

/** __fortify_strlen - strlen() of an object of @p_size bytes; panics if no zero is in them */
static __always_inline __kernel_size_t __fortify_strlen(const char *p, const size_t p_size)
{
	__kernel_size_t len;

	if (p_size == SIZE_MAX || __builtin_constant_p(__underlying_strlen(p)))
		return __underlying_strlen(p);
	len = (strnlen)(p, p_size);
	if (p_size <= len)
		fortify_panic(FORTIFY_FUNC_strlen, FORTIFY_READ, p_size, len + 1, len);
	return len;
}
/* Of a literal it stays a constant expression. */
#define strlen(p)								\
	__builtin_choose_expr(__is_constexpr(__builtin_strlen(p)),		\
			      __builtin_strlen(p), __fortify_strlen(p, __member_size(p)))

/**
 * __fortify_strcpy - strcpy() between objects of @p_size and @q_size bytes; panics where it would
 * leave one
 */
static __always_inline char *
__fortify_strcpy(char *p, const char *q, const size_t p_size, const size_t q_size)
{
	size_t size;

	if (p_size == SIZE_MAX && q_size == SIZE_MAX)
		return __underlying_strcpy(p, q);
	size = __fortify_strlen(q, q_size) + 1;
	if (__compiletime_over(p_size, size))
		__write_overflow();
	if (__runtime_over(p_size, size))
		fortify_panic(FORTIFY_FUNC_strcpy, FORTIFY_WRITE, p_size, size, p);
	__underlying_memcpy(p, q, size);
	return p;
}
#define strcpy(p, q)	__fortify_strcpy(p, q, __member_size(p), __member_size(q))

/** __fortify_strncpy - strncpy() to an object of @p_size bytes; panics if @size is more */
static __always_inline char *
__fortify_strncpy(char *p, const char *q, __kernel_size_t size, const size_t p_size)
{
	if (__compiletime_over(p_size, size))
		__write_overflow();
	if (__runtime_over(p_size, size))
		fortify_panic(FORTIFY_FUNC_strncpy, FORTIFY_WRITE, p_size, size, p);
	return (strncpy)(p, q, size);
}
#define strncpy(p, q, size)	__fortify_strncpy(p, q, size, __member_size(p))

/**
 * __fortify_strscpy - strscpy() between objects of @p_size and @q_size bytes
 *
 * The size that the caller gives may be more than the object has as long as the string fits: what
 * counts is how much would be written.
 */
static __always_inline ssize_t
__fortify_strscpy(char *p, const char *q, size_t size, const size_t p_size, const size_t q_size)
{
	size_t len;

	if (p_size == SIZE_MAX && q_size == SIZE_MAX)
		return (sized_strscpy)(p, q, size);
	if (__compiletime_over(p_size, size))
		__write_overflow();
	if (size > INT_MAX)
		return (sized_strscpy)(p, q, size);	/* which refuses */
	len = __fortify_strnlen(q, size, q_size);
	/* with its NUL, or cut: then the same number, and the cut shows in the result */
	len = len == size ? size : len + 1;
	if (__runtime_over(p_size, len))
		fortify_panic(FORTIFY_FUNC_strscpy, FORTIFY_WRITE, p_size, len, -E2BIG);
	return (sized_strscpy)(p, q, len);
}
#define sized_strscpy(p, q, size)						\
	__fortify_strscpy(p, q, size, __member_size(p), __member_size(q))

/**
 * __fortify_strlcat - strlcat() between objects of @p_size and @q_size bytes; panics where it would
 * leave one
 */
static __always_inline size_t
__fortify_strlcat(char *p, const char *q, size_t avail, const size_t p_size, const size_t q_size)
{
	size_t p_len, wanted, end;

	if (p_size == SIZE_MAX && q_size == SIZE_MAX)
		return (strlcat)(p, q, avail);
	if (__compiletime_over(p_size, avail))
		__write_overflow();
	p_len = (strnlen)(p, avail < p_size ? avail : p_size);
	wanted = p_len + __fortify_strlen(q, q_size);
	if (p_len >= avail)
		return wanted;		/* full already */
	if (p_size <= p_len)
		fortify_panic(FORTIFY_FUNC_strlcat, FORTIFY_READ, p_size, p_len + 1, wanted);
	end = wanted < avail ? wanted : avail - 1;
	if (p_size <= end)
		fortify_panic(FORTIFY_FUNC_strlcat, FORTIFY_WRITE, p_size, end + 1, wanted);
	__underlying_memcpy(p + p_len, q, end - p_len);
	p[end] = '\0';
	return wanted;
}
#define strlcat(p, q, avail)							\
	__fortify_strlcat(p, q, avail, __member_size(p), __member_size(q))

/**
 * __fortify_strncat - strncat() between objects of @p_size and @q_size bytes; panics where it would
 * leave one
 */
static __always_inline char *
__fortify_strncat(char *p, const char *q, size_t count, const size_t p_size, const size_t q_size)
{
	size_t p_len, copied, total;

	if (p_size == SIZE_MAX && q_size == SIZE_MAX)
		return (strncat)(p, q, count);
	p_len = __fortify_strlen(p, p_size);
	copied = __fortify_strnlen(q, count, q_size);
	total = p_len + copied + 1;
	if (__runtime_over(p_size, total))
		fortify_panic(FORTIFY_FUNC_strncat, FORTIFY_WRITE, p_size, total, p);
	__underlying_memcpy(p + p_len, q, copied);
	p[p_len + copied] = '\0';
	return p;
}
#define strncat(p, q, count)							\
	__fortify_strncat(p, q, count, __member_size(p), __member_size(q))

/**
 * __fortify_strcat - strcat() between objects of @p_size and @q_size bytes; panics where it would
 * leave one
 */
static __always_inline char *
__fortify_strcat(char *p, const char *q, const size_t p_size, const size_t q_size)
{
	size_t wanted;

	if (p_size == SIZE_MAX)
		return (strcat)(p, q);
	wanted = __fortify_strlcat(p, q, p_size, p_size, q_size);
	if (p_size <= wanted)
		fortify_panic(FORTIFY_FUNC_strcat, FORTIFY_WRITE, p_size, wanted + 1, p);
	return p;
}
#define strcat(p, q)	__fortify_strcat(p, q, __member_size(p), __member_size(q))

/* --- Blocks ----------------------------------------------------------------------------------- */

/**
 * fortify_memcpy_chk - the check in front of memcpy() and memmove(); panics if an object is left
 * @size: bytes to copy
 * @p_size: of the destination's object, SIZE_MAX if unknown; so the next three
 * @q_size: of the source's object
 * @p_size_field: of the destination's member that was named
 * @q_size_field: of the source's
 * @func: FORTIFY_FUNC_*, for the report
 *
 * Return: does the copy span more than the destination's member, which fits in the object?
 */
static __always_inline bool
fortify_memcpy_chk(__kernel_size_t size, const size_t p_size, const size_t q_size,
		   const size_t p_size_field, const size_t q_size_field, const u8 func)
{
	if (__builtin_constant_p(size)) {
		if (__compiletime_over(p_size, size))
			__write_overflow();
		if (__compiletime_over(q_size, size))
			__read_overflow2();
		if (p_size_field != p_size && __compiletime_over(p_size_field, size))
			__write_overflow_field(p_size_field, size);
	}
	if (__runtime_over(p_size, size))
		fortify_panic(func, FORTIFY_WRITE, p_size, size, true);
	if (__runtime_over(q_size, size))
		fortify_panic(func, FORTIFY_READ, q_size, size, true);
	return p_size_field != SIZE_MAX && p_size != p_size_field && p_size_field < size;
}

#define __fortify_memcpy(p, q, size, p_size, q_size, p_size_field, q_size_field, op) ({ \
	const size_t __copy_size = (size_t)(size);				\
	const size_t __p_size = (p_size);					\
	const size_t __q_size = (q_size);					\
	const size_t __p_size_field = (p_size_field);				\
	const size_t __q_size_field = (q_size_field);				\
										\
	fortify_warn_once(fortify_memcpy_chk(__copy_size, __p_size, __q_size,	\
					     __p_size_field, __q_size_field,	\
					     FORTIFY_FUNC_##op),		\
			  #op ": detected field-spanning write (size %zu) of single %s (size %zu)\n", \
			  __copy_size,						\
			  "field \"" #p "\" at " FILE_LINE, __p_size_field);	\
	__underlying_##op(p, q, __copy_size);					\
})

#define memcpy(p, q, size)							\
	__fortify_memcpy(p, q, size, __struct_size(p), __struct_size(q),	\
			 __member_size(p), __member_size(q), memcpy)
#define memmove(p, q, size)							\
	__fortify_memcpy(p, q, size, __struct_size(p), __struct_size(q),	\
			 __member_size(p), __member_size(q), memmove)

/**
 * fortify_memset_chk - the check in front of memset(); panics if the object is left
 *
 * Return: false.
 */
static __always_inline bool
fortify_memset_chk(__kernel_size_t size, const size_t p_size, const size_t p_size_field)
{
	if (__builtin_constant_p(size)) {
		if (__compiletime_over(p_size, size))
			__write_overflow();
		if (p_size_field != p_size && __compiletime_over(p_size_field, size))
			__write_overflow_field(p_size_field, size);
	}
	if (__runtime_over(p_size, size))
		fortify_panic(FORTIFY_FUNC_memset, FORTIFY_WRITE, p_size, size, true);
	return false;
}

#define __fortify_memset(p, c, size, p_size, p_size_field) ({			\
	const size_t __set_size = (size_t)(size);				\
										\
	fortify_memset_chk(__set_size, p_size, p_size_field);			\
	__underlying_memset(p, c, __set_size);					\
})
#define memset(p, c, size)							\
	__fortify_memset(p, c, size, __struct_size(p), __member_size(p))

/** __fortify_memscan - memscan() of an object of @p_size bytes; panics if @size is more */
static __always_inline void *
__fortify_memscan(void *p, int c, __kernel_size_t size, const size_t p_size)
{
	if (__compiletime_over(p_size, size))
		__read_overflow();
	if (__runtime_over(p_size, size))
		fortify_panic(FORTIFY_FUNC_memscan, FORTIFY_READ, p_size, size, NULL);
	return (memscan)(p, c, size);
}
#define memscan(p, c, size)	__fortify_memscan(p, c, size, __struct_size(p))

/**
 * __fortify_memcmp - memcmp() of objects of @p_size and @q_size bytes; panics if @size is more than
 * either
 */
static __always_inline int
__fortify_memcmp(const void *p, const void *q, __kernel_size_t size, const size_t p_size,
		 const size_t q_size)
{
	if (__builtin_constant_p(size)) {
		if (__compiletime_over(p_size, size))
			__read_overflow();
		if (__compiletime_over(q_size, size))
			__read_overflow2();
	}
	if (__runtime_over(p_size, size))
		fortify_panic(FORTIFY_FUNC_memcmp, FORTIFY_READ, p_size, size, INT_MIN);
	if (__runtime_over(q_size, size))
		fortify_panic(FORTIFY_FUNC_memcmp, FORTIFY_READ, q_size, size, INT_MIN);
	return __underlying_memcmp(p, q, size);
}
#define memcmp(p, q, size)							\
	__fortify_memcmp(p, q, size, __struct_size(p), __struct_size(q))

/** __fortify_memchr - memchr() of an object of @p_size bytes; panics if @size is more */
static __always_inline void *
__fortify_memchr(const void *p, int c, __kernel_size_t size, const size_t p_size)
{
	if (__compiletime_over(p_size, size))
		__read_overflow();
	if (__runtime_over(p_size, size))
		fortify_panic(FORTIFY_FUNC_memchr, FORTIFY_READ, p_size, size, NULL);
	return __underlying_memchr(p, c, size);
}
#define memchr(p, c, size)	__fortify_memchr(p, c, size, __struct_size(p))

/** __fortify_memchr_inv - memchr_inv() of an object of @p_size bytes; panics if @size is more */
static __always_inline void *
__fortify_memchr_inv(const void *p, int c, size_t size, const size_t p_size)
{
	if (__compiletime_over(p_size, size))
		__read_overflow();
	if (__runtime_over(p_size, size))
		fortify_panic(FORTIFY_FUNC_memchr_inv, FORTIFY_READ, p_size, size, NULL);
	return (memchr_inv)(p, c, size);
}
#define memchr_inv(p, c, size)	__fortify_memchr_inv(p, c, size, __struct_size(p))

/** __fortify_kmemdup - kmemdup() of an object of @p_size bytes; panics if @size is more */
static __always_inline void *
__fortify_kmemdup(const void *p, size_t size, gfp_t gfp, const size_t p_size)
{
	if (__compiletime_over(p_size, size))
		__read_overflow();
	if (__runtime_over(p_size, size))
		fortify_panic(FORTIFY_FUNC_kmemdup, FORTIFY_READ, p_size, size, NULL);
	return (kmemdup)(p, size, gfp);
}
#define kmemdup(p, size, gfp)	__fortify_kmemdup(p, size, gfp, __struct_size(p))

#endif /* CONFIG_FORTIFY_SOURCE */

#endif
