// SPDX-License-Identifier: MIT
/*
 * Inodes in memory: from allocation to eviction.
 *
 *	new_inode()			iget_locked(): I_NEW until unlock_new_inode()
 *	     \				     /
 *	      i_count > 0: dentries, open files, walkers
 *		    |  last iput()
 *	   kept? --yes--> on s_inode_lru, found again by hash or alias, or pruned
 *		    |  no (no links, or ->drop_inode() says so)
 *	      I_FREEING: evict(): pages, ->evict_inode(), out of the hash, freed (RCU)
 *
 * Who finds an inode in the hash with I_FREEING set waits until it is out of it, and looks again.
 *
 * Lock order: inode_hash_lock > i_lock > s_inode_list_lock, LRU lock.
 */

#include <linux/capability.h>
#include <linux/cdev.h>
#include <linux/cred.h>
#include <linux/export.h>
#include <linux/filelock.h>
#include <linux/fs.h>
#include <linux/fsnotify.h>
#include <linux/hash.h>
#include <linux/init.h>
#include <linux/list_lru.h>
#include <linux/mm.h>
#include <linux/mount.h>
#include <linux/pagemap.h>
#include <linux/percpu.h>
#include <linux/security.h>
#include <linux/slab.h>
#include <linux/smp.h>
#include <linux/wait_bit.h>

#include "internal.h"

static struct kmem_cache *inode_cachep __ro_after_init;

#define IHASH_BITS	13
static struct hlist_head inode_hashtable[1 << IHASH_BITS];
static __cacheline_aligned_in_smp DEFINE_SPINLOCK(inode_hash_lock);
static atomic_long_t nr_inodes;

struct mnt_idmap nop_mnt_idmap;
EXPORT_SYMBOL_GPL(nop_mnt_idmap);

static struct hlist_head *inode_bucket(struct super_block *sb, unsigned long hashval)
{
	return &inode_hashtable[hash_long(hashval ^ ((unsigned long)sb / L1_CACHE_BYTES),
					  IHASH_BITS)];
}

/** get_nr_inodes - inodes in memory */
unsigned long get_nr_inodes(void)
{
	return atomic_long_read(&nr_inodes);
}

/* ---- allocation ---- */

int no_open(struct inode *inode, struct file *file)
{
	(void)inode;
	(void)file;
	return -ENXIO;
}

static const struct inode_operations empty_iops;
static const struct file_operations no_open_fops = { .open = no_open };

/**
 * inode_init_once - set up what stays while an inode goes through the slab and back
 * @inode: fresh memory
 *
 * For the constructor of a file system's inode cache.
 */
void inode_init_once(struct inode *inode)
{
	memset(inode, 0, sizeof(*inode));
	INIT_HLIST_NODE(&inode->i_hash);
	INIT_LIST_HEAD(&inode->i_io_list);
	INIT_LIST_HEAD(&inode->i_lru);
	INIT_LIST_HEAD(&inode->i_sb_list);
	INIT_LIST_HEAD(&inode->i_devices);
	address_space_init_once(&inode->i_data);
}
EXPORT_SYMBOL(inode_init_once);

static void init_once(void *inode)
{
	inode_init_once(inode);
}

/**
 * inode_init_always - set up a fresh inode
 * @sb: whose
 * @inode: from the file system's slab
 *
 * Return: 0, -ENOMEM.
 */
