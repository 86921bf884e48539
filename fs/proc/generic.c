// SPDX-License-Identifier: MIT
/*
 * The tree of entries that parts of the kernel make. It exists whether /proc is mounted or not;
 * inodes are made from it when names are looked up.
 *
 * Removal. Files of an entry may be open when it is removed, and its functions running. So each
 * call counts itself in @users; the remover forbids new ones and waits for those under way. After
 * that a file's functions answer -EIO, and the struct goes with its last inode.
 *
 * Names. A name that was looked up stays in the dentry cache, with its inode, until memory is
 * short: the next open() finds it by a walk under RCU and makes nothing. When its entry is removed
 * the name stays until a walk meets it, which drops it and looks again, or until its last dput().
 * A walk under RCU may look at the entry of an inode that is just evicted: the struct is freed
 * after a grace period.
 *
 * Lock: proc_subdir_lock guards lists of children. It is innermost.
 */

#include <linux/dcache.h>
#include <linux/errno.h>
#include <linux/export.h>
#include <linux/fs.h>
#include <linux/idr.h>
#include <linux/init.h>
#include <linux/namei.h>
#include <linux/rwlock.h>
#include <linux/slab.h>
#include <linux/string.h>

#include "internal.h"

static DEFINE_RWLOCK(proc_subdir_lock);
static atomic_t last_ino = ATOMIC_INIT(0);
#define PROC_DYNAMIC_FIRST	0xf0000000U

struct proc_dir_entry proc_root = {
	.refcnt		= REFCOUNT_INIT(1),
	.mode		= S_IFDIR | 0555,
	.nlink		= 2,
	.ino		= PROC_ROOT_INO,
	.parent		= &proc_root,
	.children	= LIST_HEAD_INIT(proc_root.children),
};

/* ---- calls under way ---- */

/** pde_use - a function of the entry is going to be called: false if it was removed */
bool pde_use(struct proc_dir_entry *de)
{
	int users = atomic_read(&de->users);

	do {
		if (users & PDE_GONE)
			return false;
	} while (!atomic_try_cmpxchg(&de->users, &users, users + 1));
	return true;
}

/** pde_unuse - end pde_use(): the last one lets the removal go on */
void pde_unuse(struct proc_dir_entry *de)
{
	if (atomic_dec_return(&de->users) == PDE_GONE)
		complete(&de->unused);
}

static void pde_free(struct rcu_head *head)
{
	struct proc_dir_entry *de = container_of(head, struct proc_dir_entry, rcu);

	kfree(de->link);
	kfree(de);
}

/** pde_put - give a reference to an entry back; after the last one walks may look at it still */
void pde_put(struct proc_dir_entry *de)
{
	if (refcount_dec_and_test(&de->refcnt))
		call_rcu(&de->rcu, pde_free);
}

/* ---- finding ---- */

static struct proc_dir_entry *find_child(struct proc_dir_entry *dir, const char *name,
					 unsigned int len)
{
	struct proc_dir_entry *de;

	list_for_each_entry(de, &dir->children, list) {
		if (strlen(de->name) == len && !memcmp(de->name, name, len))
			return de;
	}
	return NULL;
}

/* "driver/rtc" below @*dir: its folder, and the last part of the name. */
static int find_parent(const char *name, struct proc_dir_entry **dir, const char **last)
{
	const char *slash;

	if (!*dir)
		*dir = &proc_root;
	while ((slash = strchr(name, '/'))) {
		*dir = find_child(*dir, name, slash - name);
		if (!*dir)
			return -ENOENT;
		name = slash + 1;
	}
	*last = name;
	return 0;
}

static bool pde_is_gone(const struct proc_dir_entry *de)
{
	return atomic_read(&de->users) & PDE_GONE;
}

/* A name is good until its entry is removed. To a walk under RCU its inode may just be going. */
static int proc_misc_d_revalidate(struct dentry *dentry, unsigned int flags)
{
	struct inode *inode = d_inode_rcu(dentry);
	struct proc_dir_entry *de = inode ? READ_ONCE(PROC_I(inode)->pde) : NULL;

	if (unlikely(!de))
		return flags & LOOKUP_RCU ? -ECHILD : 0;
	return !pde_is_gone(de);
}

