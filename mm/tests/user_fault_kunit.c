// SPDX-License-Identifier: MIT
/*
 * Page faults on memory without a file: who gets a page, when it is shared, when it is copied, and
 * what is refused. The address space is made for each case (user.h).
 */

#include "user.h"

#include <linux/fault-inject.h>
#include <linux/mmap_lock.h>
#include <linux/pagemap.h>
#include <linux/pgtable.h>

/* The frame behind an address; 0: none. */
static unsigned long frame_at(unsigned long addr)
{
	pte_t *pte;
	unsigned long pfn = 0;

	mmap_read_lock(current->mm);
	pte = walk_user_pte(current->mm, addr);
	if (pte && pte_present(ptep_get(pte)))
		pfn = pte_pfn(ptep_get(pte));
	mmap_read_unlock(current->mm);
	return pfn;
}

/* Go on in another address space; back by visit(old). */
static struct mm_struct *visit(struct mm_struct *mm)
{
	struct mm_struct *old = current->mm;

	kthread_unuse_mm(old);
	kthread_use_mm(mm);
	return old;
}

static void untouched_memory_is_zero_and_costs_nothing(struct kunit *test)
{
	unsigned long addr = map_anon(4, PROT_RW);

	KUNIT_ASSERT_FALSE(test, IS_ERR_VALUE(addr));
	KUNIT_EXPECT_EQ(test, peek(addr), 0);
	KUNIT_EXPECT_EQ(test, peek(addr + 3 * PAGE_SIZE), 0);
	KUNIT_EXPECT_EQ(test, rss(MM_ANONPAGES), 0);
	KUNIT_EXPECT_EQ(test, frame_at(addr), frame_at(addr + 3 * PAGE_SIZE));
}

static void first_write_brings_a_page(struct kunit *test)
{
	unsigned long addr = map_anon(4, PROT_RW);

	KUNIT_ASSERT_FALSE(test, IS_ERR_VALUE(addr));
	KUNIT_EXPECT_EQ(test, peek(addr), 0);
	KUNIT_EXPECT_EQ(test, poke(addr + 5, 77), 0);
	KUNIT_EXPECT_EQ(test, peek(addr + 5), 77);
	KUNIT_EXPECT_EQ(test, peek(addr + 6), 0);
	KUNIT_EXPECT_EQ(test, poke(addr + PAGE_SIZE, 78), 0);
	KUNIT_EXPECT_EQ(test, rss(MM_ANONPAGES), 2);
	KUNIT_EXPECT_EQ(test, vm_munmap(addr, 4 * PAGE_SIZE), 0);
	KUNIT_EXPECT_EQ(test, rss(MM_ANONPAGES), 0);
	KUNIT_EXPECT_EQ(test, mm_pgtables_bytes(current->mm), 0);
}

static void what_the_vma_forbids_is_refused(struct kunit *test)
{
	unsigned long addr = map_anon(3, PROT_RW);

	KUNIT_ASSERT_FALSE(test, IS_ERR_VALUE(addr));
	KUNIT_EXPECT_EQ(test, map_anon_at(addr + PAGE_SIZE, 1, PROT_READ), addr + PAGE_SIZE);
	KUNIT_EXPECT_EQ(test, map_anon_at(addr + 2 * PAGE_SIZE, 1, PROT_NONE),
			addr + 2 * PAGE_SIZE);
	KUNIT_EXPECT_EQ(test, peek(addr + PAGE_SIZE), 0);
	KUNIT_EXPECT_EQ(test, poke(addr + PAGE_SIZE, 1), -EFAULT);
	KUNIT_EXPECT_EQ(test, peek(addr + 2 * PAGE_SIZE), -1);
	KUNIT_EXPECT_EQ(test, poke(addr + 2 * PAGE_SIZE, 1), -EFAULT);
	KUNIT_EXPECT_EQ(test, vm_munmap(addr, PAGE_SIZE), 0);
	KUNIT_EXPECT_EQ(test, peek(addr), -1);
	KUNIT_EXPECT_EQ(test, peek(0), -1);
	KUNIT_EXPECT_EQ(test, peek(TASK_SIZE - 1), -1);
}

