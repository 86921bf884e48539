// SPDX-License-Identifier: MIT
/*
 * Tests of <linux/rbtree.h> and <linux/bsearch.h>, call by call. (sort_kunit.c: the tree's rules in
 * long runs.)
 */

#include <kunit/test.h>

#include <linux/bsearch.h>
#include <linux/rbtree.h>

struct item {
	struct rb_node node;
	int key;
};

#define item_of(n)	rb_entry(n, struct item, node)

static bool item_less(struct rb_node *a, const struct rb_node *b)
{
	return item_of(a)->key < rb_entry(b, struct item, node)->key;
}

static int compare_key(const void *key, const struct rb_node *n)
{
	return *(const int *)key - rb_entry(n, struct item, node)->key;
}

static int compare_nodes(struct rb_node *a, const struct rb_node *b)
{
	return item_of(a)->key - rb_entry(b, struct item, node)->key;
}

/* Keys 0, 2, 4, ... in an order that turns the tree about. */
#define ITEMS	16
static struct item items[ITEMS];

static struct rb_root make_tree(void)
{
	struct rb_root root = RB_ROOT;
	int i;

	for (i = 0; i < ITEMS; i++) {
		items[i].key = 2 * ((i * 7) % ITEMS);
		rb_add(&items[i].node, &root, item_less);
	}
	return root;
}

static void an_empty_tree_has_no_ends(struct kunit *test)
{
	struct rb_root root = RB_ROOT;
	int key = 3;

	KUNIT_EXPECT_TRUE(test, RB_EMPTY_ROOT(&root));
	KUNIT_EXPECT_NULL(test, rb_first(&root));
	KUNIT_EXPECT_NULL(test, rb_last(&root));
	KUNIT_EXPECT_NULL(test, rb_first_postorder(&root));
	KUNIT_EXPECT_NULL(test, rb_find(&key, &root, compare_key));
}

static void a_cleared_node_is_in_no_tree(struct kunit *test)
{
	struct rb_node node;

	RB_CLEAR_NODE(&node);
	KUNIT_EXPECT_TRUE(test, RB_EMPTY_NODE(&node));
}

static void a_walk_forwards_is_in_order(struct kunit *test)
{
	struct rb_root root = make_tree();
	struct rb_node *n;
	int want = 0;

	for (n = rb_first(&root); n; n = rb_next(n), want += 2)
		KUNIT_EXPECT_EQ(test, item_of(n)->key, want);
	KUNIT_EXPECT_EQ(test, want, 2 * ITEMS);
}

static void a_walk_backwards_is_in_reverse_order(struct kunit *test)
{
	struct rb_root root = make_tree();
	struct rb_node *n;
	int want = 2 * (ITEMS - 1);

	for (n = rb_last(&root); n; n = rb_prev(n), want -= 2)
		KUNIT_EXPECT_EQ(test, item_of(n)->key, want);
	KUNIT_EXPECT_EQ(test, want, -2);
}

static void a_postorder_walk_sees_children_first(struct kunit *test)
{
	struct rb_root root = make_tree();
	struct item *pos, *next;
	int n = 0;

	rbtree_postorder_for_each_entry_safe(pos, next, &root, node) {
		struct rb_node *left = pos->node.rb_left, *right = pos->node.rb_right;

		/* visited nodes are marked by an odd key */
		KUNIT_EXPECT_TRUE(test, !left || item_of(left)->key % 2);
		KUNIT_EXPECT_TRUE(test, !right || item_of(right)->key % 2);
		pos->key++;
		n++;
	}
	KUNIT_EXPECT_EQ(test, n, ITEMS);
}

static void find_finds_what_is_there(struct kunit *test)
{
	struct rb_root root = make_tree();
	int key;

	for (key = -1; key <= 2 * ITEMS; key++) {
		struct rb_node *n = rb_find(&key, &root, compare_key);

		if (key >= 0 && key < 2 * ITEMS && key % 2 == 0)
			KUNIT_EXPECT_TRUE(test, n && item_of(n)->key == key);
		else
			KUNIT_EXPECT_NULL(test, n);
	}
}

static void find_add_returns_the_one_that_was_there(struct kunit *test)
{
	struct rb_root root = make_tree();
	struct item same = { .key = 4 }, other = { .key = 5 };
	struct rb_node *n = rb_find_add(&same.node, &root, compare_nodes);

	KUNIT_ASSERT_NOT_NULL(test, n);
	KUNIT_EXPECT_EQ(test, item_of(n)->key, 4);
	KUNIT_EXPECT_NULL(test, rb_find_add(&other.node, &root, compare_nodes));
	KUNIT_EXPECT_PTR_EQ(test, rb_find(&other.key, &root, compare_key), &other.node);
}

