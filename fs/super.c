// SPDX-License-Identifier: MIT
/*
 * Super blocks: one for each file system in use.
 *
 *	sget_fc()		new, s_umount held for writing, s_active 1
 *	  fill_super		s_root; SB_BORN | SB_ACTIVE
 *	  mounts		each holds one of s_active
 *	deactivate_super()	the last: ->kill_sb() -> generic_shutdown_super(): dentries, inodes
 *	put_super()		s_count, of those who stand on the list: the memory
 *
 * Each has a shrinker that prunes its dentries, whose inodes follow.
 *
 * Lock order: s_umount > sb_lock.
 */

#include <linux/export.h>
#include <linux/fs.h>
#include <linux/fs_context.h>
#include <linux/fsnotify.h>
#include <linux/idr.h>
#include <linux/init.h>
#include <linux/list_lru.h>
#include <linux/mount.h>
#include <linux/pagemap.h>
#include <linux/security.h>
#include <linux/shrinker.h>
#include <linux/slab.h>

#include "internal.h"

LIST_HEAD(super_blocks);
__cacheline_aligned_in_smp DEFINE_SPINLOCK(sb_lock);

/* ---- memory pressure ---- */

bool super_trylock_shared(struct super_block *sb)
{
	if (!down_read_trylock(&sb->s_umount))
		return false;
	if (!(sb->s_flags & SB_DYING) && (sb->s_flags & SB_BORN) && sb->s_root)
		return true;
	up_read(&sb->s_umount);
	return false;
}

/* Dentries and inodes in proportion to how many there are. */
static unsigned long super_cache_scan(struct shrinker *shrink, struct shrink_control *sc)
{
	struct super_block *sb = shrink->private_data;
	unsigned long dentries, inodes, nr = sc->nr_to_scan, freed;

	/* Killing calls into the file system, which may be what asks for memory. */
	if (!(sc->gfp_mask & __GFP_FS) || !super_trylock_shared(sb))
		return SHRINK_STOP;
	dentries = list_lru_shrink_count(&sb->s_dentry_lru, sc);
	inodes = list_lru_shrink_count(&sb->s_inode_lru, sc);
	sc->nr_to_scan = mult_frac(nr, dentries, dentries + inodes + 1) + 1;
	freed = prune_dcache_sb(sb, sc);
	sc->nr_to_scan = mult_frac(nr, inodes, dentries + inodes + 1) + 1;
	freed += prune_icache_sb(sb, sc);
	up_read(&sb->s_umount);
	return freed;
}

static unsigned long super_cache_count(struct shrinker *shrink, struct shrink_control *sc)
{
	struct super_block *sb = shrink->private_data;
	unsigned long total;

	/* Pairs with the release that sets it: the LRU lists are there. */
	if (!(smp_load_acquire(&sb->s_flags) & SB_BORN))
		return 0;
	total = list_lru_shrink_count(&sb->s_dentry_lru, sc) +
		list_lru_shrink_count(&sb->s_inode_lru, sc);
	return total ? total : SHRINK_EMPTY;
}

/* ---- making ---- */

static void destroy_super_rcu(struct rcu_head *head)
{
	kfree(container_of(head, struct super_block, rcu));
}

static void free_super(struct super_block *s)
{
	shrinker_free(s->s_shrink);
	list_lru_destroy(&s->s_dentry_lru);
	list_lru_destroy(&s->s_inode_lru);
	security_sb_free(s);
	call_rcu(&s->rcu, destroy_super_rcu);
}

static const struct super_operations default_op;

/* s_umount held for writing. */
static struct super_block *alloc_super(struct file_system_type *type, struct fs_context *fc)
{
	struct super_block *s = kzalloc(sizeof(*s), GFP_KERNEL);

