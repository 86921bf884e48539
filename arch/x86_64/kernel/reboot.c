// SPDX-License-Identifier: MIT
/*
 * The last step of halting, switching off and resetting a PC.
 *
 * Each has several ways, tried from the best-behaved to the crudest; a way that doesn't work
 * returns, and the next is tried.
 */
#include <linux/acpi.h>
#include <linux/delay.h>
#include <linux/init.h>
#include <linux/irqflags.h>
#include <linux/kernel.h>
#include <linux/printk.h>
#include <linux/reboot.h>
#include <linux/smp.h>

#include <asm/desc.h>
#include <asm/io.h>
#include <asm/processor.h>

/* QEMU's debug exit device, where the test runner puts one: ends with status 2 * value + 1. */
#define DEBUG_EXIT_PORT		0xf4
#define DEBUG_EXIT_OFF		0x10

#define OFF_WAIT_MS		500

#define RESET_CONTROL_PORT	0xcf9
#define   RESET_SYSTEM		0x02
#define   RESET_CPU		0x04

#define KBD_STATUS_PORT		0x64
#define   KBD_INPUT_FULL	0x02
#define   KBD_PULSE_RESET	0xfe

static void __noreturn halt_for_ever(void)
{
	local_irq_disable();
	for (;;)
		asm volatile("hlt");
}

/**
 * machine_shutdown - stop the other CPUs before the machine goes
 * Context: process or panic.
 */
void machine_shutdown(void)
{
	smp_send_stop();
}

/**
 * machine_halt - stop, with power on
 */
void machine_halt(void)
{
	machine_shutdown();
	pr_emerg("System halted\n");
	halt_for_ever();
}

/**
 * machine_power_off - switch off: ACPI's soft-off, else the emulator's exit, else halt
 */
void machine_power_off(void)
{
	local_irq_disable();
	if (pm_power_off)
		pm_power_off();
	acpi_power_off();
	/* The board, or an emulator, may take a moment to act on it. */
	mdelay(OFF_WAIT_MS);
	outb(DEBUG_EXIT_OFF, DEBUG_EXIT_PORT);
	pr_emerg("This machine can't be switched off by software\n");
	halt_for_ever();
}

/* Most chipsets since the 440FX: a hard reset by two writes. */
static void reset_by_control_port(void)
{
	outb(RESET_SYSTEM, RESET_CONTROL_PORT);
	outb(RESET_SYSTEM | RESET_CPU, RESET_CONTROL_PORT);
}

/* The keyboard controller holds the CPU's reset line; it wants its input empty first. */
static void reset_by_keyboard(void)
{
	int tries;

	for (tries = 10000; tries && inb(KBD_STATUS_PORT) & KBD_INPUT_FULL; tries--)
		cpu_relax();
	outb(KBD_PULSE_RESET, KBD_STATUS_PORT);
}

/* A fault that can't be delivered, in delivering which another can't be: the CPU gives up. */
static void reset_by_triple_fault(void)
{
	static const struct desc_ptr no_idt;

	asm volatile("lidt %0; int3" : : "m" (no_idt));
}

/**
 * machine_emergency_restart - reset at once
 * Context: any.
 */
void machine_emergency_restart(void)
{
	local_irq_disable();
	acpi_reset();
	reset_by_control_port();
	reset_by_keyboard();
	reset_by_triple_fault();
	halt_for_ever();
}

/**
 * machine_restart - reset
 * @cmd: unused on a PC
 */
void machine_restart(char *cmd)
{
	machine_shutdown();
	do_kernel_restart(cmd);
	machine_emergency_restart();
}
