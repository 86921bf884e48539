// SPDX-License-Identifier: MIT
/*
 * System V objects: ids, keys, permissions, lifetime.
 *
 * Semaphore sets, message queues and shared segments belong to no process and have no place in the
 * file system. A program makes one, or finds one that others made, by a key, and is told an id; by
 * the id it is used, by whoever has the right, until somebody removes it.
 *
 *	id = sequence number << 15 | index
 *
 * The index is the place in the table. The sequence number moves on when an index is given out a
 * second time, so that the id of something that was removed doesn't name what came after it.
 *
 * Finding by id takes no lock: the table is read under RCU, then the object is locked, and it is
 * told apart from one that was removed meanwhile:
 *
 *	finds it by semop(id)			removes it by semctl(id, IPC_RMID)
 *	rcu_read_lock()
 *	idr_find()
 *						idr_remove(), deleted = true, under the lock
 *						ipc_put(): freed behind a grace period
 *	spin_lock(), sees deleted: -EIDRM
 *
 * Who sleeps with an object holds a reference, ipc_hold(), and looks at @deleted when it is awake.
 *
 * Locks, from the outside: ipc_ids.rwsem, kern_ipc_perm.lock.
 */

#include "util.h"

#include <linux/capability.h>
#include <linux/cred.h>
#include <linux/err.h>
#include <linux/errno.h>
#include <linux/export.h>
#include <linux/init.h>
#include <linux/limits.h>
#include <linux/rcupdate.h>
#include <linux/security.h>
#include <linux/stat.h>
#include <linux/string.h>
#include <uapi/linux/msg.h>
#include <uapi/linux/sem.h>
#include <uapi/linux/shm.h>

struct ipc_namespace init_ipc_ns = {
	.sem_ctls = { SEMMSL, SEMMNS, SEMOPM, SEMMNI },
	.msg_ctlmax = MSGMAX,
	.msg_ctlmnb = MSGMNB,
	.msg_ctlmni = MSGMNI,
	.shm_ctlmax = SHMMAX,
	.shm_ctlall = SHMALL,
	.shm_ctlmni = SHMMNI,
	.mq_queues_max = 256,
	.mq_msg_max = 10,
	.mq_msgsize_max = 8192,
	.mq_msg_default = 10,
	.mq_msgsize_default = 8192,
};
EXPORT_SYMBOL_GPL(init_ipc_ns);

/* ---- lifetime ---- */

/** ipc_hold - one reference more. Return: @perm */
struct kern_ipc_perm *ipc_hold(struct kern_ipc_perm *perm)
{
	refcount_inc(&perm->refs);
	return perm;
}

static void release_object(struct rcu_head *rcu)
{
	struct kern_ipc_perm *perm = container_of(rcu, struct kern_ipc_perm, rcu);

	perm->release(perm);
}

/** ipc_put - give a reference back. Context: any; the lock isn't held. */
void ipc_put(struct kern_ipc_perm *perm)
{
	if (refcount_dec_and_test(&perm->refs))
		call_rcu(&perm->rcu, release_object);
}

/* ---- ids ---- */

/**
 * ipc_add - give a new object its id
 * @ids: the kind
 * @perm: head of the object; release() is set, its security is allocated
 * @params: key and permission bits
 * @limit: how many there may be
 *
 * The object can be found at once, so the rest of it is ready. Its first reference is the table's.
 *
 * Context: @ids->rwsem held for writing; may sleep.
 * Return: the id; -ENOSPC, -ENOMEM: the caller keeps the object.
 */
int ipc_add(struct ipc_ids *ids, struct kern_ipc_perm *perm, const struct ipc_params *params,
	    int limit)
{
	const struct cred *cred = current_cred();
	int index;

	if (ids->in_use >= min(limit, IPC_MAX_OBJECTS))
		return -ENOSPC;
	spin_lock_init(&perm->lock);
	refcount_set(&perm->refs, 1);
	perm->key = params->key;
	perm->mode = params->flags & S_IRWXUGO;
	perm->cuid = perm->uid = cred->euid;
	perm->cgid = perm->gid = cred->egid;
	/* In the table, but nothing to be found, until it knows its id. */
	index = idr_alloc(&ids->objects, NULL, 0, IPC_MAX_OBJECTS, GFP_KERNEL);
	if (index < 0)
		return index;
	if (index <= ids->last_index)
		ids->seq = (ids->seq + 1) & (INT_MAX >> IPC_INDEX_BITS);
	ids->last_index = index;
	perm->seq = ids->seq;
	perm->id = perm->seq << IPC_INDEX_BITS | index;
	if (perm->key != IPC_PRIVATE)
		hash_add(ids->keys, &perm->by_key, perm->key);
	ids->in_use++;
	idr_replace(&ids->objects, perm, index);
	return perm->id;
}

/**
 * ipc_make_private - no stranger finds it by its key any more
 *
 * Context: ipc_ids.rwsem held for writing, and the object's lock.
 */
