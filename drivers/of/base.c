// SPDX-License-Identifier: MIT
/*
 * The device tree as linked nodes, and questions about it.
 *
 * unflatten_device_tree() makes one pass over the checked blob and allocates one node or
 * property per token; strings and values stay in the blob.  The tree never changes after that,
 * so every question is a lock-free read.  Nodes are chained twice: as a tree (parent, child,
 * sibling) and in the blob's order (allnext), which is what searches walk.
 */
#define pr_fmt(fmt) "OF: " fmt

#include <linux/cpumask.h>
#include <linux/init.h>
#include <linux/kernel.h>
#include <linux/libfdt.h>
#include <linux/memblock.h>
#include <linux/of.h>
#include <linux/of_fdt.h>
#include <linux/printk.h>
#include <linux/string.h>

struct device_node *of_root __ro_after_init;
struct device_node *of_chosen __ro_after_init;
struct device_node *of_stdout __ro_after_init;

static void *__init of_alloc(size_t size)
{
	void *p = memblock_alloc(size, sizeof(void *));

	if (!p)
		panic("device tree: out of memory\n");
	return p;
}

static const char *__init base_name(const char *full_name)
{
	const char *at = strchr(full_name, '@');
	size_t len;
	char *name;

	if (!at)
		return full_name;
	len = at - full_name;
	name = of_alloc(len + 1);
	memcpy(name, full_name, len);
	return name;
}

static void __init unflatten_properties(const void *blob, int offset, struct device_node *np)
{
	struct property **tail = &np->properties;
	struct fdt_property_view view;
	struct property *pp;
	int prop;

	for (prop = fdt_first_property_offset(blob, offset); prop >= 0;
	     prop = fdt_next_property_offset(blob, prop)) {
		if (fdt_get_property_by_offset(blob, prop, &view))
			break;
		pp = of_alloc(sizeof(*pp));
		pp->name = view.name;
		pp->value = view.value;
		pp->length = view.len;
		*tail = pp;
		tail = &pp->next;
		if (view.len == 4 && (!strcmp(view.name, "phandle") ||
				      (!np->phandle && !strcmp(view.name, "linux,phandle"))))
			np->phandle = fdt32_ld(view.value);
	}
}

static void __init find_special_nodes(void)
{
	const char *path;

	of_chosen = of_find_node_by_path("/chosen");
	if (of_chosen && (!of_property_read_string(of_chosen, "stdout-path", &path) ||
			  !of_property_read_string(of_chosen, "linux,stdout-path", &path)))
		of_stdout = of_find_node_by_path(path);
}

/**
 * unflatten_device_tree - build the linked tree from the adopted blob
 *
 * Without a blob there is no tree, and every search finds nothing.
 *
 * Context: boot, after memblock can allocate; once.
 */
void __init unflatten_device_tree(void)
{
	struct device_node *last_at[FDT_MAX_DEPTH + 1] = { NULL };
	struct device_node **all_tail = &of_root, *np;
	const void *blob = initial_boot_params;
	int node, depth = -1;

	if (!blob)
		return;
	for (node = fdt_next_node(blob, -1, &depth); node >= 0 && depth >= 0;
	     node = fdt_next_node(blob, node, &depth)) {
		np = of_alloc(sizeof(*np));
		np->full_name = fdt_get_name(blob, node, NULL);
		np->name = base_name(np->full_name);
		np->fwnode.name = np->full_name;
		fwnode_init(&np->fwnode, &of_fwnode_ops);
		unflatten_properties(blob, node, np);

		*all_tail = np;
		all_tail = &np->allnext;
		if (depth > 0) {
			np->parent = last_at[depth - 1];
			/* An older node at this depth with the same parent is our sibling. */
			if (last_at[depth] && last_at[depth]->parent == np->parent)
				last_at[depth]->sibling = np;
			else
				np->parent->child = np;
		}
		last_at[depth] = np;
	}
	find_special_nodes();
}

/* --- walking --- */

/**
 * of_find_all_nodes - the next node in the blob's order
 * @prev: where to go on, NULL to start
 * Return: a node, NULL at the end.
 */
struct device_node *of_find_all_nodes(struct device_node *prev)
{
	return prev ? prev->allnext : of_root;
}

/**
 * of_get_parent - the node above
 * @node: a node or NULL
 * Return: it, NULL for the root.
 */
struct device_node *of_get_parent(const struct device_node *node)
{
	return node ? node->parent : NULL;
}

/**
 * of_get_next_child - walk the children of a node
 * @node: the parent
 * @prev: child to go on from, NULL to start
 * Return: a child, NULL at the end.
 */
