// SPDX-License-Identifier: MIT
/*
 * inotify, towards programs: a file that is read for events, and the calls that add watches to it.
 *
 * read(2) gives whole events, as many as fit; one that doesn't fit into an empty buffer is -EINVAL.
 * An event's name is padded with NULs, so that the next struct is aligned.
 *
 * A watch is a mark, found by its number in the group's idr. Numbers aren't used again soon: a
 * program may still read events of a watch that it has removed.
 */

#include "inotify.h"

#include <linux/anon_inodes.h>
#include <linux/cred.h>
#include <linux/file.h>
#include <linux/init.h>
#include <linux/mm.h>
#include <linux/namei.h>
#include <linux/poll.h>
#include <linux/sched/signal.h>
#include <linux/seq_file.h>
#include <linux/slab.h>
#include <linux/syscalls.h>
#include <linux/uaccess.h>

#include <asm/ioctls.h>

/* Limits; the first two of each user. */
static int inotify_max_user_instances __read_mostly = 128;
static int inotify_max_user_watches __read_mostly;
static int inotify_max_queued_events __read_mostly = 16384;

#define ALL_INOTIFY_BITS	(IN_ALL_EVENTS | IN_UNMOUNT | IN_Q_OVERFLOW | IN_IGNORED |	\
				 IN_ONLYDIR | IN_DONT_FOLLOW | IN_EXCL_UNLINK | IN_MASK_CREATE | \
				 IN_MASK_ADD | IN_ISDIR | IN_ONESHOT)
#define WATCH_FLAGS		(IN_EXCL_UNLINK | IN_ONESHOT)

/* --- Reading ---------------------------------------------------------------------------------- */

/* The name with at least one NUL, up to a multiple of the struct. */
static size_t padded_name(const struct inotify_event_info *event)
{
	return event->name_len ? roundup(event->name_len + 1, sizeof(struct inotify_event)) : 0;
}

/* The oldest event, off the queue. NULL: none; ERR_PTR(-EINVAL): it needs more than @room. */
static struct fsnotify_event *take_event(struct fsnotify_group *group, size_t room)
{
	struct fsnotify_event *event;

	spin_lock(&group->notification_lock);
	event = fsnotify_peek_first_event(group);
	if (event && sizeof(struct inotify_event) + padded_name(INOTIFY_E(event)) > room)
		event = ERR_PTR(-EINVAL);
	else if (event)
		fsnotify_remove_first_event(group);
	spin_unlock(&group->notification_lock);
	return event;
}

/* Return: bytes, or -EFAULT. */
static ssize_t copy_event(const struct inotify_event_info *event, char __user *buf)
{
	size_t padded = padded_name(event);
	struct inotify_event to = {
		.wd = event->wd,
		.mask = event->mask,
		.cookie = event->sync_cookie,
		.len = padded,
	};

	if (copy_to_user(buf, &to, sizeof(to)))
		return -EFAULT;
	buf += sizeof(to);
	if (padded && (copy_to_user(buf, event->name, event->name_len) ||
		       clear_user(buf + event->name_len, padded - event->name_len)))
		return -EFAULT;
	return sizeof(to) + padded;
}

static bool has_events(struct fsnotify_group *group)
{
	return !list_empty_careful(&group->notification_list);
}

static ssize_t inotify_read(struct file *file, char __user *buf, size_t count, loff_t *pos)
{
	struct fsnotify_group *group = file->private_data;
	struct fsnotify_event *event;
	size_t done = 0;
	ssize_t ret;

	(void)pos;
	for (;;) {
		event = take_event(group, count - done);
		if (IS_ERR(event))
			return done ? (ssize_t)done : PTR_ERR(event);
		if (event) {
			ret = copy_event(INOTIFY_E(event), buf + done);
			fsnotify_destroy_event(group, event);
			if (ret < 0)
				return done ? (ssize_t)done : ret;
			done += ret;
			continue;
		}
		if (done)
			return done;
		if (file->f_flags & O_NONBLOCK)
			return -EAGAIN;
		if (wait_event_interruptible(group->notification_waitq, has_events(group)))
			return -ERESTARTSYS;
	}
}

