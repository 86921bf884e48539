/* SPDX-License-Identifier: MIT */
#ifndef _KERNEL_RCU_RCU_H
#define _KERNEL_RCU_RCU_H

/*
 * What all flavours of RCU share: grace-period numbers, hurry and expedite, the trace ring.
 */

#include <linux/atomic.h>
#include <linux/jump_label.h>
#include <linux/rcupdate.h>
#include <linux/types.h>

/*
 * One number says how many grace periods there have been and whether one runs:
 *
 *	bits 2..	how many have begun
 *	bits 0..1	state: 0 none runs, 1 (or more, as the flavour likes) one does
 *
 *	idle, 5 done	101 00
 *	start		101 01		+1
 *	end		110 00		rounded up
 *
 * So it only grows. "Wait for a grace period" is: take a snapshot of the number at which a period
 * that begins after now has ended, and wait until the number has reached it.
 */
#define RCU_SEQ_CTR_SHIFT	2
#define RCU_SEQ_STATE_MASK	((1UL << RCU_SEQ_CTR_SHIFT) - 1)

/* The number overflows soon after boot, so that whoever compares it wrongly is found out. */
#define RCU_SEQ_INIT		((0UL - 300UL) << RCU_SEQ_CTR_SHIFT)

/* As a cookie: done. No snapshot has state bits. */
#define RCU_GET_STATE_COMPLETED	0x1

static inline unsigned long rcu_seq_ctr(unsigned long s)
{
	return s >> RCU_SEQ_CTR_SHIFT;
}

static inline int rcu_seq_state(unsigned long s)
{
	return s & RCU_SEQ_STATE_MASK;
}

static inline void rcu_seq_set_state(unsigned long *sp, int state)
{
	WRITE_ONCE(*sp, (*sp & ~RCU_SEQ_STATE_MASK) + state);
}

/* The caller excludes other writers of *sp, here and below. */
static inline void rcu_seq_start(unsigned long *sp)
{
	WARN_ON_ONCE(rcu_seq_state(*sp));
	WRITE_ONCE(*sp, *sp + 1);
	/*
	 * The number before all that the grace period looks at: pairs with rcu_seq_snap()'s. An
	 * updater whose snapshot missed this start is heeded by this period or the next.
	 */
	smp_mb();
}

static inline unsigned long rcu_seq_endval(const unsigned long *sp)
{
	return (*sp | RCU_SEQ_STATE_MASK) + 1;
}

static inline void rcu_seq_end(unsigned long *sp)
{
	/* All that the period waited for before the number: pairs with rcu_seq_done()'s callers. */
	smp_mb();
	WARN_ON_ONCE(!rcu_seq_state(*sp));
	WRITE_ONCE(*sp, rcu_seq_endval(sp));
}

/**
 * rcu_seq_snap - the number at which a grace period that has not begun yet will have ended
 * @sp: the number
 *
 * If one runs now it may have missed us: then it is the end of the one after it.
 */
static inline unsigned long rcu_seq_snap(const unsigned long *sp)
{
	/* model: gp_snap */
	unsigned long s;

	/* What the caller did comes before the look: pairs with rcu_seq_start()'s. */
	smp_mb();
	s = (READ_ONCE(*sp) + 2 * RCU_SEQ_STATE_MASK + 1) & ~RCU_SEQ_STATE_MASK;
	/*
	 * And the look before what depends on it. Who finds a period ended sees all that it waited
	 * for: pairs with rcu_seq_end()'s.
	 */
	smp_mb();
	return s;
}

static inline unsigned long rcu_seq_current(const unsigned long *sp)
{
	return READ_ONCE(*sp);
}

/* Has it ended? */
static inline bool rcu_seq_done(const unsigned long *sp, unsigned long s)
{
	return (long)(READ_ONCE(*sp) - s) >= 0;
}

/*
 * The same for a snapshot that may be very old: if it lies further ahead than a snapshot can, the
 * number has gone round since, so it is done. Three periods: one that runs, one asked for, one for
 * a number read a moment too late.
 */
static inline bool rcu_seq_done_exact(const unsigned long *sp, unsigned long s)
{
	unsigned long now = READ_ONCE(*sp);

	return (long)(now - s) >= 0 || (long)(s - now) > (long)(3 * (RCU_SEQ_STATE_MASK + 1));
}

/* Between two readings of the number: did a period begin? */
static inline bool rcu_seq_new_gp(unsigned long old, unsigned long new)
{
	return (long)(((old + RCU_SEQ_STATE_MASK) & ~RCU_SEQ_STATE_MASK) - new) < 0;
}

/* Values of rcu_scheduler_active. */
#define RCU_SCHEDULER_INACTIVE	0	/* one task: every moment is a grace period */
#define RCU_SCHEDULER_INIT	1	/* tasks, but not all of RCU's threads */
#define RCU_SCHEDULER_RUNNING	2

bool rcu_read_lock_held_common(bool *ret);

/* Whoever waits for readers mustn't be one. @call: who it is, a string. */
#define rcu_check_no_reader(call)						\
	RCU_LOCKDEP_WARN(lock_is_held(&rcu_bh_lock_map) || lock_is_held(&rcu_lock_map) || \
			 lock_is_held(&rcu_sched_lock_map),			\
			 "Illegal " call " in RCU read-side critical section")

bool rcu_gp_is_normal(void);
bool rcu_gp_is_expedited(void);

/* Callbacks are in a hurry as long as anybody asks for it; booting is the first. */
extern atomic_t rcu_hurry_nesting;

static inline bool rcu_async_should_hurry(void)
{
	return atomic_read(&rcu_hurry_nesting);
}

void rcu_async_hurry(void);
void rcu_async_relax(void);
void rcu_expedite_gp(void);
void rcu_unexpedite_gp(void);

struct srcu_struct;

unsigned long rcu_get_gp_seq(void);
unsigned long rcu_exp_batches_completed(void);
void show_rcu_gp_kthreads(void);
void rcu_force_quiescent_state(void);
bool srcu_readers_active(struct srcu_struct *ssp);
void rcu_sync_func(struct rcu_head *rhp);

#endif /* _KERNEL_RCU_RCU_H */
