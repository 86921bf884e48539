// SPDX-License-Identifier: MIT
/*
 * All CPUs at once: pages, objects, vmalloc and per-CPU memory, allocated on one CPU and freed on
 * another. Each piece carries a pattern that is checked before its free, so that memory that was
 * given out twice shows. Budget: well under a second a case.
 */

#include <kunit/test.h>
#include <linux/completion.h>
#include <linux/cpumask.h>
#include <linux/kthread.h>
#include <linux/mm.h>
#include <linux/percpu.h>
#include <linux/sched.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/vmalloc.h>

#include "../../kernel/tests/patience.h"

#define SLOTS	64

struct stress {
	void *slots[SLOTS];		/* xchg(): a piece is its taker's */
	struct kmem_cache *cache;
	int (*one)(struct stress *st, u32 random);
	int rounds;
	atomic_t errors;
	atomic_t running;
	struct completion done;
	atomic_t seed;
};

static int stress_thread(void *data)
{
	struct stress *st = data;
	u32 seed = atomic_inc_return(&st->seed) * 2654435761u;
	int i;

	for (i = 0; i < st->rounds; i++) {
		seed = seed * 1664525 + 1013904223;
		if (st->one(st, seed >> 4))
			atomic_inc(&st->errors);
		if (!(i % 64))
			cond_resched();
	}
	if (atomic_dec_and_test(&st->running))
		complete(&st->done);
	return 0;
}

static void run_on_all_cpus(struct kunit *test, struct stress *st)
{
	unsigned int cpu, n = 0;

	init_completion(&st->done);
	atomic_set(&st->running, num_online_cpus());
	for_each_online_cpu(cpu) {
		struct task_struct *t = kthread_create(stress_thread, st, "mm_stress/%u", cpu);

		if (IS_ERR(t)) {
			if (atomic_dec_and_test(&st->running))
				complete(&st->done);
			continue;
		}
		kthread_bind(t, cpu);
		wake_up_process(t);
		n++;
	}
	KUNIT_ASSERT_GT(test, n, 0U);
	wait_for_completion(&st->done);
	KUNIT_EXPECT_EQ(test, atomic_read(&st->errors), 0);
}

static struct stress *new_stress(struct kunit *test, int rounds,
				 int (*one)(struct stress *st, u32 random))
{
	struct stress *st = kunit_kzalloc(test, sizeof(*st), GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, st);
	st->one = one;
	st->rounds = long_run(rounds);
	return st;
}

/* Fill with the address, which no other piece has. */
static void mark(void *p, size_t size)
{
	unsigned long *w = p;
	size_t i;

	for (i = 0; i < size / sizeof(*w); i++)
		w[i] = (unsigned long)p + i;
}

static int check(void *p, size_t size)
{
	unsigned long *w = p;
	size_t i;

	for (i = 0; i < size / sizeof(*w); i++)
		if (w[i] != (unsigned long)p + i)
			return 1;
	return 0;
}

static int one_object(struct stress *st, u32 random)
{
	void *p = kmem_cache_alloc(st->cache, random & 1 ? GFP_KERNEL : GFP_NOWAIT), *old;
	int bad = 0;

	if (p)
		mark(p, 96);
	old = xchg(&st->slots[random / 2 % SLOTS], p);
	if (old) {
		bad = check(old, 96);
		kmem_cache_free(st->cache, old);
	}
	return bad;
}

static void objects_cross_cpus(struct kunit *test)
{
	struct stress *st = new_stress(test, 4000, one_object);
	int i;

	st->cache = kmem_cache_create("kunit_stress", 96, 0, 0, NULL);
	KUNIT_ASSERT_NOT_NULL(test, st->cache);
	run_on_all_cpus(test, st);
	for (i = 0; i < SLOTS; i++)
		if (st->slots[i])
			kmem_cache_free(st->cache, st->slots[i]);
	KUNIT_EXPECT_EQ(test, kmem_cache_shrink(st->cache), 0);
	kmem_cache_destroy(st->cache);
}

/* One object a slab: every free is a change of lists. */
static int one_large_object(struct stress *st, u32 random)
{
	void *p = kmem_cache_alloc(st->cache, GFP_KERNEL), *old;
	int bad = 0;

	if (p)
		mark(p, 64);
	old = xchg(&st->slots[random % 8], p);
	if (old) {
		bad = check(old, 64);
		kmem_cache_free(st->cache, old);
	}
	if (!(random % 200))
		kmem_cache_shrink(st->cache);
	return bad;
}

