// SPDX-License-Identifier: MIT
/*
 * oom_score, oom_score_adj, oom_adj: how near a process is to being killed when memory is out, and
 * the administrator's say in it (mm/oom_kill.c).
 *
 * To raise one's own adjustment is free. To go below what was set with CAP_SYS_RESOURCE last takes
 * that capability. Processes that share an address space die together, so they get it together.
 * oom_adj is the elder scale, -17 to 15; it is the same value.
 */

#include <linux/capability.h>
#include <linux/errno.h>
#include <linux/fs.h>
#include <linux/kstrtox.h>
#include <linux/mm.h>
#include <linux/mutex.h>
#include <linux/oom.h>
#include <linux/sched/mm.h>
#include <linux/sched/signal.h>
#include <linux/sched/task.h>
#include <linux/seq_file.h>
#include <linux/string.h>
#include <linux/uaccess.h>

#include "internal.h"

static DEFINE_MUTEX(oom_adj_mutex);	/* one writer at a time */

/** proc_oom_score - 0 to 2000: thousandths of memory, plus the adjustment, above a floor of 667 */
int proc_oom_score(struct seq_file *m, struct pid *pid, struct task_struct *task)
{
	unsigned long totalpages = totalram_pages();
	long badness, points = 0;

	rcu_read_lock();
	badness = oom_badness(task, totalpages);
	rcu_read_unlock();
	/* Two thirds of the scale, so that the worst and the best have room on both sides. */
	if (badness != LONG_MIN)
		points = max(1000 + badness * 1000 / (long)totalpages, 0L) * 2 / 3;
	seq_printf(m, "%ld\n", points);
	return 0;
}

/* ---- reading ---- */

static ssize_t print_adj(struct file *file, char __user *buf, size_t count, loff_t *ppos, bool old)
{
	struct task_struct *task = get_proc_task(file_inode(file));
	char text[16];
	int adj, len;

	if (!task)
		return -ESRCH;
	adj = READ_ONCE(task->signal->oom_score_adj);
	put_task_struct(task);
	if (old) {
		adj = adj == OOM_SCORE_ADJ_MAX ? OOM_ADJUST_MAX :
		      adj * -OOM_DISABLE / OOM_SCORE_ADJ_MAX;
		/* Values on the way between the scales never reach the one that means never. */
		adj = min(adj, OOM_ADJUST_MAX);
	}
	len = snprintf(text, sizeof(text), "%d\n", adj);
	return simple_read_from_buffer(buf, count, ppos, text, len);
}

static ssize_t oom_score_adj_read(struct file *file, char __user *buf, size_t count, loff_t *ppos)
{
	return print_adj(file, buf, count, ppos, false);
}

static ssize_t oom_adj_read(struct file *file, char __user *buf, size_t count, loff_t *ppos)
{
	return print_adj(file, buf, count, ppos, true);
}

/* ---- writing ---- */

/* All processes with this address space, but for the ones that left it to a vfork() parent. */
static void set_for_mm(struct mm_struct *mm, struct task_struct *but, int adj, bool legacy)
{
	struct task_struct *p;

	rcu_read_lock();
	for_each_process(p) {
		struct task_struct *t;

		if (same_thread_group(but, p) || (p->flags & PF_KTHREAD) || is_global_init(p))
			continue;
		t = find_lock_task_mm(p);
		if (!t)
			continue;
		if (t->mm == mm && !t->vfork_done) {
			p->signal->oom_score_adj = adj;
			if (!legacy && has_capability_noaudit(current, CAP_SYS_RESOURCE))
				p->signal->oom_score_adj_min = adj;
		}
		task_unlock(t);
	}
	rcu_read_unlock();
}

static int set_adj(struct task_struct *task, int adj, bool legacy)
{
	struct mm_struct *mm = NULL;
	struct task_struct *t;
	int least;

	lockdep_assert_held(&oom_adj_mutex);
	least = legacy ? task->signal->oom_score_adj : task->signal->oom_score_adj_min;
	if (adj < least && !capable(CAP_SYS_RESOURCE))
		return -EACCES;
	/* Others have it too: more users than this process' threads. */
	if (!task->vfork_done) {
		rcu_read_lock();
		t = find_lock_task_mm(task);
		if (t) {
			if (atomic_read(&t->mm->mm_users) > get_nr_threads(t)) {
				mm = t->mm;
				mmgrab(mm);
			}
			task_unlock(t);
		}
		rcu_read_unlock();
	}
	task->signal->oom_score_adj = adj;
	if (!legacy && has_capability_noaudit(current, CAP_SYS_RESOURCE))
		task->signal->oom_score_adj_min = adj;
	if (mm) {
		set_for_mm(mm, task, adj, legacy);
		mmdrop(mm);
	}
	return 0;
}

static ssize_t write_adj(struct file *file, const char __user *buf, size_t count, bool old)
{
	struct task_struct *task;
	char text[16] = {};
	int adj, err;

	if (copy_from_user(text, buf, min(count, sizeof(text) - 1)))
		return -EFAULT;
	err = kstrtoint(strstrip(text), 0, &adj);
	if (err)
		return err;
	if (old && (adj < OOM_ADJUST_MIN || adj > OOM_ADJUST_MAX) && adj != OOM_DISABLE)
		return -EINVAL;
	if (!old && (adj < OOM_SCORE_ADJ_MIN || adj > OOM_SCORE_ADJ_MAX))
		return -EINVAL;
	if (old)
		adj = adj == OOM_ADJUST_MAX ? OOM_SCORE_ADJ_MAX :
		      adj * OOM_SCORE_ADJ_MAX / -OOM_DISABLE;
	task = get_proc_task(file_inode(file));
	if (!task)
		return -ESRCH;
	mutex_lock(&oom_adj_mutex);
	err = set_adj(task, adj, old);
	mutex_unlock(&oom_adj_mutex);
	put_task_struct(task);
	return err ? err : count;
}

static ssize_t oom_score_adj_write(struct file *file, const char __user *buf, size_t count,
				   loff_t *ppos)
{
	return write_adj(file, buf, count, false);
}

static ssize_t oom_adj_write(struct file *file, const char __user *buf, size_t count,
			     loff_t *ppos)
{
	return write_adj(file, buf, count, true);
}

const struct file_operations proc_oom_score_adj_operations = {
	.read	= oom_score_adj_read,
	.write	= oom_score_adj_write,
	.llseek	= default_llseek,
};

const struct file_operations proc_oom_adj_operations = {
	.read	= oom_adj_read,
	.write	= oom_adj_write,
	.llseek	= generic_file_llseek,
};
