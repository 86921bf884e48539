// SPDX-License-Identifier: MIT
/*
 * What is printed when the kernel finds itself broken: registers, the code at the
 * instruction pointer, the stack's call chain; and how it ends.
 *
 * One oops at a time prints: die_lock, taken over by a CPU that oopses again while
 * it holds it. The lines keep the shape that tools for Linux logs look for.
 */

#include <linux/bug.h>
#include <linux/console.h>
#include <linux/hardirq.h>
#include <linux/kallsyms.h>
#include <linux/kasan.h>
#include <linux/kernel.h>
#include <linux/nmi.h>
#include <linux/panic.h>
#include <linux/printk.h>
#include <linux/report.h>
#include <linux/sched.h>
#include <linux/sched/debug.h>
#include <linux/sched/task.h>
#include <linux/sched/task_stack.h>
#include <linux/smp.h>
#include <linux/spinlock.h>
#include <linux/uaccess.h>
#include <linux/utsname.h>

#include <asm/debugreg.h>
#include <asm/kdebug.h>
#include <asm/processor.h>
#include <asm/ptrace.h>
#include <asm/stacktrace.h>
#include <asm/unwind.h>

/* Bytes shown before and after the instruction pointer. */
#define OPCODE_BEFORE	42
#define OPCODE_BUFSIZE	64

static const char * const exception_stack_names[N_EXCEPTION_STACKS] = {
	[IST_INDEX_DF] = "#DF", [IST_INDEX_NMI] = "NMI", [IST_INDEX_DB] = "#DB",
	[IST_INDEX_MCE] = "#MC",
};

/** stack_type_name - what a backtrace calls a stack */
const char *stack_type_name(enum stack_type type)
{
	if (type == STACK_TYPE_TASK)
		return "TASK";
	if (type == STACK_TYPE_IRQ)
		return "IRQ";
	if (type >= STACK_TYPE_EXCEPTION && type <= STACK_TYPE_EXCEPTION_LAST)
		return exception_stack_names[type - STACK_TYPE_EXCEPTION];
	return "?";
}

static bool fill_stack_info(struct stack_info *info, enum stack_type type, void *top,
			    size_t size, const void *stack)
{
	if (!top || stack < top - size || stack >= top)
		return false;
	info->type = type;
	info->begin = top - size;
	info->end = top;
	return true;
}

/* The stacks that belong to this CPU rather than to a task. */
static bool get_cpu_stack_info(const void *stack, struct stack_info *info)
{
	unsigned int i;

	if (fill_stack_info(info, STACK_TYPE_IRQ, raw_cpu_read(pcpu_hot.hardirq_stack_ptr),
			    IRQ_STACK_SIZE, stack))
		return true;
	for (i = 0; i < N_EXCEPTION_STACKS; i++) {
		if (fill_stack_info(info, STACK_TYPE_EXCEPTION + i,
				    raw_cpu_ptr(&exception_stacks)->top[i], EXCEPTION_STKSZ,
				    stack))
			return true;
	}
	return false;
}

bool get_stack_info(const void *stack, struct task_struct *task, struct stack_info *info)
{
	info->type = STACK_TYPE_UNKNOWN;
	if (!stack || !task)
		return false;
	if (task_stack_page(task) &&
	    fill_stack_info(info, STACK_TYPE_TASK, task_stack_page(task) + THREAD_SIZE,
			    THREAD_SIZE, stack))
		return true;
	return task == current && get_cpu_stack_info(stack, info);
}

/* --- Call chain ----------------------------------------------------------------------- */

static void print_stack_type(const char *log_lvl, enum stack_type from, enum stack_type to)
{
	if (from == to)
		return;
	if (from != STACK_TYPE_UNKNOWN && from != STACK_TYPE_TASK)
		printk("%s </%s>\n", log_lvl, stack_type_name(from));
	if (to != STACK_TYPE_UNKNOWN && to != STACK_TYPE_TASK)
		printk("%s <%s>\n", log_lvl, stack_type_name(to));
}

/* A return address is named by the call before it, an interrupted one by itself. */
static void print_address(const char *log_lvl, struct unwind_state *state)
{
	if (state->regs)
		printk("%s %pS\n", log_lvl, (void *)state->ip);
	else
		printk("%s %pB\n", log_lvl, (void *)state->ip);
}

/**
 * show_trace_log_lvl - log the backtrace of a task
 * @task: current, or one that doesn't run
 * @regs: where to begin; NULL: at @stack
 * @stack: without @regs: a frame of the task's, as for unwind_start()
 * @log_lvl: KERN_*
 *
 * Stops after 128 frames.
 *
 * Context: any.
 */
