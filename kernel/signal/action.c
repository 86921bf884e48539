// SPDX-License-Identifier: MIT
/*
 * What a program says about its own signals: handlers, masks, the alternate stack; and waiting for
 * one.
 *
 * A mask belongs to a thread and is changed by that thread only, under siglock because senders look
 * at it. When a thread begins to block a signal that its process has got already, another thread
 * may have to be woken for it: retarget_shared_pending().
 */

#include "signal.h"

#include <linux/errno.h>
#include <linux/export.h>
#include <linux/hrtimer.h>
#include <linux/ptrace.h>
#include <linux/sched/task.h>
#include <linux/syscalls.h>
#include <linux/time.h>
#include <linux/uaccess.h>

/* --- Masks -------------------------------------------------------------------------------- */

/* @tsk doesn't take @which any more: wake siblings for those that the process has got. Locked. */
void retarget_shared_pending(struct task_struct *tsk, const sigset_t *which)
{
	struct task_struct *t = tsk;
	sigset_t orphans;

	sigandsets(&orphans, &tsk->signal->shared_pending.signal, which);
	if (sigisemptyset(&orphans))
		return;
	while_each_thread(tsk, t) {
		if ((t->flags & PF_EXITING) || !has_pending_signals(&orphans, &t->blocked))
			continue;
		/* What @t blocks too is left. */
		sigandsets(&orphans, &orphans, &t->blocked);
		if (!task_sigpending(t))
			signal_wake_up(t, 0);
		if (sigisemptyset(&orphans))
			break;
	}
}

/**
 * set_task_blocked_locked - current's mask; what others can take is given to them
 *
 * Context: siglock held.
 */
void set_task_blocked_locked(struct task_struct *tsk, const sigset_t *newset)
{
	if (task_sigpending(tsk) && !thread_group_empty(tsk)) {
		sigset_t newblocked;

		/* It may have been woken for one of these. */
		sigandnsets(&newblocked, newset, &current->blocked);
		retarget_shared_pending(tsk, &newblocked);
	}
	tsk->blocked = *newset;
	recalc_sigpending();
}

/**
 * __set_current_blocked - change the current task's mask
 * @newset: the mask, without SIGKILL and SIGSTOP
 */
void __set_current_blocked(const sigset_t *newset)
{
	spinlock_t *lock;

	/* Nobody else changes it, so that may be looked at without the lock. */
	if (sigequalsets(&current->blocked, newset))
		return;
	lock = &own_sighand()->siglock;
	spin_lock_irq(lock);
	set_task_blocked_locked(current, newset);
	spin_unlock_irq(lock);
}

/**
 * set_current_blocked - __set_current_blocked(), of any set
 * @newset: SIGKILL and SIGSTOP are taken out
 */
void set_current_blocked(sigset_t *newset)
{
	sigdelsetmask(newset, SIG_KERNEL_ONLY_MASK);
	__set_current_blocked(newset);
}

/**
 * sigprocmask - the current task's mask, from kernel code
 * @how: SIG_BLOCK, SIG_UNBLOCK or SIG_SETMASK
 * @set: the set; even SIGKILL may be in it
 * @oldset: filled with the mask before, or NULL
 *
 * Return: 0, or -EINVAL for another @how.
 */
int sigprocmask(int how, sigset_t *set, sigset_t *oldset)
{
	sigset_t newset;

	if (oldset)
		*oldset = current->blocked;
	switch (how) {
	case SIG_BLOCK:
		sigorsets(&newset, &current->blocked, set);
		break;
	case SIG_UNBLOCK:
		sigandnsets(&newset, &current->blocked, set);
		break;
	case SIG_SETMASK:
		newset = *set;
		break;
	default:
		return -EINVAL;
	}
	__set_current_blocked(&newset);
	return 0;
}
EXPORT_SYMBOL(sigprocmask);

static int get_user_sigset(sigset_t *set, const sigset_t __user *uset, size_t sigsetsize)
{
	if (sigsetsize != sizeof(sigset_t))
		return -EINVAL;
	return copy_from_user(set, uset, sizeof(*set)) ? -EFAULT : 0;
}

/**
 * set_user_sigmask - the temporary mask of ppoll() and its like
 * @umask: the mask, or NULL for none
 * @sigsetsize: its size, as the program says
 *
 * The end of the call is restore_saved_sigmask_unless().
 *
 * Return: 0, -EINVAL or -EFAULT.
 */
