// SPDX-License-Identifier: MIT
/*
 * The wait/wound mutex. <linux/ww_mutex.h> says what it is for and how to use it.
 *
 * Every lock is a spin lock over an owner and a list of sleepers. To get it means to be the first
 * of the list while there is no owner; a newcomer enters the list as well. Contexts stand before
 * younger contexts, so that the oldest is served first.
 *
 * Whether a waiter has to give up depends on things that change while it sleeps: who owns the lock,
 * who stands before it, whether it has been wounded. So these wake it, and it looks again:
 *
 *	the owner leaves		wakes the first
 *	somebody becomes the owner	wakes all others that have a context: for some of them
 *					the new owner may be older (wait-die: they give up) or
 *					younger (wound-wait: they wound it)
 *	an older one wounds the owner	wakes the owner, which may sleep for another ww_mutex
 *
 * A context without locks never gives up: nobody waits for it, so it is in no cycle.
 *
 * Why no cycle of waiters lasts: it has an oldest context. Wait-die: whoever waits for a lock of
 * that one waits for an older one, and gives up. Wound-wait: the oldest wounds the owner of the
 * lock that it waits for, and that one gives up, since it waits too.
 *
 * Lock order: a ww_mutex's wait_lock (never two), a task's pi_lock.
 */

#include <linux/ww_mutex.h>

#include <linux/bug.h>
#include <linux/err.h>
#include <linux/export.h>
#include <linux/sched.h>
#include <linux/sched/debug.h>
#include <linux/sched/signal.h>
#include <linux/spinlock.h>

/* One sleeping task, on its stack. */
struct ww_waiter {
	struct list_head	list;	/* in wait_list, under wait_lock */
	struct task_struct	*task;
	struct ww_acquire_ctx	*ctx;	/* or NULL */
};

/* Tickets wrap round. */
static bool ctx_older(const struct ww_acquire_ctx *a, const struct ww_acquire_ctx *b)
{
	return (long)(a->stamp - b->stamp) < 0;
}

/**
 * ww_mutex_init - make a lock, free
 * @lock: the lock
 * @ww_class: what it may be taken together with
 */
void ww_mutex_init(struct ww_mutex *lock, struct ww_class *ww_class)
{
	raw_spin_lock_init(&lock->wait_lock);
	lock->owner = NULL;
	lock->ctx = NULL;
	lock->class = ww_class;
	INIT_LIST_HEAD(&lock->wait_list);
#ifdef CONFIG_DEBUG_LOCK_ALLOC
	debug_check_no_locks_freed((void *)lock, sizeof(*lock));
	lockdep_init_map_wait(&lock->dep_map, ww_class->mutex_name, &ww_class->mutex_key, 0,
			      LD_WAIT_SLEEP);
#endif
}
EXPORT_SYMBOL(ww_mutex_init);

/**
 * ww_mutex_destroy - the lock's memory ends
 * @lock: the lock, free
 */
void ww_mutex_destroy(struct ww_mutex *lock)
{
	WARN_ON_ONCE(ww_mutex_is_locked(lock) || !list_empty(&lock->wait_list));
}
EXPORT_SYMBOL(ww_mutex_destroy);

/* ---- contexts ---------------------------------------------------------------------------- */

/**
 * ww_acquire_init - begin to go for locks
 * @ctx: the context, which gets its age now
 * @ww_class: the locks' class
 *
 * Context: Task.
 */
void ww_acquire_init(struct ww_acquire_ctx *ctx, struct ww_class *ww_class)
{
	ctx->task = current;
	ctx->stamp = atomic_long_inc_return_relaxed(&ww_class->stamp);
	ctx->acquired = 0;
	ctx->wounded = 0;
	ctx->is_wait_die = ww_class->is_wait_die;
	ctx->done = false;
	ctx->class = ww_class;
	ctx->contending = NULL;
#ifdef CONFIG_DEBUG_LOCK_ALLOC
	lockdep_init_map(&ctx->dep_map, ww_class->acquire_name, &ww_class->acquire_key, 0);
	mutex_acquire(&ctx->dep_map, 0, 0, _RET_IP_);
#endif
}
EXPORT_SYMBOL(ww_acquire_init);

/**
 * ww_acquire_done - all locks have been got
 * @ctx: the context; no more locks with it. Once
 */
void ww_acquire_done(struct ww_acquire_ctx *ctx)
{
	WARN_ON_ONCE(ctx->done);
	ctx->done = true;
}
EXPORT_SYMBOL(ww_acquire_done);

/**
 * ww_acquire_fini - and have been given back
 * @ctx: the context, with no lock left. Once
 *
 * Context: the task of ww_acquire_init().
 */
void ww_acquire_fini(struct ww_acquire_ctx *ctx)
{
	WARN_ON_ONCE(ctx->acquired);
	if (WARN_ON_ONCE(ctx->task != current))
		return;
	ctx->task = NULL;
#ifdef CONFIG_DEBUG_LOCK_ALLOC
	mutex_release(&ctx->dep_map, _RET_IP_);
#endif
}
EXPORT_SYMBOL(ww_acquire_fini);

