// SPDX-License-Identifier: MIT
/*
 * Maple tree: storing.
 *
 * A store replaces all that lies in first..last, so it cuts the tree along two paths, that to
 * @first (left) and that to @last (right), drops what is between and sews the edges together, from
 * the leaves up:
 *
 *	level 1		[ a  L  x | x  R  b ]		children between L and R are dropped
 *	level 0		L: 1 2 3(4)   R:(7) 8 9		3 and 8 stay, trimmed if they overlap
 *
 *	new leaf items:	 1 2 3 + new + 8 9  --> 0 to 3 new leaves  (the seam)
 *	level 1 items:	 a + new leaves + b --> 0 to 3 new nodes, and so on
 *
 * If the seam has too few items for a node, the neighbour of L or R is taken in too.
 *
 *	S1  The old nodes are not changed; the new ones become visible by one store: of the root, or
 *	    of a child pointer, as soon as a level needs one new node for one old and its ends are
 *	    where they were. Readers under RCU see the old tree or the new one.
 *	S2  How many nodes that takes is known from the counts alone (plan()), so all are got before
 *	    anything happens, and a store that lacks memory has done nothing.
 *	S3  A tree without readers under RCU may be changed in place: a leaf that keeps a fair count
 *	    needs no new node at all.
 *	S4  The same range with another entry is one store into a slot, with readers or without.
 *	S5  A range behind the last one of a leaf with room is appended to it, with readers or
 *	    without: they look at no item that the leaf's count doesn't cover, and the count comes
 *	    last. What parents know of the leaf's end follows: where its neighbour's free range
 *	    begins.
 *
 * The gaps that parents know are read by writers only, and so may be corrected in place.
 */

#include "maple.h"

#include <linux/export.h>
#include <linux/math.h>
#include <linux/slab.h>

struct path {
	struct maple_node *node[MAX_LEVELS];
	int slot[MAX_LEVELS];		/* child taken; in the leaf, as node_search() says */
};

struct splice {
	struct ma_state *mas;
	struct maple_tree *mt;
	unsigned int levels;
	struct path left, right;
	bool widen_left[MAX_LEVELS];	/* the seam of that level takes in the left neighbour */
	bool widen_right[MAX_LEVELS];
	unsigned int n;
	struct maple_item items[3 * LEAF_ENTRIES + 2];
};

void mas_set_err(struct ma_state *mas, long err)
{
	mas->node = MA_ERROR(err);
	mas->status = ma_error;
}

/* ---- nodes in reserve ---- */

static void put_aside(struct ma_state *mas, struct maple_node *node)
{
	node->next = mas->alloc;
	mas->alloc = node;
}

static struct maple_node *take(struct ma_state *mas)
{
	struct maple_node *node = mas->alloc;

	mas->alloc = node->next;
	return node;
}

static bool reserve(struct ma_state *mas, unsigned long want, gfp_t gfp)
{
	struct maple_node *node;

	for (node = mas->alloc; node && want; node = node->next)
		want--;
	for (; want; want--) {
		node = node_alloc(gfp);
		if (!node)
			return false;
		put_aside(mas, node);
	}
	return true;
}

static void give_reserve_back(struct ma_state *mas)
{
	while (mas->alloc)
		node_free(take(mas));
}

/**
 * mas_destroy() - give back the memory that a state keeps
 *
 * After mas_preallocate() without a store, after mas_expected_entries(), after giving up on
 * -ENOMEM.
 */
void mas_destroy(struct ma_state *mas)
{
	give_reserve_back(mas);
	mas->mas_flags = 0;
	if (!mas_is_err(mas))
		mas->node = NULL;
}
EXPORT_SYMBOL_GPL(mas_destroy);

/**
 * mas_nomem() - after a store: get memory if that is what it lacked
 * @mas: the state
 * @gfp: how; if it may sleep, ma_lock is dropped meanwhile, and the tree may have changed
 *
 * Context: the lock held. Return: true if there is memory now: set the range again and retry.
 */
