// SPDX-License-Identifier: MIT
/*
 * Stack depot: each distinct stack trace once, named by a 32-bit handle.
 *
 * Traces lie one after another in pools of POOL_SIZE bytes; a handle is the pool's number and the
 * trace's offset in it. A hash table of chains finds a trace that is there already:
 *
 *	buckets[hash] -> trace -> trace -> NULL
 *
 * Lookup takes no lock: a trace never changes or goes once it is linked, and linking is the last
 * step (release, paired with the acquire of the walk). Adding takes depot_lock with interrupts
 * off, looks again, and links. From NMI the lock is only tried.
 */

#define pr_fmt(fmt) "stackdepot: " fmt

#include <linux/gfp.h>
#include <linux/init.h>
#include <linux/jhash.h>
#include <linux/kasan.h>
#include <linux/minmax.h>
#include <linux/mm.h>
#include <linux/preempt.h>
#include <linux/printk.h>
#include <linux/slab.h>
#include <linux/spinlock.h>
#include <linux/stackdepot.h>
#include <linux/stacktrace.h>
#include <linux/string.h>

#define POOL_ORDER	2
#define POOL_SIZE	(PAGE_SIZE << POOL_ORDER)
#define MAX_POOLS	1024
#define ALIGN_SHIFT	4
#define BUCKETS		2048
#define MAX_FRAMES	64

/* A handle: pool + 1 in the upper half, offset >> ALIGN_SHIFT in the lower. */
#define OFFSET_BITS	16
static_assert(POOL_SIZE >> ALIGN_SHIFT <= 1 << OFFSET_BITS);

struct stack_record {
	struct stack_record *next;	/* constant once linked, as all of it */
	u32 hash;
	u32 size;			/* entries */
	depot_stack_handle_t handle;
	unsigned long entries[];
};

static struct stack_record *buckets[BUCKETS];
static void *pools[MAX_POOLS];		/* written under depot_lock */
static unsigned int nr_pools;		/* depot_lock */
static size_t pool_used = POOL_SIZE;	/* depot_lock: of the last pool */
static bool depot_ready;
static DEFINE_RAW_SPINLOCK(depot_lock);

/**
 * stack_depot_init() - stack traces can be kept from now on
 *
 * Return: 0.
 */
int stack_depot_init(void)
{
	depot_ready = true;
	return 0;
}

static struct stack_record *find(u32 hash, const unsigned long *entries, unsigned int nr)
{
	/* Pairs with the release in stack_depot_save(). */
	struct stack_record *r = smp_load_acquire(&buckets[hash % BUCKETS]);

	for (; r; r = r->next)
		if (r->hash == hash && r->size == nr &&
		    !memcmp(r->entries, entries, nr * sizeof(*entries)))
			return r;
	return NULL;
}

/* Room for one trace; *@spare becomes the next pool if the last one is full. */
static struct stack_record *carve(size_t size, void **spare)
{
	struct stack_record *r;

	if (pool_used + size > POOL_SIZE) {
		if (!*spare || nr_pools == MAX_POOLS)
			return NULL;
		WRITE_ONCE(pools[nr_pools], *spare);
		mm_stat_add(NR_STACKDEPOT_PAGES, 1L << POOL_ORDER);
		*spare = NULL;
		nr_pools++;
		pool_used = 0;
	}
	r = pools[nr_pools - 1] + pool_used;
	r->handle = nr_pools << OFFSET_BITS | pool_used >> ALIGN_SHIFT;
	pool_used += size;
	return r;
}

static void *spare_pool(gfp_t gfp)
{
	/*
	 * What finds out about bugs must not depend on what it checks, nor ask for more than it
	 * may.
	 */
	gfp &= GFP_ATOMIC | GFP_KERNEL;
	return (void *)__get_free_pages(gfp | __GFP_NOWARN, POOL_ORDER);
}

/**
 * stack_depot_save() - keep a trace
 * @entries: return addresses
 * @nr_entries: how many
 * @gfp_flags: how to get memory if it is new and there is no room
 *
 * Context: Any.
 * Return: its handle, the same for the same trace; 0 if there is no room.
 */
depot_stack_handle_t stack_depot_save(unsigned long *entries, unsigned int nr_entries,
				      gfp_t gfp_flags)
{
	struct stack_record *r;
	depot_stack_handle_t handle = 0;
	unsigned long flags;
	void *spare = NULL;
	size_t size;
	u32 hash;

	nr_entries = min(nr_entries, MAX_FRAMES);
	if (!nr_entries || !depot_ready)
		return 0;
	hash = jhash2((u32 *)entries, nr_entries * sizeof(*entries) / sizeof(u32), 0);
	r = find(hash, entries, nr_entries);
	if (r)
		return r->handle;

	size = ALIGN(struct_size(r, entries, nr_entries), 1 << ALIGN_SHIFT);
	if (READ_ONCE(pool_used) + size > POOL_SIZE && !in_nmi())
		spare = spare_pool(gfp_flags);
	if (!in_nmi())
		raw_spin_lock_irqsave(&depot_lock, flags);
	else if (!raw_spin_trylock_irqsave(&depot_lock, flags))
		return 0;
	r = find(hash, entries, nr_entries);
	if (!r) {
		r = carve(size, &spare);
		if (r) {
			r->hash = hash;
			r->size = nr_entries;
			memcpy(r->entries, entries, nr_entries * sizeof(*entries));
			r->next = buckets[hash % BUCKETS];
			/* Pairs with the acquire in find(): who sees the link sees the trace. */
			smp_store_release(&buckets[hash % BUCKETS], r);
		}
	}
	if (r)
		handle = r->handle;
	raw_spin_unlock_irqrestore(&depot_lock, flags);
	if (spare)
		free_pages((unsigned long)spare, POOL_ORDER);
	return handle;
}

/**
 * stack_depot_fetch() - the trace behind a handle
 * @handle: from stack_depot_save()
 * @entries: set to its return addresses
 *
 * Return: how many there are, 0 if @handle is none.
 */
unsigned int stack_depot_fetch(depot_stack_handle_t handle, unsigned long **entries)
{
	unsigned int pool = handle >> OFFSET_BITS;
	struct stack_record *r;

	*entries = NULL;
	if (!pool || pool > MAX_POOLS || !READ_ONCE(pools[pool - 1]))
		return 0;
	r = pools[pool - 1] + ((size_t)(handle & (BIT(OFFSET_BITS) - 1)) << ALIGN_SHIFT);
	if (r->handle != handle)
		return 0;
	*entries = r->entries;
	return r->size;
}

/**
 * stack_depot_print() - print a trace; nothing for a handle of none
 * @stack: its handle
 */
void stack_depot_print(depot_stack_handle_t stack)
{
	unsigned long *entries;
	unsigned int nr = stack_depot_fetch(stack, &entries);

	if (nr)
		stack_trace_print(entries, nr, 0);
}
