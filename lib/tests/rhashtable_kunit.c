// SPDX-License-Identifier: MIT
/*
 * Tests of <linux/rhashtable.h>: each call by itself, long random runs beside a plain array, nested
 * tables, walkers across a resize, and readers, writers and the resize on all CPUs at once.
 */

#include <kunit/test.h>

#include <linux/completion.h>
#include <linux/cpumask.h>
#include <linux/kthread.h>
#include <linux/prandom.h>
#include <linux/rhashtable.h>
#include <linux/sched.h>
#include <linux/slab.h>

#include <kunit/static_stub.h>

#include "../../kernel/tests/patience.h"
#include "../rhashtable.h"

struct object {
	u32 pad;
	u32 key;
	u32 value;
	struct rhash_head node;
	struct rcu_head rcu;
	bool in;		/* the model's view */
};

static const struct rhashtable_params params = {
	.key_len = sizeof(u32),
	.key_offset = offsetof(struct object, key),
	.head_offset = offsetof(struct object, node),
	.automatic_shrinking = true,
};

static unsigned int buckets(struct rhashtable *ht)
{
	struct bucket_table *tbl;
	unsigned int size;

	rcu_read_lock();
	tbl = rht_dereference_rcu(ht->tbl, ht);
	size = tbl->size;
	rcu_read_unlock();
	return size;
}

/* Until no resize is pending or going on. */
static void settle(struct rhashtable *ht)
{
	while (flush_work(&ht->run_work))
		;
}

static struct object *objects(struct kunit *test, unsigned int n)
{
	struct object *obj = kvcalloc(n, sizeof(*obj), GFP_KERNEL);
	unsigned int i;

	KUNIT_ASSERT_NOT_NULL(test, obj);
	for (i = 0; i < n; i++)
		obj[i].key = i;
	return obj;
}

/* ---- one call at a time ---- */

static void parameters_are_checked(struct kunit *test)
{
	struct rhashtable_params p = params;
	struct rhashtable ht;

	p.key_len = 0;
	KUNIT_EXPECT_EQ(test, rhashtable_init(&ht, &p), -EINVAL);
	p.obj_hashfn = jhash;
	KUNIT_EXPECT_EQ(test, rhashtable_init(&ht, &p), -EINVAL);

	p = params;
	KUNIT_EXPECT_EQ(test, rhashtable_init(&ht, &p), 0);
	KUNIT_EXPECT_EQ(test, buckets(&ht), 64U);
	rhashtable_destroy(&ht);
	p.nelem_hint = 100;
	KUNIT_EXPECT_EQ(test, rhashtable_init(&ht, &p), 0);
	KUNIT_EXPECT_EQ(test, buckets(&ht), 256U);
	rhashtable_destroy(&ht);
	p.max_size = 50;
	KUNIT_EXPECT_EQ(test, rhashtable_init(&ht, &p), 0);
	KUNIT_EXPECT_EQ(test, buckets(&ht), 32U);
	KUNIT_EXPECT_EQ(test, ht.max_elems, 64U);
	rhashtable_destroy(&ht);
	p.max_size = 0;
	p.nelem_hint = 3;
	p.min_size = 20;
	KUNIT_EXPECT_EQ(test, rhashtable_init(&ht, &p), 0);
	KUNIT_EXPECT_EQ(test, buckets(&ht), 32U);
	rhashtable_destroy(&ht);
}

static void objects_are_found_until_they_are_removed(struct kunit *test)
{
	struct object *obj = objects(test, 4), twin = { .key = 2 };
	struct rhashtable ht;
	u32 key = 2;
	int i;

	KUNIT_ASSERT_EQ(test, rhashtable_init(&ht, &params), 0);
	KUNIT_EXPECT_NULL(test, rhashtable_lookup_fast(&ht, &key, params));
	for (i = 0; i < 4; i++)
		KUNIT_EXPECT_EQ(test, rhashtable_insert_fast(&ht, &obj[i].node, params), 0);
	KUNIT_EXPECT_PTR_EQ(test, (struct object *)rhashtable_lookup_fast(&ht, &key, params),
			    obj + 2);
	KUNIT_EXPECT_EQ(test, rhashtable_lookup_insert_fast(&ht, &twin.node, params), -EEXIST);
	KUNIT_EXPECT_PTR_EQ(test, obj + 2, (struct object *)
			    rhashtable_lookup_get_insert_fast(&ht, &twin.node, params));
	KUNIT_EXPECT_EQ(test, atomic_read(&ht.nelems), 4);
	KUNIT_EXPECT_EQ(test, rhashtable_remove_fast(&ht, &twin.node, params), -ENOENT);
	KUNIT_EXPECT_EQ(test, rhashtable_remove_fast(&ht, &obj[2].node, params), 0);
	KUNIT_EXPECT_EQ(test, rhashtable_remove_fast(&ht, &obj[2].node, params), -ENOENT);
	KUNIT_EXPECT_NULL(test, rhashtable_lookup_fast(&ht, &key, params));
	KUNIT_EXPECT_NULL(test, rhashtable_lookup_get_insert_fast(&ht, &twin.node, params));
	KUNIT_EXPECT_PTR_EQ(test, (struct object *)rhashtable_lookup_fast(&ht, &key, params),
			    &twin);
	KUNIT_EXPECT_EQ(test, atomic_read(&ht.nelems), 4);
	rhashtable_destroy(&ht);
	kvfree(obj);
}

