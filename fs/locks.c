// SPDX-License-Identifier: MIT
/*
 * Locks on files that programs take to keep out of each other's way.
 *
 *	kind	taken by		owner			covers		goes with
 *	POSIX	fcntl F_SETLK		files_struct (process)	a range		any close of the file
 *	OFD	fcntl F_OFD_SETLK	open file		a range		last close
 *	flock	flock(2)		open file		the file	last close
 *
 * POSIX and OFD locks see each other; flock(2)'s are a world of their own.
 *
 * An inode's locks are in its file_lock_context, under flc_lock. flc_posix is sorted by owner, then
 * by start, and the locks of one owner never overlap: setting one rewrites what is there,
 *
 *	have	[rrrrrrrrrr]
 *	set	    [www]		->	[rrrr][www][rrr]
 *
 * for which two spare structs are allocated before the lock is taken: one request makes at most two
 * more locks.
 *
 * A request that has to wait hangs on the list of one lock that blocks it, and is woken when that
 * changes, to try again. A POSIX owner that would wait, by way of others, for itself gets -EDEADLK:
 * the chain owner -> lock it waits for -> owner ... is followed through the table of waiting
 * owners. OFD locks aren't watched, as Linux has it: their owners are no processes that could hang.
 *
 * Lock order: flc_lock > blocked_lock_lock.
 */

#include <linux/cred.h>
#include <linux/export.h>
#include <linux/fdtable.h>
#include <linux/file.h>
#include <linux/filelock.h>
#include <linux/fs.h>
#include <linux/hash.h>
#include <linux/init.h>
#include <linux/pid.h>
#include <linux/sched/signal.h>
#include <linux/security.h>
#include <linux/slab.h>
#include <linux/syscalls.h>
#include <linux/uaccess.h>

#include "internal.h"

#define BLOCKED_BITS	7
#define DEADLOCK_CHAIN	10	/* longer ones are taken for no deadlock, as the search must end */

/* Guards flc_blocker, the lists of blocked requests, and the table. */
DEFINE_SPINLOCK(blocked_lock_lock);
/* POSIX requests that wait, by owner. */
static struct hlist_head blocked_owners[1 << BLOCKED_BITS];
static struct kmem_cache *flctx_cache __ro_after_init, *filelock_cache __ro_after_init;

/* ---- structs ---- */

static struct file_lock_context *get_lock_context(struct inode *inode, bool make)
{
	struct file_lock_context *ctx = locks_inode_context(inode);

	if (ctx || !make)
		return ctx;
	ctx = kmem_cache_alloc(flctx_cache, GFP_KERNEL);
	if (!ctx)
		return NULL;
	spin_lock_init(&ctx->flc_lock);
	INIT_LIST_HEAD(&ctx->flc_flock);
	INIT_LIST_HEAD(&ctx->flc_posix);
	INIT_LIST_HEAD(&ctx->flc_lease);
	/* Pairs with the acquire of locks_inode_context(). */
	if (cmpxchg(&inode->i_flctx, NULL, ctx)) {
		kmem_cache_free(flctx_cache, ctx);
		ctx = locks_inode_context(inode);
	}
	return ctx;
}

/**
 * locks_free_lock_context - the inode is going; its locks went with its files
 * @inode: the inode
 */
void locks_free_lock_context(struct inode *inode)
{
	struct file_lock_context *ctx = inode->i_flctx;

	if (likely(!ctx))
		return;
	WARN_ON_ONCE(!list_empty(&ctx->flc_flock) || !list_empty(&ctx->flc_posix));
	kmem_cache_free(flctx_cache, ctx);
	inode->i_flctx = NULL;
}

/**
 * locks_init_lock - an empty lock, in no list
 * @fl: the lock
 */
void locks_init_lock(struct file_lock *fl)
{
	memset(fl, 0, sizeof(*fl));
	INIT_LIST_HEAD(&fl->c.flc_list);
	INIT_HLIST_NODE(&fl->c.flc_link);
	INIT_LIST_HEAD(&fl->c.flc_blocked_requests);
	INIT_LIST_HEAD(&fl->c.flc_blocked_member);
	init_waitqueue_head(&fl->c.flc_wait);
}
EXPORT_SYMBOL(locks_init_lock);

