// SPDX-License-Identifier: MIT
/*
 * The end of a task.
 *
 *	do_exit()	in the task: gives back what it holds, tells who waits
 *	release_task()	takes it out of the lists and frees its pid: the parent's wait4() does that
 *			(kernel/wait.c), or the task itself if nobody wants to know
 *	do_task_dead()	the last schedule(); finish_switch() of the next task on this CPU
 *			frees the stack
 *
 * Between do_exit() and release_task() the task is a zombie: no memory, no files, but a pid and an
 * exit code. The struct stays until the last reference and an RCU grace period.
 *
 * exit_state:	0 -> EXIT_ZOMBIE (-> EXIT_DEAD), or 0 -> EXIT_DEAD. Under tasklist_lock; whoever
 * makes it EXIT_DEAD is who calls release_task().
 *
 * A thread group's leader that ends before other threads stays a zombie that nobody is told of
 * until the last of them is released: release_task() of that one tells the parent then.
 */

#include <linux/atomic.h>
#include <linux/completion.h>
#include <linux/coredump.h>
#include <linux/cred.h>
#include <linux/debug_locks.h>
#include <linux/errno.h>
#include <linux/fdtable.h>
#include <linux/fs_struct.h>
#include <linux/futex.h>
#include <linux/kthread.h>
#include <linux/minmax.h>
#include <linux/mm.h>
#include <linux/mmu_context.h>
#include <linux/nsproxy.h>
#include <linux/oom.h>
#include <linux/panic.h>
#include <linux/pid.h>
#include <linux/posix-timers.h>
#include <linux/proc_fs.h>
#include <linux/ptrace.h>
#include <linux/rculist.h>
#include <linux/rseq.h>
#include <linux/sched.h>
#include <linux/sched/cputime.h>
#include <linux/sched/mm.h>
#include <linux/sched/signal.h>
#include <linux/sched/task.h>
#include <linux/sem.h>
#include <linux/signal.h>
#include <linux/syscalls.h>
#include <linux/task_io_accounting_ops.h>
#include <linux/task_work.h>
#include <linux/tty.h>

#include "fork.h"

/* Every oops leaks a little; after so many the machine is not to be trusted. */
static unsigned int oops_limit = 10000;

/** exit_thread - what a machine does about a task that exits; nothing by default */
void __weak exit_thread(struct task_struct *tsk)
{
	(void)tsk;
}

/* ---- the code that a process ends with ---- */

/* The process ends, with @code. Locked; nobody has decided before. */
static void start_group_exit(struct signal_struct *sig, int code)
{
	sig->flags = SIGNAL_GROUP_EXIT;
	sig->group_exit_code = code;
	sig->group_stop_count = 0;
}

/*
 * The code of a process whose threads end one by one is that of the last of them. quick_threads
 * counts those that have not been here; signal->live would be too late for it: a core dump and a
 * tracer want to know the code before.
 */
static void count_ending_thread(struct task_struct *tsk, long code)
{
	spinlock_t *lock = &own_sighand()->siglock;
	struct signal_struct *sig = tsk->signal;

	spin_lock_irq(lock);
	sig->quick_threads--;
	if (sig->quick_threads == 0 && !(sig->flags & SIGNAL_GROUP_EXIT))
		start_group_exit(sig, code);
	spin_unlock_irq(lock);
}

/* ---- out of the lists ---- */

/* The thread's share of the accounts goes to the process. With stats_lock. */
static void account_dead_thread(struct signal_struct *sig, struct task_struct *tsk)
{
	sig->utime += tsk->utime;
	sig->stime += tsk->stime;
	sig->gtime += tsk->gtime;
	sig->min_flt += tsk->min_flt;
	sig->maj_flt += tsk->maj_flt;
	sig->nvcsw += tsk->nvcsw;
	sig->nivcsw += tsk->nivcsw;
	sig->inblock += tsk->inblock;
	sig->oublock += tsk->oublock;
	sig->sum_sched_runtime += tsk->se.sum_exec_runtime;
	task_io_accounting_add(&sig->ioac, &tsk->ioac);
}

/* Others may remember a thread that goes, or wait for it to: exec counts them. Locked. */
static void forget_thread(struct signal_struct *sig, struct task_struct *tsk)
{
	if (sig->curr_target == tsk)
		sig->curr_target = next_thread(tsk);
	if (sig->notify_count > 0 && --sig->notify_count == 0)
		wake_up_process(sig->group_exec_task);
}

