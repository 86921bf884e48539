// SPDX-License-Identifier: MIT
/*
 * What file systems in memory have in common: the dentry cache is their directory (each dentry that
 * exists holds one reference more), the page cache is their storage.
 */

#include <linux/cred.h>
#include <linux/delayed_call.h>
#include <linux/export.h>
#include <linux/fs.h>
#include <linux/highmem.h>
#include <linux/mount.h>
#include <linux/pagemap.h>
#include <linux/security.h>
#include <linux/slab.h>
#include <linux/statfs.h>
#include <linux/uaccess.h>

#include "internal.h"

/* ---- attributes ---- */

/**
 * simple_getattr - ->getattr() of a file whose pages are its blocks
 * @idmap: nop_mnt_idmap
 * @path: the file
 * @stat: the answer
 * @request_mask: STATX_*
 * @query_flags: AT_STATX_*, ignored
 *
 * Return: 0. stat(2).
 */
int simple_getattr(struct mnt_idmap *idmap, const struct path *path, struct kstat *stat,
		   u32 request_mask, unsigned int query_flags)
{
	struct inode *inode = d_inode(path->dentry);

	(void)query_flags;
	generic_fillattr(idmap, request_mask, inode, stat);
	stat->blocks = inode->i_mapping->nrpages << (PAGE_SHIFT - 9);
	return 0;
}
EXPORT_SYMBOL(simple_getattr);

/**
 * simple_setattr - ->setattr() of a file in the page cache
 * @idmap: nop_mnt_idmap
 * @dentry: the file
 * @iattr: what changes; a size cuts the pages off
 *
 * Context: may sleep; i_rwsem is held for writing.
 * Return: 0, or what setattr_prepare() said: -EPERM, -EFBIG, ...
 */
int simple_setattr(struct mnt_idmap *idmap, struct dentry *dentry, struct iattr *iattr)
{
	struct inode *inode = d_inode(dentry);
	int error = setattr_prepare(idmap, dentry, iattr);

	if (error)
		return error;
	if (iattr->ia_valid & ATTR_SIZE)
		truncate_setsize(inode, iattr->ia_size);
	setattr_copy(idmap, inode, iattr);
	mark_inode_dirty(inode);
	return 0;
}
EXPORT_SYMBOL(simple_setattr);

/**
 * simple_statfs - ->statfs() of a file system without a size
 * @dentry: any
 * @buf: the answer, zeroed
 *
 * Return: 0. statfs(2).
 */
int simple_statfs(struct dentry *dentry, struct kstatfs *buf)
{
	buf->f_fsid = u64_to_fsid(huge_encode_dev(dentry->d_sb->s_dev));
	buf->f_type = dentry->d_sb->s_magic;
	buf->f_bsize = PAGE_SIZE;
	buf->f_namelen = NAME_MAX;
	return 0;
}
EXPORT_SYMBOL(simple_statfs);

/* Of a super block that has nothing to say but that. */
const struct super_operations simple_super_operations = {
	.statfs = simple_statfs,
};

/**
 * simple_open - ->open() that hands the inode's private pointer to the file
 * @inode: i_private is copied unless NULL
 * @file: gets it as private_data
 *
 * Return: 0.
 */
int simple_open(struct inode *inode, struct file *file)
{
	if (inode->i_private)
		file->private_data = inode->i_private;
	return 0;
}
EXPORT_SYMBOL(simple_open);

/* ---- names ---- */

/**
 * always_delete_dentry - ->d_delete(): a name that nobody uses isn't kept
 * @dentry: ignored
 *
 * Return: 1.
 */
int always_delete_dentry(const struct dentry *dentry)
{
	(void)dentry;
	return 1;
}
EXPORT_SYMBOL(always_delete_dentry);

const struct dentry_operations simple_dentry_operations = {
	.d_delete = always_delete_dentry,
};
EXPORT_SYMBOL(simple_dentry_operations);

