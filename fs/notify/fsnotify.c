// SPDX-License-Identifier: MIT
/*
 * From something that happened to those who want to know.
 *
 * Two marks can care: one on the object itself, and one on the directory that has the name by which
 * it was used. The second is told the name. Names in a directory that come and go (create, delete,
 * move) are events of the directory alone.
 *
 * Looking costs little where nobody watches: i_fsnotify_mask is the sum of an inode's marks, and is
 * read without a lock. A mark that is being made at that moment may miss the event: it came before.
 */

#include <linux/fsnotify.h>

#include <linux/export.h>
#include <linux/srcu.h>

#include "fsnotify.h"

DEFINE_STATIC_KEY_FALSE(fsnotify_in_use);

/* @inode has seen @mask: to all its marks that ask for it. */
static void send_to_marks(struct inode *inode, u32 mask, const struct qstr *name, u32 cookie,
			  bool unlinked)
{
	struct fsnotify_mark_connector *conn;
	struct fsnotify_mark *mark;
	int idx;

	/* Partner: fsnotify_prepare_inode()'s cmpxchg_release(). It stays until the inode goes. */
	conn = smp_load_acquire(
		(struct fsnotify_mark_connector __force **)&inode->i_fsnotify_marks);
	if (!conn)
		return;
	idx = srcu_read_lock(&fsnotify_mark_srcu);
	hlist_for_each_entry_rcu(mark, &conn->list, obj_list,
				 srcu_read_lock_held(&fsnotify_mark_srcu)) {
		if (READ_ONCE(mark->mask) & mask & ALL_FSNOTIFY_EVENTS)
			mark->group->ops->handle_inode_event(mark, mask, inode, name, cookie,
							     unlinked);
	}
	srcu_read_unlock(&fsnotify_mark_srcu, idx);
}

static bool wanted(const struct inode *inode, u32 mask)
{
	return READ_ONCE(inode->i_fsnotify_mask) & mask & ALL_FSNOTIFY_EVENTS;
}

/**
 * __fsnotify_inode - tell the object's marks alone
 * @inode: referenced
 * @mask: FS_*
 *
 * Context: may sleep.
 */
void __fsnotify_inode(struct inode *inode, u32 mask)
{
	if (S_ISDIR(inode->i_mode))
		mask |= FS_ISDIR;
	if (wanted(inode, mask))
		send_to_marks(inode, mask, NULL, 0, false);
}

/**
 * __fsnotify_name - a name came, went or moved: tell its directory's marks
 * @dir: the directory, locked
 * @mask: FS_*
 * @name: the name
 * @cookie: the same for both halves of a move, else 0
 *
 * Context: may sleep.
 */
void __fsnotify_name(struct inode *dir, u32 mask, const struct qstr *name, u32 cookie)
{
	if (wanted(dir, mask))
		send_to_marks(dir, mask, name, cookie, false);
}

/* Would the directory above like to hear of it? A guess: @dentry may move meanwhile. */
static bool parent_wants(struct dentry *dentry, u32 mask)
{
	struct dentry *parent;
	struct inode *inode;
	bool ret;

	rcu_read_lock();
	parent = READ_ONCE(dentry->d_parent);
	inode = READ_ONCE(parent->d_inode);
	ret = parent != dentry && inode && wanted(inode, mask & FS_EVENTS_POSS_ON_CHILD);
	rcu_read_unlock();
	return ret;
}

static void tell_parent(struct dentry *dentry, u32 mask)
{
	struct dentry *parent = dget_parent(dentry);
	struct inode *dir = d_inode(parent);
	struct name_snapshot name;

	if (wanted(dir, mask & FS_EVENTS_POSS_ON_CHILD) &&
	    !take_dentry_name_snapshot(&name, dentry)) {
		send_to_marks(dir, mask, &name.name, 0, d_unlinked(dentry));
		release_dentry_name_snapshot(&name);
	}
	dput(parent);
}

/**
 * __fsnotify_parent - tell the directory's marks, with the name, and the object's
 * @dentry: the object, referenced
 * @mask: FS_*
 *
 * Context: may sleep.
 */
void __fsnotify_parent(struct dentry *dentry, u32 mask)
{
	struct inode *inode = d_inode(dentry);

	if (S_ISDIR(inode->i_mode))
		mask |= FS_ISDIR;
	if (parent_wants(dentry, mask))
		tell_parent(dentry, mask);
	if (wanted(inode, mask))
		send_to_marks(inode, mask, NULL, 0, false);
}

