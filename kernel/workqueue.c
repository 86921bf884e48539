// SPDX-License-Identifier: MIT
/*
 * Workqueues: functions to be run soon by a thread.
 *
 * This file is the way of a work into a queue and out of it again: queueing, limits, delays,
 * stealing. workqueue_flush.c waits for works and cancels them, workqueue_setup.c makes the queues,
 * workqueue_pool.c has the threads; start there for how many run at once.
 *
 * The life of a work, told by work->data (enum work_bits):
 *
 *	idle		pool number of its last run (or none); not PENDING
 *	claimed		PENDING set: whoever set it owns the work and must queue or release it
 *	on a timer	PENDING; still a pool number
 *	on a list	PENDING, PWQ: the pool_workqueue's address, with color
 *	running		not PENDING; pool number: find_worker_executing_work() finds it there
 *
 * Only the owner of PENDING writes data. A work in a list is owned by the list, that is by
 * pool->lock. Stealing it back (cancel, mod_delayed_work) is work_grab_pending().
 *
 * Limits. A pool_workqueue lets max_active works into its pool, the rest waits in inactive_works.
 * An ordered queue is an unbound one with a limit of 1.
 */
#include "workqueue_internal.h"

#include <linux/bug.h>
#include <linux/cpu.h>
#include <linux/cpumask.h>
#include <linux/export.h>
#include <linux/init.h>
#include <linux/jiffies.h>
#include <linux/kernel.h>
#include <linux/percpu.h>
#include <linux/printk.h>
#include <linux/rcupdate.h>
#include <linux/slab.h>
#include <linux/smp.h>
#include <linux/sprintf.h>
#include <linux/string.h>

#define WQ_CLOSED_FLAGS	(__WQ_DESTROYING | __WQ_DRAINING)

/* ---- work->data ---- */

static void set_work_data(struct work_struct *work, unsigned long data)
{
	WARN_ON_ONCE(!work_pending(work));
	atomic_long_set(&work->data, data);
}

static void set_work_pwq(struct work_struct *work, struct pool_workqueue *pwq, unsigned long flags)
{
	set_work_data(work, (unsigned long)pwq | WORK_STRUCT_PENDING | WORK_STRUCT_PWQ | flags);
}

static void set_work_pool_and_keep_pending(struct work_struct *work, int pool_id,
					   unsigned long flags)
{
	set_work_data(work, ((unsigned long)pool_id << WORK_OFFQ_POOL_SHIFT) |
		      WORK_STRUCT_PENDING | flags);
}

/**
 * set_work_pool_and_clear_pending - the work may be queued again
 * @work: owned by the caller
 * @pool_id: where it runs or ran
 * @flags: WORK_OFFQ_*
 *
 *	queueing CPU			here
 *	stores what the work reads	what was done with the work's state before
 *					wmb: comes before PENDING is seen clear
 *	test_and_set PENDING		PENDING cleared
 *	  it was set: not queued	mb: the function's loads come after
 *					function reads: must see the stores
 */
void set_work_pool_and_clear_pending(struct work_struct *work, int pool_id, unsigned long flags)
{
	smp_wmb();
	set_work_data(work, ((unsigned long)pool_id << WORK_OFFQ_POOL_SHIFT) | flags);
	smp_mb();
}

static struct pool_workqueue *data_to_pwq(unsigned long data)
{
	return (struct pool_workqueue *)(data & WORK_STRUCT_PWQ_MASK);
}

/* The queue whose list it is in, or NULL. Stable under that pool's lock only. */
struct pool_workqueue *get_work_pwq(struct work_struct *work)
{
	unsigned long data = atomic_long_read(&work->data);

	return data & WORK_STRUCT_PWQ ? data_to_pwq(data) : NULL;
}

/*
 * The pool where it waits, runs, or ran last; NULL if it never was in one. Under RCU or with
 * interrupts off: the work may move on, and its queue end, while we look.
 */
struct worker_pool *get_work_pool(struct work_struct *work)
{
	unsigned long data = atomic_long_read(&work->data);

	if (data & WORK_STRUCT_PWQ)
		return data_to_pwq(data)->pool;
	if (offq_pool_id(data) == WORK_OFFQ_POOL_NONE)
		return NULL;
	return worker_pool_by_id(offq_pool_id(data));
}

static int get_work_color(unsigned long data)
{
	return (data >> WORK_STRUCT_COLOR_SHIFT) & (WORK_NR_COLORS - 1);
}

/* ---- lists: pool->lock held ---- */

