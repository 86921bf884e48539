// SPDX-License-Identifier: MIT
/*
 * What is printed about a process: stat, status, statm. Every character is interface: ps, top and
 * pgrep read them by column and by name.
 */

#include <linux/capability.h>
#include <linux/cpumask.h>
#include <linux/cred.h>
#include <linux/fdtable.h>
#include <linux/fs_struct.h>
#include <linux/kdev_t.h>
#include <linux/math64.h>
#include <linux/mm.h>
#include <linux/ptrace.h>
#include <linux/sched/cputime.h>
#include <linux/sched/mm.h>
#include <linux/sched/signal.h>
#include <linux/sched/task.h>
#include <linux/sched/user.h>
#include <linux/seq_file.h>
#include <linux/signal.h>
#include <linux/string_helpers.h>
#include <linux/time64.h>
#include <linux/tty.h>
#include <linux/user_namespace.h>

#include "internal.h"

#define USER_HZ_NS	(NSEC_PER_SEC / 100)

static u64 ns_to_clock(u64 ns)
{
	return div_u64(ns, USER_HZ_NS);
}

static const char *task_state_text(struct task_struct *task)
{
	unsigned int state = READ_ONCE(task->__state), exit_state = READ_ONCE(task->exit_state);

	if (exit_state & EXIT_DEAD)
		return "X (dead)";
	if (exit_state & EXIT_ZOMBIE)
		return "Z (zombie)";
	if ((state & TASK_IDLE) == TASK_IDLE)
		return "I (idle)";
	if (state & __TASK_TRACED)
		return "t (tracing stop)";
	if (state & __TASK_STOPPED)
		return "T (stopped)";
	if (state & TASK_PARKED)
		return "P (parked)";
	if (state & TASK_UNINTERRUPTIBLE)
		return "D (disk sleep)";
	if (state & TASK_INTERRUPTIBLE)
		return "S (sleeping)";
	return "R (running)";
}

/* A name may hold anything: newlines and backslashes are escaped in lines of text. */
static void print_name(struct seq_file *m, struct task_struct *p, bool escape)
{
	char comm[TASK_COMM_LEN];

	get_task_comm(comm, p);
	if (escape)
		seq_escape_str(m, comm, ESCAPE_SPACE | ESCAPE_SPECIAL, "\n\\");
	else
		seq_puts(m, comm);
}

/* ---- signals ---- */

struct task_signals {
	sigset_t pending, shared, blocked, ignored, caught;
	int num_threads;
	unsigned int qsize;
	unsigned long qlim;
};

static void collect_sigign_sigcatch(struct task_struct *p, struct task_signals *s)
{
	struct k_sigaction *k = locked_sighand(p)->action;
	int i;

	for (i = 1; i <= _NSIG; ++i, ++k) {
		if (k->sa.sa_handler == SIG_IGN)
			sigaddset(&s->ignored, i);
		else if (k->sa.sa_handler != SIG_DFL)
			sigaddset(&s->caught, i);
	}
}

static void collect_signals(struct task_struct *p, struct task_signals *s)
{
	unsigned long flags;

	memset(s, 0, sizeof(*s));
	if (!lock_task_sighand(p, &flags))
		return;
	s->pending = p->pending.signal;
	s->shared = p->signal->shared_pending.signal;
	s->blocked = p->blocked;
	collect_sigign_sigcatch(p, s);
	s->num_threads = get_nr_threads(p);
	rcu_read_lock();
	s->qsize = atomic_read(&__task_cred(p)->user->sigpending);
	rcu_read_unlock();
	s->qlim = task_rlimit(p, RLIMIT_SIGPENDING);
	unlock_task_sighand(p, &flags);
}

static void render_sigset(struct seq_file *m, const char *header, sigset_t *set)
{
	seq_printf(m, "%s%016lx\n", header, set->sig[0]);
}

/* ---- stat ---- */

