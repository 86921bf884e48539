// SPDX-License-Identifier: MIT
/*
 * Slabs: allocation and freeing of small objects.
 *
 * A slab is a folio cut into objects of one cache. Free objects form a list through themselves
 * (at cache->offset), so that nothing else needs memory. A slab is in one of these states:
 *
 *	frozen	 it belongs to one CPU; on no list. Its free objects are in two places:
 *		 cpu->freelist (that CPU's alone, interrupts off) and the slab's own list in
 *		 slab->state, where others put what they free
 *	partial	 some objects are free; on node.partial
 *	full	 none is free; on no list (nobody has to find it)
 *
 *	            alloc: take the first partial slab            last object taken,
 *	  partial ------------------------------------> frozen ---------------------> full
 *	     ^                                            |    CPU moves on             |
 *	     |      CPU moves on, objects left            |                             |
 *	     +--------------------------------------------+                             |
 *	     +--------------------------------------------------------------------------+
 *	            free: first object comes back
 *
 * The fast paths pop and push cpu->freelist with interrupts off: a handful of instructions, no
 * atomic operation. Linux swaps a pointer and a transaction number with a double-word cmpxchg
 * instead; turning interrupts off costs as little on both machines and can be read at a glance.
 *
 * A free of an object whose slab isn't this CPU's goes to slab->state by one 64-bit cmpxchg. Only
 * two transitions need the list lock: full to partial (put it on the list) and to empty (take it
 * off, if there are enough slabs in reserve). They take the lock first and cmpxchg under it:
 *
 *	S1  not frozen, with a free object, and list_lock free to take  =>  on node.partial
 *	S2  frozen  =>  on no list, and only its CPU (or who stopped it) unfreezes it
 *	S3  state.inuse counts the objects of cpu->freelist too: they aren't the slab's
 *
 * Debug caches (SLAB_DEBUG_FLAGS) have no CPU slabs: all their operations run under the list
 * lock, where slub_debug.c looks at each object.
 *
 * Lock order: slab_mutex, then node.list_lock (interrupts off), then zone->lock.
 */

#define pr_fmt(fmt) "slub: " fmt

#include <linux/bitops.h>
#include <linux/cpu.h>
#include <linux/cpuhotplug.h>
#include <linux/fault-inject.h>
#include <linux/kasan.h>
#include <linux/kernel.h>
#include <linux/log2.h>
#include <linux/mm.h>
#include <linux/mutex.h>
#include <linux/percpu.h>
#include <linux/printk.h>
#include <linux/rcupdate.h>
#include <linux/report.h>
#include <linux/sched/mm.h>
#include <linux/slab.h>
#include <linux/smp.h>
#include <linux/stackdepot.h>
#include <linux/string.h>

#include "internal.h"
#include "slab.h"

#define MAX_SLAB_ORDER		3
#define WISHED_OBJECTS		16

/* ---- slabs come and go ---- */

static struct slab *alloc_slab_pages(struct kmem_cache *s, gfp_t gfp, unsigned int order)
{
	struct folio *folio = (struct folio *)alloc_pages(gfp | s->allocflags, order);
	struct slab *slab = folio_slab(folio);

	if (!folio)
		return NULL;
	__folio_set_slab(folio);
	slab->slab_cache = s;
	INIT_LIST_HEAD(&slab->slab_list);
	slab->objects = (PAGE_SIZE << order) / s->size;
	slab->state = slab_state(SLAB_NONE, slab->objects, true);
	mm_stat_add(NR_SLAB_PAGES, 1L << order);
	return slab;
}

static void init_object(struct kmem_cache *s, void *object)
{
	slub_debug_init_object(s, object);
	object = kasan_init_slab_obj(s, object);
	if (unlikely(s->ctor)) {
		kasan_unpoison_new_object(s, object);
		s->ctor(object);
		kasan_poison_new_object(s, object);
	}
}

/* Link all objects in ascending order; the first is returned. */
static void *link_objects(struct kmem_cache *s, struct slab *slab)
{
	void *first = nth_object(s, slab, 0), *object = first;
	unsigned int i;

	for (i = 1; i <= slab->objects; i++) {
		void *next = i < slab->objects ? object + s->size : NULL;

		init_object(s, object);
		set_freepointer(s, object, next);
		object = next;
	}
	return first;
}

