// SPDX-License-Identifier: MIT
/*
 * execve(): a process goes on as another program.
 *
 *	alloc_bprm()		open the file, make an empty address space with a stack
 *	copy_all_strings()	arguments and environment onto that stack, while the old memory,
 *				where they come from, is still there
 *	load_program()		ask the formats for one that takes the file; it calls back:
 *	  begin_new_exec()	the other threads end (exec_threads.c), the new address space and
 *				credentials are taken; from here on there is nothing to go back to
 *	  setup_arg_pages()	the stack gets its rights and size (exec_stack.c)
 *
 * Until begin_new_exec() an error is execve()'s result and the caller has lost nothing. After it
 * the process can only be killed (point_of_no_return).
 *
 * The stack is made at its final, random place, so that nothing has to be moved: only a set-uid
 * program whose caller had switched randomness off is moved, see setup_arg_pages().
 *
 * Locks: cred_guard_mutex is held from prepare_creds_for() to setup_new_exec(), so that nobody
 * attaches as a tracer between the look at ->ptrace and the new credentials; exec_update_lock from
 * enter_new_mm() to setup_new_exec(), so that who looks from outside sees address space and
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
#include <linux/mmu_context.h>
#include <linux/mount.h>
#include <linux/namei.h>
#include <linux/personality.h>
#include <linux/pid.h>
#include <linux/posix-timers.h>
#include <linux/ptrace.h>
#include <linux/random.h>
#include <linux/rseq.h>
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

/**
 * __register_binfmt - a format of programs
 * @fmt: the format
 * @insert: before the others, to be asked first
 *
 * Context: may sleep.
 */
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

/**
 * unregister_binfmt - undo that
 * @fmt: the format
 *
 * Context: may sleep; waits for an exec that asks it.
 */
void unregister_binfmt(struct linux_binfmt *fmt)
{
	down_write(&formats_sem);
	list_del(&fmt->lh);
	up_write(&formats_sem);
}
EXPORT_SYMBOL(unregister_binfmt);

/**
 * set_binfmt - by which format the running program was loaded
 * @new: the format
 */
void set_binfmt(struct linux_binfmt *new)
{
	current->mm->binfmt = new;
}
EXPORT_SYMBOL(set_binfmt);

/* ---- the file ---- */

/* What may not be run, whatever its mode: no regular file, or on a mount without execution. */
static bool may_be_program(struct file *file)
{
	return S_ISREG(file_inode(file)->i_mode) && !path_noexec(&file->f_path);
}

/* @flags: AT_*. Return: the file, that nobody can write to until close_program(); ERR_PTR. */
static struct file *open_program(int fd, struct filename *name, int flags)
{
	struct open_flags op = {
		.open_flag = O_LARGEFILE | O_RDONLY | (__force int)FMODE_EXEC,
		.acc_mode = MAY_EXEC,
		.intent = LOOKUP_OPEN,
		.lookup_flags = flags & AT_SYMLINK_NOFOLLOW ? 0 : LOOKUP_FOLLOW,
	};
	struct file *file;
	int err;

	if (flags & ~(AT_SYMLINK_NOFOLLOW | AT_EMPTY_PATH))
		return ERR_PTR(-EINVAL);
	if (flags & AT_EMPTY_PATH)
		op.lookup_flags |= LOOKUP_EMPTY;
	file = do_filp_open(fd, name, &op);
	if (IS_ERR(file))
		return file;
	err = may_be_program(file) ? exe_file_deny_write_access(file) : -EACCES;
	if (!err)
		return file;
	fput(file);
	return ERR_PTR(err);
}

static void close_program(struct file *file)
{
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
	file = open_program(AT_FDCWD, filename, 0);
	putname(filename);
	return file;
}
EXPORT_SYMBOL(open_exec);

