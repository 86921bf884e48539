// SPDX-License-Identifier: MIT
/*
 * execve(): a process goes on as another program.
 *
 *	alloc_bprm()		open the file, make an empty address space with a stack
 *	copy_strings()		arguments and environment onto that stack, while the old memory,
 *				where they come from, is still there
 *	exec_binprm()		ask the formats for one that takes the file; it calls back:
 *	  begin_new_exec()	the other threads end, the new address space and credentials are
 *				taken; from here on there is nothing to go back to
 *	  setup_arg_pages()	the stack gets its rights and size
 *
 * Until begin_new_exec() an error is execve()'s result and the caller has lost nothing. After it
 * the process can only be killed (point_of_no_return).
 *
 * The stack is made at its final, random place, so that nothing has to be moved: only a set-uid
 * program whose caller had switched randomness off is moved, see setup_arg_pages().
 *
 * Locks: cred_guard_mutex is held from prepare_bprm_creds() to setup_new_exec(), so that nobody
 * attaches as a tracer between the look at ->ptrace and the new credentials; exec_update_lock from
 * exec_mmap() to setup_new_exec(), so that who looks from outside sees address space and
 * credentials that belong together.
 */

#include <linux/binfmts.h>
#include <linux/capability.h>
#include <linux/cred.h>
#include <linux/err.h>
#include <linux/errno.h>
#include <linux/fdtable.h>
#include <linux/file.h>
#include <linux/fs.h>
#include <linux/fs_struct.h>
#include <linux/highmem.h>
#include <linux/init.h>
#include <linux/mm.h>
#include <linux/mman.h>
#include <linux/mmap_lock.h>
#include <linux/mmu_context.h>
#include <linux/mount.h>
#include <linux/namei.h>
#include <linux/personality.h>
#include <linux/pid.h>
#include <linux/posix-timers.h>
#include <linux/ptrace.h>
#include <linux/random.h>
#include <linux/rculist.h>
#include <linux/sched/coredump.h>
#include <linux/sched/mm.h>
#include <linux/sched/signal.h>
#include <linux/sched/task.h>
#include <linux/sched/user.h>
#include <linux/security.h>
#include <linux/signal.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/syscalls.h>
#include <linux/uaccess.h>

#include "exec.h"
#include "internal.h"

/* /proc/sys/kernel/randomize_va_space */
int randomize_va_space __read_mostly = 2;

static int __init disable_randomization(char *s)
{
	(void)s;
	randomize_va_space = 0;
	return 1;
}
__setup("norandmaps", disable_randomization);

/* ---- formats ---- */

static LIST_HEAD(formats);
static DECLARE_RWSEM(formats_sem);

/* @insert: before the others. */
void __register_binfmt(struct linux_binfmt *fmt, int insert)
{
	down_write(&formats_sem);
	if (insert)
		list_add(&fmt->lh, &formats);
	else
		list_add_tail(&fmt->lh, &formats);
	up_write(&formats_sem);
}
EXPORT_SYMBOL(__register_binfmt);

void unregister_binfmt(struct linux_binfmt *fmt)
{
	down_write(&formats_sem);
	list_del(&fmt->lh);
	up_write(&formats_sem);
}
EXPORT_SYMBOL(unregister_binfmt);

void set_binfmt(struct linux_binfmt *new)
{
	current->mm->binfmt = new;
}
EXPORT_SYMBOL(set_binfmt);

/* ---- the file ---- */

/* A file to be executed: regular, executable here, and nobody may write to it meanwhile. */
static struct file *do_open_execat(int fd, struct filename *name, int flags)
{
	struct open_flags op = {
		.open_flag = O_LARGEFILE | O_RDONLY | (__force int)FMODE_EXEC,
		.acc_mode = MAY_EXEC,
		.intent = LOOKUP_OPEN,
		.lookup_flags = LOOKUP_FOLLOW,
	};
	struct file *file;
	int err;

	if (flags & ~(AT_SYMLINK_NOFOLLOW | AT_EMPTY_PATH))
		return ERR_PTR(-EINVAL);
	if (flags & AT_SYMLINK_NOFOLLOW)
		op.lookup_flags &= ~LOOKUP_FOLLOW;
	if (flags & AT_EMPTY_PATH)
		op.lookup_flags |= LOOKUP_EMPTY;
	file = do_filp_open(fd, name, &op);
	if (IS_ERR(file))
		return file;
	err = -EACCES;
	if (!S_ISREG(file_inode(file)->i_mode) || path_noexec(&file->f_path))
		goto err_put;
	err = exe_file_deny_write_access(file);
	if (err)
		goto err_put;
	return file;
err_put:
	fput(file);
	return ERR_PTR(err);
}

