// SPDX-License-Identifier: MIT
/*
 * Mounts made step by step: fsopen(2), fspick(2), fsconfig(2), fsmount(2).
 *
 * mount(2) in pieces, each of which can fail by itself:
 *
 *	fsopen("tmpfs")			a context, by descriptor
 *	fsconfig(SET_STRING, "size")	options, one at a time
 *	fsconfig(CMD_CREATE)		the super block: made, or found
 *	fsmount()			a mount of it, in no tree; its descriptor is used like a
 *					directory's
 *	move_mount()			and it appears in the tree (mount_fd.c)
 *
 *	fspick(path)			a context for a file system that is mounted
 *	fsconfig(SET_...)
 *	fsconfig(CMD_RECONFIGURE)	as often as one likes
 *
 * What may come next is the context's phase. An error of CMD_CREATE or CMD_RECONFIGURE is final.
 */

#include <linux/anon_inodes.h>
#include <linux/capability.h>
#include <linux/cred.h>
#include <linux/file.h>
#include <linux/fs.h>
#include <linux/fs_context.h>
#include <linux/mount.h>
#include <linux/mutex.h>
#include <linux/namei.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/syscalls.h>
#include <linux/uaccess.h>

#include "internal.h"
#include "mount.h"

enum phase {
	CREATE_PARAMS,		/* options for CMD_CREATE */
	AWAITING_MOUNT,		/* fsmount() */
	RECONF_PARAMS,		/* options for CMD_RECONFIGURE */
	FAILED,
};

/**
 * struct fs_context_file - what the descriptor leads to
 * @lock: one call at a time
 * @phase: what may come next; under @lock
 * @fc: the context; under @lock
 */
struct fs_context_file {
	struct mutex lock;
	enum phase phase;
	struct fs_context *fc;
};

static int fscontext_release(struct inode *inode, struct file *file)
{
	struct fs_context_file *cf = file->private_data;

	(void)inode;
	put_fs_context(cf->fc);
	kfree(cf);
	return 0;
}

/* Messages of the file system would be read here; ours write none. */
static ssize_t fscontext_read(struct file *file, char __user *buf, size_t len, loff_t *pos)
{
	(void)file;
	(void)buf;
	(void)len;
	(void)pos;
	return -ENODATA;
}

static const struct file_operations fscontext_fops = {
	.read		= fscontext_read,
	.release	= fscontext_release,
};

/* @fc goes to the descriptor, or is put. Return: the descriptor, -errno. */
static int fscontext_fd(struct fs_context *fc, enum phase phase, unsigned int o_flags)
{
	struct fs_context_file *cf = kzalloc(sizeof(*cf), GFP_KERNEL_ACCOUNT);
	int fd = -ENOMEM;

	if (cf) {
		mutex_init(&cf->lock);
		cf->phase = phase;
		cf->fc = fc;
		fd = anon_inode_getfd("[fscontext]", &fscontext_fops, cf, O_RDWR | o_flags);
	}
	if (fd < 0) {
		put_fs_context(fc);
		kfree(cf);
	}
	return fd;
}

/* fsopen(2) */
SYSCALL_DEFINE2(fsopen, const char __user *, fs_name, unsigned int, flags)
{
	struct file_system_type *type;
	struct fs_context *fc;
	char *name;

	if (!capable(CAP_SYS_ADMIN))
		return -EPERM;
	if (flags & ~FSOPEN_CLOEXEC)
		return -EINVAL;
	name = strndup_user(fs_name, PAGE_SIZE);
	if (IS_ERR(name))
		return PTR_ERR(name);
	type = get_fs_type(name);
	kfree(name);
	if (!type)
		return -ENODEV;
	fc = fs_context_for_mount(type, 0);
	put_filesystem(type);
	if (IS_ERR(fc))
		return PTR_ERR(fc);
	return fscontext_fd(fc, CREATE_PARAMS, flags & FSOPEN_CLOEXEC ? O_CLOEXEC : 0);
}

/* fspick(2) */
SYSCALL_DEFINE3(fspick, int, dfd, const char __user *, path, unsigned int, flags)
{
	unsigned int lookup = LOOKUP_FOLLOW;
	struct fs_context *fc;
	struct path target;
	int ret;

	if (!capable(CAP_SYS_ADMIN))
		return -EPERM;
	if (flags & ~(FSPICK_CLOEXEC | FSPICK_SYMLINK_NOFOLLOW | FSPICK_NO_AUTOMOUNT |
		      FSPICK_EMPTY_PATH))
		return -EINVAL;
	if (flags & FSPICK_SYMLINK_NOFOLLOW)
		lookup &= ~LOOKUP_FOLLOW;
	if (flags & FSPICK_EMPTY_PATH)
		lookup |= LOOKUP_EMPTY;
	ret = user_path_at(dfd, path, lookup, &target);
	if (ret)
		return ret;
	fc = ERR_PTR(-EINVAL);
	if (target.mnt->mnt_root == target.dentry)
		fc = fs_context_for_reconfigure(target.dentry, 0, 0);
	path_put(&target);
	if (IS_ERR(fc))
		return PTR_ERR(fc);
	return fscontext_fd(fc, RECONF_PARAMS, flags & FSPICK_CLOEXEC ? O_CLOEXEC : 0);
}

