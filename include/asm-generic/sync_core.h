/* SPDX-License-Identifier: MIT */
#ifndef _ASM_GENERIC_SYNC_CORE_H
#define _ASM_GENERIC_SYNC_CORE_H

/*
 * After it user mode executes no instruction that was fetched before. Nothing to do where each
 * return to user mode sees to that.
 */
static inline void sync_core_before_usermode(void)
{
}

#endif /* _ASM_GENERIC_SYNC_CORE_H */
