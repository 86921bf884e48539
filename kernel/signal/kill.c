// SPDX-License-Identifier: MIT
/*
 * Who may send a signal to whom, and the system calls that do.
 *
 *	kill(pid > 0)			a process
 *	kill(0), kill(-pgid)		all processes of a group
 *	kill(-1)			all that one may, but init and oneself
 *	tkill, tgkill			a thread
 *	rt_sigqueueinfo and kin		with a siginfo of the sender's making
 *	pidfd_send_signal		whom a file stands for: no race with numbers used again
 *
 * Signal 0 sends nothing and tells whether one might.
 */

#include "signal.h"

#include <linux/capability.h>
#include <linux/cred.h>
#include <linux/export.h>
#include <linux/fdtable.h>
#include <linux/file.h>
#include <linux/fs.h>
#include <linux/pid.h>
#include <linux/proc_fs.h>
#include <linux/sched/task.h>
#include <linux/security.h>
#include <linux/syscalls.h>
#include <uapi/linux/pidfd.h>

/* --- Permission ------------------------------------------------------------------------------ */

static bool kill_ok_by_cred(struct task_struct *t)
{
	const struct cred *cred = current_cred();
	const struct cred *tcred = __task_cred(t);

	return uid_eq(cred->euid, tcred->suid) || uid_eq(cred->euid, tcred->uid) ||
	       uid_eq(cred->uid, tcred->suid) || uid_eq(cred->uid, tcred->uid) ||
	       ns_capable(tcred->user_ns, CAP_KILL);
}

/* Under RCU. */
static int check_kill_permission(int sig, struct kernel_siginfo *info, struct task_struct *t)
{
	if (!valid_signal(sig))
		return -EINVAL;
	/* The kernel needn't ask. */
	if (info != SEND_SIG_NOINFO && (info == SEND_SIG_PRIV || !SI_FROMUSER(info)))
		return 0;
	if (!same_thread_group(current, t) && !kill_ok_by_cred(t)) {
		struct pid *sid;

		/* A shell continues its session's jobs, whoever they have become. */
		if (sig != SIGCONT)
			return -EPERM;
		sid = task_session(t);
		if (sid && sid != task_session(current))
			return -EPERM;
	}
	return security_task_kill(t, info, sig, NULL);
}

/*
 * --- To a task, a group, all ---------------------------------------------------------------------
 */

/**
 * group_send_sig_info - send, if the sender may
 * @sig: the signal; 0 only asks
 * @info: siginfo, SEND_SIG_NOINFO or SEND_SIG_PRIV
 * @p: a task
 * @type: PIDTYPE_PID or what it stands for
 *
 * Return: 0, -EINVAL, -EPERM, -ESRCH, -EAGAIN, or what a security module says.
 */
int group_send_sig_info(int sig, struct kernel_siginfo *info, struct task_struct *p,
			enum pid_type type)
{
	int ret;

	rcu_read_lock();
	ret = check_kill_permission(sig, info, p);
	rcu_read_unlock();
	if (!ret && sig)
		ret = do_send_sig_info(sig, info, p, type);
	return ret;
}

/**
 * __kill_pgrp_info - send to a process group
 * @sig: the signal
 * @info: as for group_send_sig_info()
 * @pgrp: the group; NULL has no members
 *
 * Context: tasklist_lock held: no fork can slip a member past us.
 * Return: 0 if it reached any; else the last errno, -ESRCH without members.
 */
int __kill_pgrp_info(int sig, struct kernel_siginfo *info, struct pid *pgrp)
{
	struct task_struct *p = NULL;
	int ret = -ESRCH;

	do_each_pid_task(pgrp, PIDTYPE_PGID, p) {
		int err = group_send_sig_info(sig, info, p, PIDTYPE_PGID);

		/* One success is a success, whatever happens to the others. */
		if (ret)
			ret = err;
	} while_each_pid_task(pgrp, PIDTYPE_PGID, p);
	return ret;
}

/**
 * kill_pgrp_info - send to a process group
 * @sig: the signal
 * @info: as for group_send_sig_info()
 * @pgrp: the group; NULL has no members
 *
 * Context: any but NMI; takes tasklist_lock for reading.
 * Return: as __kill_pgrp_info(). kill(2).
 */
int kill_pgrp_info(int sig, struct kernel_siginfo *info, struct pid *pgrp)
{
	int ret;

	read_lock(&tasklist_lock);
	ret = __kill_pgrp_info(sig, info, pgrp);
	read_unlock(&tasklist_lock);
	return ret;
}

/**
 * kill_pgrp - send to all of a process group
 * @pid: the group
 * @sig: the signal
 * @priv: from the kernel
 *
 * Return: 0 if one could be sent to; else an errno: -ESRCH, -EPERM.
 */
