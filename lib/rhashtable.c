// SPDX-License-Identifier: MIT
/*
 * Resizable hash tables: making and freeing tables, the insertion that isn't plain, the resize, and
 * walkers. The model and the rules R1 to R3 are in <linux/rhashtable.h>.
 *
 * The move of a chain's last object, D, from bucket o to bucket n, both locked:
 *
 *	before:		o -> A -> D -> mark(o)		n -> X -> mark(n)
 *	D->next = X:	o -> A -> D -> X -> mark(n)	n -> X -> mark(n)
 *	n = D:		o -> A -> D -> X -> mark(n)	n -> D -> X -> mark(n)
 *	A->next = end:	o -> A -> mark(o)		n -> D -> X -> mark(n)
 *
 * Lock order: ht->mutex, the old bucket, the new bucket. ht->lock is taken alone.
 */

#include <linux/rhashtable.h>

#include <kunit/static_stub.h>
#include <linux/align.h>
#include <linux/cache.h>
#include <linux/export.h>
#include <linux/jhash.h>
#include <linux/log2.h>
#include <linux/minmax.h>
#include <linux/mm.h>
#include <linux/overflow.h>
#include <linux/random.h>
#include <linux/sched.h>
#include <linux/slab.h>

#include "rhashtable.h"

#define HASH_DEFAULT_SIZE	64U
#define HASH_MIN_SIZE		4U

/* A block of a nested table: of the lower level's blocks, or of buckets. */
union nested_table {
	union nested_table __rcu *table;
	struct rhash_lock_head __rcu *bucket;
};

#define NESTED_SHIFT	(PAGE_SHIFT - 3)	/* log2 of a block's entries */
#define NESTED_ENTRIES	(1U << NESTED_SHIFT)
static_assert(sizeof(union nested_table) << NESTED_SHIFT == PAGE_SIZE);

#ifdef CONFIG_PROVE_LOCKING
/**
 * lockdep_rht_mutex_is_held() - may the caller resize @ht? For rcu_dereference_protected(). True
 * without lockdep
 */
int lockdep_rht_mutex_is_held(struct rhashtable *ht)
{
	return debug_locks ? lockdep_is_held(&ht->mutex) : 1;
}
EXPORT_SYMBOL(lockdep_rht_mutex_is_held);

/**
 * lockdep_rht_bucket_is_held() - may the caller change the bucket of @hash? For
 * rcu_dereference_protected()
 * @tbl: the table
 * @hash: the bucket's number
 *
 * Bit locks are unknown to lockdep: that it is held by somebody is what can be checked.
 *
 * Return: 1 if it is locked, or nothing can be said: a nested table, or lockdep is off.
 */
int lockdep_rht_bucket_is_held(const struct bucket_table *tbl, u32 hash)
{
	if (!debug_locks || tbl->nest)
		return 1;
	return bit_spin_is_locked(0, (unsigned long *)&tbl->buckets[hash]);
}
EXPORT_SYMBOL(lockdep_rht_bucket_is_held);
#endif

/* ---- nested tables ---- */

static union nested_table *nested_top(const struct bucket_table *tbl)
{
	return (union nested_table *)rcu_dereference_raw(tbl->buckets[0]);
}

/**
 * __rht_bucket_nested() - a bucket of a nested table
 * @tbl: the table
 * @hash: the bucket's number
 *
 * The lowest @tbl->nest bits of @hash choose in the top level, the next NESTED_SHIFT bits in the
 * level below, and so on; what is left when few enough buckets are is the index of the bucket.
 *
 * Return: the bucket, or NULL if its block hasn't been made.
 */
struct rhash_lock_head __rcu **__rht_bucket_nested(const struct bucket_table *tbl,
						   unsigned int hash)
{
	unsigned int size = tbl->size >> tbl->nest;
	union nested_table *block = nested_top(tbl);

	block = rcu_dereference_raw(block[hash & ((1U << tbl->nest) - 1)].table);
	hash >>= tbl->nest;
	while (block && size > NESTED_ENTRIES) {
		block = rcu_dereference_raw(block[hash & (NESTED_ENTRIES - 1)].table);
		hash >>= NESTED_SHIFT;
		size >>= NESTED_SHIFT;
	}
	return block ? &block[hash].bucket : NULL;
}
EXPORT_SYMBOL(__rht_bucket_nested);

