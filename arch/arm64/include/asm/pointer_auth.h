/* SPDX-License-Identifier: MIT */
/* Keys of pointer authentication: kernel/pointer_auth.c. */
#ifndef _ASM_POINTER_AUTH_H
#define _ASM_POINTER_AUTH_H

#include <linux/regset.h>
#include <linux/sched.h>
#include <asm/cpufeature.h>

void __ptrauth_thread_switch(struct task_struct *next);
void ptrauth_flush_thread(void);
long ptrauth_reset_keys(unsigned long keys);
long ptrauth_set_enabled_keys(struct task_struct *task, unsigned long keys,
			      unsigned long enabled);
long ptrauth_get_enabled_keys(struct task_struct *task);

user_regset_get2_fn pac_mask_get, pac_address_keys_get, pac_generic_keys_get,
		    pac_enabled_keys_get;
user_regset_set_fn pac_address_keys_set, pac_generic_keys_set, pac_enabled_keys_set;
user_regset_active_fn pac_address_active, pac_generic_active;

/**
 * ptrauth_thread_switch - the CPU goes to @next. Kernel threads sign nothing
 *
 * Context: interrupts off.
 */
static inline void ptrauth_thread_switch(struct task_struct *next)
{
	if (system_supports_address_auth() && next->mm)
		__ptrauth_thread_switch(next);
}

#endif /* _ASM_POINTER_AUTH_H */
