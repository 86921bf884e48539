// SPDX-License-Identifier: MIT
/*
 * The lock checker: finds deadlocks that could happen, from runs in which none did.
 *
 * It doesn't watch locks but classes of locks: all locks initialised at one place in the source are
 * one class (subclasses tell apart those that nest): lockdep_class.c. For classes it keeps
 *
 *	the order	"A was held when B was taken" is an edge A -> B. Edges that could close a
 *			cycle are reported before they are added (lockdep_graph.c)
 *	the context	was it ever taken in an interrupt, was it ever taken with interrupts on?
 *			Both, or a path from one of the first kind to one of the second, is a
 *			deadlock waiting for an interrupt (lockdep_irq.c)
 *	the wait type	what spins must not wait for what sleeps
 *
 * and for each task the stack of locks that it holds, so lockdep_assert_held() can answer.
 *
 * lock_acquire(), called before the lock is taken, does per call:
 *
 *	1  find the class (once per lock and subclass; then it is cached in the lock)
 *	2  push it on the task's stack
 *	3  check wait types and note the context
 *	4  if this sequence of held classes was never seen (a hash of it is kept), check for
 *	   recursion and add edges from the held locks
 *
 * so the graph is searched rarely. Step 4 adds edges from the nearest held lock that was waited
 * for; those below it are connected already. A trylock waits for nothing, so no edge leads to it;
 * but it is held afterwards, so edges lead from it.
 *
 * The first real report ends all checking (debug_locks). Reports that tests plant don't.
 *
 * Its own lock, graph_lock, is an arch_spinlock_t, which nobody checks. lockdep_recursion keeps it
 * out of itself: code below here takes locks only while the per-CPU count is raised, and then the
 * calls from those locks return at once. NMIs are left out.
 */

#include <linux/lockdep.h>

#include <linux/debug_locks.h>
#include <linux/export.h>
#include <linux/init.h>
#include <linux/irqflags.h>
#include <linux/kernel.h>
#include <linux/percpu.h>
#include <linux/preempt.h>
#include <linux/printk.h>
#include <linux/sched.h>
#include <linux/stacktrace.h>

#include <asm/spinlock.h>

#include "lockdep_internals.h"

DEFINE_PER_CPU(unsigned int, lockdep_recursion);
EXPORT_PER_CPU_SYMBOL_GPL(lockdep_recursion);

static arch_spinlock_t graph_spinlock = __ARCH_SPIN_LOCK_UNLOCKED;

/* ---- the checker's own entry and exit ------------------------------------------------ */

/* Is it on, here and now? */
bool lockdep_enabled(void)
{
	return READ_ONCE(debug_locks) && !in_nmi() && !raw_cpu_read(lockdep_recursion) &&
	       !current->lockdep_recursion;
}

/**
 * lockdep_recursion_inc() - this CPU is inside the checker: locks that it takes there aren't
 * checked
 */
void lockdep_recursion_inc(void)
{
	raw_cpu_inc(lockdep_recursion);
}

/** lockdep_recursion_dec() - end lockdep_recursion_inc() */
void lockdep_recursion_dec(void)
{
	raw_cpu_dec(lockdep_recursion);
}

/** graph_lock_always() - graph_lock() for who has to clean up even when checking has ended */
void graph_lock_always(void)
{
	arch_spin_lock(&graph_spinlock);
}

/*
 * Take the graph. False, and not taken, if checking ended meanwhile. Interrupts are off and the
 * recursion count is raised.
 */
bool graph_lock(void)
{
	arch_spin_lock(&graph_spinlock);
	if (READ_ONCE(debug_locks))
		return true;
	arch_spin_unlock(&graph_spinlock);
	return false;
}

/** graph_unlock() - end graph_lock() */
void graph_unlock(void)
{
	arch_spin_unlock(&graph_spinlock);
}

/** save_lock_trace() - where a lock is taken */
void save_lock_trace(struct lock_trace *trace)
{
	/* Leave out this function and the checker's frames nearest to it. */
	trace->nr = stack_trace_save(trace->entries, LOCK_TRACE_ENTRIES, 3);
}

