/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_RWLOCK_H
#define _LINUX_RWLOCK_H

/*
 * Spinning read-write locks. The rules of spin locks hold; besides, a reader may recurse only
 * in an interrupt (elsewhere a writer waiting between its two read_lock()s would stop it). Worth
 * having only where readers stay long; else a spin lock or RCU is cheaper.
 */

#ifndef _LINUX_SPINLOCK_H
#error "include <linux/spinlock.h>"
#endif

void _raw_read_lock(rwlock_t *lock) __acquires(lock);
void _raw_write_lock(rwlock_t *lock) __acquires(lock);
void _raw_write_lock_nested(rwlock_t *lock, int subclass) __acquires(lock);
void _raw_read_lock_bh(rwlock_t *lock) __acquires(lock);
void _raw_write_lock_bh(rwlock_t *lock) __acquires(lock);
void _raw_read_lock_irq(rwlock_t *lock) __acquires(lock);
void _raw_write_lock_irq(rwlock_t *lock) __acquires(lock);
unsigned long _raw_read_lock_irqsave(rwlock_t *lock) __acquires(lock);
unsigned long _raw_write_lock_irqsave(rwlock_t *lock) __acquires(lock);
int _raw_read_trylock(rwlock_t *lock);
int _raw_write_trylock(rwlock_t *lock);
void _raw_read_unlock(rwlock_t *lock) __releases(lock);
void _raw_write_unlock(rwlock_t *lock) __releases(lock);
void _raw_read_unlock_bh(rwlock_t *lock) __releases(lock);
void _raw_write_unlock_bh(rwlock_t *lock) __releases(lock);
void _raw_read_unlock_irq(rwlock_t *lock) __releases(lock);
void _raw_write_unlock_irq(rwlock_t *lock) __releases(lock);
void _raw_read_unlock_irqrestore(rwlock_t *lock, unsigned long flags) __releases(lock);
void _raw_write_unlock_irqrestore(rwlock_t *lock, unsigned long flags) __releases(lock);

#ifdef CONFIG_DEBUG_SPINLOCK
void __rwlock_init(rwlock_t *lock, const char *name, struct lock_class_key *key);
void do_raw_read_lock(rwlock_t *lock) __acquires(lock);
int do_raw_read_trylock(rwlock_t *lock);
void do_raw_read_unlock(rwlock_t *lock) __releases(lock);
void do_raw_write_lock(rwlock_t *lock) __acquires(lock);
int do_raw_write_trylock(rwlock_t *lock);
void do_raw_write_unlock(rwlock_t *lock) __releases(lock);

/** rwlock_init - make a lock, free; each place that does has a lock class of its own */
#define rwlock_init(lock)				\
do {							\
	static struct lock_class_key __key;		\
							\
	__rwlock_init((lock), #lock, &__key);		\
} while (0)
#else
#define rwlock_init(lock)		do { *(lock) = __RW_LOCK_UNLOCKED(lock); } while (0)
#define do_raw_read_lock(rwlock)	arch_read_lock(&(rwlock)->raw_lock)
#define do_raw_read_trylock(rwlock)	arch_read_trylock(&(rwlock)->raw_lock)
#define do_raw_read_unlock(rwlock)	arch_read_unlock(&(rwlock)->raw_lock)
#define do_raw_write_lock(rwlock)	arch_write_lock(&(rwlock)->raw_lock)
#define do_raw_write_trylock(rwlock)	arch_write_trylock(&(rwlock)->raw_lock)
#define do_raw_write_unlock(rwlock)	arch_write_unlock(&(rwlock)->raw_lock)
#endif

/** rwlock_is_contended - does anybody wait for it? A hint */
#define rwlock_is_contended(lock)	arch_rwlock_is_contended(&(lock)->raw_lock)

/** read_trylock - enter as a reader if no writer is there; 1: inside */
#define read_trylock(lock)		__cond_lock(lock, _raw_read_trylock(lock))
/** write_trylock - enter as the writer if nobody is there; 1: inside */
#define write_trylock(lock)		__cond_lock(lock, _raw_write_trylock(lock))
/** write_trylock_irqsave - write_trylock(), with interrupts off if we are inside */
#define write_trylock_irqsave(lock, flags)			\
({								\
	local_irq_save(flags);					\
	write_trylock(lock) ? 1 :				\
		({ local_irq_restore(flags); 0; });		\
})

/** read_lock - spin until we are inside as a reader; preemption is off from here on */
#define read_lock(lock)			_raw_read_lock(lock)
/** read_lock_bh - read_lock(), with bottom halves off */
#define read_lock_bh(lock)		_raw_read_lock_bh(lock)
/** read_lock_irq - read_lock(), with interrupts off; they were on */
#define read_lock_irq(lock)		_raw_read_lock_irq(lock)
/** read_lock_irqsave - read_lock(), with interrupts off; @flags: what they were */
#define read_lock_irqsave(lock, flags)				\
	do {							\
		typecheck(unsigned long, flags);		\
		flags = _raw_read_lock_irqsave(lock);		\
	} while (0)
/** read_unlock - end of read_lock() */
#define read_unlock(lock)		_raw_read_unlock(lock)
/** read_unlock_bh - end of read_lock_bh() */
#define read_unlock_bh(lock)		_raw_read_unlock_bh(lock)
/** read_unlock_irq - end of read_lock_irq(): interrupts are on afterwards */
#define read_unlock_irq(lock)		_raw_read_unlock_irq(lock)
/** read_unlock_irqrestore - end of read_lock_irqsave() */
#define read_unlock_irqrestore(lock, flags)			\
	do {							\
		typecheck(unsigned long, flags);		\
		_raw_read_unlock_irqrestore(lock, flags);	\
	} while (0)

/** write_lock - spin until we are inside as the writer; preemption is off from here on */
#define write_lock(lock)		_raw_write_lock(lock)
/** write_lock_bh - write_lock(), with bottom halves off */
#define write_lock_bh(lock)		_raw_write_lock_bh(lock)
/** write_lock_irq - write_lock(), with interrupts off; they were on */
#define write_lock_irq(lock)		_raw_write_lock_irq(lock)
/** write_lock_irqsave - write_lock(), with interrupts off; @flags: what they were */
#define write_lock_irqsave(lock, flags)				\
	do {							\
		typecheck(unsigned long, flags);		\
		flags = _raw_write_lock_irqsave(lock);		\
	} while (0)
#ifdef CONFIG_DEBUG_LOCK_ALLOC
#define write_lock_nested(lock, subclass)	_raw_write_lock_nested(lock, subclass)
#else
#define write_lock_nested(lock, subclass)	_raw_write_lock(lock)
#endif

/** write_unlock - end of write_lock() */
#define write_unlock(lock)		_raw_write_unlock(lock)
/** write_unlock_bh - end of write_lock_bh() */
#define write_unlock_bh(lock)		_raw_write_unlock_bh(lock)
/** write_unlock_irq - end of write_lock_irq(): interrupts are on afterwards */
#define write_unlock_irq(lock)		_raw_write_unlock_irq(lock)
/** write_unlock_irqrestore - end of write_lock_irqsave() */
#define write_unlock_irqrestore(lock, flags)			\
	do {							\
		typecheck(unsigned long, flags);		\
		_raw_write_unlock_irqrestore(lock, flags);	\
	} while (0)

#endif /* _LINUX_RWLOCK_H */