/** rht_bucket_nested() - the same for reading: what hasn't been made is an empty bucket */
struct rhash_lock_head __rcu **rht_bucket_nested(const struct bucket_table *tbl,
						 unsigned int hash)
{
	static struct rhash_lock_head __rcu *empty;

	return __rht_bucket_nested(tbl, hash) ?: &empty;
}
EXPORT_SYMBOL(rht_bucket_nested);

/* The block behind a pointer, made if there is none. Of two that race one wins. */
static union nested_table *nested_block(union nested_table __rcu **slot)
{
	union nested_table *block = rcu_dereference_raw(*slot), *other;

	if (block)
		return block;
	block = kzalloc(PAGE_SIZE, GFP_ATOMIC);
	if (!block)
		return NULL;
	/* fully ordered: the zeroes are seen before the block, and R2's question comes after */
	other = cmpxchg((union nested_table **)slot, NULL, block);
	if (!other)
		return block;
	kfree(block);
	return other;
}

/** rht_bucket_nested_insert() - a bucket of a nested table, made if need be; NULL: no memory */
struct rhash_lock_head __rcu **rht_bucket_nested_insert(struct rhashtable *ht,
							struct bucket_table *tbl,
							unsigned int hash)
{
	unsigned int size = tbl->size >> tbl->nest;
	union nested_table *block = nested_top(tbl);

	(void)ht;
	block = nested_block(&block[hash & ((1U << tbl->nest) - 1)].table);
	hash >>= tbl->nest;
	while (block && size > NESTED_ENTRIES) {
		block = nested_block(&block[hash & (NESTED_ENTRIES - 1)].table);
		hash >>= NESTED_SHIFT;
		size >>= NESTED_SHIFT;
	}
	return block ? &block[hash].bucket : NULL;
}
EXPORT_SYMBOL(rht_bucket_nested_insert);

/* @size: buckets that the block and those below it hold */
static void nested_free(union nested_table *block, unsigned int entries, unsigned int size)
{
	unsigned int i;

	if (!block)
		return;
	if (size > entries) {
		for (i = 0; i < entries; i++)
			nested_free(rcu_dereference_raw(block[i].table),
				    min(size / entries, NESTED_ENTRIES), size / entries);
	}
	kfree(block);
}

/* ---- tables ---- */

static void table_init(struct rhashtable *ht, struct bucket_table *tbl, unsigned int size)
{
	(void)ht;
	tbl->size = size;
	tbl->hash_rnd = get_random_u32();
	tbl->gone = false;
	INIT_LIST_HEAD(&tbl->walkers);
	rcu_head_init(&tbl->rcu);
}

/*
 * Whole cache lines: kmalloc() aligns an object by the largest power of two that divides its size,
 * and the buckets are to begin a line.
 */
static size_t table_bytes(size_t buckets)
{
	return ALIGN(struct_size_t(struct bucket_table, buckets, buckets), SMP_CACHE_BYTES);
}

/**
 * rht_alloc_flat() - a zeroed table of @size buckets in one piece; NULL without memory. A test may
 * replace it
 */
VISIBLE_IF_KUNIT struct bucket_table *rht_alloc_flat(unsigned int size, gfp_t gfp)
{
	KUNIT_STATIC_STUB_REDIRECT(rht_alloc_flat, size, gfp);
	return kvzalloc(table_bytes(size), gfp);
}
EXPORT_SYMBOL_IF_KUNIT(rht_alloc_flat);

/* Levels are whole but the top, which takes the bits that are left over: 1 to NESTED_SHIFT. */
static struct bucket_table *alloc_nested(unsigned int size, gfp_t gfp)
{
	struct bucket_table *tbl = kzalloc(table_bytes(1), gfp);
	union nested_table *top;

	if (!tbl)
		return NULL;
	top = kzalloc(PAGE_SIZE, gfp);
	if (!top) {
		kfree(tbl);
		return NULL;
	}
	tbl->nest = (ilog2(size) - 1) % NESTED_SHIFT + 1;
	RCU_INIT_POINTER(tbl->buckets[0], (struct rhash_lock_head *)top);
	return tbl;
}

