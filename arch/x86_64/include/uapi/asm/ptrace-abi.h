/* SPDX-License-Identifier: MIT */
#ifndef _UAPI_ASM_X86_PTRACE_ABI_H
#define _UAPI_ASM_X86_PTRACE_ABI_H

/* Byte offsets into struct pt_regs, as PTRACE_PEEKUSER takes them. */
#define R15		0
#define R14		8
#define R13		16
#define R12		24
#define RBP		32
#define RBX		40
#define R11		48
#define R10		56
#define R9		64
#define R8		72
#define RAX		80
#define RCX		88
#define RDX		96
#define RSI		104
#define RDI		112
#define ORIG_RAX	120
#define RIP		128
#define CS		136
#define EFLAGS		144
#define RSP		152
#define SS		160

#define PTRACE_GETREGS		12
#define PTRACE_SETREGS		13
#define PTRACE_GETFPREGS	14
#define PTRACE_SETFPREGS	15
#define PTRACE_GETFPXREGS	18
#define PTRACE_SETFPXREGS	19
#define PTRACE_OLDSETOPTIONS	21
#define PTRACE_GET_THREAD_AREA	25
#define PTRACE_SET_THREAD_AREA	26
#define PTRACE_ARCH_PRCTL	30
#define PTRACE_SYSEMU		31
#define PTRACE_SYSEMU_SINGLESTEP 32
#define PTRACE_SINGLEBLOCK	33

#endif /* _UAPI_ASM_X86_PTRACE_ABI_H */
