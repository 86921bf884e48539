// SPDX-License-Identifier: MIT
/*
 * /proc/PID/map_files: a magic link for each mapping of a file, whose name is its addresses as in
 * /proc/PID/maps, without leading zeroes. Following one opens the very file that is mapped, also if
 * its name is gone; since that passes by the rights of the folders on the way it takes
 * CAP_SYS_ADMIN or CAP_CHECKPOINT_RESTORE.
 *
 * A listing takes the mappings one after the other, by address: mmap_lock is not held while a name
 * is told, which may make inodes and fault.
 */

#include <linux/capability.h>
#include <linux/errno.h>
#include <linux/fs.h>
#include <linux/kstrtox.h>
#include <linux/mm.h>
#include <linux/mmap_lock.h>
#include <linux/namei.h>
#include <linux/ptrace.h>
#include <linux/sched/mm.h>
#include <linux/sched/task.h>
#include <linux/sprintf.h>

#include "internal.h"

/* A mapping's addresses, and how its file was opened. */
struct map_range {
	unsigned long start, end;
	fmode_t mode;
};

/* One bound of a name: hex digits in lower case, no zero in front. Return: behind it; NULL. */
static const char *parse_bound(const char *s, unsigned long *value)
{
	int digits;

	*value = 0;
	for (digits = 0; digits <= 2 * (int)sizeof(*value); digits++, s++) {
		if (*s >= '0' && *s <= '9')
			*value = *value << 4 | (*s - '0');
		else if (*s >= 'a' && *s <= 'f')
			*value = *value << 4 | (*s - 'a' + 10);
		else
			return digits && (digits == 1 || s[-digits] != '0') ? s : NULL;
	}
	return NULL;
}

static bool parse_name(const struct dentry *dentry, struct map_range *range)
{
	const char *s = parse_bound((const char *)dentry->d_name.name, &range->start);

	if (!s || *s != '-')
		return false;
	s = parse_bound(s + 1, &range->end);
	return s && !*s;
}

/*
 * The memory of an inode's task, if current may look at it. Return: referenced; NULL: it has none;
 * an error pointer: -ENOENT, -EACCES.
 */
static struct mm_struct *mm_of(const struct inode *inode)
{
	struct task_struct *task = get_proc_task(inode);
	struct mm_struct *mm;

	if (!task)
		return ERR_PTR(-ENOENT);
	mm = mm_access(task, PTRACE_MODE_READ_FSCREDS);
	put_task_struct(task);
	return mm;
}

/* The file mapped at exactly @range: referenced; NULL; an error pointer: -EINTR. */
static struct file *file_at(struct mm_struct *mm, const struct map_range *range)
{
	struct vm_area_struct *vma;
	struct file *file = NULL;

	if (mmap_read_lock_killable(mm))
		return ERR_PTR(-EINTR);
	vma = find_vma(mm, range->start);
	if (vma && vma->vm_start == range->start && vma->vm_end == range->end && vma->vm_file)
		file = get_file(vma->vm_file);
	mmap_read_unlock(mm);
	return file;
}

/* The file behind a name. Return: referenced; an error pointer: -ENOENT, -EACCES, -EINTR. */
static struct file *file_of(const struct inode *inode, const struct dentry *dentry)
{
	struct map_range range;
	struct mm_struct *mm;
	struct file *file;

	if (!parse_name(dentry, &range))
		return ERR_PTR(-ENOENT);
	mm = mm_of(inode);
	if (IS_ERR_OR_NULL(mm))
		return mm ? ERR_CAST(mm) : ERR_PTR(-ENOENT);
	file = file_at(mm, &range);
	mmput(mm);
	return file ? file : ERR_PTR(-ENOENT);
}

/* ---- links ---- */

static int map_files_revalidate(struct dentry *dentry, unsigned int flags)
{
	struct inode *inode;
	struct task_struct *task;
	struct file *file;

	if (flags & LOOKUP_RCU)
		return -ECHILD;		/* mmap_lock is needed */
	inode = d_inode(dentry);
	if (!inode)
		return 0;
	file = file_of(inode, dentry);
	if (IS_ERR(file))
		return PTR_ERR(file) == -ENOENT ? 0 : PTR_ERR(file);
	fput(file);
	task = get_proc_task(inode);
	if (!task)
		return 0;
	task_dump_owner(task, 0, &inode->i_uid, &inode->i_gid);
	put_task_struct(task);
	return 1;
}

static int map_files_delete_dentry(const struct dentry *dentry)
{
	return 1;
}

static const struct dentry_operations map_files_dentry_operations = {
	.d_revalidate	= map_files_revalidate,
	.d_delete	= map_files_delete_dentry,
};

