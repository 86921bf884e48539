// SPDX-License-Identifier: MIT
/*
 * Spin locks, rwlocks, bit locks: what each form does to preemption and interrupts, and exclusion
 * under a storm from all CPUs. The counters are plain on purpose: two holders at once lose counts.
 *
 * The storms run once for each way of waiting, the queue and the one for virtual CPUs, and once
 * with the way changing under them.
 */

#include <kunit/test.h>

#include <linux/bit_spinlock.h>
#include <linux/interrupt.h>
#include <linux/irq_work.h>
#include <linux/local_lock.h>
#include <linux/percpu.h>
#include <linux/preempt.h>
#include <linux/spinlock.h>

#include "storm.h"

#define ROUNDS	50000

static void spin_lock_disables_preemption(struct kunit *test)
{
	int before = preempt_count();
	static DEFINE_SPINLOCK(lock);

	spin_lock(&lock);
	KUNIT_EXPECT_EQ(test, preempt_count(), before + 1);
	KUNIT_EXPECT_TRUE(test, spin_is_locked(&lock));
	spin_unlock(&lock);
	KUNIT_EXPECT_EQ(test, preempt_count(), before);
	KUNIT_EXPECT_FALSE(test, spin_is_locked(&lock));
}

static DEFINE_SPINLOCK(forms_lock);

static void spin_lock_irqsave_nests(struct kunit *test)
{
	static DEFINE_SPINLOCK(inner);
	unsigned long outer_flags, inner_flags;

	spin_lock_irqsave(&forms_lock, outer_flags);
	KUNIT_EXPECT_TRUE(test, irqs_disabled());
	spin_lock_irqsave(&inner, inner_flags);
	spin_unlock_irqrestore(&inner, inner_flags);
	KUNIT_EXPECT_TRUE(test, irqs_disabled());
	spin_unlock_irqrestore(&forms_lock, outer_flags);
	KUNIT_EXPECT_FALSE(test, irqs_disabled());
}

static void spin_lock_irq_turns_interrupts_back_on(struct kunit *test)
{
	static DEFINE_SPINLOCK(lock);

	spin_lock_irq(&lock);
	KUNIT_EXPECT_TRUE(test, irqs_disabled());
	spin_unlock_irq(&lock);
	KUNIT_EXPECT_FALSE(test, irqs_disabled());
}

static void spin_lock_bh_disables_bottom_halves(struct kunit *test)
{
	static DEFINE_SPINLOCK(lock);

	spin_lock_bh(&lock);
	KUNIT_EXPECT_TRUE(test, in_softirq());
	KUNIT_EXPECT_FALSE(test, in_serving_softirq());
	spin_unlock_bh(&lock);
	KUNIT_EXPECT_FALSE(test, in_softirq());
}

static void trylock_fails_on_a_held_lock_and_leaves_no_trace(struct kunit *test)
{
	static DEFINE_RAW_SPINLOCK(lock);
	unsigned long flags;
	int before;

	raw_spin_lock(&lock);
	before = preempt_count();
	KUNIT_EXPECT_FALSE(test, raw_spin_trylock(&lock));
	KUNIT_EXPECT_FALSE(test, raw_spin_trylock_irqsave(&lock, flags));
	KUNIT_EXPECT_FALSE(test, irqs_disabled());
	KUNIT_EXPECT_EQ(test, preempt_count(), before);
	raw_spin_unlock(&lock);

	KUNIT_EXPECT_TRUE(test, raw_spin_trylock_irqsave(&lock, flags));
	KUNIT_EXPECT_TRUE(test, irqs_disabled());
	raw_spin_unlock_irqrestore(&lock, flags);
}

