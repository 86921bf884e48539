// SPDX-License-Identifier: MIT
/*
 * Software nodes: descriptions of devices that the kernel's own code writes down, read like those
 * of firmware (<linux/property.h>).
 *
 *	static const struct property_entry button_props[] = {
 *		PROPERTY_ENTRY_U32("debounce-ms", 20),
 *		{ }
 *	};
 *	static const struct software_node button = { .name = "button", .properties = button_props };
 *
 *	software_node_register(&button);	or device_add_software_node(dev, &button)
 *
 * What the caller wrote is never changed. Beside it stands a struct swnode, which has what changes:
 * references, children, the folder in /sys/kernel/software_nodes. Its life:
 *
 *	register ---> listed, found, read ---unregister---> only who has a reference reads it
 *	                                                     ---last reference---> freed
 *
 * A node keeps its parent. A node whose description was copied (fwnode_create_software_node())
 * frees the copy at its end; of one that was not, the writer must leave it alone till then.
 *
 * Lock: nodes_lock guards the list of all nodes and who is whose child. Reading properties, names
 * and parents takes no lock: they are constant.
 */

#include <linux/property.h>

#include <linux/cleanup.h>
#include <linux/device.h>
#include <linux/err.h>
#include <linux/errno.h>
#include <linux/export.h>
#include <linux/idr.h>
#include <linux/init.h>
#include <linux/kobject.h>
#include <linux/list.h>
#include <linux/slab.h>
#include <linux/spinlock.h>
#include <linux/string.h>
#include <linux/sysfs.h>

#include "base.h"

/**
 * struct swnode - a registered node
 * @kobj: its folder; the last reference frees this
 * @fwnode: what the world sees
 * @node: what was written down
 * @copy: the same if it was made here and goes with this, else NULL
 * @parent: the node above, with a reference; or NULL
 * @id: of a name that was made up, else -1
 * @all: among all nodes; nodes_lock
 * @children: by @sibling; nodes_lock
 * @sibling: among the parent's children, alone when unregistered; nodes_lock
 * @managed: goes with the device that it describes
 */
struct swnode {
	struct kobject kobj;
	struct fwnode_handle fwnode;
	const struct software_node *node;
	struct software_node *copy;
	struct swnode *parent;
	int id;
	struct list_head all;
	struct list_head children;
	struct list_head sibling;
	bool managed;
};

static DEFINE_SPINLOCK(nodes_lock);
static LIST_HEAD(all_nodes);
static DEFINE_IDA(made_up_names);
static struct kobject *nodes_kobj;	/* /sys/kernel/software_nodes */

static const struct fwnode_operations swnode_ops;

static struct swnode *swnode_of(const struct fwnode_handle *fwnode)
{
	return container_of(fwnode, struct swnode, fwnode);
}

static struct swnode *get(struct swnode *s)
{
	if (s)
		kobject_get(&s->kobj);
	return s;
}

static void put(struct swnode *s)
{
	if (s)
		kobject_put(&s->kobj);
}

static struct fwnode_handle *handle_of(struct swnode *s)
{
	return s ? &s->fwnode : NULL;
}

/** is_software_node - is this a node that code wrote down? */
bool is_software_node(const struct fwnode_handle *fwnode)
{
	return !IS_ERR_OR_NULL(fwnode) && fwnode->ops == &swnode_ops;
}
EXPORT_SYMBOL_GPL(is_software_node);

/** to_software_node - what was written down; NULL: it isn't a software node */
const struct software_node *to_software_node(const struct fwnode_handle *fwnode)
{
	return is_software_node(fwnode) ? swnode_of(fwnode)->node : NULL;
}
EXPORT_SYMBOL_GPL(to_software_node);

/* ---- the entries of a node ---- */

static size_t size_of_type(enum dev_prop_type type)
{
	static const u8 size[] = {
		[DEV_PROP_U8]		= sizeof(u8),
		[DEV_PROP_U16]		= sizeof(u16),
		[DEV_PROP_U32]		= sizeof(u32),
		[DEV_PROP_U64]		= sizeof(u64),
		[DEV_PROP_STRING]	= sizeof(const char *),
		[DEV_PROP_REF]		= sizeof(struct software_node_ref_args),
	};

	return size[type];
}