/**
 * would_dump - whoever may execute but not read a file shall not read it by dumping the process
 * @bprm: the exec
 * @file: a file that becomes part of it
 */
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
	if (bprm->file)
		close_program(bprm->file);
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

	file = open_program(fd, filename, flags);
	if (IS_ERR(file))
		return ERR_CAST(file);
	bprm = kzalloc(sizeof(*bprm), GFP_KERNEL);
	if (!bprm) {
		close_program(file);
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

/* The new ones are made while nobody can attach as a tracer: what that may do depends on them. */
static int prepare_creds_for(struct linux_binprm *bprm)
{
	struct mutex *guard = &current->signal->cred_guard_mutex;

	if (mutex_lock_interruptible(guard))
		return -ERESTARTNOINTR;
	bprm->cred = prepare_exec_creds();
	if (unlikely(!bprm->cred)) {
		mutex_unlock(guard);
		return -ENOMEM;
	}
	return 0;
}

/*
 * Does a task outside this process share our root and working directory, by which a program with
 * new rights could be led astray? If not, nobody is to join until we are done (in_exec).
 */
static bool shares_fs_with_strangers(struct fs_struct *fs)
{
	struct task_struct *t;
	int ours = 0;
	bool shares;

	spin_lock(&fs->lock);
	rcu_read_lock();
	for_each_thread(current, t)
		ours += t->fs == fs;
	rcu_read_unlock();
	shares = fs->users > ours;
	if (!shares)
		fs->in_exec = 1;
	spin_unlock(&fs->lock);
	return shares;
}

/* Reasons why the modules should give no new rights. */
static void note_dangers(struct linux_binprm *bprm)
{
	if (current->ptrace)
		bprm->unsafe |= LSM_UNSAFE_PTRACE;
	if (task_no_new_privs(current))
		bprm->unsafe |= LSM_UNSAFE_NO_NEW_PRIVS;
	if (shares_fs_with_strangers(current->fs))
		bprm->unsafe |= LSM_UNSAFE_SHARE;
}

/* Set-uid and set-gid bits. The latter means something else on a file its group can't execute. */
static void apply_set_id_bits(struct linux_binprm *bprm, struct file *file)
{
	const umode_t set_gid = S_ISGID | S_IXGRP;
	struct inode *inode = file_inode(file);
	umode_t mode = READ_ONCE(inode->i_mode);
	kuid_t uid;
	kgid_t gid;

	if (likely(!(mode & (S_ISUID | S_ISGID))) || !mnt_may_suid(file->f_path.mnt) ||
	    task_no_new_privs(current))
		return;
	/* Owner and mode that were so at one moment: chown() clears the bits. */
	inode_lock(inode);
	mode = inode->i_mode;
	uid = inode->i_uid;
	gid = inode->i_gid;
	inode_unlock(inode);
	if (mode & S_ISUID)
		bprm->cred->euid = uid;
	if ((mode & set_gid) == set_gid)
		bprm->cred->egid = gid;
	if ((mode & S_ISUID) || (mode & set_gid) == set_gid)
		bprm->per_clear |= PER_CLEAR_ON_SETID;
}

/* Of a script's interpreter, as a rule; of the script itself if that was asked for. */
static int take_file_ids(struct linux_binprm *bprm)
{
	struct file *file = bprm->execfd_creds ? bprm->executable : bprm->file;

	apply_set_id_bits(bprm, file);
	return security_bprm_creds_from_file(bprm, file);
}

/* ---- the point of no return ---- */

/* Leave the old address space for @mm. Return: 0, with exec_update_lock held; -EINTR. */
static int enter_new_mm(struct mm_struct *mm)
{
	struct signal_struct *sig = current->signal;
	struct mm_struct *old = current->mm, *loaded;
	int err;

	exec_mm_release(current, old);
	err = down_write_killable(&sig->exec_update_lock);
	if (err)
		return err;
	loaded = take_current_mm(mm);
	if (!old) {
		mmdrop_lazy_tlb(loaded);
		return 0;
	}
	sig->maxrss = max(sig->maxrss, get_mm_hiwater_rss(old));
	mmput(old);
	return 0;
}

/* Timers don't survive, nor their signals that have yet to be taken. */
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
	const char *name = bprm->comm_from_dentry ?
			   (const char *)bprm->file->f_path.dentry->d_name.name :
			   kbasename(bprm->filename);

	__set_task_comm(current, name, true);
}

/*
 * What execve(2) says is not preserved, of the task itself. Tracers and those who send signals know
 * by self_exec_id that it is another program.
 */
static void forget_old_program(struct linux_binprm *bprm)
{
	struct task_struct *me = current;

	me->flags &= ~(PF_RANDOMIZE | PF_FORKNOEXEC | PF_NOFREEZE | PF_NO_SETAFFINITY);
	me->personality &= ~bprm->per_clear;
	me->sas_ss_sp = 0;
	me->sas_ss_size = 0;
	flush_thread();
	flush_signal_handlers(me, 0);
	do_close_on_exec(me->files);
	if (bprm->secureexec) {
		me->pdeath_signal = 0;
		/* What the limit is decides where mappings go: the caller shall not. */
		bprm->rlim_stack.rlim_cur = min(bprm->rlim_stack.rlim_cur, 8UL * 1024 * 1024);
	}
	take_name(bprm);
	WRITE_ONCE(me->self_exec_id, me->self_exec_id + 1);
}

