/* SPDX-License-Identifier: MIT */
#ifndef _FS_NAMEI_INTERNAL_H
#define _FS_NAMEI_INTERNAL_H

/* The state of one walk, owned by the task that walks. See fs/namei.c. */

#include <linux/delayed_call.h>
#include <linux/namei.h>

#define EMBEDDED_LEVELS	2

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

void set_nameidata(struct nameidata *nd, int dfd, struct filename *name, const struct path *root);
void restore_nameidata(struct nameidata *nd);
struct dentry *__lookup_slow(const struct qstr *name, struct dentry *dir, unsigned int flags);
int filename_parentat(int dfd, struct filename *name, unsigned int flags, struct path *parent,
		      struct qstr *last, int *type);

#endif /* _FS_NAMEI_INTERNAL_H */