static void do_close_execat(struct file *file)
{
	if (!file)
		return;
	exe_file_allow_write_access(file);
	fput(file);
}

/**
 * open_exec - open a file to execute it
 * @name: its path
 *
 * Return: the file, which nobody can write to until exe_file_allow_write_access(); ERR_PTR.
 */
struct file *open_exec(const char *name)
{
	struct filename *filename = getname_kernel(name);
	struct file *file;

	if (IS_ERR(filename))
		return ERR_CAST(filename);
	file = do_open_execat(AT_FDCWD, filename, 0);
	putname(filename);
	return file;
}
EXPORT_SYMBOL(open_exec);

/* Whoever may execute but not read a file shall not read it by dumping the process. */
void would_dump(struct linux_binprm *bprm, struct file *file)
{
	if (inode_permission(&nop_mnt_idmap, file_inode(file), MAY_READ) < 0)
		bprm->interp_flags |= BINPRM_FLAGS_ENFORCE_NONDUMP;
}
EXPORT_SYMBOL(would_dump);

/* ---- the struct ---- */

static void free_bprm(struct linux_binprm *bprm)
{
	if (bprm->mm)
		mmput(bprm->mm);
	if (bprm->cred) {
		/* Not committed: nobody has let go of the mutex. */
		mutex_unlock(&current->signal->cred_guard_mutex);
		abort_creds(bprm->cred);
	}
	do_close_execat(bprm->file);
	if (bprm->executable)
		fput(bprm->executable);
	if (bprm->interp != bprm->filename)
		kfree(bprm->interp);
	kfree(bprm->fdpath);
	kfree(bprm);
}

/* execveat(): the program is told a name by which it could find itself. */
static int name_by_descriptor(struct linux_binprm *bprm, int fd, struct filename *filename)
{
	if (filename->name[0] == '\0') {
		bprm->fdpath = kasprintf(GFP_KERNEL, "/dev/fd/%d", fd);
		bprm->comm_from_dentry = 1;
	} else {
		bprm->fdpath = kasprintf(GFP_KERNEL, "/dev/fd/%d/%s", fd, filename->name);
	}
	if (!bprm->fdpath)
		return -ENOMEM;
	/* An interpreter would find nothing there. */
	if (get_close_on_exec(fd))
		bprm->interp_flags |= BINPRM_FLAGS_PATH_INACCESSIBLE;
	bprm->filename = bprm->fdpath;
	return 0;
}

static struct linux_binprm *alloc_bprm(int fd, struct filename *filename, int flags)
{
	struct linux_binprm *bprm;
	struct file *file;
	int err = 0;

	file = do_open_execat(fd, filename, flags);
	if (IS_ERR(file))
		return ERR_CAST(file);
	bprm = kzalloc(sizeof(*bprm), GFP_KERNEL);
	if (!bprm) {
		do_close_execat(file);
		return ERR_PTR(-ENOMEM);
	}
	bprm->file = file;
	bprm->filename = filename->name;
	if (fd != AT_FDCWD && filename->name[0] != '/')
		err = name_by_descriptor(bprm, fd, filename);
	bprm->interp = bprm->filename;
	if (!err)
		err = bprm_mm_init(bprm);
	if (err) {
		free_bprm(bprm);
		return ERR_PTR(err);
	}
	return bprm;
}

/* ---- credentials ---- */

static int prepare_bprm_creds(struct linux_binprm *bprm)
{
	if (mutex_lock_interruptible(&current->signal->cred_guard_mutex))
		return -ERESTARTNOINTR;
	bprm->cred = prepare_exec_creds();
	if (likely(bprm->cred))
		return 0;
	mutex_unlock(&current->signal->cred_guard_mutex);
	return -ENOMEM;
}

/*
 * Reasons why no new rights are given: a tracer, a promise, or somebody else who shares our working
 * directory and root, by which they could be led astray.
 */
