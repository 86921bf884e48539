// SPDX-License-Identifier: MIT
/* What RAM there is, and what of it is taken before the allocator starts. */
#include <linux/init.h>
#include <linux/initrd.h>
#include <linux/kernel.h>
#include <linux/memblock.h>
#include <linux/mm.h>
#include <linux/of_fdt.h>
#include <linux/printk.h>
#include <linux/string.h>

#include <asm/mmu.h>
#include <asm/sections.h>

/* The physical range of the direct map's size. */
#define LINEAR_REGION_SIZE	(PAGE_END - PAGE_OFFSET)

static phys_addr_t memory_limit __initdata = PHYS_ADDR_MAX;

/* mem=: use no more than so many bytes. */
static int __init early_mem(char *p)
{
	if (!p)
		return -EINVAL;
	memory_limit = memparse(p, &p) & PAGE_MASK;
	pr_notice("Memory limited to %lluMB\n", (unsigned long long)memory_limit >> 20);
	return 0;
}
early_param("mem", early_mem);

/**
 * arm64_memblock_init - cut memblock to what can be used, reserve what is in use
 *
 * The device tree's memory nodes and reservations are in memblock already.
 */
void __init arm64_memblock_init(void)
{
	memblock_remove(LINEAR_REGION_SIZE, PHYS_ADDR_MAX - LINEAR_REGION_SIZE);
	if (memory_limit != PHYS_ADDR_MAX) {
		memblock_mem_limit_remove_map(memory_limit);
		/* Wherever the cut was, the image stays. */
		memblock_add(__pa_symbol(_text), _end - _text);
	}
	memblock_reserve(__pa_symbol(_text), _end - _text);
	/* Before the tree's own reservations, some of which may name the RAM disk. */
	reserve_initrd_mem();
	early_init_fdt_scan_reserved_mem();
}
