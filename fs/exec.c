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
#include <linux/limits.h>
#include <linux/mm.h>
#include <linux/mman.h>
#include <linux/mmap_lock.h>
#include <linux/mmu_context.h>
#include <linux/mount.h>
#include <linux/namei.h>
#include <linux/personality.h>
#include <linux/pid.h>
#include <linux/posix-timers.h>
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
#include <linux/user_namespace.h>
#include <asm/cacheflush.h>

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

/* ---- the stack, before the program has it ---- */

/* Bits of the stack's place that chance decides, in pages: 16 GiB. */
#define STACK_RND_MASK	0x3fffffUL

static unsigned long pick_stack_top(void)
{
	unsigned long random = 0;

	if (randomize_va_space && !(current->personality & ADDR_NO_RANDOMIZE))
		random = (get_random_long() & STACK_RND_MASK) << PAGE_SHIFT;
	return PAGE_ALIGN(STACK_TOP) - random;
}

/* An empty address space but for a page of stack. */
static int bprm_mm_init(struct linux_binprm *bprm)
{
	struct mm_struct *mm = mm_alloc();
	struct vm_area_struct *vma;
	int err = -ENOMEM;

	bprm->mm = mm;
	if (!mm)
		return -ENOMEM;
	task_lock(current->group_leader);
	bprm->rlim_stack = current->signal->rlim[RLIMIT_STACK];
	task_unlock(current->group_leader);

	vma = vm_area_alloc(mm);
	if (!vma)
		goto err_mm;
	vma->vm_end = pick_stack_top();
	vma->vm_start = vma->vm_end - PAGE_SIZE;
	vm_flags_init(vma, VM_STACK_FLAGS);
	vma->vm_page_prot = vm_get_page_prot(vma->vm_flags);
	if (mmap_write_lock_killable(mm)) {
		err = -EINTR;
		goto err_vma;
	}
	err = insert_vm_struct(mm, vma);
	if (!err) {
		mm->stack_vm = 1;
		mm->total_vm = 1;
	}
	mmap_write_unlock(mm);
	if (err)
		goto err_vma;
	bprm->vma = vma;
	bprm->p = vma->vm_end - sizeof(void *);
	return 0;
err_vma:
	vm_area_free(vma);
err_mm:
	bprm->mm = NULL;
	mmput(mm);
	return err;
}

/*
 * All strings and the pointers to them: at most a quarter of the stack limit or 6 MiB, so that the
 * program has stack left; but 128 KiB always.
 */
static int bprm_stack_limits(struct linux_binprm *bprm)
{
	unsigned long limit = min(8UL * 1024 * 1024 / 4 * 3, bprm->rlim_stack.rlim_cur / 4);
	unsigned long pointers = (max(bprm->argc, 1) + (unsigned long)bprm->envc) * sizeof(void *);

	limit = max(limit, (unsigned long)ARG_MAX);
	if (limit <= pointers)
		return -E2BIG;
	bprm->argmin = bprm->p - (limit - pointers);
	return 0;
}

/* The page of the new stack at @pos, referenced; NULL if there can't be one. */
static struct page *get_arg_page(struct linux_binprm *bprm, unsigned long pos)
{
	struct mm_struct *mm = bprm->mm;
	struct page *page;
	long ret;

	if (pos < bprm->vma->vm_start) {
		mmap_write_lock(mm);
		ret = expand_stack_locked(bprm->vma, pos);
		mmap_write_unlock(mm);
		if (ret)
			return NULL;
	}
	mmap_read_lock(mm);
	ret = get_user_pages_remote(mm, pos, 1, FOLL_WRITE, &page, NULL);
	mmap_read_unlock(mm);
	return ret == 1 ? page : NULL;
}

/* The page that strings are being written to. */
struct arg_page {
	struct page *page;
	unsigned long addr;
};

static void arg_page_put(struct arg_page *ap)
{
	if (ap->page) {
		flush_dcache_page(ap->page);
		put_page(ap->page);
	}
	ap->page = NULL;
}