/* What needs the siglock, and adds up over threads. */
struct stat_group {
	unsigned long min_flt, maj_flt, cmin_flt, cmaj_flt;
	u64 utime, stime, cutime, cstime, gtime, cgtime;
	pid_t sid, pgid;
	int tty_nr, tty_pgrp, num_threads, exit_code;
};

static void add_threads(struct task_struct *task, struct stat_group *g)
{
	struct signal_struct *sig = task->signal;
	struct task_struct *t;

	for_each_thread(task, t) {
		g->min_flt += t->min_flt;
		g->maj_flt += t->maj_flt;
		g->gtime += t->gtime;
	}
	g->min_flt += sig->min_flt;
	g->maj_flt += sig->maj_flt;
	g->gtime += sig->gtime;
}

static void collect_group(struct task_struct *task, struct stat_group *g, bool whole)
{
	struct signal_struct *sig;
	unsigned long flags;

	memset(g, 0, sizeof(*g));
	g->sid = g->pgid = g->tty_pgrp = -1;
	if (lock_task_sighand(task, &flags)) {
		sig = task->signal;
		if (sig->tty) {
			struct pid *pgrp = tty_get_pgrp(sig->tty);

			g->tty_pgrp = pid_nr(pgrp);
			put_pid(pgrp);
			g->tty_nr = new_encode_dev(tty_devnum(sig->tty));
		}
		g->num_threads = get_nr_threads(task);
		g->cmin_flt = sig->cmin_flt;
		g->cmaj_flt = sig->cmaj_flt;
		g->cutime = sig->cutime;
		g->cstime = sig->cstime;
		g->cgtime = sig->cgtime;
		if (sig->flags & (SIGNAL_GROUP_EXIT | SIGNAL_STOP_STOPPED))
			g->exit_code = sig->group_exit_code;
		rcu_read_lock();
		if (whole)
			add_threads(task, g);
		g->sid = pid_nr(task_session(task));
		g->pgid = pid_nr(task_pgrp(task));
		rcu_read_unlock();
		unlock_task_sighand(task, &flags);
	}
	if (whole) {
		thread_group_cputime_adjusted(task, &g->utime, &g->stime);
	} else {
		task_cputime_adjusted(task, &g->utime, &g->stime);
		g->min_flt = task->min_flt;
		g->maj_flt = task->maj_flt;
		g->gtime = task->gtime;
	}
}

static pid_t parent_of(struct task_struct *task)
{
	return task_ppid_nr(task);
}

