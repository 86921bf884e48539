// SPDX-License-Identifier: MIT
/*
 * Sets of namespaces: made by clone(2) and unshare(2), changed by setns(2).
 *
 * There are mount and UTS namespaces. What asks for others gets -EINVAL, as from a Linux that was
 * built without them.
 */

#include <linux/nsproxy.h>

#include <linux/capability.h>
#include <linux/cred.h>
#include <linux/err.h>
#include <linux/file.h>
#include <linux/fs.h>
#include <linux/fs_struct.h>
#include <linux/mnt_namespace.h>
#include <linux/ns_common.h>
#include <linux/nsfs.h>
#include <linux/pid.h>
#include <linux/ptrace.h>
#include <linux/sched/task.h>
#include <linux/slab.h>
#include <linux/syscalls.h>
#include <linux/utsname.h>

#define ALL_NAMESPACES	(CLONE_NEWNS | CLONE_NEWCGROUP | CLONE_NEWUTS | CLONE_NEWIPC |	\
			 CLONE_NEWUSER | CLONE_NEWPID | CLONE_NEWNET | CLONE_NEWTIME)

struct nsproxy init_nsproxy = {
	.count	= REFCOUNT_INIT(1),
	.uts_ns	= &init_uts_ns,
	.mnt_ns	= &init_mnt_ns,
};

/**
 * check_namespace_flags - may current have these new namespaces?
 * @flags: CLONE_*
 *
 * Return: 0; -EPERM: not without CAP_SYS_ADMIN; -EINVAL: there are none of that kind.
 */
int check_namespace_flags(u64 flags)
{
	if (!(flags & ALL_NAMESPACES))
		return 0;
	if (!(flags & CLONE_NEWUSER) && !capable(CAP_SYS_ADMIN))
		return -EPERM;
	return flags & ALL_NAMESPACES & ~(u64)NAMESPACES_THAT_EXIST ? -EINVAL : 0;
}

/* The same namespaces but those that @flags ask for anew, for a task that stands in @fs. */
static struct nsproxy *make_nsproxy(u64 flags, const struct nsproxy *old, struct fs_struct *fs)
{
	struct nsproxy *new = kmalloc(sizeof(*new), GFP_KERNEL_ACCOUNT);
	int err;

	if (!new)
		return ERR_PTR(-ENOMEM);
	refcount_set(&new->count, 1);
	new->uts_ns = copy_utsname(flags, old->uts_ns);
	if (IS_ERR(new->uts_ns)) {
		err = PTR_ERR(new->uts_ns);
		goto out_free;
	}
	/* Last: it moves @fs. */
	new->mnt_ns = copy_mnt_ns(flags, old->mnt_ns, fs);
	if (IS_ERR(new->mnt_ns)) {
		err = PTR_ERR(new->mnt_ns);
		goto out_uts;
	}
	return new;

out_uts:
	put_uts_ns(new->uts_ns);
out_free:
	kfree(new);
	return ERR_PTR(err);
}

/**
 * put_nsproxy - give a reference to a set of namespaces back
 * @ns: the set
 *
 * Context: may sleep.
 */
void put_nsproxy(struct nsproxy *ns)
{
	if (!refcount_dec_and_test(&ns->count))
		return;
	put_mnt_ns(ns->mnt_ns);
	put_uts_ns(ns->uts_ns);
	kfree(ns);
}

/**
 * copy_namespaces - a new task's
 * @flags: CLONE_*, checked
 * @tsk: it has its fs_struct
 *
 * Return: 0; -ENOMEM, -ENOSPC.
 */
int copy_namespaces(u64 flags, struct task_struct *tsk)
{
	struct nsproxy *new;

	if (!(flags & NAMESPACES_THAT_EXIST)) {
		tsk->nsproxy = current->nsproxy;
		refcount_inc(&tsk->nsproxy->count);
		return 0;
	}
	new = make_nsproxy(flags, current->nsproxy, tsk->fs);
	tsk->nsproxy = IS_ERR(new) ? NULL : new;
	return PTR_ERR_OR_ZERO(new);
}

