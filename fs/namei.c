// SPDX-License-Identifier: MIT
/*
 * From a path to a place: the walk and its steps. Whole walks are in namei_lookup.c, those that end
 * in an open file in namei_open.c, the starting points in namei_start.c, the rights at each step in
 * permission.c.
 *
 * A walk stands somewhere (w->here) and takes the path component by component. It is "light" as
 * long as everything it needs is in the dentry cache: it takes no references and writes to no
 * memory that others use, so that any number of CPUs can walk the same directories at once. RCU
 * keeps what it looks at from being freed; sequence counts tell whether it was true:
 *
 *	here: dentry, its inode, its d_seq s	read together
 *	child found, its d_seq t		read before s is checked again
 *	s unchanged?				then child was the child while we stood there
 *
 * Mounts are checked by mount_lock's sequence in the same way, rename_lock's is for ".." alone.
 *
 * Where it must sleep (a name that isn't cached, a symlink, a file system that wants to be asked)
 * the walk becomes "firm": it takes references to where it stands, if that is still valid, and goes
 * on with references. If it is not valid, -ECHILD starts the walk again, firm from the first step
 * on; -ESTALE starts it a third time, trusting no cached answer (walk_patiently()).
 *
 * Who holds what in a firm walk: w->here both references; any other spot a reference to its dentry,
 * and to its mount if that is not w->here's.
 *
 * Symlinks put their text on top of the path (w->texts). A text that has nothing left is taken off
 * before another is put on, so the component just read is the last of the path if its text is the
 * only one and has nothing behind it. 40 links in one walk end it with -ELOOP.
 */

#include <linux/delayed_call.h>
#include <linux/export.h>
#include <linux/fs.h>
#include <linux/mount.h>
#include <linux/namei.h>
#include <linux/sched.h>
#include <linux/security.h>
#include <linux/slab.h>
#include <linux/stringhash.h>

#include "internal.h"
#include "mount.h"
#include "namei_internal.h"

/**
 * path_get - one more reference to a place
 * @path: the place, referenced already
 */
void path_get(const struct path *path)
{
	mntget(path->mnt);
	dget(path->dentry);
}
EXPORT_SYMBOL(path_get);

/**
 * path_put - one less
 * @path: the place, or one of NULLs
 *
 * Context: may sleep.
 */
void path_put(const struct path *path)
{
	dput(path->dentry);
	mntput(path->mnt);
}
EXPORT_SYMBOL(path_put);

/* ---- texts ---- */

static struct text *top_text(struct walk *w)
{
	return &w->texts[w->depth - 1];
}

static void pop_text(struct walk *w)
{
	struct text *t = &w->texts[--w->depth];

	do_delayed_call(&t->done);
	path_put(&t->link);
}

/* One for @link, whose reference becomes its. Its text is filled in later. NULL: no memory. */
static struct text *push_text(struct walk *w, const struct path *link)
{
	struct text *t;

	if (!*top_text(w)->rest)
		pop_text(w);
	if (w->depth == EMBEDDED_TEXTS && w->texts == w->embedded) {
		t = kmalloc_array(MAXSYMLINKS + 1, sizeof(*t), GFP_KERNEL);
		if (!t)
			return NULL;
		w->texts = memcpy(t, w->embedded, sizeof(w->embedded));
	}
	t = &w->texts[w->depth++];
	t->link = *link;
	clear_delayed_call(&t->done);
	return t;
}

/* ---- from a light walk to a firm one ---- */

static void leave_rcu(struct walk *w)
{
	w->flags &= ~LOOKUP_RCU;
	rcu_read_unlock();
}

/**
 * walk_end - whatever the walk holds goes
 * @w: the walk; walk_start() may begin another
 */
void walk_end(struct walk *w)
{
	if (is_light(w)) {
		leave_rcu(w);
	} else {
		while (w->depth)
			pop_text(w);
		path_put(&w->here.path);
		if (w->state & WALK_ROOT_GRABBED)
			path_put(&w->root.path);
	}
	w->state &= ~WALK_ROOT_GRABBED;
	w->depth = 0;
	w->here.path = (struct path){ };
}

