// SPDX-License-Identifier: MIT
/*
 * Making tasks.
 *
 * kernel_clone() is the one way: copy_process() builds the new task, part by part, from the current
 * one, then it is woken. The table parts[] lists them in order, each with its undo. Nobody else can
 * see the task until the last one, publish_task(), which either refuses with nothing done or
 * succeeds.
 *
 * What a task has is a struct each: credentials, files, working directory, signals, memory. A
 * clone flag decides of each whether the child gets a copy or shares the parent's:
 *
 *	CLONE_FILES	descriptors		CLONE_SIGHAND	signal actions
 *	CLONE_FS	root, cwd, umask	CLONE_THREAD	signal_struct: pid, limits, ...
 *	CLONE_VM	memory
 *
 * A kernel thread shares what there is to share and has no memory.
 *
 * A signal that is sent to a process while it forks must reach the child as well, or neither: see
 * note_signals().
 *
 * Kernel stacks are vmalloc areas, so that a guard page lies below each. Making and freeing one
 * costs page-table work on every CPU; mm/thread_stack.c keeps some for reuse.
 */

#include "fork.h"

#include <linux/capability.h>
#include <linux/completion.h>
#include <linux/cpu.h>
#include <linux/cred.h>
#include <linux/fdtable.h>
#include <linux/file.h>
#include <linux/fs_struct.h>
#include <linux/futex.h>
#include <linux/init_task.h>
#include <linux/kasan.h>
#include <linux/kthread.h>
#include <linux/lockdep.h>
#include <linux/mm.h>
#include <linux/nsproxy.h>
#include <linux/percpu.h>
#include <linux/pid.h>
#include <linux/pid_namespace.h>
#include <linux/posix-timers.h>
#include <linux/ptrace.h>
#include <linux/random.h>
#include <linux/rculist.h>
#include <linux/rseq.h>
#include <linux/sched/mm.h>
#include <linux/sched/signal.h>
#include <linux/sched/stat.h>
#include <linux/sched/task.h>
#include <linux/sched/task_stack.h>
#include <linux/sched/user.h>
#include <linux/security.h>
#include <linux/sem.h>
#include <linux/signal.h>
#include <linux/slab.h>
#include <linux/stackprotector.h>
#include <linux/task_io_accounting_ops.h>
#include <linux/task_work.h>
#include <linux/timekeeping.h>
#include <linux/topology.h>
#include <linux/tty.h>
#include <linux/uaccess.h>
#include <linux/vmalloc.h>

rwlock_t tasklist_lock = __RW_LOCK_UNLOCKED(tasklist_lock);
EXPORT_SYMBOL(tasklist_lock);

int nr_threads;
unsigned long total_forks;
int max_threads;

struct kmem_cache *task_struct_cachep;

/* ---- birth ---- */

/* One birth under way; the mother is current. */
struct birth {
	const struct kernel_clone_args *args;
	struct task_struct *child;
	struct pid *pid;
	bool idle;			/* an idle thread: has a pid already, is in no list */
	bool traced;			/* by current's tracer, who asked for it */
	struct file *pidfile;		/* CLONE_PIDFD: not in the table yet, */
	int pidfd;			/* under this number */
	struct multiprocess_signals missed;	/* sent to the process meanwhile */
};

/**
 * arch_dup_task_struct - copy a task for fork(); a machine that has more there brings its own
 *
 * Return: 0 here; a machine's own may return -ENOMEM.
 */
int __weak arch_dup_task_struct(struct task_struct *dst, struct task_struct *src)
{
	*dst = *src;
	return 0;
}

static void take_stack(struct task_struct *tsk, struct vm_struct *area)
{
	tsk->stack = area->addr;
	tsk->stack_vm_area = area;
	refcount_set(&tsk->stack_refcount, 1);
	set_task_stack_end_magic(tsk);
	tsk->stack_canary = get_random_canary();
}

/* A copy of current with a stack of its own, and no flag up that was meant for current. */
static struct task_struct *copy_current(int node)
{
	struct task_struct *tsk = kmem_cache_alloc_node(task_struct_cachep, GFP_KERNEL, node);
	struct vm_struct *area;

