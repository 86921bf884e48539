// SPDX-License-Identifier: MIT
/*
 * What /proc tells of the machine as a whole: stat, uptime, loadavg, version, cmdline,
 * devices, softirqs, kmsg.
 */

#include <linux/cpumask.h>
#include <linux/fs.h>
#include <linux/init.h>
#include <linux/interrupt.h>
#include <linux/irqdesc.h>
#include <linux/irqnr.h>
#include <linux/kernel_stat.h>
#include <linux/math64.h>
#include <linux/pid_namespace.h>
#include <linux/poll.h>
#include <linux/sched/loadavg.h>
#include <linux/sched/stat.h>
#include <linux/seq_file.h>
#include <linux/syslog.h>
#include <linux/tick.h>
#include <linux/time64.h>
#include <linux/timekeeping.h>
#include <linux/utsname.h>

#include "internal.h"

/* ---- cpu time ---- */

static u64 clock_of(u64 ns)
{
	return div_u64(ns, NSEC_PER_SEC / 100);
}

static u64 uptime_ns(void)
{
	return ktime_to_ns(ktime_get_boottime());
}

/* Columns of a cpu line: user nice system idle iowait irq softirq steal guest guest_nice. */
#define NR_COLUMNS	10
#define IDLE_COLUMN	3
static const int columns[] = {
	CPUTIME_USER, CPUTIME_NICE, CPUTIME_SYSTEM, CPUTIME_IDLE, CPUTIME_IOWAIT,
	CPUTIME_IRQ, CPUTIME_SOFTIRQ,
};

/* Idle time that runs now counts too: a CPU may sleep for minutes without a tick. */
static u64 idle_column(int cpu, int which)
{
	u64 us = -1;

	if (cpu_online(cpu))
		us = which == CPUTIME_IDLE ? get_cpu_idle_time_us(cpu, NULL) :
			get_cpu_iowait_time_us(cpu, NULL);
	return us == (u64)-1 ? kcpustat_cpu(cpu).cpustat[which] : us * NSEC_PER_USEC;
}

/* The last three are of virtual machines: we neither are one that knows, nor have any. */
static u64 cpu_column(int cpu, int column)
{
	if (column >= ARRAY_SIZE(columns))
		return 0;
	if (columns[column] == CPUTIME_IDLE || columns[column] == CPUTIME_IOWAIT)
		return idle_column(cpu, columns[column]);
	return kcpustat_cpu(cpu).cpustat[columns[column]];
}

/* All, then each line by its number: zeroes where there is no line. */
static void show_interrupts(struct seq_file *m)
{
	unsigned int irq;
	u64 sum = 0;
	int cpu;

	for_each_possible_cpu(cpu)
		sum += arch_irq_stat_cpu(cpu);
	for_each_irq_nr(irq)
		sum += kstat_irqs_usr(irq);
	seq_put_decimal_ull(m, "intr ", sum);
	for_each_irq_nr(irq)
		seq_put_decimal_ull(m, " ", kstat_irqs_usr(irq));
	seq_putc(m, '\n');
}

static int stat_show(struct seq_file *m, void *v)
{
	u64 sum, softirqs[NR_SOFTIRQS] = {}, all_softirqs = 0;
	unsigned int i;
	int cpu, c;

	seq_puts(m, "cpu ");
	for (c = 0; c < NR_COLUMNS; c++) {
		sum = 0;
		for_each_possible_cpu(cpu)
			sum += cpu_column(cpu, c);
		seq_put_decimal_ull(m, " ", clock_of(sum));
	}
	seq_putc(m, '\n');
	for_each_online_cpu(cpu) {
		seq_printf(m, "cpu%d", cpu);
		for (c = 0; c < NR_COLUMNS; c++)
			seq_put_decimal_ull(m, " ", clock_of(cpu_column(cpu, c)));
		seq_putc(m, '\n');
	}
	for (i = 0; i < NR_SOFTIRQS; i++) {
		for_each_possible_cpu(cpu)
			softirqs[i] += kstat_softirqs_cpu(i, cpu);
		all_softirqs += softirqs[i];
	}
	show_interrupts(m);
	seq_printf(m, "ctxt %llu\n", nr_context_switches());
	seq_printf(m, "btime %llu\n",
		   (u64)ktime_get_real_seconds() - div_u64(uptime_ns(), NSEC_PER_SEC));
	seq_printf(m, "processes %lu\nprocs_running %u\nprocs_blocked %u\n", total_forks,
		   nr_running(), nr_iowait());
	seq_printf(m, "softirq %llu", all_softirqs);
	for (i = 0; i < NR_SOFTIRQS; i++)
		seq_put_decimal_ull(m, " ", softirqs[i]);
	seq_putc(m, '\n');
	return 0;
}

