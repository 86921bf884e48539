/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_LIST_LRU_H
#define _LINUX_LIST_LRU_H

/*
 * Lists of objects that a cache could give up, least recently used first: what a shrinker counts
 * and walks. One list per memory node, each with a lock of its own; this kernel has one node and no
 * memory control groups, so those parameters choose nothing.
 *
 * An object is on a list or its list_head is empty (INIT_LIST_HEAD). list_lru_add() and
 * list_lru_del() may be called at any time and say whether they changed anything.
 *
 * The walk calls back with the list locked. What the callback returns says what became of the
 * object:
 *
 *	LRU_REMOVED		taken off, by list_lru_isolate() or _move()
 *	LRU_REMOVED_RETRY	likewise, and the lock was dropped meanwhile and taken again
 *	LRU_ROTATE		goes to the end of the list
 *	LRU_SKIP		stays where it is
 *	LRU_RETRY		the lock was dropped and taken again: begin anew
 *	LRU_STOP		stays, and the walk ends
 */

#include <linux/list.h>
#include <linux/nodemask.h>
#include <linux/shrinker.h>
#include <linux/spinlock.h>

struct mem_cgroup;

enum lru_status {
	LRU_REMOVED,
	LRU_REMOVED_RETRY,
	LRU_ROTATE,
	LRU_SKIP,
	LRU_RETRY,
	LRU_STOP,
};

struct list_lru_one {
	struct list_head list;
	long nr_items;
};

struct list_lru_node {
	spinlock_t lock;		/* guards @lru */
	struct list_lru_one lru;
} ____cacheline_aligned_in_smp;

struct list_lru {
	struct list_lru_node *node;	/* one per memory node */
};

typedef enum lru_status (*list_lru_walk_cb)(struct list_head *item, struct list_lru_one *list,
					    spinlock_t *lock, void *cb_arg);

int __list_lru_init(struct list_lru *lru, bool memcg_aware, struct lock_class_key *key,
		    struct shrinker *shrinker);
void list_lru_destroy(struct list_lru *lru);

#define list_lru_init(lru)						\
({									\
	static struct lock_class_key __key;				\
									\
	__list_lru_init((lru), false, &__key, NULL);			\
})
#define list_lru_init_memcg(lru, shrinker)				\
({									\
	static struct lock_class_key __key;				\
									\
	__list_lru_init((lru), true, &__key, (shrinker));		\
})

bool list_lru_add(struct list_lru *lru, struct list_head *item, int nid,
		  struct mem_cgroup *memcg);
bool list_lru_add_obj(struct list_lru *lru, struct list_head *item);
bool list_lru_del(struct list_lru *lru, struct list_head *item, int nid,
		  struct mem_cgroup *memcg);
bool list_lru_del_obj(struct list_lru *lru, struct list_head *item);
unsigned long list_lru_count_one(struct list_lru *lru, int nid, struct mem_cgroup *memcg);
unsigned long list_lru_count_node(struct list_lru *lru, int nid);

/** list_lru_shrink_count - objects on the list that a shrinker is asked about */
static inline unsigned long list_lru_shrink_count(struct list_lru *lru, struct shrink_control *sc)
{
	return list_lru_count_one(lru, sc->nid, sc->memcg);
}

/** list_lru_count - objects on all lists; may be out of date at once */
static inline unsigned long list_lru_count(struct list_lru *lru)
{
	unsigned long count = 0;
	int nid;

	for_each_node_state(nid, N_NORMAL_MEMORY)
		count += list_lru_count_node(lru, nid);
	return count;
}

void list_lru_isolate(struct list_lru_one *list, struct list_head *item);
void list_lru_isolate_move(struct list_lru_one *list, struct list_head *item,
			   struct list_head *head);

unsigned long list_lru_walk_one(struct list_lru *lru, int nid, struct mem_cgroup *memcg,
				list_lru_walk_cb isolate, void *cb_arg,
				unsigned long *nr_to_walk);
unsigned long list_lru_walk_one_irq(struct list_lru *lru, int nid, struct mem_cgroup *memcg,
				    list_lru_walk_cb isolate, void *cb_arg,
				    unsigned long *nr_to_walk);
unsigned long list_lru_walk_node(struct list_lru *lru, int nid, list_lru_walk_cb isolate,
				 void *cb_arg, unsigned long *nr_to_walk);

/** list_lru_shrink_walk - list_lru_walk_one() as far as a shrinker's request says */
static inline unsigned long list_lru_shrink_walk(struct list_lru *lru, struct shrink_control *sc,
						 list_lru_walk_cb isolate, void *cb_arg)
{
	return list_lru_walk_one(lru, sc->nid, sc->memcg, isolate, cb_arg, &sc->nr_to_scan);
}

/** list_lru_shrink_walk_irq - list_lru_shrink_walk() with interrupts off while locked */
static inline unsigned long list_lru_shrink_walk_irq(struct list_lru *lru,
						     struct shrink_control *sc,
						     list_lru_walk_cb isolate, void *cb_arg)
{
	return list_lru_walk_one_irq(lru, sc->nid, sc->memcg, isolate, cb_arg, &sc->nr_to_scan);
}

/** list_lru_walk - walk all lists, @nr_to_walk objects at most; how many were removed */
static inline unsigned long list_lru_walk(struct list_lru *lru, list_lru_walk_cb isolate,
					  void *cb_arg, unsigned long nr_to_walk)
{
	unsigned long isolated = 0;
	int nid;

	for_each_node_state(nid, N_NORMAL_MEMORY) {
		isolated += list_lru_walk_node(lru, nid, isolate, cb_arg, &nr_to_walk);
		if (!nr_to_walk)
			break;
	}
	return isolated;
}

#endif /* _LINUX_LIST_LRU_H */
