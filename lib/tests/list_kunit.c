// SPDX-License-Identifier: MIT
/* Tests of <linux/list.h>: lists and hlists. */

#include <kunit/test.h>

#include <linux/list.h>
#include <linux/list_bl.h>
#include <linux/list_nulls.h>
#include <linux/rculist.h>
#include <linux/report.h>

/* An object on a list and on an hlist. */
struct item {
	int id;
	struct list_head link;
	struct hlist_node node;
};

#define N 5

struct items {
	struct list_head head, other;
	struct item item[N];
};

/* head -> 0 -> 1 -> 2 -> 3 -> 4 */
static struct items *make_items(struct kunit *test)
{
	struct items *s = kunit_kzalloc(test, sizeof(*s), GFP_KERNEL);
	int i;

	KUNIT_ASSERT_NOT_NULL(test, s);
	INIT_LIST_HEAD(&s->head);
	INIT_LIST_HEAD(&s->other);
	for (i = 0; i < N; i++) {
		s->item[i].id = i;
		list_add_tail(&s->item[i].link, &s->head);
	}
	return s;
}

/* The ids on a list as a decimal number, forwards: "012" is 12 with a leading 1: 1012. */
static int digits_of(struct list_head *head)
{
	struct item *pos;
	int n = 1;

	list_for_each_entry(pos, head, link)
		n = n * 10 + pos->id;
	return n;
}

static int digits_backwards(struct list_head *head)
{
	struct item *pos;
	int n = 1;

	list_for_each_entry_reverse(pos, head, link)
		n = n * 10 + pos->id;
	return n;
}

/* The list holds @forwards, and its prev links agree. */
static void expect_list(struct kunit *test, struct list_head *head, int forwards)
{
	int backwards = 1, n;

	KUNIT_EXPECT_EQ(test, digits_of(head), forwards);
	for (n = forwards; n > 9; n /= 10)
		backwards = backwards * 10 + n % 10;
	KUNIT_EXPECT_EQ(test, digits_backwards(head), backwards);
}

static void a_head_initialised_in_any_way_is_empty(struct kunit *test)
{
	struct list_head a = LIST_HEAD_INIT(a);
	struct list_head b;
	LIST_HEAD(c);

	INIT_LIST_HEAD(&b);
	KUNIT_EXPECT_TRUE(test, list_empty(&a));
	KUNIT_EXPECT_TRUE(test, list_empty(&b));
	KUNIT_EXPECT_TRUE(test, list_empty(&c));
	KUNIT_EXPECT_TRUE(test, list_empty_careful(&c));
	KUNIT_EXPECT_PTR_EQ(test, c.prev, &c);
}

static void list_add_pushes_at_the_front(struct kunit *test)
{
	struct items *s = make_items(test);
	int i;

	for (i = 0; i < N; i++) {
		list_del(&s->item[i].link);
		list_add(&s->item[i].link, &s->other);
	}
	expect_list(test, &s->other, 143210);
	expect_list(test, &s->head, 1);
}

static void list_add_tail_appends(struct kunit *test)
{
	expect_list(test, &make_items(test)->head, 101234);
}

static void list_del_poisons_the_entry(struct kunit *test)
{
	struct items *s = make_items(test);

	list_del(&s->item[2].link);
	expect_list(test, &s->head, 10134);
	KUNIT_EXPECT_PTR_EQ(test, (void *)s->item[2].link.next, LIST_POISON1);
	KUNIT_EXPECT_PTR_EQ(test, (void *)s->item[2].link.prev, LIST_POISON2);
	KUNIT_EXPECT_FALSE(test, list_empty(&s->item[2].link));
}

static void list_del_init_leaves_an_empty_list(struct kunit *test)
{
	struct items *s = make_items(test);

	list_del_init(&s->item[0].link);
	KUNIT_EXPECT_TRUE(test, list_empty(&s->item[0].link));
	list_del_init_careful(&s->item[4].link);
	KUNIT_EXPECT_TRUE(test, list_empty_careful(&s->item[4].link));
	expect_list(test, &s->head, 1123);
}