static int do_task_stat(struct seq_file *m, struct task_struct *task, bool whole)
{
	bool permitted = ptrace_may_access(task, PTRACE_MODE_READ_FSCREDS | PTRACE_MODE_NOAUDIT);
	struct mm_struct *mm = get_task_mm(task);
	bool show_addr = permitted && mm;
	struct stat_group g;
	struct task_signals s;

	collect_group(task, &g, whole);
	collect_signals(task, &s);
	seq_put_decimal_ull(m, "", task->pid);
	seq_puts(m, " (");
	print_name(m, task, false);
	seq_puts(m, ") ");
	seq_putc(m, *task_state_text(task));
	seq_put_decimal_ll(m, " ", parent_of(task));
	seq_put_decimal_ll(m, " ", g.pgid);
	seq_put_decimal_ll(m, " ", g.sid);
	seq_put_decimal_ll(m, " ", g.tty_nr);
	seq_put_decimal_ll(m, " ", g.tty_pgrp);
	seq_put_decimal_ull(m, " ", task->flags);
	seq_put_decimal_ull(m, " ", g.min_flt);
	seq_put_decimal_ull(m, " ", g.cmin_flt);
	seq_put_decimal_ull(m, " ", g.maj_flt);
	seq_put_decimal_ull(m, " ", g.cmaj_flt);
	seq_put_decimal_ull(m, " ", ns_to_clock(g.utime));
	seq_put_decimal_ull(m, " ", ns_to_clock(g.stime));
	seq_put_decimal_ll(m, " ", ns_to_clock(g.cutime));
	seq_put_decimal_ll(m, " ", ns_to_clock(g.cstime));
	seq_put_decimal_ll(m, " ", task->prio - MAX_RT_PRIO);
	seq_put_decimal_ll(m, " ", task_nice(task));
	seq_put_decimal_ll(m, " ", g.num_threads);
	seq_put_decimal_ull(m, " ", 0);
	seq_put_decimal_ull(m, " ", ns_to_clock(task->start_boottime));
	seq_put_decimal_ull(m, " ", mm ? (u64)mm->total_vm << PAGE_SHIFT : 0);
	seq_put_decimal_ull(m, " ", mm ? get_mm_rss(mm) : 0);
	seq_put_decimal_ull(m, " ", task->signal ? task_rlimit(task, RLIMIT_RSS) : 0);
	seq_put_decimal_ull(m, " ", mm ? (show_addr ? mm->start_code : 1) : 0);
	seq_put_decimal_ull(m, " ", mm ? (show_addr ? mm->end_code : 1) : 0);
	seq_put_decimal_ull(m, " ", show_addr ? mm->start_stack : 0);
	/* Where it is, and its stack: told to nobody, as it may be running. */
	seq_put_decimal_ull(m, " ", 0);
	seq_put_decimal_ull(m, " ", 0);
	/* The first 31 signals: obsolete, for programs that read so far. */
	seq_put_decimal_ull(m, " ", s.pending.sig[0] & 0x7fffffffUL);
	seq_put_decimal_ull(m, " ", s.blocked.sig[0] & 0x7fffffffUL);
	seq_put_decimal_ull(m, " ", s.ignored.sig[0] & 0x7fffffffUL);
	seq_put_decimal_ull(m, " ", s.caught.sig[0] & 0x7fffffffUL);
	/* Whether it sleeps, where addresses once stood; two figures of swap. */
	seq_puts(m, permitted && !task_is_running(task) ? " 1 0 0" : " 0 0 0");
	seq_put_decimal_ll(m, " ", task->exit_signal);
	seq_put_decimal_ll(m, " ", task_cpu(task));
	seq_put_decimal_ull(m, " ", task->rt_priority);
	seq_put_decimal_ull(m, " ", task->policy);
	seq_put_decimal_ull(m, " ", 0);	/* delays by block devices */
	seq_put_decimal_ull(m, " ", ns_to_clock(g.gtime));
	seq_put_decimal_ll(m, " ", ns_to_clock(g.cgtime));
	if (show_addr) {
		seq_put_decimal_ull(m, " ", mm->start_data);
		seq_put_decimal_ull(m, " ", mm->end_data);
		seq_put_decimal_ull(m, " ", mm->start_brk);
		seq_put_decimal_ull(m, " ", mm->arg_start);
		seq_put_decimal_ull(m, " ", mm->arg_end);
		seq_put_decimal_ull(m, " ", mm->env_start);
		seq_put_decimal_ull(m, " ", mm->env_end);
	} else {
		seq_puts(m, " 0 0 0 0 0 0 0");
	}
	seq_put_decimal_ll(m, " ", permitted ? (g.exit_code ? g.exit_code : task->exit_code) : 0);
	seq_putc(m, '\n');
	if (mm)
		mmput(mm);
	return 0;
}

/** proc_tid_stat - /proc/PID/task/TID/stat */
int proc_tid_stat(struct seq_file *m, struct pid *pid, struct task_struct *task)
{
	return do_task_stat(m, task, false);
}

int proc_tgid_stat(struct seq_file *m, struct pid *pid, struct task_struct *task)
{
	return do_task_stat(m, task, true);
}

/* ---- status ---- */

static pid_t tracer_of(struct task_struct *p)
{
	pid_t pid = 0;

	rcu_read_lock();
	if (p->ptrace)
		pid = rcu_dereference(p->parent)->pid;
	rcu_read_unlock();
	return pid;
}

