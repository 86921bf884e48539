// SPDX-License-Identifier: MIT
/*
 * Credentials: making copies, putting them in place, and freeing them. See <linux/cred.h>.
 *
 * Readers on other CPUs hold nothing but RCU, so a struct cred is freed after a grace period:
 *
 *	another task			the task
 *	rcu_read_lock()
 *	c = __task_cred(task)
 *					commit_creds(new): real_cred = new, put(c) -> 0
 *	looks at c			the callback waits
 *	rcu_read_unlock()
 *					... frees c
 */

#include <linux/cred.h>

#include <linux/err.h>
#include <linux/export.h>
#include <linux/init.h>
#include <linux/sched/coredump.h>
#include <linux/sched/mm.h>
#include <linux/sched/signal.h>
#include <linux/sched/user.h>
#include <linux/security.h>
#include <linux/slab.h>
#include <linux/user_namespace.h>

static struct kmem_cache *cred_jar;

struct group_info init_groups = { .usage = REFCOUNT_INIT(2) };

/* What the kernel's own threads act as, and the first process begins with. */
struct cred init_cred = {
	.usage = ATOMIC_LONG_INIT(2),	/* init_task's two */
	.uid = GLOBAL_ROOT_UID,
	.gid = GLOBAL_ROOT_GID,
	.suid = GLOBAL_ROOT_UID,
	.sgid = GLOBAL_ROOT_GID,
	.euid = GLOBAL_ROOT_UID,
	.egid = GLOBAL_ROOT_GID,
	.fsuid = GLOBAL_ROOT_UID,
	.fsgid = GLOBAL_ROOT_GID,
	.cap_permitted = CAP_FULL_SET,
	.cap_effective = CAP_FULL_SET,
	.cap_bset = CAP_FULL_SET,
	.user = INIT_USER,
	.user_ns = &init_user_ns,
	.group_info = &init_groups,
};

/* ---- the end ---- */

static void put_cred_rcu(struct rcu_head *rcu)
{
	struct cred *cred = container_of(rcu, struct cred, rcu);

	WARN_ON_ONCE(atomic_long_read(&cred->usage) != 0);
	security_cred_free(cred);
	if (cred->group_info)
		put_group_info(cred->group_info);
	free_uid(cred->user);
	kmem_cache_free(cred_jar, cred);
}

/**
 * __put_cred - free credentials whose last reference has gone, after a grace period
 * @cred: nobody's any more
 *
 * Context: any but NMI.
 */
void __put_cred(struct cred *cred)
{
	BUG_ON(cred == &init_cred);
	call_rcu(&cred->rcu, put_cred_rcu);
}
EXPORT_SYMBOL(__put_cred);

/**
 * exit_creds - drop a dead task's credentials
 * @tsk: nobody can reach it any more
 */
void exit_creds(struct task_struct *tsk)
{
	const struct cred *real = rcu_dereference_protected(tsk->real_cred, 1);
	const struct cred *cred = rcu_dereference_protected(tsk->cred, 1);

	RCU_INIT_POINTER(tsk->real_cred, NULL);
	RCU_INIT_POINTER(tsk->cred, NULL);
	put_cred(cred);
	put_cred(real);
}

/**
 * get_task_cred - a reference to another task's credentials
 * @task: who; real_cred
 *
 * Return: the credentials, for put_cred().
 */
const struct cred *get_task_cred(struct task_struct *task)
{
	const struct cred *cred;

	rcu_read_lock();
	/* The pointer may move on between the read and the reference. */
	do {
		cred = __task_cred(task);
		BUG_ON(!cred);
	} while (!get_cred_rcu(cred));
	rcu_read_unlock();
	return cred;
}
EXPORT_SYMBOL(get_task_cred);

/* ---- copies ---- */

static struct cred *copy_of(const struct cred *old)
{
	struct cred *new = kmem_cache_alloc(cred_jar, GFP_KERNEL);

	if (!new)
		return NULL;
	*new = *old;
	atomic_long_set(&new->usage, 1);
	get_group_info(new->group_info);
	get_uid(new->user);
	new->security = NULL;
	if (security_cred_prepare(new, old, GFP_KERNEL_ACCOUNT)) {
		abort_creds(new);
		return NULL;
	}
	return new;
}

/**
 * prepare_creds - a copy of current's credentials, to be edited
 *
 * Context: may sleep.
 * Return: the copy, for commit_creds() or abort_creds(); NULL without memory.
 */
struct cred *prepare_creds(void)
{
	return copy_of(current_cred());
}
EXPORT_SYMBOL(prepare_creds);

/**
 * prepare_exec_creds - prepare_creds(), as a new program begins with it
 */
struct cred *prepare_exec_creds(void)
{
	struct cred *new = prepare_creds();

	if (!new)
		return NULL;
	/* The saved and file ids follow the effective ones. */
	new->suid = new->fsuid = new->euid;
	new->sgid = new->fsgid = new->egid;
	return new;
}

/**
 * prepare_kernel_cred - credentials as a kernel task has them
 * @daemon: whose to copy
 *
 * Context: may sleep.
 * Return: the copy, or NULL.
 */
struct cred *prepare_kernel_cred(struct task_struct *daemon)
{
	const struct cred *old;
	struct cred *new;