static const struct property_entry *find_entry(const struct swnode *s, const char *name)
{
	const struct property_entry *e;

	for (e = s->node->properties; e && e->name; e++) {
		if (!strcmp(e->name, name))
			return e;
	}
	return NULL;
}

/* The value of @e; NULL: it has none. */
static const void *value_of(const struct property_entry *e)
{
	if (!e->length)
		return NULL;
	return e->is_inline ? &e->value : e->pointer;
}

/* ---- reading ---- */

static bool swnode_present(const struct fwnode_handle *fwnode, const char *propname)
{
	return find_entry(swnode_of(fwnode), propname);
}

/*
 * Numbers are bytes in memory, as a driver sees registers: an array of bytes can be read as one of
 * words. Strings and references are not numbers.
 */
static int swnode_read_ints(const struct fwnode_handle *fwnode, const char *propname,
			    unsigned int elem_size, void *val, size_t nval)
{
	const struct property_entry *e = find_entry(swnode_of(fwnode), propname);

	if (!e)
		return -EINVAL;
	if (!value_of(e))
		return -ENODATA;
	if (e->type > DEV_PROP_U64)
		return -EPROTO;
	if (!val)
		return e->length / elem_size;
	if (nval > e->length / elem_size)
		return -EOVERFLOW;
	memcpy(val, value_of(e), nval * elem_size);
	return 0;
}

static int swnode_read_strings(const struct fwnode_handle *fwnode, const char *propname,
			       const char **val, size_t nval)
{
	const struct property_entry *e = find_entry(swnode_of(fwnode), propname);
	size_t n;

	if (!e)
		return -EINVAL;
	if (!value_of(e))
		return -ENODATA;
	if (e->type != DEV_PROP_STRING)
		return -EPROTO;
	n = e->length / sizeof(*val);
	if (!val)
		return n;
	n = min(n, nval);
	memcpy(val, value_of(e), n * sizeof(*val));
	return n;
}

/* How many numbers belong to a reference to @target: it says so itself, or the caller does. */
static int count_args(const struct swnode *target, const char *nargs_prop, unsigned int nargs)
{
	u32 count = nargs;
	int err = 0;

	if (nargs_prop)
		err = swnode_read_ints(&target->fwnode, nargs_prop, sizeof(count), &count, 1);
	if (err)
		return err;
	return count > NR_FWNODE_REFERENCE_ARGS ? -EINVAL : (int)count;
}

static struct swnode *find_node(const struct software_node *node);

static int swnode_get_reference(const struct fwnode_handle *fwnode, const char *propname,
				const char *nargs_prop, unsigned int nargs, unsigned int index,
				struct fwnode_reference_args *args)
{
	const struct property_entry *e = find_entry(swnode_of(fwnode), propname);
	const struct software_node_ref_args *ref;
	struct swnode *target;
	int count, i;

	if (!e)
		return -ENOENT;
	if (e->type != DEV_PROP_REF || e->is_inline)
		return -EINVAL;
	if (index >= e->length / sizeof(*ref))
		return -ENOENT;
	ref = (const struct software_node_ref_args *)e->pointer + index;
	target = find_node(ref->node);
	if (!target)
		return -ENOENT;
	count = count_args(target, nargs_prop, nargs);
	if (count < 0 || !args) {
		put(target);
		return min(count, 0);
	}
	args->fwnode = &target->fwnode;
	args->nargs = count;
	for (i = 0; i < count; i++)
		args->args[i] = i < (int)ref->nargs ? ref->args[i] : 0;
	return 0;
}

static const char *swnode_get_name(const struct fwnode_handle *fwnode)
{
	return kobject_name(&swnode_of(fwnode)->kobj);
}

/* A path has no slash in front: "bus/device/button". */
static const char *swnode_get_name_prefix(const struct fwnode_handle *fwnode)
{
	return swnode_of(fwnode)->parent ? "/" : "";
}

/* ---- walking ---- */

static struct fwnode_handle *swnode_get(struct fwnode_handle *fwnode)
{
	return handle_of(get(swnode_of(fwnode)));
}

static void swnode_put(struct fwnode_handle *fwnode)
{
	put(swnode_of(fwnode));
}

static struct fwnode_handle *swnode_get_parent(const struct fwnode_handle *fwnode)
{
	return handle_of(get(swnode_of(fwnode)->parent));
}

