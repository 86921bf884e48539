// SPDX-License-Identifier: MIT
/* The kernel's page tables: rights of every mapping, and changing them. */

#include <kunit/test.h>

#include <linux/gfp.h>
#include <linux/init.h>
#include <linux/kasan.h>
#include <linux/kthread.h>
#include <linux/mm.h>
#include <linux/pgtable.h>
#include <linux/sched/mm.h>
#include <linux/sched/task.h>
#include <linux/set_memory.h>
#include <linux/uaccess.h>
#include <linux/vmalloc.h>

#include <asm/cpufeature.h>
#include <asm/processor.h>
#include <asm/sections.h>

#define USER_ADDR	0x10000000UL

/* --- A walk over all of it ------------------------------------------------------------------ */

struct tally {
	struct kunit *test;
	unsigned long leaves;
	unsigned long executable;
	unsigned long bad;
};

static void judge_leaf(struct tally *t, unsigned long addr, unsigned long flags)
{
	if (!(flags & _PAGE_PRESENT))
		return;
	t->leaves++;
	if (flags & _PAGE_NX)
		return;
	t->executable++;
	if (flags & _PAGE_RW) {
		if (!t->bad++)
			KUNIT_FAIL(t->test, "writable and executable: %px, flags %lx",
				   (void *)addr, flags);
	}
}

static void walk_ptes(struct tally *t, pmd_t *pmd, unsigned long addr)
{
	pte_t *table = (pte_t *)pmd_page_vaddr(*pmd);
	unsigned int i;

	for (i = 0; i < PTRS_PER_PTE; i++)
		judge_leaf(t, addr + i * PAGE_SIZE, pte_flags(table[i]));
}

static void walk_pmds(struct tally *t, pud_t *pud, unsigned long addr)
{
	pmd_t *table = pud_pgtable(*pud);
	unsigned int i;

	for (i = 0; i < PTRS_PER_PMD; i++) {
		if (pmd_none(table[i]))
			continue;
		if (pmd_leaf(table[i]))
			judge_leaf(t, addr + i * PMD_SIZE, pmd_flags(table[i]));
		else
			walk_ptes(t, &table[i], addr + i * PMD_SIZE);
	}
}

static void walk_puds(struct tally *t, pgd_t *pgd, unsigned long addr)
{
	pud_t *table = (pud_t *)__va(pgd_val(*pgd) & PTE_PFN_MASK);
	unsigned int i;

	for (i = 0; i < PTRS_PER_PUD; i++) {
		if (pud_none(table[i]))
			continue;
		if (pud_leaf(table[i]))
			judge_leaf(t, addr + i * PUD_SIZE, pud_flags(table[i]));
		else
			walk_pmds(t, &table[i], addr + i * PUD_SIZE);
	}
}

/* One table of zeroes stands for most of the shadow, many times over: once is enough. */
static bool is_shadow(unsigned long addr)
{
	return addr >= KASAN_SHADOW_START && addr < KASAN_SHADOW_END;
}

static void no_mapping_is_writable_and_executable(struct kunit *test)
{
	struct tally t = { .test = test };
	unsigned int i;

	for (i = KERNEL_PGD_BOUNDARY; i < PTRS_PER_PGD; i++) {
		unsigned long addr = 0xffff000000000000UL | (unsigned long)i << PGDIR_SHIFT;

		if (pgd_val(swapper_pg_dir[i]) && !is_shadow(addr))
			walk_puds(&t, &swapper_pg_dir[i], addr);
	}
	KUNIT_EXPECT_EQ(test, 0UL, t.bad);
	/* The walk has seen the kernel's own text at least. */
	KUNIT_EXPECT_GE(test, t.executable, (unsigned long)(_etext - _text) >> PAGE_SHIFT);
	kunit_info(test, "%lu leaves, %lu executable", t.leaves, t.executable);
}

/* The walk can tell: a page that is both is found. */
static void the_walk_finds_a_planted_mapping(struct kunit *test)
{
	struct tally t = { };
	void *page = vmalloc(PAGE_SIZE);
	unsigned int level;
	pte_t *pte;

	KUNIT_ASSERT_NOT_NULL(test, page);
	pte = lookup_address((unsigned long)page, &level);
	KUNIT_ASSERT_NOT_NULL(test, pte);
	KUNIT_EXPECT_EQ(test, (unsigned int)PG_LEVEL_4K, level);
	judge_leaf(&t, (unsigned long)page, pte_flags(*pte));
	KUNIT_EXPECT_EQ(test, 0UL, t.executable);
	t.bad = 1;	/* planted: counted, not reported */
	judge_leaf(&t, (unsigned long)page, pte_flags(*pte) & ~_PAGE_NX);
	KUNIT_EXPECT_EQ(test, 2UL, t.bad);
	vfree(page);
}