static void list_replace_puts_the_new_entry_in_the_old_place(struct kunit *test)
{
	struct items *s = make_items(test);
	struct item new = { .id = 9 };
	struct item next = { .id = 8 };

	list_replace(&s->item[2].link, &new.link);
	expect_list(test, &s->head, 101934);
	list_replace_init(&new.link, &next.link);
	expect_list(test, &s->head, 101834);
	KUNIT_EXPECT_TRUE(test, list_empty(&new.link));
}

static void list_replace_of_an_empty_head_gives_an_empty_head(struct kunit *test)
{
	LIST_HEAD(old);
	struct list_head new;

	list_replace(&old, &new);
	KUNIT_EXPECT_TRUE(test, list_empty(&new));
}

static void list_swap_exchanges_two_entries(struct kunit *test)
{
	struct items *s = make_items(test);

	list_swap(&s->item[0].link, &s->item[4].link);
	expect_list(test, &s->head, 141230);
	list_swap(&s->item[1].link, &s->item[2].link);
	expect_list(test, &s->head, 142130);
	list_swap(&s->item[1].link, &s->item[2].link);
	expect_list(test, &s->head, 141230);
}

static void list_move_goes_to_the_front_of_the_other_list(struct kunit *test)
{
	struct items *s = make_items(test);

	list_move(&s->item[1].link, &s->other);
	list_move(&s->item[3].link, &s->other);
	list_move_tail(&s->item[0].link, &s->other);
	expect_list(test, &s->head, 124);
	expect_list(test, &s->other, 1310);
}

static void list_bulk_move_tail_moves_a_run(struct kunit *test)
{
	struct items *s = make_items(test);

	list_bulk_move_tail(&s->head, &s->item[1].link, &s->item[2].link);
	expect_list(test, &s->head, 103412);
	list_bulk_move_tail(&s->head, &s->item[0].link, &s->item[0].link);
	expect_list(test, &s->head, 134120);
}

static void first_last_and_head_are_told_apart(struct kunit *test)
{
	struct items *s = make_items(test);

	KUNIT_EXPECT_TRUE(test, list_is_first(&s->item[0].link, &s->head));
	KUNIT_EXPECT_FALSE(test, list_is_first(&s->item[1].link, &s->head));
	KUNIT_EXPECT_TRUE(test, list_is_last(&s->item[4].link, &s->head));
	KUNIT_EXPECT_FALSE(test, list_is_last(&s->item[3].link, &s->head));
	KUNIT_EXPECT_TRUE(test, list_is_head(&s->head, &s->head));
	KUNIT_EXPECT_FALSE(test, list_is_head(&s->item[0].link, &s->head));
}

static void rotation_keeps_the_ring(struct kunit *test)
{
	struct items *s = make_items(test);

	list_rotate_left(&s->head);
	expect_list(test, &s->head, 112340);
	list_rotate_to_front(&s->item[4].link, &s->head);
	expect_list(test, &s->head, 140123);
	list_rotate_left(&s->other);
	KUNIT_EXPECT_TRUE(test, list_empty(&s->other));
}

static void only_a_list_of_one_is_singular(struct kunit *test)
{
	struct items *s = make_items(test);

	KUNIT_EXPECT_FALSE(test, list_is_singular(&s->head));
	KUNIT_EXPECT_FALSE(test, list_is_singular(&s->other));
	list_move(&s->item[0].link, &s->other);
	KUNIT_EXPECT_TRUE(test, list_is_singular(&s->other));
}

static void list_cut_position_takes_up_to_the_entry(struct kunit *test)
{
	struct items *s = make_items(test);

	list_cut_position(&s->other, &s->head, &s->item[1].link);
	expect_list(test, &s->other, 101);
	expect_list(test, &s->head, 1234);
	list_cut_position(&s->other, &s->head, &s->head);
	expect_list(test, &s->other, 1);
	expect_list(test, &s->head, 1234);
	list_cut_position(&s->other, &s->head, &s->item[4].link);
	expect_list(test, &s->other, 1234);
	expect_list(test, &s->head, 1);
}

