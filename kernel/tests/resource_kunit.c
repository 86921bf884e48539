// SPDX-License-Identifier: MIT
/*
 * Ranges of address spaces: claims, what is told of, room, and what is where. Each test has a tree
 * of its own; only the last two look at the machine's, far above anything.
 */

#include <kunit/test.h>

#include <linux/errno.h>
#include <linux/ioport.h>
#include <linux/mm.h>
#include <linux/prandom.h>

#define FAR	((resource_size_t)1 << 40)

static struct resource root_of_tree(void)
{
	return DEFINE_RES_MEM_NAMED(0x1000, 0x1000, "root");
}

static void claims_do_not_overlap(struct kunit *test)
{
	struct resource root = root_of_tree();
	struct resource a = DEFINE_RES_MEM(0x1100, 0x100), b = DEFINE_RES_MEM(0x1200, 0x100);
	struct resource over = DEFINE_RES_MEM(0x11ff, 2), out = DEFINE_RES_MEM(0x1f80, 0x100);

	KUNIT_EXPECT_EQ(test, request_resource(&root, &b), 0);
	KUNIT_EXPECT_EQ(test, request_resource(&root, &a), 0);
	KUNIT_EXPECT_PTR_EQ(test, root.child, &a);
	KUNIT_EXPECT_PTR_EQ(test, a.sibling, &b);
	KUNIT_EXPECT_PTR_EQ(test, request_resource_conflict(&root, &over), &a);
	KUNIT_EXPECT_EQ(test, request_resource(&root, &over), -EBUSY);
	KUNIT_EXPECT_PTR_EQ(test, request_resource_conflict(&root, &out), &root);
	KUNIT_EXPECT_PTR_EQ(test, lookup_resource(&root, 0x1200), &b);
	KUNIT_EXPECT_NULL(test, lookup_resource(&root, 0x1201));
	KUNIT_EXPECT_EQ(test, release_resource(&a), 0);
	KUNIT_EXPECT_EQ(test, release_resource(&a), -EINVAL);
	KUNIT_EXPECT_PTR_EQ(test, root.child, &b);
}

static void what_is_inserted_takes_in_what_lies_within(struct kunit *test)
{
	struct resource root = root_of_tree();
	struct resource a = DEFINE_RES_MEM(0x1100, 0x100), b = DEFINE_RES_MEM(0x1300, 0x100);
	struct resource both = DEFINE_RES_MEM(0x1100, 0x400), part = DEFINE_RES_MEM(0x1480, 0x200);

	KUNIT_ASSERT_EQ(test, insert_resource(&root, &a), 0);
	KUNIT_ASSERT_EQ(test, insert_resource(&root, &b), 0);
	KUNIT_ASSERT_EQ(test, insert_resource(&root, &both), 0);
	KUNIT_EXPECT_PTR_EQ(test, a.parent, &both);
	KUNIT_EXPECT_PTR_EQ(test, b.parent, &both);
	KUNIT_EXPECT_EQ(test, insert_resource(&root, &part), -EBUSY);
	KUNIT_EXPECT_EQ(test, remove_resource(&both), 0);
	KUNIT_EXPECT_PTR_EQ(test, a.parent, &root);
	KUNIT_EXPECT_PTR_EQ(test, root.child, &a);
	KUNIT_EXPECT_PTR_EQ(test, a.sibling, &b);
	KUNIT_EXPECT_EQ(test, remove_resource(&both), -EINVAL);
}

static void a_range_grows_over_what_it_meets(struct kunit *test)
{
	struct resource root = root_of_tree();
	struct resource a = DEFINE_RES_MEM(0x1100, 0x100), b = DEFINE_RES_MEM(0x1300, 0x100);
	struct resource grows = DEFINE_RES_MEM(0x1180, 0x200);

	KUNIT_ASSERT_EQ(test, request_resource(&root, &a), 0);
	KUNIT_ASSERT_EQ(test, request_resource(&root, &b), 0);
	insert_resource_expand_to_fit(&root, &grows);
	KUNIT_EXPECT_PTR_EQ(test, grows.parent, &root);
	KUNIT_EXPECT_EQ(test, grows.start, 0x1100ULL);
	KUNIT_EXPECT_EQ(test, grows.end, 0x13ffULL);
	KUNIT_EXPECT_PTR_EQ(test, b.parent, &grows);
}