	if (!tsk)
		return NULL;
	area = alloc_thread_stack_vm();
	if (!area)
		goto err_struct;
	/*
	 * Another CPU's balancer may be charging current for its run time. What it writes is copied
	 * as it comes: sched_fork() begins the child's afresh.
	 */
	if (data_race(arch_dup_task_struct(tsk, current)))
		goto err_stack;
	take_stack(tsk, area);
	setup_thread_stack(tsk, current);
	clear_tsk_need_resched(tsk);
	clear_tsk_thread_flag(tsk, TIF_SIGPENDING);
	clear_tsk_thread_flag(tsk, TIF_NOTIFY_SIGNAL);
	refcount_set(&tsk->usage, 1);
	refcount_set(&tsk->rcu_users, 2);	/* the scheduler and who reaps it */
	return tsk;

err_stack:
	free_thread_stack_vm(area);
err_struct:
	kmem_cache_free(task_struct_cachep, tsk);
	return NULL;
}

static void init_task_lists(struct task_struct *p)
{
	int type;

	INIT_LIST_HEAD(&p->tasks);
	INIT_LIST_HEAD(&p->children);
	INIT_LIST_HEAD(&p->sibling);
	INIT_LIST_HEAD(&p->ptraced);
	INIT_LIST_HEAD(&p->ptrace_entry);
	INIT_LIST_HEAD(&p->thread_node);
	INIT_LIST_HEAD(&p->rcu_node_entry);
	INIT_LIST_HEAD(&p->rcu_tasks_holdout_list);
	INIT_LIST_HEAD(&p->rcu_tasks_exit_list);
	INIT_LIST_HEAD(&p->trc_holdout_list);
	INIT_LIST_HEAD(&p->trc_blkd_node);
	for (type = 0; type < PIDTYPE_MAX; type++)
		INIT_HLIST_NODE(&p->pid_links[type]);
}

static void init_task_debug(struct task_struct *p)
{
	lockdep_init_task(p);
#ifdef CONFIG_TRACE_IRQFLAGS
	memset(&p->irqtrace, 0, sizeof(p->irqtrace));
	p->softirqs_enabled = 1;
	p->softirq_context = 0;
	p->hardirq_threaded = 0;
#endif
#ifdef CONFIG_DEBUG_ATOMIC_SLEEP
	p->non_block_count = 0;
	p->task_state_change = 0;
#endif
#ifdef CONFIG_UBSAN
	p->in_ubsan = 0;
#endif
#ifdef CONFIG_KASAN
	p->kasan_depth = 0;
#endif
#ifdef CONFIG_KCSAN
	kcsan_init_task(&p->kcsan_ctx);
#endif
#ifdef CONFIG_KUNIT
	p->kunit_test = NULL;
#endif
	p->blocked_on = NULL;
}

/* What must not be inherited from the parent's moment. */
static void init_task_state(struct task_struct *p)
{
	spin_lock_init(&p->alloc_lock);
	raw_spin_lock_init(&p->pi_lock);
	p->pi_waiters = RB_ROOT_CACHED;
	p->pi_top_task = NULL;
	p->pi_blocked_on = NULL;
	p->wake_q.next = NULL;
	p->task_works = NULL;
	p->vfork_done = NULL;
	p->set_child_tid = NULL;
	p->clear_child_tid = NULL;
	p->worker_private = NULL;
	p->journal_info = NULL;
	p->bio_list = NULL;
	p->plug = NULL;
	p->reclaim_state = NULL;
	p->io_context = NULL;
	p->capture_control = NULL;
	p->audit_context = NULL;
	p->user_cpus_ptr = NULL;
	p->pagefault_disabled = 0;
	p->rcu_read_lock_nesting = 0;
	p->rcu_read_unlock_special.s = 0;
	p->rcu_blocked_node = NULL;
	p->rcu_tasks_holdout = false;
	p->trc_reader_nesting = 0;
	p->trc_reader_special.s = 0;
	p->restart_block.fn = do_no_restart_syscall;
	init_sigpending(&p->pending);
	p->last_siginfo = NULL;
	p->ptrace_message = 0;
	p->robust_list = NULL;
	p->jobctl = 0;
	p->ptrace = 0;
	p->exit_code = 0;
	p->exit_state = 0;
	p->pdeath_signal = 0;
	p->in_execve = 0;
	p->in_iowait = 0;
	p->in_user_fault = 0;
	p->in_memstall = 0;
	p->in_page_owner = 0;
	p->in_thrashing = 0;
}

