// SPDX-License-Identifier: MIT
/*
 * Boosting: a preempted reader that has held a grace period up for long gets a real-time priority
 * until it is done. Without that, real-time tasks that keep it from its CPU keep memory from being
 * freed.
 *
 * Each leaf has a thread, rcub/N, of that priority, and an rt_mutex. To boost a reader the thread
 * makes it the owner of the rt_mutex, as if it had locked it, and locks it itself: then the reader
 * inherits the thread's priority. When the reader ends, it finds that it owns the mutex and
 * unlocks it (rcu_unboost()), which lets the thread go on with the next.
 *
 *	rcu_initiate_boost()	all CPUs of the leaf have reported, a reader is left, it is late:
 *				boost_tasks = the period's, wake the thread
 *	rcub/N			under the leaf's lock: owner = *boost_tasks; then rt_mutex_lock()
 *	unblock_reader()	under the leaf's lock: off the list, boost_tasks moves on
 */

#include "tree.h"

#include <linux/sched/prio.h>
#include <linux/sched/rt.h>
#include <uapi/linux/sched/types.h>

#include "../locking/rtmutex_common.h"

/* Of the boosting threads, and so of the readers they boost. */
static int kthread_prio = 1;
module_param(kthread_prio, int, 0444);

/* Is it time to boost the readers of a leaf, locked, whose CPUs have all reported? */
void rcu_initiate_boost(struct rcu_node *rnp)
{
	unsigned long due = rcu_state.gp_start + msecs_to_jiffies(CONFIG_RCU_BOOST_DELAY);
	struct list_head *blocked = rnp->wait[RCU_NORM].tasks;

	lockdep_assert_held(&rnp->lock);
	if (!blocked || rnp->boost_tasks || time_before(jiffies, due))
		return;
	WRITE_ONCE(rnp->boost_tasks, blocked);
	if (rnp->boost_kthread)
		wake_up_process(rnp->boost_kthread);
}

/* Boost the reader that is due and wait until it is done. Return: was there one? */
static bool boost_one(struct rcu_node *rnp)
{
	struct task_struct *t;

	scoped_guard(raw_spinlock_irq, &rnp->lock) {
		if (!rnp->boost_tasks)
			return false;
		t = list_entry(rnp->boost_tasks, struct task_struct, rcu_node_entry);
		/* The mutex is free: only we make it owned, and have waited for the last owner. */
		rt_mutex_init_proxy_locked(&rnp->boost_mtx.rtmutex, t);
		WRITE_ONCE(rnp->n_boosts, rnp->n_boosts + 1);
		rcu_trace(BOOST, rnp->gp_seq, t->pid);
	}
	rt_mutex_lock(&rnp->boost_mtx);		/* boosts @t as a side effect */
	rt_mutex_unlock(&rnp->boost_mtx);
	return true;
}

static int boost_kthread(void *data)
{
	struct rcu_node *rnp = data;

	for (;;) {
		set_current_state(TASK_IDLE);
		if (!READ_ONCE(rnp->boost_tasks))
			schedule();
		__set_current_state(TASK_RUNNING);
		while (boost_one(rnp))
			cond_resched_tasks_rcu_qs();
	}
	return 0;
}

/* Was @t boosted on this leaf? Leaf locked; asked as it leaves the list. */
bool rcu_is_boosted(struct rcu_node *rnp, struct task_struct *t)
{
	return rt_mutex_owner(&rnp->boost_mtx.rtmutex) == t;
}

/* Give the priority back. @rnp: what rcu_is_boosted() was true for; no lock held. */
void rcu_unboost(struct rcu_node *rnp)
{
	rt_mutex_futex_unlock(&rnp->boost_mtx.rtmutex);
}

void __init rcu_boost_spawn(void)
{
	struct sched_param param = { .sched_priority = clamp(kthread_prio, 1, 99) };
	struct task_struct *t;
	struct rcu_node *rnp;

	rcu_for_each_leaf_node(rnp) {
		rt_mutex_init(&rnp->boost_mtx);
		t = kthread_create(boost_kthread, rnp, "rcub/%d", rnp->grplo);
		if (IS_ERR(t))
			panic("no memory for RCU's threads");
		sched_setscheduler_nocheck(t, SCHED_FIFO, &param);
		scoped_guard(raw_spinlock_irq, &rnp->lock)
			rnp->boost_kthread = t;
		wake_up_process(t);
	}
}
