/* SPDX-License-Identifier: MIT */
#ifndef _ASM_TIMEX_H
#define _ASM_TIMEX_H

#include <asm/sysreg.h>

typedef unsigned long cycles_t;

/** get_cycles - the virtual counter: not cycles, but the nearest thing that may always be read */
static inline cycles_t get_cycles(void)
{
	return read_sysreg(cntvct_el0);
}
#define get_cycles get_cycles

#endif
