/* SPDX-License-Identifier: MIT */
#ifndef _ASM_GENERIC_STRING_H
#define _ASM_GENERIC_STRING_H

/*
 * An arch that has a faster memcpy() and so on brings an <asm/string.h> which defines
 * __HAVE_ARCH_MEMCPY and declares the function. This one has none.
 */

#endif
