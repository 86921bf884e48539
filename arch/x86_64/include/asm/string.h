/* SPDX-License-Identifier: MIT */
/* Block operations that assembly does; the C versions stay as __generic_<name>. */
#ifndef _ASM_X86_STRING_H
#define _ASM_X86_STRING_H

#include <linux/kasan-checks.h>
#include <linux/types.h>

#define __HAVE_ARCH_MEMCPY
void *memcpy(void *to, const void *from, size_t len);
void *__memcpy(void *to, const void *from, size_t len);

#define __HAVE_ARCH_MEMMOVE
void *memmove(void *to, const void *from, size_t len);
void *__memmove(void *to, const void *from, size_t len);

#define __HAVE_ARCH_MEMSET
void *memset(void *s, int c, size_t n);
void *__memset(void *s, int c, size_t n);

#define __HAVE_ARCH_MEMCMP
int memcmp(const void *a, const void *b, size_t n);
int __memcmp(const void *a, const void *b, size_t n);

#define __HAVE_ARCH_STRLEN
size_t strlen(const char *s);
size_t __strlen(const char *s);

#if defined(CONFIG_KASAN) && !defined(__KASAN_FILE_IS_INSTRUMENTED)
/* A file that is not checked, inside a checked kernel: its copies are not checked either. */
#ifndef __NO_FORTIFY
#define __NO_FORTIFY
#endif
#define memcpy(dst, src, len)	__memcpy(dst, src, len)
#define memmove(dst, src, len)	__memmove(dst, src, len)
#define memset(s, c, n)		__memset(s, c, n)
#endif

#endif /* _ASM_X86_STRING_H */
