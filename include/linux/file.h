/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_FILE_H
#define _LINUX_FILE_H

/*
 * From descriptors to files. fget() takes a reference for as long as one likes; fdget() is for the
 * length of a system call, and takes none if nobody else can close the descriptor meanwhile.
 */

#include <linux/cleanup.h>
#include <linux/compiler.h>
#include <linux/err.h>
#include <linux/errno.h>
#include <linux/types.h>

struct dentry;
struct file;
struct file_operations;
struct inode;
struct path;
struct task_struct;
struct vfsmount;

void fput(struct file *file);
void __fput_sync(struct file *file);
void flush_delayed_fput(void);

/* The low bits of the pointer say what fdput() has to do. */
struct fd {
	unsigned long word;
};
#define FDPUT_FPUT		1
#define FDPUT_POS_UNLOCK	2

#define fd_file(f)	((struct file *)((f).word & ~(FDPUT_FPUT | FDPUT_POS_UNLOCK)))
#define fd_empty(f)	unlikely(!(f).word)
#define EMPTY_FD	((struct fd){ 0 })

/** BORROWED_FD - a file whose reference is somebody else's, as fdget() gives it */
static inline struct fd BORROWED_FD(struct file *f)
{
	return (struct fd){ (unsigned long)f };
}

/** CLONED_FD - a file with a reference that fdput() gives back */
static inline struct fd CLONED_FD(struct file *f)
{
	return (struct fd){ (unsigned long)f | FDPUT_FPUT };
}

/** fdput - end fdget() */
static inline void fdput(struct fd fd)
{
	if (unlikely(fd.word & FDPUT_FPUT))
		fput(fd_file(fd));
}

struct file *fget(unsigned int fd);
struct file *fget_raw(unsigned int fd);
struct file *fget_task(struct task_struct *task, unsigned int fd);
struct fd fdget(unsigned int fd);
struct fd fdget_raw(unsigned int fd);
struct fd fdget_pos(unsigned int fd);
void __f_unlock_pos(struct file *file);

/** fdput_pos - end fdget_pos(): others may use the position */
static inline void fdput_pos(struct fd f)
{
	if (f.word & FDPUT_POS_UNLOCK)
		__f_unlock_pos(fd_file(f));
	fdput(f);
}

DEFINE_CLASS(fd, struct fd, fdput(_T), fdget(fd), int fd)
DEFINE_CLASS(fd_raw, struct fd, fdput(_T), fdget_raw(fd), int fd)
DEFINE_CLASS(fd_pos, struct fd, fdput_pos(_T), fdget_pos(fd), int fd)

int f_dupfd(unsigned int from, struct file *file, unsigned int flags);
int replace_fd(unsigned int fd, struct file *file, unsigned int flags);
void set_close_on_exec(unsigned int fd, int flag);
bool get_close_on_exec(unsigned int fd);
int get_unused_fd_flags(unsigned int flags);
int __get_unused_fd_flags(unsigned int flags, unsigned long nofile);
void put_unused_fd(unsigned int fd);
void fd_install(unsigned int fd, struct file *file);
int receive_fd(struct file *file, int __user *ufd, unsigned int o_flags);
int close_fd(unsigned int fd);

DEFINE_CLASS(get_unused_fd, int, if (_T >= 0) put_unused_fd(_T), get_unused_fd_flags(flags),
	     unsigned int flags)
#define take_fd(fd)	__get_and_null(fd, -EBADF)

struct file *alloc_file_pseudo(struct inode *inode, struct vfsmount *mnt, const char *name,
			       int flags, const struct file_operations *fops);
struct file *alloc_file_clone(struct file *base, int flags, const struct file_operations *fops);

extern unsigned int sysctl_nr_open;
extern unsigned int sysctl_nr_open_min, sysctl_nr_open_max;

#endif /* _LINUX_FILE_H */
