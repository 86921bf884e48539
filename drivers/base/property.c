// SPDX-License-Identifier: MIT
/*
 * Properties of devices, whoever described them: <linux/property.h> has the rules.
 *
 * A device's descriptions are a chain of at most two nodes:
 *
 *	dev->fwnode ---> firmware's node ---secondary---> software node ---> END
 *	dev->fwnode ---> firmware's node ---secondary---> NULL
 *	dev->fwnode ---> software node ---> END
 *
 * END is what tells the second place from the first; nothing is behind it. A property that the
 * first node hasn't got (-EINVAL) is looked for in the second; any other answer of the first
 * stands. What a node says, its operations know; this file only asks.
 *
 * Nodes of devices change before the device is added or by its one owner; there is no lock.
 */

#include <linux/property.h>

#include <linux/device.h>
#include <linux/err.h>
#include <linux/errno.h>
#include <linux/export.h>
#include <linux/of.h>
#include <linux/slab.h>
#include <linux/string.h>

#define END	ERR_PTR(-ENODEV)

/* Asks @fwnode with operation @op, which returns an int. */
#define ask_int(fwnode, op, ...)					\
	(IS_ERR_OR_NULL(fwnode) ? -EINVAL :				\
	 fwnode_has_op(fwnode, op) ? (fwnode)->ops->op(fwnode, ##__VA_ARGS__) : -ENXIO)

/* The same, and then the second description. */
#define ask_both(fwnode, op, ...)					\
({									\
	int _ret = ask_int(fwnode, op, ##__VA_ARGS__);			\
									\
	if (_ret == -EINVAL && !IS_ERR_OR_NULL(fwnode) &&		\
	    !IS_ERR_OR_NULL((fwnode)->secondary))			\
		_ret = ask_int((fwnode)->secondary, op, ##__VA_ARGS__);	\
	_ret;								\
})

/* Asks @fwnode with operation @op, which returns a pointer. */
#define ask_ptr(fwnode, op, ...)					\
	(fwnode_has_op(fwnode, op) ? (fwnode)->ops->op(fwnode, ##__VA_ARGS__) : NULL)

/* ---- a device's descriptions ---- */

/** __dev_fwnode_const - dev_fwnode() of a const device */
const struct fwnode_handle *__dev_fwnode_const(const struct device *dev)
{
	return dev->of_node ? &dev->of_node->fwnode : dev->fwnode;
}
EXPORT_SYMBOL_GPL(__dev_fwnode_const);

/** __dev_fwnode - dev_fwnode(): a device's first description; NULL: it has none */
struct fwnode_handle *__dev_fwnode(struct device *dev)
{
	return dev->of_node ? &dev->of_node->fwnode : dev->fwnode;
}
EXPORT_SYMBOL_GPL(__dev_fwnode);

static bool in_second_place(const struct fwnode_handle *fwnode)
{
	return fwnode && fwnode->secondary == END;
}

/**
 * set_primary_fwnode - give a device its first description
 * @dev: the device
 * @fwnode: the description; NULL: it has none any more
 *
 * The second, if there is one, stays. References are the caller's business.
 */
void set_primary_fwnode(struct device *dev, struct fwnode_handle *fwnode)
{
	struct fwnode_handle *first = in_second_place(dev->fwnode) ? NULL : dev->fwnode;
	struct fwnode_handle *second = first ? first->secondary : dev->fwnode;

	if (first)
		first->secondary = NULL;
	if (fwnode && second)
		fwnode->secondary = second;
	dev->fwnode = fwnode ? fwnode : second;
}
EXPORT_SYMBOL_GPL(set_primary_fwnode);

/**
 * set_secondary_fwnode - give a device its second description
 * @dev: the device
 * @fwnode: the description, which is nobody's first; NULL: it has none any more
 */
void set_secondary_fwnode(struct device *dev, struct fwnode_handle *fwnode)
{
	if (fwnode)
		fwnode->secondary = END;
	if (!dev->fwnode || in_second_place(dev->fwnode))
		dev->fwnode = fwnode;
	else
		dev->fwnode->secondary = fwnode;
}
EXPORT_SYMBOL_GPL(set_secondary_fwnode);

/** device_set_node - let @fwnode describe a device, also as its node of the device tree */
void device_set_node(struct device *dev, struct fwnode_handle *fwnode)
{
	dev->fwnode = fwnode;
	dev->of_node = to_of_node(fwnode);
}
EXPORT_SYMBOL_GPL(device_set_node);

/* ---- references to nodes ---- */

/** fwnode_handle_get - one more reference: @fwnode, which may be NULL */
struct fwnode_handle *fwnode_handle_get(struct fwnode_handle *fwnode)
{
	return fwnode_has_op(fwnode, get) ? fwnode->ops->get(fwnode) : fwnode;
}
EXPORT_SYMBOL_GPL(fwnode_handle_get);

/** fwnode_handle_put - one less; NULL is nothing. May sleep: it may have been the last. */
void fwnode_handle_put(struct fwnode_handle *fwnode)
{
	if (fwnode_has_op(fwnode, put))
		fwnode->ops->put(fwnode);
}
EXPORT_SYMBOL_GPL(fwnode_handle_put);

/* ---- is it there? ---- */

static bool present(const struct fwnode_handle *fwnode, const char *propname)
{
	return fwnode_has_op(fwnode, property_present) &&
	       fwnode->ops->property_present(fwnode, propname);
}

/** fwnode_property_present - has a node, or the second description with it, such a property? */
bool fwnode_property_present(const struct fwnode_handle *fwnode, const char *propname)
{
	if (IS_ERR_OR_NULL(fwnode))
		return false;
	return present(fwnode, propname) || present(fwnode->secondary, propname);
}
EXPORT_SYMBOL_GPL(fwnode_property_present);

/** device_property_present - has a device such a property? */
bool device_property_present(const struct device *dev, const char *propname)
{
	return fwnode_property_present(dev_fwnode(dev), propname);
}
EXPORT_SYMBOL_GPL(device_property_present);

/* ---- numbers ---- */

/**
 * DOC: fwnode_property_read_u8_array() and its like of 16, 32 and 64 bits
 *
 * (@fwnode, @propname, @val, @nval): the first @nval numbers of a property go to @val, which is
 * untouched on error. Without @val: how many numbers of this size there are.
 *
 * Return: 0, or the count; -EINVAL, -ENODATA, -EPROTO, -EOVERFLOW, -ENXIO as <linux/property.h>
 * says. device_property_read_*_array() ask for a device.
 */
#define NUMBERS(bits)							\
int fwnode_property_read_u##bits##_array(const struct fwnode_handle *fwnode, \
					 const char *propname, u##bits *val, size_t nval) \
{									\
	return ask_both(fwnode, property_read_int_array, propname, sizeof(u##bits), val, nval); \
}									\
EXPORT_SYMBOL_GPL(fwnode_property_read_u##bits##_array);		\
									\
int device_property_read_u##bits##_array(const struct device *dev,	\
					 const char *propname, u##bits *val, size_t nval) \
{									\
	return fwnode_property_read_u##bits##_array(dev_fwnode(dev), propname, val, nval); \
}									\
EXPORT_SYMBOL_GPL(device_property_read_u##bits##_array)

NUMBERS(8);
NUMBERS(16);
NUMBERS(32);
NUMBERS(64);

/* ---- strings ---- */

/**
 * fwnode_property_read_string_array - the strings of a property
 * @fwnode: the node
 * @propname: which property
 * @val: gets pointers, which are good as long as the node is; NULL: only count
 * @nval: room in @val
 *
 * Return: how many were stored, which may be fewer than @nval, or how many there are; -EINVAL,
 * -ENODATA, -EPROTO, -EILSEQ if one has no end, -ENXIO.
 */
int fwnode_property_read_string_array(const struct fwnode_handle *fwnode, const char *propname,
				      const char **val, size_t nval)
{
	return ask_both(fwnode, property_read_string_array, propname, val, nval);
}
EXPORT_SYMBOL_GPL(fwnode_property_read_string_array);

/** device_property_read_string_array - the same for a device */
int device_property_read_string_array(const struct device *dev, const char *propname,
				      const char **val, size_t nval)
{
	return fwnode_property_read_string_array(dev_fwnode(dev), propname, val, nval);
}
EXPORT_SYMBOL_GPL(device_property_read_string_array);

/** fwnode_property_read_string - the first string of a property to @val: 0 or an error as above */
int fwnode_property_read_string(const struct fwnode_handle *fwnode, const char *propname,
				const char **val)
{
	int ret = fwnode_property_read_string_array(fwnode, propname, val, 1);

	return ret < 0 ? ret : 0;
}
EXPORT_SYMBOL_GPL(fwnode_property_read_string);

/** device_property_read_string - the same for a device */
int device_property_read_string(const struct device *dev, const char *propname,
				const char **val)
{
	return fwnode_property_read_string(dev_fwnode(dev), propname, val);
}
EXPORT_SYMBOL_GPL(device_property_read_string);

/**
 * fwnode_property_match_string - where among a property's strings one stands
 * @fwnode: the node
 * @propname: which property
 * @string: what to look for
 *
 * Context: may sleep.
 * Return: its index from 0; -EINVAL if it isn't there, or the property isn't; -ENODATA if that is
 * empty; -EPROTO, -EILSEQ, -ENXIO, -ENOMEM.
 */
int fwnode_property_match_string(const struct fwnode_handle *fwnode, const char *propname,
				 const char *string)
{
	const char **strings __free(kfree) = NULL;
	int n = fwnode_property_string_array_count(fwnode, propname), i;

	if (n <= 0)
		return n ? n : -ENODATA;
	strings = kcalloc(n, sizeof(*strings), GFP_KERNEL);
	if (!strings)
		return -ENOMEM;
	n = fwnode_property_read_string_array(fwnode, propname, strings, n);
	for (i = 0; i < n; i++) {
		if (!strcmp(strings[i], string))
			return i;
	}
	return n < 0 ? n : -EINVAL;
}
EXPORT_SYMBOL_GPL(fwnode_property_match_string);

/** device_property_match_string - the same for a device */
int device_property_match_string(const struct device *dev, const char *propname,
				 const char *string)
{
	return fwnode_property_match_string(dev_fwnode(dev), propname, string);
}
EXPORT_SYMBOL_GPL(device_property_match_string);

/**
 * fwnode_property_match_property_string - which of these is a property's first string?
 * @fwnode: the node
 * @propname: which property
 * @array: strings that it may be
 * @n: how many
 *
 * Return: index into @array; -EINVAL if it is none of them; what reading it says.
 */
int fwnode_property_match_property_string(const struct fwnode_handle *fwnode,
					  const char *propname, const char * const *array,
					  size_t n)
{
	const char *string;
	int ret = fwnode_property_read_string(fwnode, propname, &string);

	return ret ? ret : match_string(array, n, string);
}
EXPORT_SYMBOL_GPL(fwnode_property_match_property_string);

/* ---- references of a property ---- */

/**
 * fwnode_property_get_reference_args - a node that a property refers to, with its numbers
 * @fwnode: the node that has the property
 * @prop: which property
 * @nargs_prop: property of the other node that says how many numbers belong to a reference; or NULL
 * @nargs: without @nargs_prop, how many there are
 * @index: which of the references
 * @args: gets them, if not NULL; numbers that weren't given are 0. The node there is referenced.
 *
 * Return: 0; -ENOENT if there is no such property or reference, or its node isn't registered;
 * -EINVAL if it isn't a property of references, or has more than NR_FWNODE_REFERENCE_ARGS numbers;
 * what reading @nargs_prop says; -ENXIO.
 */
int fwnode_property_get_reference_args(const struct fwnode_handle *fwnode, const char *prop,
				       const char *nargs_prop, unsigned int nargs,
				       unsigned int index, struct fwnode_reference_args *args)
{
	int ret;

	if (IS_ERR_OR_NULL(fwnode))
		return -ENOENT;
	ret = ask_int(fwnode, get_reference_args, prop, nargs_prop, nargs, index, args);
	if (ret == 0 || IS_ERR_OR_NULL(fwnode->secondary))
		return ret;
	return ask_int(fwnode->secondary, get_reference_args, prop, nargs_prop, nargs, index,
		       args);
}
EXPORT_SYMBOL_GPL(fwnode_property_get_reference_args);

/** fwnode_find_reference - reference @index of property @name: the node, which is referenced, or
 * an ERR_PTR()
 */
struct fwnode_handle *fwnode_find_reference(const struct fwnode_handle *fwnode,
					    const char *name, unsigned int index)
{
	struct fwnode_reference_args args;
	int ret = fwnode_property_get_reference_args(fwnode, name, NULL, 0, index, &args);

	return ret ? ERR_PTR(ret) : args.fwnode;
}
EXPORT_SYMBOL_GPL(fwnode_find_reference);

/* ---- what a node is ---- */

/** fwnode_device_is_available - is what it describes switched on? So is all that doesn't say. */
bool fwnode_device_is_available(const struct fwnode_handle *fwnode)
{
	if (IS_ERR_OR_NULL(fwnode))
		return false;
	return !fwnode_has_op(fwnode, device_is_available) ||
	       fwnode->ops->device_is_available(fwnode);
}
EXPORT_SYMBOL_GPL(fwnode_device_is_available);

/** fwnode_get_name - a node's name; NULL if it has none */
const char *fwnode_get_name(const struct fwnode_handle *fwnode)
{
	if (IS_ERR_OR_NULL(fwnode))
		return NULL;
	return fwnode_has_op(fwnode, get_name) ? fwnode->ops->get_name(fwnode) : fwnode->name;
}
EXPORT_SYMBOL_GPL(fwnode_get_name);

/** fwnode_get_name_prefix - what stands before the name in a path; NULL if nobody says */
const char *fwnode_get_name_prefix(const struct fwnode_handle *fwnode)
{
	return ask_ptr(fwnode, get_name_prefix);
}
EXPORT_SYMBOL_GPL(fwnode_get_name_prefix);

/** fwnode_name_eq - is a node called @name, not counting an address behind "@"? */
bool fwnode_name_eq(const struct fwnode_handle *fwnode, const char *name)
{
	const char *own = fwnode_get_name(fwnode);
	size_t len = strlen(name);

	return own && !strncmp(own, name, len) && (!own[len] || own[len] == '@');
}
EXPORT_SYMBOL_GPL(fwnode_name_eq);

/* ---- up ---- */

/** fwnode_get_parent - the node above, referenced; NULL: there is none */
struct fwnode_handle *fwnode_get_parent(const struct fwnode_handle *fwnode)
{
	return ask_ptr(fwnode, get_parent);
}
EXPORT_SYMBOL_GPL(fwnode_get_parent);

/** fwnode_get_next_parent - the same, and put @fwnode: a step of a walk up */
struct fwnode_handle *fwnode_get_next_parent(struct fwnode_handle *fwnode)
{
	struct fwnode_handle *parent = fwnode_get_parent(fwnode);

	fwnode_handle_put(fwnode);
	return parent;
}
EXPORT_SYMBOL_GPL(fwnode_get_next_parent);

/** fwnode_count_parents - how many nodes are above this one; 0: it is a root */
unsigned int fwnode_count_parents(const struct fwnode_handle *fwnode)
{
	struct fwnode_handle *parent;
	unsigned int count = 0;

	fwnode_for_each_parent_node(fwnode, parent)
		count++;
	return count;
}
EXPORT_SYMBOL_GPL(fwnode_count_parents);

/**
 * fwnode_get_nth_parent - the node @depth steps up
 * @fwnode: where to begin
 * @depth: 0: the node itself
 *
 * Return: the node, referenced; NULL if the root is nearer.
 */
struct fwnode_handle *fwnode_get_nth_parent(struct fwnode_handle *fwnode, unsigned int depth)
{
	struct fwnode_handle *at = fwnode_handle_get(fwnode);

	while (at && depth--)
		at = fwnode_get_next_parent(at);
	return at;
}
EXPORT_SYMBOL_GPL(fwnode_get_nth_parent);

/* ---- down ---- */

/** fwnode_get_next_child_node - the child behind @child (NULL: the first), referenced; puts that */
struct fwnode_handle *fwnode_get_next_child_node(const struct fwnode_handle *fwnode,
						 struct fwnode_handle *child)
{
	return ask_ptr(fwnode, get_next_child_node, child);
}
EXPORT_SYMBOL_GPL(fwnode_get_next_child_node);

/** fwnode_get_next_available_child_node - the same without those that are switched off */
struct fwnode_handle *fwnode_get_next_available_child_node(const struct fwnode_handle *fwnode,
							   struct fwnode_handle *child)
{
	do
		child = fwnode_get_next_child_node(fwnode, child);
	while (child && !fwnode_device_is_available(child));
	return child;
}
EXPORT_SYMBOL_GPL(fwnode_get_next_available_child_node);

/** fwnode_get_named_child_node - the child of this name, referenced; NULL */
struct fwnode_handle *fwnode_get_named_child_node(const struct fwnode_handle *fwnode,
						  const char *childname)
{
	return ask_ptr(fwnode, get_named_child_node, childname);
}
EXPORT_SYMBOL_GPL(fwnode_get_named_child_node);

/**
 * device_get_next_child_node - walk over the children of a device's descriptions
 * @dev: the device
 * @child: where the walk stands, which is put; NULL to begin
 *
 * Those of the first description come first.
 * Return: the next, referenced; NULL at the end.
 */
struct fwnode_handle *device_get_next_child_node(const struct device *dev,
						 struct fwnode_handle *child)
{
	const struct fwnode_handle *first = dev_fwnode(dev), *second;
	struct fwnode_handle *next, *parent = child ? fwnode_get_parent(child) : NULL;
	bool in_second = parent && parent != first;

	fwnode_handle_put(parent);
	if (IS_ERR_OR_NULL(first))
		return NULL;
	second = first->secondary;
	next = in_second ? NULL : fwnode_get_next_child_node(first, child);
	if (next)
		return next;
	return fwnode_get_next_child_node(second, in_second ? child : NULL);
}
EXPORT_SYMBOL_GPL(device_get_next_child_node);

/** device_get_named_child_node - the child of this name of a device's first description; NULL */
struct fwnode_handle *device_get_named_child_node(const struct device *dev,
						  const char *childname)
{
	return fwnode_get_named_child_node(dev_fwnode(dev), childname);
}
EXPORT_SYMBOL_GPL(device_get_named_child_node);

/** device_get_child_node_count - how many children a device's descriptions have */
unsigned int device_get_child_node_count(const struct device *dev)
{
	struct fwnode_handle *child;
	unsigned int count = 0;

	device_for_each_child_node(dev, child)
		count++;
	return count;
}
EXPORT_SYMBOL_GPL(device_get_child_node_count);
