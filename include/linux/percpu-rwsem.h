/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_PERCPU_RWSEM_H
#define _LINUX_PERCPU_RWSEM_H

/*
 * A sleeping read-write lock whose readers cost next to nothing and whose writers cost a grace
 * period.
 *
 * Rules of use:
 *  - percpu_down_read() and percpu_up_read() in task context, by the same task; not recursive,
 *    since a writer may be waiting in between. Sleeping in between is fine.
 *  - percpu_down_write() and percpu_up_write(), by the same task.
 *  - For data read all the time and written hardly ever. DEFINE_PERCPU_RWSEM() at file scope, or
 *    percpu_init_rwsem() and percpu_free_rwsem().
 *
 * While no writer is about, a reader counts itself in with a plain per-CPU increment under
 * preempt_disable(). kernel/locking/percpu-rwsem.c tells what a writer does to that.
 */

#include <linux/atomic.h>
#include <linux/cleanup.h>
#include <linux/lockdep.h>
#include <linux/percpu.h>
#include <linux/rcu_sync.h>
#include <linux/rcuwait.h>
#include <linux/wait.h>

struct percpu_rw_semaphore {
	struct rcu_sync rss;			/* may readers take the fast path? */
	unsigned int __percpu *read_count;	/* sum over CPUs: readers inside */
	struct rcuwait writer;			/* the writer that waits for that sum to be 0 */
	wait_queue_head_t waiters;		/* readers and writers, first come first */
	atomic_t block;				/* 1: a writer has it, or waits for readers */
#ifdef CONFIG_DEBUG_LOCK_ALLOC
	struct lockdep_map dep_map;
#endif
};

#ifdef CONFIG_DEBUG_LOCK_ALLOC
#define __PERCPU_RWSEM_DEP_MAP_INIT(lockname) \
	.dep_map = { .name = #lockname, .wait_type_inner = LD_WAIT_SLEEP, },
#else
#define __PERCPU_RWSEM_DEP_MAP_INIT(lockname)
#endif

#define __DEFINE_PERCPU_RWSEM(name, is_static)					\
	static DEFINE_PER_CPU(unsigned int, __percpu_rwsem_rc_##name);		\
	is_static struct percpu_rw_semaphore name = {				\
		.rss = __RCU_SYNC_INITIALIZER(name.rss),			\
		.read_count = &__percpu_rwsem_rc_##name,			\
		.writer = __RCUWAIT_INITIALIZER(name.writer),			\
		.waiters = __WAIT_QUEUE_HEAD_INITIALIZER(name.waiters),		\
		.block = ATOMIC_INIT(0),					\
		__PERCPU_RWSEM_DEP_MAP_INIT(name)				\
	}

/** DEFINE_PERCPU_RWSEM, DEFINE_STATIC_PERCPU_RWSEM - define one at file scope */
#define DEFINE_PERCPU_RWSEM(name)		__DEFINE_PERCPU_RWSEM(name, /* not static */)
#define DEFINE_STATIC_PERCPU_RWSEM(name)	__DEFINE_PERCPU_RWSEM(name, static)

bool __percpu_down_read(struct percpu_rw_semaphore *sem, bool try);
void __percpu_up_read(struct percpu_rw_semaphore *sem);

/**
 * percpu_down_read - get in as a reader
 * @sem: the semaphore
 *
 * Context: Task; may sleep.
 */
static inline void percpu_down_read(struct percpu_rw_semaphore *sem)
{
	might_sleep();
	rwsem_acquire_read(&sem->dep_map, 0, 0, _RET_IP_);

	/*
	 * The switch is read and acted on without preemption: a writer's rcu_sync_enter() waits for
	 * us, and then sees our count.
	 */
	preempt_disable();
	if (likely(rcu_sync_is_idle(&sem->rss)))
		this_cpu_inc(*sem->read_count);
	else
		__percpu_down_read(sem, false);
	preempt_enable();
}

/**
 * percpu_down_read_trylock - get in as a reader, if no writer is in the way
 * @sem: the semaphore
 *
 * Context: Any but interrupts.
 * Return: true if the caller is in.
 */
static inline bool percpu_down_read_trylock(struct percpu_rw_semaphore *sem)
{
	bool in = true;

	preempt_disable();
	if (likely(rcu_sync_is_idle(&sem->rss)))
		this_cpu_inc(*sem->read_count);
	else
		in = __percpu_down_read(sem, true);
	preempt_enable();

	if (in)
		rwsem_acquire_read(&sem->dep_map, 0, 1, _RET_IP_);
	return in;
}

/**
 * percpu_up_read - leave as a reader
 * @sem: the semaphore
 *
 * Context: Task.
 */
static inline void percpu_up_read(struct percpu_rw_semaphore *sem)
{
	rwsem_release(&sem->dep_map, _RET_IP_);

	preempt_disable();
	/* If the switch is idle, a writer that comes waits for this section before it counts. */
	if (likely(rcu_sync_is_idle(&sem->rss)))
		this_cpu_dec(*sem->read_count);
	else
		__percpu_up_read(sem);
	preempt_enable();
}

bool percpu_is_read_locked(struct percpu_rw_semaphore *sem);
void percpu_down_write(struct percpu_rw_semaphore *sem);
void percpu_up_write(struct percpu_rw_semaphore *sem);

/** percpu_is_write_locked - does a writer hold or wait for it? A hint */
static inline bool percpu_is_write_locked(struct percpu_rw_semaphore *sem)
{
	return atomic_read(&sem->block);
}

int __percpu_init_rwsem(struct percpu_rw_semaphore *sem, const char *name,
			struct lock_class_key *key);
void percpu_free_rwsem(struct percpu_rw_semaphore *sem);

/** percpu_init_rwsem - make one at run time. Return: 0, or -ENOMEM. */
#define percpu_init_rwsem(sem)						\
({									\
	static struct lock_class_key rwsem_key;				\
									\
	__percpu_init_rwsem(sem, #sem, &rwsem_key);			\
})

#define percpu_rwsem_is_held(sem)		lockdep_is_held(sem)
#define percpu_rwsem_assert_held(sem)		lockdep_assert_held(sem)

/** percpu_rwsem_release - hand-over to another task, for lockdep's eyes: current has it no more */
static inline void percpu_rwsem_release(struct percpu_rw_semaphore *sem, unsigned long ip)
{
	(void)sem;
	(void)ip;
	lock_release(&sem->dep_map, ip);
}

/** percpu_rwsem_acquire - the other side of the hand-over: current has it now */
static inline void percpu_rwsem_acquire(struct percpu_rw_semaphore *sem, bool read,
					unsigned long ip)
{
	(void)sem;
	(void)read;
	(void)ip;
	lock_acquire(&sem->dep_map, 0, 1, read, 1, NULL, ip);
}

DEFINE_GUARD(percpu_read, struct percpu_rw_semaphore *,
	     percpu_down_read(_T), percpu_up_read(_T))
DEFINE_GUARD_COND(percpu_read, _try, percpu_down_read_trylock(_T))

DEFINE_GUARD(percpu_write, struct percpu_rw_semaphore *,
	     percpu_down_write(_T), percpu_up_write(_T))

#endif /* _LINUX_PERCPU_RWSEM_H */
