/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_POSIX_TIMERS_H
#define _LINUX_POSIX_TIMERS_H

/*
 * POSIX timers and the CPU clocks: what fork, exec, exit and the tick have to do about them. See
 * kernel/time/posix-timers.c and posix-cpu-timers.c.
 *
 *	copy_process	posix_cpu_timers_init_task(child); copy_signal() does the process' part
 *	exec		exit_itimers(), flush_itimer_signals() when alone
 *	exit of the last thread		hrtimer_cancel(&sig->real_timer), exit_itimers(tsk)
 *	__exit_signal	posix_cpu_timers_exit(), and _exit_group() for the last thread
 *	account_*_time	run_posix_cpu_timers() from the tick
 */

#include <linux/hrtimer_types.h>
#include <linux/posix-timers_types.h>
#include <linux/sched.h>
#include <linux/types.h>

struct kernel_siginfo;
struct signal_struct;
struct rlimit;
struct seq_file;

void posix_cpu_timers_init_task(struct task_struct *p);
void posix_cputimers_init(struct posix_cputimers *pct);
void posix_cputimers_group_init(struct posix_cputimers *pct, u64 cpu_limit);
void posix_cpu_timers_exit(struct task_struct *task);
void posix_cpu_timers_exit_group(struct task_struct *task);
void run_posix_cpu_timers(void);
int update_rlimit_cpu(struct task_struct *task, unsigned long rlim_new);

void exit_itimers(struct task_struct *tsk);
void flush_itimer_signals(void);
void posixtimer_rearm(struct kernel_siginfo *info);
enum hrtimer_restart it_real_fn(struct hrtimer *timer);
int posix_timers_show(struct seq_file *m, struct task_struct *task);	/* /proc/PID/timers */

#endif /* _LINUX_POSIX_TIMERS_H */
