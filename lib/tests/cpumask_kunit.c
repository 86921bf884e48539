// SPDX-License-Identifier: MIT
/*
 * Tests of <linux/cpumask.h> and <linux/nodemask.h>. Masks are made of the CPU numbers that this
 * machine has, so that a test says the same on one CPU and on eight.
 */

#include <kunit/test.h>

#include <linux/cpumask.h>
#include <linux/nodemask.h>
#include <linux/slab.h>
#include <linux/sprintf.h>

static struct cpumask a, b, c;

static int clear_masks(struct kunit *test)
{
	cpumask_clear(&a);
	cpumask_clear(&b);
	cpumask_clear(&c);
	return 0;
}

/* The highest CPU number that there can be. */
static unsigned int top(void)
{
	return nr_cpu_ids - 1;
}

static void an_empty_mask_has_no_first(struct kunit *test)
{
	KUNIT_EXPECT_TRUE(test, cpumask_empty(&a));
	KUNIT_EXPECT_GE(test, cpumask_first(&a), nr_cpu_ids);
	KUNIT_EXPECT_GE(test, cpumask_last(&a), nr_cpu_ids);
	KUNIT_EXPECT_GE(test, cpumask_any(&a), nr_cpu_ids);
	KUNIT_EXPECT_EQ(test, cpumask_weight(&a), 0);
	KUNIT_EXPECT_EQ(test, cpumask_first_zero(&a), 0);
}

static void a_full_mask_has_all(struct kunit *test)
{
	cpumask_setall(&a);
	KUNIT_EXPECT_TRUE(test, cpumask_full(&a));
	KUNIT_EXPECT_EQ(test, cpumask_first(&a), 0);
	KUNIT_EXPECT_EQ(test, cpumask_last(&a), top());
	KUNIT_EXPECT_EQ(test, cpumask_weight(&a), nr_cpu_ids);
	KUNIT_EXPECT_GE(test, cpumask_first_zero(&a), nr_cpu_ids);
}

static void one_cpu_is_set_and_cleared(struct kunit *test)
{
	cpumask_set_cpu(top(), &a);
	KUNIT_EXPECT_TRUE(test, cpumask_test_cpu(top(), &a));
	KUNIT_EXPECT_EQ(test, cpumask_weight(&a), 1);
	cpumask_clear_cpu(top(), &a);
	KUNIT_EXPECT_TRUE(test, cpumask_empty(&a));
	__cpumask_set_cpu(0, &a);
	KUNIT_EXPECT_EQ(test, cpumask_first(&a), 0);
	__cpumask_clear_cpu(0, &a);
	KUNIT_EXPECT_TRUE(test, cpumask_empty(&a));
}

static void assignment_takes_a_value(struct kunit *test)
{
	cpumask_assign_cpu(0, &a, true);
	KUNIT_EXPECT_TRUE(test, cpumask_test_cpu(0, &a));
	__cpumask_assign_cpu(0, &a, false);
	KUNIT_EXPECT_FALSE(test, cpumask_test_cpu(0, &a));
}

static void test_and_set_returns_what_was(struct kunit *test)
{
	KUNIT_EXPECT_FALSE(test, cpumask_test_and_set_cpu(top(), &a));
	KUNIT_EXPECT_TRUE(test, cpumask_test_and_set_cpu(top(), &a));
	KUNIT_EXPECT_TRUE(test, cpumask_test_and_clear_cpu(top(), &a));
	KUNIT_EXPECT_FALSE(test, cpumask_test_and_clear_cpu(top(), &a));
}

static void next_starts_behind(struct kunit *test)
{
	cpumask_set_cpu(0, &a);
	KUNIT_EXPECT_EQ(test, cpumask_next(-1, &a), 0);
	KUNIT_EXPECT_GE(test, cpumask_next(0, &a), nr_cpu_ids);
	KUNIT_EXPECT_EQ(test, cpumask_next_zero(-1, cpumask_of(top())), nr_cpu_ids > 1 ? 0 : 1);
	KUNIT_EXPECT_EQ(test, cpumask_next_and(-1, &a, cpumask_of(0)), 0);
}

static void and_tells_whether_anything_is_left(struct kunit *test)
{
	cpumask_set_cpu(0, &a);
	KUNIT_EXPECT_FALSE(test, cpumask_and(&c, &a, &b));
	cpumask_set_cpu(0, &b);
	KUNIT_EXPECT_TRUE(test, cpumask_and(&c, &a, &b));
	KUNIT_EXPECT_TRUE(test, cpumask_equal(&c, &a));
}

