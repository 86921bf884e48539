/* SPDX-License-Identifier: MIT */
#ifndef _FS_PNODE_H
#define _FS_PNODE_H

/*
 * Mounts that follow each other; the model is in pnode.c. namespace_sem is held for writing, but
 * for the questions at the end, for which shared is enough.
 */

#include "mount.h"

/* What becomes of a copy, by clone_mnt(). */
#define CL_SLAVE		0x01	/* it receives from the original */
#define CL_MAKE_SHARED		0x02	/* it is shared, whatever the original is */
#define CL_PRIVATE		0x04	/* it has nothing to do with the original */
#define CL_COPY_UNBINDABLE	0x08	/* copy_tree(): those too */
#define CL_COPY_MNT_NS_FILE	0x10	/* copy_tree(): and mounts of files that are namespaces */

void init_propagation(struct mount *mnt);
int copy_propagation(struct mount *new, struct mount *old, int flags);
int invent_group_ids(struct mount *tree, bool recurse);
void drop_unused_group_ids(struct mount *tree, bool recurse);
void change_propagation(struct mount *mnt, int type);

int propagate_mount(struct mount *dest, struct dentry *where, struct mount *source,
		    struct list_head *copies);
void put_copies(struct list_head *copies);
struct mount *staying_cover(struct mount *mnt);
void propagate_umount(struct list_head *gone);
bool propagate_busy(struct mount *mnt);

/* ---- questions ---- */

static inline bool is_shared(const struct mount *mnt)
{
	return mnt->mnt_shared;
}

bool tree_has_unbindable(struct mount *tree);
int master_seen_from(struct mount *mnt, const struct mnt_namespace *ns, const struct path *root);

#endif /* _FS_PNODE_H */
