// SPDX-License-Identifier: MIT
/*
 * Interrupts, from the frame to the controller's code, on the interrupt stack.
 *
 * Each CPU has one interrupt stack. The first interrupt or softirq run moves to it;
 * whatever interrupts that work nests on it. hardirq_stack_inuse is only changed
 * with interrupts off by the CPU itself, and the preempt count is raised for as
 * long as it is set, so no other task comes along meanwhile.
 */

#include <linux/entry-common.h>
#include <linux/hardirq.h>
#include <linux/interrupt.h>
#include <linux/irqflags.h>

#include <asm/hw_irq.h>
#include <asm/irq_regs.h>
#include <asm/irq_stack.h>
#include <asm/softirq_stack.h>
#include <asm/traps.h>

DEFINE_PER_CPU(struct pt_regs *, irq_regs);

/* Run @fn on the interrupt stack, unless this CPU is on it already. */
static __always_inline void run_on_irq_stack(void (*fn)(void *), void *arg)
{
	void *top = __this_cpu_read(pcpu_hot.hardirq_stack_ptr);

	if (__this_cpu_read(pcpu_hot.hardirq_stack_inuse) || !top) {
		fn(arg);
		return;
	}
	__this_cpu_write(pcpu_hot.hardirq_stack_inuse, true);
	call_on_stack(arg, fn, top);
	__this_cpu_write(pcpu_hot.hardirq_stack_inuse, false);
}

static void handle_interrupt(void *arg)
{
	struct pt_regs *regs = arg;
	struct pt_regs *old_regs;

	irq_enter_rcu();
	old_regs = set_irq_regs(regs);
	x86_dispatch_vector(regs, (u8)regs->orig_ax);
	set_irq_regs(old_regs);
	irq_exit_rcu();
}

/**
 * x86_interrupt - entry of every vector from FIRST_EXTERNAL_VECTOR on
 * @regs: the frame; orig_ax is the vector
 *
 * Context: from entry assembly, interrupts off.
 */
asmlinkage noinstr void x86_interrupt(struct pt_regs *regs)
{
	irqentry_state_t state = irqentry_enter(regs);

	instrumentation_begin();
	run_on_irq_stack(handle_interrupt, regs);
	/* The vector's place says which system call is under way: none. */
	regs->orig_ax = -1;
	instrumentation_end();
	irqentry_exit(regs, state);
}

static void handle_softirqs_arg(void *unused)
{
	(void)unused;
	__do_softirq();
}

void do_softirq_own_stack(void)
{
	run_on_irq_stack(handle_softirqs_arg, NULL);
}
