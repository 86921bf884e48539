// SPDX-License-Identifier: MIT
/*
 * kvfree_rcu(): freeing after a grace period, in bulk.
 *
 * A callback per object would cost a list of objects spread over memory, each of them missing the
 * cache twice. So a CPU collects pointers in blocks, pages full of them, and a block waits as a
 * whole:
 *
 *	kvfree_rcu()	pointer into the CPU's current block
 *	monitor_work	after KFREE_DRAIN_JIFFIES, or when a block is full: everything collected
 *			becomes a batch, which waits by queue_rcu_work()
 *	the work	kfree_bulk() of each block; the page is kept for the next one
 *
 * Blocks need memory, and memory is given back by this code, so it must go without:
 *
 *	no block	a spare one (bkvcache), else allocate one if the caller had interrupts on,
 *			else link the object itself by its rcu_head and ask for spare ones
 *	no rcu_head	(kvfree_rcu_mightsleep()) allocate, sleeping; else wait here
 *	pressure	the shrinker makes batches at once and gives the spare blocks back
 */

#include "kvfree_rcu.h"

#include <linux/cpu.h>
#include <linux/export.h>
#include <linux/gfp.h>
#include <linux/init.h>
#include <linux/kasan.h>
#include <linux/moduleparam.h>
#include <linux/pgtable.h>
#include <linux/shrinker.h>
#include <linux/slab.h>
#include <linux/smp.h>
#include <linux/vmalloc.h>

/* Parameters are RCU's, as in Linux: rcutree.rcu_min_cached_objs=. */
#undef MODULE_PARAM_PREFIX
#define MODULE_PARAM_PREFIX	"rcutree."

#define KFREE_DRAIN_JIFFIES	(5 * HZ)

/* Spare blocks that a CPU keeps. */
static int rcu_min_cached_objs = 5;
module_param(rcu_min_cached_objs, int, 0444);
/* How long to leave them unfilled after memory was short. */
static int rcu_delay_page_cache_fill_msec = 5000;
module_param(rcu_delay_page_cache_fill_msec, int, 0444);

DEFINE_PER_CPU(struct kfree_rcu_cpu, krc) = {
	.lock = __RAW_SPIN_LOCK_UNLOCKED(krc.lock),
};

/* ---- spare blocks ---- */

/* krcp->lock held, here and in the next. */
static struct kvfree_rcu_bulk_data *get_spare(struct kfree_rcu_cpu *krcp)
{
	struct llist_node *node;

	if (!krcp->nr_bkv_objs)
		return NULL;
	WRITE_ONCE(krcp->nr_bkv_objs, krcp->nr_bkv_objs - 1);
	node = llist_del_first(&krcp->bkvcache);
	return (struct kvfree_rcu_bulk_data *)node;
}

/* Return: false if there are enough. A spare block's first words link it. */
static bool put_spare(struct kfree_rcu_cpu *krcp, struct kvfree_rcu_bulk_data *block)
{
	if (krcp->nr_bkv_objs >= rcu_min_cached_objs)
		return false;
	llist_add((struct llist_node *)block, &krcp->bkvcache);
	WRITE_ONCE(krcp->nr_bkv_objs, krcp->nr_bkv_objs + 1);
	return true;
}

static int drain_spares(struct kfree_rcu_cpu *krcp)
{
	struct llist_node *list, *pos, *next;
	unsigned long flags;
	int n = 0;

	raw_spin_lock_irqsave(&krcp->lock, flags);
	list = llist_del_all(&krcp->bkvcache);
	WRITE_ONCE(krcp->nr_bkv_objs, 0);
	raw_spin_unlock_irqrestore(&krcp->lock, flags);
	llist_for_each_safe(pos, next, list) {
		free_page((unsigned long)pos);
		n++;
	}
	return n;
}

