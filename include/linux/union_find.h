/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_UNION_FIND_H
#define _LINUX_UNION_FIND_H

/*
 * Disjoint sets: which things belong together, when all that is ever told is "these two do".
 *
 * Each thing holds a struct uf_node. Two are in one set if uf_find() gives the same node for both;
 * uf_union() makes one set of two. Sets are never taken apart.
 *
 * The caller locks, for uf_find() as for writing: it shortens the ways that it goes.
 */

/**
 * struct uf_node - a member of a set
 * @parent: nearer to the set's root; the root is its own
 * @rank: of a root: no way to it is longer
 */
struct uf_node {
	struct uf_node *parent;
	unsigned int rank;
};

/* A node in a set of its own, for an initialiser: struct uf_node n = UF_INIT_NODE(n) */
#define UF_INIT_NODE(node)	{ .parent = &(node), .rank = 0 }

/** uf_node_init - put @node into a set of its own */
static inline void uf_node_init(struct uf_node *node)
{
	node->parent = node;
	node->rank = 0;
}

struct uf_node *uf_find(struct uf_node *node);
void uf_union(struct uf_node *node1, struct uf_node *node2);

#endif /* _LINUX_UNION_FIND_H */
