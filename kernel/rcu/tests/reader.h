/* SPDX-License-Identifier: MIT */
#ifndef _KERNEL_RCU_TESTS_READER_H
#define _KERNEL_RCU_TESTS_READER_H

/*
 * A thread that is a reader from reader_start() until reader_stop(), of a kind that the test picks.
 * Bound to a CPU if that is one.
 */

#include <kunit/test.h>

#include <linux/completion.h>
#include <linux/cpumask.h>
#include <linux/hrtimer.h>
#include <linux/kthread.h>
#include <linux/rcupdate.h>
#include <linux/sched.h>

#include "../../tests/patience.h"
#include "../rcu.h"

enum reader_kind {
	READER_PLAIN,		/* rcu_read_lock(), spins */
	READER_PREEMPTED,	/* the same, and has been preempted inside */
	READER_NESTED,		/* preempted inside the inner of two */
	READER_BH,
	READER_SCHED,
	READER_IRQS_OFF,
	READER_LATE_REPORT,	/* preempted; its rcu_read_unlock() comes with interrupts off */
};

struct reader {
	enum reader_kind kind;
	struct task_struct *task;
	struct completion inside;
	struct completion outside;
	int is_inside, leave;
	bool was_listed;	/* it stood on its leaf's list */
};

/* Switch away from here and come back, as if somebody more urgent had come along. */
static inline void be_preempted(void)
{
	preempt_disable();
	set_tsk_need_resched(current);
	set_preempt_need_resched();
	preempt_enable();
}

static inline void reader_stay(struct reader *r)
{
	smp_store_release(&r->is_inside, 1);	/* pairs with hold_up_look() */
	complete(&r->inside);
	while (!smp_load_acquire(&r->leave))	/* pairs with reader_stop() */
		cpu_relax();
}

static inline int reader_main(void *data)
{
	struct reader *r = data;
	unsigned long flags;

	switch (r->kind) {
	case READER_PLAIN:
		rcu_read_lock();
		reader_stay(r);
		rcu_read_unlock();
		break;
	case READER_NESTED:
		rcu_read_lock();
		fallthrough;
	case READER_PREEMPTED:
	case READER_LATE_REPORT:
		rcu_read_lock();
		be_preempted();
		r->was_listed = current->rcu_read_unlock_special.b.blocked;
		reader_stay(r);
		if (r->kind == READER_LATE_REPORT) {
			local_irq_save(flags);
			rcu_read_unlock();
			local_irq_restore(flags);
			break;
		}
		rcu_read_unlock();
		if (r->kind == READER_NESTED)
			rcu_read_unlock();
		break;
	case READER_BH:
		rcu_read_lock_bh();
		reader_stay(r);
		rcu_read_unlock_bh();
		break;
	case READER_SCHED:
		rcu_read_lock_sched();
		reader_stay(r);
		rcu_read_unlock_sched();
		break;
	case READER_IRQS_OFF:
		local_irq_save(flags);
		reader_stay(r);
		local_irq_restore(flags);
		break;
	}
	complete(&r->outside);
	while (!kthread_should_stop())
		schedule_timeout_interruptible(1);
	return 0;
}

/* @cpu: where; negative for anywhere. Returns when it is inside. */
static inline void reader_start(struct kunit *test, struct reader *r, enum reader_kind kind,
				int cpu)
{
	memset(r, 0, sizeof(*r));
	r->kind = kind;
	init_completion(&r->inside);
	init_completion(&r->outside);
	r->task = kthread_create(reader_main, r, "reader/%d", kind);
	KUNIT_ASSERT_FALSE(test, IS_ERR(r->task));
	if (cpu >= 0)
		kthread_bind(r->task, cpu);
	wake_up_process(r->task);
	wait_for_completion(&r->inside);
}

static inline void reader_leave(struct reader *r)
{
	smp_store_release(&r->leave, 1);	/* pairs with reader_stay() */
}

static inline void reader_stop(struct reader *r)
{
	reader_leave(r);
	wait_for_completion(&r->outside);
	kthread_stop(r->task);
}

