// SPDX-License-Identifier: MIT
/*
 * Terminals and sessions: which terminal a session has, and which of its process groups may use it.
 *
 *	tty->ctrl.session	the session whose controlling terminal this is
 *	tty->ctrl.pgrp		the group in the foreground: keys' signals go to it
 *	signal->tty		the process's controlling terminal, referenced
 *	signal->tty_old_pgrp	the foreground group at the time when the terminal was given up
 *
 * A session and its terminal belong together one to one. The leader gets it by opening a terminal
 * or TIOCSCTTY; the others of the session find it in signal->tty, which fork() hands on.
 *
 * Lock order: tasklist_lock > siglock > ctrl.lock. signal->tty is written under siglock.
 */

#include <linux/tty.h>

#include <linux/capability.h>
#include <linux/errno.h>
#include <linux/export.h>
#include <linux/fcntl.h>
#include <linux/pid.h>
#include <linux/sched.h>
#include <linux/sched/signal.h>
#include <linux/sched/task.h>
#include <linux/signal.h>
#include <linux/slab.h>
#include <linux/uaccess.h>

#include "tty.h"

static bool is_ignored(int sig)
{
	return sigismember(&current->blocked, sig) ||
	       own_sighand()->action[sig - 1].sa.sa_handler == SIG_IGN;
}

/**
 * __tty_check_change - may current, by its process group, use the terminal?
 * @tty: its
 * @sig: SIGTTIN to read, SIGTTOU to write or change
 *
 * In the background the group gets @sig, which as a rule stops it.
 *
 * Return: 0; -ERESTARTSYS after the signal; -EIO if the signal would do nothing and reading can't
 * be allowed, or nobody could continue the group.
 */
int __tty_check_change(struct tty_struct *tty, int sig)
{
	struct pid *pgrp, *tty_pgrp;
	unsigned long flags;
	int ret = 0;

	/* A kernel thread has no terminal. */
	if (!current->signal || current->signal->tty != tty)
		return 0;
	rcu_read_lock();
	pgrp = task_pgrp(current);
	spin_lock_irqsave(&tty->ctrl.lock, flags);
	tty_pgrp = tty->ctrl.pgrp;
	spin_unlock_irqrestore(&tty->ctrl.lock, flags);

	if (tty_pgrp && pgrp != tty_pgrp) {
		if (is_ignored(sig)) {
			if (sig == SIGTTIN)
				ret = -EIO;
		} else if (is_current_pgrp_orphaned()) {
			ret = -EIO;
		} else {
			kill_pgrp(pgrp, sig, 1);
			set_thread_flag(TIF_SIGPENDING);
			ret = -ERESTARTSYS;
		}
	}
	rcu_read_unlock();
	return ret;
}

/** tty_check_change - __tty_check_change() for who wants to change the terminal */
int tty_check_change(struct tty_struct *tty)
{
	return __tty_check_change(tty, SIGTTOU);
}
EXPORT_SYMBOL(tty_check_change);

/** proc_clear_tty - the process has no controlling terminal (setsid(2)) */
void proc_clear_tty(struct task_struct *p)
{
	struct tty_struct *tty;
	unsigned long flags;

	spin_lock_irqsave(&locked_sighand(p)->siglock, flags);
	tty = p->signal->tty;
	p->signal->tty = NULL;
	spin_unlock_irqrestore(&locked_sighand(p)->siglock, flags);
	tty_kref_put(tty);
}

/* @tty becomes the terminal of current, a session leader, and of its session. siglock is held. */
static void __proc_set_tty(struct tty_struct *tty)
{
	unsigned long flags;

	spin_lock_irqsave(&tty->ctrl.lock, flags);
	/* The session and group it had, if they were taken from it. */
	put_pid(tty->ctrl.session);
	put_pid(tty->ctrl.pgrp);
	tty->ctrl.pgrp = get_pid(task_pgrp(current));
	tty->ctrl.session = get_pid(task_session(current));
	spin_unlock_irqrestore(&tty->ctrl.lock, flags);
	WARN_ON(current->signal->tty);
	current->signal->tty = tty_kref_get(tty);
	put_pid(current->signal->tty_old_pgrp);
	current->signal->tty_old_pgrp = NULL;
}

