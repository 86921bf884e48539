// SPDX-License-Identifier: MIT
/*
 * Spin locks and rwlocks: the middle layer.
 *
 * Each function does, in this order: what keeps others of this CPU away (preemption, bottom halves
 * or interrupts off), a word to lockdep, the lock itself. Unlocking is the same backwards. The
 * order matters: an interrupt between taking the lock and disabling interrupts could spin on it for
 * ever.
 *
 * Lockdep hears of the lock before it is taken, so that a deadlock is reported rather than met.
 */

#include <linux/spinlock.h>

#include <linux/export.h>
#include <linux/irqflags.h>
#include <linux/lockdep.h>
#include <linux/preempt.h>

/*
 * The four ways to keep this CPU's others away, as pairs of statements:
 * plain preemption, bottom halves, interrupts, interrupts saved.
 */

#define DEFINE_LOCK_OPS(op, type, do_lock, acquire)					\
void _raw_##op(type *lock)								\
{											\
	preempt_disable();								\
	acquire(&lock->dep_map, 0, 0, _RET_IP_);					\
	do_lock(lock);									\
}											\
EXPORT_SYMBOL(_raw_##op);								\
											\
void _raw_##op##_bh(type *lock)								\
{											\
	__local_bh_disable_ip(_RET_IP_, SOFTIRQ_LOCK_OFFSET);				\
	acquire(&lock->dep_map, 0, 0, _RET_IP_);					\
	do_lock(lock);									\
}											\
EXPORT_SYMBOL(_raw_##op##_bh);								\
											\
void _raw_##op##_irq(type *lock)							\
{											\
	local_irq_disable();								\
	preempt_disable();								\
	acquire(&lock->dep_map, 0, 0, _RET_IP_);					\
	do_lock(lock);									\
}											\
EXPORT_SYMBOL(_raw_##op##_irq);								\
											\
unsigned long _raw_##op##_irqsave(type *lock)						\
{											\
	unsigned long flags;								\
											\
	local_irq_save(flags);								\
	preempt_disable();								\
	acquire(&lock->dep_map, 0, 0, _RET_IP_);					\
	do_lock(lock);									\
	return flags;									\
}											\
EXPORT_SYMBOL(_raw_##op##_irqsave)

#define DEFINE_UNLOCK_OPS(op, type, do_unlock, release)					\
void _raw_##op(type *lock)								\
{											\
	release(&lock->dep_map, _RET_IP_);						\
	do_unlock(lock);								\
	preempt_enable();								\
}											\
EXPORT_SYMBOL(_raw_##op);								\
											\
void _raw_##op##_bh(type *lock)								\
{											\
	release(&lock->dep_map, _RET_IP_);						\
	do_unlock(lock);								\
	__local_bh_enable_ip(_RET_IP_, SOFTIRQ_LOCK_OFFSET);				\
}											\
EXPORT_SYMBOL(_raw_##op##_bh);								\
											\
void _raw_##op##_irq(type *lock)							\
{											\
	release(&lock->dep_map, _RET_IP_);						\
	do_unlock(lock);								\
	local_irq_enable();								\
	preempt_enable();								\
}											\
EXPORT_SYMBOL(_raw_##op##_irq);								\
											\
void _raw_##op##_irqrestore(type *lock, unsigned long flags)				\
{											\
	release(&lock->dep_map, _RET_IP_);						\
	do_unlock(lock);								\
	local_irq_restore(flags);							\
	preempt_enable();								\
}											\
EXPORT_SYMBOL(_raw_##op##_irqrestore)

/* A try tells lockdep only of success: it cannot deadlock. */
#define DEFINE_TRYLOCK_OP(op, type, do_trylock, acquire)				\
int _raw_##op(type *lock)								\
{											\
	preempt_disable();								\
	if (do_trylock(lock)) {								\
		acquire(&lock->dep_map, 0, 1, _RET_IP_);				\
		return 1;								\
	}										\
	preempt_enable();								\
	return 0;									\
}											\
EXPORT_SYMBOL(_raw_##op)

DEFINE_LOCK_OPS(spin_lock, raw_spinlock_t, do_raw_spin_lock, spin_acquire);
DEFINE_LOCK_OPS(read_lock, rwlock_t, do_raw_read_lock, rwlock_acquire_read);
DEFINE_LOCK_OPS(write_lock, rwlock_t, do_raw_write_lock, rwlock_acquire);

DEFINE_UNLOCK_OPS(spin_unlock, raw_spinlock_t, do_raw_spin_unlock, spin_release);
DEFINE_UNLOCK_OPS(read_unlock, rwlock_t, do_raw_read_unlock, rwlock_release);
DEFINE_UNLOCK_OPS(write_unlock, rwlock_t, do_raw_write_unlock, rwlock_release);

DEFINE_TRYLOCK_OP(spin_trylock, raw_spinlock_t, do_raw_spin_trylock, spin_acquire);
DEFINE_TRYLOCK_OP(read_trylock, rwlock_t, do_raw_read_trylock, rwlock_acquire_read);
DEFINE_TRYLOCK_OP(write_trylock, rwlock_t, do_raw_write_trylock, rwlock_acquire);

/**
 * _raw_spin_trylock_bh() - spin_trylock_bh()
 * @lock: the lock
 *
 * Return: 1 with the lock and bottom halves off.
 */
int _raw_spin_trylock_bh(raw_spinlock_t *lock)
{
	__local_bh_disable_ip(_RET_IP_, SOFTIRQ_LOCK_OFFSET);
	if (do_raw_spin_trylock(lock)) {
		spin_acquire(&lock->dep_map, 0, 1, _RET_IP_);
		return 1;
	}
	__local_bh_enable_ip(_RET_IP_, SOFTIRQ_LOCK_OFFSET);
	return 0;
}
EXPORT_SYMBOL(_raw_spin_trylock_bh);

#ifdef CONFIG_DEBUG_LOCK_ALLOC

/**
 * _raw_spin_lock_nested() - raw_spin_lock() while a lock of the same class is held
 * @lock: the lock
 * @subclass: lockdep's, 1 to MAX_LOCKDEP_SUBCLASSES - 1 for the inner ones
 *
 * Context: Any in which @lock is taken elsewhere; interrupts stay as they are. Preemption is off
 * when it returns.
 */
void _raw_spin_lock_nested(raw_spinlock_t *lock, int subclass)
{
	preempt_disable();
	spin_acquire(&lock->dep_map, subclass, 0, _RET_IP_);
	do_raw_spin_lock(lock);
}
EXPORT_SYMBOL(_raw_spin_lock_nested);

/**
 * _raw_spin_lock_irqsave_nested() - _raw_spin_lock_nested(), with interrupts off
 * @lock: the lock
 * @subclass: lockdep's
 *
 * Return: the state of interrupts before, for raw_spin_unlock_irqrestore().
 */
unsigned long _raw_spin_lock_irqsave_nested(raw_spinlock_t *lock, int subclass)
{
	unsigned long flags;

	local_irq_save(flags);
	preempt_disable();
	spin_acquire(&lock->dep_map, subclass, 0, _RET_IP_);
	do_raw_spin_lock(lock);
	return flags;
}
EXPORT_SYMBOL(_raw_spin_lock_irqsave_nested);

/**
 * _raw_spin_lock_nest_lock() - raw_spin_lock() for any number of one class, under a lock that
 * excludes other such takers
 * @lock: the lock
 * @nest_lock: the map of that outer lock, which is held
 */
void _raw_spin_lock_nest_lock(raw_spinlock_t *lock, struct lockdep_map *nest_lock)
{
	preempt_disable();
	spin_acquire_nest(&lock->dep_map, 0, 0, nest_lock, _RET_IP_);
	do_raw_spin_lock(lock);
}
EXPORT_SYMBOL(_raw_spin_lock_nest_lock);

/**
 * _raw_write_lock_nested() - write_lock() while a lock of the same class is held
 * @lock: the lock
 * @subclass: lockdep's
 */
void _raw_write_lock_nested(rwlock_t *lock, int subclass)
{
	preempt_disable();
	rwlock_acquire(&lock->dep_map, subclass, 0, _RET_IP_);
	do_raw_write_lock(lock);
}
EXPORT_SYMBOL(_raw_write_lock_nested);

#endif /* CONFIG_DEBUG_LOCK_ALLOC */

/**
 * in_lock_functions() - is this code of the locks themselves?
 * @addr: an address in the kernel's text
 *
 * A profile charges such code to its caller.
 */
int in_lock_functions(unsigned long addr)
{
	return addr >= (unsigned long)_raw_spin_lock &&
	       addr < (unsigned long)in_lock_functions;
}
EXPORT_SYMBOL(in_lock_functions);
