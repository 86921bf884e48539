// SPDX-License-Identifier: MIT
/*
 * Waiting for children: wait4(2), waitid(2).
 *
 * A child may have one of three things to tell: that it ended (take_end()), that it stopped
 * (take_stop()), that it goes on (take_continue()). Each is told once (unless WNOWAIT leaves it),
 * to whichever thread of the parent takes it first: a cmpxchg of exit_state for the end, siglock
 * for the others. The one who takes the end releases the child and adds its times to the parent's.
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
 * struct child_wait - one wait call
 * @type: PIDTYPE_MAX: any child; else how @pid is meant
 * @pid: the process or group
 * @flags: W*
 * @info: for waitid(), or NULL
 * @stat: wait4()'s status
 * @rusage: or NULL
 * @entry: on the queue of the process
 * @hope: there is a child that may yet tell something; without one it is -ECHILD
 */
struct child_wait {
	enum pid_type type;
	struct pid *pid;
	unsigned int flags;
	struct waitid_info *info;
	int stat;
	struct rusage *rusage;
	wait_queue_entry_t entry;
	bool hope;
};

/* ---- which children? ---- */

static struct pid *pid_of_type(struct task_struct *task, enum pid_type type)
{
	return type == PIDTYPE_PID ? task_pid(task) : task->signal->pids[type];
}

static bool names_task(const struct child_wait *w, struct task_struct *p)
{
	return w->type == PIDTYPE_MAX || pid_of_type(p, w->type) == w->pid;
}

/* A "clone" child is one that tells of its end by another signal than SIGCHLD, or none. */
static bool wants_task(const struct child_wait *w, struct task_struct *p, bool as_tracer)
{
	bool is_clone = p->exit_signal != SIGCHLD;

	if (!names_task(w, p))
		return false;
	return as_tracer || w->flags & __WALL || is_clone == !!(w->flags & __WCLONE);
}

/* ---- what is told ---- */

static void tell(struct child_wait *w, pid_t pid, uid_t uid, int cause, int status)
{
	if (w->info)
		*w->info = (struct waitid_info){
			.pid = pid, .uid = uid, .status = status, .cause = cause,
		};
}

/* @status as wait4() has it: the signal, whether it dumped core, the exit code. */
static void tell_end(struct child_wait *w, pid_t pid, uid_t uid, int status)
{
	int signal = status & 0x7f;

	if (!signal)
		tell(w, pid, uid, CLD_EXITED, status >> 8);
	else
		tell(w, pid, uid, status & 0x80 ? CLD_DUMPED : CLD_KILLED, signal);
}

static void tell_usage(struct child_wait *w, struct task_struct *p)
{
	if (w->rusage)
		getrusage(p, RUSAGE_BOTH, w->rusage);
}

/* ---- the end ---- */

