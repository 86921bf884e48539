// SPDX-License-Identifier: MIT
/*
 * Frames of signal handlers, and system calls that start over.
 *
 * A handler runs on a frame that holds all of the interrupted program's registers:
 *
 *	high	the program's stack; 128 bytes below its pointer are its own (the "red zone")
 *		floating-point image, 64-byte aligned
 *	low	struct rt_sigframe		<- sp of the handler; sp + 8 is 16-byte aligned
 *
 * or the same at the top of the alternate stack. It "returns" to its restorer, which calls
 * rt_sigreturn(2): what the frame says by then becomes the registers. The program may have written
 * anything there. So each register is taken only as far as a program could have set it itself; the
 * selectors must be those of user mode.
 */

#include <linux/entry-common.h>
#include <linux/errno.h>
#include <linux/printk.h>
#include <linux/ptrace.h>
#include <linux/ratelimit.h>
#include <linux/rseq.h>
#include <linux/signal.h>
#include <linux/sched/signal.h>
#include <linux/syscalls.h>
#include <linux/uaccess.h>
#include <linux/user_field.h>

#include <asm/elf.h>
#include <asm/fpu/signal.h>
#include <asm/processor-flags.h>
#include <asm/segment.h>
#include <asm/sigframe.h>

/* The flags that a program may change, and those that every handler starts without. */
#define FIX_EFLAGS	(X86_EFLAGS_AC | X86_EFLAGS_OF | X86_EFLAGS_DF | X86_EFLAGS_TF | \
			 X86_EFLAGS_SF | X86_EFLAGS_ZF | X86_EFLAGS_AF | X86_EFLAGS_PF | \
			 X86_EFLAGS_CF | X86_EFLAGS_RF)
#define HANDLER_CLEARS	(X86_EFLAGS_DF | X86_EFLAGS_RF | X86_EFLAGS_TF)

#define RED_ZONE	128
#define SYSCALL_INSN	2	/* bytes of the syscall instruction */

/* --- The frame's place ------------------------------------------------------------------ */

struct frame_place {
	struct rt_sigframe __user *frame;
	void __user *fp;
};

/*
 * Return: 0; -EFAULT if a handler that runs on the alternate stack already would grow beyond its
 * end: writing there would hit what the program has below.
 */
static int place_frame(struct ksignal *ksig, struct pt_regs *regs, struct frame_place *at)
{
	bool nested = on_sig_stack(regs->sp);
	unsigned long sp = regs->sp - RED_ZONE;
	bool entering = false;

	if (ksig->ka.sa.sa_flags & SA_ONSTACK) {
		if (!sas_ss_flags(sp) && !nested) {
			sp = current->sas_ss_sp + current->sas_ss_size;
			entering = true;
		}
	}
	sp = round_down(sp - fpu_sigframe_size(), 64);
	at->fp = (void __user *)sp;
	sp -= sizeof(struct rt_sigframe);
	/* As behind a call: 16-byte aligned with the return address pushed. */
	sp = round_down(sp, 16) - 8;
	if (unlikely((nested || entering) && !__on_sig_stack(sp)))
		return -EFAULT;
	at->frame = (struct rt_sigframe __user *)sp;
	return 0;
}

/* --- Into the frame ------------------------------------------------------------------------ */

static struct sigcontext sigcontext_of(struct pt_regs *regs, void __user *fp, unsigned long mask)
{
	return (struct sigcontext) {
		.r8 = regs->r8,
		.r9 = regs->r9,
		.r10 = regs->r10,
		.r11 = regs->r11,
		.r12 = regs->r12,
		.r13 = regs->r13,
		.r14 = regs->r14,
		.r15 = regs->r15,
		.di = regs->di,
		.si = regs->si,
		.bp = regs->bp,
		.bx = regs->bx,
		.dx = regs->dx,
		.ax = regs->ax,
		.cx = regs->cx,
		.sp = regs->sp,
		.ip = regs->ip,
		.flags = regs->flags,
		.cs = regs->cs,
		.ss = regs->ss,
		.err = current->thread.error_code,
		.trapno = current->thread.trap_nr,
		.oldmask = mask,
		.cr2 = current->thread.cr2,
		.fpstate = (unsigned long)fp,
	};
}