static void disabled_faults_bring_nothing(struct kunit *test)
{
	unsigned long addr = map_anon(1, PROT_RW);

	KUNIT_ASSERT_FALSE(test, IS_ERR_VALUE(addr));
	pagefault_disable();
	KUNIT_EXPECT_EQ(test, peek(addr), -1);
	pagefault_enable();
	KUNIT_EXPECT_EQ(test, peek(addr), 0);
}

static void child_has_the_parents_data_and_neither_sees_the_others_writes(struct kunit *test)
{
	unsigned long addr = map_anon(2, PROT_RW);
	struct mm_struct *parent = current->mm, *child;

	KUNIT_ASSERT_FALSE(test, IS_ERR_VALUE(addr));
	KUNIT_EXPECT_EQ(test, poke(addr, 1), 0);
	KUNIT_EXPECT_EQ(test, poke(addr + PAGE_SIZE, 2), 0);
	child = dup_mm(current, parent);
	KUNIT_ASSERT_NOT_NULL(test, child);
	KUNIT_EXPECT_EQ(test, get_mm_counter(child, MM_ANONPAGES), 2);
	KUNIT_EXPECT_EQ(test, poke(addr, 11), 0);

	visit(child);
	KUNIT_EXPECT_EQ(test, peek(addr), 1);
	KUNIT_EXPECT_EQ(test, peek(addr + PAGE_SIZE), 2);
	KUNIT_EXPECT_EQ(test, poke(addr + PAGE_SIZE, 22), 0);
	visit(parent);

	KUNIT_EXPECT_EQ(test, peek(addr), 11);
	KUNIT_EXPECT_EQ(test, peek(addr + PAGE_SIZE), 2);
	mmput(child);
	KUNIT_EXPECT_EQ(test, rss(MM_ANONPAGES), 2);
}

static void last_owner_writes_without_a_copy(struct kunit *test)
{
	unsigned long addr = map_anon(1, PROT_RW), frame;
	struct mm_struct *child;

	KUNIT_ASSERT_FALSE(test, IS_ERR_VALUE(addr));
	KUNIT_EXPECT_EQ(test, poke(addr, 1), 0);
	frame = frame_at(addr);
	child = dup_mm(current, current->mm);
	KUNIT_ASSERT_NOT_NULL(test, child);
	mmput(child);
	KUNIT_EXPECT_EQ(test, poke(addr, 2), 0);
	KUNIT_EXPECT_EQ(test, frame_at(addr), frame);
}

static void shared_memory_is_one_for_both(struct kunit *test)
{
	struct mm_struct *parent = current->mm, *child;
	unsigned long addr = vm_mmap(NULL, 0, 2 * PAGE_SIZE, PROT_RW, MAP_SHARED | MAP_ANONYMOUS,
				     0);

	KUNIT_ASSERT_FALSE(test, IS_ERR_VALUE(addr));
	KUNIT_EXPECT_EQ(test, poke(addr, 1), 0);
	KUNIT_EXPECT_EQ(test, rss(MM_SHMEMPAGES), 1);
	child = dup_mm(current, parent);
	KUNIT_ASSERT_NOT_NULL(test, child);
	visit(child);
	KUNIT_EXPECT_EQ(test, peek(addr), 1);
	KUNIT_EXPECT_EQ(test, poke(addr, 2), 0);
	KUNIT_EXPECT_EQ(test, poke(addr + PAGE_SIZE, 3), 0);
	visit(parent);
	KUNIT_EXPECT_EQ(test, peek(addr), 2);
	KUNIT_EXPECT_EQ(test, peek(addr + PAGE_SIZE), 3);
	mmput(child);
}

