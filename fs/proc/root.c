// SPDX-License-Identifier: MIT
/*
 * The root of /proc: processes by number and the kernel's own entries, in one folder.
 *
 * Mount options hidepid= and gid= are accepted and change nothing: everybody sees every process.
 */

#include <linux/errno.h>
#include <linux/fs.h>
#include <linux/fs_context.h>
#include <linux/init.h>
#include <linux/namei.h>
#include <linux/sched/stat.h>
#include <linux/slab.h>
#include <linux/string.h>

#include <uapi/linux/magic.h>

#include "internal.h"

static struct dentry *proc_root_lookup(struct inode *dir, struct dentry *dentry,
				       unsigned int flags)
{
	struct dentry *ret = proc_pid_lookup(dentry);

	return ret != ERR_PTR(-ENOENT) ? ret : proc_lookup_de(dir, dentry, &proc_root);
}

static int proc_root_readdir(struct file *file, struct dir_context *ctx)
{
	if (ctx->pos < FIRST_PROCESS_ENTRY) {
		int more = proc_readdir_de(file, ctx, &proc_root);

		if (more <= 0)
			return more;
		ctx->pos = FIRST_PROCESS_ENTRY;
	}
	return proc_pid_readdir(file, ctx);
}

static int proc_root_getattr(struct mnt_idmap *idmap, const struct path *path,
			     struct kstat *stat, u32 request_mask, unsigned int query_flags)
{
	generic_fillattr(&nop_mnt_idmap, request_mask, d_inode(path->dentry), stat);
	stat->nlink = proc_root.nlink + nr_processes();
	return 0;
}

static const struct file_operations proc_root_operations = {
	.read		= generic_read_dir,
	.iterate_shared	= proc_root_readdir,
	.llseek		= generic_file_llseek,
};

static const struct inode_operations proc_root_inode_operations = {
	.lookup		= proc_root_lookup,
	.getattr	= proc_root_getattr,
};

static int proc_fill_super(struct super_block *s, struct fs_context *fc)
{
	struct inode *root;

	s->s_iflags |= SB_I_USERNS_VISIBLE | SB_I_NOEXEC | SB_I_NODEV;
	s->s_blocksize = 1024;
	s->s_blocksize_bits = 10;
	s->s_magic = PROC_SUPER_MAGIC;
	s->s_op = &proc_sops;
	s->s_time_gran = 1;
	root = proc_get_inode(s, &proc_root);
	if (!root)
		return -ENOMEM;
	root->i_op = &proc_root_inode_operations;
	root->i_fop = &proc_root_operations;
	s->s_root = d_make_root(root);
	return s->s_root ? proc_setup_self(s) : -ENOMEM;
}

static int proc_get_tree(struct fs_context *fc)
{
	return get_tree_single(fc, proc_fill_super);
}

static int proc_parse_param(struct fs_context *fc, struct fs_parameter *param)
{
	if (!strcmp(param->key, "hidepid") || !strcmp(param->key, "gid") ||
	    !strcmp(param->key, "subset"))
		return 0;
	return -ENOPARAM;
}

static const struct fs_context_operations proc_context_ops = {
	.parse_param	= proc_parse_param,
	.get_tree	= proc_get_tree,
};

static int proc_init_fs_context(struct fs_context *fc)
{
	fc->ops = &proc_context_ops;
	return 0;
}

/* Other names than those two are cached only, as on a disk: nobody holds them. */
static void proc_kill_sb(struct super_block *s)
{
	proc_drop_self(s);
	kill_anon_super(s);
}

static struct file_system_type proc_fs_type = {
	.name			= "proc",
	.init_fs_context	= proc_init_fs_context,
	.kill_sb		= proc_kill_sb,
	.fs_flags		= FS_USERNS_MOUNT | FS_DISALLOW_NOTIFY_PERM,
};

static int __init proc_init(void)
{
	proc_init_kmemcache();
	proc_symlink("mounts", NULL, "self/mounts");
	proc_mkdir("driver", NULL);
	proc_mkdir("fs", NULL);
	return register_filesystem(&proc_fs_type);
}
core_initcall(proc_init);
