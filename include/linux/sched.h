/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_SCHED_H
#define _LINUX_SCHED_H

/*
 * struct task_struct, the states a task can be in, and the scheduler's public calls.
 *
 * Rules of use:
 *  - A pointer to a task stays good while you hold a reference (get_task_struct()), are that task,
 *    or are inside an RCU read-side section in which you found it.
 *  - A task changes its own state with set_current_state(), nobody else's. Others change it by
 *    waking it: wake_up_process(), wake_up_state().
 *  - The sleep pattern is always: set state, test the condition, schedule(). Setting first is
 *    what makes a wake-up between the test and schedule() harmless; see try_to_wake_up().
 *
 * Lock order, outermost first: task->pi_lock, then rq->__lock (both interrupts off); two rq locks
 * by rising CPU number.
 */

#include <uapi/linux/sched.h>

#include <asm/current.h>
#include <asm/processor.h>

#include <linux/thread_info.h>
#include <linux/preempt.h>
#include <linux/cpumask.h>
#include <linux/cache.h>
#include <linux/irqflags.h>
#include <linux/kernel.h>
#include <linux/list.h>
#include <linux/llist.h>
#include <linux/mutex_types.h>
#include <linux/nodemask.h>
#include <linux/pid_types.h>
#include <linux/plist.h>
#include <linux/posix-timers_types.h>
#include <linux/rbtree_types.h>
#include <linux/refcount.h>
#include <linux/restart_block.h>
#include <linux/sched/prio.h>
#include <linux/sched/types.h>
#include <linux/signal_types.h>
#include <linux/smp_types.h>
#include <linux/spinlock_types.h>
#include <linux/task_io_accounting.h>
#include <linux/types.h>
#ifdef CONFIG_LOCKDEP
#include <linux/lockdep.h>
#endif
#ifdef CONFIG_KCSAN
#include <linux/kcsan.h>
#endif

struct audit_context;
struct bio_list;
struct blk_plug;
struct capture_control;
struct completion;
struct cred;
struct files_struct;
struct sem_undo_list;
struct fs_struct;
struct futex_pi_state;
struct io_context;
struct kernel_clone_args;
struct kunit;
struct mm_struct;
struct mutex_waiter;
struct rt_mutex_waiter;
struct nsproxy;
struct pt_regs;
struct reclaim_state;
struct robust_list_head;
struct rseq;
struct rcu_node;
struct rq;
struct sched_class;
struct seq_file;
struct sighand_struct;
struct signal_struct;
struct task_struct;
struct vm_struct;

/* ---- task states ---- */

#define TASK_RUNNING		0x00000000
#define TASK_INTERRUPTIBLE	0x00000001
#define TASK_UNINTERRUPTIBLE	0x00000002
#define __TASK_STOPPED		0x00000004
#define __TASK_TRACED		0x00000008
/* task->exit_state only: */
#define EXIT_DEAD		0x00000010
#define EXIT_ZOMBIE		0x00000020
#define EXIT_TRACE		(EXIT_ZOMBIE | EXIT_DEAD)
/* task->__state again: */
#define TASK_PARKED		0x00000040
#define TASK_DEAD		0x00000080
#define TASK_WAKEKILL		0x00000100
#define TASK_WAKING		0x00000200
#define TASK_NOLOAD		0x00000400
#define TASK_NEW		0x00000800
#define TASK_RTLOCK_WAIT	0x00001000
#define TASK_FREEZABLE		0x00002000
#define TASK_FROZEN		0x00008000
#define TASK_STATE_MAX		0x00010000
#define TASK_ANY		(TASK_STATE_MAX - 1)

#define TASK_KILLABLE		(TASK_WAKEKILL | TASK_UNINTERRUPTIBLE)
#define TASK_STOPPED		(TASK_WAKEKILL | __TASK_STOPPED)
#define TASK_TRACED		__TASK_TRACED
#define TASK_IDLE		(TASK_UNINTERRUPTIBLE | TASK_NOLOAD)
#define TASK_NORMAL		(TASK_INTERRUPTIBLE | TASK_UNINTERRUPTIBLE)

