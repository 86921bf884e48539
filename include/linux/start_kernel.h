/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_START_KERNEL_H
#define _LINUX_START_KERNEL_H

/*
 * The steps of start_kernel() that the machine provides, beside setup_arch()
 * of <linux/init.h>, init_IRQ() of <linux/interrupt.h> and the SMP ones. All run once,
 * on the boot CPU, with interrupts off.
 */
#include <linux/init.h>
#include <linux/linkage.h>

asmlinkage void __noreturn start_kernel(void);

/* The vectors that need memory or per-CPU areas; early ones are in since the boot code. */
void trap_init(void);
/* The machine is known: the last of its messages and checks. */
void arch_cpu_finalize_init(void);
/* The first clock source and the boot CPU's clock event device. */
void time_init(void);

#endif /* _LINUX_START_KERNEL_H */