/** lockdep_off() - current's locks go unseen until lockdep_on(); nests */
void lockdep_off(void)
{
	current->lockdep_recursion++;
}
EXPORT_SYMBOL(lockdep_off);

/** lockdep_on() - end one lockdep_off() */
void lockdep_on(void)
{
	current->lockdep_recursion--;
}
EXPORT_SYMBOL(lockdep_on);

/**
 * lockdep_init_task() - a new task holds nothing
 * @task: the task
 */
void lockdep_init_task(struct task_struct *task)
{
	task->lockdep_depth = 0;
	task->curr_chain_key = 0;
	task->lockdep_recursion = 0;
}

/* ---- what a task holds ------------------------------------------------------------------ */

/* One step of the hash over what is held. */
static u64 chain_step(u64 key, const struct held_lock *hlock)
{
	u64 id = (u64)hlock->class_idx << 2 | hlock->read;

	return (key ^ (id + 1)) * 0x9e3779b97f4a7c15ULL + (key >> 29);
}

/*
 * Locks taken in an interrupt don't follow from those of what it interrupted: the hash begins anew
 * where the context changes.
 */
static u64 chain_key_of(const struct task_struct *curr, const struct held_lock *hlock)
{
	u64 key = curr->curr_chain_key;

	if (hlock > curr->held_locks && hlock[-1].irq_context != hlock->irq_context)
		key = 0;
	return chain_step(key, hlock);
}

static unsigned int task_irq_context(const struct task_struct *curr)
{
	return (lockdep_hardirq_context() ? 2 : 0) + (curr->softirq_context ? 1 : 0);
}

static bool match_held(const struct held_lock *hlock, const struct lockdep_map *lock)
{
	const struct lock_class *class;

	if (hlock->instance == lock)
		return true;
	/* One entry stands for several instances under a nest_lock. */
	if (!hlock->references)
		return false;
	class = lock->class_cache[0];
	if (!class && lock->key)
		class = find_class(subclass_key(lock->key, 0));
	return class && hlock->class_idx == class_index(class);
}

static struct held_lock *find_held(struct task_struct *curr, const struct lockdep_map *lock)
{
	int i;

	for (i = curr->lockdep_depth - 1; i >= 0; i--) {
		if (match_held(&curr->held_locks[i], lock))
			return &curr->held_locks[i];
	}
	return NULL;
}

/* ---- the checks of step 4 ------------------------------------------------------------------ */

/*
 * Is the same class held already? Fine for readers that may recurse, and under a nest_lock.
 * Return: 0 no, 1 a deadlock (reported), 2 allowed: no edge from itself.
 */
static int check_recursion(struct task_struct *curr, struct held_lock *next)
{
	struct held_lock *nest = NULL;
	int i;

	for (i = 0; i < curr->lockdep_depth; i++) {
		struct held_lock *prev = &curr->held_locks[i];

		if (prev->instance == next->nest_lock)
			nest = prev;
		if (prev->class_idx != next->class_idx)
			continue;
		/* A recursive reader waits for writers only, and a reader is inside. */
		if (next->read == 2 && prev->read)
			return 2;
		if (nest)
			return 2;
		report_recursion(curr, prev, next);
		return 1;
	}
	return 0;
}

struct cycle_target {
	u16	class;
	bool	shared;
};

/* Does the search, come to the held lock's class, close a cycle that can deadlock? */
static bool match_cycle(const struct lock_class *class, bool weak, const void *data)
{
	const struct cycle_target *target = data;

	/* Arriving as recursive readers only: no wait for a lock that is held shared. */
	return class_index(class) == target->class && !(weak && target->shared);
}

/*
 * Add the edge prev -> next if it makes no deadlock possible. The graph lock is held, and dropped
 * if something is reported. False if so.
 */
static bool check_prev_add(struct task_struct *curr, struct held_lock *prev,
			   struct held_lock *next)
{
	struct cycle_target target = { prev->class_idx, prev->read != 0 };
	struct lock_path path;
	u16 found;

