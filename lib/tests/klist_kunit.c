// SPDX-License-Identifier: MIT
/*
 * Tests of <linux/klist.h>: order, walks over a list that changes, references, waiting for the last
 * walker.
 */

#include <kunit/test.h>

#include <linux/completion.h>
#include <linux/klist.h>
#include <linux/kthread.h>
#include <linux/sched.h>
#include <linux/string.h>

struct item {
	struct klist_node node;
	char name;
	int gets, puts;
};

static void get_item(struct klist_node *n)
{
	container_of(n, struct item, node)->gets++;
}

static void put_item(struct klist_node *n)
{
	container_of(n, struct item, node)->puts++;
}

static struct klist list;
static struct item a, b, c, d;

static int klist_init_case(struct kunit *test)
{
	klist_init(&list, get_item, put_item);
	a = (struct item) { .name = 'a' };
	b = (struct item) { .name = 'b' };
	c = (struct item) { .name = 'c' };
	d = (struct item) { .name = 'd' };
	return 0;
}

static void add_three(void)
{
	klist_add_tail(&a.node, &list);
	klist_add_tail(&b.node, &list);
	klist_add_tail(&c.node, &list);
}

static char name_of(struct klist_node *n)
{
	return n ? container_of(n, struct item, node)->name : '-';
}

static void expect_order(struct kunit *test, const char *order)
{
	char seen[8] = "";
	struct klist_node *n;
	struct klist_iter i;
	int k = 0;

	klist_iter_init(&list, &i);
	while ((n = klist_next(&i)) && k < 7)
		seen[k++] = name_of(n);
	klist_iter_exit(&i);
	KUNIT_EXPECT_STREQ(test, seen, order);
	klist_iter_init(&list, &i);
	while ((n = klist_prev(&i)) && k)
		KUNIT_EXPECT_EQ(test, name_of(n), seen[--k]);
	KUNIT_EXPECT_EQ(test, k, 0);
	klist_iter_exit(&i);
}

static void nodes_stand_where_they_were_put(struct kunit *test)
{
	expect_order(test, "");
	klist_add_tail(&b.node, &list);
	klist_add_head(&a.node, &list);
	klist_add_behind(&d.node, &b.node);
	klist_add_before(&c.node, &d.node);
	expect_order(test, "abcd");
	klist_del(&a.node);
	klist_del(&d.node);
	expect_order(test, "bc");
	klist_del(&b.node);
	klist_del(&c.node);
	expect_order(test, "");
}

static void each_node_is_got_and_put_once(struct kunit *test)
{
	add_three();
	expect_order(test, "abc");
	KUNIT_EXPECT_TRUE(test, klist_node_attached(&b.node));
	KUNIT_EXPECT_EQ(test, b.gets, 1);
	KUNIT_EXPECT_EQ(test, b.puts, 0);
	klist_remove(&b.node);
	KUNIT_EXPECT_FALSE(test, klist_node_attached(&b.node));
	KUNIT_EXPECT_EQ(test, b.puts, 1);
	klist_remove(&a.node);
	klist_remove(&c.node);
	KUNIT_EXPECT_EQ(test, a.puts + c.puts, 2);
}

static void a_node_stays_while_a_walker_stands_on_it(struct kunit *test)
{
	struct klist_iter i, other;

	add_three();
	klist_iter_init(&list, &i);
	klist_next(&i);
	KUNIT_EXPECT_EQ(test, name_of(klist_next(&i)), 'b');
	klist_del(&b.node);
	KUNIT_EXPECT_TRUE(test, klist_node_attached(&b.node));
	KUNIT_EXPECT_EQ(test, b.puts, 0);
	/* others don't meet it */
	klist_iter_init_node(&list, &other, &a.node);
	KUNIT_EXPECT_EQ(test, name_of(klist_next(&other)), 'c');
	KUNIT_EXPECT_EQ(test, name_of(klist_prev(&other)), 'a');
	klist_iter_exit(&other);
	/* the walker steps on from it */
	KUNIT_EXPECT_EQ(test, name_of(klist_next(&i)), 'c');
	KUNIT_EXPECT_EQ(test, b.puts, 1);
	KUNIT_EXPECT_FALSE(test, klist_node_attached(&b.node));
	klist_iter_exit(&i);
	klist_iter_exit(&i);	/* a second time does nothing */
	klist_del(&a.node);
	klist_del(&c.node);
}

static void a_walk_that_ends_on_a_dead_node_lets_it_go(struct kunit *test)
{
	struct klist_iter i;

	add_three();
	klist_iter_init_node(&list, &i, &c.node);
	klist_del(&c.node);
	KUNIT_EXPECT_EQ(test, c.puts, 0);
	klist_iter_exit(&i);
	KUNIT_EXPECT_EQ(test, c.puts, 1);
	/* one that has left is no place to begin */
	klist_iter_init_node(&list, &i, &c.node);
	KUNIT_EXPECT_EQ(test, name_of(klist_next(&i)), 'a');
	KUNIT_EXPECT_EQ(test, name_of(klist_next(&i)), 'b');
	KUNIT_EXPECT_EQ(test, name_of(klist_next(&i)), '-');
	klist_iter_exit(&i);
	klist_del(&a.node);
	klist_del(&b.node);
}

static struct completion removing, removed;

static int remove_b(void *unused)
{
	(void)unused;
	complete(&removing);
	klist_remove(&b.node);
	complete(&removed);
	return 0;
}

static void removing_waits_for_the_last_walker(struct kunit *test)
{
	struct task_struct *t;
	struct klist_iter i;

	init_completion(&removing);
	init_completion(&removed);
	add_three();
	klist_iter_init_node(&list, &i, &b.node);
	t = kthread_run(remove_b, NULL, "klist_remove");
	KUNIT_ASSERT_NOT_ERR_OR_NULL(test, t);
	wait_for_completion(&removing);
	KUNIT_EXPECT_FALSE(test, completion_done(&removed));
	KUNIT_EXPECT_TRUE(test, klist_node_attached(&b.node));
	klist_iter_exit(&i);
	wait_for_completion(&removed);
	KUNIT_EXPECT_FALSE(test, klist_node_attached(&b.node));
	KUNIT_EXPECT_EQ(test, b.puts, 1);
	expect_order(test, "ac");
	klist_del(&a.node);
	klist_del(&c.node);
}

static struct kunit_case klist_cases[] = {
	KUNIT_CASE(nodes_stand_where_they_were_put),
	KUNIT_CASE(each_node_is_got_and_put_once),
	KUNIT_CASE(a_node_stays_while_a_walker_stands_on_it),
	KUNIT_CASE(a_walk_that_ends_on_a_dead_node_lets_it_go),
	KUNIT_CASE(removing_waits_for_the_last_walker),
	{}
};

static struct kunit_suite klist_suite = {
	.name = "klist",
	.init = klist_init_case,
	.test_cases = klist_cases,
};
kunit_test_suite(klist_suite);