/**
 * unshare_nsproxy_namespaces - a set for current, by unshare(2)
 * @flags: CLONE_*, checked
 * @fs: nobody else's; it stands in the new tree afterwards
 *
 * Return: the set, for switch_task_namespaces(); NULL: none was asked for; an error pointer.
 */
struct nsproxy *unshare_nsproxy_namespaces(unsigned long flags, struct fs_struct *fs)
{
	if (!(flags & NAMESPACES_THAT_EXIST))
		return NULL;
	return make_nsproxy(flags, current->nsproxy, fs);
}

/**
 * switch_task_namespaces - current gets another set of namespaces
 * @tsk: current
 * @new: whose reference goes to it; NULL: it ends
 *
 * Context: may sleep.
 */
void switch_task_namespaces(struct task_struct *tsk, struct nsproxy *new)
{
	struct nsproxy *old;

	task_lock(tsk);
	old = tsk->nsproxy;
	tsk->nsproxy = new;
	task_unlock(tsk);
	if (old)
		put_nsproxy(old);
}

/**
 * exit_task_namespaces - a task that exits leaves its namespaces
 * @tsk: current
 *
 * Context: may sleep.
 */
void exit_task_namespaces(struct task_struct *tsk)
{
	switch_task_namespaces(tsk, NULL);
}

/* ---- setns(2) ---- */

static int enter(struct nsproxy *set, int type, struct ns_common *ns)
{
	if (type && type != ns->ops->type)
		return -EINVAL;
	return ns->ops->install(set, ns);
}

/* The namespaces of these kinds that a process is in. */
static int enter_those_of(struct nsproxy *set, int types, struct task_struct *task)
{
	/* The tree of mounts comes last: entering it moves current at once. */
	static const struct proc_ns_operations *const kinds[] = {
		&utsns_operations, &mntns_operations,
	};
	struct ns_common *ns;
	unsigned int i;
	int err = 0;

	if (!ptrace_may_access(task, PTRACE_MODE_READ_REALCREDS))
		return -EPERM;
	for (i = 0; i < ARRAY_SIZE(kinds) && !err; i++) {
		if (!(types & kinds[i]->type))
			continue;
		ns = kinds[i]->get(task);
		if (!ns)
			return -ESRCH;
		err = enter(set, 0, ns);
		kinds[i]->put(ns);
	}
	return err;
}

static int enter_pidfd(struct nsproxy *set, int types, struct file *file)
{
	struct pid *pid = pidfd_pid(file);
	struct task_struct *task;
	int err;

	if (IS_ERR(pid) || !types || (types & ~NAMESPACES_THAT_EXIST))
		return -EINVAL;
	task = get_pid_task(pid, PIDTYPE_PID);
	if (!task)
		return -ESRCH;
	err = enter_those_of(set, types, task);
	put_task_struct(task);
	return err;
}

/*
 * setns(2): into the namespace that a file stands for, or into those of a process that a pidfd
 * stands for. @flags: which kind it has to be, or 0; for a pidfd, which kinds.
 */
SYSCALL_DEFINE2(setns, int, fd, int, flags)
{
	struct nsproxy *set;
	CLASS(fd, f)(fd);
	int err;

	if (fd_empty(f))
		return -EBADF;
	set = make_nsproxy(0, current->nsproxy, current->fs);
	if (IS_ERR(set))
		return PTR_ERR(set);
	if (proc_ns_file(fd_file(f)))
		err = enter(set, flags, get_proc_ns(fd_file(f)->f_path.dentry));
	else
		err = enter_pidfd(set, flags, fd_file(f));
	if (err)
		put_nsproxy(set);
	else
		switch_task_namespaces(current, set);
	return err;
}
