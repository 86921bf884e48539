// SPDX-License-Identifier: MIT
/*
 * KCSAN: what it has to report, and what it must not.
 *
 * Each case runs two small functions on two CPUs, over and over, with nearly every access
 * watched. A race case ends with its report; the other cases end when so many accesses have been
 * watched that a race would have been seen (WATCHED_ENOUGH; a planted race takes a few dozen).
 *
 * The two CPUs may share one of the host's, which lets them take turns of many milliseconds: the
 * wait of some microseconds by which races are found would nearly always pass while the other
 * stands still. So in a race case a watched access is held up for an event: until the other player
 * has called its function again, from beginning to end (wait_for_other()).
 */

#include <kunit/test.h>

#include <linux/atomic.h>
#include <linux/completion.h>
#include <linux/cpumask.h>
#include <linux/delay.h>
#include <linux/kcsan.h>
#include <linux/kthread.h>
#include <linux/report.h>
#include <linux/sched.h>
#include <linux/seqlock.h>
#include <linux/spinlock.h>
#include <linux/timex.h>

#include "../kcsan.h"

#define WATCHED_ENOUGH	400

/* What the functions of a case play with. */
static struct {
	long word;
	long flag;
	struct {
		long a, b, c[6];
	} big, copy;
	u8 bytes[2];
	atomic_long_t atomic;
	spinlock_t lock;
	seqlock_t seqlock;
	unsigned long bits;
} play;

struct player {
	void (*fn)(void);
	struct task_struct *task;
	unsigned long rounds;		/* how often @fn was called; its own */
};

static struct player players[2];
static atomic_t holding;		/* a player is in wait_for_other() */
static atomic_t met;			/* how often that ended with what it waited for */
static bool over;			/* the players stop */

static int player_main(void *data)
{
	struct player *p = data;

	while (!kthread_should_stop()) {
		p->fn();
		WRITE_ONCE(p->rounds, p->rounds + 1);
		cond_resched();
	}
	return 0;
}

/*
 * A player watches an access: let the other one go on until it has begun a call and ended it. That
 * is two ends (the first is of a call that had begun before). Some functions undo every other time
 * what they did: so two and three in turn. One player at a time: if the other watches meanwhile it
 * doesn't wait, and runs into our watchpoint.
 *
 * Interrupts are off here, and the other CPU may be waiting for an answer to one: a second is
 * enough, there will be more watched accesses.
 */
static void wait_for_other(void)
{
	struct player *other = current == players[0].task ? &players[1] : &players[0];
	unsigned long began = READ_ONCE(other->rounds);
	unsigned int calls = 2 + (atomic_read(&met) & 1);
	cycles_t since = get_cycles();
	bool done = false;

	if (current != players[0].task && current != players[1].task)
		return;
	if (atomic_xchg(&holding, 1))
		return;
	while (!done && !READ_ONCE(over) &&
	       get_cycles() - since < USEC_PER_SEC * kcsan_cycles_per_usec) {
		cpu_relax();
		done = READ_ONCE(other->rounds) - began >= calls;
	}
	if (done)
		atomic_inc(&met);
	atomic_set(&holding, 0);
}

static void make_player(struct kunit *test, struct player *p, void (*fn)(void), int cpu)
{
	*p = (struct player){ .fn = fn };
	p->task = kthread_create_on_cpu(player_main, p, cpu, "kcsan/%u");
	KUNIT_ASSERT_NOT_ERR_OR_NULL(test, p->task);
}

/* A race case: the report is there, or the players met so often that it should be. */
static bool race_is_decided(struct kunit *test)
{
	return kunit_reports_seen(test, REPORT_KCSAN) > 0 || atomic_read(&met) > WATCHED_ENOUGH;
}