/* An online CPU other than the first, and the test moved to the first; -1 if there is none. */
static inline int other_cpu(void)
{
	int cpu = cpumask_next(cpumask_first(cpu_online_mask), cpu_online_mask);

	if (cpu >= nr_cpu_ids)
		return -1;
	set_cpus_allowed_ptr(current, cpumask_of(cpumask_first(cpu_online_mask)));
	return cpu;
}

/*
 * The check that a reader on another CPU, with interrupts off there, holds both kinds of grace
 * period up. A timer makes it, since no task is sure to run meanwhile: one that flushes TLBs waits
 * for the reader's CPU, and keeps its own from the task that would let the reader go.
 */
struct hold_up {
	struct hrtimer timer;
	struct rcu_gp_oldstate full;
	int *inside, *leave;	/* the reader sets the one and ends on the other */
	int rounds;
	bool ended;		/* a grace period did not wait for the reader */
};

#define HOLD_UP_ROUNDS	5

static inline enum hrtimer_restart hold_up_look(struct hrtimer *timer)
{
	struct hold_up *h = container_of(timer, struct hold_up, timer);

	hrtimer_forward_now(timer, TICK_NSEC);
	if (!smp_load_acquire(h->inside))	/* pairs with the reader's release */
		return HRTIMER_RESTART;
	if (!h->rounds++) {
		start_poll_synchronize_rcu_full(&h->full);
		start_poll_synchronize_rcu_expedited_full(&h->full);
		return HRTIMER_RESTART;
	}
	h->ended |= poll_state_synchronize_rcu_full(&h->full);
	rcu_force_quiescent_state();
	if (h->rounds <= HOLD_UP_ROUNDS)
		return HRTIMER_RESTART;
	smp_store_release(h->leave, 1);		/* pairs with the reader's acquire */
	return HRTIMER_NORESTART;
}

/* Before the reader begins, on the CPU that the test is bound to. */
static inline void hold_up_start(struct hold_up *h, int *inside, int *leave)
{
	*h = (struct hold_up){ .inside = inside, .leave = leave };
	hrtimer_setup(&h->timer, hold_up_look, CLOCK_MONOTONIC, HRTIMER_MODE_REL_PINNED_HARD);
	hrtimer_start(&h->timer, ns_to_ktime(TICK_NSEC), HRTIMER_MODE_REL_PINNED_HARD);
}

/* Neither kind ended before the reader was let go, then both do. */
static inline void hold_up_expect(struct kunit *test, struct hold_up *h)
{
	KUNIT_EXPECT_TRUE(test, eventually(smp_load_acquire(h->leave)));
	hrtimer_cancel(&h->timer);
	smp_store_release(h->leave, 1);		/* if the timer never did */
	KUNIT_EXPECT_FALSE(test, h->ended);
	KUNIT_EXPECT_GT(test, h->rounds, HOLD_UP_ROUNDS);
	KUNIT_EXPECT_TRUE(test, eventually(poll_state_synchronize_rcu_full(&h->full)));
}

/* A thread that waits for a grace period, and says when it has. */
struct waiter {
	void (*wait)(void);
	struct task_struct *task;
	struct completion done;
};

static inline int waiter_main(void *data)
{
	struct waiter *w = data;

	w->wait();
	complete(&w->done);
	while (!kthread_should_stop())
		schedule_timeout_interruptible(1);
	return 0;
}

/*
 * Made before a reader that has interrupts off: a new thread's stack may need a TLB flush, which
 * waits for every CPU.
 */
static inline void waiter_make(struct kunit *test, struct waiter *w, void (*wait)(void))
{
	w->wait = wait;
	init_completion(&w->done);
	w->task = kthread_create(waiter_main, w, "waiter");
	KUNIT_ASSERT_FALSE(test, IS_ERR(w->task));
	/* Not on the reader's CPU: it may spin with preemption off. */
	kthread_bind(w->task, cpumask_first(cpu_online_mask));
}

static inline void waiter_start(struct kunit *test, struct waiter *w, void (*wait)(void))
{
	waiter_make(test, w, wait);
	wake_up_process(w->task);
}

static inline void waiter_join(struct waiter *w)
{
	wait_for_completion(&w->done);
	kthread_stop(w->task);
}

#endif /* _KERNEL_RCU_TESTS_READER_H */
