// SPDX-License-Identifier: MIT
/*
 * CONFIG_DEBUG_SPINLOCK: locks that know their owner and find bad use.
 *
 *	bad magic		not initialised, overwritten, or freed
 *	recursion		the task that spins is the owner
 *	cpu recursion		the owner is on this CPU and has been interrupted
 *	already unlocked, wrong owner, wrong CPU	at unlock
 *
 * A lock found held for very long is the watchdog's business (kernel/watchdog.c): a lock cannot
 * tell long from for ever.
 */

#include <linux/spinlock.h>

#include <linux/debug_locks.h>
#include <linux/export.h>
#include <linux/nmi.h>
#include <linux/printk.h>
#include <linux/report.h>
#include <linux/sched.h>
#include <linux/smp.h>

/**
 * __raw_spin_lock_init - the function under raw_spin_lock_init() and spin_lock_init()
 * @lock: the lock
 * @name: for lockdep, kept by pointer
 * @key: its class
 * @inner: LD_WAIT_*, what may be taken inside: LD_WAIT_SPIN for a raw lock
 */
void __raw_spin_lock_init(raw_spinlock_t *lock, const char *name, struct lock_class_key *key,
			  short inner)
{
#ifdef CONFIG_DEBUG_LOCK_ALLOC
	debug_check_no_locks_freed((void *)lock, sizeof(*lock));
	lockdep_init_map_wait(&lock->dep_map, name, key, 0, inner);
#endif
	lock->raw_lock = (arch_spinlock_t)__ARCH_SPIN_LOCK_UNLOCKED;
	lock->magic = SPINLOCK_MAGIC;
	lock->owner = SPINLOCK_OWNER_INIT;
	lock->owner_cpu = -1;
}
EXPORT_SYMBOL(__raw_spin_lock_init);

/**
 * __rwlock_init - the function under rwlock_init()
 * @lock: the lock
 * @name: for lockdep, kept by pointer
 * @key: its class
 */
void __rwlock_init(rwlock_t *lock, const char *name, struct lock_class_key *key)
{
#ifdef CONFIG_DEBUG_LOCK_ALLOC
	debug_check_no_locks_freed((void *)lock, sizeof(*lock));
	lockdep_init_map_wait(&lock->dep_map, name, key, 0, LD_WAIT_CONFIG);
#endif
	lock->raw_lock = (arch_rwlock_t)__ARCH_RW_LOCK_UNLOCKED;
	lock->magic = RWLOCK_MAGIC;
	lock->owner = SPINLOCK_OWNER_INIT;
	lock->owner_cpu = -1;
}
EXPORT_SYMBOL(__rwlock_init);

/* One report for both kinds of lock. A planted one leaves the checks on. */
static void lock_bug(const void *lock, unsigned int magic, struct task_struct *owner,
		     int owner_cpu, const char *what)
{
	if (!READ_ONCE(debug_locks))
		return;
	if (report_begin(REPORT_LOCK, what) == REPORT_REAL && !debug_locks_off())
		return;
	if (owner == SPINLOCK_OWNER_INIT)
		owner = NULL;
	printk(KERN_EMERG "BUG: spinlock %s on CPU#%d, %s/%d\n", what, raw_smp_processor_id(),
	       current->comm, task_pid_nr(current));
	printk(KERN_EMERG " lock: %pS, .magic: %08x, .owner: %s/%d, .owner_cpu: %d\n", lock, magic,
	       owner ? owner->comm : "<none>", owner ? task_pid_nr(owner) : -1, owner_cpu);
	dump_stack();
}

#define SPIN_BUG_ON(cond, lock, what) \
	do { \
		if (unlikely(cond)) \
			lock_bug(lock, (lock)->magic, READ_ONCE((lock)->owner), \
				 READ_ONCE((lock)->owner_cpu), what); \
	} while (0)

static void check_before_lock(raw_spinlock_t *lock)
{
	SPIN_BUG_ON(READ_ONCE(lock->magic) != SPINLOCK_MAGIC, lock, "bad magic");
	SPIN_BUG_ON(READ_ONCE(lock->owner) == current, lock, "recursion");
	SPIN_BUG_ON(READ_ONCE(lock->owner_cpu) == raw_smp_processor_id(), lock, "cpu recursion");
}

static void note_owner(raw_spinlock_t *lock)
{
	WRITE_ONCE(lock->owner_cpu, raw_smp_processor_id());
	WRITE_ONCE(lock->owner, current);
}

