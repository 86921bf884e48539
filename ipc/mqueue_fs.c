// SPDX-License-Identifier: MIT
/*
 * POSIX message queues: their names, their life and their limits. mq_overview(7); what goes through
 * a queue: mqueue.c.
 *
 * A queue is an inode of a file system of one directory, which is mounted inside the kernel and may
 * be mounted by programs as well (type mqueue); all see the same queues. A queue lives as long as
 * it has a name or a descriptor: it is the inode that goes when both are gone, and with it the
 * messages. mq_open(2) makes one by the rules of open(2) with O_CREAT, so permissions, the security
 * modules' hooks and inotify are those of files.
 *
 * Limits: how many queues there are and how large one may be (/proc/sys/fs/mqueue), the first and
 * within bounds the second not for CAP_SYS_RESOURCE; and what a user's queues may hold together
 * (RLIMIT_MSGQUEUE). For the latter a full queue is paid in advance by the user who makes it.
 *
 * Lock order: the directory's inode lock, then mq_lock. A queue's own lock: mqueue.h.
 */

#include "mqueue.h"

#include <linux/capability.h>
#include <linux/cred.h>
#include <linux/dcache.h>
#include <linux/err.h>
#include <linux/errno.h>
#include <linux/fcntl.h>
#include <linux/fs_context.h>
#include <linux/fs_struct.h>
#include <linux/init.h>
#include <linux/ipc_namespace.h>
#include <linux/mount.h>
#include <linux/namei.h>
#include <linux/overflow.h>
#include <linux/pid.h>
#include <linux/sched/signal.h>
#include <linux/sched/user.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/sysctl.h>
#include <uapi/linux/magic.h>

/* What the directory's size grows by with a name. */
#define DIRENT_SIZE	20

/* For CAP_SYS_RESOURCE too. */
#define HARD_MSGMAX	65536
#define HARD_MSGSIZEMAX	(16 * 1024 * 1024)

/* What RLIMIT_MSGQUEUE counts for a message, and for each priority there may be: getrlimit(2). */
#define COST_OF_MESSAGE		48L
#define COST_OF_PRIORITY	48L

static struct kmem_cache *mqueue_inode_cachep __ro_after_init;
static DEFINE_SPINLOCK(mq_lock);	/* ipc_namespace.mq_queues_count */

static const struct inode_operations mqueue_dir_inode_operations;
static const struct inode_operations mqueue_file_inode_operations;

/* ---- limits ---- */

/**
 * mq_charge_of - what a queue costs its maker, if there may be such a queue
 * @ns: the limits
 * @attr: its mq_maxmsg and mq_msgsize
 * @privileged: only the hard limits hold
 * @charge: result: bytes
 *
 * Context: any.
 * Return: 0; -EINVAL beyond a limit; -EOVERFLOW for a sum that can't be told.
 */
int mq_charge_of(const struct ipc_namespace *ns, const struct mq_attr *attr, bool privileged,
		 long *charge)
{
	long most = privileged ? HARD_MSGMAX : READ_ONCE(ns->mq_msg_max);
	long largest = privileged ? HARD_MSGSIZEMAX : READ_ONCE(ns->mq_msgsize_max);
	long text, overhead;

	if (attr->mq_maxmsg <= 0 || attr->mq_msgsize <= 0)
		return -EINVAL;
	if (attr->mq_maxmsg > most || attr->mq_msgsize > largest)
		return -EINVAL;
	overhead = attr->mq_maxmsg * COST_OF_MESSAGE +
		   min(attr->mq_maxmsg, (long)MQ_PRIO_MAX) * COST_OF_PRIORITY;
	if (check_mul_overflow(attr->mq_maxmsg, attr->mq_msgsize, &text) ||
	    check_add_overflow(text, overhead, charge))
		return -EOVERFLOW;
	return 0;
}

/* The current user pays for @q. -EMFILE: can't. */
static int pay(struct mqueue *q, long charge)
{
	struct user_struct *user = current_user();
	long sum = atomic_long_add_return(charge, &user->mq_bytes);

	if (sum < 0 || sum > rlimit(RLIMIT_MSGQUEUE)) {
		atomic_long_sub(charge, &user->mq_bytes);
		return -EMFILE;
	}
	q->user = get_uid(user);
	q->charged = charge;
	return 0;
}

static void pay_back(struct mqueue *q)
{
	atomic_long_sub(q->charged, &q->user->mq_bytes);
	free_uid(q->user);
	q->user = NULL;
}

