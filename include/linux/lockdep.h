/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_LOCKDEP_H
#define _LINUX_LOCKDEP_H

/*
 * What locks and their users say to the lock checker.
 *
 * Users: lockdep_assert_held(&lock) and its relatives state what a function's caller promised;
 * lockdep_set_class() and the _nested lock calls tell classes apart that one init site would
 * throw together. Locks: lock_acquire() and lock_release(), through the *_acquire() macros below.
 * Without CONFIG_LOCKDEP all of it compiles to nothing.
 */

#include <linux/lockdep_types.h>
#include <linux/types.h>

#include <asm/percpu.h>

struct task_struct;

#ifdef CONFIG_LOCKDEP

#include <linux/debug_locks.h>
#include <linux/preempt.h>

void lockdep_init(void);
void lockdep_init_map_type(struct lockdep_map *lock, const char *name, struct lock_class_key *key,
			   int subclass, u8 inner, u8 outer, u8 lock_type);
void lockdep_register_key(struct lock_class_key *key);
void lockdep_unregister_key(struct lock_class_key *key);
void lockdep_reset(void);
void lockdep_off(void);
void lockdep_on(void);
void lockdep_sys_exit(void);
void lockdep_init_task(struct task_struct *task);
void lockdep_rcu_suspicious(const char *file, const int line, const char *s);

/** lockdep_init_map_waits() - lockdep_init_map_type() of an ordinary lock */
static inline void lockdep_init_map_waits(struct lockdep_map *lock, const char *name,
					  struct lock_class_key *key, int subclass, u8 inner,
					  u8 outer)
{
	lockdep_init_map_type(lock, name, key, subclass, inner, outer, LD_LOCK_NORMAL);
}

/**
 * lockdep_init_map_wait() - lockdep_init_map_waits() with the inner type alone: taken where that
 * allows it
 */
static inline void lockdep_init_map_wait(struct lockdep_map *lock, const char *name,
					 struct lock_class_key *key, int subclass, u8 inner)
{
	lockdep_init_map_waits(lock, name, key, subclass, inner, LD_WAIT_INV);
}

/**
 * lockdep_init_map() - lockdep_init_map_wait() of a lock whose way of waiting isn't checked
 * @lock: to be set up
 * @name: for reports
 * @key: what makes its class: one for all locks that are made at one place
 * @subclass: 0 to 7, for classes that one key has to make
 */
static inline void lockdep_init_map(struct lockdep_map *lock, const char *name,
				    struct lock_class_key *key, int subclass)
{
	lockdep_init_map_wait(lock, name, key, subclass, LD_WAIT_INV);
}

#define __lockdep_reinit(lock, name, key, sub)					\
	lockdep_init_map_type(&(lock)->dep_map, name, key, sub,			\
			      (lock)->dep_map.wait_type_inner,			\
			      (lock)->dep_map.wait_type_outer,			\
			      (lock)->dep_map.lock_type)

#define lockdep_set_class(lock, key)		__lockdep_reinit(lock, #key, key, 0)
#define lockdep_set_class_and_name(lock, key, name)	__lockdep_reinit(lock, name, key, 0)
#define lockdep_set_class_and_subclass(lock, key, sub)	__lockdep_reinit(lock, #key, key, sub)
#define lockdep_set_subclass(lock, sub) \
	__lockdep_reinit(lock, (lock)->dep_map.name, (lock)->dep_map.key, sub)