/**
 * locks_alloc_lock - a new one
 *
 * Context: may sleep. Return: it, or NULL.
 */
struct file_lock *locks_alloc_lock(void)
{
	struct file_lock *fl = kmem_cache_alloc(filelock_cache, GFP_KERNEL);

	if (fl)
		locks_init_lock(fl);
	return fl;
}
EXPORT_SYMBOL_GPL(locks_alloc_lock);

/**
 * locks_free_lock - free a lock that is in no list and that nobody waits for
 * @fl: the lock, or NULL
 */
void locks_free_lock(struct file_lock *fl)
{
	if (!fl)
		return;
	WARN_ON_ONCE(!list_empty(&fl->c.flc_list) || !list_empty(&fl->c.flc_blocked_requests) ||
		     !list_empty(&fl->c.flc_blocked_member));
	kmem_cache_free(filelock_cache, fl);
}
EXPORT_SYMBOL(locks_free_lock);

/**
 * locks_copy_lock - whose, of what kind and where; not who waits for it
 * @new: gets it
 * @fl: the lock
 */
void locks_copy_lock(struct file_lock *new, struct file_lock *fl)
{
	new->c.flc_owner = fl->c.flc_owner;
	new->c.flc_pid = fl->c.flc_pid;
	new->c.flc_file = fl->c.flc_file;
	new->c.flc_flags = fl->c.flc_flags;
	new->c.flc_type = fl->c.flc_type;
	new->fl_start = fl->fl_start;
	new->fl_end = fl->fl_end;
}
EXPORT_SYMBOL(locks_copy_lock);

/* ---- waiting ---- */

static struct hlist_head *owner_bucket(fl_owner_t owner)
{
	return &blocked_owners[hash_ptr(owner, BLOCKED_BITS)];
}

static bool in_owner_table(const struct file_lock_core *c)
{
	return (c->flc_flags & (FL_POSIX | FL_OFDLCK)) == FL_POSIX;
}

/* blocked_lock_lock held. */
static void unblock_one(struct file_lock_core *waiter)
{
	list_del_init(&waiter->flc_blocked_member);
	hlist_del_init(&waiter->flc_link);
	/*
	 * Release: the waiter looks without the lock, and may be gone at once. See
	 * locks_delete_block().
	 */
	wake_up(&waiter->flc_wait);
	smp_store_release(&waiter->flc_blocker, NULL);
}

/* @blocker changed: everybody who waits for it tries again. flc_lock held. */
static void wake_up_blocks(struct file_lock_core *blocker)
{
	struct file_lock_core *waiter, *n;

	/* Requests join under flc_lock, which we have: empty stays empty. */
	if (list_empty(&blocker->flc_blocked_requests))
		return;
	spin_lock(&blocked_lock_lock);
	list_for_each_entry_safe(waiter, n, &blocker->flc_blocked_requests, flc_blocked_member)
		unblock_one(waiter);
	spin_unlock(&blocked_lock_lock);
}

/* flc_lock and blocked_lock_lock held. */
static void insert_block(struct file_lock_core *blocker, struct file_lock_core *waiter)
{
	waiter->flc_blocker = blocker;
	list_add_tail(&waiter->flc_blocked_member, &blocker->flc_blocked_requests);
	if (in_owner_table(waiter))
		hlist_add_head(&waiter->flc_link, owner_bucket(waiter->flc_owner));
}

/**
 * locks_delete_block - a request waits no longer, granted or given up
 * @waiter: the request
 *
 * Context: doesn't sleep; takes blocked_lock_lock.
 * Return: 0 if it was still waiting; -ENOENT.
 */
int locks_delete_block(struct file_lock *waiter)
{
	int status = -ENOENT;

	/* Pairs with the release of unblock_one(): the waker is done with our struct. */
	if (!smp_load_acquire(&waiter->c.flc_blocker))
		return status;
	spin_lock(&blocked_lock_lock);
	if (waiter->c.flc_blocker) {
		status = 0;
		unblock_one(&waiter->c);
	}
	spin_unlock(&blocked_lock_lock);
	return status;
}
EXPORT_SYMBOL(locks_delete_block);

