// SPDX-License-Identifier: MIT
/*
 * Pipes and FIFOs come and go: pipe(2), opening a FIFO, F_SETPIPE_SZ.
 *
 * A pipe is an inode of pipefs with two open files. A FIFO is a name in some file system; its pipe
 * is made by the first open() and freed with the last close(), counted in pipe->files under i_lock.
 *
 * Opening one end of a FIFO waits for the other. r_counter and w_counter count opens so far, so
 * that a waiter is let go by a partner that came and went again before it ran:
 *
 *	reader				writer
 *	cur = w_counter
 *	sleep until w_counter != cur	w_counter++, wake; close()
 *	wakes: somebody was there
 */

#include <linux/capability.h>
#include <linux/cred.h>
#include <linux/export.h>
#include <linux/file.h>
#include <linux/fs.h>
#include <linux/init.h>
#include <linux/mm.h>
#include <linux/mount.h>
#include <linux/pipe_fs_i.h>
#include <linux/pseudo_fs.h>
#include <linux/sched/signal.h>
#include <linux/sched/user.h>
#include <linux/slab.h>
#include <linux/syscalls.h>
#include <linux/uaccess.h>
#include <uapi/linux/magic.h>

#include "internal.h"
#include "pipe.h"

/* F_SETPIPE_SZ without CAP_SYS_RESOURCE. */
unsigned int pipe_max_size = 1048576;

/*
 * Pages of all pipes of one user, 0: no limit. Above soft new pipes are small; above hard none
 * come.
 */
unsigned long pipe_user_pages_soft = PIPE_DEF_BUFFERS * 1024;
unsigned long pipe_user_pages_hard;

static struct vfsmount *pipe_mnt __ro_after_init;

/* ---- memory ---- */

static bool is_unprivileged_user(void)
{
	return !capable(CAP_SYS_RESOURCE) && !capable(CAP_SYS_ADMIN);
}

static bool is_over(long pages, unsigned long limit)
{
	return limit && pages > (long)limit;
}

static bool is_too_many(long pages)
{
	return is_over(pages, READ_ONCE(pipe_user_pages_soft)) ||
	       is_over(pages, READ_ONCE(pipe_user_pages_hard));
}

static long account_pages(struct user_struct *user, long change)
{
	return atomic_long_add_return(change, &user->pipe_bufs);
}

/** alloc_pipe_info - an empty pipe without ends; NULL without memory */
struct pipe_inode_info *alloc_pipe_info(void)
{
	struct pipe_inode_info *pipe = kzalloc(sizeof(*pipe), GFP_KERNEL_ACCOUNT);
	struct user_struct *user = get_uid(current_cred()->user);
	unsigned int slots = PIPE_DEF_BUFFERS;
	long pages;

	if (!pipe)
		goto err_user;
	if (slots * PAGE_SIZE > pipe_max_size && !capable(CAP_SYS_RESOURCE))
		slots = pipe_max_size >> PAGE_SHIFT;
	pages = account_pages(user, slots);
	if (is_over(pages, READ_ONCE(pipe_user_pages_soft)) && is_unprivileged_user()) {
		pages = account_pages(user, PIPE_MIN_DEF_BUFFERS - (long)slots);
		slots = PIPE_MIN_DEF_BUFFERS;
	}
	if (is_over(pages, READ_ONCE(pipe_user_pages_hard)) && is_unprivileged_user())
		goto err_account;
	pipe->bufs = kcalloc(slots, sizeof(struct pipe_buffer), GFP_KERNEL_ACCOUNT);
	if (!pipe->bufs)
		goto err_account;
	init_waitqueue_head(&pipe->rd_wait);
	init_waitqueue_head(&pipe->wr_wait);
	mutex_init(&pipe->mutex);
	pipe->r_counter = pipe->w_counter = 1;
	pipe->max_usage = slots;
	pipe->ring_size = slots;
	pipe->nr_accounted = slots;
	pipe->user = user;
	return pipe;

err_account:
	account_pages(user, -(long)slots);
	kfree(pipe);
err_user:
	free_uid(user);
	return NULL;
}

/**
 * free_pipe_info - free a pipe with what is in it
 * @pipe: nobody has it open
 *
 * Context: may sleep.
 */
void free_pipe_info(struct pipe_inode_info *pipe)
{
	unsigned int i;

	account_pages(pipe->user, -(long)pipe->nr_accounted);
	free_uid(pipe->user);
	for (i = 0; i < pipe->ring_size; i++)
		if (pipe->bufs[i].ops)
			pipe_buf_release(pipe, &pipe->bufs[i]);
	for (i = 0; i < ARRAY_SIZE(pipe->tmp_page); i++)
		if (pipe->tmp_page[i])
			__free_page(pipe->tmp_page[i]);
	kfree(pipe->bufs);
	kfree(pipe);
}