static void guards_unlock_at_the_end_of_scope(struct kunit *test)
{
	static DEFINE_SPINLOCK(lock);

	scoped_guard(spinlock_irqsave, &lock) {
		KUNIT_EXPECT_TRUE(test, spin_is_locked(&lock));
		KUNIT_EXPECT_TRUE(test, irqs_disabled());
	}
	KUNIT_EXPECT_FALSE(test, spin_is_locked(&lock));
	{
		guard(spinlock)(&lock);
		KUNIT_EXPECT_TRUE(test, spin_is_locked(&lock));
	}
	KUNIT_EXPECT_FALSE(test, spin_is_locked(&lock));
}

/* ---- storms ----------------------------------------------------------------------- */

enum waiting { IN_QUEUE, AS_VIRTUAL_CPU, CHANGING };

static const enum waiting ways[] = { IN_QUEUE, AS_VIRTUAL_CPU, CHANGING };

static void way_name(const enum waiting *way, char *desc)
{
	static const char * const names[] = { "in queue", "as virtual CPU", "changing" };

	strscpy(desc, names[*way], KUNIT_PARAM_DESC_SIZE);
}

KUNIT_ARRAY_PARAM(way, ways, way_name);

static enum waiting storm_way;

/* Suite-wide: what the machine chose comes back after each case. */
static bool machines_choice;

static int spinlock_init_case(struct kunit *test)
{
	machines_choice = virt_spin_lock_enabled;
	storm_way = test->param_value ? *(const enum waiting *)test->param_value : IN_QUEUE;
	if (test->param_value)
		WRITE_ONCE(virt_spin_lock_enabled, storm_way == AS_VIRTUAL_CPU);
	return 0;
}

static void spinlock_exit_case(struct kunit *test)
{
	WRITE_ONCE(virt_spin_lock_enabled, machines_choice);
}

static void change_way(int round)
{
	if (storm_way == CHANGING && !(round % 64))
		WRITE_ONCE(virt_spin_lock_enabled, !READ_ONCE(virt_spin_lock_enabled));
}

static DEFINE_SPINLOCK(storm_lock);
static unsigned long storm_count;

static void count_under_spin_lock(struct storm *s, int id)
{
	unsigned long flags;
	int i;

	for_rounds(i, ROUNDS) {
		change_way(i);
		if (i & 1) {
			spin_lock(&storm_lock);
			storm_count++;
			spin_unlock(&storm_lock);
		} else {
			spin_lock_irqsave(&storm_lock, flags);
			storm_count++;
			spin_unlock_irqrestore(&storm_lock, flags);
		}
	}
	atomic_long_add(i, &s->rounds);
}

static void spin_lock_excludes_all_cpus(struct kunit *test)
{
	unsigned long rounds;

	storm_count = 0;
	rounds = storm_run(test, count_under_spin_lock, NULL);
	KUNIT_EXPECT_EQ(test, storm_count, rounds);
}

static void more_threads_than_cpus_get_through(struct kunit *test)
{
	unsigned long rounds;

	storm_count = 0;
	rounds = storm_run_threads(test, count_under_spin_lock, NULL, STORM_MAX, false);
	KUNIT_EXPECT_EQ(test, storm_count, rounds);
}

/* The same lock from tasks and from hard interrupts of the same CPUs. */
static atomic_t irq_rounds;

/*
 * Taken in interrupts too, so nobody may hold it with interrupts on; a class of its own for
 * lockdep.
 */
static DEFINE_SPINLOCK(irq_storm_lock);

static void count_in_irq(struct irq_work *work)
{
	spin_lock(&irq_storm_lock);
	storm_count++;
	spin_unlock(&irq_storm_lock);
	atomic_inc(&irq_rounds);
}

static DEFINE_PER_CPU(struct irq_work, storm_work) = IRQ_WORK_INIT_HARD(count_in_irq);

static void count_with_interrupts(struct storm *s, int id)
{
	atomic_t *tasks = s->data;
	int i;

	for_rounds(i, ROUNDS) {
		change_way(i);
		spin_lock_irq(&irq_storm_lock);
		storm_count++;
		spin_unlock_irq(&irq_storm_lock);
		atomic_inc(tasks);
		irq_work_queue(this_cpu_ptr(&storm_work));
	}
	irq_work_sync(this_cpu_ptr(&storm_work));
}

