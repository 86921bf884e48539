// SPDX-License-Identifier: MIT
/*
 * Limits and accounts of processes: prlimit64(2) and its elders, getrusage(2), times(2).
 *
 * The limits are the process's, in signal->rlim, under task_lock of the group leader. They are read
 * without it: a limit is one word each way, and who is checked against an old one was checked in
 * time.
 */

#include <linux/capability.h>
#include <linux/cred.h>
#include <linux/errno.h>
#include <linux/file.h>
#include <linux/jiffies.h>
#include <linux/mm.h>
#include <linux/nospec.h>
#include <linux/pid.h>
#include <linux/posix-timers.h>
#include <linux/resource.h>
#include <linux/sched.h>
#include <linux/sched/cputime.h>
#include <linux/sched/mm.h>
#include <linux/sched/signal.h>
#include <linux/sched/task.h>
#include <linux/security.h>
#include <linux/string.h>
#include <linux/syscalls.h>
#include <linux/uaccess.h>
#include <uapi/linux/times.h>

/* ---- limits ---- */

static int check_new_limit(struct task_struct *tsk, unsigned int resource,
			   const struct rlimit *old, struct rlimit *new)
{
	if (new->rlim_cur > new->rlim_max)
		return -EINVAL;
	if (resource == RLIMIT_NOFILE && new->rlim_max > sysctl_nr_open)
		return -EPERM;
	if (new->rlim_max > old->rlim_max && !capable(CAP_SYS_RESOURCE))
		return -EPERM;
	return security_task_setrlimit(tsk, resource, new);
}

/**
 * do_prlimit - read and change a limit
 * @tsk: whose process; current, or referenced
 * @resource: RLIMIT_*
 * @new: to be set, or NULL
 * @old: gets what was before, or NULL
 *
 * Return: 0, -EINVAL, -EPERM, or what a security module said.
 */
static int do_prlimit(struct task_struct *tsk, unsigned int resource, struct rlimit *new,
		      struct rlimit *old)
{
	struct rlimit *rlim;
	int err = 0;

	if (resource >= RLIM_NLIMITS)
		return -EINVAL;
	resource = array_index_nospec(resource, RLIM_NLIMITS);
	rlim = tsk->signal->rlim + resource;
	task_lock(tsk->group_leader);
	if (new)
		err = check_new_limit(tsk, resource, rlim, new);
	if (!err) {
		if (old)
			*old = *rlim;
		if (new)
			*rlim = *new;
	}
	task_unlock(tsk->group_leader);
	/* This limit is a timer. */
	if (!err && new && resource == RLIMIT_CPU && new->rlim_cur != RLIM_INFINITY)
		update_rlimit_cpu(tsk, new->rlim_cur);
	return err;
}

SYSCALL_DEFINE2(getrlimit, unsigned int, resource, struct rlimit __user *, rlim)
{
	struct rlimit value;
	int err = do_prlimit(current, resource, NULL, &value);

	if (err)
		return err;
	return copy_to_user(rlim, &value, sizeof(value)) ? -EFAULT : 0;
}

SYSCALL_DEFINE2(setrlimit, unsigned int, resource, struct rlimit __user *, rlim)
{
	struct rlimit new;

	if (copy_from_user(&new, rlim, sizeof(new)))
		return -EFAULT;
	return do_prlimit(current, resource, &new, NULL);
}

/* Whose limits may one see and change: one's own, those of a process with the same ids. */
static int check_prlimit_permission(struct task_struct *task, unsigned int flags)
{
	const struct cred *cred = current_cred(), *tcred;
	bool same;
	int err;

	if (current == task)
		return 0;
	rcu_read_lock();
	tcred = __task_cred(task);
	same = uid_eq(cred->uid, tcred->euid) && uid_eq(cred->uid, tcred->suid) &&
	       uid_eq(cred->uid, tcred->uid) && gid_eq(cred->gid, tcred->egid) &&
	       gid_eq(cred->gid, tcred->sgid) && gid_eq(cred->gid, tcred->gid);
	if (same || ns_capable(tcred->user_ns, CAP_SYS_RESOURCE))
		err = security_task_prlimit(cred, tcred, flags);
	else
		err = -EPERM;
	rcu_read_unlock();
	return err;
}

SYSCALL_DEFINE4(prlimit64, pid_t, pid, unsigned int, resource,
		const struct rlimit64 __user *, new_rlim, struct rlimit64 __user *, old_rlim)
{
	struct rlimit64 new64, old64;
	struct rlimit old, new;
	struct task_struct *tsk;
	int err;

	if (new_rlim) {
		if (copy_from_user(&new64, new_rlim, sizeof(new64)))
			return -EFAULT;
		/* Both are 64 bits wide, and infinity is all ones in both. */
		new.rlim_cur = new64.rlim_cur;
		new.rlim_max = new64.rlim_max;
	}
	rcu_read_lock();
	tsk = pid ? find_task_by_vpid(pid) : current;
	if (tsk)
		get_task_struct(tsk);
	rcu_read_unlock();
	if (!tsk)
		return -ESRCH;
	err = check_prlimit_permission(tsk, (old_rlim ? 1 : 0) | (new_rlim ? 2 : 0));
	if (!err)
		err = do_prlimit(tsk, resource, new_rlim ? &new : NULL, old_rlim ? &old : NULL);
	put_task_struct(tsk);
	if (err || !old_rlim)
		return err;
	old64.rlim_cur = old.rlim_cur;
	old64.rlim_max = old.rlim_max;
	return copy_to_user(old_rlim, &old64, sizeof(old64)) ? -EFAULT : 0;
}

