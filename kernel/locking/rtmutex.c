// SPDX-License-Identifier: MIT
/*
 * The rt_mutex: who waits for a lock lends its owner its priority.
 *
 * The graph. A task waits for at most one lock; a lock has at most one owner; an owner may own many
 * locks. So from any task one chain leads along "waits for" and "is owned by":
 *
 *	task A --waits--> lock 1 --owned by--> task B --waits--> lock 2 --owned by--> task C
 *
 * and the priority of A must reach C. Kept for that, by urgency, in red-black trees:
 *
 *	lock->waiters		all that wait for the lock; the leftmost is its top waiter
 *	task->pi_waiters	the top waiters of all locks that the task owns
 *
 *	(P1) a task's priority is the better of its own and its leftmost pi_waiter's
 *	(P2) a waiter is sorted by the priority that its task has
 *	(P3) pi_waiters holds exactly the top waiters of the locks that have the task as owner
 *	(P4) the chain has no cycle: who would close one is refused, or sleeps outside of the graph
 *
 * Whoever changes one end of a chain walks it (adjust_chain()), restoring P1 to P3 at each task,
 * and stops where nothing changes. One lock, graph_lock, guards the whole graph, so that a walk
 * sees it at rest. A lock per object would let walks run in parallel at the price of dropping and
 * retaking locks, and looking again, at each step; the walks are short and only contended locks
 * have any.
 *
 * The word. lock->owner is the owner, and bit 0, HAS_WAITERS:
 *
 *	0			free			fast lock: 0 -> task
 *	task			owned, uncontended	fast unlock: task -> 0
 *	task | HAS_WAITERS	owned, and contended	only the slow paths change it
 *	HAS_WAITERS		free, its top waiter has been woken to take it
 *
 * The slow paths set the bit first, which locks out the fast ones; it stays while there are
 * waiters. In the last state the lock may be stolen by somebody more urgent than the top waiter,
 * not by an equal. The woken waiter then waits on. A PI futex is never in it: its owner is written
 * in user memory, so it goes from owner to owner in one step (rt_mutex_futex_handoff()), and the
 * waiter that got it finds itself out of the queue (waiter->task is NULL).
 *
 * Lock order: graph_lock, a task's pi_lock, a run queue's lock.
 */

#include "rtmutex_common.h"

#include <linux/bug.h>
#include <linux/err.h>
#include <linux/export.h>
#include <linux/hrtimer.h>
#include <linux/lockdep.h>
#include <linux/sched/debug.h>
#include <linux/sched/rt.h>
#include <linux/sched/signal.h>
#include <linux/spinlock.h>

static DEFINE_RAW_SPINLOCK(graph_lock);

/* ---- the word ------------------------------------------------------------------------- */

static bool fast_lock(struct rt_mutex_base *lock)
{
	unsigned long free = 0;

	return try_cmpxchg_acquire(&lock->owner, &free, (unsigned long)current);
}

static bool fast_unlock(struct rt_mutex_base *lock)
{
	unsigned long me = (unsigned long)current;

	return try_cmpxchg_release(&lock->owner, &me, 0UL);
}

/*
 * From here to clear_unused_mark() or the end of the last wait the word is ours to change. A full
 * barrier: if the owner has just left by the fast path, we see all that it did.
 */
static void mark_waiters(struct rt_mutex_base *lock)
{
	unsigned long word = READ_ONCE(lock->owner);

	while (!try_cmpxchg(&lock->owner, &word, word | RT_MUTEX_HAS_WAITERS))
		;
}

/* The release is for a fast_lock() that finds the lock free. */
static void set_owner(struct rt_mutex_base *lock, struct task_struct *owner)
{
	unsigned long word = (unsigned long)owner;

	if (rt_mutex_has_waiters(lock))
		word |= RT_MUTEX_HAS_WAITERS;
	smp_store_release(&lock->owner, word);
}

static void clear_unused_mark(struct rt_mutex_base *lock)
{
	if (!rt_mutex_has_waiters(lock))
		set_owner(lock, rt_mutex_owner(lock));
}

/* ---- the trees ------------------------------------------------------------------------- */

