// SPDX-License-Identifier: MIT
/*
 * What happens at every border of the kernel: see <linux/entry-common.h>.
 *
 * Three things have to be put right, in this order on the way in and the opposite
 * one on the way out:
 *
 *	lockdep		the processor turned interrupts off; tell the checker
 *	context		RCU has to watch before anybody uses it
 *	the rest	ordinary, instrumented code
 *
 * On the way out to the kernel it matters whether the frame had interrupts on. If
 * it had them off, nothing but the context is undone: preempting there would
 * enable what somebody disabled.
 */

#include <linux/entry-common.h>

#include <linux/hardirq.h>
#include <linux/instruction_pointer.h>
#include <linux/irqflags.h>
#include <linux/lockdep.h>
#include <linux/rcupdate.h>
#include <linux/resume_user_mode.h>
#include <linux/rseq.h>
#include <linux/sched.h>
#include <linux/uaccess.h>

#include <asm/ptrace.h>

static __always_inline void note_irqs_off(void)
{
	lockdep_hardirqs_off(_RET_IP_);
}

/* Before a return to where interrupts are on: the checker learns of it just ahead. */
static __always_inline void note_irqs_on(void)
{
	instrumentation_begin();
	trace_hardirqs_on_prepare();
	lockdep_hardirqs_on_prepare();
	instrumentation_end();
}

/* --- User mode --------------------------------------------------------------------- */

/**
 * enter_from_user_mode - first step of any entry from user mode
 * @regs: the frame
 *
 * Context: interrupts off.
 */
noinstr void enter_from_user_mode(struct pt_regs *regs)
{
	arch_enter_from_user_mode(regs);
	note_irqs_off();
	user_exit_irqoff();
	instrumentation_begin();
	trace_hardirqs_off_finish();
	instrumentation_end();
}

/**
 * exit_to_user_mode - last step of any return to user mode
 *
 * Context: interrupts off; no work is pending.
 */
noinstr void exit_to_user_mode(void)
{
	note_irqs_on();
	user_enter_irqoff();
	arch_exit_to_user_mode();
	lockdep_hardirqs_on(_RET_IP_);
}

/*
 * Do the work whose flags are up, with interrupts on, until a look with interrupts
 * off finds none: then nothing can come up any more before user mode. Apart, as is
 * exit_to_user_mode_rseq(), so that a return with less to do saves no registers for it.
 */
static noinline unsigned long exit_to_user_mode_loop(struct pt_regs *regs, unsigned long ti_work)
{
	while (ti_work & EXIT_TO_USER_MODE_WORK) {
		local_irq_enable();

		if (ti_work & _TIF_NEED_RESCHED)
			schedule();
		if (ti_work & (_TIF_SIGPENDING | _TIF_NOTIFY_SIGNAL))
			arch_do_signal_or_restart(regs);
		if (ti_work & _TIF_NOTIFY_RESUME)
			resume_user_mode_work();
		/* Behind all that may sleep, and move us. */
		if (ti_work & _TIF_RSEQ)
			rseq_resume(regs);
		arch_exit_to_user_mode_work(regs, ti_work);

		local_irq_disable();
		ti_work = read_thread_flags();
	}
	return ti_work;
}

/* A switch leaves little to do for restartable sequences, usually: no loop for that alone. */
static noinline unsigned long exit_to_user_mode_rseq(struct pt_regs *regs, unsigned long ti_work)
{
	if (rseq_look_suffices(current)) {
		ti_work &= ~_TIF_RSEQ;
		if (!(ti_work & EXIT_TO_USER_MODE_WORK))
			return ti_work;
	}
	return exit_to_user_mode_loop(regs, ti_work);
}

static void exit_to_user_mode_prepare(struct pt_regs *regs)
{
	unsigned long ti_work = read_thread_flags();

	lockdep_assert_irqs_disabled();
	if (unlikely(ti_work & EXIT_TO_USER_MODE_WORK)) {
		if (ti_work & _TIF_RSEQ)
			ti_work = exit_to_user_mode_rseq(regs, ti_work);
		else
			ti_work = exit_to_user_mode_loop(regs, ti_work);
	}
	arch_exit_to_user_mode_prepare(regs, ti_work);
	WARN_ON_ONCE(preempt_count());
}

/**
 * syscall_exit_to_user_mode - the way out of a system call or a new user task
 * @regs: the frame
 *
 * Context: task context, interrupts on; they are off on return.
 */
noinstr void syscall_exit_to_user_mode(struct pt_regs *regs)
{
	instrumentation_begin();
	rseq_syscall(regs);
	if (unlikely(READ_ONCE(current_thread_info()->syscall_work) & SYSCALL_WORK_EXIT))
		syscall_exit_work(regs);
	local_irq_disable();
	exit_to_user_mode_prepare(regs);
	instrumentation_end();
	exit_to_user_mode();
}