static int link_path(struct dentry *dentry, struct path *path)
{
	struct file *file = file_of(d_inode(dentry), dentry);

	if (IS_ERR(file))
		return PTR_ERR(file);
	*path = file->f_path;
	path_get(path);
	fput(file);
	return 0;
}

static const char *map_files_get_link(struct dentry *dentry, struct inode *inode,
				      struct delayed_call *done)
{
	struct path path;
	int error;

	if (!capable(CAP_SYS_ADMIN) && !capable(CAP_CHECKPOINT_RESTORE))
		return ERR_PTR(-EPERM);
	if (!dentry)
		return ERR_PTR(-ECHILD);
	error = link_path(dentry, &path);
	return error ? ERR_PTR(error) : nd_jump_link(&path, done);
}

static int map_files_readlink(struct dentry *dentry, char __user *buffer, int buflen)
{
	struct path path;
	int error = link_path(dentry, &path);

	return error ?: proc_readlink_path(&path, buffer, buflen);
}

static const struct inode_operations map_files_link_inode_operations = {
	.readlink	= map_files_readlink,
	.get_link	= map_files_get_link,
	.setattr	= proc_setattr,
};

/* @ptr is the fmode_t. */
static struct dentry *map_files_instantiate(struct dentry *dentry, struct task_struct *task,
					    const void *ptr)
{
	fmode_t fmode = (__force fmode_t)(unsigned long)ptr;
	umode_t mode = S_IFLNK;
	struct inode *inode;

	if (fmode & FMODE_READ)
		mode |= S_IRUSR;
	if (fmode & FMODE_WRITE)
		mode |= S_IWUSR;
	inode = proc_pid_make_inode(dentry->d_sb, task, mode);
	if (!inode)
		return ERR_PTR(-ENOENT);
	inode->i_op = &map_files_link_inode_operations;
	inode->i_size = 64;
	d_set_d_op(dentry, &map_files_dentry_operations);
	return d_splice_alias(inode, dentry);
}

static const void *mode_ptr(fmode_t mode)
{
	return (const void *)(__force unsigned long)mode;
}

/* ---- the folder ---- */

static struct dentry *map_files_lookup(struct inode *dir, struct dentry *dentry,
				       unsigned int flags)
{
	struct file *file = file_of(dir, dentry);
	struct task_struct *task;
	struct dentry *res = ERR_PTR(-ENOENT);

	(void)flags;
	if (IS_ERR(file))
		return ERR_CAST(file);
	task = get_proc_task(dir);
	if (task) {
		res = map_files_instantiate(dentry, task, mode_ptr(file->f_mode));
		put_task_struct(task);
	}
	fput(file);
	return res;
}

/* The first mapping of a file that ends above *@addr. Return: is there one? -EINTR. */
static int next_range(struct mm_struct *mm, unsigned long addr, struct map_range *range)
{
	struct vm_area_struct *vma;

	if (mmap_read_lock_killable(mm))
		return -EINTR;
	vma = find_vma(mm, addr);
	while (vma && !vma->vm_file)
		vma = find_vma(mm, vma->vm_end);
	if (vma)
		*range = (struct map_range){ vma->vm_start, vma->vm_end, vma->vm_file->f_mode };
	mmap_read_unlock(mm);
	return vma != NULL;
}

/* The position behind the dots is the address behind the last mapping that was told, and two. */
static int list_ranges(struct file *file, struct dir_context *ctx, struct task_struct *task,
		       struct mm_struct *mm)
{
	char name[4 * sizeof(long) + 2];
	struct map_range range;
	int ret, len;

	while ((ret = next_range(mm, ctx->pos - 2, &range)) > 0) {
		len = snprintf(name, sizeof(name), "%lx-%lx", range.start, range.end);
		if (!proc_fill_cache(file, ctx, name, len, map_files_instantiate, task,
				     mode_ptr(range.mode)))
			return 0;
		ctx->pos = (loff_t)range.end + 2;
		cond_resched();
	}
	return ret;
}

static int map_files_readdir(struct file *file, struct dir_context *ctx)
{
	struct mm_struct *mm = mm_of(file_inode(file));
	struct task_struct *task;
	int ret = -ENOENT;

	if (IS_ERR(mm))
		return PTR_ERR(mm);
	task = get_proc_task(file_inode(file));
	if (task) {
		ret = 0;
		if (dir_emit_dots(file, ctx) && mm)
			ret = list_ranges(file, ctx, task, mm);
		put_task_struct(task);
	}
	if (mm)
		mmput(mm);
	return ret;
}

const struct file_operations proc_map_files_operations = {
	.read		= generic_read_dir,
	.iterate_shared	= map_files_readdir,
	.llseek		= generic_file_llseek,
};

const struct inode_operations proc_map_files_inode_operations = {
	.lookup		= map_files_lookup,
	.setattr	= proc_setattr,
};