/**
 * move_linked_works - move a work and those tied to it
 * @work: the first
 * @head: to the end of this list
 * @nextp: for list_for_each_entry_safe(): updated to what follows them; or NULL
 */
void move_linked_works(struct work_struct *work, struct list_head *head,
		       struct work_struct **nextp)
{
	struct work_struct *next;
	bool linked;

	do {
		next = list_next_entry(work, entry);
		linked = *work_data_bits(work) & WORK_STRUCT_LINKED;
		list_move_tail(&work->entry, head);
		work = next;
	} while (linked);
	if (nextp)
		*nextp = next;
}

/** insert_work - put a work on a list of its pool. Context: the pool's lock held */
void insert_work(struct pool_workqueue *pwq, struct work_struct *work,
			struct list_head *head, unsigned long flags)
{
	set_work_pwq(work, pwq, flags);
	list_add_tail(&work->entry, head);
	pwq->nr_works++;
}

/* Let a work in that waited for the limit. */
static void activate_inactive_work(struct pool_workqueue *pwq, struct work_struct *work)
{
	move_linked_works(work, &pwq->pool->worklist, NULL);
	__clear_bit(WORK_STRUCT_INACTIVE_BIT, work_data_bits(work));
	pwq->nr_active++;
}

/**
 * pwq_activate_first_inactive - let the work run that has waited longest for the limit
 *
 * Context: the pool's lock held.
 */
void pwq_activate_first_inactive(struct pool_workqueue *pwq)
{
	struct work_struct *work = list_first_entry_or_null(&pwq->inactive_works,
							    struct work_struct, entry);

	if (work && pwq->nr_active < pwq->max_active)
		activate_inactive_work(pwq, work);
}

/* For flush_workqueue() and the limit. Barriers are neither waited for nor limited. */
static void pwq_dec_nr_in_flight(struct pool_workqueue *pwq, unsigned long work_data)
{
	int color = get_work_color(work_data);

	if (color == WORK_NO_COLOR)
		return;
	if (!(work_data & WORK_STRUCT_INACTIVE)) {
		pwq->nr_active--;
		pwq_activate_first_inactive(pwq);
	}
	if (--pwq->nr_in_flight[color] || pwq->flush_color != color)
		return;
	pwq->flush_color = -1;
	if (atomic_dec_and_test(&pwq->wq->nr_pwqs_to_flush))
		complete(&pwq->wq->flush_done);
}

/**
 * pwq_put_work - a work or barrier is done, or has been taken away
 * @pwq: its queue; it may be freed as soon as pool->lock is dropped
 * @work_data: its data while it was in the list
 *
 * That a flusher was told isn't enough for the queue to go: the worker that ran the barrier has
 * woken it, and still has to come back from the barrier's function.
 *
 *	destroys the queue			worker
 *	flush_work() sleeps			barrier: complete()
 *	wakes, drain_workqueue(): empty		  | preempted in it
 *	waits for nr_works			  |
 *						pwq_put_work()
 *	frees
 */
void pwq_put_work(struct pool_workqueue *pwq, unsigned long work_data)
{
	pwq_dec_nr_in_flight(pwq, work_data);
	if (!--pwq->nr_works && pwq->unused)
		complete(pwq->unused);
}

/**
 * pwq_wait_until_unused - the queue ends: wait for the last worker to let go
 * @pwq: nothing is queued on it any more
 *
 * Context: may sleep.
 */
void pwq_wait_until_unused(struct pool_workqueue *pwq)
{
	DECLARE_COMPLETION_ONSTACK(unused);

	raw_spin_lock_irq(&pwq->pool->lock);
	while (pwq->nr_works) {
		pwq->unused = &unused;
		raw_spin_unlock_irq(&pwq->pool->lock);
		wait_for_completion(&unused);
		raw_spin_lock_irq(&pwq->pool->lock);
	}
	raw_spin_unlock_irq(&pwq->pool->lock);
}

/* ---- queueing ---- */

/* Is this called from a work of the same queue? Such may queue while the queue drains. */
static bool is_chained_work(struct workqueue_struct *wq)
{
	struct worker *worker = current_wq_worker();

	return worker && worker->current_work && worker->current_pwq->wq == wq;
}

/** wq_pwq - where a queue's works for a CPU go */
struct pool_workqueue *wq_pwq(struct workqueue_struct *wq, int cpu)
{
	return wq->flags & WQ_UNBOUND ? wq->unbound_pwq : *per_cpu_ptr(wq->cpu_pwq, cpu);
}

/*
 * Lock the pool for a work and return its queue there: the one of @cpu, unless the work is running
 * in another pool: then that one, lest it run twice at once.
 */