/* --- fsconfig(2). The lock is held. ----------------------------------------------------------- */

static int create_sb(struct fs_context_file *cf)
{
	int ret;

	if (cf->phase != CREATE_PARAMS)
		return -EBUSY;
	if (!capable(CAP_SYS_ADMIN))
		return -EPERM;
	cf->phase = FAILED;
	ret = vfs_get_tree(cf->fc);
	if (ret)
		return ret;
	up_write(&cf->fc->root->d_sb->s_umount);
	cf->phase = AWAITING_MOUNT;
	return 0;
}

/* For the next change: a fresh context of the same file system. */
static int renew_context(struct fs_context_file *cf)
{
	struct fs_context *fc = fs_context_for_reconfigure(cf->fc->root, 0, 0);

	if (IS_ERR(fc))
		return PTR_ERR(fc);
	put_fs_context(cf->fc);
	cf->fc = fc;
	cf->phase = RECONF_PARAMS;
	return 0;
}

static int reconfigure_sb(struct fs_context_file *cf)
{
	struct super_block *sb;
	int ret;

	if (cf->phase != RECONF_PARAMS)
		return -EBUSY;
	if (!capable(CAP_SYS_ADMIN))
		return -EPERM;
	cf->phase = FAILED;
	sb = cf->fc->root->d_sb;
	down_write(&sb->s_umount);
	ret = reconfigure_super(cf->fc);
	up_write(&sb->s_umount);
	return ret ? ret : renew_context(cf);
}

static int set_param(struct fs_context_file *cf, struct fs_parameter *param)
{
	if (cf->phase != CREATE_PARAMS && cf->phase != RECONF_PARAMS)
		return -EBUSY;
	return vfs_parse_fs_param(cf->fc, param);
}

/* Which arguments go with which command? */
static int check_fsconfig(unsigned int cmd, const char __user *key, const void __user *value,
			  int aux)
{
	switch (cmd) {
	case FSCONFIG_SET_FLAG:
		return !key || value || aux ? -EINVAL : 0;
	case FSCONFIG_SET_STRING:
		return !key || !value || aux ? -EINVAL : 0;
	case FSCONFIG_SET_BINARY:
		return !key || !value || aux <= 0 || aux > 1024 * 1024 ? -EINVAL : 0;
	case FSCONFIG_SET_PATH:
	case FSCONFIG_SET_PATH_EMPTY:
		return !key || !value || (aux != AT_FDCWD && aux < 0) ? -EINVAL : 0;
	case FSCONFIG_SET_FD:
		return !key || value || aux < 0 ? -EINVAL : 0;
	case FSCONFIG_CMD_CREATE:
	case FSCONFIG_CMD_RECONFIGURE:
		return key || value || aux ? -EINVAL : 0;
	default:
		return -EOPNOTSUPP;
	}
}

/* The option that SET_FLAG and SET_STRING name; free_param() it. */
static int copy_param(struct fs_parameter *param, unsigned int cmd, const char __user *key,
		      const void __user *value)
{
	param->key = strndup_user(key, 256);
	if (IS_ERR(param->key))
		return PTR_ERR(param->key);
	param->type = fs_value_is_flag;
	if (cmd != FSCONFIG_SET_STRING)
		return 0;
	param->type = fs_value_is_string;
	param->string = strndup_user(value, 256);
	if (IS_ERR(param->string)) {
		kfree(param->key);
		return PTR_ERR(param->string);
	}
	param->size = strlen(param->string);
	return 0;
}

static void free_param(struct fs_parameter *param)
{
	kfree(param->key);
	kfree(param->string);
}

static int do_fsconfig(struct fs_context_file *cf, unsigned int cmd, struct fs_parameter *param)
{
	int ret = mutex_lock_interruptible(&cf->lock);

	if (ret)
		return ret;
	if (cmd == FSCONFIG_CMD_CREATE)
		ret = create_sb(cf);
	else if (cmd == FSCONFIG_CMD_RECONFIGURE)
		ret = reconfigure_sb(cf);
	else
		ret = set_param(cf, param);
	mutex_unlock(&cf->lock);
	return ret;
}

