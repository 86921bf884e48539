// SPDX-License-Identifier: MIT
/*
 * The mutex: a sleeping lock whose waiters spin as long as that is likely to be shorter.
 *
 * All state is in one word, the owner's task pointer with three flags in its low bits:
 *
 *	0			free, nobody waits
 *	task			owned, nobody sleeps for it
 *	task | WAITERS		owned; unlock has to wake somebody
 *	WAITERS			free, the woken one is on its way; a newcomer may be quicker
 *	... | HANDOFF		the first waiter asks that nobody steals the lock again
 *	task | PICKUP		the lock was handed to that task, which only has to say so
 *
 * Three ways to get it, tried in this order:
 *
 *	fast		compare-and-swap 0 -> current
 *	spinning	while the owner runs on another CPU it will soon unlock. Spinners queue up
 *			(osq_lock.c) so that one at a time fights for the word.
 *	sleeping	in wait_list, first come first served, except that spinners and newcomers
 *			may be quicker. A waiter that is first and woken in vain sets HANDOFF: then
 *			unlock gives the lock to it and to nobody else. That bounds the waiting.
 *
 * Why no wake-up is lost:
 *
 *	waiter (wait_lock held)			owner
 *	-----------------------			-----
 *	sets WAITERS in the word		swaps the word from "current" to 0: fails, if
 *	tries the lock: the swap fails		WAITERS was set first, and takes the slow path
 *	or the owner's swap came first		takes wait_lock, finds the waiter, wakes it
 *	and this one succeeds
 *
 * Lock order: mutex, its wait_lock, then (in wake-ups, after it) a task's pi_lock.
 */

#include <linux/mutex.h>

#include <linux/debug_locks.h>
#include <linux/export.h>
#include <linux/list.h>
#include <linux/osq_lock.h>
#include <linux/poison.h>
#include <linux/rcupdate.h>
#include <linux/report.h>
#include <linux/sched.h>
#include <linux/sched/debug.h>
#include <linux/sched/rt.h>
#include <linux/sched/signal.h>
#include <linux/sched/wake_q.h>
#include <linux/spinlock.h>
#include <linux/string.h>

#define MUTEX_FLAG_WAITERS	0x01UL
#define MUTEX_FLAG_HANDOFF	0x02UL
#define MUTEX_FLAG_PICKUP	0x04UL
#define MUTEX_FLAGS		0x07UL

/* One sleeping task, on its stack. */
struct mutex_waiter {
	struct list_head	list;	/* in wait_list, under wait_lock */
	struct task_struct	*task;
#ifdef CONFIG_DEBUG_MUTEXES
	void			*magic;
#endif
};

static struct task_struct *owner_task(unsigned long owner)
{
	return (struct task_struct *)(owner & ~MUTEX_FLAGS);
}

/* ---- CONFIG_DEBUG_MUTEXES --------------------------------------------------------- */

#ifdef CONFIG_DEBUG_MUTEXES

static void mutex_bug(struct mutex *lock, const char *what)
{
	if (!READ_ONCE(debug_locks) || oops_in_progress)
		return;
	if (report_begin(REPORT_LOCK, what) == REPORT_REAL && !debug_locks_off())
		return;
	pr_err("BUG: mutex %ps: %s, %s/%d\n", lock, what, current->comm, task_pid_nr(current));
	dump_stack();
}

#define MUTEX_BUG_ON(cond, lock, what) \
	do { \
		if (unlikely(cond)) \
			mutex_bug(lock, what); \
	} while (0)

static void debug_mutex_init(struct mutex *lock)
{
	lock->magic = lock;
}

static void debug_mutex_lock(struct mutex *lock)
{
	MUTEX_BUG_ON(lock->magic != lock, lock, "locked without being initialised");
}

static void debug_mutex_unlock(struct mutex *lock)
{
	MUTEX_BUG_ON(lock->magic != lock, lock, "unlocked without being initialised");
	MUTEX_BUG_ON(owner_task(atomic_long_read(&lock->owner)) != current, lock,
		     "unlocked by a task that doesn't own it");
}

static void debug_mutex_add_waiter(struct mutex_waiter *waiter)
{
	memset(waiter, 0x11, sizeof(*waiter));
	waiter->magic = waiter;
	waiter->task = current;
	INIT_LIST_HEAD(&waiter->list);
	current->blocked_on = waiter;
}

static void debug_mutex_remove_waiter(struct mutex *lock, struct mutex_waiter *waiter)
{
	MUTEX_BUG_ON(waiter->magic != waiter, lock, "waiter overwritten");
	current->blocked_on = NULL;
	memset(waiter, 0x22, sizeof(*waiter));
}

