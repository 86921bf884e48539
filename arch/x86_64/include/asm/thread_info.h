/* SPDX-License-Identifier: MIT */
/* The part of a task that entry code looks at; first member of task_struct. */
#ifndef _ASM_X86_THREAD_INFO_H
#define _ASM_X86_THREAD_INFO_H

#include <linux/types.h>
#include <asm/page_types.h>

/* Nothing lies between the frame of an entry from user mode and the stack's end. */
#define TOP_OF_KERNEL_STACK_PADDING	0

#ifndef __ASSEMBLY__
#include <asm/current.h>

struct thread_info {
	unsigned long flags;		/* TIF_*, atomic bit operations */
	unsigned long syscall_work;	/* SYSCALL_WORK_*, atomic bit operations */
	u32 status;			/* TS_*, only by the task itself */
	u32 cpu;			/* where the task runs or last ran */
};

#define INIT_THREAD_INFO(tsk)	{ .flags = 0, }

#define ARCH_HAS_SCALED_CPUTIME_DISABLED 1

#define current_top_of_stack()	this_cpu_read_stable_8(pcpu_hot.top_of_stack)

/** arch_within_stack_frames - is an object within one frame of the stack? 0: not known */
static __always_inline int arch_within_stack_frames(const void *const stack,
						    const void *const stackend,
						    const void *obj, unsigned long len)
{
	(void)stack;
	(void)stackend;
	(void)obj;
	(void)len;
	return 0;
}
#endif /* !__ASSEMBLY__ */

/* Work to be done before returning to user mode, by bit. */
#define TIF_RSEQ		0	/* rseq_event_mask isn't empty */
#define TIF_NOTIFY_RESUME	1	/* callback before returning to user */
#define TIF_SIGPENDING		2	/* signal pending */
#define TIF_NEED_RESCHED	3	/* rescheduling necessary */
#define TIF_NEED_RESCHED_LAZY	4	/* rescheduling necessary, no hurry */
#define TIF_SINGLESTEP		5	/* re-enable single-step on return to user */
#define TIF_USER_RETURN_NOTIFY	6
#define TIF_UPROBE		7
#define TIF_PATCH_PENDING	8
#define TIF_NEED_FPU_LOAD	9	/* the FPU's registers are not this task's */
#define TIF_NOTIFY_SIGNAL	10	/* task work wants a signal-like kick */
#define TIF_MEMDIE		11	/* dying because of the OOM killer */
#define TIF_POLLING_NRFLAG	12	/* idle is polling need_resched */
#define TIF_IO_BITMAP		13
#define TIF_FORCED_TF		14
#define TIF_BLOCKSTEP		15
#define TIF_NOCPUID		16
#define TIF_NOTSC		17
#define TIF_RESTORE_SIGMASK	18

#define _TIF_RSEQ		(1 << TIF_RSEQ)
#define _TIF_NOTIFY_RESUME	(1 << TIF_NOTIFY_RESUME)
#define _TIF_SIGPENDING		(1 << TIF_SIGPENDING)
#define _TIF_NEED_RESCHED	(1 << TIF_NEED_RESCHED)
#define _TIF_NEED_RESCHED_LAZY	(1 << TIF_NEED_RESCHED_LAZY)
#define _TIF_SINGLESTEP		(1 << TIF_SINGLESTEP)
#define _TIF_UPROBE		(1 << TIF_UPROBE)
#define _TIF_PATCH_PENDING	(1 << TIF_PATCH_PENDING)
#define _TIF_NEED_FPU_LOAD	(1 << TIF_NEED_FPU_LOAD)
#define _TIF_NOTIFY_SIGNAL	(1 << TIF_NOTIFY_SIGNAL)
#define _TIF_POLLING_NRFLAG	(1 << TIF_POLLING_NRFLAG)

/* status: single-threaded flags. */
#define TS_COMPAT		0x0002

#endif /* _ASM_X86_THREAD_INFO_H */