/* The lock that a waiting owner waits for; NULL if it doesn't wait. blocked_lock_lock held. */
static struct file_lock_core *what_owner_waits_for(const struct file_lock_core *of)
{
	struct file_lock_core *c;

	hlist_for_each_entry(c, owner_bucket(of->flc_owner), flc_link)
		if (c->flc_owner == of->flc_owner)
			return c->flc_blocker;
	return NULL;
}

/* Would @caller, waiting for @block, wait for itself? blocked_lock_lock held. */
static bool would_deadlock(const struct file_lock_core *caller, struct file_lock_core *block)
{
	int i;

	if (!in_owner_table(caller))
		return false;
	for (i = 0; i < DEADLOCK_CHAIN && block; i++) {
		if (!in_owner_table(block))
			return false;
		if (block->flc_owner == caller->flc_owner)
			return true;
		block = what_owner_waits_for(block);
	}
	return false;
}

/* ---- conflicts ---- */

static bool types_conflict(const struct file_lock_core *a, const struct file_lock_core *b)
{
	return a->flc_type == F_WRLCK || b->flc_type == F_WRLCK;
}

static bool overlap(const struct file_lock *a, const struct file_lock *b)
{
	return a->fl_end >= b->fl_start && b->fl_end >= a->fl_start;
}

static bool posix_conflict(const struct file_lock *a, const struct file_lock *b)
{
	return a->c.flc_owner != b->c.flc_owner && overlap(a, b) && types_conflict(&a->c, &b->c);
}

/* flc_lock held. */
static struct file_lock *find_posix_conflict(struct file_lock_context *ctx,
					     const struct file_lock *request)
{
	struct file_lock *fl;

	list_for_each_entry(fl, &ctx->flc_posix, c.flc_list)
		if (posix_conflict(request, fl))
			return fl;
	return NULL;
}

/**
 * posix_test_lock - F_GETLK: is a lock in the way?
 * @filp: the file
 * @fl: the lock that is wanted; becomes one that is in its way, or of type F_UNLCK
 *
 * Context: doesn't sleep; takes flc_lock.
 */
void posix_test_lock(struct file *filp, struct file_lock *fl)
{
	struct file_lock_context *ctx = locks_inode_context(file_inode(filp));
	struct file_lock *cfl = NULL;

	if (ctx) {
		spin_lock(&ctx->flc_lock);
		cfl = find_posix_conflict(ctx, fl);
		if (cfl)
			locks_copy_lock(fl, cfl);
		spin_unlock(&ctx->flc_lock);
	}
	if (!cfl)
		fl->c.flc_type = F_UNLCK;
}
EXPORT_SYMBOL(posix_test_lock);

/* ---- setting POSIX and OFD locks ---- */

static void unlink_lock(struct file_lock *fl, struct list_head *dispose)
{
	list_move(&fl->c.flc_list, dispose);
	wake_up_blocks(&fl->c);
}

static void dispose_list(struct list_head *dispose)
{
	struct file_lock *fl, *n;

	list_for_each_entry_safe(fl, n, dispose, c.flc_list) {
		list_del_init(&fl->c.flc_list);
		locks_free_lock(fl);
	}
}

/*
 * Do @a and @b of one owner and type touch, so that they are one? Careful with the last byte there
 * is.
 */
static bool touches(const struct file_lock *a, const struct file_lock *b)
{
	return (a->fl_end == OFFSET_MAX || a->fl_end + 1 >= b->fl_start) &&
	       (b->fl_end == OFFSET_MAX || b->fl_end + 1 >= a->fl_start);
}

/*
 * Rewrite the owner's locks so that @request's range has its type. flc_lock held; @spare[2] are
 * there. Each lock that overlaps is cut away, what sticks out of it on the left or right stays;
 * neighbours of the same type are swallowed. At most one lock sticks out on each side, so at most
 * one new struct is needed beside the request's own: the right part of a lock that is cut in two.
 * Return: whether anything of the owner was there.
 */
