// SPDX-License-Identifier: MIT
/*
 * Capabilities, as a security module: the first, and always there.
 *
 * It answers capable() from the effective set, and keeps the sets in step with the user ids: a task
 * that leaves root behind leaves root's power, unless it asked to keep it; see capabilities(7),
 * "Effect of user ID changes on capabilities".
 */

#include <linux/binfmts.h>
#include <linux/cred.h>
#include <linux/errno.h>
#include <linux/init.h>
#include <linux/lsm_hooks.h>
#include <linux/mman.h>
#include <linux/ptrace.h>
#include <linux/sched.h>
#include <linux/security.h>
#include <uapi/linux/prctl.h>

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
	kernel_cap_t own = mode & PTRACE_MODE_FSCREDS ? cred->cap_effective : cred->cap_permitted;

	rcu_read_lock();
	child_cred = __task_cred(child);
	if (!cap_issubset(child_cred->cap_permitted, own) &&
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

/* ---- exec ---- */

static bool secure(const struct cred *cred, int bit)
{
	return cred->securebits & issecure_mask(bit);
}

/*
 * Root is as a file with all capabilities would make it. Return: whether the new program's
 * effective set is filled from its permitted one.
 */
static bool root_gets_all(struct cred *new, const struct cred *old)
{
	bool root = uid_eq(new->euid, GLOBAL_ROOT_UID);

	if (secure(new, SECURE_NOROOT) || (!root && !uid_eq(new->uid, GLOBAL_ROOT_UID)))
		return false;
	new->cap_permitted = cap_combine(old->cap_bset, old->cap_inheritable);
	return root;
}

/* Somebody could misuse what the program gains (a tracer, say): it gains nothing. */
static void gain_nothing(struct linux_binprm *bprm, struct cred *new, const struct cred *old)
{
	if (!capable(CAP_SETUID) || (bprm->unsafe & LSM_UNSAFE_NO_NEW_PRIVS)) {
		new->euid = new->uid;
		new->egid = new->gid;
	}
	new->cap_permitted = cap_intersect(new->cap_permitted, old->cap_permitted);
}

/*
 * The capabilities of a new program: capabilities(7), "Transformation of capabilities during
 * execve()". Files have none of their own here, so what is left is root, set-uid and the ambient
 * set.
 */
static int cap_bprm_creds_from_file(struct linux_binprm *bprm, const struct file *file)
{
	const struct cred *old = current_cred();
	struct cred *new = bprm->cred;
	bool is_setid, effective;

	(void)file;
	cap_clear(new->cap_permitted);
	effective = root_gets_all(new, old);
	is_setid = !uid_eq(new->euid, old->uid) || !gid_eq(new->egid, old->gid);
	if ((is_setid || !cap_issubset(new->cap_permitted, old->cap_permitted)) && bprm->unsafe)
		gain_nothing(bprm, new, old);
	new->suid = new->fsuid = new->euid;
	new->sgid = new->fsgid = new->egid;

	if (is_setid)
		cap_clear(new->cap_ambient);
	new->cap_permitted = cap_combine(new->cap_permitted, new->cap_ambient);
	new->cap_effective = effective ? new->cap_permitted : new->cap_ambient;
	new->securebits &= ~issecure_mask(SECURE_KEEP_CAPS);
	if (is_setid || (!uid_eq(new->uid, GLOBAL_ROOT_UID) &&
			 (effective || !cap_issubset(new->cap_permitted, new->cap_ambient))))
		bprm->secureexec = 1;
	return 0;
}

/* ---- scheduling ---- */

/* Of another's task one may change nothing if it has capabilities that one hasn't. */
static int cap_safe_nice(struct task_struct *p)
{
	bool subset;

	rcu_read_lock();
	subset = cap_issubset(__task_cred(p)->cap_permitted, current_cred()->cap_permitted);
	rcu_read_unlock();
	return subset || capable(CAP_SYS_NICE) ? 0 : -EPERM;
}

static int cap_task_setnice(struct task_struct *p, int nice)
{
	(void)nice;
	return cap_safe_nice(p);
}

/* ---- prctl ---- */

static int drop_from_bset(unsigned long cap)
{
	struct cred *new;

	if (!capable(CAP_SETPCAP))
		return -EPERM;
	if (!cap_valid(cap))
		return -EINVAL;
	new = prepare_creds();
	if (!new)
		return -ENOMEM;
	cap_lower(new->cap_bset, cap);
	return commit_creds(new);
}

static int set_securebits(unsigned long bits)
{
	const struct cred *old = current_cred();
	unsigned int locked = old->securebits & SECURE_ALL_LOCKS;
	struct cred *new;

	/* Nothing that is locked changes, no lock opens, nothing unknown. */
	if (((locked >> 1) & (old->securebits ^ bits)) || (locked & ~bits) ||
	    (bits & ~(unsigned long)(SECURE_ALL_LOCKS | SECURE_ALL_BITS)) ||
	    !capable(CAP_SETPCAP))
		return -EPERM;
	new = prepare_creds();
	if (!new)
		return -ENOMEM;
	new->securebits = bits;
	return commit_creds(new);
}

static int set_keepcaps(unsigned long keep)
{
	struct cred *new;

	if (keep > 1)
		return -EINVAL;
	if (secure(current_cred(), SECURE_KEEP_CAPS_LOCKED))
		return -EPERM;
	new = prepare_creds();
	if (!new)
		return -ENOMEM;
	if (keep)
		new->securebits |= issecure_mask(SECURE_KEEP_CAPS);
	else
		new->securebits &= ~issecure_mask(SECURE_KEEP_CAPS);
	return commit_creds(new);
}

static int change_ambient(unsigned long how, unsigned long cap)
{
	const struct cred *old = current_cred();
	struct cred *new;

	if (how == PR_CAP_AMBIENT_CLEAR_ALL) {
		if (cap)
			return -EINVAL;
	} else if (how != PR_CAP_AMBIENT_IS_SET && how != PR_CAP_AMBIENT_RAISE &&
		   how != PR_CAP_AMBIENT_LOWER) {
		return -EINVAL;
	} else if (!cap_valid(cap)) {
		return -EINVAL;
	}
	if (how == PR_CAP_AMBIENT_IS_SET)
		return cap_raised(old->cap_ambient, cap);
	if (how == PR_CAP_AMBIENT_RAISE &&
	    (!cap_raised(old->cap_permitted, cap) || !cap_raised(old->cap_inheritable, cap) ||
	     secure(old, SECURE_NO_CAP_AMBIENT_RAISE)))
		return -EPERM;
	new = prepare_creds();
	if (!new)
		return -ENOMEM;
	if (how == PR_CAP_AMBIENT_CLEAR_ALL)
		cap_clear(new->cap_ambient);
	else if (how == PR_CAP_AMBIENT_RAISE)
		cap_raise(new->cap_ambient, cap);
	else
		cap_lower(new->cap_ambient, cap);
	return commit_creds(new);
}

/* -ENOSYS: not ours. */
static int cap_task_prctl(int option, unsigned long arg2, unsigned long arg3, unsigned long arg4,
			  unsigned long arg5)
{
	switch (option) {
	case PR_CAPBSET_READ:
		return cap_valid(arg2) ? !!cap_raised(current_cred()->cap_bset, arg2) : -EINVAL;
	case PR_CAPBSET_DROP:
		return drop_from_bset(arg2);
	case PR_SET_SECUREBITS:
		return set_securebits(arg2);
	case PR_GET_SECUREBITS:
		return current_cred()->securebits;
	case PR_GET_KEEPCAPS:
		return !!secure(current_cred(), SECURE_KEEP_CAPS);
	case PR_SET_KEEPCAPS:
		return set_keepcaps(arg2);
	case PR_CAP_AMBIENT:
		if (arg4 || arg5)
			return -EINVAL;
		return change_ambient(arg2, arg3);
	default:
		return -ENOSYS;
	}
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
	LSM_HOOK_INIT(bprm_creds_from_file, cap_bprm_creds_from_file),
	LSM_HOOK_INIT(task_setscheduler, cap_safe_nice),
	LSM_HOOK_INIT(task_setnice, cap_task_setnice),
	LSM_HOOK_INIT(task_prctl, cap_task_prctl),
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
