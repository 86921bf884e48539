/* SPDX-License-Identifier: MIT */
/* Block operations that assembly does; the C versions stay as __generic_<name>. */
#ifndef _ASM_X86_STRING_H
#define _ASM_X86_STRING_H

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

#endif /* _ASM_X86_STRING_H */
