// SPDX-License-Identifier: MIT
/*
 * Nodes of the device tree as <linux/property.h> sees them. The tree never changes, so references
 * cost nothing and there are no operations for them.
 */
#include <linux/errno.h>
#include <linux/fwnode.h>
#include <linux/kernel.h>
#include <linux/libfdt.h>
#include <linux/of.h>
#include <linux/string.h>

static const struct device_node *node_of(const struct fwnode_handle *fwnode)
{
	return container_of(fwnode, struct device_node, fwnode);
}

static struct fwnode_handle *handle_of(struct device_node *np)
{
	return np ? &np->fwnode : NULL;
}

/* ---- properties ---- */

static bool of_present(const struct fwnode_handle *fwnode, const char *propname)
{
	return of_find_property(node_of(fwnode), propname, NULL);
}

/* One number of the blob, which is big endian, to @val[@i]. */
static void read_number(const u8 *from, unsigned int elem_size, void *val, size_t i)
{
	switch (elem_size) {
	case 1:
		((u8 *)val)[i] = *from;
		break;
	case 2:
		((u16 *)val)[i] = from[0] << 8 | from[1];
		break;
	case 4:
		((u32 *)val)[i] = fdt32_ld(from);
		break;
	case 8:
		((u64 *)val)[i] = fdt64_ld(from);
		break;
	}
}

static int of_read_ints(const struct fwnode_handle *fwnode, const char *propname,
			unsigned int elem_size, void *val, size_t nval)
{
	struct property *pp = of_find_property(node_of(fwnode), propname, NULL);
	size_t i;

	if (!val)
		return of_property_count_elems_of_size(node_of(fwnode), propname, elem_size);
	if (!pp)
		return -EINVAL;
	if (pp->length <= 0)
		return -ENODATA;
	if (nval > pp->length / elem_size)
		return -EOVERFLOW;
	for (i = 0; i < nval; i++)
		read_number((const u8 *)pp->value + i * elem_size, elem_size, val, i);
	return 0;
}

static int of_read_strings(const struct fwnode_handle *fwnode, const char *propname,
			   const char **val, size_t nval)
{
	return of_property_read_string_helper(node_of(fwnode), propname, val, nval, 0);
}

static int of_get_reference(const struct fwnode_handle *fwnode, const char *propname,
			    const char *nargs_prop, unsigned int nargs, unsigned int index,
			    struct fwnode_reference_args *args)
{
	struct of_phandle_args found;
	int err, i;

	/* Numbers that only the caller knows of can't be told from further references. */
	if (!nargs_prop && nargs)
		return -EINVAL;
	err = of_parse_phandle_with_args(node_of(fwnode), propname, nargs_prop, index, &found);
	if (err || !args)
		return err;
	args->fwnode = handle_of(found.np);
	args->nargs = found.args_count;
	for (i = 0; i < found.args_count; i++)
		args->args[i] = found.args[i];
	return 0;
}

static bool of_available(const struct fwnode_handle *fwnode)
{
	return of_device_is_available(node_of(fwnode));
}

/* ---- names ---- */

/* The root's name is empty, so that a path begins with a slash. */
static const char *of_get_name(const struct fwnode_handle *fwnode)
{
	return node_of(fwnode)->parent ? node_of(fwnode)->full_name : "";
}

static const char *of_get_name_prefix(const struct fwnode_handle *fwnode)
{
	return node_of(fwnode)->parent ? "/" : "";
}

/* ---- walking ---- */

static struct fwnode_handle *of_parent(const struct fwnode_handle *fwnode)
{
	return handle_of(of_get_parent(node_of(fwnode)));
}

static struct fwnode_handle *of_next_child(const struct fwnode_handle *fwnode,
					   struct fwnode_handle *child)
{
	struct device_node *prev = child ? to_of_node(child) : NULL;

	return handle_of(of_get_next_available_child(node_of(fwnode), prev));
}

static struct fwnode_handle *of_named_child(const struct fwnode_handle *fwnode,
					    const char *name)
{
	struct device_node *child;

	for_each_available_child_of_node(node_of(fwnode), child) {
		if (of_node_name_eq(child, name))
			return handle_of(child);
	}
	return NULL;
}

const struct fwnode_operations of_fwnode_ops = {
	.device_is_available		= of_available,
	.property_present		= of_present,
	.property_read_int_array	= of_read_ints,
	.property_read_string_array	= of_read_strings,
	.get_name			= of_get_name,
	.get_name_prefix		= of_get_name_prefix,
	.get_parent			= of_parent,
	.get_next_child_node		= of_next_child,
	.get_named_child_node		= of_named_child,
	.get_reference_args		= of_get_reference,
};
