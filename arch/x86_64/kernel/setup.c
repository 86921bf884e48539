// SPDX-License-Identifier: MIT
/*
 * setup_arch(): from the loader's words to a kernel that knows its memory and CPUs.
 */

#include <asm/setup.h>

#include <linux/acpi.h>
#include <linux/extable.h>
#include <linux/init.h>
#include <linux/initrd.h>
#include <linux/jump_label.h>
#include <linux/kernel.h>
#include <linux/memblock.h>
#include <linux/mm.h>
#include <linux/printk.h>
#include <linux/smp.h>
#include <linux/spinlock.h>
#include <linux/start_kernel.h>
#include <linux/static_call.h>

#include <asm/alternative.h>
#include <asm/apic.h>
#include <asm/bootinfo.h>
#include <asm/cpufeature.h>
#include <asm/fpu/internal.h>
#include <asm/kasan.h>
#include <asm/processor.h>
#include <asm/realmode.h>
#include <asm/sections.h>
#include <asm/tsc.h>

/* What lies below 1 MiB belongs to the firmware in ways that no map tells. */
#define BIOS_DATA_END	0x1000

/*
 * A loader puts the image where it was linked, without asking whether that is RAM:
 * firmware data that lay there is gone, and the next reboot or ACPI call finds
 * rubbish. Better to stop now, with the reason.
 */
static void __init check_image_placement(void)
{
	u64 start = PHYSICAL_START, end = __pa_symbol(_end);

	if (bootinfo_range_is(start, end - start, E820_TYPE_RAM))
		return;
	bootinfo_print_map();
	panic("the image at [mem %#llx-%#llx] isn't wholly in usable memory", start, end - 1);
}

static void __init reserve_what_is_in_use(void)
{
	memblock_reserve(PHYSICAL_START, __pa_symbol(_end) - PHYSICAL_START);
	/* Page 0 is where NULL points in physical terms; the BIOS keeps its data there. */
	memblock_reserve(0, BIOS_DATA_END);
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
	sort_main_extable();

	reserve_what_is_in_use();
	bootinfo_init(boot_loader_magic, boot_loader_info);
	*cmdline_p = boot_command_line;

	/* Parameters may turn static keys. */
	jump_label_init();
	parse_early_param();

	check_image_placement();
	bootinfo_print_map();
	identify_boot_cpu();
	if (boot_cpu_has(X86_FEATURE_HYPERVISOR))
		virt_spin_lock_enable();
	fpu__init_system();

	reserve_initrd_mem();
	reserve_real_mode();
	init_mem_mapping();
	kasan_init();

	acpi_boot_init();
	select_idle_routine();
}

/**
 * arch_cpu_finalize_init - what had to wait for memory, interrupts and time
 *
 * Context: boot CPU, interrupts on, before any other CPU or task.
 */
void __init arch_cpu_finalize_init(void)
{
	alternative_instructions();
	fpstate_cache_init();
}