static struct pool_workqueue *lock_pwq_for_work(struct workqueue_struct *wq, int cpu,
						struct work_struct *work)
{
	struct pool_workqueue *pwq = wq_pwq(wq, cpu);
	struct worker_pool *last = get_work_pool(work);
	struct worker *worker;

	if (last && last != pwq->pool) {
		raw_spin_lock(&last->lock);
		worker = find_worker_executing_work(last, work);
		if (worker && worker->current_pwq->wq == wq)
			return worker->current_pwq;
		raw_spin_unlock(&last->lock);
	}
	raw_spin_lock(&pwq->pool->lock);
	return pwq;
}

/* PENDING is ours; interrupts off. */
void __queue_work(int cpu, struct workqueue_struct *wq, struct work_struct *work)
{
	struct pool_workqueue *pwq;
	unsigned long flags;

	lockdep_assert_irqs_disabled();
	if (unlikely(wq->flags & WQ_CLOSED_FLAGS) &&
	    WARN_ONCE(!is_chained_work(wq),
		      "workqueue: cannot queue %ps on wq %s\n", work->func, wq->name))
		return;

	if (cpu == WORK_CPU_UNBOUND)
		cpu = raw_smp_processor_id();
	pwq = lock_pwq_for_work(wq, cpu, work);
	if (WARN_ON(!list_empty(&work->entry)))
		goto out_unlock;

	pwq->nr_in_flight[pwq->work_color]++;
	flags = color_bits(pwq->work_color);
	if (list_empty(&pwq->inactive_works) && pwq->nr_active < pwq->max_active) {
		pwq->nr_active++;
		insert_work(pwq, work, &pwq->pool->worklist, flags);
		kick_pool(pwq->pool);
	} else {
		insert_work(pwq, work, &pwq->inactive_works, flags | WORK_STRUCT_INACTIVE);
	}
out_unlock:
	raw_spin_unlock(&pwq->pool->lock);
}

/* PENDING was just taken: a disabled work gives it back at once. */
static bool clear_pending_if_disabled(struct work_struct *work)
{
	unsigned long data = atomic_long_read(&work->data);

	if (likely(data & WORK_STRUCT_PWQ || !work_disable_depth(data)))
		return false;
	set_work_pool_and_clear_pending(work, offq_pool_id(data), data & WORK_OFFQ_DISABLE_MASK);
	return true;
}

static bool claim_work(struct work_struct *work)
{
	return !test_and_set_bit(WORK_STRUCT_PENDING_BIT, work_data_bits(work)) &&
	       !clear_pending_if_disabled(work);
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
	bool ret;

	local_irq_save(flags);
	ret = claim_work(work);
	if (ret)
		__queue_work(cpu, wq, work);
	local_irq_restore(flags);
	return ret;
}
EXPORT_SYMBOL(queue_work_on);

/**
 * queue_work_node - queue_work() somewhere on a NUMA node; there is one
 * @node: ignored
 * @wq: a WQ_UNBOUND queue
 * @work: the work
 *
 * Context: any but NMI.
 * Return: false if it was pending already.
 */
bool queue_work_node(int node, struct workqueue_struct *wq, struct work_struct *work)
{
	WARN_ON_ONCE(!(wq->flags & WQ_UNBOUND));
	return queue_work_on(WORK_CPU_UNBOUND, wq, work);
}
EXPORT_SYMBOL_GPL(queue_work_node);

/**
 * delayed_work_timer_fn - the delay is over: queue the work
 * @t: the timer in the delayed work
 *
 * Context: interrupts off: the timer is IRQSAFE.
 */
void delayed_work_timer_fn(struct timer_list *t)
{
	struct delayed_work *dwork = from_timer(dwork, t, timer);

	__queue_work(dwork->cpu, dwork->wq, &dwork->work);
}
EXPORT_SYMBOL(delayed_work_timer_fn);

static void __queue_delayed_work(int cpu, struct workqueue_struct *wq,
				 struct delayed_work *dwork, unsigned long delay)
{
	struct timer_list *timer = &dwork->timer;

	WARN_ON_ONCE(!wq);
	WARN_ON_ONCE(timer->function != delayed_work_timer_fn);
	WARN_ON_ONCE(timer_pending(timer));
	WARN_ON_ONCE(!list_empty(&dwork->work.entry));

