/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_RHASHTABLE_H
#define _LINUX_RHASHTABLE_H

/*
 * A hash table that resizes itself while it is used.
 *
 * Lookups run under rcu_read_lock() and take no lock. Insertions and removals lock one bucket, by
 * bit 0 of its word, with interrupts off: they may be called from any context but NMI, as long as
 * memory freed by the caller waits for a grace period. rhltable allows several objects of one key.
 *
 * The resize. A bigger (or smaller) table is hung on the old one's future_tbl; from then on new
 * objects go into the newest table, and a worker moves the old ones over, bucket by bucket. When
 * the old table is empty, ht->tbl is set to the next, and the old one is freed after a grace
 * period. Rules:
 *
 *  R1. An object is linked in the new table before it leaves the old. So whoever looks at the
 *      tables from oldest to newest can't miss it.
 *  R2. Whether there is a newer table is asked under the lock of the bucket one is about to insert
 *      into. The worker takes that lock after future_tbl was set, so no object is put into a bucket
 *      that it has emptied; and two insertions of one key meet in some bucket.
 *  R3. Only the last object of a chain is moved: a reader that stands on it has seen the rest, and
 *      walks on in the new chain. Each chain ends with a mark that names its bucket; a reader that
 *      finds another bucket's mark has been carried off and starts its chain again.
 *
 * A chain of more than RHT_ELASTICITY objects is not made longer: the insertion starts a resize (or
 * a change of the hash's seed) itself. Where the big array can't be had in atomic context, the
 * table is nested: pages of buckets, made as they are needed, until the worker replaces it by a
 * flat one.
 *
 * Functions marked fast take the parameters by value and are inlined: pass a static const struct.
 */

#include <linux/bit_spinlock.h>
#include <linux/err.h>
#include <linux/errno.h>
#include <linux/irqflags.h>
#include <linux/jhash.h>
#include <linux/list.h>
#include <linux/mutex.h>
#include <linux/rculist.h>
#include <linux/rcupdate.h>
#include <linux/rhashtable-types.h>
#include <linux/spinlock.h>
#include <linux/string.h>
#include <linux/workqueue.h>

#define RHT_ELASTICITY	16u

/* A bucket: pointer to the first object or NULL; bit 0 is the lock. */
struct rhash_lock_head { };

/**
 * struct bucket_table - an array of buckets
 * @size: how many, a power of two; constant
 * @nest: bits of the hash that the top level of a nested table takes; 0: flat; constant
 * @hash_rnd: seed of the hash; constant
 * @gone: emptied and about to be freed; ht->lock
 * @walkers: walkers that have paused on it; ht->lock
 * @rcu: frees it
 * @future_tbl: the next table, set once
 * @buckets: a flat table's; a nested one has its top level at buckets[0]
 */
struct bucket_table {
	unsigned int size;
	unsigned int nest;
	u32 hash_rnd;
	bool gone;
	struct list_head walkers;
	struct rcu_head rcu;
	struct bucket_table __rcu *future_tbl;
	struct rhash_lock_head __rcu *buckets[] ____cacheline_aligned_in_smp;
};

/* ---- the mark at the end of a chain (R3) ---- */

#define RHT_NULLS_MARKER(ptr)	((void *)(1UL | (unsigned long)(ptr)))
#define INIT_RHT_NULLS_HEAD(ptr)	((ptr) = NULL)

/** rht_is_a_nulls - is that the end of a chain, not an object? */
static inline bool rht_is_a_nulls(const struct rhash_head *ptr)
{
	return (unsigned long)ptr & 1;
}

/** rht_obj - the object of a link */
static inline void *rht_obj(const struct rhashtable *ht, const struct rhash_head *he)
{
	return (char *)he - ht->p.head_offset;
}

/* ---- hashes ---- */

/** rht_bucket_index - the bucket's number of a hash */
static inline unsigned int rht_bucket_index(const struct bucket_table *tbl, unsigned int hash)
{
	return hash & (tbl->size - 1);
}

/**
 * rht_key_get_hash - the hash of a key, by the function that the table or its caller chose
 * @ht: the table
 * @key: the key
 * @params: as given to rhashtable_init(), constant, so that the compiler can inline the function
 * @hash_rnd: seed of the table of buckets
 */