static int proc_misc_d_delete(const struct dentry *dentry)
{
	return pde_is_gone(PDE(d_inode(dentry)));
}

static const struct dentry_operations proc_misc_dentry_ops = {
	.d_revalidate	= proc_misc_d_revalidate,
	.d_delete	= proc_misc_d_delete,
};

/**
 * proc_lookup_de - ->lookup() in the folder of an entry
 * @dir: the folder's inode
 * @dentry: the name
 * @de: the folder
 *
 * Context: may sleep.
 * Return: as ->lookup(); ERR_PTR(-ENOENT), ERR_PTR(-ENOMEM).
 */
struct dentry *proc_lookup_de(struct inode *dir, struct dentry *dentry,
			      struct proc_dir_entry *de)
{
	struct inode *inode;

	read_lock(&proc_subdir_lock);
	de = find_child(de, dentry->d_name.name, dentry->d_name.len);
	if (de)
		refcount_inc(&de->refcnt);
	read_unlock(&proc_subdir_lock);
	if (!de)
		return ERR_PTR(-ENOENT);
	inode = proc_get_inode(dir->i_sb, de);
	if (!inode)
		return ERR_PTR(-ENOMEM);
	d_set_d_op(dentry, &proc_misc_dentry_ops);
	return d_splice_alias(inode, dentry);
}

/** proc_lookup - ->lookup() of a folder in /proc */
struct dentry *proc_lookup(struct inode *dir, struct dentry *dentry, unsigned int flags)
{
	return proc_lookup_de(dir, dentry, PDE(dir));
}

/** proc_readdir_de - tell the names in the folder of an entry */
int proc_readdir_de(struct file *file, struct dir_context *ctx, struct proc_dir_entry *de)
{
	struct proc_dir_entry *child, *next;
	loff_t i = 2;

	if (!dir_emit_dots(file, ctx))
		return 0;
	read_lock(&proc_subdir_lock);
	list_for_each_entry(child, &de->children, list) {
		if (i++ < ctx->pos)
			continue;
		refcount_inc(&child->refcnt);
		read_unlock(&proc_subdir_lock);
		if (!dir_emit(ctx, child->name, strlen(child->name), child->ino,
			      child->mode >> 12)) {
			pde_put(child);
			return 0;
		}
		ctx->pos++;
		read_lock(&proc_subdir_lock);
		next = child;
		/* Removed meanwhile: the rest of the folder is told by the next call. */
		if (list_empty(&next->list)) {
			read_unlock(&proc_subdir_lock);
			pde_put(next);
			return 0;
		}
		/* Not the last reference: the tree has one. */
		refcount_dec(&next->refcnt);
	}
	read_unlock(&proc_subdir_lock);
	return 1;
}

static int proc_readdir(struct file *file, struct dir_context *ctx)
{
	proc_readdir_de(file, ctx, PDE(file_inode(file)));
	return 0;
}

const struct file_operations proc_dir_operations = {
	.llseek		= generic_file_llseek,
	.read		= generic_read_dir,
	.iterate_shared	= proc_readdir,
};

/** proc_getattr - ->getattr() of an entry in /proc */
int proc_getattr(struct mnt_idmap *idmap, const struct path *path, struct kstat *stat,
		 u32 request_mask, unsigned int query_flags)
{
	struct inode *inode = d_inode(path->dentry);
	struct proc_dir_entry *de = PDE(inode);

	if (de && S_ISDIR(de->mode))
		set_nlink(inode, de->nlink);
	generic_fillattr(&nop_mnt_idmap, request_mask, inode, stat);
	return 0;
}

/**
 * proc_notify_change - ->setattr() of an entry in /proc: kept in the entry, for its next inode too
 * @idmap: nop_mnt_idmap
 * @dentry: the name; its inode's i_rwsem is held for writing
 * @attr: what changes. A size is left alone: the text is made when it is read
 *
 * Return: 0, -EPERM. chmod(2), chown(2), truncate(2).
 */
int proc_notify_change(struct mnt_idmap *idmap, struct dentry *dentry, struct iattr *attr)
{
	struct inode *inode = d_inode(dentry);
	struct proc_dir_entry *de = PDE(inode);
	int error = setattr_prepare(idmap, dentry, attr);
	if (error)
		return error;
	setattr_copy(idmap, inode, attr);
	proc_set_user(de, inode->i_uid, inode->i_gid);
	de->mode = inode->i_mode;
	return 0;
}

