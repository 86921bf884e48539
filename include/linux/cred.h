/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_CRED_H
#define _LINUX_CRED_H

/*
 * Credentials: who a task is, for permission checks.
 *
 * A struct cred never changes once a task has it. To change, a task makes a copy, edits it, and
 * puts it in place with one pointer:
 *
 *	new = prepare_creds();
 *	new->euid = ...
 *	commit_creds(new);		or abort_creds(new)
 *
 * Only a task itself changes its credentials. Others read them under RCU (__task_cred()) or take a
 * reference (get_task_cred()). A task has two: real_cred, as which others act upon it, and cred, as
 * which it acts; they differ only while the kernel works in somebody else's name
 * (override_creds()).
 */

#include <linux/atomic.h>
#include <linux/capability.h>
#include <linux/init.h>
#include <linux/rcupdate.h>
#include <linux/refcount.h>
#include <linux/sched.h>
#include <linux/uidgid.h>
#include <uapi/linux/securebits.h>

struct inode;
struct key;
struct ucounts;
struct user_struct;

/* Supplementary groups, sorted. */
struct group_info {
	refcount_t usage;
	int ngroups;
	kgid_t gid[];
};

#define NGROUPS_MAX	65536

/** get_group_info - one reference more */
static inline struct group_info *get_group_info(struct group_info *gi)
{
	refcount_inc(&gi->usage);
	return gi;
}

void groups_free(struct group_info *group_info);

/** put_group_info - one reference less; the last one frees the list */
#define put_group_info(group_info)				\
do {								\
	if (refcount_dec_and_test(&(group_info)->usage))	\
		groups_free(group_info);			\
} while (0)

struct group_info *groups_alloc(int gidsetsize);
void groups_sort(struct group_info *group_info);
int groups_search(const struct group_info *group_info, kgid_t grp);
void set_groups(struct cred *new, struct group_info *group_info);
int set_current_groups(struct group_info *group_info);
bool may_setgroups(void);
int in_group_p(kgid_t grp);
int in_egroup_p(kgid_t grp);

struct cred {
	atomic_long_t usage;
	kuid_t uid;			/* real */
	kgid_t gid;
	kuid_t suid;			/* saved */
	kgid_t sgid;
	kuid_t euid;			/* effective: what others' permissions look at */
	kgid_t egid;
	kuid_t fsuid;			/* for files */
	kgid_t fsgid;
	unsigned int securebits;	/* SECBIT_* */
	kernel_cap_t cap_inheritable;	/* may be kept by exec */
	kernel_cap_t cap_permitted;
	kernel_cap_t cap_effective;	/* what counts */
	kernel_cap_t cap_bset;		/* exec can give no others */
	kernel_cap_t cap_ambient;
	void *security;			/* the security modules' */
	struct user_struct *user;	/* of uid: for limits */
	struct user_namespace *user_ns;
	struct group_info *group_info;
	struct rcu_head rcu;
};

extern struct cred init_cred;
extern struct group_info init_groups;

void __put_cred(struct cred *cred);
void exit_creds(struct task_struct *tsk);
int copy_creds(struct task_struct *p, unsigned long clone_flags);
void uncount_process(struct task_struct *p);
const struct cred *get_task_cred(struct task_struct *task);
struct cred *prepare_creds(void);
struct cred *prepare_exec_creds(void);
int commit_creds(struct cred *new);
void abort_creds(struct cred *new);
const struct cred *override_creds(const struct cred *new);
void revert_creds(const struct cred *old);
struct cred *prepare_kernel_cred(struct task_struct *daemon);
int cred_fscmp(const struct cred *a, const struct cred *b);
void __init cred_init(void);

/**
 * get_cred - one reference more; NULL stays NULL
 * @cred: referenced by the caller, or current's
 *
 * Return: @cred.
 */
static inline const struct cred *get_cred(const struct cred *cred)
{
	struct cred *nonconst = (struct cred *)cred;

	if (cred)
		atomic_long_inc(&nonconst->usage);
	return cred;
}

/** get_new_cred - get_cred() of credentials that can still be changed */
static inline struct cred *get_new_cred(struct cred *cred)
{
	atomic_long_inc(&cred->usage);
	return cred;
}

/** get_cred_rcu - a reference to credentials found under RCU. Return: NULL if they go */
static inline const struct cred *get_cred_rcu(const struct cred *cred)
{
	struct cred *nonconst = (struct cred *)cred;

	return cred && atomic_long_inc_not_zero(&nonconst->usage) ? cred : NULL;
}

/**
 * put_cred - one reference less; the last one frees them, a grace period later
 * @cred: not to be touched afterwards; NULL is fine
 *
 * Context: any but NMI.
 */
static inline void put_cred(const struct cred *cred)
{
	struct cred *nonconst = (struct cred *)cred;

	if (cred && atomic_long_dec_and_test(&nonconst->usage))
		__put_cred(nonconst);
}

/** current_cred - what current acts as; may be read without more: nobody else changes it */
#define current_cred()		rcu_dereference_protected(current->cred, 1)
/** current_real_cred - what current is, to who acts on it */
#define current_real_cred()	rcu_dereference_protected(current->real_cred, 1)
/** __task_cred - what a task is, to who acts on it. Context: rcu_read_lock() */
#define __task_cred(task)	rcu_dereference((task)->real_cred)

/** get_current_cred - current_cred(), referenced */
#define get_current_cred()	get_cred(current_cred())
#define current_cred_xxx(xxx)	(current_cred()->xxx)

/** current_uid - who current is; the next ones likewise. credentials(7) */
#define current_uid()		(current_cred_xxx(uid))
#define current_gid()		(current_cred_xxx(gid))
#define current_euid()		(current_cred_xxx(euid))
#define current_egid()		(current_cred_xxx(egid))
#define current_suid()		(current_cred_xxx(suid))
#define current_sgid()		(current_cred_xxx(sgid))
#define current_fsuid()		(current_cred_xxx(fsuid))
#define current_fsgid()		(current_cred_xxx(fsgid))
#define current_cap()		(current_cred_xxx(cap_effective))
#define current_user()		(current_cred_xxx(user))
#define current_user_ns()	(&init_user_ns)

#define task_cred_xxx(task, xxx)			\
({							\
	__typeof__(((struct cred *)NULL)->xxx) ___val;	\
	rcu_read_lock();				\
	___val = __task_cred((task))->xxx;		\
	rcu_read_unlock();				\
	___val;						\
})

/** task_uid - who a task is. Context: any; RCU is taken inside */
#define task_uid(task)		(task_cred_xxx((task), uid))
/** task_euid - as whom a task acts */
#define task_euid(task)		(task_cred_xxx((task), euid))

#define current_uid_gid(_uid, _gid)		\
do {						\
	const struct cred *__cred = current_cred();	\
	*(_uid) = __cred->uid;			\
	*(_gid) = __cred->gid;			\
} while (0)

#define current_euid_egid(_euid, _egid)		\
do {						\
	const struct cred *__cred = current_cred();	\
	*(_euid) = __cred->euid;		\
	*(_egid) = __cred->egid;		\
} while (0)

#define current_fsuid_fsgid(_fsuid, _fsgid)	\
do {						\
	const struct cred *__cred = current_cred();	\
	*(_fsuid) = __cred->fsuid;		\
	*(_fsgid) = __cred->fsgid;		\
} while (0)

/** issecure - has current this SECURE_* bit? capabilities(7) */
#define issecure(X)		(issecure_mask(X) & current_cred_xxx(securebits))

#endif /* _LINUX_CRED_H */
