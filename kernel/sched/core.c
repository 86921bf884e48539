// SPDX-License-Identifier: MIT
/*
 * The heart of the scheduler: run queues, and the switch from one task to the next.
 *
 * schedule() is entered by a task that wants to sleep (it set its state before), that yields, or
 * that is preempted: an interrupt or the last preempt_enable() found TIF_NEED_RESCHED. The steps,
 * all on one CPU with interrupts off:
 *
 *	1. lock this CPU's queue
 *	2. a task that sleeps leaves the queue, unless a signal or a wake-up came first
 *	3. the classes, best first, are asked for the next task
 *	4. switch page tables if the next one has some, switch stacks
 *	5. on the new stack, finish the old task: on_cpu = 0 (now others may run it), unlock
 *
 * The lock taken in 1 by the old task is released in 5 by the new one. A task that never ran
 * starts its life at 5, in schedule_tail().
 *
 * The other half, how a sleeping task comes back, is in wakeup.c with the races drawn.
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
#include <linux/uaccess.h>
#include <linux/wait_bit.h>
#include <linux/workqueue.h>

#include <asm/switch_to.h>

#include "sched.h"

DEFINE_PER_CPU_SHARED_ALIGNED(struct rq, runqueues);

static bool scheduler_running __read_mostly;

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

/* Two queues at once, the lower CPU number first, so that no two CPUs wait for each other. */
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

/** double_rq_unlock - end double_rq_lock() */
void double_rq_unlock(struct rq *rq1, struct rq *rq2)
{
	raw_spin_rq_unlock(rq1);
	if (rq1 != rq2)
		raw_spin_rq_unlock(rq2);
}

/*
 * @this_rq is locked and @busiest is wanted too. If the order forbids waiting, this_rq is let go
 * for a moment: the caller must look again at what it knew about it.
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

/*
 * Undoes it. this_rq may have been taken as the inner of the two; alone it is an outer one again.
 */
void double_unlock_balance(struct rq *this_rq, struct rq *busiest)
{
	raw_spin_rq_unlock(busiest);
	lock_set_subclass(&this_rq->__lock.dep_map, 0, _RET_IP_);
}

/* ---- asking a CPU to schedule ---- */

/*
 * Sets the flag; true if the CPU must be interrupted to see it. A polling idle CPU watches the
 * flag itself: the other side of the race is drawn in linux/sched/idle.h.
 */
static bool set_nr_and_not_polling(struct task_struct *p)
{
#ifdef TIF_POLLING_NRFLAG
	unsigned long *flags = (unsigned long *)&task_thread_info(p)->flags;
	unsigned long old = atomic_long_fetch_or(BIT(TIF_NEED_RESCHED), (atomic_long_t *)flags);

	return !(old & BIT(TIF_POLLING_NRFLAG));
#else
	set_tsk_need_resched(p);
	return true;
#endif
}

/* The same, but only if the task polls; false leaves the flag alone. */
bool set_nr_if_polling(struct task_struct *p)
{
#ifdef TIF_POLLING_NRFLAG
	atomic_long_t *flags = (atomic_long_t *)&task_thread_info(p)->flags;
	long old = atomic_long_read(flags);

	do {
		if (!(old & BIT(TIF_POLLING_NRFLAG)))
			return false;
		if (old & BIT(TIF_NEED_RESCHED))
			return true;
	} while (!atomic_long_try_cmpxchg(flags, &old, old | BIT(TIF_NEED_RESCHED)));
	return true;
#else
	(void)p;
	return false;
#endif
}

/**
 * resched_curr - make a CPU call schedule() soon
 * @rq: its run queue, locked by the caller
 *
 * On this CPU the flag is folded into the preempt count; another CPU folds it when the interrupt
 * arrives.
 */
void resched_curr(struct rq *rq)
{
	struct task_struct *curr = rcu_dereference_protected(rq->curr, true);
	int cpu = cpu_of(rq);

	lockdep_assert_rq_held(rq);
	if (test_tsk_need_resched(curr))
		return;
	if (cpu == smp_processor_id()) {
		set_tsk_need_resched(curr);
		set_preempt_need_resched();
		return;
	}
	if (set_nr_and_not_polling(curr))
		smp_send_reschedule(cpu);
}

/**
 * resched_cpu - resched_curr() for a caller without the lock
 * @cpu: the CPU
 */
void resched_cpu(int cpu)
{
	struct rq *rq = cpu_rq(cpu);
	unsigned long flags;

	raw_spin_rq_lock_irqsave(rq, flags);
	if (cpu_online(cpu) || cpu == smp_processor_id())
		resched_curr(rq);
	raw_spin_rq_unlock_irqrestore(rq, flags);
}

