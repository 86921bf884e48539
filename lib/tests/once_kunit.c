// SPDX-License-Identifier: MIT
/* Tests of <linux/once.h>, alone and with all CPUs at the same place; and of <linux/nodemask.h>. */

#include <kunit/test.h>

#include <linux/atomic.h>
#include <linux/module.h>
#include <linux/nodemask.h>
#include <linux/once.h>
#include <linux/random.h>
#include <linux/smp.h>
#include <linux/string.h>
#include <linux/workqueue.h>

static atomic_t calls, firsts, early;
static bool ran;

static void work_once(int add)
{
	atomic_add(add, &calls);
	WRITE_ONCE(ran, true);
}

static bool one_place(void)
{
	return DO_ONCE(work_once, 1);
}

static void on_each(void *unused)
{
	(void)unused;
	if (one_place())
		atomic_inc(&firsts);
	/* who comes second finds it done */
	if (!READ_ONCE(ran))
		atomic_inc(&early);
}

static void of_all_cpus_one_runs_it(struct kunit *test)
{
	int i;

	for (i = 0; i < 3; i++)
		on_each_cpu(on_each, NULL, 1);
	flush_scheduled_work();
	/* the place is a no-op now */
	on_each_cpu(on_each, NULL, 1);
	KUNIT_EXPECT_EQ(test, atomic_read(&calls), 1);
	KUNIT_EXPECT_EQ(test, atomic_read(&firsts), 1);
	KUNIT_EXPECT_EQ(test, atomic_read(&early), 0);
}

static int slow_calls;

static void may_sleep(void)
{
	might_sleep();
	slow_calls++;
}

static void the_sleepable_one_may_sleep(struct kunit *test)
{
	int i, first = 0;

	for (i = 0; i < 5; i++)
		first += DO_ONCE_SLEEPABLE(may_sleep);
	KUNIT_EXPECT_EQ(test, slow_calls, 1);
	KUNIT_EXPECT_EQ(test, first, 1);
	flush_scheduled_work();
}

static void a_secret_is_made_once(struct kunit *test)
{
	static u8 secret[16];
	u8 kept[16], zero[16] = { 0 };
	int i;

	for (i = 0; i < 3; i++) {
		get_random_once(secret, sizeof(secret));
		if (!i)
			memcpy(kept, secret, sizeof(kept));
	}
	KUNIT_EXPECT_MEMEQ(test, kept, secret, 16);
	KUNIT_EXPECT_NE(test, memcmp(secret, zero, 16), 0);
	flush_scheduled_work();
}

static struct kunit_case once_cases[] = {
	KUNIT_CASE(of_all_cpus_one_runs_it),
	KUNIT_CASE(the_sleepable_one_may_sleep),
	KUNIT_CASE(a_secret_is_made_once),
	{}
};

static struct kunit_suite once_suite = {
	.name = "once",
	.test_cases = once_cases,
};

/* ---- nodemask.h ---- */

static void sets_of_nodes_are_sets(struct kunit *test)
{
	nodemask_t none = NODE_MASK_NONE, all = NODE_MASK_ALL, m = nodemask_of_node(0), d;

	KUNIT_EXPECT_TRUE(test, nodes_empty(none));
	KUNIT_EXPECT_TRUE(test, nodes_full(all));
	KUNIT_EXPECT_TRUE(test, nodes_equal(m, all));
	KUNIT_EXPECT_EQ(test, nodes_weight(m), 1U);
	KUNIT_EXPECT_EQ(test, first_node(m), 0U);
	KUNIT_EXPECT_EQ(test, first_node(none), (unsigned int)MAX_NUMNODES);
	KUNIT_EXPECT_EQ(test, first_unset_node(m), (unsigned int)MAX_NUMNODES);
	KUNIT_EXPECT_EQ(test, next_node(0, m), (unsigned int)MAX_NUMNODES);
	KUNIT_EXPECT_EQ(test, next_node_in(0, m), 0U);
	nodes_complement(d, m);
	KUNIT_EXPECT_TRUE(test, nodes_empty(d));
	nodes_xor(d, m, none);
	KUNIT_EXPECT_TRUE(test, nodes_subset(d, all));
	KUNIT_EXPECT_TRUE(test, nodes_intersects(d, all));
	nodes_andnot(d, m, all);
	KUNIT_EXPECT_TRUE(test, nodes_empty(d));
	KUNIT_EXPECT_FALSE(test, node_test_and_set(0, d));
	KUNIT_EXPECT_TRUE(test, node_isset(0, d));
	nodes_clear(d);
	init_nodemask_of_node(&d, 0);
	KUNIT_EXPECT_TRUE(test, node_isset(0, d));
	KUNIT_EXPECT_EQ(test, node_random(&d), 0);
	KUNIT_EXPECT_EQ(test, node_random(&none), NUMA_NO_NODE);
	nodes_copy(none, d);
	KUNIT_EXPECT_TRUE(test, nodes_equal(none, d));
}

static void node_zero_is_in_every_state(struct kunit *test)
{
	int node, n = 0;

	for_each_online_node(node)
		n += node + 1;
	for_each_node_mask(node, node_possible_map)
		n += node + 1;
	KUNIT_EXPECT_EQ(test, n, 2);
	KUNIT_EXPECT_TRUE(test, node_state(0, N_MEMORY));
	KUNIT_EXPECT_TRUE(test, node_online(0));
	KUNIT_EXPECT_EQ(test, num_node_state(N_CPU), 1);
}

static void node_lists_are_read_and_printed(struct kunit *test)
{
	char text[16];
	nodemask_t m;

	KUNIT_EXPECT_EQ(test, nodelist_parse("0", m), 0);
	KUNIT_EXPECT_EQ(test, nodes_weight(m), 1U);
	KUNIT_EXPECT_EQ(test, nodelist_parse("1", m), -ERANGE);
	snprintf(text, sizeof(text), "%*pbl", nodemask_pr_args(&m));
	nodes_setall(m);
	snprintf(text, sizeof(text), "%*pbl", nodemask_pr_args(&m));
	KUNIT_EXPECT_STREQ(test, text, "0");
}

static struct kunit_case nodemask_cases[] = {
	KUNIT_CASE(sets_of_nodes_are_sets),
	KUNIT_CASE(node_zero_is_in_every_state),
	KUNIT_CASE(node_lists_are_read_and_printed),
	{}
};

static struct kunit_suite nodemask_suite = {
	.name = "nodemask_each",
	.test_cases = nodemask_cases,
};
kunit_test_suites(&once_suite, &nodemask_suite);
