// SPDX-License-Identifier: MIT
/*
 * Walking stacks by frame pointers: see <asm/unwind.h>.
 *
 * The walk may start in any state: in the first instructions of a function, on a
 * broken stack, on one that another CPU is using. So every word is read only after
 * its address has been found to lie on a known stack, frames only go upwards on a
 * stack, and each stack is entered once. What doesn't fit ends the walk.
 */

#include <asm/unwind.h>

#include <linux/extable.h>
#include <linux/kernel.h>
#include <linux/sched.h>
#include <linux/sched/task_stack.h>
#include <linux/stacktrace.h>

#include <asm/ptrace.h>
#include <asm/switch_to.h>

#define FRAME_SIZE	(2 * sizeof(unsigned long))

static bool on_stack(struct stack_info *info, unsigned long addr, size_t len)
{
	return info->type != STACK_TYPE_UNKNOWN && addr >= (unsigned long)info->begin &&
	       addr + len >= addr && addr + len <= (unsigned long)info->end;
}

/* Is [addr, addr + len) on the stack we are on, or on one not visited yet? Go there. */
static bool unwind_enter_stack(struct unwind_state *state, unsigned long addr, size_t len)
{
	struct stack_info info;

	if (on_stack(&state->info, addr, len))
		return true;
	if (!get_stack_info((void *)addr, state->task, &info) || !on_stack(&info, addr, len))
		return false;
	if (state->stack_mask & (1UL << info.type))
		return false;
	state->stack_mask |= 1UL << info.type;
	state->info = info;
	return true;
}

static __always_inline unsigned long read_stack_word(unsigned long addr)
{
	return READ_ONCE_NOCHECK(*(unsigned long *)addr);
}

static void unwind_end(struct unwind_state *state, bool error)
{
	state->done = true;
	state->regs = NULL;
	state->error = error;
}

/* A frame pointer with the lowest bit set is the address of pt_regs plus one. */
static struct pt_regs *decode_entry_frame(unsigned long bp)
{
	return (bp & 1) ? (struct pt_regs *)(bp & ~1UL) : NULL;
}

static bool unwind_to_regs(struct unwind_state *state, struct pt_regs *regs)
{
	if (!unwind_enter_stack(state, (unsigned long)regs, sizeof(*regs))) {
		unwind_end(state, true);
		return false;
	}
	if (user_mode(regs)) {
		state->regs = regs;
		unwind_end(state, false);
		return false;
	}
	state->regs = regs;
	state->ip = regs->ip;
	state->bp = regs->bp;
	return true;
}

/*
 * Code that was entered by a call through a bad pointer made no frame: where it was
 * called from is on top of the stack, and rbp is still the caller's.
 */
static bool called_bad_pointer(struct unwind_state *state)
{
	unsigned long ret, sp = state->regs->sp;

	if (kernel_text_address(state->regs->ip) || (sp & 7) ||
	    !unwind_enter_stack(state, sp, sizeof(ret)))
		return false;
	ret = read_stack_word(sp);
	if (!kernel_text_address(ret))
		return false;
	state->ip = ret;
	state->regs = NULL;
	return true;
}

/**
 * unwind_next_frame - go to the caller of the current frame
 * @state: begun by unwind_start()
 *
 * Context: any. Return: false at the end of the stack.
 */
bool unwind_next_frame(struct unwind_state *state)
{
	struct pt_regs *regs;
	unsigned long bp = state->bp, next_bp;

	if (unwind_done(state))
		return false;
	if (state->regs && called_bad_pointer(state))
		return true;

	regs = decode_entry_frame(bp);
	if (regs)
		return unwind_to_regs(state, regs);

	state->regs = NULL;
	if (!bp) {
		unwind_end(state, false);
		return false;
	}
	if ((bp & 7) || !unwind_enter_stack(state, bp, FRAME_SIZE)) {
		unwind_end(state, true);
		return false;
	}
	next_bp = read_stack_word(bp);
	/* On one stack the caller's frame lies higher; else the chain is broken. */
	if (on_stack(&state->info, next_bp & ~1UL, FRAME_SIZE) && next_bp <= bp) {
		unwind_end(state, true);
		return false;
	}
	state->ip = read_stack_word(bp + sizeof(unsigned long));
	state->bp = next_bp;
	if (!state->ip) {
		unwind_end(state, false);
		return false;
	}
	return true;
}

/**
 * unwind_start - begin a walk
 * @state: the walk
 * @task: whose stack; current or one that doesn't run
 * @regs: where to begin, or NULL
 * @first_frame: without @regs: begin with the caller of the function whose frame this is;
 *	or NULL
 */
noinline void unwind_start(struct unwind_state *state, struct task_struct *task,
			   struct pt_regs *regs, unsigned long *first_frame)
{
	memset(state, 0, sizeof(*state));
	state->task = task;
	state->info.type = STACK_TYPE_UNKNOWN;

	if (regs) {
		if (user_mode(regs)) {
			unwind_end(state, false);
			return;
		}
		state->regs = regs;
		state->ip = regs->ip;
		state->bp = regs->bp;
		return;
	}
	if (task == current) {
		state->ip = _THIS_IP_;
		state->bp = (unsigned long)__builtin_frame_address(0);
	} else {
		struct inactive_task_frame *frame = (void *)READ_ONCE_NOCHECK(task->thread.sp);

		if (!get_stack_info(frame, task, &state->info) ||
		    !on_stack(&state->info, (unsigned long)frame, sizeof(*frame))) {
			unwind_end(state, true);
			return;
		}
		state->stack_mask |= 1UL << state->info.type;
		state->ip = read_stack_word((unsigned long)&frame->ret_addr);
		state->bp = read_stack_word((unsigned long)&frame->bp);
		if (frame->ret_addr == (unsigned long)ret_from_fork_asm)
			state->bp = (unsigned long)(frame + 1) | 1;
	}
	while (first_frame && !unwind_done(state) && state->bp <= (unsigned long)first_frame &&
	       on_stack(&state->info, state->bp, FRAME_SIZE))
		unwind_next_frame(state);
}

/**
 * arch_stack_walk - call a function for each return address of a stack
 * @consume_entry: gets @cookie and the address; false ends the walk
 * @cookie: passed on
 * @task: whose stack
 * @regs: where to begin, or NULL for the task's present state
 */
noinline void arch_stack_walk(stack_trace_consume_fn consume_entry, void *cookie,
		     struct task_struct *task, struct pt_regs *regs)
{
	struct unwind_state state;

	unwind_start(&state, task, regs, NULL);
	if (!regs && task == current) {
		/* The first address is in our caller: not in unwind_start(), nor in here. */
		unwind_next_frame(&state);
		unwind_next_frame(&state);
	}
	for (; !unwind_done(&state); unwind_next_frame(&state)) {
		if (!consume_entry(cookie, unwind_get_return_address(&state)))
			return;
	}
}
