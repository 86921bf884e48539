// SPDX-License-Identifier: MIT
/*
 * Shrinkers, and what an allocation does when memory is short.
 */

#include <kunit/test.h>
#include <linux/gfp.h>
#include <linux/list.h>
#include <linux/mm.h>
#include <linux/notifier.h>
#include <linux/oom.h>
#include <linux/sched/mm.h>
#include <linux/shrinker.h>
#include <linux/slab.h>

#include "../internal.h"

struct cache {
	long objects;
	long asked;		/* sum of nr_to_scan */
	int scans;
	bool stop;
};

static unsigned long cache_count(struct shrinker *shrinker, struct shrink_control *sc)
{
	struct cache *c = shrinker->private_data;

	return c->objects ?: SHRINK_EMPTY;
}

static unsigned long cache_scan(struct shrinker *shrinker, struct shrink_control *sc)
{
	struct cache *c = shrinker->private_data;
	long n = min_t(long, sc->nr_to_scan, c->objects);

	c->scans++;
	c->asked += sc->nr_to_scan;
	if (c->stop)
		return SHRINK_STOP;
	c->objects -= n;
	return n;
}

static struct shrinker *start(struct kunit *test, struct cache *c)
{
	struct shrinker *s = shrinker_alloc(0, "kunit-%d", 1);

	KUNIT_ASSERT_NOT_NULL(test, s);
	s->count_objects = cache_count;
	s->scan_objects = cache_scan;
	s->private_data = c;
	shrinker_register(s);
	return s;
}

static void highest_pressure_empties_a_cache(struct kunit *test)
{
	struct cache c = { .objects = 1000 };
	struct shrinker *s = start(test, &c);

	KUNIT_EXPECT_GE(test, shrink_slab(GFP_KERNEL, 0, NULL, 0), 1000UL);
	KUNIT_EXPECT_EQ(test, c.objects, 0L);
	shrinker_free(s);
}

static void light_pressure_takes_a_part(struct kunit *test)
{
	struct cache c = { .objects = 100000 };
	struct shrinker *s = start(test, &c);

	shrink_slab(GFP_KERNEL, 0, NULL, 4);
	KUNIT_EXPECT_LT(test, c.objects, 100000L);
	KUNIT_EXPECT_GT(test, c.objects, 50000L);
	shrinker_free(s);
}

static void what_is_too_little_is_carried_over(struct kunit *test)
{
	struct cache c = { .objects = 4096 };
	struct shrinker *s = start(test, &c);
	int i;

	/* 4096 >> 9 * 4 / 2 = 16 a round, and a batch is 128. */
	for (i = 0; i < 7; i++)
		shrink_slab(GFP_KERNEL, 0, NULL, 9);
	KUNIT_EXPECT_EQ(test, c.scans, 0);
	shrink_slab(GFP_KERNEL, 0, NULL, 9);
	KUNIT_EXPECT_EQ(test, c.scans, 1);
	shrinker_free(s);
}

static void empty_cache_is_not_scanned(struct kunit *test)
{
	struct cache c = { 0 };
	struct shrinker *s = start(test, &c);

	shrink_slab(GFP_KERNEL, 0, NULL, 0);
	KUNIT_EXPECT_EQ(test, c.scans, 0);
	shrinker_free(s);
}

static void stop_ends_the_scan(struct kunit *test)
{
	struct cache c = { .objects = 10000, .stop = true };
	struct shrinker *s = start(test, &c);

	shrink_slab(GFP_KERNEL, 0, NULL, 0);
	KUNIT_EXPECT_EQ(test, c.scans, 1);
	shrinker_free(s);
}

static void freed_shrinker_is_not_called(struct kunit *test)
{
	struct cache c = { .objects = 1000 };

	shrinker_free(start(test, &c));
	shrink_slab(GFP_KERNEL, 0, NULL, 0);
	KUNIT_EXPECT_EQ(test, c.scans, 0);
	shrinker_free(NULL);
}

static void unregistered_shrinker_can_be_freed(struct kunit *test)
{
	struct shrinker *s = shrinker_alloc(0, "kunit-idle");

	KUNIT_ASSERT_NOT_NULL(test, s);
	KUNIT_EXPECT_STREQ(test, s->name, "kunit-idle");
	shrinker_free(s);
}

/* ---- memory really runs short ---- */

/*
 * All memory that may be had, in a list that a shrinker and an out-of-memory notifier can take
 * from. The notifier is there for others: a task that needs memory while we hold it all must not
 * end the machine. A case whose outcome that changes doesn't look at it.
 */
static struct hoard {
	spinlock_t lock;		/* guards the two below */
	struct list_head pages;
	unsigned long nr;
	int oom_calls;
} hoard;

static unsigned long hoard_free(unsigned long want)
{
	unsigned long freed = 0;
	struct page *page;

	while (freed < want) {
		spin_lock(&hoard.lock);
		page = list_first_entry_or_null(&hoard.pages, struct page, lru);
		if (page) {
			list_del(&page->lru);
			hoard.nr--;
		}
		spin_unlock(&hoard.lock);
		if (!page)
			break;
		__free_page(page);
		freed++;
	}
	return freed;
}

static unsigned long hoard_count(struct shrinker *shrinker, struct shrink_control *sc)
{
	return READ_ONCE(hoard.nr) ?: SHRINK_EMPTY;
}

static unsigned long hoard_scan(struct shrinker *shrinker, struct shrink_control *sc)
{
	return hoard_free(sc->nr_to_scan);
}

static int hoard_give_back(struct notifier_block *nb, unsigned long unused, void *data)
{
	unsigned long *freed = data;

	hoard.oom_calls++;
	*freed += hoard_free(ULONG_MAX);
	return NOTIFY_OK;
}

