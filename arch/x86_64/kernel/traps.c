// SPDX-License-Identifier: MIT
/*
 * Exceptions other than page faults and NMIs.
 *
 * Each handler is called from entry assembly with interrupts off and brackets its
 * work with irqentry_enter()/exit(). What happened in the kernel is, in this order:
 * a planned trap (WARN, a code patch in progress), an instruction with a row in
 * the exception table, or a bug: die().
 *
 * What happens in user mode becomes a signal: user_trap().
 */

#include <asm/traps.h>

#include <linux/bug.h>
#include <linux/entry-common.h>
#include <linux/extable.h>
#include <linux/hardirq.h>
#include <linux/init.h>
#include <linux/kernel.h>
#include <linux/linkage.h>
#include <linux/printk.h>
#include <linux/report.h>
#include <linux/sched.h>
#include <linux/sched/debug.h>
#include <linux/sched/signal.h>
#include <linux/sched/task_stack.h>
#include <linux/smp.h>
#include <linux/uaccess.h>

#include <asm/debugreg.h>
#include <asm/desc.h>
#include <asm/extable.h>
#include <asm/fpu/signal.h>
#include <asm/kdebug.h>
#include <asm/processor.h>
#include <asm/stacktrace.h>
#include <asm/text-patching.h>

int is_valid_bugaddr(unsigned long addr)
{
	u16 insn;

	if (addr < TASK_SIZE_MAX)
		return 0;
	if (get_kernel_nofault(insn, (u16 *)addr))
		return 0;
	return insn == INSN_UD2;
}

/* Interrupts as the interrupted code had them, for a handler that may take long. */
static inline void cond_local_irq_enable(struct pt_regs *regs)
{
	if (regs->flags & X86_EFLAGS_IF)
		local_irq_enable();
}

static inline void cond_local_irq_disable(struct pt_regs *regs)
{
	if (regs->flags & X86_EFLAGS_IF)
		local_irq_disable();
}

/*
 * A trap in user mode: the program's own doing, so a signal for it; or a test has sent a thread
 * there and wants to know.
 */
static bool (*user_trap_hook)(struct pt_regs *regs, int trapnr);

/** set_user_trap_hook - call @hook first for each trap of user mode, NULL: none; for tests */
void set_user_trap_hook(bool (*hook)(struct pt_regs *regs, int trapnr))
{
	WRITE_ONCE(user_trap_hook, hook);
}

/* What each trap says to a program: the signal, its code, and where si_addr is taken from. */
static const struct trap_signal {
	u8 sig;
	u8 code;		/* 0: SI_KERNEL, and no address */
	bool addr_is_ip;
} trap_signals[X86_TRAP_CP + 1] = {
	[X86_TRAP_DE]	  = { SIGFPE,  FPE_INTDIV, true },
	[X86_TRAP_BP]	  = { SIGTRAP, 0, false },
	[X86_TRAP_OF]	  = { SIGSEGV, 0, false },
	[X86_TRAP_BR]	  = { SIGSEGV, 0, false },
	[X86_TRAP_UD]	  = { SIGILL,  ILL_ILLOPN, true },
	[X86_TRAP_NM]	  = { SIGSEGV, 0, false },
	[X86_TRAP_OLD_MF] = { SIGFPE,  0, false },
	[X86_TRAP_TS]	  = { SIGSEGV, 0, false },
	[X86_TRAP_NP]	  = { SIGBUS,  0, false },
	[X86_TRAP_SS]	  = { SIGBUS,  0, false },
	[X86_TRAP_GP]	  = { SIGSEGV, 0, false },
	[X86_TRAP_PF]	  = { SIGSEGV, SEGV_MAPERR, false },
	[X86_TRAP_SPURIOUS] = { SIGILL, 0, false },
	[X86_TRAP_AC]	  = { SIGBUS,  BUS_ADRALN, false },
	[X86_TRAP_VE]	  = { SIGSEGV, 0, false },
	[X86_TRAP_CP]	  = { SIGSEGV, SEGV_CPERR, false },
};

