// SPDX-License-Identifier: MIT
/*
 * Frames of signal handlers, and system calls that start over.
 *
 *	high	frame record: the interrupted x29 and x30, so that a backtrace goes on below
 *	low	struct rt_sigframe		<- sp of the handler, 16-byte aligned
 *
 * The registers other than x0-x30, sp, pc and pstate are in records, each with a magic number and
 * its size: floating point always, the syndrome of a fault if there was one. A handler returns
 * (x30) to the restorer that it was given, or to the vDSO's, which calls rt_sigreturn(2).
 *
 * What the frame says by then may be anything. The general registers can't do harm; of pstate only
 * what a program could have set itself is taken; records are read as far as they are well-formed,
 * and a frame that isn't is answered with SIGSEGV.
 */

#include <linux/entry-common.h>
#include <linux/errno.h>
#include <linux/ptrace.h>
#include <linux/printk.h>
#include <linux/ratelimit.h>
#include <linux/rseq.h>
#include <linux/signal.h>
#include <linux/sched/signal.h>
#include <linux/syscalls.h>
#include <linux/uaccess.h>
#include <linux/vdso.h>

#include <asm/debug-monitors.h>
#include <asm/elf.h>
#include <asm/fpsimd.h>
#include <asm/ucontext.h>

#define SVC_INSN	4	/* bytes of the svc instruction */

struct rt_sigframe {
	struct siginfo info;
	struct ucontext uc;
};

struct frame_record {
	u64 fp;
	u64 lr;
};

/*
 * Where a frame's records go: an offset into __reserved each, 0 for none. All that there is fits
 * there; a kernel that saves SVE registers will have to continue elsewhere (EXTRA_MAGIC).
 */
struct record_layout {
	size_t fpsimd;
	size_t esr;
	size_t end;
};

/* --- Into the frame ------------------------------------------------------------------------ */

static size_t add_record(size_t *used, size_t size)
{
	size_t at = *used;

	*used += round_up(size, 16);
	BUILD_BUG_ON(sizeof(struct fpsimd_context) + sizeof(struct esr_context) + 64 > 4096);
	return at;
}

static struct record_layout lay_out_records(void)
{
	struct record_layout layout = { };
	size_t used = 0;

	layout.fpsimd = add_record(&used, sizeof(struct fpsimd_context));
	if (current->thread.fault_code)
		layout.esr = add_record(&used, sizeof(struct esr_context));
	layout.end = add_record(&used, sizeof(struct _aarch64_ctx));
	return layout;
}

static int write_fpsimd(struct fpsimd_context __user *ctx)
{
	const struct user_fpsimd_state *fpsimd = &current->thread.uw.fpsimd_state;
	struct _aarch64_ctx head = { FPSIMD_MAGIC, sizeof(struct fpsimd_context) };

	fpsimd_preserve_current_state();
	if (copy_to_user(&ctx->vregs, fpsimd->vregs, sizeof(fpsimd->vregs)) ||
	    put_user(fpsimd->fpsr, &ctx->fpsr) || put_user(fpsimd->fpcr, &ctx->fpcr) ||
	    copy_to_user(&ctx->head, &head, sizeof(head)))
		return -EFAULT;
	return 0;
}

static int write_esr(struct esr_context __user *ctx)
{
	struct esr_context esr = {
		.head = { ESR_MAGIC, sizeof(esr) },
		.esr = current->thread.fault_code,
	};

	return copy_to_user(ctx, &esr, sizeof(esr)) ? -EFAULT : 0;
}

static int write_records(struct sigcontext __user *sc)
{
	struct record_layout layout = lay_out_records();
	struct _aarch64_ctx end = { 0, 0 };
	u8 __user *base = sc->__reserved;

	if (write_fpsimd((struct fpsimd_context __user *)(base + layout.fpsimd)))
		return -EFAULT;
	if (layout.esr && write_esr((struct esr_context __user *)(base + layout.esr)))
		return -EFAULT;
	return copy_to_user(base + layout.end, &end, sizeof(end)) ? -EFAULT : 0;
}

/* The part of struct sigcontext in front of the records. */
struct general_registers {
	u64 fault_address;
	u64 regs[31];
	u64 sp;
	u64 pc;
	u64 pstate;
};

static_assert(offsetof(struct sigcontext, pstate) == offsetof(struct general_registers, pstate));

static int write_general(struct sigcontext __user *sc, const struct pt_regs *regs)
{
	struct general_registers gp = {
		.fault_address = current->thread.fault_address,
		.sp = regs->sp,
		.pc = regs->pc,
		.pstate = regs->pstate,
	};

	memcpy(gp.regs, regs->regs, sizeof(gp.regs));
	return copy_to_user(sc, &gp, sizeof(gp)) ? -EFAULT : 0;
}

