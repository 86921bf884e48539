// SPDX-License-Identifier: MIT
/*
 * fcntl(2): descriptors are duplicated, flags changed, owners set; locks and pipes have their own
 * files.
 */

#include <linux/capability.h>
#include <linux/cred.h>
#include <linux/export.h>
#include <linux/fdtable.h>
#include <linux/file.h>
#include <linux/filelock.h>
#include <linux/fs.h>
#include <linux/pid.h>
#include <linux/pipe_fs_i.h>
#include <linux/resource.h>
#include <linux/sched/signal.h>
#include <linux/sched/task.h>
#include <linux/security.h>
#include <linux/shmem_fs.h>
#include <linux/slab.h>
#include <linux/syscalls.h>
#include <linux/uaccess.h>

#include "internal.h"

/* What F_SETFL may change. */
#define SETFL_MASK	(O_APPEND | O_NONBLOCK | O_NDELAY | O_DIRECT | O_NOATIME)

/**
 * setfl - F_SETFL
 * @fd: the descriptor, for ->fasync()
 * @filp: its file
 * @arg: O_*; those that can't be changed are ignored
 *
 * Return: 0; -EPERM: an append-only file, or O_NOATIME on somebody else's; -EINVAL: no O_DIRECT
 * here.
 */
int setfl(int fd, struct file *filp, unsigned int arg)
{
	struct inode *inode = file_inode(filp);
	int error = 0;

	if (((arg ^ filp->f_flags) & O_APPEND) && IS_APPEND(inode))
		return -EPERM;
	if ((arg & O_NOATIME) && !(filp->f_flags & O_NOATIME) &&
	    !inode_owner_or_capable(&nop_mnt_idmap, inode))
		return -EPERM;
	if (!S_ISFIFO(inode->i_mode) && (arg & O_DIRECT) && !(filp->f_mode & FMODE_CAN_ODIRECT))
		return -EINVAL;
	if (filp->f_op->check_flags)
		error = filp->f_op->check_flags(arg);
	if (error)
		return error;
	if (((arg ^ filp->f_flags) & FASYNC) && filp->f_op->fasync) {
		error = filp->f_op->fasync(fd, filp, (arg & FASYNC) != 0);
		if (error < 0)
			return error;
	}
	spin_lock(&filp->f_lock);
	filp->f_flags = (arg & SETFL_MASK) | (filp->f_flags & ~SETFL_MASK);
	filp->f_iocb_flags = iocb_flags(filp);
	spin_unlock(&filp->f_lock);
	return 0;
}

/* ---- who gets SIGIO ---- */

/**
 * file_f_owner_allocate - make the place for a file's owner
 * @file: the file
 *
 * Context: may sleep.
 * Return: 0, -ENOMEM.
 */
int file_f_owner_allocate(struct file *file)
{
	struct fown_struct *f_owner;

	/* Pairs with the cmpxchg below. */
	if (smp_load_acquire(&file->f_owner))
		return 0;
	f_owner = kzalloc(sizeof(*f_owner), GFP_KERNEL);
	if (!f_owner)
		return -ENOMEM;
	rwlock_init(&f_owner->lock);
	f_owner->file = file;
	if (cmpxchg(&file->f_owner, NULL, f_owner))
		kfree(f_owner);
	return 0;
}
EXPORT_SYMBOL(file_f_owner_allocate);

/**
 * __f_setown - who gets a file's signals
 * @filp: after file_f_owner_allocate()
 * @pid: who; NULL: nobody
 * @type: PIDTYPE_PID, PIDTYPE_TGID, PIDTYPE_PGID
 * @force: even if somebody does already
 *
 * Context: process context, interrupts on. The signals are sent with current's present rights.
 */
void __f_setown(struct file *filp, struct pid *pid, enum pid_type type, int force)
{
	struct fown_struct *f_owner = filp->f_owner;

	if (WARN_ON_ONCE(!f_owner))
		return;
	write_lock_irq(&f_owner->lock);
	if (force || !f_owner->pid) {
		put_pid(f_owner->pid);
		f_owner->pid = get_pid(pid);
		f_owner->pid_type = type;
		if (pid) {
			security_file_set_fowner(filp);
			f_owner->uid = current_uid();
			f_owner->euid = current_euid();
		}
	}
	write_unlock_irq(&f_owner->lock);
}
EXPORT_SYMBOL(__f_setown);

