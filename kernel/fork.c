// SPDX-License-Identifier: MIT
/*
 * Making tasks.
 *
 * kernel_clone() is the one way: copy_process() builds the new task step by step from the current
 * one, then it is woken. Each step of copy_process() has its undo in the ladder at its end; nobody
 * else can see the task until the last step links it into the task list, which can't fail.
 *
 * Kernel threads share everything that there is to share: they have no memory, files or signals of
 * their own. The steps that copy those for a user process (copy_mm, copy_files, copy_signal, ...)
 * take their places between copy_accounting() and copy_thread() when there are such processes.
 *
 * Kernel stacks are vmalloc areas, so that a guard page lies below each. Making and freeing one
 * costs page-table work on every CPU; mm/thread_stack.c keeps some for reuse.
 */

#include <linux/cpu.h>
#include <linux/cred.h>
#include <linux/init_task.h>
#include <linux/kasan.h>
#include <linux/kthread.h>
#include <linux/lockdep.h>
#include <linux/mm.h>
#include <linux/percpu.h>
#include <linux/pid.h>
#include <linux/random.h>
#include <linux/rculist.h>
#include <linux/sched/mm.h>
#include <linux/sched/signal.h>
#include <linux/sched/stat.h>
#include <linux/sched/task.h>
#include <linux/sched/task_stack.h>
#include <linux/slab.h>
#include <linux/stackprotector.h>
#include <linux/task_work.h>
#include <linux/timekeeping.h>
#include <linux/topology.h>
#include <linux/vmalloc.h>

rwlock_t tasklist_lock = __RW_LOCK_UNLOCKED(tasklist_lock);
EXPORT_SYMBOL(tasklist_lock);

int nr_threads;
unsigned long total_forks;
static int max_threads;

static struct kmem_cache *task_struct_cachep;

/* ---- kernel stacks ---- */

static int alloc_thread_stack(struct task_struct *tsk, int node)
{
	struct vm_struct *area = alloc_thread_stack_vm();

	if (!area)
		return -ENOMEM;
	tsk->stack = area->addr;
	tsk->stack_vm_area = area;
	refcount_set(&tsk->stack_refcount, 1);
	return 0;
}

static void free_thread_stack(struct task_struct *tsk)
{
	free_thread_stack_vm(tsk->stack_vm_area);
	tsk->stack = NULL;
	tsk->stack_vm_area = NULL;
}

/**
 * try_get_task_stack - keep the stack of a task that may be exiting
 * @tsk: the task, referenced
 *
 * Return: the stack, for put_task_stack(), or NULL if it is gone.
 */
void *try_get_task_stack(struct task_struct *tsk)
{
	return refcount_inc_not_zero(&tsk->stack_refcount) ? task_stack_page(tsk) : NULL;
}

void put_task_stack(struct task_struct *tsk)
{
	if (refcount_dec_and_test(&tsk->stack_refcount))
		free_thread_stack(tsk);
}

void set_task_stack_end_magic(struct task_struct *tsk)
{
	*end_of_stack(tsk) = STACK_END_MAGIC;
}

/* ---- the end of a task_struct ---- */

void __weak arch_release_task_struct(struct task_struct *tsk)
{
	(void)tsk;
}

/**
 * free_task - free the struct of a task that nobody can reach
 * @tsk: the task, its stack already given back
 */
void free_task(struct task_struct *tsk)
{
	WARN_ON_ONCE(refcount_read(&tsk->stack_refcount) != 0);
	if (tsk->flags & PF_KTHREAD)
		free_kthread_struct(tsk);
	arch_release_task_struct(tsk);
	kmem_cache_free(task_struct_cachep, tsk);
}
EXPORT_SYMBOL(free_task);

void __put_task_struct_rcu_cb(struct rcu_head *rhp)
{
	free_task(container_of(rhp, struct task_struct, rcu));
}

/* The last reference may go in any context, so freeing is left to an RCU callback. */
void __put_task_struct(struct task_struct *tsk)
{
	WARN_ON(!tsk->exit_state);
	WARN_ON(refcount_read(&tsk->usage));
	WARN_ON(tsk == current);
	exit_creds(tsk);
	call_rcu(&tsk->rcu, __put_task_struct_rcu_cb);
}
EXPORT_SYMBOL(__put_task_struct);

