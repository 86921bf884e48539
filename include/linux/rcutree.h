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

/**
 * rcu_softirq_qs - a quiescent state between two rounds of softirqs
 *
 * As if preemption were fully on for a moment.
 *
 * Context: a thread that runs softirqs and is no reader besides.
 */
void rcu_softirq_qs(void);

/**
 * rcu_note_context_switch - current goes off its CPU
 * @preempt: against its will, perhaps inside a reader: then it is listed with those waited for
 *
 * Context: __schedule(), interrupts off, before the run queue is locked.
 */
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

/**
 * rcu_cpu_stall_reset - time has passed that no CPU could use: don't count it as a stall
 *
 * The clock stands until the grace-period thread has looked at the CPUs three times.
 *
 * Context: any, interrupts off: a debugger on its way out.
 */
void rcu_cpu_stall_reset(void);

/**
 * rcu_gp_might_be_stalled - is it worth while to wait for a grace period, or has this one hung?
 *
 * Context: any but NMI; takes the root's lock.
 * Return: true if one is under way for an eighth of the stall's limit, and for 2 s at least.
 */
bool rcu_gp_might_be_stalled(void);

void kvfree_call_rcu(struct rcu_head *head, void *ptr);
void kvfree_rcu_barrier(void);
void kvfree_rcu_drain_spares(void);

/**
 * rcu_hurry_lazy - memory is short and put-off callbacks hold some: have every CPU start its own
 *
 * Context: any but NMI; asks by interrupt and doesn't wait.
 */
void rcu_hurry_lazy(void);
void rcu_barrier(void);

/**
 * rcu_barrier_throttled - rcu_barrier(), but at most once a second for the whole system
 *
 * Who comes too early waits for the second to end, or for another's barrier that began after the
 * call.
 *
 * Context: may sleep; not in a reader, nor in a callback.
 */
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

/**
 * get_state_synchronize_rcu_full - get_state_synchronize_rcu() with both numbers
 * @rgosp: the cookie
 *
 * Context: any.
 */
void get_state_synchronize_rcu_full(struct rcu_gp_oldstate *rgosp);
unsigned long start_poll_synchronize_rcu(void);

/**
 * start_poll_synchronize_rcu_full - start_poll_synchronize_rcu() with both numbers
 * @rgosp: the cookie
 *
 * Context: any but NMI; no lock held that the scheduler takes.
 */
void start_poll_synchronize_rcu_full(struct rcu_gp_oldstate *rgosp);

/**
 * poll_state_synchronize_rcu - has a grace period passed since the cookie was taken?
 * @oldstate: the cookie
 *
 * Context: any.
 * Return: true, with the ordering of a synchronize_rcu() in between; false: ask again.
 */
bool poll_state_synchronize_rcu(unsigned long oldstate);

/**
 * poll_state_synchronize_rcu_full - poll_state_synchronize_rcu() for both numbers
 * @rgosp: the cookie
 *
 * Context: any.
 * Return: as poll_state_synchronize_rcu(); no grace period is missed.
 */
bool poll_state_synchronize_rcu_full(struct rcu_gp_oldstate *rgosp);

/**
 * cond_synchronize_rcu - wait for a grace period, unless one has passed since the cookie
 * @oldstate: the cookie
 *
 * _full takes both numbers, _expedited waits as synchronize_rcu_expedited() does.
 *
 * Context: may sleep; not in a reader.
 */
void cond_synchronize_rcu(unsigned long oldstate);
void cond_synchronize_rcu_full(struct rcu_gp_oldstate *rgosp);

void synchronize_rcu_expedited(void);

/**
 * start_poll_synchronize_rcu_expedited - a cookie, and an expedited grace period for it
 *
 * Context: any but NMI; no lock held that the scheduler takes.
 * Return: for poll_state_synchronize_rcu() and cond_synchronize_rcu().
 */
unsigned long start_poll_synchronize_rcu_expedited(void);

/**
 * start_poll_synchronize_rcu_expedited_full - start_poll_synchronize_rcu_expedited(), both numbers
 * @rgosp: the cookie
 *
 * Context: any but NMI; no lock held that the scheduler takes.
 */
void start_poll_synchronize_rcu_expedited_full(struct rcu_gp_oldstate *rgosp);
void cond_synchronize_rcu_expedited(unsigned long oldstate);
void cond_synchronize_rcu_expedited_full(struct rcu_gp_oldstate *rgosp);

/* ---- extended quiescent states ---- */

/**
 * rcu_is_idle_cpu - is a CPU idle or in user mode?
 * @cpu: 0 to nr_cpu_ids - 1
 *
 * Context: any.
 * Return: true if so: no reader that began there before the call is left.
 */
bool rcu_is_idle_cpu(int cpu);
bool rcu_is_watching(void);
void rcu_irq_exit_check_preempt(void);

/* ---- the life of CPUs and tasks; called by the core ---- */

extern int rcu_scheduler_active;

/**
 * rcu_scheduler_starting - the first thread is about to be made: a moment is a grace period no more
 *
 * Context: boot, one CPU.
 */
void rcu_scheduler_starting(void);

/**
 * rcu_end_inkernel_boot - the kernel is up: grace periods that nobody hurries take their time
 *
 * Context: the first thread, before /init.
 */
void rcu_end_inkernel_boot(void);

/** rcu_inkernel_boot_has_ended - was rcu_end_inkernel_boot() called? Context: any */
bool rcu_inkernel_boot_has_ended(void);

/**
 * exit_rcu - a task leaves for ever. Inside a reader, by mistake? End that, or grace periods hang
 *
 * Context: current exits.
 */
void exit_rcu(void);

void rcutree_report_cpu_starting(unsigned int cpu);

/**
 * rcutree_report_cpu_dead - this CPU has no readers any more and will have none
 *
 * Context: the dying CPU's last steps, interrupts off.
 */
void rcutree_report_cpu_dead(void);
void rcutree_migrate_callbacks(int cpu);

/*
 * For the monitor: the state of everything, by printk. @what: "", "cpus", "trace", "trace on|off".
 */
void rcu_show(const char *what);

#endif /* _LINUX_RCUTREE_H */