/* #DB: by single step, a watchpoint, or the instruction int1. */
static void send_debug_trap(struct pt_regs *regs)
{
	unsigned long dr6 = current->thread.virtual_dr6;
	int code = TRAP_BRKPT;

	if (dr6 & DR_STEP)
		code = TRAP_TRACE;
	else if (dr6 & DR_TRAP_BITS)
		code = TRAP_HWBKPT;
	force_sig_fault(SIGTRAP, code, (void __user *)regs->ip);
}

/* The flag may have been cleared by the time the interrupt comes: then nothing has happened. */
static void send_fpu_trap(struct pt_regs *regs, int trapnr)
{
	int code = fpu_exception_code(trapnr);

	if (code)
		force_sig_fault(SIGFPE, code, (void __user *)regs->ip);
}

static void send_trap_signal(struct pt_regs *regs, int trapnr)
{
	const struct trap_signal *ts = &trap_signals[trapnr];

	if (trapnr == X86_TRAP_DB)
		send_debug_trap(regs);
	else if (trapnr == X86_TRAP_MF || trapnr == X86_TRAP_XF)
		send_fpu_trap(regs, trapnr);
	else if (ts->code)
		force_sig_fault(ts->sig, ts->code,
				ts->addr_is_ip ? (void __user *)regs->ip : NULL);
	else
		force_sig(ts->sig);
}

/**
 * user_trap_claimed - does a test want this exception in user mode?
 * @regs: the frame
 * @trapnr: X86_TRAP_*
 * @str: its name
 * @error_code: the processor's, or 0
 *
 * Context: interrupts on. Doesn't return for a kernel thread that nobody sent to user mode.
 */
bool user_trap_claimed(struct pt_regs *regs, int trapnr, const char *str, unsigned long error_code)
{
	bool (*hook)(struct pt_regs *regs, int trapnr) = READ_ONCE(user_trap_hook);

	if (unlikely(hook) && hook(regs, trapnr))
		return true;
	if (unlikely(current->flags & PF_KTHREAD))
		die(str, regs, error_code);
	return false;
}

/* An exception in user mode: interrupts off, between the steps of entry and exit. */
static void user_trap(struct pt_regs *regs, int trapnr, const char *str, unsigned long error_code)
{
	local_irq_enable();
	current->thread.error_code = error_code;
	current->thread.trap_nr = trapnr;
	/* The place of orig_ax says which system call is under way: none. */
	regs->orig_ax = -1;
	if (!user_trap_claimed(regs, trapnr, str, error_code))
		send_trap_signal(regs, trapnr);
	local_irq_disable();
}

/* A trap that nothing foresaw. */
static void do_error_trap(struct pt_regs *regs, unsigned long error_code, const char *str,
			  int trapnr)
{
	if (user_mode(regs)) {
		user_trap(regs, trapnr, str, error_code);
		return;
	}
	if (fixup_exception(regs, trapnr, error_code, 0))
		return;

	cond_local_irq_enable(regs);
	current->thread.error_code = error_code;
	current->thread.trap_nr = trapnr;
	die(str, regs, error_code);
	cond_local_irq_disable(regs);
}

#define DEFINE_TRAP(name, trapnr, str, code)				\
asmlinkage noinstr void name(struct pt_regs *regs)			\
{									\
	irqentry_state_t state = irqentry_enter(regs);			\
									\
	instrumentation_begin();					\
	do_error_trap(regs, code, str, trapnr);				\
	instrumentation_end();						\
	irqentry_exit(regs, state);					\
}