static int write_ucontext(struct ucontext __user *uc, const struct pt_regs *regs)
{
	if (put_user(0UL, &uc->uc_flags) || put_user(NULL, &uc->uc_link) ||
	    __save_altstack(&uc->uc_stack, regs->sp) ||
	    copy_to_user(&uc->uc_sigmask, sigmask_to_save(), sizeof(sigset_t)))
		return -EFAULT;
	return write_general(&uc->uc_mcontext, regs) ?: write_records(&uc->uc_mcontext);
}

static int setup_rt_frame(struct ksignal *ksig, struct pt_regs *regs)
{
	unsigned long sp = round_down(sigsp(regs->sp, ksig), 16);
	struct frame_record record = { regs->regs[29], regs->regs[30] };
	struct frame_record __user *next;
	struct rt_sigframe __user *frame;

	sp -= sizeof(record);
	next = (struct frame_record __user *)sp;
	sp = round_down(sp - sizeof(struct rt_sigframe), 16);
	frame = (struct rt_sigframe __user *)sp;

	if (copy_to_user(next, &record, sizeof(record)) || write_ucontext(&frame->uc, regs))
		return -EFAULT;
	if ((ksig->ka.sa.sa_flags & SA_SIGINFO) && copy_siginfo_to_user(&frame->info, &ksig->info))
		return -EFAULT;

	regs->regs[0] = ksig->sig;
	if (ksig->ka.sa.sa_flags & SA_SIGINFO) {
		regs->regs[1] = (unsigned long)&frame->info;
		regs->regs[2] = (unsigned long)&frame->uc;
	}
	regs->sp = (unsigned long)frame;
	regs->regs[29] = (unsigned long)next;
	regs->pc = (__force unsigned long)ksig->ka.sa.sa_handler;
	if (ksig->ka.sa.sa_flags & SA_RESTORER)
		regs->regs[30] = (__force unsigned long)ksig->ka.sa.sa_restorer;
	else
		regs->regs[30] = vdso_entry();
	regs->pstate &= ~(unsigned long)(PSR_TCO_BIT | PSR_BTYPE_MASK);
	return 0;
}

/* --- Out of the frame ------------------------------------------------------------------------ */

static int read_general(struct pt_regs *regs, const struct sigcontext __user *sc)
{
	struct general_registers gp;

	if (copy_from_user(&gp, sc, sizeof(gp)))
		return -EFAULT;
	memcpy(regs->regs, gp.regs, sizeof(gp.regs));
	regs->sp = gp.sp;
	regs->pc = gp.pc;
	/* No call that could start over. */
	forget_syscall(regs);
	regs->pstate = gp.pstate;
	/* What could crash the kernel, or end up in it, is refused; the frame with it. */
	return valid_user_regs(&regs->user_regs, current) ? 0 : -EINVAL;
}

static int read_fpsimd(const struct fpsimd_context __user *ctx, u32 size)
{
	struct user_fpsimd_state fpsimd = { };

	if (size != sizeof(struct fpsimd_context))
		return -EINVAL;
	if (copy_from_user(fpsimd.vregs, &ctx->vregs, sizeof(fpsimd.vregs)) ||
	    get_user(fpsimd.fpsr, &ctx->fpsr) || get_user(fpsimd.fpcr, &ctx->fpcr))
		return -EFAULT;
	fpsimd_update_current_state(&fpsimd);
	return 0;
}

/* A continuation must follow its announcement and an end mark directly. */
static int follow_extra(const u8 __user *at, u32 size, const u8 __user **base, size_t *limit)
{
	const u8 __user *here = PTR_ALIGN(at, 16) + round_up(sizeof(struct extra_context), 16) + 16;
	struct _aarch64_ctx end;
	struct extra_context extra;

	if (size != sizeof(extra) || copy_from_user(&extra, at, sizeof(extra)) ||
	    copy_from_user(&end, at + round_up(sizeof(extra), 16), sizeof(end)))
		return -EINVAL;
	if (end.magic || end.size || extra.datap != (unsigned long)here ||
	    !IS_ALIGNED(extra.size, 16) || extra.size > 64 * 1024)
		return -EINVAL;
	*base = here;
	*limit = extra.size;
	return 0;
}