static struct bucket_table *table_alloc(struct rhashtable *ht, unsigned int size, gfp_t gfp)
{
	struct bucket_table *tbl = rht_alloc_flat(size, gfp);

	/* A small table has no use for levels; who may sleep has had all that memory can do. */
	if (!tbl && !gfpflags_allow_blocking(gfp) && size > NESTED_ENTRIES)
		tbl = alloc_nested(size, gfp);
	if (tbl)
		table_init(ht, tbl, size);
	return tbl;
}

static void table_free(const struct bucket_table *tbl)
{
	if (tbl->nest)
		nested_free(nested_top(tbl), 1U << tbl->nest, tbl->size);
	kvfree(tbl);
}

static void table_free_rcu(struct rcu_head *head)
{
	table_free(container_of(head, struct bucket_table, rcu));
}

static struct bucket_table *last_table(struct rhashtable *ht, struct bucket_table *tbl)
{
	struct bucket_table *next;

	while ((next = rht_dereference_rcu(tbl->future_tbl, ht)) != NULL)
		tbl = next;
	return tbl;
}

/* ---- the resize ---- */

/* The slot that points to the last object of a chain of at least one. */
static struct rhash_head __rcu **last_slot(struct rhash_lock_head __rcu **bkt,
					   struct bucket_table *tbl, unsigned int hash,
					   struct rhash_head **last)
{
	struct rhash_head __rcu **pprev = NULL;
	struct rhash_head *next;

	*last = rht_ptr(bkt, tbl, hash);
	while (next = rht_dereference_bucket((*last)->next, tbl, hash), !rht_is_a_nulls(next)) {
		pprev = &(*last)->next;
		*last = next;
	}
	return pprev;
}

/* Moves the last object of an old bucket, which the caller has locked; see the top of the file. */
static void rehash_last(struct rhashtable *ht, struct bucket_table *old,
			struct rhash_lock_head __rcu **bkt, unsigned int hash,
			struct bucket_table *new)
{
	struct rhash_lock_head __rcu **new_bkt;
	struct rhash_head __rcu **pprev;
	struct rhash_head *he;
	unsigned int new_hash;
	unsigned long flags;

	pprev = last_slot(bkt, old, hash, &he);
	new_hash = rht_head_hashfn(ht, new, he, ht->p);
	new_bkt = &new->buckets[new_hash];
	flags = rht_lock(new, new_bkt);
	RCU_INIT_POINTER(he->next, rht_ptr(new_bkt, new, new_hash));
	rht_assign_unlock(new, new_bkt, he, flags);

	/* R1: released after the object's new place, so that who misses it here finds it there */
	if (pprev)
		rcu_assign_pointer(*pprev, (struct rhash_head *)RHT_NULLS_MARKER(bkt));
	else
		rht_assign_locked(bkt, RHT_NULLS_MARKER(bkt));
}

static int rehash_bucket(struct rhashtable *ht, struct bucket_table *old, unsigned int hash)
{
	struct rhash_lock_head __rcu **bkt = rht_bucket_var(old, hash);
	struct bucket_table *new;
	unsigned long flags;
	int ret = 0;

	if (!bkt)
		return 0;
	flags = rht_lock(old, bkt);
	while (!rht_is_a_nulls(rht_ptr(bkt, old, hash))) {
		new = last_table(ht, old);
		if (new->nest) {	/* to be replaced by a flat one first */
			ret = -EAGAIN;
			break;
		}
		rehash_last(ht, old, bkt, hash, new);
	}
	rht_unlock(old, bkt, flags);
	return ret;
}

/* Hangs @new on the newest table, which the caller says is @old: -EEXIST if it isn't any more. */
static int attach(struct bucket_table *old, struct bucket_table *new)
{
	/* fully ordered: the table is initialised, and R2's question is answered with it */
	if (cmpxchg((struct bucket_table **)&old->future_tbl, NULL, new))
		return -EEXIST;
	return 0;
}