static void list_cut_before_takes_what_is_before_the_entry(struct kunit *test)
{
	struct items *s = make_items(test);

	list_cut_before(&s->other, &s->head, &s->item[2].link);
	expect_list(test, &s->other, 101);
	expect_list(test, &s->head, 1234);
	list_cut_before(&s->other, &s->head, &s->item[2].link);
	expect_list(test, &s->other, 1);
	list_cut_before(&s->other, &s->head, &s->head);
	expect_list(test, &s->other, 1234);
	expect_list(test, &s->head, 1);
}

static void list_splice_joins_in_front(struct kunit *test)
{
	struct items *s = make_items(test);

	list_cut_position(&s->other, &s->head, &s->item[1].link);
	list_splice(&s->head, &s->other);
	expect_list(test, &s->other, 123401);
}

static void list_splice_tail_joins_behind(struct kunit *test)
{
	struct items *s = make_items(test);

	list_cut_position(&s->other, &s->head, &s->item[1].link);
	list_splice_tail(&s->head, &s->other);
	expect_list(test, &s->other, 101234);
}

static void list_splice_init_empties_the_source(struct kunit *test)
{
	struct items *s = make_items(test);

	list_splice_init(&s->head, &s->other);
	expect_list(test, &s->other, 101234);
	expect_list(test, &s->head, 1);
	list_splice_tail_init(&s->other, &s->head);
	expect_list(test, &s->head, 101234);
	expect_list(test, &s->other, 1);
	list_splice_init(&s->other, &s->head);
	list_splice_tail_init(&s->other, &s->head);
	expect_list(test, &s->head, 101234);
}

static void entries_are_found_from_their_links(struct kunit *test)
{
	struct items *s = make_items(test);
	struct item *i = s->item;

	KUNIT_EXPECT_PTR_EQ(test, list_entry(&i[3].link, struct item, link), &i[3]);
	KUNIT_EXPECT_PTR_EQ(test, list_first_entry(&s->head, struct item, link), &i[0]);
	KUNIT_EXPECT_PTR_EQ(test, list_last_entry(&s->head, struct item, link), &i[4]);
	KUNIT_EXPECT_PTR_EQ(test, list_first_entry_or_null(&s->head, struct item, link), &i[0]);
	KUNIT_EXPECT_NULL(test, list_first_entry_or_null(&s->other, struct item, link));
	KUNIT_EXPECT_PTR_EQ(test, list_last_entry_or_null(&s->head, struct item, link), &i[4]);
	KUNIT_EXPECT_PTR_EQ(test, list_next_entry(&i[0], link), &i[1]);
	KUNIT_EXPECT_PTR_EQ(test, list_prev_entry(&i[1], link), &i[0]);
	KUNIT_EXPECT_PTR_EQ(test, list_next_entry_circular(&i[4], &s->head, link), &i[0]);
	KUNIT_EXPECT_PTR_EQ(test, list_next_entry_circular(&i[0], &s->head, link), &i[1]);
	KUNIT_EXPECT_PTR_EQ(test, list_prev_entry_circular(&i[0], &s->head, link), &i[4]);
	KUNIT_EXPECT_PTR_EQ(test, list_prev_entry_circular(&i[4], &s->head, link), &i[3]);
}

static void walks_over_nodes_visit_each_once(struct kunit *test)
{
	struct items *s = make_items(test);
	struct list_head *pos, *n;
	int i = 0;

	list_for_each(pos, &s->head)
		KUNIT_EXPECT_PTR_EQ(test, pos, &s->item[i++].link);
	KUNIT_EXPECT_EQ(test, i, N);
	list_for_each_prev(pos, &s->head)
		KUNIT_EXPECT_PTR_EQ(test, pos, &s->item[--i].link);
	KUNIT_EXPECT_EQ(test, i, 0);

	rcu_read_lock();
	list_for_each_rcu(pos, &s->head)
		i++;
	rcu_read_unlock();
	KUNIT_EXPECT_EQ(test, i, N);

	i = 0;
	pos = &s->item[1].link;
	list_for_each_continue(pos, &s->head)
		i++;
	KUNIT_EXPECT_EQ(test, i, 3);

	list_for_each_safe(pos, n, &s->head)
		list_move(pos, &s->other);
	expect_list(test, &s->other, 143210);
	list_for_each_prev_safe(pos, n, &s->other)
		list_del(pos);
	KUNIT_EXPECT_TRUE(test, list_empty(&s->other));
	KUNIT_EXPECT_EQ(test, list_count_nodes(&s->other), 0);
}

