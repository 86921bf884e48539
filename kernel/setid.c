// SPDX-License-Identifier: MIT
/*
 * Changing user and group ids: setuid(2) and its family.
 *
 * All have one shape: a copy of the credentials, checks against the old ones, the security modules'
 * word (commoncap brings the capabilities in step), commit. A user that has too many processes
 * already is marked: the next exec of the task fails, since a program that drops its privileges
 * often doesn't look whether that worked.
 */

#include <linux/cred.h>
#include <linux/errno.h>
#include <linux/sched/signal.h>
#include <linux/sched/user.h>
#include <linux/security.h>
#include <linux/syscalls.h>
#include <linux/uaccess.h>
#include <linux/user_namespace.h>

#define NO_CHANGE	((uid_t)-1)

/* The new real uid's struct, and whether it is over its limit. */
static int follow_user(struct cred *new)
{
	struct user_struct *user = alloc_uid(new->uid);

	if (!user)
		return -EAGAIN;
	free_uid(new->user);
	new->user = user;
	if (atomic_long_read(&user->processes) >= (long)rlimit(RLIMIT_NPROC) &&
	    user != INIT_USER)
		current->flags |= PF_NPROC_EXCEEDED;
	else
		current->flags &= ~PF_NPROC_EXCEEDED;
	return 0;
}

static long commit_uids(struct cred *new, const struct cred *old, int which)
{
	int err = 0;

	if (!uid_eq(new->uid, old->uid))
		err = follow_user(new);
	if (!err)
		err = security_task_fix_setuid(new, old, which);
	if (err) {
		abort_creds(new);
		return err;
	}
	return commit_creds(new);
}

static long commit_gids(struct cred *new, const struct cred *old, int which)
{
	int err = security_task_fix_setgid(new, old, which);

	if (err) {
		abort_creds(new);
		return err;
	}
	return commit_creds(new);
}

static bool may_setuid(void)
{
	return ns_capable_setid(&init_user_ns, CAP_SETUID);
}

static bool may_setgid(void)
{
	return ns_capable_setid(&init_user_ns, CAP_SETGID);
}

/* ---- users ---- */

SYSCALL_DEFINE1(setuid, uid_t, uid)
{
	kuid_t kuid = make_kuid(&init_user_ns, uid);
	const struct cred *old;
	struct cred *new;

	if (!uid_valid(kuid))
		return -EINVAL;
	new = prepare_creds();
	if (!new)
		return -ENOMEM;
	old = current_cred();
	if (may_setuid()) {
		new->suid = new->uid = kuid;
	} else if (!uid_eq(kuid, old->uid) && !uid_eq(kuid, old->suid)) {
		abort_creds(new);
		return -EPERM;
	}
	new->fsuid = new->euid = kuid;
	return commit_uids(new, old, LSM_SETID_ID);
}

SYSCALL_DEFINE2(setreuid, uid_t, ruid, uid_t, euid)
{
	kuid_t kruid = make_kuid(&init_user_ns, ruid), keuid = make_kuid(&init_user_ns, euid);
	const struct cred *old;
	struct cred *new = prepare_creds();

	if (!new)
		return -ENOMEM;
	old = current_cred();
	if (ruid != NO_CHANGE) {
		if (!uid_eq(kruid, old->uid) && !uid_eq(kruid, old->euid) && !may_setuid())
			goto eperm;
		new->uid = kruid;
	}
	if (euid != NO_CHANGE) {
		if (!uid_eq(keuid, old->uid) && !uid_eq(keuid, old->euid) &&
		    !uid_eq(keuid, old->suid) && !may_setuid())
			goto eperm;
		new->euid = keuid;
	}
	if (ruid != NO_CHANGE || (euid != NO_CHANGE && !uid_eq(keuid, old->uid)))
		new->suid = new->euid;
	new->fsuid = new->euid;
	return commit_uids(new, old, LSM_SETID_RE);

eperm:
	abort_creds(new);
	return -EPERM;
}

static bool is_one_of(kuid_t uid, const struct cred *cred)
{
	return uid_eq(uid, cred->uid) || uid_eq(uid, cred->euid) || uid_eq(uid, cred->suid);
}

SYSCALL_DEFINE3(setresuid, uid_t, ruid, uid_t, euid, uid_t, suid)
{
	kuid_t r = make_kuid(&init_user_ns, ruid), e = make_kuid(&init_user_ns, euid);
	kuid_t s = make_kuid(&init_user_ns, suid);
	const struct cred *old = current_cred();
	struct cred *new;

	if (((ruid != NO_CHANGE && !is_one_of(r, old)) ||
	     (euid != NO_CHANGE && !is_one_of(e, old)) ||
	     (suid != NO_CHANGE && !is_one_of(s, old))) && !may_setuid())
		return -EPERM;
	new = prepare_creds();
	if (!new)
		return -ENOMEM;
	if (ruid != NO_CHANGE)
		new->uid = r;
	if (euid != NO_CHANGE)
		new->euid = e;
	if (suid != NO_CHANGE)
		new->suid = s;
	new->fsuid = new->euid;
	return commit_uids(new, old, LSM_SETID_RES);
}

SYSCALL_DEFINE3(getresuid, uid_t __user *, ruidp, uid_t __user *, euidp, uid_t __user *, suidp)
{
	const struct cred *cred = current_cred();

	if (put_user(from_kuid_munged(&init_user_ns, cred->uid), ruidp) ||
	    put_user(from_kuid_munged(&init_user_ns, cred->euid), euidp) ||
	    put_user(from_kuid_munged(&init_user_ns, cred->suid), suidp))
		return -EFAULT;
	return 0;
}