/*
 * References to @s, if it is as it was read. If not, what couldn't be had is taken out of @s; the
 * rest is put by walk_end().
 */
static bool hold(struct walk *w, struct spot *s)
{
	int changed = __legitimize_mnt(s->path.mnt, w->m_seq);

	if (unlikely(changed)) {
		if (changed > 0)
			s->path.mnt = NULL;
		s->path.dentry = NULL;
		return false;
	}
	if (unlikely(!lockref_get_not_dead(&s->path.dentry->d_lockref))) {
		s->path.dentry = NULL;
		return false;
	}
	return !read_seqcount_retry(&s->path.dentry->d_seq, s->seq);
}

static bool hold_place_and_root(struct walk *w)
{
	if (!hold(w, &w->here))
		return false;
	if (!w->root.path.mnt || (w->state & WALK_ROOT_PRESET))
		return true;
	w->state |= WALK_ROOT_GRABBED;
	return hold(w, &w->root);
}

/* RESOLVE_CACHED: what comes next might sleep, and the caller wants that not to happen. */
static bool must_stay_light(struct walk *w)
{
	if (likely(!(w->flags & LOOKUP_CACHED)))
		return false;
	w->here.path = (struct path){ };
	leave_rcu(w);
	return true;
}

/**
 * walk_firmly - go on with references, from here
 * @w: a light walk
 *
 * Return: false if somebody changed something: -ECHILD. The walk has left RCU either way.
 */
bool walk_firmly(struct walk *w)
{
	bool ok;

	if (unlikely(must_stay_light(w)))
		return false;
	ok = hold_place_and_root(w);
	leave_rcu(w);
	return ok;
}

/* The same where a child was found, too, in the same mount. */
static bool walk_firmly_with(struct walk *w, const struct spot *child)
{
	struct dentry *dentry = child->path.dentry;
	bool held, ok;

	if (unlikely(must_stay_light(w)))
		return false;
	held = hold_place_and_root(w) && lockref_get_not_dead(&dentry->d_lockref);
	ok = held && !read_seqcount_retry(&dentry->d_seq, child->seq);
	leave_rcu(w);
	if (unlikely(held && !ok))
		dput(dentry);
	return ok;
}

/* Is the end below w->root still? Renames and mounts during the walk may have led it out. */
static bool is_in_scope(struct walk *w)
{
	struct path p = w->here.path;
	bool below;

	read_seqlock_excl(&mount_lock);
	while (p.mnt != w->root.path.mnt && mnt_has_parent(real_mount(p.mnt))) {
		struct mount *mnt = real_mount(p.mnt);

		p.dentry = mnt->mnt_mountpoint;
		p.mnt = &mnt->mnt_parent->mnt;
	}
	below = p.mnt == w->root.path.mnt && is_subdir(p.dentry, w->root.path.dentry);
	read_sequnlock_excl(&mount_lock);
	return below;
}

/**
 * walk_complete - the end was found: make it ours, and see that the walk stayed where it had to
 * @w: the walk
 *
 * Return: 0; -ECHILD to try again; -EXDEV: led out of its scope; -ESTALE or what the file system
 * says about a place that was jumped to.
 */
int walk_complete(struct walk *w)
{
	struct dentry *dentry;
	int status;

	if (is_light(w)) {
		/* Nobody needs the root any more, if it isn't the scope. */
		if (!(w->state & WALK_ROOT_PRESET) && !(w->flags & LOOKUP_IS_SCOPED))
			w->root.path.mnt = NULL;
		w->flags &= ~LOOKUP_CACHED;
		if (!walk_firmly(w))
			return -ECHILD;
	}
	if (unlikely(w->flags & LOOKUP_IS_SCOPED) && !is_in_scope(w))
		return -EXDEV;
	dentry = w->here.path.dentry;
	if (likely(!(w->state & WALK_JUMPED) || !(dentry->d_flags & DCACHE_OP_WEAK_REVALIDATE)))
		return 0;
	status = dentry->d_op->d_weak_revalidate(dentry, w->flags);
	if (status > 0)
		return 0;
	return status ? status : -ESTALE;
}

