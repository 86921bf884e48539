/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_DCACHE_H
#define _LINUX_DCACHE_H

/*
 * The dentry cache: names, and the inodes that they stand for.
 *
 * A dentry is one name in one directory. It is positive (d_inode set) or negative: known not to
 * exist. Dentries hang together as a tree by d_parent; each holds a reference to its parent. One
 * that nobody uses (d_lockref.count 0) stays on its file system's LRU list until memory is short.
 *
 * Lookups walk without locks: d_seq changes whenever name, parent or inode do, and the struct is
 * freed by RCU. fs/dcache.c has the lock order.
 */

#include <linux/atomic.h>
#include <linux/bitops.h>
#include <linux/cache.h>
#include <linux/list.h>
#include <linux/list_bl.h>
#include <linux/lockref.h>
#include <linux/rcupdate.h>
#include <linux/seqlock.h>
#include <linux/spinlock.h>
#include <linux/stringhash.h>
#include <linux/wait.h>

struct file;
struct inode;
struct path;
struct super_block;
struct vfsmount;

#define IS_ROOT(x)	((x) == (x)->d_parent)


/* A name with its hash: hash in the low half, length in the high one, compared in one go. */
struct qstr {
	union {
		struct {
			u32 hash;
			u32 len;
		};
		u64 hash_len;
	};
	const unsigned char *name;
};

#define QSTR_INIT(n, l)	{ { { .len = l } }, .name = n }
#define QSTR(n)		((struct qstr)QSTR_INIT(n, strlen(n)))

extern const struct qstr empty_name;
extern const struct qstr slash_name;
extern const struct qstr dotdot_name;

#define DNAME_INLINE_LEN	40

#define d_lock	d_lockref.lock

/* l = d_lock, p = d_lock and the parent's, r = read without lock under d_seq */
struct dentry {
	/* What a walk without locks touches. */
	unsigned int d_flags;			/* l */
	seqcount_spinlock_t d_seq;		/* l writes */
	struct hlist_bl_node d_hash;		/* the bucket's bit lock; RCU readers */
	struct dentry *d_parent;		/* p, r */
	struct qstr d_name;			/* p, r */
	struct inode *d_inode;			/* l, r; NULL: negative */
	unsigned char d_iname[DNAME_INLINE_LEN];	/* a short d_name */

	struct lockref d_lockref;
	const struct dentry_operations *d_op;
	struct super_block *d_sb;
	unsigned long d_time;			/* the file system's */
	void *d_fsdata;				/* the file system's */

	union {
		struct list_head d_lru;		/* s_dentry_lru's lock */
		wait_queue_head_t *d_wait;	/* while it is being looked up */
	};
	struct hlist_node d_sib;		/* the parent's d_lock: in its d_children */
	struct hlist_head d_children;		/* l */
	union {
		struct hlist_node d_alias;		/* inode->i_lock: in its i_dentry */
		struct hlist_bl_node d_in_lookup_hash;	/* while it is being looked up */
		struct rcu_head d_rcu;			/* while it is being freed */
	} d_u;
};

enum dentry_d_lock_class {
	DENTRY_D_LOCK_NORMAL,
	DENTRY_D_LOCK_NESTED
};

struct dentry_operations {
	int (*d_revalidate)(struct dentry *dentry, unsigned int flags);
	int (*d_weak_revalidate)(struct dentry *dentry, unsigned int flags);
	int (*d_hash)(const struct dentry *dentry, struct qstr *name);
	int (*d_compare)(const struct dentry *dentry, unsigned int len, const char *str,
			 const struct qstr *name);
	int (*d_delete)(const struct dentry *dentry);
	int (*d_init)(struct dentry *dentry);
	void (*d_release)(struct dentry *dentry);
	void (*d_prune)(struct dentry *dentry);
	void (*d_iput)(struct dentry *dentry, struct inode *inode);
	char *(*d_dname)(struct dentry *dentry, char *buffer, int buflen);
	struct vfsmount *(*d_automount)(struct path *path);
	int (*d_manage)(const struct path *path, bool rcu_walk);
	struct dentry *(*d_real)(struct dentry *dentry, int type);
} ____cacheline_aligned;

