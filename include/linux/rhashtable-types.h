/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_RHASHTABLE_TYPES_H
#define _LINUX_RHASHTABLE_TYPES_H

/* The types of <linux/rhashtable.h>, for headers that only embed them. */

#include <linux/atomic.h>
#include <linux/compiler.h>
#include <linux/mutex_types.h>
#include <linux/spinlock_types.h>
#include <linux/types.h>
#include <linux/workqueue_types.h>

struct rhash_head {
	struct rhash_head __rcu *next;
};

struct rhlist_head {
	struct rhash_head rhead;
	struct rhlist_head __rcu *next;		/* another object of the same key */
};

struct bucket_table;
struct rhashtable;

struct rhashtable_compare_arg {
	struct rhashtable *ht;
	const void *key;
};

typedef u32 (*rht_hashfn_t)(const void *data, u32 len, u32 seed);
typedef u32 (*rht_obj_hashfn_t)(const void *data, u32 len, u32 seed);
typedef int (*rht_obj_cmpfn_t)(struct rhashtable_compare_arg *arg, const void *obj);

/**
 * struct rhashtable_params - what a table is made for
 * @nelem_hint: objects to be expected; the table starts big enough for them
 * @key_len: bytes of the key, if it is a plain part of the object
 * @key_offset: of the key in the object
 * @head_offset: of the struct rhash_head (rhlist_head) in the object
 * @max_size: most buckets (0: no limit); inserting more than twice as many objects is -E2BIG
 * @min_size: fewest buckets
 * @automatic_shrinking: shrink when less than 30% full
 * @hashfn: hash of a key (default: jhash)
 * @obj_hashfn: hash of an object's key (default: that of the bytes at @key_offset)
 * @obj_cmpfn: 0 if the object has the key (default: memcmp)
 */
struct rhashtable_params {
	u16 nelem_hint;
	u16 key_len;
	u16 key_offset;
	u16 head_offset;
	unsigned int max_size;
	u16 min_size;
	bool automatic_shrinking;
	rht_hashfn_t hashfn;
	rht_obj_hashfn_t obj_hashfn;
	rht_obj_cmpfn_t obj_cmpfn;
};

struct rhashtable {
	struct bucket_table __rcu *tbl;	/* the oldest table; @mutex to change it */
	unsigned int key_len;		/* in the unit that p.hashfn takes; constant */
	unsigned int max_elems;		/* constant */
	struct rhashtable_params p;	/* constant */
	bool rhlist;			/* constant */
	struct work_struct run_work;	/* resizes */
	struct mutex mutex;		/* one resize at a time */
	spinlock_t lock;		/* lists of walkers, the change of @tbl seen by them */
	atomic_t nelems;		/* objects; of an rhltable, different keys */
};

struct rhltable {
	struct rhashtable ht;
};

struct rhashtable_walker {
	struct list_head list;		/* on tbl->walkers; ht->lock */
	struct bucket_table *tbl;	/* NULL: it has gone; ht->lock */
};

struct rhashtable_iter {
	struct rhashtable *ht;
	struct rhash_head *p;		/* the object that was returned last */
	struct rhlist_head *list;
	struct rhashtable_walker walker;
	unsigned int slot;
	unsigned int skip;		/* objects of the slot that were returned */
	bool end_of_table;
};

int rhashtable_init_noprof(struct rhashtable *ht, const struct rhashtable_params *params);
#define rhashtable_init(...)	rhashtable_init_noprof(__VA_ARGS__)

int rhltable_init_noprof(struct rhltable *hlt, const struct rhashtable_params *params);
#define rhltable_init(...)	rhltable_init_noprof(__VA_ARGS__)

#endif /* _LINUX_RHASHTABLE_TYPES_H */