/* ---- mounts on the way ---- */

static void put_spot(struct walk *w, struct spot *s)
{
	dput(s->path.dentry);
	if (s->path.mnt != w->here.path.mnt)
		mntput(s->path.mnt);
}

/* Return: 0, or -ECHILD if that is better found out with references. */
static int enter_mounts_lightly(struct walk *w, struct spot *s)
{
	while (d_mountpoint(s->path.dentry)) {
		struct mount *mounted = __lookup_mnt(s->path.mnt, s->path.dentry);

		if (!mounted)
			return read_seqretry(&mount_lock, w->m_seq) ? -ECHILD : 0;
		if (unlikely(w->flags & LOOKUP_NO_XDEV))
			return -ECHILD;
		s->path.mnt = &mounted->mnt;
		s->path.dentry = mounted->mnt.mnt_root;
		s->seq = read_seqcount_begin(&s->path.dentry->d_seq);
		/* It may have been unmounted between the lookup and the d_seq. */
		if (read_seqretry(&mount_lock, w->m_seq))
			return -ECHILD;
	}
	return 0;
}

/* From a directory to what is mounted there, and on that. */
static int enter_mounts(struct walk *w, struct spot *s)
{
	struct vfsmount *mounted;

	if (is_light(w))
		return enter_mounts_lightly(w, s);
	while (d_mountpoint(s->path.dentry)) {
		mounted = lookup_mnt(&s->path);
		if (!mounted)
			break;
		put_spot(w, s);
		s->path.mnt = mounted;
		s->path.dentry = dget(mounted->mnt_root);
	}
	if (unlikely(w->flags & LOOKUP_NO_XDEV) && s->path.mnt != w->here.path.mnt) {
		put_spot(w, s);
		return -EXDEV;
	}
	return 0;
}

/**
 * follow_up - from the root of a mount to the directory that it is mounted on
 * @path: both references change hands
 *
 * Return: 1; 0 if it is mounted nowhere, with nothing changed.
 */
int follow_up(struct path *path)
{
	struct mount *mnt = real_mount(path->mnt), *parent;
	struct dentry *mountpoint;

	read_seqlock_excl(&mount_lock);
	parent = mnt->mnt_parent;
	if (parent == mnt) {
		read_sequnlock_excl(&mount_lock);
		return 0;
	}
	mntget(&parent->mnt);
	mountpoint = dget(mnt->mnt_mountpoint);
	read_sequnlock_excl(&mount_lock);
	path_put(path);
	path->dentry = mountpoint;
	path->mnt = &parent->mnt;
	return 1;
}
EXPORT_SYMBOL(follow_up);

/**
 * follow_down_one - from a directory to what is mounted there last
 * @path: both references change hands
 *
 * Return: 1; 0 if nothing is mounted there.
 */
int follow_down_one(struct path *path)
{
	struct vfsmount *mounted = lookup_mnt(path);

	if (!mounted)
		return 0;
	path_put(path);
	path->mnt = mounted;
	path->dentry = dget(mounted->mnt_root);
	return 1;
}
EXPORT_SYMBOL(follow_down_one);

/**
 * follow_down - from a directory to what one sees there
 * @path: both references change hands
 * @flags: LOOKUP_*, for file systems that mount when they are entered: there are none
 *
 * Return: 0.
 */
int follow_down(struct path *path, unsigned int flags)
{
	(void)flags;
	while (d_mountpoint(path->dentry) && follow_down_one(path))
		;
	return 0;
}
EXPORT_SYMBOL(follow_down);

/* ---- finding a child ---- */

/*
 * Does the file system still stand by a dentry that was cached? The reference goes if not.
 * Return: 1; 0: it has to be looked up anew; an errno.
 */