static bool rewrite_locks(struct file_lock_context *ctx, const struct file_lock *request,
			  struct file_lock *spare[2], struct list_head *dispose)
{
	struct file_lock *fl, *n, all = *request;
	struct list_head *before = &ctx->flc_posix;
	bool mine = false, found = false;

	list_for_each_entry_safe(fl, n, &ctx->flc_posix, c.flc_list) {
		if (fl->c.flc_owner != request->c.flc_owner) {
			if (mine)
				break;		/* owners stand together */
			continue;
		}
		mine = true;
		before = fl->c.flc_list.next;
		if (fl->c.flc_type == request->c.flc_type) {
			if (!touches(fl, &all)) {
				if (fl->fl_start > all.fl_end) {
					before = &fl->c.flc_list;
					break;
				}
				continue;
			}
			found = true;
			all.fl_start = min(all.fl_start, fl->fl_start);
			all.fl_end = max(all.fl_end, fl->fl_end);
			unlink_lock(fl, dispose);
			continue;
		}
		if (fl->fl_end < request->fl_start)
			continue;
		if (fl->fl_start > request->fl_end) {
			before = &fl->c.flc_list;
			break;
		}
		found = true;
		if (fl->fl_start < request->fl_start && fl->fl_end > request->fl_end) {
			struct file_lock *right = spare[1];

			spare[1] = NULL;
			locks_copy_lock(right, fl);
			right->fl_start = request->fl_end + 1;
			list_add(&right->c.flc_list, &fl->c.flc_list);
			fl->fl_end = request->fl_start - 1;
			wake_up_blocks(&fl->c);
			before = &right->c.flc_list;
			break;
		}
		if (fl->fl_start < request->fl_start) {
			fl->fl_end = request->fl_start - 1;
			wake_up_blocks(&fl->c);
		} else if (fl->fl_end > request->fl_end) {
			fl->fl_start = request->fl_end + 1;
			wake_up_blocks(&fl->c);
			before = &fl->c.flc_list;
			break;
		} else {
			unlink_lock(fl, dispose);
		}
	}
	if (request->c.flc_type != F_UNLCK) {
		locks_copy_lock(spare[0], &all);
		list_add_tail(&spare[0]->c.flc_list, before);
		spare[0] = NULL;
	}
	return found;
}

/*
 * Return: 0: done; -EAGAIN: there is a conflict, told in @conflock; FILE_LOCK_DEFERRED: the request
 * waits; -EDEADLK, -ENOLCK; -ENOENT: an FL_EXISTS unlock of nothing.
 */
static int posix_lock_inode(struct inode *inode, struct file_lock *request,
			    struct file_lock *conflock)
{
	bool unlock = request->c.flc_type == F_UNLCK, found;
	struct file_lock_context *ctx = get_lock_context(inode, !unlock);
	struct file_lock *spare[2] = { NULL, NULL }, *fl;
	LIST_HEAD(dispose);
	int error = 0;

	if (!ctx)
		return !unlock ? -ENOLCK : request->c.flc_flags & FL_EXISTS ? -ENOENT : 0;
	/* To unlock a whole file takes no struct: close() must not fail. */
	if (!(request->c.flc_flags & FL_ACCESS) &&
	    (!unlock || request->fl_start || request->fl_end != OFFSET_MAX)) {
		spare[0] = locks_alloc_lock();
		spare[1] = locks_alloc_lock();
		if (!spare[0] || !spare[1]) {
			error = -ENOLCK;
			goto out_free;
		}
	}
	spin_lock(&ctx->flc_lock);
	fl = unlock ? NULL : find_posix_conflict(ctx, request);
	if (fl) {
		if (conflock)
			locks_copy_lock(conflock, fl);
		error = -EAGAIN;
		if (!(request->c.flc_flags & FL_SLEEP))
			goto out_unlock;
		spin_lock(&blocked_lock_lock);
		error = -EDEADLK;
		if (!would_deadlock(&request->c, &fl->c)) {
			error = FILE_LOCK_DEFERRED;
			insert_block(&fl->c, &request->c);
		}
		spin_unlock(&blocked_lock_lock);
		goto out_unlock;
	}
	if (request->c.flc_flags & FL_ACCESS)
		goto out_unlock;
	found = rewrite_locks(ctx, request, spare, &dispose);
	if (unlock && !found && (request->c.flc_flags & FL_EXISTS))
		error = -ENOENT;
out_unlock:
	spin_unlock(&ctx->flc_lock);
out_free:
	locks_free_lock(spare[0]);
	locks_free_lock(spare[1]);
	dispose_list(&dispose);
	return error;
}

