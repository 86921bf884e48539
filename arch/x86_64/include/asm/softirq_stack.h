/* SPDX-License-Identifier: MIT */
#ifndef _ASM_X86_SOFTIRQ_STACK_H
#define _ASM_X86_SOFTIRQ_STACK_H

/* Run __do_softirq() on this CPU's interrupt stack. Interrupts are off. */
void do_softirq_own_stack(void);

#endif /* _ASM_X86_SOFTIRQ_STACK_H */