/*
 * A new slab, frozen, with all objects counted as in use; *@freelist has them all.
 *
 * Context: Any; interrupts on if @gfp may sleep.
 */
static struct slab *new_slab(struct kmem_cache *s, gfp_t gfp, void **freelist)
{
	gfp_t try = (gfp | __GFP_NOWARN | __GFP_NORETRY) & ~(__GFP_NOFAIL | __GFP_DIRECT_RECLAIM);
	struct slab *slab;

	/*
	 * The caller's __GFP_ZERO is for its object; the others are zeroed when their turn comes.
	 */
	gfp &= ~(__GFP_ZERO | __GFP_COMP);
	slab = alloc_slab_pages(s, s->order > s->min_order ? try & ~__GFP_ZERO : gfp, s->order);
	if (!slab && s->order > s->min_order)
		slab = alloc_slab_pages(s, gfp, s->min_order);
	if (!slab)
		return NULL;

	kasan_poison_slab(slab);
	slub_debug_init_slab(s, slab);
	*freelist = link_objects(s, slab);
	atomic_long_inc(&s->node.nr_slabs);
	atomic_long_add(slab->objects, &s->node.total_objects);
	return slab;
}

static void free_slab_pages(struct slab *slab)
{
	struct page *page = slab_page(slab);
	unsigned int order = compound_order(page);

	__ClearPageSlab(page);
	page->compound_head = 0;	/* was slab_cache */
	page->mapping = NULL;		/* was in the list or the rcu_head */
	mm_stat_add(NR_SLAB_PAGES, -(1L << order));
	__free_pages(page, order);
}

static void free_slab_rcu(struct rcu_head *head)
{
	free_slab_pages(container_of(head, struct slab, rcu_head));
}

/* Nobody can reach the slab any more. */
static void discard_slab(struct kmem_cache *s, struct slab *slab)
{
	atomic_long_dec(&s->node.nr_slabs);
	atomic_long_sub(slab->objects, &s->node.total_objects);
	if (unlikely(s->flags & SLAB_TYPESAFE_BY_RCU))
		call_rcu(&slab->rcu_head, free_slab_rcu);
	else
		free_slab_pages(slab);
}

/* ---- the partial list; under node.list_lock ---- */

static void add_partial(struct kmem_cache_node *n, struct slab *slab, bool tail)
{
	lockdep_assert_held(&n->list_lock);
	n->nr_partial++;
	if (tail)
		list_add_tail(&slab->slab_list, &n->partial);
	else
		list_add(&slab->slab_list, &n->partial);
}

static void remove_partial(struct kmem_cache_node *n, struct slab *slab)
{
	lockdep_assert_held(&n->list_lock);
	list_del_init(&slab->slab_list);
	n->nr_partial--;
}

/* ---- a CPU's slab; interrupts off ---- */

/* Take all free objects of a slab, and freeze it: afterwards they are the caller's (S3). */
static void *take_all_objects(struct slab *slab)
{
	u64 old = READ_ONCE(slab->state), new;

	do {
		new = slab_state(SLAB_NONE, slab->objects, true);
	} while (!try_cmpxchg(&slab->state, &old, new));
	return token_to_obj(slab, state_free(old));
}

/*
 * Others may have freed objects of our slab since we took its list. Take them; if there are none
 * the slab is full: let go of it.
 */
static void *refill_from_slab(struct slab *slab)
{
	u64 old = READ_ONCE(slab->state), new;
	void *freelist;

	do {
		freelist = token_to_obj(slab, state_free(old));
		new = slab_state(SLAB_NONE, slab->objects, freelist != NULL);
	} while (!try_cmpxchg(&slab->state, &old, new));
	return freelist;
}

static void *refill_from_partial(struct kmem_cache *s, struct kmem_cache_cpu *c)
{
	struct kmem_cache_node *n = &s->node;
	struct slab *slab;
	void *freelist;

	/* A racy look saves the lock; who misses a slab allocates one more. */
	if (!READ_ONCE(n->nr_partial))
		return NULL;
	spin_lock(&n->list_lock);
	slab = list_first_entry_or_null(&n->partial, struct slab, slab_list);
	if (!slab) {
		spin_unlock(&n->list_lock);
		return NULL;
	}
	remove_partial(n, slab);
	freelist = take_all_objects(slab);
	spin_unlock(&n->list_lock);
	c->slab = slab;
	return freelist;
}