static int confirm(struct dentry *dentry, unsigned int flags)
{
	int status = 1;

	if (unlikely(dentry->d_flags & DCACHE_OP_REVALIDATE))
		status = dentry->d_op->d_revalidate(dentry, flags);
	if (likely(status > 0))
		return 1;
	if (!status)
		d_invalidate(dentry);
	dput(dentry);
	return status;
}

/**
 * walk_find_cached - the child w->last, from the cache
 * @w: the walk
 * @child: filled, but for the inode
 *
 * Return: 1 if it is there (it may be negative); 0 if not: the walk is firm then; an errno.
 */
int walk_find_cached(struct walk *w, struct spot *child)
{
	struct dentry *dir = w->here.path.dentry, *dentry;

	child->path.mnt = w->here.path.mnt;
	if (!is_light(w)) {
		dentry = d_lookup(dir, &w->last);
		child->path.dentry = dentry;
		return dentry ? confirm(dentry, w->flags) : 0;
	}
	dentry = __d_lookup_rcu(dir, &w->last, &child->seq);
	child->path.dentry = dentry;
	if (unlikely(!dentry))
		return walk_firmly(w) ? 0 : -ECHILD;
	/* Was it the child while we stood here? */
	if (read_seqcount_retry(&dir->d_seq, w->here.seq))
		return -ECHILD;
	if (likely(!(dentry->d_flags & DCACHE_OP_REVALIDATE)) ||
	    dentry->d_op->d_revalidate(dentry, w->flags) > 0)
		return 1;
	/* It has to sleep for an answer, or has a bad one, which takes a reference to act upon. */
	return walk_firmly_with(w, child) ? confirm(dentry, w->flags) : -ECHILD;
}

/* @dentry is new, in_lookup: nobody else asks for the same name until d_lookup_done(). */
static struct dentry *ask_file_system(struct inode *dir, struct dentry *dentry, unsigned int flags)
{
	struct dentry *other = dir->i_op->lookup(dir, dentry, flags);

	d_lookup_done(dentry);
	if (likely(!other))
		return dentry;
	/* A directory has one dentry; it was known by another. Or it is an error. */
	dput(dentry);
	return other;
}

/**
 * lookup_in_dir - one name in a directory, from the cache or the file system
 * @name: the name, hashed
 * @dir: the directory, its inode locked; shared is enough
 * @flags: LOOKUP_*
 *
 * Return: the dentry, referenced, negative if there is no such name; ERR_PTR(-ENOENT) if the
 * directory was removed, ERR_PTR(-ENOMEM), or what the file system says.
 */
struct dentry *lookup_in_dir(const struct qstr *name, struct dentry *dir, unsigned int flags)
{
	DECLARE_WAIT_QUEUE_HEAD_ONSTACK(wq);
	struct dentry *dentry;
	int status;

	if (unlikely(IS_DEADDIR(dir->d_inode)))
		return ERR_PTR(-ENOENT);
	do {
		dentry = d_alloc_parallel(dir, name, &wq);
		if (IS_ERR(dentry))
			return dentry;
		if (d_in_lookup(dentry))
			return ask_file_system(dir->d_inode, dentry, flags);
		/* Somebody else was faster. */
		status = confirm(dentry, flags);
	} while (!status);
	return status > 0 ? dentry : ERR_PTR(status);
}

/* The child w->last, which is not in the cache. Return: 0 or an errno. */
static int find_uncached(struct walk *w, struct spot *child)
{
	struct dentry *dir = w->here.path.dentry;

	inode_lock_shared(dir->d_inode);
	child->path.dentry = lookup_in_dir(&w->last, dir, w->flags);
	inode_unlock_shared(dir->d_inode);
	return PTR_ERR_OR_ZERO(child->path.dentry);
}

/* ---- symlinks ---- */

static void put_place(void *place)
{
	path_put(place);
	kfree(place);
}

