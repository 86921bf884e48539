/* SPDX-License-Identifier: MIT */
#ifndef _UAPI__ASM_UCONTEXT_H
#define _UAPI__ASM_UCONTEXT_H

#include <linux/types.h>
#include <asm/sigcontext.h>
#include <asm/signal.h>

struct ucontext {
	unsigned long uc_flags;
	struct ucontext __user *uc_link;
	stack_t uc_stack;
	sigset_t uc_sigmask;
	/* C libraries' sets have 1024 bits. */
	__u8 __unused[1024 / 8 - sizeof(sigset_t)];
	struct sigcontext uc_mcontext;	/* last, as it may grow */
};

#endif /* _UAPI__ASM_UCONTEXT_H */