/*
 * Unfreeze a slab and give it back the objects in @freelist. It ends up on the partial list, or
 * full and on none, or freed.
 */
static void deactivate_slab(struct kmem_cache *s, struct slab *slab, void *freelist)
{
	struct kmem_cache_node *n = &s->node;
	unsigned int count = 0, head = SLAB_NONE;
	void *tail = NULL, *object;
	unsigned long flags;
	bool empty;
	u64 old, new;

	for (object = freelist; object; object = get_freepointer(s, object)) {
		tail = object;
		count++;
	}

	spin_lock_irqsave(&n->list_lock, flags);
	old = READ_ONCE(slab->state);
	do {
		head = state_free(old);
		if (tail) {
			set_freepointer(s, tail, token_to_obj(slab, head));
			head = obj_to_token(slab, freelist);
		}
		new = slab_state(head, state_inuse(old) - count, false);
	} while (!try_cmpxchg(&slab->state, &old, new));

	empty = !state_inuse(new) && n->nr_partial >= s->min_partial;
	if (!empty && head != SLAB_NONE)
		add_partial(n, slab, true);
	spin_unlock_irqrestore(&n->list_lock, flags);
	if (empty)
		discard_slab(s, slab);
}

static void flush_cpu_slab(struct kmem_cache *s, struct kmem_cache_cpu *c)
{
	struct slab *slab = c->slab;
	void *freelist = c->freelist;

	if (!slab)
		return;
	c->slab = NULL;
	c->freelist = NULL;
	deactivate_slab(s, slab, freelist);
}

static void flush_this_cpu(void *info)
{
	struct kmem_cache *s = info;
	unsigned long flags;

	local_irq_save(flags);
	flush_cpu_slab(s, this_cpu_ptr(s->cpu_slab));
	local_irq_restore(flags);
}

static void flush_all(struct kmem_cache *s)
{
	on_each_cpu(flush_this_cpu, s, 1);
}

/*
 * The CPU's list is empty. Called and returns with interrupts off; they are on in between if the
 * allocation may sleep, so that the task may be on another CPU afterwards.
 */
static noinline void *slab_alloc_slow(struct kmem_cache *s, gfp_t gfp, unsigned long flags)
{
	struct kmem_cache_cpu *c;
	struct slab *slab;
	void *freelist;

redo:
	c = this_cpu_ptr(s->cpu_slab);
	freelist = c->freelist;
	if (freelist)
		goto found;
	if (c->slab) {
		freelist = refill_from_slab(c->slab);
		if (freelist)
			goto found;
		c->slab = NULL;
	}
	freelist = refill_from_partial(s, c);
	if (freelist)
		goto found;

	local_irq_restore(flags);
	slab = new_slab(s, gfp, &freelist);
	local_irq_save(flags);
	if (!slab)
		return NULL;
	c = this_cpu_ptr(s->cpu_slab);
	if (unlikely(c->slab)) {
		/* Another task or an interrupt gave this CPU a slab meanwhile: ours is spare. */
		deactivate_slab(s, slab, freelist);
		goto redo;
	}
	c->slab = slab;
found:
	c->freelist = get_freepointer(s, freelist);
	return freelist;
}

/* ---- debug caches ---- */

static void *alloc_from_debug_slab(struct kmem_cache *s, struct slab *slab, size_t orig_size)
{
	struct kmem_cache_node *n = &s->node;
	void *object = token_to_obj(slab, state_free(slab->state)), *next;

	lockdep_assert_held(&n->list_lock);
	if (!slub_debug_alloc(s, slab, object, orig_size)) {
		/* Damaged: leave the slab alone for ever, out of reach. */
		remove_partial(n, slab);
		slab->state = slab_state(SLAB_NONE, slab->objects, false);
		list_add(&slab->slab_list, &n->full);
		return NULL;
	}
	next = get_freepointer(s, object);
	slab->state = slab_state(obj_to_token(slab, next), state_inuse(slab->state) + 1, false);
	if (state_inuse(slab->state) == slab->objects) {
		remove_partial(n, slab);
		list_add(&slab->slab_list, &n->full);
	}
	return object;
}