static void proc_set_tty(struct tty_struct *tty)
{
	spin_lock_irq(&own_sighand()->siglock);
	__proc_set_tty(tty);
	spin_unlock_irq(&own_sighand()->siglock);
}

/* open(2) by a session leader without a terminal, of one without a session. tty is locked. */
void tty_open_proc_set_tty(struct file *filp, struct tty_struct *tty)
{
	if (!current->signal)
		return;		/* a kernel thread */
	read_lock(&tasklist_lock);
	spin_lock_irq(&own_sighand()->siglock);
	/* Not by somebody who can only write: a group that can't read it isn't at it. */
	if (current->signal->leader && !current->signal->tty && !tty->ctrl.session &&
	    filp->f_mode & FMODE_READ)
		__proc_set_tty(tty);
	spin_unlock_irq(&own_sighand()->siglock);
	read_unlock(&tasklist_lock);
}

/** get_current_tty - current's controlling terminal, referenced; NULL */
struct tty_struct *get_current_tty(void)
{
	struct tty_struct *tty;
	unsigned long flags;

	if (!current->signal)
		return NULL;
	spin_lock_irqsave(&own_sighand()->siglock, flags);
	tty = tty_kref_get(current->signal->tty);
	spin_unlock_irqrestore(&own_sighand()->siglock, flags);
	return tty;
}
EXPORT_SYMBOL_GPL(get_current_tty);

/* Nobody of the session has a terminal any more. tasklist_lock is held. */
void session_clear_tty(struct pid *session)
{
	struct task_struct *p;

	do_each_pid_task(session, PIDTYPE_SID, p) {
		proc_clear_tty(p);
	} while_each_pid_task(session, PIDTYPE_SID, p);
}

/* The leader of @tty's session learns of the hangup. How many references its session had. */
static int hangup_session(struct tty_struct *tty, struct pid *session)
{
	struct task_struct *p;
	int refs = 0;

	do_each_pid_task(session, PIDTYPE_SID, p) {
		spin_lock_irq(&locked_sighand(p)->siglock);
		if (p->signal->tty == tty) {
			p->signal->tty = NULL;
			refs++;		/* put by the caller, outside the locks */
		}
		if (!p->signal->leader) {
			spin_unlock_irq(&locked_sighand(p)->siglock);
			continue;
		}
		send_signal_locked(SIGHUP, SEND_SIG_PRIV, p, PIDTYPE_TGID);
		send_signal_locked(SIGCONT, SEND_SIG_PRIV, p, PIDTYPE_TGID);
		put_pid(p->signal->tty_old_pgrp);
		spin_lock(&tty->ctrl.lock);
		p->signal->tty_old_pgrp = get_pid(tty->ctrl.pgrp);
		spin_unlock(&tty->ctrl.lock);
		spin_unlock_irq(&locked_sighand(p)->siglock);
	} while_each_pid_task(session, PIDTYPE_SID, p);
	return refs;
}

/**
 * tty_signal_session_leader - of a hangup: SIGHUP and SIGCONT to the leader of the terminal's
 * session
 * @tty: locked
 * @exit_session: and SIGHUP to the foreground group
 *
 * Return: references to @tty that the caller has to put.
 */
int tty_signal_session_leader(struct tty_struct *tty, int exit_session)
{
	struct pid *tty_pgrp = NULL;
	int refs = 0;

	read_lock(&tasklist_lock);
	if (tty->ctrl.session)
		refs = hangup_session(tty, tty->ctrl.session);
	read_unlock(&tasklist_lock);
	if (exit_session)
		tty_pgrp = tty_get_pgrp(tty);
	if (tty_pgrp) {
		kill_pgrp(tty_pgrp, SIGHUP, exit_session);
		put_pid(tty_pgrp);
	}
	return refs;
}

