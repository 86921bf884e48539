/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_SCHED_TYPES_H
#define _LINUX_SCHED_TYPES_H

#include <linux/types.h>

/* CPU time of a task or a group: user and system from the tick, the sum exact. All ns. */
struct task_cputime {
	u64 stime;
	u64 utime;
	unsigned long long sum_exec_runtime;
};

#endif /* _LINUX_SCHED_TYPES_H */
