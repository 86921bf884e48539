/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_MEMBARRIER_H
#define _LINUX_MEMBARRIER_H

/*
 * mm->membarrier_state: the registering commands' bits in the lower half, as
 * MEMBARRIER_CMD_GET_REGISTRATIONS tells them; in the upper half those whose command may be used.
 */

#include <linux/atomic.h>
#include <linux/mm_types.h>
#include <uapi/linux/membarrier.h>

#include <asm/sync_core.h>

#define MEMBARRIER_READY_SHIFT	16
#define MEMBARRIER_TOLD_MASK	((1 << MEMBARRIER_READY_SHIFT) - 1)

/**
 * membarrier_mm_sync_core_before_usermode - see that user mode fetches new code, if its program may
 * be changing it
 * @mm: what a CPU comes back to from a kernel thread, without a change of page tables
 *
 * Who asked for SYNC_CORE meanwhile has seen the kernel thread, and left this CPU alone.
 * membarrier(2).
 */
static inline void membarrier_mm_sync_core_before_usermode(struct mm_struct *mm)
{
	if (unlikely(atomic_read(&mm->membarrier_state) &
		     MEMBARRIER_CMD_REGISTER_PRIVATE_EXPEDITED_SYNC_CORE))
		sync_core_before_usermode();
}

#endif /* _LINUX_MEMBARRIER_H */