/* The old foreground group of a leader that lost its terminal long ago is told that it exits. */
static void hangup_old_pgrp(int on_exit)
{
	struct pid *old_pgrp;

	spin_lock_irq(&own_sighand()->siglock);
	old_pgrp = current->signal->tty_old_pgrp;
	current->signal->tty_old_pgrp = NULL;
	spin_unlock_irq(&own_sighand()->siglock);
	if (!old_pgrp)
		return;
	kill_pgrp(old_pgrp, SIGHUP, on_exit);
	kill_pgrp(old_pgrp, SIGCONT, on_exit);
	put_pid(old_pgrp);
}

/* The leader's terminal is not its session's any more; whoever is in front of it gets SIGHUP. */
static void leave_tty(struct tty_struct *tty, int on_exit)
{
	struct pid *pgrp;

	if (on_exit && tty->driver->type != TTY_DRIVER_TYPE_PTY) {
		/* A real line is hung up for good, so that a login may begin anew. */
		tty_vhangup_session(tty);
		return;
	}
	pgrp = tty_get_pgrp(tty);
	if (!pgrp)
		return;
	kill_pgrp(pgrp, SIGHUP, on_exit);
	if (!on_exit)
		kill_pgrp(pgrp, SIGCONT, on_exit);
	put_pid(pgrp);
}

/**
 * disassociate_ctty - current's session gives its terminal up
 * @on_exit: its leader exits; else TIOCNOTTY
 *
 * Context: may sleep. Does nothing unless current leads its session.
 */
void disassociate_ctty(int on_exit)
{
	struct tty_struct *tty;
	unsigned long flags;

	if (!current->signal->leader)
		return;
	tty = get_current_tty();
	if (tty) {
		leave_tty(tty, on_exit);
		tty_kref_put(tty);
	} else if (on_exit) {
		hangup_old_pgrp(on_exit);
		return;
	}

	tty = get_current_tty();	/* unless the hangup took it */
	if (tty) {
		spin_lock_irqsave(&tty->ctrl.lock, flags);
		put_pid(tty->ctrl.session);
		put_pid(tty->ctrl.pgrp);
		tty->ctrl.session = NULL;
		tty->ctrl.pgrp = NULL;
		spin_unlock_irqrestore(&tty->ctrl.lock, flags);
		tty_kref_put(tty);
	}
	spin_lock_irq(&own_sighand()->siglock);
	put_pid(current->signal->tty_old_pgrp);
	current->signal->tty_old_pgrp = NULL;
	spin_unlock_irq(&own_sighand()->siglock);
	read_lock(&tasklist_lock);
	session_clear_tty(task_session(current));
	read_unlock(&tasklist_lock);
}

/** no_tty - current goes on without a terminal */
void no_tty(void)
{
	disassociate_ctty(0);
	proc_clear_tty(current);
}

/** tty_get_pgrp - the foreground group, referenced; NULL */
struct pid *tty_get_pgrp(struct tty_struct *tty)
{
	unsigned long flags;
	struct pid *pgrp;

	spin_lock_irqsave(&tty->ctrl.lock, flags);
	pgrp = get_pid(tty->ctrl.pgrp);
	spin_unlock_irqrestore(&tty->ctrl.lock, flags);
	return pgrp;
}
EXPORT_SYMBOL_GPL(tty_get_pgrp);

/* ---- ioctls ---- */

/* TIOCSCTTY: with @arg 1 and the right to, a terminal is taken from the session that has it. */
static int tiocsctty(struct tty_struct *tty, struct file *file, int arg)
{
	int ret = 0;

	tty_lock(tty);
	read_lock(&tasklist_lock);
	if (current->signal->leader && task_session(current) == tty->ctrl.session)
		goto out;	/* it has it */
	ret = -EPERM;
	if (!current->signal->leader || current->signal->tty)
		goto out;
	if (tty->ctrl.session) {
		if (arg != 1 || !capable(CAP_SYS_ADMIN))
			goto out;
		session_clear_tty(tty->ctrl.session);
	}
	if (!(file->f_mode & FMODE_READ) && !capable(CAP_SYS_ADMIN))
		goto out;
	proc_set_tty(tty);
	ret = 0;
out:
	read_unlock(&tasklist_lock);
	tty_unlock(tty);
	return ret;
}