static void *alloc_debug(struct kmem_cache *s, gfp_t gfp, unsigned long caller, size_t orig_size)
{
	struct kmem_cache_node *n = &s->node;
	struct slab *slab, *fresh = NULL;
	void *object = NULL, *freelist;
	unsigned long flags;

	for (;;) {
		spin_lock_irqsave(&n->list_lock, flags);
		if (fresh) {
			fresh->state = slab_state(obj_to_token(fresh, freelist), 0, false);
			add_partial(n, fresh, false);
			fresh = NULL;
		}
		while (!object && n->nr_partial) {
			slab = list_first_entry(&n->partial, struct slab, slab_list);
			object = alloc_from_debug_slab(s, slab, orig_size);
		}
		spin_unlock_irqrestore(&n->list_lock, flags);
		if (object)
			break;
		fresh = new_slab(s, gfp, &freelist);
		if (!fresh)
			return NULL;
	}
	slub_debug_track_alloc(s, object, caller, gfp);
	return object;
}

static noinline void free_debug(struct kmem_cache *s, struct slab *slab, void *object,
				unsigned long caller)
{
	struct kmem_cache_node *n = &s->node;
	depot_stack_handle_t stack = 0;
	bool was_full, discard = false;
	unsigned long flags;

	if (s->flags & SLAB_STORE_USER)
		stack = slub_debug_save_stack(GFP_NOWAIT);
	spin_lock_irqsave(&n->list_lock, flags);
	if (slub_debug_free(s, slab, object, caller, stack)) {
		was_full = state_inuse(slab->state) == slab->objects;
		set_freepointer(s, object, token_to_obj(slab, state_free(slab->state)));
		slab->state = slab_state(obj_to_token(slab, object),
					 state_inuse(slab->state) - 1, false);
		if (was_full) {
			list_del_init(&slab->slab_list);
			add_partial(n, slab, true);
		}
		if (!state_inuse(slab->state) && n->nr_partial > s->min_partial) {
			remove_partial(n, slab);
			discard = true;
		}
	}
	spin_unlock_irqrestore(&n->list_lock, flags);
	if (discard)
		discard_slab(s, slab);
}

/* ---- allocation ---- */

static __always_inline void *alloc_fast(struct kmem_cache *s, gfp_t gfp)
{
	struct kmem_cache_cpu *c;
	unsigned long flags;
	void *object;

	local_irq_save(flags);
	c = this_cpu_ptr(s->cpu_slab);
	object = c->freelist;
	if (likely(object))
		c->freelist = get_freepointer(s, object);
	else
		object = slab_alloc_slow(s, gfp, flags);
	local_irq_restore(flags);
	return object;
}

/* One object. @caller and @orig_size are what a debug cache remembers of it. */
static __always_inline void *slab_alloc(struct kmem_cache *s, gfp_t gfp, unsigned long caller,
					size_t orig_size)
{
	void *object;

	gfp &= gfp_allowed_mask;
	might_alloc(gfp);
	if (unlikely(should_failslab(s, gfp)))
		return NULL;
	if (unlikely(kmem_cache_debug(s)))
		object = alloc_debug(s, gfp, caller, orig_size);
	else
		object = alloc_fast(s, gfp);
	if (unlikely(!object))
		return NULL;
	object = kasan_slab_alloc(s, object, gfp, gfp & __GFP_ZERO);
	/* Of a debug cache's object, what was not asked for is red zone already. */
	if (gfp & __GFP_ZERO)
		memset(object, 0, kmem_cache_debug(s) ? orig_size : s->object_size);
	return object;
}

/**
 * kmem_cache_alloc_noprof() - allocate an object
 * @s: the cache
 * @gfp: how
 *
 * Return: the object, or NULL. If the cache has a constructor the object is as that left it.
 */
void *kmem_cache_alloc_noprof(struct kmem_cache *s, gfp_t gfp)
{
	return slab_alloc(s, gfp, _RET_IP_, s->object_size);
}

/* Pop up to @size objects off this CPU's list; interrupts off. */
static size_t pop_many(struct kmem_cache *s, size_t size, void **p)
{
	struct kmem_cache_cpu *c = this_cpu_ptr(s->cpu_slab);
	void *object = c->freelist;
	size_t n;

	for (n = 0; n < size && object; n++) {
		p[n] = object;
		object = get_freepointer(s, object);
	}
	c->freelist = object;
	return n;
}

