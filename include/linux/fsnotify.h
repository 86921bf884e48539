/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_FSNOTIFY_H
#define _LINUX_FSNOTIFY_H

/*
 * fsnotify, for those that have something to tell: one call for each thing that can happen to a
 * file.
 *
 * Each is called once it has happened, and may sleep. While no group exists in the whole system a
 * call costs one no-op (fsnotify_in_use).
 */

#include <linux/dcache.h>
#include <linux/fs.h>
#include <linux/fsnotify_backend.h>
#include <linux/jump_label.h>

DECLARE_STATIC_KEY_FALSE(fsnotify_in_use);

void __fsnotify_parent(struct dentry *dentry, u32 mask);
void __fsnotify_inode(struct inode *inode, u32 mask);
void __fsnotify_name(struct inode *dir, u32 mask, const struct qstr *name, u32 cookie);
void __fsnotify_inoderemove(struct inode *inode);
void __fsnotify_change(struct dentry *dentry, unsigned int ia_valid);
void __fsnotify_move(struct inode *old_dir, struct inode *new_dir, const struct qstr *old_name,
		     bool isdir, struct inode *target, struct dentry *moved);
void __fsnotify_file(struct file *file, u32 mask);
void fsnotify_sb_delete(struct super_block *sb);
void fsnotify_inode_free(struct inode *inode);

/** fsnotify_anyone - is there any group, and so perhaps a mark? */
static __always_inline bool fsnotify_anyone(void)
{
	return static_branch_unlikely(&fsnotify_in_use);
}

/** fsnotify_dentry - to the object's marks, and to those of the directory that its name is in */
static inline void fsnotify_dentry(struct dentry *dentry, u32 mask)
{
	if (fsnotify_anyone())
		__fsnotify_parent(dentry, mask);
}

/** fsnotify_access - @ret bytes were read; not if that is an error or nothing */
static __always_inline void fsnotify_access(struct file *file, ssize_t ret)
{
	if (fsnotify_anyone() && ret > 0)
		__fsnotify_file(file, FS_ACCESS);
}

/** fsnotify_modify - @ret bytes were written */
static __always_inline void fsnotify_modify(struct file *file, ssize_t ret)
{
	if (fsnotify_anyone() && ret > 0)
		__fsnotify_file(file, FS_MODIFY);
}

/** fsnotify_open - a file was opened, or is to be executed */
static inline void fsnotify_open(struct file *file)
{
	if (fsnotify_anyone())
		__fsnotify_file(file, file->f_flags & (__force int)FMODE_EXEC ?
				      FS_OPEN | FS_OPEN_EXEC : FS_OPEN);
}

/** fsnotify_close - an open file is closed */
static inline void fsnotify_close(struct file *file)
{
	if (fsnotify_anyone())
		__fsnotify_file(file,
				file->f_mode & FMODE_WRITE ? FS_CLOSE_WRITE : FS_CLOSE_NOWRITE);
}

/** fsnotify_create - a name was made that is no directory's. Context: @dir is locked */
static inline void fsnotify_create(struct inode *dir, struct dentry *dentry)
{
	if (fsnotify_anyone())
		__fsnotify_name(dir, FS_CREATE, &dentry->d_name, 0);
}

/** fsnotify_mkdir - a directory was made. Context: @dir is locked */
static inline void fsnotify_mkdir(struct inode *dir, struct dentry *dentry)
{
	if (fsnotify_anyone())
		__fsnotify_name(dir, FS_CREATE | FS_ISDIR, &dentry->d_name, 0);
}

/** fsnotify_link_count - an object has more names, or fewer */
static inline void fsnotify_link_count(struct inode *inode)
{
	if (fsnotify_anyone())
		__fsnotify_inode(inode, FS_ATTRIB);
}

/** fsnotify_link - a file got one more name. Context: @dir is locked */
static inline void fsnotify_link(struct inode *dir, struct inode *inode, struct dentry *new_dentry)
{
	fsnotify_link_count(inode);
	fsnotify_create(dir, new_dentry);
}

/** fsnotify_delete - a name was removed. Context: @dir is locked */
static inline void fsnotify_delete(struct inode *dir, struct dentry *dentry, bool isdir)
{
	if (fsnotify_anyone())
		__fsnotify_name(dir, FS_DELETE | (isdir ? FS_ISDIR : 0), &dentry->d_name, 0);
}

/** fsnotify_inoderemove - the last name of @inode is out of use, and it has no link: it will go */
static inline void fsnotify_inoderemove(struct inode *inode)
{
	if (fsnotify_anyone())
		__fsnotify_inoderemove(inode);
}

/** fsnotify_change - notify_change() did what @ia_valid says */
static inline void fsnotify_change(struct dentry *dentry, unsigned int ia_valid)
{
	if (fsnotify_anyone())
		__fsnotify_change(dentry, ia_valid);
}

/** fsnotify_xattr - an extended attribute has changed */
static inline void fsnotify_xattr(struct dentry *dentry)
{
	fsnotify_dentry(dentry, FS_ATTRIB);
}

/** fsnotify_move - @moved has its new name; @target was replaced by it, or NULL */
static inline void fsnotify_move(struct inode *old_dir, struct inode *new_dir,
				 const struct qstr *old_name, bool isdir, struct inode *target,
				 struct dentry *moved)
{
	if (fsnotify_anyone())
		__fsnotify_move(old_dir, new_dir, old_name, isdir, target, moved);
}

#endif /* _LINUX_FSNOTIFY_H */