/* What ps and /proc show. */
#define TASK_REPORT	(TASK_RUNNING | TASK_INTERRUPTIBLE | TASK_UNINTERRUPTIBLE | \
			 __TASK_STOPPED | __TASK_TRACED | EXIT_DEAD | EXIT_ZOMBIE | TASK_PARKED)

/** task_is_running - does a task run, or want to? */
#define task_is_running(task)		(READ_ONCE((task)->__state) == TASK_RUNNING)
/** task_is_traced - has a task stopped for its tracer? */
#define task_is_traced(task)		((READ_ONCE((task)->jobctl) & JOBCTL_TRACED) != 0)
/** task_is_stopped - has a task stopped for job control? */
#define task_is_stopped(task)		((READ_ONCE((task)->jobctl) & JOBCTL_STOPPED) != 0)
/** task_is_stopped_or_traced - has a task stopped for job control or for its tracer? */
#define task_is_stopped_or_traced(task)	\
	((READ_ONCE((task)->jobctl) & (JOBCTL_STOPPED | JOBCTL_TRACED)) != 0)

#ifdef CONFIG_DEBUG_ATOMIC_SLEEP
/* Remembers where the state was last set, for the report of a sleep in a wait_event condition. */
#define debug_normal_state_change(state_value)	(current->task_state_change = _THIS_IP_)
#else
#define debug_normal_state_change(state_value)	do { } while (0)
#endif

/**
 * __set_current_state - current's state without a barrier: for a task that knows that no wake-up
 * can be on its way
 */
#define __set_current_state(state_value) \
do { \
	debug_normal_state_change((state_value)); \
	WRITE_ONCE(current->__state, (state_value)); \
} while (0)

/**
 * set_current_state - the state that current is going to sleep in, before it tests its condition
 * @state_value: TASK_INTERRUPTIBLE, TASK_UNINTERRUPTIBLE, ...
 *
 * The store is ordered before the condition's loads that follow. Partner: the barrier after
 * p->pi_lock in try_to_wake_up(), which orders the waker's store of the condition before its load
 * of __state. One of the two sides must see the other.
 */
#define set_current_state(state_value) \
do { \
	debug_normal_state_change((state_value)); \
	smp_store_mb(current->__state, (state_value)); \
} while (0)

/**
 * set_special_state - for states that a plain wake-up must not overwrite (stopped, traced, dead)
 * @state_value: TASK_STOPPED, TASK_TRACED, TASK_DEAD, ...
 *
 * Context: takes pi_lock.
 */
#define set_special_state(state_value) \
do { \
	unsigned long __flags; \
	raw_spin_lock_irqsave(&current->pi_lock, __flags); \
	debug_normal_state_change((state_value)); \
	WRITE_ONCE(current->__state, (state_value)); \
	raw_spin_unlock_irqrestore(&current->pi_lock, __flags); \
} while (0)

/** get_current_state - current's state */
#define get_current_state()	READ_ONCE(current->__state)

#define TASK_COMM_LEN	16

/* ---- scheduling entities ---- */

struct load_weight {
	unsigned long weight;		/* 1024 at nice 0 */
	u64 inv_weight;			/* 2^32 / weight */
};

/* One task in the fair class. All of it is guarded by the lock of the task's run queue. */
struct sched_entity {
	struct load_weight load;
	struct rb_node run_node;	/* in cfs_rq->timeline, by deadline */
	u64 deadline;			/* virtual time at which the slice should be served */
	u64 min_vruntime;		/* smallest vruntime in the subtree below run_node */
	u64 slice;			/* ns of real time per request */
	u64 vruntime;			/* virtual time consumed, ns at nice 0 */
	s64 vlag;			/* off the queue: V - vruntime when it left, clamped */
	u64 exec_start;			/* rq clock when last charged */
	u64 sum_exec_runtime;		/* ns of CPU ever */
	u64 prev_sum_exec_runtime;	/* the same when it was last put on the CPU */
	struct list_head group_node;	/* in rq->cfs_tasks, for the load balancer */
	unsigned char on_rq;
	unsigned char rel_deadline;	/* deadline holds an offset while off the queue */
	unsigned char custom_slice;	/* set by sched_setattr(), not the default */
};

