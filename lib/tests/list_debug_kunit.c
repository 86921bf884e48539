// SPDX-License-Identifier: MIT
/*
 * Corrupt lists: each kind is planted, has to be reported before anything is written, and leaves
 * the list as it was.
 */

#include <kunit/test.h>

#include <linux/list.h>
#include <linux/poison.h>

struct chain {
	struct list_head head, a, b;
};

/* head -> a -> b */
static int make_chain(struct kunit *test)
{
	struct chain *c = kunit_kzalloc(test, sizeof(*c), GFP_KERNEL);

	if (!c)
		return -ENOMEM;
	INIT_LIST_HEAD(&c->head);
	list_add_tail(&c->a, &c->head);
	list_add_tail(&c->b, &c->head);
	test->priv = c;
	return 0;
}

static bool chain_is_whole(const struct chain *c)
{
	return c->head.next == &c->a && c->a.next == &c->b && c->b.next == &c->head &&
	       c->head.prev == &c->b && c->b.prev == &c->a && c->a.prev == &c->head;
}

static void adding_behind_a_wrong_next_is_refused(struct kunit *test)
{
	struct chain *c = test->priv;
	struct list_head new, stray;

	INIT_LIST_HEAD(&stray);
	kunit_expect_report(test, REPORT_WARN);
	c->head.next = &stray;
	list_add(&new, &c->head);
	c->head.next = &c->a;
	KUNIT_EXPECT_TRUE(test, chain_is_whole(c));
	KUNIT_EXPECT_TRUE(test, list_empty(&stray));
}

static void adding_before_a_wrong_prev_is_refused(struct kunit *test)
{
	struct chain *c = test->priv;
	struct list_head new, stray;

	INIT_LIST_HEAD(&stray);
	kunit_expect_report(test, REPORT_WARN);
	c->head.prev = &stray;
	list_add_tail(&new, &c->head);
	c->head.prev = &c->b;
	KUNIT_EXPECT_TRUE(test, chain_is_whole(c));
}

static void adding_what_is_the_neighbour_is_refused(struct kunit *test)
{
	struct chain *c = test->priv;

	kunit_expect_report(test, REPORT_WARN);
	list_add(&c->a, &c->head);
	KUNIT_EXPECT_TRUE(test, chain_is_whole(c));
}

static void adding_after_null_is_refused(struct kunit *test)
{
	struct chain *c = test->priv;
	struct list_head new;

	kunit_expect_report(test, REPORT_WARN);
	c->head.prev = NULL;
	list_add_tail(&new, &c->head);
	c->head.prev = &c->b;
	KUNIT_EXPECT_TRUE(test, chain_is_whole(c));
}

static void adding_before_null_is_refused(struct kunit *test)
{
	struct chain *c = test->priv;
	struct list_head new;

	kunit_expect_report(test, REPORT_WARN);
	c->head.next = NULL;
	list_add(&new, &c->head);
	c->head.next = &c->a;
	KUNIT_EXPECT_TRUE(test, chain_is_whole(c));
}

static void deleting_with_a_null_link_is_refused(struct kunit *test)
{
	struct chain *c = test->priv;

	kunit_expect_reports(test, REPORT_WARN, 2);
	c->a.next = NULL;
	__list_del_entry(&c->a);
	c->a.next = &c->b;
	c->a.prev = NULL;
	__list_del_entry(&c->a);
	c->a.prev = &c->head;
	KUNIT_EXPECT_TRUE(test, chain_is_whole(c));
}

static void deleting_what_was_deleted_is_refused(struct kunit *test)
{
	struct chain *c = test->priv;

	list_del(&c->a);
	KUNIT_EXPECT_PTR_EQ(test, c->a.next, (struct list_head *)LIST_POISON1);
	kunit_expect_report(test, REPORT_WARN);
	__list_del_entry(&c->a);
	KUNIT_EXPECT_TRUE(test, c->head.next == &c->b && c->b.prev == &c->head);
}

static void deleting_with_a_poisoned_prev_is_refused(struct kunit *test)
{
	struct chain *c = test->priv;

	kunit_expect_report(test, REPORT_WARN);
	c->b.prev = LIST_POISON2;
	__list_del_entry(&c->b);
	c->b.prev = &c->a;
	KUNIT_EXPECT_TRUE(test, chain_is_whole(c));
}

static void deleting_from_between_strangers_is_refused(struct kunit *test)
{
	struct chain *c = test->priv;
	struct list_head stray;

	INIT_LIST_HEAD(&stray);
	kunit_expect_reports(test, REPORT_WARN, 2);
	c->a.prev = &stray;
	__list_del_entry(&c->a);
	c->a.prev = &c->head;
	c->a.next = &stray;
	__list_del_entry(&c->a);
	c->a.next = &c->b;
	KUNIT_EXPECT_TRUE(test, chain_is_whole(c));
	KUNIT_EXPECT_TRUE(test, list_empty(&stray));
}

static void moving_a_corrupt_entry_leaves_its_old_list_alone(struct kunit *test)
{
	struct chain *c = test->priv;
	LIST_HEAD(other);

	kunit_expect_report(test, REPORT_WARN);
	c->a.next = NULL;
	/* the removal is refused; the entry is put on the other list all the same */
	list_move(&c->a, &other);
	KUNIT_EXPECT_PTR_EQ(test, other.next, &c->a);
	KUNIT_EXPECT_PTR_EQ(test, c->head.next, &c->a);
}

static void a_sound_list_is_not_reported(struct kunit *test)
{
	struct chain *c = test->priv;
	struct list_head new;

	list_add(&new, &c->a);
	list_del(&new);
	list_move_tail(&c->a, &c->head);
	list_move(&c->a, &c->head);
	KUNIT_EXPECT_TRUE(test, chain_is_whole(c));
}

static struct kunit_case list_debug_cases[] = {
	KUNIT_CASE(adding_behind_a_wrong_next_is_refused),
	KUNIT_CASE(adding_before_a_wrong_prev_is_refused),
	KUNIT_CASE(adding_what_is_the_neighbour_is_refused),
	KUNIT_CASE(adding_after_null_is_refused),
	KUNIT_CASE(adding_before_null_is_refused),
	KUNIT_CASE(deleting_with_a_null_link_is_refused),
	KUNIT_CASE(deleting_what_was_deleted_is_refused),
	KUNIT_CASE(deleting_with_a_poisoned_prev_is_refused),
	KUNIT_CASE(deleting_from_between_strangers_is_refused),
	KUNIT_CASE(moving_a_corrupt_entry_leaves_its_old_list_alone),
	KUNIT_CASE(a_sound_list_is_not_reported),
	{}
};

static struct kunit_suite list_debug_suite = {
	.name = "list_debug", .init = make_chain, .test_cases = list_debug_cases,
};
kunit_test_suite(list_debug_suite);

MODULE_LICENSE("MIT");