/* ---- under wait_lock ---------------------------------------------------------------------- */

static void enter_list(struct ww_mutex *lock, struct ww_waiter *waiter)
{
	struct ww_waiter *pos;

	if (waiter->ctx) {
		list_for_each_entry(pos, &lock->wait_list, list) {
			if (pos->ctx && ctx_older(waiter->ctx, pos->ctx)) {
				list_add_tail(&waiter->list, &pos->list);
				return;
			}
		}
	}
	list_add_tail(&waiter->list, &lock->wait_list);
}

static struct ww_waiter *first_waiter(struct ww_mutex *lock)
{
	return list_first_entry_or_null(&lock->wait_list, struct ww_waiter, list);
}

/* Let all look again to whom the owner matters. */
static void wake_contexts(struct ww_mutex *lock)
{
	struct ww_waiter *pos;

	list_for_each_entry(pos, &lock->wait_list, list) {
		if (pos->ctx)
			wake_up_process(pos->task);
	}
}

static void become_owner(struct ww_mutex *lock, struct ww_acquire_ctx *ctx)
{
	WRITE_ONCE(lock->owner, current);
	WRITE_ONCE(lock->ctx, ctx);
	if (ctx) {
		ctx->acquired++;
		ctx->contending = NULL;
		wake_contexts(lock);
	}
}

/* An older context than ours owns the lock or stands before us. */
static bool older_in_front(struct ww_mutex *lock, struct ww_waiter *waiter)
{
	struct ww_waiter *pos = waiter;

	if (lock->ctx && ctx_older(lock->ctx, waiter->ctx))
		return true;
	list_for_each_entry_continue_reverse(pos, &lock->wait_list, list) {
		if (pos->ctx)
			return true;
	}
	return false;
}

/*
 * The owner is younger: it shall give up as soon as it would wait. It can't leave the lock while
 * we have wait_lock, so its context is there. If it sleeps for another lock it has to hear of it;
 * if it sleeps for something else, that wait must bear a wake-up too many anyway.
 */
static void wound_owner(struct ww_mutex *lock, struct ww_acquire_ctx *ctx)
{
	struct ww_acquire_ctx *victim = lock->ctx;

	if (!victim || !ctx_older(ctx, victim) || READ_ONCE(victim->wounded))
		return;
	WRITE_ONCE(victim->wounded, 1);
	wake_up_process(lock->owner);	/* a full barrier: sees "wounded" if this is too soon */
}

static bool must_give_up(struct ww_mutex *lock, struct ww_waiter *waiter)
{
	struct ww_acquire_ctx *ctx = waiter->ctx;

	if (!ctx)
		return false;
	if (!ctx->is_wait_die)
		wound_owner(lock, ctx);
	if (!ctx->acquired)
		return false;
	return ctx->is_wait_die ? older_in_front(lock, waiter) : READ_ONCE(ctx->wounded);
}

/* Sleep until the lock is ours, or is not to be. */
static int wait_for_ww(struct ww_mutex *lock, struct ww_waiter *waiter, unsigned int state)
{
	for (;;) {
		/* Before the looks below: who changes what they see wakes us. */
		set_current_state(state);
		if (!lock->owner && first_waiter(lock) == waiter)
			return 0;
		if (must_give_up(lock, waiter))
			return -EDEADLK;
		if (signal_pending_state(state, current))
			return -EINTR;
		raw_spin_unlock_irq(&lock->wait_lock);
		schedule();
		raw_spin_lock_irq(&lock->wait_lock);
	}
}

/* ---- the lock ------------------------------------------------------------------------------ */

/* How a context is to be used, as ww-mutex-design.rst has it; a breach is reported, not mended. */
static void check_use(struct ww_mutex *lock, struct ww_acquire_ctx *ctx)
{
	WARN_ON_ONCE(ctx->task != current);
	WARN_ON_ONCE(ctx->class != lock->class);
	WARN_ON_ONCE(ctx->done);
	if (!ctx->contending)
		return;
	/* After -EDEADLK: first let go of everything, then take the lock that it was about. */
	WARN_ON_ONCE(ctx->acquired);
	WARN_ON_ONCE(ctx->contending != lock);
}

static int __sched ww_lock_common(struct ww_mutex *lock, struct ww_acquire_ctx *ctx,
				  unsigned int state)
{
	struct ww_waiter waiter = { .task = current, .ctx = ctx };
	struct ww_waiter *first;
	int err;

	might_sleep();
	if (ctx) {
		check_use(lock, ctx);
		/* Ours already: only the owner's context can compare equal. */
		if (READ_ONCE(lock->ctx) == ctx)
			return -EALREADY;
		/* Without locks it is out of everybody's way: an old wound has healed. */
		if (!ctx->acquired)
			WRITE_ONCE(ctx->wounded, 0);
	}
	raw_spin_lock_irq(&lock->wait_lock);
	enter_list(lock, &waiter);
	err = wait_for_ww(lock, &waiter, state);
	__set_current_state(TASK_RUNNING);
	list_del(&waiter.list);
	if (!err) {
		become_owner(lock, ctx);
	} else {
		if (err == -EDEADLK)
			ctx->contending = lock;
		/* The wake-up that was for the first may have been ours. */
		first = first_waiter(lock);
		if (first && !lock->owner)
			wake_up_process(first->task);
	}
	raw_spin_unlock_irq(&lock->wait_lock);
#ifdef CONFIG_DEBUG_LOCK_ALLOC
	if (!err)
		mutex_acquire_nest(&lock->dep_map, 0, 0, ctx ? &ctx->dep_map : NULL, _RET_IP_);
#endif
	return err;
}