static void advice_decides_what_the_child_gets(struct kunit *test)
{
	unsigned long addr = map_anon(3, PROT_RW);
	struct mm_struct *parent = current->mm, *child;
	int i;

	KUNIT_ASSERT_FALSE(test, IS_ERR_VALUE(addr));
	for (i = 0; i < 3; i++)
		KUNIT_EXPECT_EQ(test, poke(addr + i * PAGE_SIZE, i + 1), 0);
	KUNIT_EXPECT_EQ(test, do_madvise(parent, addr, PAGE_SIZE, MADV_DONTFORK), 0);
	KUNIT_EXPECT_EQ(test, do_madvise(parent, addr + PAGE_SIZE, PAGE_SIZE, MADV_WIPEONFORK),
			0);
	child = dup_mm(current, parent);
	KUNIT_ASSERT_NOT_NULL(test, child);
	KUNIT_EXPECT_EQ(test, child->total_vm, 2);
	visit(child);
	KUNIT_EXPECT_EQ(test, peek(addr), -1);
	KUNIT_EXPECT_EQ(test, peek(addr + PAGE_SIZE), 0);
	KUNIT_EXPECT_EQ(test, peek(addr + 2 * PAGE_SIZE), 3);
	visit(parent);
	KUNIT_EXPECT_EQ(test, peek(addr), 1);
	mmput(child);
}

static void stack_grows_to_its_limit(struct kunit *test)
{
	unsigned long top = 0x70000000, limit = rlimit(RLIMIT_STACK);
	unsigned long addr = vm_mmap(NULL, top - PAGE_SIZE, PAGE_SIZE, PROT_RW,
				     MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED | MAP_GROWSDOWN, 0);

	KUNIT_ASSERT_EQ(test, addr, top - PAGE_SIZE);
	KUNIT_ASSERT_NE(test, limit, RLIM_INFINITY);
	KUNIT_EXPECT_EQ(test, poke(top - 1, 1), 0);
	KUNIT_EXPECT_EQ(test, poke(top - 10 * PAGE_SIZE, 2), 0);
	KUNIT_EXPECT_EQ(test, current->mm->stack_vm, 10);
	KUNIT_EXPECT_EQ(test, peek(top - limit), 0);
	KUNIT_EXPECT_EQ(test, peek(top - limit - 1), -1);
	KUNIT_EXPECT_EQ(test, peek(top - 1), 1);
	KUNIT_EXPECT_EQ(test, peek(top - 10 * PAGE_SIZE), 2);
}

static void stack_keeps_its_distance(struct kunit *test)
{
	unsigned long top = 0x70000000, below = top - 0x200000;

	KUNIT_ASSERT_EQ(test, vm_mmap(NULL, top - PAGE_SIZE, PAGE_SIZE, PROT_RW, MAP_PRIVATE |
				      MAP_ANONYMOUS | MAP_FIXED | MAP_GROWSDOWN, 0),
			top - PAGE_SIZE);
	KUNIT_ASSERT_EQ(test, map_anon_at(below, 1, PROT_RW), below);
	KUNIT_EXPECT_EQ(test, peek(below + PAGE_SIZE + stack_guard_gap), 0);
	KUNIT_EXPECT_EQ(test, peek(below + PAGE_SIZE + stack_guard_gap - 1), -1);
	KUNIT_EXPECT_EQ(test, peek(below), 0);
}

static void get_user_pages_breaks_sharing_for_writers(struct kunit *test)
{
	unsigned long addr = map_anon(1, PROT_RW);
	struct mm_struct *parent = current->mm, *child;
	struct page *page;

	KUNIT_ASSERT_FALSE(test, IS_ERR_VALUE(addr));
	KUNIT_EXPECT_EQ(test, poke(addr, 1), 0);
	child = dup_mm(current, parent);
	KUNIT_ASSERT_NOT_NULL(test, child);
	KUNIT_EXPECT_EQ(test, get_user_pages_fast(addr, 1, FOLL_WRITE, &page), 1);
	*(u8 *)page_address(page) = 9;
	put_page(page);
	KUNIT_EXPECT_EQ(test, peek(addr), 9);
	visit(child);
	KUNIT_EXPECT_EQ(test, peek(addr), 1);
	visit(parent);
	mmput(child);
}