/* Find the floating-point record, of which there must be one, and check all others. */
static int read_records(struct sigcontext __user *sc)
{
	const struct fpsimd_context __user *fpsimd = NULL;
	const u8 __user *base = sc->__reserved;
	size_t limit = sizeof(sc->__reserved), offset = 0;
	bool extended = false;
	u32 fpsimd_size = 0;

	if (!IS_ALIGNED((unsigned long)base, 16))
		return -EINVAL;
	for (;;) {
		struct _aarch64_ctx head;

		if (limit - offset < sizeof(head) || !IS_ALIGNED(offset, 16) ||
		    copy_from_user(&head, base + offset, sizeof(head)))
			return -EINVAL;
		if (head.magic && (head.size < sizeof(head) || head.size > limit - offset))
			return -EINVAL;
		switch (head.magic) {
		case 0:
			if (head.size || !fpsimd)
				return -EINVAL;
			return read_fpsimd(fpsimd, fpsimd_size);
		case FPSIMD_MAGIC:
			if (fpsimd)
				return -EINVAL;
			fpsimd = (const struct fpsimd_context __user *)(base + offset);
			fpsimd_size = head.size;
			break;
		case ESR_MAGIC:
			break;		/* nothing to restore */
		case EXTRA_MAGIC:
			if (extended || follow_extra(base + offset, head.size, &base, &limit))
				return -EINVAL;
			extended = true;
			offset = 0;
			continue;
		default:
			return -EINVAL;
		}
		offset += head.size;
	}
}

/* rt_sigreturn(2): x0 as in the frame, which makes it "the result" */
SYSCALL_DEFINE0(rt_sigreturn)
{
	struct pt_regs *regs = current_pt_regs();
	struct rt_sigframe __user *frame = (struct rt_sigframe __user *)regs->sp;
	sigset_t set;

	/* An own restart block is a call's that this handler has interrupted for good. */
	current->restart_block.fn = do_no_restart_syscall;
	if (!IS_ALIGNED(regs->sp, 16))
		goto badframe;
	if (copy_from_user(&set, &frame->uc.uc_sigmask, sizeof(set)))
		goto badframe;
	set_current_blocked(&set);
	if (read_general(regs, &frame->uc.uc_mcontext) || read_records(&frame->uc.uc_mcontext))
		goto badframe;
	if (restore_altstack(&frame->uc.uc_stack))
		goto badframe;
	return regs->regs[0];

badframe:
	force_sig_fault(SIGSEGV, SEGV_MAPERR, (void __user *)regs->sp);
	return regs->regs[0];
}

/* --- Delivery, and the call that was interrupted -------------------------------------------------- */

static void handle_signal(struct ksignal *ksig, struct pt_regs *regs)
{
	bool stepping = test_thread_flag(TIF_SINGLESTEP);

	rseq_signal_deliver(ksig, regs);
	signal_setup_done(setup_rt_frame(ksig, regs), ksig, stepping);
}

/* Does the call start over although a handler runs first? */
static bool restarts_after_handler(const struct ksignal *ksig, long retval)
{
	switch (retval) {
	case -ERESTARTNOHAND:
	case -ERESTART_RESTARTBLOCK:
		return false;
	case -ERESTARTSYS:
		return ksig->ka.sa.sa_flags & SA_RESTART;
	default:
		return true;
	}
}

static bool wants_restart(long retval)
{
	return retval == -ERESTARTNOHAND || retval == -ERESTARTSYS || retval == -ERESTARTNOINTR ||
	       retval == -ERESTART_RESTARTBLOCK;
}

/**
 * arch_do_signal_or_restart - act upon signals before user mode
 * @regs: the frame that will be returned with
 *
 * An interrupted call is set to start over before the signal is looked at, so that a debugger that
 * looks meanwhile sees it so; a handler may take that back.
 *
 * Context: kernel/entry, interrupts on.
 */
void arch_do_signal_or_restart(struct pt_regs *regs)
{
	unsigned long continue_addr = 0, restart_addr = 0;
	struct ksignal ksig;
	long retval = 0;

	if (in_syscall(regs)) {
		continue_addr = regs->pc;
		retval = regs->regs[0];
		/* Once is enough, should we come here again on the way out. */
		forget_syscall(regs);
		if (wants_restart(retval)) {
			restart_addr = continue_addr - SVC_INSN;
			regs->regs[0] = regs->orig_x0;
			regs->pc = restart_addr;
		}
	}

	if (get_signal(&ksig)) {
		if (restart_addr && regs->pc == restart_addr &&
		    !restarts_after_handler(&ksig, retval)) {
			regs->regs[0] = -EINTR;
			regs->pc = continue_addr;
		}
		handle_signal(&ksig, regs);
		return;
	}
	if (restart_addr && regs->pc == restart_addr && retval == -ERESTART_RESTARTBLOCK)
		regs->regs[8] = __NR_restart_syscall;
	restore_saved_sigmask();
}

/**
 * get_sigframe_size - the stack that a handler's frame may take: AT_MINSIGSTKSZ
 */
unsigned long get_sigframe_size(void)
{
	return round_up(sizeof(struct rt_sigframe), 16) + round_up(sizeof(struct frame_record), 16) +
	       16;
}
