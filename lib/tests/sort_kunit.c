// SPDX-License-Identifier: MIT
/* Tests of sorting, searching, red-black trees, priority lists and lock-free stacks. */

#include <kunit/test.h>

#include <linux/bsearch.h>
#include <linux/list_sort.h>
#include <linux/list.h>
#include <linux/llist.h>
#include <linux/plist.h>
#include <linux/prandom.h>
#include <linux/rbtree.h>
#include <linux/rbtree_augmented.h>
#include <linux/slab.h>
#include <linux/sort.h>

#define SEED 3

/* --- Arrays ----------------------------------------------------------------------------------- */

struct wide {
	u32 key;
	u8 rest[9];
} __packed;

static int cmp_int(const void *a, const void *b)
{
	return *(const int *)a < *(const int *)b ? -1 : *(const int *)a > *(const int *)b;
}

static int cmp_wide(const void *a, const void *b)
{
	/* Through the packed struct, which may lie at any address. */
	int left = ((const struct wide *)a)->key, right = ((const struct wide *)b)->key;

	return cmp_int(&left, &right);
}

static int cmp_int_r(const void *a, const void *b, const void *priv)
{
	*(int *)priv += 1;
	return -cmp_int(a, b);
}

static int swaps;
static void swap_int(void *a, void *b, int size)
{
	int t = *(int *)a;

	*(int *)a = *(int *)b;
	*(int *)b = t;
	swaps += size == sizeof(int);
}

static void swap_int_r(void *a, void *b, int size, const void *priv)
{
	swap_int(a, b, size);
}

#define MANY 1000

static int *random_ints(struct kunit *test, u32 range)
{
	int *a = kunit_kmalloc_array(test, MANY, sizeof(int), GFP_KERNEL);
	struct rnd_state rnd;
	int i;

	KUNIT_ASSERT_NOT_NULL(test, a);
	prandom_seed_state(&rnd, SEED + range);
	for (i = 0; i < MANY; i++)
		a[i] = prandom_u32_state(&rnd) % range;
	return a;
}

static void sort_orders_arrays_of_any_length(struct kunit *test)
{
	int *a = random_ints(test, 500), *copy = random_ints(test, 500);
	int n, i, sum, want;

	for (n = 0; n < 60; n++) {
		memcpy(a, copy, n * sizeof(int));
		sort(a, n, sizeof(int), cmp_int, NULL);
		for (i = 1; i < n; i++)
			KUNIT_ASSERT_LE(test, a[i - 1], a[i]);
		for (i = sum = want = 0; i < n; i++) {
			sum += a[i] * a[i];
			want += copy[i] * copy[i];
		}
		KUNIT_ASSERT_EQ(test, sum, want);
	}
	sort(copy, MANY, sizeof(int), cmp_int, NULL);
	for (i = 1; i < MANY; i++)
		KUNIT_ASSERT_LE(test, copy[i - 1], copy[i]);
}

static void sort_moves_elements_of_odd_size(struct kunit *test)
{
	struct wide *a = kunit_kzalloc(test, 100 * sizeof(*a), GFP_KERNEL);
	struct rnd_state rnd;
	int i;

	KUNIT_ASSERT_NOT_NULL(test, a);
	prandom_seed_state(&rnd, SEED);
	for (i = 0; i < 100; i++) {
		a[i].key = prandom_u32_state(&rnd) >> 1;
		memset(a[i].rest, a[i].key, 9);
	}
	sort(a, 100, sizeof(*a), cmp_wide, NULL);
	for (i = 0; i < 100; i++) {
		KUNIT_ASSERT_EQ(test, a[i].rest[8], (u8)a[i].key);
		if (i)
			KUNIT_ASSERT_LE(test, a[i - 1].key, a[i].key);
	}
}

static void sort_r_passes_its_argument_and_uses_the_given_swap(struct kunit *test)
{
	int *a = random_ints(test, 1000000);
	int calls = 0, i;

	swaps = 0;
	sort_r(a, MANY, sizeof(int), cmp_int_r, swap_int_r, &calls);
	for (i = 1; i < MANY; i++)
		KUNIT_ASSERT_GE(test, a[i - 1], a[i]);
	KUNIT_EXPECT_GT(test, swaps, 0);
	/* n log2 n is 9966: bottom-up needs little more */
	KUNIT_EXPECT_LT(test, calls, 14000);
	swaps = 0;
	sort_nonatomic(a, MANY, sizeof(int), cmp_int, swap_int);
	KUNIT_EXPECT_GT(test, swaps, 0);
	sort_r_nonatomic(a, MANY, sizeof(int), cmp_int_r, NULL, &calls);
	KUNIT_EXPECT_GE(test, a[0], a[MANY - 1]);
}

