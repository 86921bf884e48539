// SPDX-License-Identifier: MIT
/*
 * Files of a process that tell one thing each: its name, limits and personality, where it sleeps,
 * in which system call it is, what the scheduler gave it.
 *
 * What tells where a task is in its code is for who may trace it: PTRACE_MODE_ATTACH. The
 * credentials that this is asked of and the answer belong together, so an exec is kept out
 * meanwhile (lock_trace()).
 */

#include <linux/capability.h>
#include <linux/cred.h>
#include <linux/errno.h>
#include <linux/fs.h>
#include <linux/kallsyms.h>
#include <linux/math64.h>
#include <linux/mm.h>
#include <linux/posix-timers.h>
#include <linux/ptrace.h>
#include <linux/resource.h>
#include <linux/rwsem.h>
#include <linux/sched/debug.h>
#include <linux/sched/signal.h>
#include <linux/sched/task.h>
#include <linux/sched/task_stack.h>
#include <linux/seq_file.h>
#include <linux/slab.h>
#include <linux/stacktrace.h>
#include <linux/string.h>
#include <linux/time64.h>
#include <linux/uaccess.h>
#include <linux/user_namespace.h>

#include <asm/ptrace.h>
#include <asm/syscall.h>

#include "internal.h"

/* ---- comm, limits, scores ---- */

static int comm_show(struct seq_file *m, void *v)
{
	struct task_struct *p = get_proc_task(m->private);
	char comm[TASK_COMM_LEN];

	if (!p)
		return -ESRCH;
	get_task_comm(comm, p);
	seq_puts(m, comm);
	seq_putc(m, '\n');
	put_task_struct(p);
	return 0;
}

static int comm_open(struct inode *inode, struct file *file)
{
	return single_open(file, comm_show, inode);
}

/* Of a thread of one's own process. */
static ssize_t comm_write(struct file *file, const char __user *buf, size_t count, loff_t *offset)
{
	struct task_struct *p;
	char buffer[TASK_COMM_LEN];
	ssize_t ret = count;

	memset(buffer, 0, sizeof(buffer));
	if (copy_from_user(buffer, buf, min(count, sizeof(buffer) - 1)))
		return -EFAULT;
	p = get_proc_task(file_inode(file));
	if (!p)
		return -ESRCH;
	if (same_thread_group(current, p))
		set_task_comm(p, buffer);
	else
		ret = -EINVAL;
	put_task_struct(p);
	return ret;
}

const struct file_operations proc_pid_set_comm_operations = {
	.open		= comm_open,
	.read_iter	= seq_read_iter,
	.write		= comm_write,
	.llseek		= seq_lseek,
	.release	= single_release,
};

static const struct {
	const char *name, *unit;
} limit_names[RLIM_NLIMITS] = {
	[RLIMIT_CPU]		= { "Max cpu time", "seconds" },
	[RLIMIT_FSIZE]		= { "Max file size", "bytes" },
	[RLIMIT_DATA]		= { "Max data size", "bytes" },
	[RLIMIT_STACK]		= { "Max stack size", "bytes" },
	[RLIMIT_CORE]		= { "Max core file size", "bytes" },
	[RLIMIT_RSS]		= { "Max resident set", "bytes" },
	[RLIMIT_NPROC]		= { "Max processes", "processes" },
	[RLIMIT_NOFILE]		= { "Max open files", "files" },
	[RLIMIT_MEMLOCK]	= { "Max locked memory", "bytes" },
	[RLIMIT_AS]		= { "Max address space", "bytes" },
	[RLIMIT_LOCKS]		= { "Max file locks", "locks" },
	[RLIMIT_SIGPENDING]	= { "Max pending signals", "signals" },
	[RLIMIT_MSGQUEUE]	= { "Max msgqueue size", "bytes" },
	[RLIMIT_NICE]		= { "Max nice priority", NULL },
	[RLIMIT_RTPRIO]		= { "Max realtime priority", NULL },
	[RLIMIT_RTTIME]		= { "Max realtime timeout", "us" },
};

static void show_limit(struct seq_file *m, unsigned long value)
{
	if (value == RLIM_INFINITY)
		seq_printf(m, "%-20s ", "unlimited");
	else
		seq_printf(m, "%-20lu ", value);
}

/** proc_pid_limits - /proc/PID/limits */
int proc_pid_limits(struct seq_file *m, struct pid *pid, struct task_struct *task)
{
	struct rlimit rlim[RLIM_NLIMITS];
	unsigned long flags;
	unsigned int i;

	if (!lock_task_sighand(task, &flags))
		return 0;
	memcpy(rlim, task->signal->rlim, sizeof(rlim));
	unlock_task_sighand(task, &flags);
	seq_puts(m, "Limit                     Soft Limit           Hard Limit           Units     \n");
	for (i = 0; i < RLIM_NLIMITS; i++) {
		seq_printf(m, "%-25s ", limit_names[i].name);
		show_limit(m, rlim[i].rlim_cur);
		show_limit(m, rlim[i].rlim_max);
		if (limit_names[i].unit)
			seq_printf(m, "%-10s\n", limit_names[i].unit);
		else
			seq_putc(m, '\n');
	}
	return 0;
}

