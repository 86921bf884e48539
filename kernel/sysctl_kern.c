// SPDX-License-Identifier: MIT
/*
 * /proc/sys/kernel: what belongs to no one folder of the tree. Each row is a variable that the code
 * named beside it obeys from the next look on; the handlers here are for those that need more than
 * a range: a right, or something to be done.
 */

#include <linux/capability.h>
#include <linux/errno.h>
#include <linux/init.h>
#include <linux/limits.h>
#include <linux/mm.h>
#include <linux/nmi.h>
#include <linux/panic.h>
#include <linux/pid.h>
#include <linux/printk.h>
#include <linux/ratelimit.h>
#include <linux/sched/rt.h>
#include <linux/sched/sysctl.h>
#include <linux/sysctl.h>
#include <linux/syslog.h>
#include <linux/threads.h>

#include <uapi/linux/capability.h>

#include "fork.h"

static int cap_last_cap = CAP_LAST_CAP;
static int ngroups_max = NGROUPS_MAX;
static int pid_max_min = RESERVED_PIDS + 1;
static int pid_max_max = PID_MAX_LIMIT;
static unsigned long hung_task_timeout_max = LONG_MAX / HZ;
static int sixty = 60;

/* ---- handlers ---- */

/* To change it takes CAP_SYS_ADMIN, also for root without it. */
static int proc_dointvec_minmax_sysadmin(const struct ctl_table *table, int write, void *buffer,
					 size_t *lenp, loff_t *ppos)
{
	if (write && !capable(CAP_SYS_ADMIN))
		return -EPERM;
	return proc_dointvec_minmax(table, write, buffer, lenp, ppos);
}

/* Flags can be added to the taint mask, never taken away. */
static int proc_taint(const struct ctl_table *table, int write, void *buffer, size_t *lenp,
		      loff_t *ppos)
{
	unsigned long mask = get_taint();
	struct ctl_table copy = *table;
	unsigned int flag;
	int err;

	if (write && !capable(CAP_SYS_ADMIN))
		return -EPERM;
	copy.data = &mask;
	err = proc_doulongvec_minmax(&copy, write, buffer, lenp, ppos);
	if (err || !write)
		return err;
	for (flag = 0; flag < TAINT_FLAGS_COUNT; flag++) {
		if (mask & BIT(flag))
			add_taint(flag, LOCKDEP_STILL_OK);
	}
	return 0;
}

/* The numbers in use have to fit: pid_set_max() makes room first. */
static int proc_pid_max(const struct ctl_table *table, int write, void *buffer, size_t *lenp,
			loff_t *ppos)
{
	struct ctl_table copy = *table;
	int max = READ_ONCE(pid_max), err;

	copy.data = &max;
	err = proc_dointvec_minmax(&copy, write, buffer, lenp, ppos);
	return err || !write ? err : pid_set_max(max);
}

/* ---- the table ---- */

#define INT_ROW(NAME, VAR, MODE, LO, HI, HANDLER) \
	{ .procname = NAME, .data = &(VAR), .maxlen = sizeof(VAR), .mode = MODE, \
	  .proc_handler = HANDLER, .extra1 = LO, .extra2 = HI }
#define SWITCH(NAME, VAR) \
	INT_ROW(NAME, VAR, 0644, SYSCTL_ZERO, SYSCTL_ONE, proc_dointvec_minmax)

static const struct ctl_table kern_table[] = {
	/* kernel/panic.c */
	INT_ROW("panic", panic_timeout, 0644, NULL, NULL, proc_dointvec),
	SWITCH("panic_on_oops", panic_on_oops),
	SWITCH("panic_on_warn", panic_on_warn),
	{ .procname = "panic_print", .data = &panic_print, .maxlen = sizeof(panic_print),
	  .mode = 0644, .proc_handler = proc_doulongvec_minmax },
	{ .procname = "tainted", .maxlen = sizeof(long), .mode = 0644,
	  .proc_handler = proc_taint },
	/* kernel/printk/ */
	{ .procname = "printk", .data = console_printk, .maxlen = 4 * sizeof(int), .mode = 0644,
	  .proc_handler = proc_dointvec },
	INT_ROW("printk_ratelimit", printk_ratelimit_state.interval, 0644, NULL, NULL,
		proc_dointvec_jiffies),
	INT_ROW("printk_ratelimit_burst", printk_ratelimit_state.burst, 0644, NULL, NULL,
		proc_dointvec),
	INT_ROW("dmesg_restrict", dmesg_restrict, 0644, SYSCTL_ZERO, SYSCTL_ONE,
		proc_dointvec_minmax_sysadmin),
	INT_ROW("kptr_restrict", kptr_restrict, 0644, SYSCTL_ZERO, SYSCTL_TWO,
		proc_dointvec_minmax_sysadmin),
	/* kernel/hung_task.c */
	{ .procname = "hung_task_timeout_secs", .data = &sysctl_hung_task_timeout_secs,
	  .maxlen = sizeof(long), .mode = 0644, .proc_handler = proc_hung_task_timeout,
	  .extra2 = &hung_task_timeout_max },
	SWITCH("hung_task_panic", sysctl_hung_task_panic),
	INT_ROW("hung_task_warnings", sysctl_hung_task_warnings, 0644, SYSCTL_NEG_ONE, NULL,
		proc_dointvec_minmax),
	/* kernel/watchdog.c */
	INT_ROW("watchdog", watchdog_user_enabled, 0644, SYSCTL_ZERO, SYSCTL_ONE, proc_watchdog),
	INT_ROW("watchdog_thresh", watchdog_thresh, 0644, SYSCTL_ZERO, &sixty, proc_watchdog),
	SWITCH("softlockup_panic", softlockup_panic),
	SWITCH("hardlockup_panic", hardlockup_panic),
	/*
	 * processes: kernel/pid.c, kernel/fork.c, fs/exec.c, kernel/groups.c, kernel/capability.c
	 */
	INT_ROW("pid_max", pid_max, 0644, &pid_max_min, &pid_max_max, proc_pid_max),
	INT_ROW("threads-max", max_threads, 0644, SYSCTL_ONE, &pid_max_max, proc_dointvec_minmax),
	INT_ROW("randomize_va_space", randomize_va_space, 0644, NULL, NULL, proc_dointvec),
	INT_ROW("ngroups_max", ngroups_max, 0444, NULL, NULL, proc_dointvec),
	INT_ROW("cap_last_cap", cap_last_cap, 0444, NULL, NULL, proc_dointvec),
	/* kernel/sched/rt.c */
	INT_ROW("sched_rt_period_us", sysctl_sched_rt_period, 0644, SYSCTL_ONE, SYSCTL_INT_MAX,
		proc_sched_rt),
	INT_ROW("sched_rt_runtime_us", sysctl_sched_rt_runtime, 0644, SYSCTL_NEG_ONE,
		SYSCTL_INT_MAX, proc_sched_rt),
	INT_ROW("sched_rr_timeslice_ms", sysctl_sched_rr_timeslice, 0644, NULL, NULL,
		proc_sched_rr),
};

static int __init kern_sysctl_init(void)
{
	register_sysctl_init("kernel", kern_table);
	return 0;
}
device_initcall(kern_sysctl_init);
