// SPDX-License-Identifier: MIT
/*
 * The read-write semaphore.
 *
 * The count:
 *
 *	bit  0		a writer is inside
 *	bit  1		somebody waits in wait_list
 *	bit  2		hand-off: the first waiter has waited long enough; nobody else gets in
 *	bits 8-62	readers inside, plus those who are just trying
 *
 * Fast paths: a reader adds 1 << 8, and is in if bits 0-2 are clear; a writer swaps 0 for 1.
 *
 * Slow paths. wait_lock guards the list; first come first served, with two exceptions that make it
 * fast: a writer spins while the writer inside runs on another CPU, and whoever finds the lock free
 * may take it before the waiter that was woken for it. The hand-off bit ends both: a waiter sets it
 * when it was first for WAIT_TIMEOUT and woken in vain.
 *
 * Readers are let in by the waker: it adds them to the count, takes them off the list and then
 * clears waiter->task, which is what they sleep on. All readers up to the first writer go
 * together. A writer is only woken and takes the lock itself.
 *
 * Why no wake-up is lost: a waiter enters the list and sets bit 1 under wait_lock, and looks at the
 * count once more after that. If nobody is inside then, it wakes the first in the list itself. If
 * somebody is, that one's last change of the count sees bit 1, and it wakes.
 *
 * The owner word: the writer's task, for spinning; or the last reader's with RWSEM_READER_OWNED, a
 * hint for debugging only.
 */

#include <linux/rwsem.h>

#include <linux/bug.h>
#include <linux/debug_locks.h>
#include <linux/export.h>
#include <linux/jiffies.h>
#include <linux/osq_lock.h>
#include <linux/rcupdate.h>
#include <linux/sched.h>
#include <linux/sched/debug.h>
#include <linux/sched/rt.h>
#include <linux/sched/signal.h>
#include <linux/sched/task.h>
#include <linux/sched/wake_q.h>
#include <linux/spinlock.h>

#define RWSEM_FLAG_WAITERS	(1UL << 1)
#define RWSEM_FLAG_HANDOFF	(1UL << 2)
#define RWSEM_READER_SHIFT	8
#define RWSEM_READER_BIAS	(1UL << RWSEM_READER_SHIFT)
#define RWSEM_READER_MASK	(~(RWSEM_READER_BIAS - 1))
#define RWSEM_LOCK_MASK		(RWSEM_WRITER_LOCKED | RWSEM_READER_MASK)
#define RWSEM_READ_BLOCKED	(RWSEM_WRITER_LOCKED | RWSEM_FLAG_WAITERS | RWSEM_FLAG_HANDOFF)

/* In the owner word. */
#define RWSEM_READER_OWNED	(1UL << 0)

/* How long the first waiter puts up with being passed, jiffies. */
#define WAIT_TIMEOUT		DIV_ROUND_UP(HZ, 250)

/* One sleeping task, on its stack. Under wait_lock, but for task. */
struct rwsem_waiter {
	struct list_head	list;
	struct task_struct	*task;		/* NULL: a reader that has been let in */
	bool			writer;
	unsigned long		timeout;	/* jiffies: from then on it asks for a hand-off */
};

/**
 * __init_rwsem() - the function under init_rwsem()
 * @sem: the semaphore
 * @name: for lockdep, kept by pointer
 * @key: its class
 */
void __init_rwsem(struct rw_semaphore *sem, const char *name, struct lock_class_key *key)
{
#ifdef CONFIG_DEBUG_LOCK_ALLOC
	debug_check_no_locks_freed((void *)sem, sizeof(*sem));
	lockdep_init_map_wait(&sem->dep_map, name, key, 0, LD_WAIT_SLEEP);
#endif
#ifdef CONFIG_DEBUG_RWSEMS
	sem->magic = sem;
#endif
	atomic_long_set(&sem->count, RWSEM_UNLOCKED_VALUE);
	raw_spin_lock_init(&sem->wait_lock);
	INIT_LIST_HEAD(&sem->wait_list);
	atomic_long_set(&sem->owner, 0);
	osq_lock_init(&sem->osq);
}
EXPORT_SYMBOL(__init_rwsem);

