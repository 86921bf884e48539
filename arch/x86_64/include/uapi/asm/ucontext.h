/* SPDX-License-Identifier: MIT */
#ifndef _UAPI_ASM_X86_UCONTEXT_H
#define _UAPI_ASM_X86_UCONTEXT_H

#include <asm/sigcontext.h>
#include <asm/signal.h>

#define UC_FP_XSTATE		0x1	/* the floating-point image has _fpx_sw_bytes */
#define UC_SIGCONTEXT_SS	0x2	/* ss is saved */
#define UC_STRICT_RESTORE_SS	0x4	/* and restored as it stands */

struct ucontext {
	unsigned long uc_flags;
	struct ucontext __user *uc_link;
	stack_t uc_stack;
	struct sigcontext uc_mcontext;
	sigset_t uc_sigmask;
};

#endif /* _UAPI_ASM_X86_UCONTEXT_H */
