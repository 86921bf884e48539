/* SPDX-License-Identifier: MIT */
#ifndef _KERNEL_TIME_TIMEKEEPING_INTERNAL_H
#define _KERNEL_TIME_TIMEKEEPING_INTERNAL_H

/* Between the files of this folder. */

#include <linux/clocksource.h>
#include <linux/ktime.h>
#include <linux/seqlock.h>
#include <linux/spinlock.h>
#include <linux/types.h>

/* Serialises those who count ticks; readers of jiffies and last tick together use the count. */
extern raw_spinlock_t jiffies_lock;
extern seqcount_raw_spinlock_t jiffies_seq;

int timekeeping_notify(struct clocksource *cs);
int timekeeping_valid_for_hres(void);
u64 timekeeping_max_deferment(void);
void update_wall_time(void);
ktime_t ktime_get_update_offsets_now(unsigned int *cwsseq, ktime_t *offs_real, ktime_t *offs_boot,
				     ktime_t *offs_tai);

/* Cycles that passed from @last to @now; 0 if @now is behind, as another CPU's may be by a hair. */
static inline u64 clocksource_delta(u64 now, u64 last, u64 mask)
{
	u64 delta = (now - last) & mask;

	return delta & ~(mask >> 1) ? 0 : delta;
}

/* clocksource.c; the lock guards the list and every field of its members but their counters. */
extern raw_spinlock_t clocksource_lock;
extern struct list_head clocksource_list;
void __clocksource_mark_unstable(struct clocksource *cs);

/* clocksource_watchdog.c */
enum clocksource_verdict { CS_UNKNOWN, CS_GOOD, CS_BAD };

enum clocksource_verdict clocksource_compare(struct clocksource *cs, struct clocksource *ref);
void clocksource_start_watchdog(void);

#endif /* _KERNEL_TIME_TIMEKEEPING_INTERNAL_H */
