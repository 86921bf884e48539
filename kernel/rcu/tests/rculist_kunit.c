// SPDX-License-Identifier: MIT
/*
 * The RCU forms of list and hlist: what each leaves behind, and what a reader who stands in the
 * middle of the change sees. Chains with lock bits and nulls are in rculist_chains_kunit.c.
 */

#include <kunit/test.h>

#include <linux/kthread.h>
#include <linux/rculist.h>
#include <linux/slab.h>
#include <linux/srcu.h>

struct item {
	int n;
	struct list_head list;
	struct hlist_node node;
};

DEFINE_STATIC_SRCU(list_srcu);

static void number(struct item *items, int count)
{
	int i;

	for (i = 0; i < count; i++) {
		items[i].n = i;
		INIT_LIST_HEAD(&items[i].list);
		INIT_HLIST_NODE(&items[i].node);
	}
}

/* The numbers of a list as digits: head -> 0 -> 2 is "02". */
static const char *read_list(struct list_head *head)
{
	static char text[16];
	struct item *it;
	int len = 0;

	rcu_read_lock();
	list_for_each_entry_rcu(it, head, list)
		text[len++] = '0' + it->n;
	rcu_read_unlock();
	text[len] = '\0';
	return text;
}

static const char *read_chain(struct hlist_head *head)
{
	static char text[16];
	struct item *it;
	int len = 0;

	rcu_read_lock();
	hlist_for_each_entry_rcu(it, head, node)
		text[len++] = '0' + it->n;
	rcu_read_unlock();
	text[len] = '\0';
	return text;
}

/* ---- list ---- */

static void add_puts_first_and_add_tail_last(struct kunit *test)
{
	struct item it[3];
	LIST_HEAD(head);

	number(it, 3);
	INIT_LIST_HEAD_RCU(&head);
	list_add_rcu(&it[1].list, &head);
	list_add_rcu(&it[0].list, &head);
	list_add_tail_rcu(&it[2].list, &head);
	KUNIT_EXPECT_STREQ(test, read_list(&head), "012");
	KUNIT_EXPECT_PTR_EQ(test, head.prev, &it[2].list);
	KUNIT_EXPECT_PTR_EQ(test, rcu_access_pointer(list_tail_rcu(&head)), &it[2].list);
	KUNIT_EXPECT_PTR_EQ(test, rcu_access_pointer(list_next_rcu(&head)), &it[0].list);
}

static void a_deleted_element_still_shows_the_way_out(struct kunit *test)
{
	struct item it[3];
	LIST_HEAD(head);

	number(it, 3);
	list_add_tail_rcu(&it[0].list, &head);
	list_add_tail_rcu(&it[1].list, &head);
	list_add_tail_rcu(&it[2].list, &head);
	list_del_rcu(&it[1].list);
	KUNIT_EXPECT_STREQ(test, read_list(&head), "02");
	KUNIT_EXPECT_PTR_EQ(test, it[1].list.next, &it[2].list);
	KUNIT_EXPECT_FALSE(test, list_empty(&it[1].list));
	KUNIT_EXPECT_PTR_EQ(test, it[1].list.prev, (struct list_head *)LIST_POISON2);
}

static void replace_takes_the_place(struct kunit *test)
{
	struct item it[4];
	LIST_HEAD(head);

	number(it, 4);
	list_add_tail_rcu(&it[0].list, &head);
	list_add_tail_rcu(&it[1].list, &head);
	list_add_tail_rcu(&it[2].list, &head);
	list_replace_rcu(&it[1].list, &it[3].list);
	KUNIT_EXPECT_STREQ(test, read_list(&head), "032");
	KUNIT_EXPECT_PTR_EQ(test, it[2].list.prev, &it[3].list);
	KUNIT_EXPECT_PTR_EQ(test, it[1].list.next, &it[2].list);
}

static int synced;
static struct list_head *spliced;

/* In the middle of a splice the source is empty for new readers, and nowhere else to be seen. */
static void note_sync(void)
{
	synced += list_empty(spliced);
	synchronize_rcu();
}