/* One open file less. */
void put_pipe_info(struct inode *inode, struct pipe_inode_info *pipe)
{
	bool last = false;

	spin_lock(&inode->i_lock);
	if (!--pipe->files) {
		inode->i_pipe = NULL;
		last = true;
	}
	spin_unlock(&inode->i_lock);
	if (last)
		free_pipe_info(pipe);
}

/* ---- pipe(2) ---- */

static struct inode *get_pipe_inode(void)
{
	struct inode *inode = new_inode_pseudo(pipe_mnt->mnt_sb);
	struct pipe_inode_info *pipe;

	if (!inode)
		return NULL;
	inode->i_ino = get_next_ino();
	pipe = alloc_pipe_info();
	if (!pipe) {
		iput(inode);
		return NULL;
	}
	inode->i_pipe = pipe;
	pipe->files = 2;
	pipe->readers = pipe->writers = 1;
	inode->i_fop = &pipefifo_fops;
	/* Dirty from birth: no list of dirty inodes will ever want it. */
	inode->i_state = I_DIRTY;
	inode->i_mode = S_IFIFO | S_IRUSR | S_IWUSR;
	inode->i_uid = current_fsuid();
	inode->i_gid = current_fsgid();
	simple_inode_init_ts(inode);
	return inode;
}

/**
 * create_pipe_files - a pipe's two open files
 * @res: [0] to read, [1] to write
 * @flags: O_NONBLOCK, O_DIRECT
 *
 * Return: 0, -ENFILE, -ENOMEM.
 */
int create_pipe_files(struct file **res, int flags)
{
	struct inode *inode = get_pipe_inode();
	struct file *f;

	if (!inode)
		return -ENFILE;
	f = alloc_file_pseudo(inode, pipe_mnt, "", O_WRONLY | (flags & (O_NONBLOCK | O_DIRECT)),
			      &pipefifo_fops);
	if (IS_ERR(f)) {
		free_pipe_info(inode->i_pipe);
		inode->i_pipe = NULL;
		iput(inode);
		return PTR_ERR(f);
	}
	f->private_data = inode->i_pipe;
	f->f_pipe = 0;
	res[0] = alloc_file_clone(f, O_RDONLY | (flags & O_NONBLOCK), &pipefifo_fops);
	if (IS_ERR(res[0])) {
		/* The write end's release gives back one of two. */
		put_pipe_info(inode, inode->i_pipe);
		fput(f);
		return PTR_ERR(res[0]);
	}
	res[0]->private_data = inode->i_pipe;
	res[0]->f_pipe = 0;
	res[1] = f;
	stream_open(inode, res[0]);
	stream_open(inode, res[1]);
	return 0;
}

static int do_pipe2(int __user *fildes, int flags)
{
	struct file *files[2];
	int fd[2], error;

	if (flags & O_EXCL)
		return -ENOPKG;		/* notification pipes: Linux without them says so, too */
	if (flags & ~(O_CLOEXEC | O_NONBLOCK | O_DIRECT))
		return -EINVAL;
	error = create_pipe_files(files, flags);
	if (error)
		return error;
	error = fd[0] = get_unused_fd_flags(flags);
	if (error < 0)
		goto err_files;
	error = fd[1] = get_unused_fd_flags(flags);
	if (error < 0)
		goto err_fd0;
	error = -EFAULT;
	if (copy_to_user(fildes, fd, sizeof(fd)))
		goto err_fd1;
	fd_install(fd[0], files[0]);
	fd_install(fd[1], files[1]);
	return 0;

err_fd1:
	put_unused_fd(fd[1]);
err_fd0:
	put_unused_fd(fd[0]);
err_files:
	fput(files[0]);
	fput(files[1]);
	return error;
}

SYSCALL_DEFINE2(pipe2, int __user *, fildes, int, flags)
{
	return do_pipe2(fildes, flags);
}

SYSCALL_DEFINE1(pipe, int __user *, fildes)
{
	return do_pipe2(fildes, 0);
}

/* ---- FIFOs ---- */

/* The FIFO's pipe, made if it has none, with one open file more. */
static struct pipe_inode_info *get_fifo_pipe(struct inode *inode)
{
	struct pipe_inode_info *pipe, *new = NULL;

	for (;;) {
		spin_lock(&inode->i_lock);
		pipe = inode->i_pipe;
		if (!pipe && new) {
			pipe = inode->i_pipe = new;
			new = NULL;
		}
		if (pipe)
			pipe->files++;
		spin_unlock(&inode->i_lock);
		if (pipe)
			break;
		new = alloc_pipe_info();
		if (!new)
			return NULL;
	}
	if (new)
		free_pipe_info(new);
	return pipe;
}