static unsigned long frame_uc_flags(void)
{
	unsigned long flags = UC_SIGCONTEXT_SS | UC_STRICT_RESTORE_SS;

	return fpu_sigframe_is_extended() ? flags | UC_FP_XSTATE : flags;
}

static int write_frame(struct frame_place *at, struct ksignal *ksig, struct pt_regs *regs)
{
	struct rt_sigframe __user *frame = at->frame;
	sigset_t *set = sigmask_to_save();
	struct ucontext uc = {
		.uc_flags = frame_uc_flags(),
		.uc_stack = {
			.ss_sp = (void __user *)current->sas_ss_sp,
			.ss_flags = current->sas_ss_flags,
			.ss_size = current->sas_ss_size,
		},
		.uc_mcontext = sigcontext_of(regs, at->fp, set->sig[0]),
		.uc_sigmask = *set,
	};

	if (put_user((char __user *)ksig->ka.sa.sa_restorer, &frame->pretcode) ||
	    copy_to_user(&frame->uc, &uc, sizeof(uc)))
		return -EFAULT;
	if (ksig->ka.sa.sa_flags & SA_SIGINFO)
		return copy_siginfo_to_user(&frame->info, &ksig->info);
	return 0;
}

static int setup_rt_frame(struct ksignal *ksig, struct pt_regs *regs)
{
	struct frame_place at;

	/* There is no other way back. */
	if (!(ksig->ka.sa.sa_flags & SA_RESTORER))
		return -EFAULT;
	if (place_frame(ksig, regs, &at) || write_frame(&at, ksig, regs))
		return -EFAULT;
	/* Last, since it changes the task: its registers are initial from here. */
	if (fpu_save_to_sigframe(at.fp))
		return -EFAULT;

	regs->di = ksig->sig;
	regs->ax = 0;		/* for a handler without prototype: no vector arguments */
	regs->si = (unsigned long)&at.frame->info;
	regs->dx = (unsigned long)&at.frame->uc;
	regs->ip = (__force unsigned long)ksig->ka.sa.sa_handler;
	regs->sp = (unsigned long)at.frame;
	regs->csx = __USER_CS;
	regs->ssx = __USER_DS;
	return 0;
}

/* --- Out of the frame ------------------------------------------------------------------------- */

static void restore_regs(struct pt_regs *regs, const struct sigcontext *sc)
{
	regs->r8 = sc->r8;
	regs->r9 = sc->r9;
	regs->r10 = sc->r10;
	regs->r11 = sc->r11;
	regs->r12 = sc->r12;
	regs->r13 = sc->r13;
	regs->r14 = sc->r14;
	regs->r15 = sc->r15;
	regs->di = sc->di;
	regs->si = sc->si;
	regs->bp = sc->bp;
	regs->bx = sc->bx;
	regs->dx = sc->dx;
	regs->ax = sc->ax;
	regs->cx = sc->cx;
	regs->sp = sc->sp;
	regs->ip = sc->ip;
	regs->flags = (regs->flags & ~FIX_EFLAGS) | (sc->flags & FIX_EFLAGS);
	regs->csx = __USER_CS;
	regs->ssx = __USER_DS;
	/* This is no system call that could start over. */
	regs->orig_ax = -1;
}

/* 64-bit user mode is the only one there is; a handler can't change the selectors. */
static bool selectors_are_users(const struct sigcontext *sc)
{
	return (sc->cs | 3) == __USER_CS && (sc->ss | 3) == __USER_DS;
}

static void show_bad_frame(struct pt_regs *regs, void __user *frame)
{
	if (!show_unhandled_signals())
		return;
	pr_info_ratelimited("%s[%d] bad frame in rt_sigreturn frame:%lx ip:%lx sp:%lx orax:%lx\n",
			    current->comm, task_pid_nr(current), (unsigned long)frame,
			    regs->ip, regs->sp,
			    regs->orig_ax);
}

