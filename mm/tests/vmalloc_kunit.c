// SPDX-License-Identifier: MIT
/*
 * vmalloc space: memory, mappings, guard pages, kernel stacks, device memory.
 */

#include <kunit/test.h>
#include <linux/fault-inject.h>
#include <linux/io.h>
#include <linux/mm.h>
#include <linux/report.h>
#include <linux/sched.h>
#include <linux/string.h>
#include <linux/uaccess.h>
#include <linux/vmalloc.h>
#include <asm/thread_info.h>

#include "../internal.h"

static bool readable(const void *addr)
{
	char c;

	return !copy_from_kernel_nofault(&c, addr, 1);
}

static void memory_is_there_and_page_aligned(struct kunit *test)
{
	size_t size = 5 * PAGE_SIZE + 123;
	u8 *p = vmalloc(size);

	KUNIT_ASSERT_NOT_NULL(test, p);
	KUNIT_EXPECT_TRUE(test, PAGE_ALIGNED(p));
	KUNIT_EXPECT_TRUE(test, is_vmalloc_addr(p));
	memset(p, 0x5a, size);
	KUNIT_EXPECT_NULL(test, memchr_inv(p, 0x5a, size));
	vfree(p);
}

static void vzalloc_zeroes(struct kunit *test)
{
	int i;

	for (i = 0; i < 4; i++) {
		void *p = vzalloc(3 * PAGE_SIZE);

		KUNIT_ASSERT_NOT_NULL(test, p);
		KUNIT_EXPECT_NULL(test, memchr_inv(p, 0, 3 * PAGE_SIZE));
		memset(p, 1, 3 * PAGE_SIZE);
		vfree(p);
	}
}

static void guard_page_is_not_mapped(struct kunit *test)
{
	u8 *p = vmalloc(2 * PAGE_SIZE);

	KUNIT_ASSERT_NOT_NULL(test, p);
	KUNIT_EXPECT_TRUE(test, readable(p + 2 * PAGE_SIZE - 1));
	KUNIT_EXPECT_FALSE(test, readable(p + 2 * PAGE_SIZE));
	vfree(p);
}

static void freed_memory_is_not_mapped(struct kunit *test)
{
	u8 *p = vmalloc(PAGE_SIZE);

	KUNIT_ASSERT_NOT_NULL(test, p);
	p[0] = 1;
	vfree(p);
	vm_unmap_aliases();
	KUNIT_EXPECT_FALSE(test, readable(p));
	KUNIT_EXPECT_NULL(test, find_vm_area(p));
}

static void areas_do_not_overlap(struct kunit *test)
{
	static u8 *p[32];
	int i, j;

	for (i = 0; i < 32; i++) {
		p[i] = vmalloc((i % 5 + 1) * PAGE_SIZE);
		KUNIT_ASSERT_NOT_NULL(test, p[i]);
		memset(p[i], i, (i % 5 + 1) * PAGE_SIZE);
	}
	for (i = 0; i < 32; i += 2)
		vfree(p[i]);
	for (i = 0; i < 32; i += 2) {
		p[i] = vmalloc((i % 7 + 1) * PAGE_SIZE);
		KUNIT_ASSERT_NOT_NULL(test, p[i]);
		memset(p[i], i, (i % 7 + 1) * PAGE_SIZE);
	}
	for (j = 1; j < 32; j += 2)
		KUNIT_EXPECT_NULL(test, memchr_inv(p[j], j, (j % 5 + 1) * PAGE_SIZE));
	for (i = 0; i < 32; i++)
		vfree(p[i]);
}

static void addresses_are_used_again_after_a_purge(struct kunit *test)
{
	u8 *p, *q;

	vm_unmap_aliases();	/* lower addresses that wait would be taken first */
	p = vmalloc(64 * PAGE_SIZE);
	KUNIT_ASSERT_NOT_NULL(test, p);
	vfree(p);
	vm_unmap_aliases();
	q = vmalloc(64 * PAGE_SIZE);
	KUNIT_EXPECT_PTR_EQ(test, p, q);
	vfree(q);
}