/* Always answers the old one: whether it worked is asked with setfsuid(-1). */
SYSCALL_DEFINE1(setfsuid, uid_t, uid)
{
	kuid_t kuid = make_kuid(&init_user_ns, uid);
	const struct cred *old = current_cred();
	uid_t old_fsuid = from_kuid_munged(&init_user_ns, old->fsuid);
	struct cred *new;

	if (!uid_valid(kuid) || uid_eq(kuid, old->fsuid))
		return old_fsuid;
	if (!is_one_of(kuid, old) && !may_setuid())
		return old_fsuid;
	new = prepare_creds();
	if (!new)
		return old_fsuid;
	new->fsuid = kuid;
	commit_uids(new, old, LSM_SETID_FS);
	return old_fsuid;
}

SYSCALL_DEFINE0(getuid)
{
	return from_kuid_munged(&init_user_ns, current_uid());
}

SYSCALL_DEFINE0(geteuid)
{
	return from_kuid_munged(&init_user_ns, current_euid());
}

/* ---- groups ---- */

SYSCALL_DEFINE1(setgid, gid_t, gid)
{
	kgid_t kgid = make_kgid(&init_user_ns, gid);
	const struct cred *old;
	struct cred *new;

	if (!gid_valid(kgid))
		return -EINVAL;
	new = prepare_creds();
	if (!new)
		return -ENOMEM;
	old = current_cred();
	if (may_setgid()) {
		new->gid = new->sgid = kgid;
	} else if (!gid_eq(kgid, old->gid) && !gid_eq(kgid, old->sgid)) {
		abort_creds(new);
		return -EPERM;
	}
	new->egid = new->fsgid = kgid;
	return commit_gids(new, old, LSM_SETID_ID);
}

SYSCALL_DEFINE2(setregid, gid_t, rgid, gid_t, egid)
{
	kgid_t krgid = make_kgid(&init_user_ns, rgid), kegid = make_kgid(&init_user_ns, egid);
	const struct cred *old;
	struct cred *new = prepare_creds();

	if (!new)
		return -ENOMEM;
	old = current_cred();
	if (rgid != NO_CHANGE) {
		if (!gid_eq(krgid, old->gid) && !gid_eq(krgid, old->egid) && !may_setgid())
			goto eperm;
		new->gid = krgid;
	}
	if (egid != NO_CHANGE) {
		if (!gid_eq(kegid, old->gid) && !gid_eq(kegid, old->egid) &&
		    !gid_eq(kegid, old->sgid) && !may_setgid())
			goto eperm;
		new->egid = kegid;
	}
	if (rgid != NO_CHANGE || (egid != NO_CHANGE && !gid_eq(kegid, old->gid)))
		new->sgid = new->egid;
	new->fsgid = new->egid;
	return commit_gids(new, old, LSM_SETID_RE);

eperm:
	abort_creds(new);
	return -EPERM;
}

static bool is_group_of(kgid_t gid, const struct cred *cred)
{
	return gid_eq(gid, cred->gid) || gid_eq(gid, cred->egid) || gid_eq(gid, cred->sgid);
}

SYSCALL_DEFINE3(setresgid, gid_t, rgid, gid_t, egid, gid_t, sgid)
{
	kgid_t r = make_kgid(&init_user_ns, rgid), e = make_kgid(&init_user_ns, egid);
	kgid_t s = make_kgid(&init_user_ns, sgid);
	const struct cred *old = current_cred();
	struct cred *new;

	if (((rgid != NO_CHANGE && !is_group_of(r, old)) ||
	     (egid != NO_CHANGE && !is_group_of(e, old)) ||
	     (sgid != NO_CHANGE && !is_group_of(s, old))) && !may_setgid())
		return -EPERM;
	new = prepare_creds();
	if (!new)
		return -ENOMEM;
	if (rgid != NO_CHANGE)
		new->gid = r;
	if (egid != NO_CHANGE)
		new->egid = e;
	if (sgid != NO_CHANGE)
		new->sgid = s;
	new->fsgid = new->egid;
	return commit_gids(new, old, LSM_SETID_RES);
}

SYSCALL_DEFINE3(getresgid, gid_t __user *, rgidp, gid_t __user *, egidp, gid_t __user *, sgidp)
{
	const struct cred *cred = current_cred();

	if (put_user(from_kgid_munged(&init_user_ns, cred->gid), rgidp) ||
	    put_user(from_kgid_munged(&init_user_ns, cred->egid), egidp) ||
	    put_user(from_kgid_munged(&init_user_ns, cred->sgid), sgidp))
		return -EFAULT;
	return 0;
}

SYSCALL_DEFINE1(setfsgid, gid_t, gid)
{
	kgid_t kgid = make_kgid(&init_user_ns, gid);
	const struct cred *old = current_cred();
	gid_t old_fsgid = from_kgid_munged(&init_user_ns, old->fsgid);
	struct cred *new;

	if (!gid_valid(kgid) || gid_eq(kgid, old->fsgid))
		return old_fsgid;
	if (!is_group_of(kgid, old) && !may_setgid())
		return old_fsgid;
	new = prepare_creds();
	if (!new)
		return old_fsgid;
	new->fsgid = kgid;
	commit_gids(new, old, LSM_SETID_FS);
	return old_fsgid;
}

SYSCALL_DEFINE0(getgid)
{
	return from_kgid_munged(&init_user_ns, current_gid());
}

SYSCALL_DEFINE0(getegid)
{
	return from_kgid_munged(&init_user_ns, current_egid());
}
