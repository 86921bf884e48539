// SPDX-License-Identifier: MIT
/*
 * Several threads in one address space, on all CPUs: faults against each other, against unmapping,
 * protecting and forking. What a thread may not do any more it must fail at on every CPU as soon as
 * the call has returned, whatever its TLB remembers.
 */

#include "user.h"

#include <linux/completion.h>
#include <linux/cpumask.h>
#include <linux/mmap_lock.h>
#include <linux/pgtable.h>
#include <linux/prandom.h>
#include <linux/slab.h>
#include <asm/tlbflush.h>

#include "../../kernel/tests/patience.h"

#define PAGES	64
#define BASE	0x30000000UL

struct worker {
	struct task_struct *task;
	struct mm_struct *mm;
	void (*fn)(struct worker *w);
	unsigned int nr;
	unsigned int errors;
	struct completion done;
};

static atomic_t stop;

static int worker_thread_fn(void *arg)
{
	struct worker *w = arg;

	kthread_use_mm(w->mm);
	w->fn(w);
	kthread_unuse_mm(w->mm);
	complete(&w->done);
	return 0;
}

/* One thread for each CPU, bound to it. */
static struct worker *start_workers(struct kunit *test, void (*fn)(struct worker *w))
{
	struct worker *w = kunit_kcalloc(test, nr_cpu_ids, sizeof(*w), GFP_KERNEL);
	unsigned int cpu;

	KUNIT_ASSERT_NOT_NULL(test, w);
	atomic_set(&stop, 0);
	for_each_online_cpu(cpu) {
		struct task_struct *t;

		w[cpu].mm = current->mm;
		w[cpu].fn = fn;
		w[cpu].nr = cpu;
		init_completion(&w[cpu].done);
		t = kthread_create(worker_thread_fn, &w[cpu], "mm-smp/%u", cpu);
		if (IS_ERR(t))
			continue;
		kthread_bind(t, cpu);
		w[cpu].task = get_task_struct(t);
		wake_up_process(t);
	}
	return w;
}

static unsigned int join_workers(struct worker *w)
{
	unsigned int cpu, errors = 0;

	atomic_set(&stop, 1);
	for (cpu = 0; cpu < nr_cpu_ids; cpu++) {
		if (!w[cpu].task)
			continue;
		wait_for_completion(&w[cpu].done);
		put_task_struct(w[cpu].task);
		errors += w[cpu].errors;
	}
	return errors;
}

static unsigned long at(unsigned int page)
{
	return BASE + ((unsigned long)page << PAGE_SHIFT);
}

/* ---- all at one page ---- */

/* Each thread has a byte of every page; a page that was brought twice would lose one's. */
static void write_own_byte(struct worker *w)
{
	unsigned int i;

	for (i = 0; i < PAGES; i++)
		w->errors += poke(at(i) + w->nr, w->nr + 1) != 0;
	for (i = 0; i < PAGES; i++)
		w->errors += peek(at(i) + w->nr) != (int)w->nr + 1;
}

static void racing_faults_bring_one_page(struct kunit *test)
{
	struct worker *w;
	int round;

	for (round = 0; round < 8; round++) {
		KUNIT_ASSERT_EQ(test, map_anon_at(BASE, PAGES, PROT_RW), BASE);
		w = start_workers(test, write_own_byte);
		KUNIT_EXPECT_EQ(test, join_workers(w), 0);
		KUNIT_EXPECT_EQ(test, rss(MM_ANONPAGES), PAGES);
	}
}

/* ---- a page that changes under its readers ---- */

static atomic_t seen_generation;

/* Read the probe over and over: what was taken away must not be read any more. */
static void read_probe(struct worker *w)
{
	while (!atomic_read(&stop)) {
		/* First the promise, then the look: the look may only find what is newer. */
		int promised = atomic_read_acquire(&seen_generation);
		u64 value;

		if (get_user(value, U64(BASE)))
			w->errors++;
		else if ((int)value < promised)
			w->errors++;
		cond_resched();
	}
}

