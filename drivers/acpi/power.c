// SPDX-License-Identifier: MIT
/*
 * Switching off and resetting through ACPI's fixed hardware.
 *
 * PM1 control holds SLP_TYP (what kind of sleep) and SLP_EN (go).  The chipset listens only
 * while it is in ACPI mode, which firmware may have left to us to ask for.
 */
#include <linux/acpi.h>
#include <linux/kernel.h>

#include <asm/io.h>
#include <asm/processor.h>

#define ENABLE_TRIES	10000

static void enter_acpi_mode(const struct acpi_power *power)
{
	int tries;

	if (!power->smi_cmd || !power->acpi_enable || inw(power->pm1a) & ACPI_PM1_SCI_EN)
		return;
	outb(power->acpi_enable, power->smi_cmd);
	for (tries = ENABLE_TRIES; tries; tries--) {
		if (inw(power->pm1a) & ACPI_PM1_SCI_EN)
			return;
		cpu_relax();
	}
}

static void write_sleep(u32 port, u8 type)
{
	u16 value = inw(port);

	value &= ~((7u << ACPI_PM1_SLP_TYP_SHIFT) | ACPI_PM1_SLP_EN);
	value |= type << ACPI_PM1_SLP_TYP_SHIFT;
	outw(value, port);
	outw(value | ACPI_PM1_SLP_EN, port);
}

/**
 * acpi_power_off - soft-off; returns if the tables didn't say how
 *
 * Context: any, interrupts off.
 */
void acpi_power_off(void)
{
	const struct acpi_power *power = acpi_power_info();

	if (!power->has_s5 || !power->pm1a)
		return;
	enter_acpi_mode(power);
	write_sleep(power->pm1a, power->slp_typ_a);
	if (power->pm1b)
		write_sleep(power->pm1b, power->slp_typ_b);
}

/**
 * acpi_reset - reset through the FADT's register; returns if there is none in I/O space
 *
 * Context: any, interrupts off.
 */
void acpi_reset(void)
{
	const struct acpi_power *power = acpi_power_info();

	if (power->reset_addr && power->reset_space == ACPI_ADR_SPACE_SYSTEM_IO)
		outb(power->reset_value, power->reset_addr);
}
