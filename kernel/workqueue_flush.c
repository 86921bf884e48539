// SPDX-License-Identifier: MIT
/*
 * Workqueues: waiting for works, cancelling them, switching them off.
 *
 * Waiting for one work. The waiter leaves a work_flusher where whoever deals with the work next
 * will find it, so that nothing has to be queued and no worker is needed to tell him:
 *
 *	the work		the flusher is in	who moves it on
 *	waits			crew->flushers		the worker that starts the work takes it
 *							along; who takes the work back tells it
 *	runs			worker->flushers	the worker tells it, when the function is
 *							back
 *
 * A work that runs and has been queued again is waited for in its last form: the one that waits.
 *
 * Waiting for a queue means: for all works queued so far. Each lane has a current generation, 0 or
 * 1, that it gives to the works that come, and counts how many of each are unfinished. The flusher
 * turns all lanes to the other generation and waits until none of the old one is left:
 *
 *	lane 0	0 0 0 | 1 1		| the flusher turned it here
 *	lane 1	0 |			waits until unfinished[0] is 0 in both
 *
 * Two generations do since wq->mutex lets in one flusher at a time: when the next one turns the
 * lanes back, the generation it turns to has been drained.
 *
 * A worker tells waiters with its crew locked and does not touch lane or queue after it has
 * unlocked it: a queue may be freed once the lock has been taken for each of its lanes.
 */
#include "workqueue_internal.h"

#include <linux/bug.h>
#include <linux/export.h>
#include <linux/kernel.h>
#include <linux/printk.h>
#include <linux/rcupdate.h>

/* ---- flushers of a work: the crew's lock is held ---- */

/**
 * flushers_follow_work - who waits for a work that waits now waits for a worker
 * @worker: runs @work from now on, or already
 * @work: it left its lane
 */
void flushers_follow_work(struct worker *worker, struct work_struct *work)
{
	struct work_flusher *flusher, *n;

	list_for_each_entry_safe(flusher, n, &worker->crew->flushers, node)
		if (flusher->work == work)
			list_move_tail(&flusher->node, &worker->flushers);
}

/**
 * flushers_release - tell all in a list that their work is done
 * @flushers: of a worker. They are on their owners' stacks and end with complete()
 */
void flushers_release(struct list_head *flushers)
{
	struct work_flusher *flusher;

	while ((flusher = list_first_entry_or_null(flushers, struct work_flusher, node))) {
		list_del(&flusher->node);
		complete(&flusher->done);
	}
}

/**
 * flushers_forget_work - a work that waited has been taken back
 * @crew: where
 * @work: the work. If it runs besides, those who waited still wait for that
 */
void flushers_forget_work(struct worker_crew *crew, struct work_struct *work)
{
	struct work_flusher *flusher, *n;
	struct worker *worker;

	if (likely(list_empty(&crew->flushers)))
		return;
	worker = crew_find_worker(crew, work);
	if (worker) {
		flushers_follow_work(worker, work);
		return;
	}
	list_for_each_entry_safe(flusher, n, &crew->flushers, node) {
		if (flusher->work != work)
			continue;
		list_del(&flusher->node);
		complete(&flusher->done);
	}
}

/* ---- flushing a work ---- */

/*
 * Where a flusher of @work belongs: the crew is locked. NULL: nowhere, the work is idle, or has
 * moved to another crew, which it does only when its run here is over.
 */
static struct list_head *find_flusher_list(struct worker_crew *crew, struct work_struct *work)
{
	unsigned long word = atomic_long_read(&work->data);
	struct worker *worker;

	if (word & WORK_WAITING)
		return work_crew(word) == crew ? &crew->flushers : NULL;
	worker = crew_find_worker(crew, work);
	return worker ? &worker->flushers : NULL;
}

static bool flusher_add(struct work_flusher *flusher, struct work_struct *work)
{
	struct worker_crew *crew = work_crew(atomic_long_read(&work->data));
	struct list_head *list;

	if (!crew)
		return false;
	flusher->work = work;
	init_completion(&flusher->done);
	raw_spin_lock_irq(&crew->lock);
	list = find_flusher_list(crew, work);
	if (list)
		list_add_tail(&flusher->node, list);
	raw_spin_unlock_irq(&crew->lock);
	return list;
}

/* Waiting for a work means waiting for whatever its function locks: tell lockdep. */
static void work_touch_lockdep_map(struct work_struct *work)
{
#ifdef CONFIG_LOCKDEP
	lock_map_acquire(&work->lockdep_map);
	lock_map_release(&work->lockdep_map);
#endif
}

