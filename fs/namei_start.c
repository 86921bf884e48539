// SPDX-License-Identifier: MIT
/*
 * Where a walk starts, and where it goes on after a "/" at the front of a path or of a symlink's
 * text.
 *
 *	path is absolute			the root of the process, or the one that the
 *						caller gave
 *	relative, dfd is AT_FDCWD		the working directory
 *	relative, dfd is a file			there
 *	openat2() with RESOLVE_BENEATH or	there, which becomes the root for this walk
 *	RESOLVE_IN_ROOT
 *
 * A light walk takes the place together with its sequence counts, under fs->seq where the place is
 * the process's own; a firm one takes references. See namei.c of both kinds.
 */

#include <linux/dcache.h>
#include <linux/file.h>
#include <linux/fs.h>
#include <linux/fs_struct.h>
#include <linux/mount.h>
#include <linux/namei.h>
#include <linux/rcupdate.h>
#include <linux/sched.h>

#include "internal.h"
#include "mount.h"
#include "namei_internal.h"

/* @path is the root or the working directory of @fs. */
static void read_fs_place(struct walk *w, struct spot *s, struct fs_struct *fs,
			  const struct path *path)
{
	unsigned int seq;

	if (is_light(w)) {
		/* While @fs is unchanged it keeps the dentry, and the dentry its inode. */
		do {
			seq = read_seqcount_begin(&fs->seq);
			s->path = *path;
			s->seq = read_seqcount_begin(&s->path.dentry->d_seq);
			s->inode = s->path.dentry->d_inode;
		} while (read_seqcount_retry(&fs->seq, seq));
		return;
	}
	spin_lock(&fs->lock);
	s->path = *path;
	path_get(&s->path);
	spin_unlock(&fs->lock);
	s->inode = s->path.dentry->d_inode;
}

/* The root is asked for when it is first needed: most walks are relative, without "..". */
int walk_know_root(struct walk *w)
{
	if (w->root.path.mnt)
		return 0;
	/* A scoped walk has had it from the start: the process's would lead out. */
	if (WARN_ON(w->flags & LOOKUP_IS_SCOPED))
		return -ENOTRECOVERABLE;
	read_fs_place(w, &w->root, current->fs, &current->fs->root);
	if (!is_light(w))
		w->state |= WALK_ROOT_GRABBED;
	return 0;
}

/* What stands at "/" in the path, or in a symlink. */
int walk_jump_to_root(struct walk *w)
{
	struct vfsmount *mnt = w->here.path.mnt;
	int err;

	if (unlikely(w->flags & LOOKUP_BENEATH))
		return -EXDEV;
	if (unlikely(w->flags & LOOKUP_NO_XDEV) && mnt && w->root.path.mnt &&
	    mnt != w->root.path.mnt)
		return -EXDEV;
	err = walk_know_root(w);
	if (err)
		return err;
	w->state |= WALK_JUMPED;
	if (is_light(w)) {
		w->here = w->root;
		return read_seqcount_retry(&w->here.path.dentry->d_seq, w->here.seq) ? -ECHILD : 0;
	}
	path_put(&w->here.path);
	w->here = w->root;
	path_get(&w->here.path);
	return 0;
}

static int start_at_fd(struct walk *w)
{
	struct fd f = fdget_raw(w->dfd);
	struct dentry *dentry;
	int err = 0;

	if (fd_empty(f))
		return -EBADF;
	dentry = fd_file(f)->f_path.dentry;
	if (*w->name->name && unlikely(!d_can_lookup(dentry))) {
		err = -ENOTDIR;
		goto out;
	}
	w->here.path = fd_file(f)->f_path;
	/* Without a reference the path may die with the file; but not before RCU, nor unnoticed. */
	if (is_light(w))
		w->here.seq = read_seqcount_begin(&dentry->d_seq);
	else
		path_get(&w->here.path);
	w->here.inode = dentry->d_inode;
out:
	fdput(f);
	return err;
}

static void start_at_preset_root(struct walk *w)
{
	struct dentry *dentry = w->root.path.dentry;

	if (is_light(w))
		w->root.seq = read_seqcount_begin(&dentry->d_seq);
	else
		path_get(&w->root.path);
	w->root.inode = dentry->d_inode;
	w->here = w->root;
}

/* openat2(): nothing is to lead out of where it starts. */
static void make_here_the_root(struct walk *w)
{
	w->root = w->here;
	if (is_light(w))
		return;
	path_get(&w->root.path);
	w->state |= WALK_ROOT_GRABBED;
}

/**
 * walk_start - stand where the path begins
 * @w: a walk that has a name, a descriptor and perhaps a root
 * @flags: LOOKUP_*; with LOOKUP_RCU it is light
 *
 * Whatever the result, walk_end() is due.
 *
 * Return: 0, -EBADF, -ENOTDIR, -EXDEV, -ECHILD, -EAGAIN.
 */
int walk_start(struct walk *w, unsigned int flags)
{
	const char *path = w->name->name;
	int err = 0;

	w->flags = flags & ~LOOKUP_RCU;
	/* LOOKUP_CACHED is a promise not to sleep: a firm walk can't keep it. */
	if ((flags & (LOOKUP_RCU | LOOKUP_CACHED)) == LOOKUP_CACHED)
		return -EAGAIN;
	/* The empty path is one place, which is to be referenced at once. */
	if ((flags & LOOKUP_RCU) && *path) {
		w->flags = flags;
		rcu_read_lock();
	}
	w->state |= WALK_JUMPED;
	w->nr_links = 0;
	w->depth = 1;
	w->texts[0].rest = skip_slashes(path);
	w->texts[0].link = (struct path){ };
	clear_delayed_call(&w->texts[0].done);
	w->m_seq = read_seqbegin(&mount_lock);
	w->r_seq = read_seqbegin(&rename_lock);

	if (w->state & WALK_ROOT_PRESET) {
		start_at_preset_root(w);
		return 0;
	}
	w->root.path.mnt = NULL;
	if (*path == '/' && !(flags & LOOKUP_IN_ROOT))
		return walk_jump_to_root(w);
	if (w->dfd == AT_FDCWD)
		read_fs_place(w, &w->here, current->fs, &current->fs->pwd);
	else
		err = start_at_fd(w);
	if (!err && (flags & LOOKUP_IS_SCOPED))
		make_here_the_root(w);
	return err;
}
