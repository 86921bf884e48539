/* SPDX-License-Identifier: MIT */
/* The machine's part of a task (thread_struct), the limits of user space, and small CPU hints. */
#ifndef _ASM_PROCESSOR_H
#define _ASM_PROCESSOR_H

#include <asm/layout.h>
#include <asm/page-def.h>

#define TASK_SIZE_64		(_UL(1) << VA_BITS)
#define TASK_SIZE		TASK_SIZE_64
#define TASK_SIZE_OF(tsk)	TASK_SIZE_64
#define TASK_SIZE_MAX		TASK_SIZE_64
#define DEFAULT_MAP_WINDOW	TASK_SIZE_64
#define STACK_TOP_MAX		TASK_SIZE_64
#define STACK_TOP		STACK_TOP_MAX
#define TASK_UNMAPPED_BASE	(PAGE_ALIGN(TASK_SIZE / 4))

#ifndef __ASSEMBLY__

#include <linux/cache.h>
#include <linux/compiler.h>
#include <linux/types.h>

#include <asm/barrier.h>
#include <asm/ptrace.h>

struct task_struct;

/*
 * What a call of cpu_switch_to() must keep for the caller: the callee-saved registers, sp and where
 * to go on.
 */
struct cpu_context {
	unsigned long x19, x20, x21, x22, x23, x24, x25, x26, x27, x28;
	unsigned long fp;
	unsigned long sp;
	unsigned long pc;
};

struct hw_debug;

/* A key of pointer authentication. */
struct ptrauth_key {
	unsigned long lo, hi;
};

/* Those of a program, by the letters of the instructions: pacia, pacib, pacda, pacdb, pacga. */
struct ptrauth_keys_user {
	struct ptrauth_key apia, apib, apda, apdb, apga;
};

/**
 * struct thread_struct - the machine's state of a task that is not running
 * @cpu_context: where cpu_switch_to() goes on
 * @uw: what user programs see and a debugger may change: TPIDR_EL0, TPIDRRO_EL0 and the FPSIMD
 * registers
 * @fpsimd_cpu: the CPU whose registers were last loaded from @uw, -1 after @uw changed behind its
 * back
 * @fault_address: of the last fault from user mode
 * @fault_code: its ESR
 * @hw_debug: breakpoints and watchpoints (kernel/hw_breakpoint.c); NULL: none were ever set
 * @sve_state: while TIF_SVE is set, Z, P and FFR in the layout of <asm/sve_context.h>, for @sve_vl;
 * NULL: not needed so far (kernel/sve.c)
 * @sve_vl: bytes of a vector register; 0 without SVE
 * @sve_vl_onexec: @sve_vl after the next exec; 0: the default
 * @sctlr_user: bits of SCTLR_EL1 that are the task's: which keys are on
 * @keys_user: of pointer authentication (kernel/pointer_auth.c)
 *
 * Written by the task itself, or by its tracer while it is stopped.
 */
struct thread_struct {
	struct cpu_context cpu_context;
	struct {
		unsigned long tp_value;
		unsigned long tp2_value;
		struct user_fpsimd_state fpsimd_state;
	} uw;
	int fpsimd_cpu;
	unsigned long fault_address;
	unsigned long fault_code;
	struct hw_debug *hw_debug;
	void *sve_state;
	unsigned int sve_vl;
	unsigned int sve_vl_onexec;
	u64 sctlr_user;
	struct ptrauth_keys_user keys_user;
};

#define INIT_THREAD	{ .fpsimd_cpu = -1 }

#define task_user_tls(t)	(&(t)->thread.uw.tp_value)
#define KSTK_EIP(tsk)		((unsigned long)task_pt_regs(tsk)->pc)
#define KSTK_ESP(tsk)		user_stack_pointer(task_pt_regs(tsk))

/* The frame of the task's last entry from user mode: the very top of its stack. */
#define task_pt_regs(p) \
	((struct pt_regs *)(THREAD_SIZE + (unsigned long)task_stack_page(p)) - 1)

/** cpu_relax - in a loop that waits for another CPU: let a sibling thread go first */
static __always_inline void cpu_relax(void)
{
	asm volatile("yield" ::: "memory");
}

static inline void start_thread(struct pt_regs *regs, unsigned long pc, unsigned long sp)
{
	__builtin_memset(regs, 0, sizeof(*regs));
	forget_syscall(regs);
	regs->pc = pc;
	regs->pstate = PSR_MODE_EL0t;
	regs->sp = sp;
}

void ret_from_fork(void);
struct task_struct *cpu_switch_to(struct task_struct *prev, struct task_struct *next);
unsigned long __get_wchan(struct task_struct *p);

#define ARCH_HAS_PREFETCH
/** prefetch - bring the line to the cache, to be read */
static inline void prefetch(const void *ptr)
{
	asm volatile("prfm pldl1keep, %a0\n" : : "p" (ptr));
}

#define ARCH_HAS_PREFETCHW
/** prefetchw - bring the line to the cache, to be written */
static inline void prefetchw(const void *ptr)
{
	asm volatile("prfm pstl1keep, %a0\n" : : "p" (ptr));
}

#endif /* !__ASSEMBLY__ */
#endif /* _ASM_PROCESSOR_H */