static void list_count_nodes_counts_all_but_the_head(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, list_count_nodes(&make_items(test)->head), N);
}

static void typed_walks_begin_and_end_where_they_say(struct kunit *test)
{
	struct items *s = make_items(test);
	struct item *pos;
	int n;

	pos = list_prepare_entry(((struct item *)NULL), &s->head, link);
	n = 1;
	list_for_each_entry_continue(pos, &s->head, link)
		n = n * 10 + pos->id;
	KUNIT_EXPECT_EQ(test, n, 101234);
	KUNIT_EXPECT_TRUE(test, list_entry_is_head(pos, &s->head, link));

	pos = list_prepare_entry(&s->item[2], &s->head, link);
	n = 1;
	list_for_each_entry_continue(pos, &s->head, link)
		n = n * 10 + pos->id;
	KUNIT_EXPECT_EQ(test, n, 134);

	pos = &s->item[2];
	n = 1;
	list_for_each_entry_continue_reverse(pos, &s->head, link)
		n = n * 10 + pos->id;
	KUNIT_EXPECT_EQ(test, n, 110);

	pos = &s->item[3];
	n = 1;
	list_for_each_entry_from(pos, &s->head, link)
		n = n * 10 + pos->id;
	KUNIT_EXPECT_EQ(test, n, 134);

	pos = &s->item[1];
	n = 1;
	list_for_each_entry_from_reverse(pos, &s->head, link)
		n = n * 10 + pos->id;
	KUNIT_EXPECT_EQ(test, n, 110);
}

static void safe_walks_survive_removal(struct kunit *test)
{
	struct items *s = make_items(test);
	struct item *pos, *n;

	list_for_each_entry_safe(pos, n, &s->head, link)
		list_move_tail(&pos->link, &s->other);
	expect_list(test, &s->other, 101234);

	list_for_each_entry_safe_reverse(pos, n, &s->other, link)
		list_move_tail(&pos->link, &s->head);
	expect_list(test, &s->head, 143210);

	pos = &s->item[3];
	list_for_each_entry_safe_continue(pos, n, &s->head, link)
		list_move_tail(&pos->link, &s->other);
	expect_list(test, &s->other, 1210);

	pos = &s->item[1];
	list_for_each_entry_safe_from(pos, n, &s->other, link)
		list_del(&pos->link);
	expect_list(test, &s->other, 12);
}

static void list_safe_reset_next_sees_a_changed_list(struct kunit *test)
{
	struct items *s = make_items(test);
	struct item *pos, *n;
	int visited = 1;

	list_for_each_entry_safe(pos, n, &s->head, link) {
		visited = visited * 10 + pos->id;
		/* the saved next entry goes away */
		if (pos->id == 1) {
			list_del(&s->item[2].link);
			list_safe_reset_next(pos, n, link);
		}
	}
	KUNIT_EXPECT_EQ(test, visited, 10134);
}

/* --- Corruption: planted, and found before the list is touched -------------------------------- */

static bool lists_are_checked(struct kunit *test)
{
	if (!IS_ENABLED(CONFIG_LIST_HARDENED))
		kunit_mark_skipped(test, "lists are not checked in this build");
	return IS_ENABLED(CONFIG_LIST_HARDENED);
}

static void adding_an_entry_twice_is_reported(struct kunit *test)
{
	struct items *s = make_items(test);

	if (!lists_are_checked(test))
		return;
	kunit_expect_report(test, REPORT_WARN);
	list_add_tail(&s->item[4].link, &s->head);
	expect_list(test, &s->head, 101234);
}