/* Kernel address of the byte before @pos; so many bytes below it are on the same page: *room. */
static char *arg_bytes_below(struct linux_binprm *bprm, struct arg_page *ap, unsigned long pos,
			     unsigned long *room)
{
	unsigned long addr = (pos - 1) & PAGE_MASK;

	if (!ap->page || ap->addr != addr) {
		arg_page_put(ap);
		ap->page = get_arg_page(bprm, addr);
		if (!ap->page)
			return NULL;
		ap->addr = addr;
	}
	*room = pos - addr;
	return (char *)page_address(ap->page) + *room;
}

/* One string of @len bytes, its end included, below those that are there. */
static int copy_user_string(struct linux_binprm *bprm, struct arg_page *ap,
			    const char __user *str, unsigned long len)
{
	unsigned long pos = bprm->p, room, n;
	char *to;

	bprm->p -= len;
	if (bprm->p < bprm->argmin)
		return -E2BIG;
	for (str += len; len; len -= n, pos -= n) {
		to = arg_bytes_below(bprm, ap, pos, &room);
		if (!to)
			return -E2BIG;
		n = min(room, len);
		str -= n;
		if (copy_from_user(to - n, str, n))
			return -EFAULT;
	}
	return 0;
}

static const char __user *get_user_arg_ptr(const char __user *const __user *argv, int nr)
{
	const char __user *native;

	if (get_user(native, argv + nr))
		return (const char __force __user *)ERR_PTR(-EFAULT);
	return native;
}

/* How many strings: -EFAULT, -E2BIG, -ERESTARTNOHAND if a fatal signal came. */
static int count_user(const char __user *const __user *argv)
{
	const char __user *p;
	int i;

	if (!argv)
		return 0;
	for (i = 0; ; i++) {
		p = get_user_arg_ptr(argv, i);
		if (!p)
			return i;
		if (IS_ERR(p))
			return -EFAULT;
		if (i >= MAX_ARG_STRINGS)
			return -E2BIG;
		if (fatal_signal_pending(current))
			return -ERESTARTNOHAND;
		cond_resched();
	}
}

/* The last string first, as they grow down. */
static int copy_user_strings(struct linux_binprm *bprm, int argc,
			     const char __user *const __user *argv)
{
	struct arg_page ap = { };
	int err = 0;

	while (argc-- > 0 && !err) {
		const char __user *str = get_user_arg_ptr(argv, argc);
		long len;

		err = -EFAULT;
		if (IS_ERR(str))
			break;
		len = strnlen_user(str, MAX_ARG_STRLEN);
		if (!len)
			break;
		err = -E2BIG;
		if (len > MAX_ARG_STRLEN)
			break;
		err = copy_user_string(bprm, &ap, str, len);
		if (!err && fatal_signal_pending(current))
			err = -ERESTARTNOHAND;
		cond_resched();
	}
	arg_page_put(&ap);
	return err;
}

/**
 * copy_string_kernel - put a string of the kernel's onto the new stack
 * @arg: the string
 * @bprm: the exec
 *
 * Return: 0 or -E2BIG.
 */
int copy_string_kernel(const char *arg, struct linux_binprm *bprm)
{
	unsigned long len = strnlen(arg, MAX_ARG_STRLEN) + 1, pos = bprm->p, room, n;
	struct arg_page ap = { };
	char *to;
	int err = -E2BIG;

	if (len > MAX_ARG_STRLEN)
		return -E2BIG;
	bprm->p -= len;
	if (bprm->p < bprm->argmin)
		return -E2BIG;
	for (arg += len; len; len -= n, pos -= n) {
		to = arg_bytes_below(bprm, &ap, pos, &room);
		if (!to)
			goto out;
		n = min(room, len);
		arg -= n;
		memcpy(to - n, arg, n);
	}
	err = 0;
out:
	arg_page_put(&ap);
	return err;
}
EXPORT_SYMBOL(copy_string_kernel);

static int count_kernel(const char *const *argv)
{
	int i;

	if (!argv)
		return 0;
	for (i = 0; argv[i]; i++)
		if (i >= MAX_ARG_STRINGS)
			return -E2BIG;
	return i;
}