struct device_node *of_get_next_child(const struct device_node *node, struct device_node *prev)
{
	if (!node)
		return NULL;
	return prev ? prev->sibling : node->child;
}

/**
 * of_get_next_available_child - the same, over nodes whose status is not "disabled"
 * @node: the parent
 * @prev: child to go on from, NULL to start
 * Return: a child, NULL at the end.
 */
struct device_node *of_get_next_available_child(const struct device_node *node,
						struct device_node *prev)
{
	do {
		prev = of_get_next_child(node, prev);
	} while (prev && !of_device_is_available(prev));
	return prev;
}

/* --- finding --- */

static bool full_name_matches(const struct device_node *np, const char *name, size_t len)
{
	if (strncmp(np->full_name, name, len))
		return false;
	/* "serial" finds "serial@9000000" too. */
	return !np->full_name[len] || (np->full_name[len] == '@' && !memchr(name, '@', len));
}

static struct device_node *find_child_namelen(const struct device_node *node, const char *name,
					      size_t len)
{
	struct device_node *child;

	for_each_child_of_node(node, child) {
		if (full_name_matches(child, name, len))
			return child;
	}
	return NULL;
}

/**
 * of_get_child_by_name - a child by name
 * @node: the parent
 * @name: with or without unit address
 * Return: the first match or NULL.
 */
struct device_node *of_get_child_by_name(const struct device_node *node, const char *name)
{
	return find_child_namelen(node, name, strlen(name));
}

static struct device_node *find_alias(const char *path, size_t len)
{
	struct device_node *aliases = find_child_namelen(of_root, "aliases", 7);
	struct property *pp;
	const char *target;

	if (!aliases)
		return NULL;
	for (pp = aliases->properties; pp; pp = pp->next) {
		if (strncmp(pp->name, path, len) || pp->name[len])
			continue;
		if (of_property_read_string(aliases, pp->name, &target) || target[0] != '/')
			return NULL;
		return of_find_node_by_path(target);
	}
	return NULL;
}

/**
 * of_find_node_opts_by_path - a node by path or alias
 * @path: "/soc/uart@1000:115200", or an alias in place of the first part
 * @opts: if not NULL, gets what follows the colon, or NULL
 * Return: the node or NULL.
 */
struct device_node *of_find_node_opts_by_path(const char *path, const char **opts)
{
	struct device_node *np = of_root;
	const char *colon = strchr(path, ':');
	const char *end = colon ? colon : path + strlen(path);
	size_t len;

	if (opts)
		*opts = colon ? colon + 1 : NULL;
	if (path < end && *path != '/' && np) {
		len = strcspn(path, "/:");
		np = find_alias(path, len);
		path += len;
	}
	while (np && path < end) {
		while (*path == '/')
			path++;
		if (path == end)
			break;
		len = strcspn(path, "/:");
		np = find_child_namelen(np, path, len);
		path += len;
	}
	return np;
}

/**
 * of_find_node_by_path - a node by path or alias
 * @path: see of_find_node_opts_by_path()
 * Return: the node or NULL.
 */
struct device_node *of_find_node_by_path(const char *path)
{
	return of_find_node_opts_by_path(path, NULL);
}

/**
 * of_find_node_by_phandle - the node that others refer to by number
 * @handle: the number; 0 is nobody's
 * Return: the node or NULL.
 */
struct device_node *of_find_node_by_phandle(phandle handle)
{
	struct device_node *np;

	if (!handle)
		return NULL;
	for_each_of_allnodes(np) {
		if (np->phandle == handle)
			return np;
	}
	return NULL;
}

/**
 * of_find_node_by_name - search by name without unit address
 * @from: search behind this node, NULL for all
 * @name: the name
 * Return: the node or NULL.
 */
struct device_node *of_find_node_by_name(struct device_node *from, const char *name)
{
	struct device_node *np;

	for (np = of_find_all_nodes(from); np; np = of_find_all_nodes(np)) {
		if (!strcmp(np->name, name))
			return np;
	}
	return NULL;
}

static bool node_is_type(const struct device_node *np, const char *type)
{
	const char *have;

	return !of_property_read_string(np, "device_type", &have) && !strcmp(have, type);
}

/**
 * of_find_node_by_type - search by "device_type"
 * @from: search behind this node, NULL for all
 * @type: "cpu", "memory"
 * Return: the node or NULL.
 */
struct device_node *of_find_node_by_type(struct device_node *from, const char *type)
{
	struct device_node *np;

	for (np = of_find_all_nodes(from); np; np = of_find_all_nodes(np)) {
		if (node_is_type(np, type))
			return np;
	}
	return NULL;
}