static void check_unsafe_exec(struct linux_binprm *bprm)
{
	struct task_struct *p = current, *t;
	int n_fs = 0;

	if (p->ptrace)
		bprm->unsafe |= LSM_UNSAFE_PTRACE;
	if (task_no_new_privs(p))
		bprm->unsafe |= LSM_UNSAFE_NO_NEW_PRIVS;

	spin_lock(&p->fs->lock);
	rcu_read_lock();
	for_each_thread(p, t)
		n_fs += t->fs == p->fs;
	rcu_read_unlock();
	if (p->fs->users > n_fs)
		bprm->unsafe |= LSM_UNSAFE_SHARE;
	else
		p->fs->in_exec = 1;	/* and nobody joins until we are done */
	spin_unlock(&p->fs->lock);
}

/* Set-uid and set-gid bits. */
static void bprm_fill_uid(struct linux_binprm *bprm, struct file *file)
{
	struct inode *inode = file_inode(file);
	unsigned int mode;
	kuid_t uid;
	kgid_t gid;

	if (!mnt_may_suid(file->f_path.mnt) || task_no_new_privs(current))
		return;
	if (!(READ_ONCE(inode->i_mode) & (S_ISUID | S_ISGID)))
		return;
	/* chown() clears the bits; both belong together. */
	inode_lock(inode);
	mode = inode->i_mode;
	uid = inode->i_uid;
	gid = inode->i_gid;
	inode_unlock(inode);
	if (mode & S_ISUID) {
		bprm->per_clear |= PER_CLEAR_ON_SETID;
		bprm->cred->euid = uid;
	}
	if ((mode & (S_ISGID | S_IXGRP)) == (S_ISGID | S_IXGRP)) {
		bprm->per_clear |= PER_CLEAR_ON_SETID;
		bprm->cred->egid = gid;
	}
}

static int bprm_creds_from_file(struct linux_binprm *bprm)
{
	struct file *file = bprm->execfd_creds ? bprm->executable : bprm->file;

	bprm_fill_uid(bprm, file);
	return security_bprm_creds_from_file(bprm, file);
}

/* ---- the point of no return ---- */

/* The leader's place in all lists becomes ours, its pid too. With tasklist_lock; it is dead. */
static void become_leader(struct task_struct *tsk, struct task_struct *leader)
{
	tsk->start_time = leader->start_time;
	tsk->start_boottime = leader->start_boottime;
	exchange_tids(tsk, leader);
	transfer_pid(leader, tsk, PIDTYPE_TGID);
	transfer_pid(leader, tsk, PIDTYPE_PGID);
	transfer_pid(leader, tsk, PIDTYPE_SID);
	list_replace_rcu(&leader->tasks, &tsk->tasks);
	list_replace_init(&leader->sibling, &tsk->sibling);
	tsk->group_leader = tsk;
	leader->group_leader = tsk;
	tsk->exit_signal = SIGCHLD;
	leader->exit_signal = -1;
	leader->exit_state = EXIT_DEAD;
	/* Its tracer, who waits for the end of this very thread, waits in vain from now on. */
	if (unlikely(leader->ptrace))
		__wake_up_parent(leader, rcu_dereference_protected(leader->parent, true));
}

static int de_thread_killed(struct signal_struct *sig)
{
	read_lock(&tasklist_lock);
	sig->group_exec_task = NULL;
	sig->notify_count = 0;
	read_unlock(&tasklist_lock);
	return -EAGAIN;
}

/*
 * Be the only thread of the process, and its leader. All others are killed; __exit_signal() counts
 * notify_count down and wakes us. The leader can't be released before the last thread, so of it we
 * wait for the exit only (notify_count -1), and release it ourselves.
 */
static int de_thread(struct task_struct *tsk)
{
	struct signal_struct *sig = tsk->signal;
	spinlock_t *lock = &locked_sighand(tsk)->siglock;
	struct task_struct *leader = tsk->group_leader;

	if (thread_group_empty(tsk))
		goto out;
	spin_lock_irq(lock);
	if ((sig->flags & SIGNAL_GROUP_EXIT) || sig->group_exec_task) {
		spin_unlock_irq(lock);
		return -EAGAIN;		/* another was first: we are about to die */
	}
	sig->group_exec_task = tsk;
	sig->notify_count = zap_other_threads(tsk);
	if (!thread_group_leader(tsk))
		sig->notify_count--;
	while (sig->notify_count) {
		__set_current_state(TASK_KILLABLE);
		spin_unlock_irq(lock);
		schedule();
		if (__fatal_signal_pending(tsk))
			return de_thread_killed(sig);
		spin_lock_irq(lock);
	}
	spin_unlock_irq(lock);

	if (!thread_group_leader(tsk)) {
		for (;;) {
			write_lock_irq(&tasklist_lock);
			sig->notify_count = -1;	/* exit_notify() of the leader looks at it */
			if (likely(leader->exit_state))
				break;
			__set_current_state(TASK_KILLABLE);
			write_unlock_irq(&tasklist_lock);
			schedule();
			if (__fatal_signal_pending(tsk))
				return de_thread_killed(sig);
		}
		become_leader(tsk, leader);
		write_unlock_irq(&tasklist_lock);
		release_task(leader);
	}
	sig->group_exec_task = NULL;
	sig->notify_count = 0;
out:
	tsk->exit_signal = SIGCHLD;
	return 0;
}