/* ---- owner ------------------------------------------------------------------------ */

static void set_writer_owner(struct rw_semaphore *sem)
{
	atomic_long_set(&sem->owner, (long)current);
}

static void set_reader_owner(struct rw_semaphore *sem, struct task_struct *task)
{
	atomic_long_set(&sem->owner, (long)task | RWSEM_READER_OWNED);
}

static void clear_owner(struct rw_semaphore *sem)
{
	atomic_long_set(&sem->owner, 0);
}

/* The writer inside, or NULL if there is none, or it doesn't say yet, or readers are. */
static struct task_struct *writer_owner(struct rw_semaphore *sem)
{
	unsigned long owner = atomic_long_read(&sem->owner);

	return owner & RWSEM_READER_OWNED ? NULL : (struct task_struct *)owner;
}

/* ---- waking ----------------------------------------------------------------------- */

static struct rwsem_waiter *first_waiter(struct rw_semaphore *sem)
{
	return list_first_entry_or_null(&sem->wait_list, struct rwsem_waiter, list);
}

/* Let one reader in that the count has been told of. It may be gone before this returns. */
static void grant_reader(struct rwsem_waiter *waiter, struct wake_q_head *wake_q)
{
	struct task_struct *task = waiter->task;

	list_del(&waiter->list);
	get_task_struct(task);
	/* Pairs with the acquire in wait_for_grant(): all before is seen, and the waiter may go. */
	smp_store_release(&waiter->task, NULL);
	wake_q_add_safe(wake_q, task);
}

/*
 * The first waiter is a reader: let it and the readers behind it in. wait_lock is held. Nothing
 * happens if a writer has slipped in.
 */
static void grant_readers(struct rw_semaphore *sem, struct rwsem_waiter *first, bool read_owned,
			  struct wake_q_head *wake_q)
{
	struct rwsem_waiter *waiter, *next;
	LIST_HEAD(granted);
	long adjust = 0;
	long old;

	/* Get in with one reader before counting the others: from then on no writer can. */
	old = atomic_long_fetch_add(RWSEM_READER_BIAS, &sem->count);
	if (!read_owned && unlikely(old & RWSEM_WRITER_LOCKED)) {
		adjust = -RWSEM_READER_BIAS;
		if (time_after(jiffies, first->timeout) && !(old & RWSEM_FLAG_HANDOFF))
			adjust += RWSEM_FLAG_HANDOFF;
		old = atomic_long_fetch_add(adjust, &sem->count);
		/* The writer may have left meanwhile, without anybody to wake but us. */
		if (unlikely(!(old & RWSEM_WRITER_LOCKED)))
			grant_readers(sem, first, read_owned, wake_q);
		return;
	}
	set_reader_owner(sem, first->task);

	list_for_each_entry_safe(waiter, next, &sem->wait_list, list) {
		if (waiter->writer)
			break;
		adjust += RWSEM_READER_BIAS;
		list_move_tail(&waiter->list, &granted);
	}
	adjust -= RWSEM_READER_BIAS;	/* the first one is counted */
	if (list_empty(&sem->wait_list))
		adjust -= RWSEM_FLAG_WAITERS;
	if (atomic_long_read(&sem->count) & RWSEM_FLAG_HANDOFF)
		adjust -= RWSEM_FLAG_HANDOFF;
	if (adjust)
		atomic_long_add(adjust, &sem->count);

	/* Only now: a reader may be in and out again before the next one is told. */
	list_for_each_entry_safe(waiter, next, &granted, list)
		grant_reader(waiter, wake_q);
}

/* Wake whoever is first. @read_owned: readers are inside, so a writer is left alone. */
static void wake_first(struct rw_semaphore *sem, bool read_owned, struct wake_q_head *wake_q)
{
	struct rwsem_waiter *first = first_waiter(sem);

	lockdep_assert_held(&sem->wait_lock);
	if (!first)
		return;
	if (!first->writer)
		grant_readers(sem, first, read_owned, wake_q);
	else if (!read_owned)
		wake_q_add(wake_q, first->task);
}

