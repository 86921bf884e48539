// SPDX-License-Identifier: MIT
/*
 * A small RCU.
 *
 * A reader runs with preemption off, so a CPU that passes through schedule() has left every
 * reader that it was in. A grace period therefore is: ask every CPU for one context switch, and
 * wait until all have answered. One thread, rcu_gp, does it:
 *
 *	1. wait until some CPU has callbacks
 *	2. take all CPUs' callbacks
 *	3. mark every running CPU but our own as asked, and make each reschedule by interrupt
 *	4. each answers from __schedule(); the last one wakes us
 *	5. call the callbacks taken in 2, go to 1
 *
 * Our own CPU needs no question: that rcu_gp runs there says that no reader does. An idle CPU is
 * woken by the interrupt and answers too. A CPU that dies is answered for (rcu_report_cpu_dead()).
 *
 * Ordering: what an updater stored before call_rcu() is ordered before step 3 by the list's lock,
 * and a reader's accesses before its CPU's answer by the full barriers round the atomic count; the
 * answer is ordered before the callback by the same count. So a reader that could see the old
 * version finished before the callback began.
 */

#include <linux/completion.h>
#include <linux/cpumask.h>
#include <linux/init.h>
#include <linux/irq_work.h>
#include <linux/kthread.h>
#include <linux/mutex.h>
#include <linux/percpu.h>
#include <linux/rcupdate.h>
#include <linux/rcupdate_wait.h>
#include <linux/sched.h>
#include <linux/slab.h>
#include <linux/smp.h>
#include <linux/spinlock.h>
#include <linux/vmalloc.h>

#include "../sched/sched.h"

struct rcu_cpu {
	raw_spinlock_t lock;		/* guards head and tail */
	struct rcu_head *head;
	struct rcu_head **tail;
	int asked;			/* set by rcu_gp, cleared by the CPU's answer */
	struct irq_work wake;		/* call_rcu() may not wake a thread itself */
};

static DEFINE_PER_CPU(struct rcu_cpu, rcu_cpu);
static struct task_struct *rcu_gp_task;

/* CPUs that run; a CPU is in it before its first reader and until after its last. */
static DEFINE_RAW_SPINLOCK(rcu_cpus_lock);
static struct cpumask rcu_cpus;		/* guarded by rcu_cpus_lock */
static atomic_t rcu_unanswered;		/* CPUs asked that have not answered yet */

static bool have_callbacks(void)
{
	int cpu;

	for_each_possible_cpu(cpu) {
		if (READ_ONCE(per_cpu(rcu_cpu, cpu).head))
			return true;
	}
	return false;
}

/* ---- step 4: the answers ---- */

static void answer(struct rcu_cpu *rc)
{
	WRITE_ONCE(rc->asked, 0);
	if (atomic_dec_and_test(&rcu_unanswered))
		wake_up_process(rcu_gp_task);
}

/**
 * rcu_note_context_switch - called by __schedule() before it locks the run queue, interrupts off
 * @preempt: was the task preempted? Readers can't be, so it doesn't matter here
 */
void rcu_note_context_switch(bool preempt)
{
	struct rcu_cpu *rc = this_cpu_ptr(&rcu_cpu);

	(void)preempt;
	if (unlikely(READ_ONCE(rc->asked)))
		answer(rc);
}

void rcutree_report_cpu_starting(unsigned int cpu)
{
	unsigned long flags;

	raw_spin_lock_irqsave(&rcu_cpus_lock, flags);
	cpumask_set_cpu(cpu, &rcu_cpus);
	raw_spin_unlock_irqrestore(&rcu_cpus_lock, flags);
}

/* By another CPU, when @cpu runs no more. Its callbacks are taken from its list as ever. */
void rcu_report_cpu_dead(unsigned int cpu)
{
	struct rcu_cpu *rc = per_cpu_ptr(&rcu_cpu, cpu);
	unsigned long flags;
	bool asked;

	raw_spin_lock_irqsave(&rcu_cpus_lock, flags);
	cpumask_clear_cpu(cpu, &rcu_cpus);
	asked = rc->asked;
	raw_spin_unlock_irqrestore(&rcu_cpus_lock, flags);
	if (asked)
		answer(rc);
}

/* ---- steps 2, 3, 5 ---- */

static struct rcu_head *take_callbacks(void)
{
	struct rcu_head *list = NULL, **tail = &list;
	int cpu;

