/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_IRQFLAGS_H
#define _LINUX_IRQFLAGS_H

/*
 * Interrupts of this CPU on and off, and telling the lock checker.
 *
 * raw_local_irq_*() only does it. local_irq_*() also tells lockdep, which keeps its own idea of
 * the state in the per-CPU hardirqs_enabled: on the way off after the fact, on the way on before
 * it, so that an interrupt never sees "enabled" too late. Entry code, which is noinstr, calls
 * lockdep_hardirqs_*() itself, in two steps for "on" because the first may take locks.
 */

#include <linux/cleanup.h>
#include <linux/compiler.h>
#include <linux/irqflags_types.h>
#include <linux/typecheck.h>

#include <asm/irqflags.h>
#include <asm/percpu.h>

struct task_struct;

#ifdef CONFIG_LOCKDEP
void lockdep_softirqs_on(unsigned long ip);
void lockdep_softirqs_off(unsigned long ip);
void lockdep_hardirqs_on_prepare(void);
void lockdep_hardirqs_on(unsigned long ip);
void lockdep_hardirqs_off(unsigned long ip);
void lockdep_cleanup_dead_cpu(unsigned int cpu, struct task_struct *idle);
#else
static inline void lockdep_softirqs_on(unsigned long ip) { (void)ip; }
static inline void lockdep_softirqs_off(unsigned long ip) { (void)ip; }
static inline void lockdep_hardirqs_on_prepare(void) { }
static inline void lockdep_hardirqs_on(unsigned long ip) { (void)ip; }
static inline void lockdep_hardirqs_off(unsigned long ip) { (void)ip; }
static inline void lockdep_cleanup_dead_cpu(unsigned int cpu, struct task_struct *idle)
{
	(void)cpu;
	(void)idle;
}
#endif

#ifdef CONFIG_TRACE_IRQFLAGS

DECLARE_PER_CPU(int, hardirqs_enabled);
DECLARE_PER_CPU(int, hardirq_context);

void trace_hardirqs_on_prepare(void);
void trace_hardirqs_off_finish(void);
void trace_hardirqs_on(void);
void trace_hardirqs_off(void);

#define lockdep_hardirq_context()	(raw_cpu_read(hardirq_context))
#define lockdep_softirq_context(p)	((p)->softirq_context)
#define lockdep_hardirqs_enabled()	(this_cpu_read(hardirqs_enabled))
#define lockdep_softirqs_enabled(p)	((p)->softirqs_enabled)
#define lockdep_hardirq_enter()		do { __this_cpu_inc(hardirq_context); } while (0)
#define lockdep_hardirq_exit()		do { __this_cpu_dec(hardirq_context); } while (0)
#define lockdep_hardirq_threaded()	do { } while (0)
#define lockdep_softirq_enter()		do { current->softirq_context++; } while (0)
#define lockdep_softirq_exit()		do { current->softirq_context--; } while (0)

#else /* !CONFIG_TRACE_IRQFLAGS */

#define trace_hardirqs_on_prepare()	do { } while (0)
#define trace_hardirqs_off_finish()	do { } while (0)
#define trace_hardirqs_on()		do { } while (0)
#define trace_hardirqs_off()		do { } while (0)
#define lockdep_hardirq_context()	0
#define lockdep_softirq_context(p)	0
#define lockdep_hardirqs_enabled()	0
#define lockdep_softirqs_enabled(p)	0
#define lockdep_hardirq_enter()		do { } while (0)
#define lockdep_hardirq_exit()		do { } while (0)
#define lockdep_hardirq_threaded()	do { } while (0)
#define lockdep_softirq_enter()		do { } while (0)
#define lockdep_softirq_exit()		do { } while (0)

#endif /* CONFIG_TRACE_IRQFLAGS */

#define lockdep_hrtimer_enter(__hrtimer)	({ (void)(__hrtimer); false; })
#define lockdep_hrtimer_exit(__ctx)		do { (void)(__ctx); } while (0)
#define lockdep_posixtimer_enter()		do { } while (0)
#define lockdep_posixtimer_exit()		do { } while (0)
#define lockdep_irq_work_enter(_flags)		do { } while (0)
#define lockdep_irq_work_exit(_flags)		do { } while (0)

