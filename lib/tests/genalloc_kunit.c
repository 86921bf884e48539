// SPDX-License-Identifier: MIT
/*
 * Pools: which place each algorithm takes, what is refused, a long run against a map of units, and
 * that four CPUs and an interrupt never get the same unit. The memory is made up: nobody touches
 * it.
 */

#include <kunit/device.h>
#include <kunit/test.h>

#include <linux/atomic.h>
#include <linux/completion.h>
#include <linux/cpumask.h>
#include <linux/err.h>
#include <linux/genalloc.h>
#include <linux/hrtimer.h>
#include <linux/kthread.h>
#include <linux/ktime.h>
#include <linux/prandom.h>
#include <linux/report.h>
#include <linux/sched.h>

#define BASE	0x100000UL
#define UNIT	32

static void destroy(void *pool)
{
	gen_pool_destroy(pool);
}

static struct gen_pool *new_pool(struct kunit *test, size_t size)
{
	struct gen_pool *pool = gen_pool_create(5, NUMA_NO_NODE);

	KUNIT_ASSERT_NOT_NULL(test, pool);
	KUNIT_ASSERT_EQ(test, kunit_add_action_or_reset(test, destroy, pool), 0);
	if (size)
		KUNIT_ASSERT_EQ(test, gen_pool_add(pool, BASE, size, NUMA_NO_NODE), 0);
	return pool;
}

static void an_empty_pool_has_nothing(struct kunit *test)
{
	struct gen_pool *pool = new_pool(test, 0);

	KUNIT_EXPECT_EQ(test, gen_pool_alloc(pool, 1), 0UL);
	KUNIT_EXPECT_EQ(test, gen_pool_size(pool), 0UL);
	KUNIT_EXPECT_EQ(test, gen_pool_avail(pool), 0UL);
	KUNIT_EXPECT_FALSE(test, gen_pool_has_addr(pool, BASE, 1));
}

static void sizes_are_rounded_up_to_units(struct kunit *test)
{
	struct gen_pool *pool = new_pool(test, 10 * UNIT + 5);

	KUNIT_EXPECT_EQ(test, gen_pool_size(pool), 10UL * UNIT + 5);
	KUNIT_EXPECT_EQ(test, gen_pool_avail(pool), 10UL * UNIT);
	KUNIT_EXPECT_EQ(test, gen_pool_alloc(pool, 1), BASE);
	KUNIT_EXPECT_EQ(test, gen_pool_alloc(pool, UNIT), BASE + UNIT);
	KUNIT_EXPECT_EQ(test, gen_pool_alloc(pool, UNIT + 1), BASE + 2 * UNIT);
	KUNIT_EXPECT_EQ(test, gen_pool_avail(pool), 6UL * UNIT);
	KUNIT_EXPECT_EQ(test, gen_pool_alloc(pool, 0), 0UL);
	KUNIT_EXPECT_EQ(test, gen_pool_alloc(pool, 6 * UNIT + 1), 0UL);
	gen_pool_free(pool, BASE + UNIT, UNIT);
	KUNIT_EXPECT_EQ(test, gen_pool_alloc(pool, 2), BASE + UNIT);
	gen_pool_free(pool, BASE, 1);
	gen_pool_free(pool, BASE + UNIT, 2);
	gen_pool_free(pool, BASE + 2 * UNIT, UNIT + 1);
	KUNIT_EXPECT_EQ(test, gen_pool_avail(pool), 10UL * UNIT);
}