bool mas_nomem(struct ma_state *mas, gfp_t gfp)
{
	bool unlock = gfpflags_allow_blocking(gfp) && !mt_external_lock(mas->tree);
	bool enough;

	if (mas->node != MA_ERROR(-ENOMEM))
		return false;
	if (unlock)
		mtree_unlock(mas->tree);
	enough = reserve(mas, mas->want, gfp);
	if (!enough)
		give_reserve_back(mas);
	if (unlock)
		mtree_lock(mas->tree);
	if (enough)
		mas_reset(mas);
	return enough;
}
EXPORT_SYMBOL_GPL(mas_nomem);

/* ---- the seam ---- */

/* Returns the last index for which the path is the same. */
static unsigned long find_path(struct splice *sp, struct path *path, unsigned long index)
{
	struct maple_node *node = mt_root_locked(sp->mt);
	unsigned long limit = ULONG_MAX;
	int slot;

	while (node) {
		slot = node_search(node, node->count, index);
		path->node[node->level] = node;
		if (!node->level) {
			path->slot[0] = slot;
			break;
		}
		slot = max(slot, 0);
		path->slot[node->level] = slot;
		if (slot + 1 < node->count)
			limit = node->inner.first[slot + 1] - 1;
		node = node_child(sp->mt, node, slot);
	}
	return limit;
}

static void add_item(struct splice *sp, unsigned long first, unsigned long last, void *ptr)
{
	sp->items[sp->n++] = (struct maple_item) { .first = first, .last = last, .ptr = ptr };
}

static void add_from(struct splice *sp, struct maple_node *node, int from, int to)
{
	for (; from < to; from++)
		sp->items[sp->n++] = node_item(sp->mt, node, from);
}

/* Both paths. */
static void find_paths(struct splice *sp, unsigned long first, unsigned long last)
{
	struct maple_node *root = mt_root_locked(sp->mt);
	int i;

	sp->levels = root ? root->level + 1 : 0;
	if (!root)
		return;
	if (last > find_path(sp, &sp->left, first)) {
		find_path(sp, &sp->right, last);
	} else {
		for (i = 0; i < sp->levels; i++) {
			sp->right.node[i] = sp->left.node[i];
			sp->right.slot[i] = sp->left.slot[i];
		}
		sp->right.slot[0] = node_search(sp->right.node[0], sp->right.node[0]->count, last);
	}
}

/* The leaf items of the seam. */
static void cut(struct splice *sp, unsigned long first, unsigned long last, void *entry)
{
	struct maple_node *leaf;
	int i;

	sp->n = 0;
	if (!sp->levels) {
		if (entry)
			add_item(sp, first, last, entry);
		return;
	}
	leaf = sp->left.node[0];
	i = sp->left.slot[0];
	if (i >= 0 && leaf->leaf.first[i] == first)
		i--;
	if (i >= 0) {
		add_from(sp, leaf, 0, i + 1);
		if (sp->items[i].last >= first)
			sp->items[i].last = first - 1;
	}
	if (entry)
		add_item(sp, first, last, entry);

	leaf = sp->right.node[0];
	i = sp->right.slot[0];
	if (i >= 0 && leaf->leaf.last[i] > last)
		add_item(sp, last + 1, leaf->leaf.last[i], node_entry(sp->mt, leaf, i));
	add_from(sp, leaf, i + 1, leaf->count);
}

/* One new node for one old, the ends where readers, if there are any, expect them: S1. */
static bool fits_in_place(struct splice *sp, unsigned int level, unsigned long first,
			  unsigned long last)
{
	struct maple_node *parent;
	int slot;

	if (level + 1 >= sp->levels || sp->left.node[level] != sp->right.node[level] ||
	    sp->widen_left[level] || sp->widen_right[level])
		return false;
	parent = sp->left.node[level + 1];
	slot = sp->left.slot[level + 1];
	return !mt_in_rcu(sp->mt) ||
		(parent->inner.first[slot] == first && parent->inner.last[slot] == last);
}

/* How many items of the next level stay beside the new nodes. */
static unsigned int kept_left(struct splice *sp, unsigned int level)
{
	return sp->left.slot[level + 1] - sp->widen_left[level];
}

static unsigned int kept_right(struct splice *sp, unsigned int level)
{
	return sp->right.node[level + 1]->count - 1 - sp->right.slot[level + 1] -
		sp->widen_right[level];
}

