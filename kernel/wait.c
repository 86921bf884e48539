// SPDX-License-Identifier: MIT
/*
 * Waiting for children: wait4(2), waitid(2).
 *
 * A child is looked at by wait_consider_task() and may have one of three things to tell: that it
 * ended, that it stopped, that it goes on. Each is told once (unless WNOWAIT leaves it), to
 * whichever thread of the parent takes it first: a cmpxchg of exit_state for the end, siglock for
 * the others. The one who takes the end releases the child and adds its times to the parent's.
 *
 * No event is lost between looking and sleeping: the waiter is on signal->wait_chldexit and has set
 * its state before it looks; the child changes first and wakes then.
 *
 * A traced task is looked at from two sides. Its tracer (@ptrace) sees every stop of every thread
 * and the end of each; its real parent sees what it would see of any child, but the end only after
 * the tracer has:
 *
 *	exit_state	tracer's wait4()		real parent's
 *	EXIT_ZOMBIE	takes it: EXIT_TRACE		passes by
 *	EXIT_TRACE	tells, unlinks: EXIT_ZOMBIE	passes by, but knows that one will come
 *	EXIT_ZOMBIE	(not its any more)		takes it: EXIT_DEAD
 *
 * A tracer that is the parent too sees it once, as the tracer.
 *
 * The functions that take an event drop tasklist_lock, and say so by a result other than 0.
 */

#include <linux/cred.h>
#include <linux/errno.h>
#include <linux/fcntl.h>
#include <linux/file.h>
#include <linux/limits.h>
#include <linux/mm.h>
#include <linux/pid.h>
#include <linux/ptrace.h>
#include <linux/resource.h>
#include <linux/sched.h>
#include <linux/sched/mm.h>
#include <linux/sched/signal.h>
#include <linux/sched/task.h>
#include <linux/signal.h>
#include <linux/syscalls.h>
#include <linux/task_io_accounting_ops.h>
#include <linux/uaccess.h>
#include <linux/user_field.h>
#include <linux/wait.h>
#include <uapi/linux/wait.h>

/* What waitid() tells of a child. */
struct waitid_info {
	pid_t pid;
	uid_t uid;
	int status;
	int cause;		/* CLD_* */
};

/**
 * struct wait_opts - one wait call
 * @type: PIDTYPE_MAX: any child; else how @pid is meant
 * @pid: the process or group
 * @flags: W*
 * @info: for waitid(), or NULL
 * @stat: wait4()'s status
 * @rusage: or NULL
 * @entry: on the queue of the process
 * @notask_error: -ECHILD until a child is seen for which one could wait
 */
struct wait_opts {
	enum pid_type type;
	struct pid *pid;
	unsigned int flags;
	struct waitid_info *info;
	int stat;
	struct rusage *rusage;
	wait_queue_entry_t entry;
	int notask_error;
};

static struct pid *task_pid_type(struct task_struct *task, enum pid_type type)
{
	return type == PIDTYPE_PID ? task_pid(task) : task->signal->pids[type];
}

static bool eligible_pid(const struct wait_opts *wo, struct task_struct *p)
{
	return wo->type == PIDTYPE_MAX || task_pid_type(p, wo->type) == wo->pid;
}

/* A "clone" child is one that tells of its end by another signal than SIGCHLD, or none. */
static bool eligible_child(const struct wait_opts *wo, struct task_struct *p, bool ptrace)
{
	if (!eligible_pid(wo, p))
		return false;
	if (ptrace || (wo->flags & __WALL))
		return true;
	return (p->exit_signal != SIGCHLD) == !!(wo->flags & __WCLONE);
}

/* ---- the three events ---- */

static void fill_info(struct wait_opts *wo, pid_t pid, uid_t uid, int cause, int status)
{
	if (!wo->info)
		return;
	wo->info->pid = pid;
	wo->info->uid = uid;
	wo->info->cause = cause;
	wo->info->status = status;
}

static void fill_exit_info(struct wait_opts *wo, pid_t pid, uid_t uid, int status)
{
	if (!(status & 0x7f))
		fill_info(wo, pid, uid, CLD_EXITED, status >> 8);
	else
		fill_info(wo, pid, uid, status & 0x80 ? CLD_DUMPED : CLD_KILLED, status & 0x7f);
}

