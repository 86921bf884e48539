// SPDX-License-Identifier: MIT
/*
 * Sequence locks form by form, as core-api and locking/seqlock document them: what each writer
 * turns off, what the exclusive reader does to the number (nothing), how a reader falls back to
 * the lock, and the block that is read again. Storms of them are in atomic_kunit.c.
 */
#include <kunit/test.h>

#include <linux/irqflags.h>
#include <linux/preempt.h>
#include <linux/seqlock.h>
#include <linux/ww_mutex.h>

static DEFINE_SEQLOCK(sl);

/* A write by somebody else, between two looks of ours. */
static void write_once(seqlock_t *lock)
{
	write_seqlock(lock);
	write_sequnlock(lock);
}

static void writer_makes_the_number_odd_and_keeps_preemption_off(struct kunit *test)
{
	unsigned int start = read_seqbegin(&sl);
	int depth = preempt_count();

	write_seqlock(&sl);
	KUNIT_EXPECT_EQ(test, raw_read_seqcount(&sl.seqcount) & 1, 1U);
	KUNIT_EXPECT_TRUE(test, spin_is_locked(&sl.lock));
	KUNIT_EXPECT_GT(test, preempt_count(), depth);
	write_sequnlock(&sl);
	KUNIT_EXPECT_EQ(test, raw_read_seqcount(&sl.seqcount) & 1, 0U);
	KUNIT_EXPECT_FALSE(test, spin_is_locked(&sl.lock));
	KUNIT_EXPECT_EQ(test, preempt_count(), depth);
	KUNIT_EXPECT_TRUE(test, read_seqretry(&sl, start));
}

static void writer_of_form_bh_turns_softirqs_off(struct kunit *test)
{
	unsigned int start = read_seqbegin(&sl);

	write_seqlock_bh(&sl);
	KUNIT_EXPECT_TRUE(test, in_softirq());
	KUNIT_EXPECT_FALSE(test, irqs_disabled());
	write_sequnlock_bh(&sl);
	KUNIT_EXPECT_FALSE(test, in_softirq());
	KUNIT_EXPECT_TRUE(test, read_seqretry(&sl, start));
}

static void writer_of_form_irq_turns_interrupts_off(struct kunit *test)
{
	unsigned int start = read_seqbegin(&sl);

	write_seqlock_irq(&sl);
	KUNIT_EXPECT_TRUE(test, irqs_disabled());
	write_sequnlock_irq(&sl);
	KUNIT_EXPECT_FALSE(test, irqs_disabled());
	KUNIT_EXPECT_TRUE(test, read_seqretry(&sl, start));
}

static void writer_of_form_irqsave_restores_what_was(struct kunit *test)
{
	unsigned long flags, outer;

	local_irq_save(outer);
	write_seqlock_irqsave(&sl, flags);
	write_sequnlock_irqrestore(&sl, flags);
	KUNIT_EXPECT_TRUE(test, irqs_disabled());
	local_irq_restore(outer);

	write_seqlock_irqsave(&sl, flags);
	KUNIT_EXPECT_TRUE(test, irqs_disabled());
	write_sequnlock_irqrestore(&sl, flags);
	KUNIT_EXPECT_FALSE(test, irqs_disabled());
}

static void exclusive_reader_shuts_out_writers_and_disturbs_no_reader(struct kunit *test)
{
	unsigned int start = read_seqbegin(&sl);
	unsigned long flags;

	read_seqlock_excl(&sl);
	KUNIT_EXPECT_TRUE(test, spin_is_locked(&sl.lock));
	KUNIT_EXPECT_FALSE(test, read_seqretry(&sl, start));
	read_sequnlock_excl(&sl);

	read_seqlock_excl_bh(&sl);
	KUNIT_EXPECT_TRUE(test, in_softirq());
	read_sequnlock_excl_bh(&sl);
	KUNIT_EXPECT_FALSE(test, in_softirq());

	read_seqlock_excl_irq(&sl);
	KUNIT_EXPECT_TRUE(test, irqs_disabled());
	read_sequnlock_excl_irq(&sl);
	KUNIT_EXPECT_FALSE(test, irqs_disabled());

	read_seqlock_excl_irqsave(&sl, flags);
	KUNIT_EXPECT_TRUE(test, irqs_disabled());
	read_sequnlock_excl_irqrestore(&sl, flags);
	KUNIT_EXPECT_FALSE(test, irqs_disabled());

	KUNIT_EXPECT_FALSE(test, read_seqretry(&sl, start));
	KUNIT_EXPECT_FALSE(test, spin_is_locked(&sl.lock));
}

static void odd_marker_takes_the_lock_even_does_not(struct kunit *test)
{
	int seq = 0;

	read_seqbegin_or_lock(&sl, &seq);
	KUNIT_EXPECT_EQ(test, seq & 1, 0);
	KUNIT_EXPECT_FALSE(test, spin_is_locked(&sl.lock));
	KUNIT_EXPECT_FALSE(test, need_seqretry(&sl, seq));
	write_once(&sl);
	KUNIT_EXPECT_TRUE(test, need_seqretry(&sl, seq));
	done_seqretry(&sl, seq);

	seq = 1;
	read_seqbegin_or_lock(&sl, &seq);
	KUNIT_EXPECT_EQ(test, seq, 1);
	KUNIT_EXPECT_TRUE(test, spin_is_locked(&sl.lock));
	KUNIT_EXPECT_FALSE(test, need_seqretry(&sl, seq));
	done_seqretry(&sl, seq);
	KUNIT_EXPECT_FALSE(test, spin_is_locked(&sl.lock));
}