/* The leader is the last of its process, which ends here. */
static void unlink_process(struct task_struct *leader)
{
	detach_pid(leader, PIDTYPE_TGID);
	detach_pid(leader, PIDTYPE_PGID);
	detach_pid(leader, PIDTYPE_SID);
	list_del_rcu(&leader->tasks);
	list_del_init(&leader->sibling);
}

/*
 * Who sums up a process adds its threads to what the dead ones have left there; so a thread leaves
 * the list and its figures join the sum in one section of stats_lock.
 */
static void unlink_thread(struct signal_struct *sig, struct task_struct *tsk, bool is_last)
{
	write_seqlock(&sig->stats_lock);
	account_dead_thread(sig, tsk);
	sig->nr_threads--;
	nr_threads--;
	detach_pid(tsk, PIDTYPE_PID);
	if (is_last)
		unlink_process(tsk);
	list_del_rcu(&tsk->thread_node);
	write_sequnlock(&sig->stats_lock);
}

/*
 * Out of the process: from here on whoever finds the task sees that it has no sighand, and so that
 * it takes no signals. With tasklist_lock for writing.
 */
static void leave_process(struct task_struct *tsk)
{
	struct sighand_struct *sighand = locked_sighand(tsk);
	bool is_last = thread_group_leader(tsk);
	struct signal_struct *sig = tsk->signal;
	struct tty_struct *tty = NULL;

	spin_lock(&sighand->siglock);
	posix_cpu_timers_exit(tsk);
	if (is_last) {
		posix_cpu_timers_exit_group(tsk);
		swap(tty, sig->tty);
		flush_sigqueue(&sig->shared_pending);
	} else {
		forget_thread(sig, tsk);
	}
	flush_sigqueue(&tsk->pending);
	clear_tsk_thread_flag(tsk, TIF_SIGPENDING);
	unlink_thread(sig, tsk, is_last);
	tsk->sighand = NULL;
	spin_unlock(&sighand->siglock);

	__cleanup_sighand(sighand);
	tty_kref_put(tty);
}

/*
 * Of a leader that has waited for its threads: its parent is told of the end of the process, now
 * that there is one. Return: the parent doesn't want to know; its release is ours.
 */
static bool report_waiting_leader(struct task_struct *leader)
{
	if (leader->exit_state != EXIT_ZOMBIE || !thread_group_empty(leader))
		return false;
	if (leader->signal->flags & SIGNAL_GROUP_EXIT)
		leader->exit_code = leader->signal->group_exit_code;
	if (!do_notify_parent(leader, leader->exit_signal))
		return false;
	leader->exit_state = EXIT_DEAD;
	return true;
}

/* Return: the leader, if it is to be released next; else NULL. */
static struct task_struct *release_one(struct task_struct *p)
{
	struct task_struct *leader, *next = NULL;
	struct pid *pid;

	uncount_process(p);
	write_lock_irq(&tasklist_lock);
	ptrace_release_task(p);
	pid = get_pid(task_pid(p));
	leader = p->group_leader;
	leave_process(p);
	if (leader != p && report_waiting_leader(leader))
		next = leader;
	write_unlock_irq(&tasklist_lock);

	proc_flush_pid(pid);
	put_pid(pid);
	put_task_struct_rcu_user(p);
	return next;
}

/**
 * release_task - take a dead task out of all lists
 * @p: the task, in EXIT_DEAD; its release is ours
 *
 * The last of a process's other threads may take the leader with it.
 *
 * Context: process context, interrupts on.
 */
void release_task(struct task_struct *p)
{
	while (p)
		p = release_one(p);
}

/**
 * add_to_unwanted - a zombie whose end nobody will ask for
 * @p: the zombie
 * @unwanted: a list, for release_unwanted() when tasklist_lock is gone
 *
 * Context: tasklist_lock held for writing. Nobody traces @p, so its ptrace_entry is free.
 */
void add_to_unwanted(struct task_struct *p, struct list_head *unwanted)
{
	p->exit_state = EXIT_DEAD;
	list_add(&p->ptrace_entry, unwanted);
}

static void release_unwanted(struct list_head *unwanted)
{
	struct task_struct *p, *n;

	list_for_each_entry_safe(p, n, unwanted, ptrace_entry) {
		list_del_init(&p->ptrace_entry);
		release_task(p);
	}
}

/* ---- to be, or not to be waited for ---- */

