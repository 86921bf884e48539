/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_TIMEX_H
#define _LINUX_TIMEX_H

/* Steering the clock, and the CPU's cycle (or timer) counter as a source of unpredictable bits. */

#include <linux/types.h>
#include <asm/timex.h>
#include <uapi/linux/timex.h>

int do_adjtimex(struct __kernel_timex *tx);

/** random_get_entropy - a number that changes fast */
#ifndef random_get_entropy
#define random_get_entropy()	((unsigned long)get_cycles())
#endif

#endif
