/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_IRQNR_H
#define _LINUX_IRQNR_H

/* The interrupt numbers in use; 0 is "none" everywhere but on the PC's timer line. */

#include <asm/irq.h>

/* How many numbers there can be; descriptors are made as they are asked for. */
#ifndef NR_IRQS
#define NR_IRQS	2048
#endif

struct irq_desc;

unsigned int irq_get_nr_irqs(void);
struct seq_file;
void arch_show_interrupts(struct seq_file *p, int prec);
u64 arch_irq_stat_cpu(unsigned int cpu);
struct irq_desc *irq_to_desc(unsigned int irq);
unsigned int irq_get_next_irq(unsigned int offset);

#define for_each_irq_desc(irq, desc)						\
	for (irq = 0, desc = irq_to_desc(irq); irq < irq_get_nr_irqs();		\
	     irq++, desc = irq_to_desc(irq))					\
		if (!desc)							\
			;							\
		else

#define for_each_active_irq(irq)						\
	for (irq = irq_get_next_irq(0); irq < irq_get_nr_irqs();		\
	     irq = irq_get_next_irq(irq + 1))

#define for_each_irq_nr(irq)	for (irq = 0; irq < irq_get_nr_irqs(); irq++)

#endif /* _LINUX_IRQNR_H */
