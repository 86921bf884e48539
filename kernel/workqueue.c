// SPDX-License-Identifier: MIT
/*
 * Workqueues: functions to be run soon by a thread.
 *
 * A driver's interrupt handler finds that something has to be done which sleeps. It fills a
 * work_struct and queues it; a kernel thread calls its function. What that takes is in five files:
 *
 *	workqueue.c		a work's way into a lane, and back out of it
 *	workqueue_flush.c	waiting for works, cancelling them, switching them off
 *	workqueue_crew.c	the threads: how many run at once, and where
 *	workqueue_recruit.c	where new threads come from, and what if none can be had
 *	workqueue_setup.c	queues are made and destroyed; questions about them
 *
 * workqueue_internal.h has the words (crew, lane), the layout of work->data and the locks; read it
 * first.
 *
 * The life of a work:
 *
 *	         queue_work()             lane_start_work()          function returns
 *	idle ----------------> waiting ---------------------> running --------------> idle
 *	  | queue_delayed_work()  ^                              |
 *	  +-------> on timer -----+ <----------------------------+  (queued again while it runs)
 *
 *	idle, running	not PENDING: anybody may claim it by setting that bit
 *	on timer	PENDING, not WAITING: it is the timer's
 *	waiting		PENDING and WAITING: it is its crew's, under the crew's lock
 *
 * Two promises are kept here:
 *
 *   P1  A work that waits is not queued twice: PENDING is claimed by an atomic operation, and who
 *       finds it set leaves.
 *   P2  A work of one queue never runs on two CPUs at once. If it runs while it is queued again, it
 *       waits for the crew where it runs (lock_lane_for_work()), and a worker of that crew that
 *       would start it gives it to the one that runs it (lane_start_work()).
 */
#include "workqueue_internal.h"

#include <linux/bug.h>
#include <linux/export.h>
#include <linux/jiffies.h>
#include <linux/kernel.h>
#include <linux/printk.h>
#include <linux/rcupdate.h>
#include <linux/smp.h>

/* ---- the word ---- */

static unsigned long *work_bits(struct work_struct *work)
{
	return (unsigned long *)&work->data;
}

/**
 * work_release - give PENDING back: from here on the work may be queued
 * @work: claimed by the caller, or just taken out of its lane
 * @word: its crew and disable depth are kept, all else is cleared
 *
 * Whoever queues the work while its function is about to run must either see PENDING clear, and
 * queue it for one more run, or have written early enough for this run to see it:
 *
 *	queues						runs
 *	writes what the function will read		clears PENDING
 *	test_and_set_bit(PENDING), a full barrier	smp_mb()
 *	  was set: goes away				function: reads that
 */
void work_release(struct work_struct *work, unsigned long word)
{
	atomic_long_set_release(&work->data, word & (WORK_CREW_MASK | WORK_DISABLE_MASK));
	smp_mb();
}

/* PENDING has been claimed. If the work is disabled, release it. Return: was it? */
static bool release_if_disabled(struct work_struct *work)
{
	unsigned long word = atomic_long_read(&work->data);

	if (likely(!work_disable_depth(word)))
		return false;
	work_release(work, word);
	return true;
}

/* P1. Return: is the work ours to queue? */
static bool work_claim(struct work_struct *work)
{
	return !test_and_set_bit(WORK_STRUCT_PENDING_BIT, work_bits(work)) &&
	       !release_if_disabled(work);
}

/* ---- lanes: the crew's lock is held ---- */

/**
 * lane_settle - put a lane into the list of ready ones, or take it out
 * @lane: works have come or gone, or its limit has changed
 */
void lane_settle(struct lane *lane)
{
	bool listed = !list_empty(&lane->ready_node);
	bool ready = !list_empty(&lane->waiting) && lane->running < lane->limit;

	if (ready && !listed)
		list_add_tail(&lane->ready_node, &lane->crew->ready);
	else if (listed && !ready)
		list_del_init(&lane->ready_node);
}

static void lane_add_work(struct lane *lane, struct work_struct *work)
{
	int generation = lane->generation;

	if (WARN_ON_ONCE(!list_empty(&work->entry)))
		return;
	lane->unfinished[generation]++;
	atomic_long_set(&work->data,
			lane->tag | (unsigned long)generation << WORK_GENERATION_SHIFT);
	list_add_tail(&work->entry, &lane->waiting);
	lane_settle(lane);
}

/**
 * lane_start_work - take the first work of a lane, to run it
 * @lane: ready
 *
 * The lane goes to the end of the ready ones, if it has more.
 *
 * Return: the work; NULL if it was given to the worker that runs it already (P2). That happens to
 * works that several queues share, or that more than one may run of.
 */
struct work_struct *lane_start_work(struct lane *lane)
{
	struct work_struct *work = list_first_entry(&lane->waiting, struct work_struct, entry);
	struct worker *runs_it = crew_find_worker(lane->crew, work);

