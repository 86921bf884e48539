// SPDX-License-Identifier: MIT
/*
 * Workqueues: waiting for works, cancelling them, switching them off.
 *
 * Flushing a queue means: wait for all works that were queued before. Works carry one of two
 * colors. The flusher turns all pool_workqueues to the other color and waits until none of the old
 * is in flight. Only one flusher at a time (wq->mutex), so two colors do: the next one starts when
 * the color that it needs has drained.
 *
 * Flushing one work means: put a barrier work right behind it, and wait for that. If the work
 * waits in a list WORK_STRUCT_LINKED ties the barrier to it; if it runs, the barrier is the next
 * thing that its worker does.
 *
 *	worklist:  A -> W (LINKED) -> barrier -> B	W and barrier go to one worker, in order
 */
#include "workqueue_internal.h"

#include <linux/bug.h>
#include <linux/export.h>
#include <linux/kernel.h>
#include <linux/printk.h>
#include <linux/rcupdate.h>

/* ---- flushing one work ---- */

struct wq_barrier {
	struct work_struct work;
	struct completion done;
};

static void wq_barrier_func(struct work_struct *work)
{
	complete(&container_of(work, struct wq_barrier, work)->done);
}

/*
 * Put a barrier behind @target: behind what @worker runs, or behind it in its list if @worker is
 * NULL. The barrier inherits @target's ties: it stands between it and what was tied to it.
 */
static void insert_wq_barrier(struct pool_workqueue *pwq, struct wq_barrier *barr,
			      struct work_struct *target, struct worker *worker)
{
	unsigned long flags = color_bits(WORK_NO_COLOR);
	struct list_head *head;

	INIT_WORK_ONSTACK(&barr->work, wq_barrier_func);
	__set_bit(WORK_STRUCT_PENDING_BIT, work_data_bits(&barr->work));
	init_completion(&barr->done);

	if (worker) {
		head = worker->scheduled.next;
	} else {
		unsigned long *bits = work_data_bits(target);

		head = target->entry.next;
		flags |= *bits & WORK_STRUCT_LINKED;
		__set_bit(WORK_STRUCT_LINKED_BIT, bits);
	}
	insert_work(pwq, &barr->work, head, flags);
}

/* Return: false if the work neither waits nor runs. */
static bool start_flush_work(struct work_struct *work, struct wq_barrier *barr)
{
	struct worker *worker = NULL;
	struct pool_workqueue *pwq;
	struct worker_pool *pool;
	bool busy = false;

	rcu_read_lock();
	pool = get_work_pool(work);
	rcu_read_unlock();
	if (!pool)
		return false;
	raw_spin_lock_irq(&pool->lock);
	pwq = get_work_pwq(work);
	if (pwq) {
		if (pwq->pool != pool)
			goto out_unlock;
	} else {
		worker = find_worker_executing_work(pool, work);
		if (!worker)
			goto out_unlock;
		pwq = worker->current_pwq;
	}
	insert_wq_barrier(pwq, barr, work, worker);
	busy = true;
out_unlock:
	raw_spin_unlock_irq(&pool->lock);
	return busy;
}

static void touch_work_lockdep_map(struct work_struct *work)
{
#ifdef CONFIG_LOCKDEP
	/* As if the function were a lock: waiting with what it takes held is a deadlock. */
	lock_map_acquire(&work->lockdep_map);
	lock_map_release(&work->lockdep_map);
#endif
}

static bool __flush_work(struct work_struct *work)
{
	struct wq_barrier barr;

	if (WARN_ON(!wq_online) || WARN_ON(!work->func))
		return false;
	might_sleep();
	touch_work_lockdep_map(work);
	if (!start_flush_work(work, &barr))
		return false;
	wait_for_completion(&barr.done);
	destroy_work_on_stack(&barr.work);
	return true;
}

/**
 * flush_work - wait until a work has run, if it is pending or running
 * @work: the work; queued again meanwhile it may be pending on return
 *
 * Context: may sleep.
 * Return: was there anything to wait for?
 */
bool flush_work(struct work_struct *work)
{
	return __flush_work(work);
}
EXPORT_SYMBOL_GPL(flush_work);

/**
 * flush_delayed_work - queue a work at once if it waits for its time, and wait for it
 * @dwork: the work
 *
 * Context: may sleep.
 * Return: as flush_work().
 */
bool flush_delayed_work(struct delayed_work *dwork)
{
	unsigned long flags;

	local_irq_save(flags);
	if (timer_delete(&dwork->timer))
		__queue_work(dwork->cpu, dwork->wq, &dwork->work);
	local_irq_restore(flags);
	return flush_work(&dwork->work);
}
EXPORT_SYMBOL(flush_delayed_work);