static noinline void rwsem_wake(struct rw_semaphore *sem, bool read_owned)
{
	unsigned long flags;
	DEFINE_WAKE_Q(wake_q);

	raw_spin_lock_irqsave(&sem->wait_lock, flags);
	wake_first(sem, read_owned, &wake_q);
	raw_spin_unlock_irqrestore(&sem->wait_lock, flags);
	wake_up_q(&wake_q);
}

/*
 * Enter the list. @undo: what the caller has added to the count in vain. If nobody is inside then,
 * the first in the list is woken, perhaps the caller. wait_lock is held.
 */
static void add_waiter(struct rw_semaphore *sem, struct rwsem_waiter *waiter, long undo,
		       struct wake_q_head *wake_q)
{
	long adjust = -undo, count;

	if (list_empty(&sem->wait_list))
		adjust += RWSEM_FLAG_WAITERS;
	list_add_tail(&waiter->list, &sem->wait_list);
	count = atomic_long_add_return(adjust, &sem->count);
	if (!(count & RWSEM_LOCK_MASK))
		wake_first(sem, false, wake_q);
}

/* Leave the list unserved; whom we kept waiting is woken. wait_lock is held. */
static void remove_waiter(struct rw_semaphore *sem, struct rwsem_waiter *waiter,
			  struct wake_q_head *wake_q)
{
	bool first = first_waiter(sem) == waiter;

	list_del(&waiter->list);
	if (list_empty(&sem->wait_list)) {
		atomic_long_andnot(RWSEM_FLAG_HANDOFF | RWSEM_FLAG_WAITERS, &sem->count);
		return;
	}
	if (!first)
		return;
	/* The hand-off was ours. */
	atomic_long_andnot(RWSEM_FLAG_HANDOFF, &sem->count);
	if (!(atomic_long_read(&sem->count) & RWSEM_WRITER_LOCKED))
		wake_first(sem, atomic_long_read(&sem->count) & RWSEM_READER_MASK, wake_q);
}

/* ---- readers ---------------------------------------------------------------------- */

/* Sleep until a waker has let us in. Return: 0, or -EINTR, and then we are off the list. */
static int __sched wait_for_grant(struct rw_semaphore *sem, struct rwsem_waiter *waiter,
				  unsigned int state)
{
	DEFINE_WAKE_Q(wake_q);
	int err = 0;

	for (;;) {
		set_current_state(state);
		if (!smp_load_acquire(&waiter->task))
			break;
		if (signal_pending_state(state, current)) {
			raw_spin_lock_irq(&sem->wait_lock);
			/* Let in meanwhile: then the signal is too late. */
			if (waiter->task) {
				remove_waiter(sem, waiter, &wake_q);
				err = -EINTR;
			}
			raw_spin_unlock_irq(&sem->wait_lock);
			break;
		}
		schedule_preempt_disabled();
	}
	__set_current_state(TASK_RUNNING);
	wake_up_q(&wake_q);
	return err;
}

/* The count has our bias already, and something stands in the way. */
static int __sched down_read_slowpath(struct rw_semaphore *sem, unsigned int state)
{
	struct rwsem_waiter waiter = {
		.task = current,
		.timeout = jiffies + WAIT_TIMEOUT,
	};
	DEFINE_WAKE_Q(wake_q);
	int err;

	raw_spin_lock_irq(&sem->wait_lock);
	/* What stood in the way may be gone: with nobody waiting and no writer we are in. */
	if (list_empty(&sem->wait_list) &&
	    !(atomic_long_read(&sem->count) & RWSEM_WRITER_LOCKED)) {
		smp_acquire__after_ctrl_dep();	/* after what the writer did inside */
		raw_spin_unlock_irq(&sem->wait_lock);
		set_reader_owner(sem, current);
		return 0;
	}
	add_waiter(sem, &waiter, RWSEM_READER_BIAS, &wake_q);
	raw_spin_unlock_irq(&sem->wait_lock);
	wake_up_q(&wake_q);

	err = wait_for_grant(sem, &waiter, state);
	return err;
}