static void chunks_are_used_one_after_another(struct kunit *test)
{
	struct gen_pool *pool = new_pool(test, 2 * UNIT);
	int mine = 0;
	void *owner;

	KUNIT_ASSERT_EQ(test, gen_pool_add_owner(pool, BASE + 0x1000, 0x8000, 4 * UNIT,
						 NUMA_NO_NODE, &mine), 0);
	KUNIT_EXPECT_EQ(test, gen_pool_alloc_owner(pool, 3 * UNIT, &owner), BASE + 0x1000);
	KUNIT_EXPECT_PTR_EQ(test, owner, (void *)&mine);
	KUNIT_EXPECT_EQ(test, gen_pool_alloc_owner(pool, 2 * UNIT, &owner), BASE);
	KUNIT_EXPECT_NULL(test, owner);
	KUNIT_EXPECT_EQ(test, gen_pool_virt_to_phys(pool, BASE + 0x1021), 0x8021ULL);
	KUNIT_EXPECT_EQ(test, gen_pool_virt_to_phys(pool, BASE + 1), (phys_addr_t)-1);
	KUNIT_EXPECT_EQ(test, gen_pool_virt_to_phys(pool, BASE - 1), (phys_addr_t)-1);
	KUNIT_EXPECT_TRUE(test, gen_pool_has_addr(pool, BASE + 0x1000, 4 * UNIT));
	KUNIT_EXPECT_FALSE(test, gen_pool_has_addr(pool, BASE + 0x1001, 4 * UNIT));
	gen_pool_free_owner(pool, BASE + 0x1000, 3 * UNIT, &owner);
	KUNIT_EXPECT_PTR_EQ(test, owner, (void *)&mine);
	gen_pool_free(pool, BASE, 2 * UNIT);
}

static void each_algorithm_has_its_place(struct kunit *test)
{
	struct gen_pool *pool = new_pool(test, 128 * UNIT);
	struct genpool_data_align align = { .align = 16 * UNIT };
	struct genpool_data_fixed fixed = { .offset = 40 * UNIT };

	/* In use: unit 0, and 10 to 14; so that 1-9 and 15-127 are free. */
	KUNIT_ASSERT_EQ(test, gen_pool_alloc(pool, 15 * UNIT), BASE);
	gen_pool_free(pool, BASE + UNIT, 9 * UNIT);

	KUNIT_EXPECT_EQ(test, gen_pool_alloc_algo(pool, 40, gen_pool_first_fit_align, &align),
			BASE + 16 * UNIT);
	/* 16 and 17 are in use as well. Three units go where four would. */
	KUNIT_EXPECT_EQ(test, gen_pool_alloc_algo(pool, 3 * UNIT, gen_pool_first_fit_order_align,
						  NULL), BASE + 4 * UNIT);
	/* Free: 1-3, 7-9, 15, 18-127. */
	KUNIT_EXPECT_EQ(test, gen_pool_alloc_algo(pool, 1, gen_pool_best_fit, NULL),
			BASE + 15 * UNIT);
	KUNIT_EXPECT_EQ(test, gen_pool_alloc_algo(pool, 2 * UNIT, gen_pool_best_fit, NULL),
			BASE + UNIT);
	KUNIT_EXPECT_EQ(test, gen_pool_alloc_algo(pool, UNIT, gen_pool_fixed_alloc, &fixed),
			BASE + 40 * UNIT);
	KUNIT_EXPECT_EQ(test, gen_pool_alloc_algo(pool, UNIT, gen_pool_fixed_alloc, &fixed), 0UL);

	gen_pool_set_algo(pool, gen_pool_best_fit, NULL);
	KUNIT_EXPECT_EQ(test, gen_pool_alloc(pool, 1), BASE + 3 * UNIT);
	gen_pool_set_algo(pool, NULL, NULL);
	KUNIT_EXPECT_EQ(test, gen_pool_alloc(pool, 1), BASE + 7 * UNIT);
	gen_pool_free(pool, BASE, 8 * UNIT);
	gen_pool_free(pool, BASE + 10 * UNIT, 8 * UNIT);
	gen_pool_free(pool, BASE + 40 * UNIT, UNIT);
	KUNIT_EXPECT_EQ(test, gen_pool_avail(pool), 128UL * UNIT);
}

static void what_is_not_in_use_is_not_given_back(struct kunit *test)
{
	struct gen_pool *pool = new_pool(test, 200 * UNIT);

	KUNIT_ASSERT_EQ(test, gen_pool_alloc(pool, 100 * UNIT), BASE);
	kunit_expect_reports(test, REPORT_WARN, 3);
	gen_pool_free(pool, BASE + 90 * UNIT, 11 * UNIT);
	gen_pool_free(pool, BASE + 150 * UNIT, 1);
	gen_pool_free(pool, BASE + 199 * UNIT, 2 * UNIT);
	KUNIT_EXPECT_EQ(test, gen_pool_avail(pool), 100UL * UNIT);
	gen_pool_free(pool, BASE, 100 * UNIT);
	KUNIT_EXPECT_EQ(test, gen_pool_avail(pool), 200UL * UNIT);
}

