/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_IRQ_WORK_H
#define _LINUX_IRQ_WORK_H

/*
 * "Call this from hard irq context soon": the one thing that may be asked for from an NMI.
 * See kernel/irq_work.c.
 */

#include <linux/atomic.h>
#include <linux/bits.h>
#include <linux/smp_types.h>
#include <linux/types.h>

/*
 * node.a_flags, above the CSD_TYPE_* bits. PENDING: may not be queued again. BUSY: its function
 * runs. LAZY: the next tick is soon enough. HARD_IRQ: kept for source compatibility, all are.
 */
#define IRQ_WORK_PENDING	BIT(0)
#define IRQ_WORK_BUSY		BIT(1)
#define IRQ_WORK_LAZY		BIT(2)
#define IRQ_WORK_HARD_IRQ	BIT(3)
#define IRQ_WORK_CLAIMED	(IRQ_WORK_PENDING | IRQ_WORK_BUSY)

/**
 * struct irq_work - one call
 * @node: in the CPU's list; node.a_flags holds the IRQ_WORK_* bits
 * @func: the call; interrupts off (IRQ_WORK_LAZY: at the next tick is soon enough)
 */
struct irq_work {
	struct __call_single_node node;
	void (*func)(struct irq_work *work);
};

#define __IRQ_WORK_INIT(_func, _flags)	(struct irq_work) {	\
	.node = { .u_flags = (_flags), },			\
	.func = (_func),					\
}
#define IRQ_WORK_INIT(_func)		__IRQ_WORK_INIT(_func, 0)
#define IRQ_WORK_INIT_LAZY(_func)	__IRQ_WORK_INIT(_func, IRQ_WORK_LAZY)
#define IRQ_WORK_INIT_HARD(_func)	__IRQ_WORK_INIT(_func, IRQ_WORK_HARD_IRQ)

#define DEFINE_IRQ_WORK(name, _f)	struct irq_work name = IRQ_WORK_INIT(_f)

/** init_irq_work - make an irq_work, not queued */
static inline void init_irq_work(struct irq_work *work, void (*func)(struct irq_work *))
{
	*work = IRQ_WORK_INIT(func);
}

/** irq_work_is_pending - is it queued? */
static inline bool irq_work_is_pending(struct irq_work *work)
{
	return atomic_read(&work->node.a_flags) & IRQ_WORK_PENDING;
}

/** irq_work_is_busy - does it run, or is it queued? */
static inline bool irq_work_is_busy(struct irq_work *work)
{
	return atomic_read(&work->node.a_flags) & IRQ_WORK_BUSY;
}

/** irq_work_is_hard - is it to run in hard interrupt context in any case? */
static inline bool irq_work_is_hard(struct irq_work *work)
{
	return atomic_read(&work->node.a_flags) & IRQ_WORK_HARD_IRQ;
}

bool irq_work_queue(struct irq_work *work);
bool irq_work_queue_on(struct irq_work *work, int cpu);
void irq_work_tick(void);
void irq_work_sync(struct irq_work *work);
void irq_work_run(void);
bool irq_work_needs_cpu(void);
void irq_work_single(void *arg);

/* Makes this CPU call irq_work_run() soon; NMI-safe. Weak default: nothing, the tick runs them. */
void arch_irq_work_raise(void);
bool arch_irq_work_has_interrupt(void);

#endif /* _LINUX_IRQ_WORK_H */
