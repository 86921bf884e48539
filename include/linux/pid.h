/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_PID_H
#define _LINUX_PID_H

/*
 * struct pid stands for a process id as long as anything refers to it: the tasks that have it as
 * pid, thread group, process group or session, and anyone who took a reference. So a stored
 * struct pid never comes to mean another process when the number is used again.
 *
 * There is one pid namespace: the number that the kernel uses is the one that programs see. The
 * pid_vnr() family is kept apart from pid_nr() as Linux has it.
 */

#include <linux/threads.h>
#include <linux/pid_types.h>
#include <linux/rculist.h>
#include <linux/rcupdate.h>
#include <linux/refcount.h>
#include <linux/sched.h>
#include <linux/sched/signal.h>
#include <linux/wait.h>
#include <uapi/linux/pidfd.h>

#define RESERVED_PIDS		300
#define PID_MAX_LIMIT		(4 * 1024 * 1024)

struct file;

struct pid {
	refcount_t count;
	int nr;				/* constant */
	spinlock_t lock;		/* inodes */
	struct hlist_head tasks[PIDTYPE_MAX];	/* tasklist_lock; RCU readers */
	struct hlist_head inodes;	/* lock: /proc/PID's, to be dropped with the task */
	wait_queue_head_t wait_pidfd;	/* who polls a pidfd */
	struct hlist_node hash;		/* pid_lock; RCU readers */
	struct rcu_head rcu;
};

extern struct pid init_struct_pid;
extern int pid_max;		/* numbers are below it */
int pid_set_max(int max);

/** get_pid - one reference more; NULL stays NULL */
static inline struct pid *get_pid(struct pid *pid)
{
	if (pid)
		refcount_inc(&pid->count);
	return pid;
}

void put_pid(struct pid *pid);
struct pid *alloc_pid(struct pid_namespace *ns, pid_t *set_tid, size_t set_tid_size);
void free_pid(struct pid *pid);
void pid_init(void);

/* The caller holds tasklist_lock for writing. */
void attach_pid(struct task_struct *task, enum pid_type type);
void detach_pid(struct task_struct *task, enum pid_type type);
void change_pid(struct task_struct *task, enum pid_type type, struct pid *pid);
void exchange_tids(struct task_struct *task, struct task_struct *old);
void transfer_pid(struct task_struct *old, struct task_struct *new, enum pid_type type);
void init_task_pid(struct task_struct *task, enum pid_type type, struct pid *pid);

/* Under rcu_read_lock(): */
struct pid *find_pid(int nr);
struct pid *find_vpid(int nr);
struct pid *find_ge_pid(int nr, struct pid_namespace *ns);
struct task_struct *pid_task(struct pid *pid, enum pid_type type);

/** find_pid_ns - find_pid(): there is one namespace. Context: rcu_read_lock() held */
static inline struct pid *find_pid_ns(int nr, struct pid_namespace *ns)
{
	(void)ns;
	return find_pid(nr);
}

/** pid_has_task - does a task have this pid in this role? */
static inline bool pid_has_task(struct pid *pid, enum pid_type type)
{
	return !hlist_empty(&pid->tasks[type]);
}

struct task_struct *get_pid_task(struct pid *pid, enum pid_type type);
struct pid *get_task_pid(struct task_struct *task, enum pid_type type);
struct pid *find_get_pid(int nr);

/* The tasks that have @pid as @type; under tasklist_lock or RCU. */
#define do_each_pid_task(pid, type, task)					\
do {										\
	if ((pid) != NULL)							\
		hlist_for_each_entry_rcu((task), &(pid)->tasks[type], pid_links[type]) {

#define while_each_pid_task(pid, type, task)					\
			if (type == PIDTYPE_PID)				\
				break;						\
		}								\
} while (0)

/* And all their threads. */
#define do_each_pid_thread(pid, type, task)					\
	do_each_pid_task(pid, type, task) {					\
		struct task_struct *tg___ = task;				\
		for_each_thread(tg___, task) {

#define while_each_pid_thread(pid, type, task)					\
		}								\
		task = tg___;							\
	} while_each_pid_task(pid, type, task)