/* A child that has been unregistered meanwhile ends the walk. */
static struct fwnode_handle *swnode_next_child(const struct fwnode_handle *fwnode,
					       struct fwnode_handle *child)
{
	struct swnode *s = swnode_of(fwnode), *at = child ? swnode_of(child) : NULL;
	struct swnode *next = NULL;

	scoped_guard(spinlock, &nodes_lock) {
		if (!at)
			next = list_first_entry_or_null(&s->children, struct swnode, sibling);
		else if (!list_empty(&at->sibling) &&
			 !list_is_last(&at->sibling, &s->children))
			next = list_next_entry(at, sibling);
		get(next);
	}
	put(at);
	return handle_of(next);
}

static struct fwnode_handle *swnode_named_child(const struct fwnode_handle *fwnode,
						const char *name)
{
	struct swnode *child;

	guard(spinlock)(&nodes_lock);
	list_for_each_entry(child, &swnode_of(fwnode)->children, sibling) {
		if (!strcmp(kobject_name(&child->kobj), name))
			return handle_of(get(child));
	}
	return NULL;
}

static const struct fwnode_operations swnode_ops = {
	.get				= swnode_get,
	.put				= swnode_put,
	.property_present		= swnode_present,
	.property_read_int_array	= swnode_read_ints,
	.property_read_string_array	= swnode_read_strings,
	.get_name			= swnode_get_name,
	.get_name_prefix		= swnode_get_name_prefix,
	.get_parent			= swnode_get_parent,
	.get_next_child_node		= swnode_next_child,
	.get_named_child_node		= swnode_named_child,
	.get_reference_args		= swnode_get_reference,
};

/* ---- finding ---- */

/* The node that stands for @node, referenced; NULL: it isn't registered. */
static struct swnode *find_node(const struct software_node *node)
{
	struct swnode *s;

	guard(spinlock)(&nodes_lock);
	list_for_each_entry(s, &all_nodes, all) {
		if (s->node == node)
			return get(s);
	}
	return NULL;
}

/**
 * software_node_fwnode - the firmware node that stands for a software node
 *
 * Return: the node, without a reference: it is there until @node is unregistered. NULL: it isn't.
 */
struct fwnode_handle *software_node_fwnode(const struct software_node *node)
{
	struct swnode *s = node ? find_node(node) : NULL;

	put(s);
	return handle_of(s);
}
EXPORT_SYMBOL_GPL(software_node_fwnode);

/**
 * software_node_find_by_name - a registered node of this name
 * @parent: the node above it; NULL: any
 * @name: its name
 *
 * Return: the node, referenced: fwnode_handle_put(software_node_fwnode()) gives it back; NULL.
 */
const struct software_node *software_node_find_by_name(const struct software_node *parent,
							const char *name)
{
	struct swnode *s;

	guard(spinlock)(&nodes_lock);
	list_for_each_entry(s, &all_nodes, all) {
		if (s->node->name && !strcmp(s->node->name, name) &&
		    (!parent || parent == s->node->parent))
			return get(s)->node;
	}
	return NULL;
}
EXPORT_SYMBOL_GPL(software_node_find_by_name);

/* ---- registering ---- */

static void swnode_release(struct kobject *kobj)
{
	struct swnode *s = container_of(kobj, struct swnode, kobj);

	if (s->id >= 0)
		ida_free(&made_up_names, s->id);
	if (s->copy)
		property_entries_free(s->copy->properties);
	kfree(s->copy);
	put(s->parent);
	kfree(s);
}

static const struct kobj_type swnode_ktype = {
	.release = swnode_release,
};

static int add_folder(struct swnode *s)
{
	struct kobject *above = s->parent ? &s->parent->kobj : nodes_kobj;

	if (s->node->name)
		return kobject_add(&s->kobj, above, "%s", s->node->name);
	s->id = ida_alloc(&made_up_names, GFP_KERNEL);
	if (s->id < 0)
		return s->id;
	return kobject_add(&s->kobj, above, "node%d", s->id);
}

/* @node is listed unless another one stands for it already. */
static int enlist(struct swnode *s)
{
	struct swnode *other;

	guard(spinlock)(&nodes_lock);
	list_for_each_entry(other, &all_nodes, all) {
		if (other->node == s->node)
			return -EEXIST;
	}
	list_add_tail(&s->all, &all_nodes);
	if (s->parent)
		list_add_tail(&s->sibling, &s->parent->children);
	return 0;
}

