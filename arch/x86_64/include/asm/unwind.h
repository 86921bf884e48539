/* SPDX-License-Identifier: MIT */
/*
 * Walking a stack by frame pointers.
 *
 * A function's frame is two words at rbp: the caller's rbp and the return
 * address. Entry code makes its frame part of the same chain by pointing rbp
 * at the saved pt_regs with the lowest bit set; the walker decodes that and goes
 * on with the interrupted function's registers.
 */
#ifndef _ASM_X86_UNWIND_H
#define _ASM_X86_UNWIND_H

#include <linux/types.h>
#include <asm/stacktrace.h>

struct pt_regs;
struct task_struct;

struct unwind_state {
	struct task_struct *task;
	struct stack_info info;
	unsigned long stack_mask;	/* types visited: each only once, so no loop */
	unsigned long bp;
	unsigned long ip;		/* current frame's address */
	struct pt_regs *regs;		/* entry frame just decoded, or NULL */
	bool done;			/* no frame is current any more */
	bool error;			/* ended before the bottom of the stack */
};

void unwind_start(struct unwind_state *state, struct task_struct *task, struct pt_regs *regs,
		  unsigned long *first_frame);
bool unwind_next_frame(struct unwind_state *state);

/** unwind_done - is the walk at its end? */
static inline bool unwind_done(struct unwind_state *state)
{
	return state->done;
}

/** unwind_error - did the walk lose its way? */
static inline bool unwind_error(struct unwind_state *state)
{
	return state->error;
}

/** unwind_get_return_address - the address in the present frame; 0 at the end */
static inline unsigned long unwind_get_return_address(struct unwind_state *state)
{
	return state->ip;
}

#endif /* _ASM_X86_UNWIND_H */
