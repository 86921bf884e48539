/* SPDX-License-Identifier: MIT */
#ifndef _KERNEL_SIGNAL_SIGNAL_H
#define _KERNEL_SIGNAL_SIGNAL_H

/*
 * What the files of this folder have of each other. "Locked" means: under the task's siglock.
 */

#include <linux/ptrace.h>
#include <linux/signal.h>
#include <linux/sched.h>
#include <linux/sched/signal.h>

static inline __sighandler_t sig_handler(struct task_struct *t, int sig)
{
	return locked_sighand(t)->action[sig - 1].sa.sa_handler;
}

/* Does nothing happen, by this handler? */
static inline bool sig_handler_ignored(__sighandler_t handler, int sig)
{
	return handler == SIG_IGN || (handler == SIG_DFL && sig_kernel_ignore(sig));
}

/* Is there a signal in @signal that @blocked lets through? */
static inline bool has_pending_signals(const sigset_t *signal, const sigset_t *blocked)
{
	return (signal->sig[0] & ~blocked->sig[0]) != 0;
}

/* queue.c, all locked but sigqueue_free's kin */
struct sigqueue *sigqueue_alloc_for(struct task_struct *t, gfp_t gfp, bool override_rlimit);
void sigqueue_put(struct sigqueue *q);
void flush_sigqueue_mask(const sigset_t *mask, struct sigpending *s);
int dequeue_synchronous_signal(kernel_siginfo_t *info);
bool recalc_sigpending_tsk(struct task_struct *t);

/* action.c, locked */
void retarget_shared_pending(struct task_struct *tsk, const sigset_t *which);
void set_task_blocked_locked(struct task_struct *tsk, const sigset_t *newset);

/* send.c, locked */
int __send_signal_locked(int sig, struct kernel_siginfo *info, struct task_struct *t,
			 enum pid_type type, bool force);

/* stop.c */
bool do_signal_stop(int signr);
void tell_parent_of_stop(struct task_struct *tsk);

#endif /* _KERNEL_SIGNAL_SIGNAL_H */