/**
 * nd_jump_link - of a ->get_link() that leads to a place, not to a name
 * @path: the place; the reference is consumed
 * @done: as get_link got it; the walk finds the place there
 *
 * Return: NULL, for get_link to return; ERR_PTR(-ENOMEM).
 */
const char *nd_jump_link(const struct path *path, struct delayed_call *done)
{
	struct path *place = kmemdup(path, sizeof(*path), GFP_KERNEL);

	if (!place) {
		path_put(path);
		return ERR_PTR(-ENOMEM);
	}
	set_delayed_call(done, put_place, place);
	return NULL;
}

static int jump_to_place(struct walk *w, const struct path *place)
{
	if (unlikely(w->flags & LOOKUP_NO_MAGICLINKS))
		return -ELOOP;
	if (unlikely(w->flags & LOOKUP_IS_SCOPED) ||
	    (unlikely(w->flags & LOOKUP_NO_XDEV) && w->here.path.mnt != place->mnt))
		return -EXDEV;
	path_get(place);
	path_put(&w->here.path);
	w->here.path = *place;
	w->here.inode = place->dentry->d_inode;
	w->state |= WALK_JUMPED;
	return 0;
}

/* Does the walk allow this link, which stands in w->here? */
static int check_link(struct walk *w, const struct path *link, struct inode *inode, int how)
{
	int err;

	if (unlikely(w->nr_links++ >= MAXSYMLINKS))
		return -ELOOP;
	err = how & WALK_TRAILING ? may_follow_link(w->here.inode, inode) : 0;
	if (unlikely(err))
		return err;
	if (unlikely(w->flags & LOOKUP_NO_SYMLINKS) ||
	    unlikely(link->mnt->mnt_flags & MNT_NOSYMFOLLOW))
		return -ELOOP;
	return 0;
}

/* @t is on top, for a link to @inode. Return: as walk_step(). */
static int read_link(struct walk *w, struct text *t, struct inode *inode)
{
	const char *s = READ_ONCE(inode->i_link);
	int err = 0;

	if (!s)
		s = inode->i_op->get_link(t->link.dentry, inode, &t->done);
	if (IS_ERR(s))
		return PTR_ERR(s);
	if (!s && t->done.fn == put_place)
		err = jump_to_place(w, t->done.arg);
	else if (s && *s == '/')
		err = walk_jump_to_root(w);
	if (unlikely(err))
		return err;
	t->rest = s ? skip_slashes(s) : "";
	if (*t->rest)
		return 1;
	/* The jump was all of it. */
	pop_text(w);
	return 0;
}

/* The walk is firm. @to, whose references are ours, is a symlink. Return: as walk_step(). */
static int follow_link(struct walk *w, struct spot *to, int how)
{
	struct path link = to->path;
	struct text *t;
	int err;

	if (link.mnt == w->here.path.mnt)
		/* the walk may leave that mount before the link's text ends */
		mntget(link.mnt);
	err = check_link(w, &link, to->inode, how);
	if (unlikely(err))
		goto err_put;
	t = push_text(w, &link);
	if (!t) {
		err = -ENOMEM;
		goto err_put;
	}
	touch_atime(&link);
	err = security_inode_follow_link(link.dentry, to->inode, false);
	return err ? err : read_link(w, t, to->inode);

err_put:
	path_put(&link);
	return err;
}

static bool is_followed(const struct walk *w, int how)
{
	if (how & WALK_NOFOLLOW)
		return false;
	return !(how & WALK_TRAILING) || (w->flags & LOOKUP_FOLLOW);
}

/* ---- steps ---- */

static void stand_on(struct walk *w, const struct spot *s)
{
	if (!is_light(w)) {
		dput(w->here.path.dentry);
		if (w->here.path.mnt != s->path.mnt)
			mntput(w->here.path.mnt);
	}
	w->here = *s;
}