	for_each_possible_cpu(cpu) {
		struct rcu_cpu *rc = per_cpu_ptr(&rcu_cpu, cpu);

		if (!READ_ONCE(rc->head))
			continue;
		raw_spin_lock_irq(&rc->lock);
		*tail = rc->head;
		tail = rc->tail;
		rc->head = NULL;
		rc->tail = &rc->head;
		raw_spin_unlock_irq(&rc->lock);
	}
	return list;
}

/* Returns with rcu_unanswered one too high, so that it can't reach zero while we still ask. */
static void ask_cpus(struct cpumask *asked)
{
	unsigned long flags;
	int cpu, n = 1;

	raw_spin_lock_irqsave(&rcu_cpus_lock, flags);
	cpumask_copy(asked, &rcu_cpus);
	cpumask_clear_cpu(smp_processor_id(), asked);
	for_each_cpu(cpu, asked)
		n++;
	atomic_set(&rcu_unanswered, n);
	smp_mb();	/* the count, and the updaters' stores, before the questions */
	for_each_cpu(cpu, asked)
		WRITE_ONCE(per_cpu(rcu_cpu, cpu).asked, 1);
	raw_spin_unlock_irqrestore(&rcu_cpus_lock, flags);
}

static void wait_for_readers(void)
{
	static struct cpumask asked;	/* only rcu_gp is here */
	int cpu;

	/* Unpinned, we might move to a CPU between excluding ours and asking the others. */
	preempt_disable();
	ask_cpus(&asked);
	preempt_enable();
	for_each_cpu(cpu, &asked) {
		if (READ_ONCE(per_cpu(rcu_cpu, cpu).asked))
			resched_cpu(cpu);
	}
	if (atomic_dec_and_test(&rcu_unanswered))
		return;
	for (;;) {
		set_current_state(TASK_IDLE);
		if (!atomic_read(&rcu_unanswered))
			break;
		schedule();
	}
	__set_current_state(TASK_RUNNING);
	smp_mb();	/* the answers before the callbacks; pairs with atomic_dec_and_test() */
}

static void invoke(struct rcu_head *rhp)
{
	unsigned long offset = (unsigned long)rhp->func;

	if (__is_kvfree_rcu_offset(offset)) {
		kvfree((void *)rhp - offset);
		return;
	}
	local_bh_disable();
	rhp->func(rhp);
	local_bh_enable();
}

static int rcu_gp_fn(void *unused)
{
	(void)unused;
	for (;;) {
		struct rcu_head *list, *next;

		set_current_state(TASK_IDLE);
		if (!have_callbacks()) {
			schedule();
			continue;
		}
		__set_current_state(TASK_RUNNING);
		list = take_callbacks();
		wait_for_readers();
		for (; list; list = next) {
			next = list->next;
			invoke(list);
			cond_resched();
		}
	}
	return 0;
}

/* ---- the callers ---- */

static void wake_gp(struct irq_work *work)
{
	(void)work;
	if (rcu_gp_task)
		wake_up_process(rcu_gp_task);
}

static void enqueue(struct rcu_cpu *rc, struct rcu_head *head)
{
	unsigned long flags;
	bool first;

	head->next = NULL;
	raw_spin_lock_irqsave(&rc->lock, flags);
	first = !rc->head;
	*rc->tail = head;
	rc->tail = &head->next;
	raw_spin_unlock_irqrestore(&rc->lock, flags);
	if (first && rcu_gp_task)
		irq_work_queue(&rc->wake);
}

/**
 * call_rcu - call a function after a grace period
 * @head: in the object
 * @func: called with @head, bottom halves off
 *
 * Context: any but NMI.
 */
void call_rcu(struct rcu_head *head, rcu_callback_t func)
{
	preempt_disable();
	head->func = func;
	enqueue(this_cpu_ptr(&rcu_cpu), head);
	preempt_enable();
}
EXPORT_SYMBOL(call_rcu);

void kvfree_call_rcu(struct rcu_head *head, void *ptr)
{
	if (head) {
		call_rcu(head, (rcu_callback_t)((unsigned long)head - (unsigned long)ptr));
		return;
	}
	might_sleep();
	synchronize_rcu();
	kvfree(ptr);
}
EXPORT_SYMBOL(kvfree_call_rcu);

void wakeme_after_rcu(struct rcu_head *head)
{
	complete(&container_of(head, struct rcu_synchronize, head)->completion);
}

/**
 * synchronize_rcu - wait for a grace period
 *
 * Context: may sleep; not in a reader.
 */
