// SPDX-License-Identifier: MIT
/* Tests of <linux/llist.h> and <linux/plist.h>, the former by four CPUs at once as well. */

#include <kunit/test.h>

#include <linux/llist.h>
#include <linux/plist.h>

#include "storm.h"

struct item {
	struct llist_node node;
	int value;
};

static void a_new_llist_is_empty(struct kunit *test)
{
	LLIST_HEAD(head);
	struct llist_head other;

	init_llist_head(&other);
	KUNIT_EXPECT_TRUE(test, llist_empty(&head));
	KUNIT_EXPECT_TRUE(test, llist_empty(&other));
	KUNIT_EXPECT_NULL(test, llist_del_all(&head));
	KUNIT_EXPECT_NULL(test, llist_del_first(&head));
}

static void llist_add_tells_whether_the_list_was_empty(struct kunit *test)
{
	LLIST_HEAD(head);
	struct item a = { .value = 1 }, b = { .value = 2 };

	KUNIT_EXPECT_TRUE(test, llist_add(&a.node, &head));
	KUNIT_EXPECT_FALSE(test, llist_add(&b.node, &head));
	KUNIT_EXPECT_FALSE(test, llist_empty(&head));
}

static void the_newest_comes_first(struct kunit *test)
{
	LLIST_HEAD(head);
	struct item items[4], *pos;
	int i, want = 3;

	for (i = 0; i < 4; i++) {
		items[i].value = i;
		llist_add(&items[i].node, &head);
	}
	llist_for_each_entry(pos, head.first, node)
		KUNIT_EXPECT_EQ(test, pos->value, want--);
	KUNIT_EXPECT_EQ(test, want, -1);
}

static void reversal_gives_the_order_of_adding(struct kunit *test)
{
	LLIST_HEAD(head);
	struct item items[4], *pos, *next;
	int i, want = 0;

	for (i = 0; i < 4; i++) {
		items[i].value = i;
		llist_add(&items[i].node, &head);
	}
	llist_for_each_entry_safe(pos, next, llist_reverse_order(llist_del_all(&head)), node) {
		KUNIT_EXPECT_EQ(test, pos->value, want++);
		pos->node.next = NULL;
	}
	KUNIT_EXPECT_EQ(test, want, 4);
	KUNIT_EXPECT_TRUE(test, llist_empty(&head));
}

static void llist_reverse_order_of_nothing_is_nothing(struct kunit *test)
{
	KUNIT_EXPECT_NULL(test, llist_reverse_order(NULL));
}

static void a_batch_goes_in_as_it_is(struct kunit *test)
{
	LLIST_HEAD(head);
	struct item old = { .value = 9 }, batch[2] = { { .value = 1 }, { .value = 2 } };

	llist_add(&old.node, &head);
	batch[0].node.next = &batch[1].node;
	KUNIT_EXPECT_FALSE(test, llist_add_batch(&batch[0].node, &batch[1].node, &head));
	KUNIT_EXPECT_PTR_EQ(test, head.first, &batch[0].node);
	KUNIT_EXPECT_PTR_EQ(test, llist_next(&batch[1].node), &old.node);
}

static void del_first_takes_the_newest(struct kunit *test)
{
	LLIST_HEAD(head);
	struct item a, b;

	llist_add(&a.node, &head);
	llist_add(&b.node, &head);
	KUNIT_EXPECT_PTR_EQ(test, llist_del_first(&head), &b.node);
	KUNIT_EXPECT_PTR_EQ(test, llist_del_first_init(&head), &a.node);
	KUNIT_EXPECT_FALSE(test, llist_on_list(&a.node));
	KUNIT_EXPECT_TRUE(test, llist_empty(&head));
}

static void del_first_this_takes_only_that(struct kunit *test)
{
	LLIST_HEAD(head);
	struct item a, b;

	llist_add(&a.node, &head);
	llist_add(&b.node, &head);
	KUNIT_EXPECT_FALSE(test, llist_del_first_this(&head, &a.node));
	KUNIT_EXPECT_TRUE(test, llist_del_first_this(&head, &b.node));
	KUNIT_EXPECT_TRUE(test, llist_del_first_this(&head, &a.node));
}

