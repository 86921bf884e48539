/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_IRQFLAGS_TYPES_H
#define _LINUX_IRQFLAGS_TYPES_H

#ifdef CONFIG_TRACE_IRQFLAGS

/* In task_struct as `irqtrace': where this task last turned interrupts on and off. */
struct irqtrace_events {
	unsigned int	irq_events;		/* counts all four kinds */
	unsigned long	hardirq_enable_ip;
	unsigned long	hardirq_disable_ip;
	unsigned int	hardirq_enable_event;
	unsigned int	hardirq_disable_event;
	unsigned long	softirq_disable_ip;
	unsigned long	softirq_enable_ip;
	unsigned int	softirq_disable_event;
	unsigned int	softirq_enable_event;
};

#endif /* CONFIG_TRACE_IRQFLAGS */

#endif /* _LINUX_IRQFLAGS_TYPES_H */
