// SPDX-License-Identifier: MIT
/* Tests of <linux/list_lru.h>. */

#include <kunit/test.h>

#include <linux/list_lru.h>
#include <linux/slab.h>

struct item {
	struct list_head link;
	int number;
};

static struct item *items(struct kunit *test, struct list_lru *lru, int n)
{
	struct item *item = kunit_kcalloc(test, n, sizeof(*item), GFP_KERNEL);
	int i;

	KUNIT_ASSERT_NOT_NULL(test, item);
	KUNIT_ASSERT_EQ(test, list_lru_init(lru), 0);
	for (i = 0; i < n; i++) {
		INIT_LIST_HEAD(&item[i].link);
		item[i].number = i;
		KUNIT_EXPECT_TRUE(test, list_lru_add_obj(lru, &item[i].link));
	}
	return item;
}

static void an_object_is_on_the_list_once(struct kunit *test)
{
	struct list_lru lru;
	struct item *item = items(test, &lru, 2);

	KUNIT_EXPECT_FALSE(test, list_lru_add_obj(&lru, &item[0].link));
	KUNIT_EXPECT_EQ(test, list_lru_count(&lru), 2UL);
	KUNIT_EXPECT_EQ(test, list_lru_count_one(&lru, 0, NULL), 2UL);
	KUNIT_EXPECT_TRUE(test, list_lru_del_obj(&lru, &item[0].link));
	KUNIT_EXPECT_FALSE(test, list_lru_del(&lru, &item[0].link, 0, NULL));
	KUNIT_EXPECT_EQ(test, list_lru_count_node(&lru, 0), 1UL);
	KUNIT_EXPECT_TRUE(test, list_lru_add(&lru, &item[0].link, 0, NULL));
	list_lru_destroy(&lru);
	list_lru_destroy(&lru);
}

struct visit {
	enum lru_status answer[10];	/* by number, once; then LRU_SKIP */
	int order[40], n;
	struct list_head removed;
};

static enum lru_status visit(struct list_head *link, struct list_lru_one *list, spinlock_t *lock,
			     void *arg)
{
	struct item *item = list_entry(link, struct item, link);
	struct visit *v = arg;
	enum lru_status answer = v->answer[item->number];

	v->order[v->n++] = item->number;
	v->answer[item->number] = LRU_SKIP;
	if (answer == LRU_REMOVED)
		list_lru_isolate_move(list, link, &v->removed);
	if (answer == LRU_REMOVED_RETRY)
		list_lru_isolate(list, link);
	if (answer == LRU_RETRY || answer == LRU_REMOVED_RETRY) {
		spin_unlock(lock);
		spin_lock(lock);
	}
	return answer;
}

static void the_callback_says_what_becomes_of_an_object(struct kunit *test)
{
	static const int order[] = { 0, 1, 2, 0, 2, 3, 0, 2, 4, 5, 1 };
	struct visit v = {
		.answer = { LRU_SKIP, LRU_ROTATE, LRU_RETRY, LRU_REMOVED_RETRY, LRU_REMOVED,
			    LRU_SKIP },
	};
	struct list_lru lru;
	struct item *item = items(test, &lru, 6);
	unsigned long nr = 30;

	INIT_LIST_HEAD(&v.removed);
	KUNIT_EXPECT_EQ(test, list_lru_walk_node(&lru, 0, visit, &v, &nr), 2UL);
	/* 1 went to the end, 2 and 3 had the walk begin anew, 3 and 4 have gone */
	KUNIT_EXPECT_EQ(test, v.n, (int)ARRAY_SIZE(order));
	KUNIT_EXPECT_MEMEQ(test, v.order, order, sizeof(order));
	KUNIT_EXPECT_EQ(test, nr, 19UL);
	KUNIT_EXPECT_EQ(test, list_lru_count(&lru), 4UL);
	KUNIT_EXPECT_PTR_EQ(test, v.removed.next, &item[4].link);
	KUNIT_EXPECT_TRUE(test, list_empty(&item[3].link));
	list_lru_destroy(&lru);
}

static void a_walk_ends_at_its_number_or_when_told(struct kunit *test)
{
	struct shrink_control sc = { .nr_to_scan = 3 };
	struct visit v = { .answer = { } };
	struct list_lru lru;
	int i;

	items(test, &lru, 8);
	INIT_LIST_HEAD(&v.removed);
	KUNIT_EXPECT_EQ(test, list_lru_shrink_count(&lru, &sc), 8UL);
	KUNIT_EXPECT_EQ(test, list_lru_shrink_walk(&lru, &sc, visit, &v), 3UL);
	KUNIT_EXPECT_EQ(test, sc.nr_to_scan, 0UL);
	for (i = 0; i < 3; i++)
		KUNIT_EXPECT_EQ(test, v.order[i], i);
	v.n = 0;
	v.answer[4] = LRU_STOP;
	KUNIT_EXPECT_EQ(test, list_lru_walk(&lru, visit, &v, 100), 1UL);
	KUNIT_EXPECT_EQ(test, v.n, 2);
	sc.nr_to_scan = 50;
	KUNIT_EXPECT_EQ(test, list_lru_shrink_walk_irq(&lru, &sc, visit, &v), 3UL);
	KUNIT_EXPECT_EQ(test, list_lru_count(&lru), 1UL);
	list_lru_destroy(&lru);
}

static struct kunit_case list_lru_cases[] = {
	KUNIT_CASE(an_object_is_on_the_list_once),
	KUNIT_CASE(the_callback_says_what_becomes_of_an_object),
	KUNIT_CASE(a_walk_ends_at_its_number_or_when_told),
	{}
};

static struct kunit_suite list_lru_suite = {
	.name = "list_lru",
	.test_cases = list_lru_cases,
};
kunit_test_suite(list_lru_suite);
