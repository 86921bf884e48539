/* SPDX-License-Identifier: MIT */
#ifndef _UAPI_ASM_SIGNAL_H
#define _UAPI_ASM_SIGNAL_H

/* The frame has room for SVE's registers. */
#define MINSIGSTKSZ	5120
#define SIGSTKSZ	16384

#include <uapi/asm-generic/signal.h>

#endif /* _UAPI_ASM_SIGNAL_H */
