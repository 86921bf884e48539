// SPDX-License-Identifier: MIT
/*
 * Tests of <linux/xarray.h>: the advanced interface, memory that runs out at every step, and long
 * random runs held against a naive array.
 */

#include "../../kernel/tests/patience.h"
#include "xarray_test.h"

#include <linux/fault-inject.h>
#include <linux/list.h>
#include <linux/prandom.h>
#include <linux/rcupdate.h>
#include <linux/slab.h>
#include <linux/vmalloc.h>

/* ---- the advanced interface ---- */

static void xas_next_and_prev_go_round_the_whole_index(struct kunit *test)
{
	static DEFINE_XARRAY(xa);
	XA_STATE(xas, &xa, 0);
	unsigned long i;

	store(test, &xa, 0);
	store(test, &xa, 300);
	rcu_read_lock();
	for (i = 0; i < 1000; i++) {
		void *want = i == 0 || i == 300 ? entry_of(i) : NULL;

		KUNIT_EXPECT_PTR_EQ(test, xas_next(&xas), want);
		KUNIT_EXPECT_EQ(test, xas.xa_index, i);
	}
	for (i = 999; i-- > 0;) {
		void *want = i == 0 || i == 300 ? entry_of(i) : NULL;

		KUNIT_EXPECT_PTR_EQ(test, xas_prev(&xas), want);
		KUNIT_EXPECT_EQ(test, xas.xa_index, i);
	}
	KUNIT_EXPECT_NULL(test, xas_prev(&xas));
	KUNIT_EXPECT_EQ(test, xas.xa_index, ULONG_MAX);
	KUNIT_EXPECT_PTR_EQ(test, xas_next(&xas), entry_of(0));
	KUNIT_EXPECT_EQ(test, xas.xa_index, 0UL);
	xas_set(&xas, ULONG_MAX);
	KUNIT_EXPECT_NULL(test, xas_next(&xas));
	KUNIT_EXPECT_EQ(test, xas.xa_index, ULONG_MAX);
	rcu_read_unlock();
	xa_destroy(&xa);
}

static void xas_next_sees_a_multi_index_entry_at_each_index(struct kunit *test)
{
	static DEFINE_XARRAY(xa);
	XA_STATE(xas, &xa, 60);
	unsigned long i;

	store_order(&xa, 64, 3, xa_mk_value(1));
	store_order(&xa, 128, 6, xa_mk_value(2));
	rcu_read_lock();
	for (i = 60; i < 200; i++) {
		void *want = i >= 64 && i < 72 ? xa_mk_value(1) :
			     i >= 128 && i < 192 ? xa_mk_value(2) : NULL;

		KUNIT_EXPECT_PTR_EQ(test, xas_next(&xas), want);
		KUNIT_EXPECT_EQ(test, xas.xa_index, i);
	}
	rcu_read_unlock();
	xa_destroy(&xa);
}

static void a_paused_loop_goes_on_after_the_entry(struct kunit *test)
{
	static DEFINE_XARRAY(xa);
	XA_STATE(xas, &xa, 0);
	unsigned int n = 0;
	void *entry;

	store_order(&xa, 0, 2, xa_mk_value(0));
	store(test, &xa, 63);
	store_order(&xa, 64, 6, xa_mk_value(1));
	store(test, &xa, 128);
	store(test, &xa, ULONG_MAX);
	rcu_read_lock();
	xas_for_each(&xas, entry, ULONG_MAX) {
		n++;
		xas_pause(&xas);
		rcu_read_unlock();
		rcu_read_lock();
	}
	rcu_read_unlock();
	KUNIT_EXPECT_EQ(test, n, 5U);
	xa_destroy(&xa);
}

static void a_find_that_hit_its_limit_can_go_on_with_another(struct kunit *test)
{
	static DEFINE_XARRAY(xa);
	XA_STATE(xas, &xa, 0);

	store(test, &xa, 10);
	store(test, &xa, 20);
	rcu_read_lock();
	KUNIT_EXPECT_PTR_EQ(test, xas_find(&xas, 15), entry_of(10));
	KUNIT_EXPECT_NULL(test, xas_find(&xas, 15));
	KUNIT_EXPECT_PTR_EQ(test, xas_find(&xas, 25), entry_of(20));
	KUNIT_EXPECT_NULL(test, xas_find(&xas, ULONG_MAX));
	KUNIT_EXPECT_NULL(test, xas_find(&xas, ULONG_MAX));
	rcu_read_unlock();
	xa_destroy(&xa);
}