static void bsearch_finds_what_is_there(struct kunit *test)
{
	int a[50], i, n;

	for (i = 0; i < 50; i++)
		a[i] = 2 * i;
	for (n = 0; n <= 50; n++) {
		for (i = -1; i <= 2 * n; i++) {
			int *found = bsearch(&i, a, n, sizeof(int), cmp_int);

			if (i >= 0 && i % 2 == 0 && i / 2 < n)
				KUNIT_ASSERT_PTR_EQ(test, found, &a[i / 2]);
			else
				KUNIT_ASSERT_NULL(test, found);
		}
	}
}

/* --- list_sort() ------------------------------------------------------------------------------ */

struct entry {
	int key, order;
	struct list_head link;
};

static int cmp_entry(void *priv, const struct list_head *a, const struct list_head *b)
{
	const struct entry *x = list_entry(a, struct entry, link);
	const struct entry *y = list_entry(b, struct entry, link);

	if (priv)
		*(int *)priv += 1;
	return x->key > y->key;
}

static void list_sort_is_stable_and_keeps_the_ring(struct kunit *test)
{
	struct entry *e = kunit_kzalloc(test, 1000 * sizeof(*e), GFP_KERNEL);
	struct rnd_state rnd;
	int n, i, calls;

	KUNIT_ASSERT_NOT_NULL(test, e);
	prandom_seed_state(&rnd, SEED);
	for (n = 0; n <= 1000; n += n < 40 ? 1 : 320) {
		struct entry *pos, *prev = NULL;
		LIST_HEAD(head);

		for (i = 0; i < n; i++) {
			e[i].key = prandom_u32_state(&rnd) % (n / 3 + 1);
			e[i].order = i;
			list_add_tail(&e[i].link, &head);
		}
		calls = 0;
		list_sort(&calls, &head, cmp_entry);
		i = 0;
		list_for_each_entry(pos, &head, link) {
			KUNIT_ASSERT_PTR_EQ(test, pos->link.prev, prev ? &prev->link : &head);
			if (prev)
				KUNIT_ASSERT_TRUE(test, prev->key < pos->key ||
						  (prev->key == pos->key &&
						   prev->order < pos->order));
			prev = pos;
			i++;
		}
		KUNIT_ASSERT_EQ(test, i, n);
		KUNIT_ASSERT_PTR_EQ(test, head.prev, prev ? &prev->link : &head);
	}
	/* the last round: 1000 log2 1000 is 9966 */
	KUNIT_EXPECT_LT(test, calls, 9000);
}

/* --- Red-black trees, against the rules and a flat array -------------------------------------- */

struct node {
	u32 key;
	bool in;
	u32 max;		/* the largest key of the subtree */
	struct rb_node rb;
};

#define NODES 300

static u32 key_of(struct node *n)
{
	return n->key;
}

RB_DECLARE_CALLBACKS_MAX(static, max_callbacks, struct node, rb, u32, max, key_of)

static bool less(struct rb_node *a, const struct rb_node *b)
{
	return rb_entry(a, struct node, rb)->key < rb_entry(b, struct node, rb)->key;
}

static int cmp_nodes(struct rb_node *a, const struct rb_node *b)
{
	u32 x = rb_entry(a, struct node, rb)->key, y = rb_entry(b, struct node, rb)->key;

	return x < y ? -1 : x > y;
}

static int cmp_key(const void *key, const struct rb_node *b)
{
	u32 x = *(const u32 *)key, y = rb_entry(b, struct node, rb)->key;

	return x < y ? -1 : x > y;
}

/* Rules (1) to (4), parent links, order; the black height, or -1. Recursion: the depth is small. */
static int check_subtree(struct rb_node *node, struct rb_node *parent, bool check_max)
{
	struct node *n = rb_entry(node, struct node, rb);
	int left, right;
	u32 max;

	if (!node)
		return 0;
	if (rb_parent(node) != parent)
		return -1;
	if (rb_is_red(node) && (!parent || rb_is_red(parent)))
		return -1;
	left = check_subtree(node->rb_left, node, check_max);
	right = check_subtree(node->rb_right, node, check_max);
	if (left < 0 || left != right)
		return -1;
	max = n->key;
	if (node->rb_left)
		max = max(max, rb_entry(node->rb_left, struct node, rb)->max);
	if (node->rb_right)
		max = max(max, rb_entry(node->rb_right, struct node, rb)->max);
	if (check_max && max != n->max)
		return -1;
	return left + rb_is_black(node);
}