/* Empties the oldest table; -EAGAIN if there is more to do. */
static int rehash_table(struct rhashtable *ht)
{
	struct bucket_table *old = rht_dereference(ht->tbl, ht), *new;
	struct rhashtable_walker *walker;
	unsigned int hash;
	int ret;

	new = rht_dereference(old->future_tbl, ht);
	if (!new)
		return 0;
	for (hash = 0; hash < old->size; hash++) {
		ret = rehash_bucket(ht, old, hash);
		if (ret)
			return ret;
		cond_resched();
	}

	rcu_assign_pointer(ht->tbl, new);
	spin_lock(&ht->lock);
	list_for_each_entry(walker, &old->walkers, list)
		walker->tbl = NULL;
	old->gone = true;
	spin_unlock(&ht->lock);
	/*
	 * The walkers' list heads are theirs; nobody looks at old->walkers again. Readers that came
	 * through the old table have a grace period to leave.
	 */
	call_rcu(&old->rcu, table_free_rcu);
	return rht_dereference(new->future_tbl, ht) ? -EAGAIN : 0;
}

static int attach_new(struct rhashtable *ht, struct bucket_table *old, unsigned int size)
{
	struct bucket_table *new = table_alloc(ht, size, GFP_KERNEL);
	int ret;

	if (!new)
		return -ENOMEM;
	ret = attach(old, new);
	if (ret)
		table_free(new);
	return ret;
}

static int shrink(struct rhashtable *ht, struct bucket_table *old)
{
	unsigned int nelems = atomic_read(&ht->nelems), size = 0;

	if (nelems)
		size = roundup_pow_of_two(nelems * 3 / 2);
	size = max3(size, (unsigned int)ht->p.min_size, HASH_MIN_SIZE);
	if (old->size <= size || rht_dereference(old->future_tbl, ht))
		return 0;
	return attach_new(ht, old, size);
}

static void resize_work(struct work_struct *work)
{
	struct rhashtable *ht = container_of(work, struct rhashtable, run_work);
	struct bucket_table *tbl;
	int ret = 0, moved;

	mutex_lock(&ht->mutex);
	tbl = last_table(ht, rht_dereference(ht->tbl, ht));
	if (rht_grow_above_75(ht, tbl))
		ret = attach_new(ht, tbl, tbl->size * 2);
	else if (ht->p.automatic_shrinking && rht_shrink_below_30(ht, tbl))
		ret = shrink(ht, tbl);
	else if (tbl->nest)
		ret = attach_new(ht, tbl, tbl->size);

	if (!ret || ret == -EEXIST) {
		moved = rehash_table(ht);
		ret = ret ?: moved;
	}
	mutex_unlock(&ht->mutex);

	/* -EEXIST: an insertion was quicker. -ENOMEM: the next insertion asks again. */
	if (ret == -EAGAIN || ret == -EEXIST)
		schedule_work(&ht->run_work);
}

/* ---- insertion ---- */

/* An insertion that finds chains too long, or the table more than full, starts the resize. */
static int insert_rehash(struct rhashtable *ht, struct bucket_table *tbl)
{
	struct bucket_table *new;
	unsigned int size = tbl->size;
	int ret;

	if (rht_grow_above_75(ht, tbl))
		size *= 2;
	else if (rht_dereference_rcu(ht->tbl, ht) != tbl)
		/* The last change of the seed has not even been carried out. */
		return rcu_access_pointer(tbl->future_tbl) ? 0 : -EBUSY;

	new = table_alloc(ht, size, GFP_ATOMIC);
	if (!new) {
		if (rcu_access_pointer(tbl->future_tbl))
			return 0;
		schedule_work(&ht->run_work);	/* which can sleep for its memory */
		return -ENOMEM;
	}
	ret = attach(tbl, new);
	if (ret)
		table_free(new);	/* another one has done it */
	else
		schedule_work(&ht->run_work);
	return 0;
}

/*
 * Looks for the key in a bucket, which is locked: the object, or -ENOENT, or -EAGAIN if the chain
 * is too long for one more. In an rhltable an object of the key takes ours in: then NULL.
 */
static void *lookup_one(struct rhashtable *ht, struct rhash_lock_head __rcu **bkt,
			struct bucket_table *tbl, unsigned int hash, const void *key,
			struct rhash_head *obj)
{
	struct rhashtable_compare_arg arg = { .ht = ht, .key = key };
	struct rhash_head __rcu **pprev = NULL;
	unsigned int length = 0;
	struct rhash_head *head;