static void check_before_unlock(raw_spinlock_t *lock)
{
	SPIN_BUG_ON(lock->magic != SPINLOCK_MAGIC, lock, "bad magic");
	SPIN_BUG_ON(!raw_spin_is_locked(lock), lock, "already unlocked");
	SPIN_BUG_ON(lock->owner != current, lock, "wrong owner");
	SPIN_BUG_ON(lock->owner_cpu != raw_smp_processor_id(), lock, "wrong CPU");
	WRITE_ONCE(lock->owner, SPINLOCK_OWNER_INIT);
	WRITE_ONCE(lock->owner_cpu, -1);
}

/** do_raw_spin_lock - the lock itself, with checks before and the owner noted after */
void do_raw_spin_lock(raw_spinlock_t *lock)
{
	check_before_lock(lock);
	arch_spin_lock(&lock->raw_lock);
	note_owner(lock);
}

/** do_raw_spin_trylock - do_raw_spin_lock() without waiting. Return: nonzero with the lock */
int do_raw_spin_trylock(raw_spinlock_t *lock)
{
	int got = arch_spin_trylock(&lock->raw_lock);

	if (got)
		note_owner(lock);
	return got;
}

/** do_raw_spin_unlock - undo do_raw_spin_lock(), by its owner on its CPU */
void do_raw_spin_unlock(raw_spinlock_t *lock)
{
	check_before_unlock(lock);
	arch_spin_unlock(&lock->raw_lock);
}

/**
 * do_raw_read_lock - the lock itself, behind read_lock(): no owner is kept, readers are many
 * @lock: checked for its magic number
 */
void do_raw_read_lock(rwlock_t *lock)
{
	SPIN_BUG_ON(lock->magic != RWLOCK_MAGIC, lock, "bad magic");
	arch_read_lock(&lock->raw_lock);
}

/**
 * do_raw_read_trylock - do_raw_read_lock() without waiting
 * @lock: the lock
 *
 * Return: nonzero with the lock.
 */
int do_raw_read_trylock(rwlock_t *lock)
{
	return arch_read_trylock(&lock->raw_lock);
}

/**
 * do_raw_read_unlock - undo do_raw_read_lock()
 * @lock: checked for its magic number
 */
void do_raw_read_unlock(rwlock_t *lock)
{
	SPIN_BUG_ON(lock->magic != RWLOCK_MAGIC, lock, "bad magic");
	arch_read_unlock(&lock->raw_lock);
}

/**
 * do_raw_write_lock - the lock itself, behind write_lock(); notes the owner
 * @lock: checked for its magic number, and that this task or CPU doesn't have it
 */
void do_raw_write_lock(rwlock_t *lock)
{
	SPIN_BUG_ON(lock->magic != RWLOCK_MAGIC, lock, "bad magic");
	SPIN_BUG_ON(READ_ONCE(lock->owner) == current, lock, "recursion");
	SPIN_BUG_ON(READ_ONCE(lock->owner_cpu) == raw_smp_processor_id(), lock, "cpu recursion");
	arch_write_lock(&lock->raw_lock);
	WRITE_ONCE(lock->owner_cpu, raw_smp_processor_id());
	WRITE_ONCE(lock->owner, current);
}

/**
 * do_raw_write_trylock - do_raw_write_lock() without waiting
 * @lock: the lock
 *
 * Return: nonzero with the lock.
 */
int do_raw_write_trylock(rwlock_t *lock)
{
	int got = arch_write_trylock(&lock->raw_lock);

	if (got) {
		WRITE_ONCE(lock->owner_cpu, raw_smp_processor_id());
		WRITE_ONCE(lock->owner, current);
	}
	return got;
}

/**
 * do_raw_write_unlock - undo do_raw_write_lock()
 * @lock: checked that this task and CPU have it
 */
void do_raw_write_unlock(rwlock_t *lock)
{
	SPIN_BUG_ON(lock->magic != RWLOCK_MAGIC, lock, "bad magic");
	SPIN_BUG_ON(lock->owner != current, lock, "wrong owner");
	SPIN_BUG_ON(lock->owner_cpu != raw_smp_processor_id(), lock, "wrong CPU");
	WRITE_ONCE(lock->owner, SPINLOCK_OWNER_INIT);
	WRITE_ONCE(lock->owner_cpu, -1);
	arch_write_unlock(&lock->raw_lock);
}
