// SPDX-License-Identifier: MIT
/*
 * WARN, oops and panic: what the kernel does when it finds itself wrong.
 *
 *	WARN	says so, with a backtrace, and goes on
 *	oops	(a BUG, a bad access) says so and ends the task that met it; the machine's
 *		trap code prints it between oops_enter() and oops_exit()
 *	panic	says so and stops the machine, or starts it again after panic=N seconds
 *
 * Each leaves a letter in the taint mask, so that a later report tells that it wasn't the first.
 * Boot parameters raise the stakes: panic_on_warn, oops=panic. A report that a test planted
 * (see <linux/report.h>) does neither.
 *
 * One CPU panics. Another one that panics at the same time stops; a CPU that panics while it
 * panics (its own printing faulted, say) goes on with what is left to do, without a new backtrace.
 */

#include <linux/panic.h>

#include <linux/atomic.h>
#include <linux/bug.h>
#include <linux/console.h>
#include <linux/debug_locks.h>
#include <linux/delay.h>
#include <linux/export.h>
#include <linux/init.h>
#include <linux/irqflags.h>
#include <linux/kernel.h>
#include <linux/kmsg_dump.h>
#include <linux/lockdep.h>
#include <linux/module.h>
#include <linux/nmi.h>
#include <linux/notifier.h>
#include <linux/preempt.h>
#include <linux/printk.h>
#include <linux/random.h>
#include <linux/reboot.h>
#include <linux/report.h>
#include <linux/sched.h>
#include <linux/sched/debug.h>
#include <linux/smp.h>
#include <linux/string.h>

#include <asm/processor.h>
#include <asm/ptrace.h>

int panic_timeout;		/* seconds to the restart; 0: never; < 0: at once */
int panic_on_oops;
int panic_on_warn;
unsigned long panic_on_taint;
unsigned long panic_print;	/* PANIC_PRINT_* */

#define PANIC_PRINT_TASK_INFO		0x01
#define PANIC_PRINT_LOCK_INFO		0x08
#define PANIC_PRINT_ALL_PRINTK_MSG	0x20
#define PANIC_PRINT_ALL_CPU_BT		0x40

ATOMIC_NOTIFIER_HEAD(panic_notifier_list);
EXPORT_SYMBOL(panic_notifier_list);

atomic_t panic_cpu = ATOMIC_INIT(PANIC_CPU_INVALID);

/* ---- taint ----------------------------------------------------------------------- */

static unsigned long tainted_mask;