/**
 * simple_lookup - ->lookup() where every name that exists is in the cache: what is asked for
 * doesn't
 * @dir: the directory
 * @dentry: becomes negative
 * @flags: LOOKUP_*, ignored
 *
 * Return: NULL; ERR_PTR(-ENAMETOOLONG).
 */
struct dentry *simple_lookup(struct inode *dir, struct dentry *dentry, unsigned int flags)
{
	(void)dir;
	(void)flags;
	if (dentry->d_name.len > NAME_MAX)
		return ERR_PTR(-ENAMETOOLONG);
	if (!dentry->d_op)
		d_set_d_op(dentry, &simple_dentry_operations);
	d_add(dentry, NULL);
	return NULL;
}
EXPORT_SYMBOL(simple_lookup);

/**
 * simple_link - ->link(): one more dentry, which holds one more reference to itself
 * @old_dentry: the file
 * @dir: where the new name goes; i_rwsem is held for writing
 * @dentry: the new name, negative
 *
 * Return: 0. link(2).
 */
int simple_link(struct dentry *old_dentry, struct inode *dir, struct dentry *dentry)
{
	struct inode *inode = d_inode(old_dentry);
	struct timespec64 now = inode_set_ctime_current(inode);

	inode_set_mtime_to_ts(dir, inode_set_ctime_to_ts(dir, now));
	inc_nlink(inode);
	ihold(inode);
	dget(dentry);
	d_instantiate(dentry, inode);
	return 0;
}
EXPORT_SYMBOL(simple_link);

/**
 * simple_empty - has a directory no names?
 * @dentry: the directory; i_rwsem is held, so the answer stays true
 *
 * Return: 1 if so; 1 for what is no directory, too.
 */
int simple_empty(struct dentry *dentry)
{
	struct dentry *child;
	int ret = 1;

	spin_lock(&dentry->d_lock);
	hlist_for_each_entry(child, &dentry->d_children, d_sib) {
		spin_lock_nested(&child->d_lock, DENTRY_D_LOCK_NESTED);
		if (simple_positive(child))
			ret = 0;
		spin_unlock(&child->d_lock);
		if (!ret)
			break;
	}
	spin_unlock(&dentry->d_lock);
	return ret;
}
EXPORT_SYMBOL(simple_empty);

/**
 * simple_unlink - ->unlink(): drop the reference that kept the name
 * @dir: the directory; i_rwsem is held for writing
 * @dentry: the name; the VFS, which has a reference, unhashes it
 *
 * Return: 0. unlink(2).
 */
int simple_unlink(struct inode *dir, struct dentry *dentry)
{
	struct inode *inode = d_inode(dentry);
	struct timespec64 now = inode_set_ctime_current(inode);

	inode_set_mtime_to_ts(dir, inode_set_ctime_to_ts(dir, now));
	drop_nlink(inode);
	dput(dentry);
	return 0;
}
EXPORT_SYMBOL(simple_unlink);

/**
 * simple_rmdir - ->rmdir()
 * @dir: the directory that it is in; i_rwsem is held for writing
 * @dentry: the directory to go; i_rwsem is held for writing
 *
 * Return: 0, -ENOTEMPTY. rmdir(2).
 */
int simple_rmdir(struct inode *dir, struct dentry *dentry)
{
	if (!simple_empty(dentry))
		return -ENOTEMPTY;
	drop_nlink(d_inode(dentry));
	simple_unlink(dir, dentry);
	drop_nlink(dir);
	return 0;
}
EXPORT_SYMBOL(simple_rmdir);

/**
 * simple_rename_timestamp - the times that a rename changes: both directories' and the objects'
 * @old_dir: from where
 * @old_dentry: what
 * @new_dir: to where; may be @old_dir
 * @new_dentry: what was there, if it is positive
 */
void simple_rename_timestamp(struct inode *old_dir, struct dentry *old_dentry,
			     struct inode *new_dir, struct dentry *new_dentry)
{
	struct timespec64 now = inode_set_ctime_current(d_inode(old_dentry));