static void splice_moves_all_to_the_front(struct kunit *test)
{
	struct item it[4];
	LIST_HEAD(from);
	LIST_HEAD(to);

	number(it, 4);
	list_add_tail_rcu(&it[0].list, &from);
	list_add_tail_rcu(&it[1].list, &from);
	list_add_tail_rcu(&it[2].list, &to);
	list_add_tail_rcu(&it[3].list, &to);
	synced = 0;
	spliced = &from;
	list_splice_init_rcu(&from, &to, note_sync);
	KUNIT_EXPECT_EQ(test, synced, 1);
	KUNIT_EXPECT_STREQ(test, read_list(&to), "0123");
	KUNIT_EXPECT_TRUE(test, list_empty(&from));
	KUNIT_EXPECT_PTR_EQ(test, it[0].list.prev, &to);
	KUNIT_EXPECT_PTR_EQ(test, it[2].list.prev, &it[1].list);
}

static void splice_tail_moves_all_to_the_end(struct kunit *test)
{
	struct item it[4];
	LIST_HEAD(from);
	LIST_HEAD(to);

	number(it, 4);
	list_add_tail_rcu(&it[2].list, &from);
	list_add_tail_rcu(&it[3].list, &from);
	list_add_tail_rcu(&it[0].list, &to);
	list_add_tail_rcu(&it[1].list, &to);
	synced = 0;
	spliced = &from;
	list_splice_tail_init_rcu(&from, &to, note_sync);
	KUNIT_EXPECT_STREQ(test, read_list(&to), "0123");
	KUNIT_EXPECT_PTR_EQ(test, to.prev, &it[3].list);
	/* Nothing to move: nobody is waited for. */
	list_splice_tail_init_rcu(&from, &to, note_sync);
	list_splice_init_rcu(&from, &to, note_sync);
	KUNIT_EXPECT_EQ(test, synced, 1);
}

static void a_private_chain_is_pushed_to_the_front(struct kunit *test)
{
	struct item it[4];
	LIST_HEAD(chain);
	LIST_HEAD(to);

	number(it, 4);
	list_splice_rcu(&chain, &to);
	KUNIT_EXPECT_STREQ(test, read_list(&to), "");
	list_add_tail(&it[2].list, &chain);
	list_add_tail(&it[3].list, &chain);
	list_splice_rcu(&chain, &to);
	KUNIT_EXPECT_STREQ(test, read_list(&to), "23");
	INIT_LIST_HEAD(&chain);
	list_add_tail(&it[0].list, &chain);
	list_add_tail(&it[1].list, &chain);
	list_splice_rcu(&chain, &to);
	KUNIT_EXPECT_STREQ(test, read_list(&to), "0123");
	/* The links back, too: taken out from the end. */
	list_del(to.prev);
	list_del(to.prev);
	list_del(to.prev);
	KUNIT_EXPECT_STREQ(test, read_list(&to), "0");
}

static void splice_between_two_elements(struct kunit *test)
{
	struct item it[4];
	LIST_HEAD(from);
	LIST_HEAD(to);

	number(it, 4);
	list_add_tail_rcu(&it[1].list, &from);
	list_add_tail_rcu(&it[2].list, &from);
	list_add_tail_rcu(&it[0].list, &to);
	list_add_tail_rcu(&it[3].list, &to);
	synced = 0;
	spliced = &from;
	__list_splice_init_rcu(&from, &it[0].list, &it[3].list, note_sync);
	KUNIT_EXPECT_STREQ(test, read_list(&to), "0123");
}

static void first_and_next_or_null(struct kunit *test)
{
	struct item it[2];
	LIST_HEAD(head);

	number(it, 2);
	rcu_read_lock();
	KUNIT_EXPECT_NULL(test, list_first_or_null_rcu(&head, struct item, list));
	list_add_tail_rcu(&it[0].list, &head);
	list_add_tail_rcu(&it[1].list, &head);
	KUNIT_EXPECT_PTR_EQ(test, list_first_or_null_rcu(&head, struct item, list), &it[0]);
	KUNIT_EXPECT_PTR_EQ(test, list_next_or_null_rcu(&head, &it[0].list, struct item, list),
			    &it[1]);
	KUNIT_EXPECT_NULL(test, list_next_or_null_rcu(&head, &it[1].list, struct item, list));
	KUNIT_EXPECT_PTR_EQ(test, list_entry_rcu(head.next, struct item, list), &it[0]);
	KUNIT_EXPECT_PTR_EQ(test, list_entry_lockless(head.next, struct item, list), &it[0]);
	rcu_read_unlock();
}

