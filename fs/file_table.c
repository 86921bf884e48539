// SPDX-License-Identifier: MIT
/*
 * Open files: where they come from and where they go.
 *
 * A struct file lives in a slab that is typesafe under RCU: a lookup of a descriptor may read the
 * count of one that was freed, and even of one that was allocated anew for another open. So it
 * tries for a reference and then looks at the slot again (fs/file.c); whoever allocates sets
 * f_count last.
 *
 * The last fput() may come from anywhere, with locks held that the release method would want. So
 * the work is put off: a task of a program does it on its way back to user mode, everybody else
 * hands it to a worker.
 */

#include <linux/capability.h>
#include <linux/cdev.h>
#include <linux/cred.h>
#include <linux/eventpoll.h>
#include <linux/export.h>
#include <linux/file.h>
#include <linux/filelock.h>
#include <linux/fs.h>
#include <linux/fsnotify.h>
#include <linux/init.h>
#include <linux/llist.h>
#include <linux/mm.h>
#include <linux/mount.h>
#include <linux/percpu_counter.h>
#include <linux/pid.h>
#include <linux/sched.h>
#include <linux/security.h>
#include <linux/slab.h>
#include <linux/task_work.h>
#include <linux/workqueue.h>

#include "internal.h"
#include "mount.h"

static struct kmem_cache *filp_cachep __ro_after_init;
static struct percpu_counter nr_files ____cacheline_aligned_in_smp;
unsigned long sysctl_max_files __read_mostly;

/* ---- making ---- */

static void file_free(struct file *f)
{
	security_file_free(f);
	percpu_counter_dec(&nr_files);
	put_cred(f->f_cred);
	if (unlikely(f->f_owner)) {
		put_pid(f->f_owner->pid);
		kfree(f->f_owner);
	}
	kmem_cache_free(filp_cachep, f);
}

static int init_file(struct file *f, int flags, const struct cred *cred)
{
	int err;

	f->f_cred = get_cred(cred);
	f->f_security = NULL;
	err = security_file_alloc(f);
	if (unlikely(err)) {
		put_cred(f->f_cred);
		return err;
	}
	spin_lock_init(&f->f_lock);
	mutex_init(&f->f_pos_lock);
	f->f_mode = OPEN_FMODE(flags);
	f->f_flags = flags;
	f->f_op = NULL;
	f->f_mapping = NULL;
	f->private_data = NULL;
	f->f_inode = NULL;
	f->f_iocb_flags = 0;
	f->f_path = (struct path){ NULL, NULL };
	f->f_pos = 0;
	f->f_owner = NULL;
	f->f_wb_err = 0;
	f->f_sb_err = 0;
	f->f_ep = NULL;
	memset(&f->f_ra, 0, sizeof(f->f_ra));
	/* From here on a lookup that still has this address may take a reference. */
	atomic_long_set_release(&f->f_count, 1);
	return 0;
}

static struct file *new_file(int flags, const struct cred *cred)
{
	struct file *f = kmem_cache_alloc(filp_cachep, GFP_KERNEL);
	int err;

	if (unlikely(!f))
		return ERR_PTR(-ENOMEM);
	err = init_file(f, flags, cred);
	if (unlikely(err)) {
		kmem_cache_free(filp_cachep, f);
		return ERR_PTR(err);
	}
	return f;
}

/**
 * alloc_empty_file - a file that isn't open yet
 * @flags: O_*
 * @cred: of whoever opens it; a reference is taken
 *
 * Context: may sleep.
 * Return: the file; ERR_PTR(-ENFILE) if the system has too many, -ENOMEM.
 */
struct file *alloc_empty_file(int flags, const struct cred *cred)
{
	struct file *f;