static void init_task_flags(struct task_struct *p, bool kthread)
{
	p->flags &= ~(PF_SUPERPRIV | PF_WQ_WORKER | PF_IDLE | PF_NO_SETAFFINITY | PF_EXITING |
		      PF_MEMALLOC | PF_MEMALLOC_NOFS | PF_MEMALLOC_NOIO | PF_NOFREEZE | PF_KTHREAD);
	p->flags |= PF_FORKNOEXEC;
	if (kthread)
		p->flags |= PF_KTHREAD;
}

static void start_accounting(struct task_struct *p)
{
	p->utime = 0;
	p->stime = 0;
	p->gtime = 0;
	p->nvcsw = 0;
	p->nivcsw = 0;
	p->min_flt = 0;
	p->maj_flt = 0;
	p->inblock = 0;
	p->oublock = 0;
	task_io_accounting_init(&p->ioac);
	p->last_switch_count = 0;
	p->last_switch_time = 0;
	p->start_time = ktime_get_ns();
	p->start_boottime = ktime_get_boottime_ns();
}

/* ---- checks ---- */

/* Flags that make no sense without, or together with, others. */
static const struct {
	u64 flag, needs, excludes;
} flag_rules[] = {
	/* Threads of a process share their signal actions, and those go with the memory. */
	{ CLONE_THREAD,		.needs = CLONE_SIGHAND,	.excludes = CLONE_NEWUSER | CLONE_NEWPID },
	{ CLONE_SIGHAND,	.needs = CLONE_VM },
	/* Root and working directory are places in a namespace, and its user's to choose. */
	{ CLONE_FS,		.excludes = CLONE_NEWNS | CLONE_NEWUSER },
	{ CLONE_PIDFD,		.excludes = CLONE_DETACHED },
};

/* All that can be known to be wrong before anything is made. */
static int check_clone_flags(u64 flags)
{
	int i;

	for (i = 0; i < ARRAY_SIZE(flag_rules); i++) {
		if (!(flags & flag_rules[i].flag))
			continue;
		if ((flags & flag_rules[i].needs) != flag_rules[i].needs ||
		    (flags & flag_rules[i].excludes))
			return -EINVAL;
	}
	/* Init's brother would be an orphan from the start: nobody waits for it. */
	if ((flags & CLONE_PARENT) && (current->signal->flags & SIGNAL_UNKILLABLE))
		return -EINVAL;
	return check_namespace_flags(flags);
}

/* With the new task counted: does its user have too many? */
static bool user_has_too_many(const struct cred *cred)
{
	return cred->user != INIT_USER &&
	       atomic_long_read(&cred->user->processes) >
	       (long)min(rlimit(RLIMIT_NPROC), LONG_MAX) &&
	       !capable(CAP_SYS_RESOURCE) && !capable(CAP_SYS_ADMIN);
}

/* ---- signals that come meanwhile ---- */

/*
 * From here on signals to the whole process, or a group that it is in, are also noted in
 * @missed: the child inherits them. What is pending already must be delivered first:
 * -ERESTARTNOINTR makes the call begin anew afterwards.
 */
static int note_signals(struct multiprocess_signals *missed, u64 flags)
{
	sigemptyset(&missed->signal);
	INIT_HLIST_NODE(&missed->node);
	spin_lock_irq(&own_sighand()->siglock);
	if (!(flags & CLONE_THREAD))
		hlist_add_head(&missed->node, &current->signal->multiprocess);
	recalc_sigpending();
	spin_unlock_irq(&own_sighand()->siglock);
	return task_sigpending(current) ? -ERESTARTNOINTR : 0;
}

static void stop_noting(struct multiprocess_signals *missed)
{
	spin_lock_irq(&own_sighand()->siglock);
	hlist_del_init(&missed->node);
	spin_unlock_irq(&own_sighand()->siglock);
}

/* ---- the last part ---- */

static void set_parent(struct task_struct *p, const struct kernel_clone_args *args)
{
	struct task_struct *parent = current;

	p->parent_exec_id = current->self_exec_id;
	if (args->kthread) {
		parent = kthreadd_task ? kthreadd_task : &init_task;
	} else if (args->flags & (CLONE_PARENT | CLONE_THREAD)) {
		parent = rcu_dereference_protected(current->real_parent,
						   lockdep_is_held(&tasklist_lock));
		p->parent_exec_id = current->parent_exec_id;
	}
	RCU_INIT_POINTER(p->real_parent, parent);
	RCU_INIT_POINTER(p->parent, parent);
}

