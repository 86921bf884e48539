/* SPDX-License-Identifier: MIT */
#ifndef _ASM_USER_H
#define _ASM_USER_H

/* The general registers as debuggers have them are struct user_pt_regs. */
#include <asm/ptrace.h>

#endif /* _ASM_USER_H */
