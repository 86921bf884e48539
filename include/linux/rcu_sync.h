/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_RCU_SYNC_H
#define _LINUX_RCU_SYNC_H

/*
 * A switch that readers look at for nothing: "may I take my fast path?"
 *
 * Rules of use:
 *  - A reader asks rcu_sync_is_idle() inside an RCU reader (rcu_read_lock(), or preemption off)
 *    and acts on the answer before it leaves that reader.
 *  - rcu_sync_enter() returns when no reader is, or will be, on the fast path; rcu_sync_exit()
 *    gives the fast path back a grace period later, and doesn't wait for that. Pairs nest and
 *    overlap.
 *  - Both sleep. rcu_sync_dtor() after the last exit, before the memory goes.
 *
 * The states and what moves between them are drawn in kernel/rcu/sync.c.
 */

#include <linux/rcupdate.h>
#include <linux/wait.h>

struct rcu_sync {
	int gp_state;			/* GP_*; written under gp_wait.lock, read by readers */
	int gp_count;			/* enters without their exit yet; guarded by gp_wait.lock */
	wait_queue_head_t gp_wait;	/* enters that wait for readers to have gone */
	struct rcu_head cb_head;	/* one grace period at most is under way */
};

/**
 * rcu_sync_is_idle - may readers use their fast path?
 * @rsp: the switch
 *
 * Context: Any RCU reader.
 * Return: true if there is no updater; holds until the reader ends.
 */
static inline bool rcu_sync_is_idle(struct rcu_sync *rsp)
{
	RCU_LOCKDEP_WARN(!rcu_read_lock_any_held(), "suspicious rcu_sync_is_idle() usage");
	return !READ_ONCE(rsp->gp_state);	/* 0 is GP_IDLE */
}

/**
 * rcu_sync_init - make a switch; readers are fast
 * @rsp: memory for it
 *
 * Context: any.
 */
void rcu_sync_init(struct rcu_sync *rsp);
void rcu_sync_enter(struct rcu_sync *rsp);
void rcu_sync_exit(struct rcu_sync *rsp);
void rcu_sync_dtor(struct rcu_sync *rsp);

#define __RCU_SYNC_INITIALIZER(name) {						\
	.gp_state = 0,								\
	.gp_count = 0,								\
	.gp_wait = __WAIT_QUEUE_HEAD_INITIALIZER(name.gp_wait),			\
}

#define DEFINE_RCU_SYNC(name)	struct rcu_sync name = __RCU_SYNC_INITIALIZER(name)

#endif /* _LINUX_RCU_SYNC_H */