/* The dead child's resources, and those of its own children that it waited for, become ours. */
static void inherit_accounts(struct task_struct *p)
{
	struct signal_struct *sig = p->signal, *psig = current->signal;
	unsigned long maxrss;
	u64 utime, stime;

	thread_group_cputime_adjusted(p, &utime, &stime);
	write_seqlock_irq(&psig->stats_lock);
	psig->cutime += utime + sig->cutime;
	psig->cstime += stime + sig->cstime;
	psig->cgtime += p->gtime + sig->gtime + sig->cgtime;
	psig->cmin_flt += p->min_flt + sig->min_flt + sig->cmin_flt;
	psig->cmaj_flt += p->maj_flt + sig->maj_flt + sig->cmaj_flt;
	psig->cnvcsw += p->nvcsw + sig->nvcsw + sig->cnvcsw;
	psig->cnivcsw += p->nivcsw + sig->nivcsw + sig->cnivcsw;
	psig->cinblock += p->inblock + sig->inblock + sig->cinblock;
	psig->coublock += p->oublock + sig->oublock + sig->coublock;
	maxrss = max(sig->maxrss, sig->cmaxrss);
	if (psig->cmaxrss < maxrss)
		psig->cmaxrss = maxrss;
	task_io_accounting_add(&psig->ioac, &p->ioac);
	task_io_accounting_add(&psig->ioac, &sig->ioac);
	write_sequnlock_irq(&psig->stats_lock);
}

/*
 * The tracer has seen the end of a process that somebody else is to wait for as well: that one's
 * turn. Return: true if it doesn't want to, so that the release is ours.
 */
static bool hand_to_parent(struct task_struct *p)
{
	int state = EXIT_ZOMBIE;

	write_lock_irq(&tasklist_lock);
	ptrace_unlink_locked(p);
	if (do_notify_parent(p, p->exit_signal))
		state = EXIT_DEAD;
	p->exit_state = state;
	write_unlock_irq(&tasklist_lock);
	return state == EXIT_DEAD;
}

/* A zombie. The lock is dropped if the result isn't 0. */
static int wait_task_zombie(struct wait_opts *wo, struct task_struct *p)
{
	uid_t uid = from_kuid_munged(current_user_ns(), task_uid(p));
	pid_t pid = task_pid_vnr(p);
	int status, state;

	if (!(wo->flags & WEXITED))
		return 0;
	if (unlikely(wo->flags & WNOWAIT)) {
		status = p->signal->flags & SIGNAL_GROUP_EXIT ? p->signal->group_exit_code :
								p->exit_code;
		get_task_struct(p);
		read_unlock(&tasklist_lock);
		if (wo->rusage)
			getrusage(p, RUSAGE_BOTH, wo->rusage);
		put_task_struct(p);
		fill_exit_info(wo, pid, uid, status);
		return pid;
	}
	/* Other threads may be here with the same child: it is one's. */
	state = ptrace_reparented(p) && thread_group_leader(p) ? EXIT_TRACE : EXIT_DEAD;
	if (cmpxchg(&p->exit_state, EXIT_ZOMBIE, state) != EXIT_ZOMBIE)
		return 0;
	read_unlock(&tasklist_lock);
	__set_current_state(TASK_RUNNING);	/* no sleep for this wait any more */

	if (wo->rusage)
		getrusage(p, RUSAGE_BOTH, wo->rusage);
	/* A thread's times are its process', and a traced process' are its parent's to inherit. */
	if (state == EXIT_DEAD && thread_group_leader(p))
		inherit_accounts(p);
	status = p->signal->flags & SIGNAL_GROUP_EXIT ? p->signal->group_exit_code : p->exit_code;
	wo->stat = status;
	fill_exit_info(wo, pid, uid, status);
	if (state == EXIT_DEAD || hand_to_parent(p))
		release_task(p);
	return pid;
}

/* Tells what was taken under siglock of a child that lives. Drops the lock. */
static pid_t tell_living(struct wait_opts *wo, struct task_struct *p, uid_t uid, int cause,
			 int status)
{
	pid_t pid = task_pid_vnr(p);

	get_task_struct(p);
	read_unlock(&tasklist_lock);
	__set_current_state(TASK_RUNNING);
	if (wo->rusage)
		getrusage(p, RUSAGE_BOTH, wo->rusage);
	put_task_struct(p);
	fill_info(wo, pid, uid, cause, status);
	return pid;
}

/*
 * Where the code of a stop is, if there is one: the thread's own, for its tracer; else the
 * process'. With siglock to be sure.
 */
static int *stop_code(struct task_struct *p, bool ptrace)
{
	if (ptrace) {
		if (task_is_traced(p) && !(READ_ONCE(p->jobctl) & JOBCTL_LISTENING))
			return &p->exit_code;
	} else if (READ_ONCE(p->signal->flags) & SIGNAL_STOP_STOPPED) {
		return &p->signal->group_exit_code;
	}
	return NULL;
}