static size_t alloc_bulk_fast(struct kmem_cache *s, gfp_t gfp, size_t size, void **p)
{
	unsigned long flags;
	size_t n = 0;

	local_irq_save(flags);
	while (n < size) {
		n += pop_many(s, size - n, p + n);
		if (n == size)
			break;
		p[n] = slab_alloc_slow(s, gfp, flags);
		if (!p[n])
			break;
		n++;
	}
	local_irq_restore(flags);
	return n;
}

/**
 * kmem_cache_alloc_bulk_noprof() - allocate many objects, or none
 * @s: the cache
 * @gfp: how
 * @size: how many
 * @p: where to put them
 *
 * Return: @size, or 0: then nothing is held.
 */
int kmem_cache_alloc_bulk_noprof(struct kmem_cache *s, gfp_t gfp, size_t size, void **p)
{
	size_t n = 0, i;

	gfp &= gfp_allowed_mask;
	might_alloc(gfp);
	if (!size || should_failslab(s, gfp))
		return 0;
	if (!kmem_cache_debug(s)) {
		n = alloc_bulk_fast(s, gfp, size, p);
	} else {
		while (n < size) {
			p[n] = alloc_debug(s, gfp, _RET_IP_, s->object_size);
			if (!p[n])
				break;
			n++;
		}
	}
	for (i = 0; i < n; i++) {
		p[i] = kasan_slab_alloc(s, p[i], gfp, gfp & __GFP_ZERO);
		if (gfp & __GFP_ZERO)
			memset(p[i], 0, s->object_size);
	}
	if (n == size)
		return size;
	kmem_cache_free_bulk(s, n, p);
	return 0;
}

/* ---- freeing ---- */

/* Can this push change what list the slab belongs on? Then it has to be made under the lock. */
static bool needs_list_lock(const struct kmem_cache *s, u64 old, u64 new)
{
	if (state_frozen(old))
		return false;
	if (state_free(old) == SLAB_NONE)
		return true;
	return !state_inuse(new) && READ_ONCE(s->node.nr_partial) >= s->min_partial;
}

/*
 * The slab isn't this CPU's. @head to @tail: @count objects of it, linked already.
 */
static noinline void slab_free_slow(struct kmem_cache *s, struct slab *slab, void *head, void *tail,
				    unsigned int count)
{
	struct kmem_cache_node *n = &s->node;
	unsigned long flags = 0;
	bool locked, discard = false;
	u64 old = READ_ONCE(slab->state), new;

	for (;;) {
		set_freepointer(s, tail, token_to_obj(slab, state_free(old)));
		new = slab_state(obj_to_token(slab, head), state_inuse(old) - count,
				 state_frozen(old));
		locked = needs_list_lock(s, old, new);
		if (locked)
			spin_lock_irqsave(&n->list_lock, flags);
		if (try_cmpxchg(&slab->state, &old, new))
			break;
		if (locked)
			spin_unlock_irqrestore(&n->list_lock, flags);
	}
	if (!locked)
		return;

	if (!state_inuse(new) && n->nr_partial >= s->min_partial) {
		if (state_free(old) != SLAB_NONE)	/* S1: it was on the list */
			remove_partial(n, slab);
		discard = true;
	} else if (state_free(old) == SLAB_NONE) {
		add_partial(n, slab, true);
	}
	spin_unlock_irqrestore(&n->list_lock, flags);
	if (discard)
		discard_slab(s, slab);
}

/* Caught for nothing: the object is the one that would be allocated next. */
static noinline void report_double_free(struct kmem_cache *s, void *object)
{
	enum report_verdict verdict = report_begin(REPORT_SLAB, "double free");

	pr_err("BUG %s: Object 0x%px already free\n", s->name, object);
	dump_stack();
	if (verdict == REPORT_REAL)
		add_taint(TAINT_BAD_PAGE, LOCKDEP_NOW_UNRELIABLE);
}

