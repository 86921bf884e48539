// SPDX-License-Identifier: MIT
/*
 * /proc/interrupts: a line for each line that has handlers or has fired, a column for each CPU
 * that is online; below them the machine's own interrupts (arch_show_interrupts()).
 */

#include <linux/cpumask.h>
#include <linux/init.h>
#include <linux/irqdomain.h>
#include <linux/proc_fs.h>
#include <linux/rcupdate.h>
#include <linux/seq_file.h>

#include "internals.h"

/* Interrupts that have no descriptor. @prec: width of the first column. */
void __weak arch_show_interrupts(struct seq_file *p, int prec)
{
}

/* Of those, how many a CPU has had. */
u64 __weak arch_irq_stat_cpu(unsigned int cpu)
{
	return 0;
}

/* As wide as the largest number, three at least. */
static int number_width(void)
{
	unsigned int nr = irq_get_nr_irqs(), limit = 1000;
	int width = 3;

	for (; width < 10 && limit <= nr; width++)
		limit *= 10;
	return width;
}

static void show_header(struct seq_file *p, int prec)
{
	int cpu;

	seq_printf(p, "%*s", prec + 8, "");
	for_each_online_cpu(cpu)
		seq_printf(p, "CPU%-8d", cpu);
	seq_putc(p, '\n');
}

/* The chip, its own number for the line, the flow. desc->lock held. */
static void show_chip(struct seq_file *p, struct irq_desc *desc, int prec)
{
	struct irq_chip *chip = desc->irq_data.chip;

	if (chip && chip->irq_print_chip)
		chip->irq_print_chip(&desc->irq_data, p);
	else
		seq_printf(p, " %8s", chip && chip->name ? chip->name : "-");
	if (desc->irq_data.domain)
		seq_printf(p, " %*lu", prec, desc->irq_data.hwirq);
	else
		seq_printf(p, " %*s", prec, "");
	if (desc->name)
		seq_printf(p, "-%-8s", desc->name);
}

static void show_irq(struct seq_file *p, unsigned int irq, struct irq_desc *desc, int prec)
{
	struct irqaction *action;
	unsigned long flags;
	bool fired = false;
	int cpu;

	for_each_online_cpu(cpu)
		fired |= irq_desc_kstat_cpu(desc, cpu) != 0;
	if ((!desc->action || irq_desc_is_chained(desc)) && !fired)
		return;
	seq_printf(p, "%*u:", prec, irq);
	for_each_online_cpu(cpu)
		seq_put_decimal_ull_width(p, " ", irq_desc_kstat_cpu(desc, cpu), 10);
	seq_putc(p, ' ');
	raw_spin_lock_irqsave(&desc->lock, flags);
	show_chip(p, desc, prec);
	action = desc->action;
	if (action && !irq_desc_is_chained(desc)) {
		seq_printf(p, "  %s", action->name);
		while ((action = action->next))
			seq_printf(p, ", %s", action->name);
	}
	seq_putc(p, '\n');
	raw_spin_unlock_irqrestore(&desc->lock, flags);
}

static int interrupts_show(struct seq_file *p, void *v)
{
	int prec = number_width();
	struct irq_desc *desc;
	unsigned int irq;

	show_header(p, prec);
	rcu_read_lock();
	for_each_irq_nr(irq) {
		desc = irq_to_desc(irq);
		if (desc && !(desc->status_use_accessors & IRQ_HIDDEN))
			show_irq(p, irq, desc, prec);
	}
	rcu_read_unlock();
	arch_show_interrupts(p, prec);
	return 0;
}

static int __init proc_interrupts_init(void)
{
	proc_create_single("interrupts", 0, NULL, interrupts_show);
	return 0;
}
fs_initcall(proc_interrupts_init);
