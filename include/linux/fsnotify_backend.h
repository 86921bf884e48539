/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_FSNOTIFY_BACKEND_H
#define _LINUX_FSNOTIFY_BACKEND_H

/*
 * fsnotify, for those that want to be told. Who has something to tell includes <linux/fsnotify.h>.
 *
 *	fsnotify_group	one listener: its queue of events, its marks
 *	fsnotify_mark	"tell this group of these events of that inode"
 *	connector	all marks of one inode
 *
 * Rules of use:
 *  - A mark that is attached pins its inode, and has a reference of its own; a mark has its
 *    group's.
 *  - A walk through an inode's marks is a reader of fsnotify_mark_srcu; so ->handle_inode_event()
 *    may sleep, and may meet a mark that has just been detached.
 *  - group->mark_mutex is taken where dentries die. No memory is asked for under it but with
 *    GFP_NOFS.
 *
 * Lock order: i_rwsem > group->mark_mutex > connector's lock; group->notification_lock is
 * innermost.
 */

#include <linux/fs.h>
#include <linux/list.h>
#include <linux/mutex.h>
#include <linux/refcount.h>
#include <linux/spinlock.h>
#include <linux/types.h>
#include <linux/wait.h>

/* Events; those that inotify knows have its numbers. */
#define FS_ACCESS		0x00000001
#define FS_MODIFY		0x00000002
#define FS_ATTRIB		0x00000004
#define FS_CLOSE_WRITE		0x00000008
#define FS_CLOSE_NOWRITE	0x00000010
#define FS_OPEN			0x00000020
#define FS_MOVED_FROM		0x00000040
#define FS_MOVED_TO		0x00000080
#define FS_CREATE		0x00000100
#define FS_DELETE		0x00000200
#define FS_DELETE_SELF		0x00000400
#define FS_MOVE_SELF		0x00000800
#define FS_OPEN_EXEC		0x00001000
#define FS_UNMOUNT		0x00002000
#define FS_Q_OVERFLOW		0x00004000
#define FS_IN_IGNORED		0x00008000
#define FS_EVENT_ON_CHILD	0x08000000	/* in a mask: of the directory's children too */
#define FS_ISDIR		0x40000000

/* What a directory's mark hears of its children. */
#define FS_EVENTS_POSS_ON_CHILD	(FS_ACCESS | FS_MODIFY | FS_ATTRIB | FS_CLOSE_WRITE |	\
				 FS_CLOSE_NOWRITE | FS_OPEN | FS_OPEN_EXEC)
#define ALL_FSNOTIFY_EVENTS	0x0000ffff

struct fsnotify_group;
struct fsnotify_mark;
struct fasync_struct;

/* One event in a group's queue; the group's kind of event has it as its first member. */
struct fsnotify_event {
	struct list_head list;
};

/**
 * struct fsnotify_ops - what one kind of group does
 * @handle_inode_event: @inode, where @mark is, has seen @mask; @name: of the child that it happened
 * to, or NULL; @unlinked: that child has no name any more. May sleep
 * @freeing_mark: @mark is detached, and nobody else will detach it. May sleep
 * @free_mark: its memory; from a callback of SRCU
 * @free_event: likewise, of an event
 * @free_group_priv: the group goes; may not sleep
 */
struct fsnotify_ops {
	int (*handle_inode_event)(struct fsnotify_mark *mark, u32 mask, struct inode *inode,
				  const struct qstr *name, u32 cookie, bool unlinked);
	void (*freeing_mark)(struct fsnotify_mark *mark, struct fsnotify_group *group);
	void (*free_mark)(struct fsnotify_mark *mark);
	void (*free_event)(struct fsnotify_group *group, struct fsnotify_event *event);
	void (*free_group_priv)(struct fsnotify_group *group);
};

