// SPDX-License-Identifier: MIT
/*
 * The kernel's own mappings: the image with rights per segment, all RAM in the direct map.
 *
 * They are built at boot, from the largest blocks that alignment allows, by a walk of our own: the
 * tables' pages come from memblock before the direct map reaches them, so while it is built each
 * table is looked at through a fixmap slot of its level.
 *
 * Once an entry is valid it is never replaced by one of another size or address: neighbours that
 * need other rights later (the alias of the kernel's text in the direct map) are mapped by a call
 * of their own, so that no block spans the border, and then only permission bits change.
 *
 *   image segment            at boot       finally
 *   text                     read, exec    same
 *   rodata, ro_after_init    read, write   read
 *   init text                read, exec    gone
 *   init data, per-CPU       read, write   gone
 *   data, bss                read, write   same
 *   alias of text..rodata    read, write   read
 */
#include <linux/bug.h>
#include <linux/init.h>
#include <linux/kernel.h>
#include <linux/memblock.h>
#include <linux/mm.h>
#include <linux/pgtable.h>
#include <linux/printk.h>
#include <linux/set_memory.h>
#include <linux/string.h>
#include <linux/vmalloc.h>

#include <asm/fixmap.h>
#include <asm/mmu.h>
#include <asm/mmu_context.h>
#include <asm/pgalloc.h>
#include <asm/sections.h>
#include <asm/tlbflush.h>

unsigned long empty_zero_page[PAGE_SIZE / sizeof(unsigned long)] __page_aligned_bss;

/* ---- tables while they are built ---- */

/* Does the direct map reach memblock's pages yet? */
static bool tables_in_direct_map;

static void *table_map(enum fixed_addresses slot, phys_addr_t phys)
{
	if (tables_in_direct_map)
		return __va(phys);
	__set_fixmap(slot, phys, PAGE_KERNEL);
	return (void *)__fix_to_virt(slot);
}

static void table_unmap(enum fixed_addresses slot)
{
	if (!tables_in_direct_map)
		__set_fixmap(slot, 0, FIXMAP_PAGE_CLEAR);
}

static phys_addr_t __init table_alloc(enum fixed_addresses slot)
{
	phys_addr_t phys =
			memblock_phys_alloc_range(PAGE_SIZE, PAGE_SIZE, 0, MEMBLOCK_ALLOC_ANYWHERE);
	void *table;

	if (!phys)
		panic("No memory for page tables\n");
	table = table_map(slot, phys);
	memset(table, 0, PAGE_SIZE);
	/* A walker that finds the entry finds the zeroes. */
	dsb(ishst);
	table_unmap(slot);
	return phys;
}

static void __init map_ptes(pmd_t *pmdp, unsigned long addr, unsigned long end, phys_addr_t phys,
			    pgprot_t prot)
{
	pte_t *table;

	if (pmd_none(READ_ONCE(*pmdp)))
		set_pmd(pmdp, __pmd(table_alloc(FIX_PTE) | PMD_TYPE_TABLE));
	BUG_ON(pmd_sect(READ_ONCE(*pmdp)));
	table = table_map(FIX_PTE, pmd_page_paddr(READ_ONCE(*pmdp)));
	for (; addr != end; addr += PAGE_SIZE, phys += PAGE_SIZE) {
		pte_t old = READ_ONCE(table[pte_index(addr)]);
		pte_t pte = pfn_pte(phys >> PAGE_SHIFT, prot);

		BUG_ON(pte_valid(old) && pte_pfn(old) != pte_pfn(pte));
		WRITE_ONCE(table[pte_index(addr)], pte);
	}
	dsb(ishst);
	isb();
	table_unmap(FIX_PTE);
}

