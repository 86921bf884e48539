/* SPDX-License-Identifier: MIT */
/*
 * struct user: what a debugger sees of a task, as one struct that PTRACE_PEEKUSER reads by offset.
 * Only regs and u_debugreg are there; the rest reads as zero.
 */
#ifndef _ASM_X86_USER_H
#define _ASM_X86_USER_H

#include <linux/types.h>

struct user_regs_struct {
	unsigned long r15, r14, r13, r12, bp, bx;
	unsigned long r11, r10, r9, r8, ax, cx, dx, si, di;
	unsigned long orig_ax;
	unsigned long ip, cs, flags, sp, ss;
	unsigned long fs_base, gs_base;
	unsigned long ds, es, fs, gs;
};

/* As FXSAVE writes it. */
struct user_i387_struct {
	unsigned short cwd;
	unsigned short swd;
	unsigned short twd;
	unsigned short fop;
	__u64 rip;
	__u64 rdp;
	__u32 mxcsr;
	__u32 mxcsr_mask;
	__u32 st_space[32];
	__u32 xmm_space[64];
	__u32 padding[24];
};

struct user {
	struct user_regs_struct regs;
	int u_fpvalid;
	int pad0;
	struct user_i387_struct i387;
	unsigned long u_tsize;
	unsigned long u_dsize;
	unsigned long u_ssize;
	unsigned long start_code;
	unsigned long start_stack;
	long signal;
	int reserved;
	int pad1;
	unsigned long u_ar0;
	struct user_i387_struct *u_fpstate;
	unsigned long magic;
	char u_comm[32];
	unsigned long u_debugreg[8];
	unsigned long error_code;
	unsigned long fault_address;
};

/* In an XSAVE image, where FXSAVE's leaves room: words for software, of which the first is XCR0. */
#define USER_XSTATE_FX_SW_WORDS	6
#define USER_XSTATE_XCR0_WORD	0

#endif /* _ASM_X86_USER_H */