static void the_first_room_that_holds_it_is_taken(struct kunit *test)
{
	struct resource root = root_of_tree(), got = { .flags = IORESOURCE_MEM };
	struct resource a = DEFINE_RES_MEM(0x1000, 0x80), b = DEFINE_RES_MEM(0x1100, 0xf00 - 0x10);

	KUNIT_ASSERT_EQ(test, request_resource(&root, &a), 0);
	KUNIT_ASSERT_EQ(test, request_resource(&root, &b), 0);
	/* 0x1080-0x10ff and 0x1ff0-0x1fff are free. */
	KUNIT_EXPECT_EQ(test, allocate_resource(&root, &got, 0x81, 0, ~0ULL, 1, NULL, NULL),
			-EBUSY);
	KUNIT_EXPECT_NULL(test, got.parent);
	KUNIT_ASSERT_EQ(test, allocate_resource(&root, &got, 0x10, 0, ~0ULL, 1, NULL, NULL), 0);
	KUNIT_EXPECT_EQ(test, got.start, 0x1080ULL);
	KUNIT_EXPECT_EQ(test, got.end, 0x108fULL);
	release_resource(&got);
	KUNIT_ASSERT_EQ(test, allocate_resource(&root, &got, 0x10, 0x1088, ~0ULL, 0x20, NULL, NULL),
			0);
	KUNIT_EXPECT_EQ(test, got.start, 0x10a0ULL);
	release_resource(&got);
	KUNIT_ASSERT_EQ(test, allocate_resource(&root, &got, 0x10, 0x10f8, ~0ULL, 0, NULL, NULL),
			0);
	KUNIT_EXPECT_EQ(test, got.start, 0x1ff0ULL);
	release_resource(&got);
	KUNIT_EXPECT_EQ(test, allocate_resource(&root, &got, 0x10, 0x10f8, 0x1ffe, 0, NULL, NULL),
			-EBUSY);
	KUNIT_EXPECT_EQ(test, allocate_resource(&root, &got, 0, 0, ~0ULL, 0, NULL, NULL), -EINVAL);
}

/* At the end of the room, as low as it may be. */
static resource_size_t at_the_end(void *data, const struct resource *res, resource_size_t size,
				  resource_size_t align)
{
	(void)align;
	*(resource_size_t *)data = res->start;
	return res->end - size + 1;
}

static void an_alignment_function_has_the_last_word(struct kunit *test)
{
	struct resource root = root_of_tree(), got = { .flags = IORESOURCE_MEM };
	resource_size_t seen = 0;
	struct resource_constraint c = {
		.min = 0x1001, .max = 0x17ff, .align = 0x10, .alignf = at_the_end,
		.alignf_data = &seen,
	};

	got.flags |= IORESOURCE_UNSET;
	KUNIT_EXPECT_EQ(test, find_resource_space(&root, &got, 0x20, &c), 0);
	KUNIT_EXPECT_EQ(test, seen, 0x1010ULL);
	KUNIT_EXPECT_EQ(test, got.start, 0x17e0ULL);
	KUNIT_EXPECT_EQ(test, got.flags, (unsigned long)IORESOURCE_MEM);
	KUNIT_EXPECT_NULL(test, got.parent);
	c.min = ~(resource_size_t)0 - 3;
	c.max = ~(resource_size_t)0;
	KUNIT_EXPECT_EQ(test, find_resource_space(&root, &got, 0x20, &c), -EBUSY);
}

static void a_claim_that_grows_moves_if_it_must(struct kunit *test)
{
	struct resource root = root_of_tree(), got = DEFINE_RES_MEM(0x1000, 0x100);
	struct resource wall = DEFINE_RES_MEM(0x1200, 0x100), child = DEFINE_RES_MEM(0x1300, 4);

	KUNIT_ASSERT_EQ(test, request_resource(&root, &got), 0);
	KUNIT_ASSERT_EQ(test, request_resource(&root, &wall), 0);
	KUNIT_EXPECT_EQ(test, allocate_resource(&root, &got, 0x200, 0, ~0ULL, 0x100, NULL, NULL),
			0);
	KUNIT_EXPECT_EQ(test, got.start, 0x1000ULL);
	KUNIT_EXPECT_EQ(test, allocate_resource(&root, &got, 0x201, 0, ~0ULL, 0x100, NULL, NULL),
			0);
	KUNIT_EXPECT_EQ(test, got.start, 0x1300ULL);
	KUNIT_EXPECT_EQ(test, allocate_resource(&root, &got, 0x1000, 0, ~0ULL, 0, NULL, NULL),
			-EBUSY);
	KUNIT_EXPECT_EQ(test, got.start, 0x1300ULL);
	KUNIT_EXPECT_EQ(test, got.end, 0x1500ULL);
	KUNIT_EXPECT_PTR_EQ(test, wall.sibling, &got);
	KUNIT_ASSERT_EQ(test, request_resource(&got, &child), 0);
	KUNIT_EXPECT_EQ(test, allocate_resource(&root, &got, 8, 0, ~0ULL, 0, NULL, NULL), -EBUSY);
}

