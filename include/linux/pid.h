/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_PID_H
#define _LINUX_PID_H

/*
 * struct pid stands for a process id as long as anything refers to it: the tasks that have it as
 * pid, thread group, process group or session, and anyone who took a reference. So a stored
 * struct pid never comes to mean another process when the number is used again.
 */

#include <linux/threads.h>
#include <linux/pid_types.h>
#include <linux/rculist.h>
#include <linux/rcupdate.h>
#include <linux/refcount.h>
#include <linux/sched.h>
#include <linux/wait.h>

#define RESERVED_PIDS		300
#define PID_MAX_LIMIT		(4 * 1024 * 1024)

struct pid {
	refcount_t count;
	int nr;				/* constant */
	spinlock_t lock;
	struct hlist_head tasks[PIDTYPE_MAX];	/* tasklist_lock; RCU readers */
	wait_queue_head_t wait_pidfd;
	struct hlist_node hash;		/* pid_lock; RCU readers */
	struct rcu_head rcu;
};

extern struct pid init_struct_pid;
extern int pid_max;

static inline struct pid *get_pid(struct pid *pid)
{
	if (pid)
		refcount_inc(&pid->count);
	return pid;
}

void put_pid(struct pid *pid);
struct pid *alloc_pid(void);
void free_pid(struct pid *pid);
void pid_init(void);

/* The caller holds tasklist_lock for writing. */
void attach_pid(struct task_struct *task, enum pid_type type);
void detach_pid(struct task_struct *task, enum pid_type type);
void init_task_pid(struct task_struct *task, enum pid_type type, struct pid *pid);

/* Under rcu_read_lock(): */
struct pid *find_pid(int nr);
struct pid *find_vpid(int nr);
struct task_struct *pid_task(struct pid *pid, enum pid_type type);

struct task_struct *get_pid_task(struct pid *pid, enum pid_type type);
struct pid *get_task_pid(struct task_struct *task, enum pid_type type);
struct pid *find_get_pid(int nr);

static inline pid_t pid_nr(struct pid *pid)
{
	return pid ? pid->nr : 0;
}

#define pid_vnr(pid)	pid_nr(pid)

static inline struct pid *task_pid(struct task_struct *task)
{
	return task->thread_pid;
}

static inline pid_t task_pid_vnr(struct task_struct *tsk)
{
	return tsk->pid;
}

static inline pid_t task_tgid_vnr(struct task_struct *tsk)
{
	return tsk->tgid;
}

/* Zero once the task is reaped. */
static inline int pid_alive(const struct task_struct *p)
{
	return p->thread_pid != NULL;
}

static inline pid_t task_ppid_nr(const struct task_struct *tsk)
{
	pid_t pid = 0;

	rcu_read_lock();
	if (pid_alive(tsk))
		pid = rcu_dereference(tsk->real_parent)->tgid;
	rcu_read_unlock();
	return pid;
}

#endif /* _LINUX_PID_H */
