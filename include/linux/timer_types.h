/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_TIMER_TYPES_H
#define _LINUX_TIMER_TYPES_H

#include <linux/lockdep_types.h>
#include <linux/types.h>

/**
 * struct timer_list - one timer of the wheel
 * @entry: in its bucket while pending
 * @expires: in jiffies
 * @function: called in softirq context; NULL once shut down
 * @flags: TIMER_* of linux/timer.h, with CPU and bucket number
 *
 * Everything is guarded by the lock of the base that @flags names.
 */
struct timer_list {
	struct hlist_node entry;
	unsigned long expires;
	void (*function)(struct timer_list *timer);
	u32 flags;
#ifdef CONFIG_LOCKDEP
	struct lockdep_map lockdep_map;
#endif
};

#endif /* _LINUX_TIMER_TYPES_H */