static void andnot_tells_whether_anything_is_left(struct kunit *test)
{
	cpumask_set_cpu(0, &a);
	KUNIT_EXPECT_TRUE(test, cpumask_andnot(&c, &a, &b));
	KUNIT_EXPECT_FALSE(test, cpumask_andnot(&c, &a, &a));
	KUNIT_EXPECT_TRUE(test, cpumask_empty(&c));
}

static void or_and_xor_combine(struct kunit *test)
{
	cpumask_set_cpu(0, &a);
	cpumask_set_cpu(top(), &b);
	cpumask_or(&c, &a, &b);
	KUNIT_EXPECT_TRUE(test, cpumask_test_cpu(0, &c) && cpumask_test_cpu(top(), &c));
	KUNIT_EXPECT_TRUE(test, cpumask_or_equal(&a, &b, &c));
	cpumask_xor(&c, &c, &a);
	KUNIT_EXPECT_FALSE(test, cpumask_test_cpu(0, &c));
}

static void subsets_and_intersections(struct kunit *test)
{
	cpumask_set_cpu(0, &a);
	cpumask_setall(&b);
	KUNIT_EXPECT_TRUE(test, cpumask_subset(&a, &b));
	KUNIT_EXPECT_TRUE(test, cpumask_subset(&c, &a));
	KUNIT_EXPECT_TRUE(test, cpumask_intersects(&a, &b));
	KUNIT_EXPECT_FALSE(test, cpumask_intersects(&a, &c));
}

static void copies_are_equal(struct kunit *test)
{
	cpumask_set_cpu(top(), &a);
	cpumask_copy(&b, &a);
	KUNIT_EXPECT_TRUE(test, cpumask_equal(&a, &b));
	cpumask_clear_cpu(top(), &b);
	KUNIT_EXPECT_FALSE(test, cpumask_equal(&a, &b));
}

static void shifts_move_cpus(struct kunit *test)
{
	cpumask_set_cpu(0, &a);
	cpumask_shift_left(&b, &a, top());
	KUNIT_EXPECT_TRUE(test, cpumask_test_cpu(top(), &b));
	cpumask_shift_right(&c, &b, top());
	KUNIT_EXPECT_TRUE(test, cpumask_equal(&a, &c));
}

static void walks_visit_each_once(struct kunit *test)
{
	unsigned int cpu, n = 0;

	cpumask_setall(&a);
	for_each_cpu(cpu, &a)
		KUNIT_EXPECT_EQ(test, cpu, n++);
	KUNIT_EXPECT_EQ(test, n, nr_cpu_ids);
	n = 0;
	for_each_cpu(cpu, &b)
		n++;
	KUNIT_EXPECT_EQ(test, n, 0);
}

static void combined_walks_visit_the_combination(struct kunit *test)
{
	unsigned int cpu, both = 0, alone = 0, either = 0;

	cpumask_setall(&a);
	cpumask_set_cpu(0, &b);
	for_each_cpu_and(cpu, &a, &b)
		both++;
	for_each_cpu_andnot(cpu, &a, &b)
		alone++;
	for_each_cpu_or(cpu, &a, &b)
		either++;
	KUNIT_EXPECT_EQ(test, both, 1);
	KUNIT_EXPECT_EQ(test, alone, nr_cpu_ids - 1);
	KUNIT_EXPECT_EQ(test, either, nr_cpu_ids);
}

static void a_wrapped_walk_starts_in_the_middle(struct kunit *test)
{
	unsigned int cpu, n = 0, first = nr_cpu_ids;

	cpumask_setall(&a);
	for_each_cpu_wrap(cpu, &a, top()) {
		if (!n++)
			first = cpu;
	}
	KUNIT_EXPECT_EQ(test, first, top());
	KUNIT_EXPECT_EQ(test, n, nr_cpu_ids);
}

static void a_walk_from_a_cpu_includes_it(struct kunit *test)
{
	unsigned int cpu = top(), n = 0;

	cpumask_setall(&a);
	for_each_cpu_from(cpu, &a)
		n++;
	KUNIT_EXPECT_EQ(test, n, 1);
}

