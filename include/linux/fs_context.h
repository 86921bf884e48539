/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_FS_CONTEXT_H
#define _LINUX_FS_CONTEXT_H

/*
 * How a file system comes into use: a context collects the options, get_tree makes or finds the
 * super block and leaves the root in fc->root, vfs_create_mount() makes a mount of that.
 */

#include <linux/errno.h>
#include <linux/types.h>

struct cred;
struct dentry;
struct file_system_type;
struct fs_context;
struct super_block;
struct user_namespace;

enum fs_context_purpose {
	FS_CONTEXT_FOR_MOUNT,
	FS_CONTEXT_FOR_SUBMOUNT,
	FS_CONTEXT_FOR_RECONFIGURE,
};

enum fs_value_type {
	fs_value_is_undefined,
	fs_value_is_flag,	/* no value */
	fs_value_is_string,
};

struct fs_parameter {
	const char *key;
	enum fs_value_type type;
	char *string;
	size_t size;
};

struct fs_context_operations {
	void (*free)(struct fs_context *fc);
	int (*parse_param)(struct fs_context *fc, struct fs_parameter *param);
	int (*parse_monolithic)(struct fs_context *fc, void *data);
	int (*get_tree)(struct fs_context *fc);
	int (*reconfigure)(struct fs_context *fc);
};

struct fs_context {
	const struct fs_context_operations *ops;
	struct file_system_type *fs_type;
	void *fs_private;		/* the file system's; freed by ops->free */
	void *s_fs_info;		/* becomes the super block's */
	struct dentry *root;		/* get_tree's result */
	struct user_namespace *user_ns;
	const struct cred *cred;
	const char *source;		/* the device's name, as given */
	unsigned int sb_flags;
	unsigned int sb_flags_mask;	/* those to change, when reconfiguring */
	unsigned int s_iflags;
	enum fs_context_purpose purpose;
};

struct fs_context *fs_context_for_mount(struct file_system_type *fs_type, unsigned int sb_flags);
struct fs_context *fs_context_for_reconfigure(struct dentry *dentry, unsigned int sb_flags,
					      unsigned int sb_flags_mask);
int vfs_parse_fs_param(struct fs_context *fc, struct fs_parameter *param);
int vfs_parse_fs_string(struct fs_context *fc, const char *key, const char *value, size_t size);
int generic_parse_monolithic(struct fs_context *fc, void *data);
int parse_monolithic_mount_data(struct fs_context *fc, void *data);
int vfs_get_tree(struct fs_context *fc);
void put_fs_context(struct fs_context *fc);
int get_tree_nodev(struct fs_context *fc,
		   int (*fill_super)(struct super_block *sb, struct fs_context *fc));
int get_tree_single(struct fs_context *fc,
		    int (*fill_super)(struct super_block *sb, struct fs_context *fc));
int reconfigure_super(struct fs_context *fc);

#endif /* _LINUX_FS_CONTEXT_H */