/* Runs both until a report is there, if one is wanted, or enough was watched. */
static void play_together(struct kunit *test, void (*a)(void), void (*b)(void), bool race)
{
	int watched = atomic_read(&kcsan_watched), cpu = cpumask_first(cpu_online_mask), i;

	if (num_online_cpus() < 2)
		kunit_skip(test, "one CPU has nobody to race with");
	if (race)
		kunit_expect_report(test, REPORT_KCSAN);
	atomic_set(&met, 0);
	WRITE_ONCE(over, false);
	make_player(test, &players[0], a, cpu);
	make_player(test, &players[1], b, cpumask_next(cpu, cpu_online_mask));
	WRITE_ONCE(kcsan_hold_for_test, race ? wait_for_other : NULL);
	for (i = 0; i < 2; i++)
		wake_up_process(players[i].task);
	while (race ? !race_is_decided(test) :
		      atomic_read(&kcsan_watched) - watched <= WATCHED_ENOUGH)
		schedule_timeout_uninterruptible(1);
	WRITE_ONCE(over, true);
	for (i = 0; i < 2; i++)
		kthread_stop(players[i].task);
	WRITE_ONCE(kcsan_hold_for_test, NULL);
	KUNIT_EXPECT_GT(test, atomic_read(&kcsan_watched) - watched, 0);
}

static void expect_race(struct kunit *test, void (*a)(void), void (*b)(void))
{
	play_together(test, a, b, true);
}

static void expect_silence(struct kunit *test, void (*a)(void), void (*b)(void))
{
	play_together(test, a, b, false);
}

/* ---- the functions ---- */

static noinline void plain_write(void)
{
	play.word++;
}

static noinline void plain_read(void)
{
	barrier_data((void *)play.word);
}

static noinline void marked_write(void)
{
	WRITE_ONCE(play.word, READ_ONCE(play.word) + 1);
}

static noinline void marked_read(void)
{
	barrier_data((void *)READ_ONCE(play.word));
}

/* Told by its type that it may race. */
static long __data_racy racy_word;

static noinline void racy_write(void)
{
	racy_word++;
}

static noinline void read_on_purpose(void)
{
	barrier_data((void *)data_race(play.word));
}

static noinline __no_kcsan void unseen_write(void)
{
	play.word++;
}

static noinline void atomic_write(void)
{
	atomic_long_inc(&play.atomic);
}

static noinline void plain_read_of_atomic(void)
{
	barrier_data((void *)play.atomic.counter);
}

static noinline void atomic_reader(void)
{
	barrier_data((void *)atomic_long_read(&play.atomic));
}

static noinline void builtin_write(void)
{
	__atomic_fetch_add(&play.word, 1, __ATOMIC_RELAXED);
}

static noinline void copy_structure(void)
{
	play.copy = play.big;
}

static noinline void write_member(void)
{
	play.big.c[3]++;
}

static noinline void write_low_byte(void)
{
	play.bytes[0]++;
}

static noinline void write_high_byte(void)
{
	play.bytes[1]++;
}

static noinline void locked_write(void)
{
	spin_lock(&play.lock);
	play.word++;
	spin_unlock(&play.lock);
}

static noinline void seqlock_write(void)
{
	write_seqlock(&play.seqlock);
	play.word++;
	write_sequnlock(&play.seqlock);
}

static noinline void seqlock_read(void)
{
	unsigned int seq;

	do {
		seq = read_seqbegin(&play.seqlock);
		barrier_data((void *)play.word);
	} while (read_seqretry(&play.seqlock, seq));
}

static noinline void claim_only_writer(void)
{
	ASSERT_EXCLUSIVE_WRITER(play.word);
}

static noinline void claim_only_user(void)
{
	ASSERT_EXCLUSIVE_ACCESS(play.word);
}

static noinline void claim_low_bits(void)
{
	ASSERT_EXCLUSIVE_BITS(play.bits, 0xff);
}

static noinline void flip_low_bit(void)
{
	WRITE_ONCE(play.bits, play.bits ^ BIT(0));
}

static noinline void flip_high_bit(void)
{
	WRITE_ONCE(play.bits, play.bits ^ BIT(20));
}

static noinline void claim_for_a_while(void)
{
	ASSERT_EXCLUSIVE_WRITER_SCOPED(play.word);
	int i;

	for (i = 0; i < 20; i++)
		play.big.a++;
}

/* A message without a barrier: whoever sees the flag may not see the word. */
static noinline void send_unordered(void)
{
	if (READ_ONCE(play.flag))
		return;
	play.word++;
	WRITE_ONCE(play.flag, 1);
}

static noinline void send_released(void)
{
	if (smp_load_acquire(&play.flag))
		return;
	play.word++;
	smp_store_release(&play.flag, 1);
}

