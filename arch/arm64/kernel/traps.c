// SPDX-License-Identifier: MIT
/*
 * Exceptions that are nobody's business but ours: bad instructions, brk, SErrors, a stack that ran
 * over; and the oops that follows.
 *
 * An exception from user mode becomes a signal for the task. From the kernel it is an oops:
 * registers, backtrace, code, and the end of the task that made it; in an interrupt, or with
 * panic_on_oops, the end of the machine's work.
 */
#include <linux/bug.h>
#include <linux/console.h>
#include <linux/hardirq.h>
#include <linux/init.h>
#include <linux/irqflags.h>
#include <linux/kallsyms.h>
#include <linux/kernel.h>
#include <linux/module.h>
#include <linux/panic.h>
#include <linux/printk.h>
#include <linux/ptrace.h>
#include <linux/report.h>
#include <linux/sched.h>
#include <linux/sched/debug.h>
#include <linux/sched/signal.h>
#include <linux/sched/task.h>
#include <linux/sched/task_stack.h>
#include <linux/smp.h>
#include <linux/spinlock.h>
#include <linux/start_kernel.h>

#include <asm/brk-imm.h>
#include <asm/daifflags.h>
#include <asm/esr.h>
#include <asm/exception.h>
#include <asm/extable.h>
#include <asm/insn.h>
#include <asm/patching.h>
#include <asm/signal.h>
#include <asm/stacktrace.h>
#include <asm/sysreg.h>
#include <asm/system_misc.h>
#include <asm/traps.h>

static const char * const esr_class_str[ESR_ELx_EC_MAX + 1] = {
	[0 ... ESR_ELx_EC_MAX]		= "UNRECOGNIZED EC",
	[ESR_ELx_EC_UNKNOWN]		= "Unknown/Uncategorized",
	[ESR_ELx_EC_WFx]		= "WFI/WFE",
	[ESR_ELx_EC_FP_ASIMD]		= "ASIMD",
	[ESR_ELx_EC_BTI]		= "BTI",
	[ESR_ELx_EC_ILL]		= "PSTATE.IL",
	[ESR_ELx_EC_SVC64]		= "SVC (AArch64)",
	[ESR_ELx_EC_SYS64]		= "MSR/MRS (AArch64)",
	[ESR_ELx_EC_SVE]		= "SVE",
	[ESR_ELx_EC_FPAC]		= "FPAC",
	[ESR_ELx_EC_IABT_LOW]		= "IABT (lower EL)",
	[ESR_ELx_EC_IABT_CUR]		= "IABT (current EL)",
	[ESR_ELx_EC_PC_ALIGN]		= "PC Alignment",
	[ESR_ELx_EC_DABT_LOW]		= "DABT (lower EL)",
	[ESR_ELx_EC_DABT_CUR]		= "DABT (current EL)",
	[ESR_ELx_EC_SP_ALIGN]		= "SP Alignment",
	[ESR_ELx_EC_FP_EXC64]		= "FP (AArch64)",
	[ESR_ELx_EC_SERROR]		= "SError",
	[ESR_ELx_EC_BREAKPT_LOW]	= "Breakpoint (lower EL)",
	[ESR_ELx_EC_BREAKPT_CUR]	= "Breakpoint (current EL)",
	[ESR_ELx_EC_SOFTSTP_LOW]	= "Software Step (lower EL)",
	[ESR_ELx_EC_SOFTSTP_CUR]	= "Software Step (current EL)",
	[ESR_ELx_EC_WATCHPT_LOW]	= "Watchpoint (lower EL)",
	[ESR_ELx_EC_WATCHPT_CUR]	= "Watchpoint (current EL)",
	[ESR_ELx_EC_BRK64]		= "BRK (AArch64)",
};

/**
 * esr_get_class_string - the name of an exception class
 * @esr: the syndrome
 */
const char *esr_get_class_string(unsigned long esr)
{
	return esr_class_str[ESR_ELx_EC(esr)];
}

/* ---- die ---- */

/* The instruction and the four before it, the faulting one in parentheses. */
static void dump_kernel_instr(const char *lvl, struct pt_regs *regs)
{
	unsigned long addr = instruction_pointer(regs);
	char str[sizeof("00000000 ") * 5 + 2 + 1], *p = str;
	int i;

	if (user_mode(regs))
		return;
	for (i = -4; i < 1; i++) {
		u32 val;

		if (aarch64_insn_read(&((u32 *)addr)[i], &val)) {
			p += sprintf(p, i == 0 ? "(--------) " : "-------- ");
			break;
		}
		p += sprintf(p, i == 0 ? "(%08x) " : "%08x ", val);
	}
	printk("%sCode: %s\n", lvl, str);
}

#define S_SMP " SMP"