void synchronize_rcu(void)
{
	struct rcu_synchronize rs;

	might_sleep();
	/* With one CPU, that we run says that no reader does. */
	if (!rcu_gp_task || cpumask_weight(&rcu_cpus) == 1)
		return;
	init_completion(&rs.completion);
	call_rcu(&rs.head, wakeme_after_rcu);
	wait_for_completion(&rs.completion);
}
EXPORT_SYMBOL(synchronize_rcu);

void synchronize_rcu_expedited(void)
{
	synchronize_rcu();
}
EXPORT_SYMBOL(synchronize_rcu_expedited);

static DEFINE_PER_CPU(struct rcu_synchronize, barrier_head);
static DEFINE_MUTEX(barrier_mutex);

/**
 * rcu_barrier - wait until every callback queued by now has been called
 *
 * A marker goes behind them on each CPU's list; lists are taken whole and called in order.
 *
 * Context: may sleep.
 */
void rcu_barrier(void)
{
	int cpu;

	if (!rcu_gp_task)
		return;
	mutex_lock(&barrier_mutex);
	for_each_possible_cpu(cpu) {
		struct rcu_synchronize *rs = per_cpu_ptr(&barrier_head, cpu);

		init_completion(&rs->completion);
		rs->head.func = wakeme_after_rcu;
		enqueue(per_cpu_ptr(&rcu_cpu, cpu), &rs->head);
	}
	wake_up_process(rcu_gp_task);
	for_each_possible_cpu(cpu)
		wait_for_completion(&per_cpu(barrier_head, cpu).completion);
	mutex_unlock(&barrier_mutex);
}
EXPORT_SYMBOL(rcu_barrier);

#ifdef CONFIG_DEBUG_LOCK_ALLOC
static struct lock_class_key rcu_lock_key, rcu_bh_lock_key, rcu_sched_lock_key, rcu_callback_key;

struct lockdep_map rcu_lock_map = {
	.name = "rcu_read_lock",
	.key = &rcu_lock_key,
	.wait_type_outer = LD_WAIT_FREE,
	.wait_type_inner = LD_WAIT_CONFIG,
};
EXPORT_SYMBOL_GPL(rcu_lock_map);

struct lockdep_map rcu_bh_lock_map = {
	.name = "rcu_read_lock_bh",
	.key = &rcu_bh_lock_key,
	.wait_type_outer = LD_WAIT_FREE,
	.wait_type_inner = LD_WAIT_CONFIG,
};
EXPORT_SYMBOL_GPL(rcu_bh_lock_map);

struct lockdep_map rcu_sched_lock_map = {
	.name = "rcu_read_lock_sched",
	.key = &rcu_sched_lock_key,
	.wait_type_outer = LD_WAIT_FREE,
	.wait_type_inner = LD_WAIT_SPIN,
};
EXPORT_SYMBOL_GPL(rcu_sched_lock_map);

struct lockdep_map rcu_callback_map = {
	.name = "rcu_callback",
	.key = &rcu_callback_key,
};
EXPORT_SYMBOL_GPL(rcu_callback_map);

int debug_lockdep_rcu_enabled(void)
{
	return rcu_gp_task && debug_locks && !current->lockdep_recursion;
}
EXPORT_SYMBOL_GPL(debug_lockdep_rcu_enabled);

int rcu_read_lock_held(void)
{
	return !preemptible();
}

int rcu_read_lock_bh_held(void)
{
	return in_softirq() || irqs_disabled();
}

int rcu_read_lock_sched_held(void)
{
	return !preemptible();
}

int rcu_read_lock_any_held(void)
{
	return !preemptible();
}
#endif

void call_rcu_hurry(struct rcu_head *head, rcu_callback_t func)
{
	call_rcu(head, func);
}

void rcu_softirq_qs(void)
{
}

void rcu_cpu_stall_reset(void)
{
}

void rcu_sched_clock_irq(int user)
{
	(void)user;
}

int rcu_needs_cpu(void)
{
	return 0;
}

bool rcu_is_watching(void)
{
	return true;
}

void __init rcu_init(void)
{
	int cpu;

	for_each_possible_cpu(cpu) {
		struct rcu_cpu *rc = per_cpu_ptr(&rcu_cpu, cpu);

		raw_spin_lock_init(&rc->lock);
		rc->tail = &rc->head;
		init_irq_work(&rc->wake, wake_gp);
	}
}

static int __init rcu_spawn_gp_kthread(void)
{
	struct task_struct *t = kthread_create(rcu_gp_fn, NULL, "rcu_gp");

	if (IS_ERR(t))
		panic("no memory for the RCU thread");
	WRITE_ONCE(rcu_gp_task, t);
	wake_up_process(t);
	return 0;
}
early_initcall(rcu_spawn_gp_kthread);