static void deleting_an_entry_twice_is_reported(struct kunit *test)
{
	struct items *s = make_items(test);

	if (!lists_are_checked(test))
		return;
	list_del(&s->item[2].link);
	kunit_expect_report(test, REPORT_WARN);
	list_del(&s->item[2].link);
	expect_list(test, &s->head, 10134);
}

static void an_overwritten_neighbour_is_reported(struct kunit *test)
{
	struct items *s = make_items(test);
	struct list_head *right = s->item[1].link.next;

	if (!lists_are_checked(test))
		return;
	kunit_expect_report(test, REPORT_WARN);
	s->item[1].link.next = &s->item[3].link;
	list_del(&s->item[2].link);
	s->item[1].link.next = right;
	/* the deletion was refused, though the entry has its poison */
	KUNIT_EXPECT_PTR_EQ(test, s->item[3].link.prev, &s->item[2].link);
}

/* --- hlists ----------------------------------------------------------------------------------- */

static int hlist_digits(struct hlist_head *head)
{
	struct item *pos;
	int n = 1;

	hlist_for_each_entry(pos, head, node)
		n = n * 10 + pos->id;
	return n;
}

static void hlist_add_head_pushes(struct kunit *test)
{
	struct items *s = make_items(test);
	HLIST_HEAD(h);
	int i;

	KUNIT_EXPECT_TRUE(test, hlist_empty(&h));
	for (i = 0; i < N; i++)
		hlist_add_head(&s->item[i].node, &h);
	KUNIT_EXPECT_EQ(test, hlist_digits(&h), 143210);
	KUNIT_EXPECT_FALSE(test, hlist_empty(&h));
	KUNIT_EXPECT_EQ(test, hlist_count_nodes(&h), N);
}

static void hlist_nodes_know_whether_they_are_hashed(struct kunit *test)
{
	struct items *s = make_items(test);
	struct hlist_node *n = &s->item[0].node;
	HLIST_HEAD(h);

	INIT_HLIST_NODE(n);
	KUNIT_EXPECT_TRUE(test, hlist_unhashed(n));
	KUNIT_EXPECT_TRUE(test, hlist_unhashed_lockless(n));
	hlist_add_head(n, &h);
	KUNIT_EXPECT_FALSE(test, hlist_unhashed(n));
	KUNIT_EXPECT_FALSE(test, hlist_unhashed_lockless(n));
	hlist_del_init(n);
	KUNIT_EXPECT_TRUE(test, hlist_unhashed(n));
	hlist_del_init(n);
	hlist_add_head(n, &h);
	hlist_del(n);
	KUNIT_EXPECT_FALSE(test, hlist_unhashed(n));
	KUNIT_EXPECT_TRUE(test, hlist_empty(&h));
}

static void hlist_add_before_and_behind(struct kunit *test)
{
	struct items *s = make_items(test);
	HLIST_HEAD(h);

	hlist_add_head(&s->item[2].node, &h);
	hlist_add_before(&s->item[1].node, &s->item[2].node);
	hlist_add_behind(&s->item[3].node, &s->item[2].node);
	hlist_add_behind(&s->item[4].node, &s->item[1].node);
	KUNIT_EXPECT_EQ(test, hlist_digits(&h), 11423);
	hlist_del(&s->item[1].node);
	hlist_del(&s->item[3].node);
	KUNIT_EXPECT_EQ(test, hlist_digits(&h), 142);
}

static void a_fake_node_can_be_deleted_without_a_list(struct kunit *test)
{
	struct hlist_node n = { };

	hlist_add_fake(&n);
	KUNIT_EXPECT_TRUE(test, hlist_fake(&n));
	KUNIT_EXPECT_FALSE(test, hlist_unhashed(&n));
	hlist_del_init(&n);
	KUNIT_EXPECT_TRUE(test, hlist_unhashed(&n));
}

static void hlist_is_singular_node_knows_the_only_one(struct kunit *test)
{
	struct items *s = make_items(test);
	HLIST_HEAD(h);

	hlist_add_head(&s->item[0].node, &h);
	KUNIT_EXPECT_TRUE(test, hlist_is_singular_node(&s->item[0].node, &h));
	hlist_add_head(&s->item[1].node, &h);
	KUNIT_EXPECT_FALSE(test, hlist_is_singular_node(&s->item[0].node, &h));
	KUNIT_EXPECT_FALSE(test, hlist_is_singular_node(&s->item[1].node, &h));
}

