/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_ENTRY_COMMON_H
#define _LINUX_ENTRY_COMMON_H

/*
 * What happens at every border of the kernel, once for all machines.
 *
 * Assembly has built struct pt_regs and calls C with interrupts off. The C entry
 * point brackets its work:
 *
 *	interrupt or exception			NMI-like (NMI, #MC, #DB from kernel)
 *	  state = irqentry_enter(regs);		  state = irqentry_nmi_enter(regs);
 *	  instrumentation_begin();		  instrumentation_begin();
 *	  ...					  ...
 *	  instrumentation_end();		  instrumentation_end();
 *	  irqentry_exit(regs, state);		  irqentry_nmi_exit(regs, state);
 *
 * Before enter() and after exit() the kernel does not know its context: lockdep
 * thinks that interrupts are on, RCU may not be watching. Code there is noinstr.
 *
 * irqentry_enter() handles entries from user mode (then irqentry_exit() does the
 * work that waits for the return: rescheduling, signals, ...) and from the
 * kernel (then irqentry_exit() preempts if it may).
 */

#include <linux/compiler.h>
#include <linux/context_tracking.h>
#include <linux/irqflags.h>
#include <linux/preempt.h>
#include <linux/sched.h>
#include <linux/thread_info.h>

#include <asm/entry-common.h>

#ifndef ARCH_EXIT_TO_USER_MODE_WORK
#define ARCH_EXIT_TO_USER_MODE_WORK	(0)
#endif

/* What keeps a task in the loop before user mode. */
#define EXIT_TO_USER_MODE_WORK						\
	(_TIF_SIGPENDING | _TIF_NOTIFY_RESUME | _TIF_NEED_RESCHED |	\
	 _TIF_NOTIFY_SIGNAL | _TIF_RSEQ | ARCH_EXIT_TO_USER_MODE_WORK)

struct pt_regs;

typedef struct irqentry_state {
	union {
		bool exit_rcu;	/* irqentry_enter() told RCU of an interrupt in idle */
		bool lockdep;	/* NMI: lockdep's view of the interrupt flag before */
	};
} irqentry_state_t;

irqentry_state_t noinstr irqentry_enter(struct pt_regs *regs);
void noinstr irqentry_exit(struct pt_regs *regs, irqentry_state_t state);
irqentry_state_t noinstr irqentry_nmi_enter(struct pt_regs *regs);
void noinstr irqentry_nmi_exit(struct pt_regs *regs, irqentry_state_t irq_state);

void irqentry_enter_from_user_mode(struct pt_regs *regs);
void irqentry_exit_to_user_mode(struct pt_regs *regs);

/* Preempt the interrupted kernel code if nothing forbids it. Interrupts are off. */
void irqentry_exit_cond_resched(void);
void raw_irqentry_exit_cond_resched(void);

void enter_from_user_mode(struct pt_regs *regs);
void exit_to_user_mode(void);

/* What keeps a system call from the short way: bits of thread_info.syscall_work. */
#define SYSCALL_WORK_ENTER						\
	(SYSCALL_WORK_SECCOMP | SYSCALL_WORK_SYSCALL_TRACEPOINT |	\
	 SYSCALL_WORK_SYSCALL_TRACE | SYSCALL_WORK_SYSCALL_EMU |	\
	 SYSCALL_WORK_SYSCALL_AUDIT | SYSCALL_WORK_SYSCALL_USER_DISPATCH)
#define SYSCALL_WORK_EXIT						\
	(SYSCALL_WORK_SYSCALL_TRACEPOINT | SYSCALL_WORK_SYSCALL_TRACE |	\
	 SYSCALL_WORK_SYSCALL_AUDIT | SYSCALL_WORK_SYSCALL_EXIT_TRAP)

/**
 * syscall_enter_from_user_mode - a system call begins: interrupts are on afterwards
 * @regs: the frame
 *
 * From entry code, with interrupts off:
 *
 *	syscall_enter_from_user_mode(regs);	interrupts are on now
 *	instrumentation_begin();
 *	if (syscall_enter_has_work())
 *		syscall_with_work(regs);
 *	else
 *		result = call_syscall(regs, nr);
 *	instrumentation_end();
 *	syscall_exit_to_user_mode(regs);	and off again
 */
static __always_inline void syscall_enter_from_user_mode(struct pt_regs *regs)
{
	enter_from_user_mode(regs);
	instrumentation_begin();
	local_irq_enable();
	instrumentation_end();
}

/** syscall_enter_has_work - does somebody want to see this call before it is made? */
static __always_inline bool syscall_enter_has_work(void)
{
	return unlikely(READ_ONCE(current_thread_info()->syscall_work) & SYSCALL_WORK_ENTER);
}

void syscall_with_work(struct pt_regs *regs);
void syscall_exit_work(struct pt_regs *regs);

/* The machine's: signals that are pending, then a call that starts over. kernel/signal.c. */
void arch_do_signal_or_restart(struct pt_regs *regs);

/* Interrupts are on at the call and off afterwards. */
void syscall_exit_to_user_mode(struct pt_regs *regs);

#ifndef arch_exit_to_user_mode_prepare
static inline void arch_exit_to_user_mode_prepare(struct pt_regs *regs, unsigned long ti_work)
{
	(void)regs;
	(void)ti_work;
}
#endif

#ifndef arch_enter_from_user_mode

/** arch_enter_from_user_mode - what a machine has to do first on entry; nothing by default */
static __always_inline void arch_enter_from_user_mode(struct pt_regs *regs)
{
	(void)regs;
}
#endif

#ifndef arch_exit_to_user_mode

/** arch_exit_to_user_mode - what a machine has to do last before user mode; nothing by default */
static __always_inline void arch_exit_to_user_mode(void) { }
#endif

#ifndef arch_exit_to_user_mode_work
static inline void arch_exit_to_user_mode_work(struct pt_regs *regs, unsigned long ti_work)
{
	(void)regs;
	(void)ti_work;
}
#endif

#ifndef arch_irqentry_exit_need_resched

/**
 * arch_irqentry_exit_need_resched - may an interrupt preempt what it interrupted, as far as the
 * machine is concerned?
 */
static inline bool arch_irqentry_exit_need_resched(void)
{
	return true;
}
#endif

#endif /* _LINUX_ENTRY_COMMON_H */