static bool rwsem_read_trylock(struct rw_semaphore *sem)
{
	long count = atomic_long_add_return_acquire(RWSEM_READER_BIAS, &sem->count);

	if (count & RWSEM_READ_BLOCKED)
		return false;
	set_reader_owner(sem, current);
	return true;
}

static int __sched __down_read(struct rw_semaphore *sem, unsigned int state)
{
	int err = 0;

	preempt_disable();
	if (!rwsem_read_trylock(sem))
		err = down_read_slowpath(sem, state);
	preempt_enable();
	return err;
}

static void __up_read(struct rw_semaphore *sem)
{
	long count;

	preempt_disable();
	count = atomic_long_sub_return_release(RWSEM_READER_BIAS, &sem->count);
	/* The last one out, and somebody waits. */
	if (unlikely((count & (RWSEM_LOCK_MASK | RWSEM_FLAG_WAITERS)) == RWSEM_FLAG_WAITERS))
		rwsem_wake(sem, false);
	preempt_enable();
}

/* ---- writers ---------------------------------------------------------------------- */

/*
 * Try, as a waiter in the list. If that fails and we have been first for long, ask for a hand-off.
 * wait_lock is held.
 */
static bool write_trylock_waiter(struct rw_semaphore *sem, struct rwsem_waiter *waiter)
{
	bool first = first_waiter(sem) == waiter;
	long count = atomic_long_read(&sem->count), new;

	do {
		if ((count & RWSEM_FLAG_HANDOFF) && !first)
			return false;
		new = count;
		if (count & RWSEM_LOCK_MASK) {
			if (!first || (count & RWSEM_FLAG_HANDOFF) ||
			    !time_after(jiffies, waiter->timeout))
				return false;
			new |= RWSEM_FLAG_HANDOFF;
		} else {
			new |= RWSEM_WRITER_LOCKED;
			new &= ~RWSEM_FLAG_HANDOFF;
			if (list_is_singular(&sem->wait_list))
				new &= ~RWSEM_FLAG_WAITERS;
		}
	} while (!atomic_long_try_cmpxchg_acquire(&sem->count, &count, new));

	if (new & RWSEM_FLAG_HANDOFF)
		return false;
	list_del(&waiter->list);
	set_writer_owner(sem);
	return true;
}

/* Try, as one who isn't in the list. */
static bool write_trylock_unqueued(struct rw_semaphore *sem)
{
	long count = atomic_long_read(&sem->count);

	while (!(count & (RWSEM_LOCK_MASK | RWSEM_FLAG_HANDOFF))) {
		if (atomic_long_try_cmpxchg_acquire(&sem->count, &count,
						    count | RWSEM_WRITER_LOCKED)) {
			set_writer_owner(sem);
			return true;
		}
	}
	return false;
}

/* Wait while the writer inside runs. False if it makes no sense to go on. Preemption is off. */
static bool spin_on_writer(struct rw_semaphore *sem)
{
	struct task_struct *owner = writer_owner(sem);

	if (!owner)
		return !(atomic_long_read(&sem->owner) & RWSEM_READER_OWNED);
	while (writer_owner(sem) == owner) {
		barrier();	/* on_cpu after we know that it is the owner */
		if (need_resched() || !READ_ONCE(owner->on_cpu))
			return false;
		cpu_relax();
	}
	return true;
}

/*
 * Spin for the lock. An owner word of zero means that a writer has just come or gone, so we go
 * round; a bound on that keeps us from spinning on a task that was preempted in between.
 */
static bool write_spin(struct rw_semaphore *sem)
{
	int ownerless = 0;
	bool got = false;

	if (need_resched() || (atomic_long_read(&sem->owner) & RWSEM_READER_OWNED))
		return false;
	if (!osq_lock(&sem->osq))
		return false;
	while (spin_on_writer(sem)) {
		if (write_trylock_unqueued(sem)) {
			got = true;
			break;
		}
		if (need_resched() || (!writer_owner(sem) && ++ownerless > 1000))
			break;
		cpu_relax();
	}
	osq_unlock(&sem->osq);
	return got;
}

