// SPDX-License-Identifier: MIT
/*
 * Marks: a group's interest in an inode, from its attachment to its memory.
 *
 *	fsnotify_init_mark()		one reference, the maker's
 *	fsnotify_attach_mark_locked()	on the inode's list and the group's; pins the inode; a
 *					reference
 *	fsnotify_destroy_mark()		off both lists, by whoever comes first: the program, the
 *					inode's deletion, the unmount, the group's end, a one-shot's
 *					event
 *	fsnotify_put_mark()		the last: memory, after those who walk the list by SRCU
 *
 * Two of these may want the same mark at once. `attached`, under the group's mark_mutex, lets one
 * through:
 *
 *	rm_watch(2)				unlink(2)
 *	mark = idr_find()			mark = first of the inode's
 *	lock mark_mutex
 *	attached = false, off the lists
 *	unlock					lock mark_mutex
 *	->freeing_mark(), iput()		not attached: nothing to do
 */

#include <linux/fsnotify.h>

#include <linux/slab.h>
#include <linux/srcu.h>

#include "fsnotify.h"

DEFINE_SRCU(fsnotify_mark_srcu);

static struct fsnotify_mark_connector *connector_of(struct inode *inode)
{
	/* Partner: the cmpxchg_release() below. */
	return smp_load_acquire(
		(struct fsnotify_mark_connector __force **)&inode->i_fsnotify_marks);
}

bool fsnotify_has_marks(struct inode *inode)
{
	struct fsnotify_mark_connector *conn = connector_of(inode);

	return conn && !hlist_empty(&conn->list);
}

/**
 * fsnotify_prepare_inode - see to it that @inode can have marks
 * @inode: referenced
 *
 * Context: may sleep, and ask for memory: not under mark_mutex.
 * Return: 0 or -ENOMEM.
 */
int fsnotify_prepare_inode(struct inode *inode)
{
	struct fsnotify_mark_connector *conn;

	if (connector_of(inode))
		return 0;
	conn = kmalloc(sizeof(*conn), GFP_KERNEL_ACCOUNT);
	if (!conn)
		return -ENOMEM;
	spin_lock_init(&conn->lock);
	INIT_HLIST_HEAD(&conn->list);
	if (cmpxchg_release((struct fsnotify_mark_connector __force **)&inode->i_fsnotify_marks,
			    NULL,
			    conn))
		kfree(conn);	/* somebody else was quicker */
	return 0;
}

/**
 * fsnotify_inode_free - an inode's memory goes: it has no marks, as they would pin it
 * @inode: the inode
 */
void fsnotify_inode_free(struct inode *inode)
{
	kfree((struct fsnotify_mark_connector __force *)inode->i_fsnotify_marks);
	inode->i_fsnotify_marks = NULL;
}

/**
 * fsnotify_init_mark - a mark on nothing yet
 * @mark: memory for it, one reference
 * @group: whose; a reference is taken
 */
void fsnotify_init_mark(struct fsnotify_mark *mark, struct fsnotify_group *group)
{
	memset(mark, 0, sizeof(*mark));
	refcount_set(&mark->refcnt, 1);
	fsnotify_get_group(group);
	mark->group = group;
	INIT_LIST_HEAD(&mark->g_list);
}

/**
 * fsnotify_get_mark - one reference more
 * @mark: referenced
 */
void fsnotify_get_mark(struct fsnotify_mark *mark)
{
	refcount_inc(&mark->refcnt);
}

static void free_mark_rcu(struct rcu_head *rcu)
{
	struct fsnotify_mark *mark = container_of(rcu, struct fsnotify_mark, rcu);
	struct fsnotify_group *group = mark->group;

	group->ops->free_mark(mark);
	fsnotify_put_group(group);
}

/**
 * fsnotify_put_mark - one reference less; the last one frees the mark, when nobody walks over it
 * @mark: the mark
 *
 * Context: any but interrupts.
 */
void fsnotify_put_mark(struct fsnotify_mark *mark)
{
	if (refcount_dec_and_test(&mark->refcnt))
		call_srcu(&fsnotify_mark_srcu, &mark->rcu, free_mark_rcu);
}

/* The connector's lock is held. */
static void sum_up_masks(struct inode *inode, struct fsnotify_mark_connector *conn)
{
	struct fsnotify_mark *mark;
	u32 sum = 0;

	hlist_for_each_entry(mark, &conn->list, obj_list)
		sum |= mark->mask;
	WRITE_ONCE(inode->i_fsnotify_mask, sum);
}