/**
 * posix_lock_file - set a lock without waiting
 * @filp: the file
 * @fl: the lock, or F_UNLCK
 * @conflock: gets one that is in the way, if not NULL
 *
 * Context: may sleep.
 * Return: 0; -EAGAIN: there is a conflict; FILE_LOCK_DEFERRED: an FL_SLEEP request waits; -EDEADLK,
 * -ENOLCK; -ENOENT: an FL_EXISTS unlock of nothing.
 */
int posix_lock_file(struct file *filp, struct file_lock *fl, struct file_lock *conflock)
{
	return posix_lock_inode(file_inode(filp), fl, conflock);
}
EXPORT_SYMBOL(posix_lock_file);

/* ---- flock(2) ---- */

/* As posix_lock_inode(). A change of type lets go first, so that others may come between. */
static int flock_lock_inode(struct inode *inode, struct file_lock *request)
{
	bool unlock = request->c.flc_type == F_UNLCK, found = false;
	struct file_lock_context *ctx = get_lock_context(inode, !unlock);
	struct file_lock *new = NULL, *fl;
	LIST_HEAD(dispose);
	int error = 0;

	if (!ctx)
		return !unlock ? -ENOMEM : request->c.flc_flags & FL_EXISTS ? -ENOENT : 0;
	if (!unlock) {
		new = locks_alloc_lock();
		if (!new)
			return -ENOMEM;
	}
	spin_lock(&ctx->flc_lock);
	list_for_each_entry(fl, &ctx->flc_flock, c.flc_list) {
		if (fl->c.flc_file != request->c.flc_file)
			continue;
		if (fl->c.flc_type == request->c.flc_type)
			goto out;
		found = true;
		unlink_lock(fl, &dispose);
		break;
	}
	if (unlock) {
		if (!found && (request->c.flc_flags & FL_EXISTS))
			error = -ENOENT;
		goto out;
	}
	list_for_each_entry(fl, &ctx->flc_flock, c.flc_list) {
		if (!types_conflict(&request->c, &fl->c))
			continue;
		error = -EAGAIN;
		if (request->c.flc_flags & FL_SLEEP) {
			error = FILE_LOCK_DEFERRED;
			spin_lock(&blocked_lock_lock);
			insert_block(&fl->c, &request->c);
			spin_unlock(&blocked_lock_lock);
		}
		goto out;
	}
	locks_copy_lock(new, request);
	list_add_tail(&new->c.flc_list, &ctx->flc_flock);
	new = NULL;
out:
	spin_unlock(&ctx->flc_lock);
	locks_free_lock(new);
	dispose_list(&dispose);
	return error;
}

/**
 * locks_lock_inode_wait - set a lock, waiting if it says FL_SLEEP
 * @inode: the file
 * @fl: FL_FLOCK or FL_POSIX
 *
 * Context: may sleep.
 * Return: 0, -EAGAIN, -EDEADLK, -ENOLCK, -ENOMEM, -ERESTARTSYS.
 */
int locks_lock_inode_wait(struct inode *inode, struct file_lock *fl)
{
	int error;

	might_sleep();
	for (;;) {
		error = fl->c.flc_flags & FL_FLOCK ? flock_lock_inode(inode, fl) :
						     posix_lock_inode(inode, fl, NULL);
		if (error != FILE_LOCK_DEFERRED)
			break;
		error = wait_event_interruptible(fl->c.flc_wait,
						 list_empty(&fl->c.flc_blocked_member));
		if (error)
			break;
	}
	locks_delete_block(fl);
	return error;
}
EXPORT_SYMBOL(locks_lock_inode_wait);

