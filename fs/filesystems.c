// SPDX-License-Identifier: MIT
/* The types of file systems, by name. */

#include <linux/export.h>
#include <linux/fs.h>
#include <linux/init.h>
#include <linux/proc_fs.h>
#include <linux/rwlock.h>
#include <linux/seq_file.h>
#include <linux/spinlock.h>
#include <linux/string.h>

#include "internal.h"

static struct file_system_type *file_systems;
static DEFINE_RWLOCK(file_systems_lock);	/* guards the list */

/* Where @name stands in the list, or the end. */
static struct file_system_type **find_filesystem(const char *name, size_t len)
{
	struct file_system_type **p;

	for (p = &file_systems; *p; p = &(*p)->next)
		if (strncmp((*p)->name, name, len) == 0 && !(*p)->name[len])
			break;
	return p;
}

/**
 * get_filesystem - keep a type: types are part of the image, they don't go away
 * @fs: the type
 *
 * Return: @fs.
 */
struct file_system_type *get_filesystem(struct file_system_type *fs)
{
	return fs;
}

/**
 * put_filesystem - undo get_filesystem()
 * @fs: the type
 */
void put_filesystem(struct file_system_type *fs)
{
	(void)fs;
}

/**
 * register_filesystem - a type can be mounted from now on
 * @fs: the type, for good
 *
 * Context: doesn't sleep; takes file_systems_lock.
 * Return: 0; -EBUSY if it, or its name, is registered.
 */
int register_filesystem(struct file_system_type *fs)
{
	struct file_system_type **p;
	int res = 0;

	if (fs->next)
		return -EBUSY;
	write_lock(&file_systems_lock);
	p = find_filesystem(fs->name, strlen(fs->name));
	if (*p)
		res = -EBUSY;
	else
		*p = fs;
	write_unlock(&file_systems_lock);
	return res;
}
EXPORT_SYMBOL(register_filesystem);

/**
 * unregister_filesystem - nobody can mount this type any more
 * @fs: the type
 *
 * Context: doesn't sleep; takes file_systems_lock.
 * Return: 0; -EINVAL if it isn't registered.
 */
int unregister_filesystem(struct file_system_type *fs)
{
	struct file_system_type **p;
	int res = -EINVAL;

	write_lock(&file_systems_lock);
	for (p = &file_systems; *p; p = &(*p)->next) {
		if (*p == fs) {
			*p = fs->next;
			fs->next = NULL;
			res = 0;
			break;
		}
	}
	write_unlock(&file_systems_lock);
	return res;
}
EXPORT_SYMBOL(unregister_filesystem);

/**
 * get_fs_type - a type by name
 * @name: what follows a dot is left out, if the type allows it ("fuse.sshfs")
 *
 * Context: doesn't sleep.
 * Return: the type; NULL.
 */
struct file_system_type *get_fs_type(const char *name)
{
	struct file_system_type *fs;
	const char *dot = strchr(name, '.');
	size_t len = dot ? (size_t)(dot - name) : strlen(name);

	read_lock(&file_systems_lock);
	fs = *find_filesystem(name, len);
	read_unlock(&file_systems_lock);
	return fs && dot && !(fs->fs_flags & FS_HAS_SUBTYPE) ? NULL : fs;
}
EXPORT_SYMBOL(get_fs_type);

/* /proc/filesystems: nodev: one that needs no disk. */
static int filesystems_show(struct seq_file *m, void *v)
{
	struct file_system_type *fs;

	read_lock(&file_systems_lock);
	for (fs = file_systems; fs; fs = fs->next)
		seq_printf(m, "%s\t%s\n", fs->fs_flags & FS_REQUIRES_DEV ? "" : "nodev", fs->name);
	read_unlock(&file_systems_lock);
	return 0;
}

static int __init proc_filesystems_init(void)
{
	proc_create_single("filesystems", 0, NULL, filesystems_show);
	return 0;
}
fs_initcall(proc_filesystems_init);