int kill_pgrp(struct pid *pid, int sig, int priv)
{
	return kill_pgrp_info(sig, priv ? SEND_SIG_PRIV : SEND_SIG_NOINFO, pid);
}
EXPORT_SYMBOL(kill_pgrp);

/**
 * kill_pid_info_type - send to whom a pid stands for
 * @sig: the signal
 * @info: as for group_send_sig_info()
 * @pid: the pid, or NULL
 * @type: PIDTYPE_PID: the thread; PIDTYPE_TGID: its process
 *
 * Return: as group_send_sig_info().
 */
int kill_pid_info_type(int sig, struct kernel_siginfo *info, struct pid *pid, enum pid_type type)
{
	struct task_struct *p;
	int ret;

	for (;;) {
		ret = -ESRCH;
		rcu_read_lock();
		p = pid_task(pid, PIDTYPE_PID);
		if (p)
			ret = group_send_sig_info(sig, info, p, type);
		rcu_read_unlock();
		/* Found and gone at once: exec in a thread has given the pid to another task. */
		if (!p || ret != -ESRCH)
			return ret;
	}
}

/**
 * kill_pid_info - send to the process that a pid stands for
 * @sig: the signal
 * @info: as for group_send_sig_info()
 * @pid: the pid, or NULL
 *
 * Context: any but NMI.
 * Return: as group_send_sig_info(); -ESRCH if there is none. kill(2).
 */
int kill_pid_info(int sig, struct kernel_siginfo *info, struct pid *pid)
{
	return kill_pid_info_type(sig, info, pid, PIDTYPE_TGID);
}

/**
 * kill_pid - send to a process
 * @pid: the process
 * @sig: the signal
 * @priv: from the kernel
 *
 * Return: 0, -ESRCH, -EPERM, -EAGAIN.
 */
int kill_pid(struct pid *pid, int sig, int priv)
{
	return kill_pid_info(sig, priv ? SEND_SIG_PRIV : SEND_SIG_NOINFO, pid);
}
EXPORT_SYMBOL(kill_pid);

static int kill_proc_info(int sig, struct kernel_siginfo *info, pid_t nr)
{
	int ret;

	rcu_read_lock();
	ret = kill_pid_info(sig, info, find_vpid(nr));
	rcu_read_unlock();
	return ret;
}

/* kill(-1): every process but init and ours. */
static int kill_everyone(int sig, struct kernel_siginfo *info)
{
	struct task_struct *p;
	bool any = false;
	int ret = 0;

	for_each_process(p) {
		int err;

		if (task_pid_nr(p) <= 1 || same_thread_group(p, current))
			continue;
		err = group_send_sig_info(sig, info, p, PIDTYPE_MAX);
		any = true;
		/* Those whom we may not touch don't count. */
		if (err != -EPERM)
			ret = err;
	}
	return any ? ret : -ESRCH;
}

static int kill_something_info(int sig, struct kernel_siginfo *info, pid_t pid)
{
	int ret;

	if (pid > 0)
		return kill_proc_info(sig, info, pid);
	/* Its negation is no number. */
	if (pid == INT_MIN)
		return -ESRCH;
	read_lock(&tasklist_lock);
	if (pid == -1)
		ret = kill_everyone(sig, info);
	else
		ret = __kill_pgrp_info(sig, info, pid ? find_vpid(-pid) : task_pgrp(current));
	read_unlock(&tasklist_lock);
	return ret;
}

/*
 * --- System calls
 * ----------------------------------------------------------------------------------
 */

static void prepare_kill_siginfo(int sig, struct kernel_siginfo *info, enum pid_type type)
{
	clear_siginfo(info);
	info->si_signo = sig;
	info->si_code = type == PIDTYPE_PID ? SI_TKILL : SI_USER;
	info->si_pid = task_tgid_vnr(current);
	info->si_uid = from_kuid_munged(&init_user_ns, current_uid());
}

/* kill(2) */
SYSCALL_DEFINE2(kill, pid_t, pid, int, sig)
{
	struct kernel_siginfo info;

	prepare_kill_siginfo(sig, &info, PIDTYPE_TGID);
	return kill_something_info(sig, &info, pid);
}

/* To thread @pid, if its process is @tgid or @tgid is 0. */
static int do_send_specific(pid_t tgid, pid_t pid, int sig, struct kernel_siginfo *info)
{
	struct task_struct *p;
	int ret = -ESRCH;

	rcu_read_lock();
	p = find_task_by_vpid(pid);
	if (p && (tgid <= 0 || task_tgid_vnr(p) == tgid)) {
		ret = check_kill_permission(sig, info, p);
		/* A thread that has just exited was there a moment ago: that is a success. */
		if (!ret && sig) {
			ret = do_send_sig_info(sig, info, p, PIDTYPE_PID);
			if (unlikely(ret == -ESRCH))
				ret = 0;
		}
	}
	rcu_read_unlock();
	return ret;
}