/* ---- through the file's methods, if it has its own ---- */

/**
 * vfs_test_lock - F_GETLK, by the file system's own means if it has some
 * @filp: the file
 * @fl: as for posix_test_lock()
 *
 * Context: may sleep.
 * Return: 0, or what the file system says.
 */
int vfs_test_lock(struct file *filp, struct file_lock *fl)
{
	if (filp->f_op->lock)
		return filp->f_op->lock(filp, F_GETLK, fl);
	posix_test_lock(filp, fl);
	return 0;
}
EXPORT_SYMBOL_GPL(vfs_test_lock);

/**
 * vfs_lock_file - F_SETLK, by the file system's own means if it has some
 * @filp: the file
 * @cmd: F_SETLK or F_SETLKW
 * @fl: the lock, or F_UNLCK
 * @conf: gets one that is in the way, if not NULL
 *
 * Context: may sleep.
 * Return: as posix_lock_file(), or what the file system says.
 */
int vfs_lock_file(struct file *filp, unsigned int cmd, struct file_lock *fl,
		  struct file_lock *conf)
{
	if (filp->f_op->lock)
		return filp->f_op->lock(filp, cmd, fl);
	return posix_lock_file(filp, fl, conf);
}
EXPORT_SYMBOL_GPL(vfs_lock_file);

SYSCALL_DEFINE2(flock, unsigned int, fd, unsigned int, cmd)
{
	static const unsigned char types[] = {
		[LOCK_SH] = F_RDLCK, [LOCK_EX] = F_WRLCK, [LOCK_UN] = F_UNLCK,
	};
	unsigned int what = cmd & ~LOCK_NB;
	struct file_lock fl;
	struct file *file;
	int error = -EBADF;
	struct fd f;

	/* Mandatory share modes: once accepted by Linux, and without effect for long. */
	if (cmd & LOCK_MAND)
		return 0;
	if (what != LOCK_SH && what != LOCK_EX && what != LOCK_UN)
		return -EINVAL;
	f = fdget(fd);
	if (fd_empty(f))
		return -EBADF;
	file = fd_file(f);
	if (what != LOCK_UN && !(file->f_mode & (FMODE_READ | FMODE_WRITE)))
		goto out;
	locks_init_lock(&fl);
	fl.c.flc_file = file;
	fl.c.flc_owner = file;
	fl.c.flc_pid = current->tgid;
	fl.c.flc_flags = FL_FLOCK | (cmd & LOCK_NB ? 0 : FL_SLEEP);
	fl.c.flc_type = types[what];
	fl.fl_end = OFFSET_MAX;
	error = security_file_lock(file, fl.c.flc_type);
	if (!error)
		error = file->f_op->flock ?
			file->f_op->flock(file, cmd & LOCK_NB ? F_SETLK : F_SETLKW, &fl) :
			locks_lock_inode_wait(file_inode(file), &fl);
out:
	fdput(f);
	return error;
}

/* ---- fcntl(2)'s struct flock ---- */

/* Return: 0, -EINVAL, -EOVERFLOW */
static int flock_to_posix_lock(struct file *filp, struct file_lock *fl, const struct flock *l)
{
	loff_t start;

	switch (l->l_whence) {
	case SEEK_SET:
		start = 0;
		break;
	case SEEK_CUR:
		start = filp->f_pos;
		break;
	case SEEK_END:
		start = i_size_read(file_inode(filp));
		break;
	default:
		return -EINVAL;
	}
	if (check_add_overflow(start, (loff_t)l->l_start, &start))
		return -EOVERFLOW;
	if (start < 0)
		return -EINVAL;
	locks_init_lock(fl);
	fl->fl_start = start;
	fl->fl_end = OFFSET_MAX;
	/* A negative length counts back from the start; none means to the end of all files. */
	if (l->l_len > 0) {
		if (check_add_overflow(start, (loff_t)l->l_len - 1, &fl->fl_end))
			return -EOVERFLOW;
	} else if (l->l_len < 0) {
		fl->fl_end = start - 1;
		if (start + l->l_len < 0)
			return -EINVAL;
		fl->fl_start = start + l->l_len;
	}
	if (l->l_type != F_RDLCK && l->l_type != F_WRLCK && l->l_type != F_UNLCK)
		return -EINVAL;
	fl->c.flc_type = l->l_type;
	fl->c.flc_owner = current->files;
	fl->c.flc_pid = current->tgid;
	fl->c.flc_file = filp;
	fl->c.flc_flags = FL_POSIX;
	return 0;
}