/* One task in the real-time class, same guard. */
struct sched_rt_entity {
	struct list_head run_list;	/* in rt_rq->queue[prio] */
	unsigned int time_slice;	/* ticks left, SCHED_RR only */
	unsigned short on_rq;
};

union rcu_special {
	struct {
		u8 blocked;
		u8 need_qs;
		u8 exp_hint;
		u8 need_mb;
	} b;
	u32 s;
};

struct wake_q_node {
	struct wake_q_node *next;
};

struct sched_info {
	unsigned long pcount;		/* times put on a CPU */
};

/*
 * The task. Guards:
 *   C  only the task itself writes; others may look (racy, for show)
 *   Q  the lock of the task's run queue, task_rq_lock()
 *   P  pi_lock
 *   PQ written under both, so holding either is enough to read
 *   L  tasklist_lock
 *   A  task_lock(), that is alloc_lock
 *   -  constant after fork
 */
struct task_struct {
	struct thread_info thread_info;		/* first: see linux/thread_info.h */
	unsigned int __state;			/* C sets; P for wakers, see try_to_wake_up() */

	void *stack;				/* - lowest address */
	refcount_t usage;			/* struct references */
	refcount_t rcu_users;			/* 2 while alive: being a task, being reapable */
	unsigned int flags;			/* C: PF_* */
	unsigned int ptrace;			/* L */

	/* Scheduling: what every switch and wake-up touches stands together. */
	int on_cpu;				/* 1 while some CPU is on its stack */
	int on_rq;				/* Q: 0, TASK_ON_RQ_QUEUED or _MIGRATING */
	struct __call_single_node wake_entry;
	int wake_cpu;				/* PQ: the CPU it last ran on, a placement hint */
	int recent_used_cpu;			/* Q */
	int prio;				/* PQ: 0..139, low is urgent */
	int static_prio;			/* PQ: 100..139, the nice level */
	int normal_prio;			/* PQ: prio without inheritance */
	unsigned int rt_priority;		/* PQ: 0, or 1..99 where high is urgent */
	const struct sched_class *sched_class;	/* PQ */
	struct sched_entity se;			/* Q */
	struct sched_rt_entity rt;		/* Q */
	unsigned int policy;			/* PQ */
	int nr_cpus_allowed;			/* PQ */
	const cpumask_t *cpus_ptr;		/* PQ: &cpus_mask, or one CPU while pinned */
	cpumask_t *user_cpus_ptr;		/* P: what sched_setaffinity() asked for */
	cpumask_t cpus_mask;			/* PQ */
	unsigned short migration_disabled;	/* C, under Q at 0 <-> 1 */
	unsigned char migration_pending;	/* Q: somebody waits for migrate_enable() */
	struct sched_info sched_info;		/* Q */
	struct plist_node pushable_tasks;	/* Q: real-time tasks that could move */
	int mm_cid;				/* C and Q: see linux/mm_cid.h */
	int mm_cid_told;			/* C: what its program knows of it, see rseq.c */

	struct list_head tasks;			/* L: all thread-group leaders */
	struct mm_struct *mm;			/* A */
	struct mm_struct *active_mm;		/* C: what the page-table register holds */

	int exit_state;				/* L */
	int exit_code;				/* C */
	int exit_signal;			/* L */
	int pdeath_signal;			/* C */
	unsigned long jobctl;			/* sighand->siglock */
	unsigned int personality;		/* C */

	unsigned sched_reset_on_fork:1;		/* PQ */
	unsigned sched_contributes_to_load:1;	/* Q */
	unsigned sched_migrated:1;		/* Q */
	unsigned :0;				/* a new word: the bits below are C, no lock */
	unsigned in_execve:1;
	unsigned in_iowait:1;
	unsigned in_user_fault:1;
	unsigned no_cgroup_migration:1;
	unsigned in_memstall:1;
	unsigned in_page_owner:1;
	unsigned reported_split_lock:1;
	unsigned in_thrashing:1;

	unsigned long atomic_flags;		/* PFA_*, atomic bits */
	struct restart_block restart_block;	/* C */