static void an_object_is_replaced_by_one_of_its_key(struct kunit *test)
{
	struct object *obj = objects(test, 4), twin = { .key = 2 };
	struct rhashtable ht;
	u32 key = 2;
	int i, ret;

	KUNIT_ASSERT_EQ(test, rhashtable_init(&ht, &params), 0);
	for (i = 0; i < 3; i++)
		KUNIT_EXPECT_EQ(test, rhashtable_insert_fast(&ht, &obj[i].node, params), 0);
	KUNIT_EXPECT_EQ(test, rhashtable_replace_fast(&ht, &obj[2].node, &twin.node, params), 0);
	KUNIT_EXPECT_PTR_EQ(test, (struct object *)rhashtable_lookup_fast(&ht, &key, params),
			    &twin);
	KUNIT_EXPECT_EQ(test, rhashtable_replace_fast(&ht, &obj[2].node, &twin.node, params),
			-ENOENT);
	/* of another key: found out by its hash, most of the time */
	for (i = 0, ret = 0; i < 50 && ret != -EINVAL; i++) {
		obj[3].key = 1000 + i;
		ret = rhashtable_replace_fast(&ht, &obj[2].node, &obj[3].node, params);
	}
	KUNIT_EXPECT_EQ(test, ret, -EINVAL);
	rhashtable_destroy(&ht);
	kvfree(obj);
}

/* A key that isn't a plain part of the object: its value rounded to tens. */
static u32 tens_hash(const void *key, u32 len, u32 seed)
{
	return jhash_1word(*(const u32 *)key / 10, seed);
}

static u32 tens_obj_hash(const void *obj, u32 len, u32 seed)
{
	return jhash_1word(((const struct object *)obj)->value / 10, seed);
}

static int tens_cmp(struct rhashtable_compare_arg *arg, const void *obj)
{
	return *(const u32 *)arg->key / 10 != ((const struct object *)obj)->value / 10;
}

static const struct rhashtable_params tens = {
	.head_offset = offsetof(struct object, node),
	.hashfn = tens_hash,
	.obj_hashfn = tens_obj_hash,
	.obj_cmpfn = tens_cmp,
};

static void keys_may_be_computed(struct kunit *test)
{
	struct object *obj = objects(test, 200), twin = { .value = 57 };
	struct rhashtable ht;
	u32 i, key;

	KUNIT_ASSERT_EQ(test, rhashtable_init(&ht, &tens), 0);
	for (i = 0; i < 200; i++) {
		obj[i].value = i * 10 + i % 10;
		key = i * 10;
		KUNIT_EXPECT_EQ(test, rhashtable_lookup_insert_key(&ht, &key, &obj[i].node, tens),
				0);
	}
	key = 57;
	KUNIT_EXPECT_EQ(test, rhashtable_lookup_insert_key(&ht, &key, &twin.node, tens), -EEXIST);
	KUNIT_EXPECT_PTR_EQ(test, (struct object *)rhashtable_lookup_get_insert_key(&ht, &key,
								&twin.node, tens), obj + 5);
	settle(&ht);
	KUNIT_EXPECT_GE(test, buckets(&ht), 256U);
	for (i = 0; i < 2000; i++)
		KUNIT_EXPECT_PTR_EQ(test, (struct object *)rhashtable_lookup_fast(&ht, &i, tens),
				    obj + i / 10);
	rhashtable_destroy(&ht);
	kvfree(obj);
}