/* ---- accounts ---- */

static struct __kernel_old_timeval ns_to_old_timeval(u64 ns)
{
	struct __kernel_old_timeval tv;

	tv.tv_sec = ns / NSEC_PER_SEC;
	tv.tv_usec = ns % NSEC_PER_SEC / NSEC_PER_USEC;
	return tv;
}

static void add_thread(struct task_struct *t, struct rusage *r)
{
	r->ru_nvcsw += t->nvcsw;
	r->ru_nivcsw += t->nivcsw;
	r->ru_minflt += t->min_flt;
	r->ru_majflt += t->maj_flt;
	r->ru_inblock += t->inblock;
	r->ru_oublock += t->oublock;
}

static void add_children(struct signal_struct *sig, struct rusage *r, u64 *utime, u64 *stime,
			 unsigned long *maxrss)
{
	*utime += sig->cutime;
	*stime += sig->cstime;
	r->ru_nvcsw += sig->cnvcsw;
	r->ru_nivcsw += sig->cnivcsw;
	r->ru_minflt += sig->cmin_flt;
	r->ru_majflt += sig->cmaj_flt;
	r->ru_inblock += sig->cinblock;
	r->ru_oublock += sig->coublock;
	*maxrss = max(*maxrss, sig->cmaxrss);
}

/* The living threads, and what the dead ones left. */
static void add_process(struct task_struct *p, struct rusage *r, u64 *utime, u64 *stime,
			unsigned long *maxrss)
{
	struct signal_struct *sig = p->signal;
	u64 tgutime, tgstime;
	struct task_struct *t;

	thread_group_cputime_adjusted(p, &tgutime, &tgstime);
	*utime += tgutime;
	*stime += tgstime;
	r->ru_nvcsw += sig->nvcsw;
	r->ru_nivcsw += sig->nivcsw;
	r->ru_minflt += sig->min_flt;
	r->ru_majflt += sig->maj_flt;
	r->ru_inblock += sig->inblock;
	r->ru_oublock += sig->oublock;
	*maxrss = max(*maxrss, sig->maxrss);
	rcu_read_lock();
	for_each_thread(p, t)
		add_thread(t, r);
	rcu_read_unlock();
}

/**
 * getrusage - what a process has used
 * @p: the process, or thread
 * @who: RUSAGE_SELF, _CHILDREN, _BOTH or _THREAD (of current)
 * @r: the result
 *
 * Context: may sleep.
 */
void getrusage(struct task_struct *p, int who, struct rusage *r)
{
	unsigned long maxrss = 0;
	struct mm_struct *mm;
	u64 utime = 0, stime = 0;

	memset(r, 0, sizeof(*r));
	if (who == RUSAGE_THREAD) {
		task_cputime_adjusted(current, &utime, &stime);
		add_thread(p, r);
		maxrss = p->signal->maxrss;
	}
	if (who == RUSAGE_CHILDREN || who == RUSAGE_BOTH)
		add_children(p->signal, r, &utime, &stime, &maxrss);
	if (who == RUSAGE_SELF || who == RUSAGE_BOTH)
		add_process(p, r, &utime, &stime, &maxrss);
	r->ru_utime = ns_to_old_timeval(utime);
	r->ru_stime = ns_to_old_timeval(stime);
	if (who != RUSAGE_CHILDREN) {
		mm = get_task_mm(p);
		if (mm) {
			maxrss = max(maxrss, get_mm_hiwater_rss(mm));
			mmput(mm);
		}
	}
	r->ru_maxrss = maxrss * (PAGE_SIZE / 1024);
}

SYSCALL_DEFINE2(getrusage, int, who, struct rusage __user *, ru)
{
	struct rusage r;

	if (who != RUSAGE_SELF && who != RUSAGE_CHILDREN && who != RUSAGE_THREAD)
		return -EINVAL;
	getrusage(current, who, &r);
	return copy_to_user(ru, &r, sizeof(r)) ? -EFAULT : 0;
}

/* times(2): in ticks of USER_HZ, as the uptime that it returns. */
SYSCALL_DEFINE1(times, struct tms __user *, tbuf)
{
	struct tms tms;
	u64 utime, stime;

	if (tbuf) {
		thread_group_cputime_adjusted(current, &utime, &stime);
		tms.tms_utime = nsec_to_clock_t(utime);
		tms.tms_stime = nsec_to_clock_t(stime);
		tms.tms_cutime = nsec_to_clock_t(current->signal->cutime);
		tms.tms_cstime = nsec_to_clock_t(current->signal->cstime);
		if (copy_to_user(tbuf, &tms, sizeof(tms)))
			return -EFAULT;
	}
	return (long)jiffies_64_to_clock_t(get_jiffies_64());
}
