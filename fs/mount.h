/* SPDX-License-Identifier: MIT */
#ifndef _FS_MOUNT_H
#define _FS_MOUNT_H

/* Mounts as fs/namespace.c and the walk see them. */

#include <linux/mount.h>
#include <linux/ns_common.h>
#include <linux/path.h>
#include <linux/rcupdate.h>
#include <linux/seqlock.h>

/*
 * A tree of mounts: one that processes see, or ("anonymous") one that only a descriptor leads to:
 * fsmount(2)'s, open_tree(2)'s.
 */
struct mnt_namespace {
	struct ns_common ns;		/* not of an anonymous one */
	struct mount *root;
	u64 seq;			/* -: those made later have larger ones; anonymous: 0 */
	unsigned int nr_mounts;		/* namespace_sem */
	bool anonymous;
};

struct mnt_pcp {
	int mnt_count;			/* references taken less given back on this CPU */
	int mnt_writers;
};

/*
 * N = namespace_sem, M = mount_lock for writing, r = read in the walk under mount_lock's sequence
 */
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
	struct list_head mnt_list;		/* N: on the list of the call that is under way */
	struct mnt_namespace *mnt_ns;		/* N M: NULL: in no tree */
	int mnt_id;

	/* N: who follows whom, see pnode.c. */
	bool mnt_shared;
	bool mnt_unbindable;
	int mnt_group_id;			/* 0: none */
	struct list_head mnt_share;		/* the ring of its peers */
	struct list_head mnt_slave_list;	/* those that receive from it */
	struct list_head mnt_slave;		/* in its master's mnt_slave_list */
	struct mount *mnt_master;		/* from which it receives; NULL */
	struct mount *mnt_copy;			/* what it receives by the call that is under way */
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
struct mount *first_mount(struct mnt_namespace *ns);
struct mount *following_mount(struct mount *mnt, struct mnt_namespace *ns);

extern struct mnt_namespace init_mnt_ns;

bool check_mnt(const struct mount *mnt);	/* is it in the tree that current sees? */

/* mnt_ns.c */
bool is_mnt_ns_file(const struct dentry *dentry);
bool mnt_ns_loop(const struct dentry *dentry);

/* namespace.c */
void namespace_lock(void);			/* namespace_sem, for writing */
void namespace_unlock(void);
void set_mnt_ns(struct mount *tree, struct mnt_namespace *ns);
struct mnt_namespace *new_anonymous_ns(struct mount *root);
void dissolve_on_fput(struct vfsmount *mnt);

/* mnt_writers.c */
int mnt_get_writers(struct mount *mnt);
int mnt_hold_writers(struct mount *mnt);
void mnt_unhold_writers(struct mount *mnt);
int mnt_make_readonly(struct mount *mnt);

/* Attributes that fsmount(2) and mount_setattr(2) know. */
#define MOUNT_ATTR_KNOWN	(MOUNT_ATTR_RDONLY | MOUNT_ATTR_NOSUID | MOUNT_ATTR_NODEV |	\
				 MOUNT_ATTR_NOEXEC | MOUNT_ATTR__ATIME | MOUNT_ATTR_NODIRATIME | \
				 MOUNT_ATTR_NOSYMFOLLOW)

/* fsopen.c, mount_fd.c */
int mnt_flags_of_attr(u64 attr, int *mnt_flags);
int mount_fd(struct mount *mnt, struct dentry *root, unsigned int o_flags);

/* mount_call.c: for the calls of descriptors */
struct mount *copy_tree(struct mount *mnt, struct dentry *dentry, int flags, bool recurse);
void put_tree(struct mount *tree);
bool may_bind(const struct path *path);
int propagation_type(unsigned long flags);
int do_move_mount(const struct path *from, const struct path *where);

/* namespace.c: the tree. namespace_sem is held for writing where nothing else is said. */
struct mount *clone_mnt(struct mount *old, struct dentry *root, int flags);
struct mount *next_mnt(struct mount *p, struct mount *root);
int mnt_get_count(struct mount *mnt);
void umount_tree(struct mount *mnt, struct list_head *gone);
void attach_mnt(struct mount *mnt, struct mount *parent, struct dentry *dentry);
struct path detach_mnt(struct mount *mnt);
int lock_mount(struct path *path);		/* takes it */
void unlock_mount(const struct path *path);	/* drops it */
int graft_tree(struct mount *mnt, const struct path *where);
int attach_tree(struct mount *source, const struct path *where, struct path *old_place);
void put_umounted(struct list_head *gone);

struct mount *__lookup_mnt(struct vfsmount *mnt, struct dentry *dentry);
struct vfsmount *lookup_mnt(const struct path *path);
int __legitimize_mnt(struct vfsmount *mnt, unsigned int seq);
bool legitimize_mnt(struct vfsmount *mnt, unsigned int seq);

#endif /* _FS_MOUNT_H */