static void fill_spares(struct work_struct *work)
{
	struct kfree_rcu_cpu *krcp =
		container_of(work, struct kfree_rcu_cpu, page_cache_work.work);
	struct kvfree_rcu_bulk_data *block;
	unsigned long flags;
	bool kept = true;

	atomic_set(&krcp->backoff_page_cache_fill, 0);
	while (kept && READ_ONCE(krcp->nr_bkv_objs) < rcu_min_cached_objs) {
		block = (void *)__get_free_page(GFP_KERNEL | __GFP_NORETRY | __GFP_NOMEMALLOC |
						__GFP_NOWARN);
		if (!block)
			break;
		raw_spin_lock_irqsave(&krcp->lock, flags);
		kept = put_spare(krcp, block);
		raw_spin_unlock_irqrestore(&krcp->lock, flags);
		if (!kept)
			free_page((unsigned long)block);
	}
	atomic_set(&krcp->work_in_progress, 0);
}

static enum hrtimer_restart ask_to_fill(struct hrtimer *t)
{
	struct kfree_rcu_cpu *krcp = container_of(t, struct kfree_rcu_cpu, hrtimer);
	unsigned long delay = 0;

	if (atomic_read(&krcp->backoff_page_cache_fill))
		delay = msecs_to_jiffies(rcu_delay_page_cache_fill_msec);
	queue_delayed_work(system_highpri_wq, &krcp->page_cache_work, delay);
	return HRTIMER_NORESTART;
}

/* A block was missed. Any context: the timer's interrupt will ask the work queue. */
static void want_spares(struct kfree_rcu_cpu *krcp)
{
	if (krcp->initialized && !atomic_xchg(&krcp->work_in_progress, 1))
		hrtimer_start(&krcp->hrtimer, 0, HRTIMER_MODE_REL);
}

/* ---- freeing ---- */

static void free_block(struct kfree_rcu_cpu *krcp, struct kvfree_rcu_bulk_data *block, int channel)
{
	unsigned long flags, i;
	bool kept;

	if (WARN_ON_ONCE(!poll_state_synchronize_rcu_full(&block->gp_snap)))
		synchronize_rcu();
	if (!channel)
		kfree_bulk(block->nr_records, block->records);
	else
		for (i = 0; i < block->nr_records; i++)
			vfree(block->records[i]);
	raw_spin_lock_irqsave(&krcp->lock, flags);
	kept = put_spare(krcp, block);
	raw_spin_unlock_irqrestore(&krcp->lock, flags);
	if (!kept)
		free_page((unsigned long)block);
}

static void free_blocks(struct kfree_rcu_cpu *krcp, struct list_head *blocks, int channel)
{
	struct kvfree_rcu_bulk_data *block, *next;

	list_for_each_entry_safe(block, next, blocks, list) {
		free_block(krcp, block, channel);
		cond_resched_tasks_rcu_qs();
	}
}

/* What has no block: the pointer is in the place of the function. */
static void free_heads(struct rcu_head *head)
{
	struct rcu_head *next;

	for (; head; head = next) {
		next = head->next;
		kvfree((void *)head->func);
		cond_resched_tasks_rcu_qs();
	}
}

/* A batch's grace period is over. */
static void free_batch(struct work_struct *work)
{
	/* model: kvfree_work */
	struct kfree_rcu_cpu_work *krwp =
		container_of(to_rcu_work(work), struct kfree_rcu_cpu_work, rcu_work);
	struct kfree_rcu_cpu *krcp = krwp->krcp;
	struct list_head blocks[FREE_N_CHANNELS];
	struct rcu_gp_oldstate snap;
	struct rcu_head *head;
	unsigned long flags;
	int i;

	/* The lists first: then the batch is free for the next. */
	raw_spin_lock_irqsave(&krcp->lock, flags);
	for (i = 0; i < FREE_N_CHANNELS; i++) {
		INIT_LIST_HEAD(&blocks[i]);
		list_splice_init(&krwp->bulk_head_free[i], &blocks[i]);
	}
	head = krwp->head_free;
	krwp->head_free = NULL;
	snap = krwp->head_free_gp_snap;
	raw_spin_unlock_irqrestore(&krcp->lock, flags);

	for (i = 0; i < FREE_N_CHANNELS; i++)
		free_blocks(krcp, &blocks[i], i);
	if (head && !WARN_ON_ONCE(!poll_state_synchronize_rcu_full(&snap)))
		free_heads(head);
}

/* ---- batches ---- */

