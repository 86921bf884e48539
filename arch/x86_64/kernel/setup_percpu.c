// SPDX-License-Identifier: MIT
/*
 * From the initial image of the per-CPU variables to each CPU's own area.
 *
 * Until setup_per_cpu_areas() the boot CPU works on the image itself: gs points to
 * __per_cpu_load, and so does __per_cpu_offset[0]. The areas are copies of it, made
 * by mm/percpu.c. The boot CPU then moves into its own.
 */

#include <linux/init.h>
#include <linux/percpu.h>
#include <linux/smp.h>

#include <asm/desc.h>
#include <asm/processor.h>
#include <asm/sections.h>
#include <asm/setup.h>

DEFINE_PER_CPU_READ_MOSTLY(unsigned long, this_cpu_off);

/**
 * early_percpu_init - per_cpu(x, 0) and this_cpu_ptr() mean the image
 *
 * Context: first thing in C.
 */
void __init early_percpu_init(void)
{
	__per_cpu_offset[0] = (unsigned long)__per_cpu_load;
	raw_cpu_write(this_cpu_off, (unsigned long)__per_cpu_load);
}

/**
 * smp_prepare_boot_cpu - the boot CPU changes over to its own area
 *
 * Context: right after setup_per_cpu_areas(), interrupts off.
 */
void __init smp_prepare_boot_cpu(void)
{
	unsigned int cpu;

	for_each_possible_cpu(cpu) {
		per_cpu(this_cpu_off, cpu) = per_cpu_offset(cpu);
		per_cpu(pcpu_hot.cpu_number, cpu) = cpu;
	}
	switch_gdt_and_percpu_base(0);
}
