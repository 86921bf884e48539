/* SPDX-License-Identifier: MIT */
#ifndef _ASM_X86_TIMEX_H
#define _ASM_X86_TIMEX_H

#include <asm/tsc.h>

#endif