/* The first thread of a process. */
static void publish_process(struct task_struct *p, const sigset_t *missed)
{
	struct task_struct *parent = rcu_dereference_protected(p->real_parent, true);

	init_task_pid(p, PIDTYPE_TGID, p->thread_pid);
	init_task_pid(p, PIDTYPE_PGID, task_pgrp(current));
	init_task_pid(p, PIDTYPE_SID, task_session(current));
	if (is_global_init(p)) {
		init_pid_ns.child_reaper = p;
		p->signal->flags |= SIGNAL_UNKILLABLE;
	}
	p->signal->shared_pending.signal = *missed;
	p->signal->tty = tty_kref_get(current->signal->tty);
	p->signal->has_child_subreaper = parent->signal->has_child_subreaper ||
					 parent->signal->is_child_subreaper;
	list_add_tail(&p->sibling, &parent->children);
	list_add_tail_rcu(&p->tasks, &init_task.tasks);
	attach_pid(p, PIDTYPE_TGID);
	attach_pid(p, PIDTYPE_PGID);
	attach_pid(p, PIDTYPE_SID);
}

/* One more thread of the current process. */
static void publish_thread(struct task_struct *p)
{
	current->signal->nr_threads++;
	current->signal->quick_threads++;
	atomic_inc(&current->signal->live);
	refcount_inc(&current->signal->sigcnt);
	task_join_group_stop(p);
	list_add_tail_rcu(&p->thread_node, &p->signal->thread_head);
}

/*
 * From here the task can be found. A fatal signal that came meanwhile kills the whole group: a
 * thread that it didn't see must not be born after it. Return: 0 or -EINTR.
 */
static int publish_task(struct birth *b)
{
	spinlock_t *siglock = &own_sighand()->siglock;
	struct task_struct *p = b->child;

	if (b->idle)
		return 0;
	write_lock_irq(&tasklist_lock);
	spin_lock(siglock);
	if (fatal_signal_pending(current)) {
		spin_unlock(siglock);
		write_unlock_irq(&tasklist_lock);
		return -EINTR;
	}
	set_parent(p, b->args);
	ptrace_init_task(p, b->traced || (b->args->flags & CLONE_PTRACE));
	init_task_pid(p, PIDTYPE_PID, p->thread_pid);
	if (thread_group_leader(p))
		publish_process(p, &b->missed.signal);
	else
		publish_thread(p);
	attach_pid(p, PIDTYPE_PID);
	nr_threads++;
	total_forks++;
	hlist_del_init(&b->missed.node);
	/* A stop to take part in, or a signal that came meanwhile: its first look is for that. */
	recalc_sigpending_and_wake(p);
	spin_unlock(siglock);
	write_unlock_irq(&tasklist_lock);
	return 0;
}

/* ---- the parts ---- */

static int make_creds(struct birth *b)
{
	return copy_creds(b->child, b->args->flags);
}

static void undo_creds(struct birth *b)
{
	uncount_process(b->child);
	exit_creds(b->child);
}

static int check_limits(struct birth *b)
{
	struct task_struct *p = b->child;

	if (b->idle)
		return 0;
	if (!(p->flags & PF_KTHREAD) &&
	    user_has_too_many(rcu_dereference_protected(p->real_cred, true)))
		return -EAGAIN;
	if (READ_ONCE(nr_threads) >= READ_ONCE(max_threads))
		return -EAGAIN;
	current->flags &= ~PF_NPROC_EXCEEDED;
	return 0;
}

/* It goes with the task_struct: free_task(). */
static int make_kthread(struct birth *b)
{
	return b->args->kthread && !set_kthread_struct(b->child) ? -ENOMEM : 0;
}

static int make_schedulable(struct birth *b)
{
	return sched_fork(b->args->flags, b->child);
}

static int make_security(struct birth *b)
{
	return security_task_alloc(b->child, b->args->flags);
}

static void undo_security(struct birth *b)
{
	security_task_free(b->child);
}

static int make_undos(struct birth *b)
{
	return copy_semundo(b->args->flags, b->child);
}

static void undo_undos(struct birth *b)
{
	exit_sem(b->child);
}