static struct notifier_block hoard_notifier = { .notifier_call = hoard_give_back };

static void hoard_add(struct page *page)
{
	spin_lock(&hoard.lock);
	list_add(&page->lru, &hoard.pages);
	hoard.nr++;
	spin_unlock(&hoard.lock);
}

/* Take all memory that may be had without cutting into the reserve, also what others keep back. */
static void hoard_all(struct kunit *test)
{
	struct mm_totals settled;
	struct page *page;
	int round;

	spin_lock_init(&hoard.lock);
	INIT_LIST_HEAD(&hoard.pages);
	hoard.nr = 0;
	hoard.oom_calls = 0;
	KUNIT_ASSERT_EQ(test, register_oom_notifier(&hoard_notifier), 0);
	for (round = 0; round < 4; round++) {
		mm_read_totals(&settled);
		while ((page = alloc_page(GFP_NOWAIT | __GFP_NOWARN)))
			hoard_add(page);
	}
}

static void hoard_end(void)
{
	unregister_oom_notifier(&hoard_notifier);
	hoard_free(ULONG_MAX);
}

/* All memory is in a cache that can shrink: an allocation that may sleep gets it. */
static void allocation_reclaims_from_a_cache(struct kunit *test)
{
	struct shrinker *s = shrinker_alloc(0, "kunit-hoard");
	unsigned long before, after;
	struct page *page[16];
	int i;

	KUNIT_ASSERT_NOT_NULL(test, s);
	s->count_objects = hoard_count;
	s->scan_objects = hoard_scan;
	hoard_all(test);
	before = hoard.nr;
	shrinker_register(s);
	for (i = 0; i < 16; i++)
		page[i] = alloc_pages(GFP_KERNEL, 1);
	shrinker_free(s);
	after = hoard.nr;
	hoard_end();
	KUNIT_EXPECT_LT(test, after, before);
	KUNIT_EXPECT_EQ(test, hoard.oom_calls, 0);
	for (i = 0; i < 16; i++) {
		KUNIT_EXPECT_NOT_NULL(test, page[i]);
		if (page[i])
			__free_pages(page[i], 1);
	}
}

/* Nothing can shrink: GFP_ATOMIC gets at the reserve. */
static void reserve_is_for_atomic(struct kunit *test)
{
	struct page *norm, *atomic;

	hoard_all(test);
	norm = alloc_page(GFP_NOWAIT | __GFP_NOWARN);
	atomic = alloc_page(GFP_ATOMIC | __GFP_NOWARN);
	hoard_end();
	KUNIT_EXPECT_NOT_NULL(test, atomic);
	if (norm)	/* somebody freed a page in between */
		__free_page(norm);
	if (atomic)
		__free_page(atomic);
}

/*
 * Blocks of @order, kept on a list, until none comes: what others free meanwhile may serve the
 * first ones, from the reserve's large blocks. False if the machine's whole memory seems to be
 * free.
 */
static bool gives_up(gfp_t gfp, unsigned int order, struct list_head *blocks)
{
	unsigned long most = totalram_pages() >> order;
	struct page *page;

	while ((page = alloc_pages(gfp | __GFP_NOWARN, order))) {
		list_add(&page->lru, blocks);
		if (!most--)
			return false;
	}
	return true;
}

static void free_blocks(struct list_head *blocks, unsigned int order)
{
	struct page *page, *next;

	list_for_each_entry_safe(page, next, blocks, lru)
		__free_pages(page, order);
	INIT_LIST_HEAD(blocks);
}

static void noretry_and_mayfail_give_up(struct kunit *test)
{
	LIST_HEAD(blocks);

	hoard_all(test);
	KUNIT_EXPECT_TRUE(test, gives_up(GFP_KERNEL | __GFP_NORETRY, 5, &blocks));
	free_blocks(&blocks, 5);
	KUNIT_EXPECT_TRUE(test, gives_up(GFP_KERNEL | __GFP_RETRY_MAYFAIL, 5, &blocks));
	free_blocks(&blocks, 5);
	hoard_end();
}

/* The last resort before somebody is killed: the notifiers. */
static void oom_notifier_saves_an_allocation(struct kunit *test)
{
	struct page *pages[32];
	int i, n = 0;

	hoard_all(test);
	/* The first ones may find what was freed behind our back. */
	while (n < 32 && !hoard.oom_calls)
		pages[n++] = alloc_pages(GFP_KERNEL, 3);
	hoard_end();
	KUNIT_EXPECT_GE(test, hoard.oom_calls, 1);
	for (i = 0; i < n; i++) {
		KUNIT_EXPECT_NOT_NULL(test, pages[i]);
		if (pages[i])
			__free_pages(pages[i], 3);
	}
}

static struct kunit_case shrinker_cases[] = {
	KUNIT_CASE(highest_pressure_empties_a_cache),
	KUNIT_CASE(light_pressure_takes_a_part),
	KUNIT_CASE(what_is_too_little_is_carried_over),
	KUNIT_CASE(empty_cache_is_not_scanned),
	KUNIT_CASE(stop_ends_the_scan),
	KUNIT_CASE(freed_shrinker_is_not_called),
	KUNIT_CASE(unregistered_shrinker_can_be_freed),
	KUNIT_CASE(allocation_reclaims_from_a_cache),
	KUNIT_CASE(reserve_is_for_atomic),
	KUNIT_CASE(noretry_and_mayfail_give_up),
	KUNIT_CASE(oom_notifier_saves_an_allocation),
	{}
};

static struct kunit_suite shrinker_suite = {
	.name = "reclaim",
	.test_cases = shrinker_cases,
};
kunit_test_suite(shrinker_suite);