/**
 * mutex_destroy() - the mutex ends; its memory may be used for something else
 * @lock: the mutex, free
 */
void mutex_destroy(struct mutex *lock)
{
	MUTEX_BUG_ON(mutex_is_locked(lock), lock, "destroyed while locked");
	lock->magic = NULL;
}
EXPORT_SYMBOL_GPL(mutex_destroy);

#else

static void debug_mutex_init(struct mutex *lock) { }
static void debug_mutex_lock(struct mutex *lock) { }
static void debug_mutex_unlock(struct mutex *lock) { }

static void debug_mutex_add_waiter(struct mutex_waiter *waiter)
{
	waiter->task = current;
	current->blocked_on = waiter;
}

static void debug_mutex_remove_waiter(struct mutex *lock, struct mutex_waiter *waiter)
{
	current->blocked_on = NULL;
}

#endif /* CONFIG_DEBUG_MUTEXES */

/**
 * __mutex_init() - the function under mutex_init()
 * @lock: the mutex, in memory that holds no lock in use
 * @name: for lockdep, kept by pointer
 * @key: its class; one for each place that has mutex_init()
 */
void __mutex_init(struct mutex *lock, const char *name, struct lock_class_key *key)
{
	atomic_long_set(&lock->owner, 0);
	raw_spin_lock_init(&lock->wait_lock);
	INIT_LIST_HEAD(&lock->wait_list);
	osq_lock_init(&lock->osq);
#ifdef CONFIG_DEBUG_LOCK_ALLOC
	debug_check_no_locks_freed((void *)lock, sizeof(*lock));
	lockdep_init_map_wait(&lock->dep_map, name, key, 0, LD_WAIT_SLEEP);
#endif
	debug_mutex_init(lock);
}
EXPORT_SYMBOL(__mutex_init);

/**
 * mutex_is_locked() - does somebody own it?
 * @lock: the mutex
 */
bool mutex_is_locked(struct mutex *lock)
{
	return owner_task(atomic_long_read(&lock->owner)) != NULL;
}
EXPORT_SYMBOL(mutex_is_locked);

/**
 * mutex_get_owner() - who has a mutex, as a number for reports: the task may be gone by now
 * @lock: the mutex
 *
 * Return: the task's address; 0 if nobody.
 */
unsigned long mutex_get_owner(struct mutex *lock)
{
	return (unsigned long)owner_task(atomic_long_read(&lock->owner));
}

/* ---- the word --------------------------------------------------------------------- */

/*
 * Try to get the lock. With @ask_handoff and the lock owned, set HANDOFF instead. NULL: it is ours;
 * else the owner that was in the way.
 */
static struct task_struct *__mutex_trylock_common(struct mutex *lock, bool ask_handoff)
{
	unsigned long me = (unsigned long)current;
	unsigned long owner = atomic_long_read(&lock->owner);
	struct task_struct *holder;

	for (;;) {
		unsigned long new;

		holder = owner_task(owner);
		if (!holder)
			new = owner | me;
		else if ((owner & MUTEX_FLAG_PICKUP) && holder == current)
			new = owner & ~MUTEX_FLAG_PICKUP;
		else if (ask_handoff && !(owner & (MUTEX_FLAG_HANDOFF | MUTEX_FLAG_PICKUP)))
			new = owner | MUTEX_FLAG_HANDOFF;
		else
			return holder;

		if (atomic_long_try_cmpxchg_acquire(&lock->owner, (long *)&owner, new))
			return owner_task(new) == current ? NULL : holder;
	}
}

static bool __mutex_trylock(struct mutex *lock)
{
	return !__mutex_trylock_common(lock, false);
}

static bool __mutex_unlock_fast(struct mutex *lock)
{
	long me = (long)current;

	return atomic_long_try_cmpxchg_release(&lock->owner, &me, 0);
}

/* Give the lock to @task, or to nobody if that is NULL. wait_lock is held, and we own it. */
static void __mutex_handoff(struct mutex *lock, struct task_struct *task)
{
	long owner = atomic_long_read(&lock->owner);
	unsigned long new;

	do {
		new = (owner & MUTEX_FLAG_WAITERS) | (unsigned long)task;
		if (task)
			new |= MUTEX_FLAG_PICKUP;
	} while (!atomic_long_try_cmpxchg_release(&lock->owner, &owner, new));
}

/* ---- spinning ---------------------------------------------------------------------- */

