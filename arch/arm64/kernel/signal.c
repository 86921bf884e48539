// SPDX-License-Identifier: MIT
/*
 * Frames of signal handlers, and system calls that start over.
 *
 *	high	frame record: the interrupted x29 and x30, so that a backtrace goes on below
 *	low	struct rt_sigframe		<- sp of the handler, 16-byte aligned
 *
 * The registers other than x0-x30, sp, pc and pstate are in records, each with a magic number and
 * its size: floating point always, the syndrome of a fault if there was one, SVE where the CPU has
 * it. What of that doesn't fit into the struct continues right behind it, and a record says so:
 *
 *	fpsimd esr extra end	sve end		up to the first end in __reserved, or beyond it
 *
 * A handler returns (x30) to the restorer that it was given, or to the vDSO's, which calls
 * rt_sigreturn(2).
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

#include <asm/cpufeature.h>
#include <asm/elf.h>
#include <asm/fpsimd.h>
#include <asm/sve.h>
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
 * Where a frame's records go: an offset from __reserved each, 0 for none. The last end mark is at
 * end; with an extra record another one is right behind that.
 */
struct record_layout {
	size_t fpsimd;
	size_t esr;
	size_t extra;
	size_t sve;
	size_t sve_size;
	size_t end;
};

#define END_SIZE	16
#define RESERVED_SIZE	sizeof(((struct sigcontext *)0)->__reserved)

/* --- Into the frame ------------------------------------------------------------------------ */

static size_t add_record(size_t *used, size_t size)
{
	size_t at = *used;

	*used += round_up(size, 16);
	return at;
}

/* With an esr record, and an sve record of so many bytes, if any. */
static struct record_layout lay_out(bool esr, size_t sve_size)
{
	struct record_layout layout = { .sve_size = sve_size };
	size_t used = 0;

	layout.fpsimd = add_record(&used, sizeof(struct fpsimd_context));
	if (esr)
		layout.esr = add_record(&used, sizeof(struct esr_context));
	if (used + round_up(sve_size, 16) + END_SIZE > RESERVED_SIZE) {
		layout.extra = add_record(&used, sizeof(struct extra_context));
		add_record(&used, END_SIZE);
	}
	if (sve_size)
		layout.sve = add_record(&used, sve_size);
	layout.end = add_record(&used, END_SIZE);
	return layout;
}

static size_t sve_record_size(void)
{
	if (!system_supports_sve())
		return 0;
	return test_thread_flag(TIF_SVE) ? SVE_SIG_CONTEXT_SIZE(current->thread.sve_vl / 16) :
					   sizeof(struct sve_context);
}

/* The whole frame's size: what comes last in it may be longer than its type says. */
static size_t frame_size(const struct record_layout *layout)
{
	size_t records = layout->end + END_SIZE;

	return sizeof(struct rt_sigframe) + (max(records, RESERVED_SIZE) - RESERVED_SIZE);
}

static_assert(offsetofend(struct rt_sigframe, uc.uc_mcontext.__reserved) ==
	      sizeof(struct rt_sigframe));