static void a_node_knows_whether_it_is_on_a_list(struct kunit *test)
{
	LLIST_HEAD(head);
	struct item a;

	init_llist_node(&a.node);
	KUNIT_EXPECT_FALSE(test, llist_on_list(&a.node));
	llist_add(&a.node, &head);
	KUNIT_EXPECT_TRUE(test, llist_on_list(&a.node));
}

/* --- Four CPUs -------------------------------------------------------------------------------- */

#define PUSHES	4000

static struct llist_head shared = LLIST_HEAD_INIT(shared);
static struct item (*pool)[PUSHES];
static atomic_t seen, was_empty;

static void push_all(int which)
{
	int i;

	for (i = 0; i < PUSHES; i++)
		if (llist_add(&pool[which][i].node, &shared))
			atomic_inc(&was_empty);
}

/* CPU 0 takes everything, again and again; the others push. */
static void push_or_drain(int which)
{
	struct llist_node *batch;
	int i;

	if (which) {
		push_all(which);
		return;
	}
	for (i = 0; i < PUSHES; i++)
		for (batch = llist_del_all(&shared); batch; batch = batch->next)
			atomic_inc(&seen);
}

static void prepare_storm(struct kunit *test)
{
	pool = kunit_kcalloc(test, STORMERS, sizeof(*pool), GFP_KERNEL);
	KUNIT_ASSERT_NOT_NULL(test, pool);
	init_llist_head(&shared);
	atomic_set(&seen, 0);
	atomic_set(&was_empty, 0);
}

static int count_rest(void)
{
	struct llist_node *n;
	int count = 0;

	for (n = llist_del_all(&shared); n; n = n->next)
		count++;
	return count;
}

static void four_pushing_cpus_lose_nothing(struct kunit *test)
{
	prepare_storm(test);
	run_storm(test, push_all);
	KUNIT_EXPECT_EQ(test, atomic_read(&was_empty), 1);
	KUNIT_EXPECT_EQ(test, count_rest(), STORMERS * PUSHES);
}

static void a_drain_sees_each_node_once(struct kunit *test)
{
	prepare_storm(test);
	run_storm(test, push_or_drain);
	KUNIT_EXPECT_EQ(test, atomic_read(&seen) + count_rest(), (STORMERS - 1) * PUSHES);
	KUNIT_EXPECT_GE(test, atomic_read(&was_empty), 1);
}

/* --- plist ------------------------------------------------------------------------------------ */

static void expect_order(struct kunit *test, struct plist_head *head, const int *prios, int count)
{
	struct plist_node *pos;
	int i = 0;

	plist_for_each(pos, head) {
		KUNIT_ASSERT_LT(test, i, count);
		KUNIT_EXPECT_EQ(test, pos->prio, prios[i++]);
	}
	KUNIT_EXPECT_EQ(test, i, count);
}

static void a_new_plist_is_empty(struct kunit *test)
{
	PLIST_HEAD(head);
	struct plist_node node;

	plist_node_init(&node, 3);
	KUNIT_EXPECT_TRUE(test, plist_head_empty(&head));
	KUNIT_EXPECT_TRUE(test, plist_node_empty(&node));
}

static void plist_sorts_by_priority(struct kunit *test)
{
	PLIST_HEAD(head);
	struct plist_node nodes[5];
	static const int prios[] = { 3, 1, 5, 2, 4 };
	int i;

	for (i = 0; i < 5; i++) {
		plist_node_init(&nodes[i], prios[i]);
		plist_add(&nodes[i], &head);
	}
	expect_order(test, &head, (int[]) { 1, 2, 3, 4, 5 }, 5);
	KUNIT_EXPECT_EQ(test, plist_first(&head)->prio, 1);
	KUNIT_EXPECT_EQ(test, plist_last(&head)->prio, 5);
}