static __poll_t inotify_poll(struct file *file, poll_table *wait)
{
	struct fsnotify_group *group = file->private_data;

	poll_wait(file, &group->notification_waitq, wait);
	return has_events(group) ? EPOLLIN | EPOLLRDNORM : 0;
}

static int inotify_fasync(int fd, struct file *file, int on)
{
	struct fsnotify_group *group = file->private_data;

	return fasync_helper(fd, file, on, &group->fsn_fa) < 0 ? -EIO : 0;
}

/* FIONREAD: what a read of all would give. */
static long inotify_ioctl(struct file *file, unsigned int cmd, unsigned long arg)
{
	struct fsnotify_group *group = file->private_data;
	struct fsnotify_event *event;
	size_t bytes = 0;

	if (cmd != FIONREAD)
		return -ENOTTY;
	spin_lock(&group->notification_lock);
	list_for_each_entry(event, &group->notification_list, list)
		bytes += sizeof(struct inotify_event) + padded_name(INOTIFY_E(event));
	spin_unlock(&group->notification_lock);
	return put_user(bytes, (int __user *)arg);
}

static int inotify_release(struct inode *inode, struct file *file)
{
	struct fsnotify_group *group = file->private_data;

	(void)inode;
	atomic_dec(&INOTIFY_G(group)->account->instances);
	fsnotify_destroy_group(group);
	return 0;
}

static void inotify_show_fdinfo(struct seq_file *m, struct file *file)
{
	struct fsnotify_group *group = file->private_data;
	struct fsnotify_mark *mark;

	mutex_lock(&group->mark_mutex);
	list_for_each_entry(mark, &group->marks_list, g_list) {
		struct inotify_inode_mark *watch = INOTIFY_M(mark);

		seq_printf(m, "inotify wd:%x ino:%lx sdev:%x mask:%x ignored_mask:0 \n", watch->wd,
			   mark->inode->i_ino, mark->inode->i_sb->s_dev,
			   (mark->mask & IN_ALL_EVENTS) | watch->flags);
		if (seq_has_overflowed(m))
			break;
	}
	mutex_unlock(&group->mark_mutex);
}

static const struct file_operations inotify_fops = {
	.show_fdinfo	= inotify_show_fdinfo,
	.poll		= inotify_poll,
	.read		= inotify_read,
	.fasync		= inotify_fasync,
	.release	= inotify_release,
	.unlocked_ioctl	= inotify_ioctl,
	.llseek		= noop_llseek,
};

/* --- Accounts --------------------------------------------------------------------------------- */

static LIST_HEAD(accounts);			/* of users who have an instance */
static DEFINE_SPINLOCK(accounts_lock);

/* Users with instances are few: a list will do. The lock is held. */
static struct inotify_account *find_account(kuid_t uid)
{
	struct inotify_account *account;

	list_for_each_entry(account, &accounts, node)
		if (uid_eq(account->uid, uid))
			return account;
	return NULL;
}

/* Current's, with a reference; NULL without memory. */
static struct inotify_account *get_account(void)
{
	struct inotify_account *fresh = kzalloc(sizeof(*fresh), GFP_KERNEL_ACCOUNT), *account;

	if (!fresh)
		return NULL;
	fresh->uid = current_uid();
	spin_lock_bh(&accounts_lock);
	account = find_account(fresh->uid);
	if (!account) {
		account = fresh;
		fresh = NULL;
		list_add(&account->node, &accounts);
	}
	account->groups++;
	spin_unlock_bh(&accounts_lock);
	kfree(fresh);
	return account;
}

/* A reference less. Also from callbacks of SRCU. */
void inotify_put_account(struct inotify_account *account)
{
	spin_lock_bh(&accounts_lock);
	if (--account->groups)
		account = NULL;
	else
		list_del(&account->node);
	spin_unlock_bh(&accounts_lock);
	kfree(account);
}

/* --- Watches ---------------------------------------------------------------------------------- */

/* One more of @count, unless that were more than @limit. */
static bool count_up(atomic_t *count, int limit)
{
	if (atomic_inc_return(count) <= limit)
		return true;
	atomic_dec(count);
	return false;
}

/* What a program asks for, as a mark's mask: a directory's is told of its children. */
static u32 mask_of(const struct inode *inode, u32 arg)
{
	return FS_UNMOUNT | (S_ISDIR(inode->i_mode) ? FS_EVENT_ON_CHILD : 0) |
		(arg & IN_ALL_EVENTS);
}