/*
 * Does anybody want to know that @tsk has ended? Nobody waits for a kernel thread with wait(), nor
 * for a thread; a leader's parent is told when the last thread has gone. A tracer is told of each
 * thread, by SIGCHLD unless it is the process' parent and this is the process' end.
 */
static bool nobody_waits(struct task_struct *tsk)
{
	if (unlikely(tsk->ptrace)) {
		bool as_parent = thread_group_leader(tsk) && thread_group_empty(tsk) &&
				 !ptrace_reparented(tsk);

		return do_notify_parent(tsk, as_parent ? tsk->exit_signal : SIGCHLD);
	}
	if ((tsk->flags & PF_KTHREAD) || !thread_group_leader(tsk))
		return true;
	return thread_group_empty(tsk) && do_notify_parent(tsk, tsk->exit_signal);
}

/*
 * The task gives up its place among the living. When the lock is dropped anybody may see a zombie
 * and release it, so all that concerns the process' relations is done in one section:
 *
 *	its children, and the groups that it looked after, have somebody else
 *	whoever waits for it is told: tracer, parent, pollers of a pidfd, a sibling in exec
 */
static void become_zombie(struct task_struct *tsk, bool is_last)
{
	struct signal_struct *sig = tsk->signal;
	LIST_HEAD(unwanted);

	write_lock_irq(&tasklist_lock);
	orphan_children(tsk, &unwanted);
	if (is_last && !(tsk->flags & PF_KTHREAD))
		kill_orphaned_pgrp(tsk->group_leader, NULL);

	tsk->exit_state = EXIT_ZOMBIE;
	/* A pidfd of this very thread; do_notify_parent() tells those of the process. */
	if (!thread_group_empty(tsk))
		do_notify_pidfd(tsk);
	if (nobody_waits(tsk))
		add_to_unwanted(tsk, &unwanted);
	/* An exec has seen all other threads go; it waits for the leader to become a zombie. */
	if (unlikely(sig->notify_count < 0))
		wake_up_process(sig->group_exec_task);
	write_unlock_irq(&tasklist_lock);

	release_unwanted(&unwanted);
}

/* ---- the task itself ---- */

/* An interrupt has only borrowed the task, and a CPU without its idle task has nothing to run. */
static void panic_if_it_may_not_end(struct task_struct *tsk)
{
	if (unlikely(in_interrupt()))
		panic("a task ends in an interrupt");
	if (unlikely(!tsk->pid))
		panic("the idle task ends");
}

/* Somebody has left preemption off; the CPU goes on without this task, and with preemption. */
static void leave_atomic_context(struct task_struct *tsk)
{
	if (likely(!in_atomic()))
		return;
	pr_info("%s[%d] ends with preempt_count %d\n", tsk->comm, task_pid_nr(tsk),
		preempt_count());
	preempt_count_set(PREEMPT_ENABLED);
}

/* Give back the address space; of a kernel thread, the one it has borrowed and died with. */
static void exit_mm(struct task_struct *tsk)
{
	struct mm_struct *mm = tsk->mm;

	rseq_exit(tsk);
	if (unlikely(tsk->flags & PF_KTHREAD)) {
		if (mm)
			kthread_unuse_mm(mm);
		return;
	}
	/* Without memory too: there may be a parent in vfork(), or a futex state. */
	exit_mm_release(tsk, mm);
	if (mm) {
		drop_current_mm();
		mmput(mm);
	}
}

/* What the last thread of a process does for all. */
static void exit_process(struct task_struct *tsk, long code)
{
	struct signal_struct *signal = tsk->signal;

	if (unlikely(is_global_init(tsk)))
		panic("Attempted to kill init! exitcode=0x%08x\n",
		      signal->group_exit_code ?: (int)code);
	hrtimer_cancel(&signal->real_timer);
	exit_itimers(tsk);
	if (tsk->mm)
		signal->maxrss = max(signal->maxrss, get_mm_hiwater_rss(tsk->mm));
}

/**
 * do_exit - end the current task
 * @code: exit code, as wait4() gives it: status << 8, or the signal
 *
 * Three parts: while it is whole, those who may want to look at it do (a core dump, a tracer); it
 * gives back what it has; it tells that it has ended.
 *
 * Context: task context, no lock held.
 */