const struct inode_operations proc_dir_inode_operations = {
	.lookup		= proc_lookup,
	.getattr	= proc_getattr,
	.setattr	= proc_notify_change,
};

/* ---- making ---- */

static struct proc_dir_entry *pde_create(const char *name, umode_t mode,
					 struct proc_dir_entry *parent)
{
	struct proc_dir_entry *de, *dir = parent;
	const char *last;
	int err;

	write_lock(&proc_subdir_lock);
	err = find_parent(name, &dir, &last);
	write_unlock(&proc_subdir_lock);
	if (WARN(err || !*last || strlen(last) > NAME_MAX, "proc: no folder for %s\n", name))
		return NULL;
	de = kzalloc(struct_size(de, name, strlen(last) + 1), GFP_KERNEL);
	if (!de)
		return NULL;
	strscpy(de->name, last, strlen(last) + 1);
	refcount_set(&de->refcnt, 1);
	init_completion(&de->unused);
	INIT_LIST_HEAD(&de->list);
	INIT_LIST_HEAD(&de->children);
	de->mode = mode;
	de->nlink = S_ISDIR(mode) ? 2 : 1;
	de->ino = PROC_DYNAMIC_FIRST + atomic_inc_return(&last_ino);
	de->uid = GLOBAL_ROOT_UID;
	de->gid = GLOBAL_ROOT_GID;
	de->parent = dir;
	return de;
}

/* From now on it is seen. Frees @de and gives NULL if the name is taken. */
static struct proc_dir_entry *pde_register(struct proc_dir_entry *de)
{
	struct proc_dir_entry *dir = de->parent;
	bool taken;

	write_lock(&proc_subdir_lock);
	taken = find_child(dir, de->name, strlen(de->name));
	if (!taken) {
		list_add_tail(&de->list, &dir->children);
		if (S_ISDIR(de->mode))
			dir->nlink++;
	}
	write_unlock(&proc_subdir_lock);
	if (!WARN(taken, "proc: %s/%s is there already\n", dir->name, de->name))
		return de;
	pde_put(de);
	return NULL;
}

static umode_t file_mode(umode_t mode)
{
	return S_IFREG | (mode & S_IALLUGO ? mode & S_IALLUGO : 0444);
}

/**
 * proc_mkdir_data - make a folder
 * @name: its path below @parent
 * @mode: permission bits; 0: 0555
 * @parent: NULL: /proc
 * @data: for pde_data()
 *
 * Context: may sleep.
 * Return: the folder, for proc_remove(); NULL without memory, or with a warning if its parent isn't
 * there, or it is.
 */
struct proc_dir_entry *proc_mkdir_data(const char *name, umode_t mode,
				       struct proc_dir_entry *parent, void *data)
{
	struct proc_dir_entry *de = pde_create(name, S_IFDIR | (mode ? mode : 0555), parent);

	if (!de)
		return NULL;
	de->data = data;
	return pde_register(de);
}
EXPORT_SYMBOL_GPL(proc_mkdir_data);

/* The same, whose inodes have functions of their own. */
struct proc_dir_entry *proc_mkdir_iop(const char *name, struct proc_dir_entry *parent,
				      const struct inode_operations *iop)
{
	struct proc_dir_entry *de = pde_create(name, S_IFDIR | 0555, parent);

	if (!de)
		return NULL;
	de->iop = iop;
	return pde_register(de);
}

/**
 * proc_mkdir_mode - make a folder without data
 * @name: its path below @parent
 * @mode: permission bits; 0: 0555
 * @parent: NULL: /proc
 *
 * Context: may sleep.
 * Return: as proc_mkdir_data().
 */
struct proc_dir_entry *proc_mkdir_mode(const char *name, umode_t mode,
				       struct proc_dir_entry *parent)
{
	return proc_mkdir_data(name, mode, parent, NULL);
}
EXPORT_SYMBOL(proc_mkdir_mode);

