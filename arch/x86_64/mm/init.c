// SPDX-License-Identifier: MIT
/*
 * The kernel's page tables.
 *
 * The boot code's tables show 4 GiB of memory, all of it writable and executable.
 * init_mem_mapping() builds the ones that last, in swapper_pg_dir:
 *
 *	direct map	every page of RAM, read-write, no-execute, in the largest pages
 *			that fit: 1 GiB, 2 MiB, 4 KiB at the edges of ranges
 *	image		page by page, each with the rights of its section; read-only
 *			data stays writable until mark_rodata_ro()
 *	fixmap		two static tables
 *
 * Nothing is ever writable and executable in one mapping. The direct map's own view of
 * text and read-only data becomes read-only in mark_rodata_ro() too.
 *
 * Tables come from memblock. They are reached through the direct map, whose addresses
 * the boot tables show as well, for the first 4 GiB: so only those are used until the
 * new tables are loaded.
 */

#include <linux/init.h>
#include <linux/kernel.h>
#include <linux/memblock.h>
#include <linux/memory.h>
#include <linux/mm.h>
#include <linux/pgtable.h>
#include <linux/printk.h>
#include <linux/set_memory.h>
#include <linux/string.h>

#include <asm/cpufeature.h>
#include <asm/fixmap.h>
#include <asm/kasan.h>
#include <asm/pgalloc.h>
#include <asm/processor.h>
#include <asm/sections.h>
#include <asm/setup.h>
#include <asm/tlbflush.h>

unsigned long phys_base __ro_after_init;
unsigned long max_pfn_mapped __ro_after_init;

pgd_t swapper_pg_dir[PTRS_PER_PGD] __page_aligned_bss;
unsigned long empty_zero_page[PAGE_SIZE / sizeof(unsigned long)] __page_aligned_bss;

static pud_t level3_kernel_pgt[PTRS_PER_PUD] __page_aligned_bss;
static pmd_t level2_kernel_pgt[PTRS_PER_PMD] __page_aligned_bss;
static pmd_t level2_fixmap_pgt[PTRS_PER_PMD] __page_aligned_bss;
static pte_t level1_fixmap_pgt[FIXMAP_PMD_NUM][PTRS_PER_PTE] __page_aligned_bss;

/* The boot code's, at their physical addresses. */
extern char boot_pud_high[];

#define BOOT_MAPPED_END	(4UL << 30)

/* --- Fixmap -------------------------------------------------------------------------------- */

static pte_t *fixmap_pte(unsigned long addr)
{
	unsigned int table = PTRS_PER_PMD - 1 - pmd_index(addr);

	BUG_ON(table >= FIXMAP_PMD_NUM);
	return &level1_fixmap_pgt[table][pte_index(addr)];
}

/* First C code, uninstrumented: hang the fixmap's tables into the boot tables. */
void __init early_fixmap_init(void)
{
	pud_t *boot_pud = (pud_t *)__va((unsigned long)boot_pud_high);
	unsigned int i;

	for (i = 0; i < FIXMAP_PMD_NUM; i++)
		level2_fixmap_pgt[PTRS_PER_PMD - 1 - i] =
			__pmd(__pa_symbol(level1_fixmap_pgt[i]) | _KERNPG_TABLE);
	boot_pud[PTRS_PER_PUD - 1] = __pud(__pa_symbol(level2_fixmap_pgt) | _KERNPG_TABLE);
}

/**
 * __set_fixmap - map a physical page at a slot's fixed address, or unmap it
 * @idx: slot
 * @phys: page
 * @prot: rights; none at all to unmap
 *
 * Context: any; the slot's owner serialises. Other CPUs' TLBs aren't flushed: a slot
 * is used by one CPU, or set once.
 */
void __set_fixmap(enum fixed_addresses idx, phys_addr_t phys, pgprot_t prot)
{
	unsigned long addr = __fix_to_virt(idx);
	pte_t *ptep;

	BUG_ON(idx >= __end_of_fixed_addresses);
	ptep = fixmap_pte(addr);
	set_pte(ptep, pgprot_val(prot) ? pfn_pte(phys >> PAGE_SHIFT, prot) : __pte(0));
	__invlpg(addr);
}

