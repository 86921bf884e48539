/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_FWNODE_H
#define _LINUX_FWNODE_H

/*
 * A firmware node: what the machine's description says of one thing, whatever the description is
 * made of. It is compared by address; what it says is asked through its operations. Drivers use
 * <linux/property.h>, which asks for them.
 */

#include <linux/err.h>
#include <linux/types.h>

struct device;
struct fwnode_handle;

/* How many numbers a reference from one node to another can carry. */
#define NR_FWNODE_REFERENCE_ARGS	16

/**
 * struct fwnode_reference_args - a node that a property refers to
 * @fwnode: the node, referenced
 * @nargs: how many of @args count
 * @args: numbers, whose meaning is that node's business
 */
struct fwnode_reference_args {
	struct fwnode_handle *fwnode;
	unsigned int nargs;
	u64 args[NR_FWNODE_REFERENCE_ARGS];
};

/**
 * struct fwnode_operations - how one kind of description is read
 * @get: take a reference; NULL: nodes of this kind stay
 * @put: give it back
 * @device_is_available: is it switched on? NULL: each is
 * @property_present: is there a property of this name?
 * @property_read_int_array: the first @nval numbers of @elem_size bytes, to @val; how many there
 *	are if that is NULL
 * @property_read_string_array: as many strings as there are, at most @nval; how many there are if
 *	@val is NULL
 * @get_name: its name
 * @get_name_prefix: what stands before the name in a path
 * @get_parent: the node above, referenced
 * @get_next_child_node: the child behind @child, or the first, referenced; puts @child
 * @get_named_child_node: the child of this name, referenced
 * @get_reference_args: entry @index of property @prop; see fwnode_property_get_reference_args()
 *
 * Those that fail return -EINVAL if there is no such property, so that a second description of the
 * same device is asked.
 */
struct fwnode_operations {
	struct fwnode_handle *(*get)(struct fwnode_handle *fwnode);
	void (*put)(struct fwnode_handle *fwnode);
	bool (*device_is_available)(const struct fwnode_handle *fwnode);
	bool (*property_present)(const struct fwnode_handle *fwnode, const char *propname);
	int (*property_read_int_array)(const struct fwnode_handle *fwnode, const char *propname,
				       unsigned int elem_size, void *val, size_t nval);
	int (*property_read_string_array)(const struct fwnode_handle *fwnode,
					  const char *propname, const char **val, size_t nval);
	const char *(*get_name)(const struct fwnode_handle *fwnode);
	const char *(*get_name_prefix)(const struct fwnode_handle *fwnode);
	struct fwnode_handle *(*get_parent)(const struct fwnode_handle *fwnode);
	struct fwnode_handle *(*get_next_child_node)(const struct fwnode_handle *fwnode,
						     struct fwnode_handle *child);
	struct fwnode_handle *(*get_named_child_node)(const struct fwnode_handle *fwnode,
						      const char *name);
	int (*get_reference_args)(const struct fwnode_handle *fwnode, const char *prop,
				  const char *nargs_prop, unsigned int nargs,
				  unsigned int index, struct fwnode_reference_args *args);
};

/**
 * struct fwnode_handle - one node; what describes it contains this
 * @secondary: a further description of the same device, asked for what this one lacks
 * @ops: how it is read; NULL: it has a name and nothing else
 * @name: of a node without @ops
 * @dev: the device that it describes, or NULL
 */
struct fwnode_handle {
	struct fwnode_handle *secondary;
	const struct fwnode_operations *ops;
	const char *name;
	struct device *dev;
};

#define fwnode_has_op(fwnode, op)					\
	(!IS_ERR_OR_NULL(fwnode) && (fwnode)->ops && (fwnode)->ops->op)

static inline void fwnode_init(struct fwnode_handle *fwnode, const struct fwnode_operations *ops)
{
	fwnode->ops = ops;
}

#endif /* _LINUX_FWNODE_H */