static int wait_task_stopped(struct wait_opts *wo, struct task_struct *p, bool ptrace)
{
	int *code, exit_code = 0;
	uid_t uid;

	/* A tracer needn't ask for it. */
	if ((!ptrace && !(wo->flags & WUNTRACED)) || !stop_code(p, ptrace))
		return 0;
	spin_lock_irq(&locked_sighand(p)->siglock);
	/* It may have gone on meanwhile, or somebody else have been told. */
	code = stop_code(p, ptrace);
	if (code)
		exit_code = *code;
	if (exit_code && !(wo->flags & WNOWAIT))
		*code = 0;
	uid = from_kuid_munged(current_user_ns(), task_uid(p));
	spin_unlock_irq(&locked_sighand(p)->siglock);
	if (!exit_code)
		return 0;
	wo->stat = (exit_code << 8) | 0x7f;
	return tell_living(wo, p, uid, ptrace ? CLD_TRAPPED : CLD_STOPPED, exit_code);
}

static int wait_task_continued(struct wait_opts *wo, struct task_struct *p)
{
	struct signal_struct *sig = p->signal;
	bool continued;
	uid_t uid;

	if (!(wo->flags & WCONTINUED) || !(READ_ONCE(sig->flags) & SIGNAL_STOP_CONTINUED))
		return 0;
	spin_lock_irq(&locked_sighand(p)->siglock);
	continued = sig->flags & SIGNAL_STOP_CONTINUED;
	if (continued && !(wo->flags & WNOWAIT))
		sig->flags &= ~SIGNAL_STOP_CONTINUED;
	uid = from_kuid_munged(current_user_ns(), task_uid(p));
	spin_unlock_irq(&locked_sighand(p)->siglock);
	if (!continued)
		return 0;
	wo->stat = 0xffff;
	return tell_living(wo, p, uid, CLD_CONTINUED, SIGCONT);
}

/* ---- looking for one ---- */

/*
 * Return: 0 if this child has nothing to tell; else its pid or an errno, and the lock is dropped.
 * @ptrace: we look as its tracer
 */
static int wait_consider_task(struct wait_opts *wo, struct task_struct *p, bool ptrace)
{
	int exit_state = READ_ONCE(p->exit_state), ret;

	if (exit_state == EXIT_DEAD || !eligible_child(wo, p, ptrace))
		return 0;
	if (unlikely(exit_state == EXIT_TRACE)) {
		/* Its tracer is about to hand it to us. */
		if (!ptrace)
			wo->notask_error = 0;
		return 0;
	}
	/* Our own child, traced by us: once is enough, and as the tracer we see more. */
	if (!ptrace && unlikely(p->ptrace) && !ptrace_reparented(p))
		ptrace = true;

	if (exit_state == EXIT_ZOMBIE) {
		if (!delay_group_leader(p) && (ptrace || likely(!p->ptrace))) {
			wo->notask_error = 0;
			return wait_task_zombie(wo, p);
		}
		/*
		 * The leader has ended before its other threads, or the tracer comes first. The
		 * process may stop and go on, and its end will come; not so a tracer's thread.
		 */
		if (!ptrace || (wo->flags & (WCONTINUED | WEXITED)))
			wo->notask_error = 0;
	} else {
		wo->notask_error = 0;
	}
	ret = wait_task_stopped(wo, p, ptrace);
	return ret ? ret : wait_task_continued(wo, p);
}

/* The children that a thread has made, then those that it traces. */
static int wait_children_of(struct wait_opts *wo, struct task_struct *tsk)
{
	struct task_struct *p;
	int ret;

	list_for_each_entry(p, &tsk->children, sibling) {
		ret = wait_consider_task(wo, p, false);
		if (ret)
			return ret;
	}
	list_for_each_entry(p, &tsk->ptraced, ptrace_entry) {
		ret = wait_consider_task(wo, p, true);
		if (ret)
			return ret;
	}
	return 0;
}

/* Is @parent us, as far as this wait goes? */
static bool is_us(const struct wait_opts *wo, struct task_struct *parent)
{
	return current == parent ||
	       (!(wo->flags & __WNOTHREAD) && same_thread_group(current, parent));
}

#define under_tasklist(p)	rcu_dereference_protected(p, lockdep_is_held(&tasklist_lock))

