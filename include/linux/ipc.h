/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_IPC_H
#define _LINUX_IPC_H

#include <linux/refcount.h>
#include <linux/spinlock.h>
#include <linux/types.h>
#include <linux/uidgid.h>
#include <uapi/linux/ipc.h>

/**
 * struct kern_ipc_perm - what all System V objects begin with
 * @lock: the object's own; guards what is marked l here, and all of the object behind it
 * @refs: one as long as it has its id, one for each who sleeps with it
 * @deleted: l: its id is gone: -EIDRM to who finds it
 * @id: by which programs name it; constant
 * @key: by which strangers find it; changed to IPC_PRIVATE under @lock and ipc_ids.rwsem
 * @uid: l: owner, who may change and remove it
 * @gid: l
 * @cuid: who made it, and may do the same; constant
 * @cgid: constant
 * @mode: l: nine permission bits, and the kind's own above them
 * @seq: upper part of @id; constant
 * @by_key: in ipc_ids.keys, unless the key is IPC_PRIVATE; ipc_ids.rwsem
 * @release: frees the object; it is called when the last reference and the last RCU reader are gone
 * @rcu: for that
 * @security: a module's
 */
struct kern_ipc_perm {
	spinlock_t lock;
	refcount_t refs;
	bool deleted;
	int id;
	key_t key;
	kuid_t uid;
	kgid_t gid;
	kuid_t cuid;
	kgid_t cgid;
	umode_t mode;
	unsigned short seq;
	struct hlist_node by_key;
	void (*release)(struct kern_ipc_perm *perm);
	struct rcu_head rcu;
	void *security;
};

#endif /* _LINUX_IPC_H */