/* --- Direct map ------------------------------------------------------------------------------- */

static void *__init alloc_table(void)
{
	void *table = memblock_alloc(PAGE_SIZE, PAGE_SIZE);

	if (!table)
		panic("no memory for page tables");
	return table;
}

static void __init map_ptes(pmd_t *pmd, unsigned long addr, unsigned long end)
{
	pte_t *table;

	if (pmd_none(*pmd))
		set_pmd(pmd, __pmd(__pa(alloc_table()) | _KERNPG_TABLE));
	table = (pte_t *)pmd_page_vaddr(*pmd);
	for (; addr < end; addr += PAGE_SIZE)
		set_pte(&table[pte_index(addr)], pfn_pte(__pa(addr) >> PAGE_SHIFT, PAGE_KERNEL));
}

static void __init map_pmds(pud_t *pud, unsigned long addr, unsigned long end)
{
	unsigned long next;
	pmd_t *table;

	if (pud_none(*pud))
		set_pud(pud, __pud(__pa(alloc_table()) | _KERNPG_TABLE));
	table = pud_pgtable(*pud);
	for (; addr < end; addr = next) {
		pmd_t *pmd = &table[pmd_index(addr)];

		next = pmd_addr_end(addr, end);
		if (next - addr == PMD_SIZE && pmd_none(*pmd))
			set_pmd(pmd, pmd_mkhuge(pfn_pmd(__pa(addr) >> PAGE_SHIFT, PAGE_KERNEL)));
		else
			map_ptes(pmd, addr, next);
	}
}

static void __init map_puds(pgd_t *pgd, unsigned long addr, unsigned long end)
{
	unsigned long next;
	pud_t *table;

	if (!pgd_val(*pgd))
		*pgd = __pgd(__pa(alloc_table()) | _KERNPG_TABLE);
	table = (pud_t *)__va(pgd_val(*pgd) & PTE_PFN_MASK);
	for (; addr < end; addr = next) {
		pud_t *pud = &table[pud_index(addr)];

		next = pud_addr_end(addr, end);
		if (next - addr == PUD_SIZE && pud_none(*pud) && boot_cpu_has(X86_FEATURE_GBPAGES))
			set_pud(pud, pud_mkhuge(pfn_pud(__pa(addr) >> PAGE_SHIFT, PAGE_KERNEL)));
		else
			map_pmds(pud, addr, next);
	}
}

static void __init map_ram(phys_addr_t start, phys_addr_t end)
{
	unsigned long addr = (unsigned long)__va(PAGE_ALIGN(start));
	unsigned long stop = (unsigned long)__va(end & PAGE_MASK);
	unsigned long next;

	for (; addr < stop; addr = next) {
		next = pgd_addr_end(addr, stop);
		map_puds(&swapper_pg_dir[pgd_index(addr)], addr, next);
	}
	max_pfn_mapped = max(max_pfn_mapped, (unsigned long)end >> PAGE_SHIFT);
}

/* --- The image -------------------------------------------------------------------------------- */

static void __init map_image_range(const char *from, const char *to, pgprot_t prot)
{
	unsigned long addr = (unsigned long)from & PAGE_MASK;
	unsigned long end = PAGE_ALIGN((unsigned long)to);

	for (; addr < end; addr += PAGE_SIZE) {
		pmd_t *pmd = &level2_kernel_pgt[pmd_index(addr)];
		pte_t *table;

		if (pmd_none(*pmd))
			set_pmd(pmd, __pmd(__pa(alloc_table()) | _KERNPG_TABLE));
		table = (pte_t *)pmd_page_vaddr(*pmd);
		set_pte(&table[pte_index(addr)], pfn_pte(__pa_symbol(addr) >> PAGE_SHIFT, prot));
	}
}

