/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_HRTIMER_TYPES_H
#define _LINUX_HRTIMER_TYPES_H

#include <linux/timerqueue_types.h>
#include <linux/types.h>

struct hrtimer_clock_base;

/* What a callback answers: re-arm at the expiry it has set, or not. */
enum hrtimer_restart {
	HRTIMER_NORESTART,
	HRTIMER_RESTART,
};

/**
 * struct hrtimer - one high resolution timer
 * @node: in its base's queue; node.expires is the hard expiry, with slack added
 * @_softexpires: the earliest time at which it may fire
 * @function: the callback
 * @base: its clock on its CPU; guarded as described at lock_hrtimer_base()
 * @state: HRTIMER_STATE_*
 * @is_rel: was armed relative
 * @is_soft: fires in softirq
 * @is_hard: fires in hard irq
 */
struct hrtimer {
	struct timerqueue_node node;
	ktime_t _softexpires;
	enum hrtimer_restart (*function)(struct hrtimer *timer);
	struct hrtimer_clock_base *base;
	u8 state;
	u8 is_rel;
	u8 is_soft;
	u8 is_hard;
};

#endif /* _LINUX_HRTIMER_TYPES_H */
