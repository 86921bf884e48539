// SPDX-License-Identifier: MIT
/*
 * Device memory: mapping physical addresses that aren't RAM into vmalloc space, and copying to and
 * from them with accesses that devices understand (aligned, of one width, none twice).
 */

#include <linux/err.h>
#include <linux/io.h>
#include <linux/memblock.h>
#include <linux/mm.h>
#include <linux/vmalloc.h>
#include <asm/pgtable.h>

#include "internal.h"

/* Some RAM in the range is the page allocator's: nobody may have it under other attributes. */
static bool touches_managed_ram(phys_addr_t start, phys_addr_t end)
{
	unsigned long pfn;

	for (pfn = PFN_DOWN(start); pfn < PFN_UP(end); pfn++)
		if (memblock_is_map_memory(PFN_PHYS(pfn)) && pfn_valid(pfn) &&
		    !PageReserved(pfn_to_page(pfn)))
			return true;
	return false;
}

/**
 * ioremap_page_range() - map device memory, never executable
 * @addr: kernel address, page aligned
 * @end: one past the last byte
 * @phys_addr: page aligned
 * @prot: of the entries
 *
 * Context: may sleep.
 * Return: 0 or -ENOMEM.
 */
int ioremap_page_range(unsigned long addr, unsigned long end, phys_addr_t phys_addr,
		       pgprot_t prot)
{
	return vmap_page_range(addr, end, phys_addr, pgprot_nx(prot));
}

/**
 * generic_ioremap_prot() - map physical addresses
 * @phys_addr: first byte, any alignment
 * @size: bytes
 * @prot: of the mapping
 *
 * Context: May sleep.
 * Return: where the first byte is, to be given to iounmap(); NULL if the range is empty, wraps, is
 * RAM in use, or there is no memory.
 */
void __iomem *generic_ioremap_prot(phys_addr_t phys_addr, size_t size, pgprot_t prot)
{
	unsigned long offset = phys_addr & ~PAGE_MASK, vaddr;
	phys_addr_t last = phys_addr + size - 1;
	struct vm_struct *area;

	if (!size || last < phys_addr || WARN_ON_ONCE(!slab_is_available()))
		return NULL;
	if (WARN_ONCE(touches_managed_ram(phys_addr, last + 1), "ioremap on RAM at %pa-%pa\n",
		      &phys_addr, &last))
		return NULL;

	phys_addr -= offset;
	size = PAGE_ALIGN(size + offset);
	area = get_vm_area_caller(size, VM_IOREMAP, __builtin_return_address(0));
	if (!area)
		return NULL;
	vaddr = (unsigned long)area->addr;
	area->phys_addr = phys_addr;
	if (ioremap_page_range(vaddr, vaddr + size, phys_addr, prot)) {
		free_vm_area(area);
		return NULL;
	}
	return (void __iomem *)(vaddr + offset);
}

#ifndef ioremap_prot

/**
 * ioremap_prot() - map device memory with given page-table bits; NULL without memory
 *
 * Context: may sleep.
 */
void __iomem *ioremap_prot(phys_addr_t phys_addr, size_t size, unsigned long prot)
{
	return generic_ioremap_prot(phys_addr, size, __pgprot(prot));
}
#endif

/**
 * iounmap() - undo ioremap()
 * @addr: what it gave
 *
 * Context: May sleep.
 */
#ifndef iounmap

/**
 * iounmap() - undo ioremap(); what never needed a mapping is left alone
 * @addr: what that gave
 *
 * Context: may sleep.
 */
void iounmap(volatile void __iomem *addr)
{
	void *vaddr = (void *)((unsigned long __force)addr & PAGE_MASK);

	if (is_vmalloc_addr(vaddr))
		vunmap(vaddr);
}
#endif

/**
 * memremap() - a plain pointer to physical memory
 * @offset: physical address
 * @size: bytes
 * @flags: MEMREMAP_*, tried in the order WB, WT, WC
 *
 * RAM in the direct map is used where it is, with MEMREMAP_WB.
 *
 * Context: May sleep.
 * Return: the pointer, to be given to memunmap(); or NULL.
 */
void *memremap(resource_size_t offset, size_t size, unsigned long flags)
{
	if (!flags || !size)
		return NULL;
	if ((flags & MEMREMAP_WB) && memblock_is_map_memory(offset) &&
	    memblock_is_region_memory(offset, size))
		return __va(offset);
	if (touches_managed_ram(offset, offset + size))
		return NULL;
	if (flags & MEMREMAP_WB)
		return (void __force *)generic_ioremap_prot(offset, size, PAGE_KERNEL);
	if (flags & MEMREMAP_WT)
		return (void __force *)generic_ioremap_prot(offset, size,
							    pgprot_writethrough(PAGE_KERNEL));
	return (void __force *)generic_ioremap_prot(offset, size,
						    pgprot_writecombine(PAGE_KERNEL));
}

/**
 * memunmap() - undo memremap()
 * @addr: what that gave
 *
 * Context: may sleep.
 */
void memunmap(void *addr)
{
	if (is_vmalloc_addr(addr))
		iounmap((void __iomem *)addr);
}

/* ---- copying ---- */

#ifndef memcpy_fromio

/** memcpy_fromio() - copy from device memory, by words where they are aligned there */
void memcpy_fromio(void *to, const volatile void __iomem *from, size_t count)
{
	u8 *t = to;

	for (; count && !IS_ALIGNED((unsigned long __force)from, 8); count--, from++)
		*t++ = __raw_readb(from);
	for (; count >= 8; count -= 8, from += 8, t += 8) {
		u64 v = __raw_readq(from);

		memcpy(t, &v, 8);
	}
	for (; count; count--, from++)
		*t++ = __raw_readb(from);
}

/**
 * memcpy_toio() - copy to device memory, by words where they are aligned there
 * @to: device memory
 * @from: memory
 * @count: bytes
 */
void memcpy_toio(volatile void __iomem *to, const void *from, size_t count)
{
	const u8 *f = from;

	for (; count && !IS_ALIGNED((unsigned long __force)to, 8); count--, to++)
		__raw_writeb(*f++, to);
	for (; count >= 8; count -= 8, to += 8, f += 8) {
		u64 v;

		memcpy(&v, f, 8);
		__raw_writeq(v, to);
	}
	for (; count; count--, to++)
		__raw_writeb(*f++, to);
}

/**
 * memset_io() - fill device memory, by words where they are aligned
 * @dst: device memory
 * @c: the byte
 * @count: bytes
 */
void memset_io(volatile void __iomem *dst, int c, size_t count)
{
	u64 v = (u8)c * 0x0101010101010101ULL;

	for (; count && !IS_ALIGNED((unsigned long __force)dst, 8); count--, dst++)
		__raw_writeb(c, dst);
	for (; count >= 8; count -= 8, dst += 8)
		__raw_writeq(v, dst);
	for (; count; count--, dst++)
		__raw_writeb(c, dst);
}
#endif

/**
 * __iowrite32_copy() - copy to device memory by 32 bits, with no barrier between them
 * @to: device memory, aligned
 * @from: memory
 * @count: words
 */
void __iowrite32_copy(void __iomem *to, const void *from, size_t count)
{
	const u32 *f = from;

	for (; count; count--, to += 4)
		__raw_writel(*f++, to);
}

/**
 * __iowrite64_copy() - copy to device memory by 64 bits, with no barrier between them
 * @to: device memory, aligned
 * @from: memory
 * @count: words
 */
void __iowrite64_copy(void __iomem *to, const void *from, size_t count)
{
	const u64 *f = from;

	for (; count; count--, to += 8)
		__raw_writeq(*f++, to);
}