static __always_inline void do_slab_free(struct kmem_cache *s, struct slab *slab, void *object,
					 unsigned long caller)
{
	struct kmem_cache_cpu *c;
	unsigned long flags;

	local_irq_save(flags);
	c = this_cpu_ptr(s->cpu_slab);
	if (likely(c->slab == slab)) {
		if (unlikely(c->freelist == object)) {
			local_irq_restore(flags);
			report_double_free(s, object);
			return;
		}
		set_freepointer(s, object, c->freelist);
		c->freelist = object;
		local_irq_restore(flags);
		return;
	}
	local_irq_restore(flags);
	if (unlikely(kmem_cache_debug(s)))
		free_debug(s, slab, object, caller);
	else
		slab_free_slow(s, slab, object, object, 1);
}

static __always_inline void slab_free(struct kmem_cache *s, struct slab *slab, void *object,
				      unsigned long caller)
{
	if (kasan_slab_free(s, object, false))
		return;		/* a bad free, or the quarantine has it */
	do_slab_free(s, slab, object, caller);
}

/* The quarantine lets an object go. */
void ___cache_free(struct kmem_cache *s, void *object)
{
	do_slab_free(s, virt_to_slab(object), object, _RET_IP_);
}

/**
 * kmem_cache_free() - free an object
 * @s: the cache that it was allocated from
 * @x: the object
 *
 * An object of another cache, or no object at all, is reported and left alone.
 */
void kmem_cache_free(struct kmem_cache *s, void *x)
{
	struct slab *slab = virt_to_slab(x);

	if (unlikely(!slab || slab->slab_cache != s)) {
		WARN(1, "%s: Wrong slab cache. %s but object is from %s\n", __func__, s->name,
		     slab ? slab->slab_cache->name : "no slab");
		return;
	}
	slab_free(s, slab, x, _RET_IP_);
}

/*
 * Objects that were allocated one after the other often lie in one slab: those at the front of @p
 * go back as a chain, in one push. Not where somebody wants to look at each.
 * Return: how many went.
 */
static size_t free_run(void **p, size_t size)
{
	struct slab *slab = virt_to_slab(p[0]);
	void *head = p[0], *tail = p[0];
	unsigned long start, bytes;
	struct kmem_cache *s;
	size_t n = 1;

	if (IS_ENABLED(CONFIG_KASAN) || !slab || kmem_cache_debug(slab->slab_cache)) {
		kfree(p[0]);
		return 1;
	}
	s = slab->slab_cache;
	start = (unsigned long)slab_address(slab);
	bytes = (unsigned long)slab->objects * s->size;
	while (n < size && (unsigned long)p[n] - start < bytes) {
		set_freepointer(s, p[n], head);
		head = p[n++];
	}
	slab_free_slow(s, slab, head, tail, n);
	return n;
}

/**
 * kmem_cache_free_bulk() - free many objects
 * @s: the cache of all of them, or NULL: each is freed as by kfree(), and may be NULL
 * @size: how many
 * @p: the objects
 */
void kmem_cache_free_bulk(struct kmem_cache *s, size_t size, void **p)
{
	size_t i;

	if (!s) {
		for (i = 0; i < size; )
			i += ZERO_OR_NULL_PTR(p[i]) ? 1 : free_run(p + i, size - i);
		return;
	}
	for (i = 0; i < size; i++)
		kmem_cache_free(s, p[i]);
}

/* ---- kmalloc ---- */

static __always_inline void *kmalloc_by_size(size_t size, gfp_t gfp, unsigned long caller)
{
	struct kmem_cache *s;

	if (unlikely(size > KMALLOC_MAX_CACHE_SIZE))
		return __kmalloc_large_noprof(size, gfp);
	if (unlikely(!size))
		return ZERO_SIZE_PTR;
	s = kmalloc_caches[__kmalloc_index(size)];
	return kasan_kmalloc(s, slab_alloc(s, gfp, caller, size), size, gfp);
}

/**
 * __kmalloc_noprof() - memory by size
 * @size: bytes, any number up to KMALLOC_MAX_SIZE
 * @gfp: how
 *
 * Return: the memory, ZERO_SIZE_PTR for no bytes, NULL if there is none.
 */
void *__kmalloc_noprof(size_t size, gfp_t gfp)
{
	return kmalloc_by_size(size, gfp, _RET_IP_);
}

