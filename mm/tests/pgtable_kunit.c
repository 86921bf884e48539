// SPDX-License-Identifier: MIT
/*
 * Page tables: the walkers, the kernel's mappings as they are, and user addresses of an address
 * space.
 */

#include <kunit/test.h>
#include <linux/kthread.h>
#include <linux/mm.h>
#include <linux/pgtable.h>
#include <linux/sched/mm.h>
#include <linux/string.h>
#include <linux/uaccess.h>
#include <linux/vmalloc.h>
#include <asm/mmu_context.h>
#include <asm/sections.h>

static void offsets_lead_to_the_page(struct kunit *test)
{
	u8 *p = vmalloc(PAGE_SIZE);
	pte_t *pte;

	KUNIT_ASSERT_NOT_NULL(test, p);
	pte = virt_to_kpte((unsigned long)p);
	KUNIT_ASSERT_NOT_NULL(test, pte);
	KUNIT_EXPECT_TRUE(test, pte_present(*pte));
	KUNIT_EXPECT_EQ(test, pte_pfn(*pte), vmalloc_to_pfn(p));
	vfree(p);
}

static void ends_of_entries_do_not_wrap(struct kunit *test)
{
	unsigned long top = ~0UL << PAGE_SHIFT;

	KUNIT_EXPECT_EQ(test, pmd_addr_end(top, 0UL), 0UL);
	KUNIT_EXPECT_EQ(test, pmd_addr_end(PMD_SIZE + PAGE_SIZE, 4 * PMD_SIZE), 2 * PMD_SIZE);
	KUNIT_EXPECT_EQ(test, pmd_addr_end(PMD_SIZE, PMD_SIZE + PAGE_SIZE), PMD_SIZE + PAGE_SIZE);
}

static int count_pte(pte_t *pte, unsigned long addr, void *data)
{
	unsigned int *n = data;

	(*n)++;
	return 0;
}

static int fail_third(pte_t *pte, unsigned long addr, void *data)
{
	unsigned int *n = data;

	return ++*n == 3 ? -EIO : 0;
}

static void apply_visits_every_page(struct kunit *test)
{
	struct vm_struct *vm = get_vm_area(700 * PAGE_SIZE, VM_MAP);
	unsigned long addr;
	unsigned int n = 0;

	KUNIT_ASSERT_NOT_NULL(test, vm);
	addr = (unsigned long)vm->addr;
	KUNIT_EXPECT_EQ(test, apply_to_page_range(&init_mm, addr, 700 * PAGE_SIZE, count_pte, &n),
			0);
	KUNIT_EXPECT_EQ(test, n, 700U);
	n = 0;
	KUNIT_EXPECT_EQ(test, apply_to_page_range(&init_mm, addr, 10 * PAGE_SIZE, fail_third, &n),
			-EIO);
	KUNIT_EXPECT_EQ(test, n, 3U);
	n = 0;
	KUNIT_EXPECT_EQ(test, apply_to_existing_page_range(&init_mm, addr, 700 * PAGE_SIZE,
							   count_pte, &n), 0);
	KUNIT_EXPECT_EQ(test, n, 0U);
	free_vm_area(vm);
}

static int count_walk(pte_t *pte, unsigned long addr, unsigned long next, void *private)
{
	unsigned long *bytes = private;

	*bytes += next - addr;
	return 0;
}

static int count_walk_pmd(pmd_t *pmd, unsigned long addr, unsigned long next, void *private)
{
	unsigned long *bytes = private;

	*bytes += next - addr;
	return 0;
}

static int count_walk_pud(pud_t *pud, unsigned long addr, unsigned long next, void *private)
{
	unsigned long *bytes = private;

	*bytes += next - addr;
	return 0;
}

static const struct kernel_walk_ops counting = {
	.pte = count_walk,
	.pmd = count_walk_pmd,
	.pud = count_walk_pud,
};

static void walk_sees_pages_of_every_size(struct kunit *test)
{
	struct page *page = alloc_pages(GFP_KERNEL, 3);
	unsigned long addr, bytes = 0;

	KUNIT_ASSERT_NOT_NULL(test, page);
	addr = (unsigned long)page_address(page);
	KUNIT_EXPECT_EQ(test, walk_kernel_page_range(addr, addr + 8 * PAGE_SIZE, &counting, &bytes),
			0);
	KUNIT_EXPECT_EQ(test, bytes, 8 * PAGE_SIZE);
	__free_pages(page, 3);
}

static int no_write_and_exec_pte(pte_t *pte, unsigned long addr, unsigned long next, void *private)
{
	unsigned long *bad = private;

	if (pte_present(*pte) && pte_write(*pte) && pte_exec(*pte))
		*bad = addr;
	return 0;
}

static void kernel_text_cannot_be_written(struct kunit *test)
{
	static const struct kernel_walk_ops ops = { .pte = no_write_and_exec_pte };
	unsigned long bad = 0;
	char c = 0;

	KUNIT_EXPECT_NE(test, copy_to_kernel_nofault(_stext, &c, 1), 0L);
	KUNIT_EXPECT_NE(test, copy_to_kernel_nofault(__start_rodata, &c, 1), 0L);
	walk_kernel_page_range((unsigned long)_text & PAGE_MASK, PAGE_ALIGN((unsigned long)_end),
			       &ops, &bad);
	KUNIT_EXPECT_EQ(test, bad, 0UL);
}

