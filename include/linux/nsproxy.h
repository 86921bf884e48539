/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_NSPROXY_H
#define _LINUX_NSPROXY_H

/*
 * The namespaces of a task, as one set that tasks share until one of them asks for another
 * namespace. A set never changes: the task gets another one.
 *
 * task->nsproxy is changed by the task itself, under task_lock(); others read it under task_lock()
 * and find NULL when the task is about to end.
 */

#include <linux/mnt_namespace.h>
#include <linux/refcount.h>
#include <linux/sched.h>

struct fs_struct;
struct uts_namespace;

struct nsproxy {
	refcount_t count;
	struct uts_namespace *uts_ns;
	struct mnt_namespace *mnt_ns;
};

/* CLONE_NEW* of those that there are. */
#define NAMESPACES_THAT_EXIST	(CLONE_NEWNS | CLONE_NEWUTS)

extern struct nsproxy init_nsproxy;

int check_namespace_flags(u64 flags);
int copy_namespaces(u64 flags, struct task_struct *tsk);
struct nsproxy *unshare_nsproxy_namespaces(unsigned long flags, struct fs_struct *fs);
void switch_task_namespaces(struct task_struct *tsk, struct nsproxy *new);
void exit_task_namespaces(struct task_struct *tsk);
void put_nsproxy(struct nsproxy *ns);

#endif /* _LINUX_NSPROXY_H */