static int do_tkill(pid_t tgid, pid_t pid, int sig)
{
	struct kernel_siginfo info;

	prepare_kill_siginfo(sig, &info, PIDTYPE_PID);
	return do_send_specific(tgid, pid, sig, &info);
}

/* tgkill(2) */
SYSCALL_DEFINE3(tgkill, pid_t, tgid, pid_t, pid, int, sig)
{
	if (pid <= 0 || tgid <= 0)
		return -EINVAL;
	return do_tkill(tgid, pid, sig);
}

/* tkill(2) */
SYSCALL_DEFINE2(tkill, pid_t, pid, int, sig)
{
	if (pid <= 0)
		return -EINVAL;
	return do_tkill(0, pid, sig);
}

/* Only to oneself may one pretend that the kernel, or kill(), sent it. */
static bool may_claim(const struct kernel_siginfo *info, bool to_self)
{
	return to_self || (info->si_code < 0 && info->si_code != SI_TKILL);
}

/* rt_sigqueueinfo(2) */
SYSCALL_DEFINE3(rt_sigqueueinfo, pid_t, pid, int, sig, struct siginfo __user *, uinfo)
{
	kernel_siginfo_t info;
	int ret = copy_siginfo_from_user_as(&info, sig, uinfo);

	if (ret)
		return ret;
	if (!may_claim(&info, task_pid_vnr(current) == pid))
		return -EPERM;
	return kill_proc_info(sig, &info, pid);
}

/* rt_tgsigqueueinfo(2) */
SYSCALL_DEFINE4(rt_tgsigqueueinfo, pid_t, tgid, pid_t, pid, int, sig, struct siginfo __user *,
		uinfo)
{
	kernel_siginfo_t info;
	int ret = copy_siginfo_from_user_as(&info, sig, uinfo);

	if (ret)
		return ret;
	if (pid <= 0 || tgid <= 0)
		return -EINVAL;
	if (!may_claim(&info, task_pid_vnr(current) == pid))
		return -EPERM;
	return do_send_specific(tgid, pid, sig, &info);
}

#define PIDFD_SEND_SIGNAL_FLAGS	(PIDFD_SIGNAL_THREAD | PIDFD_SIGNAL_THREAD_GROUP | \
				 PIDFD_SIGNAL_PROCESS_GROUP)

/* Whom the flags, or without any the way the pidfd was opened, mean. */
static enum pid_type pidfd_signal_type(const struct file *file, unsigned int flags)
{
	switch (flags) {
	case PIDFD_SIGNAL_THREAD:
		return PIDTYPE_PID;
	case PIDFD_SIGNAL_THREAD_GROUP:
		return PIDTYPE_TGID;
	case PIDFD_SIGNAL_PROCESS_GROUP:
		return PIDTYPE_PGID;
	default:
		return file->f_flags & PIDFD_THREAD ? PIDTYPE_PID : PIDTYPE_TGID;
	}
}

static int pidfd_siginfo(kernel_siginfo_t *kinfo, int sig, struct siginfo __user *info,
			 struct pid *pid, enum pid_type type)
{
	int ret;

	if (!info) {
		prepare_kill_siginfo(sig, kinfo, type);
		return 0;
	}
	ret = copy_siginfo_from_user(kinfo, info);
	if (ret)
		return ret;
	if (sig != kinfo->si_signo)
		return -EINVAL;
	if (!may_claim(kinfo, task_pid(current) == pid && type <= PIDTYPE_TGID))
		return -EPERM;
	return 0;
}

/* pidfd_send_signal(2) */
SYSCALL_DEFINE4(pidfd_send_signal, int, pidfd, int, sig, struct siginfo __user *, info,
		unsigned int, flags)
{
	kernel_siginfo_t kinfo;
	enum pid_type type;
	struct pid *pid;
	struct fd f;
	int ret;

	if (flags & ~PIDFD_SEND_SIGNAL_FLAGS)
		return -EINVAL;
	/* At most one of them. */
	if (hweight32(flags) > 1)
		return -EINVAL;
	f = fdget(pidfd);
	if (!fd_file(f))
		return -EBADF;
	pid = pidfd_pid(fd_file(f));
	if (IS_ERR(pid))
		pid = tgid_pidfd_to_pid(fd_file(f));
	ret = PTR_ERR_OR_ZERO(pid);
	if (ret)
		goto out;
	type = pidfd_signal_type(fd_file(f), flags);
	ret = pidfd_siginfo(&kinfo, sig, info, pid, type);
	if (ret)
		goto out;
	if (type == PIDTYPE_PGID)
		ret = kill_pgrp_info(sig, &kinfo, pid);
	else
		ret = kill_pid_info_type(sig, &kinfo, pid, type);
out:
	fdput(f);
	return ret;
}