static int make_files(struct birth *b)
{
	return copy_files(b->args->flags, b->child, b->args->no_files);
}

static void undo_files(struct birth *b)
{
	exit_files(b->child);
}

static int make_fs(struct birth *b)
{
	return copy_fs(b->args->flags, b->child);
}

static void undo_fs(struct birth *b)
{
	exit_fs(b->child);
}

static int make_namespaces(struct birth *b)
{
	return copy_namespaces(b->args->flags, b->child);
}

static void undo_namespaces(struct birth *b)
{
	exit_task_namespaces(b->child);
}

static int make_sighand(struct birth *b)
{
	return copy_sighand(b->args->flags, b->child);
}

static void undo_sighand(struct birth *b)
{
	__cleanup_sighand(locked_sighand(b->child));
}

static int make_signal(struct birth *b)
{
	return copy_signal(b->args->flags, b->child);
}

/* Threads are counted in it when they are published. */
static void undo_signal(struct birth *b)
{
	if (!(b->args->flags & CLONE_THREAD))
		put_signal_struct(b->child->signal);
}

static int make_mm(struct birth *b)
{
	return copy_mm(b->args->flags, b->child);
}

static void undo_mm(struct birth *b)
{
	if (b->child->mm)
		mmput(b->child->mm);
}

/* Registers, and the frame on its stack with which it will begin. */
static int make_thread(struct birth *b)
{
	return copy_thread(b->child, b->args);
}

static void undo_thread(struct birth *b)
{
	exit_thread(b->child);
}

static int make_pid(struct birth *b)
{
	struct pid *pid;

	if (b->idle)
		return 0;
	pid = alloc_pid(&init_pid_ns, b->args->set_tid, b->args->set_tid_size);
	if (IS_ERR(pid))
		return PTR_ERR(pid);
	b->pid = pid;
	return 0;
}

static void undo_pid(struct birth *b)
{
	if (!b->idle)
		free_pid(b->pid);
}

static void undo_pidfd(struct birth *b)
{
	if (!b->pidfile)
		return;
	fput(b->pidfile);
	put_unused_fd(b->pidfd);
}

/* A descriptor for the child, told to the caller but not yet in the table. */
static int make_pidfd(struct birth *b)
{
	u64 flags = b->args->flags;

	if (!(flags & CLONE_PIDFD))
		return 0;
	b->pidfd = pidfd_prepare(b->pid, flags & CLONE_THREAD ? PIDFD_THREAD : 0, &b->pidfile);
	if (b->pidfd < 0)
		return b->pidfd;
	if (put_user(b->pidfd, b->args->pidfd)) {
		undo_pidfd(b);
		return -EFAULT;
	}
	return 0;
}

/* The ids, and who is told of the end. Threads tell nobody. */
static void set_identity(struct task_struct *p, struct pid *pid,
			 const struct kernel_clone_args *args)
{
	p->thread_pid = pid;
	p->pid = pid_nr(pid);
	if (args->flags & CLONE_THREAD) {
		p->group_leader = current->group_leader;
		p->tgid = current->tgid;
		p->exit_signal = -1;
		return;
	}
	p->group_leader = p;
	p->tgid = p->pid;
	p->exit_signal = args->flags & CLONE_PARENT ? current->group_leader->exit_signal :
						      args->exit_signal;
}

static void set_user_addresses(struct task_struct *p, const struct kernel_clone_args *args)
{
	p->set_child_tid = args->flags & CLONE_CHILD_SETTID ? args->child_tid : NULL;
	p->clear_child_tid = args->flags & CLONE_CHILD_CLEARTID ? args->child_tid : NULL;
	/* Two that run at once on the same memory can't both have one signal stack. */
	if ((args->flags & (CLONE_VM | CLONE_VFORK)) == CLONE_VM)
		sas_ss_reset(p);
}

static int make_identity(struct birth *b)
{
	struct task_struct *p = b->child;

	set_identity(p, b->pid, b->args);
	set_user_addresses(p, b->args);
	/* What the parent's tracer wants of the parent. */
	user_disable_single_step(p);
	clear_task_syscall_work(p, SYSCALL_TRACE);
	clear_task_syscall_work(p, SYSCALL_EMU);
	sched_post_fork(p);
	return 0;
}

/*
 * What a task is made of, in the order of making: each line may count on those above it. An errno
 * of one ends the birth, and the undos of those above are called from there upwards. Without an
 * undo it goes with the task_struct.
 */
