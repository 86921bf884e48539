// SPDX-License-Identifier: MIT
/*
 * Asking for capabilities, and capget(2) and capset(2). The answers come from the security modules,
 * of which commoncap (security/commoncap.c) is the first.
 */

#include <linux/capability.h>

#include <linux/cred.h>
#include <linux/errno.h>
#include <linux/export.h>
#include <linux/fs.h>
#include <linux/pid.h>
#include <linux/printk.h>
#include <linux/rcupdate.h>
#include <linux/sched.h>
#include <linux/security.h>
#include <linux/syscalls.h>
#include <linux/uaccess.h>
#include <linux/user_field.h>
#include <linux/user_namespace.h>

/* ---- asking ---- */

static bool task_has(struct task_struct *t, struct user_namespace *ns, int cap, unsigned int opts)
{
	int ret;

	rcu_read_lock();
	ret = security_capable(__task_cred(t), ns, cap, opts);
	rcu_read_unlock();
	return ret == 0;
}

/**
 * has_ns_capability - does another task have a capability?
 * @t: who
 * @ns: for objects of which user namespace
 * @cap: CAP_*
 *
 * Asks about real_cred and doesn't mark the task as having used it.
 */
bool has_ns_capability(struct task_struct *t, struct user_namespace *ns, int cap)
{
	return task_has(t, ns, cap, CAP_OPT_NONE);
}

/**
 * has_capability - has another task a capability?
 * @t: the task
 * @cap: CAP_*
 *
 * It is asked about, not used: nothing is recorded as use of privilege.
 */
bool has_capability(struct task_struct *t, int cap)
{
	return has_ns_capability(t, &init_user_ns, cap);
}
EXPORT_SYMBOL(has_capability);

/**
 * has_capability_noaudit - has_capability(), and a refusal is not logged
 * @t: the task
 * @cap: CAP_*
 */
bool has_capability_noaudit(struct task_struct *t, int cap)
{
	return task_has(t, &init_user_ns, cap, CAP_OPT_NOAUDIT);
}
EXPORT_SYMBOL(has_capability_noaudit);

static bool current_has(struct user_namespace *ns, int cap, unsigned int opts)
{
	if (WARN_ONCE(!cap_valid(cap), "capable() called with invalid cap=%d\n", cap))
		return false;
	if (security_capable(current_cred(), ns, cap, opts))
		return false;
	/* For process accounting: it has used what not everybody has. */
	current->flags |= PF_SUPERPRIV;
	return true;
}

/**
 * capable - may current do what the capability allows?
 * @cap: CAP_*
 *
 * Context: process context.
 */
bool capable(int cap)
{
	return current_has(&init_user_ns, cap, CAP_OPT_NONE);
}
EXPORT_SYMBOL(capable);

/**
 * ns_capable - may current do what a capability allows, to things of a user namespace?
 * @ns: the namespace
 * @cap: CAP_*
 */
bool ns_capable(struct user_namespace *ns, int cap)
{
	return current_has(ns, cap, CAP_OPT_NONE);
}
EXPORT_SYMBOL(ns_capable);

/**
 * ns_capable_noaudit - ns_capable(), and a refusal is not logged
 * @ns: the namespace
 * @cap: CAP_*
 */
bool ns_capable_noaudit(struct user_namespace *ns, int cap)
{
	return current_has(ns, cap, CAP_OPT_NOAUDIT);
}
EXPORT_SYMBOL(ns_capable_noaudit);

/**
 * ns_capable_setid - ns_capable() on behalf of a call that changes ids
 * @ns: the namespace
 * @cap: CAP_*
 */
bool ns_capable_setid(struct user_namespace *ns, int cap)
{
	return current_has(ns, cap, CAP_OPT_INSETID);
}
EXPORT_SYMBOL(ns_capable_setid);

/**
 * file_ns_capable - had the one who opened a file a capability?
 * @file: opened by whom
 * @ns: user namespace
 * @cap: CAP_*
 */
bool file_ns_capable(const struct file *file, struct user_namespace *ns, int cap)
{
	if (WARN_ON_ONCE(!cap_valid(cap)))
		return false;
	return security_capable(file->f_cred, ns, cap, CAP_OPT_NONE) == 0;
}
EXPORT_SYMBOL(file_ns_capable);

/**
 * capable_wrt_inode_uidgid - has current a capability that counts for this inode?
 * @idmap: of the mount; not used, ids map to themselves
 * @inode: the object
 * @cap: CAP_*
 *
 * It counts only if the namespace knows the owner and the group, as ours always does.
 *
 * Context: task context; doesn't sleep.
 * Return: true if so; current is then marked as having used it. capabilities(7).
 */
