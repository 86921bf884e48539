// SPDX-License-Identifier: MIT
/* Interrupt stacks. The controllers are drivers; how an interrupt gets here is in entry/. */
#include <linux/gfp.h>
#include <linux/hardirq.h>
#include <linux/init.h>
#include <linux/interrupt.h>
#include <linux/irq.h>
#include <linux/irqchip.h>
#include <linux/kernel.h>
#include <linux/percpu.h>
#include <linux/printk.h>
#include <linux/vmalloc.h>

#include <asm/exception.h>
#include <asm/irq.h>
#include <asm/softirq_stack.h>
#include <asm/stacktrace.h>

/* Lowest address; a guard page lies below. */
DEFINE_PER_CPU(unsigned long *, irq_stack_ptr);

static unsigned long *__init alloc_irq_stack(void)
{
	return __vmalloc_node_range(IRQ_STACK_SIZE, THREAD_ALIGN, VMALLOC_START, VMALLOC_END,
				    GFP_KERNEL | __GFP_NOWARN, PAGE_KERNEL, 0, NUMA_NO_NODE,
				    __builtin_return_address(0));
}

void __init init_IRQ(void)
{
	int cpu;

	for_each_possible_cpu(cpu) {
		per_cpu(irq_stack_ptr, cpu) = alloc_irq_stack();
		if (!per_cpu(irq_stack_ptr, cpu))
			panic("No memory for the interrupt stack of CPU %d\n", cpu);
	}
	irqchip_init();
}

static void run_softirqs(struct pt_regs *unused)
{
	__do_softirq();
}

/**
 * do_softirq_own_stack - run softirqs on the interrupt stack
 *
 * Context: a task's stack, interrupts off.
 */
void do_softirq_own_stack(void)
{
	call_on_irq_stack(NULL, run_softirqs);
}

/** ack_bad_irq - an interrupt that nobody knows: say so */
void ack_bad_irq(unsigned int irq)
{
	pr_crit("unexpected IRQ trap at vector %02x\n", irq);
}
