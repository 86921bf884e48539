// SPDX-License-Identifier: MIT
/*
 * The registers of a task, for its tracer and for core dumps; and the requests that only this
 * machine has.
 *
 * The general registers lie in pt_regs at the top of the task's stack, the bases of fs and gs in
 * its thread_struct, the vector registers in its fpstate (fpu/regset.c), the debug registers in
 * debugreg.c. A task that doesn't run has all of them in memory.
 *
 * What a tracer writes becomes the program's registers at its next return to user mode, so nothing
 * may be taken that makes that return fail in the kernel, or gives the program rights:
 *
 *	rip, rsp		anything: an address that is not canonical faults as the program's
 *	cs, ss			only user mode's: there are no others to run with
 *	ds, es, fs, gs		zero: programs run with null selectors, and bases by themselves
 *	rflags			only what popf could set; TF stays ours while we step
 *	fs_base, gs_base	below the end of user memory
 */

#include <linux/build_bug.h>
#include <linux/elf.h>
#include <linux/errno.h>
#include <linux/kernel.h>
#include <linux/ptrace.h>
#include <linux/regset.h>
#include <linux/sched.h>
#include <linux/sched/signal.h>
#include <linux/uaccess.h>

#include <asm/debugreg.h>
#include <asm/fpu/regset.h>
#include <asm/fsgsbase.h>
#include <asm/processor.h>
#include <asm/segment.h>
#include <asm/user.h>
#include <uapi/asm/prctl.h>

/* The flags that a tracer may change; popf in user mode changes the same. */
#define USER_FLAGS	(X86_EFLAGS_CF | X86_EFLAGS_PF | X86_EFLAGS_AF | X86_EFLAGS_ZF |	\
			 X86_EFLAGS_SF | X86_EFLAGS_TF | X86_EFLAGS_DF | X86_EFLAGS_OF |	\
			 X86_EFLAGS_RF | X86_EFLAGS_NT | X86_EFLAGS_AC)

#define REG(name)	offsetof(struct user_regs_struct, name)

/* ss is the last register of pt_regs, and both structs have the same order up to it. */
static_assert(offsetof(struct pt_regs, ss) == REG(ss));
static_assert(sizeof(struct user_regs_struct) == 27 * 8);
static_assert(offsetof(struct user, u_debugreg) == 848);

/* ---- general registers ---- */

/* TF that we have set for a step is not the program's. */
static unsigned long get_flags(struct task_struct *task)
{
	unsigned long flags = task_pt_regs(task)->flags;

	if (test_tsk_thread_flag(task, TIF_FORCED_TF))
		flags &= ~X86_EFLAGS_TF;
	return flags;
}

static void set_flags(struct task_struct *task, unsigned long value)
{
	struct pt_regs *regs = task_pt_regs(task);

	/*
	 * If the tracer sets it, it is the program's from now on; if not, a step of ours goes on.
	 */
	if (value & X86_EFLAGS_TF)
		clear_tsk_thread_flag(task, TIF_FORCED_TF);
	else if (test_tsk_thread_flag(task, TIF_FORCED_TF))
		value |= X86_EFLAGS_TF;
	regs->flags = (regs->flags & ~USER_FLAGS) | (value & USER_FLAGS);
}

static unsigned long getreg(struct task_struct *task, unsigned long offset)
{
	struct pt_regs *regs = task_pt_regs(task);

	switch (offset) {
	case REG(cs):
		return regs->cs;
	case REG(ss):
		return regs->ss;
	case REG(flags):
		return get_flags(task);
	case REG(fs_base):
		return task->thread.fsbase;
	case REG(gs_base):
		return task->thread.gsbase;
	case REG(ds):
	case REG(es):
	case REG(fs):
	case REG(gs):
		return 0;
	default:
		return *(unsigned long *)((char *)regs + offset);
	}
}

/* Return: 0; -EIO for a value that can't be had. */
static int putreg(struct task_struct *task, unsigned long offset, unsigned long value)
{
	struct pt_regs *regs = task_pt_regs(task);

	switch (offset) {
	case REG(cs):
		return value == __USER_CS ? 0 : -EIO;
	case REG(ss):
		return value == __USER_DS ? 0 : -EIO;
	case REG(flags):
		set_flags(task, value);
		return 0;
	case REG(fs_base):
		if (value >= TASK_SIZE_MAX)
			return -EIO;
		task->thread.fsbase = value;
		return 0;
	case REG(gs_base):
		if (value >= TASK_SIZE_MAX)
			return -EIO;
		task->thread.gsbase = value;
		return 0;
	case REG(ds):
	case REG(es):
	case REG(fs):
	case REG(gs):
		return value ? -EIO : 0;
	default:
		*(unsigned long *)((char *)regs + offset) = value;
		return 0;
	}
}

static int genregs_get(struct task_struct *target, const struct user_regset *regset,
		       struct membuf to)
{
	unsigned int offset;

	(void)regset;
	/* Our own bases may be newer on the CPU. */
	if (target == current)
		save_current_bases();
	for (offset = 0; offset < sizeof(struct user_regs_struct); offset += sizeof(long))
		membuf_store(&to, getreg(target, offset));
	return to.left;
}