static void no_kernel_mapping_is_open_to_user_mode(struct kunit *test)
{
	static const char *const places[] = { _text, __start_rodata, _sdata };
	unsigned int i, level;

	for (i = 0; i < ARRAY_SIZE(places); i++) {
		pte_t *pte = lookup_address((unsigned long)places[i], &level);

		KUNIT_ASSERT_NOT_NULL(test, pte);
		KUNIT_EXPECT_FALSE(test, pte_user(*pte));
	}
}

static void address_zero_is_not_mapped(struct kunit *test)
{
	unsigned int level;

	KUNIT_EXPECT_NULL(test, lookup_address(0, &level));
}

/* --- What can't be written -------------------------------------------------------------------- */

static const unsigned long a_constant = 0x5eed;
static unsigned long sealed __ro_after_init = 0x5ea1;

static void expect_sealed(struct kunit *test, const void *addr)
{
	unsigned long v = 0;

	KUNIT_EXPECT_EQ(test, (long)-EFAULT,
			copy_to_kernel_nofault((void *)addr, &v, sizeof(v)));
	KUNIT_EXPECT_EQ(test, (long)-EFAULT,
			copy_to_kernel_nofault((void *)lm_alias(addr), &v, sizeof(v)));
}

static void text_cannot_be_written_under_any_address(struct kunit *test)
{
	expect_sealed(test, PTR_ALIGN((void *)expect_sealed, 8));
}

static void constants_cannot_be_written_under_any_address(struct kunit *test)
{
	expect_sealed(test, &a_constant);
	KUNIT_EXPECT_EQ(test, 0x5eedUL, READ_ONCE(a_constant));
}

static void ro_after_init_is_sealed_now(struct kunit *test)
{
	expect_sealed(test, &sealed);
	KUNIT_EXPECT_EQ(test, 0x5ea1UL, READ_ONCE(sealed));
}

static void run_to_its_end(struct kunit *test, int (*fn)(void *), void *arg)
{
	struct task_struct *t = kthread_create(fn, arg, "mistake");

	KUNIT_ASSERT_FALSE(test, IS_ERR(t));
	get_task_struct(t);
	wake_up_process(t);
	while (!READ_ONCE(t->exit_state))
		schedule_timeout_interruptible(1);
	put_task_struct(t);
}

static int run_data(void *page)
{
	((void (*)(void))page)();
	return 0;
}

static void data_cannot_be_executed(struct kunit *test)
{
	u8 *page = (u8 *)__get_free_page(GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, page);
	page[0] = 0xc3;		/* ret */
	kunit_expect_report(test, REPORT_OOPS);
	run_to_its_end(test, run_data, page);
	KUNIT_EXPECT_EQ(test, 1, kunit_reports_seen(test, REPORT_OOPS));
	free_page((unsigned long)page);
}

static __no_sanitize_address int read_user_memory(void *mm)
{
	kthread_use_mm(mm);
	(void)*(volatile int *)USER_ADDR;
	return 0;
}

/* SMAP: reading user memory without saying so is a bug even where it is mapped. */
static void user_memory_is_not_read_by_mistake(struct kunit *test)
{
	struct mm_struct *mm;
	struct page *page;

	if (!cpu_feature_enabled(X86_FEATURE_SMAP))
		kunit_skip(test, "no SMAP");
	mm = mm_alloc();
	page = alloc_page(GFP_KERNEL);
	KUNIT_ASSERT_NOT_NULL(test, mm);
	KUNIT_ASSERT_NOT_NULL(test, page);
	KUNIT_ASSERT_EQ(test, 0, mm_map_user_page(mm, USER_ADDR, page, PAGE_SHARED));
	kunit_expect_report(test, REPORT_OOPS);
	run_to_its_end(test, read_user_memory, mm);
	KUNIT_EXPECT_EQ(test, 1, kunit_reports_seen(test, REPORT_OOPS));
	__free_page(page);
	mmput(mm);
}

/* --- set_memory ------------------------------------------------------------------------------- */

static void rights_change_page_by_page(struct kunit *test)
{
	u8 *area = vmalloc(3 * PAGE_SIZE);
	u8 v = 1;

	KUNIT_ASSERT_NOT_NULL(test, area);
	KUNIT_EXPECT_EQ(test, 0, set_memory_ro((unsigned long)area + PAGE_SIZE, 1));
	KUNIT_EXPECT_EQ(test, 0L, copy_to_kernel_nofault(area, &v, 1));
	KUNIT_EXPECT_EQ(test, (long)-EFAULT, copy_to_kernel_nofault(area + PAGE_SIZE, &v, 1));
	KUNIT_EXPECT_EQ(test, 0L, copy_from_kernel_nofault(&v, area + PAGE_SIZE, 1));
	KUNIT_EXPECT_EQ(test, 0L, copy_to_kernel_nofault(area + 2 * PAGE_SIZE, &v, 1));
	KUNIT_EXPECT_EQ(test, 0, set_memory_rw((unsigned long)area + PAGE_SIZE, 1));
	KUNIT_EXPECT_EQ(test, 0L, copy_to_kernel_nofault(area + PAGE_SIZE, &v, 1));
	vfree(area);
}

