/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_SPINLOCK_H
#define _LINUX_SPINLOCK_H

/*
 * Spin locks. Rules of use:
 *
 *  - The holder doesn't sleep, and preemption is off while it holds the lock.
 *  - A lock that an interrupt handler takes is taken with _irq or _irqsave everywhere else; one
 *    that a softirq takes, with _bh at least. Else the handler could spin for ever on the lock
 *    of the code that it interrupted.
 *  - No recursion. Two locks of one kind at once need a documented order and _nested.
 *  - _irq forms turn interrupts on when they unlock: only where they are known to be on before.
 *  - What happens under the lock on one CPU is seen by the next holder. Nothing else is promised;
 *    smp_mb__after_spinlock() makes taking the lock a full barrier.
 *
 * raw_spinlock_t for the innermost places (scheduler, interrupt chips, the locks' own insides);
 * spinlock_t elsewhere. Here both spin.
 *
 * Layers: spin_lock() -> raw_spin_lock() -> _raw_spin_lock() (kernel/locking/spinlock.c:
 * preemption, interrupts, lockdep) -> do_raw_spin_lock() (debug checks or nothing) ->
 * arch_spin_lock().
 */

#include <linux/bottom_half.h>
#include <linux/cleanup.h>
#include <linux/compiler.h>
#include <linux/irqflags.h>
#include <linux/linkage.h>
#include <linux/lockdep.h>
#include <linux/preempt.h>
#include <linux/spinlock_types.h>
#include <linux/stringify.h>
#include <linux/thread_info.h>
#include <linux/typecheck.h>

#include <asm/barrier.h>
#include <asm/spinlock.h>

/* Functions of the locks themselves: a profile charges them to the caller. */
#define __lockfunc
int in_lock_functions(unsigned long addr);

void _raw_spin_lock(raw_spinlock_t *lock) __acquires(lock);
void _raw_spin_lock_nested(raw_spinlock_t *lock, int subclass) __acquires(lock);
void _raw_spin_lock_nest_lock(raw_spinlock_t *lock, struct lockdep_map *map) __acquires(lock);
void _raw_spin_lock_bh(raw_spinlock_t *lock) __acquires(lock);
void _raw_spin_lock_irq(raw_spinlock_t *lock) __acquires(lock);
unsigned long _raw_spin_lock_irqsave(raw_spinlock_t *lock) __acquires(lock);
unsigned long _raw_spin_lock_irqsave_nested(raw_spinlock_t *lock, int subclass) __acquires(lock);
int _raw_spin_trylock(raw_spinlock_t *lock);
int _raw_spin_trylock_bh(raw_spinlock_t *lock);
void _raw_spin_unlock(raw_spinlock_t *lock) __releases(lock);
void _raw_spin_unlock_bh(raw_spinlock_t *lock) __releases(lock);
void _raw_spin_unlock_irq(raw_spinlock_t *lock) __releases(lock);
void _raw_spin_unlock_irqrestore(raw_spinlock_t *lock, unsigned long flags) __releases(lock);

#ifdef CONFIG_DEBUG_SPINLOCK
void __raw_spin_lock_init(raw_spinlock_t *lock, const char *name, struct lock_class_key *key,
			  short inner);
void do_raw_spin_lock(raw_spinlock_t *lock) __acquires(lock);
int do_raw_spin_trylock(raw_spinlock_t *lock);
void do_raw_spin_unlock(raw_spinlock_t *lock) __releases(lock);

