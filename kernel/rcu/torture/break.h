/* SPDX-License-Identifier: MIT */
#ifndef _KERNEL_RCU_BREAK_H
#define _KERNEL_RCU_BREAK_H

/*
 * RCU broken on purpose.
 *
 * A test that has never failed proves nothing. Each value names one way to get a grace period
 * wrong; `rcu_break=NAME` on the command line of a CONFIG_RCU_BREAK build selects it, and the
 * torture test arms it, so that the machine boots first: for its hostages, and again once its own
 * threads are running. The
 * place in the code that does the step asks rcu_broken(); in every other build that is a constant
 * false and nothing of it is left.
 *
 *	if (rcu_broken(RCU_BREAK_LAST_CPU))
 *		mask &= ~highest_bit(mask);
 *
 * tools/testing/kunit/matrix.py boots each one and wants the torture test to notice.
 */

#include <linux/compiler.h>
#include <linux/types.h>

enum rcu_break {
	RCU_BREAK_NONE,
	RCU_BREAK_SKIP_WAIT,		/* "skip-wait": a grace period waits for nobody */
	RCU_BREAK_LAST_CPU,		/* "last-cpu": the highest CPU is not waited for */
	RCU_BREAK_BLOCKED_READER,	/* "blocked-reader": a preempted reader is not waited for */
	RCU_BREAK_IDLE,			/* "idle": every CPU is taken for idle */
	RCU_BREAK_EARLY_CALLBACK,	/* "early-callback": callbacks run one grace period early */
	RCU_BREAK_DROP_CALLBACK,	/* "drop-callback": now and then a callback is lost */
	RCU_BREAK_SRCU_FLIP,		/* "srcu-flip": SRCU never flips the index */
	RCU_BREAK_COUNT
};

#ifdef CONFIG_RCU_BREAK

/* The armed break. Written by rcu_break_arm() only. */
extern enum rcu_break rcu_break_armed;

static inline bool rcu_broken(enum rcu_break which)
{
	return unlikely(READ_ONCE(rcu_break_armed) == which);
}

/* For a break that would end the machine if it struck always: true once in @period calls. */
bool rcu_broken_sometimes(enum rcu_break which, unsigned int period);

/* Arms what rcu_break= named. Returns its name, or NULL if it named none. */
const char *rcu_break_arm(void);
/* Makes RCU whole again. What was lost meanwhile stays lost. */
void rcu_break_disarm(void);

#else

static inline bool rcu_broken(enum rcu_break which)
{
	return false;
}

static inline bool rcu_broken_sometimes(enum rcu_break which, unsigned int period)
{
	return false;
}

static inline const char *rcu_break_arm(void)
{
	return NULL;
}

static inline void rcu_break_disarm(void)
{
}

#endif

#endif /* _KERNEL_RCU_BREAK_H */
