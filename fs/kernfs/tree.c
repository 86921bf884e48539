// SPDX-License-Identifier: MIT
/*
 * The tree of kernfs, without a file system: nodes are made, found and removed. Rules of use and
 * the meaning of references are in <linux/kernfs.h>.
 *
 * Removal, step by step, for every node of the subtree, leaves first:
 *
 *	1 out of the parent's list	nobody finds it any more
 *	2 KN_REMOVED			open files and kept dentries can't call it any more
 *	3 wait until @active is alone	nobody is in its functions
 *	4 the tree's reference goes	the struct lives on while an inode or a file has it
 *
 * The root's rwsem is held for step 1 only: a function under way may add or remove other nodes.
 */

#include <linux/kernfs.h>

#include <linux/errno.h>
#include <linux/export.h>
#include <linux/fs.h>
#include <linux/slab.h>
#include <linux/string.h>

/* ---- references ---- */

/**
 * kernfs_get - one more reference
 * @kn: referenced, or NULL
 */
void kernfs_get(struct kernfs_node *kn)
{
	if (kn)
		refcount_inc(&kn->count);
}
EXPORT_SYMBOL_GPL(kernfs_get);

/**
 * kernfs_put - give a reference back; the last frees the node, and lets go of what it held
 * @kn: the node, or NULL
 */
void kernfs_put(struct kernfs_node *kn)
{
	while (kn && refcount_dec_and_test(&kn->count)) {
		struct kernfs_node *parent = kn->parent;

		if (kn->type == KERNFS_LINK)
			kernfs_put(kn->target);
		kfree_const(kn->name);
		kfree(kn);
		kn = parent;
	}
}
EXPORT_SYMBOL_GPL(kernfs_put);

/**
 * kernfs_get_active - a function of a node is going to be called; for kernfs_put_active()
 * @kn: referenced
 *
 * Context: any.
 * Return: false if it was removed: don't.
 */
bool kernfs_get_active(struct kernfs_node *kn)
{
	int active = atomic_read(&kn->active);

	do {
		if (active & KN_REMOVED)
			return false;
	} while (!atomic_try_cmpxchg(&kn->active, &active, active + 1));
	return true;
}

/**
 * kernfs_put_active - undo kernfs_get_active(); the last one lets the removal go on
 * @kn: the node
 */
void kernfs_put_active(struct kernfs_node *kn)
{
	if (atomic_dec_return(&kn->active) == KN_REMOVED)
		complete(&kn->unused);
}

/* ---- finding ---- */

/* Where @name is among the children, or the node it goes in front of (NULL: the end). */
static struct kernfs_node *find_place(struct kernfs_node *dir, const char *name, bool *found)
{
	struct kernfs_node *kn;

	lockdep_assert_held(&dir->root->rwsem);
	*found = false;
	list_for_each_entry(kn, &dir->children, sibling) {
		int order = strcmp(name, kn->name);

		if (order > 0)
			continue;
		*found = !order;
		return kn;
	}
	return NULL;
}

/**
 * kernfs_find_and_get - the child of a name
 * @parent: the folder
 * @name: the name
 *
 * Context: may sleep; takes the tree's rwsem.
 * Return: the child, referenced; NULL.
 */
struct kernfs_node *kernfs_find_and_get(struct kernfs_node *parent, const char *name)
{
	struct kernfs_node *kn;
	bool found;

	down_read(&parent->root->rwsem);
	kn = find_place(parent, name, &found);
	if (!found)
		kn = NULL;
	kernfs_get(kn);
	up_read(&parent->root->rwsem);
	return kn;
}
EXPORT_SYMBOL_GPL(kernfs_find_and_get);

/* ---- making ---- */

static struct kernfs_node *new_node(struct kernfs_root *root, struct kernfs_node *parent,
				    const char *name, enum kernfs_node_type type, umode_t mode,
				    void *priv)
{
	struct kernfs_node *kn = kzalloc(sizeof(*kn), GFP_KERNEL);

	if (!kn)
		return NULL;
	kn->name = kstrdup_const(name, GFP_KERNEL);
	if (!kn->name) {
		kfree(kn);
		return NULL;
	}
	refcount_set(&kn->count, 1);
	init_completion(&kn->unused);
	INIT_LIST_HEAD(&kn->sibling);
	INIT_LIST_HEAD(&kn->children);
	kn->root = root;
	kernfs_get(parent);
	kn->parent = parent;
	kn->type = type;
	kn->mode = mode;
	kn->priv = priv;
	kn->ino = atomic_inc_return(&root->last_ino);
	kn->uid = GLOBAL_ROOT_UID;
	kn->gid = GLOBAL_ROOT_GID;
	return kn;
}