static void find_first_finds_the_leftmost_of_equals(struct kunit *test)
{
	struct rb_root root = RB_ROOT;
	struct item e[6];
	struct rb_node *n;
	int i, key = 1, count = 0;

	for (i = 0; i < 6; i++) {
		e[i].key = i / 3;
		rb_add(&e[i].node, &root, item_less);
	}
	n = rb_find_first(&key, &root, compare_key);
	KUNIT_ASSERT_NOT_NULL(test, n);
	KUNIT_EXPECT_EQ(test, item_of(rb_prev(n))->key, 0);
	rb_for_each(n, &key, &root, compare_key)
		count++;
	KUNIT_EXPECT_EQ(test, count, 3);
}

static void erase_takes_one_out(struct kunit *test)
{
	struct rb_root root = make_tree();
	int i, left = ITEMS;

	for (i = 0; i < ITEMS; i++) {
		struct rb_node *n;
		int seen = 0;

		rb_erase(&items[i].node, &root);
		left--;
		for (n = rb_first(&root); n; n = rb_next(n))
			seen += item_of(n) != &items[i];
		KUNIT_EXPECT_EQ(test, seen, left);
	}
	KUNIT_EXPECT_TRUE(test, RB_EMPTY_ROOT(&root));
}

static void replace_keeps_the_place(struct kunit *test)
{
	struct rb_root root = make_tree();
	struct item new = { .key = items[3].key };

	rb_replace_node(&items[3].node, &new.node, &root);
	KUNIT_EXPECT_PTR_EQ(test, rb_find(&new.key, &root, compare_key), &new.node);
}

static void a_cached_root_knows_its_leftmost(struct kunit *test)
{
	struct rb_root_cached root = RB_ROOT_CACHED;
	struct item a = { .key = 5 }, b = { .key = 3 }, c = { .key = 9 };

	KUNIT_EXPECT_NULL(test, rb_first_cached(&root));
	KUNIT_EXPECT_PTR_EQ(test, rb_add_cached(&a.node, &root, item_less), &a.node);
	KUNIT_EXPECT_PTR_EQ(test, rb_add_cached(&b.node, &root, item_less), &b.node);
	KUNIT_EXPECT_NULL(test, rb_add_cached(&c.node, &root, item_less));
	KUNIT_EXPECT_PTR_EQ(test, rb_first_cached(&root), &b.node);
	rb_erase_cached(&b.node, &root);
	KUNIT_EXPECT_PTR_EQ(test, rb_first_cached(&root), &a.node);
}

/* --- bsearch ---------------------------------------------------------------------------------- */

static int compare_ints(const void *key, const void *elt)
{
	return *(const int *)key - *(const int *)elt;
}

static void bsearch_finds_each_element(struct kunit *test)
{
	int a[31], i, n;

	for (i = 0; i < 31; i++)
		a[i] = 3 * i;
	for (n = 0; n <= 31; n++)
		for (i = 0; i < n; i++)
			KUNIT_EXPECT_PTR_EQ(test, bsearch(&a[i], a, n, sizeof(int), compare_ints),
					    (void *)&a[i]);
}

static void bsearch_of_what_is_missing_is_null(struct kunit *test)
{
	int a[] = { 2, 4, 6 }, key;

	for (key = 1; key <= 7; key += 2)
		KUNIT_EXPECT_NULL(test, bsearch(&key, a, 3, sizeof(int), compare_ints));
	KUNIT_EXPECT_NULL(test, bsearch(&a[0], a, 0, sizeof(int), compare_ints));
}

static struct kunit_case rbtree_cases[] = {
	KUNIT_CASE(an_empty_tree_has_no_ends),
	KUNIT_CASE(a_cleared_node_is_in_no_tree),
	KUNIT_CASE(a_walk_forwards_is_in_order),
	KUNIT_CASE(a_walk_backwards_is_in_reverse_order),
	KUNIT_CASE(a_postorder_walk_sees_children_first),
	KUNIT_CASE(find_finds_what_is_there),
	KUNIT_CASE(find_add_returns_the_one_that_was_there),
	KUNIT_CASE(find_first_finds_the_leftmost_of_equals),
	KUNIT_CASE(erase_takes_one_out),
	KUNIT_CASE(replace_keeps_the_place),
	KUNIT_CASE(a_cached_root_knows_its_leftmost),
	{}
};

static struct kunit_case bsearch_cases[] = {
	KUNIT_CASE(bsearch_finds_each_element),
	KUNIT_CASE(bsearch_of_what_is_missing_is_null),
	{}
};

static struct kunit_suite rbtree_suite = { .name = "rbtree_each", .test_cases = rbtree_cases };
static struct kunit_suite bsearch_suite = { .name = "bsearch", .test_cases = bsearch_cases };
kunit_test_suites(&rbtree_suite, &bsearch_suite);

MODULE_LICENSE("MIT");