static void dma_memory_comes_with_both_addresses(struct kunit *test)
{
	struct gen_pool *pool = new_pool(test, 0);
	char *memory = kunit_kzalloc(test, 1024, GFP_KERNEL), *got;
	dma_addr_t dma = 0;

	KUNIT_ASSERT_NOT_NULL(test, memory);
	memset(memory, 0x55, 1024);
	KUNIT_ASSERT_EQ(test, gen_pool_add_virt(pool, (unsigned long)memory, 0x10000, 1024,
						NUMA_NO_NODE), 0);
	got = gen_pool_dma_zalloc(pool, 100, &dma);
	KUNIT_ASSERT_PTR_EQ(test, got, memory);
	KUNIT_EXPECT_EQ(test, dma, 0x10000ULL);
	KUNIT_EXPECT_NULL(test, memchr_inv(got, 0, 100));
	KUNIT_EXPECT_EQ(test, memory[100], 0x55);
	KUNIT_EXPECT_NULL(test, gen_pool_dma_alloc(pool, 1024, NULL));
	gen_pool_free(pool, (unsigned long)got, 100);
	got = gen_pool_dma_alloc_align(pool, 10, &dma, 64);
	KUNIT_EXPECT_TRUE(test, got && IS_ALIGNED((unsigned long)got, 64));
	KUNIT_EXPECT_EQ(test, dma, 0x10000ULL + (got - memory));
	gen_pool_free(pool, (unsigned long)got, 10);
}

static void long_runs_agree_with_a_map(struct kunit *test)
{
	struct gen_pool *pool = new_pool(test, 300 * UNIT);
	struct piece { unsigned long addr; int units; } *p = kunit_kcalloc(test, 40, sizeof(*p),
									 GFP_KERNEL);
	u8 *taken = kunit_kzalloc(test, 300, GFP_KERNEL);
	struct rnd_state rnd;
	int round, at, run, n;

	KUNIT_ASSERT_NOT_NULL(test, p);
	KUNIT_ASSERT_NOT_NULL(test, taken);
	prandom_seed_state(&rnd, 1234);
	for (round = 0; round < 3000; round++) {
		struct piece *one = &p[prandom_u32_state(&rnd) % 40];

		if (one->addr) {
			gen_pool_free(pool, one->addr, one->units * UNIT - 7);
			memset(taken + (one->addr - BASE) / UNIT, 0, one->units);
			one->addr = 0;
			continue;
		}
		one->units = n = 1 + prandom_u32_state(&rnd) % 20;
		for (at = run = 0; at + n <= 300 && run < n; at++) {
			for (run = 0; run < n && !taken[at + run]; run++)
				;
		}
		one->addr = gen_pool_alloc(pool, n * UNIT - 7);
		KUNIT_ASSERT_EQ(test, one->addr, run == n ? BASE + (at - 1) * UNIT : 0);
		if (one->addr)
			memset(taken + at - 1, 1, n);
	}
	for (n = 0; n < 40; n++) {
		if (p[n].addr)
			gen_pool_free(pool, p[n].addr, p[n].units * UNIT - 7);
	}
	KUNIT_EXPECT_EQ(test, gen_pool_avail(pool), 300UL * UNIT);
}

/* ---- several at once ---- */

#define ROOM	200		/* units; pieces cross words */

struct storm {
	struct gen_pool *pool;
	atomic_t users[ROOM];	/* 0 or 1 */
	atomic_t clashes, got;
	atomic_t running;
	struct completion done;
	struct hrtimer timer;
};

/* Take a piece, see that it is nobody else's, give it back. */
static void once(struct storm *s, int units)
{
	unsigned long addr = gen_pool_alloc(s->pool, units * UNIT);
	int first = (addr - BASE) / UNIT, i;

	if (!addr)
		return;
	for (i = first; i < first + units; i++) {
		if (atomic_inc_return(&s->users[i]) != 1)
			atomic_inc(&s->clashes);
	}
	atomic_inc(&s->got);
	for (i = first; i < first + units; i++)
		atomic_dec(&s->users[i]);
	gen_pool_free(s->pool, addr, units * UNIT);
}