#define DCACHE_OP_HASH			BIT(0)
#define DCACHE_OP_COMPARE		BIT(1)
#define DCACHE_OP_REVALIDATE		BIT(2)
#define DCACHE_OP_DELETE		BIT(3)
#define DCACHE_OP_PRUNE			BIT(4)
#define DCACHE_DISCONNECTED		BIT(5)
#define DCACHE_REFERENCED		BIT(6)	/* used since the LRU looked last */
#define DCACHE_DONTCACHE		BIT(7)
#define DCACHE_CANT_MOUNT		BIT(8)
#define DCACHE_SHRINK_LIST		BIT(10)
#define DCACHE_OP_WEAK_REVALIDATE	BIT(11)
#define DCACHE_MOUNTED			BIT(15)	/* something is mounted here */
#define DCACHE_NEED_AUTOMOUNT		BIT(16)
#define DCACHE_MANAGE_TRANSIT		BIT(17)
#define DCACHE_MANAGED_DENTRY	(DCACHE_MOUNTED | DCACHE_NEED_AUTOMOUNT | DCACHE_MANAGE_TRANSIT)
#define DCACHE_LRU_LIST			BIT(18)
#define DCACHE_ENTRY_TYPE		(7 << 19)
#define DCACHE_MISS_TYPE		(0 << 19)
#define DCACHE_WHITEOUT_TYPE		(1 << 19)
#define DCACHE_DIRECTORY_TYPE		(2 << 19)
#define DCACHE_AUTODIR_TYPE		(3 << 19)
#define DCACHE_REGULAR_TYPE		(4 << 19)
#define DCACHE_SPECIAL_TYPE		(5 << 19)
#define DCACHE_SYMLINK_TYPE		(6 << 19)
#define DCACHE_NOKEY_NAME		BIT(22)
#define DCACHE_OP_REAL			BIT(23)
#define DCACHE_PAR_LOOKUP		BIT(24)	/* being looked up: parent's i_rwsem is shared */
#define DCACHE_DENTRY_CURSOR		BIT(25)
#define DCACHE_NORCU			BIT(26)
#define DCACHE_DENTRY_KILLED		BIT(27)	/* off its parent's list: walkers skip it */

extern seqlock_t rename_lock;

void d_instantiate(struct dentry *entry, struct inode *inode);
void d_instantiate_new(struct dentry *entry, struct inode *inode);
struct dentry *d_alloc(struct dentry *parent, const struct qstr *name);
struct dentry *d_alloc_anon(struct super_block *sb);
struct dentry *d_alloc_parallel(struct dentry *parent, const struct qstr *name,
				wait_queue_head_t *wq);
struct dentry *d_alloc_pseudo(struct super_block *sb, const struct qstr *name);
struct dentry *d_alloc_name(struct dentry *parent, const char *name);
struct dentry *d_splice_alias(struct inode *inode, struct dentry *dentry);
struct dentry *d_make_root(struct inode *root_inode);
struct dentry *d_find_alias(struct inode *inode);
struct dentry *d_find_any_alias(struct inode *inode);
struct dentry *d_lookup(const struct dentry *parent, const struct qstr *name);
struct dentry *d_hash_and_lookup(struct dentry *dir, struct qstr *name);
struct dentry *__d_lookup(const struct dentry *parent, const struct qstr *name);
struct dentry *__d_lookup_rcu(const struct dentry *parent, const struct qstr *name,
			      unsigned int *seq);
struct dentry *d_ancestor(struct dentry *p1, struct dentry *p2);
struct dentry *dget_parent(struct dentry *dentry);
bool d_same_name(const struct dentry *dentry, const struct dentry *parent,
		 const struct qstr *name);
void d_set_d_op(struct dentry *dentry, const struct dentry_operations *op);
void d_add(struct dentry *entry, struct inode *inode);
void d_rehash(struct dentry *entry);
void d_drop(struct dentry *dentry);
void __d_drop(struct dentry *dentry);
void d_delete(struct dentry *dentry);
void d_move(struct dentry *dentry, struct dentry *target);
void d_exchange(struct dentry *dentry1, struct dentry *dentry2);
void d_genocide(struct dentry *parent);
void d_invalidate(struct dentry *dentry);
void d_mark_dontcache(struct inode *inode);
void d_prune_aliases(struct inode *inode);
void d_tmpfile(struct file *file, struct inode *inode);
bool is_subdir(struct dentry *new_dentry, struct dentry *old_dentry);
void shrink_dcache_sb(struct super_block *sb);
void shrink_dcache_parent(struct dentry *parent);
void dput(struct dentry *dentry);

char *__d_path(const struct path *path, const struct path *root, char *buf, int buflen);
char *d_path(const struct path *path, char *buf, int buflen);
char *d_absolute_path(const struct path *path, char *buf, int buflen);
char *dentry_path(const struct dentry *dentry, char *buf, int buflen);
char *dentry_path_raw(const struct dentry *dentry, char *buf, int buflen);
char *simple_dname(struct dentry *dentry, char *buffer, int buflen);
char *dynamic_dname(char *buffer, int buflen, const char *fmt, ...) __printf(3, 4);

/* A copy of a dentry's name that a rename doesn't change. */
struct name_snapshot {
	struct qstr name;
	unsigned char inline_name[DNAME_INLINE_LEN];
	unsigned char *heap_name;
};

int take_dentry_name_snapshot(struct name_snapshot *name, struct dentry *dentry);
void release_dentry_name_snapshot(struct name_snapshot *name);

/** dget_dlock - one reference more, with d_lock held */
static inline struct dentry *dget_dlock(struct dentry *dentry)
{
	dentry->d_lockref.count++;
	return dentry;
}

/** dget - one reference more, on top of one that the caller has; NULL stays NULL */
static inline struct dentry *dget(struct dentry *dentry)
{
	if (dentry)
		lockref_get(&dentry->d_lockref);
	return dentry;
}