/* Leave the old address space for @mm. Returns with exec_update_lock held. */
static int exec_mmap(struct mm_struct *mm)
{
	struct task_struct *tsk = current;
	struct mm_struct *old_mm = tsk->mm, *active_mm;
	int ret;

	exec_mm_release(tsk, old_mm);
	ret = down_write_killable(&tsk->signal->exec_update_lock);
	if (ret)
		return ret;
	if (old_mm && mmap_read_lock_killable(old_mm)) {
		up_write(&tsk->signal->exec_update_lock);
		return -EINTR;
	}
	task_lock(tsk);
	local_irq_disable();
	active_mm = tsk->active_mm;
	tsk->active_mm = mm;
	tsk->mm = mm;
	activate_mm(active_mm, mm);
	local_irq_enable();
	task_unlock(tsk);
	if (old_mm) {
		mmap_read_unlock(old_mm);
		BUG_ON(active_mm != old_mm);
		tsk->signal->maxrss = max(tsk->signal->maxrss, get_mm_hiwater_rss(old_mm));
		mmput(old_mm);
	} else {
		mmdrop_lazy_tlb(active_mm);
	}
	return 0;
}

static void drop_timers(struct task_struct *me)
{
	spin_lock_irq(&own_sighand()->siglock);
	posix_cpu_timers_exit(me);
	spin_unlock_irq(&own_sighand()->siglock);
	exit_itimers(me);
	flush_itimer_signals();
}

static void take_name(struct linux_binprm *bprm)
{
	if (bprm->comm_from_dentry)
		__set_task_comm(current, (const char *)bprm->file->f_path.dentry->d_name.name,
				true);
	else
		__set_task_comm(current, kbasename(bprm->filename), true);
}

static void take_creds(struct linux_binprm *bprm)
{
	const struct cred *cred = current_cred();

	security_bprm_committing_creds(bprm);
	commit_creds(bprm->cred);
	bprm->cred = NULL;
	cred = current_cred();
	/* Who has gained by this program is not to be looked into; nor a file nobody could read. */
	if ((bprm->interp_flags & BINPRM_FLAGS_ENFORCE_NONDUMP) ||
	    !uid_eq(cred->euid, cred->uid) || !gid_eq(cred->egid, cred->gid))
		set_dumpable(current->mm, suid_dumpable);
	else if (!bprm->secureexec)
		set_dumpable(current->mm, SUID_DUMP_USER);
	security_bprm_committed_creds(bprm);
}

/**
 * begin_new_exec - end the old program
 * @bprm: the exec; the format has checked what it could
 *
 * Context: may sleep. Takes exec_update_lock, for setup_new_exec() to release.
 * Return: 0; or an errno, after which the process is killed.
 */
