// SPDX-License-Identifier: MIT
/*
 * From a path to a dentry: the walk and its steps. Whole walks are in namei_lookup.c, those that
 * end in an open file in namei_open.c, the rights at each step in permission.c.
 *
 * The walk goes component by component. As long as everything it needs is in the dentry cache it
 * takes no references and writes to no memory that others use ("RCU walk"): it stands on a dentry
 * whose d_seq it has read (nd->seq), steps to a child, reads the child's d_seq, and then checks
 * that its own hasn't changed. Mounts are checked by mount_lock's sequence in the same way.
 *
 *	nd->path.dentry  seq s		the inode is nd->inode, both belong together
 *	child            seq t		read before s is checked again
 *	s unchanged?			then child was the child while we stood there
 *
 * Where it must sleep (a name that isn't cached, a symlink, a file system that wants to be asked)
 * it takes references to where it stands, if that is still valid, and goes on with references ("ref
 * walk"); if not, -ECHILD starts the whole walk again, with references from the first step on.
 * -ESTALE starts it a third time, trusting no cached answer.
 *
 * nd->stack holds the rest of the path for each symlink that is being followed; 40 of them in one
 * walk end it with -ELOOP.
 */

#include <linux/capability.h>
#include <linux/cred.h>
#include <linux/delayed_call.h>
#include <linux/export.h>
#include <linux/file.h>
#include <linux/fs.h>
#include <linux/fs_struct.h>
#include <linux/mount.h>
#include <linux/namei.h>
#include <linux/pagemap.h>
#include <linux/sched.h>
#include <linux/security.h>
#include <linux/slab.h>
#include <linux/stringhash.h>
#include <linux/uaccess.h>

#include "internal.h"
#include "mount.h"
#include "namei_internal.h"

void path_get(const struct path *path)
{
	mntget(path->mnt);
	dget(path->dentry);
}
EXPORT_SYMBOL(path_get);

void path_put(const struct path *path)
{
	dput(path->dentry);
	mntput(path->mnt);
}
EXPORT_SYMBOL(path_put);

/* ---- from a walk without references to one with ---- */

static void leave_rcu(struct nameidata *nd)
{
	nd->flags &= ~LOOKUP_RCU;
	nd->seq = nd->next_seq = 0;
	rcu_read_unlock();
}

static void drop_links(struct nameidata *nd)
{
	while (nd->depth) {
		struct saved *last = nd->stack + --nd->depth;

		do_delayed_call(&last->done);
		clear_delayed_call(&last->done);
		path_put(&last->link);
	}
}

static void put_root(struct nameidata *nd)
{
	if (nd->state & ND_ROOT_GRABBED) {
		path_put(&nd->root);
		nd->state &= ~ND_ROOT_GRABBED;
	}
}

/* End of a walk: whatever it holds goes. */
void terminate_walk(struct nameidata *nd)
{
	if (nd->flags & LOOKUP_RCU) {
		leave_rcu(nd);
	} else {
		drop_links(nd);
		path_put(&nd->path);
		put_root(nd);
	}
	nd->depth = 0;
	nd->path = (struct path){ NULL, NULL };
}

/* Take references, if all is as it was read. False: what was taken is in the path, to be put. */
static bool legitimize_path(struct nameidata *nd, struct path *path, unsigned int seq)
{
	int res = __legitimize_mnt(path->mnt, nd->m_seq);

	if (unlikely(res)) {
		if (res > 0)
			path->mnt = NULL;
		path->dentry = NULL;
		return false;
	}
	if (unlikely(!lockref_get_not_dead(&path->dentry->d_lockref))) {
		path->dentry = NULL;
		return false;
	}
	return !read_seqcount_retry(&path->dentry->d_seq, seq);
}

static bool legitimize_root(struct nameidata *nd)
{
	if (!nd->root.mnt || (nd->state & ND_ROOT_PRESET))
		return true;
	nd->state |= ND_ROOT_GRABBED;
	return legitimize_path(nd, &nd->root, nd->root_seq);
}

/* RESOLVE_CACHED: what comes next might sleep. */
static bool refuse_unlazy(struct nameidata *nd)
{
	if (likely(!(nd->flags & LOOKUP_CACHED)))
		return false;
	nd->path = (struct path){ NULL, NULL };
	leave_rcu(nd);
	return true;
}