static noinline void receive(void)
{
	if (!smp_load_acquire(&play.flag))
		return;
	play.word++;
	smp_store_release(&play.flag, 0);
}

static noinline void send_with_wmb(void)
{
	if (smp_load_acquire(&play.flag))
		return;
	play.word++;
	smp_wmb();	/* pairs with the acquire in receive() */
	WRITE_ONCE(play.flag, 1);
}

static noinline void send_with_rmb(void)
{
	if (READ_ONCE(play.flag))
		return;
	play.word++;
	smp_rmb();	/* the wrong one */
	WRITE_ONCE(play.flag, 1);
}

/* ---- races ---- */

static void two_plain_writes_race(struct kunit *test)
{
	expect_race(test, plain_write, plain_write);
}

static void a_plain_read_races_with_a_plain_write(struct kunit *test)
{
	expect_race(test, plain_read, plain_write);
}

static void a_marked_read_races_with_a_plain_write(struct kunit *test)
{
	expect_race(test, marked_read, plain_write);
}

static void a_plain_read_races_with_a_marked_write(struct kunit *test)
{
	expect_race(test, plain_read, marked_write);
}

static void a_plain_read_races_with_an_atomic(struct kunit *test)
{
	expect_race(test, plain_read_of_atomic, atomic_write);
}

static void a_plain_read_races_with_an_atomic_builtin(struct kunit *test)
{
	expect_race(test, plain_read, builtin_write);
}

static void a_structure_copy_races_with_a_member_write(struct kunit *test)
{
	expect_race(test, copy_structure, write_member);
}

static void a_change_is_seen_without_its_author(struct kunit *test)
{
	struct kcsan_names names;

	expect_race(test, plain_read, unseen_write);
	kcsan_last_names(&names);
	KUNIT_EXPECT_STREQ(test, names.watcher, "plain_read");
	KUNIT_EXPECT_STREQ(test, names.other, "");
}

static void a_report_names_both_functions(struct kunit *test)
{
	struct kcsan_names names;

	/* A marked access is never the watcher. */
	expect_race(test, plain_read, marked_write);
	kcsan_last_names(&names);
	KUNIT_EXPECT_STREQ(test, names.watcher, "plain_read");
	KUNIT_EXPECT_STREQ(test, names.other, "marked_write");
}

/* ---- claims ---- */

static void a_marked_write_breaks_a_claim_of_no_writers(struct kunit *test)
{
	expect_race(test, claim_only_writer, marked_write);
}

static void a_read_does_not_break_a_claim_of_no_writers(struct kunit *test)
{
	expect_silence(test, claim_only_writer, marked_read);
}

static void a_marked_read_breaks_a_claim_of_no_users(struct kunit *test)
{
	expect_race(test, claim_only_user, marked_read);
}

static void a_change_of_the_claimed_bits_is_reported(struct kunit *test)
{
	expect_race(test, claim_low_bits, flip_low_bit);
}

static void a_change_of_other_bits_is_not_reported(struct kunit *test)
{
	expect_silence(test, claim_low_bits, flip_high_bit);
}

static void a_variable_declared_racy_is_not_reported(struct kunit *test)
{
	expect_silence(test, racy_write, racy_write);
}

static void a_scoped_claim_holds_to_the_end_of_its_block(struct kunit *test)
{
	expect_race(test, claim_for_a_while, marked_write);
	KUNIT_EXPECT_NULL(test, current->kcsan_ctx.scoped);
}

/* ---- missing barriers ---- */

static void a_message_without_a_barrier_is_reported(struct kunit *test)
{
	struct kcsan_names names;

	if (!IS_ENABLED(CONFIG_KCSAN_WEAK_MEMORY))
		kunit_skip(test, "needs KCSAN_WEAK_MEMORY");
	expect_race(test, send_unordered, receive);
	kcsan_last_names(&names);
	KUNIT_EXPECT_TRUE(test, names.delayed);
	KUNIT_EXPECT_STREQ(test, names.watcher, "send_unordered");
}

static void a_read_barrier_does_not_order_a_write(struct kunit *test)
{
	if (!IS_ENABLED(CONFIG_KCSAN_WEAK_MEMORY))
		kunit_skip(test, "needs KCSAN_WEAK_MEMORY");
	expect_race(test, send_with_rmb, receive);
}

