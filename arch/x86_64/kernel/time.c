// SPDX-License-Identifier: MIT
/*
 * Interrupts and time on the PC, in the order in which start_kernel() asks for them.
 */
#include <linux/init.h>
#include <linux/interrupt.h>
#include <linux/irq.h>
#include <linux/kernel.h>
#include <linux/start_kernel.h>

#include <asm/apic.h>
#include <asm/hpet.h>
#include <asm/i8259.h>
#include <asm/io_apic.h>
#include <asm/irq_stack.h>
#include <asm/time.h>
#include <asm/tsc.h>

/**
 * init_IRQ - interrupt controllers of the boot CPU and the board
 *
 * Afterwards interrupts may be switched on; device interrupts are masked one by one.
 *
 * Context: start_kernel(), interrupts off, allocators up.
 */
void __init init_IRQ(void)
{
	irq_init_percpu_irqstack(0);
	i8259_mask_all();
	apic_ap_setup();
	setup_IO_APIC();
}

/**
 * time_init - clocks, and the boot CPU's timer
 *
 * Context: start_kernel(), interrupts off, after init_IRQ().
 */
void __init time_init(void)
{
	tsc_init();
	if (!hpet_enable())
		hpet_register_clocksource();
	else
		pm_timer_register_clocksource();
	setup_boot_APIC_clock();
}
