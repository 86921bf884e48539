// SPDX-License-Identifier: MIT
/*
 * Process groups and sessions.
 *
 * A session is what one terminal's user does; it has process groups, the jobs of the shell; a
 * process is in one group and one session. All of it is pids that processes share (signal->pids),
 * under tasklist_lock; see credentials(7).
 */

#include <linux/errno.h>
#include <linux/pid.h>
#include <linux/pid_namespace.h>
#include <linux/rcupdate.h>
#include <linux/sched.h>
#include <linux/sched/signal.h>
#include <linux/sched/task.h>
#include <linux/security.h>
#include <linux/syscalls.h>
#include <linux/tty.h>

/* May current put @p into a group? With tasklist_lock. */
static int may_move(struct task_struct *p)
{
	struct task_struct *leader = current->group_leader;

	if (!thread_group_leader(p))
		return -EINVAL;
	if (same_thread_group(rcu_dereference_protected(p->real_parent, true), leader)) {
		if (task_session(p) != task_session(leader))
			return -EPERM;
		/* Its program is its own master. */
		if (!(p->flags & PF_FORKNOEXEC))
			return -EACCES;
	} else if (p != leader) {
		return -ESRCH;
	}
	return p->signal->leader ? -EPERM : 0;
}

/* The pid of group @pgid, which must exist in current's session unless @p founds it. */
static struct pid *find_group(struct task_struct *p, pid_t pid, pid_t pgid)
{
	struct pid *pgrp = task_pid(p);
	struct task_struct *g;

	if (pgid == pid)
		return pgrp;
	pgrp = find_vpid(pgid);
	g = pid_task(pgrp, PIDTYPE_PGID);
	return g && task_session(g) == task_session(current->group_leader) ? pgrp : NULL;
}

/* setpgid(2): oneself, or a child that hasn't yet called exec. */
SYSCALL_DEFINE2(setpgid, pid_t, pid, pid_t, pgid)
{
	struct task_struct *p;
	struct pid *pgrp;
	int err;

	if (!pid)
		pid = task_pid_vnr(current->group_leader);
	if (!pgid)
		pgid = pid;
	if (pgid < 0)
		return -EINVAL;
	rcu_read_lock();
	write_lock_irq(&tasklist_lock);
	err = -ESRCH;
	p = find_task_by_vpid(pid);
	if (!p)
		goto out;
	err = may_move(p);
	if (err)
		goto out;
	err = -EPERM;
	pgrp = find_group(p, pid, pgid);
	if (!pgrp)
		goto out;
	err = security_task_setpgid(p, pgid);
	if (!err && task_pgrp(p) != pgrp)
		change_pid(p, PIDTYPE_PGID, pgrp);
out:
	write_unlock_irq(&tasklist_lock);
	rcu_read_unlock();
	return err;
}

static int get_group(pid_t pid, enum pid_type type,
		     int (*permitted)(struct task_struct *p))
{
	struct task_struct *p;
	struct pid *group;
	int ret;

	rcu_read_lock();
	p = pid ? find_task_by_vpid(pid) : current;
	group = p ? p->signal->pids[type] : NULL;
	ret = -ESRCH;
	if (group) {
		ret = pid ? permitted(p) : 0;
		if (!ret)
			ret = pid_vnr(group);
	}
	rcu_read_unlock();
	return ret;
}

static int may_get_pgid(struct task_struct *p)
{
	return security_task_getpgid(p);
}

static int may_get_sid(struct task_struct *p)
{
	return security_task_getsid(p);
}

SYSCALL_DEFINE1(getpgid, pid_t, pid)
{
	return get_group(pid, PIDTYPE_PGID, may_get_pgid);
}

SYSCALL_DEFINE0(getpgrp)
{
	return get_group(0, PIDTYPE_PGID, may_get_pgid);
}

SYSCALL_DEFINE1(getsid, pid_t, pid)
{
	return get_group(pid, PIDTYPE_SID, may_get_sid);
}

/* setsid(2): a session of one's own, with a group of one's own, and no terminal. */
SYSCALL_DEFINE0(setsid)
{
	struct task_struct *leader = current->group_leader;
	struct pid *sid = task_pid(leader);
	int err = -EPERM;

	write_lock_irq(&tasklist_lock);
	/* Not who leads a session, nor if others are in a group by our number. */
	if (leader->signal->leader || pid_task(sid, PIDTYPE_PGID))
		goto out;
	leader->signal->leader = 1;
	if (task_session(leader) != sid)
		change_pid(leader, PIDTYPE_SID, sid);
	if (task_pgrp(leader) != sid)
		change_pid(leader, PIDTYPE_PGID, sid);
	proc_clear_tty(leader);
	err = pid_vnr(sid);
out:
	write_unlock_irq(&tasklist_lock);
	return err;
}