	pid_t pid;				/* - */
	pid_t tgid;				/* - */
	unsigned long stack_canary;		/* - the compiler reads it */

	struct task_struct __rcu *real_parent;	/* L */
	struct task_struct __rcu *parent;	/* L: who gets SIGCHLD */
	struct list_head children;		/* L */
	struct list_head sibling;		/* L */
	struct task_struct *group_leader;	/* L */
	struct list_head ptraced;		/* L */
	struct list_head ptrace_entry;		/* L */
	struct pid *thread_pid;			/* L */
	struct hlist_node pid_links[PIDTYPE_MAX]; /* L */
	struct list_head thread_node;		/* L: in signal->thread_head */

	struct completion *vfork_done;		/* A; for a kthread: its exited completion */
	int __user *set_child_tid;		/* C */
	int __user *clear_child_tid;		/* C */
	void *worker_private;			/* struct kthread when PF_KTHREAD */

	u64 utime;				/* C, in the tick: ns in user mode */
	u64 stime;				/* C, in the tick: ns in the kernel */
	u64 gtime;
	unsigned long nvcsw;			/* Q: switches because it slept */
	unsigned long nivcsw;			/* Q: switches because it was preempted */
	u64 start_time;				/* - monotonic ns */
	u64 start_boottime;			/* - boot-based ns */
	u64 timer_slack_ns;			/* C: sleeps may end so much late */
	u64 default_timer_slack_ns;		/* C */
	unsigned long min_flt;			/* C */
	unsigned long maj_flt;			/* C */
	unsigned long inblock;			/* C: blocks of 512 bytes read */
	unsigned long oublock;			/* C: and written */

	const struct cred __rcu *ptracer_cred;
	const struct cred __rcu *real_cred;	/* C writes, RCU readers */
	const struct cred __rcu *cred;		/* C writes, RCU readers */
	char comm[TASK_COMM_LEN];		/* A; NUL-terminated at every moment */

	struct fs_struct *fs;			/* A */
	struct files_struct *files;		/* A */
	struct sem_undo_list *sem_undo;		/* C: what it has to undo when it ends */
	struct nsproxy *nsproxy;		/* A */
	struct signal_struct *signal;		/* L */
	struct sighand_struct __rcu *sighand;	/* sighand->siglock and L */
	sigset_t blocked;			/* C writes under siglock */
	sigset_t real_blocked;			/* C under siglock: for sigtimedwait()'s caller */
	sigset_t saved_sigmask;			/* C: restored if TIF_RESTORE_SIGMASK is set */
	struct sigpending pending;		/* siglock: signals for this thread only */
	unsigned long sas_ss_sp;		/* C: sigaltstack() */
	size_t sas_ss_size;			/* C */
	unsigned int sas_ss_flags;		/* C */
	kernel_siginfo_t *last_siginfo;		/* siglock: for ptrace */
	unsigned long ptrace_message;		/* L */
	u64 parent_exec_id;			/* L: the parent's self_exec_id at birth */
	u64 self_exec_id;			/* A: counts exec: old children send SIGCHLD */
	struct posix_cputimers posix_cputimers;	/* siglock: timers on this thread's CPU time */
	struct posix_cputimers_work posix_cputimers_work;	/* C */

	/* Restartable sequences, kernel/rseq.c. */
	struct rseq __user *rseq;		/* C: given by rseq(2), or NULL */
	u32 rseq_len;				/* C */
	u32 rseq_sig;				/* C */
	unsigned long rseq_event_mask;		/* linux/rseq.h: RSEQ_EVENT_*, not acted upon yet */
#ifdef CONFIG_DEBUG_RSEQ
	u32 rseq_written[4];			/* C: what the kernel wrote last, see rseq.c */
#endif

	struct audit_context *audit_context;	/* C */
	struct callback_head *task_works;	/* lock-free, see kernel/task_work.c */

	/* Futexes, kernel/futex/. */
	struct robust_list_head __user *robust_list;	/* C: given by set_robust_list() */
	struct list_head pi_state_list;		/* P: PI futexes owned */
	struct futex_pi_state *pi_state_cache;	/* C */
	struct mutex futex_exit_mutex;		/* held while robust and PI futexes are let go */
	unsigned int futex_state;		/* P writes */

