// SPDX-License-Identifier: MIT
/*
 * Concurrency ids against a model: tasks and address spaces that are only structs, switched by hand
 * on CPUs that are rows of an array. Last, by real CPUs at once.
 */

#include <kunit/test.h>

#include <linux/atomic.h>
#include <linux/bitmap.h>
#include <linux/cpumask.h>
#include <linux/kthread.h>
#include <linux/mm_cid.h>
#include <linux/mm_types.h>
#include <linux/preempt.h>
#include <linux/random.h>
#include <linux/sched/mm.h>
#include <linux/sched/task.h>
#include <linux/slab.h>

static struct mm_struct *new_mm(struct kunit *test, int threads)
{
	struct mm_struct *mm = kunit_kzalloc(test, sizeof(*mm), GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, mm);
	atomic_set(&mm->mm_users, threads);
	return mm;
}

/* @mm: NULL makes a kernel thread; else it takes part. */
static struct task_struct *new_task(struct kunit *test, struct mm_struct *mm)
{
	struct task_struct *t = kunit_kzalloc(test, sizeof(*t), GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, t);
	t->mm = mm;
	t->mm_cid = mm ? MM_CID_WANTED : MM_CID_NONE;
	return t;
}

static void a_thread_alone_has_id_0_while_it_runs(struct kunit *test)
{
	struct mm_struct *mm = new_mm(test, 1);
	struct task_struct *t = new_task(test, mm), *idle = new_task(test, NULL);

	mm_cid_switch(idle, t);
	KUNIT_EXPECT_EQ(test, t->mm_cid, 0);
	KUNIT_EXPECT_TRUE(test, test_bit(0, mm->mm_cid_map));
	mm_cid_switch(t, idle);
	KUNIT_EXPECT_EQ(test, t->mm_cid, MM_CID_WANTED);
	KUNIT_EXPECT_EQ(test, idle->mm_cid, MM_CID_NONE);
	KUNIT_EXPECT_FALSE(test, test_bit(0, mm->mm_cid_map));
}

static void a_thread_takes_over_from_its_sibling(struct kunit *test)
{
	struct mm_struct *mm = new_mm(test, 2);
	struct task_struct *a = new_task(test, mm), *b = new_task(test, mm);

	mm_cid_switch(new_task(test, NULL), a);
	mm_cid_switch(a, b);
	KUNIT_EXPECT_EQ(test, a->mm_cid, MM_CID_WANTED);
	KUNIT_EXPECT_EQ(test, b->mm_cid, 0);
	KUNIT_EXPECT_EQ(test, bitmap_weight(mm->mm_cid_map, NR_CPUS), 1);
}

static void the_lowest_free_id_is_taken(struct kunit *test)
{
	struct mm_struct *mm = new_mm(test, 3);
	struct task_struct *a = new_task(test, mm), *b = new_task(test, mm),
		*c = new_task(test, mm);
	struct task_struct *idle = new_task(test, NULL);

	if (nr_cpu_ids < 2)
		kunit_skip(test, "one CPU has one id");
	mm_cid_switch(idle, a);
	mm_cid_switch(idle, b);
	KUNIT_EXPECT_EQ(test, b->mm_cid, 1);
	mm_cid_switch(a, idle);
	mm_cid_switch(idle, c);
	KUNIT_EXPECT_EQ(test, c->mm_cid, 0);
	KUNIT_EXPECT_EQ(test, b->mm_cid, 1);
}

static void who_takes_no_part_changes_nothing(struct kunit *test)
{
	struct mm_struct *mm = new_mm(test, 2);
	struct task_struct *a = new_task(test, mm), *b = new_task(test, mm);

	b->mm_cid = MM_CID_NONE;
	mm_cid_switch(a, b);
	KUNIT_EXPECT_EQ(test, b->mm_cid, MM_CID_NONE);
	mm_cid_switch(b, a);
	KUNIT_EXPECT_EQ(test, a->mm_cid, 0);
	mm_cid_switch(a, b);
	KUNIT_EXPECT_EQ(test, bitmap_weight(mm->mm_cid_map, NR_CPUS), 0);
}

static void another_address_space_has_its_own_ids(struct kunit *test)
{
	struct mm_struct *one = new_mm(test, 1), *two = new_mm(test, 1);
	struct task_struct *a = new_task(test, one), *b = new_task(test, two);
	struct task_struct *idle = new_task(test, NULL);

	mm_cid_switch(idle, a);
	mm_cid_switch(idle, b);
	KUNIT_EXPECT_EQ(test, b->mm_cid, 0);
	mm_cid_switch(b, idle);
	mm_cid_switch(a, b);
	KUNIT_EXPECT_EQ(test, b->mm_cid, 0);
	KUNIT_EXPECT_EQ(test, bitmap_weight(one->mm_cid_map, NR_CPUS), 0);
}

