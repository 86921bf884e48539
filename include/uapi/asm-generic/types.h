/* SPDX-License-Identifier: MIT */
#ifndef _UAPI_ASM_GENERIC_TYPES_H
#define _UAPI_ASM_GENERIC_TYPES_H

#include <asm-generic/int-ll64.h>

#endif /* _UAPI_ASM_GENERIC_TYPES_H */