static int uptime_show(struct seq_file *m, void *v)
{
	u64 up = uptime_ns(), idle = 0;
	u32 up_ns, idle_ns;
	int cpu;

	for_each_possible_cpu(cpu)
		idle += cpu_column(cpu, IDLE_COLUMN);
	up = div_u64_rem(up, NSEC_PER_SEC, &up_ns);
	idle = div_u64_rem(idle, NSEC_PER_SEC, &idle_ns);
	seq_printf(m, "%llu.%02lu %llu.%02lu\n", up, up_ns / (NSEC_PER_SEC / 100), idle,
		   idle_ns / (NSEC_PER_SEC / 100));
	return 0;
}

#define LOAD_INT(x)	((x) >> FSHIFT)
#define LOAD_FRAC(x)	LOAD_INT(((x) & (FIXED_1 - 1)) * 100)

static int loadavg_show(struct seq_file *m, void *v)
{
	unsigned long avnrun[3];

	get_avenrun(avnrun, FIXED_1 / 200, 0);
	seq_printf(m, "%lu.%02lu %lu.%02lu %lu.%02lu %u/%d %d\n", LOAD_INT(avnrun[0]),
		   LOAD_FRAC(avnrun[0]), LOAD_INT(avnrun[1]), LOAD_FRAC(avnrun[1]),
		   LOAD_INT(avnrun[2]), LOAD_FRAC(avnrun[2]), nr_running(), nr_threads,
		   pid_last_number());
	return 0;
}

/* ---- names and lists ---- */

static int version_proc_show(struct seq_file *m, void *v)
{
	seq_printf(m, "%s", linux_banner);
	return 0;
}

static int cmdline_proc_show(struct seq_file *m, void *v)
{
	seq_puts(m, saved_command_line);
	seq_putc(m, '\n');
	return 0;
}

static int devices_show(struct seq_file *m, void *v)
{
	unsigned int major;

	seq_puts(m, "Character devices:\n");
	for (major = 0; major < CHRDEV_MAJOR_MAX; major++)
		chrdev_show(m, major);
	seq_puts(m, "\nBlock devices:\n");
	return 0;
}

static int softirqs_show(struct seq_file *m, void *v)
{
	int cpu, i;

	seq_puts(m, "                    ");
	for_each_possible_cpu(cpu)
		seq_printf(m, "CPU%-8d", cpu);
	seq_putc(m, '\n');
	for (i = 0; i < NR_SOFTIRQS; i++) {
		seq_printf(m, "%12s:", softirq_to_name[i]);
		for_each_possible_cpu(cpu)
			seq_printf(m, " %10u", kstat_softirqs_cpu(i, cpu));
		seq_putc(m, '\n');
	}
	return 0;
}

/* ---- kmsg: the one stream of the log ---- */

static int kmsg_open(struct inode *inode, struct file *file)
{
	return do_syslog(SYSLOG_ACTION_OPEN, NULL, 0, SYSLOG_FROM_PROC);
}

static int kmsg_release(struct inode *inode, struct file *file)
{
	do_syslog(SYSLOG_ACTION_CLOSE, NULL, 0, SYSLOG_FROM_PROC);
	return 0;
}

static ssize_t kmsg_read(struct file *file, char __user *buf, size_t count, loff_t *ppos)
{
	if ((file->f_flags & O_NONBLOCK) &&
	    !do_syslog(SYSLOG_ACTION_SIZE_UNREAD, NULL, 0, SYSLOG_FROM_PROC))
		return -EAGAIN;
	return do_syslog(SYSLOG_ACTION_READ, buf, min_t(size_t, count, INT_MAX),
			 SYSLOG_FROM_PROC);
}

static __poll_t kmsg_poll(struct file *file, poll_table *wait)
{
	poll_wait(file, &log_wait, wait);
	if (do_syslog(SYSLOG_ACTION_SIZE_UNREAD, NULL, 0, SYSLOG_FROM_PROC))
		return EPOLLIN | EPOLLRDNORM;
	return 0;
}

static const struct proc_ops kmsg_proc_ops = {
	.proc_read	= kmsg_read,
	.proc_poll	= kmsg_poll,
	.proc_open	= kmsg_open,
	.proc_release	= kmsg_release,
	.proc_lseek	= generic_file_llseek,
};

static int __init proc_misc_init(void)
{
	proc_create_single("stat", 0, NULL, stat_show);
	proc_create_single("uptime", 0, NULL, uptime_show);
	proc_create_single("loadavg", 0, NULL, loadavg_show);
	proc_create_single("version", 0, NULL, version_proc_show);
	proc_create_single("cmdline", 0, NULL, cmdline_proc_show);
	proc_create_single("devices", 0, NULL, devices_show);
	proc_create_single("softirqs", 0, NULL, softirqs_show);
	proc_create("kmsg", 0400, NULL, &kmsg_proc_ops);
	return 0;
}
fs_initcall(proc_misc_init);
