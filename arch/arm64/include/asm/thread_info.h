/* SPDX-License-Identifier: MIT */
/*
 * The machine's part at the very start of task_struct, so that assembly reaches it from SP_EL0 with
 * small offsets.
 *
 * preempt_count and need-resched share one 64-bit word: the low half counts, the high half is zero
 * when a reschedule is wanted. "May preempt now" is then a single compare of the whole word with
 * zero. Only the CPU that runs the task writes either half.
 */
#ifndef _ASM_THREAD_INFO_H
#define _ASM_THREAD_INFO_H

#include <asm/layout.h>
#include <asm/page-def.h>

#define THREAD_SIZE_ORDER	(THREAD_SHIFT - PAGE_SHIFT)

#ifndef __ASSEMBLY__

#include <linux/types.h>

/**
 * struct thread_info - what entry code needs to know of a task
 * @flags: TIF_* bits, atomic
 * @preempt_count: both halves of @preempt in one load
 * @syscall_work: SYSCALL_WORK_* bits, atomic
 * @cpu: where the task runs; written by the scheduler under the run-queue lock
 */
struct thread_info {
	unsigned long flags;
	union {
		u64 preempt_count;
		struct {
			u32 count;
			u32 need_resched;	/* 0: wanted */
		} preempt;
	};
	unsigned long syscall_work;
	u32 cpu;
};

#define INIT_THREAD_INFO(tsk)			\
{						\
	.flags = 0,				\
	.preempt_count = INIT_PREEMPT_COUNT_TI,	\
}

/* One level of preempt_disable() and no reschedule wanted: the boot task's start. */
#define INIT_PREEMPT_COUNT_TI	(1ULL | (1ULL << 32))

struct task_struct;
void arch_setup_new_exec(void);
#define arch_setup_new_exec arch_setup_new_exec

#endif /* !__ASSEMBLY__ */

#define TIF_SIGPENDING		0
#define TIF_NEED_RESCHED	1
#define TIF_NOTIFY_RESUME	2	/* callback before returning to user */
#define TIF_FOREIGN_FPSTATE	3	/* the FPSIMD registers are not this task's */
#define TIF_UPROBE		4
#define TIF_RSEQ		5	/* rseq_event_mask isn't empty */
#define TIF_NOTIFY_SIGNAL	6
#define TIF_MEMDIE		18
#define TIF_FREEZE		19
#define TIF_RESTORE_SIGMASK	20
#define TIF_SINGLESTEP		21
#define TIF_HW_DEBUG		22	/* has breakpoints or watchpoints that are on */
#define TIF_SVE			23	/* SVE state is live: thread.sve_state, or the registers */
#define TIF_SVE_VL_INHERIT	24	/* exec keeps the vector length */
#define TIF_TAGGED_ADDR		26
#define TIF_POLLING_NRFLAG	27
#define TIF_PATCH_PENDING	28

#define _TIF_SIGPENDING		(1 << TIF_SIGPENDING)
#define _TIF_NEED_RESCHED	(1 << TIF_NEED_RESCHED)
#define _TIF_NOTIFY_RESUME	(1 << TIF_NOTIFY_RESUME)
#define _TIF_FOREIGN_FPSTATE	(1 << TIF_FOREIGN_FPSTATE)
#define _TIF_UPROBE		(1 << TIF_UPROBE)
#define _TIF_RSEQ		(1 << TIF_RSEQ)
#define _TIF_NOTIFY_SIGNAL	(1 << TIF_NOTIFY_SIGNAL)
#define _TIF_SINGLESTEP		(1 << TIF_SINGLESTEP)
#define _TIF_HW_DEBUG		(1 << TIF_HW_DEBUG)
#define _TIF_SVE		(1 << TIF_SVE)
#define _TIF_SVE_VL_INHERIT	(1 << TIF_SVE_VL_INHERIT)
#define _TIF_POLLING_NRFLAG	(1 << TIF_POLLING_NRFLAG)
#define _TIF_PATCH_PENDING	(1 << TIF_PATCH_PENDING)

#endif /* _ASM_THREAD_INFO_H */
