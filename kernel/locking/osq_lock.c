// SPDX-License-Identifier: MIT
/*
 * The queue of those who spin on a sleeping lock's owner.
 *
 * An MCS queue, doubly linked, because a waiter may give up: it is to be preempted, say, and then
 * has to sleep in the lock's own list instead. Each CPU has one node, since waiters are tasks with
 * preemption off. The head of the queue is the one that may spin on the owner.
 *
 * Leaving (unqueue) takes three steps:
 *
 *	A	undo prev->next, so that prev cannot hand over to us; if prev is handing over at
 *		this moment, we have the lock after all
 *	B	find a stable next: either we are the tail, and the tail goes back to prev, or
 *		wait for the one that queued behind us to link itself
 *	C	link prev and next with each other
 *
 * While two neighbours leave at once, one's B sees that its next has vanished or changed, or waits.
 * xchg(&node->next, NULL) decides who may use the link: only one gets the pointer.
 */

#include <linux/osq_lock.h>

#include <linux/cpumask.h>
#include <linux/percpu.h>
#include <linux/sched.h>
#include <linux/smp.h>

#include <asm/processor.h>

struct optimistic_spin_node {
	struct optimistic_spin_node *next, *prev;
	int locked;	/* 1: head of the queue */
	int cpu;	/* CPU + 1: 0 means none in the tail */
};

static DEFINE_PER_CPU_SHARED_ALIGNED(struct optimistic_spin_node, osq_node);

static int encode_cpu(int cpu)
{
	return cpu + 1;
}

static struct optimistic_spin_node *decode_cpu(int encoded)
{
	return per_cpu_ptr(&osq_node, encoded - 1);
}

/*
 * Step B: the one behind us, for good, or NULL if we were the last; then the tail is set to
 * @old_cpu, the encoded CPU of the one before us (0: none).
 */
static struct optimistic_spin_node *osq_wait_next(struct optimistic_spin_queue *lock,
						  struct optimistic_spin_node *node, int old_cpu)
{
	int curr = encode_cpu(smp_processor_id());

	for (;;) {
		/* Before the try: it fails rarely, and then costs a cache line. */
		if (atomic_read(&lock->tail) == curr &&
		    atomic_cmpxchg_acquire(&lock->tail, curr, old_cpu) == curr)
			return NULL;

		/* Somebody is behind us; it may be leaving, then the link is gone again. */
		if (READ_ONCE(node->next)) {
			struct optimistic_spin_node *next = xchg(&node->next, NULL);

			if (next)
				return next;
		}
		cpu_relax();
	}
}

/* Leave the queue. False if we got to its head meanwhile. */
static bool osq_leave(struct optimistic_spin_queue *lock, struct optimistic_spin_node *node,
		      struct optimistic_spin_node *prev)
{
	struct optimistic_spin_node *next;

	/* A */
	for (;;) {
		if (data_race(prev->next) == node && cmpxchg(&prev->next, node, NULL) == node)
			break;
		/*
		 * Being unlinked means that prev is handing over (or leaving, and gives us its
		 * prev).
		 */
		if (smp_load_acquire(&node->locked))
			return false;
		cpu_relax();
		prev = READ_ONCE(node->prev);
	}

	/* B */
	next = osq_wait_next(lock, node, prev->cpu);
	if (!next)
		return true;

	/* C: both are stable, since both wait in their own A or B for what we write here. */
	WRITE_ONCE(next->prev, prev);
	WRITE_ONCE(prev->next, next);
	return true;
}

/**
 * osq_lock() - wait for the head of the queue
 * @lock: the queue
 *
 * Context: Task, preemption off.
 * Return: false if the task has to be preempted first: it isn't in the queue then.
 */
bool osq_lock(struct optimistic_spin_queue *lock)
{
	struct optimistic_spin_node *node = this_cpu_ptr(&osq_node);
	struct optimistic_spin_node *prev;
	int curr = encode_cpu(smp_processor_id());
	int old;

	node->locked = 0;
	node->next = NULL;
	node->cpu = curr;

	/* Full: our node before the tail, and what the last head did before what we do. */
	old = atomic_xchg(&lock->tail, curr);
	if (old == 0)
		return true;

	prev = decode_cpu(old);
	node->prev = prev;
	/* prev before the link: osq_wait_next() of prev hands us a new prev after it */
	smp_wmb();
	WRITE_ONCE(prev->next, node);

	while (!smp_load_acquire(&node->locked)) {
		if (need_resched())
			return !osq_leave(lock, node, READ_ONCE(node->prev));
		cpu_relax();
	}
	return true;
}

/**
 * osq_unlock() - hand the head of the queue over
 * @lock: the queue
 *
 * Context: Task, preemption off since osq_lock().
 */
void osq_unlock(struct optimistic_spin_queue *lock)
{
	int curr = encode_cpu(smp_processor_id());
	struct optimistic_spin_node *node, *next;

	if (likely(atomic_cmpxchg_release(&lock->tail, curr, OSQ_UNLOCKED_VAL) == curr))
		return;

	node = this_cpu_ptr(&osq_node);
	next = xchg(&node->next, NULL);
	if (!next)
		next = osq_wait_next(lock, node, OSQ_UNLOCKED_VAL);
	if (next)
		WRITE_ONCE(next->locked, 1);
}