	spinlock_t alloc_lock;			/* task_lock() */
	raw_spinlock_t pi_lock;			/* P: wake-ups, priority changes */
	struct wake_q_node wake_q;		/* lock-free, see wake_q_add() */
	struct mutex_waiter *blocked_on;	/* C: the mutex it waits for (debug, hung tasks) */

	/* Priority inheritance: under the graph lock of kernel/locking/rtmutex.c. */
	struct rb_root_cached pi_waiters;	/* the top waiter of each rt_mutex it owns */
	struct task_struct *pi_top_task;	/* whose priority it has; also P and Q, to read */
	struct rt_mutex_waiter *pi_blocked_on;	/* its own wait, if any */
#ifdef CONFIG_DEBUG_ATOMIC_SLEEP
	int non_block_count;			/* C */
	unsigned long task_state_change;	/* C */
#endif

	/* Lock checking. All C. */
#ifdef CONFIG_TRACE_IRQFLAGS
	struct irqtrace_events irqtrace;
	unsigned int hardirq_threaded;
	u64 hardirq_chain_key;
	int softirqs_enabled;
	int softirq_context;
	int irq_config;
#endif
#ifdef CONFIG_LOCKDEP
	u64 curr_chain_key;
	int lockdep_depth;
	unsigned int lockdep_recursion;
	struct held_lock held_locks[MAX_LOCK_DEPTH];
#endif
#ifdef CONFIG_UBSAN
	unsigned int in_ubsan;
#endif
#ifdef CONFIG_KASAN
	unsigned int kasan_depth;		/* C: > 0 while reports are off */
#endif
#ifdef CONFIG_KCSAN
	struct kcsan_ctx kcsan_ctx;
#endif
#ifdef CONFIG_KUNIT
	struct kunit *kunit_test;		/* C: the case that runs in this task */
#endif

	/* What deeper layers hang on the task that called them. All C. */
	void *journal_info;
	struct bio_list *bio_list;
	struct blk_plug *plug;
	struct reclaim_state *reclaim_state;
	struct io_context *io_context;
	struct capture_control *capture_control;
	unsigned int pagefault_disabled;

	/* RCU read side. */
	int rcu_read_lock_nesting;		/* C */
	union rcu_special rcu_read_unlock_special;
	struct list_head rcu_node_entry;	/* in rcu_blocked_node->blkd_tasks */
	struct rcu_node *rcu_blocked_node;	/* the leaf it was preempted on, or NULL */

	/* Tasks RCU, see kernel/rcu/tasks.h. */
	unsigned long rcu_tasks_nvcsw;		/* nvcsw when the grace period saw the task */
	u8 rcu_tasks_holdout;			/* set by the grace period, cleared by either */
	struct list_head rcu_tasks_holdout_list;
	int rcu_tasks_exit_cpu;			/* on which CPU's list of exiting tasks */
	struct list_head rcu_tasks_exit_list;

	/* Tasks Trace RCU. */
	int trc_reader_nesting;			/* C */
	union rcu_special trc_reader_special;
	struct list_head trc_holdout_list;
	struct list_head trc_blkd_node;		/* switched out inside a reader */
	int trc_blkd_cpu;			/* ... and on which CPU's list */

	struct vm_struct *stack_vm_area;	/* - */
	refcount_t stack_refcount;		/* the stack outlives the task: its last switch */
	struct callback_head rcu;		/* the last put_task_struct() */

	/* The watchdog of hung tasks. */
	unsigned long last_switch_count;
	unsigned long last_switch_time;

	struct task_io_accounting ioac;		/* C: what it read and wrote */

	/* Last, since an arch may let its extended registers grow past the end. */
	struct thread_struct thread;
};

/* ---- task flags ---- */