/* Anything collected? */
static bool has_objects(struct kfree_rcu_cpu *krcp)
{
	return !list_empty(&krcp->bulk_head[0]) || !list_empty(&krcp->bulk_head[1]) ||
	       READ_ONCE(krcp->head);
}

static int count_objects_of(struct kfree_rcu_cpu *krcp)
{
	return atomic_read(&krcp->head_count) + atomic_read(&krcp->bulk_count[0]) +
	       atomic_read(&krcp->bulk_count[1]);
}

static bool batch_is_free(struct kfree_rcu_cpu_work *krwp)
{
	return !krwp->head_free && list_empty(&krwp->bulk_head_free[0]) &&
	       list_empty(&krwp->bulk_head_free[1]);
}

/* krcp->lock held. The current blocks get their snapshot now, full ones have had theirs. */
static void fill_batch(struct kfree_rcu_cpu *krcp, struct kfree_rcu_cpu_work *krwp)
{
	/* model: kvfree_batch */
	struct kvfree_rcu_bulk_data *block;
	int i;

	krcp->filling = NULL;
	for (i = 0; i < FREE_N_CHANNELS; i++) {
		block = list_first_entry_or_null(&krcp->bulk_head[i],
						 struct kvfree_rcu_bulk_data, list);
		if (block)
			get_state_synchronize_rcu_full(&block->gp_snap);
		list_splice_init(&krcp->bulk_head[i], &krwp->bulk_head_free[i]);
		atomic_set(&krcp->bulk_count[i], 0);
	}
	krwp->head_free = krcp->head;
	get_state_synchronize_rcu_full(&krwp->head_free_gp_snap);
	WRITE_ONCE(krcp->head, NULL);
	atomic_set(&krcp->head_count, 0);
}

/*
 * Make a batch of what has been collected. A batch is free before its work is idle: the work, once
 * it has taken the lists, may be queued again.
 * Return: false if both batches still wait for theirs.
 */
static bool queue_batch(struct kfree_rcu_cpu *krcp)
{
	struct kfree_rcu_cpu_work *krwp;
	unsigned long flags;
	bool done = false;
	int i;

	raw_spin_lock_irqsave(&krcp->lock, flags);
	if (!has_objects(krcp))
		done = true;
	for (i = 0; i < KFREE_N_BATCHES && !done; i++) {
		krwp = &krcp->krw_arr[i];
		if (!batch_is_free(krwp))
			continue;
		fill_batch(krcp, krwp);
		/* Pending in between splice and run? Not possible: then it isn't free. */
		WARN_ON_ONCE(!queue_rcu_work(system_unbound_wq, &krwp->rcu_work));
		done = true;
	}
	raw_spin_unlock_irqrestore(&krcp->lock, flags);
	return done;
}

/* Blocks that were filled so long ago that a grace period has passed need no batch. */
static void free_ready(struct kfree_rcu_cpu *krcp)
{
	struct kvfree_rcu_bulk_data *block, *next;
	LIST_HEAD(ready);
	unsigned long flags;
	int i;

	for (i = 0; i < FREE_N_CHANNELS; i++) {
		raw_spin_lock_irqsave(&krcp->lock, flags);
		list_for_each_entry_safe_reverse(block, next, &krcp->bulk_head[i], list) {
			if (block->nr_records < KVFREE_BULK_MAX_ENTR ||
			    !poll_state_synchronize_rcu_full(&block->gp_snap))
				break;
			atomic_sub(block->nr_records, &krcp->bulk_count[i]);
			list_move(&block->list, &ready);
		}
		raw_spin_unlock_irqrestore(&krcp->lock, flags);
		free_blocks(krcp, &ready, i);
		INIT_LIST_HEAD(&ready);
	}
}

/* Have the monitor run: soon if there is a lot. @krcp's lock isn't held; any context. */
static void ask_monitor(struct kfree_rcu_cpu *krcp, int how_soon)
{
	unsigned long delay = how_soon > 1 ? 1 : KFREE_DRAIN_JIFFIES;

	WRITE_ONCE(krcp->monitor_soon, how_soon);
	if (how_soon > 1)
		mod_delayed_work(system_unbound_wq, &krcp->monitor_work, delay);
	else
		queue_delayed_work(system_unbound_wq, &krcp->monitor_work, delay);
}

