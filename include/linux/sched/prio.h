/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_SCHED_PRIO_H
#define _LINUX_SCHED_PRIO_H

/*
 * One scale for all classes; low numbers win:
 *	0 .. 98		real time (rt_priority 99 .. 1)
 *	99		unused by tasks; the stop class has no number, it beats all
 *	100 .. 139	fair (nice -20 .. 19)
 *	140		idle threads
 */

#define MAX_NICE	19
#define MIN_NICE	-20
#define NICE_WIDTH	(MAX_NICE - MIN_NICE + 1)

#define MAX_RT_PRIO	100
#define MAX_DL_PRIO	0
#define MAX_PRIO	(MAX_RT_PRIO + NICE_WIDTH)
#define DEFAULT_PRIO	(MAX_RT_PRIO + NICE_WIDTH / 2)

#define NICE_TO_PRIO(nice)	((nice) + DEFAULT_PRIO)
#define PRIO_TO_NICE(prio)	((prio) - DEFAULT_PRIO)

/** nice_to_rlimit - a nice value as RLIMIT_NICE counts: 1 to 40, 40 the strongest */
static inline long nice_to_rlimit(long nice)
{
	return MAX_NICE - nice + 1;
}

/** rlimit_to_nice - the strongest nice value that a limit allows */
static inline long rlimit_to_nice(long prio)
{
	return MAX_NICE - prio + 1;
}

#endif /* _LINUX_SCHED_PRIO_H */