static void any_but_leaves_one_out(struct kunit *test)
{
	cpumask_set_cpu(0, &a);
	KUNIT_EXPECT_GE(test, cpumask_any_but(&a, 0), nr_cpu_ids);
	KUNIT_EXPECT_EQ(test, cpumask_any_but(&a, nr_cpu_ids), 0);
	KUNIT_EXPECT_GE(test, cpumask_any_and_but(&a, &b, 0), nr_cpu_ids);
}

static void nth_counts_from_zero(struct kunit *test)
{
	cpumask_setall(&a);
	KUNIT_EXPECT_EQ(test, cpumask_nth(0, &a), 0);
	KUNIT_EXPECT_EQ(test, cpumask_nth(top(), &a), top());
	KUNIT_EXPECT_GE(test, cpumask_nth(0, &b), nr_cpu_ids);
	KUNIT_EXPECT_EQ(test, cpumask_nth_and(0, &a, cpumask_of(top())), top());
	KUNIT_EXPECT_EQ(test, cpumask_nth_andnot(0, &a, &b), 0);
}

static void weights_of_combinations(struct kunit *test)
{
	cpumask_setall(&a);
	cpumask_set_cpu(0, &b);
	KUNIT_EXPECT_EQ(test, cpumask_weight_and(&a, &b), 1);
	KUNIT_EXPECT_EQ(test, cpumask_weight_andnot(&a, &b), nr_cpu_ids - 1);
}

static void a_mask_of_one_cpu(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, cpumask_weight(cpumask_of(top())), 1);
	KUNIT_EXPECT_EQ(test, cpumask_first(cpumask_of(top())), top());
	KUNIT_EXPECT_PTR_EQ(test, get_cpu_mask(0), cpumask_of(0));
}

static void masks_are_allocated(struct kunit *test)
{
	cpumask_var_t m;

	KUNIT_ASSERT_TRUE(test, zalloc_cpumask_var(&m, GFP_KERNEL));
	KUNIT_EXPECT_TRUE(test, cpumask_available(m));
	KUNIT_EXPECT_TRUE(test, cpumask_empty(m));
	free_cpumask_var(m);
	KUNIT_EXPECT_EQ(test, cpumask_size() % sizeof(long), 0);
}

static void lists_are_parsed_and_printed(struct kunit *test)
{
	char buf[32];

	KUNIT_EXPECT_EQ(test, cpulist_parse("0", &a), 0);
	KUNIT_EXPECT_TRUE(test, cpumask_equal(&a, cpumask_of(0)));
	KUNIT_EXPECT_EQ(test, cpumask_parse("1", &b), 0);
	KUNIT_EXPECT_TRUE(test, cpumask_equal(&a, &b));
	KUNIT_EXPECT_NE(test, cpulist_parse("x", &a), 0);
	snprintf(buf, sizeof(buf), "%*pbl", cpumask_pr_args(&b));
	KUNIT_EXPECT_STREQ(test, buf, "0");
}

static void masks_of_the_machine_nest(struct kunit *test)
{
	KUNIT_EXPECT_TRUE(test, cpumask_subset(cpu_online_mask, cpu_present_mask));
	KUNIT_EXPECT_TRUE(test, cpumask_subset(cpu_present_mask, cpu_possible_mask));
	KUNIT_EXPECT_TRUE(test, cpumask_subset(cpu_active_mask, cpu_online_mask));
	KUNIT_EXPECT_EQ(test, num_online_cpus(), cpumask_weight(cpu_online_mask));
	KUNIT_EXPECT_TRUE(test, cpu_online(cpumask_first(cpu_online_mask)));
	KUNIT_EXPECT_LE(test, num_possible_cpus(), nr_cpu_ids);
}

/* --- Nodes: this kernel has one --------------------------------------------------------------- */

static void node_masks_are_set_and_read(struct kunit *test)
{
	nodemask_t m = NODE_MASK_NONE;

	KUNIT_EXPECT_TRUE(test, nodes_empty(m));
	node_set(0, m);
	KUNIT_EXPECT_TRUE(test, node_isset(0, m));
	KUNIT_EXPECT_EQ(test, nodes_weight(m), 1);
	KUNIT_EXPECT_TRUE(test, node_test_and_set(0, m));
	node_clear(0, m);
	KUNIT_EXPECT_TRUE(test, nodes_empty(m));
}

