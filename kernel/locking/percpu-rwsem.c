// SPDX-License-Identifier: MIT
/*
 * The per-CPU read-write semaphore: what happens when a writer is about.
 *
 *	1. rcu_sync_enter(): from here on readers come here instead of just counting themselves in.
 *	   It waits for a grace period, so that those who had just seen the fast path have counted.
 *	2. block := 1, or wait in the queue for it: one writer at a time, and no new readers.
 *	3. Wait until the readers' counts add up to 0.
 *	4. ... write ...
 *	5. block := 0, and the queue moves on.
 *	6. rcu_sync_exit(): a grace period later readers are fast again.
 *
 * A reader on the slow path counts itself in first and looks at block then; the writer sets block
 * first and sums up then. With a full barrier in between on both sides at least one sees the other:
 *
 *	reader				writer
 *	read_count++			block = 1
 *	A: full barrier			D: full barrier
 *	block?				sum of read_count?
 *
 * A reader leaves, perhaps on another CPU than it came in, with a decrement; the sum is right
 * anyway, modulo 2^32. It wakes the writer, who sums up again.
 *
 *	reader				writer
 *	  ... reads ...			sum of read_count == 0
 *	B: full barrier			C: full barrier
 *	read_count--			  ... writes ...
 *
 * The queue is fair: first come first served, readers that stand side by side together. Whoever
 * unlocks takes the lock on behalf of the first in the queue, so nobody can slip in between.
 */

#include <linux/percpu-rwsem.h>

#include <linux/export.h>
#include <linux/percpu.h>
#include <linux/sched.h>
#include <linux/sched/task.h>
#include <linux/wait.h>

/**
 * __percpu_init_rwsem - the function under percpu_init_rwsem()
 * @sem: the semaphore
 * @name: for the lock checker
 * @key: for the lock checker
 *
 * Context: May sleep.
 * Return: 0, or -ENOMEM.
 */
int __percpu_init_rwsem(struct percpu_rw_semaphore *sem, const char *name,
			struct lock_class_key *key)
{
	sem->read_count = alloc_percpu(unsigned int);
	if (!sem->read_count)
		return -ENOMEM;
	rcu_sync_init(&sem->rss);
	rcuwait_init(&sem->writer);
	init_waitqueue_head(&sem->waiters);
	atomic_set(&sem->block, 0);
#ifdef CONFIG_DEBUG_LOCK_ALLOC
	lockdep_init_map_wait(&sem->dep_map, name, key, 0, LD_WAIT_SLEEP);
#else
	(void)name;
	(void)key;
#endif
	return 0;
}
EXPORT_SYMBOL_GPL(__percpu_init_rwsem);

/**
 * percpu_free_rwsem - undo percpu_init_rwsem(), or nothing if that failed on zeroed memory
 * @sem: the semaphore, which nobody holds
 *
 * Context: May sleep.
 */
void percpu_free_rwsem(struct percpu_rw_semaphore *sem)
{
	if (!sem->read_count)
		return;
	rcu_sync_dtor(&sem->rss);
	free_percpu(sem->read_count);
	sem->read_count = NULL;		/* a use after this is found at once */
}
EXPORT_SYMBOL_GPL(percpu_free_rwsem);

static unsigned int readers_inside(struct percpu_rw_semaphore *sem)
{
	unsigned int sum = 0;
	int cpu;

	for_each_possible_cpu(cpu)
		sum += READ_ONCE(*per_cpu_ptr(sem->read_count, cpu));
	return sum;
}

/* ---- the two ways in ---- */

static bool try_read(struct percpu_rw_semaphore *sem)
{
	this_cpu_inc(*sem->read_count);
	smp_mb();	/* A: the count before the look at block; pairs with D */
	if (likely(!atomic_read_acquire(&sem->block)))
		return true;

	this_cpu_dec(*sem->read_count);
	smp_mb();	/* B: the count before the look for a writer; pairs with C */
	rcuwait_wake_up(&sem->writer);
	return false;
}

static bool try_write(struct percpu_rw_semaphore *sem)
{
	return !atomic_read(&sem->block) && !atomic_xchg(&sem->block, 1);
}

/* ---- the queue ---- */

struct queued {
	struct wait_queue_entry entry;		/* private: the task; NULL once it has the lock */
	bool reader;
};