/**
 * f_setown - who gets a file's signals, by number
 * @filp: the file
 * @who: a process, a process group if negative, 0: nobody
 * @force: even if somebody does already
 *
 * Context: may sleep.
 * Return: 0, -EINVAL, -ESRCH, -ENOMEM. F_SETOWN of fcntl(2).
 */
int f_setown(struct file *filp, int who, int force)
{
	enum pid_type type = PIDTYPE_TGID;
	struct pid *pid = NULL;
	int ret;

	if (who < 0) {
		if (who == INT_MIN)
			return -EINVAL;
		type = PIDTYPE_PGID;
		who = -who;
	}
	ret = file_f_owner_allocate(filp);
	if (ret)
		return ret;
	rcu_read_lock();
	if (who) {
		pid = find_vpid(who);
		if (!pid)
			ret = -ESRCH;
	}
	if (!ret)
		__f_setown(filp, pid, type, force);
	rcu_read_unlock();
	return ret;
}
EXPORT_SYMBOL(f_setown);

/* The owner as a number, 0 if it is none or gone; its kind in @type. */
static pid_t owner_of(struct file *filp, enum pid_type *type)
{
	struct fown_struct *f_owner = smp_load_acquire(&filp->f_owner);
	pid_t nr = 0;

	*type = PIDTYPE_TGID;
	if (!f_owner)
		return 0;
	read_lock_irq(&f_owner->lock);
	rcu_read_lock();
	if (f_owner->pid && pid_task(f_owner->pid, f_owner->pid_type)) {
		nr = pid_vnr(f_owner->pid);
		*type = f_owner->pid_type;
	}
	rcu_read_unlock();
	read_unlock_irq(&f_owner->lock);
	return nr;
}

/**
 * f_getown - whom SIGIO of a file goes to
 * @filp: the file
 *
 * Return: a process or thread; negative: a process group; 0: nobody. F_GETOWN of fcntl(2).
 */
pid_t f_getown(struct file *filp)
{
	enum pid_type type;
	pid_t nr = owner_of(filp, &type);

	return type == PIDTYPE_PGID ? -nr : nr;
}

static int f_setown_ex(struct file *filp, struct f_owner_ex __user *arg)
{
	static const enum pid_type types[] = {
		[F_OWNER_TID] = PIDTYPE_PID,
		[F_OWNER_PID] = PIDTYPE_TGID,
		[F_OWNER_PGRP] = PIDTYPE_PGID,
	};
	struct f_owner_ex owner;
	struct pid *pid;
	int ret;

	if (copy_from_user(&owner, arg, sizeof(owner)))
		return -EFAULT;
	if (owner.type < 0 || owner.type >= (int)ARRAY_SIZE(types))
		return -EINVAL;
	ret = file_f_owner_allocate(filp);
	if (ret)
		return ret;
	rcu_read_lock();
	pid = find_vpid(owner.pid);
	if (owner.pid && !pid)
		ret = -ESRCH;
	else
		__f_setown(filp, pid, types[owner.type], 1);
	rcu_read_unlock();
	return ret;
}

static int f_getown_ex(struct file *filp, struct f_owner_ex __user *arg)
{
	struct f_owner_ex owner;
	enum pid_type type;

	owner.pid = owner_of(filp, &type);
	owner.type = type == PIDTYPE_PID ? F_OWNER_TID :
		     type == PIDTYPE_PGID ? F_OWNER_PGRP : F_OWNER_PID;
	return copy_to_user(arg, &owner, sizeof(owner)) ? -EFAULT : 0;
}

static int f_getowner_uids(struct file *filp, uid_t __user *dst)
{
	struct fown_struct *f_owner = smp_load_acquire(&filp->f_owner);
	uid_t ids[2] = { 0, 0 };

	if (f_owner) {
		read_lock_irq(&f_owner->lock);
		ids[0] = from_kuid(current_user_ns(), f_owner->uid);
		ids[1] = from_kuid(current_user_ns(), f_owner->euid);
		read_unlock_irq(&f_owner->lock);
	}
	return copy_to_user(dst, ids, sizeof(ids)) ? -EFAULT : 0;
}

