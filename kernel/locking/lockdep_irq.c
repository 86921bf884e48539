// SPDX-License-Identifier: MIT
/*
 * Locks and interrupts.
 *
 * If a lock is taken in an interrupt handler, whoever else holds it must have that interrupt off,
 * or the handler may come while its own CPU holds the lock. The same holds along dependencies:
 *
 *	CPU 0				CPU 1
 *	-----				-----
 *	takes B, interrupts on
 *					takes A (an interrupt takes A too)
 *					wants B, waits for CPU 0
 *	interrupt: wants A,
 *	waits for CPU 1
 *
 * So with "A was USED_IN an interrupt" and "B was taken with it ENABLED", a path A -> ... -> B is a
 * deadlock. It is looked for when a class gets a new usage bit (from that class, one way) and when
 * a new edge P -> N is added (from P backwards, from N forwards). A path of no edges, one class
 * with both bits, is the plain case.
 *
 * The other half of this file keeps track of whether interrupts are on. Entry code is noinstr and
 * calls lockdep_hardirqs_*() by hand: these only touch per-CPU and per-task words. Turning
 * interrupts on takes two steps, since marking the held locks as ENABLED may print:
 *
 *	lockdep_hardirqs_on_prepare()	may do anything
 *	lockdep_hardirqs_on()		noinstr: from now on they count as on
 */

#include <linux/lockdep.h>

#include <linux/debug_locks.h>
#include <linux/export.h>
#include <linux/irqflags.h>
#include <linux/kernel.h>
#include <linux/percpu.h>
#include <linux/preempt.h>
#include <linux/printk.h>
#include <linux/sched.h>

#include "lockdep_internals.h"

DEFINE_PER_CPU(int, hardirqs_enabled);
EXPORT_PER_CPU_SYMBOL_GPL(hardirqs_enabled);
DEFINE_PER_CPU(int, hardirq_context);
EXPORT_PER_CPU_SYMBOL_GPL(hardirq_context);

const char * const lock_usage_names[LOCK_USAGE_STATES] = {
	[LOCK_USED_IN_HARDIRQ]		= "IN-HARDIRQ-W",
	[LOCK_USED_IN_HARDIRQ_READ]	= "IN-HARDIRQ-R",
	[LOCK_ENABLED_HARDIRQ]		= "HARDIRQ-ON-W",
	[LOCK_ENABLED_HARDIRQ_READ]	= "HARDIRQ-ON-R",
	[LOCK_USED_IN_SOFTIRQ]		= "IN-SOFTIRQ-W",
	[LOCK_USED_IN_SOFTIRQ_READ]	= "IN-SOFTIRQ-R",
	[LOCK_ENABLED_SOFTIRQ]		= "SOFTIRQ-ON-W",
	[LOCK_ENABLED_SOFTIRQ_READ]	= "SOFTIRQ-ON-R",
	[LOCK_USED]			= "INITIAL USE",
};

/* ---- usage -------------------------------------------------------------------------- */

/* Usage bits that clash with a search's starting point: any of strong, or of weak if it is weak. */
struct usage_mask {
	unsigned int strong, weak;
};

static bool match_usage(const struct lock_class *class, bool weak, const void *data)
{
	const struct usage_mask *mask = data;

	return class->usage_mask & (weak ? mask->weak : mask->strong);
}

/* What clashes with @bit at the other end: the opposite half of the same kind of interrupt. */
static struct usage_mask opposite(enum lock_usage_bit bit)
{
	enum lock_usage_bit base = (bit & ~LOCK_USAGE_READ) ^ LOCK_USAGE_ENABLED;

	return (struct usage_mask){
		.strong = LOCKF(base) | LOCKF(base + LOCK_USAGE_READ),
		.weak = LOCKF(base),
	};
}

static enum lock_usage_bit lowest_bit(unsigned int mask)
{
	return __builtin_ctz(mask);
}

/* Give the class a usage bit, unless that makes a deadlock possible. False if reported. */
static bool mark_lock(struct task_struct *curr, struct held_lock *hlock, enum lock_usage_bit bit)
{
	struct lock_class *class = hlock_class(hlock);
	struct usage_mask clash;
	u16 found;

	if (likely(READ_ONCE(class->usage_mask) & LOCKF(bit)))
		return true;
	if (!graph_lock())
		return false;

	if (bit < LOCK_USED) {
		clash = opposite(bit);
		if (graph_search(class_index(class), bit & LOCK_USAGE_READ,
				 !(bit & LOCK_USAGE_ENABLED), match_usage, &clash, &found, NULL)) {
			unsigned int mask = lock_classes[found].usage_mask & clash.strong;

			graph_unlock();
			if (found == class_index(class))
				report_usage(curr, hlock, lowest_bit(mask), bit);
			else
				report_irq_inversion(curr, hlock, found, bit, lowest_bit(mask));
			return false;
		}
	}
	save_lock_trace(&class->usage_trace[bit]);
	WRITE_ONCE(class->usage_mask, class->usage_mask | LOCKF(bit));
	graph_unlock();
	return true;
}

