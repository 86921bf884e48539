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

static int first_allowed_cpu(struct task_struct *p, const struct cpumask *among)
{
	int cpu;

	for_each_cpu(cpu, among)
		if (is_cpu_allowed(p, cpu))
			return cpu;
	return -1;
}

/**
 * select_fallback_rq - a CPU for a task that may not run where it should
 * @cpu: where that was
 * @p: the task, pi_lock held
 *
 * Any CPU of its mask that is up. If there is none the mask gives way, to all CPUs.
 *
 * Return: a CPU that is up.
 */
int select_fallback_rq(int cpu, struct task_struct *p)
{
	int dest = first_allowed_cpu(p, p->cpus_ptr);

	if (dest >= 0)
		return dest;
	BUG_ON(is_migration_disabled(p));
	do_set_cpus_allowed(p, cpu_possible_mask);
	pr_debug_ratelimited("sched: %s/%d lost its last CPU, %d, and may use all now\n", p->comm,
			     task_pid_nr(p), cpu);
	dest = first_allowed_cpu(p, cpu_online_mask);
	BUG_ON(dest < 0);
	return dest;
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
	return likely(is_cpu_allowed(p, cpu)) ? cpu : select_fallback_rq(task_cpu(p), p);
}

/* ---- the wake-up ---- */

/* From here on it may run, if it is queued; or it runs on, if it hasn't left. */
static void set_awake(struct task_struct *p)
{
	WRITE_ONCE(p->__state, TASK_RUNNING);
}

/* On to a queue, which is locked, and up to compete. */
static __always_inline void enter_queue(struct rq *rq, struct task_struct *p, int enqueue_flags,
					int wake_flags)
{
	update_rq_clock(rq);
	activate_task(rq, p, enqueue_flags);
	wakeup_preempt(rq, p, wake_flags);
	set_awake(p);
	if (p->sched_class->task_woken)
		p->sched_class->task_woken(rq, p);
}

/*
 * W1: the task set a state and something on its own CPU, perhaps itself, calls the sleep off. It is
 * on its queue and can't leave meanwhile, as preemption is off.
 */
static int wake_self(struct task_struct *p, unsigned int state)
{
	if (!(READ_ONCE(p->__state) & state))
		return 0;
	set_awake(p);
	return 1;
}

/*
 * W2, V4: the task is on a queue and only has to be told not to leave. If it runs now it needs no
 * preemption test; if it was preempted it competes like any other. Return: was it?
 */
static bool wake_queued(struct task_struct *p, int wake_flags)
{
	struct rq *rq = __task_rq_lock(p);
	bool queued = task_on_rq_queued(p);

	if (!queued)
		goto out_unlock;
	if (!task_on_cpu(p)) {
		update_rq_clock(rq);
		wakeup_preempt(rq, p, wake_flags);
	}
	set_awake(p);
out_unlock:
	__task_rq_unlock(rq);
	return queued;
}

/* W3, W4: V5 to V7. */
static void wake_sleeping(struct task_struct *p, int wake_flags)
{
	int enqueue_flags = ENQUEUE_WAKEUP, cpu;
	struct rq *rq;

	/*
	 * on_rq was seen 0: S6 is done, and the acquire here makes all the sleeper's stores
	 * before it visible, the lock section's too. Pairs with the release in leave_queue().
	 */
	smp_acquire__after_ctrl_dep();
	WRITE_ONCE(p->__state, TASK_WAKING);

	/* V6: its CPU leaves its stack. Pairs with the release in finish_switch(). */
	smp_cond_load_acquire(&p->on_cpu, !VAL);

	if (p->in_iowait)
		atomic_dec(&task_rq(p)->nr_iowait);
	cpu = select_task_rq(p, p->wake_cpu, wake_flags | WF_TTWU);
	if (task_cpu(p) != cpu) {
		wake_flags |= WF_MIGRATED;
		enqueue_flags |= ENQUEUE_MIGRATED;
		set_task_cpu(p, cpu);
	}
	rq = cpu_rq(cpu);
	raw_spin_rq_lock(rq);
	if (p->sched_contributes_to_load)
		rq->nr_uninterruptible--;
	enter_queue(rq, p, enqueue_flags, wake_flags);
	raw_spin_rq_unlock(rq);
}

