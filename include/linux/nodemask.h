/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_NODEMASK_H
#define _LINUX_NODEMASK_H

/*
 * Sets of memory nodes. This kernel has one node, number 0; the type and its calls exist so that
 * code written for several compiles and behaves.
 */

#include <linux/bitmap.h>
#include <linux/find.h>
#include <linux/gfp_types.h>
#include <linux/minmax.h>
#include <linux/types.h>

#ifndef NODES_SHIFT
#define NODES_SHIFT	0
#endif
#define MAX_NUMNODES	(1 << NODES_SHIFT)
#include <linux/numa.h>

typedef struct { DECLARE_BITMAP(bits, MAX_NUMNODES); } nodemask_t;

enum node_states {
	N_POSSIBLE,
	N_ONLINE,
	N_NORMAL_MEMORY,
	N_HIGH_MEMORY = N_NORMAL_MEMORY,
	N_MEMORY,
	N_CPU,
	N_GENERIC_INITIATOR,
	NR_NODE_STATES
};

#define NODE_MASK_NONE	((nodemask_t) { { 0UL } })
#define NODE_MASK_ALL	((nodemask_t) { { 1UL } })

/** nodemask_of_node - the set of one node */
static inline nodemask_t nodemask_of_node(int node)
{
	nodemask_t mask = NODE_MASK_NONE;

	__set_bit(node, mask.bits);
	return mask;
}

#define nodes_addr(src)			((src).bits)
#define node_set(node, dst)		set_bit((node), (dst).bits)
#define node_clear(node, dst)		clear_bit((node), (dst).bits)
#define node_isset(node, mask)		test_bit((node), (mask).bits)
#define node_test_and_set(node, mask)	test_and_set_bit((node), (mask).bits)
#define nodes_setall(dst)		bitmap_fill((dst).bits, MAX_NUMNODES)
#define nodes_clear(dst)		bitmap_zero((dst).bits, MAX_NUMNODES)
#define nodes_and(dst, a, b)		bitmap_and((dst).bits, (a).bits, (b).bits, MAX_NUMNODES)
#define nodes_or(dst, a, b)		bitmap_or((dst).bits, (a).bits, (b).bits, MAX_NUMNODES)
#define nodes_xor(dst, a, b)		bitmap_xor((dst).bits, (a).bits, (b).bits, MAX_NUMNODES)
#define nodes_andnot(dst, a, b)		bitmap_andnot((dst).bits, (a).bits, (b).bits, MAX_NUMNODES)
#define nodes_complement(dst, src)	bitmap_complement((dst).bits, (src).bits, MAX_NUMNODES)
#define nodes_equal(a, b)		bitmap_equal((a).bits, (b).bits, MAX_NUMNODES)
#define nodes_intersects(a, b)		bitmap_intersects((a).bits, (b).bits, MAX_NUMNODES)
#define nodes_subset(a, b)		bitmap_subset((a).bits, (b).bits, MAX_NUMNODES)
#define nodes_empty(mask)		bitmap_empty((mask).bits, MAX_NUMNODES)
#define nodes_full(mask)		bitmap_full((mask).bits, MAX_NUMNODES)
#define nodes_weight(mask)		bitmap_weight((mask).bits, MAX_NUMNODES)
#define nodes_shift_right(dst, src, n) \
	bitmap_shift_right((dst).bits, (src).bits, (n), MAX_NUMNODES)
#define nodes_shift_left(dst, src, n)	bitmap_shift_left((dst).bits, (src).bits, (n), MAX_NUMNODES)
#define nodes_onto(dst, orig, rel) \
	bitmap_onto((dst).bits, (orig).bits, (rel).bits, MAX_NUMNODES)
#define nodes_fold(dst, orig, sz)	bitmap_fold((dst).bits, (orig).bits, (sz), MAX_NUMNODES)
#define nodes_remap(dst, src, old, new)	\
	bitmap_remap((dst).bits, (src).bits, (old).bits, (new).bits, MAX_NUMNODES)
#define node_remap(oldbit, old, new) \
	bitmap_bitremap((oldbit), (old).bits, (new).bits, MAX_NUMNODES)