/** raw_spin_lock_init() - make a lock, free; each place that does has a lock class of its own */
#define raw_spin_lock_init(lock)						\
do {										\
	static struct lock_class_key __key;					\
										\
	__raw_spin_lock_init((lock), #lock, &__key, LD_WAIT_SPIN);		\
} while (0)

/** spin_lock_init() - make a lock, free; each place that does has a lock class of its own */
#define spin_lock_init(lock)							\
do {										\
	static struct lock_class_key __key;					\
										\
	__raw_spin_lock_init(spinlock_check(lock), #lock, &__key, LD_WAIT_CONFIG); \
} while (0)
#else
/** do_raw_spin_lock() - the lock alone: preemption and lockdep are the caller's */
static __always_inline void do_raw_spin_lock(raw_spinlock_t *lock)
{
	__acquire(lock);
	arch_spin_lock(&lock->raw_lock);
}

/** do_raw_spin_trylock() - the attempt alone; 1: taken */
static __always_inline int do_raw_spin_trylock(raw_spinlock_t *lock)
{
	return arch_spin_trylock(&lock->raw_lock);
}

/** do_raw_spin_unlock() - the unlock alone */
static __always_inline void do_raw_spin_unlock(raw_spinlock_t *lock)
{
	arch_spin_unlock(&lock->raw_lock);
	__release(lock);
}

#define raw_spin_lock_init(lock)	do { *(lock) = __RAW_SPIN_LOCK_UNLOCKED(lock); } while (0)
#define spin_lock_init(_lock)							\
do {										\
	spinlock_check(_lock);							\
	*(_lock) = __SPIN_LOCK_UNLOCKED(_lock);					\
} while (0)
#endif

/** raw_spin_is_locked() - does anybody hold it? A hint */
#define raw_spin_is_locked(lock)	arch_spin_is_locked(&(lock)->raw_lock)

/** raw_spin_is_contended() - does anybody wait for it? A hint */
#define raw_spin_is_contended(lock)	arch_spin_is_contended(&(lock)->raw_lock)

/** raw_spin_lock() - spin until the lock is ours; preemption is off from here on */
#define raw_spin_lock(lock)		_raw_spin_lock(lock)
/** raw_spin_lock_irq() - raw_spin_lock(), with interrupts off; they were on */
#define raw_spin_lock_irq(lock)		_raw_spin_lock_irq(lock)
/** raw_spin_lock_bh() - raw_spin_lock(), with bottom halves off */
#define raw_spin_lock_bh(lock)		_raw_spin_lock_bh(lock)
/** raw_spin_lock_irqsave() - raw_spin_lock(), with interrupts off; @flags: what they were */
#define raw_spin_lock_irqsave(lock, flags)			\
	do {							\
		typecheck(unsigned long, flags);		\
		flags = _raw_spin_lock_irqsave(lock);		\
	} while (0)
/** raw_spin_unlock() - end of raw_spin_lock(); a due preemption may happen here */
#define raw_spin_unlock(lock)		_raw_spin_unlock(lock)
/** raw_spin_unlock_irq() - end of raw_spin_lock_irq(): interrupts are on afterwards */
#define raw_spin_unlock_irq(lock)	_raw_spin_unlock_irq(lock)
/** raw_spin_unlock_bh() - end of raw_spin_lock_bh() */
#define raw_spin_unlock_bh(lock)	_raw_spin_unlock_bh(lock)
/** raw_spin_unlock_irqrestore() - end of raw_spin_lock_irqsave(): interrupts as they were */
#define raw_spin_unlock_irqrestore(lock, flags)			\
	do {							\
		typecheck(unsigned long, flags);		\
		_raw_spin_unlock_irqrestore(lock, flags);	\
	} while (0)
/** raw_spin_trylock() - take the lock if it is free; 1: taken */
#define raw_spin_trylock(lock)		__cond_lock(lock, _raw_spin_trylock(lock))
/** raw_spin_trylock_bh() - raw_spin_trylock(), with bottom halves off if it is taken */
#define raw_spin_trylock_bh(lock)	__cond_lock(lock, _raw_spin_trylock_bh(lock))
/** raw_spin_trylock_irq() - raw_spin_trylock(), with interrupts off if it is taken */
#define raw_spin_trylock_irq(lock)				\
({								\
	local_irq_disable();					\
	raw_spin_trylock(lock) ? 1 :				\
		({ local_irq_enable(); 0; });			\
})
/** raw_spin_trylock_irqsave() - raw_spin_trylock_irq(); @flags: what interrupts were */
#define raw_spin_trylock_irqsave(lock, flags)			\
({								\
	local_irq_save(flags);					\
	raw_spin_trylock(lock) ? 1 :				\
		({ local_irq_restore(flags); 0; });		\
})

#ifdef CONFIG_DEBUG_LOCK_ALLOC
#define raw_spin_lock_nested(lock, subclass)	_raw_spin_lock_nested(lock, subclass)
#define raw_spin_lock_nest_lock(lock, nest_lock) \
	_raw_spin_lock_nest_lock(lock, &(nest_lock)->dep_map)
#define raw_spin_lock_irqsave_nested(lock, flags, subclass)		\
	do {								\
		typecheck(unsigned long, flags);			\
		flags = _raw_spin_lock_irqsave_nested(lock, subclass);	\
	} while (0)
#else
#define raw_spin_lock_nested(lock, subclass)	_raw_spin_lock(((void)(subclass), (lock)))
#define raw_spin_lock_nest_lock(lock, nest_lock)	_raw_spin_lock(lock)
#define raw_spin_lock_irqsave_nested(lock, flags, subclass)		\
	raw_spin_lock_irqsave(((void)(subclass), (lock)), flags)
#endif

/** spinlock_check() - the raw lock inside; lets the compiler check the type */
static __always_inline raw_spinlock_t *spinlock_check(spinlock_t *lock)
{
	return &lock->rlock;
}

/** spin_lock() - raw_spin_lock() of a spinlock_t, which is the same here */
static __always_inline void spin_lock(spinlock_t *lock)
{
	raw_spin_lock(&lock->rlock);
}

/** spin_lock_bh() - spin_lock(), with bottom halves off */
static __always_inline void spin_lock_bh(spinlock_t *lock)
{
	raw_spin_lock_bh(&lock->rlock);
}

/** spin_lock_irq() - spin_lock(), with interrupts off; they were on */
static __always_inline void spin_lock_irq(spinlock_t *lock)
{
	raw_spin_lock_irq(&lock->rlock);
}

/**
 * spin_lock_irqsave() - spin_lock(), with interrupts off
 * @lock: the lock
 * @flags: an unsigned long of this function: what interrupts were
 *
 * For a lock that interrupt handlers take too, where it isn't known that interrupts are on.
 */
#define spin_lock_irqsave(lock, flags)	raw_spin_lock_irqsave(spinlock_check(lock), flags)
/** spin_lock_nested() - spin_lock() inside another lock of its class; @sub: lockdep's, 1 to 7 */
#define spin_lock_nested(lock, sub)	raw_spin_lock_nested(spinlock_check(lock), sub)
/** spin_lock_nest_lock() - spin_lock() of any number of one class, under @nest, which is held */
#define spin_lock_nest_lock(lock, nest)	raw_spin_lock_nest_lock(spinlock_check(lock), nest)
/** spin_lock_irqsave_nested() - spin_lock_nested(), with interrupts off */
#define spin_lock_irqsave_nested(lock, flags, sub) \
	raw_spin_lock_irqsave_nested(spinlock_check(lock), flags, sub)
/** spin_lock_bh_nested() - spin_lock_nested(), with bottom halves off */
#define spin_lock_bh_nested(lock, sub)	\
	do { local_bh_disable(); spin_lock_nested(lock, sub); } while (0)

/** spin_trylock() - take the lock if it is free; 1: taken */
static __always_inline int spin_trylock(spinlock_t *lock)
{
	return raw_spin_trylock(&lock->rlock);
}

/** spin_trylock_bh() - spin_trylock(), with bottom halves off if it is taken */
static __always_inline int spin_trylock_bh(spinlock_t *lock)
{
	return raw_spin_trylock_bh(&lock->rlock);
}

/** spin_trylock_irq() - spin_trylock(), with interrupts off if it is taken */
static __always_inline int spin_trylock_irq(spinlock_t *lock)
{
	return raw_spin_trylock_irq(&lock->rlock);
}

/**
 * spin_trylock_irqsave() - spin_trylock(), with interrupts off if it is taken; @flags: what they
 * were
 */
#define spin_trylock_irqsave(lock, flags) \
	raw_spin_trylock_irqsave(spinlock_check(lock), flags)

/** spin_unlock() - end of spin_lock() */
static __always_inline void spin_unlock(spinlock_t *lock)
{
	raw_spin_unlock(&lock->rlock);
}

/** spin_unlock_bh() - end of spin_lock_bh() */
static __always_inline void spin_unlock_bh(spinlock_t *lock)
{
	raw_spin_unlock_bh(&lock->rlock);
}

/** spin_unlock_irq() - end of spin_lock_irq(): interrupts are on afterwards */
static __always_inline void spin_unlock_irq(spinlock_t *lock)
{
	raw_spin_unlock_irq(&lock->rlock);
}

/** spin_unlock_irqrestore() - end of spin_lock_irqsave(): interrupts are as they were */
static __always_inline void spin_unlock_irqrestore(spinlock_t *lock, unsigned long flags)
{
	raw_spin_unlock_irqrestore(&lock->rlock, flags);
}

/** spin_is_locked() - does anybody hold it? A hint */
static __always_inline int spin_is_locked(spinlock_t *lock)
{
	return raw_spin_is_locked(&lock->rlock);
}

/** spin_is_contended() - does anybody wait for it? A hint */
static __always_inline int spin_is_contended(spinlock_t *lock)
{
	return raw_spin_is_contended(&lock->rlock);
}

/** assert_raw_spin_locked() - crash unless somebody holds it */
#define assert_raw_spin_locked(x)	BUG_ON(!raw_spin_is_locked(x))
/** assert_spin_locked() - crash unless somebody holds it */
#define assert_spin_locked(lock)	assert_raw_spin_locked(&(lock)->rlock)

/**
 * spin_needbreak() - should the holder let go for a moment?
 * @lock: the held lock
 *
 * Return: 1 if somebody waits for it, in a preemptible kernel.
 */
static inline int spin_needbreak(spinlock_t *lock)
{
	return spin_is_contended(lock);
}

#include <linux/rwlock.h>

/** rwlock_needbreak() - should a holder make room for others? */
static inline int rwlock_needbreak(rwlock_t *lock)
{
	return rwlock_is_contended(lock);
}

/*
 * Drop a reference and, if it was the last, hold the lock: for objects on a list that the lock
 * guards. Nobody can find the object between the two. Return: 1 with the lock held, or 0.
 */
int _atomic_dec_and_lock(atomic_t *atomic, spinlock_t *lock);
#define atomic_dec_and_lock(atomic, lock) \
	__cond_lock(lock, _atomic_dec_and_lock(atomic, lock))
int _atomic_dec_and_lock_irqsave(atomic_t *atomic, spinlock_t *lock, unsigned long *flags);
#define atomic_dec_and_lock_irqsave(atomic, lock, flags) \
	__cond_lock(lock, _atomic_dec_and_lock_irqsave(atomic, lock, &(flags)))
int _atomic_dec_and_raw_lock(atomic_t *atomic, raw_spinlock_t *lock);
#define atomic_dec_and_raw_lock(atomic, lock) \
	__cond_lock(lock, _atomic_dec_and_raw_lock(atomic, lock))
int _atomic_dec_and_raw_lock_irqsave(atomic_t *atomic, raw_spinlock_t *lock, unsigned long *flags);
#define atomic_dec_and_raw_lock_irqsave(atomic, lock, flags) \
	__cond_lock(lock, _atomic_dec_and_raw_lock_irqsave(atomic, lock, &(flags)))

DEFINE_LOCK_GUARD_1(raw_spinlock, raw_spinlock_t,
		    raw_spin_lock(_T->lock), raw_spin_unlock(_T->lock))
DEFINE_LOCK_GUARD_1_COND(raw_spinlock, _try, raw_spin_trylock(_T->lock))
DEFINE_LOCK_GUARD_1(raw_spinlock_nested, raw_spinlock_t,
		    raw_spin_lock_nested(_T->lock, SINGLE_DEPTH_NESTING),
		    raw_spin_unlock(_T->lock))
DEFINE_LOCK_GUARD_1(raw_spinlock_irq, raw_spinlock_t,
		    raw_spin_lock_irq(_T->lock), raw_spin_unlock_irq(_T->lock))
DEFINE_LOCK_GUARD_1_COND(raw_spinlock_irq, _try, raw_spin_trylock_irq(_T->lock))
DEFINE_LOCK_GUARD_1(raw_spinlock_bh, raw_spinlock_t,
		    raw_spin_lock_bh(_T->lock), raw_spin_unlock_bh(_T->lock))
DEFINE_LOCK_GUARD_1(raw_spinlock_irqsave, raw_spinlock_t,
		    raw_spin_lock_irqsave(_T->lock, _T->flags),
		    raw_spin_unlock_irqrestore(_T->lock, _T->flags),
		    unsigned long flags)
DEFINE_LOCK_GUARD_1_COND(raw_spinlock_irqsave, _try,
			 raw_spin_trylock_irqsave(_T->lock, _T->flags))
DEFINE_LOCK_GUARD_1(spinlock, spinlock_t, spin_lock(_T->lock), spin_unlock(_T->lock))
DEFINE_LOCK_GUARD_1_COND(spinlock, _try, spin_trylock(_T->lock))
DEFINE_LOCK_GUARD_1(spinlock_irq, spinlock_t,
		    spin_lock_irq(_T->lock), spin_unlock_irq(_T->lock))
DEFINE_LOCK_GUARD_1_COND(spinlock_irq, _try, spin_trylock_irq(_T->lock))
DEFINE_LOCK_GUARD_1(spinlock_bh, spinlock_t,
		    spin_lock_bh(_T->lock), spin_unlock_bh(_T->lock))
DEFINE_LOCK_GUARD_1(spinlock_irqsave, spinlock_t,
		    spin_lock_irqsave(_T->lock, _T->flags),
		    spin_unlock_irqrestore(_T->lock, _T->flags),
		    unsigned long flags)
DEFINE_LOCK_GUARD_1_COND(spinlock_irqsave, _try, spin_trylock_irqsave(_T->lock, _T->flags))
DEFINE_LOCK_GUARD_1(read_lock, rwlock_t, read_lock(_T->lock), read_unlock(_T->lock))
DEFINE_LOCK_GUARD_1(read_lock_irq, rwlock_t, read_lock_irq(_T->lock), read_unlock_irq(_T->lock))
DEFINE_LOCK_GUARD_1(read_lock_irqsave, rwlock_t,
		    read_lock_irqsave(_T->lock, _T->flags),
		    read_unlock_irqrestore(_T->lock, _T->flags),
		    unsigned long flags)
DEFINE_LOCK_GUARD_1(write_lock, rwlock_t, write_lock(_T->lock), write_unlock(_T->lock))
DEFINE_LOCK_GUARD_1(write_lock_irq, rwlock_t,
		    write_lock_irq(_T->lock), write_unlock_irq(_T->lock))
DEFINE_LOCK_GUARD_1(write_lock_irqsave, rwlock_t,
		    write_lock_irqsave(_T->lock, _T->flags),
		    write_unlock_irqrestore(_T->lock, _T->flags),
		    unsigned long flags)

#endif /* _LINUX_SPINLOCK_H */