/* Note in which contexts the lock is being taken. False if something was reported. */
bool mark_usage(struct task_struct *curr, struct held_lock *hlock)
{
	unsigned int read = hlock->read ? LOCK_USAGE_READ : 0;

	/* What doesn't wait cannot wait for whom it interrupted. */
	if (!hlock->trylock) {
		if (lockdep_hardirq_context() &&
		    !mark_lock(curr, hlock, LOCK_USED_IN_HARDIRQ + read))
			return false;
		if (curr->softirq_context && !mark_lock(curr, hlock, LOCK_USED_IN_SOFTIRQ + read))
			return false;
	}
	if (!hlock->hardirqs_off) {
		if (!mark_lock(curr, hlock, LOCK_ENABLED_HARDIRQ + read))
			return false;
		if (curr->softirqs_enabled && !mark_lock(curr, hlock, LOCK_ENABLED_SOFTIRQ + read))
			return false;
	}
	return mark_lock(curr, hlock, LOCK_USED);
}

/* Interrupts of one kind are being enabled with these locks held. */
static void mark_held_locks(struct task_struct *curr, enum lock_usage_bit base)
{
	int i;

	for (i = 0; i < curr->lockdep_depth; i++) {
		struct held_lock *hlock = &curr->held_locks[i];

		if (!hlock->check)
			continue;
		/* A planted report: once is enough. */
		if (!mark_lock(curr, hlock, base + (hlock->read ? LOCK_USAGE_READ : 0)))
			hlock->check = 0;
	}
}

/*
 * The edge prev -> next: does it connect a class used in an interrupt with one taken while that is
 * enabled? The graph lock is held, and dropped if something is reported. False if so.
 */
bool check_irq_dependency(struct task_struct *curr, struct held_lock *prev,
			  struct held_lock *next)
{
	static const enum lock_usage_bit kinds[] = { LOCK_USED_IN_HARDIRQ, LOCK_USED_IN_SOFTIRQ };
	u16 safe, unsafe;
	int i;

	for (i = 0; i < ARRAY_SIZE(kinds); i++) {
		struct usage_mask in = opposite(kinds[i] + LOCK_USAGE_ENABLED);
		struct usage_mask on = opposite(kinds[i]);
		unsigned int safe_mask, unsafe_mask;

		if (!graph_search(prev->class_idx, prev->read != 0, false, match_usage, &in, &safe,
				  NULL))
			continue;
		if (!graph_search(next->class_idx, next->read == 2, true, match_usage, &on, &unsafe,
				  NULL))
			continue;
		safe_mask = lock_classes[safe].usage_mask & in.strong;
		unsafe_mask = lock_classes[unsafe].usage_mask & on.strong;
		graph_unlock();
		report_irq_dependency(curr, prev, next, safe, unsafe, lowest_bit(safe_mask),
				      lowest_bit(unsafe_mask));
		return false;
	}
	return true;
}

/* ---- interrupt state ------------------------------------------------------------------ */

/**
 * lockdep_hardirqs_on_prepare() - interrupts are about to be enabled
 *
 * Context: Interrupts off.
 */
void lockdep_hardirqs_on_prepare(void)
{
	struct task_struct *curr = current;

	if (!lockdep_enabled() || __this_cpu_read(hardirqs_enabled))
		return;
	if (DEBUG_LOCKS_WARN_ON(!raw_irqs_disabled()))
		return;
	/* Enabling them in a hard interrupt handler is for the entry code only. */
	lockdep_recursion_inc();
	mark_held_locks(curr, LOCK_ENABLED_HARDIRQ);
	if (curr->softirqs_enabled)
		mark_held_locks(curr, LOCK_ENABLED_SOFTIRQ);
	lockdep_recursion_dec();
}
EXPORT_SYMBOL_GPL(lockdep_hardirqs_on_prepare);

/**
 * lockdep_hardirqs_on() - from here on interrupts count as enabled
 * @ip: where
 *
 * Context: Interrupts off, noinstr. An NMI may call it too, to restore what it found.
 */
void noinstr lockdep_hardirqs_on(unsigned long ip)
{
	struct irqtrace_events *trace = &current->irqtrace;

	if (unlikely(!debug_locks) || __this_cpu_read(hardirqs_enabled))
		return;
	trace->hardirq_enable_ip = ip;
	trace->hardirq_enable_event = ++trace->irq_events;
	__this_cpu_write(hardirqs_enabled, 1);
}
EXPORT_SYMBOL_GPL(lockdep_hardirqs_on);