	rht_for_each_from(head, rht_ptr(bkt, tbl, hash), tbl, hash) {
		length++;
		if (!key || __rht_compare(&arg, rht_obj(ht, head), ht->p)) {
			pprev = &head->next;
			continue;
		}
		if (!ht->rhlist)
			return rht_obj(ht, head);
		__rhl_push(obj, head);
		if (pprev)
			rcu_assign_pointer(*pprev, obj);
		else
			rht_assign_locked(bkt, obj);
		return NULL;
	}
	return ERR_PTR(length >= RHT_ELASTICITY ? -EAGAIN : -ENOENT);
}

/* Puts the object first in a bucket of the newest table, which is locked; 0, -E2BIG, -EAGAIN. */
static int link_one(struct rhashtable *ht, struct rhash_lock_head __rcu **bkt,
		    struct bucket_table *tbl, unsigned int hash, struct rhash_head *obj)
{
	if (rht_grow_above_max(ht, tbl))
		return -E2BIG;
	if (rht_grow_above_100(ht, tbl))
		return -EAGAIN;
	RCU_INIT_POINTER(obj->next, rht_ptr(bkt, tbl, hash));
	if (ht->rhlist)
		RCU_INIT_POINTER(container_of(obj, struct rhlist_head, rhead)->next, NULL);
	atomic_inc(&ht->nelems);
	rht_assign_locked(bkt, obj);
	if (rht_grow_above_75(ht, tbl))
		schedule_work(&ht->run_work);
	return 0;
}

/*
 * One table's part of an insertion. *@next becomes the table to go on with, or NULL if this was the
 * end: then the return value is the result, where -EAGAIN means that a resize is needed.
 */
static void *insert_in_table(struct rhashtable *ht, struct bucket_table *tbl, const void *key,
			     struct rhash_head *obj, struct bucket_table **next)
{
	unsigned int hash = rht_head_hashfn(ht, tbl, obj, ht->p);
	struct rhash_lock_head __rcu **bkt;
	unsigned long flags;
	void *data;

	/*
	 * Acquire: if the bucket below turns out to be missing, it was made, if at all, by one who
	 * asks for the newer table after that (nested_block()), and sees it.
	 */
	*next = (__force struct bucket_table *)smp_load_acquire(&tbl->future_tbl);
	bkt = *next ? rht_bucket_var(tbl, hash) : rht_bucket_insert(ht, tbl, hash);
	if (!bkt) {
		if (!*next)
			*next = rht_dereference_rcu(tbl->future_tbl, ht);
		return ERR_PTR(-EAGAIN);
	}

	flags = rht_lock(tbl, bkt);
	data = lookup_one(ht, bkt, tbl, hash, key, obj);
	*next = NULL;
	if (data == ERR_PTR(-ENOENT) || data == ERR_PTR(-EAGAIN)) {
		*next = rht_dereference_rcu(tbl->future_tbl, ht);	/* R2 */
		if (!*next && data == ERR_PTR(-ENOENT))
			data = ERR_PTR(link_one(ht, bkt, tbl, hash, obj));
	}
	rht_unlock(tbl, bkt, flags);
	return data;
}

static void *try_insert(struct rhashtable *ht, const void *key, struct rhash_head *obj)
{
	struct bucket_table *tbl, *next = rht_dereference_rcu(ht->tbl, ht);
	void *data;
	int ret;

	do {
		tbl = next;
		data = insert_in_table(ht, tbl, key, obj, &next);
	} while (next);

	if (data == ERR_PTR(-EAGAIN)) {
		ret = insert_rehash(ht, tbl);
		data = ERR_PTR(ret ?: -EAGAIN);
	}
	return data;
}

/**
 * rhashtable_insert_slow() - insert while a resize is going on, or start one
 * @ht: the table
 * @key: look for another object of it; NULL: don't
 * @obj: the object's head
 *
 * Context: any but NMI.
 * Return: NULL if it was inserted; the other object; -E2BIG, -EBUSY, -ENOMEM as an ERR_PTR.
 */
