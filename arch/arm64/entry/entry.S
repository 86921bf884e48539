/* SPDX-License-Identifier: MIT */
/*
 * The exception vectors: save every register in a struct pt_regs on the stack, call a C handler,
 * restore.
 *
 * From user mode SP already points to the top of the task's stack, so the frame ends exactly there.
 * From kernel mode it goes below what the interrupted code had, after a look whether there is room:
 * kernel stacks are aligned to twice their size, so bit THREAD_SHIFT of SP is set once it left the
 * stack downwards (layout.h). An exception in the guard page would otherwise fault again and again
 * on its own frame.
 *
 * All four masks (DAIF) are set on entry and have to be again on return.
 */
#include <linux/linkage.h>
#include <asm/assembler.h>
#include <asm/ptrace.h>
#include <asm/thread_info.h>
#include <generated/asm-offsets.h>

	.section .entry.text, "ax"

/*
 * Store x0 to x30, SP, PC and PSTATE of what was interrupted. SP points to the frame. x21 to x23
 * are then free.
 */
	.macro	kernel_entry, el
	stp	x0, x1, [sp, #16 * 0]
	stp	x2, x3, [sp, #16 * 1]
	stp	x4, x5, [sp, #16 * 2]
	stp	x6, x7, [sp, #16 * 3]
	stp	x8, x9, [sp, #16 * 4]
	stp	x10, x11, [sp, #16 * 5]
	stp	x12, x13, [sp, #16 * 6]
	stp	x14, x15, [sp, #16 * 7]
	stp	x16, x17, [sp, #16 * 8]
	stp	x18, x19, [sp, #16 * 9]
	stp	x20, x21, [sp, #16 * 10]
	stp	x22, x23, [sp, #16 * 11]
	stp	x24, x25, [sp, #16 * 12]
	stp	x26, x27, [sp, #16 * 13]
	stp	x28, x29, [sp, #16 * 14]

	.if	\el == 0
	mrs	x21, sp_el0
	ldr_this_cpu x22, __entry_task, x23
	msr	sp_el0, x22
	.else
	add	x21, sp, #PT_REGS_SIZE
	.endif
	mrs	x22, elr_el1
	mrs	x23, spsr_el1
	stp	lr, x21, [sp, #S_LR]
	stp	x22, x23, [sp, #S_PC]

	/*
	 * A frame record, so that a backtrace goes on into the interrupted code; user mode's end
	 * it.
	 */
	.if	\el == 0
	stp	xzr, xzr, [sp, #S_STACKFRAME]
	.else
	stp	x29, x22, [sp, #S_STACKFRAME]
	.endif
	add	x29, sp, #S_STACKFRAME

	mov	w21, #NO_SYSCALL
	str	w21, [sp, #S_SYSCALLNO]
	.endm

	.macro	kernel_exit, el
	ldp	x21, x22, [sp, #S_PC]
	.if	\el == 0
	ldr	x23, [sp, #S_SP]
	msr	sp_el0, x23
	.endif
	msr	elr_el1, x21
	msr	spsr_el1, x22
	ldp	x0, x1, [sp, #16 * 0]
	ldp	x2, x3, [sp, #16 * 1]
	ldp	x4, x5, [sp, #16 * 2]
	ldp	x6, x7, [sp, #16 * 3]
	ldp	x8, x9, [sp, #16 * 4]
	ldp	x10, x11, [sp, #16 * 5]
	ldp	x12, x13, [sp, #16 * 6]
	ldp	x14, x15, [sp, #16 * 7]
	ldp	x16, x17, [sp, #16 * 8]
	ldp	x18, x19, [sp, #16 * 9]
	ldp	x20, x21, [sp, #16 * 10]
	ldp	x22, x23, [sp, #16 * 11]
	ldp	x24, x25, [sp, #16 * 12]
	ldp	x26, x27, [sp, #16 * 13]
	ldp	x28, x29, [sp, #16 * 14]
	ldr	lr, [sp, #S_LR]
	add	sp, sp, #PT_REGS_SIZE
	eret
	.endm

/*
 * One of the sixteen slots. No register is free, not even one to test SP with, so x0 and SP trade
 * places by sums:
 * with S the stack pointer and X the value of x0,  sp = S + X,  x0 = S,  and the same backwards.
 */
	.macro	kernel_ventry, el, label
	.balign	128
	sub	sp, sp, #PT_REGS_SIZE
	.if	\el == 1
	add	sp, sp, x0
	sub	x0, sp, x0
	tbnz	x0, #THREAD_SHIFT, 1f
	sub	x0, sp, x0
	sub	sp, sp, x0
	b	\label

	/*
	 * Off the stack. S and X go to the user's thread registers, which nobody will miss. If S is
	 * on the overflow stack (whose alignment is any) this is an ordinary nested exception
	 * there; else continue on that stack.
	 */
1:	msr	tpidrro_el0, x0
	sub	x0, sp, x0
	msr	tpidr_el0, x0
	adr_l	x0, overflow_stack + OVERFLOW_STACK_SIZE
	mov	sp, x0
	mrs	x0, tpidr_el1
	add	sp, sp, x0
	mrs	x0, tpidrro_el0
	sub	x0, sp, x0
	tst	x0, #~(OVERFLOW_STACK_SIZE - 1)
	b.ne	__bad_stack
	mrs	x0, tpidrro_el0
	mov	sp, x0
	mrs	x0, tpidr_el0
	.endif
	b	\label
	.endm

/* A handler: frame, C function, back. */
	.macro	entry_handler, el, name
SYM_CODE_START_LOCAL(\name)
	kernel_entry \el
	mov	x0, sp
	bl	\name\()_handler
	.if	\el == 0
	b	ret_to_user
	.else
	b	ret_to_kernel
	.endif
SYM_CODE_END(\name)
	.endm

	.balign	2048
SYM_CODE_START(vectors)
	kernel_ventry 1, el1t_64		/* EL1 with SP_EL0: never used */
	kernel_ventry 1, el1t_64
	kernel_ventry 1, el1t_64
	kernel_ventry 1, el1t_64

	kernel_ventry 1, el1h_64_sync		/* the kernel itself */
	kernel_ventry 1, el1h_64_irq
	kernel_ventry 1, el1h_64_fiq
	kernel_ventry 1, el1h_64_error

	kernel_ventry 0, el0t_64_sync		/* user mode */
	kernel_ventry 0, el0t_64_irq
	kernel_ventry 0, el0t_64_fiq
	kernel_ventry 0, el0t_64_error

	kernel_ventry 0, el0t_32		/* AArch32: no such programs here */
	kernel_ventry 0, el0t_32
	kernel_ventry 0, el0t_32
	kernel_ventry 0, el0t_32
SYM_CODE_END(vectors)

	entry_handler 1, el1t_64
	entry_handler 1, el1h_64_sync
	entry_handler 1, el1h_64_irq
	entry_handler 1, el1h_64_fiq
	entry_handler 1, el1h_64_error
	entry_handler 0, el0t_64_sync
	entry_handler 0, el0t_64_irq
	entry_handler 0, el0t_64_fiq
	entry_handler 0, el0t_64_error
	entry_handler 0, el0t_32

SYM_CODE_START_LOCAL(ret_to_kernel)
	kernel_exit 1
SYM_CODE_END(ret_to_kernel)

SYM_CODE_START(ret_to_user)
	kernel_exit 0
SYM_CODE_END(ret_to_user)

/* SP is the top of the overflow stack, S in tpidrro_el0, X in tpidr_el0. */
SYM_CODE_START_LOCAL(__bad_stack)
	mrs	x0, tpidr_el0
	sub	sp, sp, #PT_REGS_SIZE
	kernel_entry 1
	mrs	x0, tpidrro_el0
	add	x0, x0, #PT_REGS_SIZE
	str	x0, [sp, #S_SP]
	mov	x0, sp
	bl	handle_bad_stack
	brk	#0x100
SYM_CODE_END(__bad_stack)

/*
 * struct task_struct *cpu_switch_to(struct task_struct *prev, struct task_struct *next)
 *
 * Save what a function must preserve into prev, load next's: we return where next once called this,
 * or, for a new task, to ret_from_fork. x0 still is prev then.
 */
SYM_FUNC_START(cpu_switch_to)
	mov	x10, #THREAD_CPU_CONTEXT
	add	x8, x0, x10
	mov	x9, sp
	stp	x19, x20, [x8], #16
	stp	x21, x22, [x8], #16
	stp	x23, x24, [x8], #16
	stp	x25, x26, [x8], #16
	stp	x27, x28, [x8], #16
	stp	x29, x9, [x8], #16
	str	lr, [x8]
	add	x8, x1, x10
	ldp	x19, x20, [x8], #16
	ldp	x21, x22, [x8], #16
	ldp	x23, x24, [x8], #16
	ldp	x25, x26, [x8], #16
	ldp	x27, x28, [x8], #16
	ldp	x29, x9, [x8], #16
	ldr	lr, [x8]
	mov	sp, x9
	msr	sp_el0, x1
	ret
SYM_FUNC_END(cpu_switch_to)

/*
 * A task's first steps; x0 is the task that ran before. A kernel thread has its function in x19 and
 * the argument in x20; should it return (it has become a user program) we leave through the frame
 * at the top of its stack.
 */
SYM_CODE_START(ret_from_fork)
	bl	schedule_tail
	cbz	x19, 1f
	mov	x0, x20
	blr	x19
1:	mov	x0, sp
	bl	asm_exit_to_user_mode
	b	ret_to_user
SYM_CODE_END(ret_from_fork)

/*
 * void call_on_irq_stack(struct pt_regs *regs, void (*func)(struct pt_regs *))
 *
 * The frame record made here is found by the unwinder through x29, back on the task's stack.
 */
SYM_FUNC_START(call_on_irq_stack)
	stp	x29, x30, [sp, #-16]!
	mov	x29, sp
	ldr_this_cpu x16, irq_stack_ptr, x17
	add	sp, x16, #IRQ_STACK_SIZE
	blr	x1
	mov	sp, x29
	ldp	x29, x30, [sp], #16
	ret
SYM_FUNC_END(call_on_irq_stack)

	.section .note.GNU-stack, "", %progbits
