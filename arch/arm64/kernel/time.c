// SPDX-License-Identifier: MIT
/* The clock and the timers are drivers; this is where start_kernel() asks for them. */
#include <linux/clocksource.h>
#include <linux/init.h>
#include <linux/start_kernel.h>

/**
 * time_init - start the clock and the boot CPU's timer
 * Context: start_kernel(), interrupts off, after init_IRQ().
 */
void __init time_init(void)
{
	timer_probe();
}
