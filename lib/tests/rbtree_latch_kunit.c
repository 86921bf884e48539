// SPDX-License-Identifier: MIT
/*
 * Tests of <linux/rbtree_latch.h>.
 *
 * What interrupts a writer is played by the writer's own comparisons: they search in the middle of
 * an insertion, in both of its halves, and must neither hang nor miss what doesn't change.
 */

#include <kunit/test.h>

#include <linux/completion.h>
#include <linux/kthread.h>
#include <linux/prandom.h>
#include <linux/rbtree_latch.h>
#include <linux/rcupdate.h>
#include <linux/sched.h>
#include <linux/slab.h>
#include <linux/smp.h>

#define ITEMS	64
/* Keys below stay in the tree; those above come and go. */
#define ANCHORS	16

struct item {
	int key;
	bool in;
	struct latch_tree_node node;
};

static struct item items[ITEMS];
static struct latch_tree_root root;
static void (*while_comparing)(void);

static int key_of(struct latch_tree_node *n)
{
	return container_of(n, struct item, node)->key;
}

static bool item_less(struct latch_tree_node *a, struct latch_tree_node *b)
{
	if (while_comparing)
		while_comparing();
	return key_of(a) < key_of(b);
}

static int key_cmp(void *key, struct latch_tree_node *b)
{
	return *(int *)key - key_of(b);
}

static const struct latch_tree_ops ops = { .less = item_less, .comp = key_cmp };

static bool found(int key)
{
	struct latch_tree_node *n = latch_tree_find(&key, &root, &ops);

	return n && key_of(n) == key;
}

static void insert(int i)
{
	latch_tree_insert(&items[i].node, &root, &ops);
	items[i].in = true;
}

static void erase(int i)
{
	latch_tree_erase(&items[i].node, &root, &ops);
	items[i].in = false;
}

/* Even keys, so that there are some to be missed. */
static int start_empty(struct kunit *test)
{
	int i;

	(void)test;
	root = (struct latch_tree_root){ };
	while_comparing = NULL;
	for (i = 0; i < ITEMS; i++)
		items[i] = (struct item){ .key = 2 * i };
	return 0;
}

static void an_empty_tree_holds_nothing(struct kunit *test)
{
	KUNIT_EXPECT_FALSE(test, found(0));
}

static void both_trees_hold_the_same_as_a_model(struct kunit *test)
{
	struct rnd_state rnd;
	int step, i;

	prandom_seed_state(&rnd, 7);
	for (step = 0; step < 5000; step++) {
		i = prandom_u32_state(&rnd) % ITEMS;
		if (items[i].in)
			erase(i);
		else
			insert(i);
		KUNIT_ASSERT_EQ(test, found(2 * i), items[i].in);
		KUNIT_ASSERT_FALSE(test, found(2 * i + 1));
		if (step % 100)
			continue;
		for (i = 0; i < ITEMS; i++) {
			int key = items[i].key;

			KUNIT_ASSERT_EQ(test, !!__lt_find(&key, &root, 0, &ops), items[i].in);
			KUNIT_ASSERT_EQ(test, !!__lt_find(&key, &root, 1, &ops), items[i].in);
		}
	}
}

static int searches, misses;

static void search_anchors(void)
{
	int i;

	for (i = 0; i < ANCHORS; i++, searches++)
		misses += !found(2 * i);
}

static void a_search_may_interrupt_the_writer(struct kunit *test)
{
	int i;

	for (i = 0; i < ANCHORS; i++)
		insert(i);
	searches = misses = 0;
	while_comparing = search_anchors;
	for (i = ANCHORS; i < ITEMS; i++)
		insert(i);
	KUNIT_EXPECT_GE(test, searches, 2 * ANCHORS * (ITEMS - ANCHORS));
	KUNIT_EXPECT_EQ(test, misses, 0);
}

/* Completed once for each reader: one that is stopped before it ran has no result. */
static DECLARE_COMPLETION(reading);

static int read_on(void *unused)
{
	long missed = 0;
	int i;

	(void)unused;
	complete(&reading);
	while (!kthread_should_stop()) {
		for (i = 0; i < ANCHORS; i++) {
			guard(rcu)();
			missed += !found(2 * i);
		}
		cond_resched();
	}
	return min(missed, 1000L);
}

static void readers_on_other_cpus_never_miss_what_stays(struct kunit *test)
{
	struct task_struct *readers[3];
	struct rnd_state rnd;
	int step, i;

	for (i = 0; i < ANCHORS; i++)
		insert(i);
	for (i = 0; i < 3; i++) {
		readers[i] = kthread_run(read_on, NULL, "latch_reader/%d", i);
		KUNIT_ASSERT_FALSE(test, IS_ERR(readers[i]));
	}
	for (i = 0; i < 3; i++)
		wait_for_completion(&reading);
	prandom_seed_state(&rnd, 8);
	for (step = 0; step < 20000; step++) {
		i = ANCHORS + prandom_u32_state(&rnd) % (ITEMS - ANCHORS);
		if (items[i].in)
			erase(i);
		else
			insert(i);
		if (!(step % 256))
			cond_resched();
	}
	for (i = 0; i < 3; i++)
		KUNIT_EXPECT_EQ(test, kthread_stop(readers[i]), 0);
}

static struct kunit_case latch_cases[] = {
	KUNIT_CASE(an_empty_tree_holds_nothing),
	KUNIT_CASE(both_trees_hold_the_same_as_a_model),
	KUNIT_CASE(a_search_may_interrupt_the_writer),
	KUNIT_CASE(readers_on_other_cpus_never_miss_what_stays),
	{}
};

static struct kunit_suite latch_suite = {
	.name = "rbtree_latch", .init = start_empty, .test_cases = latch_cases,
};
kunit_test_suite(latch_suite);

MODULE_LICENSE("MIT");
