// SPDX-License-Identifier: MIT
/*
 * memblock: the two operations on a table, and the search for free ranges. The tests work on
 * tables of their own; the kernel's is long in use.
 */

#include <kunit/test.h>
#include <linux/memblock.h>
#include <linux/mm.h>
#include <linux/string.h>

#define ROOM	40

struct fixture {
	struct memblock mb;
	struct memblock_region mem[ROOM];
	struct memblock_region res[ROOM];
};

static int memblock_test_init(struct kunit *test)
{
	struct fixture *f = kunit_kzalloc(test, sizeof(*f), GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, f);
	f->mb.memory = (struct memblock_type){ .regions = f->mem, .max = ROOM, .name = "mem" };
	f->mb.reserved = (struct memblock_type){ .regions = f->res, .max = ROOM, .name = "res" };
	test->priv = f;
	return 0;
}

static struct memblock_type *memory(struct kunit *test)
{
	struct fixture *f = test->priv;

	return &f->mb.memory;
}

static void expect_region(struct kunit *test, struct memblock_type *t, unsigned long i,
			  phys_addr_t base, phys_addr_t size)
{
	KUNIT_ASSERT_LT(test, i, t->cnt);
	KUNIT_EXPECT_EQ(test, t->regions[i].base, base);
	KUNIT_EXPECT_EQ(test, t->regions[i].size, size);
}

static int add(struct kunit *test, phys_addr_t base, phys_addr_t size)
{
	return memblock_add_range(memory(test), base, size, MEMBLOCK_NONE);
}

static void add_keeps_regions_sorted(struct kunit *test)
{
	add(test, 0x5000, 0x1000);
	add(test, 0x1000, 0x1000);
	add(test, 0x3000, 0x1000);
	KUNIT_EXPECT_EQ(test, memory(test)->cnt, 3UL);
	expect_region(test, memory(test), 0, 0x1000, 0x1000);
	expect_region(test, memory(test), 1, 0x3000, 0x1000);
	expect_region(test, memory(test), 2, 0x5000, 0x1000);
	KUNIT_EXPECT_EQ(test, memory(test)->total_size, (phys_addr_t)0x3000);
}

static void add_merges_neighbours(struct kunit *test)
{
	add(test, 0x1000, 0x1000);
	add(test, 0x3000, 0x1000);
	add(test, 0x2000, 0x1000);
	KUNIT_EXPECT_EQ(test, memory(test)->cnt, 1UL);
	expect_region(test, memory(test), 0, 0x1000, 0x3000);
}

static void add_of_what_is_there_changes_nothing(struct kunit *test)
{
	add(test, 0x1000, 0x4000);
	KUNIT_EXPECT_EQ(test, add(test, 0x2000, 0x1000), 0);
	KUNIT_EXPECT_EQ(test, memory(test)->cnt, 1UL);
	KUNIT_EXPECT_EQ(test, memory(test)->total_size, (phys_addr_t)0x4000);
}

static void add_across_several_fills_the_gaps(struct kunit *test)
{
	add(test, 0x2000, 0x1000);
	add(test, 0x4000, 0x1000);
	add(test, 0x1000, 0x6000);
	KUNIT_EXPECT_EQ(test, memory(test)->cnt, 1UL);
	expect_region(test, memory(test), 0, 0x1000, 0x6000);
	KUNIT_EXPECT_EQ(test, memory(test)->total_size, (phys_addr_t)0x6000);
}

static void regions_with_other_flags_do_not_merge(struct kunit *test)
{
	add(test, 0x1000, 0x1000);
	memblock_add_range(memory(test), 0x2000, 0x1000, MEMBLOCK_NOMAP);
	KUNIT_EXPECT_EQ(test, memory(test)->cnt, 2UL);
}

static void add_cuts_off_at_the_end_of_addresses(struct kunit *test)
{
	add(test, ~(phys_addr_t)0 - 0xfff, 0x10000);
	expect_region(test, memory(test), 0, ~(phys_addr_t)0 - 0xfff, 0xfff);
}

