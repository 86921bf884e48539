// SPDX-License-Identifier: MIT
/*
 * setup_arch(): from a device tree at a physical address to known memory, the final page tables and
 * known CPUs.
 */
#include <linux/console.h>
#include <linux/cpu.h>
#include <linux/init.h>
#include <linux/initrd.h>
#include <linux/jump_label.h>
#include <linux/kasan.h>
#include <linux/kernel.h>
#include <linux/memblock.h>
#include <linux/mm.h>
#include <linux/of.h>
#include <linux/of_fdt.h>
#include <linux/panic.h>
#include <linux/printk.h>
#include <linux/reboot.h>
#include <linux/sched/task.h>
#include <linux/smp.h>
#include <linux/spinlock.h>
#include <linux/start_kernel.h>

#include <asm/alternative.h>
#include <asm/cpufeature.h>
#include <asm/daifflags.h>
#include <asm/fixmap.h>
#include <asm/mmu.h>
#include <asm/mmu_context.h>
#include <asm/psci.h>
#include <asm/sections.h>
#include <asm/setup.h>
#include <asm/smp.h>
#include <asm/tlbflush.h>

static void __init setup_machine_fdt(phys_addr_t dt_phys)
{
	int size;
	void *dt_virt = fixmap_remap_fdt(dt_phys, &size, PAGE_KERNEL);
	const char *name;

	if (dt_virt)
		memblock_reserve(dt_phys, size);
	if (!early_init_dt_scan(dt_virt)) {
		/* Neither memory nor a console is known. */
		panic("no usable device tree at %pa: it has to be 8-byte aligned and at most 2 MiB",
		      &dt_phys);
	}
	/* Early fixups are done. */
	fixmap_remap_fdt(dt_phys, &size, PAGE_KERNEL_RO);
	name = of_flat_dt_get_machine_name();
	if (name)
		pr_info("Machine model: %s\n", name);
}

/* QEMU's machine for guests says what it is; other hypervisors have a node for themselves. */
static bool __init cpus_are_virtual(void)
{
	return of_machine_is_compatible("linux,dummy-virt") ||
	       of_find_node_by_path("/hypervisor");
}

/**
 * setup_arch - the machine's part of booting
 * @cmdline_p: set to the command line, which may be cut up
 *
 * Context: boot CPU, interrupts off.
 */
void __init setup_arch(char **cmdline_p)
{
	setup_initial_init_mm(_text, _etext, _edata, _end);
	*cmdline_p = boot_command_line;
	smp_setup_processor_id();

	early_fixmap_init();
	setup_machine_fdt(__fdt_pointer);
	setup_boot_cpu_features();

	/* Parameters may turn static keys. */
	jump_label_init();
	parse_early_param();

	/* Errors and debug exceptions can be told about from here. */
	local_daif_restore(DAIF_PROCCTX_NOIRQ);

	/* TTBR0 has had its use. */
	cpu_set_reserved_ttbr0();
	local_flush_tlb_all();

	arm64_memblock_init();
	paging_init();
	apply_alternatives_all();
	mark_linear_text_alias_ro();
	unflatten_device_tree();
	kasan_init();

	if (cpus_are_virtual())
		virt_spin_lock_enable();
	psci_dt_init();
	smp_init_cpus();
}

void __init arch_cpu_finalize_init(void)
{
	setup_system_features();
}

/* ---- the end ---- */

void machine_shutdown(void)
{
	smp_shutdown_nonboot_cpus(reboot_cpu);
}

void machine_halt(void)
{
	local_irq_disable();
	smp_send_stop();
	for (;;)
		cpu_relax();
}

void machine_power_off(void)
{
	local_irq_disable();
	smp_send_stop();
	if (pm_power_off)
		pm_power_off();
}

void machine_restart(char *cmd)
{
	local_irq_disable();
	smp_send_stop();
	do_kernel_restart(cmd);
	pr_emerg("Reboot failed -- System halted\n");
	for (;;)
		cpu_relax();
}

void machine_emergency_restart(void)
{
	machine_restart(NULL);
}