static __always_inline unsigned int rht_key_get_hash(struct rhashtable *ht, const void *key,
						     const struct rhashtable_params params,
						     unsigned int hash_rnd)
{
	unsigned int len = params.key_len;

	/* What the compiler knows it can inline; else it's what rhashtable_init() chose. */
	if (__builtin_constant_p(params.hashfn) && params.hashfn)
		return params.hashfn(key, len ?: ht->key_len, hash_rnd);
	if (!__builtin_constant_p(len) || !len || params.hashfn)
		return ht->p.hashfn(key, ht->key_len, hash_rnd);
	if (len % sizeof(u32))
		return jhash(key, len, hash_rnd);
	return jhash2(key, len / sizeof(u32), hash_rnd);
}

/** rht_key_hashfn - the bucket's number of a key in @tbl */
static __always_inline unsigned int rht_key_hashfn(struct rhashtable *ht,
						   const struct bucket_table *tbl, const void *key,
						   const struct rhashtable_params params)
{
	return rht_bucket_index(tbl, rht_key_get_hash(ht, key, params, tbl->hash_rnd));
}

/** rht_head_hashfn - the bucket's number of an object in @tbl */
static __always_inline unsigned int rht_head_hashfn(struct rhashtable *ht,
						    const struct bucket_table *tbl,
						    const struct rhash_head *he,
						    const struct rhashtable_params params)
{
	const char *ptr = rht_obj(ht, he);

	if (params.obj_hashfn)
		return rht_bucket_index(tbl, params.obj_hashfn(ptr, params.key_len ?: ht->p.key_len,
							       tbl->hash_rnd));
	return rht_key_hashfn(ht, tbl, ptr + params.key_offset, params);
}

/* ---- how full ---- */

/** rht_grow_above_75 - is the table so full that it should grow? */
static inline bool rht_grow_above_75(const struct rhashtable *ht, const struct bucket_table *tbl)
{
	return atomic_read(&ht->nelems) > (int)(tbl->size / 4 * 3) &&
	       (!ht->p.max_size || tbl->size < ht->p.max_size);
}

/** rht_shrink_below_30 - is the table so empty that it should shrink? */
static inline bool rht_shrink_below_30(const struct rhashtable *ht, const struct bucket_table *tbl)
{
	return atomic_read(&ht->nelems) < (int)(tbl->size * 3 / 10) && tbl->size > ht->p.min_size;
}

/** rht_grow_above_100 - has it more objects than buckets: to be grown before one more comes? */
static inline bool rht_grow_above_100(const struct rhashtable *ht, const struct bucket_table *tbl)
{
	return (unsigned int)atomic_read(&ht->nelems) > tbl->size &&
	       (!ht->p.max_size || tbl->size < ht->p.max_size);
}

/** rht_grow_above_max - has it as many objects as it may have? */
static inline bool rht_grow_above_max(const struct rhashtable *ht, const struct bucket_table *tbl)
{
	(void)tbl;
	return (unsigned int)atomic_read(&ht->nelems) >= ht->max_elems;
}

/* ---- pointers ---- */

#ifdef CONFIG_PROVE_LOCKING
int lockdep_rht_mutex_is_held(struct rhashtable *ht);
int lockdep_rht_bucket_is_held(const struct bucket_table *tbl, u32 hash);
#else
static inline int lockdep_rht_mutex_is_held(struct rhashtable *ht)
{
	(void)ht;
	return 1;
}

static inline int lockdep_rht_bucket_is_held(const struct bucket_table *tbl, u32 hash)
{
	(void)tbl;
	(void)hash;
	return 1;
}
#endif

#define rht_dereference(p, ht)						\
	rcu_dereference_protected(p, lockdep_rht_mutex_is_held(ht))
#define rht_dereference_rcu(p, ht)					\
	rcu_dereference_check(p, lockdep_rht_mutex_is_held(ht))
#define rht_dereference_bucket(p, tbl, hash)				\
	rcu_dereference_protected(p, lockdep_rht_bucket_is_held(tbl, hash))
#define rht_dereference_bucket_rcu(p, tbl, hash)			\
	rcu_dereference_check(p, lockdep_rht_bucket_is_held(tbl, hash))

#define rht_entry(tpos, pos, member)					\
	({ tpos = container_of(pos, typeof(*tpos), member); 1; })

struct rhash_lock_head __rcu **rht_bucket_nested(const struct bucket_table *tbl,
						 unsigned int hash);
struct rhash_lock_head __rcu **__rht_bucket_nested(const struct bucket_table *tbl,
						   unsigned int hash);