static void add_of_nothing_is_fine(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, add(test, 0x1000, 0), 0);
	KUNIT_EXPECT_EQ(test, memory(test)->cnt, 0UL);
}

static void full_table_refuses_and_stays_as_it_was(struct kunit *test)
{
	int i;

	memory(test)->max = 8;
	for (i = 0; i < 8; i++)
		KUNIT_ASSERT_EQ(test, add(test, 0x2000 * (i + 1), 0x1000), 0);
	KUNIT_EXPECT_EQ(test, add(test, 0x100000, 0x1000), -ENOMEM);
	KUNIT_EXPECT_EQ(test, memory(test)->cnt, 8UL);
	/* What needs no new region still goes. */
	KUNIT_EXPECT_EQ(test, add(test, 0x2000, 0x800), 0);
}

static void remove_from_the_middle_splits(struct kunit *test)
{
	add(test, 0x1000, 0x3000);
	KUNIT_EXPECT_EQ(test, memblock_remove_range(memory(test), 0x2000, 0x1000), 0);
	expect_region(test, memory(test), 0, 0x1000, 0x1000);
	expect_region(test, memory(test), 1, 0x3000, 0x1000);
	KUNIT_EXPECT_EQ(test, memory(test)->total_size, (phys_addr_t)0x2000);
}

static void remove_over_several_takes_whole_and_partial(struct kunit *test)
{
	add(test, 0x1000, 0x2000);
	add(test, 0x4000, 0x1000);
	add(test, 0x6000, 0x2000);
	memblock_remove_range(memory(test), 0x2000, 0x5000);
	KUNIT_EXPECT_EQ(test, memory(test)->cnt, 2UL);
	expect_region(test, memory(test), 0, 0x1000, 0x1000);
	expect_region(test, memory(test), 1, 0x7000, 0x1000);
}

static void remove_of_what_is_not_there_changes_nothing(struct kunit *test)
{
	add(test, 0x1000, 0x1000);
	KUNIT_EXPECT_EQ(test, memblock_remove_range(memory(test), 0x8000, 0x1000), 0);
	expect_region(test, memory(test), 0, 0x1000, 0x1000);
}

static void find_takes_the_highest_place(struct kunit *test)
{
	struct fixture *f = test->priv;

	add(test, 0x100000, 0x100000);
	memblock_add_range(&f->mb.reserved, 0x1f0000, 0x8000, MEMBLOCK_NONE);
	KUNIT_EXPECT_EQ(test, __memblock_find_range(&f->mb, 0x1000, 0x1000, 0, ~0ULL),
			(phys_addr_t)0x1ff000);
	/* What doesn't fit above the reservation goes below it. */
	KUNIT_EXPECT_EQ(test, __memblock_find_range(&f->mb, 0x9000, 0x1000, 0, ~0ULL),
			(phys_addr_t)0x1e7000);
}

static void find_bottom_up_takes_the_lowest(struct kunit *test)
{
	struct fixture *f = test->priv;

	f->mb.bottom_up = true;
	add(test, 0x100000, 0x100000);
	memblock_add_range(&f->mb.reserved, 0x100000, 0x800, MEMBLOCK_NONE);
	KUNIT_EXPECT_EQ(test, __memblock_find_range(&f->mb, 0x1000, 0x1000, 0, ~0ULL),
			(phys_addr_t)0x101000);
}

static void find_keeps_alignment_and_limits(struct kunit *test)
{
	struct fixture *f = test->priv;

	add(test, 0x100000, 0x300000);
	KUNIT_EXPECT_EQ(test, __memblock_find_range(&f->mb, 0x1000, 0x200000, 0, ~0ULL),
			(phys_addr_t)0x200000);
	KUNIT_EXPECT_EQ(test, __memblock_find_range(&f->mb, 0x1000, 0x1000, 0, 0x180000),
			(phys_addr_t)0x17f000);
	KUNIT_EXPECT_EQ(test, __memblock_find_range(&f->mb, 0x1000, 0x1000, 0x500000, ~0ULL),
			(phys_addr_t)0);
	KUNIT_EXPECT_EQ(test, __memblock_find_range(&f->mb, 0x400000, 0x1000, 0, ~0ULL),
			(phys_addr_t)0);
}