static int genregs_set(struct task_struct *target, const struct user_regset *regset,
		       unsigned int pos, unsigned int count, const void *kbuf,
		       const void __user *ubuf)
{
	unsigned long word;
	int ret = 0;

	(void)regset;
	for (; !ret && count >= sizeof(word); count -= sizeof(word), pos += sizeof(word)) {
		if (kbuf) {
			memcpy(&word, kbuf, sizeof(word));
			kbuf += sizeof(word);
		} else {
			if (__get_user(word, (const unsigned long __user *)ubuf))
				return -EFAULT;
			ubuf += sizeof(word);
		}
		ret = putreg(target, pos, word);
	}
	return ret;
}

/* ---- the sets ---- */

enum {
	REGSET_GENERAL,
	REGSET_FP,
	REGSET_XSTATE,
};

static struct user_regset x86_64_regsets[] __ro_after_init = {
	[REGSET_GENERAL] = USER_REGSET(NT_PRSTATUS, struct user_regs_struct, long,
				       .regset_get = genregs_get, .set = genregs_set),
	[REGSET_FP] = USER_REGSET(NT_PRFPREG, struct user_i387_struct, long,
				  .regset_get = xfpregs_get, .set = xfpregs_set,
				  .active = regset_xregset_fpregs_active),
	[REGSET_XSTATE] = {	/* n: size_xstate_regset() */
		.core_note_type	= NT_X86_XSTATE,
		.size		= sizeof(u64),
		.align		= sizeof(u64),
		.active		= xstateregs_active,
		.regset_get	= xstateregs_get,
		.set		= xstateregs_set,
	},
};

static const struct user_regset_view user_x86_64_view = {
	.name		= "x86_64",
	.e_machine	= EM_X86_64,
	.regsets	= x86_64_regsets,
	.n		= ARRAY_SIZE(x86_64_regsets),
};

/**
 * task_user_regset_view - the sets of a task
 * @tsk: any
 */
const struct user_regset_view *task_user_regset_view(struct task_struct *tsk)
{
	(void)tsk;
	return &user_x86_64_view;
}

/* How long the image of XSAVE is, the processor has said. */
static int __init size_xstate_regset(void)
{
	x86_64_regsets[REGSET_XSTATE].n = xstate_regset_size() / sizeof(u64);
	return 0;
}
arch_initcall(size_xstate_regset);

/* ---- requests ---- */

static int peek_user(struct task_struct *child, unsigned long addr, unsigned long __user *to)
{
	const unsigned long dr = offsetof(struct user, u_debugreg);
	unsigned long value = 0;

	if ((addr & (sizeof(long) - 1)) || addr >= sizeof(struct user))
		return -EIO;
	if (addr < sizeof(struct user_regs_struct))
		value = getreg(child, addr);
	else if (addr >= dr && addr < dr + 8 * sizeof(long))
		value = ptrace_get_debugreg(child, (addr - dr) / sizeof(long));
	return put_user(value, to);
}

static int poke_user(struct task_struct *child, unsigned long addr, unsigned long value)
{
	const unsigned long dr = offsetof(struct user, u_debugreg);

	if ((addr & (sizeof(long) - 1)) || addr >= sizeof(struct user))
		return -EIO;
	if (addr < sizeof(struct user_regs_struct))
		return putreg(child, addr, value);
	if (addr >= dr && addr < dr + 8 * sizeof(long))
		return ptrace_set_debugreg(child, (addr - dr) / sizeof(long), value);
	return -EIO;
}

/* arch_prctl() as if the child had called it; where to put an answer is the tracer's address. */
static int arch_prctl_of(struct task_struct *child, int option, unsigned long arg2)
{
	unsigned long __user *to = (unsigned long __user *)arg2;

	switch (option) {
	case ARCH_GET_FS:
		return put_user(child->thread.fsbase, to);
	case ARCH_GET_GS:
		return put_user(child->thread.gsbase, to);
	case ARCH_SET_FS:
	case ARCH_SET_GS:
		if (arg2 >= TASK_SIZE_MAX)
			return -EPERM;
		return putreg(child, option == ARCH_SET_FS ? REG(fs_base) : REG(gs_base), arg2);
	default:
		return -EINVAL;
	}
}

static long whole_set(struct task_struct *child, unsigned int setno, bool set,
		      unsigned long data)
{
	const struct user_regset *regset = &x86_64_regsets[setno];
	void __user *user = (void __user *)data;

	if (set)
		return copy_regset_from_user(child, &user_x86_64_view, setno, 0,
					     regset->n * regset->size, user);
	return copy_regset_to_user(child, &user_x86_64_view, setno, 0, regset->n * regset->size,
				   user);
}

/**
 * arch_ptrace - a request to a traced task
 * @child: the task, stopped and frozen
 * @request: PTRACE_*
 * @addr: of the request
 * @data: of the request
 *
 * Return: as ptrace_request().
 */
long arch_ptrace(struct task_struct *child, long request, unsigned long addr, unsigned long data)
{
	switch (request) {
	case PTRACE_PEEKUSR:
		return peek_user(child, addr, (unsigned long __user *)data);
	case PTRACE_POKEUSR:
		return poke_user(child, addr, data);
	case PTRACE_GETREGS:
	case PTRACE_SETREGS:
		return whole_set(child, REGSET_GENERAL, request == PTRACE_SETREGS, data);
	case PTRACE_GETFPREGS:
	case PTRACE_SETFPREGS:
		return whole_set(child, REGSET_FP, request == PTRACE_SETFPREGS, data);
	case PTRACE_ARCH_PRCTL:
		/* The other way round than in the call itself. */
		return arch_prctl_of(child, data, addr);
	default:
		return ptrace_request(child, request, addr, data);
	}
}
