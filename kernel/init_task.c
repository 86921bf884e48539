// SPDX-License-Identifier: MIT
/*
 * The first task: what the boot CPU runs as from its first C instruction, and its idle thread
 * later. It is laid out by the compiler, since there is nobody yet to allocate it; fork copies
 * what every other task begins with from here.
 */

#include <linux/cred.h>
#include <linux/init_task.h>
#include <linux/mm_cid.h>
#include <linux/mm_types.h>
#include <linux/mutex.h>
#include <linux/pid.h>
#include <linux/plist.h>
#include <linux/fdtable.h>
#include <linux/fs_struct.h>
#include <linux/nsproxy.h>
#include <linux/sched.h>
#include <linux/sched/signal.h>
#include <linux/sched/task.h>

unsigned long init_stack[THREAD_SIZE / sizeof(unsigned long)] __aligned(THREAD_ALIGN)
	__section(".data..page_aligned") = {
	[0] = STACK_END_MAGIC,
};

/* What every process begins with; limits as Linux's. */
#define INIT_RLIMITS {								\
	[RLIMIT_CPU]		= { RLIM_INFINITY, RLIM_INFINITY },		\
	[RLIMIT_FSIZE]		= { RLIM_INFINITY, RLIM_INFINITY },		\
	[RLIMIT_DATA]		= { RLIM_INFINITY, RLIM_INFINITY },		\
	[RLIMIT_STACK]		= { 8 * 1024 * 1024, RLIM_INFINITY },		\
	[RLIMIT_CORE]		= { 0, RLIM_INFINITY },				\
	[RLIMIT_RSS]		= { RLIM_INFINITY, RLIM_INFINITY },		\
	[RLIMIT_NPROC]		= { 0, 0 },	/* fork_init() knows */		\
	[RLIMIT_NOFILE]		= { 1024, 4096 },				\
	[RLIMIT_MEMLOCK]	= { 8 * 1024 * 1024, 8 * 1024 * 1024 },		\
	[RLIMIT_AS]		= { RLIM_INFINITY, RLIM_INFINITY },		\
	[RLIMIT_LOCKS]		= { RLIM_INFINITY, RLIM_INFINITY },		\
	[RLIMIT_SIGPENDING]	= { 0, 0 },	/* likewise */			\
	[RLIMIT_MSGQUEUE]	= { 819200, 819200 },				\
	[RLIMIT_NICE]		= { 0, 0 },					\
	[RLIMIT_RTPRIO]		= { 0, 0 },					\
	[RLIMIT_RTTIME]		= { RLIM_INFINITY, RLIM_INFINITY },		\
}

struct signal_struct init_signals = {
	.sigcnt		= REFCOUNT_INIT(1),
	.live		= ATOMIC_INIT(1),
	.nr_threads	= 1,
	.thread_head	= LIST_HEAD_INIT(init_task.thread_node),
	.wait_chldexit	= __WAIT_QUEUE_HEAD_INITIALIZER(init_signals.wait_chldexit),
	.shared_pending	= {
		.list = LIST_HEAD_INIT(init_signals.shared_pending.list),
	},
	.multiprocess	= HLIST_HEAD_INIT,
	.rlim		= INIT_RLIMITS,
	.stats_lock	= __SEQLOCK_UNLOCKED(init_signals.stats_lock),
	.cred_guard_mutex = __MUTEX_INITIALIZER(init_signals.cred_guard_mutex),
	.exec_update_lock = __RWSEM_INITIALIZER(init_signals.exec_update_lock),
	.pids		= {
		[PIDTYPE_PID]	= &init_struct_pid,
		[PIDTYPE_TGID]	= &init_struct_pid,
		[PIDTYPE_PGID]	= &init_struct_pid,
		[PIDTYPE_SID]	= &init_struct_pid,
	},
};

