// SPDX-License-Identifier: MIT
/*
 * The queued spin lock: how to wait for it.
 *
 * A lock is four bytes (asm-generic/qspinlock_types.h): locked, pending, and the tail of a queue.
 * Written as (tail, pending, locked), it moves like this:
 *
 *	(0,0,0) -> (0,0,1)		free: taken by the fast path
 *	(0,0,1) -> (0,1,1)		held: the first waiter sets pending ...
 *	(0,1,0) -> (0,0,1)		... and takes the lock when the holder leaves
 *	(0,1,1) -> (n,1,1)		more waiters queue up in MCS nodes, one per CPU and context
 *	(n,0,0) -> (n,0,1)		the head of the queue takes the lock when both are clear
 *	(n,0,0) -> (0,0,1)		... and the queue ends if the head was its last
 *
 * The pending bit saves the second CPU the trip to its node: with two contenders, the common case,
 * no queue forms. From the third on each spins on its own node, in order of arrival; fair, and an
 * unlock touches one waiter's cache line.
 *
 * A CPU needs at most four nodes, for it can be waiting once in each of task, softirq, hardirq and
 * NMI context. The tail names (CPU + 1, node index).
 *
 * Ordering: taking the lock is an acquire on the word that the holder's release wrote. Queueing
 * publishes the node by a release exchange of the tail; the one before links it (WRITE_ONCE of
 * next) and later raises its flag with a release.
 *
 * Virtual CPUs. A host may stop any of our CPUs at any moment. Then order of arrival is the worst
 * order: the lock is free, but its next owner doesn't run, and whoever runs stands behind it. Each
 * hand-over costs a slice of the host's time, milliseconds, and a busy lock never recovers: the
 * more wait, the longer each hand-over takes. So where the machine's set-up finds a hypervisor
 * (virt_spin_lock_enable()), waiters don't queue but take the lock when they see it free. Unfair,
 * and quick. "nopvspin" on the command line keeps the queue. The two ways mix: one that doesn't
 * queue waits until the whole word is zero, which leaves the queue its turn first.
 *
 * model: the transitions above are what tools/models would check.
 */

#include <asm/spinlock.h>

#include <linux/atomic.h>
#include <linux/bug.h>
#include <linux/compiler.h>
#include <linux/cpumask.h>
#include <linux/export.h>
#include <linux/init.h>
#include <linux/percpu.h>
#include <linux/preempt.h>
#include <linux/smp.h>

#include <asm/processor.h>

#include "mcs_spinlock.h"

#define MAX_NODES	4

static DEFINE_PER_CPU_ALIGNED(struct mcs_spinlock, qnodes[MAX_NODES]);

/* How long a newcomer waits for a hand-over from pending to locked before it queues. */
#define PENDING_LOOPS	(1 << 9)

static_assert(CONFIG_NR_CPUS < (1U << 14), "the tail has 14 bits for CPU + 1");

/* Set at boot, before there is a second CPU; tests of the queue change it for a while. */
bool virt_spin_lock_enabled __read_mostly;
static bool virt_spin_lock_refused __initdata;

static int __init nopvspin_setup(char *str)
{
	virt_spin_lock_refused = true;
	return 0;
}
early_param("nopvspin", nopvspin_setup);

/**
 * virt_spin_lock_enable() - our CPUs are a host's threads: waiters for spin locks don't queue
 *
 * Context: Boot, after parse_early_param(), one CPU.
 */
void __init virt_spin_lock_enable(void)
{
	virt_spin_lock_enabled = !virt_spin_lock_refused;
}

/* Whoever sees it free takes it. */
static void take_when_free(struct qspinlock *lock)
{
	int val;

	do {
		while (atomic_read(&lock->val))
			cpu_relax();
		val = 0;
	} while (!atomic_try_cmpxchg_acquire(&lock->val, &val, _Q_LOCKED_VAL));
}

static u32 encode_tail(int cpu, int idx)
{
	return ((u32)(cpu + 1) << _Q_TAIL_CPU_OFFSET) | ((u32)idx << _Q_TAIL_IDX_OFFSET);
}

static struct mcs_spinlock *decode_tail(u32 tail)
{
	int cpu = (tail >> _Q_TAIL_CPU_OFFSET) - 1;
	int idx = (tail & _Q_TAIL_IDX_MASK) >> _Q_TAIL_IDX_OFFSET;

	return per_cpu_ptr(&qnodes[idx], cpu);
}

/* (*,1,0) -> (*,0,1): the pending one takes the lock. Nobody else writes these two bytes now. */
static void clear_pending_set_locked(struct qspinlock *lock)
{
	WRITE_ONCE(lock->locked_pending, _Q_LOCKED_VAL);
}