/* One task by its pid, found without a walk: a process that is our child, or what we trace. */
static int wait_for_pid(struct wait_opts *wo)
{
	struct task_struct *p = pid_task(wo->pid, PIDTYPE_TGID);
	int ret;

	if (p && is_us(wo, under_tasklist(p->real_parent))) {
		ret = wait_consider_task(wo, p, false);
		if (ret)
			return ret;
	}
	p = pid_task(wo->pid, PIDTYPE_PID);
	if (p && p->ptrace && is_us(wo, under_tasklist(p->parent)))
		return wait_consider_task(wo, p, true);
	return 0;
}

static int wait_for_any(struct wait_opts *wo)
{
	struct task_struct *t;
	int ret;

	if (wo->flags & __WNOTHREAD)
		return wait_children_of(wo, current);
	for_each_thread(current, t) {
		ret = wait_children_of(wo, t);
		if (ret)
			return ret;
	}
	return 0;
}

/* One look at all. Return: pid, errno; 0 with WNOHANG; -ERESTARTSYS: nothing yet, sleep. */
static long __do_wait(struct wait_opts *wo)
{
	long ret;

	wo->notask_error = -ECHILD;
	if (wo->type < PIDTYPE_MAX && (!wo->pid || !pid_has_task(wo->pid, wo->type)))
		return -ECHILD;
	read_lock(&tasklist_lock);
	ret = wo->type == PIDTYPE_PID ? wait_for_pid(wo) : wait_for_any(wo);
	if (ret)
		return ret;
	read_unlock(&tasklist_lock);
	if (!wo->notask_error && !(wo->flags & WNOHANG))
		return -ERESTARTSYS;
	return wo->notask_error;
}

/* Wakes only who waits for such a child. @key is the child. */
static int child_wait_callback(wait_queue_entry_t *wait, unsigned int mode, int sync, void *key)
{
	struct wait_opts *wo = container_of(wait, struct wait_opts, entry);
	struct task_struct *p = key;

	if (!eligible_pid(wo, p))
		return 0;
	if ((wo->flags & __WNOTHREAD) && wait->private != rcu_access_pointer(p->parent))
		return 0;
	return default_wake_function(wait, mode, sync, key);
}

/**
 * __wake_up_parent - a child has something to tell
 * @p: the child
 * @parent: who may wait for it
 *
 * Context: tasklist_lock held.
 */
void __wake_up_parent(struct task_struct *p, struct task_struct *parent)
{
	__wake_up_sync_key(&parent->signal->wait_chldexit, TASK_INTERRUPTIBLE, p);
}

static long do_wait(struct wait_opts *wo)
{
	long ret;

	init_waitqueue_func_entry(&wo->entry, child_wait_callback);
	wo->entry.private = current;
	add_wait_queue(&current->signal->wait_chldexit, &wo->entry);
	for (;;) {
		set_current_state(TASK_INTERRUPTIBLE);
		ret = __do_wait(wo);
		if (ret != -ERESTARTSYS || signal_pending(current))
			break;
		schedule();
	}
	__set_current_state(TASK_RUNNING);
	remove_wait_queue(&current->signal->wait_chldexit, &wo->entry);
	return ret;
}

/* ---- the calls ---- */

#define WAITID_OPTIONS	(WNOHANG | WNOWAIT | WEXITED | WSTOPPED | WCONTINUED | \
			 __WNOTHREAD | __WCLONE | __WALL)
#define WAIT4_OPTIONS	(WNOHANG | WUNTRACED | WCONTINUED | __WNOTHREAD | __WCLONE | __WALL)

/* Whom waitid() means; *pid gets a reference. */
static int waitid_whom(struct wait_opts *wo, int which, pid_t upid, unsigned int *f_flags)
{
	wo->pid = NULL;
	switch (which) {
	case P_ALL:
		wo->type = PIDTYPE_MAX;
		return 0;
	case P_PID:
		if (upid <= 0)
			return -EINVAL;
		wo->type = PIDTYPE_PID;
		wo->pid = find_get_pid(upid);
		return 0;
	case P_PGID:
		if (upid < 0)
			return -EINVAL;
		wo->type = PIDTYPE_PGID;
		wo->pid = upid ? find_get_pid(upid) : get_task_pid(current, PIDTYPE_PGID);
		return 0;
	case P_PIDFD:
		if (upid < 0)
			return -EINVAL;
		wo->type = PIDTYPE_PID;
		wo->pid = pidfd_get_pid(upid, f_flags);
		if (IS_ERR(wo->pid)) {
			long err = PTR_ERR(wo->pid);

			wo->pid = NULL;
			return err;
		}
		return 0;
	default:
		return -EINVAL;
	}
}