static void every_walk_visits_all_in_order(struct kunit *test)
{
	struct item it[4], *pos;
	LIST_HEAD(head);
	int i, idx, sum;

	number(it, 4);
	for (i = 0; i < 4; i++)
		list_add_tail_rcu(&it[i].list, &head);

	sum = 0;
	idx = srcu_read_lock(&list_srcu);
	list_for_each_entry_srcu(pos, &head, list, srcu_read_lock_held(&list_srcu))
		sum = 10 * sum + pos->n;
	srcu_read_unlock(&list_srcu, idx);
	KUNIT_EXPECT_EQ(test, sum, 123);

	sum = 0;
	list_for_each_entry_lockless(pos, &head, list)
		sum = 10 * sum + pos->n;
	KUNIT_EXPECT_EQ(test, sum, 123);

	sum = 0;
	list_for_each_entry_rcu(pos, &head, list, true)
		sum = 10 * sum + pos->n;
	KUNIT_EXPECT_EQ(test, sum, 123);

	rcu_read_lock();
	sum = 0;
	pos = &it[1];
	list_for_each_entry_continue_rcu(pos, &head, list)
		sum = 10 * sum + pos->n;
	KUNIT_EXPECT_EQ(test, sum, 23);

	sum = 0;
	pos = &it[1];
	list_for_each_entry_from_rcu(pos, &head, list)
		sum = 10 * sum + pos->n;
	KUNIT_EXPECT_EQ(test, sum, 123);
	rcu_read_unlock();
}

/* ---- hlist ---- */

static void hlist_adds_at_all_four_places(struct kunit *test)
{
	struct item it[5];
	HLIST_HEAD(head);

	number(it, 5);
	hlist_add_tail_rcu(&it[2].node, &head);
	hlist_add_head_rcu(&it[0].node, &head);
	hlist_add_before_rcu(&it[1].node, &it[2].node);
	hlist_add_behind_rcu(&it[3].node, &it[2].node);
	hlist_add_tail_rcu(&it[4].node, &head);
	KUNIT_EXPECT_STREQ(test, read_chain(&head), "01234");
	KUNIT_EXPECT_PTR_EQ(test, rcu_access_pointer(hlist_first_rcu(&head)), &it[0].node);
	KUNIT_EXPECT_PTR_EQ(test, rcu_access_pointer(hlist_next_rcu(&it[0].node)), &it[1].node);
	KUNIT_EXPECT_PTR_EQ(test, rcu_access_pointer(hlist_pprev_rcu(&it[1].node)), &it[1].node);
}

static void hlist_deletions_keep_the_way_out(struct kunit *test)
{
	struct item it[4];
	HLIST_HEAD(head);
	int i;

	number(it, 4);
	for (i = 3; i >= 0; i--)
		hlist_add_head_rcu(&it[i].node, &head);
	hlist_del_rcu(&it[1].node);
	KUNIT_EXPECT_FALSE(test, hlist_unhashed(&it[1].node));
	KUNIT_EXPECT_PTR_EQ(test, it[1].node.next, &it[2].node);
	hlist_del_init_rcu(&it[2].node);
	KUNIT_EXPECT_TRUE(test, hlist_unhashed(&it[2].node));
	KUNIT_EXPECT_PTR_EQ(test, it[2].node.next, &it[3].node);
	hlist_del_init_rcu(&it[2].node);
	KUNIT_EXPECT_STREQ(test, read_chain(&head), "03");
}

static void hlist_replace_takes_the_place(struct kunit *test)
{
	struct item it[4];
	HLIST_HEAD(head);

	number(it, 4);
	hlist_add_head_rcu(&it[1].node, &head);
	hlist_add_head_rcu(&it[0].node, &head);
	hlist_replace_rcu(&it[1].node, &it[2].node);
	KUNIT_EXPECT_STREQ(test, read_chain(&head), "02");
	hlist_replace_rcu(&it[0].node, &it[3].node);
	KUNIT_EXPECT_STREQ(test, read_chain(&head), "32");
	hlist_del_rcu(&it[2].node);
	KUNIT_EXPECT_STREQ(test, read_chain(&head), "3");
}