static void clear_pending(struct qspinlock *lock)
{
	WRITE_ONCE(lock->pending, 0);
}

static void set_locked(struct qspinlock *lock)
{
	WRITE_ONCE(lock->locked, _Q_LOCKED_VAL);
}

/*
 * Put ourselves at the end of the queue; gives the old tail, shifted into place. A release: the
 * node's fields come before it (partner: the address dependency from the tail to the node).
 */
static u32 xchg_tail(struct qspinlock *lock, u32 tail)
{
	u32 old = atomic_read(&lock->val), new;

	do {
		new = (old & _Q_LOCKED_PENDING_MASK) | tail;
	} while (!atomic_try_cmpxchg_relaxed(&lock->val, (int *)&old, new));
	return old & _Q_TAIL_MASK;
}

/*
 * The second contender: try to become the pending one. True if we got the lock that way; false if
 * somebody is pending or queued, and we have to queue.
 */
static bool try_pending(struct qspinlock *lock, u32 val)
{
	/* A hand-over is under way: (0,1,0) -> (0,0,1) takes a moment, worth waiting for. */
	if (val == _Q_PENDING_VAL) {
		int loops = PENDING_LOOPS;

		val = atomic_cond_read_relaxed(&lock->val, VAL != _Q_PENDING_VAL || !loops--);
	}
	if (val & ~_Q_LOCKED_MASK)
		return false;

	val = atomic_fetch_or_acquire(_Q_PENDING_VAL, &lock->val);
	if (unlikely(val & ~_Q_LOCKED_MASK)) {
		/* Too late. If pending was ours alone, take it back before queueing. */
		if (!(val & _Q_PENDING_MASK))
			clear_pending(lock);
		return false;
	}
	/* We are pending. The acquire pairs with the holder's release of the byte. */
	if (val & _Q_LOCKED_MASK)
		smp_cond_load_acquire(&lock->locked, !VAL);
	clear_pending_set_locked(lock);
	return true;
}

/* Wait at the end of the queue until we are its head. */
static void wait_for_head(struct mcs_spinlock *node, u32 old_tail)
{
	struct mcs_spinlock *prev = decode_tail(old_tail);

	WRITE_ONCE(prev->next, node);
	arch_mcs_spin_lock_contended(&node->locked);
}

/* We are the head of the queue: take the lock when it is free, and wake the next in the queue. */
static void take_as_head(struct qspinlock *lock, struct mcs_spinlock *node, u32 tail)
{
	u32 val = atomic_cond_read_acquire(&lock->val, !(VAL & _Q_LOCKED_PENDING_MASK));
	struct mcs_spinlock *next;

	/* The last in the queue ends it, unless somebody has just queued behind us. */
	if ((val & _Q_TAIL_MASK) == tail &&
	    atomic_try_cmpxchg_relaxed(&lock->val, (int *)&val, _Q_LOCKED_VAL))
		return;

	/* Nobody can set pending while there is a tail, so the byte is ours to write. */
	set_locked(lock);
	next = smp_cond_load_relaxed(&node->next, VAL);
	arch_mcs_spin_unlock_contended(&next->locked);
}

static void queue_and_take(struct qspinlock *lock)
{
	struct mcs_spinlock *node = this_cpu_ptr(&qnodes[0]);
	int idx = node->count++;
	u32 tail, old;

	/* Deeper than contexts can nest: spin without a node, unfair but right. */
	if (unlikely(idx >= MAX_NODES)) {
		while (!queued_spin_trylock(lock))
			cpu_relax();
		goto release;
	}
	tail = encode_tail(smp_processor_id(), idx);
	node += idx;

	/* An interrupt here must see the count first, else it would take our node. */
	barrier();
	node->locked = 0;
	node->next = NULL;

	/* It may have become free while we got the node. */
	if (queued_spin_trylock(lock))
		goto release;

	smp_wmb();	/* the node's fields before the tail that publishes it */
	old = xchg_tail(lock, tail);
	if (old)
		wait_for_head(node, old);
	take_as_head(lock, node, tail);
release:
	__this_cpu_dec(qnodes[0].count);
}

/**
 * queued_spin_lock_slowpath() - take a lock that is held or wanted
 * @lock: the lock
 * @val: its word as the fast path saw it, not zero
 *
 * Context: Any; preemption off.
 */
void queued_spin_lock_slowpath(struct qspinlock *lock, u32 val)
{
	if (READ_ONCE(virt_spin_lock_enabled))
		take_when_free(lock);
	else if (!try_pending(lock, val))
		queue_and_take(lock);
}
EXPORT_SYMBOL(queued_spin_lock_slowpath);