/* What was left of a process of many threads doesn't keep a high id. */
static void ids_shrink_as_threads_end(struct kunit *test)
{
	struct mm_struct *mm = new_mm(test, 3);
	struct task_struct *a = new_task(test, mm), *b = new_task(test, mm),
		*c = new_task(test, mm);
	struct task_struct *idle = new_task(test, NULL);

	if (nr_cpu_ids < 2)
		kunit_skip(test, "one CPU has one id");
	mm_cid_switch(idle, a);
	mm_cid_switch(idle, b);
	mm_cid_switch(a, idle);
	atomic_set(&mm->mm_users, 1);
	mm_cid_switch(b, c);
	KUNIT_EXPECT_EQ(test, c->mm_cid, 0);
	KUNIT_EXPECT_EQ(test, bitmap_weight(mm->mm_cid_map, NR_CPUS), 1);
}

/* Then the CPU has nothing to do at a switch. */
static void who_is_alone_in_its_memory_holds_nothing(struct kunit *test)
{
	struct mm_struct *mm = new_mm(test, 1);
	struct task_struct *t = new_task(test, mm), *idle = new_task(test, NULL);

	t->mm_cid = MM_CID_SOLE;
	mm_cid_switch(idle, t);
	KUNIT_EXPECT_EQ(test, t->mm_cid, MM_CID_SOLE);
	KUNIT_EXPECT_EQ(test, bitmap_weight(mm->mm_cid_map, NR_CPUS), 0);
	mm_cid_switch(t, idle);
	KUNIT_EXPECT_EQ(test, t->mm_cid, MM_CID_SOLE);
}

/* current, which is a kernel thread, borrows a made-up address space for a moment. */
static void a_process_takes_part_as_its_parent_does_and_a_thread_not(struct kunit *test)
{
	struct mm_struct *mm = mm_alloc();
	struct task_struct *child = new_task(test, NULL);

	KUNIT_ASSERT_NOT_NULL(test, mm);
	kthread_use_mm(mm);
	mm_cid_fork(child, false);
	KUNIT_EXPECT_EQ(test, child->mm_cid, MM_CID_NONE);
	mm_cid_join();
	KUNIT_EXPECT_EQ(test, current->mm_cid, MM_CID_SOLE);
	KUNIT_EXPECT_EQ(test, current_mm_cid(), 0);
	mm_cid_fork(child, false);
	KUNIT_EXPECT_EQ(test, child->mm_cid, MM_CID_SOLE);
	mm_cid_fork(child, true);
	KUNIT_EXPECT_EQ(test, child->mm_cid, MM_CID_NONE);
	KUNIT_EXPECT_EQ(test, current->mm_cid, 0);
	KUNIT_EXPECT_TRUE(test, test_bit(0, mm->mm_cid_map));
	mm_cid_leave();
	KUNIT_EXPECT_EQ(test, current->mm_cid, MM_CID_NONE);
	KUNIT_EXPECT_FALSE(test, test_bit(0, mm->mm_cid_map));
	kthread_unuse_mm(mm);
	mmput(mm);
}

/* As with more than one user: there are ids from the start. */
static void who_joins_others_holds_an_id(struct kunit *test)
{
	struct mm_struct *mm = mm_alloc();

	KUNIT_ASSERT_NOT_NULL(test, mm);
	kthread_use_mm(mm);
	mmget(mm);
	mm_cid_join();
	KUNIT_EXPECT_EQ(test, current->mm_cid, 0);
	KUNIT_EXPECT_TRUE(test, test_bit(0, mm->mm_cid_map));
	mm_cid_leave();
	KUNIT_EXPECT_FALSE(test, test_bit(0, mm->mm_cid_map));
	mmput(mm);
	kthread_unuse_mm(mm);
	mmput(mm);
}

/* ---- at random ---- */

#define SPACES		3
#define TASKS		16
#define SWITCHES	20000

struct world {
	struct mm_struct *mm[SPACES];
	struct task_struct *task[TASKS];
	struct task_struct *curr[8];	/* on each CPU */
	unsigned int cpus;
};

static bool runs(struct world *w, struct task_struct *t)
{
	unsigned int cpu;

	for (cpu = 0; cpu < w->cpus; cpu++)
		if (w->curr[cpu] == t)
			return true;
	return false;
}

/* Who runs and takes part holds one, nobody else does, no two the same, and they are few. */
static void check_world(struct kunit *test, struct world *w, struct mm_struct *mm)
{
	DECLARE_BITMAP(held, NR_CPUS) = { 0 };
	int i;

	for (i = 0; i < TASKS; i++) {
		struct task_struct *t = w->task[i];

		if (!runs(w, t) || t->mm_cid == MM_CID_NONE)
			KUNIT_ASSERT_LT(test, t->mm_cid, 0);
		else
			KUNIT_ASSERT_LT(test, t->mm_cid, (int)w->cpus);
		if (t->mm == mm && t->mm_cid >= 0)
			KUNIT_ASSERT_FALSE(test, __test_and_set_bit(t->mm_cid, held));
	}
	KUNIT_ASSERT_TRUE(test, bitmap_equal(held, mm->mm_cid_map, NR_CPUS));
}

