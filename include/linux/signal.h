/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_SIGNAL_H
#define _LINUX_SIGNAL_H

/*
 * Sets of signals, and what kernel code outside kernel/signal/ does with signals: send them by
 * <linux/sched/signal.h>, look at what is pending, deliver.
 */

#include <linux/bug.h>
#include <linux/list.h>
#include <linux/pid_types.h>
#include <linux/signal_types.h>
#include <linux/string.h>

struct pid;
struct pt_regs;
struct task_struct;
struct timespec64;

/* Whom a signal was sent to, in tracing and kill's core. */
enum siginfo_layout {
	SIL_KILL,
	SIL_TIMER,
	SIL_POLL,
	SIL_FAULT,
	SIL_FAULT_TRAPNO,
	SIL_FAULT_MCEERR,
	SIL_FAULT_BNDERR,
	SIL_FAULT_PKUERR,
	SIL_FAULT_PERF_EVENT,
	SIL_CHLD,
	SIL_RT,
	SIL_SYS,
};

enum siginfo_layout siginfo_layout(unsigned int sig, int si_code);

/* ---- sets; one word holds all 64 ---- */

/** sigmask - the bit of a signal, 1 to 64 */
#define sigmask(sig)	(1UL << ((sig) - 1))

/** sigaddset - put a signal, 1 to 64, into a set */
static inline void sigaddset(sigset_t *set, int sig)
{
	set->sig[0] |= sigmask(sig);
}

/** sigdelset - take a signal, 1 to 64, out of a set */
static inline void sigdelset(sigset_t *set, int sig)
{
	set->sig[0] &= ~sigmask(sig);
}

/** sigismember - is a signal, 1 to 64, in a set? */
static inline int sigismember(const sigset_t *set, int sig)
{
	return (set->sig[0] >> (sig - 1)) & 1;
}

/** sigisemptyset - is no signal in a set? */
static inline int sigisemptyset(const sigset_t *set)
{
	return set->sig[0] == 0;
}

/** sigequalsets - are two sets the same? */
static inline int sigequalsets(const sigset_t *a, const sigset_t *b)
{
	return a->sig[0] == b->sig[0];
}

/** sigemptyset - a set of no signals */
static inline void sigemptyset(sigset_t *set)
{
	set->sig[0] = 0;
}

/** sigfillset - a set of all signals */
static inline void sigfillset(sigset_t *set)
{
	set->sig[0] = ~0UL;
}

/** sigorsets - the signals of @a and of @b */
static inline void sigorsets(sigset_t *r, const sigset_t *a, const sigset_t *b)
{
	r->sig[0] = a->sig[0] | b->sig[0];
}

/** sigandsets - the signals that @a and @b have both */
static inline void sigandsets(sigset_t *r, const sigset_t *a, const sigset_t *b)
{
	r->sig[0] = a->sig[0] & b->sig[0];
}

/** sigandnsets - the signals of @a that aren't in @b */
static inline void sigandnsets(sigset_t *r, const sigset_t *a, const sigset_t *b)
{
	r->sig[0] = a->sig[0] & ~b->sig[0];
}

/** signotset - the signals that weren't in the set */
static inline void signotset(sigset_t *set)
{
	set->sig[0] = ~set->sig[0];
}

/** sigaddsetmask - put the signals of a mask, sigmask() or'ed, into a set */
static inline void sigaddsetmask(sigset_t *set, unsigned long mask)
{
	set->sig[0] |= mask;
}

/** sigdelsetmask - take the signals of a mask out of a set */
static inline void sigdelsetmask(sigset_t *set, unsigned long mask)
{
	set->sig[0] &= ~mask;
}

/** sigtestsetmask - is any signal of a mask in a set? */
static inline int sigtestsetmask(const sigset_t *set, unsigned long mask)
{
	return (set->sig[0] & mask) != 0;
}

/** siginitset - a set of the signals of a mask */
static inline void siginitset(sigset_t *set, unsigned long mask)
{
	set->sig[0] = mask;
}

/** siginitsetinv - a set of the signals that aren't in a mask */
static inline void siginitsetinv(sigset_t *set, unsigned long mask)
{
	set->sig[0] = ~mask;
}

/* ---- classes of signals ---- */

#define SIG_KERNEL_ONLY_MASK	(sigmask(SIGKILL) | sigmask(SIGSTOP))
#define SIG_KERNEL_STOP_MASK	(sigmask(SIGSTOP) | sigmask(SIGTSTP) | \
				 sigmask(SIGTTIN) | sigmask(SIGTTOU))
#define SIG_KERNEL_COREDUMP_MASK (\
	sigmask(SIGQUIT) | sigmask(SIGILL) | sigmask(SIGTRAP) | sigmask(SIGABRT) | \
	sigmask(SIGFPE) | sigmask(SIGSEGV) | sigmask(SIGBUS) | sigmask(SIGSYS) | \
	sigmask(SIGXCPU) | sigmask(SIGXFSZ))
#define SIG_KERNEL_IGNORE_MASK	(sigmask(SIGCONT) | sigmask(SIGCHLD) | \
				 sigmask(SIGWINCH) | sigmask(SIGURG))
/* What the program's own instructions cause: delivered before everything else. */
#define SYNCHRONOUS_MASK	(sigmask(SIGSEGV) | sigmask(SIGBUS) | sigmask(SIGILL) | \
				 sigmask(SIGTRAP) | sigmask(SIGFPE) | sigmask(SIGSYS))
