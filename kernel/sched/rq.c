// SPDX-License-Identifier: MIT
/*
 * Run queues: their locks, and how tasks get on and off them.
 *
 * A task belongs to the queue of the CPU that thread_info.cpu names. What is true of it is said by
 * p->on_rq, written under that queue's lock:
 *
 *	QUEUED		runnable: it waits in its class, or runs
 *	MIGRATING	between two queues, owned by who moves it; no lock is held
 *	0		asleep, or not born yet
 *
 *	      activate_task()                deactivate_task()
 *	0 --------------------> QUEUED <--------------------> MIGRATING
 *	^                         |        activate_task()
 *	+-------------------------+
 *	   sleeps (leave_queue() in core.c)
 *
 * To hold a task still one takes its pi_lock, which keeps it from waking, and the lock of its
 * queue, which keeps it from running, sleeping and moving: task_rq_lock().
 *
 * Lock order: pi_lock, then one queue, or two by CPU number.
 */

#include <linux/lockdep.h>
#include <linux/percpu.h>
#include <linux/rseq.h>

#include "sched.h"

DEFINE_PER_CPU_SHARED_ALIGNED(struct rq, runqueues);

/* ---- locking ---- */

/**
 * __task_rq_lock - lock the run queue that a task belongs to
 * @p: the task, whose pi_lock the caller holds: so it can't be waking, only running migrations
 *
 * Between reading task_cpu() and taking that queue's lock the task may move, which is why both are
 * checked again. A task in TASK_ON_RQ_MIGRATING is between two queues with both locks free; its
 * new CPU is stored before on_rq becomes QUEUED again.
 *
 * Return: the queue, locked.
 */
struct rq *__task_rq_lock(struct task_struct *p)
{
	struct rq *rq;

	lockdep_assert_held(&p->pi_lock);
	for (;;) {
		rq = task_rq(p);
		raw_spin_rq_lock(rq);
		if (likely(rq == task_rq(p) && !task_on_rq_migrating(p)))
			return rq;
		raw_spin_rq_unlock(rq);
		while (unlikely(task_on_rq_migrating(p)))
			cpu_relax();
	}
}

/**
 * task_rq_lock - hold a task still: lock its pi_lock and its run queue
 * @p: the task
 * @flags: the interrupt state, for task_rq_unlock()
 *
 * Return: the queue, locked, interrupts off.
 */
struct rq *task_rq_lock(struct task_struct *p, unsigned long *flags)
{
	raw_spin_lock_irqsave(&p->pi_lock, *flags);
	return __task_rq_lock(p);
}

/** double_rq_lock - lock two queues, the lower CPU number first, so that nobody waits in a ring */
void double_rq_lock(struct rq *rq1, struct rq *rq2)
{
	if (rq1 == rq2) {
		raw_spin_rq_lock(rq1);
		return;
	}
	if (rq1->cpu > rq2->cpu)
		swap(rq1, rq2);
	raw_spin_rq_lock(rq1);
	raw_spin_lock_nested(&rq2->__lock, SINGLE_DEPTH_NESTING);
}

/** double_rq_unlock - the contrary */
void double_rq_unlock(struct rq *rq1, struct rq *rq2)
{
	raw_spin_rq_unlock(rq1);
	if (rq1 != rq2)
		raw_spin_rq_unlock(rq2);
}

/**
 * double_lock_balance - lock a second queue
 * @this_rq: locked
 * @busiest: the other one
 *
 * If the order forbids waiting, @this_rq is let go for a moment: the caller must look again at what
 * it knew about it.
 */
void double_lock_balance(struct rq *this_rq, struct rq *busiest)
{
	lockdep_assert_rq_held(this_rq);
	if (likely(raw_spin_trylock(&busiest->__lock)))
		return;
	if (busiest->cpu > this_rq->cpu) {
		raw_spin_lock_nested(&busiest->__lock, SINGLE_DEPTH_NESTING);
		return;
	}
	raw_spin_rq_unlock(this_rq);
	double_rq_lock(this_rq, busiest);
}

/**
 * double_unlock_balance - unlock it again
 * @this_rq: stays locked
 * @busiest: the other one
 */
void double_unlock_balance(struct rq *this_rq, struct rq *busiest)
{
	raw_spin_rq_unlock(busiest);
	/* It may have been taken as the inner of the two; alone it is an outer one again. */
	lock_set_subclass(&this_rq->__lock.dep_map, 0, _RET_IP_);
}

/* ---- on and off ---- */

/**
 * activate_task - a task becomes runnable
 * @rq: its queue, locked
 * @p: asleep or migrating
 * @flags: ENQUEUE_*
 */
void activate_task(struct rq *rq, struct task_struct *p, int flags)
{
	if (task_on_rq_migrating(p))
		flags |= ENQUEUE_MIGRATED;
	enqueue_task(rq, p, flags);
	/* For those who look without the lock. */
	WRITE_ONCE(p->on_rq, TASK_ON_RQ_QUEUED);
}

/**
 * deactivate_task - a task leaves for another queue
 * @rq: its queue, locked
 * @p: runnable, not running
 * @flags: DEQUEUE_*
 */
void deactivate_task(struct rq *rq, struct task_struct *p, int flags)
{
	WRITE_ONCE(p->on_rq, TASK_ON_RQ_MIGRATING);
	dequeue_task(rq, p, flags | DEQUEUE_MIGRATING);
}

/**
 * wakeup_preempt - a task became runnable: does it beat the running one?
 * @rq: its queue, locked
 * @p: the task
 * @flags: WF_*
 */
void wakeup_preempt(struct rq *rq, struct task_struct *p, int flags)
{
	struct task_struct *curr = rcu_dereference_protected(rq->curr, true);

	if (p->sched_class == curr->sched_class)
		curr->sched_class->wakeup_preempt(rq, p, flags);
	else if (sched_class_above(p->sched_class, curr->sched_class))
		resched_curr(rq);
}

/* ---- which CPU ---- */

/**
 * __set_task_cpu - write down the CPU of a task
 * @p: on no queue, or on one whose lock is held
 * @cpu: the CPU
 *
 * The barrier keeps what the old queue's holder did to the task before the move: task_rq_lock()
 * reads cpu first.
 */
void __set_task_cpu(struct task_struct *p, unsigned int cpu)
{
	smp_wmb();	/* pairs with the lock and re-check in __task_rq_lock() */
	WRITE_ONCE(task_thread_info(p)->cpu, cpu);
	p->wake_cpu = cpu;
}

/**
 * set_task_cpu - move a task that is on no queue to another CPU
 * @p: the task, waking or migrating
 * @cpu: the CPU
 */
void set_task_cpu(struct task_struct *p, unsigned int cpu)
{
	if (task_cpu(p) == cpu)
		return;
	WARN_ON_ONCE(is_migration_disabled(p));
	p->sched_migrated = 1;
	rseq_migrate(p);
	__set_task_cpu(p, cpu);
}
