// SPDX-License-Identifier: MIT
/*
 * devpts: a file system of terminals. Opening its ptmx (or the /dev/ptmx beside the place where it
 * is mounted) makes a pseudo-terminal; the slave's node appears here, named by its number, and goes
 * when the master is closed. Every mount is an instance of its own, with its own numbers.
 *
 *	uid=N gid=N mode=OCTAL	of the nodes (else: of who opens, 0600)
 *	ptmxmode=OCTAL		of ptmx (else 0000)
 *	max=N			so many terminals at most
 *
 * A node's d_fsdata is the slave's tty_struct, until devpts_pty_kill().
 */

#include <linux/cred.h>
#include <linux/dcache.h>
#include <linux/devpts_fs.h>
#include <linux/errno.h>
#include <linux/file.h>
#include <linux/fs.h>
#include <linux/fs_context.h>
#include <linux/idr.h>
#include <linux/init.h>
#include <linux/kstrtox.h>
#include <linux/major.h>
#include <linux/mount.h>
#include <linux/namei.h>
#include <linux/seq_file.h>
#include <linux/slab.h>
#include <linux/sprintf.h>
#include <linux/string.h>

#include <uapi/linux/magic.h>

#define DEVPTS_DEFAULT_MODE	0600
#define DEVPTS_MAX_PTYS		(1 << MINORBITS)
#define PTMX_MINOR		2

/* Over all instances, with some kept back for the first one's administrator. */
static int pty_limit = 4096;
static atomic_t pty_count = ATOMIC_INIT(0);

/**
 * struct pts_fs_info - one instance
 * @allocated: numbers in use
 * @sb: super block
 * @ptmx_dentry: its ptmx
 * @uid: of nodes, if @setuid
 * @gid: of nodes, if @setgid
 * @mode: of nodes
 * @ptmxmode: of ptmx
 * @max: terminals at most
 */
struct pts_fs_info {
	struct ida allocated;
	struct super_block *sb;
	struct dentry *ptmx_dentry;
	kuid_t uid;
	kgid_t gid;
	bool setuid;
	bool setgid;
	umode_t mode;
	umode_t ptmxmode;
	int max;
};

static struct pts_fs_info *pts_info(struct super_block *sb)
{
	return sb->s_fs_info;
}

/* ---- options ---- */

static int parse_number(const char *s, unsigned int base, unsigned int limit, unsigned int *n)
{
	return kstrtouint(s, base, n) || *n > limit ? -EINVAL : 0;
}

static int devpts_parse_param(struct fs_context *fc, struct fs_parameter *param)
{
	struct pts_fs_info *fsi = fc->s_fs_info;
	unsigned int n;

	if (!strcmp(param->key, "newinstance"))
		return 0;	/* each is one */
	if (!strcmp(param->key, "source"))
		return -ENOPARAM;
	if (param->type != fs_value_is_string)
		return -EINVAL;
	if (!strcmp(param->key, "uid")) {
		if (parse_number(param->string, 10, UINT_MAX - 1, &n))
			return -EINVAL;
		fsi->uid = make_kuid(&init_user_ns, n);
		fsi->setuid = true;
	} else if (!strcmp(param->key, "gid")) {
		if (parse_number(param->string, 10, UINT_MAX - 1, &n))
			return -EINVAL;
		fsi->gid = make_kgid(&init_user_ns, n);
		fsi->setgid = true;
	} else if (!strcmp(param->key, "mode")) {
		if (parse_number(param->string, 8, UINT_MAX, &n))
			return -EINVAL;
		fsi->mode = n & S_IALLUGO;
	} else if (!strcmp(param->key, "ptmxmode")) {
		if (parse_number(param->string, 8, UINT_MAX, &n))
			return -EINVAL;
		fsi->ptmxmode = n & S_IALLUGO;
	} else if (!strcmp(param->key, "max")) {
		if (parse_number(param->string, 10, DEVPTS_MAX_PTYS, &n))
			return -EINVAL;
		fsi->max = n;
	} else {
		return -EINVAL;
	}
	return 0;
}

static int devpts_show_options(struct seq_file *seq, struct dentry *root)
{
	struct pts_fs_info *fsi = pts_info(root->d_sb);

	if (fsi->setuid)
		seq_printf(seq, ",uid=%u", from_kuid_munged(&init_user_ns, fsi->uid));
	if (fsi->setgid)
		seq_printf(seq, ",gid=%u", from_kgid_munged(&init_user_ns, fsi->gid));
	seq_printf(seq, ",mode=%03o", fsi->mode);
	seq_printf(seq, ",ptmxmode=%03o", fsi->ptmxmode);
	if (fsi->max < DEVPTS_MAX_PTYS)
		seq_printf(seq, ",max=%d", fsi->max);
	return 0;
}

/* ---- the file system ---- */

