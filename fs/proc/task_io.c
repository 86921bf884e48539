// SPDX-License-Identifier: MIT
/*
 * /proc/PID/io: what a process read and wrote; of a thread, its own share. The process's figures
 * are those of its living threads and what signal_struct keeps of the dead ones and of children
 * that were waited for.
 *
 * How much somebody reads tells what he does (the length of a password, say), so the figures are
 * for who may ptrace the task. The check and the answer belong together, so an exec is kept out
 * meanwhile.
 */

#include <linux/errno.h>
#include <linux/ptrace.h>
#include <linux/rwsem.h>
#include <linux/sched/signal.h>
#include <linux/seq_file.h>
#include <linux/seqlock.h>
#include <linux/task_io_accounting_ops.h>

#include "internal.h"

/* Each figure is of a moment during the call; a thread that ends is counted once. */
static void sum_of_process(struct task_struct *task, struct task_io_accounting *sum)
{
	struct signal_struct *sig = task->signal;
	struct task_struct *t;
	unsigned int seq;

	rcu_read_lock();
	do {
		seq = read_seqbegin(&sig->stats_lock);
		*sum = sig->ioac;
		__for_each_thread(sig, t)
			task_io_accounting_add(sum, &t->ioac);
	} while (read_seqretry(&sig->stats_lock, seq));
	rcu_read_unlock();
}

static int show_io(struct seq_file *m, struct task_struct *task, bool whole)
{
	struct task_io_accounting io;
	int ret = down_read_killable(&task->signal->exec_update_lock);

	if (ret)
		return ret;
	ret = -EACCES;
	if (!ptrace_may_access(task, PTRACE_MODE_READ_FSCREDS))
		goto out;
	if (whole)
		sum_of_process(task, &io);
	else
		io = task->ioac;
	seq_printf(m,
		   "rchar: %llu\nwchar: %llu\nsyscr: %llu\nsyscw: %llu\n"
		   "read_bytes: %llu\nwrite_bytes: %llu\ncancelled_write_bytes: %llu\n",
		   io.rchar, io.wchar, io.syscr, io.syscw, io.read_bytes, io.write_bytes,
		   io.cancelled_write_bytes);
	ret = 0;
out:
	up_read(&task->signal->exec_update_lock);
	return ret;
}

int proc_tid_io(struct seq_file *m, struct pid *pid, struct task_struct *task)
{
	(void)pid;
	return show_io(m, task, false);
}

/** proc_tgid_io - /proc/PID/io, of all threads */
int proc_tgid_io(struct seq_file *m, struct pid *pid, struct task_struct *task)
{
	(void)pid;
	return show_io(m, task, true);
}