int begin_new_exec(struct linux_binprm *bprm)
{
	struct task_struct *me = current;
	int err = bprm_creds_from_file(bprm);

	if (err)
		return err;
	bprm->point_of_no_return = 1;

	err = de_thread(me);
	if (err)
		return err;
	err = unshare_files();
	if (err)
		return err;
	would_dump(bprm, bprm->file);
	if (bprm->have_execfd)
		would_dump(bprm, bprm->executable);
	set_mm_exe_file(bprm->mm, bprm->file);

	err = exec_mmap(bprm->mm);
	if (err)
		return err;
	bprm->mm = NULL;
	drop_timers(me);
	err = unshare_sighand(me);
	if (err)
		goto err_unlock;

	me->flags &= ~(PF_RANDOMIZE | PF_FORKNOEXEC | PF_NOFREEZE | PF_NO_SETAFFINITY);
	flush_thread();
	me->personality &= ~bprm->per_clear;
	do_close_on_exec(me->files);
	if (bprm->secureexec) {
		me->pdeath_signal = 0;
		/* What the limit is decides where mappings go: the caller shall not. */
		bprm->rlim_stack.rlim_cur = min(bprm->rlim_stack.rlim_cur, 8UL * 1024 * 1024);
	}
	me->sas_ss_sp = 0;
	me->sas_ss_size = 0;
	take_name(bprm);
	WRITE_ONCE(me->self_exec_id, me->self_exec_id + 1);
	flush_signal_handlers(me, 0);
	take_creds(bprm);
	if (!bprm->have_execfd)
		return 0;
	err = get_unused_fd_flags(0);
	if (err < 0)
		goto err_unlock;
	fd_install(err, bprm->executable);
	bprm->executable = NULL;
	bprm->execfd = err;
	return 0;

err_unlock:
	up_write(&me->signal->exec_update_lock);
	if (!bprm->cred)
		mutex_unlock(&me->signal->cred_guard_mutex);
	return err;
}
EXPORT_SYMBOL(begin_new_exec);

/**
 * setup_new_exec - the new program's address space takes its shape
 * @bprm: the exec, after begin_new_exec()
 */
void setup_new_exec(struct linux_binprm *bprm)
{
	struct task_struct *me = current;

	me->mm->task_size = TASK_SIZE;
	arch_pick_mmap_layout(me->mm, &bprm->rlim_stack);
	up_write(&me->signal->exec_update_lock);
	mutex_unlock(&me->signal->cred_guard_mutex);
}
EXPORT_SYMBOL(setup_new_exec);

/* Nothing can fail any more: the limit that was used is the process's. */
void finalize_exec(struct linux_binprm *bprm)
{
	task_lock(current->group_leader);
	current->signal->rlim[RLIMIT_STACK] = bprm->rlim_stack;
	task_unlock(current->group_leader);
}
EXPORT_SYMBOL(finalize_exec);

/* ---- finding the format ---- */

/* The first bytes of the file. */
static int prepare_binprm(struct linux_binprm *bprm)
{
	loff_t pos = 0;

	memset(bprm->buf, 0, sizeof(bprm->buf));
	return kernel_read(bprm->file, bprm->buf, sizeof(bprm->buf), &pos);
}

static int search_binary_handler(struct linux_binprm *bprm)
{
	struct linux_binfmt *fmt;
	int err = prepare_binprm(bprm);

	if (err < 0)
		return err;
	err = security_bprm_check_security(bprm);
	if (err)
		return err;
	err = -ENOEXEC;
	down_read(&formats_sem);
	list_for_each_entry(fmt, &formats, lh) {
		err = fmt->load_binary(bprm);
		if (bprm->point_of_no_return || err != -ENOEXEC)
			break;
	}
	up_read(&formats_sem);
	return err;
}

/* Interpreters may be scripts themselves, to a limit. */
static int exec_binprm(struct linux_binprm *bprm)
{
	struct file *exec;
	int depth, err;

	for (depth = 0; ; depth++) {
		if (depth > 5)
			return -ELOOP;
		err = search_binary_handler(bprm);
		if (err < 0)
			return err;
		if (!bprm->interpreter)
			return 0;
		exec = bprm->file;
		bprm->file = bprm->interpreter;
		bprm->interpreter = NULL;
		exe_file_allow_write_access(exec);
		if (unlikely(bprm->have_execfd)) {
			if (bprm->executable) {
				fput(exec);
				return -ENOEXEC;
			}
			bprm->executable = exec;
		} else {
			fput(exec);
		}
	}
}

static int bprm_execve(struct linux_binprm *bprm)
{
	/* As its tracer has known it: a thread that execs gets the leader's number. */
	pid_t old_pid = task_pid_vnr(current);
	int err = prepare_bprm_creds(bprm);

	if (err)
		return err;
	check_unsafe_exec(bprm);
	current->in_execve = 1;
	err = security_bprm_creds_for_exec(bprm);
	if (!err)
		err = exec_binprm(bprm);
	/* Half of the new program is no program. */
	if (err && bprm->point_of_no_return && !fatal_signal_pending(current))
		force_fatal_sig(SIGSEGV);
	current->fs->in_exec = 0;
	current->in_execve = 0;
	if (err < 0)
		return err;
	ptrace_event(PTRACE_EVENT_EXEC, old_pid);
	return 0;
}

/* ---- the calls ---- */