/**
 * try_to_unlazy - go on with references, from here
 *
 * Return: false: somebody changed something: -ECHILD. The walk has left RCU either way.
 */
bool try_to_unlazy(struct nameidata *nd)
{
	if (unlikely(refuse_unlazy(nd)))
		return false;
	if (unlikely(!legitimize_path(nd, &nd->path, nd->seq)) ||
	    unlikely(!legitimize_root(nd))) {
		leave_rcu(nd);
		return false;
	}
	leave_rcu(nd);
	return true;
}

/* The same, where a child was found, too: it gets a reference, its mount is ours. */
static bool try_to_unlazy_next(struct nameidata *nd, struct dentry *dentry)
{
	unsigned int seq = nd->next_seq;
	bool ok = false;

	if (unlikely(refuse_unlazy(nd)))
		return false;
	if (unlikely(!legitimize_path(nd, &nd->path, nd->seq)) || unlikely(!legitimize_root(nd)))
		goto out;
	if (unlikely(!lockref_get_not_dead(&dentry->d_lockref)))
		goto out;
	ok = !read_seqcount_retry(&dentry->d_seq, seq);
	if (!ok) {
		leave_rcu(nd);
		dput(dentry);
		return false;
	}
out:
	leave_rcu(nd);
	return ok;
}

/* The end was found: make it ours, and see that the walk stayed where it had to. */
int complete_walk(struct nameidata *nd)
{
	struct dentry *dentry;
	int status;

	if (nd->flags & LOOKUP_RCU) {
		if (!(nd->state & ND_ROOT_PRESET) && !(nd->flags & LOOKUP_IS_SCOPED))
			nd->root.mnt = NULL;
		nd->flags &= ~LOOKUP_CACHED;
		if (!try_to_unlazy(nd))
			return -ECHILD;
	}
	if (unlikely(nd->flags & LOOKUP_IS_SCOPED)) {
		/* Renames and mounts during the walk may have led it out. */
		struct path p = nd->path;
		bool under;

		read_seqlock_excl(&mount_lock);
		while (p.mnt != nd->root.mnt && mnt_has_parent(real_mount(p.mnt))) {
			p.dentry = real_mount(p.mnt)->mnt_mountpoint;
			p.mnt = &real_mount(p.mnt)->mnt_parent->mnt;
		}
		under = p.mnt == nd->root.mnt && is_subdir(p.dentry, nd->root.dentry);
		read_sequnlock_excl(&mount_lock);
		if (!under)
			return -EXDEV;
	}
	dentry = nd->path.dentry;
	if (likely(!(nd->state & ND_JUMPED)) || likely(!(dentry->d_flags & DCACHE_OP_WEAK_REVALIDATE)))
		return 0;
	status = dentry->d_op->d_weak_revalidate(dentry, nd->flags);
	return status > 0 ? 0 : status ? status : -ESTALE;
}

/* ---- where it starts, and jumps to ---- */

static int set_root(struct nameidata *nd)
{
	struct fs_struct *fs = current->fs;
	unsigned int seq;

	/* A scoped walk has its root from the start: falling back to the process's would leave it. */
	if (WARN_ON(nd->flags & LOOKUP_IS_SCOPED))
		return -ENOTRECOVERABLE;
	if (nd->flags & LOOKUP_RCU) {
		do {
			seq = read_seqcount_begin(&fs->seq);
			nd->root = fs->root;
			nd->root_seq = read_seqcount_begin(&nd->root.dentry->d_seq);
		} while (read_seqcount_retry(&fs->seq, seq));
	} else {
		get_fs_root(fs, &nd->root);
		nd->state |= ND_ROOT_GRABBED;
	}
	return 0;
}

static int nd_jump_root(struct nameidata *nd)
{
	int error;

	if (unlikely(nd->flags & LOOKUP_BENEATH))
		return -EXDEV;
	if (unlikely(nd->flags & LOOKUP_NO_XDEV) && nd->path.mnt && nd->root.mnt &&
	    nd->path.mnt != nd->root.mnt)
		return -EXDEV;
	if (!nd->root.mnt) {
		error = set_root(nd);
		if (error)
			return error;
	}
	if (nd->flags & LOOKUP_RCU) {
		nd->path = nd->root;
		nd->inode = nd->path.dentry->d_inode;
		nd->seq = nd->root_seq;
		if (read_seqcount_retry(&nd->path.dentry->d_seq, nd->seq))
			return -ECHILD;
	} else {
		path_put(&nd->path);
		nd->path = nd->root;
		path_get(&nd->path);
		nd->inode = nd->path.dentry->d_inode;
	}
	nd->state |= ND_JUMPED;
	return 0;
}