	inode_set_mtime_to_ts(old_dir, inode_set_ctime_to_ts(old_dir, now));
	if (new_dir != old_dir)
		inode_set_mtime_to_ts(new_dir, inode_set_ctime_to_ts(new_dir, now));
	if (d_really_is_positive(new_dentry))
		inode_set_ctime_to_ts(d_inode(new_dentry), now);
}
EXPORT_SYMBOL_GPL(simple_rename_timestamp);

/**
 * simple_rename_exchange - ->rename() with RENAME_EXCHANGE: only link counts and times change
 * @old_dir: of the one
 * @old_dentry: the one
 * @new_dir: of the other
 * @new_dentry: the other
 *
 * Context: i_rwsem of both directories is held for writing; the VFS swaps the dentries afterwards.
 * Return: 0.
 */
int simple_rename_exchange(struct inode *old_dir, struct dentry *old_dentry,
			   struct inode *new_dir, struct dentry *new_dentry)
{
	bool old_is_dir = d_is_dir(old_dentry), new_is_dir = d_is_dir(new_dentry);

	if (old_dir != new_dir && old_is_dir != new_is_dir) {
		drop_nlink(old_is_dir ? old_dir : new_dir);
		inc_nlink(old_is_dir ? new_dir : old_dir);
	}
	simple_rename_timestamp(old_dir, old_dentry, new_dir, new_dentry);
	return 0;
}
EXPORT_SYMBOL_GPL(simple_rename_exchange);

/**
 * simple_rename - ->rename()
 * @idmap: ignored
 * @old_dir: from where
 * @old_dentry: what
 * @new_dir: to where
 * @new_dentry: what is there, or negative
 * @flags: RENAME_NOREPLACE, which the VFS has seen to; RENAME_EXCHANGE
 *
 * Context: i_rwsem of the directories, and of what is replaced, is held for writing. The VFS moves
 * the dentry afterwards.
 * Return: 0; -EINVAL for other flags, -ENOTEMPTY. rename(2).
 */
int simple_rename(struct mnt_idmap *idmap, struct inode *old_dir, struct dentry *old_dentry,
		  struct inode *new_dir, struct dentry *new_dentry, unsigned int flags)
{
	bool they_are_dirs = d_is_dir(old_dentry);

	(void)idmap;
	if (flags & ~(RENAME_NOREPLACE | RENAME_EXCHANGE))
		return -EINVAL;
	if (flags & RENAME_EXCHANGE)
		return simple_rename_exchange(old_dir, old_dentry, new_dir, new_dentry);
	if (!simple_empty(new_dentry))
		return -ENOTEMPTY;
	if (d_really_is_positive(new_dentry)) {
		simple_unlink(new_dir, new_dentry);
		if (they_are_dirs) {
			drop_nlink(d_inode(new_dentry));
			drop_nlink(old_dir);
		}
	} else if (they_are_dirs) {
		drop_nlink(old_dir);
		inc_nlink(new_dir);
	}
	simple_rename_timestamp(old_dir, old_dentry, new_dir, new_dentry);
	return 0;
}
EXPORT_SYMBOL(simple_rename);

/* ---- reading a directory: a cursor among the children keeps the place ---- */

/**
 * dcache_dir_open - ->open() of a directory that lives in the dentry cache: a cursor of its own
 * @inode: ignored
 * @file: gets the cursor as private_data
 *
 * Context: may sleep.
 * Return: 0, -ENOMEM.
 */
int dcache_dir_open(struct inode *inode, struct file *file)
{
	(void)inode;
	file->private_data = d_alloc_anon(file->f_path.dentry->d_sb);
	if (!file->private_data)
		return -ENOMEM;
	((struct dentry *)file->private_data)->d_flags |= DCACHE_DENTRY_CURSOR;
	return 0;
}
EXPORT_SYMBOL(dcache_dir_open);

/**
 * dcache_dir_close - ->release() of such a directory
 * @inode: ignored
 * @file: its cursor goes
 *
 * Return: 0.
 */