static void page_of_an_address_is_found(struct kunit *test)
{
	u8 *p = vmalloc(2 * PAGE_SIZE);
	struct page *page;

	KUNIT_ASSERT_NOT_NULL(test, p);
	p[PAGE_SIZE + 7] = 42;
	page = vmalloc_to_page(p + PAGE_SIZE + 7);
	KUNIT_ASSERT_NOT_NULL(test, page);
	KUNIT_EXPECT_EQ(test, ((u8 *)page_address(page))[7], 42);
	KUNIT_EXPECT_EQ(test, vmalloc_to_pfn(p + PAGE_SIZE), page_to_pfn(page));
	vfree(p);
}

static void vmap_shows_pages_side_by_side(struct kunit *test)
{
	struct page *pages[3];
	u8 *p;
	int i;

	for (i = 0; i < 3; i++) {
		pages[i] = alloc_page(GFP_KERNEL);
		KUNIT_ASSERT_NOT_NULL(test, pages[i]);
		*(u8 *)page_address(pages[i]) = 10 + i;
	}
	p = vmap(pages, 3, VM_MAP, PAGE_KERNEL);
	KUNIT_ASSERT_NOT_NULL(test, p);
	for (i = 0; i < 3; i++)
		KUNIT_EXPECT_EQ(test, p[i * PAGE_SIZE], 10 + i);
	p[PAGE_SIZE + 5] = 77;
	KUNIT_EXPECT_EQ(test, ((u8 *)page_address(pages[1]))[5], 77);
	vunmap(p);
	for (i = 0; i < 3; i++)
		__free_page(pages[i]);
}

static void vm_map_ram_shows_pages_for_a_while(struct kunit *test)
{
	struct page *pages[2];
	char *p;
	int i;

	for (i = 0; i < 2; i++) {
		pages[i] = alloc_page(GFP_KERNEL);
		KUNIT_ASSERT_NOT_NULL(test, pages[i]);
		memset(page_address(pages[i]), 'a' + i, PAGE_SIZE);
	}
	p = vm_map_ram(pages, 2, NUMA_NO_NODE);
	KUNIT_EXPECT_NOT_NULL(test, p);
	if (p) {
		KUNIT_EXPECT_EQ(test, p[PAGE_SIZE - 1], 'a');
		KUNIT_EXPECT_EQ(test, p[PAGE_SIZE], 'b');
		KUNIT_EXPECT_PTR_EQ(test, vmalloc_to_page(p + PAGE_SIZE), pages[1]);
		vm_unmap_ram(p, 2);
	}
	for (i = 0; i < 2; i++)
		__free_page(pages[i]);
}

static void vmap_can_give_its_pages_away(struct kunit *test)
{
	struct page **pages = kvmalloc_array(2, sizeof(*pages), GFP_KERNEL);
	void *p;

	KUNIT_ASSERT_NOT_NULL(test, pages);
	pages[0] = alloc_page(GFP_KERNEL);
	pages[1] = alloc_page(GFP_KERNEL);
	p = vmap(pages, 2, VM_MAP | VM_MAP_PUT_PAGES, PAGE_KERNEL);
	KUNIT_ASSERT_NOT_NULL(test, p);
	vfree(p);	/* the balance of the suite says whether all is back */
}

static void read_only_mapping_refuses_writes(struct kunit *test)
{
	struct page *page = alloc_page(GFP_KERNEL | __GFP_ZERO);
	char c = 1;
	void *p;

	KUNIT_ASSERT_NOT_NULL(test, page);
	p = vmap(&page, 1, VM_MAP, PAGE_KERNEL_RO);
	KUNIT_ASSERT_NOT_NULL(test, p);
	KUNIT_EXPECT_TRUE(test, readable(p));
	KUNIT_EXPECT_NE(test, copy_to_kernel_nofault(p, &c, 1), 0L);
	KUNIT_EXPECT_EQ(test, *(char *)page_address(page), 0);
	vunmap(p);
	__free_page(page);
}

static void bad_sizes_are_refused(struct kunit *test)
{
	unsigned long huge = ULONG_MAX - PAGE_SIZE;

	OPTIMIZER_HIDE_VAR(huge);
	KUNIT_EXPECT_NULL(test, __vmalloc(huge, GFP_KERNEL | __GFP_NOWARN));
	KUNIT_EXPECT_NULL(test, __vmalloc((totalram_pages() + 1) << PAGE_SHIFT,
					  GFP_KERNEL | __GFP_NOWARN));
	KUNIT_EXPECT_NULL(test, vmap(NULL, 0, VM_MAP, PAGE_KERNEL));
}

