// SPDX-License-Identifier: MIT
/*
 * The scheduler's system calls: who may change what of whose scheduling, and the copying of
 * arguments. What a change does is in policy.c and affinity.c.
 *
 * Without CAP_SYS_NICE one may change one's own processes only, and not upwards beyond RLIMIT_NICE
 * and RLIMIT_RTPRIO.
 */

#include <linux/capability.h>
#include <linux/cpumask.h>
#include <linux/cred.h>
#include <linux/sched/signal.h>
#include <linux/security.h>
#include <linux/syscalls.h>
#include <linux/uaccess.h>
#include <linux/user_field.h>
#include <uapi/linux/sched/types.h>

#include "sched.h"

/* ---- rights ---- */

/* Is the task one of the caller's? */
static bool check_same_owner(struct task_struct *p)
{
	const struct cred *cred = current_cred(), *pcred;
	bool match;

	rcu_read_lock();
	pcred = __task_cred(p);
	match = uid_eq(cred->euid, pcred->euid) || uid_eq(cred->euid, pcred->uid);
	rcu_read_unlock();
	return match;
}

static bool wants_more_nice(struct task_struct *p, const struct sched_attr *attr)
{
	/* A nice level of 20 - n is reached with a limit of n. */
	return fair_policy(attr->sched_policy) && attr->sched_nice < task_nice(p) &&
	       20 - attr->sched_nice > (long)min(task_rlimit(p, RLIMIT_NICE), 40UL);
}

static bool wants_more_rt(struct task_struct *p, const struct sched_attr *attr)
{
	unsigned long limit = task_rlimit(p, RLIMIT_RTPRIO);

	if (!rt_policy(attr->sched_policy))
		return false;
	if (attr->sched_policy != p->policy && !limit)
		return true;
	return attr->sched_priority > p->rt_priority && attr->sched_priority > limit;
}

static int user_may_set(struct task_struct *p, const struct sched_attr *attr)
{
	bool privileged = wants_more_nice(p, attr) || wants_more_rt(p, attr) ||
			  !check_same_owner(p);

	/* Out of SCHED_IDLE only where the nice level could be reached too. */
	if (idle_policy(p->policy) && !idle_policy(attr->sched_policy) &&
	    20 - task_nice(p) > (long)min(task_rlimit(p, RLIMIT_NICE), 40UL))
		privileged = true;
	/* The promise that children are plain can't be taken back. */
	if (p->sched_reset_on_fork && !(attr->sched_flags & SCHED_FLAG_RESET_ON_FORK))
		privileged = true;
	if (privileged && !capable(CAP_SYS_NICE))
		return -EPERM;
	return security_task_setscheduler(p);
}

/* The task of a pid, 0 for the caller; referenced. */
static struct task_struct *find_get_task(pid_t pid)
{
	return pid ? find_get_task_by_vpid(pid) : get_task_struct(current);
}

static int set_attr_of(pid_t pid, struct sched_attr *attr, bool keep_policy)
{
	struct task_struct *p = find_get_task(pid);
	int err;

	if (!p)
		return -ESRCH;
	if (keep_policy) {
		attr->sched_policy = p->policy;
		if (p->sched_reset_on_fork)
			attr->sched_flags |= SCHED_FLAG_RESET_ON_FORK;
		if (fair_policy(p->policy))
			attr->sched_nice = task_nice(p);
		attr->sched_flags &= ~(u64)SCHED_FLAG_KEEP_POLICY;
	}
	err = valid_policy(attr->sched_policy) ? user_may_set(p, attr) : -EINVAL;
	if (!err)
		err = sched_setattr_nocheck(p, attr);
	put_task_struct(p);
	return err;
}

/* ---- the POSIX calls ---- */

