/* SPDX-License-Identifier: MIT */
#ifndef _IPC_UTIL_H
#define _IPC_UTIL_H

/*
 * Between the files of ipc/: finding objects, permissions, references. The model is in util.c.
 */

#include <linux/ipc.h>
#include <linux/ipc_namespace.h>
#include <linux/pid.h>
#include <linux/sched.h>
#include <linux/types.h>

struct seq_file;

/* An id is an index below this, and a sequence number above it. */
#define IPC_INDEX_BITS	15
#define IPC_MAX_OBJECTS	(1 << IPC_INDEX_BITS)

/**
 * struct ipc_params - what a *get() call asks for
 * @key: IPC_PRIVATE: a new one in any case
 * @flags: IPC_CREAT, IPC_EXCL, permission bits, the kind's own
 * @size: bytes of a segment, semaphores of a set
 */
struct ipc_params {
	key_t key;
	int flags;
	size_t size;
};

/**
 * struct ipc_ops - what differs between the kinds when an object is asked for
 * @create: make one and ipc_add() it; ipc_ids.rwsem is held for writing. Its id, or -errno
 * @fits: is one that is there what @params ask for? Locked. 0 or -errno; may be NULL
 * @associate: the security modules' word on one that is there. Locked
 */
struct ipc_ops {
	int (*create)(struct ipc_namespace *ns, const struct ipc_params *params);
	int (*fits)(struct kern_ipc_perm *perm, const struct ipc_params *params);
	int (*associate)(struct kern_ipc_perm *perm, int flags);
};

int ipc_get(struct ipc_namespace *ns, enum ipc_kind kind, const struct ipc_ops *ops,
	    const struct ipc_params *params);
int ipc_add(struct ipc_ids *ids, struct kern_ipc_perm *perm, const struct ipc_params *params,
	    int limit);
void ipc_remove(struct ipc_ids *ids, struct kern_ipc_perm *perm);
void ipc_make_private(struct kern_ipc_perm *perm);

struct kern_ipc_perm *ipc_lock_id(struct ipc_ids *ids, int id);
struct kern_ipc_perm *ipc_lock_index(struct ipc_ids *ids, int index);
struct kern_ipc_perm *ipc_allow(struct ipc_namespace *ns, struct kern_ipc_perm *perm, umode_t mode,
				int (*hook)(struct kern_ipc_perm *perm, int cmd), int cmd);
struct kern_ipc_perm *ipc_lock_stat(struct ipc_namespace *ns, struct ipc_ids *ids, int id, int cmd,
				    int any_cmd, int (*hook)(struct kern_ipc_perm *perm, int cmd));
void ipc_unlock(struct kern_ipc_perm *perm);
struct kern_ipc_perm *ipc_hold(struct kern_ipc_perm *perm);
void ipc_put(struct kern_ipc_perm *perm);

int ipcperms(struct ipc_namespace *ns, struct kern_ipc_perm *perm, unsigned int flags);
int ipc_may_change(const struct kern_ipc_perm *perm);
int ipc_highest_index(struct ipc_ids *ids);
void ipc_tell_perm(const struct kern_ipc_perm *perm, struct ipc64_perm *out);
int ipc_set_perm(struct kern_ipc_perm *perm, const struct ipc64_perm *in);

/*
 * Who did it last: a process, told by its number in the reader's namespace. The object is locked.
 */
static inline void ipc_note_pid(struct pid **where)
{
	struct pid *pid = task_tgid(current), *old = *where;

	if (pid == old)
		return;
	*where = get_pid(pid);
	put_pid(old);
}

/* /proc/sysvipc: a file of one line for each object, told while it is locked. */
void ipc_proc_file(const char *name, enum ipc_kind kind, const char *header,
		   void (*show)(struct seq_file *m, struct kern_ipc_perm *perm));

#endif /* _IPC_UTIL_H */