static void monitor(struct work_struct *work)
{
	/* model: kvfree_monitor */
	struct kfree_rcu_cpu *krcp = container_of(work, struct kfree_rcu_cpu, monitor_work.work);

	scoped_guard(raw_spinlock_irqsave, &krcp->lock) {
		/* Who comes later asks again. */
		WRITE_ONCE(krcp->monitor_soon, 0);
		krcp->filling = NULL;
	}
	free_ready(krcp);
	if (!queue_batch(krcp))
		ask_monitor(krcp, 2);
}

/* ---- collecting ---- */

static struct kvfree_rcu_bulk_data *block_with_room(struct kfree_rcu_cpu *krcp, int channel)
{
	struct kvfree_rcu_bulk_data *block;

	block = list_first_entry_or_null(&krcp->bulk_head[channel], struct kvfree_rcu_bulk_data,
					 list);
	return block && block->nr_records < KVFREE_BULK_MAX_ENTR ? block : NULL;
}

/* A block of its kind that has room, or NULL. krcp->lock held. @fresh: one to use if need be. */
static struct kvfree_rcu_bulk_data *current_block(struct kfree_rcu_cpu *krcp, int channel,
						  struct kvfree_rcu_bulk_data **fresh)
{
	struct kvfree_rcu_bulk_data *block = block_with_room(krcp, channel);

	if (block)
		return block;
	block = list_first_entry_or_null(&krcp->bulk_head[channel], struct kvfree_rcu_bulk_data,
					 list);
	if (block) {
		get_state_synchronize_rcu_full(&block->gp_snap);
		krcp->bulk_full = true;
	}
	block = get_spare(krcp);
	if (!block) {
		block = *fresh;
		*fresh = NULL;
	}
	if (!block)
		return NULL;
	block->nr_records = 0;
	list_add(&block->list, &krcp->bulk_head[channel]);
	return block;
}

static __always_inline bool in_vmalloc(void *ptr)
{
	unsigned long addr = (unsigned long)ptr;

	return addr >= VMALLOC_START && addr < VMALLOC_END;
}

static bool collect_in_block(struct kfree_rcu_cpu *krcp, void *ptr,
			     struct kvfree_rcu_bulk_data **fresh)
{
	/* model: kvfree_block */
	int channel = in_vmalloc(ptr);
	struct kvfree_rcu_bulk_data *block = current_block(krcp, channel, fresh);

	if (!block)
		return false;
	block->records[block->nr_records++] = ptr;
	atomic_set(&krcp->bulk_count[channel], atomic_read(&krcp->bulk_count[channel]) + 1);
	return true;
}

static void collect_by_head(struct kfree_rcu_cpu *krcp, struct rcu_head *head, void *ptr)
{
	/* model: kvfree_linked */
	if (!krcp->head)
		krcp->head_gp_snap = get_state_synchronize_rcu();
	head->func = ptr;
	head->next = krcp->head;
	WRITE_ONCE(krcp->head, head);
	atomic_set(&krcp->head_count, atomic_read(&krcp->head_count) + 1);
}

/*
 * Return: whether @ptr was taken. With @last the rcu_head is used where there is no block; without
 * it, and without a block, the caller is asked to bring one.
 */
static bool collect(struct rcu_head *head, void *ptr, struct kvfree_rcu_bulk_data **fresh,
		    bool last)
{
	struct kfree_rcu_cpu *krcp;
	unsigned long flags;
	int how_soon = 1;
	bool taken;

	local_irq_save(flags);
	krcp = this_cpu_ptr(&krc);
	raw_spin_lock(&krcp->lock);
	if (unlikely(!krcp->bulk_head[0].next)) {
		INIT_LIST_HEAD(&krcp->bulk_head[0]);
		INIT_LIST_HEAD(&krcp->bulk_head[1]);
	}
	taken = collect_in_block(krcp, ptr, fresh);
	if (unlikely(!taken && last)) {
		want_spares(krcp);
		if (head) {
			collect_by_head(krcp, head, ptr);
			taken = true;
		}
	}
	/* A full block, or as many without one: that is worth a batch. */
	if (unlikely(krcp->bulk_full || (krcp->head && count_objects_of(krcp) >=
					 (int)KVFREE_BULK_MAX_ENTR))) {
		krcp->bulk_full = false;
		how_soon = 2;
	}
	how_soon = krcp->monitor_soon < how_soon && taken && krcp->initialized ? how_soon : 0;
	krcp->filling = NULL;
	if (krcp->initialized && !krcp->head && how_soon < 2)
		krcp->filling = block_with_room(krcp, 0);
	raw_spin_unlock(&krcp->lock);
	if (unlikely(how_soon))
		ask_monitor(krcp, how_soon);
	local_irq_restore(flags);
	return taken;
}