static void __init map_pmds(pud_t *pudp, unsigned long addr, unsigned long end, phys_addr_t phys,
			    pgprot_t prot)
{
	unsigned long next;
	pmd_t *table;

	if (pud_none(READ_ONCE(*pudp)))
		set_pud(pudp, __pud(table_alloc(FIX_PMD) | PUD_TYPE_TABLE));
	BUG_ON(pud_sect(READ_ONCE(*pudp)));
	table = table_map(FIX_PMD, pud_page_paddr(READ_ONCE(*pudp)));
	for (; addr != end; phys += next - addr, addr = next) {
		pmd_t *pmdp = &table[pmd_index(addr)];

		next = pmd_addr_end(addr, end);
		if (((addr | next | phys) & ~PMD_MASK) == 0 && !pmd_table(READ_ONCE(*pmdp)))
			set_pmd(pmdp, pfn_pmd(phys >> PAGE_SHIFT, prot));
		else
			map_ptes(pmdp, addr, next, phys, prot);
	}
	table_unmap(FIX_PMD);
}

static void __init map_puds(pgd_t *pgdp, unsigned long addr, unsigned long end, phys_addr_t phys,
			    pgprot_t prot)
{
	unsigned long next;
	pud_t *table;

	if (!pgd_val(READ_ONCE(*pgdp)))
		set_pgd(pgdp, __pgd(table_alloc(FIX_PUD) | PGD_TYPE_TABLE));
	table = table_map(FIX_PUD, pgd_val(READ_ONCE(*pgdp)) & DESC_ADDR_MASK);
	for (; addr != end; phys += next - addr, addr = next) {
		pud_t *pudp = &table[pud_index(addr)];

		next = pud_addr_end(addr, end);
		if (((addr | next | phys) & ~PUD_MASK) == 0 && !pud_table(READ_ONCE(*pudp)))
			set_pud(pudp, pfn_pud(phys >> PAGE_SHIFT, prot));
		else
			map_pmds(pudp, addr, next, phys, prot);
	}
	table_unmap(FIX_PUD);
}

/* Map [phys, phys + size) at virt, in swapper_pg_dir. Everything in whole pages. */
static void __init create_mapping(phys_addr_t phys, unsigned long virt, phys_addr_t size,
				  pgprot_t prot)
{
	unsigned long addr = virt, end = virt + size, next;

	BUG_ON((phys | virt | size) & ~PAGE_MASK);
	for (; addr != end; phys += next - addr, addr = next) {
		next = pgd_addr_end(addr, end);
		map_puds(pgd_offset_pgd(swapper_pg_dir, addr), addr, next, phys, prot);
	}
}

/* ---- the image ---- */

static void __init map_kernel_segment(const char *start, const char *end, pgprot_t prot)
{
	if (start != end)
		create_mapping(__pa_symbol(start), (unsigned long)start, end - start, prot);
}

static void __init map_kernel(void)
{
	map_kernel_segment(_text, __start_rodata, PAGE_KERNEL_ROX);
	map_kernel_segment(__start_rodata, __inittext_begin, PAGE_KERNEL);
	map_kernel_segment(__inittext_begin, __inittext_end, PAGE_KERNEL_ROX);
	map_kernel_segment(__initdata_begin, __init_end, PAGE_KERNEL);
	map_kernel_segment(_sdata, _end, PAGE_KERNEL);
}

/* ---- the direct map ---- */

static void __init map_ram(phys_addr_t start, phys_addr_t end)
{
	start = PAGE_ALIGN(start);
	end &= PAGE_MASK;
	if (start < end)
		create_mapping(start, __phys_to_virt(start), end - start, PAGE_KERNEL);
}

/*
 * The alias of what will be read-only in the image is mapped apart, so that it can become so too.
 */
static void __init map_mem(void)
{
	phys_addr_t ro_start = __pa_symbol(_text), ro_end = __pa_symbol(__init_begin);
	phys_addr_t start, end;
	u64 i;

	for_each_mem_range(i, &start, &end) {
		if (ro_end <= start || ro_start >= end) {
			map_ram(start, end);
			continue;
		}
		map_ram(start, max(start, ro_start));
		map_ram(max(start, ro_start), min(end, ro_end));
		map_ram(min(end, ro_end), end);
	}
}

/* ---- switching to it ---- */

void idmap_replace_ttbr1(phys_addr_t table);