static int __die(const char *str, long err, struct pt_regs *regs)
{
	static int die_counter;

	pr_emerg("Internal error: %s: %016lx [#%d] PREEMPT%s\n", str, err, ++die_counter, S_SMP);
	print_modules();
	show_regs(regs);
	dump_kernel_instr(KERN_EMERG, regs);
	return 0;
}

static DEFINE_RAW_SPINLOCK(die_lock);

/**
 * die - report an oops and end what caused it
 * @str: what happened
 * @regs: where; the kernel's
 * @err: the syndrome
 *
 * Context: any. Returns only if the oops was in user mode's behalf; else the task ends or the
 * machine panics.
 */
void die(const char *str, struct pt_regs *regs, long err)
{
	bool is_bug = !user_mode(regs) && find_bug(regs->pc);
	enum report_verdict verdict;
	unsigned long flags;

	raw_spin_lock_irqsave(&die_lock, flags);
	verdict = report_begin(is_bug ? REPORT_BUG : REPORT_OOPS, str);
	oops_enter();
	console_verbose();
	bust_spinlocks(1);
	__die(str, err, regs);
	bust_spinlocks(0);
	if (verdict == REPORT_REAL)
		add_taint(TAINT_DIE, LOCKDEP_NOW_UNRELIABLE);
	oops_exit();
	raw_spin_unlock_irqrestore(&die_lock, flags);

	if (in_interrupt())
		panic("%s: Fatal exception in interrupt", str);
	if (panic_on_oops && verdict == REPORT_REAL)
		panic("%s: Fatal exception", str);
	make_task_dead(SIGSEGV);
}

/**
 * arm64_force_sig_fault - tell a user program what it just did
 * @signo: the signal
 * @code: its si_code
 * @far: the address it is about
 * @str: for the log, when fatal signals are logged
 */
void arm64_force_sig_fault(int signo, int code, unsigned long far, const char *str)
{
	if (show_unhandled_signals() && unhandled_signal(current, signo))
		pr_info_ratelimited("%s[%d]: %s, address 0x%016lx, signal %d\n", current->comm,
				    task_pid_nr(current), str, far, signo);
	force_sig_fault(signo, code, (void __user *)far);
}

/**
 * arm64_notify_die - an exception that has no other handler
 * @str: what happened
 * @regs: where
 * @signo: signal for a user program
 * @sicode: its si_code
 * @far: the address it is about
 * @err: the syndrome
 */
void arm64_notify_die(const char *str, struct pt_regs *regs, int signo, int sicode,
		      unsigned long far, unsigned long err)
{
	if (!user_mode(regs) || (current->flags & PF_KTHREAD)) {
		die(str, regs, err);
		return;
	}
	current->thread.fault_address = 0;
	current->thread.fault_code = err;
	arm64_force_sig_fault(signo, sicode, far, str);
}

/* ---- undefined instructions ---- */

/** do_el0_undef - an instruction that isn't one, in a program: SIGILL */
void do_el0_undef(struct pt_regs *regs, unsigned long esr)
{
	/* FPAC: a pointer's code was wrong, and the CPU doesn't wait until the pointer is used. */
	int code = ESR_ELx_EC(esr) == ESR_ELx_EC_FPAC ? ILL_ILLOPN : ILL_ILLOPC;

	arm64_notify_die("undefined instruction", regs, SIGILL, code, regs->pc, esr);
}

/** do_el1_undef - the same in the kernel: mended by the exception table, or fatal for the task */
void do_el1_undef(struct pt_regs *regs, unsigned long esr)
{
	if (fixup_exception(regs))
		return;
	die("Oops - Undefined instruction", regs, esr);
}

/**
 * do_el0_sys - a system register or cache instruction that programs may not execute: SIGILL
 *
 * The identification registers, which Linux lets them read, are not emulated: SIGILL too, and
 * AT_HWCAP
 * doesn't promise them.
 */
void do_el0_sys(unsigned long esr, struct pt_regs *regs)
{
	arm64_notify_die("undefined instruction", regs, SIGILL, ILL_ILLOPC, regs->pc, esr);
}

/** bad_el0_sync - an exception in a program that we know nothing of: SIGILL */
void bad_el0_sync(struct pt_regs *regs, int reason, unsigned long esr)
{
	pr_crit_ratelimited("Bad EL0 synchronous exception, esr %#018lx -- %s\n", esr,
			    esr_get_class_string(esr));
	arm64_notify_die("bad el0 sync", regs, SIGILL, ILL_ILLOPC, regs->pc, esr);
}

/** do_sp_pc_abort - a stack pointer or PC that isn't aligned, in a program: SIGBUS */
void do_sp_pc_abort(unsigned long addr, unsigned long esr, struct pt_regs *regs)
{
	arm64_notify_die("SP/PC alignment exception", regs, SIGBUS, BUS_ADRALN, addr, esr);
}

/* ---- brk ---- */