	/* The cheap count is inexact; ask the exact one before saying no. */
	if (unlikely(percpu_counter_read_positive(&nr_files) >= (s64)sysctl_max_files) &&
	    !capable(CAP_SYS_ADMIN) &&
	    percpu_counter_sum_positive(&nr_files) >= (s64)sysctl_max_files) {
		pr_info_ratelimited("VFS: the limit of %lu open files is reached\n",
				    sysctl_max_files);
		return ERR_PTR(-ENFILE);
	}
	f = new_file(flags, cred);
	if (!IS_ERR(f))
		percpu_counter_inc(&nr_files);
	return f;
}

/* Undo alloc_empty_file(): it was never opened, and nobody else has it. */
void release_empty_file(struct file *f)
{
	WARN_ON_ONCE(f->f_mode & (FMODE_BACKING | FMODE_OPENED));
	if (atomic_long_dec_and_test(&f->f_count))
		file_free(f);
}

/* Open at @path, with @fop instead of the inode's; takes over the path's references. */
static void file_init_path(struct file *file, const struct path *path,
			   const struct file_operations *fop)
{
	file->f_path = *path;
	file->f_inode = path->dentry->d_inode;
	file->f_mapping = path->dentry->d_inode->i_mapping;
	file->f_wb_err = errseq_sample(&file->f_mapping->wb_err);
	file->f_sb_err = errseq_sample(&path->dentry->d_sb->s_wb_err);
	if (fop->llseek)
		file->f_mode |= FMODE_LSEEK;
	if ((file->f_mode & FMODE_READ) && (fop->read || fop->read_iter))
		file->f_mode |= FMODE_CAN_READ;
	if ((file->f_mode & FMODE_WRITE) && (fop->write || fop->write_iter))
		file->f_mode |= FMODE_CAN_WRITE;
	file->f_mode |= FMODE_OPENED;
	file->f_op = fop;
	file->f_iocb_flags = iocb_flags(file);
	if ((file->f_mode & (FMODE_READ | FMODE_WRITE)) == FMODE_READ)
		atomic_inc(&file->f_inode->i_readcount);
}

/**
 * alloc_file_pseudo - an open file of an inode that has no name
 * @inode: its reference goes to the file
 * @mnt: the file system's kernel mount
 * @name: for /proc/PID/fd
 * @flags: O_*
 * @fops: what it can do
 *
 * Return: the file; an error pointer, and the caller keeps the inode.
 */
struct file *alloc_file_pseudo(struct inode *inode, struct vfsmount *mnt, const char *name,
			       int flags, const struct file_operations *fops)
{
	struct qstr this = QSTR(name);
	struct path path;
	struct file *file;

	path.dentry = d_alloc_pseudo(mnt->mnt_sb, &this);
	if (!path.dentry)
		return ERR_PTR(-ENOMEM);
	file = alloc_empty_file(flags, current_cred());
	if (IS_ERR(file)) {
		dput(path.dentry);
		return file;
	}
	path.mnt = mntget(mnt);
	d_instantiate(path.dentry, inode);
	file_init_path(file, &path, fops);
	return file;
}
EXPORT_SYMBOL(alloc_file_pseudo);

/**
 * alloc_file_clone - another file of the same inode, as a pipe's other end
 * @base: open
 * @flags: O_*
 * @fops: what it can do
 *
 * Return: the file, or an error pointer: -ENFILE, -ENOMEM.
 */
struct file *alloc_file_clone(struct file *base, int flags, const struct file_operations *fops)
{
	struct file *file = alloc_empty_file(flags, current_cred());

	if (IS_ERR(file))
		return file;
	path_get(&base->f_path);
	file_init_path(file, &base->f_path, fops);
	file->f_mapping = base->f_mapping;
	return file;
}

/* ---- the last reference ---- */

static void put_file_access(struct file *file)
{
	if ((file->f_mode & (FMODE_READ | FMODE_WRITE)) == FMODE_READ) {
		atomic_dec(&file->f_inode->i_readcount);
	} else if (file->f_mode & FMODE_WRITER) {
		put_write_access(file->f_inode);
		mnt_put_write_access(file->f_path.mnt);
	}
}