/*
 * Four pages of the direct map whose large leaf is split once, at boot: the table that
 * takes its place stays, which must not count as a case's leak.
 */
static u8 *split_pages;
static unsigned int level_before, level_after;

static int __init split_a_large_page(void)
{
	split_pages = (u8 *)__get_free_pages(GFP_KERNEL, 2);
	if (!split_pages)
		return -ENOMEM;
	memset(split_pages, 0x11, 4 * PAGE_SIZE);
	lookup_address((unsigned long)split_pages, &level_before);
	set_memory_ro((unsigned long)split_pages + PAGE_SIZE, 1);
	lookup_address((unsigned long)split_pages, &level_after);
	return 0;
}
late_initcall(split_a_large_page);

static void a_large_page_is_split_where_needed(struct kunit *test)
{
	u8 *pages = split_pages;
	u8 v = 0x42;

	KUNIT_ASSERT_NOT_NULL(test, pages);
	KUNIT_EXPECT_GT(test, level_before, (unsigned int)PG_LEVEL_NONE);
	KUNIT_EXPECT_EQ(test, (unsigned int)PG_LEVEL_4K, level_after);
	KUNIT_EXPECT_EQ(test, 0, set_memory_ro((unsigned long)pages + PAGE_SIZE, 1));
	KUNIT_EXPECT_EQ(test, (long)-EFAULT, copy_to_kernel_nofault(pages + PAGE_SIZE, &v, 1));
	KUNIT_EXPECT_EQ(test, 0L, copy_to_kernel_nofault(pages, &v, 1));
	KUNIT_EXPECT_EQ(test, 0L, copy_to_kernel_nofault(pages + 2 * PAGE_SIZE, &v, 1));
	KUNIT_EXPECT_EQ(test, 0x11, pages[PAGE_SIZE]);
	KUNIT_EXPECT_EQ(test, 0, set_memory_rw((unsigned long)pages + PAGE_SIZE, 1));
	KUNIT_EXPECT_EQ(test, 0L, copy_to_kernel_nofault(pages + PAGE_SIZE, &v, 1));
	pages[PAGE_SIZE] = 0x11;
}

static void an_absent_page_faults_and_comes_back(struct kunit *test)
{
	unsigned long addr = (unsigned long)split_pages + 3 * PAGE_SIZE;
	struct page *page = virt_to_page((void *)addr);
	u8 v;

	KUNIT_ASSERT_NOT_NULL(test, split_pages);
	*(u8 *)addr = 0x37;
	KUNIT_EXPECT_EQ(test, 0, set_memory_np(addr, 1));
	KUNIT_EXPECT_FALSE(test, kernel_page_present(page));
	KUNIT_EXPECT_EQ(test, (long)-EFAULT, copy_from_kernel_nofault(&v, (void *)addr, 1));
	KUNIT_EXPECT_EQ(test, 0, set_memory_p(addr, 1));
	KUNIT_EXPECT_TRUE(test, kernel_page_present(page));
	KUNIT_EXPECT_EQ(test, 0L, copy_from_kernel_nofault(&v, (void *)addr, 1));
	KUNIT_EXPECT_EQ(test, 0x37, v);
}

static void a_hole_is_refused(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, -EFAULT, set_memory_ro(VMALLOC_END + 1 - PAGE_SIZE, 1));
	KUNIT_EXPECT_EQ(test, -EINVAL, set_memory_ro((unsigned long)_sdata, 0));
}

static struct kunit_case pagetable_cases[] = {
	KUNIT_CASE(no_mapping_is_writable_and_executable),
	KUNIT_CASE(the_walk_finds_a_planted_mapping),
	KUNIT_CASE(no_kernel_mapping_is_open_to_user_mode),
	KUNIT_CASE(address_zero_is_not_mapped),
	KUNIT_CASE(text_cannot_be_written_under_any_address),
	KUNIT_CASE(constants_cannot_be_written_under_any_address),
	KUNIT_CASE(ro_after_init_is_sealed_now),
	KUNIT_CASE(data_cannot_be_executed),
	KUNIT_CASE(user_memory_is_not_read_by_mistake),
	KUNIT_CASE(rights_change_page_by_page),
	KUNIT_CASE(a_large_page_is_split_where_needed),
	KUNIT_CASE(an_absent_page_faults_and_comes_back),
	KUNIT_CASE(a_hole_is_refused),
	{}
};

static struct kunit_suite pagetable_suite = {
	.name = "x86_pagetable",
	.test_cases = pagetable_cases,
};
kunit_test_suite(pagetable_suite);