/**
 * proc_mkdir - make a folder
 * @name: its path below @parent
 * @parent: NULL: /proc
 *
 * Context: may sleep.
 * Return: the folder, for proc_remove(); NULL without memory, or with a warning if its parent isn't
 * there, or it is.
 */
struct proc_dir_entry *proc_mkdir(const char *name, struct proc_dir_entry *parent)
{
	return proc_mkdir_data(name, 0, parent, NULL);
}
EXPORT_SYMBOL(proc_mkdir);

/**
 * proc_symlink - make a symbolic link
 * @name: its path below @parent
 * @parent: NULL: /proc
 * @dest: its text, copied
 *
 * Context: may sleep.
 * Return: as proc_mkdir().
 */
struct proc_dir_entry *proc_symlink(const char *name, struct proc_dir_entry *parent,
				    const char *dest)
{
	struct proc_dir_entry *de = pde_create(name, S_IFLNK | 0777, parent);

	if (!de)
		return NULL;
	de->link = kstrdup(dest, GFP_KERNEL);
	de->size = strlen(dest);
	if (!de->link) {
		pde_put(de);
		return NULL;
	}
	return pde_register(de);
}
EXPORT_SYMBOL(proc_symlink);

/** proc_create_iop - a file with functions of its own, and its inodes too if @iop isn't NULL */
struct proc_dir_entry *proc_create_iop(const char *name, umode_t mode,
				       struct proc_dir_entry *parent,
				       const struct proc_ops *proc_ops,
				       const struct inode_operations *iop, void *data)
{
	struct proc_dir_entry *de = pde_create(name, file_mode(mode), parent);

	if (!de)
		return NULL;
	de->ops = proc_ops;
	de->iop = iop;
	de->data = data;
	return pde_register(de);
}

/**
 * proc_create_data - make a file with functions of its own
 * @name: its path below @parent
 * @mode: permission bits; 0: 0444
 * @parent: NULL: /proc
 * @proc_ops: the functions
 * @data: for pde_data()
 *
 * Context: may sleep.
 * Return: as proc_mkdir().
 */
struct proc_dir_entry *proc_create_data(const char *name, umode_t mode,
					struct proc_dir_entry *parent,
					const struct proc_ops *proc_ops, void *data)
{
	return proc_create_iop(name, mode, parent, proc_ops, NULL, data);
}
EXPORT_SYMBOL(proc_create_data);

/**
 * proc_create - a file with functions of its own, without data
 * @name: its path below @parent
 * @mode: permission bits; 0: 0444
 * @parent: NULL: /proc
 * @proc_ops: the functions
 *
 * Context: may sleep.
 * Return: the file, for proc_remove(); NULL as by proc_mkdir_data().
 */
struct proc_dir_entry *proc_create(const char *name, umode_t mode,
				   struct proc_dir_entry *parent,
				   const struct proc_ops *proc_ops)
{
	return proc_create_data(name, mode, parent, proc_ops, NULL);
}
EXPORT_SYMBOL(proc_create);

/**
 * proc_create_seq_private - make a file that is a sequence
 * @name: its path below @parent
 * @mode: permission bits; 0: 0444
 * @parent: NULL: /proc
 * @ops: its records
 * @state_size: bytes that each open has of its own, zeroed
 * @data: for pde_data()
 *
 * Context: may sleep.
 * Return: as proc_mkdir().
 */
struct proc_dir_entry *proc_create_seq_private(const char *name, umode_t mode,
					       struct proc_dir_entry *parent,
					       const struct seq_operations *ops,
					       unsigned int state_size, void *data)
{
	struct proc_dir_entry *de = pde_create(name, file_mode(mode), parent);

	if (!de)
		return NULL;
	de->seq_ops = ops;
	de->state_size = state_size;
	de->data = data;
	return pde_register(de);
}
EXPORT_SYMBOL(proc_create_seq_private);

/**
 * proc_create_single_data - make a file that one function prints
 * @name: its path below @parent
 * @mode: permission bits; 0: 0444
 * @parent: NULL: /proc
 * @show: the function
 * @data: for pde_data()
 *
 * Context: may sleep.
 * Return: as proc_mkdir().
 */
