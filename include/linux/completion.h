/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_COMPLETION_H
#define _LINUX_COMPLETION_H

/*
 * "It is done": one side calls complete() once per thing done, the other wait_for_completion().
 *
 * Rules of use:
 *  - complete() may come first; it is counted. complete_all() lets everybody through until
 *    reinit_completion(), which needs all waiters gone.
 *  - complete() and complete_all() work in any context but NMI; waiting sleeps.
 *  - The waiter may free the completion as soon as its wait returns: the completer doesn't touch
 *    it after dropping the lock that made the waiter's return possible.
 */

#include <linux/swait.h>

struct completion {
	unsigned int done;		/* guarded by wait.lock; UINT_MAX after complete_all() */
	struct swait_queue_head wait;
};

#define COMPLETION_INITIALIZER(work) \
	{ 0, __SWAIT_QUEUE_HEAD_INITIALIZER((work).wait) }

#define COMPLETION_INITIALIZER_ONSTACK(work) \
	(*({ init_completion(&work); &work; }))

#define COMPLETION_INITIALIZER_ONSTACK_MAP(work, map) \
	(*({ init_completion_map(&(work), &(map)); &work; }))

/** DECLARE_COMPLETION() - a static completion, with nothing done */
#define DECLARE_COMPLETION(work) \
	struct completion work = COMPLETION_INITIALIZER(work)

#ifdef CONFIG_LOCKDEP

/** DECLARE_COMPLETION_ONSTACK() - a completion on the stack, with nothing done */
#define DECLARE_COMPLETION_ONSTACK(work) \
	struct completion work = COMPLETION_INITIALIZER_ONSTACK(work)
#else
#define DECLARE_COMPLETION_ONSTACK(work)	DECLARE_COMPLETION(work)
#endif
#define DECLARE_COMPLETION_ONSTACK_MAP(work, map)	DECLARE_COMPLETION_ONSTACK(work)

/**
 * init_completion() - make a completion, with nothing done; each place that does has a lock class
 * of its own
 */
#define init_completion(x) \
do { \
	(x)->done = 0; \
	init_swait_queue_head(&(x)->wait); \
} while (0)

#define init_completion_map(x, m)	init_completion(x)

/** reinit_completion() - use it again; nobody waits or completes meanwhile */
static inline void reinit_completion(struct completion *x)
{
	x->done = 0;
}

void wait_for_completion(struct completion *x);
void wait_for_completion_io(struct completion *x);
int wait_for_completion_interruptible(struct completion *x);
int wait_for_completion_killable(struct completion *x);
int wait_for_completion_state(struct completion *x, unsigned int state);
unsigned long wait_for_completion_timeout(struct completion *x, unsigned long timeout);
unsigned long wait_for_completion_io_timeout(struct completion *x, unsigned long timeout);
long wait_for_completion_interruptible_timeout(struct completion *x, unsigned long timeout);
long wait_for_completion_killable_timeout(struct completion *x, unsigned long timeout);
bool try_wait_for_completion(struct completion *x);
bool completion_done(struct completion *x);

void complete(struct completion *x);
void complete_all(struct completion *x);

#endif /* _LINUX_COMPLETION_H */
