/* SPDX-License-Identifier: MIT */
#ifndef _ASM_IRQ_H
#define _ASM_IRQ_H

#ifndef __ASSEMBLY__

#include <linux/init.h>
#include <asm-generic/irq.h>

struct cpumask;
struct pt_regs;

/*
 * The root interrupt controller's handler: reads what is pending and hands it on. Set once, by its
 * driver.
 */
int set_handle_irq(void (*handle_irq)(struct pt_regs *));
#define set_handle_irq set_handle_irq

void init_IRQ(void);

/* An ordinary interrupt: a CPU that has them off answers when it takes them again. */
void arch_trigger_cpumask_backtrace(const struct cpumask *mask, int exclude_cpu);
#define arch_trigger_cpumask_backtrace arch_trigger_cpumask_backtrace

/** nr_legacy_irqs - interrupt numbers that are fixed: none */
static inline int nr_legacy_irqs(void)
{
	return 0;
}

#endif /* !__ASSEMBLY__ */
#endif /* _ASM_IRQ_H */