static void hlists_are_exchanged_empty_or_not(struct kunit *test)
{
	struct item it[3];
	HLIST_HEAD(left);
	HLIST_HEAD(right);

	number(it, 3);
	hlist_add_head_rcu(&it[1].node, &left);
	hlist_add_head_rcu(&it[0].node, &left);
	hlists_swap_heads_rcu(&left, &right);
	KUNIT_EXPECT_TRUE(test, hlist_empty(&left));
	KUNIT_EXPECT_STREQ(test, read_chain(&right), "01");
	hlist_add_head_rcu(&it[2].node, &left);
	hlists_swap_heads_rcu(&left, &right);
	KUNIT_EXPECT_STREQ(test, read_chain(&left), "01");
	KUNIT_EXPECT_STREQ(test, read_chain(&right), "2");
	hlist_del_rcu(&it[0].node);
	KUNIT_EXPECT_STREQ(test, read_chain(&left), "1");
}

static void every_hlist_walk_visits_all_in_order(struct kunit *test)
{
	struct item it[4], *pos;
	HLIST_HEAD(head);
	struct hlist_node *node;
	int i, idx, sum;

	number(it, 4);
	for (i = 3; i >= 0; i--)
		hlist_add_head_rcu(&it[i].node, &head);

	sum = 0;
	idx = srcu_read_lock(&list_srcu);
	hlist_for_each_entry_srcu(pos, &head, node, srcu_read_lock_held(&list_srcu))
		sum = 10 * sum + pos->n;
	srcu_read_unlock(&list_srcu, idx);
	KUNIT_EXPECT_EQ(test, sum, 123);

	sum = 0;
	hlist_for_each_entry_rcu_notrace(pos, &head, node)
		sum = 10 * sum + pos->n;
	KUNIT_EXPECT_EQ(test, sum, 123);

	sum = 0;
	hlist_for_each_entry_rcu(pos, &head, node, true)
		sum = 10 * sum + pos->n;
	KUNIT_EXPECT_EQ(test, sum, 123);

	rcu_read_lock_bh();
	sum = 0;
	hlist_for_each_entry_rcu_bh(pos, &head, node)
		sum = 10 * sum + pos->n;
	KUNIT_EXPECT_EQ(test, sum, 123);

	sum = 0;
	pos = &it[0];
	hlist_for_each_entry_continue_rcu_bh(pos, node)
		sum = 10 * sum + pos->n;
	KUNIT_EXPECT_EQ(test, sum, 123);
	rcu_read_unlock_bh();

	rcu_read_lock();
	sum = 0;
	pos = &it[1];
	hlist_for_each_entry_continue_rcu(pos, node)
		sum = 10 * sum + pos->n;
	KUNIT_EXPECT_EQ(test, sum, 23);

	sum = 0;
	pos = &it[2];
	hlist_for_each_entry_from_rcu(pos, node)
		sum = 10 * sum + pos->n;
	KUNIT_EXPECT_EQ(test, sum, 23);

	sum = 0;
	__hlist_for_each_rcu(node, &head)
		sum++;
	KUNIT_EXPECT_EQ(test, sum, 4);
	rcu_read_unlock();
}

static struct kunit_case rculist_cases[] = {
	KUNIT_CASE(add_puts_first_and_add_tail_last),
	KUNIT_CASE(a_deleted_element_still_shows_the_way_out),
	KUNIT_CASE(replace_takes_the_place),
	KUNIT_CASE(splice_moves_all_to_the_front),
	KUNIT_CASE(splice_tail_moves_all_to_the_end),
	KUNIT_CASE(splice_between_two_elements),
	KUNIT_CASE(a_private_chain_is_pushed_to_the_front),
	KUNIT_CASE(first_and_next_or_null),
	KUNIT_CASE(every_walk_visits_all_in_order),
	KUNIT_CASE(hlist_adds_at_all_four_places),
	KUNIT_CASE(hlist_deletions_keep_the_way_out),
	KUNIT_CASE(hlist_replace_takes_the_place),
	KUNIT_CASE(hlists_are_exchanged_empty_or_not),
	KUNIT_CASE(every_hlist_walk_visits_all_in_order),
	{}
};

static struct kunit_suite rculist_suite = {
	.name = "rculist",
	.test_cases = rculist_cases,
};

kunit_test_suite(rculist_suite);
