/* SPDX-License-Identifier: MIT */
/*
 * Virtual addresses known when compiling, for what must be mapped at a fixed
 * place or before vmalloc exists. Slot n is n pages below FIXADDR_TOP; the
 * last-level tables are static, so setting one needs no memory.
 */
#ifndef _ASM_X86_FIXMAP_H
#define _ASM_X86_FIXMAP_H

#include <linux/types.h>
#include <asm/layout.h>
#include <asm/pgtable_types.h>

#define MAX_IO_APICS	16

enum fixed_addresses {
	FIX_HOLE,
	FIX_APIC_BASE,
	FIX_IO_APIC_BASE_0,
	FIX_IO_APIC_BASE_END = FIX_IO_APIC_BASE_0 + MAX_IO_APICS - 1,
	FIX_EARLYCON_MEM_BASE,
	FIX_HPET_BASE,
	/* The writable alias through which code is patched; text_mutex. */
	FIX_TEXT_POKE1,
	FIX_TEXT_POKE0,
	__end_of_permanent_fixed_addresses,

	/*
	 * early_ioremap(): FIX_BTMAPS_SLOTS mappings of up to NR_FIX_BTMAPS pages,
	 * begun on a fresh 2 MiB so that one table serves them all.
	 */
#define NR_FIX_BTMAPS		64
#define FIX_BTMAPS_SLOTS	8
#define TOTAL_FIX_BTMAPS	(NR_FIX_BTMAPS * FIX_BTMAPS_SLOTS)
	FIX_BTMAP_END = 512,
	FIX_BTMAP_BEGIN = FIX_BTMAP_END + TOTAL_FIX_BTMAPS - 1,
	__end_of_fixed_addresses,
};

#define FIXADDR_SIZE	(__end_of_permanent_fixed_addresses << PAGE_SHIFT)
#define FIXADDR_START	(FIXADDR_TOP - FIXADDR_SIZE)
#define FIXADDR_TOT_SIZE	(__end_of_fixed_addresses << PAGE_SHIFT)
#define FIXADDR_TOT_START	(FIXADDR_TOP - FIXADDR_TOT_SIZE)

/* FIXADDR_TOP to __end_of_fixed_addresses spans this many 2 MiB tables. */
#define FIXMAP_PMD_NUM	2

#define FIXMAP_PAGE_NORMAL	PAGE_KERNEL
#define FIXMAP_PAGE_RO		PAGE_KERNEL_RO
#define FIXMAP_PAGE_NOCACHE	PAGE_KERNEL_NOCACHE
#define FIXMAP_PAGE_IO		PAGE_KERNEL_IO
#define FIXMAP_PAGE_CLEAR	__pgprot(0)

void __set_fixmap(enum fixed_addresses idx, phys_addr_t phys, pgprot_t prot);

#include <asm-generic/fixmap.h>

#define __early_set_fixmap(idx, phys, prot)	__set_fixmap(idx, phys, prot)
#define __late_set_fixmap(idx, phys, prot)	__set_fixmap(idx, phys, prot)
#define __late_clear_fixmap(idx)		__set_fixmap(idx, 0, FIXMAP_PAGE_CLEAR)

#endif /* _ASM_X86_FIXMAP_H */