/*
 * Wait while @owner owns the lock and runs. False if it makes no sense to go on: it sleeps, or we
 * are wanted elsewhere. Preemption is off, so that RCU keeps the task's memory.
 */
static bool spin_on_owner(struct mutex *lock, struct task_struct *owner)
{
	while (owner_task(atomic_long_read(&lock->owner)) == owner) {
		barrier();	/* the owner's on_cpu after we know that it is the owner */
		if (!READ_ONCE(owner->on_cpu) || need_resched())
			return false;
		cpu_relax();
	}
	return true;
}

/* Is spinning worth a beginning? The owner, if any, runs. */
static bool can_spin_on_owner(struct mutex *lock)
{
	struct task_struct *owner;

	if (need_resched())
		return false;
	owner = owner_task(atomic_long_read(&lock->owner));
	return !owner || READ_ONCE(owner->on_cpu);
}

/* Fight for the word, as the one spinner allowed to. */
static bool spin_for_lock(struct mutex *lock)
{
	for (;;) {
		struct task_struct *owner = __mutex_trylock_common(lock, false);

		if (!owner)
			return true;
		if (!spin_on_owner(lock, owner))
			return false;
		cpu_relax();
	}
}

/*
 * Spin. @waiter: we are the first sleeper, woken: we don't queue again behind the spinners, for
 * they would only spin on us. True with the lock.
 */
static bool mutex_optimistic_spin(struct mutex *lock, struct mutex_waiter *waiter)
{
	bool got;

	if (waiter)
		return spin_for_lock(lock);
	if (!can_spin_on_owner(lock) || !osq_lock(&lock->osq))
		return false;
	got = spin_for_lock(lock);
	osq_unlock(&lock->osq);
	return got;
}

/* ---- sleeping ------------------------------------------------------------------------ */

static void mutex_add_waiter(struct mutex *lock, struct mutex_waiter *waiter)
{
	debug_mutex_add_waiter(waiter);
	list_add_tail(&waiter->list, &lock->wait_list);
	if (list_is_singular(&lock->wait_list))
		atomic_long_or(MUTEX_FLAG_WAITERS, &lock->owner);
}

static void mutex_remove_waiter(struct mutex *lock, struct mutex_waiter *waiter)
{
	list_del(&waiter->list);
	if (list_empty(&lock->wait_list))
		atomic_long_andnot(MUTEX_FLAGS & ~MUTEX_FLAG_PICKUP, &lock->owner);
	debug_mutex_remove_waiter(lock, waiter);
}

static bool mutex_waiter_is_first(struct mutex *lock, struct mutex_waiter *waiter)
{
	return list_first_entry(&lock->wait_list, struct mutex_waiter, list) == waiter;
}

/*
 * Sleep until the lock is ours. wait_lock is held on entry and exit; @waiter is in the list.
 * Return: 0, or -EINTR for a signal that @state lets through.
 */
static int mutex_wait(struct mutex *lock, struct mutex_waiter *waiter, unsigned int state)
{
	bool first = false;

	set_current_state(state);
	for (;;) {
		/* After the state is set: an unlock from here on wakes us (see the file's head). */
		if (!__mutex_trylock_common(lock, first))
			return 0;
		if (signal_pending_state(state, current))
			return -EINTR;

		raw_spin_unlock_irq(&lock->wait_lock);
		schedule_preempt_disabled();
		raw_spin_lock_irq(&lock->wait_lock);
		first = mutex_waiter_is_first(lock, waiter);
		set_current_state(state);

		/* Woken in vain, perhaps: ask for a hand-off and watch the owner for a while. */
		if (first) {
			bool got;

			if (!__mutex_trylock_common(lock, true))
				return 0;
			raw_spin_unlock_irq(&lock->wait_lock);
			__set_current_state(TASK_RUNNING);
			got = mutex_optimistic_spin(lock, waiter);
			raw_spin_lock_irq(&lock->wait_lock);
			set_current_state(state);
			if (got)
				return 0;
		}
	}
}

static int __mutex_lock_sleeping(struct mutex *lock, unsigned int state)
{
	struct mutex_waiter waiter;
	int err = 0;

	raw_spin_lock_irq(&lock->wait_lock);
	/* Freed on the way here: not worth a place in the list. */
	if (!__mutex_trylock(lock)) {
		mutex_add_waiter(lock, &waiter);
		err = mutex_wait(lock, &waiter, state);
		__set_current_state(TASK_RUNNING);
		mutex_remove_waiter(lock, &waiter);
	}
	raw_spin_unlock_irq(&lock->wait_lock);
	return err;
}