int inode_init_always(struct super_block *sb, struct inode *inode)
{
	struct address_space *mapping = &inode->i_data;

	inode->i_sb = sb;
	inode->i_blkbits = sb->s_blocksize_bits;
	inode->i_flags = 0;
	inode->i_state = 0;
	inode->i_opflags = 0;
	inode->i_mode = 0;
	inode->i_ino = 0;
	inode->i_op = &empty_iops;
	inode->i_fop = &no_open_fops;
	inode->__i_nlink = 1;
	i_uid_write(inode, 0);
	i_gid_write(inode, 0);
	inode->i_size = 0;
	inode->i_blocks = 0;
	inode->i_bytes = 0;
	inode->i_generation = 0;
	inode->i_rdev = 0;
	inode->i_pipe = NULL;
	inode->i_security = NULL;
	inode->i_private = NULL;
	inode->i_acl = NULL;
	inode->i_default_acl = NULL;
	inode->i_flctx = NULL;
	inode->dirtied_when = 0;
	atomic64_set(&inode->i_version, 0);
	atomic64_set(&inode->i_sequence, 0);
	atomic_set(&inode->i_count, 1);
	atomic_set(&inode->i_dio_count, 0);
	atomic_set(&inode->i_writecount, 0);
	atomic_set(&inode->i_readcount, 0);
	INIT_HLIST_HEAD(&inode->i_dentry);	/* shares its place with i_rcu */
	spin_lock_init(&inode->i_lock);
	lockdep_set_class(&inode->i_lock, &sb->s_type->i_lock_key);
	init_rwsem(&inode->i_rwsem);
	lockdep_set_class(&inode->i_rwsem, &sb->s_type->i_mutex_key);
	mapping->a_ops = &empty_aops;
	mapping->host = inode;
	mapping->flags = 0;
	mapping->wb_err = 0;
	mapping->gfp_mask = GFP_HIGHUSER_MOVABLE;
	mapping->i_private_data = NULL;
	mapping->writeback_index = 0;
	atomic_set(&mapping->i_mmap_writable, 0);
	init_rwsem(&mapping->invalidate_lock);
	inode->i_mapping = mapping;
	if (unlikely(security_inode_alloc(inode)))
		return -ENOMEM;
	atomic_long_inc(&nr_inodes);
	return 0;
}
EXPORT_SYMBOL(inode_init_always);

/**
 * free_inode_nonrcu - give the memory of an inode back that came from the VFS's own cache
 * @inode: nobody looks at it, not even under RCU
 */
void free_inode_nonrcu(struct inode *inode)
{
	kmem_cache_free(inode_cachep, inode);
}
EXPORT_SYMBOL(free_inode_nonrcu);

static void i_callback(struct rcu_head *head)
{
	struct inode *inode = container_of(head, struct inode, i_rcu);

	if (inode->free_inode)
		inode->free_inode(inode);
	else
		free_inode_nonrcu(inode);
}

static struct inode *alloc_inode(struct super_block *sb)
{
	const struct super_operations *ops = sb->s_op;
	struct inode *inode = ops->alloc_inode ? ops->alloc_inode(sb) :
						 kmem_cache_alloc(inode_cachep, GFP_KERNEL);

	if (!inode)
		return NULL;
	if (unlikely(inode_init_always(sb, inode))) {
		inode->free_inode = ops->free_inode;
		i_callback(&inode->i_rcu);
		return NULL;
	}
	return inode;
}

/**
 * __destroy_inode - free all that hangs off an inode, but not its memory
 * @inode: evicted; or never used, by a file system that failed to make it
 */
void __destroy_inode(struct inode *inode)
{
	security_inode_free(inode);
	locks_free_lock_context(inode);
	if (inode->i_fsnotify_marks)
		fsnotify_inode_free(inode);
	if (!inode->i_nlink && atomic_long_read(&inode->i_sb->s_remove_count) > 0)
		atomic_long_dec(&inode->i_sb->s_remove_count);
	atomic_long_dec(&nr_inodes);
}
EXPORT_SYMBOL(__destroy_inode);

static void destroy_inode(struct inode *inode)
{
	const struct super_operations *ops = inode->i_sb->s_op;

	WARN_ON_ONCE(!list_empty(&inode->i_lru));
	__destroy_inode(inode);
	if (ops->destroy_inode) {
		ops->destroy_inode(inode);
		if (!ops->free_inode)
			return;
	}
	/* A walk without references may be looking at its mode. */
	inode->free_inode = ops->free_inode;
	call_rcu(&inode->i_rcu, i_callback);
}

/**
 * inode_sb_list_add - put an inode among those of its super block
 * @inode: on no such list
 *
 * Context: doesn't sleep; takes s_inode_list_lock.
 */