static int storm_thread(void *data)
{
	struct storm *s = data;
	int i;

	for (i = 0; i < 3000; i++) {
		once(s, 1 + i % 70);
		if (!(i % 64))
			cond_resched();
	}
	if (atomic_dec_and_test(&s->running))
		complete(&s->done);
	return 0;
}

static enum hrtimer_restart storm_interrupt(struct hrtimer *timer)
{
	once(container_of(timer, struct storm, timer), 65);
	hrtimer_forward_now(timer, us_to_ktime(100));
	return HRTIMER_RESTART;
}

static void no_unit_has_two_users(struct kunit *test)
{
	struct storm *s = kunit_kzalloc(test, sizeof(*s), GFP_KERNEL);
	struct task_struct *t;
	int i;

	KUNIT_ASSERT_NOT_NULL(test, s);
	s->pool = new_pool(test, ROOM * UNIT);
	init_completion(&s->done);
	atomic_set(&s->running, 4);
	hrtimer_init(&s->timer, CLOCK_MONOTONIC, HRTIMER_MODE_REL_HARD);
	s->timer.function = storm_interrupt;
	hrtimer_start(&s->timer, us_to_ktime(100), HRTIMER_MODE_REL_HARD);
	for (i = 0; i < 4; i++) {
		t = kthread_run(storm_thread, s, "genalloc/%d", i);
		if (IS_ERR(t) && atomic_dec_and_test(&s->running))
			complete(&s->done);
		KUNIT_EXPECT_NOT_ERR_OR_NULL(test, t);
	}
	wait_for_completion(&s->done);
	hrtimer_cancel(&s->timer);
	KUNIT_EXPECT_EQ(test, atomic_read(&s->clashes), 0);
	KUNIT_EXPECT_GT(test, atomic_read(&s->got), 3000);
	KUNIT_EXPECT_EQ(test, gen_pool_avail(s->pool), (size_t)ROOM * UNIT);
}

/* ---- of devices ---- */

static void a_devices_pools_have_names(struct kunit *test)
{
	struct device *dev = kunit_device_register(test, "genalloc");
	struct gen_pool *pool, *other;

	KUNIT_ASSERT_NOT_ERR_OR_NULL(test, dev);
	KUNIT_EXPECT_NULL(test, gen_pool_get(dev, NULL));
	pool = devm_gen_pool_create(dev, 5, NUMA_NO_NODE, NULL);
	other = devm_gen_pool_create(dev, 5, NUMA_NO_NODE, "other");
	KUNIT_ASSERT_NOT_ERR_OR_NULL(test, pool);
	KUNIT_ASSERT_NOT_ERR_OR_NULL(test, other);
	KUNIT_EXPECT_EQ(test, PTR_ERR_OR_ZERO(devm_gen_pool_create(dev, 5, NUMA_NO_NODE, "other")),
			-EINVAL);
	KUNIT_EXPECT_PTR_EQ(test, gen_pool_get(dev, NULL), pool);
	KUNIT_EXPECT_PTR_EQ(test, gen_pool_get(dev, "other"), other);
	KUNIT_EXPECT_NULL(test, gen_pool_get(dev, "none"));
}

static struct kunit_case genalloc_cases[] = {
	KUNIT_CASE(an_empty_pool_has_nothing),
	KUNIT_CASE(sizes_are_rounded_up_to_units),
	KUNIT_CASE(chunks_are_used_one_after_another),
	KUNIT_CASE(each_algorithm_has_its_place),
	KUNIT_CASE(what_is_not_in_use_is_not_given_back),
	KUNIT_CASE(dma_memory_comes_with_both_addresses),
	KUNIT_CASE(long_runs_agree_with_a_map),
	KUNIT_CASE(no_unit_has_two_users),
	KUNIT_CASE(a_devices_pools_have_names),
	{}
};

static struct kunit_suite genalloc_suite = {
	.name = "genalloc",
	.test_cases = genalloc_cases,
};
kunit_test_suite(genalloc_suite);