static int tiocgpgrp(struct tty_struct *tty, struct tty_struct *real_tty, pid_t __user *p)
{
	struct pid *pid;
	int ret;

	/* Of one's own terminal; the master of a pty may ask for its other side's. */
	if (tty == real_tty && current->signal->tty != real_tty)
		return -ENOTTY;
	pid = tty_get_pgrp(real_tty);
	ret = put_user(pid_vnr(pid), p);
	put_pid(pid);
	return ret;
}

/* The session that process group @pgrp is in; NULL. Under rcu_read_lock(). */
static struct pid *session_of_pgrp(struct pid *pgrp)
{
	struct task_struct *p = pid_task(pgrp, PIDTYPE_PGID);
	struct pid *sid = p ? task_session(p) : NULL;

	if (!sid && (p = pid_task(pgrp, PIDTYPE_PID)))
		sid = task_session(p);
	return sid;
}

static int tiocspgrp(struct tty_struct *tty, struct tty_struct *real_tty, pid_t __user *p)
{
	struct pid *pgrp;
	pid_t pgrp_nr;
	int ret = tty_check_change(real_tty);

	if (ret == -EIO)
		return -ENOTTY;
	if (ret)
		return ret;
	if (get_user(pgrp_nr, p))
		return -EFAULT;
	if (pgrp_nr < 0)
		return -EINVAL;

	read_lock(&tasklist_lock);
	spin_lock_irq(&real_tty->ctrl.lock);
	rcu_read_lock();
	ret = -ENOTTY;
	if (!current->signal->tty || current->signal->tty != real_tty ||
	    real_tty->ctrl.session != task_session(current))
		goto out_unlock;
	pgrp = find_vpid(pgrp_nr);
	ret = -ESRCH;
	if (!pgrp)
		goto out_unlock;
	ret = -EPERM;
	if (session_of_pgrp(pgrp) != task_session(current))
		goto out_unlock;
	ret = 0;
	put_pid(real_tty->ctrl.pgrp);
	real_tty->ctrl.pgrp = get_pid(pgrp);
out_unlock:
	rcu_read_unlock();
	spin_unlock_irq(&real_tty->ctrl.lock);
	read_unlock(&tasklist_lock);
	return ret;
}

static int tiocgsid(struct tty_struct *tty, struct tty_struct *real_tty, pid_t __user *p)
{
	unsigned long flags;
	pid_t sid;

	if (tty == real_tty && current->signal->tty != real_tty)
		return -ENOTTY;
	spin_lock_irqsave(&real_tty->ctrl.lock, flags);
	if (!real_tty->ctrl.session) {
		spin_unlock_irqrestore(&real_tty->ctrl.lock, flags);
		return -ENOTTY;
	}
	sid = pid_vnr(real_tty->ctrl.session);
	spin_unlock_irqrestore(&real_tty->ctrl.lock, flags);
	return put_user(sid, p);
}

/* @tty is the file's; @real_tty the same, or a master's other side. */
long tty_jobctrl_ioctl(struct tty_struct *tty, struct tty_struct *real_tty, struct file *file,
		       unsigned int cmd, unsigned long arg)
{
	void __user *p = (void __user *)arg;

	switch (cmd) {
	case TIOCNOTTY:
		if (current->signal->tty != tty)
			return -ENOTTY;
		no_tty();
		return 0;
	case TIOCSCTTY:
		return tiocsctty(real_tty, file, arg);
	case TIOCGPGRP:
		return tiocgpgrp(tty, real_tty, p);
	case TIOCSPGRP:
		return tiocspgrp(tty, real_tty, p);
	case TIOCGSID:
		return tiocgsid(tty, real_tty, p);
	default:
		return -ENOIOCTLCMD;
	}
}