static void delayed_put_task_struct(struct rcu_head *rhp)
{
	put_task_struct(container_of(rhp, struct task_struct, rcu));
}

/*
 * Of the two users of the living task, the scheduler and whoever reaps it, one is done. After the
 * second, RCU readers that found the task in a list or in rq->curr may still look at it.
 */
void put_task_struct_rcu_user(struct task_struct *task)
{
	if (refcount_dec_and_test(&task->rcu_users))
		call_rcu(&task->rcu, delayed_put_task_struct);
}

/* ---- birth ---- */

int __weak arch_dup_task_struct(struct task_struct *dst, struct task_struct *src)
{
	*dst = *src;
	return 0;
}

/* A copy of @orig with a stack of its own, and nothing in it that belongs to @orig alone. */
static struct task_struct *dup_task_struct(struct task_struct *orig, int node)
{
	struct task_struct *tsk;
	void *stack;
	int err;

	tsk = kmem_cache_alloc_node(task_struct_cachep, GFP_KERNEL, node);
	if (!tsk)
		return NULL;
	err = arch_dup_task_struct(tsk, orig);
	if (err)
		goto free_tsk;
	err = alloc_thread_stack(tsk, node);
	if (err)
		goto free_tsk;

	stack = tsk->stack;
	setup_thread_stack(tsk, orig);
	clear_tsk_need_resched(tsk);
	clear_tsk_thread_flag(tsk, TIF_SIGPENDING);
	clear_tsk_thread_flag(tsk, TIF_NOTIFY_SIGNAL);
	set_task_stack_end_magic(tsk);
	tsk->stack_canary = get_random_canary();
	tsk->stack = stack;
	refcount_set(&tsk->rcu_users, 2);
	refcount_set(&tsk->usage, 1);
	return tsk;

free_tsk:
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

static void init_task_flags(struct task_struct *p, const struct kernel_clone_args *args)
{
	p->flags &= ~(PF_SUPERPRIV | PF_WQ_WORKER | PF_IDLE | PF_NO_SETAFFINITY | PF_EXITING |
		      PF_MEMALLOC | PF_MEMALLOC_NOFS | PF_MEMALLOC_NOIO | PF_NOFREEZE | PF_KTHREAD);
	p->flags |= PF_FORKNOEXEC;
	if (args->kthread)
		p->flags |= PF_KTHREAD;
}

static void copy_accounting(struct task_struct *p)
{
	p->utime = 0;
	p->stime = 0;
	p->gtime = 0;
	p->nvcsw = 0;
	p->nivcsw = 0;
	p->min_flt = 0;
	p->maj_flt = 0;
	p->last_switch_count = 0;
	p->last_switch_time = 0;
	p->start_time = ktime_get_ns();
	p->start_boottime = ktime_get_boottime_ns();
}

/* Which clone() flags make sense together; all of them are checked before anything is made. */
static int check_clone_flags(const struct kernel_clone_args *args)
{
	u64 flags = args->flags;

	if (!args->kthread)
		return -EOPNOTSUPP;	/* user processes come with user memory */
	if ((flags & CLONE_THREAD) && !(flags & CLONE_SIGHAND))
		return -EINVAL;
	if ((flags & CLONE_SIGHAND) && !(flags & CLONE_VM))
		return -EINVAL;
	if (flags & (CLONE_NEWNS | CLONE_NEWCGROUP | CLONE_NEWUTS | CLONE_NEWIPC | CLONE_NEWUSER |
		     CLONE_NEWPID | CLONE_NEWNET))
		return -EINVAL;
	return 0;
}

/* The last step: from here the task can be found. */
static void publish_task(struct task_struct *p)
{
	struct task_struct *parent = kthreadd_task ? kthreadd_task : &init_task;

	write_lock_irq(&tasklist_lock);
	RCU_INIT_POINTER(p->real_parent, parent);
	RCU_INIT_POINTER(p->parent, parent);
	list_add_tail(&p->sibling, &parent->children);
	list_add_tail_rcu(&p->tasks, &init_task.tasks);
	attach_pid(p, PIDTYPE_PID);
	nr_threads++;
	total_forks++;
	write_unlock_irq(&tasklist_lock);
}

/**
 * copy_process - build a task, not yet running
 * @pid: &init_struct_pid for an idle thread, which is in no list; NULL makes a new one
 * @trace: for ptrace, unused by kernel threads
 * @node: where its memory had better be
 * @args: what is asked for
 *
 * Context: may sleep.
 * Return: the task in TASK_NEW; ERR_PTR: -EINVAL for bad flags, -EAGAIN if there are too many tasks,
 * -ENOMEM.
 */
struct task_struct *copy_process(struct pid *pid, int trace, int node,
				 struct kernel_clone_args *args)
{
	struct task_struct *p;
	int err;

