/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_NAMEI_H
#define _LINUX_NAMEI_H

/* From names to dentries. */

#include <linux/cleanup.h>
#include <linux/fcntl.h>
#include <linux/fs.h>
#include <linux/path.h>

#define MAXSYMLINKS	40	/* followed in one walk */

/* What the walk ended with. */
enum { LAST_NORM, LAST_ROOT, LAST_DOT, LAST_DOTDOT };

/* How to walk. */
#define LOOKUP_FOLLOW		0x0001	/* a symlink at the end too */
#define LOOKUP_DIRECTORY	0x0002	/* must be a directory */
#define LOOKUP_AUTOMOUNT	0x0004
#define LOOKUP_EMPTY		0x4000	/* "" is the starting point */
#define LOOKUP_DOWN		0x8000
#define LOOKUP_MOUNTPOINT	0x0080
#define LOOKUP_REVAL		0x0020	/* trust no cached answer */
#define LOOKUP_RCU		0x0040	/* walk without references */
/* What it is for. */
#define LOOKUP_OPEN		0x0100
#define LOOKUP_CREATE		0x0200
#define LOOKUP_EXCL		0x0400
#define LOOKUP_RENAME_TARGET	0x0800
/* The walk's own. */
#define LOOKUP_PARENT		0x0010
/* Scoping, of openat2(2). */
#define LOOKUP_NO_SYMLINKS	0x010000
#define LOOKUP_NO_MAGICLINKS	0x020000
#define LOOKUP_NO_XDEV		0x040000
#define LOOKUP_BENEATH		0x080000
#define LOOKUP_IN_ROOT		0x100000
#define LOOKUP_CACHED		0x200000
#define LOOKUP_IS_SCOPED	(LOOKUP_BENEATH | LOOKUP_IN_ROOT)

struct delayed_call;
int user_path_at(int dfd, const char __user *name, unsigned int flags, struct path *path);
struct dentry *kern_path_create(int dfd, const char *pathname, struct path *path,
				unsigned int lookup_flags);
struct dentry *user_path_create(int dfd, const char __user *pathname, struct path *path,
				unsigned int lookup_flags);
void done_path_create(struct path *path, struct dentry *dentry);
struct dentry *kern_path_locked(const char *name, struct path *path);
int kern_path(const char *name, unsigned int flags, struct path *path);
int vfs_path_lookup(struct dentry *dentry, struct vfsmount *mnt, const char *name,
		    unsigned int flags, struct path *path);
struct dentry *lookup_one_len(const char *name, struct dentry *base, int len);
struct dentry *lookup_one_len_unlocked(const char *name, struct dentry *base, int len);
struct dentry *lock_rename(struct dentry *p1, struct dentry *p2);
void unlock_rename(struct dentry *p1, struct dentry *p2);
int follow_up(struct path *path);
int follow_down(struct path *path, unsigned int flags);
int follow_down_one(struct path *path);
const char *nd_jump_link(const struct path *path, struct delayed_call *done);

DEFINE_FREE(path_put, struct path *, if (!IS_ERR_OR_NULL(_T)) path_put(_T))

#endif /* _LINUX_NAMEI_H */