static void plist_is_fair_among_equals(struct kunit *test)
{
	PLIST_HEAD(head);
	struct plist_node nodes[3];
	struct plist_node *pos;
	int i = 0;

	for (i = 0; i < 3; i++) {
		plist_node_init(&nodes[i], 7);
		plist_add(&nodes[i], &head);
	}
	i = 0;
	plist_for_each(pos, &head)
		KUNIT_EXPECT_PTR_EQ(test, pos, &nodes[i++]);
}

static void plist_requeue_goes_behind_its_equals(struct kunit *test)
{
	PLIST_HEAD(head);
	struct plist_node nodes[3];
	int i;

	for (i = 0; i < 3; i++) {
		plist_node_init(&nodes[i], i < 2 ? 1 : 2);
		plist_add(&nodes[i], &head);
	}
	plist_requeue(&nodes[0], &head);
	KUNIT_EXPECT_PTR_EQ(test, plist_first(&head), &nodes[1]);
	KUNIT_EXPECT_PTR_EQ(test, plist_next(&nodes[1]), &nodes[0]);
	KUNIT_EXPECT_PTR_EQ(test, plist_next(&nodes[0]), &nodes[2]);
}

static void plist_del_keeps_the_rest_in_order(struct kunit *test)
{
	PLIST_HEAD(head);
	struct plist_node nodes[4];
	static const int prios[] = { 1, 1, 2, 3 };
	int i;

	for (i = 0; i < 4; i++) {
		plist_node_init(&nodes[i], prios[i]);
		plist_add(&nodes[i], &head);
	}
	plist_del(&nodes[0], &head);
	expect_order(test, &head, (int[]) { 1, 2, 3 }, 3);
	KUNIT_EXPECT_TRUE(test, plist_node_empty(&nodes[0]));
	plist_del(&nodes[2], &head);
	expect_order(test, &head, (int[]) { 1, 3 }, 2);
	plist_del(&nodes[1], &head);
	plist_del(&nodes[3], &head);
	KUNIT_EXPECT_TRUE(test, plist_head_empty(&head));
}

static void plist_takes_negative_priorities(struct kunit *test)
{
	PLIST_HEAD(head);
	struct plist_node a, b, c;

	plist_node_init(&a, 0);
	plist_node_init(&b, INT_MIN);
	plist_node_init(&c, INT_MAX);
	plist_add(&a, &head);
	plist_add(&c, &head);
	plist_add(&b, &head);
	expect_order(test, &head, (int[]) { INT_MIN, 0, INT_MAX }, 3);
}

static struct kunit_case llist_cases[] = {
	KUNIT_CASE(a_new_llist_is_empty),
	KUNIT_CASE(llist_add_tells_whether_the_list_was_empty),
	KUNIT_CASE(the_newest_comes_first),
	KUNIT_CASE(reversal_gives_the_order_of_adding),
	KUNIT_CASE(llist_reverse_order_of_nothing_is_nothing),
	KUNIT_CASE(a_batch_goes_in_as_it_is),
	KUNIT_CASE(del_first_takes_the_newest),
	KUNIT_CASE(del_first_this_takes_only_that),
	KUNIT_CASE(a_node_knows_whether_it_is_on_a_list),
	KUNIT_CASE(four_pushing_cpus_lose_nothing),
	KUNIT_CASE(a_drain_sees_each_node_once),
	{}
};

static struct kunit_case plist_cases[] = {
	KUNIT_CASE(a_new_plist_is_empty),
	KUNIT_CASE(plist_sorts_by_priority),
	KUNIT_CASE(plist_is_fair_among_equals),
	KUNIT_CASE(plist_requeue_goes_behind_its_equals),
	KUNIT_CASE(plist_del_keeps_the_rest_in_order),
	KUNIT_CASE(plist_takes_negative_priorities),
	{}
};

static struct kunit_suite llist_suite = { .name = "llist", .test_cases = llist_cases };
static struct kunit_suite plist_suite = { .name = "plist", .test_cases = plist_cases };
kunit_test_suites(&llist_suite, &plist_suite);

MODULE_LICENSE("MIT");