int dcache_dir_close(struct inode *inode, struct file *file)
{
	struct dentry *cursor = file->private_data, *dir = file->f_path.dentry;

	(void)inode;
	spin_lock(&dir->d_lock);
	hlist_del_init(&cursor->d_sib);
	spin_unlock(&dir->d_lock);
	dput(cursor);
	return 0;
}
EXPORT_SYMBOL(dcache_dir_close);

/* The @count-th child that exists after @p, referenced; NULL. The parent's d_lock is held. */
static struct dentry *scan_positives(struct dentry *dir, struct hlist_node *p, loff_t count)
{
	struct dentry *d, *found = NULL;

	lockdep_assert_held(&dir->d_lock);
	for (; p && !found; p = p->next) {
		d = hlist_entry(p, struct dentry, d_sib);
		if (d->d_flags & (DCACHE_DENTRY_CURSOR | DCACHE_DENTRY_KILLED))
			continue;
		spin_lock_nested(&d->d_lock, DENTRY_D_LOCK_NESTED);
		if (simple_positive(d) && !--count)
			found = dget_dlock(d);
		spin_unlock(&d->d_lock);
	}
	return found;
}

static void move_cursor(struct dentry *dir, struct dentry *cursor, struct dentry *before)
{
	spin_lock(&dir->d_lock);
	hlist_del_init(&cursor->d_sib);
	if (before)
		hlist_add_before(&cursor->d_sib, &before->d_sib);
	spin_unlock(&dir->d_lock);
}

/**
 * dcache_dir_lseek - ->llseek(): put the cursor before the child at a position
 * @file: the directory
 * @offset: 0 and 1 are "." and "..", 2 the first child
 * @whence: SEEK_SET or SEEK_CUR
 *
 * Context: may sleep; takes i_rwsem shared.
 * Return: the new position, -EINVAL. A directory has no end to count from.
 */
loff_t dcache_dir_lseek(struct file *file, loff_t offset, int whence)
{
	struct dentry *dir = file->f_path.dentry, *next = NULL;

	if (whence == SEEK_CUR)
		offset += file->f_pos;
	else if (whence != SEEK_SET)
		return -EINVAL;
	if (offset < 0)
		return -EINVAL;
	if (offset == file->f_pos)
		return offset;
	inode_lock_shared(dir->d_inode);
	if (offset > 2) {
		spin_lock(&dir->d_lock);
		next = scan_positives(dir, dir->d_children.first, offset - 2 + 1);
		spin_unlock(&dir->d_lock);
	}
	move_cursor(dir, file->private_data, next);
	dput(next);
	file->f_pos = offset;
	inode_unlock_shared(dir->d_inode);
	return offset;
}
EXPORT_SYMBOL(dcache_dir_lseek);

/**
 * dcache_readdir - ->iterate_shared(): tell the children from the cursor on
 * @file: the directory
 * @ctx: the position and whom to tell
 *
 * The cursor stands before the next child to tell. No cursor among the children: at the start
 * (position 2), or at the end.
 *
 * Context: i_rwsem is held shared, so no child comes or goes by name; the position's lock keeps
 * other readers of this file away.
 * Return: 0. getdents(2).
 */
int dcache_readdir(struct file *file, struct dir_context *ctx)
{
	struct dentry *dir = file->f_path.dentry, *cursor = file->private_data, *next;
	struct hlist_node *p;

	if (!dir_emit_dots(file, ctx))
		return 0;
	spin_lock(&dir->d_lock);
	p = ctx->pos == 2 ? dir->d_children.first :
	    hlist_unhashed(&cursor->d_sib) ? NULL : cursor->d_sib.next;
	next = scan_positives(dir, p, 1);
	spin_unlock(&dir->d_lock);
	while (next) {
		struct dentry *last = next;

		if (!dir_emit(ctx, (const char *)next->d_name.name, next->d_name.len,
			      d_inode(next)->i_ino, fs_umode_to_dtype(d_inode(next)->i_mode)))
			break;
		ctx->pos++;
		spin_lock(&dir->d_lock);
		next = scan_positives(dir, last->d_sib.next, 1);
		spin_unlock(&dir->d_lock);
		dput(last);
	}
	move_cursor(dir, cursor, next);
	dput(next);
	return 0;
}
EXPORT_SYMBOL(dcache_readdir);