/**
 * arm64_skip_faulting_instruction - go on behind the instruction that trapped
 * @regs: where
 * @size: of the instruction
 */
void arm64_skip_faulting_instruction(struct pt_regs *regs, unsigned long size)
{
	regs->pc += size;
}

static bool handle_bug(struct pt_regs *regs, unsigned long esr)
{
	switch (report_bug(regs->pc, regs)) {
	case BUG_TRAP_TYPE_WARN:
		arm64_skip_faulting_instruction(regs, AARCH64_INSN_SIZE);
		return true;
	case BUG_TRAP_TYPE_BUG:
		die("Oops - BUG", regs, esr);
		return true;
	default:
		return false;
	}
}

#ifdef CONFIG_KUNIT
/* Installed by arch/arm64/tests: true if the brk was its own. */
bool (*arm64_test_brk_hook)(struct pt_regs *regs, unsigned long esr);
#endif

/** do_el1_brk64 - brk in the kernel: a WARN() or BUG(), a test's, or fatal for the task */
void do_el1_brk64(unsigned long esr, struct pt_regs *regs)
{
	unsigned long imm = esr & ESR_ELx_BRK64_COMMENT;

	if (imm == BUG_BRK_IMM && handle_bug(regs, esr))
		return;
#ifdef CONFIG_KUNIT
	if ((imm == ARM64_TEST_BRK_IMM || imm == ARM64_TEST_NMI_BRK_IMM) &&
	    arm64_test_brk_hook && arm64_test_brk_hook(regs, esr))
		return;
#endif
	if (fixup_exception(regs))
		return;
	die("Oops - unexpected BRK", regs, esr);
}

/** do_el0_brk64 - brk in a program: SIGTRAP */
void do_el0_brk64(unsigned long esr, struct pt_regs *regs)
{
	arm64_force_sig_fault(SIGTRAP, TRAP_BRKPT, regs->pc, "brk");
}

/* ---- the worst ---- */

/**
 * panic_unhandled - an exception that can't be: panics
 * @regs: where
 * @vector: its name
 * @esr: why
 */
void __noreturn panic_unhandled(struct pt_regs *regs, const char *vector, unsigned long esr)
{
	console_verbose();
	pr_crit("Unhandled %s exception on CPU%d, ESR 0x%016lx -- %s\n", vector, smp_processor_id(),
		esr,
		esr_get_class_string(esr));
	__show_regs(regs);
	panic("Unhandled exception");
}

/** do_serror - an asynchronous bus error: panics, for nobody knows what it damaged */
void do_serror(struct pt_regs *regs, unsigned long esr)
{
	console_verbose();
	pr_crit("SError Interrupt on CPU%d, code 0x%016lx -- %s\n", smp_processor_id(), esr,
		esr_get_class_string(esr));
	show_regs(regs);
	panic("Asynchronous SError Interrupt");
}

DEFINE_PER_CPU(unsigned long [OVERFLOW_STACK_SIZE / sizeof(long)], overflow_stack) __aligned(16);

#ifdef CONFIG_KUNIT
/*
 * A test that overflows its stack on purpose: true if it expected this; then it leaves the dead
 * frames by _leave().
 */
bool (*arm64_test_bad_stack_hook)(struct pt_regs *regs);
void (*arm64_test_bad_stack_leave)(void);
#endif

/**
 * panic_bad_stack - a kernel stack overflowed: panics
 * @regs: of the code that did
 * @esr: why the exception
 * @far: the address that faulted
 */
void __noreturn panic_bad_stack(struct pt_regs *regs, unsigned long esr, unsigned long far)
{
	struct stack_info task = stackinfo_get_task(current);
	struct stack_info irq = stackinfo_get_irq();
	struct stack_info ovf = stackinfo_get_overflow();

	console_verbose();
	pr_emerg("Insufficient stack space to handle exception!\n");
	pr_emerg("ESR: 0x%016lx -- %s\n", esr, esr_get_class_string(esr));
	pr_emerg("FAR: 0x%016lx\n", far);
	pr_emerg("Task stack:     [0x%016lx..0x%016lx]\n", task.low, task.high);
	pr_emerg("IRQ stack:      [0x%016lx..0x%016lx]\n", irq.low, irq.high);
	pr_emerg("Overflow stack: [0x%016lx..0x%016lx]\n", ovf.low, ovf.high);
	__show_regs(regs);
	/* What was on the stack is lost; the machine stops, since locks may be held. */
	panic("kernel stack overflow");
}

/**
 * is_valid_bugaddr - may there be a BUG at this address?
 * @addr: of the brk
 */
int is_valid_bugaddr(unsigned long addr)
{
	return addr >= KIMAGE_VADDR && addr < KIMAGE_END;
}

/** trap_init - nothing: head.S has set the vectors */
void __init trap_init(void)
{
	/* The vectors were set by head.S. */
}
