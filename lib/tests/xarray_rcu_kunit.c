// SPDX-License-Identifier: MIT
/*
 * Readers under RCU beside a writer, on all CPUs: XArray, IDR, maple tree.
 *
 * Some entries, the anchors, stay where they are while the writer stores and erases all round them,
 * makes the tree higher and lower, splits and joins. A reader must find every anchor, always, and
 * nothing that was never stored where it looks. That freed nodes aren't touched is for KASAN to
 * see.
 */

#include <kunit/test.h>

#include <linux/idr.h>
#include <linux/maple_tree.h>
#include <linux/prandom.h>
#include <linux/rcupdate.h>
#include <linux/rwsem.h>
#include <linux/xarray.h>

#include "../../kernel/locking/tests/storm.h"

#define ROUNDS	2000
#define ANCHORS	40

struct beside {
	struct xarray	xa;
	struct idr	idr;
	struct maple_tree mt;
	atomic_t	writers;	/* that still run */
	atomic_t	wrong;
	atomic_t	reads;
};

static unsigned long anchor(unsigned int i)
{
	return 100 * i + 50;
}

static bool is_anchor(unsigned long index)
{
	return index < anchor(ANCHORS) && index % 100 == 50;
}

static void check(struct beside *b, bool right)
{
	if (!right)
		atomic_inc(&b->wrong);
}

/* Thread 0 writes for ROUNDS; the others read until it is done, once at least. */
static void run(struct kunit *test, struct beside *b, storm_fn fn)
{
	atomic_set(&b->writers, 1);
	atomic_set(&b->wrong, 0);
	atomic_set(&b->reads, 0);
	storm_run(test, fn, b);
	KUNIT_EXPECT_EQ(test, atomic_read(&b->wrong), 0);
	KUNIT_EXPECT_GE(test, atomic_read(&b->reads), storm_threads() - 1);
}

#define read_until_done(b)						\
	for (bool __more = true; __more;				\
	     __more = atomic_read(&(b)->writers), atomic_inc(&(b)->reads), cond_resched())

/* ---- XArray ---- */

static void xa_write(struct beside *b, struct rnd_state *rnd)
{
	unsigned long index = prandom_u32_state(rnd) % 4096;
	unsigned int what = prandom_u32_state(rnd) % 8;

	if (is_anchor(index))
		return;
	if (what < 3)
		xa_store(&b->xa, index, xa_mk_value(index), GFP_KERNEL);
	else if (what < 6)
		xa_erase(&b->xa, index);
	else if (what == 6)
		xa_store(&b->xa, index << 40, xa_mk_value(index << 40), GFP_KERNEL);
	else
		xa_store_range(&b->xa, 4096, ULONG_MAX, NULL, GFP_KERNEL);
}

static void xa_read(struct beside *b)
{
	XA_STATE(xas, &b->xa, 0);
	unsigned long index;
	unsigned int i, n = 0;
	void *entry;

	for (i = 0; i < ANCHORS; i++) {
		check(b, xa_load(&b->xa, anchor(i)) == xa_mk_value(anchor(i)));
		check(b, xa_get_mark(&b->xa, anchor(i), XA_MARK_1));
	}
	xa_for_each(&b->xa, index, entry) {
		check(b, entry == xa_mk_value(index & LONG_MAX));
		n += is_anchor(index);
	}
	check(b, n == ANCHORS);

	n = 0;
	rcu_read_lock();
	xas_for_each(&xas, entry, 4095) {
		if (xas_retry(&xas, entry))
			continue;
		check(b, entry == xa_mk_value(xas.xa_index));
		n += is_anchor(xas.xa_index);
	}
	rcu_read_unlock();
	check(b, n == ANCHORS);

	n = 0;
	xas_set(&xas, 0);
	rcu_read_lock();
	xas_for_each_marked(&xas, entry, 4095, XA_MARK_1) {
		if (!xas_retry(&xas, entry))
			n += is_anchor(xas.xa_index);
	}
	rcu_read_unlock();
	check(b, n == ANCHORS);
}

static void xa_storm(struct storm *s, int id)
{
	struct beside *b = s->data;
	struct rnd_state rnd;
	unsigned int i;

	if (id) {
		read_until_done(b)
			xa_read(b);
		return;
	}
	prandom_seed_state(&rnd, 1);
	for_rounds(i, ROUNDS)
		xa_write(b, &rnd);
	atomic_dec(&b->writers);
}