static int wake_other(struct task_struct *p, unsigned int state, int wake_flags)
{
	unsigned long flags;
	int woken = 0;

	raw_spin_lock_irqsave(&p->pi_lock, flags);
	smp_mb__after_spinlock();	/* V2; pairs with S2 */
	if (READ_ONCE(p->__state) & state) {
		smp_rmb();		/* V3 before V4: state, then on_rq */
		if (!READ_ONCE(p->on_rq) || !wake_queued(p, wake_flags))
			wake_sleeping(p, wake_flags);
		woken = 1;
	}
	raw_spin_unlock_irqrestore(&p->pi_lock, flags);
	return woken;
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
	int woken;

	preempt_disable();
	woken = p == current ? wake_self(p, state) : wake_other(p, state, wake_flags);
	preempt_enable();
	return woken;
}

/**
 * wake_up_process - wake a task from any ordinary sleep
 * @p: the task
 *
 * Context: any, except with a run queue locked.
 * Return: 1 if it was asleep, 0 if it was running already.
 */
int wake_up_process(struct task_struct *p)
{
	return try_to_wake_up(p, TASK_NORMAL, 0);
}
EXPORT_SYMBOL(wake_up_process);

/** wake_up_state - the same for the states in @state only */
int wake_up_state(struct task_struct *p, unsigned int state)
{
	return try_to_wake_up(p, state, 0);
}

/**
 * wake_up_new_task - let a newborn task run for the first time
 * @p: the task, in TASK_NEW
 *
 * Context: task context.
 */
void wake_up_new_task(struct task_struct *p)
{
	unsigned long flags;
	struct rq *rq;

	raw_spin_lock_irqsave(&p->pi_lock, flags);
	set_awake(p);
	__set_task_cpu(p, select_task_rq(p, task_cpu(p), WF_FORK));
	rq = __task_rq_lock(p);
	enter_queue(rq, p, ENQUEUE_INITIAL, WF_FORK);
	task_rq_unlock(rq, p, &flags);
}

/* ---- wake queues ---- */

/*
 * Tasks to be woken when the caller has let go of his locks. A task's node is NULL while it is on
 * no list: whoever changes that has it. If somebody else has, his wake-up will do for us too, as it
 * comes after our condition: the barrier is between that and the look at the node.
 */
static bool wake_q_claim(struct wake_q_node *node)
{
	smp_mb__before_atomic();	/* pairs with the barrier in wake_other() */
	return likely(!cmpxchg_relaxed(&node->next, NULL, WAKE_Q_TAIL));
}

static bool wake_q_append(struct wake_q_head *head, struct wake_q_node *node)
{
	if (!wake_q_claim(node))
		return false;
	/* Others may be at the same word with their claims, which fail. */
	WRITE_ONCE(*head->lastp, node);
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
	if (wake_q_append(head, &task->wake_q))
		get_task_struct(task);
}

/** wake_q_add_safe - the same; the caller gives his reference away */
void wake_q_add_safe(struct wake_q_head *head, struct task_struct *task)
{
	if (!wake_q_append(head, &task->wake_q))
		put_task_struct(task);
}

/**
 * wake_up_q - wake every task of a list
 * @head: the list, empty afterwards
 *
 * Context: any, except with a run queue locked.
 */
void wake_up_q(struct wake_q_head *head)
{
	struct wake_q_node *node, *next;

	for (node = head->first; node != WAKE_Q_TAIL; node = next) {
		struct task_struct *task = container_of(node, struct task_struct, wake_q);

		next = READ_ONCE(node->next);
		/* From here on it may be put on a list again, any. */
		WRITE_ONCE(node->next, NULL);
		wake_up_process(task);
		put_task_struct(task);
	}
	wake_q_init(head);
}

/* ---- holding a task still ---- */

/* What wait_task_inactive() sees when it has stopped the task for a look. */
struct activity {
	bool on_cpu;
	bool on_queue;
	unsigned long switches;		/* voluntary, with the top bit set; 0: not in that state */
};

static struct activity look_at_task(struct task_struct *p, unsigned int match_state)
{
	struct activity seen = {};
	unsigned long flags;
	struct rq *rq;

	rq = task_rq_lock(p, &flags);
	seen.on_cpu = task_on_cpu(p);
	seen.on_queue = p->on_rq;
	if (!match_state || READ_ONCE(p->__state) & match_state)
		seen.switches = p->nvcsw | LONG_MIN;
	task_rq_unlock(rq, p, &flags);
	return seen;
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
	struct activity seen;

	for (;;) {
		seen = look_at_task(p, match_state);
		if (!seen.switches)
			return 0;
		if (!seen.on_cpu && !seen.on_queue)
			return seen.switches;
		if (seen.on_cpu) {
			cpu_relax();
			cond_resched();
		} else {
			/* Runnable: it needs the CPU that we might be on. */
			schedule_timeout_uninterruptible(1);
		}
	}
}
