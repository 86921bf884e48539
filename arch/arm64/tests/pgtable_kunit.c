// SPDX-License-Identifier: MIT
/* The kernel's page tables as they are: a walk over all of them, and single addresses. */
#include <kunit/test.h>
#include <linux/mm.h>
#include <linux/pgtable.h>
#include <linux/sched/task_stack.h>
#include <linux/set_memory.h>
#include <linux/vmalloc.h>

#include <asm/pgtable.h>
#include <asm/sections.h>
#include <asm/tlbflush.h>

/**
 * struct walk_result - what a walk over the kernel's tables found
 * @leaves: entries that map memory
 * @writable_exec: of these, both writable and executable for the kernel
 * @user: accessible or executable for user mode
 * @first_bad: address of the first such one
 */
struct walk_result {
	unsigned long leaves;
	unsigned long writable_exec;
	unsigned long user;
	unsigned long first_bad;
};

static void check_leaf(struct walk_result *res, unsigned long addr, u64 entry)
{
	bool bad = false;

	res->leaves++;
	if (!(entry & PTE_RDONLY) && !(entry & PTE_PXN)) {
		res->writable_exec++;
		bad = true;
	}
	if ((entry & PTE_USER) || !(entry & PTE_UXN)) {
		res->user++;
		bad = true;
	}
	if (bad && !res->first_bad)
		res->first_bad = addr;
}

static void walk_pmds(struct walk_result *res, pud_t pud, unsigned long base)
{
	pmd_t *pmdp = pud_pgtable(pud);
	int i, j;

	for (i = 0; i < PTRS_PER_PMD; i++) {
		unsigned long addr = base + i * PMD_SIZE;
		pmd_t pmd = READ_ONCE(pmdp[i]);
		pte_t *ptep;

		if (pmd_sect(pmd))
			check_leaf(res, addr, pmd_val(pmd));
		if (!pmd_table(pmd))
			continue;
		ptep = (pte_t *)pmd_page_vaddr(pmd);
		for (j = 0; j < PTRS_PER_PTE; j++)
			if (pte_valid(ptep_get(&ptep[j])))
				check_leaf(res, addr + j * PAGE_SIZE, pte_val(ptep_get(&ptep[j])));
	}
}

static void walk_kernel(struct walk_result *res)
{
	int i, j;

	memset(res, 0, sizeof(*res));
	for (i = 0; i < PTRS_PER_PGD; i++) {
		unsigned long base = PAGE_OFFSET + i * PGDIR_SIZE;
		pgd_t pgd = READ_ONCE(swapper_pg_dir[i]);
		pud_t *pudp;

		/* KASAN's shadow is a few tables met a million times. */
		if (base >= KASAN_SHADOW_START && base < KASAN_SHADOW_END)
			continue;
		if (!(pgd_val(pgd) & DESC_VALID))
			continue;
		pudp = __va(pgd_val(pgd) & DESC_ADDR_MASK);
		for (j = 0; j < PTRS_PER_PUD; j++) {
			pud_t pud = READ_ONCE(pudp[j]);

			if (pud_sect(pud))
				check_leaf(res, base + j * PUD_SIZE, pud_val(pud));
			else if (pud_table(pud))
				walk_pmds(res, pud, base + j * PUD_SIZE);
		}
	}
}

/* The leaf entry of an address, 0 if there is none. */
static u64 leaf_of(unsigned long addr)
{
	pgd_t *pgdp = pgd_offset_k(addr);
	pud_t *pudp;
	pmd_t *pmdp;

	if (!(pgd_val(*pgdp) & DESC_VALID))
		return 0;
	pudp = pud_offset(p4d_offset(pgdp, addr), addr);
	if (!pud_table(*pudp))
		return pud_sect(*pudp) ? pud_val(*pudp) : 0;
	pmdp = pmd_offset(pudp, addr);
	if (!pmd_table(*pmdp))
		return pmd_sect(*pmdp) ? pmd_val(*pmdp) : 0;
	return pte_val(ptep_get(pte_offset_kernel(pmdp, addr)));
}

static bool is_rox(u64 e)
{
	return (e & PTE_VALID) && (e & PTE_RDONLY) && !(e & PTE_PXN);
}

static bool is_ro_nx(u64 e)
{
	return (e & PTE_VALID) && (e & PTE_RDONLY) && (e & PTE_PXN);
}