static void __init map_image(void)
{
	map_image_range(_text, _etext, PAGE_KERNEL_ROX);
	/* Written while booting, in places: ro_after_init. The rest is sealed with it. */
	map_image_range(__start_rodata, __end_rodata, PAGE_KERNEL_RO);
	map_image_range(__start_ro_after_init, __end_ro_after_init, PAGE_KERNEL);
	map_image_range(__inittext_begin, __inittext_end, PAGE_KERNEL_ROX);
	map_image_range(__initdata_begin, __init_end, PAGE_KERNEL);
	map_image_range(_sdata, _end, PAGE_KERNEL);

	level3_kernel_pgt[pud_index(__START_KERNEL_map)] =
		__pud(__pa_symbol(level2_kernel_pgt) | _KERNPG_TABLE);
	level3_kernel_pgt[PTRS_PER_PUD - 1] =
		__pud(__pa_symbol(level2_fixmap_pgt) | _KERNPG_TABLE);
	swapper_pg_dir[PTRS_PER_PGD - 1] = __pgd(__pa_symbol(level3_kernel_pgt) | _KERNPG_TABLE);
}

/**
 * init_mem_mapping - build and load the page tables that last
 *
 * Context: setup_arch(), memblock filled.
 */
void __init init_mem_mapping(void)
{
	phys_addr_t start, end;
	u64 i;

	memblock_set_current_limit(BOOT_MAPPED_END);
	for_each_mem_range(i, &start, &end)
		map_ram(start, end);
	map_image();
	kasan_map_early_shadow(swapper_pg_dir);

	write_cr3(__pa_symbol(swapper_pg_dir));
	cr4_update_irqsoff(X86_CR4_PGE, 0);
	memblock_set_current_limit(MEMBLOCK_ALLOC_ANYWHERE);
}

/**
 * __virt_addr_valid - does virt_to_page() make sense: is it of the direct map with RAM, or the
 * image?
 */
bool __virt_addr_valid(unsigned long kaddr)
{
	if (kaddr >= __START_KERNEL_map)
		return kaddr >= (unsigned long)_text && kaddr < (unsigned long)_end;
	if (kaddr < PAGE_OFFSET || kaddr >= VMALLOC_START)
		return false;
	return pfn_valid((kaddr - PAGE_OFFSET) >> PAGE_SHIFT);
}

/* --- When booting is over --------------------------------------------------------------------- */

static unsigned long pages_between(const char *from, const char *to)
{
	return (PAGE_ALIGN((unsigned long)to) - ((unsigned long)from & PAGE_MASK)) >> PAGE_SHIFT;
}

static void set_image_ro(const char *from, const char *to)
{
	unsigned long pages = pages_between(from, to);

	if (!pages)
		return;
	set_memory_ro((unsigned long)from & PAGE_MASK, pages);
	set_memory_ro((unsigned long)lm_alias((unsigned long)from & PAGE_MASK), pages);
}

/**
 * mark_rodata_ro - nothing of text and constant data can be written from now on
 *
 * In the image's mapping and through the direct map.
 */
void mark_rodata_ro(void)
{
	set_image_ro(_text, _etext);
	set_image_ro(__start_rodata, __end_ro_after_init);
	pr_info("Write protecting the kernel text and read-only data: %luk\n",
		(pages_between(_text, _etext) + pages_between(__start_rodata, __end_ro_after_init))
			<< (PAGE_SHIFT - 10));
}

/* The image's mapping of what is given back goes away: a stale pointer faults. */
void free_initmem(void)
{
	unsigned long boot_start = (unsigned long)__va(PHYSICAL_START);
	unsigned long boot_end = (unsigned long)lm_alias(_text);

	free_reserved_area(lm_alias(__init_begin), lm_alias(__init_end), POISON_FREE_INITMEM,
			   "unused kernel image (initmem)");
	set_memory_np((unsigned long)__init_begin, pages_between(__init_begin, __init_end));
	if (boot_end > boot_start)
		free_reserved_area((void *)boot_start, (void *)boot_end, POISON_FREE_INITMEM,
				   "boot code");
}