static void a_table_of_bounded_size_takes_twice_as_many_objects(struct kunit *test)
{
	struct rhashtable_params p = params;
	struct object *obj = objects(test, 33);
	struct rhashtable ht;
	int i;

	p.max_size = 16;
	KUNIT_ASSERT_EQ(test, rhashtable_init(&ht, &p), 0);
	for (i = 0; i < 32; i++)
		KUNIT_EXPECT_EQ(test, rhashtable_insert_fast(&ht, &obj[i].node, params), 0);
	KUNIT_EXPECT_EQ(test, rhashtable_insert_fast(&ht, &obj[32].node, params), -E2BIG);
	KUNIT_EXPECT_EQ(test, rhashtable_lookup_insert_fast(&ht, &obj[32].node, params), -E2BIG);
	KUNIT_EXPECT_EQ(test, rhashtable_remove_fast(&ht, &obj[0].node, params), 0);
	KUNIT_EXPECT_EQ(test, rhashtable_insert_fast(&ht, &obj[32].node, params), 0);
	KUNIT_EXPECT_LE(test, buckets(&ht), 16U);
	rhashtable_destroy(&ht);
	kvfree(obj);
}

static void a_table_grows_and_shrinks_with_its_content(struct kunit *test)
{
	enum { N = 3000 };
	struct object *obj = objects(test, N);
	struct rhashtable ht;
	u32 i;

	KUNIT_ASSERT_EQ(test, rhashtable_init(&ht, &params), 0);
	for (i = 0; i < N; i++)
		KUNIT_EXPECT_EQ(test, rhashtable_insert_fast(&ht, &obj[i].node, params), 0);
	settle(&ht);
	KUNIT_EXPECT_EQ(test, buckets(&ht), 4096U);
	for (i = 0; i < N; i++)
		KUNIT_EXPECT_PTR_EQ(test, (struct object *)rhashtable_lookup_fast(&ht, &i, params),
				    obj + i);
	for (i = 0; i < N; i++)
		KUNIT_EXPECT_EQ(test, rhashtable_remove_fast(&ht, &obj[i].node, params), 0);
	settle(&ht);
	KUNIT_EXPECT_LE(test, buckets(&ht), 64U);
	KUNIT_EXPECT_EQ(test, atomic_read(&ht.nelems), 0);
	rhashtable_destroy(&ht);
	kvfree(obj);
}

static u32 constant_hash(const void *key, u32 len, u32 seed)
{
	return 5;
}

static const struct rhashtable_params one_chain = {
	.key_len = sizeof(u32),
	.key_offset = offsetof(struct object, key),
	.head_offset = offsetof(struct object, node),
	.hashfn = constant_hash,
};

/* A hash that puts all into one chain: a new seed doesn't help, so in the end insertions fail. */
static void a_chain_does_not_grow_without_bound(struct kunit *test)
{
	struct object *obj = objects(test, 2000);
	unsigned int i, n = 0;
	struct rhashtable ht;
	int ret = 0;

	KUNIT_ASSERT_EQ(test, rhashtable_init(&ht, &one_chain), 0);
	for (i = 0; i < 2000 && !ret; i++) {
		ret = rhashtable_insert_fast(&ht, &obj[i].node, one_chain);
		n += !ret;
	}
	KUNIT_EXPECT_GE(test, n, RHT_ELASTICITY);
	if (ret)
		KUNIT_EXPECT_EQ(test, ret, -EBUSY);
	settle(&ht);
	for (i = 0; i < n; i++)
		KUNIT_EXPECT_PTR_EQ(test, rhashtable_lookup_fast(&ht, &i, one_chain),
				    (void *)(obj + i));
	rhashtable_destroy(&ht);
	kvfree(obj);
}

static void count_and_forget(void *ptr, void *arg)
{
	struct object *obj = ptr;

	obj->in = false;
	++*(int *)arg;
}

static void destroying_gives_every_object_back_once(struct kunit *test)
{
	struct object *obj = objects(test, 500);
	struct rhashtable ht;
	int i, n = 0;

	KUNIT_ASSERT_EQ(test, rhashtable_init(&ht, &params), 0);
	for (i = 0; i < 500; i++) {
		obj[i].in = true;
		KUNIT_EXPECT_EQ(test, rhashtable_insert_fast(&ht, &obj[i].node, params), 0);
	}
	rhashtable_free_and_destroy(&ht, count_and_forget, &n);	/* a resize may be under way */
	KUNIT_EXPECT_EQ(test, n, 500);
	for (i = 0; i < 500; i++)
		KUNIT_EXPECT_FALSE(test, obj[i].in);
	kvfree(obj);
}

/* ---- beside a model ---- */

