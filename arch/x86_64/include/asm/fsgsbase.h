/* SPDX-License-Identifier: MIT */
#ifndef _ASM_X86_FSGSBASE_H
#define _ASM_X86_FSGSBASE_H

/* The bases of fs and gs of the current task, brought up to date in its thread_struct. */
void save_current_bases(void);

#endif /* _ASM_X86_FSGSBASE_H */
