// SPDX-License-Identifier: MIT
/*
 * tmpfs: shared memory objects with names.
 *
 * The dentry cache is the directory (each dentry that exists holds one reference more, as in
 * ramfs); the objects are shmem.c's. What a mount may use is limited: size= or nr_blocks= for
 * pages, nr_inodes= for objects and names; half of the memory each if nothing is said.
 *
 * One mount, shm_mnt, is the kernel's own and has no limits: the objects without names live there.
 */

#include "shmem.h"

#include <linux/cred.h>
#include <linux/err.h>
#include <linux/export.h>
#include <linux/fs_context.h>
#include <linux/init.h>
#include <linux/kstrtox.h>
#include <linux/mm.h>
#include <linux/mount.h>
#include <linux/namei.h>
#include <linux/pagemap.h>
#include <linux/seq_file.h>
#include <linux/slab.h>
#include <linux/statfs.h>
#include <linux/string.h>
#include <uapi/linux/magic.h>

struct vfsmount *shm_mnt __ro_after_init;

static const struct inode_operations shmem_dir_inode_operations;

static const struct inode_operations shmem_symlink_inode_operations = {
	.get_link	= simple_get_link,
	.listxattr	= shmem_listxattr,
};

static const struct super_operations shmem_ops;

/* ---- inodes ---- */

static int charge_inode(struct super_block *sb)
{
	struct shmem_sb_info *sbinfo = SHMEM_SB(sb);

	if (atomic_long_inc_return(&sbinfo->used_inodes) <= (long)sbinfo->max_inodes ||
	    !sbinfo->max_inodes)
		return 0;
	atomic_long_dec(&sbinfo->used_inodes);
	return -ENOSPC;
}

/** shmem_uncharge_inode - one inode less counts against the mount's limit */
void shmem_uncharge_inode(struct super_block *sb)
{
	atomic_long_dec(&SHMEM_SB(sb)->used_inodes);
}

/**
 * shmem_get_inode - a new inode
 * @sb: whose
 * @dir: the directory it goes into, NULL: none
 * @mode: type and rights
 * @dev: for devices
 * @flags: VM_NORESERVE
 *
 * Return: the inode; ERR_PTR(-ENOSPC) if the mount has too many, or without memory.
 */
struct inode *shmem_get_inode(struct super_block *sb, const struct inode *dir, umode_t mode,
			      dev_t dev, unsigned long flags)
{
	struct shmem_inode_info *info;
	struct inode *inode;
	int err = charge_inode(sb);

	if (err)
		return ERR_PTR(err);
	inode = new_inode(sb);
	if (!inode) {
		shmem_uncharge_inode(sb);
		return ERR_PTR(-ENOSPC);
	}
	inode->i_ino = get_next_ino();
	inode_init_owner(&nop_mnt_idmap, inode, dir, mode);
	inode->i_blocks = 0;
	simple_inode_init_ts(inode);
	info = SHMEM_I(inode);
	info->seals = F_SEAL_SEAL;
	info->flags = flags & VM_NORESERVE;
	info->alloced = 0;
	simple_xattrs_init(&info->xattrs);
	info->xattr_space = 0;
	switch (mode & S_IFMT) {
	case S_IFREG:
		inode->i_mapping->a_ops = &shmem_aops;
		inode->i_op = &shmem_inode_operations;
		inode->i_fop = &shmem_file_operations;
		mapping_set_gfp_mask(inode->i_mapping, GFP_HIGHUSER);
		mapping_set_unevictable(inode->i_mapping);
		break;
	case S_IFDIR:
		inc_nlink(inode);	/* its own "." */
		inode->i_size = 2 * sizeof(struct dentry *);
		inode->i_op = &shmem_dir_inode_operations;
		inode->i_fop = &simple_dir_operations;
		break;
	case S_IFLNK:
		inode->i_op = &shmem_symlink_inode_operations;
		inode->i_link = NULL;
		break;
	default:
		inode->i_op = &shmem_inode_operations;
		init_special_inode(inode, mode, dev);
		break;
	}
	return inode;
}

/* ---- names ---- */

/* What a directory's size counts: bytes for each name, as others have seen it for long. */
#define BOGO_DIRENT_SIZE	20

static void dir_changed(struct inode *dir, long names)
{
	dir->i_size += names * BOGO_DIRENT_SIZE;
	inode_set_mtime_to_ts(dir, inode_set_ctime_current(dir));
}

static void add_name(struct inode *dir, struct dentry *dentry, struct inode *inode)
{
	dir_changed(dir, 1);
	d_instantiate(dentry, inode);
	dget(dentry);	/* the one that makes it exist */
}

