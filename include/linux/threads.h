/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_THREADS_H
#define _LINUX_THREADS_H

/* How many CPUs and tasks there may be. */

#define NR_CPUS			CONFIG_NR_CPUS
#define MIN_THREADS_LEFT_FOR_ROOT	4

/* pid numbers go from 1 to PID_MAX_DEFAULT - 1; /proc/sys/kernel/pid_max may raise that. */
#define PID_MAX_DEFAULT		0x8000
#define PID_MAX_LIMIT		(4 * 1024 * 1024)
#define PIDS_PER_CPU_DEFAULT	1024
#define PIDS_PER_CPU_MIN	8

#endif