static void find_never_gives_address_zero(struct kunit *test)
{
	struct fixture *f = test->priv;

	f->mb.bottom_up = true;
	add(test, 0, 0x4000);
	KUNIT_EXPECT_EQ(test, __memblock_find_range(&f->mb, 0x1000, 0x1000, 0, ~0ULL),
			(phys_addr_t)PAGE_SIZE);
}

static void free_ranges_are_memory_less_reserved(struct kunit *test)
{
	struct fixture *f = test->priv;
	phys_addr_t s = 0, e = 0;

	add(test, 0x1000, 0x5000);
	add(test, 0x8000, 0x1000);
	memblock_add_range(&f->mb.reserved, 0x0, 0x2000, MEMBLOCK_NONE);
	memblock_add_range(&f->mb.reserved, 0x3000, 0x1000, MEMBLOCK_NONE);
	memblock_add_range(&f->mb.reserved, 0x5000, 0x3800, MEMBLOCK_NONE);

	KUNIT_ASSERT_TRUE(test, __memblock_next_free(&f->mb, 0, &s, &e));
	KUNIT_EXPECT_EQ(test, s, (phys_addr_t)0x2000);
	KUNIT_EXPECT_EQ(test, e, (phys_addr_t)0x3000);
	KUNIT_ASSERT_TRUE(test, __memblock_next_free(&f->mb, e, &s, &e));
	KUNIT_EXPECT_EQ(test, s, (phys_addr_t)0x4000);
	KUNIT_EXPECT_EQ(test, e, (phys_addr_t)0x5000);
	KUNIT_ASSERT_TRUE(test, __memblock_next_free(&f->mb, e, &s, &e));
	KUNIT_EXPECT_EQ(test, s, (phys_addr_t)0x8800);
	KUNIT_EXPECT_EQ(test, e, (phys_addr_t)0x9000);
	KUNIT_EXPECT_FALSE(test, __memblock_next_free(&f->mb, e, &s, &e));
}

static void nomap_memory_is_never_free(struct kunit *test)
{
	struct fixture *f = test->priv;
	phys_addr_t s, e;

	memblock_add_range(memory(test), 0x1000, 0x1000, MEMBLOCK_NOMAP);
	KUNIT_EXPECT_FALSE(test, __memblock_next_free(&f->mb, 0, &s, &e));
}

/* A long random run, held against one bit per page. */
static void random_operations_match_a_bitmap(struct kunit *test)
{
	u8 *model = kunit_kzalloc(test, 64, GFP_KERNEL);
	u32 seed = 12345, i, n;
	phys_addr_t total;

	KUNIT_ASSERT_NOT_NULL(test, model);
	for (n = 0; n < 2000; n++) {
		u32 base, size;
		bool set;
		int ret;

		seed = seed * 1664525 + 1013904223;
		base = (seed >> 8) % 64;
		size = (seed >> 16) % (64 - base) % 9;
		set = seed >> 31;
		ret = set ? add(test, base << 12, size << 12) :
			    memblock_remove_range(memory(test), base << 12, size << 12);
		if (ret)
			continue;
		memset(model + base, set, size);
		for (i = 0, total = 0; i < 64; i++) {
			KUNIT_ASSERT_EQ(test, (bool)model[i],
					memblock_overlaps_region(memory(test), i << 12, 1));
			total += model[i] << 12;
		}
		KUNIT_ASSERT_EQ(test, total, memory(test)->total_size);
	}
}