static int count_queue(struct ipc_namespace *ns)
{
	bool privileged = capable(CAP_SYS_RESOURCE);
	int err = -ENOSPC;

	spin_lock(&mq_lock);
	if (ns->mq_queues_count < READ_ONCE(ns->mq_queues_max) || privileged) {
		ns->mq_queues_count++;
		err = 0;
	}
	spin_unlock(&mq_lock);
	return err;
}

static void uncount_queue(struct ipc_namespace *ns)
{
	spin_lock(&mq_lock);
	ns->mq_queues_count--;
	spin_unlock(&mq_lock);
}

static struct ipc_namespace *namespace_of(const struct inode *inode)
{
	return inode->i_sb->s_fs_info;
}

/* ---- inodes ---- */

static struct mq_attr default_attr(const struct ipc_namespace *ns)
{
	return (struct mq_attr){
		.mq_maxmsg = min(ns->mq_msg_max, ns->mq_msg_default),
		.mq_msgsize = min(ns->mq_msgsize_max, ns->mq_msgsize_default),
	};
}

static struct inode *new_inode_in(struct super_block *sb, const struct inode *dir, umode_t mode)
{
	struct inode *inode = new_inode(sb);

	if (!inode)
		return NULL;
	inode->i_ino = get_next_ino();
	inode_init_owner(&nop_mnt_idmap, inode, dir, mode);
	simple_inode_init_ts(inode);
	mqueue_of(inode)->user = NULL;
	return inode;
}

/* @attr is all right and costs @charge. */
static struct inode *new_queue(struct inode *dir, umode_t mode, const struct mq_attr *attr,
			       long charge)
{
	struct inode *inode = new_inode_in(dir->i_sb, dir, mode);
	int err;

	if (!inode)
		return ERR_PTR(-ENOMEM);
	inode->i_op = &mqueue_file_inode_operations;
	inode->i_fop = &mqueue_file_operations;
	inode->i_size = MQUEUE_LINE;
	mq_init(mqueue_of(inode), attr);
	err = pay(mqueue_of(inode), charge);
	if (err) {
		iput(inode);
		return ERR_PTR(err);
	}
	return inode;
}

static void touch_directory(struct inode *dir, int growth)
{
	dir->i_size += growth;
	inode_set_atime_to_ts(dir, inode_set_mtime_to_ts(dir, inode_set_ctime_current(dir)));
}

/* vfs_mkobj()'s maker; @arg: a struct mq_attr, or NULL for one of the usual size. */
static int make_queue(struct dentry *dentry, umode_t mode, void *arg)
{
	struct inode *dir = d_inode(dentry->d_parent), *inode;
	struct ipc_namespace *ns = namespace_of(dir);
	struct mq_attr attr = arg ? *(struct mq_attr *)arg : default_attr(ns);
	long charge;
	int err;

	err = count_queue(ns);
	if (err)
		return err;
	err = mq_charge_of(ns, &attr, capable(CAP_SYS_RESOURCE), &charge);
	if (err)
		goto out_uncount;
	/* Its flags are a descriptor's, the rest is ours to tell. */
	attr = (struct mq_attr){ .mq_maxmsg = attr.mq_maxmsg, .mq_msgsize = attr.mq_msgsize };
	inode = new_queue(dir, mode, &attr, charge);
	err = PTR_ERR_OR_ZERO(inode);
	if (err)
		goto out_uncount;
	d_instantiate(dentry, inode);
	dget(dentry);	/* the one that makes the name stay */
	touch_directory(dir, DIRENT_SIZE);
	return 0;

out_uncount:
	uncount_queue(ns);
	return err;
}

static int mqueue_create(struct mnt_idmap *idmap, struct inode *dir, struct dentry *dentry,
			 umode_t mode, bool excl)
{
	(void)idmap;
	(void)dir;
	(void)excl;
	return make_queue(dentry, mode, NULL);
}

static int mqueue_unlink(struct inode *dir, struct dentry *dentry)
{
	touch_directory(dir, -DIRENT_SIZE);
	drop_nlink(d_inode(dentry));
	dput(dentry);
	return 0;
}

static const struct inode_operations mqueue_dir_inode_operations = {
	.lookup		= simple_lookup,
	.create		= mqueue_create,
	.unlink		= mqueue_unlink,
};

static const struct inode_operations mqueue_file_inode_operations = {
	.getattr	= simple_getattr,
	.setattr	= simple_setattr,
};

