// SPDX-License-Identifier: MIT
/*
 * Capabilities, as a security module: the first, and always there.
 *
 * It answers capable() from the effective set, and keeps the sets in step with the user ids: a task
 * that leaves root behind leaves root's power, unless it asked to keep it; see capabilities(7),
 * "Effect of user ID changes on capabilities".
 */

#include <linux/cred.h>
#include <linux/errno.h>
#include <linux/init.h>
#include <linux/lsm_hooks.h>
#include <linux/mman.h>
#include <linux/sched.h>
#include <linux/security.h>

static int cap_capable(const struct cred *cred, struct user_namespace *ns, int cap,
		       unsigned int opts)
{
	(void)ns;
	(void)opts;
	return cap_raised(cred->cap_effective, cap) ? 0 : -EPERM;
}

static int cap_settime(const struct timespec64 *ts, const struct timezone *tz)
{
	(void)ts;
	(void)tz;
	return capable(CAP_SYS_TIME) ? 0 : -EPERM;
}

/*
 * A tracer must have at least what the traced has: for a check by file-system rights (mode) what
 * counts is its effective set, else its permitted.
 */
static int cap_ptrace_access_check(struct task_struct *child, unsigned int mode)
{
	const struct cred *cred = current_cred(), *child_cred;
	int ret = 0;

	(void)mode;
	rcu_read_lock();
	child_cred = __task_cred(child);
	if (!cap_issubset(child_cred->cap_permitted, cred->cap_effective) &&
	    !capable(CAP_SYS_PTRACE))
		ret = -EPERM;
	rcu_read_unlock();
	return ret;
}

static int cap_ptrace_traceme(struct task_struct *parent)
{
	const struct cred *cred, *child_cred = current_cred();
	int ret = 0;

	rcu_read_lock();
	cred = __task_cred(parent);
	if (!cap_issubset(child_cred->cap_permitted, cred->cap_permitted) &&
	    !has_ns_capability(parent, child_cred->user_ns, CAP_SYS_PTRACE))
		ret = -EPERM;
	rcu_read_unlock();
	return ret;
}

static int cap_capget(const struct task_struct *target, kernel_cap_t *effective,
		      kernel_cap_t *inheritable, kernel_cap_t *permitted)
{
	const struct cred *cred;

	rcu_read_lock();
	cred = __task_cred(target);
	*effective = cred->cap_effective;
	*inheritable = cred->cap_inheritable;
	*permitted = cred->cap_permitted;
	rcu_read_unlock();
	return 0;
}

/* capset(2): nothing is gained, but for the inheritable set within bounds. */
static int cap_capset(struct cred *new, const struct cred *old, const kernel_cap_t *effective,
		      const kernel_cap_t *inheritable, const kernel_cap_t *permitted)
{
	bool privileged = cap_capable(current_cred(), current_cred()->user_ns, CAP_SETPCAP,
				      CAP_OPT_NONE) == 0;

	if (!privileged &&
	    !cap_issubset(*inheritable, cap_combine(old->cap_inheritable, old->cap_permitted)))
		return -EPERM;
	if (!cap_issubset(*inheritable, cap_combine(old->cap_inheritable, old->cap_bset)))
		return -EPERM;
	if (!cap_issubset(*permitted, old->cap_permitted))
		return -EPERM;
	if (!cap_issubset(*effective, *permitted))
		return -EPERM;
	new->cap_effective = *effective;
	new->cap_inheritable = *inheritable;
	new->cap_permitted = *permitted;
	/* Ambient ones are both permitted and inheritable, or they go. */
	new->cap_ambient = cap_intersect(new->cap_ambient, cap_intersect(*permitted, *inheritable));
	return 0;
}

static bool any_root(const struct cred *cred)
{
	return uid_eq(cred->uid, GLOBAL_ROOT_UID) || uid_eq(cred->euid, GLOBAL_ROOT_UID) ||
	       uid_eq(cred->suid, GLOBAL_ROOT_UID);
}

static void follow_uids(struct cred *new, const struct cred *old)
{
	bool was_root = uid_eq(old->euid, GLOBAL_ROOT_UID);
	bool is_root = uid_eq(new->euid, GLOBAL_ROOT_UID);

	if (any_root(old) && !any_root(new)) {
		if (!(old->securebits & SECBIT_KEEP_CAPS)) {
			cap_clear(new->cap_permitted);
			cap_clear(new->cap_effective);
		}
		cap_clear(new->cap_ambient);
	}
	if (was_root && !is_root)
		cap_clear(new->cap_effective);
	if (!was_root && is_root)
		new->cap_effective = new->cap_permitted;
}

static int cap_task_fix_setuid(struct cred *new, const struct cred *old, int flags)
{
	if (old->securebits & SECBIT_NO_SETUID_FIXUP)
		return 0;
	if (flags != LSM_SETID_FS) {
		follow_uids(new, old);
		return 0;
	}
	if (uid_eq(old->fsuid, GLOBAL_ROOT_UID) && !uid_eq(new->fsuid, GLOBAL_ROOT_UID))
		new->cap_effective = cap_drop_fs_set(new->cap_effective);
	if (!uid_eq(old->fsuid, GLOBAL_ROOT_UID) && uid_eq(new->fsuid, GLOBAL_ROOT_UID))
		new->cap_effective = cap_raise_fs_set(new->cap_effective, new->cap_permitted);
	return 0;
}

static int cap_vm_enough_memory(struct mm_struct *mm, long pages)
{
	(void)mm;
	(void)pages;
	return cap_capable(current_cred(), current_cred()->user_ns, CAP_SYS_ADMIN,
			   CAP_OPT_NOAUDIT);
}

static int cap_mmap_addr(unsigned long addr)
{
	if (addr >= mmap_min_addr)
		return 0;
	return capable(CAP_SYS_RAWIO) ? 0 : -EPERM;
}

static struct security_hook_list capability_hooks[] __ro_after_init = {
	LSM_HOOK_INIT(capable, cap_capable),
	LSM_HOOK_INIT(settime64, cap_settime),
	LSM_HOOK_INIT(ptrace_access_check, cap_ptrace_access_check),
	LSM_HOOK_INIT(ptrace_traceme, cap_ptrace_traceme),
	LSM_HOOK_INIT(capget, cap_capget),
	LSM_HOOK_INIT(capset, cap_capset),
	LSM_HOOK_INIT(task_fix_setuid, cap_task_fix_setuid),
	LSM_HOOK_INIT(vm_enough_memory, cap_vm_enough_memory),
	LSM_HOOK_INIT(mmap_addr, cap_mmap_addr),
};

static const struct lsm_id capability_lsmid = { .name = "capability", .id = 100 };

static int __init capability_init(void)
{
	security_add_hooks(capability_hooks, ARRAY_SIZE(capability_hooks), &capability_lsmid);
	return 0;
}

DEFINE_LSM(capability) = {
	.name = "capability",
	.order = LSM_ORDER_FIRST,
	.init = capability_init,
};