void inode_sb_list_add(struct inode *inode)
{
	spin_lock(&inode->i_sb->s_inode_list_lock);
	list_add(&inode->i_sb_list, &inode->i_sb->s_inodes);
	spin_unlock(&inode->i_sb->s_inode_list_lock);
}
EXPORT_SYMBOL_GPL(inode_sb_list_add);

static void inode_sb_list_del(struct inode *inode)
{
	if (list_empty(&inode->i_sb_list))
		return;
	spin_lock(&inode->i_sb->s_inode_list_lock);
	list_del_init(&inode->i_sb_list);
	spin_unlock(&inode->i_sb->s_inode_list_lock);
}

/**
 * new_inode_pseudo - an inode in no list of the super block's: the caller looks after it
 * @sb: its
 *
 * Context: may sleep.
 * Return: the inode with one reference, or NULL.
 */
struct inode *new_inode_pseudo(struct super_block *sb)
{
	return alloc_inode(sb);
}

/**
 * new_inode - an inode that nobody can find yet
 * @sb: its
 *
 * Context: may sleep.
 * Return: the inode with one reference; NULL without memory.
 */
struct inode *new_inode(struct super_block *sb)
{
	struct inode *inode = alloc_inode(sb);

	if (inode)
		inode_sb_list_add(inode);
	return inode;
}
EXPORT_SYMBOL(new_inode);

#define INO_BATCH	1024
static DEFINE_PER_CPU(unsigned int, last_ino);

/** get_next_ino - a number for an inode of a file system that has none of its own; never 0 */
unsigned int get_next_ino(void)
{
	static atomic_t shared_last_ino;
	unsigned int *p = &get_cpu_var(last_ino), res = *p;

	if (unlikely(!(res & (INO_BATCH - 1))))
		res = atomic_add_return(INO_BATCH, &shared_last_ino) - INO_BATCH;
	res++;
	if (unlikely(!res))
		res++;
	*p = res;
	put_cpu_var(last_ino);
	return res;
}
EXPORT_SYMBOL(get_next_ino);

/* ---- the hash ---- */

/**
 * __insert_inode_hash - let lookups find an inode
 * @inode: not hashed
 * @hashval: of its identity, as for ilookup5()
 *
 * Context: doesn't sleep; takes inode_hash_lock and i_lock.
 */
void __insert_inode_hash(struct inode *inode, unsigned long hashval)
{
	spin_lock(&inode_hash_lock);
	spin_lock(&inode->i_lock);
	hlist_add_head_rcu(&inode->i_hash, inode_bucket(inode->i_sb, hashval));
	spin_unlock(&inode->i_lock);
	spin_unlock(&inode_hash_lock);
}
EXPORT_SYMBOL(__insert_inode_hash);

/**
 * __remove_inode_hash - lookups find an inode no more
 * @inode: hashed, or not
 *
 * Context: doesn't sleep; takes inode_hash_lock and i_lock.
 */
void __remove_inode_hash(struct inode *inode)
{
	spin_lock(&inode_hash_lock);
	spin_lock(&inode->i_lock);
	hlist_del_init_rcu(&inode->i_hash);
	spin_unlock(&inode->i_lock);
	spin_unlock(&inode_hash_lock);
}
EXPORT_SYMBOL(__remove_inode_hash);

static void *state_wait(struct inode *inode)
{
	return &inode->i_state;
}

/* It is going: wait until it is out of the hash. inode_hash_lock and i_lock are held; dropped. */
static void wait_on_freeing_inode(struct inode *inode)
{
	struct wait_queue_head *wq = __var_waitqueue(state_wait(inode));
	DEFINE_WAIT(wait);

	prepare_to_wait(wq, &wait, TASK_UNINTERRUPTIBLE);
	spin_unlock(&inode->i_lock);
	spin_unlock(&inode_hash_lock);
	schedule();
	finish_wait(wq, &wait);
	spin_lock(&inode_hash_lock);
}

