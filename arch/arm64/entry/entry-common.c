// SPDX-License-Identifier: MIT
/*
 * What happens between the vectors and the handlers: tell the generic entry code where we come
 * from, open the masks that the kind of exception allows, call the handler, close them, tell the
 * generic code that we leave.
 *
 *   from        kind          context it runs in
 *   EL1         sync          like the interrupted code, with its masks
 *   EL1, EL0    irq           hard interrupt, on the CPU's interrupt stack
 *   EL0         sync          process context, everything open
 *   any         SError, bad   like an NMI: only debug exceptions come through
 *
 * All here is noinstr: until irqentry_enter() has run, RCU may not watch this CPU and lockdep's
 * state is stale.
 */
#include <linux/context_tracking.h>
#include <linux/entry-common.h>
#include <linux/hardirq.h>
#include <linux/irq.h>
#include <linux/linkage.h>
#include <linux/preempt.h>
#include <linux/sched.h>
#include <linux/sched/task_stack.h>
#include <linux/thread_info.h>

#include <asm/brk-imm.h>
#include <asm/daifflags.h>
#include <asm/esr.h>
#include <asm/exception.h>
#include <asm/irq_regs.h>
#include <asm/processor.h>
#include <asm/stacktrace.h>
#include <asm/sysreg.h>
#include <asm/traps.h>

/*
 * Open for the handler what was open where the exception came from, and close it again. Interrupts
 * by the generic calls, so that lockdep follows.
 */
static __always_inline void open_masks(const struct pt_regs *regs)
{
	local_daif_restore((regs->pstate & DAIF_MASK) | PSR_I_BIT | PSR_F_BIT);
	if (interrupts_enabled(regs))
		local_irq_enable();
}

static __always_inline void close_masks(void)
{
	local_irq_disable();
	local_daif_mask();
}

/*
 * The three ways in and out. @handler is a call; what it needs of registers that the next exception
 * overwrites (FAR, ESR) is read before.
 */

/* A synchronous exception of the kernel: its handler runs with the masks of where it stands. */
#define FROM_KERNEL(regs, handler) do {						\
	irqentry_state_t __state = irqentry_enter(regs);			\
										\
	instrumentation_begin();						\
	open_masks(regs);							\
	handler;								\
	close_masks();								\
	instrumentation_end();							\
	irqentry_exit(regs, __state);						\
} while (0)

/* What may come anywhere, with interrupts on or off, even inside an NMI. */
#define LIKE_NMI(regs, handler) do {						\
	irqentry_state_t __state = irqentry_nmi_enter(regs);			\
										\
	instrumentation_begin();						\
	handler;								\
	instrumentation_end();							\
	irqentry_nmi_exit(regs, __state);					\
} while (0)

/* A synchronous exception of a program: its handler may sleep. */
#define FROM_USER(regs, handler) do {						\
	irqentry_enter_from_user_mode(regs);					\
	instrumentation_begin();						\
	open_from_user();							\
	handler;								\
	instrumentation_end();							\
	leave_to_user(regs);							\
} while (0)

/* ---- from the kernel ---- */

/* Debug exceptions may come while interrupts are on or off, even inside NMIs. */
static void noinstr el1_dbg(struct pt_regs *regs, unsigned long esr)
{
	unsigned long far = read_sysreg(far_el1);

	LIKE_NMI(regs, do_debug_exception(far, esr, regs));
}

/*
 * A brk of the kernel's own: a BUG, a WARN or a detector. Its handler prints, which needs RCU, and
 * a WARN goes on: entered like any synchronous exception, with the masks of where it stands.
 */
static void noinstr el1_brk64(struct pt_regs *regs, unsigned long esr)
{
	FROM_KERNEL(regs, do_el1_brk64(esr, regs));
}

/*
 * A brk of a test that stands where anything may: with interrupts off, in an NMI, where RCU doesn't
 * watch. Like el1_dbg().
 */
static void noinstr el1_brk64_anywhere(struct pt_regs *regs, unsigned long esr)
{
	LIKE_NMI(regs, do_el1_brk64(esr, regs));
}

static void noinstr el1_abort(struct pt_regs *regs, unsigned long esr)
{
	unsigned long far = read_sysreg(far_el1);

	FROM_KERNEL(regs, do_mem_abort(far, esr, regs));
}

static void noinstr el1_pc(struct pt_regs *regs, unsigned long esr)
{
	unsigned long far = read_sysreg(far_el1);

	FROM_KERNEL(regs, do_sp_pc_abort(far, esr, regs));
}

static void noinstr el1_undef(struct pt_regs *regs, unsigned long esr)
{
	FROM_KERNEL(regs, do_el1_undef(regs, esr));
}

static void noinstr unhandled(struct pt_regs *regs, const char *vector)
{
	unsigned long esr = read_sysreg(esr_el1);

	irqentry_nmi_enter(regs);
	instrumentation_begin();
	panic_unhandled(regs, vector, esr);
}