DEFINE_TRAP(exc_divide_error, X86_TRAP_DE, "divide error", 0)
DEFINE_TRAP(exc_overflow, X86_TRAP_OF, "overflow", 0)
DEFINE_TRAP(exc_bounds, X86_TRAP_BR, "bounds", 0)
DEFINE_TRAP(exc_device_not_available, X86_TRAP_NM, "device not available", 0)
DEFINE_TRAP(exc_coproc_segment_overrun, X86_TRAP_OLD_MF, "coprocessor segment overrun", 0)
DEFINE_TRAP(exc_invalid_tss, X86_TRAP_TS, "invalid TSS", regs->orig_ax)
DEFINE_TRAP(exc_segment_not_present, X86_TRAP_NP, "segment not present", regs->orig_ax)
DEFINE_TRAP(exc_stack_segment, X86_TRAP_SS, "stack segment", regs->orig_ax)
DEFINE_TRAP(exc_coprocessor_error, X86_TRAP_MF, "fpu exception", 0)
DEFINE_TRAP(exc_alignment_check, X86_TRAP_AC, "alignment check", regs->orig_ax)
DEFINE_TRAP(exc_simd_coprocessor_error, X86_TRAP_XF, "simd exception", 0)
DEFINE_TRAP(exc_virtualization, X86_TRAP_VE, "virtualization exception", 0)
DEFINE_TRAP(exc_control_protection, X86_TRAP_CP, "control protection", regs->orig_ax)
DEFINE_TRAP(exc_unknown, X86_TRAP_SPURIOUS, "reserved exception", 0)

/*
 * WARN() and BUG() are ud2. A WARN is reported without entering the exception
 * context first: it may stand in code that runs before the context is known, and
 * what it prints is worth more than the order.
 */
static noinstr bool handle_bug(struct pt_regs *regs)
{
	bool handled = false;

	instrumentation_begin();
	if (regs->flags & X86_EFLAGS_IF)
		raw_local_irq_enable();
	if (is_valid_bugaddr(regs->ip) &&
	    report_bug(regs->ip, regs) == BUG_TRAP_TYPE_WARN) {
		regs->ip += LEN_UD2;
		handled = true;
	}
	if (regs->flags & X86_EFLAGS_IF)
		raw_local_irq_disable();
	instrumentation_end();
	return handled;
}

/** exc_invalid_op - #UD: a WARN() or BUG(), or an instruction that isn't one */
asmlinkage noinstr void exc_invalid_op(struct pt_regs *regs)
{
	irqentry_state_t state;

	if (!user_mode(regs) && handle_bug(regs))
		return;

	state = irqentry_enter(regs);
	instrumentation_begin();
	do_error_trap(regs, 0, "invalid opcode", X86_TRAP_UD);
	instrumentation_end();
	irqentry_exit(regs, state);
}

/** exc_int3 - #BP: code being patched, or a breakpoint that nobody set */
asmlinkage noinstr void exc_int3(struct pt_regs *regs)
{
	/* First of all: entry code itself may be what is being patched. */
	if (poke_int3_handler(regs))
		return;

	if (user_mode(regs)) {
		irqentry_enter_from_user_mode(regs);
		instrumentation_begin();
		user_trap(regs, X86_TRAP_BP, "int3", 0);
		instrumentation_end();
		irqentry_exit_to_user_mode(regs);
	} else {
		irqentry_state_t state = irqentry_nmi_enter(regs);

		instrumentation_begin();
		if (!fixup_exception(regs, X86_TRAP_BP, 0, 0))
			die("int3", regs, 0);
		instrumentation_end();
		irqentry_nmi_exit(regs, state);
	}
}

/* A general-protection fault has no address; a non-canonical one is the usual reason. */
static void gp_fault_in_kernel(struct pt_regs *regs, unsigned long error_code)
{
	char desc[64];

	if (fixup_exception(regs, X86_TRAP_GP, error_code, 0))
		return;
	current->thread.error_code = error_code;
	current->thread.trap_nr = X86_TRAP_GP;
	if (error_code)
		snprintf(desc, sizeof(desc), "general protection fault, segment related");
	else
		snprintf(desc, sizeof(desc),
			 "general protection fault, maybe for non-canonical address");
	die(desc, regs, error_code);
}