struct rhash_lock_head __rcu **rht_bucket_nested_insert(struct rhashtable *ht,
							struct bucket_table *tbl,
							unsigned int hash);

/** rht_bucket - the bucket for reading: one that is missing from a nested table reads as empty */
static inline struct rhash_lock_head __rcu *const *rht_bucket(const struct bucket_table *tbl,
							      unsigned int hash)
{
	return unlikely(tbl->nest) ? rht_bucket_nested(tbl, hash) : &tbl->buckets[hash];
}

/** rht_bucket_var - the bucket, or NULL where a nested table has none */
static inline struct rhash_lock_head __rcu **rht_bucket_var(struct bucket_table *tbl,
							    unsigned int hash)
{
	return unlikely(tbl->nest) ? __rht_bucket_nested(tbl, hash) : &tbl->buckets[hash];
}

/** rht_bucket_insert - the bucket, made if there is none; NULL for lack of memory */
static inline struct rhash_lock_head __rcu **rht_bucket_insert(struct rhashtable *ht,
							       struct bucket_table *tbl,
							       unsigned int hash)
{
	return unlikely(tbl->nest) ? rht_bucket_nested_insert(ht, tbl, hash) : &tbl->buckets[hash];
}

/* ---- the bucket's lock ---- */

/** rht_lock - lock a bucket, interrupts off. Return: the interrupt state */
static inline unsigned long rht_lock(struct bucket_table *tbl, struct rhash_lock_head __rcu **bkt)
{
	unsigned long flags;

	(void)tbl;
	local_irq_save(flags);
	bit_spin_lock(0, (unsigned long *)bkt);
	return flags;
}

/** rht_unlock - unlock a bucket, interrupts as they were */
static inline void rht_unlock(struct bucket_table *tbl, struct rhash_lock_head __rcu **bkt,
			      unsigned long flags)
{
	(void)tbl;
	bit_spin_unlock(0, (unsigned long *)bkt);
	local_irq_restore(flags);
}

/** __rht_ptr - the first object, or the chain's end mark, from the bucket's word */
static inline struct rhash_head *__rht_ptr(unsigned long word,
					   struct rhash_lock_head __rcu *const *bkt)
{
	return (struct rhash_head *)((word & ~1UL) ?: (unsigned long)RHT_NULLS_MARKER(bkt));
}

/** rht_ptr_rcu - the first object, for a reader under RCU */
static inline struct rhash_head *rht_ptr_rcu(struct rhash_lock_head __rcu *const *bkt)
{
	return __rht_ptr((unsigned long)rcu_dereference_raw(*bkt), bkt);
}

/** rht_ptr - the first object, for one who holds the bucket's lock or owns the table */
static inline struct rhash_head *rht_ptr(struct rhash_lock_head __rcu *const *bkt,
					 struct bucket_table *tbl, unsigned int hash)
{
	(void)tbl;
	(void)hash;
	return __rht_ptr((unsigned long)READ_ONCE(*bkt), bkt);
}

/** rht_ptr_exclusive - the first object, for the only user of the table */
static inline struct rhash_head *rht_ptr_exclusive(struct rhash_lock_head __rcu *const *bkt)
{
	return __rht_ptr((unsigned long)READ_ONCE(*bkt), bkt);
}

/** rht_assign_locked - set the first object, keeping the lock */
static inline void rht_assign_locked(struct rhash_lock_head __rcu **bkt, struct rhash_head *obj)
{
	unsigned long first = rht_is_a_nulls(obj) ? 0 : (unsigned long)obj;

	/* the object's stores come before it can be found */
	smp_store_release((unsigned long *)bkt, first | 1);
}

/** rht_assign_unlock - set the first object and unlock, by one store */
static inline void rht_assign_unlock(struct bucket_table *tbl, struct rhash_lock_head __rcu **bkt,
				     struct rhash_head *obj, unsigned long flags)
{
	(void)tbl;
	if (rht_is_a_nulls(obj))
		obj = NULL;
	smp_store_release((unsigned long *)bkt, (unsigned long)obj);
	preempt_enable();
	__release(bitlock);
	local_irq_restore(flags);
}

/* ---- walking one chain ---- */

#define rht_for_each_from(pos, head, tbl, hash)				\
	for (pos = head; !rht_is_a_nulls(pos);				\
	     pos = rht_dereference_bucket((pos)->next, tbl, hash))

