/* SPDX-License-Identifier: MIT */
#ifndef _FS_EVENTPOLL_H
#define _FS_EVENTPOLL_H

/* What eventpoll.c and eventpoll_wait.c share. eventpoll.c has the model and the lock order. */

#include <linux/eventpoll.h>
#include <linux/list.h>
#include <linux/mutex.h>
#include <linux/poll.h>
#include <linux/rbtree.h>
#include <linux/refcount.h>
#include <linux/spinlock.h>
#include <linux/types.h>
#include <linux/wait.h>

struct file;
struct user_struct;

/*
 * How an item behaves, as opposed to what it waits for. An item with nothing but these is disabled.
 */
#define EP_PRIVATE_BITS	(EPOLLWAKEUP | EPOLLONESHOT | EPOLLET | EPOLLEXCLUSIVE)

struct eventpoll {
	struct mutex mtx;
	wait_queue_head_t wq;		/* sleepers in epoll_wait() */
	wait_queue_head_t poll_wait;	/* those who poll the epoll itself */
	spinlock_t lock;		/* guards rdllist and every item's rdllink */
	struct list_head rdllist;
	struct rb_root_cached rbr;	/* mtx */
	struct file *file;
	struct hlist_head refs;		/* file->f_lock: items that watch this epoll */
	refcount_t refcount;
	u64 gen;			/* nesting_mutex: visited by the walk of this number, */
	int height;			/* which found so many links below */
	struct user_struct *user;	/* who is charged for the items */
	u8 nests;			/* depth in the chain of wake-ups, for lockdep */
};

struct epitem {
	struct rb_node rbn;		/* ep->mtx */
	struct list_head rdllink;	/* ep->lock: on rdllist, or on a txlist */
	struct file *file;		/* no reference: the item goes before the file */
	int fd;
	bool dying;			/* file->f_lock: eventpoll_release_file() removes it */
	struct eventpoll *ep;
	struct eppoll_entry *pwqlist;	/* ep->mtx */
	struct hlist_node fllink;	/* file->f_lock: in *file->f_ep */
	struct epoll_event event;	/* ep->mtx writes */
};

/* An item in one of its file's wait queues. */
struct eppoll_entry {
	struct eppoll_entry *next;
	struct epitem *base;
	wait_queue_entry_t wait;
	wait_queue_head_t *whead;	/* NULL once the queue is gone (POLLFREE) */
};

/* What queueing needs to know beside the poll_table. */
struct ep_pqueue {
	poll_table pt;
	struct epitem *epi;		/* NULL: without memory */
};

extern const struct file_operations eventpoll_fops;

static inline bool is_file_epoll(const struct file *f)
{
	return f->f_op == &eventpoll_fops;
}

static inline bool has_ready_items(struct eventpoll *ep)
{
	return !list_empty_careful(&ep->rdllist);
}

__poll_t ask_item(const struct epitem *epi, poll_table *pt, int depth);
void take_ready_list(struct eventpoll *ep, struct list_head *txlist);
void give_back_ready_list(struct eventpoll *ep, struct list_head *txlist);
void unlink_ready(struct eventpoll *ep, struct epitem *epi);

#endif /* _FS_EVENTPOLL_H */
