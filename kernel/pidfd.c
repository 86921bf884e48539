// SPDX-License-Identifier: MIT
/*
 * pidfds: descriptors that stand for a process.
 *
 * The file keeps a struct pid, so it never comes to mean another process. poll() says when the
 * process has ended; signals are sent to it (kernel/signal/kill.c) and its descriptors copied
 * without the race that a pid number has, which may be somebody else's by the time that it is used.
 *
 * With PIDFD_THREAD it stands for one thread.
 */

#include <linux/anon_inodes.h>
#include <linux/err.h>
#include <linux/file.h>
#include <linux/fs.h>
#include <linux/pid.h>
#include <linux/poll.h>
#include <linux/ptrace.h>
#include <linux/sched/signal.h>
#include <linux/sched/task.h>
#include <linux/seq_file.h>
#include <linux/syscalls.h>

static int pidfd_release(struct inode *inode, struct file *file)
{
	(void)inode;
	put_pid(file->private_data);
	return 0;
}

static __poll_t pidfd_poll(struct file *file, struct poll_table_struct *pts)
{
	bool thread = file->f_flags & PIDFD_THREAD;
	struct pid *pid = file->private_data;
	struct task_struct *task;
	__poll_t mask = 0;

	poll_wait(file, &pid->wait_pidfd, pts);
	rcu_read_lock();
	task = pid_task(pid, PIDTYPE_PID);
	if (!task)
		mask = EPOLLIN | EPOLLRDNORM | EPOLLHUP;
	else if (READ_ONCE(task->exit_state) && (thread || thread_group_empty(task)))
		mask = EPOLLIN | EPOLLRDNORM;
	rcu_read_unlock();
	return mask;
}

/* /proc/PID/fdinfo: -1 once it is gone. */
static void pidfd_show_fdinfo(struct seq_file *m, struct file *file)
{
	struct pid *pid = file->private_data;
	int nr = pid_has_task(pid, PIDTYPE_PID) ? pid_nr(pid) : -1;

	seq_printf(m, "Pid:\t%d\nNSpid:\t%d\n", nr, nr);
}

static const struct file_operations pidfd_fops = {
	.release	= pidfd_release,
	.poll		= pidfd_poll,
	.show_fdinfo	= pidfd_show_fdinfo,
	.llseek		= noop_llseek,
};

/**
 * pidfd_pid - what process does a file stand for
 * @file: any file
 *
 * Return: its pid, kept by the file; ERR_PTR(-EBADF) if it is no pidfd.
 */
struct pid *pidfd_pid(const struct file *file)
{
	return file->f_op == &pidfd_fops ? file->private_data : ERR_PTR(-EBADF);
}

/**
 * pidfd_get_pid - the pid behind a descriptor
 * @fd: the descriptor
 * @flags: gets the file's
 *
 * Return: the pid with a reference; ERR_PTR(-EBADF).
 */
struct pid *pidfd_get_pid(unsigned int fd, unsigned int *flags)
{
	CLASS(fd, f)(fd);
	struct pid *pid;

	if (fd_empty(f))
		return ERR_PTR(-EBADF);
	pid = pidfd_pid(fd_file(f));
	if (!IS_ERR(pid)) {
		get_pid(pid);
		*flags = fd_file(f)->f_flags;
	}
	return pid;
}

/**
 * pidfd_get_task - the process behind a descriptor
 * @pidfd: the descriptor
 * @flags: gets the file's
 *
 * Return: the task with a reference; ERR_PTR(-EBADF), or -ESRCH if it is gone.
 */
struct task_struct *pidfd_get_task(int pidfd, unsigned int *flags)
{
	struct pid *pid = pidfd_get_pid(pidfd, flags);
	struct task_struct *task;

	if (IS_ERR(pid))
		return ERR_CAST(pid);
	task = get_pid_task(pid, PIDTYPE_TGID);
	put_pid(pid);
	return task ? task : ERR_PTR(-ESRCH);
}

/**
 * pidfd_prepare - a descriptor and a file for a process, not yet together
 * @pid: whose; a reference is taken
 * @flags: PIDFD_NONBLOCK, PIDFD_THREAD
 * @ret: the file, for fd_install() or fput()
 *
 * Return: the descriptor, for fd_install() or put_unused_fd(); -EMFILE, -ENOMEM ...
 */
int pidfd_prepare(struct pid *pid, unsigned int flags, struct file **ret)
{
	int fd = get_unused_fd_flags(O_CLOEXEC);
	struct file *file;

	if (fd < 0)
		return fd;
	file = anon_inode_getfile("[pidfd]", &pidfd_fops, pid, O_RDWR | (flags & O_NONBLOCK));
	if (IS_ERR(file)) {
		put_unused_fd(fd);
		return PTR_ERR(file);
	}
	get_pid(pid);
	/* open() drops O_EXCL, which is what PIDFD_THREAD is. */
	file->f_flags |= flags & PIDFD_THREAD;
	*ret = file;
	return fd;
}

/* pidfd_open(2) */
SYSCALL_DEFINE2(pidfd_open, pid_t, pid, unsigned int, flags)
{
	enum pid_type type = flags & PIDFD_THREAD ? PIDTYPE_PID : PIDTYPE_TGID;
	struct file *file;
	struct pid *p;
	int fd;

	if (flags & ~(PIDFD_NONBLOCK | PIDFD_THREAD))
		return -EINVAL;
	if (pid <= 0)
		return -EINVAL;
	p = find_get_pid(pid);
	if (!p)
		return -ESRCH;
	fd = pid_has_task(p, type) ? pidfd_prepare(p, flags, &file) : -EINVAL;
	put_pid(p);
	if (fd >= 0)
		fd_install(fd, file);
	return fd;
}

/* ---- pidfd_getfd ---- */

static struct file *take_file_of(struct task_struct *task, int fd)
{
	struct file *file;

	if (down_read_killable(&task->signal->exec_update_lock))
		return ERR_PTR(-EINTR);
	if (ptrace_may_access(task, PTRACE_MODE_ATTACH_REALCREDS))
		file = fget_task(task, fd);
	else
		file = ERR_PTR(-EPERM);
	up_read(&task->signal->exec_update_lock);
	if (!file)
		file = ERR_PTR(task->flags & PF_EXITING ? -ESRCH : -EBADF);
	return file;
}

/* pidfd_getfd(2): a copy of another process's descriptor. */
SYSCALL_DEFINE3(pidfd_getfd, int, pidfd, int, fd, unsigned int, flags)
{
	struct task_struct *task;
	unsigned int f_flags;
	struct file *file;
	struct pid *pid;
	int ret;

	if (flags)
		return -EINVAL;
	pid = pidfd_get_pid(pidfd, &f_flags);
	if (IS_ERR(pid))
		return PTR_ERR(pid);
	task = get_pid_task(pid, PIDTYPE_PID);
	put_pid(pid);
	if (!task)
		return -ESRCH;
	file = take_file_of(task, fd);
	put_task_struct(task);
	if (IS_ERR(file))
		return PTR_ERR(file);
	ret = receive_fd(file, NULL, O_CLOEXEC);
	fput(file);
	return ret;
}