static void get_user_pages_obeys_the_vma(struct kunit *test)
{
	unsigned long addr = map_anon(4, PROT_READ);
	struct page *pages[4];
	int i;

	KUNIT_ASSERT_FALSE(test, IS_ERR_VALUE(addr));
	KUNIT_EXPECT_EQ(test, get_user_pages_fast(addr, 1, FOLL_WRITE, pages), -EFAULT);
	KUNIT_EXPECT_EQ(test, get_user_pages_fast(addr, 1, FOLL_NOFAULT, pages), -EFAULT);
	KUNIT_EXPECT_EQ(test, vm_munmap(addr + 2 * PAGE_SIZE, PAGE_SIZE), 0);
	KUNIT_ASSERT_EQ(test, get_user_pages_fast(addr, 4, 0, pages), 2);
	for (i = 0; i < 2; i++)
		put_page(pages[i]);
	KUNIT_EXPECT_EQ(test, get_user_pages_fast(0, 1, 0, pages), -EFAULT);
	KUNIT_EXPECT_EQ(test, get_user_pages_fast(addr, 0, 0, pages), 0);
}

static void debuggers_write_past_the_protection(struct kunit *test)
{
	unsigned long addr = map_anon(1, PROT_READ);
	struct mm_struct *mm = current->mm, *child;
	char buf[4] = "abc";

	KUNIT_ASSERT_FALSE(test, IS_ERR_VALUE(addr));
	KUNIT_EXPECT_EQ(test, access_remote_vm(mm, addr, buf, 3, FOLL_WRITE), 0);
	KUNIT_EXPECT_EQ(test, access_remote_vm(mm, addr, buf, 3, FOLL_WRITE | FOLL_FORCE), 3);
	KUNIT_EXPECT_EQ(test, peek(addr + 1), 'b');
	KUNIT_EXPECT_EQ(test, poke(addr, 1), -EFAULT);
	child = dup_mm(current, mm);
	KUNIT_ASSERT_NOT_NULL(test, child);
	KUNIT_EXPECT_EQ(test, access_remote_vm(child, addr, "x", 1, FOLL_WRITE | FOLL_FORCE), 1);
	KUNIT_EXPECT_EQ(test, peek(addr), 'a');
	KUNIT_EXPECT_EQ(test, access_remote_vm(child, addr, buf, 3, 0), 3);
	KUNIT_EXPECT_STREQ(test, buf, "xbc");
	mmput(child);
	/* Up to the end of what is mapped. */
	KUNIT_EXPECT_EQ(test, access_remote_vm(mm, addr + PAGE_SIZE - 2, buf, 3, FOLL_FORCE), 2);
}

static void populate_brings_all(struct kunit *test)
{
	unsigned long addr = vm_mmap(NULL, 0, 8 * PAGE_SIZE, PROT_RW,
				     MAP_PRIVATE | MAP_ANONYMOUS | MAP_POPULATE, 0);

	KUNIT_ASSERT_FALSE(test, IS_ERR_VALUE(addr));
	KUNIT_EXPECT_EQ(test, rss(MM_ANONPAGES), 8);
	KUNIT_EXPECT_EQ(test, do_madvise(current->mm, addr, 8 * PAGE_SIZE, MADV_DONTNEED), 0);
	KUNIT_EXPECT_EQ(test, rss(MM_ANONPAGES), 0);
	KUNIT_EXPECT_EQ(test, faultin_range(current->mm, addr, addr + 3 * PAGE_SIZE, true), 0);
	KUNIT_EXPECT_EQ(test, rss(MM_ANONPAGES), 3);
	KUNIT_EXPECT_EQ(test, vm_munmap(addr + PAGE_SIZE, PAGE_SIZE), 0);
	KUNIT_EXPECT_EQ(test, faultin_range(current->mm, addr, addr + 3 * PAGE_SIZE, true),
			-ENOMEM);
}

static void exit_gives_everything_back(struct kunit *test)
{
	struct mm_totals before, after;
	struct mm_struct *mm, *mine = current->mm;
	unsigned long addr, i;

	mm_read_totals(&before);
	mm = mm_alloc();
	KUNIT_ASSERT_NOT_NULL(test, mm);
	arch_pick_mmap_layout(mm, &current->signal->rlim[RLIMIT_STACK]);
	visit(mm);
	for (i = 0; i < 8; i++) {
		addr = map_anon_at(0x10000000 + i * 0x40000000, 600, PROT_RW);
		KUNIT_EXPECT_FALSE(test, IS_ERR_VALUE(addr));
		KUNIT_EXPECT_EQ(test, poke(addr, 1), 0);
		KUNIT_EXPECT_EQ(test, poke(addr + 599 * PAGE_SIZE, 1), 0);
	}
	KUNIT_EXPECT_EQ(test, rss(MM_ANONPAGES), 16);
	visit(mine);
	mmput(mm);
	mm_read_totals(&after);
	/* The struct may be somebody's lazy address space still; nothing else is left. */
	KUNIT_EXPECT_LE(test, after.pages, before.pages + 4);
}

