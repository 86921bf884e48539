// SPDX-License-Identifier: MIT
/*
 * The heart of the scheduler: the switch from one task to the next.
 *
 * schedule() is entered by a task that wants to sleep (it set its state before) or that yields;
 * preempt_schedule() and its kin by one that somebody wants off the CPU: an interrupt or the last
 * preempt_enable() found TIF_NEED_RESCHED. All come to __schedule(), on one CPU with interrupts
 * off:
 *
 *	1. lock this CPU's queue
 *	2. a task that sleeps leaves the queue, unless a signal or a wake-up came first
 *	3. the classes, best first, are asked for the next task
 *	4. switch page tables if the next one has some, switch stacks
 *	5. on the new stack, finish the old task: on_cpu = 0 (now others may run it), unlock
 *
 *	task A			task B				task C, new
 *	1 2 3 4 ------------>	(slept at its own 4)
 *				5  returns from schedule()
 *				...
 *				1 2 3 4 --------------------->	5, in schedule_tail()
 *
 * The lock taken in 1 by the old task is released in 5 by the new one.
 *
 * The other files: rq.c the queues and their locks, resched.c asking for all this, wakeup.c how a
 * sleeping task comes back, with the races drawn.
 */

#include <linux/cpu.h>
#include <linux/lockdep.h>
#include <linux/membarrier.h>
#include <linux/mm_cid.h>
#include <linux/mmu_context.h>
#include <linux/percpu.h>
#include <linux/pid.h>
#include <linux/rcupdate.h>
#include <linux/rseq.h>
#include <linux/sched/signal.h>
#include <linux/uaccess.h>
#include <linux/wait_bit.h>
#include <linux/workqueue.h>

#include <asm/switch_to.h>

#include "sched.h"

static bool scheduler_running __read_mostly;

/* ---- step 5: on the new stack ---- */

/*
 * A lock belongs to a task, as lockdep and the spin locks' own checks see it; this one passes from
 * the old task to the new.
 */
static void queue_lock_leaves(struct rq *rq, struct task_struct *next)
{
	spin_release(&rq->__lock.dep_map, _THIS_IP_);
#ifdef CONFIG_DEBUG_SPINLOCK
	rq->__lock.owner = next;
#else
	(void)next;
#endif
}

static void queue_lock_arrives(struct rq *rq)
{
	spin_acquire(&rq->__lock.dep_map, 0, 0, _THIS_IP_);
}

/* A dead task has now left its stack for good. */
static void bury(struct task_struct *dead)
{
	sched_dead(dead);
	put_task_stack(dead);
	put_task_struct_rcu_user(dead);
}

/*
 * @prev is the task that this CPU came from, which need not be the one that this stack had switched
 * to.
 */
static void finish_switch(struct task_struct *prev)
{
	struct rq *rq = this_rq();
	struct mm_struct *borrowed = rq->prev_mm;
	bool dead;

	if (WARN_ONCE(preempt_count() != 2 * PREEMPT_DISABLE_OFFSET,
		      "sched: %s/%d was switched to with preempt_count 0x%x\n", current->comm,
		      current->pid, preempt_count()))
		preempt_count_set(FORK_PREEMPT_COUNT);

	rq->prev_mm = NULL;
	/*
	 * Looked at now: once on_cpu is 0 the task may be woken, run and die elsewhere, and would
	 * be buried twice.
	 */
	dead = READ_ONCE(prev->__state) == TASK_DEAD;
	/*
	 * From here on another CPU may run it. All that was done to it, the saved registers above
	 * all, must be visible before; pairs with smp_cond_load_acquire() in wakeup.c.
	 */
	smp_store_release(&prev->on_cpu, 0);
	queue_lock_arrives(rq);
	raw_spin_rq_unlock_irq(rq);

	if (borrowed) {
		membarrier_mm_sync_core_before_usermode(borrowed);
		mmdrop_lazy_tlb_sched(borrowed);
	}
	if (unlikely(dead))
		bury(prev);
}

/**
 * schedule_tail - the first thing that a new task runs
 * @prev: the task that was switched away from
 *
 * Called by the arch's ret_from_fork with the run queue locked and preemption off, as
 * FORK_PREEMPT_COUNT says. Leaves with both undone.
 */