static void a_state_that_failed_does_nothing_until_reset(struct kunit *test)
{
	static DEFINE_XARRAY(xa);
	XA_STATE(xas, &xa, 3);

	store(test, &xa, 3);
	xas_lock(&xas);
	xas_set_err(&xas, -EIO);
	KUNIT_EXPECT_EQ(test, xas_error(&xas), -EIO);
	KUNIT_EXPECT_NULL(test, xas_load(&xas));
	KUNIT_EXPECT_NULL(test, xas_store(&xas, xa_mk_value(1)));
	KUNIT_EXPECT_NULL(test, xas_find(&xas, ULONG_MAX));
	KUNIT_EXPECT_NULL(test, xas_find_marked(&xas, ULONG_MAX, XA_MARK_0));
	KUNIT_EXPECT_NULL(test, xas_next(&xas));
	KUNIT_EXPECT_FALSE(test, xas_get_mark(&xas, XA_MARK_0));
	KUNIT_EXPECT_EQ(test, xas.xa_index, 3UL);
	xas_reset(&xas);
	KUNIT_EXPECT_PTR_EQ(test, xas_load(&xas), entry_of(3));
	KUNIT_EXPECT_PTR_EQ(test, xas_reload(&xas), entry_of(3));
	xas_unlock(&xas);
	xa_destroy(&xa);
}

static int update_balance;		/* nodes on the list that watch() keeps */
static LIST_HEAD(watched);

static void watch(struct xa_node *node)
{
	if (node->count && list_empty(&node->private_list)) {
		list_add(&node->private_list, &watched);
		update_balance++;
	} else if (!node->count && !list_empty(&node->private_list)) {
		list_del_init(&node->private_list);
		update_balance--;
	}
}

static void an_update_function_sees_nodes_come_and_go(struct kunit *test)
{
	static DEFINE_XARRAY(xa);
	XA_STATE(xas, &xa, 0);
	unsigned long i;

	xas_set_update(&xas, watch);
	for (i = 0; i < 4096; i += 64) {
		do {
			xas_lock(&xas);
			xas_set(&xas, i);
			xas_store(&xas, entry_of(i));
			xas_unlock(&xas);
		} while (xas_nomem(&xas, GFP_KERNEL));
	}
	KUNIT_EXPECT_EQ(test, update_balance, 65);

	/* the owner of a node may remove it whole */
	xa_lock(&xa);
	xa_delete_node(list_first_entry(&watched, struct xa_node, private_list), watch);
	xa_unlock(&xa);
	KUNIT_EXPECT_LE(test, update_balance, 64);
	for (i = 0; i < 4096; i += 64) {
		xas_lock(&xas);
		xas_set(&xas, i);
		xas_store(&xas, NULL);
		xas_unlock(&xas);
	}
	KUNIT_EXPECT_EQ(test, update_balance, 0);
	KUNIT_EXPECT_TRUE(test, xa_empty(&xa));
}

/* ---- memory runs out ---- */

#ifdef CONFIG_FAULT_INJECTION
static void a_store_without_memory_changes_nothing(struct kunit *test)
{
	static DEFINE_XARRAY(xa);
	int i, step;

	store(test, &xa, 1);
	for (i = 0; i < ARRAY_SIZE(borders); i++) {
		for (step = 0; step < 40; step++) {
			void *head = (__force void *)xa.xa_head, *old;
			unsigned int failed;

			fault_attr_arm(&failslab, step, -1, 1);
			old = xa_store(&xa, borders[i], entry_of(borders[i]),
				       GFP_KERNEL | __GFP_NOWARN);
			failed = fault_attr_disarm(&failslab);
			if (!xa_is_err(old))
				break;
			KUNIT_EXPECT_GT(test, failed, 0U);
			KUNIT_EXPECT_EQ(test, xa_err(old), -ENOMEM);
			KUNIT_EXPECT_PTR_EQ(test, (__force void *)xa.xa_head, head);
			expect_present(test, &xa, 1);
		}
		KUNIT_EXPECT_LT(test, step, 40);
		expect_present(test, &xa, borders[i]);
	}
	for (i = 0; i < ARRAY_SIZE(borders); i++)
		xa_erase(&xa, borders[i]);
	KUNIT_EXPECT_TRUE(test, xa_empty(&xa));
}