/*
 * A node for @node under @parent; @copy, if given, is @node and goes with it, also if this fails.
 * Returns it or ERR_PTR().
 */
static struct swnode *make_node(const struct software_node *node, struct swnode *parent,
				struct software_node *copy)
{
	struct swnode *s = kzalloc(sizeof(*s), GFP_KERNEL);
	int err;

	if (!s) {
		if (copy)
			property_entries_free(copy->properties);
		kfree(copy);
		return ERR_PTR(-ENOMEM);
	}
	kobject_init(&s->kobj, &swnode_ktype);
	fwnode_init(&s->fwnode, &swnode_ops);
	INIT_LIST_HEAD(&s->all);
	INIT_LIST_HEAD(&s->children);
	INIT_LIST_HEAD(&s->sibling);
	s->node = node;
	s->copy = copy;
	s->parent = get(parent);
	s->id = -1;
	err = add_folder(s);
	if (!err)
		err = enlist(s);
	if (err) {
		kobject_del(&s->kobj);
		put(s);
		return ERR_PTR(err);
	}
	return s;
}

/* The end of being registered, and of the reference that that was. */
static void remove_node(struct swnode *s)
{
	scoped_guard(spinlock, &nodes_lock) {
		list_del_init(&s->all);
		list_del_init(&s->sibling);
	}
	kobject_del(&s->kobj);
	put(s);
}

/**
 * software_node_register - register one node
 * @node: the node, which must stay until the last reference to it is gone
 *
 * Context: may sleep.
 * Return: 0; -EEXIST if it is registered, or another of its name beside it; -EINVAL if its parent
 * isn't registered; -ENOMEM; -ENODEV early during boot, before postcore initcalls.
 */
int software_node_register(const struct software_node *node)
{
	struct swnode *s = find_node(node), *parent;

	put(s);
	if (s)
		return -EEXIST;
	if (!nodes_kobj)
		return -ENODEV;
	parent = node->parent ? find_node(node->parent) : NULL;
	if (node->parent && !parent)
		return -EINVAL;
	s = make_node(node, parent, NULL);
	put(parent);
	return PTR_ERR_OR_ZERO(s);
}
EXPORT_SYMBOL_GPL(software_node_register);

/** software_node_unregister - undo that; a node that isn't registered is nothing. May sleep. */
void software_node_unregister(const struct software_node *node)
{
	struct swnode *s = find_node(node);

	if (!s)
		return;
	remove_node(s);
	put(s);
}
EXPORT_SYMBOL_GPL(software_node_unregister);

/**
 * software_node_register_node_group - register several nodes
 * @node_group: pointers to them, parents first, ended by NULL; or NULL
 *
 * Context: may sleep.
 * Return: 0, or what registering one of them says: then none is registered.
 */
int software_node_register_node_group(const struct software_node * const *node_group)
{
	unsigned int i;
	int err;

	for (i = 0; node_group && node_group[i]; i++) {
		err = software_node_register(node_group[i]);
		if (!err)
			continue;
		while (i--)
			software_node_unregister(node_group[i]);
		return err;
	}
	return 0;
}
EXPORT_SYMBOL_GPL(software_node_register_node_group);

/** software_node_unregister_node_group - undo that, children first */
void software_node_unregister_node_group(const struct software_node * const *node_group)
{
	unsigned int i = 0;

	while (node_group && node_group[i])
		i++;
	while (i--)
		software_node_unregister(node_group[i]);
}
EXPORT_SYMBOL_GPL(software_node_unregister_node_group);

/**
 * fwnode_create_software_node - a node with a copy of these properties
 * @properties: ended by one without a name; or NULL
 * @parent: a software node; or NULL
 *
 * Context: may sleep.
 * Return: the node, gone by fwnode_remove_software_node(); ERR_PTR(-EINVAL) if @parent is another
 * kind of node, ERR_PTR(-ENOMEM), ERR_PTR(-ENODEV) early during boot.
 */
