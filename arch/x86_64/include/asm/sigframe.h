/* SPDX-License-Identifier: MIT */
#ifndef _ASM_X86_SIGFRAME_H
#define _ASM_X86_SIGFRAME_H

#include <asm/siginfo.h>
#include <asm/ucontext.h>

/*
 * What lies at the stack pointer when a handler begins. The return address leads to the C library's
 * restorer, which calls rt_sigreturn(2); by then the stack pointer is at @uc. The floating-point
 * image lies above, 64-byte aligned.
 */
struct rt_sigframe {
	char __user *pretcode;
	struct ucontext uc;
	struct siginfo info;
};

#endif /* _ASM_X86_SIGFRAME_H */
