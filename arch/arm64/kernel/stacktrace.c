// SPDX-License-Identifier: MIT
/*
 * Backtraces by frame pointers.
 *
 * Each function's prologue stores a frame record, {x29 of the caller, return address}, and points
 * x29 to it, so the records form a list through the stack. An exception's pt_regs contains one as
 * well, so the list goes on into the interrupted code; a record of {0, 0} ends it.
 *
 *   task stack      [pt_regs 0,0] <- f <- g <- call_on_irq_stack <-.
 *   interrupt stack                                                 '- handler <- driver <- us
 *
 * The list may be damaged: that is when backtraces are wanted most. Each record has to lie within a
 * known stack, and above all records read before on that stack; a stack once left is not entered
 * again. So the walk ends.
 */
#include <linux/export.h>
#include <linux/kernel.h>
#include <linux/percpu.h>
#include <linux/printk.h>
#include <linux/ptrace.h>
#include <linux/sched.h>
#include <linux/sched/debug.h>
#include <linux/sched/task_stack.h>
#include <linux/stacktrace.h>

#include <asm/current.h>
#include <asm/stack_pointer.h>
#include <asm/stacktrace.h>

static __always_inline struct stack_info make_info(unsigned long low, unsigned long size)
{
	return (struct stack_info) { .low = low, .high = low ? low + size : 0 };
}

/** stackinfo_get_irq - where this CPU's interrupt stack is. Context: no migration */
noinstr struct stack_info stackinfo_get_irq(void)
{
	return make_info((unsigned long)raw_cpu_read(irq_stack_ptr), IRQ_STACK_SIZE);
}

/** stackinfo_get_task - where a task's stack is */
noinstr struct stack_info stackinfo_get_task(const struct task_struct *tsk)
{
	return make_info((unsigned long)tsk->stack, THREAD_SIZE);
}

/** stackinfo_get_overflow - where this CPU's stack for overflows is. Context: no migration */
noinstr struct stack_info stackinfo_get_overflow(void)
{
	return make_info((unsigned long)raw_cpu_ptr(overflow_stack), OVERFLOW_STACK_SIZE);
}

static __always_inline bool info_holds(const struct stack_info *info, unsigned long sp,
				       unsigned long size)
{
	return info->low && sp >= info->low && sp < info->high && info->high - sp >= size;
}

/** on_thread_stack - does the running code use the task's own stack? */
noinstr bool on_thread_stack(void)
{
	struct stack_info info = make_info((unsigned long)current->stack, THREAD_SIZE);

	return info_holds(&info, current_stack_pointer, 1);
}

/** on_irq_stack - are @size bytes at @sp in this CPU's interrupt stack? */
bool on_irq_stack(unsigned long sp, unsigned long size)
{
	struct stack_info info = stackinfo_get_irq();

	return info_holds(&info, sp, size);
}

#define NR_UNWIND_STACKS 3

/**
 * struct unwind_state - one walk
 * @fp: the next record's address
 * @pc: the address to report next
 * @stacks: what may still be read of each stack; the part below a record that was read is given up
 */
struct unwind_state {
	unsigned long fp;
	unsigned long pc;
	struct stack_info stacks[NR_UNWIND_STACKS];
};

static struct stack_info *find_stack(struct unwind_state *state, unsigned long fp)
{
	int i;

	if (fp & 7)
		return NULL;
	for (i = 0; i < NR_UNWIND_STACKS; i++)
		if (info_holds(&state->stacks[i], fp, 16))
			return &state->stacks[i];
	return NULL;
}

/* Read the record at fp; false at the list's end, proper or not. */
static __no_sanitize_address bool unwind_next(struct unwind_state *state)
{
	unsigned long fp = state->fp;
	struct stack_info *info = find_stack(state, fp);

	if (!info)
		return false;
	state->fp = READ_ONCE_NOCHECK(*(unsigned long *)fp);
	state->pc = READ_ONCE_NOCHECK(*(unsigned long *)(fp + 8));
	info->low = fp + 16;
	return state->fp || state->pc;
}

static void unwind_init(struct unwind_state *state, const struct task_struct *task)
{
	memset(state, 0, sizeof(*state));
	state->stacks[0] = stackinfo_get_task(task);
	if (task == current) {
		state->stacks[1] = stackinfo_get_irq();
		state->stacks[2] = stackinfo_get_overflow();
	}
}

/**
 * arch_stack_walk - report the return addresses of a stack, innermost first
 * @consume_entry: called with each; false ends the walk
 * @cookie: for it
 * @task: whose stack; not running, or current; NULL means current
 * @regs: start where these were taken, or NULL
 *
 * Context: any.
 */
noinline __no_sanitize_address void arch_stack_walk(stack_trace_consume_fn consume_entry,
						    void *cookie,
						    struct task_struct *task, struct pt_regs *regs)
{
	struct unwind_state state;

	if (!task)
		task = current;
	unwind_init(&state, task);
	if (regs) {
		if (user_mode(regs))
			return;
		state.fp = regs->regs[29];
		state.pc = regs->pc;
	} else if (task == current) {
		/* Our own record: the first address is where we return to. */
		state.fp = (unsigned long)__builtin_frame_address(0);
		if (!unwind_next(&state))
			return;
	} else {
		state.fp = task->thread.cpu_context.fp;
		state.pc = task->thread.cpu_context.pc;
	}
	do {
		if (!consume_entry(cookie, state.pc))
			return;
	} while (unwind_next(&state));
}

static bool dump_backtrace_entry(void *arg, unsigned long where)
{
	const char *loglvl = arg;

	printk("%s %pSb\n", loglvl, (void *)where);
	return true;
}

/**
 * dump_backtrace - print a backtrace
 * @regs: start there, or NULL; nothing is printed for user mode
 * @tsk: whose stack, NULL for current
 * @loglvl: KERN_* prefix
 */
void dump_backtrace(struct pt_regs *regs, struct task_struct *tsk, const char *loglvl)
{
	if (regs && user_mode(regs))
		return;
	if (!tsk)
		tsk = current;
	if (!try_get_task_stack(tsk))
		return;
	printk("%sCall trace:\n", loglvl);
	arch_stack_walk(dump_backtrace_entry, (void *)loglvl, tsk, regs);
	put_task_stack(tsk);
}

/**
 * show_stack - log a task's backtrace
 * @tsk: NULL: current
 * @sp: unused: the frame is looked up
 * @loglvl: KERN_*
 */
void show_stack(struct task_struct *tsk, unsigned long *sp, const char *loglvl)
{
	dump_backtrace(NULL, tsk, loglvl);
	barrier();
}