#define rht_for_each(pos, tbl, hash)					\
	rht_for_each_from(pos, rht_ptr(rht_bucket(tbl, hash), tbl, hash), tbl, hash)

#define rht_for_each_entry_from(tpos, pos, head, tbl, hash, member)	\
	for (pos = head; !rht_is_a_nulls(pos) && rht_entry(tpos, pos, member);	\
	     pos = rht_dereference_bucket((pos)->next, tbl, hash))

/** rht_for_each_entry - over the objects of a chain, the bucket being locked */
#define rht_for_each_entry(tpos, pos, tbl, hash, member)		\
	rht_for_each_entry_from(tpos, pos, rht_ptr(rht_bucket(tbl, hash), tbl, hash), tbl, hash, \
				member)

/* Where the chain goes on behind @pos, or its end. */
#define __rht_behind(pos, tbl, hash)					\
	(rht_is_a_nulls(pos) ? NULL : rht_dereference_bucket((pos)->next, tbl, hash))

/** rht_for_each_entry_safe - the same; the object may be removed: @next is where it goes on */
#define rht_for_each_entry_safe(tpos, pos, next, tbl, hash, member)	\
	for (pos = rht_ptr(rht_bucket(tbl, hash), tbl, hash),		\
	     next = __rht_behind(pos, tbl, hash);			\
	     !rht_is_a_nulls(pos) && rht_entry(tpos, pos, member);	\
	     pos = next, next = __rht_behind(pos, tbl, hash))

#define rht_for_each_rcu_from(pos, head, tbl, hash)			\
	for (({ barrier(); }), pos = head; !rht_is_a_nulls(pos);	\
	     pos = rcu_dereference_raw((pos)->next))

#define rht_for_each_rcu(pos, tbl, hash)				\
	rht_for_each_rcu_from(pos, rht_ptr_rcu(rht_bucket(tbl, hash)), tbl, hash)

#define rht_for_each_entry_rcu_from(tpos, pos, head, tbl, hash, member)	\
	for (({ barrier(); }), pos = head;				\
	     !rht_is_a_nulls(pos) && rht_entry(tpos, pos, member);	\
	     pos = rcu_dereference_raw((pos)->next))

#define rht_for_each_entry_rcu(tpos, pos, tbl, hash, member)		\
	rht_for_each_entry_rcu_from(tpos, pos, rht_ptr_rcu(rht_bucket(tbl, hash)), tbl, hash, \
				    member)

/* The objects of one key, from rhltable_lookup(). */
#define rhl_for_each_rcu(pos, list)					\
	for (pos = list; pos; pos = rcu_dereference_raw((pos)->next))

#define rhl_for_each_entry_rcu(tpos, pos, list, member)			\
	for (pos = list; pos && rht_entry(tpos, pos, member);		\
	     pos = rcu_dereference_raw((pos)->next))

/* ---- lib/rhashtable.c ---- */

void *rhashtable_insert_slow(struct rhashtable *ht, const void *key, struct rhash_head *obj);
void rhashtable_walk_enter(struct rhashtable *ht, struct rhashtable_iter *iter);
void rhashtable_walk_exit(struct rhashtable_iter *iter);
int rhashtable_walk_start_check(struct rhashtable_iter *iter) __acquires(RCU);
void *rhashtable_walk_next(struct rhashtable_iter *iter);
void *rhashtable_walk_peek(struct rhashtable_iter *iter);
void rhashtable_walk_stop(struct rhashtable_iter *iter) __releases(RCU);
void rhashtable_free_and_destroy(struct rhashtable *ht, void (*free_fn)(void *ptr, void *arg),
				 void *arg);
void rhashtable_destroy(struct rhashtable *ht);

/** rhashtable_walk_start - go on walking; for those whom a repeated object doesn't disturb */
static inline void rhashtable_walk_start(struct rhashtable_iter *iter)
{
	(void)rhashtable_walk_start_check(iter);
}

/** rhltable_walk_enter - rhashtable_walk_enter() for a table of lists */
static inline void rhltable_walk_enter(struct rhltable *hlt, struct rhashtable_iter *iter)
{
	rhashtable_walk_enter(&hlt->ht, iter);
}

/** rhltable_free_and_destroy - rhashtable_free_and_destroy() for a table of lists */
static inline void rhltable_free_and_destroy(struct rhltable *hlt,
					     void (*free_fn)(void *ptr, void *arg), void *arg)
{
	rhashtable_free_and_destroy(&hlt->ht, free_fn, arg);
}