/* From here on it is seen: 0, -EEXIST, -ENOENT if the folder was removed. */
static int link_node(struct kernfs_node *kn)
{
	struct kernfs_node *dir = kn->parent, *next;
	int ret = 0;
	bool found;

	down_write(&dir->root->rwsem);
	next = find_place(dir, kn->name, &found);
	if (found) {
		ret = -EEXIST;
	} else if (atomic_read(&dir->active) & KN_REMOVED) {
		ret = -ENOENT;
	} else {
		list_add_tail(&kn->sibling, next ? &next->sibling : &dir->children);
		dir->subdirs += kn->type == KERNFS_DIR;
	}
	up_write(&dir->root->rwsem);
	return ret;
}

static struct kernfs_node *add_node(struct kernfs_node *kn)
{
	int ret = link_node(kn);

	if (!ret)
		return kn;
	kernfs_put(kn);
	return ERR_PTR(ret);
}

/**
 * kernfs_create_dir - a folder
 * @parent: above it
 * @name: copied
 * @mode: rights
 * @priv: the owner's
 *
 * Context: may sleep.
 * Return: the node; ERR_PTR(-ENOMEM), -EEXIST, -ENOENT if @parent was removed.
 */
struct kernfs_node *kernfs_create_dir(struct kernfs_node *parent, const char *name, umode_t mode,
				      void *priv)
{
	struct kernfs_node *kn;

	kn = new_node(parent->root, parent, name, KERNFS_DIR, S_IFDIR | mode, priv);
	return kn ? add_node(kn) : ERR_PTR(-ENOMEM);
}
EXPORT_SYMBOL_GPL(kernfs_create_dir);

/**
 * __kernfs_create_file - make a file
 * @parent: the folder
 * @name: its name, copied unless it is a constant
 * @mode: permission bits
 * @uid: owner
 * @gid: group
 * @size: as stat(2) tells it
 * @ops: what it does
 * @priv: for @ops
 *
 * Context: may sleep.
 * Return: the node; errors as kernfs_create_dir().
 */
struct kernfs_node *__kernfs_create_file(struct kernfs_node *parent, const char *name,
					 umode_t mode, kuid_t uid, kgid_t gid, loff_t size,
					 const struct kernfs_ops *ops, void *priv)
{
	struct kernfs_node *kn;

	kn = new_node(parent->root, parent, name, KERNFS_FILE, S_IFREG | (mode & S_IALLUGO), priv);
	if (!kn)
		return ERR_PTR(-ENOMEM);
	kn->ops = ops;
	kn->size = size;
	kn->uid = uid;
	kn->gid = gid;
	return add_node(kn);
}
EXPORT_SYMBOL_GPL(__kernfs_create_file);

/**
 * kernfs_create_link - make a link
 * @parent: the folder
 * @name: its name, copied unless it is a constant
 * @target: where it leads; it keeps a reference
 *
 * Context: may sleep.
 * Return: the node; errors as kernfs_create_dir().
 */
struct kernfs_node *kernfs_create_link(struct kernfs_node *parent, const char *name,
				       struct kernfs_node *target)
{
	struct kernfs_node *kn;

	kn = new_node(parent->root, parent, name, KERNFS_LINK, S_IFLNK | 0777, NULL);
	if (!kn)
		return ERR_PTR(-ENOMEM);
	kernfs_get(target);
	kn->target = target;
	return add_node(kn);
}
EXPORT_SYMBOL_GPL(kernfs_create_link);

/**
 * kernfs_create_root - make a tree that is one empty folder
 * @mode: its permission bits
 * @priv: its private pointer
 *
 * Context: may sleep.
 * Return: the tree, for kernfs_destroy_root(); ERR_PTR(-ENOMEM).
 */
struct kernfs_root *kernfs_create_root(umode_t mode, void *priv)
{
	struct kernfs_root *root = kzalloc(sizeof(*root), GFP_KERNEL);

	if (!root)
		return ERR_PTR(-ENOMEM);
	init_rwsem(&root->rwsem);
	init_waitqueue_head(&root->poll_wait);
	root->kn = new_node(root, NULL, "", KERNFS_DIR, S_IFDIR | mode, priv);
	if (root->kn)
		return root;
	kfree(root);
	return ERR_PTR(-ENOMEM);
}
EXPORT_SYMBOL_GPL(kernfs_create_root);

