/* SPDX-License-Identifier: MIT */
#ifndef _ASM_TRAPS_H
#define _ASM_TRAPS_H

#include <linux/types.h>

struct pt_regs;

void arm64_skip_faulting_instruction(struct pt_regs *regs, unsigned long size);

#ifdef CONFIG_KUNIT
/* Tests that trap on purpose; see kernel/traps.c. NULL while no test runs. */
extern bool (*arm64_test_brk_hook)(struct pt_regs *regs, unsigned long esr);
extern bool (*arm64_test_bad_stack_hook)(struct pt_regs *regs);
extern void (*arm64_test_bad_stack_leave)(void);
#endif

#endif /* _ASM_TRAPS_H */