void show_trace_log_lvl(struct task_struct *task, struct pt_regs *regs, unsigned long *stack,
			const char *log_lvl)
{
	struct unwind_state state;
	struct stack_info begin;
	enum stack_type type = STACK_TYPE_UNKNOWN;
	unsigned int lines = 0;

	printk("%sCall Trace:\n", log_lvl);
	unwind_start(&state, task, regs, stack);
	if (get_stack_info((void *)(state.bp & ~1UL), task, &begin)) {
		print_stack_type(log_lvl, type, begin.type);
		type = begin.type;
	}
	printk("%s <TASK>\n", log_lvl);
	for (; !unwind_done(&state); unwind_next_frame(&state)) {
		if (state.info.type != STACK_TYPE_UNKNOWN) {
			print_stack_type(log_lvl, type, state.info.type);
			type = state.info.type;
		}
		print_address(log_lvl, &state);
		if (state.regs && state.regs != regs)
			__show_regs(state.regs, log_lvl);
		if (++lines == 128) {
			printk("%s ...\n", log_lvl);
			break;
		}
	}
	printk("%s </TASK>\n", log_lvl);
}

/**
 * show_stack - log a task's backtrace
 * @task: NULL: current
 * @sp: a frame of it; NULL: the innermost
 * @loglvl: KERN_*
 */
void show_stack(struct task_struct *task, unsigned long *sp, const char *loglvl)
{
	task = task ?: current;
	if (!sp && task == current)
		sp = (unsigned long *)__builtin_frame_address(0);
	show_trace_log_lvl(task, NULL, sp, loglvl);
}

/* --- Registers -------------------------------------------------------------------------- */

/** show_opcodes - log the bytes around the instruction pointer; those of user mode aren't read */
void show_opcodes(struct pt_regs *regs, const char *loglvl)
{
	u8 opcodes[OPCODE_BUFSIZE];
	char text[OPCODE_BUFSIZE * 3 + 4];
	unsigned long start = regs->ip - OPCODE_BEFORE;
	unsigned int i, len = 0;

	if (user_mode(regs) || copy_from_kernel_nofault(opcodes, (void *)start, sizeof(opcodes))) {
		printk("%sCode: Unable to access opcode bytes at 0x%lx.\n", loglvl, start);
		return;
	}
	for (i = 0; i < sizeof(opcodes); i++)
		len += scnprintf(text + len, sizeof(text) - len,
				 i == OPCODE_BEFORE ? "<%02x> " : "%02x ", opcodes[i]);
	printk("%sCode: %s\n", loglvl, text);
}

static void show_ip(struct pt_regs *regs, const char *loglvl)
{
	if (user_mode(regs))
		printk("%sRIP: %04llx:0x%lx\n", loglvl, regs->csx & 0xffff, regs->ip);
	else
		printk("%sRIP: %04llx:%pS\n", loglvl, regs->csx & 0xffff, (void *)regs->ip);
	show_opcodes(regs, loglvl);
}

/** show_iret_regs - log what the processor itself saved */
void show_iret_regs(struct pt_regs *regs, const char *log_lvl)
{
	show_ip(regs, log_lvl);
	printk("%sRSP: %04llx:%016lx EFLAGS: %08lx ORIG_RAX: %016lx\n", log_lvl,
	       regs->ssx & 0xffff, regs->sp, regs->flags, regs->orig_ax);
}

/* The general registers. */
void __show_regs(struct pt_regs *regs, const char *log_lvl)
{
	show_iret_regs(regs, log_lvl);
	printk("%sRAX: %016lx RBX: %016lx RCX: %016lx\n", log_lvl, regs->ax, regs->bx, regs->cx);
	printk("%sRDX: %016lx RSI: %016lx RDI: %016lx\n", log_lvl, regs->dx, regs->si, regs->di);
	printk("%sRBP: %016lx R08: %016lx R09: %016lx\n", log_lvl, regs->bp, regs->r8, regs->r9);
	printk("%sR10: %016lx R11: %016lx R12: %016lx\n", log_lvl, regs->r10, regs->r11,
	       regs->r12);
	printk("%sR13: %016lx R14: %016lx R15: %016lx\n", log_lvl, regs->r13, regs->r14,
	       regs->r15);
}

/* What of the processor's state isn't in the frame. */
static void show_control_regs(const char *log_lvl, unsigned long cr2)
{
	u64 fs, gs, shadow_gs;
	unsigned long ds, es, fsindex, gsindex;

	savesegment(ds, ds);
	savesegment(es, es);
	savesegment(fs, fsindex);
	savesegment(gs, gsindex);
	rdmsrl(MSR_FS_BASE, fs);
	rdmsrl(MSR_GS_BASE, gs);
	rdmsrl(MSR_KERNEL_GS_BASE, shadow_gs);
	printk("%sFS:  %016llx(%04lx) GS:%016llx(%04lx) knlGS:%016llx\n", log_lvl, fs,
	       fsindex & 0xffff, gs, gsindex & 0xffff, shadow_gs);
	printk("%sCS:  %04lx DS: %04lx ES: %04lx CR0: %016lx\n", log_lvl, (long)__KERNEL_CS,
	       ds & 0xffff, es & 0xffff, read_cr0());
	printk("%sCR2: %016lx CR3: %016lx CR4: %016lx\n", log_lvl, cr2, __read_cr3(),
	       __read_cr4());
}