/* mark_mutex is held. Return: the number, -EEXIST, or -ENOENT: there is none yet. */
static int update_watch(struct fsnotify_group *group, struct inode *inode, u32 arg)
{
	struct fsnotify_mark *mark = fsnotify_find_mark_locked(inode, group);
	struct inotify_inode_mark *watch;
	u32 mask = mask_of(inode, arg), flags = arg & WATCH_FLAGS;

	if (!mark)
		return -ENOENT;
	if (arg & IN_MASK_CREATE)
		return -EEXIST;
	watch = INOTIFY_M(mark);
	if (arg & IN_MASK_ADD) {
		mask |= mark->mask;
		flags |= watch->flags;
	}
	WRITE_ONCE(watch->flags, flags);
	fsnotify_change_mask(mark, mask);
	return watch->wd;
}

/* mark_mutex is held; @watch is counted, and will be the inode's. Return: its number, -ENOMEM. */
static int attach_watch(struct fsnotify_group *group, struct inode *inode,
			struct inotify_inode_mark *watch, u32 arg)
{
	struct inotify_group *ig = INOTIFY_G(group);
	/* Dying dentries want the mutex, so no memory may be got by letting them die. */
	int wd = idr_alloc_cyclic(&ig->idr, watch, 1, 0, GFP_NOFS);

	if (wd < 0)
		return wd;
	watch->wd = wd;
	watch->flags = arg & WATCH_FLAGS;
	watch->fsn_mark.mask = mask_of(inode, arg);
	fsnotify_attach_mark_locked(&watch->fsn_mark, inode);
	return wd;
}

static int new_watch(struct fsnotify_group *group, struct inode *inode, u32 arg)
{
	struct inotify_inode_mark *watch;
	int ret = fsnotify_prepare_inode(inode);

	if (ret)
		return ret;
	watch = kmalloc(sizeof(*watch), GFP_KERNEL_ACCOUNT);
	if (!watch)
		return -ENOMEM;
	fsnotify_init_mark(&watch->fsn_mark, group);
	mutex_lock(&group->mark_mutex);
	/* Another thread may have made one meanwhile. */
	ret = update_watch(group, inode, arg);
	if (ret == -ENOENT) {
		atomic_t *watches = &INOTIFY_G(group)->account->watches;

		ret = -ENOSPC;
		if (count_up(watches, READ_ONCE(inotify_max_user_watches))) {
			ret = attach_watch(group, inode, watch, arg);
			if (ret < 0)
				atomic_dec(watches);
		}
	}
	mutex_unlock(&group->mark_mutex);
	fsnotify_put_mark(&watch->fsn_mark);
	return ret;
}

static int add_watch(struct fsnotify_group *group, struct inode *inode, u32 arg)
{
	int ret;

	mutex_lock(&group->mark_mutex);
	ret = update_watch(group, inode, arg);
	mutex_unlock(&group->mark_mutex);
	return ret == -ENOENT ? new_watch(group, inode, arg) : ret;
}

/* --- The calls -------------------------------------------------------------------------------- */

static struct inotify_event_info *new_overflow_event(void)
{
	struct inotify_event_info *event = kzalloc(sizeof(*event) + 1, GFP_KERNEL_ACCOUNT);

	if (!event)
		return NULL;
	INIT_LIST_HEAD(&event->fse.list);
	event->mask = IN_Q_OVERFLOW;
	event->wd = -1;
	return event;
}

/* The account's reference goes to the group. NULL without memory, and then it doesn't. */
static struct fsnotify_group *new_group(struct inotify_account *account)
{
	struct inotify_group *ig = kzalloc(sizeof(*ig), GFP_KERNEL_ACCOUNT);
	struct inotify_event_info *overflow = new_overflow_event();
	struct fsnotify_group *group = NULL;

	if (ig && overflow)
		group = fsnotify_alloc_group(&inotify_fsnotify_ops);
	if (!group) {
		kfree(ig);
		kfree(overflow);
		return NULL;
	}
	idr_init(&ig->idr);
	ig->account = account;
	group->private = ig;
	group->overflow_event = &overflow->fse;
	group->max_events = READ_ONCE(inotify_max_queued_events);
	return group;
}