static void bad_vfree_is_reported(struct kunit *test)
{
	u8 *p = vmalloc(PAGE_SIZE);

	KUNIT_ASSERT_NOT_NULL(test, p);
	kunit_expect_report(test, REPORT_WARN);
	vfree(p + 16);
	vfree(p);
	vfree(NULL);
}

static void alignment_and_range_are_kept(struct kunit *test)
{
	void *p = __vmalloc_node_range(PAGE_SIZE, 1 << 20, VMALLOC_START + (1UL << 30), VMALLOC_END,
				       GFP_KERNEL, PAGE_KERNEL, 0, NUMA_NO_NODE, NULL);

	KUNIT_ASSERT_NOT_NULL(test, p);
	KUNIT_EXPECT_TRUE(test, IS_ALIGNED((unsigned long)p, 1 << 20));
	KUNIT_EXPECT_GE(test, (unsigned long)p, VMALLOC_START + (1UL << 30));
	vfree(p);
}

static void reserved_area_has_nothing_mapped(struct kunit *test)
{
	struct vm_struct *vm = get_vm_area(4 * PAGE_SIZE, VM_MAP);

	KUNIT_ASSERT_NOT_NULL(test, vm);
	KUNIT_EXPECT_EQ(test, get_vm_area_size(vm), (size_t)4 * PAGE_SIZE);
	KUNIT_EXPECT_FALSE(test, readable(vm->addr));
	KUNIT_EXPECT_PTR_EQ(test, find_vm_area(vm->addr + PAGE_SIZE), vm);
	free_vm_area(vm);
}

#ifdef CONFIG_FAULT_INJECTION
static void failure_at_any_step_leaves_nothing(struct kunit *test)
{
	int step;

	for (step = 0; step < 12; step++) {
		void *p;

		fault_attr_arm(&fail_page_alloc, step, 1, 1);
		p = __vmalloc(8 * PAGE_SIZE, GFP_KERNEL | __GFP_NOWARN);
		fault_attr_disarm(&fail_page_alloc);
		vfree(p);
		fault_attr_arm(&failslab, step, 1, 1);
		p = __vmalloc(8 * PAGE_SIZE, GFP_KERNEL | __GFP_NOWARN);
		fault_attr_disarm(&failslab);
		vfree(p);
	}
}
#endif

/* ---- kernel stacks ---- */

static void stack_has_guards_at_both_ends(struct kunit *test)
{
	struct vm_struct *vm = alloc_thread_stack_vm();

	KUNIT_ASSERT_NOT_NULL(test, vm);
	KUNIT_EXPECT_TRUE(test, IS_ALIGNED((unsigned long)vm->addr, THREAD_ALIGN));
	KUNIT_EXPECT_NULL(test, memchr_inv(vm->addr, 0, THREAD_SIZE));
	KUNIT_EXPECT_FALSE(test, readable(vm->addr - 1));
	KUNIT_EXPECT_FALSE(test, readable(vm->addr + THREAD_SIZE));
	free_thread_stack_vm(vm);
}

static void used_stack_comes_back_zeroed(struct kunit *test)
{
	int i;

	for (i = 0; i < 8; i++) {
		struct vm_struct *vm = alloc_thread_stack_vm();

		KUNIT_ASSERT_NOT_NULL(test, vm);
		KUNIT_EXPECT_NULL(test, memchr_inv(vm->addr, 0, THREAD_SIZE));
		memset(vm->addr, 0xdd, THREAD_SIZE);
		free_thread_stack_vm(vm);
	}
}

static void our_own_stack_has_a_guard_below(struct kunit *test)
{
	KUNIT_EXPECT_TRUE(test, readable(current->stack));
	KUNIT_EXPECT_FALSE(test, readable(current->stack - 1));
}

/* ---- device memory ---- */