static int devpts_reconfigure(struct fs_context *fc)
{
	struct pts_fs_info *new = fc->s_fs_info, *fsi = pts_info(fc->root->d_sb);

	fsi->uid = new->uid;
	fsi->gid = new->gid;
	fsi->setuid = new->setuid;
	fsi->setgid = new->setgid;
	fsi->mode = new->mode;
	fsi->ptmxmode = new->ptmxmode;
	fsi->max = new->max;
	d_inode(fsi->ptmx_dentry)->i_mode = S_IFCHR | fsi->ptmxmode;
	return 0;
}

static const struct super_operations devpts_sops = {
	.statfs		= simple_statfs,
	.show_options	= devpts_show_options,
};

/* A node that isn't linked anywhere yet. */
static struct inode *devpts_inode(struct super_block *sb, ino_t ino, umode_t mode, dev_t dev)
{
	struct inode *inode = new_inode(sb);

	if (!inode)
		return NULL;
	inode->i_ino = ino;
	simple_inode_init_ts(inode);
	init_special_inode(inode, mode, dev);
	return inode;
}

static int make_ptmx(struct super_block *sb)
{
	struct pts_fs_info *fsi = pts_info(sb);
	struct dentry *dentry = d_alloc_name(sb->s_root, "ptmx");
	struct inode *inode;

	if (!dentry)
		return -ENOMEM;
	inode = devpts_inode(sb, 2, S_IFCHR | fsi->ptmxmode, MKDEV(TTYAUX_MAJOR, PTMX_MINOR));
	if (!inode) {
		dput(dentry);
		return -ENOMEM;
	}
	inode->i_uid = current_fsuid();
	inode->i_gid = current_fsgid();
	d_add(dentry, inode);
	fsi->ptmx_dentry = dentry;
	return 0;
}

static int devpts_fill_super(struct super_block *s, struct fs_context *fc)
{
	struct inode *inode;

	pts_info(s)->sb = s;
	s->s_iflags &= ~SB_I_NODEV;
	s->s_blocksize = 1024;
	s->s_blocksize_bits = 10;
	s->s_magic = DEVPTS_SUPER_MAGIC;
	s->s_op = &devpts_sops;
	s->s_d_op = &simple_dentry_operations;
	s->s_time_gran = 1;

	inode = new_inode(s);
	if (!inode)
		return -ENOMEM;
	inode->i_ino = 1;
	simple_inode_init_ts(inode);
	inode->i_mode = S_IFDIR | 0755;
	inode->i_op = &simple_dir_inode_operations;
	inode->i_fop = &simple_dir_operations;
	set_nlink(inode, 2);
	s->s_root = d_make_root(inode);
	if (!s->s_root)
		return -ENOMEM;
	return make_ptmx(s);
}

static int devpts_get_tree(struct fs_context *fc)
{
	return get_tree_nodev(fc, devpts_fill_super);
}

static void devpts_free_fc(struct fs_context *fc)
{
	kfree(fc->s_fs_info);
}

static const struct fs_context_operations devpts_context_ops = {
	.free		= devpts_free_fc,
	.parse_param	= devpts_parse_param,
	.get_tree	= devpts_get_tree,
	.reconfigure	= devpts_reconfigure,
};

static int devpts_init_fs_context(struct fs_context *fc)
{
	struct pts_fs_info *fsi = kzalloc(sizeof(*fsi), GFP_KERNEL);

	if (!fsi)
		return -ENOMEM;
	ida_init(&fsi->allocated);
	fsi->mode = DEVPTS_DEFAULT_MODE;
	fsi->max = DEVPTS_MAX_PTYS;
	fc->s_fs_info = fsi;
	fc->ops = &devpts_context_ops;
	return 0;
}

static void devpts_kill_sb(struct super_block *sb)
{
	struct pts_fs_info *fsi = pts_info(sb);

	kill_litter_super(sb);
	if (fsi)
		ida_destroy(&fsi->allocated);
	kfree(fsi);
}

static struct file_system_type devpts_fs_type = {
	.name			= "devpts",
	.init_fs_context	= devpts_init_fs_context,
	.kill_sb		= devpts_kill_sb,
	.fs_flags		= FS_USERNS_MOUNT,
};

/* ---- what pty.c asks for ---- */

/* From the ptmx that was opened to the instance: it is in one, or beside one that is called pts. */
static int devpts_path(struct path *path)
{
	struct dentry *parent;
	struct path pts;
	int ret;

	if (path->mnt->mnt_sb->s_magic == DEVPTS_SUPER_MAGIC)
		return 0;
	parent = dget_parent(path->dentry);
	ret = vfs_path_lookup(parent, path->mnt, "pts", LOOKUP_DIRECTORY, &pts);
	dput(parent);
	if (ret)
		return -ENODEV;
	path_put(path);
	*path = pts;
	if (path->mnt->mnt_sb->s_magic != DEVPTS_SUPER_MAGIC ||
	    path->mnt->mnt_root != path->mnt->mnt_sb->s_root)
		return -ENODEV;
	return 0;
}