#define PF_VCPU			0x00000001
#define PF_IDLE			0x00000002	/* an idle thread */
#define PF_EXITING		0x00000004
#define PF_POSTCOREDUMP		0x00000008
#define PF_IO_WORKER		0x00000010
#define PF_WQ_WORKER		0x00000020
#define PF_FORKNOEXEC		0x00000040
#define PF_MCE_PROCESS		0x00000080
#define PF_SUPERPRIV		0x00000100
#define PF_DUMPCORE		0x00000200
#define PF_SIGNALED		0x00000400
#define PF_MEMALLOC		0x00000800
#define PF_NPROC_EXCEEDED	0x00001000
#define PF_USED_MATH		0x00002000
#define PF_USER_WORKER		0x00004000
#define PF_NOFREEZE		0x00008000
#define PF_KCOMPACTD		0x00010000
#define PF_KSWAPD		0x00020000
#define PF_MEMALLOC_NOFS	0x00040000
#define PF_MEMALLOC_NOIO	0x00080000
#define PF_LOCAL_THROTTLE	0x00100000
#define PF_KTHREAD		0x00200000
#define PF_RANDOMIZE		0x00400000
#define PF_NO_SETAFFINITY	0x04000000
#define PF_MCE_EARLY		0x08000000
#define PF_MEMALLOC_PIN		0x10000000
#define PF_BLOCK_TS		0x20000000
#define PF_SUSPEND_TASK		0x80000000

#define tsk_used_math(p)	((p)->flags & PF_USED_MATH)
#define used_math()		tsk_used_math(current)

/* atomic_flags bits */
#define PFA_NO_NEW_PRIVS	0

/**
 * task_no_new_privs - may execve(2) give a task no rights that it hasn't? prctl(2),
 * PR_SET_NO_NEW_PRIVS
 */
static inline bool task_no_new_privs(struct task_struct *p)
{
	return test_bit(PFA_NO_NEW_PRIVS, &p->atomic_flags);
}

/** task_set_no_new_privs - from now on that is so; there is no way back */
static inline void task_set_no_new_privs(struct task_struct *p)
{
	set_bit(PFA_NO_NEW_PRIVS, &p->atomic_flags);
}

/* ---- basic accessors ---- */

/** task_thread_info - a task's flags for entry code */
#define task_thread_info(task)	(&(task)->thread_info)

/** task_pid_nr - a thread's number, gettid(2) */
static inline pid_t task_pid_nr(struct task_struct *tsk)
{
	return tsk->pid;
}

/** task_tgid_nr - a thread's process, getpid(2) */
static inline pid_t task_tgid_nr(struct task_struct *tsk)
{
	return tsk->tgid;
}

/**
 * is_global_init - is it the first process, the one that must not end? It has no parent's namespace
 * to go to
 */
static inline int is_global_init(struct task_struct *tsk)
{
	return tsk->tgid == 1;
}

/** is_idle_task - is it some CPU's idle task? */
static __always_inline bool is_idle_task(const struct task_struct *p)
{
	return p->flags & PF_IDLE;
}

/** is_percpu_thread - is current a kernel thread bound to one CPU? */
static inline bool is_percpu_thread(void)
{
	return (current->flags & PF_NO_SETAFFINITY) && current->nr_cpus_allowed == 1;
}

/** is_user_task - does a task run a program? */
static inline bool is_user_task(struct task_struct *task)
{
	return task->mm && !(task->flags & (PF_KTHREAD | PF_USER_WORKER));
}

/**
 * task_state_index - reduce a state to the index of its letter
 * @tsk: any task
 *
 * Return: 0 for running, otherwise 1 + the position of the highest TASK_REPORT bit.
 */
static inline unsigned int task_state_index(struct task_struct *tsk)
{
	unsigned int state = READ_ONCE(tsk->__state);

	if ((state & TASK_IDLE) == TASK_IDLE)
		return fls(TASK_REPORT) + 1;
	return fls((state | tsk->exit_state) & TASK_REPORT);
}

/** task_index_to_char - the letter of a state's number, as ps(1) shows it */
static inline char task_index_to_char(unsigned int state)
{
	static const char letters[] = "RSDTtXZPI";

	return letters[state < sizeof(letters) - 1 ? state : sizeof(letters) - 2];
}