/* Of the boot's own table. Its memory is not changed any more. */
static void walks_see_each_range_once_in_order(struct kunit *test)
{
	phys_addr_t start, end, last = 0, sum = 0;
	unsigned int n = 0;
	u64 i;

	for_each_mem_range(i, &start, &end) {
		KUNIT_EXPECT_GE(test, start, last);
		last = end;
		sum += end - start;
		n++;
	}
	KUNIT_EXPECT_EQ(test, sum, memblock_phys_mem_size());
	for_each_mem_range_rev(i, &start, &end) {
		KUNIT_EXPECT_LE(test, end, last);
		last = start;
		sum -= end - start;
		n--;
	}
	KUNIT_EXPECT_EQ(test, sum, 0);
	KUNIT_EXPECT_EQ(test, n, 0);
	KUNIT_EXPECT_EQ(test, last, memblock_start_of_DRAM());
	for_each_reserved_mem_range(i, &start, &end)
		sum += end - start;
	KUNIT_EXPECT_EQ(test, sum, memblock_reserved_size());
	KUNIT_EXPECT_EQ(test, memblock_estimated_nr_free_pages(),
			(memblock_phys_mem_size() - sum) >> PAGE_SHIFT);
}

static void frames_of_a_reserved_region_are_those_it_touches(struct kunit *test)
{
	struct memblock_region reg = { .base = 3 * PAGE_SIZE + 1, .size = 2 };

	KUNIT_EXPECT_EQ(test, memblock_region_reserved_base_pfn(&reg), 3UL);
	KUNIT_EXPECT_EQ(test, memblock_region_reserved_end_pfn(&reg), 4UL);
	reg.size = PAGE_SIZE;
	KUNIT_EXPECT_EQ(test, memblock_region_reserved_end_pfn(&reg), 5UL);
}

static void the_kernel_image_is_memory_and_reserved(struct kunit *test)
{
	phys_addr_t here = __pa_symbol(&memblock);

	KUNIT_EXPECT_TRUE(test, memblock_is_memory(here));
	KUNIT_EXPECT_TRUE(test, memblock_is_reserved(here));
	KUNIT_EXPECT_TRUE(test, pfn_valid(PHYS_PFN(here)));
	KUNIT_EXPECT_TRUE(test, PageReserved(phys_to_page(here)));
	KUNIT_EXPECT_FALSE(test, pfn_valid(PHYS_PFN(~(phys_addr_t)0)));
}

static struct kunit_case memblock_cases[] = {
	KUNIT_CASE(add_keeps_regions_sorted),
	KUNIT_CASE(add_merges_neighbours),
	KUNIT_CASE(add_of_what_is_there_changes_nothing),
	KUNIT_CASE(add_across_several_fills_the_gaps),
	KUNIT_CASE(regions_with_other_flags_do_not_merge),
	KUNIT_CASE(add_cuts_off_at_the_end_of_addresses),
	KUNIT_CASE(add_of_nothing_is_fine),
	KUNIT_CASE(full_table_refuses_and_stays_as_it_was),
	KUNIT_CASE(remove_from_the_middle_splits),
	KUNIT_CASE(remove_over_several_takes_whole_and_partial),
	KUNIT_CASE(remove_of_what_is_not_there_changes_nothing),
	KUNIT_CASE(find_takes_the_highest_place),
	KUNIT_CASE(find_bottom_up_takes_the_lowest),
	KUNIT_CASE(find_keeps_alignment_and_limits),
	KUNIT_CASE(find_never_gives_address_zero),
	KUNIT_CASE(free_ranges_are_memory_less_reserved),
	KUNIT_CASE(nomap_memory_is_never_free),
	KUNIT_CASE(random_operations_match_a_bitmap),
	KUNIT_CASE(walks_see_each_range_once_in_order),
	KUNIT_CASE(frames_of_a_reserved_region_are_those_it_touches),
	KUNIT_CASE(the_kernel_image_is_memory_and_reserved),
	{}
};

static struct kunit_suite memblock_suite = {
	.name = "memblock",
	.init = memblock_test_init,
	.test_cases = memblock_cases,
};
kunit_test_suite(memblock_suite);