static int __sched __mutex_lock_common(struct mutex *lock, unsigned int state,
				       unsigned int subclass, struct lockdep_map *nest_lock,
				       unsigned long ip)
{
	int err = 0;

	might_sleep();
	debug_mutex_lock(lock);
	preempt_disable();
	mutex_acquire_nest(&lock->dep_map, subclass, 0, nest_lock, ip);
	if (!__mutex_trylock(lock) && !mutex_optimistic_spin(lock, NULL))
		err = __mutex_lock_sleeping(lock, state);
	if (err)
		mutex_release(&lock->dep_map, ip);
	preempt_enable();
	return err;
}

/* Wake the first waiter; if it asked for it (or @must), the lock goes to it directly. */
static noinline void __sched __mutex_unlock_slowpath(struct mutex *lock)
{
	long owner = atomic_long_read(&lock->owner);
	struct task_struct *next = NULL;
	unsigned long flags;
	DEFINE_WAKE_Q(wake_q);

	/* Let go, unless it is to be handed on. */
	while (!(owner & MUTEX_FLAG_HANDOFF)) {
		if (atomic_long_try_cmpxchg_release(&lock->owner, &owner, owner & MUTEX_FLAGS)) {
			if (owner & MUTEX_FLAG_WAITERS)
				break;
			return;
		}
	}

	raw_spin_lock_irqsave(&lock->wait_lock, flags);
	if (!list_empty(&lock->wait_list)) {
		next = list_first_entry(&lock->wait_list, struct mutex_waiter, list)->task;
		wake_q_add(&wake_q, next);
	}
	if (owner & MUTEX_FLAG_HANDOFF)
		__mutex_handoff(lock, next);
	raw_spin_unlock_irqrestore(&lock->wait_lock, flags);
	wake_up_q(&wake_q);
}

/**
 * mutex_unlock() - give the mutex back
 * @lock: the mutex, owned by the caller
 *
 * The mutex's memory must stay until this has returned, even if another task can lock it before.
 *
 * Context: Task.
 */
void __sched mutex_unlock(struct mutex *lock)
{
	debug_mutex_unlock(lock);
	mutex_release(&lock->dep_map, _RET_IP_);
	if (!__mutex_unlock_fast(lock))
		__mutex_unlock_slowpath(lock);
}
EXPORT_SYMBOL(mutex_unlock);

/**
 * mutex_trylock() - get the mutex if that needs no waiting
 * @lock: the mutex
 *
 * Context: Task. Doesn't sleep; all the same not for interrupts, since the lock has an owner.
 * Return: 1 with the mutex, 0 without.
 */
int __sched mutex_trylock(struct mutex *lock)
{
	debug_mutex_lock(lock);
	if (!__mutex_trylock(lock))
		return 0;
	mutex_acquire(&lock->dep_map, 0, 1, _RET_IP_);
	return 1;
}
EXPORT_SYMBOL(mutex_trylock);

#ifdef CONFIG_DEBUG_LOCK_ALLOC

/**
 * mutex_lock_nested() - mutex_lock() while a lock of the same class is held
 * @lock: the mutex
 * @subclass: 1 to MAX_LOCKDEP_SUBCLASSES - 1 for the inner ones, in the order they nest; 0 is
 *         mutex_lock()
 *
 * Context: Task. May sleep.
 */
void __sched mutex_lock_nested(struct mutex *lock, unsigned int subclass)
{
	__mutex_lock_common(lock, TASK_UNINTERRUPTIBLE, subclass, NULL, _RET_IP_);
}
EXPORT_SYMBOL_GPL(mutex_lock_nested);

/**
 * _mutex_lock_nest_lock() - mutex_lock() for any number of one class, under a lock that excludes
 * other such takers
 * @lock: the mutex
 * @nest: the map of that outer lock, which is held
 *
 * Context: Task. May sleep.
 */
void __sched _mutex_lock_nest_lock(struct mutex *lock, struct lockdep_map *nest)
{
	__mutex_lock_common(lock, TASK_UNINTERRUPTIBLE, 0, nest, _RET_IP_);
}
EXPORT_SYMBOL_GPL(_mutex_lock_nest_lock);

/**
 * mutex_lock_killable_nested() - mutex_lock_killable() with a subclass
 * @lock: the mutex
 * @subclass: as for mutex_lock_nested()
 *
 * Context: Task. May sleep.
 * Return: 0 with the mutex, or -EINTR without after a fatal signal.
 */