/* Mutex held, dropped for the wait. Return: 0: the other end was opened; -ERESTARTSYS. */
static int wait_for_partner(struct pipe_inode_info *pipe, unsigned int *cnt)
{
	unsigned int cur = *cnt;
	int err;

	mutex_unlock(&pipe->mutex);
	err = wait_event_interruptible(pipe->rd_wait, READ_ONCE(*cnt) != cur);
	mutex_lock(&pipe->mutex);
	return *cnt != cur ? 0 : err;
}

/*
 * A pipe of pipe(2) opened anew through /proc/PID/fd, as a shell's <(program) is: who had the other
 * end may be through with it, and nobody else can come. The end of the data is the answer then, not
 * a wait.
 */
static bool partner_may_come(const struct file *filp)
{
	return file_inode(filp)->i_sb != pipe_mnt->mnt_sb;
}

static void wake_up_partner(struct pipe_inode_info *pipe)
{
	wake_up_interruptible_all(&pipe->rd_wait);
}

/*
 * The three ways to open, POSIX: reading waits for a writer unless O_NONBLOCK; writing waits for a
 * reader, with O_NONBLOCK it fails with -ENXIO; reading and writing never waits.
 * Mutex held; the file is counted in readers and writers when this succeeds.
 */
static int open_for_reading(struct pipe_inode_info *pipe, struct file *filp)
{
	WRITE_ONCE(pipe->r_counter, pipe->r_counter + 1);
	WRITE_ONCE(pipe->readers, pipe->readers + 1);
	if (pipe->readers == 1)
		wake_up_partner(pipe);
	if (pipe->writers || !partner_may_come(filp))
		return 0;
	if (filp->f_flags & O_NONBLOCK) {
		/* No EPOLLHUP before the first writer has come. */
		filp->f_pipe = pipe->w_counter;
		return 0;
	}
	if (!wait_for_partner(pipe, &pipe->w_counter))
		return 0;
	WRITE_ONCE(pipe->readers, pipe->readers - 1);
	if (!pipe->readers)
		wake_up_interruptible_all(&pipe->wr_wait);
	return -ERESTARTSYS;
}

static int open_for_writing(struct pipe_inode_info *pipe, struct file *filp)
{
	if ((filp->f_flags & O_NONBLOCK) && !pipe->readers && partner_may_come(filp))
		return -ENXIO;
	WRITE_ONCE(pipe->w_counter, pipe->w_counter + 1);
	WRITE_ONCE(pipe->writers, pipe->writers + 1);
	if (pipe->writers == 1)
		wake_up_partner(pipe);
	if (pipe->readers || !partner_may_come(filp) || !wait_for_partner(pipe, &pipe->r_counter))
		return 0;
	WRITE_ONCE(pipe->writers, pipe->writers - 1);
	if (!pipe->writers)
		wake_up_interruptible_all(&pipe->rd_wait);
	return -ERESTARTSYS;
}

static void open_for_both(struct pipe_inode_info *pipe)
{
	WRITE_ONCE(pipe->readers, pipe->readers + 1);
	WRITE_ONCE(pipe->writers, pipe->writers + 1);
	WRITE_ONCE(pipe->r_counter, pipe->r_counter + 1);
	WRITE_ONCE(pipe->w_counter, pipe->w_counter + 1);
	if (pipe->readers == 1 || pipe->writers == 1)
		wake_up_partner(pipe);
}

/** fifo_open - ->open() of a FIFO: wait for the other end, if it is to be waited for. fifo(7) */
int fifo_open(struct inode *inode, struct file *filp)
{
	struct pipe_inode_info *pipe = get_fifo_pipe(inode);
	int ret = 0;

	if (!pipe)
		return -ENOMEM;
	filp->private_data = pipe;
	filp->f_pipe = 0;
	mutex_lock(&pipe->mutex);
	stream_open(inode, filp);
	switch (filp->f_mode & (FMODE_READ | FMODE_WRITE)) {
	case FMODE_READ:
		ret = open_for_reading(pipe, filp);
		break;
	case FMODE_WRITE:
		ret = open_for_writing(pipe, filp);
		break;
	case FMODE_READ | FMODE_WRITE:
		open_for_both(pipe);
		break;
	default:
		ret = -EINVAL;
		break;
	}
	mutex_unlock(&pipe->mutex);
	if (ret)
		put_pipe_info(inode, pipe);
	return ret;
}

/* ---- F_SETPIPE_SZ ---- */