	(void)trace;
	err = check_clone_flags(args);
	if (err)
		return ERR_PTR(err);
	if (!pid && READ_ONCE(nr_threads) >= max_threads)
		return ERR_PTR(-EAGAIN);

	err = -ENOMEM;
	p = dup_task_struct(current, node);
	if (!p)
		return ERR_PTR(err);
	err = copy_creds(p, args->flags);
	if (err)
		goto bad_put_stack;
	init_task_flags(p, args);
	init_task_lists(p);
	init_task_state(p);
	init_task_debug(p);
	copy_accounting(p);
	p->mm = NULL;
	p->active_mm = NULL;
	p->exit_signal = args->exit_signal;
	p->group_leader = p;
	if (args->name)
		strscpy_pad(p->comm, args->name);

	err = -ENOMEM;
	if (args->kthread && !set_kthread_struct(p))
		goto bad_put_creds;
	err = sched_fork(args->flags, p);
	if (err)
		goto bad_put_creds;
	err = copy_thread(p, args);
	if (err)
		goto bad_put_creds;
	if (!pid) {
		pid = alloc_pid();
		if (IS_ERR(pid)) {
			err = PTR_ERR(pid);
			goto bad_exit_thread;
		}
	}

	p->thread_pid = pid;
	p->pid = p->tgid = pid_nr(pid);
	sched_post_fork(p);
	if (pid != &init_struct_pid)
		publish_task(p);
	return p;

bad_exit_thread:
	exit_thread(p);
bad_put_creds:
	uncount_process(p);
	exit_creds(p);
bad_put_stack:
	put_task_stack(p);
	free_task(p);
	return ERR_PTR(err);
}

/**
 * kernel_clone - make a task and start it
 * @args: what is asked for
 *
 * Context: may sleep.
 * Return: its pid, or what copy_process() returned.
 */
pid_t kernel_clone(struct kernel_clone_args *args)
{
	struct task_struct *p = copy_process(NULL, 0, NUMA_NO_NODE, args);
	pid_t nr;

	if (IS_ERR(p))
		return PTR_ERR(p);
	nr = p->pid;		/* before it runs: it may be gone soon after */
	wake_up_new_task(p);
	return nr;
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
	struct kernel_clone_args args = {
		.flags = ((lower_32_bits(flags) | CLONE_VM | CLONE_UNTRACED) & ~CSIGNAL),
		.exit_signal = lower_32_bits(flags) & CSIGNAL,
		.fn = fn,
		.fn_arg = arg,
		.name = name,
		.kthread = 1,
	};

	return kernel_clone(&args);
}

/* A thread that will become a user process needs what check_clone_flags() says is missing. */
pid_t user_mode_thread(int (*fn)(void *), void *arg, unsigned long flags)
{
	struct kernel_clone_args args = {
		.flags = ((lower_32_bits(flags) | CLONE_VM | CLONE_UNTRACED) & ~CSIGNAL),
		.exit_signal = lower_32_bits(flags) & CSIGNAL,
		.fn = fn,
		.fn_arg = arg,
	};

	return kernel_clone(&args);
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

int nr_processes(void)
{
	return READ_ONCE(nr_threads);
}

/**
 * fork_init - caches and limits
 *
 * At most an eighth of memory may be kernel stacks.
 */
void __init fork_init(void)
{
	unsigned long limit = totalram_pages() / (8 * THREAD_SIZE / PAGE_SIZE);

	task_struct_cachep = kmem_cache_create("task_struct", sizeof(struct task_struct),
					       max_t(size_t, L1_CACHE_BYTES,
						     __alignof__(struct task_struct)),
					       SLAB_PANIC | SLAB_ACCOUNT, NULL);
	max_threads = clamp_t(unsigned long, limit, 64, PID_MAX_DEFAULT);
}