int set_user_sigmask(const sigset_t __user *umask, size_t sigsetsize)
{
	sigset_t kmask;
	int ret;

	if (!umask)
		return 0;
	ret = get_user_sigset(&kmask, umask, sigsetsize);
	if (ret)
		return ret;
	set_restore_sigmask();
	current->saved_sigmask = current->blocked;
	set_current_blocked(&kmask);
	return 0;
}

/* rt_sigprocmask(2) */
SYSCALL_DEFINE4(rt_sigprocmask, int, how, sigset_t __user *, nset, sigset_t __user *, oset,
		size_t, sigsetsize)
{
	sigset_t old_set, new_set;
	int ret;

	if (sigsetsize != sizeof(sigset_t))
		return -EINVAL;
	old_set = current->blocked;
	if (nset) {
		if (copy_from_user(&new_set, nset, sizeof(sigset_t)))
			return -EFAULT;
		sigdelsetmask(&new_set, SIG_KERNEL_ONLY_MASK);
		ret = sigprocmask(how, &new_set, NULL);
		if (ret)
			return ret;
	}
	if (oset && copy_to_user(oset, &old_set, sizeof(sigset_t)))
		return -EFAULT;
	return 0;
}

/* rt_sigpending(2). A shorter set than ours is allowed. */
SYSCALL_DEFINE2(rt_sigpending, sigset_t __user *, uset, size_t, sigsetsize)
{
	spinlock_t *lock = &own_sighand()->siglock;
	sigset_t set;

	if (sigsetsize > sizeof(sigset_t))
		return -EINVAL;
	spin_lock_irq(lock);
	sigorsets(&set, &current->pending.signal, &current->signal->shared_pending.signal);
	spin_unlock_irq(lock);
	sigandsets(&set, &set, &current->blocked);
	return copy_to_user(uset, &set, sigsetsize) ? -EFAULT : 0;
}

/* --- Handlers ------------------------------------------------------------------------------- */

/* A signal that is ignored from now on doesn't wait any longer either. Locked. */
static void discard_ignored(struct task_struct *p, int sig)
{
	struct task_struct *t;
	sigset_t mask;

	sigemptyset(&mask);
	sigaddset(&mask, sig);
	flush_sigqueue_mask(&mask, &p->signal->shared_pending);
	for_each_thread(p, t)
		flush_sigqueue_mask(&mask, &t->pending);
}

static int do_sigaction(int sig, struct k_sigaction *act, struct k_sigaction *oact)
{
	struct sighand_struct *sighand = own_sighand();
	struct k_sigaction *k;
	int ret = 0;

	if (!valid_signal(sig) || sig < 1 || (act && sig_kernel_only(sig)))
		return -EINVAL;
	k = &sighand->action[sig - 1];
	spin_lock_irq(&sighand->siglock);
	if (unlikely(k->sa.sa_flags & SA_IMMUTABLE)) {
		ret = -EINVAL;
		goto unlock;
	}
	if (oact) {
		*oact = *k;
		oact->sa.sa_flags &= UAPI_SA_FLAGS;
	}
	if (act) {
		/* Flags that we don't know read back as 0: so a program sees what we can. */
		act->sa.sa_flags &= UAPI_SA_FLAGS;
		sigdelsetmask(&act->sa.sa_mask, SIG_KERNEL_ONLY_MASK);
		*k = *act;
		if (sig_handler_ignored(act->sa.sa_handler, sig))
			discard_ignored(current, sig);
	}
unlock:
	spin_unlock_irq(&sighand->siglock);
	return ret;
}

/* rt_sigaction(2) */
SYSCALL_DEFINE4(rt_sigaction, int, sig, const struct sigaction __user *, act,
		struct sigaction __user *, oact, size_t, sigsetsize)
{
	struct k_sigaction new_sa, old_sa;
	int ret;

	if (sigsetsize != sizeof(sigset_t))
		return -EINVAL;
	if (act && copy_from_user(&new_sa.sa, act, sizeof(new_sa.sa)))
		return -EFAULT;
	ret = do_sigaction(sig, act ? &new_sa : NULL, oact ? &old_sa : NULL);
	if (ret)
		return ret;
	if (oact && copy_to_user(oact, &old_sa.sa, sizeof(old_sa.sa)))
		return -EFAULT;
	return 0;
}