/** pid_nr - the number of a pid; 0 for NULL */
static inline pid_t pid_nr(struct pid *pid)
{
	return pid ? pid->nr : 0;
}

#define pid_vnr(pid)	pid_nr(pid)

/** pid_nr_ns - pid_nr(): there is one namespace */
static inline pid_t pid_nr_ns(struct pid *pid, struct pid_namespace *ns)
{
	(void)ns;
	return pid_nr(pid);
}

/** task_pid - a thread's own pid; NULL once it is reaped */
static inline struct pid *task_pid(struct task_struct *task)
{
	return task->thread_pid;
}

/** task_pid_vnr - a thread's number, gettid(2) */
static inline pid_t task_pid_vnr(struct task_struct *tsk)
{
	return tsk->pid;
}

/** task_tgid_vnr - a thread's process, getpid(2) */
static inline pid_t task_tgid_vnr(struct task_struct *tsk)
{
	return tsk->tgid;
}

/* 0 for a task that is reaped. */
pid_t __task_pid_nr_ns(struct task_struct *task, enum pid_type type, struct pid_namespace *ns);

/** task_pid_nr_ns - a thread's number; 0 once it is reaped */
static inline pid_t task_pid_nr_ns(struct task_struct *tsk, struct pid_namespace *ns)
{
	return __task_pid_nr_ns(tsk, PIDTYPE_PID, ns);
}

/** task_tgid_nr_ns - a thread's process; 0 once it is reaped */
static inline pid_t task_tgid_nr_ns(struct task_struct *tsk, struct pid_namespace *ns)
{
	return __task_pid_nr_ns(tsk, PIDTYPE_TGID, ns);
}

/** task_pgrp_nr_ns - a thread's process group; 0 once it is reaped */
static inline pid_t task_pgrp_nr_ns(struct task_struct *tsk, struct pid_namespace *ns)
{
	return __task_pid_nr_ns(tsk, PIDTYPE_PGID, ns);
}

/** task_session_nr_ns - a thread's session; 0 once it is reaped */
static inline pid_t task_session_nr_ns(struct task_struct *tsk, struct pid_namespace *ns)
{
	return __task_pid_nr_ns(tsk, PIDTYPE_SID, ns);
}

#define task_pgrp_vnr(tsk)	task_pgrp_nr_ns((tsk), NULL)
#define task_pgrp_nr(tsk)	task_pgrp_nr_ns((tsk), NULL)
#define task_session_vnr(tsk)	task_session_nr_ns((tsk), NULL)

/** pid_alive - has a task a pid still? Zero once it is reaped */
static inline int pid_alive(const struct task_struct *p)
{
	return p->thread_pid != NULL;
}

/** task_ppid_nr - the process of a thread's parent, getppid(2); 0 once the thread is reaped */
static inline pid_t task_ppid_nr(const struct task_struct *tsk)
{
	pid_t pid = 0;

	rcu_read_lock();
	if (pid_alive(tsk))
		pid = rcu_dereference(tsk->real_parent)->tgid;
	rcu_read_unlock();
	return pid;
}

/** task_ppid_nr_ns - task_ppid_nr(): there is one namespace */
static inline pid_t task_ppid_nr_ns(const struct task_struct *tsk, struct pid_namespace *ns)
{
	(void)ns;
	return task_ppid_nr(tsk);
}

/* ---- pidfds: files that stand for a process; kernel/pidfd.c ---- */

struct pid *pidfd_pid(const struct file *file);
struct pid *pidfd_get_pid(unsigned int fd, unsigned int *flags);
struct task_struct *pidfd_get_task(int pidfd, unsigned int *flags);
int pidfd_prepare(struct pid *pid, unsigned int flags, struct file **ret);
void do_notify_pidfd(struct task_struct *task);

#endif /* _LINUX_PID_H */