static void hlist_chains_move_to_another_head(struct kunit *test)
{
	struct items *s = make_items(test);
	HLIST_HEAD(a);
	HLIST_HEAD(b);

	hlist_add_head(&s->item[0].node, &a);
	hlist_add_head(&s->item[1].node, &a);
	hlist_move_list(&a, &b);
	KUNIT_EXPECT_TRUE(test, hlist_empty(&a));
	KUNIT_EXPECT_EQ(test, hlist_digits(&b), 110);
	hlist_move_list(&a, &a);
	hlist_add_head(&s->item[2].node, &a);
	hlist_splice_init(&b, &s->item[0].node, &a);
	KUNIT_EXPECT_EQ(test, hlist_digits(&a), 1102);
	KUNIT_EXPECT_TRUE(test, hlist_empty(&b));
	hlist_splice_init(&a, &s->item[2].node, &b);
	KUNIT_EXPECT_EQ(test, hlist_digits(&b), 1102);
	/* the first node's back pointer follows the head */
	hlist_del(&s->item[1].node);
	KUNIT_EXPECT_EQ(test, hlist_digits(&b), 102);
}

static void hlist_walks_continue_and_survive_removal(struct kunit *test)
{
	struct items *s = make_items(test);
	struct hlist_node *n, *p;
	struct item *pos;
	HLIST_HEAD(h);
	int i, digits;

	for (i = N - 1; i >= 0; i--)
		hlist_add_head(&s->item[i].node, &h);
	i = 0;
	hlist_for_each(p, &h)
		i++;
	KUNIT_EXPECT_EQ(test, i, N);

	pos = &s->item[2];
	digits = 1;
	hlist_for_each_entry_continue(pos, node)
		digits = digits * 10 + pos->id;
	KUNIT_EXPECT_EQ(test, digits, 134);
	pos = &s->item[2];
	digits = 1;
	hlist_for_each_entry_from(pos, node)
		digits = digits * 10 + pos->id;
	KUNIT_EXPECT_EQ(test, digits, 1234);
	KUNIT_EXPECT_NULL(test, hlist_entry_safe((struct hlist_node *)NULL, struct item, node));

	hlist_for_each_entry_safe(pos, n, &h, node)
		hlist_del(&pos->node);
	KUNIT_EXPECT_TRUE(test, hlist_empty(&h));
}

struct nulls_item {
	int id;
	struct hlist_nulls_node node;
};

static void nulls_chains_end_in_their_number(struct kunit *test)
{
	struct nulls_item a = { .id = 1 }, b = { .id = 2 }, *pos;
	struct hlist_nulls_head h;
	struct hlist_nulls_node *n;
	int digits = 0;

	INIT_HLIST_NULLS_HEAD(&h, 42);
	KUNIT_EXPECT_TRUE(test, hlist_nulls_empty(&h));
	hlist_nulls_add_head(&a.node, &h);
	hlist_nulls_add_head(&b.node, &h);
	hlist_nulls_for_each_entry(pos, n, &h, node)
		digits = digits * 10 + pos->id;
	KUNIT_EXPECT_EQ(test, digits, 21);
	KUNIT_EXPECT_TRUE(test, is_a_nulls(n));
	KUNIT_EXPECT_EQ(test, get_nulls_value(n), 42);
	hlist_nulls_del(&b.node);
	hlist_nulls_del(&a.node);
	KUNIT_EXPECT_TRUE(test, hlist_nulls_empty(&h));
}

struct bl_item {
	int id;
	struct hlist_bl_node node;
};

