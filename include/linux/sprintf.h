/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_SPRINTF_H
#define _LINUX_SPRINTF_H

/*
 * Formatted text, after C99 with these differences: no %n, and no floating point; %p prints a
 * hashed value and takes a letter that says what the pointer points at (lib/vsprintf.c has the
 * list). The n-forms return the length that the whole text would have; the scn-forms what is in
 * the buffer.
 */

#include <linux/compiler_attributes.h>
#include <linux/stdarg.h>
#include <linux/types.h>

int num_to_str(char *buf, int size, unsigned long long num, unsigned int width);

__printf(2, 3) int sprintf(char *buf, const char *fmt, ...);
__printf(2, 0) int vsprintf(char *buf, const char *fmt, va_list args);
__printf(3, 4) int snprintf(char *buf, size_t size, const char *fmt, ...);
__printf(3, 0) int vsnprintf(char *buf, size_t size, const char *fmt, va_list args);
__printf(3, 4) int scnprintf(char *buf, size_t size, const char *fmt, ...);
__printf(3, 0) int vscnprintf(char *buf, size_t size, const char *fmt, va_list args);
__printf(2, 3) __malloc char *kasprintf(gfp_t gfp, const char *fmt, ...);
__printf(2, 0) __malloc char *kvasprintf(gfp_t gfp, const char *fmt, va_list args);
__printf(2, 0) const char *kvasprintf_const(gfp_t gfp, const char *fmt, va_list args);

__scanf(2, 3) int sscanf(const char *buf, const char *fmt, ...);
__scanf(2, 0) int vsscanf(const char *buf, const char *fmt, va_list args);

/* Arguments packed into words now, text later. */
__printf(3, 0) int vbin_printf(u32 *bin_buf, size_t size, const char *fmt, va_list args);
__printf(3, 4) int bprintf(u32 *bin_buf, size_t size, const char *fmt, ...);
int bstr_printf(char *buf, size_t size, const char *fmt, const u32 *bin_buf);

/* The boot option no_hash_pointers: print %p values as they are. */
extern bool no_hash_pointers;
int no_hash_pointers_enable(char *str);

/* 0: %pK as %p; 1: only for the privileged; 2: never. */
extern int kptr_restrict;

#endif
