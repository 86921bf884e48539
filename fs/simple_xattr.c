// SPDX-License-Identifier: MIT
/* Extended attributes in memory: a tree by name, under a lock of its own. */

#include <linux/capability.h>
#include <linux/export.h>
#include <linux/fs.h>
#include <linux/mm.h>
#include <linux/slab.h>
#include <linux/xattr.h>

/**
 * simple_xattrs_init - no attributes
 * @xattrs: of a new inode
 */
void simple_xattrs_init(struct simple_xattrs *xattrs)
{
	xattrs->rb_root = RB_ROOT;
	rwlock_init(&xattrs->lock);
}

/**
 * simple_xattr_space - what an attribute costs, for file systems with a limit
 * @name: its name
 * @size: bytes of its value
 *
 * Return: bytes.
 */
size_t simple_xattr_space(const char *name, size_t size)
{
	return sizeof(struct simple_xattr) + size + strlen(name) + 1;
}

/**
 * simple_xattr_alloc - an attribute without a name
 * @value: copied
 * @size: its bytes
 *
 * Context: may sleep.
 * Return: the attribute; NULL without memory.
 */
struct simple_xattr *simple_xattr_alloc(const void *value, size_t size)
{
	struct simple_xattr *x = kvmalloc(struct_size(x, value, size), GFP_KERNEL_ACCOUNT);

	if (!x)
		return NULL;
	x->size = size;
	x->name = NULL;
	memcpy(x->value, value, size);
	return x;
}

/**
 * simple_xattr_free - free an attribute
 * @x: in no tree any more; or NULL
 *
 * Context: may sleep.
 */
void simple_xattr_free(struct simple_xattr *x)
{
	if (x)
		kfree(x->name);
	kvfree(x);
}

static struct simple_xattr *to_xattr(struct rb_node *node)
{
	return rb_entry(node, struct simple_xattr, rb_node);
}

/* lock held. Where @name is, or NULL and where it would go. */
static struct simple_xattr *find(struct simple_xattrs *xattrs, const char *name,
				 struct rb_node ***linkp, struct rb_node **parentp)
{
	struct rb_node **link = &xattrs->rb_root.rb_node, *parent = NULL;

	while (*link) {
		int cmp = strcmp(name, to_xattr(*link)->name);

		if (!cmp)
			return to_xattr(*link);
		parent = *link;
		link = cmp < 0 ? &parent->rb_left : &parent->rb_right;
	}
	if (linkp) {
		*linkp = link;
		*parentp = parent;
	}
	return NULL;
}

/**
 * simple_xattr_get - read an attribute
 * @xattrs: the inode's
 * @name: with its prefix
 * @buffer: where to; NULL: only ask how many bytes there are
 * @size: its bytes
 *
 * Return: bytes; -ENODATA, -ERANGE.
 */
int simple_xattr_get(struct simple_xattrs *xattrs, const char *name, void *buffer, size_t size)
{
	struct simple_xattr *x;
	int ret = -ENODATA;

	read_lock(&xattrs->lock);
	x = find(xattrs, name, NULL, NULL);
	if (x) {
		ret = x->size;
		if (buffer) {
			if (size < x->size)
				ret = -ERANGE;
			else
				memcpy(buffer, x->value, x->size);
		}
	}
	read_unlock(&xattrs->lock);
	return ret;
}

/**
 * simple_xattr_set - set or remove
 * @xattrs: the inode's
 * @name: whole name
 * @value: bytes; NULL: remove it
 * @size: how many
 * @flags: XATTR_CREATE, XATTR_REPLACE
 *
 * Return: what was there before, the caller's to account for and free; NULL; ERR_PTR(-EEXIST),
 * -ENODATA, -ENOMEM.
 */
struct simple_xattr *simple_xattr_set(struct simple_xattrs *xattrs, const char *name,
				      const void *value, size_t size, int flags)
{
	struct simple_xattr *old, *new = NULL;
	struct rb_node **link, *parent;
	int err = 0;

	if (value) {
		new = simple_xattr_alloc(value, size);
		if (!new)
			return ERR_PTR(-ENOMEM);
		new->name = kstrdup(name, GFP_KERNEL_ACCOUNT);
		if (!new->name) {
			simple_xattr_free(new);
			return ERR_PTR(-ENOMEM);
		}
	}
	write_lock(&xattrs->lock);
	old = find(xattrs, name, &link, &parent);
	if (old && (flags & XATTR_CREATE))
		err = -EEXIST;
	else if (!old && (flags & XATTR_REPLACE))
		err = -ENODATA;
	else if (old && new)
		rb_replace_node(&old->rb_node, &new->rb_node, &xattrs->rb_root);
	else if (old)
		rb_erase(&old->rb_node, &xattrs->rb_root);
	else if (new) {
		rb_link_node(&new->rb_node, parent, link);
		rb_insert_color(&new->rb_node, &xattrs->rb_root);
	}
	write_unlock(&xattrs->lock);
	if (err) {
		simple_xattr_free(new);
		return ERR_PTR(err);
	}
	return old;
}

/**
 * simple_xattr_list - the names; trusted.* only for who may
 * @inode: ignored
 * @xattrs: the inode's
 * @buffer: where to, or NULL
 * @size: its bytes
 *
 * Return: bytes, with a NUL for each; -ERANGE.
 */
ssize_t simple_xattr_list(struct inode *inode, struct simple_xattrs *xattrs, char *buffer,
			  size_t size)
{
	bool trusted = capable(CAP_SYS_ADMIN);
	struct rb_node *node;
	size_t used = 0;
	ssize_t ret = 0;

	(void)inode;
	read_lock(&xattrs->lock);
	for (node = rb_first(&xattrs->rb_root); node; node = rb_next(node)) {
		const char *name = to_xattr(node)->name;
		size_t len = strlen(name) + 1;

		if (!trusted && !strncmp(name, XATTR_TRUSTED_PREFIX, XATTR_TRUSTED_PREFIX_LEN))
			continue;
		if (buffer && size) {
			if (used + len > size) {
				ret = -ERANGE;
				break;
			}
			memcpy(buffer + used, name, len);
		}
		used += len;
	}
	read_unlock(&xattrs->lock);
	return ret ? ret : (ssize_t)used;
}

/**
 * simple_xattrs_free - free all attributes
 * @xattrs: the inode's, which nobody else has
 * @freed_space: gets their cost, if not NULL
 */
void simple_xattrs_free(struct simple_xattrs *xattrs, size_t *freed_space)
{
	struct rb_node *node;

	if (freed_space)
		*freed_space = 0;
	while ((node = rb_first(&xattrs->rb_root))) {
		struct simple_xattr *x = to_xattr(node);

		rb_erase(node, &xattrs->rb_root);
		if (freed_space)
			*freed_space += simple_xattr_space(x->name, x->size);
		simple_xattr_free(x);
	}
}
