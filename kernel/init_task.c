// SPDX-License-Identifier: MIT
/*
 * The first task: what the boot CPU runs as from its first C instruction, and its idle thread
 * later. It is laid out by the compiler, since there is nobody yet to allocate it; fork copies
 * what every other task begins with from here.
 */

#include <linux/cred.h>
#include <linux/init_task.h>
#include <linux/mm_types.h>
#include <linux/pid.h>
#include <linux/plist.h>
#include <linux/sched.h>
#include <linux/sched/task.h>

unsigned long init_stack[THREAD_SIZE / sizeof(unsigned long)] __aligned(THREAD_ALIGN)
	__section(".data..page_aligned") = {
	[0] = STACK_END_MAGIC,
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
	.tasks		= LIST_HEAD_INIT(init_task.tasks),
	.ptraced	= LIST_HEAD_INIT(init_task.ptraced),
	.ptrace_entry	= LIST_HEAD_INIT(init_task.ptrace_entry),
	.real_parent	= RCU_INITIALIZER(&init_task),
	.parent		= RCU_INITIALIZER(&init_task),
	.children	= LIST_HEAD_INIT(init_task.children),
	.sibling	= LIST_HEAD_INIT(init_task.sibling),
	.group_leader	= &init_task,
	.thread_node	= LIST_HEAD_INIT(init_task.thread_node),
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
