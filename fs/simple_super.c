// SPDX-License-Identifier: MIT
/*
 * File systems whose files are known beforehand: one folder, filled from a table when it is
 * mounted.
 *
 *	table[]		0		1		2 .. n			n + 1
 *			unused		the root's	"name", its file's	"" ends it
 *					number		methods and mode
 *
 * A file's place in the table is its inode number. Nobody can make, rename or remove one: the
 * folder has only a lookup.
 *
 * A driver that keeps such a file system for itself wants one mount of it while somebody uses it
 * and none otherwise. simple_pin_fs() and simple_release_fs() count its users:
 *
 *	count	0 -> 1	mounts		1 -> 0	unmounts
 *
 * The mount and the count are the caller's two variables; pin_lock guards those of all callers.
 */

#include <linux/dcache.h>
#include <linux/err.h>
#include <linux/export.h>
#include <linux/fs.h>
#include <linux/mount.h>
#include <linux/spinlock.h>

#include "internal.h"

#define ROOT_INO	1

static struct inode *simple_inode(struct super_block *s, unsigned long ino, umode_t mode)
{
	struct inode *inode = new_inode(s);

	if (!inode)
		return NULL;
	inode->i_ino = ino;
	inode->i_mode = mode;
	simple_inode_init_ts(inode);
	return inode;
}

/* The reference of d_alloc_name() stays: it is what makes the name exist. */
static int simple_add_file(struct super_block *s, unsigned long ino, const struct tree_descr *file)
{
	struct dentry *dentry = d_alloc_name(s->s_root, file->name);
	struct inode *inode;

	if (!dentry)
		return -ENOMEM;
	inode = simple_inode(s, ino, S_IFREG | file->mode);
	if (!inode) {
		dput(dentry);
		return -ENOMEM;
	}
	inode->i_fop = file->ops;
	d_add(dentry, inode);
	return 0;
}

/**
 * simple_fill_super - make the root of a fresh super block, and the files of a table in it
 * @s: the super block, unborn
 * @magic: statfs(2)'s f_type
 * @files: the table; an entry whose name is NULL is left out (as 0 and 1 have to be), one
 *	whose name is empty ends it. A mode holds rights alone
 *
 * Context: may sleep.
 * Return: 0; -EINVAL for a file at the root's number or below; -ENOMEM, and what is there so far
 * goes with the super block.
 */
int simple_fill_super(struct super_block *s, unsigned long magic, const struct tree_descr *files)
{
	struct inode *root;
	unsigned long ino;
	int err = 0;

	s->s_blocksize = PAGE_SIZE;
	s->s_blocksize_bits = PAGE_SHIFT;
	s->s_magic = magic;
	s->s_op = &simple_super_operations;
	s->s_time_gran = 1;
	root = simple_inode(s, ROOT_INO, S_IFDIR | 0755);
	if (!root)
		return -ENOMEM;
	root->i_op = &simple_dir_inode_operations;
	root->i_fop = &simple_dir_operations;
	set_nlink(root, 2);
	s->s_root = d_make_root(root);
	if (!s->s_root)
		return -ENOMEM;
	for (ino = 0; !err && (!files[ino].name || files[ino].name[0]); ino++) {
		if (!files[ino].name)
			continue;
		err = ino > ROOT_INO ? simple_add_file(s, ino, &files[ino]) : -EINVAL;
	}
	return err;
}
EXPORT_SYMBOL(simple_fill_super);

static DEFINE_SPINLOCK(pin_lock);

/**
 * simple_pin_fs - one user more of a file system's only mount, which the first one makes
 * @type: the file system
 * @mount: the mount, NULL while there is none
 * @count: users
 *
 * Context: may sleep.
 * Return: 0; an error of vfs_kern_mount(), and nothing is changed.
 */
int simple_pin_fs(struct file_system_type *type, struct vfsmount **mount, int *count)
{
	struct vfsmount *mnt = NULL;

	spin_lock(&pin_lock);
	if (!*mount) {
		spin_unlock(&pin_lock);
		mnt = vfs_kern_mount(type, SB_KERNMOUNT, type->name, NULL);
		if (IS_ERR(mnt))
			return PTR_ERR(mnt);
		spin_lock(&pin_lock);
		if (!*mount)	/* else somebody was faster, and ours goes below */
			*mount = mnt;
	}
	mntget(*mount);
	++*count;
	spin_unlock(&pin_lock);
	mntput(mnt);
	return 0;
}
EXPORT_SYMBOL(simple_pin_fs);

/**
 * simple_release_fs - one user less; with the last one the mount goes
 * @mount: as given to simple_pin_fs()
 * @count: likewise
 *
 * Context: may sleep.
 */
void simple_release_fs(struct vfsmount **mount, int *count)
{
	struct vfsmount *mnt;

	spin_lock(&pin_lock);
	mnt = *mount;
	if (!--*count)
		*mount = NULL;
	spin_unlock(&pin_lock);
	mntput(mnt);
}
EXPORT_SYMBOL(simple_release_fs);