	if (!s)
		return NULL;
	init_rwsem(&s->s_umount);
	lockdep_set_class(&s->s_umount, &type->s_umount_key);
	if (security_sb_alloc(s))
		goto err_free;
	if (list_lru_init(&s->s_dentry_lru))
		goto err_sec;
	if (list_lru_init(&s->s_inode_lru))
		goto err_dlru;
	s->s_shrink = shrinker_alloc(0, "sb-%s", type->name);
	if (!s->s_shrink)
		goto err_ilru;
	s->s_shrink->scan_objects = super_cache_scan;
	s->s_shrink->count_objects = super_cache_count;
	s->s_shrink->batch = 1024;
	s->s_shrink->private_data = s;
	down_write(&s->s_umount);
	s->s_flags = fc->sb_flags;
	s->s_iflags = fc->s_iflags;
	s->s_user_ns = fc->user_ns;
	INIT_HLIST_NODE(&s->s_instances);
	INIT_LIST_HEAD(&s->s_mounts);
	INIT_LIST_HEAD(&s->s_inodes);
	spin_lock_init(&s->s_inode_list_lock);
	INIT_LIST_HEAD(&s->s_inodes_wb);
	spin_lock_init(&s->s_inode_wblist_lock);
	s->s_count = 1;
	atomic_set(&s->s_active, 1);
	mutex_init(&s->s_vfs_rename_mutex);
	mutex_init(&s->s_sync_lock);
	s->s_maxbytes = (1UL << 31) - 1;
	s->s_op = &default_op;
	s->s_time_gran = NSEC_PER_SEC;
	s->s_time_min = S64_MIN;
	s->s_time_max = S64_MAX;
	return s;

err_ilru:
	list_lru_destroy(&s->s_inode_lru);
err_dlru:
	list_lru_destroy(&s->s_dentry_lru);
err_sec:
	security_sb_free(s);
err_free:
	kfree(s);
	return NULL;
}

static void __put_super(struct super_block *s)
{
	if (!--s->s_count) {
		list_del_init(&s->s_list);
		WARN_ON(s->s_dentry_lru.node && list_lru_count(&s->s_dentry_lru));
		spin_unlock(&sb_lock);
		free_super(s);
		spin_lock(&sb_lock);
	}
}

static void put_super(struct super_block *sb)
{
	spin_lock(&sb_lock);
	__put_super(sb);
	spin_unlock(&sb_lock);
}

/**
 * deactivate_locked_super - give one of s_active back; with the last the file system is shut down
 * @s: s_umount held for writing, dropped
 *
 * Context: may sleep.
 */
void deactivate_locked_super(struct super_block *s)
{
	if (!atomic_dec_and_test(&s->s_active)) {
		up_write(&s->s_umount);
		return;
	}
	s->s_type->kill_sb(s);
	spin_lock(&sb_lock);
	hlist_del_init(&s->s_instances);
	spin_unlock(&sb_lock);
	put_filesystem(s->s_type);
	put_super(s);
}
EXPORT_SYMBOL(deactivate_locked_super);

/**
 * deactivate_super - give one of s_active back; with the last the file system is shut down
 * @s: s_umount isn't held
 *
 * Context: may sleep.
 */
void deactivate_super(struct super_block *s)
{
	if (atomic_add_unless(&s->s_active, -1, 1))
		return;
	down_write(&s->s_umount);
	deactivate_locked_super(s);
}
EXPORT_SYMBOL(deactivate_super);

/* sb_lock held, dropped. Return: whether the super block was alive; then s_umount is held. */
static bool grab_super(struct super_block *sb)
{
	sb->s_count++;
	spin_unlock(&sb_lock);
	down_write(&sb->s_umount);
	if ((sb->s_flags & SB_BORN) && atomic_inc_not_zero(&sb->s_active)) {
		put_super(sb);
		return true;
	}
	up_write(&sb->s_umount);
	put_super(sb);
	return false;
}

/**
 * sget_fc - find a super block, or make one
 * @fc: the context
 * @test: is it this one? NULL: always a new one
 * @set: gives the new one its identity; under sb_lock
 *
 * Context: may sleep.
 * Return: with s_umount held for writing; s_root is NULL if it is new. ERR_PTR(-ENOMEM), or what
 * @set said.
 */
struct super_block *sget_fc(struct fs_context *fc,
			    int (*test)(struct super_block *sb, struct fs_context *fc),
			    int (*set)(struct super_block *sb, struct fs_context *fc))
{
	struct super_block *s = NULL, *old;
	int err;

retry:
	spin_lock(&sb_lock);
	if (test) {
		hlist_for_each_entry(old, &fc->fs_type->fs_supers, s_instances) {
			if (!test(old, fc))
				continue;
			if (s) {
				spin_unlock(&sb_lock);
				up_write(&s->s_umount);
				free_super(s);
				s = NULL;
				goto retry;
			}
			if (!grab_super(old))
				goto retry;
			return old;
		}
	}
	if (!s) {
		spin_unlock(&sb_lock);
		s = alloc_super(fc->fs_type, fc);
		if (!s)
			return ERR_PTR(-ENOMEM);
		goto retry;
	}
	s->s_fs_info = fc->s_fs_info;
	err = set(s, fc);
	if (err) {
		s->s_fs_info = NULL;
		spin_unlock(&sb_lock);
		up_write(&s->s_umount);
		free_super(s);
		return ERR_PTR(err);
	}
	fc->s_fs_info = NULL;
	s->s_type = get_filesystem(fc->fs_type);
	strscpy(s->s_id, s->s_type->name, sizeof(s->s_id));
	list_add_tail(&s->s_list, &super_blocks);
	hlist_add_head(&s->s_instances, &s->s_type->fs_supers);
	spin_unlock(&sb_lock);
	shrinker_register(s->s_shrink);
	return s;
}
EXPORT_SYMBOL(sget_fc);