int __sched mutex_lock_killable_nested(struct mutex *lock, unsigned int subclass)
{
	return __mutex_lock_common(lock, TASK_KILLABLE, subclass, NULL, _RET_IP_);
}
EXPORT_SYMBOL_GPL(mutex_lock_killable_nested);

/**
 * mutex_lock_interruptible_nested() - mutex_lock_interruptible() with a subclass
 * @lock: the mutex
 * @subclass: as for mutex_lock_nested()
 *
 * Context: Task. May sleep.
 * Return: 0 with the mutex, or -EINTR without after a signal.
 */
int __sched mutex_lock_interruptible_nested(struct mutex *lock, unsigned int subclass)
{
	return __mutex_lock_common(lock, TASK_INTERRUPTIBLE, subclass, NULL, _RET_IP_);
}
EXPORT_SYMBOL_GPL(mutex_lock_interruptible_nested);

/**
 * mutex_lock_io_nested() - mutex_lock() that counts as waiting for I/O, with a subclass
 * @lock: the mutex
 * @subclass: as for mutex_lock_nested()
 *
 * Context: Task. May sleep.
 */
void __sched mutex_lock_io_nested(struct mutex *lock, unsigned int subclass)
{
	int token = io_schedule_prepare();

	__mutex_lock_common(lock, TASK_UNINTERRUPTIBLE, subclass, NULL, _RET_IP_);
	io_schedule_finish(token);
}
EXPORT_SYMBOL_GPL(mutex_lock_io_nested);

#else

static bool __mutex_trylock_fast(struct mutex *lock)
{
	long free = 0;

	return atomic_long_try_cmpxchg_acquire(&lock->owner, &free, (unsigned long)current);
}

/**
 * mutex_lock() - get the mutex
 * @lock: the mutex; not the caller's already
 *
 * Context: Task. May sleep.
 */
void __sched mutex_lock(struct mutex *lock)
{
	might_sleep();
	debug_mutex_lock(lock);
	if (!__mutex_trylock_fast(lock))
		__mutex_lock_common(lock, TASK_UNINTERRUPTIBLE, 0, NULL, _RET_IP_);
}
EXPORT_SYMBOL(mutex_lock);

/**
 * mutex_lock_interruptible() - get the mutex, or a signal
 * @lock: the mutex
 *
 * Context: Task. May sleep.
 * Return: 0 with the mutex; -EINTR without it.
 */
int __sched mutex_lock_interruptible(struct mutex *lock)
{
	might_sleep();
	debug_mutex_lock(lock);
	if (__mutex_trylock_fast(lock))
		return 0;
	return __mutex_lock_common(lock, TASK_INTERRUPTIBLE, 0, NULL, _RET_IP_);
}
EXPORT_SYMBOL(mutex_lock_interruptible);

/**
 * mutex_lock_killable() - get the mutex, or a fatal signal
 * @lock: the mutex
 *
 * Context: Task. May sleep.
 * Return: 0 with the mutex; -EINTR without it.
 */
int __sched mutex_lock_killable(struct mutex *lock)
{
	might_sleep();
	debug_mutex_lock(lock);
	if (__mutex_trylock_fast(lock))
		return 0;
	return __mutex_lock_common(lock, TASK_KILLABLE, 0, NULL, _RET_IP_);
}
EXPORT_SYMBOL(mutex_lock_killable);

/**
 * mutex_lock_io() - get the mutex; the wait counts as waiting for I/O
 * @lock: the mutex
 *
 * Context: Task. May sleep.
 */
void __sched mutex_lock_io(struct mutex *lock)
{
	int token = io_schedule_prepare();

	mutex_lock(lock);
	io_schedule_finish(token);
}
EXPORT_SYMBOL_GPL(mutex_lock_io);

#endif /* CONFIG_DEBUG_LOCK_ALLOC */

/**
 * atomic_dec_and_mutex_lock() - drop a reference and, if it was the last, hold the mutex
 * @cnt: the count
 * @lock: the mutex
 *
 * Context: Task. May sleep.
 * Return: 1 with the mutex held and @cnt zero; else 0.
 */
int atomic_dec_and_mutex_lock(atomic_t *cnt, struct mutex *lock)
{
	if (atomic_add_unless(cnt, -1, 1))
		return 0;
	/* We might hit zero: then only under the mutex. */
	mutex_lock(lock);
	if (!atomic_dec_and_test(cnt)) {
		mutex_unlock(lock);
		return 0;
	}
	return 1;
}
EXPORT_SYMBOL(atomic_dec_and_mutex_lock);
