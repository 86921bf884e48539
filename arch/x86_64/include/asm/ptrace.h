/* SPDX-License-Identifier: MIT */
/*
 * struct pt_regs: what every entry leaves on the stack. The last five words
 * are pushed by the processor, orig_ax by it (error code) or by the entry stub
 * (system-call number, vector, or -1), the rest by entry code. An entry from
 * user mode ends with the frame at the very top of the task's stack.
 */
#ifndef _ASM_X86_PTRACE_H
#define _ASM_X86_PTRACE_H

#include <uapi/asm/ptrace.h>
#include <asm/page_types.h>
#include <asm/segment.h>

#ifndef __ASSEMBLY__
#include <linux/compiler.h>
#include <linux/types.h>

struct pt_regs {
	unsigned long r15;
	unsigned long r14;
	unsigned long r13;
	unsigned long r12;
	unsigned long bp;
	unsigned long bx;
	unsigned long r11;
	unsigned long r10;
	unsigned long r9;
	unsigned long r8;
	unsigned long ax;
	unsigned long cx;
	unsigned long dx;
	unsigned long si;
	unsigned long di;
	unsigned long orig_ax;
	unsigned long ip;
	union {
		u16 cs;
		u64 csx;
	};
	unsigned long flags;
	unsigned long sp;
	union {
		u16 ss;
		u64 ssx;
	};
};

struct task_struct;

/** user_mode - does the frame come from user mode? */
static __always_inline bool user_mode(struct pt_regs *regs)
{
	return (regs->cs & 3) != 0;
}

#define user_64bit_mode(regs)	((regs)->cs == __USER_CS)

/** instruction_pointer - where the code was */
static __always_inline unsigned long instruction_pointer(struct pt_regs *regs)
{
	return regs->ip;
}

/** instruction_pointer_set - go on there */
static __always_inline void instruction_pointer_set(struct pt_regs *regs, unsigned long ip)
{
	regs->ip = ip;
}

/** kernel_stack_pointer - the stack pointer of a frame from the kernel */
static __always_inline unsigned long kernel_stack_pointer(struct pt_regs *regs)
{
	return regs->sp;
}

/** user_stack_pointer - the stack pointer of a frame from user mode */
static __always_inline unsigned long user_stack_pointer(struct pt_regs *regs)
{
	return regs->sp;
}

/** user_stack_pointer_set - set it */
static __always_inline void user_stack_pointer_set(struct pt_regs *regs, unsigned long sp)
{
	regs->sp = sp;
}

/** frame_pointer - the frame pointer, rbp */
static __always_inline unsigned long frame_pointer(struct pt_regs *regs)
{
	return regs->bp;
}

/** regs_return_value - what a function or system call returned, rax */
static __always_inline unsigned long regs_return_value(struct pt_regs *regs)
{
	return regs->ax;
}

/** regs_set_return_value - let it return that */
static __always_inline void regs_set_return_value(struct pt_regs *regs, unsigned long rc)
{
	regs->ax = rc;
}

/** regs_irqs_disabled - were interrupts off? */
static __always_inline bool regs_irqs_disabled(struct pt_regs *regs)
{
	return !(regs->flags & X86_EFLAGS_IF);
}

#define profile_pc(regs)	instruction_pointer(regs)

#define current_pt_regs()							\
	((struct pt_regs *)current_top_of_stack() - 1)

/* Only a return by iret from a frame that ptrace may have changed needs it. */
#define arch_has_single_step()	(1)
#define arch_has_block_step()	(1)

#endif /* !__ASSEMBLY__ */
#endif /* _ASM_X86_PTRACE_H */