void *rhashtable_insert_slow(struct rhashtable *ht, const void *key, struct rhash_head *obj)
{
	void *data;

	do {
		rcu_read_lock();
		data = try_insert(ht, key, obj);
		rcu_read_unlock();
	} while (data == ERR_PTR(-EAGAIN));
	return data;
}
EXPORT_SYMBOL(rhashtable_insert_slow);

/* ---- init and destroy ---- */

static u32 rhashtable_jhash2(const void *key, u32 length, u32 seed)
{
	return jhash2(key, length, seed);
}

static unsigned int initial_size(const struct rhashtable_params *p)
{
	if (!p->nelem_hint)
		return max_t(unsigned int, p->min_size, HASH_DEFAULT_SIZE);
	return max_t(unsigned int, roundup_pow_of_two(p->nelem_hint * 4 / 3), p->min_size);
}

/**
 * rhashtable_init() - make a table
 * @ht: the table
 * @params: what it is made for
 *
 * Context: may sleep.
 * Return: 0; -EINVAL: neither a key length nor an @params->obj_hashfn, or an obj_hashfn without
 * obj_cmpfn; -ENOMEM.
 */
int rhashtable_init_noprof(struct rhashtable *ht, const struct rhashtable_params *params)
{
	struct bucket_table *tbl;
	unsigned int size;

	if ((!params->key_len && !params->obj_hashfn) ||
	    (params->obj_hashfn && !params->obj_cmpfn))
		return -EINVAL;

	memset(ht, 0, sizeof(*ht));
	mutex_init(&ht->mutex);
	spin_lock_init(&ht->lock);
	ht->p = *params;
	ht->p.min_size = clamp_t(unsigned long, roundup_pow_of_two(params->min_size ?: 1),
				 HASH_MIN_SIZE, 1U << 15);
	if (params->max_size)
		ht->p.max_size = max(rounddown_pow_of_two(params->max_size),
				     (unsigned long)ht->p.min_size);
	/* Objects: twice as many as buckets, and a number that atomic_t can hold. */
	ht->max_elems = 1U << 31;
	if (ht->p.max_size && ht->p.max_size < ht->max_elems / 2)
		ht->max_elems = ht->p.max_size * 2;

	ht->key_len = ht->p.key_len;
	if (!params->hashfn) {
		ht->p.hashfn = jhash;
		if (!(ht->key_len % sizeof(u32))) {
			ht->key_len /= sizeof(u32);
			ht->p.hashfn = rhashtable_jhash2;
		}
	}

	size = initial_size(&ht->p);
	if (ht->p.max_size)
		size = min(size, ht->p.max_size);
	tbl = table_alloc(ht, size, GFP_KERNEL);
	if (!tbl) {	/* better a small table than none */
		size = max_t(unsigned int, ht->p.min_size, HASH_MIN_SIZE);
		tbl = table_alloc(ht, size, GFP_KERNEL | __GFP_NOFAIL);
	}
	if (!tbl)
		return -ENOMEM;
	atomic_set(&ht->nelems, 0);
	RCU_INIT_POINTER(ht->tbl, tbl);
	INIT_WORK(&ht->run_work, resize_work);
	return 0;
}
EXPORT_SYMBOL(rhashtable_init_noprof);

/** rhltable_init() - make a table that takes several objects of a key; as rhashtable_init() */
int rhltable_init_noprof(struct rhltable *hlt, const struct rhashtable_params *params)
{
	int ret = rhashtable_init_noprof(&hlt->ht, params);

	hlt->ht.rhlist = true;
	return ret;
}
EXPORT_SYMBOL(rhltable_init_noprof);

static void free_chain(struct rhashtable *ht, struct rhash_head *he,
		       void (*free_fn)(void *ptr, void *arg), void *arg)
{
	while (!rht_is_a_nulls(he)) {
		struct rhash_head *next = rcu_dereference_raw(he->next);
		struct rhlist_head *list = container_of(he, struct rhlist_head, rhead), *more;

		more = ht->rhlist ? rcu_dereference_raw(list->next) : NULL;
		free_fn(rht_obj(ht, he), arg);
		while (more) {
			list = more;
			more = rcu_dereference_raw(list->next);
			free_fn(rht_obj(ht, &list->rhead), arg);
		}
		he = next;
	}
}