/** el1h_64_sync_handler - an exception in the kernel, by what ESR_EL1 says */
asmlinkage void noinstr el1h_64_sync_handler(struct pt_regs *regs)
{
	unsigned long esr = read_sysreg(esr_el1);

	switch (ESR_ELx_EC(esr)) {
	case ESR_ELx_EC_DABT_CUR:
	case ESR_ELx_EC_IABT_CUR:
		el1_abort(regs, esr);
		break;
	case ESR_ELx_EC_PC_ALIGN:
	case ESR_ELx_EC_SP_ALIGN:
		el1_pc(regs, esr);
		break;
	case ESR_ELx_EC_SYS64:
	case ESR_ELx_EC_UNKNOWN:
	case ESR_ELx_EC_FP_ASIMD:
	case ESR_ELx_EC_ILL:
		el1_undef(regs, esr);
		break;
	case ESR_ELx_EC_BRK64:
		if ((esr & ESR_ELx_BRK64_COMMENT) == ARM64_TEST_NMI_BRK_IMM)
			el1_brk64_anywhere(regs, esr);
		else
			el1_brk64(regs, esr);
		break;
	case ESR_ELx_EC_BREAKPT_CUR:
	case ESR_ELx_EC_SOFTSTP_CUR:
	case ESR_ELx_EC_WATCHPT_CUR:
		el1_dbg(regs, esr);
		break;
	default:
		unhandled(regs, "64-bit el1h sync");
	}
}

static void (*handle_arch_irq)(struct pt_regs *regs) __ro_after_init;

/**
 * set_handle_irq - this controller's function takes all interrupts: 0, -EBUSY if there is another
 */
int __init set_handle_irq(void (*handle_irq)(struct pt_regs *))
{
	if (handle_arch_irq)
		return -EBUSY;
	handle_arch_irq = handle_irq;
	return 0;
}

/* On the interrupt stack, unless we are there already (a softirq that was interrupted). */
static __always_inline void do_interrupt_handler(struct pt_regs *regs)
{
	struct pt_regs *old_regs = set_irq_regs(regs);

	if (on_thread_stack())
		call_on_irq_stack(regs, handle_arch_irq);
	else
		handle_arch_irq(regs);
	set_irq_regs(old_regs);
}

static __always_inline void handle_interrupt(struct pt_regs *regs)
{
	instrumentation_begin();
	irq_enter_rcu();
	if (likely(handle_arch_irq))
		do_interrupt_handler(regs);
	else
		panic_unhandled(regs, "interrupt before the controller's driver", 0);
	irq_exit_rcu();
	instrumentation_end();
}

static void noinstr el1_interrupt(struct pt_regs *regs)
{
	irqentry_state_t state;

	/* Debug exceptions and SErrors may interrupt an interrupt. */
	write_sysreg(DAIF_PROCCTX_NOIRQ, daif);
	state = irqentry_enter(regs);
	handle_interrupt(regs);
	irqentry_exit(regs, state);
	local_daif_mask();
}

/** el1h_64_irq_handler - an interrupt in the kernel */
asmlinkage void noinstr el1h_64_irq_handler(struct pt_regs *regs)
{
	el1_interrupt(regs);
}

/**
 * el1h_64_fiq_handler - nothing is routed to FIQ; should a controller do it anyway, it is an
 * interrupt
 */
asmlinkage void noinstr el1h_64_fiq_handler(struct pt_regs *regs)
{
	el1_interrupt(regs);
}

/** el1h_64_error_handler - an SError in the kernel */
asmlinkage void noinstr el1h_64_error_handler(struct pt_regs *regs)
{
	unsigned long esr = read_sysreg(esr_el1);

	local_daif_restore(DAIF_ERRCTX);
	LIKE_NMI(regs, do_serror(regs, esr));
	local_daif_mask();
}

/** el1t_64_handler - an exception with SP_EL0 in use, which never is: panics */
asmlinkage void noinstr el1t_64_handler(struct pt_regs *regs)
{
	unhandled(regs, "64-bit el1t");
}

/**
 * handle_bad_stack - an exception found no room on the kernel's stack: panics, on a stack of its
 * own
 */
asmlinkage void noinstr __noreturn handle_bad_stack(struct pt_regs *regs)
{
	unsigned long esr = read_sysreg(esr_el1);
	unsigned long far = read_sysreg(far_el1);
	irqentry_state_t state = irqentry_nmi_enter(regs);

	instrumentation_begin();
#ifdef CONFIG_KUNIT
	if (arm64_test_bad_stack_hook && arm64_test_bad_stack_hook(regs)) {
		instrumentation_end();
		irqentry_nmi_exit(regs, state);
		open_masks(regs);
		arm64_test_bad_stack_leave();
	}
#endif
	panic_bad_stack(regs, esr, far);
}

/* ---- from user mode ---- */

static __always_inline void open_from_user(void)
{
	local_daif_restore(DAIF_PROCCTX_NOIRQ);
	local_irq_enable();
}

/* Ends with all masks set: what ret_to_user needs. */
static __always_inline void leave_to_user(struct pt_regs *regs)
{
	instrumentation_begin();
	local_daif_restore(local_daif_save_flags() & ~(PSR_D_BIT | PSR_A_BIT));
	local_irq_disable();
	instrumentation_end();
	irqentry_exit_to_user_mode(regs);
	local_daif_mask();
}