/**
 * kernel_sigaction - what a kernel thread wants to know of a signal
 * @sig: the signal
 * @action: SIG_IGN, SIG_KTHREAD or SIG_KTHREAD_KERNEL
 *
 * Context: a kernel thread; may sleep the first time, when it gets handlers of its own.
 */
void kernel_sigaction(int sig, __sighandler_t action)
{
	struct sighand_struct *sighand;

	if (own_sighand() == &init_sighand) {
		if (WARN_ON_ONCE(unshare_sighand(current)))
			return;
		ignore_signals(current);
	}
	sighand = own_sighand();
	spin_lock_irq(&sighand->siglock);
	sighand->action[sig - 1].sa.sa_handler = action;
	if (action == SIG_IGN) {
		discard_ignored(current, sig);
		recalc_sigpending();
	}
	spin_unlock_irq(&sighand->siglock);
}
EXPORT_SYMBOL(kernel_sigaction);

/* --- The alternate stack ---------------------------------------------------------------------- */

/**
 * sigaltstack_size_valid - is an alternate stack large enough for this machine's frames?
 * @ss_size: bytes; MINSIGSTKSZ has been looked at already
 *
 * Return: true by default; a machine whose frames can grow defines its own.
 */
bool __weak sigaltstack_size_valid(size_t ss_size)
{
	(void)ss_size;
	return true;
}

static int set_altstack(const stack_t *ss, unsigned long sp, size_t min_ss_size)
{
	unsigned int flags = ss->ss_flags;
	unsigned int mode = flags & ~SS_FLAG_BITS;
	void __user *ss_sp = ss->ss_sp;
	size_t ss_size = ss->ss_size;
	struct task_struct *t = current;

	if (unlikely(on_sig_stack(sp)))
		return -EPERM;
	if (mode != SS_DISABLE && mode != SS_ONSTACK && mode != 0)
		return -EINVAL;
	if (mode == SS_DISABLE) {
		ss_size = 0;
		ss_sp = NULL;
	} else if (ss_size < min_ss_size || !sigaltstack_size_valid(ss_size)) {
		return -ENOMEM;
	}
	t->sas_ss_sp = (unsigned long)ss_sp;
	t->sas_ss_size = ss_size;
	t->sas_ss_flags = flags;
	return 0;
}

static void get_altstack(stack_t *oss, unsigned long sp)
{
	memset(oss, 0, sizeof(*oss));
	oss->ss_sp = (void __user *)current->sas_ss_sp;
	oss->ss_size = current->sas_ss_size;
	oss->ss_flags = sas_ss_flags(sp) | (current->sas_ss_flags & SS_FLAG_BITS);
}

/* sigaltstack(2) */
SYSCALL_DEFINE2(sigaltstack, const struct sigaltstack __user *, uss, struct sigaltstack __user *,
		uoss)
{
	unsigned long sp = user_stack_pointer(current_pt_regs());
	stack_t new, old;
	int ret = 0;

	if (uss && copy_from_user(&new, uss, sizeof(stack_t)))
		return -EFAULT;
	get_altstack(&old, sp);
	if (uss)
		ret = set_altstack(&new, sp, MINSIGSTKSZ);
	if (!ret && uoss && copy_to_user(uoss, &old, sizeof(stack_t)))
		ret = -EFAULT;
	return ret;
}

/**
 * restore_altstack - as it was when the frame that is returned from was made
 * @uss: in the frame
 *
 * Return: 0, or -EFAULT if the frame can't be read. What it says may be wrong: then nothing
 * changes.
 */
int restore_altstack(const stack_t __user *uss)
{
	stack_t new;

	if (copy_from_user(&new, uss, sizeof(stack_t)))
		return -EFAULT;
	(void)set_altstack(&new, user_stack_pointer(current_pt_regs()), MINSIGSTKSZ);
	return 0;
}

/**
 * __save_altstack - put the alternate stack into a signal frame, for sigreturn(2)
 * @uss: the place in the frame
 * @sp: ignored
 *
 * Return: 0 or -EFAULT.
 */
