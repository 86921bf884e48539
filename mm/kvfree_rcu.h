/* SPDX-License-Identifier: MIT */
#ifndef _MM_KVFREE_RCU_H
#define _MM_KVFREE_RCU_H

/* The data of kvfree_rcu(); kvfree_rcu.c says how it moves. Here so that its tests see it. */

#include <linux/atomic.h>
#include <linux/hrtimer.h>
#include <linux/list.h>
#include <linux/llist.h>
#include <linux/mm.h>
#include <linux/rcupdate.h>
#include <linux/spinlock.h>
#include <linux/workqueue.h>

/* Two kinds of memory go back in two ways: slab objects in bulk, vmalloc areas one by one. */
#define FREE_N_CHANNELS		2
/* While one batch waits for its grace period another one may. */
#define KFREE_N_BATCHES		2

/**
 * struct kvfree_rcu_bulk_data - a block, one page, of pointers
 * @list: in kfree_rcu_cpu.bulk_head[] or kfree_rcu_cpu_work.bulk_head_free[], or in bkvcache
 * @gp_snap: a grace period from here on, once the block is full or handed on
 * @nr_records: pointers in use
 * @records: the pointers
 */
struct kvfree_rcu_bulk_data {
	struct list_head list;
	struct rcu_gp_oldstate gp_snap;
	unsigned long nr_records;
	void *records[];
};

#define KVFREE_BULK_MAX_ENTR \
	((PAGE_SIZE - sizeof(struct kvfree_rcu_bulk_data)) / sizeof(void *))

struct kfree_rcu_cpu;

/**
 * struct kfree_rcu_cpu_work - a batch that waits for a grace period
 * @rcu_work: waits for it, then frees the batch
 * @head_free: objects that found no block, linked by their rcu_head
 * @head_free_gp_snap: when they were handed on
 * @bulk_head_free: blocks by kind of memory
 * @krcp: whose batch it is
 */
struct kfree_rcu_cpu_work {
	struct rcu_work rcu_work;
	struct rcu_head *head_free;
	struct rcu_gp_oldstate head_free_gp_snap;
	struct list_head bulk_head_free[FREE_N_CHANNELS];
	struct kfree_rcu_cpu *krcp;
};

/**
 * struct kfree_rcu_cpu - what one CPU has collected
 * @head: objects that found no block
 * @head_gp_snap: when the first of them came
 * @head_count: how many
 * @bulk_head: blocks by kind of memory, the one that is being filled first
 * @bulk_count: pointers in them
 * @krw_arr: batches
 * @lock: guards all lists here and in krw_arr; raw, interrupts off
 * @monitor_work: makes batches of what has been collected
 * @initialized: works and timer may be used
 * @page_cache_work: fills bkvcache
 * @backoff_page_cache_fill: memory is short: fill it later
 * @work_in_progress: page_cache_work is asked for
 * @hrtimer: asks for page_cache_work; may be started under any lock
 * @bkvcache: spare blocks, under @lock
 * @nr_bkv_objs: how many
 * @filling: bulk_head[0]'s first block while it has room and no more is to be done for an object
 *	than to put it there; NULL otherwise
 * @bulk_full: a block has become full since monitor_work was last asked for
 * @monitor_soon: monitor_work is asked for: 1 some time, 2 at the next tick
 */
struct kfree_rcu_cpu {
	struct rcu_head *head;
	unsigned long head_gp_snap;
	atomic_t head_count;
	struct list_head bulk_head[FREE_N_CHANNELS];
	atomic_t bulk_count[FREE_N_CHANNELS];
	struct kfree_rcu_cpu_work krw_arr[KFREE_N_BATCHES];
	raw_spinlock_t lock;
	struct delayed_work monitor_work;
	bool initialized;
	struct delayed_work page_cache_work;
	atomic_t backoff_page_cache_fill;
	atomic_t work_in_progress;
	struct hrtimer hrtimer;
	struct llist_head bkvcache;
	int nr_bkv_objs;
	struct kvfree_rcu_bulk_data *filling;
	bool bulk_full;
	u8 monitor_soon;
};

DECLARE_PER_CPU(struct kfree_rcu_cpu, krc);

#endif /* _MM_KVFREE_RCU_H */
