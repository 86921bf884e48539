// SPDX-License-Identifier: MIT
/*
 * RCU chains with a lock bit in the head (hlist_bl), and with telling end markers (hlist_nulls).
 */

#include <kunit/test.h>

#include <linux/kthread.h>
#include <linux/rculist_bl.h>
#include <linux/rculist_nulls.h>

struct bl_item {
	int n;
	struct hlist_bl_node node;
};

struct nulls_item {
	int n;
	struct hlist_nulls_node node;
};

/* ---- lock bit ---- */

static int read_bl(struct hlist_bl_head *head)
{
	struct hlist_bl_node *pos;
	struct bl_item *it;
	int sum = 0;

	rcu_read_lock();
	hlist_bl_for_each_entry_rcu(it, pos, head, node)
		sum = 10 * sum + it->n;
	rcu_read_unlock();
	return sum;
}

static void readers_do_not_see_the_lock_bit(struct kunit *test)
{
	struct bl_item a = { .n = 1 }, b = { .n = 2 };
	struct hlist_bl_head head;

	INIT_HLIST_BL_HEAD(&head);
	KUNIT_EXPECT_EQ(test, read_bl(&head), 0);
	hlist_bl_lock(&head);
	hlist_bl_add_head_rcu(&b.node, &head);
	hlist_bl_add_head_rcu(&a.node, &head);
	KUNIT_EXPECT_EQ(test, read_bl(&head), 12);
	KUNIT_EXPECT_TRUE(test, hlist_bl_is_locked(&head));
	hlist_bl_unlock(&head);
	KUNIT_EXPECT_EQ(test, read_bl(&head), 12);
	rcu_read_lock();
	KUNIT_EXPECT_PTR_EQ(test, hlist_bl_first_rcu(&head), &a.node);
	rcu_read_unlock();
}

static void a_deleted_bl_node_keeps_the_way_out(struct kunit *test)
{
	struct bl_item a = { .n = 1 }, b = { .n = 2 }, c = { .n = 3 };
	struct hlist_bl_head head;

	INIT_HLIST_BL_HEAD(&head);
	hlist_bl_lock(&head);
	hlist_bl_add_head_rcu(&c.node, &head);
	hlist_bl_add_head_rcu(&b.node, &head);
	hlist_bl_add_head_rcu(&a.node, &head);
	hlist_bl_del_rcu(&a.node);
	KUNIT_EXPECT_TRUE(test, hlist_bl_is_locked(&head));
	KUNIT_EXPECT_PTR_EQ(test, a.node.next, &b.node);
	KUNIT_EXPECT_FALSE(test, hlist_bl_unhashed(&a.node));
	hlist_bl_del_init_rcu(&b.node);
	KUNIT_EXPECT_PTR_EQ(test, b.node.next, &c.node);
	KUNIT_EXPECT_TRUE(test, hlist_bl_unhashed(&b.node));
	hlist_bl_del_init_rcu(&b.node);
	hlist_bl_unlock(&head);
	KUNIT_EXPECT_EQ(test, read_bl(&head), 3);
}

static void adding_without_the_lock_is_reported(struct kunit *test)
{
	struct bl_item a = { .n = 1 };
	struct hlist_bl_head head;

	INIT_HLIST_BL_HEAD(&head);
	kunit_expect_report(test, REPORT_WARN);
	hlist_bl_add_head_rcu(&a.node, &head);
}

/* ---- nulls ---- */

static int read_nulls(struct hlist_nulls_head *head, unsigned long *end)
{
	struct hlist_nulls_node *pos;
	struct nulls_item *it;
	int sum = 0;

	rcu_read_lock();
	hlist_nulls_for_each_entry_rcu(it, pos, head, node)
		sum = 10 * sum + it->n;
	*end = get_nulls_value(pos);
	rcu_read_unlock();
	return sum;
}

static void a_nulls_walk_ends_at_its_chains_number(struct kunit *test)
{
	struct nulls_item a = { .n = 1 }, b = { .n = 2 }, c = { .n = 3 };
	struct hlist_nulls_head head;
	unsigned long end;

	INIT_HLIST_NULLS_HEAD(&head, 77);
	KUNIT_EXPECT_EQ(test, read_nulls(&head, &end), 0);
	KUNIT_EXPECT_EQ(test, end, 77UL);
	hlist_nulls_add_head_rcu(&b.node, &head);
	hlist_nulls_add_head_rcu(&a.node, &head);
	hlist_nulls_add_tail_rcu(&c.node, &head);
	KUNIT_EXPECT_EQ(test, read_nulls(&head, &end), 123);
	KUNIT_EXPECT_EQ(test, end, 77UL);
	KUNIT_EXPECT_PTR_EQ(test, rcu_access_pointer(hlist_nulls_first_rcu(&head)), &a.node);
	KUNIT_EXPECT_PTR_EQ(test, rcu_access_pointer(hlist_nulls_next_rcu(&a.node)), &b.node);
	KUNIT_EXPECT_PTR_EQ(test, rcu_access_pointer(hlist_nulls_pprev_rcu(&c.node)), &c.node);
}

