/* SPDX-License-Identifier: MIT */
/*
 * Offsets and sizes of C structures for assembly: compiled, never run; becomes
 * <generated/asm-offsets.h>.
 */
#include <linux/kbuild.h>
#include <linux/sched.h>

#include <asm/ptrace.h>
#include <asm/smp.h>

int main(void);

int main(void)
{
	OFFSET(TSK_TI_FLAGS, task_struct, thread_info.flags);
	OFFSET(TSK_TI_CPU, task_struct, thread_info.cpu);
	OFFSET(TSK_STACK, task_struct, stack);
	OFFSET(TSK_STACK_CANARY, task_struct, stack_canary);
	OFFSET(THREAD_CPU_CONTEXT, task_struct, thread.cpu_context);
	BLANK();
	OFFSET(S_X0, pt_regs, regs[0]);
	OFFSET(S_X2, pt_regs, regs[2]);
	OFFSET(S_X8, pt_regs, regs[8]);
	OFFSET(S_FP, pt_regs, regs[29]);
	OFFSET(S_LR, pt_regs, regs[30]);
	OFFSET(S_SP, pt_regs, sp);
	OFFSET(S_PC, pt_regs, pc);
	OFFSET(S_PSTATE, pt_regs, pstate);
	OFFSET(S_SYSCALLNO, pt_regs, syscallno);
	OFFSET(S_STACKFRAME, pt_regs, stackframe);
	DEFINE(PT_REGS_SIZE, sizeof(struct pt_regs));
	BLANK();
	OFFSET(SECONDARY_DATA_TASK, secondary_data, task);
	BLANK();
	OFFSET(FPSIMD_FPSR, user_fpsimd_state, fpsr);
	OFFSET(FPSIMD_FPCR, user_fpsimd_state, fpcr);
	return 0;
}
