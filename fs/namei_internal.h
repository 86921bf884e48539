/* SPDX-License-Identifier: MIT */
#ifndef _FS_NAMEI_INTERNAL_H
#define _FS_NAMEI_INTERNAL_H

/* The state of one walk, owned by the task that walks. See fs/namei.c. */

#include <linux/delayed_call.h>
#include <linux/errno.h>
#include <linux/namei.h>
#include <linux/slab.h>

/* A place, as the walk found it. In a firm walk it has references; see namei.c of whose. */
struct spot {
	struct path path;
	struct inode *inode;		/* path.dentry's, while seq is unchanged */
	unsigned int seq;		/* light walk: path.dentry->d_seq */
};

/* What is still to be walked: the path, or the text of a symlink on the way. */
struct text {
	const char *rest;
	struct path link;		/* where it stands, referenced; none for the path itself */
	struct delayed_call done;	/* gives the link's text back */
};

#define EMBEDDED_TEXTS	3

/* walk->state */
#define WALK_ROOT_PRESET	1	/* the caller gave the root: it holds the reference */
#define WALK_ROOT_GRABBED	2	/* we hold one */
#define WALK_JUMPED		4	/* the last step was no name of a child */

/* How to take a step */
#define WALK_TRAILING	1	/* the end of the path */
#define WALK_NOFOLLOW	2

struct walk {
	struct spot here;		/* where it stands */
	struct spot next;		/* what a step has found, until it stands there */
	struct spot root;		/* path.mnt NULL: not asked for yet */
	struct qstr last;		/* the component that is next */
	int last_type;			/* LAST_* */
	unsigned int flags;		/* LOOKUP_*; LOOKUP_RCU: light, else firm */
	unsigned int state;		/* WALK_ROOT_*, WALK_JUMPED */
	unsigned int m_seq;		/* mount_lock at the start */
	unsigned int r_seq;		/* rename_lock at the start */
	int nr_links;			/* followed so far */
	unsigned int depth;		/* of texts: all below the top have something left */
	struct text *texts, embedded[EMBEDDED_TEXTS];
	struct filename *name;
	int dfd;			/* where a relative path starts */
};

/* namei_start.c */
int walk_start(struct walk *w, unsigned int flags);
int walk_know_root(struct walk *w);
int walk_jump_to_root(struct walk *w);

/* namei.c: the steps. 0: done; 1: a symlink is to be walked on from; or an errno. */
int walk_to_last(struct walk *w);
int walk_step(struct walk *w, int how);
int walk_step_to(struct walk *w, struct spot *to, int how);
int walk_find_cached(struct walk *w, struct spot *child);
bool walk_firmly(struct walk *w);
int walk_complete(struct walk *w);
void walk_end(struct walk *w);
struct dentry *lookup_in_dir(const struct qstr *name, struct dentry *dir, unsigned int flags);

static inline bool is_light(const struct walk *w)
{
	return w->flags & LOOKUP_RCU;
}

static inline const char *skip_slashes(const char *s)
{
	while (*s == '/')
		s++;
	return s;
}

/* A slash behind the last component says that it is a directory, if by a symlink. */
static inline bool walk_last_has_slash(const struct walk *w)
{
	return w->last_type == LAST_NORM && w->last.name[w->last.len];
}

/**
 * walk_patiently - a whole walk, as often as it takes
 * @dfd: where relative paths start
 * @name: the path
 * @flags: LOOKUP_*
 * @root: start and root; NULL: the process's
 * @go: one try, from walk_start() to walk_end()
 * @arg: for @go
 *
 * Inline, so that the usual walk pays for no call by pointer.
 *
 * Context: may sleep.
 * Return: what @go returned last.
 */
static __always_inline int walk_patiently(int dfd, struct filename *name, unsigned int flags,
					  const struct path *root,
					  int (*go)(struct walk *w, unsigned int flags, void *arg),
					  void *arg)
{
	struct walk w;
	int err;

	w.texts = w.embedded;
	w.depth = 0;
	w.dfd = dfd;
	w.name = name;
	w.state = root ? WALK_ROOT_PRESET : 0;
	w.root.path = root ? *root : (struct path){ };
	w.here.path = (struct path){ };

	err = go(&w, flags | LOOKUP_RCU, arg);
	if (unlikely(err == -ECHILD))
		err = go(&w, flags, arg);
	if (unlikely(err == -ESTALE))
		err = go(&w, flags | LOOKUP_REVAL, arg);
	if (unlikely(w.texts != w.embedded))
		kfree(w.texts);
	return err;
}

/* namei_lookup.c: whole walks */
int walk_to_place(struct walk *w, unsigned int flags, struct path *place);
int filename_parentat(int dfd, struct filename *name, unsigned int flags, struct path *parent,
		      struct qstr *last, int *type);

#endif /* _FS_NAMEI_INTERNAL_H */
