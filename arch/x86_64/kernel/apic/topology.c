// SPDX-License-Identifier: MIT
/*
 * Which CPUs the machine has: logical numbers against APIC ids.
 *
 * The boot CPU is number 0; the others get numbers in the order of the MADT.  The table is
 * filled in setup_arch() and constant from then on.
 */
#define pr_fmt(fmt) "CPU topology: " fmt

#include <linux/cpumask.h>
#include <linux/errno.h>
#include <linux/init.h>
#include <linux/kernel.h>
#include <linux/printk.h>

#include <asm/apic.h>

static u32 cpu_to_apicid[NR_CPUS] __ro_after_init = { [0 ... NR_CPUS - 1] = BAD_APICID };
static unsigned int nr_logical_cpus __initdata;
static unsigned int nr_refused __initdata;

/**
 * topology_register_apic - a CPU exists
 * @apicid: its APIC id
 * @acpi_id: the firmware's name for it
 * @enabled: whether it can be started now, not only plugged in later
 *
 * The boot CPU must be registered first.
 *
 * Context: setup_arch().
 * Return: its logical number; -EEXIST for an id known already; -ENOSPC past NR_CPUS; -ENODEV
 * for one that can't be started: we don't plug in processors.
 */
int __init topology_register_apic(u32 apicid, u32 acpi_id, bool enabled)
{
	(void)acpi_id;
	if (!enabled)
		return -ENODEV;
	if (apicid_to_cpu(apicid) >= 0)
		return -EEXIST;
	if (!x2apic_mode && apicid >= 0xff) {
		nr_refused++;
		return -ENOSPC;
	}
	if (nr_logical_cpus == NR_CPUS) {
		nr_refused++;
		return -ENOSPC;
	}
	cpu_to_apicid[nr_logical_cpus] = apicid;
	return nr_logical_cpus++;
}

/**
 * topology_init_possible_cpus - publish the CPUs found
 *
 * Context: setup_arch(), after the last topology_register_apic().
 */
void __init topology_init_possible_cpus(void)
{
	unsigned int cpu;

	if (nr_refused)
		pr_warn("%u CPUs can't be used (NR_CPUS=%d)\n", nr_refused, NR_CPUS);
	for (cpu = 0; cpu < NR_CPUS; cpu++) {
		set_cpu_possible(cpu, cpu < nr_logical_cpus);
		set_cpu_present(cpu, cpu < nr_logical_cpus);
	}
	pr_info("%u CPUs\n", nr_logical_cpus);
}

/**
 * cpu_physical_id - APIC id of a CPU
 * @cpu: logical number
 * Return: the id, BAD_APICID if there is no such CPU.
 */
u32 cpu_physical_id(unsigned int cpu)
{
	return cpu < NR_CPUS ? cpu_to_apicid[cpu] : BAD_APICID;
}

/**
 * apicid_to_cpu - the CPU with an APIC id
 * @apicid: the id
 * Return: logical number, or -ENODEV.
 */
int apicid_to_cpu(u32 apicid)
{
	unsigned int cpu;

	if (apicid == BAD_APICID)
		return -ENODEV;
	for (cpu = 0; cpu < NR_CPUS; cpu++) {
		if (cpu_to_apicid[cpu] == apicid)
			return cpu;
	}
	return -ENODEV;
}