/**
 * scheduler_ipi - the reschedule interrupt's handler; the interrupt's exit path then schedules
 *
 * Context: hard irq.
 */
void scheduler_ipi(void)
{
	preempt_fold_need_resched();
}

/**
 * kick_process - make the CPU on which a task runs enter the kernel once
 * @p: the task
 */
void kick_process(struct task_struct *p)
{
	int cpu;

	preempt_disable();
	cpu = task_cpu(p);
	if (cpu != smp_processor_id() && task_curr(p))
		smp_send_reschedule(cpu);
	preempt_enable();
}

/* ---- queueing ---- */

/** enqueue_task - a task becomes runnable, in its class. Context: the queue's lock held */
void enqueue_task(struct rq *rq, struct task_struct *p, int flags)
{
	p->sched_class->enqueue_task(rq, p, flags);
}

/** dequeue_task - a task isn't runnable any more, in its class. Context: the queue's lock held */
void dequeue_task(struct rq *rq, struct task_struct *p, int flags)
{
	p->sched_class->dequeue_task(rq, p, flags);
}

/* A task becomes runnable here: enqueue, then say so to lock-free readers of on_rq. */
void activate_task(struct rq *rq, struct task_struct *p, int flags)
{
	if (task_on_rq_migrating(p))
		flags |= ENQUEUE_MIGRATED;
	enqueue_task(rq, p, flags);
	WRITE_ONCE(p->on_rq, TASK_ON_RQ_QUEUED);
}

/* It leaves for another queue. */
void deactivate_task(struct rq *rq, struct task_struct *p, int flags)
{
	WRITE_ONCE(p->on_rq, TASK_ON_RQ_MIGRATING);
	dequeue_task(rq, p, flags | DEQUEUE_MIGRATING);
}

/*
 * It goes to sleep. The store of on_rq is the last touch of its fields here: the waker that sees
 * 0 may take the task over. Release pairs with the acquire in try_to_wake_up().
 */
static void block_task(struct rq *rq, struct task_struct *p)
{
	dequeue_task(rq, p, DEQUEUE_SLEEP);
	if (p->in_iowait)
		atomic_inc(&rq->nr_iowait);
	smp_store_release(&p->on_rq, 0);
}

/* @p became runnable on @rq: does it beat the running task? */
void wakeup_preempt(struct rq *rq, struct task_struct *p, int flags)
{
	struct task_struct *curr = rcu_dereference_protected(rq->curr, true);

	if (p->sched_class == curr->sched_class)
		curr->sched_class->wakeup_preempt(rq, p, flags);
	else if (sched_class_above(p->sched_class, curr->sched_class))
		resched_curr(rq);
}

/* ---- which CPU ---- */

/*
 * The new queue's lock is held or the task is not on any. The barrier keeps what the old queue's
 * holder did to the task before the move: task_rq_lock() reads cpu first.
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

/**
 * task_curr - does a task run on its CPU at this moment?
 * @p: the task
 *
 * Return: nonzero if so; it may be old news.
 */
int task_curr(const struct task_struct *p)
{
	return rcu_access_pointer(cpu_curr(task_cpu(p))) == p;
}

/**
 * idle_cpu - is nothing running or queued on a CPU, at a glance
 * @cpu: the CPU
 *
 * Return: 1 if idle.
 */
int idle_cpu(int cpu)
{
	struct rq *rq = cpu_rq(cpu);

	return rcu_access_pointer(rq->curr) == rq->idle && !READ_ONCE(rq->nr_running);
}

/**
 * available_idle_cpu - is a CPU idle, and can it start at once (a virtual one may not)?
 * @cpu: the CPU
 */
int available_idle_cpu(int cpu)
{
	return idle_cpu(cpu) && !vcpu_is_preempted(cpu);
}

/**
 * idle_task - a CPU's idle task
 * @cpu: the CPU
 */
struct task_struct *idle_task(int cpu)
{
	return cpu_rq(cpu)->idle;
}

/**
 * curr_task - what a CPU runs at this moment, as an address: for reports
 * @cpu: the CPU
 */
struct task_struct *curr_task(int cpu)
{
	return rcu_access_pointer(cpu_curr(cpu));
}

/**
 * cpus_share_cache - is memory that one CPU has used near to another?
 * @this_cpu: the one
 * @that_cpu: the other
 *
 * Return: true: topology isn't looked at.
 */
bool cpus_share_cache(int this_cpu, int that_cpu)
{
	(void)this_cpu;
	(void)that_cpu;
	return true;
}