/*
 * Too few items for a node: take in a neighbour, if there is one. Returns how many there are then.
 */
static unsigned int widen(struct splice *sp, unsigned int level, unsigned int n)
{
	struct maple_node *parent;
	int slot;

	sp->widen_left[level] = false;
	sp->widen_right[level] = false;
	if (!n || n >= node_least(level) || level + 1 >= sp->levels)
		return n;

	parent = sp->left.node[level + 1];
	slot = sp->left.slot[level + 1];
	if (slot > 0) {
		sp->widen_left[level] = true;
		return n + node_child(sp->mt, parent, slot - 1)->count;
	}
	parent = sp->right.node[level + 1];
	slot = sp->right.slot[level + 1];
	if (slot + 1 < parent->count) {
		sp->widen_right[level] = true;
		return n + node_child(sp->mt, parent, slot + 1)->count;
	}
	return n;
}

/* S2: how many nodes the seam takes, at most. */
static unsigned int plan(struct splice *sp)
{
	unsigned int n = sp->n, total = 0, nodes = n ? 1 : 0, level;

	for (level = 0; level < sp->levels; level++) {
		n = widen(sp, level, n);
		nodes = DIV_ROUND_UP(n, node_capacity(level));
		total += nodes;
		if (level == 0 && nodes == 1 &&
		    fits_in_place(sp, 0, sp->items[0].first, sp->items[sp->n - 1].last))
			return total;
		if (level + 1 < sp->levels)
			n = kept_left(sp, level) + nodes + kept_right(sp, level);
	}
	if (!sp->levels)
		total = nodes;
	if (nodes > 1)
		total++;		/* a root above */
	return total;
}

/* Put the items into nodes; the nodes become the items. */
static unsigned int pack(struct splice *sp, unsigned int level)
{
	unsigned int nodes = DIV_ROUND_UP(sp->n, node_capacity(level)), i, done = 0;
	bool bulk = sp->mas->mas_flags & MA_STATE_BULK;

	for (i = 0; i < nodes; i++) {
		unsigned int rest = sp->n - done;
		/* What comes in ascending order fills its nodes; else leave room in all. */
		unsigned int n = bulk ? min(rest, node_capacity(level)) : rest / (nodes - i);
		struct maple_node *node = take(sp->mas);

		node_fill(node, level, &sp->items[done], n);
		done += n;
		node_summary(sp->mt, node, &sp->items[i]);	/* i < done: already read */
	}
	sp->n = nodes;
	return nodes;
}

/* The neighbours' items that widen() decided on. */
static void take_in_neighbours(struct splice *sp, unsigned int level)
{
	struct maple_node *node;

	if (sp->widen_left[level]) {
		node = node_child(sp->mt, sp->left.node[level + 1], sp->left.slot[level + 1] - 1);
		memmove(&sp->items[node->count], sp->items, sp->n * sizeof(sp->items[0]));
		sp->n += node->count;
		for (int i = 0; i < node->count; i++)
			sp->items[i] = node_item(sp->mt, node, i);
	}
	if (sp->widen_right[level]) {
		node = node_child(sp->mt, sp->right.node[level + 1], sp->right.slot[level + 1] + 1);
		add_from(sp, node, 0, node->count);
	}
}

/* The items are the new nodes of @level: add what stays beside them. */
static void go_up(struct splice *sp, unsigned int level)
{
	unsigned int left = kept_left(sp, level), right = kept_right(sp, level);
	struct maple_node *parent = sp->right.node[level + 1];

	memmove(&sp->items[left], sp->items, sp->n * sizeof(sp->items[0]));
	for (unsigned int i = 0; i < left; i++)
		sp->items[i] = node_item(sp->mt, sp->left.node[level + 1], i);
	sp->n += left;
	add_from(sp, parent, parent->count - right, parent->count);
}

/* ---- publishing ---- */

static void shape_changed(struct maple_tree *mt)
{
	/* After the new nodes, before the old ones are freed: see walk.c. */
	smp_store_release(&mt->ma_seq, mt->ma_seq + 1);
}

