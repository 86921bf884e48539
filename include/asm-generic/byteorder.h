/* SPDX-License-Identifier: MIT */
#ifndef _ASM_GENERIC_BYTEORDER_H
#define _ASM_GENERIC_BYTEORDER_H

/* Both machines are little-endian. */
#include <linux/byteorder/little_endian.h>

#endif
