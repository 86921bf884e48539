// SPDX-License-Identifier: MIT
/*
 * rcu_sync: readers' switch between a fast path and a slow one.
 *
 * Turning it needs a grace period each way: after "slow" until nobody is on the fast path any
 * more, after "fast" until nobody relies on everybody's being slow. Updaters that come close
 * together share them. gp_state says where we are, gp_count how many updaters are inside:
 *
 *	         enter                 grace period
 *	IDLE -----------> ENTER ---------------------> PASSED
 *	 ^                                              |  ^
 *	 |                              last exit       |  |  grace period, updaters are inside
 *	 |      grace period, nobody inside             v  |
 *	 +-------------------------------------------- EXIT <---+
 *	                                                |       |  grace period: wait for another,
 *	              another enter and its last exit   v       |  for readers of the time between
 *	                                              REPLAY ---+  that exit and now
 *
 * Only IDLE lets readers be fast. From PASSED on no reader is: an updater that enters there, or in
 * EXIT or REPLAY, need not wait. At most one grace period is under way for one switch.
 */

#include <linux/rcu_sync.h>

#include "rcu.h"

enum { GP_IDLE = 0, GP_ENTER, GP_PASSED, GP_EXIT, GP_REPLAY };

void rcu_sync_init(struct rcu_sync *rsp)
{
	rsp->gp_state = GP_IDLE;
	rsp->gp_count = 0;
	init_waitqueue_head(&rsp->gp_wait);
}

/**
 * rcu_sync_func - a grace period has passed
 * @rhp: cb_head of the switch
 * Context: RCU callback, or the task that waited for the grace period itself.
 */
void rcu_sync_func(struct rcu_head *rhp)
{
	struct rcu_sync *rsp = container_of(rhp, struct rcu_sync, cb_head);
	guard(spinlock_irqsave)(&rsp->gp_wait.lock);

	WARN_ON_ONCE(rsp->gp_state == GP_IDLE || rsp->gp_state == GP_PASSED);
	if (rsp->gp_count) {
		WRITE_ONCE(rsp->gp_state, GP_PASSED);
		wake_up_locked(&rsp->gp_wait);
	} else if (rsp->gp_state == GP_REPLAY) {
		WRITE_ONCE(rsp->gp_state, GP_EXIT);
		call_rcu_hurry(&rsp->cb_head, rcu_sync_func);
	} else {
		WRITE_ONCE(rsp->gp_state, GP_IDLE);
	}
}

/**
 * rcu_sync_enter - make readers slow, and wait until none is fast
 * @rsp: the switch
 * Context: May sleep.
 */
void rcu_sync_enter(struct rcu_sync *rsp)
{
	bool first = false;

	scoped_guard(spinlock_irq, &rsp->gp_wait.lock) {
		first = rsp->gp_state == GP_IDLE;
		if (first) {
			WARN_ON_ONCE(rsp->gp_count);
			WRITE_ONCE(rsp->gp_state, GP_ENTER);
		}
		WRITE_ONCE(rsp->gp_count, rsp->gp_count + 1);
	}
	if (first) {
		/* The first waits itself: may be expedited, and takes no callback's detour. */
		synchronize_rcu();
		rcu_sync_func(&rsp->cb_head);
		return;
	}
	wait_event(rsp->gp_wait, READ_ONCE(rsp->gp_state) >= GP_PASSED);
}

/**
 * rcu_sync_exit - let readers be fast again, once a grace period has passed
 * @rsp: the switch
 * Context: Any but interrupts.
 */
void rcu_sync_exit(struct rcu_sync *rsp)
{
	guard(spinlock_irq)(&rsp->gp_wait.lock);

	WARN_ON_ONCE(rsp->gp_state == GP_IDLE || rsp->gp_count == 0);
	WRITE_ONCE(rsp->gp_count, rsp->gp_count - 1);
	if (rsp->gp_count)
		return;
	if (rsp->gp_state == GP_PASSED) {
		WRITE_ONCE(rsp->gp_state, GP_EXIT);
		call_rcu_hurry(&rsp->cb_head, rcu_sync_func);
	} else if (rsp->gp_state == GP_EXIT) {
		WRITE_ONCE(rsp->gp_state, GP_REPLAY);
	}
}

/**
 * rcu_sync_dtor - wait until no callback will touch the switch any more
 * @rsp: the switch, all updaters having left
 * Context: May sleep.
 */
void rcu_sync_dtor(struct rcu_sync *rsp)
{
	int state = GP_IDLE;

	scoped_guard(spinlock_irq, &rsp->gp_wait.lock) {
		WARN_ON_ONCE(rsp->gp_count || rsp->gp_state == GP_PASSED);
		/* Nobody will look at it: one grace period, not two. */
		if (rsp->gp_state == GP_REPLAY)
			WRITE_ONCE(rsp->gp_state, GP_EXIT);
		state = rsp->gp_state;
	}
	if (state != GP_IDLE) {
		rcu_barrier();
		WARN_ON_ONCE(READ_ONCE(rsp->gp_state) != GP_IDLE);
	}
}