static int make_ofd(struct file_lock *fl, struct file *filp, const struct flock *l)
{
	if (l->l_pid)
		return -EINVAL;
	fl->c.flc_flags |= FL_OFDLCK;
	fl->c.flc_owner = filp;
	return 0;
}

/**
 * fcntl_getlk - F_GETLK, F_OFD_GETLK
 * @filp: the file
 * @cmd: which
 * @flock: the lock that is wanted; becomes the answer
 *
 * Context: may sleep.
 * Return: 0, -EINVAL, -EOVERFLOW, or what the file system says. fcntl(2).
 */
int fcntl_getlk(struct file *filp, unsigned int cmd, struct flock *flock)
{
	struct file_lock fl;
	int error;

	if (flock->l_type != F_RDLCK && flock->l_type != F_WRLCK && cmd != F_OFD_GETLK)
		return -EINVAL;
	error = flock_to_posix_lock(filp, &fl, flock);
	if (!error && cmd == F_OFD_GETLK)
		error = make_ofd(&fl, filp, flock);
	if (!error)
		error = vfs_test_lock(filp, &fl);
	if (error)
		return error;
	flock->l_type = fl.c.flc_type;
	if (fl.c.flc_type == F_UNLCK)
		return 0;
	flock->l_pid = fl.c.flc_flags & FL_OFDLCK ? -1 : fl.c.flc_pid;
	flock->l_start = fl.fl_start;
	flock->l_len = fl.fl_end == OFFSET_MAX ? 0 : fl.fl_end - fl.fl_start + 1;
	flock->l_whence = 0;
	return 0;
}

/* Set it, waiting for as long as the file says "deferred". */
static int do_lock_file_wait(struct file *filp, unsigned int cmd, struct file_lock *fl)
{
	int error = security_file_lock(filp, fl->c.flc_type);

	if (error)
		return error;
	for (;;) {
		error = vfs_lock_file(filp, cmd, fl, NULL);
		if (error != FILE_LOCK_DEFERRED)
			break;
		error = wait_event_interruptible(fl->c.flc_wait,
						 list_empty(&fl->c.flc_blocked_member));
		if (error)
			break;
	}
	locks_delete_block(fl);
	return error;
}

/**
 * fcntl_setlk - F_SETLK, F_SETLKW and their OFD kin
 * @fd: by which descriptor: it may be closed meanwhile
 * @filp: its file
 * @cmd: which
 * @flock: the lock, or F_UNLCK
 *
 * Context: may sleep.
 * Return: 0, -EINVAL, -EOVERFLOW, -EBADF, -EAGAIN, -EDEADLK, -ENOLCK, -ERESTARTSYS. fcntl(2).
 */
