// SPDX-License-Identifier: MIT
/*
 * dump_stack(): who is running, on what machine, and how it got here.
 *
 * The first two lines are the same in every report (WARN, oops, lockup), so they live here.
 */

#include <linux/irqflags.h>
#include <linux/export.h>
#include <linux/init.h>
#include <linux/kernel.h>
#include <linux/panic.h>
#include <linux/printk.h>
#include <linux/sched.h>
#include <linux/sched/debug.h>
#include <linux/smp.h>

#include <generated/utsrelease.h>

/* What the firmware calls the machine. Written once, at boot. */
static char dump_stack_arch_desc_str[128];

/**
 * dump_stack_set_arch_desc() - the machine's name, for every report
 * @fmt: "QEMU Standard PC (Q35 + ICH9, 2009), BIOS 1.16.2" or a device tree's model
 *
 * Context: Boot.
 */
void __init dump_stack_set_arch_desc(const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	vsnprintf(dump_stack_arch_desc_str, sizeof(dump_stack_arch_desc_str), fmt, args);
	va_end(args);
}

/**
 * dump_stack_print_info() - which CPU and task, which kernel, which machine
 * @log_lvl: level of the lines
 *
 * Context: Any. The user is root until there are others.
 */
void dump_stack_print_info(const char *log_lvl)
{
	printk("%sCPU: %d UID: %u PID: %d Comm: %.20s %s %s\n", log_lvl, raw_smp_processor_id(),
	       0, current->pid, current->comm, print_tainted(), UTS_RELEASE);
	if (get_taint())
		printk("%s%s\n", log_lvl, print_tainted_verbose());
	if (dump_stack_arch_desc_str[0])
		printk("%sHardware name: %s\n", log_lvl, dump_stack_arch_desc_str);
}

/**
 * show_regs_print_info() - the same, above a dump of registers
 * @log_lvl: level of the lines
 */
void show_regs_print_info(const char *log_lvl)
{
	dump_stack_print_info(log_lvl);
}

/**
 * dump_stack_lvl() - show the calls that led here
 * @log_lvl: level of the lines
 *
 * Blocks of several CPUs don't mix.
 *
 * Context: Any.
 */
asmlinkage void dump_stack_lvl(const char *log_lvl)
{
	unsigned long flags;

	printk_cpu_sync_get_irqsave(flags);
	dump_stack_print_info(log_lvl);
	show_stack(NULL, NULL, log_lvl);
	printk_cpu_sync_put_irqrestore(flags);
}
EXPORT_SYMBOL(dump_stack_lvl);

/**
 * dump_stack() - show the calls that led here, at the default level
 */
asmlinkage void dump_stack(void)
{
	dump_stack_lvl(KERN_DEFAULT);
}
EXPORT_SYMBOL(dump_stack);