	list_del_init(&work->entry);
	lane->running++;
	list_del_init(&lane->ready_node);
	lane_settle(lane);
	if (likely(!runs_it))
		return work;
	runs_it->again = lane;
	return NULL;
}

static void lane_forget_work(struct lane *lane, int generation)
{
	if (!--lane->unfinished[generation] && lane->flush && generation != lane->generation)
		lane_report_flushed(lane);
	lane_settle(lane);
}

/**
 * lane_finish_work - a work that was started has ended
 * @lane: where it came from. As soon as the crew is unlocked the queue may be destroyed
 * @generation: of the work
 */
void lane_finish_work(struct lane *lane, int generation)
{
	lane->running--;
	lane_forget_work(lane, generation);
}

/* ---- queueing ---- */

/* A queue that is being drained takes works from its own works only. */
static bool queue_is_closed(struct workqueue_struct *wq)
{
	struct worker *worker = current_wq_worker();

	return !worker || !worker->work || worker->lane->wq != wq;
}

/* P2: the lane in which @work is to wait, its crew locked. @cpu's, if nothing speaks against it. */
static struct lane *lock_lane_for_work(struct workqueue_struct *wq, int cpu,
				       struct work_struct *work)
{
	struct worker_crew *last = work_crew(atomic_long_read(&work->data));
	struct lane *lane = wq_lane(wq, cpu);
	struct worker *worker;

	if (last && last != lane->crew) {
		raw_spin_lock(&last->lock);
		worker = crew_find_worker(last, work);
		if (worker && worker->lane->wq == wq)
			return worker->lane;
		raw_spin_unlock(&last->lock);
	}
	raw_spin_lock(&lane->crew->lock);
	return lane;
}

/**
 * __queue_work - put a claimed work into a lane
 * @cpu: whose lane, or WORK_CPU_UNBOUND for this CPU's
 * @wq: the queue
 * @work: PENDING is the caller's; it is released if the queue is closed
 *
 * Context: interrupts off.
 */
void __queue_work(int cpu, struct workqueue_struct *wq, struct work_struct *work)
{
	struct worker_crew *crew;
	struct lane *lane;

	lockdep_assert_irqs_disabled();
	if (unlikely(READ_ONCE(wq->flags) & (__WQ_DESTROYING | __WQ_DRAINING)) &&
	    WARN_ONCE(queue_is_closed(wq), "workqueue %s is closed, it does not take %ps\n",
		      wq->name, work->func)) {
		work_release(work, atomic_long_read(&work->data));
		return;
	}
	if (cpu == WORK_CPU_UNBOUND)
		cpu = raw_smp_processor_id();
	lane = lock_lane_for_work(wq, cpu, work);
	crew = lane->crew;
	lane_add_work(lane, work);
	crew_wake_worker(crew);
	raw_spin_unlock(&crew->lock);
}

/**
 * queue_work_on - queue a work on a certain CPU
 * @cpu: online and staying so, or WORK_CPU_UNBOUND for this one
 * @wq: the queue
 * @work: the work
 *
 * Context: any but NMI.
 * Return: false if it was pending (or is disabled).
 */
bool queue_work_on(int cpu, struct workqueue_struct *wq, struct work_struct *work)
{
	unsigned long flags;
	bool claimed;

	local_irq_save(flags);
	claimed = work_claim(work);
	if (claimed)
		__queue_work(cpu, wq, work);
	local_irq_restore(flags);
	return claimed;
}
EXPORT_SYMBOL(queue_work_on);

/**
 * queue_work_node - queue a work somewhere on a NUMA node
 * @node: there is one, so it does not matter
 * @wq: with WQ_UNBOUND
 * @work: the work
 *
 * Context: any but NMI.
 * Return: false if it was pending (or is disabled).
 */
bool queue_work_node(int node, struct workqueue_struct *wq, struct work_struct *work)
{
	WARN_ON_ONCE(!(wq->flags & WQ_UNBOUND));
	return queue_work_on(WORK_CPU_UNBOUND, wq, work);
}
EXPORT_SYMBOL_GPL(queue_work_node);

/* ---- queueing later ---- */

/**
 * delayed_work_timer_fn - the delay is over
 * @t: of a delayed_work
 *
 * Context: timer interrupt, interrupts off (TIMER_IRQSAFE).
 */
void delayed_work_timer_fn(struct timer_list *t)
{
	struct delayed_work *dwork = from_timer(dwork, t, timer);

	__queue_work(dwork->cpu, dwork->wq, &dwork->work);
}
EXPORT_SYMBOL(delayed_work_timer_fn);

/* PENDING is ours, interrupts are off; from here on it is the timer's, or the lane's. */
static void queue_claimed_later(int cpu, struct workqueue_struct *wq, struct delayed_work *dwork,
				unsigned long delay)
{
	struct timer_list *timer = &dwork->timer;

	if (!delay) {
		__queue_work(cpu, wq, &dwork->work);
		return;
	}
	WARN_ON_ONCE(timer->function != delayed_work_timer_fn || timer_pending(timer));
	dwork->wq = wq;
	dwork->cpu = cpu;
	timer->expires = jiffies + delay;
	if (cpu == WORK_CPU_UNBOUND)
		add_timer_global(timer);
	else
		add_timer_on(timer, cpu);
}