static void bl_chains_keep_their_lock_bit(struct kunit *test)
{
	struct bl_item a = { .id = 1 }, b = { .id = 2 }, c = { .id = 3 }, *pos;
	struct hlist_bl_head h;
	struct hlist_bl_node *n;
	int digits = 0;

	INIT_HLIST_BL_HEAD(&h);
	hlist_bl_lock(&h);
	KUNIT_EXPECT_TRUE(test, hlist_bl_is_locked(&h));
	KUNIT_EXPECT_TRUE(test, hlist_bl_empty(&h));
	hlist_bl_add_head(&a.node, &h);
	hlist_bl_add_before(&b.node, &a.node);
	hlist_bl_add_behind(&c.node, &a.node);
	hlist_bl_for_each_entry(pos, n, &h, node)
		digits = digits * 10 + pos->id;
	KUNIT_EXPECT_EQ(test, digits, 213);
	hlist_bl_del_init(&b.node);
	hlist_bl_del(&a.node);
	KUNIT_EXPECT_TRUE(test, hlist_bl_is_locked(&h));
	KUNIT_EXPECT_PTR_EQ(test, hlist_bl_first(&h), &c.node);
	hlist_bl_unlock(&h);
	KUNIT_EXPECT_FALSE(test, hlist_bl_is_locked(&h));
	KUNIT_EXPECT_PTR_EQ(test, hlist_bl_first(&h), &c.node);
}

static struct kunit_case list_cases[] = {
	KUNIT_CASE(a_head_initialised_in_any_way_is_empty),
	KUNIT_CASE(list_add_pushes_at_the_front),
	KUNIT_CASE(list_add_tail_appends),
	KUNIT_CASE(list_del_poisons_the_entry),
	KUNIT_CASE(list_del_init_leaves_an_empty_list),
	KUNIT_CASE(list_replace_puts_the_new_entry_in_the_old_place),
	KUNIT_CASE(list_replace_of_an_empty_head_gives_an_empty_head),
	KUNIT_CASE(list_swap_exchanges_two_entries),
	KUNIT_CASE(list_move_goes_to_the_front_of_the_other_list),
	KUNIT_CASE(list_bulk_move_tail_moves_a_run),
	KUNIT_CASE(first_last_and_head_are_told_apart),
	KUNIT_CASE(rotation_keeps_the_ring),
	KUNIT_CASE(only_a_list_of_one_is_singular),
	KUNIT_CASE(list_cut_position_takes_up_to_the_entry),
	KUNIT_CASE(list_cut_before_takes_what_is_before_the_entry),
	KUNIT_CASE(list_splice_joins_in_front),
	KUNIT_CASE(list_splice_tail_joins_behind),
	KUNIT_CASE(list_splice_init_empties_the_source),
	KUNIT_CASE(entries_are_found_from_their_links),
	KUNIT_CASE(walks_over_nodes_visit_each_once),
	KUNIT_CASE(list_count_nodes_counts_all_but_the_head),
	KUNIT_CASE(typed_walks_begin_and_end_where_they_say),
	KUNIT_CASE(safe_walks_survive_removal),
	KUNIT_CASE(list_safe_reset_next_sees_a_changed_list),
	KUNIT_CASE(adding_an_entry_twice_is_reported),
	KUNIT_CASE(deleting_an_entry_twice_is_reported),
	KUNIT_CASE(an_overwritten_neighbour_is_reported),
	{}
};

static struct kunit_case hlist_cases[] = {
	KUNIT_CASE(hlist_add_head_pushes),
	KUNIT_CASE(hlist_nodes_know_whether_they_are_hashed),
	KUNIT_CASE(hlist_add_before_and_behind),
	KUNIT_CASE(a_fake_node_can_be_deleted_without_a_list),
	KUNIT_CASE(hlist_is_singular_node_knows_the_only_one),
	KUNIT_CASE(hlist_chains_move_to_another_head),
	KUNIT_CASE(hlist_walks_continue_and_survive_removal),
	KUNIT_CASE(nulls_chains_end_in_their_number),
	KUNIT_CASE(bl_chains_keep_their_lock_bit),
	{}
};

static struct kunit_suite list_suite = { .name = "list", .test_cases = list_cases };
static struct kunit_suite hlist_suite = { .name = "hlist", .test_cases = hlist_cases };
kunit_test_suites(&list_suite, &hlist_suite);
