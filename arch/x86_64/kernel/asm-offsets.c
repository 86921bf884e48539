// SPDX-License-Identifier: MIT
/*
 * Offsets that assembly needs. Compiled to assembly, never linked: the build
 * turns the lines into <generated/asm-offsets.h> and asm-offsets.inc.
 */

#include <linux/errno.h>
#include <linux/kbuild.h>
#include <linux/sched.h>

#include <asm/fixmap.h>
#include <asm/irq_vectors.h>
#include <asm/processor.h>
#include <asm/ptrace.h>
#include <asm/switch_to.h>
#include <asm/thread_info.h>

struct fixed_percpu_data {
	char gs_base[40];
	unsigned long stack_canary;
};

int main(void);

int main(void)
{
	COMMENT(struct pt_regs);
	OFFSET(PT_R15, pt_regs, r15);
	OFFSET(PT_R14, pt_regs, r14);
	OFFSET(PT_R13, pt_regs, r13);
	OFFSET(PT_R12, pt_regs, r12);
	OFFSET(PT_RBP, pt_regs, bp);
	OFFSET(PT_RBX, pt_regs, bx);
	OFFSET(PT_R11, pt_regs, r11);
	OFFSET(PT_R10, pt_regs, r10);
	OFFSET(PT_R9, pt_regs, r9);
	OFFSET(PT_R8, pt_regs, r8);
	OFFSET(PT_RAX, pt_regs, ax);
	OFFSET(PT_RCX, pt_regs, cx);
	OFFSET(PT_RDX, pt_regs, dx);
	OFFSET(PT_RSI, pt_regs, si);
	OFFSET(PT_RDI, pt_regs, di);
	OFFSET(PT_ORIG_RAX, pt_regs, orig_ax);
	OFFSET(PT_RIP, pt_regs, ip);
	OFFSET(PT_CS, pt_regs, cs);
	OFFSET(PT_EFLAGS, pt_regs, flags);
	OFFSET(PT_RSP, pt_regs, sp);
	OFFSET(PT_SS, pt_regs, ss);
	DEFINE(PT_SIZE, sizeof(struct pt_regs));
	BLANK();

	COMMENT(per-CPU hot line and canary);
	OFFSET(PCPU_CURRENT_TASK, pcpu_hot, current_task);
	OFFSET(PCPU_PREEMPT_COUNT, pcpu_hot, preempt_count);
	OFFSET(PCPU_TOP_OF_STACK, pcpu_hot, top_of_stack);
	OFFSET(PCPU_SYSCALL_SCRATCH, pcpu_hot, syscall_scratch);
	OFFSET(PCPU_STACK_CANARY, fixed_percpu_data, stack_canary);
	BLANK();

	COMMENT(struct task_struct);
	OFFSET(TASK_THREAD_SP, task_struct, thread.sp);
	OFFSET(TASK_STACK_CANARY, task_struct, stack_canary);
	OFFSET(TASK_TI_FLAGS, task_struct, thread_info.flags);
	BLANK();

	COMMENT(sizes and selectors);
	DEFINE(THREAD_SIZE, THREAD_SIZE);
	DEFINE(EXCEPTION_STKSZ, EXCEPTION_STKSZ);
	DEFINE(KERNEL_CS, __KERNEL_CS);
	DEFINE(KERNEL_DS, __KERNEL_DS);
	DEFINE(USER_CS, __USER_CS);
	DEFINE(USER_DS, __USER_DS);
	DEFINE(ENOSYS, ENOSYS);
	DEFINE(CPUNODE_SEG, __CPUNODE_SEG);
	DEFINE(CPUNODE_MASK, VDSO_CPUNODE_MASK);
	DEFINE(FIRST_EXTERNAL_VECTOR, FIRST_EXTERNAL_VECTOR);
	DEFINE(NR_VECTORS, NR_VECTORS);
	DEFINE(X86_EFLAGS_IF, X86_EFLAGS_IF);
	DEFINE(TASK_SIZE_MAX, TASK_SIZE_MAX);
	return 0;
}