static long kernel_waitid(int which, pid_t upid, struct waitid_info *info, int options,
			  struct rusage *ru)
{
	struct wait_opts wo = { .info = info, .rusage = ru };
	unsigned int f_flags = 0;
	long ret;

	if ((unsigned int)options & ~WAITID_OPTIONS)
		return -EINVAL;
	if (!(options & (WEXITED | WSTOPPED | WCONTINUED)))
		return -EINVAL;
	ret = waitid_whom(&wo, which, upid, &f_flags);
	if (ret)
		return ret;
	wo.flags = options;
	if (f_flags & O_NONBLOCK)
		wo.flags |= WNOHANG;
	ret = do_wait(&wo);
	if (!ret && !(options & WNOHANG) && (f_flags & O_NONBLOCK))
		ret = -EAGAIN;
	put_pid(wo.pid);
	return ret;
}

/* Only these members are waitid()'s; the rest of the user's siginfo is left alone. */
static int put_waitid_info(struct siginfo __user *infop, const struct waitid_info *info, int signo)
{
	if (put_user(signo, user_field(infop, si_signo)) ||
	    put_user(0, user_field(infop, si_errno)) ||
	    put_user(info->cause, user_field(infop, si_code)) ||
	    put_user(info->pid, user_field(infop, _sifields._sigchld._pid)) ||
	    put_user(info->uid, user_field(infop, _sifields._sigchld._uid)) ||
	    put_user(info->status, user_field(infop, _sifields._sigchld._status)))
		return -EFAULT;
	return 0;
}

/* waitid(2) */
SYSCALL_DEFINE5(waitid, int, which, pid_t, upid, struct siginfo __user *, infop, int, options,
		struct rusage __user *, ru)
{
	struct waitid_info info = { };
	struct rusage r;
	int signo = 0;
	long err;

	err = kernel_waitid(which, upid, &info, options, ru ? &r : NULL);
	if (err > 0) {
		signo = SIGCHLD;
		err = 0;
		if (ru && copy_to_user(ru, &r, sizeof(r)))
			return -EFAULT;
	}
	if (!infop || err)
		return err;
	return put_waitid_info(infop, &info, signo);
}

/**
 * kernel_wait4 - wait for a child
 * @upid: a pid; 0: own process group; below -1: a process group; -1: any
 * @stat_addr: user memory for the status, or NULL
 * @options: WNOHANG ...
 * @ru: what it used, or NULL
 *
 * Return: the child's pid, 0 with WNOHANG, -ECHILD, -EINVAL, -ESRCH, -ERESTARTSYS, -EFAULT.
 */
long kernel_wait4(pid_t upid, int __user *stat_addr, int options, struct rusage *ru)
{
	struct wait_opts wo = { .rusage = ru, .flags = options | WEXITED };
	long ret;

	if ((unsigned int)options & ~WAIT4_OPTIONS)
		return -EINVAL;
	/* The one number that has no opposite. */
	if (upid == INT_MIN)
		return -ESRCH;
	if (upid == -1) {
		wo.type = PIDTYPE_MAX;
	} else if (upid < 0) {
		wo.type = PIDTYPE_PGID;
		wo.pid = find_get_pid(-upid);
	} else if (upid == 0) {
		wo.type = PIDTYPE_PGID;
		wo.pid = get_task_pid(current, PIDTYPE_PGID);
	} else {
		wo.type = PIDTYPE_PID;
		wo.pid = find_get_pid(upid);
	}
	ret = do_wait(&wo);
	put_pid(wo.pid);
	if (ret > 0 && stat_addr && put_user(wo.stat, stat_addr))
		ret = -EFAULT;
	return ret;
}

/**
 * kernel_wait - wait for a child that the kernel made for itself
 * @pid: its number
 * @stat: its status
 *
 * Return: the pid, or a negative errno.
 */
int kernel_wait(pid_t pid, int *stat)
{
	struct wait_opts wo = {
		.type = PIDTYPE_PID,
		.pid = find_get_pid(pid),
		.flags = WEXITED | __WALL,
	};
	int ret = do_wait(&wo);

	if (ret > 0)
		*stat = wo.stat;
	put_pid(wo.pid);
	return ret;
}

/* wait4(2) */
SYSCALL_DEFINE4(wait4, pid_t, upid, int __user *, stat_addr, int, options,
		struct rusage __user *, ru)
{
	struct rusage r;
	long err = kernel_wait4(upid, stat_addr, options, ru ? &r : NULL);

	if (err > 0 && ru && copy_to_user(ru, &r, sizeof(r)))
		return -EFAULT;
	return err;
}