/* For printf's %*pb[l], and the way back. */
#define nodemask_pr_args(maskp)		MAX_NUMNODES, (maskp)->bits
#define nodelist_parse(buf, mask)	bitmap_parselist((buf), (mask).bits, MAX_NUMNODES)
#define nodemask_parse_user(ubuf, ulen, mask) \
	bitmap_parse_user((ubuf), (ulen), (mask).bits, MAX_NUMNODES)

#define nodemask_parse(buf, len, mask) \
	bitmap_parse((buf), (len), (mask).bits, MAX_NUMNODES)

/* The mask with one node. */
#define init_nodemask_of_node(mask, node) \
do { \
	nodes_clear(*(mask)); \
	node_set((node), *(mask)); \
} while (0)

#define nodes_copy(dst, src)		bitmap_copy((dst).bits, (src).bits, MAX_NUMNODES)
#define __node_set(node, dst)		__set_bit((node), (dst)->bits)
#define __node_clear(node, dst)		__clear_bit((node), (dst)->bits)

/* A mask for a function's own use; of this size the stack is the place. */
#define NODEMASK_ALLOC(type, name, gfp_flags)	type _##name, *name = &_##name
#define NODEMASK_FREE(m)			do {} while (0)

struct nodemask_scratch {
	nodemask_t mask1;
	nodemask_t mask2;
};

#define NODEMASK_SCRATCH(x) \
	NODEMASK_ALLOC(struct nodemask_scratch, x, GFP_KERNEL | __GFP_NORETRY)
#define NODEMASK_SCRATCH_FREE(x)	NODEMASK_FREE(x)

#define first_node(mask) \
	min_t(unsigned int, MAX_NUMNODES, find_first_bit((mask).bits, MAX_NUMNODES))
#define next_node(n, mask) \
	min_t(unsigned int, MAX_NUMNODES, find_next_bit((mask).bits, MAX_NUMNODES, (n) + 1))

#define first_unset_node(mask) \
	min_t(unsigned int, MAX_NUMNODES, find_first_zero_bit((mask).bits, MAX_NUMNODES))
/* The one after @n, or the first again. */
#define next_node_in(n, mask) ({						\
	unsigned int __next = next_node((n), (mask));				\
										\
	__next < MAX_NUMNODES ? __next : first_node(mask);			\
})

#define for_each_node_mask(node, mask) \
	for ((node) = first_node(mask); (node) < MAX_NUMNODES; (node) = next_node((node), (mask)))

#define nr_node_ids		1U
#define nr_online_nodes		1U
#define num_online_nodes()	1
#define num_possible_nodes()	1
#define first_online_node	0
#define first_memory_node	0
#define next_memory_node(nid)	((void)(nid), MAX_NUMNODES)
#define num_node_state(state)	((void)(state), 1)

/** node_set_state - nothing: the set of nodes in any state never changes */
static inline void node_set_state(int node, enum node_states state)
{
	(void)node;
	(void)state;
}

/** node_clear_state - nothing, too */
static inline void node_clear_state(int node, enum node_states state)
{
	(void)node;
	(void)state;
}

#define node_set_online(node)	node_set_state((node), N_ONLINE)
#define node_set_offline(node)	node_clear_state((node), N_ONLINE)

/** node_random - a node of the mask; NUMA_NO_NODE if it is empty */
static inline int node_random(const nodemask_t *maskp)
{
	return nodes_empty(*maskp) ? NUMA_NO_NODE : (int)first_node(*maskp);
}

#define next_online_node(nid)	((void)(nid), MAX_NUMNODES)

/** node_state - is @node in that state? Node 0 is in all of them */
static inline int node_state(int node, enum node_states state)
{
	(void)state;
	return node == 0;
}

#define node_online(node)	node_state((node), N_ONLINE)
#define node_possible(node)	node_state((node), N_POSSIBLE)

#define for_each_node_state(node, state) \
	for ((node) = 0; (node) == 0; (node) = 1)
#define for_each_node(node)		for_each_node_state(node, N_POSSIBLE)
#define for_each_online_node(node)	for_each_node_state(node, N_ONLINE)

#define node_online_map		NODE_MASK_ALL
#define node_possible_map	NODE_MASK_ALL

#define for_each_node_with_cpus(node)	for_each_online_node(node)

#endif /* _LINUX_NODEMASK_H */