#define TAINT_FLAG(taint, t, f, mod) \
	[TAINT_##taint] = { .c_true = t, .c_false = f, .module = mod, .desc = #taint }

const struct taint_flag taint_flags[TAINT_FLAGS_COUNT] = {
	TAINT_FLAG(PROPRIETARY_MODULE,	 'P', 'G', true),
	TAINT_FLAG(FORCED_MODULE,	 'F', ' ', true),
	TAINT_FLAG(CPU_OUT_OF_SPEC,	 'S', ' ', false),
	TAINT_FLAG(FORCED_RMMOD,	 'R', ' ', false),
	TAINT_FLAG(MACHINE_CHECK,	 'M', ' ', false),
	TAINT_FLAG(BAD_PAGE,		 'B', ' ', false),
	TAINT_FLAG(USER,		 'U', ' ', false),
	TAINT_FLAG(DIE,			 'D', ' ', false),
	TAINT_FLAG(OVERRIDDEN_ACPI_TABLE, 'A', ' ', false),
	TAINT_FLAG(WARN,		 'W', ' ', false),
	TAINT_FLAG(CRAP,		 'C', ' ', true),
	TAINT_FLAG(FIRMWARE_WORKAROUND,	 'I', ' ', false),
	TAINT_FLAG(OOT_MODULE,		 'O', ' ', true),
	TAINT_FLAG(UNSIGNED_MODULE,	 'E', ' ', true),
	TAINT_FLAG(SOFTLOCKUP,		 'L', ' ', false),
	TAINT_FLAG(LIVEPATCH,		 'K', ' ', true),
	TAINT_FLAG(AUX,			 'X', ' ', true),
	TAINT_FLAG(RANDSTRUCT,		 'T', ' ', true),
	TAINT_FLAG(TEST,		 'N', ' ', true),
};

/* Shared by all reports; two at once may mix their letters, which nobody minds then. */
static char taint_text[128];

/**
 * print_tainted() - the taint mask as letters
 *
 * Context: Any. The string is overwritten by the next call.
 * Return: "Not tainted", or "Tainted: G W" with a letter or a space for each flag.
 */
const char *print_tainted(void)
{
	char *s = taint_text;
	int i;

	if (!tainted_mask)
		return "Not tainted";
	s += sprintf(s, "Tainted: ");
	for (i = 0; i < TAINT_FLAGS_COUNT; i++)
		*s++ = test_bit(i, &tainted_mask) ? taint_flags[i].c_true : taint_flags[i].c_false;
	*s = '\0';
	return taint_text;
}

/**
 * print_tainted_verbose() - the set flags as letters and words
 *
 * Return: "Tainted: [D]=DIE, [W]=WARN", or "".
 */
const char *print_tainted_verbose(void)
{
	char *s = taint_text, *end = taint_text + sizeof(taint_text);
	const char *between = "Tainted: ";
	int i;

	*s = '\0';
	for (i = 0; i < TAINT_FLAGS_COUNT; i++) {
		if (!test_bit(i, &tainted_mask))
			continue;
		s += scnprintf(s, end - s, "%s[%c]=%s", between, taint_flags[i].c_true,
			       taint_flags[i].desc);
		between = ", ";
	}
	return taint_text;
}

/**
 * test_taint() - is the kernel tainted in this way?
 * @flag: TAINT_*
 *
 * Return: nonzero if so.
 */
int test_taint(unsigned int flag)
{
	return test_bit(flag, &tainted_mask);
}
EXPORT_SYMBOL(test_taint);

/**
 * get_taint() - all of the kernel's taints
 *
 * Return: a bit for each TAINT_*.
 */
unsigned long get_taint(void)
{
	return tainted_mask;
}

/**
 * add_taint() - remember that something irregular happened
 * @flag: TAINT_*
 * @lockdep_ok: LOCKDEP_NOW_UNRELIABLE if locks may have been left in any state: the lock
 *	checker stops then
 *
 * Context: Any.
 */
void add_taint(unsigned int flag, enum lockdep_ok lockdep_ok)
{
	if (lockdep_ok == LOCKDEP_NOW_UNRELIABLE && __debug_locks_off())
		pr_warn("Disabling lock debugging due to kernel taint\n");
	set_bit(flag, &tainted_mask);
	if (tainted_mask & panic_on_taint) {
		panic_on_taint = 0;
		panic("panic_on_taint set ...");
	}
}
EXPORT_SYMBOL(add_taint);

/* ---- boot parameters ------------------------------------------------------------------ */

static int __init panic_setup(char *str)
{
	return str ? kstrtoint(str, 0, &panic_timeout) : -EINVAL;
}
early_param("panic", panic_setup);

static int __init oops_setup(char *str)
{
	if (str && !strcmp(str, "panic"))
		panic_on_oops = 1;
	return 0;
}
early_param("oops", oops_setup);

static int __init panic_on_warn_setup(char *str)
{
	panic_on_warn = 1;
	return str && *str ? kstrtoint(str, 0, &panic_on_warn) : 0;
}
early_param("panic_on_warn", panic_on_warn_setup);

static int __init panic_on_oops_setup(char *str)
{
	panic_on_oops = 1;
	return str && *str ? kstrtoint(str, 0, &panic_on_oops) : 0;
}
early_param("panic_on_oops", panic_on_oops_setup);

static int __init panic_print_setup(char *str)
{
	return str ? kstrtoul(str, 0, &panic_print) : -EINVAL;
}
early_param("panic_print", panic_print_setup);

static int __init panic_on_taint_setup(char *str)
{
	if (!str || kstrtoul(str, 16, &panic_on_taint))
		return -EINVAL;
	panic_on_taint &= TAINT_FLAGS_MAX;
	return 0;
}
early_param("panic_on_taint", panic_on_taint_setup);

/* ---- panic ----------------------------------------------------------------------------- */

/**
 * panic_smp_self_stop() - a CPU that lost the race to panic waits here for its end; the machine may
 * do better
 */
void __weak __noreturn panic_smp_self_stop(void)
{
	for (;;)
		cpu_relax();
}

/**
 * nmi_panic_self_stop() - panic_smp_self_stop() from an NMI
 * @regs: the frame, which the machine may want to save
 */
void __weak __noreturn nmi_panic_self_stop(struct pt_regs *regs)
{
	panic_smp_self_stop();
}

/* Stop the other CPUs. A machine whose smp_send_stop() isn't fit for an NMI has its own. */
void __weak crash_smp_send_stop(void)
{
	static bool stopped;

	if (stopped)
		return;
	stopped = true;
	smp_send_stop();
}

/*
 * Become the CPU that panics. Doesn't return on any other. True the first time, false on a panic
 * inside a panic.
 */
static bool panic_take_cpu(struct pt_regs *nmi_regs)
{
	int cpu = raw_smp_processor_id();
	int old = atomic_cmpxchg(&panic_cpu, PANIC_CPU_INVALID, cpu);

	if (old == PANIC_CPU_INVALID)
		return true;
	if (old == cpu)
		return false;
	if (nmi_regs)
		nmi_panic_self_stop(nmi_regs);
	panic_smp_self_stop();
}

/**
 * nmi_panic() - panic from an NMI handler
 * @regs: the interrupted registers
 * @msg: why
 *
 * Context: NMI. Returns only if this CPU is panicking already.
 */
void nmi_panic(struct pt_regs *regs, const char *msg)
{
	int cpu = raw_smp_processor_id();

	if (atomic_read(&panic_cpu) == cpu)
		return;
	if (atomic_read(&panic_cpu) != PANIC_CPU_INVALID)
		nmi_panic_self_stop(regs);
	panic("%s", msg);
}
EXPORT_SYMBOL(nmi_panic);

/* Before console_init() nobody would hear why. Its text is there as long as we are booting. */
static void __ref panic_find_console(void)
{
	if (system_state == SYSTEM_BOOTING && hlist_empty(&console_list))
		earlycon_for_panic();
}

static void panic_print_more(void)
{
	if (panic_print & PANIC_PRINT_TASK_INFO)
		show_state();
	if (panic_print & PANIC_PRINT_LOCK_INFO)
		debug_show_all_locks();
	if (panic_print & PANIC_PRINT_ALL_PRINTK_MSG)
		console_flush_on_panic(CONSOLE_REPLAY_ALL);
}

/* Wait panic= seconds, then start again. Interrupts are off, so the time is counted by delays. */
static void panic_restart(void)
{
	int left;

	if (panic_timeout > 0)
		pr_emerg("Rebooting in %d seconds..\n", panic_timeout);
	console_flush_on_panic(CONSOLE_FLUSH_PENDING);
	for (left = panic_timeout * 10; left > 0; left--)
		mdelay(100);
	if (panic_timeout)
		emergency_restart();
}

/**
 * vpanic() - stop the machine
 * @fmt: why
 * @args: its arguments
 *
 * Context: Any. Doesn't return.
 */
void vpanic(const char *fmt, va_list args)
{
	static char why[1024];
	bool first;

	local_irq_disable();
	preempt_disable_notrace();
	first = panic_take_cpu(NULL);
	if (!first && panic_on_warn)
		panic_on_warn = 0;

	console_verbose();
	bust_spinlocks(1);
	vscnprintf(why, sizeof(why), fmt, args);
	if (first)
		report_begin(REPORT_PANIC, "panic");
	pr_emerg("Kernel panic - not syncing: %s\n", why);
	if (first)
		panic_find_console();
	/* An oops that led here has shown its stack; a panic in a panic has no more to say. */
	if (first && !(test_taint(TAINT_DIE) && oops_in_progress > 1))
		dump_stack();

	if (first && (panic_print & PANIC_PRINT_ALL_CPU_BT))
		trigger_all_cpu_backtrace();
	crash_smp_send_stop();
	if (first) {
		atomic_notifier_call_chain(&panic_notifier_list, 0, why);
		panic_print_more();
		kmsg_dump_desc(KMSG_DUMP_PANIC, why);
	}
	console_flush_on_panic(CONSOLE_FLUSH_PENDING);

	panic_restart();
	pr_emerg("---[ end Kernel panic - not syncing: %s ]---\n", why);
	console_flush_on_panic(CONSOLE_FLUSH_PENDING);
	for (;;)
		panic_smp_self_stop();
}

/**
 * panic() - stop the machine
 * @fmt: why
 *
 * Context: Any. Doesn't return.
 */
void panic(const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	vpanic(fmt, args);
	va_end(args);
}
EXPORT_SYMBOL(panic);

/**
 * check_panic_on_warn() - panic if a warning is to be one
 * @origin: who warns
 */
void check_panic_on_warn(const char *origin)
{
	if (panic_on_warn)
		panic("%s: panic_on_warn set ...\n", origin);
}

/* ---- oops --------------------------------------------------------------------------------- */

static u64 oops_id;	/* tells one boot's reports from another's */

static void init_oops_id(void)
{
	if (!oops_id)
		get_random_bytes(&oops_id, sizeof(oops_id));
	else
		oops_id++;
}

/**
 * oops_enter() - an oops begins
 *
 * Before its first line. The machine's trap code has made sure that one CPU at a time comes here.
 *
 * Context: Any.
 */
void oops_enter(void)
{
	/* Its lines have to appear even where "quiet" hides warnings. */
	if (console_loglevel < CONSOLE_LOGLEVEL_DEFAULT)
		console_loglevel = CONSOLE_LOGLEVEL_DEFAULT;
}

/**
 * oops_exit() - an oops has been printed
 *
 * Context: Any.
 */
void oops_exit(void)
{
	print_oops_end_marker();
	kmsg_dump(KMSG_DUMP_OOPS);
}

/**
 * print_oops_end_marker() - the last line of a WARN or an oops
 */
void print_oops_end_marker(void)
{
	init_oops_id();
	pr_warn("---[ end trace %016llx ]---\n", (unsigned long long)oops_id);
}

/* ---- WARN --------------------------------------------------------------------------------- */

struct warn_args {
	const char *fmt;
	va_list args;
};

/**
 * print_modules() - the line of a report that lists modules
 *
 * None are ever loaded, everything is in the image; but the line is part of the shape.
 */
void print_modules(void)
{
	printk(KERN_DEFAULT "Modules linked in:\n");
}

/**
 * __warn() - print a warning; the CUT_HERE line is out
 * @file: where; NULL if not known
 * @line: where
 * @caller: the code that warns
 * @taint: the taint flag it leaves
 * @regs: at the trap, or NULL
 * @args: a message, or NULL (it was printed)
 *
 * Context: Any.
 */
void __warn(const char *file, int line, void *caller, unsigned int taint, struct pt_regs *regs,
	    struct warn_args *args)
{
	enum report_verdict verdict = report_begin(REPORT_WARN, file ? file : "?");

	if (file)
		pr_warn("WARNING: CPU: %d PID: %d at %s:%d %pS\n", raw_smp_processor_id(),
			current->pid, file, line, caller);
	else
		pr_warn("WARNING: CPU: %d PID: %d at %pS\n", raw_smp_processor_id(), current->pid,
			caller);
	if (args)
		vprintk(args->fmt, args->args);

	print_modules();
	if (regs)
		show_regs(regs);
	else
		dump_stack();
	print_irqtrace_events(current);
	print_oops_end_marker();

	if (verdict == REPORT_EXPECTED)
		return;
	check_panic_on_warn("kernel");
	/* The flag doesn't say that locks are in disorder. */
	add_taint(taint, LOCKDEP_STILL_OK);
}

/**
 * warn_slowpath_fmt() - WARN() where there is no trapping instruction for it
 * @file: where
 * @line: where
 * @taint: the taint flag it leaves
 * @fmt: the message, or NULL
 */
void warn_slowpath_fmt(const char *file, int line, unsigned int taint, const char *fmt, ...)
{
	struct warn_args args;

	pr_warn(CUT_HERE);
	if (!fmt) {
		__warn(file, line, __builtin_return_address(0), taint, NULL, NULL);
		return;
	}
	args.fmt = fmt;
	va_start(args.args, fmt);
	__warn(file, line, __builtin_return_address(0), taint, NULL, &args);
	va_end(args.args);
}
EXPORT_SYMBOL(warn_slowpath_fmt);

/**
 * __warn_printk() - the message of a WARN(), before its trap
 * @fmt: the message
 */
void __warn_printk(const char *fmt, ...)
{
	va_list args;

	pr_warn(CUT_HERE);
	va_start(args, fmt);
	vprintk(fmt, args);
	va_end(args);
}
EXPORT_SYMBOL(__warn_printk);

/**
 * __stack_chk_fail() - the compiler found a function's canary dead
 *
 * The return address may be anything by now, so there is no going on.
 */
__noreturn void __stack_chk_fail(void);
noinstr void __stack_chk_fail(void)
{
	instrumentation_begin();
	report_begin(REPORT_STACK, "stack canary overwritten");
	panic("stack-protector: Kernel stack is corrupted in: %pB", __builtin_return_address(0));
}
EXPORT_SYMBOL(__stack_chk_fail);