/**
 * devpts_acquire - the instance that an open of ptmx is about
 * @file: the open one
 *
 * Return: the instance until devpts_release(); ERR_PTR(-ENODEV) if there is none there.
 */
struct pts_fs_info *devpts_acquire(struct file *file)
{
	struct pts_fs_info *fsi;
	struct path path = file->f_path;
	int ret;

	path_get(&path);
	ret = devpts_path(&path);
	if (ret) {
		fsi = ERR_PTR(ret);
	} else {
		fsi = pts_info(path.mnt->mnt_sb);
		atomic_inc(&fsi->sb->s_active);
	}
	path_put(&path);
	return fsi;
}

/**
 * devpts_release - give back what devpts_acquire() took
 * @fsi: the file system
 *
 * Context: may sleep.
 */
void devpts_release(struct pts_fs_info *fsi)
{
	deactivate_super(fsi->sb);
}

/**
 * devpts_mntget - a mount in which the instance of an open master is seen
 * @file: the master
 * @fsi: its instance
 *
 * Context: may sleep.
 * Return: the mount, referenced; ERR_PTR(-ENODEV) if another is mounted there, or why none was
 * found.
 */
struct vfsmount *devpts_mntget(struct file *file, struct pts_fs_info *fsi)
{
	struct path path = file->f_path;
	struct vfsmount *mnt;
	int ret;

	path_get(&path);
	ret = devpts_path(&path);
	if (ret)
		mnt = ERR_PTR(ret);
	else if (pts_info(path.mnt->mnt_sb) != fsi)
		mnt = ERR_PTR(-ENODEV);
	else
		mnt = mntget(path.mnt);
	path_put(&path);
	return mnt;
}

/**
 * devpts_new_index - a number for a pair of pseudo terminals
 * @fsi: the file system
 *
 * Context: may sleep.
 * Return: the number; -ENOSPC, -ENOMEM.
 */
int devpts_new_index(struct pts_fs_info *fsi)
{
	int index = -ENOSPC;

	if (atomic_inc_return(&pty_count) <= pty_limit)
		index = ida_alloc_max(&fsi->allocated, fsi->max - 1, GFP_KERNEL);
	if (index < 0)
		atomic_dec(&pty_count);
	return index;
}

/**
 * devpts_kill_index - a pair of pseudo terminals is gone: its number is free
 * @fsi: the file system
 * @idx: the number
 */
void devpts_kill_index(struct pts_fs_info *fsi, int idx)
{
	ida_free(&fsi->allocated, idx);
	atomic_dec(&pty_count);
}

/**
 * devpts_pty_new - the node of a slave
 * @fsi: where
 * @index: its number
 * @priv: for devpts_get_priv()
 *
 * Return: the node's dentry for devpts_pty_kill(), ERR_PTR(-ENOMEM).
 */
struct dentry *devpts_pty_new(struct pts_fs_info *fsi, int index, void *priv)
{
	struct dentry *dentry, *root = fsi->sb->s_root;
	struct inode *inode;
	char name[12];

	inode = devpts_inode(fsi->sb, index + 3, S_IFCHR | fsi->mode,
			     MKDEV(UNIX98_PTY_SLAVE_MAJOR, index));
	if (!inode)
		return ERR_PTR(-ENOMEM);
	inode->i_uid = fsi->setuid ? fsi->uid : current_fsuid();
	inode->i_gid = fsi->setgid ? fsi->gid : current_fsgid();
	snprintf(name, sizeof(name), "%d", index);
	dentry = d_alloc_name(root, name);
	if (!dentry) {
		iput(inode);
		return ERR_PTR(-ENOMEM);
	}
	dentry->d_fsdata = priv;
	d_add(dentry, inode);
	return dentry;
}

/**
 * devpts_get_priv - whose node this is
 * @dentry: any
 *
 * Return: what devpts_pty_new() was given; NULL if it is nobody's any more, or none of ours.
 */
void *devpts_get_priv(struct dentry *dentry)
{
	if (dentry->d_sb->s_magic != DEVPTS_SUPER_MAGIC)
		return NULL;
	return READ_ONCE(dentry->d_fsdata);
}

/**
 * devpts_pty_kill - the master was closed: the node goes
 * @dentry: from devpts_pty_new()
 *
 * Context: may sleep.
 */
void devpts_pty_kill(struct dentry *dentry)
{
	WRITE_ONCE(dentry->d_fsdata, NULL);
	drop_nlink(d_inode(dentry));
	d_drop(dentry);
	dput(dentry);	/* d_alloc_name()'s, by which it existed */
}

static int __init init_devpts_fs(void)
{
	return register_filesystem(&devpts_fs_type);
}
fs_initcall(init_devpts_fs);