	if (graph_has_edge(prev, next))
		return true;
	if (graph_search(next->class_idx, next->read == 2, true, match_cycle, &target, &found,
			 &path)) {
		graph_unlock();
		report_cycle(curr, prev, next, &path);
		return false;
	}
	if (!check_irq_dependency(curr, prev, next))
		return false;
	if (!graph_add_edge(prev, next)) {
		graph_unlock();
		report_plain("out of edges", "BUG: MAX_LOCKDEP_ENTRIES too low!", curr);
		return false;
	}
	return true;
}

/* Edges from the held locks to @next. Same rules as check_prev_add(). */
static bool check_prevs_add(struct task_struct *curr, struct held_lock *next)
{
	struct held_lock *prev;

	for (prev = next - 1; prev >= curr->held_locks; prev--) {
		if (prev->irq_context != next->irq_context)
			break;
		if (prev->check && prev->class_idx != next->class_idx) {
			if (!check_prev_add(curr, prev, next))
				return false;
		}
		/* Those below are connected with prev already, if prev waited for its lock. */
		if (!prev->trylock)
			break;
	}
	return true;
}

/* A sequence of classes that was never seen. False if something was reported. */
static bool validate_chain(struct task_struct *curr, struct held_lock *next, u64 chain_key)
{
	if (!next->check || next->trylock || chain_known(chain_key))
		return true;
	if (check_recursion(curr, next) == 1)
		return false;
	if (!graph_lock())
		return false;
	if (!check_prevs_add(curr, next))
		return false;
	chain_remember(chain_key);
	graph_unlock();
	return true;
}

/* What may be waited for, given what is held and where we are? */
static int held_wait_type(struct task_struct *curr, const struct held_lock *next)
{
	int inner = LD_WAIT_MAX;
	int i;

	if (lockdep_hardirq_context() || curr->softirq_context)
		inner = LD_WAIT_SPIN;
	for (i = curr->lockdep_depth - 1; i >= 0; i--) {
		const struct held_lock *prev = &curr->held_locks[i];
		int type = hlock_class(prev)->wait_type_inner;

		if (prev->irq_context != next->irq_context)
			break;
		if (!type)
			continue;
		/* An override says what may be waited for below it, whatever is held above. */
		if (hlock_class(prev)->lock_type == LD_LOCK_WAIT_OVERRIDE)
			return type;
		inner = min(inner, type);
	}
	return inner;
}

static bool check_wait_context(struct task_struct *curr, struct held_lock *next)
{
	int own = hlock_class(next)->wait_type_inner;
	int outer = hlock_class(next)->wait_type_outer;
	int inner;

	if (!own || next->trylock)
		return true;
	if (!outer)
		outer = own;
	inner = held_wait_type(curr, next);
	if (outer <= inner)
		return true;
	report_wait_context(curr, next, inner, outer);
	return false;
}

/* ---- acquire and release --------------------------------------------------------------------- */

/* The last one held is the same class under the same nest_lock: count instead of pushing. */
static bool merge_reference(struct task_struct *curr, struct lock_class *class,
			    struct lockdep_map *nest_lock)
{
	struct held_lock *last;

	if (!nest_lock || !curr->lockdep_depth)
		return false;
	last = &curr->held_locks[curr->lockdep_depth - 1];
	if (last->class_idx != class_index(class) || !last->nest_lock)
		return false;
	if (!last->references)
		last->references = 1;
	last->references++;
	return true;
}

