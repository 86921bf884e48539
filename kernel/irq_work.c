// SPDX-License-Identifier: MIT
/*
 * irq_work: a function call in hard irq context, soon, from anywhere.
 *
 * An NMI may have interrupted anything, so it can take no lock and wake nobody; what it can do is
 * put an entry on a lockless list and send its own CPU an interrupt. Raised entries wait for that
 * interrupt (arch_irq_work_raise()), lazy ones for the next tick. A machine without such an
 * interrupt runs all of them from the tick.
 *
 * The life of an entry in node.a_flags:
 *
 *	irq_work_queue():	0 -> PENDING | BUSY	"claimed"; a second claim fails
 *	irq_work_single():	PENDING cleared		from here on it may be queued again
 *				func()
 *				BUSY cleared		unless it has been claimed again meanwhile
 *
 * The clearing of PENDING orders before func's loads, the claim after the claimer's stores: a
 * claim that fails because PENDING is still set is sure that func sees what was stored before.
 */
#include <linux/irq_work.h>

#include <linux/bug.h>
#include <linux/cpu.h>
#include <linux/export.h>
#include <linux/interrupt.h>
#include <linux/irqflags.h>
#include <linux/kernel.h>
#include <linux/llist.h>
#include <linux/percpu.h>
#include <linux/preempt.h>
#include <linux/smp.h>
#include <linux/tick.h>

#include <asm/processor.h>

static DEFINE_PER_CPU(struct llist_head, raised_list);
static DEFINE_PER_CPU(struct llist_head, lazy_list);

/* Make it ours to queue; false if it is waiting already. */
static bool irq_work_claim(struct irq_work *work)
{
	int old = atomic_fetch_or(IRQ_WORK_CLAIMED | CSD_TYPE_IRQ_WORK, &work->node.a_flags);

	return !(old & IRQ_WORK_PENDING);
}

/* A machine that can't interrupt itself: the tick runs them. */
void __weak arch_irq_work_raise(void)
{
}

/**
 * arch_irq_work_has_interrupt - can this machine interrupt itself to run irq_work?
 *
 * Return: false by default: the tick runs it then.
 */
bool __weak arch_irq_work_has_interrupt(void)
{
	return false;
}

/* Claimed; preemption off. */
static void __irq_work_queue_local(struct irq_work *work)
{
	bool lazy = atomic_read(&work->node.a_flags) & IRQ_WORK_LAZY;
	struct llist_head *list = this_cpu_ptr(lazy ? &lazy_list : &raised_list);

	if (!llist_add(&work->node.llist, list))
		return;
	/* A lazy one that no tick would come for counts as urgent. */
	if (!lazy || tick_nohz_tick_stopped())
		arch_irq_work_raise();
}

/**
 * irq_work_queue - have a function called on this CPU, by an interrupt
 * @work: the function; stays until it has run
 *
 * Context: any, NMI included.
 * Return: false if it was waiting already.
 */
bool irq_work_queue(struct irq_work *work)
{
	if (!irq_work_claim(work))
		return false;
	preempt_disable();
	__irq_work_queue_local(work);
	preempt_enable();
	return true;
}
EXPORT_SYMBOL_GPL(irq_work_queue);

/**
 * irq_work_queue_on - irq_work_queue() on another CPU
 * @work: the work
 * @cpu: online
 *
 * Context: any but NMI, unless @cpu is this one.
 * Return: false if it was waiting already.
 */
bool irq_work_queue_on(struct irq_work *work, int cpu)
{
	WARN_ON_ONCE(cpu_is_offline(cpu));
	if (!irq_work_claim(work))
		return false;
	preempt_disable();
	if (cpu != smp_processor_id()) {
		WARN_ON_ONCE(in_nmi());
		__smp_call_single_queue(cpu, &work->node.llist);
	} else {
		__irq_work_queue_local(work);
	}
	preempt_enable();
	return true;
}
EXPORT_SYMBOL_GPL(irq_work_queue_on);

/** irq_work_needs_cpu - does anything wait for this CPU's tick? Interrupts off. */
bool irq_work_needs_cpu(void)
{
	if (llist_empty(this_cpu_ptr(&lazy_list)) &&
	    (llist_empty(this_cpu_ptr(&raised_list)) || arch_irq_work_has_interrupt()))
		return false;
	WARN_ON_ONCE(cpu_is_offline(smp_processor_id()));
	return true;
}

/**
 * irq_work_single - run one entry; also from the IPI that irq_work_queue_on() sends
 * @arg: struct irq_work, off its list
 *
 * Context: hard irq, or the thread that runs the lazy ones.
 */
void irq_work_single(void *arg)
{
	struct irq_work *work = arg;
	int flags;

	/*
	 * The entry leaves the list for good here. The full barrier pairs with the one in
	 * irq_work_claim(), see the top.
	 */
	flags = atomic_read(&work->node.a_flags) & ~IRQ_WORK_PENDING;
	atomic_set(&work->node.a_flags, flags);
	smp_mb();

	work->func(work);

	/* Claimed again by now? Then BUSY stays, for that round. */
	atomic_cmpxchg(&work->node.a_flags, flags, flags & ~IRQ_WORK_BUSY);
}

static void irq_work_run_list(struct llist_head *list)
{
	struct irq_work *work, *next;
	struct llist_node *llnode;

	BUG_ON(!irqs_disabled());
	if (llist_empty(list))
		return;
	llnode = llist_reverse_order(llist_del_all(list));
	llist_for_each_entry_safe(work, next, llnode, node.llist)
		irq_work_single(work);
}

/**
 * irq_work_run - run all of this CPU's
 *
 * Context: the irq_work interrupt, or a CPU that is going down; interrupts off.
 */
void irq_work_run(void)
{
	irq_work_run_list(this_cpu_ptr(&raised_list));
	irq_work_run_list(this_cpu_ptr(&lazy_list));
}
EXPORT_SYMBOL_GPL(irq_work_run);

/** irq_work_tick - from the tick: the lazy ones, and all without an interrupt of their own */
void irq_work_tick(void)
{
	struct llist_head *raised = this_cpu_ptr(&raised_list);

	if (!llist_empty(raised) && !arch_irq_work_has_interrupt())
		irq_work_run_list(raised);
	irq_work_run_list(this_cpu_ptr(&lazy_list));
}

/**
 * irq_work_sync - wait until a function does not run and is not waiting to
 * @work: the function
 *
 * Context: interrupts on.
 */
void irq_work_sync(struct irq_work *work)
{
	lockdep_assert_irqs_enabled();
	while (irq_work_is_busy(work))
		cpu_relax();
}
EXPORT_SYMBOL_GPL(irq_work_sync);