/**
 * of_find_compatible_node - search by "compatible"
 * @from: search behind this node, NULL for all
 * @type: also of this "device_type", NULL for any
 * @compatible: what it must claim to be
 * Return: the node or NULL.
 */
struct device_node *of_find_compatible_node(struct device_node *from, const char *type,
					    const char *compatible)
{
	struct device_node *np;

	for (np = of_find_all_nodes(from); np; np = of_find_all_nodes(np)) {
		if (type && !node_is_type(np, type))
			continue;
		if (of_device_is_compatible(np, compatible))
			return np;
	}
	return NULL;
}

static bool match_empty(const struct of_device_id *id)
{
	return !id->name[0] && !id->type[0] && !id->compatible[0];
}

/**
 * of_match_node - which entry of a driver's table fits a node?
 * @matches: table that ends with an empty entry
 * @node: the node
 *
 * Of several entries the one that matches the node's most specific "compatible" wins; an entry
 * may ask for name and type besides.
 *
 * Return: the entry or NULL.
 */
const struct of_device_id *of_match_node(const struct of_device_id *matches,
					 const struct device_node *node)
{
	const struct of_device_id *id, *best = NULL;
	int score, best_score = 0;

	for (id = matches; id && !match_empty(id); id++) {
		if (id->name[0] && strcmp(node->name, id->name))
			continue;
		if (id->type[0] && !node_is_type(node, id->type))
			continue;
		score = 1;
		if (id->compatible[0]) {
			score = of_device_is_compatible(node, id->compatible);
			if (!score)
				continue;
			score += 1;
		}
		if (score > best_score) {
			best = id;
			best_score = score;
		}
	}
	return best;
}

/**
 * of_find_matching_node_and_match - search with a driver's table
 * @from: search behind this node, NULL for all
 * @matches: the table
 * @match: if not NULL, gets the entry
 * Return: the node or NULL.
 */
struct device_node *of_find_matching_node_and_match(struct device_node *from,
						    const struct of_device_id *matches,
						    const struct of_device_id **match)
{
	const struct of_device_id *id;
	struct device_node *np;

	for (np = of_find_all_nodes(from); np; np = of_find_all_nodes(np)) {
		id = of_match_node(matches, np);
		if (id) {
			if (match)
				*match = id;
			return np;
		}
	}
	return NULL;
}

/* --- judging --- */

/**
 * of_device_is_available - may the device be used?
 * @node: a node or NULL
 * Return: true if it has no "status", or one that says so.
 */
bool of_device_is_available(const struct device_node *node)
{
	const char *status;

	if (!node)
		return false;
	if (!of_find_property(node, "status", NULL))
		return true;
	if (of_property_read_string(node, "status", &status))
		return false;
	return !strcmp(status, "okay") || !strcmp(status, "ok");
}

/**
 * of_device_is_compatible - does a node claim to be compatible?
 * @node: the node
 * @compatible: with what
 * Return: 0 if not; else the larger the earlier in the node's list it stands.
 */
int of_device_is_compatible(const struct device_node *node, const char *compatible)
{
	int index = of_property_match_string(node, "compatible", compatible);

	return index < 0 ? 0 : max(1, 1000 - index);
}

/**
 * of_machine_is_compatible - is this such a board?
 * @compatible: name of a board
 * Return: as of_device_is_compatible() for the root.
 */
int of_machine_is_compatible(const char *compatible)
{
	return of_root ? of_device_is_compatible(of_root, compatible) : 0;
}

/* --- CPUs --- */

/**
 * of_get_next_cpu_node - walk the nodes under /cpus that are CPUs
 * @prev: where to go on, NULL to start
 * Return: a node, NULL at the end.
 */
struct device_node *of_get_next_cpu_node(struct device_node *prev)
{
	struct device_node *np;

	if (prev) {
		np = prev->sibling;
	} else {
		np = of_find_node_by_path("/cpus");
		np = np ? np->child : NULL;
	}
	while (np && strcmp(np->name, "cpu") && !node_is_type(np, "cpu"))
		np = np->sibling;
	return np;
}

/**
 * of_get_cpu_hwid - hardware id of a CPU node
 * @cpun: from of_get_next_cpu_node()
 * @thread: hardware thread, 0 for the only one
 * Return: the number in "reg" (an MPIDR on arm64), ~0 without one.
 */
u64 of_get_cpu_hwid(struct device_node *cpun, unsigned int thread)
{
	int cells = of_n_addr_cells(cpun), len;
	const u8 *reg = of_get_property(cpun, "reg", &len);

	if (!reg || cells < 1 || cells > 2 || len < 0 ||
	    (unsigned int)len / (4 * cells) <= thread)
		return ~0ULL;
	return of_read_number(reg + 4 * cells * thread, cells);
}
