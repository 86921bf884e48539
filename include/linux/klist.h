/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_KLIST_H
#define _LINUX_KLIST_H

/*
 * A list that may change while somebody walks it.
 *
 * The list's lock is held only for single steps. What keeps a node valid between two steps is a
 * reference: the walker's iterator holds one on the node where it stands. klist_del() therefore
 * only marks the node dead, so that no walker stops there any more, and drops the list's own
 * reference; the node leaves the list when the last walker has stepped on.
 *
 * An object with a klist_node in it must outlive the node: get() and put() of the list, where
 * given, take and drop a reference on the object for each node that joins and that has left.
 * Without them klist_remove() waits until the node has left.
 *
 * Context: any that may take the list's lock (no interrupts), but klist_remove() sleeps. put() is
 * called without the lock.
 */

#include <linux/kref.h>
#include <linux/list.h>
#include <linux/spinlock.h>

struct klist_node;

struct klist {
	spinlock_t k_lock;
	struct list_head k_list;	/* k_lock */
	void (*get)(struct klist_node *node);
	void (*put)(struct klist_node *node);
} __attribute__((aligned(sizeof(void *))));

#define KLIST_INIT(_name, _get, _put)						\
	{									\
		.k_lock = __SPIN_LOCK_UNLOCKED(_name.k_lock),			\
		.k_list = LIST_HEAD_INIT(_name.k_list),				\
		.get = _get,							\
		.put = _put,							\
	}

#define DEFINE_KLIST(_name, _get, _put)						\
	struct klist _name = KLIST_INIT(_name, _get, _put)

struct klist_node {
	void *n_klist;			/* the list, NULL when off it; bit 0: dead (k_lock) */
	struct list_head n_node;	/* k_lock */
	struct kref n_ref;		/* the list's, and one of each iterator that stands here */
};

struct klist_iter {
	struct klist *i_klist;
	struct klist_node *i_cur;	/* where it stands, with a reference; NULL: nowhere yet */
};

void klist_init(struct klist *k, void (*get)(struct klist_node *),
		void (*put)(struct klist_node *));

void klist_add_tail(struct klist_node *n, struct klist *k);
void klist_add_head(struct klist_node *n, struct klist *k);
void klist_add_behind(struct klist_node *n, struct klist_node *pos);
void klist_add_before(struct klist_node *n, struct klist_node *pos);

void klist_del(struct klist_node *n);
void klist_remove(struct klist_node *n);
int klist_node_attached(struct klist_node *n);

void klist_iter_init(struct klist *k, struct klist_iter *i);
void klist_iter_init_node(struct klist *k, struct klist_iter *i, struct klist_node *n);
void klist_iter_exit(struct klist_iter *i);
struct klist_node *klist_prev(struct klist_iter *i);
struct klist_node *klist_next(struct klist_iter *i);

#endif /* _LINUX_KLIST_H */