/**
 * generic_shutdown_super - nobody uses the file system any more
 * @sb: s_umount held for writing, dropped
 */
void generic_shutdown_super(struct super_block *sb)
{
	const struct super_operations *sop = sb->s_op;

	if (sb->s_root) {
		shrink_dcache_for_umount(sb);
		sync_filesystem(sb);
		sb->s_flags &= ~SB_ACTIVE;
		fsnotify_sb_delete(sb);
		evict_inodes(sb);
		if (sop->put_super)
			sop->put_super(sb);
		WARN(!list_empty(&sb->s_inodes), "VFS: inodes of %s are in use after its unmount\n",
		     sb->s_id);
	}
	sb->s_flags |= SB_DYING;
	up_write(&sb->s_umount);
}
EXPORT_SYMBOL(generic_shutdown_super);

/**
 * iterate_supers - call a function for each live super block
 * @fn: gets it with s_umount held shared
 * @arg: for @fn
 *
 * Context: may sleep.
 */
void iterate_supers(void (*fn)(struct super_block *sb, void *arg), void *arg)
{
	struct super_block *sb, *p = NULL;

	spin_lock(&sb_lock);
	list_for_each_entry(sb, &super_blocks, s_list) {
		sb->s_count++;
		spin_unlock(&sb_lock);
		down_read(&sb->s_umount);
		if (sb->s_root && (sb->s_flags & SB_BORN) && !(sb->s_flags & SB_DYING))
			fn(sb, arg);
		up_read(&sb->s_umount);
		spin_lock(&sb_lock);
		if (p)
			__put_super(p);
		p = sb;
	}
	if (p)
		__put_super(p);
	spin_unlock(&sb_lock);
}

/** user_get_super - the live super block of a device number, s_umount held shared; NULL */
struct super_block *user_get_super(dev_t dev)
{
	struct super_block *sb;

	spin_lock(&sb_lock);
	list_for_each_entry(sb, &super_blocks, s_list) {
		if (sb->s_dev != dev)
			continue;
		sb->s_count++;
		spin_unlock(&sb_lock);
		down_read(&sb->s_umount);
		if (sb->s_root && (sb->s_flags & SB_BORN) && !(sb->s_flags & SB_DYING))
			return sb;
		drop_super(sb);
		return NULL;
	}
	spin_unlock(&sb_lock);
	return NULL;
}

/** drop_super - undo user_get_super() */
void drop_super(struct super_block *sb)
{
	up_read(&sb->s_umount);
	spin_lock(&sb_lock);
	__put_super(sb);
	spin_unlock(&sb_lock);
}

/* ---- those without a device ---- */

static DEFINE_IDA(unnamed_dev_ida);

/**
 * get_anon_bdev - a device number for a file system without a device
 * @p: the number, of major 0
 *
 * Context: doesn't sleep.
 * Return: 0; -EMFILE when all are taken, -ENOMEM.
 */
int get_anon_bdev(dev_t *p)
{
	int dev = ida_alloc_range(&unnamed_dev_ida, 1, (1 << MINORBITS) - 1, GFP_ATOMIC);

	if (dev < 0)
		return dev == -ENOSPC ? -EMFILE : dev;
	*p = MKDEV(0, dev);
	return 0;
}
EXPORT_SYMBOL(get_anon_bdev);

/**
 * free_anon_bdev - give a number of get_anon_bdev() back
 * @dev: the number
 */
void free_anon_bdev(dev_t dev)
{
	ida_free(&unnamed_dev_ida, MINOR(dev));
}
EXPORT_SYMBOL(free_anon_bdev);

/**
 * set_anon_super_fc - for sget_fc(): the new super block gets a number of get_anon_bdev()
 * @sb: the super block
 * @fc: ignored
 *
 * Return: as get_anon_bdev().
 */
int set_anon_super_fc(struct super_block *sb, struct fs_context *fc)
{
	(void)fc;
	return get_anon_bdev(&sb->s_dev);
}
EXPORT_SYMBOL(set_anon_super_fc);