#define stop_critical_timings()			do { } while (0)
#define start_critical_timings()		do { } while (0)

/**
 * raw_local_irq_disable - local_irq_disable() for code below the checkers; so the other raw_ forms
 */
#define raw_local_irq_disable()		arch_local_irq_disable()
#define raw_local_irq_enable()		arch_local_irq_enable()
#define raw_local_irq_save(flags)			\
	do {						\
		typecheck(unsigned long, flags);	\
		flags = arch_local_irq_save();		\
	} while (0)
#define raw_local_irq_restore(flags)			\
	do {						\
		typecheck(unsigned long, flags);	\
		arch_local_irq_restore(flags);		\
	} while (0)
#define raw_local_save_flags(flags)			\
	do {						\
		typecheck(unsigned long, flags);	\
		flags = arch_local_save_flags();	\
	} while (0)
#define raw_irqs_disabled_flags(flags)			\
	({						\
		typecheck(unsigned long, flags);	\
		arch_irqs_disabled_flags(flags);	\
	})
#define raw_irqs_disabled()		(arch_irqs_disabled())
#define raw_safe_halt()			arch_safe_halt()

#ifdef CONFIG_TRACE_IRQFLAGS

/**
 * local_irq_enable - interrupts on, on this CPU; where they are known to be off only by
 * local_irq_disable()
 */
#define local_irq_enable()				\
	do {						\
		trace_hardirqs_on();			\
		raw_local_irq_enable();			\
	} while (0)

/** local_irq_disable - interrupts off, on this CPU; NMIs come all the same */
#define local_irq_disable()				\
	do {						\
		bool was_disabled = raw_irqs_disabled();	\
							\
		raw_local_irq_disable();		\
		if (!was_disabled)			\
			trace_hardirqs_off();		\
	} while (0)

/**
 * local_irq_save - interrupts off, and what they were into @flags, an unsigned long of this
 * function
 */
#define local_irq_save(flags)				\
	do {						\
		raw_local_irq_save(flags);		\
		if (!raw_irqs_disabled_flags(flags))	\
			trace_hardirqs_off();		\
	} while (0)

/** local_irq_restore - interrupts as they were at local_irq_save() */
#define local_irq_restore(flags)			\
	do {						\
		if (!raw_irqs_disabled_flags(flags))	\
			trace_hardirqs_on();		\
		raw_local_irq_restore(flags);		\
	} while (0)

/** safe_halt - interrupts on and wait for one, with none lost in between */
#define safe_halt()					\
	do {						\
		trace_hardirqs_on();			\
		raw_safe_halt();			\
	} while (0)

#else

#define local_irq_enable()		do { raw_local_irq_enable(); } while (0)
#define local_irq_disable()		do { raw_local_irq_disable(); } while (0)
#define local_irq_save(flags)		do { raw_local_irq_save(flags); } while (0)
#define local_irq_restore(flags)	do { raw_local_irq_restore(flags); } while (0)
#define safe_halt()			do { raw_safe_halt(); } while (0)

#endif /* CONFIG_TRACE_IRQFLAGS */

/** local_save_flags - whether interrupts are on, as local_irq_restore() takes it */
#define local_save_flags(flags)		raw_local_save_flags(flags)

/** irqs_disabled - are interrupts off on this CPU? */
#define irqs_disabled()			raw_irqs_disabled()

/** irqs_disabled_flags - were interrupts off when @flags were saved? */
#define irqs_disabled_flags(flags)	raw_irqs_disabled_flags(flags)

DEFINE_LOCK_GUARD_0(irq, local_irq_disable(), local_irq_enable())
DEFINE_LOCK_GUARD_0(irqsave, local_irq_save(_T->flags), local_irq_restore(_T->flags),
		    unsigned long flags)

#endif /* _LINUX_IRQFLAGS_H */