/**
 * walk_step_to - on to a spot that was found: into what is mounted there, along a symlink
 * @w: the walk
 * @to: the spot, in w->here's mount; consumed
 * @how: WALK_*
 *
 * Return: 0: we stand on it; 1: it is a symlink, whose text is next; -ENOENT: it is negative;
 * -ECHILD, -EXDEV, -ELOOP, -EACCES, -ENOMEM.
 */
int walk_step_to(struct walk *w, struct spot *to, int how)
{
	int err;

	if (unlikely(d_managed(to->path.dentry))) {
		err = enter_mounts(w, to);
		if (err)
			return err;
	}
	to->inode = READ_ONCE(to->path.dentry->d_inode);
	if (is_light(w) && read_seqcount_retry(&to->path.dentry->d_seq, to->seq))
		return -ECHILD;
	if (unlikely(!to->inode)) {
		if (!is_light(w))
			put_spot(w, to);
		return -ENOENT;
	}
	if (likely(!d_is_symlink(to->path.dentry)) || !is_followed(w, how)) {
		stand_on(w, to);
		return 0;
	}
	/* Symlinks are followed firmly. One that something is mounted on: from the start. */
	if (is_light(w) && (to->path.mnt != w->here.path.mnt || !walk_firmly_with(w, to)))
		return -ECHILD;
	return follow_link(w, to, how);
}

/*
 * Up to where there is a parent within the mount.
 * Return: 1: there is; 0: this is as far up as the walk gets; an errno.
 */
static int climb_mounts(struct walk *w)
{
	while (!path_equal(&w->here.path, &w->root.path)) {
		if (w->here.path.dentry != w->here.path.mnt->mnt_root)
			return 1;
		if (unlikely(w->flags & LOOKUP_NO_XDEV) &&
		    mnt_has_parent(real_mount(w->here.path.mnt)))
			return -EXDEV;
		if (!follow_up(&w->here.path))
			return 0;
		w->here.inode = w->here.path.dentry->d_inode;
	}
	return w->flags & LOOKUP_BENEATH ? -EXDEV : 0;
}

static bool shows_part_of_fs(const struct vfsmount *mnt)
{
	return mnt->mnt_root != mnt->mnt_sb->s_root;
}

static int step_up_firmly(struct walk *w)
{
	struct spot *up = &w->next;
	struct vfsmount *mnt;
	int res = climb_mounts(w);

	if (res < 0)
		return res;
	mnt = w->here.path.mnt;
	up->path.mnt = mnt;
	if (res == 0) {
		/* It stays here; something may be mounted over it. */
		up->path.dentry = dget(w->here.path.dentry);
		return walk_step_to(w, up, WALK_NOFOLLOW);
	}
	up->path.dentry = dget_parent(w->here.path.dentry);
	/* A bind mount of a subtree from which this was moved away has no way up. */
	if (shows_part_of_fs(mnt) && !is_subdir(up->path.dentry, mnt->mnt_root)) {
		dput(up->path.dentry);
		return -ENOENT;
	}
	return walk_step_to(w, up, WALK_NOFOLLOW);
}

static int step_up_lightly(struct walk *w)
{
	struct dentry *dentry = w->here.path.dentry;
	struct spot *up = &w->next;

	up->path.mnt = w->here.path.mnt;
	up->path.dentry = READ_ONCE(dentry->d_parent);
	up->seq = read_seqcount_begin(&up->path.dentry->d_seq);
	if (read_seqcount_retry(&dentry->d_seq, w->here.seq))
		return -ECHILD;
	return walk_step_to(w, up, WALK_NOFOLLOW);
}

/* Is ".." from here just the parent? */
static bool is_plain_child(const struct walk *w)
{
	const struct vfsmount *mnt = w->here.path.mnt;

	return w->here.path.dentry != mnt->mnt_root && !shows_part_of_fs(mnt) &&
	       !path_equal(&w->here.path, &w->root.path);
}

