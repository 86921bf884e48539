// SPDX-License-Identifier: MIT
/*
 * Waking tasks.
 *
 * A wake-up may meet its task in four places, and must be right in each:
 *
 *	(W1) it is the waker itself (an interrupt on its CPU, or set_current_state() undone)
 *	(W2) on a run queue: it set its state but hasn't left, or was preempted on the way
 *	(W3) off the queue, but its CPU still stands on its stack inside __schedule()
 *	(W4) asleep
 *
 * The sleeper and the waker:
 *
 *	sleeper					waker
 *	-------					-----
 *	S1 __state = TASK_x			V1 condition = true
 *	S2 full barrier				V2 lock pi_lock, full barrier
 *	S3 condition? then don't sleep		V3 __state matches? else done
 *	S4 __schedule(): lock rq		V4 on_rq? then (W2): lock rq, __state = RUNNING
 *	S5 __state still set?			V5 __state = TASK_WAKING
 *	S6 dequeue, on_rq = 0			V6 wait for on_cpu == 0          (W3)
 *	S7 switch stacks, on_cpu = 0		V7 choose a CPU, enqueue, on_rq = 1
 *
 * S2 and V2 make sure that either S3 sees the condition or V3 sees the state. In (W2) the queue's
 * lock decides: if V4 gets it before S4, S5 sees RUNNING and the task doesn't sleep; if after S6,
 * on_rq is 0 when V4 looks again under the lock, and the waker goes on to V5. V6 is what keeps two
 * CPUs from running on one stack. The loads of V3, V4 and V6 must happen in this order, because
 * the sleeper's stores do:
 *
 *	S1 state  ->  (rq lock) ->  S6 on_rq = 0, release  ->  S7 on_cpu = 0, release
 *
 * A waker that sees S1 but then an older on_rq or on_cpu would take a running task for a sleeping
 * one. pi_lock makes wakers of one task take turns, and everything from V5 to V7 is the winner's
 * alone: TASK_WAKING matches no mask.
 */

#include <linux/cpu.h>
#include <linux/kthread.h>
#include <linux/percpu.h>
#include <linux/printk.h>
#include <linux/ratelimit.h>
#include <linux/sched/wake_q.h>
#include <linux/wait.h>

#include "sched.h"

/* ---- where to wake ---- */

/*
 * The task may run on none of the CPUs that are up. Its mask gives way: first to what the user
 * asked for last, then to every CPU. Called with pi_lock held.
 */
int select_fallback_rq(int cpu, struct task_struct *p)
{
	int dest;

	for_each_cpu(dest, p->cpus_ptr) {
		if (is_cpu_allowed(p, dest))
			return dest;
	}
	if (!is_migration_disabled(p)) {
		do_set_cpus_allowed(p, cpu_possible_mask);
		for_each_cpu(dest, cpu_online_mask) {
			if (is_cpu_allowed(p, dest)) {
				pr_debug_ratelimited("process %d (%s) no longer affine to cpu%d\n",
						     task_pid_nr(p), p->comm, cpu);
				return dest;
			}
		}
	}
	BUG();
}

/**
 * select_task_rq - the CPU on which a waking task should run
 * @p: the task, pi_lock held, on no queue
 * @cpu: where it would go without further thought
 * @wake_flags: WF_*
 *
 * Return: an allowed CPU that is up.
 */
int select_task_rq(struct task_struct *p, int cpu, int wake_flags)
{
	lockdep_assert_held(&p->pi_lock);

	if (p->nr_cpus_allowed > 1 && !is_migration_disabled(p))
		cpu = p->sched_class->select_task_rq(p, cpu, wake_flags);
	else
		cpu = cpumask_any(p->cpus_ptr);
	if (unlikely(!is_cpu_allowed(p, cpu)))
		cpu = select_fallback_rq(task_cpu(p), p);
	return cpu;
}

/* ---- the wake-up ---- */

static void ttwu_do_wakeup(struct task_struct *p)
{
	WRITE_ONCE(p->__state, TASK_RUNNING);
}

/* V7: on to the queue, locked by the caller. */
static void ttwu_do_activate(struct rq *rq, struct task_struct *p, int wake_flags)
{
	int en_flags = ENQUEUE_WAKEUP;

	if (p->sched_contributes_to_load)
		rq->nr_uninterruptible--;
	if (wake_flags & WF_MIGRATED)
		en_flags |= ENQUEUE_MIGRATED;

	activate_task(rq, p, en_flags);
	wakeup_preempt(rq, p, wake_flags);
	ttwu_do_wakeup(p);
	if (p->sched_class->task_woken)
		p->sched_class->task_woken(rq, p);
}