static void check_all(struct kunit *test, struct rhashtable *ht, struct object *obj, u32 n)
{
	u32 i, wrong = 0;

	for (i = 0; i < n; i++)
		wrong += rhashtable_lookup_fast(ht, &i, params) != (obj[i].in ? obj + i : NULL);
	KUNIT_EXPECT_EQ(test, wrong, 0U);
}

/* The number of objects swings between few and many, so that all sizes are passed. */
static void random_run(struct kunit *test, struct rhashtable *ht, u64 seed)
{
	enum { N = 1500, STEPS = 40000 };
	struct object *obj = objects(test, N);
	unsigned int step, errors = 0, in = 0;
	struct rnd_state rnd;

	prandom_seed_state(&rnd, seed);
	for (step = 0; step < STEPS; step++) {
		struct object *o = obj + prandom_u32_state(&rnd) % N;
		bool grow = step / 5000 % 2 == 0;
		void *found;

		if (prandom_u32_state(&rnd) % 10 < 7 ? grow : !grow) {
			found = rhashtable_lookup_get_insert_fast(ht, &o->node, params);
			errors += found != (o->in ? o : NULL);
			in += !o->in;
			o->in = true;
		} else {
			errors += rhashtable_remove_fast(ht, &o->node, params) !=
				  (o->in ? 0 : -ENOENT);
			in -= o->in;
			if (o->in)	/* readers and walkers of old chains have to be gone */
				o->in = false;
		}
		found = rhashtable_lookup_fast(ht, &o->key, params);
		errors += found != (o->in ? o : NULL);
		if (step % 5000 == 4999)
			check_all(test, ht, obj, N);
	}
	KUNIT_EXPECT_EQ(test, errors, 0U);
	KUNIT_EXPECT_EQ(test, (unsigned int)atomic_read(&ht->nelems), in);
	settle(ht);
	check_all(test, ht, obj, N);
	rhashtable_destroy(ht);
	kvfree(obj);
}

static void random_runs_follow_the_model(struct kunit *test)
{
	struct rhashtable ht;
	u64 seed;

	for (seed = 1; seed <= 3; seed++) {
		KUNIT_ASSERT_EQ(test, rhashtable_init(&ht, &params), 0);
		random_run(test, &ht, seed);
	}
}

/* ---- nested tables ---- */

static struct bucket_table *no_flat_table(unsigned int size, gfp_t gfp)
{
	return NULL;
}

static bool newest_is_nested(struct rhashtable *ht)
{
	struct bucket_table *tbl, *next;
	bool nested;

	rcu_read_lock();
	for (tbl = rht_dereference_rcu(ht->tbl, ht);
	     (next = rht_dereference_rcu(tbl->future_tbl, ht)) != NULL; tbl = next)
		;
	nested = tbl->nest;
	rcu_read_unlock();
	return nested;
}

/* The worker, which may sleep, is another thread: it gets its flat tables. */
static void without_memory_tables_nest_and_are_flattened(struct kunit *test)
{
	struct rhashtable_params p = params;
	struct object *obj = objects(test, 6000);
	unsigned int nested = 0;
	struct rhashtable ht;
	u32 i;

	p.nelem_hint = 700;
	KUNIT_ASSERT_EQ(test, rhashtable_init(&ht, &p), 0);
	mutex_lock(&ht.mutex);		/* no worker: insertions must help themselves */
	kunit_activate_static_stub(test, rht_alloc_flat, no_flat_table);
	for (i = 0; i < 6000; i++) {
		KUNIT_EXPECT_EQ(test, rhashtable_lookup_insert_fast(&ht, &obj[i].node, params), 0);
		obj[i].in = true;
		nested += newest_is_nested(&ht);
		if (i % 3 == 0) {
			KUNIT_EXPECT_EQ(test, rhashtable_remove_fast(&ht, &obj[i].node, params), 0);
			obj[i].in = false;
		}
	}
	KUNIT_EXPECT_GT(test, nested, 1000U);
	check_all(test, &ht, obj, 6000);
	kunit_deactivate_static_stub(test, rht_alloc_flat);
	mutex_unlock(&ht.mutex);
	settle(&ht);
	KUNIT_EXPECT_FALSE(test, newest_is_nested(&ht));
	check_all(test, &ht, obj, 6000);
	rhashtable_destroy(&ht);
	kvfree(obj);
}

