// SPDX-License-Identifier: MIT
/* access(2): may the real user? So the question is asked with other credentials than usual. */

#include <linux/cred.h>
#include <linux/fs.h>
#include <linux/mount.h>
#include <linux/namei.h>
#include <linux/syscalls.h>
#include <linux/uidgid.h>
#include <uapi/linux/securebits.h>

#include "internal.h"

/* The capabilities that a file access by the real user would have. */
static kernel_cap_t access_caps(const struct cred *cred)
{
	kernel_cap_t caps = cred->cap_effective;

	if (cred->securebits & SECBIT_NO_SETUID_FIXUP)
		return caps;
	if (uid_eq(cred->uid, GLOBAL_ROOT_UID))
		return cred->cap_permitted;
	cap_clear(caps);
	return caps;
}

/* Most processes' ids are all the same: then current's credentials do as they are. */
static bool need_override(const struct cred *cred)
{
	return !uid_eq(cred->fsuid, cred->uid) || !gid_eq(cred->fsgid, cred->gid) ||
	       access_caps(cred).val != cred->cap_effective.val;
}

/* Return: what revert_creds() wants; NULL if nothing was changed; ERR_PTR(-ENOMEM) */
static const struct cred *become_real_user(void)
{
	const struct cred *old, *cred = current_cred();
	struct cred *new;

	if (!need_override(cred))
		return NULL;
	new = prepare_creds();
	if (!new)
		return ERR_PTR(-ENOMEM);
	new->fsuid = new->uid;
	new->fsgid = new->gid;
	new->cap_effective = access_caps(cred);
	old = override_creds(new);
	/* The task holds it now. */
	put_cred(new);
	return old;
}

static int access_path(const struct path *path, int mode)
{
	struct inode *inode = d_backing_inode(path->dentry);
	int res;

	if ((mode & MAY_EXEC) && S_ISREG(inode->i_mode) && path_noexec(path))
		return -EACCES;
	res = inode_permission(&nop_mnt_idmap, inode, mode | MAY_ACCESS);
	/* A device or a FIFO can be written to on a read-only mount, too. */
	if (res || !(mode & S_IWOTH) || special_file(inode->i_mode))
		return res;
	return __mnt_is_readonly(path->mnt) ? -EROFS : 0;
}

static int do_faccessat(int dfd, const char __user *filename, int mode, int flags)
{
	unsigned int lookup_flags = flags & AT_SYMLINK_NOFOLLOW ? 0 : LOOKUP_FOLLOW;
	const struct cred *old_cred = NULL;
	struct path path;
	int res;

	if (mode & ~S_IRWXO)
		return -EINVAL;
	if (flags & ~(AT_EACCESS | AT_SYMLINK_NOFOLLOW | AT_EMPTY_PATH))
		return -EINVAL;
	if (flags & AT_EMPTY_PATH)
		lookup_flags |= LOOKUP_EMPTY;
	if (!(flags & AT_EACCESS)) {
		old_cred = become_real_user();
		if (IS_ERR(old_cred))
			return PTR_ERR(old_cred);
	}
	res = user_path_at(dfd, filename, lookup_flags, &path);
	if (!res) {
		res = access_path(&path, mode);
		path_put(&path);
	}
	if (old_cred)
		revert_creds(old_cred);
	return res;
}

SYSCALL_DEFINE3(faccessat, int, dfd, const char __user *, filename, int, mode)
{
	return do_faccessat(dfd, filename, mode, 0);
}

SYSCALL_DEFINE4(faccessat2, int, dfd, const char __user *, filename, int, mode, int, flags)
{
	return do_faccessat(dfd, filename, mode, flags);
}

SYSCALL_DEFINE2(access, const char __user *, filename, int, mode)
{
	return do_faccessat(AT_FDCWD, filename, mode, 0);
}
