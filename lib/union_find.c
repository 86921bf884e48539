// SPDX-License-Identifier: MIT
/*
 * Disjoint sets as trees whose nodes point upwards: <linux/union_find.h>.
 *
 *	    R		    R
 *	   / \		  / | \ \
 *	  a   b  find c	 a  b  c d
 *	  |      ------>
 *	  c
 *	  |
 *	  d
 *
 * A set is known by its root. Joining two sets hangs the root of lower rank below the other, so
 * that ways stay shorter than log2 of the members. uf_find() shortens the way that it goes: it
 * hangs nodes on it below their grandparents. Both together make a long row of calls cost next to
 * nothing each (Tarjan, 1975: inverse Ackermann; halving: Tarjan and van Leeuwen, 1984).
 */

#include <linux/union_find.h>

#include <linux/export.h>

/**
 * uf_find - the node that stands for the set which @node is in
 *
 * Context: any; the caller excludes every other use of the set.
 * Return: the same node for all members, until the set is joined with another.
 */
struct uf_node *uf_find(struct uf_node *node)
{
	while (node->parent != node) {
		node->parent = node->parent->parent;
		node = node->parent;
	}
	return node;
}
EXPORT_SYMBOL_GPL(uf_find);

/** uf_union - make one set of those that @node1 and @node2 are in. Context: as for uf_find() */
void uf_union(struct uf_node *node1, struct uf_node *node2)
{
	struct uf_node *high = uf_find(node1), *low = uf_find(node2), *tmp;

	if (high == low)
		return;
	if (high->rank < low->rank) {
		tmp = high;
		high = low;
		low = tmp;
	}
	low->parent = high;
	/* The longest way has grown only if both had one of this length. */
	if (high->rank == low->rank)
		high->rank++;
}
EXPORT_SYMBOL_GPL(uf_union);
