// SPDX-License-Identifier: MIT
/*
 * The system calls that make processes and threads: fork, vfork, clone, clone3; and those that take
 * apart what clone() shared: unshare. (setns is in nsproxy.c.)
 *
 * All of them fill in a struct kernel_clone_args; kernel/fork.c does the work.
 */

#include <linux/capability.h>
#include <linux/errno.h>
#include <linux/fdtable.h>
#include <linux/file.h>
#include <linux/fs_struct.h>
#include <linux/limits.h>
#include <linux/mm_types.h>
#include <linux/nsproxy.h>
#include <linux/pid.h>
#include <linux/sched.h>
#include <linux/sched/signal.h>
#include <linux/sched/task.h>
#include <linux/sem.h>
#include <linux/signal.h>
#include <linux/syscalls.h>
#include <linux/uaccess.h>

/* fork(2): x86_64 only, where it is older than clone(). */
SYSCALL_DEFINE0(fork)
{
	struct kernel_clone_args args = {
		.exit_signal = SIGCHLD,
	};

	return kernel_clone(&args);
}

/* vfork(2), likewise. */
SYSCALL_DEFINE0(vfork)
{
	struct kernel_clone_args args = {
		.flags = CLONE_VFORK | CLONE_VM,
		.exit_signal = SIGCHLD,
	};

	return kernel_clone(&args);
}

/**
 * ksys_clone - what clone(2) does, whose order of arguments each machine has in its own way
 * @clone_flags: CLONE_*, and the signal for the parent in the lowest byte
 * @newsp: stack pointer, taken as it is; 0: the parent's
 * @parent_tid: CLONE_PARENT_SETTID's and CLONE_PIDFD's address
 * @child_tid: CLONE_CHILD_SETTID's and CLONE_CHILD_CLEARTID's address
 * @tls: CLONE_SETTLS's value
 *
 * Context: may sleep.
 * Return: the child's number, or as kernel_clone().
 */
pid_t ksys_clone(unsigned long clone_flags, unsigned long newsp, int __user *parent_tid,
		 int __user *child_tid, unsigned long tls)
{
	struct kernel_clone_args args = {
		.flags = lower_32_bits(clone_flags) & ~(u64)CSIGNAL,
		.pidfd = parent_tid,
		.parent_tid = parent_tid,
		.child_tid = child_tid,
		.exit_signal = lower_32_bits(clone_flags) & CSIGNAL,
		.stack = newsp,
		.tls = tls,
	};

	return kernel_clone(&args);
}

/* ---- clone3 ---- */

static bool clone3_stack_valid(const struct clone_args *uargs)
{
	if (!uargs->stack)
		return !uargs->stack_size;
	return uargs->stack_size && access_ok((void __user *)uargs->stack, uargs->stack_size);
}

static bool clone3_args_valid(const struct clone_args *uargs)
{
	const u64 known = CLONE_CLEAR_SIGHAND | CLONE_INTO_CGROUP | ~0U;

	/* The exit signal has a field of its own; CLONE_DETACHED means nothing any more. */
	if (uargs->flags & (~known | CLONE_DETACHED | (CSIGNAL & ~CLONE_NEWTIME)))
		return false;
	if (uargs->exit_signal & ~(u64)CSIGNAL || !valid_signal(uargs->exit_signal))
		return false;
	if ((uargs->flags & (CLONE_SIGHAND | CLONE_CLEAR_SIGHAND)) ==
	    (CLONE_SIGHAND | CLONE_CLEAR_SIGHAND))
		return false;
	if ((uargs->flags & (CLONE_THREAD | CLONE_PARENT)) && uargs->exit_signal)
		return false;
	if (uargs->set_tid_size > 32 || !uargs->set_tid != !uargs->set_tid_size)
		return false;
	if ((uargs->flags & CLONE_INTO_CGROUP) && uargs->cgroup > INT_MAX)
		return false;
	return clone3_stack_valid(uargs);
}