static struct beside *new_beside(struct kunit *test)
{
	struct beside *b = kunit_kzalloc(test, sizeof(*b), GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, b);
	xa_init(&b->xa);
	idr_init(&b->idr);
	mt_init_flags(&b->mt, MT_FLAGS_USE_RCU | MT_FLAGS_ALLOC_RANGE);
	return b;
}

static void xarray_readers_find_what_stays(struct kunit *test)
{
	struct beside *b = new_beside(test);
	unsigned int i;

	for (i = 0; i < ANCHORS; i++) {
		xa_store(&b->xa, anchor(i), xa_mk_value(anchor(i)), GFP_KERNEL);
		xa_set_mark(&b->xa, anchor(i), XA_MARK_1);
	}
	run(test, b, xa_storm);
	xa_destroy(&b->xa);
}

/* The entry at 0 moves between the head and a node while the tree grows and shrinks. */
static void zero_storm(struct storm *s, int id)
{
	struct beside *b = s->data;
	unsigned int i;

	if (id) {
		read_until_done(b) {
			unsigned long index = 0;

			check(b, xa_load(&b->xa, 0) == xa_mk_value(7));
			check(b, xa_find(&b->xa, &index, ULONG_MAX, XA_PRESENT) == xa_mk_value(7));
		}
		return;
	}
	for_rounds(i, ROUNDS) {
		unsigned long far = 1UL << (i % 64);

		xa_store(&b->xa, far, xa_mk_value(1), GFP_KERNEL);
		xa_erase(&b->xa, far);
	}
	atomic_dec(&b->writers);
}

static void growing_and_shrinking_never_hides_index_zero(struct kunit *test)
{
	struct beside *b = new_beside(test);

	xa_store(&b->xa, 0, xa_mk_value(7), GFP_KERNEL);
	run(test, b, zero_storm);
	xa_destroy(&b->xa);
}

/* An entry of 512 indices is split and put together again: its value is there at each index. */
static void split_storm(struct storm *s, int id)
{
	struct beside *b = s->data;
	void *entry = xa_mk_value(5);
	unsigned int i;

	if (id) {
		read_until_done(b) {
			for (i = 0; i < 512; i += 7)
				check(b, xa_load(&b->xa, 512 + i) == entry);
		}
		return;
	}
	for_rounds(i, ROUNDS / 20) {
		XA_STATE_ORDER(part, &b->xa, 512, i % 9);
		XA_STATE_ORDER(whole, &b->xa, 512, 9);

		xas_split_alloc(&part, entry, 9, GFP_KERNEL);
		xas_lock(&part);
		xas_split(&part, entry, 9);
		xas_unlock(&part);
		xas_destroy(&part);
		do {
			xas_lock(&whole);
			xas_store(&whole, entry);
			xas_unlock(&whole);
		} while (xas_nomem(&whole, GFP_KERNEL));
	}
	atomic_dec(&b->writers);
}

static void a_split_never_hides_the_entry(struct kunit *test)
{
	struct beside *b = new_beside(test);
	XA_STATE_ORDER(xas, &b->xa, 512, 9);

	do {
		xas_lock(&xas);
		xas_store(&xas, xa_mk_value(5));
		xas_unlock(&xas);
	} while (xas_nomem(&xas, GFP_KERNEL));
	run(test, b, split_storm);
	xa_destroy(&b->xa);
}

/* Several writers, each with its own indices of the same nodes. */
static void writers_storm(struct storm *s, int id)
{
	struct beside *b = s->data;
	unsigned long i;

	for (i = id; i < 4096; i += s->threads)
		check(b, !xa_store(&b->xa, i, xa_mk_value(i), GFP_KERNEL));
	for (i = id; i < 4096; i += s->threads)
		check(b, xa_load(&b->xa, i) == xa_mk_value(i));
	for (i = id; i < 4096; i += s->threads)
		check(b, xa_erase(&b->xa, i) == xa_mk_value(i));
	atomic_inc(&b->reads);
}

static void writers_on_all_cpus_lose_nothing(struct kunit *test)
{
	struct beside *b = new_beside(test);

	run(test, b, writers_storm);
	KUNIT_EXPECT_TRUE(test, xa_empty(&b->xa));
	xa_destroy(&b->xa);
}