static void __lock_acquire(struct lockdep_map *lock, unsigned int subclass, int trylock, int read,
			   int check, bool hardirqs_off, struct lockdep_map *nest_lock,
			   unsigned long ip)
{
	struct task_struct *curr = current;
	struct held_lock *hlock;
	struct lock_class *class;
	u64 chain_key;

	if (lock->key == &__lockdep_no_track__)
		return;
	if (lock->key == &__lockdep_no_validate__)
		check = 0;
	class = register_class(lock, subclass);
	if (!class || merge_reference(curr, class, nest_lock))
		return;
	if (curr->lockdep_depth >= MAX_LOCK_DEPTH) {
		report_plain("too deep", "BUG: MAX_LOCK_DEPTH too low!", curr);
		return;
	}

	hlock = &curr->held_locks[curr->lockdep_depth];
	*hlock = (struct held_lock){
		.acquire_ip	= ip,
		.instance	= lock,
		.nest_lock	= nest_lock,
		.class_idx	= class_index(class),
		.irq_context	= task_irq_context(curr),
		.trylock	= trylock,
		.read		= read,
		.check		= check,
		.hardirqs_off	= hardirqs_off,
		.prev_chain_key	= curr->curr_chain_key,
	};
	chain_key = chain_key_of(curr, hlock);
	/* After a planted report it is held all the same, but not looked at any more. */
	if (!check_wait_context(curr, hlock) || (check && !mark_usage(curr, hlock)) ||
	    !validate_chain(curr, hlock, chain_key))
		hlock->check = 0;

	curr->curr_chain_key = chain_key;
	curr->lockdep_depth++;
}

/**
 * lock_acquire() - a lock is about to be taken
 * @lock: its map
 * @subclass: tells nested locks of one class apart
 * @trylock: it doesn't wait (and has been taken)
 * @read: 0 exclusive, 1 shared, 2 shared and recursive
 * @check: check it, or only note that it is held
 * @nest_lock: a held lock under which any number of this class may be taken, or NULL
 * @ip: the caller's
 *
 * Context: Any. Nothing happens in an NMI.
 */
void lock_acquire(struct lockdep_map *lock, unsigned int subclass, int trylock, int read, int check,
		  struct lockdep_map *nest_lock, unsigned long ip)
{
	unsigned long flags;

	if (!lockdep_enabled())
		return;
	raw_local_irq_save(flags);
	lockdep_recursion_inc();
	__lock_acquire(lock, subclass, trylock, read, check, raw_irqs_disabled_flags(flags),
		       nest_lock, ip);
	lockdep_recursion_dec();
	raw_local_irq_restore(flags);
}
EXPORT_SYMBOL_GPL(lock_acquire);

/* Take @hlock out of the stack; what was above it comes down. */
static void drop_held(struct task_struct *curr, struct held_lock *hlock)
{
	int depth = --curr->lockdep_depth;
	u64 key = hlock->prev_chain_key;

	for (; hlock < &curr->held_locks[depth]; hlock++) {
		*hlock = hlock[1];
		hlock->prev_chain_key = key;
		curr->curr_chain_key = key;
		key = chain_key_of(curr, hlock);
	}
	curr->curr_chain_key = key;
}

static void __lock_release(struct lockdep_map *lock, unsigned long ip)
{
	struct task_struct *curr = current;
	struct held_lock *hlock;

	if (lock->key == &__lockdep_no_track__)
		return;
	hlock = find_held(curr, lock);
	if (!hlock) {
		report_bad_unlock(curr, lock, ip);
		return;
	}
	if (hlock->pin_count)
		report_plain("pinned", "BUG: a pinned lock is released", curr);
	if (hlock->references && --hlock->references)
		return;
	drop_held(curr, hlock);
}

/**
 * lock_release() - a lock is about to be given back
 * @lock: its map
 * @ip: the caller's
 */
void lock_release(struct lockdep_map *lock, unsigned long ip)
{
	unsigned long flags;

	if (!lockdep_enabled())
		return;
	raw_local_irq_save(flags);
	lockdep_recursion_inc();
	__lock_release(lock, ip);
	lockdep_recursion_dec();
	raw_local_irq_restore(flags);
}
EXPORT_SYMBOL_GPL(lock_release);

/**
 * lock_sync() - check as if the lock were taken and given back, without anybody holding it
 * @lock: its map
 * @subclass: 0 to MAX_LOCKDEP_SUBCLASSES - 1
 * @read: 0 as a writer, 1 as a reader, 2 as one that may recurse
 * @check: 0: only note it
 * @nest_lock: map of a lock under which any number of this class may be taken, or NULL
 * @ip: of the caller
 *
 * For waits that a lock's holder could cause: flush_work() and the like. There is no moment at
 * which an interrupt could come and find it held: so it counts as taken with interrupts off.
 */