static void random_switches_follow_the_model(struct kunit *test)
{
	struct world *w = kunit_kzalloc(test, sizeof(*w), GFP_KERNEL);
	int i, n;

	KUNIT_ASSERT_NOT_NULL(test, w);
	w->cpus = min_t(unsigned int, nr_cpu_ids, ARRAY_SIZE(w->curr));
	for (i = 0; i < SPACES; i++)
		w->mm[i] = new_mm(test, TASKS);
	for (i = 0; i < TASKS; i++) {
		/* Of five tasks one is a kernel thread, one takes no part. */
		w->task[i] = new_task(test, i % 5 ? w->mm[i % SPACES] : NULL);
		if (i % 5 == 4)
			w->task[i]->mm_cid = MM_CID_NONE;
	}
	for (i = 0; i < (int)w->cpus; i++)
		w->curr[i] = new_task(test, NULL);

	for (n = 0; n < SWITCHES; n++) {
		unsigned int cpu = get_random_u32_below(w->cpus);
		struct task_struct *next = w->task[get_random_u32_below(TASKS)];

		if (runs(w, next))
			continue;
		mm_cid_switch(w->curr[cpu], next);
		w->curr[cpu] = next;
		check_world(test, w, w->mm[n % SPACES]);
	}
}

/* ---- by real CPUs ---- */

struct storm {
	struct mm_struct *mm;
	struct task_struct *holder[NR_CPUS];	/* by id, set and cleared by who has it */
	atomic_t twice;
	atomic_t too_high;
};

struct storm_cpu {
	struct storm *storm;
	struct task_struct *a, *b, *idle;	/* only ever on this CPU */
};

static void hold(struct storm *storm, struct task_struct *t)
{
	if (t->mm_cid < 0 || t->mm_cid >= (int)nr_cpu_ids) {
		atomic_inc(&storm->too_high);
		return;
	}
	if (cmpxchg(&storm->holder[t->mm_cid], NULL, t))
		atomic_inc(&storm->twice);
	cpu_relax();
	WRITE_ONCE(storm->holder[t->mm_cid], NULL);
}

static int switch_back_and_forth(void *data)
{
	struct storm_cpu *cpu = data;
	int i;

	for (i = 0; i < SWITCHES; i++) {
		preempt_disable();
		mm_cid_switch(cpu->idle, cpu->a);
		hold(cpu->storm, cpu->a);
		mm_cid_switch(cpu->a, cpu->b);
		hold(cpu->storm, cpu->b);
		mm_cid_switch(cpu->b, cpu->idle);
		preempt_enable();
	}
	return 0;
}

static void cpus_at_once_never_share_an_id(struct kunit *test)
{
	struct storm *storm = kunit_kzalloc(test, sizeof(*storm), GFP_KERNEL);
	struct task_struct *thread[8] = { };
	struct storm_cpu *row;
	int n = 0, cpu, i;

	KUNIT_ASSERT_NOT_NULL(test, storm);
	storm->mm = new_mm(test, 2 * nr_cpu_ids);
	for_each_online_cpu(cpu) {
		if (n == ARRAY_SIZE(thread))
			break;
		row = kunit_kzalloc(test, sizeof(*row), GFP_KERNEL);
		KUNIT_ASSERT_NOT_NULL(test, row);
		row->storm = storm;
		row->a = new_task(test, storm->mm);
		row->b = new_task(test, storm->mm);
		row->idle = new_task(test, NULL);
		thread[n] = kthread_create(switch_back_and_forth, row, "mm_cid/%d", cpu);
		KUNIT_ASSERT_FALSE(test, IS_ERR(thread[n]));
		get_task_struct(thread[n]);
		kthread_bind(thread[n++], cpu);
	}
	for (i = 0; i < n; i++)
		wake_up_process(thread[i]);
	for (i = 0; i < n; i++)
		kthread_stop_put(thread[i]);
	KUNIT_EXPECT_EQ(test, atomic_read(&storm->twice), 0);
	KUNIT_EXPECT_EQ(test, atomic_read(&storm->too_high), 0);
	KUNIT_EXPECT_EQ(test, bitmap_weight(storm->mm->mm_cid_map, NR_CPUS), 0);
}

static struct kunit_case mm_cid_cases[] = {
	KUNIT_CASE(a_thread_alone_has_id_0_while_it_runs),
	KUNIT_CASE(a_thread_takes_over_from_its_sibling),
	KUNIT_CASE(the_lowest_free_id_is_taken),
	KUNIT_CASE(who_takes_no_part_changes_nothing),
	KUNIT_CASE(another_address_space_has_its_own_ids),
	KUNIT_CASE(ids_shrink_as_threads_end),
	KUNIT_CASE(who_is_alone_in_its_memory_holds_nothing),
	KUNIT_CASE(a_process_takes_part_as_its_parent_does_and_a_thread_not),
	KUNIT_CASE(who_joins_others_holds_an_id),
	KUNIT_CASE(random_switches_follow_the_model),
	KUNIT_CASE(cpus_at_once_never_share_an_id),
	{}
};

static struct kunit_suite mm_cid_suite = {
	.name = "mm_cid",
	.test_cases = mm_cid_cases,
};
kunit_test_suite(mm_cid_suite);