/* Each id that an allocation gives is nobody else's. */
static void alloc_storm(struct storm *s, int id)
{
	struct beside *b = s->data;
	u32 ids[16];
	unsigned int round, i;

	for_rounds(round, ROUNDS / 40) {
		for (i = 0; i < ARRAY_SIZE(ids); i++)
			check(b, !xa_alloc(&b->xa, &ids[i], xa_mk_value(id), xa_limit_16b,
					   GFP_KERNEL));
		for (i = 0; i < ARRAY_SIZE(ids); i++)
			check(b, xa_erase(&b->xa, ids[i]) == xa_mk_value(id));
	}
	atomic_inc(&b->reads);
}

static void allocated_indices_are_unique_across_cpus(struct kunit *test)
{
	struct beside *b = new_beside(test);

	xa_init_flags(&b->xa, XA_FLAGS_ALLOC);
	run(test, b, alloc_storm);
	KUNIT_EXPECT_TRUE(test, xa_empty(&b->xa));
	xa_destroy(&b->xa);
}

/* ---- IDR ---- */

static void idr_storm(struct storm *s, int id)
{
	struct beside *b = s->data;
	static int object;
	unsigned int i;

	if (id) {
		read_until_done(b) {
			int found = 0, pos;
			void *p;

			check(b, idr_find(&b->idr, 0) == b);
			check(b, idr_find(&b->idr, 300) == b);
			rcu_read_lock();
			idr_for_each_entry(&b->idr, p, pos)
				found += p == b;
			rcu_read_unlock();
			check(b, found == 2);
		}
		return;
	}
	for_rounds(i, ROUNDS) {
		int got = idr_alloc(&b->idr, &object, i % 3 ? 1 : 100000, 0, GFP_KERNEL);

		check(b, got > 0);
		if (i % 100 > 20)
			idr_remove(&b->idr, got);
	}
	atomic_dec(&b->writers);
}

static void idr_readers_find_what_stays(struct kunit *test)
{
	struct beside *b = new_beside(test);

	KUNIT_ASSERT_EQ(test, idr_alloc(&b->idr, b, 0, 1, GFP_KERNEL), 0);
	KUNIT_ASSERT_EQ(test, idr_alloc(&b->idr, b, 300, 301, GFP_KERNEL), 300);
	run(test, b, idr_storm);
	idr_destroy(&b->idr);
}

static void ida_storm(struct storm *s, int id)
{
	struct beside *b = s->data;
	struct ida *ida = (struct ida *)&b->xa;
	int ids[80];
	unsigned int round, i;

	for_rounds(round, 20) {
		for (i = 0; i < ARRAY_SIZE(ids); i++) {
			ids[i] = ida_alloc(ida, GFP_KERNEL);
			check(b, ids[i] >= 0 && ids[i] < (int)ARRAY_SIZE(ids) * s->threads);
		}
		for (i = 0; i < ARRAY_SIZE(ids); i++)
			ida_free(ida, ids[i]);		/* warns if another freed it */
	}
	atomic_inc(&b->reads);
}

static void ida_gives_each_id_once_across_cpus(struct kunit *test)
{
	struct beside *b = new_beside(test);
	struct ida *ida = (struct ida *)&b->xa;

	ida_init(ida);
	run(test, b, ida_storm);
	KUNIT_EXPECT_TRUE(test, ida_is_empty(ida));
}

/* ---- maple tree ---- */

/* A range says in its value where it was stored: it may be cut since, but is never outside. */
static void *range_value(unsigned long first, unsigned long last)
{
	return xa_mk_value(first << 16 | last);
}

static bool value_covers(void *entry, unsigned long first, unsigned long last)
{
	unsigned long v = xa_to_value(entry);

	return first >= v >> 16 && last <= (v & 0xffff) && first <= last;
}

static void mt_write(struct beside *b, struct rnd_state *rnd)
{
	/* between two anchors: 100 i + 51 to 100 i + 149 */
	unsigned long base = 100 * (prandom_u32_state(rnd) % (ANCHORS - 1)) + 51;
	unsigned long first = base + prandom_u32_state(rnd) % 99;
	unsigned long last = min(first + prandom_u32_state(rnd) % 30, base + 98);
	void *entry = prandom_u32_state(rnd) % 3 ? range_value(first, last) : NULL;

	check(b, !mtree_store_range(&b->mt, first, last, entry, GFP_KERNEL));
}