	if (WARN_ON_ONCE(!daemon))
		return NULL;
	old = get_task_cred(daemon);
	new = copy_of(old);
	put_cred(old);
	return new;
}
EXPORT_SYMBOL(prepare_kernel_cred);

/**
 * copy_creds - a new task's credentials
 * @p: the task, its pointers a copy of current's
 * @clone_flags: threads share the struct, processes too until one changes its own
 *
 * Return: 0.
 */
int copy_creds(struct task_struct *p, unsigned long clone_flags)
{
	const struct cred *cred = current_cred();

	(void)clone_flags;
	/* Both pointers: a child doesn't inherit that its parent acts for somebody else. */
	RCU_INIT_POINTER(p->cred, get_cred(cred));
	RCU_INIT_POINTER(p->real_cred, get_cred(cred));
	atomic_long_inc(&cred->user->processes);
	return 0;
}

/**
 * uncount_process - the opposite of what copy_creds() counted for RLIMIT_NPROC
 * @p: the task, reaped
 */
void uncount_process(struct task_struct *p)
{
	rcu_read_lock();
	atomic_long_dec(&__task_cred(p)->user->processes);
	rcu_read_unlock();
}

/**
 * abort_creds - give back what prepare_creds() made, unused
 * @new: the copy; the caller's reference goes
 */
void abort_creds(struct cred *new)
{
	BUG_ON(atomic_long_read(&new->usage) < 1);
	put_cred(new);
}
EXPORT_SYMBOL(abort_creds);

/* ---- in place ---- */

/* Somebody who knew the old power must not look into the process that has the new one. */
static bool is_dumpable_still(const struct cred *old, const struct cred *new)
{
	return uid_eq(old->euid, new->euid) && gid_eq(old->egid, new->egid) &&
	       uid_eq(old->fsuid, new->fsuid) && gid_eq(old->fsgid, new->fsgid) &&
	       cap_issubset(new->cap_permitted, old->cap_permitted);
}

/**
 * commit_creds - give current other credentials
 * @new: from prepare_creds(); the caller's reference goes
 *
 * Context: process context; not while override_creds() is in force.
 * Return: 0, for a tail call.
 */
int commit_creds(struct cred *new)
{
	struct task_struct *task = current;
	const struct cred *old = current_real_cred();

	BUG_ON(current_cred() != old);
	BUG_ON(atomic_long_read(&new->usage) < 1);

	if (!is_dumpable_still(old, new)) {
		if (task->mm)
			set_dumpable(task->mm, suid_dumpable);
		task->pdeath_signal = 0;
		/*
		 * The order that ptrace_may_access() reads in backwards: who sees the new ids sees
		 * the new dumpable too.
		 */
		smp_wmb();
	}
	if (new->user != old->user) {
		atomic_long_inc(&new->user->processes);
		atomic_long_dec(&old->user->processes);
	}
	get_new_cred(new);		/* one for each pointer */
	rcu_assign_pointer(task->real_cred, new);
	rcu_assign_pointer(task->cred, new);
	put_cred(old);
	put_cred(old);
	return 0;
}
EXPORT_SYMBOL(commit_creds);

/**
 * override_creds - act as somebody else
 * @new: as whom; a reference is taken
 *
 * Return: what was in force before, for revert_creds().
 */
const struct cred *override_creds(const struct cred *new)
{
	const struct cred *old = current_cred();

	rcu_assign_pointer(current->cred, get_cred(new));
	return old;
}
EXPORT_SYMBOL(override_creds);

/**
 * revert_creds - end override_creds()
 * @old: what that returned; the reference to what it put in force is dropped
 */
void revert_creds(const struct cred *old)
{
	const struct cred *override = current_cred();

	rcu_assign_pointer(current->cred, old);
	put_cred(override);
}
EXPORT_SYMBOL(revert_creds);

/**
 * cred_fscmp - do two look the same to a file system?
 * @a: the one
 * @b: the other
 *
 * Return: 0 if they do, else which comes first in an arbitrary order.
 */
int cred_fscmp(const struct cred *a, const struct cred *b)
{
	struct group_info *ga, *gb;
	int i;

	if (a == b)
		return 0;
	if (!uid_eq(a->fsuid, b->fsuid))
		return uid_lt(a->fsuid, b->fsuid) ? -1 : 1;
	if (!gid_eq(a->fsgid, b->fsgid))
		return gid_lt(a->fsgid, b->fsgid) ? -1 : 1;
	ga = a->group_info;
	gb = b->group_info;
	if (ga == gb)
		return 0;
	if (ga->ngroups != gb->ngroups)
		return ga->ngroups < gb->ngroups ? -1 : 1;
	for (i = 0; i < ga->ngroups; i++)
		if (!gid_eq(ga->gid[i], gb->gid[i]))
			return gid_lt(ga->gid[i], gb->gid[i]) ? -1 : 1;
	return 0;
}
EXPORT_SYMBOL(cred_fscmp);

/**
 * cred_init - make the cache for credentials
 *
 * Context: boot.
 */
void __init cred_init(void)
{
	cred_jar = KMEM_CACHE(cred, SLAB_HWCACHE_ALIGN | SLAB_PANIC | SLAB_ACCOUNT);
}