static int shmem_mknod(struct mnt_idmap *idmap, struct inode *dir, struct dentry *dentry,
		       umode_t mode, dev_t dev)
{
	struct inode *inode = shmem_get_inode(dir->i_sb, dir, mode, dev, VM_NORESERVE);

	(void)idmap;
	if (IS_ERR(inode))
		return PTR_ERR(inode);
	add_name(dir, dentry, inode);
	return 0;
}

static int shmem_mkdir(struct mnt_idmap *idmap, struct inode *dir, struct dentry *dentry,
		       umode_t mode)
{
	int err = shmem_mknod(idmap, dir, dentry, mode | S_IFDIR, 0);

	if (!err)
		inc_nlink(dir);
	return err;
}

static int shmem_create(struct mnt_idmap *idmap, struct inode *dir, struct dentry *dentry,
			umode_t mode, bool excl)
{
	(void)excl;
	return shmem_mknod(idmap, dir, dentry, mode | S_IFREG, 0);
}

static int shmem_symlink(struct mnt_idmap *idmap, struct inode *dir, struct dentry *dentry,
			 const char *target)
{
	struct inode *inode = shmem_get_inode(dir->i_sb, dir, S_IFLNK | 0777, 0, VM_NORESERVE);

	(void)idmap;
	if (IS_ERR(inode))
		return PTR_ERR(inode);
	inode->i_link = kstrdup(target, GFP_KERNEL);
	if (!inode->i_link) {
		iput(inode);
		return -ENOMEM;
	}
	inode->i_size = strlen(target);
	add_name(dir, dentry, inode);
	return 0;
}

static int shmem_tmpfile(struct mnt_idmap *idmap, struct inode *dir, struct file *file,
			 umode_t mode)
{
	struct inode *inode = shmem_get_inode(dir->i_sb, dir, mode, 0, VM_NORESERVE);
	int err = PTR_ERR_OR_ZERO(inode);

	(void)idmap;
	if (err)
		return err;
	d_tmpfile(file, inode);
	return finish_open(file, file->f_path.dentry, NULL);
}

/* A further name counts as an inode: else names alone could fill the memory. */
static int shmem_link(struct dentry *old_dentry, struct inode *dir, struct dentry *dentry)
{
	struct inode *inode = d_inode(old_dentry);
	int err = 0;

	if (inode->i_nlink)
		err = charge_inode(inode->i_sb);
	if (err)
		return err;
	err = simple_link(old_dentry, dir, dentry);
	if (!err)
		dir->i_size += BOGO_DIRENT_SIZE;
	return err;
}

/* Then one of them can go without the inode, which shmem_link() has charged for it. */
static bool has_other_names(const struct inode *inode)
{
	return inode->i_nlink > 1 && !S_ISDIR(inode->i_mode);
}

static int shmem_unlink(struct inode *dir, struct dentry *dentry)
{
	struct inode *inode = d_inode(dentry);

	if (has_other_names(inode))
		shmem_uncharge_inode(inode->i_sb);
	dir->i_size -= BOGO_DIRENT_SIZE;
	return simple_unlink(dir, dentry);
}

static int shmem_rmdir(struct inode *dir, struct dentry *dentry)
{
	if (!simple_empty(dentry))
		return -ENOTEMPTY;
	drop_nlink(d_inode(dentry));
	drop_nlink(dir);
	return shmem_unlink(dir, dentry);
}

/* Beside what all file systems in memory do: sizes of directories, and an inode that may go. */
static int shmem_rename(struct mnt_idmap *idmap, struct inode *old_dir, struct dentry *old_dentry,
			struct inode *new_dir, struct dentry *new_dentry, unsigned int flags)
{
	bool replaces = d_really_is_positive(new_dentry);
	bool name_of_many = replaces && has_other_names(d_inode(new_dentry));
	int err = simple_rename(idmap, old_dir, old_dentry, new_dir, new_dentry, flags);

	if (err || (flags & RENAME_EXCHANGE))
		return err;
	if (name_of_many)
		shmem_uncharge_inode(new_dir->i_sb);
	old_dir->i_size -= BOGO_DIRENT_SIZE;
	if (!replaces)
		new_dir->i_size += BOGO_DIRENT_SIZE;
	return 0;
}

static const struct inode_operations shmem_dir_inode_operations = {
	.create		= shmem_create,
	.lookup		= simple_lookup,
	.link		= shmem_link,
	.unlink		= shmem_unlink,
	.symlink	= shmem_symlink,
	.mkdir		= shmem_mkdir,
	.rmdir		= shmem_rmdir,
	.mknod		= shmem_mknod,
	.rename		= shmem_rename,
	.tmpfile	= shmem_tmpfile,
	.listxattr	= shmem_listxattr,
};

/* ---- mounts ---- */

/* What the options of one mount(2) said. */
struct shmem_options {
	unsigned long blocks, inodes;
	umode_t mode;
	kuid_t uid;
	kgid_t gid;
	bool blocks_set, inodes_set, mode_set, uid_set, gid_set, noswap;
};