static struct inode *mqueue_alloc_inode(struct super_block *sb)
{
	struct mqueue *q = kmem_cache_alloc(mqueue_inode_cachep, GFP_KERNEL);

	(void)sb;
	return q ? &q->vfs_inode : NULL;
}

static void mqueue_free_inode(struct inode *inode)
{
	kmem_cache_free(mqueue_inode_cachep, mqueue_of(inode));
}

/* Nobody knows the queue any more, neither by a name nor by a descriptor. */
static void mqueue_evict_inode(struct inode *inode)
{
	struct mqueue *q = mqueue_of(inode);

	clear_inode(inode);
	if (!q->user)
		return;		/* the directory, or a queue that never came to be */
	mq_empty(q);
	put_pid(q->notify_owner);
	pay_back(q);
	uncount_queue(namespace_of(inode));
}

/* ---- names ---- */

static int may_open(struct inode *inode, int oflag)
{
	static const int wants[] = {
		[O_RDONLY] = MAY_READ, [O_WRONLY] = MAY_WRITE, [O_RDWR] = MAY_READ | MAY_WRITE,
	};
	unsigned int access = oflag & O_ACCMODE;

	if ((oflag & (O_CREAT | O_EXCL)) == (O_CREAT | O_EXCL))
		return -EEXIST;
	if (access >= ARRAY_SIZE(wants))
		return -EINVAL;
	return inode_permission(&nop_mnt_idmap, inode, wants[access]);
}

/* See to it that @dentry is a queue that may be opened. @read_only: why none can be made. */
static int find_or_make(struct dentry *dentry, int oflag, umode_t mode,
			const struct mq_attr *attr, int read_only)
{
	if (d_really_is_positive(dentry))
		return may_open(d_inode(dentry), oflag);
	if (!(oflag & O_CREAT))
		return -ENOENT;
	if (read_only)
		return read_only;
	return vfs_mkobj(dentry, mode & ~current_umask(), make_queue, (void *)attr);
}

/**
 * mq_open_file - what mq_open(2) does, but for the descriptor
 * @ns: whose queues
 * @name: without a slash
 * @oflag: O_RDONLY, O_WRONLY or O_RDWR; O_CREAT, O_EXCL, O_NONBLOCK
 * @mode: of a queue that is made; the umask is applied
 * @attr: likewise its size; NULL: the usual one
 *
 * Context: may sleep.
 * Return: the file, or an error pointer: -ENOENT, -EEXIST, -EACCES (permission, or a name that is
 * no name), -ENAMETOOLONG, -EINVAL (@attr, access mode), -EMFILE (RLIMIT_MSGQUEUE), -ENOSPC (too
 * many queues), -ENOMEM, -EOVERFLOW, -EROFS, a security module's.
 */
struct file *mq_open_file(struct ipc_namespace *ns, const char *name, int oflag, umode_t mode,
			  const struct mq_attr *attr)
{
	struct path path = { .mnt = ns->mq_mnt };
	struct dentry *root = ns->mq_mnt->mnt_root;
	int err, read_only = mnt_want_write(ns->mq_mnt);
	struct file *file;

	inode_lock(d_inode(root));
	path.dentry = lookup_one_len(name, root, strlen(name));
	if (IS_ERR(path.dentry)) {
		file = ERR_CAST(path.dentry);
		goto out_unlock;
	}
	err = find_or_make(path.dentry, oflag, mode, attr, read_only);
	file = err ? ERR_PTR(err) : dentry_open(&path, oflag, current_cred());
	dput(path.dentry);
out_unlock:
	inode_unlock(d_inode(root));
	if (!read_only)
		mnt_drop_write(ns->mq_mnt);
	return file;
}

/**
 * mq_unlink_file - what mq_unlink(2) does: the queue itself goes with its last descriptor
 * @ns: whose queues
 * @name: without a slash
 *
 * Context: may sleep.
 * Return: 0, -ENOENT, -EACCES, -EPERM (another's queue), -ENAMETOOLONG, -EROFS, a security
 * module's.
 */
