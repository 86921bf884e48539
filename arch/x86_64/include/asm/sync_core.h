/* SPDX-License-Identifier: MIT */
#ifndef _ASM_X86_SYNC_CORE_H
#define _ASM_X86_SYNC_CORE_H

#include <asm/processor.h>

/**
 * sync_core_before_usermode - no instruction that was fetched before runs in user mode
 *
 * iretq serialises, sysretq doesn't: a task that comes back by it may run what it had prefetched.
 */
static inline void sync_core_before_usermode(void)
{
	sync_core();
}

#endif /* _ASM_X86_SYNC_CORE_H */