/**
 * queue_delayed_work_on - queue a work later
 * @cpu: as queue_work_on()
 * @wq: the queue
 * @dwork: the work
 * @delay: jiffies; 0 queues at once
 *
 * Context: any but NMI.
 * Return: false if it was pending, on its timer or in a lane (or is disabled).
 */
bool queue_delayed_work_on(int cpu, struct workqueue_struct *wq, struct delayed_work *dwork,
			   unsigned long delay)
{
	unsigned long flags;
	bool claimed;

	local_irq_save(flags);
	claimed = work_claim(&dwork->work);
	if (claimed)
		queue_claimed_later(cpu, wq, dwork, delay);
	local_irq_restore(flags);
	return claimed;
}
EXPORT_SYMBOL(queue_delayed_work_on);

/**
 * mod_delayed_work_on - queue a work later, whatever it waits for now
 * @cpu: as queue_work_on()
 * @wq: the queue
 * @dwork: the work
 * @delay: jiffies from now; 0 queues at once
 *
 * Context: any but NMI.
 * Return: was it pending?
 */
bool mod_delayed_work_on(int cpu, struct workqueue_struct *wq, struct delayed_work *dwork,
			 unsigned long delay)
{
	unsigned long flags;
	bool was_pending = work_seize(&dwork->work, dwork, &flags);

	if (!release_if_disabled(&dwork->work))
		queue_claimed_later(cpu, wq, dwork, delay);
	local_irq_restore(flags);
	return was_pending;
}
EXPORT_SYMBOL_GPL(mod_delayed_work_on);

static void queue_after_grace_period(struct rcu_head *rcu)
{
	struct rcu_work *rwork = container_of(rcu, struct rcu_work, rcu);
	unsigned long flags;

	local_irq_save(flags);
	__queue_work(WORK_CPU_UNBOUND, rwork->wq, &rwork->work);
	local_irq_restore(flags);
}

/**
 * queue_rcu_work - queue a work after a grace period
 * @wq: the queue
 * @rwork: the work
 *
 * Context: any but NMI.
 * Return: false if it was pending (or is disabled).
 */
bool queue_rcu_work(struct workqueue_struct *wq, struct rcu_work *rwork)
{
	if (!work_claim(&rwork->work))
		return false;
	rwork->wq = wq;
	call_rcu_hurry(&rwork->rcu, queue_after_grace_period);
	return true;
}
EXPORT_SYMBOL(queue_rcu_work);

/* ---- taking back ---- */

/* It waits for @crew, which is locked. PENDING becomes the caller's. */
static void take_waiting_work(struct worker_crew *crew, struct work_struct *work,
			      unsigned long word)
{
	struct lane *lane = wq_lane(wq_by_nr(word >> WORK_QUEUE_SHIFT), crew->cpu);

	/* One in no list was handed to the worker that runs it, and counts as started. */
	if (list_empty(&work->entry)) {
		crew_find_worker(crew, work)->again = NULL;
		lane->running--;
	} else {
		list_del_init(&work->entry);
	}
	atomic_long_set(&work->data, WORK_PENDING | (word & WORK_CREW_MASK));
	lane_forget_work(lane, work_generation(word));
	flushers_forget_work(crew, work);
	/* The place that it held may be another one's now. */
	crew_wake_worker(crew);
}

/* Somebody else has PENDING. Return: was it a crew, and is it ours now? */
static bool take_if_waiting(struct work_struct *work)
{
	struct worker_crew *crew = work_crew(atomic_long_read(&work->data));
	unsigned long word;
	bool waits;

	if (!crew)
		return false;
	raw_spin_lock(&crew->lock);
	word = atomic_long_read(&work->data);
	waits = word & WORK_WAITING && work_crew(word) == crew;
	if (waits)
		take_waiting_work(crew, work, word);
	raw_spin_unlock(&crew->lock);
	return waits;
}

/**
 * work_seize - get PENDING of a work, out of its timer or lane if need be
 * @work: the work
 * @dwork: the delayed_work that it is part of, or NULL
 * @irq_flags: interrupts are off on return; for local_irq_restore()
 *
 * Who has PENDING and is neither the timer nor a lane is about to queue or to release it, with
 * interrupts off: that takes a moment.
 *
 * Return: was it pending?
 */
bool work_seize(struct work_struct *work, struct delayed_work *dwork, unsigned long *irq_flags)
{
	for (;;) {
		local_irq_save(*irq_flags);
		if (dwork && timer_delete(&dwork->timer))
			return true;
		if (!test_and_set_bit(WORK_STRUCT_PENDING_BIT, work_bits(work)))
			return false;
		if (take_if_waiting(work))
			return true;
		local_irq_restore(*irq_flags);
		cpu_relax();
	}
}