#define tree_waiter(node)	rb_entry((node), struct rt_mutex_waiter, tree)
#define pi_waiter(node)		rb_entry((node), struct rt_mutex_waiter, pi_tree)

static int waiter_prio(struct task_struct *task)
{
	return min(READ_ONCE(task->prio), MAX_RT_PRIO);
}

static bool tree_less(struct rb_node *a, const struct rb_node *b)
{
	return tree_waiter(a)->prio < tree_waiter(b)->prio;
}

static bool pi_less(struct rb_node *a, const struct rb_node *b)
{
	return pi_waiter(a)->prio < pi_waiter(b)->prio;
}

static struct rt_mutex_waiter *top_waiter(struct rt_mutex_base *lock)
{
	struct rb_node *first = rb_first_cached(&lock->waiters);

	return first ? tree_waiter(first) : NULL;
}

static struct task_struct *top_pi_task(struct task_struct *task)
{
	struct rb_node *first = rb_first_cached(&task->pi_waiters);

	return first ? pi_waiter(first)->task : NULL;
}

static void lend_to(struct task_struct *owner, struct rt_mutex_waiter *waiter)
{
	rb_add_cached(&waiter->pi_tree, &owner->pi_waiters, pi_less);
}

static void take_back_from(struct task_struct *owner, struct rt_mutex_waiter *waiter)
{
	rb_erase_cached(&waiter->pi_tree, &owner->pi_waiters);
}

/* ---- the walk --------------------------------------------------------------------------- */

/*
 * @waiter's task has another priority: sort it again, here (P2) and with the lock's owner (P3).
 * Return: the owner if it lends or borrows differently now, NULL if the walk ends here.
 */
static struct task_struct *resort_waiter(struct rt_mutex_waiter *waiter, int prio)
{
	struct rt_mutex_base *lock = waiter->lock;
	struct task_struct *owner = rt_mutex_owner(lock);
	struct rt_mutex_waiter *old_top = top_waiter(lock), *new_top;

	/* Off both trees before the key changes. */
	if (owner)
		take_back_from(owner, old_top);
	rb_erase_cached(&waiter->tree, &lock->waiters);
	waiter->prio = prio;
	rb_add_cached(&waiter->tree, &lock->waiters, tree_less);
	new_top = top_waiter(lock);

	if (!owner) {
		/* It was up to the old top to take the lock. */
		if (new_top != old_top)
			wake_up_process(new_top->task);
		return NULL;
	}
	lend_to(owner, new_top);
	return new_top == waiter || old_top == waiter ? owner : NULL;
}

/* The waiters of @task's locks, or its own priority, changed: along the chain, until it fits. */
static void adjust_chain(struct task_struct *task)
{
	while (task) {
		struct rt_mutex_waiter *waiter;

		rt_mutex_setprio(task, top_pi_task(task));	/* P1 */
		waiter = task->pi_blocked_on;
		if (!waiter || waiter->prio == waiter_prio(task))
			return;
		task = resort_waiter(waiter, waiter_prio(task));
	}
}

/* P4: does the chain from @lock lead to @task? */
static bool would_close_cycle(struct rt_mutex_base *lock, struct task_struct *task)
{
	struct task_struct *owner = rt_mutex_owner(lock);

	while (owner && owner != task && owner->pi_blocked_on)
		owner = rt_mutex_owner(owner->pi_blocked_on->lock);
	return owner == task;
}

/* ---- waiting ----------------------------------------------------------------------------- */

/** rt_mutex_init_waiter - a waiter that waits for nothing */
void rt_mutex_init_waiter(struct rt_mutex_waiter *waiter)
{
	RB_CLEAR_NODE(&waiter->tree);
	RB_CLEAR_NODE(&waiter->pi_tree);
	waiter->task = NULL;
	waiter->lock = NULL;
}

static void add_waiter(struct rt_mutex_base *lock, struct rt_mutex_waiter *waiter,
		       struct task_struct *task)
{
	struct task_struct *owner = rt_mutex_owner(lock);
	struct rt_mutex_waiter *old_top = top_waiter(lock);