static void wait_on_new_inode(struct inode *inode)
{
	wait_var_event(state_wait(inode), !(READ_ONCE(inode->i_state) & I_NEW));
}

typedef int (*inode_test_t)(struct inode *inode, void *data);

/* inode_hash_lock held, perhaps dropped meanwhile. Return: referenced, or NULL. */
static struct inode *find_inode(struct super_block *sb, struct hlist_head *head,
				inode_test_t test, void *data)
{
	struct inode *inode;

again:
	hlist_for_each_entry(inode, head, i_hash) {
		if (inode->i_sb != sb || !test(inode, data))
			continue;
		spin_lock(&inode->i_lock);
		if (inode->i_state & (I_FREEING | I_WILL_FREE)) {
			wait_on_freeing_inode(inode);
			goto again;
		}
		if (unlikely(inode->i_state & I_CREATING)) {
			spin_unlock(&inode->i_lock);
			return ERR_PTR(-ESTALE);
		}
		__iget(inode);
		spin_unlock(&inode->i_lock);
		return inode;
	}
	return NULL;
}

static int test_ino(struct inode *inode, void *data)
{
	return inode->i_ino == *(unsigned long *)data;
}

static int set_ino(struct inode *inode, void *data)
{
	inode->i_ino = *(unsigned long *)data;
	return 0;
}

/* Wait for whoever sets it up; NULL if that failed and it is to be looked up again. */
static struct inode *finish_found(struct inode *inode)
{
	if (IS_ERR(inode))
		return NULL;
	wait_on_new_inode(inode);
	if (unlikely(inode_unhashed(inode))) {
		iput(inode);
		return NULL;
	}
	return inode;
}

/**
 * ilookup5 - find an inode in memory
 * @sb: its
 * @hashval: its hash
 * @test: is it this one? Called with inode_hash_lock held
 * @data: for @test
 *
 * Return: the inode, referenced; NULL.
 */
struct inode *ilookup5(struct super_block *sb, unsigned long hashval, inode_test_t test,
		       void *data)
{
	struct inode *inode, *found;

	do {
		spin_lock(&inode_hash_lock);
		inode = find_inode(sb, inode_bucket(sb, hashval), test, data);
		spin_unlock(&inode_hash_lock);
		if (IS_ERR_OR_NULL(inode))
			return NULL;
		found = finish_found(inode);
	} while (!found);
	return found;
}
EXPORT_SYMBOL(ilookup5);

/**
 * ilookup - find an inode in memory by its number
 * @sb: its
 * @ino: its number
 *
 * Context: may sleep: it waits for an inode that is being made or evicted.
 * Return: the inode, referenced; NULL.
 */
struct inode *ilookup(struct super_block *sb, unsigned long ino)
{
	return ilookup5(sb, ino, test_ino, &ino);
}
EXPORT_SYMBOL(ilookup);

/**
 * iget5_locked - find an inode, or make one
 * @sb: its
 * @hashval: its hash
 * @test: is it this one?
 * @set: make a new one this one; under inode_hash_lock
 * @data: for both
 *
 * Return: the inode. With I_NEW set the caller fills it and calls unlock_new_inode(), or
 * iget_failed(). NULL: no memory.
 */
struct inode *iget5_locked(struct super_block *sb, unsigned long hashval, inode_test_t test,
			   int (*set)(struct inode *inode, void *data), void *data)
{
	struct hlist_head *head = inode_bucket(sb, hashval);
	struct inode *inode, *old;

	inode = ilookup5(sb, hashval, test, data);
	if (inode)
		return inode;
	inode = alloc_inode(sb);
	if (!inode)
		return NULL;
	for (;;) {
		spin_lock(&inode_hash_lock);
		old = find_inode(sb, head, test, data);
		if (!old)
			break;
		spin_unlock(&inode_hash_lock);
		if (IS_ERR(old)) {
			destroy_inode(inode);
			return NULL;
		}
		old = finish_found(old);
		if (old) {
			destroy_inode(inode);
			return old;
		}
	}
	if (set(inode, data)) {
		spin_unlock(&inode_hash_lock);
		destroy_inode(inode);
		return NULL;
	}
	spin_lock(&inode->i_lock);
	inode->i_state |= I_NEW;
	hlist_add_head_rcu(&inode->i_hash, head);
	spin_unlock(&inode->i_lock);
	spin_unlock(&inode_hash_lock);
	inode_sb_list_add(inode);
	return inode;
}
EXPORT_SYMBOL(iget5_locked);