static bool is_rw_nx(u64 e)
{
	return (e & PTE_VALID) && !(e & PTE_RDONLY) && (e & PTE_PXN);
}

static void no_mapping_is_writable_and_executable(struct kunit *test)
{
	struct walk_result res;

	walk_kernel(&res);
	KUNIT_EXPECT_GT(test, res.leaves, 100);
	KUNIT_EXPECT_EQ(test, res.writable_exec, 0);
	KUNIT_EXPECT_EQ(test, res.user, 0);
	KUNIT_EXPECT_EQ(test, res.first_bad, 0);
}

/* The planted bug of the case above. */
static void walk_finds_a_writable_executable_page(struct kunit *test)
{
	void *page = vmalloc(PAGE_SIZE);
	unsigned long addr = (unsigned long)page;
	struct walk_result res;
	pte_t *ptep, old;

	KUNIT_ASSERT_NOT_NULL(test, page);
	ptep = virt_to_kpte(addr);
	old = ptep_get(ptep);
	set_pte(ptep, clear_pte_bit(old, PTE_PXN));
	flush_tlb_kernel_range(addr, addr + PAGE_SIZE);
	walk_kernel(&res);
	set_pte(ptep, old);
	flush_tlb_kernel_range(addr, addr + PAGE_SIZE);
	vfree(page);
	KUNIT_EXPECT_EQ(test, res.writable_exec, 1);
	KUNIT_EXPECT_EQ(test, res.first_bad, addr);
}

static void image_segments_have_their_rights(struct kunit *test)
{
	static int data = 1;

	KUNIT_EXPECT_TRUE(test, is_rox(leaf_of((unsigned long)_stext)));
	KUNIT_EXPECT_TRUE(test, is_rox(leaf_of((unsigned long)_etext - 4)));
	KUNIT_EXPECT_TRUE(test, is_rw_nx(leaf_of((unsigned long)&data)));
	KUNIT_EXPECT_TRUE(test, is_rw_nx(leaf_of((unsigned long)__bss_start)));
}

static void constants_are_read_only_once_booted(struct kunit *test)
{
	if (system_state < SYSTEM_RUNNING)
		kunit_skip(test, "still booting");
	KUNIT_EXPECT_TRUE(test, is_ro_nx(leaf_of((unsigned long)__start_rodata)));
	KUNIT_EXPECT_TRUE(test, is_ro_nx(leaf_of((unsigned long)__start_ro_after_init)));
}

static void init_memory_is_gone_once_booted(struct kunit *test)
{
	if (system_state < SYSTEM_RUNNING)
		kunit_skip(test, "still booting");
	KUNIT_EXPECT_EQ(test, leaf_of((unsigned long)__init_begin), 0);
	KUNIT_EXPECT_EQ(test, leaf_of((unsigned long)__init_end - PAGE_SIZE), 0);
}

static void alias_of_text_in_the_direct_map_is_read_only(struct kunit *test)
{
	KUNIT_EXPECT_TRUE(test, is_ro_nx(leaf_of((unsigned long)lm_alias(_stext))));
	KUNIT_EXPECT_TRUE(test, is_ro_nx(leaf_of((unsigned long)lm_alias(__start_rodata))));
}

static void direct_map_is_not_executable(struct kunit *test)
{
	void *p = kunit_kzalloc(test, 64, GFP_KERNEL);

	KUNIT_EXPECT_TRUE(test, is_rw_nx(leaf_of((unsigned long)p)));
}

static void stack_has_a_guard_page_below(struct kunit *test)
{
	unsigned long low = (unsigned long)task_stack_page(current);

	KUNIT_EXPECT_TRUE(test, is_rw_nx(leaf_of(low)));
	KUNIT_EXPECT_EQ(test, leaf_of(low - PAGE_SIZE), 0);
	KUNIT_EXPECT_EQ(test, leaf_of(low + THREAD_SIZE), 0);
}

