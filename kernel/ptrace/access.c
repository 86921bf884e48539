// SPDX-License-Identifier: MIT
/*
 * May one task look into another?
 *
 * Reading another's memory, following its links in /proc, taking its descriptors, tracing it: all
 * ask ptrace_may_access(). The rule: all three user and group ids of the target must be the
 * caller's, so that nobody gains by it; the target must be dumpable, that is not have come by its
 * rights through a set-uid file; and the security modules agree, of which commoncap wants the
 * target's capabilities to be a subset of the caller's. CAP_SYS_PTRACE stands in for the first two.
 */

#include "ptrace.h"

#include <linux/capability.h>
#include <linux/cred.h>
#include <linux/errno.h>
#include <linux/export.h>
#include <linux/mm.h>
#include <linux/sched.h>
#include <linux/sched/coredump.h>
#include <linux/sched/mm.h>
#include <linux/sched/signal.h>
#include <linux/sched/task.h>
#include <linux/security.h>

static bool has_ptrace_capability(unsigned int mode)
{
	if (mode & PTRACE_MODE_NOAUDIT)
		return ns_capable_noaudit(&init_user_ns, CAP_SYS_PTRACE);
	return ns_capable(&init_user_ns, CAP_SYS_PTRACE);
}

static bool ids_match(const struct cred *tcred, unsigned int mode)
{
	const struct cred *cred = current_cred();
	kuid_t uid = mode & PTRACE_MODE_FSCREDS ? cred->fsuid : cred->uid;
	kgid_t gid = mode & PTRACE_MODE_FSCREDS ? cred->fsgid : cred->gid;

	return uid_eq(uid, tcred->euid) && uid_eq(uid, tcred->suid) && uid_eq(uid, tcred->uid) &&
	       gid_eq(gid, tcred->egid) && gid_eq(gid, tcred->sgid) && gid_eq(gid, tcred->gid);
}

/* With task_lock(@task), which keeps its address space. */
int __ptrace_may_access(struct task_struct *task, unsigned int mode)
{
	struct mm_struct *mm;
	bool match;

	/* Its own threads share what there is to see. */
	if (same_thread_group(task, current))
		return 0;
	rcu_read_lock();
	match = ids_match(__task_cred(task), mode);
	rcu_read_unlock();
	if (!match && !has_ptrace_capability(mode))
		return -EPERM;
	/* Partner: commit_creds() stores dumpable before the new ids. */
	smp_rmb();
	mm = task->mm;
	if (mm && get_dumpable(mm) != SUID_DUMP_USER && !has_ptrace_capability(mode))
		return -EPERM;
	return security_ptrace_access_check(task, mode);
}

/**
 * ptrace_may_access - may current look into, or change, a task?
 * @task: the task, referenced
 * @mode: PTRACE_MODE_READ or _ATTACH, with _FSCREDS or _REALCREDS
 */
bool ptrace_may_access(struct task_struct *task, unsigned int mode)
{
	int err;

	if (WARN_ON_ONCE(!(mode & PTRACE_MODE_FSCREDS) == !(mode & PTRACE_MODE_REALCREDS)))
		return false;
	task_lock(task);
	err = __ptrace_may_access(task, mode);
	task_unlock(task);
	return !err;
}
EXPORT_SYMBOL(ptrace_may_access);

/**
 * ptrace_access_vm - the memory of a task that current traces
 * @tsk: the task, referenced
 * @addr: user address of its
 * @buf: to or from
 * @len: bytes
 * @gup_flags: FOLL_WRITE to write, FOLL_FORCE past its protection
 *
 * What the program became by an exec since it was attached to (dumpable no more) is not shown,
 * unless the tracer had the right to trace anybody.
 *
 * Context: may sleep. Return: bytes up to the first that can't be accessed.
 */
int ptrace_access_vm(struct task_struct *tsk, unsigned long addr, void *buf, int len,
		     unsigned int gup_flags)
{
	struct mm_struct *mm = get_task_mm(tsk);
	int done = 0;

	if (!mm)
		return 0;
	if (tsk->ptrace && rcu_access_pointer(tsk->parent) == current &&
	    (get_dumpable(mm) == SUID_DUMP_USER || ptracer_capable(tsk, &init_user_ns)))
		done = access_remote_vm(mm, addr, buf, len, gup_flags);
	mmput(mm);
	return done;
}
