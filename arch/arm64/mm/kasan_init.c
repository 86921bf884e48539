// SPDX-License-Identifier: MIT
/*
 * KASAN's shadow on this machine.
 *
 * First, from head.S, the whole shadow is one page of zeroes ("everything may be accessed"), so
 * that instrumented code runs. Once the direct map is there, what is backed by real memory gets a
 * real shadow; the rest keeps the shared page, now read-only. The shadow of vmalloc space is made
 * when an area is (mm/kasan).
 */
#include <linux/init.h>
#include <linux/kasan.h>
#include <linux/kernel.h>
#include <linux/memblock.h>
#include <linux/mm.h>
#include <linux/pgtable.h>
#include <linux/string.h>

#include <asm/mmu.h>
#include <asm/mmu_context.h>
#include <asm/pgalloc.h>
#include <asm/sections.h>
#include <asm/tlbflush.h>

/**
 * kasan_early_init - the shadow of zeroes
 *
 * Context: head.S, on link addresses, init_pg_dir, nothing else set up.
 */
asmlinkage void __init kasan_early_init(void)
{
	unsigned long addr;
	unsigned int i;

	for (i = 0; i < PTRS_PER_PTE; i++)
		kasan_early_shadow_pte[i] =
				pfn_pte(sym_to_pfn(kasan_early_shadow_page), PAGE_KERNEL);
	for (i = 0; i < PTRS_PER_PMD; i++)
		kasan_early_shadow_pmd[i] =
				__pmd(__pa_symbol(kasan_early_shadow_pte) | PMD_TYPE_TABLE);
	for (i = 0; i < PTRS_PER_PUD; i++)
		kasan_early_shadow_pud[i] =
				__pud(__pa_symbol(kasan_early_shadow_pmd) | PUD_TYPE_TABLE);
	dsb(ishst);
	for (addr = KASAN_SHADOW_START; addr < KASAN_SHADOW_END; addr += PGDIR_SIZE)
		set_pgd(pgd_offset_pgd(init_pg_dir, addr),
			__pgd(__pa_symbol(kasan_early_shadow_pud) | PGD_TYPE_TABLE));
}

static pgd_t tmp_pg_dir[PTRS_PER_PGD] __initdata __aligned(PAGE_SIZE);

/* Of [start, end): the border bytes' own shadow bytes count. */
static void __init populate_shadow_of(const void *start, const void *end)
{
	kasan_populate_shadow(kasan_mem_to_shadow(start), kasan_mem_to_shadow(end - 1) + 1);
}

/**
 * kasan_init - real shadow for RAM in the direct map and for the image
 *
 * What makes the change is itself instrumented and needs a shadow meanwhile. Entries that are in
 * use may not be replaced by others either. So a copy of the top table, which leads to the old
 * shadow, is in use until the new one is complete.
 *
 * Context: setup_arch(), after paging_init().
 */
void __init kasan_init(void)
{
	phys_addr_t start, end;
	u64 i;

	memcpy(tmp_pg_dir, swapper_pg_dir, sizeof(tmp_pg_dir));
	dsb(ishst);
	replace_ttbr1(tmp_pg_dir);
	for_each_mem_range(i, &start, &end)
		populate_shadow_of(__va(start), __va(end));
	populate_shadow_of(_text, _end);
	replace_ttbr1(swapper_pg_dir);

	kasan_protect_early_shadow();
	kasan_init_generic();
}