static void node_masks_combine(struct kunit *test)
{
	nodemask_t one = nodemask_of_node(0), none = NODE_MASK_NONE, r;

	nodes_and(r, one, none);
	KUNIT_EXPECT_TRUE(test, nodes_empty(r));
	nodes_or(r, one, none);
	KUNIT_EXPECT_TRUE(test, nodes_equal(r, one));
	nodes_xor(r, one, one);
	KUNIT_EXPECT_TRUE(test, nodes_empty(r));
	nodes_andnot(r, one, none);
	KUNIT_EXPECT_TRUE(test, nodes_equal(r, one));
	nodes_complement(r, none);
	KUNIT_EXPECT_TRUE(test, nodes_full(r));
}

static void node_masks_compare(struct kunit *test)
{
	nodemask_t one = nodemask_of_node(0), none = NODE_MASK_NONE, all = NODE_MASK_ALL;

	KUNIT_EXPECT_TRUE(test, nodes_subset(none, one));
	KUNIT_EXPECT_TRUE(test, nodes_intersects(one, all));
	KUNIT_EXPECT_FALSE(test, nodes_intersects(one, none));
	KUNIT_EXPECT_TRUE(test, nodes_full(all));
}

static void node_walks(struct kunit *test)
{
	nodemask_t one = nodemask_of_node(0), none = NODE_MASK_NONE;
	int node, n = 0;

	for_each_node_mask(node, one)
		n++;
	KUNIT_EXPECT_EQ(test, n, 1);
	KUNIT_EXPECT_EQ(test, first_node(one), 0);
	KUNIT_EXPECT_EQ(test, first_node(none), MAX_NUMNODES);
	KUNIT_EXPECT_EQ(test, next_node(0, one), MAX_NUMNODES);
	KUNIT_EXPECT_EQ(test, next_node_in(0, one), 0);
	KUNIT_EXPECT_EQ(test, first_unset_node(none), 0);
	for_each_online_node(node)
		n++;
	KUNIT_EXPECT_EQ(test, n, 2);
}

static void node_lists_are_parsed_and_printed(struct kunit *test)
{
	nodemask_t m = NODE_MASK_NONE;
	char buf[16];

	KUNIT_EXPECT_EQ(test, nodelist_parse("0", m), 0);
	snprintf(buf, sizeof(buf), "%*pbl", nodemask_pr_args(&m));
	KUNIT_EXPECT_STREQ(test, buf, "0");
	KUNIT_EXPECT_NE(test, nodelist_parse("1", m), 0);
}

static struct kunit_case cpumask_cases[] = {
	KUNIT_CASE(an_empty_mask_has_no_first),
	KUNIT_CASE(a_full_mask_has_all),
	KUNIT_CASE(one_cpu_is_set_and_cleared),
	KUNIT_CASE(assignment_takes_a_value),
	KUNIT_CASE(test_and_set_returns_what_was),
	KUNIT_CASE(next_starts_behind),
	KUNIT_CASE(and_tells_whether_anything_is_left),
	KUNIT_CASE(andnot_tells_whether_anything_is_left),
	KUNIT_CASE(or_and_xor_combine),
	KUNIT_CASE(subsets_and_intersections),
	KUNIT_CASE(copies_are_equal),
	KUNIT_CASE(shifts_move_cpus),
	KUNIT_CASE(walks_visit_each_once),
	KUNIT_CASE(combined_walks_visit_the_combination),
	KUNIT_CASE(a_wrapped_walk_starts_in_the_middle),
	KUNIT_CASE(a_walk_from_a_cpu_includes_it),
	KUNIT_CASE(any_but_leaves_one_out),
	KUNIT_CASE(nth_counts_from_zero),
	KUNIT_CASE(weights_of_combinations),
	KUNIT_CASE(a_mask_of_one_cpu),
	KUNIT_CASE(masks_are_allocated),
	KUNIT_CASE(lists_are_parsed_and_printed),
	KUNIT_CASE(masks_of_the_machine_nest),
	{}
};

static struct kunit_case nodemask_cases[] = {
	KUNIT_CASE(node_masks_are_set_and_read),
	KUNIT_CASE(node_masks_combine),
	KUNIT_CASE(node_masks_compare),
	KUNIT_CASE(node_walks),
	KUNIT_CASE(node_lists_are_parsed_and_printed),
	{}
};

static struct kunit_suite cpumask_suite = {
	.name = "cpumask", .init = clear_masks, .test_cases = cpumask_cases,
};
static struct kunit_suite nodemask_suite = { .name = "nodemask", .test_cases = nodemask_cases };
kunit_test_suites(&cpumask_suite, &nodemask_suite);

MODULE_LICENSE("MIT");