/* ---- the switch ---- */

/*
 * Hand the locked queue to the next task, as the lock checkers see it: they hold the lock owner
 * by task.
 */
static void prepare_lock_switch(struct rq *rq, struct task_struct *next)
{
	spin_release(&rq->__lock.dep_map, _THIS_IP_);
#ifdef CONFIG_DEBUG_SPINLOCK
	rq->__lock.owner = next;
#else
	(void)next;
#endif
}

static void finish_lock_switch(struct rq *rq)
{
	spin_acquire(&rq->__lock.dep_map, 0, 0, _THIS_IP_);
	raw_spin_rq_unlock_irq(rq);
}

/*
 * The last act of the old task's CPU on its behalf. After on_cpu = 0 another CPU may run it, so
 * everything done to it, the saved registers above all, must be visible before: release, paired
 * with smp_cond_load_acquire() in try_to_wake_up().
 */
static void finish_task(struct task_struct *prev)
{
	smp_store_release(&prev->on_cpu, 0);
}

/* A dead task has now left its stack for good. */
static void bury_task(struct task_struct *prev)
{
	sched_dead(prev);
	put_task_stack(prev);
	put_task_struct_rcu_user(prev);
}

/*
 * On the new task's stack: the tail of every switch. @prev is the task that this CPU came from,
 * which need not be the one that this stack had switched to.
 */
static struct rq *finish_task_switch(struct task_struct *prev)
{
	struct rq *rq = this_rq();
	struct mm_struct *mm = rq->prev_mm;
	unsigned int prev_state;

	if (WARN_ONCE(preempt_count() != 2 * PREEMPT_DISABLE_OFFSET,
		      "corrupted preempt_count: %s/%d/0x%x\n", current->comm, current->pid,
		      preempt_count()))
		preempt_count_set(FORK_PREEMPT_COUNT);

	rq->prev_mm = NULL;
	/*
	 * Read before finish_task(): afterwards the task may be woken, run and die elsewhere, and
	 * a state read then could say TASK_DEAD a second time.
	 */
	prev_state = READ_ONCE(prev->__state);
	finish_task(prev);
	finish_lock_switch(rq);
	if (mm) {
		membarrier_mm_sync_core_before_usermode(mm);
		mmdrop_lazy_tlb_sched(mm);
	}
	if (unlikely(prev_state == TASK_DEAD))
		bury_task(prev);
	return rq;
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
	finish_task_switch(prev);
	preempt_enable();
	if (unlikely(current->set_child_tid))
		put_user(task_pid_vnr(current), current->set_child_tid);
}

/*
 * A task without user memory borrows the tables of the one before it and remembers them in
 * active_mm; the reference for that is dropped in finish_task_switch() of the task that comes
 * after the borrower.
 */
static void switch_address_space(struct rq *rq, struct task_struct *prev, struct task_struct *next)
{
	if (!next->mm) {
		enter_lazy_tlb(prev->active_mm, next);
		next->active_mm = prev->active_mm;
		if (prev->mm)
			mmgrab_lazy_tlb(prev->active_mm);
		else
			prev->active_mm = NULL;
		return;
	}
	switch_mm_irqs_off(prev->active_mm, next->mm, next);
	if (!prev->mm) {
		rq->prev_mm = prev->active_mm;
		prev->active_mm = NULL;
	}
}

static __always_inline void context_switch(struct rq *rq, struct task_struct *prev,
					   struct task_struct *next)
{
	/* Before the stack changes: wakers wait for this to become 0 again. */
	WRITE_ONCE(next->on_cpu, 1);
	rseq_preempt(prev);
	mm_cid_switch(prev, next);
	switch_address_space(rq, prev, next);
	prepare_lock_switch(rq, next);

	switch_to(prev, next, prev);
	barrier();
	finish_task_switch(prev);
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

static struct task_struct *pick_next_task(struct rq *rq, struct task_struct *prev)
{
	const struct sched_class *class;
	struct task_struct *p;

	/* The usual case: only fair tasks here. */
	if (likely(!sched_class_above(prev->sched_class, &fair_sched_class) &&
		   rq->nr_running == rq->cfs.nr_running)) {
		if (unlikely(!rq->nr_running))
			balance_classes(rq, prev);
		if (likely(rq->nr_running && rq->nr_running == rq->cfs.nr_running)) {
			prev->sched_class->put_prev_task(rq, prev);
			return fair_sched_class.pick_next_task(rq);
		}
	} else {
		balance_classes(rq, prev);
	}