/**
 * __fsnotify_file - something was done to an open file
 * @file: the file; one that tells nobody (FMODE_NONOTIFY), or is only a place (O_PATH), is passed
 *         over
 * @mask: FS_*
 *
 * Context: may sleep.
 */
void __fsnotify_file(struct file *file, u32 mask)
{
	if (!(file->f_mode & (FMODE_NONOTIFY | FMODE_PATH)))
		__fsnotify_parent(file->f_path.dentry, mask);
}

/**
 * __fsnotify_change - attributes have changed
 * @dentry: whose
 * @ia_valid: ATTR_*: which
 *
 * Context: may sleep.
 */
void __fsnotify_change(struct dentry *dentry, unsigned int ia_valid)
{
	u32 mask = 0;

	if (ia_valid & (ATTR_UID | ATTR_GID | ATTR_MODE))
		mask |= FS_ATTRIB;
	if (ia_valid & ATTR_SIZE)
		mask |= FS_MODIFY;
	/* Both times: somebody set them. One: what was done had it as an effect. */
	if ((ia_valid & (ATTR_ATIME | ATTR_MTIME)) == (ATTR_ATIME | ATTR_MTIME))
		mask |= FS_ATTRIB;
	else if (ia_valid & ATTR_ATIME)
		mask |= FS_ACCESS;
	else if (ia_valid & ATTR_MTIME)
		mask |= FS_MODIFY;
	if (mask)
		__fsnotify_parent(dentry, mask);
}

/**
 * __fsnotify_move - a name has moved
 * @old_dir: from where
 * @new_dir: to where
 * @old_name: what it was called there
 * @isdir: it is a directory
 * @target: what was there before, or NULL
 * @moved: what has moved, under its new name
 *
 * Context: may sleep; both directories are locked.
 */
void __fsnotify_move(struct inode *old_dir, struct inode *new_dir, const struct qstr *old_name,
		     bool isdir, struct inode *target, struct dentry *moved)
{
	static atomic_t last_cookie;
	u32 cookie = atomic_inc_return(&last_cookie), dir_bit = isdir ? FS_ISDIR : 0;

	/* Both directories are locked: moved->d_name stays what it is. */
	__fsnotify_name(old_dir, FS_MOVED_FROM | dir_bit, old_name, cookie);
	__fsnotify_name(new_dir, FS_MOVED_TO | dir_bit, &moved->d_name, cookie);
	if (target)
		__fsnotify_inode(target, FS_ATTRIB);
	__fsnotify_inode(d_inode(moved), FS_MOVE_SELF);
}

/**
 * __fsnotify_inoderemove - an object is deleted: its marks go, and their groups are told so
 * @inode: referenced
 *
 * Context: may sleep.
 */
void __fsnotify_inoderemove(struct inode *inode)
{
	__fsnotify_inode(inode, FS_DELETE_SELF);
	fsnotify_clear_marks_by_inode(inode);
}

/**
 * fsnotify_sb_delete - a file system goes: its marks are told and taken off
 * @sb: nobody uses it any more but the marks, which pin inodes
 */
void fsnotify_sb_delete(struct super_block *sb)
{
	struct inode *inode, *prev = NULL;

	if (!fsnotify_anyone())
		return;
	spin_lock(&sb->s_inode_list_lock);
	list_for_each_entry(inode, &sb->s_inodes, i_sb_list) {
		spin_lock(&inode->i_lock);
		if ((inode->i_state & (I_FREEING | I_WILL_FREE | I_NEW)) ||
		    !atomic_read(&inode->i_count) || !fsnotify_has_marks(inode)) {
			spin_unlock(&inode->i_lock);
			continue;
		}
		__iget(inode);
		spin_unlock(&inode->i_lock);
		spin_unlock(&sb->s_inode_list_lock);

		/* It keeps our place in the list until the next one is held. */
		iput(prev);
		prev = inode;
		send_to_marks(inode, FS_UNMOUNT, NULL, 0, false);
		fsnotify_clear_marks_by_inode(inode);
		cond_resched();
		spin_lock(&sb->s_inode_list_lock);
	}
	spin_unlock(&sb->s_inode_list_lock);
	iput(prev);
}