static void start_at_pwd(struct nameidata *nd)
{
	struct fs_struct *fs = current->fs;
	unsigned int seq;

	if (nd->flags & LOOKUP_RCU) {
		do {
			seq = read_seqcount_begin(&fs->seq);
			nd->path = fs->pwd;
			nd->inode = nd->path.dentry->d_inode;
			nd->seq = read_seqcount_begin(&nd->path.dentry->d_seq);
		} while (read_seqcount_retry(&fs->seq, seq));
	} else {
		get_fs_pwd(fs, &nd->path);
		nd->inode = nd->path.dentry->d_inode;
	}
}

static int start_at_fd(struct nameidata *nd)
{
	struct fd f = fdget_raw(nd->dfd);
	struct dentry *dentry;
	int err = 0;

	if (fd_empty(f))
		return -EBADF;
	dentry = fd_file(f)->f_path.dentry;
	if (*nd->name->name && unlikely(!d_can_lookup(dentry))) {
		err = -ENOTDIR;
		goto out;
	}
	nd->path = fd_file(f)->f_path;
	nd->inode = dentry->d_inode;
	if (nd->flags & LOOKUP_RCU)
		nd->seq = read_seqcount_begin(&dentry->d_seq);
	else
		path_get(&nd->path);
out:
	/* The file itself lives on under RCU at least; the path's d_seq tells if it left. */
	fdput(f);
	return err;
}

/* Return: the name to walk, or an error pointer. RCU is entered if LOOKUP_RCU is set. */
const char *path_init(struct nameidata *nd, unsigned int flags)
{
	const char *s = nd->name->name;
	int error = 0;

	nd->flags = flags & ~LOOKUP_RCU;
	nd->depth = 0;
	/* LOOKUP_CACHED is a promise not to sleep: without RCU it can't be kept. */
	if ((flags & (LOOKUP_RCU | LOOKUP_CACHED)) == LOOKUP_CACHED)
		return ERR_PTR(-EAGAIN);
	if (!*s)
		flags &= ~LOOKUP_RCU;
	nd->flags = flags;
	nd->state |= ND_JUMPED;
	nd->depth = 0;
	nd->total_link_count = 0;
	nd->path = (struct path){ NULL, NULL };
	nd->seq = nd->next_seq = 0;
	if (flags & LOOKUP_RCU)
		rcu_read_lock();
	nd->m_seq = read_seqbegin(&mount_lock);
	nd->r_seq = read_seqbegin(&rename_lock);
	if (nd->state & ND_ROOT_PRESET) {
		nd->path = nd->root;
		nd->inode = nd->path.dentry->d_inode;
		if (flags & LOOKUP_RCU) {
			nd->seq = read_seqcount_begin(&nd->path.dentry->d_seq);
			nd->root_seq = nd->seq;
		} else {
			path_get(&nd->path);
		}
		return s;
	}
	nd->root.mnt = NULL;
	if (*s == '/' && !(flags & LOOKUP_IN_ROOT)) {
		error = nd_jump_root(nd);
		return error ? ERR_PTR(error) : s;
	}
	if (nd->dfd == AT_FDCWD)
		start_at_pwd(nd);
	else
		error = start_at_fd(nd);
	if (error)
		return ERR_PTR(error);
	if (flags & LOOKUP_IS_SCOPED) {
		nd->root = nd->path;
		if (flags & LOOKUP_RCU) {
			nd->root_seq = nd->seq;
		} else {
			path_get(&nd->root);
			nd->state |= ND_ROOT_GRABBED;
		}
	}
	return s;
}

/* ---- mounts on the way ---- */

/* Down to what is mounted on top, with references. Return: whether the mount changed. */
static bool traverse_mounts(struct path *path)
{
	bool moved = false;

	while (d_mountpoint(path->dentry)) {
		struct vfsmount *mounted = lookup_mnt(path);

		if (!mounted)
			break;
		dput(path->dentry);
		if (moved)
			mntput(path->mnt);
		path->mnt = mounted;
		path->dentry = dget(mounted->mnt_root);
		moved = true;
	}
	return moved;
}