void lock_sync(struct lockdep_map *lock, unsigned int subclass, int read, int check,
	       struct lockdep_map *nest_lock, unsigned long ip)
{
	unsigned long flags;

	if (!lockdep_enabled())
		return;
	raw_local_irq_save(flags);
	lockdep_recursion_inc();
	__lock_acquire(lock, subclass, 0, read, check, true, nest_lock, ip);
	__lock_release(lock, ip);
	lockdep_recursion_dec();
	raw_local_irq_restore(flags);
}
EXPORT_SYMBOL_GPL(lock_sync);

/**
 * lock_set_class() - a held lock changes its class
 * @lock: its map
 * @name: new name
 * @key: new class
 * @subclass: new subclass
 * @ip: the caller's
 */
void lock_set_class(struct lockdep_map *lock, const char *name, struct lock_class_key *key,
		    unsigned int subclass, unsigned long ip)
{
	struct task_struct *curr = current;
	struct held_lock *hlock;
	unsigned long flags;

	if (!lockdep_enabled())
		return;
	raw_local_irq_save(flags);
	lockdep_recursion_inc();
	hlock = find_held(curr, lock);
	if (hlock) {
		struct held_lock old = *hlock;

		drop_held(curr, hlock);
		lockdep_init_map_type(lock, name, key, 0, lock->wait_type_inner,
				      lock->wait_type_outer, lock->lock_type);
		__lock_acquire(lock, subclass, old.trylock, old.read, old.check, old.hardirqs_off,
			       old.nest_lock, ip);
	}
	lockdep_recursion_dec();
	raw_local_irq_restore(flags);
}
EXPORT_SYMBOL_GPL(lock_set_class);

/**
 * lock_downgrade() - a lock held exclusively is held shared from now on
 * @lock: its map
 * @ip: the caller's
 */
void lock_downgrade(struct lockdep_map *lock, unsigned long ip)
{
	struct held_lock *hlock;
	unsigned long flags;

	if (!lockdep_enabled())
		return;
	raw_local_irq_save(flags);
	hlock = find_held(current, lock);
	if (hlock) {
		hlock->read = 1;
		hlock->acquire_ip = ip;
	}
	raw_local_irq_restore(flags);
}
EXPORT_SYMBOL_GPL(lock_downgrade);

/**
 * lock_is_held_type() - does this task hold the lock?
 * @lock: its map
 * @read: 0 exclusively, 1 shared, -1 in any way
 *
 * Return: LOCK_STATE_HELD, LOCK_STATE_NOT_HELD, or LOCK_STATE_UNKNOWN if the checker is off here.
 */
noinstr int lock_is_held_type(const struct lockdep_map *lock, int read)
{
	struct held_lock *hlock;
	unsigned long flags;
	int ret = LOCK_STATE_UNKNOWN;

	instrumentation_begin();
	if (lockdep_enabled()) {
		raw_local_irq_save(flags);
		hlock = find_held(current, lock);
		ret = hlock && (read == -1 || !!hlock->read == read) ? LOCK_STATE_HELD :
								       LOCK_STATE_NOT_HELD;
		raw_local_irq_restore(flags);
	}
	instrumentation_end();
	return ret;
}
EXPORT_SYMBOL_GPL(lock_is_held_type);

/**
 * lock_pin_lock() - the held lock isn't to be given back before lock_unpin_lock()
 * @lock: its map
 *
 * Return: for lock_unpin_lock().
 */
struct pin_cookie lock_pin_lock(struct lockdep_map *lock)
{
	struct pin_cookie cookie = { };
	struct held_lock *hlock;
	unsigned long flags;

	if (!lockdep_enabled())
		return cookie;
	raw_local_irq_save(flags);
	hlock = find_held(current, lock);
	if (hlock) {
		cookie.val = 1;
		hlock->pin_count++;
	}
	raw_local_irq_restore(flags);
	return cookie;
}
EXPORT_SYMBOL_GPL(lock_pin_lock);