static const struct part {
	int (*make)(struct birth *b);
	void (*undo)(struct birth *b);
} parts[] = {
	{ make_creds,		undo_creds },		/* counts it for its user */
	{ check_limits },
	{ make_kthread },
	{ make_schedulable },
	{ make_security,	undo_security },
	{ make_undos,		undo_undos },
	{ make_files,		undo_files },
	{ make_fs,		undo_fs },
	{ make_namespaces,	undo_namespaces },	/* moves the places of make_fs */
	{ make_sighand,		undo_sighand },
	{ make_signal,		undo_signal },
	{ make_mm,		undo_mm },		/* dear: after what fails more often */
	{ make_thread,		undo_thread },
	{ make_pid,		undo_pid },
	{ make_pidfd,		undo_pidfd },
	{ make_identity },
	{ publish_task },
};

static int make_parts(struct birth *b)
{
	int err, i;

	for (i = 0; i < ARRAY_SIZE(parts); i++) {
		err = parts[i].make(b);
		if (unlikely(err))
			goto undo;
	}
	return 0;

undo:
	while (--i >= 0)
		if (parts[i].undo)
			parts[i].undo(b);
	return err;
}

/*
 * Before any part: what the copy has of current by bare assignment is not its own, and must not be
 * found there by an undo.
 */
static void init_child(struct birth *b)
{
	struct task_struct *p = b->child;

	init_task_flags(p, b->args->kthread);
	init_task_lists(p);
	init_task_state(p);
	init_task_debug(p);
	futex_init_task(p);
	rseq_fork(p, b->args->flags);
	start_accounting(p);
	posix_cpu_timers_init_task(p);
	if (b->args->name)
		strscpy_pad(p->comm, b->args->name);
}

/**
 * copy_process - build a task, not yet running
 * @pid: &init_struct_pid for an idle thread, which is in no list; NULL makes a new one
 * @trace: the PTRACE_EVENT_* by which current's tracer wants to trace it as well, or 0
 * @node: where its memory had better be
 * @args: what is asked for
 *
 * Context: may sleep.
 * Return: the task in TASK_NEW; ERR_PTR: -EINVAL or -EPERM for bad flags, -EAGAIN if there are too
 * many tasks, -ENOMEM, -EFAULT, -EMFILE for the pidfd, -ERESTARTNOINTR or -EINTR for a signal.
 */
struct task_struct *copy_process(struct pid *pid, int trace, int node,
				 struct kernel_clone_args *args)
{
	struct birth b = { .args = args, .pid = pid, .idle = pid != NULL, .traced = trace != 0 };
	int err = check_clone_flags(args->flags);

	if (err)
		return ERR_PTR(err);
	err = note_signals(&b.missed, args->flags);
	if (err)
		goto out;
	err = -ENOMEM;
	b.child = copy_current(node);
	if (!b.child)
		goto out;
	init_child(&b);
	err = make_parts(&b);
	if (err) {
		put_task_stack(b.child);
		free_task(b.child);
		goto out;
	}
	if (b.pidfile)
		fd_install(b.pidfd, b.pidfile);
out:
	if (err || b.idle)
		stop_noting(&b.missed);
	return err ? ERR_PTR(err) : b.child;
}

/* ---- the ways to ask for one ---- */

/* Which kind of birth is it, if current's tracer wants to trace those too? */
static int wanted_by_tracer(const struct kernel_clone_args *args)
{
	int event;

	if (likely(!current->ptrace) || (args->flags & CLONE_UNTRACED))
		return 0;
	if (args->flags & CLONE_VFORK)
		event = PTRACE_EVENT_VFORK;
	else if (args->exit_signal != SIGCHLD)
		event = PTRACE_EVENT_CLONE;
	else
		event = PTRACE_EVENT_FORK;
	return ptrace_event_enabled(current, event) ? event : 0;
}

/**
 * kernel_clone - make a task and start it
 * @args: what is asked for
 *
 * With CLONE_VFORK the caller sleeps until the child has let go of the memory.
 *
 * Context: may sleep.
 * Return: its pid, or what copy_process() returned.
 */