/**
 * fsnotify_attach_mark_locked - it is told of events from now on
 * @mark: its mask is set; not attached before
 * @inode: of what; fsnotify_prepare_inode() was done, and the group has no mark on it
 *
 * Context: the group's mark_mutex is held.
 */
void fsnotify_attach_mark_locked(struct fsnotify_mark *mark, struct inode *inode)
{
	struct fsnotify_mark_connector *conn = connector_of(inode);

	lockdep_assert_held(&mark->group->mark_mutex);
	ihold(inode);
	fsnotify_get_mark(mark);
	mark->inode = inode;
	mark->attached = true;
	list_add_tail(&mark->g_list, &mark->group->marks_list);
	spin_lock(&conn->lock);
	hlist_add_head_rcu(&mark->obj_list, &conn->list);
	sum_up_masks(inode, conn);
	spin_unlock(&conn->lock);
}

/**
 * fsnotify_find_mark_locked - the group's mark on an inode
 * @inode: where
 * @group: whose; its mark_mutex is held, which keeps the result attached
 *
 * Return: the mark, or NULL; no reference is taken.
 */
struct fsnotify_mark *fsnotify_find_mark_locked(struct inode *inode, struct fsnotify_group *group)
{
	struct fsnotify_mark_connector *conn = connector_of(inode);
	struct fsnotify_mark *mark, *found = NULL;

	lockdep_assert_held(&group->mark_mutex);
	if (!conn)
		return NULL;
	spin_lock(&conn->lock);
	hlist_for_each_entry(mark, &conn->list, obj_list) {
		if (mark->group == group) {
			found = mark;
			break;
		}
	}
	spin_unlock(&conn->lock);
	return found;
}

/**
 * fsnotify_change_mask - which events a mark is for
 * @mark: attached
 * @mask: FS_*
 *
 * Context: mark_mutex is held.
 */
void fsnotify_change_mask(struct fsnotify_mark *mark, u32 mask)
{
	struct fsnotify_mark_connector *conn = connector_of(mark->inode);

	spin_lock(&conn->lock);
	WRITE_ONCE(mark->mask, mask);
	sum_up_masks(mark->inode, conn);
	spin_unlock(&conn->lock);
}

/* Return: was it us who detached it? */
static bool detach(struct fsnotify_mark *mark)
{
	struct fsnotify_mark_connector *conn;
	bool attached;

	mutex_lock(&mark->group->mark_mutex);
	attached = mark->attached;
	if (attached) {
		mark->attached = false;
		list_del_init(&mark->g_list);
		conn = connector_of(mark->inode);
		spin_lock(&conn->lock);
		hlist_del_rcu(&mark->obj_list);
		sum_up_masks(mark->inode, conn);
		spin_unlock(&conn->lock);
	}
	mutex_unlock(&mark->group->mark_mutex);
	return attached;
}

/**
 * fsnotify_destroy_mark - detach it, if nobody else has
 * @mark: referenced
 *
 * Context: may sleep; the last reference to the inode may go.
 */
void fsnotify_destroy_mark(struct fsnotify_mark *mark)
{
	if (!detach(mark))
		return;
	mark->group->ops->freeing_mark(mark, mark->group);
	iput(mark->inode);
	fsnotify_put_mark(mark);
}

/**
 * fsnotify_clear_marks_by_group - take all marks of a group off
 * @group: referenced; may get no new ones meanwhile
 *
 * Context: may sleep; takes mark_mutex.
 */
void fsnotify_clear_marks_by_group(struct fsnotify_group *group)
{
	struct fsnotify_mark *mark;

	for (;;) {
		mutex_lock(&group->mark_mutex);
		mark = list_first_entry_or_null(&group->marks_list, struct fsnotify_mark, g_list);
		if (mark)
			fsnotify_get_mark(mark);
		mutex_unlock(&group->mark_mutex);
		if (!mark)
			return;
		fsnotify_destroy_mark(mark);
		fsnotify_put_mark(mark);
	}
}

/**
 * fsnotify_clear_marks_by_inode - all marks leave an object
 * @inode: referenced
 *
 * Context: may sleep.
 */
void fsnotify_clear_marks_by_inode(struct inode *inode)
{
	struct fsnotify_mark_connector *conn = connector_of(inode);
	struct fsnotify_mark *mark;

	while (conn) {
		spin_lock(&conn->lock);
		mark = hlist_entry_safe(conn->list.first, struct fsnotify_mark, obj_list);
		/* It is attached, or about to be detached: its attachment's reference is there. */
		if (mark)
			fsnotify_get_mark(mark);
		spin_unlock(&conn->lock);
		if (!mark)
			return;
		fsnotify_destroy_mark(mark);
		fsnotify_put_mark(mark);
	}
}