static void expect_tree(struct kunit *test, struct rb_root *root, struct node *nodes,
			bool check_max)
{
	struct rb_node *rb;
	u32 prev = 0;
	int in = 0, seen = 0, back = 0, post = 0, i;
	struct node *pos, *tmp;

	KUNIT_ASSERT_GE(test, check_subtree(root->rb_node, NULL, check_max), 0);
	for (i = 0; i < NODES; i++)
		in += nodes[i].in;
	for (rb = rb_first(root); rb; rb = rb_next(rb)) {
		struct node *n = rb_entry(rb, struct node, rb);

		KUNIT_ASSERT_TRUE(test, n->in);
		KUNIT_ASSERT_LE(test, prev, n->key);
		prev = n->key;
		seen++;
	}
	for (rb = rb_last(root); rb; rb = rb_prev(rb))
		back++;
	rbtree_postorder_for_each_entry_safe(pos, tmp, root, rb)
		post++;
	KUNIT_ASSERT_EQ(test, seen, in);
	KUNIT_ASSERT_EQ(test, back, in);
	KUNIT_ASSERT_EQ(test, post, in);
}

static struct node *make_nodes(struct kunit *test, struct rnd_state *rnd)
{
	struct node *nodes = kunit_kzalloc(test, NODES * sizeof(*nodes), GFP_KERNEL);
	int i;

	KUNIT_ASSERT_NOT_NULL(test, nodes);
	prandom_seed_state(rnd, SEED);
	for (i = 0; i < NODES; i++)
		nodes[i].key = prandom_u32_state(rnd) % 1000;
	return nodes;
}

static void rbtree_keeps_its_rules_in_a_long_random_run(struct kunit *test)
{
	struct rb_root root = RB_ROOT;
	struct rnd_state rnd;
	struct node *nodes = make_nodes(test, &rnd);
	int round;

	for (round = 0; round < 6000; round++) {
		struct node *n = &nodes[prandom_u32_state(&rnd) % NODES];

		if (n->in)
			rb_erase(&n->rb, &root);
		else
			rb_add(&n->rb, &root, less);
		n->in = !n->in;
		if (round % 16 == 0)
			expect_tree(test, &root, nodes, false);
	}
	KUNIT_EXPECT_FALSE(test, RB_EMPTY_ROOT(&root));
}

static void augmented_trees_keep_their_summaries(struct kunit *test)
{
	struct rb_root_cached root = RB_ROOT_CACHED;
	struct rnd_state rnd;
	struct node *nodes = make_nodes(test, &rnd);
	int round;

	for (round = 0; round < 4000; round++) {
		struct node *n = &nodes[prandom_u32_state(&rnd) % NODES];

		n->max = n->key;
		if (n->in)
			rb_erase_augmented_cached(&n->rb, &root, &max_callbacks);
		else
			rb_add_augmented_cached(&n->rb, &root, less, &max_callbacks);
		n->in = !n->in;
		if (round % 16 == 0)
			expect_tree(test, &root.rb_root, nodes, true);
		KUNIT_ASSERT_PTR_EQ(test, rb_first_cached(&root), rb_first(&root.rb_root));
	}
}

static void rbtree_finds_and_replaces(struct kunit *test)
{
	struct rb_root_cached root = RB_ROOT_CACHED;
	struct node a = { .key = 5 }, b = { .key = 5 }, c = { .key = 3 }, d = { .key = 5 };
	struct rb_node *rb;
	u32 key = 5, none = 4;
	int n = 0;

	KUNIT_EXPECT_PTR_EQ(test, rb_add_cached(&a.rb, &root, less), &a.rb);
	KUNIT_EXPECT_NULL(test, rb_add_cached(&b.rb, &root, less));
	KUNIT_EXPECT_PTR_EQ(test, rb_add_cached(&c.rb, &root, less), &c.rb);
	KUNIT_EXPECT_PTR_EQ(test, rb_find_first(&key, &root.rb_root, cmp_key), &a.rb);
	KUNIT_EXPECT_NOT_NULL(test, rb_find(&key, &root.rb_root, cmp_key));
	KUNIT_EXPECT_NULL(test, rb_find(&none, &root.rb_root, cmp_key));
	rb_for_each(rb, &key, &root.rb_root, cmp_key)
		n++;
	KUNIT_EXPECT_EQ(test, n, 2);
	KUNIT_EXPECT_NOT_NULL(test, rb_find_add(&d.rb, &root.rb_root, cmp_nodes));
	rb_replace_node_cached(&a.rb, &d.rb, &root);
	KUNIT_EXPECT_PTR_EQ(test, rb_find_first(&key, &root.rb_root, cmp_key), &d.rb);
	KUNIT_EXPECT_PTR_EQ(test, rb_erase_cached(&c.rb, &root), &d.rb);
	RB_CLEAR_NODE(&c.rb);
	KUNIT_EXPECT_TRUE(test, RB_EMPTY_NODE(&c.rb));
	KUNIT_EXPECT_NULL(test, rb_next(&c.rb));
}