/**
 * ww_mutex_lock - get a lock, or give way
 * @lock: the lock
 * @ctx: the caller's context, or NULL
 *
 * Context: Task. May sleep.
 * Return: 0 with the lock; -EDEADLK: unlock all locks of @ctx, then wait for this one with
 * ww_mutex_lock_slow(); -EALREADY: @ctx has it.
 */
int __sched ww_mutex_lock(struct ww_mutex *lock, struct ww_acquire_ctx *ctx)
{
	return ww_lock_common(lock, ctx, TASK_UNINTERRUPTIBLE);
}
EXPORT_SYMBOL(ww_mutex_lock);

/**
 * ww_mutex_lock_interruptible - ww_mutex_lock(), or a signal
 * @lock: the lock
 * @ctx: the caller's context, or NULL
 *
 * Return: also -EINTR.
 */
int __sched ww_mutex_lock_interruptible(struct ww_mutex *lock, struct ww_acquire_ctx *ctx)
{
	return ww_lock_common(lock, ctx, TASK_INTERRUPTIBLE);
}
EXPORT_SYMBOL(ww_mutex_lock_interruptible);

/* It is for the lock that -EDEADLK was about, and for nothing else. */
static void check_slow(struct ww_acquire_ctx *ctx)
{
	WARN_ON_ONCE(ctx->acquired);
	WARN_ON_ONCE(!ctx->contending);
}

/**
 * ww_mutex_lock_slow - wait for the lock that was not to be had
 * @lock: the lock
 * @ctx: the caller's context, with no lock left
 *
 * Context: Task. May sleep.
 */
void __sched ww_mutex_lock_slow(struct ww_mutex *lock, struct ww_acquire_ctx *ctx)
{
	check_slow(ctx);
	WARN_ON_ONCE(ww_mutex_lock(lock, ctx));
}
EXPORT_SYMBOL(ww_mutex_lock_slow);

/**
 * ww_mutex_lock_slow_interruptible - ww_mutex_lock_slow(), or a signal
 * @lock: the lock that was not to be had
 * @ctx: the caller's context, with no lock left
 *
 * Context: Task. May sleep.
 * Return: 0 with the lock, or -EINTR.
 */
int __sched ww_mutex_lock_slow_interruptible(struct ww_mutex *lock, struct ww_acquire_ctx *ctx)
{
	check_slow(ctx);
	return ww_mutex_lock_interruptible(lock, ctx);
}
EXPORT_SYMBOL(ww_mutex_lock_slow_interruptible);

/**
 * ww_mutex_trylock - get a lock if nobody has it or waits for it
 * @lock: the lock
 * @ctx: the caller's context, or NULL
 *
 * Return: 1 with the lock, 0 without.
 */
int __sched ww_mutex_trylock(struct ww_mutex *lock, struct ww_acquire_ctx *ctx)
{
	bool got;

	if (ctx)
		check_use(lock, ctx);
	raw_spin_lock_irq(&lock->wait_lock);
	got = !lock->owner && list_empty(&lock->wait_list);
	if (got) {
		if (ctx && !ctx->acquired)
			WRITE_ONCE(ctx->wounded, 0);
		become_owner(lock, ctx);
	}
	raw_spin_unlock_irq(&lock->wait_lock);
#ifdef CONFIG_DEBUG_LOCK_ALLOC
	if (got)
		mutex_acquire_nest(&lock->dep_map, 0, 1, ctx ? &ctx->dep_map : NULL, _RET_IP_);
#endif
	return got;
}
EXPORT_SYMBOL(ww_mutex_trylock);

/**
 * ww_mutex_unlock - give the lock back
 * @lock: the lock, the caller's
 *
 * Context: Task.
 */
void __sched ww_mutex_unlock(struct ww_mutex *lock)
{
	struct ww_waiter *first;

#ifdef CONFIG_DEBUG_LOCK_ALLOC
	mutex_release(&lock->dep_map, _RET_IP_);
#endif
	raw_spin_lock_irq(&lock->wait_lock);
	WARN_ON_ONCE(lock->owner != current);
	if (lock->ctx)
		lock->ctx->acquired--;
	WRITE_ONCE(lock->ctx, NULL);
	WRITE_ONCE(lock->owner, NULL);
	first = first_waiter(lock);
	if (first)
		wake_up_process(first->task);
	raw_spin_unlock_irq(&lock->wait_lock);
}
EXPORT_SYMBOL(ww_mutex_unlock);