static void __fput(struct file *file)
{
	struct dentry *dentry = file->f_path.dentry;
	struct vfsmount *mnt = file->f_path.mnt;
	struct inode *inode = file->f_inode;

	if (unlikely(!(file->f_mode & FMODE_OPENED))) {
		file_free(file);
		return;
	}
	might_sleep();
	fsnotify_close(file);
	eventpoll_release(file);
	locks_remove_file(file);
	security_file_release(file);
	if (unlikely(file->f_flags & FASYNC) && file->f_op->fasync)
		file->f_op->fasync(-1, file, 0);
	if (file->f_op->release)
		file->f_op->release(inode, file);
	if (unlikely(S_ISCHR(inode->i_mode) && inode->i_cdev && !(file->f_mode & FMODE_PATH)))
		cdev_put(inode->i_cdev);
	put_file_access(file);
	dput(dentry);
	if (unlikely(file->f_mode & FMODE_NEED_UNMOUNT))
		dissolve_on_fput(mnt);
	mntput(mnt);
	file_free(file);
}

static LLIST_HEAD(delayed_fput_list);

static void delayed_fput(struct work_struct *unused)
{
	struct llist_node *node = llist_del_all(&delayed_fput_list);
	struct file *f, *t;

	(void)unused;
	llist_for_each_entry_safe(f, t, node, f_llist)
		__fput(f);
}

static void ____fput(struct callback_head *work)
{
	__fput(container_of(work, struct file, f_task_work));
}

static DECLARE_DELAYED_WORK(delayed_fput_work, delayed_fput);

/**
 * flush_delayed_fput - do now what fput() of kernel threads put off
 *
 * Context: may sleep, with no locks that a release method might take.
 */
void flush_delayed_fput(void)
{
	delayed_fput(NULL);
	flush_delayed_work(&delayed_fput_work);
}
EXPORT_SYMBOL_GPL(flush_delayed_fput);

/**
 * fput - give a reference to a file back
 * @file: ours
 *
 * The release of the last one happens later: when the task returns to user mode, or in a worker.
 *
 * Context: any.
 */
void fput(struct file *file)
{
	struct task_struct *task = current;

	if (!atomic_long_dec_and_test(&file->f_count))
		return;
	if (likely(!in_interrupt() && !(task->flags & PF_KTHREAD))) {
		init_task_work(&file->f_task_work, ____fput);
		if (!task_work_add(task, &file->f_task_work, TWA_RESUME))
			return;
		/* The task is past its last return to user mode. */
	}
	if (llist_add(&file->f_llist, &delayed_fput_list))
		schedule_delayed_work(&delayed_fput_work, 1);
}
EXPORT_SYMBOL(fput);

/**
 * __fput_sync - fput(), and the release at once
 * @file: ours
 *
 * Context: may sleep, with no locks that the release might take.
 */
void __fput_sync(struct file *file)
{
	if (atomic_long_dec_and_test(&file->f_count))
		__fput(file);
}
EXPORT_SYMBOL(__fput_sync);

/** get_max_files - how many files may be open at once */
unsigned long get_max_files(void)
{
	return sysctl_max_files;
}

/** get_nr_files - how many are open */
long get_nr_files(void)
{
	return percpu_counter_sum_positive(&nr_files);
}

/**
 * files_init - make the cache for files, and set how many there may be: a tenth of memory
 *
 * Context: boot.
 */
void __init files_init(void)
{
	filp_cachep = kmem_cache_create("filp", sizeof(struct file), 0,
					SLAB_HWCACHE_ALIGN | SLAB_PANIC | SLAB_ACCOUNT |
					SLAB_TYPESAFE_BY_RCU, NULL);
	if (percpu_counter_init(&nr_files, 0, GFP_KERNEL))
		panic("VFS: no memory for the count of files");
	/* A tenth of memory, at about 1 KiB for a file with its inode and dentry. */
	sysctl_max_files = max(totalram_pages() * (PAGE_SIZE / 1024) / 10, 8192UL);
}