#ifdef CONFIG_FAULT_INJECTION
/*
 * Fail the first allocation, the second, ...: until a fork needs no more of them. Some failures are
 * survived: a slab that gets no large block takes a small one.
 * Return: the forks that failed.
 */
static int forks_that_fail(struct kunit *test, struct fault_attr *attr)
{
	struct mm_struct *child;
	int step, failed = 0;
	bool hit;

	for (step = 0; step < 1000; step++) {
		fault_attr_arm(attr, step, 1, 1);
		child = dup_mm(current, current->mm);
		hit = fault_attr_disarm(attr);
		if (child)
			mmput(child);
		else
			failed++;
		if (!hit)
			break;
	}
	KUNIT_EXPECT_FALSE(test, hit);
	KUNIT_EXPECT_NOT_NULL(test, child);
	return failed;
}

static void fork_survives_every_failed_allocation(struct kunit *test)
{
	unsigned long addr = map_anon(600, PROT_RW);

	KUNIT_ASSERT_FALSE(test, IS_ERR_VALUE(addr));
	KUNIT_EXPECT_EQ(test, poke(addr, 1), 0);
	KUNIT_EXPECT_EQ(test, poke(addr + 599 * PAGE_SIZE, 2), 0);
	KUNIT_EXPECT_GE(test, forks_that_fail(test, &fail_page_alloc), 4);
	KUNIT_EXPECT_GE(test, forks_that_fail(test, &failslab), 2);
	KUNIT_EXPECT_EQ(test, peek(addr), 1);
	KUNIT_EXPECT_EQ(test, poke(addr, 3), 0);
	KUNIT_EXPECT_EQ(test, rss(MM_ANONPAGES), 2);
}

static void fault_without_memory_is_refused_to_the_kernel(struct kunit *test)
{
	unsigned long addr = map_anon(1, PROT_RW);

	KUNIT_ASSERT_FALSE(test, IS_ERR_VALUE(addr));
	fault_attr_arm(&fail_page_alloc, 0, -1, 1);
	KUNIT_EXPECT_EQ(test, poke(addr, 1), -EFAULT);
	fault_attr_disarm(&fail_page_alloc);
	KUNIT_EXPECT_EQ(test, poke(addr, 1), 0);
}
#endif

static struct kunit_case user_fault_cases[] = {
	KUNIT_CASE(untouched_memory_is_zero_and_costs_nothing),
	KUNIT_CASE(first_write_brings_a_page),
	KUNIT_CASE(what_the_vma_forbids_is_refused),
	KUNIT_CASE(disabled_faults_bring_nothing),
	KUNIT_CASE(child_has_the_parents_data_and_neither_sees_the_others_writes),
	KUNIT_CASE(last_owner_writes_without_a_copy),
	KUNIT_CASE(shared_memory_is_one_for_both),
	KUNIT_CASE(advice_decides_what_the_child_gets),
	KUNIT_CASE(stack_grows_to_its_limit),
	KUNIT_CASE(stack_keeps_its_distance),
	KUNIT_CASE(get_user_pages_breaks_sharing_for_writers),
	KUNIT_CASE(get_user_pages_obeys_the_vma),
	KUNIT_CASE(debuggers_write_past_the_protection),
	KUNIT_CASE(populate_brings_all),
	KUNIT_CASE(exit_gives_everything_back),
#ifdef CONFIG_FAULT_INJECTION
	KUNIT_CASE(fork_survives_every_failed_allocation),
	KUNIT_CASE(fault_without_memory_is_refused_to_the_kernel),
#endif
	{}
};

static struct kunit_suite user_fault_suite = {
	.name = "user_fault",
	.init = mm_suite_init,
	.exit = mm_suite_exit,
	.test_cases = user_fault_cases,
};
kunit_test_suites(&user_fault_suite);

MODULE_LICENSE("MIT");