/**
 * iget_locked - iget5_locked() for file systems whose inode numbers say all
 * @sb: its
 * @ino: its number
 *
 * Context: may sleep.
 * Return: the inode, referenced; I_NEW: the caller fills it in, then unlock_new_inode(). NULL.
 */
struct inode *iget_locked(struct super_block *sb, unsigned long ino)
{
	return iget5_locked(sb, ino, test_ino, set_ino, &ino);
}
EXPORT_SYMBOL(iget_locked);

/**
 * insert_inode_locked - hash a new inode by its number, as I_NEW
 * @inode: i_ino is set; not hashed
 *
 * Context: may sleep.
 * Return: 0; -EBUSY if there is one.
 */
int insert_inode_locked(struct inode *inode)
{
	struct super_block *sb = inode->i_sb;
	unsigned long ino = inode->i_ino;
	struct hlist_head *head = inode_bucket(sb, ino);
	struct inode *old;

	for (;;) {
		spin_lock(&inode_hash_lock);
		old = find_inode(sb, head, test_ino, &ino);
		if (!old)
			break;
		spin_unlock(&inode_hash_lock);
		if (IS_ERR(old))
			return -EBUSY;
		old = finish_found(old);
		if (old) {
			iput(old);
			return -EBUSY;
		}
	}
	spin_lock(&inode->i_lock);
	inode->i_state |= I_NEW | I_CREATING;
	hlist_add_head_rcu(&inode->i_hash, head);
	spin_unlock(&inode->i_lock);
	spin_unlock(&inode_hash_lock);
	return 0;
}
EXPORT_SYMBOL(insert_inode_locked);

/**
 * unlock_new_inode - an I_NEW inode is complete: wake who waits for it
 * @inode: the inode
 *
 * Context: doesn't sleep; takes i_lock.
 */
void unlock_new_inode(struct inode *inode)
{
	spin_lock(&inode->i_lock);
	WARN_ON(!(inode->i_state & I_NEW));
	inode->i_state &= ~(I_NEW | I_CREATING);
	/* Pairs with the barrier of the waiter between queueing and looking at i_state. */
	smp_mb();
	wake_up_var(state_wait(inode));
	spin_unlock(&inode->i_lock);
}
EXPORT_SYMBOL(unlock_new_inode);

/**
 * discard_new_inode - an I_NEW inode will not be: wake who waits for it, and give it back
 * @inode: its reference is dropped
 *
 * Context: may sleep.
 */
void discard_new_inode(struct inode *inode)
{
	unlock_new_inode(inode);
	iput(inode);
}
EXPORT_SYMBOL(discard_new_inode);

/**
 * iget_failed - an I_NEW inode couldn't be read: nobody shall find it
 * @inode: its reference is dropped
 *
 * Context: may sleep.
 */
void iget_failed(struct inode *inode)
{
	remove_inode_hash(inode);
	inode->i_mode = S_IFREG;
	discard_new_inode(inode);
}
EXPORT_SYMBOL(iget_failed);

/* ---- references and the end ---- */

/**
 * ihold - one more reference, beside one that the caller has
 * @inode: the inode
 *
 * Context: any.
 */
void ihold(struct inode *inode)
{
	WARN_ON(atomic_inc_return(&inode->i_count) < 2);
}
EXPORT_SYMBOL(ihold);

/**
 * igrab - a reference, unless the inode is going
 * @inode: its memory stays: the caller is under a lock or RCU that sees to it
 *
 * Context: doesn't sleep; takes i_lock.
 * Return: @inode; NULL.
 */
