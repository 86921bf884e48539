/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_KASAN_CHECKS_H
#define _LINUX_KASAN_CHECKS_H

/*
 * Explicit checks, for accesses that the compiler does not see (assembly, atomics).
 * The __ forms check also in files that are not instrumented; the plain ones follow the file.
 */

#include <linux/types.h>

#ifdef CONFIG_KASAN
bool __kasan_check_read(const volatile void *p, unsigned int size);
bool __kasan_check_write(const volatile void *p, unsigned int size);
#else
static inline bool __kasan_check_read(const volatile void *p, unsigned int size)
{
	(void)p;
	(void)size;
	return true;
}

static inline bool __kasan_check_write(const volatile void *p, unsigned int size)
{
	(void)p;
	(void)size;
	return true;
}
#endif

#if defined(__SANITIZE_ADDRESS__)
#define __KASAN_FILE_IS_INSTRUMENTED 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define __KASAN_FILE_IS_INSTRUMENTED 1
#endif
#endif

#ifdef __KASAN_FILE_IS_INSTRUMENTED
#define kasan_check_read	__kasan_check_read
#define kasan_check_write	__kasan_check_write
#else
static inline bool kasan_check_read(const volatile void *p, unsigned int size)
{
	(void)p;
	(void)size;
	return true;
}

static inline bool kasan_check_write(const volatile void *p, unsigned int size)
{
	(void)p;
	(void)size;
	return true;
}
#endif

#endif /* _LINUX_KASAN_CHECKS_H */