/**
 * generic_read_dir - ->read() of a directory
 * @filp: ignored
 * @buf: ignored
 * @siz: ignored
 * @ppos: ignored
 *
 * Return: -EISDIR, as read(2) says.
 */
ssize_t generic_read_dir(struct file *filp, char __user *buf, size_t siz, loff_t *ppos)
{
	(void)filp;
	(void)buf;
	(void)siz;
	(void)ppos;
	return -EISDIR;
}
EXPORT_SYMBOL(generic_read_dir);

/**
 * noop_fsync - ->fsync() where nothing can be stored better than it is
 * @file: ignored
 * @start: ignored
 * @end: ignored
 * @datasync: ignored
 *
 * Return: 0.
 */
int noop_fsync(struct file *file, loff_t start, loff_t end, int datasync)
{
	(void)file;
	(void)start;
	(void)end;
	(void)datasync;
	return 0;
}
EXPORT_SYMBOL(noop_fsync);

const struct file_operations simple_dir_operations = {
	.open		= dcache_dir_open,
	.release	= dcache_dir_close,
	.llseek		= dcache_dir_lseek,
	.read		= generic_read_dir,
	.iterate_shared	= dcache_readdir,
	.fsync		= noop_fsync,
};
EXPORT_SYMBOL(simple_dir_operations);

const struct inode_operations simple_dir_inode_operations = {
	.lookup		= simple_lookup,
};
EXPORT_SYMBOL(simple_dir_inode_operations);

/* ---- symlinks whose text is i_link ---- */

/**
 * simple_get_link - ->get_link() of a link whose text the inode holds
 * @dentry: ignored; NULL in a walk under RCU, which is fine
 * @inode: i_link is the text
 * @done: nothing to be done
 *
 * Return: the text.
 */
const char *simple_get_link(struct dentry *dentry, struct inode *inode,
			    struct delayed_call *done)
{
	(void)dentry;
	(void)done;
	return inode->i_link;
}
EXPORT_SYMBOL(simple_get_link);

const struct inode_operations simple_symlink_inode_operations = {
	.get_link = simple_get_link,
};
EXPORT_SYMBOL(simple_symlink_inode_operations);

/**
 * kfree_link - for set_delayed_call(): free a link's text once it was walked
 * @arg: from kmalloc(), or NULL
 */
void kfree_link(void *arg)
{
	kfree(arg);
}
EXPORT_SYMBOL(kfree_link);

/* ---- pages without a store ---- */

static int simple_read_folio(struct file *file, struct folio *folio)
{
	(void)file;
	folio_zero_range(folio, 0, folio_size(folio));
	flush_dcache_folio(folio);
	folio_mark_uptodate(folio);
	folio_unlock(folio);
	return 0;
}

/**
 * simple_write_begin - ->write_begin(): the page to write to; what won't be written of a new one is
 * zeroed
 * @file: ignored
 * @mapping: the file's
 * @pos: first byte
 * @len: bytes, all in one folio
 * @foliop: the folio, locked and referenced
 * @fsdata: ignored
 *
 * Context: may sleep.
 * Return: 0, -ENOMEM.
 */
int simple_write_begin(struct file *file, struct address_space *mapping, loff_t pos,
		       unsigned int len, struct folio **foliop, void **fsdata)
{
	struct folio *folio;

	(void)file;
	(void)fsdata;
	folio = __filemap_get_folio(mapping, pos / PAGE_SIZE, FGP_WRITEBEGIN,
				    mapping_gfp_mask(mapping));
	if (IS_ERR(folio))
		return PTR_ERR(folio);
	*foliop = folio;
	if (!folio_test_uptodate(folio) && len != folio_size(folio)) {
		size_t from = offset_in_folio(folio, pos);

		folio_zero_segment(folio, 0, from);
		folio_zero_segment(folio, from + len, folio_size(folio));
	}
	return 0;
}
EXPORT_SYMBOL(simple_write_begin);