/**
 * flush_rcu_work - wait for the grace period and the work
 * @rwork: the work
 *
 * Context: may sleep.
 * Return: false if there was nothing to wait for.
 */
bool flush_rcu_work(struct rcu_work *rwork)
{
	if (!work_pending(&rwork->work))
		return flush_work(&rwork->work);
	rcu_barrier();
	flush_work(&rwork->work);
	return true;
}
EXPORT_SYMBOL(flush_rcu_work);

/* ---- cancelling, disabling ---- */

static bool __cancel_work(struct work_struct *work, u32 cflags)
{
	unsigned long flags, data, offq;
	unsigned int depth;
	bool ret = work_grab_pending(work, cflags, &flags);

	data = atomic_long_read(&work->data);
	depth = work_disable_depth(data);
	if (cflags & WORK_CANCEL_DISABLE &&
	    !WARN_ONCE(depth == (1 << WORK_OFFQ_DISABLE_BITS) - 1, "work disabled too often\n"))
		depth++;
	offq = (unsigned long)depth << WORK_OFFQ_DISABLE_SHIFT;
	set_work_pool_and_clear_pending(work, offq_pool_id(data), offq);
	local_irq_restore(flags);
	return ret;
}

static bool __enable_work(struct work_struct *work, u32 cflags)
{
	unsigned long flags, data, offq;
	unsigned int depth;

	/* Disabled works are not pending, so this takes nothing away from anybody. */
	work_grab_pending(work, cflags, &flags);
	data = atomic_long_read(&work->data);
	depth = work_disable_depth(data);
	if (!WARN_ONCE(!depth, "workqueue: enabled a work that was not disabled\n"))
		depth--;
	offq = (unsigned long)depth << WORK_OFFQ_DISABLE_SHIFT;
	set_work_pool_and_clear_pending(work, offq_pool_id(data), offq);
	local_irq_restore(flags);
	return !depth;
}

/* Disabled meanwhile, so that a work which queues itself comes to an end. */
static bool __cancel_work_sync(struct work_struct *work, u32 cflags)
{
	bool ret = __cancel_work(work, cflags | WORK_CANCEL_DISABLE);

	if (wq_online)
		__flush_work(work);
	if (!(cflags & WORK_CANCEL_DISABLE))
		__enable_work(work, 0);
	return ret;
}

/**
 * cancel_work - take a work back; it may still be running
 * @work: the work
 *
 * Context: any but NMI.
 * Return: was it pending?
 */
bool cancel_work(struct work_struct *work)
{
	return __cancel_work(work, 0);
}
EXPORT_SYMBOL(cancel_work);

/**
 * cancel_work_sync - take a work back and wait for it to end, even if it queues itself
 * @work: the work
 *
 * Context: may sleep.
 * Return: was it pending?
 */
bool cancel_work_sync(struct work_struct *work)
{
	return __cancel_work_sync(work, 0);
}
EXPORT_SYMBOL_GPL(cancel_work_sync);

/**
 * cancel_delayed_work - take a delayed work back, timer or queue; it may still be running
 * @dwork: the work
 *
 * Context: any but NMI.
 * Return: was it pending?
 */
bool cancel_delayed_work(struct delayed_work *dwork)
{
	return __cancel_work(&dwork->work, WORK_CANCEL_DELAYED);
}
EXPORT_SYMBOL(cancel_delayed_work);

/**
 * cancel_delayed_work_sync - take a delayed work back and wait for it to end, even if it queues
 * itself
 * @dwork: the work
 *
 * Context: may sleep.
 * Return: was it pending?
 */
bool cancel_delayed_work_sync(struct delayed_work *dwork)
{
	return __cancel_work_sync(&dwork->work, WORK_CANCEL_DELAYED);
}
EXPORT_SYMBOL(cancel_delayed_work_sync);

/**
 * disable_work - cancel_work(), and let it not be queued until enable_work(); nests
 * @work: the work
 *
 * Context: any but NMI.
 * Return: was it pending?
 */
bool disable_work(struct work_struct *work)
{
	return __cancel_work(work, WORK_CANCEL_DISABLE);
}
EXPORT_SYMBOL_GPL(disable_work);

/**
 * disable_work_sync - disable_work(), and wait for it to end
 * @work: the work
 *
 * Context: may sleep.
 * Return: was it pending?
 */
bool disable_work_sync(struct work_struct *work)
{
	return __cancel_work_sync(work, WORK_CANCEL_DISABLE);
}
EXPORT_SYMBOL_GPL(disable_work_sync);

/**
 * enable_work - undo one disable_work()
 * @work: the work
 *
 * Context: any but NMI.
 * Return: may it be queued now?
 */