void ipc_make_private(struct kern_ipc_perm *perm)
{
	if (perm->key != IPC_PRIVATE)
		hash_del(&perm->by_key);
	perm->key = IPC_PRIVATE;
}

/**
 * ipc_remove - its id names nothing any more
 *
 * The table's reference is the caller's now: ipc_put() it without the lock.
 *
 * Context: @ids->rwsem held for writing, and the object's lock.
 */
void ipc_remove(struct ipc_ids *ids, struct kern_ipc_perm *perm)
{
	ipc_make_private(perm);
	idr_remove(&ids->objects, perm->id & (IPC_MAX_OBJECTS - 1));
	ids->in_use--;
	perm->deleted = true;
}

/**
 * ipc_lock_index - what is at a place of the table, whatever its sequence number
 *
 * Return: locked, and in an RCU reader: ipc_unlock() ends both; ERR_PTR(-EINVAL), ERR_PTR(-EIDRM).
 */
struct kern_ipc_perm *ipc_lock_index(struct ipc_ids *ids, int index)
{
	struct kern_ipc_perm *perm;

	if (index < 0)
		return ERR_PTR(-EINVAL);
	rcu_read_lock();
	perm = idr_find(&ids->objects, index & (IPC_MAX_OBJECTS - 1));
	if (!perm) {
		rcu_read_unlock();
		return ERR_PTR(-EINVAL);
	}
	spin_lock(&perm->lock);
	if (!perm->deleted)
		return perm;
	ipc_unlock(perm);
	return ERR_PTR(-EIDRM);
}

/**
 * ipc_lock_id - the object that an id names
 *
 * Return: as ipc_lock_index().
 */
struct kern_ipc_perm *ipc_lock_id(struct ipc_ids *ids, int id)
{
	struct kern_ipc_perm *perm = ipc_lock_index(ids, id);

	if (IS_ERR(perm) || perm->id == id)
		return perm;
	ipc_unlock(perm);
	return ERR_PTR(-EINVAL);
}

/**
 * ipc_allow - may the caller do that to an object? If not it is unlocked
 * @ns: the namespace
 * @perm: as ipc_lock_id() or ipc_lock_index() returned it, an error too
 * @mode: S_IRUGO or S_IWUGO; 0: everybody may, as far as permissions go
 * @hook: asks the security modules
 * @cmd: for @hook
 *
 * Return: @perm; ERR_PTR(-EACCES), what @hook says.
 */
struct kern_ipc_perm *ipc_allow(struct ipc_namespace *ns, struct kern_ipc_perm *perm, umode_t mode,
				int (*hook)(struct kern_ipc_perm *perm, int cmd), int cmd)
{
	int err;

	if (IS_ERR(perm))
		return perm;
	err = mode ? ipcperms(ns, perm, mode) : 0;
	if (!err)
		err = hook(perm, cmd);
	if (!err)
		return perm;
	ipc_unlock(perm);
	return ERR_PTR(err);
}

/**
 * ipc_lock_stat - the object that a *ctl() call is to tell of
 * @ns: the namespace
 * @ids: of which kind
 * @id: an id for IPC_STAT, else a place of the table
 * @cmd: IPC_STAT, the kind's *_STAT or *_STAT_ANY
 * @any_cmd: the last of these, which asks for no permission
 * @hook: asks the security modules
 *
 * Return: the object, locked; ERR_PTR(-EACCES), what ipc_lock_id() and @hook say.
 */
struct kern_ipc_perm *ipc_lock_stat(struct ipc_namespace *ns, struct ipc_ids *ids, int id, int cmd,
				    int any_cmd, int (*hook)(struct kern_ipc_perm *perm, int cmd))
{
	struct kern_ipc_perm *perm = cmd == IPC_STAT ? ipc_lock_id(ids, id) :
							ipc_lock_index(ids, id);

	return ipc_allow(ns, perm, cmd == any_cmd ? 0 : S_IRUGO, hook, cmd);
}

/** ipc_unlock - the contrary of ipc_lock_id() */
void ipc_unlock(struct kern_ipc_perm *perm)
{
	spin_unlock(&perm->lock);
	rcu_read_unlock();
}

/**
 * ipc_highest_index - the last place of the table that is taken; 0 if none is. @ids->rwsem held.
 */
int ipc_highest_index(struct ipc_ids *ids)
{
	struct kern_ipc_perm *perm;
	int index, highest = 0;

	idr_for_each_entry(&ids->objects, perm, index)
		highest = index;
	return highest;
}

/* ---- permissions ---- */

/**
 * ipcperms - may the current task do this?
 * @ns: the object's
 * @perm: its head, locked
 * @flags: S_IRUGO and S_IWUGO for reading and writing; or the bits of a *get() call
 *
 * Return: 0; -EACCES; what a security module said.
 */