/* All kernel threads have this one: no signal does anything to them. A process gets a fresh one. */
struct sighand_struct init_sighand = {
	.count		= REFCOUNT_INIT(1),
	.siglock	= __SPIN_LOCK_UNLOCKED(init_sighand.siglock),
	.signalfd_wqh	= __WAIT_QUEUE_HEAD_INITIALIZER(init_sighand.signalfd_wqh),
	.action		= { [0 ... _NSIG - 1] = { .sa = { .sa_handler = SIG_IGN } } },
};

struct task_struct init_task __aligned(L1_CACHE_BYTES) = {
	.thread_info	= INIT_THREAD_INFO(init_task),
	.stack		= init_stack,
	.stack_refcount	= REFCOUNT_INIT(1),
	.usage		= REFCOUNT_INIT(2),
	.rcu_users	= REFCOUNT_INIT(2),
	.__state	= TASK_RUNNING,
	.flags		= PF_KTHREAD,
	.on_cpu		= 1,
	.prio		= MAX_PRIO - 20,
	.static_prio	= MAX_PRIO - 20,
	.normal_prio	= MAX_PRIO - 20,
	.policy		= SCHED_NORMAL,
	.cpus_ptr	= &init_task.cpus_mask,
	.cpus_mask	= CPU_MASK_ALL,
	.nr_cpus_allowed = NR_CPUS,
	.active_mm	= &init_mm,
	.timer_slack_ns	= 50000,
	.default_timer_slack_ns = 50000,
	.restart_block	= {
		.fn = do_no_restart_syscall,
	},
	.se		= {
		.group_node = LIST_HEAD_INIT(init_task.se.group_node),
	},
	.rt		= {
		.run_list = LIST_HEAD_INIT(init_task.rt.run_list),
	},
	.pushable_tasks	= PLIST_NODE_INIT(init_task.pushable_tasks, MAX_PRIO),
	.mm_cid		= MM_CID_NONE,
	.tasks		= LIST_HEAD_INIT(init_task.tasks),
	.ptraced	= LIST_HEAD_INIT(init_task.ptraced),
	.ptrace_entry	= LIST_HEAD_INIT(init_task.ptrace_entry),
	.real_parent	= RCU_INITIALIZER(&init_task),
	.parent		= RCU_INITIALIZER(&init_task),
	.children	= LIST_HEAD_INIT(init_task.children),
	.sibling	= LIST_HEAD_INIT(init_task.sibling),
	.group_leader	= &init_task,
	.thread_node	= LIST_HEAD_INIT(init_signals.thread_head),
	.fs		= &init_fs,
	.nsproxy	= &init_nsproxy,
	.signal		= &init_signals,
	.sighand	= RCU_INITIALIZER(&init_sighand),
	.pending	= {
		.list = LIST_HEAD_INIT(init_task.pending.list),
	},
	.pi_state_list	= LIST_HEAD_INIT(init_task.pi_state_list),
	.futex_exit_mutex = __MUTEX_INITIALIZER(init_task.futex_exit_mutex),
	.real_cred	= RCU_INITIALIZER(&init_cred),
	.cred		= RCU_INITIALIZER(&init_cred),
	.comm		= INIT_TASK_COMM,
	.thread		= INIT_THREAD,
	.alloc_lock	= __SPIN_LOCK_UNLOCKED(init_task.alloc_lock),
	.pi_lock	= __RAW_SPIN_LOCK_UNLOCKED(init_task.pi_lock),
	.thread_pid	= &init_struct_pid,
	.rcu_node_entry	= LIST_HEAD_INIT(init_task.rcu_node_entry),
	.rcu_tasks_holdout_list = LIST_HEAD_INIT(init_task.rcu_tasks_holdout_list),
	.rcu_tasks_exit_list = LIST_HEAD_INIT(init_task.rcu_tasks_exit_list),
	.trc_holdout_list = LIST_HEAD_INIT(init_task.trc_holdout_list),
	.trc_blkd_node	= LIST_HEAD_INIT(init_task.trc_blkd_node),
};
EXPORT_SYMBOL(init_task);
