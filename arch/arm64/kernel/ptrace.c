// SPDX-License-Identifier: MIT
/*
 * The registers of a task, for its tracer and for core dumps. There are no requests of this machine
 * alone: the generic arch_ptrace() does.
 *
 * The general registers lie in pt_regs at the top of the task's stack, the others in its
 * thread_struct, saved when it left its CPU.
 *
 * What a tracer writes becomes the program's at its next return to user mode. Any value of the
 * general registers, sp and pc will do: a bad address faults as the program's. Of pstate only what
 * the program could have set itself is taken (valid_user_regs()): another mode, or masked
 * interrupts, would be the kernel's.
 */

#include <linux/align.h>
#include <linux/elf.h>
#include <linux/errno.h>
#include <linux/kernel.h>
#include <linux/ptrace.h>
#include <linux/regset.h>
#include <linux/sched.h>
#include <linux/sched/signal.h>
#include <linux/sched/task_stack.h>
#include <linux/signal.h>

#include <asm/fpsimd.h>
#include <asm/hw_breakpoint.h>
#include <asm/pointer_auth.h>
#include <asm/processor.h>
#include <asm/sve.h>
#include <asm/sysreg.h>
#include <asm/tagged_addr.h>

/* Bits of pstate that are nobody's, and those that any program may have. */
#define PSTATE_RES0	(GENMASK_ULL(63, 32) | GENMASK_ULL(27, 26) | GENMASK_ULL(23, 22) | \
			 GENMASK_ULL(20, 13) | PSR_BTYPE_MASK | BIT(5))
#define PSTATE_NZCV	(PSR_N_BIT | PSR_Z_BIT | PSR_C_BIT | PSR_V_BIT)
#define PSTATE_MASKS	(PSR_D_BIT | PSR_A_BIT | PSR_I_BIT | PSR_F_BIT)

/* ---- what may be ---- */

/**
 * valid_user_regs - may user mode be entered with these?
 * @regs: they; what isn't anybody's in pstate is cleared, and stepping is as the tracer wants it
 * @task: whose they are to be
 *
 * Return: 1; 0: no, and pstate was made harmless.
 */
int valid_user_regs(struct user_pt_regs *regs, struct task_struct *task)
{
	regs->pstate &= ~PSTATE_RES0;
	if (test_tsk_thread_flag(task, TIF_SINGLESTEP))
		regs->pstate |= PSR_SS_BIT;
	else
		regs->pstate &= ~(u64)PSR_SS_BIT;
	if ((regs->pstate & (PSR_MODE_MASK | PSR_MODE32_BIT)) == PSR_MODE_EL0t &&
	    !(regs->pstate & PSTATE_MASKS))
		return 1;
	regs->pstate &= PSTATE_NZCV;
	return 0;
}

/* ---- the sets ---- */

static int gpr_get(struct task_struct *target, const struct user_regset *regset,
		   struct membuf to)
{
	(void)regset;
	return membuf_write(&to, &task_pt_regs(target)->user_regs, sizeof(struct user_pt_regs));
}

static int gpr_set(struct task_struct *target, const struct user_regset *regset,
		   unsigned int pos, unsigned int count, const void *kbuf,
		   const void __user *ubuf)
{
	struct user_pt_regs regs = task_pt_regs(target)->user_regs;
	int ret;

	(void)regset;
	ret = user_regset_copyin(&pos, &count, &kbuf, &ubuf, &regs, 0, sizeof(regs));
	if (ret)
		return ret;
	if (!valid_user_regs(&regs, target))
		return -EINVAL;
	task_pt_regs(target)->user_regs = regs;
	return 0;
}

/* current's may be newer in the CPU; with SVE live they are the low part of that. */
static void sync_fpsimd(struct task_struct *target)
{
	if (target == current)
		fpsimd_preserve_current_state();
	if (test_tsk_thread_flag(target, TIF_SVE))
		sve_to_fpsimd(target);
}

static int fpr_get(struct task_struct *target, const struct user_regset *regset,
		   struct membuf to)
{
	(void)regset;
	sync_fpsimd(target);
	return membuf_write(&to, &target->thread.uw.fpsimd_state,
			    sizeof(struct user_fpsimd_state));
}

static int fpr_set(struct task_struct *target, const struct user_regset *regset,
		   unsigned int pos, unsigned int count, const void *kbuf,
		   const void __user *ubuf)
{
	struct user_fpsimd_state state;
	int ret;

	(void)regset;
	sync_fpsimd(target);
	state = target->thread.uw.fpsimd_state;
	ret = user_regset_copyin(&pos, &count, &kbuf, &ubuf, &state, 0, sizeof(state));
	if (ret)
		return ret;
	/* Not registers: what is there for growth stays zero. */
	memset(state.__reserved, 0, sizeof(state.__reserved));
	target->thread.uw.fpsimd_state = state;
	/* As an instruction that writes V: the rest of Z becomes zero. */
	if (test_tsk_thread_flag(target, TIF_SVE))
		sve_clear_beyond_fpsimd(target);
	fpsimd_flush_task_state(target);
	return 0;
}