static void a_store_that_may_sleep_gets_over_a_passing_shortage(struct kunit *test)
{
	static DEFINE_XARRAY(xa);
	int i, times;

	for (i = 0; i < ARRAY_SIZE(borders); i++) {
		for (times = 1; times < 2; times++) {
			fault_attr_arm(&failslab, 0, times, 1);
			KUNIT_EXPECT_NULL(test, xa_store(&xa, borders[i], entry_of(borders[i]),
							 GFP_KERNEL | __GFP_NOWARN));
			fault_attr_disarm(&failslab);
			expect_present(test, &xa, borders[i]);
			xa_erase(&xa, borders[i]);
		}
	}
	KUNIT_EXPECT_TRUE(test, xa_empty(&xa));
}

static void a_state_that_failed_at_first_keeps_no_memory(struct kunit *test)
{
	static DEFINE_XARRAY(xa);
	XA_STATE(xas, &xa, ULONG_MAX);

	xas_lock(&xas);
	fault_attr_arm(&failslab, 3, -1, 1);
	xas_store(&xas, xa_mk_value(1));
	fault_attr_disarm(&failslab);
	xas_unlock(&xas);
	KUNIT_EXPECT_EQ(test, xas_error(&xas), -ENOMEM);
	KUNIT_EXPECT_NULL(test, xas.xa_alloc);
	KUNIT_EXPECT_TRUE(test, xa_empty(&xa));
}

static void every_allocating_function_reports_enomem(struct kunit *test)
{
	static DEFINE_XARRAY_ALLOC(al);
	static DEFINE_XARRAY(xa);
	gfp_t gfp = GFP_KERNEL | __GFP_NOWARN;
	u32 id, next = 5;

	fault_attr_arm(&failslab, 0, -1, 1);
	KUNIT_EXPECT_EQ(test, xa_err(xa_cmpxchg(&xa, 99, NULL, entry_of(1), gfp)), -ENOMEM);
	KUNIT_EXPECT_EQ(test, xa_insert(&xa, 99, entry_of(1), gfp), -ENOMEM);
	KUNIT_EXPECT_EQ(test, xa_reserve(&xa, 99, gfp), -ENOMEM);
	KUNIT_EXPECT_EQ(test, xa_err(xa_store_range(&xa, 10, 99, entry_of(1), gfp)), -ENOMEM);
	KUNIT_EXPECT_EQ(test, xa_alloc(&al, &id, entry_of(1), XA_LIMIT(5, 9), gfp), -ENOMEM);
	KUNIT_EXPECT_EQ(test, xa_alloc_cyclic(&al, &id, entry_of(1), XA_LIMIT(5, 9), &next, gfp),
			-ENOMEM);
	fault_attr_disarm(&failslab);
	KUNIT_EXPECT_TRUE(test, xa_empty(&xa));
	KUNIT_EXPECT_TRUE(test, xa_empty(&al));
	KUNIT_EXPECT_EQ(test, xa_alloc(&al, &id, entry_of(1), xa_limit_32b, gfp), 0);
	KUNIT_EXPECT_EQ(test, id, 0U);
	xa_destroy(&al);
}

static void a_split_without_memory_leaves_the_entry_whole(struct kunit *test)
{
	static DEFINE_XARRAY(xa);
	int step;

	store_order(&xa, 512, 9, xa_mk_value(1));
	for (step = 0; step < 8; step++) {
		XA_STATE(xas, &xa, 512);

		fault_attr_arm(&failslab, step, -1, 1);
		xas_split_alloc(&xas, xa_mk_value(1), 9, GFP_KERNEL | __GFP_NOWARN);
		fault_attr_disarm(&failslab);
		KUNIT_EXPECT_EQ(test, xas_error(&xas), -ENOMEM);
		xas_destroy(&xas);
		KUNIT_EXPECT_EQ(test, xa_get_order(&xa, 700), 9);
	}
	xa_destroy(&xa);
}
#endif

