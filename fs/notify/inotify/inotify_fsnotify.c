// SPDX-License-Identifier: MIT
/*
 * inotify, towards the file systems: what happened becomes an event in the queue.
 */

#include "inotify.h"

#include <linux/slab.h>
#include <linux/string.h>

/* All that a program may see of a mask. */
#define USER_VISIBLE	(IN_ALL_EVENTS | IN_ISDIR | IN_UNMOUNT | IN_Q_OVERFLOW | IN_IGNORED)

static bool same_event(const struct fsnotify_event *newest, const struct fsnotify_event *event)
{
	const struct inotify_event_info *a = container_of(newest, struct inotify_event_info, fse);
	const struct inotify_event_info *b = container_of(event, struct inotify_event_info, fse);

	/* The end of a watch is told of each, even if its number was used again. */
	if (a->mask & IN_IGNORED)
		return false;
	return a->mask == b->mask && a->wd == b->wd && a->sync_cookie == b->sync_cookie &&
	       a->name_len == b->name_len && !memcmp(a->name, b->name, a->name_len);
}

static void queue_event(struct fsnotify_group *group, int wd, u32 mask, const struct qstr *name,
			u32 cookie)
{
	unsigned int len = name ? name->len : 0;
	struct inotify_event_info *event;

	event = kmalloc(struct_size(event, name, len + 1), GFP_KERNEL_ACCOUNT);
	if (unlikely(!event)) {
		fsnotify_queue_overflow(group);
		return;
	}
	INIT_LIST_HEAD(&event->fse.list);
	event->mask = mask & USER_VISIBLE;
	event->wd = wd;
	event->sync_cookie = cookie;
	event->name_len = len;
	if (len)
		memcpy(event->name, name->name, len);
	event->name[len] = 0;
	if (fsnotify_insert_event(group, &event->fse, same_event) != FSNOTIFY_QUEUED)
		fsnotify_destroy_event(group, &event->fse);
}

static int inotify_handle_inode_event(struct fsnotify_mark *mark, u32 mask, struct inode *inode,
				      const struct qstr *name, u32 cookie, bool unlinked)
{
	struct inotify_inode_mark *watch = INOTIFY_M(mark);
	u32 flags = READ_ONCE(watch->flags);
	int wd = READ_ONCE(watch->wd);

	(void)inode;
	/* It is being taken off; nothing comes after its IN_IGNORED. */
	if (wd < 0)
		return 0;
	if (name && unlinked && (flags & IN_EXCL_UNLINK))
		return 0;
	/* An object's own end is told without saying what it was. */
	if (mask & (FS_DELETE_SELF | FS_MOVE_SELF))
		mask &= ~IN_ISDIR;
	queue_event(mark->group, wd, mask, name, cookie);
	if (flags & IN_ONESHOT)
		fsnotify_destroy_mark(mark);
	return 0;
}

/* The watch is off its inode: its number is free again, and the program is told. */
static void inotify_freeing_mark(struct fsnotify_mark *mark, struct fsnotify_group *group)
{
	struct inotify_inode_mark *watch = INOTIFY_M(mark);
	struct inotify_group *ig = INOTIFY_G(group);
	int wd = watch->wd;

	WRITE_ONCE(watch->wd, -1);
	queue_event(group, wd, IN_IGNORED, NULL, 0);
	mutex_lock(&group->mark_mutex);
	idr_remove(&ig->idr, wd);
	mutex_unlock(&group->mark_mutex);
	atomic_dec(&ig->account->watches);
}

static void inotify_free_mark(struct fsnotify_mark *mark)
{
	kfree(INOTIFY_M(mark));
}

static void inotify_free_event(struct fsnotify_group *group, struct fsnotify_event *event)
{
	(void)group;
	kfree(INOTIFY_E(event));
}

static void inotify_free_group_priv(struct fsnotify_group *group)
{
	struct inotify_group *ig = INOTIFY_G(group);

	idr_destroy(&ig->idr);
	inotify_put_account(ig->account);
	kfree(ig);
}

const struct fsnotify_ops inotify_fsnotify_ops = {
	.handle_inode_event	= inotify_handle_inode_event,
	.freeing_mark		= inotify_freeing_mark,
	.free_mark		= inotify_free_mark,
	.free_event		= inotify_free_event,
	.free_group_priv	= inotify_free_group_priv,
};