/* ---- removing ---- */

static void unlink_node(struct kernfs_node *kn)
{
	lockdep_assert_held_write(&kn->root->rwsem);
	list_del_init(&kn->sibling);
	if (kn->parent)
		kn->parent->subdirs -= kn->type == KERNFS_DIR;
}

static void retire_node(struct kernfs_node *kn)
{
	if (atomic_add_return(KN_REMOVED, &kn->active) != KN_REMOVED)
		wait_for_completion(&kn->unused);
	kernfs_put(kn);
}

/**
 * kernfs_remove - a node goes, with all below it
 * @kn: with the tree's reference, which goes too
 *
 * Context: may sleep; not in a function of the subtree.
 */
void kernfs_remove(struct kernfs_node *kn)
{
	struct kernfs_node *victim;

	if (!kn)
		return;
	do {
		down_write(&kn->root->rwsem);
		if (kn->parent && list_empty(&kn->sibling)) {
			up_write(&kn->root->rwsem);
			return;		/* somebody else was quicker */
		}
		for (victim = kn; !list_empty(&victim->children); )
			victim = list_first_entry(&victim->children, struct kernfs_node, sibling);
		unlink_node(victim);
		/* Under the lock: nothing is added to a folder that was found empty. */
		if (victim->type == KERNFS_DIR)
			atomic_or(KN_REMOVED, &victim->active);
		up_write(&kn->root->rwsem);
		if (victim->type == KERNFS_DIR)
			kernfs_put(victim);
		else
			retire_node(victim);
	} while (victim != kn);
}
EXPORT_SYMBOL_GPL(kernfs_remove);

/**
 * kernfs_remove_by_name - remove a child and all below it
 * @parent: the folder
 * @name: the child's name
 *
 * Context: may sleep; not in a function of what goes.
 * Return: 0, -ENOENT.
 */
int kernfs_remove_by_name(struct kernfs_node *parent, const char *name)
{
	struct kernfs_node *kn = kernfs_find_and_get(parent, name);

	if (!kn)
		return -ENOENT;
	kernfs_remove(kn);
	kernfs_put(kn);
	return 0;
}
EXPORT_SYMBOL_GPL(kernfs_remove_by_name);

/**
 * kernfs_destroy_root - remove a tree
 * @root: not mounted
 *
 * Context: may sleep.
 */
void kernfs_destroy_root(struct kernfs_root *root)
{
	kernfs_remove(root->kn);
	kfree(root);
}
EXPORT_SYMBOL_GPL(kernfs_destroy_root);

/* ---- paths ---- */

static unsigned int depth_of(const struct kernfs_node *kn)
{
	unsigned int depth = 0;

	for (; kn->parent; kn = kn->parent)
		depth++;
	return depth;
}

static size_t append(char *buf, size_t size, size_t len, const char *text)
{
	size_t n = strlen(text);

	if (len + n < size)
		memcpy(buf + len, text, n + 1);
	return len + n;
}

/* "a/b" for the nodes from below @top down to @kn. */
static size_t append_down(struct kernfs_node *top, struct kernfs_node *kn, char *buf, size_t size,
			  size_t len)
{
	if (kn == top)
		return len;
	len = append_down(top, kn->parent, buf, size, len);
	if (len)
		len = append(buf, size, len, "/");
	return append(buf, size, len, kn->name);
}

/**
 * kernfs_relative_path - the way from one folder to a node, as the text of a link: "../../a/b"
 * @from: the folder
 * @to: the node
 * @buf: where to
 * @size: its bytes
 *
 * Context: the tree's rwsem is held.
 * Return: its length; -ENAMETOOLONG if there are not so many bytes at @buf, its zero included.
 */
int kernfs_relative_path(struct kernfs_node *from, struct kernfs_node *to, char *buf, size_t size)
{
	unsigned int up = depth_of(from), down = depth_of(to);
	struct kernfs_node *top = to;
	size_t len = 0;

	*buf = '\0';
	/* The nearest folder above both. */
	for (; down > up; down--)
		top = top->parent;
	for (; from != top; up--, from = from->parent) {
		len = append(buf, size, len, len ? "/.." : "..");
		if (up == down) {
			top = top->parent;
			down--;
		}
	}
	len = append_down(top, to, buf, size, len);
	return len < size ? (int)len : -ENAMETOOLONG;
}