/** task_state_to_char - the letter of a task's state, as ps(1) shows it; it may be old news */
static inline char task_state_to_char(struct task_struct *tsk)
{
	return task_index_to_char(task_state_index(tsk));
}

/**
 * task_cpu - the CPU that a task is on, or was last on
 * @p: the task
 *
 * The thread_info's cpu field is the truth; see the barrier in set_task_cpu(). Without a lock of
 * the scheduler's it may be old news.
 */
static inline unsigned int task_cpu(const struct task_struct *p)
{
	return READ_ONCE(task_thread_info(p)->cpu);
}

void set_task_cpu(struct task_struct *p, unsigned int cpu);

extern struct task_struct init_task;
extern struct mm_struct init_mm;

/* ---- sleeping and waking ---- */

#define MAX_SCHEDULE_TIMEOUT	LONG_MAX

long schedule_timeout(long timeout);
long schedule_timeout_interruptible(long timeout);
long schedule_timeout_killable(long timeout);
long schedule_timeout_uninterruptible(long timeout);
long schedule_timeout_idle(long timeout);
asmlinkage void schedule(void);
void schedule_preempt_disabled(void);
void schedule_idle(void);

int __must_check io_schedule_prepare(void);
void io_schedule_finish(int token);
long io_schedule_timeout(long timeout);
void io_schedule(void);

int wake_up_state(struct task_struct *tsk, unsigned int state);
int wake_up_process(struct task_struct *tsk);
void wake_up_new_task(struct task_struct *tsk);
void kick_process(struct task_struct *tsk);
unsigned long wait_task_inactive(struct task_struct *p, unsigned int match_state);

int __cond_resched_lock(spinlock_t *lock);

/**
 * cond_resched - a place where a long loop in the kernel lets others run
 *
 * The kernel is fully preemptible, so this only checks that sleeping would be allowed.
 * Context: may sleep.
 * Return: 0, for code that wants to know whether it lost the CPU: it cannot here.
 */
#define cond_resched()		({ __might_resched(__FILE__, __LINE__, 0); 0; })

/**
 * cond_resched_lock - let a waiting task run, without the lock
 *
 * Return: 1 if the lock was given back meanwhile.
 */
#define cond_resched_lock(lock)	__cond_resched_lock(lock)

#define MIGHT_RESCHED_RCU_SHIFT		8
#define MIGHT_RESCHED_PREEMPT_MASK	((1U << MIGHT_RESCHED_RCU_SHIFT) - 1)

/** need_resched - is somebody to run in current's place? */
static __always_inline bool need_resched(void)
{
	return unlikely(tif_need_resched());
}

/**
 * set_tsk_need_resched - a task is to be switched away from; its CPU has to be told too: see
 * resched_curr()
 */
static inline void set_tsk_need_resched(struct task_struct *tsk)
{
	set_ti_thread_flag(task_thread_info(tsk), TIF_NEED_RESCHED);
}

/** clear_tsk_need_resched - a task has been switched away from */
static inline void clear_tsk_need_resched(struct task_struct *tsk)
{
	clear_ti_thread_flag(task_thread_info(tsk), TIF_NEED_RESCHED);
}

/** test_tsk_need_resched - is a task to be switched away from? */
static inline int test_tsk_need_resched(struct task_struct *tsk)
{
	return unlikely(test_ti_thread_flag(task_thread_info(tsk), TIF_NEED_RESCHED));
}

/** set_tsk_thread_flag - set a task's TIF_*. Context: any, as all of these; atomic */
static inline void set_tsk_thread_flag(struct task_struct *tsk, int flag)
{
	set_ti_thread_flag(task_thread_info(tsk), flag);
}

/** clear_tsk_thread_flag - clear a task's TIF_* */
static inline void clear_tsk_thread_flag(struct task_struct *tsk, int flag)
{
	clear_ti_thread_flag(task_thread_info(tsk), flag);
}

/** update_tsk_thread_flag - set or clear a task's TIF_* */
static inline void update_tsk_thread_flag(struct task_struct *tsk, int flag, bool value)
{
	update_ti_thread_flag(task_thread_info(tsk), flag, value);
}

