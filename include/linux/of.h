/* SPDX-License-Identifier: MIT */
/*
 * The device tree as linked nodes, for code that runs once memory can be allocated.
 *
 * The tree is built once from the checked blob (unflatten_device_tree()) and never changes, so
 * nodes need no reference counts: of_node_get() and of_node_put() exist for source
 * compatibility and cost nothing.  Property values point into the blob; numbers in them are
 * big-endian cells, which the of_property_read_*() calls convert.
 *
 * Context: every call here is a pure read and may be made from anywhere.
 */
#ifndef _LINUX_OF_H
#define _LINUX_OF_H

#include <linux/compiler.h>
#include <linux/container_of.h>
#include <linux/err.h>
#include <linux/errno.h>
#include <linux/fwnode.h>
#include <linux/types.h>

typedef u32 phandle;

struct property {
	const char *name;
	int length;
	const void *value;
	struct property *next;
};

struct device_node {
	const char *name;		/* without the unit address */
	const char *full_name;		/* with it, as in the blob */
	phandle phandle;
	struct property *properties;
	struct device_node *parent;
	struct device_node *child;
	struct device_node *sibling;
	struct device_node *allnext;	/* depth first, as in the blob */
	struct fwnode_handle fwnode;	/* what interrupt domains are found by */
	void *data;
};

#define MAX_PHANDLE_ARGS 16

struct of_phandle_args {
	struct device_node *np;
	int args_count;
	u32 args[MAX_PHANDLE_ARGS];
};

struct of_device_id {
	char name[32];
	char type[32];
	char compatible[128];
	const void *data;
};

extern struct device_node *of_root;
extern struct device_node *of_chosen;
extern struct device_node *of_stdout;

/* Nodes as <linux/property.h> sees them: fwnode.c. */
extern const struct fwnode_operations of_fwnode_ops;

static inline bool is_of_node(const struct fwnode_handle *fwnode)
{
	return !IS_ERR_OR_NULL(fwnode) && fwnode->ops == &of_fwnode_ops;
}

#define to_of_node(handle)						\
({									\
	typeof(handle) _fwnode = (handle);				\
									\
	is_of_node(_fwnode) ? container_of(_fwnode, struct device_node, fwnode) : NULL; \
})

void unflatten_device_tree(void);

/** of_node_get() - nothing: nodes are there for ever */
static inline struct device_node *of_node_get(struct device_node *node)
{
	return node;
}

/** of_node_put() - nothing: nodes are there for ever */
static inline void of_node_put(struct device_node *node)
{
	(void)node;
}

struct device_node *of_find_node_by_path(const char *path);
struct device_node *of_find_node_opts_by_path(const char *path, const char **opts);
struct device_node *of_find_node_by_phandle(phandle handle);
struct device_node *of_find_node_by_name(struct device_node *from, const char *name);
struct device_node *of_find_node_by_type(struct device_node *from, const char *type);
struct device_node *of_find_compatible_node(struct device_node *from, const char *type,
					    const char *compatible);
struct device_node *of_find_matching_node_and_match(struct device_node *from,
						    const struct of_device_id *matches,
						    const struct of_device_id **match);
const struct of_device_id *of_match_node(const struct of_device_id *matches,
					 const struct device_node *node);
struct device_node *of_get_parent(const struct device_node *node);
struct device_node *of_get_next_child(const struct device_node *node, struct device_node *prev);
struct device_node *of_get_next_available_child(const struct device_node *node,
						struct device_node *prev);
struct device_node *of_get_child_by_name(const struct device_node *node, const char *name);

bool of_device_is_available(const struct device_node *node);
int of_device_is_compatible(const struct device_node *node, const char *compatible);
int of_machine_is_compatible(const char *compatible);

struct property *of_find_property(const struct device_node *node, const char *name, int *lenp);
const void *of_get_property(const struct device_node *node, const char *name, int *lenp);
int of_property_count_elems_of_size(const struct device_node *node, const char *name, int size);
int of_property_read_u32_index(const struct device_node *node, const char *name, u32 index,
			       u32 *out);
