// SPDX-License-Identifier: MIT
/*
 * The shadow map: see <linux/kasan.h> for what it is and the order of events.
 *
 * Early, the 32 top-level entries of the shadow lead through one table of each level to
 * one page of zeroes, whatever the address: every access is allowed.
 */

#include <linux/init.h>
#include <linux/kasan.h>
#include <linux/kernel.h>
#include <linux/memblock.h>
#include <linux/mm.h>
#include <linux/pgtable.h>

#include <asm/kasan.h>
#include <asm/processor.h>
#include <asm/sections.h>
#include <asm/tlbflush.h>

extern char boot_pgd[];

/**
 * kasan_map_early_shadow - hang the page of zeroes into a top-level table
 * @pgd: the table
 */
void __init kasan_map_early_shadow(pgd_t *pgd)
{
	unsigned long addr;

	for (addr = KASAN_SHADOW_START; addr < KASAN_SHADOW_END; addr += PGDIR_SIZE)
		pgd[pgd_index(addr)] = __pgd(__pa_symbol(kasan_early_shadow_pud) | _KERNPG_TABLE);
}

void __init kasan_early_init(void)
{
	unsigned int i;

	for (i = 0; i < PTRS_PER_PTE; i++)
		kasan_early_shadow_pte[i] =
			__pte(__pa_symbol(kasan_early_shadow_page) | __PAGE_KERNEL);
	for (i = 0; i < PTRS_PER_PMD; i++)
		kasan_early_shadow_pmd[i] =
			__pmd(__pa_symbol(kasan_early_shadow_pte) | _KERNPG_TABLE);
	for (i = 0; i < PTRS_PER_PUD; i++)
		kasan_early_shadow_pud[i] =
			__pud(__pa_symbol(kasan_early_shadow_pmd) | _KERNPG_TABLE);
	kasan_map_early_shadow((pgd_t *)__va((unsigned long)boot_pgd));
}

static void *shadow_of(const void *addr)
{
	return kasan_mem_to_shadow(addr);
}

/**
 * kasan_init - real shadow for what exists: RAM in the direct map, and the image
 *
 * Everything else keeps the page of zeroes, now read-only, except what gets shadow when
 * it is made (vmalloc). The change happens in swapper_pg_dir while a copy of the early
 * tables is loaded, since the code that makes it is itself instrumented.
 *
 * Context: setup_arch(), after init_mem_mapping().
 */
void __init kasan_init(void)
{
	phys_addr_t start, end;
	unsigned long addr;
	u64 i;

	/* The boot tables still show all that runs now: direct map, image, early shadow. */
	write_cr3((unsigned long)boot_pgd);
	__flush_tlb_all();
	for (addr = KASAN_SHADOW_START; addr < KASAN_SHADOW_END; addr += PGDIR_SIZE)
		swapper_pg_dir[pgd_index(addr)] = __pgd(0);

	for_each_mem_range(i, &start, &end)
		kasan_populate_shadow(shadow_of(__va(start)), shadow_of(__va(end)));
	kasan_populate_shadow(shadow_of(_text), shadow_of(_end));

	kasan_populate_early_shadow((void *)KASAN_SHADOW_START, (void *)KASAN_SHADOW_END);
	write_cr3(__pa_symbol(swapper_pg_dir));
	__flush_tlb_all();

	kasan_protect_early_shadow();
	kasan_init_generic();
}
