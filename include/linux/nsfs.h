/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_NSFS_H
#define _LINUX_NSFS_H

/* Files that stand for namespaces; fs/nsfs.c. */

#include <linux/types.h>

struct dentry;
struct file;
struct ns_common;
struct nsproxy;
struct path;
struct task_struct;

/**
 * struct proc_ns_operations - one kind of namespace
 * @name: in /proc/PID/ns
 * @type: CLONE_NEW*
 * @get: the task's, referenced; NULL: it has ended
 * @put: give that back
 * @install: setns(2): may current enter it? then into this set, which is not its own yet; 0 or
 *	-errno
 */
struct proc_ns_operations {
	const char *name;
	int type;
	struct ns_common *(*get)(struct task_struct *task);
	void (*put)(struct ns_common *ns);
	int (*install)(struct nsproxy *set, struct ns_common *ns);
};

extern const struct proc_ns_operations mntns_operations, utsns_operations;

int ns_get_path(struct path *path, struct task_struct *task, const struct proc_ns_operations *ops);
int ns_get_name(char *buf, size_t size, struct task_struct *task,
		const struct proc_ns_operations *ops);
bool is_ns_file(const struct dentry *dentry);
struct ns_common *get_proc_ns(const struct dentry *dentry);
bool proc_ns_file(const struct file *file);

#endif /* _LINUX_NSFS_H */
