/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_RCUPDATE_WAIT_H
#define _LINUX_RCUPDATE_WAIT_H

/* Waiting for a callback: how synchronous waits are made of call_rcu() and its relatives. */

#include <linux/completion.h>
#include <linux/rcupdate.h>
#include <linux/sched.h>

struct rcu_synchronize {
	struct rcu_head head;
	struct completion completion;
};

/**
 * wakeme_after_rcu - the callback that ends a wait for a grace period
 * @head: in a struct rcu_synchronize
 *
 * Context: as any RCU callback.
 */
void wakeme_after_rcu(struct rcu_head *head);

void __wait_rcu_gp(bool checktiny, unsigned int state, int n, call_rcu_func_t *crcu_array,
		   struct rcu_synchronize *rs_array);

#define _wait_rcu_gp(checktiny, state, ...)						\
do {											\
	call_rcu_func_t __crcu_array[] = { __VA_ARGS__ };				\
	struct rcu_synchronize __rs_array[ARRAY_SIZE(__crcu_array)];			\
											\
	__wait_rcu_gp(checktiny, state, ARRAY_SIZE(__crcu_array), __crcu_array, __rs_array); \
} while (0)

#define wait_rcu_gp(...)	_wait_rcu_gp(false, TASK_UNINTERRUPTIBLE, __VA_ARGS__)
#define wait_rcu_gp_state(state, ...)	_wait_rcu_gp(false, state, __VA_ARGS__)

/**
 * synchronize_rcu_mult - wait for grace periods of several flavours at once
 * @...: their call_rcu()-like functions; for SRCU a wrapper that knows the domain
 *
 * Name call_rcu_hurry rather than call_rcu: the waits run side by side, but a lazy one is slow.
 * Context: may sleep.
 */
#define synchronize_rcu_mult(...)	_wait_rcu_gp(true, TASK_UNINTERRUPTIBLE, __VA_ARGS__)

/**
 * cond_resched_rcu - in a long walk under rcu_read_lock(), where the walk can be begun anew: let
 * others run
 */
static inline void cond_resched_rcu(void)
{
	rcu_read_unlock();
	cond_resched();
	rcu_read_lock();
}

#endif /* _LINUX_RCUPDATE_WAIT_H */
