// SPDX-License-Identifier: MIT
/* Counters with a part on each CPU. See <linux/percpu_counter.h>. */

#include <linux/percpu_counter.h>

#include <linux/errno.h>
#include <linux/export.h>
#include <linux/init.h>
#include <linux/irqflags.h>
#include <linux/math.h>
#include <linux/minmax.h>

/* What a CPU keeps to itself; bigger machines contend more, so it grows with them. */
int percpu_counter_batch __read_mostly = 32;
EXPORT_SYMBOL(percpu_counter_batch);

static int __init percpu_counter_startup(void)
{
	percpu_counter_batch = max(32, 2 * (int)num_possible_cpus());
	return 0;
}
core_initcall(percpu_counter_startup);

/**
 * __percpu_counter_init_many() - see percpu_counter_init_many()
 * @fbc: array of counters
 * @amount: of each
 * @gfp: how to allocate
 * @nr_counters: how many
 * @key: for lockdep
 *
 * Return: 0 or -ENOMEM.
 */
int __percpu_counter_init_many(struct percpu_counter *fbc, s64 amount, gfp_t gfp,
			       u32 nr_counters, struct lock_class_key *key)
{
	s32 __percpu *counters;
	u32 i;

	(void)key;
	counters = __alloc_percpu_gfp(nr_counters * sizeof(s32), __alignof__(s32), gfp);
	if (!counters) {
		fbc[0].counters = NULL;
		return -ENOMEM;
	}
	for (i = 0; i < nr_counters; i++) {
		raw_spin_lock_init(&fbc[i].lock);
		lockdep_set_class(&fbc[i].lock, key);
		fbc[i].count = amount;
		fbc[i].counters = counters + i;
	}
	return 0;
}
EXPORT_SYMBOL(__percpu_counter_init_many);

/**
 * percpu_counter_destroy_many() - end counters that were made together; fine if making them failed
 */
void percpu_counter_destroy_many(struct percpu_counter *fbc, u32 nr_counters)
{
	u32 i;

	if (!fbc || !fbc[0].counters)
		return;
	free_percpu(fbc[0].counters);
	for (i = 0; i < nr_counters; i++)
		fbc[i].counters = NULL;
}
EXPORT_SYMBOL(percpu_counter_destroy_many);

/** percpu_counter_set() - set the count; what others count meanwhile may be lost */
void percpu_counter_set(struct percpu_counter *fbc, s64 amount)
{
	unsigned long flags;
	int cpu;

	raw_spin_lock_irqsave(&fbc->lock, flags);
	for_each_possible_cpu(cpu)
		*per_cpu_ptr(fbc->counters, cpu) = 0;
	fbc->count = amount;
	raw_spin_unlock_irqrestore(&fbc->lock, flags);
}
EXPORT_SYMBOL(percpu_counter_set);

/**
 * percpu_counter_add_batch() - add
 * @fbc: the counter
 * @amount: may be negative
 * @batch: what this CPU may keep to itself, less one
 */
void percpu_counter_add_batch(struct percpu_counter *fbc, s64 amount, s32 batch)
{
	unsigned long flags;
	s64 count;

	/* Interrupts off: nobody else counts on this CPU, and we stay here. */
	local_irq_save(flags);
	count = __this_cpu_read(*fbc->counters) + amount;
	if (abs(count) >= batch) {
		raw_spin_lock(&fbc->lock);
		WRITE_ONCE(fbc->count, fbc->count + count);
		raw_spin_unlock(&fbc->lock);
		count = 0;
	}
	__this_cpu_write(*fbc->counters, count);
	local_irq_restore(flags);
}
EXPORT_SYMBOL(percpu_counter_add_batch);

static s64 sum_locked(struct percpu_counter *fbc)
{
	s64 sum = fbc->count;
	int cpu;

	for_each_possible_cpu(cpu)
		sum += READ_ONCE(*per_cpu_ptr(fbc->counters, cpu));
	return sum;
}

/** __percpu_counter_sum() - the common count and every CPU's part */
s64 __percpu_counter_sum(struct percpu_counter *fbc)
{
	unsigned long flags;
	s64 sum;

	raw_spin_lock_irqsave(&fbc->lock, flags);
	sum = sum_locked(fbc);
	raw_spin_unlock_irqrestore(&fbc->lock, flags);
	return sum;
}
EXPORT_SYMBOL(__percpu_counter_sum);

/** percpu_counter_sync() - bring this CPU's part to the common count */
void percpu_counter_sync(struct percpu_counter *fbc)
{
	unsigned long flags;

	raw_spin_lock_irqsave(&fbc->lock, flags);
	WRITE_ONCE(fbc->count, fbc->count + __this_cpu_read(*fbc->counters));
	__this_cpu_write(*fbc->counters, 0);
	raw_spin_unlock_irqrestore(&fbc->lock, flags);
}
EXPORT_SYMBOL(percpu_counter_sync);

/* The most that all CPUs together keep to themselves. */
static s64 max_hidden(s32 batch)
{
	return (s64)batch * num_possible_cpus();
}

/** __percpu_counter_compare() - see percpu_counter_compare(); @batch is that of all additions */
int __percpu_counter_compare(struct percpu_counter *fbc, s64 rhs, s32 batch)
{
	s64 count = percpu_counter_read(fbc);

	if (abs(count - rhs) <= max_hidden(batch))
		count = percpu_counter_sum(fbc);
	return count > rhs ? 1 : count < rhs ? -1 : 0;
}
EXPORT_SYMBOL(__percpu_counter_compare);

/* Would the limit be kept, if the sum is @sum? */
static bool within(s64 sum, s64 limit, s64 amount)
{
	return amount > 0 ? sum + amount <= limit : sum + amount >= limit;
}

/** __percpu_counter_limited_add() - see percpu_counter_limited_add() */
bool __percpu_counter_limited_add(struct percpu_counter *fbc, s64 limit, s64 amount, s32 batch)
{
	s64 hidden = amount > 0 ? max_hidden(batch) : -max_hidden(batch);
	unsigned long flags;
	bool good;

	if (!amount)
		return true;
	/* Whatever the CPUs hide, the limit is far. */
	if (within(percpu_counter_read(fbc) + hidden, limit, amount)) {
		percpu_counter_add_batch(fbc, amount, batch);
		return true;
	}
	raw_spin_lock_irqsave(&fbc->lock, flags);
	good = within(sum_locked(fbc), limit, amount);
	if (good)
		WRITE_ONCE(fbc->count, fbc->count + amount);
	raw_spin_unlock_irqrestore(&fbc->lock, flags);
	return good;
}
EXPORT_SYMBOL(__percpu_counter_limited_add);