pid_t kernel_clone(struct kernel_clone_args *args)
{
	struct completion vfork;
	struct task_struct *p;
	int trace;
	pid_t nr;

	/* clone() without a third argument hands the pidfd out by parent_tid: one or the other. */
	if ((args->flags & CLONE_PIDFD) && (args->flags & CLONE_PARENT_SETTID) &&
	    args->pidfd == args->parent_tid)
		return -EINVAL;
	trace = wanted_by_tracer(args);
	p = copy_process(NULL, trace, NUMA_NO_NODE, args);
	if (IS_ERR(p))
		return PTR_ERR(p);
	nr = p->pid;		/* before it runs: it may be gone soon after */
	if (args->flags & CLONE_PARENT_SETTID)
		put_user(nr, args->parent_tid);
	if (args->flags & CLONE_VFORK) {
		init_completion(&vfork);
		p->vfork_done = &vfork;
		get_task_struct(p);
	}
	wake_up_new_task(p);
	if (unlikely(trace))
		ptrace_event(trace, nr);
	if ((args->flags & CLONE_VFORK) && !wait_for_vfork_done(p, &vfork))
		ptrace_event(PTRACE_EVENT_VFORK_DONE, nr);
	return nr;
}

static pid_t start_thread_at(int (*fn)(void *), void *arg, const char *name, u32 flags,
			     bool kthread)
{
	struct kernel_clone_args args = {
		.flags = (flags & ~CSIGNAL) | CLONE_VM | CLONE_UNTRACED,
		.exit_signal = flags & CSIGNAL,
		.fn = fn,
		.fn_arg = arg,
		.name = name,
		.kthread = kthread,
	};

	return kernel_clone(&args);
}

/**
 * kernel_thread - start a kernel thread the raw way; see kthread_run() for the usual one
 * @fn: its function; what it returns is its exit code
 * @arg: for @fn
 * @name: its comm, or NULL to keep the parent's
 * @flags: CLONE_*; the low byte is the exit signal
 *
 * Return: its pid, or a negative errno.
 */
pid_t kernel_thread(int (*fn)(void *), void *arg, const char *name, unsigned long flags)
{
	return start_thread_at(fn, arg, name, lower_32_bits(flags), true);
}

/**
 * user_mode_thread - start a thread that is to become a user process by kernel_execve()
 * @fn: its function; returns 0 to go to user mode
 * @arg: for @fn
 * @flags: CLONE_*; the low byte is the exit signal
 *
 * Return: its pid, or a negative errno.
 */
pid_t user_mode_thread(int (*fn)(void *), void *arg, unsigned long flags)
{
	return start_thread_at(fn, arg, NULL, lower_32_bits(flags), false);
}

static int idle_dummy(void *dummy)
{
	(void)dummy;
	return 0;
}

/**
 * fork_idle - make the idle thread of a CPU that is to come up
 * @cpu: the CPU
 *
 * Return: the task, never woken: the CPU starts on it. Or ERR_PTR.
 */
struct task_struct *fork_idle(int cpu)
{
	struct kernel_clone_args args = {
		.flags = CLONE_VM,
		.fn = idle_dummy,
		.kthread = 1,
		.idle = 1,
	};
	struct task_struct *task = copy_process(&init_struct_pid, 0, cpu_to_node(cpu), &args);

	if (!IS_ERR(task))
		init_idle(task, cpu);
	return task;
}

/** nr_processes - how many threads there are; the limit is max_threads */
int nr_processes(void)
{
	return READ_ONCE(nr_threads);
}

/**
 * fork_init - caches and limits
 *
 * At most an eighth of memory may be kernel stacks; one user may have half of the tasks.
 */
void __init fork_init(void)
{
	unsigned long limit = totalram_pages() / (8 * THREAD_SIZE / PAGE_SIZE);

	task_struct_cachep = kmem_cache_create("task_struct", sizeof(struct task_struct),
					       max_t(size_t, L1_CACHE_BYTES,
						     __alignof__(struct task_struct)),
					       SLAB_PANIC | SLAB_ACCOUNT, NULL);
	max_threads = clamp_t(unsigned long, limit, 64, PID_MAX_DEFAULT);
	init_signals.rlim[RLIMIT_NPROC].rlim_cur = max_threads / 2;
	init_signals.rlim[RLIMIT_NPROC].rlim_max = max_threads / 2;
	init_signals.rlim[RLIMIT_SIGPENDING] = init_signals.rlim[RLIMIT_NPROC];
}