static void set_memory_never_gives_both(struct kunit *test)
{
	unsigned long addr = (unsigned long)vmalloc(PAGE_SIZE);

	KUNIT_ASSERT_NE(test, addr, 0);
	KUNIT_EXPECT_EQ(test, set_memory_x(addr, 1), 0);
	KUNIT_EXPECT_TRUE(test, is_rox(leaf_of(addr)));
	KUNIT_EXPECT_EQ(test, set_memory_rw(addr, 1), 0);
	KUNIT_EXPECT_TRUE(test, is_rw_nx(leaf_of(addr)));
	KUNIT_EXPECT_EQ(test, set_memory_ro(addr, 1), 0);
	KUNIT_EXPECT_TRUE(test, is_ro_nx(leaf_of(addr)));
	KUNIT_EXPECT_EQ(test, set_memory_rw(addr, 1), 0);
	*(int *)addr = 1;
	vfree((void *)addr);
}

static void set_memory_refuses_the_direct_map(struct kunit *test)
{
	unsigned long addr = __get_free_page(GFP_KERNEL);

	KUNIT_ASSERT_NE(test, addr, 0);
	KUNIT_EXPECT_EQ(test, set_memory_ro(addr, 1), -EINVAL);
	free_page(addr);
}

static void addresses_translate_both_ways(struct kunit *test)
{
	void *p = kunit_kzalloc(test, 64, GFP_KERNEL);
	static int in_image;

	KUNIT_EXPECT_PTR_EQ(test, __va(__pa(p)), p);
	KUNIT_EXPECT_EQ(test, __pa(&in_image), __pa_symbol(&in_image));
	*(int *)lm_alias(&in_image) = 77;
	KUNIT_EXPECT_EQ(test, READ_ONCE(in_image), 77);
	KUNIT_EXPECT_PTR_EQ(test, page_to_virt(virt_to_page(p)),
			    (void *)((unsigned long)p & PAGE_MASK));
}

/* ---- entries ---- */

static void clean_writable_entry_faults_on_its_first_write(struct kunit *test)
{
	pte_t pte = pfn_pte(5, PAGE_SHARED);

	KUNIT_EXPECT_TRUE(test, pte_write(pte));
	KUNIT_EXPECT_FALSE(test, pte_dirty(pte));
	KUNIT_EXPECT_TRUE(test, pte_rdonly(pte));
	pte = pte_mkdirty(pte);
	KUNIT_EXPECT_FALSE(test, pte_rdonly(pte));
	KUNIT_EXPECT_EQ(test, pte_pfn(pte), 5);
}

static void wrprotect_keeps_dirtiness(struct kunit *test)
{
	pte_t pte = pte_wrprotect(pte_mkdirty(pfn_pte(5, PAGE_SHARED)));

	KUNIT_EXPECT_FALSE(test, pte_write(pte));
	KUNIT_EXPECT_TRUE(test, pte_rdonly(pte));
	KUNIT_EXPECT_TRUE(test, pte_dirty(pte));
	KUNIT_EXPECT_FALSE(test, pte_dirty(pte_mkclean(pte)));
}

static void protnone_is_present_but_not_valid(struct kunit *test)
{
	pte_t pte = pfn_pte(5, PAGE_NONE);

	KUNIT_EXPECT_TRUE(test, pte_present(pte));
	KUNIT_EXPECT_FALSE(test, pte_valid(pte));
	pte = pte_modify(pte, PAGE_READONLY);
	KUNIT_EXPECT_TRUE(test, pte_valid(pte));
	KUNIT_EXPECT_EQ(test, pte_pfn(pte), 5);
}

static struct kunit_case pgtable_cases[] = {
	KUNIT_CASE(no_mapping_is_writable_and_executable),
	KUNIT_CASE(walk_finds_a_writable_executable_page),
	KUNIT_CASE(image_segments_have_their_rights),
	KUNIT_CASE(constants_are_read_only_once_booted),
	KUNIT_CASE(init_memory_is_gone_once_booted),
	KUNIT_CASE(alias_of_text_in_the_direct_map_is_read_only),
	KUNIT_CASE(direct_map_is_not_executable),
	KUNIT_CASE(stack_has_a_guard_page_below),
	KUNIT_CASE(set_memory_never_gives_both),
	KUNIT_CASE(set_memory_refuses_the_direct_map),
	KUNIT_CASE(addresses_translate_both_ways),
	KUNIT_CASE(clean_writable_entry_faults_on_its_first_write),
	KUNIT_CASE(wrprotect_keeps_dirtiness),
	KUNIT_CASE(protnone_is_present_but_not_valid),
	{},
};

static struct kunit_suite pgtable_suite = {
	.name = "arm64_pgtable",
	.test_cases = pgtable_cases,
};
kunit_test_suite(pgtable_suite);