#define SIG_SPECIFIC_SICODES_MASK (\
	sigmask(SIGILL) | sigmask(SIGFPE) | sigmask(SIGSEGV) | sigmask(SIGBUS) | \
	sigmask(SIGTRAP) | sigmask(SIGCHLD) | sigmask(SIGPOLL) | sigmask(SIGSYS))

/** siginmask - is it a signal below the real-time ones, and in the mask? */
#define siginmask(sig, mask)	((sig) > 0 && (sig) < SIGRTMIN && (sigmask(sig) & (mask)))

/** sig_kernel_only - is it one that nobody can catch? */
#define sig_kernel_only(sig)		siginmask(sig, SIG_KERNEL_ONLY_MASK)
/** sig_kernel_coredump - does it end with a core dump by default? */
#define sig_kernel_coredump(sig)	siginmask(sig, SIG_KERNEL_COREDUMP_MASK)
/** sig_kernel_ignore - is it ignored by default? */
#define sig_kernel_ignore(sig)		siginmask(sig, SIG_KERNEL_IGNORE_MASK)
/** sig_kernel_stop - does it stop by default? */
#define sig_kernel_stop(sig)		siginmask(sig, SIG_KERNEL_STOP_MASK)
#define sig_specific_sicodes(sig)	siginmask(sig, SIG_SPECIFIC_SICODES_MASK)

/** valid_signal - is it a signal's number, or 0? */
static inline int valid_signal(unsigned long sig)
{
	return sig <= _NSIG;
}

/* ---- pending signals and siginfo ---- */

/** init_sigpending - nothing is pending */
static inline void init_sigpending(struct sigpending *sig)
{
	sigemptyset(&sig->signal);
	INIT_LIST_HEAD(&sig->list);
}

void flush_sigqueue(struct sigpending *queue);

/** clear_siginfo - all of it zero, padding too: programs will see it */
static inline void clear_siginfo(kernel_siginfo_t *info)
{
	memset(info, 0, sizeof(*info));
}

/** copy_siginfo - copy all of it, padding too */
static inline void copy_siginfo(kernel_siginfo_t *to, const kernel_siginfo_t *from)
{
	memcpy(to, from, sizeof(*to));
}

int copy_siginfo_to_user(siginfo_t __user *to, const kernel_siginfo_t *from);
int copy_siginfo_from_user(kernel_siginfo_t *to, const siginfo_t __user *from);
int copy_siginfo_from_user_as(kernel_siginfo_t *to, int sig, const siginfo_t __user *from);

int next_signal(struct sigpending *pending, sigset_t *mask);

int do_send_sig_info(int sig, struct kernel_siginfo *info, struct task_struct *p,
		     enum pid_type type);
int group_send_sig_info(int sig, struct kernel_siginfo *info, struct task_struct *p,
			enum pid_type type);
int send_signal_locked(int sig, struct kernel_siginfo *info, struct task_struct *p,
		       enum pid_type type);
int sigprocmask(int how, sigset_t *set, sigset_t *oldset);
void set_current_blocked(sigset_t *newset);
void __set_current_blocked(const sigset_t *newset);
int show_unhandled_signals(void);

/* The queue entry that a POSIX timer owns. */
struct sigqueue *sigqueue_alloc(void);
void sigqueue_free(struct sigqueue *q);
int send_sigqueue(struct sigqueue *q, struct pid *pid, enum pid_type type);

/* Delivery, called by the machine's signal code. */
bool get_signal(struct ksignal *ksig);
void signal_setup_done(int failed, struct ksignal *ksig, int stepping);
void exit_signals(struct task_struct *tsk);
void kernel_sigaction(int sig, __sighandler_t action);

#define SIG_KTHREAD		((__force __sighandler_t)2)
#define SIG_KTHREAD_KERNEL	((__force __sighandler_t)3)

/** allow_signal - a kernel thread wants to hear of a signal */
static inline void allow_signal(int sig)
{
	kernel_sigaction(sig, SIG_KTHREAD);
}

/** allow_kernel_signal - a kernel thread wants to hear of a signal, but only from the kernel */
static inline void allow_kernel_signal(int sig)
{
	kernel_sigaction(sig, SIG_KTHREAD_KERNEL);
}

/** disallow_signal - a kernel thread doesn't want to hear of a signal any more */
static inline void disallow_signal(int sig)
{
	kernel_sigaction(sig, SIG_IGN);
}

/*
 * Addresses in siginfo: a machine that ignores top bits of pointers hides them from old programs.
 */
#ifndef arch_untagged_si_addr

/**
 * arch_untagged_si_addr - the address as a handler without SA_EXPOSE_TAGBITS sees it; a machine
 * with tags has its own
 */
static inline void __user *arch_untagged_si_addr(void __user *addr, unsigned long sig,
						 unsigned long si_code)
{
	(void)sig;
	(void)si_code;
	return addr;
}
#endif

/* sigaltstack() of other code: signal frames save and restore it. */
int restore_altstack(const stack_t __user *uss);
int __save_altstack(stack_t __user *uss, unsigned long sp);

#define unsafe_save_altstack(uss, sp, label)					\
do {										\
	stack_t __user *__uss = (uss);						\
	struct task_struct *__t = current;					\
										\
	unsafe_put_user((void __user *)__t->sas_ss_sp, &__uss->ss_sp, label);	\
	unsafe_put_user(__t->sas_ss_flags, &__uss->ss_flags, label);		\
	unsafe_put_user(__t->sas_ss_size, &__uss->ss_size, label);		\
} while (0)

/* A system call with a temporary mask (ppoll, pselect, epoll_pwait). */
int set_user_sigmask(const sigset_t __user *umask, size_t sigsetsize);

#include <linux/sched/signal.h>

#endif /* _LINUX_SIGNAL_H */