/**
 * flush_work - wait until a work has run, if it is pending or running
 * @work: the work; queued again meanwhile it may be pending on return
 *
 * Context: may sleep; not from the work itself.
 * Return: was there anything to wait for?
 */
bool flush_work(struct work_struct *work)
{
	struct work_flusher flusher;

	if (WARN_ON(!wq_online) || WARN_ON(!work->func))
		return false;
	might_sleep();
	work_touch_lockdep_map(work);
	if (!flusher_add(&flusher, work))
		return false;
	wait_for_completion(&flusher.done);
	return true;
}
EXPORT_SYMBOL_GPL(flush_work);

/**
 * flush_delayed_work - queue a work at once if it is on its timer, and wait for it
 * @dwork: the work
 *
 * Context: may sleep.
 * Return: was there anything to wait for?
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
 * flush_rcu_work - wait for the grace period that a work waits for, and for the work
 * @rwork: the work
 *
 * Context: may sleep.
 * Return: was there anything to wait for?
 */
bool flush_rcu_work(struct rcu_work *rwork)
{
	bool was_pending = work_pending(&rwork->work);

	if (was_pending)
		rcu_barrier();
	return flush_work(&rwork->work) || was_pending;
}
EXPORT_SYMBOL(flush_rcu_work);

/* ---- cancelling and disabling ---- */

/* Take a work back and let its disable depth be @step more. Return: was it pending? */
static bool seize_and_step(struct work_struct *work, struct delayed_work *dwork, int step,
			   unsigned int *depth)
{
	unsigned long flags, word;
	bool was_pending = work_seize(work, dwork, &flags);

	word = atomic_long_read(&work->data);
	*depth = work_disable_depth(word);
	if (!WARN_ONCE(*depth + step > WORK_DISABLE_MAX, "workqueue: %ps is %s\n", work->func,
		       step < 0 ? "enabled, but was not disabled" : "disabled too often"))
		*depth += step;
	word &= ~WORK_DISABLE_MASK;
	work_release(work, word | (unsigned long)*depth << WORK_DISABLE_SHIFT);
	local_irq_restore(flags);
	return was_pending;
}

static bool cancel(struct work_struct *work, struct delayed_work *dwork)
{
	unsigned int depth;

	return seize_and_step(work, dwork, 0, &depth);
}

static bool disable(struct work_struct *work, struct delayed_work *dwork)
{
	unsigned int depth;

	return seize_and_step(work, dwork, 1, &depth);
}

static bool enable(struct work_struct *work, struct delayed_work *dwork)
{
	unsigned int depth;

	seize_and_step(work, dwork, -1, &depth);
	return !depth;
}

static bool disable_sync(struct work_struct *work, struct delayed_work *dwork)
{
	bool was_pending = disable(work, dwork);

	/* In early boot nothing runs yet. */
	if (wq_online)
		flush_work(work);
	return was_pending;
}

/* Disabled meanwhile, so that a work which queues itself comes to an end. */
static bool cancel_sync(struct work_struct *work, struct delayed_work *dwork)
{
	bool was_pending = disable_sync(work, dwork);

	enable(work, dwork);
	return was_pending;
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
	return cancel(work, NULL);
}
EXPORT_SYMBOL(cancel_work);

/**
 * cancel_work_sync - take a work back and wait for it to end, even if it queues itself
 * @work: the work
 *
 * Context: may sleep; not from the work itself.
 * Return: was it pending?
 */
bool cancel_work_sync(struct work_struct *work)
{
	return cancel_sync(work, NULL);
}
EXPORT_SYMBOL_GPL(cancel_work_sync);

/**
 * cancel_delayed_work - take a work back, out of its timer too; it may still be running
 * @dwork: the work
 *
 * Context: any but NMI.
 * Return: was it pending?
 */
bool cancel_delayed_work(struct delayed_work *dwork)
{
	return cancel(&dwork->work, dwork);
}
EXPORT_SYMBOL(cancel_delayed_work);

/**
 * cancel_delayed_work_sync - the same, and wait for it to end
 * @dwork: the work
 *
 * Context: may sleep; not from the work itself.
 * Return: was it pending?
 */
bool cancel_delayed_work_sync(struct delayed_work *dwork)
{
	return cancel_sync(&dwork->work, dwork);
}
EXPORT_SYMBOL(cancel_delayed_work_sync);

/**
 * disable_work - cancel a work and let it not be queued until enable_work()
 * @work: the work. Nests, up to 65535 deep
 *
 * Context: any but NMI.
 * Return: was it pending?
 */
bool disable_work(struct work_struct *work)
{
	return disable(work, NULL);
}
EXPORT_SYMBOL_GPL(disable_work);

