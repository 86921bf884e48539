// SPDX-License-Identifier: MIT
/*
 * What ACPI tells of this machine: CPUs, IO-APICs, clocks, power.
 *
 * Without usable tables the machine still boots, on the boot CPU alone and with the IO-APIC
 * assumed where every PC has it.
 */
#define pr_fmt(fmt) "ACPI: " fmt

#include <linux/acpi.h>
#include <linux/init.h>
#include <linux/kernel.h>
#include <linux/printk.h>

#include <acpi/parse.h>

#include <asm/apic.h>
#include <asm/io_apic.h>

static struct acpi_madt_info madt __initdata;

static int __init read_madt(struct acpi_table_header *table)
{
	int ret = acpi_madt_parse(table, table->length, &madt);

	/* What stands before a malformed entry was checked and is used. */
	if (ret)
		pr_err("MADT: malformed entry, the rest of the table is ignored\n");
	if (madt.dropped)
		pr_warn("MADT: %u entries make no sense, ignored\n", madt.dropped);
	return 0;
}

static void __init register_cpus(void)
{
	unsigned int i;

	topology_register_apic(boot_cpu_physical_apicid, 0, true);
	for (i = 0; i < madt.nr_cpus; i++)
		topology_register_apic(madt.cpus[i].apicid, madt.cpus[i].uid,
				       madt.cpus[i].enabled);
	topology_init_possible_cpus();
}

static void __init register_ioapics(void)
{
	unsigned int i;

	for (i = 0; i < madt.nr_ioapics; i++) {
		if (mp_register_ioapic(madt.ioapics[i].id, madt.ioapics[i].address,
				       madt.ioapics[i].gsi_base))
			pr_err("MADT: IO-APIC at %#x refused\n", madt.ioapics[i].address);
	}
	for (i = 0; i < madt.nr_overrides; i++) {
		if (mp_override_legacy_irq(madt.overrides[i].isa_irq, madt.overrides[i].gsi,
					   madt.overrides[i].active_low,
					   madt.overrides[i].level))
			pr_err("MADT: override of ISA interrupt %u refused\n",
			       madt.overrides[i].isa_irq);
	}
}

/**
 * acpi_boot_init - read the tables and publish what they say
 *
 * Sets the possible and present CPUs.  Everything that is needed later is copied out.
 *
 * Context: setup_arch(), after early parameters; fixmap usable.
 */
void __init acpi_boot_init(void)
{
	apic_probe();
	if (!acpi_table_init()) {
		acpi_table_parse(ACPI_SIG_MADT, read_madt);
		acpi_hpet_address();
		acpi_power_init();
	}
	register_cpus();
	register_ioapics();
}
