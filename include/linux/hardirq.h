/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_HARDIRQ_H
#define _LINUX_HARDIRQ_H

/*
 * Entering and leaving hard interrupts and NMIs, for entry code. Between irq_enter_rcu() and
 * irq_exit_rcu() in_hardirq() is true; the exit of the outermost one runs raised softirqs.
 */

#include <linux/lockdep.h>
#include <linux/preempt.h>
#include <linux/irqflags.h>

#include <asm/hardirq.h>

void synchronize_irq(unsigned int irq);
bool synchronize_hardirq(unsigned int irq);

/* The bare counting, for nested fast paths that skip the rest. */
#define __irq_enter()					\
	do {						\
		preempt_count_add(HARDIRQ_OFFSET);	\
		lockdep_hardirq_enter();		\
	} while (0)

#define __irq_enter_raw()				\
	do {						\
		__preempt_count_add(HARDIRQ_OFFSET);	\
		lockdep_hardirq_enter();		\
	} while (0)

#define __irq_exit()					\
	do {						\
		lockdep_hardirq_exit();			\
		preempt_count_sub(HARDIRQ_OFFSET);	\
	} while (0)

#define __irq_exit_raw()				\
	do {						\
		lockdep_hardirq_exit();			\
		__preempt_count_sub(HARDIRQ_OFFSET);	\
	} while (0)

/**
 * __rcu_irq_enter_check_tick - an interrupt has come on a busy CPU that may do without its tick,
 * but RCU may need it
 *
 * None may: there is no nohz_full, busy CPUs tick.
 */
static __always_inline void __rcu_irq_enter_check_tick(void)
{
}

/** rcu_irq_enter_check_tick - __rcu_irq_enter_check_tick() */
static __always_inline void rcu_irq_enter_check_tick(void)
{
	__rcu_irq_enter_check_tick();
}

void irq_enter(void);
void irq_enter_rcu(void);
void irq_exit(void);
void irq_exit_rcu(void);

#ifndef arch_nmi_enter
#define arch_nmi_enter()	do { } while (0)
#define arch_nmi_exit()		do { } while (0)
#endif

/*
 * NMI counts in the hard irq and in the NMI part, so that in_hardirq() is true as well. noinstr
 * callers; irqentry_nmi_enter() adds lockdep's and RCU's share.
 */
#define __nmi_enter()						\
	do {							\
		arch_nmi_enter();				\
		BUG_ON(in_nmi() == NMI_MASK);			\
		__preempt_count_add(NMI_OFFSET + HARDIRQ_OFFSET); \
	} while (0)

/** nmi_enter - an NMI's handler begins, where entry code hasn't said so. Context: interrupts off */
#define nmi_enter()						\
	do {							\
		__nmi_enter();					\
		lockdep_hardirq_enter();			\
	} while (0)

#define __nmi_exit()						\
	do {							\
		BUG_ON(!in_nmi());				\
		__preempt_count_sub(NMI_OFFSET + HARDIRQ_OFFSET); \
		arch_nmi_exit();				\
	} while (0)

/** nmi_exit - end nmi_enter() */
#define nmi_exit()						\
	do {							\
		lockdep_hardirq_exit();				\
		__nmi_exit();					\
	} while (0)

#endif /* _LINUX_HARDIRQ_H */