static void a_range_is_adjusted_between_its_neighbours(struct kunit *test)
{
	struct resource root = root_of_tree(), res = DEFINE_RES_MEM(0x1200, 0x100);
	struct resource wall = DEFINE_RES_MEM(0x1400, 0x100), child = DEFINE_RES_MEM(0x1280, 8);

	KUNIT_ASSERT_EQ(test, request_resource(&root, &res), 0);
	KUNIT_ASSERT_EQ(test, request_resource(&root, &wall), 0);
	KUNIT_ASSERT_EQ(test, request_resource(&res, &child), 0);
	KUNIT_EXPECT_EQ(test, adjust_resource(&res, 0x1280, 0x180), 0);
	KUNIT_EXPECT_EQ(test, res.end, 0x13ffULL);
	KUNIT_EXPECT_EQ(test, adjust_resource(&res, 0x1280, 0x181), -EBUSY);
	KUNIT_EXPECT_EQ(test, adjust_resource(&res, 0x1281, 0x100), -EBUSY);
	KUNIT_EXPECT_EQ(test, adjust_resource(&res, 0x0fff, 0x400), -EBUSY);
	KUNIT_EXPECT_EQ(test, adjust_resource(&res, 0x1280, 0), -EBUSY);
	KUNIT_EXPECT_EQ(test, res.start, 0x1280ULL);
}

static void flags_tell_the_alignment(struct kunit *test)
{
	struct resource res = DEFINE_RES_MEM(0x1200, 0x100);

	KUNIT_EXPECT_EQ(test, resource_alignment(&res), 0ULL);
	res.flags |= IORESOURCE_SIZEALIGN;
	KUNIT_EXPECT_EQ(test, resource_alignment(&res), 0x100ULL);
	res.flags ^= IORESOURCE_SIZEALIGN | IORESOURCE_STARTALIGN;
	KUNIT_EXPECT_EQ(test, resource_alignment(&res), 0x1200ULL);
}

/* Many claims of random sizes, held against a map with a byte for each address. */
static void long_runs_agree_with_a_map(struct kunit *test)
{
	struct resource root = root_of_tree();
	struct resource *r = kunit_kcalloc(test, 64, sizeof(*r), GFP_KERNEL);
	u8 *taken = kunit_kzalloc(test, 0x1000, GFP_KERNEL);
	struct rnd_state rnd;
	int round, i, at;

	KUNIT_ASSERT_NOT_NULL(test, r);
	KUNIT_ASSERT_NOT_NULL(test, taken);
	prandom_seed_state(&rnd, 90210);
	for (round = 0; round < 2000; round++) {
		struct resource *one = &r[prandom_u32_state(&rnd) % 64];
		int size = 1 + prandom_u32_state(&rnd) % 200;
		int align = 1 << prandom_u32_state(&rnd) % 8, run = 0;

		if (one->parent) {
			memset(taken + one->start - 0x1000, 0, resource_size(one));
			KUNIT_ASSERT_EQ(test, release_resource(one), 0);
			continue;
		}
		/* The lowest aligned address behind which @size bytes are free. */
		for (at = 0; at + size <= 0x1000; at += align) {
			for (run = 0; run < size && !taken[at + run]; run++)
				;
			if (run == size)
				break;
		}
		i = allocate_resource(&root, one, size, 0, ~0ULL, align, NULL, NULL);
		KUNIT_ASSERT_EQ(test, i, run == size ? 0 : -EBUSY);
		if (i)
			continue;
		KUNIT_ASSERT_EQ(test, one->start, 0x1000ULL + at);
		memset(taken + at, 1, size);
	}
}

static int add_sizes(struct resource *res, void *arg)
{
	*(u64 *)arg += resource_size(res);
	return 0;
}

static int stop_at_once(struct resource *res, void *arg)
{
	*(u64 *)arg = res->start;
	return 7;
}