static int do_inotify_init(int flags)
{
	struct inotify_account *account;
	struct fsnotify_group *group;
	int fd;

	if (flags & ~(IN_CLOEXEC | IN_NONBLOCK))
		return -EINVAL;
	account = get_account();
	if (!account)
		return -ENOMEM;
	fd = -EMFILE;
	if (!count_up(&account->instances, READ_ONCE(inotify_max_user_instances)))
		goto out_account;
	fd = -ENOMEM;
	group = new_group(account);
	if (!group)
		goto out_count;
	fd = anon_inode_getfd("inotify", &inotify_fops, group, O_RDONLY | flags);
	if (fd < 0) {
		atomic_dec(&account->instances);
		fsnotify_destroy_group(group);
	}
	return fd;

out_count:
	atomic_dec(&account->instances);
out_account:
	inotify_put_account(account);
	return fd;
}

/* inotify_init1(2) */
SYSCALL_DEFINE1(inotify_init1, int, flags)
{
	return do_inotify_init(flags);
}

/* inotify_init(2) */
SYSCALL_DEFINE0(inotify_init)
{
	return do_inotify_init(0);
}

static int watch_path(struct fsnotify_group *group, const char __user *pathname, u32 mask)
{
	unsigned int lookup = 0;
	struct path path;
	int ret;

	if (!(mask & IN_DONT_FOLLOW))
		lookup |= LOOKUP_FOLLOW;
	if (mask & IN_ONLYDIR)
		lookup |= LOOKUP_DIRECTORY;
	ret = user_path_at(AT_FDCWD, pathname, lookup, &path);
	if (ret)
		return ret;
	/* Who watches learns what is in it. */
	ret = inode_permission(&nop_mnt_idmap, d_inode(path.dentry), MAY_READ);
	if (!ret)
		ret = add_watch(group, d_inode(path.dentry), mask);
	path_put(&path);
	return ret;
}

/* inotify_add_watch(2) */
SYSCALL_DEFINE3(inotify_add_watch, int, fd, const char __user *, pathname, u32, mask)
{
	struct fd f;
	int ret = -EINVAL;

	if (!(mask & ALL_INOTIFY_BITS))
		return -EINVAL;
	f = fdget(fd);
	if (fd_empty(f))
		return -EBADF;
	if (!((mask & IN_MASK_ADD) && (mask & IN_MASK_CREATE)) &&
	    fd_file(f)->f_op == &inotify_fops)
		ret = watch_path(fd_file(f)->private_data, pathname, mask);
	fdput(f);
	return ret;
}

static int remove_watch(struct fsnotify_group *group, int wd)
{
	struct inotify_group *ig = INOTIFY_G(group);
	struct inotify_inode_mark *watch;

	mutex_lock(&group->mark_mutex);
	watch = wd < 0 ? NULL : idr_find(&ig->idr, wd);
	/* One that another task is taking off has no attachment, and perhaps no reference, left. */
	if (watch && watch->fsn_mark.attached)
		fsnotify_get_mark(&watch->fsn_mark);
	else
		watch = NULL;
	mutex_unlock(&group->mark_mutex);
	if (!watch)
		return -EINVAL;
	fsnotify_destroy_mark(&watch->fsn_mark);
	fsnotify_put_mark(&watch->fsn_mark);
	return 0;
}

/* inotify_rm_watch(2) */
SYSCALL_DEFINE2(inotify_rm_watch, int, fd, __s32, wd)
{
	struct fd f = fdget(fd);
	int ret = -EINVAL;

	if (fd_empty(f))
		return -EBADF;
	if (fd_file(f)->f_op == &inotify_fops)
		ret = remove_watch(fd_file(f)->private_data, wd);
	fdput(f);
	return ret;
}

static int __init inotify_user_init(void)
{
	/* A hundredth of memory may be pinned by watches: an inode and a mark each. */
	unsigned long bytes = (totalram_pages() / 100) << PAGE_SHIFT;

	inotify_max_user_watches = clamp_t(unsigned long, bytes / (sizeof(struct inode) +
					   sizeof(struct inotify_inode_mark)), 8192, 1048576);
	return 0;
}
fs_initcall(inotify_user_init);