#define lockdep_set_novalidate_class(lock) \
	lockdep_set_class_and_name(lock, &__lockdep_no_validate__, #lock)
#define lockdep_set_notrack_class(lock) \
	lockdep_set_class_and_name(lock, &__lockdep_no_track__, #lock)
#define lockdep_match_class(lock, k)		((lock)->dep_map.key == (k))

/*
 * read: 0 exclusive, 1 shared, 2 shared and recursive. check: 0 tracks only. @nest_lock, held,
 * makes any number and order of the same class right.
 */
void lock_acquire(struct lockdep_map *lock, unsigned int subclass, int trylock, int read, int check,
		  struct lockdep_map *nest_lock, unsigned long ip);
void lock_release(struct lockdep_map *lock, unsigned long ip);
void lock_sync(struct lockdep_map *lock, unsigned int subclass, int read, int check,
	       struct lockdep_map *nest_lock, unsigned long ip);
void lock_set_class(struct lockdep_map *lock, const char *name, struct lock_class_key *key,
		    unsigned int subclass, unsigned long ip);
void lock_downgrade(struct lockdep_map *lock, unsigned long ip);
int lock_is_held_type(const struct lockdep_map *lock, int read);

/**
 * lock_set_subclass() - a held lock changes its subclass: two were taken in order, one alone stays
 */
static inline void lock_set_subclass(struct lockdep_map *lock, unsigned int subclass,
				     unsigned long ip)
{
	lock_set_class(lock, lock->name, lock->key, subclass, ip);
}

#define lock_set_novalidate_class(l, n, i)	lock_set_class(l, n, &__lockdep_no_validate__, 0, i)

#define LOCK_STATE_UNKNOWN	-1
#define LOCK_STATE_NOT_HELD	0
#define LOCK_STATE_HELD		1

/** lock_is_held() - does current hold it, for reading or writing? */
static inline int lock_is_held(const struct lockdep_map *lock)
{
	return lock_is_held_type(lock, -1);
}

/** lockdep_is_held() - does current hold the lock? */
#define lockdep_is_held(lock)		lock_is_held(&(lock)->dep_map)
/**
 * lockdep_is_held_type() - does current hold the lock that way? @r: 0: for writing, 1: for reading,
 * -1: either
 */
#define lockdep_is_held_type(lock, r)	lock_is_held_type(&(lock)->dep_map, (r))

struct pin_cookie lock_pin_lock(struct lockdep_map *lock);
void lock_repin_lock(struct lockdep_map *lock, struct pin_cookie cookie);
void lock_unpin_lock(struct lockdep_map *lock, struct pin_cookie cookie);

#define lockdep_depth(tsk)	(debug_locks ? (tsk)->lockdep_depth : 0)
#define lockdep_recursing(tsk)	((tsk)->lockdep_recursion)

/** lockdep_assert() - warn unless @cond holds; silent once lockdep has given up */
#define lockdep_assert(cond)		do { WARN_ON(debug_locks && !(cond)); } while (0)
#define lockdep_assert_once(cond)	do { WARN_ON_ONCE(debug_locks && !(cond)); } while (0)

/** lockdep_assert_held() - current holds the lock */
#define lockdep_assert_held(l) \
	lockdep_assert(lockdep_is_held(l) != LOCK_STATE_NOT_HELD)

/** lockdep_assert_not_held() - current doesn't hold the lock */
#define lockdep_assert_not_held(l) \
	lockdep_assert(lockdep_is_held(l) != LOCK_STATE_HELD)

/** lockdep_assert_held_write() - current holds the lock for writing */
#define lockdep_assert_held_write(l)	lockdep_assert(lockdep_is_held_type(l, 0))
/** lockdep_assert_held_read() - current holds the lock for reading */
#define lockdep_assert_held_read(l)	lockdep_assert(lockdep_is_held_type(l, 1))
#define lockdep_assert_held_once(l) \
	lockdep_assert_once(lockdep_is_held(l) != LOCK_STATE_NOT_HELD)

/** lockdep_assert_none_held_once() - current holds no lock at all */
#define lockdep_assert_none_held_once()	lockdep_assert_once(!current->lockdep_depth)

/**
 * lockdep_pin_lock() - until lockdep_unpin_lock() the lock may not be released
 *
 * Return: a cookie for that.
 */
#define lockdep_pin_lock(l)		lock_pin_lock(&(l)->dep_map)
#define lockdep_repin_lock(l, c)	lock_repin_lock(&(l)->dep_map, (c))
#define lockdep_unpin_lock(l, c)	lock_unpin_lock(&(l)->dep_map, (c))

/* A static map that is no lock, for dependencies of other kinds. */
#define STATIC_LOCKDEP_MAP_INIT(_name, _key) \
	{ .name = (_name), .key = (void *)(_key), }
#define DEFINE_WAIT_OVERRIDE_MAP(_name, _wait_type)	\
	struct lockdep_map _name = {			\
		.name = #_name "-wait-type-override",	\
		.wait_type_inner = _wait_type,		\
		.lock_type = LD_LOCK_WAIT_OVERRIDE,	\
	}

/* Asserted by code that runs in one kind of context only. */
DECLARE_PER_CPU(int, hardirqs_enabled);
DECLARE_PER_CPU(int, hardirq_context);
DECLARE_PER_CPU(unsigned int, lockdep_recursion);

#define __lockdep_enabled	(debug_locks && !this_cpu_read(lockdep_recursion))

/** lockdep_assert_irqs_enabled() - interrupts are on */
#define lockdep_assert_irqs_enabled()					\
do {									\
	WARN_ON_ONCE(__lockdep_enabled && !this_cpu_read(hardirqs_enabled)); \
} while (0)

/** lockdep_assert_irqs_disabled() - interrupts are off */
#define lockdep_assert_irqs_disabled()					\
do {									\
	WARN_ON_ONCE(__lockdep_enabled && this_cpu_read(hardirqs_enabled)); \
} while (0)

/** lockdep_assert_in_irq() - this is a hard interrupt's handler */
#define lockdep_assert_in_irq()						\
do {									\
	WARN_ON_ONCE(__lockdep_enabled && !this_cpu_read(hardirq_context)); \
} while (0)

/** lockdep_assert_no_hardirq() - this is no hard interrupt's handler, and interrupts are on */
#define lockdep_assert_no_hardirq()					\
do {									\
	WARN_ON_ONCE(__lockdep_enabled && (this_cpu_read(hardirq_context) || \
					   !this_cpu_read(hardirqs_enabled))); \
} while (0)

/** lockdep_assert_preemption_enabled() - the task can be preempted */
#define lockdep_assert_preemption_enabled()				\
do {									\
	WARN_ON_ONCE(__lockdep_enabled &&				\
		     (preempt_count() != 0 || !this_cpu_read(hardirqs_enabled))); \
} while (0)

/** lockdep_assert_preemption_disabled() - the task can't be preempted */
#define lockdep_assert_preemption_disabled()				\
do {									\
	WARN_ON_ONCE(__lockdep_enabled &&				\
		     (preempt_count() == 0 && this_cpu_read(hardirqs_enabled))); \
} while (0)

/** lockdep_assert_in_softirq() - bottom halves are off, or this is one, and no interrupt */
#define lockdep_assert_in_softirq()					\
do {									\
	WARN_ON_ONCE(__lockdep_enabled && (!in_softirq() || in_irq() || in_nmi())); \
} while (0)

#define lockdep_assert_in_softirq_func(func)	lockdep_assert_in_softirq()

/* Would this path take the lock? Then check as if it did. */
#define might_lock(lock)						\
do {									\
	typecheck(struct lockdep_map *, &(lock)->dep_map);		\
	lock_acquire(&(lock)->dep_map, 0, 0, 0, 1, NULL, _THIS_IP_);	\
	lock_release(&(lock)->dep_map, _THIS_IP_);			\
} while (0)
#define might_lock_read(lock)						\
do {									\
	typecheck(struct lockdep_map *, &(lock)->dep_map);		\
	lock_acquire(&(lock)->dep_map, 0, 0, 1, 1, NULL, _THIS_IP_);	\
	lock_release(&(lock)->dep_map, _THIS_IP_);			\
} while (0)
#define might_lock_nested(lock, subclass)				\
do {									\
	typecheck(struct lockdep_map *, &(lock)->dep_map);		\
	lock_acquire(&(lock)->dep_map, subclass, 0, 1, 1, NULL, _THIS_IP_); \
	lock_release(&(lock)->dep_map, _THIS_IP_);			\
} while (0)

#else /* !CONFIG_LOCKDEP */

static inline void lockdep_init_task(struct task_struct *task) { (void)task; }
static inline void lockdep_off(void) { }
static inline void lockdep_on(void) { }

/** lockdep_set_selftest_task() - this task runs the locking self-tests */
static inline void lockdep_set_selftest_task(struct task_struct *task) { (void)task; }
static inline void lockdep_register_key(struct lock_class_key *key) { (void)key; }
static inline void lockdep_unregister_key(struct lock_class_key *key) { (void)key; }

#define lock_acquire(l, s, t, r, c, n, i)	do { } while (0)
#define lock_release(l, i)			do { } while (0)
#define lock_sync(l, s, r, c, n, i)		do { } while (0)
#define lock_downgrade(l, i)			do { } while (0)
#define lock_set_class(l, n, key, s, i)		do { (void)(key); } while (0)
#define lock_set_novalidate_class(l, n, i)	do { } while (0)
#define lock_set_subclass(l, s, i)		do { } while (0)
#define lockdep_init()				do { } while (0)
#define lockdep_init_map_type(lock, name, key, sub, inner, outer, type) \
	do { (void)(name); (void)(key); } while (0)
#define lockdep_init_map_waits(lock, name, key, sub, inner, outer) \
	do { (void)(name); (void)(key); } while (0)
#define lockdep_init_map_wait(lock, name, key, sub, inner) \
	do { (void)(name); (void)(key); } while (0)
#define lockdep_init_map(lock, name, key, sub) \
	do { (void)(name); (void)(key); } while (0)
#define lockdep_set_class(lock, key)			do { (void)(key); } while (0)
#define lockdep_set_class_and_name(lock, key, name) \
	do { (void)(key); (void)(name); } while (0)
#define lockdep_set_class_and_subclass(lock, key, sub)	do { (void)(key); } while (0)
#define lockdep_set_subclass(lock, sub)			do { } while (0)
#define lockdep_set_novalidate_class(lock)		do { } while (0)
#define lockdep_set_notrack_class(lock)			do { } while (0)
#define lockdep_reset()					do { } while (0)
#define lockdep_sys_exit()				do { } while (0)
#define lockdep_depth(tsk)				(0)
#define lockdep_recursing(tsk)				(0)

#define lockdep_is_held(lock)			(1)
#define lockdep_is_held_type(l, r)		(1)
#define lock_is_held(l)				(1)
#define lock_is_held_type(l, r)			(1)

#define lockdep_assert(c)			do { } while (0)
#define lockdep_assert_once(c)			do { } while (0)
#define lockdep_assert_held(l)			do { (void)(l); } while (0)
#define lockdep_assert_not_held(l)		do { (void)(l); } while (0)
#define lockdep_assert_held_write(l)		do { (void)(l); } while (0)
#define lockdep_assert_held_read(l)		do { (void)(l); } while (0)
#define lockdep_assert_held_once(l)		do { (void)(l); } while (0)
#define lockdep_assert_none_held_once()		do { } while (0)

#define lockdep_pin_lock(l)			({ struct pin_cookie cookie = { }; cookie; })
#define lockdep_repin_lock(l, c)		do { (void)(l); (void)(c); } while (0)
#define lockdep_unpin_lock(l, c)		do { (void)(l); (void)(c); } while (0)

#define STATIC_LOCKDEP_MAP_INIT(_name, _key)	{ }
#define DEFINE_WAIT_OVERRIDE_MAP(_name, _wait_type) \
	struct lockdep_map __maybe_unused _name = { }

#define lockdep_assert_irqs_enabled()		do { } while (0)
#define lockdep_assert_irqs_disabled()		do { } while (0)
#define lockdep_assert_in_irq()			do { } while (0)
#define lockdep_assert_no_hardirq()		do { } while (0)
#define lockdep_assert_preemption_enabled()	do { } while (0)
#define lockdep_assert_preemption_disabled()	do { } while (0)
#define lockdep_assert_in_softirq()		do { } while (0)
#define lockdep_assert_in_softirq_func(func)	do { } while (0)

#define might_lock(lock)			do { } while (0)
#define might_lock_read(lock)			do { } while (0)
#define might_lock_nested(lock, subclass)	do { } while (0)

#define lockdep_rcu_suspicious(file, line, s)	do { } while (0)

#endif /* CONFIG_LOCKDEP */

#ifdef CONFIG_TRACE_IRQFLAGS
void print_irqtrace_events(struct task_struct *curr);
#else
static inline void print_irqtrace_events(struct task_struct *curr) { (void)curr; }
#endif

#define SINGLE_DEPTH_NESTING		1

#define lock_acquire_exclusive(l, s, t, n, i)		lock_acquire(l, s, t, 0, 1, n, i)
#define lock_acquire_shared(l, s, t, n, i)		lock_acquire(l, s, t, 1, 1, n, i)
#define lock_acquire_shared_recursive(l, s, t, n, i)	lock_acquire(l, s, t, 2, 1, n, i)

#define spin_acquire(l, s, t, i)		lock_acquire_exclusive(l, s, t, NULL, i)
#define spin_acquire_nest(l, s, t, n, i)	lock_acquire_exclusive(l, s, t, n, i)
#define spin_release(l, i)			lock_release(l, i)

/* Readers of a queued rwlock recurse only in interrupts; there they pass the queue. */
#define rwlock_acquire(l, s, t, i)		lock_acquire_exclusive(l, s, t, NULL, i)
#define rwlock_acquire_read(l, s, t, i)						\
do {										\
	if (in_interrupt())							\
		lock_acquire_shared_recursive(l, s, t, NULL, i);		\
	else									\
		lock_acquire_shared(l, s, t, NULL, i);				\
} while (0)
#define rwlock_release(l, i)			lock_release(l, i)

#define seqcount_acquire(l, s, t, i)		lock_acquire_exclusive(l, s, t, NULL, i)
#define seqcount_acquire_read(l, s, t, i)	lock_acquire_shared_recursive(l, s, t, NULL, i)
#define seqcount_release(l, i)			lock_release(l, i)

#define mutex_acquire(l, s, t, i)		lock_acquire_exclusive(l, s, t, NULL, i)
#define mutex_acquire_nest(l, s, t, n, i)	lock_acquire_exclusive(l, s, t, n, i)
#define mutex_release(l, i)			lock_release(l, i)

#define rwsem_acquire(l, s, t, i)		lock_acquire_exclusive(l, s, t, NULL, i)
#define rwsem_acquire_nest(l, s, t, n, i)	lock_acquire_exclusive(l, s, t, n, i)
#define rwsem_acquire_read(l, s, t, i)		lock_acquire_shared(l, s, t, NULL, i)
#define rwsem_release(l, i)			lock_release(l, i)

#define lock_map_acquire(l)			lock_acquire_exclusive(l, 0, 0, NULL, _THIS_IP_)
#define lock_map_acquire_try(l)			lock_acquire_exclusive(l, 0, 1, NULL, _THIS_IP_)
#define lock_map_acquire_read(l) \
	lock_acquire_shared_recursive(l, 0, 0, NULL, _THIS_IP_)
#define lock_map_acquire_tryread(l) \
	lock_acquire_shared_recursive(l, 0, 1, NULL, _THIS_IP_)
#define lock_map_release(l)			lock_release(l, _THIS_IP_)
#define lock_map_sync(l)			lock_sync(l, 0, 0, 1, NULL, _THIS_IP_)

#endif /* _LINUX_LOCKDEP_H */
