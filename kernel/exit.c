// SPDX-License-Identifier: MIT
/*
 * The end of a task.
 *
 *	do_exit()	in the task: gives back what it holds, tells who waits
 *	release_task()	takes it out of the lists and frees its pid: the parent's wait4() does that
 *			(kernel/wait.c), or the task itself if nobody wants to know
 *	do_task_dead()	the last schedule(); finish_task_switch() of the next task on this CPU
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
#include <linux/mmap_lock.h>
#include <linux/mmu_context.h>
#include <linux/oom.h>
#include <linux/panic.h>
#include <linux/pid.h>
#include <linux/pid_namespace.h>
#include <linux/posix-timers.h>
#include <linux/proc_fs.h>
#include <linux/ptrace.h>
#include <linux/rculist.h>
#include <linux/sched.h>
#include <linux/sched/cputime.h>
#include <linux/sched/mm.h>
#include <linux/sched/signal.h>
#include <linux/sched/task.h>
#include <linux/signal.h>
#include <linux/syscalls.h>
#include <linux/task_work.h>
#include <linux/tty.h>

#include "fork.h"

/* Every oops leaks a little; after so many the machine is not to be trusted. */
static unsigned int oops_limit = 10000;

void __weak exit_thread(struct task_struct *tsk)
{
	(void)tsk;
}

/* ---- release ---- */

static void __unhash_process(struct task_struct *p, bool group_dead)
{
	nr_threads--;
	detach_pid(p, PIDTYPE_PID);
	if (group_dead) {
		detach_pid(p, PIDTYPE_TGID);
		detach_pid(p, PIDTYPE_PGID);
		detach_pid(p, PIDTYPE_SID);
		list_del_rcu(&p->tasks);
		list_del_init(&p->sibling);
	}
	list_del_rcu(&p->thread_node);
}

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
}

/* Out of its process. Others who find the task from now on see that it has no sighand. */
static void __exit_signal(struct task_struct *tsk)
{
	struct signal_struct *sig = tsk->signal;
	bool group_dead = thread_group_leader(tsk);
	struct tty_struct *tty = NULL;
	struct sighand_struct *sighand;

	sighand = rcu_dereference_protected(tsk->sighand, lockdep_is_held(&tasklist_lock));
	spin_lock(&sighand->siglock);
	posix_cpu_timers_exit(tsk);
	if (group_dead) {
		posix_cpu_timers_exit_group(tsk);
		tty = sig->tty;
		sig->tty = NULL;
	} else {
		/* exec in another thread waits for the number of threads to fall. */
		if (sig->notify_count > 0 && !--sig->notify_count)
			wake_up_process(sig->group_exec_task);
		if (tsk == sig->curr_target)
			sig->curr_target = next_thread(tsk);
	}

	write_seqlock(&sig->stats_lock);
	account_dead_thread(sig, tsk);
	sig->nr_threads--;
	__unhash_process(tsk, group_dead);
	write_sequnlock(&sig->stats_lock);

	flush_sigqueue(&tsk->pending);
	tsk->sighand = NULL;
	spin_unlock(&sighand->siglock);

	__cleanup_sighand(sighand);
	clear_tsk_thread_flag(tsk, TIF_SIGPENDING);
	if (group_dead) {
		flush_sigqueue(&sig->shared_pending);
		tty_kref_put(tty);
	}
}

/* The leader was kept for this, the last thread. Return: whether it is ours to release too. */
static bool zap_leader(struct task_struct *leader, struct task_struct *p)
{
	if (leader == p || !thread_group_empty(leader) || leader->exit_state != EXIT_ZOMBIE)
		return false;
	/* The process ends with the code that the group ended with, if there was one. */
	if (leader->signal->flags & SIGNAL_GROUP_EXIT)
		leader->exit_code = leader->signal->group_exit_code;
	if (!do_notify_parent(leader, leader->exit_signal))
		return false;
	leader->exit_state = EXIT_DEAD;
	return true;
}

/**
 * release_task - take a dead task out of all lists
 * @p: the task, in EXIT_DEAD; its release is ours
 *
 * Context: process context, interrupts on.
 */
void release_task(struct task_struct *p)
{
	struct task_struct *leader;
	struct pid *thread_pid;
	bool zap;

	do {
		uncount_process(p);
		write_lock_irq(&tasklist_lock);
		ptrace_release_task(p);
		thread_pid = get_pid(p->thread_pid);
		__exit_signal(p);
		leader = p->group_leader;
		zap = zap_leader(leader, p);
		write_unlock_irq(&tasklist_lock);

		proc_flush_pid(thread_pid);
		put_pid(thread_pid);
		put_task_struct_rcu_user(p);
		p = leader;
	} while (unlikely(zap));
}

/* ---- children of the dead ---- */

static struct task_struct *find_alive_thread(struct task_struct *p)
{
	struct task_struct *t;

	for_each_thread(p, t)
		if (!(t->flags & PF_EXITING))
			return t;
	return NULL;
}

/* Who is init; if that is who dies, another of its threads, while there is one. */
static struct task_struct *find_child_reaper(struct task_struct *father)
{
	struct task_struct *reaper = init_pid_ns.child_reaper;

