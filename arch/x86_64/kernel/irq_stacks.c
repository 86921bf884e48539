// SPDX-License-Identifier: MIT
/*
 * The stacks that belong to a CPU: one for interrupts, one for each exception that must
 * not use the stack it finds. Each is a vmalloc area, so an unmapped page lies below it
 * and running over is a double fault rather than somebody else's data.
 *
 * The boot CPU takes exceptions before vmalloc works: until init_IRQ() it has unguarded
 * ones in init memory.
 */

#include <linux/errno.h>
#include <linux/gfp.h>
#include <linux/init.h>
#include <linux/irqflags.h>
#include <linux/kernel.h>
#include <linux/percpu.h>
#include <linux/smp.h>
#include <linux/vmalloc.h>

#include <asm/irq_stack.h>
#include <asm/processor.h>

static char early_exception_stacks[N_EXCEPTION_STACKS][EXCEPTION_STKSZ]
	__initdata __aligned(PAGE_SIZE);

/** early_exception_stacks_init - the boot CPU's exception stacks, from the image. Context: boot */
void __init early_exception_stacks_init(void)
{
	unsigned int i;

	for (i = 0; i < N_EXCEPTION_STACKS; i++)
		per_cpu(exception_stacks, 0).top[i] = early_exception_stacks[i] + EXCEPTION_STKSZ;
}

/* Return: first byte above the new stack, or NULL. */
static void *alloc_stack(size_t size)
{
	void *stack = __vmalloc(size, GFP_KERNEL | __GFP_ZERO);

	return stack ? stack + size : NULL;
}

/* @cpu is this one (then its TSS takes the new ones at once), or not up. */
static int alloc_exception_stacks(unsigned int cpu)
{
	struct exception_stacks stacks;
	unsigned long flags;
	unsigned int i;

	for (i = 0; i < N_EXCEPTION_STACKS; i++) {
		stacks.top[i] = alloc_stack(EXCEPTION_STKSZ);
		if (!stacks.top[i])
			goto err_free;
	}
	local_irq_save(flags);
	per_cpu(exception_stacks, cpu) = stacks;
	exception_stacks_install(cpu);
	local_irq_restore(flags);
	return 0;

err_free:
	while (i--)
		vfree(stacks.top[i] - EXCEPTION_STKSZ);
	return -ENOMEM;
}

/**
 * irq_init_percpu_irqstack - give a CPU its interrupt and exception stacks
 * @cpu: the boot CPU, or one that is about to be started
 *
 * A CPU that was up before keeps those it had.
 *
 * Context: may sleep, once booting is that far. Return: 0 or -ENOMEM.
 */
int irq_init_percpu_irqstack(unsigned int cpu)
{
	void *irq_stack;
	int ret;

	if (per_cpu(pcpu_hot.hardirq_stack_ptr, cpu))
		return 0;
	irq_stack = alloc_stack(IRQ_STACK_SIZE);
	if (!irq_stack)
		return -ENOMEM;
	ret = alloc_exception_stacks(cpu);
	if (ret) {
		vfree(irq_stack - IRQ_STACK_SIZE);
		return ret;
	}
	per_cpu(pcpu_hot.hardirq_stack_ptr, cpu) = irq_stack;
	return 0;
}