struct proc_dir_entry *proc_create_single_data(const char *name, umode_t mode,
					       struct proc_dir_entry *parent,
					       int (*show)(struct seq_file *m, void *v),
					       void *data)
{
	struct proc_dir_entry *de = pde_create(name, file_mode(mode), parent);

	if (!de)
		return NULL;
	de->show = show;
	de->data = data;
	return pde_register(de);
}
EXPORT_SYMBOL(proc_create_single_data);

/**
 * proc_set_size - say how long a file is, for stat(2)
 * @de: the file
 * @size: bytes
 */
void proc_set_size(struct proc_dir_entry *de, loff_t size)
{
	de->size = size;
}
EXPORT_SYMBOL(proc_set_size);

/**
 * proc_set_user - say whose a file is
 * @de: the file
 * @uid: its owner
 * @gid: its group
 */
void proc_set_user(struct proc_dir_entry *de, kuid_t uid, kgid_t gid)
{
	de->uid = uid;
	de->gid = gid;
}
EXPORT_SYMBOL(proc_set_user);

/**
 * pde_data - what was given as data when the entry was made
 * @inode: the entry's
 */
void *pde_data(const struct inode *inode)
{
	return PDE(inode)->data;
}
EXPORT_SYMBOL(pde_data);

/**
 * proc_get_parent_data - what was given as data when the entry's folder was made
 * @inode: the entry's
 */
void *proc_get_parent_data(const struct inode *inode)
{
	return PDE(inode)->parent->data;
}
EXPORT_SYMBOL_GPL(proc_get_parent_data);

/* ---- removing ---- */

/* Out of the tree: wait for those who are in its functions. */
static void pde_retire(struct proc_dir_entry *de)
{
	if (atomic_add_return(PDE_GONE, &de->users) != PDE_GONE)
		wait_for_completion(&de->unused);
	pde_put(de);
}

static void pde_unlink(struct proc_dir_entry *de)
{
	lockdep_assert_held_write(&proc_subdir_lock);
	list_del_init(&de->list);
	if (S_ISDIR(de->mode))
		de->parent->nlink--;
}

/**
 * proc_remove - remove an entry with all below it
 * @de: the entry, or NULL
 *
 * When it returns no function of theirs runs any more.
 *
 * Context: may sleep; not in a function of what goes.
 */
void proc_remove(struct proc_dir_entry *de)
{
	struct proc_dir_entry *victim;

	if (!de)
		return;
	do {
		write_lock(&proc_subdir_lock);
		/* The deepest first. */
		for (victim = de; !list_empty(&victim->children); )
			victim = list_first_entry(&victim->children, struct proc_dir_entry, list);
		pde_unlink(victim);
		write_unlock(&proc_subdir_lock);
		pde_retire(victim);
	} while (victim != de);
}
EXPORT_SYMBOL(proc_remove);

/* The entry, without a reference: of use to who alone removes it. */
struct proc_dir_entry *proc_find_entry(const char *name, struct proc_dir_entry *parent)
{
	struct proc_dir_entry *de = NULL;
	const char *last;

	read_lock(&proc_subdir_lock);
	if (!find_parent(name, &parent, &last))
		de = find_child(parent, last, strlen(last));
	read_unlock(&proc_subdir_lock);
	return de;
}

/**
 * remove_proc_entry - remove one entry, that has nothing below it
 * @name: its path below @parent; a warning if it isn't there
 * @parent: NULL: /proc
 *
 * Context: may sleep.
 */
void remove_proc_entry(const char *name, struct proc_dir_entry *parent)
{
	struct proc_dir_entry *de = proc_find_entry(name, parent);

	if (WARN(!de, "proc: %s isn't there\n", name))
		return;
	WARN(!list_empty(&de->children), "proc: %s isn't empty\n", name);
	proc_remove(de);
}
EXPORT_SYMBOL(remove_proc_entry);

/**
 * remove_proc_subtree - remove an entry and all below it
 * @name: its path below @parent
 * @parent: NULL: /proc
 *
 * Context: may sleep.
 * Return: 0, -ENOENT.
 */
int remove_proc_subtree(const char *name, struct proc_dir_entry *parent)
{
	struct proc_dir_entry *de = proc_find_entry(name, parent);

	if (!de)
		return -ENOENT;
	proc_remove(de);
	return 0;
}
EXPORT_SYMBOL(remove_proc_subtree);
