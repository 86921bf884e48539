/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_BITMAP_STR_H
#define _LINUX_BITMAP_STR_H

/* Bitmaps as text: hexadecimal masks ("00000000,000000ff") and lists ("0-3,7"). */

#include <linux/types.h>

int bitmap_parse_user(const char __user *ubuf, unsigned int ulen, unsigned long *dst, int nbits);
int bitmap_print_to_pagebuf(bool list, char *buf, const unsigned long *maskp, int nmaskbits);
int bitmap_print_bitmask_to_buf(char *buf, const unsigned long *maskp, int nmaskbits,
				loff_t off, size_t count);
int bitmap_print_list_to_buf(char *buf, const unsigned long *maskp, int nmaskbits, loff_t off,
			     size_t count);
int bitmap_parse(const char *buf, unsigned int buflen, unsigned long *dst, int nbits);
int bitmap_parselist(const char *buf, unsigned long *maskp, int nmaskbits);
int bitmap_parselist_user(const char __user *ubuf, unsigned int ulen, unsigned long *dst,
			  int nbits);

#endif
