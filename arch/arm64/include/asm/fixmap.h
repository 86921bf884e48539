/* SPDX-License-Identifier: MIT */
/*
 * Fixed virtual addresses whose physical page is chosen at run time: for what must be mapped
 * before, or without, any allocation. Index 0 is the highest page.
 */
#ifndef _ASM_FIXMAP_H
#define _ASM_FIXMAP_H

#ifndef __ASSEMBLY__

#include <linux/kernel.h>
#include <linux/sizes.h>
#include <asm/page.h>
#include <asm/pgtable-prot.h>

#define MAX_FDT_SIZE		SZ_2M
#define NR_FIX_BTMAPS		(SZ_256K / PAGE_SIZE)
#define FIX_BTMAPS_SLOTS	7
#define TOTAL_FIX_BTMAPS	(NR_FIX_BTMAPS * FIX_BTMAPS_SLOTS)

enum fixed_addresses {
	FIX_HOLE,
	/* The device tree: at most 2 MiB, not aligned to pages. */
	FIX_FDT_END,
	FIX_FDT = FIX_FDT_END + MAX_FDT_SIZE / PAGE_SIZE,
	FIX_EARLYCON_MEM_BASE,
	FIX_TEXT_POKE0,
	/* One slot for each table level while the tables themselves are built (mm/mmu.c). */
	FIX_PTE,
	FIX_PMD,
	FIX_PUD,
	FIX_PGD,
	__end_of_permanent_fixed_addresses,

	FIX_BTMAP_END = __end_of_permanent_fixed_addresses,
	FIX_BTMAP_BEGIN = FIX_BTMAP_END + TOTAL_FIX_BTMAPS - 1,
	__end_of_fixed_addresses
};

#define FIXADDR_SIZE		(__end_of_permanent_fixed_addresses << PAGE_SHIFT)
#define FIXADDR_START		(FIXADDR_TOP - FIXADDR_SIZE)
#define FIXADDR_TOT_SIZE	(__end_of_fixed_addresses << PAGE_SHIFT)
#define FIXADDR_TOT_START	(FIXADDR_TOP - FIXADDR_TOT_SIZE)

void __init early_fixmap_init(void);
void __init fixmap_copy(pgd_t *pgdir);

#define __early_set_fixmap	__set_fixmap
#define __late_set_fixmap	__set_fixmap
#define __late_clear_fixmap(idx) __set_fixmap((idx), 0, FIXMAP_PAGE_CLEAR)

void __set_fixmap(enum fixed_addresses idx, phys_addr_t phys, pgprot_t prot);
void *__init fixmap_remap_fdt(phys_addr_t dt_phys, int *size, pgprot_t prot);

#define FIXMAP_PAGE_NORMAL	PAGE_KERNEL
#define FIXMAP_PAGE_RO		PAGE_KERNEL_RO
#define FIXMAP_PAGE_NOCACHE	PAGE_KERNEL_NOCACHE
#define FIXMAP_PAGE_CLEAR	__pgprot(0)

#include <asm-generic/fixmap.h>

#endif /* !__ASSEMBLY__ */
#endif /* _ASM_FIXMAP_H */
