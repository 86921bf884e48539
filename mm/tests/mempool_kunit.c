// SPDX-License-Identifier: MIT
/*
 * Memory pools: the reserve holds when the allocator behind it fails, and sleepers are woken.
 */

#include <kunit/test.h>
#include <linux/completion.h>
#include <linux/delay.h>
#include <linux/kthread.h>
#include <linux/mempool.h>
#include <linux/sched.h>
#include <linux/slab.h>

struct source {
	bool dry;		/* give nothing */
	int live;		/* elements out of it */
};

static void *source_alloc(gfp_t gfp, void *data)
{
	struct source *s = data;

	if (READ_ONCE(s->dry))
		return NULL;
	s->live++;
	return kmalloc(32, gfp);
}

static void source_free(void *element, void *data)
{
	struct source *s = data;

	s->live--;
	kfree(element);
}

static void reserve_is_filled_and_emptied(struct kunit *test)
{
	struct source s = { 0 };
	mempool_t *pool = mempool_create(5, source_alloc, source_free, &s);

	KUNIT_ASSERT_NOT_NULL(test, pool);
	KUNIT_EXPECT_EQ(test, pool->curr_nr, 5);
	KUNIT_EXPECT_TRUE(test, mempool_is_saturated(pool));
	mempool_destroy(pool);
	KUNIT_EXPECT_EQ(test, s.live, 0);
	mempool_destroy(NULL);
}

static void allocator_is_asked_first(struct kunit *test)
{
	struct source s = { 0 };
	mempool_t *pool = mempool_create(2, source_alloc, source_free, &s);
	void *e;

	KUNIT_ASSERT_NOT_NULL(test, pool);
	e = mempool_alloc(pool, GFP_KERNEL);
	KUNIT_EXPECT_NOT_NULL(test, e);
	KUNIT_EXPECT_EQ(test, pool->curr_nr, 2);
	mempool_free(e, pool);
	KUNIT_EXPECT_EQ(test, s.live, 2);
	mempool_destroy(pool);
}

static void reserve_serves_when_the_source_is_dry(struct kunit *test)
{
	struct source s = { 0 };
	mempool_t *pool = mempool_create(3, source_alloc, source_free, &s);
	void *e[3];
	int i;

	KUNIT_ASSERT_NOT_NULL(test, pool);
	s.dry = true;
	for (i = 0; i < 3; i++) {
		e[i] = mempool_alloc(pool, GFP_KERNEL);
		KUNIT_ASSERT_NOT_NULL(test, e[i]);
	}
	KUNIT_EXPECT_EQ(test, pool->curr_nr, 0);
	KUNIT_EXPECT_NULL(test, mempool_alloc(pool, GFP_ATOMIC));
	KUNIT_EXPECT_NULL(test, mempool_alloc_preallocated(pool));
	mempool_free(e[0], pool);
	KUNIT_EXPECT_EQ(test, pool->curr_nr, 1);
	KUNIT_EXPECT_PTR_EQ(test, mempool_alloc_preallocated(pool), e[0]);
	for (i = 0; i < 3; i++)
		mempool_free(e[i], pool);
	mempool_free(NULL, pool);
	mempool_destroy(pool);
	KUNIT_EXPECT_EQ(test, s.live, 0);
}

struct sleeper {
	mempool_t *pool;
	void *element;
	struct completion done;
};

static int sleep_for_element(void *data)
{
	struct sleeper *sl = data;

	sl->element = mempool_alloc(sl->pool, GFP_KERNEL);
	complete(&sl->done);
	return 0;
}

static void sleeper_is_woken_by_a_free(struct kunit *test)
{
	struct source s = { 0 };
	mempool_t *pool = mempool_create(1, source_alloc, source_free, &s);
	struct sleeper sl = { .pool = pool };
	struct task_struct *task;
	void *e;

	KUNIT_ASSERT_NOT_NULL(test, pool);
	s.dry = true;
	e = mempool_alloc(pool, GFP_KERNEL);
	init_completion(&sl.done);
	task = kthread_run(sleep_for_element, &sl, "mempool_sleeper");
	KUNIT_ASSERT_FALSE(test, IS_ERR(task));
	/* It can't be done: there is no element. */
	KUNIT_EXPECT_EQ(test, wait_for_completion_timeout(&sl.done, HZ / 20), 0UL);
	mempool_free(e, pool);
	KUNIT_EXPECT_NE(test, wait_for_completion_timeout(&sl.done, 2 * HZ), 0UL);
	KUNIT_EXPECT_PTR_EQ(test, sl.element, e);
	mempool_free(sl.element, pool);
	mempool_destroy(pool);
}

static void resize_grows_and_shrinks(struct kunit *test)
{
	struct source s = { 0 };
	mempool_t *pool = mempool_create(2, source_alloc, source_free, &s);

	KUNIT_ASSERT_NOT_NULL(test, pool);
	KUNIT_EXPECT_EQ(test, mempool_resize(pool, 6), 0);
	KUNIT_EXPECT_EQ(test, pool->curr_nr, 6);
	KUNIT_EXPECT_EQ(test, s.live, 6);
	KUNIT_EXPECT_EQ(test, mempool_resize(pool, 1), 0);
	KUNIT_EXPECT_EQ(test, pool->curr_nr, 1);
	KUNIT_EXPECT_EQ(test, s.live, 1);
	mempool_destroy(pool);
}

static void ready_made_pools_work(struct kunit *test)
{
	struct kmem_cache *cache = kmem_cache_create("kunit_pool", 48, 0, 0, NULL);
	mempool_t *a, *b, *c;
	void *e;

	KUNIT_ASSERT_NOT_NULL(test, cache);
	a = mempool_create_slab_pool(2, cache);
	b = mempool_create_kmalloc_pool(2, 100);
	c = mempool_create_page_pool(2, 1);
	KUNIT_ASSERT_NOT_NULL(test, a);
	KUNIT_ASSERT_NOT_NULL(test, b);
	KUNIT_ASSERT_NOT_NULL(test, c);
	e = mempool_alloc(a, GFP_KERNEL);
	mempool_free(e, a);
	e = mempool_alloc(b, GFP_KERNEL);
	mempool_free(e, b);
	e = mempool_alloc(c, GFP_KERNEL);
	mempool_free(e, c);
	mempool_destroy(a);
	mempool_destroy(b);
	mempool_destroy(c);
	kmem_cache_destroy(cache);
}

static void creation_fails_when_the_reserve_cannot_be_filled(struct kunit *test)
{
	struct source s = { .dry = true };

	KUNIT_EXPECT_NULL(test, mempool_create(2, source_alloc, source_free, &s));
}

static struct kunit_case mempool_cases[] = {
	KUNIT_CASE(reserve_is_filled_and_emptied),
	KUNIT_CASE(allocator_is_asked_first),
	KUNIT_CASE(reserve_serves_when_the_source_is_dry),
	KUNIT_CASE(sleeper_is_woken_by_a_free),
	KUNIT_CASE(resize_grows_and_shrinks),
	KUNIT_CASE(ready_made_pools_work),
	KUNIT_CASE(creation_fails_when_the_reserve_cannot_be_filled),
	{}
};

static struct kunit_suite mempool_suite = {
	.name = "mempool",
	.test_cases = mempool_cases,
};
kunit_test_suite(mempool_suite);
