// SPDX-License-Identifier: MIT
/*
 * kcmp(2): do two processes share an object of the kernel?
 *
 * For those who checkpoint processes: two descriptors may be one open file. Beside "the same" the
 * answer tells an order, so that many can be sorted and the same ones found next to each other. The
 * order is that of addresses, disguised: an address itself would help an attacker. The disguise
 * maps different addresses to different numbers (an xor, and a product by an odd number), or equal
 * would not be certain.
 */

#include <linux/errno.h>
#include <linux/fdtable.h>
#include <linux/file.h>
#include <linux/init.h>
#include <linux/pid.h>
#include <linux/ptrace.h>
#include <linux/random.h>
#include <linux/rwsem.h>
#include <linux/sched.h>
#include <linux/sched/signal.h>
#include <linux/sched/task.h>
#include <linux/syscalls.h>
#include <uapi/linux/kcmp.h>

/* By kind: the order of one kind says nothing of another. */
static unsigned long cookies[KCMP_TYPES][2] __ro_after_init;

static unsigned long disguise(const void *ptr, int type)
{
	return ((unsigned long)ptr ^ cookies[type][0]) * cookies[type][1];
}

/* Return: 0 the same, 1 the first is less, 2 greater. */
static int compare(const void *a, const void *b, int type)
{
	unsigned long x = disguise(a, type), y = disguise(b, type);

	return x == y ? 0 : x < y ? 1 : 2;
}

/* Only its address is looked at: no reference is kept. */
static const struct file *file_of(struct task_struct *task, unsigned int fd)
{
	struct file *file = fget_task(task, fd);

	if (file)
		fput(file);
	return file;
}

static int compare_files(struct task_struct *a, struct task_struct *b, unsigned long fd1,
			 unsigned long fd2)
{
	const struct file *f1 = file_of(a, fd1), *f2 = file_of(b, fd2);

	return f1 && f2 ? compare(f1, f2, KCMP_FILE) : -EBADF;
}

/* They may be looked at: both exec_update_locks are held. */
static int compare_tasks(struct task_struct *a, struct task_struct *b, int type,
			 unsigned long idx1, unsigned long idx2)
{
	switch (type) {
	case KCMP_FILE:
		return compare_files(a, b, idx1, idx2);
	case KCMP_VM:
		return compare(a->mm, b->mm, type);
	case KCMP_FILES:
		return compare(a->files, b->files, type);
	case KCMP_FS:
		return compare(a->fs, b->fs, type);
	case KCMP_SIGHAND:
		return compare((void __force *)a->sighand, (void __force *)b->sighand, type);
	case KCMP_IO:		/* no task has a context of its own */
		return compare(NULL, NULL, type);
	default:		/* KCMP_SYSVSEM, KCMP_EPOLL_TFD: not told */
		return -EOPNOTSUPP;
	}
}

static void unlock_both(struct rw_semaphore *l1, struct rw_semaphore *l2)
{
	up_read(l2);
	if (l1 != l2)
		up_read(l1);
}

/* By address, as somebody else may come with the two the other way round. */
static int lock_both(struct rw_semaphore *l1, struct rw_semaphore *l2)
{
	int err;

	if (l2 > l1)
		swap(l1, l2);
	err = down_read_killable(l1);
	if (err || l1 == l2)
		return err;
	err = down_read_killable_nested(l2, SINGLE_DEPTH_NESTING);
	if (err)
		up_read(l1);
	return err;
}

static int kcmp_tasks(struct task_struct *a, struct task_struct *b, int type, unsigned long idx1,
		      unsigned long idx2)
{
	struct rw_semaphore *l1 = &a->signal->exec_update_lock, *l2 = &b->signal->exec_update_lock;
	int ret = lock_both(l1, l2);

	if (ret)
		return ret;
	if (!ptrace_may_access(a, PTRACE_MODE_READ_REALCREDS) ||
	    !ptrace_may_access(b, PTRACE_MODE_READ_REALCREDS))
		ret = -EPERM;
	else
		ret = compare_tasks(a, b, type, idx1, idx2);
	unlock_both(l1, l2);
	return ret;
}

/* kcmp(2) */
SYSCALL_DEFINE5(kcmp, pid_t, pid1, pid_t, pid2, int, type, unsigned long, idx1, unsigned long, idx2)
{
	struct task_struct *a = find_get_task_by_vpid(pid1), *b = find_get_task_by_vpid(pid2);
	int ret = -ESRCH;

	if (a && b)
		ret = type < 0 || type >= KCMP_TYPES ? -EINVAL : kcmp_tasks(a, b, type, idx1, idx2);
	if (b)
		put_task_struct(b);
	if (a)
		put_task_struct(a);
	return ret;
}

static int __init kcmp_cookies_init(void)
{
	int i;

	for (i = 0; i < KCMP_TYPES; i++) {
		cookies[i][0] = get_random_long();
		cookies[i][1] = get_random_long() | 1;
	}
	return 0;
}
late_initcall(kcmp_cookies_init);
