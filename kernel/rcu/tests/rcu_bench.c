// SPDX-License-Identifier: MIT
/* What RCU costs: `make bench-rcu`. One CPU; the rows that sleep give guest time. */

#include <linux/bench.h>
#include <linux/rcupdate.h>
#include <linux/slab.h>
#include <linux/vmalloc.h>

struct thing {
	struct rcu_head rcu;
	char payload[48];
};

static struct thing __rcu *shared;

static void lock_unlock(void)
{
	rcu_read_lock();
	rcu_read_unlock();
}

static void dereference(void)
{
	bench_use(rcu_dereference_raw(shared));
}

BENCH_ROW(rcu, read_lock, "rcu_read_lock + rcu_read_unlock", .run = lock_unlock,
	  .note = "at most 8 (x86_64), 10 (arm64)");
BENCH_ROW(rcu, dereference, "rcu_dereference", .run = dereference, .note = "the load");

/* ---- callbacks ---- */

#define ENQUEUES	1000
#define FLOOD		1000000		/* and the last head is taken by then */

static struct rcu_head *heads;
static int next_head;

static void nothing(struct rcu_head *head)
{
	(void)head;
}

static int make_heads(void)
{
	heads = vmalloc(FLOOD * sizeof(*heads));
	if (!heads)
		return -ENOMEM;
	/*
	 * The first one also arms the timer of lazy callbacks: that is not what the row is about.
	 */
	call_rcu(&heads[FLOOD - 1], nothing);
	next_head = 0;
	return 0;
}

static void drop_heads(void)
{
	rcu_barrier();
	vfree(heads);
}

static void enqueue(void)
{
	call_rcu(&heads[next_head++], nothing);
}

static void flood(void)
{
	int i;

	for (i = 0; i < FLOOD - 1; i++)
		call_rcu(&heads[i], nothing);
	rcu_barrier();
}

BENCH_ROW(rcu, call_rcu, "call_rcu, enqueue", .run = enqueue, .setup = make_heads,
	  .teardown = drop_heads, .calls = ENQUEUES, .note = "at most 60");
BENCH_ROW(rcu, flood, "call_rcu to invoked, a flood of 1,000,000", .run = flood,
	  .setup = make_heads, .teardown = drop_heads, .calls = 1, .operations = FLOOD,
	  .sleeps = true, .note = "under 300");

/* ---- freeing ---- */

#define FREES		100000

static void kmalloc_kfree_rcu(void)
{
	int i;

	for (i = 0; i < FREES; i++) {
		struct thing *t = kmalloc(sizeof(*t), GFP_KERNEL);

		if (t)
			kfree_rcu(t, rcu);
	}
	kvfree_rcu_barrier();
}

BENCH_ROW(rcu, kfree_rcu, "kmalloc + kfree_rcu", .run = kmalloc_kfree_rcu, .calls = 1,
	  .operations = FREES, .sleeps = true, .note = "under 200");

/* ---- waiting ---- */

BENCH_ROW(rcu, synchronize, "synchronize_rcu, idle", .run = synchronize_rcu, .calls = 20,
	  .sleeps = true, .note = "under 1,000,000 (1 ms)");
BENCH_ROW(rcu, expedited, "synchronize_rcu_expedited, idle", .run = synchronize_rcu_expedited,
	  .calls = 20, .sleeps = true, .note = "under 3,000");