/* clone3(2): the arguments in a struct that grew and may grow; @size says which one it is. */
SYSCALL_DEFINE2(clone3, struct clone_args __user *, uargs, size_t, size)
{
	struct kernel_clone_args kargs = { };
	struct clone_args args;
	pid_t set_tid;
	int err;

	BUILD_BUG_ON(sizeof(args) != CLONE_ARGS_SIZE_VER2);
	if (size > PAGE_SIZE)
		return -E2BIG;
	if (size < CLONE_ARGS_SIZE_VER0)
		return -EINVAL;
	err = copy_struct_from_user(&args, sizeof(args), uargs, size);
	if (err)
		return err;
	if (!clone3_args_valid(&args))
		return -EINVAL;
	/*
	 * What there is nothing of: time namespaces, control groups, more than one level of pids.
	 */
	if (args.flags & (CLONE_NEWTIME | CLONE_INTO_CGROUP))
		return -EINVAL;
	if (args.set_tid_size > 1)
		return -EINVAL;
	if (args.set_tid_size) {
		if (get_user(set_tid, (pid_t __user *)args.set_tid))
			return -EFAULT;
		kargs.set_tid = &set_tid;
		kargs.set_tid_size = 1;
	}
	kargs.flags = args.flags;
	kargs.pidfd = (int __user *)args.pidfd;
	kargs.child_tid = (int __user *)args.child_tid;
	kargs.parent_tid = (int __user *)args.parent_tid;
	kargs.exit_signal = args.exit_signal;
	/* The caller gives the lowest address; the stack grows down from the other end. */
	if (args.stack)
		kargs.stack = args.stack + args.stack_size;
	kargs.tls = args.tls;
	return kernel_clone(&kargs);
}

/* set_tid_address(2): what CLONE_CHILD_CLEARTID sets, for the first thread. */
SYSCALL_DEFINE1(set_tid_address, int __user *, tidptr)
{
	current->clear_child_tid = tidptr;
	return task_pid_vnr(current);
}

/* ---- unshare, setns ---- */

#define UNSHARE_KNOWN	(CLONE_THREAD | CLONE_FS | CLONE_SIGHAND | CLONE_VM | CLONE_FILES | \
			 CLONE_SYSVSEM | CLONE_NEWNS | CLONE_NEWCGROUP | CLONE_NEWUTS | \
			 CLONE_NEWIPC | CLONE_NEWUSER | CLONE_NEWPID | CLONE_NEWNET | CLONE_NEWTIME)

/* What can't be taken apart is fine for who shares it with nobody. Return: 0, -EINVAL. */
static int check_unshare(unsigned long flags)
{
	if (flags & ~(u64)UNSHARE_KNOWN)
		return -EINVAL;
	if ((flags & CLONE_THREAD) && !thread_group_empty(current))
		return -EINVAL;
	if ((flags & CLONE_SIGHAND) && refcount_read(&own_sighand()->count) > 1)
		return -EINVAL;
	if ((flags & CLONE_VM) && current->mm && atomic_read(&current->mm->mm_users) > 1)
		return -EINVAL;
	return check_namespace_flags(flags);
}

/* Current's own copy of where it stands. NULL: nobody shares it; -ENOMEM. */
static struct fs_struct *unshare_fs(unsigned long flags)
{
	struct fs_struct *fs;

	if (!(flags & CLONE_FS) || !current->fs || current->fs->users == 1)
		return NULL;
	fs = copy_fs_struct(current->fs);
	return fs ? fs : ERR_PTR(-ENOMEM);
}

/* Nothing fails from here on. */
static void commit_unshare(struct fs_struct *new_fs, struct files_struct *new_files,
			   struct nsproxy *new_set)
{
	struct files_struct *old;

	if (new_set)
		switch_task_namespaces(current, new_set);
	if (new_fs)
		switch_fs_struct(new_fs);
	if (new_files) {
		task_lock(current);
		old = current->files;
		current->files = new_files;
		task_unlock(current);
		put_files_struct(old);
	}
}

/*
 * unshare(2). Memory, signal actions and the thread group can't be taken apart: asking for them is
 * fine for who shares them with nobody. All is made before anything changes.
 */
SYSCALL_DEFINE1(unshare, unsigned long, unshare_flags)
{
	struct files_struct *new_files = NULL;
	struct fs_struct *new_fs;
	struct nsproxy *new_set;
	int err;

	if (unshare_flags & CLONE_VM)
		unshare_flags |= CLONE_SIGHAND;
	if (unshare_flags & CLONE_SIGHAND)
		unshare_flags |= CLONE_THREAD;
	if (unshare_flags & (CLONE_NEWNS | CLONE_NEWUSER))
		unshare_flags |= CLONE_FS;
	err = check_unshare(unshare_flags);
	if (err)
		return err;
	new_fs = unshare_fs(unshare_flags);
	if (IS_ERR(new_fs))
		return PTR_ERR(new_fs);
	err = unshare_fd(unshare_flags, &new_files);
	if (err)
		goto out_fs;
	new_set = unshare_nsproxy_namespaces(unshare_flags, new_fs ? new_fs : current->fs);
	err = PTR_ERR_OR_ZERO(new_set);
	if (err)
		goto out_files;
	/*
	 * What it alone has to take back it takes back now; what it shared is the others' affair.
	 */
	if (unshare_flags & CLONE_SYSVSEM)
		exit_sem(current);
	commit_unshare(new_fs, new_files, new_set);
	return 0;

out_files:
	if (new_files)
		put_files_struct(new_files);
out_fs:
	if (new_fs)
		free_fs_struct(new_fs);
	return err;
}
