/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_RCUWAIT_H
#define _LINUX_RCUWAIT_H

/*
 * The smallest wait: one pointer, one waiter. The waker looks at the task under RCU, so the
 * waiter needs no lock to leave.
 */

#include <linux/rcupdate.h>
#include <linux/sched/signal.h>

struct rcuwait {
	struct task_struct __rcu *task;
};

#define __RCUWAIT_INITIALIZER(name)	{ .task = NULL, }

/** rcuwait_init() - nobody waits */
static inline void rcuwait_init(struct rcuwait *w)
{
	w->task = NULL;
}

/** rcuwait_active() - does a task wait? Needs a barrier between the condition and this */
static inline int rcuwait_active(struct rcuwait *w)
{
	return !!rcu_access_pointer(w->task);
}

int rcuwait_wake_up(struct rcuwait *w);
void finish_rcuwait(struct rcuwait *w);

/** prepare_to_rcuwait() - current is the one who waits now */
static inline void prepare_to_rcuwait(struct rcuwait *w)
{
	rcu_assign_pointer(w->task, current);
}

#define ___rcuwait_wait_event(w, condition, state, ret, cmd) \
({ \
	long __ret = ret; \
	\
	prepare_to_rcuwait(w); \
	for (;;) { \
		set_current_state(state); /* pairs with smp_mb() in rcuwait_wake_up() */ \
		if (condition) \
			break; \
		if (signal_pending_state(state, current)) { \
			__ret = -EINTR; \
			break; \
		} \
		cmd; \
	} \
	finish_rcuwait(w); \
	__ret; \
})

#define rcuwait_wait_event(w, condition, state) \
	___rcuwait_wait_event(w, condition, state, 0, schedule())

#define __rcuwait_wait_event_timeout(w, condition, state, timeout) \
	___rcuwait_wait_event(w, ___wait_cond_timeout(condition), state, timeout, \
			      __ret = schedule_timeout(__ret))

#define rcuwait_wait_event_timeout(w, condition, state, timeout) \
({ \
	long __ret = timeout; \
	\
	if (!___wait_cond_timeout(condition)) \
		__ret = __rcuwait_wait_event_timeout(w, condition, state, timeout); \
	__ret; \
})

#endif /* _LINUX_RCUWAIT_H */