asmlinkage __visible void schedule_tail(struct task_struct *prev)
{
	finish_switch(prev);
	preempt_enable();
	if (unlikely(current->set_child_tid))
		put_user(task_pid_vnr(current), current->set_child_tid);
	calculate_sigpending();
}

/* ---- step 4: tables and stacks ---- */

/*
 * A task without user memory borrows the tables of the one before it, and has them in active_mm.
 * The reference that it needs for that:
 *
 *	user -> kernel		taken
 *	kernel -> kernel	handed on
 *	kernel -> user		left in rq->prev_mm for finish_switch(), since dropping it may free
 */
static void switch_tables(struct rq *rq, struct task_struct *prev, struct task_struct *next)
{
	if (next->mm) {
		switch_mm_irqs_off(prev->active_mm, next->mm, next);
		if (!prev->mm) {
			rq->prev_mm = prev->active_mm;
			prev->active_mm = NULL;
		}
		return;
	}
	enter_lazy_tlb(prev->active_mm, next);
	next->active_mm = prev->active_mm;
	if (prev->mm)
		mmgrab_lazy_tlb(prev->active_mm);
	else
		prev->active_mm = NULL;
}

static __always_inline void switch_tasks(struct rq *rq, struct task_struct *prev,
					 struct task_struct *next)
{
	/* Before the stack changes: wakers wait for this to become 0 again. */
	WRITE_ONCE(next->on_cpu, 1);
	rseq_preempt(prev);
	mm_cid_switch(prev, next);
	switch_tables(rq, prev, next);
	queue_lock_leaves(rq, next);

	switch_to(prev, next, prev);
	barrier();
	finish_switch(prev);
}

/* ---- step 3: who is next? ---- */

/* The usual case, which saves asking the better classes. */
static bool only_fair_tasks(struct rq *rq, struct task_struct *prev)
{
	return rq->nr_running && rq->nr_running == rq->cfs.nr_running &&
	       !sched_class_above(prev->sched_class, &fair_sched_class);
}

/* A class that may pull from other CPUs does so before anybody is picked. */
static void balance_classes(struct rq *rq, struct task_struct *prev)
{
	const struct sched_class *class;

	for_each_class(class) {
		if (class->balance && class->balance(rq, prev))
			return;
	}
}

static struct task_struct *pick_next(struct rq *rq, struct task_struct *prev)
{
	const struct sched_class *class;
	struct task_struct *p;

	if (likely(only_fair_tasks(rq, prev))) {
		prev->sched_class->put_prev_task(rq, prev);
		return fair_sched_class.pick_next_task(rq);
	}
	balance_classes(rq, prev);
	prev->sched_class->put_prev_task(rq, prev);
	for_each_class(class) {
		p = class->pick_next_task(rq);
		if (p)
			return p;
	}
	BUG();		/* the idle class always has a task */
}

/* ---- step 2: going to sleep ---- */

/*
 * The store of on_rq is the last touch of the task's fields here: the waker that sees 0 may take it
 * over. Release pairs with the acquire in wake_sleeping().
 */
static void leave_queue(struct rq *rq, struct task_struct *p)
{
	dequeue_task(rq, p, DEQUEUE_SLEEP);
	if (p->in_iowait)
		atomic_inc(&rq->nr_iowait);
	smp_store_release(&p->on_rq, 0);
}

/* A task that set a sleeping state sleeps now, or runs on if a signal is pending. */
static void sleep_unless_signal(struct rq *rq, struct task_struct *p, unsigned int state)
{
	if (unlikely(signal_pending_state(state, p))) {
		WRITE_ONCE(p->__state, TASK_RUNNING);
		return;
	}
	p->sched_contributes_to_load = (state & TASK_UNINTERRUPTIBLE) && !(state & TASK_NOLOAD);
	if (p->sched_contributes_to_load)
		rq->nr_uninterruptible++;
	leave_queue(rq, p);
}

/* ---- steps 1 to 5 ---- */

/*
 * Entered with preemption off. The state of a task that is preempted doesn't count: it may be on
 * the way to sleep but hasn't tested its condition yet.
 */