/** asm_exit_to_user_mode - a new task's first way out */
asmlinkage void noinstr asm_exit_to_user_mode(struct pt_regs *regs)
{
	syscall_exit_to_user_mode(regs);
	local_daif_mask();
}

static void noinstr el0_svc(struct pt_regs *regs)
{
	enter_from_user_mode(regs);
	instrumentation_begin();
	open_from_user();
	do_el0_svc(regs);
	instrumentation_end();
	syscall_exit_to_user_mode(regs);
	local_daif_mask();
}

static void noinstr el0_abort(struct pt_regs *regs, unsigned long esr)
{
	unsigned long far = read_sysreg(far_el1);

	FROM_USER(regs, do_mem_abort(far, esr, regs));
}

static void noinstr el0_pc(struct pt_regs *regs, unsigned long esr)
{
	unsigned long far = read_sysreg(far_el1);

	FROM_USER(regs, do_sp_pc_abort(far, esr, regs));
}

static void noinstr el0_sp(struct pt_regs *regs, unsigned long esr)
{
	FROM_USER(regs, do_sp_pc_abort(regs->sp, esr, regs));
}

/* Debug registers may be changed by the handler only while debug exceptions are masked. */
static void noinstr el0_dbg(struct pt_regs *regs, unsigned long esr)
{
	unsigned long far = read_sysreg(far_el1);

	irqentry_enter_from_user_mode(regs);
	instrumentation_begin();
	do_debug_exception(far, esr, regs);
	instrumentation_end();
	leave_to_user(regs);
}

/* The rest takes regs and esr. */
static void handle_other_from_user(struct pt_regs *regs, unsigned long esr)
{
	switch (ESR_ELx_EC(esr)) {
	case ESR_ELx_EC_FP_ASIMD:
		do_fpsimd_acc(esr, regs);
		break;
	case ESR_ELx_EC_SVE:
		do_sve_acc(esr, regs);
		break;
	case ESR_ELx_EC_FP_EXC64:
		do_fpsimd_exc(esr, regs);
		break;
	case ESR_ELx_EC_SYS64:
	case ESR_ELx_EC_WFx:
		do_el0_sys(esr, regs);
		break;
	case ESR_ELx_EC_BRK64:
		do_el0_brk64(esr, regs);
		break;
	case ESR_ELx_EC_UNKNOWN:
	case ESR_ELx_EC_BTI:
	case ESR_ELx_EC_ILL:
	case ESR_ELx_EC_FPAC:
		do_el0_undef(regs, esr);
		break;
	default:
		bad_el0_sync(regs, 0, esr);
	}
}

static void noinstr el0_other(struct pt_regs *regs, unsigned long esr)
{
	FROM_USER(regs, handle_other_from_user(regs, esr));
}

/** el0t_64_sync_handler - a system call or an exception in a program, by what ESR_EL1 says */
asmlinkage void noinstr el0t_64_sync_handler(struct pt_regs *regs)
{
	unsigned long esr = read_sysreg(esr_el1);

	switch (ESR_ELx_EC(esr)) {
	case ESR_ELx_EC_SVC64:
		el0_svc(regs);
		break;
	case ESR_ELx_EC_DABT_LOW:
	case ESR_ELx_EC_IABT_LOW:
		el0_abort(regs, esr);
		break;
	case ESR_ELx_EC_SP_ALIGN:
		el0_sp(regs, esr);
		break;
	case ESR_ELx_EC_PC_ALIGN:
		el0_pc(regs, esr);
		break;
	case ESR_ELx_EC_BREAKPT_LOW:
	case ESR_ELx_EC_SOFTSTP_LOW:
	case ESR_ELx_EC_WATCHPT_LOW:
		el0_dbg(regs, esr);
		break;
	default:
		el0_other(regs, esr);
	}
}

static void noinstr el0_interrupt(struct pt_regs *regs)
{
	irqentry_enter_from_user_mode(regs);
	write_sysreg(DAIF_PROCCTX_NOIRQ, daif);
	handle_interrupt(regs);
	leave_to_user(regs);
}

/** el0t_64_irq_handler - an interrupt in a program */
asmlinkage void noinstr el0t_64_irq_handler(struct pt_regs *regs)
{
	el0_interrupt(regs);
}

/** el0t_64_fiq_handler - as el1h_64_fiq_handler(), in a program */
asmlinkage void noinstr el0t_64_fiq_handler(struct pt_regs *regs)
{
	el0_interrupt(regs);
}

/** el0t_64_error_handler - an SError in a program */
asmlinkage void noinstr el0t_64_error_handler(struct pt_regs *regs)
{
	unsigned long esr = read_sysreg(esr_el1);

	irqentry_enter_from_user_mode(regs);
	local_daif_restore(DAIF_ERRCTX);
	LIKE_NMI(regs, do_serror(regs, esr));
	leave_to_user(regs);
}

/** el0t_32_handler - no AArch32 programs can be started, so nothing comes from there: panics */
asmlinkage void noinstr el0t_32_handler(struct pt_regs *regs)
{
	unhandled(regs, "32-bit el0");
}