static void tasks_and_interrupts_exclude_each_other(struct kunit *test)
{
	atomic_t tasks = ATOMIC_INIT(0);

	storm_count = 0;
	atomic_set(&irq_rounds, 0);
	storm_run(test, count_with_interrupts, &tasks);
	KUNIT_EXPECT_GT(test, atomic_read(&irq_rounds), 0);
	KUNIT_EXPECT_EQ(test, storm_count,
			(unsigned long)atomic_read(&tasks) + atomic_read(&irq_rounds));
}

/* ---- rwlocks ------------------------------------------------------------------------ */

static DEFINE_RWLOCK(rw);
static unsigned long rw_a, rw_b;
static atomic_t rw_torn;

static void readers_share_writers_exclude(struct kunit *test)
{
	read_lock(&rw);
	KUNIT_EXPECT_FALSE(test, write_trylock(&rw));
	KUNIT_EXPECT_TRUE(test, read_trylock(&rw));
	read_unlock(&rw);
	read_unlock(&rw);

	write_lock(&rw);
	KUNIT_EXPECT_FALSE(test, read_trylock(&rw));
	KUNIT_EXPECT_FALSE(test, write_trylock(&rw));
	write_unlock(&rw);
	KUNIT_EXPECT_TRUE(test, write_trylock(&rw));
	write_unlock(&rw);
}

static void rw_storm(struct storm *s, int id)
{
	int i, writes = 0;

	for_rounds(i, ROUNDS) {
		change_way(i);
		if ((i + id) % 4 == 0) {
			write_lock(&rw);
			rw_a++;
			rw_b++;
			write_unlock(&rw);
			writes++;
		} else {
			read_lock(&rw);
			if (READ_ONCE(rw_a) != READ_ONCE(rw_b))
				atomic_inc(&rw_torn);
			read_unlock(&rw);
		}
	}
	atomic_long_add(writes, &s->rounds);
}

static void rwlock_readers_never_see_half_a_write(struct kunit *test)
{
	unsigned long writes;

	rw_a = rw_b = 0;
	atomic_set(&rw_torn, 0);
	writes = storm_run(test, rw_storm, NULL);
	KUNIT_EXPECT_EQ(test, atomic_read(&rw_torn), 0);
	KUNIT_EXPECT_EQ(test, rw_a, writes);
	KUNIT_EXPECT_EQ(test, rw_b, writes);
}

/* ---- bit locks, local locks ------------------------------------------------------------ */

static unsigned long bit_word;

static void bit_storm(struct storm *s, int id)
{
	unsigned long *count = s->data;
	int i;

	for_rounds(i, ROUNDS) {
		bit_spin_lock(5, &bit_word);
		(*count)++;
		bit_spin_unlock(5, &bit_word);
	}
	atomic_long_add(i, &s->rounds);
}

static void bit_lock_excludes_and_leaves_other_bits(struct kunit *test)
{
	unsigned long count = 0, rounds;

	bit_word = BIT(0) | BIT(63);
	rounds = storm_run(test, bit_storm, &count);
	KUNIT_EXPECT_EQ(test, count, rounds);
	KUNIT_EXPECT_EQ(test, bit_word, BIT(0) | BIT(63));
}

static DEFINE_PER_CPU(local_lock_t, test_local_lock) = INIT_LOCAL_LOCK(test_local_lock);

static void local_lock_keeps_the_task_on_its_cpu(struct kunit *test)
{
	unsigned long flags;

	local_lock(&test_local_lock);
	KUNIT_EXPECT_NE(test, preempt_count() & PREEMPT_MASK, 0);
	local_unlock(&test_local_lock);
	local_lock_irqsave(&test_local_lock, flags);
	KUNIT_EXPECT_TRUE(test, irqs_disabled());
	local_unlock_irqrestore(&test_local_lock, flags);
	KUNIT_EXPECT_FALSE(test, irqs_disabled());
}