	waiter->task = task;
	waiter->lock = lock;
	waiter->prio = waiter_prio(task);
	rb_add_cached(&waiter->tree, &lock->waiters, tree_less);
	task->pi_blocked_on = waiter;
	if (!owner || top_waiter(lock) != waiter)
		return;
	if (old_top)
		take_back_from(owner, old_top);
	lend_to(owner, waiter);
	adjust_chain(owner);
}

/* Its wait ends without the lock. */
static void remove_waiter(struct rt_mutex_base *lock, struct rt_mutex_waiter *waiter)
{
	struct task_struct *owner = rt_mutex_owner(lock);
	bool was_top = top_waiter(lock) == waiter;
	struct rt_mutex_waiter *top;

	if (owner && was_top)
		take_back_from(owner, waiter);
	rb_erase_cached(&waiter->tree, &lock->waiters);
	waiter->task->pi_blocked_on = NULL;
	waiter->task = NULL;
	if (!was_top)
		return;

	top = top_waiter(lock);
	if (owner) {
		if (top)
			lend_to(owner, top);
		adjust_chain(owner);
	} else if (top) {
		wake_up_process(top->task);	/* the wake-up that we had was meant for it */
	}
}

/*
 * Take the lock for @task if it is free and nobody more urgent waits. @waiter is @task's own place
 * among the waiters; without one, an equal in the queue comes first.
 */
static bool try_to_take(struct rt_mutex_base *lock, struct task_struct *task,
			struct rt_mutex_waiter *waiter)
{
	struct rt_mutex_waiter *top;

	mark_waiters(lock);
	if (rt_mutex_owner(lock))
		return false;
	top = top_waiter(lock);
	if (waiter ? top != waiter : top && top->prio <= waiter_prio(task))
		return false;

	if (waiter) {
		rb_erase_cached(&waiter->tree, &lock->waiters);
		task->pi_blocked_on = NULL;
		waiter->task = NULL;
	}
	set_owner(lock, task);
	top = top_waiter(lock);
	if (top) {
		lend_to(task, top);
		adjust_chain(task);
	}
	return true;
}

/*
 * Sleep until the lock is ours. graph_lock is held on entry and exit, @waiter queued.
 * Return: 0; -EINTR; -ETIMEDOUT, after which the waiter is still queued.
 */
static int wait_for_lock(struct rt_mutex_base *lock, struct rt_mutex_waiter *waiter,
			 unsigned int state, struct hrtimer_sleeper *timeout)
{
	int err = 0;

	for (;;) {
		/* Before the look at the lock: an unlock from here on wakes us. */
		set_current_state(state);
		if (!waiter->task || try_to_take(lock, current, waiter))
			break;
		if (timeout && !READ_ONCE(timeout->task)) {
			err = -ETIMEDOUT;
			break;
		}
		if (signal_pending_state(state, current)) {
			err = -EINTR;
			break;
		}
		raw_spin_unlock_irq(&graph_lock);
		schedule();
		raw_spin_lock_irq(&graph_lock);
	}
	__set_current_state(TASK_RUNNING);
	return err;
}

/* This task would wait for itself. It may not enter the graph, and has nowhere else to go. */
static void __noreturn sleep_in_deadlock(void)
{
	WARN(1, "rtmutex: deadlock\n");
	for (;;) {
		set_current_state(TASK_UNINTERRUPTIBLE);
		schedule();
	}
}

static int __sched slow_lock(struct rt_mutex_base *lock, unsigned int state)
{
	struct rt_mutex_waiter waiter;
	int err = 0;

	rt_mutex_init_waiter(&waiter);
	raw_spin_lock_irq(&graph_lock);
	if (!try_to_take(lock, current, NULL)) {
		if (would_close_cycle(lock, current)) {
			err = -EDEADLK;
		} else {
			add_waiter(lock, &waiter, current);
			err = wait_for_lock(lock, &waiter, state, NULL);
			if (err)
				remove_waiter(lock, &waiter);
		}
	}
	clear_unused_mark(lock);
	raw_spin_unlock_irq(&graph_lock);

	if (err == -EDEADLK && state == TASK_UNINTERRUPTIBLE)
		sleep_in_deadlock();
	return err;
}