/** test_and_set_tsk_thread_flag - set a task's TIF_*. Return: what it was */
static inline int test_and_set_tsk_thread_flag(struct task_struct *tsk, int flag)
{
	return test_and_set_ti_thread_flag(task_thread_info(tsk), flag);
}

/** test_and_clear_tsk_thread_flag - clear a task's TIF_*. Return: what it was */
static inline int test_and_clear_tsk_thread_flag(struct task_struct *tsk, int flag)
{
	return test_and_clear_ti_thread_flag(task_thread_info(tsk), flag);
}

/** test_tsk_thread_flag - is a task's TIF_* set? */
static inline int test_tsk_thread_flag(struct task_struct *tsk, int flag)
{
	return test_ti_thread_flag(task_thread_info(tsk), flag);
}

/* ---- policy, priority, affinity ---- */

struct sched_param {
	int sched_priority;
};

struct sched_attr;

void yield(void);
void set_user_nice(struct task_struct *p, long nice);
int task_prio(const struct task_struct *p);
int can_nice(const struct task_struct *p, const int nice);
int task_curr(const struct task_struct *p);
int idle_cpu(int cpu);
int available_idle_cpu(int cpu);
struct task_struct *idle_task(int cpu);
struct task_struct *curr_task(int cpu);
int sched_setscheduler(struct task_struct *p, int policy, const struct sched_param *param);
int sched_setscheduler_nocheck(struct task_struct *p, int policy,
			       const struct sched_param *param);
void sched_set_fifo(struct task_struct *p);
void sched_set_fifo_low(struct task_struct *p);
void sched_set_normal(struct task_struct *p, int nice);
int sched_setattr(struct task_struct *p, const struct sched_attr *attr);
int sched_setattr_nocheck(struct task_struct *p, const struct sched_attr *attr);
long sched_setaffinity(pid_t pid, const struct cpumask *new_mask);
long sched_getaffinity(pid_t pid, struct cpumask *mask);

/** task_nice - a task's nice value, -20 to 19 */
static inline int task_nice(const struct task_struct *p)
{
	return PRIO_TO_NICE(p->static_prio);
}

void do_set_cpus_allowed(struct task_struct *p, const struct cpumask *new_mask);
int set_cpus_allowed_ptr(struct task_struct *p, const struct cpumask *new_mask);

void sched_show_task(struct task_struct *p);
bool cpus_share_cache(int this_cpu, int that_cpu);

/** task_is_pinned - is a task in migrate_disable()? */
static __always_inline bool task_is_pinned(const struct task_struct *p)
{
	return p->migration_disabled != 0;
}

/**
 * owner_on_cpu - does a lock's owner run? Those who spin ask; the task must not be freed meanwhile
 */
static inline bool owner_on_cpu(struct task_struct *owner)
{
	return READ_ONCE(owner->on_cpu);
}

/** vcpu_is_preempted - doesn't a virtual CPU run at this moment? We can't tell: false */
static inline bool vcpu_is_preempted(int cpu)
{
	(void)cpu;
	return false;
}

/* ---- names, finding, showing ---- */

void __set_task_comm(struct task_struct *tsk, const char *from, bool exec);

/** set_task_comm - a task's name, cut off at TASK_COMM_LEN - 1 */
#define set_task_comm(tsk, from)	__set_task_comm(tsk, from, false)
/** get_task_comm - copy a task's name into an array of TASK_COMM_LEN; torn perhaps, but it ends */
#define get_task_comm(buf, tsk)	({ \
	BUILD_BUG_ON(sizeof(buf) < TASK_COMM_LEN); \
	strscpy_pad(buf, (tsk)->comm); \
	buf; \
})

struct task_struct *find_task_by_vpid(pid_t nr);
struct task_struct *find_get_task_by_vpid(pid_t nr);

unsigned long long task_sched_runtime(struct task_struct *task);
void scheduler_ipi(void);
/* From the tick, hard irq context. */
void sched_tick(void);

/* Run-queue membership as others see it. */
#define TASK_ON_RQ_QUEUED	1
#define TASK_ON_RQ_MIGRATING	2

#endif /* _LINUX_SCHED_H */
