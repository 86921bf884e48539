/* SPDX-License-Identifier: MIT */
#ifndef _ASM_X86_IRQ_STACK_H
#define _ASM_X86_IRQ_STACK_H

#include <linux/types.h>

/**
 * call_on_stack - run a function on another stack
 * @arg: passed on
 * @fn: the function
 * @top: first byte above the stack to use, 16-byte aligned
 *
 * Links the frame pointer across, so a back trace goes through.
 */
void call_on_stack(void *arg, void (*fn)(void *arg), void *top);

int irq_init_percpu_irqstack(unsigned int cpu);

#endif /* _ASM_X86_IRQ_STACK_H */