/**
 * kmalloc_node_track_caller_noprof() - kmalloc() on behalf of a caller, who is noted instead of us
 * @size: bytes
 * @gfp: how
 * @node: ignored, there is one node
 * @caller: return address
 *
 * Return: as __kmalloc_noprof().
 */
void *kmalloc_node_track_caller_noprof(size_t size, gfp_t gfp, int node, unsigned long caller)
{
	return kmalloc_by_size(size, gfp, caller);
}

/**
 * __kmalloc_cache_noprof() - kmalloc() of a size known when compiling: the caller has found the
 * cache
 * @s: the cache
 * @gfp: how
 * @size: bytes
 *
 * Return: the memory, or NULL.
 */
void *__kmalloc_cache_noprof(struct kmem_cache *s, gfp_t gfp, size_t size)
{
	return kasan_kmalloc(s, slab_alloc(s, gfp, _RET_IP_, size), size, gfp);
}

/**
 * kfree() - free what a kmalloc() function or kmem_cache_alloc() gave
 * @object: the memory, NULL or ZERO_SIZE_PTR
 *
 * Context: Any but NMI.
 */
void kfree(const void *object)
{
	struct folio *folio;

	if (unlikely(ZERO_OR_NULL_PTR(object)))
		return;
	folio = virt_to_folio(object);
	if (unlikely(!folio_test_slab(folio))) {
		kmalloc_large_free(folio, (void *)object);
		return;
	}
	slab_free(folio_slab(folio)->slab_cache, folio_slab(folio), (void *)object, _RET_IP_);
}

/* ---- layout ---- */

static unsigned int best_order(unsigned int size)
{
	unsigned int order, objects, waste;

	for (order = 0; order <= MAX_SLAB_ORDER; order++) {
		objects = (PAGE_SIZE << order) / size;
		waste = (PAGE_SIZE << order) - objects * size;
		if (objects >= WISHED_OBJECTS && waste <= (PAGE_SIZE << order) / 8)
			return order;
	}
	return max_t(unsigned int, MAX_SLAB_ORDER, get_order(size));
}

/*
 * An object and what goes with it, in this order:
 *
 *	[left red zone] object [right red zone] [link] [tracks, size asked for] [KASAN] padding
 *
 * The link lies inside the object unless the content must survive a free (constructor,
 * SLAB_TYPESAFE_BY_RCU, poison): in its middle, where an overflow of the neighbour doesn't reach.
 */
int __kmem_cache_create_layout(struct kmem_cache *s)
{
	unsigned int size = ALIGN(s->object_size, sizeof(void *));

	slub_debug_layout(s, &size);
	if (!s->offset && !kmem_cache_debug(s)) {
		s->inuse = size;
		if (s->ctor || (s->flags & SLAB_TYPESAFE_BY_RCU)) {
			s->offset = size;
			size += sizeof(void *);
		} else {
			s->offset = ALIGN_DOWN(s->object_size / 2, sizeof(void *));
		}
	}
	kasan_cache_create(s, &size, &s->flags);
	s->size = ALIGN(size, s->align);
	if (s->size > PAGE_SIZE << MAX_PAGE_ORDER)
		return -E2BIG;
	s->order = best_order(s->size);
	s->min_order = min_t(unsigned int, get_order(s->size), s->order);
	if ((PAGE_SIZE << s->order) >> 3 >= SLAB_NONE || !(PAGE_SIZE << s->order) / s->size)
		return -E2BIG;
	s->min_partial = clamp(8192U / s->size, 1U, 5U);

	s->allocflags = __GFP_COMP;
	if (s->flags & SLAB_CACHE_DMA)
		s->allocflags |= GFP_DMA;
	if (s->flags & SLAB_CACHE_DMA32)
		s->allocflags |= GFP_DMA32;
	if (s->flags & SLAB_RECLAIM_ACCOUNT)
		s->allocflags |= __GFP_RECLAIMABLE;
	return 0;
}

/** __kmem_cache_open() - lay a cache out, and make its lists. Return: 0, -ENOMEM, -E2BIG */
int __kmem_cache_open(struct kmem_cache *s)
{
	int ret = __kmem_cache_create_layout(s);

	if (ret)
		return ret;
	spin_lock_init(&s->node.list_lock);
	INIT_LIST_HEAD(&s->node.partial);
	INIT_LIST_HEAD(&s->node.full);
	s->cpu_slab = alloc_percpu(struct kmem_cache_cpu);
	return s->cpu_slab ? 0 : -ENOMEM;
}

