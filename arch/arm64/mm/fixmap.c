// SPDX-License-Identifier: MIT
/*
 * The fixmap: its tables are part of the image, so that it works before there is any allocator, and
 * both kernel table sets (init_pg_dir, swapper_pg_dir) point to the same ones.
 */
#include <linux/bug.h>
#include <linux/init.h>
#include <linux/kernel.h>
#include <linux/libfdt.h>
#include <linux/linkage.h>
#include <linux/mm.h>
#include <linux/sizes.h>

#include <asm/byteorder.h>
#include <asm/fixmap.h>
#include <asm/pgalloc.h>
#include <asm/pgtable.h>
#include <asm/tlbflush.h>

#define NR_BM_PTE_TABLES	(DIV_ROUND_UP(FIXADDR_TOT_SIZE, PMD_SIZE) + 1)
#define FIXMAP_PMD_START	((FIXADDR_TOP & PMD_MASK) - (NR_BM_PTE_TABLES - 1) * PMD_SIZE)

/* All of the fixmap lies below one entry of the upper two levels. */
static_assert((FIXMAP_PMD_START >> PUD_SHIFT) == (FIXADDR_TOP >> PUD_SHIFT));

static pte_t bm_pte[NR_BM_PTE_TABLES][PTRS_PER_PTE] __page_aligned_bss;
static pmd_t bm_pmd[PTRS_PER_PMD] __page_aligned_bss;
static pud_t bm_pud[PTRS_PER_PUD] __page_aligned_bss;

static pte_t *fixmap_pte(unsigned long addr)
{
	return &bm_pte[(addr - FIXMAP_PMD_START) >> PMD_SHIFT][pte_index(addr)];
}

/**
 * fixmap_copy - hook the fixmap's tables into another set
 * @pgdir: its top table
 */
void __init fixmap_copy(pgd_t *pgdir)
{
	set_pgd(&pgdir[pgd_index(FIXADDR_TOP)], __pgd(__pa_symbol(bm_pud) | PGD_TYPE_TABLE));
}

/**
 * early_fixmap_init - make __set_fixmap() work
 */
void __init early_fixmap_init(void)
{
	unsigned int i;

	for (i = 0; i < NR_BM_PTE_TABLES; i++)
		set_pmd(&bm_pmd[pmd_index(FIXMAP_PMD_START + i * PMD_SIZE)],
			__pmd(__pa_symbol(bm_pte[i]) | PMD_TYPE_TABLE));
	set_pud(&bm_pud[pud_index(FIXADDR_TOP)], __pud(__pa_symbol(bm_pmd) | PUD_TYPE_TABLE));
	fixmap_copy(init_pg_dir);
	fixmap_copy(swapper_pg_dir);
}

/**
 * __set_fixmap - map a page at a fixed address, or unmap it
 * @idx: which
 * @phys: the page
 * @prot: how; 0 unmaps
 *
 * A slot must be unmapped before it gets another page (break before make). Callers take turns by
 * means of their own.
 * Context: any.
 */
void __set_fixmap(enum fixed_addresses idx, phys_addr_t phys, pgprot_t prot)
{
	unsigned long addr = __fix_to_virt(idx);
	pte_t *ptep;

	BUG_ON(idx <= FIX_HOLE || idx >= __end_of_fixed_addresses);
	ptep = fixmap_pte(addr);
	if (pgprot_val(prot)) {
		set_pte(ptep, pfn_pte(phys >> PAGE_SHIFT, prot));
	} else {
		set_pte(ptep, __pte(0));
		flush_tlb_kernel_range(addr, addr + PAGE_SIZE);
	}
}

static void __init fixmap_map_fdt_page(unsigned long nr, phys_addr_t base, pgprot_t prot)
{
	set_pte(fixmap_pte(__fix_to_virt(FIX_FDT) + nr * PAGE_SIZE),
		pfn_pte((base >> PAGE_SHIFT) + nr, prot));
}

/**
 * fixmap_remap_fdt - map the device tree
 * @dt_phys: where the loader put it; a multiple of 8
 * @size: set to the size that its header claims
 * @prot: how
 *
 * Only as much as the header claims is mapped, and never more than 2 MiB.
 * Return: its address, or NULL if the pointer or the header cannot be right.
 */
void *__init fixmap_remap_fdt(phys_addr_t dt_phys, int *size, pgprot_t prot)
{
	phys_addr_t base = dt_phys & PAGE_MASK;
	unsigned long offset = dt_phys & ~PAGE_MASK, nr, i;
	void *dt_virt = (void *)__fix_to_virt(FIX_FDT) + offset;

	if (!dt_phys || dt_phys & 7)
		return NULL;
	/* The header may straddle two pages. */
	for (nr = 0; nr * PAGE_SIZE < offset + sizeof(struct fdt_header); nr++)
		fixmap_map_fdt_page(nr, base, prot);
	if (be32_to_cpup((const __be32 *)dt_virt) != FDT_MAGIC)
		return NULL;
	*size = fdt_totalsize(dt_virt);
	if (*size < (int)sizeof(struct fdt_header) || *size > MAX_FDT_SIZE)
		return NULL;
	for (i = nr; i * PAGE_SIZE < offset + *size; i++)
		fixmap_map_fdt_page(i, base, prot);
	return dt_virt;
}
