/* SPDX-License-Identifier: MIT */
#ifndef __ASM_GENERIC_SOFTIRQ_STACK_H
#define __ASM_GENERIC_SOFTIRQ_STACK_H

asmlinkage void __do_softirq(void);

/* A machine without an interrupt stack serves softirqs on the task's. */
static inline void do_softirq_own_stack(void)
{
	__do_softirq();
}

#endif /* __ASM_GENERIC_SOFTIRQ_STACK_H */
