// SPDX-License-Identifier: MIT
/* Maple tree: printing it, and checking that it is one. */

#include "maple.h"

#include <linux/export.h>
#include <linux/printk.h>

#ifdef CONFIG_DEBUG_MAPLE_TREE
atomic_t maple_tree_tests_run;
EXPORT_SYMBOL_GPL(maple_tree_tests_run);
atomic_t maple_tree_tests_passed;
EXPORT_SYMBOL_GPL(maple_tree_tests_passed);
#endif

static void print_range(unsigned long first, unsigned long last, unsigned int depth,
			enum mt_dump_format format)
{
	static const char blanks[] = "                                ";

	pr_info("%.*s", (int)(2 * min(depth, 16U)), blanks);
	if (format == mt_dump_hex)
		pr_cont("%lx-%lx: ", first, last);
	else
		pr_cont("%lu-%lu: ", first, last);
}

static void dump_item(const struct maple_tree *mt, const struct maple_item *item,
		      unsigned int level, unsigned int depth, enum mt_dump_format format)
{
	const struct maple_node *node = item->ptr;
	unsigned int i;

	print_range(item->first, item->last, depth, format);
	if (level) {
		pr_cont("node %px level %u gap %lu\n", node, level - 1, item->gap);
		for (i = 0; i < node->count; i++) {
			struct maple_item below = node_item(mt, node, i);

			dump_item(mt, &below, level - 1, depth + 1, format);
		}
	} else if (xa_is_value(item->ptr)) {
		pr_cont("value %ld (0x%lx) [%px]\n", xa_to_value(item->ptr),
			xa_to_value(item->ptr), item->ptr);
	} else if (xa_is_zero(item->ptr)) {
		pr_cont("zero (%ld)\n", xa_to_internal(item->ptr));
	} else {
		pr_cont("%px\n", item->ptr);
	}
}

/** mt_dump() - print a tree. Context: RCU read lock or the lock */
void mt_dump(const struct maple_tree *mt, enum mt_dump_format format)
{
	struct maple_node *root = mt_root(mt);
	struct maple_item top;

	pr_info("maple_tree(%px) flags %X, height %u root %px\n", mt, mt->ma_flags, mt_height(mt),
		root);
	if (!root)
		return;
	node_summary(mt, root, &top);
	dump_item(mt, &top, root->level + 1, 0, format);
}
EXPORT_SYMBOL_GPL(mt_dump);

/** mas_dump() - print a state */
void mas_dump(const struct ma_state *mas)
{
	static const char * const names[] = {
		[ma_active] = "active", [ma_start] = "start", [ma_root] = "root",
		[ma_none] = "none", [ma_pause] = "pause", [ma_overflow] = "overflow",
		[ma_underflow] = "underflow", [ma_error] = "error",
	};

	pr_info("MAS: tree=%px node=%px %s seq=%u\n", mas->tree, mas->node,
		mas->status <= ma_error ? names[mas->status] : "?", mas->seq);
	pr_info("     [%u/%u] index=%lx last=%lx min=%lx max=%lx depth=%u flags=%x\n",
		mas->offset, mas->end, mas->index, mas->last, mas->min, mas->max, mas->depth,
		mas->mas_flags);
}
EXPORT_SYMBOL_GPL(mas_dump);

/* One rule of README.md. */
#define RULE(holds, what) do {							\
	if (!(holds)) {								\
		pr_err("maple_tree: %s\n", what);				\
		MT_BUG_ON(mt, true);						\
	}									\
} while (0)

static void validate_node(struct maple_tree *mt, struct maple_node *node)
{
	unsigned int i;

	RULE(node->count && node->count <= node_capacity(node->level), "count of a node");
	for (i = 0; i < node->count; i++) {
		RULE(node->leaf.first[i] <= node_last(node, i), "an empty range");
		if (i)
			RULE(node->leaf.first[i] > node_last(node, i - 1), "ranges overlap");
		if (node->level) {
			struct maple_node *child = node_child(mt, node, i);
			struct maple_item below;

			RULE(child->level + 1 == node->level, "leaves at different depths");
			validate_node(mt, child);
			node_summary(mt, child, &below);
			RULE(below.first == node->leaf.first[i], "first index of a child");
			RULE(below.last == node_last(node, i), "last index of a child");
			RULE(below.gap == node->inner.gap[i], "gap of a child");
		} else {
			RULE(node_entry(mt, node, i), "an entry that is NULL");
		}
	}
}

/** mt_validate() - check every rule of a tree, report what is broken. Context: the lock held */
void mt_validate(struct maple_tree *mt)
{
	struct maple_node *root;

	rcu_read_lock();
	root = mt_root(mt);
	if (root) {
		validate_node(mt, root);
		RULE(!root->level || root->count > 1, "a root with one child");
	}
	rcu_read_unlock();
}
EXPORT_SYMBOL_GPL(mt_validate);
