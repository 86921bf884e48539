// SPDX-License-Identifier: MIT
/*
 * Single-step: with TF set in rflags the processor raises #DB after each instruction.
 *
 * TF is in the program's own flags, which makes four cases:
 *
 *	we set it for the tracer	TIF_FORCED_TF: hidden from who reads the flags, and cleared
 *					when the stepping ends
 *	the program has set it itself	left alone, stepping or not
 *	the next instruction loads	what it loads is the program's: not ours from there on
 *	  the flags (popf, iret)
 *	the next instruction is syscall	it clears TF, and sysret sets it too late: the trap would
 *					come after one more instruction. SYSCALL_EXIT_TRAP stops
 *					on the way out instead
 *
 * All of this is done to a stopped task, or to a new one that nobody else knows.
 */

#include <linux/ptrace.h>

#include <linux/mm.h>
#include <linux/sched.h>
#include <linux/sched/signal.h>

#include <asm/processor.h>
#include <asm/segment.h>

static bool is_prefix(u8 byte)
{
	switch (byte) {
	case 0x26: case 0x2e: case 0x36: case 0x3e:	/* segment overrides */
	case 0x64: case 0x65: case 0x66: case 0x67:
	case 0xf0: case 0xf2: case 0xf3:		/* lock, repne, rep */
	case 0x40 ... 0x4f:				/* rex */
		return true;
	default:
		return false;
	}
}

/* Is the next instruction popf or iret? */
static bool loads_flags(struct task_struct *child, struct pt_regs *regs)
{
	u8 insn[15];
	int copied = access_process_vm(child, regs->ip, insn, sizeof(insn), FOLL_FORCE), i;

	for (i = 0; i < copied; i++) {
		if (insn[i] == 0x9d || insn[i] == 0xcf)
			return true;
		if (!is_prefix(insn[i]))
			return false;
	}
	return false;
}

/**
 * user_enable_single_step - stop after the next instruction
 * @child: stopped
 */
void user_enable_single_step(struct task_struct *child)
{
	struct pt_regs *regs = task_pt_regs(child);
	bool had_tf = regs->flags & X86_EFLAGS_TF;

	set_tsk_thread_flag(child, TIF_SINGLESTEP);
	set_task_syscall_work(child, SYSCALL_EXIT_TRAP);
	regs->flags |= X86_EFLAGS_TF;
	if (loads_flags(child, regs)) {
		clear_tsk_thread_flag(child, TIF_FORCED_TF);
		return;
	}
	/* If it was there before, it is ours only if it was ours then. */
	if (!had_tf)
		set_tsk_thread_flag(child, TIF_FORCED_TF);
}

/**
 * user_enable_block_step - stop after the next branch
 * @child: stopped
 *
 * That wants DEBUGCTL.BTF, which is not used here: it stops after each instruction, of which a
 * branch is one.
 */
void user_enable_block_step(struct task_struct *child)
{
	user_enable_single_step(child);
}

/**
 * user_disable_single_step - no more
 * @child: stopped, or new
 */
void user_disable_single_step(struct task_struct *child)
{
	clear_tsk_thread_flag(child, TIF_SINGLESTEP);
	clear_task_syscall_work(child, SYSCALL_EXIT_TRAP);
	if (test_tsk_thread_flag(child, TIF_FORCED_TF)) {
		clear_tsk_thread_flag(child, TIF_FORCED_TF);
		task_pt_regs(child)->flags &= ~X86_EFLAGS_TF;
	}
}

/** user_single_step_report - SIGTRAP for the step over a system call, on its way out */
void user_single_step_report(struct pt_regs *regs)
{
	current->thread.trap_nr = 1;	/* #DB */
	current->thread.error_code = 0;
	force_sig_fault(SIGTRAP, TRAP_BRKPT, (void __user *)regs->ip);
}
