// SPDX-License-Identifier: MIT
/*
 * RCU torture: RCU itself. All its readers wait for the same grace periods: rcu_read_lock(), and
 * whatever keeps the CPU from switching.
 */

#include "rcutorture.h"

#include <linux/bottom_half.h>
#include <linux/irqflags.h>
#include <linux/preempt.h>
#include <linux/sched.h>

#include "../tree.h"

/* ---- readers ---- */

static unsigned long lock_rcu(void)
{
	rcu_read_lock();
	return 0;
}

static void unlock_rcu(unsigned long cookie)
{
	rcu_read_unlock();
}

static unsigned long lock_nested(void)
{
	rcu_read_lock();
	rcu_read_lock();
	rcu_read_lock();
	rcu_read_unlock();
	return 0;
}

static void unlock_nested(unsigned long cookie)
{
	rcu_read_unlock();
	rcu_read_unlock();
}

static unsigned long lock_bh(void)
{
	rcu_read_lock_bh();
	return 0;
}

static void unlock_bh(unsigned long cookie)
{
	rcu_read_unlock_bh();
}

static unsigned long lock_sched(void)
{
	rcu_read_lock_sched();
	return 0;
}

static void unlock_sched(unsigned long cookie)
{
	rcu_read_unlock_sched();
}

static unsigned long lock_irqs_off(void)
{
	unsigned long flags;

	local_irq_save(flags);
	return flags;
}

static void unlock_irqs_off(unsigned long flags)
{
	local_irq_restore(flags);
}

static const struct rcu_torture_reader readers[] = {
	{ "rcu_read_lock", lock_rcu, unlock_rcu, READER_PREEMPT | READER_IRQ | READER_ANY_END },
	{ "rcu_read_lock nested", lock_nested, unlock_nested,
	  READER_PREEMPT | READER_IRQ | READER_ANY_END },
	{ "rcu_read_lock_bh", lock_bh, unlock_bh, READER_ANY_END | READER_BH_OFF },
	{ "rcu_read_lock_sched", lock_sched, unlock_sched, READER_IRQ | READER_ANY_END },
	{ "irqs off", lock_irqs_off, unlock_irqs_off,
	  READER_IRQ | READER_ANY_END | READER_IRQS_OFF },
	{ }
};

/* ---- waits ---- */

static void wait_cond(void)
{
	cond_synchronize_rcu(get_state_synchronize_rcu());
}

static void wait_poll(void)
{
	unsigned long cookie = start_poll_synchronize_rcu();

	while (!poll_state_synchronize_rcu(cookie))
		schedule_timeout_uninterruptible(1);
}

static void wait_poll_full(void)
{
	struct rcu_gp_oldstate cookie;

	start_poll_synchronize_rcu_full(&cookie);
	while (!poll_state_synchronize_rcu_full(&cookie))
		schedule_timeout_uninterruptible(1);
}

static void wait_cond_full(void)
{
	struct rcu_gp_oldstate cookie;

	get_state_synchronize_rcu_full(&cookie);
	cond_synchronize_rcu_full(&cookie);
}

static void wait_poll_expedited(void)
{
	unsigned long cookie = start_poll_synchronize_rcu_expedited();

	while (!poll_state_synchronize_rcu(cookie))
		schedule_timeout_uninterruptible(1);
}

static void wait_poll_expedited_full(void)
{
	struct rcu_gp_oldstate cookie;

	start_poll_synchronize_rcu_expedited_full(&cookie);
	while (!poll_state_synchronize_rcu_full(&cookie))
		schedule_timeout_uninterruptible(1);
}

static void wait_cond_expedited(void)
{
	cond_synchronize_rcu_expedited(get_state_synchronize_rcu());
}

static void wait_cond_expedited_full(void)
{
	struct rcu_gp_oldstate cookie;

	get_state_synchronize_rcu_full(&cookie);
	cond_synchronize_rcu_expedited_full(&cookie);
}

/* Somebody else wants all to be fast for a moment. */
static void wait_hurried(void)
{
	rcu_expedite_gp();
	synchronize_rcu();
	rcu_unexpedite_gp();
}

