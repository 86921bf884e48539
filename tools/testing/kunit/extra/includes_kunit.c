// SPDX-License-Identifier: MIT
/*
 * What <kunit/test.h> brings along: nothing else is included here.
 */
#include <kunit/test.h>

struct includes_item {
	struct list_head node;
	struct kref ref;
	spinlock_t lock;
	u32 value;
};

static struct includes_item *includes_make(struct kunit *test, u32 value)
{
	struct includes_item *item;

	item = kunit_kzalloc(test, sizeof(*item), GFP_KERNEL);
	KUNIT_ASSERT_NOT_ERR_OR_NULL(test, item);
	INIT_LIST_HEAD(&item->node);
	kref_init(&item->ref);
	spin_lock_init(&item->lock);
	WRITE_ONCE(item->value, value);
	return item;
}

static void includes_test_slab_and_string(struct kunit *test)
{
	char *copy = kstrdup("text", GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, copy);
	KUNIT_EXPECT_EQ(test, 0, strcmp(copy, "text"));
	KUNIT_EXPECT_STREQ(test, copy, "text");
	kfree(copy);
}

static void includes_test_list_and_container_of(struct kunit *test)
{
	LIST_HEAD(head);
	struct includes_item *a = includes_make(test, 1);
	struct includes_item *b = includes_make(test, 2);
	struct includes_item *pos;
	u32 sum = 0;

	list_add_tail(&a->node, &head);
	list_add_tail(&b->node, &head);
	list_for_each_entry(pos, &head, node)
		sum += READ_ONCE(pos->value);
	KUNIT_EXPECT_EQ(test, sum, 3u);
	KUNIT_EXPECT_PTR_EQ(test, container_of(head.next, struct includes_item, node), a);
}

static void includes_test_err(struct kunit *test)
{
	void *p = ERR_PTR(-ENOENT);

	KUNIT_EXPECT_TRUE(test, IS_ERR(p));
	KUNIT_EXPECT_EQ(test, PTR_ERR(p), -ENOENT);
}

static void includes_test_spinlock_and_kref(struct kunit *test)
{
	struct includes_item *item = includes_make(test, 7);
	unsigned long flags;

	spin_lock_irqsave(&item->lock, flags);
	kref_get(&item->ref);
	spin_unlock_irqrestore(&item->lock, flags);
	KUNIT_EXPECT_EQ(test, kref_read(&item->ref), 2);
}

static DEFINE_STATIC_KEY_FALSE(includes_key);

static void includes_test_jump_label(struct kunit *test)
{
	KUNIT_EXPECT_FALSE(test, static_branch_unlikely(&includes_key));
	static_branch_enable(&includes_key);
	KUNIT_EXPECT_TRUE(test, static_branch_unlikely(&includes_key));
	static_branch_disable(&includes_key);
}

static void includes_test_sections(struct kunit *test)
{
	KUNIT_EXPECT_LT(test, (unsigned long)_stext, (unsigned long)_etext);
}

static struct kunit_case includes_test_cases[] = {
	KUNIT_CASE(includes_test_slab_and_string),
	KUNIT_CASE(includes_test_list_and_container_of),
	KUNIT_CASE(includes_test_err),
	KUNIT_CASE(includes_test_spinlock_and_kref),
	KUNIT_CASE(includes_test_jump_label),
	KUNIT_CASE(includes_test_sections),
	{}
};

static struct kunit_suite includes_test_suite = {
	.name = "extra-includes",
	.test_cases = includes_test_cases,
};

kunit_test_suites(&includes_test_suite);

MODULE_DESCRIPTION("What kunit/test.h brings along");
MODULE_LICENSE("GPL v2");