	if (!delay) {
		__queue_work(cpu, wq, &dwork->work);
		return;
	}
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
 * Return: false if it was pending, on a timer or in a list.
 */
bool queue_delayed_work_on(int cpu, struct workqueue_struct *wq, struct delayed_work *dwork,
			   unsigned long delay)
{
	unsigned long flags;
	bool ret;

	local_irq_save(flags);
	ret = claim_work(&dwork->work);
	if (ret)
		__queue_delayed_work(cpu, wq, dwork, delay);
	local_irq_restore(flags);
	return ret;
}
EXPORT_SYMBOL(queue_delayed_work_on);

/* ---- stealing ---- */

/* The work waits in a list of a pool that is locked: take it out. */
static void work_take_from_list(struct work_struct *work, struct pool_workqueue *pwq)
{
	unsigned long data = atomic_long_read(&work->data);

	/*
	 * A barrier tied to an inactive work can't be left where it is, without anybody to
	 * activate it: let both in first.
	 */
	if (data & WORK_STRUCT_INACTIVE)
		move_linked_works(work, &pwq->pool->worklist, NULL);
	list_del_init(&work->entry);
	set_work_pool_and_keep_pending(work, pwq->pool->id, 0);
	pwq_put_work(pwq, data);
	kick_pool(pwq->pool);
}

/*
 * Take PENDING of @work, out of a timer or list if need be. Interrupts are off on success.
 *
 * Return: 1 it was pending and is ours; 0 it was idle and is ours; -EAGAIN somebody owns it who
 * is about to queue or to release it.
 */
static int try_to_grab_pending(struct work_struct *work, u32 cflags, unsigned long *irq_flags)
{
	struct pool_workqueue *pwq;
	struct worker_pool *pool;

	local_irq_save(*irq_flags);
	if (cflags & WORK_CANCEL_DELAYED) {
		struct delayed_work *dwork = to_delayed_work(work);

		/* On the timer. If its function runs, it will have queued the work in a moment. */
		if (likely(timer_delete(&dwork->timer)))
			return 1;
	}
	if (!test_and_set_bit(WORK_STRUCT_PENDING_BIT, work_data_bits(work)))
		return 0;

	pool = get_work_pool(work);
	if (!pool)
		goto fail;
	raw_spin_lock(&pool->lock);
	/* Of this pool, as the lock is held: then it is in a list. */
	pwq = get_work_pwq(work);
	if (pwq && pwq->pool == pool) {
		work_take_from_list(work, pwq);
		raw_spin_unlock(&pool->lock);
		return 1;
	}
	raw_spin_unlock(&pool->lock);
fail:
	local_irq_restore(*irq_flags);
	return -EAGAIN;
}

/* The same until it works. Return: was it pending? */
bool work_grab_pending(struct work_struct *work, u32 cflags, unsigned long *irq_flags)
{
	int ret;

	while ((ret = try_to_grab_pending(work, cflags, irq_flags)) < 0)
		cpu_relax();
	return ret;
}

/**
 * mod_delayed_work_on - queue a work later, whatever it waits for now
 * @cpu: as queue_work_on()
 * @wq: the queue
 * @dwork: the work
 * @delay: jiffies from now
 *
 * Context: any but NMI.
 * Return: was it pending?
 */
bool mod_delayed_work_on(int cpu, struct workqueue_struct *wq, struct delayed_work *dwork,
			 unsigned long delay)
{
	unsigned long flags;
	bool ret = work_grab_pending(&dwork->work, WORK_CANCEL_DELAYED, &flags);

	if (!clear_pending_if_disabled(&dwork->work))
		__queue_delayed_work(cpu, wq, dwork, delay);
	local_irq_restore(flags);
	return ret;
}
EXPORT_SYMBOL_GPL(mod_delayed_work_on);

static void rcu_work_rcufn(struct rcu_head *rcu)
{
	struct rcu_work *rwork = container_of(rcu, struct rcu_work, rcu);
	unsigned long flags;

	local_irq_save(flags);
	__queue_work(WORK_CPU_UNBOUND, rwork->wq, &rwork->work);
	local_irq_restore(flags);
}

/**
 * queue_rcu_work - queue a work after a grace period
 * @wq: where
 * @rwork: the work
 *
 * Context: any but NMI.
 * Return: false if it was pending already, or is disabled.
 */
bool queue_rcu_work(struct workqueue_struct *wq, struct rcu_work *rwork)
{
	struct work_struct *work = &rwork->work;

	if (test_and_set_bit(WORK_STRUCT_PENDING_BIT, work_data_bits(work)) ||
	    clear_pending_if_disabled(work))
		return false;
	rwork->wq = wq;
	call_rcu_hurry(&rwork->rcu, rcu_work_rcufn);
	return true;
}
EXPORT_SYMBOL(queue_rcu_work);