void __noreturn do_exit(long code)
{
	struct task_struct *tsk = current;
	bool is_last;

	WARN_ON(irqs_disabled());
	WARN_ON(tsk->plug);
	leave_atomic_context(tsk);
	panic_if_it_may_not_end(tsk);

	count_ending_thread(tsk, code);
	coredump_task_exit(tsk);
	ptrace_event(PTRACE_EVENT_EXIT, code);
	exit_signals(tsk);	/* sets PF_EXITING */

	is_last = atomic_dec_and_test(&tsk->signal->live);
	if (is_last)
		exit_process(tsk, code);
	tsk->exit_code = code;

	exit_mm(tsk);
	exit_sem(tsk);
	exit_files(tsk);
	exit_fs(tsk);
	if (is_last && !(tsk->flags & PF_KTHREAD))
		disassociate_ctty(1);
	exit_task_namespaces(tsk);
	exit_task_work(tsk);
	exit_thread(tsk);
	kthread_exited(tsk);
	debug_check_no_locks_held();

	exit_tasks_rcu_start();
	become_zombie(tsk, is_last);
	exit_rcu();
	/* Tasks RCU waits for us until nobody can preempt us any more. */
	preempt_disable();
	exit_tasks_rcu_finish();
	do_task_dead();
}
EXPORT_SYMBOL(do_exit);

/*
 * An oops in do_exit(): a second try would meet the same. The task sleeps for ever, with all that
 * it still has. It looks dead, so that nobody waits for it, and is never freed.
 */
static void __noreturn abandon_task(struct task_struct *tsk)
{
	pr_alert("%s[%d] has failed in its exit and is left as it is; better reboot soon\n",
		 tsk->comm, task_pid_nr(tsk));
	futex_exit_recursive(tsk);
	tsk->exit_state = EXIT_DEAD;
	refcount_inc(&tsk->rcu_users);
	set_special_state(TASK_UNINTERRUPTIBLE);
	for (;;)
		schedule();
}

/**
 * make_task_dead - end the current task after an oops
 * @signr: exit code
 *
 * The context may be anything: what the task held stays held.
 */
void __noreturn make_task_dead(int signr)
{
	static atomic_t oops_count = ATOMIC_INIT(0);
	struct task_struct *tsk = current;
	unsigned int limit;

	panic_if_it_may_not_end(tsk);
	if (unlikely(irqs_disabled())) {
		pr_info("%s[%d] ends with interrupts off\n", tsk->comm, task_pid_nr(tsk));
		local_irq_enable();
	}
	leave_atomic_context(tsk);
	limit = READ_ONCE(oops_limit);
	if (atomic_inc_return(&oops_count) >= limit && limit)
		panic("Oopsed too often (kernel.oops_limit is %u)", limit);
	if (unlikely(tsk->flags & PF_EXITING))
		abandon_task(tsk);
	do_exit(signr);
}

/**
 * do_group_exit - end the current process
 * @exit_code: as do_exit()'s
 *
 * The first to come decides the code and sends the other threads after us, by SIGKILL. Whom an exec
 * in another thread wants gone has nothing to say: the process lives on.
 *
 * Context: task context, no lock held.
 */
void __noreturn do_group_exit(int exit_code)
{
	spinlock_t *lock = &own_sighand()->siglock;
	struct signal_struct *sig = current->signal;

	spin_lock_irq(lock);
	if (sig->flags & SIGNAL_GROUP_EXIT) {
		exit_code = sig->group_exit_code;
	} else if (sig->group_exec_task) {
		exit_code = 0;
	} else {
		start_group_exit(sig, exit_code);
		zap_other_threads(current);
	}
	spin_unlock_irq(lock);
	do_exit(exit_code);
}

/* exit(2): this thread. */
SYSCALL_DEFINE1(exit, int, error_code)
{
	do_exit((error_code & 0xff) << 8);
}

/* exit_group(2): the process. */
SYSCALL_DEFINE1(exit_group, int, error_code)
{
	do_group_exit((error_code & 0xff) << 8);
}

/**
 * thread_group_exited - has a process ended, all of it?
 * @pid: its pid
 */
bool thread_group_exited(struct pid *pid)
{
	struct task_struct *task;
	bool exited;

	rcu_read_lock();
	task = pid_task(pid, PIDTYPE_PID);
	exited = !task || (READ_ONCE(task->exit_state) && thread_group_empty(task));
	rcu_read_unlock();
	return exited;
}
EXPORT_SYMBOL(thread_group_exited);

/**
 * do_no_restart_syscall - for a restart block that nobody has set
 * @param: ignored
 *
 * Return: -EINTR, as restart_syscall(2) then says.
 */
long do_no_restart_syscall(struct restart_block *param)
{
	(void)param;
	return -EINTR;
}
