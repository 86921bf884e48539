/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_PREEMPT_H
#define _LINUX_PREEMPT_H

/*
 * One word says what context this CPU is in and whether it may be preempted.
 *
 * Rules of use:
 *  - The count belongs to the running task on arm64 and to the CPU on x86_64; both give the same
 *    answers, because the x86_64 switch code carries the count along with the task.
 *  - Non-zero anywhere below bit 24 means "do not schedule". preempt_disable() nests up to 255.
 *  - PREEMPT_NEED_RESCHED is folded into the word (inverted, by the arch) so that the last
 *    preempt_enable() is one decrement and one branch.
 *  - Only the CPU itself changes its count; other CPUs ask by TIF_NEED_RESCHED and an IPI.
 *
 *   bits  0- 7  preempt_disable() depth
 *   bits  8-15  softirq: 8 = serving one, each local_bh_disable() adds 2 << 8
 *   bits 16-19  hard interrupt nesting
 *   bits 20-23  NMI nesting
 *   bit  31     need-resched, as the arch stores it
 */

#include <linux/linkage.h>
#include <linux/cleanup.h>
#include <linux/types.h>

#define PREEMPT_BITS	8
#define SOFTIRQ_BITS	8
#define HARDIRQ_BITS	4
#define NMI_BITS	4

#define PREEMPT_SHIFT	0
#define SOFTIRQ_SHIFT	(PREEMPT_SHIFT + PREEMPT_BITS)
#define HARDIRQ_SHIFT	(SOFTIRQ_SHIFT + SOFTIRQ_BITS)
#define NMI_SHIFT	(HARDIRQ_SHIFT + HARDIRQ_BITS)

#define __IRQ_MASK(x)	((1UL << (x)) - 1)

#define PREEMPT_MASK	(__IRQ_MASK(PREEMPT_BITS) << PREEMPT_SHIFT)
#define SOFTIRQ_MASK	(__IRQ_MASK(SOFTIRQ_BITS) << SOFTIRQ_SHIFT)
#define HARDIRQ_MASK	(__IRQ_MASK(HARDIRQ_BITS) << HARDIRQ_SHIFT)
#define NMI_MASK	(__IRQ_MASK(NMI_BITS) << NMI_SHIFT)

#define PREEMPT_OFFSET	(1UL << PREEMPT_SHIFT)
#define SOFTIRQ_OFFSET	(1UL << SOFTIRQ_SHIFT)
#define HARDIRQ_OFFSET	(1UL << HARDIRQ_SHIFT)
#define NMI_OFFSET	(1UL << NMI_SHIFT)

#define SOFTIRQ_DISABLE_OFFSET	(2 * SOFTIRQ_OFFSET)

#define PREEMPT_DISABLED	(PREEMPT_DISABLE_OFFSET + PREEMPT_ENABLED)

/* What a task that was never scheduled finds: its own disable plus the run queue's lock. */
#define INIT_PREEMPT_COUNT	PREEMPT_OFFSET
#define FORK_PREEMPT_COUNT	(2 * PREEMPT_DISABLE_OFFSET + PREEMPT_ENABLED)

#define PREEMPT_DISABLE_OFFSET		PREEMPT_OFFSET
#define PREEMPT_LOCK_OFFSET		PREEMPT_DISABLE_OFFSET
#define SOFTIRQ_LOCK_OFFSET		(SOFTIRQ_DISABLE_OFFSET + PREEMPT_LOCK_OFFSET)

#include <asm/preempt.h>

/**
 * interrupt_context_level - how deep in interrupts we are: 0 task, 1 softirq, 2 hard interrupt, 3
 * NMI
 */
static __always_inline unsigned char interrupt_context_level(void)
{
	unsigned long pc = preempt_count();
	unsigned char level = 0;

	level += !!(pc & NMI_MASK);
	level += !!(pc & (NMI_MASK | HARDIRQ_MASK));
	level += !!(pc & (NMI_MASK | HARDIRQ_MASK | SOFTIRQ_OFFSET));
	return level;
}

#define nmi_count()	(preempt_count() & NMI_MASK)
#define hardirq_count()	(preempt_count() & HARDIRQ_MASK)
#define softirq_count()	(preempt_count() & SOFTIRQ_MASK)
#define irq_count()	(preempt_count() & (NMI_MASK | HARDIRQ_MASK | SOFTIRQ_MASK))