static void a_nested_table_can_be_destroyed(struct kunit *test)
{
	struct rhashtable_params p = params;
	struct object *obj = objects(test, 3000);
	struct rhashtable ht;
	int i, n = 0;

	p.nelem_hint = 700;
	KUNIT_ASSERT_EQ(test, rhashtable_init(&ht, &p), 0);
	kunit_activate_static_stub(test, rht_alloc_flat, no_flat_table);
	for (i = 0; i < 3000; i++)
		KUNIT_EXPECT_EQ(test, rhashtable_insert_fast(&ht, &obj[i].node, params), 0);
	rhashtable_free_and_destroy(&ht, count_and_forget, &n);
	KUNIT_EXPECT_EQ(test, n, 3000);
	kunit_deactivate_static_stub(test, rht_alloc_flat);
	kvfree(obj);
}

/* ---- several objects of a key ---- */

struct rhl_object {
	u32 key;
	bool in;
	struct rhlist_head list;
};

static const struct rhashtable_params rhl_params = {
	.key_len = sizeof(u32),
	.key_offset = offsetof(struct rhl_object, key),
	.head_offset = offsetof(struct rhl_object, list),
	.automatic_shrinking = true,
};

static unsigned int rhl_mismatches(struct rhltable *hlt, struct rhl_object *obj, unsigned int n,
				   u32 key)
{
	struct rhlist_head *list, *pos;
	struct rhl_object *o;
	unsigned int i, found = 0, in = 0, wrong = 0;

	for (i = 0; i < n; i++)
		in += obj[i].in && obj[i].key == key;
	rcu_read_lock();
	list = rhltable_lookup(hlt, &key, rhl_params);
	rhl_for_each_entry_rcu(o, pos, list, list) {
		found++;
		wrong += !o->in || o->key != key;
	}
	rcu_read_unlock();
	return wrong + (found != in);
}

static void count_one(void *ptr, void *arg)
{
	++*(int *)arg;
}

static void random_lists_of_a_key_follow_the_model(struct kunit *test)
{
	enum { N = 900, KEYS = 300 };
	struct rhl_object *obj = kvcalloc(N, sizeof(*obj), GFP_KERNEL);
	struct rhashtable_iter iter;
	unsigned int i, step, wrong = 0, in = 0, seen = 0;
	struct rnd_state rnd;
	struct rhltable hlt;
	int n = 0;

	KUNIT_ASSERT_NOT_NULL(test, obj);
	KUNIT_ASSERT_EQ(test, rhltable_init(&hlt, &rhl_params), 0);
	prandom_seed_state(&rnd, 77);
	for (i = 0; i < N; i++)
		obj[i].key = prandom_u32_state(&rnd) % KEYS;
	for (step = 0; step < long_run(15000); step++) {
		struct rhl_object *o = obj + prandom_u32_state(&rnd) % N;

		if (o->in) {
			wrong += rhltable_remove(&hlt, &o->list, rhl_params) != 0;
		} else {
			wrong += rhltable_remove(&hlt, &o->list, rhl_params) != -ENOENT;
			wrong += rhltable_insert(&hlt, &o->list, rhl_params) != 0;
		}
		o->in = !o->in;
		in += o->in ? 1 : -1;
		wrong += rhl_mismatches(&hlt, obj, N, o->key);
	}
	KUNIT_EXPECT_EQ(test, wrong, 0U);

	settle(&hlt.ht);
	rhltable_walk_enter(&hlt, &iter);
	rhashtable_walk_start(&iter);
	while (rhashtable_walk_next(&iter)) {
		seen++;
		if (seen % 7 == 0) {	/* a pause doesn't lose the place */
			rhashtable_walk_stop(&iter);
			rhashtable_walk_start(&iter);
		}
	}
	rhashtable_walk_stop(&iter);
	rhashtable_walk_exit(&iter);
	KUNIT_EXPECT_EQ(test, seen, in);

	rhltable_free_and_destroy(&hlt, count_one, &n);
	KUNIT_EXPECT_EQ(test, (unsigned int)n, in);
	kvfree(obj);
}

static void an_empty_rhltable_goes(struct kunit *test)
{
	struct rhltable hlt;
	u32 key = 1;

	KUNIT_ASSERT_EQ(test, rhltable_init(&hlt, &rhl_params), 0);
	rcu_read_lock();
	KUNIT_EXPECT_NULL(test, rhltable_lookup(&hlt, &key, rhl_params));
	rcu_read_unlock();
	rhltable_destroy(&hlt);
}

/* ---- walkers ---- */

