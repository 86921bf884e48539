/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_PERCPU_COUNTER_H
#define _LINUX_PERCPU_COUNTER_H

/*
 * A counter for many writers and few readers: each CPU counts for itself, and brings what it has to
 * the common count when that reaches the batch.
 *
 *	percpu_counter_read()	the common count: quick, off by up to batch * CPUs
 *	percpu_counter_sum()	exact, if nobody counts meanwhile: looks at every CPU
 *	percpu_counter_compare()	quick where the difference allows, else exact
 *
 * Counting may be done in any context but NMI; init and destroy may sleep. All possible CPUs are
 * summed, so one that goes away takes nothing with it.
 */

#include <linux/cpumask.h>
#include <linux/percpu.h>
#include <linux/smp.h>
#include <linux/spinlock.h>
#include <linux/types.h>

struct percpu_counter {
	raw_spinlock_t lock;
	s64 count;			/* @lock to change */
	s32 __percpu *counters;		/* each CPU's own, interrupts off to change */
};

extern int percpu_counter_batch;

int __percpu_counter_init_many(struct percpu_counter *fbc, s64 amount, gfp_t gfp,
			       u32 nr_counters, struct lock_class_key *key);

#define percpu_counter_init_many(fbc, value, gfp, nr_counters)		\
({									\
	static struct lock_class_key __key;				\
									\
	__percpu_counter_init_many(fbc, value, gfp, nr_counters, &__key); \
})
#define percpu_counter_init(fbc, value, gfp)				\
	percpu_counter_init_many(fbc, value, gfp, 1)

void percpu_counter_destroy_many(struct percpu_counter *fbc, u32 nr_counters);
void percpu_counter_set(struct percpu_counter *fbc, s64 amount);
void percpu_counter_add_batch(struct percpu_counter *fbc, s64 amount, s32 batch);
s64 __percpu_counter_sum(struct percpu_counter *fbc);
int __percpu_counter_compare(struct percpu_counter *fbc, s64 rhs, s32 batch);
bool __percpu_counter_limited_add(struct percpu_counter *fbc, s64 limit, s64 amount, s32 batch);
void percpu_counter_sync(struct percpu_counter *fbc);

/** percpu_counter_destroy - free the CPUs' parts; fine for one that was never initialised */
static inline void percpu_counter_destroy(struct percpu_counter *fbc)
{
	percpu_counter_destroy_many(fbc, 1);
}

/** percpu_counter_compare - -1, 0 or 1 as the count is below, at or above @rhs */
static inline int percpu_counter_compare(struct percpu_counter *fbc, s64 rhs)
{
	return __percpu_counter_compare(fbc, rhs, percpu_counter_batch);
}

/**
 * percpu_counter_add - add to this CPU's part, and to the common count if that has got large
 *
 * Context: any.
 */
static inline void percpu_counter_add(struct percpu_counter *fbc, s64 amount)
{
	percpu_counter_add_batch(fbc, amount, percpu_counter_batch);
}

/**
 * percpu_counter_limited_add - add unless the sum would pass @limit (for a negative amount: fall
 * below)
 */
static inline bool percpu_counter_limited_add(struct percpu_counter *fbc, s64 limit, s64 amount)
{
	return __percpu_counter_limited_add(fbc, limit, amount, percpu_counter_batch);
}

/**
 * percpu_counter_add_local - add where reads are always sums, and the common count doesn't matter
 */
static inline void percpu_counter_add_local(struct percpu_counter *fbc, s64 amount)
{
	percpu_counter_add_batch(fbc, amount, S32_MAX);
}

/** percpu_counter_sum - the exact count, by a visit to all CPUs. Context: any */
static inline s64 percpu_counter_sum(struct percpu_counter *fbc)
{
	return __percpu_counter_sum(fbc);
}

/** percpu_counter_sum_positive - the sum, or 0 if counting in between made it look negative */
static inline s64 percpu_counter_sum_positive(struct percpu_counter *fbc)
{
	s64 ret = __percpu_counter_sum(fbc);

	return ret < 0 ? 0 : ret;
}

/** percpu_counter_read - the common count: off by at most a batch for each CPU */
static inline s64 percpu_counter_read(struct percpu_counter *fbc)
{
	return READ_ONCE(fbc->count);
}

/** percpu_counter_read_positive - the common count of something that is never negative */
static inline s64 percpu_counter_read_positive(struct percpu_counter *fbc)
{
	s64 ret = READ_ONCE(fbc->count);

	return ret < 0 ? 0 : ret;
}

/** percpu_counter_initialized - has it been initialised (and not destroyed)? */
static inline bool percpu_counter_initialized(struct percpu_counter *fbc)
{
	return fbc->counters != NULL;
}

/** percpu_counter_inc - percpu_counter_add() of 1 */
static inline void percpu_counter_inc(struct percpu_counter *fbc)
{
	percpu_counter_add(fbc, 1);
}

/** percpu_counter_dec - percpu_counter_add() of -1 */
static inline void percpu_counter_dec(struct percpu_counter *fbc)
{
	percpu_counter_add(fbc, -1);
}

/** percpu_counter_sub - percpu_counter_add() of -@amount */
static inline void percpu_counter_sub(struct percpu_counter *fbc, s64 amount)
{
	percpu_counter_add(fbc, -amount);
}

/** percpu_counter_sub_local - percpu_counter_add_local() of -@amount */
static inline void percpu_counter_sub_local(struct percpu_counter *fbc, s64 amount)
{
	percpu_counter_add_local(fbc, -amount);
}

#endif /* _LINUX_PERCPU_COUNTER_H */