int of_property_read_u32_array(const struct device_node *node, const char *name, u32 *out,
			       size_t count);
int of_property_read_u64(const struct device_node *node, const char *name, u64 *out);
int of_property_read_string(const struct device_node *node, const char *name, const char **out);
int of_property_read_string_helper(const struct device_node *node, const char *name,
				   const char **out, size_t count, int skip);
int of_property_match_string(const struct device_node *node, const char *name,
			     const char *string);

int of_n_addr_cells(struct device_node *node);
int of_n_size_cells(struct device_node *node);
u64 of_read_number(const void *cells, int count);

struct device_node *of_parse_phandle(const struct device_node *node, const char *name, int index);
int of_parse_phandle_with_args(const struct device_node *node, const char *list,
			       const char *cells_name, int index, struct of_phandle_args *out);

/** of_property_read_bool() - is there such a property, whatever it holds? */
static inline bool of_property_read_bool(const struct device_node *node, const char *name)
{
	return of_find_property(node, name, NULL) != NULL;
}

/** of_property_present() - is there such a property? */
static inline bool of_property_present(const struct device_node *node, const char *name)
{
	return of_find_property(node, name, NULL) != NULL;
}

/**
 * of_property_read_u32() - the first word of a property: 0, -EINVAL none, -ENODATA empty,
 * -EOVERFLOW too short
 */
static inline int of_property_read_u32(const struct device_node *node, const char *name, u32 *out)
{
	return of_property_read_u32_array(node, name, out, 1);
}

/**
 * of_property_read_string_index() - a string of a list
 * @node: the node
 * @name: the property
 * @index: which string, from 0
 * @out: gets it; it stays valid
 *
 * Return: 0; -EINVAL none, -ENODATA empty or not so many, -EILSEQ without an end.
 */
static inline int of_property_read_string_index(const struct device_node *node, const char *name,
						int index, const char **out)
{
	int ret = of_property_read_string_helper(node, name, out, 1, index);

	return ret < 0 ? ret : 0;
}

/**
 * of_property_count_strings() - how many strings a list has; or an errno as
 * of_property_read_string_index()
 */
static inline int of_property_count_strings(const struct device_node *node, const char *name)
{
	return of_property_read_string_helper(node, name, NULL, 0, 0);
}

/**
 * of_find_matching_node() - the next node that one of @matches is for; @from NULL: the first. NULL:
 * none
 */
static inline struct device_node *of_find_matching_node(struct device_node *from,
							const struct of_device_id *matches)
{
	return of_find_matching_node_and_match(from, matches, NULL);
}

/** of_node_name_eq() - is that the node's name, without the part behind '@'? */
static inline bool of_node_name_eq(const struct device_node *node, const char *name)
{
	return node && __builtin_strcmp(node->name, name) == 0;
}

struct device_node *of_find_all_nodes(struct device_node *prev);

#define for_each_of_allnodes(dn) \
	for (dn = of_find_all_nodes(NULL); dn; dn = of_find_all_nodes(dn))
#define for_each_child_of_node(parent, child) \
	for (child = of_get_next_child(parent, NULL); child; \
	     child = of_get_next_child(parent, child))
#define for_each_available_child_of_node(parent, child) \
	for (child = of_get_next_available_child(parent, NULL); child; \
	     child = of_get_next_available_child(parent, child))
#define for_each_compatible_node(dn, type, compatible) \
	for (dn = of_find_compatible_node(NULL, type, compatible); dn; \
	     dn = of_find_compatible_node(dn, type, compatible))
#define for_each_node_by_type(dn, type) \
	for (dn = of_find_node_by_type(NULL, type); dn; dn = of_find_node_by_type(dn, type))
#define for_each_of_cpu_node(cpu) \
	for (cpu = of_get_next_cpu_node(NULL); cpu; cpu = of_get_next_cpu_node(cpu))

struct device_node *of_get_next_cpu_node(struct device_node *prev);
u64 of_get_cpu_hwid(struct device_node *cpun, unsigned int thread);

#endif /* _LINUX_OF_H */