/* Without the rcu_head as a last resort: the caller may sleep, so memory can be waited for. */
static void kvfree_rcu_sleeping(void *ptr)
{
	/* model: kvfree_mightsleep */
	struct kvfree_rcu_bulk_data *fresh = NULL;

	might_sleep();
	if (collect(NULL, ptr, &fresh, false))
		return;
	fresh = (void *)__get_free_page(GFP_KERNEL | __GFP_NORETRY | __GFP_NOMEMALLOC |
					__GFP_NOWARN);
	if (fresh && collect(NULL, ptr, &fresh, true)) {
		if (fresh)
			free_page((unsigned long)fresh);
		return;
	}
	synchronize_rcu();
	kvfree(ptr);
}

/* Into the block that is being filled, if that is all there is to do: nearly always. */
static __always_inline bool collect_fast(void *ptr)
{
	struct kvfree_rcu_bulk_data *block;
	struct kfree_rcu_cpu *krcp;
	unsigned long flags, n;

	if (unlikely(in_vmalloc(ptr)))
		return false;
	local_irq_save(flags);
	krcp = this_cpu_ptr(&krc);
	raw_spin_lock(&krcp->lock);
	block = krcp->filling;
	if (likely(block)) {
		n = block->nr_records;
		block->records[n++] = ptr;
		block->nr_records = n;
		if (unlikely(n == KVFREE_BULK_MAX_ENTR))
			krcp->filling = NULL;
		atomic_set(&krcp->bulk_count[0], atomic_read(&krcp->bulk_count[0]) + 1);
	}
	raw_spin_unlock(&krcp->lock);
	local_irq_restore(flags);
	return block;
}

static noinline void kvfree_call_rcu_slow(struct rcu_head *head, void *ptr)
{
	struct kvfree_rcu_bulk_data *fresh = NULL;

	if (!head) {
		kvfree_rcu_sleeping(ptr);
		return;
	}
	if (likely(collect(head, ptr, &fresh, false)))
		return;
	/* With interrupts off, who knows under which locks: not into the allocator. */
	if (!irqs_disabled())
		fresh = (void *)__get_free_page(GFP_NOWAIT | __GFP_NOWARN);
	collect(head, ptr, &fresh, true);
	if (fresh)
		free_page((unsigned long)fresh);
}

/**
 * kvfree_call_rcu - free memory after a grace period: the function behind kvfree_rcu()
 * @head: in the object; NULL if the caller may sleep
 * @ptr: from kmalloc(), kmem_cache_alloc(), vmalloc() or kvmalloc()
 *
 * Context: with @head any but NMI.
 */
void kvfree_call_rcu(struct rcu_head *head, void *ptr)
{
	if (unlikely(!head || !collect_fast(ptr)))
		kvfree_call_rcu_slow(head, ptr);
}
EXPORT_SYMBOL_GPL(kvfree_call_rcu);

/* ---- waiting for all of it ---- */

static void flush_batches(struct kfree_rcu_cpu *krcp)
{
	int i;

	for (i = 0; i < KFREE_N_BATCHES; i++)
		flush_rcu_work(&krcp->krw_arr[i].rcu_work);
}

/**
 * kvfree_rcu_barrier - wait until everything given to kvfree_rcu() by now is free
 *
 * kvfree_rcu_mightsleep() calls that wait themselves are their callers' to wait for.
 *
 * Context: may sleep.
 */