/**
 * kill_anon_super - ->kill_sb() of a file system without a device
 * @sb: s_umount held for writing, dropped
 *
 * Context: may sleep.
 */
void kill_anon_super(struct super_block *sb)
{
	dev_t dev = sb->s_dev;

	generic_shutdown_super(sb);
	free_anon_bdev(dev);
}
EXPORT_SYMBOL(kill_anon_super);

/**
 * kill_litter_super - ->kill_sb() of a file system whose dentries are its directory entries
 * @sb: s_umount held for writing, dropped
 *
 * Context: may sleep.
 */
void kill_litter_super(struct super_block *sb)
{
	if (sb->s_root)
		d_genocide(sb->s_root);
	kill_anon_super(sb);
}
EXPORT_SYMBOL(kill_litter_super);

static int vfs_get_super(struct fs_context *fc,
			 int (*test)(struct super_block *sb, struct fs_context *fc),
			 int (*fill_super)(struct super_block *sb, struct fs_context *fc))
{
	struct super_block *sb = sget_fc(fc, test, set_anon_super_fc);
	int err;

	if (IS_ERR(sb))
		return PTR_ERR(sb);
	if (!sb->s_root) {
		err = fill_super(sb, fc);
		if (err) {
			deactivate_locked_super(sb);
			return err;
		}
		sb->s_flags |= SB_ACTIVE;
	}
	fc->root = dget(sb->s_root);
	return 0;
}

/**
 * get_tree_nodev - for ->get_tree(): each mount is a file system of its own
 * @fc: the context
 * @fill_super: fills a new super block in
 *
 * Context: may sleep.
 * Return: 0: fc->root is set, s_umount held for writing; -ENOMEM, -EMFILE, or what @fill_super
 * said.
 */
int get_tree_nodev(struct fs_context *fc,
		   int (*fill_super)(struct super_block *sb, struct fs_context *fc))
{
	return vfs_get_super(fc, NULL, fill_super);
}
EXPORT_SYMBOL(get_tree_nodev);

static int test_any(struct super_block *sb, struct fs_context *fc)
{
	(void)sb;
	(void)fc;
	return 1;
}

/**
 * get_tree_single - for ->get_tree(): all mounts are of one file system
 * @fc: the context
 * @fill_super: fills a new super block in
 *
 * Context: may sleep.
 * Return: as get_tree_nodev().
 */
int get_tree_single(struct fs_context *fc,
		    int (*fill_super)(struct super_block *sb, struct fs_context *fc))
{
	return vfs_get_super(fc, test_any, fill_super);
}
EXPORT_SYMBOL(get_tree_single);

/**
 * vfs_get_tree - have the file system make, or find, its tree
 * @fc: configured; fc->root is set on success
 *
 * Context: may sleep. On success s_umount is held for writing.
 * Return: 0; -EBUSY if it was done already; what the file system or a security module said.
 */
int vfs_get_tree(struct fs_context *fc)
{
	struct super_block *sb;
	int err;

	if (fc->root)
		return -EBUSY;
	err = fc->ops->get_tree(fc);
	if (err < 0)
		return err;
	sb = fc->root->d_sb;
	/* Pairs with the acquire of super_cache_count(). */
	smp_store_release(&sb->s_flags, sb->s_flags | SB_BORN);
	err = security_sb_kern_mount(sb);
	if (unlikely(err)) {
		dput(fc->root);
		fc->root = NULL;
		deactivate_locked_super(sb);
	}
	return err;
}
EXPORT_SYMBOL(vfs_get_tree);

/**
 * reconfigure_super - change a mounted file system's options, mount(MS_REMOUNT)
 * @fc: from fs_context_for_reconfigure(), configured
 *
 * Context: may sleep; s_umount held for writing.
 * Return: 0; -EBUSY if somebody writes and it is to be read-only; or what the file system says.
 */
int reconfigure_super(struct fs_context *fc)
{
	struct super_block *sb = fc->root->d_sb;
	bool to_readonly = (fc->sb_flags_mask & fc->sb_flags & SB_RDONLY) && !sb_rdonly(sb);
	int err = 0;

	if (to_readonly) {
		shrink_dcache_sb(sb);
		err = sb_prepare_remount_readonly(sb);
		if (err)
			return err;
	}
	if (fc->ops->reconfigure)
		err = fc->ops->reconfigure(fc);
	if (!err)
		WRITE_ONCE(sb->s_flags, (sb->s_flags & ~(unsigned long)fc->sb_flags_mask) |
					(fc->sb_flags & fc->sb_flags_mask));
	if (to_readonly)
		sb_end_remount_readonly(sb);
	return err;
}
