// SPDX-License-Identifier: MIT
/*
 * Locks on files that programs take to keep out of each other's way.
 *
 *	kind	taken by		owner			covers	   goes with
 *	POSIX	fcntl F_SETLK		files_struct (process)	a range	   any close of the file
 *	OFD	fcntl F_OFD_SETLK	open file		a range	   last close
 *	flock	flock(2)		open file		the file   last close
 *
 * POSIX and OFD locks see each other; flock(2)'s are a world of their own.
 *
 * An inode's locks are in its file_lock_context, under flc_lock. flc_posix is sorted by owner, then
 * by start; the locks of one owner never overlap, nor do two of one type touch. Setting one takes
 * two steps:
 *
 *	have	[rrrrrrrrrr][ww]
 *	punch	[rrrr]......[ww]	cut the range out of all that the owner has
 *	fill	[rrrr][wwwwwwww]	put the new lock there, and let it swallow neighbours of its
 *					type
 *
 * for which two spare structs are allocated before the lock is taken: for the new lock, and for the
 * right part of one that is cut in two.
 *
 * A request that has to wait hangs on the list of one lock that blocks it, and is woken when that
 * changes, to try again. A POSIX owner that would wait, by way of others, for itself gets -EDEADLK:
 * the chain owner -> lock it waits for -> owner ... is followed through the table of waiting
 * owners. OFD locks aren't watched, as Linux has it: their owners are no processes that could hang.
 *
 * The calls, and what close(2) does, are in locks_calls.c.
 *
 * Lock order: flc_lock > blocked_lock_lock.
 */

#include <linux/export.h>
#include <linux/filelock.h>
#include <linux/fs.h>
#include <linux/hash.h>
#include <linux/init.h>
#include <linux/sched/signal.h>
#include <linux/slab.h>

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

/* Free what was unlinked, now that no lock is held. */
static void dispose_list(struct list_head *dispose)
{
	struct file_lock *fl, *n;

	list_for_each_entry_safe(fl, n, dispose, c.flc_list) {
		list_del_init(&fl->c.flc_list);
		locks_free_lock(fl);
	}
}

/* Part of a lock goes: who waited for that may have it. */
static void shrink_lock(struct file_lock *fl, loff_t start, loff_t end)
{
	fl->fl_start = start;
	fl->fl_end = end;
	wake_up_blocks(&fl->c);
}

/* One lock that overlaps [@start, @end]: what sticks out on either side stays. */
static void punch_lock(struct file_lock *fl, loff_t start, loff_t end, struct file_lock **spare,
		       struct list_head *dispose)
{
	bool left = fl->fl_start < start, right = fl->fl_end > end;

	if (left && right) {
		struct file_lock *tail = *spare;

		*spare = NULL;
		locks_copy_lock(tail, fl);
		tail->fl_start = end + 1;
		list_add(&tail->c.flc_list, &fl->c.flc_list);
	}
	if (left)
		shrink_lock(fl, fl->fl_start, start - 1);
	else if (right)
		shrink_lock(fl, end + 1, fl->fl_end);
	else
		unlink_lock(fl, dispose);
}

/*
 * Cut @request's range out of its owner's locks. flc_lock held; *@spare is there, as a hole in one
 * lock makes two. Return: was there anything?
 */
static bool punch_range(struct file_lock_context *ctx, const struct file_lock *request,
			struct file_lock **spare, struct list_head *dispose)
{
	struct file_lock *fl, *n;
	bool mine = false, found = false;

	list_for_each_entry_safe(fl, n, &ctx->flc_posix, c.flc_list) {
		if (fl->c.flc_owner != request->c.flc_owner) {
			if (mine)
				break;
			continue;
		}
		mine = true;
		if (fl->fl_start > request->fl_end)
			break;
		if (!overlap(fl, request))
			continue;
		found = true;
		punch_lock(fl, request->fl_start, request->fl_end, spare, dispose);
	}
	return found;
}

/* Do two locks that do not overlap touch? Careful with the last byte there is. */
static bool touch(const struct file_lock *left, const struct file_lock *right)
{
	return left->fl_end != OFFSET_MAX && left->fl_end + 1 == right->fl_start;
}

static bool same_kind(const struct file_lock *a, const struct file_lock *b)
{
	return a->c.flc_owner == b->c.flc_owner && a->c.flc_type == b->c.flc_type;
}

/* The first of @lock's owner that comes after it, else where the owner's locks end. */
static struct list_head *find_place(struct file_lock_context *ctx, const struct file_lock *lock)
{
	struct file_lock *fl;
	bool mine = false;