/*
 * V4: the task is on a queue, so it only has to be told not to leave. If it runs now, it needs no
 * preemption test; if it was preempted, it is the queue's like any other.
 */
static bool ttwu_runnable(struct task_struct *p, int wake_flags)
{
	struct rq *rq = __task_rq_lock(p);
	bool queued = task_on_rq_queued(p);

	if (queued) {
		if (!task_on_cpu(p)) {
			update_rq_clock(rq);
			wakeup_preempt(rq, p, wake_flags);
		}
		ttwu_do_wakeup(p);
	}
	__task_rq_unlock(rq);
	return queued;
}

static void ttwu_queue(struct task_struct *p, int cpu, int wake_flags)
{
	struct rq *rq = cpu_rq(cpu);

	raw_spin_rq_lock(rq);
	update_rq_clock(rq);
	ttwu_do_activate(rq, p, wake_flags);
	raw_spin_rq_unlock(rq);
}

/*
 * W1: current wakes itself, which means it set a state and somebody on its own CPU (perhaps it)
 * calls the sleep off. It is on its queue and can't leave meanwhile: the caller has preemption
 * off, or is the task.
 */
static bool ttwu_self(struct task_struct *p, unsigned int state)
{
	if (!(READ_ONCE(p->__state) & state))
		return false;
	ttwu_do_wakeup(p);
	return true;
}

/* V5 to V7. */
static void ttwu_sleeping(struct task_struct *p, int wake_flags)
{
	int cpu;

	/*
	 * on_rq was seen 0: S6 is done, and the acquire here makes all the sleeper's stores
	 * before it visible, the lock section's too. Pairs with the release in block_task().
	 */
	smp_acquire__after_ctrl_dep();
	WRITE_ONCE(p->__state, TASK_WAKING);

	/*
	 * V6: until the other CPU has left its stack. Acquire pairs with the release in
	 * finish_task().
	 */
	smp_cond_load_acquire(&p->on_cpu, !VAL);

	if (p->in_iowait)
		atomic_dec(&task_rq(p)->nr_iowait);
	cpu = select_task_rq(p, p->wake_cpu, wake_flags | WF_TTWU);
	if (task_cpu(p) != cpu) {
		wake_flags |= WF_MIGRATED;
		set_task_cpu(p, cpu);
	}
	ttwu_queue(p, cpu, wake_flags);
}

/**
 * try_to_wake_up - make a sleeping task runnable
 * @p: the task
 * @state: the states in which to wake it
 * @wake_flags: WF_SYNC if the waker is about to sleep
 *
 * A full barrier stands before the test of the state, whether or not it matches: what the caller
 * stored before is seen by the task if it is not woken.
 *
 * Context: any, with interrupts on or off, except with a run queue locked.
 * Return: 1 if this call woke the task, 0 if it was not in @state.
 */
int try_to_wake_up(struct task_struct *p, unsigned int state, int wake_flags)
{
	unsigned long flags;
	int success = 0;

	preempt_disable();
	if (p == current) {
		success = ttwu_self(p, state);
		goto out;
	}

	raw_spin_lock_irqsave(&p->pi_lock, flags);
	smp_mb__after_spinlock();	/* V2; pairs with S2 */
	if (!(READ_ONCE(p->__state) & state))
		goto unlock;
	success = 1;

	smp_rmb();	/* V3 before V4: state, then on_rq */
	if (READ_ONCE(p->on_rq) && ttwu_runnable(p, wake_flags))
		goto unlock;
	ttwu_sleeping(p, wake_flags);
unlock:
	raw_spin_unlock_irqrestore(&p->pi_lock, flags);
out:
	preempt_enable();
	return success;
}

/**
 * wake_up_process - wake a task from any ordinary sleep
 * @p: the task
 *
 * Return: 1 if it was asleep, 0 if it was running already.
 */
int wake_up_process(struct task_struct *p)
{
	return try_to_wake_up(p, TASK_NORMAL, 0);
}
EXPORT_SYMBOL(wake_up_process);

/**
 * wake_up_state - wake a task if it sleeps in one of some states
 * @p: the task
 * @state: TASK_*, or'ed
 *
 * Context: any but NMI.
 * Return: 1 if it was woken by this, 0 if not.
 */
int wake_up_state(struct task_struct *p, unsigned int state)
{
	return try_to_wake_up(p, state, 0);
}

/**
 * wake_up_new_task - let a newborn task run for the first time
 * @p: the task, in TASK_NEW
 */
