/* SPDX-License-Identifier: MIT */
#ifndef _ASM_SOFTIRQ_STACK_H
#define _ASM_SOFTIRQ_STACK_H

void do_softirq_own_stack(void);

#endif /* _ASM_SOFTIRQ_STACK_H */
