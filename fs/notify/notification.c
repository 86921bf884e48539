// SPDX-License-Identifier: MIT
/*
 * A group's queue of events.
 *
 * Nobody who changes a file waits for those who listen. So the queue has a length; when it is
 * reached one event more, made beforehand, says that some were lost, and all others are dropped
 * until it is read.
 *
 * An event that says what the newest one says already isn't queued: a program that is told of ten
 * writes does once what it would do ten times.
 */

#include <linux/fsnotify_backend.h>

#include <linux/poll.h>
#include <linux/signal.h>

#include "fsnotify.h"

/**
 * fsnotify_insert_event - queue an event
 * @group: whose
 * @event: not queued
 * @same: does the newest event say the same? NULL: this one is queued anyway
 *
 * Context: doesn't sleep.
 * Return: what became of it; unless it is FSNOTIFY_QUEUED, @event is the caller's still.
 */
enum fsnotify_insert fsnotify_insert_event(struct fsnotify_group *group,
					   struct fsnotify_event *event,
					   bool (*same)(const struct fsnotify_event *newest,
							const struct fsnotify_event *event))
{
	enum fsnotify_insert ret = FSNOTIFY_QUEUED;
	struct fsnotify_event *queue = event;

	spin_lock(&group->notification_lock);
	if (group->shutdown) {
		ret = FSNOTIFY_DROPPED;
		goto out;
	}
	if (event == group->overflow_event || group->q_len >= group->max_events) {
		if (event != group->overflow_event)
			ret = FSNOTIFY_DROPPED;
		queue = group->overflow_event;
		if (!list_empty(&queue->list))
			goto out;
	} else if (same && !list_empty(&group->notification_list) &&
		   same(list_last_entry(&group->notification_list, struct fsnotify_event, list),
			event)) {
		ret = FSNOTIFY_MERGED;
		goto out;
	}
	group->q_len++;
	list_add_tail(&queue->list, &group->notification_list);
	spin_unlock(&group->notification_lock);
	wake_up(&group->notification_waitq);
	kill_fasync(&group->fsn_fa, SIGIO, POLL_IN);
	return ret;
out:
	spin_unlock(&group->notification_lock);
	return ret;
}

/**
 * fsnotify_queue_overflow - an event was lost for want of memory: say so
 * @group: whose
 */
void fsnotify_queue_overflow(struct fsnotify_group *group)
{
	fsnotify_insert_event(group, group->overflow_event, NULL);
}

/**
 * fsnotify_peek_first_event - the oldest event
 * @group: whose; notification_lock is held
 *
 * Return: the event, still queued; NULL.
 */
struct fsnotify_event *fsnotify_peek_first_event(struct fsnotify_group *group)
{
	lockdep_assert_held(&group->notification_lock);
	return list_first_entry_or_null(&group->notification_list, struct fsnotify_event, list);
}

/**
 * fsnotify_remove_first_event - take the oldest event off the queue
 * @group: whose; there is one; notification_lock is held
 */
void fsnotify_remove_first_event(struct fsnotify_group *group)
{
	lockdep_assert_held(&group->notification_lock);
	list_del_init(&fsnotify_peek_first_event(group)->list);
	group->q_len--;
}

/**
 * fsnotify_destroy_event - free an event; the overflow event stays
 * @group: whose
 * @event: not queued
 */
void fsnotify_destroy_event(struct fsnotify_group *group, struct fsnotify_event *event)
{
	if (event != group->overflow_event)
		group->ops->free_event(group, event);
}

/**
 * fsnotify_flush_notify - forget what a group has not read yet
 * @group: the group
 *
 * Context: takes notification_lock, not while an event is freed.
 */
void fsnotify_flush_notify(struct fsnotify_group *group)
{
	struct fsnotify_event *event;

	spin_lock(&group->notification_lock);
	while ((event = fsnotify_peek_first_event(group))) {
		fsnotify_remove_first_event(group);
		spin_unlock(&group->notification_lock);
		fsnotify_destroy_event(group, event);
		spin_lock(&group->notification_lock);
	}
	spin_unlock(&group->notification_lock);
}
