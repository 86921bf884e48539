// SPDX-License-Identifier: MIT
/*
 * Keeping the loader's RAM disk.
 *
 * The boot-info parser of the machine leaves physical start and size here; reserve_initrd_mem()
 * then judges them against the memory map.  A disk that lies outside RAM, or where something
 * else already is (the kernel, say), is refused with a message: it would be garbage at best.
 */
#include <linux/init.h>
#include <linux/initrd.h>
#include <linux/kernel.h>
#include <linux/memblock.h>
#include <linux/mm.h>
#include <linux/printk.h>

unsigned long initrd_start, initrd_end;
phys_addr_t phys_initrd_start __initdata;
unsigned long phys_initrd_size __initdata;

/**
 * reserve_initrd_mem - check and reserve what phys_initrd_start and phys_initrd_size name
 *
 * Sets initrd_start and initrd_end on success, clears them otherwise.  Call it after memory
 * limits ("mem=") have been applied and the kernel image is reserved.
 *
 * Context: early boot, one CPU.
 */
void __init reserve_initrd_mem(void)
{
	phys_addr_t start, end;

	initrd_start = initrd_end = 0;
	if (!phys_initrd_size)
		return;

	start = round_down(phys_initrd_start, PAGE_SIZE);
	end = round_up(phys_initrd_start + phys_initrd_size, PAGE_SIZE);
	if (end <= start || !memblock_is_region_memory(start, end - start)) {
		pr_err("INITRD: %pa + %#lx is not in memory, ignored\n",
		       &phys_initrd_start, phys_initrd_size);
		return;
	}
	if (memblock_is_region_reserved(start, end - start)) {
		pr_err("INITRD: %pa + %#lx overlaps memory in use, ignored\n",
		       &phys_initrd_start, phys_initrd_size);
		return;
	}

	memblock_reserve(start, end - start);
	initrd_start = (unsigned long)__va(phys_initrd_start);
	initrd_end = initrd_start + phys_initrd_size;
	pr_info("INITRD: %pa + %#lx\n", &phys_initrd_start, phys_initrd_size);
}
