/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_IPC_NAMESPACE_H
#define _LINUX_IPC_NAMESPACE_H

/*
 * The System V objects and POSIX message queues that see each other, and their limits. There is one
 * such namespace.
 */

#include <linux/hashtable.h>
#include <linux/idr.h>
#include <linux/rwsem.h>
#include <linux/types.h>

struct vfsmount;

enum ipc_kind {
	IPC_SEM_IDS,
	IPC_MSG_IDS,
	IPC_SHM_IDS,
	IPC_KINDS
};

/**
 * struct ipc_ids - the objects of one kind
 * @rwsem: held for writing to add or remove one, or to change its key; for reading while all are
 * told
 * @objects: by the lower part of their ids; read under RCU or @rwsem
 * @keys: by their keys; @rwsem
 * @in_use: how many; written under @rwsem
 * @last_index: that was given out; @rwsem
 * @seq: upper part of the next id; @rwsem
 */
struct ipc_ids {
	struct rw_semaphore rwsem;
	struct idr objects;
	DECLARE_HASHTABLE(keys, 6);
	int in_use;
	int last_index;
	unsigned short seq;
};

/* The limits are set by /proc/sys/kernel, and read as they are at the moment. */
struct ipc_namespace {
	struct ipc_ids ids[IPC_KINDS];

	int sem_ctls[4];		/* semmsl, semmns, semopm, semmni */
	atomic_long_t used_sems;

	unsigned int msg_ctlmax;	/* bytes of a message */
	unsigned int msg_ctlmnb;	/* bytes in a queue */
	unsigned int msg_ctlmni;	/* queues */
	atomic_long_t msg_bytes;	/* in all queues */
	atomic_long_t msg_hdrs;		/* messages in them */

	size_t shm_ctlmax;		/* bytes of a segment */
	size_t shm_ctlall;		/* pages of all */
	int shm_ctlmni;			/* segments */
	unsigned long shm_tot;		/* pages of all; ids[IPC_SHM_IDS].rwsem */

	struct vfsmount *mq_mnt;	/* where the names of POSIX queues are; never changes */
	unsigned int mq_queues_count;	/* POSIX queues there are; mq_lock */
	unsigned int mq_queues_max;
	unsigned int mq_msg_max;	/* messages of a queue: at most */
	unsigned int mq_msgsize_max;	/* bytes of a message: at most */
	unsigned int mq_msg_default;	/* for who doesn't say */
	unsigned int mq_msgsize_default;
};

extern struct ipc_namespace init_ipc_ns;

/** current_ipc_ns - the namespace that current sees; there is one */
static inline struct ipc_namespace *current_ipc_ns(void)
{
	return &init_ipc_ns;
}

#endif /* _LINUX_IPC_NAMESPACE_H */
