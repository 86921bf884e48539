/* SPDX-License-Identifier: MIT */
#ifndef _ASM_GENERIC_PARAM_H
#define _ASM_GENERIC_PARAM_H

/* HZ is ours; what user programs see as ticks is always USER_HZ. */
#include <uapi/asm-generic/param.h>

#undef HZ
#define HZ		CONFIG_HZ
#define USER_HZ		100
#define CLOCKS_PER_SEC	(USER_HZ)

#endif /* _ASM_GENERIC_PARAM_H */