/* ---- random runs against a naive array ---- */

#define SPAN	4096

/* For each index: the entry that covers it, and where that begins. */
struct model {
	struct {
		unsigned int value;	/* 0: none */
		unsigned int first, last;
		unsigned char marks;
	} at[SPAN];
};

static void model_set(struct model *m, unsigned int first, unsigned int last, unsigned int value,
		      unsigned int marks)
{
	unsigned int i;

	for (i = first; i <= last; i++) {
		m->at[i].value = value;
		m->at[i].first = first;
		m->at[i].last = last;
		m->at[i].marks = value ? marks : 0;
	}
}

/* Mark what stands at @i, in its whole range. */
static void model_mark(struct model *m, unsigned int i, unsigned int marks)
{
	unsigned int value = m->at[i].value;

	model_set(m, value ? m->at[i].first : i, value ? m->at[i].last : i, value, marks);
}

/* What a store of 2^order indices does: replaces what it touches, whole. */
static void model_store(struct model *m, unsigned int index, unsigned int order, unsigned int value)
{
	unsigned int first = index & ~((1U << order) - 1), last = first + (1U << order) - 1, i;
	unsigned int marks = 0;

	if (m->at[first].value && m->at[first].last - m->at[first].first > last - first) {
		last = m->at[first].last;
		first = m->at[first].first;
	}
	for (i = first; i <= last; i++)
		marks |= m->at[i].marks;
	/* Marks of nodes that are replaced go with them: see model_check(). */
	model_set(m, first, last, value, marks);
}

static void model_check(struct kunit *test, struct xarray *xa, struct model *m)
{
	XA_STATE(xas, xa, 0);
	unsigned int i = 0, bad = 0;
	unsigned long index;
	void *entry;

	for (i = 0; i < SPAN; i++) {
		void *want = m->at[i].value ? xa_mk_value(m->at[i].value) : NULL;

		bad += xa_load(xa, i) != want;
		bad += want && xa_get_order(xa,
					    i) != __builtin_ctz(m->at[i].last - m->at[i].first + 1);
		bad += xa_get_mark(xa, i, XA_MARK_0) != (m->at[i].marks & 1);
	}
	KUNIT_EXPECT_EQ(test, bad, 0U);

	i = 0;
	xa_for_each(xa, index, entry) {
		while (i < SPAN && !m->at[i].value)
			i++;
		KUNIT_ASSERT_TRUE(test, i < SPAN);
		bad += index != i || xa_to_value(entry) != m->at[i].value;
		i = m->at[i].last + 1;
	}
	while (i < SPAN)
		bad += !!m->at[i++].value;

	i = 0;
	xa_lock(xa);
	xas_for_each_marked(&xas, entry, SPAN, XA_MARK_0) {
		while (i < SPAN && !m->at[i].marks)
			i++;
		bad += i >= SPAN || xas.xa_index != i;
		if (i < SPAN)
			i = m->at[i].last + 1;
	}
	xa_unlock(xa);
	while (i < SPAN)
		bad += !!m->at[i++].marks;
	KUNIT_EXPECT_EQ(test, bad, 0U);
}

