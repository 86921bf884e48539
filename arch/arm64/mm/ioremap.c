// SPDX-License-Identifier: MIT
/* Mapping device registers: generic, but never RAM a second time with other attributes. */
#include <linux/io.h>
#include <linux/memblock.h>
#include <linux/mm.h>

/**
 * ioremap_prot - map physical addresses that are not the kernel's RAM
 * @phys: first
 * @size: bytes
 * @prot: PROT_DEVICE_nGnRE or similar
 *
 * Context: may sleep.
 * Return: the address, NULL if it is RAM or there is no room
 */
void __iomem *ioremap_prot(phys_addr_t phys, size_t size, unsigned long prot)
{
	if (!size || phys + size - 1 < phys || (phys + size - 1) >> VA_BITS)
		return NULL;
	if (WARN_ON(pfn_valid(phys >> PAGE_SHIFT) && memblock_is_map_memory(phys)))
		return NULL;
	return generic_ioremap_prot(phys, size, __pgprot(prot));
}

/**
 * ioremap_cache - memory-like addresses, cached
 * @phys: first
 * @size: bytes
 *
 * RAM is not mapped again: its direct-map address is returned.
 */
void __iomem *ioremap_cache(phys_addr_t phys, size_t size)
{
	if (memblock_is_map_memory(phys))
		return (void __iomem *)__phys_to_virt(phys);
	return ioremap_prot(phys, size, PROT_NORMAL);
}
