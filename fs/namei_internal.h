/* SPDX-License-Identifier: MIT */
#ifndef _FS_NAMEI_INTERNAL_H
#define _FS_NAMEI_INTERNAL_H

/* The state of one walk, owned by the task that walks. See fs/namei.c. */

#include <linux/delayed_call.h>
#include <linux/namei.h>

#define EMBEDDED_LEVELS	2

/* nd->state */
#define ND_ROOT_PRESET	1	/* the caller gave nd->root: it holds the reference */
#define ND_ROOT_GRABBED	2	/* we hold one */
#define ND_JUMPED	4	/* the last step was no name of a child */

/* How to take a step */
#define WALK_TRAILING	1	/* the end of the path */
#define WALK_NOFOLLOW	2

struct nameidata {
	struct path path;		/* where it stands */
	struct qstr last;		/* the component that is next */
	struct path root;		/* mnt NULL: not asked for yet */
	struct inode *inode;		/* path.dentry's */
	unsigned int flags;		/* LOOKUP_* */
	unsigned int state;		/* ND_* */
	unsigned int seq;		/* RCU walk: of path.dentry */
	unsigned int next_seq;		/* of the child found */
	unsigned int root_seq;
	unsigned int m_seq;		/* mount_lock at the start */
	unsigned int r_seq;		/* rename_lock at the start */
	int last_type;			/* LAST_* */
	unsigned int depth;		/* of stack */
	int total_link_count;
	struct saved {
		struct path link;	/* referenced */
		struct delayed_call done;
		const char *name;	/* what is left to walk after the link */
	} *stack, internal[EMBEDDED_LEVELS];
	struct filename *name;
	int dfd;
	kuid_t dir_uid;			/* of the last component's directory */
	umode_t dir_mode;
};

/* namei.c */
const char *path_init(struct nameidata *nd, unsigned int flags);
int link_path_walk(const char *name, struct nameidata *nd);
const char *walk_component(struct nameidata *nd, int flags);
const char *handle_dots(struct nameidata *nd, int type);
const char *step_into(struct nameidata *nd, int flags, struct dentry *dentry);
struct dentry *lookup_fast(struct nameidata *nd);
bool try_to_unlazy(struct nameidata *nd);
int complete_walk(struct nameidata *nd);
void terminate_walk(struct nameidata *nd);
struct dentry *__lookup_slow(const struct qstr *name, struct dentry *dir, unsigned int flags);

/* namei_lookup.c */
void set_nameidata(struct nameidata *nd, int dfd, struct filename *name, const struct path *root);
void restore_nameidata(struct nameidata *nd);
int path_lookupat(struct nameidata *nd, unsigned int flags, struct path *path);
int filename_parentat(int dfd, struct filename *name, unsigned int flags, struct path *parent,
		      struct qstr *last, int *type);

#endif /* _FS_NAMEI_INTERNAL_H */