/* The same without; nd->next_seq follows. False: leave RCU for it. */
static bool follow_mount_rcu(struct nameidata *nd, struct path *path)
{
	while (d_mountpoint(path->dentry)) {
		struct mount *mounted = __lookup_mnt(path->mnt, path->dentry);

		if (!mounted)
			return !read_seqretry(&mount_lock, nd->m_seq);
		if (unlikely(nd->flags & LOOKUP_NO_XDEV))
			return false;
		path->mnt = &mounted->mnt;
		path->dentry = mounted->mnt.mnt_root;
		nd->next_seq = read_seqcount_begin(&path->dentry->d_seq);
		/* It may have been unmounted between the lookup and the d_seq. */
		if (read_seqretry(&mount_lock, nd->m_seq))
			return false;
	}
	return true;
}

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

int follow_down(struct path *path, unsigned int flags)
{
	(void)flags;
	while (d_mountpoint(path->dentry) && follow_down_one(path))
		;
	return 0;
}
EXPORT_SYMBOL(follow_down);

/* ---- one component ---- */

/*
 * The child nd->last from the cache.
 * Return: the child (referenced in a ref walk); NULL: not there, and the walk has references now;
 * an error pointer.
 */
struct dentry *lookup_fast(struct nameidata *nd)
{
	struct dentry *dentry, *parent = nd->path.dentry;
	int status = 1;

	if (nd->flags & LOOKUP_RCU) {
		dentry = __d_lookup_rcu(parent, &nd->last, &nd->next_seq);
		if (unlikely(!dentry))
			return try_to_unlazy(nd) ? NULL : ERR_PTR(-ECHILD);
		/* Was it the child while we stood on the parent? */
		if (read_seqcount_retry(&parent->d_seq, nd->seq))
			return ERR_PTR(-ECHILD);
		if (likely(!(dentry->d_flags & DCACHE_OP_REVALIDATE)))
			return dentry;
		status = dentry->d_op->d_revalidate(dentry, nd->flags);
		if (likely(status > 0))
			return dentry;
		if (!try_to_unlazy_next(nd, dentry))
			return ERR_PTR(-ECHILD);
		if (status == -ECHILD)
			status = dentry->d_op->d_revalidate(dentry, nd->flags);
	} else {
		dentry = d_lookup(parent, &nd->last);
		if (unlikely(!dentry))
			return NULL;
		if (unlikely(dentry->d_flags & DCACHE_OP_REVALIDATE))
			status = dentry->d_op->d_revalidate(dentry, nd->flags);
	}
	if (unlikely(status <= 0)) {
		if (!status)
			d_invalidate(dentry);
		dput(dentry);
		return ERR_PTR(status);
	}
	return dentry;
}

/* i_rwsem of @dir is held, shared is enough: ask the file system. */
struct dentry *__lookup_slow(const struct qstr *name, struct dentry *dir, unsigned int flags)
{
	struct inode *inode = dir->d_inode;
	struct dentry *dentry, *old;
	DECLARE_WAIT_QUEUE_HEAD_ONSTACK(wq);

	if (unlikely(IS_DEADDIR(inode)))
		return ERR_PTR(-ENOENT);
	for (;;) {
		int error;

		dentry = d_alloc_parallel(dir, name, &wq);
		if (IS_ERR(dentry))
			return dentry;
		if (d_in_lookup(dentry))
			break;
		if (likely(!(dentry->d_flags & DCACHE_OP_REVALIDATE)))
			return dentry;
		error = dentry->d_op->d_revalidate(dentry, flags);
		if (error > 0)
			return dentry;
		if (!error)
			d_invalidate(dentry);
		dput(dentry);
		if (error)
			return ERR_PTR(error);
	}
	old = inode->i_op->lookup(inode, dentry, flags);
	d_lookup_done(dentry);
	if (unlikely(old)) {
		dput(dentry);
		dentry = old;
	}
	return dentry;
}

static struct dentry *lookup_slow(const struct qstr *name, struct dentry *dir, unsigned int flags)
{
	struct inode *inode = dir->d_inode;
	struct dentry *res;

	inode_lock_shared(inode);
	res = __lookup_slow(name, dir, flags);
	inode_unlock_shared(inode);
	return res;
}