int fcntl_setlk(unsigned int fd, struct file *filp, unsigned int cmd, struct flock *flock)
{
	bool ofd = cmd == F_OFD_SETLK || cmd == F_OFD_SETLKW;
	struct file_lock fl;
	struct file *f;
	int error = flock_to_posix_lock(filp, &fl, flock);

	if (!error && ofd)
		error = make_ofd(&fl, filp, flock);
	if (error)
		return error;
	if ((fl.c.flc_type == F_RDLCK && !(filp->f_mode & FMODE_READ)) ||
	    (fl.c.flc_type == F_WRLCK && !(filp->f_mode & FMODE_WRITE)))
		return -EBADF;
	if (cmd == F_SETLKW || cmd == F_OFD_SETLKW)
		fl.c.flc_flags |= FL_SLEEP;
	error = do_lock_file_wait(filp, ofd ? F_OFD_SETLK : cmd, &fl);
	if (error || fl.c.flc_type == F_UNLCK || ofd)
		return error;
	/*
	 * Another thread may have closed the descriptor while we were at it, and its close() saw no
	 * lock to remove:
	 *
	 *	fcntl(fd, F_SETLK)	close(fd)
	 *				take fd out of the table
	 *				locks_remove_posix()
	 *	insert the lock
	 *	fd is another file? remove the lock
	 */
	spin_lock(&current->files->file_lock);
	f = files_lookup_fd_locked(current->files, fd);
	spin_unlock(&current->files->file_lock);
	if (f != filp) {
		fl.c.flc_type = F_UNLCK;
		do_lock_file_wait(filp, cmd, &fl);
		error = -EBADF;
	}
	return error;
}

/**
 * fcntl_getlease - F_GETLEASE: we grant no leases
 * @filp: ignored
 *
 * Return: F_UNLCK. fcntl(2).
 */
int fcntl_getlease(struct file *filp)
{
	(void)filp;
	return F_UNLCK;
}

/**
 * fcntl_setlease - F_SETLEASE: we grant no leases, and answer as a file system that has none
 * @fd: ignored
 * @filp: ignored
 * @arg: F_RDLCK, F_WRLCK, F_UNLCK
 *
 * Return: -EAGAIN for F_UNLCK: there is none to take away; else -EINVAL.
 */
int fcntl_setlease(unsigned int fd, struct file *filp, int arg)
{
	(void)fd;
	(void)filp;
	return arg == F_UNLCK ? -EAGAIN : -EINVAL;
}

/* ---- close ---- */

/**
 * locks_remove_posix - a process closes a descriptor: all its POSIX locks on the file go
 * @filp: the file
 * @owner: whose: current->files
 *
 * Context: may sleep. fcntl(2).
 */
void locks_remove_posix(struct file *filp, fl_owner_t owner)
{
	struct file_lock_context *ctx = locks_inode_context(file_inode(filp));
	struct file_lock lock;

	if (likely(!ctx) || list_empty(&ctx->flc_posix))
		return;
	locks_init_lock(&lock);
	lock.c.flc_flags = FL_POSIX | FL_CLOSE;
	lock.c.flc_type = F_UNLCK;
	lock.c.flc_owner = owner;
	lock.c.flc_pid = current->tgid;
	lock.c.flc_file = filp;
	lock.fl_end = OFFSET_MAX;
	vfs_lock_file(filp, F_SETLK, &lock, NULL);
}
EXPORT_SYMBOL(locks_remove_posix);

/**
 * locks_remove_file - the last close of an open file: its flock(2) and OFD locks go
 * @filp: the file
 *
 * Context: may sleep.
 */
void locks_remove_file(struct file *filp)
{
	struct file_lock_context *ctx = locks_inode_context(file_inode(filp));
	struct file_lock fl;

	if (likely(!ctx))
		return;
	/* OFD locks have the file as owner. */
	locks_remove_posix(filp, filp);
	if (list_empty(&ctx->flc_flock))
		return;
	locks_init_lock(&fl);
	fl.c.flc_flags = FL_FLOCK | FL_CLOSE;
	fl.c.flc_type = F_UNLCK;
	fl.c.flc_owner = filp;
	fl.c.flc_file = filp;
	fl.fl_end = OFFSET_MAX;
	if (filp->f_op->flock)
		filp->f_op->flock(filp, F_SETLKW, &fl);
	else
		flock_lock_inode(file_inode(filp), &fl);
}

static int __init filelock_init(void)
{
	flctx_cache = KMEM_CACHE(file_lock_context, SLAB_PANIC | SLAB_ACCOUNT);
	filelock_cache = KMEM_CACHE(file_lock, SLAB_PANIC | SLAB_ACCOUNT);
	return 0;
}
core_initcall(filelock_init);