/** show_regs - log registers and, in the kernel, the backtrace. Context: any */
void show_regs(struct pt_regs *regs)
{
	/* Before a probe below faults itself. */
	unsigned long cr2 = read_cr2();

	show_regs_print_info(KERN_DEFAULT);
	__show_regs(regs, KERN_DEFAULT);
	if (!user_mode(regs)) {
		show_control_regs(KERN_DEFAULT, cr2);
		show_trace_log_lvl(current, regs, NULL, KERN_DEFAULT);
	}
}

/* --- The end of a task -------------------------------------------------------------------- */

static arch_spinlock_t die_lock = __ARCH_SPIN_LOCK_UNLOCKED;
static int die_owner = -1;
static unsigned int die_nest_count;
static unsigned int die_counter;
static enum report_verdict die_verdict;

/** oops_begin - begin a fatal error's report; other CPUs' wait. Return: flags for oops_end() */
unsigned long oops_begin(void)
{
	unsigned long flags;
	int cpu;

	oops_enter();
	raw_local_irq_save(flags);
	cpu = raw_smp_processor_id();
	if (!arch_spin_trylock(&die_lock)) {
		if (cpu != READ_ONCE(die_owner))
			arch_spin_lock(&die_lock);
		/* else: an oops inside the oops of this CPU */
	}
	die_nest_count++;
	WRITE_ONCE(die_owner, cpu);
	console_verbose();
	bust_spinlocks(1);
	return flags;
}

/*
 * The frames that are left for good have marked their red zones in the shadow. They are
 * on the task's stack and, if the oops came by an exception stack, on that one.
 */
static void unpoison_abandoned_stacks(void)
{
	struct stack_info info;

	kasan_unpoison_task_stack(current);
	if (get_cpu_stack_info(__builtin_frame_address(0), &info))
		kasan_unpoison_range(info.begin, (void *)info.end - (void *)info.begin);
}

/**
 * oops_end - end the report, and as a rule the task
 * @flags: what oops_begin() returned
 * @regs: where the error was
 * @signr: what the task dies of; 0: it goes on, somebody else sees to the rest
 *
 * Panics in an interrupt, and with oops=panic. Doesn't return if @signr isn't 0.
 */
void oops_end(unsigned long flags, struct pt_regs *regs, int signr)
{
	bool expected = die_verdict == REPORT_EXPECTED;

	bust_spinlocks(0);
	WRITE_ONCE(die_owner, -1);
	if (!expected)
		add_taint(TAINT_DIE, LOCKDEP_NOW_UNRELIABLE);
	if (!--die_nest_count)
		arch_spin_unlock(&die_lock);
	raw_local_irq_restore(flags);
	oops_exit();

	if (!signr)
		return;
	if (in_interrupt())
		panic("Fatal exception in interrupt");
	if (panic_on_oops && !expected)
		panic("Fatal exception");
	unpoison_abandoned_stacks();
	/* The task's stack may be the broken thing: leave it from its top. */
	rewind_stack_and_make_dead(signr);
}

static void print_die_header(const char *str, long err)
{
	printk(KERN_DEFAULT "%s: %04lx [#%d] PREEMPT SMP%s\n", str, err & 0xffff, ++die_counter,
	       IS_ENABLED(CONFIG_KASAN) ? " KASAN" : "");
}

/** __die - log an oops. Return: 0, meaning that the task has to die */
int __must_check __die(const char *str, struct pt_regs *regs, long err)
{
	print_die_header(str, err);
	show_regs(regs);
	return 0;
}

static bool is_bug(struct pt_regs *regs)
{
	return !user_mode(regs) && is_valid_bugaddr(regs->ip) && find_bug(regs->ip);
}

/**
 * oops_announce - say what comes, so that a test may have expected it
 * @regs: where the error was
 * @what: it, in a few words
 *
 * Context: between oops_begin() and the first line of the report.
 */
void oops_announce(struct pt_regs *regs, const char *what)
{
	die_verdict = report_begin(is_bug(regs) ? REPORT_BUG : REPORT_OOPS, what);
}

/**
 * die - the kernel made a mistake: report it and end the task
 * @str: what happened
 * @regs: where
 * @err: the processor's error code
 *
 * Context: any; panics where there is no task that could end instead. Doesn't return.
 */
void die(const char *str, struct pt_regs *regs, long err)
{
	unsigned long flags = oops_begin();
	int sig = 11;

	oops_announce(regs, str);
	if (__die(str, regs, err))
		sig = 0;
	oops_end(flags, regs, sig);
}
