/* SPDX-License-Identifier: MIT */
/*
 * Taking translations out of every CPU's TLB. The "is" forms are broadcast by the hardware to all
 * CPUs: no interrupt is sent.
 *
 *   dsb ishst   the change of the table is seen by every walker first
 *   tlbi        drop what was cached
 *   dsb ish     it has been dropped everywhere
 *   isb         and our own later accesses use the new translation
 */
#ifndef _ASM_TLBFLUSH_H
#define _ASM_TLBFLUSH_H

#ifndef __ASSEMBLY__

#include <linux/mm_types.h>
#include <linux/types.h>
#include <asm/barrier.h>
#include <asm/mmu.h>
#include <asm/page-def.h>

#define __tlbi(op)		asm volatile("tlbi " #op : : : "memory")
#define __tlbi_arg(op, arg)	asm volatile("tlbi " #op ", %0" : : "r" (arg) : "memory")

/* The operand of a by-address operation: ASID at the top, page number below. */
#define __TLBI_VADDR(addr, asid) \
	((((unsigned long)(addr) >> 12) & 0xfffffffffffUL) | ((unsigned long)(asid) << 48))

/* Beyond so many pages dropping everything costs less than naming each. */
#define MAX_TLBI_PAGES		512

/** local_flush_tlb_all - drop all from this CPU's TLB */
static inline void local_flush_tlb_all(void)
{
	dsb(nshst);
	__tlbi(vmalle1);
	dsb(nsh);
	isb();
}

static inline void flush_tlb_all(void)
{
	dsb(ishst);
	__tlbi(vmalle1is);
	dsb(ish);
	isb();
}

/** flush_tlb_mm - drop all of an address space from all TLBs */
static inline void flush_tlb_mm(struct mm_struct *mm)
{
	dsb(ishst);
	__tlbi_arg(aside1is, __TLBI_VADDR(0, ASID(mm)));
	dsb(ish);
}

/**
 * __flush_tlb_mm_range - drop user pages from all TLBs
 * @mm: the address space
 * @start: first byte
 * @end: behind the last
 * @stride: bytes that an entry maps, a power of two
 * @last_level: leaf entries only: tables above were not freed
 */
static inline void __flush_tlb_mm_range(struct mm_struct *mm, unsigned long start,
					unsigned long end,
					unsigned long stride, bool last_level)
{
	unsigned long asid = ASID(mm), addr;

	start &= ~(stride - 1);
	if ((end - start) / stride >= MAX_TLBI_PAGES) {
		flush_tlb_mm(mm);
		return;
	}
	dsb(ishst);
	for (addr = start; addr < end; addr += stride) {
		if (last_level)
			__tlbi_arg(vale1is, __TLBI_VADDR(addr, asid));
		else
			__tlbi_arg(vae1is, __TLBI_VADDR(addr, asid));
	}
	dsb(ish);
}

#define flush_tlb_mm_range(mm, start, end, stride_shift, freed_tables) \
	__flush_tlb_mm_range(mm, start, end, 1UL << (stride_shift), !(freed_tables))
#define flush_tlb_range(vma, start, end) \
	__flush_tlb_mm_range((vma)->vm_mm, start, end, PAGE_SIZE, false)
#define flush_tlb_page(vma, addr) \
	__flush_tlb_mm_range((vma)->vm_mm, addr, (addr) + 1, PAGE_SIZE, true)

static inline void flush_tlb_kernel_range(unsigned long start, unsigned long end)
{
	unsigned long addr;

	if (end - start > MAX_TLBI_PAGES * PAGE_SIZE) {
		flush_tlb_all();
		return;
	}
	dsb(ishst);
	for (addr = start & PAGE_MASK; addr < end; addr += PAGE_SIZE)
		__tlbi_arg(vaale1is, __TLBI_VADDR(addr, 0));
	dsb(ish);
	isb();
}

/** __flush_tlb_kernel_pgtable - a kernel table was unhooked: drop the walk caches too */
static inline void __flush_tlb_kernel_pgtable(unsigned long kaddr)
{
	dsb(ishst);
	__tlbi_arg(vaae1is, __TLBI_VADDR(kaddr, 0));
	dsb(ish);
	isb();
}

#endif /* !__ASSEMBLY__ */
#endif /* _ASM_TLBFLUSH_H */