/* Parents above @level learn what changed in the child on the left path. */
static void correct_parents(struct splice *sp, unsigned int level)
{
	for (level++; level < sp->levels; level++) {
		struct maple_node *parent = sp->left.node[level];
		int slot = sp->left.slot[level];
		struct maple_item now;

		node_summary(sp->mt, node_child(sp->mt, parent, slot), &now);
		if (parent->inner.first[slot] == now.first &&
		    parent->inner.last[slot] == now.last && parent->inner.gap[slot] == now.gap)
			return;
		/* With readers under RCU the gap alone differs here, or by S5 the end. */
		WRITE_ONCE(parent->inner.last[slot], now.last);
		if (parent->inner.first[slot] != now.first)
			parent->inner.first[slot] = now.first;
		parent->inner.gap[slot] = now.gap;
	}
}

static void retire(struct splice *sp, struct maple_node *node)
{
	if ((sp->mas->mas_flags & MA_STATE_BULK) && !mt_in_rcu(sp->mt))
		put_aside(sp->mas, node);
	else
		node_retire(sp->mt, node);
}

static void retire_children(struct splice *sp, struct maple_node *node, int from, int to)
{
	for (; from < to; from++)
		subtree_retire(sp->mt, node_child(sp->mt, node, from));
}

/* All that the new nodes of levels 0 to @top replace. */
static void retire_old(struct splice *sp, unsigned int top)
{
	unsigned int level;

	for (level = 0; level <= top && level < sp->levels; level++) {
		struct maple_node *left = sp->left.node[level], *right = sp->right.node[level];
		int ls = sp->left.slot[level], rs = sp->right.slot[level];

		if (level) {
			if (sp->widen_left[level - 1])
				retire(sp, node_child(sp->mt, left, ls - 1));
			if (sp->widen_right[level - 1])
				retire(sp, node_child(sp->mt, right, rs + 1));
			if (left == right) {
				retire_children(sp, left, ls + 1, rs);
			} else {
				retire_children(sp, left, ls + 1, left->count);
				retire_children(sp, right, 0, rs);
			}
		}
		retire(sp, left);
		if (right != left)
			retire(sp, right);
	}
}

static void publish_root(struct splice *sp, struct maple_node *root)
{
	rcu_assign_pointer(sp->mt->ma_root, root);
	shape_changed(sp->mt);
	if (sp->levels)
		retire_old(sp, sp->levels - 1);
	/* A root with one child is one too many. */
	while (root && root->level && root->count == 1) {
		struct maple_node *child = node_child(sp->mt, root, 0);

		rcu_assign_pointer(sp->mt->ma_root, child);
		shape_changed(sp->mt);
		retire(sp, root);
		root = child;
	}
}

/* The nodes are there: nothing fails from here on. */
static void sew(struct splice *sp)
{
	unsigned int level = 0;

	if (!sp->n && !sp->levels)
		return;
	for (;; level++) {
		if (level < sp->levels)
			take_in_neighbours(sp, level);
		if (sp->n && pack(sp, level) == 1 && level < sp->levels &&
		    fits_in_place(sp, level, sp->items[0].first, sp->items[0].last)) {
			struct maple_node *parent = sp->left.node[level + 1];

			rcu_assign_pointer(parent->inner.child[sp->left.slot[level + 1]],
					   sp->items[0].ptr);
			correct_parents(sp, level);
			shape_changed(sp->mt);
			retire_old(sp, level);
			return;
		}
		if (level + 1 >= sp->levels && sp->n <= 1) {
			publish_root(sp, sp->n ? sp->items[0].ptr : NULL);
			return;
		}
		if (level + 1 < sp->levels)
			go_up(sp, level);
	}
}

/* S3: the leaf itself takes the items, if it may. */
static bool change_in_place(struct splice *sp)
{
	struct maple_node *leaf = sp->left.node[0];

	if (mt_in_rcu(sp->mt) || !sp->levels || leaf != sp->right.node[0] ||
	    !sp->n || sp->n > LEAF_ENTRIES || (sp->n < node_least(0) && sp->levels > 1))
		return false;
	node_fill(leaf, 0, sp->items, sp->n);
	correct_parents(sp, 0);
	shape_changed(sp->mt);
	return true;
}