struct fwnode_handle *fwnode_create_software_node(const struct property_entry *properties,
						  const struct fwnode_handle *parent)
{
	struct property_entry *entries;
	struct software_node *copy;
	struct swnode *s;

	if (IS_ERR(parent) || (parent && !is_software_node(parent)))
		return ERR_PTR(-EINVAL);
	if (!nodes_kobj)
		return ERR_PTR(-ENODEV);
	copy = kzalloc(sizeof(*copy), GFP_KERNEL);
	if (!copy)
		return ERR_PTR(-ENOMEM);
	entries = property_entries_dup(properties);
	if (IS_ERR(entries)) {
		kfree(copy);
		return ERR_CAST(entries);
	}
	copy->properties = entries;
	copy->parent = to_software_node(parent);
	s = make_node(copy, parent ? swnode_of(parent) : NULL, copy);
	return IS_ERR(s) ? ERR_CAST(s) : &s->fwnode;
}
EXPORT_SYMBOL_GPL(fwnode_create_software_node);

/** fwnode_remove_software_node - the end of such a node; another kind of node is nothing */
void fwnode_remove_software_node(struct fwnode_handle *fwnode)
{
	if (is_software_node(fwnode))
		remove_node(swnode_of(fwnode));
}
EXPORT_SYMBOL_GPL(fwnode_remove_software_node);

/* ---- devices ---- */

/* The software node among a device's descriptions, or NULL. */
static struct swnode *node_of_device(const struct device *dev)
{
	const struct fwnode_handle *fwnode = dev_fwnode(dev);

	if (IS_ERR_OR_NULL(fwnode))
		return NULL;
	if (!is_software_node(fwnode))
		fwnode = fwnode->secondary;
	return is_software_node(fwnode) ? swnode_of(fwnode) : NULL;
}

/* Of device_add(): links from the device's folder to the node's and back. */
int software_node_show(struct device *dev)
{
	struct swnode *s = node_of_device(dev);
	int err;

	if (!s)
		return 0;
	err = sysfs_create_link(&dev->kobj, &s->kobj, "software_node");
	if (err)
		return err;
	err = sysfs_create_link(&s->kobj, &dev->kobj, dev_name(dev));
	if (err)
		sysfs_remove_link(&dev->kobj, "software_node");
	return err;
}

/* The same backwards. */
static void hide(struct device *dev, struct swnode *s)
{
	sysfs_remove_link(&s->kobj, dev_name(dev));
	sysfs_remove_link(&dev->kobj, "software_node");
}

/* The device isn't described by @s any more. */
static void detach(struct device *dev, struct swnode *s)
{
	set_secondary_fwnode(dev, NULL);
	if (s->managed)
		remove_node(s);
	put(s);
}

/* Of device_del(): the links go; so does a node that was made for this device alone. */
void software_node_hide(struct device *dev)
{
	struct swnode *s = node_of_device(dev);

	if (!s)
		return;
	hide(dev, s);
	if (s->managed)
		detach(dev, s);
}

/* Takes over the caller's reference if it succeeds. */
static int attach(struct device *dev, struct swnode *s)
{
	int err;

	set_secondary_fwnode(dev, &s->fwnode);
	err = device_is_registered(dev) ? software_node_show(dev) : 0;
	if (err)
		set_secondary_fwnode(dev, NULL);
	return err;
}

/**
 * device_add_software_node - let a software node describe a device, beside what else does
 * @dev: initialised; registered or not yet
 * @node: registered here if it isn't
 *
 * Context: may sleep. No driver reads the device's properties meanwhile.
 * Return: 0; -EBUSY if a software node describes it already; what software_node_register() and
 * sysfs say.
 */
int device_add_software_node(struct device *dev, const struct software_node *node)
{
	struct swnode *s;
	int err;

	if (node_of_device(dev))
		return -EBUSY;
	s = find_node(node);
	if (!s) {
		err = software_node_register(node);
		if (err)
			return err;
		s = find_node(node);
		if (!s)
			return -ENODEV;
	}
	err = attach(dev, s);
	if (err)
		put(s);
	return err;
}
EXPORT_SYMBOL_GPL(device_add_software_node);

/** device_remove_software_node - take its software node from a device; the node stays registered */
void device_remove_software_node(struct device *dev)
{
	struct swnode *s = node_of_device(dev);

	if (!s)
		return;
	if (device_is_registered(dev))
		hide(dev, s);
	detach(dev, s);
}
EXPORT_SYMBOL_GPL(device_remove_software_node);

/**
 * device_create_managed_software_node - describe a device by a node that goes with it
 * @dev: initialised; registered or not yet. One that is never added keeps the node until
 *	device_remove_software_node()
 * @properties: copied
 * @parent: a registered node, or NULL
 *
 * Context: may sleep.
 * Return: 0; -EBUSY if a software node describes it already; -EINVAL if @parent isn't registered;
 * -ENOMEM; what sysfs says.
 */