	list_for_each_entry(fl, &ctx->flc_posix, c.flc_list) {
		if (fl->c.flc_owner == lock->c.flc_owner) {
			mine = true;
			if (fl->fl_start > lock->fl_end)
				return &fl->c.flc_list;
		} else if (mine) {
			return &fl->c.flc_list;
		}
	}
	return &ctx->flc_posix;
}

/* Put @lock into a hole that it fills, and let it swallow its neighbours. flc_lock held. */
static void fill_range(struct file_lock_context *ctx, struct file_lock *lock,
		       struct list_head *dispose)
{
	struct list_head *all = &ctx->flc_posix;
	struct file_lock *left, *right;

	list_add_tail(&lock->c.flc_list, find_place(ctx, lock));
	left = list_prev_entry(lock, c.flc_list);
	right = list_next_entry(lock, c.flc_list);
	if (!list_entry_is_head(left, all, c.flc_list) && same_kind(left, lock) &&
	    touch(left, lock)) {
		lock->fl_start = left->fl_start;
		unlink_lock(left, dispose);
	}
	if (!list_entry_is_head(right, all, c.flc_list) && same_kind(lock, right) &&
	    touch(lock, right)) {
		lock->fl_end = right->fl_end;
		unlink_lock(right, dispose);
	}
}

/* A request has met @blocker: refuse it, or let it wait. flc_lock held. */
static int wait_or_refuse(struct file_lock *request, struct file_lock *blocker)
{
	int error = FILE_LOCK_DEFERRED;

	if (!(request->c.flc_flags & FL_SLEEP))
		return -EAGAIN;
	spin_lock(&blocked_lock_lock);
	if (would_deadlock(&request->c, &blocker->c))
		error = -EDEADLK;
	else
		insert_block(&blocker->c, &request->c);
	spin_unlock(&blocked_lock_lock);
	return error;
}

/* To ask takes no struct; nor to unlock a whole file: close() must not fail. */
static bool needs_spares(const struct file_lock *request)
{
	if (request->c.flc_flags & FL_ACCESS)
		return false;
	return request->c.flc_type != F_UNLCK || request->fl_start ||
	       request->fl_end != OFFSET_MAX;
}

/* What an unlock returns: 0, unless it wants to know that there was nothing. */
static int unlock_result(const struct file_lock *request, bool found)
{
	return !found && request->c.flc_flags & FL_EXISTS ? -ENOENT : 0;
}

/* posix_lock_inode() with the lock held and two spare structs, or none if none are needed. */
static int __posix_lock(struct file_lock_context *ctx, struct file_lock *request,
			struct file_lock *conflock, struct file_lock *spare[2],
			struct list_head *dispose)
{
	bool unlock = request->c.flc_type == F_UNLCK, found;
	struct file_lock *blocker = unlock ? NULL : find_posix_conflict(ctx, request);

	if (blocker) {
		if (conflock)
			locks_copy_lock(conflock, blocker);
		return wait_or_refuse(request, blocker);
	}
	if (request->c.flc_flags & FL_ACCESS)
		return 0;
	found = punch_range(ctx, request, &spare[1], dispose);
	if (unlock)
		return unlock_result(request, found);
	locks_copy_lock(spare[0], request);
	fill_range(ctx, spare[0], dispose);
	spare[0] = NULL;
	return 0;
}

/*
 * Return: 0: done; -EAGAIN: there is a conflict, told in @conflock; FILE_LOCK_DEFERRED: the request
 * waits; -EDEADLK, -ENOLCK; -ENOENT: an FL_EXISTS unlock of nothing.
 */
static int posix_lock_inode(struct inode *inode, struct file_lock *request,
			    struct file_lock *conflock)
{
	bool unlock = request->c.flc_type == F_UNLCK;
	struct file_lock_context *ctx = get_lock_context(inode, !unlock);
	struct file_lock *spare[2] = { NULL, NULL };
	int error = -ENOLCK;
	LIST_HEAD(dispose);

	if (!ctx)
		return unlock ? unlock_result(request, false) : -ENOLCK;
	if (needs_spares(request)) {
		spare[0] = locks_alloc_lock();
		spare[1] = locks_alloc_lock();
		if (!spare[0] || !spare[1])
			goto out_free;
	}
	spin_lock(&ctx->flc_lock);
	error = __posix_lock(ctx, request, conflock, spare, &dispose);
	spin_unlock(&ctx->flc_lock);
out_free:
	locks_free_lock(spare[0]);
	locks_free_lock(spare[1]);
	dispose_list(&dispose);
	return error;
}

