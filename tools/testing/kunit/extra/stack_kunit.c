// SPDX-License-Identifier: MIT
/*
 * What compilers initialise on the stack, in all the ways to say so, and klists and hash tables,
 * with the includes of tests for Linux.
 */
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include <kunit/test.h>
#include <linux/hashtable.h>
#include <linux/init.h>
#include <linux/kernel.h>
#include <linux/klist.h>
#include <linux/module.h>
#include <linux/string.h>

struct stack_padded {
	u8 one;
	/* seven bytes that nobody names */
	u64 two;
	char tail[3];
};

static noinline void stack_leave_garbage(void)
{
	u8 garbage[256];

	memset(garbage, 0xff, sizeof(garbage));
	OPTIMIZER_HIDE_VAR(garbage[0]);
	barrier_data(garbage);
}

static noinline u64 stack_sum(const struct stack_padded *p)
{
	return p->one + p->two + p->tail[0] + p->tail[1] + p->tail[2];
}

static void stack_test_zero_and_partial(struct kunit *test)
{
	stack_leave_garbage();
	{
		struct stack_padded zero = { };
		struct stack_padded partial = { .two = 5 };

		barrier_data(&zero);
		barrier_data(&partial);
		KUNIT_EXPECT_EQ(test, stack_sum(&zero), 0ULL);
		KUNIT_EXPECT_EQ(test, stack_sum(&partial), 5ULL);
	}
}

static void stack_test_memset_struct(struct kunit *test)
{
	struct stack_padded p;

	stack_leave_garbage();
	memset(&p, 0, sizeof(p));
	KUNIT_EXPECT_NULL(test, memchr_inv(&p, 0, sizeof(p)));
	memset_after(&p, 0xaa, two);
	KUNIT_EXPECT_EQ(test, (u8)p.tail[2], 0xaa);
	memset_startat(&p, 0, two);
	KUNIT_EXPECT_NULL(test, memchr_inv(&p, 0, sizeof(p)));
}

struct hash_item {
	int key, visited;
	struct hlist_node node;
};

static void stack_test_hashtable(struct kunit *test)
{
	struct hash_item a = { .key = 1 }, b = { .key = 1 }, *x;
	DEFINE_HASHTABLE(hash, 3);
	int bkt, n = 0;

	KUNIT_EXPECT_TRUE(test, hash_empty(hash));
	hash_add(hash, &a.node, a.key);
	hash_add(hash, &b.node, b.key);
	hash_for_each(hash, bkt, x, node)
		x->visited++;
	hash_for_each_possible(hash, x, node, 1)
		n += x->visited;
	KUNIT_EXPECT_EQ(test, n, 2);
	hash_del(&a.node);
	KUNIT_EXPECT_FALSE(test, hash_hashed(&a.node));
	hash_del(&b.node);
}

static int klist_count;

static void klist_get_count(struct klist_node *n)
{
	klist_count++;
}

static void klist_put_count(struct klist_node *n)
{
	klist_count--;
}

static void stack_test_klist(struct kunit *test)
{
	struct klist_node a, b;
	struct klist list;
	struct klist_iter i;

	klist_init(&list, &klist_get_count, &klist_put_count);
	klist_add_tail(&a, &list);
	klist_add_head(&b, &list);
	klist_iter_init(&list, &i);
	KUNIT_EXPECT_PTR_EQ(test, klist_next(&i), &b);
	KUNIT_EXPECT_PTR_EQ(test, klist_next(&i), &a);
	KUNIT_EXPECT_NULL(test, klist_next(&i));
	klist_iter_exit(&i);
	KUNIT_EXPECT_EQ(test, klist_count, 2);
	klist_remove(&a);
	klist_remove(&b);
	KUNIT_EXPECT_EQ(test, klist_count, 0);
}

static struct kunit_case stack_test_cases[] = {
	KUNIT_CASE(stack_test_zero_and_partial),
	KUNIT_CASE(stack_test_memset_struct),
	KUNIT_CASE(stack_test_hashtable),
	KUNIT_CASE(stack_test_klist),
	{}
};

static struct kunit_suite stack_test_suite = {
	.name = "extra_stack",
	.test_cases = stack_test_cases,
};
kunit_test_suites(&stack_test_suite);
MODULE_DESCRIPTION("Initialised stack, hash tables, klists");
MODULE_LICENSE("Dual MIT/GPL");
