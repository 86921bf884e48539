/* SPDX-License-Identifier: MIT */
/*
 * The static tables of ACPI, as far as a kernel without an AML interpreter can use them.
 *
 * acpi_table_init() finds and checks the root tables; acpi_get_table() then hands out whole
 * tables whose length and checksum have been checked.  Everything in a table is still the
 * firmware's word: users check each length and offset before they follow it.
 */
#ifndef _LINUX_ACPI_H
#define _LINUX_ACPI_H

#include <linux/types.h>

#include <acpi/actbl.h>

extern int acpi_disabled;

int acpi_table_init(void);
const struct acpi_table_header *acpi_get_table(const char *signature, u32 instance);

/**
 * struct acpi_power - how to switch off and reset, from FADT and DSDT
 * @pm1a: I/O port of PM1a control, 0 if none
 * @pm1b: likewise PM1b
 * @slp_typ_a: value for SLP_TYP that means soft-off, for PM1a
 * @slp_typ_b: for PM1b
 * @smi_cmd: I/O port that turns ACPI mode on, 0 if it is always on
 * @acpi_enable: value for @smi_cmd
 * @has_s5: whether @slp_typ_a and @slp_typ_b were found
 * @reset_space: address space of @reset_addr, as ACPI_ADR_SPACE_*
 * @reset_addr: reset register, 0 if none
 * @reset_value: what to write there
 */
struct acpi_power {
	u32 pm1a;
	u32 pm1b;
	u8 slp_typ_a;
	u8 slp_typ_b;
	u32 smi_cmd;
	u8 acpi_enable;
	bool has_s5;
	u8 reset_space;
	u64 reset_addr;
	u8 reset_value;
};

const struct acpi_power *acpi_power_info(void);

/* HPET table: physical address of the block, 0 if there is none. */
u64 acpi_hpet_address(void);

/* x86: MADT to CPUs and IO-APICs (arch/x86_64/kernel/acpi.c). */
void acpi_boot_init(void);

#endif /* _LINUX_ACPI_H */