static void unmapped_pages_are_forgotten_by_all_cpus(struct kunit *test)
{
	struct worker *w;
	u64 generation;
	int round;

	KUNIT_ASSERT_EQ(test, map_anon_at(BASE, 1, PROT_RW), BASE);
	KUNIT_ASSERT_EQ(test, put_user(0ULL, U64(BASE)), 0);
	atomic_set(&seen_generation, 0);
	w = start_workers(test, read_probe);
	for_rounds(round, 50) {
		struct page *old;

		generation = round + 1;
		/* A reference keeps the old page's contents: a stale TLB would go on reading it. */
		KUNIT_EXPECT_EQ(test, get_user_pages_fast(BASE, 1, FOLL_WRITE, &old), 1);
		/* The entry is made read-only, then a write copies: readers have to follow. */
		mmap_write_lock(current->mm);
		ptep_set_wrprotect(current->mm, BASE, walk_user_pte(current->mm, BASE));
		flush_tlb_mm(current->mm);
		mmap_write_unlock(current->mm);
		KUNIT_EXPECT_EQ(test, put_user(generation, U64(BASE)), 0);
		atomic_set_release(&seen_generation, (int)generation);
		put_page(old);
		cond_resched();
	}
	KUNIT_EXPECT_EQ(test, join_workers(w), 0);
}

/* ---- everything against everything ---- */

static void fault_at_random(struct worker *w)
{
	struct rnd_state rnd;

	prandom_seed_state(&rnd, w->nr + 1);
	while (!atomic_read(&stop)) {
		unsigned int page = prandom_u32_state(&rnd) % PAGES;
		int got;

		/*
		 * What is there is zero or a page's own number; it may be refused, never another.
		 */
		got = peek(at(page));
		if (got > 0 && got != (int)page + 1)
			w->errors++;
		poke(at(page), page + 1);
		cond_resched();
	}
}

static void changes_race_with_faults(struct kunit *test)
{
	struct worker *w;
	struct rnd_state rnd;
	int i;

	prandom_seed_state(&rnd, 42);
	KUNIT_ASSERT_EQ(test, map_anon_at(BASE, PAGES, PROT_RW), BASE);
	w = start_workers(test, fault_at_random);
	for_rounds(i, 120) {
		unsigned int first = prandom_u32_state(&rnd) % PAGES;
		unsigned int n = prandom_u32_state(&rnd) % (PAGES - first) + 1;
		struct mm_struct *child;

		switch (prandom_u32_state(&rnd) % 5) {
		case 0:
			vm_munmap(at(first), n << PAGE_SHIFT);
			break;
		case 1:
			KUNIT_EXPECT_EQ(test, map_anon_at(at(first), n, PROT_RW), at(first));
			break;
		case 2:
			SYSCALL(mprotect, at(first), n << PAGE_SHIFT,
				i & 1 ? PROT_READ : PROT_RW);
			break;
		case 3:
			do_madvise(current->mm, at(first), n << PAGE_SHIFT, MADV_DONTNEED);
			break;
		default:
			child = dup_mm(current, current->mm);
			KUNIT_EXPECT_NOT_NULL(test, child);
			if (child)
				mmput(child);
		}
	}
	KUNIT_EXPECT_EQ(test, join_workers(w), 0);
	vm_munmap(BASE, PAGES << PAGE_SHIFT);
	KUNIT_EXPECT_EQ(test, atomic_long_read(&current->mm->rss_stat[MM_ANONPAGES]), 0);
	KUNIT_EXPECT_EQ(test, mm_pgtables_bytes(current->mm), 0);
}

static struct kunit_case user_smp_cases[] = {
	KUNIT_CASE(racing_faults_bring_one_page),
	KUNIT_CASE(unmapped_pages_are_forgotten_by_all_cpus),
	KUNIT_CASE(changes_race_with_faults),
	{}
};

static struct kunit_suite user_smp_suite = {
	.name = "user_smp",
	.init = mm_suite_init,
	.exit = mm_suite_exit,
	.test_cases = user_smp_cases,
};
kunit_test_suites(&user_smp_suite);

MODULE_LICENSE("MIT");
