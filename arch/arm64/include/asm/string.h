/* SPDX-License-Identifier: MIT */
/*
 * What arch/arm64/lib has in assembly. Under KASAN the plain names go to the checking versions,
 * which call the __ ones.
 */
#ifndef _ASM_STRING_H
#define _ASM_STRING_H

#include <linux/types.h>

#define __HAVE_ARCH_MEMCPY
void *memcpy(void *to, const void *from, size_t n);
void *__memcpy(void *to, const void *from, size_t n);

#define __HAVE_ARCH_MEMMOVE
void *memmove(void *to, const void *from, size_t n);
void *__memmove(void *to, const void *from, size_t n);

#define __HAVE_ARCH_MEMSET
void *memset(void *p, int c, size_t n);
void *__memset(void *p, int c, size_t n);

#define __HAVE_ARCH_STRLEN
size_t strlen(const char *s);

#define __HAVE_ARCH_MEMCMP
int memcmp(const void *a, const void *b, size_t n);

#if defined(CONFIG_KASAN) && !defined(__SANITIZE_ADDRESS__)
/* A file that is not checked, inside a checked kernel: its copies are not checked either. */
#ifndef __NO_FORTIFY
#define __NO_FORTIFY
#endif
#define memcpy(dst, src, len)	__memcpy(dst, src, len)
#define memmove(dst, src, len)	__memmove(dst, src, len)
#define memset(s, c, n)		__memset(s, c, n)
#endif

#endif /* _ASM_STRING_H */