/** exc_general_protection - #GP */
asmlinkage noinstr void exc_general_protection(struct pt_regs *regs)
{
	irqentry_state_t state = irqentry_enter(regs);
	unsigned long error_code = regs->orig_ax;

	instrumentation_begin();
	if (user_mode(regs)) {
		user_trap(regs, X86_TRAP_GP, "general protection fault", error_code);
	} else {
		cond_local_irq_enable(regs);
		gp_fault_in_kernel(regs, error_code);
		cond_local_irq_disable(regs);
	}
	instrumentation_end();
	irqentry_exit(regs, state);
}

/* --- Debug ------------------------------------------------------------------------- */

/* DR6 says why; it has to be cleared, since the processor only ever sets bits. */
static __always_inline unsigned long debug_read_clear_dr6(void)
{
	unsigned long dr6;

	get_debugreg(dr6, 6);
	set_debugreg(DR6_RESERVED, 6);
	return dr6 ^ DR6_RESERVED;
}

/**
 * exc_debug_kernel - #DB in the kernel, that no debugger asked for
 *
 * A single step is switched off, or it would never end; a watchpoint is disarmed on return, unless
 * it is a tracer's on memory that the kernel has just touched for its program.
 */
asmlinkage noinstr void exc_debug_kernel(struct pt_regs *regs)
{
	unsigned long dr7 = local_db_save();
	irqentry_state_t state = irqentry_nmi_enter(regs);
	unsigned long dr6 = debug_read_clear_dr6();

	instrumentation_begin();
	if (dr6 & DR_STEP) {
		pr_warn_ratelimited("unexpected single step at %pS\n", (void *)regs->ip);
		regs->flags &= ~X86_EFLAGS_TF;
	}
	if ((dr6 & DR_TRAP_BITS) && !hit_debugregs(dr6)) {
		pr_warn_ratelimited("unexpected hardware breakpoint at %pS\n", (void *)regs->ip);
		dr7 = 0;
	}
	instrumentation_end();
	irqentry_nmi_exit(regs, state);
	local_db_restore(dr7);
}

/** exc_debug_user - #DB in a program: a step, or a tracer's breakpoint */
asmlinkage noinstr void exc_debug_user(struct pt_regs *regs)
{
	unsigned long dr6;

	irqentry_enter_from_user_mode(regs);
	dr6 = debug_read_clear_dr6();
	instrumentation_begin();
	dr6 = hit_debugregs(dr6);
	current->thread.virtual_dr6 = dr6;
	/* When it goes on, it is to execute the instruction and not stop there again. */
	if (hit_is_execution(dr6))
		regs->flags |= X86_EFLAGS_RF;
	user_trap(regs, X86_TRAP_DB, "debug", 0);
	instrumentation_end();
	irqentry_exit_to_user_mode(regs);
}

/* --- Machine check, double fault ------------------------------------------------------ */

static void machine_check(struct pt_regs *regs)
{
	report_begin(REPORT_PANIC, "machine check");
	pr_emerg("CPU %d: machine check exception\n", raw_smp_processor_id());
	show_regs(regs);
	panic("Fatal machine check");
}

/** exc_machine_check_kernel - #MC in the kernel */
asmlinkage noinstr void exc_machine_check_kernel(struct pt_regs *regs)
{
	irqentry_state_t state = irqentry_nmi_enter(regs);

	instrumentation_begin();
	machine_check(regs);
	instrumentation_end();
	irqentry_nmi_exit(regs, state);
}

/** exc_machine_check_user - #MC in a program */
asmlinkage noinstr void exc_machine_check_user(struct pt_regs *regs)
{
	irqentry_enter_from_user_mode(regs);
	instrumentation_begin();
	machine_check(regs);
	instrumentation_end();
	irqentry_exit_to_user_mode(regs);
}

