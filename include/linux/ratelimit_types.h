/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_RATELIMIT_TYPES_H
#define _LINUX_RATELIMIT_TYPES_H

#include <linux/bits.h>
#include <linux/param.h>
#include <linux/spinlock_types_raw.h>

#define DEFAULT_RATELIMIT_INTERVAL	(5 * HZ)
#define DEFAULT_RATELIMIT_BURST		10

/* Say "suppressed" only when ratelimit_state_exit() is called. */
#define RATELIMIT_MSG_ON_RELEASE	BIT(0)

/* At most @burst events in any window of @interval. */
struct ratelimit_state {
	raw_spinlock_t	lock;		/* guards what follows */
	int		interval;	/* window length, jiffies; 0: never limit */
	int		burst;		/* events let through per window; <= 0 with one: none */
	int		printed;	/* let through in this window */
	int		missed;		/* held back in this window */
	unsigned int	flags;		/* RATELIMIT_MSG_ON_RELEASE */
	unsigned long	begin;		/* first event of the window, jiffies; 0: none yet */
};

#define RATELIMIT_STATE_INIT_FLAGS(name, interval_init, burst_init, flags_init) { \
	.lock		= __RAW_SPIN_LOCK_UNLOCKED(name.lock),		\
	.interval	= interval_init,				\
	.burst		= burst_init,					\
	.flags		= flags_init,					\
}

#define RATELIMIT_STATE_INIT(name, interval_init, burst_init) \
	RATELIMIT_STATE_INIT_FLAGS(name, interval_init, burst_init, 0)

#define RATELIMIT_STATE_INIT_DISABLED \
	RATELIMIT_STATE_INIT(ratelimit_state, 0, DEFAULT_RATELIMIT_BURST)

#define DEFINE_RATELIMIT_STATE(name, interval_init, burst_init) \
	struct ratelimit_state name = RATELIMIT_STATE_INIT(name, interval_init, burst_init)

int ___ratelimit(struct ratelimit_state *rs, const char *func);
#define __ratelimit(state)	___ratelimit(state, __func__)

#endif /* _LINUX_RATELIMIT_TYPES_H */