static int shmem_statfs(struct dentry *dentry, struct kstatfs *buf)
{
	struct shmem_sb_info *sbinfo = SHMEM_SB(dentry->d_sb);

	buf->f_type = TMPFS_MAGIC;
	buf->f_bsize = PAGE_SIZE;
	buf->f_namelen = NAME_MAX;
	if (sbinfo->max_blocks) {
		long used = atomic_long_read(&sbinfo->used_blocks);

		buf->f_blocks = sbinfo->max_blocks;
		buf->f_bfree = buf->f_bavail = max_t(long, sbinfo->max_blocks - used, 0);
	}
	if (sbinfo->max_inodes) {
		long used = atomic_long_read(&sbinfo->used_inodes);

		buf->f_files = sbinfo->max_inodes;
		buf->f_ffree = max_t(long, sbinfo->max_inodes - used, 0);
	}
	buf->f_fsid = u64_to_fsid(huge_encode_dev(dentry->d_sb->s_dev));
	return 0;
}

static unsigned long half_of_memory(void)
{
	return totalram_pages() / 2;
}

/* For /proc/mounts: what isn't as it would be without options. */
static int shmem_show_options(struct seq_file *seq, struct dentry *root)
{
	struct shmem_sb_info *sbinfo = SHMEM_SB(root->d_sb);

	if (sbinfo->max_blocks != half_of_memory())
		seq_printf(seq, ",size=%luk", sbinfo->max_blocks << (PAGE_SHIFT - 10));
	if (sbinfo->max_inodes != half_of_memory())
		seq_printf(seq, ",nr_inodes=%lu", sbinfo->max_inodes);
	if (sbinfo->mode != (0777 | S_ISVTX))
		seq_printf(seq, ",mode=%03ho", sbinfo->mode);
	if (!uid_eq(sbinfo->uid, GLOBAL_ROOT_UID))
		seq_printf(seq, ",uid=%u", from_kuid_munged(&init_user_ns, sbinfo->uid));
	if (!gid_eq(sbinfo->gid, GLOBAL_ROOT_GID))
		seq_printf(seq, ",gid=%u", from_kgid_munged(&init_user_ns, sbinfo->gid));
	seq_puts(seq, ",inode64");
	if (sbinfo->noswap)
		seq_puts(seq, ",noswap");
	return 0;
}

static void shmem_put_super(struct super_block *sb)
{
	kfree(sb->s_fs_info);
	sb->s_fs_info = NULL;
}

static const struct super_operations shmem_ops = {
	.alloc_inode	= shmem_alloc_inode,
	.free_inode	= shmem_free_inode,
	.evict_inode	= shmem_evict_inode,
	.drop_inode	= generic_delete_inode,
	.put_super	= shmem_put_super,
	.statfs		= shmem_statfs,
	.show_options	= shmem_show_options,
};

/* A number with k, m, g; or a share of the memory, "50%". */
static int parse_size(const char *text, unsigned long *pages)
{
	unsigned long long size;
	char *rest;

	size = memparse(text, &rest);
	if (*rest == '%') {
		size = size * totalram_pages() / 100;
		size <<= PAGE_SHIFT;
		rest++;
	}
	if (*rest || rest == text)
		return -EINVAL;
	*pages = DIV_ROUND_UP_ULL(size, PAGE_SIZE);
	return 0;
}

static int parse_count(const char *text, unsigned long *count)
{
	char *rest;

	*count = memparse(text, &rest);
	return *rest || rest == text ? -EINVAL : 0;
}

static int shmem_parse_param(struct fs_context *fc, struct fs_parameter *param)
{
	struct shmem_options *opt = fc->fs_private;
	const char *key = param->key, *value = param->string;
	unsigned int number;
	int err = 0;

	if (!strcmp(key, "source"))
		return -ENOPARAM;
	/* Without swap and 32-bit programs these are so in any case. */
	if (!strcmp(key, "inode64"))
		return 0;
	if (!strcmp(key, "noswap")) {
		opt->noswap = true;
		return 0;
	}
	if (param->type != fs_value_is_string)
		return -EINVAL;
	if (!strcmp(key, "size")) {
		err = parse_size(value, &opt->blocks);
		opt->blocks_set = true;
	} else if (!strcmp(key, "nr_blocks")) {
		err = parse_count(value, &opt->blocks);
		opt->blocks_set = true;
	} else if (!strcmp(key, "nr_inodes")) {
		err = parse_count(value, &opt->inodes);
		opt->inodes_set = true;
	} else if (!strcmp(key, "mode")) {
		err = kstrtouint(value, 8, &number);
		opt->mode = number & 07777;
		opt->mode_set = true;
	} else if (!strcmp(key, "uid")) {
		err = kstrtouint(value, 10, &number);
		opt->uid = make_kuid(current_user_ns(), number);
		opt->uid_set = true;
	} else if (!strcmp(key, "gid")) {
		err = kstrtouint(value, 10, &number);
		opt->gid = make_kgid(current_user_ns(), number);
		opt->gid_set = true;
	} else {
		return -EINVAL;
	}
	return err ? -EINVAL : 0;
}

