// SPDX-License-Identifier: MIT
/*
 * A group: one listener. Its file has a reference, and so has each of its marks until the mark's
 * memory goes, which readers of SRCU may put off. So the group outlives its file: it is told so
 * (shutdown), and takes no events from then on.
 */

#include <linux/fsnotify.h>

#include <linux/slab.h>

#include "fsnotify.h"

/**
 * fsnotify_alloc_group - a group without marks and events
 * @ops: what is done with events
 *
 * Context: may sleep.
 * Return: the group with one reference; NULL without memory.
 */
struct fsnotify_group *fsnotify_alloc_group(const struct fsnotify_ops *ops)
{
	struct fsnotify_group *group = kzalloc(sizeof(*group), GFP_KERNEL_ACCOUNT);

	if (!group)
		return NULL;
	group->ops = ops;
	refcount_set(&group->refcnt, 1);
	spin_lock_init(&group->notification_lock);
	INIT_LIST_HEAD(&group->notification_list);
	init_waitqueue_head(&group->notification_waitq);
	group->max_events = UINT_MAX;
	mutex_init(&group->mark_mutex);
	INIT_LIST_HEAD(&group->marks_list);
	static_branch_inc(&fsnotify_in_use);
	return group;
}

/**
 * fsnotify_get_group - one reference more
 * @group: referenced
 */
void fsnotify_get_group(struct fsnotify_group *group)
{
	refcount_inc(&group->refcnt);
}

/**
 * fsnotify_put_group - one reference less; the last one frees the group
 * @group: the group
 *
 * Context: doesn't sleep.
 */
void fsnotify_put_group(struct fsnotify_group *group)
{
	if (!refcount_dec_and_test(&group->refcnt))
		return;
	if (group->ops->free_group_priv)
		group->ops->free_group_priv(group);
	mutex_destroy(&group->mark_mutex);
	kfree(group);
}

/**
 * fsnotify_destroy_group - its file is closed
 * @group: the reference goes
 */
void fsnotify_destroy_group(struct fsnotify_group *group)
{
	spin_lock(&group->notification_lock);
	group->shutdown = true;
	spin_unlock(&group->notification_lock);
	fsnotify_clear_marks_by_group(group);
	static_branch_dec(&fsnotify_in_use);
	fsnotify_flush_notify(group);
	if (group->overflow_event)
		group->ops->free_event(group, group->overflow_event);
	fsnotify_put_group(group);
}