static void mt_read(struct beside *b)
{
	MA_STATE(mas, &b->mt, 0, 0);
	unsigned long index = 0, before = 0;
	unsigned int i, n = 0;
	void *entry;

	for (i = 0; i < ANCHORS; i++) {
		check(b, mtree_load(&b->mt, anchor(i)) == range_value(anchor(i), anchor(i)));
		entry = mtree_load(&b->mt, anchor(i) + 20);
		check(b, !entry || value_covers(entry, anchor(i) + 20, anchor(i) + 20));
	}

	rcu_read_lock();
	mas_for_each(&mas, entry, ULONG_MAX) {
		check(b, mas.last >= before && value_covers(entry, mas.index, mas.last));
		before = mas.last + 1;
		n += is_anchor(mas.index) && mas.index == mas.last;
	}
	rcu_read_unlock();
	check(b, n >= ANCHORS);

	/* the same backwards, with the RCU read lock dropped at each step */
	n = 0;
	mas_set(&mas, ULONG_MAX);
	rcu_read_lock();
	mas_for_each_rev(&mas, entry, 0) {
		check(b, value_covers(entry, mas.index, mas.last));
		n += is_anchor(mas.index) && mas.index == mas.last;
		mas_pause(&mas);
		rcu_read_unlock();
		rcu_read_lock();
	}
	rcu_read_unlock();
	check(b, n >= ANCHORS);

	n = 0;
	mt_for_each(&b->mt, entry, index, ULONG_MAX)
		n++;
	check(b, n >= ANCHORS);
}

static void mt_storm(struct storm *s, int id)
{
	struct beside *b = s->data;
	struct rnd_state rnd;
	unsigned int i;

	if (id) {
		read_until_done(b)
			mt_read(b);
		return;
	}
	prandom_seed_state(&rnd, 2);
	for_rounds(i, ROUNDS)
		mt_write(b, &rnd);
	atomic_dec(&b->writers);
}

static void maple_readers_find_what_stays(struct kunit *test)
{
	struct beside *b = new_beside(test);
	unsigned int i;

	for (i = 0; i < ANCHORS; i++)
		mtree_store(&b->mt, anchor(i), range_value(anchor(i), anchor(i)), GFP_KERNEL);
	run(test, b, mt_storm);
	mtree_lock(&b->mt);
	mt_validate(&b->mt);
	mtree_unlock(&b->mt);
	mtree_destroy(&b->mt);
}

/* One store replaces three ranges: readers see the three or the one, never a part. */
static void whole_storm(struct storm *s, int id)
{
	struct beside *b = s->data;
	unsigned int i;

	if (id) {
		read_until_done(b) {
			MA_STATE(mas, &b->mt, 1000, 1000);
			unsigned int n = 0;
			void *entry;

			/* one leaf at a time is enough to see them all at one moment */
			rcu_read_lock();
			mas_for_each(&mas, entry, 1299)
				n++;
			rcu_read_unlock();
			check(b, n == 1 || n == 3 || n == 2);
			check(b, mtree_load(&b->mt, 1100) != NULL);
			check(b, mtree_load(&b->mt, 1299) != NULL);
		}
		return;
	}
	for_rounds(i, ROUNDS) {
		if (i & 1) {
			mtree_store_range(&b->mt, 1000, 1299, xa_mk_value(1), GFP_KERNEL);
		} else {
			mtree_store_range(&b->mt, 1100, 1199, xa_mk_value(2), GFP_KERNEL);
		}
	}
	atomic_dec(&b->writers);
}

static void a_store_over_ranges_leaves_no_hole_for_readers(struct kunit *test)
{
	struct beside *b = new_beside(test);
	unsigned long i;

	for (i = 0; i < 60; i++)
		mtree_store_range(&b->mt, 100 * i, 100 * i + 99, xa_mk_value(i), GFP_KERNEL);
	run(test, b, whole_storm);
	mtree_destroy(&b->mt);
}

/* Ranges are appended in turn: readers see so many from the first on, and each whole. */
static void append_storm(struct storm *s, int id)
{
	struct beside *b = s->data;
	unsigned long i, seen = 0;

	if (id) {
		read_until_done(b) {
			MA_STATE(mas, &b->mt, 0, 0);
			void *entry;

			i = 0;
			rcu_read_lock();
			mas_for_each(&mas, entry, ULONG_MAX) {
				check(b, entry == xa_mk_value(i) && mas.index == 8 * i &&
				      mas.last == 8 * i + i % 8);
				i++;
			}
			rcu_read_unlock();
			check(b, i >= seen);
			seen = i;
		}
		return;
	}
	for_rounds(i, ROUNDS)
		mtree_store_range(&b->mt, 8 * i, 8 * i + i % 8, xa_mk_value(i), GFP_KERNEL);
	atomic_dec(&b->writers);
}