/** d_count - references; it may be old news */
static inline unsigned int d_count(const struct dentry *dentry)
{
	return dentry->d_lockref.count;
}

/** d_unhashed - does no lookup find it? */
static inline bool d_unhashed(const struct dentry *dentry)
{
	return hlist_bl_unhashed(&dentry->d_hash);
}

/** d_unlinked - has its name been removed? */
static inline bool d_unlinked(const struct dentry *dentry)
{
	return d_unhashed(dentry) && !IS_ROOT(dentry);
}

/** cant_mount - may nothing be mounted there any more? */
static inline bool cant_mount(const struct dentry *dentry)
{
	return dentry->d_flags & DCACHE_CANT_MOUNT;
}

/** dont_mount - let nothing be mounted there any more: it is being removed */
static inline void dont_mount(struct dentry *dentry)
{
	spin_lock(&dentry->d_lock);
	dentry->d_flags |= DCACHE_CANT_MOUNT;
	spin_unlock(&dentry->d_lock);
}

/** d_in_lookup - is somebody asking the file system for it just now? */
static inline bool d_in_lookup(const struct dentry *dentry)
{
	return dentry->d_flags & DCACHE_PAR_LOOKUP;
}

void __d_lookup_unhash_wake(struct dentry *dentry);

/** d_lookup_done - that is over; who waits for the answer goes on */
static inline void d_lookup_done(struct dentry *dentry)
{
	if (unlikely(d_in_lookup(dentry)))
		__d_lookup_unhash_wake(dentry);
}

/** d_managed - has a walk more to do there than to go in? Something is mounted, perhaps */
static inline bool d_managed(const struct dentry *dentry)
{
	return dentry->d_flags & DCACHE_MANAGED_DENTRY;
}

/** d_mountpoint - is something mounted there, in some namespace? */
static inline bool d_mountpoint(const struct dentry *dentry)
{
	return dentry->d_flags & DCACHE_MOUNTED;
}

/** __d_entry_type - what it is: DCACHE_*_TYPE */
static inline unsigned int __d_entry_type(const struct dentry *dentry)
{
	return dentry->d_flags & DCACHE_ENTRY_TYPE;
}

/** d_is_miss - is it a name of nothing? */
static inline bool d_is_miss(const struct dentry *dentry)
{
	return __d_entry_type(dentry) == DCACHE_MISS_TYPE;
}

/** d_can_lookup - is it a directory with a ->lookup()? */
static inline bool d_can_lookup(const struct dentry *dentry)
{
	return __d_entry_type(dentry) == DCACHE_DIRECTORY_TYPE;
}

/** d_is_autodir - is it a directory that only wants something mounted? */
static inline bool d_is_autodir(const struct dentry *dentry)
{
	return __d_entry_type(dentry) == DCACHE_AUTODIR_TYPE;
}

/** d_is_dir - is it a directory? */
static inline bool d_is_dir(const struct dentry *dentry)
{
	return d_can_lookup(dentry) || d_is_autodir(dentry);
}

/** d_is_symlink - is it a symbolic link? */
static inline bool d_is_symlink(const struct dentry *dentry)
{
	return __d_entry_type(dentry) == DCACHE_SYMLINK_TYPE;
}

/** d_is_reg - is it a regular file? */
static inline bool d_is_reg(const struct dentry *dentry)
{
	return __d_entry_type(dentry) == DCACHE_REGULAR_TYPE;
}

/** d_is_special - is it a device, a pipe or a socket? */
static inline bool d_is_special(const struct dentry *dentry)
{
	return __d_entry_type(dentry) == DCACHE_SPECIAL_TYPE;
}

/** d_is_negative - is it a name of nothing, as far as walks are told? */
static inline bool d_is_negative(const struct dentry *dentry)
{
	return d_is_miss(dentry);
}

/** d_is_positive - is it a name of something, as far as walks are told? */
static inline bool d_is_positive(const struct dentry *dentry)
{
	return !d_is_negative(dentry);
}

/** d_really_is_negative - has it no inode? */
static inline bool d_really_is_negative(const struct dentry *dentry)
{
	return dentry->d_inode == NULL;
}

/** d_really_is_positive - has it an inode? */
static inline bool d_really_is_positive(const struct dentry *dentry)
{
	return dentry->d_inode != NULL;
}

/** simple_positive - is it a name that is there, in a file system that lives in the cache? */
static inline int simple_positive(const struct dentry *dentry)
{
	return d_really_is_positive(dentry) && !d_unhashed(dentry);
}

/** d_inode - its inode; NULL if negative. Context: referenced, or d_lock held */
static inline struct inode *d_inode(const struct dentry *dentry)
{
	return dentry->d_inode;
}

/** d_inode_rcu - its inode at this moment, for a walk that will check d_seq */
static inline struct inode *d_inode_rcu(const struct dentry *dentry)
{
	return READ_ONCE(dentry->d_inode);
}

/** d_backing_inode - the inode that is really used; no file system of ours is on top of another */
static inline struct inode *d_backing_inode(const struct dentry *dentry)
{
	return dentry->d_inode;
}

#endif /* _LINUX_DCACHE_H */
