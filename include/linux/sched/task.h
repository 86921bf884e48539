/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_SCHED_TASK_H
#define _LINUX_SCHED_TASK_H

/*
 * Life of a task: birth by kernel_clone(), references, death by do_exit().
 *
 * tasklist_lock guards the list of all tasks and the family links. Readers that only walk the
 * list may use RCU instead. It nests inside nothing and outside sighand->siglock and pi_lock;
 * writers hold it with interrupts off.
 */

#include <linux/rcupdate.h>
#include <linux/refcount.h>
#include <linux/rwlock_types.h>
#include <linux/sched.h>
#include <linux/spinlock.h>

struct css_set;
struct file;
struct rusage;

/* Everything clone() can be asked for. Kernel threads use the last group. */
struct kernel_clone_args {
	u64 flags;
	int __user *pidfd;
	int __user *child_tid;
	int __user *parent_tid;
	const char *name;
	int exit_signal;
	u32 kthread:1;
	u32 io_thread:1;
	u32 user_worker:1;
	u32 no_files:1;
	unsigned long stack;
	unsigned long stack_size;
	unsigned long tls;
	pid_t *set_tid;
	size_t set_tid_size;
	int cgroup;
	int idle;
	int (*fn)(void *arg);
	void *fn_arg;
};

extern rwlock_t tasklist_lock;
extern spinlock_t mmlist_lock;
extern int nr_threads;		/* guarded by tasklist_lock */
extern unsigned long total_forks;	/* the same */

struct completion;
struct multiprocess_signals;

void sched_init(void);
void sched_init_smp(void);
int sched_fork(u64 clone_flags, struct task_struct *p);
void sched_post_fork(struct task_struct *p);
void sched_dead(struct task_struct *p);
void init_idle(struct task_struct *idle, int cpu);

asmlinkage void schedule_tail(struct task_struct *prev);
void __noreturn do_task_dead(void);
void __noreturn make_task_dead(int signr);
void __noreturn do_exit(long code);
void __noreturn do_group_exit(int code);
void release_task(struct task_struct *p);

void fork_init(void);

struct task_struct *copy_process(struct pid *pid, int trace, int node,
				 struct kernel_clone_args *args);
struct task_struct *fork_idle(int cpu);
pid_t kernel_clone(struct kernel_clone_args *args);
pid_t ksys_clone(unsigned long clone_flags, unsigned long newsp, int __user *parent_tid,
		 int __user *child_tid, unsigned long tls);
pid_t kernel_thread(int (*fn)(void *), void *arg, const char *name, unsigned long flags);
pid_t user_mode_thread(int (*fn)(void *), void *arg, unsigned long flags);

/* Implemented by the arch. */
int copy_thread(struct task_struct *p, const struct kernel_clone_args *args);
int arch_dup_task_struct(struct task_struct *dst, struct task_struct *src);
void arch_release_task_struct(struct task_struct *tsk);
void exit_thread(struct task_struct *tsk);
void flush_thread(void);

void free_task(struct task_struct *tsk);
void __put_task_struct(struct task_struct *t);
void __put_task_struct_rcu_cb(struct rcu_head *rhp);

/**
 * get_task_struct - take a reference
 * @t: a task that you may look at already
 *
 * Return: @t.
 */
static inline struct task_struct *get_task_struct(struct task_struct *t)
{
	refcount_inc(&t->usage);
	return t;
}

/** tryget_task_struct - a reference to a task found under RCU; NULL if its last one has gone */
static inline struct task_struct *tryget_task_struct(struct task_struct *t)
{
	return refcount_inc_not_zero(&t->usage) ? t : NULL;
}

/**
 * put_task_struct - drop a reference; the last one frees the task
 * @t: the task
 *
 * Context: any. Freeing happens after an RCU grace period, in a context that may take locks.
 */
static inline void put_task_struct(struct task_struct *t)
{
	if (refcount_dec_and_test(&t->usage))
		__put_task_struct(t);
}

/** put_task_struct_many - @nr references less */
static inline void put_task_struct_many(struct task_struct *t, int nr)
{
	if (refcount_sub_and_test(nr, &t->usage))
		__put_task_struct(t);
}

void put_task_struct_rcu_user(struct task_struct *task);

DEFINE_FREE(put_task, struct task_struct *, if (_T) put_task_struct(_T))

static inline void task_lock(struct task_struct *p)
{
	spin_lock(&p->alloc_lock);
}

/** task_unlock - end task_lock() */
static inline void task_unlock(struct task_struct *p)
{
	spin_unlock(&p->alloc_lock);
}

DEFINE_LOCK_GUARD_1(task_lock, struct task_struct, task_lock(_T->lock), task_unlock(_T->lock))

#endif /* _LINUX_SCHED_TASK_H */
