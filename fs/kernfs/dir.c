// SPDX-License-Identifier: MIT
/*
 * kernfs as a file system: inodes, folders, links.
 *
 * An inode is made from its node when a name is looked up, holds a reference, and goes with its
 * dentry. A dentry is good until its node is removed: kernfs_d_revalidate() finds out. Until then
 * it stays cached as any other does, so that the next open() makes nothing; but not the name of
 * nothing, which nobody would tell when a node of that name comes.
 *
 * chmod(2) and chown(2) write to the node, so they last as long as it does.
 */

#include <linux/dcache.h>
#include <linux/delayed_call.h>
#include <linux/errno.h>
#include <linux/export.h>
#include <linux/fs.h>
#include <linux/fs_context.h>
#include <linux/mm.h>
#include <linux/namei.h>
#include <linux/pagemap.h>
#include <linux/slab.h>
#include <linux/string.h>

#include "kernfs-internal.h"

/* ---- inodes ---- */

static void refresh_inode(struct inode *inode, struct kernfs_node *kn)
{
	inode->i_mode = kn->mode;
	inode->i_uid = kn->uid;
	inode->i_gid = kn->gid;
	if (kn->type == KERNFS_DIR)
		set_nlink(inode, READ_ONCE(kn->subdirs) + 2);
}

/* Takes a reference to @kn for the inode. NULL without memory. */
struct inode *kernfs_get_inode(struct super_block *sb, struct kernfs_node *kn)
{
	struct inode *inode = new_inode(sb);

	if (!inode)
		return NULL;
	kernfs_get(kn);
	inode->i_private = kn;
	inode->i_ino = kn->ino;
	inode->i_size = kn->size;
	simple_inode_init_ts(inode);
	refresh_inode(inode, kn);
	switch (kn->type) {
	case KERNFS_DIR:
		inode->i_op = &kernfs_dir_iops;
		inode->i_fop = &kernfs_dir_fops;
		break;
	case KERNFS_FILE:
		inode->i_op = &kernfs_file_iops;
		inode->i_fop = &kernfs_file_fops;
		break;
	case KERNFS_LINK:
		inode->i_op = &kernfs_symlink_iops;
		break;
	}
	return inode;
}

static void kernfs_evict_inode(struct inode *inode)
{
	struct kernfs_node *kn = kn_of(inode);

	truncate_inode_pages_final(&inode->i_data);
	clear_inode(inode);
	kernfs_put(kn);
}

static int kernfs_getattr(struct mnt_idmap *idmap, const struct path *path, struct kstat *stat,
			  u32 request_mask, unsigned int query_flags)
{
	struct inode *inode = d_inode(path->dentry);

	refresh_inode(inode, kn_of(inode));
	generic_fillattr(&nop_mnt_idmap, request_mask, inode, stat);
	return 0;
}

static int kernfs_setattr(struct mnt_idmap *idmap, struct dentry *dentry, struct iattr *attr)
{
	struct inode *inode = d_inode(dentry);
	struct kernfs_node *kn = kn_of(inode);
	int error = setattr_prepare(&nop_mnt_idmap, dentry, attr);

	if (error)
		return error;
	/*
	 * The size of what is made when it is read isn't anybody's to set: O_TRUNC has no effect.
	 */
	attr->ia_valid &= ~ATTR_SIZE;
	setattr_copy(&nop_mnt_idmap, inode, attr);
	kn->mode = inode->i_mode;
	kn->uid = inode->i_uid;
	kn->gid = inode->i_gid;
	return 0;
}

/* ---- folders ---- */

static int kernfs_d_revalidate(struct dentry *dentry, unsigned int flags)
{
	struct inode *inode;

	if (flags & LOOKUP_RCU)
		return -ECHILD;
	inode = d_inode(dentry);
	return inode && !(atomic_read(&kn_of(inode)->active) & KN_REMOVED);
}

static int kernfs_d_delete(const struct dentry *dentry)
{
	struct inode *inode = d_inode(dentry);

	return !inode || atomic_read(&kn_of(inode)->active) & KN_REMOVED;
}

static const struct dentry_operations kernfs_dops = {
	.d_revalidate	= kernfs_d_revalidate,
	.d_delete	= kernfs_d_delete,
};

