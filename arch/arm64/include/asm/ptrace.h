/* SPDX-License-Identifier: MIT */
/*
 * struct pt_regs: the registers of what was interrupted, as entry.S stores them.
 *
 * The layout is Linux's. From user mode the frame ends exactly at the top of the task's stack
 * (task_pt_regs()); from kernel mode it lies where the stack pointer happened to be.
 */
#ifndef _ASM_PTRACE_H
#define _ASM_PTRACE_H

#include <uapi/asm/ptrace.h>

/* The exception level that was interrupted: PSTATE.M of EL1 with its own stack pointer. */
#define CurrentEL_EL1		(1 << 2)
#define CurrentEL_EL2		(2 << 2)
#define INIT_PSTATE_EL1		(PSR_D_BIT | PSR_A_BIT | PSR_I_BIT | PSR_F_BIT | PSR_MODE_EL1h)
#define INIT_PSTATE_EL2		(PSR_D_BIT | PSR_A_BIT | PSR_I_BIT | PSR_F_BIT | PSR_MODE_EL2h)

/* syscallno when the frame is not a system call's. */
#define NO_SYSCALL		(-1)

#ifndef __ASSEMBLY__

#include <linux/build_bug.h>
#include <linux/compiler.h>
#include <linux/types.h>

/**
 * struct pt_regs - the saved registers
 * @regs: x0 to x30
 * @sp: SP_EL0 from user mode, else SP before the frame was made
 * @pc: ELR_EL1
 * @pstate: SPSR_EL1
 * @orig_x0: x0 before a system call's result replaced it
 * @syscallno: the call's number, or NO_SYSCALL
 * @sdei_ttbr1: kept for the layout
 * @pmr_save: kept for the layout
 * @stackframe: a frame record that links the handler's frames to those of the interrupted code;
 * zero from user mode
 * @lockdep_hardirqs: kept for the layout
 * @exit_rcu: kept for the layout
 */
struct pt_regs {
	union {
		struct user_pt_regs user_regs;
		struct {
			u64 regs[31];
			u64 sp;
			u64 pc;
			u64 pstate;
		};
	};
	u64 orig_x0;
	s32 syscallno;
	u32 unused2;
	u64 sdei_ttbr1;
	u64 pmr_save;
	u64 stackframe[2];
	u64 lockdep_hardirqs;
	u64 exit_rcu;
};

static_assert(sizeof(struct pt_regs) % 16 == 0, "the stack pointer must stay aligned");

/** user_mode - does the frame come from user mode? */
static __always_inline int user_mode(const struct pt_regs *regs)
{
	return (regs->pstate & PSR_MODE_MASK) == PSR_MODE_EL0t;
}

/** regs_irqs_disabled - were interrupts off? */
static __always_inline bool regs_irqs_disabled(const struct pt_regs *regs)
{
	return regs->pstate & PSR_I_BIT;
}

#define interrupts_enabled(regs)	(!regs_irqs_disabled(regs))
#define fast_interrupts_enabled(regs)	(!((regs)->pstate & PSR_F_BIT))

/** in_syscall - does the frame come from a system call that may be restarted? */
static inline bool in_syscall(const struct pt_regs *regs)
{
	return regs->syscallno != NO_SYSCALL;
}

/** forget_syscall - the call isn't to be restarted */
static inline void forget_syscall(struct pt_regs *regs)
{
	regs->syscallno = NO_SYSCALL;
}

/** instruction_pointer - where the code was */
static __always_inline unsigned long instruction_pointer(const struct pt_regs *regs)
{
	return regs->pc;
}

/** instruction_pointer_set - go on there */
static __always_inline void instruction_pointer_set(struct pt_regs *regs, unsigned long val)
{
	regs->pc = val;
}

#define profile_pc(regs)	instruction_pointer(regs)

/** user_stack_pointer - the stack pointer of a frame from user mode */
static __always_inline unsigned long user_stack_pointer(const struct pt_regs *regs)
{
	return regs->sp;
}

/** user_stack_pointer_set - set it */
static inline void user_stack_pointer_set(struct pt_regs *regs, unsigned long val)
{
	regs->sp = val;
}

/** kernel_stack_pointer - the stack pointer of a frame from the kernel */
static __always_inline unsigned long kernel_stack_pointer(const struct pt_regs *regs)
{
	return regs->sp;
}

/** frame_pointer - the frame pointer, x29 */
static __always_inline unsigned long frame_pointer(const struct pt_regs *regs)
{
	return regs->regs[29];
}

/** regs_return_value - what a function or system call returned, x0 */
static __always_inline unsigned long regs_return_value(const struct pt_regs *regs)
{
	return regs->regs[0];
}

/** regs_set_return_value - let it return that */
static inline void regs_set_return_value(struct pt_regs *regs, unsigned long rc)
{
	regs->regs[0] = rc;
}

#define procedure_link_pointer(regs)	((regs)->regs[30])

/** pt_regs_read_reg - a register by its number in an instruction: 31 reads as zero */
static inline u64 pt_regs_read_reg(const struct pt_regs *regs, int r)
{
	return r == 31 ? 0 : regs->regs[r];
}

/** pt_regs_write_reg - set a register by its number in an instruction: 31 is ignored */
static inline void pt_regs_write_reg(struct pt_regs *regs, int r, u64 val)
{
	if (r != 31)
		regs->regs[r] = val;
}

struct task_struct;
int valid_user_regs(struct user_pt_regs *regs, struct task_struct *task);

#define arch_has_single_step()	(1)
#define current_pt_regs()	task_pt_regs(current)

#endif /* !__ASSEMBLY__ */
#endif /* _ASM_PTRACE_H */
