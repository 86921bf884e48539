/* SPDX-License-Identifier: MIT */
#ifndef _FS_MOUNT_H
#define _FS_MOUNT_H

/* Mounts as fs/namespace.c and the walk see them. */

#include <linux/mount.h>
#include <linux/path.h>
#include <linux/rcupdate.h>
#include <linux/seqlock.h>

struct mnt_namespace {
	struct mount *root;
	unsigned int nr_mounts;		/* namespace_sem */
};

struct mnt_pcp {
	int mnt_count;			/* references taken less given back on this CPU */
	int mnt_writers;
};

struct mountpoint {
	struct hlist_node m_hash;
	struct dentry *m_dentry;
	int m_count;
};

/* N = namespace_sem, M = mount_lock for writing, r = read in the walk under mount_lock's sequence */
struct mount {
	struct hlist_node mnt_hash;		/* M, r */
	struct mount *mnt_parent;		/* N M, r */
	struct dentry *mnt_mountpoint;		/* N M, r */
	struct vfsmount mnt;
	struct rcu_head mnt_rcu;
	struct mnt_pcp __percpu *mnt_pcp;
	struct list_head mnt_mounts;		/* N M: children */
	struct list_head mnt_child;		/* N M: in the parent's mnt_mounts */
	struct list_head mnt_instance;		/* M: in the super block's s_mounts */
	const char *mnt_devname;
	struct list_head mnt_list;		/* N: while a tree is copied or taken down */
	struct mnt_namespace *mnt_ns;		/* N M: NULL: in no tree */
	int mnt_id;
};

extern seqlock_t mount_lock;

static inline struct mount *real_mount(struct vfsmount *mnt)
{
	return container_of(mnt, struct mount, mnt);
}

static inline bool mnt_has_parent(const struct mount *mnt)
{
	return mnt != mnt->mnt_parent;
}

/* The tree, parents first, for proc_namespace.c. */
void namespace_lock_shared(void);
void namespace_unlock_shared(void);
struct mount *first_mount(void);
struct mount *following_mount(struct mount *mnt);

/* namespace.c: the tree. namespace_sem is held for writing where nothing else is said. */
struct mount *clone_mnt(struct mount *old, struct dentry *root);
struct mount *next_mnt(struct mount *p, struct mount *root);
void attach_mnt(struct mount *mnt, struct mount *parent, struct dentry *dentry);
struct path detach_mnt(struct mount *mnt);
int lock_mount(struct path *path);		/* takes it */
void unlock_mount(const struct path *path);	/* drops it */
int graft_tree(struct mount *mnt, const struct path *where);
void put_umounted(struct list_head *gone);
int mnt_make_readonly(struct mount *mnt);

struct mount *__lookup_mnt(struct vfsmount *mnt, struct dentry *dentry);
struct vfsmount *lookup_mnt(const struct path *path);
int __legitimize_mnt(struct vfsmount *mnt, unsigned int seq);
bool legitimize_mnt(struct vfsmount *mnt, unsigned int seq);

#endif /* _FS_MOUNT_H */