/** rhltable_destroy - free the buckets; the objects are the caller's. Context: may sleep */
static inline void rhltable_destroy(struct rhltable *hlt)
{
	rhltable_free_and_destroy(hlt, NULL, NULL);
}

/* ---- lookup ---- */

/** rhashtable_compare - 0 if the object's key has the bytes of the one that is looked for */
static inline int rhashtable_compare(struct rhashtable_compare_arg *arg, const void *obj)
{
	struct rhashtable *ht = arg->ht;

	return memcmp((const char *)obj + ht->p.key_offset, arg->key, ht->p.key_len);
}

/** __rht_compare - 0 if the object has the key, by the caller's function or by bytes */
static __always_inline int __rht_compare(struct rhashtable_compare_arg *arg, const void *obj,
					 const struct rhashtable_params params)
{
	return params.obj_cmpfn ? params.obj_cmpfn(arg, obj) : rhashtable_compare(arg, obj);
}

/**
 * __rhashtable_lookup - the link of the object that has a key
 *
 * Context: RCU reader. Return: it, or NULL.
 */
static __always_inline struct rhash_head *
__rhashtable_lookup(struct rhashtable *ht, const void *key, const struct rhashtable_params params)
{
	struct rhashtable_compare_arg arg = { .ht = ht, .key = key };
	struct rhash_lock_head __rcu *const *bkt;
	struct bucket_table *tbl;
	struct rhash_head *he;
	unsigned int hash;

	tbl = rht_dereference_rcu(ht->tbl, ht);
	while (tbl) {
		hash = rht_key_hashfn(ht, tbl, key, params);
		bkt = rht_bucket(tbl, hash);
		do {
			rht_for_each_rcu_from(he, rht_ptr_rcu(bkt), tbl, hash) {
				if (!__rht_compare(&arg, rht_obj(ht, he), params))
					return he;
			}
		} while (he != RHT_NULLS_MARKER(bkt));	/* R3 */
		/* If an object left this chain, the table it went to is seen. Pairs with the
		 * release in rht_assign_*() and rcu_assign_pointer() of the move. */
		smp_rmb();
		tbl = rht_dereference_rcu(tbl->future_tbl, ht);
	}
	return NULL;
}

/**
 * rhashtable_lookup - find an object
 * @ht: the table
 * @key: the key
 * @params: of the table
 *
 * Context: under rcu_read_lock(), which keeps the object.
 * Return: the object or NULL.
 */
static __always_inline void *rhashtable_lookup(struct rhashtable *ht, const void *key,
					       const struct rhashtable_params params)
{
	struct rhash_head *he = __rhashtable_lookup(ht, key, params);

	return he ? rht_obj(ht, he) : NULL;
}

/**
 * rhashtable_lookup_fast - the same with the lock inside: the caller knows that the object stays
 */
static __always_inline void *rhashtable_lookup_fast(struct rhashtable *ht, const void *key,
						    const struct rhashtable_params params)
{
	void *obj;

	rcu_read_lock();
	obj = rhashtable_lookup(ht, key, params);
	rcu_read_unlock();
	return obj;
}

/** rhltable_lookup - find all objects of a key, for rhl_for_each_rcu(); NULL if there are none */
static __always_inline struct rhlist_head *rhltable_lookup(struct rhltable *hlt, const void *key,
							   const struct rhashtable_params params)
{
	struct rhash_head *he = __rhashtable_lookup(&hlt->ht, key, params);

	return he ? container_of(he, struct rhlist_head, rhead) : NULL;
}

/* ---- insertion ---- */

/**
 * __rht_link_unlock - put @obj where @pprev leads, and unlock
 * @tbl: the table
 * @bkt: the bucket, locked
 * @pprev: the link to change; NULL: the bucket's own
 * @obj: new here, its next set
 * @flags: from rht_lock()
 */
static inline void __rht_link_unlock(struct bucket_table *tbl, struct rhash_lock_head __rcu **bkt,
				     struct rhash_head __rcu **pprev, struct rhash_head *obj,
				     unsigned long flags)
{
	if (pprev) {
		rcu_assign_pointer(*pprev, obj);
		rht_unlock(tbl, bkt, flags);
	} else {
		rht_assign_unlock(tbl, bkt, obj, flags);
	}
}