bool capable_wrt_inode_uidgid(struct mnt_idmap *idmap, const struct inode *inode, int cap)
{
	(void)idmap;
	return kuid_has_mapping(&init_user_ns, inode->i_uid) &&
	       kgid_has_mapping(&init_user_ns, inode->i_gid) && ns_capable(&init_user_ns, cap);
}
EXPORT_SYMBOL(capable_wrt_inode_uidgid);

/**
 * ptracer_capable - had the tracer of a task, when it attached, the right to trace anybody?
 * @tsk: the task
 * @ns: the namespace that the right has to be in
 *
 * Return: false also without a tracer.
 */
bool ptracer_capable(struct task_struct *tsk, struct user_namespace *ns)
{
	const struct cred *cred;
	int ret = 0;

	rcu_read_lock();
	cred = rcu_dereference(tsk->ptracer_cred);
	if (cred)
		ret = security_capable(cred, ns, CAP_SYS_PTRACE, CAP_OPT_NOAUDIT);
	rcu_read_unlock();
	return ret == 0;
}

/* ---- capget, capset ---- */

/* The words of a set that the header's version carries; 0 with the version put right if unknown. */
static int words_of_version(struct __user_cap_header_struct __user *header, unsigned int *words)
{
	u32 version;

	if (get_user(version, user_field(header, version)))
		return -EFAULT;
	switch (version) {
	case _LINUX_CAPABILITY_VERSION_1:
		*words = _LINUX_CAPABILITY_U32S_1;
		return 0;
	case _LINUX_CAPABILITY_VERSION_2:
	case _LINUX_CAPABILITY_VERSION_3:
		*words = _LINUX_CAPABILITY_U32S_3;
		return 0;
	default:
		if (put_user((u32)_LINUX_CAPABILITY_VERSION_3, user_field(header, version)))
			return -EFAULT;
		return -EINVAL;
	}
}

static int caps_of_pid(pid_t pid, kernel_cap_t *effective, kernel_cap_t *inheritable,
		       kernel_cap_t *permitted)
{
	struct task_struct *target;
	int ret = -ESRCH;

	if (!pid || pid == task_pid_nr(current))
		return security_capget(current, effective, inheritable, permitted);
	rcu_read_lock();
	target = find_task_by_vpid(pid);
	if (target)
		ret = security_capget(target, effective, inheritable, permitted);
	rcu_read_unlock();
	return ret;
}

SYSCALL_DEFINE2(capget, struct __user_cap_header_struct __user *, header,
		struct __user_cap_data_struct __user *, dataptr)
{
	struct __user_cap_data_struct data[2] = { };
	kernel_cap_t e, i, p;
	unsigned int words, n;
	pid_t pid;
	int ret = words_of_version(header, &words);

	/* Without room for the answer the call asks which version we speak. */
	if (!dataptr && (!ret || ret == -EINVAL))
		return 0;
	if (ret)
		return ret;
	if (get_user(pid, user_field(header, pid)))
		return -EFAULT;
	if (pid < 0)
		return -EINVAL;
	ret = caps_of_pid(pid, &e, &i, &p);
	if (ret)
		return ret;
	for (n = 0; n < words; n++) {
		data[n].effective = e.val >> (32 * n);
		data[n].inheritable = i.val >> (32 * n);
		data[n].permitted = p.val >> (32 * n);
	}
	return copy_to_user(dataptr, data, words * sizeof(data[0])) ? -EFAULT : 0;
}

static kernel_cap_t cap_from_words(u32 low, u32 high)
{
	return (kernel_cap_t){ (low | (u64)high << 32) & CAP_VALID_MASK };
}

SYSCALL_DEFINE2(capset, struct __user_cap_header_struct __user *, header,
		const struct __user_cap_data_struct __user *, data)
{
	struct __user_cap_data_struct kdata[2] = { };
	kernel_cap_t effective, inheritable, permitted;
	unsigned int words;
	struct cred *new;
	pid_t pid;
	int ret = words_of_version(header, &words);

	if (ret)
		return ret;
	if (get_user(pid, user_field(header, pid)))
		return -EFAULT;
	/* Of others, nobody may. */
	if (pid && pid != task_pid_nr(current))
		return -EPERM;
	if (copy_from_user(kdata, data, words * sizeof(kdata[0])))
		return -EFAULT;
	effective = cap_from_words(kdata[0].effective, kdata[1].effective);
	permitted = cap_from_words(kdata[0].permitted, kdata[1].permitted);
	inheritable = cap_from_words(kdata[0].inheritable, kdata[1].inheritable);

	new = prepare_creds();
	if (!new)
		return -ENOMEM;
	ret = security_capset(new, current_cred(), &effective, &inheritable, &permitted);
	if (ret) {
		abort_creds(new);
		return ret;
	}
	return commit_creds(new);
}