/** proc_pid_personality - /proc/PID/personality, for who may trace the task */
int proc_pid_personality(struct seq_file *m, struct pid *pid, struct task_struct *task)
{
	if (!ptrace_may_access(task, PTRACE_MODE_ATTACH_FSCREDS))
		return -EPERM;
	seq_printf(m, "%08x\n", task->personality);
	return 0;
}

/* ---- where it is ---- */

static int lock_trace(struct task_struct *task)
{
	int err = down_read_killable(&task->signal->exec_update_lock);

	if (err)
		return err;
	if (ptrace_may_access(task, PTRACE_MODE_ATTACH_FSCREDS))
		return 0;
	up_read(&task->signal->exec_update_lock);
	return -EPERM;
}

static void unlock_trace(struct task_struct *task)
{
	up_read(&task->signal->exec_update_lock);
}

/** proc_pid_wchan - the function it sleeps in; 0 if it runs, or the reader may not know */
int proc_pid_wchan(struct seq_file *m, struct pid *pid, struct task_struct *task)
{
	char symname[KSYM_NAME_LEN];
	unsigned long wchan = 0;

	if (ptrace_may_access(task, PTRACE_MODE_READ_FSCREDS))
		wchan = get_wchan(task);
	if (wchan && !lookup_symbol_name(wchan, symname))
		seq_puts(m, symname);
	else
		seq_putc(m, '0');
	return 0;
}

#define MAX_STACK_TRACE_DEPTH	64

/** proc_pid_stack - its calls inside the kernel: 0, -EACCES, -EPERM, -EINTR, -ENOMEM */
int proc_pid_stack(struct seq_file *m, struct pid *pid, struct task_struct *task)
{
	unsigned long *entries;
	unsigned int nr, i;
	int err;

	/* Addresses of the kernel are nobody's but the administrator's. */
	if (!file_ns_capable(m->file, &init_user_ns, CAP_SYS_ADMIN))
		return -EACCES;
	entries = kmalloc_array(MAX_STACK_TRACE_DEPTH, sizeof(*entries), GFP_KERNEL);
	if (!entries)
		return -ENOMEM;
	err = lock_trace(task);
	if (!err) {
		nr = stack_trace_save_tsk(task, entries, MAX_STACK_TRACE_DEPTH, 0);
		for (i = 0; i < nr; i++)
			seq_printf(m, "[<0>] %pB\n", (void *)entries[i]);
		unlock_trace(task);
	}
	kfree(entries);
	return err;
}

/*
 * The registers of a task that sleeps and doesn't run meanwhile: its number of switches is the same
 * before and after. False if it runs.
 */
struct syscall_now {
	int nr;
	unsigned long args[6], sp, pc;
};

static bool collect_syscall(struct task_struct *task, struct syscall_now *now)
{
	unsigned long args[6] = {};
	struct pt_regs *regs;

	if (!try_get_task_stack(task))
		return false;
	regs = task_pt_regs(task);
	now->sp = user_stack_pointer(regs);
	now->pc = instruction_pointer(regs);
	now->nr = syscall_get_nr(task, regs);
	if (now->nr != -1)
		syscall_get_arguments(task, regs, args);
	memcpy(now->args, args, sizeof(args));
	put_task_stack(task);
	return true;
}

static bool look_at_syscall(struct task_struct *task, struct syscall_now *now)
{
	unsigned int state = READ_ONCE(task->__state);
	unsigned long switches;

	if (task == current)
		return collect_syscall(task, now);
	switches = state ? wait_task_inactive(task, state) : 0;
	return switches && collect_syscall(task, now) &&
	       wait_task_inactive(task, state) == switches;
}

/**
 * proc_pid_syscall - number, arguments, stack and instruction pointer; "running": 0, -EPERM, -EINTR
 */
int proc_pid_syscall(struct seq_file *m, struct pid *pid, struct task_struct *task)
{
	struct syscall_now now = {};
	int err = lock_trace(task);

	if (err)
		return err;
	if (task->flags & PF_KTHREAD)
		seq_puts(m, "-1 0x0 0x0\n");
	else if (!look_at_syscall(task, &now))
		seq_puts(m, "running\n");
	else if (now.nr < 0)
		seq_printf(m, "%d 0x%lx 0x%lx\n", now.nr, now.sp, now.pc);
	else
		seq_printf(m, "%d 0x%lx 0x%lx 0x%lx 0x%lx 0x%lx 0x%lx 0x%lx 0x%lx\n", now.nr,
			   now.args[0], now.args[1], now.args[2], now.args[3], now.args[4],
			   now.args[5], now.sp, now.pc);
	unlock_trace(task);
	return 0;
}