static void slabs_come_and_go(struct kunit *test)
{
	struct stress *st = new_stress(test, 600, one_large_object);
	int i;

	st->cache = kmem_cache_create("kunit_stress_large", 5 * PAGE_SIZE, 0, 0, NULL);
	KUNIT_ASSERT_NOT_NULL(test, st->cache);
	run_on_all_cpus(test, st);
	for (i = 0; i < SLOTS; i++)
		if (st->slots[i])
			kmem_cache_free(st->cache, st->slots[i]);
	KUNIT_EXPECT_EQ(test, kmem_cache_shrink(st->cache), 0);
	kmem_cache_destroy(st->cache);
}

static int one_kmalloc(struct stress *st, u32 random)
{
	size_t size = 16 << (random % 10);
	unsigned long *p = kmalloc(size, GFP_KERNEL), *old;
	int bad = 0;

	if (p) {
		mark(p, size);
		p[0] = size;
	}
	old = xchg(&st->slots[random / 16 % SLOTS], p);
	if (old) {
		size = old[0];
		old[0] = (unsigned long)old;
		bad = check(old, size);
		kfree(old);
	}
	return bad;
}

static void kmalloc_of_all_sizes(struct kunit *test)
{
	struct stress *st = new_stress(test, 2000, one_kmalloc);
	int i;

	run_on_all_cpus(test, st);
	for (i = 0; i < SLOTS; i++)
		kfree(st->slots[i]);
}

static int one_page_block(struct stress *st, u32 random)
{
	unsigned int order = random % 5;
	struct page *page = alloc_pages(GFP_KERNEL | __GFP_NOWARN | __GFP_NORETRY, order), *old;
	int bad = 0;

	if (page) {
		page->private = order;
		mark(page_address(page), 256);
	}
	old = xchg(&st->slots[random / 8 % SLOTS], page);
	if (old) {
		bad = check(page_address(old), 256);
		__free_pages(old, old->private);
	}
	if (!(random % 500))
		drain_all_pages(NULL);
	return bad;
}

static void pages_of_all_orders(struct kunit *test)
{
	struct stress *st = new_stress(test, 3000, one_page_block);
	int i;

	run_on_all_cpus(test, st);
	for (i = 0; i < SLOTS; i++) {
		struct page *page = st->slots[i];

		if (page)
			__free_pages(page, page->private);
	}
}

static int one_vmalloc(struct stress *st, u32 random)
{
	void *p = vmalloc((random % 4 + 1) * PAGE_SIZE), *old;
	int bad = 0;

	if (p)
		mark(p, PAGE_SIZE);
	old = xchg(&st->slots[random / 4 % 16], p);
	if (old) {
		bad = check(old, PAGE_SIZE);
		vfree(old);
	}
	if (!(random % 40))
		vm_unmap_aliases();
	return bad;
}

static void vmalloc_and_purge(struct kunit *test)
{
	struct stress *st = new_stress(test, 200, one_vmalloc);
	int i;

	run_on_all_cpus(test, st);
	for (i = 0; i < SLOTS; i++)
		vfree(st->slots[i]);
}

static int one_percpu(struct stress *st, u32 random)
{
	u64 __percpu *p = __alloc_percpu(8 << (random % 4), 8);
	u64 __percpu *old;
	unsigned int cpu;
	int bad = 0;

	if (p)
		for_each_possible_cpu(cpu)
			*per_cpu_ptr(p, cpu) = (unsigned long)p + cpu;
	old = (u64 __percpu __force *)xchg(&st->slots[random / 8 % SLOTS], (void __force *)p);
	if (old) {
		for_each_possible_cpu(cpu)
			bad |= *per_cpu_ptr(old, cpu) != (unsigned long)old + cpu;
		free_percpu(old);
	}
	return bad;
}

static void percpu_allocations(struct kunit *test)
{
	struct stress *st = new_stress(test, 500, one_percpu);
	int i;

	run_on_all_cpus(test, st);
	for (i = 0; i < SLOTS; i++)
		free_percpu((void __percpu __force *)st->slots[i]);
}

static struct kunit_case mm_stress_cases[] = {
	KUNIT_CASE_SLOW(objects_cross_cpus),
	KUNIT_CASE_SLOW(slabs_come_and_go),
	KUNIT_CASE_SLOW(kmalloc_of_all_sizes),
	KUNIT_CASE_SLOW(pages_of_all_orders),
	KUNIT_CASE_SLOW(vmalloc_and_purge),
	KUNIT_CASE_SLOW(percpu_allocations),
	{}
};

static struct kunit_suite mm_stress_suite = {
	.name = "mm_stress",
	.test_cases = mm_stress_cases,
};
kunit_test_suite(mm_stress_suite);