static const struct rcu_torture_wait waits[] = {
	{ "synchronize_rcu", WAIT_NORMAL, synchronize_rcu },
	{ "cond_synchronize_rcu", WAIT_NORMAL, wait_cond },
	{ "cond_synchronize_rcu_full", WAIT_NORMAL, wait_cond_full },
	{ "synchronize_rcu_expedited", WAIT_EXPEDITED, synchronize_rcu_expedited },
	{ "cond_synchronize_rcu_expedited", WAIT_EXPEDITED, wait_cond_expedited },
	{ "cond_synchronize_rcu_expedited_full", WAIT_EXPEDITED, wait_cond_expedited_full },
	{ "rcu_expedite_gp", WAIT_EXPEDITED, wait_hurried },
	{ "start_poll_synchronize_rcu", WAIT_POLLED, wait_poll },
	{ "start_poll_synchronize_rcu_full", WAIT_POLLED, wait_poll_full },
	{ "start_poll_synchronize_rcu_expedited", WAIT_POLLED | WAIT_EXPEDITED,
	  wait_poll_expedited },
	{ "start_poll_synchronize_rcu_expedited_full", WAIT_POLLED | WAIT_EXPEDITED,
	  wait_poll_expedited_full },
	{ }
};

static unsigned long completed(void)
{
	return rcu_get_gp_seq() + rcu_exp_batches_completed();
}

/* ---- what the tree knows ---- */

/* All that @parent of either kind waits for is what @mask says. */
static bool waits_for_mask(struct rcu_node *parent, enum rcu_gp_kind kind, unsigned long mask)
{
	guard(raw_spinlock_irqsave)(&parent->lock);
	return parent->wait[kind].mask == mask && !parent->wait[kind].tasks;
}

/* All that the leaf @rnp waits for is current, a reader that was preempted. */
static bool waits_for_listed(struct rcu_node *rnp, enum rcu_gp_kind kind)
{
	struct list_head *me = &current->rcu_node_entry;

	guard(raw_spinlock_irqsave)(&rnp->lock);
	return !rnp->wait[kind].mask && rnp->wait[kind].tasks == me &&
	       list_is_last(me, &rnp->blkd_tasks);
}

/*
 * A CPU that runs a reader is let off only by who looks at it: that has to have happened. Current
 * can't go to another CPU.
 */
static bool was_looked_at(struct rcu_data *rdp, enum rcu_gp_kind kind)
{
	return kind == RCU_EXP ? READ_ONCE(rdp->needs_qs[RCU_EXP]) :
	       READ_ONCE(rcu_state.gp_state) == RCU_GP_WAIT_FQS;
}

static bool kind_waits_for_me(enum rcu_gp_kind kind)
{
	struct rcu_data *rdp = raw_cpu_ptr(&rcu_data);
	bool listed = current->rcu_read_unlock_special.b.blocked;
	struct rcu_node *rnp = listed ? current->rcu_blocked_node : rdp->mynode;

	if (listed ? !waits_for_listed(rnp, kind) :
		     !was_looked_at(rdp, kind) || !waits_for_mask(rnp, kind, rdp->grpmask))
		return false;
	for (; rnp->parent; rnp = rnp->parent)
		if (!waits_for_mask(rnp->parent, kind, rnp->grpmask))
			return false;
	return true;
}

static bool waits_for_me(void)
{
	return kind_waits_for_me(RCU_NORM) || kind_waits_for_me(RCU_EXP);
}

/* Three ticks: the first may come too early, and a softirq follows at once. */
static bool callbacks_noticed(void)
{
	struct rcu_data *rdp = raw_cpu_ptr(&rcu_data);

	if (!rcu_gp_in_progress()) {
		start_poll_synchronize_rcu();
		return false;
	}
	return rcu_seq_state(READ_ONCE(rdp->gp_seq)) && READ_ONCE(rdp->ticks_this_gp) >= 3;
}

/* Half of the callbacks may be late, half may not. */
static void call_either(struct rcu_head *head, rcu_callback_t func)
{
	if ((unsigned long)head & 64)
		call_rcu(head, func);
	else
		call_rcu_hurry(head, func);
}

const struct rcu_torture_flavour rcu_torture_rcu = {
	.name = "rcu",
	.readers = readers,
	.waits = waits,
	.call = call_either,
	.wait_for_callbacks = rcu_barrier,
	.completed = completed,
	.ticks_per_gp = 50,
	.waits_for_me = waits_for_me,
	.waits_for_cpus = true,
	.callbacks_noticed = callbacks_noticed,
};