static struct dentry *kernfs_lookup(struct inode *dir, struct dentry *dentry, unsigned int flags)
{
	struct kernfs_node *kn = kernfs_find_and_get(kn_of(dir), dentry->d_name.name);
	struct inode *inode;

	/* A dentry without an inode: whoever wants to make something is told that he may not. */
	if (!kn)
		return d_splice_alias(NULL, dentry);
	inode = kernfs_get_inode(dir->i_sb, kn);
	kernfs_put(kn);
	if (!inode)
		return ERR_PTR(-ENOMEM);
	return d_splice_alias(inode, dentry);
}

/*
 * The first child whose number is above @ino, referenced: names come in the order of their making.
 */
static struct kernfs_node *next_child(struct kernfs_node *dir, ino_t ino)
{
	struct kernfs_node *kn, *best = NULL;

	down_read(&dir->root->rwsem);
	list_for_each_entry(kn, &dir->children, sibling) {
		if (kn->ino > ino && (!best || kn->ino < best->ino))
			best = kn;
	}
	kernfs_get(best);
	up_read(&dir->root->rwsem);
	return best;
}

/* The position behind the dots is the number of the node told last, plus 2. */
static int kernfs_readdir(struct file *file, struct dir_context *ctx)
{
	struct kernfs_node *dir = kn_of(file_inode(file)), *kn;

	if (!dir_emit_dots(file, ctx))
		return 0;
	while ((kn = next_child(dir, ctx->pos - 2))) {
		bool more = dir_emit(ctx, kn->name, strlen(kn->name), kn->ino, kn->mode >> 12);

		if (more)
			ctx->pos = kn->ino + 2;
		kernfs_put(kn);
		if (!more)
			break;
	}
	return 0;
}

const struct file_operations kernfs_dir_fops = {
	.read		= generic_read_dir,
	.iterate_shared	= kernfs_readdir,
	.llseek		= generic_file_llseek,
};

const struct inode_operations kernfs_dir_iops = {
	.lookup		= kernfs_lookup,
	.getattr	= kernfs_getattr,
	.setattr	= kernfs_setattr,
};

const struct inode_operations kernfs_file_iops = {
	.getattr	= kernfs_getattr,
	.setattr	= kernfs_setattr,
};

/* ---- links ---- */

static const char *kernfs_get_link(struct dentry *dentry, struct inode *inode,
				   struct delayed_call *done)
{
	struct kernfs_node *kn = kn_of(inode);
	char *text;
	int len;

	if (!dentry)
		return ERR_PTR(-ECHILD);
	text = kmalloc(PATH_MAX, GFP_KERNEL);
	if (!text)
		return ERR_PTR(-ENOMEM);
	len = kernfs_relative_path(kn->parent, kn->target, text, PATH_MAX);
	if (len < 0) {
		kfree(text);
		return ERR_PTR(len);
	}
	set_delayed_call(done, kfree_link, text);
	return text;
}

const struct inode_operations kernfs_symlink_iops = {
	.get_link	= kernfs_get_link,
	.getattr	= kernfs_getattr,
	.setattr	= kernfs_setattr,
};

/* ---- mounting ---- */

static const struct super_operations kernfs_sops = {
	.statfs		= simple_statfs,
	.drop_inode	= generic_delete_inode,
	.evict_inode	= kernfs_evict_inode,
};

/**
 * kernfs_fill_super - a super block shows a tree
 * @sb: fresh
 * @root: the tree, which outlives it
 * @magic: as statfs(2) tells
 *
 * Return: 0, -ENOMEM.
 */
int kernfs_fill_super(struct super_block *sb, struct kernfs_root *root, unsigned long magic)
{
	struct inode *inode;

	sb->s_iflags |= SB_I_NOEXEC | SB_I_NODEV;
	sb->s_blocksize = PAGE_SIZE;
	sb->s_blocksize_bits = PAGE_SHIFT;
	sb->s_magic = magic;
	sb->s_op = &kernfs_sops;
	sb->s_d_op = &kernfs_dops;
	sb->s_time_gran = 1;
	inode = kernfs_get_inode(sb, root->kn);
	if (!inode)
		return -ENOMEM;
	sb->s_root = d_make_root(inode);
	return sb->s_root ? 0 : -ENOMEM;
}
EXPORT_SYMBOL_GPL(kernfs_fill_super);