/**
 * replace_ttbr1 - another table for the kernel's half
 * @pgdir: it; maps all that is in use
 *
 * Nothing may be fetched or read through TTBR1 while it changes: that is done from the
 * identity-mapped page.
 */
void __init replace_ttbr1(pgd_t *pgdir)
{
	void (*replace)(phys_addr_t table) = (void *)__pa_symbol(idmap_replace_ttbr1);
	unsigned long flags;

	local_irq_save(flags);
	write_sysreg(__pa_symbol(idmap_pg_dir), ttbr0_el1);
	isb();
	replace(__pa_symbol(pgdir));
	cpu_set_reserved_ttbr0();
	local_flush_tlb_all();
	local_irq_restore(flags);
}

#ifdef CONFIG_KASAN
static void __init copy_early_shadow(void)
{
	unsigned long addr;

	for (addr = KASAN_SHADOW_START; addr < KASAN_SHADOW_END; addr += PGDIR_SIZE)
		set_pgd(pgd_offset_pgd(swapper_pg_dir, addr), *pgd_offset_pgd(init_pg_dir, addr));
}
#else
static void __init copy_early_shadow(void) { }
#endif

/**
 * paging_init - build the kernel's tables and switch to them
 *
 * memblock knows all RAM; its current limit may be lifted afterwards.
 */
void __init paging_init(void)
{
	map_kernel();
	map_mem();
	copy_early_shadow();
	replace_ttbr1(swapper_pg_dir);
	tables_in_direct_map = true;
}

/* ---- rights that change once ---- */

/*
 * New rights for a range whose blocks do not reach over its ends. An entry changes in place: same
 * address, same type.
 */
static void update_mapping_prot(unsigned long start, unsigned long end, pgprot_t prot)
{
	unsigned long addr = start, next;

	for (; addr < end; addr = next) {
		pgd_t *pgdp = pgd_offset_k(addr);
		pud_t *pudp = pud_offset(p4d_offset(pgdp, addr), addr);
		pmd_t *pmdp;
		pte_t *ptep;

		if (pud_sect(READ_ONCE(*pudp))) {
			next = pud_addr_end(addr, end);
			BUG_ON((addr | next) & ~PUD_MASK);
			set_pud(pudp, pfn_pud(pud_pfn(*pudp), prot));
			continue;
		}
		pmdp = pmd_offset(pudp, addr);
		if (pmd_sect(READ_ONCE(*pmdp))) {
			next = pmd_addr_end(addr, end);
			BUG_ON((addr | next) & ~PMD_MASK);
			set_pmd(pmdp, pfn_pmd(pmd_pfn(*pmdp), prot));
			continue;
		}
		ptep = pte_offset_kernel(pmdp, addr);
		set_pte(ptep, pfn_pte(pte_pfn(ptep_get(ptep)), prot));
		next = addr + PAGE_SIZE;
	}
	flush_tlb_kernel_range(start, end);
}

/**
 * mark_linear_text_alias_ro - no way to write to text and constants through the direct map
 *
 * After alternatives were applied, which write there.
 */
void __init mark_linear_text_alias_ro(void)
{
	update_mapping_prot((unsigned long)lm_alias(_text), (unsigned long)lm_alias(__init_begin),
			    PAGE_KERNEL_RO);
}

/**
 * mark_rodata_ro - constants and what is written only while booting become read-only
 */
void mark_rodata_ro(void)
{
	update_mapping_prot((unsigned long)__start_rodata, (unsigned long)__inittext_begin,
			    PAGE_KERNEL_RO);
}

/**
 * free_initmem - give back what only booting needed
 *
 * The pages go to the allocator under their direct-map address; at the image's the range becomes a
 * hole.
 */
void free_initmem(void)
{
	unsigned long start = (unsigned long)__init_begin, end = (unsigned long)__init_end, addr;

	for (addr = start; addr < end; addr += PAGE_SIZE)
		pte_clear(&init_mm, addr, virt_to_kpte(addr));
	flush_tlb_kernel_range(start, end);
	free_reserved_area(lm_alias(__init_begin), lm_alias(__init_end), POISON_FREE_INITMEM,
			   "unused kernel");
}