static void a_walk_sees_each_object_once_if_nothing_is_resized(struct kunit *test)
{
	struct object *obj = objects(test, 100), *o;
	struct rhashtable_iter iter;
	struct rhashtable ht;
	unsigned int n = 0, twice = 0;
	int i;

	KUNIT_ASSERT_EQ(test, rhashtable_init(&ht, &params), 0);
	for (i = 0; i < 100; i++)
		KUNIT_EXPECT_EQ(test, rhashtable_insert_fast(&ht, &obj[i].node, params), 0);
	settle(&ht);
	rhashtable_walk_enter(&ht, &iter);
	KUNIT_EXPECT_EQ(test, rhashtable_walk_start_check(&iter), 0);
	KUNIT_EXPECT_NOT_NULL(test, rhashtable_walk_peek(&iter));
	rhashtable_walk_stop(&iter);
	rhashtable_walk_exit(&iter);

	rhashtable_walk_enter(&ht, &iter);
	rhashtable_walk_start(&iter);
	while ((o = rhashtable_walk_next(&iter)) != NULL) {
		KUNIT_EXPECT_PTR_EQ(test, (struct object *)rhashtable_walk_peek(&iter), o);
		twice += o->in;
		o->in = true;
		n++;
	}
	KUNIT_EXPECT_NULL(test, rhashtable_walk_next(&iter));
	rhashtable_walk_stop(&iter);
	KUNIT_EXPECT_EQ(test, rhashtable_walk_start_check(&iter), 0);
	KUNIT_EXPECT_NULL(test, rhashtable_walk_next(&iter));
	rhashtable_walk_stop(&iter);
	rhashtable_walk_exit(&iter);
	KUNIT_EXPECT_EQ(test, n, 100U);
	KUNIT_EXPECT_EQ(test, twice, 0U);
	rhashtable_destroy(&ht);
	kvfree(obj);
}

/* Removes all of one chain, the walker pausing after each removal or never. */
static void walk_and_remove(struct kunit *test, bool pause)
{
	struct object *obj = objects(test, 12), *o;
	struct rhashtable_iter iter;
	struct rhashtable ht;
	unsigned int n = 0;
	int i;

	KUNIT_ASSERT_EQ(test, rhashtable_init(&ht, &one_chain), 0);
	for (i = 0; i < 12; i++)
		KUNIT_EXPECT_EQ(test, rhashtable_insert_fast(&ht, &obj[i].node, one_chain), 0);
	rhashtable_walk_enter(&ht, &iter);
	rhashtable_walk_start(&iter);
	while ((o = pause ? rhashtable_walk_peek(&iter) : rhashtable_walk_next(&iter)) != NULL) {
		n++;
		KUNIT_EXPECT_EQ(test, rhashtable_remove_fast(&ht, &o->node, one_chain), 0);
		if (pause) {	/* the place is kept although its object has gone */
			rhashtable_walk_stop(&iter);
			rhashtable_walk_start(&iter);
		}
	}
	rhashtable_walk_stop(&iter);
	rhashtable_walk_exit(&iter);
	KUNIT_EXPECT_EQ(test, n, 12U);
	KUNIT_EXPECT_EQ(test, atomic_read(&ht.nelems), 0);
	rhashtable_destroy(&ht);
	kvfree(obj);
}

static void a_walker_may_remove_what_it_stands_on(struct kunit *test)
{
	walk_and_remove(test, false);
}

static void a_walker_may_remove_and_pause(struct kunit *test)
{
	walk_and_remove(test, true);
}

static void a_resize_during_a_walk_is_told(struct kunit *test)
{
	enum { N = 600 };
	struct object *obj = objects(test, N), *o;
	struct rhashtable_iter iter;
	unsigned int seen = 0, again = 0;
	struct rhashtable ht;
	int i;

	KUNIT_ASSERT_EQ(test, rhashtable_init(&ht, &params), 0);
	for (i = 0; i < 40; i++)
		KUNIT_EXPECT_EQ(test, rhashtable_insert_fast(&ht, &obj[i].node, params), 0);
	settle(&ht);
	rhashtable_walk_enter(&ht, &iter);
	rhashtable_walk_start(&iter);
	for (i = 0; i < 20; i++)
		KUNIT_EXPECT_NOT_NULL(test, rhashtable_walk_next(&iter));
	rhashtable_walk_stop(&iter);
	for (i = 40; i < N; i++)
		KUNIT_EXPECT_EQ(test, rhashtable_insert_fast(&ht, &obj[i].node, params), 0);
	settle(&ht);
	KUNIT_EXPECT_EQ(test, rhashtable_walk_start_check(&iter), -EAGAIN);
	while ((o = rhashtable_walk_next(&iter)) != NULL) {
		if (IS_ERR(o)) {
			KUNIT_EXPECT_EQ(test, PTR_ERR(o), -EAGAIN);
			again++;
			continue;
		}
		seen += !o->in;
		o->in = true;
	}
	rhashtable_walk_stop(&iter);
	rhashtable_walk_exit(&iter);
	KUNIT_EXPECT_EQ(test, seen, (unsigned int)N);
	KUNIT_EXPECT_EQ(test, again, 0U);
	rhashtable_destroy(&ht);
	kvfree(obj);
}

