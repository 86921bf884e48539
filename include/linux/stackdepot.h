/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_STACKDEPOT_H
#define _LINUX_STACKDEPOT_H

/*
 * Stack depot: each distinct stack trace is kept once and named by a 32-bit handle.
 *
 * Saving is allowed in any context (from NMI it fails unless the trace is known). Handle 0 means
 * that there was no room. Traces are never freed.
 */

#include <linux/gfp_types.h>
#include <linux/types.h>

typedef u32 depot_stack_handle_t;

int stack_depot_init(void);
depot_stack_handle_t stack_depot_save(unsigned long *entries, unsigned int nr_entries,
				      gfp_t gfp_flags);
unsigned int stack_depot_fetch(depot_stack_handle_t handle, unsigned long **entries);
void stack_depot_print(depot_stack_handle_t stack);

#endif /* _LINUX_STACKDEPOT_H */