static int copy_kernel_strings(struct linux_binprm *bprm, int argc, const char *const *argv)
{
	int err = 0;

	while (argc-- > 0 && !err)
		err = copy_string_kernel(argv[argc], bprm);
	return err;
}

/**
 * remove_arg_zero - drop the first string, for an interpreter that puts another in its place
 * @bprm: the exec
 *
 * Return: 0 or -EFAULT.
 */
int remove_arg_zero(struct linux_binprm *bprm)
{
	struct arg_page ap = { };
	unsigned long room;
	char *byte;
	bool end;

	if (!bprm->argc)
		return 0;
	do {
		/* The byte at p, that is the one below p + 1. */
		byte = arg_bytes_below(bprm, &ap, bprm->p + 1, &room);
		if (!byte)
			return -EFAULT;
		end = byte[-1] == '\0';
		bprm->p++;
	} while (!end);
	arg_page_put(&ap);
	bprm->argc--;
	return 0;
}
EXPORT_SYMBOL(remove_arg_zero);

/* What is run is not what was asked for. */
int bprm_change_interp(const char *interp, struct linux_binprm *bprm)
{
	char *copy = kstrdup(interp, GFP_KERNEL);

	if (!copy)
		return -ENOMEM;
	if (bprm->interp != bprm->filename)
		kfree(bprm->interp);
	bprm->interp = copy;
	return 0;
}
EXPORT_SYMBOL(bprm_change_interp);

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

/* ---- the stack, as the program gets it ---- */

static int stack_protection(struct vm_area_struct *vma, int executable_stack)
{
	vm_flags_t flags = vma->vm_flags | vma->vm_mm->def_flags;

	if (executable_stack == EXSTACK_ENABLE_X)
		flags |= VM_EXEC;
	else if (executable_stack == EXSTACK_DISABLE_X)
		flags &= ~VM_EXEC;
	vm_flags_reset(vma, flags);
	vma_set_page_prot(vma);
	/* The pages that hold the strings have the old protection. */
	return change_protection(vma, vma->vm_start, vma->vm_end) < 0 ? -ENOMEM : 0;
}

/**
 * setup_arg_pages - finish the stack
 * @bprm: the exec; its strings are there
 * @stack_top: ignored unless the stack has to move: it is where it should be already
 * @executable_stack: EXSTACK_*
 *
 * A set-uid program has lost its caller's ADDR_NO_RANDOMIZE by now, but has a stack that was made
 * under it.
 *
 * Return: 0, -ENOMEM, -EINTR.
 */
int setup_arg_pages(struct linux_binprm *bprm, unsigned long stack_top, int executable_stack)
{
	struct vm_area_struct *vma = bprm->vma;
	struct mm_struct *mm = current->mm;
	unsigned long size, base, shift = 0;
	int err = 0;

	(void)stack_top;
	if (mmap_write_lock_killable(mm))
		return -EINTR;
	if ((bprm->per_clear & ADDR_NO_RANDOMIZE) && vma->vm_end == PAGE_ALIGN(STACK_TOP))
		shift = vma->vm_end - pick_stack_top();
	if (shift)
		err = relocate_vma_down(vma, shift);
	if (err)
		goto out;
	bprm->p -= shift;
	bprm->exec -= shift;
	mm->arg_start = bprm->p;

	if (executable_stack != EXSTACK_DEFAULT)
		err = stack_protection(vma, executable_stack);
	if (err)
		goto out;
	/* What most programs need anyhow; the rest comes as it is touched. */
	size = min(bprm->rlim_stack.rlim_cur & PAGE_MASK,
		   vma->vm_end - vma->vm_start + 128 * 1024);
	base = vma->vm_end - size;
	mm->start_stack = bprm->p;
	if (base < vma->vm_start && expand_stack_locked(vma, base))
		err = -EFAULT;
out:
	mmap_write_unlock(mm);
	return err;
}
EXPORT_SYMBOL(setup_arg_pages);

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
	return err < 0 ? err : 0;
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