/* ---- all at once ---- */

#define RESIDENTS	200	/* objects that are there all the time */
#define PER_WRITER	400
#define WRITER_ROUNDS	12

struct storm {
	struct rhashtable ht;
	struct object *residents;
	struct completion done;
	atomic_t writers;
	atomic_t errors;
	atomic_t lookups;
};

static int storm_writer(struct storm *s, u32 base)
{
	struct object *mine[PER_WRITER];
	u32 i, round;

	for (round = 0; round < long_run(WRITER_ROUNDS); round++) {
		for (i = 0; i < PER_WRITER; i++) {
			mine[i] = kzalloc(sizeof(struct object), GFP_KERNEL);
			if (!mine[i])
				continue;
			mine[i]->key = base + i;
			if (rhashtable_lookup_insert_fast(&s->ht, &mine[i]->node, params))
				atomic_inc(&s->errors);
		}
		for (i = 0; i < PER_WRITER; i++) {
			u32 key = base + i;

			if (rhashtable_lookup_fast(&s->ht, &key, params) != mine[i])
				atomic_inc(&s->errors);
		}
		for (i = 0; i < PER_WRITER; i++) {
			if (!mine[i])
				continue;
			if (rhashtable_remove_fast(&s->ht, &mine[i]->node, params))
				atomic_inc(&s->errors);
			kfree_rcu(mine[i], rcu);
		}
	}
	return 0;
}

static int storm_writer_thread(void *data)
{
	struct storm *s = data;
	u32 number = atomic_dec_return(&s->writers);

	storm_writer(s, RESIDENTS + number * PER_WRITER);
	complete(&s->done);
	return 0;
}

/* Residents are found at every moment of a resize, and a walk that ends has passed all of them. */
static int storm_reader_thread(void *data)
{
	struct storm *s = data;
	u32 key;

	while (!kthread_should_stop()) {
		for (key = 0; key < RESIDENTS; key++) {
			if (rhashtable_lookup_fast(&s->ht, &key, params) != s->residents + key)
				atomic_inc(&s->errors);
			atomic_inc(&s->lookups);
		}
		cond_resched();
	}
	return 0;
}

static int storm_walker_thread(void *data)
{
	struct storm *s = data;

	while (!kthread_should_stop()) {
		DECLARE_BITMAP(seen, RESIDENTS) = { };
		struct rhashtable_iter iter;
		struct object *o;

		rhashtable_walk_enter(&s->ht, &iter);
		rhashtable_walk_start(&iter);
		while ((o = rhashtable_walk_next(&iter)) != NULL) {
			if (IS_ERR(o))
				continue;
			if (o->key < RESIDENTS)
				__set_bit(o->key, seen);
		}
		rhashtable_walk_stop(&iter);
		rhashtable_walk_exit(&iter);
		if (!bitmap_full(seen, RESIDENTS))
			atomic_inc(&s->errors);
		cond_resched();
	}
	return 0;
}

static void readers_writers_and_the_resize_agree(struct kunit *test)
{
	enum { WRITERS = 3 };
	struct storm *s = kunit_kzalloc(test, sizeof(*s), GFP_KERNEL);
	struct task_struct *reader, *walker, *writer;
	int i;

	KUNIT_ASSERT_NOT_NULL(test, s);
	s->residents = objects(test, RESIDENTS);
	init_completion(&s->done);
	atomic_set(&s->writers, WRITERS);
	KUNIT_ASSERT_EQ(test, rhashtable_init(&s->ht, &params), 0);
	for (i = 0; i < RESIDENTS; i++)
		KUNIT_EXPECT_EQ(test, rhashtable_insert_fast(&s->ht, &s->residents[i].node, params),
				0);

	reader = kthread_run(storm_reader_thread, s, "rht-reader");
	walker = kthread_run(storm_walker_thread, s, "rht-walker");
	KUNIT_ASSERT_FALSE(test, IS_ERR(reader) || IS_ERR(walker));
	for (i = 0; i < WRITERS; i++) {
		writer = kthread_run(storm_writer_thread, s, "rht-writer/%d", i);
		KUNIT_ASSERT_FALSE(test, IS_ERR(writer));
	}
	for (i = 0; i < WRITERS; i++)
		wait_for_completion(&s->done);
	kthread_stop(reader);
	kthread_stop(walker);
	settle(&s->ht);
	KUNIT_EXPECT_EQ(test, atomic_read(&s->errors), 0);
	KUNIT_EXPECT_EQ(test, atomic_read(&s->ht.nelems), RESIDENTS);
	KUNIT_EXPECT_GT(test, atomic_read(&s->lookups), 0);
	rhashtable_destroy(&s->ht);
	rcu_barrier();
	kvfree(s->residents);
}

