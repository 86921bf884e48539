/* SPDX-License-Identifier: MIT */
/*
 * High precision event timer: a memory-mapped counter of known period (at least 10 MHz).  We
 * use the counter only: as the reference for the TSC's rate, and as the clock when the TSC
 * won't do.
 */
#ifndef _ASM_X86_HPET_H
#define _ASM_X86_HPET_H

#include <linux/types.h>

#define HPET_ID			0x000
#define HPET_PERIOD		0x004
#define   HPET_MAX_PERIOD	100000000u	/* femtoseconds, by the specification */
#define   HPET_MIN_PERIOD	100000u
#define HPET_CFG		0x010
#define   HPET_CFG_ENABLE	0x001u
#define   HPET_CFG_LEGACY	0x002u
#define HPET_COUNTER		0x0f0
#define HPET_MMAP_SIZE		1024

int hpet_enable(void);
bool is_hpet_enabled(void);
u32 hpet_read_counter(void);
void hpet_register_clocksource(void);

#endif /* _ASM_X86_HPET_H */
