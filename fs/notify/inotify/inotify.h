/* SPDX-License-Identifier: MIT */
#ifndef _FS_NOTIFY_INOTIFY_H
#define _FS_NOTIFY_INOTIFY_H

/* What the two files of inotify share. */

#include <linux/fsnotify_backend.h>
#include <linux/idr.h>
#include <linux/list.h>
#include <linux/uidgid.h>
#include <uapi/linux/inotify.h>

/**
 * struct inotify_event_info - one event, as it waits to be read
 * @fse: its place in the queue
 * @mask: IN_*
 * @wd: of which watch
 * @sync_cookie: the same in both halves of a rename
 * @name_len: 0: no name
 * @name: of the child, with a NUL
 */
struct inotify_event_info {
	struct fsnotify_event fse;
	u32 mask;
	int wd;
	u32 sync_cookie;
	unsigned int name_len;
	char name[];
};

/**
 * struct inotify_inode_mark - a watch
 * @fsn_mark: the mark
 * @wd: its number; -1 once IN_IGNORED was told. Written under mark_mutex
 * @flags: IN_ONESHOT, IN_EXCL_UNLINK; under mark_mutex, read without
 */
struct inotify_inode_mark {
	struct fsnotify_mark fsn_mark;
	int wd;
	u32 flags;
};

/**
 * struct inotify_account - what one user has, against the limits
 * @node: in the list of accounts, under its lock
 * @uid: whose
 * @groups: instances that refer to it, alive or ending; under the list's lock
 * @instances: open ones
 * @watches: in all of them
 */
struct inotify_account {
	struct list_head node;
	kuid_t uid;
	unsigned int groups;
	atomic_t instances;
	atomic_t watches;
};

/**
 * struct inotify_group - what a group of inotify has beside
 * @idr: watches by number; under mark_mutex
 * @account: who pays
 */
struct inotify_group {
	struct idr idr;
	struct inotify_account *account;
};

static inline struct inotify_group *INOTIFY_G(struct fsnotify_group *group)
{
	return group->private;
}

void inotify_put_account(struct inotify_account *account);

static inline struct inotify_event_info *INOTIFY_E(struct fsnotify_event *fse)
{
	return container_of(fse, struct inotify_event_info, fse);
}

static inline struct inotify_inode_mark *INOTIFY_M(struct fsnotify_mark *mark)
{
	return container_of(mark, struct inotify_inode_mark, fsn_mark);
}

extern const struct fsnotify_ops inotify_fsnotify_ops;

#endif /* _FS_NOTIFY_INOTIFY_H */