static int do_setscheduler(pid_t pid, int policy, const struct sched_param __user *param)
{
	struct sched_attr attr = { .size = sizeof(attr) };
	struct sched_param lparam;
	struct task_struct *p;

	if (!param || pid < 0)
		return -EINVAL;
	if (copy_from_user(&lparam, param, sizeof(lparam)))
		return -EFAULT;
	attr.sched_priority = lparam.sched_priority;
	if (policy < 0)
		return set_attr_of(pid, &attr, true);
	if (policy & SCHED_RESET_ON_FORK) {
		attr.sched_flags |= SCHED_FLAG_RESET_ON_FORK;
		policy &= ~SCHED_RESET_ON_FORK;
	}
	attr.sched_policy = policy;
	p = find_get_task(pid);
	if (!p)
		return -ESRCH;
	attr.sched_nice = task_nice(p);
	put_task_struct(p);
	return set_attr_of(pid, &attr, false);
}

SYSCALL_DEFINE3(sched_setscheduler, pid_t, pid, int, policy, struct sched_param __user *, param)
{
	return policy < 0 ? -EINVAL : do_setscheduler(pid, policy, param);
}

SYSCALL_DEFINE2(sched_setparam, pid_t, pid, struct sched_param __user *, param)
{
	return do_setscheduler(pid, -1, param);
}

SYSCALL_DEFINE1(sched_getscheduler, pid_t, pid)
{
	struct task_struct *p;
	int ret;

	if (pid < 0)
		return -EINVAL;
	p = find_get_task(pid);
	if (!p)
		return -ESRCH;
	ret = security_task_getscheduler(p);
	if (!ret)
		ret = p->policy | (p->sched_reset_on_fork ? SCHED_RESET_ON_FORK : 0);
	put_task_struct(p);
	return ret;
}

SYSCALL_DEFINE2(sched_getparam, pid_t, pid, struct sched_param __user *, param)
{
	struct sched_param lp = { .sched_priority = 0 };
	struct task_struct *p;
	int ret;

	if (!param || pid < 0)
		return -EINVAL;
	p = find_get_task(pid);
	if (!p)
		return -ESRCH;
	ret = security_task_getscheduler(p);
	if (!ret && rt_policy(p->policy))
		lp.sched_priority = p->rt_priority;
	put_task_struct(p);
	if (ret)
		return ret;
	return copy_to_user(param, &lp, sizeof(lp)) ? -EFAULT : 0;
}

SYSCALL_DEFINE1(sched_get_priority_max, int, policy)
{
	switch (policy) {
	case SCHED_FIFO:
	case SCHED_RR:
		return MAX_RT_PRIO - 1;
	case SCHED_NORMAL:
	case SCHED_BATCH:
	case SCHED_IDLE:
	case SCHED_DEADLINE:
		return 0;
	default:
		return -EINVAL;
	}
}

SYSCALL_DEFINE1(sched_get_priority_min, int, policy)
{
	switch (policy) {
	case SCHED_FIFO:
	case SCHED_RR:
		return 1;
	case SCHED_NORMAL:
	case SCHED_BATCH:
	case SCHED_IDLE:
	case SCHED_DEADLINE:
		return 0;
	default:
		return -EINVAL;
	}
}

/* How long one runs before an equal does: nothing for FIFO, the slice of the others. */
SYSCALL_DEFINE2(sched_rr_get_interval, pid_t, pid, struct __kernel_timespec __user *, interval)
{
	struct __kernel_timespec ts = { };
	struct task_struct *p;
	u64 ns;
	int ret;

	if (pid < 0)
		return -EINVAL;
	p = find_get_task(pid);
	if (!p)
		return -ESRCH;
	ret = security_task_getscheduler(p);
	if (p->policy == SCHED_RR)
		ns = (u64)sched_rr_timeslice * TICK_NSEC;
	else
		ns = p->policy == SCHED_FIFO ? 0 : p->se.slice;
	put_task_struct(p);
	if (ret)
		return ret;
	ts.tv_sec = ns / NSEC_PER_SEC;
	ts.tv_nsec = ns % NSEC_PER_SEC;
	return copy_to_user(interval, &ts, sizeof(ts)) ? -EFAULT : 0;
}

/* ---- sched_attr ---- */

