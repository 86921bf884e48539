// SPDX-License-Identifier: MIT
/*
 * The counting semaphore: a count and a list of sleepers under one spin lock.
 *
 * up() gives its unit to the first sleeper directly, and the count stays; so nobody can slip in
 * between, and the order is first come first served. A sleeper knows by its own flag that it was
 * given the unit, whatever else wakes it.
 *
 * down_trylock() and up() work in interrupts too, hence irqsave throughout.
 */

#include <linux/semaphore.h>

#include <linux/export.h>
#include <linux/list.h>
#include <linux/sched.h>
#include <linux/sched/debug.h>
#include <linux/sched/signal.h>
#include <linux/sched/wake_q.h>
#include <linux/spinlock.h>

struct semaphore_waiter {
	struct list_head	list;
	struct task_struct	*task;
	bool			up;	/* given a unit; under the semaphore's lock */
};

/*
 * Sleep until given a unit. The lock is held on entry and exit.
 * Return: 0, -EINTR for a signal that @state lets through, -ETIME.
 */
static int __sched sem_wait(struct semaphore *sem, unsigned int state, long timeout)
{
	struct semaphore_waiter waiter = { .task = current };
	int err = 0;

	list_add_tail(&waiter.list, &sem->wait_list);
	while (!waiter.up) {
		if (signal_pending_state(state, current))
			err = -EINTR;
		else if (timeout <= 0)
			err = -ETIME;
		if (err) {
			list_del(&waiter.list);
			return err;
		}
		__set_current_state(state);
		raw_spin_unlock_irq(&sem->lock);
		timeout = schedule_timeout(timeout);
		raw_spin_lock_irq(&sem->lock);
	}
	return 0;
}

static int __sched sem_down(struct semaphore *sem, unsigned int state, long timeout)
{
	unsigned long flags;
	int err = 0;

	might_sleep();
	raw_spin_lock_irqsave(&sem->lock, flags);
	if (likely(sem->count > 0))
		sem->count--;
	else
		err = sem_wait(sem, state, timeout);
	raw_spin_unlock_irqrestore(&sem->lock, flags);
	return err;
}

/**
 * down() - take a unit
 * @sem: the semaphore
 *
 * Context: Task. May sleep.
 */
void __sched down(struct semaphore *sem)
{
	sem_down(sem, TASK_UNINTERRUPTIBLE, MAX_SCHEDULE_TIMEOUT);
}
EXPORT_SYMBOL(down);

/**
 * down_interruptible() - take a unit, or a signal
 * @sem: the semaphore
 *
 * Context: Task. May sleep.
 * Return: 0, or -EINTR.
 */
int __sched down_interruptible(struct semaphore *sem)
{
	return sem_down(sem, TASK_INTERRUPTIBLE, MAX_SCHEDULE_TIMEOUT);
}
EXPORT_SYMBOL(down_interruptible);

/**
 * down_killable() - take a unit, or a fatal signal
 * @sem: the semaphore
 *
 * Context: Task. May sleep.
 * Return: 0, or -EINTR.
 */
int __sched down_killable(struct semaphore *sem)
{
	return sem_down(sem, TASK_KILLABLE, MAX_SCHEDULE_TIMEOUT);
}
EXPORT_SYMBOL(down_killable);

/**
 * down_timeout() - take a unit within a time
 * @sem: the semaphore
 * @timeout: jiffies
 *
 * Context: Task. May sleep.
 * Return: 0, or -ETIME.
 */
int __sched down_timeout(struct semaphore *sem, long timeout)
{
	return sem_down(sem, TASK_UNINTERRUPTIBLE, timeout);
}
EXPORT_SYMBOL(down_timeout);

/**
 * down_trylock() - take a unit if there is one
 * @sem: the semaphore
 *
 * Context: Any but NMI.
 * Return: 0 with a unit, 1 without: the other way round than mutex_trylock().
 */
int __sched down_trylock(struct semaphore *sem)
{
	unsigned long flags;
	int none;

	raw_spin_lock_irqsave(&sem->lock, flags);
	none = sem->count == 0;
	if (!none)
		sem->count--;
	raw_spin_unlock_irqrestore(&sem->lock, flags);
	return none;
}
EXPORT_SYMBOL(down_trylock);

/**
 * up() - give a unit, to the first sleeper if there is one
 * @sem: the semaphore
 *
 * Context: Any but NMI; not only who took one.
 */
void __sched up(struct semaphore *sem)
{
	struct semaphore_waiter *waiter;
	unsigned long flags;
	DEFINE_WAKE_Q(wake_q);

	raw_spin_lock_irqsave(&sem->lock, flags);
	if (list_empty(&sem->wait_list)) {
		sem->count++;
	} else {
		waiter = list_first_entry(&sem->wait_list, struct semaphore_waiter, list);
		list_del(&waiter->list);
		waiter->up = true;
		wake_q_add(&wake_q, waiter->task);
	}
	raw_spin_unlock_irqrestore(&sem->lock, flags);
	wake_up_q(&wake_q);
}
EXPORT_SYMBOL(up);