/**
 * posix_lock_file - set a POSIX or OFD lock without waiting
 * @filp: the file
 * @fl: what is wanted; with FL_SLEEP it is put on the list of who waits
 * @conflock: gets what is in its way, or NULL
 *
 * Context: may sleep for memory.
 * Return: 0; -EAGAIN; FILE_LOCK_DEFERRED: it waits; -EDEADLK, -ENOLCK; -ENOENT: an FL_EXISTS unlock
 * of nothing.
 */
int posix_lock_file(struct file *filp, struct file_lock *fl, struct file_lock *conflock)
{
	return posix_lock_inode(file_inode(filp), fl, conflock);
}
EXPORT_SYMBOL(posix_lock_file);

/* ---- setting flock(2)'s ---- */

/* The one that an open file has, or NULL. flc_lock held. */
static struct file_lock *find_flock(struct file_lock_context *ctx, const struct file *file)
{
	struct file_lock *fl;

	list_for_each_entry(fl, &ctx->flc_flock, c.flc_list)
		if (fl->c.flc_file == file)
			return fl;
	return NULL;
}

static struct file_lock *find_flock_conflict(struct file_lock_context *ctx,
					     const struct file_lock *request)
{
	struct file_lock *fl;

	list_for_each_entry(fl, &ctx->flc_flock, c.flc_list)
		if (types_conflict(&request->c, &fl->c))
			return fl;
	return NULL;
}

/* flc_lock held. *@new is NULL afterwards if it was used. */
static int __flock(struct file_lock_context *ctx, struct file_lock *request,
		   struct file_lock **new, struct list_head *dispose)
{
	struct file_lock *have = find_flock(ctx, request->c.flc_file), *blocker;

	if (have && have->c.flc_type == request->c.flc_type)
		return 0;
	/* A change of type lets go first, so that others may come between. */
	if (have)
		unlink_lock(have, dispose);
	if (request->c.flc_type == F_UNLCK)
		return unlock_result(request, have);
	blocker = find_flock_conflict(ctx, request);
	if (blocker)
		return wait_or_refuse(request, blocker);
	locks_copy_lock(*new, request);
	list_add_tail(&(*new)->c.flc_list, &ctx->flc_flock);
	*new = NULL;
	return 0;
}

/* As posix_lock_inode(); -ENOMEM where that has -ENOLCK. */
static int flock_lock_inode(struct inode *inode, struct file_lock *request)
{
	bool unlock = request->c.flc_type == F_UNLCK;
	struct file_lock_context *ctx = get_lock_context(inode, !unlock);
	struct file_lock *new = NULL;
	LIST_HEAD(dispose);
	int error;

	if (!ctx)
		return unlock ? unlock_result(request, false) : -ENOMEM;
	if (!unlock) {
		new = locks_alloc_lock();
		if (!new)
			return -ENOMEM;
	}
	spin_lock(&ctx->flc_lock);
	error = __flock(ctx, request, &new, &dispose);
	spin_unlock(&ctx->flc_lock);
	locks_free_lock(new);
	dispose_list(&dispose);
	return error;
}

/* ---- waiting until it is set ---- */

/**
 * locks_wait_unblocked - sleep until the lock that a request waits for has changed
 * @fl: a request that was FILE_LOCK_DEFERRED
 *
 * Context: may sleep.
 * Return: 0: try again; -ERESTARTSYS: give up, with locks_delete_block().
 */
int locks_wait_unblocked(struct file_lock *fl)
{
	return wait_event_interruptible(fl->c.flc_wait, list_empty(&fl->c.flc_blocked_member));
}

/**
 * locks_lock_inode_wait - set a lock, waiting if it says FL_SLEEP
 * @inode: the file
 * @fl: what is wanted, a POSIX lock or (FL_FLOCK) one of flock(2)
 *
 * Context: may sleep.
 * Return: 0, -EAGAIN, -EDEADLK, -ENOLCK, -ENOMEM, -ERESTARTSYS.
 */
int locks_lock_inode_wait(struct inode *inode, struct file_lock *fl)
{
	int error;

	might_sleep();
	do {
		error = fl->c.flc_flags & FL_FLOCK ? flock_lock_inode(inode, fl) :
						     posix_lock_inode(inode, fl, NULL);
		if (error != FILE_LOCK_DEFERRED)
			break;
		error = locks_wait_unblocked(fl);
	} while (!error);
	locks_delete_block(fl);
	return error;
}
EXPORT_SYMBOL(locks_lock_inode_wait);

static int __init filelock_init(void)
{
	flctx_cache = KMEM_CACHE(file_lock_context, SLAB_PANIC | SLAB_ACCOUNT);
	filelock_cache = KMEM_CACHE(file_lock, SLAB_PANIC | SLAB_ACCOUNT);
	return 0;
}
core_initcall(filelock_init);