/**
 * disable_work_sync - the same, and wait for it to end
 * @work: the work
 *
 * Context: may sleep; not from the work itself.
 * Return: was it pending?
 */
bool disable_work_sync(struct work_struct *work)
{
	return disable_sync(work, NULL);
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
	return enable(work, NULL);
}
EXPORT_SYMBOL_GPL(enable_work);

/** disable_delayed_work - as disable_work(); @dwork is taken out of its timer too */
bool disable_delayed_work(struct delayed_work *dwork)
{
	return disable(&dwork->work, dwork);
}
EXPORT_SYMBOL_GPL(disable_delayed_work);

/** disable_delayed_work_sync - as disable_work_sync(); @dwork is taken out of its timer too */
bool disable_delayed_work_sync(struct delayed_work *dwork)
{
	return disable_sync(&dwork->work, dwork);
}
EXPORT_SYMBOL_GPL(disable_delayed_work_sync);

/** enable_delayed_work - as enable_work() */
bool enable_delayed_work(struct delayed_work *dwork)
{
	return enable(&dwork->work, dwork);
}
EXPORT_SYMBOL_GPL(enable_delayed_work);

/* ---- flushing a queue ---- */

/**
 * lane_report_flushed - the last work of the old generation is done
 * @lane: somebody flushes it; its crew is locked
 */
void lane_report_flushed(struct lane *lane)
{
	struct queue_flush *flush = lane->flush;

	lane->flush = NULL;
	if (atomic_dec_and_test(&flush->lanes_behind))
		complete(&flush->done);
}

static void lane_turn_generation(struct lane *lane, struct queue_flush *flush)
{
	int old = lane->generation;

	lane->generation = !old;
	WARN_ON_ONCE(lane->unfinished[!old]);
	if (!lane->unfinished[old])
		return;
	lane->flush = flush;
	atomic_inc(&flush->lanes_behind);
}

/**
 * __flush_workqueue - wait for all works that have been queued so far
 * @wq: the queue; not called from one of its works
 *
 * Delayed works whose timer is running are not queued yet.
 *
 * Context: may sleep.
 */
void __flush_workqueue(struct workqueue_struct *wq)
{
	struct queue_flush flush = { .lanes_behind = ATOMIC_INIT(1) };
	struct lane *lane;

	if (WARN_ON(!wq_online))
		return;
	might_sleep();
	wq_touch_lockdep_map(wq);
	init_completion(&flush.done);
	mutex_lock(&wq->mutex);
	list_for_each_entry(lane, &wq->lanes, wq_node) {
		raw_spin_lock_irq(&lane->crew->lock);
		lane_turn_generation(lane, &flush);
		raw_spin_unlock_irq(&lane->crew->lock);
	}
	/* We count as a lane until all have been asked, lest it be over before. */
	if (!atomic_dec_and_test(&flush.lanes_behind))
		wait_for_completion(&flush.done);
	mutex_unlock(&wq->mutex);
}
EXPORT_SYMBOL(__flush_workqueue);

/**
 * wq_is_empty - is nothing waiting or running?
 * @wq: the queue
 *
 * As each crew has been locked once, a worker that was the last to use an empty queue has let go.
 */
bool wq_is_empty(struct workqueue_struct *wq)
{
	struct lane *lane;
	int left = 0;

	list_for_each_entry(lane, &wq->lanes, wq_node) {
		raw_spin_lock_irq(&lane->crew->lock);
		left += lane->unfinished[0] + lane->unfinished[1];
		raw_spin_unlock_irq(&lane->crew->lock);
	}
	return !left;
}

/* drain_workqueue()s nest: the queue is closed until the last of them is through. */
static void wq_count_drainer(struct workqueue_struct *wq, int step)
{
	mutex_lock(&wq->mutex);
	wq->drainers += step;
	if (wq->drainers)
		WRITE_ONCE(wq->flags, wq->flags | __WQ_DRAINING);
	else
		WRITE_ONCE(wq->flags, wq->flags & ~__WQ_DRAINING);
	mutex_unlock(&wq->mutex);
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

	wq_count_drainer(wq, 1);
	for (;;) {
		__flush_workqueue(wq);
		if (wq_is_empty(wq))
			break;
		/* Works that queue one another for ever: say so, but not for ever. */
		if (++rounds == 10 || rounds == 100 || rounds == 1000)
			pr_warn("workqueue %s: its works still queue more, %u rounds into draining it\n",
				wq->name, rounds);
	}
	wq_count_drainer(wq, -1);
}
EXPORT_SYMBOL_GPL(drain_workqueue);
