/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_RWSEM_H
#define _LINUX_RWSEM_H

/*
 * The read-write semaphore: a sleeping lock for many readers or one writer, fair between them.
 *
 * A writer is its task and unlocks itself. A reader may be unlocked by another task only through
 * the _non_owner forms. No recursion, readers included: a writer may be waiting in between.
 */

#include <linux/atomic.h>
#include <linux/cleanup.h>
#include <linux/err.h>
#include <linux/list.h>
#include <linux/lockdep.h>
#include <linux/osq_lock.h>
#include <linux/spinlock_types.h>
#include <linux/types.h>

struct rw_semaphore {
	atomic_long_t count;		/* see kernel/locking/rwsem.c */
	atomic_long_t owner;		/* the writer, or a hint of a reader, with flags */
	struct optimistic_spin_queue osq; /* writers that spin */
	raw_spinlock_t wait_lock;	/* guards wait_list */
	struct list_head wait_list;	/* first come first */
#ifdef CONFIG_DEBUG_RWSEMS
	void *magic;
#endif
#ifdef CONFIG_DEBUG_LOCK_ALLOC
	struct lockdep_map dep_map;
#endif
};

#define RWSEM_UNLOCKED_VALUE		0UL
#define RWSEM_WRITER_LOCKED		(1UL << 0)
#define __RWSEM_COUNT_INIT(name)	.count = ATOMIC_LONG_INIT(RWSEM_UNLOCKED_VALUE)

#ifdef CONFIG_DEBUG_LOCK_ALLOC
#define __RWSEM_DEP_MAP_INIT(lockname) \
	.dep_map = { .name = #lockname, .wait_type_inner = LD_WAIT_SLEEP, },
#else
#define __RWSEM_DEP_MAP_INIT(lockname)
#endif

#ifdef CONFIG_DEBUG_RWSEMS
#define __RWSEM_DEBUG_INIT(lockname)	.magic = &lockname,
#else
#define __RWSEM_DEBUG_INIT(lockname)
#endif

#define __RWSEM_INITIALIZER(name) {					\
	__RWSEM_COUNT_INIT(name),					\
	.owner = ATOMIC_LONG_INIT(0),					\
	.osq = OSQ_LOCK_UNLOCKED,					\
	.wait_lock = __RAW_SPIN_LOCK_UNLOCKED(name.wait_lock),		\
	.wait_list = LIST_HEAD_INIT((name).wait_list),			\
	__RWSEM_DEBUG_INIT(name)					\
	__RWSEM_DEP_MAP_INIT(name) }

/** DECLARE_RWSEM() - a static semaphore, free */
#define DECLARE_RWSEM(name)	struct rw_semaphore name = __RWSEM_INITIALIZER(name)

void __init_rwsem(struct rw_semaphore *sem, const char *name, struct lock_class_key *key);

/** init_rwsem() - make a semaphore, free; each place that does has a lock class of its own */
#define init_rwsem(sem)						\
do {								\
	static struct lock_class_key __key;			\
								\
	__init_rwsem((sem), #sem, &__key);			\
} while (0)

/** rwsem_is_locked() - does anybody hold it, for reading or writing? A hint */
static inline int rwsem_is_locked(struct rw_semaphore *sem)
{
	return atomic_long_read(&sem->count) != RWSEM_UNLOCKED_VALUE;
}

/** rwsem_is_contended() - does anybody sleep for it? A hint */
static inline int rwsem_is_contended(struct rw_semaphore *sem)
{
	return !list_empty(&sem->wait_list);
}

void rwsem_assert_held(const struct rw_semaphore *sem);
void rwsem_assert_held_write(const struct rw_semaphore *sem);
#define rwsem_assert_held_nolockdep		rwsem_assert_held
#define rwsem_assert_held_write_nolockdep	rwsem_assert_held_write

void down_read(struct rw_semaphore *sem);
int __must_check down_read_interruptible(struct rw_semaphore *sem);
int __must_check down_read_killable(struct rw_semaphore *sem);
int down_read_trylock(struct rw_semaphore *sem);
void down_write(struct rw_semaphore *sem);
int __must_check down_write_killable(struct rw_semaphore *sem);
int down_write_trylock(struct rw_semaphore *sem);
void up_read(struct rw_semaphore *sem);
void up_write(struct rw_semaphore *sem);
void downgrade_write(struct rw_semaphore *sem);

#ifdef CONFIG_DEBUG_LOCK_ALLOC
void down_read_nested(struct rw_semaphore *sem, int subclass);
int __must_check down_read_killable_nested(struct rw_semaphore *sem, int subclass);
void down_write_nested(struct rw_semaphore *sem, int subclass);
int down_write_killable_nested(struct rw_semaphore *sem, int subclass);
void _down_write_nest_lock(struct rw_semaphore *sem, struct lockdep_map *nest_lock);
#define down_write_nest_lock(sem, nest_lock)				\
do {									\
	typecheck(struct lockdep_map *, &(nest_lock)->dep_map);		\
	_down_write_nest_lock(sem, &(nest_lock)->dep_map);		\
} while (0)
void down_read_non_owner(struct rw_semaphore *sem);
void up_read_non_owner(struct rw_semaphore *sem);
#else
#define down_read_nested(sem, subclass)			down_read(sem)
#define down_read_killable_nested(sem, subclass)	down_read_killable(sem)
#define down_write_nest_lock(sem, nest_lock)		down_write(sem)
#define down_write_nested(sem, subclass)		down_write(sem)
#define down_write_killable_nested(sem, subclass)	down_write_killable(sem)
#define down_read_non_owner(sem)			down_read(sem)
#define up_read_non_owner(sem)				up_read(sem)
#endif

DEFINE_GUARD(rwsem_read, struct rw_semaphore *, down_read(_T), up_read(_T))
DEFINE_GUARD_COND(rwsem_read, _try, down_read_trylock(_T))
DEFINE_GUARD_COND(rwsem_read, _intr, down_read_interruptible(_T) == 0)
DEFINE_GUARD(rwsem_write, struct rw_semaphore *, down_write(_T), up_write(_T))
DEFINE_GUARD_COND(rwsem_write, _try, down_write_trylock(_T))

#endif /* _LINUX_RWSEM_H */