static int __sched down_write_slowpath(struct rw_semaphore *sem, unsigned int state)
{
	struct rwsem_waiter waiter = {
		.task = current,
		.writer = true,
		.timeout = jiffies + WAIT_TIMEOUT,
	};
	DEFINE_WAKE_Q(wake_q);
	int err = 0;

	if (write_spin(sem))
		return 0;

	raw_spin_lock_irq(&sem->wait_lock);
	add_waiter(sem, &waiter, 0, &wake_q);
	if (!wake_q_empty(&wake_q)) {
		/* It may be ourselves; harmless. */
		raw_spin_unlock_irq(&sem->wait_lock);
		wake_up_q(&wake_q);
		wake_q_init(&wake_q);
		raw_spin_lock_irq(&sem->wait_lock);
	}

	for (;;) {
		set_current_state(state);
		if (write_trylock_waiter(sem, &waiter))
			break;
		if (signal_pending_state(state, current)) {
			remove_waiter(sem, &waiter, &wake_q);
			err = -EINTR;
			break;
		}
		raw_spin_unlock_irq(&sem->wait_lock);
		schedule_preempt_disabled();
		raw_spin_lock_irq(&sem->wait_lock);
	}
	__set_current_state(TASK_RUNNING);
	raw_spin_unlock_irq(&sem->wait_lock);
	wake_up_q(&wake_q);
	return err;
}

static bool rwsem_write_trylock(struct rw_semaphore *sem)
{
	long free = RWSEM_UNLOCKED_VALUE;

	if (!atomic_long_try_cmpxchg_acquire(&sem->count, &free, RWSEM_WRITER_LOCKED))
		return false;
	set_writer_owner(sem);
	return true;
}

static int __sched __down_write(struct rw_semaphore *sem, unsigned int state)
{
	int err = 0;

	preempt_disable();
	if (!rwsem_write_trylock(sem))
		err = down_write_slowpath(sem, state);
	preempt_enable();
	return err;
}

static void __up_write(struct rw_semaphore *sem)
{
	long old;

	WARN_ONCE(writer_owner(sem) != current, "up_write() by a task that isn't the writer\n");
	preempt_disable();
	clear_owner(sem);
	old = atomic_long_fetch_sub_release(RWSEM_WRITER_LOCKED, &sem->count);
	if (unlikely(old & RWSEM_FLAG_WAITERS))
		rwsem_wake(sem, false);
	preempt_enable();
}

/* ---- the public calls ------------------------------------------------------------- */

/**
 * down_read() - enter as a reader
 * @sem: the semaphore
 *
 * Context: Task. May sleep.
 */
void __sched down_read(struct rw_semaphore *sem)
{
	might_sleep();
	rwsem_acquire_read(&sem->dep_map, 0, 0, _RET_IP_);
	__down_read(sem, TASK_UNINTERRUPTIBLE);
}
EXPORT_SYMBOL(down_read);

/* The lock call with lockdep's view undone if it fails. */
#define DOWN_OR_RELEASE(sem, call) \
({ \
	int __err = (call); \
	if (__err) \
		rwsem_release(&(sem)->dep_map, _RET_IP_); \
	__err; \
})

/**
 * down_read_interruptible() - enter as a reader, or get a signal
 * @sem: the semaphore
 *
 * Context: Task. May sleep.
 * Return: 0, or -EINTR.
 */
int __sched down_read_interruptible(struct rw_semaphore *sem)
{
	might_sleep();
	rwsem_acquire_read(&sem->dep_map, 0, 0, _RET_IP_);
	return DOWN_OR_RELEASE(sem, __down_read(sem, TASK_INTERRUPTIBLE));
}
EXPORT_SYMBOL(down_read_interruptible);

/**
 * down_read_killable() - enter as a reader, or get a fatal signal
 * @sem: the semaphore
 *
 * Context: Task. May sleep.
 * Return: 0, or -EINTR.
 */
int __sched down_read_killable(struct rw_semaphore *sem)
{
	might_sleep();
	rwsem_acquire_read(&sem->dep_map, 0, 0, _RET_IP_);
	return DOWN_OR_RELEASE(sem, __down_read(sem, TASK_KILLABLE));
}
EXPORT_SYMBOL(down_read_killable);