static int step_up(struct walk *w)
{
	int err = walk_know_root(w);

	if (err)
		return err;
	if (is_light(w) && is_plain_child(w))
		err = step_up_lightly(w);
	else if (is_light(w) && !walk_firmly(w))
		err = -ECHILD;
	else
		err = step_up_firmly(w);
	if (err || likely(!(w->flags & LOOKUP_IS_SCOPED)))
		return err;
	/* A rename or mount meanwhile may have put us where ".." leads out. */
	smp_rmb();
	if (read_seqretry(&mount_lock, w->m_seq) || read_seqretry(&rename_lock, w->r_seq))
		return -EAGAIN;
	return 0;
}

/**
 * walk_step - one step, along w->last
 * @w: the walk
 * @how: WALK_*
 *
 * Return: 0: we stand there; 1: a symlink's text is next; or an errno.
 */
int walk_step(struct walk *w, int how)
{
	int res;

	if (unlikely(w->last_type != LAST_NORM))
		return w->last_type == LAST_DOTDOT ? step_up(w) : 0;
	res = walk_find_cached(w, &w->next);
	if (unlikely(!res))
		res = find_uncached(w, &w->next);
	if (unlikely(res < 0))
		return res;
	return walk_step_to(w, &w->next, how);
}

/* ---- all but the last ---- */

/* May names be looked up where we stand? */
static int check_directory(struct walk *w)
{
	int err;

	if (unlikely(!d_can_lookup(w->here.path.dentry)))
		return is_light(w) && !walk_firmly(w) ? -ECHILD : -ENOTDIR;
	if (is_light(w)) {
		err = inode_permission(&nop_mnt_idmap, w->here.inode, MAY_EXEC | MAY_NOT_BLOCK);
		if (likely(!err))
			return 0;
		/* A refusal counts only if it was about the inode that the dentry still has. */
		if (!walk_firmly(w))
			return -ECHILD;
		if (err != -ECHILD)
			return err;
	}
	return inode_permission(&nop_mnt_idmap, w->here.inode, MAY_EXEC);
}

static int kind_of_name(const char *name, size_t len)
{
	if (likely(name[0] != '.' || len > 2))
		return LAST_NORM;
	if (len == 1)
		return LAST_DOT;
	return name[1] == '.' ? LAST_DOTDOT : LAST_NORM;
}

/* The next component of the text on top becomes w->last. */
static int read_component(struct walk *w)
{
	struct dentry *dir = w->here.path.dentry;
	const char *name = top_text(w)->rest, *end = name;
	size_t len;

	while (*end && *end != '/')
		end++;
	len = end - name;
	if (unlikely(len > NAME_MAX))
		return -ENAMETOOLONG;
	top_text(w)->rest = skip_slashes(end);
	w->last.name = (const unsigned char *)name;
	w->last_type = kind_of_name(name, len);
	if (unlikely(w->last_type != LAST_NORM)) {
		w->last.hash_len = hashlen_create(0, len);
		if (w->last_type == LAST_DOTDOT)
			w->state |= WALK_JUMPED;
		return 0;
	}
	w->last.hash_len = hashlen_create(full_name_hash(dir, name, len), len);
	w->state &= ~WALK_JUMPED;
	if (unlikely(dir->d_flags & DCACHE_OP_HASH))
		return min(dir->d_op->d_hash(dir, &w->last), 0);
	return 0;
}

/**
 * walk_to_last - walk all but the last component, which is left in w->last
 * @w: the walk; after walk_start(), or again after a step that ended in a symlink
 *
 * Of "/" and of the empty path nothing is left: LAST_ROOT.
 *
 * Return: 0: we stand in the last component's directory, and may look for names there; an errno.
 */
int walk_to_last(struct walk *w)
{
	int err;

	w->last_type = LAST_ROOT;
	if (!*top_text(w)->rest)
		return 0;
	for (;;) {
		err = check_directory(w);
		if (!err)
			err = read_component(w);
		if (unlikely(err))
			return err;
		if (w->depth == 1 && !*top_text(w)->rest)
			return 0;
		err = walk_step(w, 0);
		if (unlikely(err < 0))
			return err;
		while (!*top_text(w)->rest)
			pop_text(w);
	}
}