int device_create_managed_software_node(struct device *dev,
					const struct property_entry *properties,
					const struct software_node *parent)
{
	struct fwnode_handle *above = parent ? software_node_fwnode(parent) : NULL, *fwnode;
	struct swnode *s;
	int err;

	if (parent && !above)
		return -EINVAL;
	if (node_of_device(dev))
		return -EBUSY;
	fwnode = fwnode_create_software_node(properties, above);
	if (IS_ERR(fwnode))
		return PTR_ERR(fwnode);
	s = get(swnode_of(fwnode));
	s->managed = true;
	err = attach(dev, s);
	if (err) {
		remove_node(s);
		put(s);
	}
	return err;
}
EXPORT_SYMBOL_GPL(device_create_managed_software_node);

/* ---- copies of properties ---- */

/* Frees what a copied entry points to, and its name. */
static void free_entry(const struct property_entry *e)
{
	const char * const *strings = value_of(e);
	size_t i;

	if (e->type == DEV_PROP_STRING && strings) {
		for (i = 0; i < e->length / sizeof(*strings); i++)
			kfree(strings[i]);
	}
	if (!e->is_inline)
		kfree(e->pointer);
	kfree(e->name);
}

/* Each string of a copied entry becomes one of its own; those behind a failure become NULL. */
static int copy_strings(const char **strings, size_t n)
{
	int err = 0;
	size_t i;

	for (i = 0; i < n; i++) {
		strings[i] = err ? NULL : kstrdup(strings[i], GFP_KERNEL);
		if (!strings[i])
			err = -ENOMEM;
	}
	return err;
}

/*
 * A copy of its own of one entry. Values that fit go inside, but for references, which are read
 * through a pointer. What is in @to on error, free_entry() can free.
 */
static int copy_entry(struct property_entry *to, const struct property_entry *from)
{
	void *value = &to->value;

	*to = (struct property_entry) {
		.is_inline = from->type != DEV_PROP_REF && from->length <= sizeof(to->value),
		.type = from->type,
	};
	to->name = kstrdup(from->name, GFP_KERNEL);
	if (!to->name)
		return -ENOMEM;
	if (!value_of(from))
		return 0;
	if (from->length % size_of_type(from->type))
		return -EINVAL;
	if (!to->is_inline) {
		value = kmalloc(from->length, GFP_KERNEL);
		if (!value)
			return -ENOMEM;
		to->pointer = value;
	}
	memcpy(value, value_of(from), from->length);
	to->length = from->length;
	if (to->type == DEV_PROP_STRING)
		return copy_strings(value, to->length / sizeof(const char *));
	return 0;
}

/**
 * property_entries_dup - copy a list of properties with all that it points to but nodes
 * @properties: ended by one without a name; NULL gives NULL
 *
 * Context: may sleep.
 * Return: the copy, for property_entries_free(); ERR_PTR(-ENOMEM); ERR_PTR(-EINVAL) if an entry has
 * a length that its type can't have.
 */
struct property_entry *property_entries_dup(const struct property_entry *properties)
{
	struct property_entry *copy;
	size_t n = 0, i;
	int err;

	if (!properties)
		return NULL;
	while (properties[n].name)
		n++;
	copy = kcalloc(n + 1, sizeof(*copy), GFP_KERNEL);
	if (!copy)
		return ERR_PTR(-ENOMEM);
	for (i = 0; i < n; i++) {
		err = copy_entry(&copy[i], &properties[i]);
		if (err) {
			free_entry(&copy[i]);
			copy[i].name = NULL;
			property_entries_free(copy);
			return ERR_PTR(err);
		}
	}
	return copy;
}
EXPORT_SYMBOL_GPL(property_entries_dup);

/** property_entries_free - free what property_entries_dup() gave; NULL is nothing */
void property_entries_free(const struct property_entry *properties)
{
	const struct property_entry *e;

	for (e = properties; e && e->name; e++)
		free_entry(e);
	kfree(properties);
}
EXPORT_SYMBOL_GPL(property_entries_free);

static int __init software_nodes_init(void)
{
	nodes_kobj = kobject_create_and_add("software_nodes", kernel_kobj);
	return nodes_kobj ? 0 : -ENOMEM;
}
postcore_initcall(software_nodes_init);