static int slow_trylock(struct rt_mutex_base *lock)
{
	unsigned long flags;
	bool got;

	/* Owned: the caller loses nothing if it is given back this moment. */
	if (rt_mutex_owner(lock))
		return 0;
	raw_spin_lock_irqsave(&graph_lock, flags);
	got = try_to_take(lock, current, NULL);
	clear_unused_mark(lock);
	raw_spin_unlock_irqrestore(&graph_lock, flags);
	return got;
}

/*
 * The top waiter is woken before we give its priority back: with the order reversed, somebody of
 * middling urgency could come between. graph_lock keeps this CPU from being preempted.
 */
static void __sched slow_unlock(struct rt_mutex_base *lock)
{
	struct rt_mutex_waiter *top;
	unsigned long flags;

	raw_spin_lock_irqsave(&graph_lock, flags);
	top = top_waiter(lock);
	if (top)
		take_back_from(current, top);
	set_owner(lock, NULL);
	if (top) {
		wake_up_process(top->task);
		adjust_chain(current);
	}
	raw_spin_unlock_irqrestore(&graph_lock, flags);
}

/**
 * rt_mutex_adjust_pi - a task's own priority has changed
 * @p: the task
 *
 * If it waits for an rt_mutex, what the owner inherits changes with it.
 * Context: Any, without pi_lock or a run queue's lock.
 */
void rt_mutex_adjust_pi(struct task_struct *p)
{
	unsigned long flags;

	if (!READ_ONCE(p->pi_blocked_on))
		return;
	raw_spin_lock_irqsave(&graph_lock, flags);
	if (p->pi_blocked_on)
		adjust_chain(p);
	raw_spin_unlock_irqrestore(&graph_lock, flags);
}

/* ---- the lock ------------------------------------------------------------------------------ */

/**
 * rt_mutex_base_init - make a lock, free
 * @rtb: the lock
 */
void rt_mutex_base_init(struct rt_mutex_base *rtb)
{
	rtb->owner = 0;
	rtb->waiters = RB_ROOT_CACHED;
}
EXPORT_SYMBOL(rt_mutex_base_init);

/**
 * __rt_mutex_init - the function under rt_mutex_init()
 * @lock: the lock
 * @name: for lockdep, kept by pointer
 * @key: its class
 */
void __rt_mutex_init(struct rt_mutex *lock, const char *name, struct lock_class_key *key)
{
	rt_mutex_base_init(&lock->rtmutex);
#ifdef CONFIG_DEBUG_LOCK_ALLOC
	debug_check_no_locks_freed((void *)lock, sizeof(*lock));
	lockdep_init_map_wait(&lock->dep_map, name, key, 0, LD_WAIT_SLEEP);
#endif
}
EXPORT_SYMBOL_GPL(__rt_mutex_init);

static int __sched lock_common(struct rt_mutex *lock, unsigned int state, unsigned int subclass,
			       struct lockdep_map *nest_lock, unsigned long ip)
{
	int err = 0;

	might_sleep();
	mutex_acquire_nest(&lock->dep_map, subclass, 0, nest_lock, ip);
	if (!fast_lock(&lock->rtmutex))
		err = slow_lock(&lock->rtmutex, state);
	if (err)
		mutex_release(&lock->dep_map, ip);
	return err;
}

#ifdef CONFIG_DEBUG_LOCK_ALLOC

/**
 * rt_mutex_lock_nested - rt_mutex_lock() while a lock of the same class is held
 * @lock: the lock
 * @subclass: lockdep's, 1 and up for the inner ones
 *
 * Context: Task. May sleep.
 */
void __sched rt_mutex_lock_nested(struct rt_mutex *lock, unsigned int subclass)
{
	lock_common(lock, TASK_UNINTERRUPTIBLE, subclass, NULL, _RET_IP_);
}
EXPORT_SYMBOL_GPL(rt_mutex_lock_nested);

/**
 * _rt_mutex_lock_nest_lock - rt_mutex_lock() for any number of one class, under a lock that
 * excludes other such takers
 * @lock: the lock
 * @nest_lock: the map of that outer lock, which is held
 *
 * Context: Task. May sleep.
 */