/**
 * lockdep_hardirqs_off() - interrupts have been disabled
 * @ip: where
 *
 * Context: Interrupts off, noinstr.
 */
void noinstr lockdep_hardirqs_off(unsigned long ip)
{
	struct irqtrace_events *trace = &current->irqtrace;

	if (unlikely(!debug_locks) || !__this_cpu_read(hardirqs_enabled))
		return;
	__this_cpu_write(hardirqs_enabled, 0);
	trace->hardirq_disable_ip = ip;
	trace->hardirq_disable_event = ++trace->irq_events;
}
EXPORT_SYMBOL_GPL(lockdep_hardirqs_off);

/**
 * lockdep_softirqs_on() - bottom halves are enabled
 * @ip: where
 *
 * Context: Interrupts off.
 */
void lockdep_softirqs_on(unsigned long ip)
{
	struct task_struct *curr = current;
	struct irqtrace_events *trace = &curr->irqtrace;

	if (!lockdep_enabled() || curr->softirqs_enabled)
		return;
	lockdep_recursion_inc();
	curr->softirqs_enabled = 1;
	trace->softirq_enable_ip = ip;
	trace->softirq_enable_event = ++trace->irq_events;
	if (__this_cpu_read(hardirqs_enabled))
		mark_held_locks(curr, LOCK_ENABLED_SOFTIRQ);
	lockdep_recursion_dec();
}
EXPORT_SYMBOL_GPL(lockdep_softirqs_on);

/**
 * lockdep_softirqs_off() - bottom halves are disabled
 * @ip: where
 *
 * Context: Interrupts off.
 */
void lockdep_softirqs_off(unsigned long ip)
{
	struct task_struct *curr = current;
	struct irqtrace_events *trace = &curr->irqtrace;

	if (!lockdep_enabled() || !curr->softirqs_enabled)
		return;
	curr->softirqs_enabled = 0;
	trace->softirq_disable_ip = ip;
	trace->softirq_disable_event = ++trace->irq_events;
}
EXPORT_SYMBOL_GPL(lockdep_softirqs_off);

/**
 * trace_hardirqs_on() - interrupts are about to be enabled, said in one step by local_irq_enable()
 *
 * Context: interrupts off.
 */
void trace_hardirqs_on(void)
{
	lockdep_hardirqs_on_prepare();
	lockdep_hardirqs_on(_RET_IP_);
}
EXPORT_SYMBOL(trace_hardirqs_on);

/**
 * trace_hardirqs_off() - interrupts have been disabled, said by local_irq_disable()
 *
 * Context: interrupts off.
 */
void trace_hardirqs_off(void)
{
	lockdep_hardirqs_off(_RET_IP_);
}
EXPORT_SYMBOL(trace_hardirqs_off);

/**
 * trace_hardirqs_on_prepare() - where entry code would tell a tracer
 *
 * Nobody listens, so it is empty: entry code calls lockdep_hardirqs_on_prepare() apart from it.
 */
void trace_hardirqs_on_prepare(void)
{
}
EXPORT_SYMBOL(trace_hardirqs_on_prepare);

/** trace_hardirqs_off_finish() - where entry code would tell a tracer; empty like the other */
void trace_hardirqs_off_finish(void)
{
}
EXPORT_SYMBOL(trace_hardirqs_off_finish);

/**
 * lockdep_cleanup_dead_cpu() - a CPU went down with interrupts off, as it should be
 * @cpu: the CPU
 * @idle: its idle task
 */
void lockdep_cleanup_dead_cpu(unsigned int cpu, struct task_struct *idle)
{
	per_cpu(hardirqs_enabled, cpu) = 0;
	per_cpu(hardirq_context, cpu) = 0;
	if (idle)
		lockdep_init_task(idle);
}

/**
 * print_irqtrace_events() - where a task last turned interrupts on and off
 * @curr: the task
 */
void print_irqtrace_events(struct task_struct *curr)
{
	const struct irqtrace_events *trace = &curr->irqtrace;

	printk("irq event stamp: %u\n", trace->irq_events);
	printk("hardirqs last  enabled at (%u): [<%px>] %pS\n", trace->hardirq_enable_event,
	       (void *)trace->hardirq_enable_ip, (void *)trace->hardirq_enable_ip);
	printk("hardirqs last disabled at (%u): [<%px>] %pS\n", trace->hardirq_disable_event,
	       (void *)trace->hardirq_disable_ip, (void *)trace->hardirq_disable_ip);
	printk("softirqs last  enabled at (%u): [<%px>] %pS\n", trace->softirq_enable_event,
	       (void *)trace->softirq_enable_ip, (void *)trace->softirq_enable_ip);
	printk("softirqs last disabled at (%u): [<%px>] %pS\n", trace->softirq_disable_event,
	       (void *)trace->softirq_disable_ip, (void *)trace->softirq_disable_ip);
}