static void odd_marker_with_irqsave_turns_interrupts_off(struct kunit *test)
{
	unsigned long flags;
	int seq = 0;

	flags = read_seqbegin_or_lock_irqsave(&sl, &seq);
	KUNIT_EXPECT_FALSE(test, irqs_disabled());
	done_seqretry_irqrestore(&sl, seq, flags);

	seq = 1;
	flags = read_seqbegin_or_lock_irqsave(&sl, &seq);
	KUNIT_EXPECT_TRUE(test, irqs_disabled());
	done_seqretry_irqrestore(&sl, seq, flags);
	KUNIT_EXPECT_FALSE(test, irqs_disabled());
}

static void scoped_read_is_lockless_and_once_if_nobody_writes(struct kunit *test)
{
	int passes = 0;

	scoped_seqlock_read(&sl, ss_lock) {
		passes++;
		KUNIT_EXPECT_FALSE(test, spin_is_locked(&sl.lock));
	}
	KUNIT_EXPECT_EQ(test, passes, 1);
}

static void scoped_read_that_met_a_writer_has_the_lock_next(struct kunit *test)
{
	int passes = 0;

	scoped_seqlock_read(&sl, ss_lock) {
		KUNIT_EXPECT_EQ(test, spin_is_locked(&sl.lock), passes == 1);
		if (!passes++)
			write_once(&sl);
	}
	KUNIT_EXPECT_EQ(test, passes, 2);
	KUNIT_EXPECT_FALSE(test, spin_is_locked(&sl.lock));

	passes = 0;
	scoped_seqlock_read(&sl, ss_lock_irqsave) {
		KUNIT_EXPECT_EQ(test, irqs_disabled(), passes == 1);
		if (!passes++)
			write_once(&sl);
	}
	KUNIT_EXPECT_EQ(test, passes, 2);
	KUNIT_EXPECT_FALSE(test, irqs_disabled());
}

static void scoped_read_may_stay_lockless(struct kunit *test)
{
	int passes = 0;

	scoped_seqlock_read(&sl, ss_lockless) {
		KUNIT_EXPECT_FALSE(test, spin_is_locked(&sl.lock));
		if (passes++ < 3)
			write_once(&sl);
	}
	KUNIT_EXPECT_EQ(test, passes, 4);
}

static int leave_from_within(seqlock_t *lock)
{
	int passes = 0;

	scoped_seqlock_read(lock, ss_lock) {
		if (passes++)
			return passes;
		write_once(lock);
	}
	return 0;
}

static void scoped_read_drops_the_lock_however_it_is_left(struct kunit *test)
{
	int passes = 0;

	KUNIT_EXPECT_EQ(test, leave_from_within(&sl), 2);
	KUNIT_EXPECT_FALSE(test, spin_is_locked(&sl.lock));

	scoped_seqlock_read(&sl, ss_lock_irqsave) {
		if (passes++)
			break;
		write_once(&sl);
	}
	KUNIT_EXPECT_FALSE(test, irqs_disabled());
	KUNIT_EXPECT_FALSE(test, spin_is_locked(&sl.lock));
}

static DEFINE_WW_CLASS(seq_class);

static void counter_of_a_ww_mutex_keeps_its_writer_on_the_cpu(struct kunit *test)
{
	int depth = preempt_count();
	seqcount_ww_mutex_t s;
	struct ww_mutex lock;
	unsigned int start;

	ww_mutex_init(&lock, &seq_class);
	seqcount_ww_mutex_init(&s, &lock);
	start = read_seqcount_begin(&s);
	KUNIT_ASSERT_EQ(test, ww_mutex_lock(&lock, NULL), 0);
	write_seqcount_begin(&s);
	KUNIT_EXPECT_GT(test, preempt_count(), depth);
	write_seqcount_end(&s);
	KUNIT_EXPECT_EQ(test, preempt_count(), depth);
	ww_mutex_unlock(&lock);
	KUNIT_EXPECT_TRUE(test, read_seqcount_retry(&s, start));
	ww_mutex_destroy(&lock);
}

static struct kunit_case seqlock_form_cases[] = {
	KUNIT_CASE(writer_makes_the_number_odd_and_keeps_preemption_off),
	KUNIT_CASE(writer_of_form_bh_turns_softirqs_off),
	KUNIT_CASE(writer_of_form_irq_turns_interrupts_off),
	KUNIT_CASE(writer_of_form_irqsave_restores_what_was),
	KUNIT_CASE(exclusive_reader_shuts_out_writers_and_disturbs_no_reader),
	KUNIT_CASE(odd_marker_takes_the_lock_even_does_not),
	KUNIT_CASE(odd_marker_with_irqsave_turns_interrupts_off),
	KUNIT_CASE(scoped_read_is_lockless_and_once_if_nobody_writes),
	KUNIT_CASE(scoped_read_that_met_a_writer_has_the_lock_next),
	KUNIT_CASE(scoped_read_may_stay_lockless),
	KUNIT_CASE(scoped_read_drops_the_lock_however_it_is_left),
	KUNIT_CASE(counter_of_a_ww_mutex_keeps_its_writer_on_the_cpu),
	{}
};

static struct kunit_suite seqlock_form_suite = {
	.name = "seqlock_forms",
	.test_cases = seqlock_form_cases,
};
kunit_test_suite(seqlock_form_suite);
MODULE_LICENSE("MIT");
