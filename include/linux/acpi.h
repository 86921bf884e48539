/* SPDX-License-Identifier: MIT */
/*
 * The static tables of ACPI, as far as a kernel without an AML interpreter can use them.
 *
 * Everything is read once, in early boot, while tables can still be mapped one at a time:
 * acpi_table_init() finds the root, acpi_table_parse() lends a table whose length and checksum
 * have been checked to a handler, and what is needed later is kept in structs of our own.
 */
#ifndef _LINUX_ACPI_H
#define _LINUX_ACPI_H

#include <linux/types.h>

#include <acpi/actbl.h>

extern int acpi_disabled;

typedef int (*acpi_tbl_table_handler)(struct acpi_table_header *table);

int acpi_table_init(void);
int acpi_table_parse(const char *id, acpi_tbl_table_handler handler);

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
 * @pm_timer: I/O port of the 3.58 MHz, 24-bit power management timer, 0 if none
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
	u32 pm_timer;
};

void acpi_power_init(void);
const struct acpi_power *acpi_power_info(void);
void acpi_power_off(void);
void acpi_reset(void);

/* HPET table: physical address of the block, 0 if there is none. */
u64 acpi_hpet_address(void);

/* x86: MADT to CPUs and IO-APICs (arch/x86_64/kernel/acpi.c). */
void acpi_boot_init(void);

#endif /* _LINUX_ACPI_H */