/* ---- what the scheduler gave it ---- */

/** proc_pid_schedstat - ns on a CPU, ns waiting for one, times put on one */
int proc_pid_schedstat(struct seq_file *m, struct pid *pid, struct task_struct *task)
{
	/* Waiting is not measured: to do so would cost every switch. */
	seq_printf(m, "%llu 0 %lu\n", (unsigned long long)task->se.sum_exec_runtime,
		   task->sched_info.pcount);
	return 0;
}

static void show_ms(struct seq_file *m, const char *name, u64 ns)
{
	u32 rest;
	u64 ms = div_u64_rem(ns, NSEC_PER_MSEC, &rest);

	seq_printf(m, "%-45s:%14llu.%06u\n", name, (unsigned long long)ms, rest);
}

static void show_count(struct seq_file *m, const char *name, u64 n)
{
	seq_printf(m, "%-45s:%21llu\n", name, (unsigned long long)n);
}

/** proc_pid_sched - proc_pid_schedstat() and more, in words */
int proc_pid_sched(struct seq_file *m, struct pid *pid, struct task_struct *task)
{
	unsigned long nvcsw = task->nvcsw, nivcsw = task->nivcsw;

	seq_printf(m, "%s (%d, #threads: %d)\n", task->comm, task->pid, get_nr_threads(task));
	seq_puts(m, "-----------------------------------------------------------------------\n");
	show_ms(m, "se.exec_start", task->se.exec_start);
	show_ms(m, "se.vruntime", task->se.vruntime);
	show_ms(m, "se.sum_exec_runtime", task->se.sum_exec_runtime);
	show_count(m, "nr_switches", nvcsw + nivcsw);
	show_count(m, "nr_voluntary_switches", nvcsw);
	show_count(m, "nr_involuntary_switches", nivcsw);
	show_count(m, "se.load.weight", task->se.load.weight);
	show_count(m, "policy", task->policy);
	show_count(m, "prio", task->prio);
	return 0;
}

/* ---- how late its sleeps may end ---- */

static int timerslack_show(struct seq_file *m, void *v)
{
	struct task_struct *task = get_proc_task(m->private);
	int ret = 0;

	if (!task)
		return -ESRCH;
	if (task != current && !capable(CAP_SYS_NICE))
		ret = -EPERM;
	else
		seq_printf(m, "%llu\n", (unsigned long long)READ_ONCE(task->timer_slack_ns));
	put_task_struct(task);
	return ret;
}

static int timerslack_open(struct inode *inode, struct file *file)
{
	return single_open(file, timerslack_show, inode);
}

/* 0 is the value that it was born with. */
static ssize_t timerslack_write(struct file *file, const char __user *buf, size_t count,
				loff_t *ppos)
{
	struct task_struct *task;
	unsigned long long slack;
	int err = kstrtoull_from_user(buf, count, 10, &slack);

	if (err)
		return err;
	task = get_proc_task(file_inode(file));
	if (!task)
		return -ESRCH;
	if (task != current && !capable(CAP_SYS_NICE)) {
		err = -EPERM;
	} else {
		task_lock(task);
		WRITE_ONCE(task->timer_slack_ns, slack ? slack : task->default_timer_slack_ns);
		task_unlock(task);
	}
	put_task_struct(task);
	return err ? err : count;
}

const struct file_operations proc_pid_timerslack_operations = {
	.open		= timerslack_open,
	.read_iter	= seq_read_iter,
	.write		= timerslack_write,
	.llseek		= seq_lseek,
	.release	= single_release,
};

/* ---- what it is in: one of each kind ---- */

/** proc_pid_cgroup - the root of the one hierarchy */
int proc_pid_cgroup(struct seq_file *m, struct pid *pid, struct task_struct *task)
{
	seq_puts(m, "0::/\n");
	return 0;
}

/** proc_pid_id_map - user and group ids of the one namespace are what they are */
int proc_pid_id_map(struct seq_file *m, struct pid *pid, struct task_struct *task)
{
	seq_printf(m, "%10u %10u %10u\n", 0, 0, UINT_MAX);
	return 0;
}

/** proc_pid_setgroups - /proc/PID/setgroups: always allowed, as there is one user namespace */
int proc_pid_setgroups(struct seq_file *m, struct pid *pid, struct task_struct *task)
{
	seq_puts(m, "allow\n");
	return 0;
}

/** proc_pid_children - the children of this thread, with a blank behind each */
int proc_pid_children(struct seq_file *m, struct pid *pid, struct task_struct *task)
{
	struct task_struct *child;

	read_lock(&tasklist_lock);
	list_for_each_entry(child, &task->children, sibling)
		seq_printf(m, "%d ", child->pid);
	read_unlock(&tasklist_lock);
	return 0;
}

/** proc_pid_timers - /proc/PID/timers */
int proc_pid_timers(struct seq_file *m, struct pid *pid, struct task_struct *task)
{
	return posix_timers_show(m, task);
}