static void apply_options(struct shmem_sb_info *sbinfo, const struct shmem_options *opt)
{
	if (opt->blocks_set)
		sbinfo->max_blocks = opt->blocks;
	if (opt->inodes_set)
		sbinfo->max_inodes = opt->inodes;
	if (opt->mode_set)
		sbinfo->mode = opt->mode;
	if (opt->uid_set)
		sbinfo->uid = opt->uid;
	if (opt->gid_set)
		sbinfo->gid = opt->gid;
	if (opt->noswap)
		sbinfo->noswap = true;
}

static int shmem_fill_super(struct super_block *sb, struct fs_context *fc)
{
	struct shmem_sb_info *sbinfo = kzalloc(sizeof(*sbinfo), GFP_KERNEL);
	struct inode *inode;

	if (!sbinfo)
		return -ENOMEM;
	sb->s_fs_info = sbinfo;
	sbinfo->mode = 0777 | S_ISVTX;
	sbinfo->uid = current_fsuid();
	sbinfo->gid = current_fsgid();
	if (!(sb->s_flags & SB_KERNMOUNT)) {
		sbinfo->max_blocks = half_of_memory();
		sbinfo->max_inodes = half_of_memory();
	}
	apply_options(sbinfo, fc->fs_private);
	sb->s_maxbytes = MAX_LFS_FILESIZE;
	sb->s_blocksize = PAGE_SIZE;
	sb->s_blocksize_bits = PAGE_SHIFT;
	sb->s_magic = TMPFS_MAGIC;
	sb->s_op = &shmem_ops;
	sb->s_time_gran = 1;
	sb->s_xattr = shmem_xattr_handlers;
	inode = shmem_get_inode(sb, NULL, S_IFDIR | sbinfo->mode, 0, VM_NORESERVE);
	if (IS_ERR(inode))
		return PTR_ERR(inode);
	inode->i_uid = sbinfo->uid;
	inode->i_gid = sbinfo->gid;
	sb->s_root = d_make_root(inode);
	return sb->s_root ? 0 : -ENOMEM;
}

static int shmem_get_tree(struct fs_context *fc)
{
	return get_tree_nodev(fc, shmem_fill_super);
}

/* mount -o remount: limits may not go below what is used, nor appear where there were none. */
static int shmem_reconfigure(struct fs_context *fc)
{
	struct shmem_sb_info *sbinfo = SHMEM_SB(fc->root->d_sb);
	struct shmem_options *opt = fc->fs_private;

	if (opt->blocks_set && opt->blocks &&
	    (!sbinfo->max_blocks || atomic_long_read(&sbinfo->used_blocks) > (long)opt->blocks))
		return -EINVAL;
	if (opt->inodes_set && opt->inodes &&
	    (!sbinfo->max_inodes || atomic_long_read(&sbinfo->used_inodes) > (long)opt->inodes))
		return -EINVAL;
	opt->mode_set = opt->uid_set = opt->gid_set = false;
	apply_options(sbinfo, opt);
	return 0;
}

static void shmem_free_fc(struct fs_context *fc)
{
	kfree(fc->fs_private);
}

static const struct fs_context_operations shmem_fs_context_ops = {
	.free		= shmem_free_fc,
	.parse_param	= shmem_parse_param,
	.get_tree	= shmem_get_tree,
	.reconfigure	= shmem_reconfigure,
};

/**
 * shmem_init_fs_context - ->init_fs_context() of tmpfs
 * @fc: the context
 *
 * Context: may sleep.
 * Return: 0, -ENOMEM.
 */
int shmem_init_fs_context(struct fs_context *fc)
{
	fc->fs_private = kzalloc(sizeof(struct shmem_options), GFP_KERNEL);
	if (!fc->fs_private)
		return -ENOMEM;
	fc->ops = &shmem_fs_context_ops;
	return 0;
}

static struct file_system_type shmem_fs_type = {
	.name			= "tmpfs",
	.init_fs_context	= shmem_init_fs_context,
	.kill_sb		= kill_litter_super,
	.fs_flags		= FS_USERNS_MOUNT,
};

static int __init shmem_init(void)
{
	int err;

	shmem_inode_cache_init();
	err = register_filesystem(&shmem_fs_type);
	if (err)
		return err;
	shm_mnt = kern_mount(&shmem_fs_type);
	if (IS_ERR(shm_mnt))
		panic("tmpfs: no mount for objects without names: %ld", PTR_ERR(shm_mnt));
	return 0;
}
core_initcall(shmem_init);