static void __sched notrace __schedule(bool preempted)
{
	struct task_struct *prev = current, *next;
	unsigned long *count = &prev->nivcsw;
	struct rq *rq = this_rq();
	unsigned int state;

	schedule_debug(prev, preempted);
	local_irq_disable();
	rcu_note_context_switch(preempted);

	/*
	 * The lock plus the barrier order our store of __state (and what the caller stored
	 * before) against our loads below; pairs with the waker's barrier after pi_lock.
	 */
	raw_spin_rq_lock(rq);
	smp_mb__after_spinlock();
	update_rq_clock(rq);

	state = READ_ONCE(prev->__state);
	if (!preempted && state) {
		sleep_unless_signal(rq, prev, state);
		count = &prev->nvcsw;
	}
	next = pick_next(rq, prev);
	clear_tsk_need_resched(prev);
	clear_preempt_need_resched();
	if (unlikely(next == prev)) {
		raw_spin_rq_unlock_irq(rq);
		return;
	}
	rq->nr_switches++;
	++*count;
	next->sched_info.pcount++;
	RCU_INIT_POINTER(rq->curr, next);
	switch_tasks(rq, prev, next);
}

/* ---- doors: the task itself ---- */

/**
 * schedule - let another task run; sleep, if the state says so
 *
 * A workqueue's worker that sleeps lets another one start before.
 *
 * Context: task context, preemption on, no spin lock held.
 */
asmlinkage __visible void __sched schedule(void)
{
	struct task_struct *tsk = current;

	if (unlikely(tsk->flags & PF_WQ_WORKER) && !task_is_running(tsk))
		wq_worker_sleeping(tsk);
	do {
		preempt_disable();
		__schedule(false);
		sched_preempt_enable_no_resched();
	} while (need_resched());
	if (unlikely(tsk->flags & PF_WQ_WORKER))
		wq_worker_running(tsk);
}
EXPORT_SYMBOL(schedule);

/** schedule_idle - the idle task's way out; its state is always TASK_RUNNING, preemption off */
void __sched schedule_idle(void)
{
	WARN_ON_ONCE(current->__state);
	do {
		__schedule(false);
	} while (need_resched());
}

/**
 * schedule_preempt_disabled - schedule() for a caller with preemption off
 *
 * Preemption is off again when it returns.
 */
void __sched schedule_preempt_disabled(void)
{
	sched_preempt_enable_no_resched();
	schedule();
	preempt_disable();
}

/**
 * do_task_dead - the last time that a task schedules
 *
 * Preemption is off before the state is set: finish_switch() buries whatever was switched away from
 * in TASK_DEAD, and a task that is merely preempted there would come back to a stack that is gone.
 *
 * Context: preemption off, by the caller.
 */
void __noreturn do_task_dead(void)
{
	/* A wake-up that is under way must not turn TASK_DEAD into TASK_RUNNING. */
	set_special_state(TASK_DEAD);
	current->flags |= PF_NOFREEZE;
	__schedule(false);
	BUG();
}

/* ---- doors: preemption ---- */

/* Does nothing where preemption is not possible, interrupts off above all. */
static __always_inline void preempt_if_possible(void)
{
	if (likely(!preemptible()))
		return;
	do {
		preempt_disable_notrace();
		__schedule(true);
		preempt_enable_no_resched_notrace();
	} while (need_resched());
}

/** preempt_schedule - the slow half of preempt_enable() */
asmlinkage __visible void __sched notrace preempt_schedule(void)
{
	preempt_if_possible();
}
EXPORT_SYMBOL(preempt_schedule);

/** preempt_schedule_notrace - the slow half of preempt_enable_notrace() */
asmlinkage __visible void __sched notrace preempt_schedule_notrace(void)
{
	preempt_if_possible();
}
EXPORT_SYMBOL(preempt_schedule_notrace);

/**
 * preempt_schedule_irq - preempt on the way out of an interrupt
 *
 * Called with interrupts off and preempt count 0, returns so. Looping until the flag is clear
 * keeps a stream of interrupts from piling frames on the stack.
 */
asmlinkage __visible void __sched preempt_schedule_irq(void)
{
	BUG_ON(preempt_count() || !irqs_disabled());
	do {
		preempt_disable();
		local_irq_enable();
		__schedule(true);
		local_irq_disable();
		sched_preempt_enable_no_resched();
	} while (need_resched());
}

/**
 * __cond_resched_lock - let go of a lock for who waits for this CPU
 * @lock: held, and held again on return
 *
 * Return: 1 if it was let go.
 */