/* S5. */
static bool append(struct splice *sp, unsigned long first, unsigned long last, void *entry)
{
	struct maple_node *leaf = sp->left.node[0];
	int end;

	if (!sp->levels || !entry || leaf != sp->right.node[0])
		return false;
	end = leaf->count;
	if (end == LEAF_ENTRIES || sp->left.slot[0] != end - 1 || leaf->leaf.last[end - 1] >= first)
		return false;
	leaf->leaf.first[end] = first;
	leaf->leaf.last[end] = last;
	RCU_INIT_POINTER(leaf->leaf.slot[end], entry);
	/* The item, and what the entry points to, before the count: pairs with node_count(). */
	smp_store_release(&leaf->count, end + 1);
	correct_parents(sp, 0);
	shape_changed(sp->mt);
	return true;
}

/* S4, and a store that changes nothing. */
static bool store_is_simple(struct splice *sp, unsigned long first, unsigned long last, void *entry)
{
	struct maple_node *leaf = sp->left.node[0];
	int i = sp->left.slot[0];

	if (!sp->levels)
		return !entry;
	if (leaf != sp->right.node[0] || i != sp->right.slot[0])
		return false;
	if (entry) {
		if (i < 0 || leaf->leaf.first[i] != first || leaf->leaf.last[i] != last)
			return false;
		rcu_assign_pointer(leaf->leaf.slot[i], entry);
		return true;
	}
	return i < 0 || leaf->leaf.last[i] < first;
}

/* The first entry that is there now; both ways may end at one before the range: then it is free. */
static void *first_entry(struct splice *sp, unsigned long first, unsigned long last)
{
	struct maple_node *leaf = sp->left.node[0];
	int i = sp->left.slot[0];
	MA_STATE(mas, sp->mt, first, first);

	if (!sp->levels)
		return NULL;
	if (i >= 0 && leaf->leaf.last[i] >= first)
		return node_entry(sp->mt, leaf, i);
	if (leaf == sp->right.node[0] && i == sp->right.slot[0])
		return NULL;
	return mas_find(&mas, last);
}

/* All other stores. False: no memory. */
static bool rebuild(struct splice *sp, unsigned long first, unsigned long last, void *entry,
		    gfp_t gfp)
{
	cut(sp, first, last, entry);
	if (change_in_place(sp))
		return true;
	sp->mas->want = plan(sp);
	if (!reserve(sp->mas, sp->mas->want, gfp))
		return false;
	sew(sp);
	return true;
}

/*
 * Store @entry at the state's range, with nodes from the reserve, then by @gfp.
 * Returns the first entry that was in the range. Errors are in the state.
 */
void *mas_put(struct ma_state *mas, void *entry, gfp_t gfp)
{
	unsigned long first = mas->index, last = mas->last;
	struct splice splice;
	void *old;

	if (mas_is_err(mas))
		return NULL;
	if (WARN_ON_ONCE(first > last)) {
		mas_set_err(mas, -EINVAL);
		return NULL;
	}
	splice.mas = mas;
	splice.mt = mas->tree;
	find_paths(&splice, first, last);
	old = first_entry(&splice, first, last);
	if (!store_is_simple(&splice, first, last, entry) &&
	    !append(&splice, first, last, entry) &&
	    !rebuild(&splice, first, last, entry, gfp)) {
		mas_set_err(mas, -ENOMEM);
		return NULL;
	}
	if (!(mas->mas_flags & MA_STATE_BULK))
		give_reserve_back(mas);
	mas->status = ma_active;
	if (!entry)
		mas_range_at(mas, first);	/* joins the free ranges beside it */
	return old;
}

/* ---- the interface ---- */

/**
 * mas_store() - store an entry at the state's range
 * @mas: the state
 * @entry: what to store at all of index..last; NULL erases, and index..last become the free range
 *
 * Ranges that overlap are cut. Context: the lock held. Doesn't sleep: see mas_nomem().
 * Return: the first entry that was in the range, NULL if there was none. Errors are in the state:
 * -ENOMEM, -EINVAL.
 */