static int write_fpsimd(struct fpsimd_context __user *ctx)
{
	const struct user_fpsimd_state *fpsimd = &current->thread.uw.fpsimd_state;
	struct _aarch64_ctx head = { FPSIMD_MAGIC, sizeof(struct fpsimd_context) };

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

static int write_sve(struct sve_context __user *ctx, size_t size)
{
	struct sve_context sve = {
		.head = { SVE_MAGIC, round_up(size, 16) },
		.vl = current->thread.sve_vl,
	};
	u8 __user *to = (u8 __user *)ctx;

	if (copy_to_user(ctx, &sve, sizeof(sve)))
		return -EFAULT;
	if (size == sizeof(sve))
		return 0;
	if (copy_to_user(to + SVE_SIG_REGS_OFFSET, current->thread.sve_state,
			 SVE_STATE_SIZE(sve.vl)))
		return -EFAULT;
	return clear_user(to + size, round_up(size, 16) - size) ? -EFAULT : 0;
}

static int write_end(u8 __user *at)
{
	return clear_user(at, END_SIZE) ? -EFAULT : 0;
}

/* What comes behind it is all that there is up to the last end. */
static int write_extra(u8 __user *base, const struct record_layout *layout)
{
	size_t here = layout->extra + round_up(sizeof(struct extra_context), 16);
	struct extra_context extra = {
		.head = { EXTRA_MAGIC, sizeof(extra) },
		.datap = (unsigned long)base + here + END_SIZE,
		.size = layout->end + END_SIZE - (here + END_SIZE),
	};

	if (copy_to_user(base + layout->extra, &extra, sizeof(extra)))
		return -EFAULT;
	return write_end(base + here);
}

/* The state was brought to memory before. */
static int write_records(struct sigcontext __user *sc, const struct record_layout *layout)
{
	u8 __user *base = sc->__reserved;

	if (write_fpsimd((struct fpsimd_context __user *)(base + layout->fpsimd)))
		return -EFAULT;
	if (layout->esr && write_esr((struct esr_context __user *)(base + layout->esr)))
		return -EFAULT;
	if (layout->extra && write_extra(base, layout))
		return -EFAULT;
	if (layout->sve &&
	    write_sve((struct sve_context __user *)(base + layout->sve), layout->sve_size))
		return -EFAULT;
	return write_end(base + layout->end);
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

static int write_ucontext(struct ucontext __user *uc, const struct pt_regs *regs,
			  const struct record_layout *layout)
{
	if (put_user(0UL, &uc->uc_flags) || put_user(NULL, &uc->uc_link) ||
	    __save_altstack(&uc->uc_stack, regs->sp) ||
	    copy_to_user(&uc->uc_sigmask, sigmask_to_save(), sizeof(sigset_t)))
		return -EFAULT;
	return write_general(&uc->uc_mcontext, regs) ?: write_records(&uc->uc_mcontext, layout);
}

/* Both views of the registers, in memory, as they were when the signal came. */
static void sync_vectors(void)
{
	fpsimd_preserve_current_state();
	if (test_thread_flag(TIF_SVE))
		sve_to_fpsimd(current);
}

static int setup_rt_frame(struct ksignal *ksig, struct pt_regs *regs)
{
	struct record_layout layout = lay_out(current->thread.fault_code, sve_record_size());
	unsigned long sp = round_down(sigsp(regs->sp, ksig), 16);
	struct frame_record record = { regs->regs[29], regs->regs[30] };
	struct frame_record __user *next;
	struct rt_sigframe __user *frame;

	sp -= sizeof(record);
	next = (struct frame_record __user *)sp;
	sp = round_down(sp - frame_size(&layout), 16);
	frame = (struct rt_sigframe __user *)sp;

	sync_vectors();
	if (copy_to_user(next, &record, sizeof(record)) ||
	    write_ucontext(&frame->uc, regs, &layout))
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

/* The records that hold registers. */
struct found_records {
	const struct fpsimd_context __user *fpsimd;
	const struct sve_context __user *sve;
	u32 fpsimd_size;
	u32 sve_size;
};

/* Live again, with these, if there are any; the low parts come from the fpsimd record. */
static int read_sve(const struct found_records *found)
{
	const u8 __user *regs = (const u8 __user *)found->sve + SVE_SIG_REGS_OFFSET;
	unsigned int vl = current->thread.sve_vl;
	struct sve_context sve;

	if (found->sve_size < sizeof(sve))
		return -EINVAL;
	if (copy_from_user(&sve, found->sve, sizeof(sve)))
		return -EFAULT;
	if (sve.vl != vl || sve.flags)
		return -EINVAL;
	if (found->sve_size == sizeof(sve))
		return 0;
	if (found->sve_size < SVE_SIG_CONTEXT_SIZE(vl / 16))
		return -EINVAL;
	if (sve_alloc(current))
		return -ENOMEM;
	if (copy_from_user(current->thread.sve_state, regs, SVE_STATE_SIZE(vl)))
		return -EFAULT;
	set_thread_flag(TIF_SVE);
	return 0;
}

static int read_vectors(const struct found_records *found)
{
	struct user_fpsimd_state fpsimd = { };
	int ret;

	if (found->fpsimd_size != sizeof(struct fpsimd_context))
		return -EINVAL;
	if (copy_from_user(fpsimd.vregs, &found->fpsimd->vregs, sizeof(fpsimd.vregs)) ||
	    get_user(fpsimd.fpsr, &found->fpsimd->fpsr) ||
	    get_user(fpsimd.fpcr, &found->fpsimd->fpcr))
		return -EFAULT;
	/* From here on no switch of tasks saves registers over what we read. */
	sve_make_nonlive(current);
	ret = found->sve ? read_sve(found) : 0;
	if (!ret)
		fpsimd_update_current_state(&fpsimd);
	return ret;
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

/* Find the floating-point record, of which there must be one, SVE's, and check all others. */
static int read_records(struct sigcontext __user *sc)
{
	size_t limit = sizeof(sc->__reserved), offset = 0;
	const u8 __user *base = sc->__reserved;
	struct found_records found = { };
	bool extended = false;

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
			if (head.size || !found.fpsimd)
				return -EINVAL;
			return read_vectors(&found);
		case FPSIMD_MAGIC:
			if (found.fpsimd)
				return -EINVAL;
			found.fpsimd = (const struct fpsimd_context __user *)(base + offset);
			found.fpsimd_size = head.size;
			break;
		case SVE_MAGIC:
			if (found.sve || !system_supports_sve())
				return -EINVAL;
			found.sve = (const struct sve_context __user *)(base + offset);
			found.sve_size = head.size;
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

/* --- Delivery, and the call that was interrupted ---------------------------------------------- */

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
	struct record_layout longest = lay_out(true, system_supports_sve() ?
						     SVE_SIG_CONTEXT_SIZE(sve_max_vl / 16) : 0);

	return round_up(frame_size(&longest), 16) + round_up(sizeof(struct frame_record), 16) + 16;
}
