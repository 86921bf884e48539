// SPDX-License-Identifier: MIT
/*
 * First C code, on the boot CPU, with the boot code's page tables.
 *
 * What has to be there before start_kernel() can run like everything else: the
 * fixmap's tables, a shadow for KASAN, and an IDT that tells what went wrong.
 */

#include <linux/init.h>
#include <linux/kernel.h>
#include <linux/sched.h>
#include <linux/start_kernel.h>

#include <asm/desc.h>
#include <asm/fixmap.h>
#include <asm/kasan.h>
#include <asm/processor.h>
#include <asm/setup.h>
#include <asm/stackprotector.h>
#include <asm/tlbflush.h>

/* Written by the boot code: in .data, since .bss might be cleared after it. */
u32 boot_loader_magic __section(".data");
u32 boot_loader_info __section(".data");

DEFINE_PER_CPU_FIRST(struct fixed_percpu_data, fixed_percpu_data);

/**
 * x86_64_start_kernel - called by head.asm
 *
 * Context: boot CPU, interrupts off, stack of init_task.
 */
asmlinkage __visible void __init __noreturn x86_64_start_kernel(void)
{
	/* First of all: what comes next is instrumented. */
	kasan_early_init();
	early_percpu_init();
	/* The boot code's table goes away with its page tables. */
	switch_gdt_and_percpu_base(0);
	cr4_init_shadow();
	early_fixmap_init();
	idt_setup_early_handler();
	early_cpu_init();
	start_kernel();
}