/**
 * __rhl_push - @obj takes the place of @head among the different keys, and @head comes behind it
 */
static inline void __rhl_push(struct rhash_head *obj, struct rhash_head *head)
{
	struct rhlist_head *list = container_of(obj, struct rhlist_head, rhead);

	RCU_INIT_POINTER(list->next, container_of(head, struct rhlist_head, rhead));
	RCU_INIT_POINTER(obj->next, rcu_dereference_raw(head->next));
}

/**
 * __rhashtable_insert_fast - insert an object
 * @ht: the table
 * @key: nobody else may have it; NULL: nobody looks
 * @obj: the link of the object
 * @params: as given to rhashtable_init()
 * @rhlist: another object of the key may be there: this one joins it
 *
 * What isn't the plain case goes to rhashtable_insert_slow().
 *
 * Context: any; doesn't sleep.
 * Return: NULL: inserted. Else the object that has the key already, or an ERR_PTR: -E2BIG if the
 * table is full, or as rhashtable_insert_slow().
 */
static __always_inline void *__rhashtable_insert_fast(struct rhashtable *ht, const void *key,
						      struct rhash_head *obj,
						      const struct rhashtable_params params,
						      bool rhlist)
{
	struct rhashtable_compare_arg arg = { .ht = ht, .key = key };
	struct rhash_lock_head __rcu **bkt;
	struct rhash_head __rcu **pprev = NULL;
	unsigned int elasticity = RHT_ELASTICITY, hash;
	struct bucket_table *tbl;
	struct rhash_head *head;
	unsigned long flags;
	void *data = NULL;

	rcu_read_lock();
	tbl = rht_dereference_rcu(ht->tbl, ht);
	hash = rht_head_hashfn(ht, tbl, obj, params);
	bkt = rht_bucket_insert(ht, tbl, hash);
	if (unlikely(!bkt))
		goto slow;
	flags = rht_lock(tbl, bkt);
	if (unlikely(rcu_access_pointer(tbl->future_tbl)))	/* R2 */
		goto slow_unlock;

	rht_for_each_from(head, rht_ptr(bkt, tbl, hash), tbl, hash) {
		if (key && !__rht_compare(&arg, rht_obj(ht, head), params)) {
			if (rhlist) {
				__rhl_push(obj, head);
				__rht_link_unlock(tbl, bkt, pprev, obj, flags);
			} else {
				data = rht_obj(ht, head);
				rht_unlock(tbl, bkt, flags);
			}
			goto out;
		}
		if (!--elasticity)
			goto slow_unlock;
		pprev = &head->next;
	}
	if (unlikely(rht_grow_above_max(ht, tbl))) {
		rht_unlock(tbl, bkt, flags);
		data = ERR_PTR(-E2BIG);
		goto out;
	}
	if (unlikely(rht_grow_above_100(ht, tbl)))
		goto slow_unlock;

	RCU_INIT_POINTER(obj->next, rht_ptr(bkt, tbl, hash));
	if (rhlist)
		RCU_INIT_POINTER(container_of(obj, struct rhlist_head, rhead)->next, NULL);
	atomic_inc(&ht->nelems);
	rht_assign_unlock(tbl, bkt, obj, flags);
	if (rht_grow_above_75(ht, tbl))
		schedule_work(&ht->run_work);
out:
	rcu_read_unlock();
	return data;

slow_unlock:
	rht_unlock(tbl, bkt, flags);
slow:
	rcu_read_unlock();
	return rhashtable_insert_slow(ht, key, obj);
}

/**
 * rhashtable_insert_fast - insert an object without asking for another of its key
 * @ht: the table
 * @obj: the object's head
 * @params: of the table
 *
 * Context: any but NMI. May start a resize.
 * Return: 0, -E2BIG, -ENOMEM, -EBUSY (chains are too long and a resize for that is under way).
 */
static __always_inline int rhashtable_insert_fast(struct rhashtable *ht, struct rhash_head *obj,
						  const struct rhashtable_params params)
{
	void *ret = __rhashtable_insert_fast(ht, NULL, obj, params, false);

	return IS_ERR(ret) ? PTR_ERR(ret) : 0;
}

/**
 * rhltable_insert_key - insert an object beside others of the key; Return as
 * rhashtable_insert_fast()
 */
static __always_inline int rhltable_insert_key(struct rhltable *hlt, const void *key,
					       struct rhlist_head *list,
					       const struct rhashtable_params params)
{
	return PTR_ERR(__rhashtable_insert_fast(&hlt->ht, key, &list->rhead, params, true));
}