/* The struct that grew: what we don't know of must be zero, or we say how much we know. */
static int copy_attr_from_user(struct sched_attr __user *uattr, struct sched_attr *attr)
{
	u32 size;
	int err;

	memset(attr, 0, sizeof(*attr));
	if (get_user(size, user_field(uattr, size)))
		return -EFAULT;
	if (!size)
		size = SCHED_ATTR_SIZE_VER0;
	if (size < SCHED_ATTR_SIZE_VER0 || size > PAGE_SIZE)
		goto err_size;
	err = copy_struct_from_user(attr, sizeof(*attr), uattr, size);
	if (err == -E2BIG)
		goto err_size;
	if (err)
		return err;
	attr->sched_nice = clamp(attr->sched_nice, MIN_NICE, MAX_NICE);
	return 0;
err_size:
	put_user(sizeof(*attr), user_field(uattr, size));
	return -E2BIG;
}

SYSCALL_DEFINE3(sched_setattr, pid_t, pid, struct sched_attr __user *, uattr,
		unsigned int, flags)
{
	struct sched_attr attr;
	int err;

	if (!uattr || pid < 0 || flags)
		return -EINVAL;
	err = copy_attr_from_user(uattr, &attr);
	if (err)
		return err;
	if ((int)attr.sched_policy < 0)
		return -EINVAL;
	if (attr.sched_flags & ~(u64)SCHED_FLAG_ALL)
		return -EINVAL;
	return set_attr_of(pid, &attr, attr.sched_flags & SCHED_FLAG_KEEP_POLICY);
}

SYSCALL_DEFINE4(sched_getattr, pid_t, pid, struct sched_attr __user *, uattr,
		unsigned int, usize, unsigned int, flags)
{
	struct sched_attr attr = { };
	struct task_struct *p;
	int err;

	if (!uattr || pid < 0 || usize > PAGE_SIZE || usize < SCHED_ATTR_SIZE_VER0 || flags)
		return -EINVAL;
	p = find_get_task(pid);
	if (!p)
		return -ESRCH;
	err = security_task_getscheduler(p);
	attr.sched_policy = p->policy;
	if (p->sched_reset_on_fork)
		attr.sched_flags |= SCHED_FLAG_RESET_ON_FORK;
	if (rt_policy(p->policy)) {
		attr.sched_priority = p->rt_priority;
	} else {
		attr.sched_nice = task_nice(p);
		attr.sched_runtime = p->se.slice;
	}
	put_task_struct(p);
	if (err)
		return err;
	attr.size = min_t(size_t, usize, sizeof(attr));
	return copy_to_user(uattr, &attr, attr.size) ? -EFAULT : 0;
}

/* ---- affinity ---- */

SYSCALL_DEFINE3(sched_setaffinity, pid_t, pid, unsigned int, len,
		unsigned long __user *, user_mask_ptr)
{
	cpumask_var_t mask;
	struct task_struct *p;
	long err;

	if (!zalloc_cpumask_var(&mask, GFP_KERNEL))
		return -ENOMEM;
	err = -EFAULT;
	if (copy_from_user(cpumask_bits(mask), user_mask_ptr, min_t(size_t, len, cpumask_size())))
		goto out;
	err = -ESRCH;
	p = find_get_task(pid);
	if (!p)
		goto out;
	err = -EINVAL;
	if (p->flags & PF_NO_SETAFFINITY)
		goto out_put;
	err = -EPERM;
	if (!check_same_owner(p) && !capable(CAP_SYS_NICE))
		goto out_put;
	err = security_task_setscheduler(p);
	if (!err)
		err = sched_setaffinity(pid, mask);
out_put:
	put_task_struct(p);
out:
	free_cpumask_var(mask);
	return err;
}

/* The result is the number of bytes that the kernel's mask has. */
SYSCALL_DEFINE3(sched_getaffinity, pid_t, pid, unsigned int, len,
		unsigned long __user *, user_mask_ptr)
{
	cpumask_var_t mask;
	unsigned int n;
	long ret;

	if (len * BITS_PER_BYTE < nr_cpu_ids || (len & (sizeof(unsigned long) - 1)))
		return -EINVAL;
	if (!zalloc_cpumask_var(&mask, GFP_KERNEL))
		return -ENOMEM;
	ret = sched_getaffinity(pid, mask);
	if (!ret) {
		n = min_t(size_t, len, cpumask_size());
		ret = copy_to_user(user_mask_ptr, cpumask_bits(mask), n) ? -EFAULT : (long)n;
	}
	free_cpumask_var(mask);
	return ret;
}