static void dec_and_lock_locks_only_at_zero(struct kunit *test)
{
	static DEFINE_SPINLOCK(lock);
	atomic_t count = ATOMIC_INIT(2);

	KUNIT_EXPECT_FALSE(test, atomic_dec_and_lock(&count, &lock));
	KUNIT_EXPECT_FALSE(test, spin_is_locked(&lock));
	KUNIT_EXPECT_TRUE(test, atomic_dec_and_lock(&count, &lock));
	KUNIT_EXPECT_TRUE(test, spin_is_locked(&lock));
	spin_unlock(&lock);
}

/* ---- CONFIG_DEBUG_SPINLOCK: planted bugs -------------------------------------------------- */

#ifdef CONFIG_DEBUG_SPINLOCK

/* Lockdep would find some of these first; they are about the debug fields. */
static void debug_reports_a_lock_that_was_not_initialised(struct kunit *test)
{
	raw_spinlock_t lock = __RAW_SPIN_LOCK_UNLOCKED(lock);

	lock.magic = 0;
	kunit_expect_reports(test, REPORT_LOCK, 2);	/* at lock and at unlock */
	preempt_disable();
	do_raw_spin_lock(&lock);
	do_raw_spin_unlock(&lock);
	preempt_enable();
}

static void debug_reports_unlock_by_another_owner(struct kunit *test)
{
	raw_spinlock_t lock = __RAW_SPIN_LOCK_UNLOCKED(lock);

	kunit_expect_report(test, REPORT_LOCK);
	preempt_disable();
	do_raw_spin_lock(&lock);
	lock.owner = &init_task;
	do_raw_spin_unlock(&lock);
	preempt_enable();
}

static void debug_reports_unlock_of_a_free_lock(struct kunit *test)
{
	raw_spinlock_t lock = __RAW_SPIN_LOCK_UNLOCKED(lock);

	/* already unlocked, wrong owner, wrong CPU */
	kunit_expect_reports(test, REPORT_LOCK, 3);
	preempt_disable();
	do_raw_spin_unlock(&lock);
	preempt_enable();
}

#endif /* CONFIG_DEBUG_SPINLOCK */

static struct kunit_case spinlock_cases[] = {
	KUNIT_CASE(spin_lock_disables_preemption),
	KUNIT_CASE(spin_lock_irqsave_nests),
	KUNIT_CASE(spin_lock_irq_turns_interrupts_back_on),
	KUNIT_CASE(spin_lock_bh_disables_bottom_halves),
	KUNIT_CASE(trylock_fails_on_a_held_lock_and_leaves_no_trace),
	KUNIT_CASE(guards_unlock_at_the_end_of_scope),
	KUNIT_CASE_PARAM(spin_lock_excludes_all_cpus, way_gen_params),
	KUNIT_CASE_PARAM(more_threads_than_cpus_get_through, way_gen_params),
	KUNIT_CASE_PARAM(tasks_and_interrupts_exclude_each_other, way_gen_params),
	KUNIT_CASE(readers_share_writers_exclude),
	KUNIT_CASE_PARAM(rwlock_readers_never_see_half_a_write, way_gen_params),
	KUNIT_CASE(bit_lock_excludes_and_leaves_other_bits),
	KUNIT_CASE(local_lock_keeps_the_task_on_its_cpu),
	KUNIT_CASE(dec_and_lock_locks_only_at_zero),
#ifdef CONFIG_DEBUG_SPINLOCK
	KUNIT_CASE(debug_reports_a_lock_that_was_not_initialised),
	KUNIT_CASE(debug_reports_unlock_by_another_owner),
	KUNIT_CASE(debug_reports_unlock_of_a_free_lock),
#endif
	{}
};

static struct kunit_suite spinlock_suite = {
	.name = "spinlock",
	.init = spinlock_init_case,
	.exit = spinlock_exit_case,
	.test_cases = spinlock_cases,
};
kunit_test_suite(spinlock_suite);

MODULE_LICENSE("MIT");
