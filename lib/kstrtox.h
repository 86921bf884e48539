/* SPDX-License-Identifier: MIT */
#ifndef _LIB_KSTRTOX_H
#define _LIB_KSTRTOX_H

#include <linux/types.h>

/* Set in the result of parse_digits() if the number did not fit 64 bits. */
#define KSTRTOX_OVERFLOW	(1U << 31)

const char *skip_radix_prefix(const char *s, size_t max_chars, unsigned int *base);
unsigned int parse_digits(const char *s, unsigned int base, unsigned long long *res,
			  size_t max_chars);
unsigned long long parse_lenient(const char *s, char **endp, unsigned int base,
				 size_t max_chars);

#endif
