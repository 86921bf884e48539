// SPDX-License-Identifier: MIT
/*
 * A test of lists in the shape that tests of Linux have: fixtures in test->priv, expectations with
 * messages, a suite-level init.
 */
#include <kunit/test.h>

#include <linux/list.h>

struct lists_fixture {
	struct list_head head;
	struct lists_entry {
		struct list_head list;
		int data;
	} entries[3];
};

static int lists_test_init(struct kunit *test)
{
	struct lists_fixture *f;
	int i;

	f = kunit_kzalloc(test, sizeof(*f), GFP_KERNEL);
	if (!f)
		return -ENOMEM;
	INIT_LIST_HEAD(&f->head);
	for (i = 0; i < ARRAY_SIZE(f->entries); i++) {
		f->entries[i].data = i;
		list_add_tail(&f->entries[i].list, &f->head);
	}
	test->priv = f;
	return 0;
}

static void lists_test_exit(struct kunit *test)
{
	struct lists_fixture *f = test->priv;

	KUNIT_EXPECT_FALSE(test, list_empty(&f->head));
}

static void lists_test_order(struct kunit *test)
{
	struct lists_fixture *f = test->priv;
	struct lists_entry *entry, *n;
	int i = 0;

	list_for_each_entry_safe(entry, n, &f->head, list)
		KUNIT_EXPECT_EQ_MSG(test, entry->data, i++, "entry %d is out of place", i);
	KUNIT_EXPECT_EQ(test, i, 3);
}

static void lists_test_move(struct kunit *test)
{
	struct lists_fixture *f = test->priv;

	list_move(&f->entries[2].list, &f->head);
	KUNIT_EXPECT_PTR_EQ(test, list_first_entry(&f->head, struct lists_entry, list),
			    &f->entries[2]);
	KUNIT_EXPECT_PTR_EQ(test, list_last_entry(&f->head, struct lists_entry, list),
			    &f->entries[1]);
}

static void lists_test_rotate(struct kunit *test)
{
	struct lists_fixture *f = test->priv;

	list_rotate_left(&f->head);
	KUNIT_EXPECT_EQ(test, list_first_entry(&f->head, struct lists_entry, list)->data, 1);
	KUNIT_EXPECT_TRUE(test, list_is_last(&f->entries[0].list, &f->head));
}

static void lists_test_skipped(struct kunit *test)
{
	kunit_skip(test, "as some tests do on some machines");
}

static struct kunit_case lists_test_cases[] = {
	KUNIT_CASE(lists_test_order),
	KUNIT_CASE(lists_test_move),
	KUNIT_CASE_SLOW(lists_test_rotate),
	KUNIT_CASE(lists_test_skipped),
	{},
};

static struct kunit_suite lists_test_module = {
	.name = "extra-lists",
	.init = lists_test_init,
	.exit = lists_test_exit,
	.test_cases = lists_test_cases,
};

kunit_test_suites(&lists_test_module);

MODULE_LICENSE("GPL v2");