/* Copied less than promised: what is missing of a new page is zero. */
static int simple_write_end(struct file *file, struct address_space *mapping, loff_t pos,
			    unsigned int len, unsigned int copied, struct folio *folio,
			    void *fsdata)
{
	struct inode *inode = mapping->host;
	loff_t last_pos = pos + copied;

	(void)file;
	(void)fsdata;
	if (!folio_test_uptodate(folio)) {
		if (copied < len) {
			size_t from = offset_in_folio(folio, pos);

			folio_zero_range(folio, from + copied, len - copied);
		}
		folio_mark_uptodate(folio);
	}
	if (last_pos > inode->i_size)
		i_size_write(inode, last_pos);
	folio_mark_dirty(folio);
	folio_unlock(folio);
	folio_put(folio);
	return copied;
}

const struct address_space_operations ram_aops = {
	.read_folio	= simple_read_folio,
	.write_begin	= simple_write_begin,
	.write_end	= simple_write_end,
	.dirty_folio	= noop_dirty_folio,
};
EXPORT_SYMBOL(ram_aops);

/* ---- buffers of the kernel as files ---- */

/**
 * simple_read_from_buffer - read(2) of a piece of memory
 * @to: user memory
 * @count: bytes
 * @ppos: position in it, moved on
 * @from: the memory
 * @available: its bytes
 *
 * Context: may sleep.
 * Return: bytes, 0 at the end; -EFAULT, -EINVAL for a negative position.
 */
ssize_t simple_read_from_buffer(void __user *to, size_t count, loff_t *ppos, const void *from,
				size_t available)
{
	loff_t pos = *ppos;
	size_t left;

	if (pos < 0)
		return -EINVAL;
	if ((size_t)pos >= available || !count)
		return 0;
	count = min(count, available - (size_t)pos);
	left = copy_to_user(to, from + pos, count);
	if (left == count)
		return -EFAULT;
	count -= left;
	*ppos = pos + count;
	return count;
}
EXPORT_SYMBOL(simple_read_from_buffer);

/**
 * simple_write_to_buffer - write(2) to a piece of memory
 * @to: the memory
 * @available: its size in bytes; what would go behind it is left out
 * @ppos: position in it, moved on
 * @from: user memory
 * @count: bytes
 *
 * Context: may sleep.
 * Return: bytes written, 0 at the end; -EFAULT, -EINVAL for a negative position.
 */
ssize_t simple_write_to_buffer(void *to, size_t available, loff_t *ppos,
			       const void __user *from, size_t count)
{
	loff_t pos = *ppos;
	size_t left;

	if (pos < 0)
		return -EINVAL;
	if ((size_t)pos >= available || !count)
		return 0;
	count = min(count, available - (size_t)pos);
	left = copy_from_user(to + pos, from, count);
	if (left == count)
		return -EFAULT;
	count -= left;
	*ppos = pos + count;
	return count;
}
EXPORT_SYMBOL(simple_write_to_buffer);

/**
 * alloc_anon_inode - an inode of no name, for a file made by alloc_file_pseudo()
 * @sb: a pseudo file system
 *
 * It is in no list and no hash, private to the kernel (no module looks at it), and of current's
 * ids.
 *
 * Context: may sleep.
 * Return: the inode with one reference; ERR_PTR(-ENOMEM).
 */
struct inode *alloc_anon_inode(struct super_block *sb)
{
	struct inode *inode = new_inode_pseudo(sb);

	if (!inode)
		return ERR_PTR(-ENOMEM);
	inode->i_ino = get_next_ino();
	inode->i_mode = S_IRUSR | S_IWUSR;
	inode->i_uid = current_fsuid();
	inode->i_gid = current_fsgid();
	inode->i_flags |= S_PRIVATE;
	simple_inode_init_ts(inode);
	return inode;
}
EXPORT_SYMBOL(alloc_anon_inode);