/* rt_sigreturn(2): ax as in the frame, which makes it "the result" */
SYSCALL_DEFINE0(rt_sigreturn)
{
	struct pt_regs *regs = current_pt_regs();
	struct rt_sigframe __user *frame;
	struct ucontext uc;

	/* An own restart block is a call's that this handler has interrupted for good. */
	current->restart_block.fn = do_no_restart_syscall;
	frame = (struct rt_sigframe __user *)(regs->sp - sizeof(long));
	if (copy_from_user(&uc, user_field(frame, uc), sizeof(uc)))
		goto badframe;
	set_current_blocked(&uc.uc_sigmask);
	if (!selectors_are_users(&uc.uc_mcontext))
		goto badframe;
	restore_regs(regs, &uc.uc_mcontext);
	if (fpu_restore_from_sigframe((void __user *)uc.uc_mcontext.fpstate))
		goto badframe;
	if (restore_altstack(user_field(frame, uc.uc_stack)))
		goto badframe;
	return regs->ax;

badframe:
	show_bad_frame(regs, frame);
	force_sig(SIGSEGV);
	return 0;
}

/* --- The call that was interrupted ------------------------------------------------------------ */

static bool in_syscall(struct pt_regs *regs)
{
	return syscall_get_nr(current, regs) != -1;
}

/* The instruction again, with the number it took. */
static void start_over(struct pt_regs *regs, unsigned long nr)
{
	regs->ax = nr;
	regs->ip -= SYSCALL_INSN;
}

/* A handler runs first. Does the call go on after it, or fail? */
static void restart_after_handler(struct ksignal *ksig, struct pt_regs *regs)
{
	switch (syscall_get_error(current, regs)) {
	case -ERESTART_RESTARTBLOCK:
	case -ERESTARTNOHAND:
		regs->ax = -EINTR;
		break;
	case -ERESTARTSYS:
		if (!(ksig->ka.sa.sa_flags & SA_RESTART)) {
			regs->ax = -EINTR;
			break;
		}
		fallthrough;
	case -ERESTARTNOINTR:
		start_over(regs, regs->orig_ax);
		break;
	}
}

/* No handler: what interrupted the call was nothing to the program. */
static void restart_at_once(struct pt_regs *regs)
{
	switch (syscall_get_error(current, regs)) {
	case -ERESTARTNOHAND:
	case -ERESTARTSYS:
	case -ERESTARTNOINTR:
		start_over(regs, regs->orig_ax);
		break;
	case -ERESTART_RESTARTBLOCK:
		start_over(regs, __NR_restart_syscall);
		break;
	}
}

static void handle_signal(struct ksignal *ksig, struct pt_regs *regs)
{
	bool stepping = test_thread_flag(TIF_SINGLESTEP);
	bool failed;

	if (in_syscall(regs))
		restart_after_handler(ksig, regs);
	/*
	 * The frame is to have the program's own TF; the tracer steps on from the handler's start.
	 */
	if (stepping)
		user_disable_single_step(current);
	rseq_signal_deliver(ksig, regs);
	failed = setup_rt_frame(ksig, regs) < 0;
	if (!failed)
		regs->flags &= ~HANDLER_CLEARS;
	signal_setup_done(failed, ksig, stepping);
}

/**
 * arch_do_signal_or_restart - act upon signals before user mode
 * @regs: the frame that will be returned with
 *
 * Context: kernel/entry, interrupts on.
 */
void arch_do_signal_or_restart(struct pt_regs *regs)
{
	struct ksignal ksig;

	if (get_signal(&ksig)) {
		handle_signal(&ksig, regs);
		return;
	}
	if (in_syscall(regs))
		restart_at_once(regs);
	/* A call with a mask of its own ended without a handler: the old one is back. */
	restore_saved_sigmask();
}

/**
 * get_sigframe_size - the stack that a handler's frame may take: AT_MINSIGSTKSZ
 */
unsigned long get_sigframe_size(void)
{
	return round_up(sizeof(struct rt_sigframe) + RED_ZONE + 16 + 63 + fpu_sigframe_size(), 16);
}