int __save_altstack(stack_t __user *uss, unsigned long sp)
{
	stack_t ss;

	(void)sp;
	memset(&ss, 0, sizeof(ss));
	ss.ss_sp = (void __user *)current->sas_ss_sp;
	ss.ss_flags = current->sas_ss_flags;
	ss.ss_size = current->sas_ss_size;
	return copy_to_user(uss, &ss, sizeof(ss)) ? -EFAULT : 0;
}

/*
 * --- Waiting ------------------------------------------------------------------------------------
 */

/* Sleep until one of @wanted comes or time is up; the mask lets them wake us meanwhile. Locked. */
static int sleep_for_signals(const sigset_t *mask, ktime_t *to)
{
	struct task_struct *tsk = current;
	int ret;

	tsk->real_blocked = tsk->blocked;
	sigandsets(&tsk->blocked, &tsk->blocked, mask);
	recalc_sigpending();
	spin_unlock_irq(&own_sighand()->siglock);

	__set_current_state(TASK_INTERRUPTIBLE);
	ret = schedule_hrtimeout_range(to, tsk->timer_slack_ns, HRTIMER_MODE_REL);

	spin_lock_irq(&own_sighand()->siglock);
	set_task_blocked_locked(tsk, &tsk->real_blocked);
	sigemptyset(&tsk->real_blocked);
	return ret;
}

static int do_sigtimedwait(const sigset_t *which, kernel_siginfo_t *info,
			   const struct timespec64 *ts)
{
	spinlock_t *lock = &own_sighand()->siglock;
	ktime_t timeout, *to = NULL;
	sigset_t mask = *which;
	enum pid_type type;
	int sig, ret = 0;

	if (ts) {
		if (!timespec64_valid(ts))
			return -EINVAL;
		timeout = timespec64_to_ktime(*ts);
		to = &timeout;
	}
	sigdelsetmask(&mask, SIG_KERNEL_ONLY_MASK);
	signotset(&mask);

	spin_lock_irq(lock);
	sig = dequeue_signal(&mask, info, &type);
	if (!sig && (!to || timeout)) {
		/*
		 * With the state set inside, a signal that comes after the unlock wakes us: it sets
		 * TIF_SIGPENDING, which schedule() looks at.
		 */
		ret = sleep_for_signals(&mask, to);
		sig = dequeue_signal(&mask, info, &type);
	}
	spin_unlock_irq(lock);
	if (sig)
		return sig;
	return ret ? -EINTR : -EAGAIN;
}

/* rt_sigtimedwait(2) */
SYSCALL_DEFINE4(rt_sigtimedwait, const sigset_t __user *, uthese, struct siginfo __user *, uinfo,
		const struct __kernel_timespec __user *, uts, size_t, sigsetsize)
{
	kernel_siginfo_t info;
	struct timespec64 ts;
	sigset_t these;
	int ret;

	ret = get_user_sigset(&these, uthese, sigsetsize);
	if (ret)
		return ret;
	if (uts && get_timespec64(&ts, uts))
		return -EFAULT;
	ret = do_sigtimedwait(&these, &info, uts ? &ts : NULL);
	if (ret > 0 && uinfo && copy_siginfo_to_user(uinfo, &info))
		ret = -EFAULT;
	return ret;
}

static void sleep_until_signal(void)
{
	while (!signal_pending(current)) {
		set_current_state(TASK_INTERRUPTIBLE);
		if (signal_pending(current))
			break;
		schedule();
	}
	__set_current_state(TASK_RUNNING);
}

/* rt_sigsuspend(2) */
SYSCALL_DEFINE2(rt_sigsuspend, sigset_t __user *, unewset, size_t, sigsetsize)
{
	sigset_t newset;
	int ret;

	ret = get_user_sigset(&newset, unewset, sigsetsize);
	if (ret)
		return ret;
	current->saved_sigmask = current->blocked;
	set_current_blocked(&newset);
	sleep_until_signal();
	set_restore_sigmask();
	return -ERESTARTNOHAND;
}

/* pause(2) */
SYSCALL_DEFINE0(pause)
{
	sleep_until_signal();
	return -ERESTARTNOHAND;
}

/* restart_syscall(2): only ever called by what arch_do_signal_or_restart() makes of a frame. */
SYSCALL_DEFINE0(restart_syscall)
{
	struct restart_block *restart = &current->restart_block;

	return restart->fn(restart);
}