static void ioremap_of_ram_is_refused(struct kunit *test)
{
	struct page *page = alloc_page(GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, page);
	kunit_expect_report(test, REPORT_WARN);
	KUNIT_EXPECT_TRUE(test, !ioremap(page_to_phys(page), PAGE_SIZE));
	__free_page(page);
}

static void ioremap_keeps_the_offset(struct kunit *test)
{
	/* Far above any RAM; nothing touches it. */
	phys_addr_t phys = ((phys_addr_t)1 << 38) + 0x123;
	void __iomem *p = ioremap(phys, 0x100);

	KUNIT_ASSERT_NOT_NULL(test, (void __force *)p);
	KUNIT_EXPECT_EQ(test, offset_in_page(p), 0x123UL);
	KUNIT_EXPECT_TRUE(test, is_vmalloc_addr((void __force *)p));
	iounmap(p);
	KUNIT_EXPECT_NULL(test, (void __force *)ioremap(phys, 0));
	KUNIT_EXPECT_NULL(test, (void __force *)ioremap(~(phys_addr_t)0, 16));
}

static void memremap_of_ram_is_the_direct_map(struct kunit *test)
{
	struct page *page = alloc_page(GFP_KERNEL);
	void *p;

	KUNIT_ASSERT_NOT_NULL(test, page);
	p = memremap(page_to_phys(page), PAGE_SIZE, MEMREMAP_WB);
	KUNIT_EXPECT_PTR_EQ(test, p, page_address(page));
	memunmap(p);
	__free_page(page);
}

static void io_copies_handle_any_alignment(struct kunit *test)
{
	static u8 from[64] __aligned(8), to[64] __aligned(8);
	int off, len, i;

	for (i = 0; i < 64; i++)
		from[i] = i;
	for (off = 0; off < 9; off++) {
		for (len = 0; len < 40; len += 3) {
			memset(to, 0xff, sizeof(to));
			memcpy_toio((void __iomem *)(to + off), from + 3, len);
			KUNIT_ASSERT_MEMEQ(test, to + off, from + 3, len);
			KUNIT_ASSERT_EQ(test, to[off + len], 0xff);
			memcpy_fromio(to, (void __iomem *)(from + off), len);
			KUNIT_ASSERT_MEMEQ(test, to, from + off, len);
			memset_io((void __iomem *)(to + off), 0x3c, len);
			KUNIT_ASSERT_NULL(test, memchr_inv(to + off, 0x3c, len));
		}
	}
}

static struct kunit_case vmalloc_cases[] = {
	KUNIT_CASE(memory_is_there_and_page_aligned),
	KUNIT_CASE(vzalloc_zeroes),
	KUNIT_CASE(guard_page_is_not_mapped),
	KUNIT_CASE(freed_memory_is_not_mapped),
	KUNIT_CASE(areas_do_not_overlap),
	KUNIT_CASE(addresses_are_used_again_after_a_purge),
	KUNIT_CASE(page_of_an_address_is_found),
	KUNIT_CASE(vmap_shows_pages_side_by_side),
	KUNIT_CASE(vm_map_ram_shows_pages_for_a_while),
	KUNIT_CASE(vmap_can_give_its_pages_away),
	KUNIT_CASE(read_only_mapping_refuses_writes),
	KUNIT_CASE(bad_sizes_are_refused),
	KUNIT_CASE(bad_vfree_is_reported),
	KUNIT_CASE(alignment_and_range_are_kept),
	KUNIT_CASE(reserved_area_has_nothing_mapped),
#ifdef CONFIG_FAULT_INJECTION
	KUNIT_CASE(failure_at_any_step_leaves_nothing),
#endif
	KUNIT_CASE(stack_has_guards_at_both_ends),
	KUNIT_CASE(used_stack_comes_back_zeroed),
	KUNIT_CASE(our_own_stack_has_a_guard_below),
	KUNIT_CASE(ioremap_of_ram_is_refused),
	KUNIT_CASE(ioremap_keeps_the_offset),
	KUNIT_CASE(memremap_of_ram_is_the_direct_map),
	KUNIT_CASE(io_copies_handle_any_alignment),
	{}
};

static struct kunit_suite vmalloc_suite = {
	.name = "vmalloc",
	.test_cases = vmalloc_cases,
};
kunit_test_suite(vmalloc_suite);
