// SPDX-License-Identifier: MIT
/*
 * Atomics, refcount_t, seqlocks: values, failures, and storms in which nothing may get lost.
 */

#include <kunit/test.h>

#include <linux/atomic.h>
#include <linux/mutex.h>
#include <linux/refcount.h>
#include <linux/seqlock.h>

#include "storm.h"

#define ROUNDS	20000

/* The same cases for int, s64 and long, in every ordering. */
#define DEFINE_ATOMIC_CASES(T, t, INIT)							\
static void T##_arithmetic(struct kunit *test)						\
{											\
	T##_t v = INIT(5);								\
											\
	T##_add(3, &v);									\
	KUNIT_EXPECT_EQ(test, T##_read(&v), (t)8);					\
	T##_sub(10, &v);								\
	KUNIT_EXPECT_EQ(test, T##_read_acquire(&v), (t)-2);				\
	T##_inc(&v);									\
	T##_dec(&v);									\
	KUNIT_EXPECT_EQ(test, T##_add_return(4, &v), (t)2);				\
	KUNIT_EXPECT_EQ(test, T##_sub_return_relaxed(1, &v), (t)1);			\
	KUNIT_EXPECT_EQ(test, T##_inc_return_acquire(&v), (t)2);			\
	KUNIT_EXPECT_EQ(test, T##_dec_return_release(&v), (t)1);			\
	KUNIT_EXPECT_EQ(test, T##_fetch_add(6, &v), (t)1);				\
	KUNIT_EXPECT_EQ(test, T##_fetch_sub_acquire(2, &v), (t)7);			\
	KUNIT_EXPECT_EQ(test, T##_fetch_inc_release(&v), (t)5);				\
	KUNIT_EXPECT_EQ(test, T##_fetch_dec_relaxed(&v), (t)6);				\
	T##_set_release(&v, 1);								\
	KUNIT_EXPECT_TRUE(test, T##_dec_and_test(&v));					\
	KUNIT_EXPECT_FALSE(test, T##_inc_and_test(&v));					\
	KUNIT_EXPECT_TRUE(test, T##_sub_and_test(1, &v));				\
	KUNIT_EXPECT_TRUE(test, T##_add_negative(-1, &v));				\
	KUNIT_EXPECT_FALSE(test, T##_add_negative_relaxed(1, &v));			\
}											\
											\
static void T##_logic(struct kunit *test)						\
{											\
	T##_t v = INIT(0xf0);								\
											\
	T##_or(0x0f, &v);								\
	KUNIT_EXPECT_EQ(test, T##_read(&v), (t)0xff);					\
	T##_and(0x3c, &v);								\
	KUNIT_EXPECT_EQ(test, T##_read(&v), (t)0x3c);					\
	T##_andnot(0x0c, &v);								\
	KUNIT_EXPECT_EQ(test, T##_read(&v), (t)0x30);					\
	T##_xor(0x11, &v);								\
	KUNIT_EXPECT_EQ(test, T##_fetch_or(0x100, &v), (t)0x21);			\
	KUNIT_EXPECT_EQ(test, T##_fetch_and_acquire(0x101, &v), (t)0x121);		\
	KUNIT_EXPECT_EQ(test, T##_fetch_xor_release(0x3, &v), (t)0x101);		\
	KUNIT_EXPECT_EQ(test, T##_fetch_andnot_relaxed(0x2, &v), (t)0x102);		\
	KUNIT_EXPECT_EQ(test, T##_read(&v), (t)0x100);					\
}											\
											\
static void T##_conditional(struct kunit *test)						\
{											\
	T##_t v = INIT(3);								\
	t old;										\
											\
	KUNIT_EXPECT_EQ(test, T##_xchg(&v, 4), (t)3);					\
	KUNIT_EXPECT_EQ(test, T##_cmpxchg(&v, 3, 9), (t)4);				\
	KUNIT_EXPECT_EQ(test, T##_cmpxchg_relaxed(&v, 4, 9), (t)4);			\
	old = 4;									\
	KUNIT_EXPECT_FALSE(test, T##_try_cmpxchg(&v, &old, 1));				\
	KUNIT_EXPECT_EQ(test, old, (t)9);						\
	KUNIT_EXPECT_TRUE(test, T##_try_cmpxchg_acquire(&v, &old, 1));			\
	KUNIT_EXPECT_FALSE(test, T##_add_unless(&v, 5, 1));				\
	KUNIT_EXPECT_TRUE(test, T##_add_unless(&v, 5, 2));				\
	KUNIT_EXPECT_EQ(test, T##_fetch_add_unless(&v, 1, 6), (t)6);			\
	KUNIT_EXPECT_EQ(test, T##_read(&v), (t)6);					\
	T##_set(&v, 0);									\
	KUNIT_EXPECT_FALSE(test, T##_inc_not_zero(&v));					\
	KUNIT_EXPECT_EQ(test, T##_dec_if_positive(&v), (t)-1);				\
	KUNIT_EXPECT_EQ(test, T##_read(&v), (t)0);					\
	KUNIT_EXPECT_TRUE(test, T##_inc_unless_negative(&v));				\
	KUNIT_EXPECT_FALSE(test, T##_dec_unless_positive(&v));				\
	KUNIT_EXPECT_EQ(test, T##_dec_if_positive(&v), (t)0);				\
	KUNIT_EXPECT_TRUE(test, T##_dec_unless_positive(&v));				\
	KUNIT_EXPECT_FALSE(test, T##_inc_unless_negative(&v));				\
}

DEFINE_ATOMIC_CASES(atomic, int, ATOMIC_INIT)
DEFINE_ATOMIC_CASES(atomic64, s64, ATOMIC64_INIT)
DEFINE_ATOMIC_CASES(atomic_long, long, ATOMIC_LONG_INIT)

static void exchange_works_on_every_word_size(struct kunit *test)
{
	u8 b = 1;
	u16 h = 0x1234;
	u32 w = 7;
	u64 d = 1ULL << 40;
	void *p = &b;

	KUNIT_EXPECT_EQ(test, xchg(&b, 2), 1);
	KUNIT_EXPECT_EQ(test, cmpxchg(&h, 0x1234, 0x4321), 0x1234);
	KUNIT_EXPECT_EQ(test, h, 0x4321);
	KUNIT_EXPECT_EQ(test, cmpxchg(&w, 8, 9), 7U);
	KUNIT_EXPECT_EQ(test, w, 7U);
	KUNIT_EXPECT_EQ(test, xchg(&d, 5), 1ULL << 40);
	KUNIT_EXPECT_PTR_EQ(test, (void *)xchg(&p, NULL), (void *)&b);
	KUNIT_EXPECT_NULL(test, p);
}

static void a_full_int_wraps_in_twos_complement(struct kunit *test)
{
	atomic_t v = ATOMIC_INIT(INT_MAX);

	KUNIT_EXPECT_EQ(test, atomic_inc_return(&v), INT_MIN);
}

struct atomic_storm_data {
	atomic_t	add;
	atomic64_t	swap;
	atomic_long_t	unless;
};

static void atomic_storm(struct storm *s, int id)
{
	struct atomic_storm_data *d = s->data;
	s64 old;
	int i;

	for_rounds(i, ROUNDS) {
		atomic_inc(&d->add);
		old = atomic64_read(&d->swap);
		while (!atomic64_try_cmpxchg(&d->swap, &old, old + 3))
			;
		atomic_long_add_unless(&d->unless, 1, -1);
	}
	atomic_long_add(i, &s->rounds);
}

static void no_atomic_operation_is_lost(struct kunit *test)
{
	struct atomic_storm_data d = { };
	long n = storm_run(test, atomic_storm, &d);


	KUNIT_EXPECT_EQ(test, atomic_read(&d.add), (int)n);
	KUNIT_EXPECT_EQ(test, atomic64_read(&d.swap), (s64)n * 3);
	KUNIT_EXPECT_EQ(test, atomic_long_read(&d.unless), n);
}

/*
 * Store buffering: with a full barrier on both sides, both CPUs cannot miss the other's store.
 */
struct sb_data {
	int x, y;
	int r[2];
	atomic_t gate;
	int forbidden;
	void (*fence)(struct sb_data *d, int id);
	spinlock_t lock[2][2];	/* of each thread: held round its store, and round its load */
	bool over;		/* written by thread 0 before the last gate of a round */
};

/* Each gate needs both CPUs: where they share one of the host's, a round takes milliseconds. */
#define SB_ROUNDS	20000

static void sb_wait(atomic_t *gate, int target)
{
	atomic_inc(gate);
	while (atomic_read(gate) < target)
		cpu_relax();
}

static void sb_smp_mb(struct sb_data *d, int id)
{
	smp_mb();
}

static void sb_virt_mb(struct sb_data *d, int id)
{
	virt_mb();
}

static void sb_unlock_lock(struct sb_data *d, int id)
{
	spin_unlock(&d->lock[id][0]);
	spin_lock(&d->lock[id][1]);
	smp_mb__after_unlock_lock();
}

static void store_buffering(struct storm *s, int id)
{
	struct sb_data *d = s->data;
	unsigned long start = jiffies;
	int i;

	for (i = 0; !READ_ONCE(d->over); i++) {
		sb_wait(&d->gate, i * 6 + 2);
		if (d->fence == sb_unlock_lock)
			spin_lock(&d->lock[id][0]);
		if (id == 0) {
			WRITE_ONCE(d->x, 1);
			d->fence(d, id);
			d->r[0] = READ_ONCE(d->y);
		} else {
			WRITE_ONCE(d->y, 1);
			d->fence(d, id);
			d->r[1] = READ_ONCE(d->x);
		}
		if (d->fence == sb_unlock_lock)
			spin_unlock(&d->lock[id][1]);
		sb_wait(&d->gate, i * 6 + 4);
		if (id == 0) {
			if (!d->r[0] && !d->r[1])
				d->forbidden++;
			WRITE_ONCE(d->x, 0);
			WRITE_ONCE(d->y, 0);
			WRITE_ONCE(d->over, !storm_goes_on(start, i + 1, SB_ROUNDS));
		}
		sb_wait(&d->gate, i * 6 + 6);
	}
}

static void forbid_store_buffering(struct kunit *test, void (*fence)(struct sb_data *, int))
{
	struct sb_data d = { .fence = fence };
	int i;

	if (num_online_cpus() < 2)
		kunit_skip(test, "needs two CPUs");
	for (i = 0; i < 4; i++)
		spin_lock_init(&d.lock[i / 2][i % 2]);
	storm_run_threads(test, store_buffering, &d, 2, true);
	KUNIT_EXPECT_EQ(test, d.forbidden, 0);
}

static void full_barriers_forbid_store_buffering(struct kunit *test)
{
	forbid_store_buffering(test, sb_smp_mb);
}

static void barriers_of_guests_forbid_store_buffering(struct kunit *test)
{
	forbid_store_buffering(test, sb_virt_mb);
}

static void unlock_and_lock_can_be_made_a_full_barrier(struct kunit *test)
{
	forbid_store_buffering(test, sb_unlock_lock);
}

/* Between a guest and its host the ring's index follows its entry. */
static void virt_forms_store_and_load(struct kunit *test)
{
	int index = 0, entry = 0;

	virt_store_mb(entry, 5);
	virt_wmb();
	virt_store_release(&index, 1);
	KUNIT_EXPECT_EQ(test, virt_load_acquire(&index), 1);
	virt_rmb();
	KUNIT_EXPECT_EQ(test, READ_ONCE(entry), 5);
}

/* ---- refcount_t ---------------------------------------------------------------------- */

static void refcount_counts(struct kunit *test)
{
	refcount_t r = REFCOUNT_INIT(1);

	refcount_inc(&r);
	refcount_add(3, &r);
	KUNIT_EXPECT_EQ(test, refcount_read(&r), 5U);
	KUNIT_EXPECT_FALSE(test, refcount_dec_and_test(&r));
	KUNIT_EXPECT_FALSE(test, refcount_sub_and_test(2, &r));
	refcount_dec(&r);
	KUNIT_EXPECT_FALSE(test, refcount_dec_not_one(&r));
	KUNIT_EXPECT_TRUE(test, refcount_inc_not_zero(&r));
	KUNIT_EXPECT_FALSE(test, refcount_dec_if_one(&r));
	KUNIT_EXPECT_TRUE(test, refcount_dec_not_one(&r));
	KUNIT_EXPECT_TRUE(test, refcount_dec_if_one(&r));
	KUNIT_EXPECT_FALSE(test, refcount_inc_not_zero(&r));
	KUNIT_EXPECT_FALSE(test, refcount_add_not_zero(2, &r));
}

/* Each kind of misuse warns once a boot: let it speak for each case. */
static void expect_saturation(struct kunit *test, refcount_t *r)
{
	KUNIT_EXPECT_EQ(test, (int)refcount_read(r), REFCOUNT_SATURATED);
}

static int refcount_init_case(struct kunit *test)
{
	refcount_warn_rearm();
	return 0;
}

static void refcount_increments_saturate_at_the_top(struct kunit *test)
{
	refcount_t r = REFCOUNT_INIT(REFCOUNT_MAX);

	kunit_expect_report(test, REPORT_WARN);
	refcount_inc(&r);
	expect_saturation(test, &r);
	refcount_inc(&r);
	expect_saturation(test, &r);
}

static void refcount_saturated_never_reaches_zero(struct kunit *test)
{
	refcount_t r = REFCOUNT_INIT(REFCOUNT_SATURATED);

	kunit_expect_report(test, REPORT_WARN);
	KUNIT_EXPECT_FALSE(test, refcount_dec_and_test(&r));
	KUNIT_EXPECT_TRUE(test, refcount_dec_not_one(&r));
	expect_saturation(test, &r);
}

static void refcount_reports_an_increment_of_zero(struct kunit *test)
{
	refcount_t r = REFCOUNT_INIT(0);

	kunit_expect_report(test, REPORT_WARN);
	refcount_inc(&r);
	expect_saturation(test, &r);
}

static void refcount_reports_an_underflow(struct kunit *test)
{
	refcount_t r = REFCOUNT_INIT(0);

	kunit_expect_report(test, REPORT_WARN);
	KUNIT_EXPECT_FALSE(test, refcount_dec_and_test(&r));
	expect_saturation(test, &r);
}

static void refcount_reports_a_lost_last_reference(struct kunit *test)
{
	refcount_t r = REFCOUNT_INIT(1);

	kunit_expect_report(test, REPORT_WARN);
	refcount_dec(&r);
	expect_saturation(test, &r);
}

static void refcount_add_not_zero_saturates(struct kunit *test)
{
	refcount_t r = REFCOUNT_INIT(REFCOUNT_MAX - 1);

	kunit_expect_report(test, REPORT_WARN);
	KUNIT_EXPECT_TRUE(test, refcount_add_not_zero(1, &r));
	KUNIT_EXPECT_EQ(test, refcount_read(&r), (unsigned int)REFCOUNT_MAX);
	KUNIT_EXPECT_TRUE(test, refcount_add_not_zero(5, &r));
	expect_saturation(test, &r);
}

static void dec_and_lock_forms_lock_at_zero(struct kunit *test)
{
	static DEFINE_SPINLOCK(lock);
	static DEFINE_MUTEX(mutex);
	refcount_t r = REFCOUNT_INIT(2);
	unsigned long flags;

	KUNIT_EXPECT_FALSE(test, refcount_dec_and_lock(&r, &lock));
	KUNIT_EXPECT_TRUE(test, refcount_dec_and_lock(&r, &lock));
	spin_unlock(&lock);
	refcount_set(&r, 1);
	KUNIT_EXPECT_TRUE(test, refcount_dec_and_lock_irqsave(&r, &lock, &flags));
	spin_unlock_irqrestore(&lock, flags);
	refcount_set(&r, 1);
	KUNIT_EXPECT_TRUE(test, refcount_dec_and_mutex_lock(&r, &mutex));
	mutex_unlock(&mutex);
}

static void refcount_storm(struct storm *s, int id)
{
	refcount_t *r = s->data;
	int i;

	for_rounds(i, ROUNDS) {
		if (refcount_inc_not_zero(r))
			refcount_dec(r);
	}
}

static void refcount_survives_a_storm(struct kunit *test)
{
	refcount_t r = REFCOUNT_INIT(1);

	storm_run(test, refcount_storm, &r);
	KUNIT_EXPECT_EQ(test, refcount_read(&r), 1U);
	KUNIT_EXPECT_TRUE(test, refcount_dec_and_test(&r));
}

/* ---- seqlocks ------------------------------------------------------------------------- */

static DEFINE_SEQLOCK(seq);
static unsigned long seq_a, seq_b;
static atomic_t seq_torn;

static void seq_storm(struct storm *s, int id)
{
	int i, writes = 0;

	for_rounds(i, ROUNDS) {
		if (i % 8 == id % 8) {
			writes++;
			write_seqlock(&seq);
			WRITE_ONCE(seq_a, seq_a + 1);
			WRITE_ONCE(seq_b, seq_b + 1);
			write_sequnlock(&seq);
		} else {
			unsigned long a, b;
			unsigned int start;

			do {
				start = read_seqbegin(&seq);
				a = READ_ONCE(seq_a);
				b = READ_ONCE(seq_b);
			} while (read_seqretry(&seq, start));
			if (a != b)
				atomic_inc(&seq_torn);
		}
	}
	atomic_long_add(writes, &s->rounds);
}

static void seqlock_readers_never_keep_half_a_write(struct kunit *test)
{
	unsigned long writes;

	seq_a = seq_b = 0;
	atomic_set(&seq_torn, 0);
	writes = storm_run(test, seq_storm, NULL);
	KUNIT_EXPECT_EQ(test, atomic_read(&seq_torn), 0);
	KUNIT_EXPECT_EQ(test, seq_a, writes);
}

static void seqcount_reader_retries_after_a_write(struct kunit *test)
{
	static DEFINE_SPINLOCK(lock);
	static seqcount_spinlock_t s = SEQCNT_SPINLOCK_ZERO(s, &lock);
	unsigned int start = read_seqcount_begin(&s);

	KUNIT_EXPECT_FALSE(test, read_seqcount_retry(&s, start));
	spin_lock(&lock);
	write_seqcount_begin(&s);
	KUNIT_EXPECT_EQ(test, raw_read_seqcount(&s) & 1, 1U);
	write_seqcount_end(&s);
	spin_unlock(&lock);
	KUNIT_EXPECT_TRUE(test, read_seqcount_retry(&s, start));
}

static void seqcount_mutex_writer_is_not_preemptible(struct kunit *test)
{
	static DEFINE_MUTEX(lock);
	static seqcount_mutex_t s = SEQCNT_MUTEX_ZERO(s, &lock);
	int before = preempt_count();

	mutex_lock(&lock);
	write_seqcount_begin(&s);
	KUNIT_EXPECT_GT(test, preempt_count(), before);
	write_seqcount_end(&s);
	KUNIT_EXPECT_EQ(test, preempt_count(), before);
	mutex_unlock(&lock);
}

static void latch_always_has_one_copy_at_rest(struct kunit *test)
{
	static seqcount_latch_t latch = SEQCNT_LATCH_ZERO(latch);
	int data[2] = { 1, 1 };
	unsigned int s;

	write_seqcount_latch_begin(&latch);
	s = read_seqcount_latch(&latch);
	KUNIT_EXPECT_EQ(test, data[s & 1], 1);		/* copy 0 is being changed */
	KUNIT_EXPECT_EQ(test, s & 1, 1U);
	data[0] = 2;
	write_seqcount_latch(&latch);
	KUNIT_EXPECT_TRUE(test, read_seqcount_latch_retry(&latch, s));
	s = read_seqcount_latch(&latch);
	KUNIT_EXPECT_EQ(test, data[s & 1], 2);
	data[1] = 2;
	write_seqcount_latch_end(&latch);
}

static void read_seqbegin_or_lock_falls_back_to_the_lock(struct kunit *test)
{
	int tries = 0, s = 0;

	do {
		read_seqbegin_or_lock(&seq, &s);
		tries++;
		if (tries == 1) {
			/* A write in the middle of the first, lockless try. */
			write_seqlock(&seq);
			write_sequnlock(&seq);
		}
		if (!need_seqretry(&seq, s))
			break;
		s = 1;
	} while (true);
	KUNIT_EXPECT_TRUE(test, spin_is_locked(&seq.lock));
	done_seqretry(&seq, s);
	KUNIT_EXPECT_EQ(test, tries, 2);
	KUNIT_EXPECT_FALSE(test, spin_is_locked(&seq.lock));
}

static struct kunit_case atomic_cases[] = {
	KUNIT_CASE(atomic_arithmetic),
	KUNIT_CASE(atomic_logic),
	KUNIT_CASE(atomic_conditional),
	KUNIT_CASE(atomic64_arithmetic),
	KUNIT_CASE(atomic64_logic),
	KUNIT_CASE(atomic64_conditional),
	KUNIT_CASE(atomic_long_arithmetic),
	KUNIT_CASE(atomic_long_logic),
	KUNIT_CASE(atomic_long_conditional),
	KUNIT_CASE(exchange_works_on_every_word_size),
	KUNIT_CASE(a_full_int_wraps_in_twos_complement),
	KUNIT_CASE(no_atomic_operation_is_lost),
	KUNIT_CASE(full_barriers_forbid_store_buffering),
	KUNIT_CASE(barriers_of_guests_forbid_store_buffering),
	KUNIT_CASE(unlock_and_lock_can_be_made_a_full_barrier),
	KUNIT_CASE(virt_forms_store_and_load),
	{}
};

static struct kunit_suite atomic_suite = {
	.name = "atomic",
	.test_cases = atomic_cases,
};

static struct kunit_case refcount_cases[] = {
	KUNIT_CASE(refcount_counts),
	KUNIT_CASE(refcount_increments_saturate_at_the_top),
	KUNIT_CASE(refcount_saturated_never_reaches_zero),
	KUNIT_CASE(refcount_reports_an_increment_of_zero),
	KUNIT_CASE(refcount_reports_an_underflow),
	KUNIT_CASE(refcount_reports_a_lost_last_reference),
	KUNIT_CASE(refcount_add_not_zero_saturates),
	KUNIT_CASE(dec_and_lock_forms_lock_at_zero),
	KUNIT_CASE(refcount_survives_a_storm),
	{}
};

static struct kunit_suite refcount_suite = {
	.name = "refcount",
	.init = refcount_init_case,
	.test_cases = refcount_cases,
};

static struct kunit_case seqlock_cases[] = {
	KUNIT_CASE(seqlock_readers_never_keep_half_a_write),
	KUNIT_CASE(seqcount_reader_retries_after_a_write),
	KUNIT_CASE(seqcount_mutex_writer_is_not_preemptible),
	KUNIT_CASE(latch_always_has_one_copy_at_rest),
	KUNIT_CASE(read_seqbegin_or_lock_falls_back_to_the_lock),
	{}
};

static struct kunit_suite seqlock_suite = {
	.name = "seqlock",
	.test_cases = seqlock_cases,
};

kunit_test_suites(&atomic_suite, &refcount_suite, &seqlock_suite);

MODULE_LICENSE("MIT");