/**
 * struct fsnotify_group - one listener
 * @ops: its kind
 * @refcnt: the file and each mark
 * @notification_lock: guards the next five
 * @notification_list: events to be read, oldest first
 * @q_len: how many
 * @max_events: how many there may be; one more says that some were lost
 * @overflow_event: that one; on the list or by itself
 * @shutdown: the file is closed: no events any more
 * @notification_waitq: who waits for events
 * @fsn_fa: who gets SIGIO for them
 * @mark_mutex: guards @marks_list, and what the kind keeps beside it
 * @marks_list: its marks
 * @private: the kind's
 */
struct fsnotify_group {
	const struct fsnotify_ops *ops;
	refcount_t refcnt;
	spinlock_t notification_lock;
	struct list_head notification_list;
	unsigned int q_len;
	unsigned int max_events;
	struct fsnotify_event *overflow_event;
	bool shutdown;
	wait_queue_head_t notification_waitq;
	struct fasync_struct *fsn_fa;
	struct mutex mark_mutex;
	struct list_head marks_list;
	void *private;
};

/**
 * struct fsnotify_mark_connector - an inode's marks; lives as long as the inode, once there is one
 * @lock: guards @list and the inode's i_fsnotify_mask
 * @list: marks; read under fsnotify_mark_srcu
 */
struct fsnotify_mark_connector {
	spinlock_t lock;
	struct hlist_head list;
};

/**
 * struct fsnotify_mark - a group's interest in an inode
 * @mask: in what events; under the connector's lock
 * @refcnt: the attachment, and who looks at it
 * @attached: under mark_mutex
 * @group: whose, constant
 * @inode: of what, constant; pinned while it is attached
 * @g_list: in the group's marks_list
 * @obj_list: in the connector's list
 * @rcu: for its end
 */
struct fsnotify_mark {
	u32 mask;
	refcount_t refcnt;
	bool attached;
	struct fsnotify_group *group;
	struct inode *inode;
	struct list_head g_list;
	struct hlist_node obj_list;
	struct rcu_head rcu;
};

/* group.c */
struct fsnotify_group *fsnotify_alloc_group(const struct fsnotify_ops *ops);
void fsnotify_get_group(struct fsnotify_group *group);
void fsnotify_put_group(struct fsnotify_group *group);
void fsnotify_destroy_group(struct fsnotify_group *group);

/* mark.c */
void fsnotify_init_mark(struct fsnotify_mark *mark, struct fsnotify_group *group);
void fsnotify_get_mark(struct fsnotify_mark *mark);
void fsnotify_put_mark(struct fsnotify_mark *mark);
int fsnotify_prepare_inode(struct inode *inode);
void fsnotify_attach_mark_locked(struct fsnotify_mark *mark, struct inode *inode);
struct fsnotify_mark *fsnotify_find_mark_locked(struct inode *inode, struct fsnotify_group *group);
void fsnotify_change_mask(struct fsnotify_mark *mark, u32 mask);
void fsnotify_destroy_mark(struct fsnotify_mark *mark);
void fsnotify_clear_marks_by_group(struct fsnotify_group *group);
void fsnotify_clear_marks_by_inode(struct inode *inode);

/* notification.c */
enum fsnotify_insert {
	FSNOTIFY_QUEUED,
	FSNOTIFY_MERGED,	/* the newest event says the same: not queued */
	FSNOTIFY_DROPPED,	/* too many, or nobody reads any more: not queued */
};
enum fsnotify_insert fsnotify_insert_event(struct fsnotify_group *group,
					   struct fsnotify_event *event,
					   bool (*same)(const struct fsnotify_event *newest,
							const struct fsnotify_event *event));
void fsnotify_queue_overflow(struct fsnotify_group *group);
struct fsnotify_event *fsnotify_peek_first_event(struct fsnotify_group *group);
void fsnotify_remove_first_event(struct fsnotify_group *group);
void fsnotify_destroy_event(struct fsnotify_group *group, struct fsnotify_event *event);
void fsnotify_flush_notify(struct fsnotify_group *group);

#endif /* _LINUX_FSNOTIFY_BACKEND_H */