void wake_up_new_task(struct task_struct *p)
{
	unsigned long flags;
	struct rq *rq;

	raw_spin_lock_irqsave(&p->pi_lock, flags);
	WRITE_ONCE(p->__state, TASK_RUNNING);
	__set_task_cpu(p, select_task_rq(p, task_cpu(p), WF_FORK));
	rq = __task_rq_lock(p);
	update_rq_clock(rq);
	activate_task(rq, p, ENQUEUE_INITIAL);
	wakeup_preempt(rq, p, WF_FORK);
	if (p->sched_class->task_woken)
		p->sched_class->task_woken(rq, p);
	task_rq_unlock(rq, p, &flags);
}

/* ---- wake queues ---- */

/*
 * The task's node points to the next one while it is on a list, NULL otherwise: whoever changes
 * it from NULL has it. The barrier orders the caller's condition before the look at the node: if
 * the task is on another waker's list, that waker's wake-up comes after our condition.
 */
static bool __wake_q_add(struct wake_q_head *head, struct task_struct *task)
{
	struct wake_q_node *node = &task->wake_q;

	smp_mb__before_atomic();	/* pairs with the barrier in try_to_wake_up() */
	if (unlikely(cmpxchg_relaxed(&node->next, NULL, WAKE_Q_TAIL)))
		return false;
	*head->lastp = node;
	head->lastp = &node->next;
	return true;
}

/**
 * wake_q_add - put a task on a list of tasks to wake
 * @head: the list, on the caller's stack
 * @task: the task; a reference is taken
 */
void wake_q_add(struct wake_q_head *head, struct task_struct *task)
{
	if (__wake_q_add(head, task))
		get_task_struct(task);
}

/**
 * wake_q_add_safe - wake_q_add(), to which the caller gives its reference
 * @head: the list
 * @task: to be woken by wake_up_q()
 */
void wake_q_add_safe(struct wake_q_head *head, struct task_struct *task)
{
	if (!__wake_q_add(head, task))
		put_task_struct(task);
}

/**
 * wake_up_q - wake every task of the list
 * @head: the list, empty afterwards
 */
void wake_up_q(struct wake_q_head *head)
{
	struct wake_q_node *node = head->first;

	while (node != WAKE_Q_TAIL) {
		struct task_struct *task = container_of(node, struct task_struct, wake_q);

		node = node->next;
		/* From here it may be queued again, on any list. */
		WRITE_ONCE(task->wake_q.next, NULL);
		wake_up_process(task);
		put_task_struct(task);
	}
	wake_q_init(head);
}

/* ---- holding a task still ---- */

/**
 * task_call_func - run a function while a task can neither wake nor sleep nor move
 * @p: the task
 * @func: called with pi_lock held, and the run queue's lock too if @p is runnable
 * @arg: for @func
 *
 * Return: what @func returned.
 */
int task_call_func(struct task_struct *p, task_call_f func, void *arg)
{
	unsigned long flags;
	struct rq *rq;
	int ret;

	rq = task_rq_lock(p, &flags);
	ret = func(p, arg);
	task_rq_unlock(rq, p, &flags);
	return ret;
}

/**
 * wait_task_inactive - wait until a task is off every CPU
 * @p: the task
 * @match_state: give up unless it is in one of these states; 0 waits whatever it does
 *
 * Context: may sleep.
 * Return: a nonzero switch count (compare two calls to see that it did not run in between), or 0
 * if the state didn't match.
 */
unsigned long wait_task_inactive(struct task_struct *p, unsigned int match_state)
{
	for (;;) {
		unsigned long flags, ncsw = 0;
		bool running, queued;
		struct rq *rq;

		rq = task_rq_lock(p, &flags);
		running = task_on_cpu(p);
		queued = p->on_rq;
		if (!match_state || (READ_ONCE(p->__state) & match_state))
			ncsw = p->nvcsw | LONG_MIN;
		task_rq_unlock(rq, p, &flags);

		if (!ncsw)
			return 0;
		if (running) {
			cpu_relax();
			cond_resched();
			continue;
		}
		if (!queued)
			return ncsw;
		/* Runnable: it needs the CPU that we might be on. */
		schedule_timeout_uninterruptible(1);
	}
}

/**
 * wake_up_if_idle - make a CPU leave its idle loop once
 * @cpu: the CPU
 */
void wake_up_if_idle(int cpu)
{
	struct rq *rq = cpu_rq(cpu);
	unsigned long flags;

	raw_spin_rq_lock_irqsave(rq, flags);
	if (is_idle_task(rcu_dereference_protected(rq->curr, true)))
		resched_curr(rq);
	raw_spin_rq_unlock_irqrestore(rq, flags);
}