static int may_lookup(struct nameidata *nd)
{
	if (nd->flags & LOOKUP_RCU) {
		int err = inode_permission(&nop_mnt_idmap, nd->inode, MAY_EXEC | MAY_NOT_BLOCK);

		/* The answer counts only if it was about the inode that the dentry still has. */
		if (likely(!err) || !try_to_unlazy(nd))
			return err ? -ECHILD : 0;
		if (err != -ECHILD)
			return err;
	}
	return inode_permission(&nop_mnt_idmap, nd->inode, MAY_EXEC);
}

static bool grow_stack(struct nameidata *nd)
{
	struct saved *p;

	if (nd->depth < EMBEDDED_LEVELS || nd->stack != nd->internal)
		return true;
	p = kmalloc_array(MAXSYMLINKS, sizeof(*p), GFP_KERNEL);
	if (!p)
		return false;
	memcpy(p, nd->internal, sizeof(nd->internal));
	nd->stack = p;
	return true;
}

/* ---- magic links: they lead to a place, not to a name ---- */

static void jump_done(void *arg)
{
	path_put(arg);
	kfree(arg);
}

/**
 * nd_jump_link - of a ->get_link() that knows the place itself
 * @path: where to; the reference is consumed
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
	set_delayed_call(done, jump_done, place);
	return NULL;
}

static int nd_jump(struct nameidata *nd, const struct path *place)
{
	if (unlikely(nd->flags & LOOKUP_NO_MAGICLINKS))
		return -ELOOP;
	if (unlikely(nd->flags & LOOKUP_NO_XDEV) && nd->path.mnt != place->mnt)
		return -EXDEV;
	if (unlikely(nd->flags & LOOKUP_IS_SCOPED))
		return -EXDEV;
	path_get(place);
	path_put(&nd->path);
	nd->path = *place;
	nd->inode = nd->path.dentry->d_inode;
	nd->state |= ND_JUMPED;
	return 0;
}

/* Follow a symlink; @link is ours. Return: its text, NULL if it jumped, an error pointer. */
static const char *pick_link(struct nameidata *nd, struct path *link, struct inode *inode,
			     int flags)
{
	struct saved *last;
	const char *res;
	int error = -ELOOP;

	if (unlikely(nd->total_link_count++ >= MAXSYMLINKS))
		goto err;
	/* Where the last part of the path is looked for; or, of a link in it, of its text. */
	if (flags & WALK_TRAILING) {
		error = may_follow_link(nd->inode, inode);
		if (unlikely(error))
			goto err;
		error = -ELOOP;
	}
	if (unlikely(nd->flags & LOOKUP_NO_SYMLINKS) ||
	    unlikely(link->mnt->mnt_flags & MNT_NOSYMFOLLOW))
		goto err;
	error = -ENOMEM;
	if (!grow_stack(nd))
		goto err;
	last = nd->stack + nd->depth++;
	last->link = *link;
	clear_delayed_call(&last->done);
	touch_atime(&last->link);
	error = security_inode_follow_link(link->dentry, inode, false);
	if (unlikely(error))
		return ERR_PTR(error);
	res = READ_ONCE(inode->i_link);
	if (!res) {
		res = inode->i_op->get_link(link->dentry, inode, &last->done);
		if (IS_ERR(res))
			return res;
		if (!res && last->done.fn == jump_done) {
			error = nd_jump(nd, last->done.arg);
			if (unlikely(error))
				return ERR_PTR(error);
		}
	}
	if (res && *res == '/') {
		error = nd_jump_root(nd);
		if (unlikely(error))
			return ERR_PTR(error);
		while (*res == '/')
			res++;
	}
	if (res && *res)
		return res;
	/* Nothing is left to walk of it. */
	do_delayed_call(&last->done);
	clear_delayed_call(&last->done);
	path_put(&last->link);
	nd->depth--;
	return NULL;
err:
	path_put(link);
	return ERR_PTR(error);
}

/*
 * On to @dentry (a reference is consumed in a ref walk).
 * Return: NULL: we stand on it. A symlink's text. An error pointer.
 */