int ipcperms(struct ipc_namespace *ns, struct kern_ipc_perm *perm, unsigned int flags)
{
	unsigned int wanted = (flags >> 6 | flags >> 3 | flags) & S_IRWXO;
	unsigned int granted = perm->mode;
	kuid_t euid = current_euid();

	(void)ns;
	if (uid_eq(euid, perm->cuid) || uid_eq(euid, perm->uid))
		granted >>= 6;
	else if (in_group_p(perm->cgid) || in_group_p(perm->gid))
		granted >>= 3;
	if ((wanted & ~granted) && !capable(CAP_IPC_OWNER))
		return -EACCES;
	return security_ipc_permission(perm, flags);
}

/**
 * ipc_may_change - IPC_SET and IPC_RMID: for its owner and its maker. Locked
 *
 * Return: 0, -EPERM.
 */
int ipc_may_change(const struct kern_ipc_perm *perm)
{
	kuid_t euid = current_euid();

	if (uid_eq(euid, perm->cuid) || uid_eq(euid, perm->uid) || capable(CAP_SYS_ADMIN))
		return 0;
	return -EPERM;
}

/** ipc_tell_perm - for IPC_STAT. Locked. */
void ipc_tell_perm(const struct kern_ipc_perm *perm, struct ipc64_perm *out)
{
	struct user_namespace *ns = current_user_ns();

	memset(out, 0, sizeof(*out));
	out->key = perm->key;
	out->uid = from_kuid_munged(ns, perm->uid);
	out->gid = from_kgid_munged(ns, perm->gid);
	out->cuid = from_kuid_munged(ns, perm->cuid);
	out->cgid = from_kgid_munged(ns, perm->cgid);
	out->mode = perm->mode;
	out->seq = perm->seq;
}

/** ipc_set_perm - for IPC_SET: owner, group and permission bits. Locked. Return: 0, -EINVAL. */
int ipc_set_perm(struct kern_ipc_perm *perm, const struct ipc64_perm *in)
{
	kuid_t uid = make_kuid(current_user_ns(), in->uid);
	kgid_t gid = make_kgid(current_user_ns(), in->gid);

	if (!uid_valid(uid) || !gid_valid(gid))
		return -EINVAL;
	perm->uid = uid;
	perm->gid = gid;
	perm->mode = (perm->mode & ~S_IRWXUGO) | (in->mode & S_IRWXUGO);
	return 0;
}

/* ---- semget(), msgget(), shmget() ---- */

static struct kern_ipc_perm *find_key(struct ipc_ids *ids, key_t key)
{
	struct kern_ipc_perm *perm;

	hash_for_each_possible(ids->keys, perm, by_key, key)
		if (perm->key == key)
			return perm;
	return NULL;
}

/* One that is there: is it what is asked for, and for this task? Its id, or -errno. */
static int get_existing(struct ipc_namespace *ns, struct kern_ipc_perm *perm,
			const struct ipc_ops *ops, const struct ipc_params *params)
{
	int err = 0;

	spin_lock(&perm->lock);
	if (ops->fits)
		err = ops->fits(perm, params);
	if (!err)
		err = ipcperms(ns, perm, params->flags);
	if (!err)
		err = ops->associate(perm, params->flags);
	spin_unlock(&perm->lock);
	return err ? err : perm->id;
}

/**
 * ipc_get - the object of a key, or a new one
 * @ns: where
 * @kind: of what kind
 * @ops: the kind's part
 * @params: what the program asked for
 *
 * Context: may sleep.
 * Return: its id; -ENOENT, -EEXIST, -EACCES, -ENOSPC, -ENOMEM, -EINVAL; what a security module
 * said.
 */
int ipc_get(struct ipc_namespace *ns, enum ipc_kind kind, const struct ipc_ops *ops,
	    const struct ipc_params *params)
{
	struct ipc_ids *ids = &ns->ids[kind];
	struct kern_ipc_perm *perm = NULL;
	int ret;

	down_write(&ids->rwsem);
	if (params->key != IPC_PRIVATE)
		perm = find_key(ids, params->key);
	if (!perm)
		ret = params->key == IPC_PRIVATE || (params->flags & IPC_CREAT) ?
			ops->create(ns, params) : -ENOENT;
	else if ((params->flags & IPC_CREAT) && (params->flags & IPC_EXCL))
		ret = -EEXIST;
	else
		ret = get_existing(ns, perm, ops, params);
	up_write(&ids->rwsem);
	return ret;
}

/* ---- the start ---- */

static int __init ipc_init(void)
{
	struct ipc_ids *ids;

	for (ids = init_ipc_ns.ids; ids < init_ipc_ns.ids + IPC_KINDS; ids++) {
		init_rwsem(&ids->rwsem);
		idr_init(&ids->objects);
		hash_init(ids->keys);
		ids->last_index = -1;
	}
	return 0;
}
core_initcall(ipc_init);
