/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_SCHED_WAKE_Q_H
#define _LINUX_SCHED_WAKE_Q_H

/*
 * Wake-ups collected under a lock and issued after it is dropped, so that the woken task does not
 * run straight into the lock. The head lives on the waker's stack; a task is on at most one list,
 * and being already on one is as good as being on this one, because that wake-up is still to come.
 */

#include <linux/sched.h>

struct wake_q_head {
	struct wake_q_node *first;
	struct wake_q_node **lastp;
};

#define WAKE_Q_TAIL		((struct wake_q_node *)0x01)
#define WAKE_Q_HEAD_INITIALIZER(name)	{ WAKE_Q_TAIL, &(name).first }
#define DEFINE_WAKE_Q(name)	struct wake_q_head name = WAKE_Q_HEAD_INITIALIZER(name)

/** wake_q_init - an empty list of tasks to wake */
static inline void wake_q_init(struct wake_q_head *head)
{
	head->first = WAKE_Q_TAIL;
	head->lastp = &head->first;
}

/** wake_q_empty - is nobody to be woken? */
static inline bool wake_q_empty(struct wake_q_head *head)
{
	return head->first == WAKE_Q_TAIL;
}

void wake_q_add(struct wake_q_head *head, struct task_struct *task);
void wake_q_add_safe(struct wake_q_head *head, struct task_struct *task);
void wake_up_q(struct wake_q_head *head);

#endif /* _LINUX_SCHED_WAKE_Q_H */