/**
 * irqentry_enter_from_user_mode - irqentry_enter() for an entry that can only be from user mode
 * @regs: the frame
 *
 * Context: interrupts off.
 */
noinstr void irqentry_enter_from_user_mode(struct pt_regs *regs)
{
	enter_from_user_mode(regs);
}

/**
 * irqentry_exit_to_user_mode - the way out of such an entry: signals, rescheduling and other work
 * first
 * @regs: the frame
 *
 * Context: interrupts off, and again when it returns; on while it works. May sleep.
 */
noinstr void irqentry_exit_to_user_mode(struct pt_regs *regs)
{
	instrumentation_begin();
	exit_to_user_mode_prepare(regs);
	instrumentation_end();
	exit_to_user_mode();
}

/* --- Interrupts and exceptions ------------------------------------------------------ */

/**
 * irqentry_enter - establish the context of an interrupt or exception
 * @regs: the frame
 *
 * Context: interrupts off.
 * Return: what irqentry_exit() wants back.
 */
noinstr irqentry_state_t irqentry_enter(struct pt_regs *regs)
{
	irqentry_state_t state = { .exit_rcu = false };

	if (user_mode(regs)) {
		irqentry_enter_from_user_mode(regs);
		return state;
	}

	note_irqs_off();
	/* RCU doesn't look at idle CPUs: it has to learn that this one is busy. */
	if (is_idle_task(current)) {
		ct_irq_enter();
		state.exit_rcu = true;
	}
	instrumentation_begin();
	trace_hardirqs_off_finish();
	instrumentation_end();
	return state;
}

/**
 * raw_irqentry_exit_cond_resched - preempt what was interrupted, if it allows that
 *
 * The count of the interrupted code is all that is left now, so zero means that it does.
 *
 * Context: interrupts off; the interrupted code ran in the kernel with interrupts on.
 */
void raw_irqentry_exit_cond_resched(void)
{
	if (!preempt_count() && need_resched() && arch_irqentry_exit_need_resched())
		preempt_schedule_irq();
}

/**
 * irqentry_exit_cond_resched - raw_irqentry_exit_cond_resched(), which needs no switch here: the
 * kernel is always preemptible
 */
void irqentry_exit_cond_resched(void)
{
	raw_irqentry_exit_cond_resched();
}

/**
 * irqentry_exit - undo irqentry_enter(), and do what waits for the return
 * @regs: the frame
 * @state: what irqentry_enter() returned
 *
 * Context: interrupts off.
 */
noinstr void irqentry_exit(struct pt_regs *regs, irqentry_state_t state)
{
	if (user_mode(regs)) {
		irqentry_exit_to_user_mode(regs);
		return;
	}
	if (regs_irqs_disabled(regs)) {
		if (state.exit_rcu)
			ct_irq_exit();
		return;
	}
	if (state.exit_rcu) {
		/* Idle looks at need_resched itself. */
		note_irqs_on();
		ct_irq_exit();
	} else {
		instrumentation_begin();
		irqentry_exit_cond_resched();
		instrumentation_end();
		note_irqs_on();
	}
	lockdep_hardirqs_on(_RET_IP_);
}

/**
 * irqentry_nmi_enter - establish the context of what can interrupt anything
 * @regs: the frame
 *
 * Such an entry may hit code that is between two steps of this file. So the
 * checker's view is saved and restored, rather than derived.
 *
 * Return: what irqentry_nmi_exit() wants back.
 */
noinstr irqentry_state_t irqentry_nmi_enter(struct pt_regs *regs)
{
	irqentry_state_t state = { .lockdep = lockdep_hardirqs_enabled() };

	(void)regs;
	__nmi_enter();
	note_irqs_off();
	lockdep_hardirq_enter();
	ct_nmi_enter();
	instrumentation_begin();
	trace_hardirqs_off_finish();
	instrumentation_end();
	return state;
}

/**
 * irqentry_nmi_exit - undo irqentry_nmi_enter()
 * @regs: the frame
 * @state: what it returned
 */
noinstr void irqentry_nmi_exit(struct pt_regs *regs, irqentry_state_t state)
{
	(void)regs;
	instrumentation_begin();
	if (state.lockdep) {
		trace_hardirqs_on_prepare();
		lockdep_hardirqs_on_prepare();
	}
	instrumentation_end();
	ct_nmi_exit();
	lockdep_hardirq_exit();
	if (state.lockdep)
		lockdep_hardirqs_on(_RET_IP_);
	__nmi_exit();
}
