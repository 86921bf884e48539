// SPDX-License-Identifier: MIT
/* Lists of objects that a cache could give up. See <linux/list_lru.h>. */

#include <linux/list_lru.h>

#include <linux/bug.h>
#include <linux/errno.h>
#include <linux/export.h>
#include <linux/mm.h>
#include <linux/slab.h>

/**
 * __list_lru_init() - the function under list_lru_init()
 * @lru: the lists, one for each node
 * @memcg_aware: ignored, there are no memory groups
 * @key: the class of their locks
 * @shrinker: ignored
 *
 * Context: may sleep.
 * Return: 0, or -ENOMEM.
 */
int __list_lru_init(struct list_lru *lru, bool memcg_aware, struct lock_class_key *key,
		    struct shrinker *shrinker)
{
	int nid;

	(void)memcg_aware;
	(void)shrinker;
	lru->node = kcalloc(nr_node_ids, sizeof(*lru->node), GFP_KERNEL);
	if (!lru->node)
		return -ENOMEM;
	for (nid = 0; nid < (int)nr_node_ids; nid++) {
		spin_lock_init(&lru->node[nid].lock);
		lockdep_set_class(&lru->node[nid].lock, key);
		INIT_LIST_HEAD(&lru->node[nid].lru.list);
	}
	return 0;
}
EXPORT_SYMBOL(__list_lru_init);

/**
 * list_lru_destroy() - free the lists; again is fine
 * @lru: empty lists
 */
void list_lru_destroy(struct list_lru *lru)
{
	kfree(lru->node);
	lru->node = NULL;
}
EXPORT_SYMBOL(list_lru_destroy);

/**
 * list_lru_add() - put an object at the end of its list
 * @lru: the lists
 * @item: the object's link
 * @nid: node that the object's memory is of
 * @memcg: NULL
 *
 * Context: any in which the lists' lock may be taken.
 * Return: true; false if it was on a list already.
 */
bool list_lru_add(struct list_lru *lru, struct list_head *item, int nid,
		  struct mem_cgroup *memcg)
{
	struct list_lru_node *node = &lru->node[nid];
	bool added;

	(void)memcg;
	spin_lock(&node->lock);
	added = list_empty(item);
	if (added) {
		list_add_tail(item, &node->lru.list);
		node->lru.nr_items++;
	}
	spin_unlock(&node->lock);
	return added;
}
EXPORT_SYMBOL(list_lru_add);

/**
 * list_lru_del() - take an object off its list
 * @lru: the lists
 * @item: in the object
 * @nid: the node whose list it is on
 * @memcg: NULL
 *
 * Context: doesn't sleep; takes the node's lock.
 * Return: false if it was on none.
 */
bool list_lru_del(struct list_lru *lru, struct list_head *item, int nid,
		  struct mem_cgroup *memcg)
{
	struct list_lru_node *node = &lru->node[nid];
	bool removed;

	(void)memcg;
	spin_lock(&node->lock);
	removed = !list_empty(item);
	if (removed)
		list_lru_isolate(&node->lru, item);
	spin_unlock(&node->lock);
	return removed;
}
EXPORT_SYMBOL(list_lru_del);

static int item_nid(struct list_head *item)
{
	return page_to_nid(virt_to_page(item));
}

/**
 * list_lru_add_obj() - list_lru_add() for an object of slab memory, whose node is looked up
 * @lru: the lists
 * @item: in the object
 *
 * Context: doesn't sleep; takes the node's lock.
 * Return: false if it was on one already.
 */
bool list_lru_add_obj(struct list_lru *lru, struct list_head *item)
{
	return list_lru_add(lru, item, item_nid(item), NULL);
}
EXPORT_SYMBOL(list_lru_add_obj);

/**
 * list_lru_del_obj() - list_lru_del() for an object of slab memory, whose node is looked up
 * @lru: the lists
 * @item: in the object
 *
 * Context: doesn't sleep; takes the node's lock.
 * Return: false if it was on none.
 */
bool list_lru_del_obj(struct list_lru *lru, struct list_head *item)
{
	return list_lru_del(lru, item, item_nid(item), NULL);
}
EXPORT_SYMBOL(list_lru_del_obj);

/**
 * list_lru_isolate() - in a walk's callback: take the object off
 * @list: as the callback got it
 * @item: likewise
 */
void list_lru_isolate(struct list_lru_one *list, struct list_head *item)
{
	list_del_init(item);
	WRITE_ONCE(list->nr_items, list->nr_items - 1);
}
EXPORT_SYMBOL(list_lru_isolate);

/**
 * list_lru_isolate_move() - in a walk's callback: move the object to a list of the caller's
 * @list: as the callback got it
 * @item: likewise
 * @head: that list
 */