static void what_is_appended_is_seen_whole_and_in_order(struct kunit *test)
{
	struct beside *b = new_beside(test);

	run(test, b, append_storm);
	mtree_lock(&b->mt);
	mt_validate(&b->mt);
	mtree_unlock(&b->mt);
	mtree_destroy(&b->mt);
}

static void mt_alloc_storm(struct storm *s, int id)
{
	struct beside *b = s->data;
	unsigned long starts[10];
	unsigned int round, i;

	for_rounds(round, 30) {
		for (i = 0; i < ARRAY_SIZE(starts); i++)
			check(b, !mtree_alloc_range(&b->mt, &starts[i], xa_mk_value(id), 1 + i, 0,
						    9999, GFP_KERNEL));
		for (i = 0; i < ARRAY_SIZE(starts); i++) {
			check(b, mtree_load(&b->mt, starts[i] + i) == xa_mk_value(id));
			check(b, mtree_erase(&b->mt, starts[i]) == xa_mk_value(id));
		}
	}
	atomic_inc(&b->reads);
}

static void allocated_ranges_are_unique_across_cpus(struct kunit *test)
{
	struct beside *b = new_beside(test);

	run(test, b, mt_alloc_storm);
	KUNIT_EXPECT_TRUE(test, mtree_empty(&b->mt));
	mtree_destroy(&b->mt);
}

/*
 * A tree like that of an address space: MT_FLAGS_LOCK_EXTERN, guarded by a semaphore that sleeps.
 */
static void a_tree_may_be_guarded_by_the_users_lock(struct kunit *test)
{
	static DECLARE_RWSEM(sem);
	struct beside *b = new_beside(test);
	MA_STATE(mas, &b->mt, 0, 0);
	unsigned long i, n = 0;
	void *entry;

	mt_init_flags(&b->mt, MT_FLAGS_ALLOC_RANGE | MT_FLAGS_LOCK_EXTERN | MT_FLAGS_USE_RCU);
	mt_set_external_lock(&b->mt, &sem);
	down_write(&sem);
	for (i = 0; i < 100; i++) {
		mas_set_range(&mas, 10 * i, 10 * i + 4);
		KUNIT_EXPECT_EQ(test, mas_preallocate(&mas, xa_mk_value(i), GFP_KERNEL), 0);
		mas_store_prealloc(&mas, xa_mk_value(i));
	}
	mas_set_range(&mas, 33, 66);
	KUNIT_EXPECT_EQ(test, mas_store_gfp(&mas, NULL, GFP_KERNEL), 0);
	KUNIT_EXPECT_EQ(test, mas.last, 69UL);
	up_write(&sem);

	down_read(&sem);
	mas_set(&mas, 0);
	mas_for_each(&mas, entry, ULONG_MAX)
		n++;
	KUNIT_EXPECT_EQ(test, n, 97UL);
	up_read(&sem);

	down_write(&sem);
	mt_validate(&b->mt);
	__mt_destroy(&b->mt);
	up_write(&sem);
}

static struct kunit_case xarray_rcu_cases[] = {
	KUNIT_CASE(xarray_readers_find_what_stays),
	KUNIT_CASE(growing_and_shrinking_never_hides_index_zero),
	KUNIT_CASE(a_split_never_hides_the_entry),
	KUNIT_CASE(writers_on_all_cpus_lose_nothing),
	KUNIT_CASE(allocated_indices_are_unique_across_cpus),
	KUNIT_CASE(idr_readers_find_what_stays),
	KUNIT_CASE(ida_gives_each_id_once_across_cpus),
	KUNIT_CASE(maple_readers_find_what_stays),
	KUNIT_CASE(a_store_over_ranges_leaves_no_hole_for_readers),
	KUNIT_CASE(what_is_appended_is_seen_whole_and_in_order),
	KUNIT_CASE(allocated_ranges_are_unique_across_cpus),
	KUNIT_CASE(a_tree_may_be_guarded_by_the_users_lock),
	{}
};

static struct kunit_suite xarray_rcu_suite = {
	.name = "xarray_rcu",
	.test_cases = xarray_rcu_cases,
};

kunit_test_suite(xarray_rcu_suite);