const char *step_into(struct nameidata *nd, int flags, struct dentry *dentry)
{
	struct path path = { nd->path.mnt, dentry };
	struct inode *inode;

	if (nd->flags & LOOKUP_RCU) {
		if (unlikely(d_managed(dentry)) && !follow_mount_rcu(nd, &path))
			return ERR_PTR(-ECHILD);
		inode = READ_ONCE(path.dentry->d_inode);
		if (read_seqcount_retry(&path.dentry->d_seq, nd->next_seq))
			return ERR_PTR(-ECHILD);
		if (unlikely(!inode))
			return ERR_PTR(-ENOENT);
		if (likely(!d_is_symlink(path.dentry)) ||
		    ((flags & WALK_TRAILING) && !(nd->flags & LOOKUP_FOLLOW)) ||
		    (flags & WALK_NOFOLLOW)) {
			nd->path = path;
			nd->inode = inode;
			nd->seq = nd->next_seq;
			return NULL;
		}
		/* Symlinks are followed with references. A mounted one: from the start. */
		if (path.mnt != nd->path.mnt || !try_to_unlazy_next(nd, path.dentry))
			return ERR_PTR(-ECHILD);
	} else if (unlikely(d_managed(dentry))) {
		if (traverse_mounts(&path) && unlikely(nd->flags & LOOKUP_NO_XDEV)) {
			path_put(&path);
			return ERR_PTR(-EXDEV);
		}
	}
	inode = path.dentry->d_inode;
	if (unlikely(!inode)) {
		dput(path.dentry);
		if (path.mnt != nd->path.mnt)
			mntput(path.mnt);
		return ERR_PTR(-ENOENT);
	}
	if (likely(!d_is_symlink(path.dentry)) ||
	    ((flags & WALK_TRAILING) && !(nd->flags & LOOKUP_FOLLOW)) ||
	    (flags & WALK_NOFOLLOW)) {
		dput(nd->path.dentry);
		if (nd->path.mnt != path.mnt)
			mntput(nd->path.mnt);
		nd->path = path;
		nd->inode = inode;
		return NULL;
	}
	/* pick_link() wants references of its own to both. */
	if (path.mnt == nd->path.mnt)
		mntget(path.mnt);
	return pick_link(nd, &path, inode, flags);
}

/* ".." in a ref walk. */
static const char *follow_dotdot(struct nameidata *nd)
{
	struct dentry *parent;

	for (;;) {
		if (path_equal(&nd->path, &nd->root)) {
			if (unlikely(nd->flags & LOOKUP_BENEATH))
				return ERR_PTR(-EXDEV);
			break;
		}
		if (nd->path.dentry != nd->path.mnt->mnt_root) {
			parent = dget_parent(nd->path.dentry);
			/* A bind mount of a subtree from which this was moved away has no way up. */
			if (nd->path.mnt->mnt_root != nd->path.mnt->mnt_sb->s_root &&
			    !is_subdir(parent, nd->path.mnt->mnt_root)) {
				dput(parent);
				return ERR_PTR(-ENOENT);
			}
			return step_into(nd, WALK_NOFOLLOW, parent);
		}
		if (!mnt_has_parent(real_mount(nd->path.mnt)))
			break;
		if (unlikely(nd->flags & LOOKUP_NO_XDEV))
			return ERR_PTR(-EXDEV);
		if (!follow_up(&nd->path))
			break;
		nd->inode = nd->path.dentry->d_inode;
	}
	/* At the root: it stays there, and on top of what is mounted over it. */
	return step_into(nd, WALK_NOFOLLOW, dget(nd->path.dentry));
}

/* Without references, within one mount. NULL: done; ERR_PTR(-ECHILD); *@slow: do it the other way. */
static const char *follow_dotdot_rcu(struct nameidata *nd, bool *slow)
{
	struct dentry *old = nd->path.dentry, *parent;

	*slow = path_equal(&nd->path, &nd->root) || old == nd->path.mnt->mnt_root ||
		nd->path.mnt->mnt_root != nd->path.mnt->mnt_sb->s_root;
	if (*slow)
		return NULL;
	parent = READ_ONCE(old->d_parent);
	nd->next_seq = read_seqcount_begin(&parent->d_seq);
	if (read_seqcount_retry(&old->d_seq, nd->seq))
		return ERR_PTR(-ECHILD);
	return step_into(nd, WALK_NOFOLLOW, parent);
}