static int end_status(struct task_struct *p)
{
	return p->signal->flags & SIGNAL_GROUP_EXIT ? p->signal->group_exit_code : p->exit_code;
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

/* WNOWAIT: look at a zombie and leave it there. Drops the lock. */
static pid_t peek_at_end(struct child_wait *w, struct task_struct *p, pid_t pid, uid_t uid)
{
	int status = end_status(p);

	get_task_struct(p);
	read_unlock(&tasklist_lock);
	tell_usage(w, p);
	put_task_struct(p);
	tell_end(w, pid, uid, status);
	return pid;
}

/* A zombie. Return: its pid, the lock is dropped; 0: not for us. */
static pid_t take_end(struct child_wait *w, struct task_struct *p)
{
	uid_t uid = from_kuid_munged(current_user_ns(), task_uid(p));
	pid_t pid = task_pid_vnr(p);
	int state;

	if (!(w->flags & WEXITED))
		return 0;
	if (unlikely(w->flags & WNOWAIT))
		return peek_at_end(w, p, pid, uid);
	/* Other threads may be here with the same child: it is one's. */
	state = ptrace_reparented(p) && thread_group_leader(p) ? EXIT_TRACE : EXIT_DEAD;
	if (cmpxchg(&p->exit_state, EXIT_ZOMBIE, state) != EXIT_ZOMBIE)
		return 0;
	read_unlock(&tasklist_lock);
	__set_current_state(TASK_RUNNING);	/* no sleep for this wait any more */

	tell_usage(w, p);
	/* A thread's times are its process', and a traced process' are its parent's to inherit. */
	if (state == EXIT_DEAD && thread_group_leader(p))
		inherit_accounts(p);
	w->stat = end_status(p);
	tell_end(w, pid, uid, w->stat);
	if (state == EXIT_DEAD || hand_to_parent(p))
		release_task(p);
	return pid;
}

/* ---- stops and continues ---- */

/* Tells what was taken under siglock of a child that lives. Drops the lock. */
static pid_t tell_living(struct child_wait *w, struct task_struct *p, uid_t uid, int cause,
			 int status)
{
	pid_t pid = task_pid_vnr(p);

	get_task_struct(p);
	read_unlock(&tasklist_lock);
	__set_current_state(TASK_RUNNING);
	tell_usage(w, p);
	put_task_struct(p);
	tell(w, pid, uid, cause, status);
	return pid;
}

/*
 * Where the code of a stop is, if there is one: the thread's own, for its tracer; else the
 * process'. With siglock to be sure.
 */
static int *stop_code(struct task_struct *p, bool as_tracer)
{
	if (as_tracer) {
		if (task_is_traced(p) && !(READ_ONCE(p->jobctl) & JOBCTL_LISTENING))
			return &p->exit_code;
	} else if (READ_ONCE(p->signal->flags) & SIGNAL_STOP_STOPPED) {
		return &p->signal->group_exit_code;
	}
	return NULL;
}

/* Return: its pid, the lock is dropped; 0: it doesn't stand still, or somebody else was told. */
static pid_t take_stop(struct child_wait *w, struct task_struct *p, bool as_tracer)
{
	int *code, status = 0;
	uid_t uid;

	/* A tracer needn't ask for it. */
	if ((!as_tracer && !(w->flags & WUNTRACED)) || !stop_code(p, as_tracer))
		return 0;
	spin_lock_irq(&locked_sighand(p)->siglock);
	/* It may have gone on meanwhile. */
	code = stop_code(p, as_tracer);
	if (code)
		status = *code;
	if (status && !(w->flags & WNOWAIT))
		*code = 0;
	uid = from_kuid_munged(current_user_ns(), task_uid(p));
	spin_unlock_irq(&locked_sighand(p)->siglock);
	if (!status)
		return 0;
	w->stat = (status << 8) | 0x7f;
	return tell_living(w, p, uid, as_tracer ? CLD_TRAPPED : CLD_STOPPED, status);
}

/* Return: its pid, the lock is dropped; 0: it was not continued, or somebody else was told. */
static pid_t take_continue(struct child_wait *w, struct task_struct *p)
{
	struct signal_struct *sig = p->signal;
	bool continued;
	uid_t uid;

	if (!(w->flags & WCONTINUED) || !(READ_ONCE(sig->flags) & SIGNAL_STOP_CONTINUED))
		return 0;
	spin_lock_irq(&locked_sighand(p)->siglock);
	continued = sig->flags & SIGNAL_STOP_CONTINUED;
	if (continued && !(w->flags & WNOWAIT))
		sig->flags &= ~SIGNAL_STOP_CONTINUED;
	uid = from_kuid_munged(current_user_ns(), task_uid(p));
	spin_unlock_irq(&locked_sighand(p)->siglock);
	if (!continued)
		return 0;
	w->stat = 0xffff;
	return tell_living(w, p, uid, CLD_CONTINUED, SIGCONT);
}

/* ---- asking one child ---- */

/*
 * A zombie whose end can't be told yet: its leader has ended before its other threads, or the
 * tracer comes first. Its process may stop and go on, and will end; of a mere thread, which is all
 * that a tracer sees, only these two can be hoped for.
 */
static bool zombie_gives_hope(const struct child_wait *w, bool as_tracer)
{
	return !as_tracer || w->flags & (WCONTINUED | WEXITED);
}

/* Return: 0 if it has nothing to tell; else its pid, and tasklist_lock is dropped. */
static pid_t ask_child(struct child_wait *w, struct task_struct *p, bool as_tracer)
{
	int exit_state = READ_ONCE(p->exit_state);
	pid_t pid;

	if (exit_state == EXIT_DEAD || !wants_task(w, p, as_tracer))
		return 0;
	if (unlikely(exit_state == EXIT_TRACE)) {
		/* Its tracer is about to hand it to us. */
		w->hope |= !as_tracer;
		return 0;
	}
	/* Our own child, traced by us: once is enough, and as the tracer we see more. */
	if (unlikely(p->ptrace) && !ptrace_reparented(p))
		as_tracer = true;

	if (exit_state == EXIT_ZOMBIE && !delay_group_leader(p) &&
	    (as_tracer || likely(!p->ptrace))) {
		w->hope = true;
		return take_end(w, p);
	}
	w->hope |= exit_state != EXIT_ZOMBIE || zombie_gives_hope(w, as_tracer);
	pid = take_stop(w, p, as_tracer);
	return pid ? pid : take_continue(w, p);
}

/* ---- asking all ---- */

/* The children that a thread has made, then those that it traces. */
static pid_t ask_children_of(struct child_wait *w, struct task_struct *tsk)
{
	struct task_struct *p;
	pid_t pid;

	list_for_each_entry(p, &tsk->children, sibling) {
		pid = ask_child(w, p, false);
		if (pid)
			return pid;
	}
	list_for_each_entry(p, &tsk->ptraced, ptrace_entry) {
		pid = ask_child(w, p, true);
		if (pid)
			return pid;
	}
	return 0;
}

static pid_t ask_all(struct child_wait *w)
{
	struct task_struct *t;
	pid_t pid;

	if (w->flags & __WNOTHREAD)
		return ask_children_of(w, current);
	for_each_thread(current, t) {
		pid = ask_children_of(w, t);
		if (pid)
			return pid;
	}
	return 0;
}

/* Is @parent us, as far as this wait goes? */
static bool is_us(const struct child_wait *w, struct task_struct *parent)
{
	return current == parent ||
	       (!(w->flags & __WNOTHREAD) && same_thread_group(current, parent));
}

#define under_tasklist(p)	rcu_dereference_protected(p, lockdep_is_held(&tasklist_lock))

/* One task by its pid, found without a walk: a process that is our child, or what we trace. */
static pid_t ask_by_pid(struct child_wait *w)
{
	struct task_struct *p = pid_task(w->pid, PIDTYPE_TGID);
	pid_t pid;

	if (p && is_us(w, under_tasklist(p->real_parent))) {
		pid = ask_child(w, p, false);
		if (pid)
			return pid;
	}
	p = pid_task(w->pid, PIDTYPE_PID);
	if (p && p->ptrace && is_us(w, under_tasklist(p->parent)))
		return ask_child(w, p, true);
	return 0;
}

/* Return: a pid; 0 with WNOHANG; -ECHILD; -ERESTARTSYS: nothing yet, sleep. */
static long ask(struct child_wait *w)
{
	pid_t pid;

	w->hope = false;
	if (w->type < PIDTYPE_MAX && (!w->pid || !pid_has_task(w->pid, w->type)))
		return -ECHILD;
	read_lock(&tasklist_lock);
	pid = w->type == PIDTYPE_PID ? ask_by_pid(w) : ask_all(w);
	if (pid)
		return pid;
	read_unlock(&tasklist_lock);
	if (!w->hope)
		return -ECHILD;
	return w->flags & WNOHANG ? 0 : -ERESTARTSYS;
}

/* ---- sleeping until one tells ---- */

/* Wakes only who waits for such a child. @key is the child. */
static int wake_if_wanted(wait_queue_entry_t *entry, unsigned int mode, int sync, void *key)
{
	struct child_wait *w = container_of(entry, struct child_wait, entry);
	struct task_struct *p = key;

	if (!names_task(w, p))
		return 0;
	if ((w->flags & __WNOTHREAD) && entry->private != rcu_access_pointer(p->parent))
		return 0;
	return default_wake_function(entry, mode, sync, key);
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

static long wait_for_child(struct child_wait *w)
{
	struct wait_queue_head *queue = &current->signal->wait_chldexit;
	long ret;

	init_waitqueue_func_entry(&w->entry, wake_if_wanted);
	w->entry.private = current;
	add_wait_queue(queue, &w->entry);
	for (;;) {
		set_current_state(TASK_INTERRUPTIBLE);
		ret = ask(w);
		if (ret != -ERESTARTSYS || signal_pending(current))
			break;
		schedule();
	}
	__set_current_state(TASK_RUNNING);
	remove_wait_queue(queue, &w->entry);
	return ret;
}

/* ---- the calls ---- */

#define WAITID_OPTIONS	(WNOHANG | WNOWAIT | WEXITED | WSTOPPED | WCONTINUED | \
			 __WNOTHREAD | __WCLONE | __WALL)
#define WAIT4_OPTIONS	(WNOHANG | WUNTRACED | WCONTINUED | __WNOTHREAD | __WCLONE | __WALL)

/* Whom waitid() means; w->pid gets a reference. */
static int waitid_whom(struct child_wait *w, int which, pid_t upid, unsigned int *f_flags)
{
	w->pid = NULL;
	switch (which) {
	case P_ALL:
		w->type = PIDTYPE_MAX;
		return 0;
	case P_PID:
		if (upid <= 0)
			return -EINVAL;
		w->type = PIDTYPE_PID;
		w->pid = find_get_pid(upid);
		return 0;
	case P_PGID:
		if (upid < 0)
			return -EINVAL;
		w->type = PIDTYPE_PGID;
		w->pid = upid ? find_get_pid(upid) : get_task_pid(current, PIDTYPE_PGID);
		return 0;
	case P_PIDFD:
		if (upid < 0)
			return -EINVAL;
		w->type = PIDTYPE_PID;
		w->pid = pidfd_get_pid(upid, f_flags);
		if (IS_ERR(w->pid)) {
			long err = PTR_ERR(w->pid);

			w->pid = NULL;
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
	struct child_wait w = { .info = info, .rusage = ru };
	unsigned int f_flags = 0;
	long ret;

	if ((unsigned int)options & ~WAITID_OPTIONS)
		return -EINVAL;
	if (!(options & (WEXITED | WSTOPPED | WCONTINUED)))
		return -EINVAL;
	ret = waitid_whom(&w, which, upid, &f_flags);
	if (ret)
		return ret;
	w.flags = options;
	if (f_flags & O_NONBLOCK)
		w.flags |= WNOHANG;
	ret = wait_for_child(&w);
	if (!ret && !(options & WNOHANG) && (f_flags & O_NONBLOCK))
		ret = -EAGAIN;
	put_pid(w.pid);
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

/* Whom wait4() means; w->pid gets a reference. */
static void wait4_whom(struct child_wait *w, pid_t upid)
{
	if (upid == -1) {
		w->type = PIDTYPE_MAX;
		return;
	}
	w->type = upid > 0 ? PIDTYPE_PID : PIDTYPE_PGID;
	w->pid = upid ? find_get_pid(abs(upid)) : get_task_pid(current, PIDTYPE_PGID);
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
	struct child_wait w = { .rusage = ru, .flags = options | WEXITED };
	long ret;

	if ((unsigned int)options & ~WAIT4_OPTIONS)
		return -EINVAL;
	/* The one number that has no opposite. */
	if (upid == INT_MIN)
		return -ESRCH;
	wait4_whom(&w, upid);
	ret = wait_for_child(&w);
	put_pid(w.pid);
	if (ret > 0 && stat_addr && put_user(w.stat, stat_addr))
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
	struct child_wait w = {
		.type = PIDTYPE_PID,
		.pid = find_get_pid(pid),
		.flags = WEXITED | __WALL,
	};
	int ret = wait_for_child(&w);

	if (ret > 0)
		*stat = w.stat;
	put_pid(w.pid);
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