void __sched _rt_mutex_lock_nest_lock(struct rt_mutex *lock, struct lockdep_map *nest_lock)
{
	lock_common(lock, TASK_UNINTERRUPTIBLE, 0, nest_lock, _RET_IP_);
}
EXPORT_SYMBOL_GPL(_rt_mutex_lock_nest_lock);

#else

/**
 * rt_mutex_lock - get the lock
 * @lock: the lock; not the caller's already: that is reported, and sleeps for ever
 *
 * Context: Task. May sleep.
 */
void __sched rt_mutex_lock(struct rt_mutex *lock)
{
	lock_common(lock, TASK_UNINTERRUPTIBLE, 0, NULL, _RET_IP_);
}
EXPORT_SYMBOL_GPL(rt_mutex_lock);

#endif

/**
 * rt_mutex_lock_interruptible - get the lock, or a signal
 * @lock: the lock
 *
 * Context: Task. May sleep.
 * Return: 0 with the lock; -EINTR; -EDEADLK if the caller would wait for itself.
 */
int __sched rt_mutex_lock_interruptible(struct rt_mutex *lock)
{
	return lock_common(lock, TASK_INTERRUPTIBLE, 0, NULL, _RET_IP_);
}
EXPORT_SYMBOL_GPL(rt_mutex_lock_interruptible);

/**
 * rt_mutex_lock_killable - get the lock, or a fatal signal
 * @lock: the lock
 *
 * Context: Task. May sleep.
 * Return: 0 with the lock; -EINTR; -EDEADLK.
 */
int __sched rt_mutex_lock_killable(struct rt_mutex *lock)
{
	return lock_common(lock, TASK_KILLABLE, 0, NULL, _RET_IP_);
}
EXPORT_SYMBOL_GPL(rt_mutex_lock_killable);

/**
 * rt_mutex_trylock - get the lock if that needs no waiting
 * @lock: the lock
 *
 * Context: Task, also with preemption off.
 * Return: 1 with the lock, 0 without.
 */
int __sched rt_mutex_trylock(struct rt_mutex *lock)
{
	if (!rt_mutex_futex_trylock(&lock->rtmutex))
		return 0;
	mutex_acquire(&lock->dep_map, 0, 1, _RET_IP_);
	return 1;
}
EXPORT_SYMBOL_GPL(rt_mutex_trylock);

/**
 * rt_mutex_unlock - give the lock back
 * @lock: the lock, owned by the caller
 *
 * Context: Task.
 */
void __sched rt_mutex_unlock(struct rt_mutex *lock)
{
	mutex_release(&lock->dep_map, _RET_IP_);
	rt_mutex_futex_unlock(&lock->rtmutex);
}
EXPORT_SYMBOL_GPL(rt_mutex_unlock);

/* ---- for PI futexes and RCU ------------------------------------------------------------------ */

/* The bare forms, unknown to the lock checker. */
int __sched rt_mutex_futex_trylock(struct rt_mutex_base *lock)
{
	return fast_lock(lock) || slow_trylock(lock);
}

/** rt_mutex_futex_unlock - unlock for a PI futex whose owner current is */
void __sched rt_mutex_futex_unlock(struct rt_mutex_base *lock)
{
	WARN_ON_ONCE(rt_mutex_owner(lock) != current);
	if (!fast_unlock(lock))
		slow_unlock(lock);
}

/**
 * rt_mutex_init_proxy_locked - make a lock that a task owns from the start
 * @lock: the lock, unknown to anybody yet
 * @proxy_owner: who will unlock it, by rt_mutex_futex_unlock()
 *
 * Context: Any.
 */
void rt_mutex_init_proxy_locked(struct rt_mutex_base *lock, struct task_struct *proxy_owner)
{
	rt_mutex_base_init(lock);
	set_owner(lock, proxy_owner);
}

/**
 * rt_mutex_proxy_unlock - forget the owner of such a lock
 * @lock: the lock, which nobody waits for
 */
void rt_mutex_proxy_unlock(struct rt_mutex_base *lock)
{
	WARN_ON_ONCE(rt_mutex_has_waiters(lock));
	set_owner(lock, NULL);
}