const char *handle_dots(struct nameidata *nd, int type)
{
	const char *res = NULL;
	bool slow = true;
	int error;

	if (type != LAST_DOTDOT)
		return NULL;
	if (!nd->root.mnt) {
		error = set_root(nd);
		if (error)
			return ERR_PTR(error);
	}
	if (nd->flags & LOOKUP_RCU) {
		res = follow_dotdot_rcu(nd, &slow);
		if (slow && !try_to_unlazy(nd))
			return ERR_PTR(-ECHILD);
	}
	if (slow)
		res = follow_dotdot(nd);
	if (IS_ERR(res))
		return res;
	if (unlikely(nd->flags & LOOKUP_IS_SCOPED)) {
		/* A rename or mount meanwhile may have put us where ".." leads out. */
		smp_rmb();
		if (read_seqretry(&mount_lock, nd->m_seq) || read_seqretry(&rename_lock, nd->r_seq))
			return ERR_PTR(-EAGAIN);
	}
	return res;
}

const char *walk_component(struct nameidata *nd, int flags)
{
	struct dentry *dentry;

	if (unlikely(nd->last_type != LAST_NORM))
		return handle_dots(nd, nd->last_type);
	dentry = lookup_fast(nd);
	if (IS_ERR(dentry))
		return ERR_CAST(dentry);
	if (unlikely(!dentry)) {
		dentry = lookup_slow(&nd->last, nd->path.dentry, nd->flags);
		if (IS_ERR(dentry))
			return ERR_CAST(dentry);
	}
	return step_into(nd, flags, dentry);
}

/*
 * Walk all of @name but its last component, which is left in nd->last. Symlinks at the end of the
 * path are the caller's: with nd->depth > 0 it comes here again with the link's text.
 */
int link_path_walk(const char *name, struct nameidata *nd)
{
	unsigned int base = nd->depth;
	int err;

	nd->last_type = LAST_ROOT;
	while (*name == '/')
		name++;
	if (!*name)
		return 0;
	for (;;) {
		const char *link, *start;
		size_t len;

		err = may_lookup(nd);
		if (err)
			return err;
		start = name;
		while (*name && *name != '/')
			name++;
		len = name - start;
		if (unlikely(len > NAME_MAX))
			return -ENAMETOOLONG;
		nd->last.name = (const unsigned char *)start;
		nd->last_type = LAST_NORM;
		if (start[0] == '.') {
			if (len == 1)
				nd->last_type = LAST_DOT;
			else if (len == 2 && start[1] == '.')
				nd->last_type = LAST_DOTDOT;
		}
		if (nd->last_type == LAST_NORM) {
			struct dentry *parent = nd->path.dentry;

			nd->last.hash_len = hashlen_create(full_name_hash(parent, start, len), len);
			nd->state &= ~ND_JUMPED;
			if (unlikely(parent->d_flags & DCACHE_OP_HASH)) {
				err = parent->d_op->d_hash(parent, &nd->last);
				if (err < 0)
					return err;
			}
		} else {
			nd->last.hash_len = hashlen_create(0, len);
			if (nd->last_type == LAST_DOTDOT)
				nd->state |= ND_JUMPED;
		}
		while (*name == '/')
			name++;
		if (unlikely(!*name)) {
			/* The end of this text: of a link in the middle, or of the path. */
			if (nd->depth == base) {
				nd->dir_uid = nd->inode->i_uid;
				nd->dir_mode = nd->inode->i_mode;
				return 0;
			}
			link = walk_component(nd, 0);
			if (!link) {
				name = nd->stack[nd->depth - 1].name;
				do_delayed_call(&nd->stack[nd->depth - 1].done);
				path_put(&nd->stack[nd->depth - 1].link);
				nd->depth--;
				goto next;
			}
			/* A link at the end of a link: the rest of the outer one stays below. */
			if (!IS_ERR(link)) {
				nd->stack[nd->depth - 1].name = name;
				name = link;
				continue;
			}
		} else {
			link = walk_component(nd, 0);
			if (link && !IS_ERR(link)) {
				nd->stack[nd->depth - 1].name = name;
				name = link;
				continue;
			}
		}
		if (IS_ERR(link))
			return PTR_ERR(link);
next:
		/* An outer link may have ended here, too. */
		while (!*name && nd->depth > base) {
			name = nd->stack[nd->depth - 1].name;
			do_delayed_call(&nd->stack[nd->depth - 1].done);
			path_put(&nd->stack[nd->depth - 1].link);
			nd->depth--;
		}
		if (unlikely(!d_can_lookup(nd->path.dentry))) {
			if ((nd->flags & LOOKUP_RCU) && !try_to_unlazy(nd))
				return -ECHILD;
			return -ENOTDIR;
		}
	}
}
