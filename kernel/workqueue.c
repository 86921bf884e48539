// SPDX-License-Identifier: MIT
/*
 * Workqueues: functions to be run soon by a thread.
 *
 * This file has the queues: queueing, limits, delays, flushing, cancelling. workqueue_pool.c has
 * the threads; start there for how many run at once.
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

struct workqueue_struct *system_wq __ro_after_init;
EXPORT_SYMBOL(system_wq);
struct workqueue_struct *system_highpri_wq __ro_after_init;
EXPORT_SYMBOL_GPL(system_highpri_wq);
struct workqueue_struct *system_long_wq __ro_after_init;
EXPORT_SYMBOL_GPL(system_long_wq);
struct workqueue_struct *system_unbound_wq __ro_after_init;
EXPORT_SYMBOL_GPL(system_unbound_wq);
struct workqueue_struct *system_freezable_wq __ro_after_init;
EXPORT_SYMBOL_GPL(system_freezable_wq);
struct workqueue_struct *system_power_efficient_wq __ro_after_init;
EXPORT_SYMBOL_GPL(system_power_efficient_wq);
struct workqueue_struct *system_freezable_power_efficient_wq __ro_after_init;
EXPORT_SYMBOL_GPL(system_freezable_power_efficient_wq);

static DEFINE_MUTEX(wq_pool_mutex);
static LIST_HEAD(workqueues);
static struct kmem_cache *pwq_cache __ro_after_init;

#define WQ_CLOSED_FLAGS	(__WQ_DESTROYING | __WQ_DRAINING)

/* What work_grab_pending() and those above it do. */
#define WORK_CANCEL_DELAYED	(1 << 0)	/* it is a delayed work */
#define WORK_CANCEL_DISABLE	(1 << 1)	/* and may not be queued from now on */

/* ---- work->data ---- */

static unsigned long *work_data_bits(struct work_struct *work)
{
	return (unsigned long *)&work->data;
}

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

static unsigned long offq_pool_id(unsigned long data)
{
	return (data >> WORK_OFFQ_POOL_SHIFT) & WORK_OFFQ_POOL_NONE;
}

/* The pool where it waits, runs, or ran last; NULL if it never was in one. */
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

static unsigned long color_bits(int color)
{
	return (unsigned long)color << WORK_STRUCT_COLOR_SHIFT;
}