	if (likely(reaper != father))
		return reaper;
	reaper = find_alive_thread(father);
	if (reaper)
		init_pid_ns.child_reaper = reaper;
	return reaper ? reaper : father;
}

static struct task_struct *parent_of(struct task_struct *p)
{
	return rcu_dereference_protected(p->real_parent, lockdep_is_held(&tasklist_lock));
}

/*
 * Who gets the children: another thread of their father's, or the nearest ancestor that asked for
 * orphans (PR_SET_CHILD_SUBREAPER), or init.
 */
static struct task_struct *find_new_reaper(struct task_struct *father,
					   struct task_struct *child_reaper)
{
	struct task_struct *thread = find_alive_thread(father), *reaper;

	if (thread)
		return thread;
	if (!father->signal->has_child_subreaper)
		return child_reaper;
	for (reaper = parent_of(father); !same_thread_group(reaper, child_reaper);
	     reaper = parent_of(reaper)) {
		if (reaper == &init_task)
			break;
		if (!reaper->signal->is_child_subreaper)
			continue;
		thread = find_alive_thread(reaper);
		if (thread)
			return thread;
	}
	return child_reaper;
}

/* A process with a new parent in another group: it tells that one of its end, or has done so. */
static void reparent_leader(struct task_struct *father, struct task_struct *p,
			    struct list_head *dead)
{
	if (unlikely(p->exit_state == EXIT_DEAD))
		return;
	p->exit_signal = SIGCHLD;
	/* A tracer that has yet to see the end is told first; it hands the rest on. */
	if (!p->ptrace && p->exit_state == EXIT_ZOMBIE && thread_group_empty(p) &&
	    do_notify_parent(p, p->exit_signal)) {
		p->exit_state = EXIT_DEAD;
		list_add(&p->ptrace_entry, dead);
	}
	kill_orphaned_pgrp(p, father);
}

/* Those that nobody will wait for are put on @dead, to be released without the lock. */
static void forget_original_parent(struct task_struct *father, struct list_head *dead)
{
	struct task_struct *reaper = find_child_reaper(father), *p, *t;

	lockdep_assert_held_write(&tasklist_lock);
	if (unlikely(!list_empty(&father->ptraced)))
		exit_ptrace(father, dead);
	if (list_empty(&father->children))
		return;
	reaper = find_new_reaper(father, reaper);
	list_for_each_entry(p, &father->children, sibling) {
		for_each_thread(p, t) {
			RCU_INIT_POINTER(t->real_parent, reaper);
			if (likely(!t->ptrace))
				RCU_INIT_POINTER(t->parent, reaper);
			if (t->pdeath_signal)
				group_send_sig_info(t->pdeath_signal, SEND_SIG_NOINFO, t,
						    PIDTYPE_TGID);
		}
		if (!same_thread_group(reaper, father))
			reparent_leader(father, p, dead);
	}
	list_splice_tail_init(&father->children, &reaper->children);
}

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

