// SPDX-License-Identifier: MIT
/* Mount contexts: made for a type, fed with options, asked for a tree. See <linux/fs_context.h>. */

#include <linux/cred.h>
#include <linux/export.h>
#include <linux/fs.h>
#include <linux/fs_context.h>
#include <linux/security.h>
#include <linux/slab.h>
#include <linux/string.h>

#include "internal.h"

static struct fs_context *alloc_fs_context(struct file_system_type *type, struct dentry *root,
					   unsigned int sb_flags, unsigned int mask,
					   enum fs_context_purpose purpose)
{
	struct fs_context *fc;
	int err;

	if (!type->init_fs_context)
		return ERR_PTR(-ENODEV);
	fc = kzalloc(sizeof(*fc), GFP_KERNEL_ACCOUNT);
	if (!fc)
		return ERR_PTR(-ENOMEM);
	fc->purpose = purpose;
	fc->sb_flags = sb_flags;
	fc->sb_flags_mask = mask;
	fc->fs_type = get_filesystem(type);
	fc->cred = get_current_cred();
	fc->user_ns = &init_user_ns;
	fc->root = dget(root);
	if (root)
		atomic_inc(&root->d_sb->s_active);
	err = type->init_fs_context(fc);
	if (err) {
		put_fs_context(fc);
		return ERR_PTR(err);
	}
	return fc;
}

/**
 * fs_context_for_mount - begin a new mount
 * @type: of file system
 * @sb_flags: SB_*
 *
 * Context: may sleep.
 * Return: the context, for put_fs_context(); ERR_PTR(-ENODEV) if the type can't, ERR_PTR(-ENOMEM),
 * or what its init_fs_context() said.
 */
struct fs_context *fs_context_for_mount(struct file_system_type *type, unsigned int sb_flags)
{
	return alloc_fs_context(type, NULL, sb_flags, 0, FS_CONTEXT_FOR_MOUNT);
}
EXPORT_SYMBOL(fs_context_for_mount);

/**
 * fs_context_for_reconfigure - begin a change of a mounted file system's options
 * @dentry: its root
 * @sb_flags: SB_*: new values
 * @sb_flags_mask: which of them change
 *
 * Context: may sleep.
 * Return: as fs_context_for_mount().
 */
struct fs_context *fs_context_for_reconfigure(struct dentry *dentry, unsigned int sb_flags,
					      unsigned int sb_flags_mask)
{
	return alloc_fs_context(dentry->d_sb->s_type, dentry, sb_flags, sb_flags_mask,
				FS_CONTEXT_FOR_RECONFIGURE);
}

/**
 * put_fs_context - free a context
 * @fc: done with; what it made for others stays
 *
 * Context: may sleep.
 */
void put_fs_context(struct fs_context *fc)
{
	if (fc->root) {
		struct super_block *sb = fc->root->d_sb;

		dput(fc->root);
		deactivate_super(sb);
	}
	if (fc->ops && fc->ops->free)
		fc->ops->free(fc);
	put_cred(fc->cred);
	put_filesystem(fc->fs_type);
	kfree(fc->source);
	kfree(fc);
}
EXPORT_SYMBOL(put_fs_context);

/* Options that every file system knows. */
static const struct {
	const char *name;
	unsigned int set, clear;
} common_options[] = {
	{ "dirsync",	SB_DIRSYNC,	0 },
	{ "lazytime",	SB_LAZYTIME,	0 },
	{ "nolazytime",	0,		SB_LAZYTIME },
	{ "mand",	SB_MANDLOCK,	0 },
	{ "nomand",	0,		SB_MANDLOCK },
	{ "ro",		SB_RDONLY,	0 },
	{ "rw",		0,		SB_RDONLY },
	{ "sync",	SB_SYNCHRONOUS,	0 },
	{ "async",	0,		SB_SYNCHRONOUS },
};

/**
 * vfs_parse_fs_param - one option
 * @fc: the context
 * @param: key and value; "ro", "sync" and the like are for all, "source" for who has nothing else
 *
 * Context: may sleep.
 * Return: 0; -EINVAL if nobody knows it, or for a second source; -ENOMEM; or what the file system
 * says.
 */
int vfs_parse_fs_param(struct fs_context *fc, struct fs_parameter *param)
{
	unsigned int i;
	int ret;

	for (i = 0; i < ARRAY_SIZE(common_options); i++) {
		if (strcmp(param->key, common_options[i].name))
			continue;
		fc->sb_flags |= common_options[i].set;
		fc->sb_flags &= ~common_options[i].clear;
		fc->sb_flags_mask |= common_options[i].set | common_options[i].clear;
		return 0;
	}
	if (fc->ops->parse_param) {
		ret = fc->ops->parse_param(fc, param);
		if (ret != -ENOPARAM)
			return ret;
	}
	if (strcmp(param->key, "source") || param->type != fs_value_is_string)
		return -EINVAL;
	if (fc->source)
		return -EINVAL;
	fc->source = kstrndup(param->string, param->size, GFP_KERNEL);
	return fc->source ? 0 : -ENOMEM;
}
EXPORT_SYMBOL(vfs_parse_fs_param);

/**
 * vfs_parse_fs_string - one option with a string as value
 * @fc: the context
 * @key: the option's name
 * @value: its value, which need not end in NUL; NULL: the option is a flag
 * @size: bytes of @value
 *
 * Context: may sleep.
 * Return: as vfs_parse_fs_param(), or -ENOMEM.
 */
int vfs_parse_fs_string(struct fs_context *fc, const char *key, const char *value, size_t size)
{
	struct fs_parameter param = { .key = key, .type = fs_value_is_flag, .size = size };
	int ret;

	if (value) {
		param.string = kmemdup_nul(value, size, GFP_KERNEL);
		if (!param.string)
			return -ENOMEM;
		param.type = fs_value_is_string;
	}
	ret = vfs_parse_fs_param(fc, &param);
	kfree(param.string);
	return ret;
}
EXPORT_SYMBOL(vfs_parse_fs_string);

/**
 * generic_parse_monolithic - mount(2)'s options
 * @fc: the context
 * @data: "key,key=value", torn apart; NULL
 *
 * Context: may sleep.
 * Return: 0, or as vfs_parse_fs_string().
 */
int generic_parse_monolithic(struct fs_context *fc, void *data)
{
	char *options = data, *key;

	while (options && (key = strsep(&options, ",")) != NULL) {
		char *value;
		int ret;

		if (!*key)
			continue;
		value = strchr(key, '=');
		if (value == key)
			continue;
		if (value)
			*value++ = 0;
		ret = vfs_parse_fs_string(fc, key, value, value ? strlen(value) : 0);
		if (ret < 0)
			return ret;
	}
	return 0;
}
EXPORT_SYMBOL(generic_parse_monolithic);

/**
 * parse_monolithic_mount_data - the options of mount(2), as one string
 * @fc: the context
 * @data: the string, which is torn apart; NULL
 *
 * Context: may sleep.
 * Return: 0, or as vfs_parse_fs_param().
 */
int parse_monolithic_mount_data(struct fs_context *fc, void *data)
{
	if (fc->ops->parse_monolithic)
		return fc->ops->parse_monolithic(fc, data);
	return generic_parse_monolithic(fc, data);
}