int mq_unlink_file(struct ipc_namespace *ns, const char *name)
{
	struct dentry *root = ns->mq_mnt->mnt_root, *dentry;
	struct inode *inode = NULL;
	int err = mnt_want_write(ns->mq_mnt);

	if (err)
		return err;
	inode_lock_nested(d_inode(root), I_MUTEX_PARENT);
	dentry = lookup_one_len(name, root, strlen(name));
	if (IS_ERR(dentry)) {
		err = PTR_ERR(dentry);
		goto out_unlock;
	}
	inode = d_inode(dentry);
	if (inode) {
		ihold(inode);	/* its messages are freed when nothing is locked */
		err = vfs_unlink(&nop_mnt_idmap, d_inode(root), dentry, NULL);
	} else {
		err = -ENOENT;
	}
	dput(dentry);
out_unlock:
	inode_unlock(d_inode(root));
	iput(inode);
	mnt_drop_write(ns->mq_mnt);
	return err;
}

/* ---- the file system ---- */

static const struct super_operations mqueue_super_ops = {
	.alloc_inode	= mqueue_alloc_inode,
	.free_inode	= mqueue_free_inode,
	.evict_inode	= mqueue_evict_inode,
	.statfs		= simple_statfs,
	.drop_inode	= generic_delete_inode,
};

static int mqueue_fill_super(struct super_block *sb, struct fs_context *fc)
{
	struct inode *root;

	(void)fc;
	sb->s_iflags |= SB_I_NOEXEC | SB_I_NODEV;
	sb->s_blocksize = PAGE_SIZE;
	sb->s_blocksize_bits = PAGE_SHIFT;
	sb->s_magic = MQUEUE_MAGIC;
	sb->s_op = &mqueue_super_ops;
	sb->s_time_gran = 1;
	root = new_inode_in(sb, NULL, S_IFDIR | S_ISVTX | 0777);
	if (root) {
		inc_nlink(root);
		root->i_size = 2 * DIRENT_SIZE;
		root->i_op = &mqueue_dir_inode_operations;
		root->i_fop = &simple_dir_operations;
	}
	sb->s_root = d_make_root(root);
	return sb->s_root ? 0 : -ENOMEM;
}

/* Whoever mounts it gets the one that there is. */
static int mqueue_get_tree(struct fs_context *fc)
{
	return get_tree_single(fc, mqueue_fill_super);
}

static const struct fs_context_operations mqueue_context_ops = {
	.get_tree	= mqueue_get_tree,
};

static int mqueue_init_fs_context(struct fs_context *fc)
{
	fc->s_fs_info = current_ipc_ns();
	fc->ops = &mqueue_context_ops;
	return 0;
}

static struct file_system_type mqueue_fs_type = {
	.name			= "mqueue",
	.init_fs_context	= mqueue_init_fs_context,
	.kill_sb		= kill_litter_super,
	.fs_flags		= FS_USERNS_MOUNT,
};

static int least_messages = 1, most_messages = HARD_MSGMAX;
static int least_size = 128, largest_size = HARD_MSGSIZEMAX;

#define ROW(NAME, FIELD, LO, HI, HANDLER) \
	{ .procname = NAME, .data = &init_ipc_ns.FIELD, .maxlen = sizeof(int), .mode = 0644, \
	  .proc_handler = HANDLER, .extra1 = LO, .extra2 = HI }

static const struct ctl_table mqueue_table[] = {
	ROW("queues_max", mq_queues_max, NULL, NULL, proc_dointvec),
	ROW("msg_max", mq_msg_max, &least_messages, &most_messages, proc_dointvec_minmax),
	ROW("msgsize_max", mq_msgsize_max, &least_size, &largest_size, proc_dointvec_minmax),
	ROW("msg_default", mq_msg_default, &least_messages, &most_messages, proc_dointvec_minmax),
	ROW("msgsize_default", mq_msgsize_default, &least_size, &largest_size,
	    proc_dointvec_minmax),
};

static void mqueue_inode_once(void *obj)
{
	struct mqueue *q = obj;

	inode_init_once(&q->vfs_inode);
}

static int __init mqueue_fs_init(void)
{
	struct vfsmount *mnt;
	int err;

	mqueue_inode_cachep = kmem_cache_create("mqueue_inode_cache", sizeof(struct mqueue), 0,
						SLAB_PANIC | SLAB_ACCOUNT, mqueue_inode_once);
	register_sysctl_init("fs/mqueue", mqueue_table);
	err = register_filesystem(&mqueue_fs_type);
	if (err)
		return err;
	mnt = kern_mount(&mqueue_fs_type);
	init_ipc_ns.mq_mnt = mnt;
	return PTR_ERR_OR_ZERO(mnt);
}
device_initcall(mqueue_fs_init);