/* fsconfig(2) */
SYSCALL_DEFINE5(fsconfig, int, fd, unsigned int, cmd, const char __user *, key,
		const void __user *, value, int, aux)
{
	struct fs_parameter param = { .key = NULL };
	int ret = check_fsconfig(cmd, key, value, aux);
	struct fd f;

	if (fd < 0)
		return -EINVAL;
	if (ret)
		return ret;
	f = fdget(fd);
	if (fd_empty(f))
		return -EBADF;
	ret = -EINVAL;
	if (fd_file(f)->f_op != &fscontext_fops)
		goto out;
	/* No file system here has an option of these kinds. */
	ret = -EOPNOTSUPP;
	if (cmd >= FSCONFIG_SET_BINARY && cmd <= FSCONFIG_SET_FD)
		goto out;
	ret = key ? copy_param(&param, cmd, key, value) : 0;
	if (ret)
		goto out;
	ret = do_fsconfig(fd_file(f)->private_data, cmd, &param);
	free_param(&param);
out:
	fdput(f);
	return ret;
}

/* --- fsmount(2) ------------------------------------------------------------------------------- */

/**
 * mnt_flags_of_attr - MNT_* for MOUNT_ATTR_*
 * @attr: of which
 * @mnt_flags: filled
 *
 * Return: 0; -EINVAL: two kinds of access times at once.
 */
int mnt_flags_of_attr(u64 attr, int *mnt_flags)
{
	static const struct { unsigned int attr; int mnt; } map[] = {
		{ MOUNT_ATTR_RDONLY, MNT_READONLY }, { MOUNT_ATTR_NOSUID, MNT_NOSUID },
		{ MOUNT_ATTR_NODEV, MNT_NODEV }, { MOUNT_ATTR_NOEXEC, MNT_NOEXEC },
		{ MOUNT_ATTR_NODIRATIME, MNT_NODIRATIME },
		{ MOUNT_ATTR_NOSYMFOLLOW, MNT_NOSYMFOLLOW },
	};
	unsigned int i;

	*mnt_flags = 0;
	for (i = 0; i < ARRAY_SIZE(map); i++)
		if (attr & map[i].attr)
			*mnt_flags |= map[i].mnt;
	switch (attr & MOUNT_ATTR__ATIME) {
	case MOUNT_ATTR_RELATIME:
		*mnt_flags |= MNT_RELATIME;
		return 0;
	case MOUNT_ATTR_NOATIME:
		*mnt_flags |= MNT_NOATIME;
		return 0;
	case MOUNT_ATTR_STRICTATIME:
		return 0;
	default:
		return -EINVAL;
	}
}

/* The mount of a context whose super block is there. The lock is held. */
static struct vfsmount *mount_context(struct fs_context_file *cf, int mnt_flags)
{
	struct vfsmount *mnt;

	if (!cf->fc->root)
		return ERR_PTR(-EINVAL);
	if (cf->phase != AWAITING_MOUNT)
		return ERR_PTR(-EBUSY);
	mnt = vfs_create_mount(cf->fc);
	if (IS_ERR(mnt))
		return mnt;
	mnt->mnt_flags = mnt_flags;
	/* From now on the descriptor can change the file system, like fspick()'s. */
	cf->phase = FAILED;
	renew_context(cf);
	return mnt;
}

/* fsmount(2) */
SYSCALL_DEFINE3(fsmount, int, fs_fd, unsigned int, flags, unsigned int, attr_flags)
{
	struct fs_context_file *cf;
	struct vfsmount *mnt;
	int mnt_flags, ret;
	struct fd f;

	if (!capable(CAP_SYS_ADMIN))
		return -EPERM;
	if (flags & ~FSMOUNT_CLOEXEC)
		return -EINVAL;
	if (attr_flags & ~MOUNT_ATTR_KNOWN)
		return -EINVAL;
	ret = mnt_flags_of_attr(attr_flags, &mnt_flags);
	if (ret)
		return ret;
	f = fdget(fs_fd);
	if (fd_empty(f))
		return -EBADF;
	ret = -EINVAL;
	if (fd_file(f)->f_op != &fscontext_fops)
		goto out;
	cf = fd_file(f)->private_data;
	ret = mutex_lock_interruptible(&cf->lock);
	if (ret)
		goto out;
	mnt = mount_context(cf, mnt_flags);
	mutex_unlock(&cf->lock);
	ret = IS_ERR(mnt) ? PTR_ERR(mnt) :
	      mount_fd(real_mount(mnt), mnt->mnt_root, flags & FSMOUNT_CLOEXEC ? O_CLOEXEC : 0);
out:
	fdput(f);
	return ret;
}