	prev->sched_class->put_prev_task(rq, prev);
	for_each_class(class) {
		p = class->pick_next_task(rq);
		if (p)
			return p;
	}
	BUG();		/* the idle class always has a task */
}

/* A task that set a sleeping state sleeps now, or returns to running if a signal is pending. */
static void try_to_block_task(struct rq *rq, struct task_struct *p, unsigned int state)
{
	if (unlikely(signal_pending_state(state, p))) {
		WRITE_ONCE(p->__state, TASK_RUNNING);
		return;
	}
	p->sched_contributes_to_load = (state & TASK_UNINTERRUPTIBLE) && !(state & TASK_NOLOAD);
	if (p->sched_contributes_to_load)
		rq->nr_uninterruptible++;
	block_task(rq, p);
}

#define SM_NONE		0U
#define SM_PREEMPT	1U

/*
 * Entered with preemption off. @sched_mode says whether the task was preempted; then its state
 * doesn't count: it may be on the way to sleep but hasn't tested its condition yet.
 */
static void __sched notrace __schedule(unsigned int sched_mode)
{
	struct task_struct *prev, *next;
	unsigned long *switch_count;
	unsigned int prev_state;
	struct rq *rq;

	rq = this_rq();
	prev = current;
	schedule_debug(prev, sched_mode);

	local_irq_disable();
	rcu_note_context_switch(sched_mode);

	/*
	 * The lock plus the barrier order our store of __state (and what the caller stored
	 * before) against our loads below; pairs with the waker's barrier after pi_lock.
	 */
	raw_spin_rq_lock(rq);
	smp_mb__after_spinlock();
	update_rq_clock(rq);

	prev_state = READ_ONCE(prev->__state);
	switch_count = &prev->nivcsw;
	if (sched_mode == SM_NONE && prev_state) {
		try_to_block_task(rq, prev, prev_state);
		switch_count = &prev->nvcsw;
	}

	next = pick_next_task(rq, prev);
	clear_tsk_need_resched(prev);
	clear_preempt_need_resched();

	if (likely(prev != next)) {
		rq->nr_switches++;
		++*switch_count;
		next->sched_info.pcount++;
		RCU_INIT_POINTER(rq->curr, next);
		context_switch(rq, prev, next);
	} else {
		raw_spin_rq_unlock_irq(rq);
	}
}

/**
 * do_task_dead - the last schedule() of a task
 *
 * Preemption is off before the state is set: finish_task_switch() buries whatever was switched
 * away from in TASK_DEAD, and a task that is merely preempted there would come back to a stack
 * that is gone.
 *
 * Context: preemption off, by the caller.
 */
void __noreturn do_task_dead(void)
{
	/* A wake-up that is under way must not turn TASK_DEAD into TASK_RUNNING. */
	set_special_state(TASK_DEAD);
	current->flags |= PF_NOFREEZE;
	__schedule(SM_NONE);
	BUG();
}

/* A worker that sleeps lets another one start; a task with plugged I/O lets it go. */
static __always_inline void sched_submit_work(struct task_struct *tsk)
{
	if (unlikely(tsk->flags & PF_WQ_WORKER))
		wq_worker_sleeping(tsk);
}

static __always_inline void sched_update_worker(struct task_struct *tsk)
{
	if (unlikely(tsk->flags & PF_WQ_WORKER))
		wq_worker_running(tsk);
}

static __always_inline void __schedule_loop(unsigned int sched_mode)
{
	do {
		preempt_disable();
		__schedule(sched_mode);
		sched_preempt_enable_no_resched();
	} while (need_resched());
}

/**
 * schedule - let another task run; sleep, if the state says so
 *
 * Context: task context, preemption on, no spin lock held.
 */
asmlinkage __visible void __sched schedule(void)
{
	struct task_struct *tsk = current;

	if (!task_is_running(tsk))
		sched_submit_work(tsk);
	__schedule_loop(SM_NONE);
	sched_update_worker(tsk);
}
EXPORT_SYMBOL(schedule);

/**
 * schedule_idle - the idle task's way out: it has no work to submit and its state is always
 * TASK_RUNNING
 *
 * Context: the idle task, preemption off.
 */
void __sched schedule_idle(void)
{
	WARN_ON_ONCE(current->__state);
	do {
		__schedule(SM_NONE);
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

static void __sched notrace preempt_schedule_common(void)
{
	do {
		preempt_disable_notrace();
		__schedule(SM_PREEMPT);
		preempt_enable_no_resched_notrace();
	} while (need_resched());
}

/**
 * preempt_schedule - the slow half of preempt_enable()
 *
 * Does nothing where preemption is not possible, interrupts off above all.
 */
asmlinkage __visible void __sched notrace preempt_schedule(void)
{
	if (likely(!preemptible()))
		return;
	preempt_schedule_common();
}
EXPORT_SYMBOL(preempt_schedule);

/** preempt_schedule_notrace - preempt_schedule() for preempt_enable_notrace() */
asmlinkage __visible void __sched notrace preempt_schedule_notrace(void)
{
	if (likely(!preemptible()))
		return;
	preempt_schedule_common();
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
		__schedule(SM_PREEMPT);
		local_irq_disable();
		sched_preempt_enable_no_resched();
	} while (need_resched());
}

/* ---- sleeping for I/O ---- */

/**
 * io_schedule_prepare - sleeps of current count as waiting for I/O from here on
 *
 * Return: what io_schedule_finish() wants back.
 */
int __must_check io_schedule_prepare(void)
{
	int old_iowait = current->in_iowait;

	current->in_iowait = 1;
	return old_iowait;
}

/**
 * io_schedule_finish - sleeps count as before io_schedule_prepare()
 * @token: what that returned
 */
void io_schedule_finish(int token)
{
	current->in_iowait = token;
}

/**
 * io_schedule_timeout - schedule_timeout(), but the sleep counts as waiting for I/O
 * @timeout: jiffies
 *
 * Context: may sleep; the caller has set current's state.
 * Return: as schedule_timeout().
 */
long __sched io_schedule_timeout(long timeout)
{
	int token = io_schedule_prepare();
	long ret = schedule_timeout(timeout);

	io_schedule_finish(token);
	return ret;
}

/**
 * io_schedule - schedule(), but the sleep counts as waiting for I/O
 *
 * Context: may sleep; the caller has set current's state.
 */
void __sched io_schedule(void)
{
	int token = io_schedule_prepare();

	schedule();
	io_schedule_finish(token);
}

/**
 * __cond_resched_lock - the function under cond_resched_lock(): let a waiting task run, without the
 * lock
 * @lock: held; given back meanwhile if need be
 *
 * Context: may be preempted if @lock is the only one held.
 * Return: 1 if the lock was given back, and what it protects may have changed; else 0.
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

/* ---- figures ---- */

/**
 * nr_context_switches - switches of all CPUs since boot
 *
 * Context: any; a sum of numbers that move.
 */
unsigned long long nr_context_switches(void)
{
	unsigned long long sum = 0;
	int cpu;

	for_each_possible_cpu(cpu)
		sum += READ_ONCE(cpu_rq(cpu)->nr_switches);
	return sum;
}

/**
 * nr_running - tasks that run or want to, on all online CPUs
 *
 * Context: any; a sum of numbers that move.
 */
unsigned int nr_running(void)
{
	unsigned int sum = 0;
	int cpu;

	for_each_online_cpu(cpu)
		sum += READ_ONCE(cpu_rq(cpu)->nr_running);
	return sum;
}

/** single_task_running - has current this CPU for itself? */
bool single_task_running(void)
{
	return READ_ONCE(raw_rq()->nr_running) == 1;
}

/**
 * nr_iowait_cpu - tasks that sleep for I/O and last ran on a CPU
 * @cpu: the CPU
 */
unsigned int nr_iowait_cpu(int cpu)
{
	return atomic_read(&cpu_rq(cpu)->nr_iowait);
}

/**
 * nr_iowait - tasks that sleep for I/O
 *
 * Context: any; a sum of numbers that move.
 */
unsigned int nr_iowait(void)
{
	unsigned int sum = 0;
	int cpu;

	for_each_possible_cpu(cpu)
		sum += nr_iowait_cpu(cpu);
	return sum;
}

/**
 * task_sched_runtime - CPU time of a task, exact even while it runs
 * @p: the task
 *
 * Return: nanoseconds.
 */
unsigned long long task_sched_runtime(struct task_struct *p)
{
	unsigned long flags;
	struct rq *rq = task_rq_lock(p, &flags);
	u64 ns;

	if (task_current(rq, p) && task_on_rq_queued(p)) {
		update_rq_clock(rq);
		p->sched_class->update_curr(rq);
	}
	ns = p->se.sum_exec_runtime;
	task_rq_unlock(rq, p, &flags);
	return ns;
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

/**
 * in_sched_functions - is this an address in the scheduler, and so of no interest to who asks where
 * a task sleeps?
 * @addr: the address
 *
 * Return: nonzero if so.
 */
int in_sched_functions(unsigned long addr)
{
	return addr >= (unsigned long)__sched_text_start &&
	       addr < (unsigned long)__sched_text_end;
}