/* Of several that insert the same key at once, one wins; and each key is there once. */
struct race {
	struct rhashtable ht;
	struct object *obj[4];
	atomic_t next;
	atomic_t won;
	atomic_t lost;
	struct completion done;
};

#define RACE_KEYS	2000

static int race_thread(void *data)
{
	struct race *r = data;
	struct object *mine = r->obj[atomic_inc_return(&r->next) - 1];
	u32 i;

	for (i = 0; i < RACE_KEYS; i++) {
		int ret = rhashtable_lookup_insert_fast(&r->ht, &mine[i].node, params);

		if (!ret)
			atomic_inc(&r->won);
		else if (ret == -EEXIST)
			atomic_inc(&r->lost);
	}
	complete(&r->done);
	return 0;
}

static void of_many_that_insert_a_key_one_wins(struct kunit *test)
{
	struct race *r = kunit_kzalloc(test, sizeof(*r), GFP_KERNEL);
	struct task_struct *task;
	int i;

	KUNIT_ASSERT_NOT_NULL(test, r);
	init_completion(&r->done);
	KUNIT_ASSERT_EQ(test, rhashtable_init(&r->ht, &params), 0);
	for (i = 0; i < 4; i++)
		r->obj[i] = objects(test, RACE_KEYS);
	for (i = 0; i < 4; i++) {
		task = kthread_run(race_thread, r, "rht-race/%d", i);
		KUNIT_ASSERT_FALSE(test, IS_ERR(task));
	}
	for (i = 0; i < 4; i++)
		wait_for_completion(&r->done);
	KUNIT_EXPECT_EQ(test, atomic_read(&r->won), RACE_KEYS);
	KUNIT_EXPECT_EQ(test, atomic_read(&r->lost), 3 * RACE_KEYS);
	KUNIT_EXPECT_EQ(test, atomic_read(&r->ht.nelems), RACE_KEYS);
	rhashtable_destroy(&r->ht);
	for (i = 0; i < 4; i++)
		kvfree(r->obj[i]);
}

static struct kunit_case rhashtable_cases[] = {
	KUNIT_CASE(parameters_are_checked),
	KUNIT_CASE(objects_are_found_until_they_are_removed),
	KUNIT_CASE(an_object_is_replaced_by_one_of_its_key),
	KUNIT_CASE(keys_may_be_computed),
	KUNIT_CASE(a_table_of_bounded_size_takes_twice_as_many_objects),
	KUNIT_CASE(a_table_grows_and_shrinks_with_its_content),
	KUNIT_CASE(a_chain_does_not_grow_without_bound),
	KUNIT_CASE(destroying_gives_every_object_back_once),
	KUNIT_CASE(random_runs_follow_the_model),
	KUNIT_CASE(without_memory_tables_nest_and_are_flattened),
	KUNIT_CASE(a_nested_table_can_be_destroyed),
	KUNIT_CASE(random_lists_of_a_key_follow_the_model),
	KUNIT_CASE(an_empty_rhltable_goes),
	KUNIT_CASE(a_walk_sees_each_object_once_if_nothing_is_resized),
	KUNIT_CASE(a_walker_may_remove_what_it_stands_on),
	KUNIT_CASE(a_walker_may_remove_and_pause),
	KUNIT_CASE(a_resize_during_a_walk_is_told),
	KUNIT_CASE(readers_writers_and_the_resize_agree),
	KUNIT_CASE(of_many_that_insert_a_key_one_wins),
	{}
};

static struct kunit_suite rhashtable_suite = {
	.name = "rhashtable",
	.test_cases = rhashtable_cases,
};
kunit_test_suite(rhashtable_suite);