/** in_nmi - are we in an NMI, or what counts as one? */
#define in_nmi()		(nmi_count())
/** in_hardirq - are we in a hard interrupt? */
#define in_hardirq()		(hardirq_count())
/** in_serving_softirq - do we run a softirq's handler? */
#define in_serving_softirq()	(softirq_count() & SOFTIRQ_OFFSET)
/** in_task - are we a task, that is, in none of these three? */
#define in_task()		(!(preempt_count() & (NMI_MASK | HARDIRQ_MASK | SOFTIRQ_OFFSET)))

/* The older names: in_softirq() and in_interrupt() also say yes while bottom halves are off. */
#define in_irq()		(hardirq_count())
#define in_softirq()		(softirq_count())
#define in_interrupt()		(irq_count())

/**
 * in_atomic - is preemption off? Then sleeping is not allowed; interrupts being off aren't seen
 * here
 */
#define in_atomic()			(preempt_count() != 0)
#define in_atomic_preempt_off()		(preempt_count() != PREEMPT_DISABLE_OFFSET)

#ifdef CONFIG_DEBUG_PREEMPT
/* Out of line: these check for over- and underflow. */
void preempt_count_add(int val);
void preempt_count_sub(int val);
#define preempt_count_dec_and_test() \
	({ preempt_count_sub(1); should_resched(0); })
#else
#define preempt_count_add(val)	__preempt_count_add(val)
#define preempt_count_sub(val)	__preempt_count_sub(val)
#define preempt_count_dec_and_test()	__preempt_count_dec_and_test()
#endif

/* For entry code, which may not be traced or checked. */
#define __preempt_count_inc()	__preempt_count_add(1)
#define __preempt_count_dec()	__preempt_count_sub(1)

#define preempt_count_inc()	preempt_count_add(1)
#define preempt_count_dec()	preempt_count_sub(1)

/**
 * preempt_disable - stay on this CPU and keep it
 *
 * Nests; undone by preempt_enable(). Context: any.
 */
#define preempt_disable() \
do { \
	preempt_count_inc(); \
	barrier(); \
} while (0)

#define sched_preempt_enable_no_resched() \
do { \
	barrier(); \
	preempt_count_dec(); \
} while (0)

/** preempt_enable_no_resched - preempt_enable() that leaves a due preemption to a later occasion */
#define preempt_enable_no_resched()	sched_preempt_enable_no_resched()

/** preemptible - could another task take this CPU now? */
#define preemptible()	(preempt_count() == 0 && !irqs_disabled())

/**
 * preempt_enable - undo one preempt_disable(); the last one lets a due preemption happen at once
 */
#define preempt_enable() \
do { \
	barrier(); \
	if (unlikely(preempt_count_dec_and_test())) \
		__preempt_schedule(); \
} while (0)

/** preempt_enable_notrace - preempt_enable() for code below the checkers */
#define preempt_enable_notrace() \
do { \
	barrier(); \
	if (unlikely(__preempt_count_dec_and_test())) \
		__preempt_schedule_notrace(); \
} while (0)

/** preempt_check_resched - let a preemption happen that is due, if it may */
#define preempt_check_resched() \
do { \
	if (should_resched(0)) \
		__preempt_schedule(); \
} while (0)

/** preempt_disable_notrace - preempt_disable() for code below the checkers */
#define preempt_disable_notrace() \
do { \
	__preempt_count_inc(); \
	barrier(); \
} while (0)

#define preempt_enable_no_resched_notrace() \
do { \
	barrier(); \
	__preempt_count_dec(); \
} while (0)

#define preempt_set_need_resched()	set_preempt_need_resched()
#define preempt_fold_need_resched() \
do { \
	if (tif_need_resched()) \
		set_preempt_need_resched(); \
} while (0)

/* Sections that need no sleep on a real-time kernel only: this kernel has none, so nothing. */
#define preempt_disable_nested()	do { } while (0)
#define preempt_enable_nested()		do { } while (0)

asmlinkage void preempt_schedule(void);
asmlinkage void preempt_schedule_notrace(void);
asmlinkage void preempt_schedule_irq(void);

/**
 * migrate_disable - stay on this CPU, though preempted or asleep
 *
 * Nests. While it holds, set_cpus_allowed_ptr() on the task waits and CPU hot-unplug waits too.
 * Prefer preempt_disable() for anything short.
 * Context: task context.
 */
void migrate_disable(void);
void migrate_enable(void);

DEFINE_LOCK_GUARD_0(preempt, preempt_disable(), preempt_enable())
DEFINE_LOCK_GUARD_0(preempt_notrace, preempt_disable_notrace(), preempt_enable_notrace())
DEFINE_LOCK_GUARD_0(migrate, migrate_disable(), migrate_enable())

#endif /* _LINUX_PREEMPT_H */