/* --- plist, llist ----------------------------------------------------------------------------- */

static void priority_lists_stay_sorted_and_fair(struct kunit *test)
{
	struct plist_node *nodes = kunit_kzalloc(test, 60 * sizeof(*nodes), GFP_KERNEL);
	struct rnd_state rnd;
	PLIST_HEAD(head);
	int round, i;

	KUNIT_ASSERT_NOT_NULL(test, nodes);
	prandom_seed_state(&rnd, SEED);
	for (i = 0; i < 60; i++)
		plist_node_init(&nodes[i], prandom_u32_state(&rnd) % 7);
	for (round = 0; round < 1000; round++) {
		struct plist_node *n = &nodes[prandom_u32_state(&rnd) % 60], *pos, *prev = NULL;

		if (plist_node_empty(n))
			plist_add(n, &head);
		else if (round % 3)
			plist_del(n, &head);
		else
			plist_requeue(n, &head);
		plist_for_each(pos, &head) {
			bool first = !prev || prev->prio != pos->prio;

			KUNIT_ASSERT_TRUE(test, !prev || prev->prio <= pos->prio);
			/* the ring of firsts has the first of each priority, and nothing else */
			if (!first)
				KUNIT_ASSERT_TRUE(test, list_empty(&pos->prio_list));
			prev = pos;
		}
	}
}

struct push {
	int id;
	struct llist_node node;
};

static void lock_free_stacks_give_back_everything(struct kunit *test)
{
	struct push p[4] = { { 0 }, { 1 }, { 2 }, { 3 } }, *pos;
	LLIST_HEAD(head);
	int i, digits = 0;

	KUNIT_EXPECT_TRUE(test, llist_empty(&head));
	KUNIT_EXPECT_TRUE(test, llist_add(&p[0].node, &head));
	for (i = 1; i < 4; i++)
		KUNIT_EXPECT_FALSE(test, llist_add(&p[i].node, &head));
	KUNIT_EXPECT_PTR_EQ(test, llist_del_first(&head), &p[3].node);
	KUNIT_EXPECT_FALSE(test, llist_del_first_this(&head, &p[0].node));
	KUNIT_EXPECT_TRUE(test, llist_del_first_this(&head, &p[2].node));
	llist_for_each_entry(pos, llist_reverse_order(llist_del_all(&head)), node)
		digits = digits * 10 + pos->id + 1;
	KUNIT_EXPECT_EQ(test, digits, 12);
	KUNIT_EXPECT_TRUE(test, llist_empty(&head));
	KUNIT_EXPECT_NULL(test, llist_del_first(&head));
	init_llist_node(&p[0].node);
	KUNIT_EXPECT_FALSE(test, llist_on_list(&p[0].node));
}

static struct kunit_case sort_cases[] = {
	KUNIT_CASE(sort_orders_arrays_of_any_length),
	KUNIT_CASE(sort_moves_elements_of_odd_size),
	KUNIT_CASE(sort_r_passes_its_argument_and_uses_the_given_swap),
	KUNIT_CASE(bsearch_finds_what_is_there),
	KUNIT_CASE(list_sort_is_stable_and_keeps_the_ring),
	{}
};

static struct kunit_case rbtree_cases[] = {
	KUNIT_CASE(rbtree_keeps_its_rules_in_a_long_random_run),
	KUNIT_CASE(augmented_trees_keep_their_summaries),
	KUNIT_CASE(rbtree_finds_and_replaces),
	KUNIT_CASE(priority_lists_stay_sorted_and_fair),
	KUNIT_CASE(lock_free_stacks_give_back_everything),
	{}
};

static struct kunit_suite sort_suite = { .name = "sort", .test_cases = sort_cases };
static struct kunit_suite rbtree_suite = { .name = "rbtree", .test_cases = rbtree_cases };
kunit_test_suites(&sort_suite, &rbtree_suite);