/**
 * rhashtable_free_and_destroy() - free a table, and its objects
 * @ht: the table; nobody uses it any more
 * @free_fn: called with each object, or NULL
 * @arg: passed on
 *
 * Context: may sleep.
 */
void rhashtable_free_and_destroy(struct rhashtable *ht, void (*free_fn)(void *ptr, void *arg),
				 void *arg)
{
	struct bucket_table *tbl, *next;
	unsigned int hash;

	cancel_work_sync(&ht->run_work);
	mutex_lock(&ht->mutex);
	for (tbl = rht_dereference(ht->tbl, ht); tbl; tbl = next) {
		for (hash = 0; free_fn && hash < tbl->size; hash++) {
			free_chain(ht, rht_ptr_exclusive(rht_bucket(tbl, hash)), free_fn, arg);
			cond_resched();
		}
		next = rht_dereference(tbl->future_tbl, ht);
		table_free(tbl);
	}
	RCU_INIT_POINTER(ht->tbl, NULL);
	mutex_unlock(&ht->mutex);
}
EXPORT_SYMBOL(rhashtable_free_and_destroy);

/** rhashtable_destroy() - free a table, leaving the objects alone */
void rhashtable_destroy(struct rhashtable *ht)
{
	rhashtable_free_and_destroy(ht, NULL, NULL);
}
EXPORT_SYMBOL(rhashtable_destroy);

/* ---- walkers ---- */

/**
 * rhashtable_walk_enter() - begin to walk all objects
 * @ht: the table
 * @iter: the walker; rhashtable_walk_exit() ends it
 *
 * Between rhashtable_walk_start() and rhashtable_walk_stop() is an RCU reader; outside, the walker
 * may sleep. Objects that are there all the time are returned at least once; a resize may have some
 * returned again.
 *
 * Context: may sleep.
 */
void rhashtable_walk_enter(struct rhashtable *ht, struct rhashtable_iter *iter)
{
	*iter = (struct rhashtable_iter) { .ht = ht };
	spin_lock(&ht->lock);
	/*
	 * If this is no longer the oldest table, its walkers have yet to be told so, us included.
	 */
	iter->walker.tbl = rcu_dereference_raw(ht->tbl);
	list_add(&iter->walker.list, &iter->walker.tbl->walkers);
	spin_unlock(&ht->lock);
}
EXPORT_SYMBOL(rhashtable_walk_enter);

/** rhashtable_walk_exit() - end a walk; not between walk_start and walk_stop */
void rhashtable_walk_exit(struct rhashtable_iter *iter)
{
	spin_lock(&iter->ht->lock);
	if (iter->walker.tbl)
		list_del(&iter->walker.list);
	spin_unlock(&iter->ht->lock);
}
EXPORT_SYMBOL(rhashtable_walk_exit);

/* Is what was returned last still in its chain? While the walker paused it may have been freed. */
static void walk_find_again(struct rhashtable_iter *iter)
{
	struct rhashtable *ht = iter->ht;
	struct rhlist_head *list;
	struct rhash_head *he;
	unsigned int skip = 0;

	rht_for_each_rcu(he, iter->walker.tbl, iter->slot) {
		if (!ht->rhlist) {
			skip++;
			if (he == iter->p) {
				iter->skip = skip;
				return;
			}
			continue;
		}
		rhl_for_each_rcu(list, container_of(he, struct rhlist_head, rhead)) {
			skip++;
			if (list == iter->list) {
				iter->p = he;
				iter->skip = skip;
				return;
			}
		}
	}
	iter->p = NULL;
}

/**
 * rhashtable_walk_start_check() - begin or go on walking
 * @iter: the walker
 *
 * Context: enters rcu_read_lock(), whatever is returned.
 * Return: 0; -EAGAIN if a resize has made the walk begin again.
 */
