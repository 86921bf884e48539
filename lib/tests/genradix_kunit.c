// SPDX-License-Identifier: MIT
/*
 * Tests of <linux/generic-radix-tree.h>: far indices, elements that don't divide a leaf, walks both
 * ways.
 */

#include <kunit/test.h>

#include <linux/generic-radix-tree.h>
#include <linux/slab.h>

struct odd {
	u64 value;
	u8 pad[16];		/* 24 bytes: 21 to a leaf */
};

static DEFINE_GENRADIX(odds, struct odd);
static GENRADIX(u32) words;

static const size_t indices[] = { 0, 1, 20, 21, 22, 4095, 100000, 1ul << 30, 1ul << 45 };

static void elements_are_zero_and_stay(struct kunit *test)
{
	struct odd *p[ARRAY_SIZE(indices)];
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(indices); i++) {
		p[i] = genradix_ptr_alloc(&odds, indices[i], GFP_KERNEL);
		KUNIT_ASSERT_NOT_NULL(test, p[i]);
		KUNIT_EXPECT_EQ(test, p[i]->value, 0ULL);
		p[i]->value = indices[i] + 7;
	}
	for (i = 0; i < ARRAY_SIZE(indices); i++) {
		KUNIT_EXPECT_PTR_EQ(test, genradix_ptr(&odds, indices[i]), p[i]);
		KUNIT_EXPECT_EQ(test, p[i]->value, (u64)indices[i] + 7);
	}
	KUNIT_EXPECT_NULL(test, genradix_ptr(&odds, 1ul << 20));
	KUNIT_EXPECT_NULL(test, genradix_ptr(&odds, 1ul << 50));
	genradix_free(&odds);
	KUNIT_EXPECT_NULL(test, genradix_ptr(&odds, 0));
}

static void a_walk_meets_what_was_made(struct kunit *test)
{
	struct genradix_iter iter;
	unsigned int i, seen = 0;
	size_t last = 0;
	struct odd *p;

	genradix_for_each(&odds, iter, p)
		KUNIT_FAIL(test, "an empty one has nothing to meet");
	for (i = 0; i < ARRAY_SIZE(indices); i++)
		genradix_ptr_alloc(&odds, indices[i], GFP_KERNEL)->value = 1;
	genradix_for_each(&odds, iter, p) {
		KUNIT_ASSERT_PTR_EQ(test, p, genradix_ptr(&odds, iter.pos));
		KUNIT_ASSERT_TRUE(test, !seen || iter.pos > last || p->value);
		last = iter.pos;
		seen += p->value;
	}
	KUNIT_EXPECT_EQ(test, seen, (unsigned int)ARRAY_SIZE(indices));
	seen = 0;
	genradix_for_each_reverse(&odds, iter, p) {
		KUNIT_ASSERT_PTR_EQ(test, p, genradix_ptr(&odds, iter.pos));
		seen += p->value;
	}
	KUNIT_EXPECT_EQ(test, seen, (unsigned int)ARRAY_SIZE(indices));
	/* from the middle: the rest of the leaf, then what comes */
	genradix_for_each_from(&odds, iter, p, 4096) {
		KUNIT_EXPECT_EQ(test, iter.pos, 4096UL);
		break;
	}
	genradix_free(&odds);
}

static void what_is_made_ahead_needs_no_memory(struct kunit *test)
{
	unsigned int i;

	genradix_init(&words);
	KUNIT_ASSERT_EQ(test, genradix_prealloc(&words, 1000, GFP_KERNEL), 0);
	for (i = 0; i < 1000; i++)
		KUNIT_ASSERT_NOT_NULL(test, genradix_ptr(&words, i));
	for (i = 0; i < 1000; i++)
		*genradix_ptr(&words, i) = i;
	for (i = 0; i < 1000; i++)
		KUNIT_ASSERT_EQ(test, *genradix_ptr(&words, i), i);
	genradix_free(&words);
}

static struct kunit_case genradix_cases[] = {
	KUNIT_CASE(elements_are_zero_and_stay),
	KUNIT_CASE(a_walk_meets_what_was_made),
	KUNIT_CASE(what_is_made_ahead_needs_no_memory),
	{}
};

static struct kunit_suite genradix_suite = {
	.name = "genradix",
	.test_cases = genradix_cases,
};
kunit_test_suite(genradix_suite);