int __cond_resched_lock(spinlock_t *lock)
{
	if (!need_resched())
		return 0;
	spin_unlock(lock);
	if (preempt_count() == 0)
		preempt_check_resched();
	spin_lock(lock);
	return 1;
}

/* ---- doors: sleeping for I/O ---- */

/** io_schedule_prepare - sleeps from here on count as waiting for I/O. Return: for the next one */
int __must_check io_schedule_prepare(void)
{
	int before = current->in_iowait;

	current->in_iowait = 1;
	return before;
}

/** io_schedule_finish - undo io_schedule_prepare(), which returned @token */
void io_schedule_finish(int token)
{
	current->in_iowait = token;
}

/** io_schedule_timeout - schedule_timeout(), counted as waiting for I/O */
long __sched io_schedule_timeout(long timeout)
{
	int token = io_schedule_prepare();
	long left = schedule_timeout(timeout);

	io_schedule_finish(token);
	return left;
}

/** io_schedule - schedule(), counted as waiting for I/O */
void __sched io_schedule(void)
{
	int token = io_schedule_prepare();

	schedule();
	io_schedule_finish(token);
}

/* ---- the tick ---- */

/**
 * sched_tick - charge the running task and see whether its turn is over
 *
 * Called by the timer interrupt on each CPU with interrupts off.
 */
void sched_tick(void)
{
	struct rq *rq = this_rq();
	struct task_struct *curr;

	raw_spin_rq_lock(rq);
	update_rq_clock(rq);
	curr = rcu_dereference_protected(rq->curr, true);
	curr->sched_class->task_tick(rq, curr);
	sched_rt_period_tick(rq);
	raw_spin_rq_unlock(rq);

	if (curr->flags & PF_WQ_WORKER)
		wq_worker_tick(curr);
	sched_balance_trigger(rq);
}

/* ---- start ---- */

static void __init init_rq(struct rq *rq, int cpu)
{
	raw_spin_lock_init(&rq->__lock);
	rq->cpu = cpu;
	init_cfs_rq(&rq->cfs);
	init_rt_rq(&rq->rt);
	sched_balance_rq_init(rq);
}

/**
 * init_idle - make a task the idle thread of a CPU
 * @idle: the task, not running anywhere else
 * @cpu: the CPU
 */
void init_idle(struct task_struct *idle, int cpu)
{
	struct rq *rq = cpu_rq(cpu);
	unsigned long flags;

	raw_spin_lock_irqsave(&idle->pi_lock, flags);
	raw_spin_rq_lock(rq);
	idle->__state = TASK_RUNNING;
	idle->se.exec_start = sched_clock();
	idle->flags |= PF_KTHREAD | PF_NO_SETAFFINITY | PF_IDLE;
	set_cpus_allowed_common(idle, cpumask_of(cpu));
	__set_task_cpu(idle, cpu);
	idle->sched_class = &idle_sched_class;
	idle->prio = idle->normal_prio = MAX_PRIO;

	rq->idle = idle;
	rcu_assign_pointer(rq->curr, idle);
	idle->on_rq = TASK_ON_RQ_QUEUED;
	idle->on_cpu = 1;
	raw_spin_rq_unlock(rq);
	raw_spin_unlock_irqrestore(&idle->pi_lock, flags);

	/* Outside the locks: it may be this CPU's own count on some machines. */
	init_idle_preempt_count(idle, cpu);
	snprintf(idle->comm, sizeof(idle->comm), "swapper/%d", cpu);
}

/**
 * sched_init - make the run queues, and the boot task the idle task of this CPU
 *
 * Called once, before interrupts are on. Everything may be woken after it, nothing runs until
 * the boot task first schedules.
 */
void __init sched_init(void)
{
	int cpu;

	wait_bit_init();
	for_each_possible_cpu(cpu)
		init_rq(cpu_rq(cpu), cpu);
	rt_balance_init();
	sched_balance_init();
	set_load_weight(&init_task);

	mmgrab_lazy_tlb(&init_mm);
	enter_lazy_tlb(&init_mm, current);
	init_idle(current, smp_processor_id());
	scheduler_running = true;
}

/** in_sched_functions - is an address in code that sleeps on behalf of its caller? */
int in_sched_functions(unsigned long addr)
{
	return addr >= (unsigned long)__sched_text_start &&
	       addr < (unsigned long)__sched_text_end;
}