/* Slots for @size bytes: a power of two; 0: too many. */
unsigned int pipe_slots_for(unsigned int size)
{
	if (size > 1U << 31)
		return 0;
	return size < PAGE_SIZE ? 1 : roundup_pow_of_two(size) >> PAGE_SHIFT;
}

/* Another ring, with the same pieces. Mutex held. Return: 0, -EBUSY: more are filled; -ENOMEM. */
static int resize_ring(struct pipe_inode_info *pipe, unsigned int slots)
{
	unsigned int i, n = pipe_occupancy(pipe->head, pipe->tail);
	struct pipe_buffer *bufs;

	if (slots < n)
		return -EBUSY;
	bufs = kcalloc(slots, sizeof(*bufs), GFP_KERNEL_ACCOUNT | __GFP_NOWARN);
	if (!bufs)
		return -ENOMEM;
	for (i = 0; i < n; i++)
		bufs[i] = *pipe_buf(pipe, pipe->tail + i);
	kfree(pipe->bufs);
	pipe->bufs = bufs;
	pipe->ring_size = slots;
	WRITE_ONCE(pipe->max_usage, slots);
	WRITE_ONCE(pipe->tail, 0);
	WRITE_ONCE(pipe->head, n);
	return 0;
}

static long pipe_set_size(struct pipe_inode_info *pipe, unsigned int arg)
{
	unsigned int slots = pipe_slots_for(arg);
	long change, ret;

	if (!slots)
		return -EINVAL;
	if (slots > pipe->max_usage && slots > pipe_max_size >> PAGE_SHIFT &&
	    !capable(CAP_SYS_RESOURCE))
		return -EPERM;
	change = (long)slots - pipe->nr_accounted;
	if (is_too_many(account_pages(pipe->user, change)) &&
	    slots > pipe->max_usage && is_unprivileged_user())
		ret = -EPERM;
	else
		ret = resize_ring(pipe, slots);
	if (ret) {
		account_pages(pipe->user, -change);
		return ret;
	}
	pipe->nr_accounted = slots;
	/* There may be room now. */
	wake_up_interruptible(&pipe->wr_wait);
	return (long)slots << PAGE_SHIFT;
}

/**
 * get_pipe_info - the pipe of a file
 * @file: any
 * @for_splice: ignored
 *
 * Return: the pipe; NULL if it is none.
 */
struct pipe_inode_info *get_pipe_info(struct file *file, bool for_splice)
{
	(void)for_splice;
	return file->f_op == &pipefifo_fops ? file->private_data : NULL;
}

/**
 * pipe_fcntl - F_SETPIPE_SZ, F_GETPIPE_SZ
 * @file: any
 * @cmd: which
 * @arg: bytes
 *
 * Context: may sleep.
 * Return: the size in bytes; -EBADF if it is no pipe; -EINVAL, -EPERM, -EBUSY, -ENOMEM. fcntl(2).
 */
long pipe_fcntl(struct file *file, unsigned int cmd, unsigned int arg)
{
	struct pipe_inode_info *pipe = get_pipe_info(file, false);
	long ret;

	if (!pipe)
		return -EBADF;
	mutex_lock(&pipe->mutex);
	ret = cmd == F_SETPIPE_SZ ? pipe_set_size(pipe, arg) :
				    (long)pipe->max_usage << PAGE_SHIFT;
	mutex_unlock(&pipe->mutex);
	return ret;
}

/* ---- pipefs ---- */

static char *pipefs_dname(struct dentry *dentry, char *buffer, int buflen)
{
	return dynamic_dname(buffer, buflen, "pipe:[%lu]", d_inode(dentry)->i_ino);
}

static const struct dentry_operations pipefs_dentry_operations = {
	.d_dname = pipefs_dname,
};

static const struct super_operations pipefs_ops = {
	.statfs	= simple_statfs,
};

static int pipefs_init_fs_context(struct fs_context *fc)
{
	struct pseudo_fs_context *ctx = init_pseudo(fc, PIPEFS_MAGIC);

	if (!ctx)
		return -ENOMEM;
	ctx->ops = &pipefs_ops;
	ctx->dops = &pipefs_dentry_operations;
	return 0;
}

static struct file_system_type pipe_fs_type = {
	.name		 = "pipefs",
	.init_fs_context = pipefs_init_fs_context,
	.kill_sb	 = kill_anon_super,
};

static int __init init_pipe_fs(void)
{
	int err = register_filesystem(&pipe_fs_type);

	if (err)
		return err;
	pipe_mnt = kern_mount(&pipe_fs_type);
	if (IS_ERR(pipe_mnt)) {
		unregister_filesystem(&pipe_fs_type);
		return PTR_ERR(pipe_mnt);
	}
	return 0;
}
fs_initcall(init_pipe_fs);