static int f_setsig(struct file *filp, unsigned long sig)
{
	int ret;

	if (sig > _NSIG)
		return -EINVAL;
	ret = file_f_owner_allocate(filp);
	if (!ret)
		filp->f_owner->signum = sig;
	return ret;
}

/* ---- the call ---- */

static long f_dupfd_arg(unsigned long from, struct file *filp, unsigned int flags)
{
	return from > INT_MAX ? -EINVAL : f_dupfd(from, filp, flags);
}

/* F_DUPFD_QUERY: is @fd the same open file? */
static long f_dupfd_query(unsigned long fd, struct file *filp)
{
	struct fd f = fdget_raw(fd);
	long same;

	if (fd_empty(f))
		return -EBADF;
	same = fd_file(f) == filp;
	fdput(f);
	return same;
}

static long lock_call(unsigned int fd, struct file *filp, unsigned int cmd,
		      struct flock __user *argp)
{
	struct flock flock;
	long err;

	if (copy_from_user(&flock, argp, sizeof(flock)))
		return -EFAULT;
	if (cmd != F_GETLK && cmd != F_OFD_GETLK)
		return fcntl_setlk(fd, filp, cmd, &flock);
	err = fcntl_getlk(filp, cmd, &flock);
	if (!err && copy_to_user(argp, &flock, sizeof(flock)))
		err = -EFAULT;
	return err;
}

static long do_fcntl(unsigned int fd, unsigned int cmd, unsigned long arg, struct file *filp)
{
	void __user *argp = (void __user *)arg;

	switch (cmd) {
	case F_DUPFD:
		return f_dupfd_arg(arg, filp, 0);
	case F_DUPFD_CLOEXEC:
		return f_dupfd_arg(arg, filp, O_CLOEXEC);
	case F_DUPFD_QUERY:
		return f_dupfd_query(arg, filp);
	case F_GETFD:
		return get_close_on_exec(fd) ? FD_CLOEXEC : 0;
	case F_SETFD:
		set_close_on_exec(fd, arg & FD_CLOEXEC);
		return 0;
	case F_GETFL:
		return filp->f_flags;
	case F_SETFL:
		return setfl(fd, filp, arg);
	case F_GETLK:
	case F_SETLK:
	case F_SETLKW:
	case F_OFD_GETLK:
	case F_OFD_SETLK:
	case F_OFD_SETLKW:
		return lock_call(fd, filp, cmd, argp);
	case F_GETOWN:
		return f_getown(filp);
	case F_SETOWN:
		return f_setown(filp, arg, 1);
	case F_GETOWN_EX:
		return f_getown_ex(filp, argp);
	case F_SETOWN_EX:
		return f_setown_ex(filp, argp);
	case F_GETOWNER_UIDS:
		return f_getowner_uids(filp, argp);
	case F_GETSIG:
		return filp->f_owner ? filp->f_owner->signum : 0;
	case F_SETSIG:
		return f_setsig(filp, arg);
	case F_GETLEASE:
		return fcntl_getlease(filp);
	case F_SETLEASE:
		return fcntl_setlease(fd, filp, arg);
	case F_SETPIPE_SZ:
	case F_GETPIPE_SZ:
		return pipe_fcntl(filp, cmd, arg);
	case F_ADD_SEALS:
	case F_GET_SEALS:
		return memfd_fcntl(filp, cmd, arg);
	default:
		return -EINVAL;
	}
}

/* With O_PATH there is nothing but the descriptor. */
static bool fcntl_of_path(unsigned int cmd)
{
	switch (cmd) {
	case F_DUPFD:
	case F_DUPFD_CLOEXEC:
	case F_DUPFD_QUERY:
	case F_GETFD:
	case F_SETFD:
	case F_GETFL:
		return true;
	}
	return false;
}

SYSCALL_DEFINE3(fcntl, unsigned int, fd, unsigned int, cmd, unsigned long, arg)
{
	struct fd f = fdget_raw(fd);
	long err = -EBADF;

	if (fd_empty(f))
		return -EBADF;
	if (!(fd_file(f)->f_mode & FMODE_PATH) || fcntl_of_path(cmd)) {
		err = security_file_fcntl(fd_file(f), cmd, arg);
		if (!err)
			err = do_fcntl(fd, cmd, arg, fd_file(f));
	}
	fdput(f);
	return err;
}
