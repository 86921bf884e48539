// SPDX-License-Identifier: MIT
/* Disjoint sets against a table that says of each member which set it is in. */

#include <kunit/test.h>

#include <linux/prandom.h>
#include <linux/union_find.h>

#define NR	200

static void each_node_begins_alone(struct kunit *test)
{
	struct uf_node a = UF_INIT_NODE(a), b;

	uf_node_init(&b);
	KUNIT_EXPECT_PTR_EQ(test, uf_find(&a), &a);
	KUNIT_EXPECT_PTR_EQ(test, uf_find(&b), &b);
}

static void a_set_has_one_root(struct kunit *test)
{
	struct uf_node n[4];
	int i;

	for (i = 0; i < 4; i++)
		uf_node_init(&n[i]);
	uf_union(&n[0], &n[1]);
	uf_union(&n[2], &n[3]);
	KUNIT_EXPECT_PTR_EQ(test, uf_find(&n[0]), uf_find(&n[1]));
	KUNIT_EXPECT_PTR_NE(test, uf_find(&n[0]), uf_find(&n[2]));
	uf_union(&n[1], &n[3]);
	for (i = 1; i < 4; i++)
		KUNIT_EXPECT_PTR_EQ(test, uf_find(&n[i]), uf_find(&n[0]));
}

static void joining_a_set_with_itself_changes_nothing(struct kunit *test)
{
	struct uf_node a = UF_INIT_NODE(a), b = UF_INIT_NODE(b), *root;
	unsigned int rank;

	uf_union(&a, &b);
	root = uf_find(&a);
	rank = root->rank;
	uf_union(&b, &a);
	uf_union(&a, &a);
	KUNIT_EXPECT_PTR_EQ(test, uf_find(&b), root);
	KUNIT_EXPECT_EQ(test, root->rank, rank);
}

static unsigned int way_to_root(const struct uf_node *node)
{
	unsigned int steps = 0;

	for (; node->parent != node; node = node->parent)
		steps++;
	return steps;
}

/* Equals joined with equals give the deepest trees: 2^6 members, 6 steps. */
static void ranks_bound_the_ways(struct kunit *test)
{
	struct uf_node n[64];
	int i, half;

	for (i = 0; i < 64; i++)
		uf_node_init(&n[i]);
	for (half = 1; half < 64; half *= 2) {
		for (i = 0; i < 64; i += 2 * half)
			uf_union(&n[i], &n[i + half]);
	}
	KUNIT_EXPECT_EQ(test, uf_find(&n[0])->rank, 6U);
	for (i = 0; i < 64; i++)
		KUNIT_EXPECT_LE(test, way_to_root(&n[i]), 6U);
}

static void finding_shortens_the_way(struct kunit *test)
{
	struct uf_node n[9];
	int i;

	/* A chain, as no union makes it. */
	for (i = 0; i < 9; i++) {
		uf_node_init(&n[i]);
		n[i].parent = &n[i ? i - 1 : 0];
	}
	KUNIT_EXPECT_PTR_EQ(test, uf_find(&n[8]), &n[0]);
	KUNIT_EXPECT_LE(test, way_to_root(&n[8]), 4U);
}

static void long_runs_agree_with_a_table(struct kunit *test)
{
	struct uf_node *n = kunit_kcalloc(test, NR, sizeof(*n), GFP_KERNEL);
	int *set = kunit_kcalloc(test, NR, sizeof(*set), GFP_KERNEL);
	struct rnd_state rnd;
	int step, i, a, b, old;

	KUNIT_ASSERT_NOT_NULL(test, n);
	KUNIT_ASSERT_NOT_NULL(test, set);
	prandom_seed_state(&rnd, 4711);
	for (i = 0; i < NR; i++) {
		uf_node_init(&n[i]);
		set[i] = i;
	}
	for (step = 0; step < 3 * NR; step++) {
		a = prandom_u32_state(&rnd) % NR;
		b = prandom_u32_state(&rnd) % NR;
		KUNIT_ASSERT_EQ(test, uf_find(&n[a]) == uf_find(&n[b]), set[a] == set[b]);
		if (step % 4)
			continue;
		uf_union(&n[a], &n[b]);
		for (i = 0, old = set[b]; i < NR; i++) {
			if (set[i] == old)
				set[i] = set[a];
		}
	}
}

static struct kunit_case union_find_cases[] = {
	KUNIT_CASE(each_node_begins_alone),
	KUNIT_CASE(a_set_has_one_root),
	KUNIT_CASE(joining_a_set_with_itself_changes_nothing),
	KUNIT_CASE(ranks_bound_the_ways),
	KUNIT_CASE(finding_shortens_the_way),
	KUNIT_CASE(long_runs_agree_with_a_table),
	{}
};

static struct kunit_suite union_find_suite = {
	.name = "union_find",
	.test_cases = union_find_cases,
};
kunit_test_suite(union_find_suite);