void *mas_store(struct ma_state *mas, void *entry)
{
	return mas_put(mas, entry, GFP_NOWAIT | __GFP_NOWARN);
}
EXPORT_SYMBOL_GPL(mas_store);

/**
 * mas_store_gfp() - mas_store() that gets its memory
 *
 * Context: the lock held; ma_lock is dropped and retaken if @gfp may sleep and memory is short.
 * Return: 0, -EINVAL, -ENOMEM.
 */
int mas_store_gfp(struct ma_state *mas, void *entry, gfp_t gfp)
{
	unsigned long first = mas->index, last = mas->last;
	int ret = 0;

	do {
		mas->index = first;
		mas->last = last;
		mas_store(mas, entry);
	} while (mas_nomem(mas, gfp));

	if (mas_is_err(mas)) {
		ret = xa_err(mas->node);
		mas_reset(mas);
	}
	return ret;
}
EXPORT_SYMBOL_GPL(mas_store_gfp);

/**
 * mas_preallocate() - get the memory for a mas_store_prealloc()
 * @mas: state with the range
 * @entry: what is going to be stored
 * @gfp: how; sleeps with the lock held, if it may sleep
 *
 * Nobody may change the tree until the store. Without one, call mas_destroy().
 * Return: 0, -ENOMEM.
 */
int mas_preallocate(struct ma_state *mas, void *entry, gfp_t gfp)
{
	struct splice splice;
	bool enough;

	splice.mas = mas;
	splice.mt = mas->tree;
	find_paths(&splice, mas->index, mas->last);
	cut(&splice, mas->index, mas->last, entry);
	enough = reserve(mas, plan(&splice), gfp);
	if (!enough) {
		give_reserve_back(mas);
		mas_reset(mas);
		return -ENOMEM;
	}
	mas->mas_flags |= MA_STATE_PREALLOC;
	return 0;
}
EXPORT_SYMBOL_GPL(mas_preallocate);

/** mas_store_prealloc() - mas_store() with the memory of mas_preallocate(): doesn't fail */
void mas_store_prealloc(struct ma_state *mas, void *entry)
{
	mas_put(mas, entry, GFP_NOWAIT | __GFP_NOWARN);
	WARN_ON_ONCE(mas_is_err(mas));
	give_reserve_back(mas);
	mas->mas_flags &= ~MA_STATE_PREALLOC;
}
EXPORT_SYMBOL_GPL(mas_store_prealloc);

/**
 * mas_expected_entries() - get the memory for @nr_entries stores, in ascending order
 * @mas: state of a tree without readers under RCU
 * @nr_entries: how many entries there are going to be, free ranges between them not counted
 *
 * Up to mas_destroy(), mas_store() then needs no more. Return: 0, -ENOMEM.
 */
int mas_expected_entries(struct ma_state *mas, unsigned long nr_entries)
{
	unsigned long want = 3 * MAX_LEVELS, level;

	for (level = 0; nr_entries > 1 && level < MAX_LEVELS; level++) {
		nr_entries = DIV_ROUND_UP(nr_entries, node_capacity(level) / 2);
		want += nr_entries;
	}
	mas->mas_flags |= MA_STATE_BULK;
	if (reserve(mas, want, GFP_KERNEL))
		return 0;
	mas_destroy(mas);
	return -ENOMEM;
}
EXPORT_SYMBOL_GPL(mas_expected_entries);

/**
 * mas_erase() - erase the entry at the state's index, its whole range
 *
 * index and last become that range. Context: the lock held; ma_lock is dropped and retaken if
 * memory is short. Return: the entry, NULL if there was none, or no memory.
 */
void *mas_erase(struct ma_state *mas)
{
	unsigned long index = mas->index, first, last;
	void *entry;

	do {
		mas->index = index;
		entry = mas_walk(mas);
		if (!entry)
			return NULL;
		first = mas->index;
		last = mas->last;
		mas_store(mas, NULL);
	} while (mas_nomem(mas, GFP_KERNEL));

	if (mas_is_err(mas))
		return NULL;
	mas->index = first;
	mas->last = last;
	return entry;
}
EXPORT_SYMBOL_GPL(mas_erase);