/* setuid() to a user with too many processes can't fail safely, so exec does in its place. */
static bool too_many_processes(void)
{
	const struct cred *cred = current_cred();

	return (current->flags & PF_NPROC_EXCEEDED) && cred->user != INIT_USER &&
	       (unsigned long)atomic_long_read(&cred->user->processes) > rlimit(RLIMIT_NPROC) &&
	       !capable(CAP_SYS_RESOURCE) && !capable(CAP_SYS_ADMIN);
}

static int copy_all_strings(struct linux_binprm *bprm, const char __user *const __user *argv,
			    const char __user *const __user *envp)
{
	int err = count_user(argv);

	if (err < 0)
		return err;
	if (!err)
		pr_warn_once("process '%s' launched '%s' with NULL argv: empty string added\n",
			     current->comm, bprm->filename);
	bprm->argc = err;
	err = count_user(envp);
	if (err < 0)
		return err;
	bprm->envc = err;
	err = bprm_stack_limits(bprm);
	if (err)
		return err;
	err = copy_string_kernel(bprm->filename, bprm);
	if (err)
		return err;
	bprm->exec = bprm->p;
	err = copy_user_strings(bprm, bprm->envc, envp);
	if (err)
		return err;
	err = copy_user_strings(bprm, bprm->argc, argv);
	if (err || bprm->argc)
		return err;
	/* Programs take it for granted that there is an argv[0]. */
	err = copy_string_kernel("", bprm);
	bprm->argc = 1;
	return err;
}

static int do_execveat_common(int fd, struct filename *filename,
			      const char __user *const __user *argv,
			      const char __user *const __user *envp, int flags)
{
	struct linux_binprm *bprm;
	int err;

	if (IS_ERR(filename))
		return PTR_ERR(filename);
	err = -EAGAIN;
	if (too_many_processes())
		goto out;
	current->flags &= ~PF_NPROC_EXCEEDED;
	bprm = alloc_bprm(fd, filename, flags);
	err = PTR_ERR(bprm);
	if (IS_ERR(bprm))
		goto out;
	err = copy_all_strings(bprm, argv, envp);
	if (!err)
		err = bprm_execve(bprm);
	free_bprm(bprm);
out:
	putname(filename);
	return err;
}

/**
 * kernel_execve - make the current task a process that runs a program
 * @kernel_filename: its path
 * @argv: arguments, kernel memory; at least one
 * @envp: environment
 *
 * For a task of user_mode_thread(): when its function returns 0 it goes to user mode.
 *
 * Return: 0 or a negative errno.
 */
int kernel_execve(const char *kernel_filename, const char *const *argv, const char *const *envp)
{
	struct linux_binprm *bprm;
	struct filename *filename;
	int err;

	if (WARN_ON_ONCE(current->flags & PF_KTHREAD))
		return -EINVAL;
	filename = getname_kernel(kernel_filename);
	if (IS_ERR(filename))
		return PTR_ERR(filename);
	bprm = alloc_bprm(AT_FDCWD, filename, 0);
	err = PTR_ERR(bprm);
	if (IS_ERR(bprm))
		goto out_name;
	err = count_kernel(argv);
	if (WARN_ON_ONCE(err == 0))
		err = -EINVAL;
	if (err < 0)
		goto out;
	bprm->argc = err;
	err = count_kernel(envp);
	if (err < 0)
		goto out;
	bprm->envc = err;
	err = bprm_stack_limits(bprm);
	if (err)
		goto out;
	err = copy_string_kernel(bprm->filename, bprm);
	if (err)
		goto out;
	bprm->exec = bprm->p;
	err = copy_kernel_strings(bprm, bprm->envc, envp);
	if (!err)
		err = copy_kernel_strings(bprm, bprm->argc, argv);
	if (!err)
		err = bprm_execve(bprm);
out:
	free_bprm(bprm);
out_name:
	putname(filename);
	return err;
}

/* execve(2) */
SYSCALL_DEFINE3(execve, const char __user *, filename, const char __user *const __user *, argv,
		const char __user *const __user *, envp)
{
	return do_execveat_common(AT_FDCWD, getname(filename), argv, envp, 0);
}

/* execveat(2) */
SYSCALL_DEFINE5(execveat, int, fd, const char __user *, filename,
		const char __user *const __user *, argv, const char __user *const __user *, envp,
		int, flags)
{
	return do_execveat_common(fd, getname_uflags(filename, flags), argv, envp, flags);
}