static unsigned int work_disable_depth(unsigned long data)
{
	return (data & WORK_OFFQ_DISABLE_MASK) >> WORK_OFFQ_DISABLE_SHIFT;
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

static void insert_work(struct pool_workqueue *pwq, struct work_struct *work,
			struct list_head *head, unsigned long flags)
{
	set_work_pwq(work, pwq, flags);
	list_add_tail(&work->entry, head);
}

/* Let a work in that waited for the limit. */
static void activate_inactive_work(struct pool_workqueue *pwq, struct work_struct *work)
{
	move_linked_works(work, &pwq->pool->worklist, NULL);
	__clear_bit(WORK_STRUCT_INACTIVE_BIT, work_data_bits(work));
	pwq->nr_active++;
}

static void pwq_activate_first_inactive(struct pool_workqueue *pwq)
{
	struct work_struct *work = list_first_entry_or_null(&pwq->inactive_works,
							    struct work_struct, entry);

	if (work && pwq->nr_active < pwq->max_active)
		activate_inactive_work(pwq, work);
}

/**
 * pwq_dec_nr_in_flight - a work is done, or has been taken away
 * @pwq: its queue; may be freed by the flusher that this wakes as soon as pool->lock is dropped
 * @work_data: its data while it was in the list
 */
void pwq_dec_nr_in_flight(struct pool_workqueue *pwq, unsigned long work_data)
{
	int color = get_work_color(work_data);

	/* Barriers are neither limited nor waited for. */
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

/* ---- queueing ---- */

/* Is this called from a work of the same queue? Such may queue while the queue drains. */
static bool is_chained_work(struct workqueue_struct *wq)
{
	struct worker *worker = current_wq_worker();

	return worker && worker->current_work && worker->current_pwq->wq == wq;
}

static struct pool_workqueue *wq_pwq(struct workqueue_struct *wq, int cpu)
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
static void __queue_work(int cpu, struct workqueue_struct *wq, struct work_struct *work)
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

/** queue_work_node - the same somewhere on a NUMA node; there is one */
bool queue_work_node(int node, struct workqueue_struct *wq, struct work_struct *work)
{
	WARN_ON_ONCE(!(wq->flags & WQ_UNBOUND));
	return queue_work_on(WORK_CPU_UNBOUND, wq, work);
}
EXPORT_SYMBOL_GPL(queue_work_node);

/** delayed_work_timer_fn - the delay is over. Interrupts off: the timer is IRQSAFE. */
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
	pwq_dec_nr_in_flight(pwq, data);
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
static bool work_grab_pending(struct work_struct *work, u32 cflags, unsigned long *irq_flags)
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

/** queue_rcu_work - queue a work after a grace period. Return: false if it was pending. */
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
	struct worker_pool *pool = get_work_pool(work);
	struct worker *worker = NULL;
	struct pool_workqueue *pwq;
	bool busy = false;

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

/** flush_delayed_work - queue it at once if it is on its timer, and wait */
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

/** flush_rcu_work - wait for the grace period and the work */
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

/** cancel_work - take a work back; it may still be running. Return: was it pending? */
bool cancel_work(struct work_struct *work)
{
	return __cancel_work(work, 0);
}
EXPORT_SYMBOL(cancel_work);

/**
 * cancel_work_sync - take a work back and wait for it to end, even if it queues itself
 *
 * Context: may sleep.
 * Return: was it pending?
 */
bool cancel_work_sync(struct work_struct *work)
{
	return __cancel_work_sync(work, 0);
}
EXPORT_SYMBOL_GPL(cancel_work_sync);

bool cancel_delayed_work(struct delayed_work *dwork)
{
	return __cancel_work(&dwork->work, WORK_CANCEL_DELAYED);
}
EXPORT_SYMBOL(cancel_delayed_work);

bool cancel_delayed_work_sync(struct delayed_work *dwork)
{
	return __cancel_work_sync(&dwork->work, WORK_CANCEL_DELAYED);
}
EXPORT_SYMBOL(cancel_delayed_work_sync);

/** disable_work - cancel it, and let it not be queued until enable_work(); nests */
bool disable_work(struct work_struct *work)
{
	return __cancel_work(work, WORK_CANCEL_DISABLE);
}
EXPORT_SYMBOL_GPL(disable_work);

bool disable_work_sync(struct work_struct *work)
{
	return __cancel_work_sync(work, WORK_CANCEL_DISABLE);
}
EXPORT_SYMBOL_GPL(disable_work_sync);

/** enable_work - undo one disable_work(). Return: may it be queued now? */
bool enable_work(struct work_struct *work)
{
	return __enable_work(work, 0);
}
EXPORT_SYMBOL_GPL(enable_work);

bool disable_delayed_work(struct delayed_work *dwork)
{
	return __cancel_work(&dwork->work, WORK_CANCEL_DELAYED | WORK_CANCEL_DISABLE);
}
EXPORT_SYMBOL_GPL(disable_delayed_work);

bool disable_delayed_work_sync(struct delayed_work *dwork)
{
	return __cancel_work_sync(&dwork->work, WORK_CANCEL_DELAYED | WORK_CANCEL_DISABLE);
}
EXPORT_SYMBOL_GPL(disable_delayed_work_sync);

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

static bool wq_is_empty(struct workqueue_struct *wq)
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

/* ---- making and destroying queues ---- */

static struct pool_workqueue *alloc_pwq(struct workqueue_struct *wq, struct worker_pool *pool)
{
	struct pool_workqueue *pwq = kmem_cache_zalloc(pwq_cache, GFP_KERNEL);

	if (!pwq)
		return NULL;
	BUG_ON((unsigned long)pwq & ~WORK_STRUCT_PWQ_MASK);
	pwq->pool = pool;
	pwq->wq = wq;
	pwq->flush_color = -1;
	pwq->max_active = wq->max_active;
	INIT_LIST_HEAD(&pwq->inactive_works);
	INIT_LIST_HEAD(&pwq->mayday_node);
	list_add(&pwq->pwqs_node, &wq->pwqs);
	return pwq;
}

static void free_pwqs(struct workqueue_struct *wq)
{
	struct pool_workqueue *pwq, *n;

	list_for_each_entry_safe(pwq, n, &wq->pwqs, pwqs_node)
		kmem_cache_free(pwq_cache, pwq);
	free_percpu(wq->cpu_pwq);
}

static int alloc_and_link_pwqs(struct workqueue_struct *wq)
{
	bool highpri = wq->flags & WQ_HIGHPRI;
	struct pool_workqueue *pwq;
	int cpu;

	if (wq->flags & WQ_UNBOUND) {
		wq->unbound_pwq = alloc_pwq(wq, unbound_worker_pool(highpri));
		return wq->unbound_pwq ? 0 : -ENOMEM;
	}
	wq->cpu_pwq = alloc_percpu(struct pool_workqueue *);
	if (!wq->cpu_pwq)
		return -ENOMEM;
	for_each_possible_cpu(cpu) {
		pwq = alloc_pwq(wq, cpu_worker_pool(cpu, highpri));
		if (!pwq)
			return -ENOMEM;
		*per_cpu_ptr(wq->cpu_pwq, cpu) = pwq;
	}
	return 0;
}

static void free_wq(struct workqueue_struct *wq)
{
	free_pwqs(wq);
#ifdef CONFIG_LOCKDEP
	lockdep_unregister_key(&wq->key);
#endif
	kfree(wq);
}

/**
 * alloc_workqueue - make a queue
 * @fmt: its name, printf-like, of the arguments after @max_active
 * @flags: WQ_*
 * @max_active: how many of its works may be active, per CPU or (WQ_UNBOUND) in all; 0: many
 *
 * Context: may sleep.
 * Return: the queue; NULL without memory, or for WQ_BH, which there is none of.
 */
struct workqueue_struct *alloc_workqueue(const char *fmt, unsigned int flags, int max_active, ...)
{
	struct workqueue_struct *wq;
	va_list args;

	if (WARN_ON_ONCE(flags & WQ_BH))
		return NULL;
	wq = kzalloc(sizeof(*wq), GFP_KERNEL);
	if (!wq)
		return NULL;
	va_start(args, max_active);
	vsnprintf(wq->name, sizeof(wq->name), fmt, args);
	va_end(args);

	max_active = max_active ?: WQ_DFL_ACTIVE;
	wq->flags = flags;
	wq->max_active = clamp_t(int, max_active, 1, WQ_MAX_ACTIVE);
	mutex_init(&wq->mutex);
	INIT_LIST_HEAD(&wq->list);
	INIT_LIST_HEAD(&wq->pwqs);
	INIT_LIST_HEAD(&wq->maydays);
	init_completion(&wq->flush_done);
#ifdef CONFIG_LOCKDEP
	lockdep_register_key(&wq->key);
	lockdep_init_map(&wq->lockdep_map, wq->name, &wq->key, 0);
#endif
	if (alloc_and_link_pwqs(wq))
		goto err_free;
	/* Those made before there are threads get theirs in workqueue_init(). */
	if (wq_online && flags & WQ_MEM_RECLAIM && init_rescuer(wq))
		goto err_free;

	mutex_lock(&wq_pool_mutex);
	list_add_tail(&wq->list, &workqueues);
	mutex_unlock(&wq_pool_mutex);
	return wq;

err_free:
	free_wq(wq);
	return NULL;
}
EXPORT_SYMBOL_GPL(alloc_workqueue);

/**
 * destroy_workqueue - drain a queue and free it
 * @wq: nobody but its own works queues on it any more
 *
 * Context: may sleep.
 */
void destroy_workqueue(struct workqueue_struct *wq)
{
	mutex_lock(&wq->mutex);
	wq->flags |= __WQ_DESTROYING;
	mutex_unlock(&wq->mutex);
	drain_workqueue(wq);

	mutex_lock(&wq_pool_mutex);
	list_del_init(&wq->list);
	mutex_unlock(&wq_pool_mutex);

	/* It may still have a call to answer, which finds nothing to do. */
	if (wq->rescuer) {
		kthread_stop(wq->rescuer->task);
		kfree(wq->rescuer);
	}
	free_wq(wq);
}
EXPORT_SYMBOL_GPL(destroy_workqueue);

/** workqueue_set_max_active - change the limit; works that wait may become active */
void workqueue_set_max_active(struct workqueue_struct *wq, int max_active)
{
	struct pool_workqueue *pwq;

	if (WARN_ON(wq->flags & __WQ_ORDERED))
		return;
	max_active = clamp_t(int, max_active, 1, WQ_MAX_ACTIVE);
	mutex_lock(&wq->mutex);
	wq->max_active = max_active;
	list_for_each_entry(pwq, &wq->pwqs, pwqs_node) {
		raw_spin_lock_irq(&pwq->pool->lock);
		pwq->max_active = max_active;
		while (!list_empty(&pwq->inactive_works) && pwq->nr_active < max_active)
			pwq_activate_first_inactive(pwq);
		kick_pool(pwq->pool);
		raw_spin_unlock_irq(&pwq->pool->lock);
	}
	mutex_unlock(&wq->mutex);
}
EXPORT_SYMBOL_GPL(workqueue_set_max_active);

/* ---- on each, on one ---- */

/**
 * schedule_on_each_cpu - run a function in a work on each online CPU, and wait
 *
 * Context: may sleep.
 * Return: 0 or -ENOMEM.
 */
int schedule_on_each_cpu(work_func_t func)
{
	struct work_struct __percpu *works = alloc_percpu(struct work_struct);
	int cpu;

	if (!works)
		return -ENOMEM;
	cpus_read_lock();
	for_each_online_cpu(cpu) {
		struct work_struct *work = per_cpu_ptr(works, cpu);

		INIT_WORK(work, func);
		schedule_work_on(cpu, work);
	}
	for_each_online_cpu(cpu)
		flush_work(per_cpu_ptr(works, cpu));
	cpus_read_unlock();
	free_percpu(works);
	return 0;
}

struct work_for_cpu {
	struct work_struct work;
	long (*fn)(void *arg);
	void *arg;
	long ret;
};

static void work_for_cpu_fn(struct work_struct *work)
{
	struct work_for_cpu *wfc = container_of(work, struct work_for_cpu, work);

	wfc->ret = wfc->fn(wfc->arg);
}

/** work_on_cpu - call a function in a work on a CPU. Return: what it returned. */
long work_on_cpu(int cpu, long (*fn)(void *), void *arg)
{
	struct work_for_cpu wfc = { .fn = fn, .arg = arg };

	INIT_WORK_ONSTACK(&wfc.work, work_for_cpu_fn);
	schedule_work_on(cpu, &wfc.work);
	flush_work(&wfc.work);
	destroy_work_on_stack(&wfc.work);
	return wfc.ret;
}
EXPORT_SYMBOL_GPL(work_on_cpu);

/* ---- who am I, how are they ---- */

/** current_work - the work that this worker runs, or NULL */
struct work_struct *current_work(void)
{
	struct worker *worker = current_wq_worker();

	return worker ? worker->current_work : NULL;
}
EXPORT_SYMBOL(current_work);

/** current_is_workqueue_rescuer - is memory so short that this work runs in a rescuer? */
bool current_is_workqueue_rescuer(void)
{
	struct worker *worker = current_wq_worker();

	return worker && worker->rescue_wq;
}

/** workqueue_congested - do works wait for the limit on @cpu? A guess. */
bool workqueue_congested(int cpu, struct workqueue_struct *wq)
{
	bool ret;

	preempt_disable();
	if (cpu == WORK_CPU_UNBOUND)
		cpu = smp_processor_id();
	ret = !list_empty(&wq_pwq(wq, cpu)->inactive_works);
	preempt_enable();
	return ret;
}
EXPORT_SYMBOL_GPL(workqueue_congested);

/** work_busy - WORK_BUSY_* bits of a work, as of a moment ago */
unsigned int work_busy(struct work_struct *work)
{
	struct worker_pool *pool = get_work_pool(work);
	unsigned int ret = work_pending(work) ? WORK_BUSY_PENDING : 0;
	unsigned long flags;

	if (!pool)
		return ret;
	raw_spin_lock_irqsave(&pool->lock, flags);
	if (find_worker_executing_work(pool, work))
		ret |= WORK_BUSY_RUNNING;
	raw_spin_unlock_irqrestore(&pool->lock, flags);
	return ret;
}
EXPORT_SYMBOL_GPL(work_busy);

/** set_worker_desc - say what this work is about, for task dumps; until it ends */
void set_worker_desc(const char *fmt, ...)
{
	struct worker *worker = current_wq_worker();
	va_list args;

	if (!worker)
		return;
	va_start(args, fmt);
	vsnprintf(worker->desc, sizeof(worker->desc), fmt, args);
	va_end(args);
}
EXPORT_SYMBOL_GPL(set_worker_desc);

/** print_worker_info - a line about a worker, for task dumps; tells nothing of other tasks */
void print_worker_info(const char *log_lvl, struct task_struct *task)
{
	struct worker *worker;
	work_func_t fn;

	if (!(task->flags & PF_WQ_WORKER))
		return;
	/* Unlocked: the worker may finish its work meanwhile, then there is nothing to tell. */
	worker = kthread_probe_data(task);
	fn = worker ? READ_ONCE(worker->current_func) : NULL;
	if (fn)
		printk("%sWorkqueue: %ps %s\n", log_lvl, fn, worker->desc);
}

/** wq_worker_comm - a worker's name for people */
void wq_worker_comm(char *buf, size_t size, struct task_struct *task)
{
	strscpy(buf, task->comm, size);
}

static void show_pwq(struct pool_workqueue *pwq)
{
	struct work_struct *work;
	unsigned long flags;

	raw_spin_lock_irqsave(&pwq->pool->lock, flags);
	if (pwq->nr_active || !list_empty(&pwq->inactive_works)) {
		pr_info("  pool %d: active=%d/%d\n", pwq->pool->id, pwq->nr_active,
			pwq->max_active);
		list_for_each_entry(work, &pwq->pool->worklist, entry)
			if (get_work_pwq(work) == pwq)
				pr_info("    pending: %ps\n", work->func);
		list_for_each_entry(work, &pwq->inactive_works, entry)
			pr_info("    inactive: %ps\n", work->func);
	}
	raw_spin_unlock_irqrestore(&pwq->pool->lock, flags);
}

/** show_one_workqueue - what waits in a queue, by printk */
void show_one_workqueue(struct workqueue_struct *wq)
{
	struct pool_workqueue *pwq;

	pr_info("workqueue %s: flags=0x%x\n", wq->name, wq->flags);
	list_for_each_entry(pwq, &wq->pwqs, pwqs_node)
		show_pwq(pwq);
}

/** show_all_workqueues - all queues and pools that are busy. Context: may sleep. */
void show_all_workqueues(void)
{
	struct workqueue_struct *wq;
	int cpu, i;

	mutex_lock(&wq_pool_mutex);
	list_for_each_entry(wq, &workqueues, list)
		if (!wq_is_empty(wq))
			show_one_workqueue(wq);
	mutex_unlock(&wq_pool_mutex);
	for (i = 0; i < 2; i++) {
		for_each_possible_cpu(cpu)
			show_pool(cpu_worker_pool(cpu, i));
		show_pool(unbound_worker_pool(i));
	}
}

/* ---- start ---- */

/**
 * workqueue_init_early - queues can be made and works queued; nothing runs yet
 *
 * Context: boot, after the slab allocator.
 */
void __init workqueue_init_early(void)
{
	pwq_cache = kmem_cache_create("pool_workqueue", sizeof(struct pool_workqueue),
				      1 << WORK_STRUCT_PWQ_SHIFT, SLAB_PANIC, NULL);
	wq_pools_init_early();

	system_wq = alloc_workqueue("events", 0, 0);
	system_highpri_wq = alloc_workqueue("events_highpri", WQ_HIGHPRI, 0);
	system_long_wq = alloc_workqueue("events_long", 0, 0);
	system_unbound_wq = alloc_workqueue("events_unbound", WQ_UNBOUND, WQ_MAX_ACTIVE);
	system_freezable_wq = alloc_workqueue("events_freezable", WQ_FREEZABLE, 0);
	system_power_efficient_wq = alloc_workqueue("events_power_efficient",
						    WQ_POWER_EFFICIENT, 0);
	system_freezable_power_efficient_wq =
		alloc_workqueue("events_freezable_pwr_efficient",
				WQ_FREEZABLE | WQ_POWER_EFFICIENT, 0);
	BUG_ON(!system_wq || !system_highpri_wq || !system_long_wq || !system_unbound_wq ||
	       !system_freezable_wq || !system_power_efficient_wq ||
	       !system_freezable_power_efficient_wq);
}

/**
 * workqueue_init - threads can be made: run what has been queued
 *
 * Context: boot, first thread; other CPUs are not up.
 */
void __init workqueue_init(void)
{
	struct workqueue_struct *wq;

	mutex_lock(&wq_pool_mutex);
	list_for_each_entry(wq, &workqueues, list)
		if (wq->flags & WQ_MEM_RECLAIM)
			WARN(init_rescuer(wq), "workqueue: no rescuer for %s\n", wq->name);
	mutex_unlock(&wq_pool_mutex);
	wq_pools_start();
}

/* Unbound works run anywhere: there is no topology to learn. */
void __init workqueue_init_topology(void)
{
}