void kvfree_rcu_barrier(void)
{
	/* model: kvfree_barrier */
	int cpu;

	for_each_possible_cpu(cpu) {
		struct kfree_rcu_cpu *krcp = per_cpu_ptr(&krc, cpu);

		if (!krcp->initialized)
			continue;
		while (!queue_batch(krcp))
			flush_batches(krcp);
	}
	for_each_possible_cpu(cpu) {
		struct kfree_rcu_cpu *krcp = per_cpu_ptr(&krc, cpu);

		if (!krcp->initialized)
			continue;
		/* The monitor may be freeing blocks that were ready. */
		flush_work(&krcp->monitor_work.work);
		flush_batches(krcp);
	}
}
EXPORT_SYMBOL_GPL(kvfree_rcu_barrier);

/* ---- memory is short ---- */

/**
 * kvfree_rcu_drain_spares - give the spare blocks of all CPUs back
 *
 * Context: may sleep.
 */
void kvfree_rcu_drain_spares(void)
{
	int cpu;

	for_each_possible_cpu(cpu) {
		struct kfree_rcu_cpu *krcp = per_cpu_ptr(&krc, cpu);

		if (!krcp->initialized)
			continue;
		cancel_delayed_work_sync(&krcp->page_cache_work);
		atomic_set(&krcp->work_in_progress, 0);
		drain_spares(krcp);
	}
}


static unsigned long shrink_count(struct shrinker *shrink, struct shrink_control *sc)
{
	unsigned long n = 0;
	int cpu;

	(void)shrink;
	(void)sc;
	for_each_possible_cpu(cpu) {
		struct kfree_rcu_cpu *krcp = per_cpu_ptr(&krc, cpu);

		n += count_objects_of(krcp) + READ_ONCE(krcp->nr_bkv_objs);
		atomic_set(&krcp->backoff_page_cache_fill, 1);
	}
	return n ? n : SHRINK_EMPTY;
}

static unsigned long shrink_scan(struct shrinker *shrink, struct shrink_control *sc)
{
	unsigned long freed = 0;
	int cpu;

	(void)shrink;
	rcu_hurry_lazy();
	for_each_possible_cpu(cpu) {
		struct kfree_rcu_cpu *krcp = per_cpu_ptr(&krc, cpu);

		if (!krcp->initialized)
			continue;
		freed += count_objects_of(krcp) + drain_spares(krcp);
		queue_batch(krcp);
		if (freed >= sc->nr_to_scan)
			break;
	}
	return freed ? freed : SHRINK_STOP;
}

/* ---- boot ---- */

static void __init init_cpu(struct kfree_rcu_cpu *krcp)
{
	unsigned long flags;
	int i;

	raw_spin_lock_irqsave(&krcp->lock, flags);
	for (i = 0; i < FREE_N_CHANNELS; i++) {
		if (!krcp->bulk_head[i].next)
			INIT_LIST_HEAD(&krcp->bulk_head[i]);
	}
	for (i = 0; i < KFREE_N_BATCHES; i++) {
		INIT_RCU_WORK(&krcp->krw_arr[i].rcu_work, free_batch);
		INIT_LIST_HEAD(&krcp->krw_arr[i].bulk_head_free[0]);
		INIT_LIST_HEAD(&krcp->krw_arr[i].bulk_head_free[1]);
		krcp->krw_arr[i].krcp = krcp;
	}
	INIT_DELAYED_WORK(&krcp->monitor_work, monitor);
	INIT_DELAYED_WORK(&krcp->page_cache_work, fill_spares);
	hrtimer_setup(&krcp->hrtimer, ask_to_fill, CLOCK_MONOTONIC, HRTIMER_MODE_REL);
	krcp->initialized = true;
	raw_spin_unlock_irqrestore(&krcp->lock, flags);
	/* From before there were work queues. */
	if (has_objects(krcp))
		ask_monitor(krcp, 1);
}

static int __init kfree_rcu_init(void)
{
	struct shrinker *shrinker;
	int cpu;

	for_each_possible_cpu(cpu)
		init_cpu(per_cpu_ptr(&krc, cpu));
	shrinker = shrinker_alloc(0, "rcu-kfree");
	if (!shrinker)
		return -ENOMEM;
	shrinker->count_objects = shrink_count;
	shrinker->scan_objects = shrink_scan;
	shrinker_register(shrinker);
	return 0;
}
core_initcall(kfree_rcu_init);
