/* SPDX-License-Identifier: MIT */
#ifndef _ASM_GENERIC_STACKPROTECTOR_H
#define _ASM_GENERIC_STACKPROTECTOR_H

/* The compiler reads current->stack_canary itself, so the switch of tasks switches it too. */
#include <linux/random.h>
#include <linux/sched.h>

/*
 * Gives the boot task its canary. The caller must not return: its own frame still
 * has the old one.
 */
static __always_inline void boot_init_stack_canary(void)
{
	current->stack_canary = get_random_canary();
}

#endif /* _ASM_GENERIC_STACKPROTECTOR_H */
