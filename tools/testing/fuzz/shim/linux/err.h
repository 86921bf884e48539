/* SPDX-License-Identifier: MIT */
#ifndef _FUZZ_ERR_H
#define _FUZZ_ERR_H

#include <linux/types.h>

static inline bool IS_ERR_OR_NULL(const void *ptr)
{
	return !ptr || (unsigned long)ptr >= (unsigned long)-4095;
}

#endif