void list_lru_isolate_move(struct list_lru_one *list, struct list_head *item,
			   struct list_head *head)
{
	list_move(item, head);
	WRITE_ONCE(list->nr_items, list->nr_items - 1);
}
EXPORT_SYMBOL(list_lru_isolate_move);

/**
 * list_lru_count_one() - how many objects a node's list has; of a memory group, if there were any
 * @lru: the lists
 * @nid: the node
 * @memcg: NULL
 */
unsigned long list_lru_count_one(struct list_lru *lru, int nid, struct mem_cgroup *memcg)
{
	(void)memcg;
	return list_lru_count_node(lru, nid);
}
EXPORT_SYMBOL(list_lru_count_one);

/**
 * list_lru_count_node() - how many objects a node's list has, read without the lock
 * @lru: the lists
 * @nid: the node
 */
unsigned long list_lru_count_node(struct list_lru *lru, int nid)
{
	return READ_ONCE(lru->node[nid].lru.nr_items);
}
EXPORT_SYMBOL(list_lru_count_node);

/* The walk, the node's lock held. Each visit, also a repeated one, takes one off *@nr_to_walk. */
static unsigned long walk_locked(struct list_lru_node *node, list_lru_walk_cb isolate,
				 void *cb_arg, unsigned long *nr_to_walk)
{
	struct list_head *item, *next;
	unsigned long isolated = 0;

restart:
	list_for_each_safe(item, next, &node->lru.list) {
		if (!*nr_to_walk)
			break;
		--*nr_to_walk;
		switch (isolate(item, &node->lru, &node->lock, cb_arg)) {
		case LRU_REMOVED:
			isolated++;
			break;
		case LRU_REMOVED_RETRY:
			isolated++;
			goto restart;	/* @next may have gone while the lock was not held */
		case LRU_ROTATE:
			list_move_tail(item, &node->lru.list);
			break;
		case LRU_SKIP:
			break;
		case LRU_RETRY:
			goto restart;
		case LRU_STOP:
			return isolated;
		}
	}
	return isolated;
}

/**
 * list_lru_walk_one() - walk a node's list from its oldest object on
 * @lru: the lists
 * @nid: the node
 * @memcg: NULL
 * @isolate: called with each object and the lock held; see the top of the header
 * @cb_arg: passed on
 * @nr_to_walk: most visits; afterwards those that are left
 *
 * Return: objects that were removed.
 */
unsigned long list_lru_walk_one(struct list_lru *lru, int nid, struct mem_cgroup *memcg,
				list_lru_walk_cb isolate, void *cb_arg, unsigned long *nr_to_walk)
{
	struct list_lru_node *node = &lru->node[nid];
	unsigned long isolated;

	(void)memcg;
	spin_lock(&node->lock);
	isolated = walk_locked(node, isolate, cb_arg, nr_to_walk);
	spin_unlock(&node->lock);
	return isolated;
}
EXPORT_SYMBOL(list_lru_walk_one);

/**
 * list_lru_walk_one_irq() - list_lru_walk_one() for lists that interrupt handlers use too
 * @lru: the lists
 * @nid: the node
 * @memcg: NULL
 * @isolate: called with each object and the lock held
 * @cb_arg: passed on
 * @nr_to_walk: most visits; afterwards those that are left
 *
 * Context: interrupts on.
 * Return: objects that were removed.
 */
unsigned long list_lru_walk_one_irq(struct list_lru *lru, int nid, struct mem_cgroup *memcg,
				    list_lru_walk_cb isolate, void *cb_arg,
				    unsigned long *nr_to_walk)
{
	struct list_lru_node *node = &lru->node[nid];
	unsigned long isolated;

	(void)memcg;
	spin_lock_irq(&node->lock);
	isolated = walk_locked(node, isolate, cb_arg, nr_to_walk);
	spin_unlock_irq(&node->lock);
	return isolated;
}
EXPORT_SYMBOL(list_lru_walk_one_irq);

/**
 * list_lru_walk_node() - list_lru_walk_one() without a memory group
 * @lru: the lists
 * @nid: the node
 * @isolate: called with each object and the lock held
 * @cb_arg: passed on
 * @nr_to_walk: most visits; afterwards those that are left
 *
 * Return: objects that were removed.
 */
unsigned long list_lru_walk_node(struct list_lru *lru, int nid, list_lru_walk_cb isolate,
				 void *cb_arg, unsigned long *nr_to_walk)
{
	return list_lru_walk_one(lru, nid, NULL, isolate, cb_arg, nr_to_walk);
}
EXPORT_SYMBOL(list_lru_walk_node);