struct inode *igrab(struct inode *inode)
{
	spin_lock(&inode->i_lock);
	if (inode->i_state & (I_FREEING | I_WILL_FREE)) {
		spin_unlock(&inode->i_lock);
		return NULL;
	}
	__iget(inode);
	spin_unlock(&inode->i_lock);
	return inode;
}
EXPORT_SYMBOL(igrab);

/**
 * generic_delete_inode - for ->drop_inode(): keep no inode that nobody uses
 * @inode: its last reference has gone
 *
 * Return: 1.
 */
int generic_delete_inode(struct inode *inode)
{
	(void)inode;
	return 1;
}
EXPORT_SYMBOL(generic_delete_inode);

/**
 * generic_drop_inode - what is done without ->drop_inode(): keep an inode that has links and is
 * hashed
 * @inode: its last reference has gone; i_lock is held
 *
 * Return: nonzero if it is to be evicted.
 */
int generic_drop_inode(struct inode *inode)
{
	return !inode->i_nlink || inode_unhashed(inode);
}
EXPORT_SYMBOL(generic_drop_inode);

/**
 * clear_inode - the last step of ->evict_inode(): nothing hangs on an inode any more
 * @inode: being evicted, with no pages
 */
void clear_inode(struct inode *inode)
{
	xa_lock_irq(&inode->i_data.i_pages);
	BUG_ON(inode->i_data.nrpages);
	xa_unlock_irq(&inode->i_data.i_pages);
	BUG_ON(!(inode->i_state & I_FREEING));
	BUG_ON(inode->i_state & I_CLEAR);
	inode->i_state = I_FREEING | I_CLEAR;
}
EXPORT_SYMBOL(clear_inode);

static void inode_io_list_del(struct inode *inode)
{
	struct super_block *sb = inode->i_sb;

	if (list_empty(&inode->i_io_list))
		return;
	spin_lock(&sb->s_inode_wblist_lock);
	list_del_init(&inode->i_io_list);
	spin_unlock(&sb->s_inode_wblist_lock);
}

/* I_FREEING is set, nobody has a reference: take it apart. */
static void evict(struct inode *inode)
{
	const struct super_operations *op = inode->i_sb->s_op;

	inode_io_list_del(inode);
	inode_sb_list_del(inode);
	if (op->evict_inode) {
		op->evict_inode(inode);
	} else {
		truncate_inode_pages_final(&inode->i_data);
		clear_inode(inode);
	}
	if (S_ISCHR(inode->i_mode) && inode->i_cdev)
		cd_forget(inode);
	remove_inode_hash(inode);
	spin_lock(&inode->i_lock);
	wake_up_var(state_wait(inode));
	spin_unlock(&inode->i_lock);
	destroy_inode(inode);
}

/* i_lock held, unused: keep it for later if its file system lives. */
static void __inode_add_lru(struct inode *inode)
{
	if (inode->i_state & (I_DIRTY_ALL | I_SYNC | I_FREEING | I_WILL_FREE))
		return;
	if (atomic_read(&inode->i_count) || !(inode->i_sb->s_flags & SB_ACTIVE))
		return;
	if (!list_lru_add_obj(&inode->i_sb->s_inode_lru, &inode->i_lru))
		inode->i_state |= I_REFERENCED;
}

/* i_lock held; the last reference went. Keep the inode or let it go. */
static void iput_final(struct inode *inode)
{
	const struct super_operations *op = inode->i_sb->s_op;
	bool drop = op->drop_inode ? op->drop_inode(inode) : generic_drop_inode(inode);

	WARN_ON(inode->i_state & I_NEW);
	if (!drop && (inode->i_sb->s_flags & SB_ACTIVE) && !(inode->i_state & I_DONTCACHE)) {
		__inode_add_lru(inode);
		spin_unlock(&inode->i_lock);
		return;
	}
	if (!drop && (inode->i_state & I_DIRTY_INODE) && op->write_inode) {
		inode->i_state |= I_WILL_FREE;
		spin_unlock(&inode->i_lock);
		filemap_write_and_wait_range(&inode->i_data, 0, LLONG_MAX);
		op->write_inode(inode, NULL);
		spin_lock(&inode->i_lock);
		inode->i_state &= ~(I_WILL_FREE | I_DIRTY_ALL);
	}
	inode->i_state |= I_FREEING;
	list_lru_del_obj(&inode->i_sb->s_inode_lru, &inode->i_lru);
	spin_unlock(&inode->i_lock);
	evict(inode);
}