/* ---- an address space ---- */

static void new_address_space_is_empty_and_goes(struct kunit *test)
{
	struct mm_struct *mm = mm_alloc();

	KUNIT_ASSERT_NOT_NULL(test, mm);
	KUNIT_EXPECT_EQ(test, atomic_read(&mm->mm_users), 1);
	KUNIT_EXPECT_EQ(test, atomic_read(&mm->mm_count), 1);
	KUNIT_EXPECT_EQ(test, mm_pgtables_bytes(mm), 0UL);
	mmgrab(mm);
	mmput(mm);
	KUNIT_EXPECT_EQ(test, atomic_read(&mm->mm_count), 1);
	mmdrop(mm);
}

static void user_page_is_mapped_once(struct kunit *test)
{
	struct mm_struct *mm = mm_alloc();
	struct page *page = alloc_page(GFP_KERNEL | __GFP_ZERO);
	unsigned long addr = 0x400000;

	KUNIT_ASSERT_NOT_NULL(test, mm);
	KUNIT_ASSERT_NOT_NULL(test, page);
	KUNIT_EXPECT_EQ(test, mm_map_user_page(mm, addr, page, PAGE_SHARED), 0);
	KUNIT_EXPECT_EQ(test, mm_map_user_page(mm, addr, page, PAGE_SHARED), -EBUSY);
	KUNIT_EXPECT_EQ(test, mm_map_user_page(mm, addr + 1, page, PAGE_SHARED), -EINVAL);
	KUNIT_EXPECT_EQ(test, mm_map_user_page(mm, TASK_SIZE, page, PAGE_SHARED), -EINVAL);
	KUNIT_EXPECT_EQ(test, page_count(page), 2);
	KUNIT_EXPECT_EQ(test, mm_pgtables_bytes(mm), 3 * PAGE_SIZE);
	KUNIT_EXPECT_PTR_EQ(test, mm_unmap_user_page(mm, addr), page);
	KUNIT_EXPECT_NULL(test, mm_unmap_user_page(mm, addr));
	put_page(page);
	put_page(page);
	mmput(mm);
}

static void last_user_drops_the_pages(struct kunit *test)
{
	struct mm_struct *mm = mm_alloc();
	struct page *page = alloc_page(GFP_KERNEL);
	unsigned long top = (TASK_SIZE - 1) & PAGE_MASK;

	KUNIT_ASSERT_NOT_NULL(test, mm);
	KUNIT_ASSERT_NOT_NULL(test, page);
	KUNIT_EXPECT_EQ(test, mm_map_user_page(mm, 0x10000, page, PAGE_SHARED), 0);
	KUNIT_EXPECT_EQ(test, mm_map_user_page(mm, top, page, PAGE_SHARED), 0);
	KUNIT_EXPECT_EQ(test, page_count(page), 3);
	mmput(mm);
	KUNIT_EXPECT_EQ(test, page_count(page), 1);
	put_page(page);
}

/* Back to the kernel's own tables, not lazily: nobody keeps @mm afterwards. */
static void unuse_mm_at_once(struct mm_struct *mm)
{
	preempt_disable();
	kthread_unuse_mm(mm);
	local_irq_disable();
	mmgrab(&init_mm);
	current->active_mm = &init_mm;
	switch_mm_irqs_off(mm, &init_mm, current);
	local_irq_enable();
	preempt_enable();
	mmdrop_lazy_tlb(mm);
}

static void user_copies_reach_the_page(struct kunit *test)
{
	struct mm_struct *mm = mm_alloc();
	struct page *page = alloc_page(GFP_KERNEL | __GFP_ZERO);
	unsigned long addr = 0x7000000;
	char buf[16] = "";

	KUNIT_ASSERT_NOT_NULL(test, mm);
	KUNIT_ASSERT_NOT_NULL(test, page);
	KUNIT_ASSERT_EQ(test, mm_map_user_page(mm, addr, page, PAGE_SHARED), 0);
	migrate_disable();	/* so that no other CPU's idle task keeps the tables */
	kthread_use_mm(mm);
	KUNIT_EXPECT_EQ(test, copy_to_user((void __user *)addr, "through tables", 15), 0UL);
	KUNIT_EXPECT_EQ(test, copy_from_user(buf, (void __user *)addr, 15), 0UL);
	KUNIT_EXPECT_EQ(test, copy_from_user(buf, (void __user *)(addr + PAGE_SIZE), 15), 15UL);
	unuse_mm_at_once(mm);
	migrate_enable();
	KUNIT_EXPECT_STREQ(test, (char *)page_address(page), "through tables");
	mmput(mm);
	put_page(page);
}

static struct kunit_case pgtable_cases[] = {
	KUNIT_CASE(offsets_lead_to_the_page),
	KUNIT_CASE(ends_of_entries_do_not_wrap),
	KUNIT_CASE(apply_visits_every_page),
	KUNIT_CASE(walk_sees_pages_of_every_size),
	KUNIT_CASE(kernel_text_cannot_be_written),
	KUNIT_CASE(new_address_space_is_empty_and_goes),
	KUNIT_CASE(user_page_is_mapped_once),
	KUNIT_CASE(last_user_drops_the_pages),
	KUNIT_CASE(user_copies_reach_the_page),
	{}
};

static struct kunit_suite pgtable_suite = {
	.name = "pgtable",
	.test_cases = pgtable_cases,
};
kunit_test_suite(pgtable_suite);