static void walks_see_the_parts_of_one_kind(struct kunit *test)
{
	struct resource a = DEFINE_RES_MEM(FAR, 0x1000), b = DEFINE_RES_MEM(FAR + 0x2000, 0x1000);
	struct resource inner = DEFINE_RES_MEM(FAR + 0x2800, 0x100);
	u64 sum = 0;

	b.desc = IORES_DESC_RESERVED;
	inner.desc = IORES_DESC_SOFT_RESERVED;
	KUNIT_ASSERT_EQ(test, insert_resource(&iomem_resource, &a), 0);
	KUNIT_ASSERT_EQ(test, insert_resource(&iomem_resource, &b), 0);
	KUNIT_ASSERT_EQ(test, insert_resource(&iomem_resource, &inner), 0);

	KUNIT_EXPECT_EQ(test, walk_iomem_res_desc(IORES_DESC_NONE, IORESOURCE_MEM, FAR + 0x800,
						  FAR + 0x27ff, &sum, add_sizes), 0);
	KUNIT_EXPECT_EQ(test, sum, 0x800ULL + 0x800);
	KUNIT_EXPECT_EQ(test, walk_iomem_res_desc(IORES_DESC_SOFT_RESERVED, 0, FAR, ~0ULL, &sum,
						  stop_at_once), 7);
	KUNIT_EXPECT_EQ(test, sum, FAR + 0x2800);
	KUNIT_EXPECT_EQ(test, walk_iomem_res_desc(IORES_DESC_NONE, IORESOURCE_IO, FAR, FAR + 0x4000,
						  &sum, add_sizes), -EINVAL);
	release_resource(&inner);
	release_resource(&b);
	release_resource(&a);
}

static void regions_are_of_a_kind_or_not(struct kunit *test)
{
	struct resource ram = DEFINE_RES_NAMED(FAR, 0x1000, "ram", IORESOURCE_SYSTEM_RAM);
	struct resource regs = DEFINE_RES_MEM(FAR + 0x2000, 0x1000);
	struct resource within = DEFINE_RES_NAMED(FAR + 0x2800, 0x800, "in", IORESOURCE_SYSTEM_RAM);
	unsigned long kind = IORESOURCE_SYSTEM_RAM;

	KUNIT_ASSERT_EQ(test, insert_resource(&iomem_resource, &ram), 0);
	KUNIT_ASSERT_EQ(test, insert_resource(&iomem_resource, &regs), 0);
	KUNIT_ASSERT_EQ(test, insert_resource(&iomem_resource, &within), 0);

	/* Holes don't count. */
	KUNIT_EXPECT_EQ(test, region_intersects(FAR, 0x2000, kind, 0), REGION_INTERSECTS);
	KUNIT_EXPECT_EQ(test, region_intersects(FAR + 0x1000, 0x1000, kind, 0), REGION_DISJOINT);
	KUNIT_EXPECT_EQ(test, region_intersects(FAR + 0x1000, 0x1001, kind, 0), REGION_DISJOINT);
	KUNIT_EXPECT_EQ(test, region_intersects(FAR, 0x2001, kind, 0), REGION_MIXED);
	/* A child of the kind covers its part of another. */
	KUNIT_EXPECT_EQ(test, region_intersects(FAR + 0x2800, 0x800, kind, 0), REGION_INTERSECTS);
	KUNIT_EXPECT_EQ(test, region_intersects(FAR + 0x27ff, 0x800, kind, 0), REGION_MIXED);
	KUNIT_EXPECT_EQ(test, region_intersects(FAR, 0x1000, kind, IORES_DESC_RESERVED),
			REGION_DISJOINT);
	release_resource(&within);
	release_resource(&regs);
	release_resource(&ram);
}

static struct kunit_case resource_cases[] = {
	KUNIT_CASE(claims_do_not_overlap),
	KUNIT_CASE(what_is_inserted_takes_in_what_lies_within),
	KUNIT_CASE(a_range_grows_over_what_it_meets),
	KUNIT_CASE(the_first_room_that_holds_it_is_taken),
	KUNIT_CASE(an_alignment_function_has_the_last_word),
	KUNIT_CASE(a_claim_that_grows_moves_if_it_must),
	KUNIT_CASE(a_range_is_adjusted_between_its_neighbours),
	KUNIT_CASE(flags_tell_the_alignment),
	KUNIT_CASE(long_runs_agree_with_a_map),
	KUNIT_CASE(walks_see_the_parts_of_one_kind),
	KUNIT_CASE(regions_are_of_a_kind_or_not),
	{}
};

static struct kunit_suite resource_suite = {
	.name = "resource",
	.test_cases = resource_cases,
};
kunit_test_suite(resource_suite);
