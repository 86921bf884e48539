/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_HASHTABLE_H
#define _LINUX_HASHTABLE_H

/*
 * Hash tables of a fixed size: arrays of hlists whose size the compiler knows. The _rcu forms may
 * be walked by readers while a locked writer changes a chain.
 */

#include <linux/array_size.h>
#include <linux/hash.h>
#include <linux/list.h>
#include <linux/log2.h>
#include <linux/rculist.h>
#include <linux/types.h>

/** DEFINE_HASHTABLE - define an empty table of 2^@bits buckets */
#define DEFINE_HASHTABLE(name, bits)						\
	struct hlist_head name[1 << (bits)] =					\
		{ [0 ... ((1 << (bits)) - 1)] = HLIST_HEAD_INIT }

#define DEFINE_READ_MOSTLY_HASHTABLE(name, bits)				\
	struct hlist_head name[1 << (bits)] __read_mostly =			\
		{ [0 ... ((1 << (bits)) - 1)] = HLIST_HEAD_INIT }

/** DECLARE_HASHTABLE - declare a table, as a struct member say; hash_init() it */
#define DECLARE_HASHTABLE(name, bits)	struct hlist_head name[1 << (bits)]

/** HASH_SIZE - buckets of a table */
#define HASH_SIZE(name)	(ARRAY_SIZE(name))
/** HASH_BITS - the table has 2^bits buckets */
#define HASH_BITS(name)	ilog2(HASH_SIZE(name))

/* A hash of @val by its size. */
#define hash_min(val, bits)							\
	(sizeof(val) <= 4 ? hash_32(val, bits) : hash_long(val, bits))

/** __hash_init - hash_init() of @sz buckets */
static inline void __hash_init(struct hlist_head *ht, unsigned int sz)
{
	unsigned int i;

	for (i = 0; i < sz; i++)
		INIT_HLIST_HEAD(&ht[i]);
}

/** hash_init - an empty table */
#define hash_init(hashtable)	__hash_init(hashtable, HASH_SIZE(hashtable))

/** hash_add - put an object into the bucket of its key */
#define hash_add(hashtable, node, key)						\
	hlist_add_head(node, &hashtable[hash_min(key, HASH_BITS(hashtable))])

/** hash_add_rcu - hash_add() under readers */
#define hash_add_rcu(hashtable, node, key)					\
	hlist_add_head_rcu(node, &hashtable[hash_min(key, HASH_BITS(hashtable))])

/** hash_hashed - is the node in a table? */
static inline bool hash_hashed(struct hlist_node *node)
{
	return !hlist_unhashed(node);
}

/** __hash_empty - hash_empty() of @sz buckets */
static inline bool __hash_empty(struct hlist_head *ht, unsigned int sz)
{
	unsigned int i;

	for (i = 0; i < sz; i++)
		if (!hlist_empty(&ht[i]))
			return false;
	return true;
}

/** hash_empty - is there no object? */
#define hash_empty(hashtable)	__hash_empty(hashtable, HASH_SIZE(hashtable))

/** hash_del - take an object out of its bucket; nothing if it is in none */
static inline void hash_del(struct hlist_node *node)
{
	hlist_del_init(node);
}

/** hash_del_rcu - hash_del() under readers; the object stays for a grace period */
static inline void hash_del_rcu(struct hlist_node *node)
{
	hlist_del_init_rcu(node);
}

/** hash_for_each - walk over all objects; @bkt is an int cursor */
#define hash_for_each(name, bkt, obj, member)					\
	for ((bkt) = 0, obj = NULL; obj == NULL && (bkt) < HASH_SIZE(name); (bkt)++) \
		hlist_for_each_entry(obj, &name[bkt], member)

/** hash_for_each_rcu - hash_for_each() under RCU, while others add and remove */
#define hash_for_each_rcu(name, bkt, obj, member)				\
	for ((bkt) = 0, obj = NULL; obj == NULL && (bkt) < HASH_SIZE(name); (bkt)++) \
		hlist_for_each_entry_rcu(obj, &name[bkt], member)

/** hash_for_each_safe - hash_for_each() whose body may remove @obj */
#define hash_for_each_safe(name, bkt, tmp, obj, member)				\
	for ((bkt) = 0, obj = NULL; obj == NULL && (bkt) < HASH_SIZE(name); (bkt)++) \
		hlist_for_each_entry_safe(obj, tmp, &name[bkt], member)

/** hash_for_each_possible - walk over the objects whose key may be @key */
#define hash_for_each_possible(name, obj, member, key)				\
	hlist_for_each_entry(obj, &name[hash_min(key, HASH_BITS(name))], member)

/** hash_for_each_possible_rcu - hash_for_each_possible() under RCU, while others add and remove */
#define hash_for_each_possible_rcu(name, obj, member, key, cond...)		\
	hlist_for_each_entry_rcu(obj, &name[hash_min(key, HASH_BITS(name))], member, ## cond)

#define hash_for_each_possible_rcu_notrace(name, obj, member, key)		\
	hlist_for_each_entry_rcu_notrace(obj, &name[hash_min(key, HASH_BITS(name))], member)

/** hash_for_each_possible_safe - hash_for_each_possible() whose body may remove @obj */
#define hash_for_each_possible_safe(name, obj, tmp, member, key)		\
	hlist_for_each_entry_safe(obj, tmp, &name[hash_min(key, HASH_BITS(name))], member)

#endif