static void take_creds(struct linux_binprm *bprm)
{
	const struct cred *cred;

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

/* A format that wants it gets the program as an open file (AT_EXECFD). */
static int give_execfd(struct linux_binprm *bprm)
{
	int fd;

	if (!bprm->have_execfd)
		return 0;
	fd = get_unused_fd_flags(0);
	if (fd < 0)
		return fd;
	fd_install(fd, bprm->executable);
	bprm->executable = NULL;
	bprm->execfd = fd;
	return 0;
}

/* Be alone, with files and handlers that nobody shares. */
static int leave_company(void)
{
	int err = exec_end_other_threads();

	return err ? err : unshare_files();
}

/* After the address space: exec_update_lock is held. */
static int become_new_program(struct linux_binprm *bprm)
{
	int err;

	drop_timers(current);
	err = unshare_sighand(current);
	if (err)
		return err;
	forget_old_program(bprm);
	take_creds(bprm);
	return give_execfd(bprm);
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
	struct signal_struct *sig = current->signal;
	int err = take_file_ids(bprm);

	if (err)
		return err;
	bprm->point_of_no_return = 1;
	err = leave_company();
	if (err)
		return err;
	would_dump(bprm, bprm->file);
	if (bprm->have_execfd)
		would_dump(bprm, bprm->executable);
	set_mm_exe_file(bprm->mm, bprm->file);
	rseq_execve(current);
	err = enter_new_mm(bprm->mm);
	if (err)
		return err;
	bprm->mm = NULL;
	err = become_new_program(bprm);
	if (unlikely(err)) {
		up_write(&sig->exec_update_lock);
		/* Who still has the credentials has the mutex: free_bprm(). */
		if (!bprm->cred)
			mutex_unlock(&sig->cred_guard_mutex);
	}
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

/**
 * finalize_exec - nothing can fail any more: the stack limit that was used is the process's
 * @bprm: the exec
 */
void finalize_exec(struct linux_binprm *bprm)
{
	task_lock(current->group_leader);
	current->signal->rlim[RLIMIT_STACK] = bprm->rlim_stack;
	task_unlock(current->group_leader);
}
EXPORT_SYMBOL(finalize_exec);

/* ---- finding the format ---- */

/* The file's first bytes, by which formats know it. Zeroes behind a shorter file. */
static int read_head(struct linux_binprm *bprm)
{
	loff_t pos = 0;

	memset(bprm->buf, 0, sizeof(bprm->buf));
	return kernel_read(bprm->file, bprm->buf, sizeof(bprm->buf), &pos);
}

/* Ask the formats in turn. -ENOEXEC of one means: not mine. */
static int load_by_some_format(struct linux_binprm *bprm)
{
	struct linux_binfmt *fmt;
	int err = read_head(bprm);

	if (err >= 0)
		err = security_bprm_check_security(bprm);
	if (err)
		return err;
	err = -ENOEXEC;
	down_read(&formats_sem);
	list_for_each_entry(fmt, &formats, lh) {
		err = fmt->load_binary(bprm);
		if (err != -ENOEXEC || bprm->point_of_no_return)
			break;
	}
	up_read(&formats_sem);
	return err;
}

/* A script named its interpreter: that is the file now. The script may be wanted open, once. */
static int go_on_with_interpreter(struct linux_binprm *bprm)
{
	struct file *script = bprm->file;

	bprm->file = bprm->interpreter;
	bprm->interpreter = NULL;
	exe_file_allow_write_access(script);
	if (likely(!bprm->have_execfd)) {
		fput(script);
		return 0;
	}
	if (bprm->executable) {
		fput(script);
		return -ENOEXEC;
	}
	bprm->executable = script;
	return 0;
}

#define MAX_INTERPRETERS	5	/* a script's interpreter may be a script, and so on */

static int load_program(struct linux_binprm *bprm)
{
	int scripts, err = load_by_some_format(bprm);

	for (scripts = 1; !err && bprm->interpreter; scripts++) {
		err = go_on_with_interpreter(bprm);
		if (!err && scripts > MAX_INTERPRETERS)
			err = -ELOOP;
		if (!err)
			err = load_by_some_format(bprm);
	}
	return err;
}

static int execute(struct linux_binprm *bprm)
{
	/* As its tracer has known it: a thread that execs gets the leader's number. */
	pid_t old_pid = task_pid_vnr(current);
	int err = prepare_creds_for(bprm);

	if (err)
		return err;
	note_dangers(bprm);
	current->in_execve = 1;
	err = security_bprm_creds_for_exec(bprm);
	if (!err)
		err = load_program(bprm);
	current->fs->in_exec = 0;
	current->in_execve = 0;
	if (likely(!err)) {
		ptrace_event(PTRACE_EVENT_EXEC, old_pid);
		return 0;
	}
	/* Half of the new program is no program. */
	if (bprm->point_of_no_return && !fatal_signal_pending(current))
		force_fatal_sig(SIGSEGV);
	return err;
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

/* Two lists of strings, in the caller's memory or, for kernel_execve(), in ours. */
struct exec_strings {
	const char __user *const __user *uargv, *const __user *uenvp;
	const char *const *argv, *const *envp;
	bool from_kernel;
};

static int count_strings(struct linux_binprm *bprm, const struct exec_strings *s)
{
	int argc = s->from_kernel ? count_kernel(s->argv) : count_user(s->uargv), envc;

	if (argc < 0)
		return argc;
	envc = s->from_kernel ? count_kernel(s->envp) : count_user(s->uenvp);
	if (envc < 0)
		return envc;
	bprm->argc = argc;
	bprm->envc = envc;
	return 0;
}

static int copy_lists(struct linux_binprm *bprm, const struct exec_strings *s)
{
	int err;

	if (s->from_kernel) {
		err = copy_kernel_strings(bprm, bprm->envc, s->envp);
		return err ? err : copy_kernel_strings(bprm, bprm->argc, s->argv);
	}
	err = copy_user_strings(bprm, bprm->envc, s->uenvp);
	return err ? err : copy_user_strings(bprm, bprm->argc, s->uargv);
}

/* Onto the new stack, from the top down: the program's name, its environment, its arguments. */
static int copy_all_strings(struct linux_binprm *bprm, const struct exec_strings *s)
{
	int err = count_strings(bprm, s);

	if (!err)
		err = bprm_stack_limits(bprm);
	if (!err)
		err = copy_string_kernel(bprm->filename, bprm);
	bprm->exec = bprm->p;
	if (!err)
		err = copy_lists(bprm, s);
	if (err || bprm->argc)
		return err;
	/* Programs take it for granted that there is an argv[0]. */
	pr_warn_once("process '%s' launched '%s' with NULL argv: empty string added\n",
		     current->comm, bprm->filename);
	bprm->argc = 1;
	return copy_string_kernel("", bprm);
}

/* Consumes @filename. */
static int execute_file(int fd, struct filename *filename, const struct exec_strings *s, int flags)
{
	struct linux_binprm *bprm;
	int err;

	if (IS_ERR(filename))
		return PTR_ERR(filename);
	bprm = alloc_bprm(fd, filename, flags);
	err = PTR_ERR_OR_ZERO(bprm);
	if (err)
		goto out;
	err = copy_all_strings(bprm, s);
	if (!err)
		err = execute(bprm);
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
	struct exec_strings s = { .argv = argv, .envp = envp, .from_kernel = true };

	if (WARN_ON_ONCE((current->flags & PF_KTHREAD) || !argv || !argv[0]))
		return -EINVAL;
	return execute_file(AT_FDCWD, getname_kernel(kernel_filename), &s, 0);
}

static int execute_for_user(int fd, struct filename *filename,
			    const char __user *const __user *argv,
			    const char __user *const __user *envp, int flags)
{
	struct exec_strings s = { .uargv = argv, .uenvp = envp };

	if (too_many_processes()) {
		if (!IS_ERR(filename))
			putname(filename);
		return IS_ERR(filename) ? PTR_ERR(filename) : -EAGAIN;
	}
	current->flags &= ~PF_NPROC_EXCEEDED;
	return execute_file(fd, filename, &s, flags);
}

/* execve(2) */
SYSCALL_DEFINE3(execve, const char __user *, filename, const char __user *const __user *, argv,
		const char __user *const __user *, envp)
{
	return execute_for_user(AT_FDCWD, getname(filename), argv, envp, 0);
}

/* execveat(2) */
SYSCALL_DEFINE5(execveat, int, fd, const char __user *, filename,
		const char __user *const __user *, argv, const char __user *const __user *, envp,
		int, flags)
{
	return execute_for_user(fd, getname_uflags(filename, flags), argv, envp, flags);
}