static void status_ids(struct seq_file *m, struct task_struct *p)
{
	const struct cred *cred = get_task_cred(p);
	struct group_info *gi = cred->group_info;
	struct files_struct *files;
	unsigned int max_fds = 0, umask = 0;
	bool has_fs = false;
	int g;

	task_lock(p);
	if (p->fs) {
		has_fs = true;
		umask = p->fs->umask;
	}
	files = p->files;
	if (files) {
		rcu_read_lock();
		max_fds = rcu_dereference(files->fdt)->max_fds;
		rcu_read_unlock();
	}
	task_unlock(p);
	if (has_fs)
		seq_printf(m, "Umask:\t%#04o\n", umask);
	seq_printf(m, "State:\t%s\n", task_state_text(p));
	seq_printf(m, "Tgid:\t%d\nNgid:\t0\nPid:\t%d\nPPid:\t%d\nTracerPid:\t%d\n", p->tgid, p->pid,
		   parent_of(p), tracer_of(p));
	seq_printf(m, "Uid:\t%u\t%u\t%u\t%u\n", from_kuid_munged(&init_user_ns, cred->uid),
		   from_kuid_munged(&init_user_ns, cred->euid),
		   from_kuid_munged(&init_user_ns, cred->suid),
		   from_kuid_munged(&init_user_ns, cred->fsuid));
	seq_printf(m, "Gid:\t%u\t%u\t%u\t%u\n", from_kgid_munged(&init_user_ns, cred->gid),
		   from_kgid_munged(&init_user_ns, cred->egid),
		   from_kgid_munged(&init_user_ns, cred->sgid),
		   from_kgid_munged(&init_user_ns, cred->fsgid));
	seq_printf(m, "FDSize:\t%u\nGroups:\t", max_fds);
	for (g = 0; g < gi->ngroups; g++)
		seq_printf(m, "%s%u", g ? " " : "", from_kgid_munged(&init_user_ns, gi->gid[g]));
	seq_puts(m, " \n");
	put_cred(cred);
}

static void status_pids(struct seq_file *m, struct task_struct *p)
{
	pid_t pgid, sid;

	rcu_read_lock();
	pgid = pid_nr(task_pgrp(p));
	sid = pid_nr(task_session(p));
	rcu_read_unlock();
	seq_printf(m, "NStgid:\t%d\nNSpid:\t%d\nNSpgid:\t%d\nNSsid:\t%d\nKthread:\t%c\n", p->tgid,
		   p->pid, pgid, sid, p->flags & PF_KTHREAD ? '1' : '0');
}

static void status_kb(struct seq_file *m, const char *name, unsigned long pages)
{
	seq_printf(m, "%s%8lu kB\n", name, pages << (PAGE_SHIFT - 10));
}

static void status_mm(struct seq_file *m, struct mm_struct *mm)
{
	unsigned long text, anon = get_mm_counter(mm, MM_ANONPAGES);
	unsigned long file = get_mm_counter(mm, MM_FILEPAGES);
	unsigned long shmem = get_mm_counter(mm, MM_SHMEMPAGES);

	text = (PAGE_ALIGN(mm->end_code) - (mm->start_code & PAGE_MASK)) >> PAGE_SHIFT;
	text = min(text, mm->exec_vm);
	status_kb(m, "VmPeak:\t", max(mm->hiwater_vm, mm->total_vm));
	status_kb(m, "VmSize:\t", mm->total_vm);
	status_kb(m, "VmLck:\t", mm->locked_vm);
	status_kb(m, "VmPin:\t", atomic64_read(&mm->pinned_vm));
	status_kb(m, "VmHWM:\t", max(mm->hiwater_rss, anon + file + shmem));
	status_kb(m, "VmRSS:\t", anon + file + shmem);
	status_kb(m, "RssAnon:\t", anon);
	status_kb(m, "RssFile:\t", file);
	status_kb(m, "RssShmem:\t", shmem);
	status_kb(m, "VmData:\t", mm->data_vm);
	status_kb(m, "VmStk:\t", mm->stack_vm);
	status_kb(m, "VmExe:\t", text);
	status_kb(m, "VmLib:\t", mm->exec_vm - text);
	seq_printf(m, "VmPTE:\t%8lu kB\n", atomic_long_read(&mm->pgtables_bytes) >> 10);
	status_kb(m, "VmSwap:\t", 0);
	seq_puts(m, "CoreDumping:\t0\n");
	seq_puts(m, "THP_enabled:\t0\n");
	seq_puts(m, "untag_mask:\t0xffffffffffffffff\n");
}

