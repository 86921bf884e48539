/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_RCUTREE_H
#define _LINUX_RCUTREE_H

/*
 * The part of RCU's interface that belongs to the hierarchical implementation in kernel/rcu/.
 * Included by rcupdate.h; include that.
 *
 * Polled grace periods: take a cookie, go on working, and ask later whether a grace period has
 * passed since.
 *
 *	cookie = start_poll_synchronize_rcu();		or get_state_, which starts nothing
 *	...
 *	if (poll_state_synchronize_rcu(cookie))
 *		free it
 *
 *  - False means only "ask again".
 *  - An unsigned long holds the state of both kinds of grace period, normal and expedited, in one
 *    number and may miss one when they overlap. The _full forms hold both and miss none.
 *  - True promises the same memory ordering as a synchronize_rcu() in between.
 */

#include <linux/types.h>

struct rcu_head;

void rcu_softirq_qs(void);
void rcu_note_context_switch(bool preempt);

/**
 * rcu_needs_cpu - does RCU want this CPU's tick?
 *
 * Never: interrupts and other CPUs do what has to be done for an idle one.
 */
static inline int rcu_needs_cpu(void)
{
	return 0;
}

void rcu_cpu_stall_reset(void);
bool rcu_gp_might_be_stalled(void);

void kvfree_call_rcu(struct rcu_head *head, void *ptr);
void kvfree_rcu_barrier(void);
void kvfree_rcu_drain_spares(void);
void rcu_hurry_lazy(void);
void rcu_barrier(void);
void rcu_barrier_throttled(void);
void rcu_momentary_eqs(void);

/* ---- polled grace periods ---- */

struct rcu_gp_oldstate {
	unsigned long rgos_norm;
	unsigned long rgos_exp;
};

/* How many different cookies can be waiting at one time, for those who keep one list each. */
#define NUM_ACTIVE_RCU_POLL_OLDSTATE		2
#define NUM_ACTIVE_RCU_POLL_FULL_OLDSTATE	4

/**
 * same_state_synchronize_rcu_full - are two cookies the same?
 * @rgosp1: one
 * @rgosp2: the other
 *
 * Two that differ may still both be complete.
 */
static inline bool same_state_synchronize_rcu_full(struct rcu_gp_oldstate *rgosp1,
						   struct rcu_gp_oldstate *rgosp2)
{
	return rgosp1->rgos_norm == rgosp2->rgos_norm && rgosp1->rgos_exp == rgosp2->rgos_exp;
}

unsigned long get_state_synchronize_rcu(void);
void get_state_synchronize_rcu_full(struct rcu_gp_oldstate *rgosp);
unsigned long start_poll_synchronize_rcu(void);
void start_poll_synchronize_rcu_full(struct rcu_gp_oldstate *rgosp);
bool poll_state_synchronize_rcu(unsigned long oldstate);
bool poll_state_synchronize_rcu_full(struct rcu_gp_oldstate *rgosp);
void cond_synchronize_rcu(unsigned long oldstate);
void cond_synchronize_rcu_full(struct rcu_gp_oldstate *rgosp);

void synchronize_rcu_expedited(void);
unsigned long start_poll_synchronize_rcu_expedited(void);
void start_poll_synchronize_rcu_expedited_full(struct rcu_gp_oldstate *rgosp);
void cond_synchronize_rcu_expedited(unsigned long oldstate);
void cond_synchronize_rcu_expedited_full(struct rcu_gp_oldstate *rgosp);

/* ---- extended quiescent states ---- */

bool rcu_is_idle_cpu(int cpu);
bool rcu_is_watching(void);
void rcu_irq_exit_check_preempt(void);

/* ---- the life of CPUs and tasks; called by the core ---- */

extern int rcu_scheduler_active;

void rcu_scheduler_starting(void);
void rcu_end_inkernel_boot(void);
bool rcu_inkernel_boot_has_ended(void);
void exit_rcu(void);

void rcutree_report_cpu_starting(unsigned int cpu);
void rcutree_report_cpu_dead(void);
void rcutree_migrate_callbacks(int cpu);

/*
 * For the monitor: the state of everything, by printk. @what: "", "cpus", "trace", "trace on|off".
 */
void rcu_show(const char *what);

#endif /* _LINUX_RCUTREE_H */
