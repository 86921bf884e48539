/* SPDX-License-Identifier: MIT */
/* Four flags have the places that they had on the 32-bit machine. */
#ifndef _UAPI_ASM_FCNTL_H
#define _UAPI_ASM_FCNTL_H

#define O_DIRECTORY	00040000
#define O_NOFOLLOW	00100000
#define O_DIRECT	00200000
#define O_LARGEFILE	00400000

#include <uapi/asm-generic/fcntl.h>

#endif /* _UAPI_ASM_FCNTL_H */