static void a_deleted_nulls_node_keeps_the_way_out(struct kunit *test)
{
	struct nulls_item a = { .n = 1 }, b = { .n = 2 }, c = { .n = 3 };
	struct hlist_nulls_head head;
	unsigned long end;

	INIT_HLIST_NULLS_HEAD(&head, 5);
	hlist_nulls_add_tail_rcu(&a.node, &head);
	hlist_nulls_add_tail_rcu(&b.node, &head);
	hlist_nulls_add_tail_rcu(&c.node, &head);
	hlist_nulls_del_rcu(&b.node);
	KUNIT_EXPECT_FALSE(test, hlist_nulls_unhashed(&b.node));
	KUNIT_EXPECT_PTR_EQ(test, b.node.next, &c.node);
	hlist_nulls_del_init_rcu(&a.node);
	KUNIT_EXPECT_TRUE(test, hlist_nulls_unhashed(&a.node));
	KUNIT_EXPECT_PTR_EQ(test, a.node.next, &c.node);
	hlist_nulls_del_init_rcu(&a.node);
	KUNIT_EXPECT_EQ(test, read_nulls(&head, &end), 3);
	hlist_nulls_add_fake(&a.node);
	KUNIT_EXPECT_FALSE(test, hlist_nulls_unhashed(&a.node));
	hlist_nulls_del_init_rcu(&a.node);
}

/* First, in the middle and last; a reader on the old node goes on to the rest. */
static void a_nulls_node_can_be_replaced(struct kunit *test)
{
	struct nulls_item a = { .n = 1 }, b = { .n = 2 }, c = { .n = 3 }, new[3];
	struct hlist_nulls_head head;
	unsigned long end;
	int i;

	INIT_HLIST_NULLS_HEAD(&head, 5);
	hlist_nulls_add_tail_rcu(&a.node, &head);
	hlist_nulls_add_tail_rcu(&b.node, &head);
	hlist_nulls_add_tail_rcu(&c.node, &head);
	for (i = 0; i < 3; i++)
		new[i].n = i + 4;

	hlist_nulls_replace_rcu(&b.node, &new[1].node);
	KUNIT_EXPECT_EQ(test, read_nulls(&head, &end), 153);
	KUNIT_EXPECT_PTR_EQ(test, b.node.next, &c.node);
	KUNIT_EXPECT_FALSE(test, hlist_nulls_unhashed(&b.node));
	hlist_nulls_replace_rcu(&a.node, &new[0].node);
	KUNIT_EXPECT_EQ(test, read_nulls(&head, &end), 453);
	hlist_nulls_replace_init_rcu(&c.node, &new[2].node);
	KUNIT_EXPECT_EQ(test, read_nulls(&head, &end), 456);
	KUNIT_EXPECT_EQ(test, end, 5UL);
	KUNIT_EXPECT_TRUE(test, hlist_nulls_unhashed(&c.node));
	/* Those that came in can be taken out, so their links back are right. */
	for (i = 0; i < 3; i++)
		hlist_nulls_del_init_rcu(&new[(i + 1) % 3].node);
	KUNIT_EXPECT_TRUE(test, hlist_nulls_empty(&head));
}

static void a_safe_walk_may_remove_what_it_visits(struct kunit *test)
{
	struct nulls_item it[3], *tpos;
	struct hlist_nulls_node *pos;
	struct hlist_nulls_head head;
	unsigned long end;
	int i, sum = 0;

	INIT_HLIST_NULLS_HEAD(&head, 5);
	for (i = 0; i < 3; i++) {
		it[i].n = i + 1;
		hlist_nulls_add_tail_rcu(&it[i].node, &head);
	}
	hlist_nulls_for_each_entry_safe(tpos, pos, &head, node) {
		sum = 10 * sum + tpos->n;
		hlist_nulls_del_rcu(&tpos->node);
		tpos->node.next = NULL;
	}
	KUNIT_EXPECT_EQ(test, sum, 123);
	KUNIT_EXPECT_EQ(test, read_nulls(&head, &end), 0);
}

/* A reader on a node that moves to another chain ends there, and can tell. */
static void a_reader_that_is_carried_off_can_tell(struct kunit *test)
{
	struct nulls_item a = { .n = 1 }, b = { .n = 2 }, *tpos;
	struct hlist_nulls_head home, other;
	struct hlist_nulls_node *pos;
	int seen = 0;

	INIT_HLIST_NULLS_HEAD(&home, 1);
	INIT_HLIST_NULLS_HEAD(&other, 2);
	hlist_nulls_add_head_rcu(&b.node, &home);
	hlist_nulls_add_head_rcu(&a.node, &home);
	rcu_read_lock();
	hlist_nulls_for_each_entry_rcu(tpos, pos, &home, node) {
		seen++;
		if (tpos == &a) {
			hlist_nulls_del_rcu(&a.node);
			hlist_nulls_add_head_rcu(&a.node, &other);
		}
	}
	KUNIT_EXPECT_EQ(test, get_nulls_value(pos), 2UL);
	KUNIT_EXPECT_EQ(test, seen, 1);
	rcu_read_unlock();
}

static struct kunit_case chains_cases[] = {
	KUNIT_CASE(readers_do_not_see_the_lock_bit),
	KUNIT_CASE(a_deleted_bl_node_keeps_the_way_out),
	KUNIT_CASE(adding_without_the_lock_is_reported),
	KUNIT_CASE(a_nulls_walk_ends_at_its_chains_number),
	KUNIT_CASE(a_deleted_nulls_node_keeps_the_way_out),
	KUNIT_CASE(a_nulls_node_can_be_replaced),
	KUNIT_CASE(a_safe_walk_may_remove_what_it_visits),
	KUNIT_CASE(a_reader_that_is_carried_off_can_tell),
	{}
};

static struct kunit_suite chains_suite = {
	.name = "rculist_chains",
	.test_cases = chains_cases,
};

kunit_test_suite(chains_suite);