static void a_release_orders_a_message(struct kunit *test)
{
	expect_silence(test, send_released, receive);
}

static void a_write_barrier_orders_a_message(struct kunit *test)
{
	expect_silence(test, send_with_wmb, receive);
}

/* ---- no races ---- */

static void two_plain_reads_do_not_race(struct kunit *test)
{
	expect_silence(test, plain_read, plain_read);
}

static void marked_accesses_do_not_race(struct kunit *test)
{
	/* The reader gives the detector something to watch. */
	expect_silence(test, marked_write, seqlock_read);
	expect_silence(test, marked_write, marked_read);
}

static void atomics_do_not_race(struct kunit *test)
{
	expect_silence(test, atomic_write, atomic_reader);
}

static void neighbours_in_a_word_do_not_race(struct kunit *test)
{
	expect_silence(test, write_low_byte, write_high_byte);
}

static void a_lock_keeps_writes_apart(struct kunit *test)
{
	expect_silence(test, locked_write, locked_write);
}

static void a_sequence_lock_may_be_read_while_written(struct kunit *test)
{
	expect_silence(test, seqlock_write, seqlock_read);
}

static void a_race_on_purpose_is_not_reported(struct kunit *test)
{
	expect_silence(test, read_on_purpose, locked_write);
}

/* ---- */

static int kcsan_test_init(struct kunit *test)
{
	memset(&play, 0, sizeof(play));
	spin_lock_init(&play.lock);
	seqlock_init(&play.seqlock);
	test->priv = (void *)(unsigned long)kcsan_skip_watch;
	WRITE_ONCE(kcsan_skip_watch, 30);
	kcsan_only = (struct kcsan_range){ &play, sizeof(play) };
	atomic_set(&kcsan_reports_left, 1);
	return 0;
}

static void kcsan_test_exit(struct kunit *test)
{
	WRITE_ONCE(kcsan_skip_watch, (unsigned long)test->priv);
	atomic_set(&kcsan_reports_left, -1);
	kcsan_only.size = 0;
}

static struct kunit_case kcsan_cases[] = {
	KUNIT_CASE(two_plain_writes_race),
	KUNIT_CASE(a_plain_read_races_with_a_plain_write),
	KUNIT_CASE(a_marked_read_races_with_a_plain_write),
	KUNIT_CASE(a_plain_read_races_with_a_marked_write),
	KUNIT_CASE(a_plain_read_races_with_an_atomic),
	KUNIT_CASE(a_plain_read_races_with_an_atomic_builtin),
	KUNIT_CASE(a_structure_copy_races_with_a_member_write),
	KUNIT_CASE(a_change_is_seen_without_its_author),
	KUNIT_CASE(a_report_names_both_functions),
	KUNIT_CASE(a_marked_write_breaks_a_claim_of_no_writers),
	KUNIT_CASE(a_read_does_not_break_a_claim_of_no_writers),
	KUNIT_CASE(a_marked_read_breaks_a_claim_of_no_users),
	KUNIT_CASE(a_change_of_the_claimed_bits_is_reported),
	KUNIT_CASE(a_change_of_other_bits_is_not_reported),
	KUNIT_CASE(a_variable_declared_racy_is_not_reported),
	KUNIT_CASE(a_scoped_claim_holds_to_the_end_of_its_block),
	KUNIT_CASE(a_message_without_a_barrier_is_reported),
	KUNIT_CASE(a_read_barrier_does_not_order_a_write),
	KUNIT_CASE(a_release_orders_a_message),
	KUNIT_CASE(a_write_barrier_orders_a_message),
	KUNIT_CASE(two_plain_reads_do_not_race),
	KUNIT_CASE(marked_accesses_do_not_race),
	KUNIT_CASE(atomics_do_not_race),
	KUNIT_CASE(neighbours_in_a_word_do_not_race),
	KUNIT_CASE(a_lock_keeps_writes_apart),
	KUNIT_CASE(a_sequence_lock_may_be_read_while_written),
	KUNIT_CASE(a_race_on_purpose_is_not_reported),
	{}
};

static struct kunit_suite kcsan_suite = {
	.name = "kcsan",
	.init = kcsan_test_init,
	.exit = kcsan_test_exit,
	.test_cases = kcsan_cases,
};
kunit_test_suite(kcsan_suite);