/* Called by the unlocker, under waiters.lock. Return: nonzero to go no further. */
static int grant(struct wait_queue_entry *entry, unsigned int mode, int wake_flags, void *key)
{
	struct queued *q = container_of(entry, struct queued, entry);
	struct percpu_rw_semaphore *sem = key;
	struct task_struct *task = entry->private;
	bool reader = q->reader;

	(void)mode;
	(void)wake_flags;
	if (!(reader ? try_read(sem) : try_write(sem)))
		return 1;

	/* Once private is NULL the waiter may return, and q with its stack frame is no more. */
	get_task_struct(task);
	list_del_init(&entry->entry);
	smp_store_release(&entry->private, NULL);
	wake_up_process(task);
	put_task_struct(task);
	return !reader;
}

static void wait_in_queue(struct percpu_rw_semaphore *sem, bool reader)
{
	struct queued q = {
		.entry = { .private = current, .func = grant, .flags = WQ_FLAG_EXCLUSIVE },
		.reader = reader,
	};
	bool in;

	spin_lock_irq(&sem->waiters.lock);
	/* Once more under the lock: the unlocker may just have gone through the queue. */
	in = reader ? try_read(sem) : try_write(sem);
	if (!in)
		__add_wait_queue_entry_tail(&sem->waiters, &q.entry);
	spin_unlock_irq(&sem->waiters.lock);

	while (!in) {
		set_current_state(TASK_UNINTERRUPTIBLE);
		/* Pairs with the release in grant(): what the last holder did is seen. */
		in = !smp_load_acquire(&q.entry.private);
		if (!in)
			schedule();
	}
	__set_current_state(TASK_RUNNING);
}

/* ---- readers, slow path; preemption is off ---- */

/**
 * __percpu_down_read - enter as a reader while a writer is about
 * @sem: the semaphore
 * @try: don't wait
 *
 * Context: Called by percpu_down_read() and _trylock(), which have preemption off. May sleep unless
 * @try; preemption is on meanwhile.
 * Return: false if @try and a writer has or gets it; else true, inside.
 */
bool __percpu_down_read(struct percpu_rw_semaphore *sem, bool try)
{
	if (try_read(sem))
		return true;
	if (try)
		return false;
	preempt_enable();
	wait_in_queue(sem, true);
	preempt_disable();
	return true;
}
EXPORT_SYMBOL_GPL(__percpu_down_read);

/**
 * __percpu_up_read - leave as a reader while a writer is about, and have it look again
 * @sem: the semaphore
 *
 * Context: Preemption off; doesn't sleep.
 */
void __percpu_up_read(struct percpu_rw_semaphore *sem)
{
	smp_mb();	/* B: what the reader did before the count; pairs with C */
	this_cpu_dec(*sem->read_count);
	/* Its own barrier puts the count before the look for a writer. */
	rcuwait_wake_up(&sem->writer);
}
EXPORT_SYMBOL_GPL(__percpu_up_read);

/**
 * percpu_is_read_locked - is a reader inside?
 * @sem: the semaphore
 *
 * Return: true if so at some moment; for assertions by those who know.
 */
bool percpu_is_read_locked(struct percpu_rw_semaphore *sem)
{
	return readers_inside(sem) != 0 && !atomic_read(&sem->block);
}
EXPORT_SYMBOL_GPL(percpu_is_read_locked);

/* ---- writers ---- */

static bool readers_gone(struct percpu_rw_semaphore *sem)
{
	if (readers_inside(sem))
		return false;
	smp_mb();	/* C: the counts before what the writer does; pairs with B */
	return true;
}

/**
 * percpu_down_write - get in as the writer
 * @sem: the semaphore
 *
 * Context: Task; sleeps for a grace period or more.
 */
void percpu_down_write(struct percpu_rw_semaphore *sem)
{
	might_sleep();
	rwsem_acquire(&sem->dep_map, 0, 0, _RET_IP_);

	rcu_sync_enter(&sem->rss);
	if (!try_write(sem))
		wait_in_queue(sem, false);
	smp_mb();	/* D: block before the counts; pairs with A */
	rcuwait_wait_event(&sem->writer, readers_gone(sem), TASK_UNINTERRUPTIBLE);
}
EXPORT_SYMBOL_GPL(percpu_down_write);

/**
 * percpu_up_write - leave as the writer
 * @sem: the semaphore
 *
 * Context: Task.
 */
void percpu_up_write(struct percpu_rw_semaphore *sem)
{
	unsigned long flags;

	rwsem_release(&sem->dep_map, _RET_IP_);

	/* What the writer did before block; pairs with the acquire in try_read(). */
	atomic_set_release(&sem->block, 0);
	spin_lock_irqsave(&sem->waiters.lock, flags);
	__wake_up_locked_key(&sem->waiters, TASK_NORMAL, sem);
	spin_unlock_irqrestore(&sem->waiters.lock, flags);
	rcu_sync_exit(&sem->rss);
}
EXPORT_SYMBOL_GPL(percpu_up_write);
