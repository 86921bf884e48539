/* SPDX-License-Identifier: MIT */
#ifndef _ASM_GENERIC_BITSPERLONG_H
#define _ASM_GENERIC_BITSPERLONG_H

#include <uapi/asm-generic/bitsperlong.h>
#define BITS_PER_LONG 64
#define BITS_PER_LONG_LONG 64

#endif /* _ASM_GENERIC_BITSPERLONG_H */