/* ---- shrinking and shutting down ---- */

/* Free the empty slabs on the partial list. */
static unsigned long free_empty_slabs(struct kmem_cache *s)
{
	struct kmem_cache_node *n = &s->node;
	struct slab *slab, *next;
	unsigned long flags, freed = 0;
	LIST_HEAD(empty);

	spin_lock_irqsave(&n->list_lock, flags);
	list_for_each_entry_safe(slab, next, &n->partial, slab_list) {
		if (state_inuse(READ_ONCE(slab->state)))
			continue;
		/*
		 * All objects are free and on its list: nobody can free one, and only we allocate.
		 */
		remove_partial(n, slab);
		list_add(&slab->slab_list, &empty);
	}
	spin_unlock_irqrestore(&n->list_lock, flags);

	list_for_each_entry_safe(slab, next, &empty, slab_list) {
		list_del(&slab->slab_list);
		discard_slab(s, slab);
		freed++;
	}
	return freed;
}

/* 0 if no slab is left. */
int __kmem_cache_shrink(struct kmem_cache *s)
{
	kasan_cache_shrink(s);
	flush_all(s);
	free_empty_slabs(s);
	return atomic_long_read(&s->node.nr_slabs) != 0;
}

static void list_leaked_objects(struct kmem_cache *s)
{
	struct kmem_cache_node *n = &s->node;
	struct slab *slab;
	unsigned long flags;

	spin_lock_irqsave(&n->list_lock, flags);
	list_for_each_entry(slab, &n->partial, slab_list)
		slub_debug_list_objects(s, slab, "Objects remaining on __kmem_cache_shutdown()");
	list_for_each_entry(slab, &n->full, slab_list)
		slub_debug_list_objects(s, slab, "Objects remaining on __kmem_cache_shutdown()");
	spin_unlock_irqrestore(&n->list_lock, flags);
}

/* 0 if the cache is empty and may go; otherwise what is left has been listed. */
int __kmem_cache_shutdown(struct kmem_cache *s)
{
	kasan_cache_shutdown(s);
	if (!__kmem_cache_shrink(s))
		return 0;
	list_leaked_objects(s);
	return 1;
}

/** __kmem_cache_release() - free what __kmem_cache_open() made; the cache is empty */
void __kmem_cache_release(struct kmem_cache *s)
{
	free_percpu(s->cpu_slab);
}

static int slub_cpu_dead(unsigned int cpu)
{
	struct kmem_cache *s;
	unsigned long flags;

	mutex_lock(&slab_mutex);
	list_for_each_entry(s, &slab_caches, list) {
		local_irq_save(flags);
		flush_cpu_slab(s, per_cpu_ptr(s->cpu_slab, cpu));
		local_irq_restore(flags);
	}
	mutex_unlock(&slab_mutex);
	return 0;
}

static int __init slub_cpuhp_init(void)
{
	return cpuhp_setup_state_nocalls(CPUHP_SLUB_DEAD, "slub:dead", NULL, slub_cpu_dead);
}
early_initcall(slub_cpuhp_init);

/* ---- figures ---- */

static void flush_this_cpu_all(void *info)
{
	struct kmem_cache *s;

	(void)info;
	list_for_each_entry(s, &slab_caches, list)
		flush_this_cpu(s);
}

/* Every CPU lets go of its slabs; the caller holds slab_mutex. */
void slab_flush_all_caches(void)
{
	on_each_cpu(flush_this_cpu_all, NULL, 1);
}

/**
 * kmem_cache_active() - objects in use
 * @s: the cache
 *
 * Objects on a CPU's list count as in use unless the CPUs have been flushed.
 */
long kmem_cache_active(struct kmem_cache *s)
{
	struct kmem_cache_node *n = &s->node;
	long free = 0;
	struct slab *slab;
	unsigned long flags;

	spin_lock_irqsave(&n->list_lock, flags);
	list_for_each_entry(slab, &n->partial, slab_list)
		free += slab->objects - state_inuse(READ_ONCE(slab->state));
	spin_unlock_irqrestore(&n->list_lock, flags);
	return atomic_long_read(&n->total_objects) - free;
}