static int tls_get(struct task_struct *target, const struct user_regset *regset,
		   struct membuf to)
{
	(void)regset;
	if (target == current)
		target->thread.uw.tp_value = read_sysreg(tpidr_el0);
	return membuf_store(&to, target->thread.uw.tp_value);
}

static int tls_set(struct task_struct *target, const struct user_regset *regset,
		   unsigned int pos, unsigned int count, const void *kbuf,
		   const void __user *ubuf)
{
	unsigned long tls = target->thread.uw.tp_value;
	int ret;

	(void)regset;
	ret = user_regset_copyin(&pos, &count, &kbuf, &ubuf, &tls, 0, sizeof(tls));
	if (!ret)
		target->thread.uw.tp_value = tls;
	return ret;
}

static int system_call_get(struct task_struct *target, const struct user_regset *regset,
			   struct membuf to)
{
	(void)regset;
	return membuf_store(&to, task_pt_regs(target)->syscallno);
}

/* -1 at the entry of a call: it isn't made. */
static int system_call_set(struct task_struct *target, const struct user_regset *regset,
			   unsigned int pos, unsigned int count, const void *kbuf,
			   const void __user *ubuf)
{
	int syscallno = task_pt_regs(target)->syscallno, ret;

	(void)regset;
	ret = user_regset_copyin(&pos, &count, &kbuf, &ubuf, &syscallno, 0, sizeof(syscallno));
	if (!ret)
		task_pt_regs(target)->syscallno = syscallno;
	return ret;
}

static int tagged_addr_get(struct task_struct *target, const struct user_regset *regset,
			   struct membuf to)
{
	(void)regset;
	return membuf_store(&to, get_tagged_addr_ctrl(target));
}

static int tagged_addr_set(struct task_struct *target, const struct user_regset *regset,
			   unsigned int pos, unsigned int count, const void *kbuf,
			   const void __user *ubuf)
{
	long ctrl = get_tagged_addr_ctrl(target);
	int ret;

	(void)regset;
	ret = user_regset_copyin(&pos, &count, &kbuf, &ubuf, &ctrl, 0, sizeof(ctrl));
	return ret ?: set_tagged_addr_ctrl(target, ctrl);
}

/* As much as a program can have, in bytes; told are the registers of its own vector length. */
#define SVE_LARGEST	ALIGN(SVE_PT_SIZE(ARCH_SVE_VQ_MAX, SVE_PT_REGS_SVE), __SVE_VQ_BYTES)

/* Floating point by 32 bits, as fpsr and fpcr have; SVE by 128, as its registers grow. */
static const struct user_regset aarch64_regsets[] = {
	USER_REGSET(NT_PRSTATUS, struct user_pt_regs, u64,
		    .regset_get = gpr_get, .set = gpr_set),
	USER_REGSET(NT_PRFPREG, struct user_fpsimd_state, u32,
		    .regset_get = fpr_get, .set = fpr_set),
	USER_REGSET(NT_ARM_TLS, void *, void *,
		    .regset_get = tls_get, .set = tls_set),
	USER_REGSET(NT_ARM_HW_BREAK, struct user_hwdebug_state, u32,
		    .regset_get = hw_debug_get, .set = hw_debug_set, .active = hw_debug_active),
	USER_REGSET(NT_ARM_HW_WATCH, struct user_hwdebug_state, u32,
		    .regset_get = hw_debug_get, .set = hw_debug_set, .active = hw_debug_active),
	USER_REGSET(NT_ARM_SYSTEM_CALL, int, int,
		    .regset_get = system_call_get, .set = system_call_set),
	USER_REGSET(NT_ARM_SVE, u8[SVE_LARGEST], __uint128_t,
		    .regset_get = sve_get, .set = sve_set, .active = sve_active),
	USER_REGSET(NT_ARM_PAC_MASK, struct user_pac_mask, u64,
		    .regset_get = pac_mask_get, .active = pac_address_active),
	USER_REGSET(NT_ARM_PAC_ENABLED_KEYS, long, long,
		    .regset_get = pac_enabled_keys_get, .set = pac_enabled_keys_set,
		    .active = pac_address_active),
	USER_REGSET(NT_ARM_PACA_KEYS, struct user_pac_address_keys, __uint128_t,
		    .regset_get = pac_address_keys_get, .set = pac_address_keys_set,
		    .active = pac_address_active),
	USER_REGSET(NT_ARM_PACG_KEYS, __uint128_t, __uint128_t,
		    .regset_get = pac_generic_keys_get, .set = pac_generic_keys_set,
		    .active = pac_generic_active),
	USER_REGSET(NT_ARM_TAGGED_ADDR_CTRL, long, long,
		    .regset_get = tagged_addr_get, .set = tagged_addr_set),
};

static const struct user_regset_view user_aarch64_view = {
	.name		= "aarch64",
	.e_machine	= EM_AARCH64,
	.regsets	= aarch64_regsets,
	.n		= ARRAY_SIZE(aarch64_regsets),
};

/**
 * task_user_regset_view - the sets of a task
 * @task: any
 */
const struct user_regset_view *task_user_regset_view(struct task_struct *task)
{
	(void)task;
	return &user_aarch64_view;
}