bool enable_work(struct work_struct *work)
{
	return __enable_work(work, 0);
}
EXPORT_SYMBOL_GPL(enable_work);

/**
 * disable_delayed_work - disable_work() of a delayed work
 * @dwork: the work
 *
 * Context: any but NMI.
 * Return: was it pending?
 */
bool disable_delayed_work(struct delayed_work *dwork)
{
	return __cancel_work(&dwork->work, WORK_CANCEL_DELAYED | WORK_CANCEL_DISABLE);
}
EXPORT_SYMBOL_GPL(disable_delayed_work);

/**
 * disable_delayed_work_sync - disable_work_sync() of a delayed work
 * @dwork: the work
 *
 * Context: may sleep.
 * Return: was it pending?
 */
bool disable_delayed_work_sync(struct delayed_work *dwork)
{
	return __cancel_work_sync(&dwork->work, WORK_CANCEL_DELAYED | WORK_CANCEL_DISABLE);
}
EXPORT_SYMBOL_GPL(disable_delayed_work_sync);

/**
 * enable_delayed_work - enable_work() of a delayed work
 * @dwork: the work
 *
 * Return: may it be queued now?
 */
bool enable_delayed_work(struct delayed_work *dwork)
{
	return __enable_work(&dwork->work, WORK_CANCEL_DELAYED);
}
EXPORT_SYMBOL_GPL(enable_delayed_work);

/* ---- flushing a queue ---- */

/* Turn all pool_workqueues to the other color. Return: is any work of the old one in flight? */
static bool flush_turn_colors(struct workqueue_struct *wq)
{
	struct pool_workqueue *pwq;
	int old;

	/* One for ourselves, so that nobody completes while we still count. */
	atomic_set(&wq->nr_pwqs_to_flush, 1);
	reinit_completion(&wq->flush_done);
	list_for_each_entry(pwq, &wq->pwqs, pwqs_node) {
		raw_spin_lock_irq(&pwq->pool->lock);
		old = pwq->work_color;
		pwq->work_color = (old + 1) % WORK_COLORS_USED;
		/* Drained by the flusher before us. */
		WARN_ON_ONCE(pwq->nr_in_flight[pwq->work_color]);
		if (pwq->nr_in_flight[old]) {
			pwq->flush_color = old;
			atomic_inc(&wq->nr_pwqs_to_flush);
		}
		raw_spin_unlock_irq(&pwq->pool->lock);
	}
	return !atomic_dec_and_test(&wq->nr_pwqs_to_flush);
}

/**
 * __flush_workqueue - wait for all works that have been queued so far
 * @wq: the queue; not called from one of its works
 *
 * Delayed works whose timer is running are not queued yet.
 * Context: may sleep.
 */
void __flush_workqueue(struct workqueue_struct *wq)
{
	if (WARN_ON(!wq_online))
		return;
	might_sleep();
#ifdef CONFIG_LOCKDEP
	lock_map_acquire(&wq->lockdep_map);
	lock_map_release(&wq->lockdep_map);
#endif
	mutex_lock(&wq->mutex);
	if (flush_turn_colors(wq))
		wait_for_completion(&wq->flush_done);
	mutex_unlock(&wq->mutex);
}
EXPORT_SYMBOL(__flush_workqueue);

bool wq_is_empty(struct workqueue_struct *wq)
{
	struct pool_workqueue *pwq;
	bool empty = true;

	list_for_each_entry(pwq, &wq->pwqs, pwqs_node) {
		raw_spin_lock_irq(&pwq->pool->lock);
		if (pwq->nr_active || !list_empty(&pwq->inactive_works))
			empty = false;
		raw_spin_unlock_irq(&pwq->pool->lock);
	}
	return empty;
}

/**
 * drain_workqueue - flush until the queue is empty
 * @wq: the queue; meanwhile only its own works may queue on it
 *
 * Context: may sleep.
 */
void drain_workqueue(struct workqueue_struct *wq)
{
	unsigned int rounds = 0;

	mutex_lock(&wq->mutex);
	if (!wq->nr_drainers++)
		wq->flags |= __WQ_DRAINING;
	mutex_unlock(&wq->mutex);

	for (;;) {
		__flush_workqueue(wq);
		if (wq_is_empty(wq))
			break;
		if (++rounds == 10 || (rounds % 100 == 0 && rounds <= 1000))
			pr_warn("workqueue %s: drain_workqueue() isn't complete after %u tries\n",
				wq->name, rounds);
	}

	mutex_lock(&wq->mutex);
	if (!--wq->nr_drainers)
		wq->flags &= ~__WQ_DRAINING;
	mutex_unlock(&wq->mutex);
}
EXPORT_SYMBOL_GPL(drain_workqueue);