static void status_signals(struct seq_file *m, struct task_struct *p)
{
	struct task_signals s;

	collect_signals(p, &s);
	seq_printf(m, "Threads:\t%d\n", s.num_threads);
	seq_printf(m, "SigQ:\t%u/%lu\n", s.qsize, s.qlim);
	render_sigset(m, "SigPnd:\t", &s.pending);
	render_sigset(m, "ShdPnd:\t", &s.shared);
	render_sigset(m, "SigBlk:\t", &s.blocked);
	render_sigset(m, "SigIgn:\t", &s.ignored);
	render_sigset(m, "SigCgt:\t", &s.caught);
}

static void status_caps(struct seq_file *m, struct task_struct *p)
{
	const struct cred *cred = get_task_cred(p);

	seq_printf(m, "CapInh:\t%016llx\nCapPrm:\t%016llx\nCapEff:\t%016llx\n",
		   (u64)cred->cap_inheritable.val, (u64)cred->cap_permitted.val,
		   (u64)cred->cap_effective.val);
	seq_printf(m, "CapBnd:\t%016llx\nCapAmb:\t%016llx\n", (u64)cred->cap_bset.val,
		   (u64)cred->cap_ambient.val);
	put_cred(cred);
}

/** proc_pid_status - /proc/PID/status */
int proc_pid_status(struct seq_file *m, struct pid *pid, struct task_struct *task)
{
	struct mm_struct *mm = get_task_mm(task);

	seq_puts(m, "Name:\t");
	print_name(m, task, true);
	seq_putc(m, '\n');
	status_ids(m, task);
	status_pids(m, task);
	if (mm) {
		status_mm(m, mm);
		mmput(mm);
	}
	status_signals(m, task);
	status_caps(m, task);
	seq_printf(m, "NoNewPrivs:\t%d\nSeccomp:\t0\nSeccomp_filters:\t0\n",
		   task_no_new_privs(task) != 0);
	seq_printf(m, "Cpus_allowed:\t%*pb\n", cpumask_pr_args(&task->cpus_mask));
	seq_printf(m, "Cpus_allowed_list:\t%*pbl\n", cpumask_pr_args(&task->cpus_mask));
	seq_printf(m, "Mems_allowed:\t1\nMems_allowed_list:\t0\n");
	seq_printf(m, "voluntary_ctxt_switches:\t%lu\nnonvoluntary_ctxt_switches:\t%lu\n",
		   task->nvcsw, task->nivcsw);
	return 0;
}

/* ---- statm: size resident shared text lib data dirty, in pages ---- */

/** proc_pid_statm - /proc/PID/statm: sizes in pages */
int proc_pid_statm(struct seq_file *m, struct pid *pid, struct task_struct *task)
{
	struct mm_struct *mm = get_task_mm(task);
	unsigned long text, shared;

	if (!mm) {
		seq_puts(m, "0 0 0 0 0 0 0\n");
		return 0;
	}
	text = (PAGE_ALIGN(mm->end_code) - (mm->start_code & PAGE_MASK)) >> PAGE_SHIFT;
	shared = get_mm_counter(mm, MM_FILEPAGES) + get_mm_counter(mm, MM_SHMEMPAGES);
	seq_printf(m, "%lu %lu %lu %lu 0 %lu 0\n", mm->total_vm, get_mm_rss(mm), shared, text,
		   mm->data_vm + mm->stack_vm);
	mmput(mm);
	return 0;
}