int rhashtable_walk_start_check(struct rhashtable_iter *iter)
{
	struct rhashtable *ht = iter->ht;

	rcu_read_lock();
	spin_lock(&ht->lock);
	if (iter->walker.tbl)
		list_del(&iter->walker.list);
	spin_unlock(&ht->lock);

	if (iter->end_of_table)
		return 0;
	if (!iter->walker.tbl) {
		iter->walker.tbl = rht_dereference_rcu(ht->tbl, ht);
		iter->p = NULL;
		iter->slot = 0;
		iter->skip = 0;
		return -EAGAIN;
	}
	if (iter->p)
		walk_find_again(iter);
	return 0;
}
EXPORT_SYMBOL(rhashtable_walk_start_check);

static void *walk_current(struct rhashtable_iter *iter)
{
	return rht_obj(iter->ht, iter->ht->rhlist ? &iter->list->rhead : iter->p);
}

/* Finds the object after the first @iter->skip ones of a slot. */
static bool walk_slot(struct rhashtable_iter *iter)
{
	unsigned int skip = iter->skip;
	struct rhlist_head *list;
	struct rhash_head *he;

	rht_for_each_rcu(he, iter->walker.tbl, iter->slot) {
		if (!iter->ht->rhlist) {
			if (!skip--) {
				iter->p = he;
				return true;
			}
			continue;
		}
		rhl_for_each_rcu(list, container_of(he, struct rhlist_head, rhead)) {
			if (!skip--) {
				iter->p = he;
				iter->list = list;
				return true;
			}
		}
	}
	return false;
}

static void *walk_find_next(struct rhashtable_iter *iter)
{
	struct rhashtable *ht = iter->ht;
	struct bucket_table *tbl = iter->walker.tbl;

	if (!tbl)
		return NULL;
	for (; iter->slot < tbl->size; iter->slot++) {
		if (walk_slot(iter)) {
			iter->skip++;
			return walk_current(iter);
		}
		iter->skip = 0;
	}
	iter->p = NULL;

	/* pairs as in __rhashtable_lookup() */
	smp_rmb();
	iter->walker.tbl = rht_dereference_rcu(tbl->future_tbl, ht);
	if (iter->walker.tbl) {
		iter->slot = 0;
		iter->skip = 0;
		return ERR_PTR(-EAGAIN);
	}
	iter->end_of_table = true;
	return NULL;
}

/**
 * rhashtable_walk_next() - the next object
 * @iter: the walker
 *
 * Context: between rhashtable_walk_start() and _stop().
 * Return: the object; NULL at the end; -EAGAIN as an ERR_PTR where the walk goes on in a newer
 * table, and may return objects again.
 */
void *rhashtable_walk_next(struct rhashtable_iter *iter)
{
	struct rhashtable *ht = iter->ht;

	if (iter->p) {
		if (ht->rhlist)
			iter->list = rcu_dereference_raw(iter->list->next);
		if (!ht->rhlist || !iter->list) {
			iter->p = rcu_dereference_raw(iter->p->next);
			iter->list = container_of(iter->p, struct rhlist_head, rhead);
		}
		if (!rht_is_a_nulls(iter->p)) {
			iter->skip++;
			return walk_current(iter);
		}
		iter->p = NULL;
		iter->slot++;
		iter->skip = 0;
	}
	return walk_find_next(iter);
}
EXPORT_SYMBOL(rhashtable_walk_next);

/** rhashtable_walk_peek() - the object that was returned last, or else the next one */
void *rhashtable_walk_peek(struct rhashtable_iter *iter)
{
	if (iter->p)
		return walk_current(iter);
	/* It has been removed; what took its place has not been returned. */
	if (iter->skip)
		iter->skip--;
	return walk_find_next(iter);
}
EXPORT_SYMBOL(rhashtable_walk_peek);

/** rhashtable_walk_stop() - pause or end; leaves rcu_read_lock() */
void rhashtable_walk_stop(struct rhashtable_iter *iter)
{
	struct bucket_table *tbl = iter->walker.tbl;
	struct rhashtable *ht = iter->ht;

	if (tbl) {
		spin_lock(&ht->lock);
		if (tbl->gone)
			iter->walker.tbl = NULL;
		else
			list_add(&iter->walker.list, &tbl->walkers);
		spin_unlock(&ht->lock);
	}
	rcu_read_unlock();
}
EXPORT_SYMBOL(rhashtable_walk_stop);
