/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_SIGNALFD_H
#define _LINUX_SIGNALFD_H

/* A signal that waits is news for those who poll a signalfd of the process. */

#include <linux/rcupdate.h>
#include <linux/sched/signal.h>
#include <linux/wait.h>
#include <uapi/linux/signalfd.h>

/**
 * signalfd_notify - a signal has come for a task: wake who reads signalfds
 *
 * Context: its siglock held.
 */
static inline void signalfd_notify(struct task_struct *tsk, int sig)
{
	wait_queue_head_t *wqh = &rcu_dereference_protected(tsk->sighand, 1)->signalfd_wqh;

	(void)sig;
	if (unlikely(waitqueue_active(wqh)))
		wake_up(wqh);
}

/* The queue is about to go: whoever polls it takes himself off. */
void signalfd_cleanup(struct sighand_struct *sighand);

#endif /* _LINUX_SIGNALFD_H */