static void random_run(struct kunit *test, u64 seed, unsigned int max_order, unsigned int steps)
{
	struct model *m = vzalloc(sizeof(*m));
	static DEFINE_XARRAY(xa);
	struct rnd_state rnd;
	unsigned int step;

	KUNIT_ASSERT_NOT_NULL(test, m);
	prandom_seed_state(&rnd, seed);
	for (step = 0; step < steps; step++) {
		unsigned int r = prandom_u32_state(&rnd), i = r % SPAN, order = 0, value = 0;

		if (max_order && (r >> 20) % 3 == 0)
			order = (r >> 22) % (max_order + 1);
		switch ((r >> 12) % 8) {
		case 0 ... 3:
			value = step + 1;
			fallthrough;
		case 4 ... 5:
			/*
			 * One that would replace marked entries takes their marks or drops them;
			 * keep to the case where both agree.
			 */
			if (order) {
				unsigned int first = i & ~((1U << order) - 1), j;

				for (j = first; j < first + (1U << order); j++) {
					if (m->at[j].marks) {
						xa_clear_mark(&xa, j, XA_MARK_0);
						model_set(m, m->at[j].first, m->at[j].last,
							  m->at[j].value, 0);
					}
				}
			}
			store_order(&xa, i, order, value ? xa_mk_value(value) : NULL);
			model_store(m, i, order, value);
			break;
		case 6:
			xa_set_mark(&xa, i, XA_MARK_0);
			model_mark(m, i, 1);
			break;
		default:
			xa_clear_mark(&xa, i, XA_MARK_0);
			model_mark(m, i, 0);
			break;
		}
		if (step % 500 == 499)
			model_check(test, &xa, m);
	}
	model_check(test, &xa, m);
	for (step = 0; step < SPAN; step++)
		xa_erase(&xa, step);
	KUNIT_EXPECT_TRUE(test, xa_empty(&xa));
	KUNIT_EXPECT_FALSE(test, xa_marked(&xa, XA_MARK_0));
	vfree(m);
}

static void random_single_stores_match_the_model(struct kunit *test)
{
	random_run(test, 1, 0, long_run(10000));
}

static void random_multi_index_stores_match_the_model(struct kunit *test)
{
	u64 seed;

	for (seed = 2; seed < 8; seed++)
		random_run(test, seed, 9, long_run(3000));
}

static void random_allocation_matches_the_model(struct kunit *test)
{
	static DEFINE_XARRAY_ALLOC(xa);
	unsigned char *taken = vzalloc(SPAN);
	struct rnd_state rnd;
	unsigned int step, i;
	u32 id;

	KUNIT_ASSERT_NOT_NULL(test, taken);
	prandom_seed_state(&rnd, 11);
	for (step = 0; step < long_run(20000); step++) {
		unsigned int r = prandom_u32_state(&rnd), min = r % SPAN;

		if ((r >> 12) % 16 < 9) {
			int ret = xa_alloc(&xa, &id, entry_of(1), XA_LIMIT(min, SPAN - 1),
					   GFP_KERNEL);

			for (i = min; i < SPAN && taken[i]; i++)
				;
			KUNIT_EXPECT_EQ(test, ret, i < SPAN ? 0 : -EBUSY);
			if (!ret) {
				KUNIT_EXPECT_EQ(test, id, i);
				taken[id] = 1;
			}
		} else {
			KUNIT_EXPECT_EQ(test, !!xa_erase(&xa, min), (int)taken[min]);
			taken[min] = 0;
		}
	}
	xa_destroy(&xa);
	vfree(taken);
}

static struct kunit_case xarray_adv_cases[] = {
	KUNIT_CASE(xas_next_and_prev_go_round_the_whole_index),
	KUNIT_CASE(xas_next_sees_a_multi_index_entry_at_each_index),
	KUNIT_CASE(a_paused_loop_goes_on_after_the_entry),
	KUNIT_CASE(a_find_that_hit_its_limit_can_go_on_with_another),
	KUNIT_CASE(a_state_that_failed_does_nothing_until_reset),
	KUNIT_CASE(an_update_function_sees_nodes_come_and_go),
#ifdef CONFIG_FAULT_INJECTION
	KUNIT_CASE(a_store_without_memory_changes_nothing),
	KUNIT_CASE(a_store_that_may_sleep_gets_over_a_passing_shortage),
	KUNIT_CASE(a_state_that_failed_at_first_keeps_no_memory),
	KUNIT_CASE(every_allocating_function_reports_enomem),
	KUNIT_CASE(a_split_without_memory_leaves_the_entry_whole),
#endif
	KUNIT_CASE(random_single_stores_match_the_model),
	KUNIT_CASE(random_multi_index_stores_match_the_model),
	KUNIT_CASE(random_allocation_matches_the_model),
	{}
};

static struct kunit_suite xarray_adv_suite = {
	.name = "xarray_adv",
	.test_cases = xarray_adv_cases,
};

kunit_test_suite(xarray_adv_suite);

MODULE_LICENSE("MIT");