/**
 * down_read_trylock() - enter as a reader if that needs no waiting
 * @sem: the semaphore
 *
 * Context: Task, or an interrupt if the readers there leave in the same interrupt.
 * Return: 1 inside, 0 not.
 */
int down_read_trylock(struct rw_semaphore *sem)
{
	long count = atomic_long_read(&sem->count);

	while (!(count & RWSEM_READ_BLOCKED)) {
		if (atomic_long_try_cmpxchg_acquire(&sem->count, &count,
						    count + RWSEM_READER_BIAS)) {
			set_reader_owner(sem, current);
			rwsem_acquire_read(&sem->dep_map, 0, 1, _RET_IP_);
			return 1;
		}
	}
	return 0;
}
EXPORT_SYMBOL(down_read_trylock);

/**
 * down_write() - enter as the writer
 * @sem: the semaphore
 *
 * Context: Task. May sleep.
 */
void __sched down_write(struct rw_semaphore *sem)
{
	might_sleep();
	rwsem_acquire(&sem->dep_map, 0, 0, _RET_IP_);
	__down_write(sem, TASK_UNINTERRUPTIBLE);
}
EXPORT_SYMBOL(down_write);

/**
 * down_write_killable() - enter as the writer, or get a fatal signal
 * @sem: the semaphore
 *
 * Context: Task. May sleep.
 * Return: 0, or -EINTR.
 */
int __sched down_write_killable(struct rw_semaphore *sem)
{
	might_sleep();
	rwsem_acquire(&sem->dep_map, 0, 0, _RET_IP_);
	return DOWN_OR_RELEASE(sem, __down_write(sem, TASK_KILLABLE));
}
EXPORT_SYMBOL(down_write_killable);

/**
 * down_write_trylock() - enter as the writer if that needs no waiting
 * @sem: the semaphore
 *
 * Context: Task.
 * Return: 1 inside, 0 not.
 */
int down_write_trylock(struct rw_semaphore *sem)
{
	int got;

	preempt_disable();
	got = rwsem_write_trylock(sem);
	preempt_enable();
	if (got)
		rwsem_acquire(&sem->dep_map, 0, 1, _RET_IP_);
	return got;
}
EXPORT_SYMBOL(down_write_trylock);

/**
 * up_read() - leave as a reader
 * @sem: the semaphore
 */
void up_read(struct rw_semaphore *sem)
{
	rwsem_release(&sem->dep_map, _RET_IP_);
	__up_read(sem);
}
EXPORT_SYMBOL(up_read);

/**
 * up_write() - leave as the writer
 * @sem: the semaphore
 */
void up_write(struct rw_semaphore *sem)
{
	rwsem_release(&sem->dep_map, _RET_IP_);
	__up_write(sem);
}
EXPORT_SYMBOL(up_write);

/**
 * downgrade_write() - from writer to reader, with nobody in between
 * @sem: the semaphore
 *
 * Readers that wait at the head of the list come in too.
 */
void downgrade_write(struct rw_semaphore *sem)
{
	long old;

	lock_downgrade(&sem->dep_map, _RET_IP_);
	preempt_disable();
	set_reader_owner(sem, current);
	/* A release for what was written, as the readers' acquires see it. */
	old = atomic_long_fetch_add_release(RWSEM_READER_BIAS - RWSEM_WRITER_LOCKED, &sem->count);
	if (old & RWSEM_FLAG_WAITERS)
		rwsem_wake(sem, true);
	preempt_enable();
}
EXPORT_SYMBOL(downgrade_write);

/**
 * rwsem_assert_held() - complain unless somebody is inside (with lockdep: unless the caller is)
 * @sem: the semaphore
 */
void rwsem_assert_held(const struct rw_semaphore *sem)
{
#ifdef CONFIG_LOCKDEP
	lockdep_assert_held(sem);
#else
	WARN_ON(atomic_long_read(&sem->count) == RWSEM_UNLOCKED_VALUE);
#endif
}
EXPORT_SYMBOL(rwsem_assert_held);

/**
 * rwsem_assert_held_write() - rwsem_assert_held() for the writer
 * @sem: the semaphore
 */
