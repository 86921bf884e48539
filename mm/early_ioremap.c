// SPDX-License-Identifier: MIT
/*
 * Mappings before vmalloc works.
 *
 * The fixmap keeps FIX_BTMAPS_SLOTS slots of NR_FIX_BTMAPS pages each, whose page tables exist
 * from the start.  A mapping takes one slot whole, whatever its size, and gives it back when it
 * is undone.  Boot CPU only, so there is nothing to lock.  Late in boot a leak is reported.
 *
 *	FIX_BTMAP_BEGIN                                      FIX_BTMAP_END
 *	| slot 0: NR_FIX_BTMAPS pages | slot 1 | ...        |
 *	low addresses ------------------------------------> high
 *
 * Fixmap indices count downwards from the top of the address space, so the pages of a slot
 * have falling indices.
 */
#include <linux/bug.h>
#include <linux/init.h>
#include <linux/io.h>
#include <linux/kernel.h>
#include <linux/mm.h>
#include <linux/printk.h>

#include <asm/early_ioremap.h>
#include <asm/fixmap.h>

struct btmap_slot {
	unsigned long start;	/* what the caller got, 0: free */
	unsigned long pages;
};

static struct btmap_slot btmap_slots[FIX_BTMAPS_SLOTS] __initdata;

static unsigned int __init slot_first_index(int slot)
{
	return FIX_BTMAP_BEGIN - slot * NR_FIX_BTMAPS;
}

static int __init free_slot(void)
{
	int slot;

	for (slot = 0; slot < FIX_BTMAPS_SLOTS; slot++) {
		if (!btmap_slots[slot].start)
			return slot;
	}
	return -1;
}

static unsigned long __init early_map(phys_addr_t phys, unsigned long size, pgprot_t prot)
{
	unsigned long offset = phys & ~PAGE_MASK;
	unsigned long pages, i;
	int slot = free_slot();
	unsigned int index;

	if (WARN_ON(slot < 0) || WARN_ON(!size || phys + size - 1 < phys))
		return 0;
	pages = (offset + size + PAGE_SIZE - 1) >> PAGE_SHIFT;
	if (WARN_ON(pages > NR_FIX_BTMAPS))
		return 0;

	index = slot_first_index(slot);
	for (i = 0; i < pages; i++)
		__early_set_fixmap(index - i, (phys & PAGE_MASK) + i * PAGE_SIZE, prot);
	btmap_slots[slot].start = __fix_to_virt(index) + offset;
	btmap_slots[slot].pages = pages;
	return btmap_slots[slot].start;
}

static void __init early_unmap(unsigned long start)
{
	unsigned long i;
	int slot;

	for (slot = 0; slot < FIX_BTMAPS_SLOTS; slot++) {
		if (btmap_slots[slot].start == start)
			break;
	}
	if (WARN_ON(!start || slot == FIX_BTMAPS_SLOTS))
		return;
	for (i = 0; i < btmap_slots[slot].pages; i++)
		__early_set_fixmap(slot_first_index(slot) - i, 0, FIXMAP_PAGE_CLEAR);
	btmap_slots[slot].start = 0;
}

/**
 * early_ioremap - map device registers in early boot
 * @phys_addr: where
 * @size: bytes; with the offset in the first page at most NR_FIX_BTMAPS pages
 *
 * Context: boot CPU, before init memory is given back.
 * Return: the mapping; NULL, after a warning, if no slot is free or it is too large.
 */
void __iomem *__init early_ioremap(phys_addr_t phys_addr, unsigned long size)
{
	return (void __iomem *)early_map(phys_addr, size, FIXMAP_PAGE_IO);
}

/**
 * early_iounmap - undo early_ioremap()
 * @addr: what it returned
 * @size: unused, the slot knows
 */
void __init early_iounmap(void __iomem *addr, unsigned long size)
{
	early_unmap((unsigned long)addr);
}

/**
 * early_memremap - map memory that the direct map may not have (firmware tables)
 * @phys_addr: where
 * @size: bytes, as for early_ioremap()
 *
 * Context: boot CPU, before init memory is given back.
 * Return: the mapping, cached and writable; NULL as early_ioremap().
 */
void *__init early_memremap(phys_addr_t phys_addr, unsigned long size)
{
	return (void *)early_map(phys_addr, size, FIXMAP_PAGE_NORMAL);
}

/**
 * early_memremap_ro - early_memremap(), read-only
 * @phys_addr: where
 * @size: bytes
 * Return: the mapping or NULL.
 */
void *__init early_memremap_ro(phys_addr_t phys_addr, unsigned long size)
{
	return (void *)early_map(phys_addr, size, FIXMAP_PAGE_RO);
}

/**
 * early_memunmap - undo early_memremap()
 * @addr: what it returned
 * @size: unused, the slot knows
 */
void __init early_memunmap(void *addr, unsigned long size)
{
	early_unmap((unsigned long)addr);
}

static int __init check_early_ioremap_leak(void)
{
	int slot;

	for (slot = 0; slot < FIX_BTMAPS_SLOTS; slot++) {
		WARN(btmap_slots[slot].start, "early mapping of %lu pages was never undone\n",
		     btmap_slots[slot].pages);
	}
	return 0;
}
late_initcall(check_early_ioremap_leak);