/**
 * lock_repin_lock() - pin a lock again that was unpinned, given back and taken meanwhile
 * @lock: its map
 * @cookie: from the first lock_pin_lock(); if that saw nothing, nothing is done
 */
void lock_repin_lock(struct lockdep_map *lock, struct pin_cookie cookie)
{
	if (cookie.val)
		lock_pin_lock(lock);
}
EXPORT_SYMBOL_GPL(lock_repin_lock);

/**
 * lock_unpin_lock() - the lock may be given back again
 * @lock: its map
 * @cookie: from lock_pin_lock()
 */
void lock_unpin_lock(struct lockdep_map *lock, struct pin_cookie cookie)
{
	struct held_lock *hlock;
	unsigned long flags;

	if (!lockdep_enabled() || !cookie.val)
		return;
	raw_local_irq_save(flags);
	hlock = find_held(current, lock);
	if (hlock && hlock->pin_count)
		hlock->pin_count--;
	raw_local_irq_restore(flags);
}
EXPORT_SYMBOL_GPL(lock_unpin_lock);

/* ---- moments at which nothing, or nothing of some memory, may be held ------------------------ */

/**
 * debug_check_no_locks_freed() - memory is about to be freed: is a held lock in it?
 * @from: the memory
 * @len: its bytes
 */
void debug_check_no_locks_freed(const void *from, unsigned long len)
{
	struct task_struct *curr = current;
	unsigned long flags;
	bool found = false;
	int i;

	if (!lockdep_enabled())
		return;
	raw_local_irq_save(flags);
	for (i = 0; i < curr->lockdep_depth && !found; i++) {
		const void *lock = curr->held_locks[i].instance;

		found = lock >= from && lock < from + len;
	}
	raw_local_irq_restore(flags);
	if (found)
		report_plain("held lock freed", "WARNING: held lock freed!", curr);
}
EXPORT_SYMBOL_GPL(debug_check_no_locks_freed);

/**
 * debug_check_no_locks_held() - this task ends: does it hold anything?
 */
void debug_check_no_locks_held(void)
{
	if (unlikely(lockdep_enabled() && current->lockdep_depth > 0))
		report_plain("locks held at exit", "WARNING: a task exits with locks held",
			     current);
}
EXPORT_SYMBOL_GPL(debug_check_no_locks_held);

/**
 * lockdep_sys_exit() - on the way back to user mode: does the task hold anything?
 */
asmlinkage void lockdep_sys_exit(void)
{
	if (unlikely(lockdep_enabled() && current->lockdep_depth > 0))
		report_plain("lock held on return to user space",
			     "WARNING: lock held when returning to user space!", current);
}

/**
 * lockdep_rcu_suspicious() - RCU-protected data is used without its protection
 * @file: where
 * @line: where
 * @s: what is wrong
 */
void lockdep_rcu_suspicious(const char *file, const int line, const char *s)
{
	char headline[160];

	snprintf(headline, sizeof(headline), "WARNING: suspicious RCU usage\n%s:%d %s!", file, line,
		 s);
	report_plain("suspicious RCU usage", headline, current);
}
EXPORT_SYMBOL_GPL(lockdep_rcu_suspicious);

/**
 * lockdep_reset() - forget everything, for a self-test that has made a mess of the graph
 *
 * Context: no lock held that lockdep knows; takes its graph lock. The checker is on again
 * afterwards.
 */
void lockdep_reset(void)
{
	unsigned long flags;

	raw_local_irq_save(flags);
	lockdep_recursion_inc();
	arch_spin_lock(&graph_spinlock);
	chain_forget_all();
	arch_spin_unlock(&graph_spinlock);
	lockdep_recursion_dec();
	raw_local_irq_restore(flags);
	debug_locks = 1;
}

/**
 * lockdep_init() - say how large the checker is
 */
void __init lockdep_init(void)
{
	pr_info("Lock dependency checker: %lu classes, %d dependencies, %lu locks a task\n",
		MAX_LOCKDEP_KEYS, MAX_LOCK_EDGES, MAX_LOCK_DEPTH);
}