/*
 * The guard page below a task's stack: a push there faulted, the fault couldn't be
 * pushed either, hence the double fault. cr2 still has the first address.
 */
static bool in_stack_guard(unsigned long addr)
{
	unsigned long stack = (unsigned long)task_stack_page(current);

	return addr < stack && addr >= stack - PAGE_SIZE;
}

static bool stack_pointer_ran_out(struct pt_regs *regs, unsigned long cr2)
{
	unsigned long stack = (unsigned long)task_stack_page(current);

	return in_stack_guard(cr2) || (regs->sp <= stack + 64 && regs->sp >= stack - PAGE_SIZE);
}

/**
 * handle_stack_overflow - end the task whose kernel stack ran into its guard page
 * @regs: of the overflowing code
 * @fault_address: in the guard page
 *
 * Doesn't return.
 */
void handle_stack_overflow(struct pt_regs *regs, unsigned long fault_address)
{
	unsigned long stack = (unsigned long)task_stack_page(current);

	pr_emerg("BUG: TASK stack guard page was hit at %px (stack is %px..%px)\n",
		 (void *)fault_address, (void *)stack, (void *)(stack + THREAD_SIZE - 1));
	/* Reported here: schedule() needn't find it out once more. */
	set_task_stack_end_magic(current);
	die("stack guard page", regs, 0);
}

/**
 * exc_double_fault - #DF: an overflowing kernel stack, or worse
 *
 * An overflowing stack ends its task: die() leaves this stack for the top of the task's own. Any
 * other double fault means that the machine's state is beyond us.
 */
asmlinkage noinstr void exc_double_fault(struct pt_regs *regs)
{
	unsigned long address = read_cr2();
	irqentry_state_t state = irqentry_nmi_enter(regs);

	instrumentation_begin();
	current->thread.error_code = regs->orig_ax;
	current->thread.trap_nr = X86_TRAP_DF;
	if (!user_mode(regs) && stack_pointer_ran_out(regs, address)) {
		/* The context is the overflowing code's again: that decides who ends. */
		instrumentation_end();
		irqentry_nmi_exit(regs, state);
		instrumentation_begin();
		handle_stack_overflow(regs, address);
	}
	pr_emerg("PANIC: double fault, error_code: 0x%lx\n", regs->orig_ax);
	die("double fault", regs, regs->orig_ax);
	panic("Machine halted.");
	instrumentation_end();
}

/* --- Before trap_init() ----------------------------------------------------------------- */

/**
 * do_early_exception - an exception while only the early IDT is loaded
 * @regs: the frame
 * @trapnr: vector
 *
 * There is no context to establish yet: this calls the common parts directly.
 */
void __init do_early_exception(struct pt_regs *regs, int trapnr)
{
	static int depth;
	unsigned long cr2 = trapnr == X86_TRAP_PF ? read_cr2() : 0;

	if (trapnr == X86_TRAP_NMI)
		return;
	if (trapnr == X86_TRAP_UD && handle_bug(regs))
		return;
	if (trapnr == X86_TRAP_BP && poke_int3_handler(regs))
		return;
	if (fixup_exception(regs, trapnr, regs->orig_ax, cr2))
		return;

	if (depth++)
		for (;;)
			halt();
	report_begin(REPORT_OOPS, "early exception");
	pr_emerg("PANIC: early exception 0x%02x IP %02llx:%016lx (%pS) error 0x%lx cr2 0x%lx\n",
		 trapnr, regs->csx & 0xffff, regs->ip, (void *)regs->ip, regs->orig_ax, cr2);
	show_regs(regs);
	panic("early exception");
}

/** trap_init - exceptions and interrupts are taken from here on. Context: boot CPU */
void __init trap_init(void)
{
	/* Stacks for #DF, NMI, #DB and #MC first, then the gates that use them. */
	early_exception_stacks_init();
	cpu_init_exception_handling();
	idt_setup_traps();
	idt_setup_interrupts();
	cpu_init();
}