/** rhltable_insert - the same, the key being the object's own at params.key_offset */
static __always_inline int rhltable_insert(struct rhltable *hlt, struct rhlist_head *list,
					   const struct rhashtable_params params)
{
	const char *key = rht_obj(&hlt->ht, &list->rhead);

	return rhltable_insert_key(hlt, key + params.key_offset, list, params);
}

/** rhashtable_lookup_get_insert_key - the object of the key, or NULL after inserting; or ERR_PTR */
static __always_inline void *
rhashtable_lookup_get_insert_key(struct rhashtable *ht, const void *key, struct rhash_head *obj,
				 const struct rhashtable_params params)
{
	BUG_ON(!ht->p.obj_hashfn || !key);
	return __rhashtable_insert_fast(ht, key, obj, params, false);
}

/** rhashtable_lookup_insert_key - insert unless the key is there: 0, -EEXIST, or an error */
static __always_inline int rhashtable_lookup_insert_key(struct rhashtable *ht, const void *key,
							struct rhash_head *obj,
							const struct rhashtable_params params)
{
	void *ret = rhashtable_lookup_get_insert_key(ht, key, obj, params);

	if (IS_ERR(ret))
		return PTR_ERR(ret);
	return ret ? -EEXIST : 0;
}

/** rhashtable_lookup_get_insert_fast - the same by the object's own key at params.key_offset */
static __always_inline void *
rhashtable_lookup_get_insert_fast(struct rhashtable *ht, struct rhash_head *obj,
				  const struct rhashtable_params params)
{
	const char *key = rht_obj(ht, obj);

	BUG_ON(ht->p.obj_hashfn);
	return __rhashtable_insert_fast(ht, key + ht->p.key_offset, obj, params, false);
}

/** rhashtable_lookup_insert_fast - insert unless the key is there: 0, -EEXIST, or an error */
static __always_inline int rhashtable_lookup_insert_fast(struct rhashtable *ht,
							 struct rhash_head *obj,
							 const struct rhashtable_params params)
{
	void *ret = rhashtable_lookup_get_insert_fast(ht, obj, params);

	if (IS_ERR(ret))
		return PTR_ERR(ret);
	return ret ? -EEXIST : 0;
}

/* ---- removal ---- */

/**
 * __rhl_remove_behind - take @obj out of the list behind @first, both of one key; false if it isn't
 * there
 */
static inline bool __rhl_remove_behind(struct rhlist_head *first, struct rhash_head *obj)
{
	struct rhlist_head __rcu **pprev = &first->next;
	struct rhlist_head *list;

	while ((list = rcu_dereference_raw(*pprev)) != NULL) {
		if (&list->rhead == obj) {
			RCU_INIT_POINTER(*pprev, rcu_dereference_raw(list->next));
			return true;
		}
		pprev = &list->next;
	}
	return false;
}

/**
 * __rhashtable_remove_one - remove an object from one table of buckets
 *
 * Return: 0; 1: it was the last of its key; -ENOENT.
 */
static __always_inline int __rhashtable_remove_one(struct rhashtable *ht,
						   struct bucket_table *tbl,
						   struct rhash_head *obj,
						   const struct rhashtable_params params,
						   bool rhlist)
{
	struct rhash_lock_head __rcu **bkt;
	struct rhash_head __rcu **pprev = NULL;
	struct rhash_head *he, *next;
	struct rhlist_head *list;
	unsigned long flags;
	unsigned int hash;
	int ret = 1;

	hash = rht_head_hashfn(ht, tbl, obj, params);
	bkt = rht_bucket_var(tbl, hash);
	if (!bkt)
		return -ENOENT;
	flags = rht_lock(tbl, bkt);
	rht_for_each_from(he, rht_ptr(bkt, tbl, hash), tbl, hash) {
		if (he == obj)
			break;
		if (rhlist &&
		    __rhl_remove_behind(container_of(he, struct rhlist_head, rhead), obj)) {
			rht_unlock(tbl, bkt, flags);
			return 0;
		}
		pprev = &he->next;
	}
	if (rht_is_a_nulls(he)) {
		rht_unlock(tbl, bkt, flags);
		return -ENOENT;
	}

	next = rht_dereference_bucket(obj->next, tbl, hash);
	if (rhlist) {
		list = container_of(obj, struct rhlist_head, rhead);
		list = rcu_dereference_raw(list->next);
		if (list) {	/* the next of its key takes its place */
			RCU_INIT_POINTER(list->rhead.next, next);
			next = &list->rhead;
			ret = 0;
		}
	}
	__rht_link_unlock(tbl, bkt, pprev, next, flags);
	return ret;
}