/**
 * rt_mutex_start_proxy_lock - take a lock for another task, or let it wait for it
 * @lock: the lock
 * @waiter: the task's, initialised
 * @task: asleep; rt_mutex_wait_proxy_lock() is what it does when it runs again
 *
 * Context: Task; doesn't sleep.
 * Return: 1 if @task owns the lock now, 0 if it waits, -EDEADLK.
 */
int rt_mutex_start_proxy_lock(struct rt_mutex_base *lock, struct rt_mutex_waiter *waiter,
			      struct task_struct *task)
{
	int ret = 1;

	raw_spin_lock_irq(&graph_lock);
	if (!try_to_take(lock, task, NULL)) {
		ret = 0;
		if (would_close_cycle(lock, task))
			ret = -EDEADLK;
		else
			add_waiter(lock, waiter, task);
	}
	clear_unused_mark(lock);
	raw_spin_unlock_irq(&graph_lock);
	return ret;
}

/**
 * rt_mutex_wait_proxy_lock - wait on, for what another task began
 * @lock: the lock
 * @to: a timer that has been started, or NULL
 * @waiter: as given to rt_mutex_start_proxy_lock()
 *
 * Context: Task. May sleep.
 * Return: 0 with the lock; -EINTR or -ETIMEDOUT, and rt_mutex_cleanup_proxy_lock() is due.
 */
int __sched rt_mutex_wait_proxy_lock(struct rt_mutex_base *lock, struct hrtimer_sleeper *to,
				     struct rt_mutex_waiter *waiter)
{
	int err;

	raw_spin_lock_irq(&graph_lock);
	err = wait_for_lock(lock, waiter, TASK_INTERRUPTIBLE, to);
	clear_unused_mark(lock);
	raw_spin_unlock_irq(&graph_lock);
	return err;
}

/**
 * rt_mutex_cleanup_proxy_lock - the wait failed: leave the queue
 * @lock: the lock
 * @waiter: the caller's
 *
 * Return: false if the lock came after all, at the last moment: the caller owns it.
 */
bool rt_mutex_cleanup_proxy_lock(struct rt_mutex_base *lock, struct rt_mutex_waiter *waiter)
{
	bool left = false;

	raw_spin_lock_irq(&graph_lock);
	if (waiter->task && !try_to_take(lock, current, waiter)) {
		remove_waiter(lock, waiter);
		left = true;
	}
	clear_unused_mark(lock);
	raw_spin_unlock_irq(&graph_lock);
	return left;
}

/**
 * rt_mutex_futex_top_task - who is to have the lock next?
 * @lock: the lock; the caller sees to it that no wait for it begins or ends
 *
 * Return: the most urgent of those that wait, or NULL.
 */
struct task_struct *rt_mutex_futex_top_task(struct rt_mutex_base *lock)
{
	struct rt_mutex_waiter *top;
	struct task_struct *task = NULL;

	raw_spin_lock_irq(&graph_lock);
	top = top_waiter(lock);
	if (top)
		task = top->task;
	raw_spin_unlock_irq(&graph_lock);
	return task;
}

/**
 * rt_mutex_futex_handoff - give the lock to a task that waits for it, and wake that
 * @lock: the lock, owned by the caller
 * @task: as rt_mutex_futex_top_task() said; it need not be the most urgent any more
 */
void rt_mutex_futex_handoff(struct rt_mutex_base *lock, struct task_struct *task)
{
	struct rt_mutex_waiter *waiter = task->pi_blocked_on, *top;

	raw_spin_lock_irq(&graph_lock);
	WARN_ON_ONCE(rt_mutex_owner(lock) != current || waiter->lock != lock);
	take_back_from(current, top_waiter(lock));
	rb_erase_cached(&waiter->tree, &lock->waiters);
	task->pi_blocked_on = NULL;
	waiter->task = NULL;
	set_owner(lock, task);
	top = top_waiter(lock);
	if (top)
		lend_to(task, top);
	adjust_chain(task);
	wake_up_process(task);
	adjust_chain(current);
	raw_spin_unlock_irq(&graph_lock);
}