static void exit_notify(struct task_struct *tsk, bool group_dead)
{
	struct task_struct *p, *n;
	LIST_HEAD(dead);

	write_lock_irq(&tasklist_lock);
	forget_original_parent(tsk, &dead);
	if (group_dead && !(tsk->flags & PF_KTHREAD))
		kill_orphaned_pgrp(tsk->group_leader, NULL);

	tsk->exit_state = EXIT_ZOMBIE;
	/* Whoever polls this very thread; do_notify_parent() tells those of the process. */
	if (!thread_group_empty(tsk))
		do_notify_pidfd(tsk);
	if (nobody_waits(tsk)) {
		tsk->exit_state = EXIT_DEAD;
		list_add(&tsk->ptrace_entry, &dead);
	}
	/* An exec by a thread waits for the leader to become a zombie. */
	if (unlikely(tsk->signal->notify_count < 0))
		wake_up_process(tsk->signal->group_exec_task);
	write_unlock_irq(&tasklist_lock);

	list_for_each_entry_safe(p, n, &dead, ptrace_entry) {
		list_del_init(&p->ptrace_entry);
		release_task(p);
	}
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

static void check_exit_context(struct task_struct *tsk)
{
	WARN_ON(irqs_disabled());
	WARN_ON(tsk->plug);
	if (unlikely(in_atomic())) {
		pr_info("note: %s[%d] exited with preempt_count %d\n", tsk->comm,
			task_pid_nr(tsk), preempt_count());
		preempt_count_set(PREEMPT_ENABLED);
	}
	panic_if_it_may_not_end(tsk);
}

/* The last thread decides the process's code, unless exit_group() or a signal has. */
static void synchronize_group_exit(struct task_struct *tsk, long code)
{
	struct signal_struct *signal = tsk->signal;
	struct sighand_struct *sighand = locked_sighand(tsk);

	spin_lock_irq(&sighand->siglock);
	signal->quick_threads--;
	if (!signal->quick_threads && !(signal->flags & SIGNAL_GROUP_EXIT)) {
		signal->flags = SIGNAL_GROUP_EXIT;
		signal->group_exit_code = code;
		signal->group_stop_count = 0;
	}
	spin_unlock_irq(&sighand->siglock);
}

/*
 * Leave the address space. The page tables stay loaded, as a kernel thread's would be, until the
 * next switch.
 */
static void exit_mm(struct task_struct *tsk)
{
	struct mm_struct *mm = tsk->mm;

	if (tsk->flags & PF_KTHREAD) {
		/* It died with a borrowed one that it hasn't given back. */
		if (mm)
			kthread_unuse_mm(mm);
		return;
	}
	exit_mm_release(tsk, mm);
	if (!mm)
		return;
	/* Nobody who walks the address space under the lock is to see it lose its user. */
	mmap_read_lock(mm);
	mmgrab_lazy_tlb(mm);
	BUG_ON(mm != tsk->active_mm);
	task_lock(tsk);
	/* Partner: membarrier() looks at rq->curr->mm after its own barrier. */
	smp_mb__after_spinlock();
	local_irq_disable();
	tsk->mm = NULL;
	enter_lazy_tlb(mm, tsk);
	local_irq_enable();
	task_unlock(tsk);
	mmap_read_unlock(mm);
	mmput(mm);
}

/* What the last thread of a process does for all. */
static void exit_group_resources(struct task_struct *tsk, long code)
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
 * Context: task context, no lock held.
 */
void __noreturn do_exit(long code)
{
	struct task_struct *tsk = current;
	bool group_dead;

	check_exit_context(tsk);
	synchronize_group_exit(tsk, code);
	coredump_task_exit(tsk);
	ptrace_event(PTRACE_EVENT_EXIT, code);
	exit_signals(tsk);	/* sets PF_EXITING */

	group_dead = atomic_dec_and_test(&tsk->signal->live);
	if (group_dead)
		exit_group_resources(tsk, code);
	tsk->exit_code = code;

	exit_mm(tsk);
	exit_files(tsk);
	exit_fs(tsk);
	if (group_dead && !(tsk->flags & PF_KTHREAD))
		disassociate_ctty(1);
	exit_task_work(tsk);
	exit_thread(tsk);
	kthread_exited(tsk);
	debug_check_no_locks_held();
	exit_tasks_rcu_start();
	exit_notify(tsk, group_dead);
	exit_rcu();
	/* Tasks RCU waits for us until nobody can preempt us any more. */
	preempt_disable();
	exit_tasks_rcu_finish();
	do_task_dead();
}
EXPORT_SYMBOL(do_exit);

/**
 * make_task_dead - end the current task after an oops
 * @signr: exit code
 *
 * The context may be anything: what the task held stays held. If its own exit oopses too, it is
 * left sleeping for ever with its resources.
 */
void __noreturn make_task_dead(int signr)
{
	static atomic_t oops_count = ATOMIC_INIT(0);
	struct task_struct *tsk = current;

	panic_if_it_may_not_end(tsk);
	if (unlikely(irqs_disabled())) {
		pr_info("note: %s[%d] exited with irqs disabled\n", tsk->comm, task_pid_nr(tsk));
		local_irq_enable();
	}
	if (unlikely(in_atomic())) {
		pr_info("note: %s[%d] exited with preempt_count %d\n", tsk->comm,
			task_pid_nr(tsk), preempt_count());
		preempt_count_set(PREEMPT_ENABLED);
	}
	if (atomic_inc_return(&oops_count) >= READ_ONCE(oops_limit) && oops_limit)
		panic("Oopsed too often (kernel.oops_limit is %u)", oops_limit);

	if (unlikely(tsk->flags & PF_EXITING)) {
		pr_alert("Fixing recursive fault but reboot is needed!\n");
		futex_exit_recursive(tsk);
		tsk->exit_state = EXIT_DEAD;
		refcount_inc(&tsk->rcu_users);
		set_special_state(TASK_UNINTERRUPTIBLE);
		for (;;)
			schedule();
	}
	do_exit(signr);
}

/**
 * do_group_exit - end the current process
 * @exit_code: as do_exit()'s
 *
 * The first to come decides the code; SIGKILL sends the other threads after us.
 *
 * Context: task context, no lock held.
 */
void __noreturn do_group_exit(int exit_code)
{
	struct signal_struct *sig = current->signal;
	struct sighand_struct *sighand = own_sighand();

	if (sig->flags & SIGNAL_GROUP_EXIT) {
		exit_code = sig->group_exit_code;
	} else if (sig->group_exec_task) {
		exit_code = 0;	/* another thread execs: it wants us gone, nothing else */
	} else {
		spin_lock_irq(&sighand->siglock);
		if (sig->flags & SIGNAL_GROUP_EXIT) {
			exit_code = sig->group_exit_code;
		} else if (sig->group_exec_task) {
			exit_code = 0;
		} else {
			sig->group_exit_code = exit_code;
			sig->flags = SIGNAL_GROUP_EXIT;
			zap_other_threads(current);
		}
		spin_unlock_irq(&sighand->siglock);
	}
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

long do_no_restart_syscall(struct restart_block *param)
{
	(void)param;
	return -EINTR;
}