/** __rhashtable_remove_fast - remove an object, wherever a resize has it now: 0, -ENOENT */
static __always_inline int __rhashtable_remove_fast(struct rhashtable *ht, struct rhash_head *obj,
						    const struct rhashtable_params params,
						    bool rhlist)
{
	struct bucket_table *tbl;
	int ret = -ENOENT;

	rcu_read_lock();
	tbl = rht_dereference_rcu(ht->tbl, ht);
	while (tbl) {
		ret = __rhashtable_remove_one(ht, tbl, obj, params, rhlist);
		if (ret != -ENOENT)
			break;
		tbl = rht_dereference_rcu(tbl->future_tbl, ht);
	}
	if (ret > 0) {
		atomic_dec(&ht->nelems);
		if (ht->p.automatic_shrinking && rht_shrink_below_30(ht, tbl))
			schedule_work(&ht->run_work);
		ret = 0;
	}
	rcu_read_unlock();
	return ret;
}

/**
 * rhashtable_remove_fast - take an object out
 * @ht: the table
 * @obj: the object's head
 * @params: of the table
 *
 * Readers may still see the object until a grace period has passed.
 *
 * Context: any but NMI.
 * Return: 0, or -ENOENT if it isn't there.
 */
static __always_inline int rhashtable_remove_fast(struct rhashtable *ht, struct rhash_head *obj,
						  const struct rhashtable_params params)
{
	return __rhashtable_remove_fast(ht, obj, params, false);
}

/** rhltable_remove - the same for an object among others of its key */
static __always_inline int rhltable_remove(struct rhltable *hlt, struct rhlist_head *list,
					   const struct rhashtable_params params)
{
	return __rhashtable_remove_fast(&hlt->ht, &list->rhead, params, true);
}

/**
 * __rhashtable_replace_one - put an object in another's place in one table of buckets: 0, -ENOENT
 */
static __always_inline int __rhashtable_replace_one(struct bucket_table *tbl, unsigned int hash,
						    struct rhash_head *obj_old,
						    struct rhash_head *obj_new)
{
	struct rhash_lock_head __rcu **bkt = rht_bucket_var(tbl, hash);
	struct rhash_head __rcu **pprev = NULL;
	struct rhash_head *he;
	unsigned long flags;

	if (!bkt)
		return -ENOENT;
	flags = rht_lock(tbl, bkt);
	rht_for_each_from(he, rht_ptr(bkt, tbl, hash), tbl, hash) {
		if (he == obj_old) {
			RCU_INIT_POINTER(obj_new->next, rcu_dereference_raw(he->next));
			__rht_link_unlock(tbl, bkt, pprev, obj_new, flags);
			return 0;
		}
		pprev = &he->next;
	}
	rht_unlock(tbl, bkt, flags);
	return -ENOENT;
}

/**
 * rhashtable_replace_fast - put another object of the same key in an object's place
 * @ht: the table
 * @obj_old: what is there
 * @obj_new: what shall be
 * @params: of the table
 *
 * Context: any but NMI.
 * Return: 0; -ENOENT if @obj_old isn't there; -EINVAL if the keys differ in their hash.
 */
static __always_inline int rhashtable_replace_fast(struct rhashtable *ht,
						   struct rhash_head *obj_old,
						   struct rhash_head *obj_new,
						   const struct rhashtable_params params)
{
	struct bucket_table *tbl;
	unsigned int hash;
	int ret = -ENOENT;

	rcu_read_lock();
	tbl = rht_dereference_rcu(ht->tbl, ht);
	while (tbl && ret == -ENOENT) {
		hash = rht_head_hashfn(ht, tbl, obj_old, params);
		if (hash == rht_head_hashfn(ht, tbl, obj_new, params))
			ret = __rhashtable_replace_one(tbl, hash, obj_old, obj_new);
		else
			ret = -EINVAL;
		tbl = rht_dereference_rcu(tbl->future_tbl, ht);
	}
	rcu_read_unlock();
	return ret;
}

#endif /* _LINUX_RHASHTABLE_H */
