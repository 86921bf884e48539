/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_LOCAL_LOCK_H
#define _LINUX_LOCAL_LOCK_H

/*
 * A name for "preemption off" or "interrupts off" round per-CPU data.
 *
 * The lock is a per-CPU variable beside the data that it guards. Taking it costs what
 * preempt_disable() costs; the gain is that lockdep knows what is guarded, and so does the reader.
 */

#include <linux/cleanup.h>
#include <linux/irqflags.h>
#include <linux/lockdep.h>
#include <linux/percpu-defs.h>
#include <linux/preempt.h>

#include <asm/current.h>

typedef struct {
#ifdef CONFIG_DEBUG_LOCK_ALLOC
	struct lockdep_map dep_map;
	struct task_struct *owner;	/* written by the holder */
#endif
} local_lock_t;

#ifdef CONFIG_DEBUG_LOCK_ALLOC
#define INIT_LOCAL_LOCK(lockname) {			\
	.dep_map = {					\
		.name = #lockname,			\
		.wait_type_inner = LD_WAIT_CONFIG,	\
		.lock_type = LD_LOCK_PERCPU,		\
	},						\
	.owner = NULL,					\
}

/** local_lock_acquire() - for lockdep: current has it now */
static inline void local_lock_acquire(local_lock_t *l)
{
	lock_map_acquire(&l->dep_map);
	DEBUG_LOCKS_WARN_ON(l->owner);
	l->owner = current;
}

/** local_lock_release() - for lockdep: current gives it back */
static inline void local_lock_release(local_lock_t *l)
{
	DEBUG_LOCKS_WARN_ON(l->owner != current);
	l->owner = NULL;
	lock_map_release(&l->dep_map);
}

#define local_lock_init(lock)						\
do {									\
	static struct lock_class_key __key;				\
									\
	(lock)->owner = NULL;						\
	lockdep_init_map_type(&(lock)->dep_map, #lock, &__key, 0,	\
			      LD_WAIT_CONFIG, LD_WAIT_INV, LD_LOCK_PERCPU); \
} while (0)
#else
#define INIT_LOCAL_LOCK(lockname)	{ }
static inline void local_lock_acquire(local_lock_t *l) { (void)l; }
static inline void local_lock_release(local_lock_t *l) { (void)l; }
#define local_lock_init(lock)		do { (void)(lock); } while (0)
#endif

/**
 * local_lock() - enter the section of this CPU
 *
 * Context: task; preemption is off until the unlock.
 */
#define local_lock(lock)				\
do {							\
	preempt_disable();				\
	local_lock_acquire(this_cpu_ptr(lock));		\
} while (0)

/** local_lock_irq() - local_lock() with interrupts off too; they were on */
#define local_lock_irq(lock)				\
do {							\
	local_irq_disable();				\
	local_lock_acquire(this_cpu_ptr(lock));		\
} while (0)

/** local_lock_irqsave() - local_lock() with interrupts off too; @flags gets their state */
#define local_lock_irqsave(lock, flags)			\
do {							\
	local_irq_save(flags);				\
	local_lock_acquire(this_cpu_ptr(lock));		\
} while (0)

#define local_unlock(lock)				\
do {							\
	local_lock_release(this_cpu_ptr(lock));		\
	preempt_enable();				\
} while (0)

#define local_unlock_irq(lock)				\
do {							\
	local_lock_release(this_cpu_ptr(lock));		\
	local_irq_enable();				\
} while (0)

#define local_unlock_irqrestore(lock, flags)		\
do {							\
	local_lock_release(this_cpu_ptr(lock));		\
	local_irq_restore(flags);			\
} while (0)

/* Inside a section with bottom halves off, which is what excludes the others. */
#define local_lock_nested_bh(lock)			\
do {							\
	lockdep_assert_in_softirq();			\
	local_lock_acquire(this_cpu_ptr(lock));		\
} while (0)
#define local_unlock_nested_bh(lock)	local_lock_release(this_cpu_ptr(lock))

DEFINE_GUARD(local_lock, local_lock_t __percpu *, local_lock(_T), local_unlock(_T))
DEFINE_GUARD(local_lock_irq, local_lock_t __percpu *, local_lock_irq(_T), local_unlock_irq(_T))
DEFINE_LOCK_GUARD_1(local_lock_irqsave, local_lock_t __percpu,
		    local_lock_irqsave(_T->lock, _T->flags),
		    local_unlock_irqrestore(_T->lock, _T->flags),
		    unsigned long flags)

#endif /* _LINUX_LOCAL_LOCK_H */