void rwsem_assert_held_write(const struct rw_semaphore *sem)
{
#ifdef CONFIG_LOCKDEP
	lockdep_assert_held_write(sem);
#else
	WARN_ON(!(atomic_long_read(&sem->count) & RWSEM_WRITER_LOCKED));
#endif
}
EXPORT_SYMBOL(rwsem_assert_held_write);

#ifdef CONFIG_DEBUG_LOCK_ALLOC

/**
 * down_read_nested() - down_read() while a lock of the same class is held
 * @sem: the semaphore
 * @subclass: lockdep's, 1 and up for the inner ones in the order they nest
 *
 * Context: Task. May sleep.
 */
void __sched down_read_nested(struct rw_semaphore *sem, int subclass)
{
	might_sleep();
	rwsem_acquire_read(&sem->dep_map, subclass, 0, _RET_IP_);
	__down_read(sem, TASK_UNINTERRUPTIBLE);
}
EXPORT_SYMBOL(down_read_nested);

/**
 * down_read_killable_nested() - down_read_killable() with a subclass
 * @sem: the semaphore
 * @subclass: as for down_read_nested()
 *
 * Context: Task. May sleep.
 * Return: 0, or -EINTR.
 */
int __sched down_read_killable_nested(struct rw_semaphore *sem, int subclass)
{
	might_sleep();
	rwsem_acquire_read(&sem->dep_map, subclass, 0, _RET_IP_);
	return DOWN_OR_RELEASE(sem, __down_read(sem, TASK_KILLABLE));
}
EXPORT_SYMBOL(down_read_killable_nested);

/**
 * down_write_nested() - down_write() while a lock of the same class is held
 * @sem: the semaphore
 * @subclass: as for down_read_nested()
 *
 * Context: Task. May sleep.
 */
void __sched down_write_nested(struct rw_semaphore *sem, int subclass)
{
	might_sleep();
	rwsem_acquire(&sem->dep_map, subclass, 0, _RET_IP_);
	__down_write(sem, TASK_UNINTERRUPTIBLE);
}
EXPORT_SYMBOL(down_write_nested);

/**
 * down_write_killable_nested() - down_write_killable() with a subclass
 * @sem: the semaphore
 * @subclass: as for down_read_nested()
 *
 * Context: Task. May sleep.
 * Return: 0, or -EINTR.
 */
int __sched down_write_killable_nested(struct rw_semaphore *sem, int subclass)
{
	might_sleep();
	rwsem_acquire(&sem->dep_map, subclass, 0, _RET_IP_);
	return DOWN_OR_RELEASE(sem, __down_write(sem, TASK_KILLABLE));
}
EXPORT_SYMBOL(down_write_killable_nested);

/**
 * _down_write_nest_lock() - down_write() for any number of one class, under a lock that excludes
 * other such takers
 * @sem: the semaphore
 * @nest: the map of that outer lock, which is held
 *
 * Context: Task. May sleep.
 */
void __sched _down_write_nest_lock(struct rw_semaphore *sem, struct lockdep_map *nest)
{
	might_sleep();
	rwsem_acquire_nest(&sem->dep_map, 0, 0, nest, _RET_IP_);
	__down_write(sem, TASK_UNINTERRUPTIBLE);
}
EXPORT_SYMBOL(_down_write_nest_lock);

/**
 * down_read_non_owner() - enter as a reader whom another task will take out
 * @sem: the semaphore
 *
 * Lockdep, which thinks in tasks, hears nothing of it.
 *
 * Context: Task. May sleep.
 */
void __sched down_read_non_owner(struct rw_semaphore *sem)
{
	might_sleep();
	__down_read(sem, TASK_UNINTERRUPTIBLE);
}
EXPORT_SYMBOL(down_read_non_owner);

/**
 * up_read_non_owner() - take out a reader who came by down_read_non_owner()
 * @sem: the semaphore
 */
void up_read_non_owner(struct rw_semaphore *sem)
{
	__up_read(sem);
}
EXPORT_SYMBOL(up_read_non_owner);

#endif /* CONFIG_DEBUG_LOCK_ALLOC */