/**
 * iput - give a reference back
 * @inode: NULL: nothing
 *
 * Context: may sleep, if it may be the last.
 */
void iput(struct inode *inode)
{
	if (!inode)
		return;
	might_sleep();
	BUG_ON(inode->i_state & I_CLEAR);
	if (atomic_dec_and_lock(&inode->i_count, &inode->i_lock))
		iput_final(inode);
}
EXPORT_SYMBOL(iput);

static void dispose_list(struct list_head *head)
{
	while (!list_empty(head)) {
		struct inode *inode = list_first_entry(head, struct inode, i_lru);

		list_del_init(&inode->i_lru);
		evict(inode);
		cond_resched();
	}
}

/**
 * evict_inodes - the super block goes: all inodes that nobody uses
 * @sb: with no dentries left
 *
 * Context: may sleep.
 */
void evict_inodes(struct super_block *sb)
{
	struct inode *inode, *next;
	LIST_HEAD(dispose);

	spin_lock(&sb->s_inode_list_lock);
	list_for_each_entry_safe(inode, next, &sb->s_inodes, i_sb_list) {
		/* i_lock comes before the list's lock: try, and who is busy is not unused. */
		if (!spin_trylock(&inode->i_lock))
			continue;
		if (!atomic_read(&inode->i_count) &&
		    !(inode->i_state & (I_NEW | I_FREEING | I_WILL_FREE))) {
			inode->i_state |= I_FREEING;
			list_lru_del_obj(&sb->s_inode_lru, &inode->i_lru);
			list_add(&inode->i_lru, &dispose);
		}
		spin_unlock(&inode->i_lock);
	}
	spin_unlock(&sb->s_inode_list_lock);
	dispose_list(&dispose);
}
EXPORT_SYMBOL_GPL(evict_inodes);

static enum lru_status inode_lru_isolate(struct list_head *item, struct list_lru_one *lru,
					 spinlock_t *lru_lock, void *arg)
{
	struct inode *inode = container_of(item, struct inode, i_lru);
	struct list_head *freeable = arg;

	(void)lru_lock;
	/* The LRU's lock comes after i_lock. */
	if (!spin_trylock(&inode->i_lock))
		return LRU_SKIP;
	if (atomic_read(&inode->i_count) ||
	    (inode->i_state & (I_DIRTY_ALL | I_SYNC | I_FREEING | I_WILL_FREE))) {
		list_lru_isolate(lru, &inode->i_lru);
		spin_unlock(&inode->i_lock);
		return LRU_REMOVED;
	}
	if (inode->i_state & I_REFERENCED) {
		inode->i_state &= ~I_REFERENCED;
		spin_unlock(&inode->i_lock);
		return LRU_ROTATE;
	}
	inode->i_state |= I_FREEING;
	list_lru_isolate_move(lru, &inode->i_lru, freeable);
	spin_unlock(&inode->i_lock);
	return LRU_REMOVED;
}

/* The super block's shrinker: how many inodes went. */
long prune_icache_sb(struct super_block *sb, struct shrink_control *sc)
{
	LIST_HEAD(freeable);
	long freed = list_lru_shrink_walk(&sb->s_inode_lru, sc, inode_lru_isolate, &freeable);

	dispose_list(&freeable);
	return freed;
}

/**
 * inode_init - make the cache for inodes
 *
 * Context: boot.
 */
void __init inode_init(void)
{
	inode_cachep = kmem_cache_create("inode_cache", sizeof(struct inode), 0,
					 SLAB_RECLAIM_ACCOUNT | SLAB_PANIC | SLAB_ACCOUNT,
					 init_once);
}
